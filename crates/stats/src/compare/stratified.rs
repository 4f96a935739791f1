//! Two groups of unlike make-up, compared within strata of the customer base.

use super::{Comparison, Found, MINIMUM_ANSWERS, MINIMUM_EVENTS};
use crate::{Confidence, Tally};

/// One stratum (a segment of the base): what both groups said in it, and its share of the customer base.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stratum {
    pub first: Tally,
    pub second: Tally,
    /// Its part of the base, in any unit: shares are taken of the sum of all strata.
    pub base: f64,
}

/// The difference that would be seen if both groups were made up as the customer base is: Σ Wₛ (aₛ − bₛ), with
/// standard error √Σ Wₛ² (SE²aₛ + SE²bₛ), Wₛ the stratum's share of the base. The differences are the plain ones, the
/// errors those of the adjusted counts.
///
/// A difference that vanishes here was one of make-up. It is judged when each group has [`MINIMUM_ANSWERS`] in all
/// (events of rates: [`MINIMUM_EVENTS`] together). Source: Cochran, «Sampling Techniques», ch. 5A. Worked number:
/// strata of half the base each, 40 of 50 against 30 of 50 and 20 of 50 against 20 of 50: 0.10 (−0.03…0.23). `None`
/// when a stratum of the base has no answers in a group, kinds differ, or the base is nothing.
pub fn stratified(strata: &[Stratum], confidence: Confidence) -> Option<Comparison> {
    let base: f64 = strata.iter().map(|stratum| stratum.base).sum();
    if !(base > 0.0 && strata.iter().all(|stratum| stratum.base >= 0.0)) {
        return None;
    }
    let (mut difference, mut variance) = (0.0, 0.0);
    let counted = || strata.iter().filter(|stratum| stratum.base > 0.0);
    for Stratum { first, second, base: part } in counted() {
        first.merge(*second)?;
        let share = part / base;
        difference += share * (first.value()? - second.value()?);
        variance += share * share * (squared_error(first)? + squared_error(second)?);
    }
    let total = |of: fn(&Stratum) -> u64| counted().map(of).sum::<u64>();
    let (first, second) = (total(|stratum| stratum.first.n()), total(|stratum| stratum.second.n()));
    let enough = match strata.first()?.first {
        Tally::Rate(_) => first + second >= MINIMUM_EVENTS,
        _ => first.min(second) >= MINIMUM_ANSWERS,
    };
    let found = Found { difference, centre: difference, se: variance.sqrt(), freedom: None, enough };
    Some(found.judge(confidence))
}

fn squared_error(tally: &Tally) -> Option<f64> {
    Some(tally.unit_variance()? / tally.weight())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ShareTally;
    use crate::compare::Difference;

    fn share(hits: u64, n: u64) -> Tally {
        Tally::Share(ShareTally { hits, n })
    }

    #[test]
    fn the_worked_number() {
        let strata = [
            Stratum { first: share(40, 50), second: share(30, 50), base: 1_000.0 },
            Stratum { first: share(20, 50), second: share(20, 50), base: 1_000.0 },
        ];
        let found = stratified(&strata, Confidence::DEFAULT).unwrap();
        assert!((found.difference - 0.10).abs() < 1e-12);
        assert!((found.low + 0.0281).abs() < 1e-3 && (found.high - 0.2281).abs() < 1e-3, "{found:?}");
    }

    #[test]
    fn a_difference_of_make_up_vanishes() {
        // Both groups like segment A at 90 % and B at 50 %, but one has mostly A.
        let strata = [
            Stratum { first: share(180, 200), second: share(45, 50), base: 1.0 },
            Stratum { first: share(25, 50), second: share(100, 200), base: 1.0 },
        ];
        let found = stratified(&strata, Confidence::DEFAULT).unwrap();
        assert!(found.difference.abs() < 1e-12 && found.verdict == Difference::NotReal);
    }

    #[test]
    fn a_stratum_nobody_answered_in_is_refused() {
        let strata = [Stratum { first: share(4, 5), second: share(0, 0), base: 1.0 }];
        assert_eq!(stratified(&strata, Confidence::DEFAULT), None);
        assert_eq!(stratified(&[], Confidence::DEFAULT), None);
    }
}

//! Which segment made the change: candidates for its cause.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::compare::{Comparison, compare, correct_together};
use crate::{Confidence, Tally};

/// One segment's part in a change.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = AnomalyCause)]
pub struct Cause {
    /// Its place among the segments that were given.
    pub segment: usize,
    /// `within` + `mix`: its part of the whole change; over all segments they add up to it.
    pub points: f64,
    /// What came from the segment's own value.
    pub within: f64,
    /// What came from the segment's becoming a larger or smaller part of all answers; 0 for rates.
    pub mix: f64,
    /// Its own value after less before; absent when it has none in one of the two.
    pub comparison: Option<Comparison>,
}

/// Divides the change of a whole among segments that do not overlap, largest part first.
///
/// Rates over one exposure add up, so each segment's change is its part. A score, share or NPS is the mean of the
/// segments' values v by their shares w of the answers, and its change is divided into Σ w̄ Δv (within) and Σ Δw (v̄
/// − V̄) (mix), bars being means of before and after. The p-values of the segments' comparisons are corrected after
/// Holm, and verdicts that do not hold taken back. A cause candidate is a place to look, not a cause.
///
/// Source: Kitagawa 1955. Worked number: two segments of 100 answers, 80 and 60 hits before, 80 and 30 after: −0.15,
/// all of it from within the second. Empty without answers in one of the periods, or when kinds differ.
pub fn causes(segments: &[(Tally, Tally)], confidence: Confidence) -> Vec<Cause> {
    divide(segments, confidence).unwrap_or_default()
}

fn divide(segments: &[(Tally, Tally)], confidence: Confidence) -> Option<Vec<Cause>> {
    let whole = |of: fn(&(Tally, Tally)) -> Tally| {
        let mut all = segments.iter().map(of);
        let first = all.next()?;
        all.try_fold(first, |sum, tally| sum.merge(tally))
    };
    let (before, after) = (whole(|pair| pair.0)?, whole(|pair| pair.1)?);
    before.merge(after)?;
    let middle = (before.value()? + after.value()?) / 2.0;
    let mut causes: Vec<Cause> = Vec::with_capacity(segments.len());
    for (segment, (first, second)) in segments.iter().enumerate() {
        let (within, mix) = match (first, second) {
            (Tally::Rate(_), Tally::Rate(_)) => (second.value()? - first.value()?, 0.0),
            _ => {
                let (w0, w1) = (first.weight() / before.weight(), second.weight() / after.weight());
                // A segment that was not there had the value that it came with.
                let (v0, v1) = (first.value().or(second.value()), second.value().or(first.value()));
                match v0.zip(v1) {
                    Some((v0, v1)) => ((w0 + w1) / 2.0 * (v1 - v0), (w1 - w0) * ((v0 + v1) / 2.0 - middle)),
                    None => (0.0, 0.0),
                }
            }
        };
        let comparison = compare(second, first, confidence);
        causes.push(Cause { segment, points: within + mix, within, mix, comparison });
    }
    let mut compared: Vec<_> = causes.iter_mut().filter_map(|cause| cause.comparison.as_mut()).collect();
    correct_together(&mut compared, confidence);
    causes.sort_by(|a, b| b.points.abs().total_cmp(&a.points.abs()));
    Some(causes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::Difference;
    use crate::{RateTally, ShareTally};

    fn share(hits: u64, n: u64) -> Tally {
        Tally::Share(ShareTally { hits, n })
    }

    #[test]
    fn the_worked_number() {
        let segments = [(share(80, 100), share(80, 100)), (share(60, 100), share(30, 100))];
        let found = causes(&segments, Confidence::DEFAULT);
        assert_eq!((found[0].segment, found[0].mix, found[1].points), (1, 0.0, 0.0));
        assert!((found[0].within + 0.15).abs() < 1e-12);
        assert_eq!(found[0].comparison.unwrap().verdict, Difference::Real);
    }

    #[test]
    fn a_change_of_make_up_is_told_as_such() {
        let segments =
            [(share(80, 100), share(40, 50)), (share(40, 100), share(60, 150)), (share(0, 0), share(0, 0))];
        let found = causes(&segments, Confidence::DEFAULT);
        let sum: f64 = found.iter().map(|cause| cause.points).sum();
        assert!((sum - (0.5 - 0.6)).abs() < 1e-12 && found.iter().all(|cause| cause.within.abs() < 1e-12));
    }

    #[test]
    fn a_segment_that_came_up_carries_its_weight() {
        let segments = [(share(80, 100), share(80, 100)), (share(0, 0), share(10, 100))];
        let found = causes(&segments, Confidence::DEFAULT);
        assert!((found.iter().map(|cause| cause.points).sum::<f64>() - (0.45 - 0.8)).abs() < 1e-12);
        assert_eq!((found[0].segment, found[0].comparison), (1, None));
    }

    #[test]
    fn rates_add_up() {
        let rate = |events| Tally::Rate(RateTally { events, exposure: 7.0 });
        let found = causes(&[(rate(70), rate(70)), (rate(7), rate(70))], Confidence::DEFAULT);
        assert_eq!((found[0].segment, found[0].points, found[1].points), (1, 9.0, 0.0));
        assert_eq!(causes(&[(rate(1), share(1, 2))], Confidence::DEFAULT), []);
        assert_eq!(causes(&[], Confidence::DEFAULT), []);
    }
}

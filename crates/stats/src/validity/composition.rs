//! Is the sample made up as the customer base is?

use serde::{Deserialize, Serialize};
use statrs::distribution::{ChiSquared, ContinuousCDF};
use utoipa::ToSchema;

/// A share of nothing is read as this much, so that a logarithm exists.
const LEAST_SHARE: f64 = 1e-4;

/// One group of the base (a segment, a region): answers that came from it, and its customers in the base.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Group {
    pub answers: u64,
    pub base: f64,
}

/// How far the make-up of the sample lies from that of the base.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = SampleComposition)]
pub struct Composition {
    /// Population stability index, Σ (s − b) ln(s / b): under 0.1 alike, 0.1 to 0.25 somewhat lopsided, above that
    /// badly.
    pub psi: f64,
    /// Pearson's Σ (O − E)² / E.
    pub chi_square: f64,
    /// The chance of a sample at least as lopsided if everybody were as likely to answer; small for any large sample,
    /// so that the index decides and this only keeps chance out.
    pub p_value: f64,
    /// What weights to the base would leave of the answers: 1 / Σ (b² / s) of the answers, the effective share.
    pub effective_share: f64,
}

/// Compares the shares of the sample with those of the base. Groups absent from the base and the sample are passed
/// over.
///
/// Source: Pearson 1900; Siddiqi, «Credit Risk Scorecards», 2006 (the bounds of the index). Worked number: 60, 30, 10
/// answers against bases of 50, 30, 20: χ² 7, p 0.030, index 0.088, effective share 0.833. `None` without answers,
/// base, or a second group, and when somebody answered out of a group that the base does not have.
pub fn composition(groups: &[Group]) -> Option<Composition> {
    let groups: Vec<&Group> = groups.iter().filter(|group| group.answers > 0 || group.base > 0.0).collect();
    let n: u64 = groups.iter().map(|group| group.answers).sum();
    let base: f64 = groups.iter().map(|group| group.base).sum();
    let known = groups.iter().all(|group| group.base > 0.0 && group.base.is_finite());
    if n == 0 || groups.len() < 2 || !known {
        return None;
    }
    let n = n as f64;
    let (mut psi, mut chi_square, mut design) = (0.0, 0.0, 0.0);
    for group in &groups {
        let (seen, expected) = (group.answers as f64 / n, group.base / base);
        let (s, b) = (seen.max(LEAST_SHARE), expected.max(LEAST_SHARE));
        psi += (s - b) * (s / b).ln();
        chi_square += n * (seen - expected).powi(2) / expected;
        design += expected * expected / seen;
    }
    let chance = ChiSquared::new((groups.len() - 1) as f64).map_or(1.0, |d| d.sf(chi_square));
    Some(Composition { psi, chi_square, p_value: chance, effective_share: 1.0 / design })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(groups: &[(u64, f64)]) -> Option<Composition> {
        let groups: Vec<Group> = groups.iter().map(|&(answers, base)| Group { answers, base }).collect();
        composition(&groups)
    }

    #[test]
    fn the_worked_number() {
        let found = of(&[(60, 50.0), (30, 30.0), (10, 20.0)]).unwrap();
        for (actual, expected) in [
            (found.chi_square, 7.0),
            (found.p_value, 0.0302),
            (found.psi, 0.0875),
            (found.effective_share, 1.0 / (0.25 / 0.6 + 0.3 + 0.04 / 0.1)),
        ] {
            assert!((actual - expected).abs() < 1e-3, "{found:?}");
        }
    }

    #[test]
    fn a_sample_like_the_base_and_one_with_a_hole() {
        let alike = of(&[(50, 5.0), (30, 3.0), (20, 2.0)]).unwrap();
        assert!(alike.psi < 1e-12 && alike.p_value > 0.99 && (alike.effective_share - 1.0).abs() < 1e-12);
        let hole = of(&[(50, 5.0), (0, 5.0)]).unwrap();
        assert!(hole.psi > 0.25 && hole.effective_share == 0.0);
    }

    #[test]
    fn what_cannot_be_compared_is_refused() {
        for groups in [&[][..], &[(5, 5.0)], &[(0, 5.0), (0, 5.0)], &[(5, 0.0), (5, 5.0)]] {
            assert_eq!(of(groups), None);
        }
    }
}

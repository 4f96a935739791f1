//! Laws of comparisons.

use otklik_stats::Confidence;
use otklik_stats::compare::{Difference, compare, holm};
use proptest::prelude::*;

use crate::groups::{group, pair};

proptest! {
    #[test]
    fn swapping_the_groups_turns_the_difference_round((a, b) in pair()) {
        let there = compare(&a, &b, Confidence::DEFAULT).unwrap();
        let back = compare(&b, &a, Confidence::DEFAULT).unwrap();
        let scale = there.difference.abs().max(1.0);
        prop_assert!((there.difference + back.difference).abs() < 1e-9 * scale);
        prop_assert!((there.low + back.high).abs() < 1e-9 * scale);
        prop_assert!((there.p_value - back.p_value).abs() < 1e-9);
        prop_assert_eq!(there.verdict, back.verdict);
    }

    #[test]
    fn p_value_verdict_and_interval_say_the_same((a, b) in pair()) {
        let found = compare(&a, &b, Confidence::DEFAULT).unwrap();
        prop_assert!((0.0..=1.0).contains(&found.p_value));
        prop_assert!(found.low <= found.difference && found.difference <= found.high);
        match found.verdict {
            Difference::Real => prop_assert!(found.p_value < 0.05),
            Difference::NotReal => prop_assert!(found.p_value >= 0.05 && found.low <= 0.0 && found.high >= 0.0),
            Difference::TooFew => {}
        }
    }

    #[test]
    fn a_group_does_not_differ_from_itself(a in group()) {
        let found = compare(&a, &a, Confidence::DEFAULT).unwrap();
        prop_assert!(found.difference == 0.0 && found.verdict != Difference::Real);
    }

    #[test]
    fn holm_raises_each_p_value_and_keeps_their_order(p in prop::collection::vec(0.0..=1.0, 0..20)) {
        let corrected = holm(&p);
        for (i, (before, after)) in p.iter().zip(&corrected).enumerate() {
            prop_assert!(after >= before && *after <= 1.0);
            for (j, other) in corrected.iter().enumerate() {
                prop_assert!(p[i] > p[j] || after <= other);
            }
        }
    }
}

#[test]
fn groups_of_different_kinds_are_not_compared() {
    use otklik_stats::{NpsTally, ShareTally, Tally};
    let (nps, share) = (Tally::Nps(NpsTally::default()), Tally::Share(ShareTally { hits: 1, n: 2 }));
    assert_eq!(compare(&nps, &share, Confidence::DEFAULT), None);
}

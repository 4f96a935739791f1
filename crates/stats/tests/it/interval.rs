//! Laws of intervals.

use otklik_stats::{Confidence, NpsTally, Tally};
use proptest::prelude::*;

use crate::groups::group;

fn times(group: Tally, factor: usize) -> Tally {
    (1..factor).fold(group, |sum, _| sum.merge(group).unwrap())
}

proptest! {
    #[test]
    fn the_interval_holds_the_value_and_stays_in_the_bounds(group in group()) {
        let estimate = group.estimate(Confidence::DEFAULT).unwrap();
        prop_assert!(estimate.low <= estimate.value && estimate.value <= estimate.high);
        prop_assert!(estimate.low < estimate.high && estimate.se > 0.0);
        let (lowest, highest) = match group {
            Tally::Nps(_) => (-100.0, 100.0),
            Tally::Share(_) => (0.0, 1.0),
            Tally::Score(_) => (1.0, 5.0),
            Tally::Rate(_) => (0.0, f64::MAX),
        };
        prop_assert!(lowest <= estimate.low && estimate.high <= highest);
        prop_assert_eq!(estimate.n, group.n());
    }

    #[test]
    fn more_of_the_same_answers_narrow_the_interval(group in group(), factor in 2usize..6) {
        let one = group.estimate(Confidence::DEFAULT).unwrap();
        let many = times(group, factor).estimate(Confidence::DEFAULT).unwrap();
        prop_assert!((one.value - many.value).abs() < 1e-6 * one.value.abs().max(1.0));
        prop_assert!(many.margin() < one.margin(), "{one:?} {many:?}");
    }

    #[test]
    fn more_confidence_widens_the_interval(group in group()) {
        let at = |level| group.estimate(Confidence::new(level).unwrap()).unwrap();
        let (narrow, wide) = (at(0.8), at(0.99));
        prop_assert!(wide.low <= narrow.low && narrow.high <= wide.high);
    }

    #[test]
    fn nps_turned_round_is_mirrored(promoters in 0u64..99, passives in 1u64..99, detractors in 0u64..99) {
        let there = Tally::Nps(NpsTally { promoters, passives, detractors }).estimate(Confidence::DEFAULT).unwrap();
        let back = NpsTally { promoters: detractors, passives, detractors: promoters };
        let back = Tally::Nps(back).estimate(Confidence::DEFAULT).unwrap();
        prop_assert!((there.low + back.high).abs() < 1e-9 && (there.value + back.value).abs() < 1e-9);
    }
}

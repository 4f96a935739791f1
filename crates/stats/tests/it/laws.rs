//! Laws of weights, drivers, topics, causes and series.

use otklik_stats::anomaly::{Grain, causes, scan};
use otklik_stats::compare::{benjamini_hochberg, holm};
use otklik_stats::drivers::{Correlations, relative_weights, shapley};
use otklik_stats::effect::{Direction, Hypothesis, Phases, Trial, Unit, measure, measure_running, plan};
use otklik_stats::interval::weighted;
use otklik_stats::topics::{Incidence, additive, impact, waterfall};
use otklik_stats::validity::{RakeError, rake};
use otklik_stats::{Confidence, NpsTally, RateTally, Tally};
use proptest::prelude::*;

use crate::groups::{group, pair};

const LEVEL: Confidence = Confidence::DEFAULT;

fn nps(promoters: u64, passives: u64, detractors: u64) -> Tally {
    Tally::Nps(NpsTally { promoters, passives, detractors })
}

/// A whole and a part of it that is neither nothing nor all.
fn whole_and_part() -> impl Strategy<Value = (Tally, Tally)> {
    let counts = || prop::array::uniform3(1u64..200);
    (counts(), counts()).prop_map(|([a, b, c], [d, e, f])| (nps(a + d, b + e, c + f), nps(a, b, c)))
}

/// Answers with some of four topics and a value.
fn answers() -> impl Strategy<Value = Vec<(Vec<usize>, f64)>> {
    let topics = prop::sample::subsequence(vec![0usize, 1, 2, 3], 0..4);
    let value = prop::sample::select(vec![-100.0, 0.0, 100.0]);
    prop::collection::vec((topics, value), 10..120)
}

fn rows() -> impl Strategy<Value = (Vec<Vec<f64>>, Vec<f64>)> {
    let row = (prop::array::uniform4(1.0..5.0f64), 0.0..10.0f64);
    prop::collection::vec(row, 12..60)
        .prop_map(|rows| rows.into_iter().map(|(row, outcome)| (row.to_vec(), outcome)).unzip())
}

fn weeks(events: &[u64]) -> Vec<Tally> {
    events.iter().map(|&events| Tally::Rate(RateTally { events, exposure: 7.0 })).collect()
}

proptest! {
    #[test]
    fn only_the_proportions_of_weights_count(
        (a, b) in pair(),
        w in 0.1..9.0f64,
        v in 0.1..9.0f64,
        factor in 0.1..9.0f64,
    ) {
        let one = weighted(&[(a, w), (b, v)], LEVEL).unwrap();
        let other = weighted(&[(b, v * factor), (a, w * factor)], LEVEL).unwrap();
        let scale = one.estimate.high.abs().max(1.0);
        prop_assert!((one.estimate.value - other.estimate.value).abs() < 1e-9 * scale);
        prop_assert!((one.estimate.low - other.estimate.low).abs() < 1e-7 * scale);
        prop_assert!((one.n_eff - other.n_eff).abs() < 1e-6 * one.n_eff.max(1.0));
        prop_assert!(one.estimate.low <= one.estimate.value && one.estimate.value <= one.estimate.high);
    }

    #[test]
    fn weights_never_make_answers_more(group in group(), w in 0.1..9.0f64, v in 0.1..9.0f64) {
        let Some(found) = weighted(&[(group, w), (group, v)], LEVEL) else { return Ok(()) };
        if !matches!(group, Tally::Rate(_)) {
            prop_assert!(found.n_eff <= 2.0 * group.n() as f64 + 1e-9);
        }
    }

    #[test]
    fn the_screen_is_kinder_than_the_claim(p in prop::collection::vec(0.0..=1.0f64, 0..20)) {
        for ((plain, screened), claimed) in p.iter().zip(benjamini_hochberg(&p)).zip(holm(&p)) {
            prop_assert!(plain - 1e-12 <= screened && screened <= claimed + 1e-12);
        }
    }

    #[test]
    fn weights_of_drivers_add_up_to_what_is_explained((rows, outcome) in rows()) {
        let Ok(found) = Correlations::from_rows(&rows, &outcome) else { return Ok(()) };
        let explained = found.r_squared().unwrap();
        for weights in [relative_weights(&found), shapley(&found).unwrap()] {
            prop_assert!(weights.iter().all(|weight| *weight >= -1e-9));
            prop_assert!((weights.iter().sum::<f64>() - explained).abs() < 1e-9);
        }
    }

    #[test]
    fn an_impact_is_the_score_less_the_score_without((all, part) in whole_and_part()) {
        let found = impact(&all, &part, LEVEL).unwrap();
        prop_assert!((found.overall - found.without - found.impact).abs() < 1e-9);
        prop_assert!(found.low <= found.impact && found.impact <= found.high);
    }

    #[test]
    fn the_waterfall_goes_from_the_lowest_to_the_highest(
        (all, part) in whole_and_part(),
        (_, other) in whole_and_part(),
    ) {
        let found = waterfall(&all, &[part, other], LEVEL).unwrap();
        let sum = |steps: &[otklik_stats::topics::Step]| steps.iter().map(|step| step.points).sum::<f64>();
        prop_assert!((found.lowest + sum(&found.earned) - found.score).abs() < 1e-9);
        prop_assert!((sum(&found.earned) + sum(&found.lost) - 200.0).abs() < 1e-9);
    }

    #[test]
    fn the_parts_of_a_score_add_up_to_it(answers in answers()) {
        let each = answers.iter().map(|(topics, value)| (topics.as_slice(), *value));
        let counted = Incidence::from_answers(4, each);
        let found = additive(&counted, Confidence::DEFAULT).unwrap();
        let mean = answers.iter().map(|(_, value)| value).sum::<f64>() / answers.len() as f64;
        let sum = found.base + found.steps.iter().map(|step| step.points).sum::<f64>() + found.rest;
        prop_assert!((sum - mean).abs() < 1e-6, "{found:?}");
    }

    #[test]
    fn causes_add_up_to_the_change(segments in prop::collection::vec(whole_and_part(), 1..6)) {
        let whole = |of: fn(&(Tally, Tally)) -> Tally| {
            segments.iter().map(of).reduce(|a, b| a.merge(b).unwrap()).unwrap().value().unwrap()
        };
        let change = whole(|pair| pair.1) - whole(|pair| pair.0);
        let sum: f64 = causes(&segments, LEVEL).iter().map(|cause| cause.points).sum();
        prop_assert!((sum - change).abs() < 1e-9);
    }

    #[test]
    fn raked_weights_are_positive_and_cost_answers(
        counts in prop::array::uniform6(0u64..80),
        base in prop::array::uniform5(1.0..9.0f64),
    ) {
        let cells: Vec<(Vec<usize>, u64)> =
            counts.iter().enumerate().map(|(cell, n)| (vec![cell / 3, cell % 3], *n)).collect();
        match rake(&cells, &[base[..2].to_vec(), base[2..].to_vec()]) {
            Ok(found) => {
                prop_assert!(found.n_eff <= counts.iter().sum::<u64>() as f64 + 1e-6);
                prop_assert!(found.weights.iter().all(|weight| (0.0..=5.0 + 1e-9).contains(weight)));
            }
            Err(error) => prop_assert_ne!(error, RakeError::UnknownLevel),
        }
    }

    #[test]
    fn what_comes_later_changes_no_expectation(events in prop::collection::vec(0u64..90, 60..120), cut in 0usize..60) {
        let series = weeks(&events);
        let (all, part) = (scan(&series, Grain::Week), scan(&series[..cut], Grain::Week));
        prop_assert_eq!(&all.expected[..cut], &part.expected[..]);
    }

    #[test]
    fn looking_often_costs_certainty(
        before in prop::collection::vec(20u64..90, 8),
        after in prop::collection::vec(20u64..90, 8),
    ) {
        let hypothesis = Hypothesis { direction: Direction::Down, smallest: 10.0, unit: Unit::Percent };
        let trial = Trial { treated: Phases { before: weeks(&before), after: weeks(&after) }, control: None };
        let once = measure(&trial, &hypothesis, LEVEL).effect.unwrap();
        let planned = measure_running(&trial, Some(8), &hypothesis, LEVEL).effect.unwrap();
        let halfway = measure_running(&trial, Some(16), &hypothesis, LEVEL).effect.unwrap();
        let for_ever = measure_running(&trial, None, &hypothesis, LEVEL).effect.unwrap();
        for wider in [planned, halfway, for_ever] {
            prop_assert!(wider.low < once.low && once.high < wider.high);
        }
        prop_assert!(halfway.low <= planned.low && planned.high <= halfway.high);
    }

    #[test]
    fn power_grows_with_time_and_with_the_effect(
        events in prop::collection::vec(40u64..90, 8),
        smallest in 5.0..40.0f64,
    ) {
        let of = |weeks_after, smallest| {
            let hypothesis = Hypothesis { direction: Direction::Down, smallest, unit: Unit::Percent };
            plan(&weeks(&events), None, weeks_after, &hypothesis, LEVEL).unwrap()
        };
        prop_assert!(of(4, smallest).power <= of(8, smallest).power + 1e-9);
        prop_assert!(of(8, smallest).power <= of(8, smallest * 1.5).power + 1e-9);
        prop_assert!(of(8, smallest).detectable <= of(4, smallest).detectable + 1e-9);
    }
}

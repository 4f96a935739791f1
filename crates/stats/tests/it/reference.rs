//! Our numbers beside those of statsmodels and scipy (`tests/fixtures/make.py` made them).

use otklik_stats::compare::{benjamini_hochberg, compare, holm};
use otklik_stats::drivers::{Correlations, relative_weights, shapley};
use otklik_stats::effect::{Direction, Hypothesis, Phases, Unit, segmented};
use otklik_stats::interval::{effective_answers, mean_student, rate, rate_exact, share, weighted};
use otklik_stats::sample::answers_to_detect;
use otklik_stats::topics::{Incidence, additive};
use otklik_stats::validity::{Group, composition};
use otklik_stats::{Confidence, Estimate, RateTally, ScoreTally, ShareTally, Tally};
use serde::Deserialize;

const LEVEL: Confidence = Confidence::DEFAULT;

#[derive(Deserialize)]
struct Reference {
    shares: Vec<Share>,
    share_differences: Vec<ShareDifference>,
    means: Vec<Mean>,
    mean_differences: Vec<MeanDifference>,
    rates: Vec<Rate>,
    corrections: Vec<Correction>,
    sample_sizes: Vec<SampleSize>,
    weighted_means: WeightedMean,
    compositions: Vec<Composed>,
    interrupted: Vec<Interrupted>,
    drivers: Drivers,
    topics: Topics,
}

#[derive(Deserialize)]
struct Share {
    hits: u64,
    n: u64,
    interval: [f64; 2],
}

#[derive(Deserialize)]
struct ShareDifference {
    groups: [u64; 4],
    interval: [f64; 2],
}

#[derive(Deserialize)]
struct Mean {
    counts: Vec<u64>,
    interval: [f64; 2],
}

#[derive(Deserialize)]
struct MeanDifference {
    first: Vec<u64>,
    second: Vec<u64>,
    p_value: f64,
    interval: [f64; 2],
}

#[derive(Deserialize)]
struct Rate {
    events: u64,
    exposure: f64,
    score: [f64; 2],
    exact: [f64; 2],
}

#[derive(Deserialize)]
struct Correction {
    p_values: Vec<f64>,
    holm: Vec<f64>,
    benjamini_hochberg: Vec<f64>,
}

#[derive(Deserialize)]
struct SampleSize {
    variance: f64,
    difference: f64,
    answers: f64,
}

#[derive(Deserialize)]
struct WeightedMean {
    values: Vec<f64>,
    weights: Vec<f64>,
    mean: f64,
    n_eff: f64,
}

#[derive(Deserialize)]
struct Composed {
    answers: Vec<u64>,
    base: Vec<f64>,
    chi_square: f64,
    p_value: f64,
}

#[derive(Deserialize)]
struct Interrupted {
    before: Vec<u64>,
    after: Vec<u64>,
    /// Level, slope, step, change of slope.
    coefficients: [f64; 4],
    newey_west: [f64; 4],
}

#[derive(Deserialize)]
struct Drivers {
    rows: Vec<Vec<f64>>,
    outcome: Vec<f64>,
    shapley: Vec<f64>,
    relative_weights: Vec<f64>,
    coefficients: Vec<f64>,
    r_squared: f64,
}

#[derive(Deserialize)]
struct Topics {
    answers: Vec<Vec<usize>>,
    values: Vec<f64>,
    base: f64,
    coefficients: Vec<f64>,
    p_values: Vec<f64>,
    r_squared: f64,
}

fn reference() -> Reference {
    serde_json::from_str(include_str!("../fixtures/reference.json")).unwrap()
}

#[track_caller]
fn close(actual: f64, expected: f64, tolerance: f64) {
    assert!((actual - expected).abs() <= tolerance * expected.abs().max(1.0), "{actual} is not {expected}");
}

#[track_caller]
fn same(actual: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(actual.len(), expected.len());
    for (actual, expected) in actual.iter().zip(expected) {
        close(*actual, *expected, tolerance);
    }
}

#[track_caller]
fn ends(estimate: Option<Estimate>, expected: [f64; 2]) {
    let estimate = estimate.unwrap();
    same(&[estimate.low, estimate.high], &expected, 1e-6);
}

fn score(counts: &[u64]) -> ScoreTally {
    ScoreTally::from_histogram(1, counts)
}

#[test]
fn intervals() {
    let reference = reference();
    for Share { hits, n, interval } in reference.shares {
        ends(share(&ShareTally { hits, n }, LEVEL), interval);
    }
    for Mean { counts, interval: [low, high] } in reference.means {
        let within = [low.max(1.0), high.min(counts.len() as f64)];
        ends(mean_student(&score(&counts), LEVEL), within);
    }
    for Rate { events, exposure, score, exact } in reference.rates {
        let tally = RateTally { events, exposure };
        ends(rate(&tally, LEVEL), score);
        ends(rate_exact(&tally, LEVEL), exact);
    }
}

#[test]
fn two_groups() {
    let reference = reference();
    for ShareDifference { groups: [x, n, y, m], interval } in reference.share_differences {
        let tally = |hits, n| Tally::Share(ShareTally { hits, n });
        let found = compare(&tally(x, n), &tally(y, m), LEVEL).unwrap();
        same(&[found.low, found.high], &interval, 1e-6);
    }
    for MeanDifference { first, second, p_value, interval } in reference.mean_differences {
        let tally = |counts: &[u64]| Tally::Score(score(counts));
        let found = compare(&tally(&first), &tally(&second), LEVEL).unwrap();
        same(&[found.low, found.high, found.p_value], &[interval[0], interval[1], p_value], 1e-6);
    }
}

#[test]
fn many_comparisons() {
    for Correction { p_values, holm: by_holm, benjamini_hochberg: by_rate } in reference().corrections {
        same(&holm(&p_values), &by_holm, 1e-12);
        same(&benjamini_hochberg(&p_values), &by_rate, 1e-12);
    }
}

#[test]
fn sample_sizes() {
    for SampleSize { variance, difference, answers } in reference().sample_sizes {
        // statsmodels counts the other, negligible tail, too.
        let found = answers_to_detect(variance, difference, LEVEL).unwrap() as f64;
        assert!((found - answers.ceil()).abs() <= 1.0, "{found} is not {answers}");
    }
}

#[test]
fn weights_and_make_up() {
    let reference = reference();
    let WeightedMean { values, weights, mean, n_eff } = reference.weighted_means;
    let one = |(value, weight): (&f64, &f64)| {
        let mut counts = [0; 5];
        counts[*value as usize - 1] = 1;
        (Tally::Score(score(&counts)), *weight)
    };
    let groups: Vec<(Tally, f64)> = values.iter().zip(&weights).map(one).collect();
    let found = weighted(&groups, LEVEL).unwrap();
    same(&[found.estimate.value, found.n_eff], &[mean, n_eff], 1e-9);
    close(effective_answers(weights).unwrap(), n_eff, 1e-9);
    for Composed { answers, base, chi_square, p_value } in reference.compositions {
        let groups: Vec<Group> =
            answers.iter().zip(&base).map(|(&answers, &base)| Group { answers, base }).collect();
        let found = composition(&groups).unwrap();
        same(&[found.chi_square, found.p_value], &[chi_square, p_value], 1e-9);
    }
}

#[test]
fn interrupted_series() {
    let hypothesis = Hypothesis { direction: Direction::Down, smallest: 1.0, unit: Unit::Points };
    for Interrupted { before, after, coefficients, newey_west } in reference().interrupted {
        let points = |events: Vec<u64>| {
            events.into_iter().map(|events| Tally::Rate(RateTally { events, exposure: 1.0 })).collect()
        };
        let phases = Phases { before: points(before), after: points(after) };
        let found = segmented(&phases, &hypothesis, LEVEL);
        let parts = [found.slope_before, found.step, found.slope_change].map(Option::unwrap);
        same(&parts.map(|part| part.value), &coefficients[1..], 1e-9);
        // Never more certain than Newey and West.
        for (part, error) in parts.iter().zip(&newey_west[1..]) {
            assert!(part.se >= error * (1.0 - 1e-9), "{part:?} {error}");
        }
    }
}

#[test]
fn drivers() {
    let Drivers { rows, outcome, shapley: orders, relative_weights: johnson, coefficients, r_squared } =
        reference().drivers;
    let found = Correlations::from_rows(&rows, &outcome).unwrap();
    same(&shapley(&found).unwrap(), &orders, 1e-9);
    same(&relative_weights(&found), &johnson, 1e-9);
    same(&found.coefficients().unwrap(), &coefficients, 1e-9);
    close(found.r_squared().unwrap(), r_squared, 1e-9);
}

#[test]
fn topics() {
    let Topics { answers, values, base, coefficients, p_values, r_squared } = reference().topics;
    let counted = Incidence::from_answers(3, answers.iter().map(Vec::as_slice).zip(values));
    let found = additive(&counted, Confidence::DEFAULT).unwrap();
    close(found.base, base, 1e-9);
    close(found.r_squared, r_squared, 1e-9);
    let corrected = benjamini_hochberg(&p_values);
    assert!(!found.steps.is_empty());
    for step in &found.steps {
        close(step.coefficient, coefficients[step.topic], 1e-9);
        close(step.p_value, corrected[step.topic], 1e-7);
    }
}

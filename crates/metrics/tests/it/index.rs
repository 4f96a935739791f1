//! An index equals the mean of what each person's answers make, and its interval that of the persons.

use otklik_facts::Item;
use otklik_metrics::{Denominators, MetricAnswer, MetricRow, Note};
use otklik_stats::Confidence;
use otklik_stats::compare::Difference;
use otklik_stats::interval::sample_mean;
use proptest::prelude::*;

use crate::company::{ask_own, facts, january, own};

/// Answers to `a` of 1–5 and `b` of 1–10, and CSAT; a few left out.
type Answers = (Option<u8>, Option<u8>, Option<u8>);

fn item((a, b, csat): Answers) -> Item {
    let pairs = [("a", a), ("b", b)];
    let attributes =
        pairs.into_iter().filter_map(|(name, answer)| Some((name.to_owned(), answer?.to_string())));
    let segment = Some(if a.unwrap_or_default() % 2 == 0 { "even" } else { "odd" }.to_owned());
    Item { day: january(), csat, segment, attributes: attributes.collect(), ..Item::default() }
}

const OF_RANGE: &str = r#""formula":{"kind":"index","parts":[
    {"score":{"attribute":"a","lowest":1,"highest":5},"weight":2,"reading":"of_range"},
    {"score":{"attribute":"b","lowest":1,"highest":10},"weight":1,"reading":"of_range"},
    {"score":"csat","weight":1,"reading":"of_range"}]}"#;

/// The index of one person who answered everything.
fn by_hand((a, b, csat): Answers) -> Option<f64> {
    let (a, b, csat) = (f64::from(a?), f64::from(b?), f64::from(csat?));
    Some((2.0 * (a - 1.0) / 4.0 + (b - 1.0) / 9.0 + (csat - 1.0) / 4.0) / 4.0 * 100.0)
}

fn ask(people: &[Answers], fields: &str, query: &str) -> MetricAnswer {
    ask_own(&facts(people.iter().copied().map(item)), &Denominators::default(), &own(fields), query)
}

/// Mean and interval of the persons' own indices.
fn check(row: &MetricRow, persons: &[f64]) {
    assert_eq!(row.n, persons.len() as u64);
    assert_eq!(row.value.is_some(), persons.len() >= 5);
    let (Some(value), Some(low), Some(high)) = (row.value, row.low, row.high) else { return };
    let known = sample_mean(persons, (0.0, 100.0), Confidence::DEFAULT).unwrap();
    assert!((value - known.value).abs() < 2e-3, "{row:?} {known:?}");
    assert!((low - known.low).abs() < 5e-3 && (high - known.high).abs() < 5e-3, "{row:?} {known:?}");
}

fn answers() -> impl Strategy<Value = Vec<Answers>> {
    let answer = |highest: u8| prop::option::weighted(0.9, 1..=highest);
    prop::collection::vec((answer(5), answer(10), answer(5)), 0..80)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_index_is_the_mean_of_the_persons(people in answers()) {
        let persons: Vec<f64> = people.iter().filter_map(|answers| by_hand(*answers)).collect();
        let answer = ask(&people, OF_RANGE, "");
        check(&answer.overall, &persons);
        prop_assert!(answer.notes.is_empty(), "{:?}", answer.notes);
        let grouped = ask(&people, OF_RANGE, r#","dimensions":["segment","region"]"#);
        for row in &grouped.rows {
            let even = row.key[0].as_deref() == Some("even");
            let of = people.iter().filter(|answers| (answers.0.unwrap_or_default() % 2 == 0) == even);
            check(row, &of.filter_map(|answers| by_hand(*answers)).collect::<Vec<_>>());
        }
    }

    #[test]
    fn where_a_covariance_cannot_be_counted_the_interval_is_wider_and_says_so(people in answers()) {
        let counted = ask(&people, OF_RANGE, "").overall;
        let bounded = ask(&people, OF_RANGE, r#","dimensions":["segment","region","channel"]"#);
        let two_scores = OF_RANGE.replace(r#"{"attribute":"b","lowest":1,"highest":10}"#, r#""ces""#);
        let without = ask(&people, &two_scores, "");
        prop_assert!(without.notes.is_empty(), "nobody answered, so there is no covariance to miss");
        if counted.n > 1 {
            prop_assert!(bounded.notes.contains(&Note::CovarianceBounded) || bounded.rows.iter().all(|row| row.n < 2));
        }
    }
}

#[test]
fn the_bound_is_that_of_answers_that_go_together_perfectly() {
    // `b` goes against `a`: counted together they nearly cancel out, at the bound they add up.
    let people: Vec<Answers> = (0..40).map(|n| (Some(1 + n % 5), Some(10 - n % 5), Some(3))).collect();
    let width = |answer: MetricAnswer| answer.rows[0].high.unwrap() - answer.rows[0].low.unwrap();
    let two = r#""formula":{"kind":"index","parts":[
        {"score":{"attribute":"a","lowest":1,"highest":5},"weight":1,"reading":"of_range"},
        {"score":{"attribute":"b","lowest":1,"highest":10},"weight":1,"reading":"of_range"}]}"#;
    let exact = ask(&people, two, r#","dimensions":["unit","region"]"#);
    let bounded = ask(&people, two, r#","dimensions":["unit","region","channel"]"#);
    assert_eq!((exact.notes.len(), &bounded.notes[..]), (0, &[Note::CovarianceBounded][..]));
    assert_eq!(exact.rows[0].value, bounded.rows[0].value);
    // The same answers to `b` in the order of those to `a`: as far apart as the bound allows.
    let together: Vec<f64> = (0..40).map(|n| f64::from(n % 5) / 4.0 + f64::from(5 + n % 5) / 9.0).collect();
    let halves: Vec<f64> = together.iter().map(|sum| sum * 50.0).collect();
    let known = sample_mean(&halves, (0.0, 100.0), Confidence::DEFAULT).unwrap();
    assert!((width(bounded) - (known.high - known.low)).abs() < 1e-2, "{known:?}");
}

#[test]
fn two_indices_are_compared() {
    let month = |first: i32, a: u8| {
        (0..30).map(move |n| Item {
            day: january() + first + n % 20,
            ..item((Some(a + (n % 2) as u8), Some(5), Some(3)))
        })
    };
    let facts = facts(month(0, 1).chain(month(31, 4)));
    let february = r#","period":{"from":"2026-02-01","to":"2026-02-28"},"compare":"previous""#;
    let answer = ask_own(&facts, &Denominators::default(), &own(OF_RANGE), february).overall;
    let comparison = answer.comparison.unwrap();
    assert!((comparison.difference - 37.5).abs() < 1e-3, "{comparison:?}");
    // One half of each month answers a step apart in `a`: 12.5 points, s = 6.357, ± t(58) · s · √(2 / 30) = 3.286.
    assert!((comparison.high - comparison.difference - 3.286).abs() < 1e-2, "{comparison:?}");
    assert_eq!(comparison.verdict, Difference::Real);
}

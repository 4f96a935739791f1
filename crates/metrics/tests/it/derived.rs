//! Formulas over other metrics: the value is the arithmetic of the parts, the interval that of the delta method.

use std::collections::BTreeMap;

use otklik_facts::{Facts, Item};
use otklik_metrics::{Metric, MetricAnswer, Note, Refusal};
use otklik_stats::compare::Difference;
use otklik_stats::{Confidence, RateTally, ShareTally, interval};
use proptest::prelude::*;

use crate::company::{ask_own, base, facts, january, metric, own};

fn over(text: &str, parts: &[&str]) -> Metric {
    let parts: BTreeMap<String, Metric> =
        parts.iter().map(|code| ((*code).to_owned(), metric(code))).collect();
    Metric { parts, ..own(&format!(r#""formula":{{"kind":"expression","text":"{text}"}}"#)) }
}

fn ask(facts: &Facts, metric: &Metric, query: &str) -> MetricAnswer {
    ask_own(facts, &base(&["2026-01", "2026-02"], &[(None, 1_000)]), metric, query)
}

/// So many items in a month, of which so many are complaints, each of a customer of its own.
fn month(first: i32, items: usize, complaints: usize) -> impl Iterator<Item = Item> {
    (0..items).map(move |n| Item {
        day: january() + first + (n % 28) as i32,
        customer: Some(format!("c{first}{n}")),
        segment: Some(if n % 2 == 0 { "even" } else { "odd" }.to_owned()),
        complaint: n < complaints,
        csat: Some(if n < complaints { 2 } else { 5 }),
        ..Item::default()
    })
}

const JANUARY: &str = r#","period":{"from":"2026-01-01","to":"2026-01-31"}"#;

#[test]
fn the_worked_ratio() {
    let answer = ask(
        &facts(month(0, 100, 30)),
        &over("claim_rate / contact_rate", &["claim_rate", "contact_rate"]),
        JANUARY,
    );
    let row = answer.overall;
    // 30 complaints for every 1,000 and 10 contacts for every 100.
    assert_eq!((row.value, row.n, row.customers), (Some(3.0), 30, 100));
    let se =
        |events, exposure| interval::rate(&RateTally { events, exposure }, Confidence::DEFAULT).unwrap().se;
    let by_hand = (se(30, 1.0) / 10.0).hypot(30.0 / 100.0 * se(100, 10.0));
    assert!((row.high.unwrap() - 3.0 - Confidence::DEFAULT.z() * by_hand).abs() < 1e-6, "{row:?}");
    assert_eq!(answer.notes, [Note::PartsIndependent]);
}

#[test]
fn a_refused_part_refuses_the_whole_unless_there_is_a_fallback() {
    let facts = facts(month(0, 100, 30).map(|item| Item { csat: None, ..item }));
    let refusal = |text: &str, parts: &[&str]| {
        let row = ask(&facts, &over(text, parts), JANUARY).overall;
        (row.value, row.refusal)
    };
    assert_eq!(
        refusal("csat - complaint_share", &["csat", "complaint_share"]),
        (None, Some(Refusal::NoData))
    );
    assert_eq!(
        refusal("complaint_share / (count - 100)", &["complaint_share", "count"]),
        (None, Some(Refusal::Undefined))
    );
    assert_eq!(
        refusal("fallback(csat, 50) + complaint_share", &["csat", "complaint_share"]),
        (Some(80.0), None)
    );
}

#[test]
fn two_periods_of_a_formula_are_compared() {
    let facts = facts(month(0, 400, 200).chain(month(31, 400, 40)));
    let february = r#","period":{"from":"2026-02-01","to":"2026-02-28"},"compare":"previous""#;
    let answer = ask(&facts, &over("csat - complaint_share", &["csat", "complaint_share"]), february);
    let comparison = answer.overall.comparison.unwrap();
    // 90 − 10 against 50 − 50.
    assert!((comparison.difference - 80.0).abs() < 1e-9, "{comparison:?}");
    assert_eq!((comparison.verdict, comparison.p_value < 1e-9), (Difference::Real, true));
    let same = r#","period":{"from":"2026-01-01","to":"2026-01-31"},"compare":{"period":{"from":"2026-01-01","to":"2026-01-31"}}"#;
    let nothing = ask(&facts, &over("csat * 2", &["csat"]), same).overall.comparison.unwrap();
    assert_eq!((nothing.difference, nothing.p_value, nothing.verdict), (0.0, 1.0, Difference::NotReal));
}

#[test]
fn a_formula_may_stand_on_a_formula() {
    let inner = over("complaint_share / 100", &["complaint_share"]);
    let outer = Metric { parts: [("inner".to_owned(), inner)].into(), ..over("inner * 2", &[]) };
    let answer = ask(&facts(month(0, 100, 30)), &outer, JANUARY);
    assert_eq!((answer.overall.value, answer.notes.len()), (Some(0.6), 0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn every_row_is_the_arithmetic_of_its_parts(items in 0usize..120, complaints in 0usize..120) {
        let items: Vec<Item> = month(0, items, complaints.min(items)).collect();
        let facts = facts(items.iter().cloned());
        let difference = over("csat - 2 * complaint_share", &["csat", "complaint_share"]);
        for query in ["", r#","dimensions":["segment"]"#, r#","grain":"week","dimensions":["segment"]"#] {
            let query = format!("{query}{JANUARY}");
            let answer = ask(&facts, &difference, &query);
            let part = |code: &str| {
                let part = Metric { definition: otklik_metrics::Definition { code: "own".into(), ..metric(code).definition }, ..metric(code) };
                ask(&facts, &part, &query)
            };
            let (csat, share) = (part("csat"), part("complaint_share"));
            prop_assert_eq!(answer.rows.len(), csat.rows.len().max(share.rows.len()));
            for row in &answer.rows {
                let value = |of: &MetricAnswer| of.rows.iter().find(|other| other.key == row.key).and_then(|row| row.value);
                let expected = value(&csat).zip(value(&share)).map(|(csat, share)| csat - 2.0 * share);
                prop_assert_eq!(row.value, expected);
                prop_assert_eq!(row.refusal.is_none(), expected.is_some());
                let Some((value, high)) = row.value.zip(row.high) else { continue };
                let n = row.n;
                let satisfied = (value / 100.0 + 2.0) / 3.0 * n as f64;
                let se = |hits: f64| {
                    let tally = ShareTally { hits: hits.round() as u64, n };
                    100.0 * interval::share(&tally, Confidence::DEFAULT).unwrap().se
                };
                let by_hand = se(satisfied).hypot(2.0 * se(n as f64 - satisfied));
                prop_assert!((high - value - Confidence::DEFAULT.z() * by_hand).abs() < 1e-6, "{:?} {}", row, by_hand);
            }
        }
    }
}

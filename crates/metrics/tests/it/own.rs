//! Metrics of the company's own equal what one counts by hand: shares, rates, and answers kept in attributes.

use std::collections::BTreeSet;

use otklik_facts::Item;
use otklik_metrics::{Denominators, MetricAnswer, MetricRow, Note, Refusal, evaluate};
use proptest::prelude::*;

use crate::company::{ask_own, base, facts, january, own, query};

const SEGMENTS: [&str; 2] = ["mass", "premium"];
const MARCH: &str = r#","period":{"from":"2026-01-01","to":"2026-03-31"}"#;

fn item() -> impl Strategy<Value = Item> {
    let texts = prop::option::of(prop::sample::select(vec!["1", "2", "3", "4", "5", "6", "none"]));
    let state = prop::option::of(prop::sample::select(vec!["finished", "abandoned"]));
    (0..90, prop::option::of(0u8..9), 0usize..2, any::<bool>(), texts, state).prop_map(
        |(day, customer, segment, complaint, effort, state)| {
            let pairs = [("effort", effort), ("state", state)];
            let attributes =
                pairs.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned())));
            Item {
                day: january() + day,
                customer: customer.map(|customer| format!("c{customer}")),
                segment: Some(SEGMENTS[segment].to_owned()),
                complaint,
                attributes: attributes.collect(),
                ..Item::default()
            }
        },
    )
}

fn attribute<'a>(item: &'a Item, name: &str) -> Option<&'a str> {
    item.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// Each row with the items of its segment; the overall row with all.
fn groups<'a>(items: &'a [Item], answer: &'a MetricAnswer) -> Vec<(Vec<&'a Item>, &'a MetricRow)> {
    let of = |row: &'a MetricRow| {
        let segment = row.key.first().cloned().flatten();
        items.iter().filter(|item| segment.is_none() || item.segment == segment).collect()
    };
    answer.rows.iter().chain([&answer.overall]).map(|row| (of(row), row)).collect()
}

fn customers(items: &[&Item], holds: impl Fn(&Item) -> bool) -> u64 {
    let held = items.iter().filter(|item| holds(item));
    held.filter_map(|item| item.customer.as_deref()).collect::<BTreeSet<_>>().len() as u64
}

fn count(items: &[&Item], holds: impl Fn(&Item) -> bool) -> u64 {
    items.iter().filter(|item| holds(item)).count() as u64
}

fn same(found: Option<f64>, expected: Option<f64>) -> bool {
    match (found, expected) {
        (Some(found), Some(expected)) => (found - expected).abs() < 1e-9,
        (found, expected) => found.is_none() && expected.is_none(),
    }
}

fn is_finished(item: &Item) -> bool {
    attribute(item, "state") == Some("finished")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn a_share_is_those_that_match_among_the_others(items in prop::collection::vec(item(), 0..120)) {
        let facts = facts(items.iter().cloned());
        for of in ["items", "customers"] {
            let metric = own(&format!(
                r#""formula":{{"kind":"share","of":"{of}","matching":{{"in":{{"dimension":"attribute:state","values":["finished"]}}}},"among":{{"not":{{"missing":{{"dimension":"attribute:state"}}}}}}}},"filter":{{"in":{{"dimension":"complaint","values":["true"]}}}}"#
            ));
            let answer = ask_own(&facts, &Denominators::default(), &metric, r#","dimensions":["segment"]"#);
            for (group, row) in groups(&items, &answer) {
                let began = |item: &Item| item.complaint && attribute(item, "state").is_some();
                let ended = |item: &Item| began(item) && is_finished(item);
                let (hits, all) = match of {
                    "items" => (count(&group, ended), count(&group, began)),
                    _ => (customers(&group, ended), customers(&group, began)),
                };
                prop_assert_eq!(row.n, all);
                let expected = (all >= 5).then(|| 100.0 * hits as f64 / all as f64);
                prop_assert!(same(row.value, expected), "{:?} {:?}", row.value, expected);
            }
        }
    }

    #[test]
    fn a_rate_is_those_that_match_for_every_so_many_of_the_base(items in prop::collection::vec(item(), 0..120)) {
        let facts = facts(items.iter().cloned());
        let months = ["2026-01", "2026-02", "2026-03"];
        let base = base(&months, &[(None, 1_000), (Some("mass"), 100), (Some("premium"), 7)]);
        for of in ["items", "customers"] {
            let metric = own(&format!(
                r#""formula":{{"kind":"rate","of":"{of}","matching":{{"in":{{"dimension":"attribute:state","values":["finished"]}}}},"base":"customers","per":500}}"#
            ));
            let asked = format!(r#","dimensions":["segment"]{MARCH}"#);
            let answer = ask_own(&facts, &base, &metric, &asked);
            for (group, row) in groups(&items, &answer) {
                let known = match row.key.first().and_then(|segment| segment.as_deref()) {
                    Some("mass") => 100.0,
                    Some(_) => 7.0,
                    None => 1_000.0,
                };
                let events = if of == "items" { count(&group, is_finished) } else { customers(&group, is_finished) };
                prop_assert_eq!(row.n, events);
                let impossible = of == "customers" && events as f64 > known;
                prop_assert_eq!(row.refusal == Some(Refusal::DenominatorTooSmall), impossible);
                let expected = (!impossible).then(|| 500.0 * events as f64 / known);
                prop_assert!(same(row.value, expected), "{:?} {:?}", row.value, expected);
            }
        }
    }

    #[test]
    fn answers_in_an_attribute_are_answers(items in prop::collection::vec(item(), 0..120)) {
        let facts = facts(items.iter().cloned());
        let effort = |item: &Item| attribute(item, "effort")?.parse::<f64>().ok().filter(|answer| *answer <= 5.0);
        let scale = r#"{"attribute":"effort","lowest":1,"highest":5}"#;
        for kind in ["score_mean", "score_share", "score_balance"] {
            let rest = match kind {
                "score_mean" => "",
                "score_share" => r#","from":4"#,
                _ => r#","from":4,"to":2"#,
            };
            let metric = own(&format!(r#""formula":{{"kind":"{kind}","score":{scale}{rest}}}"#));
            let known = facts.attributes().contains(&"effort".to_owned());
            let by = if known { r#","dimensions":["segment"]"# } else { "" };
            let answer = ask_own(&facts, &Denominators::default(), &metric, by);
            for (group, row) in groups(&items, &answer) {
                let answers: Vec<f64> = group.iter().filter_map(|item| effort(item)).collect();
                let all = answers.len() as f64;
                prop_assert_eq!(row.n, answers.len() as u64);
                let share = |holds: &dyn Fn(f64) -> bool| {
                    answers.iter().filter(|answer| holds(**answer)).count() as f64 / all
                };
                let expected = (answers.len() >= 5).then(|| match kind {
                    "score_mean" => answers.iter().sum::<f64>() / all,
                    "score_share" => 100.0 * share(&|answer| answer >= 4.0),
                    _ => 100.0 * (share(&|answer| answer >= 4.0) - share(&|answer| answer <= 2.0)),
                });
                prop_assert!(same(row.value, expected), "{} {:?} {:?}", kind, row.value, expected);
            }
        }
    }
}

#[test]
fn a_definitions_filter_narrows_items_and_chooses_the_base() {
    let items = (0..40).map(|n| Item {
        day: january(),
        segment: Some(SEGMENTS[n % 2].to_owned()),
        complaint: n < 10,
        ..Item::default()
    });
    let base = base(&["2026-01"], &[(None, 1_000), (Some("mass"), 100)]);
    let metric = own(
        r#""formula":{"kind":"rate","base":"customers","per":100},"filter":{"in":{"dimension":"segment","values":["mass"]}}"#,
    );
    let asked = r#","period":{"from":"2026-01-01","to":"2026-01-31"}"#;
    let answer = ask_own(&facts(items), &base, &metric, asked).overall;
    assert_eq!((answer.value, answer.n, answer.denominator), (Some(20.0), 20, Some(100.0)));
}

#[test]
fn items_without_a_customer_are_told_of_where_customers_are_counted() {
    let item = |customer: Option<&str>| Item {
        day: january(),
        customer: customer.map(str::to_owned),
        ..Item::default()
    };
    let facts = facts([item(None), item(Some("a"))]);
    let metric = own(r#""formula":{"kind":"share","of":"customers","matching":"all"}"#);
    assert_eq!(ask_own(&facts, &Denominators::default(), &metric, "").notes, [Note::AnonymousItems]);
}

#[test]
fn answers_in_an_attribute_take_one_of_the_four_dimensions() {
    let attributes = vec![("effort".to_owned(), "3".to_owned())];
    let facts =
        facts((0..6).map(|_| Item { day: january(), attributes: attributes.clone(), ..Item::default() }));
    let metric =
        own(r#""formula":{"kind":"score_mean","score":{"attribute":"effort","lowest":1,"highest":5}}"#);
    let ask = |dimensions: &str| {
        let query = query(&format!(r#"{{"metric":"own","dimensions":[{dimensions}]}}"#));
        evaluate(&facts, &metric, &query, &Denominators::default())
    };
    let with_itself = ask(r#""attribute:effort","segment","region","channel""#).unwrap();
    assert_eq!((with_itself.rows[0].value, with_itself.rows[0].n), (Some(3.0), 6));
    assert_eq!(ask(r#""unit","segment","region","channel""#).unwrap_err().code(), "too_many_dimensions");
}

//! The worked numbers of the published formulas, from items to the value.

use otklik_facts::{Facts, Item};
use otklik_metrics::{Denominators, MetricRow};
use otklik_stats::Confidence;
use otklik_stats::interval::sample_mean;

use crate::company::{ask, ask_own, base, facts, january, own};

fn with(attributes: &[(&str, &str)]) -> Item {
    let attributes = attributes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Item { day: january(), attributes: attributes.collect(), ..Item::default() }
}

fn built_in(items: impl IntoIterator<Item = Item>, code: &str) -> MetricRow {
    ask(&facts(items), &Denominators::default(), &format!(r#"{{"metric":"{code}"}}"#)).overall
}

fn of_own(facts: &Facts, fields: &str) -> MetricRow {
    ask_own(facts, &Denominators::default(), &own(fields), "").overall
}

fn close(row: &MetricRow, value: f64, interval: (f64, f64), digits: i32) {
    let near = |found: Option<f64>, expected: f64| {
        found.is_some_and(|found| (found - expected).abs() <= 0.51 * 10_f64.powi(-digits))
    };
    assert!(near(row.value, value) && near(row.low, interval.0) && near(row.high, interval.1), "{row:?}");
}

fn effort(counts: &[usize]) -> Vec<Item> {
    let scored = |(answer, count): (u8, &usize)| vec![Item { ces: Some(answer), ..with(&[]) }; *count];
    (1..).zip(counts).flat_map(scored).collect()
}

#[test]
fn nps() {
    let group = |nps, count| vec![Item { nps: Some(nps), ..with(&[]) }; count];
    let items = [group(10, 250), group(7, 167), group(0, 83)].concat();
    close(&built_in(items.clone(), "nps"), 33.40, (26.69, 39.71), 2);
    let balance = r#""formula":{"kind":"score_balance","score":"nps","from":9,"to":6}"#;
    close(&of_own(&facts(items), balance), 33.40, (26.69, 39.71), 2);
}

#[test]
fn csat() {
    let items: Vec<_> =
        (0..60).map(|n| Item { csat: Some(if n < 45 { 4 } else { 3 }), ..with(&[]) }).collect();
    close(&built_in(items.clone(), "csat"), 75.0, (62.8, 84.2), 1);
    let mean = built_in(items, "csat_mean");
    assert_eq!((mean.value, mean.n), (Some(3.75), 60));
}

#[test]
fn ces_of_the_second_kind_is_reported_in_three_ways() {
    // 1, 2, …, 7 were answered 2, 3, 5, 10, 20, 30 and 30 times.
    let items = effort(&[2, 3, 5, 10, 20, 30, 30]);
    assert_eq!(built_in(items.clone(), "ces").value, Some(5.53));
    assert_eq!(built_in(items.clone(), "ces_share").value, Some(80.0));
    assert_eq!(built_in(items, "ces_balance").value, Some(50.0));
}

#[test]
fn ces_of_the_first_kind_is_a_series_of_its_own() {
    let first = ["1", "1", "2", "3", "5", "6", "so-so"].map(|answer| with(&[("ces1", answer)]));
    let facts = facts(first.into_iter().chain(effort(&[0, 0, 0, 0, 0, 0, 30])));
    let mean = of_own(
        &facts,
        r#""formula":{"kind":"score_mean","score":{"attribute":"ces1","lowest":1,"highest":5}}"#,
    );
    assert_eq!((mean.value, mean.n), (Some(2.4), 5));
}

/// Twenty people who answered three questions of 1 to 10: 8, 7, and 7 or 8 by turns.
fn acsi() -> Facts {
    let third = |n: usize| ["7", "8"][n % 2];
    let one = |n| with(&[("overall", "8"), ("expected", "7"), ("ideal", third(n))]);
    let incomplete = with(&[("overall", "1"), ("expected", "1")]);
    facts((0..20).map(one).chain([incomplete]))
}

fn index(parts: &[(&str, f64, &str)]) -> String {
    let part = |(name, weight, reading): &(&str, f64, &str)| {
        format!(
            r#"{{"score":{{"attribute":"{name}","lowest":1,"highest":10}},"weight":{weight},"reading":{reading}}}"#
        )
    };
    let parts: Vec<String> = parts.iter().map(part).collect();
    format!(r#""formula":{{"kind":"index","parts":[{}]}}"#, parts.join(","))
}

#[test]
fn csi_with_weights_of_a_model() {
    let of_range = r#""of_range""#;
    let weighted =
        index(&[("overall", 0.3885, of_range), ("expected", 0.3190, of_range), ("ideal", 0.2925, of_range)]);
    let row = of_own(&acsi(), &weighted);
    assert!((row.value.unwrap() - 72.61).abs() < 0.005, "{row:?}");
    assert_eq!(row.n, 20, "who left a question out is not counted");
    // The index varies by its third part alone: 7 is 6/9 of its range, 8 is 7/9.
    let person = |n: usize| 100.0 * (0.3885 * 7.0 + 0.3190 * 6.0 + 0.2925 * [6.0, 7.0][n % 2]) / 9.0;
    let persons: Vec<f64> = (0..20).map(person).collect();
    let known = sample_mean(&persons, (0.0, 100.0), Confidence::DEFAULT).unwrap();
    let ends = (row.low.unwrap() - known.low, row.high.unwrap() - known.high);
    assert!(ends.0.abs() < 2e-3 && ends.1.abs() < 2e-3, "{row:?} {known:?}");
}

#[test]
fn csi_unweighted() {
    let of_range = r#""of_range""#;
    let equal = index(&[("overall", 1.0, of_range), ("expected", 1.0, of_range), ("ideal", 1.0, of_range)]);
    let value = of_own(&acsi(), &equal).value.unwrap();
    assert!((value - (8.0 + 7.0 + 7.5 - 3.0) / 27.0 * 100.0).abs() < 1e-3, "{value}");
}

#[test]
fn csi_by_importance_as_a_share_of_the_maximum() {
    let facts = facts(vec![with(&[("a", "8"), ("b", "6"), ("c", "9")]); 10]);
    let of_maximum = r#""of_maximum""#;
    let value =
        of_own(&facts, &index(&[("a", 9.0, of_maximum), ("b", 7.0, of_maximum), ("c", 5.0, of_maximum)]));
    assert!((value.value.unwrap() - 75.714).abs() < 1e-3, "{value:?}");
}

#[test]
fn csi_as_the_average_of_three_shares() {
    // Quality 9 of 10, value 6 of 10, loyalty 3 of 10.
    let one = |n: usize| {
        let answer = |share: usize| if n < share { "9" } else { "4" };
        with(&[("quality", answer(9)), ("value", answer(6)), ("loyalty", answer(3))])
    };
    let from_8 = r#"{"share_from":8}"#;
    let composite = index(&[("quality", 1.0, from_8), ("value", 1.0, from_8), ("loyalty", 1.0, from_8)]);
    let value = of_own(&facts((0..10).map(one)), &composite).value.unwrap();
    assert!((value - 60.0).abs() < 1e-3, "{value}");
}

#[test]
fn claims_justified_ones_apart_and_contacts_in_both_meanings() {
    let claim = |n: usize| Item {
        complaint: true,
        customer: Some(format!("c{}", n % 24)),
        ..with(&[("justified", if n < 12 { "yes" } else { "no" })])
    };
    let facts = facts((0..30).map(claim));
    let base = base(&["2026-01"], &[(None, 12_000)]);
    let january = r#","period":{"from":"2026-01-01","to":"2026-01-31"}"#;
    let value = |fields: &str| ask_own(&facts, &base, &own(fields), january).overall.value;
    let rate = |of: &str, filter: &str, per: u32| {
        format!(
            r#""formula":{{"kind":"rate","of":"{of}","matching":{filter},"base":"customers","per":{per}}}"#
        )
    };
    let justified = r#"{"in":{"dimension":"attribute:justified","values":["yes"]}}"#;
    let complaints = r#"{"in":{"dimension":"complaint","values":["true"]}}"#;
    assert_eq!(value(&rate("items", complaints, 1_000)), Some(2.5));
    assert_eq!(value(&rate("items", justified, 1_000)), Some(1.0));
    assert_eq!(value(&rate("items", r#""all""#, 100)), Some(0.25));
    assert_eq!(value(&rate("customers", r#""all""#, 100)), Some(0.2));
}

#[test]
fn solved_at_once_as_asked_and_completion_are_shares() {
    let answers = [("fcr", "yes"); 14].into_iter().chain([("fcr", "no"); 6]).chain([("fcr", "unsure"); 3]);
    let runs = [("run", "finished"); 30].into_iter().chain([("run", "abandoned"); 10]);
    let facts = facts(answers.chain(runs).map(|pair| with(&[pair])));
    let any = |name: &str, values: &str| {
        format!(r#"{{"in":{{"dimension":"attribute:{name}","values":{values}}}}}"#)
    };
    let share = |matching: String, among: String| {
        of_own(&facts, &format!(r#""formula":{{"kind":"share","matching":{matching},"among":{among}}}"#))
    };
    let fcr = share(any("fcr", r#"["yes"]"#), any("fcr", r#"["yes","no"]"#));
    assert_eq!((fcr.value, fcr.n), (Some(70.0), 20));
    let completion = share(any("run", r#"["finished"]"#), any("run", r#"["finished","abandoned"]"#));
    assert_eq!((completion.value, completion.n), (Some(75.0), 40));
}

//! Comparisons with a period and with a group.

use otklik_facts::Item;
use otklik_metrics::{Denominators, Note};
use otklik_stats::compare::Difference;

use crate::company::{ask, base, facts, january, row};

/// On each day from `first` for `days` days, `a_day` answers of a score from a segment, all complaints.
fn answers(first: i32, days: i32, a_day: i32, nps: u8, segment: &str) -> Vec<Item> {
    (0..days * a_day)
        .map(|number| Item {
            day: january() + first + number / a_day,
            customer: Some(format!("{segment}{first}{number}")),
            segment: Some(segment.to_owned()),
            nps: Some(nps),
            complaint: true,
            ..Item::default()
        })
        .collect()
}

#[test]
fn with_the_month_before() {
    let items = [answers(0, 31, 2, 5, "mass"), answers(31, 28, 2, 10, "mass")].concat();
    let february = r#"{"metric":"nps","grain":"month","period":{"from":"2026-02-01","to":"2026-02-28"},"compare":"previous"}"#;
    let answer = ask(&facts(items), &Denominators::default(), february);
    let (found, other) = (row(&answer, &["2026-02"]), answer.rows[0].other.as_ref().unwrap());
    assert_eq!((found.value, other.value, other.n), (Some(100.0), Some(-100.0), 62));
    let comparison = found.comparison.unwrap();
    assert_eq!((comparison.difference, comparison.verdict), (200.0, Difference::Real));
    assert_eq!(answer.other_period.unwrap().from, "2026-01-01");
    assert_eq!(answer.overall.comparison.unwrap().verdict, Difference::Real);
}

#[test]
fn totals_of_unequal_months_are_compared_at_equal_length() {
    let items = [answers(0, 31, 10, 5, "mass"), answers(31, 28, 10, 5, "mass")].concat();
    let wire = r#"{"metric":"count","period":{"from":"2026-02-01","to":"2026-02-28"},"compare":"previous"}"#;
    let answer = ask(&facts(items), &Denominators::default(), wire);
    let comparison = answer.overall.comparison.unwrap();
    assert_eq!((answer.overall.value, answer.overall.other.unwrap().value), (Some(280.0), Some(310.0)));
    assert!(comparison.difference.abs() < 1e-9, "{comparison:?}");
    assert_eq!((comparison.verdict, &answer.notes[..]), (Difference::NotReal, &[Note::PeriodsDiffer][..]));
}

#[test]
fn with_another_group() {
    let items = [answers(0, 31, 4, 5, "mass"), answers(0, 31, 1, 5, "vip")].concat();
    let base = base(&["2026-01"], &[(Some("mass"), 1_000), (Some("vip"), 100)]);
    let wire = r#"{"metric":"claim_rate","filter":{"in":{"dimension":"segment","values":["vip"]}},"period":{"from":"2026-01-01","to":"2026-01-31"},"compare":{"filter":{"in":{"dimension":"segment","values":["mass"]}}}}"#;
    let answer = ask(&facts(items), &base, wire);
    let comparison = answer.overall.comparison.unwrap();
    assert_eq!((answer.overall.value, answer.overall.other.unwrap().value), (Some(310.0), Some(124.0)));
    assert!(
        (comparison.difference - 186.0).abs() < 1e-9 && (comparison.ratio.unwrap().value - 2.5).abs() < 1e-9
    );
    assert_eq!(comparison.verdict, Difference::Real);
}

#[test]
fn steps_are_matched_in_order_and_groups_of_either_side_are_shown() {
    let items = [answers(0, 31, 1, 5, "old"), answers(31, 28, 1, 5, "new")].concat();
    let wire = r#"{"metric":"count","grain":"month","dimensions":["segment"],"period":{"from":"2026-02-01","to":"2026-02-28"},"compare":{"period":{"from":"2026-01-01","to":"2026-01-31"}}}"#;
    let answer = ask(&facts(items), &Denominators::default(), wire);
    let values = |segment| {
        let row = row(&answer, &["2026-02", segment]);
        (row.value, row.other.as_ref().unwrap().value)
    };
    assert_eq!((values("new"), values("old")), ((Some(28.0), Some(0.0)), (Some(0.0), Some(31.0))));
}

#[test]
fn many_rows_are_judged_more_strictly() {
    let segments = ["a", "b", "c", "d", "e", "f", "g", "h"];
    let items: Vec<Item> = segments
        .iter()
        .flat_map(|segment| {
            // In `a` 60 of 100 promote instead of 44 of 100: real on its own, not as one of eight.
            let promoters = if *segment == "a" { 60 } else { 44 };
            let month = |first: i32, promoters: i32| {
                let mut month = answers(first, 20, 5, 8, segment);
                month.iter_mut().take(promoters as usize).for_each(|item| item.nps = Some(10));
                month
            };
            [month(0, 44), month(31, promoters)].concat()
        })
        .collect();
    let facts = facts(items);
    let february = |filter: &str| {
        let wire = format!(
            r#"{{"metric":"nps","dimensions":["segment"],{filter}"period":{{"from":"2026-02-01","to":"2026-02-28"}},"compare":"previous"}}"#
        );
        let answer = ask(&facts, &Denominators::default(), &wire);
        let row = row(&answer, &["a"]);
        (row.comparison.unwrap().verdict, answer.notes)
    };
    assert_eq!(
        february(r#""filter":{"in":{"dimension":"segment","values":["a"]}},"#),
        (Difference::Real, vec![])
    );
    assert_eq!(february(""), (Difference::NotReal, vec![Note::ManyComparisons]));
}

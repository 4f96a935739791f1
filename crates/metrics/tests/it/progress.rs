//! How far it is to a target: the last whole month, and a month of arrival only where the trend is real.

use otklik_facts::{Filter, Item};
use otklik_metrics::{Metric, TargetContent, TargetProgress, built_in, day_number, measure_progress};

use crate::company::facts;

/// Answers of the twelve months before November 2026: of each month, how many of a hundred are satisfied.
fn progress(satisfied: [usize; 12], target: f64) -> TargetProgress {
    let months = (0..12).map(|month| {
        let first = jiff::civil::date(2025, 11, 10);
        (day_number(first.saturating_add(jiff::Span::new().months(month as i32))), satisfied[month])
    });
    let items = months.flat_map(|(day, good)| {
        (0..100).map(move |at| Item { day, csat: Some(if at < good { 5 } else { 2 }), ..Item::default() })
    });
    let facts = facts(items);
    let csat = built_in().into_iter().find(|metric| metric.code == "csat").unwrap();
    let target = TargetContent {
        metric: "csat".into(),
        value: target,
        due_on: "2026-12-31".into(),
        unit_id: None,
        filter: Filter::All,
        note: String::new(),
    };
    let today = day_number(jiff::civil::date(2026, 11, 22));
    measure_progress(&facts, &Metric::from(csat), &Default::default(), &target, Filter::All, today).unwrap()
}

#[test]
fn a_steady_rise_arrives() {
    let rising = progress([40, 42, 43, 46, 48, 50, 51, 54, 56, 58, 59, 62], 70.0);
    assert_eq!((rising.month.as_str(), rising.value, rising.missing), ("2026-10", Some(62.0), Some(8.0)));
    let trend = rising.trend.unwrap();
    assert!((1.9..2.1).contains(&trend.per_month), "{trend:?}");
    assert_eq!(trend.arrives.as_deref(), Some("2027-02"));
}

#[test]
fn a_rise_away_from_the_target_does_not_arrive() {
    let trend = progress([62, 59, 58, 56, 54, 51, 50, 48, 46, 43, 42, 40], 70.0).trend.unwrap();
    assert!(trend.per_month < 0.0 && trend.arrives.is_none(), "{trend:?}");
}

#[test]
fn a_scatter_tells_nothing_of_the_future() {
    let level = progress([55, 48, 52, 58, 47, 53, 56, 49, 51, 57, 50, 52], 70.0);
    assert_eq!((level.missing, level.trend), (Some(18.0), None));
}

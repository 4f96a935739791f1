//! What is said of lopsided samples, and what weights to the customer base make of them.

use otklik_facts::{Facts, Item};
use otklik_metrics::{Denominators, MetricAnswer, Refusal, WeightingRefusal};
use otklik_stats::validity::Warning;

use crate::company::{ask, base, facts, january, row};

/// Answers of a segment: so many promoters and detractors.
fn segment(name: &str, promoters: usize, detractors: usize) -> Vec<Item> {
    let items = |nps, times| {
        let item = |day: usize| Item {
            day: january() + (day % 20) as i32,
            nps: Some(nps),
            segment: Some(name.to_owned()),
            channel: Some("survey".to_owned()),
            ..Item::default()
        };
        (0..times).map(item).collect::<Vec<_>>()
    };
    [items(10, promoters), items(2, detractors)].concat()
}

/// Nine in ten customers are of the mass segment, one in two answers is.
fn lopsided() -> (Facts, Denominators) {
    let items = [segment("mass", 20, 80), segment("vip", 90, 10)].concat();
    let slices = [(None, 1_000), (Some("mass"), 900), (Some("vip"), 100)];
    (facts(items), base(&["2026-01"], &slices))
}

const MONTH: &str = r#""period":{"from":"2026-01-01","to":"2026-01-31"}"#;

fn nps(fields: &str) -> MetricAnswer {
    let (facts, base) = lopsided();
    ask(&facts, &base, &format!(r#"{{"metric":"nps",{MONTH}{fields}}}"#))
}

#[test]
fn a_lopsided_sample_is_told_and_weights_mend_it() {
    let plain = nps("");
    assert_eq!(plain.overall.value, Some(10.0));
    assert!(plain.warnings.iter().any(|warning| matches!(warning, Warning::Lopsided { badly: true, .. })));
    assert!(plain.weighting.is_none() && plain.overall.n_eff.is_none());

    // 0.9 · (−60) + 0.1 · 80 = −46.
    let weighed = nps(r#","weighting":"customer_base""#);
    let report = weighed.weighting.unwrap();
    assert!((weighed.overall.value.unwrap() + 46.0).abs() < 1e-6, "{:?}", weighed.overall);
    assert_eq!((report.by, report.left_out, report.refusal), (vec!["segment".to_owned()], 0, None));
    // Weights 1.8 and 0.2: 200² / (100 · 3.24 + 100 · 0.04) = 122.
    assert!((weighed.overall.n_eff.unwrap() - 121.95).abs() < 0.01 && weighed.overall.n == 200);
    assert!(weighed.overall.low < weighed.overall.value && weighed.overall.value < weighed.overall.high);
}

#[test]
fn groups_and_steps_of_time_are_weighed_too() {
    let by_segment = nps(r#","weighting":"customer_base","dimensions":["segment"]"#);
    assert!(
        (row(&by_segment, &["vip"]).value.unwrap() - 80.0).abs() < 1e-6,
        "within a segment all weigh alike"
    );
    let by_month = nps(r#","weighting":"customer_base","grain":"month""#);
    assert!((row(&by_month, &["2026-01"]).value.unwrap() + 46.0).abs() < 1e-6);
    let compared = nps(r#","weighting":"customer_base","compare":"previous""#);
    assert!(compared.overall.comparison.is_none() && compared.overall.other.is_some());
}

/// Weighed by segment on one side only, the way of weighing would look like a fall from 10 to −46.
#[test]
fn both_sides_of_a_comparison_are_weighed_by_the_same() {
    let january = [segment("mass", 20, 80), segment("vip", 90, 10)].concat();
    let unnamed = |item: Item| Item { day: item.day + 31, segment: None, ..item };
    let named = |item: Item| Item { day: item.day + 31, ..item };
    let base = base(&["2026-01", "2026-02"], &[(Some("mass"), 900), (Some("vip"), 100)]);
    let query = r#"{"metric":"nps","period":{"from":"2026-02-01","to":"2026-02-28"},"compare":{"period":{"from":"2026-01-01","to":"2026-01-31"}},"weighting":"customer_base"}"#;
    let compared = |february: Vec<Item>| ask(&facts([january.clone(), february].concat()), &base, query);

    let alike = compared(january.iter().cloned().map(named).collect());
    let both = [alike.overall.value, alike.overall.other.as_ref().unwrap().value];
    assert!(both.iter().all(|value| (value.unwrap() + 46.0).abs() < 1e-6), "{both:?}");

    let halves = january.chunks(2).flat_map(|pair| [named(pair[0].clone()), unnamed(pair[1].clone())]);
    let unlike = compared(halves.collect());
    assert_eq!(unlike.weighting.unwrap().refusal, Some(WeightingRefusal::NoBase));
    assert_eq!(unlike.overall.value, unlike.overall.other.as_ref().unwrap().value);
}

#[test]
fn a_step_in_which_a_group_is_silent_has_no_value() {
    let mut items = [segment("mass", 20, 80), segment("vip", 90, 10)].concat();
    items.extend(segment("mass", 10, 10).into_iter().map(|item| Item { day: item.day + 31, ..item }));
    let base = base(&["2026-01", "2026-02"], &[(Some("mass"), 900), (Some("vip"), 100)]);
    let query = r#"{"metric":"nps","period":{"from":"2026-01-01","to":"2026-02-28"},"grain":"month","weighting":"customer_base"}"#;
    let answer = ask(&facts(items), &base, query);
    assert_eq!(row(&answer, &["2026-02"]).refusal, Some(Refusal::NoWeights));
    assert!(row(&answer, &["2026-01"]).value.is_some());
}

#[test]
fn what_cannot_be_weighed_says_why_and_stays_as_it_is() {
    let (facts, base) = lopsided();
    let count = ask(&facts, &base, &format!(r#"{{"metric":"count",{MONTH},"weighting":"customer_base"}}"#));
    assert_eq!(count.weighting.unwrap().refusal, Some(WeightingRefusal::NotForMetric));
    assert!(count.warnings.is_empty() && count.overall.value == Some(200.0));
    let query = format!(r#"{{"metric":"nps",{MONTH},"weighting":"customer_base"}}"#);
    let unknown = ask(&facts, &Denominators::default(), &query);
    assert_eq!(unknown.weighting.unwrap().refusal, Some(WeightingRefusal::NoBase));
    assert_eq!(unknown.overall.value, Some(10.0));
}

#[test]
fn every_doubt_about_a_sample_is_told() {
    let warned = |items: Vec<Item>| -> Vec<String> {
        let query = r#"{"metric":"nps","period":{"from":"2026-02-01","to":"2026-02-28"}}"#;
        let answer = ask(&facts(items), &Denominators::default(), query);
        let code =
            |warning: &Warning| serde_json::to_value(warning).unwrap()["code"].as_str().unwrap().to_owned();
        answer.warnings.iter().map(code).collect()
    };
    let february = |items: Vec<Item>| -> Vec<Item> {
        items.into_iter().map(|item| Item { day: item.day + 31, ..item }).collect()
    };
    let from = |items: Vec<Item>, channel: &str| -> Vec<Item> {
        items.into_iter().map(|item| Item { channel: Some(channel.to_owned()), ..item }).collect()
    };
    let sound = february(segment("mass", 50, 50));
    assert_eq!(warned(sound.clone()), Vec::<String>::new());
    assert_eq!(warned(february(segment("mass", 5, 5))), ["small"]);
    assert_eq!(warned(from(sound.clone(), "review")), ["self_selected"]);
    let staff = from(february(segment("mass", 10, 0)), "employee");
    assert_eq!(warned([sound.clone(), staff].concat()), ["insiders"]);
    let campaign = vec![Item { day: january() + 40, ..segment("mass", 1, 0).remove(0) }; 60];
    assert_eq!(warned([sound.clone(), campaign].concat()), ["burst"]);
    assert_eq!(warned([sound, segment("mass", 150, 150)].concat()), ["dropped"]);
    assert_eq!(warned(Vec::new()), ["empty"]);
}

//! Steps of time, orders, tops, refusals and notes.

use otklik_facts::Item;
use otklik_metrics::{Denominators, Grain, MetricError, MetricQuery, Note, Refusal, evaluate};

use crate::company::{ask, base, facts, january, metric, query, row};

/// Ten customers of each of three segments, of whom each writes on one day of every month; complaints from `mass`.
fn items() -> Vec<Item> {
    let one = |segment: &str, customer: u8, month: i32| Item {
        day: january() + [0, 31, 59][month as usize] + i32::from(customer),
        customer: Some(format!("{segment}{customer}")),
        segment: Some(segment.to_owned()),
        nps: Some(if segment == "mass" { customer } else { 9 }),
        complaint: segment == "mass",
        topics: vec!["cards".into(), "loans".into()],
        attributes: vec![("plan".into(), "gold".into())],
        ..Item::default()
    };
    let months = 0..3;
    months
        .flat_map(|month| {
            [("mass", 10), ("premium", 8), ("private", 2)].into_iter().flat_map(
                move |(segment, customers)| (0..customers).map(move |customer| one(segment, customer, month)),
            )
        })
        .collect()
}

fn keys(wire: &str) -> Vec<String> {
    let answer = ask(&facts(items()), &Denominators::default(), wire);
    answer.rows.iter().map(|row| row.key.iter().flatten().cloned().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn the_grain_comes_first_and_fills_its_gaps() {
    let quarter = r#"{"metric":"count","grain":"month","dimensions":["segment"],"filter":{"in":{"dimension":"segment","values":["private"]}},"period":{"from":"2025-12-01","to":"2026-01-31"}}"#;
    assert_eq!(keys(quarter), ["2025-12 private", "2026-01 private"]);
    assert_eq!(
        keys(&quarter.replace(r#""grain":"month","dimensions":["#, r#""dimensions":["month","#)),
        ["2026-01 private"]
    );
    assert_eq!(keys(r#"{"metric":"count","grain":"quarter"}"#), ["2026-Q1"]);
    assert_eq!(keys(r#"{"metric":"count","grain":"week"}"#).len(), 11);
}

#[test]
fn rows_come_in_the_order_asked_for_and_the_top_is_kept() {
    assert_eq!(
        keys(r#"{"metric":"nps","dimensions":["segment"],"order":"value_asc"}"#),
        ["mass", "premium", "private"]
    );
    assert_eq!(
        keys(r#"{"metric":"count","dimensions":["segment"],"order":"n_desc"}"#),
        ["mass", "premium", "private"]
    );
    assert_eq!(
        keys(r#"{"metric":"count","dimensions":["segment"],"order":"value_asc","top":1}"#),
        ["private"]
    );
    let top = keys(r#"{"metric":"count","dimensions":["segment"],"grain":"month","top":2}"#);
    assert_eq!(top.len(), 6);
    assert!(top.iter().all(|key| !key.contains("private")));
}

#[test]
fn without_dimensions_there_is_one_row_whatever_there_is() {
    for items in [Vec::new(), items()] {
        let answer = ask(&facts(items), &Denominators::default(), r#"{"metric":"nps","top":3}"#);
        assert_eq!(answer.rows, [answer.overall]);
    }
}

#[test]
fn refused_values_come_last() {
    let one_month = r#"{"metric":"nps","dimensions":["segment"],"order":"value_asc","period":{"from":"2026-01-01","to":"2026-01-31"}}"#;
    let answer = ask(&facts(items()), &Denominators::default(), one_month);
    let private = answer.rows.last().unwrap();
    assert_eq!((private.value, private.n, private.refusal), (None, 2, Some(Refusal::TooFew)));
}

#[test]
fn a_rate_needs_a_row_for_exactly_its_slice() {
    let base = base(&["2026-01", "2026-02", "2026-03"], &[(None, 1_000), (Some("mass"), 500)]);
    let facts = facts(items());
    let answer = ask(
        &facts,
        &base,
        r#"{"metric":"claim_rate","dimensions":["segment"],"period":{"from":"2026-01-01","to":"2026-03-31"}}"#,
    );
    let mass = row(&answer, &["mass"]);
    assert_eq!((mass.value, mass.n, mass.customers, mass.denominator), (Some(60.0), 30, 10, Some(500.0)));
    assert_eq!(answer.overall.value, Some(30.0));
    let contacts = ask(&facts, &base, r#"{"metric":"contact_rate","dimensions":["segment"]}"#);
    assert_eq!(row(&contacts, &["premium"]).refusal, Some(Refusal::NoDenominator));
    let plan = ask(&facts, &base, r#"{"metric":"contact_rate","dimensions":["attribute:plan"]}"#);
    assert_eq!(row(&plan, &["gold"]).refusal, Some(Refusal::NoDenominator));
    let topic = ask(&facts, &base, r#"{"metric":"contact_share","dimensions":["topic"]}"#);
    assert_eq!(row(&topic, &["cards"]).value, Some(2.0));
    assert_eq!(topic.notes, [Note::GroupsOverlap]);
}

#[test]
fn a_borrowed_denominator_and_anonymous_items_are_told() {
    let base = base(&["2026-01", "2026-02"], &[(None, 1_000)]);
    let mut items = items();
    items[0].customer = None;
    let answer = ask(&facts(items), &base, r#"{"metric":"contact_share","grain":"month"}"#);
    assert_eq!(answer.notes, [Note::DenominatorCarried, Note::AnonymousItems]);
    assert_eq!(answer.overall.customers, 20);
}

#[test]
fn a_question_that_makes_no_sense_is_refused_by_name() {
    let facts = facts(items());
    let code = |query: MetricQuery| {
        evaluate(&facts, &metric("nps"), &query, &Denominators::default())
            .map_err(|error: MetricError| error.code())
    };
    let nps = |dimensions: &[&str]| MetricQuery {
        metric: "nps".into(),
        dimensions: dimensions.iter().map(|&name| name.to_owned()).collect(),
        ..MetricQuery::default()
    };
    let error = |query| code(query).unwrap_err();
    assert_eq!(error(MetricQuery { metric: "csi".into(), ..nps(&[]) }), "unknown_metric");
    assert_eq!(error(nps(&["colour"])), "unknown_dimension");
    assert_eq!(error(nps(&["attribute:colour"])), "unknown_dimension");
    assert_eq!(error(nps(&["unit", "product", "segment", "region", "channel"])), "too_many_dimensions");
    assert_eq!(error(MetricQuery { grain: Some(Grain::Week), ..nps(&["month"]) }), "two_time_dimensions");
    let backwards = query(r#"{"metric":"nps","period":{"from":"2026-02-01","to":"2026-01-01"}}"#);
    assert_eq!(error(backwards), "bad_period");
    assert!(code(MetricQuery { grain: Some(Grain::Month), ..nps(&["month"]) }).is_ok());
}

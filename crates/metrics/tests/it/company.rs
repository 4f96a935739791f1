//! Small companies to ask about.

use otklik_facts::{Change, Facts, Item};
use otklik_metrics::{
    BaseRow, Denominators, Metric, MetricAnswer, MetricDraft, MetricQuery, MetricRow, built_in, day_number,
    evaluate,
};

/// 2026-01-01.
pub fn january() -> i32 {
    day_number(jiff::civil::date(2026, 1, 1))
}

pub fn facts(items: impl IntoIterator<Item = Item>) -> Facts {
    let facts = Facts::new();
    let numbered = items.into_iter().zip(1..).map(|(item, number)| Change::Put(Item { number, ..item }));
    facts.apply(numbered.collect(), 1);
    facts
}

pub fn metric(code: &str) -> Metric {
    built_in().into_iter().find(|metric| metric.code == code).expect("a built-in metric").into()
}

/// A metric of the company's own, `own`: the fields of its definition but for words and direction.
pub fn own(fields: &str) -> Metric {
    let wire =
        format!(r#"{{"code":"own","name":{{"ru":"своя","en":"own"}},"direction":"neutral",{fields}}}"#);
    let draft: MetricDraft = serde_json::from_str(&wire).expect("a draft");
    let definition: otklik_metrics::Definition = draft.into();
    definition.check().expect("a sound definition");
    definition.into()
}

/// Asks a metric of the company's own; `fields` are those of the query but for the metric.
pub fn ask_own(facts: &Facts, base: &Denominators, metric: &Metric, fields: &str) -> MetricAnswer {
    let query = query(&format!(r#"{{"metric":"own"{fields}}}"#));
    evaluate(facts, metric, &query, base).expect("an answer")
}

pub fn query(wire: &str) -> MetricQuery {
    serde_json::from_str(wire).expect("a query")
}

pub fn ask(facts: &Facts, base: &Denominators, wire: &str) -> MetricAnswer {
    let query = query(wire);
    evaluate(facts, &metric(&query.metric), &query, base).expect("an answer")
}

pub fn row<'a>(answer: &'a MetricAnswer, key: &[&str]) -> &'a MetricRow {
    let key: Vec<_> = key.iter().map(|value| Some((*value).to_owned())).collect();
    answer.rows.iter().find(|row| row.key == key).expect("a row")
}

/// A customer base of the whole company and of segments, the same in every month given.
pub fn base(months: &[&str], slices: &[(Option<&str>, u64)]) -> Denominators {
    Denominators::new(months.iter().flat_map(|month| {
        slices.iter().map(|(segment, customers)| BaseRow {
            month: (*month).to_owned(),
            segment: segment.map(str::to_owned),
            customers: Some(*customers),
            invitations: Some(*customers),
            starts: Some(*customers / 2),
            ..BaseRow::default()
        })
    }))
}

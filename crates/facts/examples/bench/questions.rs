//! The eight questions, each with the form of its answer on both sides.

use std::error::Error;

use otklik_facts::{Cell, Dimension, FactQuery, FactRow, Facts, FactsError, Filter, Measures, Period, Score};
use serde_json::{Value, json};

use crate::data::{DAYS, FIRST_DAY};

/// Rows of key values, then figures.
pub type Answer = Vec<Vec<Value>>;

pub struct Question {
    pub name: &'static str,
    pub text: &'static str,
    pub ask: fn(&Facts) -> Result<Answer, FactsError>,
}

const LAST_DAY: i32 = FIRST_DAY + DAYS;

pub fn all() -> [Question; 8] {
    let question = |name, text, ask| Question { name, text, ask };
    [
        question("Q1", "NPS by month", nps_by_month),
        question("Q2", "NPS by month and segment, two channels", nps_by_month_and_segment),
        question("Q3", "top 20 topics by customers, 90 days, share negative", top_topics),
        question("Q4", "claim rate by touchpoint and week", claim_rate),
        question("Q5", "customers of a topic set, half a year, by segment", customers_of_topics),
        question("Q6", "touchpoint and channel, 30 days", heat_map),
        question("Q7", "NPS by month of one region, product and unit", nps_of_a_niche),
        question("Q8", "one topic by day, two years", topic_by_day),
    ]
}

fn nps_by_month(facts: &Facts) -> Result<Answer, FactsError> {
    nps_by_month_of(facts, Filter::All)
}

fn nps_of_a_niche(facts: &Facts) -> Result<Answer, FactsError> {
    let one = |dimension, value: &str| Filter::any_of(dimension, [value]);
    nps_by_month_of(
        facts,
        one(Dimension::Region, "region 03")
            .and(one(Dimension::Product, "product 02"))
            .and(one(Dimension::Unit, "unit 01")),
    )
}

fn nps_by_month_of(facts: &Facts, filter: Filter) -> Result<Answer, FactsError> {
    let rows = facts.query(&FactQuery {
        filter: filter.and(Filter::Answered(Score::Nps)),
        dimensions: vec![Dimension::Month],
        measures: Measures::NPS,
        ..FactQuery::default()
    })?;
    Ok(answer(rows, |cell| {
        let (promoters, detractors) = ends(cell);
        vec![json!(cell.count), json!(promoters), json!(detractors)]
    }))
}

fn nps_by_month_and_segment(facts: &Facts) -> Result<Answer, FactsError> {
    let rows = facts.query(&FactQuery {
        filter: Filter::any_of(Dimension::Channel, ["channel 01", "channel 04"])
            .and(Filter::Answered(Score::Nps)),
        dimensions: vec![Dimension::Month, Dimension::Segment],
        measures: Measures::NPS,
        ..FactQuery::default()
    })?;
    Ok(answer(rows, |cell| {
        let (promoters, detractors) = ends(cell);
        let (n, promoters, detractors) = (cell.count as f64, promoters as f64, detractors as f64);
        let mean = (promoters - detractors) / n;
        vec![
            json!(cell.count),
            json!(100.0 * mean),
            json!(10_000.0 * ((promoters + detractors) / n - mean * mean)),
        ]
    }))
}

fn top_topics(facts: &Facts) -> Result<Answer, FactsError> {
    let period = Some(Period { from: LAST_DAY - 90, to: LAST_DAY });
    let top = facts.query(&FactQuery {
        filter: Filter::Missing { dimension: Dimension::Topic }.negate(),
        period,
        dimensions: vec![Dimension::Topic],
        top: Some(20),
        customers: true,
        measures: Measures::NONE,
    })?;
    let detractor = Filter::Range { score: Score::Nps, low: 0, high: 6 };
    let is_negative = Filter::Or(vec![detractor, Filter::any_of(Dimension::Complaint, ["true"])]);
    let topics = top.iter().filter_map(|row| row.key[0].clone());
    let negative = facts.query(&FactQuery {
        filter: Filter::any_of(Dimension::Topic, topics).and(is_negative),
        period,
        dimensions: vec![Dimension::Topic],
        measures: Measures::NONE,
        ..FactQuery::default()
    })?;
    let negative_of = |row: &FactRow| {
        negative.iter().find(|negative| negative.key == row.key).map_or(0, |negative| negative.cell.count)
    };
    let row = |row: FactRow| {
        let share = negative_of(&row) as f64 / row.cell.count as f64;
        vec![json!(row.key[0]), json!(row.cell.customers), json!(share)]
    };
    Ok(top.into_iter().map(row).collect())
}

fn claim_rate(facts: &Facts) -> Result<Answer, FactsError> {
    let rows = facts.query(&FactQuery {
        dimensions: vec![Dimension::Touchpoint, Dimension::Week],
        measures: Measures::COMPLAINTS,
        ..FactQuery::default()
    })?;
    Ok(answer(rows, |cell| vec![json!(cell.count), json!(cell.complaints)]))
}

fn customers_of_topics(facts: &Facts) -> Result<Answer, FactsError> {
    let topics = ["topic 003", "topic 017", "topic 042", "topic 099", "topic 150"];
    let rows = facts.query(&FactQuery {
        filter: Filter::any_of(Dimension::Topic, topics),
        period: Some(Period { from: FIRST_DAY + 200, to: FIRST_DAY + 382 }),
        dimensions: vec![Dimension::Segment],
        customers: true,
        measures: Measures::NONE,
        ..FactQuery::default()
    })?;
    Ok(answer(rows, |cell| vec![json!(cell.customers)]))
}

fn heat_map(facts: &Facts) -> Result<Answer, FactsError> {
    let rows = facts.query(&FactQuery {
        period: Some(Period { from: LAST_DAY - 30, to: LAST_DAY }),
        dimensions: vec![Dimension::Touchpoint, Dimension::Channel],
        measures: Measures::NPS,
        ..FactQuery::default()
    })?;
    Ok(answer(rows, |cell| {
        let (promoters, detractors) = ends(cell);
        vec![json!(cell.count), json!(promoters), json!(detractors)]
    }))
}

fn topic_by_day(facts: &Facts) -> Result<Answer, FactsError> {
    let rows = facts.query(&FactQuery {
        filter: Filter::any_of(Dimension::Topic, ["topic 042"]),
        dimensions: vec![Dimension::Day],
        measures: Measures::NONE,
        ..FactQuery::default()
    })?;
    Ok(answer(rows, |cell| vec![json!(cell.count)]))
}

/// Promoters and detractors.
fn ends(cell: &Cell) -> (u64, u64) {
    (cell.nps[9..].iter().sum(), cell.nps[..7].iter().sum())
}

fn answer(rows: Vec<FactRow>, figures: impl Fn(&Cell) -> Vec<Value>) -> Answer {
    let row = |row: FactRow| row.key.iter().map(|value| json!(value)).chain(figures(&row.cell)).collect();
    rows.into_iter().map(row).collect()
}

/// Refuses answers that differ by more than rounding.
pub fn compare(question: &Question, mut ours: Answer, mut theirs: Answer) -> Result<(), Box<dyn Error>> {
    if question.name != "Q3" {
        let key = |row: &Vec<Value>| json!(row).to_string();
        ours.sort_by_key(key);
        theirs.sort_by_key(key);
    }
    let equal = |(ours, theirs): (&Value, &Value)| match (ours.as_f64(), theirs.as_f64()) {
        (Some(ours), Some(theirs)) => (ours - theirs).abs() <= 1e-9 * ours.abs().max(1.0),
        _ => ours == theirs,
    };
    let equal_rows = |(ours, theirs): (&Vec<Value>, &Vec<Value>)| {
        ours.len() == theirs.len() && ours.iter().zip(theirs).all(equal)
    };
    if ours.len() != theirs.len() {
        return Err(format!("{}: {} rows, DuckDB has {}", question.name, ours.len(), theirs.len()).into());
    }
    match ours.iter().zip(&theirs).find(|rows| !equal_rows(*rows)) {
        Some((ours, theirs)) => Err(format!("{}: {ours:?}, DuckDB says {theirs:?}", question.name).into()),
        None => Ok(()),
    }
}

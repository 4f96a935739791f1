//! The eight questions, each as queries to the facts and as the figures that DuckDB gives as well.

use std::error::Error;

use otklik_facts::{Cell, Dimension, FactQuery, FactRow, Filter, Measures, Period, Score};
use serde_json::{Value, json};

use crate::data::{DAYS, FIRST_DAY};

/// Rows of key values, then figures.
pub type Answer = Vec<Vec<Value>>;

pub struct Question {
    pub name: &'static str,
    pub text: &'static str,
    /// What is timed: these queries one after the other.
    pub queries: Vec<FactQuery>,
    /// What their answers say.
    pub read: fn(&[Vec<FactRow>]) -> Answer,
}

const LAST_DAY: i32 = FIRST_DAY + DAYS;

pub fn all() -> [Question; 8] {
    let question = |name, text, queries, read| Question { name, text, queries, read };
    [
        question("Q1", "NPS by month", vec![nps_by_month(Filter::All)], read_nps),
        question("Q2", "NPS by month and segment, two channels", vec![nps_by_segment()], read_mean),
        question("Q3", "top 20 topics by customers, 90 days, share negative", top_topics(), read_share),
        question("Q4", "claim rate by touchpoint and week", vec![claim_rate()], read_complaints),
        question("Q5", "customers of a topic set, half a year, by segment", vec![reach()], read_customers),
        question("Q6", "touchpoint and channel, 30 days", vec![heat_map()], read_heat),
        question("Q7", "NPS by month of one region, product and unit", vec![nps_by_month(niche())], read_nps),
        question("Q8", "one topic by day, two years", vec![topic_by_day()], read_count),
    ]
}

fn nps_by_month(filter: Filter) -> FactQuery {
    FactQuery { filter, dimensions: vec![Dimension::Month], measures: Measures::NPS, ..FactQuery::default() }
}

fn niche() -> Filter {
    let one = |dimension, value: &str| Filter::any_of(dimension, [value]);
    one(Dimension::Region, "region 03")
        .and(one(Dimension::Product, "product 02"))
        .and(one(Dimension::Unit, "unit 01"))
}

fn nps_by_segment() -> FactQuery {
    FactQuery {
        filter: Filter::any_of(Dimension::Channel, ["channel 01", "channel 04"]),
        dimensions: vec![Dimension::Month, Dimension::Segment],
        measures: Measures::NPS,
        ..FactQuery::default()
    }
}

/// The topics, and the negative items of every topic.
fn top_topics() -> Vec<FactQuery> {
    let topics = FactQuery {
        filter: Filter::Missing { dimension: Dimension::Topic }.negate(),
        period: Some(Period { from: LAST_DAY - 90, to: LAST_DAY }),
        dimensions: vec![Dimension::Topic],
        top: Some(20),
        customers: true,
        measures: Measures::NONE,
    };
    let detractor = Filter::Range { score: Score::Nps, low: 0, high: 6 };
    let is_negative = Filter::Or(vec![detractor, Filter::any_of(Dimension::Complaint, ["true"])]);
    let negative = FactQuery { filter: is_negative, top: None, customers: false, ..topics.clone() };
    vec![topics, negative]
}

fn claim_rate() -> FactQuery {
    FactQuery {
        dimensions: vec![Dimension::Touchpoint, Dimension::Week],
        measures: Measures::COMPLAINTS,
        ..FactQuery::default()
    }
}

fn reach() -> FactQuery {
    let topics = ["topic 003", "topic 017", "topic 042", "topic 099", "topic 150"];
    FactQuery {
        filter: Filter::any_of(Dimension::Topic, topics),
        period: Some(Period { from: FIRST_DAY + 200, to: FIRST_DAY + 382 }),
        dimensions: vec![Dimension::Segment],
        customers: true,
        measures: Measures::NONE,
        ..FactQuery::default()
    }
}

fn heat_map() -> FactQuery {
    FactQuery {
        period: Some(Period { from: LAST_DAY - 30, to: LAST_DAY }),
        dimensions: vec![Dimension::Touchpoint, Dimension::Channel],
        measures: Measures::NPS,
        ..FactQuery::default()
    }
}

fn topic_by_day() -> FactQuery {
    FactQuery {
        filter: Filter::any_of(Dimension::Topic, ["topic 042"]),
        dimensions: vec![Dimension::Day],
        measures: Measures::NONE,
        ..FactQuery::default()
    }
}

fn read_nps(answers: &[Vec<FactRow>]) -> Answer {
    rows(answers, |cell| {
        let (answers, promoters, detractors) = nps(cell);
        // A group in which nobody answered has no NPS.
        (answers > 0).then(|| vec![json!(answers), json!(promoters), json!(detractors)])
    })
}

fn read_mean(answers: &[Vec<FactRow>]) -> Answer {
    rows(answers, |cell| {
        let (answers, promoters, detractors) = nps(cell);
        let (n, promoters, detractors) = (answers as f64, promoters as f64, detractors as f64);
        let mean = (promoters - detractors) / n;
        let variance = (promoters + detractors) / n - mean * mean;
        (answers > 0).then(|| vec![json!(answers), json!(100.0 * mean), json!(10_000.0 * variance)])
    })
}

fn read_share(answers: &[Vec<FactRow>]) -> Answer {
    let [topics, negative] = answers else { return Vec::new() };
    let negative_of = |row: &FactRow| {
        let found = negative.iter().find(|negative| negative.key == row.key);
        found.map_or(0, |negative| negative.cell.count)
    };
    let row = |row: &FactRow| {
        let share = negative_of(row) as f64 / row.cell.count as f64;
        vec![json!(row.key[0]), json!(row.cell.customers), json!(share)]
    };
    topics.iter().map(row).collect()
}

fn read_complaints(answers: &[Vec<FactRow>]) -> Answer {
    rows(answers, |cell| Some(vec![json!(cell.count), json!(cell.complaints)]))
}

fn read_customers(answers: &[Vec<FactRow>]) -> Answer {
    rows(answers, |cell| Some(vec![json!(cell.customers)]))
}

fn read_heat(answers: &[Vec<FactRow>]) -> Answer {
    rows(answers, |cell| {
        let (_, promoters, detractors) = nps(cell);
        Some(vec![json!(cell.count), json!(promoters), json!(detractors)])
    })
}

fn read_count(answers: &[Vec<FactRow>]) -> Answer {
    rows(answers, |cell| Some(vec![json!(cell.count)]))
}

/// Answers, promoters and detractors.
fn nps(cell: &Cell) -> (u64, u64, u64) {
    (cell.nps.iter().sum(), cell.nps[9..].iter().sum(), cell.nps[..7].iter().sum())
}

fn rows(answers: &[Vec<FactRow>], figures: impl Fn(&Cell) -> Option<Vec<Value>>) -> Answer {
    let row = |row: &FactRow| {
        let figures = figures(&row.cell)?;
        Some(row.key.iter().map(|value| json!(value)).chain(figures).collect())
    };
    answers.iter().flatten().filter_map(row).collect()
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

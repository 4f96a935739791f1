//! Key drivers of a score: which topics, other answers or groups move it, and how surely.

use otklik_facts::{Dimension, Facts, Filter, Variable};
use otklik_stats::drivers::{self, Driver, DriverError, Moments, Options};
use otklik_stats::survey::Quadrant;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::variables::Answered;
use crate::{Answers, DatePeriod, Metric, MetricError, MetricUnit, Preference};

/// Answers that must mention a topic or have a value.
const LEAST_MENTIONS: u64 = 10;
/// Answers that a question must have.
const LEAST_ANSWERS: u64 = 30;
/// Drivers of one question: past that, each explains next to nothing.
const MOST_DRIVERS: usize = 32;

/// `{"metric":"nps","by":"topics"}` is the shortest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DriverQuestion {
    /// NPS, or a mean, a share or a balance of one question's answers.
    pub metric: String,
    /// What may drive it.
    pub by: DriverKind,
    #[serde(default)]
    #[schema(value_type = Object)]
    pub filter: Filter,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<DatePeriod>,
    /// The same seed gives the same intervals.
    #[serde(default = "one")]
    pub seed: u64,
}

fn one() -> u64 {
    1
}

/// What may drive a score.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DriverKind {
    /// Whether the answer mentions a topic.
    Topics,
    /// The same people's answers to other questions: scores, and attributes on a scale up to 10.
    Answers,
    /// Which value of a dimension the answer has: `{"dimension":"channel"}`.
    Dimension(String),
}

/// What moves the score, the strongest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DriverAnswer {
    pub metric: String,
    pub version: i64,
    pub unit: MetricUnit,
    pub direction: Preference,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<DatePeriod>,
    /// Answers that have all that was asked for.
    pub n: u64,
    /// The score of these answers.
    pub value: Option<f64>,
    /// Share of the variation of the answers that the drivers explain together; then the same less what as many random
    /// drivers would explain.
    pub r_squared: Option<f64>,
    pub adjusted_r_squared: Option<f64>,
    pub drivers: Vec<DriverRow>,
    /// What could not be told apart from the drivers before it, or does not vary.
    pub left_out: Vec<DriverName>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<DriverRefusal>,
}

/// One driver.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct DriverRow {
    pub driver: DriverName,
    /// Its part of R², with the 95 % interval.
    pub weight: f64,
    pub low: f64,
    pub high: f64,
    /// Its part of all that is explained, 0 to 1.
    pub share: f64,
    /// Standardised regression coefficient: its sign says which way, others held equal.
    pub coefficient: f64,
    /// Whether it explains more than pure chance does.
    pub significant: bool,
    /// Answers that mention the topic or have the value; all answers, where the driver is a question.
    pub n: u64,
    /// How good it is: the score of the answers that mention it; of a question the mean answer, 0 to 100 of its scale.
    pub performance: Option<f64>,
    /// Its place on the map importance × performance.
    pub quadrant: Quadrant,
}

/// What the driver is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DriverName {
    /// The id of a topic.
    Topic(String),
    Answers(Answers),
    Value {
        dimension: String,
        value: String,
    },
}

/// Why there are no drivers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum DriverRefusal {
    /// Nothing of this kind that enough of the answers have.
    NoCandidates,
    /// Fewer answers than ten for each driver and thirty in all.
    TooFew { answers: u64, minimum: u64 },
    /// All answers are alike.
    Constant,
}

/// Finds what moves a score.
///
/// Importance is Johnson's relative weight, its interval that of a bootstrap over customers; drivers that chance
/// explains are marked. Association, not cause: what a change does is asked of [`measure_effect`](crate::measure_effect).
///
/// # Errors
/// `NoDrivers` for a metric that is no mean over single answers, `UnknownDimension`, `BadPeriod`; what the facts
/// refuse, `Cancelled` among it.
pub fn find_drivers(
    facts: &Facts,
    metric: &Metric,
    question: &DriverQuestion,
) -> Result<DriverAnswer, MetricError> {
    let period = question.period.as_ref().map(DatePeriod::days).transpose()?;
    let answered = Answered::new(facts, metric, &question.filter, period)?;
    let candidates = candidates(&answered, &question.by)?;
    let definition = &metric.definition;
    let mut answer = DriverAnswer {
        metric: definition.code.clone(),
        version: definition.version,
        unit: definition.unit,
        direction: definition.direction,
        period: question.period.clone(),
        n: 0,
        value: None,
        r_squared: None,
        adjusted_r_squared: None,
        drivers: Vec::new(),
        left_out: Vec::new(),
        refusal: None,
    };
    if candidates.is_empty() {
        answer.refusal = Some(DriverRefusal::NoCandidates);
        return Ok(answer);
    }
    let blocks = answered.moments(candidates.iter().map(DriverName::variable).collect())?;
    let mut all = Moments::none(candidates.len() + 1);
    blocks.iter().for_each(|block| all.add(block));
    let kept = all.independent();
    let place = |driver: &usize| driver + 1;
    let chosen: Vec<usize> = [0].into_iter().chain(kept.iter().map(place)).collect();
    let blocks: Vec<Moments> = blocks.iter().map(|block| block.keep(&chosen)).collect();
    let options = Options { seed: question.seed, ..Options::default() };
    answer.n = all.n as u64;
    answer.value = (all.n > 0.0).then(|| all.mean(0));
    let left_out = candidates.iter().enumerate().filter(|(place, _)| !kept.contains(place));
    answer.left_out = left_out.map(|(_, name)| name.clone()).collect();
    match drivers::drivers(&blocks, &options, || !facts.is_cancelled()) {
        Ok(found) => {
            answer.r_squared = Some(found.r_squared);
            answer.adjusted_r_squared = Some(found.adjusted_r_squared);
            let named = kept.iter().map(|&place| (&candidates[place], place + 1));
            let rows =
                named.zip(&found.drivers).map(|((name, place), driver)| row(name, place, driver, &all));
            answer.drivers = rows.collect();
            place_on_the_map(&mut answer.drivers);
            answer.drivers.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        }
        Err(error) => answer.refusal = Some(refusal(error)?),
    }
    Ok(answer)
}

fn candidates(answered: &Answered<'_>, by: &DriverKind) -> Result<Vec<DriverName>, MetricError> {
    let frequent = |dimension: &Dimension| answered.frequent(dimension, LEAST_MENTIONS, MOST_DRIVERS);
    Ok(match by {
        DriverKind::Topics => frequent(&Dimension::Topic)?.into_iter().map(DriverName::Topic).collect(),
        DriverKind::Answers => {
            let questions = answered.other_questions(LEAST_ANSWERS)?.into_iter();
            questions.take(MOST_DRIVERS).map(DriverName::Answers).collect()
        }
        DriverKind::Dimension(name) => {
            let unknown = |_| MetricError::UnknownDimension(name.clone());
            let dimension: Dimension = name.parse().map_err(unknown)?;
            let named = |value| DriverName::Value { dimension: name.clone(), value };
            frequent(&dimension)?.into_iter().map(named).collect()
        }
    })
}

impl DriverName {
    fn variable(&self) -> Variable {
        let is = |dimension, value: &String| Variable::Is(Filter::any_of(dimension, [value]));
        match self {
            Self::Topic(topic) => is(Dimension::Topic, topic),
            Self::Answers(answers) => answers.variable(f64::from),
            // A name that was parsed before.
            Self::Value { dimension, value } => match dimension.parse() {
                Ok(dimension) => is(dimension, value),
                Err(_) => Variable::Is(Filter::Or(Vec::new())),
            },
        }
    }
}

fn row(name: &DriverName, place: usize, driver: &Driver, all: &Moments) -> DriverRow {
    let (n, performance) = match name {
        DriverName::Answers(answers) => {
            let (lowest, highest) = answers.scale();
            let range = f64::from(highest - lowest);
            (all.n, Some((driver.performance - f64::from(lowest)) / range * 100.0))
        }
        _ => {
            (all.sums[place], Some(all.product(place, 0) / all.sums[place]).filter(|score| score.is_finite()))
        }
    };
    DriverRow {
        driver: name.clone(),
        weight: driver.weight,
        low: driver.low,
        high: driver.high,
        share: driver.share,
        coefficient: driver.coefficient,
        significant: driver.significant,
        n: n as u64,
        performance,
        quadrant: driver.quadrant,
    }
}

/// Against the middle of what is drawn: the mean importance and the mean performance of the drivers.
fn place_on_the_map(rows: &mut [DriverRow]) {
    use otklik_stats::survey::{Attribute, quadrant};
    let mean = |of: &dyn Fn(&DriverRow) -> f64| rows.iter().map(of).sum::<f64>() / rows.len().max(1) as f64;
    let performance = |row: &DriverRow| row.performance.unwrap_or_default();
    let (importance, satisfaction) = (mean(&|row| row.share), mean(&performance));
    for row in rows {
        let place = Attribute { importance: row.share, satisfaction: performance(row) };
        row.quadrant = quadrant(&place, importance, satisfaction);
    }
}

fn refusal(error: DriverError) -> Result<DriverRefusal, MetricError> {
    Ok(match error {
        DriverError::TooFew { rows, minimum } => {
            DriverRefusal::TooFew { answers: rows as u64, minimum: minimum as u64 }
        }
        DriverError::Stopped => return Err(otklik_facts::FactsError::Cancelled.into()),
        DriverError::BadNumber { .. } => DriverRefusal::NoCandidates,
        DriverError::Constant { .. } | DriverError::Collinear | DriverError::BadRow { .. } => {
            DriverRefusal::Constant
        }
    })
}

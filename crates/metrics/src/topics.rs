//! What each topic takes from a score and gives to it.

use std::collections::BTreeMap;

use otklik_facts::{Dimension, Facts, Filter, Variable};
use otklik_stats::compare::benjamini_hochberg;
use otklik_stats::drivers::Moments;
use otklik_stats::topics::{Additive, FALSE_TOPICS, Impact, Incidence, TopicStep, additive, impact};
use otklik_stats::{Confidence, Tally};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::variables::Answered;
use crate::{DatePeriod, Metric, MetricError, MetricUnit, Preference};

/// Answers that must mention a topic.
const LEAST_MENTIONS: u64 = 10;
const MOST_TOPICS: usize = 40;
/// Answers in all.
const LEAST_ANSWERS: u64 = 30;

/// `{"metric":"nps"}` is the shortest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TopicQuestion {
    /// NPS, or a mean, a share or a balance of one question's answers.
    pub metric: String,
    #[serde(default)]
    #[schema(value_type = Object)]
    pub filter: Filter,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<DatePeriod>,
}

/// The score in parts: `lowest` to `base`, then the points of the topics and the rest, up to `value`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TopicAnswer {
    pub metric: String,
    pub version: i64,
    pub unit: MetricUnit,
    pub direction: Preference,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<DatePeriod>,
    pub n: u64,
    pub value: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// Where the scale of the score begins and ends.
    pub lowest: f64,
    pub highest: f64,
    /// The score of an answer that mentions none of the topics.
    pub base: Option<f64>,
    /// What the topics that chance explains contribute together.
    pub rest: Option<f64>,
    /// Share of the variation of the answers that topics explain.
    pub r_squared: Option<f64>,
    /// Those that take the most first, those that give the most last.
    pub topics: Vec<TopicEffect>,
    /// Fewer answers than can be divided.
    pub too_few: bool,
}

/// One topic's effect, both published ways.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct TopicEffect {
    /// Its id.
    pub topic: String,
    /// Answers that mention it.
    pub n: u64,
    /// The score of these, and of all others: what the score would be without them.
    pub with: f64,
    pub without: f64,
    /// The score less that without the topic, with its interval. Does not add up over topics that share answers.
    pub impact: f64,
    pub impact_low: f64,
    pub impact_high: f64,
    /// Whether that is beyond chance, corrected for the number of topics.
    pub significant: bool,
    /// The points by which it moves the score, other topics equal: with `base` and `rest` they add up to the score.
    /// Absent where chance explains them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points_low: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points_high: Option<f64>,
}

/// Divides a score among the topics that its answers mention. An answer of two topics is not counted twice: points are
/// those of a regression on all topics.
///
/// # Errors
/// `NoDrivers` for a metric that is no mean over single answers, `BadPeriod`; what the facts refuse.
pub fn find_topic_effects(
    facts: &Facts,
    metric: &Metric,
    question: &TopicQuestion,
) -> Result<TopicAnswer, MetricError> {
    let period = question.period.as_ref().map(DatePeriod::days).transpose()?;
    let answered = Answered::new(facts, metric, &question.filter, period)?;
    let formula = &metric.definition.formula;
    let counts = answered.counts(&[])?.into_values().next().unwrap_or_default();
    let all = formula.tally(&counts, 0.0).ok_or_else(|| MetricError::NoDrivers(question.metric.clone()))?;
    let topics = answered.frequent(&Dimension::Topic, LEAST_MENTIONS, MOST_TOPICS)?;
    let parts = if all.n() >= LEAST_ANSWERS { divide(&answered, &topics)? } else { None };
    let factor = formula.factor();
    let estimate = all.estimate(Confidence::DEFAULT).map(|estimate| estimate.scaled(factor));
    let (lowest, highest) = all.bounds();
    let definition = &metric.definition;
    Ok(TopicAnswer {
        metric: definition.code.clone(),
        version: definition.version,
        unit: definition.unit,
        direction: definition.direction,
        period: question.period.clone(),
        n: all.n(),
        value: estimate.map(|estimate| estimate.value),
        low: estimate.map(|estimate| estimate.low),
        high: estimate.map(|estimate| estimate.high),
        lowest: lowest * factor,
        highest: highest * factor,
        base: parts.as_ref().map(|parts| parts.base),
        rest: parts.as_ref().map(|parts| parts.rest),
        r_squared: parts.as_ref().map(|parts| parts.r_squared),
        too_few: parts.is_none(),
        topics: match &parts {
            Some(parts) => effects(&answered, metric, &all, &topics, parts)?,
            None => Vec::new(),
        },
    })
}

fn divide(answered: &Answered<'_>, topics: &[String]) -> Result<Option<Additive>, MetricError> {
    let variables =
        topics.iter().map(|topic| Variable::Is(Filter::any_of(Dimension::Topic, [topic]))).collect();
    let mut sum = Moments::none(topics.len() + 1);
    answered.moments(variables)?.iter().for_each(|block| sum.add(block));
    Ok(additive(&Incidence::from_moments(&sum), Confidence::DEFAULT))
}

fn effects(
    answered: &Answered<'_>,
    metric: &Metric,
    all: &Tally,
    topics: &[String],
    parts: &Additive,
) -> Result<Vec<TopicEffect>, MetricError> {
    let formula = &metric.definition.formula;
    let by_topic = answered.counts(&[Dimension::Topic])?;
    let steps: BTreeMap<usize, &TopicStep> = parts.steps.iter().map(|step| (step.topic, step)).collect();
    let impacts: Vec<(usize, Impact)> = topics
        .iter()
        .enumerate()
        .filter_map(|(place, topic)| {
            let with = formula.tally(by_topic.get(&vec![Some(topic.clone())])?, 0.0)?;
            Some((place, impact(all, &with, Confidence::DEFAULT)?))
        })
        .collect();
    let chances: Vec<f64> = impacts.iter().map(|(_, impact)| impact.p_value).collect();
    let corrected = benjamini_hochberg(&chances);
    let factor = formula.factor();
    let mut effects: Vec<TopicEffect> = impacts
        .into_iter()
        .zip(corrected)
        .map(|((place, found), chance)| {
            let step = steps.get(&place);
            TopicEffect {
                topic: topics[place].clone(),
                n: found.n_with,
                with: found.with * factor,
                without: found.without * factor,
                impact: found.impact * factor,
                impact_low: found.low * factor,
                impact_high: found.high * factor,
                significant: chance < FALSE_TOPICS,
                points: step.map(|step| step.points),
                points_low: step.map(|step| step.low),
                points_high: step.map(|step| step.high),
            }
        })
        .collect();
    // Those beyond chance by what they do, the others after them.
    let order = |effect: &TopicEffect| (effect.points.is_none(), effect.points.unwrap_or(effect.impact));
    effects.sort_by(|a, b| {
        let (a, b) = (order(a), order(b));
        a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
    });
    Ok(effects)
}

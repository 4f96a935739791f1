//! How right the topics are, from answers to items that were drawn by chance.
//!
//! Precision: of the drawn items that had the topic, the share that people confirmed (Wilson). Recall: the items that
//! rightly have the topic among all that ought to, both scaled from the answers to the number of items there are; its
//! interval puts the interval of the one against that of the other, so it is wide rather than too narrow.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use otklik_facts::{Dimension, FactQuery, Measures};
use otklik_stats::{Confidence, Estimate, ShareTally, interval};
use otklik_store::Millis;
use otklik_store::ids::TopicId;
use otklik_voice::learning::{self, Drawn};
use otklik_voice::topics;
use serde::Serialize;

use super::examples::LEAST;
use crate::{App, AppError};

/// Answers that precision is told from, at least.
const LEAST_GIVEN: u64 = 10;

/// Answers among items without the topic that recall is told from, at least.
const LEAST_REST: u64 = 20;

/// How right a topic is, and from how many answers.
#[derive(Debug, Clone, Default, Serialize, utoipa::ToSchema)]
pub struct Rightness {
    /// Answers to items that had the topic.
    pub given: u64,
    /// Answers to items that had not.
    pub rest: u64,
    /// Absent while the answers are too few.
    pub precision: Option<Estimate>,
    pub recall: Option<Estimate>,
}

/// A month's answers.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct RightnessOfMonth {
    /// `2026-11`.
    pub month: String,
    pub rightness: Rightness,
}

/// A topic and how right it is.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TopicQuality {
    pub topic: TopicId,
    /// Labels that say «yes», by hand and by rule.
    pub positives: u64,
    pub overall: Rightness,
    /// Those with answers, the newest last.
    pub months: Vec<RightnessOfMonth>,
}

/// Quality of all living topics, and the model that they have.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Quality {
    pub topics: Vec<TopicQuality>,
    /// Labels that a topic needs to be learnt, and answers that its quality needs.
    pub least_labels: u64,
    pub least_given: u64,
    pub least_rest: u64,
    /// When the topics were learnt last, and from how many texts.
    pub learnt_at: Option<Millis>,
    pub learnt_from: u64,
}

/// Answers: those to items with the topic, and to the others.
#[derive(Debug, Clone, Copy, Default)]
struct Answers {
    given: ShareTally,
    rest: ShareTally,
}

impl App {
    /// How right the topics are.
    pub async fn load_quality(&self) -> Result<Quality, AppError> {
        let zone = self.time_zone().await?;
        let (mut overall, mut months) = (BTreeMap::new(), BTreeMap::new());
        for drawn in learning::list_drawn(&self.store).await? {
            let month = month_of(drawn.at, &zone);
            let by_month: &mut BTreeMap<String, Answers> = months.entry(drawn.topic_id.clone()).or_default();
            by_month.entry(month).or_default().add(&drawn);
            overall.entry(drawn.topic_id.clone()).or_insert_with(Answers::default).add(&drawn);
        }
        let (said, ruled) = (
            learning::load_said(&self.store, u32::MAX).await?,
            learning::count_rule_labels(&self.store).await?,
        );
        let mut positives: BTreeMap<TopicId, u64> = ruled.into_iter().collect();
        said.into_iter()
            .filter(|(.., yes)| *yes)
            .for_each(|(_, topic, _)| *positives.entry(topic).or_default() += 1);
        let (all, with) = self.count_topics().await?;
        let living =
            topics::list_topics(&self.store).await?.into_iter().filter(|topic| topic.archived_at.is_none());
        let quality = living.map(|topic| {
            let with = with.get(topic.id.as_str()).copied().unwrap_or(0);
            let rightness = |answers: &Answers| answers.rightness(with, all.saturating_sub(with));
            let months = months.get(topic.id.as_str()).into_iter().flatten();
            TopicQuality {
                positives: positives.get(&topic.id).copied().unwrap_or(0),
                overall: overall.get(topic.id.as_str()).map(rightness).unwrap_or_default(),
                months: months
                    .map(|(month, answers)| RightnessOfMonth {
                        month: month.clone(),
                        rightness: rightness(answers),
                    })
                    .collect(),
                topic: topic.id,
            }
        });
        let kept = learning::find_model(&self.store).await?;
        Ok(Quality {
            topics: quality.collect(),
            least_labels: LEAST,
            least_given: LEAST_GIVEN,
            least_rest: LEAST_REST,
            learnt_at: kept.as_ref().map(|kept| kept.trained_at),
            learnt_from: kept.map_or(0, |kept| kept.labelled),
        })
    }

    /// All items, and those of each topic.
    async fn count_topics(&self) -> Result<(u64, BTreeMap<String, u64>), AppError> {
        let facts = self.facts();
        let query = FactQuery {
            dimensions: vec![Dimension::Topic],
            measures: Measures::NONE,
            ..FactQuery::default()
        };
        let rows =
            tokio::task::spawn_blocking(move || facts.query(&query).map(|rows| (facts.len() as u64, rows)));
        let (all, rows) = rows.await??;
        let of = |row: otklik_facts::FactRow| Some((row.key.into_iter().next()??, row.cell.count));
        Ok((all, rows.into_iter().filter_map(of).collect()))
    }
}

impl Answers {
    fn add(&mut self, drawn: &Drawn) {
        let tally = if drawn.given == 1 { &mut self.given } else { &mut self.rest };
        tally.n += 1;
        tally.hits += u64::from(drawn.answer == "yes");
    }

    /// With so many items that have the topic, and so many that have not.
    fn rightness(&self, with: u64, without: u64) -> Rightness {
        let told = |tally: &ShareTally, least| {
            interval::share(tally, Confidence::DEFAULT).filter(|_| tally.n >= least)
        };
        let precision = told(&self.given, LEAST_GIVEN);
        let missed = told(&self.rest, LEAST_REST);
        let recall = precision.zip(missed).and_then(|(right, missed)| recall(right, missed, with, without));
        Rightness { given: self.given.n, rest: self.rest.n, precision, recall }
    }
}

/// Right ÷ (right + missed); both ends of the interval from the ends of the two.
fn recall(right: Estimate, missed: Estimate, with: u64, without: u64) -> Option<Estimate> {
    let share = |right: f64, missed: f64| {
        let (right, missed) = (right * with as f64, missed * without as f64);
        (right + missed > 0.0).then(|| right / (right + missed))
    };
    let value = share(right.value, missed.value)?;
    let (low, high) = (share(right.low, missed.high)?, share(right.high, missed.low)?);
    Some(Estimate { value, low, high, se: (high - low) / 4.0, n: right.n + missed.n })
}

fn month_of(at: Millis, zone: &TimeZone) -> String {
    let date = Timestamp::from_millisecond(at).unwrap_or_default().to_zoned(zone.clone()).date();
    date.strftime("%Y-%m").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recall_weighs_answers_by_the_items_they_stand_for() {
        let answers = Answers { given: ShareTally { hits: 18, n: 20 }, rest: ShareTally { hits: 1, n: 50 } };
        let told = answers.rightness(100, 900);
        // 90 rightly given, 18 missed.
        let recall = told.recall.unwrap();
        assert!((recall.value - 90.0 / 108.0).abs() < 1e-9, "{recall:?}");
        assert!(recall.low < 0.5 && recall.high > 0.95, "{recall:?}");
        assert!((told.precision.unwrap().value - 0.9).abs() < 1e-9);
    }

    #[test]
    fn too_few_answers_tell_nothing() {
        let answers = Answers { given: ShareTally { hits: 9, n: 9 }, rest: ShareTally { hits: 0, n: 19 } };
        let told = answers.rightness(100, 900);
        assert!(told.precision.is_none() && told.recall.is_none());
    }
}

//! What was planted is seen through the analyses too: what hurts takes from NPS, the plans' effects are those of their
//! verdicts, a run-up of weeks is told apart from an effect.

use otklik_backlog::problems::{ProblemFilter, list_problems};
use otklik_demo::Mood;
use otklik_facts::{Dimension, Filter};
use otklik_metrics::{DriverKind, DriverName, DriverQuestion, MetricQuery, TopicQuestion};
use otklik_platform::Scope;

use super::Planted;

pub async fn check(planted: &mut Planted) {
    topics_that_hurt_take_from_the_score(planted).await;
    drivers_agree_with_the_topics(planted).await;
    released_plans_measure_as_their_verdicts(planted).await;
    the_segment_that_suffers_most_weighs_no_less(planted).await;
}

fn by_topic() -> TopicQuestion {
    TopicQuestion { metric: "nps".to_owned(), filter: Filter::All, period: None }
}

/// Of the topics that move NPS beyond chance those of pain take from it and those of praise give, and the parts are the
/// score.
async fn topics_that_hurt_take_from_the_score(planted: &mut Planted) {
    let found = planted.app.find_topic_effects(&Scope::Company, by_topic(), None).await.unwrap();
    let points: f64 = found.topics.iter().filter_map(|topic| topic.points).sum();
    let sum = found.base.unwrap() + points + found.rest.unwrap();
    let value = found.value.unwrap();
    planted.expect((sum - value).abs() < 1e-6, format_args!("parts of {value}: {sum}"));
    let known = otklik_voice::topics::list_topics(&planted.app.store).await.unwrap();
    let mut taking = 0;
    for topic in planted.company.topics.clone() {
        let Some(id) = known.iter().find(|known| known.code == topic.code) else { continue };
        let Some(effect) = found.topics.iter().find(|effect| effect.topic == id.id.0) else { continue };
        let Some(points) = effect.points else { continue };
        let as_meant = match topic.mood {
            Some(Mood::Pain) => points < 0.0,
            Some(Mood::Praise) => points > 0.0,
            Some(Mood::Ask) | None => true,
        };
        taking += usize::from(topic.mood == Some(Mood::Pain));
        planted.expect(as_meant, format_args!("{} moves NPS by {points:.2}", topic.code));
    }
    planted.expect(taking >= 5, format_args!("only {taking} topics of pain move NPS"));
}

async fn drivers_agree_with_the_topics(planted: &mut Planted) {
    let topics = planted.app.find_topic_effects(&Scope::Company, by_topic(), None).await.unwrap();
    let question = DriverQuestion {
        metric: "nps".to_owned(),
        by: DriverKind::Topics,
        filter: Filter::All,
        period: None,
        seed: 1,
    };
    let drivers = planted.app.find_drivers(&Scope::Company, question, None).await.unwrap();
    planted.expect(drivers.drivers.iter().any(|row| row.significant), format_args!("{drivers:?}"));
    for row in drivers.drivers.iter().filter(|row| row.significant) {
        let DriverName::Topic(id) = &row.driver else { continue };
        let effect = topics.topics.iter().find(|effect| effect.topic == *id);
        let agree =
            effect.and_then(|effect| effect.points).is_none_or(|points| points * row.coefficient > 0.0);
        planted.expect(agree, format_args!("{row:?} against {effect:?}"));
    }
}

/// The workshop has one way with the verdict: the same plan, the same effect.
async fn released_plans_measure_as_their_verdicts(planted: &mut Planted) {
    let released = planted.app.list_released_plans(&Scope::Company).await.unwrap();
    let problems = list_problems(&planted.app.store, &ProblemFilter::default()).await.unwrap().items;
    let today = planted.app.today().await.unwrap();
    let mut compared = 0;
    for one in released.into_iter().filter(|one| one.plan.check_on.is_some_and(|day| day < today)) {
        let problem = problems.iter().find(|problem| problem.id == one.problem_id).unwrap();
        let looked = planted.app.look_at_plan(&one.plan).await.unwrap();
        let measured = planted.app.measure_plan(problem, &one.plan).await.unwrap();
        planted.expect(looked == measured, format_args!("{}: {looked:?}", one.plan.title));
        compared += 1;
    }
    planted.expect(compared > 0, format_args!("no released plan was compared"));
}

/// Weighing changes neither what was counted nor which segment it was counted in.
async fn the_segment_that_suffers_most_weighs_no_less(planted: &mut Planted) {
    let ask = |weighting: &str| -> MetricQuery {
        let wire = format!(r#"{{"metric":"csat_mean","dimensions":["segment"]{weighting}}}"#);
        serde_json::from_str(&wire).unwrap()
    };
    let plain = planted.app.answer(&Scope::Company, ask(""), None).await.unwrap();
    let weighed =
        planted.app.answer(&Scope::Company, ask(r#","weighting":"customer_base""#), None).await.unwrap();
    let report = weighed.weighting.clone().unwrap();
    planted.expect(report.by.contains(&Dimension::Segment.to_string()), format_args!("{report:?}"));
    let n_eff = weighed.overall.n_eff.unwrap_or_default();
    planted.expect(n_eff > 100.0 && n_eff <= plain.overall.n as f64, format_args!("{n_eff}"));
    let near = (weighed.overall.value.unwrap_or_default() - plain.overall.value.unwrap_or_default()).abs();
    planted.expect(near < 0.5, format_args!("weighed by {near:.2} away"));
}

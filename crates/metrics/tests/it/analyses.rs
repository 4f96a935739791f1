//! What moves a score, and what topics take from it: planted topics are found, overlaps counted once.

use otklik_facts::{Cancel, Facts, Item};
use otklik_metrics::{
    DriverKind, DriverName, DriverQuestion, DriverRefusal, MetricError, TopicQuestion, find_drivers,
    find_topic_effects,
};
use otklik_stats::Confidence;
use otklik_stats::topics::{Incidence, additive};

use crate::company::{facts, january, metric};

/// `times` answers with these topics and this answer.
fn answers(topics: &[&str], nps: u8, times: usize) -> Vec<Item> {
    let topics: Vec<String> = topics.iter().map(|topic| (*topic).to_owned()).collect();
    let one = Item { day: january(), nps: Some(nps), csat: Some(nps / 2), topics, ..Item::default() };
    vec![one; times]
}

/// Queues hurt; noise mostly comes along with queues and does nothing itself; praise helps.
fn company() -> Facts {
    facts(
        [
            answers(&[], 9, 60),
            answers(&[], 4, 40),
            answers(&["queue"], 2, 40),
            answers(&["queue", "noise"], 2, 38),
            answers(&["queue", "noise"], 9, 2),
            answers(&["noise"], 9, 12),
            answers(&["noise"], 4, 8),
            answers(&["praise"], 10, 50),
        ]
        .concat(),
    )
}

fn drivers_of(facts: &Facts, by: DriverKind) -> otklik_metrics::DriverAnswer {
    let question = DriverQuestion {
        metric: "nps".to_owned(),
        by,
        filter: otklik_facts::Filter::All,
        period: None,
        seed: 7,
    };
    find_drivers(facts, &metric("nps"), &question).unwrap()
}

#[test]
fn planted_drivers_are_found_with_their_sign_and_noise_is_not() {
    let found = drivers_of(&company(), DriverKind::Topics);
    let of = |topic: &str| {
        found.drivers.iter().find(|row| row.driver == DriverName::Topic(topic.to_owned())).unwrap()
    };
    assert_eq!((found.n, found.refusal), (250, None));
    assert!(of("queue").significant && of("queue").coefficient < 0.0, "{found:?}");
    assert!(of("praise").significant && of("praise").coefficient > 0.0);
    assert!(of("queue").weight > of("noise").weight && of("noise").coefficient.abs() < 0.1);
    assert_eq!((of("queue").n, of("praise").performance), (80, Some(100.0)));
    let parts: f64 = found.drivers.iter().map(|row| row.weight).sum();
    assert!((parts - found.r_squared.unwrap()).abs() < 1e-9);
    assert_eq!(found, drivers_of(&company(), DriverKind::Topics));
}

#[test]
fn other_scores_drive_and_a_score_does_not_drive_itself() {
    let found = drivers_of(&company(), DriverKind::Answers);
    assert_eq!(found.drivers.len(), 1);
    assert!(found.drivers[0].significant && found.r_squared.unwrap() > 0.8, "{found:?}");
}

#[test]
fn a_value_that_follows_from_the_others_is_left_out_and_named() {
    let items = [("call", 2), ("chat", 9)].map(|(channel, nps)| {
        let items = answers(&[], nps, 40).into_iter().zip(answers(&[], 6, 40)).map(|(a, b)| [a, b]);
        items
            .flatten()
            .map(move |item| Item { channel: Some(channel.to_owned()), ..item })
            .collect::<Vec<_>>()
    });
    let found = drivers_of(&facts(items.concat()), DriverKind::Dimension("channel".to_owned()));
    assert_eq!((found.drivers.len(), found.left_out.len()), (1, 1), "{found:?}");
}

#[test]
fn too_few_nothing_to_explain_by_and_totals_are_refused() {
    let few = facts([answers(&["queue"], 2, 12), answers(&[], 9, 12)].concat());
    let found = drivers_of(&few, DriverKind::Topics);
    assert_eq!(found.refusal, Some(DriverRefusal::TooFew { answers: 24, minimum: 30 }));
    let none = drivers_of(&facts(answers(&[], 9, 50)), DriverKind::Topics);
    assert_eq!(none.refusal, Some(DriverRefusal::NoCandidates));
    let question =
        TopicQuestion { metric: "count".to_owned(), filter: otklik_facts::Filter::All, period: None };
    let refused = find_topic_effects(&few, &metric("count"), &question);
    assert!(matches!(refused, Err(MetricError::NoDrivers(code)) if code == "count"));
}

#[test]
fn whoever_no_longer_waits_is_not_served() {
    let cancel = Cancel::new();
    cancel.cancel();
    let question = DriverQuestion {
        metric: "nps".to_owned(),
        by: DriverKind::Topics,
        filter: otklik_facts::Filter::All,
        period: None,
        seed: 1,
    };
    let stopped = find_drivers(&company().with_cancel(&cancel), &metric("nps"), &question);
    assert_eq!(stopped.unwrap_err().code(), "cancelled");
}

#[test]
fn topics_add_up_to_the_score_and_equal_the_naive_regression() {
    let question =
        TopicQuestion { metric: "nps".to_owned(), filter: otklik_facts::Filter::All, period: None };
    let found = find_topic_effects(&company(), &metric("nps"), &question).unwrap();
    let points: f64 = found.topics.iter().filter_map(|topic| topic.points).sum();
    let sum = found.base.unwrap() + points + found.rest.unwrap();
    assert!((sum - found.value.unwrap()).abs() < 1e-9, "{found:?}");
    assert_eq!((found.n, found.lowest, found.highest), (250, -100.0, 100.0));
    let queue = found.topics.iter().find(|topic| topic.topic == "queue").unwrap();
    assert!((queue.impact - (found.value.unwrap() - queue.without)).abs() < 1e-9 && queue.significant);
    assert!(found.topics.iter().any(|topic| topic.topic == "noise" && topic.points.is_none()), "{found:?}");

    // The same answers one by one: queue 0, praise 1, noise 2.
    let all: [(&[usize], f64, usize); 8] = [
        (&[], 100.0, 60),
        (&[], -100.0, 40),
        (&[0], -100.0, 40),
        (&[0, 2], -100.0, 38),
        (&[0, 2], 100.0, 2),
        (&[2], 100.0, 12),
        (&[2], -100.0, 8),
        (&[1], 100.0, 50),
    ];
    let each = all.iter().flat_map(|(topics, value, times)| std::iter::repeat_n((*topics, *value), *times));
    let naive = additive(&Incidence::from_answers(3, each), Confidence::DEFAULT).unwrap();
    let of_queue = naive.steps.iter().find(|step| step.topic == 0).unwrap();
    assert!((of_queue.points - queue.points.unwrap()).abs() < 1e-9);
    assert!((naive.base - found.base.unwrap()).abs() < 1e-9);
}

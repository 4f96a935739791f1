//! Every metric by every kind of dimension equals what one counts by hand.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::date;
use otklik_facts::Item;
use otklik_metrics::{Denominators, Metric, Refusal, built_in, evaluate};
use proptest::prelude::*;

use crate::company::{base, facts, january, query};

const SEGMENTS: [&str; 3] = ["mass", "premium", "private"];
const MONTHS: [&str; 3] = ["2026-01", "2026-02", "2026-03"];
/// Days of January, February and March 2026.
const DAYS: i32 = 90;

fn item() -> impl Strategy<Value = Item> {
    let scores = (prop::option::of(0u8..=10), prop::option::of(1u8..=5), prop::option::of(1u8..=7));
    let topics = prop::sample::subsequence(vec!["cards", "loans", "app"], 0..=3);
    let place = (prop::option::of(0usize..3), prop::option::of(prop::sample::select(vec!["survey", "call"])));
    let read = (any::<bool>(), prop::option::of(-1i8..=1), prop::sample::select(vec![0u8, 0, 1, 6]));
    (0..DAYS, prop::option::of(0u8..12), place, scores, read, topics).prop_map(
        |(day, customer, (segment, channel), (nps, csat, ces), (complaint, sentiment, signals), topics)| {
            Item {
                channel: channel.map(str::to_owned),
                day: january() + day,
                customer: customer.map(|customer| format!("c{customer}")),
                segment: segment.map(|segment| SEGMENTS[segment].to_owned()),
                nps,
                csat,
                ces,
                complaint,
                sentiment,
                signals,
                topics: topics.into_iter().map(str::to_owned).collect(),
                ..Item::default()
            }
        },
    )
}

/// The keys that an item stands under.
fn keys(item: &Item, dimension: &str) -> Vec<Option<String>> {
    match dimension {
        "segment" => vec![item.segment.clone()],
        "topic" if item.topics.is_empty() => vec![None],
        "topic" => item.topics.iter().cloned().map(Some).collect(),
        _ => {
            let day = date(2026, 1, 1) + i64::from(item.day - january()).days();
            vec![Some(day.strftime("%Y-%m").to_string())]
        }
    }
}

/// The base of a group by month and segment: 100 customers for each of mass, 200 of premium, none of private.
fn customers_of(key: &[Option<String>], dimensions: &[&str]) -> Option<f64> {
    let segment = dimensions.iter().position(|dimension| *dimension == "segment");
    match segment.map(|at| key[at].as_deref()) {
        None => Some(1_000.0),
        Some(Some("mass")) => Some(100.0),
        Some(Some("premium")) => Some(200.0),
        Some(_) => None,
    }
}

/// Value (or `None`) and n of a metric over items, straight from its definition.
fn by_hand(metric: &str, items: &[&Item], base: Option<f64>, dimensions: &[&str]) -> (Option<f64>, u64) {
    let (by_month, by_topic) = (dimensions.contains(&"month"), dimensions.contains(&"topic"));
    let count = |holds: &dyn Fn(&Item) -> bool| items.iter().filter(|item| holds(item)).count() as f64;
    let share = |hits: f64, n: f64| ((n >= 5.0).then(|| 100.0 * hits / n), n as u64);
    let mean = |scores: Vec<f64>| {
        let n = scores.len();
        ((n >= 5).then(|| scores.iter().sum::<f64>() / n as f64), n as u64)
    };
    let customers =
        items.iter().filter_map(|item| item.customer.clone()).collect::<BTreeSet<_>>().len() as f64;
    let rate = |events: f64, per: f64| (base.map(|base| events * per / base), events as u64);
    match metric {
        "count" => (Some(items.len() as f64), items.len() as u64),
        "customers" => (Some(customers), customers as u64),
        "nps" => {
            let (promoters, detractors) = (
                count(&|item| item.nps.is_some_and(|s| s > 8)),
                count(&|item| item.nps.is_some_and(|s| s < 7)),
            );
            share(promoters - detractors, count(&|item| item.nps.is_some()))
        }
        "csat" => share(count(&|item| item.csat.is_some_and(|s| s > 3)), count(&|item| item.csat.is_some())),
        "csat_mean" => mean(items.iter().filter_map(|item| item.csat.map(f64::from)).collect()),
        "ces" => mean(items.iter().filter_map(|item| item.ces.map(f64::from)).collect()),
        "ces_share" => {
            share(count(&|item| item.ces.is_some_and(|s| s > 4)), count(&|item| item.ces.is_some()))
        }
        "ces_balance" => {
            let easy = count(&|item| item.ces.is_some_and(|s| s > 5));
            let hard = count(&|item| item.ces.is_some_and(|s| s < 4));
            share(easy - hard, count(&|item| item.ces.is_some()))
        }
        "complaint_share" => share(count(&|item| item.complaint), items.len() as f64),
        "negative_share" => {
            share(count(&|item| item.sentiment == Some(-1)), count(&|item| item.sentiment.is_some()))
        }
        "positive_share" => {
            share(count(&|item| item.sentiment == Some(1)), count(&|item| item.sentiment.is_some()))
        }
        "signal_share" => share(
            count(&|item| item.sentiment.is_some() && item.signals > 0),
            count(&|item| item.sentiment.is_some()),
        ),
        "claim_rate" => rate(count(&|item| item.complaint), 1_000.0),
        "contact_rate" => rate(items.len() as f64, 100.0),
        "contact_share" => {
            (base.filter(|base| customers <= *base).map(|base| 100.0 * customers / base), customers as u64)
        }
        "response_rate" | "completion_rate" => {
            let months = if by_month { 1.0 } else { 3.0 };
            let each = if metric == "response_rate" { 1.0 } else { 0.5 };
            let sent = base.map(|base| (base * each).floor() * months);
            let answers = count(&|item| item.channel.as_deref() == Some("survey"));
            let known = sent.filter(|sent| !by_topic && answers <= *sent);
            (known.map(|sent| 100.0 * answers / sent), answers as u64)
        }
        other => panic!("{other} has no computation by hand"),
    }
}

fn check(items: &[Item], dimensions: &[&str], base: &Denominators) {
    let facts = facts(items.iter().cloned());
    for definition in built_in() {
        let mut groups: BTreeMap<Vec<Option<String>>, Vec<&Item>> = BTreeMap::new();
        for item in items {
            let mut at = vec![Vec::new()];
            for dimension in dimensions {
                let with = |key: Vec<Option<String>>| {
                    keys(item, dimension).into_iter().map(move |value| [key.clone(), vec![value]].concat())
                };
                at = at.into_iter().flat_map(with).collect();
            }
            at.into_iter().for_each(|key| groups.entry(key).or_default().push(item));
        }
        let asked = query(&format!(
            r#"{{"metric":"{}","dimensions":{},"period":{{"from":"2026-01-01","to":"2026-03-31"}}}}"#,
            definition.code,
            serde_json::to_string(dimensions).unwrap()
        ));
        let answer = evaluate(&facts, &Metric::from(definition.clone()), &asked, base).unwrap();
        for row in &answer.rows {
            let none = Vec::new();
            let group = groups.get(&row.key).unwrap_or(&none);
            let (value, n) = by_hand(&definition.code, group, customers_of(&row.key, dimensions), dimensions);
            assert_eq!(row.n, n, "{} {row:?}", definition.code);
            assert_eq!(row.value.is_some(), value.is_some(), "{} {row:?}", definition.code);
            assert_eq!(row.refusal.is_none(), value.is_some());
            if let (Some(found), Some(value)) = (row.value, value) {
                assert!((found - value).abs() < 1e-9, "{} {row:?} {value}", definition.code);
                assert!(row.low.is_none_or(|low| low <= found) && row.high.is_none_or(|high| found <= high));
            }
        }
        let shown: BTreeSet<_> = answer.rows.iter().map(|row| row.key.clone()).collect();
        for (key, group) in &groups {
            let (_, n) = by_hand(&definition.code, group, None, dimensions);
            assert!(n == 0 || shown.contains(key), "{} lacks {key:?}", definition.code);
        }
        let (value, n) = by_hand(&definition.code, &items.iter().collect::<Vec<_>>(), Some(1_000.0), &[]);
        assert_eq!((answer.overall.n, answer.overall.value.is_some()), (n, value.is_some()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn every_metric_equals_the_count_by_hand(items in prop::collection::vec(item(), 0..150)) {
        let base = base(&MONTHS, &[(None, 1_000), (Some("mass"), 100), (Some("premium"), 200)]);
        for dimensions in [&[][..], &["segment"], &["topic"], &["month"], &["month", "segment"], &["topic", "segment"]] {
            check(&items, dimensions, &base);
        }
    }
}

#[test]
fn a_company_that_nobody_wrote_to_has_values_all_the_same() {
    let base = base(&MONTHS, &[(None, 1_000)]);
    let answer = crate::company::ask(
        &facts([]),
        &base,
        r#"{"metric":"claim_rate","grain":"month","period":{"from":"2026-01-01","to":"2026-03-31"}}"#,
    );
    assert_eq!(answer.rows.iter().map(|row| row.value).collect::<Vec<_>>(), [Some(0.0); 3]);
    let nothing = crate::company::ask(&facts([]), &base, r#"{"metric":"nps","grain":"month"}"#);
    assert_eq!((nothing.rows.len(), nothing.overall.refusal), (0, Some(Refusal::NoData)));
}

//! The list behind a number has as many items as the number says.

use std::collections::BTreeMap;

use otklik_facts::{Item, Selection};
use otklik_metrics::{Denominators, find_evidence};

use crate::company::{ask, ask_own, facts, january, metric, own, query};

#[test]
fn the_items_behind_a_value_are_those_it_counted() {
    let one = |number: i32| Item {
        day: january() + number % 40,
        segment: (number % 3 > 0).then(|| format!("s{}", number % 3)),
        nps: (number % 2 == 0).then_some((number % 11) as u8),
        ..Item::default()
    };
    let facts = facts((0..200).map(one));
    let wire = r#"{"metric":"nps","dimensions":["month","segment"],"period":{"from":"2026-01-05","to":"2026-02-28"}}"#;
    let answer = ask(&facts, &Denominators::default(), wire);
    let asked = query(wire);
    let count = |key: &BTreeMap<String, Option<String>>| {
        let evidence = find_evidence(&metric("nps"), &asked.filter, asked.period.as_ref(), key).unwrap();
        facts.select(&evidence.filter, evidence.period, Selection::default()).unwrap().total
    };
    assert!(answer.rows.iter().any(|row| row.key[1].is_none() && row.n > 0));
    for row in &answer.rows {
        let key = answer.dimensions.iter().cloned().zip(row.key.iter().cloned()).collect();
        assert_eq!(count(&key), row.n, "{row:?}");
    }
    assert_eq!(count(&BTreeMap::new()), answer.overall.n);
}

#[test]
fn behind_a_point_of_a_trend_with_a_window_stands_the_whole_window() {
    let one = |number: i32| Item { day: january() + number % 90, csat: Some(4), ..Item::default() };
    let facts = facts((0..400).map(one));
    let metric = own(r#""formula":{"kind":"score_mean","score":"csat"},"window":{"days":45}"#);
    let answer = ask_own(&facts, &Denominators::default(), &metric, r#","grain":"month""#);
    for row in &answer.rows {
        let key = [("month".to_owned(), row.key[0].clone())].into();
        for period in [None, answer.period.as_ref()] {
            let evidence = find_evidence(&metric, &Default::default(), period, &key).unwrap();
            let found = facts.select(&evidence.filter, evidence.period, Selection::default()).unwrap();
            assert_eq!(found.total, row.n, "{row:?}");
        }
    }
    assert!(answer.rows[1].n > 31 * 5, "February holds half of January: {:?}", answer.rows);
    let unknown = [("month".to_owned(), Some("2026-13".to_owned()))].into();
    assert!(find_evidence(&metric, &Default::default(), None, &unknown).is_err());
}

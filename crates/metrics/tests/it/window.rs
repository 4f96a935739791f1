//! A trend over a rolling window equals the value asked for over the window's days.

use otklik_facts::Item;
use otklik_metrics::{Denominators, Note};
use proptest::prelude::*;

use crate::company::{ask_own, base, facts, january, own};

fn item() -> impl Strategy<Value = Item> {
    (0..90, 0u8..12, prop::option::of(1u8..=5), 0usize..2).prop_map(|(day, customer, csat, segment)| Item {
        day: january() + day,
        customer: Some(format!("c{customer}")),
        segment: Some(["mass", "premium"][segment].to_owned()),
        csat,
        ..Item::default()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_point_is_the_value_of_its_window(items in prop::collection::vec(item(), 0..150)) {
        let facts = facts(items);
        let base = base(&["2025-12", "2026-01", "2026-02", "2026-03"], &[(None, 900), (Some("mass"), 100)]);
        for formula in [
            r#"{"kind":"customers"}"#,
            r#"{"kind":"score_mean","score":"csat"}"#,
            r#"{"kind":"rate","of":"customers","base":"customers","per":100}"#,
        ] {
            let windowed = own(&format!(r#""formula":{formula},"window":{{"months":2}}"#));
            let plain = own(&format!(r#""formula":{formula}"#));
            let trend = ask_own(&facts, &base, &windowed, r#","grain":"month","dimensions":["segment"],"period":{"from":"2026-02-01","to":"2026-03-31"}"#);
            prop_assert_eq!(&trend.notes[..], &[Note::WindowsOverlap][..]);
            for (month, from, to) in [("2026-02", "2026-01-01", "2026-02-28"), ("2026-03", "2026-02-01", "2026-03-31")] {
                let whole = format!(r#","dimensions":["segment"],"period":{{"from":"{from}","to":"{to}"}}"#);
                let expected = ask_own(&facts, &base, &plain, &whole);
                for row in &expected.rows {
                    let key = [vec![Some(month.to_owned())], row.key.clone()].concat();
                    let found = trend.rows.iter().find(|point| point.key == key).unwrap();
                    prop_assert_eq!((found.value, found.low, found.high), (row.value, row.low, row.high));
                    prop_assert_eq!((found.n, found.customers, found.denominator), (row.n, row.customers, row.denominator));
                }
            }
        }
    }
}

#[test]
fn without_steps_of_time_a_window_says_nothing() {
    let items = (0..90).map(|day| Item { day: january() + day, ..Item::default() });
    let metric = own(r#""formula":{"kind":"items"},"window":{"days":7}"#);
    let facts = facts(items);
    let all = ask_own(&facts, &Denominators::default(), &metric, "");
    assert_eq!((all.overall.value, all.notes.len()), (Some(90.0), 0));
    let days = ask_own(&facts, &Denominators::default(), &metric, r#","grain":"day""#);
    assert_eq!((days.rows.len(), days.rows[0].value, days.rows[89].value), (90, Some(1.0), Some(7.0)));
    assert_eq!(days.overall.value, Some(90.0));
}

#[test]
fn too_many_windows_are_refused() {
    let metric = own(r#""formula":{"kind":"items"},"window":{"days":7}"#);
    let query = crate::company::query(
        r#"{"metric":"own","grain":"day","period":{"from":"2020-01-01","to":"2026-12-31"}}"#,
    );
    let refused = otklik_metrics::evaluate(&facts([]), &metric, &query, &Denominators::default());
    assert_eq!(refused.unwrap_err().code(), "too_many_steps");
}

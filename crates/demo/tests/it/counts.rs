//! How much there is of everything, and that it is always the same.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use otklik_demo::{Company, DemoError, Plan};

use crate::{FULL, ITEMS, TODAY, company, day, share};

#[test]
fn same_plan_same_bytes_and_another_seed_other_texts() {
    let (first, again, other) = (company(7, 3_000), company(7, 3_000), company(8, 3_000));
    assert_eq!(first.items(), again.items());
    assert_eq!(first.base, again.base);
    let texts = |company: &Company| company.items().iter().map(|item| item.text.clone()).collect::<Vec<_>>();
    assert_ne!(texts(&first), texts(&other));
}

#[test]
fn months_can_be_asked_for_in_any_order() {
    let company = company(7, 3_000);
    let backwards: Vec<_> = (0..Plan::MONTHS).rev().map(|month| company.month_items(month)).collect();
    assert_eq!(backwards.into_iter().rev().flatten().collect::<Vec<_>>(), company.items());
    assert!(company.month_items(Plan::MONTHS).is_empty());
}

#[test]
fn as_many_items_as_asked_for_on_days_of_the_history() {
    assert_eq!(ITEMS.len(), 50_000);
    assert!(ITEMS.iter().all(|item| day(item) >= FULL.start && day(item) < TODAY));
    assert!(ITEMS.is_sorted_by_key(|item| item.occurred_at));
    let keys: BTreeSet<_> = ITEMS.iter().map(|item| (item.source, &item.external_id)).collect();
    assert_eq!(keys.len(), ITEMS.len());
    assert_eq!(company(1, 0).items().len(), 0);
    assert_eq!(company(1, 17).items().len(), 17);
}

#[test]
fn languages_channels_and_moods_in_believable_shares() {
    let english = ITEMS.iter().filter(|item| item.language == "en").count();
    assert!((0.23..0.27).contains(&share(english, ITEMS.len())));
    let mut channels = BTreeMap::new();
    ITEMS.iter().for_each(|item| *channels.entry(item.channel).or_insert(0) += 1);
    assert_eq!(channels.len(), FULL.channels.len());
    for (channel, low, high) in [("survey", 0.22, 0.32), ("call", 0.14, 0.22), ("complaint", 0.03, 0.07)] {
        assert!((low..high).contains(&share(channels[channel], ITEMS.len())), "{channel} {channels:?}");
    }
    let promoters = ITEMS.iter().filter(|item| item.nps.is_some_and(|nps| nps >= 9)).count();
    let answers = ITEMS.iter().filter(|item| item.nps.is_some()).count();
    assert!((0.3..0.6).contains(&share(promoters, answers)));
}

#[test]
fn customers_with_a_heavy_tail() {
    let mut contacts = BTreeMap::new();
    ITEMS
        .iter()
        .filter_map(|item| item.customer.as_ref())
        .for_each(|key| *contacts.entry(key).or_insert(0) += 1);
    assert!((13_500..16_500).contains(&contacts.len()), "{}", contacts.len());
    let mut counts: Vec<i32> = contacts.into_values().collect();
    counts.sort_unstable();
    assert!(counts[counts.len() / 2] <= 3 && counts[counts.len() * 99 / 100] >= 10);
}

#[test]
fn every_code_is_known() {
    let units: BTreeSet<_> = FULL.units.iter().map(|unit| unit.code.as_str()).collect();
    let products: BTreeSet<_> = FULL.products.iter().map(|product| product.code.as_str()).collect();
    let touchpoints: BTreeSet<_> = FULL.touchpoints.iter().map(|point| point.code.as_str()).collect();
    let topics: BTreeSet<_> = FULL.topics.iter().map(|topic| topic.code.as_str()).collect();
    let parents = FULL.units.iter().filter_map(|unit| unit.parent.as_deref());
    let owners =
        FULL.products.iter().map(|p| p.unit.as_str()).chain(FULL.touchpoints.iter().map(|p| p.unit.as_str()));
    assert!(parents.chain(owners).all(|unit| units.contains(unit)));
    for item in ITEMS.iter() {
        assert!(item.unit.is_none_or(|code| units.contains(code)), "{:?}", item.unit);
        assert!(item.product.is_none_or(|code| products.contains(code)), "{:?}", item.product);
        assert!(item.touchpoint.is_none_or(|code| touchpoints.contains(code)), "{:?}", item.touchpoint);
        assert!(item.meant.iter().all(|code| topics.contains(code)), "{:?}", item.meant);
    }
}

#[test]
fn base_of_the_whole_is_the_sum_of_its_segments() {
    for month in FULL.base.iter().map(|row| row.month).collect::<BTreeSet<_>>() {
        let of_month = || {
            FULL.base.iter().filter(|row| row.month == month && row.unit.is_none() && row.product.is_none())
        };
        let whole = of_month().find(|row| row.segment.is_none() && row.region.is_none()).unwrap().customers;
        let parts: u64 = of_month()
            .filter(|row| row.segment.is_some() && row.region.is_none())
            .map(|row| row.customers)
            .sum();
        assert!(whole.abs_diff(parts) <= FULL.segments.len() as u64, "{month}: {whole} and {parts}");
    }
}

#[test]
fn plans_that_cannot_be_are_refused() {
    let too_early = Company::generate(&Plan { seed: 1, items: 1, today: date(-9999, 6, 1) });
    assert!(matches!(too_early, Err(DemoError::Date(_))));
    let too_many = Company::generate(&Plan { seed: 1, items: Plan::MAX_ITEMS + 1, today: TODAY });
    assert_eq!(too_many.map(|_| ()).map_err(|why| why.code()), Err("demo_too_many"));
}

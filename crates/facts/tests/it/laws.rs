//! Whatever was put, replaced and removed, and in whatever batches: every question gets the naive answer.

use otklik_facts::{Facts, Moments};
use proptest::prelude::*;

use crate::company::{Company, DIMENSIONS};
use crate::naive::Naive;

/// The facts and the naive rows after the same changes, in random batches up to `batch`.
pub fn build(company: &mut Company, changes: usize, batch: usize) -> (Facts, Naive) {
    let (facts, mut naive) = (Facts::new(), Naive::default());
    let mut left = changes;
    let mut sequence = 0;
    while left > 0 {
        let len = (1 + company.below(batch)).min(left);
        let changes = company.changes(len);
        naive.apply(&changes);
        sequence += changes.len() as u64;
        facts.apply(changes, sequence);
        left -= len;
    }
    assert_eq!((facts.len(), facts.sequence()), (naive.len(), sequence));
    (facts, naive)
}

/// Random questions of every kind have equal answers.
pub fn check(company: &mut Company, facts: &Facts, naive: &Naive, questions: usize) {
    for _ in 0..questions {
        let query = company.query();
        match facts.query(&query) {
            Ok(rows) => assert_eq!(rows, naive.query(&query), "{query:?}"),
            Err(error) => panic!("{query:?}: {error}"),
        }
        check_moments(company, facts, naive);
        let (filter, period, page) = (company.filter(2), company.period(), company.page());
        let selected = facts.select(&filter, period, page).unwrap();
        assert_eq!(selected, naive.select(&filter, period, page), "{filter:?} {period:?} {page:?}");
        if let Some(&before) = selected.numbers.last() {
            let page = otklik_facts::Selection { before: Some(before), ..page };
            assert_eq!(facts.select(&filter, period, page).unwrap(), naive.select(&filter, period, page));
        }
    }
}

/// All blocks together are the naive sums, and no more blocks have items than there are customers.
fn check_moments(company: &mut Company, facts: &Facts, naive: &Naive) {
    let query = company.moments();
    let blocks = facts.moments(&query).unwrap();
    let (expected, customers) = naive.moments(&query);
    assert_eq!(blocks.len(), query.blocks.max(1));
    assert!(blocks.iter().filter(|block| block.n > 0).count() <= customers, "{query:?}");
    let sum = |of: &dyn Fn(&Moments, usize) -> f64, len: usize| -> Vec<f64> {
        (0..len).map(|place| blocks.iter().map(|block| of(block, place)).sum()).collect()
    };
    let found = Moments {
        n: blocks.iter().map(|block| block.n).sum(),
        sums: sum(&|block, place| block.sums[place], expected.sums.len()),
        products: sum(&|block, place| block.products[place], expected.products.len()),
    };
    assert_eq!(found, expected, "{query:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn small_companies(seed: u64, numbers in 1_u32..300, changes in 0_usize..300, batch in 1_usize..100) {
        let mut company = Company::new(seed, numbers, 300);
        let (facts, naive) = build(&mut company, changes, batch);
        check(&mut company, &facts, &naive, 8);

        // Facts made anew of what is left answer alike.
        let rebuilt = Facts::new();
        rebuilt.apply(naive.rebuild(), facts.sequence());
        check(&mut company, &rebuilt, &naive, 4);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2))]

    /// Enough for the tail to join the months, months to be merged, and segments to be full.
    #[test]
    fn large_companies(seed: u64, numbers in 20_000_u32..80_000, batch in 1_usize..30_000) {
        let mut company = Company::new(seed, numbers, 70_000);
        let (facts, naive) = build(&mut company, 70_000, batch);
        check(&mut company, &facts, &naive, 8);
        for dimension in DIMENSIONS {
            let query = otklik_facts::FactQuery {
                dimensions: vec![dimension],
                customers: true,
                ..otklik_facts::FactQuery::default()
            };
            assert_eq!(facts.query(&query).unwrap(), naive.query(&query));
        }
    }
}

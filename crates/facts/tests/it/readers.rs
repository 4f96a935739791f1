//! Readers see whole batches, whatever the writer is doing.

use std::sync::atomic::{AtomicBool, Ordering};

use otklik_facts::{Change, Dimension, FactQuery, Facts, Filter, Item, Measures, Selection};

const BATCH: u32 = 700;
const BATCHES: u32 = 60;

/// Every batch moves all items to a new channel, or puts as many more.
fn batch(step: u32) -> Vec<Change> {
    let item = |number: u32| Item {
        number: number + BATCH * (step % 8),
        day: 20_000 + (number % 90) as i32,
        channel: Some(format!("channel {step}")),
        topics: vec![format!("topic {step}")],
        ..Item::default()
    };
    (0..BATCH).map(|number| Change::Put(item(number))).collect()
}

#[test]
fn a_query_sees_only_whole_batches() {
    let facts = Facts::new();
    let is_done = AtomicBool::new(false);
    let query = FactQuery {
        dimensions: vec![Dimension::Channel, Dimension::Topic],
        measures: Measures::NONE,
        ..FactQuery::default()
    };
    std::thread::scope(|scope| {
        let reader = || {
            let mut answers = 0;
            while !is_done.load(Ordering::Acquire) || answers == 0 {
                for row in facts.query(&query).unwrap() {
                    assert_eq!(row.cell.count, u64::from(BATCH), "{:?}", row.key);
                }
                let all =
                    facts.select(&Filter::All, None, Selection { limit: 1, ..Selection::default() }).unwrap();
                assert_eq!(all.total % u64::from(BATCH), 0);
                answers += 1;
            }
        };
        let readers = [scope.spawn(reader), scope.spawn(reader)];
        for step in 0..BATCHES {
            facts.apply(batch(step), u64::from(step) + 1);
            assert_eq!(facts.sequence(), u64::from(step) + 1);
        }
        is_done.store(true, Ordering::Release);
        readers.into_iter().for_each(|reader| reader.join().unwrap());
    });
    assert_eq!(facts.len(), 8 * BATCH as usize);
}

//! Many items change while somebody goes on asking.

use std::error::Error;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use otklik_facts::Facts;

use crate::data;
use crate::questions::Question;
use crate::report::Spread;

/// Items changed, as a whole re-labelling changes them.
const ITEMS: u32 = 1_000_000;

#[derive(Clone)]
pub struct Relabelling {
    pub items: u32,
    pub seconds: f64,
    /// Times of a question asked again and again meanwhile.
    pub asked: Option<Spread>,
}

/// Changes a million of the `items` there are, or all of them, while `question` is asked.
pub fn relabel(facts: &Facts, items: u32, question: &Question) -> Result<Relabelling, Box<dyn Error>> {
    let changed = items.min(ITEMS);
    let is_done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let start = Instant::now();
            data::change(facts, items, changed);
            is_done.store(true, Ordering::Release);
            start.elapsed().as_secs_f64()
        });
        let mut times = Vec::new();
        while !is_done.load(Ordering::Acquire) {
            let start = Instant::now();
            for query in &question.queries {
                facts.query(query)?;
            }
            times.push(start.elapsed().as_secs_f64() * 1000.0);
        }
        let seconds = writer.join().map_err(|_| "the writer stopped")?;
        Ok(Relabelling { items: changed, seconds, asked: Spread::of(times) })
    })
}

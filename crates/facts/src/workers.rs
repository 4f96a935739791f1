//! Work shared among all cores, a piece at a time.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Runs `work` once on each core (on fewer if there are fewer pieces); each takes numbers of pieces from the iterator
/// it is given until none is left. So there are as many partial results as cores, however many pieces.
///
/// The caller's own thread takes part: on a busy machine it need not wait until others wake up to begin.
pub fn share<R: Send>(pieces: usize, work: impl Fn(&mut dyn Iterator<Item = usize>) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let run = || {
        let mut numbers = std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
        work(&mut numbers.by_ref().take_while(|&piece| piece < pieces))
    };
    let run = &run;
    let mut results: Vec<Option<R>> = (1..count(pieces)).map(|_| None).collect();
    let own = rayon::in_place_scope(|scope| {
        for result in &mut results {
            scope.spawn(move |_| *result = Some(run()));
        }
        run()
    });
    results.into_iter().flatten().chain([own]).collect()
}

/// How many cores share so many pieces.
pub fn count(pieces: usize) -> usize {
    rayon::current_num_threads().min(pieces).max(1)
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_piece_is_done_once() {
        for pieces in [0, 1, 2, 1000] {
            let parts = super::share(pieces, |numbers| numbers.collect::<Vec<_>>());
            let mut all = parts.concat();
            all.sort_unstable();
            assert_eq!(all, (0..pieces).collect::<Vec<_>>());
        }
    }
}

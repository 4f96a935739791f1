//! Random groups to try the laws on.

use otklik_stats::{NpsTally, RateTally, ScoreTally, ShareTally, Tally};
use proptest::prelude::*;

/// Two groups of one kind, each with at least two answers.
pub fn pair() -> impl Strategy<Value = (Tally, Tally)> {
    prop_oneof![(nps(), nps()), (share(), share()), (score(), score()), (rate(), rate())]
}

/// A group of any kind with at least two answers.
pub fn group() -> impl Strategy<Value = Tally> {
    prop_oneof![nps(), share(), score(), rate()]
}

fn nps() -> BoxedStrategy<Tally> {
    (0u64..400, 2u64..400, 0u64..400)
        .prop_map(|(promoters, passives, detractors)| {
            Tally::Nps(NpsTally { promoters, passives, detractors })
        })
        .boxed()
}

fn share() -> BoxedStrategy<Tally> {
    (2u64..1_000, 0.0..=1.0f64)
        .prop_map(|(n, share): (u64, f64)| {
            Tally::Share(ShareTally { hits: (n as f64 * share).round() as u64, n })
        })
        .boxed()
}

fn score() -> BoxedStrategy<Tally> {
    (2u64..300, prop::array::uniform4(0u64..300))
        .prop_map(|(first, [b, c, d, e])| Tally::Score(ScoreTally::from_histogram(1, &[first, b, c, d, e])))
        .boxed()
}

fn rate() -> BoxedStrategy<Tally> {
    (0u64..20_000, 0.1..1_000.0)
        .prop_map(|(events, exposure)| Tally::Rate(RateTally { events, exposure }))
        .boxed()
}

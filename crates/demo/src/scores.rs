//! Scores that agree with what was said.

use std::sync::LazyLock;

use crate::{
    draw::{Stream, Weights},
    topics::Mood,
};

/// The weight of each answer, from the lowest up: NPS 0–10, CSAT 1–5, CES 1–7.
struct Answers {
    nps: Weights,
    csat: Weights,
    ces: Weights,
}

static PAIN: LazyLock<Answers> = LazyLock::new(|| Answers {
    nps: Weights::new([9.0, 7.0, 9.0, 12.0, 12.0, 16.0, 13.0, 11.0, 7.0, 2.5, 1.5]),
    csat: Weights::new([30.0, 31.0, 25.0, 11.0, 3.0]),
    ces: Weights::new([15.0, 22.0, 24.0, 18.0, 12.0, 6.0, 3.0]),
});
static ASK: LazyLock<Answers> = LazyLock::new(|| Answers {
    nps: Weights::new([1.0, 1.0, 2.0, 3.0, 4.0, 9.0, 11.0, 19.0, 22.0, 15.0, 13.0]),
    csat: Weights::new([4.0, 7.0, 22.0, 37.0, 30.0]),
    ces: Weights::new([2.0, 4.0, 9.0, 17.0, 26.0, 25.0, 17.0]),
});
static PRAISE: LazyLock<Answers> = LazyLock::new(|| Answers {
    nps: Weights::new([0.2, 0.1, 0.2, 0.3, 0.4, 1.0, 1.5, 5.0, 14.0, 30.0, 47.3]),
    csat: Weights::new([0.5, 1.0, 4.0, 26.0, 68.5]),
    ces: Weights::new([0.5, 1.0, 2.0, 6.0, 15.0, 34.0, 41.5]),
});

fn answers(mood: Mood) -> &'static Answers {
    match mood {
        Mood::Pain => &PAIN,
        Mood::Ask => &ASK,
        Mood::Praise => &PRAISE,
    }
}

/// Would you recommend us, 0–10.
pub fn nps(mood: Mood, rng: &mut Stream) -> u8 {
    answers(mood).nps.draw(rng) as u8
}

/// How satisfied are you, 1–5.
pub fn csat(mood: Mood, rng: &mut Stream) -> u8 {
    answers(mood).csat.draw(rng) as u8 + 1
}

/// It was easy, 1–7, more is better.
pub fn ces(mood: Mood, rng: &mut Stream) -> u8 {
    answers(mood).ces.draw(rng) as u8 + 1
}

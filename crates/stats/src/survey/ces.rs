//! Customer effort: two versions that point in opposite ways and must not be mixed in one series.

use crate::{NpsTally, ScoreTally, ShareTally};

/// Version 1 (2010): «how much effort did you have to put forth», mean of 1 to 5; **less is better**.
///
/// Source: Dixon, Freeman and Toman, Harvard Business Review, 2010. Worked number: 10, 20, 10, 5, 5 → 2.5.
pub fn ces_effort_mean(counts: &[u64; 5]) -> ScoreTally {
    ScoreTally::from_histogram(1, counts)
}

/// Version 2 (2013): «the company made it easy for me to handle my issue», mean of 1 to 7; more is better.
///
/// Worked number: 2, 2, 4, 8, 14, 40, 30 → 5.7.
pub fn ces_mean(counts: &[u64; 7]) -> ScoreTally {
    ScoreTally::from_histogram(1, counts)
}

/// Version 2 as the share of those who agree, 5 to 7.
///
/// Worked number: 2, 2, 4, 8, 14, 40, 30 → 84 of 100.
pub fn ces_easy_share(counts: &[u64; 7]) -> ShareTally {
    ShareTally { hits: counts[4..].iter().sum(), n: counts.iter().sum() }
}

/// Version 2 as %(6–7) − %(1–3), −100 to 100: the arithmetic of NPS, and so its interval.
///
/// Worked number: 2, 2, 4, 8, 14, 40, 30 → 62.
pub fn ces_net(counts: &[u64; 7]) -> NpsTally {
    NpsTally {
        promoters: counts[5..].iter().sum(),
        passives: counts[3..5].iter().sum(),
        detractors: counts[..3].iter().sum(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_numbers() {
        assert_eq!(ces_effort_mean(&[10, 20, 10, 5, 5]).value(), Some(2.5));
        let counts = [2, 2, 4, 8, 14, 40, 30];
        assert!((ces_mean(&counts).value().unwrap() - 5.7).abs() < 1e-12);
        assert_eq!(ces_easy_share(&counts), ShareTally { hits: 84, n: 100 });
        assert_eq!(ces_net(&counts).value(), Some(62.0));
    }
}

//! Customer satisfaction on 1 to 5: as a share or as a mean, never both under one name.

use crate::{ScoreTally, ShareTally};

/// Share of the answers 4 and 5 (top-2-box). `counts` are the answers 1, 2, 3, 4, 5.
///
/// Worked number: 5, 4, 6, 20, 25 → 45 of 60, 75 % (62.8…84.2).
pub fn csat_top_box(counts: &[u64; 5]) -> ShareTally {
    ShareTally { hits: counts[3..].iter().sum(), n: counts.iter().sum() }
}

/// Mean of the answers 1 to 5.
///
/// Worked number: 5, 4, 6, 20, 25 → 3.93.
pub fn csat_mean(counts: &[u64; 5]) -> ScoreTally {
    ScoreTally::from_histogram(1, counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_numbers() {
        let counts = [5, 4, 6, 20, 25];
        assert_eq!(csat_top_box(&counts), ShareTally { hits: 45, n: 60 });
        assert!((csat_mean(&counts).value().unwrap() - 236.0 / 60.0).abs() < 1e-12);
    }
}

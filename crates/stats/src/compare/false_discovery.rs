//! Screens: which of many comparisons deserve a second look.

/// Benjamini and Hochberg's step-up correction: among the comparisons whose corrected p-value is below q, no more
/// than the share q is expected to be false. The i-th smallest of m is multiplied by m / i, never exceeds the one
/// after it, and is cut to 1. The order is kept.
///
/// For a screen that compares many groups and asks where to look. What is then claimed of one group is held to
/// [`holm`](super::holm). Source: Benjamini and Hochberg 1995. Worked number: 0.01, 0.04, 0.03 → 0.03, 0.04, 0.04.
pub fn benjamini_hochberg(p_values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&a, &b| p_values[b].total_cmp(&p_values[a]));
    let mut corrected = vec![0.0; p_values.len()];
    let mut ceiling: f64 = 1.0;
    for (from_top, &index) in order.iter().enumerate() {
        let rank = (p_values.len() - from_top) as f64;
        ceiling = ceiling.min(p_values[index] * p_values.len() as f64 / rank);
        corrected[index] = ceiling;
    }
    corrected
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_number() {
        for (actual, expected) in benjamini_hochberg(&[0.01, 0.04, 0.03]).iter().zip([0.03, 0.04, 0.04]) {
            assert!((actual - expected).abs() < 1e-12);
        }
        assert_eq!(benjamini_hochberg(&[]), [0.0; 0]);
    }
}

//! How two partitions agree: normalised mutual information (by the mean entropy) and the adjusted Rand index, in %.

use std::collections::HashMap;

pub fn agreement(labels: &[&str], groups: &[usize]) -> (f64, f64) {
    let n = labels.len() as f64;
    let (mut both, mut of_label, mut of_group) = (HashMap::new(), HashMap::new(), HashMap::new());
    for (label, group) in labels.iter().zip(groups) {
        *both.entry((*label, *group)).or_insert(0.0_f64) += 1.0;
        *of_label.entry(*label).or_insert(0.0_f64) += 1.0;
        *of_group.entry(*group).or_insert(0.0_f64) += 1.0;
    }
    let entropy =
        |counts: &mut dyn Iterator<Item = &f64>| -> f64 { counts.map(|c| -c / n * (c / n).ln()).sum() };
    let (a, b) = (entropy(&mut of_label.values()), entropy(&mut of_group.values()));
    let shared: f64 = both
        .iter()
        .map(|((label, group), c)| c / n * (c * n / (of_label[label] * of_group[group])).ln())
        .sum();
    let pairs = |counts: &mut dyn Iterator<Item = &f64>| -> f64 { counts.map(|c| c * (c - 1.0) / 2.0).sum() };
    let (index, x, y) =
        (pairs(&mut both.values()), pairs(&mut of_label.values()), pairs(&mut of_group.values()));
    let expected = x * y / (n * (n - 1.0) / 2.0);
    (100.0 * 2.0 * shared / (a + b).max(1e-12), 100.0 * (index - expected) / ((x + y) / 2.0 - expected))
}

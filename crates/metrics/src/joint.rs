//! Mean and variance of an index: means from the answers to each question, covariances from tables of two questions.

use std::collections::BTreeMap;

use crate::MetricError;
use crate::answers::Answers;
use crate::count::{Asked, Counts, Key};
use crate::index::{IndexPart, Moments, weights};

/// Sums of what two questions were read as, Σ y(a) · y(b), by group.
type Products = BTreeMap<Key, f64>;

/// Mean and sample variance of D = Σ wᵢ yᵢ in each group, over the items that answered every question.
///
/// Source: variance of a weighted sum, Σ wᵢ² s²ᵢ + 2 Σ wᵢ wⱼ sᵢⱼ. Each sᵢⱼ comes from the table of the two questions,
/// which the facts can count while the query groups by two dimensions or fewer; where they cannot, and for two scores,
/// sᵢⱼ stands at its upper bound sᵢ · sⱼ: the interval is then too wide rather than too narrow.
pub(crate) fn count_moments(
    items: &Asked<'_>,
    parts: &[IndexPart],
    counts: &BTreeMap<Key, Counts>,
) -> Result<BTreeMap<Key, Moments>, MetricError> {
    let mut histograms = Vec::with_capacity(parts.len());
    for part in parts {
        histograms.push(items.histograms(&part.score)?);
    }
    let mut products = BTreeMap::new();
    for (first, a) in parts.iter().enumerate() {
        for (second, b) in parts.iter().enumerate().skip(first + 1) {
            if let Some(table) = products_of(items, a, b)? {
                products.insert((first, second), table);
            }
        }
    }
    let weights = weights(parts);
    let moments = counts.iter().filter(|(_, counts)| counts.items > 0).map(|(key, counts)| {
        let single: Vec<Single> =
            parts.iter().zip(&histograms).map(|(part, by)| Single::of(part, by.get(key))).collect();
        let covariance = |pair: (usize, usize)| {
            let table = products.get(&pair)?;
            let (a, b) = (&single[pair.0], &single[pair.1]);
            let n = counts.items as f64;
            let sum = table.get(key).copied().unwrap_or_default();
            (n > 1.0).then(|| (sum - n * a.mean * b.mean) / (n - 1.0))
        };
        (key.clone(), combine(&single, &weights, counts.items, covariance))
    });
    Ok(moments.collect())
}

/// One question's mean and sample variance, read from 0 to 1.
struct Single {
    mean: f64,
    variance: f64,
}

impl Single {
    fn of(part: &IndexPart, histogram: Option<&Vec<u64>>) -> Self {
        let answers = || histogram.into_iter().flatten().enumerate();
        let sum = |power: i32| -> f64 {
            answers().map(|(step, count)| *count as f64 * part.read(step).powi(power)).sum()
        };
        let n = sum(0);
        let mean = sum(1) / n.max(1.0);
        Self { mean, variance: ((sum(2) - n * mean * mean) / (n - 1.0).max(1.0)).max(0.0) }
    }
}

fn combine(
    single: &[Single],
    weights: &[f64],
    n: u64,
    covariance: impl Fn((usize, usize)) -> Option<f64>,
) -> Moments {
    let mut moments = Moments { n, mean: 0.0, variance: 0.0, bounded: false };
    for (first, (a, weight)) in single.iter().zip(weights).enumerate() {
        moments.mean += weight * a.mean;
        moments.variance += weight * weight * a.variance;
        for (second, (b, other)) in single.iter().zip(weights).enumerate().skip(first + 1) {
            let found = covariance((first, second));
            moments.bounded |= found.is_none() && n > 1;
            moments.variance +=
                2.0 * weight * other * found.unwrap_or_else(|| (a.variance * b.variance).sqrt());
        }
    }
    moments.variance = moments.variance.max(0.0);
    moments
}

/// The products of two questions by group; `None` where the facts cannot count their table.
fn products_of(items: &Asked<'_>, a: &IndexPart, b: &IndexPart) -> Result<Option<Products>, MetricError> {
    let mut products = Products::new();
    match (&a.score, &b.score) {
        (Answers::Attribute(first), Answers::Attribute(second)) => {
            if !items.can_split(&[first, second]) {
                return Ok(None);
            }
            for (key, steps, cell) in items.split(&[first, second], a.score.measures())? {
                *products.entry(key).or_default() += cell.count as f64 * a.read(steps[0]) * b.read(steps[1]);
            }
        }
        (Answers::Attribute(scale), Answers::Score(_)) => {
            for (key, steps, cell) in items.split(&[scale], b.score.measures())? {
                let answers = b.score.histogram(&cell).iter().enumerate();
                let sum: f64 = answers.map(|(step, count)| *count as f64 * b.read(step)).sum();
                *products.entry(key).or_default() += a.read(steps[0]) * sum;
            }
        }
        (Answers::Score(_), Answers::Attribute(_)) => return products_of(items, b, a),
        (Answers::Score(_), Answers::Score(_)) => return Ok(None),
    }
    Ok(Some(products))
}

//! How many voices each day brings: growth, the week, the year, chance.

use rand::RngExt;

use crate::{draw::Stream, plan::Span};

/// Contacts at the end of the history against its start: they grow as the customer base does.
const GROWTH: f64 = 1.25;
/// Monday to Sunday.
const WEEK: [f64; 7] = [1.16, 1.10, 1.07, 1.06, 1.04, 0.84, 0.73];
/// January to December: little against what plans change, or before and after would tell of the season.
const YEAR: [f64; 12] = [0.98, 0.99, 1.0, 1.01, 1.0, 0.99, 0.98, 0.99, 1.01, 1.02, 1.01, 1.02];

/// How busy each day of the history is before topics have their say; 1 is an average day of the first month.
pub fn busyness(span: &Span, rng: &mut Stream) -> Vec<f64> {
    (0..span.days)
        .map(|day| {
            let date = span.day(day);
            let growth = 1.0 + (GROWTH - 1.0) * f64::from(day) / f64::from(span.days);
            let weekday = usize::from(date.weekday().to_monday_zero_offset().unsigned_abs());
            let month = usize::from(date.month().unsigned_abs()) - 1;
            growth * WEEK[weekday] * YEAR[month] * rng.random_range(0.95..1.05)
        })
        .collect()
}

/// `total` shared out in proportion to `weights`, exactly, the largest remainders first.
pub fn share_out(total: u32, weights: &[f64]) -> Vec<u32> {
    let sum: f64 = weights.iter().sum();
    if sum <= 0.0 {
        return vec![0; weights.len()];
    }
    let exact: Vec<f64> = weights.iter().map(|weight| f64::from(total) * weight / sum).collect();
    let mut counts: Vec<u32> = exact.iter().map(|share| share.floor() as u32).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by(|a, b| exact[*b].fract().total_cmp(&exact[*a].fract()).then(a.cmp(b)));
    let left = total.saturating_sub(counts.iter().sum());
    for day in order.into_iter().cycle().take(left as usize) {
        counts[day] += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::share_out;

    #[test]
    fn nothing_is_lost_in_sharing() {
        assert_eq!(share_out(10, &[1.0, 1.0, 1.0]), [4, 3, 3]);
        assert_eq!(share_out(7, &[0.0, 2.0, 5.0]), [0, 2, 5]);
        assert_eq!(share_out(7, &[]), Vec::<u32>::new());
    }
}

//! The scale of a chart: round numbers around what is shown.

/// From a round number below all values to one above them, with the round numbers between.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    pub low: f64,
    pub high: f64,
    pub ticks: Vec<f64>,
}

impl Axis {
    /// Steps of 1, 2 or 5 times a power of ten, about `count` of them. Values 31.2 to 47.9 in four steps → 30, 35, 40,
    /// 45, 50. Without values, from 0 to 1.
    pub fn around(values: impl IntoIterator<Item = f64>, count: usize) -> Self {
        let finite = values.into_iter().filter(|value| value.is_finite());
        let bounds = finite.fold(None, |found: Option<(f64, f64)>, value| {
            let (low, high) = found.unwrap_or((value, value));
            Some((low.min(value), high.max(value)))
        });
        let (low, high) = match bounds {
            None => (0.0, 1.0),
            Some((low, high)) if high > low => (low, high),
            Some((only, _)) => (only - 1.0, only + 1.0),
        };
        let step = round_step((high - low) / count.max(1) as f64);
        let (first, last) = ((low / step).floor(), (high / step).ceil());
        let steps = (last - first).min(100.0) as usize;
        let ticks: Vec<f64> = (0..=steps).map(|place| (first + place as f64) * step).collect();
        Self { low: first * step, high: last * step, ticks }
    }

    /// Where a value lies between the ends, from 0 to 1.
    pub fn share(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    /// The digits after the point that tell the steps apart.
    pub fn digits(&self) -> usize {
        let step = self.ticks.get(1).zip(self.ticks.first()).map_or(1.0, |(b, a)| b - a);
        (0..6).find(|digits| (step * 10f64.powi(*digits)).fract().abs() < 1e-6).unwrap_or(6) as usize
    }
}

fn round_step(raw: f64) -> f64 {
    let power = 10f64.powf(raw.log10().floor());
    let times = raw / power;
    let round = [1.0, 2.0, 5.0].into_iter().find(|step| times <= *step + 1e-9).unwrap_or(10.0);
    round * power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_round_numbers() {
        let axis = Axis::around([31.2, 47.9], 4);
        assert_eq!((axis.low, axis.high), (30.0, 50.0));
        assert_eq!(axis.ticks, [30.0, 35.0, 40.0, 45.0, 50.0]);
        assert_eq!(axis.share(40.0), 0.5);
        assert_eq!(axis.digits(), 0);
    }

    #[test]
    fn one_value_none_and_nonsense_have_a_scale_too() {
        assert_eq!(Axis::around([7.0], 2).share(7.0), 0.5);
        assert_eq!(Axis::around([], 4).ticks.first(), Some(&0.0));
        assert_eq!(Axis::around([f64::NAN, 0.01, 0.04], 3).digits(), 2);
    }
}

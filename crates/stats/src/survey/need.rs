//! Which needs are worth meeting: Ulwick's opportunity and Kano's classes.

/// Ulwick's opportunity of one need, I + max(I − S, 0), 0 to 20: `important` and `satisfied` are the shares (0 to 1)
/// of one segment who answered 4 or 5 of 5, here on a scale of ten. Over 15 is extreme, 12 to 15 strong, 10 to 12
/// worth a look, less is served. Means in the place of the shares are the usual mistake.
///
/// Source: Ulwick, «Turn Customer Input into Innovation», Harvard Business Review, 2002. Worked number: 90 % and 40 %
/// → 14. `None` for shares outside 0 to 1.
pub fn opportunity(important: f64, satisfied: f64) -> Option<f64> {
    let sound = [important, satisfied].iter().all(|share| (0.0..=1.0).contains(share));
    sound.then(|| 10.0 * (important + (important - satisfied).max(0.0)))
}

/// Answers to a pair of questions about one feature, sorted into Kano's classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct KanoCounts {
    pub attractive: u64,
    pub one_dimensional: u64,
    pub must_be: u64,
    pub indifferent: u64,
}

impl KanoCounts {
    /// How much having it pleases, (A + O) / (A + O + M + I), and how much lacking it annoys, −(O + M) / (A + O + M +
    /// I).
    ///
    /// Source: Berger et al. 1993. Worked number: 40, 30, 20, 10 → 0.7 and −0.5. `None` without answers.
    pub fn better_and_worse(&self) -> Option<(f64, f64)> {
        let n = self.attractive + self.one_dimensional + self.must_be + self.indifferent;
        let share = |count: u64| count as f64 / n as f64;
        let better = self.attractive + self.one_dimensional;
        (n > 0).then(|| (share(better), -share(self.one_dimensional + self.must_be)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_numbers() {
        assert!((opportunity(0.9, 0.4).unwrap() - 14.0).abs() < 1e-12);
        assert!((opportunity(0.4, 0.9).unwrap() - 4.0).abs() < 1e-12);
        assert_eq!(opportunity(4.2, 3.1), None);
        let counts = KanoCounts { attractive: 40, one_dimensional: 30, must_be: 20, indifferent: 10 };
        assert_eq!(counts.better_and_worse(), Some((0.7, -0.5)));
        assert_eq!(KanoCounts::default().better_and_worse(), None);
    }
}

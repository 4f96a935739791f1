//! A limit that a series shall not cross: when it is crossed for certain, and when it is back.

/// On which side of the limit something is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Below,
    Above,
}

/// One whole period: a value with its 95 % interval; what is counted and not estimated has its value at both ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    pub value: f64,
    pub low: f64,
    pub high: f64,
}

/// Periods on the wrong side: from the one that began it to the one that ended it, if there is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crossing {
    pub began: usize,
    pub ended: Option<usize>,
}

/// Half the width of a 99 % interval by that of a 95 % one, of a normal distribution.
const WIDER: f64 = 2.575_829 / 1.959_964;
/// Periods in a row that are enough where one alone is not certain enough.
const IN_A_ROW: usize = 2;

/// Goes through periods in their order; a period without a value (too few answers) neither begins nor ends anything.
///
/// It begins when the 99 % interval of one period lies wholly beyond the limit, or the 95 % intervals of two in a row. It
/// ends when the 95 % interval of one lies wholly on the good side, or the values of two in a row do: between the two
/// lies enough room that a series on the limit does not raise an alarm a week.
///
/// Formula: 99 % ends are `value ± 1.314 · half the 95 % width`, each side its own. A series that stands exactly on
/// the limit begins about once in four years of weeks; one clearly on the good side never. Worked number: NPS 30 with
/// 24…36 against a limit of 40: the 99 % end is 37.9, so it begins at once.
pub fn find_crossings(looks: &[Option<Look>], limit: f64, side: Side) -> Vec<Crossing> {
    let mut found: Vec<Crossing> = Vec::new();
    let (mut wrong, mut good) = (0, 0);
    for (at, look) in looks.iter().enumerate() {
        let Some(look) = look.map(|look| facing(look, limit, side)) else { continue };
        let is_open = found.last().is_some_and(|crossing| crossing.ended.is_none());
        if is_open {
            good = if look.value >= 0.0 { good + 1 } else { 0 };
            if look.low > 0.0 || good == IN_A_ROW {
                if let Some(crossing) = found.last_mut() {
                    crossing.ended = Some(at);
                }
                wrong = 0;
            }
        } else {
            wrong = if look.high < 0.0 { wrong + 1 } else { 0 };
            let surely = look.value + WIDER * (look.high - look.value) < 0.0;
            if surely || wrong == IN_A_ROW {
                found.push(Crossing { began: at, ended: None });
                good = 0;
            }
        }
    }
    found
}

/// The same as if the limit were 0 and everything above it good.
fn facing(look: Look, limit: f64, side: Side) -> Look {
    match side {
        Side::Below => Look { value: look.value - limit, low: look.low - limit, high: look.high - limit },
        Side::Above => Look { value: limit - look.value, low: limit - look.high, high: limit - look.low },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looks(values: &[(f64, f64)]) -> Vec<Option<Look>> {
        let look = |&(value, half): &(f64, f64)| Look { value, low: value - half, high: value + half };
        values.iter().map(|pair| Some(look(pair))).collect()
    }

    fn crossing(began: usize, ended: Option<usize>) -> Crossing {
        Crossing { began, ended }
    }

    #[test]
    fn one_clear_period_is_enough_and_two_plain_ones() {
        assert_eq!(
            find_crossings(&looks(&[(45.0, 6.0), (30.0, 6.0)]), 40.0, Side::Below),
            [crossing(1, None)]
        );
        let plain = looks(&[(33.5, 6.0), (33.5, 6.0)]);
        assert_eq!(find_crossings(&plain[..1], 40.0, Side::Below), []);
        assert_eq!(find_crossings(&plain, 40.0, Side::Below), [crossing(1, None)]);
        assert_eq!(find_crossings(&looks(&[(36.0, 6.0); 9]), 40.0, Side::Below), [], "never certain");
    }

    #[test]
    fn it_ends_once_and_can_begin_anew() {
        let series = looks(&[
            (30.0, 6.0),
            (41.0, 6.0),
            (39.0, 6.0),
            (41.0, 6.0),
            (42.0, 6.0),
            (20.0, 6.0),
            (50.0, 6.0),
        ]);
        let found = find_crossings(&series, 40.0, Side::Below);
        assert_eq!(found, [crossing(0, Some(4)), crossing(5, Some(6))]);
    }

    #[test]
    fn above_is_the_mirror_and_gaps_change_nothing() {
        let mut series = looks(&[(50.0, 6.0), (47.0, 6.0), (30.0, 6.0)]);
        assert_eq!(find_crossings(&series, 40.0, Side::Above), [crossing(0, Some(2))]);
        series.insert(1, None);
        assert_eq!(find_crossings(&series, 40.0, Side::Above), [crossing(0, Some(3))]);
    }

    #[test]
    fn what_is_counted_crosses_by_its_value() {
        assert_eq!(
            find_crossings(&looks(&[(40.0, 0.0), (41.0, 0.0)]), 40.0, Side::Above),
            [crossing(1, None)]
        );
    }
}

//! What stands out in a series: spikes, shifts, season and trend, and which segment made a change.

mod baseline;
mod causes;
mod pattern;
mod point;
mod recurrence;
mod scan;

pub use causes::{Cause, causes};
pub use pattern::{Season, Trend, season, trend};
pub use recurrence::recurs;
pub use scan::{Alarm, AlarmKind, Expected, Scan, scan, scan_among};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::Confidence;

/// False alarms that chance may raise in a year over all series together, by the arithmetic of [`Tuning::among`].
const FALSE_ALARMS_A_YEAR: f64 = 12.0;
/// Degrees of freedom of the scatter, which is a median of about as many residuals as carry twice the information.
const SCATTER_FREEDOM: f64 = 30.0;
/// What Siegmund (1985) adds to the limit of a cumulative sum, for steps that jump over it.
const OVERSHOOT: f64 = 1.166;

/// How long one point of a series is. It decides the season, how far back the baseline reaches and how far from it a
/// point must lie, so that chance alone raises about one alarm a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = AnomalyGrain)]
pub enum Grain {
    /// With a week's season.
    Day,
    /// Without a season: two years of weeks do not show one.
    Week,
    /// With a year's season from three years on.
    Month,
}

/// The numbers behind a grain, tuned on simulated series (see the bench).
#[derive(Debug, Clone, Copy, PartialEq)]
struct Tuning {
    /// Points in a season; 1 for none.
    season: usize,
    /// Points that make one step of the trend: whole seasons.
    block: usize,
    /// Blocks that the baseline looks back.
    blocks: usize,
    /// Blocks without which there is no baseline.
    fewest_blocks: usize,
    /// Points of which the level is the median.
    level: usize,
    /// Past residuals that say how much the series scatters, and without how many nothing is said.
    memory: usize,
    fewest_residuals: usize,
    /// Standard deviations from the baseline that make a spike.
    spike: f64,
    /// What the cumulative sum forgives at each point, and where it raises the alarm.
    allowance: f64,
    limit: f64,
}

impl Tuning {
    /// Stricter limits where many series are watched: over all of them [`FALSE_ALARMS_A_YEAR`], by the quantiles of
    /// Student's t for spikes and by the mean time exp(h + 1.166) / 2 between false alarms of a cumulative sum for shifts.
    /// Worked number: of 100 series of days, spikes from 4.0 deviations on, and shifts at a sum of 7.5.
    fn among(self, series: usize, points_a_year: f64) -> Self {
        let points = (points_a_year * series as f64 / FALSE_ALARMS_A_YEAR).max(2.0);
        let spike = Confidence::new(1.0 - 1.0 / points).map_or(0.0, |level| level.t(SCATTER_FREEDOM));
        let limit = (2.0 * points).ln() - OVERSHOOT;
        Self { spike: self.spike.max(spike), limit: self.limit.max(limit), ..self }
    }
}

impl Grain {
    /// How many points a year has: so far back lie the points of the same season.
    pub fn points_a_year(self) -> usize {
        match self {
            Self::Day => 364,
            Self::Week => 52,
            Self::Month => 12,
        }
    }

    fn tuning(self, points: usize) -> Tuning {
        let day = Tuning {
            season: 7,
            block: 7,
            blocks: 8,
            fewest_blocks: 4,
            level: 28,
            memory: 84,
            fewest_residuals: 28,
            spike: 3.6,
            allowance: 0.5,
            limit: 6.5,
        };
        let week = Tuning {
            season: 1,
            block: 4,
            blocks: 8,
            fewest_blocks: 3,
            level: 10,
            memory: 40,
            fewest_residuals: 10,
            spike: 3.4,
            allowance: 0.5,
            limit: 5.0,
        };
        match self {
            Self::Day => day,
            Self::Week => week,
            Self::Month if points >= 36 => Tuning {
                season: 12,
                block: 12,
                blocks: 4,
                fewest_blocks: 2,
                level: 12,
                fewest_residuals: 6,
                ..week
            },
            Self::Month => Tuning { block: 3, fewest_blocks: 3, level: 9, fewest_residuals: 6, ..week },
        }
    }
}

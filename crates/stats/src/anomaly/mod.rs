//! What stands out in a series: spikes, shifts, season and trend, and which segment made a change.

mod baseline;
mod causes;
mod pattern;
mod point;
mod scan;

pub use causes::{Cause, causes};
pub use pattern::{Season, Trend, season, trend};
pub use scan::{Alarm, AlarmKind, Expected, Scan, scan};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

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

impl Grain {
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

//! Did the change work? The effect with its interval, and the outcome that the data allow one to propose.

mod contrast;
mod dispersion;
mod expected;
mod measure;
mod outcome;
mod plan;
mod relapse;
mod running;
mod scale;
mod segmented;
mod trend;

pub use contrast::{MINIMUM_ANSWERS, MINIMUM_EVENTS};
pub use expected::expected;
pub use measure::{choose, measure};
pub use plan::{Plan, plan};
pub use relapse::{RELAPSE_WEEKS, Relapse, relapse};
pub use running::measure_running;
pub use segmented::{MINIMUM_POINTS, Segmented, segmented};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Estimate, Tally};

/// Which way the metric should move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = EffectDirection)]
pub enum Direction {
    Up,
    Down,
}

/// In what an effect is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = EffectUnit)]
pub enum Unit {
    /// The unit of the metric itself: NPS points, scale points, events per unit of exposure.
    Points,
    /// Per cent of the value before. Not for NPS, which may be 0 or less.
    Percent,
}

/// What was fixed before release: the metric goes this way, by at least `smallest` (> 0), or it was not worth doing.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = EffectHypothesis)]
pub struct Hypothesis {
    pub direction: Direction,
    pub smallest: f64,
    pub unit: Unit,
}

/// One group over one period: a tally for each week in order, so that the weeks' scatter can be seen; empty weeks
/// too. A single tally of the whole period is allowed and makes no statement about scatter.
pub type Arm = Vec<Tally>;

/// One group before and after the change.
#[derive(Debug, Clone, PartialEq)]
pub struct Phases {
    pub before: Arm,
    pub after: Arm,
}

/// What was observed. A control group is one that the change did not touch.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    pub treated: Phases,
    pub control: Option<Phases>,
}

/// How the effect was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = EffectMethod)]
pub enum Method {
    /// After minus before. Whatever else changed at that time counts as effect.
    BeforeAfter,
    /// (After − before) of the treated minus the same of the control.
    DifferenceInDifferences,
    /// Against what the trend before the change led to expect.
    Segmented,
}

/// How often one may look at the interval without being fooled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = EffectLooks)]
pub enum Looks {
    /// Once, on the day fixed before.
    #[default]
    Once,
    /// As often as one likes, stopping whenever one likes; the interval is wider for it.
    Any,
}

/// What the data allow one to propose. The gain is the effect in the direction that was hoped for, with its 95 %
/// interval; the smallest is the smallest effect worth having.
///
/// | outcome | gain's interval | gain |
/// |---|---|---|
/// | worked | wholly above 0 | at least the smallest |
/// | partly | wholly above 0 | less than the smallest |
/// | no effect | holds 0, wholly below the smallest | any |
/// | worse | wholly below 0 | any |
/// | cannot tell | holds 0 and the smallest, or too few answers | any |
///
/// «No effect» is therefore a finding, that an effect worth having is excluded, and never the mere absence of one:
/// where the interval leaves room for both, the data are too few and the outcome says so. No power is computed
/// after the fact; the interval already says what the data could have shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Worked,
    Partly,
    NoEffect,
    Worse,
    CannotTell,
}

/// Why the outcome is «cannot tell».
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = EffectObstacle)]
pub enum Obstacle {
    /// A group has no data at all, so that there is no effect to show.
    NoData,
    /// A group is under [`MINIMUM_ANSWERS`] or [`MINIMUM_EVENTS`].
    TooFew,
    /// The interval holds both «nothing» and «enough».
    TooWide,
    /// Per cent of a value that is not positive.
    NoPercent,
    /// The smallest effect is not positive, or a fall by 100 % and more.
    BadHypothesis,
}

/// What the reader must know beside the outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = EffectCaveat)]
pub enum Caveat {
    /// No control group: other changes of the same time are counted in.
    NoControl,
    /// Too few weeks to know their scatter well: from two weeks a period on the interval is wide for it, with single
    /// ones narrower than it should be.
    FewWeeks,
    /// The weeks scatter more than chance explains; the interval was widened for it.
    Overdispersed,
    /// The metric was moving before the change already (with a control: moving apart from it).
    TrendBefore,
}

/// How much more is needed until the interval must leave out either 0 or the smallest effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MoreNeeded {
    /// Answers (events, for a rate) of the treated group after the change, on top of those there are.
    pub answers: u64,
    /// Weeks in which they come in, at the pace so far; where weeks were given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weeks: Option<u64>,
}

/// The measured effect and the outcome to propose.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Effect {
    pub method: Method,
    #[serde(default)]
    pub looks: Looks,
    pub unit: Unit,
    /// The effect in its unit, with the sign of the metric: −20 is a fall. `n` is all answers of all groups.
    pub effect: Option<Estimate>,
    /// By how much the variance was multiplied because weeks scatter more than single answers explain; 1 or more.
    pub inflation: f64,
    pub outcome: Outcome,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub obstacle: Option<Obstacle>,
    /// With «cannot tell»; absent when waiting cannot help, because the data before the change are too few.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub more_needed: Option<MoreNeeded>,
    pub caveats: Vec<Caveat>,
}

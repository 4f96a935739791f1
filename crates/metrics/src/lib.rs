//! Metric definitions and the one question type behind every number.
//!
//! A [`Definition`] says what is divided by what; a [`MetricQuery`] asks for it by dimensions, filter and period;
//! [`evaluate`] answers from the facts, the [`Denominators`] of the customer base and the intervals of `stats`.
//! [`measure_effect`] asks the same definition whether a change worked. A value that the data do not carry is refused
//! with a reason, never 0.

mod answer;
mod builtin;
mod calendar;
mod contrast;
mod definition;
mod denominators;
mod effect;
mod error;
mod evaluate;
mod evidence;
mod formula;
mod plan;
mod query;
mod reading;
mod registry;
mod slice;

pub use answer::{MetricAnswer, MetricRow, Note, OtherValue};
pub use builtin::built_in;
pub use calendar::{DatePeriod, day_number};
pub use definition::{Definition, Preference, Words};
pub use denominators::{Base, BaseRow, Denominators};
pub use effect::{ArmRole, EffectArm, EffectMeasure, EffectQuestion, Exposure, WeekPoint, measure_effect};
pub use error::MetricError;
pub use evaluate::evaluate;
pub use evidence::{Evidence, find_evidence};
pub use formula::{Formula, MetricUnit};
pub use query::{Compare, Grain, MetricQuery, Order};
pub use reading::Refusal;
pub use registry::{create_metric_version, ensure_metrics, list_metrics, load_metric};

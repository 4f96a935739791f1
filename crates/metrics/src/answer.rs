//! The answer, as it travels.

use otklik_stats::compare::Comparison;
use otklik_stats::validity::Warning;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::reading::Reading;
use crate::{DatePeriod, MetricUnit, Preference, Refusal, WeightingReport};

/// What a query was answered with. Rows and overall value name the definition's version that made them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MetricAnswer {
    pub metric: String,
    pub version: i64,
    pub unit: MetricUnit,
    pub direction: Preference,
    /// The dimensions of every row's key, in order; the grain's first.
    pub dimensions: Vec<String>,
    /// The days that were looked at; absent where there is no item and none was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<DatePeriod>,
    /// The days that were compared with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_period: Option<DatePeriod>,
    /// Without dimensions the overall row alone.
    pub rows: Vec<MetricRow>,
    /// All items of the query together, whatever rows `top` kept.
    pub overall: MetricRow,
    pub notes: Vec<Note>,
    /// What to know of the answers behind the overall value before acting on it.
    #[serde(default)]
    pub warnings: Vec<Warning>,
    /// How the answers were weighed, where the query asks for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weighting: Option<WeightingReport>,
}

/// One group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct MetricRow {
    /// A value for each dimension; `null` where the items have none.
    pub key: Vec<Option<String>>,
    pub value: Option<f64>,
    /// Answers that the value rests on; events, where it is a total or is divided by the customer base; those of the
    /// part with the fewest, where it is made of other metrics.
    pub n: u64,
    /// Ends of the 95 % interval; absent for totals, which are counted and not estimated.
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// As many answers of equal weight would tell as much, where answers were weighed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n_eff: Option<f64>,
    /// Distinct customers behind it.
    pub customers: u64,
    /// What the customer base contributed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub denominator: Option<f64>,
    /// Why there is no value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
    /// The value that it is compared with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<OtherValue>,
    /// This value minus the other one; absent where one of the two was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comparison: Option<Comparison>,
}

/// The value of the other period or group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = MetricOtherValue)]
pub struct OtherValue {
    pub value: Option<f64>,
    pub n: u64,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub customers: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
}

/// What the reader must know beside the numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = MetricNote)]
pub enum Note {
    /// An item of several topics stands in several rows: rows do not add up to the whole.
    GroupsOverlap,
    /// A month missing from the customer base took the number of one of the two months before.
    DenominatorCarried,
    /// Items without a customer are not among the customers.
    AnonymousItems,
    /// The two periods differ in length: differences of totals and rates are those at equal length.
    PeriodsDiffer,
    /// Each point is counted over a window that reaches before its step: neighbouring points share items.
    WindowsOverlap,
    /// The interval takes the metrics of the formula for independent; those that rest on the same answers are not.
    PartsIndependent,
    /// How the answers to two questions of the index go together could not be counted: the interval is rather too wide.
    CovarianceBounded,
    /// Several rows were compared; p-values and verdicts are corrected for it (Holm).
    ManyComparisons,
}

impl MetricRow {
    pub(crate) fn new(key: Vec<Option<String>>, reading: &Reading) -> Self {
        Self {
            key,
            value: reading.value,
            n: reading.n,
            low: reading.interval.map(|(low, _)| low),
            high: reading.interval.map(|(_, high)| high),
            n_eff: reading.n_eff,
            customers: reading.customers,
            denominator: reading.denominator.map(|denominator| denominator.value),
            refusal: reading.refusal,
            other: None,
            comparison: None,
        }
    }
}

impl From<&Reading> for OtherValue {
    fn from(reading: &Reading) -> Self {
        Self {
            value: reading.value,
            n: reading.n,
            low: reading.interval.map(|(low, _)| low),
            high: reading.interval.map(|(_, high)| high),
            customers: reading.customers,
            refusal: reading.refusal,
        }
    }
}

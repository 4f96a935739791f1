//! What a notification is about: data, worded for each reader when they read it.

use otklik_backlog::verdicts::Outcome;
use otklik_metrics::Grain;
use otklik_metrics::watch::Anomaly;
use otklik_stats::anomaly::AlarmKind;
use otklik_store::ids::{AnomalyId, ProblemId, SolutionId, TopicId, UnitId};
use serde::{Deserialize, Serialize};

/// Names and numbers of our own; no words of a customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Told {
    Anomaly {
        id: AnomalyId,
        metric: String,
        dimension: Option<String>,
        value: Option<String>,
        shape: AlarmKind,
        from_on: String,
        to_on: String,
        actual: f64,
        expected: f64,
        deviation: f64,
    },
    Metric {
        metric: String,
        unit_id: Option<UnitId>,
        topic_id: Option<TopicId>,
        grain: Grain,
        /// The whole period that was decisive, its first and its last day.
        from_on: String,
        to_on: String,
        value: f64,
        low: f64,
        high: f64,
        n: u64,
        limit: f64,
        is_below: bool,
    },
    Problem {
        id: ProblemId,
        number: u64,
        title: String,
        since: String,
    },
    Verdict {
        id: ProblemId,
        solution: SolutionId,
        number: u64,
        title: String,
        solution_title: String,
        outcome: Outcome,
    },
}

impl Told {
    pub(super) fn anomaly(anomaly: &Anomaly) -> Self {
        Self::Anomaly {
            id: anomaly.id.clone(),
            metric: anomaly.metric.clone(),
            dimension: anomaly.dimension.clone(),
            value: anomaly.value.clone(),
            shape: anomaly.kind,
            from_on: anomaly.from_on.clone(),
            to_on: anomaly.to_on.clone(),
            actual: anomaly.actual,
            expected: anomaly.expected,
            deviation: anomaly.deviation,
        }
    }

    /// The page with the evidence.
    pub fn path(&self) -> String {
        match self {
            Self::Anomaly { id, .. } => format!("/metrics/anomalies/{id}"),
            Self::Metric { metric, unit_id, topic_id, grain, .. } => {
                let of = |dimension: &str, value: &str| serde_json::json!({ "in": { "dimension": dimension, "values": [value] } });
                let filters: Vec<_> = unit_id
                    .iter()
                    .map(|unit| of("unit", &unit.0))
                    .chain(topic_id.iter().map(|topic| of("topic", &topic.0)))
                    .collect();
                let mut query = url::form_urlencoded::Serializer::new(String::new());
                query.append_pair("metric", metric);
                query.append_pair("grain", if *grain == Grain::Month { "month" } else { "week" });
                match &filters[..] {
                    [] => {}
                    [one] => {
                        query.append_pair("filters", &one.to_string());
                    }
                    both => {
                        query.append_pair("filters", &serde_json::json!({ "and": both }).to_string());
                    }
                }
                format!("/metrics?{}", query.finish())
            }
            Self::Problem { id, .. } | Self::Verdict { id, .. } => format!("/backlog/{id}"),
        }
    }
}

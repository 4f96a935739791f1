//! Wire types of the backlog.

use otklik_app::assessment::{Assessed, ScaleItems};
use otklik_backlog::alarms::Alarm;
use otklik_backlog::criteria::Ranked;
use otklik_backlog::debt::Debt;
use otklik_backlog::history::RecordedEvent;
use otklik_backlog::hypothesis::Hypothesis;
use otklik_backlog::problems::{Problem, ProblemKind, ProblemState, SimilarProblem};
use otklik_backlog::scale::Scale;
use otklik_backlog::solutions::{Solution, SolutionState, current_plan, place_of};
use otklik_backlog::verdicts::Outcome;
use otklik_backlog::{Criticality, Evidence};
use otklik_facts::Filter;
use otklik_metrics::EffectMeasure;
use otklik_store::ids::{AlarmId, PersonId, ProblemId, SolutionId, TopicId, UnitId};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

/// Which problems; empty lists set no condition.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ProblemQuery {
    pub kinds: Vec<ProblemKind>,
    pub states: Vec<ProblemState>,
    pub units: Option<Vec<UnitId>>,
    pub owner: Option<PersonId>,
    /// Words of title, statement or the reason of a rejection.
    pub words: String,
}

/// A live question whose answer are the items behind a problem.
#[derive(Debug, Default, Clone, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct EvidenceIn {
    pub topics: Vec<TopicId>,
    #[schema(value_type = Object)]
    pub filter: Filter,
    pub search: Option<String>,
    /// How many days back the scale looks; 90 by default.
    pub days: Option<u32>,
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProblemIn {
    pub kind: Option<ProblemKind>,
    pub title: String,
    #[serde(default)]
    pub statement: String,
    pub unit_id: Option<UnitId>,
    pub owner_id: Option<PersonId>,
    #[serde(default)]
    pub evidence: EvidenceIn,
}

/// The cells to change: absent leaves one as it is, `null` empties it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProblemPatchIn {
    /// The version that was on the screen.
    pub version: u64,
    pub kind: Option<ProblemKind>,
    pub title: Option<String>,
    pub statement: Option<String>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<UnitId>)]
    pub unit_id: Option<Option<UnitId>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<PersonId>)]
    pub owner_id: Option<Option<PersonId>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Criticality>)]
    pub criticality: Option<Option<Criticality>>,
    pub criticality_reason: Option<String>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<f64>)]
    pub churn_share: Option<Option<f64>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<f64>)]
    pub customer_value: Option<Option<f64>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<f64>)]
    pub claim_cost: Option<Option<f64>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub metric_code: Option<Option<String>>,
    pub evidence: Option<EvidenceIn>,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct VersionIn {
    /// The version that was on the screen.
    pub version: u64,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct ReasonIn {
    /// The version that was on the screen.
    pub version: u64,
    pub reason: String,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct ScaleItemsIn {
    pub items: ScaleItems,
    pub limit: Option<usize>,
    pub offset: Option<usize>,
}

/// Numbers of items.
#[derive(Debug, Serialize, ToSchema)]
pub struct MarksOut {
    pub pinned: Vec<u32>,
    pub excluded: Vec<u32>,
}

#[derive(Debug, Deserialize, ToSchema)]
pub struct SimilarIn {
    pub text: String,
    pub except: Option<ProblemId>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct SimilarOut {
    pub id: ProblemId,
    pub number: u64,
    pub title: String,
    pub state: ProblemState,
    pub rejected_reason: Option<String>,
    /// Of the words given, the share that it has.
    pub likeness: f64,
}

/// A row of the backlog.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemOut {
    pub id: ProblemId,
    pub number: u64,
    pub kind: ProblemKind,
    pub state: ProblemState,
    pub title: String,
    pub statement: String,
    pub unit_id: Option<UnitId>,
    pub owner_id: Option<PersonId>,
    pub criticality: Option<Criticality>,
    pub criticality_reason: String,
    pub churn_share: Option<f64>,
    pub customer_value: Option<f64>,
    pub claim_cost: Option<f64>,
    pub metric_code: Option<String>,
    pub evidence: EvidenceIn,
    pub rejected_reason: Option<String>,
    pub version: u64,
    pub created_at: i64,
    pub updated_at: i64,
    pub closed_at: Option<i64>,
}

/// One way to solve a problem. `place` 0 is plan A; a dropped plan has none.
#[derive(Debug, Serialize, ToSchema)]
pub struct SolutionOut {
    pub id: SolutionId,
    pub problem_id: ProblemId,
    pub place: Option<u32>,
    pub is_current: bool,
    pub state: SolutionState,
    pub title: String,
    pub description: String,
    pub owner_id: Option<PersonId>,
    pub effect: Option<u8>,
    pub speed: Option<u8>,
    pub cost: Option<u8>,
    pub people: Option<f64>,
    pub money: Option<f64>,
    pub days: Option<u32>,
    pub hypothesis: Option<HypothesisOut>,
    pub hypothesis_fixed_at: Option<i64>,
    pub released_at: Option<i64>,
    pub check_on: Option<String>,
    pub outcome: Option<Outcome>,
    pub dropped_reason: Option<String>,
    pub version: u64,
}

/// What we change, which metric must move, how far, by when.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HypothesisOut {
    pub change: String,
    pub metric_code: String,
    /// The newest version by default.
    pub metric_version: Option<u32>,
    /// What is measured; the problem's evidence by default.
    #[serde(default)]
    pub subject: Option<EvidenceIn>,
    /// Where the change does not reach, for comparison.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    pub control: Option<Filter>,
    pub direction: otklik_backlog::hypothesis::Direction,
    pub smallest_effect: f64,
    pub unit: otklik_backlog::hypothesis::EffectUnit,
    #[serde(default)]
    pub settle_days: u32,
    pub before_days: u32,
    pub after_days: u32,
    /// `2026-03-31`.
    pub check_on: String,
}

/// «What this plan had solved is back»: waits for the problem to be reopened or the alarm dismissed.
#[derive(Debug, Serialize, ToSchema)]
pub struct AlarmOut {
    pub id: AlarmId,
    /// The plan that had worked.
    pub solution_id: SolutionId,
    /// The first day of the week in which it began: `2026-03-30`.
    pub since: String,
    /// From the weeks that the verdict rests on to those since.
    #[schema(value_type = EffectMeasure)]
    pub measure: serde_json::Value,
    pub raised_at: i64,
}

/// A problem with everything that is computed for it.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssessedOut {
    pub problem: ProblemOut,
    pub solutions: Vec<SolutionOut>,
    /// Where a solved problem is back.
    pub alarm: Option<AlarmOut>,
    pub scale: Option<Scale>,
    pub debt: Debt,
    /// Complaints in the window.
    pub complaints: u64,
    /// Change of the customers seen against the window before, in per cent.
    pub trend_pct: Option<f64>,
    pub ranked: Ranked,
}

/// Something that happened; `detail` belongs to `kind`.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventOut {
    pub id: String,
    pub problem_id: ProblemId,
    pub at: i64,
    pub actor_kind: String,
    pub actor_id: String,
    pub kind: String,
    #[schema(value_type = Object)]
    pub detail: serde_json::Value,
}

/// Tells «absent» from `null`.
fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

impl From<EvidenceIn> for Evidence {
    fn from(given: EvidenceIn) -> Self {
        Self { topics: given.topics, filter: given.filter, search: given.search, days: given.days }
    }
}

impl From<Evidence> for EvidenceIn {
    fn from(evidence: Evidence) -> Self {
        let Evidence { topics, filter, search, days } = evidence;
        Self { topics, filter, search, days }
    }
}

impl From<Problem> for ProblemOut {
    fn from(problem: Problem) -> Self {
        Self {
            id: problem.id,
            number: problem.number,
            kind: problem.kind,
            state: problem.state,
            title: problem.title,
            statement: problem.statement,
            unit_id: problem.unit_id,
            owner_id: problem.owner_id,
            criticality: problem.criticality,
            criticality_reason: problem.criticality_reason,
            churn_share: problem.money.churn_share,
            customer_value: problem.money.customer_value,
            claim_cost: problem.money.claim_cost,
            metric_code: problem.metric_code,
            evidence: problem.evidence.into(),
            rejected_reason: problem.rejected_reason,
            version: problem.version,
            created_at: problem.created_at,
            updated_at: problem.updated_at,
            closed_at: problem.closed_at,
        }
    }
}

impl SolutionOut {
    /// A plan among the plans of its problem, which give it its letter.
    pub fn among(plans: &[Solution], plan: &Solution) -> Self {
        Self {
            id: plan.id.clone(),
            problem_id: plan.problem_id.clone(),
            place: place_of(plans, &plan.id),
            is_current: current_plan(plans).is_some_and(|current| current.id == plan.id),
            state: plan.state,
            title: plan.title.clone(),
            description: plan.description.clone(),
            owner_id: plan.owner_id.clone(),
            effect: plan.estimates.effect,
            speed: plan.estimates.speed,
            cost: plan.estimates.cost,
            people: plan.estimates.people,
            money: plan.estimates.money,
            days: plan.estimates.days,
            hypothesis: plan.hypothesis.clone().map(HypothesisOut::from),
            hypothesis_fixed_at: plan.hypothesis_fixed_at,
            released_at: plan.released_at,
            check_on: plan.check_on.map(|date| date.to_string()),
            outcome: plan.outcome,
            dropped_reason: plan.dropped_reason.clone(),
            version: plan.version,
        }
    }
}

impl From<Hypothesis> for HypothesisOut {
    fn from(hypothesis: Hypothesis) -> Self {
        Self {
            change: hypothesis.change,
            metric_code: hypothesis.metric_code,
            metric_version: Some(hypothesis.metric_version),
            subject: hypothesis.subject.map(EvidenceIn::from),
            control: hypothesis.control,
            direction: hypothesis.direction,
            smallest_effect: hypothesis.smallest_effect,
            unit: hypothesis.unit,
            settle_days: hypothesis.settle_days,
            before_days: hypothesis.before_days,
            after_days: hypothesis.after_days,
            check_on: hypothesis.check_on.to_string(),
        }
    }
}

impl From<Assessed> for AssessedOut {
    fn from(assessed: Assessed) -> Self {
        let plans = &assessed.plans;
        Self {
            solutions: plans.iter().map(|plan| SolutionOut::among(plans, plan)).collect(),
            problem: assessed.problem.into(),
            alarm: assessed.alarm.map(AlarmOut::from),
            scale: assessed.scale,
            debt: assessed.debt,
            complaints: assessed.complaints,
            trend_pct: assessed.trend_pct,
            ranked: assessed.ranked,
        }
    }
}

impl From<Alarm> for AlarmOut {
    fn from(alarm: Alarm) -> Self {
        Self {
            id: alarm.id,
            solution_id: alarm.solution_id,
            since: alarm.since.to_string(),
            measure: alarm.measure,
            raised_at: alarm.raised_at,
        }
    }
}

impl From<RecordedEvent> for EventOut {
    fn from(recorded: RecordedEvent) -> Self {
        let (kind, detail) = match serde_json::to_value(&recorded.event) {
            Ok(serde_json::Value::Object(mut parts)) => (
                parts.remove("kind").and_then(|kind| kind.as_str().map(str::to_owned)).unwrap_or_default(),
                parts.remove("detail").unwrap_or_default(),
            ),
            _ => (String::new(), serde_json::Value::Null),
        };
        Self {
            id: recorded.id,
            problem_id: recorded.problem_id,
            at: recorded.at,
            actor_kind: recorded.actor_kind,
            actor_id: recorded.actor_id,
            kind,
            detail,
        }
    }
}

impl From<SimilarProblem> for SimilarOut {
    fn from(similar: SimilarProblem) -> Self {
        Self {
            id: similar.id,
            number: similar.number,
            title: similar.title,
            state: similar.state,
            rejected_reason: similar.rejected_reason,
            likeness: similar.likeness,
        }
    }
}

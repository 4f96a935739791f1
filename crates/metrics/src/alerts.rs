//! Alert rules: what somebody asked to be told of, for themselves or for the people of a unit.

use otklik_store::column::{from_json, to_json};
use otklik_store::ids::{AlertRuleId, PersonId, TopicId, UnitId};
use otklik_store::{Millis, Store, StoreError, Tx};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use utoipa::ToSchema;

use crate::{Grain, MetricError, load_metric};

const NOT_FOUND: StoreError = StoreError::NotFound { entity: "alert_rule" };

/// What is told of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[schema(as = AlertCondition)]
pub enum Condition {
    /// Something stands out in a series.
    Anomaly {
        /// Of this metric; of any.
        #[serde(default)]
        metric: Option<String>,
        #[serde(default)]
        unit_id: Option<UnitId>,
        #[serde(default)]
        topic_id: Option<TopicId>,
        /// At least so many standard deviations from what was expected.
        #[serde(default)]
        least: f64,
    },
    /// A metric is beyond a limit for whole weeks or months, and not by chance.
    Metric {
        metric: String,
        #[serde(default)]
        unit_id: Option<UnitId>,
        #[serde(default)]
        topic_id: Option<TopicId>,
        /// `week` or `month`.
        grain: Grain,
        limit: Limit,
    },
    /// A solved problem returns.
    Problem {
        #[serde(default)]
        unit_id: Option<UnitId>,
    },
    /// A check date has come, and a verdict waits for a signature.
    Verdict {
        #[serde(default)]
        unit_id: Option<UnitId>,
    },
}

/// Beyond what.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = AlertLimit)]
pub enum Limit {
    Below(f64),
    Above(f64),
    /// On the wrong side of the metric's target, as it is set then.
    OffTarget,
}

/// What one writes of a rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AlertRuleIn {
    /// Whose people are told; absent where it is for oneself.
    #[serde(default)]
    pub unit_id: Option<UnitId>,
    pub condition: Condition,
}

#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AlertRule {
    pub id: AlertRuleId,
    pub owner: PersonId,
    /// Whose people are told; absent where it is its owner's alone.
    pub unit_id: Option<UnitId>,
    pub condition: Condition,
    pub created_at: Millis,
    pub disabled_at: Option<Millis>,
}

impl Condition {
    /// The unit that it is about; `None` for the whole company.
    pub fn unit(&self) -> Option<&UnitId> {
        match self {
            Self::Anomaly { unit_id, .. }
            | Self::Metric { unit_id, .. }
            | Self::Problem { unit_id }
            | Self::Verdict { unit_id } => unit_id.as_ref(),
        }
    }
}

/// Adds a rule of whoever acts.
///
/// # Errors
/// `UnknownMetric`; `BadRule` with what is wrong.
pub async fn create_alert_rule(
    store: &Store,
    tx: &mut Tx,
    rule: &AlertRuleIn,
) -> Result<AlertRuleId, MetricError> {
    check(store, rule).await?;
    let (id, now, owner) = (AlertRuleId::new(tx.now_ms()), tx.now_ms(), tx.actor().id().to_owned());
    sqlx::query(
        "insert into alert_rule (id, owner_id, unit_id, condition, created_at, updated_at) \
         values ($1, $2, $3, $4, $5, $5)",
    )
    .bind(id.as_str())
    .bind(owner)
    .bind(rule.unit_id.as_ref().map(UnitId::as_str))
    .bind(to_json(&rule.condition, "alert_rule.condition")?)
    .bind(now)
    .execute(tx.conn())
    .await
    .map_err(StoreError::from)?;
    tx.audit("alert_rule_created", "alert_rule", id.as_str(), rule).await?;
    Ok(id)
}

/// # Errors
/// `UnknownMetric`, `BadRule`; `NotFound`.
pub async fn update_alert_rule(
    store: &Store,
    tx: &mut Tx,
    id: &AlertRuleId,
    rule: &AlertRuleIn,
) -> Result<(), MetricError> {
    check(store, rule).await?;
    let now = tx.now_ms();
    let updated =
        sqlx::query("update alert_rule set unit_id = $2, condition = $3, updated_at = $4 where id = $1")
            .bind(id.as_str())
            .bind(rule.unit_id.as_ref().map(UnitId::as_str))
            .bind(to_json(&rule.condition, "alert_rule.condition")?)
            .bind(now)
            .execute(tx.conn())
            .await
            .map_err(StoreError::from)?;
    changed(updated.rows_affected())?;
    Ok(tx.audit("alert_rule_changed", "alert_rule", id.as_str(), rule).await?)
}

/// # Errors
/// `NotFound`.
pub async fn delete_alert_rule(tx: &mut Tx, id: &AlertRuleId) -> Result<(), StoreError> {
    let deleted = sqlx::query("delete from alert_rule where id = $1");
    changed(deleted.bind(id.as_str()).execute(tx.conn()).await?.rows_affected())?;
    tx.audit("alert_rule_deleted", "alert_rule", id.as_str(), &()).await
}

/// All rules, the oldest first.
pub async fn list_alert_rules(store: &Store) -> Result<Vec<AlertRule>, StoreError> {
    let rows: Vec<RuleRow> =
        sqlx::query_as("select * from alert_rule order by created_at, id").fetch_all(store.reader()).await?;
    rows.into_iter().map(AlertRule::try_from).collect()
}

/// # Errors
/// `NotFound`.
pub async fn load_alert_rule(store: &Store, id: &AlertRuleId) -> Result<AlertRule, StoreError> {
    let row: Option<RuleRow> = sqlx::query_as("select * from alert_rule where id = $1")
        .bind(id.as_str())
        .fetch_optional(store.reader())
        .await?;
    row.ok_or(NOT_FOUND)?.try_into()
}

async fn check(store: &Store, rule: &AlertRuleIn) -> Result<(), MetricError> {
    match &rule.condition {
        Condition::Anomaly { metric, least, .. } => {
            if !least.is_finite() || *least < 0.0 {
                return Err(MetricError::BadRule("weight"));
            }
            if let Some(metric) = metric {
                load_metric(store, metric, None).await?;
            }
        }
        Condition::Metric { metric, grain, limit, .. } => {
            if !matches!(grain, Grain::Week | Grain::Month) {
                return Err(MetricError::BadRule("grain"));
            }
            if let Limit::Below(value) | Limit::Above(value) = limit
                && !value.is_finite()
            {
                return Err(MetricError::BadRule("value"));
            }
            load_metric(store, metric, None).await?;
        }
        Condition::Problem { .. } | Condition::Verdict { .. } => {}
    }
    Ok(())
}

fn changed(rows: u64) -> Result<(), StoreError> {
    if rows > 0 { Ok(()) } else { Err(NOT_FOUND) }
}

#[derive(FromRow)]
struct RuleRow {
    id: String,
    owner_id: String,
    unit_id: Option<String>,
    condition: String,
    created_at: i64,
    disabled_at: Option<i64>,
}

impl TryFrom<RuleRow> for AlertRule {
    type Error = StoreError;

    fn try_from(row: RuleRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: AlertRuleId(row.id),
            owner: PersonId(row.owner_id),
            unit_id: row.unit_id.map(UnitId),
            condition: from_json(&row.condition, "alert_rule.condition")?,
            created_at: row.created_at,
            disabled_at: row.disabled_at,
        })
    }
}

//! Criteria: the formula that gives each problem its score, and the ranking that follows.

use otklik_store::ids::{CriteriaSetId, ProblemId};
use otklik_store::{Millis, Store, StoreError, Tx};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;

use crate::columns::{check_title, read_count};
use crate::debt::Debt;
use crate::formula::{Evaluation, Formula, Variable, parse_formula};
use crate::problems::guard_version;
use crate::scale::Scale;
use crate::solutions::Solution;
use crate::{BacklogError, Criticality};

/// How much it hurts times how many it hurts: criticality 1 to 5 × per cent of the customers touched.
pub const DEFAULT_FORMULA: &str = "criticality * scale_share_pct";

/// The one set there is.
const MAIN: &str = "main";

/// A named formula. Version 0 is the built-in one, which nobody has changed yet.
#[derive(Debug, Clone, PartialEq)]
pub struct CriteriaSet {
    pub id: CriteriaSetId,
    pub name_ru: String,
    pub name_en: String,
    pub formula: Formula,
    pub version: u64,
    pub updated_at: Millis,
}

/// Everything that a formula may name, as far as it is known of one problem.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ScoreInputs {
    pub scale_share_pct: Option<f64>,
    pub scale_customers: Option<f64>,
    pub criticality: Option<Criticality>,
    pub debt: Option<f64>,
    pub complaints: Option<f64>,
    pub trend_pct: Option<f64>,
    pub effect: Option<f64>,
    pub speed: Option<f64>,
    pub cost: Option<f64>,
    pub effort_days: Option<f64>,
    pub money: Option<f64>,
}

impl ScoreInputs {
    /// Takes from a scale what the formulas name.
    #[must_use]
    pub fn with_scale(self, scale: &Scale) -> Self {
        Self { scale_share_pct: scale.share_pct(), scale_customers: Some(scale.customers() as f64), ..self }
    }

    /// Takes what a month unsolved costs, as far as it is known.
    #[must_use]
    pub fn with_debt(self, debt: &Debt) -> Self {
        Self { debt: debt.amount_a_month, ..self }
    }

    /// Takes from the current plan what the formulas name.
    #[must_use]
    pub fn with_plan(self, plan: &Solution) -> Self {
        let estimates = &plan.estimates;
        Self {
            effect: estimates.effect.map(f64::from),
            speed: estimates.speed.map(f64::from),
            cost: estimates.cost.map(f64::from),
            effort_days: estimates.effort_days(),
            money: estimates.money,
            ..self
        }
    }

    pub fn get(&self, variable: Variable) -> Option<f64> {
        match variable {
            Variable::ScaleSharePct => self.scale_share_pct,
            Variable::ScaleCustomers => self.scale_customers,
            Variable::Criticality => self.criticality.map(|criticality| criticality.level().into()),
            Variable::Debt => self.debt,
            Variable::Complaints => self.complaints,
            Variable::TrendPct => self.trend_pct,
            Variable::Effect => self.effect,
            Variable::Speed => self.speed,
            Variable::Cost => self.cost,
            Variable::EffortDays => self.effort_days,
            Variable::Money => self.money,
        }
    }
}

impl CriteriaSet {
    /// The score of a problem, or what is missing for it.
    pub fn score(&self, inputs: &ScoreInputs) -> Evaluation {
        self.formula.evaluate(|variable| inputs.get(*variable)).into()
    }
}

/// A problem to be ranked: of equal scores the smaller number stands first.
#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    pub id: ProblemId,
    pub number: u64,
    pub score: Evaluation,
}

/// A problem in its place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Ranked {
    pub id: ProblemId,
    pub number: u64,
    pub score: Evaluation,
    /// 1 is the first; equal scores share a rank and the next one skips (1, 2, 2, 4). `None` without a score.
    pub rank: Option<u64>,
}

/// Highest score first, those without a score last; a total order whatever the scores are.
pub fn rank_problems(mut scored: Vec<Scored>) -> Vec<Ranked> {
    scored.sort_by(|a, b| {
        let by_score = match (a.score.value(), b.score.value()) {
            (Some(a), Some(b)) if a == b => std::cmp::Ordering::Equal,
            (Some(a), Some(b)) => b.total_cmp(&a),
            (a, b) => b.is_some().cmp(&a.is_some()),
        };
        by_score.then(a.number.cmp(&b.number))
    });
    let (mut rank, mut previous) = (0, None);
    let ranked = (1..).zip(scored).map(|(place, Scored { id, number, score })| {
        let value = score.value();
        if value != previous {
            (rank, previous) = (place, value);
        }
        Ranked { id, number, rank: value.map(|_| rank), score }
    });
    ranked.collect()
}

/// The set in force: the company's, or the built-in one.
pub async fn load_criteria(store: &Store) -> Result<CriteriaSet, BacklogError> {
    let row: Option<CriteriaRow> = sqlx::query_as("select * from criteria_set where id = $1")
        .bind(MAIN)
        .fetch_optional(store.reader())
        .await?;
    match row {
        Some(row) => Ok(row.try_into()?),
        None => built_in(),
    }
}

/// Changes names and formula; a formula that cannot be understood is refused with the place of the mistake.
pub async fn update_criteria(
    tx: &mut Tx,
    version: u64,
    name_ru: &str,
    name_en: &str,
    formula: &str,
) -> Result<CriteriaSet, BacklogError> {
    let (name_ru, name_en) = (check_title("name_ru", name_ru)?, check_title("name_en", name_en)?);
    let formula = parse_formula(formula)?;
    let before: Option<CriteriaRow> =
        sqlx::query_as("update criteria_set set version = version where id = $1 returning *")
            .bind(MAIN)
            .fetch_optional(tx.conn())
            .await?;
    let before = before.map_or_else(built_in, |row| Ok(CriteriaSet::try_from(row)?))?;
    guard_version("criteria_set", before.version, version)?;
    let now = tx.now_ms();
    let row: Option<CriteriaRow> = sqlx::query_as(
        "insert into criteria_set (id, name_ru, name_en, formula, version, updated_at) \
         values ($1, $2, $3, $4, 1, $5) \
         on conflict (id) do update set name_ru = excluded.name_ru, name_en = excluded.name_en, \
             formula = excluded.formula, version = criteria_set.version + 1, updated_at = excluded.updated_at \
         where criteria_set.version = $6 \
         returning *",
    )
    .bind(MAIN)
    .bind(name_ru)
    .bind(name_en)
    .bind(formula.text())
    .bind(now)
    .bind(i64::try_from(version).unwrap_or(i64::MAX))
    .fetch_optional(tx.conn())
    .await?;
    // Nobody had a row to lock and somebody else was first to insert it.
    let after: CriteriaSet = row.ok_or(StoreError::Stale { entity: "criteria_set" })?.try_into()?;
    let detail = serde_json::json!({ "from": before.formula.text(), "to": formula.text() });
    tx.audit("criteria_changed", "criteria_set", MAIN, &detail).await?;
    Ok(after)
}

fn built_in() -> Result<CriteriaSet, BacklogError> {
    Ok(CriteriaSet {
        id: CriteriaSetId(MAIN.to_owned()),
        name_ru: "Критичность и масштаб".to_owned(),
        name_en: "Criticality and scale".to_owned(),
        formula: parse_formula(DEFAULT_FORMULA)?,
        version: 0,
        updated_at: 0,
    })
}

#[derive(FromRow)]
struct CriteriaRow {
    id: String,
    name_ru: String,
    name_en: String,
    formula: String,
    version: i64,
    updated_at: i64,
}

impl TryFrom<CriteriaRow> for CriteriaSet {
    type Error = StoreError;

    fn try_from(row: CriteriaRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: CriteriaSetId(row.id),
            name_ru: row.name_ru,
            name_en: row.name_en,
            formula: parse_formula(&row.formula)
                .map_err(|e| StoreError::unreadable("criteria_set.formula", e))?,
            version: read_count("criteria_set.version", row.version)?,
            updated_at: row.updated_at,
        })
    }
}

//! The formula that ranks a backlog: what it may name, and what it gives for one problem.

use otklik_formula::NoValue;
pub use otklik_formula::{FormulaError, FormulaIssue};
use serde::{Deserialize, Serialize};

use crate::codes::codes;

/// A formula over what is known of a problem.
pub type Formula = otklik_formula::Formula<Variable>;

codes! {
    /// What a formula may name.
    pub enum Variable in "criteria_set.formula" {
        /// Per cent of the customers heard (or of the answers) that the problem touches.
        ScaleSharePct = "scale_share_pct",
        /// Customers touched: the estimate for the base, or the number known for sure.
        ScaleCustomers = "scale_customers",
        /// 1 to 5.
        Criticality = "criticality",
        /// What a month unsolved costs, in money.
        Debt = "debt",
        /// Complaints in the window.
        Complaints = "complaints",
        /// Change against the window before, in per cent: 50 means half as many again.
        TrendPct = "trend_pct",
        /// Effect of the current plan, 1 to 5.
        Effect = "effect",
        /// Speed of the current plan, 1 to 5.
        Speed = "speed",
        /// Cost of the current plan, 1 to 5.
        Cost = "cost",
        /// Person-days of the current plan.
        EffortDays = "effort_days",
        /// Money of the current plan.
        Money = "money",
    }
}

/// Understands a formula over the variables of a problem.
pub fn parse_formula(text: &str) -> Result<Formula, FormulaError> {
    Formula::parse(text, Variable::from_code)
}

/// What a formula gives.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Evaluation {
    Known {
        value: f64,
    },
    /// These inputs are not known, and the formula has no fallback for them.
    Missing {
        variables: Vec<Variable>,
    },
    /// A division by zero, a root of a negative number, or a number past all bounds.
    Undefined,
}

impl Evaluation {
    pub fn value(&self) -> Option<f64> {
        match self {
            Self::Known { value } => Some(*value),
            Self::Missing { .. } | Self::Undefined => None,
        }
    }
}

impl From<Result<f64, NoValue<Variable>>> for Evaluation {
    fn from(result: Result<f64, NoValue<Variable>>) -> Self {
        match result {
            Ok(value) => Self::Known { value },
            Err(NoValue::Missing(variables)) => Self::Missing { variables },
            Err(NoValue::Undefined) => Self::Undefined,
        }
    }
}

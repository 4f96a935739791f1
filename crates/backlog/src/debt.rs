//! Client debt: what leaving a problem unsolved costs in a month, as far as it is known.
//!
//! debt = customers touched a month × share of them who leave × what a customer is worth
//!      + complaints a month × what one complaint costs.
//!
//! Each half stands where all its inputs are known; what is missing is named. A sum with a missing half is «at least».

use serde::{Deserialize, Serialize};

use crate::codes::codes;
use crate::problems::MoneyInputs;
use crate::scale::Scale;

/// Days of an average month: 365.25 / 12.
pub const MONTH_DAYS: f64 = 30.4375;

/// What the debt is made of; all counts are those of the window.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct DebtInputs {
    pub window_days: u32,
    /// Customers touched in the window: an estimate, or what is known for sure.
    pub customers: Option<u64>,
    /// True where `customers` is only what is known for sure.
    pub customers_are_minimum: bool,
    /// Complaints in the window.
    pub complaints: Option<u64>,
    /// Of those touched, the share who leave for it: 0 to 1.
    pub churn_share: Option<f64>,
    /// What one customer brings in the time they would have stayed.
    pub customer_value: Option<f64>,
    /// What answering and settling one complaint costs.
    pub claim_cost: Option<f64>,
}

impl DebtInputs {
    /// The inputs that a problem's money and its scale give.
    pub fn of(money: MoneyInputs, scale: &Scale, complaints: Option<u64>) -> Self {
        Self {
            window_days: scale.window.days,
            customers: Some(scale.customers()),
            customers_are_minimum: scale.estimate.is_none(),
            complaints,
            churn_share: money.churn_share,
            customer_value: money.customer_value,
            claim_cost: money.claim_cost,
        }
    }
}

codes! {
    /// An input of the debt that is not known.
    pub enum DebtInput in "debt.input" {
        Customers = "customers",
        ChurnShare = "churn_share",
        CustomerValue = "customer_value",
        Complaints = "complaints",
        ClaimCost = "claim_cost",
    }
}

/// A half of the debt with its factors.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "part", rename_all = "snake_case")]
pub enum DebtPart {
    /// customers × churn × value.
    Churn { customers_a_month: f64, churn_share: f64, customer_value: f64, amount: f64 },
    /// complaints × cost.
    Complaints { complaints_a_month: f64, claim_cost: f64, amount: f64 },
}

/// What a month costs, with its arithmetic.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Debt {
    /// `None` where neither half is known.
    pub amount_a_month: Option<f64>,
    /// True where something is missing or only a minimum: the real debt is not smaller.
    pub at_least: bool,
    pub parts: Vec<DebtPart>,
    pub missing: Vec<DebtInput>,
}

/// Worked number: in 90 days 19,200 customers and 300 complaints; 2 % leave, each worth 15,000; a complaint costs 900:
/// 6,493.3 × 0.02 × 15,000 + 101.5 × 900 = 2,039,312.5 a month.
pub fn compute_debt(inputs: &DebtInputs) -> Debt {
    let months = f64::from(inputs.window_days) / MONTH_DAYS;
    let a_month = |count: Option<u64>| count.filter(|_| months > 0.0).map(|count| count as f64 / months);
    let (customers, complaints) = (a_month(inputs.customers), a_month(inputs.complaints));
    let mut parts = Vec::new();
    if let (Some(customers_a_month), Some(churn_share), Some(customer_value)) =
        (customers, inputs.churn_share, inputs.customer_value)
    {
        let amount = customers_a_month * churn_share * customer_value;
        parts.push(DebtPart::Churn { customers_a_month, churn_share, customer_value, amount });
    }
    if let (Some(complaints_a_month), Some(claim_cost)) = (complaints, inputs.claim_cost) {
        let amount = complaints_a_month * claim_cost;
        parts.push(DebtPart::Complaints { complaints_a_month, claim_cost, amount });
    }
    let missing = missing(inputs, customers.is_some(), complaints.is_some());
    let at_least = !missing.is_empty() || inputs.customers_are_minimum;
    let amount_a_month = (!parts.is_empty()).then(|| parts.iter().map(DebtPart::amount).sum());
    Debt { amount_a_month, at_least, parts, missing }
}

impl DebtPart {
    pub fn amount(&self) -> f64 {
        match self {
            Self::Churn { amount, .. } | Self::Complaints { amount, .. } => *amount,
        }
    }
}

fn missing(inputs: &DebtInputs, customers: bool, complaints: bool) -> Vec<DebtInput> {
    let known = [
        (DebtInput::Customers, customers),
        (DebtInput::ChurnShare, inputs.churn_share.is_some()),
        (DebtInput::CustomerValue, inputs.customer_value.is_some()),
        (DebtInput::Complaints, complaints),
        (DebtInput::ClaimCost, inputs.claim_cost.is_some()),
    ];
    known.into_iter().filter(|(_, known)| !known).map(|(input, _)| input).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FULL: DebtInputs = DebtInputs {
        window_days: 90,
        customers: Some(19_200),
        customers_are_minimum: false,
        complaints: Some(300),
        churn_share: Some(0.02),
        customer_value: Some(15_000.0),
        claim_cost: Some(900.0),
    };

    #[test]
    fn the_worked_number() {
        let debt = compute_debt(&FULL);
        assert!((debt.amount_a_month.unwrap() - 2_039_312.5).abs() < 1e-6, "{debt:?}");
        assert_eq!((debt.at_least, debt.missing, debt.parts.len()), (false, vec![], 2));
    }

    #[test]
    fn half_a_debt_is_at_least() {
        let debt = compute_debt(&DebtInputs { churn_share: None, customers_are_minimum: true, ..FULL });
        assert!((debt.amount_a_month.unwrap() - 91_312.5).abs() < 1e-6, "{debt:?}");
        assert_eq!((debt.at_least, debt.missing), (true, vec![DebtInput::ChurnShare]));
    }

    #[test]
    fn nothing_known_costs_nothing_that_we_could_name() {
        let debt = compute_debt(&DebtInputs { window_days: 90, ..DebtInputs::default() });
        assert_eq!((debt.amount_a_month, debt.missing.len()), (None, 5));
        let no_window = compute_debt(&DebtInputs { window_days: 0, ..FULL });
        assert_eq!(no_window.missing, [DebtInput::Customers, DebtInput::Complaints]);
    }
}

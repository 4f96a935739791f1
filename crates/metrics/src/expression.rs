//! Formulas over other metrics: what they name, and the value with its error by the delta method.

use std::collections::BTreeMap;

use otklik_formula::{Formula, NoValue};

use crate::reading::Reading;
use crate::{MetricError, Refusal};

/// A formula over codes of metrics.
pub(crate) type Expression = Formula<String>;

/// Understands a formula over metrics; whether they exist is not its matter.
pub(crate) fn parse(text: &str) -> Result<Expression, MetricError> {
    let expression = Formula::parse(text, |name| Some(name.to_owned()))?;
    if expression.variables().is_empty() {
        return Err(MetricError::BadDefinition("expression"));
    }
    Ok(expression)
}

/// A value and its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Derived {
    pub(crate) value: f64,
    pub(crate) se: f64,
}

/// The value of an expression from those of its parts, se² = Σ (∂f/∂x · se(x))²: the delta method, as if the parts were
/// counted on different people.
///
/// Worked number: `a / b` with a = 6 ± 0.3 and b = 2 ± 0.1 (standard errors) is 3 ± 0.212.
///
/// # Errors
/// Why a part that the value needs was refused; `Undefined` for a division by zero.
pub(crate) fn derive(
    expression: &Expression,
    parts: &BTreeMap<String, &Reading>,
) -> Result<Derived, Refusal> {
    let value_of = |code: &String| parts.get(code).and_then(|part| part.value);
    let value = expression.evaluate(value_of).map_err(|none| match none {
        NoValue::Missing(codes) => {
            let refusal = codes.iter().find_map(|code| parts.get(code)?.refusal);
            refusal.unwrap_or(Refusal::NoData)
        }
        NoValue::Undefined => Refusal::Undefined,
    })?;
    let moved = |code: &String| -> f64 {
        let Some(part) = parts.get(code).filter(|part| part.value.is_some()) else { return 0.0 };
        expression.derivative(code, value_of).map_or(f64::NAN, |slope| slope * part.se)
    };
    let se = expression.variables().iter().map(|code| moved(code).powi(2)).sum::<f64>().sqrt();
    if se.is_finite() { Ok(Derived { value, se }) } else { Err(Refusal::Undefined) }
}

//! The value of a formula where some inputs may not be known.

use crate::{Formula, Function, Node, Operator};

/// Why a formula has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoValue<V> {
    /// These inputs are not known, and the formula has no fallback for them.
    Missing(Vec<V>),
    /// A division by zero, a root of a negative number, or a number past all bounds.
    Undefined,
}

impl<V: Clone + Ord> Formula<V> {
    /// The value where `input` tells each variable, or `None` where it is not known. Never infinite, never NaN.
    ///
    /// # Errors
    /// `Missing` inputs, or `Undefined`.
    pub fn evaluate(&self, input: impl Fn(&V) -> Option<f64>) -> Result<f64, NoValue<V>> {
        match evaluate(&self.tree, &input) {
            Ok(value) if value.is_finite() => Ok(value),
            Ok(_) => Err(NoValue::Undefined),
            Err(mut variables) => {
                variables.sort_unstable();
                variables.dedup();
                Err(NoValue::Missing(variables))
            }
        }
    }
}

/// The value, or every variable that is missing on the way to it.
fn evaluate<V: Clone>(node: &Node<V>, input: &impl Fn(&V) -> Option<f64>) -> Result<f64, Vec<V>> {
    match node {
        Node::Number(number) => Ok(*number),
        Node::Variable(variable) => input(variable).ok_or_else(|| vec![variable.clone()]),
        Node::Negative(inner) => evaluate(inner, input).map(|value| -value),
        Node::Binary(operator, left, right) => {
            let sides = all(&[left, right].map(|side| evaluate(side, input)))?;
            Ok(apply(*operator, sides[0], sides[1]))
        }
        Node::Call(Function::Fallback, arguments) => {
            evaluate(&arguments[0], input).or_else(|_| evaluate(&arguments[1], input))
        }
        Node::Call(function, arguments) => {
            let values: Vec<_> = arguments.iter().map(|argument| evaluate(argument, input)).collect();
            Ok(call(*function, &all(&values)?))
        }
    }
}

/// All values, or all that is missing for any of them.
fn all<V: Clone>(results: &[Result<f64, Vec<V>>]) -> Result<Vec<f64>, Vec<V>> {
    let missing: Vec<V> = results.iter().filter_map(|r| r.as_ref().err()).flatten().cloned().collect();
    if missing.is_empty() { Ok(results.iter().flatten().copied().collect()) } else { Err(missing) }
}

/// What is not a finite number stays so: neither `min` nor a power of 0 may hide it.
fn apply(operator: Operator, left: f64, right: f64) -> f64 {
    let value = match operator {
        Operator::Add => left + right,
        Operator::Subtract => left - right,
        Operator::Multiply => left * right,
        Operator::Divide => left / right,
        Operator::Power => left.powf(right),
    };
    if [left, right, value].iter().all(|number| number.is_finite()) { value } else { f64::NAN }
}

fn call(function: Function, values: &[f64]) -> f64 {
    // `f64::min` would drop a NaN and hide an undefined argument.
    let fold = |better: fn(f64, f64) -> bool| {
        values
            .iter()
            .copied()
            .reduce(|a, b| if a.is_nan() || better(a, b) { a } else { b })
            .unwrap_or(f64::NAN)
    };
    match function {
        Function::Min => fold(|a, b| a < b),
        Function::Max => fold(|a, b| a > b),
        Function::Abs => values[0].abs(),
        Function::Sqrt => values[0].sqrt(),
        Function::Ln => values[0].ln(),
        Function::Fallback => values[0],
    }
}

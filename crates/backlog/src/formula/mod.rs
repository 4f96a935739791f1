//! Formulas over named variables: what a company ranks its backlog by.
//!
//! Numbers, variables, `+ - * / ^`, parentheses, and the functions of [`Function`]. A variable that is not known makes
//! the whole formula unknown and is named in the answer; `fallback(effort, 3)` says what to take instead.
//!
//! `criticality * scale_share_pct` with criticality 4 and 2.5 % is 10.

mod evaluate;
mod parse;

pub use evaluate::Evaluation;

use serde::{Deserialize, Serialize};

use crate::codes::codes;

/// Longest formula, in characters.
pub const LENGTH_LIMIT: usize = 1_000;
/// Deepest nesting of parentheses, signs and powers.
pub const DEPTH_LIMIT: usize = 32;

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

codes! {
    /// The functions of a formula.
    pub enum Function in "criteria_set.formula" {
        /// The least of two or more.
        Min = "min",
        /// The greatest of two or more.
        Max = "max",
        /// The absolute value.
        Abs = "abs",
        /// The square root.
        Sqrt = "sqrt",
        /// The natural logarithm.
        Ln = "ln",
        /// The first argument, or the second where the first is not known.
        Fallback = "fallback",
    }
}

impl Function {
    /// How many arguments it takes, at least and at most.
    pub fn arguments(self) -> (usize, usize) {
        match self {
            Self::Min | Self::Max => (2, usize::MAX),
            Self::Abs | Self::Sqrt | Self::Ln => (1, 1),
            Self::Fallback => (2, 2),
        }
    }
}

codes! {
    /// What is wrong with a formula.
    pub enum FormulaIssue in "criteria_set.formula" {
        Empty = "empty",
        TooLong = "too_long",
        TooDeep = "too_deep",
        /// A sign that formulas do not know.
        UnknownSign = "unknown_sign",
        BadNumber = "bad_number",
        UnknownVariable = "unknown_variable",
        UnknownFunction = "unknown_function",
        /// A number, a variable or a parenthesis should stand here.
        ValueExpected = "value_expected",
        /// An operator or the end should stand here.
        OperatorExpected = "operator_expected",
        /// The parenthesis opened here is never closed.
        Unclosed = "unclosed",
        /// The function takes another number of arguments.
        WrongArguments = "wrong_arguments",
    }
}

/// Where a formula is wrong and how: the position counts characters from 0, `found` is the text there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error, utoipa::ToSchema)]
#[error("{} at {position}: {found:?}", .issue.code())]
pub struct FormulaError {
    pub issue: FormulaIssue,
    pub position: usize,
    pub found: String,
}

/// A formula that has been understood.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Formula {
    text: String,
    tree: Node,
}

#[derive(Debug, Clone, PartialEq)]
enum Node {
    Number(f64),
    Variable(Variable),
    Negative(Box<Node>),
    Binary(Operator, Box<Node>, Box<Node>),
    Call(Function, Vec<Node>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
}

impl Formula {
    pub fn parse(text: &str) -> Result<Self, FormulaError> {
        let text = text.trim();
        Ok(Self { text: text.to_owned(), tree: parse::parse(text)? })
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// Every variable that the formula names, each once, in the order of their definition.
    pub fn variables(&self) -> Vec<Variable> {
        let mut found = Vec::new();
        collect(&self.tree, &mut found);
        found.sort_unstable();
        found.dedup();
        found
    }
}

impl TryFrom<String> for Formula {
    type Error = FormulaError;

    fn try_from(text: String) -> Result<Self, FormulaError> {
        Self::parse(&text)
    }
}

impl From<Formula> for String {
    fn from(formula: Formula) -> Self {
        formula.text
    }
}

fn collect(node: &Node, found: &mut Vec<Variable>) {
    match node {
        Node::Number(_) => {}
        Node::Variable(variable) => found.push(*variable),
        Node::Negative(inner) => collect(inner, found),
        Node::Binary(_, left, right) => [left, right].into_iter().for_each(|side| collect(side, found)),
        Node::Call(_, arguments) => arguments.iter().for_each(|argument| collect(argument, found)),
    }
}

//! Formulas over named variables: what a company ranks its backlog by, and metrics made of other metrics.
//!
//! Numbers, variables, `+ - * / ^`, parentheses, and the functions of [`Function`]. Which variables there are is told by
//! whoever parses. A variable that is not known makes the whole formula unknown and is named in the answer;
//! `fallback(effort, 3)` says what to take instead.
//!
//! `criticality * scale_share_pct` with criticality 4 and 2.5 % is 10.

mod error;
mod evaluate;
mod function;
mod gradient;
mod parse;

pub use error::{FormulaError, FormulaIssue};
pub use evaluate::NoValue;
pub use function::Function;

/// Longest formula, in characters.
pub const LENGTH_LIMIT: usize = 1_000;
/// Deepest nesting of parentheses, signs and powers.
pub const DEPTH_LIMIT: usize = 32;

/// A formula over variables `V` that has been understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Formula<V> {
    text: String,
    tree: Node<V>,
}

#[derive(Debug, Clone, PartialEq)]
enum Node<V> {
    Number(f64),
    Variable(V),
    Negative(Box<Node<V>>),
    Binary(Operator, Box<Node<V>>, Box<Node<V>>),
    Call(Function, Vec<Node<V>>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
}

impl<V: Clone + Ord> Formula<V> {
    /// Understands a text; `variable` knows the names that it may use.
    ///
    /// # Errors
    /// Where the text is wrong and how.
    pub fn parse(text: &str, variable: impl Fn(&str) -> Option<V>) -> Result<Self, FormulaError> {
        let text = text.trim();
        Ok(Self { text: text.to_owned(), tree: parse::parse(text, &variable)? })
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// Every variable that the formula names, each once, in their order.
    pub fn variables(&self) -> Vec<V> {
        let mut found = Vec::new();
        collect(&self.tree, &mut found);
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn collect<V: Clone>(node: &Node<V>, found: &mut Vec<V>) {
    match node {
        Node::Number(_) => {}
        Node::Variable(variable) => found.push(variable.clone()),
        Node::Negative(inner) => collect(inner, found),
        Node::Binary(_, left, right) => [left, right].into_iter().for_each(|side| collect(side, found)),
        Node::Call(_, arguments) => arguments.iter().for_each(|argument| collect(argument, found)),
    }
}

//! The tree of a rule, and how it is written.

use crate::lexer::{How, Word};
use std::fmt::{self, Display, Formatter};

/// One node of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Node {
    Word(Word),
    /// At least two words, each right after the other.
    Phrase(Vec<Word>),
    /// Both sides, at most so many words apart, in any order.
    Near(Box<Node>, Box<Node>, u32),
    /// At least two nodes, none of them `All`.
    All(Vec<Node>),
    /// At least two nodes, none of them `Any`.
    Any(Vec<Node>),
    Not(Box<Node>),
}

impl Node {
    /// Every node of `nodes`, or the only one.
    pub fn all(nodes: Vec<Node>) -> Node {
        Self::joined(nodes, Node::All, |node| match node {
            Node::All(inner) => Ok(inner),
            other => Err(other),
        })
    }

    /// Any node of `nodes`, or the only one.
    pub fn any(nodes: Vec<Node>) -> Node {
        Self::joined(nodes, Node::Any, |node| match node {
            Node::Any(inner) => Ok(inner),
            other => Err(other),
        })
    }

    fn joined(
        nodes: Vec<Node>,
        join: fn(Vec<Node>) -> Node,
        open: fn(Node) -> Result<Vec<Node>, Node>,
    ) -> Node {
        let mut flat: Vec<Node> =
            nodes.into_iter().flat_map(|node| open(node).unwrap_or_else(|node| vec![node])).collect();
        match (flat.len(), flat.pop()) {
            (1, Some(only)) => only,
            (_, last) => {
                flat.extend(last);
                join(flat)
            }
        }
    }

    /// Has the node places in a text: is it a word, a phrase, or made of such?
    pub fn has_places(&self) -> bool {
        match self {
            Self::Word(_) | Self::Phrase(_) | Self::Near(..) => true,
            Self::Any(nodes) => nodes.iter().all(Self::has_places),
            Self::All(_) | Self::Not(_) => false,
        }
    }

    /// Does some word have to occur for the node to match?
    pub fn requires(&self) -> bool {
        match self {
            Self::Word(_) | Self::Phrase(_) | Self::Near(..) => true,
            Self::All(nodes) => nodes.iter().any(Self::requires),
            Self::Any(nodes) => nodes.iter().all(Self::requires),
            Self::Not(_) => false,
        }
    }

    /// How tightly the node's sign binds: a looser node inside a tighter one is written in parentheses.
    fn tightness(&self) -> u8 {
        match self {
            Self::Any(_) => 0,
            Self::All(_) => 1,
            Self::Not(_) => 2,
            Self::Near(..) => 3,
            Self::Word(_) | Self::Phrase(_) => 4,
        }
    }

    fn write_inside(&self, tightness: u8, f: &mut Formatter) -> fmt::Result {
        if self.tightness() < tightness { write!(f, "({self})") } else { write!(f, "{self}") }
    }
}

impl Display for Node {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        let list = |nodes: &[Node], sign: &str, tightness: u8, f: &mut Formatter| {
            nodes.iter().enumerate().try_for_each(|(number, node)| {
                f.write_str(if number > 0 { sign } else { "" })?;
                node.write_inside(tightness, f)
            })
        };
        match self {
            Self::Word(word) if word.how == How::Stem && super::parser::operator(&word.form).is_some() => {
                write!(f, "\"{}\"", word.form)
            }
            Self::Word(word) => write_word(word, f),
            Self::Phrase(words) => {
                f.write_str("\"")?;
                words.iter().enumerate().try_for_each(|(number, word)| {
                    f.write_str(if number > 0 { " " } else { "" })?;
                    write_word(word, f)
                })?;
                f.write_str("\"")
            }
            Self::Near(left, right, distance) => {
                left.write_inside(3, f)?;
                write!(f, " ~{distance} ")?;
                right.write_inside(4, f)
            }
            Self::All(nodes) => list(nodes, " ", 2, f),
            Self::Any(nodes) => list(nodes, " | ", 1, f),
            Self::Not(node) => {
                f.write_str("-")?;
                node.write_inside(2, f)
            }
        }
    }
}

fn write_word(word: &Word, f: &mut Formatter) -> fmt::Result {
    match word.how {
        How::Stem => f.write_str(&word.form),
        How::Form => write!(f, "={}", word.form),
        How::Prefix => write!(f, "{}*", word.form),
    }
}

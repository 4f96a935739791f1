//! From the text of a rule to its tree.

use super::error::{RuleError, RuleErrorKind};
use super::node::Node;
use crate::lexer::{self, How, Lexeme, Word};

const LONGEST_RULE: usize = 2_000;
const MOST_WORDS: usize = 200;
const DEEPEST: usize = 20;
const FARTHEST: u32 = 50;
const USUAL_DISTANCE: u32 = 5;
const SHORTEST_PREFIX: usize = 2;

/// The operator that a bare word is, in either language.
pub(super) fn operator(word: &str) -> Option<Lexeme> {
    match word.to_lowercase().as_str() {
        "и" | "and" => Some(Lexeme::And),
        "или" | "or" => Some(Lexeme::Or),
        "не" | "not" => Some(Lexeme::Not),
        _ => None,
    }
}

/// Parses the whole of `text`.
pub(super) fn parse(text: &str) -> Result<Node, RuleError> {
    let length = text.chars().take(LONGEST_RULE + 1).count();
    if length > LONGEST_RULE {
        return error(LONGEST_RULE, RuleErrorKind::TooLong);
    }
    let lexemes = lexer::read(text, operator);
    if !lexemes.iter().any(|(_, lexeme)| matches!(lexeme, Lexeme::Words { .. })) {
        return error(0, RuleErrorKind::Empty);
    }
    let mut parser = Parser { lexemes: lexemes.into_iter().peekable(), length, words: 0, depth: 0 };
    let node = parser.any()?;
    if let Some((at, _)) = parser.lexemes.next() {
        return error(at, RuleErrorKind::UnopenedParenthesis);
    }
    if node.requires() { Ok(node) } else { error(0, RuleErrorKind::OnlyExcludes) }
}

fn error<T>(at: usize, kind: RuleErrorKind) -> Result<T, RuleError> {
    Err(RuleError { at, kind })
}

struct Parser {
    lexemes: std::iter::Peekable<std::vec::IntoIter<(usize, Lexeme)>>,
    length: usize,
    words: usize,
    depth: usize,
}

impl Parser {
    /// `all | all | …`
    fn any(&mut self) -> Result<Node, RuleError> {
        let mut nodes = vec![self.all()?];
        while self.take(&Lexeme::Or) {
            nodes.push(self.all()?);
        }
        Ok(Node::any(nodes))
    }

    /// `not not …`, with or without `и` between.
    fn all(&mut self) -> Result<Node, RuleError> {
        let mut nodes = vec![self.not()?];
        while self.take(&Lexeme::And) || !matches!(self.peek(), None | Some(Lexeme::Or | Lexeme::Close)) {
            nodes.push(self.not()?);
        }
        Ok(Node::all(nodes))
    }

    fn not(&mut self) -> Result<Node, RuleError> {
        let at = self.at();
        if !self.take(&Lexeme::Not) {
            return self.near();
        }
        self.deeper(at)?;
        let node = self.not()?;
        self.depth -= 1;
        Ok(Node::Not(Box::new(node)))
    }

    /// `primary ~5 primary ~3 …`
    fn near(&mut self) -> Result<Node, RuleError> {
        let mut left_at = self.at();
        let mut left = self.primary()?;
        while let Some(&(at, Lexeme::Near(distance))) = self.lexemes.peek() {
            self.lexemes.next();
            let distance = distance.unwrap_or(USUAL_DISTANCE);
            if !(1..=FARTHEST).contains(&distance) {
                return error(at, RuleErrorKind::Distance);
            }
            let right_at = self.at();
            let right = self.primary()?;
            for (node, at) in [(&left, left_at), (&right, right_at)] {
                if !node.has_places() {
                    return error(at, RuleErrorKind::NearOperand);
                }
            }
            left = Node::Near(Box::new(left), Box::new(right), distance);
            left_at = at;
        }
        Ok(left)
    }

    fn primary(&mut self) -> Result<Node, RuleError> {
        let at = self.at();
        match self.lexemes.next() {
            Some((at, Lexeme::Words { words, closed })) => self.words(at, words, closed),
            Some((at, Lexeme::Open)) => {
                self.deeper(at)?;
                let node = self.any()?;
                self.depth -= 1;
                if self.take(&Lexeme::Close) {
                    Ok(node)
                } else {
                    error(at, RuleErrorKind::UnclosedParenthesis)
                }
            }
            _ => error(at, RuleErrorKind::MissingOperand),
        }
    }

    fn words(&mut self, at: usize, mut words: Vec<Word>, closed: bool) -> Result<Node, RuleError> {
        self.words += words.len();
        let short = |word: &Word| word.how == How::Prefix && word.form.chars().count() < SHORTEST_PREFIX;
        if !closed {
            return error(at, RuleErrorKind::UnclosedQuote);
        }
        if self.words > MOST_WORDS {
            return error(at, RuleErrorKind::TooManyWords);
        }
        if words.iter().any(short) {
            return error(at, RuleErrorKind::ShortPrefix);
        }
        match (words.len(), words.pop()) {
            (1, Some(word)) => Ok(Node::Word(word)),
            (_, last) => {
                words.extend(last);
                Ok(Node::Phrase(words))
            }
        }
    }

    fn deeper(&mut self, at: usize) -> Result<(), RuleError> {
        self.depth += 1;
        if self.depth > DEEPEST { error(at, RuleErrorKind::TooDeep) } else { Ok(()) }
    }

    fn peek(&mut self) -> Option<&Lexeme> {
        self.lexemes.peek().map(|(_, lexeme)| lexeme)
    }

    /// The character at which reading stands.
    fn at(&mut self) -> usize {
        self.lexemes.peek().map_or(self.length, |&(at, _)| at)
    }

    fn take(&mut self, lexeme: &Lexeme) -> bool {
        self.lexemes.next_if(|(_, next)| next == lexeme).is_some()
    }
}

//! From the text of a formula to its tree: a scanner and a parser by precedence, bounded in length and depth.

use std::iter::Peekable;
use std::str::CharIndices;

use crate::{DEPTH_LIMIT, FormulaError, FormulaIssue, Function, LENGTH_LIMIT, Node, Operator};

/// How tightly a minus before a value binds: looser than a power, so that `-2^2` is −4.
const SIGN_BINDS: u8 = 5;

#[derive(Debug, Clone, PartialEq)]
enum Sign<'a> {
    Number(&'a str),
    Name(&'a str),
    Operator(Operator),
    Open,
    Close,
    Comma,
    Unknown(&'a str),
    End,
}

/// A sign of the formula and the byte where it begins.
#[derive(Debug, Clone, PartialEq)]
struct Token<'a> {
    sign: Sign<'a>,
    start: usize,
    end: usize,
}

struct Scanner<'a> {
    text: &'a str,
    characters: Peekable<CharIndices<'a>>,
}

struct Parser<'a, N> {
    text: &'a str,
    variable: &'a N,
    tokens: std::vec::IntoIter<Token<'a>>,
    next: Token<'a>,
    depth: usize,
}

pub fn parse<V>(text: &str, variable: &impl Fn(&str) -> Option<V>) -> Result<Node<V>, FormulaError> {
    if let Some((place, _)) = text.char_indices().nth(LENGTH_LIMIT) {
        let found = text[place..].chars().take(20).collect();
        return Err(FormulaError { issue: FormulaIssue::TooLong, position: LENGTH_LIMIT, found });
    }
    let scanner = Scanner { text, characters: text.char_indices().peekable() };
    let mut tokens = scanner.collect::<Vec<_>>().into_iter();
    let end = Token { sign: Sign::End, start: text.len(), end: text.len() };
    let Some(first) = tokens.next() else {
        return Err(FormulaError { issue: FormulaIssue::Empty, position: 0, found: String::new() });
    };
    let mut parser = Parser { text, variable, tokens, next: first, depth: 0 };
    let tree = parser.expression(0)?;
    if parser.next == end { Ok(tree) } else { Err(parser.refuse(FormulaIssue::OperatorExpected)) }
}

impl<'a> Iterator for Scanner<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        while self.characters.next_if(|(_, c)| c.is_whitespace()).is_some() {}
        let (start, character) = self.characters.next()?;
        let kind: fn(char) -> bool = match character {
            c if c.is_ascii_digit() || c == '.' => |c| c.is_ascii_digit() || c == '.',
            c if c.is_alphabetic() || c == '_' => |c| c.is_alphanumeric() || c == '_',
            _ => |_| false,
        };
        while self.characters.next_if(|(_, c)| kind(*c)).is_some() {}
        let end = self.characters.peek().map_or(self.text.len(), |(place, _)| *place);
        let text = &self.text[start..end];
        let sign = match character {
            '+' => Sign::Operator(Operator::Add),
            '-' | '−' => Sign::Operator(Operator::Subtract),
            '*' | '×' | '·' => Sign::Operator(Operator::Multiply),
            '/' | '÷' => Sign::Operator(Operator::Divide),
            '^' => Sign::Operator(Operator::Power),
            '(' => Sign::Open,
            ')' => Sign::Close,
            ',' | ';' => Sign::Comma,
            c if c.is_ascii_digit() || c == '.' => Sign::Number(text),
            c if c.is_alphabetic() || c == '_' => Sign::Name(text),
            _ => Sign::Unknown(text),
        };
        Some(Token { sign, start, end })
    }
}

impl<'a, V, N: Fn(&str) -> Option<V>> Parser<'a, N> {
    /// Takes the next sign; behind the last one stands the end, again and again.
    fn advance(&mut self) -> Token<'a> {
        let end = Token { sign: Sign::End, start: self.text.len(), end: self.text.len() };
        let following = self.tokens.next().unwrap_or(end);
        std::mem::replace(&mut self.next, following)
    }

    /// An expression whose operators all bind at least as tightly as `binds`.
    fn expression(&mut self, binds: u8) -> Result<Node<V>, FormulaError> {
        self.depth += 1;
        if self.depth > DEPTH_LIMIT {
            return Err(self.refuse(FormulaIssue::TooDeep));
        }
        let mut left = self.value()?;
        while let Sign::Operator(operator) = self.next.sign {
            let (here, right_binds) = binding(operator);
            if here < binds {
                break;
            }
            self.advance();
            let right = self.expression(right_binds)?;
            left = Node::Binary(operator, Box::new(left), Box::new(right));
        }
        self.depth -= 1;
        Ok(left)
    }

    fn value(&mut self) -> Result<Node<V>, FormulaError> {
        match self.next.sign.clone() {
            Sign::Number(text) => {
                let number = text.parse().map_err(|_| self.refuse(FormulaIssue::BadNumber))?;
                self.advance();
                Ok(Node::Number(number))
            }
            Sign::Name(name) => self.name(name),
            Sign::Operator(Operator::Subtract) => {
                self.advance();
                Ok(Node::Negative(Box::new(self.expression(SIGN_BINDS)?)))
            }
            Sign::Open => {
                let open = self.advance();
                let inner = self.expression(0)?;
                self.close(&open)?;
                Ok(inner)
            }
            Sign::Unknown(_) => Err(self.refuse(FormulaIssue::UnknownSign)),
            Sign::Operator(_) | Sign::Close | Sign::Comma | Sign::End => {
                Err(self.refuse(FormulaIssue::ValueExpected))
            }
        }
    }

    /// A variable, or a function with its arguments.
    fn name(&mut self, name: &str) -> Result<Node<V>, FormulaError> {
        let named = self.advance();
        if self.next.sign != Sign::Open {
            return (self.variable)(name)
                .map(Node::Variable)
                .ok_or_else(|| self.refuse_at(&named, FormulaIssue::UnknownVariable));
        }
        let function =
            Function::named(name).ok_or_else(|| self.refuse_at(&named, FormulaIssue::UnknownFunction))?;
        let open = self.advance();
        let mut arguments = vec![self.expression(0)?];
        while self.next.sign == Sign::Comma {
            self.advance();
            arguments.push(self.expression(0)?);
        }
        self.close(&open)?;
        let (least, most) = function.arguments();
        if !(least..=most).contains(&arguments.len()) {
            return Err(self.refuse_at(&named, FormulaIssue::WrongArguments));
        }
        Ok(Node::Call(function, arguments))
    }

    fn close(&mut self, open: &Token<'a>) -> Result<(), FormulaError> {
        match self.next.sign {
            Sign::Close => {
                self.advance();
                Ok(())
            }
            Sign::End => Err(self.refuse_at(open, FormulaIssue::Unclosed)),
            Sign::Unknown(_) => Err(self.refuse(FormulaIssue::UnknownSign)),
            _ => Err(self.refuse(FormulaIssue::OperatorExpected)),
        }
    }

    fn refuse(&self, issue: FormulaIssue) -> FormulaError {
        let issue = match self.next.sign {
            Sign::Unknown(_) => FormulaIssue::UnknownSign,
            _ => issue,
        };
        self.refuse_at(&self.next, issue)
    }

    fn refuse_at(&self, token: &Token<'a>, issue: FormulaIssue) -> FormulaError {
        let position = self.text[..token.start].chars().count();
        FormulaError { issue, position, found: self.text[token.start..token.end].to_owned() }
    }
}

/// How tightly an operator binds, and what its right side must bind at least: a power groups from the right.
fn binding(operator: Operator) -> (u8, u8) {
    match operator {
        Operator::Add | Operator::Subtract => (1, 2),
        Operator::Multiply | Operator::Divide => (3, 4),
        Operator::Power => (7, 6),
    }
}

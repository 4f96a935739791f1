//! A run of digit groups («8 (916) 123-45-67») and its shape.

use super::lexicon::Flags;
use super::scan::{Form, Scan};

/// Groups looked at together: an IBAN-like number written in fours has at most this many.
const MOST_GROUPS: usize = 9;

/// Digit groups that stand close together, from one group on.
pub(super) struct Run<'a> {
    scan: &'a Scan<'a>,
    /// The piece the run begins with: a plus, a parenthesis or the first group.
    pub first: usize,
    pub plus: bool,
    groups: Vec<Group>,
    digits: String,
}

struct Group {
    piece: usize,
    /// Digits of this group and those before it.
    total: usize,
    length: usize,
    /// What stands between the group before and this one.
    gap: Gap,
}

/// What separates two groups of a number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Gap {
    Space,
    Dash,
    Dot,
    Slash,
    /// A parenthesis, with or without spaces and dashes.
    Paren,
}

impl<'a> Run<'a> {
    /// Reads the run that begins with piece `at`.
    pub fn read(scan: &'a Scan<'a>, at: usize) -> Option<Self> {
        let mut piece = at;
        let plus = scan.is_sign(piece, '+');
        piece += usize::from(plus);
        piece = if plus { scan.after_space(piece) } else { piece };
        let mut opened = scan.is_sign(piece, '(');
        piece += usize::from(opened);
        if scan.form(piece) != Some(Form::Digits) {
            return None;
        }
        let mut run = Self { scan, first: at, plus, groups: Vec::new(), digits: String::new() };
        let mut gap = if scan.is_sign(at, '(') { Gap::Paren } else { Gap::Space };
        while run.groups.len() < MOST_GROUPS {
            let digits = scan.folded(piece);
            run.digits.push_str(digits);
            run.groups.push(Group { piece, total: run.digits.len(), length: digits.len(), gap });
            let Some((next, next_gap)) = next_group(scan, piece + 1, &mut opened) else { break };
            (piece, gap) = (next, next_gap);
        }
        Some(run)
    }

    pub fn groups(&self) -> usize {
        self.groups.len()
    }

    /// All digits of the first `count` groups.
    pub fn digits(&self, count: usize) -> &str {
        &self.digits[..self.groups[count - 1].total]
    }

    /// Digits in each of the first `count` groups.
    pub fn lengths(&self, count: usize) -> Vec<usize> {
        self.groups[..count].iter().map(|group| group.length).collect()
    }

    /// Do all gaps among the first `count` groups satisfy `accepted`?
    pub fn gaps(&self, count: usize, accepted: impl Fn(Gap) -> bool) -> bool {
        self.groups[1..count].iter().all(|group| accepted(group.gap))
    }

    /// Is some gap of the first `count` groups more than a space?
    pub fn is_punctuated(&self, count: usize) -> bool {
        self.starts_with_paren() || !self.gaps(count, |gap| gap == Gap::Space)
    }

    pub fn starts_with_paren(&self) -> bool {
        self.groups[0].gap == Gap::Paren
    }

    /// The piece after the first `count` groups.
    pub fn end(&self, count: usize) -> usize {
        self.groups[count - 1].piece + 1
    }

    /// Does the number stand free: no letter of a code touches it, no decimals follow it?
    pub fn is_free(&self, count: usize) -> bool {
        let end = self.end(count);
        let decimals = (self.scan.is_sign(end, '.') || self.scan.is_sign(end, ','))
            && self.scan.form(end + 1) == Some(Form::Digits);
        let gap_is_dot = count > 1 && self.groups[count - 1].gap == Gap::Dot;
        let in_code =
            self.is_latin(end) || self.first.checked_sub(1).is_some_and(|before| self.is_latin(before));
        !in_code && (!decimals || gap_is_dot)
    }

    /// Is the number a part of a web address or of an identifier, as in `visit_id=637121665`?
    pub fn is_inside_identifier(&self) -> bool {
        let Some(sign) = self.first.checked_sub(1) else { return false };
        let joined =
            matches!(self.scan.form(sign), Some(Form::Sign('=' | '_' | '.' | '-' | '/' | '?' | '&')));
        let before = sign.checked_sub(1).filter(|_| joined);
        before.is_some_and(|at| self.scan.form(at) == Some(Form::Digits) || self.is_latin(at))
    }

    fn is_latin(&self, at: usize) -> bool {
        self.scan.is_word(at)
            && self.scan.folded(at).bytes().next().is_some_and(|first| first.is_ascii_lowercase())
    }

    /// How many groups make an amount of something: «1 500 000 рублей», "$1,500.00", «89 раз», «15%».
    pub fn amount(&self) -> Option<usize> {
        let thousands = 1 + self.groups[1..]
            .iter()
            .take_while(|group| {
                self.groups[0].length <= 3 && group.length == 3 && matches!(group.gap, Gap::Space | Gap::Dot)
            })
            .count();
        let before = self.first.checked_sub(1).map_or(Flags::NONE, |at| {
            let at = if self.scan.form(at) == Some(Form::Space) { at.saturating_sub(1) } else { at };
            if self.scan.is_word(at) { Flags::NONE } else { self.scan.flags(at) }
        });
        (1..=thousands).rev().find(|&count| {
            let mut after = self.end(count);
            if (self.scan.is_sign(after, '.') || self.scan.is_sign(after, ','))
                && self.scan.folded(after + 1).len() <= 2
            {
                after += 2;
            }
            before.has(Flags::AMOUNT) || self.scan.flags(self.scan.after_space(after)).has(Flags::AMOUNT)
        })
    }

    /// How many groups make a date: «12.05.2024», "2024-05-12", «12/05/24».
    pub fn date(&self) -> Option<usize> {
        if self.groups() < 3 || self.plus || self.starts_with_paren() {
            return None;
        }
        let parts: Vec<u32> =
            self.groups[..3].iter().filter_map(|g| self.scan.folded(g.piece).parse().ok()).collect();
        let same_gap = self.groups[1].gap == self.groups[2].gap
            && !matches!(self.groups[1].gap, Gap::Space | Gap::Paren);
        let [a, b, c] = parts[..] else { return None };
        let calendar = |day: u32, month: u32| (1..=31).contains(&day) && (1..=12).contains(&month);
        let is_date = match self.lengths(3)[..] {
            [1 | 2, 1 | 2, 4] => (1900..2100).contains(&c) && (calendar(a, b) || calendar(b, a)),
            [2, 2, 2] => calendar(a, b) || calendar(b, a),
            [4, 2, 2] => (1900..2100).contains(&a) && calendar(c, b),
            _ => false,
        };
        (same_gap && is_date).then_some(3)
    }
}

/// The next digit group and what lies before it, when they can belong to one number. A parenthesis closes only what the
/// number has `opened`.
fn next_group(scan: &Scan, from: usize, opened: &mut bool) -> Option<(usize, Gap)> {
    let (mut at, mut gap) = (from, None);
    while at < from + 4 {
        gap = match (scan.form(at)?, gap) {
            (Form::Digits, gap) => return Some((at, gap?)),
            (Form::Space, gap) => Some(gap.unwrap_or(Gap::Space)),
            (Form::Sign('-'), None | Some(Gap::Space | Gap::Dash)) => Some(Gap::Dash),
            (Form::Sign('-'), Some(Gap::Paren)) => Some(Gap::Paren),
            (Form::Sign(paren @ ('(' | ')')), _) if *opened == (paren == ')') => {
                *opened = paren == '(';
                Some(Gap::Paren)
            }
            (Form::Sign('.'), None) => Some(Gap::Dot),
            (Form::Sign('/'), None) => Some(Gap::Slash),
            _ => return None,
        };
        at += 1;
    }
    None
}

//! Which rows of a segment pass a test.

use std::ops::Range;

use crate::code_set::CodeSet;
use crate::mask::{Mask, retain};
use crate::postings::within;
use crate::segment::Segment;
use crate::test::Test;

/// Of so many rows at most one passes: then a list of them is shorter than a mask, and quicker to narrow down.
const SPARSE: usize = 64;

/// The outcome for a range of rows.
#[derive(Debug)]
pub enum Matched {
    None,
    All,
    /// These rows, rising.
    List(Vec<u16>),
    /// A byte for each row of the range.
    Mask(Mask),
}

impl Matched {
    /// Lists the rows that pass, rising, of the range that was asked for.
    pub fn list(&self, rows: &Range<usize>, listed: &mut Vec<u16>) {
        listed.clear();
        match self {
            Self::None => {}
            Self::All => listed.extend(rows.clone().map(|row| row as u16)),
            Self::List(list) => listed.extend_from_slice(list),
            Self::Mask(mask) => mask.list(rows.start, listed),
        }
    }
}

/// Matches tests with segments; keeps masks and lists no longer in use, to be filled again.
#[derive(Debug, Default)]
pub struct Matcher {
    masks: Vec<Mask>,
    lists: Vec<Vec<u16>>,
}

impl Matcher {
    /// The living rows of the range that pass the test.
    pub fn living(&mut self, test: &Test, segment: &Segment, rows: Range<usize>) -> Matched {
        if rows.is_empty() {
            return Matched::None;
        }
        let matched = self.matched(test, segment, &rows);
        let Some(dead) = segment.dead_rows(rows.clone()) else { return matched };
        let mut mask = match matched {
            Matched::None => return Matched::None,
            Matched::List(mut list) => {
                retain(&mut list, |row| !segment.is_dead(row.into()));
                return Matched::List(list);
            }
            Matched::All => self.filled(rows.len(), 1),
            Matched::Mask(mask) => mask,
        };
        dead.for_each(|row| mask.bytes_mut()[row - rows.start] = 0);
        Matched::Mask(mask)
    }

    /// The same outcome, but never as a list.
    pub fn spread(&mut self, matched: Matched, rows: &Range<usize>) -> Matched {
        let Matched::List(list) = matched else { return matched };
        let mut mask = self.filled(rows.len(), 0);
        mark(&mut mask, rows.start, &list);
        self.lists.push(list);
        Matched::Mask(mask)
    }

    /// Takes back what is no longer needed.
    pub fn give_back(&mut self, matched: Matched) {
        match matched {
            Matched::None | Matched::All => {}
            Matched::List(list) => self.lists.push(list),
            Matched::Mask(mask) => self.masks.push(mask),
        }
    }

    fn matched(&mut self, test: &Test, segment: &Segment, rows: &Range<usize>) -> Matched {
        match test {
            Test::Always(true) => Matched::All,
            Test::Always(false) => Matched::None,
            Test::Shared(test) => self.matched(test, segment, rows),
            Test::And(tests) => self.all(tests, segment, rows),
            Test::Or(tests) => self.any(tests, segment, rows),
            Test::Not(test) => {
                let matched = self.matched(test, segment, rows);
                match self.spread(matched, rows) {
                    Matched::None => Matched::All,
                    Matched::Mask(mut mask) => {
                        mask.negate();
                        Matched::Mask(mask)
                    }
                    Matched::All | Matched::List(_) => Matched::None,
                }
            }
            Test::Code { column, codes } => match segment.column(*column) {
                column if codes.misses(column) => Matched::None,
                column if codes.covers(column) => Matched::All,
                column => {
                    let mut mask = self.masks.pop().unwrap_or_default();
                    codes.mark(column, rows.clone(), mask.cleared());
                    Matched::Mask(mask)
                }
            },
            Test::Topic(codes) => self.topics(segment, codes, rows),
            Test::Day(days) => self.days(segment, days, rows),
            Test::Item(items) => {
                let mut mask = self.masks.pop().unwrap_or_default();
                let numbers = segment.numbers()[rows.clone()].iter();
                mask.cleared().extend(numbers.map(|&number| u8::from(items.contains(number))));
                Matched::Mask(mask)
            }
        }
    }

    fn all(&mut self, tests: &[Test], segment: &Segment, rows: &Range<usize>) -> Matched {
        let mut sum = Matched::All;
        for test in tests {
            sum = match sum {
                Matched::None => return Matched::None,
                Matched::List(list) => self.narrow(list, test, segment, rows),
                Matched::All => self.matched(test, segment, rows),
                Matched::Mask(mask) => {
                    let matched = self.matched(test, segment, rows);
                    self.both(mask, matched, rows.start)
                }
            };
            sum = self.thinned(sum, rows);
        }
        sum
    }

    /// The rows that pass a mask, which begins with row `start`, and another test.
    fn both(&mut self, mut mask: Mask, matched: Matched, start: usize) -> Matched {
        match matched {
            Matched::All => Matched::Mask(mask),
            Matched::None => {
                self.masks.push(mask);
                Matched::None
            }
            Matched::List(mut list) => {
                retain(&mut list, |row| mask.passes(usize::from(row) - start));
                self.masks.push(mask);
                Matched::List(list)
            }
            Matched::Mask(other) => {
                mask.and(&other);
                self.masks.push(other);
                Matched::Mask(mask)
            }
        }
    }

    /// The listed rows that pass one more test.
    fn narrow(&mut self, mut list: Vec<u16>, test: &Test, segment: &Segment, rows: &Range<usize>) -> Matched {
        match test {
            Test::Code { column, codes } => {
                let column = &segment.column(*column).codes;
                retain(&mut list, |row| codes.contains(column.get(row.into())));
            }
            Test::Item(items) => retain(&mut list, |row| items.contains(segment.numbers()[usize::from(row)])),
            _ => {
                let matched = self.matched(test, segment, rows);
                match self.spread(matched, rows) {
                    Matched::None => list.clear(),
                    Matched::Mask(mask) => {
                        retain(&mut list, |row| mask.passes(usize::from(row) - rows.start));
                        self.masks.push(mask);
                    }
                    Matched::All | Matched::List(_) => {}
                }
            }
        }
        Matched::List(list)
    }

    /// The same outcome, as a list if few rows pass.
    fn thinned(&mut self, matched: Matched, rows: &Range<usize>) -> Matched {
        let list = match matched {
            Matched::List(list) => list,
            Matched::Mask(mask) if mask.count() <= rows.len() / SPARSE => {
                let mut list = self.lists.pop().unwrap_or_default();
                mask.list(rows.start, &mut list);
                self.masks.push(mask);
                list
            }
            other => return other,
        };
        if list.is_empty() {
            self.lists.push(list);
            return Matched::None;
        }
        Matched::List(list)
    }

    fn any(&mut self, tests: &[Test], segment: &Segment, rows: &Range<usize>) -> Matched {
        let mut sum = Matched::None;
        for test in tests {
            let matched = self.matched(test, segment, rows);
            sum = match (self.spread(sum, rows), self.spread(matched, rows)) {
                (matched, Matched::None) | (Matched::None, matched) => matched,
                (Matched::Mask(mut mask), Matched::Mask(other)) => {
                    mask.or(&other);
                    self.masks.push(other);
                    Matched::Mask(mask)
                }
                // One of the two is all of them.
                (one, other) => {
                    self.give_back(one);
                    self.give_back(other);
                    return Matched::All;
                }
            };
        }
        sum
    }

    fn topics(&mut self, segment: &Segment, set: &CodeSet, rows: &Range<usize>) -> Matched {
        let lists = segment.topics().iter().filter(|(code, _)| set.contains(*code));
        let mut lists = lists.map(|(_, list)| within(list, rows.clone())).filter(|list| !list.is_empty());
        let Some(first) = lists.next() else { return Matched::None };
        let second = lists.next();
        if second.is_none() && first.len() <= rows.len() / SPARSE {
            let mut list = self.lists.pop().unwrap_or_default();
            list.clear();
            list.extend_from_slice(first);
            return Matched::List(list);
        }
        let mut mask = self.filled(rows.len(), 0);
        [first].into_iter().chain(second).chain(lists).for_each(|list| mark(&mut mask, rows.start, list));
        Matched::Mask(mask)
    }

    fn days(&mut self, segment: &Segment, days: &[Range<u16>], rows: &Range<usize>) -> Matched {
        let mut mask = self.filled(rows.len(), 0);
        for days in days {
            let hit = segment.rows_between(days.start, days.end);
            let (from, to) = (hit.start.max(rows.start), hit.end.min(rows.end));
            if from < to {
                mask.bytes_mut()[from - rows.start..to - rows.start].fill(1);
            }
        }
        Matched::Mask(mask)
    }

    fn filled(&mut self, len: usize, value: u8) -> Mask {
        let mut mask = self.masks.pop().unwrap_or_default();
        mask.cleared().resize(len, value);
        mask
    }
}

/// Marks the listed rows in a mask whose first row is `start`.
fn mark(mask: &mut Mask, start: usize, list: &[u16]) {
    let bytes = mask.bytes_mut();
    list.iter().for_each(|&row| bytes[usize::from(row) - start] = 1);
}

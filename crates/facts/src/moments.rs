//! Sums and products of several variables over the items that have them all, in one scan: what correlations, regressions
//! and the parts of a score are made of.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::codes::Rows;
use crate::execute::segments_in;
use crate::limits::Limits;
use crate::matching::{Matched, Matcher};
use crate::segment::Segment;
use crate::state::State;
use crate::test::Test;
use crate::vocabulary::{CUSTOMER, Vocabulary, score_column};
use crate::workers;
use crate::{Dimension, FactsError, Filter, Period, Score};

/// A number that an item has, or has not.
#[derive(Debug, Clone, PartialEq)]
pub enum Variable {
    /// The answer to a question, read as the number that stands in its place on the scale, from the lowest answer on.
    Score { score: Score, values: Vec<f64> },
    /// The value of an attribute, read as a number; any other value is none.
    Attribute { name: String, values: BTreeMap<String, f64> },
    /// 1 for an item that passes, else 0: every item has it.
    Is(Filter),
}

/// Which items, and what to multiply.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MomentQuery {
    pub filter: Filter,
    pub period: Option<Period>,
    pub variables: Vec<Variable>,
    /// Into how many parts the items are dealt out, all items of a customer into one: drawing the parts anew draws
    /// customers anew, and so says how far the sums are chance. 1 at the least.
    pub blocks: usize,
}

/// What was summed over some items that have all variables. Sums of whole numbers are exact.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Moments {
    pub n: u64,
    /// Σ xₐ.
    pub sums: Vec<f64>,
    /// Σ xₐ·x_b for b ≤ a, at a(a + 1)/2 + b.
    pub products: Vec<f64>,
}

impl Moments {
    fn of(variables: usize) -> Self {
        Self { n: 0, sums: vec![0.0; variables], products: vec![0.0; variables * (variables + 1) / 2] }
    }

    fn add(&mut self, other: &Self) {
        self.n += other.n;
        self.sums.iter_mut().zip(&other.sums).for_each(|(sum, more)| *sum += more);
        self.products.iter_mut().zip(&other.products).for_each(|(sum, more)| *sum += more);
    }

    /// Counts one item; variables that are 0, most of them, add nothing and are not given.
    fn add_item(&mut self, present: &[(usize, f64)]) {
        self.n += 1;
        for (place, &(a, x)) in present.iter().enumerate() {
            self.sums[a] += x;
            for &(b, y) in &present[..=place] {
                self.products[a * (a + 1) / 2 + b] += x * y;
            }
        }
    }
}

/// The sums of each block; a block without items has zeros.
pub fn run(state: &State, query: &MomentQuery, limits: &Limits) -> Result<Vec<Moments>, FactsError> {
    let test = Test::new(&query.filter, &state.vocabulary)?;
    let columns = query.variables.iter().map(|variable| Column::new(variable, &state.vocabulary));
    let columns = columns.collect::<Result<Vec<_>, _>>()?;
    let segments: Vec<_> = segments_in(state, query.period).collect();
    let (k, blocks) = (columns.len(), query.blocks.max(1));
    let of_block = size_of::<Moments>() + 8 * (k + k * (k + 1) / 2);
    limits.allow_bytes(workers::count(segments.len()) * blocks * of_block, &[])?;
    let parts = workers::share(segments.len(), |pieces| {
        let mut reader = Reader::new(&test, &columns, blocks);
        for piece in pieces {
            limits.go_on()?;
            reader.read(segments[piece].0, &segments[piece].1);
        }
        Ok(reader.blocks)
    });
    let mut sums = vec![Moments::of(k); blocks];
    for part in parts {
        sums.iter_mut().zip(&part?).for_each(|(sum, more)| sum.add(more));
    }
    Ok(sums)
}

/// A variable in the terms of columns and codes.
enum Column {
    /// A number for each code of a column; NaN for «none», as for codes past the end.
    Coded {
        column: usize,
        numbers: Vec<f64>,
    },
    Is(Test),
    Nowhere,
}

impl Column {
    fn new(variable: &Variable, vocabulary: &Vocabulary) -> Result<Self, FactsError> {
        Ok(match variable {
            Variable::Is(filter) => Self::Is(Test::new(filter, vocabulary)?),
            Variable::Score { score, values } => {
                // Codes are answers + 1, and 0 for none.
                let before = usize::from(score.scale().0) + 1;
                let numbers = std::iter::repeat_n(f64::NAN, before).chain(values.iter().copied()).collect();
                Self::Coded { column: score_column(*score), numbers }
            }
            Variable::Attribute { name, values } => {
                let Some((column, dictionary)) = vocabulary.column(&Dimension::Attribute(name.clone()))
                else {
                    return Ok(Self::Nowhere);
                };
                let mut numbers = vec![f64::NAN; dictionary.codes() as usize];
                for (value, number) in values {
                    if let Some(code) = dictionary.find(value) {
                        numbers[code as usize] = *number;
                    }
                }
                Self::Coded { column, numbers }
            }
        })
    }
}

/// What one core works with.
struct Reader<'q> {
    test: &'q Test,
    columns: &'q [Column],
    matcher: Matcher,
    blocks: Vec<Moments>,
    list: Vec<u16>,
    /// The numbers of the listed rows, one variable after the other.
    numbers: Vec<f64>,
}

impl<'q> Reader<'q> {
    fn new(test: &'q Test, columns: &'q [Column], blocks: usize) -> Self {
        let blocks = vec![Moments::of(columns.len()); blocks];
        Self { test, columns, matcher: Matcher::default(), blocks, list: Vec::new(), numbers: Vec::new() }
    }

    fn read(&mut self, segment: &Segment, rows: &Range<usize>) {
        let matched = self.matcher.living(self.test, segment, rows.clone());
        matched.list(rows, &mut self.list);
        self.matcher.give_back(matched);
        if self.list.is_empty() {
            return;
        }
        self.numbers.clear();
        for column in self.columns {
            self.append(column, segment, rows);
        }
        self.add_items(segment);
    }

    fn append(&mut self, column: &Column, segment: &Segment, rows: &Range<usize>) {
        let Self { matcher, list, numbers, .. } = self;
        let listed = list.len();
        match column {
            Column::Nowhere => numbers.extend(std::iter::repeat_n(f64::NAN, listed)),
            Column::Coded { column, numbers: of_code } => {
                let number = |code: u32| of_code.get(code as usize).copied().unwrap_or(f64::NAN);
                segment.column(*column).codes.each(&Rows::List(list), |code| numbers.push(number(code)));
            }
            Column::Is(test) => {
                let found = matcher.living(test, segment, rows.clone());
                let found = matcher.spread(found, rows);
                match &found {
                    Matched::All => numbers.extend(std::iter::repeat_n(1.0, listed)),
                    Matched::Mask(mask) => {
                        let passes = |&row: &u16| mask.passes(usize::from(row) - rows.start);
                        numbers.extend(list.iter().map(|row| f64::from(u8::from(passes(row)))));
                    }
                    Matched::None | Matched::List(_) => numbers.extend(std::iter::repeat_n(0.0, listed)),
                }
                matcher.give_back(found);
            }
        }
    }

    fn add_items(&mut self, segment: &Segment) {
        let (listed, blocks) = (self.list.len(), self.blocks.len());
        let customers = &segment.column(CUSTOMER).codes;
        let mut present: Vec<(usize, f64)> = Vec::with_capacity(self.columns.len());
        for (place, &row) in self.list.iter().enumerate() {
            present.clear();
            let number = |variable: usize| self.numbers[variable * listed + place];
            present.extend((0..self.columns.len()).map(|variable| (variable, number(variable))));
            present.retain(|(_, number)| *number != 0.0);
            if present.iter().any(|(_, number)| number.is_nan()) {
                continue;
            }
            // An item of nobody stands for itself.
            let block = match customers.get(row.into()) {
                0 => segment.numbers()[usize::from(row)],
                customer => customer,
            };
            self.blocks[block as usize % blocks].add_item(&present);
        }
    }
}

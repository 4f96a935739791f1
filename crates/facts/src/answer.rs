//! From counted groups to rows with names, in order.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use crate::grouping::{Grouping, Part};
use crate::vocabulary::Vocabulary;
use crate::{Cell, Dimension, FactQuery, FactRow};

/// The rows of an answer, by key (missing first), or the `top` groups by customers or items, then by key.
///
/// Each name is made and ranked once, however many groups have it; groups are sorted by ranks.
pub fn rows(
    counted: &[(u128, Cell)],
    grouping: &Grouping,
    query: &FactQuery,
    vocabulary: &Vocabulary,
) -> Vec<FactRow> {
    let names = |(part, dimension): (&Part, &Dimension)| {
        Names::new(counted.iter().map(|(key, _)| part.code(*key)), |code| {
            part.label(code, dimension, vocabulary)
        })
    };
    let names: Vec<Names> = grouping.parts.iter().zip(&query.dimensions).map(names).collect();
    let rank = |key: u128| {
        let ranks = grouping.parts.iter().zip(&names).map(|(part, names)| names.rank(part.code(key)));
        ranks.fold(0_u128, |all, rank| all << 32 | u128::from(rank))
    };
    let weight = |cell: &Cell| match query.top {
        None => 0,
        Some(_) if query.customers => cell.customers,
        Some(_) => cell.count,
    };
    let order = |(place, (key, cell)): (usize, &(u128, Cell))| (Reverse(weight(cell)), rank(*key), place);
    let mut order: Vec<_> = counted.iter().enumerate().map(order).collect();
    order.sort_unstable();
    order.truncate(query.top.unwrap_or(usize::MAX));
    let row = |(.., place): (Reverse<u64>, u128, usize)| {
        let (key, cell) = &counted[place];
        let key = grouping.parts.iter().zip(&names).map(|(part, names)| names.label(part.code(*key)));
        FactRow { key: key.collect(), cell: cell.clone() }
    };
    order.into_iter().map(row).collect()
}

/// The names of a dimension's codes that occur, and how the codes are ordered by name.
struct Names {
    by_code: FxHashMap<u32, (u32, Option<String>)>,
}

impl Names {
    fn new(codes: impl Iterator<Item = u32>, label: impl Fn(u32) -> Option<String>) -> Self {
        let mut by_code: FxHashMap<u32, (u32, Option<String>)> = FxHashMap::default();
        for code in codes {
            by_code.entry(code).or_insert_with(|| (0, label(code)));
        }
        let mut names: Vec<_> = by_code.values_mut().collect();
        names.sort_unstable_by(|(_, a), (_, b)| a.cmp(b));
        (0..).zip(names).for_each(|(rank, name)| name.0 = rank);
        Self { by_code }
    }

    fn rank(&self, code: u32) -> u32 {
        self.by_code.get(&code).map_or(0, |(rank, _)| *rank)
    }

    fn label(&self, code: u32) -> Option<String> {
        self.by_code.get(&code)?.1.clone()
    }
}

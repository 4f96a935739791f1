//! From counted groups to rows with names, in order.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use crate::grouping::{Grouping, Part};
use crate::vocabulary::Vocabulary;
use crate::{Cell, Dimension, FactQuery, FactRow};

/// A group that has items: its number among the counters, its key, and what `top` weighs it by.
#[derive(Debug)]
pub struct Group {
    pub group: usize,
    pub key: u128,
    pub weight: u64,
}

/// The rows of an answer, by key (missing first), or the `top` heaviest groups, then by key; `cell` gives what was
/// counted in a group.
///
/// Each name is made and ranked once, however many groups have it; groups are sorted by ranks.
pub fn rows(
    groups: &[Group],
    grouping: &Grouping,
    query: &FactQuery,
    vocabulary: &Vocabulary,
    cell: impl Fn(usize) -> Cell,
) -> Vec<FactRow> {
    let names = |(part, dimension): (&Part, &Dimension)| {
        let codes = groups.iter().map(|group| part.code(group.key));
        Names::new(codes, |code| part.label(code, dimension, vocabulary))
    };
    let names: Vec<Names> = grouping.parts.iter().zip(&query.dimensions).map(names).collect();
    let rank = |key: u128| {
        let ranks = grouping.parts.iter().zip(&names).map(|(part, names)| names.rank(part.code(key)));
        ranks.fold(0_u128, |all, rank| all << 32 | u128::from(rank))
    };
    let weight = |group: &Group| if query.top.is_some() { group.weight } else { 0 };
    let order = |(place, group): (usize, &Group)| (Reverse(weight(group)), rank(group.key), place);
    let mut order: Vec<_> = groups.iter().enumerate().map(order).collect();
    order.sort_unstable();
    order.truncate(query.top.unwrap_or(usize::MAX));
    let row = |(.., place): (Reverse<u64>, u128, usize)| {
        let Group { group, key, .. } = groups[place];
        let key = grouping.parts.iter().zip(&names).map(|(part, names)| names.label(part.code(key)));
        FactRow { key: key.collect(), cell: cell(group) }
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

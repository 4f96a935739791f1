//! Runs a query: segments shared among the cores, each core with its own counters, added up at the end.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::answer::{self, Group};
use crate::calendar;
use crate::codes::Rows;
use crate::distinct::Customers;
use crate::grouping::{Grouping, NPS_GROUP_OF, Source};
use crate::mask::{Masks, Matched, list_rows};
use crate::postings::within;
use crate::segment::Segment;
use crate::state::State;
use crate::tally::Tally;
use crate::test::Test;
use crate::workers;
use crate::{Cell, FactQuery, FactRow, FactsError, Period};

/// Rows whose keys are made at a time: they stay in the fastest cache.
const BLOCK: usize = 4096;
/// Counters that may have a place each (4 bytes); beyond that, or beyond 16 for each row there is, keys are hashed.
const DENSE_COUNTERS: usize = 1 << 20;

/// The rows of a query's answer; refuses more than `group_limit` groups.
pub fn run(state: &State, query: &FactQuery, group_limit: usize) -> Result<Vec<FactRow>, FactsError> {
    let test = Test::new(&query.filter, &state.vocabulary)?;
    let segments: Vec<_> = segments_in(state, query.period).collect();
    let rows = segments.iter().map(|(_, rows)| rows.len()).sum::<usize>();
    let tally = Tally::new(query.measures);
    let dense_limit = DENSE_COUNTERS.min(16 * rows.max(256)) / tally.slots();
    let grouping = Grouping::new(&query.dimensions, state, dense_limit)?;

    let parts = workers::share(segments.len(), |pieces| {
        let mut worker = Worker::new(&grouping, query, tally.clone(), group_limit);
        for piece in pieces {
            let (segment, rows) = &segments[piece];
            worker.read(&test, segment, rows.clone())?;
        }
        Ok(worker.groups)
    });
    let parts = parts.into_iter().collect::<Result<Vec<Groups>, FactsError>>()?;
    let Some(groups) = parts.into_iter().reduce(Groups::merge) else { return Ok(Vec::new()) };
    groups.rows(&grouping, query, state, group_limit)
}

/// The segments with rows in the period, and those rows.
pub fn segments_in(state: &State, period: Option<Period>) -> impl Iterator<Item = (&Segment, Range<usize>)> {
    let days = period.map(|period| calendar::pack_days(period.from..period.to));
    let rows = move |segment: &Segment| match &days {
        Some(days) => segment.rows_between(days.start, days.end),
        None => 0..segment.rows(),
    };
    state.segments().map(move |segment| (segment, rows(segment))).filter(|(_, rows)| !rows.is_empty())
}

/// Groups and what was counted in them.
#[derive(Debug)]
struct Groups {
    /// The key of each group if keys are hashed; else a group is its key.
    keys: Option<Keys>,
    tally: Tally,
    customers: Customers,
}

#[derive(Debug, Default)]
struct Keys {
    groups: FxHashMap<u128, u32>,
    keys: Vec<u128>,
}

impl Keys {
    fn group(&mut self, key: u128) -> u32 {
        *self.groups.entry(key).or_insert_with(|| {
            self.keys.push(key);
            self.keys.len() as u32 - 1
        })
    }
}

impl Groups {
    fn len(&self) -> usize {
        self.customers.anonymous.len()
    }

    /// Adds what another core has counted.
    fn merge(mut self, other: Groups) -> Groups {
        let renamed: Vec<u32> = match (&mut self.keys, &other.keys) {
            (Some(keys), Some(others)) => others.keys.iter().map(|&key| keys.group(key)).collect(),
            _ => (0..other.len() as u32).collect(),
        };
        let groups = self.keys.as_ref().map_or(self.len(), |keys| keys.keys.len());
        self.tally.grow(groups);
        self.tally.merge(&other.tally, &renamed);
        self.customers.grow(groups);
        self.customers.merge(other.customers, &renamed);
        self
    }

    /// The answer: a row for each group that has items.
    fn rows(
        &self,
        grouping: &Grouping,
        query: &FactQuery,
        state: &State,
        group_limit: usize,
    ) -> Result<Vec<FactRow>, FactsError> {
        let distinct = if query.customers { self.customers.count(state.customers) } else { Vec::new() };
        let customers = |group: usize| distinct.get(group).copied().unwrap_or(0).into();
        let named = |group: usize| {
            let items = self.tally.items(group);
            (items > 0).then(|| Group {
                group,
                key: self.keys.as_ref().map_or(group as u128, |keys| keys.keys[group]),
                weight: if query.customers { customers(group) } else { items },
            })
        };
        let groups: Vec<Group> = (0..self.len()).filter_map(named).collect();
        if groups.len() > group_limit {
            return Err(FactsError::TooManyGroups { limit: group_limit });
        }
        let cell = |group| Cell {
            customers: customers(group),
            anonymous: self.customers.anonymous[group].into(),
            ..self.tally.cell(group)
        };
        Ok(answer::rows(&groups, grouping, query, &state.vocabulary, cell))
    }
}

/// What one core works with.
struct Worker<'q> {
    grouping: &'q Grouping,
    counts_customers: bool,
    group_limit: usize,
    groups: Groups,
    masks: Masks,
    /// Rows that pass, in one array used again and again.
    list: Vec<u16>,
    /// Groups of the rows of a block.
    block: Vec<u32>,
    /// Their keys, when those are hashed.
    keys: Vec<u128>,
}

impl<'q> Worker<'q> {
    fn new(grouping: &'q Grouping, query: &FactQuery, mut tally: Tally, group_limit: usize) -> Self {
        let mut customers = Customers::default();
        if let Some(places) = grouping.dense {
            tally.grow(places);
            customers.grow(places);
        }
        let keys = grouping.dense.is_none().then(Keys::default);
        Self {
            grouping,
            counts_customers: query.customers,
            group_limit,
            groups: Groups { keys, tally, customers },
            masks: Masks::default(),
            list: Vec::new(),
            block: Vec::new(),
            keys: Vec::new(),
        }
    }

    /// Counts the rows of a segment that pass.
    fn read(&mut self, test: &Test, segment: &Segment, rows: Range<usize>) -> Result<(), FactsError> {
        let matched = self.masks.living(test, segment, rows.clone());
        let days = self.day_keys(segment, &rows);
        match (&matched, self.grouping.topic_unit()) {
            (Matched::None, _) => {}
            (_, Some(unit)) => self.read_topics(segment, &rows, &matched, unit, &days)?,
            (Matched::All, None) => {
                for (key, rows) in days {
                    self.add(key, segment, &Rows::Range(rows))?;
                }
            }
            (Matched::Mask(mask), None) => {
                let mut list = std::mem::take(&mut self.list);
                list_rows(mask, rows.start, &mut list);
                let added = self.add_by_day(0, segment, &list, &days);
                self.list = list;
                added?;
            }
        }
        self.masks.give_back(matched);
        self.groups.customers.end_segment();
        Ok(())
    }

    /// Runs of rows with the same share of the key from their day.
    fn day_keys(&self, segment: &Segment, rows: &Range<usize>) -> Vec<(u128, Range<usize>)> {
        let mut runs: Vec<(u128, Range<usize>)> = Vec::new();
        for (day, day_rows) in segment.days() {
            let (start, end) = (day_rows.start.max(rows.start), day_rows.end.min(rows.end));
            if start >= end {
                continue;
            }
            let key = self.grouping.day_key(day);
            match runs.last_mut() {
                Some((last, run)) if *last == key => run.end = end,
                _ => runs.push((key, start..end)),
            }
        }
        runs
    }

    fn read_topics(
        &mut self,
        segment: &Segment,
        rows: &Range<usize>,
        matched: &Matched,
        unit: u128,
        days: &[(u128, Range<usize>)],
    ) -> Result<(), FactsError> {
        let mut passing = std::mem::take(&mut self.list);
        let added = segment.topics().iter().try_for_each(|(topic, list)| {
            let mut list = within(list, rows.clone());
            if let Matched::Mask(mask) = matched {
                passing.clear();
                passing.extend(list.iter().filter(|&&row| mask[usize::from(row) - rows.start] == 1));
                list = &passing;
            }
            self.add_by_day(u128::from(topic) * unit, segment, list, days)
        });
        self.list = passing;
        added
    }

    /// Counts listed rows, whose days give the rest of the key.
    fn add_by_day(
        &mut self,
        key: u128,
        segment: &Segment,
        mut list: &[u16],
        days: &[(u128, Range<usize>)],
    ) -> Result<(), FactsError> {
        for (day_key, rows) in days {
            let run;
            (run, list) = list.split_at(list.partition_point(|&row| usize::from(row) < rows.end));
            if !run.is_empty() {
                self.add(key + day_key, segment, &Rows::List(run))?;
            }
            if list.is_empty() {
                break;
            }
        }
        Ok(())
    }

    /// Counts rows whose key is `key` and what their columns add to it.
    fn add(&mut self, key: u128, segment: &Segment, rows: &Rows<'_>) -> Result<(), FactsError> {
        if self.grouping.is_constant() {
            let group = match &mut self.groups.keys {
                None => key as u32,
                Some(keys) => keys.group(key),
            };
            self.make_room()?;
            self.groups.tally.add_run(group as usize, segment, rows);
            if self.counts_customers {
                self.groups.customers.add_run(group, segment, rows);
            }
            return Ok(());
        }
        for from in (0..rows.len()).step_by(BLOCK) {
            let rows = rows.slice(from, rows.len().min(from + BLOCK));
            self.find_groups(key, segment, &rows);
            self.make_room()?;
            self.groups.tally.add_rows(&self.block, segment, &rows);
            if self.counts_customers {
                self.groups.customers.add_rows(&self.block, segment, &rows);
            }
        }
        Ok(())
    }

    /// The groups of the rows of a block.
    fn find_groups(&mut self, key: u128, segment: &Segment, rows: &Rows<'_>) {
        self.block.clear();
        let parts = self.grouping.parts.iter();
        let columns = parts.filter_map(|part| Some((part, &segment.column(part.source.column()?).codes)));
        let Some(known) = &mut self.groups.keys else {
            self.block.resize(rows.len(), key as u32);
            for (part, codes) in columns {
                let (groups, unit) = (self.block.iter_mut(), part.unit as u32);
                match part.source {
                    Source::NpsGroup => {
                        codes.each_with(rows, groups, |group, code| {
                            *group += NPS_GROUP_OF[code as usize] * unit
                        });
                    }
                    _ => codes.each_with(rows, groups, |group, code| *group += code * unit),
                }
            }
            return;
        };
        self.keys.clear();
        self.keys.resize(rows.len(), key);
        for (part, codes) in columns {
            let (keys, unit) = (self.keys.iter_mut(), part.unit);
            match part.source {
                Source::NpsGroup => {
                    codes.each_with(rows, keys, |key, code| {
                        *key += u128::from(NPS_GROUP_OF[code as usize]) * unit
                    });
                }
                _ => codes.each_with(rows, keys, |key, code| *key += u128::from(code) * unit),
            }
        }
        self.block.extend(self.keys.iter().map(|&key| known.group(key)));
    }

    /// Grows the counters with the groups, up to the limit.
    fn make_room(&mut self) -> Result<(), FactsError> {
        let Some(keys) = &self.groups.keys else { return Ok(()) };
        let groups = keys.keys.len();
        if groups > self.group_limit {
            return Err(FactsError::TooManyGroups { limit: self.group_limit });
        }
        self.groups.tally.grow(groups);
        self.groups.customers.grow(groups);
        Ok(())
    }
}

//! Runs a query: segments shared among the cores, each core with its own counters, added up at the end.

use std::ops::Range;
use std::sync::Arc;

use crate::calendar;
use crate::codes::Rows;
use crate::grouping::Grouping;
use crate::groups::Groups;
use crate::item::SIGNALS;
use crate::limits::Limits;
use crate::mask::filter;
use crate::matching::{Matched, Matcher};
use crate::postings::within;
use crate::segment::{MAX_ROWS, Segment};
use crate::state::State;
use crate::tally::Tally;
use crate::test::Test;
use crate::workers;
use crate::{FactQuery, FactRow, FactsError, Period};

/// Rows whose keys are made at a time: they stay in the fastest cache.
const BLOCK: usize = 4096;
/// Counters that may have a place each (4 bytes); beyond that, or beyond 16 for each row there is, keys are hashed.
const DENSE_COUNTERS: usize = 1 << 20;
/// What a core needs for rows that are being read: two masks, two lists, keys of a block.
const SCRATCH_BYTES: usize = 8 * MAX_ROWS + 16 * BLOCK;

/// Rows of a segment that begin their keys alike.
type Run = (u128, Range<usize>);

/// The rows of a query's answer, within the limits.
pub fn run(state: &State, query: &FactQuery, limits: &Limits) -> Result<Vec<FactRow>, FactsError> {
    let test = Test::new(&query.filter, &state.vocabulary)?;
    let segments: Vec<_> = segments_in(state, query.period).collect();
    let rows = segments.iter().map(|(_, rows)| rows.len()).sum::<usize>();
    let dense_limit = DENSE_COUNTERS.min(16 * rows.max(256)) / Tally::new(query.measures).slots();
    let grouping = Grouping::new(&query.dimensions, state, dense_limit)?;
    let known_bytes = known_bytes(&grouping, query, state, &segments);
    limits.allow_bytes(known_bytes, &query.dimensions)?;

    let tests = tests(test, &grouping);
    let parts = workers::share(segments.len(), |pieces| {
        let mut worker = Worker::new(&grouping, query, limits, known_bytes);
        for piece in pieces {
            let (segment, rows) = &segments[piece];
            for (start, test) in &tests {
                worker.read(*start, test, segment, rows.clone())?;
            }
            worker.end_segment();
        }
        Ok(worker.groups)
    });
    let parts = parts.into_iter().collect::<Result<Vec<Groups>, FactsError>>()?;
    let Some(groups) = parts.into_iter().reduce(Groups::merge) else { return Ok(Vec::new()) };
    groups.rows(&grouping, query, state, limits)
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

/// What rows have to pass, and with what their keys begin then: a row is read once for each of its signals where the
/// key has them.
fn tests(test: Test, grouping: &Grouping) -> Vec<(u128, Test)> {
    let Some(unit) = grouping.signal_unit() else { return vec![(0, test)] };
    let test = Arc::new(test);
    let one = |(code, signal)| (u128::from(code) * unit, Test::And(vec![signal, Test::Shared(test.clone())]));
    Test::each_signal().map(one).collect()
}

/// At most so many bytes are needed besides groups of hashed keys, whose number nobody knows beforehand: counters on each
/// core, the customers of every row (in every topic), and a bitmap of them on each core.
fn known_bytes(
    grouping: &Grouping,
    query: &FactQuery,
    state: &State,
    segments: &[(&Segment, Range<usize>)],
) -> usize {
    let cores = workers::count(segments.len());
    let counters = Groups::bytes(query, grouping.dense.unwrap_or(0), false);
    let listed = |(segment, rows): &(&Segment, Range<usize>)| match grouping.topic_unit() {
        Some(_) => segment.topics().len(),
        None => rows.len(),
    };
    let times = if grouping.signal_unit().is_some() { SIGNALS.len() } else { 1 };
    let customers = match query.customers {
        // A list that grows is copied into one of twice the size.
        true => {
            8 * times * segments.iter().map(listed).sum::<usize>() + cores * (state.customers as usize / 8)
        }
        false => 0,
    };
    cores * (counters + SCRATCH_BYTES) + customers
}

/// What one core works with.
struct Worker<'q> {
    grouping: &'q Grouping,
    query: &'q FactQuery,
    limits: &'q Limits,
    known_bytes: usize,
    groups: Groups,
    matcher: Matcher,
    /// Rows that pass, in one array used again and again.
    list: Vec<u16>,
    /// Keys of the rows of a block: within the keys that begin alike, in full, and in full before they are hashed.
    narrow: Vec<u16>,
    wide: Vec<u32>,
    hashed: Vec<u128>,
}

impl<'q> Worker<'q> {
    fn new(grouping: &'q Grouping, query: &'q FactQuery, limits: &'q Limits, known_bytes: usize) -> Self {
        Self {
            grouping,
            query,
            limits,
            known_bytes,
            groups: Groups::new(grouping, query),
            matcher: Matcher::default(),
            list: Vec::new(),
            narrow: Vec::new(),
            wide: Vec::new(),
            hashed: Vec::new(),
        }
    }

    /// Counts the rows of a segment that pass; their keys begin with `start`.
    fn read(
        &mut self,
        start: u128,
        test: &Test,
        segment: &Segment,
        rows: Range<usize>,
    ) -> Result<(), FactsError> {
        self.limits.go_on()?;
        let mut matched = self.matcher.living(test, segment, rows.clone());
        if self.grouping.topic_unit().is_some() {
            matched = self.matcher.spread(matched, &rows);
        }
        let runs = self.runs(segment, &rows);
        match (&matched, self.grouping.topic_unit()) {
            (Matched::None, _) => {}
            (_, Some(unit)) => self.read_topics(start, segment, &rows, &matched, unit, &runs)?,
            (Matched::All, None) => {
                for (key, rows) in runs {
                    self.add(start + key, segment, &Rows::Range(rows))?;
                }
            }
            (Matched::List(list), None) => self.add_list(start, segment, list, &runs)?,
            (Matched::Mask(mask), None) => {
                let mut list = std::mem::take(&mut self.list);
                mask.list(rows.start, &mut list);
                let added = self.add_list(start, segment, &list, &runs);
                self.list = list;
                added?;
            }
        }
        self.matcher.give_back(matched);
        Ok(())
    }

    fn end_segment(&mut self) {
        if let Some(customers) = &mut self.groups.customers {
            customers.end_segment();
        }
    }

    /// Runs of rows with the same share of the key from their day.
    fn runs(&self, segment: &Segment, rows: &Range<usize>) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
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
        start: u128,
        segment: &Segment,
        rows: &Range<usize>,
        matched: &Matched,
        unit: u128,
        runs: &[Run],
    ) -> Result<(), FactsError> {
        let mut passing = std::mem::take(&mut self.list);
        let added = segment.topics().iter().try_for_each(|(topic, list)| {
            let mut list = within(list, rows.clone());
            if let Matched::Mask(mask) = matched {
                filter(list, &mut passing, |row| mask.passes(usize::from(row) - rows.start));
                list = &passing;
            }
            self.add_list(start + u128::from(topic) * unit, segment, list, runs)
        });
        self.list = passing;
        added
    }

    /// Counts listed rows, whose days give the rest of the key.
    fn add_list(
        &mut self,
        key: u128,
        segment: &Segment,
        mut list: &[u16],
        runs: &[Run],
    ) -> Result<(), FactsError> {
        for (day_key, rows) in runs {
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
            self.groups.make_room(self.query, self.limits, self.known_bytes)?;
            self.groups.tally.add_run(group as usize, segment, rows);
            if let Some(customers) = &mut self.groups.customers {
                customers.add_run(group, segment, rows);
            }
            return Ok(());
        }
        for from in (0..rows.len()).step_by(BLOCK) {
            self.limits.go_on()?;
            let rows = rows.slice(from, rows.len().min(from + BLOCK));
            self.add_block(key, segment, &rows)?;
        }
        Ok(())
    }

    fn add_block(&mut self, key: u128, segment: &Segment, rows: &Rows<'_>) -> Result<(), FactsError> {
        if let Some(keys) = &mut self.groups.keys {
            self.grouping.find_keys(key, segment, rows, &mut self.hashed);
            self.wide.clear();
            self.wide.extend(self.hashed.iter().map(|&key| keys.group(key)));
            self.groups.make_room(self.query, self.limits, self.known_bytes)?;
            count(&mut self.groups, 0, &self.wide, segment, rows);
        } else if self.grouping.width <= 1 << 16 {
            self.grouping.find_keys(0, segment, rows, &mut self.narrow);
            count(&mut self.groups, key as usize, &self.narrow, segment, rows);
        } else {
            self.grouping.find_keys(0, segment, rows, &mut self.wide);
            count(&mut self.groups, key as usize, &self.wide, segment, rows);
        }
        Ok(())
    }
}

/// Counts rows each of its own group, group `first` and those after it.
fn count<G: Copy + Into<u32>>(
    groups: &mut Groups,
    first: usize,
    block: &[G],
    segment: &Segment,
    rows: &Rows<'_>,
) {
    groups.tally.add_rows(first, block, segment, rows);
    if let Some(customers) = &mut groups.customers {
        customers.add_rows(first, block, segment, rows);
    }
}

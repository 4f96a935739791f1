//! Lists the items behind a number, newest first.

use std::cmp::Reverse;
use std::ops::Range;

use crate::calendar;
use crate::execute::segments_in;
use crate::limits::Limits;
use crate::matching::Matcher;
use crate::segment::Segment;
use crate::state::State;
use crate::test::Test;
use crate::workers;
use crate::{FactsError, Filter, Period, Selected, Selection};

/// Where an item stands in time: the greater, the newer.
type Place = (u16, u32);

/// One page of the items that match, and how many match on all pages.
pub fn select(
    state: &State,
    filter: &Filter,
    period: Option<Period>,
    page: Selection,
    limits: &Limits,
) -> Result<Selected, FactsError> {
    let test = Test::new(filter, &state.vocabulary)?;
    let before = page.before.map(|number| place_of(state, number)).transpose()?;
    let wanted = page.offset.saturating_add(page.limit);
    let segments: Vec<_> = segments_in(state, period).collect();
    let parts = workers::share(segments.len(), |pieces| {
        let mut reader =
            Reader { test: &test, before, wanted, matcher: Matcher::default(), total: 0, newest: Vec::new() };
        for piece in pieces {
            limits.go_on()?;
            reader.read(segments[piece].0, segments[piece].1.clone());
        }
        Ok((reader.total, reader.newest))
    });
    let parts = parts.into_iter().collect::<Result<Vec<_>, FactsError>>()?;
    let total = parts.iter().map(|(total, _)| total).sum();
    let mut newest: Vec<Place> = parts.into_iter().flat_map(|(_, newest)| newest).collect();
    newest.sort_unstable_by_key(|&place| Reverse(place));
    let page = newest.into_iter().skip(page.offset).take(page.limit);
    let (days, numbers) = page.map(|(day, number)| (calendar::unpack_day(day), number)).unzip();
    Ok(Selected { numbers, days, total })
}

fn place_of(state: &State, number: u32) -> Result<Place, FactsError> {
    let place = |segment: &Segment| {
        let mut rows = segment.numbers().iter().enumerate().filter(|(_, known)| **known == number);
        let (row, _) = rows.find(|(row, _)| !segment.is_dead(*row))?;
        segment.days().find(|(_, rows)| rows.contains(&row)).map(|(day, _)| (day, number))
    };
    state.segments().find_map(place).ok_or(FactsError::UnknownItem(number))
}

/// What one core works with.
struct Reader<'q> {
    test: &'q Test,
    before: Option<Place>,
    wanted: usize,
    matcher: Matcher,
    total: u64,
    newest: Vec<Place>,
}

impl Reader<'_> {
    fn read(&mut self, segment: &Segment, rows: Range<usize>) {
        let matched = self.matcher.living(self.test, segment, rows.clone());
        let mut list = Vec::new();
        matched.list(&rows, &mut list);
        self.total += list.len() as u64;
        self.collect(segment, &list);
        self.matcher.give_back(matched);
        self.forget_oldest();
    }

    /// Collects the newest of the listed rows, as many as could be wanted.
    fn collect(&mut self, segment: &Segment, mut list: &[u16]) {
        let days: Vec<_> = segment.days().collect();
        let mut left = self.wanted;
        for (day, rows) in days.into_iter().rev() {
            let run;
            (list, run) = list.split_at(list.partition_point(|&row| usize::from(row) < rows.start));
            let places = run.iter().rev().map(|&row| (day, segment.numbers()[usize::from(row)]));
            let older = places.filter(|place| self.before.is_none_or(|before| *place < before));
            let known = self.newest.len();
            self.newest.extend(older.take(left));
            left -= self.newest.len() - known;
            if left == 0 || list.is_empty() {
                break;
            }
        }
    }

    /// Drops what the newer ones have pushed off the page.
    fn forget_oldest(&mut self) {
        if self.newest.len() / 2 > self.wanted.max(1024) {
            self.newest.select_nth_unstable_by_key(self.wanted, |&place| Reverse(place));
            self.newest.truncate(self.wanted);
        }
    }
}

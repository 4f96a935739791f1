//! Applies changes: the one place where a new state comes from an old one.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar;
use crate::customers::Customers;
use crate::item_days::ItemDays;
use crate::merge;
use crate::segment::{MAX_ROWS, Segment};
use crate::state::State;
use crate::tail::{Row, Tail};
use crate::test::signal_codes;
use crate::vocabulary::{COMPLAINT, CUSTOMER, FIRST_ATTRIBUTE, SENTIMENT, SIGNAL, Vocabulary, score_column};
use crate::{Change, Item, Score};

/// The tail joins the months when it has grown to this: publishing it anew costs well under a millisecond until then.
const TAIL_ROWS: usize = 4096;

/// What only the writer needs to know besides the state.
#[derive(Debug, Default)]
pub struct Writer {
    pub customers: Customers,
    pub days: ItemDays,
    pub tail: Tail,
}

impl Writer {
    /// The state after these changes.
    pub fn apply(&mut self, state: &State, changes: Vec<Change>, sequence: u64) -> State {
        let mut months = state.months.clone();
        let mut vocabulary = state.vocabulary.clone();
        let mut worn = BTreeSet::new();
        for change in changes {
            match change {
                Change::Remove(number) => worn.extend(self.remove(&mut months, number)),
                Change::Put(item) => {
                    worn.extend(self.remove(&mut months, item.number));
                    self.put(&mut vocabulary, item);
                }
            }
            if self.tail.len() == MAX_ROWS {
                worn.extend(self.flush(&mut months, &vocabulary));
            }
        }
        if self.tail.len() >= TAIL_ROWS {
            worn.extend(self.flush(&mut months, &vocabulary));
        }
        for month in worn {
            if let Some(segments) = months.get_mut(&month) {
                merge::settle(segments);
            }
        }
        months.retain(|_, segments| !segments.is_empty());
        vocabulary.settle();
        let tail = self.tail.segment(vocabulary.columns());
        State { months, tail, vocabulary, customers: self.customers.codes(), sequence }
    }

    /// Takes an item out of wherever it is; gives the month whose segment lost it.
    fn remove(&mut self, months: &mut BTreeMap<i32, Vec<Segment>>, number: u32) -> Option<i32> {
        let day = self.days.take(number)?;
        if self.tail.remove(number) {
            return None;
        }
        let month = calendar::month(day);
        for segment in months.get_mut(&month)? {
            if let Some(row) = segment.find(day, number) {
                segment.kill(row);
                return Some(month);
            }
        }
        None
    }

    fn put(&mut self, vocabulary: &mut Vocabulary, item: Item) {
        let day = calendar::pack_day(item.day);
        self.days.set(item.number, day);
        let row = self.code(vocabulary, day, item);
        self.tail.push(row);
    }

    fn code(&mut self, vocabulary: &mut Vocabulary, day: u16, item: Item) -> Row {
        let mut codes = vec![0; FIRST_ATTRIBUTE];
        let fixed = [
            &item.source,
            &item.channel,
            &item.unit,
            &item.product,
            &item.touchpoint,
            &item.segment,
            &item.region,
            &item.language,
        ];
        for ((code, dictionary), value) in codes.iter_mut().zip(&mut vocabulary.fixed).zip(fixed) {
            *code = value.as_ref().map_or(0, |value| dictionary.intern(value));
        }
        for (score, answer) in [(Score::Nps, item.nps), (Score::Csat, item.csat), (Score::Ces, item.ces)] {
            let (low, high) = score.scale();
            let answer = answer.filter(|answer| (low..=high).contains(answer));
            codes[score_column(score)] = answer.map_or(0, |answer| u32::from(answer) + 1);
        }
        codes[COMPLAINT] = item.complaint.into();
        codes[SENTIMENT] = item.sentiment.map_or(0, |polarity| (i32::from(polarity.signum()) + 2) as u32);
        codes[SIGNAL] = u32::from(item.signals) % signal_codes();
        codes[CUSTOMER] = item.customer.map_or(0, |key| self.customers.intern(&key));
        for (name, value) in &item.attributes {
            let position = vocabulary.intern_attribute(name);
            codes.resize(codes.len().max(FIRST_ATTRIBUTE + position + 1), 0);
            codes[FIRST_ATTRIBUTE + position] = vocabulary.attributes[position].1.intern(value);
        }
        let mut topics: Vec<u32> = item.topics.iter().map(|topic| vocabulary.topics.intern(topic)).collect();
        topics.sort_unstable();
        topics.dedup();
        Row { day, number: item.number, codes, topics }
    }

    /// Moves the tail into the months; gives the months that got something.
    fn flush(&mut self, months: &mut BTreeMap<i32, Vec<Segment>>, vocabulary: &Vocabulary) -> Vec<i32> {
        let tail = self.tail.segment(vocabulary.columns());
        self.tail.clear();
        let parts = tail.iter().flat_map(merge::split_months);
        parts
            .map(|(month, segment)| {
                months.entry(month).or_default().push(segment);
                month
            })
            .collect()
    }

    pub fn memory_bytes(&self) -> usize {
        self.customers.memory_bytes() + self.days.memory_bytes() + self.tail.memory_bytes()
    }
}

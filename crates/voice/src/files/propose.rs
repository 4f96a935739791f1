//! A first mapping by the names of the columns and what stands in them, for the user to correct.

use super::date::DateFormat;
use super::mapping::{ColumnMap, Defaults, Field, Mapping, Target};
use super::names::fits;
use super::number::{Decimal, yes_or_no};
use super::row::Row;
use crate::Channel;

/// Proposes a mapping from the first rows.
///
/// A name counts only where the values agree: `rating` from 1 to 5 is CSAT, from 0 to 10 it is NPS, and a column of
/// figures is never the text. What no name explains is told by content: the first column of dates is the time, the
/// longest words are the text. All other columns become attributes under their own names.
pub fn propose(columns: &[String], rows: &[Row]) -> Mapping {
    let samples: Vec<Sample<'_>> = (0..columns.len()).map(|column| Sample { rows, column }).collect();
    let mut fields: Vec<Option<Field>> = vec![None; columns.len()];
    let mut candidates = Vec::new();
    for (column, name) in columns.iter().enumerate() {
        candidates.extend(fits(name).into_iter().map(|(field, fit)| (fit, field, column)));
    }
    candidates.sort();
    for (_, field, column) in candidates {
        let is_free = fields[column].is_none() && !fields.contains(&Some(field));
        if is_free && samples[column].suits(field) {
            fields[column] = Some(field);
        }
    }
    if !fields.contains(&Some(Field::OccurredAt)) {
        let dates =
            (0..columns.len()).find(|column| fields[*column].is_none() && samples[*column].has_dates());
        fields.iter_mut().enumerate().filter(|(column, _)| Some(*column) == dates).for_each(|(_, field)| {
            *field = Some(Field::OccurredAt);
        });
    }
    if !fields.contains(&Some(Field::Text)) {
        let free = (0..columns.len()).filter(|column| fields[*column].is_none());
        let longest = free.max_by_key(|column| samples[*column].mean_chars());
        if let Some(column) = longest.filter(|column| samples[*column].is_prose()) {
            fields[column] = Some(Field::Text);
        }
    }
    let dates = fields.iter().position(|field| *field == Some(Field::OccurredAt));
    let scores = (0..columns.len())
        .filter(|column| matches!(fields[*column], Some(Field::Nps | Field::Csat | Field::Ces)));
    Mapping {
        date_format: dates.and_then(|column| DateFormat::guess(samples[column].values())).unwrap_or_default(),
        decimal: Decimal::guess(scores.flat_map(|column| samples[column].values())),
        columns: columns.iter().zip(fields).map(column_map).collect(),
        defaults: Defaults::default(),
    }
}

fn column_map((column, field): (&String, Option<Field>)) -> ColumnMap {
    let to = field.map_or_else(|| Target::Attribute(column.clone()), Target::Field);
    ColumnMap { column: column.clone(), to }
}

/// The values of one column in the first rows.
#[derive(Clone, Copy)]
struct Sample<'a> {
    rows: &'a [Row],
    column: usize,
}

impl<'a> Sample<'a> {
    fn values(self) -> impl Iterator<Item = &'a str> + Clone {
        let cells = self.rows.iter().filter_map(move |row| row.cells.get(self.column));
        cells.map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }

    fn count(self) -> usize {
        self.values().count()
    }

    /// At least nine in ten values pass.
    fn mostly(self, passes: impl Fn(&str) -> bool) -> bool {
        let count = self.count();
        count > 0 && self.values().filter(|value| passes(value)).count() * 10 >= count * 9
    }

    fn suits(self, field: Field) -> bool {
        match field {
            Field::ExternalId => self.is_unique(),
            Field::OccurredAt => DateFormat::guess(self.values()).is_some(),
            Field::Nps => self.is_score(0, 10),
            Field::Csat => self.is_score(1, 5),
            Field::Ces => self.is_score(1, 7),
            Field::Complaint => self.mostly(|value| yes_or_no(value).is_some()),
            Field::Channel => self.mostly(|value| Channel::from_words(value).is_some()),
            Field::Title | Field::Text => self.mostly(has_letters) && !self.has_dates(),
            Field::Language => self.mostly(|value| has_letters(value) && value.chars().count() <= 20),
            Field::Customer
            | Field::Unit
            | Field::Product
            | Field::Touchpoint
            | Field::Segment
            | Field::Region => self.count() > 0,
        }
    }

    fn is_unique(self) -> bool {
        let mut values: Vec<&str> = self.values().collect();
        let count = values.len();
        values.sort_unstable();
        values.dedup();
        // One row in twenty may lack its id or repeat another: such rows are refused, and seen.
        count > 0 && count * 20 >= self.rows.len() * 19 && values.len() * 20 >= count * 19
    }

    fn is_score(self, low: i64, high: i64) -> bool {
        self.mostly(|value| Decimal::Point.whole(value).is_ok_and(|score| (low..=high).contains(&score)))
    }

    /// Dates in so many words: plain numbers could be anything.
    fn has_dates(self) -> bool {
        let guess = DateFormat::guess(self.values());
        matches!(guess, Some(DateFormat::Iso | DateFormat::DayMonthYear | DateFormat::MonthDayYear))
    }

    fn mean_chars(self) -> usize {
        self.values().map(|value| value.chars().count()).sum::<usize>() / self.count().max(1)
    }

    /// Sentences: long, and with spaces.
    fn is_prose(self) -> bool {
        self.mean_chars() >= 20
            && self.values().filter(|value| value.contains(' ')).count() * 2 >= self.count()
    }
}

fn has_letters(text: &str) -> bool {
    text.chars().any(char::is_alphabetic)
}

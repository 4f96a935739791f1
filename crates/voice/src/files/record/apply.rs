//! Applies a mapping to rows.

use super::Record;
use super::identity::Identities;
use super::plan::{self, Slot};
use crate::Channel;
use crate::files::issue::{Issue, IssueCode, Severity};
use crate::files::mapping::{Field, Mapping, MappingError, Target};
use crate::files::number::yes_or_no;
use crate::files::row::{Columns, Row};
use jiff::tz::TimeZone;

/// 1990-01-01 in UTC milliseconds: no feedback file is older.
const EARLIEST_MS: i64 = 631_152_000_000;
const DAY_MS: i64 = 86_400_000;
/// An id, a key or the name of a dimension longer than this is something else in the wrong column.
const NAME_CHARS: usize = 500;

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// Nothing where the row is refused.
    pub record: Option<Record>,
    /// Everything wrong with the row, not only the first thing.
    pub issues: Vec<Issue>,
}

/// Applies a mapping to the rows of one file, in order.
///
/// A row is refused where anything that is counted cannot be read: its date, its id, a score, the complaint flag.
/// A date or an id that is mapped must be there; an empty score is an answer without a score. A value that only
/// describes is dropped with an issue, and the row comes in. Rows are remembered by id: to resume an import, apply all
/// rows from the start and pass over those already taken.
pub struct Applier {
    mapping: Mapping,
    columns: Columns,
    slots: Vec<Slot>,
    has_id: bool,
    zone: TimeZone,
    latest_ms: i64,
    identities: Identities,
}

impl Applier {
    /// Makes a mapping ready for the columns of a file. `now` is the present in UTC milliseconds.
    ///
    /// # Errors
    /// [`MappingError`]: a column that the file lacks, a field mapped twice, an unknown time zone.
    pub fn new(mapping: &Mapping, columns: &Columns, now: i64) -> Result<Self, MappingError> {
        let slots = plan::slots(mapping, columns)?;
        Ok(Self {
            has_id: slots.iter().any(|slot| slot.to == Target::Field(Field::ExternalId)),
            zone: plan::time_zone(mapping)?,
            mapping: mapping.clone(),
            columns: columns.clone(),
            slots,
            latest_ms: now.saturating_add(DAY_MS),
            identities: Identities::default(),
        })
    }

    /// Turns a row into a record.
    pub fn apply(&mut self, row: &Row) -> Applied {
        if row.cells.iter().chain(row.extra.iter().map(|(_, value)| value)).all(|cell| cell.trim().is_empty())
        {
            return Applied { record: None, issues: vec![Issue::of_row(row.line, IssueCode::EmptyRow)] };
        }
        let defaults = &self.mapping.defaults;
        let mut record = Record { line: row.line, channel: defaults.channel, ..Record::default() };
        let mut issues = Vec::new();
        for slot in &self.slots {
            let value = slot.value(row);
            let taken = match &slot.to {
                Target::Field(field) => self.take(&mut record, *field, value),
                Target::Attribute(name) if !value.is_empty() => {
                    record.attributes.push((name.clone(), value.to_owned()));
                    Ok(())
                }
                Target::Attribute(_) | Target::Ignore => Ok(()),
            };
            if let Err(code) = taken {
                issues.push(cell_issue(row.line, slot, code, value));
            }
        }
        record.attributes.sort_unstable();
        if issues.is_empty() && says_nothing(&record) {
            issues.push(Issue::of_row(row.line, IssueCode::NothingSaid));
        }
        let is_refused =
            |issues: &[Issue]| issues.iter().any(|issue| issue.code.severity() == Severity::Refused);
        if !is_refused(&issues) {
            self.identify(&mut record, row, &mut issues);
        }
        Applied { record: (!is_refused(&issues)).then_some(record), issues }
    }

    /// Reads one value into its field.
    fn take(&self, record: &mut Record, field: Field, value: &str) -> Result<(), IssueCode> {
        match field {
            Field::ExternalId => record.external_id = name(value)?.ok_or(IssueCode::MissingId)?,
            Field::OccurredAt => record.occurred_at = Some(self.moment(value)?),
            Field::Channel if value.is_empty() => {}
            Field::Channel => {
                record.channel = Some(Channel::from_words(value).ok_or(IssueCode::UnknownChannel)?);
            }
            Field::Customer => record.customer = name(value)?,
            Field::Unit => record.unit = name(value)?,
            Field::Product => record.product = name(value)?,
            Field::Touchpoint => record.touchpoint = name(value)?,
            Field::Segment => record.segment = name(value)?,
            Field::Region => record.region = name(value)?,
            Field::Language => record.language = name(value)?.map(|language| language_code(&language)),
            Field::Nps | Field::Csat | Field::Ces => {
                let score = self.score(field, value)?;
                match field {
                    Field::Nps => record.nps = score,
                    Field::Csat => record.csat = score,
                    _ => record.ces = score,
                }
            }
            Field::Complaint if value.is_empty() => {}
            Field::Complaint => record.complaint = Some(yes_or_no(value).ok_or(IssueCode::NotYesOrNo)?),
            Field::Title => record.title = words(value),
            Field::Text => record.text = words(value),
        }
        Ok(())
    }

    fn moment(&self, value: &str) -> Result<i64, IssueCode> {
        if value.is_empty() {
            return Err(IssueCode::MissingDate);
        }
        let at = self.mapping.date_format.parse(value, &self.zone).ok_or(IssueCode::BadDate)?;
        if (EARLIEST_MS..=self.latest_ms).contains(&at) { Ok(at) } else { Err(IssueCode::DateOutOfRange) }
    }

    fn score(&self, field: Field, value: &str) -> Result<Option<u8>, IssueCode> {
        if value.is_empty() {
            return Ok(None);
        }
        let (low, high) = scale(field);
        let score = self.mapping.decimal.whole(value)?;
        let score = u8::try_from(score).map_err(|_| IssueCode::ScoreOutOfRange)?;
        if (low..=high).contains(&score) { Ok(Some(score)) } else { Err(IssueCode::ScoreOutOfRange) }
    }

    /// Gives a sound record its id; one that the file had before is refused.
    fn identify(&mut self, record: &mut Record, row: &Row, issues: &mut Vec<Issue>) {
        if !self.has_id {
            record.external_id = self.identities.derive(row, &self.columns);
        } else if let Some(first) = self.identities.repeat_of(&record.external_id, row.line) {
            let issue = Issue::of_row(row.line, IssueCode::DuplicateInFile);
            issues.push(issue.with("first_line", first).quoting(&record.external_id));
        }
    }
}

fn cell_issue(line: u64, slot: &Slot, code: IssueCode, value: &str) -> Issue {
    let issue = Issue::of_cell(line, &slot.column, code);
    match (code, &slot.to) {
        (IssueCode::MissingDate | IssueCode::MissingId, _) => issue,
        (IssueCode::CellTooLong, _) => issue.with("limit", NAME_CHARS),
        (IssueCode::ScoreOutOfRange, Target::Field(field)) => {
            let (low, high) = scale(*field);
            issue.quoting(value).with("low", low).with("high", high)
        }
        _ => issue.quoting(value),
    }
}

fn scale(field: Field) -> (u8, u8) {
    match field {
        Field::Nps => (0, 10),
        Field::Csat => (1, 5),
        _ => (1, 7),
    }
}

fn says_nothing(record: &Record) -> bool {
    let has_score = record.nps.or(record.csat).or(record.ces).is_some();
    let has_words = record.text.is_some() || record.title.is_some();
    !has_words && !has_score && record.complaint != Some(true)
}

fn words(value: &str) -> Option<String> {
    (!value.is_empty()).then(|| value.to_owned())
}

fn name(value: &str) -> Result<Option<String>, IssueCode> {
    match value.char_indices().nth(NAME_CHARS) {
        Some(_) => Err(IssueCode::CellTooLong),
        None => Ok(words(value)),
    }
}

/// `ru` for `RU`, `ru-RU`, `русский`; what is not known stays as it is, in lower case.
fn language_code(value: &str) -> String {
    let lower = value.to_lowercase();
    match lower.as_str() {
        "русский" | "рус" | "russian" | "rus" => "ru".to_owned(),
        "английский" | "англ" | "english" | "eng" => "en".to_owned(),
        _ => match lower.split_once(['-', '_']) {
            Some((code, _)) if code.len() == 2 => code.to_owned(),
            _ => lower,
        },
    }
}

//! Pushed items: the same fields and the same checks as a row of a file.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use otklik_store::Millis;
use serde::{Deserialize, Serialize};

use crate::Channel;
use crate::files::{
    Applier, ColumnMap, Columns, Defaults, Field, Issue, Mapping, MappingError, Record, Row, Target,
};

/// An item as a program sends it, in clear: personal data is masked before anything is stored.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Pushed {
    /// The idempotency key within the source.
    pub external_id: String,
    /// RFC 3339, or a local time in the company's zone; the moment of arrival by default.
    pub occurred_at: Option<String>,
    pub channel: Option<Channel>,
    pub customer: Option<String>,
    pub unit: Option<String>,
    pub product: Option<String>,
    pub touchpoint: Option<String>,
    pub segment: Option<String>,
    pub region: Option<String>,
    pub language: Option<String>,
    /// 0 to 10.
    pub nps: Option<i64>,
    /// 1 to 5.
    pub csat: Option<i64>,
    /// 1 to 7.
    pub ces: Option<i64>,
    pub complaint: Option<bool>,
    pub title: Option<String>,
    pub text: Option<String>,
    /// The company's own attributes.
    #[serde(default)]
    pub attributes: BTreeMap<String, String>,
}

/// Checks a batch. The `line` of an issue is the place of its item, from 1; two items of one id are refused like two
/// rows of one id.
///
/// # Errors
/// [`MappingError::NoTimeZone`] for an unknown zone.
pub fn check_pushed(
    items: &[Pushed],
    time_zone: &str,
    now_ms: Millis,
) -> Result<Vec<Result<Record, Vec<Issue>>>, MappingError> {
    let attributes: BTreeSet<&String> = items.iter().flat_map(|item| item.attributes.keys()).collect();
    let fields = Field::ALL.map(|field| (field.to_string(), Target::Field(field)));
    let own = attributes.iter().map(|name| (format!("attribute:{name}"), Target::Attribute((*name).clone())));
    let columns: Vec<ColumnMap> =
        fields.into_iter().chain(own).map(|(column, to)| ColumnMap { column, to }).collect();
    let names = Columns { names: columns.iter().map(|map| map.column.clone()).collect(), open: false };
    let defaults = Defaults { time_zone: time_zone.to_owned(), ..Defaults::default() };
    let mapping = Mapping { columns, defaults, date_format: Default::default(), decimal: Default::default() };
    let mut applier = Applier::new(&mapping, &names, now_ms)?;
    let rows = (1..).zip(items).map(|(line, item)| Row {
        line,
        cells: cells(item, now_ms)
            .into_iter()
            .chain(attributes.iter().map(|name| own_cell(item, name)))
            .collect(),
        extra: Vec::new(),
    });
    Ok(rows
        .map(|row| {
            let applied = applier.apply(&row);
            applied.record.ok_or(applied.issues)
        })
        .collect())
}

/// The cells in the order of [`Field::ALL`].
fn cells(item: &Pushed, now_ms: Millis) -> [String; 16] {
    let text = |value: &Option<String>| value.clone().unwrap_or_default().replace('\0', "");
    let score = |value: Option<i64>| value.map(|v| v.to_string()).unwrap_or_default();
    let now = || Timestamp::from_millisecond(now_ms).unwrap_or_default().to_string();
    [
        item.external_id.replace('\0', ""),
        item.occurred_at.clone().unwrap_or_else(now),
        item.channel.map(|channel| channel.to_string()).unwrap_or_default(),
        text(&item.customer),
        text(&item.unit),
        text(&item.product),
        text(&item.touchpoint),
        text(&item.segment),
        text(&item.region),
        text(&item.language),
        score(item.nps),
        score(item.csat),
        score(item.ces),
        item.complaint.map(|complaint| u8::from(complaint).to_string()).unwrap_or_default(),
        text(&item.title),
        text(&item.text),
    ]
}

fn own_cell(item: &Pushed, name: &str) -> String {
    item.attributes.get(name).cloned().unwrap_or_default().replace('\0', "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::IssueCode;

    fn pushed(id: &str) -> Pushed {
        Pushed {
            external_id: id.to_owned(), text: Some("Не пришёл код".to_owned()), ..Pushed::default()
        }
    }

    #[test]
    fn items_become_records_or_say_what_is_wrong() {
        let items = [
            Pushed { nps: Some(3), attributes: [("plan".into(), "gold".into())].into(), ..pushed("1") },
            Pushed { nps: Some(11), ..pushed("2") },
            Pushed { occurred_at: Some("2026-03-01T10:00:00+03:00".into()), ..pushed("3") },
            Pushed { text: None, ..pushed("4") },
            pushed("1"),
        ];
        let checked = check_pushed(&items, "Europe/Moscow", 1_772_442_000_000).unwrap();
        let first = checked[0].as_ref().unwrap();
        assert_eq!((first.nps, first.occurred_at), (Some(3), Some(1_772_442_000_000)));
        assert_eq!(first.attributes, [("plan".to_owned(), "gold".to_owned())]);
        assert_eq!(checked[2].as_ref().unwrap().occurred_at, Some(1_772_348_400_000));
        let codes: Vec<IssueCode> = [1, 3, 4].map(|i| checked[i].as_ref().unwrap_err()[0].code).to_vec();
        assert_eq!(codes, [IssueCode::ScoreOutOfRange, IssueCode::NothingSaid, IssueCode::DuplicateInFile]);
    }
}

//! A mapping made ready for a file: which value goes where.

use crate::files::mapping::{Field, Mapping, MappingError, Target};
use crate::files::row::{Columns, Row};
use jiff::tz::TimeZone;
use std::collections::HashSet;

/// Where the value of a field or attribute is found in a row.
#[derive(Clone, Debug)]
pub struct Slot {
    pub column: String,
    place: Option<usize>,
    pub to: Target,
}

impl Slot {
    /// The trimmed value; empty where the row has none.
    pub fn value<'a>(&self, row: &'a Row) -> &'a str {
        let value = match self.place {
            Some(place) => row.cells.get(place),
            None => row.extra.iter().rev().find(|(name, _)| *name == self.column).map(|(_, value)| value),
        };
        value.map_or("", |value| value.trim())
    }
}

/// The slots of a mapping over the columns of a file.
///
/// # Errors
/// [`MappingError`]: a field mapped twice, or from a column that the file lacks; nothing that a customer could have said.
pub fn slots(mapping: &Mapping, columns: &Columns) -> Result<Vec<Slot>, MappingError> {
    let mut slots = Vec::new();
    let mut seen = HashSet::new();
    for map in &mapping.columns {
        let place = columns.names.iter().position(|name| *name == map.column);
        if let Target::Field(field) = map.to {
            if !seen.insert(field) {
                return Err(MappingError::FieldTwice { field });
            }
            if place.is_none() && !columns.open {
                return Err(MappingError::NoColumn { column: map.column.clone() });
            }
        }
        let is_absent = place.is_none() && !columns.open;
        if map.to != Target::Ignore && !is_absent {
            slots.push(Slot { column: map.column.clone(), place, to: map.to.clone() });
        }
    }
    let says = [Field::Text, Field::Title, Field::Nps, Field::Csat, Field::Ces, Field::Complaint];
    if !says.iter().any(|field| seen.contains(field)) {
        return Err(MappingError::NothingSaid);
    }
    Ok(slots)
}

/// The zone of times that name none.
///
/// # Errors
/// [`MappingError::NoTimeZone`].
pub fn time_zone(mapping: &Mapping) -> Result<TimeZone, MappingError> {
    let name = &mapping.defaults.time_zone;
    TimeZone::get(name).map_err(|_| MappingError::NoTimeZone { name: name.clone() })
}

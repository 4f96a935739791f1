//! The sheets of a workbook.

use super::{cell, damaged};
use crate::files::error::{Damage, FileError};
use crate::files::input::Input;
use calamine::{Reader, SheetType, SheetVisible, Xlsx};
use std::panic::{AssertUnwindSafe, catch_unwind};

type Workbook<'a> = Xlsx<&'a mut dyn Input>;

/// The visible sheets of a workbook that passed [`check_workbook`](super::check_workbook).
pub fn list_sheets(input: &mut dyn Input) -> Result<Vec<String>, FileError> {
    with_workbook(input, |workbook| Ok(visible(workbook)))
}

/// The first visible sheet that has two rows with values, a header and a row of feedback; where none has, the first
/// with any value.
pub fn first_sheet(input: &mut dyn Input) -> Result<Option<String>, FileError> {
    with_workbook(input, |workbook| {
        let mut header_only = None;
        for sheet in visible(workbook) {
            match rows_of(workbook, &sheet)? {
                0 => {}
                1 => header_only = header_only.or(Some(sheet)),
                _ => return Ok(Some(sheet)),
            }
        }
        Ok(header_only)
    })
}

/// The rows of a sheet that have a value, counted up to two.
fn rows_of(workbook: &mut Workbook<'_>, sheet: &str) -> Result<usize, FileError> {
    let mut cells = workbook.worksheet_cells_reader(sheet).map_err(damaged)?;
    let mut first = None;
    while let Some(found) = cells.next_cell().map_err(damaged)? {
        if cell::text(found.get_value()).is_empty() {
            continue;
        }
        let row = found.get_position().0;
        if *first.get_or_insert(row) != row {
            return Ok(2);
        }
    }
    Ok(usize::from(first.is_some()))
}

fn visible(workbook: &Workbook<'_>) -> Vec<String> {
    let sheets = workbook.sheets_metadata().iter();
    let readable =
        sheets.filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible);
    readable.map(|sheet| sheet.name.clone()).collect()
}

/// Opens the workbook; a panic of the library over a hostile file is a damaged file.
fn with_workbook<T>(
    input: &mut dyn Input,
    look: impl FnOnce(&mut Workbook<'_>) -> Result<T, FileError>,
) -> Result<T, FileError> {
    let look = || look(&mut Xlsx::new(input).map_err(damaged)?);
    catch_unwind(AssertUnwindSafe(look))
        .unwrap_or_else(|_| Err(FileError::Damaged { what: Damage::Workbook }))
}

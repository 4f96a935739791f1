//! The sheets of a workbook.

use super::{cell, damaged};
use crate::files::error::FileError;
use crate::files::input::Input;
use calamine::{Reader, SheetType, SheetVisible, Xlsx};
use std::panic::{AssertUnwindSafe, catch_unwind};

type Workbook<'a> = Xlsx<&'a mut dyn Input>;

/// The visible sheets of a workbook that passed [`check_workbook`](super::check_workbook).
pub fn list_sheets(input: &mut dyn Input) -> Result<Vec<String>, FileError> {
    with_workbook(input, |workbook| Ok(visible(workbook)))
}

/// The first visible sheet that has a value.
pub fn first_sheet(input: &mut dyn Input) -> Result<Option<String>, FileError> {
    with_workbook(input, |workbook| {
        for sheet in visible(workbook) {
            let mut cells = workbook.worksheet_cells_reader(&sheet).map_err(damaged)?;
            while let Some(found) = cells.next_cell().map_err(damaged)? {
                if !cell::text(found.get_value()).is_empty() {
                    return Ok(Some(sheet));
                }
            }
        }
        Ok(None)
    })
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
        .unwrap_or_else(|_| Err(FileError::Damaged { what: "the workbook cannot be read".to_owned() }))
}

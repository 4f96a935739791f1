//! Workbooks: guarded before they are opened, read row by row.

mod cell;
mod guard;
mod rows;
mod sheets;

pub(super) use guard::check_workbook;
pub(super) use rows::SheetRows;
pub(super) use sheets::{first_sheet, list_sheets};

use super::error::{Damage, FileError};
use calamine::XlsxError;

fn damaged(error: XlsxError) -> FileError {
    match error {
        XlsxError::Io(error) => error.into(),
        XlsxError::WorksheetNotFound(sheet) => FileError::NoSheet { sheet },
        XlsxError::Password => FileError::Damaged { what: Damage::Password },
        _ => FileError::Damaged { what: Damage::Workbook },
    }
}

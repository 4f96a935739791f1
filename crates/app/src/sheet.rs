//! A table of the screen as a spreadsheet: its title, what its numbers rest on, and rows with real numbers.

use otklik_facts::{Cancel, FactsError};
use otklik_store::StoreError;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::AppError;
use crate::ask::while_waited;

/// What a cell of the format holds at most, in characters.
const CELL_LIMIT: usize = 32_000;
/// What the name of a sheet holds at most, in characters.
const NAME_LIMIT: usize = 31;
/// Columns are as wide as their longest text, within these, in characters.
const NARROWEST: usize = 8;
const WIDEST: usize = 60;
/// Columns of one table at most.
const MOST_COLUMNS: usize = 500;
const ACCENT: Color = Color::RGB(0x0B_5C_67);
const HEAD: Color = Color::RGB(0xE6_F1_F2);

/// A table, and what one has to know of its numbers.
#[derive(Debug, Clone, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    pub title: String,
    /// Definition, period, filter, n: each with its name.
    #[serde(default)]
    pub facts: Vec<SheetFact>,
    pub columns: Vec<String>,
    pub rows: Vec<Vec<Option<SheetCell>>>,
}

#[derive(Debug, Clone, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SheetFact {
    pub name: String,
    pub value: String,
}

#[derive(Debug, Clone, PartialEq, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum SheetCell {
    Number(f64),
    Text(String),
}

/// Tables as one XLSX file, each on a sheet of its own. Texts stay texts, whatever they begin with.
pub async fn write_sheets(sheets: Vec<Sheet>) -> Result<Vec<u8>, AppError> {
    while_waited(move |cancel| write(&sheets, cancel)).await
}

/// Why a sheet is not written.
enum Unwritten {
    Cancelled,
    Xlsx(XlsxError),
}

impl From<XlsxError> for Unwritten {
    fn from(error: XlsxError) -> Self {
        Self::Xlsx(error)
    }
}

impl From<Unwritten> for AppError {
    fn from(error: Unwritten) -> Self {
        match error {
            Unwritten::Cancelled => FactsError::Cancelled.into(),
            Unwritten::Xlsx(error) => StoreError::unreadable("sheet", error).into(),
        }
    }
}

fn write(sheets: &[Sheet], cancel: &Cancel) -> Result<Vec<u8>, Unwritten> {
    let mut book = Workbook::new();
    let mut names = Vec::new();
    for sheet in sheets {
        let name = free_name(&sheet.title, &names);
        write_page(book.add_worksheet().set_name(&name)?, sheet, cancel)?;
        names.push(name);
    }
    Ok(book.save_to_buffer()?)
}

fn write_page(page: &mut Worksheet, sheet: &Sheet, cancel: &Cancel) -> Result<(), Unwritten> {
    page.write_with_format(0, 0, cut(&sheet.title), &Format::new().set_bold().set_font_size(14))?;
    let named = Format::new().set_font_color(ACCENT);
    let mut line: u32 = 1;
    for fact in &sheet.facts {
        page.write_with_format(line, 0, cut(&fact.name), &named)?;
        page.write(line, 1, cut(&fact.value))?;
        line += 1;
    }
    write_table(page, sheet, line + 1, cancel)
}

fn write_table(page: &mut Worksheet, sheet: &Sheet, head: u32, cancel: &Cancel) -> Result<(), Unwritten> {
    let heading = Format::new()
        .set_bold()
        .set_background_color(HEAD)
        .set_border_bottom(FormatBorder::Thin)
        .set_text_wrap()
        .set_align(FormatAlign::Top);
    for (place, column) in (0u16..).zip(sheet.columns.iter().take(MOST_COLUMNS)) {
        page.write_with_format(head, place, cut(column), &heading)?;
        page.set_column_width(place, width(sheet, usize::from(place)) as f64)?;
    }
    for (line, row) in (head + 1..).zip(&sheet.rows) {
        if cancel.is_cancelled() {
            return Err(Unwritten::Cancelled);
        }
        for (place, cell) in (0u16..).zip(row.iter().take(MOST_COLUMNS)) {
            match cell {
                Some(SheetCell::Number(number)) => page.write(line, place, *number)?,
                Some(SheetCell::Text(text)) => page.write(line, place, cut(text))?,
                None => continue,
            };
        }
    }
    page.set_freeze_panes(head + 1, 1)?;
    Ok(())
}

fn width(sheet: &Sheet, place: usize) -> usize {
    let texts = sheet.rows.iter().filter_map(|row| match row.get(place)? {
        Some(SheetCell::Text(text)) => Some(text.chars().count()),
        _ => None,
    });
    let heading = sheet.columns[place].chars().count();
    texts.chain([heading]).max().unwrap_or_default().clamp(NARROWEST, WIDEST) + 1
}

fn cut(text: &str) -> String {
    text.chars().take(CELL_LIMIT).collect()
}

/// The name of a sheet for a title that no sheet before it has, whatever the case of its letters.
fn free_name(title: &str, taken: &[String]) -> String {
    let name = sheet_name(title);
    let is_free = |name: &str| !taken.iter().any(|other| other.to_lowercase() == name.to_lowercase());
    if is_free(&name) {
        return name;
    }
    let numbered = |number: usize| {
        let ending = format!(" ({number})");
        let kept = NAME_LIMIT - ending.chars().count();
        name.chars().take(kept).chain(ending.chars()).collect::<String>()
    };
    (2..).map(numbered).find(|name| is_free(name)).unwrap_or(name)
}

/// The title without what a sheet's name may not hold.
fn sheet_name(title: &str) -> String {
    let plain = |c: &char| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'') && !c.is_control();
    let name: String = title.chars().filter(plain).take(NAME_LIMIT).collect();
    match name.trim() {
        "" => "Otklik".to_owned(),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_title_names_a_sheet() {
        for (title, name) in [
            ("NPS: Сегмент", "NPS Сегмент"),
            ("[a]/b*", "ab"),
            ("", "Otklik"),
            ("'", "Otklik"),
            (&"я".repeat(40), &"я".repeat(31)),
        ] {
            assert_eq!(sheet_name(title), name);
        }
    }
}

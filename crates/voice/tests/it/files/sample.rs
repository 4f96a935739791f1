//! A small invented table, written in every format.

use flate2::Compression;
use flate2::write::GzEncoder;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use serde_json::{Map, Value, json};
use std::io::Write;

pub const COLUMNS: [&str; 8] = ["Номер", "Дата", "Канал", "Оценка", "Клиент", "Тариф", "Заголовок", "Отзыв"];

/// Rows with all that CSV makes hard: delimiters, quotes, line ends, empty cells, characters of one byte and of three.
pub fn rows() -> Vec<[String; 8]> {
    let mut rows: Vec<[String; 8]> = [
        [
            "а-1",
            "2026-03-01T09:15",
            "звонок",
            "5",
            "к-10",
            "Домашний",
            "Спасибо",
            "Всё починили за час; мастер вежлив",
        ],
        [
            "а-2",
            "2026-03-01T10:00",
            "чат",
            "1",
            "к-11",
            "",
            "Долго",
            "Ждал ответа, а мне: «ожидайте»,\nи тишина",
        ],
        [
            "а-3",
            "2026-03-02T18:42",
            "почта",
            "",
            "",
            "Деловой",
            "",
            "Сказали \"позвоним\" и не позвонили\tпочему?",
        ],
        [
            "а-4",
            "2026-03-03T07:05",
            "отзыв",
            "3",
            "к-12",
            "Домашний",
            "Так себе",
            "<b>Нормально</b> & <script>alert(1)</script>",
        ],
        [
            "а-5",
            "2026-03-04T23:59",
            "звонок",
            "2",
            "к-13",
            "",
            "Цена",
            "Подняли цену | без письма — нечестно",
        ],
    ]
    .map(|row| row.map(str::to_owned))
    .to_vec();
    for number in 6..60 {
        let mut row = rows[number % 5].clone();
        row[0] = format!("а-{number}");
        row[7] = format!("{} (повтор {number})", row[7]);
        rows.push(row);
    }
    rows
}

/// The table as delimited text in UTF-8.
pub fn delimited(delimiter: u8) -> String {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    writer.write_record(COLUMNS).unwrap();
    for row in rows() {
        writer.write_record(&row).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// Text as Windows-1251.
pub fn windows_1251(text: &str) -> Vec<u8> {
    let (bytes, _, unmappable) = encoding_rs::WINDOWS_1251.encode(text);
    assert!(!unmappable);
    bytes.into_owned()
}

/// Text as UTF-16, with or without its mark.
pub fn utf_16(text: &str, big_endian: bool, bom: bool) -> Vec<u8> {
    let mark = bom.then_some(0xfeff);
    let units = mark.into_iter().chain(text.encode_utf16());
    units.flat_map(|unit| if big_endian { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// The table as objects, with the score as a number where there is one.
pub fn objects() -> Vec<Value> {
    let object = |row: [String; 8]| {
        let values = COLUMNS.iter().zip(row).map(|(name, value)| {
            let value = match (*name, value.as_str()) {
                ("Оценка", "") => Value::Null,
                ("Оценка", score) => json!(score.parse::<u8>().unwrap()),
                _ => json!(value),
            };
            ((*name).to_owned(), value)
        });
        Value::Object(values.collect::<Map<_, _>>())
    };
    rows().into_iter().map(object).collect()
}

/// The table as a workbook with true dates and numbers, behind an empty sheet.
pub fn workbook() -> Vec<u8> {
    let mut workbook = Workbook::new();
    workbook.add_worksheet().set_name("Пусто").unwrap();
    let date = Format::new().set_num_format("dd.mm.yyyy hh:mm");
    let sheet = workbook.add_worksheet().set_name("Отзывы").unwrap();
    for (column, name) in COLUMNS.iter().enumerate() {
        sheet.write_string(0, column as u16, *name).unwrap();
    }
    for (index, row) in rows().iter().enumerate() {
        for (column, value) in row.iter().enumerate() {
            let (line, column) = (index as u32 + 1, column as u16);
            match (COLUMNS[column as usize], value.as_str()) {
                (_, "") => continue,
                ("Дата", value) => {
                    let at = ExcelDateTime::parse_from_str(value).unwrap();
                    sheet.write_datetime_with_format(line, column, &at, &date).unwrap();
                }
                ("Оценка", score) => {
                    sheet.write_number(line, column, score.parse::<f64>().unwrap()).unwrap();
                }
                (_, value) => {
                    sheet.write_string(line, column, value).unwrap();
                }
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

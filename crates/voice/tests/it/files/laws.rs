//! What holds for every file.

use super::{NOW, input};
use otklik_voice::files::{
    Applier, Charset, Compression, Entry, Format, Kind, Limits, Reader, preview, propose,
};
use proptest::prelude::*;

fn small() -> Limits {
    Limits { row_bytes: 200, cell_bytes: 60, columns: 20, ..Limits::default() }
}

/// Reads and maps whatever the bytes hold, as every kind of text and as detected.
fn exercise(bytes: &[u8]) {
    let limits = small();
    let _ = preview(input(bytes), None, &limits);
    let csv = |delimiter| Kind::Csv { delimiter, quote: '"', header: true };
    let kinds = [
        csv(','),
        csv('\t'),
        Kind::Json { items: None },
        Kind::JsonLines,
        Kind::Json { items: Some("a".into()) },
    ];
    for kind in kinds {
        for encoding in [Charset::UTF_8, Charset::UTF_16LE, Charset::WINDOWS_1251] {
            let format = Format { kind: kind.clone(), encoding, bom: false, compression: Compression::None };
            let Ok(mut reader) = Reader::open(input(bytes), &format, &limits) else { continue };
            let columns = reader.columns().clone();
            let rows: Vec<_> = reader
                .by_ref()
                .filter_map(|entry| match entry {
                    Ok(Entry::Row(row)) => Some(row),
                    _ => None,
                })
                .collect();
            assert!(rows.iter().all(|row| row.cells.len() == columns.names.len()));
            let mapping = propose(&columns.names, &rows);
            let Ok(mut applier) = Applier::new(&mapping, &columns, NOW) else { continue };
            for row in &rows {
                let applied = applier.apply(row);
                assert!(applied.record.is_some() || !applied.issues.is_empty());
            }
        }
    }
}

/// Bytes made of what the formats are made of.
fn structured() -> impl Strategy<Value = Vec<u8>> {
    let pieces = prop::sample::select(vec![
        "\"",
        "\"\"",
        ",",
        ";",
        "\t",
        "\n",
        "\r\n",
        "\r",
        "{",
        "}",
        "[",
        "]",
        ":",
        "\\",
        "\\u0000",
        "a",
        "id",
        "text",
        "\"a\":",
        "2026-01-01",
        "5",
        "да",
        "\u{feff}",
        "\0",
        "\u{fffd}",
        " ",
        "null",
        "PK\u{3}\u{4}",
        "{\"a\":[",
    ]);
    prop::collection::vec(pieces, 0..120).prop_map(|pieces| pieces.concat().into_bytes())
}

proptest! {
    #[test]
    fn nothing_panics_on_random_bytes(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        exercise(&bytes);
    }

    #[test]
    fn nothing_panics_on_broken_structure(bytes in structured()) {
        exercise(&bytes);
    }

    #[test]
    fn nothing_panics_on_damaged_archives(
        place in 0usize..10_000,
        byte in any::<u8>(),
        cut in 0usize..10_000,
    ) {
        for file in [super::sample::workbook(), super::sample::gzip(b"id,text\n1,one\n2,two\n")] {
            let mut damaged = file.clone();
            let place = place % damaged.len();
            damaged[place] = byte;
            let _ = preview(input(damaged), None, &small());
            let _ = preview(input(&file[..cut % file.len()]), None, &small());
        }
    }

    /// On sound files the reader agrees with the `csv` crate.
    #[test]
    fn sound_tables_are_read_as_written(
        rows in prop::collection::vec(prop::collection::vec("[a-zа-я0-9 ,;\"\n\t|']{0,12}", 3), 1..20),
        delimiter in prop::sample::select(vec![b',', b';', b'\t', b'|']),
    ) {
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
        writer.write_record(["one", "two", "three"]).unwrap();
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        let format = Format {
            kind: Kind::Csv { delimiter: delimiter.into(), quote: '"', header: true },
            encoding: Charset::UTF_8,
            bom: false,
            compression: Compression::None,
        };
        let reader = Reader::open(input(bytes), &format, &Limits::default()).unwrap();
        let read: Vec<Vec<String>> = reader
            .map(|entry| match entry.unwrap() {
                Entry::Row(row) => row.cells,
                Entry::Broken(issue) => panic!("{issue:?}"),
            })
            .collect();
        prop_assert_eq!(read, rows);
    }
}

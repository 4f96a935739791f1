//! Files that hurt, on the command line: a clear refusal in the operator's language, and nothing is kept.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use crate::server::{answer, refusal};

/// What the import of this file says in both languages.
fn refused(folder: &Path, name: &str) -> (String, String) {
    let arguments = ["import", name];
    let said = (refusal(folder, &arguments, "ru_RU.UTF-8"), refusal(folder, &arguments, "C"));
    let uploads = folder.join("uploads");
    assert_eq!(std::fs::read_dir(uploads).map_or(0, Iterator::count), 0, "{name} was kept");
    said
}

#[test]
fn a_file_of_two_gigabytes_is_refused_before_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    File::create(folder.path().join("huge.csv")).unwrap().set_len(2 << 30).unwrap();
    let (ru, en) = refused(folder.path(), "huge.csv");
    assert!(ru.contains("Файл больше допустимого: не более 1073741824 байт."), "{ru}");
    assert!(en.contains("The file is larger than allowed: at most 1073741824 bytes."), "{en}");
}

#[test]
fn a_header_without_rows_nul_bytes_and_nothing_at_all() {
    let folder = tempfile::tempdir().unwrap();
    for (name, content, ru, en) in [
        ("header.csv", &b"id,date,text\n"[..], "строк с откликами нет", "no rows of feedback"),
        ("nul.csv", &[0; 4_096][..], "одни нулевые байты", "full of NUL bytes"),
        ("empty.csv", b"", "Файл пуст.", "The file is empty."),
        ("image.csv", b"\x89PNG\r\n\x1a\n0000", "не поддерживаются", "are not supported"),
    ] {
        std::fs::write(folder.path().join(name), content).unwrap();
        let said = refused(folder.path(), name);
        assert!(said.0.contains(ru) && said.1.contains(en), "{name}: {said:?}");
    }
}

#[test]
fn an_archive_that_explodes_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = zip::ZipWriter::new(File::create(folder.path().join("bomb.xlsx")).unwrap());
    for (name, content) in [("[Content_Types].xml", Vec::new()), ("xl/media/image1.png", vec![0; 36 << 20])] {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(&content).unwrap();
    }
    archive.finish().unwrap();
    let (ru, en) = refused(folder.path(), "bomb.xlsx");
    assert!(ru.contains("распаковывается более чем в 100 раз"), "{ru}");
    assert!(en.contains("unpacks to more than 100 times its size"), "{en}");
}

#[test]
fn bad_rows_are_listed_and_the_good_ones_come_in() {
    let folder = tempfile::tempdir().unwrap();
    let huge = "б".repeat(512 << 10);
    let csv = format!(
        "id,date,text\n1,9999-01-01,Рано\n2,2026-02-01,{huge}\n3,2026-02-01,сло\0во\n4,2026-02-01,<script>x</script>\n"
    );
    std::fs::write(folder.path().join("rows.csv"), csv).unwrap();
    let map = ["import", "rows.csv", "--map", "occurred_at=date", "--json"];
    let told: serde_json::Value = serde_json::from_str(&answer(folder.path(), &map)).unwrap();
    assert_eq!((&told["new"], &told["refused"]), (&1.into(), &3.into()));
    let listed = std::fs::read_to_string(folder.path().join("rows.refused.csv")).unwrap();
    for (line, code) in [(2, "date_out_of_range"), (3, "cell_too_long"), (4, "nul_byte")] {
        assert!(listed.contains(&format!("\"{line}\",")) && listed.contains(code), "{code} in {listed}");
    }
}

//! One table in every format and encoding gives the same records.

use super::sample::{COLUMNS, delimited, gzip, objects, rows, utf_16, windows_1251, workbook};
use super::{assert_same, imported, previewed};
use expect_test::expect;
use serde_json::{Value, json};

fn lines_of_json() -> String {
    objects().iter().map(|object| format!("{object}\n")).collect()
}

#[test]
fn every_format_gives_the_same_records() {
    let reference = imported(delimited(b','), "");
    assert_eq!(reference.issues, []);
    assert_eq!(reference.records.len(), rows().len());
    let reference = reference.without_lines();

    let semicolons = delimited(b';');
    let with_cr = delimited(b',').replace('\n', "\r\n");
    let pretty = serde_json::to_string_pretty(&Value::Array(objects())).unwrap();
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("semicolons", semicolons.clone().into()),
        ("tabs", delimited(b'\t').into()),
        ("bars", delimited(b'|').into()),
        ("line ends of two characters", with_cr.into()),
        ("windows-1251", windows_1251(&semicolons)),
        ("utf-8 with a mark", format!("\u{feff}{}", delimited(b',')).into()),
        ("utf-16le with a mark", utf_16(&semicolons, false, true)),
        ("utf-16be with a mark", utf_16(&delimited(b'\t'), true, true)),
        ("utf-16le", utf_16(&delimited(b'\t'), false, false)),
        ("utf-16be", utf_16(&semicolons, true, false)),
        ("gzip", gzip(delimited(b',').as_bytes())),
        ("gzip of windows-1251", gzip(&windows_1251(&semicolons))),
        ("workbook", workbook()),
        ("array", Value::Array(objects()).to_string().into()),
        ("array on many lines", pretty.into()),
        ("wrapped array", json!({"total": 59, "items": objects()}).to_string().into()),
        (
            "wrapped array on many lines",
            serde_json::to_string_pretty(&json!({"items": objects()})).unwrap().into(),
        ),
        ("one object a line", lines_of_json().into()),
        ("one object a line, packed", gzip(lines_of_json().as_bytes())),
    ];
    for (name, bytes) in files {
        let found = imported(bytes, "");
        assert_eq!(found.issues, [], "{name}");
        assert_same(&found.without_lines(), &reference, name);
    }
}

#[test]
fn ids_that_are_derived_do_not_depend_on_the_format() {
    // No column is an id: «Номер» becomes an attribute.
    let without_id = |bytes: Vec<u8>| imported(bytes, "number=Номер");
    let reference = without_id(delimited(b',').into());
    let ids: std::collections::HashSet<&str> = reference.ids().into_iter().collect();
    assert_eq!(ids.len(), rows().len());
    let others = [windows_1251(&delimited(b';')), lines_of_json().into(), workbook()];
    for bytes in others {
        assert_eq!(without_id(bytes).ids(), reference.ids());
    }
}

#[test]
fn detection_says_what_it_found() {
    let mut shown = String::new();
    let files = [
        delimited(b',').into_bytes(),
        windows_1251(&delimited(b';')),
        utf_16(&delimited(b'\t'), false, true),
        gzip(lines_of_json().as_bytes()),
        json!({"items": objects()}).to_string().into_bytes(),
        workbook(),
    ];
    for bytes in files {
        let found = previewed(bytes).unwrap();
        assert_eq!(found.columns.names.len(), COLUMNS.len());
        shown += &serde_json::to_string(&found.format).unwrap();
        shown += "\n";
    }
    expect![[r#"
        {"kind":"csv","delimiter":",","quote":"\"","header":true,"encoding":"UTF-8","bom":false,"compression":"none"}
        {"kind":"csv","delimiter":";","quote":"\"","header":true,"encoding":"windows-1251","bom":false,"compression":"none"}
        {"kind":"csv","delimiter":"\t","quote":"\"","header":true,"encoding":"UTF-16LE","bom":true,"compression":"none"}
        {"kind":"json_lines","encoding":"UTF-8","bom":false,"compression":"gzip"}
        {"kind":"json","items":"items","encoding":"UTF-8","bom":false,"compression":"none"}
        {"kind":"xlsx","sheet":"Отзывы","encoding":"UTF-8","bom":false,"compression":"none"}
    "#]]
    .assert_eq(&shown);
}

#[test]
fn nested_json_is_flattened_by_one_level() {
    let text = r#"[
        {"id": 1, "client": {"id": "k1", "tags": ["vip", "new"], "deep": {"a": 1}}, "text": "Очень долго отвечаете", "labels": [{"x": 1}]},
        {"id": 2, "text": "Спасибо за помощь", "later": true}
    ]"#;
    let found = previewed(text).unwrap();
    assert_eq!(
        found.columns.names,
        ["id", "client.deep", "client.id", "client.tags", "text", "labels", "later"]
    );
    let cells = ["1", r#"{"a":1}"#, "k1", "vip; new", "Очень долго отвечаете", r#"[{"x":1}]"#, ""];
    assert_eq!(found.rows[0].cells, cells);
    assert_eq!(found.rows[1].cells[6], "true");
}

#[test]
fn a_name_that_json_brings_late_is_read_by_name() {
    let mut text: String =
        (0..300).map(|id| format!("{}\n", json!({"id": id, "text": format!("Отзыв номер {id}")}))).collect();
    text += &format!("{}\n", json!({"id": 300, "text": "Последний отзыв", "nps_score": 9, "shop": "Север"}));
    let found = imported(text, "nps=nps_score,shop=shop");
    assert_eq!(found.issues, []);
    let last = found.records.last().unwrap();
    assert_eq!(
        (last.nps, last.attributes.as_slice()),
        (Some(9), &[("shop".to_owned(), "Север".to_owned())][..])
    );
    assert_eq!(found.records[0].nps, None);
}

#[test]
fn a_table_without_names_gets_numbered_columns() {
    let text =
        "2026-01-05;9;Понравилось обслуживание в отделении\n2026-01-06;3;Очередь на сорок минут, ужас\n";
    let found = previewed(text).unwrap();
    assert_eq!(found.columns.names, ["column_1", "column_2", "column_3"]);
    let records = imported(text, "nps=column_2").records;
    assert_eq!(records.len(), 2);
    assert_eq!(records[1].text.as_deref(), Some("Очередь на сорок минут, ужас"));
    assert_eq!(records[1].nps, Some(3));
}

#[test]
fn texts_one_a_line_are_a_table_of_one_column() {
    let text = "text\nДолго, но вежливо\nБыстро; спасибо\n\nТак себе\n";
    let found = imported(text, "");
    assert_eq!(found.issues, []);
    let texts: Vec<_> = found.records.iter().filter_map(|record| record.text.as_deref()).collect();
    assert_eq!(texts, ["Долго, но вежливо", "Быстро; спасибо", "Так себе"]);
}

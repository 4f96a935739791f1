//! A broken row costs only itself, and is listed with its line and reason.

use super::{imported, previewed};
use otklik_voice::files::IssueCode::{self, *};
use otklik_voice::files::Limits;

const HEADER: &str = "id,date,nps,text,shop";

/// A sound row, with a comma in its text.
fn sound(id: usize) -> String {
    format!("{id},2026-02-{:02} 12:00,{},\"Отзыв {id}, подробный\",Север", id % 28 + 1, id % 11)
}

/// Row `id` broken in one of ten ways.
fn broken(id: usize, way: usize) -> (String, IssueCode) {
    match way {
        0 => (format!("{id},2026-02-01,5,\"Лишняя ячейка\",Север,и ещё"), WrongCellCount),
        1 => (format!("{id},2026-02-01,5"), WrongCellCount),
        2 => (format!("{id},2026-02-01,5,\"Кавычка не закрыта,Север"), UnclosedQuote),
        3 => (format!("{id},вчера,5,Дата словом,Север"), BadDate),
        4 => (format!("{id},9999-12-31,5,Дата из будущего,Север"), DateOutOfRange),
        5 => (format!("{id},2026-02-01,11,Оценка мимо шкалы,Север"), ScoreOutOfRange),
        6 => (format!("{id},2026-02-01,1.466,Оценка с дробью,Север"), NotAWholeNumber),
        7 => (format!("{id},2026-02-01,много,Оценка словом,Север"), NotANumber),
        8 => (format!("{id},,5,Без даты,Север"), MissingDate),
        _ => (format!("{id},2026-02-01,,,Север"), NothingSaid),
    }
}

#[test]
fn fifty_broken_rows_are_listed_and_the_others_come_in() {
    let mut file = format!("{HEADER}\n");
    let (mut expected, mut sound_ids) = (Vec::new(), Vec::new());
    for id in 1..=500 {
        let row = if id % 10 == 3 {
            let (row, code) = broken(id, id / 10 % 10);
            expected.push((id as u64 + 1, code));
            row
        } else {
            sound_ids.push(id.to_string());
            sound(id)
        };
        file += &format!("{row}\n");
    }
    assert_eq!(expected.len(), 50);
    let all = imported(file, "nps=nps");
    assert_eq!(all.reasons(), expected);
    assert_eq!(all.ids(), sound_ids);
    let texts_are_whole = all.records.iter().all(|record| {
        record.text.as_deref() == Some(format!("Отзыв {}, подробный", record.external_id).as_str())
    });
    assert!(texts_are_whole);
}

/// Line and code of the issues, and the ids that came in.
fn outcome(rows: &[String]) -> (Vec<(u64, IssueCode)>, Vec<String>) {
    // Sound rows in front tell detection what the columns are.
    let front: Vec<String> = (1..=20).map(sound).collect();
    let file = format!("{HEADER}\n{}\n{}\n", front.join("\n"), rows.join("\n"));
    let all = imported(file, "nps=nps");
    let ids = all.ids()[20..].iter().map(|id| (*id).to_owned()).collect();
    (all.reasons().into_iter().map(|(line, code)| (line - 21, code)).collect(), ids)
}

#[test]
fn an_unclosed_quote_swallows_no_neighbour() {
    let open = |id: usize| broken(id, 2).0;
    let neighbours = [open(101), open(102), sound(103), open(104), sound(105)];
    assert_eq!(
        outcome(&neighbours),
        (vec![(1, UnclosedQuote), (2, UnclosedQuote), (4, UnclosedQuote)], vec!["103".into(), "105".into()])
    );
    let at_the_end = [sound(101), open(102)];
    assert_eq!(outcome(&at_the_end), (vec![(2, UnclosedQuote)], vec!["101".into()]));
    let without_quotes: Vec<String> = std::iter::once(open(101))
        .chain((102..30_000).map(|id| format!("{id},2026-02-01,7,Просто текст без кавычек и запятых,Север")))
        .collect();
    let (issues, ids) = outcome(&without_quotes);
    assert_eq!((issues, ids.len()), (vec![(1, UnclosedQuote)], 29_898));
}

#[test]
fn quotes_that_are_merely_careless_are_read() {
    let rows = [
        r#"101,2026-02-01,7,"Сказали "подождите" и ушли",Север"#.to_owned(),
        "102,2026-02-01,7,\"Сказали \"подождите\" и\nне вернулись\",Север".to_owned(),
        r#"103,2026-02-01,7,Экран 5" треснул,Север"#.to_owned(),
    ];
    let (issues, ids) = outcome(&rows);
    assert_eq!((issues, ids.len()), (vec![], 3));
}

#[test]
fn long_texts_of_many_lines_are_whole() {
    let letter = "Добрый день, пишу вам, потому что устал ждать.\n".repeat(200);
    let text = format!("{HEADER}\n1,2026-02-01,7,\"{letter}\",Север\n{}\n", sound(2));
    let all = imported(text, "nps=nps");
    assert_eq!(all.issues, []);
    assert_eq!(all.records[0].text.as_deref(), Some(letter.trim()));
    assert_eq!(all.records[1].line, 203);
}

#[test]
fn empty_cells_at_the_end_of_a_row_are_forgiven_and_empty_rows_are_named() {
    let rows = [sound(101) + ",,", ",,,,".to_owned(), "   ".to_owned(), String::new(), sound(105)];
    assert_eq!(outcome(&rows), (vec![(2, EmptyRow)], vec!["101".into(), "105".into()]));
}

#[test]
fn damaged_characters_refuse_their_row() {
    let mut file = format!("{HEADER}\n").into_bytes();
    for id in 1..=40 {
        let row = sound(id);
        let cut = if id == 7 { row.len() - 3 } else { row.len() };
        file.extend_from_slice(&row.as_bytes()[..cut]);
        file.push(b'\n');
    }
    let all = imported(file, "nps=nps");
    assert_eq!((all.reasons(), all.records.len()), (vec![(8, BadEncoding)], 39));
}

#[test]
fn a_genuine_replacement_character_is_no_damage() {
    let all = imported("id,text\n1,Обрезано \u{fffd} при выгрузке\n", "");
    assert_eq!((all.issues.len(), all.records.len()), (0, 1));
}

#[test]
fn broken_lines_of_json_are_listed() {
    let mut file = String::new();
    for id in 1..=20 {
        file += &match id {
            4 => "{\"id\": 4, \"text\": \"не закрыто}\n".to_owned(),
            9 => "[1, 2, 3]\n".to_owned(),
            13 => "просто слова\n".to_owned(),
            _ => format!("{{\"id\": {id}, \"text\": \"Отзыв номер {id}\"}}\n"),
        };
    }
    let all = imported(file, "");
    assert_eq!(all.reasons(), [(4, BadJson), (9, NotAnObject), (13, BadJson)]);
    assert_eq!(all.records.len(), 17);
}

#[test]
fn broken_elements_of_an_array_are_listed() {
    let element = |id: usize| format!("{{\"id\": {id}, \"text\": \"Отзыв номер {id}\"}}");
    let rows = [
        element(1),
        "{\"id\": 2, \"text\": \"строка не закрыта}".to_owned(),
        element(3),
        "{\"id\": 4, \"text\": \"скобка не закрыта\"".to_owned(),
        element(5),
        "{\"id\": 6, \"text\": нет}".to_owned(),
        "17".to_owned(),
        element(8),
    ];
    let expected = vec![(2, BadJson), (4, BadJson), (6, BadJson), (7, NotAnObject)];
    for (name, file) in [
        ("array", format!("[{}]", rows.join(",\n"))),
        ("wrapped", format!("{{\"items\": [{}]}}", rows.join(",\n"))),
    ] {
        let all = imported(file, "");
        assert_eq!((all.reasons(), all.ids()), (expected.clone(), vec!["1", "3", "5", "8"]), "{name}");
    }
}

#[test]
fn an_array_on_one_line_recovers_too() {
    let file = r#"[{"id":1,"text":"Первый отзыв"},{"id":2,"text":"Второй отзыв","x":{"id":3,"text":"Третий отзыв"},{"id":4,"text":"Четвёртый"}]"#;
    let all = imported(file, "");
    assert_eq!(all.reasons(), [(1, BadJson)]);
    assert_eq!(all.ids(), ["1", "4"]);
}

#[test]
fn a_file_cut_short_gives_its_beginning() {
    let rows: String = (1..=20_000).map(|id| sound(id) + "\n").collect();
    let mut packed = super::sample::gzip(format!("{HEADER}\n{rows}").as_bytes());
    packed.truncate(packed.len() / 2);
    let found = previewed(packed.clone()).unwrap();
    assert_eq!(found.rows.len(), 20);
    let reader = otklik_voice::files::Reader::open(super::input(packed), &found.format, &Limits::default());
    let entries: Vec<_> = reader.unwrap().collect();
    let error = entries.last().unwrap().as_ref().unwrap_err();
    assert_eq!(error.code(), "file_damaged");
    assert!(entries.len() > 1000 && entries[..entries.len() - 1].iter().all(Result::is_ok));
}

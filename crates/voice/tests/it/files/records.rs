//! Rows become records.

use super::{Imported, imported};
use otklik_voice::Channel;
use otklik_voice::files::{IssueCode, IssueCode::*, Severity};

/// One row under `names`, each mapped to the field of its name.
fn one(names: &str, row: &str) -> Imported {
    let pairs: Vec<String> = names.split(';').map(|name| format!("{name}={name}")).collect();
    imported(format!("{names}\n{row}\n"), &pairs.join(","))
}

fn code(names: &str, row: &str) -> Option<IssueCode> {
    one(names, row).issues.first().map(|issue| issue.code)
}

#[test]
fn a_full_row_becomes_a_full_record() {
    let names = "external_id;occurred_at;channel;customer;unit;product;touchpoint;segment;region;language;nps;csat;ces;complaint;title;text;plan";
    let row = "7;2026-05-01T10:00:00+03:00;Звонок;к-1;Розница;Карта;Касса;Масс;Омск;RU-ru;10;5,0;7.00;Да;Спасибо;Всё хорошо;Про";
    let all = one(names, row);
    assert_eq!(all.issues, []);
    let record = &all.records[0];
    assert_eq!(record.occurred_at, Some(1_777_618_800_000));
    assert_eq!(
        (record.nps, record.csat, record.ces, record.complaint),
        (Some(10), Some(5), Some(7), Some(true))
    );
    assert_eq!((record.channel, record.language.as_deref()), (Some(Channel::Call), Some("ru")));
    assert_eq!(record.attributes, [("plan".to_owned(), "Про".to_owned())]);
    assert_eq!((record.external_id.as_str(), record.line), ("7", 2));
}

#[test]
fn scores_are_whole_numbers_on_their_scale() {
    for (field, value, expected) in [
        ("nps", "0", None),
        ("nps", "10", None),
        ("nps", "4.0", None),
        ("nps", "4,0", None),
        ("nps", "", None),
        ("nps", "11", Some(ScoreOutOfRange)),
        ("nps", "-1", Some(ScoreOutOfRange)),
        ("nps", "1.466", Some(NotAWholeNumber)),
        ("nps", "4,5", Some(NotAWholeNumber)),
        ("nps", "девять", Some(NotANumber)),
        ("nps", "1e1", Some(NotANumber)),
        ("nps", "99999999999999999999", Some(ScoreOutOfRange)),
        ("csat", "0", Some(ScoreOutOfRange)),
        ("csat", "5", None),
        ("csat", "6", Some(ScoreOutOfRange)),
        ("ces", "7", None),
        ("ces", "8", Some(ScoreOutOfRange)),
        ("complaint", "нет", None),
        ("complaint", "может быть", Some(NotYesOrNo)),
    ] {
        let found = code(&format!("{field};text"), &format!("{value};Отзыв о работе отделения"));
        assert_eq!(found, expected, "{field} = {value:?}");
    }
}

#[test]
fn dates_must_be_of_our_time() {
    for (value, expected) in [
        ("2026-11-22T23:00:00Z", None),
        ("2026-11-24", Some(DateOutOfRange)),
        ("9999-12-31", Some(DateOutOfRange)),
        ("1989-12-31", Some(DateOutOfRange)),
        ("0001-01-01", Some(DateOutOfRange)),
        ("1990-01-01", None),
        ("вчера", Some(BadDate)),
        ("", Some(MissingDate)),
    ] {
        assert_eq!(
            code("occurred_at;text", &format!("{value};Отзыв о работе отделения")),
            expected,
            "{value:?}"
        );
    }
}

#[test]
fn a_row_must_say_something() {
    assert_eq!(code("external_id;nps;text", "1;;"), Some(NothingSaid));
    assert_eq!(code("external_id;nps;text", "1;7;"), None);
    assert_eq!(code("external_id;complaint;text", "1;да;"), None);
    assert_eq!(code("external_id;complaint;text", "1;нет;"), Some(NothingSaid));
    assert_eq!(code("external_id;nps;text", ";7;Хорошо"), Some(MissingId));
    assert_eq!(code("external_id;nps;text", "; ;"), Some(EmptyRow));
}

#[test]
fn what_only_describes_is_dropped_and_the_row_comes_in() {
    let all = one("channel;text", "факс;Отзыв о работе отделения");
    assert_eq!((all.records.len(), all.records[0].channel), (1, None));
    assert_eq!((all.issues[0].code, all.issues[0].code.severity()), (UnknownChannel, Severity::Dropped));
    assert_eq!(all.issues[0].params["value"], "факс");
}

#[test]
fn everything_wrong_with_a_row_is_named() {
    let all = one("external_id;occurred_at;nps;text", "1;вчера;12;Отзыв");
    assert_eq!(all.reasons(), [(2, BadDate), (2, ScoreOutOfRange)]);
    let issue = &all.issues[1];
    assert_eq!(issue.column.as_deref(), Some("nps"));
    assert_eq!(
        serde_json::to_string(issue).unwrap(),
        r#"{"line":2,"column":"nps","code":"score_out_of_range","params":{"high":"10","low":"0","value":"12"}}"#
    );
}

#[test]
fn an_id_counts_once_in_a_file() {
    let all = imported("id,text\n1,Первый отзыв\n2,Второй отзыв\n1,Другой отзыв\n", "external_id=id");
    assert_eq!(all.ids(), ["1", "2"]);
    assert_eq!(all.reasons(), [(4, DuplicateInFile)]);
    assert_eq!(all.issues[0].params["first_line"], "2");
}

#[test]
fn rows_without_ids_get_the_same_ones_again() {
    let file = "date,text\n2026-01-01,Хорошо\n2026-01-02,Плохо\n2026-01-01,Хорошо\n";
    let first = imported(file, "text=text");
    let ids = first.ids();
    assert_eq!(ids.len(), 3);
    assert!(ids[0] != ids[1] && ids[0] != ids[2]);
    assert_eq!(imported(file, "text=text").ids(), ids);
    // Rows added before or after, columns in another order, another mapping: the ids stay.
    let more = "text,date\nЕщё один,2026-01-05\nХорошо,2026-01-01\nПлохо,2026-01-02\nХорошо,2026-01-01\n";
    assert_eq!(imported(more, "title=text").ids()[1..], ids);
}

#[test]
fn every_code_is_stable_and_unique() {
    let codes: std::collections::BTreeSet<&str> = IssueCode::ALL.into_iter().map(IssueCode::as_str).collect();
    assert_eq!(codes.len(), IssueCode::ALL.len());
    for code in IssueCode::ALL {
        assert_eq!(serde_json::to_string(&code).unwrap(), format!("{:?}", code.as_str()));
    }
}

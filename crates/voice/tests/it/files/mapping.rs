//! Proposals, pairs of the command line, profiles.

use super::{NOW, previewed};
use expect_test::expect;
use otklik_voice::files::{Applier, Columns, Mapping, MappingError, Target};

fn proposal(text: &str) -> String {
    let mapping = previewed(text).unwrap().mapping;
    let pairs = mapping.columns.iter().map(|map| format!("{}={}", map.column, String::from(map.to.clone())));
    pairs.collect::<Vec<_>>().join(" ")
}

#[test]
fn russian_and_english_names_are_understood() {
    let russian = "Номер обращения;Дата и время;Канал;ФИО клиента;Готовность рекомендовать;Это жалоба;Тема;Текст обращения;Город\n\
        1;04.12.2024 10:00;чат;Иванов И.;9;нет;Доставка;Привезли вовремя, спасибо;Омск\n\
        2;14.12.2024 11:00;звонок;Петрова А.;0;да;Возврат;Деньги не вернули до сих пор;Тула\n";
    expect!["Номер обращения=external_id Дата и время=occurred_at Канал=channel ФИО клиента=customer Готовность рекомендовать=nps Это жалоба=complaint Тема=title Текст обращения=text Город=region"]
        .assert_eq(&proposal(russian));
    let english = "ticketId,createdAt,Star Rating,Customer ID,Comment,Plan,effort_score\n\
        t1,2026-01-02T10:00:00Z,5,c1,Works well,basic,7\n\
        t2,2026-01-03T10:00:00Z,1,c2,Broke in a day,pro,2\n";
    expect!["ticketId=external_id createdAt=occurred_at Star Rating=csat Customer ID=customer Comment=text Plan=attribute:Plan effort_score=ces"]
        .assert_eq(&proposal(english));
}

#[test]
fn values_decide_what_a_name_leaves_open() {
    // The same name, on the one scale and on the other.
    expect!["score=csat text=text"].assert_eq(&proposal("score,text\n5,works well\n1,broke in a day\n"));
    expect!["score=nps text=text"].assert_eq(&proposal("score,text\n9,works well\n0,broke in a day\n"));
    expect!["score=attribute:score text=text"]
        .assert_eq(&proposal("score,text\n90,works well\n10,broke in a day\n"));
    // Figures are no comments, and an id that repeats is none.
    expect!["id=attribute:id comments=attribute:comments a=text"].assert_eq(&proposal(
        "id,comments,a\n1,2,The parcel came late again\n1,3,The courier never rang me\n",
    ));
    // Names that say nothing: dates and words speak for themselves.
    expect!["a=occurred_at b=attribute:b c=text"].assert_eq(&proposal(
        "a,b,c\n04.12.2024,x,The parcel came late again\n05.12.2024,y,The courier never rang\n",
    ));
}

#[test]
fn pairs_are_laid_over_the_proposal() {
    let mut mapping =
        previewed("id,rating,\"a, b\",text,phone\n1,5,x,works well,1\n2,4,y,it broke,2\n").unwrap().mapping;
    mapping.apply_pairs("nps=rating, plan=\"a, b\",ignore=phone,title=text").unwrap();
    expect![[r#"
        {"columns":[{"column":"id","to":"external_id"},{"column":"rating","to":"nps"},{"column":"a, b","to":"attribute:plan"},{"column":"text","to":"title"},{"column":"phone","to":"ignore"}],"date_format":"iso","decimal":"point","defaults":{"source":null,"channel":null,"time_zone":"UTC"}}"#]]
    .assert_eq(&serde_json::to_string(&mapping).unwrap());
    mapping.set("rating", Target::Attribute("stars".to_owned()));
    mapping.apply_pairs("external_id=phone").unwrap();
    assert_eq!(
        mapping.target("id"),
        Some(&Target::Attribute("id".to_owned())),
        "the field moved to another column"
    );
    for bad in ["nps", "nps=", "=rating"] {
        assert_eq!(mapping.apply_pairs(bad), Err(MappingError::Syntax { part: bad.to_owned() }));
    }
}

#[test]
fn a_profile_may_leave_out_what_is_usual() {
    let profile = r#"{"columns": [{"column": "t", "to": "text"}, {"column": "p", "to": "attribute:plan"}]}"#;
    let mapping: Mapping = serde_json::from_str(profile).unwrap();
    assert_eq!(mapping.defaults.time_zone, "UTC");
    let again: Mapping = serde_json::from_str(&serde_json::to_string(&mapping).unwrap()).unwrap();
    assert_eq!(again, mapping);
}

#[test]
fn a_mapping_that_cannot_work_is_refused() {
    let columns = |names: &[&str]| Columns {
        names: names.iter().map(|name| (*name).to_owned()).collect(),
        open: false,
    };
    let refused = |json: &str, names: &[&str]| {
        let mapping: Mapping = serde_json::from_str(json).unwrap();
        Applier::new(&mapping, &columns(names), NOW).err().map_or("accepted", |error| error.code())
    };
    let text = r#"{"column":"a","to":"text"}"#;
    assert_eq!(refused(&format!(r#"{{"columns":[{text}]}}"#), &["a"]), "accepted");
    assert_eq!(refused(&format!(r#"{{"columns":[{text}]}}"#), &["b"]), "mapping_no_column");
    assert_eq!(refused(r#"{"columns":[{"column":"a","to":"unit"}]}"#, &["a"]), "mapping_nothing_said");
    let twice = format!(r#"{{"columns":[{text},{{"column":"b","to":"text"}}]}}"#);
    assert_eq!(refused(&twice, &["a", "b"]), "mapping_field_twice");
    let zone = format!(r#"{{"columns":[{text}],"defaults":{{"time_zone":"Moon/Sea"}}}}"#);
    assert_eq!(refused(&zone, &["a"]), "mapping_no_time_zone");
    // A profile may know attributes that this file lacks.
    let more = format!(r#"{{"columns":[{text},{{"column":"gone","to":"attribute:gone"}}]}}"#);
    assert_eq!(refused(&more, &["a"]), "accepted");
}

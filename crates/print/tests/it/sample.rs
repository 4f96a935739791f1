//! A document with a card of each kind.

use otklik_print::{
    Bar, Body, Card, Cell, Document, Fact, Figure, Heat, HeatRow, Mark, Paper, Point, Table, Tone, Trend,
    Whisker, Width,
};

pub fn document(paper: Paper, cards: Vec<Card>) -> Document {
    let fact = |name: &str, value: &str| Fact { name: name.into(), value: value.into() };
    Document {
        language: "ru".into(),
        paper,
        title: "Комитет по клиентскому опыту".into(),
        facts: vec![
            fact("Компания", "Банк «Причал»"),
            fact("Период", "1 сент. – 22 нояб. 2026"),
            fact("Сделан", "22 нояб. 2026, 09:00, Мария Ветрова"),
        ],
        cards,
        empty: "На этой доске нет карточек.".into(),
        page_words: ["Страница".into(), "из".into()],
    }
}

pub fn card(title: &str, width: Width, body: Body) -> Card {
    let figure = Figure {
        value: "34,2".into(),
        rests_on: "n 12 480, от 33,1 до 35,3".into(),
        change: "▲ +3,0, разница настоящая".into(),
        tone: Tone::Good,
    };
    let refused = matches!(body, Body::Refusal { .. });
    Card {
        title: title.into(),
        lead: "от −100 до 100".into(),
        width,
        figure: (!refused).then_some(figure),
        body,
        notes: vec!["Отвечали 8 % приглашённых: остальные могут думать иначе.".into()],
        definition: "Доля ответов 9–10 минус доля ответов 0–6 среди всех ответов (0–10).".into(),
    }
}

pub fn trend() -> Body {
    let point = |place: usize| {
        let value = (place != 7).then_some(31.0 + (place as f64 * 0.9).sin() * 4.0 + place as f64 * 0.5);
        Point {
            label: format!("{}.26", place + 1),
            value,
            low: value.map(|v| v - 1.8),
            high: value.map(|v| v + 1.8),
            other: Some(30.0 + place as f64 * 0.2),
        }
    };
    let points: Vec<Point> = (0..16).map(point).collect();
    let mark = |step, words: &str| Mark { step, words: words.into() };
    let marks = vec![
        mark(11, "12 окт. 2026, релиз: статус доставки карты"),
        mark(4, "3 мая 2026, сбой: приложение не открывалось"),
    ];
    let write = |value: f64, digits: usize| format!("{value:.digits$}").replace('.', ",");
    let trend = Trend::new(&points, Some(40.0), write)
        .with_target_words("цель 40 к 31 дек. 2026".into())
        .with_legend("Сейчас".into(), "Предыдущий период".into())
        .with_marks(marks, points.len());
    Body::Trend(trend)
}

pub fn bars() -> Body {
    let bar = |label: &str, value: f64, pale: bool| Bar {
        label: label.into(),
        bar: Some([0.0, value]),
        whisker: Some(Whisker { low: value - 0.06, high: value + 0.06 }),
        value: format!("{:.1}", value * 60.0).replace('.', ","),
        rests_on: "n 1 204".into(),
        pale,
    };
    Body::Bars {
        bars: vec![
            bar("Премиальный", 0.9, false),
            bar("Массовый сегмент с очень длинным названием, которое не помещается", 0.62, false),
            bar("Молодёжь", 0.33, true),
        ],
    }
}

pub fn heat() -> Body {
    let cell = |text: &str, shade| Cell { text: text.into(), shade };
    let row = |label: &str, shift: f64| HeatRow {
        label: label.into(),
        cells: vec![cell("34,1", 0.8 + shift), cell("12,0", -0.4 + shift), cell("", 0.0), cell("•", 0.0)],
    };
    Body::Heat(Heat {
        columns: ["звонок", "чат", "отделение", "мобильное приложение"].map(str::to_owned).into(),
        rows: vec![row("Премиальный", 0.0), row("Массовый", -0.5), row("Молодёжь", 0.2)],
    })
}

pub fn table() -> Body {
    let row = |place: usize| {
        [
            format!("Точка контакта № {place}"),
            "34,2".into(),
            "1 204".into(),
            "от 31,0 до 37,4".into(),
            "−1,2 разницы не видно".into(),
        ]
        .to_vec()
    };
    Body::Table(Table {
        columns: ["Точка контакта", "NPS", "n", "Интервал 95 %", "Изменение"].map(str::to_owned).into(),
        rows: (1..=18).map(row).collect(),
    })
}

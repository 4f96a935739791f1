//! What stands on the pages, read out of the PDF.

use lopdf::Document as Pdf;
use otklik_print::{Body, Card, Paper, Width, print};

use crate::sample::{bars, card, document, heat, table, trend};

/// The text of each page without the breaks of lines.
fn pages(pdf: &[u8]) -> Vec<String> {
    if let Ok(folder) = std::env::var("OTKLIK_PRINT_KEEP") {
        let name = std::thread::current().name().unwrap_or("pdf").replace("::", "-");
        std::fs::write(format!("{folder}/{name}-{}.pdf", pdf.len()), pdf).unwrap();
    }
    let pdf = Pdf::load_mem(pdf).unwrap();
    let text = |number: &u32| pdf.extract_text(&[*number]).unwrap();
    let words = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    pdf.get_pages().keys().map(text).map(words).collect()
}

fn all_kinds() -> Vec<Card> {
    let refusal = Body::Refusal {
        text: "Ответов меньше пяти: честной оценки по ним не получится.".into()
    };
    vec![
        card("NPS", Width::Quarter, Body::Nothing),
        card("CSAT, доля довольных", Width::Quarter, Body::Nothing),
        card("CES", Width::Quarter, refusal),
        card("Отклики", Width::Quarter, Body::Nothing),
        card("NPS по времени", Width::Whole, trend()),
        card("NPS: сегмент", Width::Half, bars()),
        card("NPS: сегмент × канал", Width::Half, heat()),
        card("NPS: точки контакта", Width::Whole, table()),
    ]
}

#[test]
fn everything_is_written_in_letters_that_can_be_read_out() {
    for paper in [Paper::Landscape, Paper::Portrait] {
        let text = pages(&print(&document(paper, all_kinds())).unwrap()).join(" ");
        for wanted in [
            "Комитет по клиентскому опыту",
            "Банк «Причал»",
            "Мария Ветрова",
            "n 12 480, от 33,1 до 35,3",
            "разница настоящая",
            "честной оценки по ним не получится",
            "цель 40 к 31 дек. 2026",
            "12 окт. 2026, релиз: статус доставки карты",
            "Предыдущий период",
            "Премиальный",
            "отделение",
            "Точка контакта № 18",
            "Доля ответов 9–10 минус доля ответов 0–6",
        ] {
            assert!(text.contains(wanted), "{wanted} is not in {text}");
        }
    }
}

#[test]
fn a_card_is_not_divided_between_pages() {
    let cards: Vec<Card> =
        (1..=12).map(|place| card(&format!("Карточка {place}."), Width::Half, trend())).collect();
    let found = pages(&print(&document(Paper::Landscape, cards)).unwrap());
    assert!(found.len() > 2, "{} pages", found.len());
    for (page, text) in found.iter().enumerate() {
        let heads = text.matches("Карточка").count();
        assert_eq!(heads, text.matches("Доля ответов").count(), "a card runs over the end of page {page}");
        assert!(text.contains(&format!("Страница {} из {}", page + 1, found.len())), "{text}");
    }
}

#[test]
fn an_empty_board_and_strange_words_are_a_page_too() {
    let empty = pages(&print(&document(Paper::Portrait, Vec::new())).unwrap());
    assert_eq!(empty.len(), 1);
    assert!(empty[0].contains("На этой доске нет карточек."));
    let mut strange =
        document(Paper::Landscape, vec![card("#panic() *a* $x$ <b> @ref \\", Width::Half, bars())]);
    strange.title = "Слово".repeat(60);
    let text = pages(&print(&strange).unwrap()).join(" ");
    assert!(text.contains("#panic() *a* $x$ <b> @ref \\"), "{text}");
}

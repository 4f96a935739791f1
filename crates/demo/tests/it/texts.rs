//! What customers wrote.

use std::collections::BTreeMap;

use crate::{ITEMS, share};

#[test]
fn no_text_is_empty_or_endless_or_shows_its_template() {
    for item in ITEMS.iter() {
        let letters = item.text.chars().count();
        assert!((2..=900).contains(&letters), "{}", item.text);
        assert!(!item.text.contains(['{', '}', '<', '>', '|']), "{}", item.text);
        assert!(!item.text.contains("  "), "{}", item.text);
    }
}

#[test]
fn few_repeat_another() {
    let mut texts = BTreeMap::new();
    ITEMS.iter().for_each(|item| *texts.entry(&item.text).or_insert(0_usize) += 1);
    let repeats: usize = texts.values().map(|count| count - 1).sum();
    assert!(share(repeats, ITEMS.len()) < 0.03, "{repeats}");
}

#[test]
fn short_and_long_texts() {
    let of_length = |low: usize, high: usize| {
        share(
            ITEMS.iter().filter(|item| (low..high).contains(&item.text.chars().count())).count(),
            ITEMS.len(),
        )
    };
    assert!(
        of_length(0, 40) > 0.03 && of_length(300, 900) > 0.05,
        "{} {}",
        of_length(0, 40),
        of_length(300, 900)
    );
}

#[test]
fn russian_is_written_in_russian_and_english_in_english() {
    for item in ITEMS.iter() {
        let cyrillic =
            item.text.chars().any(|letter| ('а'..='я').contains(&letter) || ('А'..='Я').contains(&letter));
        assert!(item.language != "en" || !cyrillic || item.text.contains("-К"), "{}", item.text);
    }
    let without_cyrillic = ITEMS.iter().filter(|item| item.language == "ru" && item.text.is_ascii()).count();
    assert!(share(without_cyrillic, ITEMS.len()) < 0.005, "{without_cyrillic}");
}

#[test]
fn personal_data_are_there_and_cards_pass_the_check() {
    let with = |mark: &str| ITEMS.iter().filter(|item| item.text.contains(mark)).count();
    let mails = with(".example");
    assert!((0.002..0.02).contains(&share(mails, ITEMS.len())), "{mails}");
    let mut cards = 0;
    for item in ITEMS.iter() {
        let Some(at) = item.text.find("2200") else { continue };
        let digits: Vec<u32> =
            item.text[at..].chars().filter(|c| *c != ' ').map_while(|c| c.to_digit(10)).take(16).collect();
        if digits.len() == 16 {
            let sum: u32 = digits.iter().rev().enumerate().map(|(at, digit)| doubled(at, *digit)).sum();
            assert_eq!(sum % 10, 0, "{}", item.text);
            cards += 1;
        }
    }
    assert!(share(cards, ITEMS.len()) > 0.002, "{cards}");
}

fn doubled(at: usize, digit: u32) -> u32 {
    if at.is_multiple_of(2) { digit } else { digit * 2 / 10 + digit * 2 % 10 }
}

//! Personal data that look real to the masking and belong to nobody.
//!
//! Phones start with +7 900 000, cards with 2200 0000 (no issuer), e-mails end in `.example` (RFC 2606).

use rand::RngExt;

use crate::{
    draw::{Stream, one_of},
    slots::Author,
};

const FIRST: [(&str, &str); 16] = [
    ("Андрей", "Анна"),
    ("Борис", "Вера"),
    ("Виктор", "Галина"),
    ("Глеб", "Дарья"),
    ("Денис", "Екатерина"),
    ("Егор", "Жанна"),
    ("Иван", "Зоя"),
    ("Кирилл", "Ирина"),
    ("Леонид", "Ксения"),
    ("Максим", "Лариса"),
    ("Никита", "Мария"),
    ("Олег", "Надежда"),
    ("Павел", "Ольга"),
    ("Роман", "Полина"),
    ("Сергей", "Светлана"),
    ("Тимур", "Юлия"),
];
const PATRONYMIC: [(&str, &str); 10] = [
    ("Алексеевич", "Алексеевна"),
    ("Борисович", "Борисовна"),
    ("Викторович", "Викторовна"),
    ("Дмитриевич", "Дмитриевна"),
    ("Игоревич", "Игоревна"),
    ("Михайлович", "Михайловна"),
    ("Николаевич", "Николаевна"),
    ("Олегович", "Олеговна"),
    ("Петрович", "Петровна"),
    ("Сергеевич", "Сергеевна"),
];
const LAST: [(&str, &str); 12] = [
    ("Выдумкин", "Выдумкина"),
    ("Березин", "Березина"),
    ("Громов", "Громова"),
    ("Журавлёв", "Журавлёва"),
    ("Калинин", "Калинина"),
    ("Лебедев", "Лебедева"),
    ("Малинин", "Малинина"),
    ("Небывалов", "Небывалова"),
    ("Орлов", "Орлова"),
    ("Примеров", "Примерова"),
    ("Рябинин", "Рябинина"),
    ("Синицын", "Синицына"),
];
const FIRST_EN: [(&str, &str); 8] = [
    ("Adam", "Alice"),
    ("Daniel", "Clara"),
    ("Edward", "Emma"),
    ("James", "Helen"),
    ("Martin", "Laura"),
    ("Oliver", "Nora"),
    ("Simon", "Ruth"),
    ("Victor", "Sarah"),
];
const LAST_EN: [&str; 8] = [
    "Sampleton",
    "Fairweather",
    "Greenfield",
    "Holloway",
    "Notreal",
    "Placeholder",
    "Quickley",
    "Winterbourne",
];
const STREETS: [&str; 8] =
    ["Берёзовая", "Выдуманная", "Заречная", "Лесная", "Примерная", "Садовая", "Тихая", "Цветочная"];
const STREETS_EN: [&str; 6] = ["Example", "Harbour", "Linden", "Meadow", "Orchard", "Sample"];

pub fn phone(rng: &mut Stream, out: &mut String) {
    let (a, b) = (rng.random_range(0..100u32), rng.random_range(0..100u32));
    out.push_str(&match rng.random_range(0..4u32) {
        0 => format!("+7 900 000-{a:02}-{b:02}"),
        1 => format!("8(900)000-{a:02}-{b:02}"),
        2 => format!("8900000{a:02}{b:02}"),
        _ => format!("+7 (900) 000 {a:02} {b:02}"),
    });
}

pub fn email(author: &Author<'_>, rng: &mut Stream, out: &mut String) {
    let names = if author.female { ["anna", "olga", "maria"] } else { ["ivan", "pavel", "oleg"] };
    let name = one_of(rng, &names).copied().unwrap_or("client");
    let number = rng.random_range(10..9999u32);
    let site =
        one_of(rng, &["pochta.example", "mail.example", "home.example"]).copied().unwrap_or("mail.example");
    out.push_str(&format!("{name}{number}@{site}"));
}

/// A sixteen-digit number of a payment system that no bank issues, with a right check digit.
pub fn card(rng: &mut Stream, out: &mut String) {
    let mut digits = vec![2, 2, 0, 0, 0, 0, 0, 0];
    digits.extend((0..7).map(|_| rng.random_range(0..10u32)));
    digits.push(luhn(&digits));
    let spaced = rng.random_range(0..3u32) > 0;
    for (at, digit) in digits.iter().enumerate() {
        if spaced && at > 0 && at.is_multiple_of(4) {
            out.push(' ');
        }
        out.push_str(&digit.to_string());
    }
}

/// The digit that makes `digits` with it pass the Luhn check: 7992739871 → 3.
fn luhn(digits: &[u32]) -> u32 {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| if at.is_multiple_of(2) { digit * 2 / 10 + digit * 2 % 10 } else { *digit })
        .sum();
    (10 - sum % 10) % 10
}

pub fn full_name(author: &Author<'_>, rng: &mut Stream, out: &mut String) {
    let pick = |pair: Option<&(&'static str, &'static str)>| {
        pair.map_or("", |(he, she)| if author.female { she } else { he })
    };
    if author.english {
        let (first, last) =
            (pick(one_of(rng, &FIRST_EN)), one_of(rng, &LAST_EN).copied().unwrap_or_default());
        out.push_str(&format!("{first} {last}"));
        return;
    }
    let (first, patronymic) = (pick(one_of(rng, &FIRST)), pick(one_of(rng, &PATRONYMIC)));
    if rng.random_range(0..3u32) > 0 {
        out.push_str(&format!("{} ", pick(one_of(rng, &LAST))));
    }
    out.push_str(&format!("{first} {patronymic}"));
}

pub fn contract(english: bool, rng: &mut Stream, out: &mut String) {
    let (year, number) = (rng.random_range(18..26u32), rng.random_range(0..1_000_000u32));
    out.push_str(&if english { format!("{year}/{number:06}-K") } else { format!("{year}/{number:06}-К") });
}

pub fn passport(english: bool, rng: &mut Stream, out: &mut String) {
    let (series, number) = (rng.random_range(0..100u32), rng.random_range(0..1_000_000u32));
    out.push_str(&if english {
        format!("00 {series:02} {number:06}")
    } else {
        format!("00 {series:02} № {number:06}")
    });
}

pub fn address(english: bool, rng: &mut Stream, out: &mut String) {
    let (house, flat) = (rng.random_range(1..90u32), rng.random_range(1..200u32));
    let street =
        one_of(rng, if english { &STREETS_EN[..] } else { &STREETS[..] }).copied().unwrap_or_default();
    out.push_str(&if english {
        format!("{house} {street} Street, flat {flat}")
    } else {
        format!("ул. {street}, д. {house}, кв. {flat}")
    });
}

#[cfg(test)]
mod tests {
    #[test]
    fn luhn_digit_of_the_worked_number() {
        assert_eq!(super::luhn(&[7, 9, 9, 2, 7, 3, 9, 8, 7, 1]), 3);
    }
}

//! Slots that code fills: sums, dates, versions and invented personal data.

use jiff::{ToSpan, civil::Date};
use rand::RngExt;

use crate::{
    draw::{Stream, chance},
    personal,
};

/// Who speaks, when and from which version of the app.
#[derive(Debug, Clone, Copy)]
pub struct Author<'a> {
    pub english: bool,
    pub female: bool,
    pub today: Date,
    pub version: &'a str,
}

/// A slot whose words are made, not listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filled {
    /// An everyday payment, always a multiple of ten, so that «рублей» is right in Russian.
    Sum,
    /// A fee or a refund under a thousand.
    Fee,
    /// A loan, a deposit, a transfer of savings.
    Big,
    /// A day of the last weeks, «12 марта».
    Date,
    /// A day of the next weeks.
    Soon,
    Version,
    Phone,
    Email,
    Card,
    Name,
    Contract,
    Passport,
    Address,
}

impl Filled {
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "sum" => Self::Sum,
            "fee" => Self::Fee,
            "big" => Self::Big,
            "date" => Self::Date,
            "soon" => Self::Soon,
            "version" => Self::Version,
            "phone" => Self::Phone,
            "email" => Self::Email,
            "card" => Self::Card,
            "name" => Self::Name,
            "contract" => Self::Contract,
            "passport" => Self::Passport,
            "address" => Self::Address,
            _ => return None,
        })
    }

    pub fn fill(self, author: &Author<'_>, rng: &mut Stream, out: &mut String) {
        match self {
            Self::Sum => money(rng.random_range(12..1500) * 10, author, rng, out),
            Self::Fee => money(rng.random_range(5..99) * 10, author, rng, out),
            Self::Big => money(rng.random_range(5..300) * 10_000, author, rng, out),
            Self::Date => day(author.today - i64::from(rng.random_range(2..25)).days(), author.english, out),
            Self::Soon => day(author.today + i64::from(rng.random_range(2..20)).days(), author.english, out),
            Self::Version => out.push_str(author.version),
            Self::Phone => personal::phone(rng, out),
            Self::Email => personal::email(author, rng, out),
            Self::Card => personal::card(rng, out),
            Self::Name => personal::full_name(author, rng, out),
            Self::Contract => personal::contract(author.english, rng, out),
            Self::Passport => personal::passport(author.english, rng, out),
            Self::Address => personal::address(author.english, rng, out),
        }
    }
}

fn money(roubles: u32, author: &Author<'_>, rng: &mut Stream, out: &mut String) {
    let digits = roubles.to_string();
    let grouped = digits.len() > 3 && chance(rng, 0.7);
    for (at, digit) in digits.chars().enumerate() {
        if grouped && at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(if author.english { ',' } else { ' ' });
        }
        out.push(digit);
    }
    let unit = match (author.english, rng.random_range(0..10u32)) {
        (true, 0..=6) => " roubles",
        (true, _) => " RUB",
        (false, 0..=5) => " рублей",
        (false, 6..=7) => " ₽",
        (false, _) => " руб",
    };
    out.push_str(unit);
}

const MONTHS_RU: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn day(date: Date, english: bool, out: &mut String) {
    let months = if english { MONTHS_EN } else { MONTHS_RU };
    let month =
        months.get(usize::from(date.month().unsigned_abs()).saturating_sub(1)).copied().unwrap_or_default();
    out.push_str(&format!("{} {month}", date.day()));
}

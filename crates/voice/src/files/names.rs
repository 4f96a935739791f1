//! Which field the name of a column speaks of, in Russian and English.

use super::mapping::Field;

const NAMES: &str = include_str!("names.txt");

/// How well a name fits a field: exact names before patterns, earlier in the list before later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fit {
    is_pattern: bool,
    place: usize,
}

/// The fields that a column's name may mean, with how well each fits.
pub(super) fn fits(column: &str) -> Vec<(Field, Fit)> {
    let name = normal(column);
    let mut fits = Vec::new();
    for (field, words) in lists() {
        let mut words = words.split(',').map(str::trim).enumerate();
        if let Some((place, word)) = words.find(|(_, word)| matches(word, &name)) {
            fits.push((field, Fit { is_pattern: word.contains('*'), place }));
        }
    }
    fits
}

fn lists() -> impl Iterator<Item = (Field, &'static str)> {
    let lines = NAMES.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| {
        let (field, words) = line.split_once(':')?;
        Some((Field::from_name(field)?, words))
    })
}

/// Lower case, `ё` as `е`, `_` for everything else between words: `Дата ответа` and `createdAt` become `дата_ответа`
/// and `created_at`.
fn normal(column: &str) -> String {
    let mut name = String::with_capacity(column.len());
    let mut was_lower = false;
    for c in column.chars() {
        if c.is_uppercase() && was_lower {
            name.push('_');
        }
        was_lower = c.is_lowercase() || c.is_ascii_digit();
        match c {
            'ё' | 'Ё' => name.push('е'),
            c if c.is_alphanumeric() => name.extend(c.to_lowercase()),
            _ if name.ends_with('_') || name.is_empty() => {}
            _ => name.push('_'),
        }
    }
    name.truncate(name.trim_end_matches('_').len());
    name
}

fn matches(pattern: &str, name: &str) -> bool {
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(_), Some(_)) => name.contains(pattern.trim_matches('*')),
        (Some(end), None) => name.ends_with(end),
        (None, Some(start)) => name.starts_with(start),
        (None, None) => name == pattern,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_its_list() {
        let listed: Vec<Field> = lists().map(|(field, _)| field).collect();
        assert_eq!(listed, Field::ALL);
        let lines = NAMES.lines().filter(|line| !line.starts_with('#'));
        assert_eq!(lines.count(), listed.len(), "a line names no field");
    }

    #[test]
    fn names_are_compared_in_one_spelling() {
        let names = ["createdAt", " Дата ответа ", "NPS-Score", "ID", "Счёт №3", "customer.id"];
        assert_eq!(
            names.map(normal),
            ["created_at", "дата_ответа", "nps_score", "id", "счет_3", "customer_id"]
        );
    }
}

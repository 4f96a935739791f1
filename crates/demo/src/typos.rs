//! How people type: missing letters, no capitals, no full stops, the wrong keyboard layout, shouting.

use rand::RngExt;

use crate::draw::{Stream, chance};

const RU: &str = "йцукенгшщзхъфывапролджэячсмитьбю";
const EN: &str = "qwertyuiop[]asdfghjkl;'zxcvbnm,.";

/// Spaces collapsed, every sentence with a capital, double stops removed: what templates leave behind.
pub fn tidied(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut sentence_starts = true;
    for word in text.split_whitespace() {
        let lone_mark = word.len() == 1 && ",.!?;:".contains(word);
        if !out.is_empty() && !lone_mark {
            out.push(' ');
        }
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if sentence_starts => out.extend(first.to_uppercase()),
            Some(first) => out.push(first),
            None => {}
        }
        out.push_str(letters.as_str());
        sentence_starts = word.ends_with(['.', '!', '?'])
            && !(1..=2).contains(&word.chars().filter(|c| c.is_alphabetic()).count());
    }
    out
}

/// The text as somebody in a hurry types it. `haste` 0…1 is how much of a hurry.
pub fn hurried(text: String, haste: f64, rng: &mut Stream) -> String {
    let mut text = text;
    if chance(rng, haste * 0.5) {
        text = text.to_lowercase();
    }
    if chance(rng, haste * 0.3) {
        text = without_marks(&text);
    } else if chance(rng, haste * 0.5) {
        text.truncate(text.trim_end_matches(['.', '!']).len());
    }
    if chance(rng, haste * 0.5) {
        text = slipped(&text, rng);
    }
    if chance(rng, haste * 0.008) {
        text = first_word_in_wrong_layout(&text);
    }
    text
}

/// No marks at the ends of words; an address keeps those inside.
fn without_marks(text: &str) -> String {
    let words = text.split(' ').map(|word| word.trim_matches([',', '.', '!', '«', '»']));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The loudest: capitals and exclamation marks.
pub fn shouted(text: &str, rng: &mut Stream) -> String {
    let marks = ["!", "!!", "!!!", "!!!!"];
    let mark = marks.get(rng.random_range(0..marks.len())).copied().unwrap_or("!");
    format!("{}{mark}", text.trim_end_matches(['.', '!']).to_uppercase())
}

/// One or two slips in long words: a letter lost, doubled or swapped with its neighbour.
fn slipped(text: &str, rng: &mut Stream) -> String {
    let mut words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    for _ in 0..=rng.random_range(0..2u32) {
        let at = rng.random_range(0..words.len().max(1));
        if let Some(word) = words.get_mut(at)
            && word.chars().count() > 6
            && word.chars().all(char::is_alphabetic)
        {
            let mut letters: Vec<char> = word.chars().collect();
            let slip = rng.random_range(1..letters.len() - 2);
            match rng.random_range(0..3u32) {
                0 => drop(letters.remove(slip)),
                1 => letters.insert(slip, letters[slip]),
                _ => letters.swap(slip, slip + 1),
            }
            *word = letters.into_iter().collect();
        }
    }
    words.join(" ")
}

/// «привет» → «ghbdtn», the way it looks when the layout was not switched in time.
fn first_word_in_wrong_layout(text: &str) -> String {
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    let typed: String = word
        .to_lowercase()
        .chars()
        .map(|c| RU.chars().position(|ru| ru == c).and_then(|at| EN.chars().nth(at)).unwrap_or(c))
        .collect();
    format!("{typed} {rest}").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_tidied() {
        assert_eq!(tidied("карта  не пришла . жду, ул. Лесная ."), "Карта не пришла. Жду, ул. Лесная.");
        assert_eq!(tidied(" спасибо ,  всё хорошо"), "Спасибо, всё хорошо");
    }

    #[test]
    fn marks_go_and_addresses_stay() {
        assert_eq!(
            without_marks("Жду «Причал», пишите: anna7@mail.example."),
            "Жду Причал пишите: anna7@mail.example"
        );
    }

    #[test]
    fn wrong_layout_touches_the_first_word_only() {
        assert_eq!(first_word_in_wrong_layout("Привет банк"), "ghbdtn банк");
    }
}

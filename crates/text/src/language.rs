//! The language of a text: Russian, English or another one.

use crate::normalise::{is_letter, normalise};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Letters read at most: enough to tell, and a bound on the work for a huge text.
const LETTERS_READ: usize = 2_000;

/// Words of Russian in Latin letters from which on a text is Russian.
const TRANSLITERATED: u32 = 2;

/// What the languages of one script share: Russian stands for Cyrillic, English for Latin.
static WORDS: LazyLock<FxHashMap<&str, Evidence>> = LazyLock::new(read_words);

/// The language of an item (T1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// Russian.
    Ru,
    /// English.
    En,
    /// Any other language, or no words at all.
    Other,
}

impl Language {
    /// The ISO 639-1 code, or `other`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Ru => "ru",
            Self::En => "en",
            Self::Other => "other",
        }
    }
}

/// How many words speak for ours and for foreign languages, in each script.
#[derive(Clone, Copy, Default)]
struct Evidence {
    ours: u32,
    foreign: u32,
    /// Russian in Latin letters.
    transliterated: u32,
}

/// Tells the language of `text`, also of a single word.
///
/// The script with more letters decides between Russian and English; letters and frequent words that only other
/// languages of that script have make it `Other`, as does a text without letters. Russian in Latin letters is Russian.
/// Reads the first 2,000 letters.
///
/// `detect("Спасибо!")` is `Ru`, `detect("App crashes")` is `En`, `detect("Très bien")` and `detect("👍 10/10")` are
/// `Other`.
pub fn detect(text: &str) -> Language {
    let (mut cyrillic, mut latin, mut other, mut foreign) = (0_u32, 0_u32, 0_u32, 0_u32);
    let mut end = text.len();
    for (read, (at, c)) in text.char_indices().filter(|(_, c)| is_letter(*c)).enumerate() {
        if read == LETTERS_READ {
            end = at;
            break;
        }
        match c {
            'а'..='я' | 'А'..='Я' | 'ё' | 'Ё' => cyrillic += 1,
            'a'..='z' | 'A'..='Z' => latin += 1,
            '\u{400}'..='\u{52f}' => (cyrillic, foreign) = (cyrillic + 1, foreign + 1),
            '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => (latin, foreign) = (latin + 1, foreign + 1),
            _ => other += 1,
        }
    }
    let ours = if cyrillic >= latin { Language::Ru } else { Language::En };
    let letters = cyrillic.max(latin);
    if letters == 0 || other > cyrillic + latin {
        return Language::Other;
    }
    let words = weigh_words(&text[..end], ours);
    if ours == Language::En
        && words.transliterated >= TRANSLITERATED
        && words.transliterated > words.ours + words.foreign
    {
        return Language::Ru;
    }
    // A foreign letter weighs like a frequent word, unless it is one in a long text: a name, a quotation.
    let against = words.foreign + if foreign * 100 > letters { foreign } else { 0 };
    if against > words.ours { Language::Other } else { ours }
}

/// Counts frequent words of the script of `ours`; words that both sides have count for neither.
fn weigh_words(text: &str, ours: Language) -> Evidence {
    let cyrillic = ours == Language::Ru;
    let mut sum = Evidence::default();
    for word in normalise(text).split(|c: char| !is_letter(c) && c != '\'') {
        let of_script = word.chars().next().is_some_and(|c| ('\u{400}'..='\u{52f}').contains(&c) == cyrillic);
        if let Some(word) = WORDS.get(word).filter(|_| of_script) {
            sum.ours += word.ours;
            sum.foreign += word.foreign;
            sum.transliterated += word.transliterated;
        }
    }
    sum
}

fn read_words() -> FxHashMap<&'static str, Evidence> {
    let mut words: FxHashMap<&str, Evidence> = FxHashMap::default();
    let lines = include_str!("../data/language/words.txt").lines().filter(|line| !line.starts_with('#'));
    for (language, list) in lines.filter_map(|line| line.split_once(':')) {
        for word in list.split_whitespace() {
            let evidence = words.entry(word).or_default();
            match language {
                "ru" | "en" => evidence.ours = 1,
                "ru-latn" => evidence.transliterated = 1,
                _ => evidence.foreign = 1,
            }
        }
    }
    words.retain(|_, evidence| evidence.ours != evidence.foreign || evidence.transliterated > 0);
    words
}

#[cfg(test)]
mod tests {
    use super::Language::{En, Other, Ru};
    use super::*;

    #[test]
    fn tells_short_texts_apart() {
        for (text, language) in [
            ("Спасибо!", Ru),
            ("норм", Ru),
            ("Не работает Face ID в приложении iPhone", Ru),
            ("Приложение банка ok", Ru),
            ("После погашения много раз писали про закладную", Ru),
            ("Ya ne mogu voiti v prilozhenie, pomogite", Ru),
            ("Uzhas, spisali dengi dvazhdy", Ru),
            ("App crashes", En),
            ("ok", En),
            ("The café near the office was closed, the manager very rude", En),
            ("I can't log in to my account", En),
            ("Très bien", Other),
            ("Impossible de se connecter depuis la mise à jour", Other),
            ("Die App ist sehr gut", Other),
            ("Дуже дякую, все працює", Other),
            ("Қосымша өте жақсы", Other),
            ("很好用", Other),
            ("👍 10/10", Other),
            ("", Other),
        ] {
            assert_eq!(detect(text), language, "{text}");
        }
    }
}

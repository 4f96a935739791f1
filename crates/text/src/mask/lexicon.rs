//! What the word lists know about a word: is it a first name, does it announce a phone, a street, a person?

use super::inflect;
use rustc_hash::FxHashMap;
use std::ops::BitOr;
use std::sync::LazyLock;

/// A set of facts about one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Flags(u32);

impl Flags {
    pub const NONE: Self = Self(0);
    /// A first name in any case form.
    pub const FIRST_NAME: Self = Self(1);
    /// A first name that is also a common word: needs more than itself to be a person.
    pub const AMBIGUOUS: Self = Self(1 << 1);
    /// A frequent English surname.
    pub const SURNAME: Self = Self(1 << 2);
    /// Never part of a name: function words, cities, brands, offices.
    pub const NOT_NAME: Self = Self(1 << 3);
    /// After it any capitalised word is a person: «зовут», «госпожа», "Mrs".
    pub const TITLE: Self = Self(1 << 4);
    /// After it a known name is a person: «менеджер», «спасибо», "regards".
    pub const ROLE: Self = Self(1 << 5);
    /// A name after it belongs to a place: «улица», «метро».
    pub const PLACE: Self = Self(1 << 6);
    /// A kind of street: «ул», «проспект».
    pub const STREET: Self = Self(1 << 7);
    /// A part of an address with a number: «дом», «корпус», «кв».
    pub const HOUSE: Self = Self(1 << 8);
    /// An English kind of street after its name: "Street", "Ave".
    pub const STREET_EN: Self = Self(1 << 9);
    /// An English part of an address with a number: "apt", "suite".
    pub const UNIT_EN: Self = Self(1 << 10);
    pub const PHONE: Self = Self(1 << 11);
    pub const CARD: Self = Self(1 << 12);
    pub const ACCOUNT: Self = Self(1 << 13);
    pub const PASSPORT: Self = Self(1 << 14);
    pub const INN: Self = Self(1 << 15);
    pub const SNILS: Self = Self(1 << 16);
    pub const OGRN: Self = Self(1 << 17);
    pub const CONTRACT: Self = Self(1 << 18);
    pub const CLAIM: Self = Self(1 << 19);
    /// «номер», «№», "number".
    pub const NUMBER: Self = Self(1 << 20);
    /// «рублей», "€", «тыс»: the number beside it is an amount.
    pub const AMOUNT: Self = Self(1 << 21);
    /// «на», «от», «до»: the number after it measures something.
    pub const MEASURE: Self = Self(1 << 22);
    /// Facts that say which number follows.
    pub const CONTEXT: Self = Self(0b1_1111_1111 << 11);

    const LISTED: [(&str, Self); 19] = [
        ("not_name", Self::NOT_NAME),
        ("title", Self::TITLE),
        ("role", Self::ROLE),
        ("place", Self::PLACE),
        ("street", Self::STREET),
        ("house", Self::HOUSE),
        ("street_en", Self::STREET_EN),
        ("unit_en", Self::UNIT_EN),
        ("phone", Self::PHONE),
        ("card", Self::CARD),
        ("account", Self::ACCOUNT),
        ("passport", Self::PASSPORT),
        ("inn", Self::INN),
        ("snils", Self::SNILS),
        ("ogrn", Self::OGRN),
        ("contract", Self::CONTRACT),
        ("claim", Self::CLAIM),
        ("number", Self::NUMBER),
        ("amount", Self::AMOUNT),
    ];

    /// Does the set hold any of `facts`?
    pub fn has(self, facts: Self) -> bool {
        self.0 & facts.0 != 0
    }
}

impl BitOr for Flags {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Letters of a word from which on a slip in it is mended.
const LEAST_LETTERS: usize = 6;

/// The words that announce numbers, each without one letter.
static SLIPS: LazyLock<FxHashMap<Box<str>, Flags>> = LazyLock::new(|| {
    let announcing = WORDS.iter().filter(|(word, facts)| {
        facts.has(Flags::CONTEXT) && word.chars().count() >= LEAST_LETTERS && !word.contains(' ')
    });
    let mut slips = FxHashMap::default();
    for (word, facts) in announcing {
        for typed in shortened(word) {
            let known: &mut Flags = slips.entry(typed.into_boxed_str()).or_default();
            *known = *known | Flags(facts.0 & Flags::CONTEXT.0);
        }
    }
    slips
});

/// The word without each of its letters in turn but the first.
fn shortened(word: &str) -> Vec<String> {
    let without = |at: usize| word.chars().enumerate().filter(|(i, _)| *i != at).map(|(_, c)| c).collect();
    (1..word.chars().count()).map(without).collect()
}

static WORDS: LazyLock<FxHashMap<Box<str>, Flags>> = LazyLock::new(read_lists);

/// What is known about `word` (lower case, `ё` as `е`); an English possessive counts as its noun.
pub(super) fn flags(word: &str) -> Flags {
    let word = word.strip_suffix("'s").unwrap_or(word);
    WORDS.get(word).copied().unwrap_or_default()
}

/// What a word that no list knows would say of a number if one slip in it were mended: «дгоовор», «обращене». Only long
/// words with their first letter in place are mended.
pub(super) fn flags_but_for_a_slip(word: &str) -> Flags {
    if word.chars().count() < LEAST_LETTERS - 1 {
        return Flags::NONE;
    }
    let found = |typed: &str| SLIPS.get(typed).copied().unwrap_or_default();
    // A letter is missing; one too many; two changed places, or one is another.
    let shorter = shortened(word).into_iter().map(|typed| {
        let known = if typed.chars().count() < LEAST_LETTERS { Flags::NONE } else { flags(&typed) };
        Flags(known.0 & Flags::CONTEXT.0) | found(&typed)
    });
    shorter.fold(found(word), BitOr::bitor)
}

/// What is known about a sign.
pub(super) fn sign_flags(sign: char) -> Flags {
    match sign {
        '№' | '#' => Flags::NUMBER,
        '₽' | '$' | '€' | '£' | '%' | '₸' | '¥' => Flags::AMOUNT,
        _ => Flags::NONE,
    }
}

fn read_lists() -> FxHashMap<Box<str>, Flags> {
    let mut words = FxHashMap::default();
    let mut add = |word: String, facts: Flags| {
        let known: &mut Flags = words.entry(word.into_boxed_str()).or_default();
        *known = *known | facts;
    };
    for name in entries(include_str!("../../data/mask/names_ru.txt")) {
        let (name, facts) = first_name(name);
        inflect::singular(name).into_iter().for_each(|form| add(form, facts));
    }
    for name in entries(include_str!("../../data/mask/names_en.txt")) {
        let (name, facts) = first_name(name);
        add(name.to_owned(), facts);
    }
    for name in entries(include_str!("../../data/mask/surnames_en.txt")) {
        add(name.to_owned(), Flags::SURNAME);
    }
    let mut facts = Flags::NONE;
    for entry in entries(include_str!("../../data/mask/words.txt")) {
        if let Some(list) = entry.strip_suffix(':') {
            facts = Flags::LISTED
                .iter()
                .find(|(name, _)| *name == list)
                .map_or(Flags::MEASURE, |(_, facts)| *facts);
        } else if let Some(noun) = entry.strip_prefix('~') {
            inflect::forms(noun).into_iter().for_each(|form| add(form, facts));
        } else {
            add(entry.to_owned(), facts);
        }
    }
    words
}

/// A name marked with `?` is also a common word.
fn first_name(entry: &str) -> (&str, Flags) {
    match entry.strip_suffix('?') {
        Some(name) => (name, Flags::FIRST_NAME | Flags::AMBIGUOUS),
        None => (entry, Flags::FIRST_NAME),
    }
}

/// The words of a list; a line that begins with `#` is a comment.
fn entries(list: &str) -> impl Iterator<Item = &str> {
    list.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_know_words_in_their_forms() {
        assert!(flags("иваном").has(Flags::FIRST_NAME));
        assert!(flags("надежда").has(Flags::AMBIGUOUS));
        assert!(flags("договору").has(Flags::CONTRACT));
        assert!(flags("smith's").has(Flags::SURNAME));
        assert_eq!(flags("йцукен"), Flags::NONE);
    }

    #[test]
    fn one_slip_in_a_long_word_is_mended() {
        for slip in ["дгоовор", "договр", "договоор", "дагавор", "договорв", "обращене"]
        {
            let mended = flags_but_for_a_slip(slip);
            assert_eq!(mended.has(Flags::CONTRACT | Flags::CLAIM), slip != "дагавор", "{slip}");
        }
        assert!(
            flags_but_for_a_slip("dogovor") == Flags::NONE
                && flags_but_for_a_slip("contratc").has(Flags::CONTRACT)
        );
        for other in ["разговор", "уговор", "заговор", "картина", "довод", "город", "дом"]
        {
            assert_eq!(flags_but_for_a_slip(other), Flags::NONE, "{other}");
        }
    }

    #[test]
    fn every_list_has_a_name_and_normal_form() {
        let words = include_str!("../../data/mask/words.txt");
        for entry in entries(words) {
            assert_eq!(entry, entry.to_lowercase().replace('ё', "е"));
            if let Some(list) = entry.strip_suffix(':') {
                assert!(list == "measure" || Flags::LISTED.iter().any(|(name, _)| *name == list), "{list}");
            }
        }
    }
}

//! Endings that tell Russian patronymics and surnames. Words are in lower case with `ё` as `е`.

const MALE_PATRONYMIC: [&str; 6] = ["", "а", "у", "ем", "ом", "е"];
const FEMALE_PATRONYMIC: [&str; 6] = ["а", "ы", "е", "у", "ой", "ою"];

/// Patronymics that take neither -ович nor -евич.
const SHORT_PATRONYMICS: [&str; 7] = ["ильич", "кузьмич", "лукич", "фомич", "никитич", "саввич", "ильинич"];

/// Colloquial patronymics: only after a first name.
const COLLOQUIAL: [&str; 9] =
    ["иваныч", "палыч", "сергеич", "николаич", "михалыч", "саныч", "петрович", "оглы", "кызы"];

/// Is `word` a patronymic in any case of the singular? «иванович», «петровне», «ильича».
pub(super) fn is_patronymic(word: &str) -> bool {
    let male = |base: &str| {
        SHORT_PATRONYMICS.contains(&base)
            || longer(base, 5) && (base.ends_with("ович") || base.ends_with("евич"))
    };
    let female = |base: &str| {
        longer(base, 4)
            && ["овн", "евн", "иничн", "никитичн", "саввичн"].iter().any(|ending| base.ends_with(ending))
    };
    any_base(word, &MALE_PATRONYMIC, male) || any_base(word, &FEMALE_PATRONYMIC, female)
}

/// Is `word` a colloquial patronymic, which only a first name before it confirms?
pub(super) fn is_colloquial_patronymic(word: &str) -> bool {
    COLLOQUIAL.contains(&word)
}

/// Does `word` end like a Russian, Ukrainian, Armenian or Georgian surname in some case? Many common words do, too.
/// Shortened surnames («С-ва») count.
pub(super) fn is_surname(word: &str) -> bool {
    if let Some((first, last)) = word.split_once('-')
        && !word.is_ascii()
        && first.chars().count() <= 2
    {
        return last.chars().count() <= 4;
    }
    let word = word.rsplit('-').next().unwrap_or(word);
    let possessive =
        |base: &str| longer(base, 3) && ["ов", "ев", "ин", "ын"].iter().any(|ending| base.ends_with(ending));
    let adjective = |base: &str| longer(base, 4) && (base.ends_with("ск") || base.ends_with("цк"));
    let noun = |base: &str| {
        longer(base, 4) && ["чук", "юк", "ян", "янц", "ич", "ук"].iter().any(|ending| base.ends_with(ending))
    };
    any_base(word, &["", "а", "у", "ым", "е", "ой", "ою", "ых", "ыми", "ы"], possessive)
        || any_base(word, &["ий", "ого", "ому", "им", "ом", "ая", "ую", "ой", "ие", "их"], adjective)
        || any_base(word, &["", "а", "у", "ом", "ем", "е"], noun)
        || longer(word, 5) && ["енко", "швили", "дзе", "ых", "их"].iter().any(|ending| word.ends_with(ending))
}

/// Does `word` without one of `endings` satisfy `fits`?
fn any_base(word: &str, endings: &[&str], fits: impl Fn(&str) -> bool) -> bool {
    endings.iter().filter_map(|ending| word.strip_suffix(ending)).any(fits)
}

/// Has a Cyrillic word at least `letters` letters, by its bytes?
fn longer(word: &str, letters: usize) -> bool {
    word.len() >= letters * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_of_all_cases_are_known() {
        for word in ["иванович", "ивановичу", "петровна", "петровной", "ильича", "никитичне", "сергеевичем"]
        {
            assert!(is_patronymic(word), "{word}");
        }
        for word in ["москвич", "евна", "банк", "ович"] {
            assert!(!is_patronymic(word), "{word}");
        }
        for word in [
            "иванов",
            "петровой",
            "сидоровым",
            "пушкина",
            "достоевскому",
            "шевченко",
            "мкртчян",
            "черных",
            "новак-смирнова",
            "с-ва",
        ] {
            assert!(is_surname(word), "{word}");
        }
        for word in ["карта", "деньги", "ипотека", "отдел"] {
            assert!(!is_surname(word), "{word}");
        }
    }
}

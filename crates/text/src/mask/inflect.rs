//! Case forms of Russian nouns and names, so that word lists need the nominative alone.

const VELARS_AND_HUSHERS: [char; 7] = ['г', 'к', 'х', 'ж', 'ш', 'щ', 'ч'];

/// The singular forms of `noun` (nominative, lower case, `ё` as `е`), the noun itself first.
///
/// A regular declension by the last letter; a fleeting vowel (`павел`, `павла`) takes a word of its own in the lists.
/// `singular("игорь")` begins `игорь, игоря, игорю, игорем, игоре`.
pub(super) fn singular(noun: &str) -> Vec<String> {
    let (root, singular, _) = endings(noun);
    std::iter::once(noun.to_owned()).chain(singular.iter().map(|ending| format!("{root}{ending}"))).collect()
}

/// All forms of `noun`, plural included.
pub(super) fn forms(noun: &str) -> Vec<String> {
    let (root, _, plural) = endings(noun);
    let plural = plural.iter().map(|ending| format!("{root}{ending}"));
    singular(noun).into_iter().chain(plural).collect()
}

/// The unchanging part of a noun, the endings of its oblique cases, and those of its plural.
fn endings(noun: &str) -> (&str, &'static [&'static str], &'static [&'static str]) {
    let mut letters = noun.chars();
    let Some(last) = letters.next_back() else { return (noun, &[], &[]) };
    let root = letters.as_str();
    let hushed = letters.next_back().is_some_and(|c| VELARS_AND_HUSHERS.contains(&c));
    match last {
        'а' if hushed => (root, &["и", "е", "у", "ой", "ою", "ей", "ею"], &["", "ам", "ами", "ах"]),
        'а' => (root, &["ы", "е", "у", "ой", "ою", "ей"], &["", "ам", "ами", "ах"]),
        'я' => (root, &["и", "е", "ю", "ей", "ею"], &["ь", "й", "ям", "ями", "ях"]),
        'ь' => (root, &["я", "ю", "ем", "е", "и", "ью"], &["ей", "ям", "ями", "ях"]),
        'й' => (root, &["я", "ю", "ем", "е", "и"], &["ев", "ям", "ями", "ях"]),
        'е' => (root, &["я", "ю", "ем", "и"], &["й", "ям", "ями", "ях"]),
        'о' | 'и' | 'у' | 'э' | 'ю' | 'ы' => (root, &[], &[]),
        _ => (noun, &["а", "у", "ом", "ем", "е"], &["ы", "и", "ов", "ей", "ам", "ами", "ах"]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn oblique_cases_are_among_the_forms() {
        for (noun, form) in [
            ("иван", "иваном"),
            ("ольга", "ольги"),
            ("анна", "анной"),
            ("юлия", "юлии"),
            ("наталья", "наталье"),
            ("дмитрий", "дмитрием"),
            ("любовь", "любовью"),
            ("обращение", "обращению"),
            ("договор", "договоров"),
            ("карта", "карт"),
        ] {
            assert!(forms(noun).iter().any(|known| known == form), "{noun} has {form}");
        }
        assert_eq!(forms("михаило"), ["михаило"]);
        assert_eq!(singular("инна"), ["инна", "инны", "инне", "инну", "инной", "инною", "инней"]);
    }
}

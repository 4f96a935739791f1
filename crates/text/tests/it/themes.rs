//! Themes: alike texts come together, what stands alone is rest, a theme that lives keeps its name.

use otklik_text::{ThemeChange, ThemeOptions, Themes, find_themes, match_themes};
use proptest::prelude::*;

const SUBJECTS: [&str; 4] =
    ["Карта заблокирована", "Очередь в отделении", "Приложение вылетает", "Низкая ставка по вкладу"];
const ENDS: [&str; 6] = ["", " опять", ", сколько можно", " третий день", ", почините", " и никто не помог"];

/// Texts about the first `subjects` subjects, each said in many ways, and one that stands alone.
fn texts(subjects: usize, ways: usize) -> Vec<String> {
    let said = |number: usize| {
        format!(
            "{}{}{}",
            SUBJECTS[number % subjects],
            ENDS[number / subjects % 6],
            ENDS[number / subjects / 6 % 6]
        )
    };
    (0..subjects * ways).map(said).chain(["Видел лису у реки".to_owned()]).collect()
}

fn themes(texts: &[String]) -> Themes {
    find_themes(&texts.iter().map(String::as_str).collect::<Vec<_>>(), &ThemeOptions::default())
}

#[test]
fn alike_texts_come_together_with_a_name_and_quotes() {
    let texts = texts(4, 12);
    let found = themes(&texts);
    assert_eq!(found.rest, [48]);
    for theme in &found.themes {
        let subject = SUBJECTS[theme.texts[0] % 4];
        let same = theme.texts.iter().filter(|text| texts[**text].starts_with(subject)).count();
        assert!(same * 5 >= theme.texts.len() * 4, "{theme:?}");
        let words: Vec<String> = subject.split(' ').map(str::to_lowercase).collect();
        assert!(
            words.iter().any(|word| theme.name.to_lowercase().contains(word)),
            "{} of {subject}",
            theme.name
        );
        assert!(!theme.quotes.is_empty() && theme.quotes.iter().all(|quote| theme.texts.contains(quote)));
    }
    assert_eq!(found, themes(&texts), "the same texts have the same themes");
}

#[test]
fn many_texts_and_a_wanted_number() {
    let texts = texts(4, 150);
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let found = find_themes(&texts, &ThemeOptions { count: Some(4), least: 5, ..ThemeOptions::default() });
    assert!((3..=4).contains(&found.themes.len()), "{}", found.themes.len());
    let all: usize = found.themes.iter().map(|theme| theme.texts.len()).sum();
    assert_eq!(all + found.rest.len(), texts.len());
    let few = find_themes(&texts[..12], &ThemeOptions { count: Some(2), ..ThemeOptions::default() });
    assert!(few.themes.len() <= 2);
}

#[test]
fn a_theme_keeps_its_name_while_it_lives() {
    let (mut before, mut now) = (themes(&texts(3, 12)), themes(&texts(4, 14)));
    before.themes.iter_mut().for_each(|theme| theme.name = format!("Наше: {}", theme.name));
    now.themes.retain(|theme| !theme.name.to_lowercase().contains("очеред"));
    let changes = match_themes(&before.themes, &mut now.themes);
    let lives = |change: &&ThemeChange| matches!(change, ThemeChange::Lives { .. });
    assert!(changes.iter().filter(lives).count() >= 2, "{changes:?}");
    assert!(
        changes
            .iter()
            .any(|change| matches!(change, ThemeChange::Born(new) if now.themes[*new].name.contains("тавк")))
    );
    assert!(changes.iter().any(|change| matches!(change, ThemeChange::Died(old) if before.themes[*old].name.to_lowercase().contains("очеред"))));
    for change in &changes {
        if let ThemeChange::Lives { before: old, now: new } = change {
            assert_eq!(before.themes[*old].name, now.themes[*new].name);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn every_text_has_one_place(texts in prop::collection::vec(".{0,30}", 0..30), detail in 0.0_f32..9.0, count in prop::option::of(0..9_usize)) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let found = find_themes(&texts, &ThemeOptions { detail, count, least: 2 });
        let mut places: Vec<usize> = found.themes.iter().flat_map(|theme| theme.texts.clone()).chain(found.rest).collect();
        places.sort_unstable();
        prop_assert_eq!(places, (0..texts.len()).collect::<Vec<_>>());
    }
}

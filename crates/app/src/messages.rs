//! Words for people: what happened, in the reader's language, by the stable code of the message.

use std::collections::BTreeMap;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// The two languages of the product.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    #[default]
    Ru,
    En,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::Ru, Self::En];

    pub fn word(self) -> &'static str {
        match self {
            Self::Ru => "ru",
            Self::En => "en",
        }
    }

    /// The language that a browser asks for: the first of its list that we speak, else English.
    pub fn of_browser(accept_language: &str) -> Self {
        let mut wanted = accept_language.split(',').map(|part| part.trim().to_lowercase());
        wanted.find_map(|part| Self::parse(part.get(..2)?)).unwrap_or(Self::En)
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.word() == word)
    }
}

/// The message of a code with its parameters; a code without a message gives the general one.
pub fn message(language: Language, code: &str, params: &BTreeMap<String, String>) -> String {
    static RU: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle(Language::Ru));
    static EN: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle(Language::En));
    let bundle = match language {
        Language::Ru => &*RU,
        Language::En => &*EN,
    };
    let id = code.replace('_', "-");
    let message = bundle.get_message(&id).or_else(|| bundle.get_message("internal"));
    let Some(pattern) = message.and_then(|message| message.value()) else { return code.to_owned() };
    let args: FluentArgs = params.iter().map(|(name, value)| (name.as_str(), argument(value))).collect();
    bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
}

/// Numbers stay numbers, so that plural forms can be chosen by them.
fn argument(value: &str) -> fluent_bundle::FluentValue<'_> {
    fluent_bundle::FluentValue::try_number(value)
}

fn bundle(language: Language) -> FluentBundle<FluentResource> {
    let mut bundle = FluentBundle::new_concurrent(language.word().parse().into_iter().collect());
    bundle.set_use_isolating(false);
    for source in sources(language) {
        // A message that cannot be read is left out here and found by the test below.
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
        let _ = bundle.add_resource(resource);
    }
    bundle
}

fn sources(language: Language) -> [&'static str; 2] {
    match language {
        Language::Ru => [include_str!("../messages/ru.ftl"), include_str!("../messages/report.ru.ftl")],
        Language::En => [include_str!("../messages/en.ftl"), include_str!("../messages/report.en.ftl")],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(language: Language) -> Vec<String> {
        let source = sources(language).join("\n");
        assert!(FluentResource::try_new(source.clone()).is_ok(), "{language:?} can be read");
        let id = |line: &str| line.split_once(" =").map(|(id, _)| id.to_owned());
        source.lines().filter(|l| l.starts_with(|c: char| c.is_ascii_lowercase())).filter_map(id).collect()
    }

    #[test]
    fn both_languages_have_the_same_messages() {
        let (mut ru, mut en) = (ids(Language::Ru), ids(Language::En));
        ru.sort();
        en.sort();
        assert_eq!(ru, en);
        assert!(ru.windows(2).all(|pair| pair[0] != pair[1]), "none twice");
    }

    #[test]
    fn parameters_and_plurals() {
        let params = [("limit".to_owned(), "10".to_owned())].into();
        assert_eq!(
            message(Language::En, "password_too_short", &params),
            "The password is too short: at least 10 characters."
        );
        assert_eq!(
            message(Language::Ru, "no_such_code", &params),
            message(Language::Ru, "internal", &params)
        );
    }

    #[test]
    fn the_browser_chooses() {
        assert_eq!(Language::of_browser("ru-RU,ru;q=0.9,en;q=0.8"), Language::Ru);
        assert_eq!(Language::of_browser("de,en-GB;q=0.7,ru;q=0.3"), Language::En);
        assert_eq!(Language::of_browser(""), Language::En);
    }
}

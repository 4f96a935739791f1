//! Sentiment of texts and toward what they name, explained by words; adapted by a company's labels.

use otklik_text::{ModelError, Polarity, RatedText, SentimentModel, sentiment};
use proptest::prelude::*;

fn toward(text: &str, word: &str) -> f32 {
    let at = text.find(word).unwrap_or_else(|| panic!("{word} is not in {text}"));
    let words = at..at + word.len();
    SentimentModel::shipped().sentiment_toward(text, std::slice::from_ref(&words)).score
}

#[test]
fn plain_words_are_understood_in_both_languages() {
    for (text, polarity) in [
        ("Отличный банк, спасибо сотрудникам!", Polarity::Positive),
        ("Ужасное обслуживание, никому не советую", Polarity::Negative),
        ("Деньги списали дважды, поддержка не отвечает третий день", Polarity::Negative),
        ("Всё быстро и удобно, рекомендую", Polarity::Positive),
        ("Great app, works perfectly", Polarity::Positive),
        ("Terrible service, the app crashes all the time", Polarity::Negative),
        ("I am not happy with this at all", Polarity::Negative),
        ("Не понравилось отношение менеджера", Polarity::Negative),
        ("Which countries do you support?", Polarity::Neutral),
        ("", Polarity::Neutral),
        ("[phone]", Polarity::Neutral),
        ("совсем не удобно", Polarity::Negative),
        ("no problems", Polarity::Positive),
    ] {
        let found = sentiment(text);
        assert_eq!(found.polarity, polarity, "{text}: {found:?}");
    }
}

#[test]
fn words_tell_why() {
    for (text, word) in [
        ("Отличный банк", "Отличный"),
        ("Менеджер нахамил мне", "нахамил"),
        ("This update is terrible", "terrible"),
    ] {
        let found = sentiment(text);
        assert!(found.reasons.iter().any(|span| &text[span.clone()] == word), "{text}: {found:?}");
    }
}

#[test]
fn each_topic_has_the_sentiment_of_its_clause() {
    for (text, liked, disliked) in [
        ("Сотрудники вежливые, но очередь ужасная", "Сотрудники", "очередь"),
        ("Приложение удобное. Комиссия за перевод грабительская, ужас", "Приложение", "Комиссия"),
        ("The staff is friendly, but the app is terrible", "staff", "app"),
        ("Банкомат не работает, зато оператор помог быстро", "оператор", "Банкомат"),
        ("The waiting time was awful although the agent was very helpful", "agent", "waiting"),
    ] {
        assert!(toward(text, liked) > 0.0, "{text}: {liked} {}", toward(text, liked));
        assert!(toward(text, disliked) < 0.0, "{text}: {disliked} {}", toward(text, disliked));
    }
    let text = "Отличный банк";
    let elsewhere = SentimentModel::shipped().sentiment_toward(text, &[]);
    assert_eq!(elsewhere, sentiment(text), "without words it is the whole text's");
}

#[test]
fn a_company_adapts_it_with_its_own_labels() {
    let texts = ["тариф изменён с мая", "карта перевыпущена", "лимит обновлён", "заявка закрыта"];
    let rated: Vec<RatedText<'_>> = texts
        .iter()
        .cycle()
        .take(40)
        .map(|text| RatedText { text, polarity: Polarity::Neutral, counts: 1.0 })
        .collect();
    let adapted = SentimentModel::shipped().adapt(&rated);
    for text in texts {
        assert_eq!(adapted.sentiment(text).polarity, Polarity::Neutral, "{text}");
    }
    assert_eq!(adapted.sentiment("Ужасное обслуживание, хамство").polarity, Polarity::Negative);
    assert_eq!(adapted.sentiment("Спасибо, всё отлично").polarity, Polarity::Positive);
}

#[test]
fn a_kept_model_says_the_same() {
    let bytes = SentimentModel::shipped().to_bytes();
    assert!(bytes.len() < 4 << 20);
    let read = SentimentModel::from_bytes(&bytes).unwrap();
    assert_eq!(read.sentiment("Спасибо, всё отлично"), sentiment("Спасибо, всё отлично"));
    assert_eq!(SentimentModel::from_bytes(b"id,text").err(), Some(ModelError::Kind));
    assert_eq!(SentimentModel::from_bytes(&bytes[..bytes.len() - 1]).err(), Some(ModelError::Damaged));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_has_a_sentiment(text in any::<String>(), from in 0..20_usize, length in 0..20_usize) {
        let words = from..from + length;
        let model = SentimentModel::shipped();
        for found in [model.sentiment(&text), model.sentiment_toward(&text, std::slice::from_ref(&words))] {
            prop_assert!((-1.0..=1.0).contains(&found.score) && (0.0..=1.0).contains(&found.confidence));
            for span in found.reasons {
                prop_assert!(text.get(span).is_some_and(|word| !word.is_empty()));
            }
        }
    }
}

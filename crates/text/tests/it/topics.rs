//! Topic models learn what people marked, keep quiet where they know nothing, and survive being kept.

use otklik_text::{LabelledText, ModelError, TopicModel};
use proptest::prelude::*;

/// Texts about cards (0), transfers (1) and staff (2), and some about none of these.
const TEXTS: [(&str, &[usize]); 24] = [
    ("Карта заблокирована без причины", &[0]),
    ("Не могу активировать карту", &[0]),
    ("Новая карта не пришла", &[0]),
    ("My card was declined in a shop", &[0]),
    ("Карту съел банкомат", &[0]),
    ("Потерял карту, перевыпуск идёт месяц", &[0]),
    ("Карта и перевод не работают", &[0, 1]),
    ("Перевод не дошёл до получателя", &[1]),
    ("Сделал перевод на чужой счёт", &[1]),
    ("My transfer is still pending", &[1]),
    ("Переводы в выходные не проходят", &[1]),
    ("Комиссия за перевод слишком большая", &[1]),
    ("Отменили перевод и не вернули деньги", &[1]),
    ("Сотрудник нахамил мне в отделении", &[2]),
    ("Очень грубый оператор", &[2]),
    ("The agent was rude to me", &[2]),
    ("Менеджер вежливый и всё объяснил", &[2]),
    ("Спасибо сотруднице за терпение", &[2]),
    ("Операторы отвечают невпопад", &[2]),
    ("Всё нормально", &[]),
    ("ок", &[]),
    ("Погода хорошая", &[]),
    ("Нет замечаний", &[]),
    ("Ничего не скажу", &[]),
];

fn train(precision: f32) -> TopicModel {
    TopicModel::train(&labelled(), 3, precision)
}

fn labelled() -> Vec<LabelledText<'static>> {
    TEXTS.iter().map(|(text, topics)| LabelledText { text, topics }).collect()
}

#[test]
fn learns_from_few_texts_and_tells_why() {
    let model = train(0.6);
    for (text, topic, word) in [
        ("Опять проблемы: картой не могу расплатиться", 0, "картой"),
        ("Где мой перевод?", 1, "перевод"),
        ("Нахамил оператор", 2, "оператор"),
    ] {
        let shares = model.shares(text);
        assert!((shares.iter().sum::<f32>() - 1.0).abs() < 1e-5);
        assert!((0..3).all(|other| shares[other] <= shares[topic]), "{text}: {shares:?}");
        let assignments = model.assign(text);
        let first = assignments.first().unwrap_or_else(|| panic!("{text} has no topic"));
        assert_eq!(first.topic, topic, "{text}");
        assert!(first.reasons.iter().any(|span| &text[span.clone()] == word), "{text}: {first:?}");
    }
}

#[test]
fn keeps_quiet_about_what_it_does_not_know() {
    let model = train(0.8);
    for text in ["", "12345", "Солнце светит над морем", "不工作"] {
        assert_eq!(model.assign(text), [], "{text}");
    }
    let nothing = TopicModel::train(&[], 2, 0.8);
    assert_eq!(nothing.assign("карта"), []);
    assert!(TopicModel::train(&labelled(), 0, 0.8).assign("карта").is_empty());
}

#[test]
fn a_correction_is_learnt_at_once() {
    let text = "Банкетный зал закрыт на ремонт";
    let model = train(0.6);
    assert!(model.assign(text).iter().all(|assignment| assignment.topic != 1));
    let mut texts = labelled();
    texts.extend([LabelledText { text, topics: &[1] }; 5]);
    let again = TopicModel::retrain(&texts, 3, model.settings().clone());
    assert_eq!(again.assign(text).first().map(|assignment| assignment.topic), Some(1));
}

#[test]
fn topics_that_nobody_asked_for_are_left_out() {
    let texts =
        [LabelledText { text: "карта", topics: &[7, 0] }, LabelledText { text: "перевод", topics: &[1] }];
    assert_eq!(TopicModel::train(&texts, 2, 0.8).topics(), 2);
}

#[test]
fn a_kept_model_says_the_same() {
    let model = train(0.6);
    let bytes = model.to_bytes();
    assert_eq!(bytes, train(0.6).to_bytes());
    let read = TopicModel::from_bytes(&bytes).unwrap();
    assert_eq!(read.settings(), model.settings());
    for (text, _) in TEXTS {
        assert_eq!(read.assign(text), model.assign(text), "{text}");
    }
    assert_eq!(TopicModel::from_bytes(&bytes[1..]).err(), Some(ModelError::Kind));
    assert_eq!(TopicModel::from_bytes(&bytes[..bytes.len() - 1]).err(), Some(ModelError::Damaged));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_texts_can_be_learnt(texts in prop::collection::vec((".{0,40}", prop::collection::vec(0..4_usize, 0..3)), 0..12)) {
        let texts: Vec<LabelledText<'_>> =
            texts.iter().map(|(text, topics)| LabelledText { text, topics }).collect();
        let model = TopicModel::train(&texts, 3, 0.8);
        for labelled in &texts {
            for assignment in model.assign(labelled.text) {
                prop_assert!(assignment.topic < 3);
                prop_assert!((0.0..=1.0).contains(&assignment.confidence));
                for span in assignment.reasons {
                    prop_assert!(labelled.text.get(span).is_some_and(|word| !word.is_empty()));
                }
            }
        }
    }
}

//! Transcripts (V4): whose turn it is, so that only the customer's words are classified.

use crate::normalise::normalise;
use std::borrow::Cow;
use std::ops::Range;

/// Characters of a speaker's name before the colon, at most.
const LONGEST_NAME: usize = 40;

/// Words that name a customer and those that name the company's side, in normal form.
const CUSTOMER: [&str; 12] = [
    "клиент",
    "клиентка",
    "покупатель",
    "абонент",
    "пользователь",
    "заявитель",
    "customer",
    "client",
    "user",
    "caller",
    "visitor",
    "consumer",
];
const COMPANY: [&str; 18] = [
    "оператор",
    "сотрудник",
    "сотрудница",
    "менеджер",
    "агент",
    "консультант",
    "специалист",
    "поддержка",
    "бот",
    "робот",
    "банк",
    "agent",
    "operator",
    "support",
    "bot",
    "assistant",
    "representative",
    "manager",
];

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speaker {
    /// The customer.
    Customer,
    /// The company: a person or a program.
    Company,
}

/// A turn of a transcript.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Who speaks.
    pub speaker: Speaker,
    /// Bytes of what is said, without the speaker's name.
    pub span: Range<usize>,
}

/// The turns of a transcript whose lines begin with speakers («Клиент: …», "Agent 2: …"), in their order; none where
/// not both sides speak. Lines without a speaker belong to the turn before.
pub fn turns(text: &str) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.trim_end().len();
        match speaker(line) {
            Some((speaker, name)) => {
                turns.push(Turn { speaker, span: start + name..(start + name).max(end) })
            }
            None => {
                if let Some(last) = turns.last_mut() {
                    last.span.end = last.span.end.max(end);
                }
            }
        }
        start += line.len();
    }
    let both = [Speaker::Customer, Speaker::Company]
        .iter()
        .all(|side| turns.iter().any(|turn| turn.speaker == *side));
    if both { turns } else { Vec::new() }
}

/// The text with spaces in place of all that the customer did not say, so that places stay; all of it where there are
/// no turns.
///
/// `customers_words("Agent: Hello\nCustomer: My card is lost")` has spaces up to «My card is lost».
pub fn customers_words(text: &str) -> Cow<'_, str> {
    let turns = turns(text);
    if turns.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut words = String::with_capacity(text.len());
    for turn in turns.iter().filter(|turn| turn.speaker == Speaker::Customer) {
        words.extend(std::iter::repeat_n(' ', turn.span.start - words.len()));
        words.push_str(&text[turn.span.clone()]);
    }
    Cow::Owned(words)
}

/// The side that a line's first words name, and the bytes of these words with the colon and the space after it.
fn speaker(line: &str) -> Option<(Speaker, usize)> {
    let (name, said) = line.split_once(':')?;
    if name.chars().count() > LONGEST_NAME {
        return None;
    }
    let name_bytes = line.len() - said.trim_start().len();
    let name = normalise(name);
    let mut words = name.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    // «Клиент», «[12:01] Клиент», «Агент Мария»: the first word tells.
    let first = words.next()?;
    match () {
        () if CUSTOMER.contains(&first) => Some((Speaker::Customer, name_bytes)),
        () if COMPANY.contains(&first) => Some((Speaker::Company, name_bytes)),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_the_customer_is_heard() {
        for (text, heard) in [
            ("Agent: Hello\nCustomer: My card\nis lost\nAgent 2: Sorry: wait", "My card\nis lost"),
            ("Оператор Мария: Да?\r\nКЛИЕНТ: Где деньги\r\nБот: Оцените", "Где деньги"),
            ("Клиент: где деньги", "Клиент: где деньги"),
            ("Итог: ничего", "Итог: ничего"),
            ("", ""),
        ] {
            let words = customers_words(text);
            assert_eq!(words.trim(), heard);
            assert_eq!(text.find(heard), words.find(heard), "words keep their places");
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_heard(text in any::<String>(), more in "(Клиент: |Agent: |[а-я:\n ]){0,12}") {
            let text = text + &more;
            for turn in turns(&text) {
                prop_assert!(text.get(turn.span).is_some());
            }
            prop_assert!(customers_words(&text).len() <= text.len());
        }
    }
}

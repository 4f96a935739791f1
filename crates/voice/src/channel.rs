//! The twelve channels, and the words by which files call them.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// By what way a customer reached us.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Survey,
    Call,
    Chat,
    Chatbot,
    Complaint,
    Branch,
    Email,
    Review,
    Social,
    Report,
    Research,
    Employee,
}

/// Each channel: its code, then other words for it in lower case.
const WORDS: [(Channel, &[&str]); 12] = [
    (Channel::Survey, &["survey", "опрос", "анкета", "анкетирование", "questionnaire", "poll"]),
    (
        Channel::Call,
        &["call", "звонок", "телефон", "колл-центр", "контакт-центр", "phone", "call center", "call centre"],
    ),
    (Channel::Chat, &["chat", "чат", "мессенджер", "messenger", "live chat"]),
    (Channel::Chatbot, &["chatbot", "чат-бот", "чатбот", "бот", "bot", "chat-bot", "chat bot"]),
    (Channel::Complaint, &["complaint", "жалоба", "претензия", "claim"]),
    (Channel::Branch, &["branch", "отделение", "офис", "магазин", "office", "store"]),
    (Channel::Email, &["email", "почта", "электронная почта", "письмо", "e-mail", "mail", "letter"]),
    (Channel::Review, &["review", "отзыв", "отзывы", "reviews"]),
    (
        Channel::Social,
        &["social", "соцсети", "социальные сети", "вконтакте", "social media", "twitter", "vk"],
    ),
    (Channel::Report, &["report", "отчёт", "отчет"]),
    (Channel::Research, &["research", "исследование", "интервью", "interview"]),
    (Channel::Employee, &["employee", "сотрудник", "staff"]),
];

impl Channel {
    /// Every channel, in the order in which they are shown.
    pub const ALL: [Self; 12] = [
        Self::Survey,
        Self::Call,
        Self::Chat,
        Self::Chatbot,
        Self::Complaint,
        Self::Branch,
        Self::Email,
        Self::Review,
        Self::Social,
        Self::Report,
        Self::Research,
        Self::Employee,
    ];

    /// The code in the database, the API, files and the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Survey => "survey",
            Self::Call => "call",
            Self::Chat => "chat",
            Self::Chatbot => "chatbot",
            Self::Complaint => "complaint",
            Self::Branch => "branch",
            Self::Email => "email",
            Self::Review => "review",
            Self::Social => "social",
            Self::Report => "report",
            Self::Research => "research",
            Self::Employee => "employee",
        }
    }

    /// The channel that a cell names, in any case: its code or one of its other words.
    pub fn from_words(text: &str) -> Option<Self> {
        let words = text.trim().to_lowercase();
        WORDS.iter().find(|(_, names)| names.contains(&words.as_str())).map(|(channel, _)| *channel)
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Channel {
    /// The text that is no code.
    type Err = String;

    /// Reads the code alone, as the database, the command line and the API write it.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|channel| channel.as_str() == text).ok_or_else(|| text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_channel_is_known_by_its_code_and_by_other_words() {
        for (channel, (listed, words)) in Channel::ALL.into_iter().zip(WORDS) {
            assert_eq!((listed, words[0]), (channel, channel.as_str()));
            assert_eq!(channel.as_str().parse(), Ok(channel));
        }
        assert_eq!(Channel::from_words(" Звонок "), Some(Channel::Call));
        assert_eq!("звонок".parse::<Channel>(), Err("звонок".to_owned()));
        assert_eq!(Channel::from_words("факс"), None);
    }
}

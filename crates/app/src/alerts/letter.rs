//! Letters of notifications: everything that is due for a person in one letter, with links and the way out of it.

use std::fmt::Write;

use otklik_platform::letters::{Letter, enqueue_letter};
use otklik_platform::notifications::{
    Notification, has_due_notification, list_people_with_mail, take_due_notifications,
};
use otklik_platform::people::{Person, load_person};
use otklik_store::{Actor, StoreError};

use super::told::Told;
use super::words::{Worded, Wording, pairs};
use crate::courier::trial_letter;
use crate::messages::Language;
use crate::{App, AppError};

/// Where one says what one wants to be told of.
const SETTINGS: &str = "/settings/notifications";
/// A letter names so many things; the rest is on the screen.
const MOST: usize = 50;

impl App {
    /// Puts a letter into the outbox for everybody who has one due; how many.
    pub(crate) async fn write_due_letters(&self) -> Result<usize, AppError> {
        if !has_due_notification(&self.store).await? {
            return Ok(0);
        }
        let mut written = 0;
        for person in list_people_with_mail(&self.store).await? {
            let person = load_person(&self.store, &person).await?;
            let wording = self.load_wording(self.language_of(&person)).await?;
            let mut tx = self.store.begin(Actor::System).await?;
            let due = take_due_notifications(&mut tx, &person.id).await?;
            if !due.is_empty() && person.disabled_at.is_none() && self.has_mail() {
                enqueue_letter(&mut tx, &self.compose(&person, &wording, &due)?).await?;
                written += 1;
            }
            tx.commit().await?;
        }
        Ok(written)
    }

    /// A letter that shows whether mail arrives.
    pub fn trial_letter(&self, to: &str, language: Language) -> Letter {
        trial_letter(&self.link("/"), to, language)
    }

    /// The language in which a person reads letters: their own, or that of the settings.
    pub fn language_of(&self, person: &Person) -> Language {
        person.language.as_deref().and_then(Language::parse).unwrap_or(self.courier.language)
    }

    fn compose(&self, person: &Person, wording: &Wording, due: &[Notification]) -> Result<Letter, AppError> {
        let mut worded = Vec::with_capacity(due.len().min(MOST));
        for notification in due.iter().take(MOST) {
            let told: Told = serde_json::from_value(notification.detail.clone())
                .map_err(|error| StoreError::unreadable("notification.detail", error))?;
            worded.push(wording.word(notification.phase, &told));
        }
        let count = pairs([("count", due.len().to_string())]);
        let subject = match &worded[..] {
            [one] => one.title.clone(),
            _ => wording.say("letter_alerts_subject", &count),
        };
        let rest = due.len().saturating_sub(MOST);
        let rest =
            (rest > 0).then(|| wording.say("letter_alerts_rest", &pairs([("count", rest.to_string())])));
        let footer = wording.say("letter_alerts_footer", &pairs([]));
        let settings = self.link(SETTINGS);
        let (mut text, mut html) = (String::new(), String::new());
        for Worded { title, text: words, path } in &worded {
            let link = self.link(path);
            // Writing to a String cannot fail.
            let _ = write!(text, "{title}\n{words}\n{link}\n\n");
            let (title, words, link) = (escape(title), escape(words), escape(&link));
            let _ = write!(
                html,
                "<p style=\"margin:0 0 20px\"><a href=\"{link}\" style=\"font-weight:600;color:#0b5c67\">{title}</a>\
                 <br>{words}</p>"
            );
        }
        if let Some(rest) = rest {
            let _ = write!(text, "{rest}\n\n");
            let _ = write!(html, "<p>{}</p>", escape(&rest));
        }
        let _ = write!(text, "--\n{footer}\n{settings}\n");
        let html = format!(
            "<!doctype html><html lang=\"{}\"><body style=\"font:16px/1.5 system-ui,sans-serif;max-width:640px\">{html}\
             <hr style=\"border:0;border-top:1px solid #ccc\"><p style=\"font-size:13px;color:#555\">{} \
             <a href=\"{}\">{}</a></p></body></html>",
            wording.language().word(),
            escape(&footer),
            escape(&settings),
            escape(&wording.say("letter_alerts_settings", &pairs([]))),
        );
        Ok(Letter {
            to: vec![person.email.clone()],
            subject,
            text,
            html: Some(html),
            attachments: Vec::new(),
        })
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

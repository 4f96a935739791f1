//! The way out: letters by a mail server, webhooks by HTTP; what waits in the outbox is taken and delivered.

mod deliver;
mod http;
mod mail;

use std::sync::Arc;

use ipnet::IpNet;
use otklik_platform::letters::Letter;
use otklik_store::Clock;
use otklik_store::ids::new_id;

pub use deliver::Delivered;
pub use mail::{MailSecurity, MailSettings};

use crate::messages::{Language, message};
use crate::{App, AppError};
use http::Caller;
use mail::Mailer;

/// How the world outside is reached.
#[derive(Debug, Clone, Default)]
pub struct CourierSettings {
    /// The address by which people reach this server, without a slash at its end; links in letters begin with it.
    pub address: String,
    /// The language of letters to people who have chosen none.
    pub language: Language,
    /// Absent where no mail server is named.
    pub mail: Option<MailSettings>,
    /// Networks of the server's own surroundings that webhooks may reach all the same.
    pub allowed_networks: Vec<IpNet>,
}

/// Everything that delivers.
#[derive(Default)]
pub(crate) struct Courier {
    pub address: String,
    pub language: Language,
    mail: Option<Mailer>,
    caller: Option<Caller>,
}

/// Why something was not delivered. `reason` is a word for programs, with a number where the other side gave one: it
/// holds no address and no words of anybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Undelivered {
    pub reason: String,
    pub outlook: Outlook,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outlook {
    /// Another try may succeed, but not before so many seconds if the other side has said so.
    Later(Option<u32>),
    /// No try can.
    Never,
    /// The address wants nothing more.
    Gone,
}

impl Undelivered {
    fn later(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), outlook: Outlook::Later(None) }
    }

    fn never(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), outlook: Outlook::Never }
    }
}

impl Courier {
    fn new(settings: CourierSettings) -> Result<Self, AppError> {
        let mail = settings.mail.map(Mailer::new).transpose()?;
        let caller = Some(Caller::new(settings.allowed_networks)?);
        Ok(Self { address: settings.address, language: settings.language, mail, caller })
    }
}

/// Whether a mail server is named; that it answers is made sure.
///
/// # Errors
/// `Courier`, `MailFailed`.
pub async fn check_mail(settings: CourierSettings) -> Result<bool, AppError> {
    let Some(mail) = Courier::new(settings)?.mail else { return Ok(false) };
    mail.check().await.map_err(|undelivered| AppError::MailFailed(undelivered.reason))?;
    Ok(true)
}

/// Sends a trial letter at once, past the outbox.
///
/// # Errors
/// `Courier`, `MailMissing`, `MailFailed`; `EmailInvalid`.
pub async fn send_trial(settings: CourierSettings, to: &str, language: Language) -> Result<(), AppError> {
    let courier = Courier::new(settings)?;
    let mail = courier.mail.as_ref().ok_or(AppError::MailMissing)?;
    let letter = trial_letter(&courier.address, to, language);
    let sent = mail.send(&new_id(Clock::System.now_ms()), &letter, Vec::new()).await;
    sent.map_err(|undelivered| AppError::MailFailed(undelivered.reason))
}

/// A letter that shows whether mail arrives.
pub(crate) fn trial_letter(address: &str, to: &str, language: Language) -> Letter {
    let params = [("address".to_owned(), address.to_owned())].into();
    Letter {
        to: vec![to.to_owned()],
        subject: message(language, "letter_trial_subject", &params),
        text: message(language, "letter_trial_text", &params),
        html: None,
        attachments: Vec::new(),
    }
}

impl App {
    /// The same application with a way out; without one, it takes nothing from the outbox.
    ///
    /// # Errors
    /// `Courier` where the settings cannot be used.
    pub fn with_courier(mut self, settings: CourierSettings) -> Result<Self, AppError> {
        self.courier = Arc::new(Courier::new(settings)?);
        Ok(self)
    }

    /// Whether letters can go out at all.
    pub fn has_mail(&self) -> bool {
        self.courier.mail.is_some()
    }

    /// The address of a page for whoever reads it elsewhere.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.courier.address)
    }
}

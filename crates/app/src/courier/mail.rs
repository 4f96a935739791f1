//! Mail: a letter with its attachments, handed to the company's mail server.

use std::time::Duration;

use lettre::message::header::ContentType;
use lettre::message::{Attachment as Part, Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use otklik_platform::letters::{Attachment, Letter};

use super::Undelivered;
use crate::AppError;

/// A mail server that has not answered by then is not there.
const TIMEOUT: Duration = Duration::from_secs(30);
/// A letter with everything is through by then; well within the time for which a message is held.
const WHOLE_TIMEOUT: Duration = Duration::from_secs(90);

/// How the connection is kept from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailSecurity {
    /// Begins in the open and is encrypted before anything is said; a server that cannot is refused.
    Starttls,
    /// Encrypted from the first byte.
    Tls,
    /// Not at all: for a server on the same machine or in a trusted network.
    None,
}

/// The company's mail server.
#[derive(Clone)]
pub struct MailSettings {
    pub host: String,
    pub port: u16,
    pub security: MailSecurity,
    /// Nobody signs in where it is absent.
    pub user: Option<String>,
    pub password: String,
    /// Who letters come from: `Otklik <otklik@bank.example>`.
    pub from: String,
}

impl std::fmt::Debug for MailSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { host, port, security, user, password: _, from } = self;
        write!(
            f,
            "MailSettings {{ {host}:{port}, {security:?}, user: {user:?}, password: …, from: {from:?} }}"
        )
    }
}

pub(super) struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Mailer {
    pub(super) fn new(settings: MailSettings) -> Result<Self, AppError> {
        let refused = |what: &str| AppError::Courier(what.to_owned());
        let from = settings.from.parse().map_err(|_| refused("mail.from"))?;
        let tls = || TlsParameters::new(settings.host.clone()).map_err(|_| refused("mail.host"));
        let security = match settings.security {
            MailSecurity::Starttls => Tls::Required(tls()?),
            MailSecurity::Tls => Tls::Wrapper(tls()?),
            MailSecurity::None => Tls::None,
        };
        let builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&settings.host)
            .port(settings.port)
            .tls(security)
            .timeout(Some(TIMEOUT));
        let builder = match settings.user {
            Some(user) => builder.credentials(Credentials::new(user, settings.password)),
            None => builder,
        };
        Ok(Self { transport: builder.build(), from })
    }

    pub(super) async fn send(
        &self,
        id: &str,
        letter: &Letter,
        attachments: Vec<Attachment>,
    ) -> Result<(), Undelivered> {
        let message =
            self.compose(id, letter, attachments).ok_or_else(|| Undelivered::never("unreadable"))?;
        let sent = tokio::time::timeout(WHOLE_TIMEOUT, self.transport.send(message)).await;
        match sent {
            Err(_) => Err(Undelivered::later("timeout")),
            Ok(Err(error)) => Err(reason(&error)),
            Ok(Ok(_)) => Ok(()),
        }
    }

    /// Signs in and says goodbye.
    pub(super) async fn check(&self) -> Result<(), Undelivered> {
        match tokio::time::timeout(TIMEOUT, self.transport.test_connection()).await {
            Err(_) => Err(Undelivered::later("timeout")),
            Ok(Err(error)) => Err(reason(&error)),
            Ok(Ok(answers)) => {
                if answers {
                    Ok(())
                } else {
                    Err(Undelivered::later("unreachable"))
                }
            }
        }
    }

    /// Letters to one's own people carry the id of their message, so that a mail program shows a repetition once.
    fn compose(&self, id: &str, letter: &Letter, attachments: Vec<Attachment>) -> Option<Message> {
        let domain = self.from.email.domain();
        let mut builder = Message::builder()
            .from(self.from.clone())
            .message_id(Some(format!("<{id}@{domain}>")))
            .subject(&letter.subject);
        for to in &letter.to {
            builder = builder.to(to.parse().ok()?);
        }
        let text = SinglePart::plain(letter.text.clone());
        let body = match &letter.html {
            Some(html) => {
                MultiPart::alternative().singlepart(text).singlepart(SinglePart::html(html.clone()))
            }
            None => MultiPart::mixed().singlepart(text),
        };
        if attachments.is_empty() {
            return builder.multipart(body).ok();
        }
        let mut whole = MultiPart::mixed().multipart(body);
        for Attachment { name, media_type, content, .. } in attachments {
            let kind = ContentType::parse(&media_type).ok()?;
            whole = whole.singlepart(Part::new(name).body(content, kind));
        }
        builder.multipart(whole).ok()
    }
}

/// What the server said, as its three digits alone: its words may repeat the receiver.
fn reason(error: &lettre::transport::smtp::Error) -> Undelivered {
    if let Some(status) = error.status() {
        let reason = format!("mail_status:{status}");
        return if error.is_permanent() { Undelivered::never(reason) } else { Undelivered::later(reason) };
    }
    if error.is_tls() {
        return Undelivered::later("tls");
    }
    Undelivered::later(if error.is_timeout() { "timeout" } else { "unreachable" })
}

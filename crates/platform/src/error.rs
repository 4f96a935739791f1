//! What a caller of this crate can act on.

use otklik_store::StoreError;

#[derive(Debug, thiserror::Error)]
pub enum PlatformError {
    #[error("not a mail address")]
    EmailInvalid,
    #[error("the address is taken")]
    EmailTaken,
    #[error("the password is shorter than {} characters", crate::passwords::MIN_CHARACTERS)]
    PasswordTooShort,
    #[error("the password is longer than {} characters", crate::passwords::MAX_CHARACTERS)]
    PasswordTooLong,
    #[error("address or password is wrong")]
    WrongCredentials,
    #[error("the link was used or is too old")]
    LinkExpired,
    #[error("the last administrator must stay")]
    LastAdministrator,
    #[error("a unit cannot stand below itself")]
    UnitCycle,
    /// A tree is of one kind: paths stand below paths, regions below regions.
    #[error("the unit above or below belongs to another tree")]
    UnitTree,
    #[error("the code is taken")]
    CodeTaken,
    #[error("a name is missing")]
    NameMissing,
    #[error("unknown time zone {0}")]
    TimeZoneUnknown(String),
    #[error("unknown currency {0}")]
    CurrencyUnknown(String),
    /// Not HTTP or HTTPS, without a host, or with a password in it.
    #[error("not an address for a webhook")]
    WebhookUrlInvalid,
    #[error("not a secret of a webhook")]
    WebhookSecretInvalid,
    #[error("not an hour of the day")]
    HourInvalid,
    #[error("the password could not be hashed")]
    Hashing,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl PlatformError {
    /// The stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::EmailInvalid => "email_invalid",
            Self::EmailTaken => "email_taken",
            Self::PasswordTooShort => "password_too_short",
            Self::PasswordTooLong => "password_too_long",
            Self::WrongCredentials => "wrong_credentials",
            Self::LinkExpired => "link_expired",
            Self::LastAdministrator => "last_administrator",
            Self::UnitCycle => "unit_cycle",
            Self::UnitTree => "unit_tree",
            Self::CodeTaken => "code_taken",
            Self::NameMissing => "name_missing",
            Self::TimeZoneUnknown(_) => "time_zone_unknown",
            Self::CurrencyUnknown(_) => "currency_unknown",
            Self::WebhookUrlInvalid => "webhook_url_invalid",
            Self::WebhookSecretInvalid => "webhook_secret_invalid",
            Self::HourInvalid => "hour_invalid",
            Self::Hashing => "internal",
            Self::Store(e) => e.code(),
        }
    }

    /// The values that a message names.
    pub fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::PasswordTooShort => vec![("limit", crate::passwords::MIN_CHARACTERS.to_string())],
            Self::PasswordTooLong => vec![("limit", crate::passwords::MAX_CHARACTERS.to_string())],
            Self::TimeZoneUnknown(name) | Self::CurrencyUnknown(name) => vec![("name", name.clone())],
            _ => Vec::new(),
        }
    }
}

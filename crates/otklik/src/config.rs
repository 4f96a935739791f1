//! Settings: the embedded defaults, then `otklik.toml`, then the environment. An unknown name is refused.

use std::path::{Path, PathBuf};

use figment::Figment;
use figment::error::Kind;
use figment::providers::{Env, Format, Toml};
use otklik_api::TrustedProxies;
pub use otklik_app::courier::MailSecurity;
use otklik_app::courier::{CourierSettings, MailSettings};
use otklik_app::messages::Language;
use serde::Deserialize;

use crate::failure::{Failure, usage};
use crate::output;

/// The settings file with every default explained.
pub const DEFAULTS: &str = include_str!("../otklik.default.toml");

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub listen: String,
    pub database: Secret,
    pub address: String,
    pub secure_cookies: bool,
    pub upload_limit_mb: usize,
    pub trusted_proxies: Vec<String>,
    pub log_format: LogFormat,
    pub log_level: String,
    pub mail: MailConfig,
    pub webhooks: WebhookConfig,
}

/// The company's mail server.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailConfig {
    pub host: String,
    pub port: u16,
    pub security: MailSecurity,
    pub user: String,
    pub password: Secret,
    pub from: String,
    pub language: Language,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WebhookConfig {
    pub allowed_networks: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    Text,
    Json,
}

/// A setting that never shows in output: a database address may hold a password.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// The value, or nothing when it is empty.
    pub fn reveal(&self) -> Option<String> {
        (!self.0.is_empty()).then(|| self.0.clone())
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(if self.0.is_empty() { "\"\"" } else { "\"…\"" })
    }
}

impl Config {
    /// Reads the settings. A named file must exist; `otklik.toml` of the data folder may.
    pub fn load(data: &Path, file: Option<&Path>) -> Result<Self, Failure> {
        let path: PathBuf = file.map_or_else(|| data.join("otklik.toml"), Path::to_owned);
        if file.is_some() && !path.exists() {
            return Err(usage(format!("{}: no such file", path.display())));
        }
        Self::of(Figment::new().merge(Toml::string(DEFAULTS)).merge(Toml::file(path)).merge(environment()))
    }

    /// The proxies that are believed.
    pub fn trusted_proxies(&self) -> Result<TrustedProxies, Failure> {
        TrustedProxies::parse(&self.trusted_proxies)
            .map_err(|text| usage(format!("trusted_proxies: {text:?} is neither an address nor a network")))
    }

    /// How messages go out; `address` is where people reach this server.
    pub fn courier(&self, address: &str) -> Result<CourierSettings, Failure> {
        let network = |text: &String| {
            let parsed = text.parse();
            parsed.map_err(|_| usage(format!("webhooks.allowed_networks: {text:?} is no network")))
        };
        let MailConfig { host, port, security, user, password, from, language } = &self.mail;
        if !host.is_empty() && from.is_empty() {
            return Err(usage(output::word(
                "mail.from: укажите, от кого приходят письма",
                "mail.from: say who letters come from",
            )));
        }
        let mail = (!host.is_empty()).then(|| MailSettings {
            host: host.clone(),
            port: *port,
            security: *security,
            user: (!user.is_empty()).then(|| user.clone()),
            password: password.reveal().unwrap_or_default(),
            from: from.clone(),
        });
        Ok(CourierSettings {
            address: address.to_owned(),
            language: *language,
            mail,
            allowed_networks: self.webhooks.allowed_networks.iter().map(network).collect::<Result<_, _>>()?,
        })
    }

    fn of(figment: Figment) -> Result<Self, Failure> {
        figment.extract().map_err(|error| usage(explain(&error)))
    }
}

/// What is wrong with a setting, and for an unknown name which ones there are.
fn explain(error: &figment::Error) -> String {
    let Kind::UnknownField(name, known) = &error.kind else { return error.to_string() };
    let known = known.join(", ");
    match output::language() {
        Language::Ru => format!("Настройки «{name}» нет. Есть: {known}"),
        Language::En => format!("There is no setting “{name}”. There are: {known}"),
    }
}

/// `OTKLIK_…`, but for the names that the command line reads itself and those that the build and its tests leave behind.
fn environment() -> Env {
    Env::prefixed("OTKLIK_").ignore(&["data", "config", "test_postgres", "bin", "web"]).split("__")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_complete_and_an_unknown_name_is_refused_with_its_neighbours() {
        let defaults = Config::of(Figment::new().merge(Toml::string(DEFAULTS))).unwrap();
        assert_eq!(defaults.listen, "127.0.0.1:8080");
        assert_eq!(defaults.database.reveal(), None);
        let wrong = Figment::new().merge(Toml::string(DEFAULTS)).merge(Toml::string("lisen = 1"));
        let failure = Config::of(wrong).unwrap_err().describe(otklik_app::messages::Language::En);
        assert!(failure.contains("lisen") && failure.contains("listen"), "{failure}");
    }

    #[test]
    fn a_password_never_shows() {
        let figment = Figment::new().merge(Toml::string(DEFAULTS));
        let config = Config::of(figment.merge(Toml::string("database = 'postgres://u:secret@h/d'"))).unwrap();
        assert!(!format!("{config:?}").contains("secret"));
    }

    #[test]
    fn mail_is_off_until_a_server_and_a_sender_are_named() {
        let read = |text: &str| {
            let figment = Figment::new().merge(Toml::string(DEFAULTS)).merge(Toml::string(text));
            Config::of(figment).unwrap()
        };
        assert!(read("").courier("").unwrap().mail.is_none());
        assert!(read("mail.host = 'smtp.bank.example'").courier("").is_err());
        let named =
            read("[mail]\nhost = 'smtp.bank.example'\nfrom = 'otklik@bank.example'\npassword = 'geheim'");
        assert!(!format!("{named:?}").contains("geheim"));
        let courier = named.courier("").unwrap();
        assert!(!format!("{courier:?}").contains("geheim"));
        assert_eq!(courier.mail.unwrap().port, 587);
        assert!(read("webhooks.allowed_networks = ['here']").courier("").is_err());
    }
}

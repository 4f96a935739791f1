//! Addresses of other programs that are told of things, and the signature by which they know us: Standard Webhooks 1.0.0.

use std::net::IpAddr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use ipnet::IpNet;
use otklik_store::ids::WebhookId;
use otklik_store::{Millis, Store, StoreError, Tx};
use rand::TryRng;
use rand::rngs::SysRng;
use serde_json::json;
use sha2::Sha256;
use sqlx::FromRow;
use url::Url;

use crate::PlatformError;

/// What a secret begins with, as the standard has it.
const SECRET_PREFIX: &str = "whsec_";
const SECRET_BYTES: usize = 32;
const NAME_LIMIT: usize = 200;
const URL_LIMIT: usize = 2_000;
const NOT_FOUND: StoreError = StoreError::NotFound { entity: "webhook" };

/// Networks that belong to the server's own surroundings: nothing outside may make it call there.
const INNER: [&str; 17] = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "::/128",
    "::1/128",
    "64:ff9b::/96",
    "fc00::/7",
    "fe80::/10",
    "ff00::/8",
];

/// An address, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
pub struct Webhook {
    #[sqlx(try_from = "String")]
    pub id: WebhookId,
    pub name: String,
    pub url: String,
    pub created_at: Millis,
    pub disabled_at: Option<Millis>,
    /// Why it was disabled: `gone` where the receiver said so, else the word of whoever did it.
    pub disabled_reason: Option<String>,
}

/// Adds an address and returns the secret that its receiver checks signatures with; it is shown once.
///
/// # Errors
/// `NameMissing`, `WebhookUrlInvalid`.
pub async fn create_webhook(
    tx: &mut Tx,
    name: &str,
    url: &str,
) -> Result<(WebhookId, String), PlatformError> {
    let (name, url) = (read_name(name)?, read_url(url)?);
    let secret = new_secret()?;
    let (id, now) = (WebhookId::new(tx.now_ms()), tx.now_ms());
    sqlx::query("insert into webhook (id, name, url, secret, created_at) values ($1, $2, $3, $4, $5)")
        .bind(id.as_str())
        .bind(&name)
        .bind(url.as_str())
        .bind(&secret)
        .bind(now)
        .execute(tx.conn())
        .await
        .map_err(StoreError::from)?;
    // Only the host: the rest of an address may hold a token.
    let detail = json!({ "name": name, "host": url.host_str() });
    tx.audit("webhook_created", "webhook", id.as_str(), &detail).await?;
    Ok((id, secret))
}

/// All addresses, by name.
pub async fn list_webhooks(store: &Store) -> Result<Vec<Webhook>, StoreError> {
    let rows = sqlx::query_as(
        "select id, name, url, created_at, disabled_at, disabled_reason from webhook order by name, id",
    );
    Ok(rows.fetch_all(store.reader()).await?)
}

/// The secret of an address that is in use.
pub async fn find_webhook_secret(store: &Store, id: &WebhookId) -> Result<Option<String>, StoreError> {
    let secret = sqlx::query_scalar("select secret from webhook where id = $1 and disabled_at is null");
    Ok(secret.bind(id.as_str()).fetch_optional(store.reader()).await?)
}

/// Tells an address nothing any more.
pub async fn disable_webhook(tx: &mut Tx, id: &WebhookId, reason: &str) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let disabled = sqlx::query(
        "update webhook set disabled_at = $2, disabled_reason = $3 where id = $1 and disabled_at is null",
    );
    let disabled = disabled.bind(id.as_str()).bind(now).bind(reason).execute(tx.conn()).await?;
    changed(disabled.rows_affected())?;
    tx.audit("webhook_disabled", "webhook", id.as_str(), &json!({ "reason": reason })).await
}

/// Tells a disabled address of things again.
pub async fn enable_webhook(tx: &mut Tx, id: &WebhookId) -> Result<(), StoreError> {
    let enabled = sqlx::query(
        "update webhook set disabled_at = null, disabled_reason = null \
         where id = $1 and disabled_at is not null",
    );
    changed(enabled.bind(id.as_str()).execute(tx.conn()).await?.rows_affected())?;
    tx.audit("webhook_enabled", "webhook", id.as_str(), &()).await
}

/// The value of `webhook-signature`: HMAC-SHA256 over id, unix seconds and body.
///
/// # Errors
/// `WebhookSecretInvalid` where the secret is none of ours.
pub fn sign_webhook(secret: &str, id: &str, timestamp_s: i64, body: &[u8]) -> Result<String, PlatformError> {
    let key = secret.strip_prefix(SECRET_PREFIX).and_then(|key| STANDARD.decode(key).ok());
    let key = key.ok_or(PlatformError::WebhookSecretInvalid)?;
    let mac = Hmac::<Sha256>::new_from_slice(&key);
    let mut mac = mac.map_err(|_| PlatformError::WebhookSecretInvalid)?;
    mac.update(format!("{id}.{timestamp_s}.").as_bytes());
    mac.update(body);
    Ok(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

/// Whether an address lies in the server's own surroundings. To be asked of the addresses that a name resolves to, at
/// the moment of the call: a name may change between two looks.
pub fn is_inner(address: IpAddr) -> bool {
    // An IPv4 address in the clothes of IPv6 is the same place.
    let address = address.to_canonical();
    let networks = INNER.iter().filter_map(|network| network.parse::<IpNet>().ok());
    networks.into_iter().any(|network| network.contains(&address))
}

fn read_name(name: &str) -> Result<String, PlatformError> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > NAME_LIMIT {
        return Err(PlatformError::NameMissing);
    }
    Ok(name.to_owned())
}

/// HTTP or HTTPS, with a host, and without a password, which would end up in lists.
fn read_url(url: &str) -> Result<Url, PlatformError> {
    let parsed = Url::parse(url.trim()).map_err(|_| PlatformError::WebhookUrlInvalid)?;
    let is_good = matches!(parsed.scheme(), "http" | "https")
        && parsed.has_host()
        && parsed.username().is_empty()
        && parsed.password().is_none()
        && parsed.as_str().len() <= URL_LIMIT;
    if is_good { Ok(parsed) } else { Err(PlatformError::WebhookUrlInvalid) }
}

fn new_secret() -> Result<String, PlatformError> {
    let mut bytes = [0u8; SECRET_BYTES];
    SysRng.try_fill_bytes(&mut bytes).map_err(|_| PlatformError::Hashing)?;
    Ok(format!("{SECRET_PREFIX}{}", STANDARD.encode(bytes)))
}

fn changed(rows: u64) -> Result<(), StoreError> {
    if rows > 0 { Ok(()) } else { Err(NOT_FOUND) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the standard's own libraries.
    #[test]
    fn the_signature_is_that_of_the_standard() {
        let signature = sign_webhook(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            br#"{"test": 2432232314}"#,
        );
        assert_eq!(signature.unwrap(), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assert_eq!(sign_webhook("secret", "1", 1, b"").unwrap_err().code(), "webhook_secret_invalid");
    }

    #[test]
    fn inner_networks_are_known_in_every_dress() {
        for inner in
            ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "::1", "fd00::1", "::ffff:10.0.0.1"]
        {
            assert!(is_inner(inner.parse().unwrap()), "{inner}");
        }
        for outer in ["8.8.8.8", "172.32.0.1", "2a02:6b8::1"] {
            assert!(!is_inner(outer.parse().unwrap()), "{outer}");
        }
    }

    #[test]
    fn an_address_is_http_and_holds_no_password() {
        for bad in ["", "ftp://a.example", "https://u:p@a.example", "file:///etc/passwd", "https://"] {
            assert!(read_url(bad).is_err(), "{bad}");
        }
        assert_eq!(read_url(" https://a.example/hook?k=1 ").unwrap().host_str(), Some("a.example"));
    }
}

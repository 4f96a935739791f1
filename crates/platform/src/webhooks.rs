//! Addresses of other programs that are told of things, and the signature by which they know us: Standard Webhooks 1.0.0.

use std::net::IpAddr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use ipnet::IpNet;
use otklik_store::column::{from_json, to_json};
use otklik_store::ids::WebhookId;
use otklik_store::{Millis, Store, StoreError, Tx, outbox};
use rand::TryRng;
use rand::rngs::SysRng;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::Sha256;
use sqlx::FromRow;
use url::Url;

use crate::PlatformError;

/// The kind of message in the outbox.
pub const WEBHOOK: &str = "webhook";

/// Why an address was disabled that has answered «gone».
pub const GONE: &str = "gone";

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

/// What other programs can be told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
pub enum EventKind {
    /// Something stands out in the numbers.
    #[serde(rename = "anomaly.began")]
    AnomalyBegan,
    #[serde(rename = "anomaly.ended")]
    AnomalyEnded,
    /// A metric has crossed the limit of an alert rule.
    #[serde(rename = "metric.crossed")]
    MetricCrossed,
    #[serde(rename = "metric.recovered")]
    MetricRecovered,
    /// A solved problem is back.
    #[serde(rename = "problem.returned")]
    ProblemReturned,
    #[serde(rename = "problem.settled")]
    ProblemSettled,
    /// A verdict waits for a signature.
    #[serde(rename = "verdict.proposed")]
    VerdictProposed,
    #[serde(rename = "verdict.signed")]
    VerdictSigned,
    /// Somebody tries the address out; every address is told of it.
    #[serde(rename = "test")]
    Test,
}

/// A message to one address, as it lies in the outbox.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    pub webhook: WebhookId,
    pub kind: EventKind,
    /// What is signed and sent, to the byte.
    pub body: String,
}

/// An address, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Webhook {
    pub id: WebhookId,
    pub name: String,
    pub url: String,
    /// What it is told of.
    pub events: Vec<EventKind>,
    pub created_at: Millis,
    pub disabled_at: Option<Millis>,
    /// Why it was disabled: `gone` where the receiver said so, else the word of whoever did it.
    pub disabled_reason: Option<String>,
}

/// What one writes of an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookIn {
    pub name: String,
    /// HTTP or HTTPS, without a password in it.
    pub url: String,
    /// What it is told of.
    pub events: Vec<EventKind>,
}

/// Adds an address and returns the secret that its receiver checks signatures with; it is shown once.
///
/// # Errors
/// `NameMissing`, `WebhookUrlInvalid`.
pub async fn create_webhook(tx: &mut Tx, webhook: &WebhookIn) -> Result<(WebhookId, String), PlatformError> {
    let (name, url, events) = read(webhook)?;
    let secret = new_secret()?;
    let (id, now) = (WebhookId::new(tx.now_ms()), tx.now_ms());
    sqlx::query(
        "insert into webhook (id, name, url, secret, events, created_at) values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id.as_str())
    .bind(&name)
    .bind(url.as_str())
    .bind(&secret)
    .bind(events)
    .bind(now)
    .execute(tx.conn())
    .await
    .map_err(StoreError::from)?;
    tx.audit("webhook_created", "webhook", id.as_str(), &detail(&name, &url, webhook)).await?;
    Ok((id, secret))
}

/// Changes name, address or events; the secret stays.
///
/// # Errors
/// `NameMissing`, `WebhookUrlInvalid`; `NotFound`.
pub async fn update_webhook(tx: &mut Tx, id: &WebhookId, webhook: &WebhookIn) -> Result<(), PlatformError> {
    let (name, url, events) = read(webhook)?;
    let updated = sqlx::query("update webhook set name = $2, url = $3, events = $4 where id = $1")
        .bind(id.as_str())
        .bind(&name)
        .bind(url.as_str())
        .bind(events)
        .execute(tx.conn())
        .await
        .map_err(StoreError::from)?;
    changed(updated.rows_affected())?;
    Ok(tx.audit("webhook_changed", "webhook", id.as_str(), &detail(&name, &url, webhook)).await?)
}

/// Gives an address another secret and returns it; the old one signs nothing more.
///
/// # Errors
/// `NotFound`.
pub async fn rotate_webhook_secret(tx: &mut Tx, id: &WebhookId) -> Result<String, PlatformError> {
    let secret = new_secret()?;
    let rotated = sqlx::query("update webhook set secret = $2 where id = $1")
        .bind(id.as_str())
        .bind(&secret)
        .execute(tx.conn())
        .await
        .map_err(StoreError::from)?;
    changed(rotated.rows_affected())?;
    tx.audit("webhook_secret_rotated", "webhook", id.as_str(), &()).await?;
    Ok(secret)
}

/// Tells every address that asked for this kind, after the commit. `data` is what happened: numbers and names of our
/// own, no words of a customer.
pub async fn post_event(tx: &mut Tx, kind: EventKind, data: &Value) -> Result<(), StoreError> {
    let rows: Vec<(String, String)> =
        sqlx::query_as("select id, events from webhook where disabled_at is null order by id")
            .fetch_all(tx.conn())
            .await?;
    for (id, events) in rows {
        let events: Vec<EventKind> = from_json(&events, "webhook.events")?;
        if events.contains(&kind) {
            post_to(tx, WebhookId(id), kind, data).await?;
        }
    }
    Ok(())
}

/// Sends one address a trial, whatever it asked for. Returns the id of the message.
///
/// # Errors
/// `NotFound`, also where it is disabled.
pub async fn post_trial(tx: &mut Tx, id: &WebhookId) -> Result<String, StoreError> {
    let there: Option<i64> =
        sqlx::query_scalar("select 1 from webhook where id = $1 and disabled_at is null")
            .bind(id.as_str())
            .fetch_optional(tx.conn())
            .await?;
    there.ok_or(NOT_FOUND)?;
    tx.audit("webhook_tried", "webhook", id.as_str(), &()).await?;
    post_to(tx, id.clone(), EventKind::Test, &json!({})).await
}

async fn post_to(
    tx: &mut Tx,
    webhook: WebhookId,
    kind: EventKind,
    data: &Value,
) -> Result<String, StoreError> {
    let timestamp = jiff::Timestamp::from_millisecond(tx.now_ms()).unwrap_or_default().to_string();
    let body = to_json(&json!({ "type": kind, "timestamp": timestamp, "data": data }), "outbox.payload")?;
    outbox::post_message(tx, WEBHOOK, &Event { webhook, kind, body }).await
}

/// All addresses, by name.
pub async fn list_webhooks(store: &Store) -> Result<Vec<Webhook>, StoreError> {
    let rows: Vec<WebhookRow> = sqlx::query_as(
        "select id, name, url, events, created_at, disabled_at, disabled_reason from webhook order by name, id",
    )
    .fetch_all(store.reader())
    .await?;
    rows.into_iter().map(Webhook::try_from).collect()
}

/// Where an address is that is in use, and its secret.
pub async fn find_webhook_target(
    store: &Store,
    id: &WebhookId,
) -> Result<Option<(String, String)>, StoreError> {
    let target = sqlx::query_as("select url, secret from webhook where id = $1 and disabled_at is null");
    Ok(target.bind(id.as_str()).fetch_optional(store.reader()).await?)
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

/// What is stored: a name, an address, the list of events.
fn read(webhook: &WebhookIn) -> Result<(String, Url, String), PlatformError> {
    let mut events = webhook.events.clone();
    events.sort_unstable();
    events.dedup();
    Ok((read_name(&webhook.name)?, read_url(&webhook.url)?, to_json(&events, "webhook.events")?))
}

/// For the audit only the host: the rest of an address may hold a token.
fn detail(name: &str, url: &Url, webhook: &WebhookIn) -> Value {
    json!({ "name": name, "host": url.host_str(), "events": webhook.events })
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

#[derive(FromRow)]
struct WebhookRow {
    id: String,
    name: String,
    url: String,
    events: String,
    created_at: i64,
    disabled_at: Option<i64>,
    disabled_reason: Option<String>,
}

impl TryFrom<WebhookRow> for Webhook {
    type Error = StoreError;

    fn try_from(row: WebhookRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: WebhookId(row.id),
            name: row.name,
            url: row.url,
            events: from_json(&row.events, "webhook.events")?,
            created_at: row.created_at,
            disabled_at: row.disabled_at,
            disabled_reason: row.disabled_reason,
        })
    }
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

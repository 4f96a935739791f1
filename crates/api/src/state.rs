//! What every handler can reach.

use std::sync::Arc;

use otklik_app::App;
use otklik_store::{Actor, Tx};

use crate::ApiError;
use crate::client::TrustedProxies;
use crate::limits::SignInLimiter;

/// How the interface behaves in this place.
#[derive(Debug, Clone)]
pub struct Config {
    /// Cookies travel over HTTPS only; off for a server that is reached by plain HTTP.
    pub secure_cookies: bool,
    /// The largest file that may be uploaded.
    pub upload_limit_bytes: usize,
    /// The largest body of any other request.
    pub body_limit_bytes: usize,
    /// Whose word on the address of their caller is believed.
    pub trusted_proxies: TrustedProxies,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            secure_cookies: false,
            upload_limit_bytes: 1 << 30,
            body_limit_bytes: 4 << 20,
            trusted_proxies: TrustedProxies::default(),
        }
    }
}

/// Cloned into every request.
#[derive(Clone)]
pub struct ApiState {
    pub app: App,
    pub config: Arc<Config>,
    pub(crate) sign_ins: Arc<SignInLimiter>,
}

impl ApiState {
    pub fn new(app: App, config: Config) -> Self {
        Self { app, config: Arc::new(config), sign_ins: Arc::default() }
    }

    /// Makes a change in one transaction in the name of `actor`, and commits it.
    pub async fn change<T, E>(
        &self,
        actor: Actor,
        change: impl AsyncFnOnce(&mut Tx) -> Result<T, E>,
    ) -> Result<T, ApiError>
    where
        ApiError: From<E>,
    {
        let mut tx = self.app.store.begin(actor).await?;
        let made = change(&mut tx).await?;
        tx.commit().await?;
        Ok(made)
    }
}

//! What every handler can reach.

use std::sync::Arc;

use otklik_app::App;

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
}

impl Default for Config {
    fn default() -> Self {
        Self { secure_cookies: false, upload_limit_bytes: 1 << 30, body_limit_bytes: 4 << 20 }
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
}

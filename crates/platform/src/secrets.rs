//! Random secrets for sessions, tokens and links. The database keeps their hashes only.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::TryRng;
use rand::rngs::SysRng;
use sha2::{Digest, Sha256};

use crate::PlatformError;

/// A new secret of 256 bits behind a prefix that tells what it opens.
pub fn new_secret(prefix: &str) -> Result<String, PlatformError> {
    let mut bytes = [0u8; 32];
    SysRng.try_fill_bytes(&mut bytes).map_err(|_| PlatformError::Hashing)?;
    Ok(format!("{prefix}{}", URL_SAFE_NO_PAD.encode(bytes)))
}

/// What the database keeps. A plain hash is enough: the secret has 256 random bits.
pub fn hash_secret(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

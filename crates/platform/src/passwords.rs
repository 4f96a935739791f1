//! Passwords: hashed with argon2id at its published defaults, compared in constant time.

use std::fmt;
use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

use crate::PlatformError;

pub const MIN_CHARACTERS: usize = 10;
pub const MAX_CHARACTERS: usize = 256;

/// A new password as it is kept. Made before a transaction begins: nobody else could write meanwhile.
#[derive(Clone)]
pub struct HashedPassword(String);

impl HashedPassword {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for HashedPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HashedPassword")
    }
}

/// Hashes a new password. It takes tens of milliseconds on purpose, on a thread for such work.
///
/// # Errors
/// `PasswordTooShort`, `PasswordTooLong`; `Hashing` where the system gives no randomness.
pub async fn hash_password(password: &str) -> Result<HashedPassword, PlatformError> {
    match password.chars().count() {
        n if n < MIN_CHARACTERS => Err(PlatformError::PasswordTooShort),
        n if n > MAX_CHARACTERS => Err(PlatformError::PasswordTooLong),
        _ => {
            let password = password.to_owned();
            let hashed = tokio::task::spawn_blocking(move || hash(&password)).await;
            hashed.ok().flatten().map(HashedPassword).ok_or(PlatformError::Hashing)
        }
    }
}

/// Checks a password. Without a stored hash it works as long, so that time does not tell who has an account.
pub async fn verify_password(password: &str, stored: Option<String>) -> bool {
    let password = password.to_owned();
    tokio::task::spawn_blocking(move || verify(&password, stored.as_deref())).await.unwrap_or(false)
}

fn hash(password: &str) -> Option<String> {
    Argon2::default().hash_password(password.as_bytes()).ok().map(|hash| hash.to_string())
}

fn verify(password: &str, stored: Option<&str>) -> bool {
    static NOBODYS: LazyLock<String> = LazyLock::new(|| hash("nobody's password").unwrap_or_default());
    let known = stored.unwrap_or(&NOBODYS);
    let right = PasswordHash::new(known)
        .is_ok_and(|parsed| Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok());
    right && stored.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_opens() {
        let hash = hash_password("верный пароль").await.unwrap().0;
        assert!(hash.starts_with("$argon2id$"));
        assert!(verify_password("верный пароль", Some(hash.clone())).await);
        assert!(!verify_password("неверный пароль", Some(hash)).await);
        assert!(!verify_password("nobody's password", None).await);
        assert!(!verify_password("x", Some("damaged".to_owned())).await);
    }

    #[tokio::test]
    async fn short_and_endless_passwords_are_refused() {
        assert_eq!(hash_password("девять зн").await.unwrap_err().code(), "password_too_short");
        assert_eq!(hash_password(&"x".repeat(257)).await.unwrap_err().code(), "password_too_long");
    }
}

//! Passwords: hashed with argon2id at its published defaults, compared in constant time.

use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};

use crate::PlatformError;

pub const MIN_CHARACTERS: usize = 10;
pub const MAX_CHARACTERS: usize = 256;

/// Hashes a new password; takes tens of milliseconds on purpose: call it off the request threads.
pub fn hash_password(password: &str) -> Result<String, PlatformError> {
    match password.chars().count() {
        n if n < MIN_CHARACTERS => Err(PlatformError::PasswordTooShort),
        n if n > MAX_CHARACTERS => Err(PlatformError::PasswordTooLong),
        _ => {
            let hash = Argon2::default().hash_password(password.as_bytes());
            Ok(hash.map_err(|_| PlatformError::Hashing)?.to_string())
        }
    }
}

/// Checks a password. Without a stored hash it works as long, so that time does not tell who has an account.
pub fn verify_password(password: &str, stored: Option<&str>) -> bool {
    static NOBODYS: LazyLock<String> =
        LazyLock::new(|| hash_password("nobody's password").unwrap_or_default());
    let hash = stored.unwrap_or(&NOBODYS);
    let right = PasswordHash::new(hash)
        .is_ok_and(|parsed| Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok());
    right && stored.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_password_opens() {
        let hash = hash_password("верный пароль").unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(verify_password("верный пароль", Some(&hash)));
        assert!(!verify_password("неверный пароль", Some(&hash)));
        assert!(!verify_password("nobody's password", None));
        assert!(!verify_password("x", Some("damaged")));
    }

    #[test]
    fn short_and_endless_passwords_are_refused() {
        assert_eq!(hash_password("девять зн").unwrap_err().code(), "password_too_short");
        assert_eq!(hash_password(&"x".repeat(257)).unwrap_err().code(), "password_too_long");
    }
}

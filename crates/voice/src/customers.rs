//! The pseudonym of a customer: a keyed hash. Without the key, which is not in the database, nobody can go back.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::VoiceError;

/// The key of the hash, from a file beside the database.
#[derive(Clone)]
pub struct CustomerSecret([u8; 32]);

impl std::fmt::Debug for CustomerSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CustomerSecret(…)")
    }
}

impl CustomerSecret {
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads the 64 hexadecimal digits of the key file.
    pub fn parse(text: &str) -> Result<Self, VoiceError> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text.trim(), &mut bytes).map_err(|_| VoiceError::SecretDamaged)?;
        Ok(Self(bytes))
    }

    pub fn to_hex(&self) -> String {
        hex::encode(self.0)
    }

    /// The pseudonym of a customer: 128 bits as 32 hexadecimal digits; blanks around the key do not count, nor does case.
    pub fn pseudonym(&self, customer: &str) -> Option<String> {
        let customer = customer.trim().to_lowercase();
        if customer.is_empty() {
            return None;
        }
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        mac.update(customer.as_bytes());
        Some(hex::encode(&mac.finalize().into_bytes()[..16]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_customer_has_one_pseudonym_under_one_key() {
        let (one, other) = (CustomerSecret::new([1; 32]), CustomerSecret::new([2; 32]));
        let pseudonym = one.pseudonym("Client-77").unwrap();
        assert_eq!(pseudonym.len(), 32);
        assert_eq!(one.pseudonym(" client-77 ").unwrap(), pseudonym);
        assert_ne!(one.pseudonym("client-78").unwrap(), pseudonym);
        assert_ne!(other.pseudonym("client-77").unwrap(), pseudonym);
        assert_eq!(one.pseudonym("  "), None);
    }

    #[test]
    fn the_key_travels_as_text_and_never_shows_in_debug_output() {
        let secret = CustomerSecret::new([7; 32]);
        assert_eq!(CustomerSecret::parse(&secret.to_hex()).unwrap().to_hex(), secret.to_hex());
        assert_eq!(CustomerSecret::parse("07").unwrap_err().code(), "internal");
        assert_eq!(format!("{secret:?}"), "CustomerSecret(…)");
    }
}

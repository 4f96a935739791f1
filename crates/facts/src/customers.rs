//! Customers as dense numbers, so that a bitmap can count them.

use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

/// 128 bits of a customer's key: enough never to confuse two, too few to find the key.
pub type Fingerprint = u128;

/// The code of every customer ever seen, from 1 in order of appearance; 0 is an anonymous item.
#[derive(Debug, Default)]
pub struct Customers {
    codes: FxHashMap<Fingerprint, u32>,
}

impl Customers {
    /// The code of a customer's key, a new one if it is unknown.
    pub fn intern(&mut self, key: &str) -> u32 {
        self.intern_fingerprint(fingerprint(key))
    }

    pub fn intern_fingerprint(&mut self, fingerprint: Fingerprint) -> u32 {
        let next = self.codes();
        *self.codes.entry(fingerprint).or_insert(next)
    }

    /// How many codes are in use, that of anonymous items included.
    pub fn codes(&self) -> u32 {
        self.codes.len() as u32 + 1
    }

    /// All fingerprints in order of their codes, from code 1.
    pub fn fingerprints(&self) -> Vec<Fingerprint> {
        let mut fingerprints = vec![0; self.codes.len()];
        for (&fingerprint, &code) in &self.codes {
            fingerprints[code as usize - 1] = fingerprint;
        }
        fingerprints
    }

    pub fn memory_bytes(&self) -> usize {
        self.codes.capacity() * (size_of::<(Fingerprint, u32)>() + 1)
    }
}

fn fingerprint(key: &str) -> Fingerprint {
    let mut half = [0; 16];
    half.copy_from_slice(&Sha256::digest(key)[..16]);
    u128::from_be_bytes(half)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_key_one_code() {
        let mut customers = Customers::default();
        assert_eq!(["a", "b", "a", "", "b"].map(|key| customers.intern(key)), [1, 2, 1, 3, 2]);
        assert_eq!(customers.codes(), 4);
        assert_eq!(customers.fingerprints(), ["a", "b", ""].map(fingerprint));
    }
}

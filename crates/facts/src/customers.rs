//! Customers as dense numbers, so that a bitmap can count them.

use hashbrown::HashTable;
use sha2::{Digest, Sha256};

/// 128 bits of a customer's key: enough never to confuse two, too few to find the key.
pub type Fingerprint = u128;

/// The code of every customer ever seen, from 1 in order of appearance; 0 is an anonymous item.
///
/// Fingerprints stand in order of their codes; the table beside them holds codes alone, about 5 bytes each.
#[derive(Debug, Default)]
pub struct Customers {
    fingerprints: Vec<Fingerprint>,
    codes: HashTable<u32>,
}

impl Customers {
    /// Customers in order of their codes; `None` if one stands there twice.
    pub fn from_fingerprints(fingerprints: Vec<Fingerprint>) -> Option<Self> {
        let mut codes = HashTable::with_capacity(fingerprints.len());
        for (code, &fingerprint) in (1..).zip(&fingerprints) {
            let is_known = |&known: &u32| fingerprints[known as usize - 1] == fingerprint;
            if codes.find(hash(fingerprint), is_known).is_some() {
                return None;
            }
            codes.insert_unique(hash(fingerprint), code, |&code| hash(fingerprints[code as usize - 1]));
        }
        Some(Self { fingerprints, codes })
    }

    /// The code of a customer's key, a new one if it is unknown.
    pub fn intern(&mut self, key: &str) -> u32 {
        let fingerprint = fingerprint(key);
        let Self { fingerprints, codes } = self;
        let is_known = |&known: &u32| fingerprints[known as usize - 1] == fingerprint;
        if let Some(&code) = codes.find(hash(fingerprint), is_known) {
            return code;
        }
        fingerprints.push(fingerprint);
        let code = fingerprints.len() as u32;
        codes.insert_unique(hash(fingerprint), code, |&code| hash(fingerprints[code as usize - 1]));
        code
    }

    /// How many codes are in use, that of anonymous items included.
    pub fn codes(&self) -> u32 {
        self.fingerprints.len() as u32 + 1
    }

    /// All fingerprints in order of their codes, from code 1.
    pub fn fingerprints(&self) -> &[Fingerprint] {
        &self.fingerprints
    }

    pub fn memory_bytes(&self) -> usize {
        self.fingerprints.capacity() * size_of::<Fingerprint>() + self.codes.allocation_size()
    }
}

fn fingerprint(key: &str) -> Fingerprint {
    let mut half = [0; 16];
    half.copy_from_slice(&Sha256::digest(key)[..16]);
    u128::from_be_bytes(half)
}

/// Half of a fingerprint, which is a hash already.
fn hash(fingerprint: Fingerprint) -> u64 {
    fingerprint as u64
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

    #[test]
    fn fingerprints_bring_the_codes_back() {
        let known = ["a", "b", "c"].map(fingerprint).to_vec();
        let mut customers = Customers::from_fingerprints(known.clone()).unwrap();
        assert_eq!(["c", "new", "a", "b", "new"].map(|key| customers.intern(key)), [3, 4, 1, 2, 4]);
        assert!(Customers::from_fingerprints([known.as_slice(), &known[1..2]].concat()).is_none());
    }
}

//! Dictionaries and customers as tables.

use std::collections::BTreeMap;

use crate::customers::Customers;
use crate::dictionary::Dictionary;
use crate::snapshot::table::{Field, Kind, Values};
use crate::vocabulary::{FIXED, Vocabulary};
use crate::{Dimension, FactsError};

/// The dictionary file: which value a code of a dimension stands for.
pub fn dictionary_fields() -> [Field; 3] {
    [Field::new("dimension", Kind::Text), Field::new("code", Kind::Number), Field::new("value", Kind::Text)]
}

/// The customer file: 128 bits of the hash of each customer's key, in order of the codes, from 1.
pub fn customer_fields() -> [Field; 2] {
    [Field::new("fingerprint_high", Kind::Wide), Field::new("fingerprint_low", Kind::Wide)]
}

pub fn dictionary_table(vocabulary: &Vocabulary) -> Vec<Values> {
    let (mut dimensions, mut codes, mut values) = (Vec::new(), Vec::new(), Vec::new());
    for (dimension, dictionary) in dictionaries(vocabulary) {
        for (code, value) in (1..).zip(dictionary.values()) {
            dimensions.push(dimension.to_string());
            codes.push(code);
            values.push(value.to_owned());
        }
    }
    vec![Values::Texts(dimensions), Values::Numbers(codes), Values::Texts(values)]
}

/// The words of a dictionary table; attributes in the order of their columns.
pub fn vocabulary(groups: &[Vec<Values>], attributes: &[String]) -> Result<Vocabulary, String> {
    let mut words: BTreeMap<&str, Dictionary> = BTreeMap::new();
    for group in groups {
        let [Values::Texts(dimensions), Values::Numbers(codes), Values::Texts(values)] = group.as_slice()
        else {
            return Err("no dictionary".into());
        };
        for ((dimension, &code), value) in dimensions.iter().zip(codes).zip(values) {
            if words.entry(dimension).or_default().intern(value) != code {
                return Err(format!("code {code} of {dimension} is out of order"));
            }
        }
    }
    let mut take = |dimension: Dimension| words.remove(dimension.to_string().as_str()).unwrap_or_default();
    let vocabulary = Vocabulary {
        fixed: FIXED.map(&mut take),
        topics: take(Dimension::Topic),
        attributes: attributes
            .iter()
            .map(|name| (name.as_str().into(), take(Dimension::Attribute(name.clone()))))
            .collect(),
    };
    match words.keys().next() {
        Some(unknown) => Err(FactsError::UnknownDimension((*unknown).to_owned()).to_string()),
        None => Ok(vocabulary),
    }
}

pub fn customer_table(customers: &Customers) -> Vec<Values> {
    let fingerprints = customers.fingerprints();
    let high = fingerprints.iter().map(|fingerprint| (fingerprint >> 64) as u64);
    let low = fingerprints.iter().map(|fingerprint| *fingerprint as u64);
    vec![Values::Wides(high.collect()), Values::Wides(low.collect())]
}

pub fn customers(groups: &[Vec<Values>]) -> Result<Customers, String> {
    let mut fingerprints = Vec::new();
    for group in groups {
        let [Values::Wides(high), Values::Wides(low)] = group.as_slice() else {
            return Err("no customers".into());
        };
        let wide = |(&high, &low): (&u64, &u64)| u128::from(high) << 64 | u128::from(low);
        fingerprints.extend(high.iter().zip(low).map(wide));
    }
    Customers::from_fingerprints(fingerprints).ok_or_else(|| "a customer stands there twice".into())
}

fn dictionaries(vocabulary: &Vocabulary) -> impl Iterator<Item = (Dimension, &Dictionary)> {
    let attributes = vocabulary.attributes.iter();
    let attributes = attributes.map(|(name, values)| (Dimension::Attribute(name.to_string()), values));
    FIXED.into_iter().zip(&vocabulary.fixed).chain([(Dimension::Topic, &vocabulary.topics)]).chain(attributes)
}

//! Values of a dimension and the codes that stand for them.

use std::sync::Arc;

use rustc_hash::FxHashMap;

/// Values numbered from 1 in order of appearance; code 0 is «missing».
///
/// A dictionary only grows, so codes given once hold for every later state. It is kept in parts of falling size that
/// states share: copying one costs a few pointers, adding a value a logarithm of the size on average.
#[derive(Debug, Clone, Default)]
pub struct Dictionary {
    parts: Vec<Arc<Part>>,
}

#[derive(Debug, Clone, Default)]
struct Part {
    /// The code of the first value.
    first: u32,
    values: Vec<Arc<str>>,
    codes: FxHashMap<Arc<str>, u32>,
}

impl Dictionary {
    /// The code of a value.
    pub fn find(&self, value: &str) -> Option<u32> {
        self.parts.iter().find_map(|part| part.codes.get(value).copied())
    }

    /// The code of a value, a new one if it is unknown.
    pub fn intern(&mut self, value: &str) -> u32 {
        if let Some(code) = self.find(value) {
            return code;
        }
        let code = self.codes();
        // A part that no published state holds yet may still grow.
        match self.parts.last_mut().and_then(Arc::get_mut) {
            Some(part) => part.push(value.into()),
            None => {
                let mut part = Part { first: code, ..Part::default() };
                part.push(value.into());
                self.parts.push(Arc::new(part));
            }
        }
        code
    }

    /// The value of a code; `None` for «missing».
    pub fn value(&self, code: u32) -> Option<&str> {
        let after = self.parts.partition_point(|part| part.first <= code);
        let part = self.parts.get(after.checked_sub(1)?)?;
        part.values.get((code - part.first) as usize).map(AsRef::as_ref)
    }

    /// How many codes are in use, «missing» included.
    pub fn codes(&self) -> u32 {
        self.parts.last().map_or(1, |part| part.first + part.values.len() as u32)
    }

    /// All values in order of their codes, from code 1.
    pub fn values(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().flat_map(|part| part.values.iter().map(AsRef::as_ref))
    }

    /// Joins parts of like size, before a state is published, so that a search looks into few.
    pub fn settle(&mut self) {
        while let [.., before, last] = self.parts.as_slice()
            && before.values.len() <= 2 * last.values.len()
        {
            let mut joined = Part::clone(before);
            last.values.iter().for_each(|value| joined.push(value.clone()));
            self.parts.truncate(self.parts.len() - 2);
            self.parts.push(Arc::new(joined));
        }
    }

    pub fn memory_bytes(&self) -> usize {
        // A value is held twice by pointer; a hash table is at most 7/8 full, at 7/16 on the worst day.
        let entry = 2 * size_of::<Arc<str>>() + 8;
        let values = |part: &Part| part.values.iter().map(|value| value.len() + 16 + entry).sum::<usize>();
        self.parts.iter().map(|part| values(part) + part.codes.capacity() * entry).sum()
    }
}

impl Part {
    fn push(&mut self, value: Arc<str>) {
        self.codes.insert(value.clone(), self.first + self.values.len() as u32);
        self.values.push(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_hold_while_it_grows_and_is_shared() {
        let mut dictionary = Dictionary::default();
        let mut published = Vec::new();
        for n in 0..1000_u32 {
            assert_eq!(dictionary.intern(&format!("value {n}")), n + 1);
            assert_eq!(dictionary.intern(&format!("value {}", n / 2)), n / 2 + 1);
            if n % 3 == 0 {
                dictionary.settle();
                published.push(dictionary.clone());
            }
        }
        assert!(dictionary.parts.len() < 12, "{} parts", dictionary.parts.len());
        assert_eq!(dictionary.codes(), 1001);
        for (state, n) in published.iter().zip((0..1000_u32).step_by(3)) {
            assert_eq!(state.codes(), n + 2);
            assert_eq!(state.value(n + 1), Some(format!("value {n}").as_str()));
            assert_eq!((state.value(0), state.value(n + 2)), (None, None));
            assert_eq!(state.find(&format!("value {}", n + 1)), None);
        }
        assert!(dictionary.values().enumerate().all(|(n, value)| value == format!("value {n}")));
    }
}

//! A set of item numbers, as a filter wants it: membership in a nanosecond.

const PAGE_BITS: u32 = 16;
const WORDS: usize = 1 << (PAGE_BITS - 6);

/// A set of item numbers: a bitmap in pages of 65,536 numbers, of which only those in use take memory (8 KB each).
///
/// `ItemSet::from_iter([3, 70_000]).contains(3)` → `true`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ItemSet {
    pages: Vec<Option<Box<[u64; WORDS]>>>,
    len: usize,
}

impl ItemSet {
    /// Adds a number; `false` when it was there already.
    pub fn insert(&mut self, number: u32) -> bool {
        let page = (number >> PAGE_BITS) as usize;
        if page >= self.pages.len() {
            self.pages.resize(page + 1, None);
        }
        let words = self.pages[page].get_or_insert_with(|| Box::new([0; WORDS]));
        let (word, bit) = place(number);
        let is_new = words[word] & bit == 0;
        words[word] |= bit;
        self.len += usize::from(is_new);
        is_new
    }

    /// Is the number in the set?
    pub fn contains(&self, number: u32) -> bool {
        let (word, bit) = place(number);
        let page = self.pages.get((number >> PAGE_BITS) as usize);
        page.and_then(Option::as_ref).is_some_and(|words| words[word] & bit != 0)
    }

    /// How many numbers the set holds.
    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }
}

fn place(number: u32) -> (usize, u64) {
    ((number as usize >> 6) % WORDS, 1 << (number % 64))
}

impl FromIterator<u32> for ItemSet {
    fn from_iter<I: IntoIterator<Item = u32>>(numbers: I) -> Self {
        let mut set = Self::default();
        for number in numbers {
            set.insert(number);
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_what_was_put_in() {
        let numbers = [0, 63, 64, 65_535, 65_536, 1_000_000, u32::MAX, 64];
        let set: ItemSet = numbers.into_iter().collect();
        assert_eq!(set.len(), 7);
        assert!(numbers.iter().all(|&number| set.contains(number)));
        assert!(![1, 62, 66, 131_072, u32::MAX - 1].iter().any(|&number| set.contains(number)));
        assert!(!set.is_empty() && ItemSet::default().is_empty());
    }
}

//! Which rows of a segment are about which topic.

use std::collections::BTreeMap;
use std::ops::Range;

/// For each topic in use, the rising list of its rows. Rows of no topic stand under code 0, «missing», so that every
/// row is in at least one list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Postings {
    codes: Vec<u32>,
    ends: Vec<u32>,
    rows: Vec<u16>,
}

impl Postings {
    /// From lists by topic; lists may come unordered.
    pub fn new(lists: BTreeMap<u32, Vec<u16>>) -> Self {
        let mut postings = Self::default();
        postings.rows.reserve_exact(lists.values().map(Vec::len).sum());
        for (code, mut list) in lists {
            list.sort_unstable();
            postings.rows.extend(list);
            postings.codes.push(code);
            postings.ends.push(postings.rows.len() as u32);
        }
        postings
    }

    /// From the topics of each row: where its topics end among all `elements`. Every topic is below `codes`, and those
    /// of a row differ.
    pub fn of_rows(ends: &[u32], elements: &[u32], codes: u32) -> Self {
        let rows = || {
            let starts = [0].into_iter().chain(ends.iter().copied());
            starts.zip(ends).map(|(start, &end)| match &elements[start as usize..end as usize] {
                [] => &[0],
                topics => topics,
            })
        };
        // First how many rows a topic has, then where its list starts, in the end where it ends.
        let mut places = vec![0_u32; codes as usize];
        rows().flatten().for_each(|&topic| places[topic as usize] += 1);
        let mut total = 0;
        for place in &mut places {
            (*place, total) = (total, total + *place);
        }
        let mut postings = Self { rows: vec![0; total as usize], ..Self::default() };
        for (row, topics) in rows().enumerate() {
            for &topic in topics {
                let place = &mut places[topic as usize];
                postings.rows[*place as usize] = row as u16;
                *place += 1;
            }
        }
        let mut start = 0;
        for (code, &end) in (0..).zip(&places) {
            if end > start {
                postings.codes.push(code);
                postings.ends.push(end);
                start = end;
            }
        }
        postings
    }

    /// The topics in use and their rows.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &[u16])> {
        self.codes.iter().enumerate().map(|(position, &code)| (code, &self.rows[self.range(position)]))
    }

    /// The lengths of all lists together.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn memory_bytes(&self) -> usize {
        (self.codes.capacity() + self.ends.capacity()) * 4 + self.rows.capacity() * 2
    }

    fn range(&self, position: usize) -> Range<usize> {
        let start = position.checked_sub(1).map_or(0, |before| self.ends[before]);
        start as usize..self.ends[position] as usize
    }
}

/// The rows of a rising list that lie in a range of rows.
pub fn within(list: &[u16], rows: Range<usize>) -> &[u16] {
    let from = list.partition_point(|&row| usize::from(row) < rows.start);
    let to = from + list[from..].partition_point(|&row| usize::from(row) < rows.end);
    &list[from..to]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_come_back_sorted() {
        let lists = BTreeMap::from([(7, vec![5, 1, 9]), (0, vec![2]), (3, vec![4, 3])]);
        let postings = Postings::new(lists);
        let seen: Vec<_> = postings.iter().map(|(code, rows)| (code, rows.to_vec())).collect();
        assert_eq!(seen, [(0, vec![2]), (3, vec![3, 4]), (7, vec![1, 5, 9])]);
        let (ends, elements) = ([0, 1, 1, 3, 5, 6], [7, 3, 7, 1, 3, 7]);
        let seen: Vec<_> =
            Postings::of_rows(&ends, &elements, 9).iter().map(|(code, rows)| (code, rows.to_vec())).collect();
        assert_eq!(seen, [(0, vec![0, 2]), (1, vec![4]), (3, vec![3, 4]), (7, vec![1, 3, 5])]);
        assert_eq!(within(&[1, 5, 9], 2..9), [5]);
        assert_eq!(within(&[1, 5, 9], 0..100), [1, 5, 9]);
        assert_eq!(within(&[1, 5, 9], 6..6), [0_u16; 0]);
    }
}

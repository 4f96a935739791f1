//! Distinct customers by group: the customers of each group are listed, then counted in a bitmap.

use crate::FactsError;
use crate::codes::Rows;
use crate::limits::Limits;
use crate::segment::Segment;
use crate::vocabulary::CUSTOMER;
use crate::workers;

/// The code of an item without a customer.
const NOBODY: u32 = 0;
/// So many words of a bitmap are wiped out in the time of one customer.
const WORDS_WIPED_AT_ONCE: usize = 8;

/// The customers of each group as far as one worker has read them. A customer may be listed many times.
#[derive(Debug, Default)]
pub struct Customers {
    chunk: Chunk,
    /// Chunks of other cores.
    done: Vec<Chunk>,
    /// Rows of several groups in the current segment, not yet listed by group.
    mixed: Vec<(u32, u32)>,
    /// Items of nobody, by group.
    pub anonymous: Vec<u32>,
}

/// Lists one after the other: the group of each, and where it ends.
#[derive(Debug, Default)]
struct Chunk {
    lists: Vec<(u32, u32)>,
    listed: Vec<u32>,
}

/// A list of one group's customers.
struct List<'a> {
    group: u32,
    customers: &'a [u32],
}

impl Customers {
    /// Makes room for so many groups.
    pub fn grow(&mut self, groups: usize) {
        self.anonymous.resize(groups, 0);
    }

    /// Adds rows that are all of one group.
    pub fn add_run(&mut self, group: u32, segment: &Segment, rows: &Rows<'_>) {
        let before = self.chunk.listed.len();
        segment.column(CUSTOMER).codes.append(rows, &mut self.chunk.listed);
        let anonymous = self.chunk.listed[before..].iter().filter(|customer| **customer == NOBODY).count();
        self.anonymous[group as usize] += anonymous as u32;
        self.chunk.lists.push((group, self.chunk.listed.len() as u32));
    }

    /// Adds rows each of its own group, `first` and a few groups after it.
    pub fn add_rows<G: Copy + Into<u32>>(
        &mut self,
        first: usize,
        groups: &[G],
        segment: &Segment,
        rows: &Rows<'_>,
    ) {
        segment.column(CUSTOMER).codes.each_with(rows, groups.iter(), |&group, customer| {
            let group = first as u32 + group.into();
            if customer == NOBODY {
                self.anonymous[group as usize] += 1;
            } else {
                self.mixed.push((group, customer));
            }
        });
    }

    /// Lists by group what the segment just read has mixed.
    pub fn end_segment(&mut self) {
        if self.mixed.is_empty() {
            return;
        }
        let groups = self.anonymous.len();
        if groups > 4 * self.mixed.len() {
            self.mixed.sort_unstable_by_key(|(group, _)| *group);
            for pairs in self.mixed.chunk_by(|before, pair| before.0 == pair.0) {
                self.chunk.listed.extend(pairs.iter().map(|(_, customer)| customer));
                self.chunk.lists.push((pairs[0].0, self.chunk.listed.len() as u32));
            }
        } else {
            self.list_by_counting(groups);
        }
        self.mixed.clear();
    }

    fn list_by_counting(&mut self, groups: usize) {
        let mut places = vec![0_u32; groups];
        self.mixed.iter().for_each(|(group, _)| places[*group as usize] += 1);
        let mut end = self.chunk.listed.len() as u32;
        for (group, place) in places.iter_mut().enumerate().filter(|(_, count)| **count > 0) {
            let start = end;
            end += *place;
            *place = start;
            self.chunk.lists.push((group as u32, end));
        }
        self.chunk.listed.resize(end as usize, 0);
        for &(group, customer) in &self.mixed {
            let place = &mut places[group as usize];
            self.chunk.listed[*place as usize] = customer;
            *place += 1;
        }
    }

    /// Adds what another core has read, whose group `n` is `groups[n]` here.
    pub fn merge(&mut self, other: Self, groups: &[u32]) {
        for (&anonymous, &group) in other.anonymous.iter().zip(groups) {
            self.anonymous[group as usize] += anonymous;
        }
        let rename = |(group, end): &(u32, u32)| (groups[*group as usize], *end);
        let chunks = other.done.into_iter().chain([other.chunk]);
        self.done
            .extend(chunks.map(|chunk| Chunk { lists: chunk.lists.iter().map(rename).collect(), ..chunk }));
    }

    /// Distinct customers of each group; `codes` is the number of customer codes in use.
    pub fn count(&self, codes: u32, limits: &Limits) -> Result<Vec<u32>, FactsError> {
        let mut lists: Vec<_> = self.done.iter().chain([&self.chunk]).flat_map(Chunk::lists).collect();
        lists.sort_unstable_by_key(|list| list.group);
        let groups: Vec<_> = lists.chunk_by(|before, list| before.group == list.group).collect();
        let counts = workers::share(groups.len(), |pieces| {
            let mut seen = Bitmap::new(codes);
            let count = |piece: usize| {
                limits.go_on()?;
                Ok((groups[piece][0].group, seen.count(groups[piece])))
            };
            pieces.map(count).collect::<Result<Vec<_>, _>>()
        });
        let mut distinct = vec![0; self.anonymous.len()];
        for counts in counts {
            counts?.into_iter().for_each(|(group, count)| distinct[group as usize] = count);
        }
        Ok(distinct)
    }
}

impl Chunk {
    fn lists(&self) -> impl Iterator<Item = List<'_>> {
        let starts = [0].into_iter().chain(self.lists.iter().map(|(_, end)| *end as usize));
        let list = |(&(group, end), start): (&(u32, u32), usize)| List {
            group,
            customers: &self.listed[start..end as usize],
        };
        self.lists.iter().zip(starts).map(list)
    }
}

/// A bitmap of customers, empty between two groups but for nobody, who stands there always and so is never counted.
struct Bitmap {
    words: Vec<u64>,
}

impl Bitmap {
    fn new(codes: u32) -> Self {
        let mut words = vec![0; (codes as usize).div_ceil(64).max(1)];
        words[0] = 1 << NOBODY;
        Self { words }
    }

    fn count(&mut self, lists: &[List<'_>]) -> u32 {
        let mut count = 0;
        for &customer in lists.iter().flat_map(|list| list.customers) {
            let word = &mut self.words[customer as usize / 64];
            let bit = 1 << (customer % 64);
            count += u32::from(*word & bit == 0);
            *word |= bit;
        }
        // Few customers are wiped out one by one, many with the whole bitmap, of which a step wipes out many words.
        if (count as usize) < self.words.len() / WORDS_WIPED_AT_ONCE {
            let customers = lists.iter().flat_map(|list| list.customers);
            customers.for_each(|&customer| self.words[customer as usize / 64] = 0);
        } else {
            self.words.fill(0);
        }
        self.words[0] = 1 << NOBODY;
        count
    }
}

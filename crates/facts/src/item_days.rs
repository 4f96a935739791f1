//! The day of every item by number: where to look for an item that is replaced or removed.

use rustc_hash::FxHashMap;

const PAGE: usize = 4096;
const NONE: u16 = u16::MAX;

/// Numbers are dense, so days stand in pages of 4,096 numbers, 2 bytes an item.
#[derive(Debug, Default)]
pub struct ItemDays {
    pages: FxHashMap<u32, Box<[u16; PAGE]>>,
}

impl ItemDays {
    pub fn get(&self, number: u32) -> Option<u16> {
        let (page, place) = split(number);
        self.pages.get(&page).map(|days| days[place]).filter(|&day| day != NONE)
    }

    pub fn set(&mut self, number: u32, day: u16) {
        let (page, place) = split(number);
        self.pages.entry(page).or_insert_with(|| Box::new([NONE; PAGE]))[place] = day;
    }

    /// Forgets an item and gives the day it had.
    pub fn take(&mut self, number: u32) -> Option<u16> {
        let day = self.get(number)?;
        self.set(number, NONE);
        Some(day)
    }

    pub fn memory_bytes(&self) -> usize {
        self.pages.len() * PAGE * 2 + self.pages.capacity() * 16
    }
}

fn split(number: u32) -> (u32, usize) {
    (number / PAGE as u32, number as usize % PAGE)
}

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
    /// Notes the day of an item and gives the one it had.
    pub fn set(&mut self, number: u32, day: u16) -> Option<u16> {
        let (page, place) = split(number);
        let days = self.pages.entry(page).or_insert_with(|| Box::new([NONE; PAGE]));
        Some(std::mem::replace(&mut days[place], day)).filter(|&day| day != NONE)
    }

    /// Forgets an item and gives the day it had.
    pub fn take(&mut self, number: u32) -> Option<u16> {
        let (page, place) = split(number);
        let day = self.pages.get_mut(&page).map(|days| std::mem::replace(&mut days[place], NONE));
        day.filter(|&day| day != NONE)
    }

    pub fn memory_bytes(&self) -> usize {
        self.pages.len() * PAGE * 2 + self.pages.capacity() * 16
    }
}

fn split(number: u32) -> (u32, usize) {
    (number / PAGE as u32, number as usize % PAGE)
}

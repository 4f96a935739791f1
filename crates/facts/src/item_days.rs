//! The day of every item by number: where to look for an item that is replaced or removed.

const PAGE: usize = 4096;
const NONE: u16 = u16::MAX;

/// Numbers are dense, so days stand in pages of 4,096 numbers, 2 bytes an item.
#[derive(Debug, Default)]
pub struct ItemDays {
    pages: Vec<Option<Box<[u16; PAGE]>>>,
}

impl ItemDays {
    /// Notes the day of an item and gives the one it had.
    pub fn set(&mut self, number: u32, day: u16) -> Option<u16> {
        let (page, place) = split(number);
        if page >= self.pages.len() {
            self.pages.resize(page + 1, None);
        }
        let days = self.pages[page].get_or_insert_with(|| Box::new([NONE; PAGE]));
        Some(std::mem::replace(&mut days[place], day)).filter(|&day| day != NONE)
    }

    /// Forgets an item and gives the day it had.
    pub fn take(&mut self, number: u32) -> Option<u16> {
        let (page, place) = split(number);
        let days = self.pages.get_mut(page)?.as_mut()?;
        Some(std::mem::replace(&mut days[place], NONE)).filter(|&day| day != NONE)
    }

    pub fn memory_bytes(&self) -> usize {
        let used = self.pages.iter().flatten().count();
        used * PAGE * 2 + self.pages.capacity() * size_of::<Option<Box<[u16; PAGE]>>>()
    }
}

fn split(number: u32) -> (usize, usize) {
    (number as usize / PAGE, number as usize % PAGE)
}

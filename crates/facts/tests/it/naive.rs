//! The same answers, computed row by row in the most obvious way.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use jiff::ToSpan;
use jiff::civil::Date;
use otklik_facts::{
    Cell, Change, Dimension, FactQuery, FactRow, Filter, Item, Measures, MomentQuery, Moments, Period,
    SIGNALS, Score, Selected, Selection, Variable,
};

/// All items by number.
#[derive(Default)]
pub struct Naive {
    items: BTreeMap<u32, Item>,
}

impl Naive {
    pub fn apply(&mut self, changes: &[Change]) {
        for change in changes {
            match change {
                Change::Put(item) => {
                    self.items.insert(item.number, normal(item));
                }
                Change::Remove(number) => {
                    self.items.remove(number);
                }
            }
        }
    }

    /// The changes that bring the same items at once.
    pub fn rebuild(&self) -> Vec<Change> {
        self.items.values().cloned().map(Change::Put).collect()
    }

    pub fn len(&self) -> usize {
        self.items.len()
    }

    pub fn query(&self, query: &FactQuery) -> Vec<FactRow> {
        let mut cells: BTreeMap<Vec<Option<String>>, (Cell, HashSet<&str>)> = BTreeMap::new();
        for item in self.matching(&query.filter, query.period) {
            let mut keys = vec![Vec::new()];
            for dimension in &query.dimensions {
                let values = values(item, dimension);
                keys = keys
                    .iter()
                    .flat_map(|key| {
                        values.iter().map(|value| [key.as_slice(), std::slice::from_ref(value)].concat())
                    })
                    .collect();
            }
            for key in keys {
                let (cell, customers) = cells.entry(key).or_default();
                count(cell, item, query);
                customers.extend(item.customer.as_deref().filter(|_| query.customers));
            }
        }
        let row = |(key, (cell, customers)): (_, (Cell, HashSet<&str>))| FactRow {
            key,
            cell: Cell { customers: customers.len() as u64, ..cell },
        };
        let mut rows: Vec<FactRow> = cells.into_iter().map(row).collect();
        if let Some(top) = query.top {
            rows.sort_by_key(|row| {
                Reverse(if query.customers { row.cell.customers } else { row.cell.count })
            });
            rows.truncate(top);
        }
        rows
    }

    pub fn select(&self, filter: &Filter, period: Option<Period>, page: Selection) -> Selected {
        let mut items: Vec<_> = self.matching(filter, period).map(|item| (item.day, item.number)).collect();
        items.sort_by_key(|&place| Reverse(place));
        let total = items.len() as u64;
        let before = page.before.map(|number| (self.items[&number].day, number));
        let older = items.into_iter().filter(|place| before.is_none_or(|before| *place < before));
        let (days, numbers) = older.skip(page.offset).take(page.limit).unzip();
        Selected { numbers, days, total }
    }

    /// Count, sums and products over the items that have all variables, and how many customers they are of, every item
    /// of nobody counted as one.
    pub fn moments(&self, query: &MomentQuery) -> (Moments, usize) {
        let k = query.variables.len();
        let mut sums = Moments { n: 0, sums: vec![0.0; k], products: vec![0.0; k * (k + 1) / 2] };
        let mut customers = HashSet::new();
        for item in self.matching(&query.filter, query.period) {
            let numbers: Option<Vec<f64>> =
                query.variables.iter().map(|variable| number(item, variable)).collect();
            let Some(numbers) = numbers else { continue };
            customers.insert(item.customer.clone().ok_or(item.number));
            sums.n += 1;
            let mut place = 0;
            for a in 0..k {
                sums.sums[a] += numbers[a];
                for b in 0..=a {
                    sums.products[place] += numbers[a] * numbers[b];
                    place += 1;
                }
            }
        }
        (sums, customers.len())
    }

    fn matching(&self, filter: &Filter, period: Option<Period>) -> impl Iterator<Item = &Item> {
        let in_period =
            move |item: &&Item| period.is_none_or(|period| (period.from..period.to).contains(&item.day));
        self.items.values().filter(in_period).filter(|item| matches(item, filter))
    }
}

/// What is kept of an item: days within reach, answers within their scales, the last of equal attributes.
fn normal(item: &Item) -> Item {
    let within = |answer: Option<u8>, low, high| answer.filter(|answer| (low..=high).contains(answer));
    let attributes: BTreeMap<_, _> = item.attributes.iter().cloned().collect();
    Item {
        day: item.day.clamp(-7305, 58_229),
        nps: within(item.nps, 0, 10),
        csat: within(item.csat, 1, 5),
        ces: within(item.ces, 1, 7),
        attributes: attributes.into_iter().collect(),
        ..item.clone()
    }
}

fn count(cell: &mut Cell, item: &Item, query: &FactQuery) {
    let Measures { nps, csat, ces, complaints } = query.measures;
    cell.count += 1;
    cell.complaints += u64::from(complaints && item.complaint);
    cell.anonymous += u64::from(query.customers && item.customer.is_none());
    item.nps.filter(|_| nps).into_iter().for_each(|answer| cell.nps[usize::from(answer)] += 1);
    item.csat.filter(|_| csat).into_iter().for_each(|answer| cell.csat[usize::from(answer) - 1] += 1);
    item.ces.filter(|_| ces).into_iter().for_each(|answer| cell.ces[usize::from(answer) - 1] += 1);
}

fn matches(item: &Item, filter: &Filter) -> bool {
    match filter {
        Filter::All => true,
        Filter::And(filters) => filters.iter().all(|filter| matches(item, filter)),
        Filter::Or(filters) => filters.iter().any(|filter| matches(item, filter)),
        Filter::Not(filter) => !matches(item, filter),
        Filter::In { dimension, values: wanted } => {
            values(item, dimension).iter().flatten().any(|value| wanted.contains(value))
        }
        Filter::Missing { dimension } => values(item, dimension) == [None],
        Filter::Range { score, low, high } => {
            answer(item, *score).is_some_and(|answer| (low..=high).contains(&&answer))
        }
        Filter::Answered(score) => answer(item, *score).is_some(),
        Filter::Anonymous => item.customer.is_none(),
        Filter::Items(items) => items.contains(item.number),
    }
}

fn number(item: &Item, variable: &Variable) -> Option<f64> {
    match variable {
        Variable::Score { score, values } => {
            values.get(usize::from(answer(item, *score)? - score.scale().0)).copied()
        }
        Variable::Attribute { name, values } => {
            let (_, value) = item.attributes.iter().find(|(known, _)| known == name)?;
            values.get(value).copied()
        }
        Variable::Is(filter) => Some(f64::from(u8::from(matches(item, filter)))),
    }
}

fn answer(item: &Item, score: Score) -> Option<u8> {
    match score {
        Score::Nps => item.nps,
        Score::Csat => item.csat,
        Score::Ces => item.ces,
    }
}

/// The values an item has in a dimension: one, or several topics or signals; `None` if it has none.
fn values(item: &Item, dimension: &Dimension) -> Vec<Option<String>> {
    let value = match dimension {
        Dimension::Source => item.source.clone(),
        Dimension::Channel => item.channel.clone(),
        Dimension::Unit => item.unit.clone(),
        Dimension::Product => item.product.clone(),
        Dimension::Touchpoint => item.touchpoint.clone(),
        Dimension::Segment => item.segment.clone(),
        Dimension::Region => item.region.clone(),
        Dimension::Language => item.language.clone(),
        Dimension::Topic => {
            let topics: HashSet<_> = item.topics.iter().cloned().map(Some).collect();
            return if topics.is_empty() { vec![None] } else { topics.into_iter().collect() };
        }
        Dimension::Signal => {
            let named = (0..).zip(SIGNALS).filter(|(bit, _)| item.signals >> bit & 1 == 1);
            let signals: Vec<_> = named.map(|(_, name)| Some(name.to_owned())).collect();
            return if signals.is_empty() { vec![None] } else { signals };
        }
        Dimension::Sentiment => item.sentiment.map(|polarity| {
            let names = ["negative", "neutral", "positive"];
            names[usize::try_from(polarity + 1).unwrap()].to_owned()
        }),
        Dimension::Complaint => Some(item.complaint.to_string()),
        Dimension::NpsGroup => item.nps.map(|nps| {
            let group = if nps >= 9 {
                "promoter"
            } else if nps >= 7 {
                "passive"
            } else {
                "detractor"
            };
            group.to_owned()
        }),
        Dimension::Attribute(name) => {
            item.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
        }
        time => Some(time_label(time, item.day)),
    };
    vec![value]
}

pub fn time_label(dimension: &Dimension, day: i32) -> String {
    let date = Date::constant(1970, 1, 1) + day.days();
    match dimension {
        Dimension::Day => date.to_string(),
        Dimension::Week => (date - i64::from(date.weekday().to_monday_zero_offset()).days()).to_string(),
        Dimension::Month => date.strftime("%Y-%m").to_string(),
        Dimension::Quarter => format!("{}-Q{}", date.year(), (date.month() - 1) / 3 + 1),
        _ => date.year().to_string(),
    }
}

//! Random items and random questions, repeatable by seed.

use std::sync::Arc;

use otklik_facts::{
    Change, Dimension, FactQuery, Filter, Item, ItemSet, Measures, MomentQuery, Period, SIGNALS, Score,
    Selection, Variable,
};
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// 2024-11-22: most items lie in the two years after.
const START: i32 = 20_049;

/// A source of items and questions about them.
pub struct Company {
    rng: ChaCha8Rng,
    /// Item numbers go up to here: the smaller, the more items are replaced.
    numbers: u32,
    /// Values of the richest dimension.
    values: u32,
}

impl Company {
    pub fn new(seed: u64, numbers: u32, values: u32) -> Self {
        Self { rng: ChaCha8Rng::seed_from_u64(seed), numbers, values }
    }

    /// A batch of changes: mostly new items, some replaced, some removed.
    pub fn changes(&mut self, len: usize) -> Vec<Change> {
        (0..len).map(|_| self.change()).collect()
    }

    pub fn below(&mut self, limit: usize) -> usize {
        self.rng.random_range(0..limit)
    }

    fn change(&mut self) -> Change {
        let number = self.rng.random_range(0..self.numbers);
        if self.rng.random_bool(0.15) { Change::Remove(number) } else { Change::Put(self.item(number)) }
    }

    fn item(&mut self, number: u32) -> Item {
        let topics = [0, 0, 1, 1, 1, 2, 3].choose(&mut self.rng).copied().unwrap_or(0);
        Item {
            number,
            day: self.day(),
            customer: self.value("customer", self.numbers / 3 + 1),
            source: self.value("source", 3),
            channel: self.value("channel", 12),
            unit: self.value("unit", 40),
            product: self.value("product", self.values),
            touchpoint: self.value("touchpoint", 60),
            segment: self.value("segment", 8),
            region: Some("everywhere".into()),
            language: None,
            nps: self.score(0, 10),
            csat: self.score(1, 5),
            ces: if number.is_multiple_of(2) { self.score(1, 7) } else { None },
            complaint: self.rng.random_bool(0.1),
            sentiment: self.rng.random_bool(0.8).then(|| self.rng.random_range(-1..=1)),
            signals: if self.rng.random_bool(0.2) { self.rng.random_range(0..32) } else { 0 },
            topics: (0..topics).map(|_| format!("topic {}", self.skewed(30))).collect(),
            attributes: self.attributes(),
        }
    }

    /// Mostly the last two years, sometimes long ago or far ahead, rarely beyond what is kept.
    fn day(&mut self) -> i32 {
        match self.rng.random_range(0..100) {
            0 => [i32::MIN, -8000, i32::MAX, 60_000, 0].choose(&mut self.rng).copied().unwrap_or(0),
            1..10 => self.rng.random_range(7305..47_482),
            _ => START + self.rng.random_range(0..730),
        }
    }

    fn value(&mut self, name: &str, values: u32) -> Option<String> {
        self.rng.random_bool(0.85).then(|| format!("{name} {}", self.skewed(values)))
    }

    /// Small numbers are frequent, large ones rare, as values of real dimensions are.
    fn skewed(&mut self, values: u32) -> u32 {
        let below = self.rng.random_range(0..values) + 1;
        self.rng.random_range(0..below)
    }

    fn score(&mut self, low: u8, high: u8) -> Option<u8> {
        // One in fifty is outside of its scale.
        let beyond = self.rng.random_bool(0.02);
        self.rng.random_bool(0.7).then(|| if beyond { 11 } else { self.rng.random_range(low..=high) })
    }

    fn attributes(&mut self) -> Vec<(String, String)> {
        let names = ["plan", "size", "plan"];
        let count = self.rng.random_range(0..=names.len());
        names[..count]
            .iter()
            .map(|name| ((*name).to_owned(), format!("{name} {}", self.skewed(400))))
            .collect()
    }

    pub fn query(&mut self) -> FactQuery {
        let mut dimensions: Vec<Dimension> = Vec::new();
        for _ in 0..self.below(5) {
            let dimension = self.dimension();
            if !dimensions.contains(&dimension) {
                dimensions.push(dimension);
            }
        }
        let measures = [Measures::ALL, Measures::NONE, Measures::NPS, Measures::CSAT, Measures::CES];
        FactQuery {
            filter: self.filter(3),
            period: self.period(),
            dimensions,
            top: self.rng.random_bool(0.3).then(|| self.rng.random_range(0..20)),
            customers: self.rng.random_bool(0.5),
            measures: measures.choose(&mut self.rng).copied().unwrap_or(Measures::COMPLAINTS),
        }
    }

    pub fn moments(&mut self) -> MomentQuery {
        let variables = (0..self.below(6)).map(|_| self.variable()).collect();
        let blocks = [0, 1, 7, 200][self.below(4)];
        MomentQuery { filter: self.filter(2), period: self.period(), variables, blocks }
    }

    fn variable(&mut self) -> Variable {
        match self.below(6) {
            0 => {
                let score = self.any_score();
                // Sometimes the scale is not read to its end.
                let values = (0..self.below(12)).map(|_| self.rng.random_range(-100..=100).into());
                Variable::Score { score, values: values.collect() }
            }
            1 => {
                let name = ["plan", "size", "nobody"][self.below(3)].to_owned();
                let values = (0..400).map(|value| (format!("{name} {value}"), f64::from(value % 7)));
                Variable::Attribute { values: values.collect(), name }
            }
            _ => Variable::Is(self.filter(1)),
        }
    }

    pub fn period(&mut self) -> Option<Period> {
        let from = START + self.rng.random_range(-100..730);
        let days = [0, 1, 7, 30, 365, 40_000].choose(&mut self.rng).copied().unwrap_or(0);
        let everything = Period { from: i32::MIN, to: i32::MAX };
        match self.below(8) {
            0 => Some(everything),
            1..5 => Some(Period { from, to: from + days }),
            5 => Some(Period { from, to: from - 5 }),
            _ => None,
        }
    }

    pub fn page(&mut self) -> Selection {
        let limit = [0, 1, 20, 5000].choose(&mut self.rng).copied().unwrap_or(0);
        Selection { limit, offset: if self.rng.random_bool(0.5) { 0 } else { self.below(50) }, before: None }
    }

    fn dimension(&mut self) -> Dimension {
        let number = self.below(21);
        DIMENSIONS.get(number).cloned().unwrap_or_else(|| {
            let name = ["plan", "size", "nobody"].choose(&mut self.rng).copied().unwrap_or("");
            Dimension::Attribute(name.into())
        })
    }

    pub fn filter(&mut self, depth: usize) -> Filter {
        let kinds = if depth == 0 { 7 } else { 10 };
        match self.below(kinds) {
            0 => Filter::All,
            1 | 2 => {
                let dimension = self.dimension();
                let values = (0..self.below(5)).map(|_| self.value_of(&dimension)).collect();
                Filter::In { dimension, values }
            }
            3 => Filter::Missing { dimension: self.dimension() },
            4 => {
                let (low, high) = (self.rng.random_range(0..12), self.rng.random_range(0..12));
                if high % 4 == 0 {
                    Filter::Answered(self.any_score())
                } else {
                    Filter::Range { score: self.any_score(), low, high }
                }
            }
            5 => {
                let items: ItemSet =
                    (0..self.numbers / 2).map(|_| self.rng.random_range(0..self.numbers)).collect();
                Filter::Items(Arc::new(items))
            }
            6 => Filter::Anonymous,
            7 => Filter::And((0..self.below(4)).map(|_| self.filter(depth - 1)).collect()),
            8 => Filter::Or((0..self.below(4)).map(|_| self.filter(depth - 1)).collect()),
            _ => Filter::Not(Box::new(self.filter(depth - 1))),
        }
    }

    fn any_score(&mut self) -> Score {
        [Score::Nps, Score::Csat, Score::Ces].choose(&mut self.rng).copied().unwrap_or(Score::Nps)
    }

    /// A value that may well occur.
    fn value_of(&mut self, dimension: &Dimension) -> String {
        match dimension {
            Dimension::Complaint => ["true", "false"][self.below(2)].to_owned(),
            Dimension::NpsGroup => ["promoter", "passive", "detractor"][self.below(3)].to_owned(),
            Dimension::Sentiment => ["negative", "neutral", "positive"][self.below(3)].to_owned(),
            Dimension::Signal => SIGNALS[self.below(4)].to_owned(),
            Dimension::Attribute(name) => format!("{name} {}", self.skewed(400)),
            Dimension::Region => "everywhere".to_owned(),
            time if time.is_time() => {
                let day = START + self.rng.random_range(0..730);
                super::naive::time_label(time, day)
            }
            other => format!("{other} {}", self.skewed(60)),
        }
    }
}

pub const DIMENSIONS: [Dimension; 18] = [
    Dimension::Source,
    Dimension::Channel,
    Dimension::Unit,
    Dimension::Product,
    Dimension::Touchpoint,
    Dimension::Segment,
    Dimension::Region,
    Dimension::Language,
    Dimension::Topic,
    Dimension::Complaint,
    Dimension::NpsGroup,
    Dimension::Sentiment,
    Dimension::Signal,
    Dimension::Day,
    Dimension::Week,
    Dimension::Month,
    Dimension::Quarter,
    Dimension::Year,
];

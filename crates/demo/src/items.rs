//! Items: when, who, where, how it felt, what was said.

use std::collections::HashSet;
use std::ops::Range;

use jiff::civil::Date;
use rand::RngExt;
use rayon::prelude::*;
use serde::Serialize;

use crate::{
    Channel, Company, DemoError, Mood, Plan, Region, Segment, Source,
    calendar::{busyness, share_out},
    compose::{self, Brief, Length},
    customers::{self, Customer, Customers},
    draw::{Purpose, Stream, Weights, chance, one_of, stream},
    plan::Span,
    scores,
    slots::Author,
    topics::{Leaf, Material},
    truths::Effect,
};

/// One thing that one customer told the bank, with the codes of the [`Company`] it belongs to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item<'a> {
    pub source: &'a str,
    /// Unique within the source.
    pub external_id: String,
    /// UTC, milliseconds since 1970-01-01.
    pub occurred_at: i64,
    pub channel: &'a str,
    /// The bank's own number of the customer; `None` when unknown.
    pub customer: Option<String>,
    pub unit: Option<&'a str>,
    pub product: Option<&'a str>,
    pub touchpoint: Option<&'a str>,
    pub segment: Option<&'a str>,
    pub region: Option<&'a str>,
    /// `ru` or `en`.
    pub language: &'static str,
    /// 0–10.
    pub nps: Option<u8>,
    /// 1–5.
    pub csat: Option<u8>,
    /// 1–7, more is better.
    pub ces: Option<u8>,
    pub complaint: bool,
    pub title: Option<String>,
    pub text: String,
    pub attributes: Vec<(&'static str, String)>,
    /// Codes of the topics the author had in mind: what rules are measured against, not a field of the product.
    pub meant: Vec<&'a str>,
}

/// Everything needed to write the items of any month.
#[derive(Debug)]
pub(crate) struct Voices {
    seed: u64,
    span: Span,
    material: Material,
    customers: Customers,
    /// By leaf: which segments speak of it.
    segments: Vec<Weights>,
    /// By leaf: regions where it is weaker than elsewhere, and by which effect.
    regional: Vec<Option<(u16, Effect)>>,
    /// By day of the history: how many items, and which leaves they are about.
    days: Vec<(u32, Weights)>,
}

/// Seconds that Moscow is ahead of UTC.
const OFFSET_S: i64 = 3 * 3600;
/// Share of the items whose topics and days are spread evenly over a month, not left to chance.
const EVEN_SHARE: f64 = 0.75;
/// Share of longer texts that touch a second topic.
const SECOND_TOPIC_SHARE: f64 = 0.14;
/// How often an author who repeats another tries again.
const RETRIES: usize = 3;
/// Days between two versions of the app.
const VERSION_DAYS: i32 = 24;

impl Voices {
    pub fn new(
        plan: &Plan,
        span: Span,
        segments: &[Segment],
        regions: &[Region],
        material: Material,
        effects: &[Effect],
    ) -> Result<Self, DemoError> {
        let of_leaf = |leaf: &Leaf| -> Vec<&Effect> {
            effects.iter().filter(|effect| leaf.code.as_ref() == Some(&effect.topic)).collect()
        };
        let place = |effect: &&Effect| {
            let region = effect.filter.iter().find(|slice| slice.dimension == "region")?;
            let at = regions.iter().position(|known| known.code == region.value)?;
            Some((at as u16, Effect::clone(effect)))
        };
        let regional: Vec<_> =
            material.leaves.iter().map(|leaf| of_leaf(leaf).iter().find_map(place)).collect();
        let busy = busyness(&span, &mut stream(plan.seed, Purpose::Calendar));
        let level = |leaf: &Leaf, regional: &Option<(u16, Effect)>, date: Date| match regional {
            Some((region, effect)) => {
                1.0 - regions[usize::from(*region)].share * (1.0 - effect.level(&span, date))
            }
            None => of_leaf(leaf).iter().map(|effect| effect.level(&span, date)).product(),
        };
        let of_day = |day: i32| {
            let date = span.day(day);
            let leaves = material.leaves.iter().zip(&regional);
            Weights::new(leaves.map(|(leaf, regional)| leaf.weight * level(leaf, regional, date)))
        };
        let leaves: Vec<Weights> = (0..span.days).into_par_iter().map(of_day).collect();
        let weights: Vec<f64> =
            busy.iter().zip(&leaves).map(|(busy, leaves)| busy * leaves.total()).collect();
        let counts = share_out(plan.items, &weights);
        Ok(Self {
            seed: plan.seed,
            segments: material.leaves.iter().map(|leaf| speakers(leaf, segments)).collect(),
            customers: Customers::new(plan.seed, plan.items, segments, regions),
            days: counts.into_iter().zip(leaves).collect(),
            span,
            material,
            regional,
        })
    }

    /// The items of one month in order of time.
    pub fn month<'a>(&'a self, company: &'a Company, month: usize) -> Vec<Item<'a>> {
        let mut rng = stream(self.seed, Purpose::Month(month));
        let subjects = self.subjects(self.span.month(month), &mut rng);
        let mut desk = Desk::new(self, company, rng);
        let mut items = Vec::with_capacity(subjects.len());
        for of_day in subjects.chunk_by(|one, next| one.day == next.day) {
            let from = items.len();
            items.extend(of_day.iter().filter_map(|subject| desk.item(*subject)));
            if let (Some(today), Some(first)) = (items.get_mut(from..), of_day.first()) {
                number(today, self.span.day(first.day));
            }
        }
        items
    }

    /// What each item of these days is about, by day.
    ///
    /// Leaves and days are laid end to end, each as long as the items expected of it, and [`EVEN_SHARE`] of the items
    /// are picked in equal steps, the rest anywhere. Topics then scatter half as far as pure chance would have it: every
    /// seed tells the story of the plan, and no two tell it with the same numbers.
    fn subjects(&self, days: Range<i32>, rng: &mut Stream) -> Vec<Subject> {
        let of_day = |day: i32| Some((day, self.days.get(usize::try_from(day).ok()?)?));
        let of_days = days.filter_map(of_day);
        let count: u32 = of_days.clone().map(|(_, (count, _))| count).sum();
        let mut cells: Vec<(Subject, f64)> = of_days
            .flat_map(|(day, (count, leaves))| {
                let expected = move |(leaf, share)| (Subject { day, leaf }, f64::from(*count) * share);
                leaves.shares().enumerate().map(expected)
            })
            .collect();
        cells.sort_by_key(|(subject, _)| subject.leaf);
        let lengths = Weights::new(cells.iter().map(|(_, expected)| *expected));
        let even = (f64::from(count) * EVEN_SHARE) as u32;
        let mut subjects: Vec<Subject> = (0..count)
            .filter_map(|item| {
                let anywhere = rng.random::<f64>();
                let in_step = (f64::from(item) + anywhere) / f64::from(even.max(1));
                let place = if item < even { in_step } else { anywhere };
                cells.get(lengths.at(place)).map(|(subject, _)| *subject)
            })
            .collect();
        subjects.sort_by_key(|subject| subject.day);
        subjects
    }
}

/// What an item is about, and when: a leaf and a day by their numbers.
#[derive(Debug, Clone, Copy)]
struct Subject {
    day: i32,
    leaf: usize,
}

/// How strongly each segment speaks of a leaf: `"*"` in its table stands for the segments not named.
fn speakers(leaf: &Leaf, segments: &[Segment]) -> Weights {
    let others = leaf.segments.get("*").copied().unwrap_or(1.0);
    Weights::new(
        segments
            .iter()
            .map(|segment| segment.share * leaf.segments.get(&segment.code).copied().unwrap_or(others)),
    )
}

/// Puts a day's items in order and gives them numbers.
fn number(items: &mut [Item<'_>], date: Date) {
    items.sort_by_key(|item| item.occurred_at);
    let stamp = date.strftime("%Y%m%d").to_string();
    for (at, item) in items.iter_mut().enumerate() {
        item.external_id = format!("{stamp}-{:05}", at + 1);
    }
}

/// Where one month's items are written.
struct Desk<'a> {
    voices: &'a Voices,
    company: &'a Company,
    rng: Stream,
    /// By leaf.
    channels: Vec<Weights>,
    /// By channel: its sources and their shares.
    sources: Vec<(Vec<&'a Source>, Weights)>,
    lengths: Vec<Weights>,
    /// Texts of the month.
    seen: HashSet<String>,
}

impl<'a> Desk<'a> {
    fn new(voices: &'a Voices, company: &'a Company, rng: Stream) -> Self {
        let weight = |leaf: &Leaf, channel: &Channel| {
            let mood = match leaf.mood {
                Mood::Pain => channel.weights[0],
                Mood::Ask => channel.weights[1],
                Mood::Praise => channel.weights[2],
            };
            mood * leaf.channels.get(&channel.code).copied().unwrap_or(1.0)
        };
        let sources = |channel: &Channel| {
            let of_channel: Vec<&Source> =
                company.sources.iter().filter(|source| source.channel == channel.code).collect();
            let shares = Weights::new(of_channel.iter().map(|source| source.share));
            (of_channel, shares)
        };
        let leaves = voices.material.leaves.iter();
        Self {
            voices,
            company,
            rng,
            channels: leaves
                .map(|leaf| Weights::new(company.channels.iter().map(|channel| weight(leaf, channel))))
                .collect(),
            sources: company.channels.iter().map(sources).collect(),
            lengths: company.channels.iter().map(|channel| Weights::new(channel.lengths)).collect(),
            seen: HashSet::new(),
        }
    }

    fn item(&mut self, Subject { day, leaf: leaf_at }: Subject) -> Option<Item<'a>> {
        let date = self.voices.span.day(day);
        let leaf = self.voices.material.leaves.get(leaf_at)?;
        let (_, leaves) = self.voices.days.get(usize::try_from(day).ok()?)?;
        let (number, customer) = self.speaker(leaf_at, date)?;
        let channel_at = self.channels.get(leaf_at)?.draw(&mut self.rng);
        let channel = self.company.channels.get(channel_at)?;
        let (sources, shares) = self.sources.get(channel_at)?;
        let source = *sources.get(shares.draw(&mut self.rng))?;
        let length = *Length::ALL.get(self.lengths.get(channel_at)?.draw(&mut self.rng))?;
        let second = self.second(leaf, length, leaves);
        let version = format!("7.{}.{}", 10 + day / VERSION_DAYS, self.rng.random_range(0..3u32));
        let brief = Brief {
            language: &self.voices.material.languages[usize::from(customer.english)],
            author: Author {
                english: customer.english,
                female: customer.female,
                today: date,
                version: &version,
            },
            leaf,
            second,
            channel: &channel.code,
            length,
            haste: channel.haste,
        };
        let text = self.fresh_text(&brief);
        let titled = matches!(channel.code.as_str(), "complaint" | "email" | "review");
        let title = if titled { compose::title(&brief, &mut self.rng) } else { None };
        let known = chance(&mut self.rng, channel.known);
        let ask = |rng: &mut Stream, at: usize| chance(rng, source.asks[at]);
        let region = self.company.regions.get(usize::from(customer.region));
        let segment = self.company.segments.get(usize::from(customer.segment)).filter(|_| known);
        Some(Item {
            source: &source.code,
            external_id: String::new(),
            occurred_at: self.moment(day, channel),
            channel: &channel.code,
            customer: known.then(|| customers::key(number)),
            unit: leaf.unit.as_deref(),
            product: favourite(&leaf.products, &mut self.rng),
            touchpoint: one_of(&mut self.rng, &leaf.touchpoints).map(String::as_str),
            segment: segment.map(|segment| segment.code.as_str()),
            region: region.map(|region| region.code.as_str()),
            language: if customer.english { "en" } else { "ru" },
            nps: ask(&mut self.rng, 0).then(|| scores::nps(leaf.mood, &mut self.rng)),
            csat: ask(&mut self.rng, 1).then(|| scores::csat(leaf.mood, &mut self.rng)),
            ces: ask(&mut self.rng, 2).then(|| scores::ces(leaf.mood, &mut self.rng)),
            complaint: channel.code == "complaint"
                || (leaf.mood == Mood::Pain && chance(&mut self.rng, 0.03)),
            title,
            text,
            attributes: self.attributes(leaf, source, segment, region, &version),
            meant: [Some(leaf), second]
                .into_iter()
                .flatten()
                .filter_map(|leaf| leaf.code.as_deref())
                .collect(),
        })
    }

    /// A text that nobody else wrote this month: whoever would repeat another says more.
    fn fresh_text(&mut self, brief: &Brief<'_>) -> String {
        let mut brief = *brief;
        let mut text = compose::text(&brief, &mut self.rng);
        for _ in 0..RETRIES {
            if self.seen.insert(text.clone()) {
                break;
            }
            brief.length = brief.length.longer();
            text = compose::text(&brief, &mut self.rng);
        }
        text
    }

    /// Somebody of a segment that speaks of the leaf, in a region where it is felt that day.
    fn speaker(&mut self, leaf: usize, date: Date) -> Option<(u32, Customer)> {
        let segments = self.voices.segments.get(leaf)?;
        let regional = self.voices.regional.get(leaf)?.as_ref();
        loop {
            let segment = segments.draw(&mut self.rng);
            let (number, customer) = self.voices.customers.draw(segment, &mut self.rng)?;
            let felt = match regional {
                Some((region, effect)) if *region == customer.region => effect.level(&self.voices.span, date),
                _ => 1.0,
            };
            if felt <= 0.0 || chance(&mut self.rng, felt) {
                return Some((number, customer));
            }
        }
    }

    fn second(&mut self, first: &Leaf, length: Length, leaves: &Weights) -> Option<&'a Leaf> {
        if !matches!(length, Length::Paragraph | Length::Letter) || !chance(&mut self.rng, SECOND_TOPIC_SHARE)
        {
            return None;
        }
        let second = self.voices.material.leaves.get(leaves.draw(&mut self.rng))?;
        let same_customers = second.segments.is_empty() && first.segments.is_empty();
        (same_customers && second.code.is_some() && second.code != first.code && second.mood == first.mood)
            .then_some(second)
    }

    /// A moment of the local day, busiest in the middle of the channel's hours.
    fn moment(&mut self, day: i32, channel: &Channel) -> i64 {
        let date = self.voices.span.day(day);
        let epoch_days = Date::constant(1970, 1, 1).until(date).map_or(0, |gap| i64::from(gap.get_days()));
        let [opens, closes] = channel.hours.map(|hour| f64::from(hour) * 3600.0);
        let middle = (self.rng.random::<f64>() + self.rng.random::<f64>()) / 2.0;
        let second = (opens + (closes - opens) * middle) as i64;
        (epoch_days * 86_400 + second - OFFSET_S) * 1000 + self.rng.random_range(0..1000i64)
    }

    fn attributes(
        &mut self,
        leaf: &Leaf,
        source: &Source,
        segment: Option<&Segment>,
        region: Option<&Region>,
        version: &str,
    ) -> Vec<(&'static str, String)> {
        let mut attributes = Vec::new();
        if source.store || leaf.unit.as_deref() == Some("app") {
            attributes.push(("app_version", version.to_owned()));
            let android = source.code.contains("android") || (!source.store && chance(&mut self.rng, 0.7));
            attributes.push(("platform", if android { "android" } else { "ios" }.to_owned()));
        }
        if source.channel == "review" {
            attributes.push(("stars", scores::csat(leaf.mood, &mut self.rng).to_string()));
        }
        if let Some(tariff) = segment.and_then(|segment| one_of(&mut self.rng, &segment.tariffs)) {
            attributes.push(("tariff", tariff.clone()));
        }
        if matches!(source.channel.as_str(), "branch" | "employee")
            && let Some(branch) = region.and_then(|region| one_of(&mut self.rng, &region.branches))
        {
            attributes.push(("branch", branch.clone()));
        }
        attributes
    }
}

/// The first more often than the second, and so on.
fn favourite<'a>(values: &'a [String], rng: &mut Stream) -> Option<&'a str> {
    let weights = Weights::new((0..values.len()).map(|at| 1.0 / (at as f64 + 1.0)));
    values.get(weights.draw(rng)).map(String::as_str)
}

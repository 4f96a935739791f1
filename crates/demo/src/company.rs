//! The bank itself: what it sells, where and to whom, who works there; and the way to its voices.

use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    BaseRow, Bilingual, DemoError, Item, Measures, Plan, Problem, Topic, Truths, base, items::Voices,
    measures, plan::Span, story, topics, truths,
};

const FILE: &str = "company.toml";

/// Which of the overlapping trees a unit stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tree {
    Path,
    Product,
    Channel,
    Region,
}

/// A part of the bank that owns experience.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Unit {
    pub code: String,
    pub tree: Tree,
    pub parent: Option<String>,
    pub name: Bilingual,
    /// Share of the customer base that meets this unit in a month.
    #[serde(default)]
    pub share: f64,
}

/// What the bank sells.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Product {
    pub code: String,
    pub unit: String,
    pub name: Bilingual,
    /// Share of the customer base that has it.
    pub share: f64,
}

/// A step of a journey at which the customer meets the bank.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Touchpoint {
    pub code: String,
    /// The unit that owns it.
    pub unit: String,
    pub name: Bilingual,
}

/// A segment of customers.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Segment {
    pub code: String,
    pub name: Bilingual,
    /// Share of the customer base.
    pub share: f64,
    /// Tariffs its customers have.
    pub tariffs: Vec<String>,
}

/// A region.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Region {
    pub code: String,
    pub name: Bilingual,
    /// Share of the customer base.
    pub share: f64,
    /// Codes of its branches.
    pub branches: Vec<String>,
}

/// A channel by which customers are heard.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Channel {
    pub code: String,
    pub name: Bilingual,
    /// Weights among pains, questions and praise.
    pub(crate) weights: [f64; 3],
    /// Weights of a few words, one sentence, a paragraph, a letter.
    pub(crate) lengths: [f64; 4],
    /// Share of its items whose customer is known.
    pub(crate) known: f64,
    /// How hastily people type there, 0…1.
    pub(crate) haste: f64,
    /// Local hours between which it is used.
    pub(crate) hours: [u32; 2],
}

/// A system that delivers feedback.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Source {
    pub code: String,
    pub channel: String,
    pub name: Bilingual,
    /// Share of the channel's items.
    pub(crate) share: f64,
    /// Shares of its items that answer NPS, CSAT and CES.
    #[serde(default)]
    pub(crate) asks: [f64; 3],
    /// True for stores of apps: items carry stars, platform and version.
    #[serde(default)]
    pub(crate) store: bool,
}

/// What a person may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Viewer,
    Contributor,
    Manager,
    Analyst,
    Admin,
}

/// Somebody who works with the backlog.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Person {
    pub name: Bilingual,
    pub email: String,
    pub role: Role,
    pub position: Bilingual,
    /// `None`: the whole bank.
    pub unit: Option<String>,
}

/// What must be confirmed before a solution counts as released.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct GateTemplate {
    pub code: String,
    pub name: Bilingual,
    pub items: Vec<GateTemplateItem>,
}

/// One line of a gate.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct GateTemplateItem {
    pub code: String,
    pub name: Bilingual,
}

/// The demo company with everything but the items, which are written on demand.
#[derive(Debug)]
pub struct Company {
    pub plan: Plan,
    pub name: Bilingual,
    /// IANA name of the bank's time zone; its offset is +03:00 the year round.
    pub time_zone: String,
    /// First day of the history; the last is the day before `plan.today`.
    pub start: Date,
    pub units: Vec<Unit>,
    pub products: Vec<Product>,
    pub touchpoints: Vec<Touchpoint>,
    pub segments: Vec<Segment>,
    pub regions: Vec<Region>,
    pub channels: Vec<Channel>,
    pub sources: Vec<Source>,
    /// Parents before their children.
    pub topics: Vec<Topic>,
    pub base: Vec<BaseRow>,
    pub people: Vec<Person>,
    pub gate_templates: Vec<GateTemplate>,
    pub problems: Vec<Problem>,
    pub measures: Measures,
    pub truths: Truths,
    voices: Voices,
}

#[derive(Deserialize)]
struct File {
    name: Bilingual,
    time_zone: String,
    units: Vec<Unit>,
    products: Vec<Product>,
    touchpoints: Vec<Touchpoint>,
    segments: Vec<Segment>,
    regions: Vec<Region>,
    channels: Vec<Channel>,
    sources: Vec<Source>,
    people: Vec<Person>,
    gate_templates: Vec<GateTemplate>,
}

impl Company {
    /// The company of a plan: same plan, same company.
    ///
    /// # Errors
    /// [`DemoError::Date`] when the calendar has no 24 months before `today`, [`DemoError::TooMany`] over
    /// [`Plan::MAX_ITEMS`], [`DemoError::Data`] when a file of `data/` is broken.
    pub fn generate(plan: &Plan) -> Result<Self, DemoError> {
        if plan.items > Plan::MAX_ITEMS {
            return Err(DemoError::TooMany { asked: plan.items, max: Plan::MAX_ITEMS });
        }
        let span = Span::new(plan)?;
        let file: File = toml::from_str(include_str!("../data/company.toml"))
            .map_err(|why| DemoError::data(FILE, why.to_string()))?;
        let material = topics::read()?;
        let problems = story::read(&span)?;
        let effects = truths::read(&span, &problems)?;
        let topics = material.topics();
        let voices = Voices::new(plan, span, &file.segments, &file.regions, material, &effects)?;
        let base = base::rows(plan, &span, &file.units, &file.products, &file.segments, &file.regions);
        Ok(Self {
            plan: *plan,
            name: file.name,
            time_zone: file.time_zone,
            start: span.start,
            units: file.units,
            products: file.products,
            touchpoints: file.touchpoints,
            segments: file.segments,
            regions: file.regions,
            channels: file.channels,
            sources: file.sources,
            topics,
            base,
            people: file.people,
            gate_templates: file.gate_templates,
            problems,
            measures: measures::read(&span)?,
            truths: truths::publish(plan, &span, effects),
            voices,
        })
    }

    /// The items of one of the [`Plan::MONTHS`] months, in order of time; none for months beyond.
    #[must_use]
    pub fn month_items(&self, month: usize) -> Vec<Item<'_>> {
        if month < Plan::MONTHS { self.voices.month(self, month) } else { Vec::new() }
    }

    /// All items in order of time, months written side by side on all cores.
    #[must_use]
    pub fn items(&self) -> Vec<Item<'_>> {
        let months: Vec<_> = (0..Plan::MONTHS).into_par_iter().map(|month| self.month_items(month)).collect();
        months.into_iter().flatten().collect()
    }
}

//! The demo company: a seed in, a bank with two years of customers' voices out.
//!
//! [`Company::generate`] builds the bank: units, topics with rules, the customer base, the backlog with its verdicts
//! and the [`Truths`] planted in the voices. [`Company::month_items`] then writes the voices of one of the 24 months;
//! months are independent seeded streams, so they can be asked for in any order and on any thread. The same [`Plan`]
//! always gives the same bytes. All language lies in `data/`, none of it in code.

mod base;
mod calendar;
mod company;
mod compose;
mod customers;
mod draw;
mod error;
mod grammar;
mod items;
pub mod measures;
mod personal;
mod plan;
mod scores;
mod slots;
mod story;
mod topics;
mod truths;
mod typos;
mod words;

pub use base::BaseRow;
pub use company::{
    Channel, Company, GateTemplate, GateTemplateItem, Person, Product, Region, Role, Segment, Source,
    Touchpoint, Tree, Unit,
};
pub use error::DemoError;
pub use items::Item;
pub use measures::Measures;
pub use plan::Plan;
pub use story::{
    Direction, Event, EventKind, GateItem, Hypothesis, Metric, Problem, ProblemKind, ProblemState, Slice,
    Solution, SolutionState, Verdict, VerdictResult,
};
pub use topics::{Mood, Topic};
pub use truths::{PlanTruth, Truth, TruthKind, Truths, Window};
pub use words::Bilingual;

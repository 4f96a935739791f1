//! Scale: how many distinct customers a problem touches, with every step of the arithmetic.
//!
//! Four kinds of knowledge, never mixed:
//!
//! 1. **Seen.** Customers who told us of the problem themselves. A count: at least so many are touched. Anonymous items
//!    are shown and never counted, for ten of them may be one customer.
//! 2. **Answers.** Respondents of surveys are a sample of the customer base. The share p of those who mention the
//!    problem, with Wilson's interval, times the base estimates how many customers of the base would mention it.
//!    Taken from [`MINIMUM_ANSWERS`] answers on.
//! 3. **Contacts.** Those who call, write and complain chose themselves; their share of *all* customers heard says
//!    which problem is larger than which, and does not estimate the base. All that can be said of the base is a range:
//!    at least the customers seen; at most, if those who keep silent suffer no more often than those who speak, the
//!    upper end of that share times the base. No figure between the two is better than another, so none is given.
//!
//! 4. **Items.** Where no item names its customer (public reviews), the share of the items says which problem is larger
//!    than which, and nothing about customers.
//!
//! No range may contradict what was seen: an estimate below the customers seen is raised to them, and the line says so.
//! The base is the average number of active customers a month over the window. Where more customers were seen in the
//! window than the base has, base and evidence do not fit each other and no estimate is made.
//!
//! Worked numbers. In 90 days 412 customers (520 items, 31 of them anonymous) told us of it, 9,840 were heard at all,
//! 64 of 2,000 answers mention it, the base is 600,000. The answers decide: 64 / 2,000 = 3.2 % (2.51…4.07), times
//! 600,000 is 19,200 customers (15,083…24,394). Without the answers: 412 / 9,840 = 4.19 % (3.81…4.60) of those heard,
//! of the base between 412 (0.07 %) and 27,606.

mod compute;

pub use compute::compute_scale;

use jiff::civil::Date;
use otklik_stats::Estimate;
use serde::{Deserialize, Serialize};

use crate::codes::codes;

/// Fewer answers than this are no sample to speak of the base from.
pub const MINIMUM_ANSWERS: u64 = 30;

/// The days over which everything is counted: `days` of them, the first being `from`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Window {
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    pub days: u32,
}

/// What was counted, all in one window and one slice of the company (unit, segment).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScaleInputs {
    pub window: Window,
    /// Distinct customers with an item of the evidence.
    pub seen_customers: u64,
    /// Items of the evidence, those of anonymous customers among them.
    pub seen_items: u64,
    pub anonymous_items: u64,
    /// Distinct customers with any item at all.
    pub heard_customers: u64,
    /// All items, those of anonymous customers among them.
    pub heard_items: u64,
    /// Survey answers of the evidence.
    pub answers_with: u64,
    /// All survey answers in which the problem could have been mentioned.
    pub answers_all: u64,
    /// Active customers in an average month of the window.
    pub base_customers: Option<u64>,
}

codes! {
    /// What the share is a share of.
    pub enum Basis in "scale.basis" {
        /// Of the survey's respondents: a sample of the base.
        Answers = "answers",
        /// Of all customers heard by any channel: they chose themselves.
        Contacts = "contacts",
        /// Of all items, where none names its customer: public reviews, for one.
        Items = "items",
    }
}

codes! {
    /// What stands behind a number: the screen makes it a link.
    pub enum EvidenceLink in "scale.link" {
        SeenItems = "seen_items",
        AnonymousItems = "anonymous_items",
        HeardItems = "heard_items",
        AnswersWith = "answers_with",
        AnswersAll = "answers_all",
        CustomerBase = "customer_base",
    }
}

/// A share with its interval; the parts are counts.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Share {
    pub part: u64,
    pub whole: u64,
    pub value: f64,
    pub low: f64,
    pub high: f64,
}

/// One step of the arithmetic, in the order in which it is read.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Step {
    /// So many customers told us, in so many items.
    Seen { customers: u64, items: u64 },
    /// Items that belong to nobody we can tell apart: not counted as customers.
    Anonymous { items: u64 },
    /// Of so many answers, so many mention it.
    ShareOfAnswers { share: Share },
    /// Of so many customers heard, so many told us of it.
    ShareOfHeard { share: Share },
    /// Of so many items, none of which names its customer, so many are about it.
    ShareOfItems { share: Share },
    /// Active customers in an average month of the window.
    Base { customers: u64, window: Window },
    /// share × base, with the interval of the share.
    Estimate { value: u64, low: u64, high: u64 },
    /// The estimate was below the customers seen, and was raised to them.
    RaisedToSeen { value: u64, low: u64, high: u64 },
    /// At least the customers seen; this is their share of the base.
    AtLeast { customers: u64, base_share: f64 },
    /// At most: upper end of the share × base, if the silent suffer no more often than those who speak.
    AtMost { customers: u64 },
}

/// A step and the items or rows behind it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Line {
    #[serde(flatten)]
    pub step: Step,
    pub links: Vec<EvidenceLink>,
}

codes! {
    /// What the reader must know beside the number.
    pub enum Caveat in "scale.caveat" {
        /// Customers who contact us chose themselves: a range, no estimate.
        SelfSelected = "self_selected",
        /// There are answers, but too few to speak of the base.
        FewAnswers = "few_answers",
        /// Who was not asked about it may have it and not mention it.
        Unprompted = "unprompted",
        /// Some items are anonymous: there may be more customers.
        AnonymousNotCounted = "anonymous_not_counted",
        /// No customer base is known: no estimate.
        NoBase = "no_base",
        /// More customers were heard than the base has: it does not fit the evidence.
        BaseTooSmall = "base_too_small",
        /// The survey's figure is below what was seen: its respondents may differ from the base.
        RaisedToSeen = "raised_to_seen",
        /// Nobody was seen.
        NothingSeen = "nothing_seen",
    }
}

/// How many customers a problem touches, how we know, and how sure that is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Scale {
    pub window: Window,
    /// Distinct customers who told us.
    pub seen: u64,
    /// Of the answers or of the customers heard; `None` where nobody was heard.
    pub share: Option<Share>,
    pub basis: Option<Basis>,
    pub base: Option<u64>,
    /// Customers of the base; only from answers.
    pub estimate: Option<u64>,
    /// At least so many customers: never less than were seen.
    pub low: u64,
    /// At most so many; `None` where the base is not known.
    pub high: Option<u64>,
    pub lines: Vec<Line>,
    pub caveats: Vec<Caveat>,
}

impl Scale {
    /// The number of customers to rank by: the estimate, or what is known for sure.
    pub fn customers(&self) -> u64 {
        self.estimate.unwrap_or(self.low)
    }

    /// The share to rank by, in per cent.
    pub fn share_pct(&self) -> Option<f64> {
        self.share.map(|share| share.value * 100.0)
    }
}

impl Share {
    fn new(part: u64, estimate: &Estimate) -> Self {
        Self { part, whole: estimate.n, value: estimate.value, low: estimate.low, high: estimate.high }
    }
}

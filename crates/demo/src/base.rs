//! The customer base: how many customers, transactions and contracts each slice had in each calendar month.

use jiff::{ToSpan, civil::Date};
use rand::RngExt;
use serde::Serialize;

use crate::{
    Plan, Product, Region, Segment, Unit,
    draw::{Purpose, Stream, stream},
    plan::Span,
};

/// The denominators of one slice in one month; a dimension that is `None` is not restricted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BaseRow {
    /// First day of the calendar month.
    pub month: Date,
    pub unit: Option<String>,
    pub product: Option<String>,
    pub segment: Option<String>,
    pub region: Option<String>,
    /// Active customers.
    pub customers: u64,
    pub transactions: u64,
    pub contracts: u64,
}

/// Active customers at the end of the history for each item of it: 2.4 × 200,000 = 480,000.
const CUSTOMERS_AN_ITEM: f64 = 2.4;
/// Customers at the start against the end.
const AT_START: f64 = 0.8;
/// A customer's transactions in a month, contracts at any time.
const TRANSACTIONS: f64 = 27.0;
const CONTRACTS: f64 = 1.7;

/// Which part of the bank a row is about, and its share of the customers.
#[derive(Default, Clone)]
struct Part<'a> {
    unit: Option<&'a str>,
    product: Option<&'a str>,
    segment: Option<&'a str>,
    region: Option<&'a str>,
    share: f64,
}

/// The whole bank; each unit, product, segment and region; segment × region, unit × segment, product × segment and
/// unit × region.
pub fn rows(
    plan: &Plan,
    span: &Span,
    units: &[Unit],
    products: &[Product],
    segments: &[Segment],
    regions: &[Region],
) -> Vec<BaseRow> {
    let units: Vec<_> = units.iter().filter(|unit| unit.share > 0.0).map(|u| part_of_unit(u)).collect();
    let products: Vec<_> =
        products.iter().map(|p| Part { product: Some(&p.code), share: p.share, ..Part::default() }).collect();
    let segments: Vec<_> =
        segments.iter().map(|s| Part { segment: Some(&s.code), share: s.share, ..Part::default() }).collect();
    let regions: Vec<_> =
        regions.iter().map(|r| Part { region: Some(&r.code), share: r.share, ..Part::default() }).collect();
    let mut parts = vec![Part { share: 1.0, ..Part::default() }];
    for (left, right) in
        [(&segments, &regions), (&units, &segments), (&products, &segments), (&units, &regions)]
    {
        parts.extend(left.iter().flat_map(|left| right.iter().map(|right| both(left, right))));
    }
    parts.extend([units, products, segments, regions].into_iter().flatten());
    let mut rng = stream(plan.seed, Purpose::Base);
    let mut rows = Vec::new();
    let first = span.start.first_of_month();
    let months =
        (0..).map(|month| first.saturating_add(month.months())).take_while(|month| *month < span.today);
    for month in months {
        let grown = customers_of(plan, span, month) * rng.random_range(0.995..1.005);
        rows.extend(parts.iter().map(|part| row(month, grown, part, &mut rng)));
    }
    rows
}

fn part_of_unit(unit: &Unit) -> Part<'_> {
    Part { unit: Some(&unit.code), share: unit.share, ..Part::default() }
}

/// What belongs to both parts, as if they were independent.
fn both<'a>(left: &Part<'a>, right: &Part<'a>) -> Part<'a> {
    Part {
        unit: left.unit.or(right.unit),
        product: left.product.or(right.product),
        segment: left.segment.or(right.segment),
        region: left.region.or(right.region),
        share: left.share * right.share,
    }
}

fn customers_of(plan: &Plan, span: &Span, month: Date) -> f64 {
    let passed = span.start.until(month).map_or(0, |gap| gap.get_days()).max(0);
    let share = f64::from(passed) / f64::from(span.days.max(1));
    f64::from(plan.items) * CUSTOMERS_AN_ITEM * (AT_START + (1.0 - AT_START) * share.min(1.0))
}

fn row(month: Date, whole: f64, part: &Part<'_>, rng: &mut Stream) -> BaseRow {
    let customers = whole * part.share;
    let owned = |code: Option<&str>| code.map(str::to_owned);
    BaseRow {
        month,
        unit: owned(part.unit),
        product: owned(part.product),
        segment: owned(part.segment),
        region: owned(part.region),
        customers: customers.round() as u64,
        transactions: (customers * TRANSACTIONS * rng.random_range(0.96..1.04)).round() as u64,
        contracts: (customers * CONTRACTS).round() as u64,
    }
}

//! The customers who speak: segment, region, language, and how often each of them contacts us.

use rand::RngExt;

use crate::{
    company::{Region, Segment},
    draw::{Purpose, Stream, Weights, chance, stream},
};

/// One customer who may speak.
#[derive(Debug, Clone, Copy)]
pub struct Customer {
    pub segment: u16,
    pub region: u16,
    pub english: bool,
    pub female: bool,
}

/// Everybody who may speak, drawn by how often they do.
#[derive(Debug)]
pub struct Customers {
    everybody: Vec<Customer>,
    by_segment: Vec<Crowd>,
}

#[derive(Debug, Default)]
struct Crowd {
    members: Vec<u32>,
    often: Weights,
}

/// Items for one customer on average, among those who may speak (some never do).
const ITEMS_A_CUSTOMER: f64 = 2.75;
/// A quarter speaks English.
const ENGLISH_SHARE: f64 = 0.25;

impl Customers {
    pub fn new(seed: u64, items: u32, segments: &[Segment], regions: &[Region]) -> Self {
        let mut rng = stream(seed, Purpose::Customers);
        let count = ((f64::from(items) / ITEMS_A_CUSTOMER) as usize).max(segments.len());
        let segment_weights = Weights::new(segments.iter().map(|segment| segment.share));
        let region_weights = Weights::new(regions.iter().map(|region| region.share));
        let mut everybody = Vec::with_capacity(count);
        let mut members = vec![Vec::new(); segments.len()];
        let mut often = vec![Vec::new(); segments.len()];
        for number in 0..count {
            let segment = if number < segments.len() { number } else { segment_weights.draw(&mut rng) };
            members[segment].push(number as u32);
            often[segment].push(heavy_tail(&mut rng));
            everybody.push(Customer {
                segment: segment as u16,
                region: region_weights.draw(&mut rng) as u16,
                english: chance(&mut rng, ENGLISH_SHARE),
                female: chance(&mut rng, 0.54),
            });
        }
        let crowd = |(members, often): (Vec<u32>, Vec<f64>)| Crowd { members, often: Weights::new(often) };
        Self { everybody, by_segment: members.into_iter().zip(often).map(crowd).collect() }
    }

    /// One customer of the segment: their number and who they are.
    pub fn draw(&self, segment: usize, rng: &mut Stream) -> Option<(u32, Customer)> {
        let crowd = self.by_segment.get(segment)?;
        let number = *crowd.members.get(crowd.often.draw(rng))?;
        Some((number, *self.everybody.get(number as usize)?))
    }
}

/// The bank's own number of a customer: nine digits, no two alike, in no order.
pub fn key(number: u32) -> String {
    const PRIME: u64 = 899_999_963;
    format!("{}", 100_000_000 + (u64::from(number) + 1) * 7_368_787 % PRIME)
}

/// How often somebody contacts us against the least talkative: a Pareto tail, cut at 60.
fn heavy_tail(rng: &mut Stream) -> f64 {
    (1.0 - rng.random::<f64>()).powf(-1.0 / 1.9).min(60.0)
}

//! Nearest neighbours of all points: exact among thousands, by an inverted file among more.

use super::space::{Space, WIDTH};
use pulp::Arch;

/// Of more points than this only those in the nearest lists are compared.
const MANY: usize = 5_000;

/// Lists that are searched for a point.
const PROBES: usize = 6;

/// Points in a list, about.
const LIST: usize = 330;

const ROUNDS: usize = 6;

/// Values of a point that are larger are cut.
const STEPS: f32 = 127.0 / 0.5;

type Bytes = [i8; WIDTH];

/// Up to `count` neighbours of each point with their similarity, the nearest first.
pub(super) fn find(space: &Space, count: usize) -> Vec<Vec<(u32, f32)>> {
    let points: Vec<Bytes> = space
        .points
        .iter()
        .map(|point| point.map(|value| (value * STEPS).round().clamp(-127.0, 127.0) as i8))
        .collect();
    Arch::new().dispatch(
        #[inline(always)]
        || if points.len() > MANY { by_lists(space, &points, count) } else { exact(&points, count) },
    )
}

/// The nearest so far of one point.
struct Nearest {
    count: usize,
    found: Vec<(u32, i32)>,
}

impl Nearest {
    fn new(count: usize) -> Self {
        Self { count, found: Vec::with_capacity(count + 1) }
    }

    #[inline(always)]
    fn see(&mut self, number: u32, product: i32) {
        if self.found.len() == self.count && self.found.last().is_some_and(|last| product <= last.1) {
            return;
        }
        let at = self.found.partition_point(|(_, other)| *other >= product);
        self.found.insert(at, (number, product));
        self.found.truncate(self.count);
    }

    fn finish(self) -> Vec<(u32, f32)> {
        self.found.into_iter().map(|(number, product)| (number, product as f32 / (STEPS * STEPS))).collect()
    }
}

#[inline(always)]
fn exact(points: &[Bytes], count: usize) -> Vec<Vec<(u32, f32)>> {
    let mut nearest: Vec<Nearest> = points.iter().map(|_| Nearest::new(count)).collect();
    for (a, point) in points.iter().enumerate() {
        for (b, other) in points.iter().enumerate().skip(a + 1) {
            let product = multiply(point, other);
            nearest[a].see(b as u32, product);
            nearest[b].see(a as u32, product);
        }
    }
    nearest.into_iter().map(Nearest::finish).collect()
}

#[inline(always)]
fn multiply(a: &Bytes, b: &Bytes) -> i32 {
    a.iter().zip(b).map(|(a, b)| i32::from(i16::from(*a)) * i32::from(i16::from(*b))).sum()
}

#[inline(always)]
fn by_lists(space: &Space, points: &[Bytes], count: usize) -> Vec<Vec<(u32, f32)>> {
    let middles = middles(space, points);
    let mut lists: Vec<Vec<u32>> = vec![Vec::new(); middles.len()];
    let mut probes = Vec::with_capacity(points.len());
    for (number, point) in (0..).zip(points) {
        let mut nearest = Nearest::new(PROBES);
        for (list, middle) in (0..).zip(&middles) {
            nearest.see(list, multiply(point, middle));
        }
        if let Some((list, _)) = nearest.found.first() {
            lists[*list as usize].push(number);
        }
        probes.push(nearest.found);
    }
    let mut asks: Vec<Vec<u32>> = vec![Vec::new(); middles.len()];
    for (number, probes) in (0..).zip(&probes) {
        probes.iter().for_each(|(list, _)| asks[*list as usize].push(number));
    }
    let mut nearest: Vec<Nearest> = points.iter().map(|_| Nearest::new(count)).collect();
    for (list, asks) in lists.iter().zip(&asks) {
        // A list lies together while all that ask for it are compared with it.
        let members: Vec<(u32, Bytes)> =
            list.iter().map(|number| (*number, points[*number as usize])).collect();
        for ask in asks {
            let (point, nearest) = (&points[*ask as usize], &mut nearest[*ask as usize]);
            for (number, other) in members.iter().filter(|(number, _)| number != ask) {
                nearest.see(*number, multiply(point, other));
            }
        }
    }
    nearest.into_iter().map(Nearest::finish).collect()
}

/// Middles of lists: k-means on every few points.
#[inline(always)]
fn middles(space: &Space, points: &[Bytes]) -> Vec<Bytes> {
    let lists = points.len() / LIST;
    let every = (points.len() / (lists * 40)).max(1);
    let sample: Vec<usize> = (0..points.len()).step_by(every).collect();
    let mut middles: Vec<Bytes> =
        (0..lists).map(|list| points[sample[list * sample.len() / lists]]).collect();
    for _ in 0..ROUNDS {
        let mut sums = vec![[0.0_f32; WIDTH]; lists];
        for number in &sample {
            let mut nearest = Nearest::new(1);
            for (list, middle) in (0..).zip(&middles) {
                nearest.see(list, multiply(&points[*number], middle));
            }
            if let Some((list, _)) = nearest.found.first() {
                let sum = &mut sums[*list as usize];
                sum.iter_mut().zip(&space.points[*number]).for_each(|(sum, value)| *sum += value);
            }
        }
        for (middle, sum) in middles.iter_mut().zip(&sums) {
            let square: f32 = sum.iter().map(|value| value * value).sum();
            if square > 0.0 {
                let scale = STEPS / square.sqrt();
                *middle = sum.map(|value| (value * scale).round().clamp(-127.0, 127.0) as i8);
            }
        }
    }
    middles
}

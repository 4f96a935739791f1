//! Few points joined pair by pair: average linkage.

use super::ThemeOptions;
use super::space::{Space, WIDTH};

/// Groups whose points are less alike than this on the average are not joined, at a usual detail.
const LEAST_ALIKE: f32 = 0.4;

/// The group of each point.
pub(super) fn join(space: &Space, options: &ThemeOptions) -> Vec<usize> {
    let groups: Vec<usize> = (0..space.len()).collect();
    let least = match options.count {
        Some(_) => f32::NEG_INFINITY,
        // A third of the detail lowers the bar by about a tenth.
        None => LEAST_ALIKE + 0.1 * options.detail.max(0.01).ln(),
    };
    average(space, &groups, options.count.unwrap_or(1), least)
}

/// Joins groups until only `count` are left.
pub(super) fn join_groups(space: &Space, groups: &[usize], count: usize) -> Vec<usize> {
    average(space, groups, count, f32::NEG_INFINITY)
}

/// Joins the two most alike groups while there are more than `count` and they are at least `least` alike: the mean of
/// all products between two groups is the product of their sums over their sizes.
fn average(space: &Space, groups: &[usize], count: usize, least: f32) -> Vec<usize> {
    let number = super::number_of(groups);
    let mut sums = vec![[0.0_f32; WIDTH]; number];
    let mut sizes = vec![0.0_f32; number];
    for (point, group) in space.points.iter().zip(groups) {
        sizes[*group] += 1.0;
        sums[*group].iter_mut().zip(point).for_each(|(sum, value)| *sum += value);
    }
    let alike = |a: usize, b: usize, sums: &[[f32; WIDTH]], sizes: &[f32]| {
        sums[a].iter().zip(&sums[b]).map(|(a, b)| a * b).sum::<f32>() / (sizes[a] * sizes[b])
    };
    let mut lives: Vec<usize> = (0..number).filter(|group| sizes[*group] > 0.0).collect();
    let mut joined: Vec<usize> = (0..number).collect();
    // The best partner of each group among those after it.
    let mut best: Vec<(f32, usize)> = vec![(f32::NEG_INFINITY, 0); number];
    let search = |a: usize, lives: &[usize], sums: &[[f32; WIDTH]], sizes: &[f32]| {
        let after = lives.iter().filter(|b| **b > a).map(|b| (alike(a, *b, sums, sizes), *b));
        after.fold((f32::NEG_INFINITY, 0), |best, own| if own.0 > best.0 { own } else { best })
    };
    lives.iter().for_each(|a| best[*a] = search(*a, &lives, &sums, &sizes));
    while lives.len() > count.max(1) {
        let Some(&a) = lives.iter().max_by(|a, b| best[**a].0.total_cmp(&best[**b].0).then(b.cmp(a))) else {
            break;
        };
        let (similarity, b) = best[a];
        if similarity < least || similarity == f32::NEG_INFINITY {
            break;
        }
        let gone = sums[b];
        sums[a].iter_mut().zip(gone).for_each(|(sum, value)| *sum += value);
        sizes[a] += sizes[b];
        joined[b] = a;
        lives.retain(|group| *group != b);
        for &group in &lives {
            if group == a || best[group].1 == a || best[group].1 == b {
                best[group] = search(group, &lives, &sums, &sizes);
            } else if group < a {
                let own = alike(group, a, &sums, &sizes);
                if own > best[group].0 {
                    best[group] = (own, a);
                }
            }
        }
    }
    let root = |mut group: usize| {
        while joined[group] != group {
            group = joined[group];
        }
        group
    };
    let roots: Vec<usize> = groups.iter().map(|group| root(*group)).collect();
    roots.iter().map(|own| lives.partition_point(|group| group < own)).collect()
}

//! Communities of a graph: the Leiden algorithm (Traag, Waltman and van Eck, From Louvain to Leiden, 2019).
//!
//! Maximises Σ over communities of (weight inside − resolution × (sum of degrees)² / (2 × weight of all)). Nodes move to
//! the neighbouring community where they gain most; communities are split into parts that hold together; parts become
//! the nodes of a smaller graph; and so on.

use std::collections::VecDeque;

/// The resolution of a usual detail.
pub(super) const RESOLUTION: f32 = 7.0;

/// Repetitions of the whole algorithm at most.
const ROUNDS: usize = 4;

/// An undirected weighted graph.
pub(super) struct Graph {
    /// Neighbours of each node with the weight of the edge.
    edges: Vec<Vec<(u32, f32)>>,
    /// Sum of the weights of each node's edges, those inside it counted twice.
    degrees: Vec<f64>,
    /// Sum of all degrees.
    all: f64,
}

impl Graph {
    /// An edge where one of two is a near neighbour of the other.
    pub fn new(nodes: usize, neighbours: &[Vec<(u32, f32)>]) -> Self {
        let mut edges = vec![Vec::new(); nodes];
        for (a, near) in (0..).zip(neighbours) {
            for (b, similarity) in near.iter().filter(|(_, similarity)| *similarity > 0.0) {
                edges[a as usize].push((*b, *similarity));
                edges[*b as usize].push((a, *similarity));
            }
        }
        for own in &mut edges {
            own.sort_by_key(|edge| edge.0);
            own.dedup_by_key(|edge| edge.0);
        }
        let degrees = edges.iter().map(|own| own.iter().map(|edge| f64::from(edge.1)).sum()).collect();
        Self::of(edges, degrees)
    }

    fn of(edges: Vec<Vec<(u32, f32)>>, degrees: Vec<f64>) -> Self {
        let all = degrees.iter().sum::<f64>().max(f64::MIN_POSITIVE);
        Self { edges, degrees, all }
    }

    /// The community of each node, numbered from 0 without gaps.
    pub fn communities(&self, resolution: f32) -> Vec<usize> {
        let mut found: Vec<usize> = (0..self.edges.len()).collect();
        for _ in 0..ROUNDS {
            let before = found.clone();
            self.improve(&mut found, f64::from(resolution));
            if found == before {
                break;
            }
        }
        found
    }

    fn improve(&self, found: &mut Vec<usize>, resolution: f64) {
        let moved = self.move_nodes(found, resolution);
        number(found);
        let parts = self.split(found, resolution);
        let count = parts.iter().max().map_or(0, |largest| largest + 1);
        if !moved && count == self.edges.len() || count == self.edges.len() {
            return;
        }
        let smaller = self.aggregate(&parts, count);
        let mut of_part = vec![0; count];
        parts.iter().zip(found.iter()).for_each(|(part, community)| of_part[*part] = *community);
        smaller.improve(&mut of_part, resolution);
        *found = parts.iter().map(|part| of_part[*part]).collect();
        number(found);
    }

    /// Moves nodes to better communities until none gains; says whether one moved.
    fn move_nodes(&self, found: &mut [usize], resolution: f64) -> bool {
        let nodes = self.edges.len();
        let mut degrees = vec![0.0; nodes.max(found.iter().max().map_or(0, |largest| largest + 1))];
        found.iter().zip(&self.degrees).for_each(|(community, degree)| degrees[*community] += degree);
        let mut queue: VecDeque<usize> = (0..nodes).collect();
        let mut waits = vec![true; nodes];
        let mut shared = vec![0.0_f64; degrees.len()];
        let mut moved = false;
        while let Some(node) = queue.pop_front() {
            waits[node] = false;
            let own = found[node];
            degrees[own] -= self.degrees[node];
            let near = self.shared(node, found, &mut shared, |_| true);
            let gain = |community: usize, shared: &[f64]| {
                shared[community] - resolution * self.degrees[node] * degrees[community] / self.all
            };
            let (mut best, mut most) = (own, gain(own, &shared));
            for community in &near {
                let gained = gain(*community, &shared);
                if gained > most + 1e-9 {
                    (best, most) = (*community, gained);
                }
            }
            near.iter().for_each(|community| shared[*community] = 0.0);
            degrees[best] += self.degrees[node];
            if best != own {
                found[node] = best;
                moved = true;
                for (other, _) in &self.edges[node] {
                    let other = *other as usize;
                    if found[other] != best && !waits[other] {
                        waits[other] = true;
                        queue.push_back(other);
                    }
                }
            }
        }
        moved
    }

    /// Adds up the weights between a node and the communities of its neighbours that are `wanted`.
    fn shared(
        &self,
        node: usize,
        found: &[usize],
        shared: &mut [f64],
        wanted: impl Fn(usize) -> bool,
    ) -> Vec<usize> {
        let mut near = Vec::new();
        for (other, weight) in self.edges[node].iter().filter(|(other, _)| wanted(*other as usize)) {
            let community = found[*other as usize];
            if shared[community] == 0.0 {
                near.push(community);
            }
            shared[community] += f64::from(*weight);
        }
        near
    }

    /// Splits communities into parts that hold together: single nodes join parts of their community where they gain.
    fn split(&self, found: &[usize], resolution: f64) -> Vec<usize> {
        let nodes = self.edges.len();
        let mut parts: Vec<usize> = (0..nodes).collect();
        let mut degrees = self.degrees.clone();
        let mut sizes = vec![1; nodes];
        let mut shared = vec![0.0_f64; nodes];
        for node in 0..nodes {
            if sizes[parts[node]] > 1 {
                continue;
            }
            let own = parts[node];
            let near =
                self.shared(node, &parts, &mut shared, |other| found[other] == found[node] && other != node);
            let mut best = (own, 0.0);
            for part in near.iter().filter(|part| **part != own) {
                let gain = shared[*part] - resolution * self.degrees[node] * degrees[*part] / self.all;
                if gain > best.1 + 1e-9 {
                    best = (*part, gain);
                }
            }
            near.iter().for_each(|part| shared[*part] = 0.0);
            if best.0 != own {
                degrees[best.0] += self.degrees[node];
                degrees[own] -= self.degrees[node];
                sizes[best.0] += 1;
                sizes[own] -= 1;
                parts[node] = best.0;
            }
        }
        number(&mut parts);
        parts
    }

    /// The graph whose nodes are the parts.
    fn aggregate(&self, parts: &[usize], count: usize) -> Self {
        let mut edges: Vec<Vec<(u32, f32)>> = vec![Vec::new(); count];
        let mut degrees = vec![0.0; count];
        for (node, own) in self.edges.iter().enumerate() {
            let part = parts[node];
            degrees[part] += self.degrees[node];
            let outside = own.iter().map(|(other, weight)| (parts[*other as usize], *weight));
            edges[part].extend(
                outside.filter(|(other, _)| *other != part).map(|(other, weight)| (other as u32, weight)),
            );
        }
        for own in &mut edges {
            own.sort_by_key(|edge| edge.0);
            let summed = own.chunk_by(|a, b| a.0 == b.0);
            *own = summed.map(|same| (same[0].0, same.iter().map(|edge| edge.1).sum())).collect();
        }
        Self::of(edges, degrees)
    }
}

/// Numbers communities from 0 without gaps, in the order of their first nodes.
fn number(found: &mut [usize]) {
    let mut numbers = vec![usize::MAX; found.iter().max().map_or(0, |largest| largest + 1)];
    let mut next = 0;
    for community in found {
        if numbers[*community] == usize::MAX {
            numbers[*community] = next;
            next += 1;
        }
        *community = numbers[*community];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_triangles_on_a_thin_bridge_are_two_communities() {
        let edge = |b: u32| (b, 1.0);
        let near = vec![
            vec![edge(1), edge(2)],
            vec![edge(2)],
            vec![(3, 0.1)],
            vec![edge(4), edge(5)],
            vec![edge(5)],
            Vec::new(),
            Vec::new(),
        ];
        let graph = Graph::new(7, &near);
        assert_eq!(graph.communities(1.0), [0, 0, 0, 1, 1, 1, 2]);
        assert_eq!(graph.communities(0.001)[..6], [0; 6]);
        assert_eq!(graph.communities(100.0), [0, 1, 2, 3, 4, 5, 6]);
    }
}

//! Where a rule's words stand in a text.

use super::node::Node;
use crate::lexer::{How, Word};
use crate::tokens::Tokens;

/// Words number `first` to `last` of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    first: u32,
    last: u32,
}

/// Numbers of the words that make `node` match, ascending; `None` when it does not match.
pub(super) fn find(node: &Node, tokens: &Tokens) -> Option<Vec<u32>> {
    let mut words = Vec::new();
    if !may_match(node, tokens) || !collect(node, tokens, &mut words) {
        return None;
    }
    words.sort_unstable();
    words.dedup();
    Some(words)
}

/// Does word number `at` of the text equal `word`?
fn equals(word: &Word, tokens: &Tokens, at: u32) -> bool {
    let at = at as usize;
    match word.how {
        How::Stem => tokens.stem(at) == word.stem,
        How::Form => tokens.form(at) == word.form,
        How::Prefix => tokens.form(at).starts_with(&word.form),
    }
}

/// Do the words occur at all? Cheap, and most rules that are called up stop here.
fn may_match(node: &Node, tokens: &Tokens) -> bool {
    match node {
        Node::Word(word) => occurs(word, tokens),
        Node::Phrase(words) => words.iter().all(|word| occurs(word, tokens)),
        Node::Near(left, right, _) => may_match(left, tokens) && may_match(right, tokens),
        Node::All(nodes) => nodes.iter().all(|node| may_match(node, tokens)),
        Node::Any(nodes) => nodes.iter().any(|node| may_match(node, tokens)),
        Node::Not(_) => true,
    }
}

fn occurs(word: &Word, tokens: &Tokens) -> bool {
    if !tokens.may_have(word.mark) {
        return false;
    }
    match word.how {
        How::Stem | How::Form => tokens.has_stem(&word.stem),
        How::Prefix => (0..tokens.len()).any(|at| tokens.form(at).starts_with(&word.form)),
    }
}

/// Does `node` match? If so, its words are appended.
fn collect(node: &Node, tokens: &Tokens, words: &mut Vec<u32>) -> bool {
    let before = words.len();
    match node {
        Node::All(nodes) => {
            let all = nodes.iter().all(|node| collect(node, tokens, words));
            if !all {
                words.truncate(before);
            }
            all
        }
        Node::Any(nodes) => nodes.iter().filter(|node| collect(node, tokens, words)).count() > 0,
        Node::Not(node) => {
            let found = collect(node, tokens, words);
            words.truncate(before);
            !found
        }
        Node::Near(left, right, _) => {
            let found = places(node, tokens);
            for side in [left, right] {
                collect_inside(side, tokens, &found, words);
            }
            !found.is_empty()
        }
        Node::Word(_) | Node::Phrase(_) => {
            words.extend(places(node, tokens).iter().flat_map(|place| place.first..=place.last));
            words.len() > before
        }
    }
}

/// Appends the words of `node` that lie inside `limits`, which ascend by their first word.
fn collect_inside(node: &Node, tokens: &Tokens, limits: &[Place], words: &mut Vec<u32>) {
    match node {
        Node::Any(nodes) | Node::All(nodes) => {
            nodes.iter().for_each(|node| collect_inside(node, tokens, limits, words));
        }
        Node::Near(left, right, _) => {
            for side in [left, right] {
                collect_inside(side, tokens, limits, words);
            }
        }
        Node::Not(_) => {}
        Node::Word(_) | Node::Phrase(_) => {
            // The farthest end of the limits that begin at or before a place tells whether one of them holds it.
            let (mut next, mut reach) = (0, None);
            for place in places(node, tokens) {
                while let Some(limit) = limits.get(next).filter(|limit| limit.first <= place.first) {
                    reach = reach.max(Some(limit.last));
                    next += 1;
                }
                if reach >= Some(place.last) {
                    words.extend(place.first..=place.last);
                }
            }
        }
    }
}

/// Every place of a node that has places, ascending.
fn places(node: &Node, tokens: &Tokens) -> Vec<Place> {
    match node {
        Node::Word(word) => {
            starts(word, tokens).into_iter().map(|at| Place { first: at, last: at }).collect()
        }
        Node::Phrase(words) => phrase(words, tokens),
        Node::Near(left, right, distance) => near(&places(left, tokens), &places(right, tokens), *distance),
        Node::Any(nodes) => {
            let mut all: Vec<Place> = nodes.iter().flat_map(|node| places(node, tokens)).collect();
            all.sort_unstable();
            all.dedup();
            all
        }
        Node::All(_) | Node::Not(_) => Vec::new(),
    }
}

fn starts(word: &Word, tokens: &Tokens) -> Vec<u32> {
    if !tokens.may_have(word.mark) {
        return Vec::new();
    }
    match word.how {
        How::Stem => tokens.positions(&word.stem).to_vec(),
        How::Form => {
            tokens.positions(&word.stem).iter().copied().filter(|&at| equals(word, tokens, at)).collect()
        }
        How::Prefix => (0..).take(tokens.len()).filter(|&at| equals(word, tokens, at)).collect(),
    }
}

fn phrase(words: &[Word], tokens: &Tokens) -> Vec<Place> {
    let Some((first, rest)) = words.split_first() else { return Vec::new() };
    let follows = |at: u32| {
        rest.len() < tokens.len() - at as usize
            && (at + 1..).zip(rest).all(|(at, word)| equals(word, tokens, at))
    };
    let length = (1u32..).zip(rest).last().map_or(0, |(number, _)| number);
    let found = starts(first, tokens).into_iter().filter(|&at| follows(at));
    found.map(|at| Place { first: at, last: at + length }).collect()
}

/// Each place of either side joined with the nearest of the other on both sides, at most `distance` words away.
fn near(left: &[Place], right: &[Place], distance: u32) -> Vec<Place> {
    let mut joined = Vec::new();
    for (from, to) in [(left, right), (right, left)] {
        let mut by_end = to.to_vec();
        by_end.sort_unstable_by_key(|place| (place.last, place.first));
        for place in from {
            let after = to.get(to.partition_point(|other| other.first <= place.last));
            let before = by_end[..by_end.partition_point(|other| other.last < place.first)].last();
            joined.extend(
                after
                    .filter(|other| other.first - place.last <= distance)
                    .map(|other| Place { first: place.first, last: other.last }),
            );
            joined.extend(
                before
                    .filter(|other| place.first - other.last <= distance)
                    .map(|other| Place { first: other.first, last: place.last }),
            );
        }
    }
    joined.sort_unstable();
    joined.dedup();
    joined
}

//! Hundreds of rules over one text: only those whose words occur are looked at.

use super::Rule;
use super::node::Node;
use crate::lexer::{How, Word};
use crate::tokens::Tokens;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// The rules of a topic tree, applied together.
///
/// Each rule is filed under words of which at least one occurs in every text that it matches; a text's words call the
/// rules up. The result equals that of each rule alone.
#[derive(Clone, Debug, Default)]
pub struct RuleSet {
    rules: Vec<Rule>,
    by_stem: FxHashMap<Box<str>, Vec<u32>>,
    /// Prefixes by their first two letters.
    by_prefix: FxHashMap<Box<str>, Vec<(Box<str>, u32)>>,
}

/// One rule that matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleMatch {
    /// Number of the rule in the set, from 0.
    pub rule: usize,
    /// Bytes of the words in the text that made it match, ascending.
    pub spans: Vec<Range<usize>>,
}

impl RuleSet {
    /// Files `rules`, numbered from 0.
    pub fn new(rules: Vec<Rule>) -> Self {
        let mut set = Self::default();
        for (number, rule) in (0u32..).zip(&rules) {
            for anchor in anchors(&rule.node) {
                if anchor.how == How::Prefix {
                    let key = letters(&anchor.form).unwrap_or(&anchor.form);
                    set.by_prefix.entry(key.into()).or_default().push((anchor.form.as_str().into(), number));
                } else {
                    set.by_stem.entry(anchor.stem.as_str().into()).or_default().push(number);
                }
            }
        }
        set.rules = rules;
        set
    }

    /// Number of rules.
    pub fn len(&self) -> usize {
        self.rules.len()
    }

    /// Is there no rule?
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// The rules that match, ascending by number, each with the words that made it match.
    pub fn find(&self, tokens: &Tokens) -> Vec<RuleMatch> {
        let mut called: Vec<u32> = Vec::new();
        for at in 0..tokens.len() {
            called.extend(self.by_stem.get(tokens.stem(at)).into_iter().flatten());
            if !self.by_prefix.is_empty() {
                let form = tokens.form(at);
                let filed = letters(form).and_then(|key| self.by_prefix.get(key)).into_iter().flatten();
                called.extend(
                    filed.filter(|(prefix, _)| form.starts_with(&**prefix)).map(|(_, number)| number),
                );
            }
        }
        called.sort_unstable();
        called.dedup();
        let found = |number: u32| {
            let rule = number as usize;
            self.rules[rule].find(tokens).map(|spans| RuleMatch { rule, spans })
        };
        called.into_iter().filter_map(found).collect()
    }
}

/// The first two letters, the key of prefixes.
fn letters(form: &str) -> Option<&str> {
    let second = form.chars().take(2).map(char::len_utf8).sum();
    (form.chars().nth(1).is_some()).then(|| &form[..second])
}

/// Words of which at least one occurs in every text that `node` matches: as few and as long as can be.
fn anchors(node: &Node) -> Vec<&Word> {
    match node {
        Node::Word(word) => vec![word],
        Node::Phrase(words) => words.iter().max_by_key(|word| rarity(word)).into_iter().collect(),
        Node::Near(left, right, _) => fewer([&**left, right]),
        Node::All(nodes) => fewer(nodes.iter().filter(|node| node.requires())),
        Node::Any(nodes) => nodes.iter().flat_map(anchors).collect(),
        Node::Not(_) => Vec::new(),
    }
}

fn fewer<'a>(nodes: impl IntoIterator<Item = &'a Node>) -> Vec<&'a Word> {
    let weakest = |words: &[&Word]| words.iter().map(|word| rarity(word)).min();
    nodes
        .into_iter()
        .map(anchors)
        .max_by_key(|words| (weakest(words), std::cmp::Reverse(words.len())))
        .unwrap_or_default()
}

/// Long words are rarer than short ones, and a prefix stands for many words.
fn rarity(word: &Word) -> usize {
    match word.how {
        How::Prefix => word.form.len() / 2,
        How::Stem | How::Form => word.stem.len(),
    }
}

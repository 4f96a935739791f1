//! Themes (T6): groups of alike texts that nobody has named yet.
//!
//! Each text is a point of its sentence vector beside its reduced words (`space`); nearest neighbours make a graph
//! (`neighbours`), and its communities are the themes (`leiden`). Few texts are joined pair by pair (`linkage`). What
//! belongs nowhere stays apart as the rest. Deterministic: the same texts have the same themes.

mod leiden;
mod linkage;
mod matching;
mod name;
mod neighbours;
mod space;

pub use matching::{ThemeChange, match_themes};

use crate::embed::{DIMENSIONS, Vector};
use crate::tokens::Tokens;
use space::Space;

/// Of fewer texts than this the themes are found by joining pairs.
const FEW: usize = 500;

/// Neighbours of a text in the graph.
const NEIGHBOURS: usize = 8;

/// Texts that are shown for a theme.
const QUOTES: usize = 3;

/// Two quotes are more alike than this only if there are no others.
const SAME_QUOTE: f32 = 0.9;

/// Characters of a text that makes a good quote.
const QUOTE_LENGTH: std::ops::RangeInclusive<usize> = 20..=250;

/// What themes are wanted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ThemeOptions {
    /// More makes more and smaller themes: 1 is usual, 0.3 coarse, 3 fine.
    pub detail: f32,
    /// How many themes; decided by the texts where nothing is said.
    pub count: Option<usize>,
    /// Smaller groups are no themes: their texts are the rest.
    pub least: usize,
}

impl Default for ThemeOptions {
    fn default() -> Self {
        Self { detail: 1.0, count: None, least: 2 }
    }
}

/// A group of alike texts.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// One or two phrases in the customers' own words.
    pub name: String,
    /// Numbers of its texts, the most typical first.
    pub texts: Vec<usize>,
    /// Numbers of up to three typical texts that differ from each other.
    pub quotes: Vec<usize>,
    /// The middle of its texts' sentence vectors, of length 1: by it a later run knows the theme again.
    pub middle: Vector,
}

/// The themes of some texts, the largest first, and the texts that belong to none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Themes {
    /// The groups.
    pub themes: Vec<Theme>,
    /// Numbers of the texts that belong to none, ascending.
    pub rest: Vec<usize>,
}

/// Finds the themes of `texts`. Texts without words are rest.
pub fn find_themes(texts: &[&str], options: &ThemeOptions) -> Themes {
    find_themes_at(texts, &crate::embed_all(texts), options)
}

/// [`find_themes`] of texts whose vectors are known.
pub fn find_themes_at(texts: &[&str], vectors: &[Vector], options: &ThemeOptions) -> Themes {
    let tokens: Vec<Tokens> = texts.iter().map(|text| Tokens::new(text)).collect();
    let kept: Vec<usize> = (0..texts.len()).filter(|text| !tokens[*text].is_empty()).collect();
    let space = Space::new(&kept.iter().map(|text| (&tokens[*text], &vectors[*text])).collect::<Vec<_>>());
    let groups = match kept.len() {
        0 => Vec::new(),
        1..FEW => linkage::join(&space, options),
        _ => communities(&space, options),
    };
    let least = options.least.max(1);
    let (large, _): (Vec<_>, Vec<_>) = group(&groups).into_iter().partition(|group| group.len() >= least);
    let names = name::name(&large, &kept, texts, &tokens);
    let mut themes: Vec<Theme> = large
        .iter()
        .zip(names)
        .map(|(group, name)| {
            let texts_of: Vec<usize> = group.iter().map(|at| kept[*at]).collect();
            describe(name, texts_of, texts, vectors)
        })
        .collect();
    themes.sort_by(|a, b| {
        b.texts.len().cmp(&a.texts.len()).then(a.texts.iter().min().cmp(&b.texts.iter().min()))
    });
    let mut is_rest = vec![true; texts.len()];
    themes.iter().flat_map(|theme| &theme.texts).for_each(|text| is_rest[*text] = false);
    Themes { themes, rest: (0..texts.len()).filter(|text| is_rest[*text]).collect() }
}

/// The community of each point.
fn communities(space: &Space, options: &ThemeOptions) -> Vec<usize> {
    let graph = leiden::Graph::new(space.len(), &neighbours::find(space, NEIGHBOURS));
    match options.count {
        None => graph.communities(leiden::RESOLUTION * options.detail),
        Some(count) => {
            let mut resolution = leiden::RESOLUTION * options.detail;
            let mut found = graph.communities(resolution);
            while number_of(&found) < count && resolution < 1_000.0 {
                resolution *= 2.0;
                found = graph.communities(resolution);
            }
            linkage::join_groups(space, &found, count)
        }
    }
}

fn number_of(groups: &[usize]) -> usize {
    groups.iter().max().map_or(0, |largest| largest + 1)
}

/// The members of each group.
fn group(groups: &[usize]) -> Vec<Vec<usize>> {
    let mut members = vec![Vec::new(); number_of(groups)];
    groups.iter().enumerate().for_each(|(point, group)| members[*group].push(point));
    members.retain(|members| !members.is_empty());
    members
}

fn describe(name: String, mut members: Vec<usize>, texts: &[&str], vectors: &[Vector]) -> Theme {
    let mut middle = [0.0_f32; DIMENSIONS];
    for member in &members {
        middle.iter_mut().zip(&vectors[*member]).for_each(|(sum, value)| *sum += value);
    }
    let square: f32 = middle.iter().map(|value| value * value).sum();
    if square > 0.0 {
        middle.iter_mut().for_each(|value| *value /= square.sqrt());
    }
    let typical = |text: &usize| dot(&vectors[*text], &middle);
    members.sort_by(|a, b| typical(b).total_cmp(&typical(a)).then(a.cmp(b)));
    let quotes = quotes(&members, texts, vectors);
    Theme { name, texts: members, quotes, middle }
}

/// The most typical texts of a readable length that differ from each other; where there are too few, any.
fn quotes(members: &[usize], texts: &[&str], vectors: &[Vector]) -> Vec<usize> {
    let readable = |text: &&usize| QUOTE_LENGTH.contains(&texts[**text].chars().count());
    let mut quotes: Vec<usize> = Vec::new();
    for text in members.iter().filter(readable).chain(members) {
        let said = |other: &usize| {
            other == text
                || texts[*other] == texts[*text]
                || dot(&vectors[*other], &vectors[*text]) > SAME_QUOTE
        };
        if quotes.len() < QUOTES && !quotes.iter().any(said) {
            quotes.push(*text);
        }
    }
    quotes
}

pub(crate) fn dot(a: &Vector, b: &Vector) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

//! The topic tree and, for each leaf, what customers say about it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Bilingual, DemoError,
    grammar::{Lexicon, Template},
};

/// How the author of an item feels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mood {
    Pain,
    Ask,
    Praise,
}

/// A node of the bank's topic tree.
#[derive(Debug, Clone, Serialize)]
pub struct Topic {
    pub code: String,
    pub parent: Option<String>,
    pub name: Bilingual,
    /// In the rule language; parents have none.
    pub rule: Option<String>,
    /// What those who speak of it usually feel; parents have none.
    pub mood: Option<Mood>,
}

/// A leaf with its words.
#[derive(Debug)]
pub(crate) struct Leaf {
    /// `None`: belongs to no topic.
    pub code: Option<String>,
    pub mood: Mood,
    pub weight: f64,
    pub unit: Option<String>,
    pub touchpoints: Vec<String>,
    pub products: Vec<String>,
    pub segments: BTreeMap<String, f64>,
    pub channels: BTreeMap<String, f64>,
    /// Russian, English.
    pub words: [LeafWords; 2],
}

/// A leaf's words in one language.
#[derive(Debug)]
pub(crate) struct LeafWords {
    /// A few words, also good for titles.
    pub short: Vec<Template>,
    pub sentences: Vec<Template>,
}

/// What all texts of one language share.
#[derive(Debug)]
pub(crate) struct Language {
    pub lexicon: Lexicon,
    pub openings: BTreeMap<String, Vec<Template>>,
    /// By mood: what it did to me, how I feel, what I want.
    pub feelings: BTreeMap<Mood, [Vec<Template>; 3]>,
    pub closings: Vec<Template>,
    pub connectors: Vec<Template>,
    pub personal: Vec<Template>,
    /// By channel: what stands before and after the customer's words.
    pub frames: BTreeMap<String, Vec<[String; 2]>>,
}

/// Topics and language, ready to write.
#[derive(Debug)]
pub(crate) struct Material {
    parents: Vec<(Topic, Vec<Topic>)>,
    pub leaves: Vec<Leaf>,
    /// Russian, English.
    pub languages: [Language; 2],
}

impl Material {
    pub fn topics(&self) -> Vec<Topic> {
        let both = |(parent, leaves): &(Topic, Vec<Topic>)| {
            std::iter::once(parent.clone()).chain(leaves.iter().cloned()).collect::<Vec<_>>()
        };
        self.parents.iter().flat_map(both).collect()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupFile {
    /// Absent in the file of what belongs to no topic.
    code: Option<String>,
    name: Option<Bilingual>,
    leaf: Vec<LeafFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LeafFile {
    code: Option<String>,
    name: Option<Bilingual>,
    rule: Option<String>,
    mood: Mood,
    weight: f64,
    unit: Option<String>,
    #[serde(default)]
    touchpoints: Vec<String>,
    #[serde(default)]
    products: Vec<String>,
    #[serde(default)]
    segments: BTreeMap<String, f64>,
    #[serde(default)]
    channels: BTreeMap<String, f64>,
    short_ru: Vec<String>,
    ru: Vec<String>,
    short_en: Vec<String>,
    en: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LanguageFile {
    slots: BTreeMap<String, Vec<String>>,
    openings: BTreeMap<String, Vec<String>>,
    feelings: BTreeMap<Mood, FeelingsFile>,
    closings: Vec<String>,
    connectors: Vec<String>,
    personal: Vec<String>,
    frames: BTreeMap<String, Vec<[String; 2]>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FeelingsFile {
    consequences: Vec<String>,
    emotions: Vec<String>,
    requests: Vec<String>,
}

const RU: &str = "language/ru.toml";
const EN: &str = "language/en.toml";

macro_rules! topic_files {
    ($($name:literal),+ $(,)?) => {
        [$((concat!("topics/", $name, ".toml"), include_str!(concat!("../data/topics/", $name, ".toml")))),+]
    };
}

const GROUPS: [(&str, &str); 12] = topic_files![
    "cards", "payments", "app", "branches", "support", "care", "loans", "mortgage", "savings", "security",
    "business", "none",
];

/// Reads the embedded language and topics.
pub(crate) fn read() -> Result<Material, DemoError> {
    let languages = [
        language(RU, include_str!("../data/language/ru.toml"))?,
        language(EN, include_str!("../data/language/en.toml"))?,
    ];
    let mut parents = Vec::new();
    let mut leaves = Vec::new();
    for (file, text) in GROUPS {
        let group: GroupFile = toml::from_str(text).map_err(|why| DemoError::data(file, why.to_string()))?;
        let mut named = Vec::new();
        for leaf in group.leaf {
            if let (Some(code), Some(name)) = (&leaf.code, &leaf.name) {
                named.push(Topic {
                    code: code.clone(),
                    parent: group.code.clone(),
                    name: name.clone(),
                    rule: leaf.rule.clone(),
                    mood: Some(leaf.mood),
                });
            }
            leaves.push(compiled(file, leaf, &languages)?);
        }
        if let (Some(code), Some(name)) = (group.code, group.name) {
            parents.push((Topic { code, parent: None, name, rule: None, mood: None }, named));
        }
    }
    Ok(Material { parents, leaves, languages })
}

fn compiled(file: &'static str, leaf: LeafFile, languages: &[Language; 2]) -> Result<Leaf, DemoError> {
    let [ru, en] = languages;
    let words = |language: &Language, short: &[String], sentences: &[String]| {
        Ok::<_, DemoError>(LeafWords {
            short: language.lexicon.templates(file, short)?,
            sentences: language.lexicon.templates(file, sentences)?,
        })
    };
    Ok(Leaf {
        words: [words(ru, &leaf.short_ru, &leaf.ru)?, words(en, &leaf.short_en, &leaf.en)?],
        code: leaf.code,
        mood: leaf.mood,
        weight: leaf.weight,
        unit: leaf.unit,
        touchpoints: leaf.touchpoints,
        products: leaf.products,
        segments: leaf.segments,
        channels: leaf.channels,
    })
}

fn language(file: &'static str, text: &str) -> Result<Language, DemoError> {
    let read: LanguageFile = toml::from_str(text).map_err(|why| DemoError::data(file, why.to_string()))?;
    let lexicon = Lexicon::new(file, read.slots)?;
    let mut openings = BTreeMap::new();
    for (channel, texts) in read.openings {
        openings.insert(channel, lexicon.templates(file, &texts)?);
    }
    let mut feelings = BTreeMap::new();
    for (mood, texts) in read.feelings {
        let lists = [
            lexicon.templates(file, &texts.consequences)?,
            lexicon.templates(file, &texts.emotions)?,
            lexicon.templates(file, &texts.requests)?,
        ];
        feelings.insert(mood, lists);
    }
    Ok(Language {
        openings,
        feelings,
        closings: lexicon.templates(file, &read.closings)?,
        connectors: lexicon.templates(file, &read.connectors)?,
        personal: lexicon.templates(file, &read.personal)?,
        frames: read.frames,
        lexicon,
    })
}

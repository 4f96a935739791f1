//! One customer's text: opening, what happened, what it did to me, what I want, goodbye.

use rand::RngExt;

use crate::{
    draw::{Stream, chance, one_of},
    grammar::Template,
    slots::Author,
    topics::{Language, Leaf, Mood},
    typos,
};

/// The longest text, in characters; parts that would go beyond are left out.
const LONGEST: usize = 800;
/// Share of texts with personal data in them.
const PERSONAL_SHARE: f64 = 0.06;

/// How much somebody says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    Words,
    Sentence,
    Paragraph,
    Letter,
}

impl Length {
    pub const ALL: [Self; 4] = [Self::Words, Self::Sentence, Self::Paragraph, Self::Letter];

    /// The next longer one.
    pub fn longer(self) -> Self {
        match self {
            Self::Words => Self::Sentence,
            Self::Sentence => Self::Paragraph,
            Self::Paragraph | Self::Letter => Self::Letter,
        }
    }

    fn habits(self) -> Habits {
        match self {
            Self::Words => Habits {
                opening: 0.0,
                facts: 0..=0,
                consequence: 0.0,
                emotion: 0.85,
                request: 0.0,
                closing: 0.0,
            },
            Self::Sentence => Habits {
                opening: 0.5,
                facts: 1..=1,
                consequence: 0.25,
                emotion: 0.6,
                request: 0.3,
                closing: 0.08,
            },
            Self::Paragraph => Habits {
                opening: 0.55,
                facts: 1..=3,
                consequence: 0.4,
                emotion: 0.55,
                request: 0.3,
                closing: 0.08,
            },
            Self::Letter => Habits {
                opening: 0.9,
                facts: 3..=6,
                consequence: 0.85,
                emotion: 0.7,
                request: 0.75,
                closing: 0.45,
            },
        }
    }
}

/// How likely each part of a text is, and how many facts it tells.
struct Habits {
    opening: f64,
    facts: std::ops::RangeInclusive<usize>,
    consequence: f64,
    emotion: f64,
    request: f64,
    closing: f64,
}

/// What is to be said, by whom and where.
#[derive(Debug, Clone, Copy)]
pub struct Brief<'a> {
    pub language: &'a Language,
    pub author: Author<'a>,
    pub leaf: &'a Leaf,
    /// A second topic in the same breath.
    pub second: Option<&'a Leaf>,
    pub channel: &'a str,
    pub length: Length,
    pub haste: f64,
}

/// The text of an item.
pub fn text(brief: &Brief<'_>, rng: &mut Stream) -> String {
    let mut draft = Draft { brief, rng, out: String::new() };
    draft.write();
    let mut text = typos::tidied(&draft.out);
    if brief.leaf.mood == Mood::Pain && chance(rng, 0.015) {
        text = typos::shouted(&text, rng);
    } else {
        text = typos::hurried(text, brief.haste, rng);
    }
    framed(brief, text, rng)
}

/// A title of a few words about the same.
pub fn title(brief: &Brief<'_>, rng: &mut Stream) -> Option<String> {
    let mut draft = Draft { brief, rng, out: String::new() };
    draft.few_words();
    let title = typos::tidied(&draft.out);
    let title = title.trim_end_matches('.');
    (!title.is_empty()).then(|| title.to_owned())
}

/// The words of `leaf` in the author's language.
fn words<'a>(brief: &Brief<'a>, leaf: &'a Leaf) -> &'a crate::topics::LeafWords {
    &leaf.words[usize::from(brief.author.english)]
}

struct Draft<'a, 'b> {
    brief: &'b Brief<'a>,
    rng: &'b mut Stream,
    out: String,
}

impl Draft<'_, '_> {
    fn few_words(&mut self) {
        let Brief { leaf, .. } = self.brief;
        self.one(&words(self.brief, leaf).short);
    }

    fn write(&mut self) {
        let Brief { language, leaf, length, .. } = *self.brief;
        let habits = length.habits();
        let [consequences, emotions, requests] = match language.feelings.get(&leaf.mood) {
            Some(feelings) => feelings,
            None => return self.few_words(),
        };
        self.maybe(habits.opening, language.openings.get(self.brief.channel).map_or(&[][..], Vec::as_slice));
        let early = chance(self.rng, 0.15);
        if early {
            self.maybe(habits.emotion, emotions);
        }
        match self.rng.random_range(habits.facts) {
            0 => self.few_words(),
            facts => self.facts(facts),
        }
        self.maybe(habits.consequence, consequences);
        self.second_topic();
        if !early {
            self.maybe(habits.emotion, emotions);
        }
        self.maybe(if length == Length::Words { 0.0 } else { PERSONAL_SHARE }, &language.personal);
        self.maybe(habits.request, requests);
        self.maybe(habits.closing, &language.closings);
    }

    /// Different sentences about the leaf.
    fn facts(&mut self, count: usize) {
        let sentences = &words(self.brief, self.brief.leaf).sentences;
        let mut said = Vec::new();
        for _ in 0..count * 4 {
            let at = self.rng.random_range(0..sentences.len().max(1));
            if said.len() < count && !said.contains(&at) {
                said.push(at);
            }
        }
        for template in said.into_iter().filter_map(|at| sentences.get(at)) {
            self.say(template);
        }
    }

    fn second_topic(&mut self) {
        if let Some(second) = self.brief.second {
            let connector = if second.mood == self.brief.leaf.mood { 0.8 } else { 0.0 };
            self.maybe(connector, &self.brief.language.connectors);
            self.one(&words(self.brief, second).sentences);
        }
    }

    fn maybe(&mut self, share: f64, templates: &[Template]) {
        if chance(self.rng, share) {
            self.one(templates);
        }
    }

    fn one(&mut self, templates: &[Template]) {
        if let Some(template) = one_of(self.rng, templates) {
            self.say(template);
        }
    }

    /// Appends what the template says, unless the text would become too long.
    fn say(&mut self, template: &Template) {
        let mut said = String::new();
        self.brief.language.lexicon.say(template, &self.brief.author, self.rng, &mut said);
        if self.out.is_empty() {
            self.out = said;
        } else if self.out.chars().count() + said.chars().count() < LONGEST {
            self.out.push(' ');
            let goes_on = !self.out.trim_end().ends_with(['.', '!', '?', ':', '…']);
            self.out.push_str(&if goes_on { uncapitalised(&said) } else { said });
        }
    }
}

/// The words as they stand in the middle of a sentence: «Карта» → «карта», but «СМС» and «I» as they are.
fn uncapitalised(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(next)) if next.is_lowercase() => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}

/// What an employee, a researcher or a report puts around the customer's words.
fn framed(brief: &Brief<'_>, text: String, rng: &mut Stream) -> String {
    match brief.language.frames.get(brief.channel).and_then(|frames| one_of(rng, frames)) {
        Some([before, after]) => format!("{before}{text}{after}"),
        None => text,
    }
}

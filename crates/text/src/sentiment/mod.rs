//! Sentiment of a text, and toward a topic in it (T3).
//!
//! The shipped model was learnt from rated reviews in Russian and English: `models/MODEL_CARD.md` says from which, and
//! how good it is. A company's own labels adapt it. Irony is not understood.

mod features;
pub(crate) mod lexicon;
mod model;
mod weights;

pub use model::SentimentModel;

use crate::embed::{self, Vector};
use crate::tokens::Tokens;
use features::Features;
use lexicon::Sense;
use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

/// The model in the binary; a test reads it, so that it is whole.
static SHIPPED: LazyLock<SentimentModel> =
    LazyLock::new(|| SentimentModel::read(SHIPPED_BYTES, Cow::Borrowed).expect("the shipped model is whole"));

static SHIPPED_BYTES: &[u8] = include_bytes!("../../models/sentiment.bin");

/// Words that explain a sentiment, at most.
const REASONS: usize = 3;

/// Does a text complain or praise?
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Polarity {
    /// It complains.
    Negative,
    /// Neither, or both alike.
    Neutral,
    /// It praises.
    Positive,
}

impl Polarity {
    /// −1, 0 or 1.
    pub fn value(self) -> i8 {
        match self {
            Self::Negative => -1,
            Self::Neutral => 0,
            Self::Positive => 1,
        }
    }
}

/// A text whose sentiment is known.
#[derive(Clone, Copy, Debug)]
pub struct RatedText<'a> {
    /// What the customer wrote.
    pub text: &'a str,
    /// What it is.
    pub polarity: Polarity,
    /// How much it counts: 1 for most.
    pub counts: f32,
}

/// The sentiment of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentiment {
    /// The likeliest polarity.
    pub polarity: Polarity,
    /// Probability of praise less that of complaint, from −1 to 1.
    pub score: f32,
    /// Probability that the polarity is right, from 0 to 1.
    pub confidence: f32,
    /// Bytes of the words that weighed most for it, in the order of the text.
    pub reasons: Vec<Range<usize>>,
}

/// The sentiment of `text` by the shipped model.
///
/// `sentiment("Отличный банк, спасибо!")` is positive with a score near 1.
pub fn sentiment(text: &str) -> Sentiment {
    SentimentModel::shipped().sentiment(text)
}

/// What of a text speaks of some words, to be judged apart from the rest.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    text: String,
    /// It has words of praise or complaint of its own.
    speaks: bool,
}

impl Clause {
    /// The clauses of `text` in which the words at the bytes `words` stand; `None` where that is all of it, or nothing.
    pub fn about(text: &str, tokens: &Tokens, words: &[Range<usize>]) -> Option<Self> {
        let senses = lexicon::read_senses(text, tokens);
        let named =
            |span: &Range<usize>| words.iter().any(|word| word.start < span.end && span.start < word.end);
        let clauses: Vec<u32> = tokens
            .iter()
            .zip(&senses)
            .filter(|(token, _)| named(&token.span))
            .map(|(_, sense)| sense.clause)
            .collect();
        let inside = |sense: &Sense| clauses.contains(&sense.clause);
        if clauses.is_empty() || senses.iter().all(inside) {
            return None;
        }
        let speaks = senses.iter().any(|sense| inside(sense) && sense.polarity() != 0);
        Some(Self { text: clause_text(text, tokens, &senses, inside), speaks })
    }

    /// The text to make a vector of.
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl SentimentModel {
    /// The model that every copy of the program has.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// The sentiment of `text`.
    pub fn sentiment(&self, text: &str) -> Sentiment {
        self.sentiment_at(text, &Tokens::new(text), &embed::embed(text))
    }

    /// [`SentimentModel::sentiment`] of a text whose words and vector are known.
    pub fn sentiment_at(&self, text: &str, tokens: &Tokens, vector: &Vector) -> Sentiment {
        self.judge(tokens, &lexicon::read_senses(text, tokens), vector)
    }

    /// The sentiment toward what the words at the bytes `words` name: that of their clauses.
    ///
    /// Clauses part at full stops, at contrasts («но», "but") and at commas between opinions. A text of one clause has
    /// one sentiment, and so have words that are not in the text.
    ///
    /// «Сотрудники вежливые, но очередь ужасная» is positive toward «Сотрудники», negative toward «очередь».
    pub fn sentiment_toward(&self, text: &str, words: &[Range<usize>]) -> Sentiment {
        let tokens = Tokens::new(text);
        let whole = self.sentiment_at(text, &tokens, &embed::embed(text));
        match Clause::about(text, &tokens, words) {
            Some(clause) => self.sentiment_of_clause(&clause, &embed::embed(clause.text()), &whole),
            None => whole,
        }
    }

    /// [`SentimentModel::sentiment_toward`] what a clause of a text is about, from the vector of the clause and the
    /// sentiment of the whole text.
    pub fn sentiment_of_clause(&self, clause: &Clause, vector: &Vector, whole: &Sentiment) -> Sentiment {
        let tokens = Tokens::new(&clause.text);
        let own = self.judge(&tokens, &lexicon::read_senses(&clause.text, &tokens), vector);
        if clause.speaks { own } else { own.blended(whole.clone()) }
    }

    fn judge(&self, tokens: &Tokens, senses: &[Sense], vector: &Vector) -> Sentiment {
        if tokens.is_empty() {
            return Sentiment {
                polarity: Polarity::Neutral,
                score: 0.0,
                confidence: 1.0,
                reasons: Vec::new(),
            };
        }
        let features = Features::new(tokens, senses, vector);
        let probabilities = self.probabilities(&features);
        let mut sentiment = Sentiment::of(probabilities[2] - probabilities[0], probabilities);
        sentiment.reasons = self.reasons(tokens, senses, &features, sentiment.score);
        sentiment
    }

    /// Bytes of the words that speak most for praise, where `score` is above 0, or for complaint.
    fn reasons(
        &self,
        tokens: &Tokens,
        senses: &[Sense],
        features: &Features,
        score: f32,
    ) -> Vec<Range<usize>> {
        let sign = if score > 0.0 { 1.0 } else { -1.0 };
        let plain = |sense: &Sense| if sense.polarity() as f32 * sign > 0.0 { PLAIN_WORD } else { 0.0 };
        let mut shares: Vec<f32> = senses.iter().map(plain).collect();
        features::for_each(tokens, senses, |bucket, words| {
            let Ok(at) = features.sparse.binary_search_by_key(&bucket, |(own, _)| *own) else { return };
            let row = self.row(bucket);
            let share = sign * (row[2] - row[0]) * features.sparse[at].1 / words.len() as f32;
            words.for_each(|word| shares[word] += share);
        });
        let most = shares.iter().copied().fold(0.0, f32::max);
        let mut words: Vec<usize> = (0..shares.len()).filter(|word| shares[*word] > most / 3.0).collect();
        words.sort_by(|a, b| shares[*b].total_cmp(&shares[*a]));
        words.truncate(REASONS);
        words.sort_unstable();
        words.into_iter().map(|word| tokens.span(word)).collect()
    }
}

/// How much a word that praises or complains by itself weighs among the reasons.
const PLAIN_WORD: f32 = 0.5;

impl Sentiment {
    fn of(score: f32, [negative, neutral, positive]: [f32; 3]) -> Self {
        let (polarity, confidence) = match () {
            () if negative >= neutral && negative >= positive => (Polarity::Negative, negative),
            () if positive >= neutral => (Polarity::Positive, positive),
            () => (Polarity::Neutral, neutral),
        };
        Self { polarity, score, confidence, reasons: Vec::new() }
    }

    /// Of a clause without an opinion of its own words: the whole text counts as much.
    fn blended(mut self, whole: Self) -> Self {
        self.score = (self.score + whole.score) / 2.0;
        if whole.confidence > self.confidence {
            (self.polarity, self.reasons) = (whole.polarity, whole.reasons);
        }
        self.confidence = (self.confidence + whole.confidence) / 2.0;
        self
    }
}

/// The text with spaces in place of all but the clauses that are `inside`: words keep their places.
fn clause_text(text: &str, tokens: &Tokens, senses: &[Sense], inside: impl Fn(&Sense) -> bool) -> String {
    let mut part = String::with_capacity(text.len());
    let mut open = false;
    for (token, sense) in tokens.iter().zip(senses) {
        let from = if open && inside(sense) { part.len() } else { token.span.start };
        part.extend(std::iter::repeat_n(' ', from - part.len()));
        open = inside(sense);
        if open {
            part.push_str(&text[from..token.span.end]);
        }
    }
    part
}

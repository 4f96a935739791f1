//! Reading texts: what they are about, how they sound, what they call attention to.

use std::sync::Arc;

use otklik_text::{Clause, Sentiment, SentimentModel, Tokens, Vector, embed_all, signals_at};
use otklik_voice::feedback::{Feedback, FoundLabel};
use otklik_voice::labels::{Part, Span};
use otklik_voice::sentiment::{Mood, Tone};
use otklik_voice::signals::FoundSignal;

use crate::App;
use crate::classify::TopicRules;
use crate::learn::LearnedTopics;

/// Texts whose vectors are made together: one by one takes twice as long.
pub const TOGETHER: usize = 32;

/// A text made ready: title and text joined, so that a rule can find words in both.
pub struct Readable {
    pub text: String,
    pub tokens: Tokens,
    title_bytes: usize,
}

/// Reads with the rules and models of one moment.
pub struct TextReader {
    rules: Arc<TopicRules>,
    learned: Arc<LearnedTopics>,
}

/// What a text told.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Told {
    pub labels: Vec<FoundLabel>,
    /// Nothing where the language is not one that the models have learnt, or no word was said.
    pub mood: Option<Mood>,
    pub signals: Vec<FoundSignal>,
}

impl Readable {
    pub fn new(title: Option<&str>, text: Option<&str>) -> Self {
        let (title, text) = (title.unwrap_or_default(), text.unwrap_or_default());
        let joined = format!("{title}\n{text}");
        Self { tokens: Tokens::new(&joined), text: joined, title_bytes: title.len() }
    }

    /// The bytes `range` of the joined text, as a place in title or text.
    pub fn span(&self, range: &std::ops::Range<usize>) -> Span {
        let to_u32 = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX);
        let (part, from) = if range.start < self.title_bytes {
            (Part::Title, 0)
        } else {
            (Part::Text, self.title_bytes + 1)
        };
        Span { part, start: to_u32(range.start - from), end: to_u32(range.end - from) }
    }

    /// The places of several ranges.
    pub fn spans(&self, ranges: &[std::ops::Range<usize>]) -> Vec<Span> {
        ranges.iter().map(|range| self.span(range)).collect()
    }

    /// What of it speaks of the words at these places, where that is a part of it.
    fn clause(&self, spans: &[Span]) -> Option<Clause> {
        let words: Vec<_> = spans.iter().map(|span| self.range(span)).collect();
        Clause::about(&self.text, &self.tokens, &words)
    }

    /// The bytes of the joined text at a place.
    fn range(&self, span: &Span) -> std::ops::Range<usize> {
        let from = if span.part == Part::Title { 0 } else { self.title_bytes + 1 };
        from + span.start as usize..from + span.end as usize
    }
}

/// Are there models for a language?
pub fn is_understood(language: &str) -> bool {
    matches!(language, "ru" | "en")
}

impl TextReader {
    pub fn new(app: &App) -> Self {
        Self { rules: app.rules.load_full(), learned: app.learned.load_full() }
    }

    /// Reads texts, each with its language. Clauses that are judged apart get their vectors together too.
    pub fn read_all(&self, texts: &[(&Readable, &str)]) -> Vec<Told> {
        let vectors = vectors(texts.iter().map(|(readable, _)| *readable));
        let mut apart = Vec::new();
        let mut told = Vec::with_capacity(texts.len());
        for (place, ((readable, language), vector)) in texts.iter().zip(&vectors).enumerate() {
            let (one, clauses) = self.read(readable, language, vector);
            apart.extend(clauses.into_iter().map(|clause| (place, clause)));
            told.push(one);
        }
        let (places, abouts): (Vec<usize>, Vec<About>) = apart.into_iter().unzip();
        for ((place, about), tone) in places.iter().zip(&abouts).zip(tones(&abouts)) {
            told[*place].labels[about.label].sentiment = Some(tone);
        }
        told
    }

    /// What a text tells, but for the labels whose clauses are to be judged apart.
    fn read(&self, readable: &Readable, language: &str, vector: &Vector) -> (Told, Vec<About>) {
        let mut labels = self.rules.find(readable);
        let learnt = self.learned.find(readable, vector).into_iter();
        let learnt = learnt.filter(|own| labels.iter().all(|label| label.topic_id != own.topic_id));
        labels.extend(learnt.collect::<Vec<_>>());
        if !is_understood(language) || readable.tokens.is_empty() {
            return (Told { labels, ..Told::default() }, Vec::new());
        }
        let whole = SentimentModel::shipped().sentiment_at(&readable.text, &readable.tokens, vector);
        let apart = toward(readable, &whole, &mut labels);
        let signals = signals_at(&readable.text, &readable.tokens).into_iter();
        let signals = signals
            .map(|signal| FoundSignal { kind: signal.kind.into(), spans: readable.spans(&signal.reasons) });
        (Told { labels, mood: Some(mood(&whole)), signals: signals.collect() }, apart)
    }
}

/// A label whose clause is judged apart, in a text of this sentiment.
pub struct About {
    /// Its place among the labels of the text.
    pub label: usize,
    clause: Clause,
    whole: Sentiment,
}

/// Gives labels the sentiment of their text; those that speak of a part of it are to be judged apart.
pub fn toward(readable: &Readable, whole: &Sentiment, labels: &mut [FoundLabel]) -> Vec<About> {
    let mut apart = Vec::new();
    for (place, label) in labels.iter_mut().enumerate() {
        label.sentiment = Some(whole.polarity.into());
        let clause = readable.clause(&label.spans);
        apart.extend(clause.map(|clause| About { label: place, clause, whole: whole.clone() }));
    }
    apart
}

/// The sentiment toward each, their vectors made together: one by one takes twice as long.
pub fn tones(apart: &[About]) -> Vec<Tone> {
    let vectors = embed_all(&apart.iter().map(|about| about.clause.text()).collect::<Vec<_>>());
    let model = SentimentModel::shipped();
    let tone = |(about, vector): (&About, &Vector)| {
        model.sentiment_of_clause(&about.clause, vector, &about.whole).polarity.into()
    };
    apart.iter().zip(&vectors).map(tone).collect()
}

/// The vectors of texts, in their order.
pub fn vectors<'a>(texts: impl Iterator<Item = &'a Readable>) -> Vec<Vector> {
    embed_all(&texts.map(|readable| readable.text.as_str()).collect::<Vec<_>>())
}

/// The sentiment of an item by the model, with the words that weighed most.
pub fn read_sentiment(item: &Feedback) -> Option<(Mood, Vec<Span>)> {
    let readable = Readable::new(item.title.as_deref(), item.text.as_deref());
    if !is_understood(&item.language) || readable.tokens.is_empty() {
        return None;
    }
    let sentiment = SentimentModel::shipped().sentiment(&readable.text);
    Some((mood(&sentiment), readable.spans(&sentiment.reasons)))
}

fn mood(sentiment: &Sentiment) -> Mood {
    // Thousandths are more than the model knows, and shorter to keep.
    let score = (f64::from(sentiment.score) * 1_000.0).round() / 1_000.0;
    Mood { tone: sentiment.polarity.into(), score }
}

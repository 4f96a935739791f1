//! Which items to ask people about: those that teach the model most, and some drawn by chance, by which it is judged.

use otklik_facts::{Dimension, Facts, Filter, Selection};
use otklik_platform::Scope;
use otklik_store::ids::TopicId;
use otklik_text::Vector;
use otklik_voice::feedback::{self, Feedback, TextRow};
use otklik_voice::labels::Span;
use otklik_voice::learning::{self, Stratum};
use otklik_voice::topics;
use rustc_hash::FxHashSet;
use serde::Serialize;

use super::LearnedTopics;
use super::examples::{centre, dot};
use crate::questions::scope_filter;
use crate::reading::{Readable, vectors};
use crate::{App, AppError};

/// Items of one round of questions, and why each is asked about: most teach, two of each kind are drawn by chance.
const ROUND: [Stratum; 10] = {
    use Stratum::{Close, Given, Rest};
    [Close, Given, Close, Rest, Close, Close, Given, Close, Rest, Close]
};

/// Places from which items are taken to be weighed, and how many from each.
const PLACES: u64 = 12;
const FROM_EACH: usize = 50;

/// Draws of an item by chance before giving up: most items may be answered already.
const DRAWS: u64 = 40;

/// Items more alike than this ask the same.
const ALIKE: f32 = 0.85;

/// Is this item about the topic?
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct LabelQuestion {
    pub item: Feedback,
    pub stratum: Stratum,
    /// How sure the model is that it is, from 0 to 1; absent before anything was learnt.
    pub confidence: Option<f64>,
    /// The words that speak for it.
    pub spans: Vec<Span>,
}

/// An item that may be asked about.
struct Candidate {
    number: i64,
    vector: Vector,
    /// The smaller, the more it teaches.
    rank: f32,
}

impl App {
    /// The next items to ask about, of those that one may label. The same until one of them is answered.
    pub async fn list_topic_questions(
        &self,
        scope: &Scope,
        topic: &TopicId,
    ) -> Result<Vec<LabelQuestion>, AppError> {
        topics::load_topic(&self.store, topic).await?;
        let answered = learning::load_answered(&self.store, topic).await?;
        let (facts, scope) = (self.facts(), scope_filter(scope));
        let has = Filter::any_of(Dimension::Topic, [topic.as_str()]);
        let seed = seed(topic, answered.len());
        let drawing = tokio::task::spawn_blocking(move || {
            let mut taken = answered;
            let given = draw(&facts, &scope.clone().and(has.clone()), seed, 2, &mut taken)?;
            let rest = draw(&facts, &scope.clone().and(has.negate()), seed ^ 1, 2, &mut taken)?;
            let pool = pool(&facts, &scope, seed ^ 2, &taken)?;
            Ok::<_, AppError>((given, rest, pool))
        });
        let (given, rest, pool) = drawing.await??;
        let wanted = ROUND.iter().filter(|stratum| **stratum == Stratum::Close).count();
        let close = self.most_telling(topic, &pool, wanted).await?;
        let (mut given, mut rest, mut close) = (given.into_iter(), rest.into_iter(), close.into_iter());
        let asked = ROUND.iter().filter_map(|stratum| {
            let next = match stratum {
                Stratum::Given => given.next(),
                Stratum::Rest => rest.next(),
                Stratum::Close => close.next(),
            };
            Some((next?, *stratum))
        });
        self.questions(topic, asked.collect()).await
    }

    async fn questions(
        &self,
        topic: &TopicId,
        asked: Vec<(i64, Stratum)>,
    ) -> Result<Vec<LabelQuestion>, AppError> {
        let numbers: Vec<i64> = asked.iter().map(|(number, _)| *number).collect();
        let items = feedback::load_feedback(&self.store, &numbers).await?;
        let learned = LearnedTopics::clone(&self.learned.load()).only(topic);
        let mut questions = Vec::with_capacity(items.len());
        for item in items {
            let readable = Readable::new(item.title.as_deref(), item.text.as_deref());
            let vector = otklik_text::embed(&readable.text);
            let stratum = asked.iter().find(|(number, _)| *number == item.number);
            let known = item.labels.iter().find(|label| label.topic_id == *topic);
            let spans = match known {
                Some(label) => label.spans.clone(),
                None => learned.find(&readable, &vector).pop().map(|label| label.spans).unwrap_or_default(),
            };
            questions.push(LabelQuestion {
                stratum: stratum.map_or(Stratum::Close, |(_, stratum)| *stratum),
                confidence: learned.confidence(topic, &readable, &vector).map(f64::from),
                spans,
                item,
            });
        }
        Ok(questions)
    }

    /// Of these items those whose answers would teach most: the model is least sure of them; before it knows anything,
    /// those most like the topic's name and its first labels. No two alike.
    async fn most_telling(&self, topic: &TopicId, pool: &[i64], wanted: usize) -> Result<Vec<i64>, AppError> {
        let rows = feedback::load_texts_of(&self.store, pool).await?;
        let learned = self.learned.load_full();
        let looked_for = if learned.knows(topic) { None } else { self.centre_of(topic).await? };
        let topic = topic.clone();
        let choosing = tokio::task::spawn_blocking(move || {
            let ready: Vec<(i64, Readable)> = rows.iter().map(readable).collect();
            let ready: Vec<_> =
                ready.into_iter().filter(|(_, readable)| !readable.tokens.is_empty()).collect();
            let vectors = vectors(ready.iter().map(|(_, readable)| readable));
            let threshold = learned.threshold(&topic).unwrap_or(0.5);
            let rank = |readable: &Readable, vector: &Vector| match &looked_for {
                Some(centre) => -dot(centre, vector),
                None => learned.confidence(&topic, readable, vector).map_or(1.0, |p| (p - threshold).abs()),
            };
            let mut candidates: Vec<Candidate> = ready
                .iter()
                .zip(vectors)
                .map(|((number, text), vector)| Candidate {
                    number: *number,
                    rank: rank(text, &vector),
                    vector,
                })
                .collect();
            candidates.sort_by(|a, b| a.rank.total_cmp(&b.rank));
            unlike(&candidates, wanted)
        });
        Ok(choosing.await?)
    }

    /// What items of a topic are like, as far as its names and what people labelled tell.
    async fn centre_of(&self, topic: &TopicId) -> Result<Option<Vector>, AppError> {
        let named = topics::load_topic(&self.store, topic).await?;
        let said = learning::load_said(&self.store, 1_000).await?;
        let yes = said.into_iter().filter(|(_, of, applies)| of == topic && *applies);
        let numbers: Vec<i64> = yes.map(|(number, ..)| number).collect();
        let mut texts = vec![named.name_ru, named.name_en];
        for row in feedback::load_texts_of(&self.store, &numbers).await? {
            texts.push(Readable::new(row.title.as_deref(), row.text.as_deref()).text);
        }
        let vectors = otklik_text::embed_all(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        Ok(centre(vectors.iter()))
    }
}

fn readable(row: &TextRow) -> (i64, Readable) {
    (row.number, Readable::new(row.title.as_deref(), row.text.as_deref()))
}

/// The first candidates no two of which are alike.
fn unlike(candidates: &[Candidate], wanted: usize) -> Vec<i64> {
    let mut chosen: Vec<&Candidate> = Vec::new();
    for candidate in candidates {
        if chosen.len() == wanted {
            break;
        }
        if chosen.iter().all(|other| dot(&other.vector, &candidate.vector) < ALIKE) {
            chosen.push(candidate);
        }
    }
    chosen.into_iter().map(|candidate| candidate.number).collect()
}

/// Items that match, drawn by chance, none that is taken.
fn draw(
    facts: &Facts,
    filter: &Filter,
    seed: u64,
    wanted: usize,
    taken: &mut FxHashSet<i64>,
) -> Result<Vec<i64>, AppError> {
    let total = facts.select(filter, None, Selection::default())?.total;
    let mut drawn = Vec::new();
    for attempt in (0..DRAWS).take_while(|_| total > 0) {
        let offset = usize::try_from(mixed(seed, attempt) % total).unwrap_or(0);
        let page = facts.select(filter, None, Selection { limit: 1, offset, ..Selection::default() })?;
        drawn.extend(page.numbers.into_iter().map(i64::from).filter(|number| taken.insert(*number)));
        if drawn.len() == wanted {
            break;
        }
    }
    Ok(drawn)
}

/// Items from several places of the stream, ascending.
fn pool(facts: &Facts, scope: &Filter, seed: u64, taken: &FxHashSet<i64>) -> Result<Vec<i64>, AppError> {
    let total = facts.select(scope, None, Selection::default())?.total;
    let mut pool = std::collections::BTreeSet::new();
    for place in 0..PLACES {
        let offset = usize::try_from(mixed(seed, place) % total.max(1)).unwrap_or(0);
        let page = Selection { limit: FROM_EACH, offset, ..Selection::default() };
        pool.extend(facts.select(scope, None, page)?.numbers.into_iter().map(i64::from));
    }
    Ok(pool.into_iter().filter(|number| !taken.contains(number)).collect())
}

/// The same for the same topic and as many answers: who loads the page again is asked the same.
fn seed(topic: &TopicId, answered: usize) -> u64 {
    let bytes = topic.as_str().bytes();
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    hash ^ (answered as u64) << 2
}

/// A number that looks drawn (SplitMix64).
fn mixed(seed: u64, step: u64) -> u64 {
    let mut z = seed.wrapping_add((step + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ z >> 31
}

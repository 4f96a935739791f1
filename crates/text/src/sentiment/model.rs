//! The model: a dense and a hashed part whose probabilities are averaged, and what they are worth.

use super::features::{DENSE, Features, ROWS};
use super::weights::{self, CLASSES, Descent, Row, softmax};
use super::{Polarity, RatedText, lexicon};
use crate::archive::{self, Archive, Kind, ModelError};
use crate::tokens::Tokens;
use std::borrow::Cow;

const KIND: Kind = *b"mood\0\0\0\0";

/// Parts that rated texts are dealt into; the model of all but one says what probabilities are worth.
const FOLDS: usize = 5;

const DENSE_DESCENT: Descent = Descent { rounds: 12, step: 0.08, pull: 1e-4 };
const HASHED_DESCENT: Descent = Descent { rounds: 3, step: 0.2, pull: 1e-5 };

/// How much a phrase of the word list counts beside a review.
const PHRASE: f32 = 0.3;

/// A company's own labels count so much more than the pull to the shipped weights allows a text at a time.
const ADAPT: Descent = Descent { rounds: 8, step: 0.03, pull: 2e-3 };

/// Sentiment learnt from rated texts.
#[derive(Clone)]
pub struct SentimentModel {
    pub(super) dense: Vec<Row>,
    /// A byte for each class of each bucket.
    hashed: Cow<'static, [u8]>,
    /// What a byte of 1 stands for.
    scale: f32,
    /// Scores are multiplied by this before they become probabilities.
    sharpness: f32,
}

impl SentimentModel {
    /// Learns from rated texts, and from what the words of its list say by themselves. Deterministic.
    pub fn learn(texts: &[RatedText<'_>]) -> Self {
        let phrases = lexicon::phrases();
        let own = phrases.iter().map(|(text, praise)| RatedText {
            text,
            polarity: if *praise { Polarity::Positive } else { Polarity::Negative },
            counts: PHRASE,
        });
        let (features, classes) = read(&texts.iter().copied().chain(own).collect::<Vec<_>>());
        let mut model = Self::of(&features, &classes, &|_| true);
        let held_out = Self::of(&features, &classes, &|number| number % FOLDS != 0);
        let out: Vec<usize> = (0..texts.len()).step_by(FOLDS).collect();
        model.sharpness = held_out.sharpest(&features, &classes, &out);
        model
    }

    fn of(features: &[Features], classes: &[(usize, f32)], learns: &dyn Fn(usize) -> bool) -> Self {
        let numbers: Vec<usize> = (0..features.len()).filter(|number| learns(*number)).collect();
        let classes: Vec<(usize, f32)> = numbers.iter().map(|number| classes[*number]).collect();
        let dense = weights::descend(&vec![[0.0; CLASSES]; DENSE], &classes, DENSE_DESCENT, |at| {
            features[numbers[at]].dense_values()
        });
        let hashed = weights::descend(&vec![[0.0; CLASSES]; ROWS], &classes, HASHED_DESCENT, |at| {
            features[numbers[at]].sparse_values()
        });
        let (hashed, scale) = to_bytes(&hashed);
        Self { dense, hashed: Cow::Owned(hashed), scale, sharpness: 1.0 }
    }

    /// This model after a company's own labels: each of them pulls, the weights learnt before hold.
    #[must_use]
    pub fn adapt(&self, texts: &[RatedText<'_>]) -> Self {
        let (features, classes) = read(texts);
        let dense = weights::descend(&self.dense, &classes, ADAPT, |at| features[at].dense_values());
        let hashed =
            weights::descend(&self.hashed_rows(), &classes, ADAPT, |at| features[at].sparse_values());
        let (hashed, scale) = to_bytes(&hashed);
        Self { dense, hashed: Cow::Owned(hashed), scale, sharpness: self.sharpness }
    }

    /// Probabilities of complaint, neither, praise.
    pub(super) fn probabilities(&self, features: &Features) -> Row {
        softmax(self.scores(features).map(|score| score * self.sharpness))
    }

    fn scores(&self, features: &Features) -> Row {
        let dense = weights::scores(&self.dense, features.dense_values());
        let mut hashed = [0.0; CLASSES];
        for (bucket, value) in &features.sparse {
            let weights = self.row(*bucket);
            hashed.iter_mut().zip(weights).for_each(|(score, weight)| *score += value * weight);
        }
        let (dense, hashed) = (softmax(dense), softmax(hashed));
        std::array::from_fn(|class| (dense[class].max(1e-6).ln() + hashed[class].max(1e-6).ln()) / 2.0)
    }

    /// Weights of a bucket.
    pub(super) fn row(&self, bucket: u32) -> Row {
        let at = bucket as usize * CLASSES;
        std::array::from_fn(|class| f32::from(self.hashed[at + class].cast_signed()) * self.scale)
    }

    fn hashed_rows(&self) -> Vec<Row> {
        (0..ROWS as u32).map(|bucket| self.row(bucket)).collect()
    }

    /// The factor of scores that makes the held-out texts' classes likeliest.
    fn sharpest(&self, features: &[Features], classes: &[(usize, f32)], out: &[usize]) -> f32 {
        let scores: Vec<Row> = out.iter().map(|number| self.scores(&features[*number])).collect();
        let loss = |factor: f32| -> f64 {
            let item = |(number, scores): (&usize, &Row)| {
                -f64::from(softmax(scores.map(|score| score * factor))[classes[*number].0].max(1e-9)).ln()
            };
            out.iter().zip(&scores).map(item).sum()
        };
        let factors = (2..60).map(|tenths| tenths as f32 / 10.0);
        factors.min_by(|a, b| loss(*a).total_cmp(&loss(*b))).unwrap_or(1.0)
    }

    /// The model as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let floats =
            |numbers: &[f32]| numbers.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>();
        let sections = [
            (*b"sett", floats(&[self.scale, self.sharpness])),
            (*b"dens", floats(self.dense.as_flattened())),
            (*b"hash", self.hashed.to_vec()),
        ];
        archive::write(KIND, &sections)
    }

    /// Reads what [`SentimentModel::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut model = Self::read(bytes, |hashed| Cow::Owned(hashed.to_vec()))?;
        model.dense.shrink_to_fit();
        Ok(model)
    }

    pub(super) fn read<'a>(
        bytes: &'a [u8],
        keep: impl Fn(&'a [u8]) -> Cow<'static, [u8]>,
    ) -> Result<Self, ModelError> {
        let archive = Archive::read(bytes, KIND)?;
        let [scale, sharpness] = archive.floats(b"sett")?[..] else { return Err(ModelError::Damaged) };
        let dense = archive.floats(b"dens")?.as_chunks().0.to_vec();
        let hashed = keep(archive.section(b"hash")?);
        let whole = dense.len() == DENSE && hashed.len() == ROWS * CLASSES;
        if whole { Ok(Self { dense, hashed, scale, sharpness }) } else { Err(ModelError::Damaged) }
    }
}

/// Numbers of the texts, and for each its class and how much it counts.
fn read(texts: &[RatedText<'_>]) -> (Vec<Features>, Vec<(usize, f32)>) {
    let vectors = crate::embed_all(&texts.iter().map(|rated| rated.text).collect::<Vec<_>>());
    let features = texts.iter().zip(&vectors).map(|(rated, vector)| {
        let tokens = Tokens::new(rated.text);
        Features::new(&tokens, &lexicon::read_senses(rated.text, &tokens), vector)
    });
    let class = |polarity| match polarity {
        Polarity::Negative => 0,
        Polarity::Neutral => 1,
        Polarity::Positive => 2,
    };
    (features.collect(), texts.iter().map(|rated| (class(rated.polarity), rated.counts)).collect())
}

fn to_bytes(rows: &[Row]) -> (Vec<u8>, f32) {
    let largest = rows.as_flattened().iter().fold(1e-6_f32, |largest, weight| largest.max(weight.abs()));
    let scale = largest / 127.0;
    let byte = |weight: &f32| ((weight / scale).round() as i8).cast_unsigned();
    (rows.as_flattened().iter().map(byte).collect(), scale)
}

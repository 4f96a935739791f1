//! Topic models as bytes, to be kept and exported.

use super::calibrate::Settings;
use super::example::Vocabulary;
use super::model::TopicModel;
use crate::archive::{self, Archive, Kind, ModelError};
use crate::embed::DIMENSIONS;

const KIND: Kind = *b"topics\0\0";

/// Numbers of `sett` before the thresholds.
const SETTINGS: usize = 3;

impl TopicModel {
    /// The model as bytes; how it names its topics is the caller's affair.
    pub fn to_bytes(&self) -> Vec<u8> {
        let settings = &self.settings;
        let first = [settings.weight, settings.sharpness, settings.slope];
        let floats =
            |numbers: &[f32]| numbers.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>();
        let buckets = self.vocabulary.buckets.iter().flat_map(|bucket| bucket.to_le_bytes()).collect();
        let sections = [
            (*b"sett", floats(&[&first, &settings.offsets[..], &settings.thresholds[..]].concat())),
            (*b"bckt", buckets),
            (*b"idf ", floats(&self.vocabulary.idf)),
            (*b"scal", floats(&self.scales)),
            (*b"wght", self.weights.iter().map(|weight| weight.cast_unsigned()).collect()),
        ];
        archive::write(KIND, &sections)
    }

    /// Reads what [`TopicModel::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let archive = Archive::read(bytes, KIND)?;
        let numbers = archive.floats(b"sett")?;
        let (first, each) = numbers.split_first_chunk::<SETTINGS>().ok_or(ModelError::Damaged)?;
        let [weight, sharpness, slope] = *first;
        let topics = each.len() / 2;
        let (offsets, thresholds) = each.split_at(topics);
        let (offsets, thresholds) = (offsets.to_vec(), thresholds.to_vec());
        let settings = Settings { weight, sharpness, slope, offsets, thresholds };
        let vocabulary = Vocabulary::new(archive.counts(b"bckt")?, archive.floats(b"idf ")?);
        let weights: Vec<i8> = archive.section(b"wght")?.iter().map(|byte| byte.cast_signed()).collect();
        let model = Self { settings, topics, vocabulary, weights, scales: archive.floats(b"scal")? };
        let rows = model.vocabulary.len() + DIMENSIONS + 1;
        let whole = model.settings.thresholds.len() == topics
            && model.vocabulary.is_whole()
            && model.scales.len() == rows
            && Some(model.weights.len()) == rows.checked_mul(topics);
        if whole { Ok(model) } else { Err(ModelError::Damaged) }
    }
}

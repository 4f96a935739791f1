//! Answers on a scale: one of the three scores, or whole numbers in an attribute of the company.

use otklik_facts::{Cell, Dimension, Filter, Measures, Score};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Most steps of a scale.
const MOST_STEPS: u8 = 101;

/// Where the answers to a question are kept: `"csat"`, or `{"attribute":"csi_overall","lowest":1,"highest":10}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
#[schema(as = MetricAnswers)]
pub enum Answers {
    #[schema(value_type = String)]
    Score(Score),
    Attribute(AttributeScale),
}

/// An attribute whose values `lowest`, …, `highest` are answers; items with any other value did not answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AttributeScale {
    pub attribute: String,
    pub lowest: u8,
    pub highest: u8,
}

impl AttributeScale {
    pub(crate) fn dimension(&self) -> Dimension {
        Dimension::Attribute(self.attribute.clone())
    }

    /// The place of a value on the scale, from 0.
    pub(crate) fn step(&self, value: &str) -> Option<usize> {
        let answer =
            value.parse::<u8>().ok().filter(|answer| (self.lowest..=self.highest).contains(answer))?;
        // `07` would be counted here and not be found by the filter.
        (answer.to_string() == value).then_some(usize::from(answer - self.lowest))
    }
}

impl Answers {
    /// The lowest and the highest answer.
    pub fn scale(&self) -> (u8, u8) {
        match self {
            Self::Score(score) => score.scale(),
            Self::Attribute(scale) => (scale.lowest, scale.highest),
        }
    }

    /// How many answers the scale has.
    pub(crate) fn steps(&self) -> usize {
        let (lowest, highest) = self.scale();
        usize::from(highest.saturating_sub(lowest)) + 1
    }

    /// The items that answered.
    pub(crate) fn answered(&self) -> Filter {
        match self {
            Self::Score(score) => Filter::Answered(*score),
            Self::Attribute(scale) => {
                let values = (scale.lowest..=scale.highest).map(|answer| answer.to_string());
                Filter::any_of(scale.dimension(), values)
            }
        }
    }

    /// What the facts must count where the answers are a score.
    pub(crate) fn measures(&self) -> Measures {
        match self {
            Self::Score(Score::Nps) => Measures::NPS,
            Self::Score(Score::Csat) => Measures::CSAT,
            Self::Score(Score::Ces) => Measures::CES,
            Self::Attribute(_) => Measures::NONE,
        }
    }

    /// How often each answer of a score was given, from the lowest; of an attribute nothing.
    pub(crate) fn histogram<'a>(&self, cell: &'a Cell) -> &'a [u64] {
        match self {
            Self::Score(Score::Nps) => &cell.nps,
            Self::Score(Score::Csat) => &cell.csat,
            Self::Score(Score::Ces) => &cell.ces,
            Self::Attribute(_) => &[],
        }
    }

    pub(crate) fn holds(&self, answer: u8) -> bool {
        let (lowest, highest) = self.scale();
        (lowest..=highest).contains(&answer)
    }

    /// A scale of two steps and more, of a named attribute.
    pub(crate) fn is_possible(&self) -> bool {
        let Self::Attribute(scale) = self else { return true };
        let steps = 2..=MOST_STEPS;
        let named = !scale.attribute.trim().is_empty();
        named
            && scale.lowest < scale.highest
            && steps.contains(&(scale.highest - scale.lowest).saturating_add(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn effort() -> AttributeScale {
        AttributeScale { attribute: "effort".into(), lowest: 1, highest: 5 }
    }

    #[test]
    fn the_wire_forms_read_back() {
        for (answers, wire) in [
            (Answers::Score(Score::Csat), r#""csat""#),
            (Answers::Attribute(effort()), r#"{"attribute":"effort","lowest":1,"highest":5}"#),
        ] {
            assert_eq!(serde_json::to_string(&answers).unwrap(), wire);
            assert_eq!(serde_json::from_str::<Answers>(wire).unwrap(), answers);
        }
    }

    #[test]
    fn only_whole_answers_of_the_scale_count() {
        let steps: Vec<_> =
            ["1", "5", "0", "6", "05", "4.0", "", "да"].map(|value| effort().step(value)).into();
        assert_eq!(steps, [Some(0), Some(4), None, None, None, None, None, None]);
    }

    #[test]
    fn a_scale_has_two_steps_and_more() {
        let scale = |lowest, highest| {
            Answers::Attribute(AttributeScale { lowest, highest, ..effort() }).is_possible()
        };
        assert_eq!(
            [scale(1, 5), scale(0, 100), scale(5, 5), scale(5, 1), scale(0, 255)],
            [true, true, false, false, false]
        );
    }
}

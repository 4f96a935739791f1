//! What the reader must be told of a sample before its numbers.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Composition;

/// Answers below which a score is not to be acted upon.
const FEW: u64 = 30;
/// Response rate below which those who stayed silent could turn any result.
const LOW_RESPONSE: f64 = 0.2;
/// Answers fallen to this share of those of the period before: it may be others who answer now.
const DROP: f64 = 0.5;
/// Share of staff and their circle from which a score is theirs too.
const INSIDERS: f64 = 0.05;
/// Population stability index from which a sample is lopsided, and badly so.
const LOPSIDED: f64 = 0.1;
const BADLY_LOPSIDED: f64 = 0.25;
/// Share of answers from one source (an address, a day, a link) from which it looks like a campaign.
const BURST: f64 = 0.3;
/// Chance below which a lopsided sample is not put down to chance.
const CHANCE: f64 = 0.01;

/// What is known of a sample. What is not known is `None` and is not warned of.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Sample {
    pub answers: u64,
    /// Those who could have answered: sent − undelivered − skipped. `None` where nobody was invited, as with reviews.
    pub reached: Option<u64>,
    /// Whether people came of their own accord: reviews, complaints, contacts.
    pub unprompted: bool,
    /// Answers of staff, partners and testers.
    pub insiders: Option<u64>,
    /// Answers of the one day, address or link that gave the most, when there are at least two.
    pub largest_burst: Option<u64>,
    pub composition: Option<Composition>,
    /// Answers of the period before, of the same length.
    pub before: Option<u64>,
}

/// One reason for doubt, with the figures that its sentence needs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
#[schema(as = ValidityWarning)]
pub enum Warning {
    /// Nobody answered.
    Empty,
    /// Fewer answers than a score should rest on.
    Small { answers: u64, minimum: u64 },
    /// Few of those reached answered: the others may think otherwise.
    LowResponse { response_share: f64, minimum: f64 },
    /// Nobody was asked: those with a grievance or a wish are over-represented.
    SelfSelected,
    /// Staff, partners or testers are among the answers.
    Insiders { share: f64 },
    /// One day, address or link gave a large part of the answers.
    Burst { share: f64 },
    /// Far fewer answered than in the period before.
    Dropped { answers: u64, before: u64 },
    /// The make-up differs from the customer base; `badly` when weights alone should not be trusted to mend it.
    Lopsided { psi: f64, effective_share: f64, badly: bool },
}

/// The warnings that a sample deserves, the gravest kinds first.
///
/// The bounds are conventions and stand as constants beside this function: 30 answers, 20 % response, 5 % insiders,
/// 30 % from one source, half the answers of the period before, a stability index of 0.1 and 0.25 that chance does not explain (p < 0.01). Worked number: 12
/// answers of 300 reached → small (12 of 30) and low response (0.04).
pub fn warnings(sample: &Sample) -> Vec<Warning> {
    let answers = sample.answers;
    if answers == 0 {
        return vec![Warning::Empty];
    }
    let share = |part: u64| part as f64 / answers as f64;
    let response =
        sample.reached.filter(|reached| *reached > 0).map(|reached| answers as f64 / reached as f64);
    let lopsided = sample.composition.filter(|found| found.psi >= LOPSIDED && found.p_value < CHANCE);
    [
        (answers < FEW).then_some(Warning::Small { answers, minimum: FEW }),
        sample.unprompted.then_some(Warning::SelfSelected),
        response
            .filter(|rate| *rate < LOW_RESPONSE)
            .map(|response_share| Warning::LowResponse { response_share, minimum: LOW_RESPONSE }),
        sample.insiders.map(share).filter(|part| *part >= INSIDERS).map(|share| Warning::Insiders { share }),
        sample.largest_burst.map(share).filter(|part| *part >= BURST).map(|share| Warning::Burst { share }),
        sample
            .before
            .filter(|before| *before >= FEW && (answers as f64) < DROP * *before as f64)
            .map(|before| Warning::Dropped { answers, before }),
        lopsided.map(|found| Warning::Lopsided {
            psi: found.psi,
            effective_share: found.effective_share,
            badly: found.psi >= BADLY_LOPSIDED,
        }),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validity::{Group, composition};

    #[test]
    fn the_worked_number() {
        let sample = Sample { answers: 12, reached: Some(300), ..Sample::default() };
        let expected = [
            Warning::Small { answers: 12, minimum: 30 },
            Warning::LowResponse { response_share: 0.04, minimum: 0.2 },
        ];
        assert_eq!(warnings(&sample), expected);
    }

    #[test]
    fn a_sound_sample_has_none_and_an_empty_one_only_that() {
        let groups = [Group { answers: 210, base: 2_000.0 }, Group { answers: 190, base: 2_000.0 }];
        let sound = Sample {
            answers: 400,
            reached: Some(1_000),
            insiders: Some(3),
            largest_burst: Some(20),
            composition: composition(&groups),
            ..Sample::default()
        };
        assert_eq!(warnings(&sound), []);
        assert_eq!(warnings(&Sample { unprompted: true, ..Sample::default() }), [Warning::Empty]);
    }

    #[test]
    fn every_doubt_is_told() {
        let groups = [Group { answers: 90, base: 50.0 }, Group { answers: 10, base: 50.0 }];
        let doubtful = Sample {
            answers: 100,
            reached: None,
            unprompted: true,
            insiders: Some(5),
            largest_burst: Some(40),
            composition: composition(&groups),
            before: Some(201),
        };
        let codes: Vec<String> = warnings(&doubtful)
            .iter()
            .map(|warning| serde_json::to_value(warning).unwrap()["code"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(codes, ["self_selected", "insiders", "burst", "dropped", "lopsided"]);
        assert!(matches!(warnings(&doubtful)[4], Warning::Lopsided { badly: true, .. }));
    }
}

//! Metrics that many companies have and each keeps in attributes of its own: starting points for the editor.

use otklik_facts::{Dimension, Filter};

use crate::builtin::{Texts, complaints, draft};
use crate::{
    Answers, AttributeScale, Base, Counted, Formula, IndexPart, MetricDraft, PartReading, Preference,
};

/// Drafts whose attributes, values and weights the company replaces by its own: CES of the first kind, the four
/// published kinds of CSI, first contact resolution as asked, completion, justified claims.
pub fn metric_templates() -> Vec<MetricDraft> {
    use PartReading::{OfMaximum, OfRange, ShareFrom};
    use Preference::{LessIsBetter, MoreIsBetter};
    let model = [("csi_overall", 0.3885), ("csi_expected", 0.319), ("csi_ideal", 0.2925)];
    let equal = model.map(|(name, _)| (name, 1.0));
    let aspects = [("quality", 9.0), ("speed", 7.0), ("price", 5.0)];
    let levels = [("quality", 1.0), ("value", 1.0), ("loyalty", 1.0)];
    let matching = complaints().and(having("justified", &["yes"]));
    let claims = Formula::Rate { of: Counted::Items, matching, base: Base::Customers, per: 1_000 };
    let solved = share("fcr", &["yes"], &["yes", "no"]);
    let finished = share("survey", &["finished"], &["finished", "abandoned"]);
    vec![
        draft("ces_effort", LessIsBetter, Formula::ScoreMean { score: scale("ces_effort", 5) }, CES_EFFORT),
        draft("csi_model", MoreIsBetter, index(model, OfRange), CSI_MODEL),
        draft("csi_equal", MoreIsBetter, index(equal, OfRange), CSI_EQUAL),
        draft("csi_importance", MoreIsBetter, index(aspects, OfMaximum), CSI_IMPORTANCE),
        draft("csi_composite", MoreIsBetter, index(levels, ShareFrom(8)), CSI_COMPOSITE),
        draft("fcr_asked", MoreIsBetter, solved, FCR_ASKED),
        draft("completion", MoreIsBetter, finished, COMPLETION),
        draft("justified_claim_rate", LessIsBetter, claims, JUSTIFIED),
    ]
}

const CES_EFFORT: Texts = [
    "CES 1.0, средние усилия",
    "CES 1.0, mean effort",
    "Средняя оценка усилий клиента от 1 до 5 (CES 1.0, 2010 год). Меньше — легче. Не сравнивайте с CES 2.0: там шкала \
     обратная.",
    "Mean effort of the customer from 1 to 5 (CES 1.0, 2010). Less is easier. Not comparable with CES 2.0, whose scale \
     runs the other way.",
];
const CSI_MODEL: Texts = [
    "CSI с весами модели",
    "CSI with weights of a model",
    "Три оценки от 1 до 10 (в целом, против ожиданий, против идеала) как доля пути от 1 до 10, с весами модели, \
     по образцу ACSI. От 0 до 100. Считаются ответившие на все три вопроса.",
    "Three scores from 1 to 10 (overall, against expectations, against the ideal) as the share of the way from 1 to 10, \
     with weights of a model, after ACSI. From 0 to 100. Counts who answered all three questions.",
];
const CSI_EQUAL: Texts = [
    "CSI без весов",
    "CSI, unweighted",
    "Три оценки от 1 до 10 (в целом, против ожиданий, против идеала) как доля пути от 1 до 10, с равными весами. \
     От 0 до 100. Считаются ответившие на все три вопроса.",
    "Three scores from 1 to 10 (overall, against expectations, against the ideal) as the share of the way from 1 to 10, \
     equally weighted. From 0 to 100. Counts who answered all three questions.",
];
const CSI_IMPORTANCE: Texts = [
    "CSI по важности",
    "CSI by importance",
    "Оценки составляющих от 1 до 10, взвешенные по важности, как доля наибольшей возможной суммы. Важности записаны \
     в определении. От 10 до 100. Считаются ответившие на все вопросы.",
    "Scores of aspects from 1 to 10, weighted by importance, as a share of the greatest possible sum. The importances \
     are written in the definition. From 10 to 100. Counts who answered all questions.",
];
const CSI_COMPOSITE: Texts = [
    "CSI, среднее трёх долей",
    "CSI, average of three shares",
    "Среднее трёх долей: довольных качеством, ценностью и готовых остаться (ответы от 8 до 10). От 0 до 100. \
     Считаются ответившие на все три вопроса.",
    "Average of three shares: satisfied with quality, satisfied with value, willing to stay (answers 8 to 10). From 0 \
     to 100. Counts who answered all three questions.",
];
const FCR_ASKED: Texts = [
    "Решено с первого обращения (опрос)",
    "First contact resolution, as asked",
    "Ответившие «да» среди ответивших «да» или «нет» на вопрос после обращения, решён ли вопрос с первого раза.",
    "Those who answered “yes” among those who answered “yes” or “no” when asked after the contact whether it was solved \
     at once.",
];
const COMPLETION: Texts = [
    "Доля пройденных опросов",
    "Completion rate",
    "Опросы, пройденные до конца, среди начатых.",
    "Surveys finished among surveys started.",
];
const JUSTIFIED: Texts = [
    "ClaimRate, обоснованные",
    "ClaimRate, justified",
    "Жалобы, признанные обоснованными, за период на 1 000 активных клиентов клиентской базы.",
    "Complaints found justified in the period for every 1,000 active customers of the customer base.",
];

fn scale(attribute: &str, highest: u8) -> Answers {
    Answers::Attribute(AttributeScale { attribute: attribute.to_owned(), lowest: 1, highest })
}

fn having(attribute: &str, values: &[&str]) -> Filter {
    Filter::any_of(Dimension::Attribute(attribute.to_owned()), values.iter().copied())
}

fn share(attribute: &str, matching: &[&str], among: &[&str]) -> Formula {
    let (matching, among) = (having(attribute, matching), having(attribute, among));
    Formula::Share { of: Counted::Items, matching, among }
}

/// Of questions from 1 to 10, each with its weight.
fn index(questions: [(&str, f64); 3], reading: PartReading) -> Formula {
    let part = |(name, weight): (&str, f64)| IndexPart { score: scale(name, 10), weight, reading };
    Formula::Index { parts: questions.into_iter().map(part).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Definition, built_in};

    #[test]
    fn each_is_a_sound_draft_with_a_code_that_is_free() {
        for draft in metric_templates() {
            assert!(built_in().iter().all(|metric| metric.code != draft.code), "{}", draft.code);
            let wire = serde_json::to_string(&draft).unwrap();
            assert_eq!(serde_json::from_str::<MetricDraft>(&wire).unwrap(), draft);
            Definition::from(draft).check().unwrap();
        }
    }
}

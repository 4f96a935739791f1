//! The metrics that every company has from the first day.

use otklik_facts::{Dimension, Filter, Score};

use crate::{Answers, Base, Counted, Definition, Formula, MetricDraft, Preference, Words};

/// The built-in definitions, in the order in which they are offered.
pub fn built_in() -> Vec<Definition> {
    use Preference::{LessIsBetter, MoreIsBetter, Neutral};
    let score = Answers::Score;
    let rate = |matching, base, per| Formula::Rate { of: Counted::Items, matching, base, per };
    let toned = |tone| Formula::Share {
        of: Counted::Items,
        matching: Filter::any_of(Dimension::Sentiment, [tone]),
        among: Filter::Missing { dimension: Dimension::Sentiment }.negate(),
    };
    let signalling = Formula::Share {
        of: Counted::Items,
        matching: Filter::Missing { dimension: Dimension::Signal }.negate(),
        among: Filter::Missing { dimension: Dimension::Sentiment }.negate(),
    };
    let complaint_share = Formula::Share { of: Counted::Items, matching: complaints(), among: Filter::All };
    vec![
        metric("count", Neutral, Formula::Items, COUNT),
        metric("customers", Neutral, Formula::Customers, CUSTOMERS),
        metric("nps", MoreIsBetter, Formula::Nps, NPS),
        metric("csat", MoreIsBetter, Formula::ScoreShare { score: score(Score::Csat), from: 4 }, CSAT),
        metric("csat_mean", MoreIsBetter, Formula::ScoreMean { score: score(Score::Csat) }, CSAT_MEAN),
        metric("ces", MoreIsBetter, Formula::ScoreMean { score: score(Score::Ces) }, CES),
        metric(
            "ces_share",
            MoreIsBetter,
            Formula::ScoreShare { score: score(Score::Ces), from: 5 },
            CES_SHARE,
        ),
        metric(
            "ces_balance",
            MoreIsBetter,
            Formula::ScoreBalance { score: score(Score::Ces), from: 6, to: 3 },
            CES_BALANCE,
        ),
        metric("complaint_share", LessIsBetter, complaint_share, COMPLAINT_SHARE),
        metric("negative_share", LessIsBetter, toned("negative"), NEGATIVE_SHARE),
        metric("positive_share", MoreIsBetter, toned("positive"), POSITIVE_SHARE),
        metric("signal_share", LessIsBetter, signalling, SIGNAL_SHARE),
        metric("claim_rate", LessIsBetter, rate(complaints(), Base::Customers, 1_000), CLAIM_RATE),
        metric("contact_rate", LessIsBetter, rate(Filter::All, Base::Customers, 100), CONTACT_RATE),
        contact_share(),
        metric("response_rate", MoreIsBetter, rate(surveyed(), Base::Invitations, 100), RESPONSE_RATE),
        metric("completion_rate", MoreIsBetter, rate(surveyed(), Base::Starts, 100), COMPLETION_RATE),
    ]
}

/// Distinct customers heard among the active customers: what the scale of a problem is counted by, too.
pub fn contact_share() -> Definition {
    let (of, base) = (Counted::Customers, Base::Customers);
    let formula = Formula::Rate { of, matching: Filter::All, base, per: 100 };
    metric("contact_share", Preference::LessIsBetter, formula, CONTACT_SHARE)
}

/// Answers to surveys.
fn surveyed() -> Filter {
    Filter::any_of(Dimension::Channel, ["survey"])
}

pub(crate) fn complaints() -> Filter {
    Filter::any_of(Dimension::Complaint, ["true"])
}

/// Name and description, Russian and English of each.
pub(crate) type Texts = [&'static str; 4];

const COUNT: Texts =
    ["Отклики", "Feedback", "Сколько откликов пришло за период.", "How many items arrived in the period."];
const CUSTOMERS: Texts = [
    "Клиенты",
    "Customers",
    "Сколько разных клиентов оставили отклики за период. Клиент с несколькими откликами считается один раз, \
     отклики без клиента не считаются.",
    "How many different customers gave feedback in the period. A customer with several items counts once; items \
     without a customer are not counted.",
];
const NPS: Texts = [
    "NPS",
    "NPS",
    "Доля ответов 9–10 минус доля ответов 0–6 среди всех ответов на вопрос о готовности рекомендовать (0–10). \
     От −100 до 100.",
    "Share of answers 9–10 minus share of answers 0–6 among all answers to the question whether one would recommend \
     us (0–10). From −100 to 100.",
];
const CSAT: Texts = [
    "CSAT, доля довольных",
    "CSAT, share satisfied",
    "Доля ответов 4 и 5 среди всех оценок удовлетворённости от 1 до 5.",
    "Share of answers 4 and 5 among all satisfaction scores from 1 to 5.",
];
const CSAT_MEAN: Texts = [
    "CSAT, средняя оценка",
    "CSAT, mean score",
    "Средняя оценка удовлетворённости от 1 до 5.",
    "Mean satisfaction score from 1 to 5.",
];
const CES: Texts = [
    "CES, средняя оценка",
    "CES, mean score",
    "Средняя степень согласия от 1 до 7 с тем, что компания помогла легко решить вопрос (CES 2.0). Больше — легче.",
    "Mean agreement from 1 to 7 that the company made it easy to handle the issue (CES 2.0). More is easier.",
];
const CES_SHARE: Texts = [
    "CES, доля «легко»",
    "CES, share of “easy”",
    "Доля ответов 5, 6 и 7 среди всех оценок лёгкости от 1 до 7.",
    "Share of answers 5, 6 and 7 among all effort scores from 1 to 7.",
];
const CES_BALANCE: Texts = [
    "CES, «легко» минус «трудно»",
    "CES, “easy” minus “hard”",
    "Доля ответов 6–7 минус доля ответов 1–3 среди всех оценок лёгкости от 1 до 7. От −100 до 100.",
    "Share of answers 6–7 minus share of answers 1–3 among all effort scores from 1 to 7. From −100 to 100.",
];
const COMPLAINT_SHARE: Texts = [
    "Доля жалоб",
    "Share of complaints",
    "Жалобы, делённые на все отклики.",
    "Complaints divided by all items.",
];
const NEGATIVE_SHARE: Texts = [
    "Доля негатива",
    "Share negative",
    "Отклики, в которых клиент недоволен, делённые на все отклики с текстом на русском или английском. Тональность \
     определяет модель, человек может её исправить.",
    "Items in which the customer is unhappy divided by all items with a text in Russian or English. A model tells the \
     sentiment, a person may correct it.",
];
const POSITIVE_SHARE: Texts = [
    "Доля позитива",
    "Share positive",
    "Отклики, в которых клиент доволен, делённые на все отклики с текстом на русском или английском. Тональность \
     определяет модель, человек может её исправить.",
    "Items in which the customer is happy divided by all items with a text in Russian or English. A model tells the \
     sentiment, a person may correct it.",
];
const SIGNAL_SHARE: Texts = [
    "Доля откликов с сигналом",
    "Share of items with a signal",
    "Отклики, где клиент собирается уйти, обращается в суд, к регулятору или в прессу, сообщает об опасности или сам \
     нуждается в особой заботе, делённые на все отклики с текстом на русском или английском.",
    "Items in which a customer is about to leave, turns to court, regulator or press, tells of danger or needs special \
     care, divided by all items with a text in Russian or English.",
];
const CLAIM_RATE: Texts = [
    "ClaimRate",
    "ClaimRate",
    "Жалобы за период на 1 000 активных клиентов клиентской базы (в среднем за период). Срез без своей строки в \
     клиентской базе не считается.",
    "Complaints in the period for every 1,000 active customers of the customer base (mean over the period). A slice \
     without a row of its own in the customer base is not calculated.",
];
const CONTACT_RATE: Texts = [
    "Contact Rate",
    "Contact Rate",
    "Обращения за период на 100 активных клиентов клиентской базы (в среднем за период). Может быть больше 100: один \
     клиент обращается несколько раз.",
    "Contacts in the period for every 100 active customers of the customer base (mean over the period). May exceed \
     100: one customer contacts us several times.",
];
const CONTACT_SHARE: Texts = [
    "Доля обратившихся клиентов",
    "Share of customers who contacted us",
    "Разные клиенты, обратившиеся за период, делённые на активных клиентов клиентской базы (в среднем за период).",
    "Different customers who contacted us in the period divided by the active customers of the customer base (mean \
     over the period).",
];
const RESPONSE_RATE: Texts = [
    "Доля ответивших",
    "Response rate",
    "Ответы на опросы, делённые на дошедшие приглашения: отправленные без недоставленных и пропущенных по правилам. \
     Приглашения берутся из клиентской базы; срез, по которому их не считают, не считается.",
    "Answers to surveys divided by the invitations that arrived: sent, less those not delivered or skipped by rules. \
     Invitations come from the customer base; a slice by which they are not counted is not calculated.",
];
const COMPLETION_RATE: Texts = [
    "Доля завершивших",
    "Completion rate",
    "Ответы на опросы, делённые на начатые анкеты. Начатые анкеты берутся из клиентской базы; срез, по которому их не \
     считают, не считается.",
    "Answers to surveys divided by the questionnaires that were begun. Those begun come from the customer base; a slice \
     by which they are not counted is not calculated.",
];

fn metric(code: &str, direction: Preference, formula: Formula, texts: Texts) -> Definition {
    Definition { version: 1, ..draft(code, direction, formula, texts).into() }
}

pub(crate) fn draft(code: &str, direction: Preference, formula: Formula, texts: Texts) -> MetricDraft {
    let words = |ru: &str, en: &str| Words { ru: ru.to_owned(), en: en.to_owned() };
    let [name_ru, name_en, description_ru, description_en] = texts;
    MetricDraft {
        code: code.to_owned(),
        name: words(name_ru, name_en),
        description: words(description_ru, description_en),
        unit: None,
        direction,
        formula,
        filter: Filter::All,
        window: None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_is_sound_and_has_a_code_of_its_own() {
        let metrics = built_in();
        let codes: BTreeSet<_> = metrics.iter().map(|metric| metric.code.as_str()).collect();
        assert_eq!(codes.len(), metrics.len());
        for metric in &metrics {
            metric.check().unwrap();
            let wire = serde_json::to_string(metric).unwrap();
            assert_eq!(&serde_json::from_str::<Definition>(&wire).unwrap(), metric);
        }
    }
}

//! The words around a number: what it rests on, how it changed, why it is missing, what to know of it.

use otklik_metrics::{
    Base, DatePeriod, Definition, Formula, MetricAnswer, MetricRow, MetricUnit, Note, Preference, Refusal,
};
use otklik_print::{Figure, Tone};
use otklik_stats::compare::{Comparison, Difference};
use otklik_stats::validity::Warning;

use super::speech::Speech;

/// «n 1 204, от 33,1 до 35,3»; a total is its own n and has no interval.
pub(crate) fn rests_on(speech: Speech, row: &MetricRow, unit: MetricUnit) -> String {
    if is_total(unit) {
        return String::new();
    }
    let sample = speech.say("sample", &[("n", speech.count(row.n))]);
    match row.low.zip(row.high) {
        Some((low, high)) => format!("{sample}, {}", interval(speech, low, high, unit)),
        None => sample,
    }
}

pub(crate) fn interval(speech: Speech, low: f64, high: f64, unit: MetricUnit) -> String {
    let (low, high) = (speech.value(low, unit), speech.value(high, unit));
    speech.say("interval", &[("low", low), ("high", high)])
}

pub(crate) fn is_total(unit: MetricUnit) -> bool {
    matches!(unit, MetricUnit::Items | MetricUnit::Customers)
}

/// The value of all items together with what it rests on; `None` where it was refused.
pub(crate) fn figure(speech: Speech, answer: &MetricAnswer) -> Option<Figure> {
    let row = &answer.overall;
    let value = row.value?;
    let against = answer.other_period.as_ref();
    let compared = row.other.as_ref().map(|_| match &row.comparison {
        Some(comparison) => change(speech, comparison, answer.unit, against),
        None => speech.word("change-none"),
    });
    Some(Figure {
        value: speech.value(value, answer.unit),
        rests_on: rests_on(speech, row, answer.unit),
        change: compared.unwrap_or_default(),
        tone: row.comparison.as_ref().map_or(Tone::Plain, |found| tone(found, answer.direction)),
    })
}

/// «▲ +3,0 п. п. против 1–30 сент. 2026, разница настоящая».
pub(crate) fn change(
    speech: Speech,
    comparison: &Comparison,
    unit: MetricUnit,
    against: Option<&DatePeriod>,
) -> String {
    let sign = match comparison.difference {
        up if up > 0.0 => "▲ ",
        down if down < 0.0 => "▼ ",
        _ => "",
    };
    let difference = speech.difference(comparison.difference, unit);
    let other = against.map_or_else(String::new, |period| {
        format!(" {}", speech.say("against", &[("period", speech.period(Some(period)))]))
    });
    format!("{sign}{difference}{other}, {}", verdict(speech, comparison.verdict))
}

pub(crate) fn verdict(speech: Speech, verdict: Difference) -> String {
    speech.word(match verdict {
        Difference::Real => "change-real",
        Difference::NotReal => "change-not-real",
        Difference::TooFew => "change-too-few",
    })
}

fn tone(comparison: &Comparison, direction: Preference) -> Tone {
    let better = match direction {
        Preference::MoreIsBetter => comparison.difference > 0.0,
        Preference::LessIsBetter => comparison.difference < 0.0,
        Preference::Neutral => return Tone::Plain,
    };
    match (comparison.verdict, better) {
        (Difference::Real, true) => Tone::Good,
        (Difference::Real, false) => Tone::Bad,
        _ => Tone::Plain,
    }
}

/// Why there is no value, in a sentence.
pub(crate) fn refused(speech: Speech, refusal: Refusal) -> String {
    speech.word(&format!("refused-{}", code(refusal)))
}

/// Why there is no value, in two words.
pub(crate) fn refused_briefly(speech: Speech, refusal: Refusal) -> String {
    speech.word(&format!("short-{}", code(refusal)))
}

fn code(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NoData => "no-data",
        Refusal::TooFew => "too-few",
        Refusal::NoDenominator => "no-denominator",
        Refusal::DenominatorTooSmall => "denominator-too-small",
        Refusal::Undefined => "undefined",
        Refusal::NoWeights => "no-weights",
    }
}

/// What to know before acting on an answer, in a sentence each; of verdicts only where its rows show them.
pub(crate) fn notes(speech: Speech, answer: &MetricAnswer, with_verdicts: bool) -> Vec<String> {
    let shown = answer.notes.iter().filter(|note| with_verdicts || **note != Note::ManyComparisons);
    let notes = shown.map(|note| {
        speech.word(match note {
            Note::GroupsOverlap => "overlap",
            Note::DenominatorCarried => "carried",
            Note::AnonymousItems => "anonymous",
            Note::PeriodsDiffer => "periods-differ",
            Note::WindowsOverlap => "windows",
            Note::PartsIndependent => "independent",
            Note::CovarianceBounded => "bounded",
            Note::ManyComparisons => "many",
        })
    });
    notes.chain(answer.warnings.iter().map(|warning| warn(speech, warning))).collect()
}

fn warn(speech: Speech, warning: &Warning) -> String {
    let share = |part: f64| ("share", speech.per_cent(part * 100.0, 0));
    let count = |name: &'static str, value: u64| (name, speech.count(value));
    match *warning {
        Warning::Empty => speech.word("warn-empty"),
        Warning::Small { answers, minimum } => {
            speech.say("warn-small", &[count("answers", answers), count("minimum", minimum)])
        }
        Warning::LowResponse { response_share, .. } => {
            speech.say("warn-low-response", &[share(response_share)])
        }
        Warning::SelfSelected => speech.word("warn-self-selected"),
        Warning::Insiders { share: part } => speech.say("warn-insiders", &[share(part)]),
        Warning::Burst { share: part } => speech.say("warn-burst", &[share(part)]),
        Warning::Dropped { answers, before } => {
            speech.say("warn-dropped", &[count("answers", answers), count("before", before)])
        }
        Warning::Lopsided { badly: true, .. } => speech.word("warn-lopsided-badly"),
        Warning::Lopsided { .. } => speech.word("warn-lopsided"),
    }
}

/// The scale or the base of a value, where its sign does not say it.
pub(crate) fn unit_words(speech: Speech, definition: &Definition) -> String {
    let scale = |low: f64, high: f64| {
        speech.say("unit-scale", &[("low", speech.number(low, 0)), ("high", speech.number(high, 0))])
    };
    match (&definition.formula, definition.unit) {
        (Formula::Rate { base, per, .. }, MetricUnit::Rate) => {
            let base = match base {
                Base::Customers => "customers",
                Base::Transactions => "transactions",
                Base::Contracts => "contracts",
                Base::Invitations => "invitations",
                Base::Starts => "starts",
            };
            speech.say(&format!("unit-rate-{base}"), &[("per", speech.number(f64::from(*per), 0))])
        }
        (_, MetricUnit::NpsPoints) => speech.word("unit-nps"),
        (_, MetricUnit::IndexPoints) => scale(0.0, 100.0),
        (Formula::ScoreMean { score }, _) => {
            let (low, high) = score.scale();
            scale(f64::from(low), f64::from(high))
        }
        _ => String::new(),
    }
}

//! Learns the shipped sentiment model and says how good it is: `cargo run --profile fast -p otklik-text --example
//! sentiment [DATA] [--write FILE]`. `tools/sentiment/README.md` says more.
#![allow(clippy::print_stdout)]

mod sets;

use otklik_text::{Polarity, RatedText, SentimentModel};
use sets::{Result, fifth, read};
use std::path::{Path, PathBuf};

/// Questions for information, neither praise nor complaint.
const NEUTRAL: [&str; 12] = [
    "age_limit",
    "atm_support",
    "card_acceptance",
    "country_support",
    "exchange_rate",
    "fiat_currency_support",
    "supported_cards_and_currencies",
    "visa_or_mastercard",
    "top_up_limits",
    "getting_spare_card",
    "order_physical_card",
    "get_disposable_virtual_card",
];

struct Rated(String, Polarity, f32);

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let data = arguments.first().map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
    let write = arguments.iter().position(|word| word == "--write").and_then(|at| arguments.get(at + 1));
    let (learnt, held_out) = shippable(&data)?;
    let model = if let Some(file) = write {
        let model = SentimentModel::learn(&rated(&learnt));
        std::fs::write(file, model.to_bytes())?;
        model
    } else {
        SentimentModel::shipped().clone()
    };
    for (name, texts) in &held_out {
        report(&model, name, texts);
    }
    let survey = survey(&data)?;
    report(&model, "NPS survey, groups", &survey);
    let (own, rest) = survey.split_at(100);
    report(&model, "  its texts after the first 100", rest);
    report(&model.adapt(&rated(own)), "  the same, adapted by those 100", rest);
    aspects(&model, &data)
}

type Sets = Vec<(&'static str, Vec<Rated>)>;

/// What may be learnt from and shipped, and what of it is held out, by set.
fn shippable(data: &Path) -> Result<(Vec<Rated>, Sets)> {
    let reviews = read(data, "ru_bank_reviews_domrf")?.into_iter();
    let reviews =
        reviews.map(|row| Rated(format!("{}. {}", row["title"], row["text"]), of_stars(&row["rating"]), 1.0));
    let apps = read(data, "en_fr_app_reviews_types")?.into_iter().filter(|row| row["lang"] == "en");
    let apps = apps.map(|row| Rated(row["text"].clone(), of_stars(&row["score"]), 1.0));
    let questions = read(data, "en_banking77_intents")?.into_iter();
    let questions =
        questions.filter(|row| row["split"] == "train" && NEUTRAL.contains(&row["category"].as_str()));
    let questions = questions.map(|row| Rated(row["text"].clone(), Polarity::Neutral, 0.5));
    let (mut learnt, reviews) = fifth(reviews.collect::<Vec<_>>());
    let (apps_learnt, apps) = fifth(apps.collect::<Vec<_>>());
    learnt.extend(apps_learnt);
    learnt.extend(questions);
    Ok((
        learnt,
        vec![("bank reviews (ru), stars, held out", reviews), ("app reviews (en), stars, held out", apps)],
    ))
}

/// The NPS survey, whose licence forbids learning from it for what ships.
fn survey(data: &Path) -> Result<Vec<Rated>> {
    let polarity = |group: &str| match group {
        "Detractor" => Some(Polarity::Negative),
        "Passive" => Some(Polarity::Neutral),
        "Promoter" => Some(Polarity::Positive),
        _ => None,
    };
    let rows = read(data, "en_nps_survey_verbatims")?.into_iter();
    Ok(rows.filter_map(|row| Some(Rated(row["text"].clone(), polarity(&row["nps_group"])?, 1.0))).collect())
}

fn rated(texts: &[Rated]) -> Vec<RatedText<'_>> {
    texts
        .iter()
        .map(|Rated(text, polarity, counts)| RatedText { text, polarity: *polarity, counts: *counts })
        .collect()
}

/// Prints how often the sign of the score is right where stars say positive or negative, with Wilson's interval, and
/// accuracy and macro F1 of three classes.
fn report(model: &SentimentModel, name: &str, texts: &[Rated]) {
    let (mut right, mut of, mut three, mut sure, mut reliable) = (0, 0, 0, 0, 0);
    let mut table = [[0.0_f64; 3]; 3];
    for Rated(text, truth, _) in texts {
        let found = model.sentiment(text);
        if *truth != Polarity::Neutral {
            of += 1;
            right += u32::from((found.score > 0.0) == (*truth == Polarity::Positive));
        }
        three += u32::from(found.polarity == *truth);
        if found.confidence >= 0.8 {
            sure += 1;
            reliable += u32::from(found.polarity == *truth);
        }
        table[(truth.value() + 1) as usize][(found.polarity.value() + 1) as usize] += 1.0;
    }
    let f1: f64 = (0..3)
        .map(|class| {
            let given: f64 = table.iter().map(|row| row[class]).sum();
            2.0 * table[class][class] / (given + table[class].iter().sum::<f64>()).max(1.0)
        })
        .sum();
    let [low, high] = wilson(right, of);
    println!(
        "{name:38} positive or negative {:.1} % ({low:.1} to {high:.1}, n {of}); three classes {:.1} %, macro F1 {:.1}; \
         confidence ≥ 0.8: {:.1} % of texts, {:.1} % right",
        100.0 * f64::from(right) / f64::from(of),
        100.0 * f64::from(three) / texts.len() as f64,
        100.0 * f1 / 3.0,
        100.0 * f64::from(sure) / texts.len() as f64,
        100.0 * f64::from(reliable) / f64::from(sure.max(1)),
    );
}

/// The 95 % interval of a share, in %.
fn wilson(right: u32, of: u32) -> [f64; 2] {
    let (n, p, z) = (f64::from(of), f64::from(right) / f64::from(of), 1.959_964);
    let middle = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z / (1.0 + z * z / n) * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    [100.0 * (middle - half), 100.0 * (middle + half)]
}

/// Sentiment toward terms of restaurant reviews (a set for research: measured on, never learnt from).
fn aspects(model: &SentimentModel, data: &Path) -> Result<()> {
    let reviews = read(data, "ru_restaurant_reviews_aspects")?;
    let (mut right, mut whole, mut of) = (0, 0, 0);
    for term in
        read(data, "ru_restaurant_reviews_aspects_terms")?.iter().filter(|term| term["split"] == "test")
    {
        let positive = match term["sentiment"].as_str() {
            "positive" => true,
            "negative" => false,
            _ => continue,
        };
        let Some(review) = reviews.iter().find(|review| review["review_id"] == term["review_id"]) else {
            continue;
        };
        let text = &review["text"];
        let byte =
            |at: &str| text.char_indices().nth(at.parse().unwrap_or(0)).map_or(text.len(), |(at, _)| at);
        let words = byte(&term["from"])..byte(&term["to"]);
        of += 1;
        right += u32::from((model.sentiment_toward(text, &[words]).score > 0.0) == positive);
        whole += u32::from((model.sentiment(text).score > 0.0) == positive);
    }
    let ([low, high], n) = (wilson(right, of), f64::from(of));
    println!(
        "toward terms in restaurant reviews (ru)  positive or negative {:.1} % ({low:.1} to {high:.1}, n {of}); by the whole text {:.1} %",
        100.0 * f64::from(right) / n,
        100.0 * f64::from(whole) / n
    );
    Ok(())
}

/// The polarity that stars stand for.
fn of_stars(stars: &str) -> Polarity {
    match stars {
        "1" | "2" => Polarity::Negative,
        "3" => Polarity::Neutral,
        _ => Polarity::Positive,
    }
}

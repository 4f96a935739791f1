//! Prints how well topics are learnt from the public data sets: `cargo run --profile fast -p otklik-text --example
//! topics [DATA]`, the folder of the sets, `../shared/data` unless given.
#![allow(clippy::print_stdout)]

mod clock;
mod sets;

use otklik_text::{LabelledText, TopicModel};
use sets::{Result, Row, fifth, read};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const SEEDS: u64 = 3;
const PRECISION: f32 = 0.8;

/// Texts of exactly one topic each, to learn from and to test on.
struct Task {
    train: Vec<(String, usize)>,
    test: Vec<(String, usize)>,
    names: Vec<String>,
}

fn main() -> Result<()> {
    let data = std::env::args().nth(1).map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
    println!("{:44} {:>8} {:>8} {:>7} {:>9}", "", "accuracy", "macro F1", "train", "");
    let banking = banking(&data)?;
    evaluate("banking77, all labels", &banking);
    for shots in [10, 5] {
        for named in [false, true] {
            few(&banking, shots, named);
        }
    }
    let rows = read(&data, "en_cfpb_loan_complaints")?;
    let (train, test) = rows.iter().partition(|row| row["date_received"].as_str() < "2023-07");
    evaluate("complaints, issue (January to June / July, August)", &task(train, test, "issue"));
    let rows = read(&data, "en_fr_app_reviews_types")?;
    let english: Vec<&Row> = rows.iter().filter(|row| row["lang"] == "en").collect();
    for label in ["problem_report", "feature_request", "irrelevant"] {
        let (train, test) = fifth(english.clone());
        evaluate(&format!("app reviews, {label}"), &task(train, test, label));
    }
    aspects(&data)
}

fn banking(data: &Path) -> Result<Task> {
    let rows = read(data, "en_banking77_intents")?;
    let (train, test) = rows.iter().partition(|row| row["split"] == "train");
    Ok(task(train, test, "category"))
}

fn task(train: Vec<&Row>, test: Vec<&Row>, label: &str) -> Task {
    let names: BTreeSet<&str> = train.iter().map(|row| row[label].as_str()).collect();
    let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
    let number = |row: &Row| names.iter().position(|name| *name == row[label]).unwrap_or(usize::MAX);
    let take = |rows: Vec<&Row>| rows.iter().map(|row| (row["text"].clone(), number(row))).collect();
    Task { train: take(train), test: take(test), names: names.clone() }
}

/// Learns `shots` texts of each topic, for several draws.
fn few(task: &Task, shots: usize, named: bool) {
    let (mut accuracy, mut seconds) = (0.0, 0.0);
    for seed in 0..SEEDS {
        let mut train = draw(&task.train, task.names.len(), shots, seed);
        if named {
            let name = |(number, name): (usize, &String)| (name.replace('_', " "), number);
            train.extend(task.names.iter().enumerate().map(name));
        }
        let (model, took) = clock::time(|| train_model(&train, task.names.len()));
        seconds += took;
        accuracy += quality(&model, &task.test).0;
    }
    let with = if named { " and the topics' names" } else { "" };
    let draws = SEEDS as f64;
    println!(
        "{:44} {:8.1} {:8} {:6.1}s",
        format!("banking77, {shots} a topic{with}"),
        accuracy / draws,
        "",
        seconds / draws
    );
}

fn draw(texts: &[(String, usize)], topics: usize, shots: usize, seed: u64) -> Vec<(String, usize)> {
    let mut keyed: Vec<(u64, &(String, usize))> = (0_u64..)
        .map(|n| {
            (n ^ seed << 32)
                .wrapping_mul(0x9e37_79b9_7f4a_7c15)
                .rotate_left(29)
                .wrapping_mul(0xbf58_476d_1ce4_e5b9)
        })
        .zip(texts)
        .collect();
    keyed.sort_by_key(|(key, _)| *key);
    let mut taken = vec![0; topics];
    let fits = |(_, text): &(u64, &(String, usize))| {
        taken[text.1] += 1;
        taken[text.1] <= shots
    };
    keyed.into_iter().filter(fits).map(|(_, text)| text.clone()).collect()
}

fn train_model(texts: &[(String, usize)], topics: usize) -> TopicModel {
    let labelled: Vec<LabelledText<'_>> = texts
        .iter()
        .map(|(text, topic)| LabelledText { text, topics: std::slice::from_ref(topic) })
        .collect();
    TopicModel::train(&labelled, topics, PRECISION)
}

fn evaluate(name: &str, task: &Task) {
    let (model, seconds) = clock::time(|| train_model(&task.train, task.names.len()));
    let (accuracy, f1, sure, reliable) = quality(&model, &task.test);
    println!(
        "{name:44} {accuracy:8.1} {f1:8.1} {seconds:6.1}s  weight {}, {} bytes; confidence ≥ 0.8: {sure:.1} % of texts, {reliable:.1} % right",
        model.settings().weight,
        model.to_bytes().len()
    );
    reliability(&model, &task.test);
    let labelled: Vec<LabelledText<'_>> = task
        .train
        .iter()
        .map(|(text, topic)| LabelledText { text, topics: std::slice::from_ref(topic) })
        .collect();
    let again = || TopicModel::retrain(&labelled, task.names.len(), model.settings().clone());
    let (_, seconds) = clock::time(again);
    println!("{:44} {:>8} {:>8} {:6.1}s", "   learnt again", "", "", seconds);
}

/// Prints a reliability diagram: for each tenth of the confidence how many texts have it and how many are right.
fn reliability(model: &TopicModel, test: &[(String, usize)]) {
    let mut tenths = [(0.0, 0.0); 10];
    for (text, topic) in test {
        let shares = model.shares(text);
        let Some(best) = (0..shares.len()).max_by(|a, b| shares[*a].total_cmp(&shares[*b])) else { continue };
        let tenth = &mut tenths[((shares[best] * 10.0) as usize).min(9)];
        tenth.0 += 1.0;
        tenth.1 += f64::from(u8::from(best == *topic));
    }
    let bars = tenths.iter().enumerate().filter(|(_, (texts, _))| *texts > 0.0);
    let bars =
        bars.map(|(at, (texts, right))| format!("0.{at}: {texts} texts, {:.0} %", 100.0 * right / texts));
    println!("   confidence and how many are right: {}", bars.collect::<Vec<_>>().join("; "));
}

/// Accuracy, macro F1, the share of texts with confidence of at least 0.8 and how many of these are right, in %.
fn quality(model: &TopicModel, test: &[(String, usize)]) -> (f64, f64, f64, f64) {
    let topics = model.topics();
    let (mut right, mut given, mut there) = (vec![0.0; topics], vec![0.0; topics], vec![0.0; topics]);
    let (mut sure, mut reliable) = (0.0_f64, 0.0_f64);
    for (text, topic) in test {
        let shares = model.shares(text);
        let best = (0..topics).max_by(|a, b| shares[*a].total_cmp(&shares[*b])).unwrap_or(0);
        given[best] += 1.0;
        if let Some(there) = there.get_mut(*topic) {
            *there += 1.0;
        }
        let hit = f64::from(u8::from(best == *topic));
        right[best] += hit;
        if shares[best] >= 0.8 {
            sure += 1.0;
            reliable += hit;
        }
    }
    let all = test.len() as f64;
    let seen: Vec<usize> = (0..topics).filter(|topic| there[*topic] > 0.0).collect();
    let f1: f64 = seen.iter().map(|t| 2.0 * right[*t] / (given[*t] + there[*t])).sum();
    let percent = 100.0 / all;
    (
        right.iter().sum::<f64>() * percent,
        100.0 * f1 / seen.len() as f64,
        sure * percent,
        100.0 * reliable / sure.max(1.0),
    )
}

/// Aspects of restaurant reviews as topics of which a text has several (a set for research only).
fn aspects(data: &Path) -> Result<()> {
    const ASPECTS: [&str; 4] = ["cat_food", "cat_interior", "cat_price", "cat_service"];
    let rows = read(data, "ru_restaurant_reviews_aspects")?;
    let topics: Vec<Vec<usize>> =
        rows.iter().map(|row| (0..4).filter(|at| row[ASPECTS[*at]] != "absence").collect()).collect();
    let labelled = |split: &'static str| {
        let rows = rows.iter().zip(&topics).filter(move |(row, _)| row["split"] == split);
        rows.map(|(row, topics)| LabelledText { text: &row["text"], topics })
    };
    let model = TopicModel::train(&labelled("train").collect::<Vec<_>>(), 4, PRECISION);
    for (topic, name) in ASPECTS.iter().enumerate() {
        let (mut right, mut given, mut there) = (0.0, 0.0, 0.0);
        for item in labelled("test") {
            let has = item.topics.contains(&topic);
            let found = model.assign(item.text).iter().any(|assignment| assignment.topic == topic);
            there += f64::from(u8::from(has));
            given += f64::from(u8::from(found));
            right += f64::from(u8::from(found && has));
        }
        println!(
            "restaurants, {name:31} precision {:.1}, recall {:.1}",
            100.0 * right / given,
            100.0 * right / there
        );
    }
    Ok(())
}

//! Prints how well themes agree with those of people, and how long they take: `cargo run --profile fast -p otklik-text
//! --example themes [DATA [WRITE]]`; with WRITE also the points' vectors and labels, for `tools/baselines/themes.py`.
#![allow(clippy::print_stdout, dead_code)]

mod agreement;
mod clock;
mod sets;

use agreement::agreement;
use otklik_text::{ThemeOptions, Themes, embed_all, find_themes_at};
use sets::{Result, read};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let data = arguments.first().map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
    let write = arguments.get(1).map(PathBuf::from);
    println!("{:34} {:>6} {:>7} {:>7} {:>6} {:>6} {:>6}", "", "texts", "themes", "rest %", "NMI", "ARI", "s");
    let rows = read(&data, "en_banking77_intents")?;
    let pair = |row: &sets::Row| (row["text"].clone(), row["category"].clone());
    let test: Vec<_> = rows.iter().filter(|row| row["split"] == "test").map(pair).collect();
    let test_themes = report("banking77, test", &test, write.as_deref())?;
    report("banking77, all", &rows.iter().map(pair).collect::<Vec<_>>(), None)?;
    let mut sets: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for row in read(&data, "en_fr_app_reviews_clusters")? {
        let set = sets.entry(format!("{}, {}", row["app"], row["set"])).or_default();
        set.push((row["text"].clone(), row["cluster_id"].clone()));
    }
    for (name, texts) in &sets {
        report(name, texts, write.as_deref())?;
    }
    for theme in test_themes.themes.iter().step_by(6) {
        println!(
            "{} ({}): {}",
            theme.name,
            theme.texts.len(),
            theme.quotes.iter().map(|text| test[*text].0.trim()).collect::<Vec<_>>().join(" | ")
        );
    }
    reviews(&data)?;
    speed(&rows)
}

fn report(name: &str, texts: &[(String, String)], write: Option<&Path>) -> Result<Themes> {
    let labels: Vec<&str> = texts.iter().map(|(_, label)| label.as_str()).collect();
    let texts: Vec<&str> = texts.iter().map(|(text, _)| text.as_str()).collect();
    let vectors = embed_all(&texts);
    let options = ThemeOptions::default();
    let (themes, seconds) = clock::time(|| find_themes_at(&texts, &vectors, &options));
    let (nmi, ari) = agreement(&labels, &groups(&themes, texts.len()));
    let rest = 100.0 * themes.rest.len() as f64 / texts.len() as f64;
    println!(
        "{name:34} {:6} {:7} {rest:7.1} {nmi:6.1} {ari:6.1} {seconds:6.2}",
        texts.len(),
        themes.themes.len()
    );
    if let Some(folder) = write {
        let mut file = std::fs::File::create(folder.join(format!("{name}.tsv")))?;
        for ((text, label), vector) in texts.iter().zip(&labels).zip(&vectors) {
            let numbers: Vec<String> = vector.iter().map(f32::to_string).collect();
            writeln!(
                file,
                "{label}\t{}\t{}",
                text.split_whitespace().collect::<Vec<_>>().join(" "),
                numbers.join(" ")
            )?;
        }
    }
    Ok(themes)
}

/// The group of each text; each text of the rest is one of its own.
fn groups(themes: &Themes, texts: usize) -> Vec<usize> {
    let mut groups = vec![0; texts];
    for (number, theme) in themes.themes.iter().enumerate() {
        theme.texts.iter().for_each(|text| groups[*text] = number);
    }
    for (number, text) in themes.rest.iter().enumerate() {
        groups[*text] = themes.themes.len() + number;
    }
    groups
}

/// Names and a quote of the themes of Russian reviews, to be read.
fn reviews(data: &Path) -> Result<()> {
    let rows = read(data, "ru_bank_reviews_domrf")?;
    let texts: Vec<String> = rows.iter().map(|row| format!("{}. {}", row["title"], row["text"])).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let themes = find_themes_at(&texts, &embed_all(&texts), &ThemeOptions::default());
    println!("bank reviews (ru): {} themes, rest {}", themes.themes.len(), themes.rest.len());
    for theme in &themes.themes {
        println!("  {} ({})", theme.name, theme.texts.len());
    }
    Ok(())
}

/// Many texts: questions with a word or two exchanged.
fn speed(rows: &[sets::Row]) -> Result<()> {
    let words: Vec<&str> = rows.iter().flat_map(|row| row["text"].split_whitespace()).collect();
    let made = |number: usize| {
        let mut own: Vec<&str> = rows[number % rows.len()]["text"].split_whitespace().collect();
        let at = number.wrapping_mul(2_654_435_761) % own.len().max(1);
        own.insert(at, words[number.wrapping_mul(40_503) % words.len()]);
        own.join(" ")
    };
    for count in [2_000, 20_000, 100_000] {
        let texts: Vec<String> = (0..count).map(made).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let (vectors, before) = clock::time(|| embed_all(&texts));
        let (themes, seconds) = clock::time(|| find_themes_at(&texts, &vectors, &ThemeOptions::default()));
        println!(
            "{count} texts: {} themes in {seconds:.1} s, vectors before {before:.1} s",
            themes.themes.len()
        );
    }
    Ok(())
}

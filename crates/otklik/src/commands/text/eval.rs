//! `otklik text eval`: how well topics are learnt from labelled texts.

use std::collections::BTreeSet;
use std::time::Instant;

use otklik_text::{LabelledText, Tokens, TopicModel, embed_all};
use serde::Serialize;

use super::table;
use crate::cli::text::EvalArgs;
use crate::failure::{Failure, usage};
use crate::output;

/// What assignments aim at; `eval` reads probabilities, so it only has to be something.
const PRECISION: f32 = 0.8;

type Row = [String; 2];

#[derive(Serialize)]
struct Quality {
    accuracy: f64,
    macro_f1: f64,
    /// How well the surest probability tells topics from none of them; null without `--oos`.
    oos_auroc: Option<f64>,
    train_s: f64,
    items_per_s: f64,
}

/// Names of topics as their numbers.
struct Topics<'a> {
    names: Vec<&'a str>,
    oos: Option<&'a str>,
}

/// What a model said of a text: its topic and the best guess by number, and how sure that is.
struct Answer {
    truth: Option<usize>,
    guess: usize,
    share: f32,
}

/// Seconds and answers of all trainings and tests.
#[derive(Default)]
struct Tally {
    answers: Vec<Answer>,
    train_s: f64,
    test_s: f64,
    trainings: u32,
}

pub fn run(args: &EvalArgs, json: bool) -> Result<(), Failure> {
    let train = read(args, &args.train)?;
    let mut tally = Tally::default();
    let test = args.test.as_ref().map(|file| read(args, file)).transpose()?;
    let labels: BTreeSet<&str> =
        train.iter().chain(test.iter().flatten()).map(|[_, label]| label.as_str()).collect();
    let oos = args.oos.as_deref();
    let topics = Topics { names: labels.into_iter().filter(|label| Some(*label) != oos).collect(), oos };
    match &test {
        Some(test) => tally.add(&draw(&train, args), &test.iter().collect::<Vec<_>>(), &topics),
        None => {
            let parts = args.cv.unwrap_or(2) as usize;
            let order = shuffled(train.len(), args.seed);
            for part in 0..parts {
                let rows = |inside: bool| {
                    let own = order.iter().enumerate().filter(move |(at, _)| (at % parts == part) == inside);
                    own.map(|(_, row)| &train[*row]).collect::<Vec<_>>()
                };
                let learnt = rows(false).into_iter().cloned().collect::<Vec<_>>();
                tally.add(&draw(&learnt, args), &rows(true), &topics);
            }
        }
    }
    let quality = tally.quality(&topics);
    if json {
        return output::json(&quality);
    }
    let word = output::word;
    output::line(format!("{}\t{:.1} %", word("точность", "accuracy"), 100.0 * quality.accuracy));
    output::line(format!("macro F1\t{:.1} %", 100.0 * quality.macro_f1));
    if let Some(auroc) = quality.oos_auroc {
        output::line(format!("{}\t{auroc:.3}", word("AUROC вне тем", "out-of-scope AUROC")));
    }
    output::line(format!("{}\t{:.2}", word("обучение, с", "training, s"), quality.train_s));
    output::line(format!("{}\t{:.0}", word("текстов в секунду", "texts a second"), quality.items_per_s));
    Ok(())
}

/// The rows that have a label.
fn read(args: &EvalArgs, file: &std::path::Path) -> Result<Vec<Row>, Failure> {
    let mut rows = table::read(file, [&args.text, &args.label])?;
    rows.retain(|[_, label]| !label.trim().is_empty());
    if rows.is_empty() {
        let none = output::word("ни в одной строке нет метки", "no row has a label");
        return Err(usage(format!("{}: {none}", file.display())));
    }
    Ok(rows)
}

/// `--shots` rows of each label, drawn by the seed; all rows where nothing is said.
fn draw(rows: &[Row], args: &EvalArgs) -> Vec<Row> {
    let Some(shots) = args.shots else { return rows.to_vec() };
    let mut taken = std::collections::HashMap::new();
    let mut fits = |row: &Row| {
        let count = taken.entry(row[1].clone()).or_insert(0_u32);
        *count += 1;
        *count <= shots
    };
    shuffled(rows.len(), args.seed)
        .into_iter()
        .map(|row| &rows[row])
        .filter(|row| fits(row))
        .cloned()
        .collect()
}

/// The numbers below `count` in an order that the seed decides.
fn shuffled(count: usize, seed: u64) -> Vec<usize> {
    let key = |number: usize| {
        let mixed = (number as u64 ^ seed << 32)
            .wrapping_add(0x9e37_79b9_7f4a_7c15)
            .wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (mixed ^ mixed >> 29).wrapping_mul(0x94d0_49bb_1331_11eb)
    };
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|number| key(*number));
    order
}

impl Topics<'_> {
    fn number(&self, label: &str) -> Option<usize> {
        if Some(label) == self.oos { None } else { self.names.binary_search(&label).ok() }
    }
}

impl Tally {
    /// Learns from some rows and asks about others.
    fn add(&mut self, train: &[Row], test: &[&Row], topics: &Topics<'_>) {
        let start = Instant::now();
        let numbers: Vec<Option<usize>> = train.iter().map(|[_, label]| topics.number(label)).collect();
        let labelled: Vec<LabelledText<'_>> = train
            .iter()
            .zip(&numbers)
            .map(|([text, _], number)| LabelledText { text, topics: number.as_slice() })
            .collect();
        let model = TopicModel::train(&labelled, topics.names.len(), PRECISION);
        self.train_s += start.elapsed().as_secs_f64();
        self.trainings += 1;
        let start = Instant::now();
        let vectors = embed_all(&test.iter().map(|[text, _]| text.as_str()).collect::<Vec<_>>());
        for ([text, label], vector) in test.iter().copied().zip(&vectors) {
            let shares = model.shares_at(&Tokens::new(text), vector);
            let best = (0..shares.len()).max_by(|a, b| shares[*a].total_cmp(&shares[*b]));
            let (guess, share) = best.map_or((0, 0.0), |best| (best, shares[best]));
            self.answers.push(Answer { truth: topics.number(label), guess, share });
        }
        self.test_s += start.elapsed().as_secs_f64();
    }

    fn quality(&self, topics: &Topics<'_>) -> Quality {
        let count = topics.names.len();
        let (mut right, mut given, mut there) = (vec![0.0; count], vec![0.0; count], vec![0.0; count]);
        for (answer, truth) in self.answers.iter().filter_map(|answer| Some((answer, answer.truth?))) {
            there[truth] += 1.0;
            given[answer.guess] += 1.0;
            right[truth] += f64::from(u8::from(answer.guess == truth));
        }
        let seen: Vec<usize> = (0..count).filter(|topic| there[*topic] > 0.0).collect();
        let f1: f64 = seen.iter().map(|topic| 2.0 * right[*topic] / (given[*topic] + there[*topic])).sum();
        Quality {
            accuracy: right.iter().sum::<f64>() / there.iter().sum::<f64>().max(1.0),
            macro_f1: f1 / seen.len().max(1) as f64,
            oos_auroc: topics.oos.and_then(|_| self.auroc()),
            train_s: self.train_s / f64::from(self.trainings.max(1)),
            items_per_s: self.answers.len() as f64 / self.test_s.max(1e-9),
        }
    }

    /// The chance that a text of a topic has a surer guess than a text of none.
    fn auroc(&self) -> Option<f64> {
        let mut order: Vec<&Answer> = self.answers.iter().collect();
        order.sort_by(|a, b| a.share.total_cmp(&b.share));
        let (mut below, mut won, mut inside) = (0.0, 0.0, 0.0);
        for same in order.chunk_by(|a, b| a.share == b.share) {
            let outside = same.iter().filter(|answer| answer.truth.is_none()).count() as f64;
            let own = same.len() as f64 - outside;
            won += own * (below + outside / 2.0);
            below += outside;
            inside += own;
        }
        (inside > 0.0 && below > 0.0).then(|| won / (inside * below))
    }
}

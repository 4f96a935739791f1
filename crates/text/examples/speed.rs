//! Prints how many texts a second one core masks, splits into words, tells the language of and matches with 100 rules.
//!
//! `cargo run --profile fast -p otklik-text --example speed [FILE]`: texts are the lines of FILE, or made here.
#![allow(clippy::print_stdout)]

mod clock;

use otklik_text::{
    LabelledText, Rule, RuleSet, SentimentModel, Tokens, TopicModel, detect, embed, embed_all, mask,
    signals_at, stems,
};
use std::hint::black_box;

const TEXTS: usize = 20_000;

/// Texts that the topics are learnt from.
const LABELLED: usize = 2_000;

const RUNS: usize = 5;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let texts: Vec<String> = match std::env::args().nth(1) {
        Some(file) => std::fs::read_to_string(file)?.lines().map(str::to_owned).collect(),
        None => (0..TEXTS).map(made).collect(),
    };
    let characters: usize = texts.iter().map(|text| text.chars().count()).sum();
    println!("{} texts of {} characters", texts.len(), characters / texts.len().max(1));
    let rules = RuleSet::new((0..100).map(rule).collect::<Result<_, _>>()?);
    let tokens: Vec<Tokens> = texts.iter().map(|text| Tokens::new(text)).collect();
    measure("mask", &texts, |text| mask(text).spans.len());
    measure("detect", &texts, |text| detect(text) as usize);
    measure("stems", &texts, |text| stems(text).len());
    measure("tokens", &texts, |text| Tokens::new(text).len());
    let groups: Vec<Vec<&str>> =
        texts.chunks(32).map(|texts| texts.iter().map(String::as_str).collect()).collect();
    measure("embed", &texts, |text| embed(text).len());
    measure("32 times embed", &groups, |texts| embed_all(texts).len());
    let topics: Vec<usize> = (0..100).collect();
    let labelled = texts.iter().zip(topics.chunks(1).cycle()).take(LABELLED);
    let labelled: Vec<_> = labelled.map(|(text, topics)| LabelledText { text, topics }).collect();
    let model = TopicModel::train(&labelled, topics.len(), 0.8);
    let vector = embed(&texts[0]);
    measure("100 learnt topics", &tokens, |tokens| model.assign_at(tokens, &vector).len());
    let mood = SentimentModel::shipped();
    let both: Vec<(&String, &Tokens)> = texts.iter().zip(&tokens).collect();
    measure("sentiment", &both, |(text, tokens)| mood.sentiment_at(text, tokens, &vector).reasons.len());
    measure("signals", &both, |(text, tokens)| signals_at(text, tokens).len());
    measure("all of these, 32 times", &groups, |texts| {
        let vectors = embed_all(texts);
        let one = |(text, vector): (&&str, &_)| {
            let tokens = Tokens::new(text);
            model.assign_at(&tokens, vector).len()
                + mood.sentiment_at(text, &tokens, vector).reasons.len()
                + signals_at(text, &tokens).len()
        };
        texts.iter().zip(&vectors).map(one).sum()
    });
    measure("100 rules over tokens", &tokens, |tokens| rules.find(tokens).len());
    if let Some(megabytes) = memory_mb() {
        println!("memory of the process       {megabytes:>6.0} MB, texts and labels included");
    }
    Ok(())
}

/// What the process holds of the machine's memory, where the system tells.
fn memory_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<f64>().ok()? / 1024.0)
}

/// Prints the median speed of `work` over all `items`.
fn measure<T>(what: &str, items: &[T], work: impl Fn(&T) -> usize) {
    let run = || {
        let (sum, seconds) = clock::time(|| items.iter().map(&work).sum::<usize>());
        black_box(sum);
        items.len() as f64 / seconds
    };
    let mut speeds: Vec<f64> = (0..RUNS).map(|_| run()).collect();
    speeds.sort_by(f64::total_cmp);
    println!("{what:24} {:>9.0} a second", speeds[RUNS / 2]);
}

const SUBJECTS: [&str; 10] = [
    "Приложение",
    "Карта",
    "Оператор",
    "Банкомат",
    "Перевод",
    "The app",
    "Кредит",
    "Вклад",
    "Support",
    "Отделение",
];
const EVENTS: [&str; 10] = [
    "не работает второй день, деньги списали дважды",
    "заблокировали без предупреждения, позвоните 8 (916) 123-45-67",
    "обслужили быстро и вежливо, спасибо сотруднице Валентине",
    "crashes every time I open it, please fix this soon",
    "завис, взял 1 500 000 рублей 12.05.2024 и не вернул",
    "пришёл с опозданием, комиссия 350 рублей, почему никто не сказал",
    "was charged twice, my card 4111 1111 1111 1111 is blocked",
    "закрыли без объяснений, договор № КД-2021/15",
    "очередь на час, работает одно окно из пяти",
    "меня зовут Иванов Иван Иванович, ул. Ленина, д. 5, кв. 12",
];

fn made(number: usize) -> String {
    format!("{} {}, прошу разобраться и ответить {number}", SUBJECTS[number % 10], EVENTS[number / 10 % 10])
}

fn rule(number: usize) -> Result<Rule, otklik_text::RuleError> {
    const WORDS: [&str; 10] = [
        "карта",
        "перевод",
        "деньги",
        "очередь",
        "приложение",
        "комиссия",
        "вклад",
        "card",
        "charge*",
        "ипотека",
    ];
    let (a, b, c) = (WORDS[number % 10], WORDS[number / 10], WORDS[(number + 3) % 10]);
    let own = [
        "списать",
        "отказ",
        "долго",
        "хамство",
        "навязать",
        "страховка",
        "зависать",
        "курьер",
        "ставка",
        "fix",
    ];
    let own = own[number % 10];
    Rule::parse(&format!(
        "({own} тема{number}) | {a} ~5 ({b} | {c} | слово{number}) -\"не было\" | \"{b} {own}\""
    ))
}

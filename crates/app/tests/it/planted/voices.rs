//! What the rules and the masking make of the voices, against what the authors meant and planted.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Planted;

/// Recall and precision of the topic rules.
const LEAST_SHARE: f64 = 0.85;
/// Texts that are, letter for letter, another's.
const MOST_REPEATED: f64 = 0.05;
/// Personal data that the masking may overlook: two slips in the very word that gives a number away.
const MOST_OVERLOOKED: f64 = 0.02;

/// Words that stand in the planted personal data and nowhere else in the voices.
const MARKS: [(&str, &[&str]); 6] = [
    ("e-mail", &["@"]),
    ("phone", &["900 000", "900) 000", "900)000", "8900000"]),
    ("card", &["2200 0000", "22000000"]),
    ("name", &["ович", "евич", "овна", "евна", "Sampleton", "Fairweather", "Greenfield", "Winterbourne"]),
    ("contract", &["-К", "-K"]),
    ("address", &["кв. ", "Street, flat"]),
];

struct Stored {
    text: String,
    topics: BTreeSet<String>,
}

pub async fn check(planted: &mut Planted) {
    let stored = stored(planted).await;
    rules_find_what_was_meant(planted, &stored);
    texts_differ(planted, &stored);
    nothing_personal_is_stored(planted, &stored);
}

/// Every item by the names of its source and its external id.
async fn stored(planted: &Planted) -> HashMap<(String, String), Stored> {
    let sql = "select s.name, f.external_id, coalesce(f.text, ''), coalesce(t.code, '') from feedback f \
               join source s on s.id = f.source_id \
               left join feedback_topic ft on ft.feedback_number = f.number and ft.applies = 1 \
               left join topic t on t.id = ft.topic_id";
    let rows: Vec<(String, String, String, String)> =
        sqlx::query_as(sql).fetch_all(planted.app.store.reader()).await.unwrap();
    let mut items = HashMap::new();
    for (source, id, text, topic) in rows {
        let item = items.entry((source, id)).or_insert_with(|| Stored { text, topics: BTreeSet::new() });
        item.topics.extend((!topic.is_empty()).then_some(topic));
    }
    items
}

fn rules_find_what_was_meant(planted: &mut Planted, stored: &HashMap<(String, String), Stored>) {
    let names: BTreeMap<&str, &str> = planted
        .company
        .sources
        .iter()
        .map(|source| (source.code.as_str(), source.name.en.as_str()))
        .collect();
    let (mut meant, mut found, mut both) = (0, 0, 0);
    for item in planted.company.items() {
        let key = (names[item.source].to_owned(), item.external_id.clone());
        let topics = &stored[&key].topics;
        meant += item.meant.len();
        found += topics.len();
        both += item.meant.iter().filter(|code| topics.contains(**code)).count();
    }
    let (recall, precision) = (f64::from(both as u32) / meant as f64, f64::from(both as u32) / found as f64);
    planted.expect(recall >= LEAST_SHARE, format_args!("recall {recall:.3}"));
    planted.expect(precision >= LEAST_SHARE, format_args!("precision {precision:.3}"));
}

fn texts_differ(planted: &mut Planted, stored: &HashMap<(String, String), Stored>) {
    let texts: BTreeSet<&str> = stored.values().map(|item| item.text.as_str()).collect();
    let repeated = 1.0 - texts.len() as f64 / stored.len() as f64;
    planted.expect(repeated <= MOST_REPEATED, format_args!("{repeated:.3} of the texts repeat another"));
}

fn nothing_personal_is_stored(planted: &mut Planted, stored: &HashMap<(String, String), Stored>) {
    let written: Vec<String> = planted.company.items().into_iter().map(|item| item.text).collect();
    for (kind, marks) in MARKS {
        let with = |text: &str| marks.iter().any(|mark| text.contains(mark));
        let before = written.iter().filter(|text| with(text)).count();
        let after: Vec<&str> =
            stored.values().map(|item| item.text.as_str()).filter(|text| with(text)).collect();
        planted.expect(before >= 20, format_args!("only {before} items were written with a {kind}"));
        let overlooked = after.len() as f64 / before.max(1) as f64;
        planted.expect(
            overlooked <= MOST_OVERLOOKED,
            format_args!(
                "{kind}: {} of {before} are stored as they were, like {:?}",
                after.len(),
                after.first()
            ),
        );
    }
}

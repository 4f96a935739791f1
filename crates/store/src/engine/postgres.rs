//! PostgreSQL: the tsvector index. Stems come ready-made, so no text-search configuration of the server is used.

use std::fmt::Write;

use super::MatchSyntax;

pub const SEARCH_SCHEMA: &[&str] = &[
    "create table if not exists feedback_words (number bigint primary key, words tsvector not null)",
    "create index if not exists feedback_words_words on feedback_words using gin (words)",
];

pub const LIST_COLUMNS: &str = "select cast(column_name as text), cast(data_type as text) \
     from information_schema.columns where table_schema = current_schema() and table_name = $1 \
     order by ordinal_position";

pub const DELETE_WORDS: &str = "delete from feedback_words where number = $1";

pub const MATCH_WORDS: &str = "select coalesce(string_agg(cast(number as text), ','), '') from feedback_words \
     where words @@ cast($1 as text)::tsquery";

pub const MATCH_SYNTAX: MatchSyntax =
    MatchSyntax { word: quote, prefix, phrase, and: " & ", or: " | ", but_not: " & !" };

/// Positions of a tsvector end at 16,383 and a lexeme at 2,046 bytes: longer ones are left out of the index.
const MAX_POSITION: usize = 16_383;
const MAX_LEXEME_BYTES: usize = 2_046;

pub fn insert_words(rows: usize) -> String {
    let values: Vec<String> =
        (0..rows).map(|r| format!("(${}, cast(${} as text)::tsvector)", 2 * r + 1, 2 * r + 2)).collect();
    format!("insert into feedback_words (number, words) values {}", values.join(", "))
}

/// `перевод банк` as `'перевод':1 'банк':2`.
pub fn words_value(stems: &str) -> String {
    let mut value = String::with_capacity(stems.len() * 2);
    for (index, stem) in stems.split(' ').take(MAX_POSITION).enumerate() {
        if !stem.is_empty() && stem.len() <= MAX_LEXEME_BYTES {
            // Writing to a String cannot fail.
            let _ = write!(value, "{}:{} ", quote(stem), index + 1);
        }
    }
    value
}

fn quote(word: &str) -> String {
    format!("'{}'", word.replace('\\', "\\\\").replace('\'', "''"))
}

fn prefix(start: &str) -> String {
    format!("{}:*", quote(start))
}

fn phrase(words: &[String]) -> String {
    words.iter().map(|w| quote(w)).collect::<Vec<_>>().join(" <-> ")
}

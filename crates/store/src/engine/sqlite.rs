//! SQLite: connection settings and the FTS5 index.

use super::{Engine, MatchSyntax};
use crate::bulk::values_list;

/// Write-ahead log so that readers never wait; FULL so that acknowledged means on disk.
pub const ON_CONNECT: &[&str] = &[
    "pragma busy_timeout = 30000",
    "pragma journal_mode = wal",
    "pragma synchronous = full",
    "pragma foreign_keys = on",
    "pragma cache_size = -65536",
    "pragma mmap_size = 268435456",
    "pragma temp_store = memory",
    // Pages that a bulk load changes again and again go from the log to the database once in 32 MB, not in four.
    "pragma wal_autocheckpoint = 8192",
];

/// A crash of the machine may destroy the database.
pub const RISK: &[&str] = &["pragma synchronous = off"];

/// What was written at risk is on disk when this is done; from here on every commit is.
pub const END_RISK: &[&str] = &["pragma synchronous = full", "pragma wal_checkpoint(truncate)"];

pub const SEARCH_SCHEMA: &[&str] = &["create virtual table if not exists feedback_words using fts5(\
     words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0')"];

pub const LIST_COLUMNS: &str = "select name, lower(type) from pragma_table_info($1) order by cid";

pub const DELETE_WORDS: &str = "delete from feedback_words where rowid = $1";

pub const MATCH_WORDS: &str =
    "select coalesce(group_concat(rowid), '') from feedback_words where feedback_words match $1";

pub const MATCH_SYNTAX: MatchSyntax =
    MatchSyntax { word: quote, prefix, phrase, and: " AND ", or: " OR ", but_not: " NOT " };

pub fn insert_words(rows: usize) -> String {
    format!("insert into feedback_words (rowid, words) values {}", values_list(Engine::Sqlite, rows, 2))
}

fn quote(word: &str) -> String {
    format!("\"{}\"", word.replace('"', "\"\""))
}

fn prefix(start: &str) -> String {
    format!("{} *", quote(start))
}

fn phrase(words: &[String]) -> String {
    quote(&words.join(" "))
}

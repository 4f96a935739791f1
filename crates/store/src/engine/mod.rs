//! What cannot be one SQL text for both databases: a file per engine behind [`Engine`].

mod postgres;
mod sqlite;

use std::fmt::Write;

/// The spelling of a full-text query; `but_not` is «left and not right».
pub(crate) struct MatchSyntax {
    pub word: fn(&str) -> String,
    pub prefix: fn(&str) -> String,
    pub phrase: fn(&[String]) -> String,
    pub and: &'static str,
    pub or: &'static str,
    pub but_not: &'static str,
}

/// The database behind the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    /// By the address: `sqlite:…` or `postgres://…`.
    pub fn of_url(url: &str) -> Option<Self> {
        match url.split_once(':')?.0 {
            "sqlite" => Some(Self::Sqlite),
            "postgres" | "postgresql" => Some(Self::Postgres),
            _ => None,
        }
    }

    /// Statements that every new connection runs.
    pub(crate) fn on_connect(self) -> &'static [&'static str] {
        match self {
            Self::Sqlite => sqlite::ON_CONNECT,
            Self::Postgres => &[],
        }
    }

    /// Statements by which commits no longer wait for the disk, or none where the engine has no such thing.
    pub(crate) fn risk(self) -> &'static [&'static str] {
        match self {
            Self::Sqlite => sqlite::RISK,
            Self::Postgres => &[],
        }
    }

    /// Statements that bring everything to disk and let commits wait for it again.
    pub(crate) fn end_risk(self) -> &'static [&'static str] {
        match self {
            Self::Sqlite => sqlite::END_RISK,
            Self::Postgres => &[],
        }
    }

    /// How a writing transaction begins: SQLite takes its write lock at once, so that it cannot fail halfway.
    pub(crate) fn begin(self) -> &'static str {
        match self {
            Self::Sqlite => "begin immediate",
            Self::Postgres => "begin",
        }
    }

    /// How one begins to read one state of the whole database.
    pub(crate) fn begin_snapshot(self) -> &'static str {
        match self {
            Self::Sqlite => "begin",
            Self::Postgres => "begin isolation level repeatable read, read only",
        }
    }

    /// The names and types of a table's columns, in order, with one parameter: the table.
    pub(crate) fn list_columns(self) -> &'static str {
        match self {
            Self::Sqlite => sqlite::LIST_COLUMNS,
            Self::Postgres => postgres::LIST_COLUMNS,
        }
    }

    /// The search index: made after the migrations.
    pub(crate) fn search_schema(self) -> &'static [&'static str] {
        match self {
            Self::Sqlite => sqlite::SEARCH_SCHEMA,
            Self::Postgres => postgres::SEARCH_SCHEMA,
        }
    }

    /// Writes the place of the statement's parameter number `n`, in a list that has all its parameters in order. SQLite
    /// looks each named one up among all names, so that a thousand of them cost more than the rows they bring.
    pub(crate) fn push_parameter(self, sql: &mut String, n: usize) {
        match self {
            Self::Sqlite => sql.push('?'),
            // Writing to a String cannot fail.
            Self::Postgres => drop(write!(sql, "${n}")),
        }
    }

    /// The members of a list of texts that parameter `n` brings as a JSON array: what stands in `in (…)`.
    pub fn texts_of(self, n: usize) -> String {
        match self {
            Self::Sqlite => format!("select value from json_each(${n})"),
            Self::Postgres => format!("select json_array_elements_text(cast(${n} as json))"),
        }
    }

    /// `insert into feedback_words …` for a number of rows of (number, stems).
    pub(crate) fn insert_words(self, rows: usize) -> String {
        match self {
            Self::Sqlite => sqlite::insert_words(rows),
            Self::Postgres => postgres::insert_words(rows),
        }
    }

    /// The stems of a text as the index takes them.
    pub(crate) fn words_value(self, stems: &str) -> String {
        match self {
            Self::Sqlite => stems.to_owned(),
            Self::Postgres => postgres::words_value(stems),
        }
    }

    pub(crate) fn delete_words(self) -> &'static str {
        match self {
            Self::Sqlite => sqlite::DELETE_WORDS,
            Self::Postgres => postgres::DELETE_WORDS,
        }
    }

    /// The statement that yields the numbers of all matching items as one text, with commas, and has one parameter: the
    /// compiled query. A row for each number would cost ten times the search.
    pub(crate) fn match_words(self) -> &'static str {
        match self {
            Self::Sqlite => sqlite::MATCH_WORDS,
            Self::Postgres => postgres::MATCH_WORDS,
        }
    }

    /// How the engine writes the operators of a full-text query.
    pub(crate) fn match_syntax(self) -> &'static MatchSyntax {
        match self {
            Self::Sqlite => &sqlite::MATCH_SYNTAX,
            Self::Postgres => &postgres::MATCH_SYNTAX,
        }
    }

    /// Brings the planner's statistics up to date after a bulk load.
    pub(crate) fn analyze(self) -> &'static str {
        "analyze"
    }
}

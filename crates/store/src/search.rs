//! The search index over stems: filling it, and finding the numbers of the items that match.

use otklik_text::search::SearchQuery;
use sqlx::AssertSqlSafe;

use crate::engine::{Engine, MatchSyntax};
use crate::{Store, StoreError, Tx};

/// SQLite writes the index out after each statement, so these are large.
const WORDS_PER_STATEMENT: usize = 4_000;

/// The items that a search names: those listed, or all but those listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Matches {
    Only(Vec<i64>),
    AllBut(Vec<i64>),
}

/// A query in the engine's spelling; `negated` says that the items wanted are those that do *not* match it.
struct Compiled {
    text: String,
    negated: bool,
}

/// Finds all items whose title or text match the query.
pub async fn match_feedback(store: &Store, query: &SearchQuery) -> Result<Matches, StoreError> {
    let Some(compiled) = compile(query, store.engine().match_syntax()) else {
        return Ok(Matches::Only(Vec::new()));
    };
    let numbers: String = sqlx::query_scalar(store.engine().match_words())
        .bind(compiled.text)
        .fetch_one(store.reader())
        .await?;
    let numbers: Vec<i64> = numbers.split(',').filter_map(|number| number.parse().ok()).collect();
    Ok(if compiled.negated { Matches::AllBut(numbers) } else { Matches::Only(numbers) })
}

/// Adds items to the index: their numbers and space-joined stems.
pub async fn index_words(tx: &mut Tx, rows: &[(i64, impl AsRef<str> + Sync)]) -> Result<(), StoreError> {
    let engine = tx.engine();
    for chunk in rows.chunks(WORDS_PER_STATEMENT) {
        let sql = engine.insert_words(chunk.len());
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for (number, stems) in chunk {
            query = query.bind(number).bind(engine.words_value(stems.as_ref()));
        }
        query.execute(tx.conn()).await?;
    }
    Ok(())
}

/// Takes an item out of the index.
pub async fn unindex_words(tx: &mut Tx, number: i64) -> Result<(), StoreError> {
    let sql: &'static str = tx.engine().delete_words();
    sqlx::query(sql).bind(number).execute(tx.conn()).await?;
    Ok(())
}

/// Full-text engines have «a but not b», yet no plain «not»: a negation is carried upwards by De Morgan's laws until
/// it meets something positive, or the top. `None` is a query without words.
fn compile(query: &SearchQuery, syntax: &MatchSyntax) -> Option<Compiled> {
    let plain = |text| Some(Compiled { text, negated: false });
    match query {
        SearchQuery::Word(stem) => plain((syntax.word)(stem)),
        SearchQuery::Prefix(start) => plain((syntax.prefix)(start)),
        SearchQuery::Phrase(stems) if stems.is_empty() => None,
        SearchQuery::Phrase(stems) => plain((syntax.phrase)(stems)),
        SearchQuery::Not(inner) => compile(inner, syntax).map(|c| Compiled { negated: !c.negated, ..c }),
        SearchQuery::And(parts) => join(parts, syntax, false),
        SearchQuery::Or(parts) => join(parts, syntax, true),
    }
}

/// Joins the parts of an «and»; an «or» is «not (not a and not b)», so its parts enter negated and so does the result.
fn join(parts: &[SearchQuery], syntax: &MatchSyntax, or: bool) -> Option<Compiled> {
    let compiled = parts.iter().filter_map(|p| compile(p, syntax)).map(|c| (c.negated != or, c.text));
    let (negative, positive): (Vec<_>, Vec<_>) = compiled.partition(|(negated, _)| *negated);
    let list = |texts: Vec<(bool, String)>, operator: &str| {
        let texts: Vec<String> = texts.into_iter().map(|(_, t)| format!("({t})")).collect();
        (!texts.is_empty()).then(|| format!("({})", texts.join(operator)))
    };
    let (text, negated) = match (list(positive, syntax.and), list(negative, syntax.or)) {
        (Some(wanted), Some(unwanted)) => (format!("{wanted}{}{unwanted}", syntax.but_not), false),
        (Some(wanted), None) => (wanted, false),
        (None, Some(unwanted)) => (unwanted, true),
        (None, None) => return None,
    };
    Some(Compiled { text, negated: negated != or })
}

impl Engine {
    /// The query as this engine reads it, for tests and explanations.
    pub fn explain_search(self, query: &SearchQuery) -> Option<(String, bool)> {
        compile(query, self.match_syntax()).map(|c| (c.text, c.negated))
    }
}

//! «We had this already»: problems and plans that share words with what somebody is writing.

use std::collections::BTreeSet;

use otklik_store::ids::{ProblemId, SolutionId, UnitId};
use otklik_store::{Store, StoreError};
use otklik_text::stems;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, FromRow};

use super::ProblemState;
use crate::columns::read_count;
use crate::solutions::SolutionState;
use crate::verdicts::Outcome;

/// Words of a text that are compared; more of them tell nothing new.
const MOST_WORDS: usize = 24;
/// Shorter stems («не», «for») stand in every text. Stems that begin with the same so many letters are taken for one
/// word: «зависают» and «завис» have different stems.
const TELLING_LETTERS: usize = 4;
/// Of the words compared, this share must be met.
const ENOUGH: f64 = 0.4;

/// A problem like the one that is being written.
#[derive(Debug, Clone, PartialEq)]
pub struct SimilarProblem {
    pub id: ProblemId,
    pub number: u64,
    pub title: String,
    pub unit_id: Option<UnitId>,
    pub state: ProblemState,
    pub rejected_reason: Option<String>,
    /// Of the words asked for, the share that it has.
    pub likeness: f64,
}

/// A plan like the one that is being written, wherever it was tried.
#[derive(Debug, Clone, PartialEq)]
pub struct SimilarSolution {
    pub id: SolutionId,
    pub problem_id: ProblemId,
    pub problem_number: u64,
    pub title: String,
    pub state: SolutionState,
    pub outcome: Option<Outcome>,
    pub dropped_reason: Option<String>,
    pub likeness: f64,
}

/// The stems of texts as the `words` columns hold them: a blank before each, so that a search can anchor there.
pub(crate) fn words_of(texts: &[&str]) -> String {
    let stems = texts.iter().map(|text| stems(text)).filter(|stems| !stems.is_empty());
    stems.fold(String::new(), |words, stems| words + " " + &stems)
}

/// The pattern that finds a word beginning with `stem` in a `words` column.
pub(super) fn like_word(stem: &str) -> String {
    let mut pattern = String::from("% ");
    for character in stem.chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}

/// Problems that share words with `text`, the most alike first; of equals the older.
pub async fn list_similar_problems(
    store: &Store,
    text: &str,
    except: Option<&ProblemId>,
    limit: usize,
) -> Result<Vec<SimilarProblem>, StoreError> {
    let wanted = telling_starts(text);
    let select = "select id, number, title, unit_id, state, rejected_reason, words from problem";
    let mut found = Vec::new();
    for row in candidates::<ProblemLine>(store, select, &wanted).await? {
        let likeness = likeness(&wanted, &row.words);
        if likeness < ENOUGH || except.is_some_and(|problem| problem.as_str() == row.id) {
            continue;
        }
        found.push(SimilarProblem {
            id: ProblemId(row.id),
            number: read_count("problem.number", row.number)?,
            title: row.title,
            unit_id: row.unit_id.map(UnitId),
            state: ProblemState::read(&row.state)?,
            rejected_reason: row.rejected_reason,
            likeness,
        });
    }
    found.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then(a.number.cmp(&b.number)));
    found.truncate(limit);
    Ok(found)
}

/// Plans of any problem that share words with `text`, the most alike first; of equals the older.
pub async fn list_similar_solutions(
    store: &Store,
    text: &str,
    except: Option<&SolutionId>,
    limit: usize,
) -> Result<Vec<SimilarSolution>, StoreError> {
    let wanted = telling_starts(text);
    let select = "select id, problem_id, number, title, state, outcome, dropped_reason, words from \
        (select s.*, p.number from solution s join problem p on p.id = s.problem_id) plans";
    let mut found = Vec::new();
    for row in candidates::<SolutionLine>(store, select, &wanted).await? {
        let likeness = likeness(&wanted, &row.words);
        if likeness < ENOUGH || except.is_some_and(|solution| solution.as_str() == row.id) {
            continue;
        }
        found.push(SimilarSolution {
            id: SolutionId(row.id),
            problem_id: ProblemId(row.problem_id),
            problem_number: read_count("problem.number", row.number)?,
            title: row.title,
            state: SolutionState::read(&row.state)?,
            outcome: row.outcome.as_deref().map(Outcome::read).transpose()?,
            dropped_reason: row.dropped_reason,
            likeness,
        });
    }
    found.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then_with(|| a.id.cmp(&b.id)));
    found.truncate(limit);
    Ok(found)
}

#[derive(FromRow)]
struct ProblemLine {
    id: String,
    number: i64,
    title: String,
    unit_id: Option<String>,
    state: String,
    rejected_reason: Option<String>,
    words: String,
}

#[derive(FromRow)]
struct SolutionLine {
    id: String,
    problem_id: String,
    number: i64,
    title: String,
    state: String,
    outcome: Option<String>,
    dropped_reason: Option<String>,
    words: String,
}

/// Rows with at least one word that begins so.
async fn candidates<R>(store: &Store, select: &str, starts: &BTreeSet<String>) -> Result<Vec<R>, StoreError>
where
    R: for<'r> FromRow<'r, AnyRow> + Send + Unpin,
{
    if starts.is_empty() {
        return Ok(Vec::new());
    }
    let clauses: Vec<String> = (1..=starts.len()).map(|n| format!(r"words like ${n} escape '\'")).collect();
    let sql = format!("{select} where {}", clauses.join(" or "));
    let mut query = sqlx::query_as(AssertSqlSafe(sql));
    for start in starts {
        query = query.bind(like_word(start));
    }
    Ok(query.fetch_all(store.reader()).await?)
}

/// The first letters of each stem that is long enough to tell something.
fn telling_starts(text: &str) -> BTreeSet<String> {
    let starts = stems(text);
    let starts = starts.split(' ').filter_map(|stem| {
        let (end, letter) = stem.char_indices().nth(TELLING_LETTERS - 1)?;
        Some(stem[..end + letter.len_utf8()].to_owned())
    });
    starts.take(MOST_WORDS).collect()
}

fn likeness(wanted: &BTreeSet<String>, words: &str) -> f64 {
    let met =
        wanted.iter().filter(|start| words.split(' ').any(|word| word.starts_with(start.as_str()))).count();
    met as f64 / wanted.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_stems_each_after_a_blank() {
        assert_eq!(words_of(&["Переводы идут долго", ""]), " перевод идут долг");
        assert_eq!(words_of(&["", "  "]), "");
    }

    #[test]
    fn a_pattern_holds_no_wildcards_of_the_text() {
        assert_eq!(like_word("100%_a\\"), "% 100\\%\\_a\\\\%");
    }
}

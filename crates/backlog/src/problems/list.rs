//! Finding problems: by kind, state, unit, owner and words.

use otklik_store::ids::{PersonId, UnitId};
use otklik_store::{Page, Store, StoreError, bulk};
use sqlx::AssertSqlSafe;

use super::row::ProblemRow;
use super::similar::{like_word, words_of};
use super::{Problem, ProblemKind, ProblemState};
use crate::codes::codes;
use crate::columns::read_count;

codes! {
    /// What a list is ordered by. The score is no column: `criteria` ranks what was listed.
    pub enum ProblemSort in "problem.sort" {
        Number = "number",
        Title = "title",
        State = "state",
        Criticality = "criticality",
        Created = "created",
        Updated = "updated",
    }
}

/// Which problems; an empty list or `None` sets no condition.
#[derive(Debug, Clone)]
pub struct ProblemFilter {
    pub kinds: Vec<ProblemKind>,
    pub states: Vec<ProblemState>,
    /// `Some` of an empty list finds nothing: somebody who may see no unit sees no problem.
    pub units: Option<Vec<UnitId>>,
    pub owner: Option<PersonId>,
    /// Every word, by its stem, in title, statement or the reason of a rejection.
    pub words: String,
    pub sort: ProblemSort,
    pub descending: bool,
    pub limit: u32,
    pub offset: u32,
}

impl Default for ProblemFilter {
    fn default() -> Self {
        Self {
            kinds: Vec::new(),
            states: Vec::new(),
            units: None,
            owner: None,
            words: String::new(),
            sort: ProblemSort::Number,
            descending: false,
            limit: 100,
            offset: 0,
        }
    }
}

/// A page of the problems that meet the filter; equal ones are ordered by number.
pub async fn list_problems(store: &Store, filter: &ProblemFilter) -> Result<Page<Problem>, StoreError> {
    let conditions = Conditions::of(filter);
    let mut count =
        sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from problem{}", conditions.sql())));
    for value in &conditions.values {
        count = count.bind(value);
    }
    let total: i64 = count.fetch_one(store.reader()).await?;
    let sql = format!(
        "select * from problem{} order by {} limit ${} offset ${}",
        conditions.sql(),
        order(filter.sort, filter.descending),
        conditions.values.len() + 1,
        conditions.values.len() + 2,
    );
    let mut query = sqlx::query_as::<_, ProblemRow>(AssertSqlSafe(sql));
    for value in &conditions.values {
        query = query.bind(value);
    }
    let rows =
        query.bind(i64::from(filter.limit)).bind(i64::from(filter.offset)).fetch_all(store.reader()).await?;
    let items = rows.into_iter().map(Problem::try_from).collect::<Result<_, _>>()?;
    Ok(Page { items, total: read_count("problem.count", total)? })
}

/// Conditions and their values, all of them texts.
#[derive(Default)]
struct Conditions {
    clauses: Vec<String>,
    values: Vec<String>,
}

impl Conditions {
    fn of(filter: &ProblemFilter) -> Self {
        let mut conditions = Self::default();
        if !filter.kinds.is_empty() {
            conditions.one_of("kind", filter.kinds.iter().map(|kind| kind.code().to_owned()).collect());
        }
        if !filter.states.is_empty() {
            conditions.one_of("state", filter.states.iter().map(|state| state.code().to_owned()).collect());
        }
        if let Some(units) = &filter.units {
            conditions.one_of("unit_id", units.iter().map(|unit| unit.0.clone()).collect());
        }
        if let Some(owner) = &filter.owner {
            conditions.one_of("owner_id", vec![owner.0.clone()]);
        }
        for stem in words_of(&[&filter.words]).split_whitespace() {
            conditions.values.push(like_word(stem));
            conditions.clauses.push(format!(r"words like ${} escape '\'", conditions.values.len()));
        }
        conditions
    }

    fn one_of(&mut self, column: &str, values: Vec<String>) {
        if values.is_empty() {
            return self.clauses.push("1 = 0".to_owned());
        }
        self.clauses.push(format!("{column} in ({})", bulk::parameters(values.len(), self.values.len())));
        self.values.extend(values);
    }

    fn sql(&self) -> String {
        if self.clauses.is_empty() { String::new() } else { format!(" where {}", self.clauses.join(" and ")) }
    }
}

fn order(sort: ProblemSort, descending: bool) -> String {
    let direction = if descending { "desc" } else { "asc" };
    // Who has no criticality comes last, whichever way the list is turned.
    let column = match sort {
        ProblemSort::Number => return format!("number {direction}"),
        ProblemSort::Title => "title",
        ProblemSort::State => "state",
        ProblemSort::Criticality => {
            return format!(
                "case when criticality is null then 1 else 0 end, criticality {direction}, number"
            );
        }
        ProblemSort::Created => "created_at",
        ProblemSort::Updated => "updated_at",
    };
    format!("{column} {direction}, number")
}

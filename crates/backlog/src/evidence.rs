//! What a problem rests on: topics, a filter, a search, and the items that somebody pinned or took out by hand.

use std::collections::BTreeMap;
use std::sync::Arc;

use otklik_facts::{Dimension, Filter, ItemSet};
use otklik_store::column::to_json;
use otklik_store::ids::{ProblemId, TopicId};
use otklik_store::search::Matches;
use otklik_store::{Store, StoreError, Tx};
use serde::{Deserialize, Serialize};

use crate::BacklogError;
use crate::codes::codes;
use crate::columns::{TITLE_LIMIT, check_length, read_count};
use crate::history::{ProblemEvent, record};
use crate::problems::lock_problem;

/// The window of scale where the evidence names none, in days.
pub const DEFAULT_WINDOW_DAYS: u32 = 90;

const LONGEST_WINDOW_DAYS: u32 = 3_660;

/// A live question whose answer are the items behind a problem.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Evidence {
    /// An item of any of these topics; of none, topics play no part.
    pub topics: Vec<TopicId>,
    #[schema(value_type = Object)]
    pub filter: Filter,
    /// Words as typed into a search box.
    pub search: Option<String>,
    /// How far back the scale looks; [`DEFAULT_WINDOW_DAYS`] where nothing is said.
    pub days: Option<u32>,
}

codes! {
    /// What a person decided on one item.
    pub enum ItemMark in "problem_item.kind" {
        /// Belongs here, whatever the question says.
        Pinned = "pinned",
        /// Does not belong here, whatever the question says.
        Excluded = "excluded",
    }
}

/// The items of a problem that were decided by hand, by their numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    pub pinned: Vec<u32>,
    pub excluded: Vec<u32>,
}

impl Evidence {
    /// True where nothing was asked yet: such evidence holds no item, and not all of them.
    pub fn is_empty(&self) -> bool {
        self.topics.is_empty() && self.filter == Filter::All && self.search.is_none()
    }

    pub fn window_days(&self) -> u32 {
        self.days.unwrap_or(DEFAULT_WINDOW_DAYS)
    }

    /// Checked and in the form that is stored: each topic once, no blank search.
    pub(crate) fn checked(mut self) -> Result<Self, BacklogError> {
        let mut seen = std::collections::BTreeSet::new();
        self.topics.retain(|topic| seen.insert(topic.clone()));
        let words = self.search.map(|words| check_length("search", &words, TITLE_LIMIT)).transpose()?;
        self.search = words.filter(|words| !words.is_empty());
        if self.days.is_some_and(|days| !(1..=LONGEST_WINDOW_DAYS).contains(&days)) {
            return Err(BacklogError::OutOfRange {
                field: "days",
                low: 1.0,
                high: LONGEST_WINDOW_DAYS.into(),
            });
        }
        to_json(&self, "problem.evidence").map_err(|e| BacklogError::EvidenceInvalid(e.to_string()))?;
        Ok(self)
    }
}

/// The one condition that the facts are asked: (topics ∧ filter ∧ search) ∨ pinned, ∧ ¬ excluded.
///
/// `search` is what the evidence's words found ([`search_filter`]). Where it is not given although the evidence has
/// words, they match nothing: a scale may come out too small, never too large.
pub fn compose_filter(evidence: &Evidence, search: Option<Filter>, marks: &Marks) -> Filter {
    let nothing = || Filter::Or(Vec::new());
    let question = if evidence.is_empty() {
        nothing()
    } else {
        let topics = match evidence.topics.as_slice() {
            [] => Filter::All,
            topics => Filter::any_of(Dimension::Topic, topics.iter().map(TopicId::as_str)),
        };
        let words = if evidence.search.is_some() { search.unwrap_or_else(nothing) } else { Filter::All };
        topics.and(evidence.filter.clone()).and(words)
    };
    let with_pinned = match marks.pinned.as_slice() {
        [] => question,
        pinned => Filter::Or(vec![question, items(pinned)]),
    };
    match marks.excluded.as_slice() {
        [] => with_pinned,
        excluded => with_pinned.and(items(excluded).negate()),
    }
}

/// The hits of a text search as a condition.
pub fn search_filter(matches: &Matches) -> Filter {
    let set = |numbers: &[i64]| {
        let numbers = numbers.iter().filter_map(|number| u32::try_from(*number).ok());
        Filter::Items(Arc::new(ItemSet::from_iter(numbers)))
    };
    match matches {
        Matches::Only(numbers) => set(numbers),
        Matches::AllBut(numbers) => set(numbers).negate(),
    }
}

fn items(numbers: &[u32]) -> Filter {
    Filter::Items(Arc::new(numbers.iter().copied().collect()))
}

/// Pins an item to a problem, takes it out, or with `None` leaves it to the question again.
pub async fn mark_item(
    tx: &mut Tx,
    problem: &ProblemId,
    item: u32,
    mark: Option<ItemMark>,
) -> Result<(), BacklogError> {
    let problem = lock_problem(tx, problem).await?;
    sqlx::query("delete from problem_item where problem_id = $1 and feedback_number = $2")
        .bind(problem.id.as_str())
        .bind(i64::from(item))
        .execute(tx.conn())
        .await?;
    if let Some(mark) = mark {
        sqlx::query("insert into problem_item (problem_id, feedback_number, kind) values ($1, $2, $3)")
            .bind(problem.id.as_str())
            .bind(i64::from(item))
            .bind(mark.code())
            .execute(tx.conn())
            .await?;
    }
    record(tx, &problem.id, &ProblemEvent::ItemMarked { item, mark }).await
}

/// The marks of one problem.
pub async fn load_marks(store: &Store, problem: &ProblemId) -> Result<Marks, StoreError> {
    let rows = sqlx::query_as(
        "select problem_id, feedback_number, kind from problem_item where problem_id = $1 order by feedback_number",
    )
    .bind(problem.as_str())
    .fetch_all(store.reader())
    .await?;
    Ok(gather(rows)?.remove(problem).unwrap_or_default())
}

/// The marks of all problems that have any.
pub async fn list_marks(store: &Store) -> Result<BTreeMap<ProblemId, Marks>, StoreError> {
    let rows = sqlx::query_as(
        "select problem_id, feedback_number, kind from problem_item order by problem_id, feedback_number",
    )
    .fetch_all(store.reader())
    .await?;
    gather(rows)
}

fn gather(rows: Vec<(String, i64, String)>) -> Result<BTreeMap<ProblemId, Marks>, StoreError> {
    let mut all = BTreeMap::<ProblemId, Marks>::new();
    for (problem, number, kind) in rows {
        let marks = all.entry(ProblemId(problem)).or_default();
        let number = read_count("problem_item.feedback_number", number)?;
        match ItemMark::read(&kind)? {
            ItemMark::Pinned => marks.pinned.push(number),
            ItemMark::Excluded => marks.excluded.push(number),
        }
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(topics: &[&str], search: Option<&str>) -> Evidence {
        let topics = topics.iter().map(|topic| TopicId((*topic).to_owned())).collect();
        Evidence { topics, search: search.map(str::to_owned), ..Evidence::default() }
    }

    #[test]
    fn no_question_holds_no_item_but_the_pinned() {
        let nothing = Filter::Or(vec![]);
        assert_eq!(compose_filter(&Evidence::default(), None, &Marks::default()), nothing);
        let marks = Marks { pinned: vec![7], excluded: vec![] };
        assert_eq!(
            compose_filter(&Evidence::default(), None, &marks),
            Filter::Or(vec![nothing, items(&[7])])
        );
    }

    #[test]
    fn every_part_takes_its_place() {
        let calls = Filter::any_of(Dimension::Channel, ["call"]);
        let asked = Evidence { filter: calls.clone(), ..evidence(&["t1", "t2"], Some("перевод")) };
        let marks = Marks { pinned: vec![1], excluded: vec![2, 3] };
        let question = Filter::And(vec![Filter::any_of(Dimension::Topic, ["t1", "t2"]), calls, items(&[9])]);
        let pinned = Filter::Or(vec![question, items(&[1])]);
        let expected = Filter::And(vec![pinned, Filter::Not(Box::new(items(&[2, 3])))]);
        assert_eq!(compose_filter(&asked, Some(items(&[9])), &marks), expected);
    }

    #[test]
    fn words_that_nobody_looked_up_match_nothing() {
        let composed = compose_filter(&evidence(&[], Some("перевод")), None, &Marks::default());
        assert_eq!(composed, Filter::Or(vec![]));
    }

    #[test]
    fn hits_become_a_condition() {
        assert_eq!(search_filter(&Matches::Only(vec![1, 2, -1, i64::MAX])), items(&[1, 2]));
        assert_eq!(search_filter(&Matches::AllBut(vec![5])), items(&[5]).negate());
    }

    #[test]
    fn what_cannot_be_stored_is_refused() {
        let hand_picked = Evidence { filter: items(&[1]), ..Evidence::default() };
        assert_eq!(hand_picked.checked().unwrap_err().code(), "evidence_invalid");
        let endless = Evidence { days: Some(0), ..Evidence::default() };
        assert_eq!(endless.checked().unwrap_err().code(), "field_out_of_range");
        let tidy = evidence(&["a", "b", "a"], Some("  ")).checked().unwrap();
        assert_eq!(tidy, evidence(&["a", "b"], None));
    }
}

//! Writing a problem down.

use otklik_store::column::to_json;
use otklik_store::ids::{PersonId, ProblemId, UnitId};
use otklik_store::{Sequence, Tx};

use super::{MoneyInputs, Problem, ProblemKind, ProblemState, words_of};
use crate::columns::{check_text, check_title, read_count};
use crate::history::{ProblemEvent, record};
use crate::{BacklogError, Evidence};

/// What is known when a problem is written down; the rest is filled in later.
#[derive(Debug, Clone)]
pub struct NewProblem {
    pub kind: ProblemKind,
    pub title: String,
    pub statement: String,
    pub unit_id: Option<UnitId>,
    pub owner_id: Option<PersonId>,
    pub evidence: Evidence,
}

impl NewProblem {
    /// A problem of which only the name is known.
    pub fn titled(title: impl Into<String>) -> Self {
        Self {
            kind: ProblemKind::Problem,
            title: title.into(),
            statement: String::new(),
            unit_id: None,
            owner_id: None,
            evidence: Evidence::default(),
        }
    }
}

/// Adds a row to the backlog, with the next number.
pub async fn create_problem(tx: &mut Tx, new: NewProblem) -> Result<Problem, BacklogError> {
    let title = check_title("title", &new.title)?;
    let statement = check_text("statement", &new.statement)?;
    let evidence = new.evidence.checked()?;
    let number = tx.take_numbers(Sequence::ProblemNumber, 1).await?;
    let now = tx.now_ms();
    let problem = Problem {
        id: ProblemId::new(now),
        number: read_count("problem.number", number)?,
        kind: new.kind,
        state: ProblemState::New,
        title,
        statement,
        unit_id: new.unit_id,
        owner_id: new.owner_id,
        criticality: None,
        criticality_reason: String::new(),
        money: MoneyInputs::default(),
        metric_code: None,
        evidence,
        rejected_reason: None,
        version: 1,
        created_at: now,
        updated_at: now,
        closed_at: None,
    };
    sqlx::query(
        "insert into problem (id, number, kind, state, title, statement, words, unit_id, owner_id, evidence, \
             created_at, updated_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)",
    )
    .bind(problem.id.as_str())
    .bind(number)
    .bind(problem.kind.code())
    .bind(problem.state.code())
    .bind(&problem.title)
    .bind(&problem.statement)
    .bind(words_of(&[&problem.title, &problem.statement]))
    .bind(problem.unit_id.as_ref().map(UnitId::as_str))
    .bind(problem.owner_id.as_ref().map(PersonId::as_str))
    .bind(to_json(&problem.evidence, "problem.evidence")?)
    .bind(now)
    .execute(tx.conn())
    .await?;
    record(tx, &problem.id, &ProblemEvent::ProblemCreated { title: problem.title.clone() }).await?;
    Ok(problem)
}

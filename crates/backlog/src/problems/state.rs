//! The state of a problem: what its plans make of it, and what a closed one refuses.

use otklik_store::StoreError;

use super::{Problem, ProblemState};
use crate::BacklogError;
use crate::solutions::{Solution, SolutionState};

/// The state that follows from the plans; a closed problem stays as it is.
pub(crate) fn state_by_plans(state: ProblemState, plans: &[Solution]) -> ProblemState {
    if state.is_closed() {
        return state;
    }
    let any = |wanted: fn(SolutionState) -> bool| plans.iter().any(|plan| wanted(plan.state));
    if any(|plan| plan == SolutionState::Released) {
        ProblemState::Watching
    } else if any(SolutionState::is_open) {
        ProblemState::Solving
    } else if state == ProblemState::New {
        ProblemState::New
    } else {
        ProblemState::Analysing
    }
}

/// Nothing happens to the plans of a closed problem.
pub(crate) fn guard_open(problem: &Problem) -> Result<(), BacklogError> {
    if problem.state.is_closed() { Err(BacklogError::ProblemClosed(problem.state)) } else { Ok(()) }
}

/// Who edits must have seen the newest version.
pub(crate) fn guard_version(entity: &'static str, current: u64, seen: u64) -> Result<(), BacklogError> {
    if current == seen { Ok(()) } else { Err(StoreError::Stale { entity }.into()) }
}

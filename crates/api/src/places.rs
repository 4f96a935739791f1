//! What the path names, found, and known to lie where the right of whoever asks holds.
//!
//! A handler that takes a place cannot forget to ask whose it is; what it changes runs in one transaction.

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use otklik_app::reports::may_see;
use otklik_backlog::Problem;
use otklik_backlog::gates::list_gate_items;
use otklik_backlog::problems::load_problem;
use otklik_backlog::solutions::{Solution, load_solution};
use otklik_metrics::watch::{Anomaly, load_anomaly};
use otklik_metrics::{
    Board, BoardContent, BoardName, Incident, MetricError, Reach, Report, Target, list_target_versions,
    load_board, load_incident, load_report,
};
use otklik_platform::people::load_access;
use otklik_platform::{Access, Right};
use otklik_store::Tx;
use otklik_store::ids::{
    AnomalyId, BoardId, GateItemId, IncidentId, PersonId, ProblemId, ReportId, SolutionId, TargetId, UnitId,
};
use otklik_voice::feedback::{Feedback, load_feedback_by_id};

use crate::auth::{Granted, Needed};
use crate::routes::backlog_types::AssessedOut;
use crate::{ApiError, ApiState};

/// The problem `{id}`.
pub struct ProblemAt<R> {
    pub state: ApiState,
    pub granted: Granted<R>,
    pub problem: Problem,
}

/// The plan `{id}`, with the problem whose unit it belongs to.
pub struct PlanAt<R> {
    pub state: ApiState,
    pub granted: Granted<R>,
    pub plan: Solution,
    problem: ProblemId,
}

/// The line `{item}` of the gate of the plan `{id}`.
pub struct GateLineAt<R> {
    pub at: PlanAt<R>,
    pub item: GateItemId,
}

/// The item of feedback `{id}`.
pub struct FeedbackAt<R> {
    pub state: ApiState,
    pub granted: Granted<R>,
    pub item: Feedback,
}

/// The board `{id}`, which the reader may see.
pub struct BoardAt<R> {
    pub state: ApiState,
    pub granted: Granted<R>,
    pub board: Board,
}

/// The report `{id}` of a board that the reader may see, and theirs to change.
pub struct ReportAt<R> {
    pub board: BoardAt<R>,
    pub report: Report,
}

/// The target `{id}` in its newest version.
pub struct TargetAt<R> {
    pub state: ApiState,
    pub granted: Granted<R>,
    pub target: Target,
}

/// The incident `{id}`.
pub struct IncidentAt<R> {
    pub state: ApiState,
    pub granted: Granted<R>,
    pub incident: Incident,
}

/// The anomaly `{id}`.
pub struct AnomalyAt<R> {
    pub state: ApiState,
    pub granted: Granted<R>,
    pub anomaly: Anomaly,
}

impl<R> BoardAt<R> {
    /// Its owner may change it, and who manages where it is shared.
    pub fn may_change(&self) -> bool {
        let content = &self.board.content;
        let manages = self.granted.access.scope(Right::Manage);
        self.board.owner == self.granted.access.person
            || content.reach != Reach::Own
                && manages.is_some_and(|scope| scope.covers(content.unit_id.as_ref()))
    }

    /// Refuses reports to others where one may not change it, and to people who may not see it.
    pub async fn may_address(&self, people: &[PersonId]) -> Result<(), ApiError> {
        if people.iter().any(|person| *person != self.granted.access.person) {
            self.require_change()?;
        }
        let board = BoardName::from(self.board.clone());
        for person in people {
            let access = load_access(&self.state.app.store, person).await;
            if !access.is_ok_and(|access| may_see(&access, &board)) {
                return Err(MetricError::BadReport("recipients").into());
            }
        }
        Ok(())
    }

    fn reach(state: &ApiState, granted: Granted<R>, board: Board) -> Result<Self, ApiError> {
        if may_see(&granted.access, &BoardName::from(board.clone())) {
            Ok(Self { state: state.clone(), granted, board })
        } else {
            Err(ApiError::forbidden())
        }
    }

    /// Refuses who may not change it.
    pub fn require_change(&self) -> Result<(), ApiError> {
        if self.may_change() { Ok(()) } else { Err(ApiError::forbidden()) }
    }
}

/// Refuses sharing where one may not contribute.
pub fn may_share(access: &Access, content: &BoardContent) -> Result<(), ApiError> {
    let contributes = access.scope(Right::Contribute);
    let unit = content.unit_id.as_ref().filter(|_| content.reach == Reach::Unit);
    if content.reach == Reach::Own || contributes.is_some_and(|scope| scope.covers(unit)) {
        Ok(())
    } else {
        Err(ApiError::forbidden())
    }
}

impl<R> ProblemAt<R> {
    /// Makes a change in one transaction.
    pub async fn change<T, E>(
        &self,
        change: impl AsyncFnOnce(&mut Tx, &ProblemId) -> Result<T, E>,
    ) -> Result<T, ApiError>
    where
        ApiError: From<E>,
    {
        self.state.change(self.granted.actor(), async |tx| change(tx, &self.problem.id).await).await
    }

    /// Makes a change and answers with the problem as it is then.
    pub async fn answer<T, E>(
        self,
        change: impl AsyncFnOnce(&mut Tx, &ProblemId) -> Result<T, E>,
    ) -> Result<axum::Json<AssessedOut>, ApiError>
    where
        ApiError: From<E>,
    {
        self.change(change).await?;
        assessed(&self.state, &self.problem.id).await
    }
}

impl<R: Needed> PlanAt<R> {
    /// The plan of this id.
    pub async fn reach(state: &ApiState, granted: Granted<R>, id: &SolutionId) -> Result<Self, ApiError> {
        let plan = load_solution(&state.app.store, id).await?;
        let problem = load_problem(&state.app.store, &plan.problem_id).await?;
        granted.require(problem.unit_id.as_ref())?;
        Ok(Self { state: state.clone(), granted, plan, problem: problem.id })
    }

    /// Makes a change in one transaction.
    pub async fn change<T, E>(
        &self,
        change: impl AsyncFnOnce(&mut Tx, &SolutionId) -> Result<T, E>,
    ) -> Result<T, ApiError>
    where
        ApiError: From<E>,
    {
        self.state.change(self.granted.actor(), async |tx| change(tx, &self.plan.id).await).await
    }

    /// Makes a change and answers with the plan's problem as it is then.
    pub async fn answer<T, E>(
        self,
        change: impl AsyncFnOnce(&mut Tx, &SolutionId) -> Result<T, E>,
    ) -> Result<axum::Json<AssessedOut>, ApiError>
    where
        ApiError: From<E>,
    {
        self.change(change).await?;
        assessed(&self.state, &self.problem).await
    }
}

/// A problem with everything that is computed for it.
pub async fn assessed(state: &ApiState, id: &ProblemId) -> Result<axum::Json<AssessedOut>, ApiError> {
    let problem = load_problem(&state.app.store, id).await?;
    Ok(axum::Json(state.app.assess_problem(problem).await?.into()))
}

impl<R: Needed> FromRequestParts<ApiState> for ProblemAt<R> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, ApiError> {
        let granted = Granted::from_request_parts(parts, state).await?;
        let id = ProblemId(path_value(parts, "id").await?);
        let problem = load_problem(&state.app.store, &id).await?;
        granted.require(problem.unit_id.as_ref())?;
        Ok(Self { state: state.clone(), granted, problem })
    }
}

impl<R: Needed> FromRequestParts<ApiState> for PlanAt<R> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, ApiError> {
        let granted = Granted::from_request_parts(parts, state).await?;
        let id = SolutionId(path_value(parts, "id").await?);
        Self::reach(state, granted, &id).await
    }
}

impl<R: Needed> FromRequestParts<ApiState> for GateLineAt<R> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, ApiError> {
        let at = PlanAt::from_request_parts(parts, state).await?;
        let item = GateItemId(path_value(parts, "item").await?);
        let items = list_gate_items(&state.app.store, &at.plan.id).await?;
        if items.iter().any(|of_plan| of_plan.id == item) {
            Ok(Self { at, item })
        } else {
            Err(ApiError::not_found())
        }
    }
}

impl<R: Needed> FromRequestParts<ApiState> for FeedbackAt<R> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, ApiError> {
        let granted = Granted::from_request_parts(parts, state).await?;
        let id = path_value(parts, "id").await?;
        let item = load_feedback_by_id(&state.app.store, &id).await?;
        granted.require(item.unit_id.clone().map(UnitId).as_ref())?;
        Ok(Self { state: state.clone(), granted, item })
    }
}

impl<R: Needed> FromRequestParts<ApiState> for BoardAt<R> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, ApiError> {
        let granted = Granted::from_request_parts(parts, state).await?;
        let id = BoardId(path_value(parts, "id").await?);
        let board = load_board(&state.app.store, &id).await?;
        Self::reach(state, granted, board)
    }
}

impl<R: Needed> FromRequestParts<ApiState> for ReportAt<R> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, ApiError> {
        let granted = Granted::from_request_parts(parts, state).await?;
        let id = ReportId(path_value(parts, "id").await?);
        let report = load_report(&state.app.store, &id).await?;
        let board = load_board(&state.app.store, &report.board_id).await?;
        let board = BoardAt::reach(state, granted, board)?;
        if report.owner_id != board.granted.access.person {
            board.require_change()?;
        }
        Ok(Self { board, report })
    }
}

impl<R: Needed> FromRequestParts<ApiState> for TargetAt<R> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, ApiError> {
        let granted = Granted::<R>::from_request_parts(parts, state).await?;
        let id = TargetId(path_value(parts, "id").await?);
        let newest = list_target_versions(&state.app.store, &id).await?.into_iter().next();
        let target = newest.ok_or_else(ApiError::not_found)?;
        if target.content.unit_id.is_some() || R::RIGHT != Right::View {
            granted.require(target.content.unit_id.as_ref())?;
        }
        Ok(Self { state: state.clone(), granted, target })
    }
}

impl<R: Needed> FromRequestParts<ApiState> for IncidentAt<R> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, ApiError> {
        let granted = Granted::from_request_parts(parts, state).await?;
        let id = IncidentId(path_value(parts, "id").await?);
        let incident = load_incident(&state.app.store, &id).await?;
        granted.require(incident.content.unit_id.as_ref())?;
        Ok(Self { state: state.clone(), granted, incident })
    }
}

/// The part of the path in the place of `{name}`.
async fn path_value(parts: &mut Parts, name: &str) -> Result<String, ApiError> {
    let params = RawPathParams::from_request_parts(parts, &()).await.map_err(|_| ApiError::not_found())?;
    let value = params.iter().find(|(key, _)| *key == name).map(|(_, value)| value.to_owned());
    value.ok_or_else(ApiError::not_found)
}

impl<R: Needed> FromRequestParts<ApiState> for AnomalyAt<R> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, ApiError> {
        let granted = Granted::from_request_parts(parts, state).await?;
        let id = AnomalyId(path_value(parts, "id").await?);
        let anomaly = load_anomaly(&state.app.store, &id).await?;
        granted.require(anomaly.unit_id.as_ref())?;
        Ok(Self { state: state.clone(), granted, anomaly })
    }
}

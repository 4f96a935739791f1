//! Rights as types: each extractor proves a right and carries the scope in which it holds.

use std::marker::PhantomData;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use otklik_platform::{Access, Right, Scope};
use otklik_store::Actor;
use otklik_store::ids::UnitId;

use super::Signed;
use crate::{ApiError, ApiState};

/// May read what lies in the scope.
pub type CanView = Granted<View>;
/// May add and edit problems and solutions of the scope, and label its items.
pub type CanContribute = Granted<Contribute>;
/// May fix hypotheses, release, sign and reject in the scope.
pub type CanManage = Granted<Manage>;
/// May bring data in and say how it is read: for the whole company only.
pub type CanAnalyse = Granted<Analyse>;
/// May manage people and units and read the audit trail: for the whole company only.
pub type CanAdminister = Granted<Administer>;

/// Somebody who has the right, and where.
#[derive(Debug, Clone)]
pub struct Granted<R> {
    pub access: Access,
    pub scope: Scope,
    right: PhantomData<R>,
}

/// A right as a type.
pub trait Needed: Send + Sync {
    const RIGHT: Right;
    /// The right counts only where it holds in the whole company.
    const COMPANY_WIDE: bool;
}

macro_rules! needed {
    ($($right:ident, $company_wide:expr;)*) => {$(
        #[derive(Debug, Clone, Copy)]
        pub struct $right;

        impl Needed for $right {
            const RIGHT: Right = Right::$right;
            const COMPANY_WIDE: bool = $company_wide;
        }
    )*};
}

needed! {
    View, false;
    Contribute, false;
    Manage, false;
    Analyse, true;
    Administer, true;
}

impl<R> Granted<R> {
    pub fn actor(&self) -> Actor {
        Actor::Person(self.access.person.clone())
    }

    /// Refuses what lies outside the scope; `None` is something of no unit.
    pub fn require(&self, unit: Option<&UnitId>) -> Result<(), ApiError> {
        if self.scope.covers(unit) { Ok(()) } else { Err(ApiError::forbidden()) }
    }
}

impl<R: Needed> FromRequestParts<ApiState> for Granted<R> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, ApiError> {
        let Signed { access } = Signed::from_request_parts(parts, state).await?;
        let scope = access.scope(R::RIGHT).ok_or_else(ApiError::forbidden)?;
        if R::COMPANY_WIDE && scope != Scope::Company {
            return Err(ApiError::forbidden());
        }
        Ok(Self { access, scope, right: PhantomData })
    }
}

//! Rights as types: each extractor proves a right and carries the scope in which it holds.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use otklik_platform::{Access, Right, Scope};
use otklik_store::Actor;
use otklik_store::ids::UnitId;

use super::Signed;
use crate::{ApiError, ApiState};

macro_rules! rights {
    ($($(#[$doc:meta])* $name:ident => $right:ident, $anywhere:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $name {
            pub access: Access,
            pub scope: Scope,
        }

        impl $name {
            pub fn actor(&self) -> Actor {
                Actor::Person(self.access.person.clone())
            }

            /// Refuses what lies outside the scope; `None` is something of no unit.
            pub fn require(&self, unit: Option<&UnitId>) -> Result<(), ApiError> {
                if self.scope.covers(unit) { Ok(()) } else { Err(ApiError::forbidden()) }
            }
        }

        impl FromRequestParts<ApiState> for $name {
            type Rejection = ApiError;

            async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, ApiError> {
                let Signed { access } = Signed::from_request_parts(parts, state).await?;
                let scope = access.scope(Right::$right).ok_or_else(ApiError::forbidden)?;
                if !$anywhere && scope != Scope::Company {
                    return Err(ApiError::forbidden());
                }
                Ok(Self { access, scope })
            }
        }
    )*};
}

rights! {
    /// May read what lies in the scope.
    CanView => View, true;
    /// May add and edit problems and solutions of the scope, and label its items.
    CanContribute => Contribute, true;
    /// May fix hypotheses, release, sign and reject in the scope.
    CanManage => Manage, true;
    /// May bring data in and say how it is read: for the whole company only.
    CanAnalyse => Analyse, false;
    /// May manage people and units and read the audit trail: for the whole company only.
    CanAdminister => Administer, false;
}

//! The map: problems as points, scale to the right, criticality upwards.

use otklik_store::ids::{ProblemId, UnitId};
use serde::{Deserialize, Serialize};

use crate::codes::codes;
use crate::criteria::Ranked;
use crate::problems::{ProblemKind, ProblemState};
use crate::scale::Scale;
use crate::{Criticality, Problem};

/// A problem on the map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct MapPoint {
    pub id: ProblemId,
    pub number: u64,
    pub title: String,
    pub kind: ProblemKind,
    pub state: ProblemState,
    pub unit_id: Option<UnitId>,
    /// To the right: per cent of the customers heard or of the answers.
    pub share_pct: f64,
    /// The same as customers: the estimate, or those known for sure.
    pub customers: u64,
    /// Upwards.
    pub criticality: Criticality,
    pub score: Option<f64>,
    pub rank: Option<u64>,
}

codes! {
    /// What a problem lacks to have a place on the map.
    pub enum Unplaced in "map.unplaced" {
        Scale = "scale",
        Criticality = "criticality",
    }
}

/// A problem that has no place on the map yet, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct UnplacedProblem {
    pub id: ProblemId,
    pub number: u64,
    pub title: String,
    pub missing: Vec<Unplaced>,
}

/// All points, the highest rank first, and all problems that could not be placed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ScaleMap {
    pub points: Vec<MapPoint>,
    pub unplaced: Vec<UnplacedProblem>,
}

/// Places problems with their scale and rank; the order given is kept.
pub fn compose_map<'a>(
    rows: impl IntoIterator<Item = (&'a Problem, Option<&'a Scale>, &'a Ranked)>,
) -> ScaleMap {
    let mut map = ScaleMap::default();
    for (problem, scale, ranked) in rows {
        let share = scale.and_then(|scale| Some((scale.share_pct()?, scale.customers())));
        match (share, problem.criticality) {
            (Some((share_pct, customers)), Some(criticality)) => map.points.push(MapPoint {
                id: problem.id.clone(),
                number: problem.number,
                title: problem.title.clone(),
                kind: problem.kind,
                state: problem.state,
                unit_id: problem.unit_id.clone(),
                share_pct,
                customers,
                criticality,
                score: ranked.score.value(),
                rank: ranked.rank,
            }),
            (share, criticality) => {
                let lacks =
                    [(Unplaced::Scale, share.is_none()), (Unplaced::Criticality, criticality.is_none())];
                map.unplaced.push(UnplacedProblem {
                    id: problem.id.clone(),
                    number: problem.number,
                    title: problem.title.clone(),
                    missing: lacks.into_iter().filter(|(_, lacks)| *lacks).map(|(what, _)| what).collect(),
                });
            }
        }
    }
    map
}

//! Who does something: written into every audit row and every job.

use serde::{Deserialize, Serialize};

use crate::ids::PersonId;

/// The one in whose name a transaction runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Actor {
    /// Somebody signed in, by the screen or by a token.
    Person(PersonId),
    /// Otklik itself: a job, a schedule, the first start.
    System,
    /// The operator at the command line of the server.
    Operator,
}

impl Actor {
    /// The stable word in `actor_kind` columns.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Person(_) => "person",
            Self::System => "system",
            Self::Operator => "operator",
        }
    }

    /// The person's id, or an empty text for an actor that has none.
    pub fn id(&self) -> &str {
        match self {
            Self::Person(id) => id.as_str(),
            Self::System | Self::Operator => "",
        }
    }
}

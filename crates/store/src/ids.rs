//! Ids of everything that has one: UUIDv7 as text, a newtype each, so that two kinds cannot be confused.

use serde::{Deserialize, Serialize};
use uuid::{ContextV7, Timestamp, Uuid};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// A new id for something made at `now_ms`: ids sort by the time of their making.
            pub fn new(now_ms: crate::Millis) -> Self {
                Self(new_id(now_ms))
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<String> for $name {
            fn from(id: String) -> Self {
                Self(id)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

ids! {
    /// Somebody who signs in.
    PersonId,
    /// A part of the company.
    UnitId,
    /// Where feedback comes from.
    SourceId,
    /// A node of the topic tree.
    TopicId,
    /// One run of a file import.
    ImportId,
    /// A kept column mapping.
    ProfileId,
    /// A row of the backlog.
    ProblemId,
    /// One way to solve a problem.
    SolutionId,
    /// A line of a release gate.
    GateItemId,
    /// A list of gate lines to start from.
    GateTemplateId,
    /// The measured and signed result of a solution.
    VerdictId,
    /// A notice that a solved problem is coming back.
    AlarmId,
    /// A formula that ranks the backlog.
    CriteriaSetId,
    /// A piece of long work.
    JobId,
    /// A key for programs.
    TokenId,
    /// Cards of metrics that somebody put together.
    BoardId,
    /// A value that a metric shall reach.
    TargetId,
    /// Something that happened and shows in the numbers.
    IncidentId,
    /// Something that stood out in a series.
    AnomalyId,
    /// An address of another program.
    WebhookId,
    /// A board that is sent by itself.
    ReportId,
    /// A file that letters carry.
    AttachmentId,
    /// What somebody asked to be told of.
    AlertRuleId,
    /// Something that went on: it begins once and ends once.
    EpisodeId,
    /// What one person was told.
    NotificationId,
    /// The proof that a customer was erased.
    ReceiptId,
}

/// A UUIDv7 of the given moment, as text.
pub fn new_id(now_ms: crate::Millis) -> String {
    static CONTEXT: std::sync::Mutex<Option<ContextV7>> = std::sync::Mutex::new(None);
    let seconds = now_ms.div_euclid(1000).max(0).unsigned_abs();
    let nanos = u32::try_from(now_ms.rem_euclid(1000)).unwrap_or(0) * 1_000_000;
    let mut context = CONTEXT.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let context = context.get_or_insert_with(ContextV7::new);
    Uuid::new_v7(Timestamp::from_unix(&*context, seconds, nanos)).to_string()
}

//! Episodes: something that went on, known by its kind and what it is about.

use otklik_store::column::{from_json, to_json};
use otklik_store::ids::{AlertRuleId, EpisodeId, UnitId};
use otklik_store::{Millis, Store, StoreError, Tx};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::FromRow;

/// What people can be told of.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum EpisodeKind {
    /// Something stands out in the numbers.
    Anomaly,
    /// A metric is beyond a limit.
    Metric,
    /// A solved problem is back.
    Problem,
    /// A check date has come, and a verdict waits for a signature.
    Verdict,
}

impl EpisodeKind {
    pub const ALL: [Self; 4] = [Self::Anomaly, Self::Metric, Self::Problem, Self::Verdict];

    pub fn word(self) -> &'static str {
        match self {
            Self::Anomaly => "anomaly",
            Self::Metric => "metric",
            Self::Problem => "problem",
            Self::Verdict => "verdict",
        }
    }

    pub(super) fn parse(word: &str) -> Result<Self, StoreError> {
        let kind = Self::ALL.into_iter().find(|kind| kind.word() == word);
        kind.ok_or_else(|| StoreError::unreadable("episode.kind", word))
    }
}

#[derive(Debug, Clone)]
pub struct NewEpisode {
    pub kind: EpisodeKind,
    /// What it is about, within its kind.
    pub subject: String,
    /// The rule whose limit was crossed.
    pub rule: Option<AlertRuleId>,
    pub unit: Option<UnitId>,
    pub detail: Value,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Episode {
    pub id: EpisodeId,
    pub kind: EpisodeKind,
    pub subject: String,
    pub rule: Option<AlertRuleId>,
    pub unit: Option<UnitId>,
    pub detail: Value,
    pub began_at: Millis,
    pub ended_at: Option<Millis>,
}

/// Begins an episode; `None` where it is known already, also where it is over.
pub async fn begin_episode(tx: &mut Tx, new: &NewEpisode) -> Result<Option<EpisodeId>, StoreError> {
    let (id, now) = (EpisodeId::new(tx.now_ms()), tx.now_ms());
    let inserted = sqlx::query(
        "insert into episode (id, kind, subject, rule_id, unit_id, detail, began_at) \
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (kind, subject) do nothing",
    )
    .bind(id.as_str())
    .bind(new.kind.word())
    .bind(&new.subject)
    .bind(new.rule.as_ref().map(AlertRuleId::as_str))
    .bind(new.unit.as_ref().map(UnitId::as_str))
    .bind(to_json(&new.detail, "episode.detail")?)
    .bind(now)
    .execute(tx.conn())
    .await?;
    Ok((inserted.rows_affected() > 0).then_some(id))
}

/// Ends an episode; false where it was over already.
pub async fn end_episode(tx: &mut Tx, id: &EpisodeId) -> Result<bool, StoreError> {
    let now = tx.now_ms();
    let ended = sqlx::query("update episode set ended_at = $2 where id = $1 and ended_at is null")
        .bind(id.as_str())
        .bind(now)
        .execute(tx.conn())
        .await?;
    Ok(ended.rows_affected() > 0)
}

/// What goes on of one kind, the oldest first.
pub async fn list_open_episodes(store: &Store, kind: EpisodeKind) -> Result<Vec<Episode>, StoreError> {
    let rows: Vec<EpisodeRow> =
        sqlx::query_as("select * from episode where ended_at is null and kind = $1 order by began_at, id")
            .bind(kind.word())
            .fetch_all(store.reader())
            .await?;
    rows.into_iter().map(Episode::try_from).collect()
}

/// The episode about something, whether it goes on or is over.
pub async fn load_episode_of(
    store: &Store,
    kind: EpisodeKind,
    subject: &str,
) -> Result<Option<Episode>, StoreError> {
    let row: Option<EpisodeRow> = sqlx::query_as("select * from episode where kind = $1 and subject = $2")
        .bind(kind.word())
        .bind(subject)
        .fetch_optional(store.reader())
        .await?;
    row.map(Episode::try_from).transpose()
}

#[derive(FromRow)]
struct EpisodeRow {
    id: String,
    kind: String,
    subject: String,
    rule_id: Option<String>,
    unit_id: Option<String>,
    detail: String,
    began_at: i64,
    ended_at: Option<i64>,
}

impl TryFrom<EpisodeRow> for Episode {
    type Error = StoreError;

    fn try_from(row: EpisodeRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: EpisodeId(row.id),
            kind: EpisodeKind::parse(&row.kind)?,
            subject: row.subject,
            rule: row.rule_id.map(AlertRuleId),
            unit: row.unit_id.map(UnitId),
            detail: from_json(&row.detail, "episode.detail")?,
            began_at: row.began_at,
            ended_at: row.ended_at,
        })
    }
}

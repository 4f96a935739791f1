//! Notifications: one for each person, episode and phase; read on the screen, taken into letters.

use otklik_store::column::{from_json, to_json, to_u64};
use otklik_store::ids::{EpisodeId, NotificationId, PersonId};
use otklik_store::{Millis, Page, Store, StoreError, Tx};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::{AssertSqlSafe, FromRow};

use super::EpisodeKind;

/// Begun or over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = NotificationPhase)]
pub enum Phase {
    Began,
    Ended,
}

impl Phase {
    fn word(self) -> &'static str {
        match self {
            Self::Began => "began",
            Self::Ended => "ended",
        }
    }
}

#[derive(Debug, Clone)]
pub struct NewNotification<'a> {
    pub person: &'a PersonId,
    pub episode: &'a EpisodeId,
    pub phase: Phase,
    pub detail: &'a Value,
    pub on_screen: bool,
    pub mail_due_at: Option<Millis>,
}

/// What one person was told.
#[derive(Debug, Clone, PartialEq)]
pub struct Notification {
    pub id: NotificationId,
    pub person: PersonId,
    pub kind: EpisodeKind,
    pub phase: Phase,
    pub detail: Value,
    pub created_at: Millis,
    pub read_at: Option<Millis>,
}

/// Tells a person; false where they were told already.
pub async fn notify(tx: &mut Tx, new: NewNotification<'_>) -> Result<bool, StoreError> {
    let (id, now) = (NotificationId::new(tx.now_ms()), tx.now_ms());
    let inserted = sqlx::query(
        "insert into notification (id, person_id, episode_id, phase, detail, created_at, on_screen, mail_due_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (person_id, episode_id, phase) do nothing",
    )
    .bind(id.as_str())
    .bind(new.person.as_str())
    .bind(new.episode.as_str())
    .bind(new.phase.word())
    .bind(to_json(new.detail, "notification.detail")?)
    .bind(now)
    .bind(i64::from(new.on_screen))
    .bind(new.mail_due_at)
    .execute(tx.conn())
    .await?;
    Ok(inserted.rows_affected() > 0)
}

/// What a person was told on the screen, the newest first.
pub async fn list_notifications(
    store: &Store,
    person: &PersonId,
    (limit, offset): (u32, u32),
) -> Result<Page<Notification>, StoreError> {
    let rows: Vec<NotificationRow> = sqlx::query_as(
        "select n.*, e.kind from notification n join episode e on e.id = n.episode_id \
         where n.person_id = $1 and n.on_screen = 1 order by n.created_at desc, n.id desc limit $2 offset $3",
    )
    .bind(person.as_str())
    .bind(i64::from(limit))
    .bind(i64::from(offset))
    .fetch_all(store.reader())
    .await?;
    let total: i64 =
        sqlx::query_scalar("select count(*) from notification where person_id = $1 and on_screen = 1")
            .bind(person.as_str())
            .fetch_one(store.reader())
            .await?;
    let items = rows.into_iter().map(Notification::try_from).collect::<Result<_, _>>()?;
    Ok(Page { items, total: to_u64(total) })
}

/// How much a person has not read yet.
pub async fn count_unread(store: &Store, person: &PersonId) -> Result<u64, StoreError> {
    let unread: i64 = sqlx::query_scalar(
        "select count(*) from notification where person_id = $1 and on_screen = 1 and read_at is null",
    )
    .bind(person.as_str())
    .fetch_one(store.reader())
    .await?;
    Ok(to_u64(unread))
}

/// Marks one notification of a person as read, or all of them. What is not theirs is left as it is.
pub async fn read_notifications(
    tx: &mut Tx,
    person: &PersonId,
    only: Option<&NotificationId>,
) -> Result<(), StoreError> {
    let one = if only.is_some() { " and id = $3" } else { "" };
    let sql = format!("update notification set read_at = $2 where person_id = $1 and read_at is null{one}");
    let now = tx.now_ms();
    let mut query = sqlx::query(AssertSqlSafe(sql)).bind(person.as_str()).bind(now);
    if let Some(id) = only {
        query = query.bind(id.as_str());
    }
    query.execute(tx.conn()).await?;
    Ok(())
}

/// Whether a letter is due: a look that takes nothing and holds nobody up.
pub async fn has_due_notification(store: &Store) -> Result<bool, StoreError> {
    let due: Option<i64> = sqlx::query_scalar(
        "select 1 from notification where mailed_at is null and mail_due_at <= $1 limit 1",
    )
    .bind(store.now_ms())
    .fetch_optional(store.reader())
    .await?;
    Ok(due.is_some())
}

/// Who is to have a letter now.
pub async fn list_people_with_mail(store: &Store) -> Result<Vec<PersonId>, StoreError> {
    let people: Vec<String> = sqlx::query_scalar(
        "select distinct person_id from notification where mailed_at is null and mail_due_at <= $1 \
         order by person_id",
    )
    .bind(store.now_ms())
    .fetch_all(store.reader())
    .await?;
    Ok(people.into_iter().map(PersonId).collect())
}

/// Takes what goes into a person's letter now, the oldest first; whoever comes second gets nothing.
pub async fn take_due_notifications(tx: &mut Tx, person: &PersonId) -> Result<Vec<Notification>, StoreError> {
    let now = tx.now_ms();
    let rows: Vec<NotificationRow> = sqlx::query_as(
        "update notification set mailed_at = $2 \
         where person_id = $1 and mailed_at is null and mail_due_at <= $2 \
         returning *, (select kind from episode where episode.id = notification.episode_id) as kind",
    )
    .bind(person.as_str())
    .bind(now)
    .fetch_all(tx.conn())
    .await?;
    let mut taken = rows.into_iter().map(Notification::try_from).collect::<Result<Vec<_>, _>>()?;
    taken.sort_by(|a, b| (a.created_at, &a.id).cmp(&(b.created_at, &b.id)));
    Ok(taken)
}

/// Deletes what was told before a moment; how much.
pub async fn delete_old_notifications(tx: &mut Tx, before: Millis) -> Result<u64, StoreError> {
    let deleted =
        sqlx::query("delete from notification where created_at < $1").bind(before).execute(tx.conn()).await?;
    Ok(deleted.rows_affected())
}

#[derive(FromRow)]
struct NotificationRow {
    id: String,
    person_id: String,
    kind: String,
    phase: String,
    detail: String,
    created_at: i64,
    read_at: Option<i64>,
}

impl TryFrom<NotificationRow> for Notification {
    type Error = StoreError;

    fn try_from(row: NotificationRow) -> Result<Self, StoreError> {
        let phase = match row.phase.as_str() {
            "began" => Phase::Began,
            "ended" => Phase::Ended,
            other => return Err(StoreError::unreadable("notification.phase", other)),
        };
        Ok(Self {
            id: NotificationId(row.id),
            person: PersonId(row.person_id),
            kind: EpisodeKind::parse(&row.kind)?,
            phase,
            detail: from_json(&row.detail, "notification.detail")?,
            created_at: row.created_at,
            read_at: row.read_at,
        })
    }
}

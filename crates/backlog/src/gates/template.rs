//! Gate templates: writing, changing, putting away.

use otklik_store::column::{from_json, to_json};
use otklik_store::ids::GateTemplateId;
use otklik_store::{Store, StoreError, Tx};
use serde_json::json;
use sqlx::FromRow;

use super::{GateLine, GateTemplate, TemplateContent};
use crate::BacklogError;
use crate::columns::{check_title, read_count};
use crate::problems::guard_version;

const NOT_FOUND: StoreError = StoreError::NotFound { entity: "gate_template" };
const MOST_LINES: f64 = 100.0;

/// Adds a template.
pub async fn create_gate_template(
    tx: &mut Tx,
    content: TemplateContent,
) -> Result<GateTemplate, BacklogError> {
    let content = checked(content)?;
    let now = tx.now_ms();
    let id = GateTemplateId::new(now);
    sqlx::query(
        "insert into gate_template (id, name_ru, name_en, items, position, updated_at) \
         values ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id.as_str())
    .bind(&content.name_ru)
    .bind(&content.name_en)
    .bind(to_json(&content.lines, "gate_template.items")?)
    .bind(i64::from(content.position))
    .bind(now)
    .execute(tx.conn())
    .await?;
    let detail = json!({ "name_ru": content.name_ru, "name_en": content.name_en, "lines": content.lines });
    tx.audit("gate_template_created", "gate_template", id.as_str(), &detail).await?;
    find_in(tx, &id).await
}

/// Rewrites a template; gates that were started from it stay as they are.
pub async fn update_gate_template(
    tx: &mut Tx,
    id: &GateTemplateId,
    version: u64,
    content: TemplateContent,
) -> Result<GateTemplate, BacklogError> {
    let before = lock(tx, id).await?;
    guard_version("gate_template", before.version, version)?;
    let content = checked(content)?;
    let now = tx.now_ms();
    sqlx::query(
        "update gate_template set name_ru = $2, name_en = $3, items = $4, position = $5, version = version + 1, \
             updated_at = $6 \
         where id = $1",
    )
    .bind(id.as_str())
    .bind(&content.name_ru)
    .bind(&content.name_en)
    .bind(to_json(&content.lines, "gate_template.items")?)
    .bind(i64::from(content.position))
    .bind(now)
    .execute(tx.conn())
    .await?;
    let detail = json!({ "from": before.lines, "to": content.lines });
    tx.audit("gate_template_changed", "gate_template", id.as_str(), &detail).await?;
    find_in(tx, id).await
}

/// Puts a template away; no gate is started from it any more.
pub async fn archive_gate_template(
    tx: &mut Tx,
    id: &GateTemplateId,
    version: u64,
) -> Result<GateTemplate, BacklogError> {
    let before = lock(tx, id).await?;
    guard_version("gate_template", before.version, version)?;
    let now = tx.now_ms();
    sqlx::query(
        "update gate_template set archived_at = $2, updated_at = $2, version = version + 1 where id = $1",
    )
    .bind(id.as_str())
    .bind(now)
    .execute(tx.conn())
    .await?;
    let detail = json!({ "name_ru": before.name_ru, "name_en": before.name_en });
    tx.audit("gate_template_archived", "gate_template", id.as_str(), &detail).await?;
    find_in(tx, id).await
}

pub async fn load_gate_template(store: &Store, id: &GateTemplateId) -> Result<GateTemplate, StoreError> {
    let row: Option<TemplateRow> = sqlx::query_as("select * from gate_template where id = $1")
        .bind(id.as_str())
        .fetch_optional(store.reader())
        .await?;
    row.ok_or(NOT_FOUND)?.try_into()
}

/// All templates in their order; archived ones only if asked for.
pub async fn list_gate_templates(store: &Store, archived: bool) -> Result<Vec<GateTemplate>, StoreError> {
    let rows: Vec<TemplateRow> = sqlx::query_as(
        "select * from gate_template where archived_at is null or $1 = 1 order by position, name_ru, id",
    )
    .bind(i64::from(archived))
    .fetch_all(store.reader())
    .await?;
    rows.into_iter().map(GateTemplate::try_from).collect()
}

/// The template as this transaction sees it.
pub(super) async fn find_in(tx: &mut Tx, id: &GateTemplateId) -> Result<GateTemplate, BacklogError> {
    let row: Option<TemplateRow> = sqlx::query_as("select * from gate_template where id = $1")
        .bind(id.as_str())
        .fetch_optional(tx.conn())
        .await?;
    Ok(row.ok_or(NOT_FOUND)?.try_into()?)
}

async fn lock(tx: &mut Tx, id: &GateTemplateId) -> Result<GateTemplate, BacklogError> {
    let row: Option<TemplateRow> =
        sqlx::query_as("update gate_template set version = version where id = $1 returning *")
            .bind(id.as_str())
            .fetch_optional(tx.conn())
            .await?;
    Ok(row.ok_or(NOT_FOUND)?.try_into()?)
}

fn checked(content: TemplateContent) -> Result<TemplateContent, BacklogError> {
    if content.lines.is_empty() {
        return Err(BacklogError::Empty { field: "lines" });
    }
    crate::columns::check_range("lines", content.lines.len() as f64, 1.0, MOST_LINES)?;
    Ok(TemplateContent {
        name_ru: check_title("name_ru", &content.name_ru)?,
        name_en: check_title("name_en", &content.name_en)?,
        lines: content.lines.iter().map(checked_line).collect::<Result<_, _>>()?,
        position: content.position,
    })
}

pub(super) fn checked_line(line: &GateLine) -> Result<GateLine, BacklogError> {
    Ok(GateLine {
        title_ru: check_title("title_ru", &line.title_ru)?,
        title_en: check_title("title_en", &line.title_en)?,
    })
}

#[derive(FromRow)]
struct TemplateRow {
    id: String,
    name_ru: String,
    name_en: String,
    items: String,
    position: i64,
    version: i64,
    updated_at: i64,
    archived_at: Option<i64>,
}

impl TryFrom<TemplateRow> for GateTemplate {
    type Error = StoreError;

    fn try_from(row: TemplateRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: GateTemplateId(row.id),
            name_ru: row.name_ru,
            name_en: row.name_en,
            lines: from_json(&row.items, "gate_template.items")?,
            position: read_count("gate_template.position", row.position)?,
            version: read_count("gate_template.version", row.version)?,
            updated_at: row.updated_at,
            archived_at: row.archived_at,
        })
    }
}

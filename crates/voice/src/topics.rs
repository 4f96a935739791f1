//! The topic tree: the company's own words for what customers talk about, each with a rule that finds it.

use std::collections::BTreeMap;

use otklik_store::ids::TopicId;
use otklik_store::{Millis, Store, StoreError, Tx};
use otklik_text::rule::Rule;
use serde::{Deserialize, Serialize};
use sqlx::FromRow;

use crate::VoiceError;
use crate::error::taken;

/// A node of the tree. An empty rule finds nothing: the topic is given by hand. `version` grows with each new rule
/// and each new setting of the model.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Topic {
    pub id: TopicId,
    pub parent_id: Option<TopicId>,
    pub code: String,
    pub name_ru: String,
    pub name_en: String,
    pub rule: String,
    pub position: i64,
    pub version: i64,
    pub archived_at: Option<Millis>,
    /// Does the learnt model give the topic to items, beside the rule?
    pub model_on: bool,
    /// The share of its assignments that shall be right.
    pub model_precision: f64,
}

/// What one writes of a topic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct TopicIn {
    pub parent_id: Option<TopicId>,
    /// What files and programs call it.
    pub code: String,
    pub name_ru: String,
    pub name_en: String,
    #[serde(default)]
    pub rule: String,
    #[serde(default)]
    pub position: i64,
}

/// Whether a change of a topic also changes what its rule finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleChange {
    Same,
    Changed,
}

pub async fn create_topic(tx: &mut Tx, topic: &TopicIn) -> Result<TopicId, VoiceError> {
    check(topic)?;
    let id = TopicId::new(tx.now_ms());
    let insert = sqlx::query(
        "insert into topic (id, parent_id, code, name_ru, name_en, rule, position) values ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(id.as_str())
    .bind(topic.parent_id.as_ref().map(TopicId::as_str))
    .bind(topic.code.trim())
    .bind(topic.name_ru.trim())
    .bind(topic.name_en.trim())
    .bind(topic.rule.trim())
    .bind(topic.position)
    .execute(tx.conn())
    .await;
    taken(insert)?;
    tx.audit("topic_created", "topic", id.as_str(), topic).await?;
    Ok(id)
}

pub async fn update_topic(tx: &mut Tx, id: &TopicId, topic: &TopicIn) -> Result<RuleChange, VoiceError> {
    check(topic)?;
    let rows: Vec<TopicRow> = sqlx::query_as("select * from topic").fetch_all(tx.conn()).await?;
    let before = rows.iter().find(|t| t.id == id.as_str()).ok_or(StoreError::NotFound { entity: "topic" })?;
    let change = if before.rule == topic.rule.trim() { RuleChange::Same } else { RuleChange::Changed };
    let parents = rows.iter().map(|t| (t.id.as_str(), t.parent_id.as_deref())).collect();
    if stands_below_itself(id.as_str(), topic.parent_id.as_ref().map(TopicId::as_str), &parents) {
        return Err(VoiceError::TopicCycle);
    }
    let update = sqlx::query(
        "update topic set parent_id = $1, code = $2, name_ru = $3, name_en = $4, rule = $5, position = $6, \
             version = version + $7 where id = $8",
    )
    .bind(topic.parent_id.as_ref().map(TopicId::as_str))
    .bind(topic.code.trim())
    .bind(topic.name_ru.trim())
    .bind(topic.name_en.trim())
    .bind(topic.rule.trim())
    .bind(topic.position)
    .bind(i64::from(change == RuleChange::Changed))
    .bind(id.as_str())
    .execute(tx.conn())
    .await;
    taken(update)?;
    tx.audit("topic_changed", "topic", id.as_str(), topic).await?;
    Ok(change)
}

/// Retires a topic: its rule finds nothing new, its name stays for the past.
pub async fn archive_topic(tx: &mut Tx, id: &TopicId) -> Result<(), VoiceError> {
    let now = tx.now_ms();
    let archived = sqlx::query("update topic set archived_at = coalesce(archived_at, $1) where id = $2")
        .bind(now)
        .bind(id.as_str())
        .execute(tx.conn())
        .await?
        .rows_affected();
    if archived == 0 {
        return Err(StoreError::NotFound { entity: "topic" }.into());
    }
    tx.audit("topic_archived", "topic", id.as_str(), &()).await?;
    Ok(())
}

/// All topics, archived ones too, in the order of the tree's levels.
pub async fn list_topics(store: &Store) -> Result<Vec<Topic>, VoiceError> {
    let rows: Vec<TopicRow> =
        sqlx::query_as("select * from topic order by position, code").fetch_all(store.reader()).await?;
    Ok(rows.into_iter().map(Topic::from).collect())
}

pub async fn load_topic(store: &Store, id: &TopicId) -> Result<Topic, VoiceError> {
    let row: Option<TopicRow> = sqlx::query_as("select * from topic where id = $1")
        .bind(id.as_str())
        .fetch_optional(store.reader())
        .await?;
    Ok(row.ok_or(StoreError::NotFound { entity: "topic" })?.into())
}

fn check(topic: &TopicIn) -> Result<(), VoiceError> {
    if [&topic.code, &topic.name_ru, &topic.name_en].iter().any(|s| s.trim().is_empty()) {
        return Err(VoiceError::NameMissing);
    }
    if !topic.rule.trim().is_empty() {
        Rule::parse(topic.rule.trim())?;
    }
    Ok(())
}

fn stands_below_itself(id: &str, new_parent: Option<&str>, parents: &BTreeMap<&str, Option<&str>>) -> bool {
    let mut at = new_parent;
    for _ in 0..=parents.len() {
        match at {
            None => return false,
            Some(parent) if parent == id => return true,
            Some(parent) => at = parents.get(parent).copied().flatten(),
        }
    }
    true
}

#[derive(FromRow)]
struct TopicRow {
    id: String,
    parent_id: Option<String>,
    code: String,
    name_ru: String,
    name_en: String,
    rule: String,
    position: i64,
    version: i64,
    archived_at: Option<i64>,
    model_on: i64,
    model_precision: f64,
}

impl From<TopicRow> for Topic {
    fn from(row: TopicRow) -> Self {
        Self {
            id: TopicId(row.id),
            parent_id: row.parent_id.map(TopicId),
            code: row.code,
            name_ru: row.name_ru,
            name_en: row.name_en,
            rule: row.rule,
            position: row.position,
            version: row.version,
            archived_at: row.archived_at,
            model_on: row.model_on != 0,
            model_precision: row.model_precision,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_cannot_move_below_its_own_branch() {
        let parents = [("a", None), ("b", Some("a")), ("c", Some("b"))].into();
        assert!(stands_below_itself("a", Some("c"), &parents));
        assert!(stands_below_itself("a", Some("a"), &parents));
        assert!(!stands_below_itself("c", Some("a"), &parents));
    }
}

//! Boards: cards of metrics that somebody put together, for themselves, for a unit or for the company.

use jiff::ToSpan;
use jiff::civil::Date;
use otklik_facts::Filter;
use otklik_store::column::{from_json, to_json};
use otklik_store::ids::{BoardId, PersonId, UnitId};
use otklik_store::{Millis, Store, StoreError, Tx};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use utoipa::ToSchema;

use crate::definition::is_storable;
use crate::reports::delete_reports_of;
use crate::{Compare, DatePeriod, MetricError, MetricQuery};

const NOT_FOUND: StoreError = StoreError::NotFound { entity: "board" };
const CONTENT: &str = "board.content";
/// Longest name of a board and title of a card, in characters.
const NAME_LIMIT: usize = 200;
/// More cards than a person looks through at once.
const MOST_CARDS: usize = 40;
/// Longest search words, in characters.
const WORDS_LIMIT: usize = 500;

/// Who sees a board besides its owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = BoardReach)]
pub enum Reach {
    /// Nobody.
    Own,
    /// Who may read its unit.
    Unit,
    /// Who may read anything; each sees the numbers of what they may read.
    Company,
}

/// A period that stays current, or dates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum BoardPeriod {
    Named(NamedPeriod),
    Dates(DatePeriod),
}

/// A period that ends today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub enum NamedPeriod {
    #[serde(rename = "days-7")]
    Days7,
    #[serde(rename = "days-30")]
    Days30,
    #[serde(rename = "days-90")]
    Days90,
    #[serde(rename = "months-12")]
    Months12,
    #[serde(rename = "month")]
    Month,
    #[serde(rename = "quarter")]
    Quarter,
    #[serde(rename = "year")]
    Year,
}

impl BoardPeriod {
    /// The days that it means on a day.
    pub fn days(&self, today: Date) -> DatePeriod {
        let back = |count: i64| today.saturating_sub((count - 1).days());
        let first = today.first_of_month();
        let from = match self {
            Self::Dates(dates) => return dates.clone(),
            Self::Named(NamedPeriod::Days7) => back(7),
            Self::Named(NamedPeriod::Days30) => back(30),
            Self::Named(NamedPeriod::Days90) => back(90),
            Self::Named(NamedPeriod::Months12) => first.saturating_sub(11.months()),
            Self::Named(NamedPeriod::Month) => first,
            Self::Named(NamedPeriod::Quarter) => {
                first.saturating_sub(i64::from((today.month() - 1) % 3).months())
            }
            Self::Named(NamedPeriod::Year) => today.first_of_year(),
        };
        DatePeriod { from: from.to_string(), to: today.to_string() }
    }
}

/// How a card shows its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = BoardChart)]
pub enum Chart {
    /// The value with its change.
    Number,
    /// Over time, with its interval.
    Trend,
    /// A bar for each group.
    Bars,
    /// Two dimensions against each other.
    Heat,
    Table,
}

/// How many columns of the board a card takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = BoardCardSize)]
pub enum CardSize {
    Small,
    Medium,
    Wide,
}

/// One question and how its answer is shown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BoardCard)]
pub struct Card {
    /// What tells cards of a board apart.
    pub key: String,
    /// Empty: the metric's name says it.
    #[serde(default)]
    pub title: String,
    pub chart: Chart,
    pub size: CardSize,
    /// Within the period, the filter and the words of the board.
    pub query: MetricQuery,
}

/// What of a board somebody writes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BoardContent {
    pub name: String,
    pub reach: Reach,
    /// Whose board it is, where it is shared with a unit.
    #[serde(default)]
    pub unit_id: Option<UnitId>,
    /// Of all cards; absent is all time.
    #[serde(default)]
    pub period: Option<BoardPeriod>,
    /// Of all cards, beside their own.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub filter: Filter,
    #[serde(default)]
    pub words: String,
    pub cards: Vec<Card>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Board {
    pub id: BoardId,
    pub owner: PersonId,
    pub version: i64,
    pub updated_at: Millis,
    pub content: BoardContent,
}

/// What a list shows of a board.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct BoardName {
    pub id: BoardId,
    pub name: String,
    pub reach: Reach,
    pub unit_id: Option<UnitId>,
    pub owner_id: PersonId,
    pub cards: u64,
    pub updated_at: Millis,
}

impl BoardContent {
    /// The same content as it is kept.
    ///
    /// # Errors
    /// `BadBoard` with what is wrong.
    fn checked(mut self) -> Result<Self, MetricError> {
        self.name = self.name.trim().to_owned();
        if self.reach != Reach::Unit {
            self.unit_id = None;
        }
        for card in &mut self.cards {
            card.query.period = None;
        }
        if let Some(BoardPeriod::Dates(dates)) = &self.period {
            dates.days()?;
        }
        let mut keys: Vec<&str> = self.cards.iter().map(|card| card.key.as_str()).collect();
        keys.sort_unstable();
        for (holds, what) in [
            (!self.name.is_empty(), "name"),
            (self.name.chars().count() <= NAME_LIMIT, "name"),
            (self.reach != Reach::Unit || self.unit_id.is_some(), "unit"),
            (self.cards.len() <= MOST_CARDS, "cards"),
            (self.words.chars().count() <= WORDS_LIMIT, "words"),
            (is_storable(&self.filter) && self.cards.iter().all(Card::is_possible), "card"),
            (keys.windows(2).all(|pair| pair[0] != pair[1]), "card"),
        ] {
            if !holds {
                return Err(MetricError::BadBoard(what));
            }
        }
        Ok(self)
    }
}

impl Card {
    fn is_possible(&self) -> bool {
        let compared = match &self.query.compare {
            Some(Compare::Filter(filter)) => is_storable(filter),
            _ => true,
        };
        let grouped = !self.query.dimensions.is_empty();
        let shown = match self.chart {
            Chart::Number | Chart::Table => true,
            Chart::Trend => self.query.grain.is_some(),
            Chart::Bars => grouped,
            Chart::Heat => self.query.dimensions.len() > 1,
        };
        (1..=64).contains(&self.key.len())
            && self.title.chars().count() <= NAME_LIMIT
            && !self.query.metric.is_empty()
            && is_storable(&self.query.filter)
            && compared
            && shown
    }
}

/// Adds a board of the actor's own.
///
/// # Errors
/// `BadBoard`, `BadPeriod`.
pub async fn create_board(tx: &mut Tx, content: BoardContent) -> Result<Board, MetricError> {
    let content = content.checked()?;
    let now = tx.now_ms();
    let id = BoardId::new(now);
    let owner = tx.actor().id().to_owned();
    sqlx::query(
        "insert into board (id, name, reach, unit_id, owner_id, content, created_at, updated_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $7)",
    )
    .bind(id.as_str())
    .bind(&content.name)
    .bind(word(content.reach))
    .bind(content.unit_id.as_ref().map(UnitId::as_str))
    .bind(owner.clone())
    .bind(to_json(&content, CONTENT)?)
    .bind(now)
    .execute(tx.conn())
    .await
    .map_err(StoreError::from)?;
    tx.audit("board_created", "board", id.as_str(), &content).await?;
    Ok(Board { id, owner: PersonId(owner), version: 1, updated_at: now, content })
}

/// Rewrites a board that was on the screen in `version`.
///
/// # Errors
/// `BadBoard`, `BadPeriod`; `NotFound`; `Stale` where somebody else has changed it since.
pub async fn update_board(
    tx: &mut Tx,
    id: &BoardId,
    version: i64,
    content: BoardContent,
) -> Result<Board, MetricError> {
    let content = content.checked()?;
    let now = tx.now_ms();
    let owner: Option<String> = sqlx::query_scalar(
        "update board set name = $3, reach = $4, unit_id = $5, content = $6, version = version + 1, \
             updated_at = $7 \
         where id = $1 and version = $2 returning owner_id",
    )
    .bind(id.as_str())
    .bind(version)
    .bind(&content.name)
    .bind(word(content.reach))
    .bind(content.unit_id.as_ref().map(UnitId::as_str))
    .bind(to_json(&content, CONTENT)?)
    .bind(now)
    .fetch_optional(tx.conn())
    .await
    .map_err(StoreError::from)?;
    let Some(owner) = owner else {
        let there: Option<i64> = sqlx::query_scalar("select version from board where id = $1")
            .bind(id.as_str())
            .fetch_optional(tx.conn())
            .await
            .map_err(StoreError::from)?;
        return Err(there.map_or(NOT_FOUND, |_| StoreError::Stale { entity: "board" }).into());
    };
    tx.audit("board_changed", "board", id.as_str(), &content).await?;
    Ok(Board { id: id.clone(), owner: PersonId(owner), version: version + 1, updated_at: now, content })
}

/// Deletes a board with its reports; the metrics that it showed stay.
///
/// # Errors
/// `NotFound`.
pub async fn delete_board(tx: &mut Tx, id: &BoardId) -> Result<(), MetricError> {
    let content: Option<String> = sqlx::query_scalar("delete from board where id = $1 returning content")
        .bind(id.as_str())
        .fetch_optional(tx.conn())
        .await
        .map_err(StoreError::from)?;
    let content: serde_json::Value = from_json(&content.ok_or(NOT_FOUND)?, CONTENT)?;
    delete_reports_of(tx, id).await?;
    Ok(tx.audit("board_deleted", "board", id.as_str(), &content).await?)
}

/// # Errors
/// `NotFound`.
pub async fn load_board(store: &Store, id: &BoardId) -> Result<Board, MetricError> {
    let row: Option<BoardRow> = sqlx::query_as("select * from board where id = $1")
        .bind(id.as_str())
        .fetch_optional(store.reader())
        .await
        .map_err(StoreError::from)?;
    Ok(row.ok_or(NOT_FOUND)?.try_into()?)
}

/// Every board, by name; whoever asks picks those that the reader may see.
pub async fn list_boards(store: &Store) -> Result<Vec<BoardName>, MetricError> {
    let rows: Vec<BoardRow> = sqlx::query_as("select * from board order by name, id")
        .fetch_all(store.reader())
        .await
        .map_err(StoreError::from)?;
    let boards: Result<Vec<Board>, StoreError> = rows.into_iter().map(Board::try_from).collect();
    Ok(boards?.into_iter().map(BoardName::from).collect())
}

impl From<Board> for BoardName {
    fn from(board: Board) -> Self {
        let Board { id, owner, updated_at, content, .. } = board;
        let cards = content.cards.len() as u64;
        let BoardContent { name, reach, unit_id, .. } = content;
        Self { id, name, reach, unit_id, owner_id: owner, cards, updated_at }
    }
}

fn word(reach: Reach) -> &'static str {
    match reach {
        Reach::Own => "own",
        Reach::Unit => "unit",
        Reach::Company => "company",
    }
}

#[derive(FromRow)]
struct BoardRow {
    id: String,
    owner_id: String,
    content: String,
    version: i64,
    updated_at: i64,
}

impl TryFrom<BoardRow> for Board {
    type Error = StoreError;

    fn try_from(row: BoardRow) -> Result<Self, StoreError> {
        let content = from_json(&row.content, CONTENT)?;
        let (id, owner) = (BoardId(row.id), PersonId(row.owner_id));
        Ok(Self { id, owner, version: row.version, updated_at: row.updated_at, content })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_named_period_ends_today() {
        use NamedPeriod::{Days7, Days90, Month, Months12, Quarter, Year};
        let from = |name, today| BoardPeriod::Named(name).days(today).from;
        let today = date(2026, 11, 22);
        let found = [Days7, Days90, Months12, Month, Quarter, Year].map(|name| from(name, today));
        assert_eq!(
            found,
            ["2026-11-16", "2026-08-25", "2025-12-01", "2026-11-01", "2026-10-01", "2026-01-01"]
        );
        assert_eq!(from(Quarter, date(2026, 3, 31)), "2026-01-01");
        assert_eq!(BoardPeriod::Named(Month).days(today).to, "2026-11-22");
    }
}

//! The demo's targets, incidents and boards, each written down by who did it on its day.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use otklik_demo::{Company, measures};
use otklik_facts::Filter;
use otklik_metrics::{
    BoardContent, BoardPeriod, Card, Compare, Grain, IncidentContent, MetricQuery, NamedPeriod, Order, Reach,
    TargetContent, create_board, create_incident, create_target,
};
use otklik_store::ids::UnitId;
use otklik_store::{Actor, StoreError};
use serde::de::DeserializeOwned;

use super::Directory;
use crate::{App, AppError};

/// The hour at which they are written.
const HOUR: i8 = 10;
/// The most groups that a card draws, as on the screen.
const MOST_GROUPS: usize = 12;
const MOST_CELLS: usize = 600;

/// Writes all of them down.
pub(super) async fn write(app: &App, company: &Company, directory: &Directory) -> Result<(), AppError> {
    let writer = Writer { app, directory, zone: app.time_zone().await? };
    for target in &company.measures.targets {
        writer.set_target(target).await?;
    }
    for incident in &company.measures.incidents {
        writer.write_incident(incident).await?;
    }
    for board in &company.measures.boards {
        writer.compose(board).await?;
    }
    Ok(())
}

struct Writer<'a> {
    app: &'a App,
    directory: &'a Directory,
    zone: TimeZone,
}

impl Writer<'_> {
    async fn set_target(&self, target: &measures::Target) -> Result<(), AppError> {
        let content = TargetContent {
            metric: target.metric.clone(),
            value: target.value,
            due_on: target.due_on.to_string(),
            unit_id: self.unit(target.unit.as_deref()),
            filter: Filter::All,
            note: self.directory.say(&target.note).to_owned(),
        };
        let mut tx = self.begin(target.on, &target.by).await?;
        create_target(&self.app.store, &mut tx, content).await?;
        Ok(tx.commit().await?)
    }

    async fn write_incident(&self, incident: &measures::Incident) -> Result<(), AppError> {
        let content = IncidentContent {
            on: incident.on.to_string(),
            kind: word(&incident.kind)?,
            name: self.directory.say(&incident.name).to_owned(),
            unit_id: self.unit(incident.unit.as_deref()),
            note: self.directory.say(&incident.note).to_owned(),
        };
        let mut tx = self.begin(incident.on, &incident.by).await?;
        create_incident(&mut tx, content).await?;
        Ok(tx.commit().await?)
    }

    async fn compose(&self, board: &measures::Board) -> Result<(), AppError> {
        let cards = (1..).zip(&board.cards).map(|(key, card)| self.card(key, card));
        let content = BoardContent {
            name: self.directory.say(&board.name).to_owned(),
            reach: Reach::Company,
            unit_id: None,
            period: Some(BoardPeriod::Named(NamedPeriod::Days90)),
            filter: Filter::All,
            words: String::new(),
            cards: cards.collect::<Result<_, _>>()?,
        };
        let mut tx = self.begin(board.on, &board.by).await?;
        create_board(&mut tx, content).await?;
        Ok(tx.commit().await?)
    }

    fn card(&self, key: u32, card: &measures::Card) -> Result<Card, AppError> {
        let is_grouped = !card.by.is_empty();
        let is_crossed = card.by.len() > 1;
        let query = MetricQuery {
            metric: card.metric.clone(),
            dimensions: card.by.clone(),
            grain: (card.chart == "trend").then_some(Grain::Week),
            compare: (!is_crossed).then_some(Compare::Previous),
            top: is_grouped.then_some(if is_crossed { MOST_CELLS } else { MOST_GROUPS }),
            order: if is_grouped { Order::CustomersDesc } else { Order::Key },
            ..MetricQuery::default()
        };
        Ok(Card {
            key: key.to_string(),
            title: card.title.as_ref().map(|title| self.directory.say(title).to_owned()).unwrap_or_default(),
            chart: word(&card.chart)?,
            size: word(&card.size)?,
            query,
        })
    }

    async fn begin(&self, on: Date, by: &str) -> Result<otklik_store::Tx, AppError> {
        if let Ok(moment) = on.at(HOUR, 0, 0, 0).to_zoned(self.zone.clone()) {
            self.app.store.clock().set(moment.timestamp().as_millisecond());
        }
        let person = self.directory.people.get(by).ok_or(StoreError::NotFound { entity: "person" })?;
        Ok(self.app.store.begin(Actor::Person(person.clone())).await?)
    }

    fn unit(&self, code: Option<&str>) -> Option<UnitId> {
        self.directory.units.get(code?).cloned()
    }
}

/// A word of the demo as the product reads it.
fn word<T: DeserializeOwned>(word: &str) -> Result<T, AppError> {
    serde_json::from_value(word.into()).map_err(|why| AppError::Worker(why.to_string()))
}

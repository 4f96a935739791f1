//! A board with all its answers: what every form of a report is made of.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use otklik_facts::{Dimension, Filter};
use otklik_metrics::{
    BoardContent, Card, Chart, DatePeriod, Definition, Grain, MetricAnswer, MetricQuery, Target,
    list_metrics, list_targets,
};
use otklik_platform::{Scope, settings};
use otklik_store::Millis;

use super::names::Names;
use super::speech::Speech;
use crate::marks::Marks;
use crate::messages::message;
use crate::{App, AppError};

/// A trend of more points than these is read by weeks.
const MOST_POINTS: i32 = 400;

/// Everything that a report says, before it is worded.
pub(crate) struct Answered {
    pub(crate) content: BoardContent,
    pub(crate) company: String,
    pub(crate) zone: TimeZone,
    pub(crate) made_at: Millis,
    /// Who asked for it; nobody where it comes by itself.
    pub(crate) made_by: Option<String>,
    pub(crate) period: Option<DatePeriod>,
    pub(crate) names: Names,
    pub(crate) definitions: BTreeMap<String, Definition>,
    pub(crate) cards: Vec<(Card, Result<MetricAnswer, AppError>)>,
    targets: Vec<Target>,
    pub(crate) marks: Marks,
}

impl App {
    /// Asks everything that a board asks, within what a reader may see.
    pub(crate) async fn answer_board(
        &self,
        content: BoardContent,
        scope: &Scope,
        made_by: Option<String>,
    ) -> Result<Answered, AppError> {
        let today = self.today().await?;
        let questions = content.cards.iter().map(|card| question(card, &content, today)).collect();
        let answers = self.answer_each(scope, questions).await?;
        let mut targets = list_targets(&self.store).await?;
        targets.retain(|target| {
            target.content.unit_id.is_none() || scope.covers(target.content.unit_id.as_ref())
        });
        let definitions = list_metrics(&self.store).await?;
        Ok(Answered {
            company: settings::load_company(&self.store).await?.name,
            zone: self.time_zone().await?,
            made_at: self.store.now_ms(),
            made_by,
            period: content.period.as_ref().map(|period| period.days(today)),
            names: Names::load(&self.store).await?,
            definitions: definitions.into_iter().map(|known| (known.code.clone(), known)).collect(),
            cards: content.cards.iter().cloned().zip(answers).collect(),
            targets,
            marks: self.list_marks(scope).await?,
            content,
        })
    }
}

impl Answered {
    /// The target of a card's metric for exactly its items: a part of the company has no target of the whole.
    pub(crate) fn target(&self, card: &Card) -> Option<&Target> {
        let wanted = conditions(&filter_of(card, &self.content));
        self.targets.iter().find(|target| {
            let of_unit = target.content.unit_id.iter().map(|unit| unit.0.clone());
            let unit = match &target.content.unit_id {
                Some(_) => Filter::any_of(Dimension::Unit, of_unit),
                None => Filter::All,
            };
            target.content.metric == card.query.metric
                && conditions(&unit.and(target.content.filter.clone())) == wanted
        })
    }

    /// What a card is called: its title, else its metric and what it is divided by.
    pub(crate) fn title(&self, speech: Speech, card: &Card) -> String {
        if !card.title.is_empty() {
            return card.title.clone();
        }
        let name = self
            .definitions
            .get(&card.query.metric)
            .map_or_else(|| card.query.metric.clone(), |definition| speech.of(&definition.name).to_owned());
        let by: Vec<String> =
            card.query.dimensions.iter().map(|by| super::names::dimension_name(speech, by)).collect();
        if card.chart == Chart::Trend {
            return speech.say("over-time", &[("name", name)]);
        }
        if by.is_empty() { name } else { speech.say("by", &[("name", name), ("by", by.join(" × "))]) }
    }

    /// What an answer that could not be given says.
    pub(crate) fn refusal(&self, speech: Speech, card: &Card, error: &AppError) -> String {
        if self.definitions.contains_key(&card.query.metric) {
            message(speech.0, error.code(), &error.params())
        } else {
            speech.word("unknown-metric")
        }
    }
}

/// What a card asks: its own conditions within those of the board, over the board's period.
fn question(card: &Card, board: &BoardContent, today: Date) -> (MetricQuery, Option<String>) {
    let period = board.period.as_ref().map(|period| period.days(today));
    let days = period.as_ref().and_then(|period| period.days().ok());
    let long = days.is_some_and(|days| days.to - days.from > MOST_POINTS);
    let grain = card.query.grain.map(|grain| if grain == Grain::Day && long { Grain::Week } else { grain });
    let query = MetricQuery {
        filter: filter_of(card, board),
        compare: card.query.compare.clone().filter(|_| period.is_some()),
        period,
        grain,
        ..card.query.clone()
    };
    (query, Some(board.words.clone()).filter(|words| !words.is_empty()))
}

/// Which items a card is about.
pub(crate) fn filter_of(card: &Card, board: &BoardContent) -> Filter {
    board.filter.clone().and(card.query.filter.clone())
}

/// The conditions of a filter in an order of their own, so that two that say the same are equal.
fn conditions(filter: &Filter) -> Vec<String> {
    let mut parts: Vec<String> = match filter {
        Filter::All => Vec::new(),
        Filter::And(parts) => parts.iter().flat_map(conditions).collect(),
        other => serde_json::to_string(other).into_iter().collect(),
    };
    parts.sort();
    parts
}

//! Analyses of a metric over what a reader may see: what moves it, and what each topic takes from it.

use otklik_metrics::{
    DriverAnswer, DriverQuestion, TopicAnswer, TopicQuestion, find_drivers, find_topic_effects,
};
use otklik_platform::Scope;

use crate::questions::scope_filter;
use crate::{App, AppError};

impl App {
    /// What moves a score. Drawn anew hundreds of times, so it takes a moment.
    pub async fn find_drivers(
        &self,
        scope: &Scope,
        question: DriverQuestion,
        search: Option<&str>,
    ) -> Result<DriverAnswer, AppError> {
        let metric = self.load_metric(&question.metric, None).await?;
        let filter = self.resolve_filter(question.filter, search).await?.and(scope_filter(scope));
        let question = DriverQuestion { filter, ..question };
        self.ask(move |facts| find_drivers(facts, &metric, &question)).await
    }

    /// What each topic takes from a score and gives to it.
    pub async fn find_topic_effects(
        &self,
        scope: &Scope,
        question: TopicQuestion,
        search: Option<&str>,
    ) -> Result<TopicAnswer, AppError> {
        let metric = self.load_metric(&question.metric, None).await?;
        let filter = self.resolve_filter(question.filter, search).await?.and(scope_filter(scope));
        let question = TopicQuestion { filter, ..question };
        self.ask(move |facts| find_topic_effects(facts, &metric, &question)).await
    }
}

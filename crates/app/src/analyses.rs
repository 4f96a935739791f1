//! Analyses of a metric over what a reader may see: what moves it, and what each topic takes from it.

use otklik_facts::Cancel;
use otklik_metrics::{
    DriverAnswer, DriverQuestion, TopicAnswer, TopicQuestion, find_drivers, find_topic_effects,
};
use otklik_platform::Scope;

use crate::questions::scope_filter;
use crate::{App, AppError};

/// Stops the work of a question when whoever asked it goes away.
struct CancelOnDrop(Cancel);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

impl App {
    /// What moves a score. Drawn anew hundreds of times, so it takes a moment; ends when nobody waits for it.
    pub async fn find_drivers(
        &self,
        scope: &Scope,
        question: DriverQuestion,
        search: Option<&str>,
    ) -> Result<DriverAnswer, AppError> {
        let metric = self.load_metric(&question.metric, None).await?;
        let filter = self.resolve_filter(question.filter, search).await?.and(scope_filter(scope));
        let question = DriverQuestion { filter, ..question };
        let (facts, cancel) = (self.facts(), Cancel::new());
        let _waiting = CancelOnDrop(cancel.clone());
        Ok(tokio::task::spawn_blocking(move || find_drivers(&facts, &metric, &question, &cancel)).await??)
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
        let cancel = Cancel::new();
        let facts = self.facts().with_cancel(&cancel);
        let _waiting = CancelOnDrop(cancel);
        Ok(tokio::task::spawn_blocking(move || find_topic_effects(&facts, &metric, &question)).await??)
    }
}

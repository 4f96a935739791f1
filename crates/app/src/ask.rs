//! Work that somebody waits for: on a thread of its own, and at an end when nobody waits any more.

use otklik_facts::{Cancel, Facts};

use crate::{App, AppError};

/// Stops the work when its caller goes away: a request whose client has hung up is dropped where it waits.
struct CancelOnDrop(Cancel);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

/// Does what takes long beside the requests' own threads; `work` looks at the token now and then.
///
/// # Errors
/// What the work refuses; `Worker` where it panicked.
pub async fn while_waited<T, E>(
    work: impl FnOnce(&Cancel) -> Result<T, E> + Send + 'static,
) -> Result<T, AppError>
where
    T: Send + 'static,
    E: Send + 'static,
    AppError: From<E>,
{
    let cancel = Cancel::new();
    let waiting = CancelOnDrop(cancel.clone());
    let done = tokio::task::spawn_blocking(move || work(&cancel)).await?;
    drop(waiting);
    Ok(done?)
}

impl App {
    /// Asks the facts through a handle whose questions end when nobody waits for the answer.
    ///
    /// # Errors
    /// As of [`while_waited`].
    pub async fn ask<T, E>(
        &self,
        question: impl FnOnce(&Facts) -> Result<T, E> + Send + 'static,
    ) -> Result<T, AppError>
    where
        T: Send + 'static,
        E: Send + 'static,
        AppError: From<E>,
    {
        let facts = self.facts();
        while_waited(move |cancel| question(&facts.with_cancel(cancel))).await
    }
}

//! What tests share: private databases, clocks, a running application.

#[cfg(feature = "api")]
pub mod api;
#[cfg(feature = "app")]
pub mod app;
pub mod database;
pub mod outside;
pub mod postgres;

#[cfg(feature = "api")]
pub use api::{Answer, Caller, TestApi};
#[cfg(feature = "app")]
pub use app::TestApp;
pub use database::TestStore;
pub use outside::{HttpReceiver, MailSink};

/// Runs an `async fn(store: TestStore)` once on SQLite and once on PostgreSQL, each with an empty database of its own.
///
/// ```ignore
/// both! {
///     async fn jobs_are_claimed_once(store: TestStore) { … }
/// }
/// ```
#[macro_export]
macro_rules! both {
    ($($(#[$attribute:meta])* async fn $name:ident($store:ident: TestStore) $body:block)*) => {$(
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            $(#[$attribute])*
            async fn check($store: $crate::TestStore) $body

            #[tokio::test(flavor = "multi_thread")]
            async fn sqlite() {
                check($crate::TestStore::sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn postgres() {
                check($crate::TestStore::postgres().await).await;
            }
        }
    )*};
}

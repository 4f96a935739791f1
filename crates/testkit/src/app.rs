//! A running application on a temporary folder and a private database.

use std::ops::Deref;

use otklik_app::courier::CourierSettings;
use otklik_app::{App, DataFolder, Options};
use otklik_store::Clock;
use tempfile::TempDir;

use crate::TestStore;

/// An application as it stands after its first start, with the clock of its [`TestStore`].
pub struct TestApp {
    app: App,
    store: TestStore,
    folder: TempDir,
}

impl TestApp {
    pub async fn new(store: TestStore) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let data = DataFolder::open(folder.path()).expect("a data folder");
        let secret = data.customer_secret().expect("a customer key");
        let app = App::assemble((*store).clone(), data, secret).await.expect("the application opens");
        app.install_built_in().await.expect("what every company has");
        Self { app, store, folder }
    }

    /// The same application with a way out.
    #[must_use]
    pub fn with_courier(mut self, settings: CourierSettings) -> Self {
        self.app = self.app.with_courier(settings).expect("settings that can be used");
        self
    }

    /// The same company in another process: the same rows, files and clock, nothing in memory.
    pub async fn restarted(&self) -> App {
        let options = Options {
            data: self.folder.path().to_owned(),
            database: Some(self.store.url().to_owned()),
            clock: Clock::clone(self.app.store.clock()),
        };
        App::open(options).await.expect("the application opens again")
    }

    /// Where tests may put files.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }
}

impl Deref for TestApp {
    type Target = App;

    fn deref(&self) -> &App {
        &self.app
    }
}

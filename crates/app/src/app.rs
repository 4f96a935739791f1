//! The handle to a running Otklik.

use std::path::PathBuf;
use std::sync::Arc;

use arc_swap::ArcSwap;
use jiff::tz::TimeZone;
use otklik_backlog::gates;
use otklik_facts::Facts;
use otklik_platform::settings;
use otklik_store::{Actor, Clock, Store};
use otklik_voice::CustomerSecret;
use tokio::sync::Mutex;

use crate::classify::TopicRules;
use crate::courier::Courier;
use crate::directory::Directory;
use crate::intake::Intake;
use crate::learn::LearnedTopics;
use crate::questions::KnownBase;
use crate::{AppError, DataFolder};

/// How to open Otklik.
#[derive(Debug, Clone)]
pub struct Options {
    pub data: PathBuf,
    /// `postgres://…`; without it the embedded database of the data folder.
    pub database: Option<String>,
    pub clock: Clock,
}

/// Everything an operation needs; cloning is cheap.
#[derive(Clone)]
pub struct App {
    pub store: Store,
    pub data: DataFolder,
    pub(crate) secret: CustomerSecret,
    facts: Arc<ArcSwap<Facts>>,
    /// Held while changes are carried from the rows into the facts: a second reader could bring an older state later.
    pub(crate) feeding: Arc<Mutex<()>>,
    pub(crate) rules: Arc<ArcSwap<TopicRules>>,
    pub(crate) learned: Arc<ArcSwap<LearnedTopics>>,
    pub(crate) directory: Arc<ArcSwap<Directory>>,
    pub(crate) base: Arc<ArcSwap<KnownBase>>,
    pub(crate) intake: Intake,
    pub(crate) courier: Arc<Courier>,
}

impl App {
    /// Opens the database and the data folder. The facts are empty until [`App::catch_up`] or the projector runs.
    pub async fn open(options: Options) -> Result<Self, AppError> {
        let data = DataFolder::open(&options.data)?;
        let secret = data.customer_secret()?;
        let url = options.database.unwrap_or_else(|| data.sqlite_url());
        let store = Store::open(&url, options.clock).await?;
        Self::assemble(store, data, secret).await
    }

    /// Adds what every company has from the first day and what is not there yet: metrics, and the first gate lists.
    pub async fn install_built_in(&self) -> Result<(), AppError> {
        let has_templates = !gates::list_gate_templates(&self.store, true).await?.is_empty();
        let mut tx = self.store.begin(Actor::System).await?;
        otklik_metrics::ensure_metrics(&mut tx).await?;
        if !has_templates {
            gates::install_default_templates(&mut tx).await?;
        }
        Ok(tx.commit().await?)
    }

    /// Puts an opened database and a data folder together.
    pub async fn assemble(store: Store, data: DataFolder, secret: CustomerSecret) -> Result<Self, AppError> {
        let directory = Directory::load(&store).await?;
        let (rules, learned) = TopicRules::load(&store).await?;
        Ok(Self {
            intake: Intake::start(store.clone()),
            store,
            data,
            secret,
            facts: Arc::new(ArcSwap::from_pointee(Facts::new())),
            feeding: Arc::default(),
            rules: Arc::new(ArcSwap::from_pointee(rules)),
            learned: Arc::new(ArcSwap::from_pointee(learned)),
            directory: Arc::new(ArcSwap::from_pointee(directory)),
            base: Arc::default(),
            courier: Arc::default(),
        })
    }

    /// The facts as they stand.
    pub fn facts(&self) -> Facts {
        Facts::clone(&self.facts.load())
    }

    /// Puts other facts in place: a loaded snapshot, or empty ones to be filled anew.
    pub(crate) fn replace_facts(&self, facts: Facts) {
        self.facts.store(Arc::new(facts));
    }

    /// The pseudonym under which a customer's items are kept.
    pub fn pseudonym(&self, customer: &str) -> Option<String> {
        self.secret.pseudonym(customer)
    }

    /// The company's time zone: it says where a day of the numbers begins.
    pub async fn time_zone(&self) -> Result<TimeZone, AppError> {
        let company = settings::load_company(&self.store).await?;
        Ok(TimeZone::get(&company.time_zone).unwrap_or(TimeZone::UTC))
    }

    /// Today in the company's time zone.
    pub async fn today(&self) -> Result<jiff::civil::Date, AppError> {
        let zone = self.time_zone().await?;
        Ok(jiff::Timestamp::from_millisecond(self.store.now_ms()).unwrap_or_default().to_zoned(zone).date())
    }
}

//! The demo company itself: settings, people, units, sources, topics, customer base, gate templates.

use std::collections::BTreeMap;

use otklik_backlog::gates::{self, GateLine, TemplateContent};
use otklik_demo::{Bilingual, Company, Role as DemoRole, Tree};
use otklik_platform::passwords::hash_password;
use otklik_platform::people::{self, Grant, NewPerson};
use otklik_platform::settings::{self, CompanySettings};
use otklik_platform::{Role, units};
use otklik_store::ids::{GateTemplateId, PersonId, SourceId, TopicId, UnitId};
use otklik_store::{Actor, Tx};
use otklik_voice::base::{self, BaseRow};
use otklik_voice::{Channel, VoiceError, sources, topics};

use super::PASSWORD;
use crate::messages::Language;
use crate::{App, AppError};

/// What the company's parts are called in the database, by the codes of the demo.
pub(super) struct Directory {
    pub language: Language,
    pub people: BTreeMap<String, PersonId>,
    pub units: BTreeMap<String, UnitId>,
    pub topics: BTreeMap<String, TopicId>,
    pub sources: BTreeMap<String, SourceId>,
    /// Gate templates with the codes of their lines, in order.
    pub gates: Vec<(GateTemplateId, Vec<String>)>,
    /// Names of products, segments, regions and touchpoints by dimension and code.
    values: Names,
}

/// Names by dimension and code.
type Names = BTreeMap<&'static str, BTreeMap<String, String>>;

impl Directory {
    /// A text in the language of the story.
    pub fn say<'a>(&self, text: &'a Bilingual) -> &'a str {
        match self.language {
            Language::Ru => &text.ru,
            Language::En => &text.en,
        }
    }

    /// What items call a value of a dimension: units by id, the company's own words by name, the rest by code.
    pub fn value(&self, dimension: &str, code: &str) -> String {
        let unit = (dimension == "unit").then(|| self.units.get(code)).flatten();
        let named = || self.values.get(dimension)?.get(code).cloned();
        unit.map(|id| id.0.clone()).or_else(named).unwrap_or(code.to_owned())
    }
}

/// Writes everything but the voices and the backlog, in one transaction.
pub(super) async fn found(app: &App, company: &Company, language: Language) -> Result<Directory, AppError> {
    let mut directory = Directory {
        language,
        people: BTreeMap::new(),
        units: BTreeMap::new(),
        topics: BTreeMap::new(),
        sources: BTreeMap::new(),
        gates: Vec::new(),
        values: values(company, language),
    };
    let mut tx = app.store.begin(Actor::System).await?;
    otklik_metrics::ensure_metrics(&mut tx).await?;
    let settings = CompanySettings {
        name: directory.say(&company.name).to_owned(),
        time_zone: company.time_zone.clone(),
        ..CompanySettings::default()
    };
    settings::save_company(&mut tx, &settings).await?;
    create_units(&mut tx, company, &mut directory).await?;
    create_people(&mut tx, company, &mut directory).await?;
    create_sources(&mut tx, company, &mut directory).await?;
    create_topics(&mut tx, company, &mut directory).await?;
    create_gates(&mut tx, company, &mut directory).await?;
    base::put_base(&mut tx, &base_rows(company, &directory)).await?;
    tx.commit().await?;
    app.refresh_directory().await?;
    Ok(directory)
}

fn values(company: &Company, language: Language) -> Names {
    let name = |name: &Bilingual| match language {
        Language::Ru => name.ru.clone(),
        Language::En => name.en.clone(),
    };
    BTreeMap::from([
        ("product", company.products.iter().map(|p| (p.code.clone(), name(&p.name))).collect()),
        ("touchpoint", company.touchpoints.iter().map(|t| (t.code.clone(), name(&t.name))).collect()),
        ("segment", company.segments.iter().map(|s| (s.code.clone(), name(&s.name))).collect()),
        ("region", company.regions.iter().map(|r| (r.code.clone(), name(&r.name))).collect()),
    ])
}

async fn create_units(tx: &mut Tx, company: &Company, directory: &mut Directory) -> Result<(), AppError> {
    for (position, unit) in (0..).zip(&company.units) {
        let new = units::UnitIn {
            tree: match unit.tree {
                Tree::Path => "path",
                Tree::Product => "product",
                Tree::Channel => "channel",
                Tree::Region => "region",
            }
            .to_owned(),
            parent_id: unit.parent.as_ref().and_then(|code| directory.units.get(code)).cloned(),
            code: unit.code.clone(),
            name_ru: unit.name.ru.clone(),
            name_en: unit.name.en.clone(),
            position,
        };
        directory.units.insert(unit.code.clone(), units::create_unit(tx, &new).await?);
    }
    Ok(())
}

/// The first person of each role gets the password that the terminal shows.
async fn create_people(tx: &mut Tx, company: &Company, directory: &mut Directory) -> Result<(), AppError> {
    let password = hash_password(PASSWORD).await?;
    for person in &company.people {
        let signs_in = super::signs_in(company, person);
        let new = NewPerson {
            email: person.email.clone(),
            name: directory.say(&person.name).to_owned(),
            language: None,
            grants: vec![Grant {
                unit: person.unit.as_ref().and_then(|code| directory.units.get(code)).cloned(),
                role: role(person.role),
            }],
            password: signs_in.then(|| password.clone()),
        };
        directory.people.insert(person.email.clone(), people::create_person(tx, new).await?);
    }
    Ok(())
}

pub(super) fn role(role: DemoRole) -> Role {
    match role {
        DemoRole::Viewer => Role::Viewer,
        DemoRole::Contributor => Role::Contributor,
        DemoRole::Manager => Role::Manager,
        DemoRole::Analyst => Role::Analyst,
        DemoRole::Admin => Role::Admin,
    }
}

async fn create_sources(tx: &mut Tx, company: &Company, directory: &mut Directory) -> Result<(), AppError> {
    for source in &company.sources {
        let new = sources::SourceIn {
            name: directory.say(&source.name).to_owned(),
            channel: channel(&source.channel)?,
            retention_days: None,
        };
        directory.sources.insert(source.code.clone(), sources::create_source(tx, &new).await?);
    }
    Ok(())
}

pub(super) fn channel(code: &str) -> Result<Channel, VoiceError> {
    code.parse().map_err(VoiceError::UnknownChannel)
}

async fn create_topics(tx: &mut Tx, company: &Company, directory: &mut Directory) -> Result<(), AppError> {
    for (position, topic) in (0..).zip(&company.topics) {
        let new = topics::TopicIn {
            parent_id: topic.parent.as_ref().and_then(|code| directory.topics.get(code)).cloned(),
            code: topic.code.clone(),
            name_ru: topic.name.ru.clone(),
            name_en: topic.name.en.clone(),
            rule: topic.rule.clone().unwrap_or_default(),
            position,
        };
        directory.topics.insert(topic.code.clone(), topics::create_topic(tx, &new).await?);
    }
    Ok(())
}

async fn create_gates(tx: &mut Tx, company: &Company, directory: &mut Directory) -> Result<(), AppError> {
    for (position, template) in (0..).zip(&company.gate_templates) {
        let line = |item: &otklik_demo::GateTemplateItem| GateLine {
            title_ru: item.name.ru.clone(),
            title_en: item.name.en.clone(),
        };
        let content = TemplateContent {
            name_ru: template.name.ru.clone(),
            name_en: template.name.en.clone(),
            lines: template.items.iter().map(line).collect(),
            position,
        };
        let created = gates::create_gate_template(tx, content).await?;
        let codes = template.items.iter().map(|item| item.code.clone()).collect();
        directory.gates.push((created.id, codes));
    }
    Ok(())
}

fn base_rows(company: &Company, directory: &Directory) -> Vec<BaseRow> {
    let value = |dimension: &str, code: &Option<String>| {
        code.as_ref().map(|code| directory.value(dimension, code)).unwrap_or_default()
    };
    let count = |count: u64| Some(otklik_store::column::to_i64(count));
    let row = |row: &otklik_demo::BaseRow| BaseRow {
        month: row.month.strftime("%Y-%m").to_string(),
        unit_id: value("unit", &row.unit),
        product: value("product", &row.product),
        segment: value("segment", &row.segment),
        region: value("region", &row.region),
        customers: count(row.customers),
        transactions: count(row.transactions),
        contracts: count(row.contracts),
        invitations: None,
        starts: None,
    };
    company.base.iter().map(row).collect()
}

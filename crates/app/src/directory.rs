//! Names of units as files write them, and the trees of units and topics: what turns names into ids and branches.

use std::collections::{BTreeMap, BTreeSet};

use otklik_facts::{Dimension, Filter};
use otklik_platform::units;
use otklik_store::Store;
use otklik_store::ids::UnitId;
use otklik_voice::{sources, topics};
use rustc_hash::FxHashMap;

use crate::{App, AppError};

/// A picture of the trees, taken when it was loaded.
#[derive(Debug, Default)]
pub struct Directory {
    units_by_name: FxHashMap<String, UnitId>,
    units: Branches,
    topics: Branches,
    sources: Branches,
}

/// Nodes by id, what lies below each, and the codes by which programs call them.
#[derive(Debug, Default)]
struct Branches {
    children: BTreeMap<String, Vec<String>>,
    id_by_code: FxHashMap<String, String>,
    code_by_id: FxHashMap<String, String>,
}

impl Directory {
    pub async fn load(store: &Store) -> Result<Self, AppError> {
        let mut directory = Self::default();
        for unit in units::list_units(store).await? {
            for name in [&unit.code, &unit.name_ru, &unit.name_en] {
                directory.units_by_name.entry(name.trim().to_lowercase()).or_insert_with(|| unit.id.clone());
            }
            directory.units.insert(unit.id.0, unit.code, unit.parent_id);
        }
        for topic in topics::list_topics(store).await? {
            directory.topics.insert(topic.id.0, topic.code, topic.parent_id.map(|parent| parent.0));
        }
        for source in sources::list_sources(store).await? {
            directory.sources.insert(source.id.0, source.name, None);
        }
        Ok(directory)
    }

    /// The unit that a file means: by its code or either of its names, in any case.
    pub fn unit(&self, name: &str) -> Option<&UnitId> {
        self.units_by_name.get(&name.trim().to_lowercase())
    }

    /// The same filter with every unit and every topic standing for its whole branch. They and sources may be named by
    /// id or by code.
    pub fn expand(&self, filter: Filter) -> Filter {
        match filter {
            Filter::And(parts) => Filter::And(parts.into_iter().map(|f| self.expand(f)).collect()),
            Filter::Or(parts) => Filter::Or(parts.into_iter().map(|f| self.expand(f)).collect()),
            Filter::Not(inner) => Filter::Not(Box::new(self.expand(*inner))),
            Filter::In { dimension, values } => {
                let values = match self.branches(&dimension) {
                    Some(branches) => branches.expand(&values),
                    None => values,
                };
                Filter::In { dimension, values }
            }
            other => other,
        }
    }

    /// What people and programs call a value of a dimension: the code of a unit or topic, the name of a source.
    pub fn code<'a>(&'a self, dimension: &Dimension, value: &'a str) -> &'a str {
        self.branches(dimension).and_then(|b| b.code_by_id.get(value)).map_or(value, String::as_str)
    }

    fn branches(&self, dimension: &Dimension) -> Option<&Branches> {
        match dimension {
            Dimension::Unit => Some(&self.units),
            Dimension::Topic => Some(&self.topics),
            Dimension::Source => Some(&self.sources),
            _ => None,
        }
    }
}

impl Branches {
    fn insert(&mut self, id: String, code: String, parent: Option<String>) {
        if let Some(parent) = parent {
            self.children.entry(parent).or_default().push(id.clone());
        }
        self.id_by_code.insert(code.clone(), id.clone());
        self.code_by_id.insert(id, code);
    }

    /// The nodes and everything below them. A cycle in a damaged tree is walked once.
    fn expand(&self, roots: &[String]) -> Vec<String> {
        let mut found: BTreeSet<&String> = BTreeSet::new();
        let mut open: Vec<&String> =
            roots.iter().map(|root| self.id_by_code.get(root).unwrap_or(root)).collect();
        while let Some(node) = open.pop() {
            if found.insert(node) {
                open.extend(self.children.get(node).into_iter().flatten());
            }
        }
        found.into_iter().cloned().collect()
    }
}

impl App {
    /// Whether a unit is another one or lies below it.
    pub(crate) fn is_in_branch(&self, unit: &UnitId, root: &UnitId) -> bool {
        self.directory.load().units.expand(std::slice::from_ref(&root.0)).contains(&unit.0)
    }

    /// What people and programs call a value of a dimension.
    pub fn code_of(&self, dimension: &Dimension, value: &str) -> String {
        self.directory.load().code(dimension, value).to_owned()
    }

    /// Takes a new picture of units, topics and rules, after one of them has changed.
    pub async fn refresh_directory(&self) -> Result<(), AppError> {
        self.directory.store(std::sync::Arc::new(Directory::load(&self.store).await?));
        self.refresh_rules().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_stands_for_its_branch_by_id_or_code() {
        let mut directory = Directory::default();
        directory.topics.insert("1".into(), "cards".into(), None);
        directory.topics.insert("2".into(), "cards.block".into(), Some("1".into()));
        directory.topics.insert("3".into(), "loans".into(), None);
        let expected = Filter::any_of(Dimension::Topic, ["1", "2"]).negate();
        for name in ["1", "cards"] {
            assert_eq!(directory.expand(Filter::any_of(Dimension::Topic, [name]).negate()), expected);
        }
        assert_eq!(directory.code(&Dimension::Topic, "3"), "loans");
        assert_eq!(directory.code(&Dimension::Segment, "3"), "3");
    }
}

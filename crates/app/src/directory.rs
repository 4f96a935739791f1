//! Names of units as files write them, and the trees of units and topics: what turns names into ids and branches.

use std::collections::{BTreeMap, BTreeSet};

use otklik_facts::{Dimension, Filter};
use otklik_platform::units;
use otklik_store::Store;
use otklik_store::ids::UnitId;
use otklik_voice::topics;
use rustc_hash::FxHashMap;

use crate::{App, AppError};

/// A picture of the trees, taken when it was loaded.
#[derive(Debug, Default)]
pub struct Directory {
    units_by_name: FxHashMap<String, UnitId>,
    unit_children: BTreeMap<String, Vec<String>>,
    topic_children: BTreeMap<String, Vec<String>>,
}

impl Directory {
    pub async fn load(store: &Store) -> Result<Self, AppError> {
        let mut directory = Self::default();
        for unit in units::list_units(store).await? {
            for name in [&unit.code, &unit.name_ru, &unit.name_en] {
                directory.units_by_name.entry(name.trim().to_lowercase()).or_insert_with(|| unit.id.clone());
            }
            if let Some(parent) = unit.parent_id {
                directory.unit_children.entry(parent).or_default().push(unit.id.0);
            }
        }
        for topic in topics::list_topics(store).await? {
            if let Some(parent) = topic.parent_id {
                directory.topic_children.entry(parent.0).or_default().push(topic.id.0);
            }
        }
        Ok(directory)
    }

    /// The unit that a file means: by its code or either of its names, in any case.
    pub fn unit(&self, name: &str) -> Option<&UnitId> {
        self.units_by_name.get(&name.trim().to_lowercase())
    }

    /// The same filter with every unit and every topic standing for its whole branch.
    pub fn expand(&self, filter: Filter) -> Filter {
        match filter {
            Filter::And(parts) => Filter::And(parts.into_iter().map(|f| self.expand(f)).collect()),
            Filter::Or(parts) => Filter::Or(parts.into_iter().map(|f| self.expand(f)).collect()),
            Filter::Not(inner) => Filter::Not(Box::new(self.expand(*inner))),
            Filter::In { dimension: Dimension::Unit, values } => {
                Filter::In { dimension: Dimension::Unit, values: branches(&values, &self.unit_children) }
            }
            Filter::In { dimension: Dimension::Topic, values } => {
                Filter::In { dimension: Dimension::Topic, values: branches(&values, &self.topic_children) }
            }
            other => other,
        }
    }
}

/// The nodes and everything below them. A cycle in a damaged tree is walked once.
fn branches(roots: &[String], children: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let mut found: BTreeSet<&String> = BTreeSet::new();
    let mut open: Vec<&String> = roots.iter().collect();
    while let Some(node) = open.pop() {
        if found.insert(node) {
            open.extend(children.get(node).into_iter().flatten());
        }
    }
    found.into_iter().cloned().collect()
}

impl App {
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
    fn a_node_stands_for_its_branch() {
        let topic_children =
            [("a".to_owned(), vec!["b".to_owned()]), ("b".to_owned(), vec!["c".to_owned()])].into();
        let directory = Directory { topic_children, ..Directory::default() };
        let filter = Filter::any_of(Dimension::Topic, ["a"]).negate();
        let expected = Filter::any_of(Dimension::Topic, ["a", "b", "c"]).negate();
        assert_eq!(directory.expand(filter), expected);
    }
}

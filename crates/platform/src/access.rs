//! Who may do what, and in which units: roles grant rights, a role holds in a unit and everything below it.

use std::collections::{BTreeMap, BTreeSet};

use otklik_store::ids::{PersonId, UnitId};
use serde::{Deserialize, Serialize};

/// What somebody is in a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Reads.
    Viewer,
    /// Adds and edits problems and solutions, labels items.
    Contributor,
    /// Promises: fixes hypotheses, releases, signs verdicts, rejects.
    Manager,
    /// Brings data in and says how it is read: imports, topics, customer base.
    Analyst,
    /// Everything, people and units included.
    Admin,
}

/// What an operation asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Right {
    View,
    Contribute,
    Manage,
    Analyse,
    Administer,
}

impl Role {
    pub const ALL: [Self; 5] = [Self::Viewer, Self::Contributor, Self::Manager, Self::Analyst, Self::Admin];

    pub fn grants(self, right: Right) -> bool {
        match right {
            Right::View => true,
            Right::Contribute => self >= Self::Contributor,
            Right::Manage => matches!(self, Self::Manager | Self::Admin),
            Right::Analyse => matches!(self, Self::Analyst | Self::Admin),
            Right::Administer => self == Self::Admin,
        }
    }

    /// The word in the database, the API and the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Contributor => "contributor",
            Self::Manager => "manager",
            Self::Analyst => "analyst",
            Self::Admin => "admin",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.word() == word)
    }
}

/// The part of the company in which somebody has a right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    Company,
    /// These units; everything below them is already listed.
    Units(BTreeSet<UnitId>),
}

impl Scope {
    /// True when something of this unit (`None`: of no unit) lies inside.
    pub fn covers(&self, unit: Option<&UnitId>) -> bool {
        match self {
            Self::Company => true,
            Self::Units(units) => unit.is_some_and(|u| units.contains(u)),
        }
    }

    /// The units as a condition of a list; `None` sets none.
    pub fn units(&self) -> Option<Vec<UnitId>> {
        match self {
            Self::Company => None,
            Self::Units(units) => Some(units.iter().cloned().collect()),
        }
    }
}

/// Somebody signed in, with all rights spelled out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    pub person: PersonId,
    company: Option<Role>,
    units: BTreeMap<UnitId, Vec<Role>>,
}

impl Access {
    /// Spells grants out over the trees: `parents` maps each unit to the one above it.
    pub fn new(
        person: PersonId,
        grants: &[(Option<UnitId>, Role)],
        parents: &BTreeMap<UnitId, Option<UnitId>>,
    ) -> Self {
        let company = grants.iter().filter(|(unit, _)| unit.is_none()).map(|(_, role)| *role).max();
        let mut units: BTreeMap<UnitId, Vec<Role>> = BTreeMap::new();
        for unit in parents.keys() {
            let line = line_of_parents(unit, parents);
            let roles: Vec<Role> = grants
                .iter()
                .filter(|(granted, _)| granted.as_ref().is_some_and(|g| line.contains(&g)))
                .map(|(_, role)| *role)
                .collect();
            if !roles.is_empty() {
                units.insert(unit.clone(), roles);
            }
        }
        Self { person, company, units }
    }

    /// Where the right holds; `None` when it holds nowhere.
    pub fn scope(&self, right: Right) -> Option<Scope> {
        if self.company.is_some_and(|role| role.grants(right)) {
            return Some(Scope::Company);
        }
        let units: BTreeSet<UnitId> = self
            .units
            .iter()
            .filter(|(_, roles)| roles.iter().any(|r| r.grants(right)))
            .map(|(unit, _)| unit.clone())
            .collect();
        (!units.is_empty()).then_some(Scope::Units(units))
    }

    /// The role for the whole company, if there is one.
    pub fn company_role(&self) -> Option<Role> {
        self.company
    }
}

/// The unit itself and everything above it. A damaged tree with a cycle ends after as many steps as there are units.
fn line_of_parents<'a>(unit: &'a UnitId, parents: &'a BTreeMap<UnitId, Option<UnitId>>) -> Vec<&'a UnitId> {
    let mut line = vec![unit];
    let mut at = unit;
    while let Some(Some(parent)) = parents.get(at) {
        if line.len() > parents.len() {
            break;
        }
        line.push(parent);
        at = parent;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(name: &str) -> UnitId {
        UnitId(name.to_owned())
    }

    fn tree() -> BTreeMap<UnitId, Option<UnitId>> {
        [("cards", None), ("credit", Some("cards")), ("gold", Some("credit")), ("loans", None)]
            .into_iter()
            .map(|(u, p)| (unit(u), p.map(unit)))
            .collect()
    }

    #[test]
    fn a_role_holds_in_everything_below_its_unit() {
        let access = Access::new(PersonId("p".into()), &[(Some(unit("credit")), Role::Manager)], &tree());
        let scope = access.scope(Right::Manage).unwrap();
        assert_eq!(scope, Scope::Units([unit("credit"), unit("gold")].into()));
        assert!(!scope.covers(None));
        assert!(access.scope(Right::Analyse).is_none());
    }

    #[test]
    fn a_role_for_the_company_holds_everywhere() {
        let grants = [(None, Role::Viewer), (Some(unit("loans")), Role::Admin)];
        let access = Access::new(PersonId("p".into()), &grants, &tree());
        assert_eq!(access.scope(Right::View), Some(Scope::Company));
        assert_eq!(access.scope(Right::Administer), Some(Scope::Units([unit("loans")].into())));
    }

    #[test]
    fn rights_by_role() {
        use Right::{Administer, Analyse, Contribute, Manage, View};
        let table = Role::ALL.map(|role| {
            [View, Contribute, Manage, Analyse, Administer].map(|right| u8::from(role.grants(right)))
        });
        let expected = [[1, 0, 0, 0, 0], [1, 1, 0, 0, 0], [1, 1, 1, 0, 0], [1, 1, 0, 1, 0], [1, 1, 1, 1, 1]];
        assert_eq!(table, expected);
    }

    #[test]
    fn a_cycle_in_the_tree_does_no_harm() {
        let parents = [(unit("a"), Some(unit("b"))), (unit("b"), Some(unit("a")))].into();
        let access = Access::new(PersonId("p".into()), &[(Some(unit("a")), Role::Viewer)], &parents);
        assert_eq!(access.scope(Right::View), Some(Scope::Units([unit("a"), unit("b")].into())));
    }
}

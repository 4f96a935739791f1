//! Arrows between crates point down only, as the table in `docs/ARCHITECTURE.md` says.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail};
use cargo_metadata::{DependencyKind, Metadata, PackageId};

use super::Finding;

/// What a crate of a level, and everything it uses, must not contain.
const ABSENT: [(Level, &str); 5] = [
    // numbers, text and columns know no database
    (Level::At(0), "sqlx-core"),
    (Level::At(0), "tokio"),
    (Level::At(0), "reqwest"),
    // only the interface knows HTTP
    (Level::At(3), "axum"),
    (Level::At(3), "tower-http"),
];

/// Where a crate stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Level {
    At(u8),
    /// For tests and commands: may use anything, and nothing at a level may use it.
    Development,
}

/// The crates of the table, and every dependency that tests alone do not need.
struct Graph {
    levels: BTreeMap<String, Level>,
    arrows: BTreeMap<String, BTreeSet<String>>,
}

pub(super) fn check(metadata: &Metadata, architecture: &str) -> Result<Vec<Finding>> {
    let graph = Graph { levels: parse_table(architecture)?, arrows: arrows(metadata)? };
    let members: Vec<String> =
        metadata.workspace_packages().iter().map(|package| package.name.to_string()).collect();
    Ok(graph.check(&members))
}

impl Graph {
    fn check(&self, members: &[String]) -> Vec<Finding> {
        let mut findings = Vec::new();
        for member in members {
            let place = format!("crate {member}");
            match self.levels.get(member) {
                None => findings
                    .push(Finding { place, message: "stands in no level of docs/ARCHITECTURE.md".into() }),
                Some(level) => {
                    let complaints = [self.arrows_up(member, *level), self.present(member, *level)].concat();
                    findings.extend(
                        complaints.into_iter().map(|message| Finding { place: place.clone(), message }),
                    );
                }
            }
        }
        findings
    }

    /// Dependencies that are not strictly below.
    fn arrows_up(&self, member: &str, level: Level) -> Vec<String> {
        let used = self.arrows.get(member).into_iter().flatten();
        let up = used.filter(|name| {
            level != Level::Development && self.levels.get(*name).is_some_and(|other| *other >= level)
        });
        up.map(|name| format!("uses {name}, which is not below it")).collect()
    }

    /// Foreign crates that this level must do without.
    fn present(&self, member: &str, level: Level) -> Vec<String> {
        let reached = self.reached(member);
        let banned = ABSENT.iter().filter(|(highest, _)| level <= *highest);
        let present = banned.filter(|(_, name)| reached.contains(*name));
        present.map(|(_, name)| format!("reaches {name}, which its level does not know")).collect()
    }

    fn reached(&self, from: &str) -> BTreeSet<&str> {
        let mut reached = BTreeSet::new();
        let mut waiting = vec![from];
        while let Some(next) = waiting.pop() {
            for name in self.arrows.get(next).into_iter().flatten() {
                if reached.insert(name.as_str()) {
                    waiting.push(name);
                }
            }
        }
        reached
    }
}

/// Package name → level, from the rows `| 0 | `stats` | …` of the document's table.
fn parse_table(architecture: &str) -> Result<BTreeMap<String, Level>> {
    let mut levels = BTreeMap::new();
    for row in architecture.lines().filter(|line| line.starts_with("| ")) {
        let mut cells = row.trim_matches('|').split('|').map(str::trim);
        let (Some(level), Some(names)) = (cells.next(), cells.next()) else { continue };
        let level = match level {
            "–" => Level::Development,
            number => match number.parse() {
                Ok(number) => Level::At(number),
                Err(_) => continue,
            },
        };
        levels.extend(names.split(',').map(|name| (package_name(name.trim().trim_matches('`')), level)));
    }
    if levels.is_empty() {
        bail!("docs/ARCHITECTURE.md has no table of crates and levels");
    }
    Ok(levels)
}

/// The binary is called as the product; all others carry its name before their own.
fn package_name(name: &str) -> String {
    if name == "otklik" { name.to_owned() } else { format!("otklik-{name}") }
}

fn arrows(metadata: &Metadata) -> Result<BTreeMap<String, BTreeSet<String>>> {
    let names: BTreeMap<&PackageId, &str> =
        metadata.packages.iter().map(|package| (&package.id, package.name.as_str())).collect();
    let resolve = metadata.resolve.as_ref().context("cargo metadata resolved nothing")?;
    let mut arrows = BTreeMap::<String, BTreeSet<String>>::new();
    for node in &resolve.nodes {
        let lasting = |kinds: &[cargo_metadata::DepKindInfo]| {
            kinds.iter().any(|info| info.kind != DependencyKind::Development)
        };
        let used = node.deps.iter().filter(|dependency| lasting(&dependency.dep_kinds));
        let used = used.filter_map(|dependency| names.get(&dependency.pkg)).map(|name| (*name).to_owned());
        let from = names.get(&node.id).context("a package without a name")?;
        arrows.entry((*from).to_owned()).or_default().extend(used);
    }
    Ok(arrows)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "\
| level | crate | what it alone knows |
|---|---|---|
| 0 | `stats` | numbers |
| 1 | `store` | SQL |
| 2 | `voice` | feedback |
| 2 | `metrics` | numbers |
| 4 | `api` | HTTP |
| 5 | `otklik` | the binary |
| – | `testkit`, `xtask` | development only |
";

    fn said(arrows: &[(&str, &[&str])]) -> Vec<String> {
        let owned = |(from, to): &(&str, &[&str])| {
            ((*from).to_owned(), to.iter().map(|name| (*name).to_owned()).collect())
        };
        let graph = Graph {
            levels: parse_table(TABLE).expect("a table"),
            arrows: arrows.iter().map(owned).collect(),
        };
        let members: Vec<String> = arrows
            .iter()
            .map(|(from, _)| (*from).to_owned())
            .filter(|name| name.starts_with("otklik"))
            .collect();
        graph.check(&members).iter().map(Finding::to_string).collect()
    }

    #[test]
    fn table_is_read() {
        let levels = parse_table(TABLE).expect("a table");
        assert_eq!(levels.len(), 8);
        assert_eq!(levels["otklik-stats"], Level::At(0));
        assert_eq!(levels["otklik"], Level::At(5));
        assert_eq!(levels["otklik-xtask"], Level::Development);
        assert!(parse_table("no table").is_err());
    }

    #[test]
    fn arrows_point_down() {
        assert!(
            said(&[("otklik-voice", &["otklik-store", "serde"]), ("otklik-testkit", &["otklik-api"])])
                .is_empty()
        );
        assert_eq!(
            said(&[("otklik-voice", &["otklik-metrics"])]),
            ["crate otklik-voice: uses otklik-metrics, which is not below it"]
        );
        assert_eq!(
            said(&[("otklik-store", &["otklik-testkit"])]),
            ["crate otklik-store: uses otklik-testkit, which is not below it"]
        );
        assert_eq!(
            said(&[("otklik-new", &[])]),
            ["crate otklik-new: stands in no level of docs/ARCHITECTURE.md"]
        );
    }

    #[test]
    fn absences_hold_through_other_crates() {
        assert!(said(&[("otklik-api", &["axum"]), ("otklik-store", &["sqlx-core"])]).is_empty());
        assert_eq!(
            said(&[("otklik-stats", &["cunning"]), ("cunning", &["sqlx-core"])]),
            ["crate otklik-stats: reaches sqlx-core, which its level does not know"]
        );
        assert_eq!(
            said(&[("otklik-voice", &["axum"])]),
            ["crate otklik-voice: reaches axum, which its level does not know"]
        );
    }
}

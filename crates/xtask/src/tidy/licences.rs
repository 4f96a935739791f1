//! Everything we depend on has a licence that allows what ours allows.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use cargo_metadata::Metadata;
use serde_json::Value;
use spdx::{Expression, ParseMode};

use super::Finding;

/// SPDX identifiers. A licence that would reach into our own code is never added here.
const ALLOWED: [&str; 17] = [
    "0BSD",
    "Apache-2.0",
    "BlueOak-1.0.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Python-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
    "bzip2-1.0.6",
];

/// npm packages whose licence stands in a file of theirs but not in their description.
const READ_BY_HAND: [(&str, &str); 1] = [("node_modules/svelte-toolbelt", "MIT")];

pub(super) fn check_crates(metadata: &Metadata) -> Vec<Finding> {
    let foreign = metadata.packages.iter().filter(|package| package.source.is_some());
    let licences = foreign
        .map(|package| (format!("crate {} {}", package.name, package.version), package.license.as_deref()));
    complaints(licences)
}

/// All packages of `package-lock.json`, those of the build included.
pub(super) fn check_npm(lock: &str) -> Result<Vec<Finding>> {
    let lock: Value = serde_json::from_str(lock).context("web/package-lock.json")?;
    let packages = lock["packages"].as_object().context("web/package-lock.json has no packages")?;
    let foreign = packages.iter().filter(|(path, _)| !path.is_empty());
    let by_hand =
        |path: &str| READ_BY_HAND.iter().find(|(package, _)| *package == path).map(|(_, licence)| *licence);
    let licences = foreign.map(|(path, package)| {
        (format!("web/{path}"), package["license"].as_str().or_else(|| by_hand(path)))
    });
    Ok(complaints(licences))
}

fn complaints<'a>(licences: impl Iterator<Item = (String, Option<&'a str>)>) -> Vec<Finding> {
    let by_place: BTreeMap<String, Option<&str>> = licences.collect();
    let complaint = |(place, licence): (String, Option<&str>)| match licence {
        None => Some(Finding { place, message: "names no licence".to_owned() }),
        Some(licence) if is_allowed(licence) => None,
        Some(licence) => Some(Finding { place, message: format!("licence {licence} is not on the list") }),
    };
    by_place.into_iter().filter_map(complaint).collect()
}

fn is_allowed(licence: &str) -> bool {
    let Ok(expression) = Expression::parse_mode(licence, ParseMode::LAX) else { return false };
    expression.evaluate(|wanted| wanted.license.id().is_some_and(|id| ALLOWED.contains(&id.name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_weighed() {
        for allowed in ["MIT", "MIT/Apache-2.0", "(MIT OR Apache-2.0) AND Unicode-3.0", "GPL-3.0-only OR MIT"]
        {
            assert!(is_allowed(allowed), "{allowed}");
        }
        for refused in ["GPL-3.0-only", "AGPL-3.0-or-later", "MIT AND GPL-2.0-only", "Commercial", ""] {
            assert!(!is_allowed(refused), "{refused}");
        }
    }

    #[test]
    fn npm_packages_are_read_from_the_lock() {
        let lock = r#"{"packages": {"": {"license": "X"}, "node_modules/a": {"license": "MIT"},
            "node_modules/b": {}, "node_modules/c": {"license": "AGPL-3.0"}}}"#;
        let said: Vec<String> = check_npm(lock).expect("a lock").iter().map(Finding::to_string).collect();
        let expected = [
            "web/node_modules/b: names no licence",
            "web/node_modules/c: licence AGPL-3.0 is not on the list",
        ];
        assert_eq!(said, expected);
    }
}

//! Node by its version.

use std::process::Command;

use crate::process;

/// The oldest release that the web's tools run on.
const OLDEST: (u32, u32) = (20, 19);

pub fn is_recent() -> bool {
    process::answer(Command::new("node").arg("--version")).is_ok_and(|version| at_least(&version, OLDEST))
}

/// `v20.19.4` is at least (20, 19).
fn at_least(version: &str, oldest: (u32, u32)) -> bool {
    let mut numbers = version.trim_start_matches('v').split('.').map(str::parse::<u32>);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(major)), Some(Ok(minor))) => (major, minor) >= oldest,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_as_numbers() {
        assert!(at_least("v20.19.0", OLDEST));
        assert!(at_least("v22.3.1", OLDEST));
        assert!(!at_least("v20.9.0", OLDEST));
        assert!(!at_least("v18.20.4", OLDEST));
        assert!(!at_least("nonsense", OLDEST));
    }
}

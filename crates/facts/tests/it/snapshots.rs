//! What was saved is what is loaded, and damage is noticed.

use std::fs;
use std::path::{Path, PathBuf};

use otklik_facts::{Change, Facts};

use crate::company::Company;
use crate::laws::{build, check};

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(self::files(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}

#[test]
fn a_snapshot_answers_like_the_facts_it_was_made_of() {
    let dir = tempfile::tempdir().unwrap();
    for (seed, changes, batch) in [(1, 0, 1), (2, 500, 20), (3, 20_000, 3000)] {
        let mut company = Company::new(seed, 12_000, 500);
        let (facts, mut naive) = build(&mut company, changes, batch);
        facts.save(dir.path()).unwrap();
        let loaded = Facts::load(dir.path()).unwrap();
        assert_eq!((loaded.len(), loaded.sequence()), (facts.len(), facts.sequence()));
        assert_eq!(loaded.attributes(), facts.attributes());
        check(&mut company, &loaded, &naive, 20);

        // It goes on as the facts would have: replaces what it has, knows the customers it knew.
        let more = company.changes(300);
        naive.apply(&more);
        loaded.apply(more, 1_000_000);
        check(&mut company, &loaded, &naive, 20);
    }
}

#[test]
fn a_new_snapshot_takes_the_place_of_the_old_one() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(Facts::load(dir.path()).unwrap_err().code(), "no_snapshot");
    let mut company = Company::new(4, 100, 10);
    let (facts, _) = build(&mut company, 50, 10);
    facts.save(dir.path()).unwrap();
    let before = files(dir.path());
    facts.apply((0..100).map(Change::Remove).collect(), 77);
    facts.save(dir.path()).unwrap();
    assert_eq!(
        (Facts::load(dir.path()).unwrap().len(), Facts::load(dir.path()).unwrap().sequence()),
        (0, 77)
    );
    let after = files(dir.path());
    assert!(before.iter().all(|path| !path.exists() || path.ends_with("manifest.json")), "{after:?}");
    assert_eq!(after.len(), 3, "{after:?}");
}

#[test]
fn damage_is_noticed_wherever_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let mut company = Company::new(5, 200, 10);
    let (facts, _) = build(&mut company, 300, 40);
    facts.save(dir.path()).unwrap();
    for path in files(dir.path()) {
        let good = fs::read(&path).unwrap();
        for place in (0..good.len()).step_by(good.len() / 7 + 1) {
            let mut bad = good.clone();
            bad[place] ^= 0x11;
            fs::write(&path, &bad).unwrap();
            let error = Facts::load(dir.path()).unwrap_err();
            assert_eq!(error.code(), "damaged_snapshot", "{path:?} {place} {error}");
        }
        fs::write(&path, &good[..good.len() / 2]).unwrap();
        assert_eq!(Facts::load(dir.path()).unwrap_err().code(), "damaged_snapshot");
        fs::remove_file(&path).unwrap();
        let code = Facts::load(dir.path()).unwrap_err().code();
        let is_manifest = path.ends_with("manifest.json");
        assert_eq!(code, if is_manifest { "no_snapshot" } else { "damaged_snapshot" });
        fs::write(&path, &good).unwrap();
    }
    assert_eq!(Facts::load(dir.path()).unwrap().len(), facts.len());
}

#[test]
fn where_nothing_can_be_written_the_error_says_so() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    fs::write(&file, "in the way").unwrap();
    assert_eq!(Facts::new().save(&file.join("facts")).unwrap_err().code(), "io");
}

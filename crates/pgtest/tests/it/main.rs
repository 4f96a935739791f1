//! The cluster answers while it lives and leaves nothing behind.

use std::path::Path;
use std::process::Command;

use otklik_pgtest::{Cluster, server_programs};

fn ask(url: &str, question: &str) -> Option<String> {
    let psql = server_programs().expect("PostgreSQL is installed").join("psql");
    let output =
        Command::new(psql).args(["-X", "-A", "-t", "-c", question, url]).output().expect("psql runs");
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

#[test]
fn cluster_lives_and_goes() {
    let cluster = Cluster::start().expect("a cluster");
    let url = cluster.url();
    let folder = ask(&url, "show data_directory").expect("an answer");
    assert!(Path::new(&folder).exists());
    assert_eq!(ask(&url, "select lower('ОТКЛИК')").as_deref(), Some("отклик"));

    drop(cluster);
    assert_eq!(ask(&url, "select 1"), None);
    assert!(!Path::new(&folder).exists());
}

#[test]
fn clusters_live_side_by_side() {
    let (one, other) = (Cluster::start().expect("one"), Cluster::start().expect("the other"));
    ask(&one.url(), "create table only_here (n int)").expect("created");
    assert!(ask(&one.url(), "select n from only_here").is_some());
    assert!(ask(&other.url(), "select n from only_here").is_none());
}

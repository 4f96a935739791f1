//! One PostgreSQL cluster for all tests of a run.

use std::env;
use std::sync::LazyLock;

use otklik_pgtest::Cluster;

/// The address of a running cluster: that of `cargo xtask test` in `OTKLIK_TEST_POSTGRES`, else one which this test
/// process starts for itself on the first call.
pub fn url() -> String {
    static OWN: LazyLock<Cluster> =
        LazyLock::new(|| Cluster::start().expect("tests need a PostgreSQL cluster"));
    env::var("OTKLIK_TEST_POSTGRES").unwrap_or_else(|_| OWN.url())
}

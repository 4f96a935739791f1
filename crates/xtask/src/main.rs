//! The project's own commands: test, demo, tidy, codegen, bench, dist.
fn main() {}

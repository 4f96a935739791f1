//! The binary: configuration, tracing, the command line and the embedded web interface.
fn main() {}

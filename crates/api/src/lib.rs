//! The HTTP interface: the only crate that knows HTTP.

//! Integration tests of the program itself, as an operator runs it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod archives;
mod commands;
mod demo;
mod files;
mod kill;
mod server;
mod text;

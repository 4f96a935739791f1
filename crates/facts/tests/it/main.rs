//! The facts against a naive computation over the rows.

mod company;
mod laws;
mod naive;
mod readers;

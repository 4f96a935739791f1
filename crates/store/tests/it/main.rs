//! The store on both databases.

mod jobs;
mod transactions;

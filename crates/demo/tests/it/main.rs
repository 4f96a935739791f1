//! The demo company as its readers meet it.

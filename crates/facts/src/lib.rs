//! Feedback as columns in memory: any slice of it in milliseconds.

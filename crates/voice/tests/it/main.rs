//! Integration tests: what customers said, from the file to the answer.

mod files;

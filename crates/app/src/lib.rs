//! Handles to all of Otklik, operations that span domains, and their jobs.

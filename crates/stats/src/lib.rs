//! Intervals, tests and effects: numbers in, numbers out.

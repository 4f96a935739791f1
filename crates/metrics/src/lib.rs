//! Metric definitions and the one question type behind every number.

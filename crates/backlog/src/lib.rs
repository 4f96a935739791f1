//! The CX backlog: problems, evidence, scale, solutions, gates, verdicts.

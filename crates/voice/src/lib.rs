//! What customers said: sources, imports, feedback, topics, the customer base.

//! The SQL database: pools, transactions with an actor, audit, migrations, jobs, outbox.

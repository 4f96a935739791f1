//! People, roles, sessions, tokens, units, settings.

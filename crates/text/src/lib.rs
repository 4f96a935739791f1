//! Language, masking, tokens, rules and search words: text in, labels out.

//! Language, masking, tokens, rules and search words: text in, labels out.
//!
//! | ask | for |
//! |---|---|
//! | [`normalise()`] | the one normal form in which words are compared |
//! | [`detect`] | the [`Language`] of a text |
//! | [`mask()`] | the text without personal data, and where its typed tokens stand |
//! | [`Tokens`], [`stems`] | words with their places and Snowball stems |
//! | [`embed`], [`embed_all`], [`similarity`] | what a text means, as a vector; how alike two texts are |
//! | [`Rule`], [`RuleSet`] | topic rules, one or hundreds at once, and the words that made them match |
//! | [`TopicModel`] | topics learnt from labelled texts, with a confidence and the words that weighed most |
//! | [`sentiment()`], [`SentimentModel`] | complaint or praise, of a text and toward what it names, with reasons |
//! | [`signals`] | threats to leave, court, regulator or press, danger, people who need care |
//! | [`find_themes`], [`match_themes`] | groups of alike texts with names; what became of them since |
//! | [`turns`], [`customers_words`] | whose turn it is in a transcript; what the customer said |
//! | [`duplicates`] | texts that nearly repeat an earlier one |
//! | [`SearchQuery`], [`highlight`], [`snippet`] | what a person typed into a search box, as stems; what to show of a text |
//!
//! Everything is pure and total: no clock, no files, no network, and no input that fails other than a rule which does
//! not follow the rule language.

mod archive;
mod duplicate;
mod embed;
mod language;
mod lexer;
pub mod mask;
mod normalise;
pub mod rule;
pub mod search;
pub mod sentiment;
pub mod signal;
mod stem;
pub mod theme;
mod tokens;
pub mod topic;
mod transcript;

pub use archive::ModelError;
pub use duplicate::duplicates;
pub use embed::{DIMENSIONS, Quantised, Vector, embed, embed_all, quantise, similarity};
pub use language::{Language, detect};
pub use mask::{Masked, MaskedSpan, mask};
pub use normalise::normalise;
pub use rule::{Rule, RuleError, RuleErrorKind, RuleMatch, RuleSet};
pub use search::{SearchQuery, Snippet, highlight, snippet};
pub use sentiment::{Clause, Polarity, RatedText, Sentiment, SentimentModel, sentiment};
pub use signal::{Signal, SignalKind, signals, signals_at};
pub use theme::{Theme, ThemeChange, ThemeOptions, Themes, find_themes, find_themes_at, match_themes};
pub use tokens::{Token, Tokens, stems};
pub use topic::{LabelledText, TopicModel};
pub use transcript::{Speaker, Turn, customers_words, turns};

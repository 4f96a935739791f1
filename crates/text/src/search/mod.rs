//! What a person typed into a search box (T7): stems for an index, highlights and snippets for the screen.

mod highlight;
mod parser;
mod snippet;

pub use highlight::highlight;
pub use snippet::{Snippet, snippet};

/// A search over stems, for any engine to translate.
///
/// `And` and `Or` have at least two members. `Not` stands only at the top or directly in the topmost `And`, after the
/// members that have to occur; where there is none of those, the search consists of exclusions alone. Stems are letters,
/// digits and marks, without spaces, quotes or apostrophes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SearchQuery {
    /// A word with this stem.
    Word(String),
    /// A word whose stem begins so.
    Prefix(String),
    /// Words with these stems, one right after the other.
    Phrase(Vec<String>),
    /// All of them.
    And(Vec<SearchQuery>),
    /// At least one of them.
    Or(Vec<SearchQuery>),
    /// Not this.
    Not(Box<SearchQuery>),
}

impl SearchQuery {
    /// Reads a search; `None` when there is no word in it.
    ///
    /// Words are found by stem, all of them; `"a phrase"` as words in a row; `word*` by its beginning; `-word` excludes;
    /// `|`, `OR` or `ИЛИ` gives alternatives: `a b | c` is (a and b) or c. Frequent words («в», "the") count only in
    /// phrases and alone. Nothing fails: an open quotation mark closes at the end, other signs are spaces. Reads the first
    /// 1,000 characters and 50 words.
    ///
    /// `карты "горячая линия" -кредит` is And(Word карт, Phrase(горяч лин), Not(Word кредит)).
    pub fn parse(input: &str) -> Option<Self> {
        parser::parse(input)
    }
}

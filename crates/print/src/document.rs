//! What is printed: plain data with every word and number written out.

use serde::Serialize;

use crate::Trend;

/// A4, which way round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    Landscape,
    Portrait,
}

/// A titled set of cards.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Document {
    /// `ru` or `en`: it says how words are divided.
    pub language: String,
    pub paper: Paper,
    pub title: String,
    /// Company, period, unit, when and by whom: each with its name.
    pub facts: Vec<Fact>,
    pub cards: Vec<Card>,
    /// What stands in place of the cards where there is none.
    pub empty: String,
    /// The words around the numbers of a page and of all pages: «Страница», «из».
    pub page_words: [String; 2],
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fact {
    pub name: String,
    pub value: String,
}

/// How much of the width of a page a card takes; on upright paper twice as much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Width {
    Quarter,
    Half,
    Whole,
}

/// One answer, with what it takes to read it. A card is never divided between pages.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Card {
    pub title: String,
    /// The scale or the base of the values, and the conditions of this card alone.
    pub lead: String,
    pub width: Width,
    /// The value of all items together.
    pub figure: Option<Figure>,
    pub body: Body,
    /// What to know before acting on it, in a sentence each.
    pub notes: Vec<String>,
    /// What the number is: in small print.
    pub definition: String,
}

/// A value with what it rests on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    pub value: String,
    /// n and interval.
    pub rests_on: String,
    /// The change and whether it is real, in words.
    pub change: String,
    pub tone: Tone,
}

/// Whether something is for the better; always beside words that say so, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    Plain,
    Good,
    Bad,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Body {
    /// The figure says it all.
    Nothing,
    /// Why there is no value.
    Refusal {
        text: String,
    },
    Trend(Trend),
    Bars {
        bars: Vec<Bar>,
    },
    Heat(Heat),
    Table(Table),
}

/// A group with its value. Places are shares of the width, from 0 to 1.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Bar {
    pub label: String,
    /// From the zero to the value, the smaller one first; `None` where the value was refused.
    pub bar: Option<[f64; 2]>,
    pub whisker: Option<Whisker>,
    pub value: String,
    pub rests_on: String,
    /// Few answers stand behind it.
    pub pale: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Whisker {
    pub low: f64,
    pub high: f64,
}

/// Two dimensions against each other.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Heat {
    pub columns: Vec<String>,
    pub rows: Vec<HeatRow>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HeatRow {
    pub label: String,
    pub cells: Vec<Cell>,
}

/// One value of a heat map; `shade` runs from −1 (worst) over 0 to 1 (best).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cell {
    pub text: String,
    pub shade: f64,
}

/// Rows of text; all columns but the first hold numbers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

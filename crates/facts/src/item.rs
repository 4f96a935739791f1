//! What facts know of a feedback item, and the changes that bring it.

/// The signals that facts know, in order of their bits in [`Item::signals`].
pub const SIGNALS: [&str; 4] = ["leaving", "escalation", "safety", "vulnerable"];

/// One feedback item as the rows in SQL have it, with names in place of codes.
///
/// Scores outside their scale (`nps` 0–10, `csat` 1–5, `ces` 1–7) are kept as missing. An empty text is a value like
/// any other; what is unknown is `None`. A topic or an attribute named twice counts once (of an attribute the last).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Item {
    /// The dense integer given on arrival; the item's name in every answer.
    pub number: u32,
    /// Days since 1970-01-01 in the company's time zone. Days outside 1950-01-01 … 2129-06-05 are kept as the nearest
    /// of the two.
    pub day: i32,
    /// The keyed hash of the customer; `None` is an anonymous item.
    pub customer: Option<String>,
    pub source: Option<String>,
    pub channel: Option<String>,
    pub unit: Option<String>,
    pub product: Option<String>,
    pub touchpoint: Option<String>,
    pub segment: Option<String>,
    pub region: Option<String>,
    pub language: Option<String>,
    /// Would you recommend us, 0–10.
    pub nps: Option<u8>,
    /// Satisfaction, 1–5.
    pub csat: Option<u8>,
    /// Effort, 1–7.
    pub ces: Option<u8>,
    pub complaint: bool,
    /// −1 complains, 1 praises, 0 neither; `None` where nothing was said.
    pub sentiment: Option<i8>,
    /// What the item calls attention to: bit `n` stands for [`SIGNALS`]`[n]`, further bits for nothing.
    pub signals: u8,
    /// Ids of the topics the item is labelled with.
    pub topics: Vec<String>,
    /// The company's own attributes, by name.
    pub attributes: Vec<(String, String)>,
}

/// One step of the change sequence.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "nearly every change is a put")]
pub enum Change {
    /// A new item, or new facts of the item with this number.
    Put(Item),
    /// The item is gone (erased, or its retention ended). An unknown number is no error.
    Remove(u32),
}

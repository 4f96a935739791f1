//! Kinds of personal data and the typed token that stands for each.

/// A kind of personal data (V11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// E-mail address.
    Email,
    /// Phone number, Russian or international.
    Phone,
    /// Number of a bank card.
    Card,
    /// Number of a bank account, IBAN included.
    Account,
    /// Series and number of a passport.
    Passport,
    /// INN, the taxpayer's number.
    Inn,
    /// SNILS, the number of pension insurance.
    Snils,
    /// OGRN or OGRNIP, the register number of a company or an entrepreneur.
    Ogrn,
    /// Number of a contract, a policy or an order.
    Contract,
    /// Number of a claim, a request or a ticket.
    Claim,
    /// Street address.
    Address,
    /// Name of a person.
    Name,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 12] = [
        Self::Email,
        Self::Phone,
        Self::Card,
        Self::Account,
        Self::Passport,
        Self::Inn,
        Self::Snils,
        Self::Ogrn,
        Self::Contract,
        Self::Claim,
        Self::Address,
        Self::Name,
    ];

    /// What stands in the text instead of the data, such as `[phone]`.
    pub fn token(self) -> &'static str {
        match self {
            Self::Email => "[email]",
            Self::Phone => "[phone]",
            Self::Card => "[card]",
            Self::Account => "[account]",
            Self::Passport => "[passport]",
            Self::Inn => "[inn]",
            Self::Snils => "[snils]",
            Self::Ogrn => "[ogrn]",
            Self::Contract => "[contract]",
            Self::Claim => "[claim]",
            Self::Address => "[address]",
            Self::Name => "[name]",
        }
    }

    /// The kind's name: its token without brackets.
    pub fn code(self) -> &'static str {
        self.token().trim_matches(['[', ']'])
    }

    /// The typed token that `text` begins with, and its length in bytes.
    pub fn read_token(text: &str) -> Option<(Self, usize)> {
        if !text.starts_with('[') {
            return None;
        }
        let kind = Self::ALL.into_iter().find(|kind| text.starts_with(kind.token()))?;
        Some((kind, kind.token().len()))
    }
}

//! Criticality: what a problem does to the business, on a scale of five with meanings.

use crate::codes::codes;

codes! {
    /// From what one can live with to what drives every customer away.
    pub enum Criticality in "problem.criticality" {
        Livable = "livable",
        Annoying = "annoying",
        Costly = "costly",
        ChurnLikely = "churn_likely",
        ChurnCertain = "churn_certain",
    }
}

/// The name of a level and what it means, in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct LevelWords {
    pub name_ru: &'static str,
    pub name_en: &'static str,
    pub meaning_ru: &'static str,
    pub meaning_en: &'static str,
}

impl Criticality {
    /// 1 for [`Self::Livable`] to 5 for [`Self::ChurnCertain`].
    pub fn level(self) -> u8 {
        match self {
            Self::Livable => 1,
            Self::Annoying => 2,
            Self::Costly => 3,
            Self::ChurnLikely => 4,
            Self::ChurnCertain => 5,
        }
    }

    pub fn from_level(level: i64) -> Option<Self> {
        Self::ALL.iter().copied().find(|criticality| i64::from(criticality.level()) == level)
    }

    pub fn words(self) -> LevelWords {
        match self {
            Self::Livable => LevelWords {
                name_ru: "С этим можно жить",
                name_en: "Can be lived with",
                meaning_ru: "Клиент замечает проблему, но его отношения с нами она не меняет.",
                meaning_en: "Customers notice it, and it changes nothing between them and us.",
            },
            Self::Annoying => LevelWords {
                name_ru: "Раздражает",
                name_en: "Annoys",
                meaning_ru: "Клиент тратит лишнее время или силы и запоминает это.",
                meaning_en: "It costs customers time or effort, and they remember it.",
            },
            Self::Costly => LevelWords {
                name_ru: "Ведёт к жалобам и лишним расходам",
                name_en: "Brings complaints and costs",
                meaning_ru: "Клиенты жалуются, обращаются повторно, пользуются нами реже; компания за это платит.",
                meaning_en: "Customers complain, call again, use us less; the company pays for it.",
            },
            Self::ChurnLikely => LevelWords {
                name_ru: "Клиенты часто уходят",
                name_en: "Customers often leave",
                meaning_ru: "Заметная часть столкнувшихся с проблемой уходит или всерьёз об этом думает.",
                meaning_en: "A good part of those who meet it leave, or seriously think of leaving.",
            },
            Self::ChurnCertain => LevelWords {
                name_ru: "Уход клиента гарантирован",
                name_en: "Churn is certain",
                meaning_ru: "Кто столкнулся с проблемой, тот уходит, или нам грозят суд, регулятор, вред людям.",
                meaning_en: "Who meets it leaves, or courts, regulators or harm to people are at stake.",
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_read_back_and_rise() {
        let levels: Vec<u8> = Criticality::ALL.iter().map(|c| c.level()).collect();
        assert_eq!(levels, [1, 2, 3, 4, 5]);
        for criticality in Criticality::ALL {
            assert_eq!(Criticality::from_level(criticality.level().into()), Some(*criticality));
        }
        assert_eq!([0, 6, -1].map(Criticality::from_level), [None; 3]);
    }
}

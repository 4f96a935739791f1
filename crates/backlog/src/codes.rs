//! Enums whose variants are stable words in the database, on the wire and in messages.

macro_rules! codes {
    (
        $(#[$outer:meta])*
        pub enum $name:ident in $column:literal {
            $($(#[$inner:meta])* $variant:ident = $code:literal),* $(,)?
        }
    ) => {
        $(#[$outer])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[derive(serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$inner])* #[serde(rename = $code)] $variant),*
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                let words = utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .enum_values(Some(Self::ALL.iter().map(|word| word.code())));
                words.into()
            }
        }

        // Derived, it would describe the names of the variants: it does not see what a macro renames.
        impl utoipa::ToSchema for $name {}

        impl $name {
            /// All of them, in the order of their definition.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The stable word.
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code),*
                }
            }

            /// Reads the stable word; `None` for any other.
            pub fn from_code(code: &str) -> Option<Self> {
                match code {
                    $($code => Some(Self::$variant),)*
                    _ => None,
                }
            }

            #[allow(dead_code, reason = "not every enum of words is a column")]
            pub(crate) fn read(code: &str) -> Result<Self, otklik_store::StoreError> {
                Self::from_code(code).ok_or_else(|| otklik_store::StoreError::unreadable($column, code))
            }
        }
    };
}

pub(crate) use codes;

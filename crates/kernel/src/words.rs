//! How the small words of features are declared: an enum, the word of each variant that
//! stands in the ledger and in text keys, and the way back. No words of its own.

/// A small word of a feature: `<family>-<word>` is the key of its text.
pub trait Word: Copy + PartialEq + 'static {
    /// The family of its text keys.
    const FAMILY: &'static str;

    /// Every one, in order.
    fn every() -> &'static [Self];

    /// The word that stands in the ledger and in text keys.
    fn as_word(self) -> &'static str;

    /// The one of a word.
    fn of_word(word: &str) -> Option<Self> {
        Self::every().iter().copied().find(|one| one.as_word() == word)
    }
}

/// Declares words: `words! { /// How it stands. OrderStage as "order-stage" { /// Sent. Sent = "sent" } }`.
#[macro_export]
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident as $family:literal { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$vdoc])* $variant),+
        }

        impl $name {
            /// Every one, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            /// The word of every one, in order.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The word that stands in the ledger and in text keys.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }

            /// The one of a word.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some($name::$variant),)+ _ => None }
            }
        }

        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.word())
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let word = <String as $crate::serde::Deserialize>::deserialize(from)?;
                let unknown = || $crate::serde::de::Error::unknown_variant(&word, Self::WORDS);
                Self::parse(&word).ok_or_else(unknown)
            }
        }

        impl $crate::cell::Put for $name {
            fn put(self) -> $crate::cell::Value {
                $crate::cell::Value::Text(self.word().to_owned())
            }
        }

        impl $crate::cell::Cell for $name {
            const KIND: $crate::cell::Kind = $crate::cell::Kind::Text;

            fn from_value(value: $crate::cell::Value) -> Option<Self> {
                match value {
                    $crate::cell::Value::Text(word) => Self::parse(&word),
                    _ => None,
                }
            }
        }

        impl $crate::words::Word for $name {
            const FAMILY: &'static str = $family;

            fn every() -> &'static [Self] {
                Self::ALL
            }

            fn as_word(self) -> &'static str {
                self.word()
            }

            fn of_word(word: &str) -> Option<Self> {
                Self::parse(word)
            }
        }
    )+};
}

//! Values of one word or figure that entities hold, and how they are read from what an author writes.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};

use crate::load::typed::{complaint, hook};
use crate::text;

/// A value that is written as one text.
pub trait FromText: Default {
    /// Reads the text; the error is a message and its cure.
    fn from_text(text: &str) -> Result<Self, (String, String)>;
}

/// Lets serde read a [`FromText`] and write it by its `Display`.
macro_rules! text_value {
    ($type:ty) => {
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_newtype_struct(hook::VALUE, TextVisitor(PhantomData))
            }
        }

        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    };
}

/// Describes the value to other programs, as it is exported to them.
macro_rules! described {
    ($type:ident: $($schema:tt)+) => {
        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                stringify!($type).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($($schema)+)
            }
        }
    };
}

mod address;
mod amount;
mod reference;
mod time;
mod version;

pub use address::{FileAddress, WebAddress};
pub use amount::{Amount, Currency, Percent, Price, currency, not_below_zero, part_of_whole};
pub(crate) use reference::linked;
pub use reference::{Identity, Linked, Mention, Ref, Suffix};
pub use time::{ClockTime, Date, DaysOfYear, Duration, Year};
pub use version::{FrozenForm, VersionNumber, version_numbers};

struct TextVisitor<T>(PhantomData<T>);

impl<T: FromText> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("en text")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        T::from_text(text).map_err(|(message, help)| E::custom(complaint(&message, &help)))
    }

    fn visit_unit<E: de::Error>(self) -> Result<T, E> {
        Ok(T::default())
    }
}

/// How many, of what there is at least one of.
#[derive(Debug, Clone, Copy, Default)]
pub struct Count(pub u32);

text_value!(Count);

impl FromText for Count {
    fn from_text(text: &str) -> Result<Count, (String, String)> {
        figure(text).filter(|count| *count > 0).map(Count).ok_or_else(|| {
            let most = text::number(u32::MAX.into());
            let help = format!("skriv ett heltal, till exempel 3; det får vara från 1 till {most}");
            (format!("”{text}” är inget antal som får stå här"), help)
        })
    }
}

/// So many, where it is said how many.
pub(super) fn at_least_one<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    Ok(Option::<Count>::deserialize(deserializer)?.map(|Count(count)| count))
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What a level promises, or that it promises nothing: `inte garanterad`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Guaranteed<T> {
    #[default]
    Not,
    By(T),
}

impl<T> Guaranteed<T> {
    /// The promise, where there is one.
    pub fn promise(&self) -> Option<&T> {
        match self {
            Guaranteed::Not => None,
            Guaranteed::By(value) => Some(value),
        }
    }
}

impl<T: FromText> FromText for Guaranteed<T> {
    fn from_text(text: &str) -> Result<Self, (String, String)> {
        match text {
            "inte garanterad" | "inte garanterat" => Ok(Guaranteed::Not),
            _ => T::from_text(text).map(Guaranteed::By),
        }
    }
}

impl<'de, T: FromText> Deserialize<'de> for Guaranteed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(hook::VALUE, TextVisitor(PhantomData))
    }
}

impl<T: Serialize> Serialize for Guaranteed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.promise().serialize(serializer)
    }
}

impl<T: JsonSchema> JsonSchema for Guaranteed<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Guaranteed{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        <Option<T>>::json_schema(generator)
    }
}

/// A figure of nothing but digits; the sign that Rust takes before it is no part of one.
fn figure<T: std::str::FromStr>(text: &str) -> Option<T> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

impl FromText for u32 {
    fn from_text(text: &str) -> Result<u32, (String, String)> {
        figure(text).ok_or_else(|| (format!("”{text}” är inget antal"), "skriv ett heltal".to_string()))
    }
}

/// Markdown that an author wrote in an entity. Templates get its handle, which stands for the parsed text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Markdown {
    /// As written.
    pub source: String,
    /// The id of its entity and the path of its key: `orbit-drift#beskrivning`.
    pub handle: String,
}

impl<'de> Deserialize<'de> for Markdown {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pair;
        impl<'de> Visitor<'de> for Pair {
            type Value = Markdown;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("en text")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut pair: A) -> Result<Markdown, A::Error> {
                let source = pair.next_element()?.unwrap_or_default();
                let handle = pair.next_element()?.unwrap_or_default();
                Ok(Markdown { source, handle })
            }
        }
        deserializer.deserialize_newtype_struct(hook::MARKDOWN, Pair)
    }
}

impl Serialize for Markdown {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("![[{}]]", self.handle))
    }
}

described!(Markdown: {
    "description": "CommonMark with tables, footnotes and strikethrough, as the author wrote it. References to the \
        catalogue are links, addressed as `url` is.",
    "type": "string",
    "contentMediaType": "text/markdown"
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_begin_at_one() {
        for (written, days, count) in
            [("0", false, false), ("1", true, true), ("366", true, true), ("367", false, true)]
        {
            assert_eq!(DaysOfYear::from_text(written).is_ok(), days, "{written}");
            assert_eq!(Count::from_text(written).is_ok(), count, "{written}");
        }
        assert!(Count::from_text("4294967296").is_err() && Count::from_text("två").is_err());
    }
}

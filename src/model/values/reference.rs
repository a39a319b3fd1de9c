//! Ids: what an entity is called by, and how another refers to it.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::load::typed::hook;

/// What can be referred to by an id: an entity, a part of one, or one of several kinds.
pub trait Linked {
    /// Hook of a reference to it.
    const REFERENCE: &'static str;
    /// Hook of a reference that may also be a plain name.
    const MENTION: &'static str;
    /// Hook of the id of one inside another entity.
    const IDENTITY: &'static str;
}

/// Declares by what kinds a type can be referred to.
macro_rules! linked {
    ($($type:ident: $kinds:expr;)*) => {$(
        impl $crate::model::Linked for $type {
            const REFERENCE: &'static str = concat!("katalog:ref:", $kinds);
            const MENTION: &'static str = concat!("katalog:mention:", $kinds);
            const IDENTITY: &'static str = concat!("katalog:id:", $kinds);
        }
    )*};
}
pub(crate) use linked;

/// A reference by id. In a [`Catalog`](crate::resolve::Catalog) it always leads somewhere: that is where to follow it.
#[derive(Debug)]
pub struct Ref<T> {
    /// The id as written.
    pub id: String,
    to: PhantomData<fn() -> T>,
}

/// A reference, or a name as printed in a source that no entity has.
#[derive(Debug)]
pub struct Mention<T> {
    /// The id or the name as written.
    pub text: String,
    to: PhantomData<fn() -> T>,
}

/// The id of something that stands inside another entity.
#[derive(Debug)]
pub struct Identity<T> {
    /// The id as written.
    pub id: String,
    of: PhantomData<fn() -> T>,
}

macro_rules! hooked {
    ($type:ident, $field:ident, $marker:ident, $hook:ident) => {
        impl<'de, T: Linked> Deserialize<'de> for $type<T> {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let $field = deserializer.deserialize_newtype_struct(T::$hook, StringVisitor)?;
                Ok($type { $field, $marker: PhantomData })
            }
        }

        impl<T> Serialize for $type<T> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.$field)
            }
        }
    };
}

hooked!(Ref, id, to, REFERENCE);
hooked!(Mention, text, to, MENTION);
hooked!(Identity, id, of, IDENTITY);

/// Describes an id by what it may belong to.
macro_rules! described_id {
    ($type:ident, $hook:ident, $begins:expr, $says:literal) => {
        impl<T: Linked> JsonSchema for $type<T> {
            fn schema_name() -> Cow<'static, str> {
                let kinds = T::$hook.strip_prefix($begins).unwrap_or_default();
                format!("{}{}", kinds.replace('|', "Or"), stringify!($type)).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                let kinds = T::$hook.strip_prefix($begins).unwrap_or_default().replace('|', " or ");
                json_schema!({"description": format!($says, kinds), "type": "string"})
            }
        }
    };
}

described_id!(Ref, REFERENCE, hook::REFERENCE, "An id in the catalogue, of the kind {}.");
described_id!(Mention, MENTION, hook::MENTION, "An id in the catalogue, of the kind {}, or a name that none has.");
described_id!(Identity, IDENTITY, hook::IDENTITY, "The id of this {}, unique in the catalogue.");

struct StringVisitor;

impl Visitor<'_> for StringVisitor {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("en text")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_string())
    }
}

/// The last part of an offering's name, after its service's and a full stop (`§ 3.2.3`).
#[derive(Debug, Clone, Default)]
pub struct Suffix(pub String);

impl<'de> Deserialize<'de> for Suffix {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(hook::SUFFIX, StringVisitor).map(Suffix)
    }
}

impl Serialize for Suffix {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

described!(Suffix: {"description": "The last part of an offering's name.", "type": "string"});

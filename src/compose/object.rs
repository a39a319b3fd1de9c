//! Objects as templates see them. Their fields have names that the program knows, which are kept once for all objects.

use serde::Serialize;
use tera::value::Key;
use tera::{Map, Value};

/// An object that more fields can be added to.
#[derive(Default)]
pub struct Object(Map);

impl Object {
    /// What something serializes to; nothing, if that is no object.
    pub fn of(value: &impl Serialize) -> Object {
        Object::from_value(Value::from_serializable(value))
    }

    /// An object that is to have other fields too; nothing, if it is no object.
    pub fn from_value(value: Value) -> Object {
        Object(value.into_map().unwrap_or_default())
    }

    /// Sets a field.
    pub fn set(&mut self, name: &'static str, value: impl Serialize) {
        self.0.insert(Key::Str(name), Value::from_serializable(&value));
    }

    /// A field.
    pub fn get(&self, name: &'static str) -> Option<&Value> {
        self.0.get(&Key::Str(name))
    }

    /// Lets a field that is an object get other fields, where there is one.
    pub fn change(&mut self, name: &'static str, change: impl FnOnce(&mut Object)) {
        let Some(field) = self.0.get_mut(&Key::Str(name)).filter(|field| field.is_map()) else { return };
        let mut inner = Object::from_value(std::mem::replace(field, Value::none()));
        change(&mut inner);
        *field = inner.into();
    }
}

impl From<Object> for Value {
    fn from(object: Object) -> Value {
        Value::from(object.0)
    }
}

/// The value of an object with these fields.
macro_rules! object {
    ($($name:literal: $value:expr),* $(,)?) => {{
        let mut object = $crate::compose::object::Object::default();
        $(object.set($name, &$value);)*
        tera::Value::from(object)
    }};
}

pub(super) use object;

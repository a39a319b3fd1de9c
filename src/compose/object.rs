//! Objects as templates see them. Their fields have names that the program knows, which are kept once for all objects.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use tera::value::Key;
use tera::{Map, Value};

/// An object that more fields can be added to.
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

/// Fields with their names, as [`object!`] lists them: the first one, and the rest.
pub trait Fields {
    const COUNT: usize;
    fn put<S: SerializeStruct>(&self, object: &mut S) -> Result<(), S::Error>;
}

impl Fields for () {
    const COUNT: usize = 0;

    fn put<S: SerializeStruct>(&self, _: &mut S) -> Result<(), S::Error> {
        Ok(())
    }
}

impl<V: Serialize, R: Fields> Fields for (&'static str, V, R) {
    const COUNT: usize = 1 + R::COUNT;

    fn put<S: SerializeStruct>(&self, object: &mut S) -> Result<(), S::Error> {
        let (name, value, rest) = self;
        object.serialize_field(name, value)?;
        rest.put(object)
    }
}

/// An object with all its fields, which takes no more room than they do.
pub struct Whole<F>(pub F);

impl<F: Fields> Serialize for Whole<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("", F::COUNT)?;
        self.0.put(&mut object)?;
        object.end()
    }
}

/// The value of an object with these fields.
macro_rules! object {
    (@fields) => { () };
    (@fields $name:literal: $value:expr, $($rest:tt)*) => { ($name, &$value, object!(@fields $($rest)*)) };
    ($($name:literal: $value:expr),* $(,)?) => {
        tera::Value::from_serializable(&$crate::compose::object::Whole(object!(@fields $($name: $value,)*)))
    };
}

pub(super) use object;

/// How many are left out, where some are.
pub fn left_out(more: usize) -> Option<usize> {
    (more > 0).then_some(more)
}

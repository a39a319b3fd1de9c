//! Rows that stand in many lists: each is made once, and takes its room once.

use std::hash::Hash;
use std::sync::{PoisonError, RwLock};

use rustc_hash::FxHashMap;
use tera::Value;

/// The rows that many have alike, for as long as the catalogue stays as it is.
#[derive(Default)]
pub struct Rows<'a> {
    /// What each product costs, by its id: in a chain all that enclose it tell it.
    pub products: Shared<&'a str>,
    /// What refers to something, by its id and the key that it refers by.
    pub uses: Shared<(&'a str, &'a str)>,
    /// What a call for an offering is to an SLA, by the ids of the offering and of the SLA's level, by why its worst
    /// case is not counted, which differs as the service depends on it, and by whether it leads back to the service.
    pub calls: Shared<(&'a str, Option<&'a str>, Option<&'static str>, bool)>,
}

/// Values by what they are made of. What makes one asks the catalogue for nothing, since whoever else takes it would
/// depend on that too.
pub struct Shared<K>(RwLock<FxHashMap<K, Value>>);

impl<K> Default for Shared<K> {
    fn default() -> Shared<K> {
        Shared(RwLock::default())
    }
}

impl<K: Eq + Hash> Shared<K> {
    /// The value of something, which is made if it has not been.
    pub fn value(&self, of: K, make: impl FnOnce() -> Value) -> Value {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&of).cloned();
        known.unwrap_or_else(|| {
            let value = make();
            self.0.write().unwrap_or_else(PoisonError::into_inner).entry(of).or_insert(value).clone()
        })
    }
}

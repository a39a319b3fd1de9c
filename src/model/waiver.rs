//! The waiver: an exception from a rule, that someone answers for.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Date, Edition, Entity, Kind, Markdown, Person, Ref, Waived};

/// An undantag: what a rule finds in one entity is left standing, for a reason and for a time.
#[derive(Debug, Deserialize, JsonSchema, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// The entity's id, unique in the catalogue.
    #[serde(skip_deserializing)]
    pub id: String,
    /// Code or name of the rule.
    #[serde(rename(deserialize = "regel"))]
    pub rule: String,
    /// What it is for; the catalogue itself, that is `katalog.yaml`, where it is left out.
    #[serde(rename(deserialize = "gäller"))]
    pub subject: Option<Ref<Waived>>,
    /// Why.
    #[serde(rename(deserialize = "skäl"))]
    pub reason: Markdown,
    /// Who has decided it.
    #[serde(rename(deserialize = "beslutat_av"))]
    pub decided_by: Ref<Person>,
    /// Last day.
    #[serde(rename(deserialize = "giltig_till"))]
    pub valid_to: Date,
    /// Made up, because no source says it.
    #[serde(rename(deserialize = "exempel"), default)]
    pub example: bool,
}

impl Waiver {
    /// Whether it had ended when an edition began. There is no clock: the same content gives the same findings.
    pub fn has_expired(&self, edition: &Edition) -> bool {
        self.valid_to < edition.first_day()
    }
}

impl Entity for Waiver {
    const KIND: Kind = Kind::Waiver;

    fn id(&self) -> &str {
        &self.id
    }

    fn set_id(&mut self, id: &str) {
        self.id = id.to_string();
    }

    fn name(&self) -> Cow<'_, str> {
        Cow::Owned(format!("Undantag från {}", self.rule))
    }

    fn is_example(&self) -> bool {
        self.example
    }
}

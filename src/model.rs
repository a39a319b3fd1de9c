//! The entities of a catalogue, in ITIL 4 and CSDM terms, with the Swedish keys that authors write beside them.
//!
//! Entities are plain data. Their references are [`Ref`]s, which only a [`Catalog`](crate::resolve::Catalog) can
//! follow. A new entity is a struct in a file here and a line in `entities!` below: loading, unique ids, checked
//! references and suggestions follow from that.

mod agreement;
mod capability;
mod contract;
mod edition;
mod frozen;
mod glossary;
mod level;
mod offering;
mod organisation;
mod product;
mod service;
mod supporting_service;
mod values;
mod waiver;

use std::borrow::Cow;

pub use agreement::{
    Call, Dependency, OperationalLevelAgreement, Section, ServiceLevelAgreement, SignatoryRole, Signature,
};
pub use capability::{Capability, CapabilityClass, CapabilityGroup, GenericCapability, GenericGroup};
pub use contract::UnderpinningContract;
pub use edition::{
    Catalogue, DocumentMetadata, Edition, OfficeHours, RuleWeight, ServiceDesk, Status, VatRule, Version,
};
pub use frozen::{FrozenEdition, FrozenEntry};
pub use glossary::{CloudCharacteristic, CloudServiceType, DeploymentModel, GlossaryTerm, GoverningDocument, Issue};
pub use level::{AvailabilityLevel, Hours, ServiceLevel};
pub use offering::{Environment, Period, PriceItem, PriceStep, ServiceOffering, offering_id, offering_name};
pub use organisation::{Application, BusinessProcess, Customer, CustomerKind, Department, Person, Role};
pub use product::{Product, ProductNames, TeamKind};
pub use service::{
    Change, ChangeKind, Cloud, Cost, Criterion, InformationClassification, Lifecycle, LifecycleStatus, Service, Share,
    Warranty,
};
pub use supporting_service::{CmdbUpdate, Ordering, SupportingClass, SupportingService};
use values::linked;
pub use values::{
    Amount, ClockTime, Date, Duration, FromText, FrozenForm, Guaranteed, Identity, Linked, Markdown, Mention, Percent,
    Price, Ref, Suffix, version_numbers,
};
pub use waiver::Waiver;

/// Something with an id that stands in a file of its own or in a list.
pub trait Entity {
    /// What it is.
    const KIND: Kind;

    /// Its id.
    fn id(&self) -> &str;

    /// Gives it its id, and what else follows from it.
    fn set_id(&mut self, id: &str);

    /// Its name, as a reference to it is shown.
    fn name(&self) -> Cow<'_, str>;

    /// Whether it is made up.
    fn is_example(&self) -> bool;

    /// Shows each part that has an id of its own, such as an offering.
    fn parts(&self, _show: &mut dyn FnMut(Part<'_>)) {}
}

/// A part of an entity that has an id of its own.
#[derive(Debug)]
pub struct Part<'a> {
    /// What it is.
    pub kind: Kind,
    /// Its id.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its place among its like.
    pub position: usize,
    /// Whether it is made up, or something in it that has no id.
    pub example: bool,
}

/// A chapter of prose, `texter/<id>.md`.
#[derive(Debug)]
pub struct Chapter {
    /// The file's stem.
    pub id: String,
    /// The text.
    pub text: Markdown,
}

/// Declares the kinds of entities: the field that lists them, the type, where they stand under the content folder
/// (`file#key` where a file holds more than one list), and what one and many of them are called.
macro_rules! entities {
    ($($field:ident: $type:ident at $at:literal, $one:literal, $many:literal;)*) => {
        /// Every entity of a catalogue, by kind, in the order of the files: list files as written, folders by file name.
        #[derive(Debug, Default)]
        pub struct Entities {
            $(#[doc = concat!("`", $at, "`")] pub $field: Vec<$type>,)*
            /// `texter/`
            pub chapters: Vec<Chapter>,
        }

        /// What an id can belong to.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Kind {
            $(#[doc = $one] $type,)*
            /// erbjudande
            ServiceOffering,
            /// förmåga
            Capability,
            /// generisk förmåga
            GenericCapability,
            /// text
            Chapter,
        }

        impl Kind {
            /// Every kind.
            pub const ALL: &[Kind] = &[
                $(Kind::$type,)*
                Kind::ServiceOffering, Kind::Capability, Kind::GenericCapability, Kind::Chapter,
            ];

            /// The name in the code, by which references tell what they lead to.
            pub fn code_name(self) -> &'static str {
                match self {
                    $(Kind::$type => stringify!($type),)*
                    Kind::ServiceOffering => "ServiceOffering",
                    Kind::Capability => "Capability",
                    Kind::GenericCapability => "GenericCapability",
                    Kind::Chapter => "Chapter",
                }
            }

            /// The kind of that name in the code.
            pub fn from_code_name(name: &str) -> Option<Kind> {
                Kind::ALL.iter().copied().find(|kind| kind.code_name() == name)
            }

            /// What one is called: `person`.
            pub fn one(self) -> &'static str {
                match self {
                    $(Kind::$type => $one,)*
                    Kind::ServiceOffering => "erbjudande",
                    Kind::Capability => "förmåga",
                    Kind::GenericCapability => "generisk förmåga",
                    Kind::Chapter => "text",
                }
            }

            /// What many are called: `personer`.
            pub fn many(self) -> &'static str {
                match self {
                    $(Kind::$type => $many,)*
                    Kind::ServiceOffering => "erbjudanden",
                    Kind::Capability => "förmågor",
                    Kind::GenericCapability => "generiska förmågor",
                    Kind::Chapter => "texter",
                }
            }
        }

        /// Where each kind stands under the content folder.
        pub(crate) const PLACES: &[&str] = &[$($at,)*];

        impl Entities {
            /// Loads every kind with `load`, which is given where the kind stands.
            pub(crate) fn load_with(loader: &mut impl LoadKind) -> Entities {
                Entities { $($field: loader.load($at),)* chapters: Vec::new() }
            }

            /// What each kind is like, as other programs are told.
            pub(crate) fn schemas(generator: &mut schemars::SchemaGenerator) -> Vec<(Kind, schemars::Schema)> {
                vec![$((Kind::$type, generator.subschema_for::<$type>()),)*]
            }

            /// Shows every entity to `visit`, kind by kind.
            pub(crate) fn each(&self, visit: &mut impl VisitEntity) {
                $(visit.list(&self.$field);)*
            }
        }

        impl Entities {
            /// Puts entities in the places of those that have their ids.
            pub(crate) fn put(&mut self, others: Entities, place: impl Fn(&str) -> Option<usize>) {
                $(for entity in others.$field {
                    if let Some(old) = place(&entity.id).and_then(|place| self.$field.get_mut(place)) {
                        *old = entity;
                    }
                })*
                for chapter in others.chapters {
                    if let Some(old) = place(&chapter.id).and_then(|place| self.chapters.get_mut(place)) {
                        *old = chapter;
                    }
                }
            }

            /// Leaves out what `keep` does not want.
            pub(crate) fn retain(&mut self, keep: impl Fn(&str) -> bool) {
                $(self.$field.retain(|entity| keep(&entity.id));)*
                self.chapters.retain(|chapter| keep(&chapter.id));
            }
        }

        $(linked! { $type: stringify!($type); })*
        $(impl HasEntities for $type {
            fn all(entities: &Entities) -> &[Self] { &entities.$field }
        })*
    };
}

/// Some kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kinds(u32);

const _: () = assert!(Kind::ALL.len() <= u32::BITS as usize, "a kind has no bit");

impl Kinds {
    /// Those of these names in the code, parted by `|`.
    pub fn from_code_names(names: &str) -> Kinds {
        let kinds = names.split('|').filter_map(Kind::from_code_name);
        Kinds(kinds.fold(0, |kinds, kind| kinds | Kinds::bit(kind)))
    }

    /// Whether one is among them.
    pub fn has(self, kind: Kind) -> bool {
        self.0 & Kinds::bit(kind) != 0
    }

    /// Each of them.
    pub fn each(self) -> impl Iterator<Item = Kind> {
        Kind::ALL.iter().copied().filter(move |kind| self.has(*kind))
    }

    fn bit(kind: Kind) -> u32 {
        1 << kind as u32
    }
}

impl Kind {
    /// What stands inside one with an id of its own.
    pub fn part(self) -> Option<Kind> {
        match self {
            Kind::Service | Kind::SupportingService => Some(Kind::ServiceOffering),
            Kind::CapabilityGroup => Some(Kind::Capability),
            Kind::GenericGroup => Some(Kind::GenericCapability),
            _ => None,
        }
    }

    /// Whether others only name it: no figure is worked out from what it says, and no rule asks others for it.
    pub fn is_only_named(self) -> bool {
        use Kind::{Application, BusinessProcess, Customer, Department, Person, Role};
        matches!(self, Application | BusinessProcess | Customer | Department | Person | Role)
    }

    /// Whether it stands inside entities of another kind.
    pub fn is_part(self) -> bool {
        Kind::ALL.iter().any(|kind| kind.part() == Some(self))
    }
}

impl Part<'_> {
    /// Its name, as a reference to it is shown.
    pub fn shown_name(&self) -> String {
        match self.kind {
            // A generic capability speaks of no product until one is named.
            Kind::GenericCapability => ProductNames::default().put_into(self.name),
            _ => self.name.to_string(),
        }
    }
}

/// Loads the entities of one kind.
pub(crate) trait LoadKind {
    fn load<T: Entity + serde::de::DeserializeOwned + Send>(&mut self, at: &'static str) -> Vec<T>;
}

/// Is shown entities of every kind.
pub(crate) trait VisitEntity {
    fn entity<T: Entity + serde::Serialize>(&mut self, entity: &T);

    /// All of one kind.
    fn list<T: Entity + serde::Serialize + Sync>(&mut self, entities: &[T]) {
        entities.iter().for_each(|entity| self.entity(entity));
    }
}

/// A type that [`Entities`] has a list of.
pub trait HasEntities: Entity + Linked + Sized {
    /// All of them.
    fn all(entities: &Entities) -> &[Self];
}

entities! {
    services: Service at "tjanster", "IS/IT-tjänst", "IS/IT-tjänster";
    supporting_services: SupportingService at "stodjande-tjanster", "stödjande tjänst", "stödjande tjänster";
    products: Product at "produkter", "produkt", "produkter";
    service_levels: ServiceLevel at "servicenivaer", "servicenivå", "servicenivåer";
    availability_levels: AvailabilityLevel at "tjanstenivaer", "tjänstenivå", "tjänstenivåer";
    contracts: UnderpinningContract at "kontrakt", "stödjande kontrakt", "stödjande kontrakt";
    capability_groups: CapabilityGroup at "formagor", "förmåga på nivå 0", "förmågor på nivå 0";
    generic_groups: GenericGroup at "generiska-formagor", "grupp av generiska förmågor", "grupper av generiska förmågor";
    customers: Customer at "kunder", "kund", "kunder";
    applications: Application at "applikationer", "applikation", "applikationer";
    processes: BusinessProcess at "processer", "process", "processer";
    persons: Person at "personer", "person", "personer";
    departments: Department at "avdelningar", "avdelning", "avdelningar";
    roles: Role at "roller", "roll", "roller";
    terms: GlossaryTerm at "ordlista", "term", "termer";
    cloud_characteristics: CloudCharacteristic at "moln#egenskaper", "molnegenskap", "molnegenskaper";
    cloud_types: CloudServiceType at "moln#typer", "molntyp", "molntyper";
    deployment_models: DeploymentModel at "moln#modeller", "distributionsmodell", "distributionsmodeller";
    governing_documents: GoverningDocument at "styrande-dokument", "styrande dokument", "styrande dokument";
    waivers: Waiver at "undantag", "undantag", "undantag";
}

/// What a product may enclose.
#[derive(Debug)]
pub enum Enclosed {}
/// What a supporting service may support.
#[derive(Debug)]
pub enum Supported {}
/// What may take the place of something that ends.
#[derive(Debug)]
pub enum Replacement {}
/// What a rule may be waived for.
#[derive(Debug)]
pub enum Waived {}

linked! {
    ServiceOffering: "ServiceOffering";
    Capability: "Capability|CapabilityGroup";
    GenericCapability: "GenericCapability";
    Enclosed: "Product|SupportingService";
    Supported: "Product|SupportingService|Service";
    Replacement: "Service|SupportingService|Product";
    Waived: "Service|SupportingService|Product|ServiceOffering|UnderpinningContract|ServiceLevel|AvailabilityLevel|\
        CapabilityGroup|Capability|GenericGroup|GenericCapability|Customer|Application|BusinessProcess|Person|\
        Department|Role|GlossaryTerm|CloudCharacteristic|CloudServiceType|DeploymentModel|GoverningDocument|Chapter";
}

/// What entities with an id, a name and an example mark of their own have in common.
macro_rules! identified {
    ($type:ident) => {
        const KIND: Kind = Kind::$type;

        fn id(&self) -> &str {
            &self.id
        }

        fn name(&self) -> Cow<'_, str> {
            Cow::Borrowed(&self.name)
        }

        fn is_example(&self) -> bool {
            self.example
        }
    };
}

/// The plain ones: an id, a name, and whether they are made up.
macro_rules! plain_entity {
    ($($type:ident $({ $parts:ident: $kind:ident })?)*) => {$(
        impl Entity for $type {
            identified!($type);

            fn set_id(&mut self, id: &str) {
                self.id = id.to_string();
            }

            $(fn parts(&self, show: &mut dyn FnMut(Part<'_>)) {
                for (position, part) in self.$parts.iter().enumerate() {
                    let Identity { id, .. } = &part.id;
                    show(Part { kind: Kind::$kind, id, name: &part.name, position, example: part.example });
                }
            })?
        }
    )*};
}

plain_entity! {
    Product ServiceLevel UnderpinningContract
    CapabilityGroup { capabilities: Capability } GenericGroup { capabilities: GenericCapability }
    Customer Application BusinessProcess Person Department Role GlossaryTerm CloudCharacteristic CloudServiceType DeploymentModel GoverningDocument
}

/// Those with offerings, whose ids and names follow from theirs.
macro_rules! entity_with_offerings {
    ($($type:ident)*) => {$(
        impl Entity for $type {
            identified!($type);

            fn set_id(&mut self, id: &str) {
                self.id = id.to_string();
                for offering in &mut self.offerings {
                    offering.belong_to(id, &self.name);
                }
            }

            fn parts(&self, show: &mut dyn FnMut(Part<'_>)) {
                for (position, part) in self.offerings.iter().enumerate() {
                    let ServiceOffering { id, name, .. } = part;
                    show(Part { kind: Kind::ServiceOffering, id, name, position, example: part.is_example() });
                }
            }
        }
    )*};
}

entity_with_offerings! { Service SupportingService }

impl Entity for AvailabilityLevel {
    const KIND: Kind = Kind::AvailabilityLevel;

    fn id(&self) -> &str {
        &self.id
    }

    fn set_id(&mut self, id: &str) {
        self.id = id.to_string();
    }

    /// `24/7/365 – 2 timmar`, after the commitment's label in the CMDB (`§ 3.2.3`).
    fn name(&self) -> Cow<'_, str> {
        Cow::Owned(format!("{} – {}", self.hours.label(), self.response_time))
    }

    fn is_example(&self) -> bool {
        self.example
    }
}

impl Hours {
    /// As the guideline's tables say it.
    pub fn label(self) -> &'static str {
        match self {
            Hours::Always => "24/7/365",
            Hours::Office => "Kontorstid",
        }
    }
}

//! Entities as templates see them: their English fields, and beside them what is worked out or turned round.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, PoisonError, RwLock};

use rayon::prelude::*;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use tera::Value;

use super::agreements;
use super::costs;
use super::object::{Object, left_out, object};
use super::shared::Rows;
use crate::calculate::availability::hours;
use crate::calculate::cost::Bills;
use crate::calculate::proof::Prover;
use crate::calculate::{availability, calendar, foundation, price};
use crate::check::Rule;
use crate::editions::{self, Changes};
use crate::model::{
    AvailabilityLevel, Customer, Entity, FrozenForm, Guaranteed, Hours, Kind, Product, ProductNames, Service,
    ServiceLevel, ServiceOffering, SupportingService, VisitEntity, Waiver,
};
use crate::resolve::Catalog;
use crate::resolve::asked::{Asked, Asking, Changed};
use crate::text::{self, NO_BREAK_SPACE};

/// What each id stands for, and the number of the entity that it stands in.
pub type ById = Arc<RwLock<HashMap<String, (u32, Value)>>>;

/// All that templates see of a catalogue.
#[derive(Default)]
pub struct Values {
    /// The lists of all entities by name, and `catalogue` and what else is worked out of all. Texts are handles.
    pub lists: BTreeMap<&'static str, Value>,
    /// Each entity by its id: one value, shared by its list and whoever asks for its id.
    by_id: ById,
    /// What was asked for each entity that stands in none, by its number, and its kind.
    asked: FxHashMap<u32, (Kind, Asked)>,
    /// Who wants to know that.
    pub asking: Asking,
    /// Those that may have become others and have not been made anew, by number.
    put_off: FxHashMap<u32, Kind>,
    bills: Bills,
    /// Whether the index of services has names that are no longer theirs.
    is_index_stale: bool,
    /// What the edition before said of what is compared, by id.
    changes: BTreeMap<String, editions::Entry>,
}

/// The lists of what stands inside entities, by the lists of those.
const INNER: [(&str, &str, Kind); 2] = [
    ("capability_groups", "capabilities", Kind::CapabilityGroup),
    ("generic_groups", "generic_capabilities", Kind::GenericGroup),
];

impl Values {
    /// Of a catalogue.
    pub fn of(catalog: &Catalog, changes: Option<&Changes<'_>>, asking: Asking) -> Values {
        let mut values = Values { asking, ..Values::default() };
        // A kind without entities is an empty list; what stands inside entities is found there.
        for kind in Kind::ALL.iter().filter(|kind| !kind.is_part() && **kind != Kind::Chapter) {
            values.lists.insert(list_name(*kind), Vec::<Value>::new().into());
        }
        values.add("catalogue", catalogue(catalog));
        values.add("service_index", service_index(catalog));
        values.bills = Bills::of(catalog);
        values.compare(changes);
        values.make(catalog, &|_| true);
        values.add("costs", costs::overview(&values.bills));
        INNER.iter().for_each(|(groups, name, _)| values.add_inner(groups, name));
        values
    }

    /// Finds the values that may have become others, where there are the same entities as before, and adds them to what has
    /// `changed`. Those of the kinds that are wanted soon are made anew, and returned as their lists and their places there;
    /// others are put off until someone asks for them.
    pub fn renew(
        &mut self,
        catalog: &Catalog,
        changes: Option<&Changes<'_>>,
        is_wanted_soon: &dyn Fn(Kind) -> bool,
        changed: &mut Changed,
    ) -> Vec<(&'static str, usize)> {
        let compared = changes.iter().flat_map(|changes| &changes.entries);
        let differs = compared.filter(|entry| self.changes.get(&entry.id) != Some(entry));
        let billed = self.bills.renew(catalog, changed);
        let ids = differs.map(|entry| &entry.id).chain(billed.iter().flatten());
        let differs: FxHashSet<u32> = ids.filter_map(|id| Some(catalog.entry(id)?.number)).collect();
        let is_stale = |(number, (_, asked)): &(&u32, &(Kind, Asked))| {
            asked.is_among(changed) || changed.has_entry(**number) || differs.contains(*number)
        };
        let stale = self.asked.par_iter().filter(is_stale).map(|(number, (kind, _))| (*number, *kind));
        let stale: Vec<(u32, Kind)> = stale.collect();
        stale.iter().for_each(|(number, kind)| changed.add_value(*number, *kind));
        self.put_off.extend(stale);
        self.compare(changes);
        let made = self.make_put_off(catalog, &|_, kind| is_wanted_soon(kind));
        if billed.is_some() {
            self.add("costs", costs::overview(&self.bills));
        }
        self.is_index_stale |= [Kind::Service, Kind::SupportingService].iter().any(|kind| changed.has_named(*kind));
        made
    }

    /// Makes those of the values that were put off that are wanted, by the numbers and kinds of their entities. Their lists
    /// and their places there.
    pub fn make_put_off(
        &mut self,
        catalog: &Catalog,
        is_wanted: &dyn Fn(u32, Kind) -> bool,
    ) -> Vec<(&'static str, usize)> {
        let wanted = self.put_off.extract_if(|number, kind| is_wanted(*number, *kind));
        let wanted: FxHashMap<u32, Kind> = wanted.collect();
        if wanted.is_empty() {
            return Vec::new();
        }
        let made = self.make(catalog, &|number| wanted.contains_key(&number));
        for (groups, name, _) in INNER.iter().filter(|(.., kind)| wanted.values().any(|wanted| wanted == kind)) {
            self.add_inner(groups, name);
        }
        made
    }

    /// Puts the index of services in order, if it is not.
    pub fn renew_index(&mut self, catalog: &Catalog) -> bool {
        let is_stale = std::mem::take(&mut self.is_index_stale);
        if is_stale {
            self.add("service_index", service_index(catalog));
        }
        is_stale
    }

    /// Gives up all of them.
    pub fn give_up(&mut self) {
        self.by_id.write().unwrap_or_else(PoisonError::into_inner).clear();
        let lists = std::mem::take(&mut self.lists);
        let lists_of_entities = lists.values().filter_map(Value::as_array);
        let entities: Vec<Value> = lists_of_entities.flatten().cloned().collect();
        drop(lists);
        // Each has hundreds of parts to take apart.
        entities.into_par_iter().for_each(drop);
    }

    /// What each id stands for, as long as these values are kept.
    pub fn by_id(&self) -> ById {
        Arc::clone(&self.by_id)
    }

    fn add(&mut self, name: &'static str, value: Value) {
        self.lists.insert(name, value);
    }

    /// Takes in what the edition before said.
    fn compare(&mut self, changes: Option<&Changes<'_>>) {
        let compared = changes.iter().flat_map(|changes| &changes.entries);
        self.changes = compared.map(|entry| (entry.id.clone(), entry.clone())).collect();
        if let Some(changes) = changes {
            self.add("changes", since(changes));
        }
    }

    /// Makes the values of the entities that are wanted, by their numbers. Their lists and their places there.
    fn make(&mut self, catalog: &Catalog, wanted: &(dyn Fn(u32) -> bool + Sync)) -> Vec<(&'static str, usize)> {
        let prover = Prover::new(catalog);
        let (changes, bills) = (&self.changes, &self.bills);
        let (asking, rows) = (self.asking, Rows::default());
        let mut lister = Lister { catalog, changes, bills, prover, rows, asking, wanted, made: Vec::new() };
        catalog.entities().each(&mut lister);
        let mut by_id = self.by_id.write().unwrap_or_else(PoisonError::into_inner);
        let mut all = Vec::new();
        for (kind, length, made) in lister.made {
            let name = list_name(kind);
            let mut list = self.lists.get(name).and_then(Value::as_array).unwrap_or_default().to_vec();
            list.resize(length, Value::none());
            for Made { position, number, value, asked } in made {
                all.push((name, position));
                register(&value, number, &mut by_id);
                self.asked.insert(number, (kind, asked));
                list[position] = value;
            }
            self.lists.insert(name, list.into());
        }
        all
    }

    fn add_inner(&mut self, groups: &str, name: &'static str) {
        let groups = self.lists.get(groups).and_then(Value::as_array).unwrap_or_default();
        let inner = groups.iter().filter_map(|group| group.get_from_path("capabilities")?.as_array());
        let inner: Vec<Value> = inner.flatten().cloned().collect();
        self.lists.insert(name, Value::from(inner));
    }
}

fn register(value: &Value, number: u32, by_id: &mut HashMap<String, (u32, Value)>) {
    if let Some(items) = value.as_array() {
        items.iter().for_each(|item| register(item, number, by_id));
    } else if let Some(id) = value.get_from_path("id").and_then(|id| id.as_str()) {
        by_id.insert(id.to_string(), (number, value.clone()));
        for inner in ["offerings", "capabilities"] {
            if let Some(inner) = value.get_from_path(inner) {
                register(inner, number, by_id);
            }
        }
    }
}

/// The name of a kind's list in templates, and in the data for other programs.
pub fn list_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Service => "services",
        Kind::SupportingService => "supporting_services",
        Kind::Product => "products",
        Kind::ServiceLevel => "service_levels",
        Kind::AvailabilityLevel => "availability_levels",
        Kind::UnderpinningContract => "contracts",
        Kind::CapabilityGroup => "capability_groups",
        Kind::GenericGroup => "generic_groups",
        Kind::Customer => "customers",
        Kind::Application => "applications",
        Kind::BusinessProcess => "processes",
        Kind::Person => "persons",
        Kind::Department => "departments",
        Kind::Role => "roles",
        Kind::GlossaryTerm => "terms",
        Kind::CloudCharacteristic => "cloud_characteristics",
        Kind::CloudServiceType => "cloud_types",
        Kind::DeploymentModel => "deployment_models",
        Kind::GoverningDocument => "governing_documents",
        Kind::Waiver => "waivers",
        Kind::ServiceOffering => "offerings",
        Kind::Capability => "capabilities",
        Kind::GenericCapability => "generic_capabilities",
        Kind::Chapter => "chapters",
    }
}

struct Lister<'a> {
    catalog: &'a Catalog,
    /// What the edition before said of what is compared, by id.
    changes: &'a BTreeMap<String, editions::Entry>,
    bills: &'a Bills,
    prover: Prover<'a>,
    rows: Rows<'a>,
    asking: Asking,
    /// Whether the value of an entity is wanted, by its number.
    wanted: &'a (dyn Fn(u32) -> bool + Sync),
    /// Of each kind, how many there are, and the values that were wanted.
    made: Vec<(Kind, usize, Vec<Made>)>,
}

/// The value of an entity.
struct Made {
    /// Its place in its list.
    position: usize,
    number: u32,
    value: Value,
    asked: Asked,
}

impl VisitEntity for Lister<'_> {
    fn entity<T: Entity + Serialize>(&mut self, _: &T) {}

    fn list<T: Entity + Serialize + Sync>(&mut self, entities: &[T]) {
        let make = |(position, entity): (usize, &T)| {
            let number = self.catalog.entry(entity.id())?.number;
            if !(self.wanted)(number) {
                return None;
            }
            let (value, asked) = self.asking.of(|| Value::from(self.object_of(entity)));
            Some(Made { position, number, value, asked })
        };
        let made: Vec<Made> = entities.par_iter().enumerate().filter_map(make).collect();
        if !made.is_empty() {
            self.made.push((T::KIND, entities.len(), made));
        }
    }
}

impl Lister<'_> {
    /// An entity with its own fields, and what is worked out of it.
    fn object_of<T: Entity + Serialize>(&self, entity: &T) -> Object {
        let mut map = Object::of(entity);
        map.set("name", entity.name());
        self.add_common(&mut map, entity.id(), T::KIND);
        add_worked_out(&mut map, self.catalog, self.bills, &self.rows, entity.id(), T::KIND);
        if let Some(service) = self.catalog.get::<Service>(entity.id()) {
            agreements::add(&mut map, self.catalog, &self.prover, &self.rows, service);
        }
        if let Some(entry) = self.changes.get(entity.id()) {
            map.set("changes", changed(entry));
        }
        for inner in ["offerings", "capabilities"] {
            let Some(parts) = map.get(inner).and_then(Value::as_array) else { continue };
            let parts: Vec<Value> = parts.iter().map(|part| self.part(part.clone(), T::KIND)).collect();
            map.set(inner, parts);
        }
        map
    }

    /// What stands inside an entity, with what is worked out of it; an id is only that.
    fn part(&self, part: Value, otherwise: Kind) -> Value {
        if !part.is_map() {
            return part;
        }
        let mut part = Object::from_value(part);
        let id = part.get("id").and_then(Value::as_str).unwrap_or_default().to_string();
        let kind = self.catalog.entry(&id).map_or(otherwise, |entry| entry.kind);
        self.add_common(&mut part, &id, kind);
        add_worked_out(&mut part, self.catalog, self.bills, &self.rows, &id, kind);
        part.into()
    }

    fn add_common(&self, map: &mut Object, id: &str, kind: Kind) {
        map.set("entity_kind", kind.code_name());
        map.set("entity_kind_name", kind.one());
        let uses = self.catalog.uses(id).iter().map(|used| {
            let entry = self.catalog.entry(&used.from);
            let (kind, name) = entry.map_or(("", ""), |entry| (entry.kind.code_name(), entry.name.as_str()));
            let row = || object! {"id": *used.from, "by": *used.by, "kind": kind, "name": name};
            self.rows.uses.value((&used.from, &used.by), row)
        });
        map.set("used_by", uses.collect::<Vec<_>>());
    }
}

/// What a kind has beside its own fields.
fn add_worked_out<'a>(map: &mut Object, catalog: &'a Catalog, bills: &Bills, rows: &Rows<'a>, id: &str, kind: Kind) {
    let office = &catalog.catalogue.office_hours;
    match kind {
        Kind::Waiver => {
            let Some(waiver) = catalog.get::<Waiver>(id) else { return };
            let rule = Rule::named(&waiver.rule);
            map.set("rule_code", rule.map(|rule| rule.code.to_string()));
            map.set("rule_name", rule.map(|rule| rule.name));
            map.set("rule_paragraph", rule.map(|rule| rule.paragraph));
            map.set("expired", waiver.has_expired(&catalog.catalogue.edition));
        }
        Kind::AvailabilityLevel => {
            let Some(level) = catalog.get::<AvailabilityLevel>(id) else { return };
            let percent = availability::availability(level, office).map(|percent| percent.to_string());
            let commitment = format!("{}, {}", level.name(), percent.as_deref().unwrap_or("–"));
            map.set("availability", percent);
            map.set("commitment", commitment);
            map.set("operation_hours", as_number(hours(availability::minutes_per_year(level.hours, office))));
            map.set("hours_text", hours_text(catalog, level.hours));
            map.set("commitment_label", availability::commitment_label(level, office));
            let year = catalog.catalogue.edition.year;
            let of_year = availability::calendar_true(level, year, office).map(|percent| percent.to_string());
            map.set("availability_of_year", of_year);
            let of_year = text::number(hours(availability::minutes_of_year(level.hours, year, office)));
            map.set("hours_of_year_text", format!("{of_year}{NO_BREAK_SPACE}timmar"));
            let basis = text::number(hours(availability::minutes_per_year(level.hours, office)));
            let derivation = format!("1 − {} / {basis}{NO_BREAK_SPACE}timmar", level.downtime);
            map.set("availability_derivation", derivation);
        }
        Kind::ServiceLevel => {
            let Some(level) = catalog.get::<ServiceLevel>(id) else { return };
            let outages = match level.outages {
                Guaranteed::Not => "Inte garanterad".to_string(),
                Guaranteed::By(count) => {
                    let count = text::number(count.into());
                    format!("Max{NO_BREAK_SPACE}{count} avbrott per år (exkl. planerade avbrott)")
                }
            };
            let restore = level.restore_time.promise();
            let restore = restore.map_or("Inte garanterad".to_string(), |time| format!("Max{NO_BREAK_SPACE}{time}"));
            let worst = availability::worst_case_minutes(level).map(duration_text);
            map.set("outages_text", outages);
            map.set("restore_text", restore);
            let derivation = match (&level.outages, &level.restore_time) {
                (Guaranteed::By(count), Guaranteed::By(time)) => {
                    Some(format!("{} avbrott × {time}", text::number((*count).into())))
                }
                _ => None,
            };
            map.set("worst_case", worst);
            map.set("worst_case_derivation", derivation);
            map.set("hours_text", hours_text(catalog, level.hours));
        }
        Kind::Service => {
            let Some(service) = catalog.get::<Service>(id) else { return };
            let labels: Vec<_> = service.criteria.iter().map(|criterion| criterion.label()).collect();
            map.set("criteria_text", labels);
            map.set("rests_on", rests_on(catalog, id));
            map.set("over", catalog.catalogue.edition.is_without(service.lifecycle.as_ref()));
            map.set("cost_derivation", costs::of_service(catalog, service, rows));
        }
        Kind::SupportingService => {
            let Some(service) = catalog.get::<SupportingService>(id) else { return };
            map.set("over", catalog.catalogue.edition.is_without(service.lifecycle.as_ref()));
            map.set("rests_on", rests_on(catalog, id));
        }
        Kind::Product => {
            let Some(product) = catalog.get::<Product>(id) else { return };
            map.set("rests_on", rests_on(catalog, id));
            map.set("over", catalog.catalogue.edition.is_without(product.lifecycle.as_ref()));
            map.set("cost_derivation", costs::of_product(catalog, product, rows));
        }
        Kind::Customer => {
            let Some(customer) = catalog.get::<Customer>(id) else { return };
            map.set("cost_derivation", costs::of_customer(bills, customer));
        }
        Kind::ServiceOffering => {
            let Some(offering) = catalog.get_offering(id) else { return };
            add_prices(map, catalog, offering);
        }
        Kind::Capability => {
            let Some((group, capability)) = catalog.capability(id) else { return };
            map.set("class_text", capability.class.map(|class| class.label()));
            map.set("group", &group.id);
        }
        Kind::GenericCapability => {
            let Some((group, capability)) = catalog.generic_capability(id) else { return };
            map.set("group", &group.id);
            let supported = capability.supported_by.iter().map(|mention| {
                let known = catalog.supporting_capability(mention).is_some();
                if known {
                    object! {"id": mention.text}
                } else {
                    object! {"printed": mention.text}
                }
            });
            map.set("supported_by", supported.collect::<Vec<_>>());
            let speaks_of_product =
                capability.description.as_ref().is_some_and(|text| text.source.contains("{produkt"));
            map.set("speaks_of_product", speaks_of_product);
        }
        _ => {}
    }
}

/// How something differs from the edition before.
fn changed(entry: &editions::Entry) -> Value {
    object! {"new": entry.is_new, "differences": differences(&entry.differences)}
}

fn differences(differences: &[editions::Difference]) -> Vec<Value> {
    let told = |difference: &editions::Difference| object! {"label": difference.label, "before": difference.before, "after": difference.after};
    differences.iter().map(told).collect()
}

/// All that has changed since the edition before: what is new, what is said in another way, and what is gone; and where
/// that is the edition of the year before, the same since the version before.
fn since(changes: &Changes) -> Value {
    let mut entries: Vec<&editions::Entry> = changes.entries.iter().collect();
    entries.sort_by(|a, b| text::compare(&a.name, &b.name).then_with(|| a.id.cmp(&b.id)));
    let new = entries.iter().filter(|entry| entry.is_new);
    let new = new.map(|entry| object! {"id": entry.id, "name": entry.name, "kind_name": entry.kind});
    let changed = entries.iter().filter(|entry| !entry.differences.is_empty()).map(
        |entry| object! {"id": entry.id, "name": entry.name, "kind_name": entry.kind, "differences": differences(&entry.differences)},
    );
    let removed = changes.removed.iter().map(|entry| object! {"name": entry.name, "kind_name": entry.kind});
    object! {
        "since": object! {
            "year": changes.since.year,
            "version": changes.since.version,
            "compared": text::listed(&changes.compared()),
            "keeps_less": changes.since.form < FrozenForm::LAST,
        },
        "all_prices": differences(&changes.all_prices),
        "new": new.collect::<Vec<_>>(),
        "changed": changed.collect::<Vec<_>>(),
        "removed": removed.collect::<Vec<_>>(),
        "corrections": changes.corrections.as_deref().map(since),
    }
}

/// The ids of what something rests on, of which the nearest are told.
fn rests_on(catalog: &Catalog, id: &str) -> Value {
    let found = foundation::of(catalog, id);
    let (services, more_services) = foundation::nearest(&found.services, found.direct.services);
    let (supporting, called): (Vec<&str>, Vec<&str>) =
        services.iter().partition(|id| catalog.get::<SupportingService>(id).is_some());
    let (products, more_products) = foundation::nearest(&found.products, found.direct.products);
    let (contracts, more_contracts) = foundation::nearest(&found.contracts, found.direct.contracts);
    object! {
        "services": supporting,
        "called_services": called,
        "more_services": left_out(more_services),
        "products": products.iter().map(|product| product.id.as_str()).collect::<Vec<_>>(),
        "more_products": left_out(more_products),
        "contracts": contracts.iter().map(|contract| contract.id.as_str()).collect::<Vec<_>>(),
        "more_contracts": left_out(more_contracts),
    }
}

fn add_prices(map: &mut Object, catalog: &Catalog, offering: &ServiceOffering) {
    let prices = offering.prices.iter().map(|item| {
        let mut row = Object::of(item);
        row.set("price_lines", price::lines(item));
        row.set("unit_text", price::unit(item).unwrap_or_else(|| "–".into()));
        row.set("terms_text", price::terms(catalog, offering, item));
        Value::from(row)
    });
    map.set("prices", prices.collect::<Vec<_>>());
}

fn hours_text(catalog: &Catalog, hours: Hours) -> String {
    let office = &catalog.catalogue.office_hours;
    match hours {
        Hours::Always => "24/7/365".into(),
        Hours::Office => format!("Kontorstid ({}–{})", office.from, office.to),
    }
}

/// A figure as a number of JSON, whole where it is.
fn as_number(figure: Decimal) -> Value {
    match (figure.is_integer(), figure.to_u64(), figure.to_f64()) {
        (true, Some(whole), _) => whole.into(),
        (.., fraction) => fraction.into(),
    }
}

/// Minutes in the largest unit that they make whole.
fn duration_text(minutes: u64) -> String {
    let (count, one, many) =
        if minutes.is_multiple_of(60) { (minutes / 60, "timme", "timmar") } else { (minutes, "minut", "minuter") };
    format!("{}{NO_BREAK_SPACE}{}", text::number(count.into()), if count == 1 { one } else { many })
}

fn catalogue(catalog: &Catalog) -> Value {
    let mut map = Object::of(&catalog.catalogue);
    let edition = &catalog.catalogue.edition;
    let office = &catalog.catalogue.office_hours;
    map.set("status_text", edition.status.label());
    map.set("currency", catalog.catalogue.currency_code());
    map.set("vat", catalog.catalogue.vat_rule());
    map.set("working_days", calendar::weekdays_without_holidays(edition.year));
    let minutes = u64::from(office.to.minutes.saturating_sub(office.from.minutes));
    map.set("office_hours_per_day", hours(minutes).to_string());
    map.into()
}

/// Services and supporting services A–Ö, under their letters.
fn service_index(catalog: &Catalog) -> Value {
    let entities = catalog.entities();
    let services = entities.services.iter().map(|service| (&service.name, &service.id, Kind::Service));
    let supporting =
        entities.supporting_services.iter().map(|service| (&service.name, &service.id, Kind::SupportingService));
    let all = services.chain(supporting);
    let mut all: Vec<_> = all.map(|(name, id, kind)| (text::index_letter(name), name, id, kind)).collect();
    // By letter first: some signs are figures here and letters to the order of names.
    all.sort_by_cached_key(|(letter, name, id, _)| {
        (text::sort_key(letter), text::sort_key(text::index_name(name)), *id)
    });
    let mut letters: Vec<(String, Vec<Value>)> = Vec::new();
    for (letter, name, id, kind) in all {
        let entry = object! {"id": id, "name": name, "kind": kind.code_name(), "kind_name": kind.one()};
        match letters.last_mut() {
            Some((last, entries)) if *last == letter => entries.push(entry),
            _ => letters.push((letter, vec![entry])),
        }
    }
    let letters = letters.into_iter().map(|(letter, entries)| object! {"letter": letter, "entries": entries});
    letters.collect::<Vec<_>>().into()
}

/// The names of one product; the map's own words for any other id.
pub fn product_names(catalog: &Catalog, id: &str) -> ProductNames {
    catalog.get::<Product>(id).map(Product::names).unwrap_or_default()
}

/// The names of every product, by id.
pub fn all_product_names(catalog: &Catalog) -> HashMap<String, ProductNames> {
    let products = catalog.all::<Product>().iter();
    products.map(|product| (product.id.clone(), product_names(catalog, &product.id))).collect()
}

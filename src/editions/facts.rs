//! What an edition says of each thing, as readers see it.

use std::borrow::Cow;

use jiff::Span;
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::calculate::cost::shares;
use crate::calculate::{availability, price};
use crate::document::Block;
use crate::markdown::{self, Lookup, letters};
use crate::model::{
    Amount, AvailabilityLevel, Call, Cost, Date, Dependency, Duration, Entity, FromText, FrozenForm, Hours, Lifecycle,
    Product, Ref, Service, ServiceLevel, ServiceOffering, SupportingClass, SupportingService, UnderpinningContract,
};
use crate::resolve::Catalog;
use crate::text::{self, NO_BREAK_SPACE};

use super::calls::{Called, LIST, SERIES};

/// What the label begins with that tells which article of an offering a call counts that names none.
pub const COUNTED: &str = "Räknas i avrop, ";

/// What the first day of all prices is kept by.
pub const HOLDS_FROM: &str = "Gäller från";

/// What is said of one thing: each label once, in the order that a reader wants them.
pub struct Said {
    pub id: String,
    pub kind: String,
    pub name: String,
    /// The first form of frozen editions that keeps things of the kind.
    pub form: FrozenForm,
    pub facts: Vec<Fact>,
}

/// Something that is said.
pub struct Fact {
    pub label: String,
    pub text: String,
    /// The first form of frozen editions that keeps it.
    pub form: FrozenForm,
    pub sense: Sense,
}

/// What the text of a fact is, which says when another text is a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sense {
    /// Words, which say what they say.
    Words,
    /// A length of time, in minutes: `8 timmar` is `480 minuter`.
    Time(u64),
    /// Kronor, which are paid in whole öre.
    Kronor(Decimal),
    /// A day, of what is agreed anew for each edition: as many years later it is no change.
    Renewed(Date),
    /// How a service depends on that call.
    Dependency(Called),
}

impl Fact {
    /// Whether it goes without saying, and is told only where an edition said something else.
    pub fn is_usual(&self) -> bool {
        self.call().is_some() && self.text == SERIES
    }

    /// The call that it is the dependency on.
    pub fn call(&self) -> Option<&Called> {
        match &self.sense {
            Sense::Dependency(called) => Some(called),
            _ => None,
        }
    }

    /// Whether an edition so many years ago said the same, in its words.
    pub fn is_said_by(&self, earlier: &str, years: i16) -> bool {
        match self.sense {
            _ if self.text == earlier => true,
            Sense::Time(minutes) => Duration::from_text(earlier).is_ok_and(|earlier| earlier.minutes == minutes),
            Sense::Kronor(amount) => Amount::from_text(earlier).is_ok_and(|earlier| in_ore(earlier.0) == amount),
            Sense::Renewed(Date(day)) => day.checked_sub(Span::new().years(years)).is_ok_and(|then| {
                // The last of February is the last of February, in leap years too.
                let last = day.last_of_month() == day;
                text::date(Date(then)) == earlier || (last && text::date(Date(then.last_of_month())) == earlier)
            }),
            Sense::Words | Sense::Dependency(_) => false,
        }
    }
}

/// What is said of all prices.
pub fn of_all_prices(catalog: &Catalog) -> Vec<Fact> {
    let vat = catalog.catalogue.vat_rule().label().to_string();
    let (first, last) = catalog.catalogue.edition.days();
    let day = |label: &str, day| Fact {
        label: label.into(),
        text: text::date(day),
        form: FrozenForm::COUNTED,
        sense: Sense::Renewed(day),
    };
    vec![
        Fact { label: "Moms".into(), text: vat, form: FrozenForm::PRICE_TERMS, sense: Sense::Words },
        day(HOLDS_FROM, first),
        day("Gäller till", last),
    ]
}

/// What things are called, by id, where that is not the name that they have in the catalogue. None is empty.
pub type Names = FxHashMap<String, String>;

/// What is said of every service, product, contract and level: by whatever names, the same facts in the same order.
pub fn of(catalog: &Catalog, names: &Names) -> Vec<Said> {
    let entities = catalog.entities();
    let calls = entities.services.iter().flat_map(Service::calls).filter(|call| call.article.is_none());
    let counted: FxHashSet<&str> = calls.map(|call| call.offering.id.as_str()).collect();
    let common = Common { catalog, names, counted: &counted };
    let services = entities.services.iter().map(|service| Teller::of(common, service).service(service));
    let supporting =
        entities.supporting_services.iter().map(|service| Teller::of(common, service).supporting_service(service));
    let products = entities.products.iter().map(|product| Teller::of(common, product).product(product));
    let contracts = entities.contracts.iter().map(|contract| Teller::of(common, contract).contract(contract));
    let of_services = entities.service_levels.iter().map(|level| Teller::of(common, level).service_level(level));
    let of_slas = entities.availability_levels.iter().map(|level| Teller::of(common, level).availability_level(level));
    services.chain(supporting).chain(products).chain(contracts).chain(of_services).chain(of_slas).collect()
}

/// What is the same for all that something is said of.
#[derive(Clone, Copy)]
struct Common<'a> {
    catalog: &'a Catalog,
    names: &'a Names,
    /// The offerings that some call counts an article of and names none.
    counted: &'a FxHashSet<&'a str>,
}

struct Teller<'a> {
    common: Common<'a>,
    said: Said,
    /// The labels that are taken, each with the last number that it was told apart by.
    labels: FxHashMap<String, usize>,
}

impl<'a> Teller<'a> {
    fn of<T: Entity>(common: Common<'a>, entity: &T) -> Teller<'a> {
        let (id, kind, name) = (entity.id().to_string(), T::KIND.one().to_string(), entity.name().into_owned());
        let said = Said { id, kind, name, form: FrozenForm::FIRST, facts: Vec::new() };
        Teller { common, said, labels: FxHashMap::default() }
    }

    fn service(mut self, service: &Service) -> Said {
        self.add("Tjänsteområde", service.area.clone());
        let level = service.agreement.as_ref().map(|agreement| self.name(&agreement.level.id));
        self.add("Tjänstenivå", level);
        if let Some(agreement) = &service.agreement {
            // Two levels may be called the same, and the promise is what a level says.
            let level = &self.common.catalog[&agreement.level];
            self.add_time(FrozenForm::PROMISES, "Högsta nedtid per år", &level.downtime);
            self.add_since(FrozenForm::COUNTED, "Öppettid", Some(self.hours(level.hours)));
            self.add_time(FrozenForm::COUNTED, "Åtgärdstid", &level.response_time);
            self.add_renewed("SLA gäller från", agreement.valid_from);
            self.add_renewed("SLA gäller till", agreement.valid_to);
        }
        self.add_name("Tjänsteansvarig", service.manager.as_ref());
        self.add_name("Tjänsteägare", service.owner.as_ref());
        let area_manager = service.area_manager.as_ref().map(|person| self.name(&person.id));
        self.add_promise("Tjänsteområdesansvarig", area_manager);
        self.add_names("Bygger på", &service.products);
        let calls = service.calls().iter().map(|call| self.called(call));
        self.add_list(LIST, calls.map(|call| format!("{}{}", call.name, call.count)).collect());
        // What editions do not keep takes no label from what they do.
        let (in_series, others): (Vec<&Call>, Vec<&Call>) =
            service.calls().iter().partition(|call| call.is_in_series());
        for call in others.into_iter().chain(in_series) {
            self.dependency(call);
        }
        self.cost(service.cost.as_ref());
        self.lifecycle(service.lifecycle.as_ref());
        self.offerings(&service.offerings);
        self.said
    }

    fn supporting_service(mut self, service: &SupportingService) -> Said {
        let class = match service.class {
            SupportingClass::Technical => "teknisk",
            SupportingClass::Delivery => "leverans",
        };
        self.add_promise("Klass", Some(class.to_string()));
        self.add_name("Ansvarig", service.manager.as_ref());
        self.add_names("Bygger på", &service.products);
        let supported = service.supports.iter().map(|supported| self.name(&supported.id)).collect();
        self.add_promise("Stödjer", in_order(supported));
        self.lifecycle(service.lifecycle.as_ref());
        self.offerings(&service.offerings);
        self.said
    }

    fn product(mut self, product: &Product) -> Said {
        self.add_name("Produktansvarig", product.manager.as_ref());
        self.add("Produktområde", product.area.clone());
        self.add_name("Avdelning", product.department.as_ref());
        self.add_names("Innehåller", &product.contains);
        self.add_names("Stödjande kontrakt", &product.contracts);
        self.cost(product.cost.as_ref());
        self.lifecycle(product.lifecycle.as_ref());
        self.said
    }

    fn contract(mut self, contract: &UnderpinningContract) -> Said {
        self.add("Leverantör", contract.supplier.clone());
        if let Some(time) = &contract.response_time {
            self.add_time(FrozenForm::FIRST, "Åtgärdstid", time);
        }
        self.add_promise("Öppettid", contract.hours.map(|hours| self.hours(hours)));
        self.add("Giltigt från", contract.valid_from.map(text::date));
        self.add("Giltigt till", contract.valid_to.map(text::date));
        self.said
    }

    fn service_level(mut self, level: &ServiceLevel) -> Said {
        self.said.form = FrozenForm::PROMISES;
        self.add("Öppettid", Some(self.hours(level.hours)));
        self.add("Servicefönster", level.service_window.clone());
        match level.restore_time.promise() {
            Some(time) => self.add_time(FrozenForm::FIRST, "Återställsetid", time),
            None => self.add("Återställsetid", Some("inte garanterad".into())),
        }
        self.add(
            "Avbrott per år",
            Some(level.outages.promise().map_or("inte garanterat".into(), |count| text::number((*count).into()))),
        );
        self.said
    }

    fn availability_level(mut self, level: &AvailabilityLevel) -> Said {
        self.said.form = FrozenForm::PROMISES;
        let percent = availability::availability(level, &self.common.catalog.catalogue.office_hours);
        self.add("Öppettid", Some(self.hours(level.hours)));
        self.add_time(FrozenForm::FIRST, "Åtgärdstid", &level.response_time);
        self.add_time(FrozenForm::FIRST, "Högsta nedtid per år", &level.downtime);
        self.add("Tillgänglighet", percent.map(|percent| percent.to_string()));
        self.said
    }

    /// Office hours with all that their time is worked out from.
    fn hours(&self, hours: Hours) -> String {
        let office = &self.common.catalog.catalogue.office_hours;
        match hours {
            Hours::Always => hours.label().to_string(),
            Hours::Office => {
                let days = text::number(office.days_per_year.into());
                format!("kontorstid {}–{}, {days}{NO_BREAK_SPACE}dagar per år", office.from, office.to)
            }
        }
    }

    fn cost(&mut self, cost: Option<&Cost>) {
        let amount = cost.and_then(|cost| cost.amount.as_ref());
        if let Some(amount) = amount.map(|amount| in_ore(amount.0)) {
            self.add("Kostnad per år", Some(text::kronor(amount)));
            self.is_in_the_sense_of(Sense::Kronor(amount));
        }
        for share in cost.iter().flat_map(|cost| &cost.shares) {
            let percent = text::percent(share.percent.0.normalize(), 0);
            self.add_since(
                FrozenForm::PRICE_TERMS,
                &format!("Andel, {}", self.name(&share.customer.id)),
                Some(percent),
            );
        }
    }

    fn lifecycle(&mut self, lifecycle: Option<&Lifecycle>) {
        let Some(lifecycle) = lifecycle else { return };
        self.add("Livscykel", Some(lifecycle.status.label().to_string()));
        self.add_promise("Börjar", lifecycle.from.map(text::date));
        self.add("Upphör", lifecycle.to.map(text::date));
        self.add_name("Ersätts av", lifecycle.replaced_by.as_ref());
    }

    /// Each offering with its level, and each of its prices with all that goes with it.
    fn offerings(&mut self, offerings: &[ServiceOffering]) {
        for offering in offerings {
            let level = offering.level.as_ref().map(|level| self.name(&level.id));
            let environment = offering.environment.map(|environment| environment.label().to_string());
            let said = [level, environment].into_iter().flatten().collect::<Vec<_>>().join(", ");
            let said = if said.is_empty() { "finns".to_string() } else { said };
            self.add(&format!("Erbjudandet {}", self.name(&offering.id)), Some(said));
            // A call that names no article pays for the first.
            let is_paid = self.common.counted.contains(offering.id.as_str());
            let first = offering.prices.first().filter(|_| is_paid).map(|item| format!("artikel {}", item.article));
            self.add_since(FrozenForm::COUNTED, &format!("{COUNTED}{}", self.name(&offering.id)), first);
        }
        let items = offerings.iter().flat_map(|offering| offering.prices.iter().map(move |item| (offering, item)));
        for (offering, item) in items {
            let unit = price::unit(item).map(|unit| format!(" {unit}")).unwrap_or_default();
            let price = format!("{}: {}{unit}", item.name, price::lines(item).join("; "));
            self.add(&format!("Pris, artikel {}", item.article), Some(price));
            let note = item.note.as_ref().map(|note| self.remark(&note.handle));
            // `per timme` is told alike of an hour that is sold and of the whole by the hour, which costs it all year.
            let counted = item.unit.clone().filter(|unit| item.period.is_some_and(|period| period.label() == *unit));
            let beside = [
                ("Räknas i", counted),
                ("Villkor", Some(price::own_terms(item)).filter(|terms| !terms.is_empty())),
                ("Fotnot", note),
                ("Erbjudande", Some(self.name(&offering.id))),
            ];
            for (what, text) in beside {
                self.add_since(FrozenForm::PRICE_TERMS, &format!("{what}, artikel {}", item.article), text);
            }
        }
    }

    /// The letters of a remark.
    fn remark(&self, handle: &str) -> String {
        match self.common.catalog.written(handle).filter(|_| !self.common.names.is_empty()) {
            Some(written) => letters(&markdown::parse(written, self).blocks),
            None => letters(self.common.catalog.text(handle).unwrap_or_default()),
        }
    }

    fn called(&self, call: &Call) -> Called {
        let article = call.article.as_ref().map(|article| format!(", artikel {article}")).unwrap_or_default();
        let count = call.quantity.filter(|count| *count != 1);
        Called {
            name: format!("{}{article}", self.name(&call.offering.id)),
            count: count.map(|count| format!(" × {}", text::number(count.into()))).unwrap_or_default(),
        }
    }

    fn dependency(&mut self, call: &Call) {
        let dependency = match call.dependency {
            None | Some(Dependency::Series) => SERIES,
            Some(Dependency::Redundant) => "redundant",
            Some(Dependency::NonCritical) => "ej kritisk",
        };
        let called = self.called(call);
        self.add_promise(&called.label(), Some(dependency.to_string()));
        self.is_in_the_sense_of(Sense::Dependency(called));
    }

    fn add_name<T>(&mut self, label: &str, reference: Option<&Ref<T>>) {
        let name = reference.map(|reference| self.name(&reference.id));
        self.add(label, name);
    }

    fn add_names<T>(&mut self, label: &str, references: &[Ref<T>]) {
        self.add_list(label, references.iter().map(|reference| self.name(&reference.id)).collect());
    }

    fn add_list(&mut self, label: &str, names: Vec<String>) {
        self.add(label, in_order(names));
    }

    fn add(&mut self, label: &str, text: Option<String>) {
        self.add_since(FrozenForm::FIRST, label, text);
    }

    fn add_promise(&mut self, label: &str, text: Option<String>) {
        self.add_since(FrozenForm::PROMISES, label, text);
    }

    fn add_renewed(&mut self, label: &str, day: Option<Date>) {
        let Some(day) = day else { return };
        self.add_promise(label, Some(text::date(day)));
        self.is_in_the_sense_of(Sense::Renewed(day));
    }

    fn add_time(&mut self, form: FrozenForm, label: &str, time: &Duration) {
        self.add_since(form, label, Some(time.to_string()));
        self.is_in_the_sense_of(Sense::Time(time.minutes));
    }

    /// Of what was added last.
    fn is_in_the_sense_of(&mut self, sense: Sense) {
        if let Some(fact) = self.said.facts.last_mut() {
            fact.sense = sense;
        }
    }

    /// What editions keep from that form on. A label that comes again, as two articles with one number do, is told apart.
    fn add_since(&mut self, form: FrozenForm, label: &str, text: Option<String>) {
        let Some(text) = text else { return };
        let mut own = label.to_string();
        let mut count = self.labels.get(label).copied().unwrap_or(1);
        while self.labels.contains_key(&own) {
            count += 1;
            own = format!("{label}, {count}");
        }
        self.labels.insert(own.clone(), 1);
        if own != label {
            self.labels.insert(label.to_string(), count);
        }
        self.said.facts.push(Fact { label: own, text, form, sense: Sense::Words });
    }

    fn name(&self, id: &str) -> String {
        self.known_name(id).map(str::to_string).unwrap_or_default()
    }

    fn known_name(&self, id: &str) -> Option<&str> {
        self.common.names.get(id).or_else(|| self.common.catalog.entry(id).map(|entry| &entry.name)).map(String::as_str)
    }
}

/// What a remark shows, which has been checked.
impl Lookup for Teller<'_> {
    fn name(&self, id: &str) -> Result<Cow<'_, str>, Option<String>> {
        self.known_name(id).map(Cow::Borrowed).ok_or(None)
    }

    fn text(&self, handle: &str, _: Option<&str>) -> Option<Cow<'_, [Block]>> {
        self.common.catalog.text(handle).map(Cow::Borrowed)
    }

    fn check_picture(&self, _: &str) -> Result<(), Option<String>> {
        Ok(())
    }

    fn check_figure(&self, _: &str) -> Result<(), Option<String>> {
        Ok(())
    }
}

/// An amount as it is published.
fn in_ore(amount: Decimal) -> Decimal {
    shares::in_ore(amount).unwrap_or(amount)
}

/// A list whose order says nothing, in Swedish order: to move a line is no change.
fn in_order(mut names: Vec<String>) -> Option<String> {
    names.sort_by(|a, b| text::compare(a, b));
    Some(names.join(", ")).filter(|names| !names.is_empty())
}

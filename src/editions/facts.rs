//! What an edition says of each thing, as readers see it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::Span;
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::calculate::availability;
use crate::calculate::cost::shares;
use crate::calculate::price::{self, Terms};
use crate::document::Block;
use crate::markdown::{self, Lookup, letters};
use crate::model::{
    Amount, AvailabilityLevel, Call, Cloud, Cost, Date, Duration, Entity, FromText, FrozenEdition, FrozenEntry,
    FrozenForm, Hours, Lifecycle, LifecycleStatus, PriceItem, Product, Ref, Service, ServiceLevel, ServiceOffering,
    SupportingClass, SupportingService, UnderpinningContract,
};
use crate::resolve::Catalog;
use crate::text::{self, NO_BREAK_SPACE};

use super::calls::{ARTICLE, Called, LIST, SERIES, TIMES};

/// What the label begins with that tells which article of an offering a call counts that names none.
pub const COUNTED: &str = "Räknas i avrop, ";

/// What the label begins with that tells of an offering.
const OFFERING: &str = "Erbjudandet ";

/// Labels of the first and the last day of an edition.
const EDITION_DAYS: [&str; 2] = [HOLDS_FROM, "Gäller till"];

/// Labels of where something is in its life, and of its first and its last day.
const LIFECYCLE: &str = "Livscykel";
const BEGINS: &str = "Börjar";
const ENDS: &str = "Upphör";

/// What the first day of all prices is kept by.
pub const HOLDS_FROM: &str = "Gäller från";

/// What is said of one thing: each label once, in the order that a reader wants them.
pub struct Said {
    pub id: String,
    pub kind: String,
    pub name: String,
    pub life: Life,
    /// The first form of frozen editions that keeps things of the kind.
    pub form: FrozenForm,
    pub facts: Vec<Fact>,
}

/// Where something is in its life in an edition's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Life {
    /// It begins after the edition.
    ToCome,
    /// It is there on some day.
    There,
    /// It ended before the edition.
    Over,
}

impl Life {
    fn of(lifecycle: Option<&Lifecycle>, days: (Date, Date)) -> Life {
        match lifecycle.filter(|_| Lifecycle::is_outside(lifecycle, days)) {
            None => Life::There,
            Some(lifecycle) if lifecycle.status == LifecycleStatus::Retired => Life::Over,
            Some(_) => Life::ToCome,
        }
    }

    /// The same in an edition that is kept, by what it says. Of what it does not say when it begins, it was there.
    pub fn then(entry: &FrozenEntry, edition: &FrozenEdition) -> Life {
        let day = |facts: &BTreeMap<String, String>, label: &str| facts.get(label).and_then(|day| text::date_of(day));
        let Some(status) = entry.facts.get(LIFECYCLE) else { return Life::There };
        let is_retired = *status == LifecycleStatus::Retired.label();
        let lifecycle = Lifecycle {
            status: if is_retired { LifecycleStatus::Retired } else { LifecycleStatus::Active },
            from: day(&entry.facts, BEGINS),
            to: day(&entry.facts, ENDS),
            replaced_by: None,
        };
        let [first, last] = EDITION_DAYS.map(|label| day(&edition.facts, label));
        let of_year = |month, day| Date(jiff::civil::date(edition.year, month, day));
        Life::of(Some(&lifecycle), (first.unwrap_or(of_year(1, 1)), last.unwrap_or(of_year(12, 31))))
    }
}

/// The names that an edition had: of each thing, and of each offering.
pub fn names_in(edition: &FrozenEdition) -> FxHashSet<&str> {
    edition.entries.iter().flat_map(names_of).collect()
}

fn names_of(entry: &FrozenEntry) -> impl Iterator<Item = &str> {
    let offerings = entry.facts.keys().filter_map(|label| label.strip_prefix(OFFERING));
    offerings.chain([entry.name.as_str()])
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
    /// A day, of what is agreed anew for each edition: as many years later it is no change, unless the other day of the same
    /// period has not moved as far.
    Renewed(Date, Option<(&'static str, Date)>),
    /// What stands beside a price. Days that are set anew for each edition are no change as many years later.
    Terms(Terms),
    /// A list whose order says nothing: to move a line is no change. What it has stands in the order of its file.
    List(Vec<Called>),
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

    /// Whether an edition so many years ago, which said this of the same thing, said the same, in its words.
    pub fn is_said_in(&self, before: &BTreeMap<String, String>, years: i16) -> bool {
        let Some(earlier) = before.get(&self.label).map(String::as_str) else { return false };
        match self.sense {
            _ if say_the_same(&self.text, earlier) => true,
            Sense::Time(minutes) => Duration::from_text(earlier).is_ok_and(|earlier| earlier.minutes == minutes),
            Sense::Kronor(amount) => Amount::from_text(earlier).is_ok_and(|earlier| in_ore(earlier.0) == amount),
            Sense::Renewed(day, other) => {
                let was = |day, said: &str| {
                    then(Some(day), years).into_iter().flatten().any(|day| say_the_same(&text::date(day), said))
                };
                let other = other.and_then(|(label, day)| Some((before.get(label)?, day)));
                was(day, earlier) && other.is_none_or(|(said, day)| was(day, said))
            }
            Sense::Terms(ref terms) => {
                let [from, to] = [terms.days.from, terms.days.to].map(|day| then(day, years));
                let mut days = from.iter().flat_map(|from| to.iter().map(move |to| (*from, *to)));
                days.any(|(from, to)| say_the_same(&terms.with_days(from, to).to_string(), earlier))
            }
            Sense::Words | Sense::List(_) | Sense::Dependency(_) => false,
        }
    }
}

/// Whether two texts do: where a line may break is no part of what is said, and other versions of the program may have let it
/// break elsewhere.
fn say_the_same(one: &str, other: &str) -> bool {
    let any_blank = |letter| if letter == NO_BREAK_SPACE { ' ' } else { letter };
    one.chars().map(any_blank).eq(other.chars().map(any_blank))
}

/// The day so many years before, where one is said. The last of February is the last of February, in leap years too.
fn then(day: Option<Date>, years: i16) -> Vec<Option<Date>> {
    let Some(Date(day)) = day else { return vec![None] };
    let Ok(then) = day.checked_sub(Span::new().years(years)) else { return Vec::new() };
    let last = Some(then.last_of_month()).filter(|last| day.last_of_month() == day && *last != then);
    [then].into_iter().chain(last).map(|day| Some(Date(day))).collect()
}

/// What is said of all prices, and of the service desk that all services have.
pub fn of_all_prices(catalog: &Catalog) -> Vec<Fact> {
    let vat = catalog.catalogue.vat_rule().label().to_string();
    let office = &catalog.catalogue.office_hours;
    let desk = catalog.catalogue.service_desk.as_ref().and_then(|desk| desk.hours).map(|hours| match hours {
        Hours::Always => hours.label().to_string(),
        Hours::Office => format!("kontorstid {}–{}", office.from, office.to),
    });
    let desk = desk.map(|text| Fact {
        label: "Öppettid, servicedesk".into(),
        text,
        form: FrozenForm::AGREED,
        sense: Sense::Words,
    });
    let (first, last) = catalog.catalogue.edition.days();
    let day = |label: &str, day| Fact {
        label: label.into(),
        text: text::date(day),
        form: FrozenForm::COUNTED,
        sense: Sense::Renewed(day, None),
    };
    let of_prices = [
        Fact { label: "Moms".into(), text: vat, form: FrozenForm::PRICE_TERMS, sense: Sense::Words },
        day(EDITION_DAYS[0], first),
        day(EDITION_DAYS[1], last),
    ];
    of_prices.into_iter().chain(desk).collect()
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
        let said = Said { id, kind, name, life: Life::There, form: FrozenForm::FIRST, facts: Vec::new() };
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
            let [first, last] = ["SLA gäller från", "SLA gäller till"];
            self.add_renewed(first, agreement.valid_from, agreement.valid_to.map(|day| (last, day)));
            self.add_renewed(last, agreement.valid_to, agreement.valid_from.map(|day| (first, day)));
        }
        self.add_name("Tjänsteansvarig", service.manager.as_ref());
        self.add_name("Tjänsteägare", service.owner.as_ref());
        let area_manager = service.area_manager.as_ref().map(|person| self.name(&person.id));
        self.add_promise("Tjänsteområdesansvarig", area_manager);
        self.add_since(FrozenForm::AGREED, "Informationsklassning", classified(service));
        self.add_name_since(FrozenForm::AGREED, "Informationsägare", service.information_owner());
        self.add_name_since(FrozenForm::AGREED, "Applikation", service.application.as_ref());
        self.add_names(FrozenForm::AGREED, "Processer", &service.processes);
        self.cloud(service.cloud.as_ref());
        self.add_names(FrozenForm::FIRST, "Bygger på", &service.products);
        self.add_list(FrozenForm::FIRST, LIST, service.calls().iter().map(|call| self.called(call)).collect());
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
        let ordering = service.ordering.as_ref();
        let portal = ordering.and_then(|ordering| ordering.portal).map(|portal| if portal { "ja" } else { "nej" });
        self.add_since(FrozenForm::AGREED, "Beställs i Service Portalen", portal.map(str::to_string));
        let cmdb = ordering.and_then(|ordering| ordering.cmdb).map(|cmdb| cmdb.label().to_string());
        self.add_since(FrozenForm::AGREED, "Uppdatering av CMDB", cmdb);
        self.add_names(FrozenForm::AGREED, "Förmågor", &service.capabilities);
        self.cloud(service.cloud.as_ref());
        self.add_names(FrozenForm::FIRST, "Bygger på", &service.products);
        self.add_names(FrozenForm::PROMISES, "Stödjer", &service.supports);
        self.lifecycle(service.lifecycle.as_ref());
        self.offerings(&service.offerings);
        self.said
    }

    fn product(mut self, product: &Product) -> Said {
        self.add_name("Produktansvarig", product.manager.as_ref());
        self.add("Produktområde", product.area.clone());
        self.add_name("Avdelning", product.department.as_ref());
        self.add_since(FrozenForm::AGREED, "Team", product.team.clone());
        let kind = product.team_kind.map(|kind| kind.label().to_string());
        self.add_since(FrozenForm::AGREED, "Teamtyp", kind);
        self.add_names(FrozenForm::AGREED, "Förmågor", &product.capabilities);
        self.add_names(FrozenForm::FIRST, "Innehåller", &product.contains);
        self.add_names(FrozenForm::FIRST, "Stödjande kontrakt", &product.contracts);
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

    fn cloud(&mut self, cloud: Option<&Cloud>) {
        let kind = cloud.and_then(|cloud| cloud.kind.as_ref());
        self.add_name_since(FrozenForm::AGREED, "Molntjänst", kind);
        let model = cloud.and_then(|cloud| cloud.model.as_ref());
        self.add_name_since(FrozenForm::AGREED, "Driftmodell", model);
    }

    fn lifecycle(&mut self, lifecycle: Option<&Lifecycle>) {
        self.said.life = Life::of(lifecycle, self.common.catalog.catalogue.edition.days());
        let Some(lifecycle) = lifecycle else { return };
        self.add(LIFECYCLE, Some(lifecycle.status.label().to_string()));
        self.add_promise(BEGINS, lifecycle.from.map(text::date));
        self.add(ENDS, lifecycle.to.map(text::date));
        self.add_name("Ersätts av", lifecycle.replaced_by.as_ref());
    }

    /// Each offering with its level, and each of its prices with all that goes with it.
    fn offerings(&mut self, offerings: &[ServiceOffering]) {
        for offering in offerings {
            let level = offering.level.as_ref().map(|level| self.name(&level.id));
            let environment = offering.environment.map(|environment| environment.label().to_string());
            let said = [level, environment].into_iter().flatten().collect::<Vec<_>>().join(", ");
            let said = if said.is_empty() { "finns".to_string() } else { said };
            self.add(&format!("{OFFERING}{}", self.name(&offering.id)), Some(said));
            // A call that names no article pays for the first.
            let is_paid = self.common.counted.contains(offering.id.as_str());
            let first = offering.prices.first().filter(|_| is_paid).map(|item| format!("artikel {}", item.article));
            self.add_since(FrozenForm::COUNTED, &format!("{COUNTED}{}", self.name(&offering.id)), first);
        }
        let articles = offerings.iter().flat_map(|offering| offering.articles().map(move |prices| (offering, prices)));
        for (offering, prices) in articles {
            let (item, later) = prices.split_first().expect("an article has a price");
            let then = prices.windows(2).map(|pair| from_then_on(&pair[1], &pair[0].name));
            let price = std::iter::once(format!("{}: {}", item.name, paid(item))).chain(then);
            self.add(&format!("Pris, artikel {}", item.article), Some(price.collect::<Vec<_>>().join("; ")));
            let notes = prices.iter().filter_map(|item| item.note.as_ref()).map(|note| self.remark(&note.handle));
            let note = notes.reduce(|note, next| format!("{note} {next}"));
            // `per timme` is told alike of an hour that is sold and of the whole by the hour, which costs it all year.
            let counted = item.period.filter(|_| item.is_by_time()).map(|period| period.label().to_string());
            // Until when its first price holds is told by when the next begins.
            let until = item.valid_to.filter(|_| later.is_empty());
            let terms = price::own_terms(item).with_days(item.valid_from, until);
            let beside = [
                ("Räknas i", counted, Sense::Words),
                ("Villkor", Some(terms.to_string()).filter(|said| !said.is_empty()), Sense::Terms(terms)),
                ("Fotnot", note, Sense::Words),
                ("Erbjudande", Some(self.name(&offering.id)), Sense::Words),
            ];
            for (what, text, sense) in beside.into_iter().filter_map(|(what, text, sense)| Some((what, text?, sense))) {
                self.add_since(FrozenForm::PRICE_TERMS, &format!("{what}, artikel {}", item.article), Some(text));
                self.is_in_the_sense_of(sense);
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
        let article = call.article.as_ref().map(|article| format!("{ARTICLE}{article}")).unwrap_or_default();
        let count = call.quantity.filter(|count| *count != 1);
        Called {
            name: format!("{}{article}", self.name(&call.offering.id)),
            count: count.map(|count| format!("{TIMES}{}", text::number(count.into()))).unwrap_or_default(),
        }
    }

    fn dependency(&mut self, call: &Call) {
        let called = self.called(call);
        self.add_promise(&called.label(), Some(call.dependency().label().to_string()));
        self.is_in_the_sense_of(Sense::Dependency(called));
    }

    fn add_name<T>(&mut self, label: &str, reference: Option<&Ref<T>>) {
        self.add_name_since(FrozenForm::FIRST, label, reference);
    }

    fn add_name_since<T>(&mut self, form: FrozenForm, label: &str, reference: Option<&Ref<T>>) {
        let name = reference.map(|reference| self.name(&reference.id));
        self.add_since(form, label, name);
    }

    fn add_names<T>(&mut self, form: FrozenForm, label: &str, references: &[Ref<T>]) {
        let names = references.iter().map(|reference| Called::one(self.name(&reference.id)));
        self.add_list(form, label, names.collect());
    }

    fn add_list(&mut self, form: FrozenForm, label: &str, items: Vec<Called>) {
        if items.is_empty() {
            return;
        }
        let mut names: Vec<String> = items.iter().map(|item| format!("{}{}", item.name, item.count)).collect();
        names.sort_by(|a, b| text::compare(a, b));
        self.add_since(form, label, Some(names.join(", ")));
        self.is_in_the_sense_of(Sense::List(items));
    }

    fn add(&mut self, label: &str, text: Option<String>) {
        self.add_since(FrozenForm::FIRST, label, text);
    }

    fn add_promise(&mut self, label: &str, text: Option<String>) {
        self.add_since(FrozenForm::PROMISES, label, text);
    }

    fn add_renewed(&mut self, label: &str, day: Option<Date>, other: Option<(&'static str, Date)>) {
        let Some(day) = day else { return };
        self.add_promise(label, Some(text::date(day)));
        self.is_in_the_sense_of(Sense::Renewed(day, other));
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

/// The levels that a service's information is classified at; a dash for what is not said.
fn classified(service: &Service) -> Option<String> {
    let classification = service.classification.as_ref()?;
    let level = |level: Option<u8>| level.map_or("–".to_string(), |level| level.to_string());
    let [confidentiality, integrity, availability] =
        [classification.confidentiality, classification.integrity, classification.availability].map(level);
    Some(format!("konfidentialitet {confidentiality}, riktighet {integrity}, tillgänglighet {availability}"))
}

/// An amount as it is published.
fn in_ore(amount: Decimal) -> Decimal {
    shares::in_ore(amount).unwrap_or(amount)
}

/// What an article costs, and for what: `2 150 kr per server och månad`.
fn paid(item: &PriceItem) -> String {
    let unit = price::unit(item).map(|unit| format!(" {unit}")).unwrap_or_default();
    format!("{}{unit}", price::lines(item).join("; "))
}

/// The same of a price that follows another of the article, with the day that it does, what the article is called from
/// then on where that is another name, and what else goes with it.
fn from_then_on(item: &PriceItem, called: &str) -> String {
    let from = item.valid_from.map(|from| format!("från {}: ", text::date(from))).unwrap_or_default();
    let terms = price::own_terms(item).with_days(None, item.valid_to).listed();
    let terms = if terms.is_empty() { terms } else { format!(", {terms}") };
    let name = if item.name == called { String::new() } else { format!("{}: ", item.name) };
    format!("{from}{name}{}{terms}", paid(item))
}

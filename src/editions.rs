//! Editions beside each other: what an edition says, kept for later, and what has changed since the one before.
//!
//! What is kept and compared is what readers see: a label and a text, such as a level's name or a price with its unit.
//! So no later version of the program has to understand how an earlier one stored it. What has got another name since
//! is compared by the name that it had, put where something refers to it: no text is searched for names. What is read of an
//! earlier edition's texts is the days of lives, periods and prices, and what its lists have; what cannot be read so is
//! compared by the letter.
//!
//! Beside that is kept what is signed, approved, decided and explained anew for each edition ([`renewed`]): it is no
//! change, but by it can be known what is left from an earlier edition.

mod calls;
mod facts;
mod file;
pub mod renewed;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{FrozenEdition, FrozenEntry, FrozenForm, Kind, ServiceOffering, offering_name, version_numbers};
use crate::resolve::Catalog;
use crate::text;

use calls::Known;
use facts::{COUNTED, Fact, HOLDS_FROM, Life, Names, Said, Sense};
pub use file::{file_name, written};

/// What has changed since an earlier edition.
#[derive(Debug)]
pub struct Changes<'a> {
    /// The edition that is compared with.
    pub since: &'a FrozenEdition,
    /// What is said of all prices, and of the service desk that all services have, in another way than before.
    pub all_prices: Vec<Difference>,
    /// Everything that this edition has of the kinds that are compared, in their order, and what both editions say is over or
    /// to come.
    pub entries: Vec<Entry>,
    /// What the earlier edition had and this has not, by its files or by the days of its life, in Swedish order.
    pub removed: Vec<&'a FrozenEntry>,
    /// Where the earlier edition is that of the year before: what has changed since the version before of this year.
    pub corrections: Option<Box<Changes<'a>>>,
}

impl Changes<'_> {
    /// Whether anything has changed.
    pub fn are_any(&self) -> bool {
        !self.all_prices.is_empty() || !self.removed.is_empty() || self.entries.iter().any(Entry::is_other)
    }

    /// What is compared, in words: of what the earlier edition does not keep nothing is known.
    pub fn compared(&self) -> Vec<&'static str> {
        let since = |form: FrozenForm, then: &'static str, before: &'static str| {
            if self.since.form >= form { then } else { before }
        };
        let mut compared = vec![
            since(FrozenForm::PROMISES, "nivåer och vad de lovar", "nivåer"),
            "ansvariga",
            since(FrozenForm::PRICE_TERMS, "priser med sina villkor", "priser"),
            since(FrozenForm::PRICE_TERMS, "kostnader och vilka som betalar dem", "kostnader"),
        ];
        if self.since.form >= FrozenForm::AGREED {
            compared.extend(["informationens klassning", "om tjänster beställs i Service Portalen"]);
        }
        compared.push("vad tjänster och produkter bygger på");
        compared
    }

    /// What this edition has, by id.
    pub fn by_id(&self) -> FxHashMap<&str, &Entry> {
        self.entries.iter().map(|entry| (entry.id.as_str(), entry)).collect()
    }
}

/// Something that this edition has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// What it is, as readers call it.
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Whether the earlier edition did not have it.
    pub is_new: bool,
    /// What is said of it in another way than before; nothing of what is new.
    pub differences: Vec<Difference>,
}

impl Entry {
    /// Whether the earlier edition did not have it, or said something else of it.
    pub fn is_other(&self) -> bool {
        self.is_new || !self.differences.is_empty()
    }
}

/// Something that two editions say differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What it is about: `Tjänstenivå`.
    pub label: String,
    /// What the earlier edition said; `None` where it said nothing.
    pub before: Option<String>,
    /// What this edition says; `None` where it says nothing.
    pub after: Option<String>,
}

impl fmt::Display for Difference {
    /// `Tjänstenivå: Silver → Guld`; what one of the editions does not say is `inget`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [before, after] = [&self.before, &self.after].map(|text| text.as_deref().unwrap_or("inget"));
        write!(f, "{}: {before} → {after}", self.label)
    }
}

/// What the edition says, for [`written`] to keep.
pub fn frozen(catalog: &Catalog) -> FrozenEdition {
    let edition = &catalog.catalogue.edition;
    let kept = |facts: Vec<Fact>| {
        let kept = facts.into_iter().filter(|fact| !fact.is_usual());
        kept.map(|fact| (fact.label, fact.text)).collect()
    };
    let entries = facts::of(catalog, &Names::default()).into_iter().map(|said| FrozenEntry {
        renewed: renewed::of_entity(catalog, &said.id),
        id: said.id,
        kind: said.kind,
        name: said.name,
        facts: kept(said.facts),
    });
    let mut frozen = FrozenEdition {
        form: FrozenForm::LAST,
        year: edition.year,
        version: edition.version.clone(),
        count: None,
        facts: kept(facts::of_all_prices(catalog)),
        renewed: renewed::of_edition(catalog),
        entries: entries.collect(),
    };
    frozen.count = Some(frozen.size());
    frozen
}

/// The last version of the edition of an earlier year, of those that are kept in `utgavor/`.
pub fn of_year_before(catalog: &Catalog) -> Option<&FrozenEdition> {
    let year = catalog.catalogue.edition.year;
    catalog.editions.iter().filter(|kept| kept.year < year).max_by_key(|kept| kept.order())
}

/// The last version before the one that is being written that is of the same year.
fn version_before(catalog: &Catalog) -> Option<&FrozenEdition> {
    let own = own_order(catalog);
    let earlier = catalog.editions.iter().filter(|kept| kept.year == own.0 && kept.order() < own);
    earlier.max_by_key(|kept| kept.order())
}

/// What there was, by id, in the editions that something may be left from: the version before of the same year, and the
/// edition of the year before.
pub fn before(catalog: &Catalog) -> Vec<(&FrozenEdition, FxHashMap<&str, &FrozenEntry>)> {
    let editions = [version_before(catalog), of_year_before(catalog)].into_iter().flatten();
    editions.map(|edition| (edition, edition.by_id())).collect()
}

/// What has changed since the edition of the year before, and beside that since the version before of the same year.
/// Where no earlier year is kept that version is what is compared with; `None` where there is none either.
pub fn changes(catalog: &Catalog) -> Option<Changes<'_>> {
    let in_the_year = version_before(catalog).map(|since| changes_since(catalog, since, In::Time));
    match changes_since_year_before(catalog) {
        Some(changes) => Some(Changes { corrections: in_the_year.map(Box::new), ..changes }),
        None => in_the_year,
    }
}

/// What has changed since the edition of the year before; `None` where none is kept.
pub fn changes_since_year_before(catalog: &Catalog) -> Option<Changes<'_>> {
    of_year_before(catalog).map(|since| changes_since(catalog, since, In::Time))
}

/// The edition that is being written as it was frozen, where it has been.
pub fn own(catalog: &Catalog) -> Option<&FrozenEdition> {
    let own = own_order(catalog);
    catalog.editions.iter().find(|kept| kept.order() == own)
}

/// What puts the edition that is being written among those that are kept.
fn own_order(catalog: &Catalog) -> (i16, Vec<u64>) {
    let edition = &catalog.catalogue.edition;
    (edition.year, version_numbers(&edition.version))
}

/// What the edition says in another way than when it was frozen; `None` where it has not been, or says the same.
pub fn rewritten(catalog: &Catalog) -> Option<Changes<'_>> {
    own(catalog).map(|own| changes_since(catalog, own, In::Writing)).filter(Changes::are_any)
}

/// What has to be in an edition for the edition to have it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum In {
    /// A day of its life.
    Time,
    /// Words about it, also when they say that it is over or to come.
    Writing,
}

fn changes_since<'a>(catalog: &Catalog, since: &'a FrozenEdition, is_had: In) -> Changes<'a> {
    let before = since.by_id();
    let now = facts::of(catalog, &Names::default());
    let was_there = |entry: &FrozenEntry| is_had == In::Writing || Life::then(entry, since) == Life::There;
    let is_there = |said: &Said| is_had == In::Writing || said.life == Life::There;
    // What is put off till later is still to come, and that is told by its days.
    let left: BTreeMap<&str, bool> =
        now.iter().map(|said| (said.id.as_str(), is_there(said) || said.life == Life::ToCome)).collect();
    let is_left = |entry: &FrozenEntry| left.get(entry.id.as_str()).copied().unwrap_or(false);
    let mut removed: Vec<&FrozenEntry> =
        since.entries.iter().filter(|entry| was_there(entry) && !is_left(entry)).collect();
    removed.sort_by(|a, b| text::compare(&a.name, &b.name));
    let names = earlier_names(catalog, &now, &before, since.form);
    let named = (!names.is_empty()).then(|| facts::of(catalog, &names));
    let named = named.as_ref().unwrap_or(&now);
    let years = catalog.catalogue.edition.year - since.year;
    let mut names_then = facts::names_in(since);
    // They are listed, and are no entries of an edition.
    let is_listed = |kind| matches!(kind, Kind::BusinessProcess | Kind::Capability);
    let listed = catalog.entries().filter(|(_, entry)| is_listed(entry.kind));
    names_then.extend(listed.map(|(_, entry)| entry.name.as_str()));
    let kept = Kept { form: since.form, years, names: &Known::of(names_then) };
    let gone: FxHashSet<&str> = removed.iter().map(|entry| entry.id.as_str()).collect();
    let told = now.iter().zip(named).filter(|(said, _)| !gone.contains(said.id.as_str()));
    let entries = told.filter_map(|(said, named)| {
        let before = before.get(said.id.as_str()).copied();
        match before.filter(|before| was_there(before) || !is_there(said)) {
            None if !is_there(said) || (before.is_none() && said.form > since.form) => None,
            before => Some(compared(said, named, before, kept)),
        }
    });
    let all_prices = of_all_prices(catalog, since, kept);
    Changes { since, all_prices, entries: entries.collect(), removed, corrections: None }
}

/// What is said of all prices in another way. A later version holds from the day of its correction: from one year to
/// the next it is the first days of the years' first versions that are compared.
fn of_all_prices(catalog: &Catalog, since: &FrozenEdition, kept: Kept<'_>) -> Vec<Difference> {
    let mut now = facts::of_all_prices(catalog);
    let mut before = since.facts.clone();
    if kept.years != 0 {
        let of_the_year = catalog.editions.iter().filter(|kept| kept.year == since.year);
        let first = of_the_year.min_by_key(|kept| kept.order());
        if let Some(day) = first.and_then(|first| first.facts.get(HOLDS_FROM)) {
            before.insert(HOLDS_FROM.into(), day.clone());
        }
        if version_before(catalog).is_some() {
            now.retain(|fact| fact.label != HOLDS_FROM);
            before.remove(HOLDS_FROM);
        }
    }
    differences(&now, &now, &before, kept)
}

/// An edition that is compared with.
#[derive(Clone, Copy)]
struct Kept<'a> {
    form: FrozenForm,
    /// How many years ago it was.
    years: i16,
    /// What it called what it had.
    names: &'a Known<'a>,
}

/// The names that an edition had for what is called something else now. By them, what is as it was is said as it was.
fn earlier_names(catalog: &Catalog, now: &[Said], before: &FxHashMap<&str, &FrozenEntry>, form: FrozenForm) -> Names {
    let earlier = |said: &Said| before.get(said.id.as_str()).map(|entry| entry.name.as_str());
    let renamed = now.iter().filter_map(|said| Some((said, earlier(said)?)));
    let renamed = renamed.filter(|(said, earlier)| said.name != *earlier && !earlier.is_empty());
    let mut names: Names = renamed.map(|(said, earlier)| (said.id.clone(), earlier.to_string())).collect();
    // What is new and has the name that something else had is not what the edition called so.
    let left: FxHashSet<String> = names.values().cloned().collect();
    let is_new = |said: &&Said| earlier(said).is_none() && said.form <= form && left.contains(&said.name);
    names.extend(now.iter().filter(is_new).map(|said| (said.id.clone(), format!("{} ({})", said.name, said.id))));
    let entities = catalog.entities();
    let of_services = entities.services.iter().flat_map(|service| &service.offerings);
    let offerings = of_services.chain(entities.supporting_services.iter().flat_map(|service| &service.offerings));
    let named = |offering: &ServiceOffering| {
        let name = offering_name(names.get(&offering.service)?, &offering.suffix.0);
        Some((offering.id.clone(), name))
    };
    let of_offerings: Vec<(String, String)> = offerings.filter_map(named).collect();
    names.extend(of_offerings);
    names
}

/// What has become of something: `named` is what is said of it now by the names that the earlier edition had.
fn compared(now: &Said, named: &Said, before: Option<&FrozenEntry>, kept: Kept<'_>) -> Entry {
    let entry = |is_new, differences| Entry {
        id: now.id.clone(),
        kind: now.kind.clone(),
        name: now.name.clone(),
        is_new,
        differences,
    };
    let Some(before) = before else { return entry(true, Vec::new()) };
    let kind = difference("Slag", Some(&before.kind), Some(&now.kind));
    let name = difference("Namn", Some(&before.name), Some(&now.name));
    let differences = differences(&now.facts, &named.facts, &before.facts, kept);
    entry(false, kind.into_iter().chain(name).chain(differences).collect())
}

/// What is said in another way than in an edition, where `named` is the same facts by the names that it had. What it
/// does not keep is not compared, and what is the same so many years later has only been agreed anew.
fn differences(now: &[Fact], named: &[Fact], before: &BTreeMap<String, String>, kept: Kept<'_>) -> Vec<Difference> {
    // An edition that keeps no dependencies says nothing of those that it has calls without.
    let before = match kept.form < FrozenForm::PROMISES {
        true => Cow::Borrowed(before),
        false => calls::aligned(named, before),
    };
    let is_kept = |named: &Fact| match before.contains_key(&named.label) {
        true => true,
        false => named.form <= kept.form && !named.is_usual(),
    };
    let is_said = |named: &Fact| named.is_said_in(&before, kept.years);
    let said = now.iter().zip(named).filter(|(_, named)| is_kept(named) && !is_said(named));
    let said = said.flat_map(|(now, named)| {
        let earlier = before.get(&named.label);
        if let (Sense::List(now), Sense::List(then), Some(earlier)) = (&now.sense, &named.sense, earlier)
            && let Some(differences) = calls::differences(&named.label, (now, then), earlier, kept.names)
        {
            return differences;
        }
        // By a name that has gone over to something else, both say the same.
        let after = if earlier == Some(&now.text) { &named.text } else { &now.text };
        difference(&now.label, earlier, Some(after)).into_iter().collect()
    });
    let told: FxHashSet<&str> = named.iter().map(|fact| fact.label.as_str()).collect();
    let gone = before.iter().filter(|(label, _)| !told.contains(label.as_str()));
    said.chain(gone.filter_map(|(label, text)| difference(label, Some(text), None))).collect()
}

fn difference(label: &str, before: Option<&String>, after: Option<&String>) -> Option<Difference> {
    let is_of_one = before.is_none() || after.is_none();
    // It comes and goes with its offering, which is told.
    if before == after || (is_of_one && label.starts_with(COUNTED)) {
        return None;
    }
    Some(Difference { label: label.to_string(), before: before.cloned(), after: after.cloned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Date, FromText};
    use std::sync::LazyLock;

    fn kept(years: i16) -> Kept<'static> {
        static NONE: LazyLock<Known<'_>> = LazyLock::new(|| Known::of(FxHashSet::default()));
        Kept { form: FrozenForm::LAST, years, names: &NONE }
    }

    fn entry(facts: &[(&str, &str)]) -> FrozenEntry {
        let facts = facts.iter().map(|(label, text)| (label.to_string(), text.to_string())).collect();
        FrozenEntry { id: "a".into(), kind: "produkt".into(), name: "A".into(), facts, renewed: BTreeMap::new() }
    }

    fn said(facts: &[(&str, &str)]) -> Said {
        let fact =
            |form, label: &str, text: &str| Fact { label: label.into(), text: text.into(), form, sense: Sense::Words };
        let facts = facts.iter().map(|(label, text)| fact(FrozenForm::FIRST, label, text)).collect();
        let (life, form) = (Life::There, FrozenForm::FIRST);
        Said { id: "a".into(), kind: "produkt".into(), name: "B".into(), life, form, facts }
    }

    #[test]
    fn what_is_new_other_and_gone_is_told_in_this_editions_order() {
        let before = entry(&[("Avdelning", "IoC"), ("Team", "Ett"), ("Kostnad", "1 kr")]);
        let now = said(&[("Team", "Två"), ("Avdelning", "IoC"), ("Område", "Drift")]);
        let entry = compared(&now, &now, Some(&before), Kept { form: FrozenForm::FIRST, ..kept(1) });
        assert!(!entry.is_new);
        let told: Vec<_> = entry
            .differences
            .iter()
            .map(|d| (d.label.as_str(), d.before.as_deref().unwrap_or("-"), d.after.as_deref().unwrap_or("-")))
            .collect();
        assert_eq!(
            told,
            [("Namn", "A", "B"), ("Team", "Ett", "Två"), ("Område", "-", "Drift"), ("Kostnad", "1 kr", "-")]
        );
        let new = compared(&now, &now, None, kept(1));
        assert!(new.is_new && new.differences.is_empty());
    }

    #[test]
    fn what_is_agreed_anew_is_no_change() {
        let day = |text: &str| Date::from_text(text).unwrap();
        let told = |before: &str, now: &str, years| {
            let mut said = said(&[("SLA gäller till", &text::date(day(now)))]);
            said.facts[0].sense = Sense::Renewed(day(now), None);
            let before = entry(&[("SLA gäller till", &text::date(day(before)))]);
            differences(&said.facts, &said.facts, &before.facts, kept(years)).len()
        };
        assert_eq!(told("2027-12-31", "2028-12-31", 1), 0);
        assert_eq!(told("2027-02-28", "2028-02-29", 1), 0, "the month's last day");
        assert_eq!(told("2028-02-29", "2029-02-28", 1), 0, "the same");
        assert_eq!(told("2027-02-27", "2028-02-28", 1), 1);
        assert_eq!(told("2026-12-31", "2028-12-31", 2), 0);
        assert_eq!(told("2027-12-31", "2028-11-30", 1), 1);
        assert_eq!(told("2027-12-31", "2028-12-31", 0), 1, "another version of the same year");
        assert_eq!(told("2027-12-31", "2027-12-31", 1), 0, "an SLA that goes on for years");
    }

    #[test]
    fn a_period_is_agreed_anew_when_both_its_days_have_moved_as_far() {
        let day = |text: &str| Date::from_text(text).unwrap();
        let labels = ["SLA gäller från", "SLA gäller till"];
        let told = |before: [&str; 2], now: [&str; 2]| {
            let [from, to] = now.map(|now| text::date(day(now)));
            let mut said = said(&[(labels[0], &from), (labels[1], &to)]);
            for (at, other) in [(0, 1), (1, 0)] {
                said.facts[at].sense = Sense::Renewed(day(now[at]), Some((labels[other], day(now[other]))));
            }
            let [from, to] = before.map(|before| text::date(day(before)));
            let before = entry(&[(labels[0], &from), (labels[1], &to)]);
            let told = differences(&said.facts, &said.facts, &before.facts, kept(1));
            told.into_iter().map(|difference| difference.label).collect::<Vec<_>>()
        };
        assert!(told(["2029-01-01", "2029-12-31"], ["2030-01-01", "2030-12-31"]).is_empty());
        assert!(told(["2029-01-01", "2030-12-31"], ["2029-01-01", "2030-12-31"]).is_empty());
        // Prolonged, and shortened.
        assert_eq!(told(["2029-01-01", "2030-12-31"], ["2029-01-01", "2031-12-31"]), [labels[1]]);
        assert_eq!(told(["2029-01-01", "2030-12-31"], ["2030-01-01", "2030-12-31"]), [labels[0]]);
        assert_eq!(told(["2029-01-01", "2029-12-31"], ["2030-01-01", "2031-12-31"]), labels);
    }

    #[test]
    fn where_a_line_may_break_is_no_change() {
        let told = |before: &str, now: &str| {
            let (before, said) = (entry(&[("Pris, artikel 1", before)]), said(&[("Pris, artikel 1", now)]));
            differences(&said.facts, &said.facts, &before.facts, kept(1)).len()
        };
        assert_eq!(told("Sida: 1–10: 5\u{a0}kr", "Sida: 1–10:\u{a0}5\u{a0}kr"), 0);
        assert_eq!(told("Sida: 1–10: 5\u{a0}kr", "Sida: 1–10:5\u{a0}kr"), 1);
    }

    #[test]
    fn the_same_time_written_otherwise_is_no_change() {
        let told = |before: &str| {
            let mut said = said(&[("Högsta nedtid per år", "8\u{a0}timmar")]);
            said.facts[0].sense = Sense::Time(480);
            let before = entry(&[("Högsta nedtid per år", before)]);
            differences(&said.facts, &said.facts, &before.facts, kept(1)).len()
        };
        let told = ["480\u{a0}minuter", "8\u{a0}timmar", "481\u{a0}minuter", "inte garanterad"].map(told);
        assert_eq!(told, [0, 0, 1, 1]);
    }

    #[test]
    fn what_is_the_same_by_the_names_of_then_is_no_change() {
        let now = said(&[("Erbjudandet Serverdrift.Guld", "Gold"), ("Avrop", "Serverdrift.Guld × 3, Ö")]);
        let named = said(&[("Erbjudandet Servrar.Guld", "Guld"), ("Avrop", "Servrar.Guld × 3, Ö")]);
        let before = entry(&[("Erbjudandet Servrar.Guld", "Guld"), ("Avrop", "Servrar.Guld × 2, Ö")]);
        let kept = Kept { form: FrozenForm::FIRST, ..kept(1) };
        let told = differences(&now.facts, &named.facts, &before.facts, kept);
        let told: Vec<String> = told.iter().map(Difference::to_string).collect();
        assert_eq!(told, ["Avrop: Servrar.Guld × 2, Ö → Serverdrift.Guld × 3, Ö"]);
    }

    #[test]
    fn versions_are_in_the_order_of_their_numbers() {
        let numbers = version_numbers;
        assert!(
            numbers("1.9") < numbers("1.10") && numbers("1.0") < numbers("1.0.1") && numbers("2.0") > numbers("1.10")
        );
        assert!(numbers("1") == numbers("1.0") && numbers("1.0") == numbers("1.0.0") && numbers("1") < numbers("10"));
    }
}

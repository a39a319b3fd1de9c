//! The chain of demands from an SLA by way of its Tjänste-OLA to the contracts with third parties, and its holes
//! (`§ 3.2.2`).
//!
//! A product without a contract is no hole: most are made without a third party, and nothing says of one that it ought
//! to have a contract. A contract that is there must be valid as long as the SLA is and what needs it is there. Its hours
//! must cover those of the SLA, and its response time must not be longer, where the service is down without it: behind its
//! own products, behind its calls in series, and behind what supports those.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use super::foundation;
use super::period::{self, Period};
use super::proof::covers;
use crate::model::{
    Call, Duration, Hours, Lifecycle, Section, Service, SignatoryRole, SupportingService, UnderpinningContract,
};
use crate::resolve::Catalog;

/// The chain behind one service.
#[derive(Debug)]
pub struct Trace<'a> {
    /// First what the service's own products need, and then what each call leads to, in the order of the calls.
    pub rows: Vec<Row<'a>>,
    /// Where the chain is broken.
    pub holes: Vec<Hole<'a>>,
}

/// One way from a service to contracts.
#[derive(Debug)]
pub struct Row<'a> {
    /// The call; `None` for the service's own products.
    pub call: Option<&'a Call>,
    /// The section of the Tjänste-OLA that the call is in.
    pub section: Option<&'a Section>,
    /// The contracts at the other end, each with the days of the SLA on which what needs it is there.
    pub contracts: Vec<(&'a UnderpinningContract, Period)>,
}

/// A place where the chain is broken.
#[derive(Debug, Clone, Copy)]
pub enum Hole<'a> {
    /// The service has no SLA.
    NoAgreement,
    /// A party has not signed the SLA.
    Unsigned(SignatoryRole),
    /// The service has no Tjänste-OLA.
    NoOperationalAgreement,
    /// The Tjänste-OLA calls for nothing.
    NoCalls,
    /// A call is in no section of the Tjänste-OLA, so that nobody approves it.
    CallWithoutSection(&'a Call),
    /// A section has no coordinator who could approve it.
    SectionWithoutCoordinator(&'a Section),
    /// A section is not approved.
    SectionNotApproved(&'a Section),
    /// A contract does not say from when and until when it is valid.
    ContractWithoutPeriod(&'a UnderpinningContract),
    /// A contract is not valid for all of the SLA's time on which what needs it is there.
    ContractPeriod(&'a UnderpinningContract),
    /// A contract does not say its hours.
    ContractWithoutHours(&'a UnderpinningContract),
    /// A contract's hours do not cover those of the SLA.
    ContractHours(&'a UnderpinningContract),
    /// A contract does not say its response time.
    ContractWithoutResponse(&'a UnderpinningContract),
    /// A contract's response time is longer than that of the SLA.
    ContractResponse(&'a UnderpinningContract),
}

impl Hole<'_> {
    /// Whether it is that of a contract. These come last.
    pub fn is_of_contract(&self) -> bool {
        matches!(
            self,
            Hole::ContractWithoutPeriod(_)
                | Hole::ContractPeriod(_)
                | Hole::ContractWithoutHours(_)
                | Hole::ContractHours(_)
                | Hole::ContractWithoutResponse(_)
                | Hole::ContractResponse(_)
        )
    }
}

/// The chain behind a service.
pub fn trace<'a>(catalog: &'a Catalog, service: &'a Service) -> Trace<'a> {
    let operational = service.operational_agreement.as_ref();
    let sections = service.sections();
    let calls = service.calls();
    let by_name = by_name(sections);
    let mut supporters: FxHashMap<Option<usize>, Vec<&SupportingService>> = FxHashMap::default();
    for (call, supporter) in foundation::supporters(catalog, service) {
        supporters.entry(call).or_default().push(supporter);
    }
    let agreed = period::of_agreement(catalog, service);
    let mut contracts_of = |id: &str, call: Option<usize>| {
        let days = foundation::days_of(catalog, service, call, agreed);
        contracts(catalog, id, &supporters.remove(&call).unwrap_or_default(), days)
    };
    let own = Row { call: None, section: None, contracts: contracts_of(&service.id, None) };
    let of_call = |(at, call): (usize, &'a Call)| Row {
        call: Some(call),
        section: section_of(&by_name, call),
        contracts: contracts_of(&catalog.offering(&call.offering).service, Some(at)),
    };
    let rows: Vec<Row<'_>> = std::iter::once(own).chain(calls.iter().enumerate().map(of_call)).collect();
    let mut holes = agreement_holes(service);
    match operational {
        None => holes.push(Hole::NoOperationalAgreement),
        Some(_) if calls.is_empty() => holes.push(Hole::NoCalls),
        Some(_) => {}
    }
    let loose = rows.iter().filter(|row| row.section.is_none()).filter_map(|row| row.call);
    holes.extend(loose.map(Hole::CallWithoutSection));
    for section in sections {
        match (&section.coordinator, section.approved) {
            (None, _) => holes.push(Hole::SectionWithoutCoordinator(section)),
            (Some(_), None) => holes.push(Hole::SectionNotApproved(section)),
            (Some(_), Some(_)) => {}
        }
    }
    holes.extend(contract_holes(catalog, service, &rows));
    Trace { rows, holes }
}

/// Sections by name, as many calls ask for them; of those that share one, the first.
pub fn by_name(sections: &[Section]) -> FxHashMap<&str, &Section> {
    sections.iter().rev().map(|section| (section.name.as_str(), section)).collect()
}

/// The section that a call says it is in.
pub fn section_of<'a>(sections: &FxHashMap<&str, &'a Section>, call: &Call) -> Option<&'a Section> {
    sections.get(call.section.as_deref()?).copied()
}

/// The contracts that the products of a service and of what supports it need, with those of what they enclose, and the
/// days of those given on which they are needed.
fn contracts<'a>(
    catalog: &'a Catalog,
    id: &str,
    supporters: &[&'a SupportingService],
    days: Period,
) -> Vec<(&'a UnderpinningContract, Period)> {
    let supporting = catalog.get::<SupportingService>(id).map(|service| &service.products);
    let products = supporting.or_else(|| catalog.get::<Service>(id).map(|service| &service.products));
    let supporting = supporters.iter().flat_map(|supporter| {
        let days = Lifecycle::while_there(supporter.lifecycle.as_ref(), days);
        supporter.products.iter().map(move |product| (product, days))
    });
    let products = products.into_iter().flatten().map(|product| (product, days)).chain(supporting);
    foundation::needed_contracts(catalog, products.map(|(product, days)| (&catalog[product], days)))
}

fn agreement_holes<'a>(service: &Service) -> Vec<Hole<'a>> {
    let Some(agreement) = &service.agreement else { return vec![Hole::NoAgreement] };
    let parties = [SignatoryRole::BusinessRepresentative, SignatoryRole::ServiceOwner];
    parties.into_iter().filter(|role| !agreement.is_signed_by(*role)).map(Hole::Unsigned).collect()
}

/// Each contract is told of once for each fault, though many calls lead to it.
fn contract_holes<'a>(catalog: &Catalog, service: &Service, rows: &[Row<'a>]) -> Vec<Hole<'a>> {
    let Some(agreement) = &service.agreement else { return Vec::new() };
    let level = &catalog[&agreement.level];
    // Each with the days on which the SLA needs it.
    let mut found: Vec<(&UnderpinningContract, Period)> = Vec::new();
    let mut places: FxHashMap<&str, usize> = FxHashMap::default();
    for row in rows {
        let is_needed = row.call.is_none_or(Call::is_in_series);
        for (contract, days) in &row.contracts {
            let needed = if is_needed { *days } else { period::NEVER };
            match places.entry(&contract.id) {
                Entry::Occupied(at) => {
                    let (_, known) = &mut found[*at.get()];
                    *known = period::together(*known, needed);
                }
                Entry::Vacant(place) => {
                    place.insert(found.len());
                    found.push((contract, needed));
                }
            }
        }
    }
    let mut holes = Vec::new();
    for (contract, needed) in found {
        let (starts, ends) = (contract.valid_from, contract.valid_to);
        if starts.is_none() && ends.is_none() {
            holes.push(Hole::ContractWithoutPeriod(contract));
        }
        if !period::is_some(needed) {
            continue;
        }
        let (from, to) = needed;
        let is_short = starts.is_some_and(|starts| starts > from) || ends.is_some_and(|ends| ends < to);
        holes.extend(is_short.then_some(Hole::ContractPeriod(contract)));
        match contract.hours {
            None => holes.extend((level.hours == Hours::Always).then_some(Hole::ContractWithoutHours(contract))),
            Some(open) => holes.extend((!covers(open, level.hours)).then_some(Hole::ContractHours(contract))),
        }
        match &contract.response_time {
            None => holes.push(Hole::ContractWithoutResponse(contract)),
            Some(time) if time.minutes > level.response_time.minutes => holes.push(Hole::ContractResponse(contract)),
            Some(_) => {}
        }
    }
    holes
}

/// A hole in words.
pub fn told(catalog: &Catalog, service: &Service, hole: Hole<'_>) -> String {
    let promised = service.agreement.as_ref().map(|agreement| &catalog[&agreement.level]);
    let level = promised.map(|level| level.hours.label()).unwrap_or_default();
    match hole {
        Hole::NoAgreement => "Tjänsten har inget SLA.".into(),
        Hole::Unsigned(SignatoryRole::BusinessRepresentative) => {
            "SLA är inte undertecknat av verksamhetsrepresentanten.".into()
        }
        Hole::Unsigned(SignatoryRole::ServiceOwner) => "SLA är inte undertecknat av tjänsteägaren.".into(),
        Hole::NoOperationalAgreement => "Tjänsten har inget Tjänste-OLA.".into(),
        Hole::NoCalls => "Tjänste-OLA avropar ingenting.".into(),
        Hole::CallWithoutSection(call) => {
            let name = &catalog.offering(&call.offering).name;
            match &call.section {
                None => format!("Avropet av {name} står inte i något avsnitt av Tjänste-OLA."),
                Some(section) => {
                    format!("Avropet av {name} hör till avsnittet {section}, som inte finns i Tjänste-OLA.")
                }
            }
        }
        Hole::SectionWithoutCoordinator(section) => {
            format!("Avsnittet {} i Tjänste-OLA har ingen funktionssamordnare.", section.name)
        }
        Hole::SectionNotApproved(section) => format!("Avsnittet {} i Tjänste-OLA är inte godkänt.", section.name),
        Hole::ContractWithoutPeriod(contract) => {
            format!("Kontraktet {} säger inte när det gäller.", contract.name)
        }
        Hole::ContractPeriod(contract) => {
            format!("Kontraktet {} gäller inte hela den tid som det behövs för SLA.", contract.name)
        }
        Hole::ContractWithoutHours(contract) => {
            format!("Kontraktet {} säger inte vilka tider det gäller, men SLA gäller {level}.", contract.name)
        }
        Hole::ContractHours(contract) => {
            format!("Kontraktet {} gäller bara kontorstid, men SLA gäller {level}.", contract.name)
        }
        Hole::ContractWithoutResponse(contract) => format!("Kontraktet {} anger ingen åtgärdstid.", contract.name),
        Hole::ContractResponse(contract) => {
            let text = |time: Option<&Duration>| time.map(ToString::to_string).unwrap_or_default();
            let (has, wanted) =
                (text(contract.response_time.as_ref()), text(promised.map(|level| &level.response_time)));
            format!("Kontraktet {} har åtgärdstiden {has}, men SLA {wanted}.", contract.name)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::catalog_of;

    const PERSONS: &str = "- {id: hon, namn: Hon}\n";
    const LEVELS: &str = "- {id: hela, öppettid: dygnet-runt, åtgärdstid: 2 timmar, nedtid_per_år: 8 timmar}\n";

    /// The holes of a service, and the contracts of each row.
    fn traced(service: &str, contract: &str) -> (Vec<String>, Vec<Vec<String>>) {
        let files = [
            ("personer.yaml", PERSONS),
            ("tjanstenivaer.yaml", LEVELS),
            ("tjanster/a.yaml", service),
            ("produkter/p.yaml", "namn: P\n"),
            ("produkter/ytter.yaml", "namn: Ytter\ninnehåller: [inre]\n"),
            ("produkter/inre.yaml", "namn: Inre\nkontrakt: [k]\n"),
            ("kontrakt/k.yaml", contract),
            (
                "stodjande-tjanster/drift.yaml",
                "namn: Drift\nklass: teknisk\nprodukter: [ytter]\nerbjudanden: [{suffix: Guld}]\n",
            ),
        ];
        let (_folder, catalog) = catalog_of(&files);
        let service = catalog.get("a").unwrap();
        let trace = trace(&catalog, service);
        let holes = trace.holes.iter().map(|hole| told(&catalog, service, *hole)).collect();
        let ids = |row: &Row<'_>| row.contracts.iter().map(|(contract, _)| contract.id.clone()).collect();
        (holes, trace.rows.iter().map(ids).collect())
    }

    const SLA: &str = "sla: {nivå: hela, giltig_från: 2027-01-01, giltig_till: 2027-12-31, underskrifter: [\
        {roll: verksamhetsrepresentant, person: hon, datum: 2026-11-01}, {roll: tjänsteägare, person: hon, datum: 2026-11-01}]}\n";
    const SECTIONS: &str = "avsnitt: [{namn: Drift, funktionssamordnare: hon, godkänd: 2026-11-01}]";

    fn service(sla: &str, call: &str, sections: &str) -> String {
        format!("namn: A\nprodukter: [p]\n{sla}ola: {{avrop: [{{erbjudande: drift.guld{call}}}], {sections}}}\n")
    }

    #[test]
    fn a_whole_chain_has_no_holes_and_a_product_needs_no_contract() {
        let contract =
            "namn: K\nöppettid: dygnet-runt\nåtgärdstid: 2 timmar\ngiltig_från: 2026-01-01\ngiltig_till: 2027-12-31\n";
        let (holes, contracts) = traced(&service(SLA, ", avsnitt: Drift", SECTIONS), contract);
        assert_eq!(holes, [""; 0]);
        assert_eq!(contracts, [vec![], vec!["k".to_string()]]);
    }

    #[test]
    fn what_supports_a_call_brings_its_contracts() {
        let contract = "namn: K\nöppettid: kontorstid\nåtgärdstid: 2 timmar\ngiltig_från: 2026-01-01\n";
        let calls = "{erbjudande: drift.guld}";
        let with = |calls: &str| {
            let service = format!("namn: A\nprodukter: [p]\nsla: {{nivå: hela}}\nola: {{avrop: [{calls}]}}\n");
            let (_folder, catalog) = catalog_of(&[
                ("tjanstenivaer.yaml", LEVELS),
                ("tjanster/a.yaml", &service),
                ("produkter/p.yaml", "namn: P\n"),
                ("produkter/hsm.yaml", "namn: Hsm\nkontrakt: [k]\n"),
                ("kontrakt/k.yaml", contract),
                (
                    "stodjande-tjanster/drift.yaml",
                    "namn: Drift\nklass: teknisk\nprodukter: [p]\nerbjudanden: [{suffix: Guld}]\n",
                ),
                (
                    "stodjande-tjanster/nycklar.yaml",
                    "namn: Nycklar\nklass: teknisk\nprodukter: [hsm]\nstödjer: [drift]\nerbjudanden: [{suffix: Guld}]\n",
                ),
            ]);
            let service = catalog.get::<Service>("a").unwrap();
            let trace = trace(&catalog, service);
            let counts: Vec<usize> = trace.rows.iter().map(|row| row.contracts.len()).collect();
            let told = trace.holes.iter().map(|hole| told(&catalog, service, *hole));
            let told = told.filter(|told| told.contains("kontorstid")).count();
            let of = foundation::of(&catalog, "a");
            (counts, told, of.services.iter().map(|id| id.to_string()).collect::<Vec<_>>(), of.contracts.len())
        };
        assert_eq!(with(calls), (vec![0, 1], 1, vec!["drift".to_string(), "nycklar".to_string()], 1));
        let without = format!("{calls}, {{erbjudande: nycklar.guld, samband: ej-kritisk}}");
        assert_eq!(with(&without).0, [0, 0, 1]);
        assert_eq!(with(&without).1, 0);
    }

    #[test]
    fn every_hole_is_told() {
        let contract = "namn: K\nöppettid: kontorstid\nåtgärdstid: 8 timmar\ngiltig_från: 2027-02-01\n";
        let sla = SLA.replace(", {roll: tjänsteägare, person: hon, datum: 2026-11-01}", "");
        let sections = "avsnitt: [{namn: Stöd}, {namn: Mer, funktionssamordnare: hon}]";
        let wanted = [
            "SLA är inte undertecknat av tjänsteägaren.",
            "Avropet av Drift.Guld hör till avsnittet Drift, som inte finns i Tjänste-OLA.",
            "Avsnittet Stöd i Tjänste-OLA har ingen funktionssamordnare.",
            "Avsnittet Mer i Tjänste-OLA är inte godkänt.",
            "Kontraktet K gäller inte hela den tid som det behövs för SLA.",
            "Kontraktet K gäller bara kontorstid, men SLA gäller 24/7/365.",
            "Kontraktet K har åtgärdstiden 8\u{a0}timmar, men SLA 2\u{a0}timmar.",
        ];
        assert_eq!(traced(&service(&sla, ", avsnitt: Drift", sections), contract).0, wanted);
        let wanted = [
            "Avropet av Drift.Guld står inte i något avsnitt av Tjänste-OLA.",
            "Kontraktet K säger inte när det gäller.",
        ];
        // What the service does without need not be there at all hours.
        assert_eq!(traced(&service(SLA, ", samband: ej-kritisk", SECTIONS), "namn: K\n").0, wanted);
        // An SLA without days is for the edition's.
        let undated = SLA.replace("giltig_från: 2027-01-01, giltig_till: 2027-12-31, ", "");
        let holds = |to: &str| {
            format!("namn: K\nöppettid: dygnet-runt\nåtgärdstid: 1 timme\ngiltig_från: 2026-01-01\ngiltig_till: {to}\n")
        };
        let undated = service(&undated, ", avsnitt: Drift", SECTIONS);
        assert_eq!(traced(&undated, &holds("2027-12-31")).0, [""; 0]);
        assert_eq!(
            traced(&undated, &holds("2027-12-30")).0,
            ["Kontraktet K gäller inte hela den tid som det behövs för SLA."]
        );
        let unsaid = "namn: K\nöppettid: dygnet-runt\ngiltig_från: 2026-01-01\n";
        assert_eq!(traced(&undated, unsaid).0, ["Kontraktet K anger ingen åtgärdstid."]);
        let alone = "namn: A\nprodukter: [p]\n";
        assert_eq!(traced(alone, contract).0, ["Tjänsten har inget SLA.", "Tjänsten har inget Tjänste-OLA."]);
    }
}

//! A proof in words, for whoever signs on it and for whoever has to mend it.

use std::collections::BTreeSet;

use super::{Carrier, Change, Cure, Lack, Link, Need, Overpromise, Promise, Proof, Shortfall, Verdict};
use crate::model::{Dependency, Entity, Hours, Service, ServiceLevel, ServiceOffering, SupportingService};
use crate::resolve::Catalog;
use crate::text::{self, NO_BREAK_SPACE, duration, listed};

/// What comes of the proof, in a sentence.
pub fn verdict(proof: &Proof<'_>) -> String {
    let allowed = proof.level.map(|level| duration(level.downtime.minutes)).unwrap_or_default();
    match proof.verdict {
        Verdict::Holds => {
            let worst_case = duration(proof.worst_case);
            match alone(proof) {
                None => format!(
                    "Nivån håller: i värsta fall är tjänsten nere {worst_case} på ett år, och SLA tillåter {allowed}."
                ),
                Some(names) => format!(
                    "Nivån håller bara om något kan ta över för {names}, och inget sådant är avropat. Räknas \
                     avbrotten i {names} inte med är tjänsten i värsta fall nere {worst_case} på ett år, och SLA \
                     tillåter {allowed}."
                ),
            }
        }
        Verdict::Fails => "Avropen räcker inte för tjänstenivån i SLA.".into(),
        Verdict::NoAgreement => "Det finns inget SLA, och därför ingen tjänstenivå att pröva.".into(),
        Verdict::NothingInSeries if proof.links.is_empty() => {
            "Nivån kan inte prövas: Tjänste-OLA har inga avrop, så inget visar att den håller.".into()
        }
        Verdict::NothingInSeries => {
            "Nivån kan inte prövas: inget avrop är i serie, så inget visar att den håller.".into()
        }
    }
}

/// The redundant calls beside which nothing is called for that could take over.
fn alone(proof: &Proof<'_>) -> Option<String> {
    let names = each_once(proof.alone.iter().map(|at| proof.links[*at].offering.name.as_str()));
    (!names.is_empty()).then(|| listed(&names))
}

/// Names in their order, those that stand there again left out.
fn each_once<'n>(names: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let mut known = BTreeSet::new();
    names.filter(|name| known.insert(*name)).collect()
}

/// The sum of the worst cases against what the SLA allows: `2 × 4 timmar = 8 timmar ≤ 8 timmar`. `None` without an SLA,
/// or where some call promises nothing.
pub fn sum(proof: &Proof<'_>) -> Option<String> {
    let allowed = proof.level?.downtime.minutes;
    let mut terms: Vec<(u64, u64)> = Vec::new();
    for link in proof.links.iter().filter(|link| link.is_added()) {
        let minutes = link.promise.worst_case()?;
        match terms.iter_mut().find(|(known, _)| *known == minutes) {
            Some((_, count)) => *count += 1,
            None => terms.push((minutes, 1)),
        }
    }
    if terms.is_empty() {
        return None;
    }
    let term = |(minutes, count): &(u64, u64)| match count {
        1 => duration(*minutes),
        count => format!("{}{NO_BREAK_SPACE}×{NO_BREAK_SPACE}{}", text::number((*count).into()), duration(*minutes)),
    };
    let is_sum = terms.len() > 1 || terms[0].1 > 1;
    let told = terms.iter().map(term).collect::<Vec<_>>().join(" + ");
    let total = if is_sum { format!(" = {}", duration(proof.worst_case)) } else { String::new() };
    let sign = if proof.worst_case > allowed { '>' } else { '≤' };
    Some(format!("{told}{total} {sign}{NO_BREAK_SPACE}{}", duration(allowed)))
}

/// Why the worst case of a call is not counted: its Tjänste-OLA declares it, it is a part of another, or one takes the
/// other's place; `None` for one that is.
pub fn uncounted(proof: &Proof<'_>, at: usize) -> Option<&'static str> {
    let link = &proof.links[at];
    match link.dependency() {
        Dependency::Redundant if proof.cannot_take_over.contains(&at) => Some("kan inte ta över"),
        Dependency::Redundant if proof.alone.contains(&at) => {
            Some("räknas inte: angivet som redundant, men inget annat är avropat som kan ta över")
        }
        Dependency::Series => match (link.part_of, link.instead) {
            (Some(_), _) => Some("räknas inte: en annan artikel för samma erbjudande som ovan"),
            (None, Some(_)) => Some("räknas inte en gång till: det ena avropet ersätter det andra under året"),
            (None, None) => None,
        },
        Dependency::Redundant if !proof.cannot_take_over.is_empty() => Some("räknas inte: angivet som redundant"),
        Dependency::Redundant => Some("räknas inte: något annat tar över"),
        Dependency::NonCritical => Some("räknas inte: tjänsten fungerar utan"),
    }
}

/// What is promised of a call: its level, or another service's.
pub fn promise(promise: Promise<'_>) -> Option<String> {
    match promise {
        Promise::Level(level) => Some(level.name.clone()),
        Promise::Agreement(level) => Some(level.name().into_owned()),
        Promise::Circular | Promise::Absent | Promise::Nothing => None,
    }
}

/// How the worst case of a call is worked out: `2 avbrott × 2 timmar = 4 timmar`.
pub fn worst_case(promise: Promise<'_>) -> Option<String> {
    let total = duration(promise.worst_case()?);
    Some(match (promise.outages(), promise.restore()) {
        (Some(count), Some(restore)) => {
            let count = text::number(count.into());
            format!("{count}{NO_BREAK_SPACE}avbrott × {} = {total}", duration(restore))
        }
        _ => format!("{total}, nedtiden i dess SLA"),
    })
}

/// Why the proof fails, each reason once: two calls for one offering fail alike.
pub fn reasons<'s>(
    catalog: &Catalog,
    proof: &Proof<'_>,
    shortfalls: impl IntoIterator<Item = &'s Shortfall>,
) -> Vec<String> {
    let mut known = BTreeSet::new();
    let reasons = shortfalls.into_iter().map(|of| shortfall(catalog, proof, *of));
    reasons.filter(|reason| known.insert(reason.clone())).collect()
}

/// One reason why the proof fails.
pub fn shortfall(catalog: &Catalog, proof: &Proof<'_>, shortfall: Shortfall) -> String {
    let Some(level) = proof.level else { return String::new() };
    match shortfall {
        Shortfall::NotGuaranteed { call } => not_guaranteed(catalog, &proof.links[call]),
        Shortfall::Hours { call } => {
            let link = &proof.links[call];
            let takes_over = if link.counts() { "" } else { " och kan inte ta över utanför den" };
            let (name, hours) = (&link.offering.name, level.hours.label());
            format!("{name} är bara öppen på kontorstid{takes_over}, men SLA lovar {hours}.")
        }
        Shortfall::Restore { call } => {
            let link = &proof.links[call];
            let restore = duration(link.promise.restore().unwrap_or_default());
            let wanted = &level.response_time;
            format!("{} återställs inom {restore}, men SLA har riktvärdet {wanted}.", link.offering.name)
        }
        Shortfall::Downtime => format!(
            "De värsta fallen blir tillsammans {} på ett år, men SLA tillåter {}.",
            duration(proof.worst_case),
            duration(level.downtime.minutes)
        ),
        Shortfall::Nested { carrier } => {
            let carrier = &proof.carriers[carrier];
            let above = catalog.entry(carrier.nested.above).map_or(carrier.nested.above, |entry| &entry.name);
            let service = &carrier.nested.service.name;
            let relation = if is_direct(catalog, carrier) { "omsluter" } else { "stöds av" };
            let lacks = lack(carrier.carries.err().unwrap_or(Lack::NotGuaranteed));
            format!("{above} {relation} {service}, där {lacks} för {}.", need(proof, carrier))
        }
    }
}

/// That a supporting service promises more than what is enclosed can carry.
pub fn overpromise(found: &Overpromise<'_>) -> String {
    let Overpromise { above, service, offering, level, lack: lacks } = found;
    let (above, service, lacks) = (&above.name, &service.name, lack(*lacks));
    format!("{above} omsluter {service}, där {lacks} för {}.", level_of(level, offering))
}

fn level_of(level: &ServiceLevel, offering: &ServiceOffering) -> String {
    format!("nivån {} hos {}", level.name, offering.name)
}

/// Whether what is above a carrier encloses it.
fn is_direct(catalog: &Catalog, carrier: &Carrier<'_>) -> bool {
    let above = catalog.get::<crate::model::Product>(carrier.nested.above);
    above.is_some_and(|product| product.contains.iter().any(|inner| inner.id == carrier.nested.service.id))
}

fn not_guaranteed(catalog: &Catalog, link: &Link<'_>) -> String {
    let name = &link.offering.name;
    match link.promise {
        Promise::Level(level) => {
            let takes_over = if link.counts() { "" } else { ", så den räknas inte som något som tar över" };
            let level = &level.name;
            format!("{name} har nivån {level}, som inte garanterar både återställsetid och antal avbrott{takes_over}.")
        }
        Promise::Absent => {
            let so = if link.counts() { "visar ingenting" } else { "räknas inte som något som tar över" };
            format!("{name} finns inte under den tid som SLA gäller, så den {so}.")
        }
        Promise::Circular => format!("{name} vilar i sin tur på tjänsten själv, så dess SLA visar ingenting."),
        _ if is_of_service(catalog, link.offering) => {
            format!("{name} omfattas inte av något SLA, så inget är lovat för den.")
        }
        _ => format!("{name} har ingen servicenivå, så inget är lovat för den."),
    }
}

/// What none of a service's offerings has.
pub fn lack(lack: Lack) -> &'static str {
    match lack {
        Lack::NotGuaranteed => "inget erbjudande har garanterade tider",
        Lack::Hours => "inget erbjudande är öppet länge nog",
        Lack::Restore => "inget erbjudande återställs snabbt nog",
        Lack::WorstCase => "inget erbjudande har tillräckligt kort nedtid i värsta fall",
    }
}

/// What has to be carried: the offering above, or the SLA.
pub fn need(proof: &Proof<'_>, carrier: &Carrier<'_>) -> String {
    match (carrier.need, carrier.call) {
        (Need::Level(level), Some(call)) => level_of(level, proof.links[call].offering),
        (Need::Level(level), None) => format!("nivån {}", level.name),
        (Need::Agreement(level), _) => format!("tjänstenivån {}", level.name()),
    }
}

/// What would make the proof hold.
pub fn cure(catalog: &Catalog, proof: &Proof<'_>, cure: &Cure<'_>) -> String {
    let mut sentences = vec![match &cure.change {
        Some(change) => self::change(proof, change),
        None => no_change(catalog, proof, cure),
    }];
    sentences.push(match cure.level {
        Some(level) => format!("Som avropen är bär de tjänstenivån {}.", level.name()),
        None => "Som avropen är bär de ingen av tjänstenivåerna.".into(),
    });
    sentences.join(" ")
}

fn change(proof: &Proof<'_>, change: &Change<'_>) -> String {
    let one = |(at, to): &(usize, &ServiceOffering)| format!("{} mot {}", proof.links[*at].offering.name, to.name);
    let changes = listed(&change.calls.iter().map(one).collect::<Vec<_>>());
    let (kind, price) = match change.extra {
        None => ("Den minsta ändring", String::new()),
        Some(extra) if extra.is_zero() => ("Den billigaste ändring", ", till samma pris".to_string()),
        Some(extra) if extra.is_sign_negative() => {
            ("Den billigaste ändring", format!(", {} billigare per år", text::kronor(-extra)))
        }
        Some(extra) => ("Den billigaste ändring", format!(", {} mer per år", text::kronor(extra))),
    };
    let worst_case = duration(change.worst_case);
    format!("{kind} som räcker: byt {changes}{price}. Då är tjänsten i värsta fall nere {worst_case} på ett år.")
}

fn no_change(catalog: &Catalog, proof: &Proof<'_>, cure: &Cure<'_>) -> String {
    if !proof.links.iter().any(Link::counts) {
        return "Ingen ändring av nivåer räcker: inget avrop är i serie, så inget visar att nivån håller. Ange sambandet \
                serie för det som tjänsten inte fungerar utan."
            .into();
    }
    let is_redundant = |at: &usize| proof.cannot_take_over.contains(at);
    let way = if !cure.hopeless.is_empty() && cure.hopeless.iter().all(is_redundant) {
        "Låt något annat ta över, kom överens om en lägre tjänstenivå, eller ange avropet som ej-kritisk om tjänsten \
         klarar sig utan det."
    } else {
        "Ha färre avrop i serie, låt något annat ta över för dem, eller kom överens om en lägre tjänstenivå."
    };
    let hopeless = cure.hopeless.iter().map(|at| proof.links[*at].offering);
    // An IS/IT service has no levels to choose among: what it promises stands in its SLA.
    let (own, supporting): (Vec<_>, Vec<_>) = hopeless.partition(|offering| is_of_service(catalog, offering));
    let of = |names: Vec<&str>, lacks: &str| {
        (!names.is_empty()).then(|| format!("{} {lacks}", listed(&each_once(names.into_iter()))))
    };
    let service = |offering: &&ServiceOffering| catalog.get::<SupportingService>(&offering.service);
    let supporting = supporting.iter().filter_map(service).map(|service| service.name.as_str()).collect();
    let own: Vec<&str> = own.iter().map(|offering| offering.name.as_str()).collect();
    let without = match own.len() {
        1 => "är en IS/IT-tjänst utan ett SLA som räcker",
        _ => "är IS/IT-tjänster utan SLA som räcker",
    };
    let told: Vec<String> =
        [of(supporting, "har ingen nivå som räcker"), of(own, without)].into_iter().flatten().collect();
    match told.is_empty() {
        true => format!("Ingen ändring av nivåer räcker. {way}"),
        false => format!("Ingen ändring av nivåer räcker: {}. {way}", told.join(", och ")),
    }
}

/// Whether an offering is an IS/IT service's.
fn is_of_service(catalog: &Catalog, offering: &ServiceOffering) -> bool {
    catalog.get::<Service>(&offering.service).is_some()
}

/// The hours in a table's cell.
pub fn hours(hours: Hours) -> &'static str {
    match hours {
        Hours::Always => "24/7/365",
        Hours::Office => "kontorstid",
    }
}

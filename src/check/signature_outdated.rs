//! An SLA that has been changed since it was signed.

use super::sla_unsigned::definite;
use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::editions::{self, renewed};
use crate::model::{FrozenEdition, FrozenEntry, Service, ServiceLevelAgreement};
use crate::resolve::Catalog;
use crate::text;

/// What is kept of the edition before.
const EDITION: (&str, &str) = (
    "utgavor/2026.yaml",
    r#"
    form: 5
    år: 2026
    version: "1.0"
    antal: 5
    poster:
      - id: orbit-operationsplanering
        slag: IS/IT-tjänst
        namn: Orbit Operationsplanering
        förnyas:
          "SLA, nivå": kontorstid-8h
          "SLA, sista dag": 2026-12-31
          "Undertecknat, verksamhetsrepresentant": 2025-11-01
          "Undertecknat, tjänsteägare": 2025-11-02
    "#,
);

pub static RULE: Rule = Rule {
    code: Code(425),
    name: "signature-outdated",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 3.2",
    docs: "Parterna undertecknar nivån, det som nivån lovar och dagarna i ett SLA. Ändras något av det undertecknar \
           de igen: annars visar katalogen ett löfte som undertecknat fast ingen har kommit överens om det. SLA \
           jämförs med hur det såg ut i en fryst utgåva där underskriften har samma dag. Ett SLA som gäller i flera \
           år och är som det var behöver inga nya underskrifter.",
    wrong: &[
        EDITION,
        (
            "tjanster/orbit-operationsplanering.yaml",
            "
            förändring: {typ: förändrad, motivering: Nivån höjs.}
            sla:
              # …
              giltig_till: 2027-12-31
              underskrifter:
                - {roll: verksamhetsrepresentant, person: cecilia-carlsson, datum: 2025-11-01}
                - {roll: tjänsteägare, person: bo-berg, datum: 2025-11-02}
            ",
        ),
        ("stodjande-tjanster/servrar.yaml", "förändring: {typ: ny, motivering: Ersätter de egna servrarna.}"),
        ("stodjande-tjanster/servicedesk-arenden.yaml", "förändring: {typ: ny, motivering: En väg in för ärenden.}"),
    ],
    right: &[
        EDITION,
        (
            "tjanster/orbit-operationsplanering.yaml",
            "
            förändring: {typ: förändrad, motivering: Nivån höjs.}
            sla:
              # …
              giltig_till: 2027-12-31
              underskrifter:
                - {roll: verksamhetsrepresentant, person: cecilia-carlsson, datum: 2026-11-01}
                - {roll: tjänsteägare, person: bo-berg, datum: 2026-11-02}
            ",
        ),
        ("stodjande-tjanster/servrar.yaml", "förändring: {typ: ny, motivering: Ersätter de egna servrarna.}"),
        ("stodjande-tjanster/servicedesk-arenden.yaml", "förändring: {typ: ny, motivering: En väg in för ärenden.}"),
    ],
    cure: "låt parterna underteckna SLA som det är nu och skriv in den nya dagen, eller ta bort datum tills det är \
           gjort",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let earlier = editions::before(catalog);
    for service in standing::services(catalog) {
        let Some(agreement) = &service.agreement else { continue };
        let mut kept = earlier.iter().filter_map(|(since, entries)| Some((*since, *entries.get(service.id.as_str())?)));
        if let Some((at, message)) = kept.find_map(|(since, then)| outdated(catalog, service, agreement, since, then)) {
            findings.add(&service.id, &format!("sla.underskrifter.{at}.datum"), message, RULE.cure);
        }
    }
}

/// The first signature that is from what the SLA was in an edition, where it is another now, and what to say of it.
fn outdated(
    catalog: &Catalog,
    service: &Service,
    agreement: &ServiceLevelAgreement,
    since: &FrozenEdition,
    then: &FrozenEntry,
) -> Option<(usize, String)> {
    let is_other = |(what, now): &(&'static str, String)| {
        then.renewed.get(&renewed::of_agreement(what)).is_some_and(|then| then != now)
    };
    let differs: Vec<&str> =
        renewed::agreed(catalog, agreement).iter().filter(|agreed| is_other(agreed)).map(|(what, _)| *what).collect();
    let left = agreement.signatures.iter().enumerate().filter_map(|(at, signature)| {
        let day = signature.date?;
        let mut days = then.renewed.get(&renewed::signed_by(signature.role))?.split(renewed::BETWEEN_DAYS);
        let told = || format!("{} av {}", text::date(day), definite(signature.role));
        days.any(|then| then == day.to_string()).then(|| (at, told()))
    });
    let (places, left): (Vec<usize>, Vec<String>) = left.unzip();
    let first = places.first().filter(|_| !differs.is_empty())?;
    let left: Vec<&str> = left.iter().map(String::as_str).collect();
    let message = format!(
        "SLA för ”{}” har ändrats sedan {since} ({}), men är fortfarande undertecknat {}",
        service.name,
        differs.join(", "),
        text::listed(&left)
    );
    Some((*first, message))
}

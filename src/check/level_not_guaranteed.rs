//! A call in series on something of which nothing is promised.

use super::{Findings, Rule, levels};
use crate::calculate::proof::{Promise, Shortfall};
use crate::diagnostic::{Code, Severity};
use crate::model::Service;
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(163),
    name: "level-not-guaranteed",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 3.2, bilaga 1",
    docs: "Ett avrop i serie måste ha en nivå som garanterar både återställsetid och antal avbrott. Annars går det inte att visa att SLA håller. Nivån Järn är till för teknik som ingen längre stödjer, och garanterar inget av dem.",
    wrong: &[
        (
            "stodjande-tjanster/servrar.yaml",
            r#"
            erbjudanden:
              - {suffix: Järn, servicenivå: jarn, priser: [{artikel: "2000", benämning: Server Järn, pris: 1900, enhet: server, per: månad}]}
              - {suffix: Silver, servicenivå: silver, priser: [{artikel: "2001", benämning: Server Silver, pris: 2900, enhet: server, per: månad}]}
              - {suffix: Guld, servicenivå: guld, priser: [{artikel: "2002", benämning: Server Guld, pris: 4300, enhet: server, per: månad}]}
"#,
        ),
        (
            "tjanster/orbit-operationsplanering.yaml",
            r#"
            sla:
              nivå: kontorstid-8h
              giltig_från: 2027-01-01
              giltig_till: 2027-12-31
              omfattning: Planering i produktionsmiljön.
              underskrifter:
                - {roll: verksamhetsrepresentant, person: cecilia-carlsson, datum: 2026-11-01}
                - {roll: tjänsteägare, person: bo-berg, datum: 2026-11-02}
            ola:
              avrop:
                - {erbjudande: servrar.jarn, antal: 2, samband: serie, avsnitt: Drift}
                - {erbjudande: servicedesk-arenden.silver, antal: 1, samband: ej-kritisk, avsnitt: Support}
              avsnitt:
                - {namn: Drift, funktionssamordnare: anna-alm, godkänd: 2026-10-01}
                - {namn: Support, funktionssamordnare: anna-alm, godkänd: 2026-10-02}
"#,
        ),
    ],
    right: &[
        (
            "stodjande-tjanster/servrar.yaml",
            r#"
            erbjudanden:
              - {suffix: Järn, servicenivå: jarn, priser: [{artikel: "2000", benämning: Server Järn, pris: 1900, enhet: server, per: månad}]}
              - {suffix: Silver, servicenivå: silver, priser: [{artikel: "2001", benämning: Server Silver, pris: 2900, enhet: server, per: månad}]}
              - {suffix: Guld, servicenivå: guld, priser: [{artikel: "2002", benämning: Server Guld, pris: 4300, enhet: server, per: månad}]}
"#,
        ),
        (
            "tjanster/orbit-operationsplanering.yaml",
            r#"
            sla:
              nivå: kontorstid-8h
              giltig_från: 2027-01-01
              giltig_till: 2027-12-31
              omfattning: Planering i produktionsmiljön.
              underskrifter:
                - {roll: verksamhetsrepresentant, person: cecilia-carlsson, datum: 2026-11-01}
                - {roll: tjänsteägare, person: bo-berg, datum: 2026-11-02}
            ola:
              avrop:
                - {erbjudande: servrar.silver, antal: 2, samband: serie, avsnitt: Drift}
                - {erbjudande: servicedesk-arenden.silver, antal: 1, samband: ej-kritisk, avsnitt: Support}
              avsnitt:
                - {namn: Drift, funktionssamordnare: anna-alm, godkänd: 2026-10-01}
                - {namn: Support, funktionssamordnare: anna-alm, godkänd: 2026-10-02}
"#,
        ),
    ],
    cure: "avropa en nivå som garanterar tider, eller ange att tjänsten klarar sig utan",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let concerns = |shortfall: &Shortfall| matches!(shortfall, Shortfall::NotGuaranteed { .. });
    levels::each_shortfall(findings.facts, concerns, &mut |service, proof, shortfall, help| {
        let Shortfall::NotGuaranteed { call } = shortfall else { return };
        let link = &proof.links[call];
        // That a supporting service's offering has no level is a finding of its own.
        let has_level = matches!(link.promise, Promise::Level(_));
        if has_level || catalog.get::<Service>(&link.offering.service).is_some() {
            findings.add(&service.id, &levels::call_path(call), levels::message(catalog, proof, shortfall), help);
        }
    });
}

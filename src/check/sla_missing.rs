//! An IS/IT service without an SLA.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::{Lifecycle, LifecycleStatus, Service};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(117),
    name: "sla-missing",
    severity: Severity::Error,
    draft: Severity::Warning,
    paragraph: "§ 2.3, § 3.2",
    docs: "Varje IS/IT-tjänst har ett SLA, och bara ett. Det som levereras efter bästa förmåga, utan SLA, är ingen \
           IS/IT-tjänst. En planerad tjänst får vänta med sitt SLA, men inte om den har ett Tjänste-OLA: de upprättas \
           tillsammans. En tjänst som börjar efter utgåvan får vänta med båda.",
    wrong: &[("tjanster/orbit-operationsplanering.yaml", "sla:")],
    right: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
            sla:
              nivå: dygnet-runt-2h
              omfattning: Planering och dagsprogram i produktionsmiljön.
              giltig_från: 2027-01-01
              giltig_till: 2027-12-31
              underskrifter:
                - {roll: verksamhetsrepresentant, person: cecilia-carlsson, datum: 2026-11-01}
                - {roll: tjänsteägare, person: bo-berg, datum: 2026-11-02}
        ",
    )],
    cure: "kom överens med verksamheten, och skriv in SLA under sla",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    // What is planned may wait with both agreements, but not with the one that the other is to make hold.
    let is_due = |service: &&Service| {
        service.operational_agreement.is_some() || !Lifecycle::is(&service.lifecycle, LifecycleStatus::Planned)
    };
    // An SLA of days after the edition's is one that the edition cannot be decided with.
    let edition = &catalog.catalogue.edition;
    let is_there = |service: &&Service| !edition.is_without(service.lifecycle.as_ref());
    let without = standing::services(catalog).filter(is_there).filter(|service| service.agreement.is_none());
    for service in without.filter(is_due) {
        let message = format!("IS/IT-tjänsten ”{}” saknar SLA", service.name);
        findings.add_missing(&service.id, "sla", message, RULE.cure);
    }
}

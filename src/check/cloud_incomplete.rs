//! A cloud of which only half is told.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::Cloud;
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(139),
    name: "cloud-incomplete",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 4, bilaga 3",
    docs: "Ligger en tjänst i molnet säger katalogen både vilken typ av molntjänst det är (SaaS, PaaS eller IaaS) och \
           i vilken distributionsmodell den levereras (privat moln, hybridmoln, publikt moln eller \
           partnermoln).",
    wrong: &[("tjanster/orbit-operationsplanering.yaml", "moln: {typ: saas}")],
    right: &[("tjanster/orbit-operationsplanering.yaml", "moln: {typ: saas, modell: privat-moln}")],
    cure: "ange både typ och modell under moln",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for service in standing::services(catalog) {
        cloud(&service.id, &service.name, service.cloud.as_ref(), findings);
    }
    for service in standing::supporting_services(catalog) {
        cloud(&service.id, &service.name, service.cloud.as_ref(), findings);
    }
}

fn cloud(id: &str, name: &str, cloud: Option<&Cloud>, findings: &mut Findings<'_>) {
    let Some(cloud) = cloud else { return };
    let missing = match (&cloud.kind, &cloud.model) {
        (Some(_), Some(_)) => return,
        (None, Some(_)) => "typ av molntjänst",
        (Some(_), None) => "distributionsmodell",
        (None, None) => "både typ av molntjänst och distributionsmodell",
    };
    findings.add(id, "moln", format!("”{name}” ligger i molnet men saknar {missing}"), RULE.cure);
}

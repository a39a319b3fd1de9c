//! An SLA without dates, or whose time is another than the edition's.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::{Service, ServiceLevelAgreement};
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(157),
    name: "sla-not-in-force",
    severity: Severity::Error,
    draft: Severity::Warning,
    paragraph: "§ 3.2",
    docs: "Ett SLA gäller från en dag till en annan. Utan datum, eller när tiden ligger helt före eller helt efter utgåvan, har \
           tjänsten ingen överenskommelse under det år som katalogen gäller för.",
    wrong: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
        sla:
          # …
          nivå: dygnet-runt-2h
          giltig_från:
          giltig_till:
        ",
    )],
    right: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
        sla:
          # …
          nivå: dygnet-runt-2h
          giltig_från: 2026-07-01
          giltig_till: 2028-06-30
        ",
    )],
    cure: "ange giltig_från och giltig_till, så att de omfattar utgåvans tid",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for service in standing::services(catalog) {
        let Some(agreement) = &service.agreement else { continue };
        match (agreement.valid_from, agreement.valid_to) {
            (Some(_), Some(_)) => outside(catalog, service, agreement, findings),
            (from, to) => {
                let missing = match (from, to) {
                    (None, None) => "giltig_från och giltig_till",
                    (None, _) => "giltig_från",
                    _ => "giltig_till",
                };
                let message = format!("SLA för ”{}” saknar {missing}", service.name);
                findings.add(&service.id, "sla.nivå", message, RULE.cure);
            }
        }
    }
}

/// Tells of an agreement that has nothing in common with the edition; one whose dates are turned round is told elsewhere.
fn outside(catalog: &Catalog, service: &Service, agreement: &ServiceLevelAgreement, findings: &mut Findings<'_>) {
    let (Some(from), Some(to)) = (agreement.valid_from, agreement.valid_to) else { return };
    let (first, last) = standing::edition_days(catalog);
    if from > to {
        return;
    }
    if to < first {
        // Of a service that was over by then, it is the life that says so in the wrong way, which another rule tells.
        if service.lifecycle.as_ref().and_then(|lifecycle| lifecycle.to).is_some_and(|end| end < first) {
            return;
        }
        let message = format!(
            "SLA för ”{}” gällde till {}, men utgåvan börjar {}",
            service.name,
            text::date(to),
            text::date(first)
        );
        findings.add(&service.id, "sla.giltig_till", message, "förnya SLA för utgåvans tid");
    } else if from > last {
        let message = format!(
            "SLA för ”{}” gäller från {}, men utgåvan slutar {}",
            service.name,
            text::date(from),
            text::date(last)
        );
        findings.add(
            &service.id,
            "sla.giltig_från",
            message,
            "ta in tjänsten i den utgåva som den hör till, eller rätta datumet",
        );
    }
}

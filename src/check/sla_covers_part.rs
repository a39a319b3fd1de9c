//! An SLA that holds for a part of the edition only.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::Lifecycle;
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(159),
    name: "sla-covers-part",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 3.2",
    docs: "Ett SLA ska gälla så länge tjänsten levereras under utgåvan. Slutar det tidigare, eller börjar det senare, är tjänsten \
           utan överenskommelse en del av året. En tjänst som börjar eller upphör under året säger det i sin livscykel.",
    wrong: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
        sla:
          # …
          giltig_från: 2027-01-01
          giltig_till: 2027-08-31
        ",
    )],
    right: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "
        livscykel: {status: under-avveckling, till: 2027-08-31}
        sla:
          # …
          giltig_från: 2027-01-01
          giltig_till: 2027-08-31
        ",
    )],
    cure: "förläng SLA, eller ange i livscykel när tjänsten börjar eller upphör",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for service in standing::services(catalog) {
        let Some(agreement) = &service.agreement else { continue };
        let (Some(from), Some(to)) = (agreement.valid_from, agreement.valid_to) else { continue };
        let (first, last) = Lifecycle::while_there(service.lifecycle.as_ref(), standing::edition_days(catalog));
        // An SLA that is in force on no day of the edition is what another rule tells.
        if from > to || to < first || from > last {
            continue;
        }
        if to < last {
            let message = format!(
                "SLA för ”{}” gäller till {}, men behövs till {}",
                service.name,
                text::date(to),
                text::date(last)
            );
            findings.add(&service.id, "sla.giltig_till", message, RULE.cure);
        }
        if from > first {
            let message = format!(
                "SLA för ”{}” gäller från {}, men behövs från {}",
                service.name,
                text::date(from),
                text::date(first)
            );
            findings.add(&service.id, "sla.giltig_från", message, RULE.cure);
        }
    }
}

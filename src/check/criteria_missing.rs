//! An IS/IT service without a reason to be one.

use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(124),
    name: "criteria-missing",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 2.3.2",
    docs: "Riktlinjen har tolv kriterier för vilket IT-stöd som ska bli en IS/IT-tjänst, och utesluter inte andra \
           skäl. Minst ett ska vara angivet, så att beslutet går att förstå i efterhand.",
    wrong: &[("tjanster/orbit-operationsplanering.yaml", "kriterier: []")],
    right: &[(
        "tjanster/orbit-operationsplanering.yaml",
        "kriterier: [verksamhetskritisk-process, höga-tillgänglighetskrav]",
    )],
    cure: "ange minst ett kriterium under kriterier, eller skälet under övriga_skäl",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let services = standing::services(catalog);
    for service in services.filter(|service| service.criteria.is_empty() && !standing::says(&service.other_reasons)) {
        let message = format!("det står inte varför ”{}” är en IS/IT-tjänst", service.name);
        findings.add_missing(&service.id, "kriterier", message, RULE.cure);
    }
}

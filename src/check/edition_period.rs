//! An edition without dates, or whose dates are of another year.

use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(186),
    name: "edition-period",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 1.2",
    docs: "En utgåva gäller för ett DÖK-år. Den anger själv sin första och sin sista dag, och den första ligger i det året. \
           Priser, avtal och undantag räknas mot de datumen.",
    wrong: &[(
        "katalog.yaml",
        r#"utgåva: {år: 2027, version: "1.0", status: utkast, giltig_från: 2026-01-01, giltig_till: 2027-12-31}"#,
    )],
    right: &[(
        "katalog.yaml",
        r#"utgåva: {år: 2027, version: "1.0", status: utkast, giltig_från: 2027-01-01, giltig_till: 2027-12-31}"#,
    )],
    cure: "ange giltig_från och giltig_till i det år som utgåvan är för",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let edition = &catalog.catalogue.edition;
    let missing: Vec<&str> = [("giltig_från", edition.valid_from), ("giltig_till", edition.valid_to)]
        .into_iter()
        .filter(|(_, day)| day.is_none())
        .map(|(key, _)| key)
        .collect();
    if !missing.is_empty() {
        let message = format!("utgåvan saknar {}", text::listed(&missing));
        findings.add("katalog", "utgåva.år", message, RULE.cure);
    }
    if let Some(from) = edition.valid_from.filter(|from| from.0.year() != edition.year) {
        let message = format!("utgåvan är för {}, men gäller från {}", edition.year, text::date(from));
        findings.add("katalog", "utgåva.giltig_från", message, RULE.cure);
    }
}

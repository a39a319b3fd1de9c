//! An edition that says something else than when it was frozen.

use super::change_undeclared::some_of;
use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::editions::{self, Changes};
use crate::resolve::Catalog;

/// The rule's code, by which `katalog diff` knows what it is asked to show.
pub const CODE: Code = Code(412);

pub static RULE: Rule = Rule {
    code: CODE,
    name: "edition-rewritten",
    severity: Severity::Error,
    draft: Severity::Warning,
    paragraph: "katalogen",
    docs: "En utgåva som är fryst är den som har beslutats, och den ändras inte: nivåer, priser, kostnader och avtal är \
           desamma tills en ny version beslutas. Annars gäller två olika prislistor med samma version.",
    wrong: &[
        (
            "utgavor/2027.yaml",
            r#"
            år: 2027
            version: "1.0"
            poster: []
            "#,
        ),
        (
            "katalog.yaml",
            r#"utgåva: {år: 2027, version: "1.0", status: utkast, giltig_från: 2027-01-01, giltig_till: 2027-12-31}"#,
        ),
    ],
    right: &[
        (
            "utgavor/2027.yaml",
            r#"
            år: 2027
            version: "1.0"
            poster: []
            "#,
        ),
        (
            "katalog.yaml",
            r#"
            utgåva: {år: 2027, version: "1.1", status: utkast, giltig_från: 2027-01-01, giltig_till: 2027-12-31}
            dokument:
              tjanstekatalog:
                # …
                historik:
                  - {version: "1.0", datum: 2026-11-01, utfärdare: Anna Alm, orsak: Första utgåvan}
                  - {version: "1.1", datum: 2027-03-01, utfärdare: Anna Alm, orsak: Tre nya tjänster}
              prislista:
                # …
                historik:
                  - {version: "1.0", datum: 2026-11-01, utfärdare: Anna Alm, orsak: Första utgåvan}
                  - {version: "1.1", datum: 2027-03-01, utfärdare: Anna Alm, orsak: Tre nya tjänster}
              katalog-stodjande-tjanster:
                # …
                historik:
                  - {version: "1.0", datum: 2026-11-01, utfärdare: Anna Alm, orsak: Första utgåvan}
                  - {version: "1.1", datum: 2027-03-01, utfärdare: Anna Alm, orsak: Tre nya tjänster}
            "#,
        ),
        ("stodjande-tjanster/servrar.yaml", "förändring: {typ: ny, motivering: Ersätter de egna servrarna.}"),
        ("stodjande-tjanster/servicedesk-arenden.yaml", "förändring: {typ: ny, motivering: En väg in för ärenden.}"),
        ("tjanster/orbit-operationsplanering.yaml", "förändring: {typ: ny, motivering: Ersätter planering på papper.}"),
    ],
    cure: "ångra ändringen, eller höj versionen i katalog.yaml och för in den i historiken; katalog diff visar vad som \
           skiljer",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let Some(changes) = editions::rewritten(catalog) else { return };
    let named = some_of(&changed(&changes));
    let (year, version) = (changes.since.year, &changes.since.version);
    let message = format!("utgåva {year}, version {version}, är fryst och säger nu något annat: {named}");
    findings.add("katalog", "utgåva.version", message, RULE.cure);
}

/// What says something else, each with what has happened to it.
fn changed(changes: &Changes<'_>) -> Vec<String> {
    let of_all = (!changes.all_prices.is_empty()).then(|| "det som gäller alla tjänster och priser".to_string());
    let of_entries = changes.entries.iter().filter(|entry| entry.is_other());
    let of_entries = of_entries.map(|entry| match entry.differences.first() {
        Some(difference) => format!("{} ({})", entry.name, difference.label),
        None => format!("{} (ny)", entry.name),
    });
    let of_removed = changes.removed.iter().map(|entry| format!("{} (borttagen)", entry.name));
    of_all.into_iter().chain(of_entries).chain(of_removed).collect()
}

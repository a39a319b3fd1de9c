//! A document of a decided edition that says what last year's said of itself.

use super::decision_missing::says_undecided;
use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::editions::{self, renewed::OfDocument};
use crate::model::{DocumentMetadata, FrozenEdition, Status};
use crate::resolve::Catalog;
use crate::text;

/// What is kept of the edition before.
const EDITION: (&str, &str) = (
    "utgavor/2026.yaml",
    r#"
    form: 5
    år: 2026
    version: "1.0"
    antal: 1
    förnyas:
      "Beslut, tjanstekatalog": "RS 2025-01234, 1 december 2025"
    poster: []
    "#,
);

pub static RULE: Rule = Rule {
    code: Code(415),
    name: "document-not-renewed",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "Information om handlingen",
    docs: "Varje års utgåva har sitt beslut och sin rad i versionshistoriken. Står förra årets kvar i en beslutad \
           utgåva är det för läsaren förra årets handling. Det som står i katalog.yaml jämförs därför med förra \
           årets utgåva, om den är fryst. Ett dokument-id får vara detsamma varje år, men inte om det är gjort av \
           förra utgåvans år.",
    wrong: &[
        EDITION,
        (
            "katalog.yaml",
            r#"
            utgåva: {år: 2027, version: "1.0", status: beslutad, giltig_från: 2027-01-01, giltig_till: 2027-12-31}
            dokument:
              # …
              tjanstekatalog:
                # …
                beslut: RS 2025-01234, 1 december 2025
            "#,
        ),
        ("tjanster/orbit-operationsplanering.yaml", "förändring: {typ: ny, motivering: Ersätter planering på papper.}"),
        ("stodjande-tjanster/servrar.yaml", "förändring: {typ: ny, motivering: Ersätter de egna servrarna.}"),
        ("stodjande-tjanster/servicedesk-arenden.yaml", "förändring: {typ: ny, motivering: En väg in för ärenden.}"),
    ],
    right: &[
        EDITION,
        (
            "katalog.yaml",
            r#"
            utgåva: {år: 2027, version: "1.0", status: beslutad, giltig_från: 2027-01-01, giltig_till: 2027-12-31}
            dokument:
              # …
              tjanstekatalog:
                # …
                beslut: RS 2026-01234, 1 december 2026
            "#,
        ),
        ("tjanster/orbit-operationsplanering.yaml", "förändring: {typ: ny, motivering: Ersätter planering på papper.}"),
        ("stodjande-tjanster/servrar.yaml", "förändring: {typ: ny, motivering: Ersätter de egna servrarna.}"),
        ("stodjande-tjanster/servicedesk-arenden.yaml", "förändring: {typ: ny, motivering: En väg in för ärenden.}"),
    ],
    cure: "skriv under dokument i katalog.yaml det som gäller årets utgåva",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let Some(since) = editions::of_year_before(catalog) else { return };
    if catalog.catalogue.edition.status != Status::Decided {
        return;
    }
    for (name, document) in standing::documents(catalog) {
        for what in OfDocument::ALL {
            if let Some(left) = what.said(document).filter(|said| is_left(what, name, said, since)) {
                tell(name, document, what, &left, since, findings);
            }
        }
    }
}

/// Whether what a document says of itself is that of an edition, and not what may be said each year.
fn is_left(what: OfDocument, name: &str, said: &str, since: &FrozenEdition) -> bool {
    let is_of_then = match what {
        // Without a day or a case's number it tells by what right each edition is decided.
        OfDocument::Decision => {
            let mut figures = said.split(|c: char| !c.is_ascii_digit());
            figures.any(|figure| figure.len() >= 4) && !says_undecided(said)
        }
        OfDocument::Id => said.split(|c: char| !c.is_ascii_digit()).any(|figure| figure == since.year.to_string()),
        OfDocument::Version => true,
    };
    is_of_then && since.renewed.get(&what.label(name)).is_some_and(|then| text::wording(then) == text::wording(said))
}

fn tell(
    name: &str,
    document: &DocumentMetadata,
    what: OfDocument,
    left: &str,
    since: &FrozenEdition,
    findings: &mut Findings<'_>,
) {
    let title = &document.title;
    let last = document.history.len().saturating_sub(1);
    let (key, message, help) = match what {
        OfDocument::Decision => (
            "beslut".to_string(),
            format!("”{title}” har samma beslut som i {since}: ”{left}”"),
            "skriv under beslut vem som har beslutat årets utgåva, när, och ärendets nummer",
        ),
        OfDocument::Id => (
            "dokument_id".to_string(),
            format!("”{title}” har samma dokument-id som i {since}: {left}"),
            "skriv årets dokument-id; ska det vara detsamma varje år bör det inte vara gjort av ett år",
        ),
        OfDocument::Version => (
            format!("historik.{last}.version"),
            format!("historiken för ”{title}” slutar som i {since}: version {left}"),
            "lägg till årets version i historiken, med dag, utfärdare och orsak",
        ),
    };
    findings.add("katalog", &format!("dokument.{name}.{key}"), message, help);
}

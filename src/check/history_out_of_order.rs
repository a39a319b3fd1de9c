//! Versions of a document that do not come after each other.

use super::histories::{self, History};
use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::model::version_numbers;
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(182),
    name: "history-out-of-order",
    severity: Severity::Error,
    draft: Severity::Error,
    paragraph: "Versionshistorik",
    docs: "Versionshistoriken börjar med den äldsta versionen. Varje version har ett högre nummer än den före, och \
           inget tidigare datum. Numren jämförs del för del: 1.10 kommer efter 1.9. I katalogens egna dokument får \
           numren börja om med varje års utgåva: efter 1.0 från 2026 kan 0.9 från 2027 komma.",
    wrong: &[(
        "katalog.yaml",
        r#"
        dokument:
          tjanstekatalog:
            # …
            historik:
              - {version: "0.10", datum: 2026-10-20, utfärdare: Anna Alm, orsak: Priserna är införda}
              - {version: "0.9", datum: 2026-10-05, utfärdare: Anna Alm, orsak: Första utkastet}
              - {version: "1.0", datum: 2026-11-01, utfärdare: Anna Alm, orsak: Första utgåvan}
        "#,
    )],
    right: &[(
        "katalog.yaml",
        r#"
        dokument:
          tjanstekatalog:
            # …
            historik:
              - {version: "0.9", datum: 2026-10-05, utfärdare: Anna Alm, orsak: Första utkastet}
              - {version: "0.10", datum: 2026-10-20, utfärdare: Anna Alm, orsak: Priserna är införda}
              - {version: "1.0", datum: 2026-11-01, utfärdare: Anna Alm, orsak: Första utgåvan}
        "#,
    )],
    cure: "sätt versionerna i ordning, den äldsta först, och rätta nummer eller datum",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    for history in histories::all(catalog) {
        let counts = history.counts();
        for at in 1..history.versions.len() {
            if let Some((key, message)) = out_of_order(&history, at, counts.contains(&at)) {
                findings.add(history.id, &history.path(at, key), message, RULE.cure);
            }
        }
    }
}

/// What is wrong between a version, which may be the first of its count, and the one before it; the key that says so.
fn out_of_order(history: &History<'_>, at: usize, is_first: bool) -> Option<(&'static str, String)> {
    let title = history.title;
    let (before, before_day) = history.versions.get(at.checked_sub(1)?)?;
    let (version, day) = history.versions.get(at)?;
    let (earlier, later) = (version_numbers(before), version_numbers(version));
    let is_numbered = !earlier.is_empty() && !later.is_empty();
    if version == before && !is_first {
        return Some(("version", format!("version {version} av ”{title}” står två gånger")));
    }
    if is_numbered && later < earlier && !is_first {
        return Some(("version", format!("version {version} av ”{title}” kommer efter version {before}")));
    }
    let (before_day, day) = ((*before_day)?, (*day)?);
    let (later, earlier) = (text::date(day), text::date(before_day));
    let message = || format!("version {version} av ”{title}” är från {later}, men version {before} från {earlier}");
    (day < before_day).then(|| ("datum", message()))
}

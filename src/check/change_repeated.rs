//! A service that tells of last year's change once more, when nothing has changed.

use super::standing::{self, Declared};
use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::editions::{self, renewed};
use crate::model::{Change, ChangeKind, FrozenEntry};
use crate::resolve::Catalog;
use crate::text;

/// What is kept of the edition before.
const EDITION: (&str, &str) = (
    "utgavor/2026.yaml",
    r#"
    form: 5
    år: 2026
    version: "1.0"
    antal: 13
    poster:
      - id: servicedesk-arenden
        slag: stödjande tjänst
        namn: Servicedesk, ärenden
        uppgifter:
          "Klass": leverans
          "Ansvarig": Bo Berg
          "Beställs i Service Portalen": ja
          "Uppdatering av CMDB": automatisk
          "Bygger på": Servicedesk
          "Stödjer": Orbit Operationsplanering
          "Erbjudandet Servicedesk, ärenden.Silver": Silver
          "Räknas i avrop, Servicedesk, ärenden.Silver": artikel 2101
          "Pris, artikel 2101": "Ärende: 310\_kr per ärende och månad"
          "Erbjudande, artikel 2101": Servicedesk, ärenden.Silver
        förnyas:
          "Förändring": förändrad
          "Motivering": Svarar också på lördagar.
    "#,
);

pub static RULE: Rule = Rule {
    code: Code(416),
    name: "change-repeated",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 8",
    docs: "Under förändring står vad som skiljer utgåvan från förra årets, och varför. Står samma motivering kvar \
           som i förra årets utgåva, och är allt som jämförs som det var, läser den som beslutar om en förändring \
           som redan är gjord.",
    wrong: &[
        EDITION,
        (
            "stodjande-tjanster/servicedesk-arenden.yaml",
            "förändring: {typ: förändrad, motivering: Svarar också på lördagar.}",
        ),
        ("tjanster/orbit-operationsplanering.yaml", "förändring: {typ: ny, motivering: Ersätter planering på papper.}"),
        ("stodjande-tjanster/servrar.yaml", "förändring: {typ: ny, motivering: Ersätter de egna servrarna.}"),
    ],
    right: &[
        EDITION,
        ("stodjande-tjanster/servicedesk-arenden.yaml", "förändring: {typ: oförändrad}"),
        ("tjanster/orbit-operationsplanering.yaml", "förändring: {typ: ny, motivering: Ersätter planering på papper.}"),
        ("stodjande-tjanster/servrar.yaml", "förändring: {typ: ny, motivering: Ersätter de egna servrarna.}"),
    ],
    cure: "skriv vad som är nytt i årets utgåva och varför, eller {typ: oförändrad}",
    check,
};

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let Some(since) = editions::of_year_before(catalog) else { return };
    let kept = since.by_id();
    let is_left = |declared: &Declared<'_>| {
        let then = declared.change.zip(kept.get(declared.id));
        then.is_some_and(|(change, then)| is_of_then(change, then))
    };
    let left: Vec<_> = standing::declared(catalog).filter(is_left).collect();
    // To compare takes its time, and nearly always nothing is left.
    if left.is_empty() {
        return;
    }
    let Some(changes) = editions::changes_since_year_before(catalog) else { return };
    let entries = changes.by_id();
    let is_as_it_was = |id: &str| entries.get(id).is_some_and(|entry| !entry.is_other());
    for Declared { id, name, .. } in left.into_iter().filter(|declared| is_as_it_was(declared.id)) {
        let message = format!(
            "”{name}” sägs vara förändrad av samma skäl som i {since}, men inget som jämförs skiljer sig från den"
        );
        findings.add(id, "förändring.motivering", message, RULE.cure);
    }
}

/// Whether a change is one that an edition told of in the same words. What is on its way out may be so for years, and
/// what is new twice is told by another rule.
fn is_of_then(change: &Change, then: &FrozenEntry) -> bool {
    let has_reason = standing::says(&change.reason);
    let is_then = |(label, now): (String, String)| {
        then.renewed.get(&label).is_some_and(|then| text::wording(then) == text::wording(&now))
    };
    change.kind == ChangeKind::Changed && has_reason && renewed::change(change).into_iter().all(is_then)
}

//! A person who is named for a responsibility, and by their own roles does not hold it.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::information_owner_delivers::{self, duties};
use super::same_signatory::{self, signs_for_both};
use super::{Findings, Rule, standing};
use crate::diagnostic::{Code, Severity};
use crate::model::{Person, Ref, Role, SignatoryRole};
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(423),
    name: "role-not-held",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "§ 2.1, § 2.3, § 3.2",
    docs: "Den som ansvarar för något är utpekad både med roll och som individ. Säger personens roller något annat, \
           står det olika på två ställen vem som har ansvaret. En tjänsteansvarig kan ha rollen produktansvarig, och \
           en tjänsteområdesansvarig rollen produktområdesansvarig. Regeln gäller den som har någon roll, och de \
           roller som finns i katalogen under sitt namn. Ett undantag kan gälla det som någon är utpekad för, eller \
           personen.",
    wrong: &[
        (
            "personer.yaml",
            "- {id: bo-berg, namn: Bo Berg, avdelning: koncernstab-digitalisering, roller: [tjansteansvarig]}\n",
        ),
        ("produkter/hosting-server.yaml", "produktansvarig: bo-berg"),
    ],
    right: &[
        (
            "personer.yaml",
            "- {id: bo-berg, namn: Bo Berg, avdelning: koncernstab-digitalisering, roller: [produktansvarig]}\n",
        ),
        ("produkter/hosting-server.yaml", "produktansvarig: bo-berg"),
    ],
    cure: "lägg till rollen under roller för personen, eller ange den som har den",
    check,
};

/// The responsibilities, by the names that the roles for them may have.
const MANAGES_PRODUCT: &[&str] = &["produktansvarig"];
const MANAGES_SERVICE: &[&str] = &["tjänsteansvarig", "produktansvarig"];
const MANAGES_AREA: &[&str] = &["tjänsteområdesansvarig", "produktområdesansvarig"];
const OWNS_SERVICE: &[&str] = &["tjänsteägare"];
const OWNS_INFORMATION: &[&str] = &["informationsägare"];
const REPRESENTS: &[&str] = &["verksamhetsrepresentant"];
const COORDINATES: &[&str] = &["funktionssamordnare"];

/// Where a person is named first without the role for it, and all that they are named for so.
struct Named<'c> {
    id: &'c str,
    path: String,
    of: Vec<&'c str>,
}

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let known: FxHashSet<String> = catalog.all::<Role>().iter().map(|role| in_small_letters(&role.name)).collect();
    let mut without: BTreeMap<(&str, &str), Named<'_>> = BTreeMap::new();
    let mut ask = |person: Option<&Ref<Person>>,
                   roles: &'static [&'static str],
                   (id, name),
                   path: &str,
                   findings: &mut Findings<'_>| {
        let Some(person) = person.map(|person| &catalog[person]) else { return };
        // A catalogue without the role asks for it of nobody. Each person is told once, so what is waived must be left out before that.
        if known.contains(roles[0])
            && lacks(catalog, person, roles)
            && !findings.is_waived(id, path)
            && !findings.is_waived(&person.id, "")
        {
            let named = || Named { id, path: path.to_string(), of: Vec::new() };
            without.entry((&person.id, roles[0])).or_insert_with(named).of.push(name);
        }
    };
    for product in standing::products(catalog) {
        ask(product.manager.as_ref(), MANAGES_PRODUCT, (&product.id, &product.name), "produktansvarig", findings);
    }
    for service in standing::services(catalog) {
        let of: (&str, &str) = (&service.id, &service.name);
        ask(service.manager.as_ref(), MANAGES_SERVICE, of, "tjänsteansvarig", findings);
        ask(service.owner.as_ref(), OWNS_SERVICE, of, "tjänsteägare", findings);
        ask(service.area_manager.as_ref(), MANAGES_AREA, of, "tjänsteområdesansvarig", findings);
        // Who delivers is not to own the information, nor to sign for both parties, whatever their roles: other rules.
        let path = "informationsklassning.informationsägare";
        let owner = service.information_owner().filter(|owner| {
            duties(catalog, service, &owner.id).is_empty()
                || !findings.is_told_by(&information_owner_delivers::RULE, &service.id, path)
        });
        ask(owner, OWNS_INFORMATION, of, path, findings);
        if let Some(agreement) = &service.agreement {
            // That the service owner is the one who signs as that is another rule's.
            let business = agreement.signatures.iter().enumerate();
            let business = business.filter(|(_, signed)| signed.role == SignatoryRole::BusinessRepresentative);
            for (at, signature) in business {
                let path = format!("sla.underskrifter.{at}.person");
                if !signs_for_both(agreement, signature)
                    || !findings.is_told_by(&same_signatory::RULE, &service.id, &path)
                {
                    ask(Some(&signature.person), REPRESENTS, of, &path, findings);
                }
            }
        }
        for (at, section) in service.sections().iter().enumerate() {
            ask(
                section.coordinator.as_ref(),
                COORDINATES,
                of,
                &format!("ola.avsnitt.{at}.funktionssamordnare"),
                findings,
            );
        }
    }
    for ((person, role), named) in without {
        let Some(name) = catalog.get::<Person>(person).map(|person| &person.name) else { continue };
        let mut of = named.of;
        of.dedup();
        let of = standing::some(&of);
        let message = format!("{name} är {role} för {of}, men har inte den rollen enligt sina roller");
        findings.add(named.id, &named.path, message, RULE.cure);
    }
}

/// Whether a person has roles, and none of these.
fn lacks(catalog: &Catalog, person: &Person, roles: &[&str]) -> bool {
    let is_of = |role: &Role| roles.contains(&in_small_letters(&role.name).as_str());
    !person.roles.is_empty() && !person.roles.iter().any(|role| is_of(&catalog[role]))
}

fn in_small_letters(name: &str) -> String {
    name.trim().to_lowercase()
}

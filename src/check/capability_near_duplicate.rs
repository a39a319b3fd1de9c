//! Capabilities that seem to be the same.

use std::collections::HashMap;

use super::{Findings, Rule, phrases};
use crate::diagnostic::{Code, Severity};
use crate::model::Markdown;
use crate::resolve::Catalog;

pub static RULE: Rule = Rule {
    code: Code(400),
    name: "capability-near-duplicate",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "IT verksamhetsförmågor, vad – förmågor",
    docs: "Förmågor upprepas inte. Två förmågor har för lika namn när samma ord står i annan ordning eller böjning, när \
           bara bindestreck, mellanrum och versaler skiljer dem åt, eller när en bokstav på tolv är en annan. De upprepas också när de beskrivs \
           med exakt samma ord.",
    wrong: &[(
        "formagor.yaml",
        "
            - id: hantera-plattformar
              namn: Hantera plattformar
              förmågor:
                - {id: hantera-serverplattform, namn: Hantera serverplattform, beskrivning: Tillhandahålla plattform för hanterade servrar., klass: extern, avdelning: infrastruktur}
                - {id: hantera-serverplattformar, namn: Hantera serverplattformar, beskrivning: Sköta servrarnas plattform., klass: extern, avdelning: infrastruktur}
        ",
    )],
    right: &[(
        "formagor.yaml",
        "
            - id: hantera-plattformar
              namn: Hantera plattformar
              förmågor:
                - {id: hantera-serverplattform, namn: Hantera serverplattform, beskrivning: Tillhandahålla plattform för hanterade servrar., klass: extern, avdelning: infrastruktur}
                - {id: hantera-databasplattform, namn: Hantera databasplattform, beskrivning: Tillhandahålla plattform för hanterade databaser., klass: extern, avdelning: infrastruktur}
        ",
    )],
    cure: "slå ihop förmågorna, eller ge dem namn och beskrivningar som skiljer dem åt",
    check,
};

/// One letter in so many may be another in names that are nearly the same.
const LETTERS_FOR_EACH_DIFFERENCE: usize = 12;

/// A capability as it is compared.
struct Compared<'a> {
    owner: &'a str,
    path: String,
    name: &'a str,
    description: String,
    /// The letters of its name, without case, hyphens and spaces.
    letters: String,
    /// Its words without endings, in the order of the alphabet.
    in_order: String,
    /// Which letters the name has.
    alphabet: u64,
}

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    let groups = &catalog.entities().capability_groups;
    let areas = groups.iter().map(|group| compared(&group.id, "namn".into(), &group.name, group.description.as_ref()));
    report(&areas.collect::<Vec<_>>(), findings);
    let capabilities = groups.iter().flat_map(|group| {
        group.capabilities.iter().enumerate().map(|(at, capability)| {
            compared(&group.id, format!("förmågor.{at}.namn"), &capability.name, capability.description.as_ref())
        })
    });
    report(&capabilities.collect::<Vec<_>>(), findings);
    let generic = catalog.entities().generic_groups.iter().flat_map(|group| {
        group.capabilities.iter().enumerate().map(|(at, capability)| {
            compared(&group.id, format!("förmågor.{at}.namn"), &capability.name, capability.description.as_ref())
        })
    });
    report(&generic.collect::<Vec<_>>(), findings);
}

fn compared<'a>(owner: &'a str, path: String, name: &'a str, description: Option<&Markdown>) -> Compared<'a> {
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let letters = words.concat();
    let mut stems: Vec<String> = words.iter().map(|word| phrases::stem(word)).collect();
    stems.sort_unstable();
    let description =
        description.map(|text| text.source.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase());
    let alphabet = letters.chars().fold(0, |alphabet, letter| alphabet | 1 << (u32::from(letter) % 64));
    Compared {
        owner,
        path,
        name,
        description: description.unwrap_or_default(),
        in_order: stems.concat(),
        letters,
        alphabet,
    }
}

/// Tells of each capability that repeats an earlier one, once.
fn report(capabilities: &[Compared<'_>], findings: &mut Findings<'_>) {
    let mut described: HashMap<&str, &str> = HashMap::new();
    for (at, capability) in capabilities.iter().enumerate() {
        let alike = capabilities[..at].iter().find(|earlier| is_near(earlier, capability));
        let same_words = described.get(capability.description.as_str()).copied();
        if !capability.description.is_empty() {
            described.entry(&capability.description).or_insert(capability.name);
        }
        let message = match (alike, same_words) {
            (Some(earlier), _) if earlier.name == capability.name => {
                format!("det finns redan en förmåga som heter ”{}”", capability.name)
            }
            (Some(earlier), _) => format!("förmågan ”{}” heter nästan som ”{}”", capability.name, earlier.name),
            (None, Some(name)) => format!("förmågan ”{}” beskrivs med samma ord som ”{name}”", capability.name),
            (None, None) => continue,
        };
        findings.add(capability.owner, &capability.path, message, RULE.cure);
    }
}

fn is_near(a: &Compared<'_>, b: &Compared<'_>) -> bool {
    if a.in_order == b.in_order || a.letters == b.letters {
        return true;
    }
    let shorter = a.letters.chars().count().min(b.letters.chars().count());
    let most = shorter / LETTERS_FOR_EACH_DIFFERENCE;
    // Each change of a letter can change at most two of those that there are.
    let may_be_near = a.letters.len().abs_diff(b.letters.len()) <= 4 * most
        && (a.alphabet ^ b.alphabet).count_ones() as usize <= 2 * most;
    may_be_near && strsim::damerau_levenshtein(&a.letters, &b.letters) <= most
}

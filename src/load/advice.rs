//! What an author is told who writes a key where the model deliberately has none, or has it in Swedish.

/// Beginnings of what authors call resources and capabilities.
const RESOURCES: &[&str] = &[
    "avdelning",
    "avtal",
    "bemanning",
    "databas",
    "förmåg",
    "hårdvar",
    "infrastruktur",
    "innehåll",
    "kompetens",
    "kontrakt",
    "lagring",
    "leverantör",
    "licens",
    "lokaler",
    "maskin",
    "nätverk",
    "personal",
    "plattform",
    "programvar",
    "resurs",
    "server",
    "servrar",
    "team",
    "underleverantör",
    "utrustning",
    "verktyg",
];

/// Why the entity of a type has no such key, and where to write it; nothing of a key that is just unknown.
pub fn on(entity: &str, key: &str) -> Option<&'static str> {
    let is_service = matches!(entity, "Service" | "SupportingService");
    let is_resource = RESOURCES.iter().any(|begins| key.to_lowercase().starts_with(begins));
    // What a supporting service is to realise may be said: then its key is misspelt.
    let may_be_said = entity == "SupportingService" && key.starts_with("förmåg");
    (is_service && is_resource && !may_be_said).then_some(
        "alla resurser och förmågor ligger i produkten (§ 3.1), och tjänsten är bara ett sammanhållande ”skal”; flytta \
         uppgiften till en produkt som tjänsten bygger på",
    )
}

/// Keys as authors of YAML are used to write them, and what they are called here.
const IN_SWEDISH: &[(&str, &str)] = &[
    ("article", "artikel"),
    ("definition", "förklaring"),
    ("description", "beskrivning"),
    ("from", "från"),
    ("level", "nivå"),
    ("name", "namn"),
    ("organization", "organisation"),
    ("owner", "ägare"),
    ("price", "pris"),
    ("summary", "sammanfattning"),
    ("title", "titel"),
    ("to", "till"),
    ("unit", "enhet"),
    ("year", "år"),
];

/// What the keys are called that say what something is called.
const NAMES: [&str; 4] = ["namn", "benämning", "term", "titel"];

/// The key that says there what another says elsewhere: what something is called.
pub fn other_name(key: &str, expected: &[&'static str]) -> Option<&'static str> {
    let mut names = expected.iter().filter(|other| NAMES.contains(other) && NAMES.contains(&key));
    names.next().copied().filter(|_| names.next().is_none())
}

/// What a key in English is called here.
pub fn in_swedish(key: &str) -> Option<&'static str> {
    let key = key.to_lowercase();
    IN_SWEDISH.iter().find(|(english, _)| *english == key).map(|(_, swedish)| *swedish)
}

/// What to do about a key of the guideline's that stands nowhere, or not where it was written, by the keys that do.
pub fn where_it_is_said(key: &str, expected: &[&str]) -> Option<&'static str> {
    match key.to_lowercase().as_str() {
        "slr" => Some(
            "ett SLR är krav inför SLA och står inte i katalogen; skriv det som är överenskommet under tjänstens sla",
        ),
        // An offering.
        "sla" if expected.contains(&"suffix") => {
            Some("det finns ett SLA per tjänst (§ 3.2); skriv sla i tjänsten, lika långt indraget som erbjudanden")
        }
        _ => None,
    }
}

//! Names of IS/IT services, as the guideline reads them: `<application> <describing words>` (`§ 2.3.3`).

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::resolve::Catalog;

/// What is done for a service, and is none by itself (`§ 2.3.1`), with the forms that it is written in.
const PARTS: [(&str, &[&str]); 8] = [
    ("support", &["support", "supporten"]),
    ("helpdesk", &["helpdesk", "helpdesken"]),
    ("användarstöd", &["användarstöd", "användarstödet"]),
    ("beredskap", &["beredskap", "beredskapen"]),
    ("jour", &["jour", "jouren"]),
    ("projekt", &["projekt", "projektet", "projekten"]),
    ("vidareutveckling", &["vidareutveckling", "vidareutvecklingen"]),
    ("nyutveckling", &["nyutveckling", "nyutvecklingen"]),
];

/// The same where what follows may say that it is something else: ”Labona Beställning av prov”.
const PARTS_OF_THEIR_OWN: [(&str, &[&str]); 2] = [
    ("beställning", &["beställning", "beställningen", "beställningar"]),
    ("process", &["process", "processen", "processer"]),
];

/// What a compound begins with that is still no more than its last part: *användarsupport*, but not *krisberedskap*.
const BEGINNINGS: [&str; 11] = [
    "användar",
    "applikations",
    "drift",
    "införande",
    "it",
    "jour",
    "migrerings",
    "system",
    "teknik",
    "uppgraderings",
    "utvecklings",
];

/// Words after which a name tells more of what it has named.
const PREPOSITIONS: [&str; 11] = ["av", "från", "för", "i", "inom", "med", "på", "till", "under", "utanför", "vid"];

/// Words that say nothing of what something is.
const FILLERS: [&str; 6] = ["dygnet", "eller", "kontorstid", "och", "runt", "samt"];

/// The names of the applications.
pub struct Applications {
    names: FxHashSet<Vec<String>>,
    /// How many words the names have that begin with each word.
    lengths: FxHashMap<String, BTreeSet<usize>>,
}

impl Applications {
    /// Those of a catalogue.
    pub fn of(catalog: &Catalog) -> Applications {
        let all = catalog.entities().applications.iter().map(|application| folded(&application.name));
        let names: FxHashSet<Vec<String>> = all.filter(|words| !words.is_empty()).collect();
        let mut lengths: FxHashMap<String, BTreeSet<usize>> = FxHashMap::default();
        for words in &names {
            lengths.entry(words[0].clone()).or_default().insert(words.len());
        }
        Applications { names, lengths }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Whether an application has this very name, or has it but for signs and figures that describe nothing.
    pub fn has(&self, name: &str) -> bool {
        let words = folded(name);
        let said = || words.iter().map(|word| bare(word)).filter(|word| word.contains(char::is_alphabetic));
        self.names.contains(&words) || self.names.contains(&said().map(str::to_string).collect::<Vec<_>>())
    }

    /// Whether a name is that of the application, or of any, and words that describe.
    pub fn describes(&self, name: &str, application: Option<&str>) -> bool {
        let application = application.map(folded);
        let says_more = |words: &[String]| {
            let rest = match &application {
                Some(application) => words.strip_prefix(application.as_slice()),
                None => self.after_application(words),
            };
            rest.is_some_and(|rest| rest.iter().any(|word| word.contains(char::is_alphabetic)))
        };
        let words = folded(name);
        says_more(&words) || parted(&words).any(|words| says_more(&words))
    }

    /// What the describing words of a name say that it is, where that is no service by itself.
    pub fn what_is_no_service(&self, name: &str) -> Vec<&'static str> {
        let words = folded(name);
        let after = self.after_application(&words);
        let words = after.unwrap_or(&words);
        let head = words.iter().position(|word| PREPOSITIONS.contains(&word.as_str())).unwrap_or(words.len());
        let mut found = Vec::new();
        for word in words[..head].iter().flat_map(|word| word.split(['/', ','])).map(bare) {
            let said = part(word).or_else(|| part_of_its_own(word).filter(|_| after.is_none() || head == words.len()));
            match said {
                Some(said) if found.contains(&said) => {}
                Some(said) => found.push(said),
                None if self.is_filler(word) => {}
                None => return Vec::new(),
            }
        }
        found
    }

    /// The words of a name after those of the longest application's name that it begins with.
    fn after_application<'w>(&self, words: &'w [String]) -> Option<&'w [String]> {
        let lengths = self.lengths.get(words.first()?)?;
        let length = lengths
            .iter()
            .rev()
            .find(|length| words.get(..**length).is_some_and(|beginning| self.names.contains(beginning)))?;
        Some(&words[*length..])
    }

    fn is_filler(&self, word: &str) -> bool {
        let says_nothing = !word.contains(char::is_alphabetic) || FILLERS.contains(&word);
        says_nothing || self.names.contains(std::slice::from_ref(&word.to_string()))
    }
}

/// The words of a name, in lower case and without what parts a name from what it tells: *Orbit: planering*.
fn folded(name: &str) -> Vec<String> {
    let words = name.split_whitespace().map(|word| word.trim_end_matches([':', ',', ';']));
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// The same with one of its compounds as two words at a hyphen, in all ways: *orbit-planering*.
fn parted(words: &[String]) -> impl Iterator<Item = Vec<String>> + '_ {
    words.iter().enumerate().flat_map(move |(at, word)| {
        word.match_indices('-').map(move |(hyphen, _)| {
            let parts = [word[..hyphen].to_string(), word[hyphen + 1..].to_string()];
            words[..at].iter().cloned().chain(parts).chain(words[at + 1..].iter().cloned()).collect()
        })
    })
}

/// A word without the signs around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

fn part(word: &str) -> Option<&'static str> {
    let is = |form: &&str| {
        word.strip_suffix(*form).is_some_and(|before| {
            let before = before.trim_end_matches('-');
            before.is_empty() || BEGINNINGS.contains(&before)
        })
    };
    PARTS.iter().find(|(_, forms)| forms.iter().any(is)).map(|(name, _)| *name)
}

fn part_of_its_own(word: &str) -> Option<&'static str> {
    PARTS_OF_THEIR_OWN.iter().find(|(_, forms)| forms.contains(&word)).map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::catalog_of;

    fn applications() -> Applications {
        let list = "- {id: orbit, namn: Orbit}\n- {id: sp, namn: Share Point}\n- {id: share, namn: Share}\n";
        Applications::of(&catalog_of(&[("applikationer.yaml", list)]).1)
    }

    #[test]
    fn a_name_is_an_application_and_describing_words() {
        let all = applications();
        assert!(all.describes("Orbit Operationsplanering", Some("Orbit")) && all.describes("orbit planering", None));
        for name in ["Orbit: planering och schema", "Orbit-planering", "Share Point-sidor", "Share Point: sidor"] {
            let own = if name.starts_with("Orbit") { "Orbit" } else { "Share Point" };
            assert!(all.describes(name, None) && all.describes(name, Some(own)), "{name}");
        }
        assert!(all.describes("Share Point Sofia", None) && all.describes("Share Sofia", Some("Share")));
        for name in
            ["Operationsplanering", "Orbit", "Orbit 2", "Orbita Planering", "Planering Orbit", "Orbit:", "Orbit-2"]
        {
            assert!(!all.describes(name, Some("Orbit")) && !all.describes(name, None), "{name}");
        }
        assert!(!all.describes("Share Sofia", Some("Orbit")));
        for name in ["Orbit.", "(Orbit)", "Orbit 2"] {
            assert!(all.has(name), "{name}");
        }
        assert!(all.has("ORBIT") && all.has("Share  point") && !all.has("Orbit Planering"));
    }

    #[test]
    fn a_name_may_say_that_it_is_no_service() {
        let all = applications();
        for (name, what) in [
            ("Orbit Support", "support"),
            ("Orbit IT-support dygnet runt", "support"),
            ("Orbit Support & beredskap", "support, beredskap"),
            ("Beredskap för Orbit", "beredskap"),
            ("Orbit: Jour & beredskap", "jour, beredskap"),
            ("Share Point: IT-helpdesk", "helpdesk"),
            ("Orbit Användarstöd", "användarstöd"),
            ("Orbit Vidareutveckling 2027", "vidareutveckling"),
            ("Projekt Orbit", "projekt"),
            ("Orbit Införandeprojektet", "projekt"),
            ("Beställning av dator", "beställning"),
            ("Share Point Beställning", "beställning"),
            ("Process/nyutveckling", "process, nyutveckling"),
        ] {
            assert_eq!(all.what_is_no_service(name).join(", "), what, "{name}");
        }
    }

    #[test]
    fn a_name_with_such_a_word_may_well_be_a_service() {
        let all = applications();
        for name in [
            "Orbit Operationsplanering",
            "Orbit Projektstyrning",
            "Orbit Krisberedskap",
            "Orbit Jourplanering",
            "Orbit Journal",
            "Orbit Beställning av prov",
            "Orbit Provbeställning",
            "Orbit Processtöd",
            "Orbit Bokning & beställning",
            "Orbit Supportportal",
            "Orbit",
        ] {
            assert!(all.what_is_no_service(name).is_empty(), "{name}");
        }
    }
}

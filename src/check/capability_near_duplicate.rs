//! Capabilities that seem to be the same.

use std::collections::HashMap;

use super::{Findings, Rule, phrases};
use crate::diagnostic::{Code, Severity};
use crate::model::Markdown;
use crate::resolve::Catalog;
use crate::text;

pub static RULE: Rule = Rule {
    code: Code(400),
    name: "capability-near-duplicate",
    severity: Severity::Warning,
    draft: Severity::Warning,
    paragraph: "IT verksamhetsförmågor, vad – förmågor",
    docs: "Förmågor upprepas inte. Två förmågor har för lika namn när samma ord står i annan ordning eller böjning, när \
           bara bindestreck, mellanrum och versaler skiljer dem åt, eller när en bokstav på tolv är en annan, högst en \
           i varje ord och ingen i de korta. De upprepas också när de beskrivs med exakt samma ord.",
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

/// A word with fewer letters is another one with any of them changed: *AI* is not *BI*.
const LETTERS_OF_A_LONG_WORD: usize = 5;

/// So many names and letters are compared, which is well within a second: enough for ten thousand capabilities of which
/// no two are alike. After that only names of the same words or letters are found, and the author is told.
const MOST_COMPARED: usize = 80_000_000;

/// A capability as it is compared.
struct Compared<'a> {
    owner: &'a str,
    path: String,
    name: &'a str,
    description: String,
    /// The letters of its name, without case, hyphens and spaces.
    letters: Vec<char>,
    /// Where the letters of each word end.
    ends: Vec<usize>,
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
    let lower = name.to_lowercase().replace('&', " och ");
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let letters: Vec<char> = words.iter().flat_map(|word| word.chars()).collect();
    let ends = words.iter().scan(0, |end, word| {
        *end += word.chars().count();
        Some(*end)
    });
    let ends = ends.collect();
    let mut stems: Vec<String> = words.iter().map(|word| phrases::stem(word)).collect();
    stems.sort_unstable();
    let description = description.map(|description| text::wording(&description.source));
    let alphabet = letters.iter().fold(0, |alphabet, letter| alphabet | 1 << (u32::from(*letter) % 64));
    Compared {
        owner,
        path,
        name,
        description: description.unwrap_or_default(),
        in_order: stems.concat(),
        letters,
        ends,
        alphabet,
    }
}

impl Compared<'_> {
    /// The letters of each word.
    fn words(&self) -> impl Iterator<Item = &[char]> {
        let begins = std::iter::once(0).chain(self.ends.iter().copied());
        begins.zip(&self.ends).map(|(begins, ends)| &self.letters[begins..*ends])
    }
}

/// Tells of each capability that repeats an earlier one, once.
fn report(capabilities: &[Compared<'_>], findings: &mut Findings<'_>) {
    let mut described: HashMap<&str, &str> = HashMap::new();
    let mut earlier = Earlier::with_strength(MOST_COMPARED);
    for capability in capabilities {
        let was_spent = earlier.is_spent();
        let alike = earlier.first_near(capability);
        if earlier.is_spent() && !was_spent {
            let message = format!(
                "förmågorna är så många att namnen från och med ”{}” inte jämförs bokstav för bokstav: bara de med samma \
                 ord eller samma bokstäver hittas",
                capability.name
            );
            findings.add(capability.owner, &capability.path, message, "samla förmågorna till färre, med kortare namn");
        }
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

/// The capabilities that have been met.
struct Earlier<'c> {
    all: Vec<&'c Compared<'c>>,
    /// How many letters each of them has, and which: nearly all are turned away by that alone.
    signs: Vec<(usize, u64)>,
    /// The first of those with the same words, and with the same letters.
    by_words: HashMap<&'c str, usize>,
    by_letters: HashMap<&'c [char], usize>,
    /// How much more is compared.
    strength: usize,
}

impl<'c> Earlier<'c> {
    fn with_strength(strength: usize) -> Earlier<'c> {
        Earlier { all: Vec::new(), signs: Vec::new(), by_words: HashMap::new(), by_letters: HashMap::new(), strength }
    }

    fn is_spent(&self) -> bool {
        self.strength == 0
    }

    /// The first that is near a capability, which is then one of them.
    fn first_near(&mut self, capability: &'c Compared<'c>) -> Option<&'c Compared<'c>> {
        let next = self.all.len();
        let words = *self.by_words.entry(&capability.in_order).or_insert(next);
        let letters = *self.by_letters.entry(&capability.letters).or_insert(next);
        let same = words.min(letters);
        let compared = if self.is_spent() { 0 } else { same };
        let first = (0..compared).find(|at| self.is_near(*at, capability)).unwrap_or(same);
        self.all.push(capability);
        self.signs.push((capability.letters.len(), capability.alphabet));
        (first < next).then(|| self.all[first])
    }

    /// Whether few enough letters differ, as long as there is strength to compare them.
    fn is_near(&mut self, at: usize, capability: &Compared<'_>) -> bool {
        let ((length, alphabet), own) = (self.signs[at], capability.letters.len());
        let most = length.min(own) / LETTERS_FOR_EACH_DIFFERENCE;
        // Each change of a letter can change at most two of those that there are.
        let may_be_near =
            length.abs_diff(own) <= most && (alphabet ^ capability.alphabet).count_ones() as usize <= 2 * most;
        let other = self.all[at];
        self.spend(1) && may_be_near && self.spend(cost(other, capability, most)) && are_near(other, capability, most)
    }

    /// Whether there was so much strength left.
    fn spend(&mut self, cost: usize) -> bool {
        let is_enough = cost <= self.strength;
        self.strength = if is_enough { self.strength - cost } else { 0 };
        is_enough && self.strength > 0
    }
}

/// What it takes to compare two names of which so many letters may differ: little, as far as they begin alike.
fn cost(a: &Compared<'_>, b: &Compared<'_>, most: usize) -> usize {
    let ahead = a.letters.iter().zip(&b.letters).take_while(|(a, b)| a == b).count();
    ahead + (a.letters.len() - ahead + 1) * (4 * most + 1)
}

/// Whether no more than so many letters differ, letters that have changed places as one, be it with others put between.
fn are_near(a: &Compared<'_>, b: &Compared<'_>, most: usize) -> bool {
    // As many letters of one word make another of it: *externa* of *interna*.
    if a.ends.len() == b.ends.len() {
        let slips: Option<usize> = a.words().zip(b.words()).map(|(a, b)| slips_of_word(a, b)).sum();
        return slips.is_some_and(|slips| slips <= most);
    }
    // What is put between counts for two at most where each slip is one of the keyboard.
    match text::slips(&a.letters, &b.letters, 2 * most) {
        Some(slips) if slips <= most => true,
        Some(_) => strsim::generic_damerau_levenshtein(&a.letters, &b.letters) <= most,
        None => false,
    }
}

/// How many letters of two words differ, if so few that they are the same word.
fn slips_of_word(a: &[char], b: &[char]) -> Option<usize> {
    // Nearly all are the same.
    if a == b {
        return Some(0);
    }
    let is_long = a.len().min(b.len()) >= LETTERS_OF_A_LONG_WORD;
    text::slips(a, b, usize::from(is_long))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_as_near_as_all_of_them_compared_say() {
        let mut chance = crate::testing::chance();
        let words = ["hantera ca", "serverplattform", "plattformar", "lagringsnätet abc"];
        let names: Vec<String> = (0..150)
            .map(|_| {
                let mut name: Vec<char> = (0..2).flat_map(|_| words[chance(words.len())].chars()).collect();
                let at = chance(name.len() - 1);
                name.swap(at, at + chance(2));
                name.insert(chance(name.len()), ['x', ' '][chance(2)]);
                name.into_iter().collect()
            })
            .collect();
        let all: Vec<Compared<'_>> = names.iter().map(|name| compared("", String::new(), name, None)).collect();
        let is_near = |a: &Compared<'_>, b: &Compared<'_>| {
            let most = a.letters.len().min(b.letters.len()) / LETTERS_FOR_EACH_DIFFERENCE;
            let words = |of: &Compared<'_>| of.name.split_whitespace().map(str::to_string).collect::<Vec<_>>();
            let of_word = |(a, b): (&String, &String)| {
                let letters = a.chars().count().min(b.chars().count());
                let slips = strsim::damerau_levenshtein(a, b);
                (slips <= usize::from(letters >= LETTERS_OF_A_LONG_WORD)).then_some(slips)
            };
            let (of_a, of_b) = (words(a), words(b));
            let slips = match of_a.len() == of_b.len() {
                true => of_a.iter().zip(&of_b).map(of_word).sum(),
                false => Some(strsim::generic_damerau_levenshtein(&a.letters, &b.letters)),
            };
            let is_near = slips.is_some_and(|slips| slips <= most);
            a.in_order == b.in_order || a.letters == b.letters || is_near
        };
        let mut earlier = Earlier::with_strength(usize::MAX);
        let mut near = 0;
        for (at, capability) in all.iter().enumerate() {
            let found = earlier.first_near(capability).map(|found| found.name);
            assert_eq!(found, all[..at].iter().find(|other| is_near(other, capability)).map(|other| other.name));
            near += usize::from(found.is_some());
        }
        assert!((20..140).contains(&near), "{near}");
    }

    #[test]
    fn as_many_letters_of_one_word_are_another_word() {
        let is_near = |a: &str, b: &str| {
            let all = [a, b].map(|name| compared("", String::new(), name, None));
            let mut earlier = Earlier::with_strength(MOST_COMPARED);
            earlier.first_near(&all[0]);
            earlier.first_near(&all[1]).is_some()
        };
        for (a, b) in [
            ("Hantera externa relationer (ledningsperspektivet)", "Hantera interna relationer (ledningsperspektivet)"),
            ("Hantera fysisk infrastruktur i Datahallar", "Hantera logisk infrastruktur i Datahallar"),
            ("Hantera plattform för DevOps-verktyg", "Hantera plattform för SecOps-verktyg"),
            ("Leverera plattform för AI", "Leverera plattform för BI"),
        ] {
            assert!(!is_near(a, b), "{b}");
        }
        for (a, b) in [
            ("Hantera serverplattform", "Hantera serverplatform"),
            ("Hantera externa relationer (ledningsperspektivet)", "Hantera exterma relationer (ledingsperspektivet)"),
            ("Hantera fysisk infrastruktur i Datahallar", "Hantera fysisk infrastruktur Datahallar"),
            ("Hantera server plattform", "Hantera serverplatform"),
            ("Kris och säkerhet", "Kris & säkerhet"),
        ] {
            assert!(is_near(a, b), "{b}");
        }
    }

    #[test]
    fn without_strength_only_what_is_the_same_is_found() {
        let names = ["Hantera serverplattform", "Hantera serverplatform", "Serverplattformen hantera", "Drift"];
        let all = names.map(|name| compared("", String::new(), name, None));
        let found = |strength: usize| {
            let mut earlier = Earlier::with_strength(strength);
            let found = all.iter().map(|capability| earlier.first_near(capability).map(|found| found.name));
            (found.collect::<Vec<_>>(), earlier.is_spent())
        };
        let first = Some(names[0]);
        assert_eq!(found(1_000), (vec![None, first, first, None], false));
        assert_eq!(found(2), (vec![None, None, first, None], true));
    }
}

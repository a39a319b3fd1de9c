//! Bookmarks: the places that links and references lead to.

use std::collections::{HashMap, HashSet};

use super::story::{Collect, Context, Spot, Story, Wants};
use super::{At, File, Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::office::xml::Tag;

/// Word's limit for a name, in characters.
const LONGEST: usize = 40;

pub static REPEATED: Rule = Rule {
    code: Code(211),
    name: "word-bookmark-repeated",
    severity: Severity::Error,
    clause: "ECMA-376, del 1, 17.13.6",
    docs: "Ett bokmärkes namn ska finnas en gång i filen, oavsett stora och små bokstäver. Word behåller ett av dem, så \
           att länkar kan leda fel.",
    cure: "byt namn på det ena bokmärket",
    check: repeated,
};

pub static UNPAIRED: Rule = Rule {
    code: Code(212),
    name: "word-bookmark-unpaired",
    severity: Severity::Error,
    clause: "ECMA-376, del 1, 17.13.6",
    docs: "Varje bokmärke ska både börja och sluta, i den ordningen. Word släpper annars bokmärket, och det som leder dit \
           leder ingenstans.",
    cure: "lägg till det som saknas, med samma nummer",
    check: unpaired,
};

pub static LONG: Rule = Rule {
    code: Code(213),
    name: "word-bookmark-name-long",
    severity: Severity::Error,
    clause: "ECMA-376, del 1, 17.13.6",
    docs: "Ett bokmärkes namn ska ha 1–40 tecken. Word kortar av längre namn, och då hittar länkarna inte dit.",
    cure: "ge bokmärket ett kortare namn",
    check: long,
};

pub static MALFORMED: Rule = Rule {
    code: Code(214),
    name: "word-bookmark-name-malformed",
    severity: Severity::Warning,
    clause: "ECMA-376, del 1, 17.13.6",
    docs: "Words fält och dialogrutor tar bara bokmärken vars namn börjar med en bokstav och för övrigt har bokstäver, \
           siffror och understreck. Dolda bokmärken, med understreck först, gör Word själv av rubriker, och de prövas inte.",
    cure: "byt andra tecken mot understreck",
    check: malformed,
};

pub static NUMBER: Rule = Rule {
    code: Code(215),
    name: "word-bookmark-number-repeated",
    severity: Severity::Error,
    clause: "ECMA-376, del 1, 17.13.6",
    docs: "Bokmärkets nummer parar ihop dess början och slut. Två bokmärken i samma del ska därför inte dela nummer.",
    cure: "ge det ena bokmärket ett annat nummer",
    check: number,
};

/// The bookmarks of a story.
#[derive(Default)]
pub struct Bookmarks {
    starts: Vec<Start>,
    /// Ends that no start came before.
    loose: Vec<(String, Spot)>,
    /// Starts by number that no end has come for: of those that share one, an end is the last one's.
    open: HashMap<String, Vec<usize>>,
    /// Starts whose end has come.
    closed: HashSet<usize>,
}

struct Start {
    name: String,
    id: String,
    spot: Spot,
}

impl Bookmarks {
    /// The names in lower case.
    pub fn names(&self) -> impl Iterator<Item = String> {
        self.starts.iter().map(|start| start.name.to_lowercase())
    }
}

impl Collect for Bookmarks {
    fn wants(&self) -> Wants {
        Wants { starts: &[&["w:bookmarkStart", "w:bookmarkEnd"]], ..Wants::default() }
    }

    fn start(&mut self, tag: &Tag<'_>, context: &Context<'_>) {
        let id = || tag.get("w:id").unwrap_or_default().to_owned();
        match tag.name.as_ref() {
            "w:bookmarkStart" => {
                let name = tag.get("w:name").unwrap_or_default().to_owned();
                self.open.entry(id()).or_default().push(self.starts.len());
                self.starts.push(Start { name, id: id(), spot: context.spot });
            }
            "w:bookmarkEnd" => match self.open.get_mut(&id()).and_then(Vec::pop) {
                Some(start) => _ = self.closed.insert(start),
                None => self.loose.push((id(), context.spot)),
            },
            _ => {}
        }
    }
}

/// Every bookmark of the file.
fn starts(file: &File) -> impl Iterator<Item = (&Story, &Start)> {
    file.stories.iter().flat_map(|story| story.bookmarks.starts.iter().map(move |start| (story, start)))
}

fn repeated(file: &File, findings: &mut Findings<'_>) {
    let mut seen = HashSet::new();
    for (story, start) in starts(file).filter(|(_, start)| !start.name.is_empty()) {
        if !seen.insert(start.name.to_lowercase()) {
            findings.add(At::Spot(story, start.spot), format!("bokmärket ”{}” finns mer än en gång", start.name));
        }
    }
}

fn unpaired(file: &File, findings: &mut Findings<'_>) {
    for story in &file.stories {
        let Bookmarks { starts, loose, closed, .. } = &story.bookmarks;
        for (_, start) in starts.iter().enumerate().filter(|(index, _)| !closed.contains(index)) {
            findings.add(At::Spot(story, start.spot), format!("bokmärket ”{}” har inget slut", start.name));
        }
        for (id, spot) in loose {
            findings.add(At::Spot(story, *spot), format!("bokmärke nummer {id} slutar utan att ha börjat"));
        }
    }
}

fn long(file: &File, findings: &mut Findings<'_>) {
    for (story, start) in starts(file) {
        match start.name.chars().count() {
            0 => findings.add(At::Spot(story, start.spot), "ett bokmärke har inget namn"),
            length if length > LONGEST => {
                findings.add(At::Spot(story, start.spot), format!("bokmärket ”{}” har {length} tecken", start.name));
            }
            _ => {}
        }
    }
}

fn malformed(file: &File, findings: &mut Findings<'_>) {
    let is_sound = |name: &str| {
        name.starts_with('_')
            || name.starts_with(char::is_alphabetic) && name.chars().all(|char| char.is_alphanumeric() || char == '_')
    };
    for (story, start) in starts(file).filter(|(_, start)| !start.name.is_empty() && !is_sound(&start.name)) {
        let message = format!("bokmärkets namn ”{}” har tecken som Words fält inte tar", start.name);
        findings.add(At::Spot(story, start.spot), message);
    }
}

fn number(file: &File, findings: &mut Findings<'_>) {
    for story in &file.stories {
        let mut seen = HashSet::new();
        for start in story.bookmarks.starts.iter().filter(|start| !seen.insert(start.id.as_str())) {
            let message = format!("bokmärket ”{}” delar nummer {} med ett annat", start.name, start.id);
            findings.add(At::Spot(story, start.spot), message);
        }
    }
}

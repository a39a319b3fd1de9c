//! Mistakes in templates that come to light when one is filled in.
//!
//! A template is filled in for each of a thousand services, and its mistake is there every time: it is told once, of the
//! first of them. So what is wrong stays apart from what the template was filled in for until all of that is known.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::templates::{Template, Templates};
use crate::diagnostic::{Code, Diagnostic, Place, codes};
use crate::templating::{self, Told};

/// A mistake that came to light when a template was filled in.
#[derive(Debug)]
pub struct Mistake {
    code: Code,
    place: Place,
    /// What the template was filled in for: an id, or its own name.
    of: String,
    wrong: Wrong,
    help: Option<String>,
}

/// What is wrong.
#[derive(Debug)]
enum Wrong {
    /// The template cannot be filled in, for this reason.
    Unusable(String),
    /// What it makes cannot be read, for this reason; the line of that.
    Made { reason: String, line: String },
    /// It gives two places this anchor.
    AnchoredTwice(String),
}

impl Mistake {
    /// What the engine says of a template that it was to fill in.
    pub fn unusable(templates: &Templates, template: &Template, of: &str, error: &tera::Error) -> Mistake {
        let (place, reason, help) = placed(templates, &template.shown, templating::told(error));
        let help = Some(help.to_string());
        Mistake { code: codes::TEMPLATE, place, of: of.to_string(), wrong: Wrong::Unusable(reason), help }
    }

    /// What is wrong with a line of the Markdown that the template at `place` made.
    pub fn made(place: Place, of: &str, reason: String, line: String, help: Option<String>) -> Mistake {
        Mistake { code: codes::TEMPLATE, place, of: of.to_string(), wrong: Wrong::Made { reason, line }, help }
    }

    /// That two places have an anchor, told where an author has `written` it, or else of the template.
    pub fn anchored_twice(template: &Template, of: &str, id: String, written: Option<Place>) -> Mistake {
        let (code, place, help) = match written {
            Some(place) => (codes::MARKDOWN, place, "ge det här ankaret ett annat namn, eller ta bort det"),
            None => {
                let help = "sätt | id eller | anchor på den ena platsen, och | link på den andra";
                (codes::TEMPLATE, Place::file(template.shown.clone()), help)
            }
        };
        Mistake { code, place, of: of.to_string(), wrong: Wrong::AnchoredTwice(id), help: Some(help.to_string()) }
    }

    /// What makes it another mistake than one at the same place. What came of it does not, and differs each time.
    fn key(&self) -> (String, usize, usize, String) {
        let reason = match &self.wrong {
            Wrong::Unusable(reason) | Wrong::Made { reason, .. } => reason.as_str(),
            Wrong::AnchoredTwice(_) => "",
        };
        (self.place.file.to_string(), self.place.line, self.place.column, reason.to_string())
    }

    /// As it is told where it is there for so many others too.
    fn told(self, others: usize) -> Diagnostic {
        let of = match others {
            0 => format!("”{}”", self.of),
            _ => format!("”{}” och {others} till", self.of),
        };
        let message = match self.wrong {
            Wrong::Unusable(reason) => format!("mallen går inte att använda för {of}: {reason}"),
            Wrong::Made { reason, line } => format!("{reason} – i det som mallen gör av {of}: {line}"),
            Wrong::AnchoredTwice(id) => {
                let first = if others == 0 { "" } else { "samma id, det första för " };
                format!("{of} har två ankare för {first}”{id}”; en hänvisning kan bara leda till ett")
            }
        };
        Diagnostic::error(self.code, self.place, message).with_help_of(self.help)
    }
}

/// Each mistake once, for the first of all that its template was filled in for; sorted.
pub fn told_once(mistakes: Vec<Mistake>) -> Vec<Diagnostic> {
    let mut once: BTreeMap<_, (Mistake, BTreeSet<String>)> = BTreeMap::new();
    for mistake in mistakes {
        match once.entry(mistake.key()) {
            Entry::Vacant(place) => _ = place.insert((mistake, BTreeSet::new())),
            Entry::Occupied(mut first) => {
                let (first, others) = first.get_mut();
                if mistake.of != first.of {
                    others.insert(mistake.of);
                }
            }
        }
    }
    let mut told: Vec<_> = once.into_values().map(|(mistake, others)| mistake.told(others.len())).collect();
    crate::diagnostic::sort(&mut told);
    told
}

/// What the engine says is wrong with a template that it was to read.
pub fn unreadable(templates: &Templates, told: Told) -> Diagnostic {
    let (place, reason, help) = placed(templates, &templates.shown, told);
    Diagnostic::error(codes::TEMPLATE, place, format!("mallen går inte att läsa: {reason}")).with_help(help)
}

/// Where a mistake is, at the line and column that are named or else in that file; why, and what to do.
fn placed(templates: &Templates, otherwise: &str, told: Told) -> (Place, String, &'static str) {
    let Told { at, reason, help } = told;
    let place = at.iter().find_map(|at| templates.place(at)).unwrap_or_else(|| Place::file(otherwise));
    (place, reason, help)
}

//! Links: that they lead somewhere, and that their text says where.

use std::collections::HashSet;

use super::story::{Collect, Context, Spot, Story, Wants};
use super::{At, File, Findings, Rule, shortened};
use crate::diagnostic::{Code, Severity};
use crate::office::xml::Tag;

pub static DEAD: Rule = Rule {
    code: Code(221),
    name: "word-link-dead",
    severity: Severity::Error,
    clause: "ECMA-376, del 1, 17.16.22",
    docs: "En länk inom filen ska leda till ett bokmärke som finns, och varje länk ska leda någonstans.",
    cure: "rätta bokmärkets namn, eller ta bort länken",
    check: dead,
};

pub static EMPTY: Rule = Rule {
    code: Code(222),
    name: "word-link-empty",
    severity: Severity::Warning,
    clause: "EN 301 549, 10.2.4.4",
    docs: "En länk utan text syns inte men nås med tangentbordet, och en skärmläsare har inget att läsa upp.",
    cure: "ge länken en text, eller ta bort den",
    check: empty,
};

pub static VAGUE: Rule = Rule {
    code: Code(223),
    name: "word-link-vague",
    severity: Severity::Warning,
    clause: "EN 301 549, 10.2.4.4",
    docs: "En länks text ska säga vart den leder. Den som får filens länkar upplästa som en lista är inte hjälpt av ”här” \
           eller ”läs mer”.",
    cure: "låt länkens text säga vad läsaren kommer till",
    check: vague,
};

pub static ADDRESS: Rule = Rule {
    code: Code(224),
    name: "word-link-address",
    severity: Severity::Warning,
    clause: "EN 301 549, 10.2.4.4",
    docs: "En hel webbadress är svår att lyssna på och säger sällan vart länken leder. Namnet på en webbplats, som \
           vgregion.se, går bra.",
    cure: "låt länkens text säga vad läsaren kommer till; adressen finns kvar i länken",
    check: address,
};

/// Texts that say nothing of where they lead.
const VAGUE_TEXTS: [&str; 23] = [
    "här",
    "klicka här",
    "tryck här",
    "se här",
    "finns här",
    "länk",
    "länken",
    "denna länk",
    "den här länken",
    "mer",
    "mer info",
    "mer information",
    "läs mer",
    "läs mer här",
    "läs vidare",
    "läs här",
    "se mer",
    "visa mer",
    "here",
    "click here",
    "more",
    "read more",
    "link",
];

/// None of them has more letters.
const MOST_LETTERS: usize = 16;

/// The links of a story.
#[derive(Default)]
pub struct Links {
    links: Vec<Link>,
    /// Those that the next text belongs to.
    open: Vec<usize>,
}

struct Link {
    anchor: Option<String>,
    /// Whether it leads to another file or the web.
    is_external: bool,
    text: String,
    has_picture: bool,
    spot: Spot,
}

impl Collect for Links {
    fn wants(&self) -> Wants {
        Wants {
            starts: &[&["w:hyperlink", "w:drawing", "w:pict", "w:object", "w:sym", "w:tab", "w:br"]],
            ends: &[&["w:hyperlink"]],
            text: true,
        }
    }

    fn start(&mut self, tag: &Tag<'_>, context: &Context<'_>) {
        match tag.name.as_ref() {
            "w:hyperlink" => {
                self.open.push(self.links.len());
                self.links.push(Link {
                    anchor: tag.get("w:anchor").map(String::from),
                    is_external: tag.get("r:id").is_some_and(|id| !id.is_empty()),
                    text: String::new(),
                    has_picture: false,
                    spot: context.spot,
                });
            }
            // Whether a picture has words is another rule's business.
            "w:drawing" | "w:pict" | "w:object" | "w:sym" => {
                self.each_open(|link| link.has_picture = true);
            }
            "w:tab" | "w:br" => self.each_open(|link| link.text.push(' ')),
            _ => {}
        }
    }

    fn end(&mut self, name: &str, _: &Context<'_>) {
        if name == "w:hyperlink" {
            self.open.pop();
        }
    }

    fn text(&mut self, text: &str, _: &Context<'_>) {
        self.each_open(|link| link.text.push_str(text));
    }
}

impl Links {
    /// A link within a link is not allowed, and its text is taken for that of the inner one.
    fn each_open(&mut self, change: impl FnOnce(&mut Link)) {
        if let Some(link) = self.open.last().and_then(|index| self.links.get_mut(*index)) {
            change(link);
        }
    }
}

fn links(file: &File) -> impl Iterator<Item = (&Story, &Link)> {
    file.stories.iter().flat_map(|story| story.links.links.iter().map(move |link| (story, link)))
}

/// The names in lower case of every place that a link can lead to.
pub fn targets(file: &File) -> &HashSet<String> {
    file.targets.get_or_init(|| {
        let bookmarks = file.stories.iter().flat_map(|story| story.bookmarks.names().chain(story.fields.bookmarks()));
        // Word knows the top of the document by itself.
        bookmarks.chain([String::from("_top")]).collect()
    })
}

fn dead(file: &File, findings: &mut Findings<'_>) {
    let targets = targets(file);
    for (story, link) in links(file).filter(|(_, link)| !link.is_external) {
        let is_target = |anchor: &String| targets.contains(anchor) || targets.contains(&anchor.to_lowercase());
        if link.anchor.as_ref().is_some_and(is_target) {
            continue;
        }
        let name = match shortened(&link.text) {
            text if text.is_empty() => String::from("en länk utan text"),
            text => format!("länken ”{text}”"),
        };
        let message = match &link.anchor {
            Some(anchor) => format!("{name} leder till bokmärket ”{anchor}”, som inte finns"),
            None => format!("{name} leder ingenstans"),
        };
        findings.add(At::Spot(story, link.spot), message);
    }
    for story in &file.stories {
        for (instruction, name, spot) in story.fields.dead(targets, true) {
            let message = format!("länken ”{instruction}” leder till bokmärket ”{name}”, som inte finns");
            findings.add(At::Spot(story, spot), message);
        }
    }
}

fn empty(file: &File, findings: &mut Findings<'_>) {
    for (story, link) in links(file).filter(|(_, link)| link.text.trim().is_empty() && !link.has_picture) {
        findings.add(At::Spot(story, link.spot), "en länk har ingen text");
    }
}

fn vague(file: &File, findings: &mut Findings<'_>) {
    let is_short = |text: &str| text.chars().filter(|char| char.is_alphanumeric()).nth(MOST_LETTERS).is_none();
    for (story, link) in links(file).filter(|(_, link)| is_short(&link.text)) {
        let words = link.text.to_lowercase();
        let words = words.trim_matches(|char: char| !char.is_alphanumeric());
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if VAGUE_TEXTS.contains(&words.as_str()) {
            let message = format!("länktexten ”{}” säger inte vart länken leder", link.text.trim());
            findings.add(At::Spot(story, link.spot), message);
        }
    }
}

fn address(file: &File, findings: &mut Findings<'_>) {
    for (story, link) in links(file) {
        let text = link.text.trim();
        let has_scheme = text.starts_with("http://") || text.starts_with("https://");
        let is_page = text.starts_with("www.") && text.trim_end_matches('/').contains('/');
        if (has_scheme || is_page) && !text.contains(char::is_whitespace) {
            let message = format!("länktexten är adressen {}", shortened(text));
            findings.add(At::Spot(story, link.spot), message);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_vague_text_is_too_long_to_be_looked_at() {
        let letters = |text: &&str| text.chars().filter(|char| char.is_alphanumeric()).count();
        assert!(VAGUE_TEXTS.iter().map(letters).max() <= Some(MOST_LETTERS));
    }
}

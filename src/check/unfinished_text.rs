//! A text that says that it is not written yet.

use std::ops::Range;

use rayon::prelude::*;

use super::phrases::Phrases;
use super::texts::{self, Hit, Sought, What};
use super::{Findings, Rule};
use crate::diagnostic::{Code, Severity};
use crate::model::Kind;
use crate::resolve::{Catalog, Written};

pub static RULE: Rule = Rule {
    code: Code(193),
    name: "unfinished-text",
    severity: Severity::Error,
    draft: Severity::Warning,
    paragraph: "§ 2.3",
    docs: "En tjänst är kartlagd och definierad först när det står vad den gör och vad den garanterar. TBD, TODO, ???, ”kommer \
           senare”, ”att fylla i” eller ett ensamt streck ser ut som en uppgift men är ingen. Märken som visas någon \
           annanstans skrivs inom citattecken: ”???”. Ett kapitel som bara har rubriker publiceras som det är, och läsaren \
           letar efter resten.",
    wrong: &[("produkter/servicedesk.yaml", "beskrivning: En väg in för alla ärenden. Öppettider kommer senare.")],
    right: &[(
        "produkter/servicedesk.yaml",
        "beskrivning: En väg in för alla ärenden. Svaret kommer senare än vanligt på måndagar.",
    )],
    cure: "skriv det som saknas, eller ta bort nyckeln tills det finns; är det menat så, sätt det inom citattecken (”…”)",
    check,
};

/// What says so wherever it stands.
const MARKS: [&str; 4] = ["TBD", "T.B.D", "TODO", "FIXME"];
/// What says so where it begins or ends a sentence.
const PHRASES: [&str; 16] = [
    "att fylla i",
    "kvar att fylla i",
    "återstår att fylla i",
    "fylls i senare",
    "fyll i senare",
    "kommer senare",
    "kompletteras senare",
    "beskrivs senare",
    "skrivs senare",
    "ska kompletteras",
    "behöver kompletteras",
    "att komplettera",
    "ej klart",
    "text saknas",
    "text kommer",
    "uppgift saknas",
];
/// Those that may also be said of what is to be done: *Felaktiga beställningar ska kompletteras.* They end a sentence that
/// tells of the text, or of one word that is all that there is of it: *Priser ska kompletteras.*
const DUTIES: [&str; 3] = ["ska kompletteras", "behöver kompletteras", "att fylla i"];
/// One that says so as a sentence only: *Text kommer från journalen.*
const SENTENCE: &str = "text kommer";
/// What tells of the text, in one word.
const OF_THE_TEXT: [&str; 15] = [
    "texten",
    "text",
    "avsnittet",
    "kapitlet",
    "beskrivningen",
    "stycket",
    "tabellen",
    "rubriken",
    "punkten",
    "uppgiften",
    "uppgifterna",
    "detta",
    "det",
    "här",
    "sidan",
];
/// What stands between two sentences.
const SENTENCE_ENDS: [char; 6] = ['.', ':', ';', '!', '?', '\n'];
/// What says so where nothing else is said.
const ALONE: [&str; 21] = [
    "-",
    "–",
    "—",
    "…",
    "...",
    "?",
    "n/a",
    "saknas",
    "okänt",
    "xx",
    "utreds",
    "under utredning",
    "fylls på",
    "kompletteras",
    "ska fyllas i",
    "ej ifyllt",
    "oklart",
    "vet ej",
    "vet inte",
    "inväntar beslut",
    "beslut inväntas",
];

/// Marks, phrases and question marks, or nothing but a word.
pub fn sought() -> Sought {
    let phrases = Phrases::new(MARKS.into_iter().chain(PHRASES).map(|phrase| (phrase, ())));
    Sought { phrases, signs: b"?", always: |text| is_alone(text.text().trim()), ..Sought::default() }
}

fn check(catalog: &Catalog, findings: &mut Findings<'_>) {
    // Texts of `katalog.yaml` have paths.
    let is_chapter = |text: &&Written| text.kind() == Kind::Chapter && text.path().is_empty();
    for chapter in catalog.texts().iter().filter(is_chapter).filter(|text| is_of_headings(text.text())) {
        let (message, help) =
            ("kapitlet har ingen text under sin rubrik", "skriv kapitlet, eller ta bort filen tills vidare");
        findings.add_in(chapter, &first_line(chapter.text()), message, help);
    }
    // An id or an address is no prose, but neither is it one of these.
    for text in catalog.texts().iter().filter(|text| texts::is_technical(text)) {
        let whole = text.text().trim();
        if is_alone(whole) || is_mark(whole, MARKS.contains(&whole.to_uppercase().as_str())) || is_crosses(whole) {
            findings.add_in(text, &(0..text.text().len()), format!("här står bara ”{whole}”"), RULE.cure);
        }
    }
    let phrases = phrases();
    let suspects = findings.facts.suspects.of_having(What::Unfinished);
    for hit in suspects.flat_map_iter(|text| hits(text, &phrases)).collect::<Vec<_>>() {
        findings.add_in(hit.text, &hit.part, hit.message, hit.help);
    }
}

/// The first line of a text that is not empty.
fn first_line(text: &str) -> Range<usize> {
    let start = text.len() - text.trim_start().len();
    start..text[start..].find('\n').map_or(text.len(), |end| start + end)
}

/// Whether a text has headings, and nothing else that may be read.
fn is_of_headings(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).peekable();
    lines.peek().is_some() && lines.all(|line| line.starts_with('#'))
}

/// The marks and the phrases, and whether each says so wherever it stands.
fn phrases() -> Phrases<bool> {
    let marks = MARKS.map(|mark| (mark, true));
    Phrases::new(marks.into_iter().chain(PHRASES.map(|phrase| (phrase, false))))
}

fn hits<'a>(text: &'a Written, phrases: &Phrases<bool>) -> Vec<Hit<'a>> {
    let source = text.text();
    let hit = |part: Range<usize>, message: String| Hit { text, part, message, help: RULE.cure.to_string() };
    let whole = source.trim();
    if is_alone(whole) {
        return vec![hit(0..source.len(), format!("här står bara ”{whole}”"))];
    }
    let mut hits = Vec::new();
    for part in texts::prose(text) {
        for (found, anywhere) in phrases.find(source, part.clone()) {
            let is_meant = || texts::is_compound(source, &found) || texts::is_quoted(source, &found);
            if is_mark(&source[found.clone()], *anywhere) && !is_meant() || !anywhere && bounds_sentence(source, &found)
            {
                let message = format!("”{}” står kvar i texten", &source[found.clone()]);
                hits.push(hit(found, message));
            }
        }
        for (at, mark) in source[part.clone()].match_indices("???") {
            let found = part.start + at..part.start + at + mark.len();
            if !texts::is_quoted(source, &found) {
                hits.push(hit(found, "”???” står kvar i texten".to_string()));
            }
        }
    }
    hits.sort_by_key(|hit| hit.part.start);
    hits
}

/// Longer than each of them, in bytes.
const LONG: usize = 32;

/// Whether a text is nothing but one of the words that say nothing.
fn is_alone(text: &str) -> bool {
    if text.trim_end_matches('.').len() > LONG {
        return false;
    }
    let bare = text.trim_end_matches('.');
    let same = |alone: &&str| alone.len() == bare.len() && bare.to_lowercase() == **alone;
    ALONE.contains(&text) || ALONE.iter().any(same)
}

/// Whether a word is one of the marks: no ending, and capitals where small letters are a word of some language.
fn is_mark(word: &str, is_candidate: bool) -> bool {
    is_candidate && (MARKS.contains(&word) || matches!(word, "tbd" | "Tbd" | "fixme" | "Fixme"))
}

/// Whether a text is crosses that stand for what is to come.
fn is_crosses(text: &str) -> bool {
    text.len() >= 3 && text.bytes().all(|byte| matches!(byte, b'x' | b'X'))
}

/// Whether nothing stands between a phrase and the beginning, or the end, of its sentence, and it is the text that it
/// tells of.
fn bounds_sentence(source: &str, found: &Range<usize>) -> bool {
    let before = source[..found.start].trim_end_matches([' ', '*', '_', '”', '"', '(', '[']);
    let after = source[found.end..].trim_start_matches([' ', '*', '_']);
    let begins = before.is_empty() || before.ends_with(['.', ':', ';', '!', '?', '\n', '–', '|', '-']);
    let ends = after.is_empty() || after.starts_with(['.', ':', ';', '!', ')', ']', '\n', '”', '"', '|']);
    if source[found.clone()].to_lowercase() == SENTENCE {
        return begins && ends;
    }
    let is_duty = DUTIES.iter().any(|duty| source[found.clone()].to_lowercase().starts_with(duty));
    let begins_with_the_text = || tells_of_the_text(before.split(' ').next().unwrap_or_default());
    let is_all = || {
        let is_of_the_text = !before.trim_end().contains(' ') || begins_with_the_text();
        is_of_the_text && !before.contains(SENTENCE_ENDS) && after.trim_end().trim_end_matches('.').is_empty()
    };
    begins || ends && (!is_duty || is_all() || tells_of_the_text(before))
}

/// Whether a sentence that begins so is about the text that it stands in.
fn tells_of_the_text(before: &str) -> bool {
    let last = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase();
    OF_THE_TEXT.contains(&last.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::texts::tests::in_chapter;

    fn found(source: &str) -> Vec<String> {
        in_chapter(source, |catalog, _| {
            let phrases = phrases();
            let text = catalog.texts().iter().find(|text| text.owner() == "kapitel").expect("the chapter");
            hits(text, &phrases).into_iter().map(|hit| text.text()[hit.part].to_string()).collect()
        })
    }

    #[test]
    fn what_is_left_to_write_is_found() {
        let source = "# A\n\nTbd. TBD. T.B.D. Se nedan: TODO. Hur???\n\n- Pris kommer senare\n- Att fylla i: namn\n\n(Ska \
            kompletteras med tider)\n\nTexten \
            ska kompletteras. Det behöver kompletteras. Text kommer.\n\nTexten återstår att fylla i.\n";
        let (first, last) = (
            ["Tbd", "TBD", "T.B.D", "TODO", "???", "kommer senare", "Att fylla i", "Ska kompletteras"],
            ["ska kompletteras", "behöver kompletteras", "Text kommer", "återstår att fylla i"],
        );
        assert_eq!(found(source), [&first[..], &last].concat());
    }

    #[test]
    fn what_only_sounds_like_it_is_not() {
        let source = "# A\n\nSvaret kommer senare samma dag. Ansökan ska kompletteras med intyg. Underlaget ska \
            kompletteras. Uppgifter som behöver kompletteras. Blanketten att fylla i finns \
            på intranätet. Den är lätt att fylla i. Todos, en TODO-lista och `TBD`. Varför? Text kommer från journalen. Visar ”???” när värdet \
            saknas, och ”TBD” i listan. Oklart är när.\n\n| A | B |\n|---|---|\n| – | - |\n";
        assert!(found(source).is_empty(), "{:?}", found(source));
    }

    #[test]
    fn what_says_nothing_alone_is_found_where_nothing_else_is_said() {
        for alone in ["–", "Oklart.", "Vet ej", "Inväntar beslut."] {
            assert!(is_alone(alone), "{alone}");
        }
        assert!(!is_alone("Oklart när."));
    }
}

//! What authors write that Markdown reads otherwise than it was meant, or shows nowhere: each is told where it stands.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Parser, Tag};

use super::{LIST, MOST_PROBLEMS, Parsed, Problem, Reader, TABLE, first_line, is_within, options, pieces};
use crate::document::{Block, Heading, Inline};

/// The longest text of a link that is looked through for its beginning, in bytes.
const LONGEST_LINK: usize = 300;

/// The farthest in that the sign of an item is looked for, in bytes.
const DEEPEST_ITEM: usize = 100;

/// Units with capitals, before which a figure is no heading's number.
const UNITS: [&str; 20] = [
    "A", "Ah", "EUR", "GB", "GHz", "GW", "Gb", "Gbit", "Hz", "MB", "MHz", "MW", "Mb", "Mbit", "Mkr", "TB", "THz",
    "Tbit", "V", "W",
];

/// What seems to be the number of a heading, given by its author.
#[derive(Debug)]
pub struct OwnNumber {
    pub span: Range<usize>,
    parts: Vec<u8>,
}

impl OwnNumber {
    /// The same in a text that begins so much earlier.
    pub(super) fn moved_on(self, by: usize) -> OwnNumber {
        OwnNumber { span: self.span.start + by..self.span.end + by, ..self }
    }

    /// Whether a heading with the number before it, after it, above it or first below it is there.
    fn has_neighbour(&self, all: &HashSet<Vec<u8>>) -> bool {
        let Some((last, above)) = self.parts.split_last() else { return false };
        let beside = |last: u8| all.contains([above, &[last]].concat().as_slice());
        let is_first_below = *last == 1 && all.contains(above);
        beside(last + 1)
            || beside(last - 1)
            || is_first_below
            || all.contains([&self.parts[..], &[1]].concat().as_slice())
    }
}

/// Reports the numbers of headings that others of the same text go on from: by itself one may be an amount, a date or a part
/// of a name.
pub(super) fn tell_own_numbers(source: &str, parsed: &mut Parsed) {
    let numbers = std::mem::take(&mut parsed.own_numbers);
    let all: HashSet<Vec<u8>> = numbers.iter().map(|number| number.parts.clone()).collect();
    let told = numbers.into_iter().filter(|number| number.has_neighbour(&all));
    parsed.problems.extend(told.map(|OwnNumber { span, .. }| {
        let number = &source[span.clone()];
        let message = format!("rubriken har ett eget nummer, {number}, före det som den får");
        let help = Some(format!("ta bort det; skriv {} för att visa det ändå", number.replacen('.', "\\.", 1)));
        Problem { span, is_reference: false, message, help }
    }));
    parsed.problems.sort_by_key(|problem| problem.span.start);
    parsed.problems.truncate(MOST_PROBLEMS);
}

/// Reports a table's caption that ends a text: the table that it is meant for stands above it, or is not there.
pub(super) fn tell_caption_of_none(source: &str, parsed: &mut Parsed) {
    let Some(Block::Paragraph(inlines)) = parsed.blocks.last() else { return };
    let is_caption = matches!(inlines.first(), Some(Inline::Text(first)) if first.starts_with(TABLE));
    let written = source.trim_end();
    let start = written.rfind("\n\n").map_or(0, |end| end + 2);
    if is_caption && written[start..].starts_with(TABLE) && parsed.problems.len() < MOST_PROBLEMS {
        let message = "raden blir ett eget stycke: det kommer ingen tabell efter den".to_string();
        let help =
            Some("sätt den före sin tabell, med en tom rad emellan; sätt \\ före : för att visa den".to_string());
        let span = first_line(&(start..written.len()));
        let span = span.start..source.floor_char_boundary(span.end);
        parsed.problems.push(Problem { span, is_reference: false, message, help });
    }
}

impl Reader<'_, '_> {
    /// Reports a paragraph that was meant to be something else, and is shown with its signs as it stands.
    pub(super) fn check_paragraph(&mut self, span: &Range<usize>) {
        let Some(written) = self.source.get(span.clone()).map(str::trim_end) else { return };
        let line = written.lines().next().unwrap_or_default().trim_end();
        let (message, help) = match line.as_bytes().first() {
            Some(b'|') if line.contains("|---") => {
                ("tabellens rader har blivit en enda", "skriv varje rad för sig; i en YAML-fil med | efter nyckeln")
            }
            Some(b'|') if line.len() > 1 && line.ends_with('|') => (
                "tabellen går inte att läsa: rubrikraden ska följas av en rad med |---| för varje kolumn",
                "lägg till raden, eller det som saknas i den; sätt \\ före | för att visa tecknet",
            ),
            Some(b'#') if is_heading_without_space(line) => (
                "rubriken läses som text: efter # ska stå ett blanksteg",
                "sätt ett blanksteg efter #; sätt \\ före # för att visa tecknet",
            ),
            Some(b'F') if line == written && is_caption_of_picture(line, &self.source[span.end..]) => (
                "raden blir ett eget stycke: en bilds text läses inte därifrån",
                "skriv den efter bildens namn, inom citattecken: ![beskrivning](bild.png \"bildtext\")",
            ),
            _ if is_list_without_marks(written) => (
                "punkterna blir ett enda stycke: de läses inte som en lista",
                "börja varje punkt med - och ett blanksteg, eller sätt en tom rad mellan dem",
            ),
            _ if is_table_without_line(written) => (
                "tabellens rader blir ett enda stycke: de läses inte som en tabell",
                "skriv dem som en tabell: | Kund | Pris |, under den första |---|---|, och sedan en rad för varje post",
            ),
            _ => return,
        };
        self.problem(first_line(span), message, help);
    }

    /// Reports a text, or an item of a list, that is a quote because it begins with more than a figure, as `>500 kr`. A
    /// sentence is one that someone quotes.
    pub(super) fn check_quote(&mut self, span: &Range<usize>) {
        let Some(written) = self.source.get(span.clone()).map(str::trim) else { return };
        let line = self.source[..span.start].rsplit('\n').next().unwrap_or_default();
        let is_all = match self.host {
            None => self.before.trim().is_empty() && self.source.trim() == written,
            Some(host) => host == LIST && !line.trim().is_empty(),
        };
        let amount = written.trim_start_matches('>').trim_start_matches(['=', ' ']);
        if is_all
            && !written.contains('\n')
            && amount.starts_with(|c: char| c.is_ascii_digit())
            && !is_sentence(written)
        {
            let help = "skriv fler än, mer än eller minst; sätt \\ före > för att visa tecknet";
            self.problem(first_line(span), "tecknet > visas inte: texten läses som ett citat", help);
        }
    }

    /// Reports code between whose last line, that ends at `code`, and its end there is no fence: what was to come after it is
    /// code, too.
    pub(super) fn check_fence(&mut self, span: &Range<usize>, code: Option<usize>) {
        let written = self.source.get(span.clone()).unwrap_or_default();
        let line = written.lines().next().unwrap_or_default().trim_end();
        let Some(sign) = line.chars().next() else { return };
        let after = code.unwrap_or(span.start + line.len());
        if self.source.get(after..span.end).is_some_and(|after| after.contains(sign)) {
            return;
        }
        let fence = &line[..line.len() - line.trim_start_matches(sign).len()];
        let help = format!("sätt en rad med bara {fence} efter koden, lika långt in som den här raden");
        let span = span.start..span.start + line.len();
        self.problem(span, "kodblocket har inget slut: det som följer visas som kod", &help);
    }

    /// Reports what stands in the braces after a heading and is nothing that a heading has.
    pub(super) fn check_braces(
        &mut self,
        attributes: &[(CowStr, Option<CowStr>)],
        heading: &Heading,
        span: &Range<usize>,
    ) {
        let written = self.source.get(span.clone()).unwrap_or_default().trim_end();
        let Some((before, braces)) = written.strip_suffix('}').and_then(|written| written.rsplit_once('{')) else {
            return;
        };
        // Only the last braces are the heading's: those before them would be shown.
        let more = before.trim_end().strip_suffix('}').and_then(|before| before.rsplit_once('{'));
        if more.is_some_and(|(before, more)| !before.ends_with('\\') && more.starts_with(['#', '.'])) {
            let help = format!("sätt allt inom ett par: {{{} {braces}}}", more.map_or("", |(_, more)| more));
            self.problem(first_line(span), "rubriken har klamrar efter klamrar", &help);
        }
        // What is shown is no more than text.
        if braces.ends_with('\\') || crate::document::plain_text(&heading.text).ends_with('}') {
            return;
        }
        let is_of_heading = |word: &&str| word.len() > 1 && word.starts_with(['#', '.']);
        let name = attributes.first().map(|(name, _)| &**name);
        let lost = name.or_else(|| braces.split_whitespace().find(|word| !is_of_heading(word)));
        if let Some(lost) = lost.or_else(|| braces.trim().is_empty().then_some("{}")) {
            let message = format!("”{lost}” inom klamrarna efter rubriken visas inte");
            self.problem(first_line(span), message, "skriv \\{ för att visa det, eller ta bort det");
        }
        if braces.split_whitespace().filter(|word| word.starts_with('#')).count() > 1 {
            self.problem(first_line(span), "rubriken har två ankare", "behåll ett av dem");
        }
    }

    /// Keeps in mind the number that a heading seems to have from its author, before that which it gets. One of a single part
    /// may be anything: a year, a telephone number, hours.
    pub(super) fn note_own_number(&mut self, span: &Range<usize>) {
        let Some(written) = self.source.get(span.clone()) else { return };
        let text = written.trim_start_matches(['#', ' ', '\t']);
        let number = text.split([' ', '\t']).next().unwrap_or_default();
        let part = |part: &str| part.parse::<u8>().ok().filter(|number| part.len() <= 2 && (1..=20).contains(number));
        let parts: Option<Vec<u8>> = number.trim_end_matches('.').split('.').map(part).collect();
        let Some(parts) = parts.filter(|_| number.contains('.')) else { return };
        let name = text[number.len()..].trim_start();
        let is_unit = name.split([' ', '/', '\n']).next().is_some_and(|word| UNITS.contains(&word));
        // Of an amount the unit follows in small letters, or is one of those.
        if name.starts_with(char::is_uppercase) && !is_unit {
            let start = span.start + written.len() - text.len();
            self.parsed.own_numbers.push(OwnNumber { span: start..start + number.len(), parts });
        }
    }

    /// Reports a point that goes on in the item above, since it is marked otherwise or without a space.
    pub(super) fn check_points(&mut self, span: &Range<usize>) {
        let Some(written) = self.source.get(span.clone()) else { return };
        let before = &self.source[self.source.floor_char_boundary(span.start.saturating_sub(DEEPEST_ITEM))..span.start];
        let indent = before.len() - before.trim_end_matches(' ').len();
        let indent = indent + written.len() - written.trim_start_matches(' ').len();
        let mut at = span.start;
        for line in written.split_inclusive('\n') {
            let own = line.len() - line.trim_start_matches(' ').len();
            if at > span.start && own <= indent && is_point(line) {
                let message = "punkten läses som en del av den ovanför";
                self.problem(at + own..at + line.trim_end().len(), message, "börja den med - och ett blanksteg");
                return;
            }
            at += line.len();
        }
    }

    /// Reports a number that an item does not get. All may have the number of the first, as those of a template do.
    pub(super) fn check_number(&mut self, start: Option<u64>, at: usize, span: &Range<usize>) {
        let written = self.source.get(span.clone()).unwrap_or_default();
        let figures = &written[..written.bytes().take_while(u8::is_ascii_digit).count()];
        let Some((first, number)) = start.zip(figures.parse::<u64>().ok()) else { return };
        let own = first + at as u64;
        if number != own && number != first {
            let message = format!("”{number}.” blir punkt {own}: punkter räknas från den första");
            let help = format!("rätta numret, eller skriv {number}\\. för att visa det");
            self.problem(span.start..span.start + figures.len(), message, &help);
        }
    }

    /// Reports a row with more cells than the table has columns, which the parser drops.
    pub(super) fn check_row(&mut self, span: &Range<usize>, columns: usize) {
        let row = self.source.get(span.clone()).unwrap_or_default().trim().as_bytes();
        // In most rows not even all bars together, those of texts too, would make a cell too many.
        let (first, last) = (row.first() == Some(&b'|'), row.last() == Some(&b'|'));
        if first && last && row.iter().filter(|byte| **byte == b'|').count() <= columns + 1 {
            return;
        }
        let is_bar = |at: usize| row[at] == b'|' && !(at > 0 && row[at - 1] == b'\\');
        let bars = (0..row.len()).filter(|at| is_bar(*at)).count();
        let edges = usize::from(first) + usize::from(row.len().checked_sub(1).is_some_and(is_bar));
        let cells = bars + 1 - edges.min(bars);
        if cells > columns {
            let word = if columns == 1 { "kolumn" } else { "kolumner" };
            let message = format!("raden har {cells} celler, men tabellen {columns} {word}");
            self.problem(first_line(span), message, "ta bort en cell, eller skriv strecket i en text som \\|");
        }
        if bars == 0 && columns > 1 {
            let message = "raden direkt under tabellen blir en rad i den";
            self.problem(
                first_line(span),
                message,
                "lägg en tom rad före, eller skriv dess celler mellan streck: | … |",
            );
        }
    }

    pub(super) fn check_text(&mut self, text: &CowStr, span: &Range<usize>) {
        if text.starts_with("[^") && !self.source[..span.start].ends_with('\\') {
            let message = format!("fotnoten ”{text}” finns inte");
            self.problem(span.clone(), message, "skriv den på en egen rad: ”[^1]: …”");
        }
        // What stands in the source as it is has no named characters.
        if self.source.get(span.clone()) != Some(&**text) {
            self.check_characters(text, span);
            self.check_letters(text, span);
        }
        self.check_references(span);
        self.check_marks(span);
    }

    /// Reports what was meant to be a link, a note or bold, and is shown with its signs as it stands.
    pub(super) fn check_marks(&mut self, span: &Range<usize>) {
        let Some(written) = self.source.get(span.clone()) else { return };
        if !written.contains([']', '^', '*', '~']) || self.parsed.problems.len() >= MOST_PROBLEMS {
            return;
        }
        let (before, after) = (&self.source[..span.start], &self.source[span.end..]);
        let is_escaped = |at: usize| self.source[..at].ends_with('\\');
        let ends = || written.match_indices(']').map(|(at, _)| span.start + at).filter(|at| !is_escaped(*at));
        let mut told = ends().filter_map(|at| match &self.source[at + 1..] {
            rest if rest.starts_with('(') => Some((
                at..at + 2,
                "länken eller bilden går inte att läsa, och visas som den står",
                cure_of_address(self.source, at),
            )),
            rest if rest.starts_with(" (http://") || rest.starts_with(" (https://") => Some((
                at..at + 3,
                "länken visas som den står: det är ett blanksteg mellan ] och (",
                "skriv [text](https://…) utan blanksteg emellan",
            )),
            _ => None,
        });
        let told = told.find(|(ends, ..)| has_opened(self.source, ends.start));
        let is_note = written.starts_with('^') && !written.contains(char::is_whitespace);
        let is_note = is_note && written.len() > 1 && before.ends_with('[') && !is_escaped(span.start - 1);
        let note = (is_note && after.starts_with(']')).then(|| {
            let label = &written[1..];
            (span.clone(), format!("fotnoten ”{label}” finns inte"), "skriv den på en egen rad: ”[^1]: …”")
        });
        let led = ends().find_map(|at| Some((at, name_of_address(self.source, at)?))).map(|(at, name)| {
            let message = format!("länken visas som den står: texten har ingen rad ”[{name}]: …” med dess adress");
            (
                at..at + "][]".len() + name.len(),
                message,
                "skriv adressen efter texten: [text](https://…); sätt \\ före [ för att visa tecknen",
            )
        });
        let told = told.map(|(span, message, help)| (span, message.to_string(), help));
        if let Some((span, message, help)) = told.or(note).or(led) {
            self.problem(span, message, help);
        }
        for at in written.match_indices('*').map(|(at, _)| span.start + at).filter(|at| !is_escaped(*at)) {
            self.check_bold(at);
        }
        for at in written.match_indices(['*', '~']).map(|(at, _)| span.start + at) {
            self.check_italics(at);
        }
    }

    /// Reports a star or two tildes that are shown, and what would have ended their words but for the letter after it.
    fn check_italics(&mut self, at: usize) {
        let Some((mark, message, help)) = ITALICS.into_iter().find(|(mark, ..)| is_mark(self.source, at, mark)) else {
            return;
        };
        let (before, after) = (&self.source[..at], &self.source[at + mark.len()..]);
        let first = self.lone_mark.take().filter(|first| (first + 1..first + LONGEST_LINK).contains(&at));
        let first = first.filter(|first| {
            let between = &self.source[*first..at];
            is_mark(self.source, *first, mark) && !between.contains('\n') && !between.contains(" |")
        });
        let is_end = !before.ends_with(|c: char| c.is_whitespace() || c.is_alphanumeric() || "([/".contains(c));
        if let Some(first) = first.filter(|_| is_end && after.starts_with(char::is_alphanumeric)) {
            self.problem(first..first + mark.len(), message, help);
            return;
        }
        let is_begun = before.is_empty() || before.ends_with(|c: char| c.is_whitespace() || "([”\"'".contains(c));
        self.lone_mark = (is_begun && !after.starts_with(char::is_whitespace)).then_some(at);
    }

    /// Reports two stars that are shown, and are followed by two more: one of them opens what was meant to be bold. Those of
    /// a remark, as in price lists, come after words.
    fn check_bold(&mut self, at: usize) {
        if !is_pair(self.source, at) {
            return;
        }
        let first = self.lone_stars.replace(at).filter(|first| (first + 2..first + LONGEST_LINK).contains(&at));
        let Some(first) = first.filter(|first| !self.source[*first..at].contains(['\n', '|'])) else { return };
        let opens = |at: usize| !self.source[..at].ends_with(char::is_alphanumeric);
        if opens(first) || opens(at) {
            let help = "inget blanksteg ska stå innanför stjärnorna, och ingen bokstav direkt efter dem; skriv \\*\\* för att \
                        visa dem";
            self.problem(first..first + 2, "”**” visas som det står: texten mellan dem blir inte fet", help);
            self.lone_stars = None;
        }
    }

    /// Reports a reference that has no end. In a table its bar ends the cell, and the rest of the row would be lost.
    pub(super) fn check_references(&mut self, span: &Range<usize>) {
        let end = self.source.len().min(span.end + 1);
        // Most texts have no brackets at all.
        if !self.source.as_bytes()[span.start..end].contains(&b'[') {
            return;
        }
        let Some(written) = self.source.get(span.start..end) else { return };
        let escaped = |at: usize| self.source[..span.start + at].ends_with('\\');
        let Some((at, _)) = written.match_indices("[[").find(|(at, _)| !escaped(*at)) else { return };
        let from = span.start + at;
        // A reference that is all of a link's text is told at the link's address.
        let near = &self.source[from..self.source.floor_char_boundary(from + LONGEST_LINK)];
        let line = near.lines().next().unwrap_or_default();
        if line.starts_with("[[[") && line.contains("]]](") {
            return;
        }
        if line.starts_with("[[]]") {
            let help = "skriv det id som den ska leda till, eller ta bort den; tecknen själva skrivs \\[\\[]]";
            self.problem(from..from + 4, "referensen [[]] är tom", help);
            return;
        }
        let help = "avsluta med ]]; i en tabell skrivs strecket \\|, och tecknen själva skrivs \\[\\[";
        self.problem(from..from + 2, "en referens [[ saknar sitt slut ]]", help);
    }

    /// Reports a character that no text may hold and that the source only names, as `&#x202E;`. One that stands there
    /// itself has been found when the file was read.
    pub(super) fn check_characters(&mut self, text: &str, span: &Range<usize>) {
        if crate::text::is_all_plain(text) {
            return;
        }
        let written = self.source.get(span.clone()).unwrap_or_default();
        let named = crate::text::forbidden(text).map(|(_, c)| c).find(|c| !written.contains(*c));
        if let Some(c) = named {
            let message = format!("texten innehåller {} (U+{:04X})", crate::text::kind_of_forbidden(c), u32::from(c));
            self.problem(span.clone(), message, "ta bort tecknet; skriv om ordet om det inte syns");
        }
    }

    /// Reports a letter that is written as a number or a name, as `&#110;`: who reads the source for words does not see it.
    pub(super) fn check_letters(&mut self, text: &str, span: &Range<usize>) {
        let written = self.source.get(span.clone()).unwrap_or_default();
        let is_word = |c: char| (c.is_alphabetic() && !matches!(c, 'µ' | 'ª' | 'º')) || c.is_ascii_digit();
        if written.starts_with('&') && text.chars().all(is_word) {
            let message = format!("”{written}” är en bokstav eller siffra");
            self.problem(span.clone(), message, &format!("skriv {text} som det är"));
        }
    }

    /// Reports stars between figures, as in `24*7*365`, which would be gone.
    pub(super) fn check_stars(&mut self, is_strong: bool, span: &Range<usize>) {
        let ends = [span.start, span.end - 1].map(|at| is_between_figures(self.source, at));
        // Half of a number may be in bold.
        let is_lost = if is_strong { ends == [true, true] } else { ends.contains(&true) };
        if is_lost {
            let message = "stjärnan mellan siffror visas inte: den läses som betoning";
            self.problem(span.clone(), message, "skriv × för gånger, eller \\* för stjärnan");
        }
    }

    /// Reports an address right after a reference or a text that is put in, and whether there is one: neither has one of its
    /// own.
    pub(super) fn check_after(&mut self, span: &Range<usize>) -> bool {
        let is_there = self.source.get(span.end..).is_some_and(begins_with_address);
        if is_there {
            let message = "adressen efter referensen visas som den står: en referens leder dit dess id säger";
            let help = "skriv [text](adress) för en länk, ![text](bild.png) för en bild, eller ta bort parentesen";
            self.problem(span.clone(), message, help);
        }
        is_there
    }

    /// An anchor is a place, and shows nothing.
    pub(super) fn check_anchor(&mut self, link_type: LinkType, span: &Range<usize>) {
        if matches!(link_type, LinkType::WikiLink { has_pothole: true }) {
            let message = "ett ankare visar ingen text";
            self.problem(span.clone(), message, "skriv ![[#…]] utan streck, och texten för sig");
        }
    }

    /// A line that begins as `[Obs]: text` is the definition of an address, and is not shown.
    pub(super) fn tell_unused_definitions(&mut self) {
        let Some(parser) = self.events.parser.take() else { return };
        let definitions = parser.reference_definitions();
        for (label, definition) in definitions.iter() {
            if !self.led_by.contains(&definition.span.start) {
                let message =
                    format!("raden ”[{label}]: …” visas inte: den läses som en adress, som ingen länk leder till");
                let help = "sätt \\ före [ för att visa den, eller ta bort den";
                self.problem(first_line(&definition.span), message, help);
            }
        }
        let shown = OnceCell::new();
        for (at, label) in pieces::definitions(self.source) {
            // Of those with one label, the first leads.
            let is_another = definitions.get(label).is_some_and(|first| first.span.start != at);
            if is_another && !is_within(shown.get_or_init(|| leaves(self.source)), at) {
                let message = format!("adressen [{label}] står två gånger, och den andra används inte");
                self.problem(at..at + label.len() + 2, message, "ge den ena ett annat namn, eller ta bort den");
            }
        }
    }
}

/// The elements of HTML that anyone writes in a text, and those that do harm.
const ELEMENTS: [&str; 44] = [
    "a",
    "abbr",
    "b",
    "big",
    "blockquote",
    "br",
    "center",
    "code",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "hr",
    "i",
    "iframe",
    "img",
    "input",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "s",
    "script",
    "small",
    "span",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "table",
    "td",
    "tr",
    "u",
];

/// What to do about HTML. A tag that HTML has not is a place in a template that nothing has been put into.
pub(super) fn cure_of_html(html: &str) -> &'static str {
    let name = html.trim_start_matches(['<', '/']);
    let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_ascii_lowercase();
    match name.is_empty() || ELEMENTS.contains(&name.as_str()) || html.contains('=') {
        true => "skriv det som Markdown; sätt \\ före < för att visa tecknet",
        false => "skriv det som ska stå där, om det är en plats att fylla i; sätt \\ före < för att visa tecknet",
    }
}

/// The fewest words of a quoted sentence: *> 500 samtidiga användare.* is an amount, whatever it ends with.
const WORDS_OF_A_QUOTE: usize = 4;

/// Whether a quote is of a sentence that a figure begins: a blank after its sign, words, and what ends them.
fn is_sentence(quote: &str) -> bool {
    let Some(said) = quote.trim_start_matches('>').strip_prefix(' ') else { return false };
    let ends = said.trim_end_matches(['”', '"', ')']).ends_with(['.', '!', '?']);
    ends && said.split_whitespace().count() >= WORDS_OF_A_QUOTE
}

/// Whether a line is a heading but for the space after its signs. One sign may begin any word.
fn is_heading_without_space(line: &str) -> bool {
    let text = line.trim_start_matches('#');
    (2..=6).contains(&(line.len() - text.len())) && text.starts_with(char::is_alphanumeric)
}

/// Whether a line is meant as the caption of the picture that comes next and has none, as a table's stands before it.
fn is_caption_of_picture(line: &str, after: &str) -> bool {
    let picture = after.trim_start().lines().next().unwrap_or_default().trim_end();
    let is_picture = picture.strip_prefix("![").is_some_and(|picture| !picture.starts_with('['));
    // After the address there is nothing but a caption.
    let has_caption = picture.split_once("](").is_some_and(|(_, address)| address.contains(' '));
    is_picture
        && !has_caption
        && line.strip_prefix("Figur").is_some_and(|rest| {
            let sign = rest.trim_start_matches(|c: char| c == ' ' || c.is_ascii_digit());
            sign.starts_with(':') || sign.strip_prefix('.').is_some_and(|text| text.is_empty() || text.starts_with(' '))
        })
}

/// Signs of points in other programs, which are no words.
const POINTS: [char; 12] = ['▪', '●', '○', '◦', '■', '□', '‣', '➢', '✓', '✔', '☐', '☑'];

/// Whether a line is a point but for how it is marked. Word's points of the second and third level are an o and a § with a
/// tab after them: with a blank they are words.
fn is_point(line: &str) -> bool {
    let mut letters = line.trim_start().chars();
    match (letters.next(), letters.next(), letters.next()) {
        (Some('-'), Some(next), _) => next.is_alphabetic(),
        (Some('•' | '–' | '·'), Some(next), _) => next.is_whitespace() || next.is_alphabetic(),
        (Some('o' | '§' | '—'), Some('\t'), _) => true,
        (Some(sign), Some(' ' | '\t'), _) if POINTS.contains(&sign) => true,
        (Some('a'..='z'), Some(')'), Some(next)) => next.is_whitespace(),
        _ => false,
    }
}

/// Whether lines of a paragraph are points but for how they are marked: as Word marks them, or without a space.
fn is_list_without_marks(written: &str) -> bool {
    // Most paragraphs are a line.
    let Some((first, rest)) = written.split_once('\n') else { return false };
    let joined = written.lines().zip(rest.lines()).filter(|(above, line)| is_point(line) && !is_broken(above));
    match is_point(first) {
        true => joined.count() > 0,
        false => joined.count() > 1 && first.trim_end().ends_with(':'),
    }
}

/// Whether a line stays by itself.
fn is_broken(line: &str) -> bool {
    line.ends_with("  ") || line.ends_with('\\')
}

/// Whether two lines of a paragraph are rows of a table but for how they are written: with as many tabs, as they come from a
/// spreadsheet, or as many bars between words. Lines that are broken stay as they are, and code is looked at by nobody.
fn is_table_without_line(written: &str) -> bool {
    let Some((_, rest)) = written.split_once('\n').filter(|_| !written.contains('`')) else { return false };
    let mut pairs = written.lines().zip(rest.lines()).filter(|(above, _)| !is_broken(above));
    pairs.any(|(above, line)| {
        let is_alike = |edges: fn(&str) -> usize| edges(above) > 0 && edges(above) == edges(line);
        is_alike(tabs_within) || is_alike(bars_between)
    })
}

/// How many tabs a line has, if any of them stands between words: after a sign or a number alone begins a point.
fn tabs_within(line: &str) -> usize {
    let is_point = line.trim().split('\t').next().is_some_and(|first| !first.contains(char::is_alphabetic));
    let least = if is_point { 1 } else { 0 };
    if line.trim().matches('\t').count() > least { line.matches('\t').count() } else { 0 }
}

/// How many bars stand between the words of a line; that of a reference is none.
fn bars_between(line: &str) -> usize {
    let parts = line.split("[[").enumerate().map(|(at, part)| match part.split_once("]]") {
        Some((_, after)) if at > 0 => after,
        _ => part,
    });
    parts.map(|part| part.matches(" | ").count()).sum()
}

/// Whether two stars, and no more, stand at a place.
fn is_pair(source: &str, at: usize) -> bool {
    let (before, after) = (&source[..at], source[at..].strip_prefix("**"));
    !before.ends_with(['*', '\\']) && after.is_some_and(|after| !after.starts_with(['*', '\\']))
}

/// Marks of italics and of strikeout, and what is told of those that are shown.
const ITALICS: [(&str, &str, &str); 2] = [
    (
        "*",
        "”*” visas som det står: texten mellan dem blir inte kursiv",
        "ingen bokstav ska stå direkt efter: ta med den, som i *[[id|namnets]]*; skriv \\* för att visa stjärnan",
    ),
    (
        "~~",
        "”~~” visas som det står: texten mellan dem blir inte struken",
        "ingen bokstav ska stå direkt efter: ta med den, som i ~~[[id|namnets]]~~; skriv \\~~ för att visa tecknen",
    ),
];

/// Whether that mark stands at a place, and none of its signs beside it.
fn is_mark(source: &str, at: usize, mark: &str) -> bool {
    let (before, after) = (&source[..at], source[at..].strip_prefix(mark));
    let sign = &mark[..1];
    !before.ends_with(sign) && !before.ends_with('\\') && after.is_some_and(|after| !after.starts_with(sign))
}

/// Whether stars stand between figures at a place, as in `24*7`; more than three are none of emphasis.
pub fn is_between_figures(source: &str, at: usize) -> bool {
    let (before, after) = source.as_bytes().split_at(at);
    let is_figure = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    is_figure(before.iter().rev().take(4).find(|byte| **byte != b'*'))
        && is_figure(after.iter().take(4).find(|byte| **byte != b'*'))
}

/// Whether a bracket that ends there has been opened not far before it.
fn has_opened(source: &str, end: usize) -> bool {
    opened_at(source, end).is_some_and(|at| !source[..at].ends_with('\\'))
}

/// Where the bracket that ends there has been opened, if not far before.
fn opened_at(source: &str, end: usize) -> Option<usize> {
    let start = source.floor_char_boundary(end.saturating_sub(LONGEST_LINK));
    let mut within = 0_usize;
    let (at, _) = source[start..end].rmatch_indices(['[', ']']).find(|(_, sign)| {
        let is_it = *sign == "[" && within == 0;
        within = if *sign == "]" { within + 1 } else { within.saturating_sub(1) };
        is_it
    })?;
    Some(start + at)
}

/// The name of the address that a link is led by, which follows the bracket that ends its text: `[avtalet][avtal]`. Numbers
/// are those of sources, as in `[1][2]`; brackets after a word are code's, and more than two in a row are keys or choices.
fn name_of_address(source: &str, end: usize) -> Option<&str> {
    let is_word = |text: &str| text.starts_with(char::is_alphabetic) && text.chars().nth(1).is_some();
    let near = source[end + 1..].strip_prefix('[')?;
    let near = &near[..near.floor_char_boundary(LONGEST_LINK)];
    let name = near[..near.find(['[', ']', '\n'])?].trim();
    let after = near[near.find(['[', ']'])?..].strip_prefix(']')?;
    let start = opened_at(source, end)?;
    let is_text = is_word(source[start + 1..end].trim_start_matches(['*', '_', '~', '`', '”', '"']));
    let is_apart = !source[..start].ends_with(|c: char| c.is_alphanumeric() || matches!(c, ']' | '\\'));
    (is_word(name) && is_text && is_apart && !after.starts_with(['[', '('])).then_some(name)
}

/// Whether an address stands right there within parentheses.
fn begins_with_address(text: &str) -> bool {
    let inner = text.strip_prefix('(').and_then(|text| text[..text.floor_char_boundary(LONGEST_LINK)].split_once(')'));
    inner.is_some_and(|(address, _)| {
        let address = address.split([' ', '\n']).next().unwrap_or_default();
        let begins = ["http://", "https://", "mailto:", "#"].iter().any(|scheme| address.starts_with(scheme));
        begins || [".png", ".jpg", ".jpeg", ".html"].iter().any(|ending| address.ends_with(ending))
    })
}

/// What to do about an address after a bracket that cannot be read: a reference before it, a blank in it, or quotes that are
/// none of Markdown's.
fn cure_of_address(source: &str, end: usize) -> &'static str {
    let near = &source[end..source.floor_char_boundary(end + LONGEST_LINK)];
    let address = near.split([')', '\n']).next().unwrap_or_default();
    let opened = opened_at(source, end);
    let text = opened.map_or("", |at| &source[at..end]);
    if text.contains("](") && !text.contains("![") {
        "låt länkarna stå efter varandra: en länk kan inte stå i en annan; sätt \\ före [ för att visa tecknen"
    } else if text.contains("[^") {
        "sätt fotnoten efter länken: [text](adress)[^1]; sätt \\ före [ för att visa tecknen"
    } else if text.contains("]]") {
        "skriv namnet i texten, och referensen [[…]] utanför den; sätt \\ före [ för att visa tecknen"
    } else if address.contains(['”', '“', '„', '»', '«', '’']) {
        "skriv raka citattecken efter adressen: (… \"…\"); sätt \\ före [ för att visa tecknen"
    } else if opened.is_some_and(|at| source[..at].ends_with('!')) {
        "ge bilden ett namn av a–z, siffror, bindestreck och understreck, och skriv det här; sätt \\ före [ för att visa \
         tecknen"
    } else {
        "skriv blanksteg i adressen som %20; sätt \\ före [ för att visa tecknen"
    }
}

/// Where a text has what is shown, be it paragraphs or code, one after the other.
fn leaves(source: &str) -> Vec<Range<usize>> {
    let events = Parser::new_ext(source, options()).into_offset_iter();
    let is_leaf = |event: &Event| matches!(event, Event::Start(Tag::Paragraph | Tag::CodeBlock(_)) | Event::Text(_));
    let mut leaves: Vec<Range<usize>> = Vec::new();
    for (_, span) in events.filter(|(event, _)| is_leaf(event)) {
        if leaves.last().is_none_or(|last| last.end <= span.start) {
            leaves.push(span);
        }
    }
    leaves
}

#[cfg(test)]
mod tests {
    use super::super::tests::problems;

    /// Of each text one thing is told, which ends like that.
    fn each_is_told(cases: &[(&str, &str)]) {
        for (source, told) in cases {
            let told_of: Vec<String> = problems(source);
            assert!(told_of.len() == 1 && told_of[0].ends_with(told), "{source:?}: {told_of:?}");
        }
    }

    fn nothing_is_told(sources: &[&str]) {
        for source in sources {
            let told_of: Vec<String> = problems(source);
            assert!(told_of.is_empty(), "{source:?}: {told_of:?}");
        }
    }

    /// One problem is told of a source, with a cure that begins so.
    #[track_caller]
    fn assert_cure(source: &str, cure: &str) {
        let parsed = crate::markdown::parse(source, &super::super::tests::Names);
        let helps: Vec<_> = parsed.problems.iter().filter_map(|problem| problem.help.as_deref()).collect();
        assert!(helps.len() == 1 && helps[0].starts_with(cure), "{source:?}: {helps:?}");
    }

    #[test]
    fn an_address_that_cannot_be_read_is_told_with_what_mends_it() {
        for (source, cure) in [
            ("![Huset](mitt hus.png)\n", "ge bilden ett namn av a–z, siffror, bindestreck och understreck"),
            ("![Huset](hus.png ”Hus”)\n", "skriv raka citattecken efter adressen: (… \"…\")"),
            ("[Huset](https://a.se/mitt hus.pdf)\n", "skriv blanksteg i adressen som %20"),
            ("Se [hela [listan](https://a.se) här](https://b.se).\n", "låt länkarna stå efter varandra"),
            ("Se [priset[^1]](https://a.se).\n\n[^1]: Not.\n", "sätt fotnoten efter länken: [text](adress)[^1]"),
            ("Läs [avtalet][avtal].\n", "skriv adressen efter texten: [text](https://…)"),
        ] {
            assert_cure(source, cure);
        }
    }

    #[test]
    fn a_tag_that_html_has_not_is_a_place_to_fill_in() {
        for (source, cure) in [
            ("Kontakta <namn> vid frågor.\n", "skriv det som ska stå där"),
            ("Ett <b>fet", "skriv det som Markdown"),
            ("<div>\n", "skriv det som Markdown"),
        ] {
            assert_cure(source, cure);
        }
    }

    /// Each mark is looked at with what is near it, and no more once there are too many.
    #[test]
    fn very_many_marks_are_told_in_time() {
        let before = crate::testing::processor_time();
        for mark in ["[a](b ", "[[[", "x** ", "[^x] ", "[a] (https://b ", "**a ** "] {
            let told = problems(&mark.repeat(40_000));
            assert!(told.len() <= 100, "{mark}: {}", told.len());
        }
        let taken = crate::testing::processor_time() - before;
        assert!(taken.as_secs() < 15, "{taken:?}");
    }

    #[test]
    fn a_reference_without_end_is_a_problem() {
        let message = "en referens [[ saknar sitt slut ]]";
        let in_table = problems("| A |\n|---|\n| [[orbit|två]] |\n");
        assert_eq!(in_table.last(), Some(&format!("[[ | {message}")));
        assert_eq!(problems("Se [[orbit.\n"), [format!("[[ | {message}")]);
        assert_eq!(problems("Se [[]].\n"), ["[[]] | referensen [[]] är tom"]);
        assert_eq!(problems("Se [[§orbitt]].\n"), ["[[§orbitt]] | det finns inget med id ”orbitt”"]);
        assert_eq!(problems("| A |\n|---|\n| [[orbit\\|två]] |\n\n\\[\\[orbit och `[[a`\n"), [""; 0]);
    }

    #[test]
    fn a_row_with_a_cell_too_many_is_a_problem() {
        let wrong = problems("| A | B |\n|---|---|\n| a | b | c |\n| `d\\|e` | f |\n");
        assert_eq!(wrong, ["| a | b | c |\n | raden har 3 celler, men tabellen 2 kolumner"]);
        let narrow = problems("| A |\n|---|\n| a | b |\n");
        assert_eq!(narrow, ["| a | b |\n | raden har 2 celler, men tabellen 1 kolumn"]);
        assert_eq!(problems("A | B\n---|---\na | b\n\\| | c\n| d\n"), [""; 0]);
    }

    #[test]
    fn what_would_be_shown_nowhere_is_told() {
        each_is_told(&[
            ("# Ett {pris=100}\n", "”pris” inom klamrarna efter rubriken visas inte"),
            ("# Per månad {exkl moms}\n", "”exkl” inom klamrarna efter rubriken visas inte"),
            ("# Ett {#a #b}\n", "rubriken har två ankare"),
            ("# Ett {&}\n", "”&” inom klamrarna efter rubriken visas inte"),
            ("# Ett {.}\n", "”.” inom klamrarna efter rubriken visas inte"),
            ("# Ett {}\n", "”{}” inom klamrarna efter rubriken visas inte"),
            (
                "Text.\n\n[Obs]: Text\n",
                "raden ”[Obs]: …” visas inte: den läses som en adress, som ingen länk leder till",
            ),
            (
                "- a\n\n  [Obs]: Text\n",
                "raden ”[Obs]: …” visas inte: den läses som en adress, som ingen länk leder till",
            ),
            ("[a]\n\n[a]: https://b.se\n[A]: c.se\n", "[A] | adressen [A] står två gånger, och den andra används inte"),
            (
                "> [a]\n\n[a]: https://b.se\n\n- x\n\n  [a]: c.se\n",
                "[a] | adressen [a] står två gånger, och den andra används inte",
            ),
            ("# Ett {#e}{.bilaga}\n", "rubriken har klamrar efter klamrar"),
            ("# Ett {#e} {.bilaga}\n", "rubriken har klamrar efter klamrar"),
            ("```Se upp\nkod\n```\n", "”Se upp” visas inte: det står efter det som inleder ett kodblock"),
            (
                "~~~Borta är struket~~~\n",
                "”Borta är struket~~~” visas inte: det står efter det som inleder ett kodblock",
            ),
            ("![[#ank|text]] efter.\n", "ett ankare visar ingen text"),
            ("![[#ank|text]]\n", "ett ankare visar ingen text"),
            ("| a |\n|---|\n| ![[#ank\\|text]] b |\n", "ett ankare visar ingen text"),
            ("Se [[§orbit|texten]].\n", "en hänvisning med § visar numret, och ingen annan text"),
        ]);
        nothing_is_told(&[
            "# Ett {#a .onumrerad}\n\n## Per månad \\{exkl\\}\n",
            "[en källa][obs] och [Obs][]\n\n[OBS]: https://exempel.se\n",
            "![x][b]\n\n[b]: bild.png\n",
            "\\[Obs]: Text\n",
            "```SQL\na: 1\n```\n\n```\nb\n```\n\n~~~c++\nd\n~~~\n",
            "![[#ank]] [[§orbit]] [[orbit|text]]\n",
            "[a]\n\n[a]: https://b.se\n\n    [a]: c.se\n\nText\n[a]: d.se\n\n```\n[a]: e.se\n```\n",
            "# Ett {e} {#f}\n\n## Två \\{#g} {#h}\n",
        ]);
    }

    #[test]
    fn code_without_end_is_told() {
        let told = |fence: &str| format!("{fence} | kodblocket har inget slut: det som följer visas som kod");
        for (source, fence) in [
            ("Så här:\n\n```\nping x\n\n## Rubrik\n\nSe [[fel]].\n", "```"),
            ("```SQL\na\n", "```SQL"),
            ("```\r\na\r\n", "```"),
            ("~~~\na\n```\n", "~~~"),
            ("````\na\n```\n", "````"),
            ("```\na\n``` slut\n", "```"),
            ("```\na\n    ```\n", "```"),
            ("- a\n\n  ```\n  b\n- c\n", "```"),
            ("> ```\n> b\n\nText.\n", "```"),
            ("Text.\n\n```\n", "```"),
            ("Text.\n\n```\n\n\n", "```"),
        ] {
            assert_eq!(problems(source), [told(fence)], "{source:?}");
        }
        assert_cure("~~~~\na\n", "sätt en rad med bara ~~~~ efter koden");
        nothing_is_told(&[
            "```\na\n```",
            "```\r\na\r\n```\r\n",
            "```\n```\n\nText.\n",
            "```\n\n\n   ```\n\nText.\n",
            "~~~\n```\n~~~~~\n\n````\n```\n````\n",
            "- a\n\n  ```\n  b\n  ```\n- ~~~\n  c\n\n  ~~~\n",
            "> ```\n> b\n> ```\n>\n> Text.\n\n> - ```\n>   c\n>   ```\n",
            "    ```\n    kod\n",
        ]);
    }

    /// Told of each that another goes on from; one by itself may be anything.
    #[test]
    fn the_own_numbers_of_headings_are_told() {
        let told = |number: &str| format!("{number} | rubriken har ett eget nummer, {number}, före det som den får");
        for (source, numbers) in [
            ("## 1.1 Priser\n\n## 1.2\tMer\n\n## 5.1 Ljud\n", &["1.1", "1.2"][..]),
            ("# 1. Inledning\n\nText.\n\n# 2. Mer\n", &["1.", "2."]),
            ("# 3. Inledning\n\n## 3.1 Syfte\n", &["3.", "3.1"]),
        ] {
            let told: Vec<String> = numbers.iter().map(|number| told(number)).collect();
            assert_eq!(problems(source), told, "{source:?}");
            // Also where they are read in pieces.
            let apart = source.replace("\n\n", &format!("\n\n{}", "Text.\n\n".repeat(2_000)));
            assert_eq!(problems(&apart), told, "{source:?}");
        }
    }

    #[test]
    fn what_is_shown_otherwise_than_it_was_meant_is_told() {
        each_is_told(&[
            ("Öppet 24*7*365.\n", "stjärnan mellan siffror visas inte: den läses som betoning"),
            ("5*8 timmar och 24*7 support\n", "stjärnan mellan siffror visas inte: den läses som betoning"),
            ("| A |\n|---|\n| 5**8 och 24**7 |\n", "stjärnan mellan siffror visas inte: den läses som betoning"),
            ("1. a\n3. b\n", "3 | ”3.” blir punkt 2: punkter räknas från den första"),
            ("4. a\n5. b\n\n2028. Då ändras priset.\n", "”2028.” blir punkt 6: punkter räknas från den första"),
            ("Se [a](https://b.se/c d.pdf).\n", "]( | länken eller bilden går inte att läsa, och visas som den står"),
            ("![a](b c.png)\n", "]( | länken eller bilden går inte att läsa, och visas som den står"),
            ("Se [a](b.se ”c”).\n", "]( | länken eller bilden går inte att läsa, och visas som den står"),
            ("Se [a] (https://b.se).\n", "] ( | länken visas som den står: det är ett blanksteg mellan ] och ("),
            (
                "Läs [om [[orbit]] här](https://b.se).\n",
                "]( | länken eller bilden går inte att läsa, och visas som den står",
            ),
            (
                "![Bild av [[orbit]]](a.png \"B\")\n",
                "]( | länken eller bilden går inte att läsa, och visas som den står",
            ),
            (
                "Se [[orbit]](https://b.se).\n",
                "adressen efter referensen visas som den står: en referens leder dit dess id säger",
            ),
            (
                "Se [[orbit]](#x).\n",
                "adressen efter referensen visas som den står: en referens leder dit dess id säger",
            ),
            (
                "Läs [avtalet][avtal].\n",
                "][avtal] | länken visas som den står: texten har ingen rad ”[avtal]: …” med dess adress",
            ),
            (
                "| A |\n|---|\n| ![**Bild** av det][Bild 1] |\n",
                "][Bild 1] | länken visas som den står: texten har ingen rad ”[Bild 1]: …” med dess adress",
            ),
            ("Se [listan [sic] här](b c).\n", "]( | länken eller bilden går inte att läsa, och visas som den står"),
            ("Figur: En bild\n\n![x](bild.png)\n", "raden blir ett eget stycke: en bilds text läses inte därifrån"),
            ("Not[^finns-ej] här.\n", "^finns-ej | fotnoten ”finns-ej” finns inte"),
            ("kr&lrm;onor\n", "&lrm; | texten innehåller ett tecken som vänder skrivriktningen (U+200E)"),
            ("plan&zwj;ering\n", "&zwj; | texten innehåller ett osynligt tecken (U+200D)"),
            ("| A |\n|---|\n| a&shy;b |\n", "&shy; | texten innehåller ett osynligt tecken (U+00AD)"),
            ("garanti&#110;\n", "&#110; | ”&#110;” är en bokstav eller siffra"),
            ("**Obs! **Läs.\n", "** | ”**” visas som det står: texten mellan dem blir inte fet"),
            ("Se **SLA:**n här.\n", "** | ”**” visas som det står: texten mellan dem blir inte fet"),
            ("** Obs** Läs.\n", "** | ”**” visas som det står: texten mellan dem blir inte fet"),
            ("Enligt *[[orbit]]*s plan.\n", "* | ”*” visas som det står: texten mellan dem blir inte kursiv"),
            ("Enligt *”Plan”*s och [[orbit|den]].\n", "* | ”*” visas som det står: texten mellan dem blir inte kursiv"),
            ("Se (*SLA:*n).\n", "* | ”*” visas som det står: texten mellan dem blir inte kursiv"),
            ("~~[[orbit|Orbit]]~~s plan.\n", "~~ | ”~~” visas som det står: texten mellan dem blir inte struken"),
            ("| A | B | |---|---| | 1 | 2 |\n", "tabellens rader har blivit en enda"),
            ("##Rubrik\n\nText.\n", "rubriken läses som text: efter # ska stå ett blanksteg"),
            ("| A | B |\n| 1 | 2 |\n", "rubrikraden ska följas av en rad med |---| för varje kolumn"),
            ("| A | B |\n|---|\n| 1 | 2 |\n", "rubrikraden ska följas av en rad med |---| för varje kolumn"),
            ("| A | B |\n|---|---|\n| 1 | 2 |\nText under.\n", "raden direkt under tabellen blir en rad i den"),
            ("-dator\n-konto\n", "punkterna blir ett enda stycke: de läses inte som en lista"),
            ("Ingår:\n•\tdator\n•\tkonto\n", "punkterna blir ett enda stycke: de läses inte som en lista"),
            ("- dator\n- konto\n-telefon\n", "-telefon | punkten läses som en del av den ovanför"),
            ("Ingår:\n\n  - dator\n  • konto\n", "• konto | punkten läses som en del av den ovanför"),
            ("✔\tdator\n✔\tkonto\n", "punkterna blir ett enda stycke: de läses inte som en lista"),
            ("☐ dator\n☐ konto\n", "punkterna blir ett enda stycke: de läses inte som en lista"),
            ("—\tdator\n—\tkonto\n", "punkterna blir ett enda stycke: de läses inte som en lista"),
            ("1801\tDator\t5\n1802\tSkärm\t6\n", "tabellens rader blir ett enda stycke: de läses inte som en tabell"),
            (
                "![[orbit]](bild.png)\n",
                "adressen efter referensen visas som den står: en referens leder dit dess id säger",
            ),
            ("[[[orbit]]](https://a.se)\n", "]( | länken eller bilden går inte att läsa, och visas som den står"),
            ("> ## 1.3 Citerad\n\n## 1.2 Text\n", "en rubrik kan inte stå i ett citat"),
            (">500 samtidiga användare\n", "tecknet > visas inte: texten läses som ett citat"),
            (">= 99,9 %", "tecknet > visas inte: texten läses som ett citat"),
            ("Klarar:\n\n- > 500 användare\n- fler\n", "tecknet > visas inte: texten läses som ett citat"),
            ("> 500 samtidiga användare.\n", "tecknet > visas inte: texten läses som ett citat"),
            (">500 användare kan vara inloggade.\n", "tecknet > visas inte: texten läses som ett citat"),
            ("Tabell: Priser\n", "raden blir ett eget stycke: det kommer ingen tabell efter den"),
            ("| A |\n|---|\n| b |\n\nTabell: *Priser* i\nåret\n", "det kommer ingen tabell efter den"),
            ("Figur 1. Bild\n\n![x](bild.png)\n", "raden blir ett eget stycke: en bilds text läses inte därifrån"),
            ("a) dator\nb) konto\n", "punkterna blir ett enda stycke: de läses inte som en lista"),
            ("o\tdator\no\tkonto\n", "punkterna blir ett enda stycke: de läses inte som en lista"),
            ("Ingår:\n§\tdator\n§\tkonto\n", "punkterna blir ett enda stycke: de läses inte som en lista"),
            ("➢ dator\n➢ konto\n", "punkterna blir ett enda stycke: de läses inte som en lista"),
            ("Kund\tPris\nSjukhuset\t12,50\n", "tabellens rader blir ett enda stycke: de läses inte som en tabell"),
            ("Priser:\nA\t\t1\nB\tx\t2\n", "tabellens rader blir ett enda stycke: de läses inte som en tabell"),
            ("Kund | Pris\nSjukhuset | 12,50\n", "tabellens rader blir ett enda stycke: de läses inte som en tabell"),
            (
                "[[orbit | Kund]] | Pris\nSjuk | 9\n",
                "tabellens rader blir ett enda stycke: de läses inte som en tabell",
            ),
        ]);
        nothing_is_told(&[
            "24\\*7 och 5 * 8, *24*, *4 av 5* och a*b*c.\n",
            "1. a\n1. b\n1. c\n\nText.\n\n7. a\n8. b\n\n- a\n- b\n",
            "\\[a](b c) och [a]\\(b) och (se 1)(2), a[1] (sida 2), x](y z).\n",
            "\\[^a] och \\*\\*b\\*\\* och 2 ** 3 och pris*** [x]^2.\n",
            "Källor [1][2], [Berg][3], a[ii][jj], `[ett][två]`, [x][y], [sic] [ord], [ett][ ], [ett][].\n",
            "Tryck [Ctrl][Alt][Del]. [text][[orbit]], [sic][källan](https://a.se), \\[ett][två], [ett]\\[två].\n",
            "[källan][ett] och [sic][ett]\n\n[ett]: https://a.se\n",
            "#Rubrik och \\##Rubrik\n",
            "Se [[orbit]] (avsnitt 2), [[orbit]](ny) och [[orbit|x]](se nedan).\n\nFigur: En bild\n\nText.\n",
            "Figurer: två\n\n![x](bild.png)\n\nFigur 1 visar det\n\n![[orbit#beskrivning]]\n",
            "- Ord på\n  -al och\n  -ol.\n  - inre\n\n  – citat\n- två\n",
            "Pris 125 kr* per månad. Pris 900 kr** per år. Ring 112*, 1177**.\n\n| A |\n|---|\n| 900** |\n| **b |\n",
            "Pris 125 kr* och *[[orbit]]* samt *”Plan”*, *av*s. *) Gäller 2027. *Ej moms. (se *)x 5 * 8 * 2\n",
            "Alla *.docx, *.pdf i /var/log/*x och *[[orbit]]* \\*[[orbit]]\\*s, ~5 ~~[[orbit]]~~ och ~~den~~s.\n",
            "20**27** m&sup2; &frac12; &micro;s\n\nKälla [Statskontoret] (http-tjänst).\n",
            "– Hej.\\\n– Hej själv.\n\nTider:  \n– vardagar  \n– helger\n\na) dator  \nb) konto\n",
            "\\##Rubrik\n\n\\| a |\n",
            "| a\n\n| A | B |\n|---|---|\n| 1\n",
            "Det är varmt\n– det vet alla –\noch skönt.\n\n– Hej.\n\n– Hej själv.\n",
            "`a](b c)` `24*7*365` `**b **`\n",
            "Tabell\\: så heter den\n",
            "> Ett citat\n",
            "Ur avtalet:\n\n> 24 timmar räcker.\n",
            "> 24 timmar räcker.\n\nSå står det.\n",
            "> 99,9 procent av alla samtal besvaras i tid.\n",
            "Ur avtalen:\n\n- > 24 timmar är det längsta.\n- > Allt annat är kortare.\n",
            "\\>500 användare och >5\n\n- a\n\n  > 3 av 4\n",
            "Text.\n\nTabellen: se nedan\n\n> Tabell: A\n>\n> | A |\n> |---|\n\n- Tabell: B\n\n  | B |\n  |---|\n",
            "Figur 1.2 visar det.\n\n![x](bild.png)\n\nFigur. Bild\n\n![x](bild.png \"Text\")\n",
            "(1)\tInledning\n(2)\tPriser\n\n1.1\tInledning\n1.2\tPriser\n",
            "## 3.5 GB minne\n\n## 3.6 GB disk\n\n## 2.5 Gbit/s\n\n## 5.1 Ljud\n\n## 12.1 Lucia firas\n\n## 2. Kvartalet\n",
            "## 24/7-stöd\n\n## 2027\n\n### 1177 Vårdguiden\n\n## 3 Nivåer\n\n## 1\\.2 Priser\n\n## 24.12 Julafton\n",
            "## 1.5 miljoner\n\n## 8.30 Möte\n\n## 2.0 Nytt\n\n## 1.2 Priser {.onumrerad}\n\n## 10.15\n\n## Version 1.2 Ny\n",
            "Ett hus\no ett torp\no en lada.\n\nEnligt\n§ 5 och\n§ 6 gäller.\n\no\tensam\n",
            "Tel:\t031-1  \nFax:\t031-2\n\nKund\tPris\n\nSjuk\t1\n\nVård | Skola | Trafik\n",
            "Se [[orbit | texten]]\noch [[orbit | den]].\n\n`a | b`\n`c | d`\n\n    a\tb\n    c\td\n\n```\na\tb\nc\td\n```\n",
            "Ett \\| ett\ntvå | två.\n\na|b\nc|d\n\nKund | Pris\n---|---\nSjuk | 1\n",
        ]);
    }
}

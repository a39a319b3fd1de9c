//! What a text shows again, and how much of it: a short text may show very much.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::texts::{KnownLookup, place_of_part};
use crate::diagnostic::{Diagnostic, codes};
use crate::document::{Block, walk};
use crate::draw;
use crate::load::typed::Announced;
use crate::load::{Announcer, Marked};
use crate::markdown::{self, Lookup};

/// The chapters that put in other texts so many times that they are too long to be put together, and what they are told.
pub fn swollen_chapters<'m>(marks: &'m [Marked], known: &KnownLookup<'_, '_, '_>) -> FxHashMap<&'m str, Diagnostic> {
    let texts = || marks.iter().flat_map(|Marked { by, marks }| marks.iter().map(move |mark| (by, mark)));
    let markdown = || texts().filter(|(_, mark)| mark.what == Announced::Markdown);
    let chapters = || markdown().filter(|(by, mark)| by.is_chapter() && by.text(mark.step).contains("![["));
    let handles = chapters().flat_map(|(by, mark)| markdown::put_in(by.text(mark.step)));
    let mut lengths: FxHashMap<&str, usize> = handles.map(|(handle, _)| (handle, 0)).collect();
    if lengths.is_empty() {
        return FxHashMap::default();
    }
    let owners: FxHashSet<&str> = lengths.keys().filter_map(|handle| handle.split('#').next()).collect();
    for (by, mark) in markdown().filter(|(by, _)| !by.is_chapter() && owners.contains(&*by.id)) {
        if let Some(length) = lengths.get_mut([&by.id, "#", &by.path(mark.step)].concat().as_str()) {
            let text = by.text(mark.step);
            *length = text.len() + names_shown(text).map(|(id, _)| length_of_name(id, known)).sum::<usize>();
        }
    }
    let written = chapters().map(|(by, mark)| by.text(mark.step).len()).sum::<usize>();
    let most = markdown::most_repeated(written + lengths.values().sum::<usize>());
    let mut all = 0;
    let mut swollen = FxHashMap::default();
    for (by, mark) in chapters() {
        let before = all;
        for (handle, span) in markdown::put_in(by.text(mark.step)) {
            all += lengths[handle];
            if all > most {
                // What it would have come to is nothing against those after it.
                all = before;
                let message = format!("”{handle}” läggs in så många gånger att texterna blir för långa");
                let help = "lägg in den en gång, och hänvisa till den med [[id]] på andra ställen";
                let place = place_of_part(by, mark.step, &span);
                swollen.insert(&*by.id, Diagnostic::error(codes::MARKDOWN, place, message).with_help(help));
                break;
            }
        }
    }
    swollen
}

/// The most figures that are drawn for a text, many times those of the longest document: each is a drawing of its own.
const MOST_DRAWN: usize = 500;

/// Figures that are drawn for a text so many times that it is too long, however short it is written.
pub fn drawn_at_fault(by: &Announcer, step: u32, blocks: &[Block]) -> Option<Diagnostic> {
    let mut drawn = 0;
    walk(blocks, &mut |block| {
        drawn += usize::from(matches!(block, Block::Figure(figure) if figure.picture.starts_with(draw::SCHEME)));
    });
    if drawn <= MOST_DRAWN {
        return None;
    }
    let message = format!("texten visar {drawn} ritade figurer, och får visa högst {MOST_DRAWN}");
    let help = "visa varje figur en gång, och hänvisa till den på andra ställen";
    Some(Diagnostic::error(codes::MARKDOWN, place_of_part(by, step, &(0..0)), message).with_help(help))
}

/// The most bytes of names that a text may show where it refers to something, if it may not show more of what it says
/// itself.
const MOST_NAMED: usize = 1 << 20;

/// Names that a text shows so many times that it is too long.
pub fn names_at_fault(by: &Announcer, step: u32, lookup: &impl Lookup) -> Option<Diagnostic> {
    let (id, span) = name_too_many(by.text(step), |id| length_of_name(id, lookup))?;
    let message = format!("”{id}” och annat nämns så många gånger att texten blir för lång");
    let help = "hänvisa färre gånger, eller med kortare ord, som [[id|orden]]";
    Some(Diagnostic::error(codes::MARKDOWN, place_of_part(by, step, &span), message).with_help(help))
}

/// The first id of those whose names a text shows that is too many, and where, by how long the name of each is.
pub fn name_too_many(source: &str, length: impl Fn(&str) -> usize) -> Option<(&str, Range<usize>)> {
    let most = MOST_NAMED.max(markdown::most_repeated(source.len()));
    let mut all = 0;
    names_shown(source).find(|(id, _)| {
        all += length(id);
        all > most
    })
}

/// The ids that a text shows the names of, and where.
fn names_shown(source: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    // Most texts have none, which is told sooner by one sign.
    let source = if source.contains('[') { source } else { "" };
    source.match_indices("[[").filter_map(move |(at, mark)| {
        let first = at + mark.len();
        let near = &source[first..source.floor_char_boundary(first + LONGEST_REFERENCE)];
        let written = &near[..near.find("]]")?];
        let id = written.trim_start_matches('§').trim();
        (!written.contains('|')).then(|| (id, at..first + written.len() + "]]".len()))
    })
}

/// The longest that a reference may be to be looked for, in bytes.
const LONGEST_REFERENCE: usize = 600;

fn length_of_name(id: &str, lookup: &impl Lookup) -> usize {
    if lookup.has_id(id) { lookup.name(id).map_or(0, |name| name.len()) } else { 0 }
}

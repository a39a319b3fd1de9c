//! What authors write for templates that none of them asks for, or shows as it is meant: it would be missing from the
//! catalogue, or at the wrong place, without a word.

use std::collections::BTreeSet;

use super::Templates;
use super::templates::{Source, Template};
use crate::diagnostic::{Diagnostic, Place, Severity, codes};
use crate::document::Block;
use crate::markdown;
use crate::model::Chapter;
use crate::resolve::Catalog;
use crate::text;

/// The chapters that no document or page has, or that do not begin as chapters, and what `dokument` says of documents that
/// there are not.
pub fn unused(catalog: &Catalog, templates: &Templates) -> Vec<Diagnostic> {
    let mut found = documents(catalog, &templates.documents);
    found.extend(chapters(catalog, &templates.sources));
    found.extend(begun_without_heading(catalog, &templates.sources));
    found
}

fn documents(catalog: &Catalog, templates: &[Template]) -> Vec<Diagnostic> {
    let known: Vec<&str> = templates.iter().map(|template| template.name.as_str()).collect();
    let unknown = catalog.catalogue.documents.iter().filter(|(name, _)| !known.contains(&name.as_str()));
    let told = unknown.map(|(name, _)| {
        let place = catalog.place("katalog", &format!("dokument.{name}"));
        let message = format!("det finns inget dokument som heter ”{name}”, och det som står här skulle inte synas");
        let help = text::did_you_mean_among(name, &known, "dokument som finns");
        Diagnostic::error(codes::UNKNOWN_KEY, place, message).with_help(help)
    });
    told.collect()
}

fn chapters(catalog: &Catalog, sources: &[Source]) -> Vec<Diagnostic> {
    let Some(asked_for) = asked_for(sources) else { return Vec::new() };
    let chapters = &catalog.entities().chapters;
    let is_there = |name: &str| chapters.iter().any(|chapter| chapter.id == name);
    let lacking: Vec<&str> = asked_for.iter().copied().filter(|name| !is_there(name)).collect();
    let unused = chapters.iter().filter(|chapter| !asked_for.contains(chapter.id.as_str()));
    let told = unused.filter_map(|chapter| {
        let message = format!("kapitlet ”{}” är inte med i något dokument", chapter.id);
        let help = match text::did_you_mean(&chapter.id, lacking.iter().copied()) {
            Some(near) => format!("menade du {near}.md?"),
            None => codes::cure(codes::CHAPTER_UNUSED).unwrap_or_default().to_string(),
        };
        let place = beginning(catalog, chapter)?;
        Some(Diagnostic::new(codes::CHAPTER_UNUSED, Severity::Warning, place, message).with_help(help))
    });
    told.collect()
}

/// Where a chapter begins. One that cannot be read is told of as that.
fn beginning(catalog: &Catalog, chapter: &Chapter) -> Option<Place> {
    let text = catalog.texts().iter().find(|text| text.owner() == chapter.id)?;
    let first_line = text.text().lines().next().map_or(0, str::len);
    Some(catalog.place_in(text, &(0..first_line)))
}

/// Chapters that stand by themselves in a document and do not begin with a heading of their own: the reader would find them
/// in the chapter before.
fn begun_without_heading(catalog: &Catalog, sources: &[Source]) -> Vec<Diagnostic> {
    let stand_alone: BTreeSet<&str> = sources.iter().flat_map(|source| standing_alone(&source.body)).collect();
    let chapters = catalog.entities().chapters.iter().filter(|chapter| stand_alone.contains(chapter.id.as_str()));
    let told = chapters.filter_map(|chapter| {
        let first = match catalog.text(&chapter.id)?.first()? {
            Block::Landscape(inner) => inner.first()?,
            block => block,
        };
        if matches!(first, Block::Heading(heading) if heading.level == 1) {
            return None;
        }
        let message = "kapitlet börjar inte med en rubrik på högsta nivån, och hamnar i kapitlet före";
        let diagnostic = Diagnostic::new(codes::MARKDOWN, Severity::Warning, beginning(catalog, chapter)?, message);
        Some(diagnostic.with_help("börja filen med kapitlets rubrik, som ”# Om prislistan”"))
    });
    told.collect()
}

/// The chapters that a template shows between its own, not below one of its headings.
fn standing_alone(body: &str) -> impl Iterator<Item = &str> {
    filtered(body).filter_map(|(name, at)| {
        let (name, before) = (name?, body[..at].trim_end());
        let opening = before[..before.len() - name.len() - "\"\"".len()].trim_end();
        let is_shown = opening.trim_end_matches('-').ends_with("{{");
        let mut above = opening.lines().rev().skip(1).filter(|line| !line.trim().is_empty());
        let is_below_heading = above.next().is_some_and(|line| line.starts_with('#'));
        (is_shown && !is_below_heading).then_some(name)
    })
}

/// The chapters that templates ask for, by name or by putting them in. `None` where one works out which.
fn asked_for(sources: &[Source]) -> Option<BTreeSet<&str>> {
    let mut names = BTreeSet::new();
    for source in sources {
        names.extend(markdown::put_in(&source.body).map(|(handle, _)| handle));
        for (name, _) in filtered(&source.body) {
            names.insert(name?);
        }
    }
    Some(names)
}

const FILTER: &str = "chapter";

/// What a template asks for by the filter and where, by name if it says it.
fn filtered(body: &str) -> impl Iterator<Item = (Option<&str>, usize)> {
    let pipes = body.match_indices('|').map(|(at, _)| at);
    let asked = pipes.filter(|at| body[at + 1..].trim_start().starts_with(FILTER));
    asked.map(|at| (literal_at_end(&body[..at]), at))
}

/// The quoted word that a text ends with.
fn literal_at_end(before: &str) -> Option<&str> {
    let before = before.trim_end();
    let quote = before.chars().next_back().filter(|c| ['"', '\'', '`'].contains(c))?;
    let before = before.strip_suffix(quote)?;
    before.rsplit_once(quote).map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chapters_are_asked_for_by_name() {
        let names = |body: &str| {
            let sources = [Source { key: String::new(), body: body.to_string(), lines_before: 0 }];
            asked_for(&sources).map(|names| names.into_iter().map(str::to_string).collect::<Vec<_>>())
        };
        let some = |list: &[&str]| Some(list.iter().map(|name| name.to_string()).collect::<Vec<_>>());
        assert_eq!(
            names("{{ \"a\" | chapter }} {% if 'b'|chapter(title=\"B\") %} ![[c]] | d |"),
            some(&["a", "b", "c"])
        );
        assert_eq!(names("{{ name | chapter }}"), None);
    }

    #[test]
    fn a_chapter_stands_alone_where_it_is_shown_below_no_heading() {
        let body = "{{ 'a' | chapter }}\n\n# B\n\n{{ \"b\" | chapter }}\n\nText.\n\n{{- \"c\" | chapter(title=\"C\") }}\n\
                    {% if \"d\" | chapter %}d{% endif %}{{ name | chapter }}";
        assert_eq!(standing_alone(body).collect::<Vec<_>>(), ["a", "c"]);
    }
}

//! What authors write for templates that none of them asks for: it would be missing from the catalogue without a word.

use std::collections::BTreeSet;

use super::Templates;
use super::templates::{Source, Template};
use crate::diagnostic::{Diagnostic, Severity, codes};
use crate::markdown;
use crate::resolve::Catalog;
use crate::text;

/// The chapters that no document or page has, and what `dokument` says of documents that there are not.
pub fn unused(catalog: &Catalog, templates: &Templates) -> Vec<Diagnostic> {
    let mut found = documents(catalog, &templates.documents);
    found.extend(chapters(catalog, &templates.sources));
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
        // One that cannot be read is told of as that.
        let text = catalog.texts().iter().find(|text| text.owner() == chapter.id)?;
        let first_line = chapter.text.source.lines().next().map_or(0, str::len);
        let message = format!("kapitlet ”{}” är inte med i något dokument", chapter.id);
        let help = match text::did_you_mean(&chapter.id, lacking.iter().copied()) {
            Some(near) => format!("menade du {near}.md?"),
            None => codes::cure(codes::CHAPTER_UNUSED).unwrap_or_default().to_string(),
        };
        let place = catalog.place_in(text, &(0..first_line));
        Some(Diagnostic::new(codes::CHAPTER_UNUSED, Severity::Warning, place, message).with_help(help))
    });
    told.collect()
}

/// The chapters that templates ask for, by name or by putting them in. `None` where one works out which.
fn asked_for(sources: &[Source]) -> Option<BTreeSet<&str>> {
    let mut names = BTreeSet::new();
    for source in sources {
        names.extend(markdown::put_in(&source.body).map(|(handle, _)| handle));
        for (at, pipe) in source.body.match_indices('|') {
            if !source.body[at + pipe.len()..].trim_start().starts_with(FILTER) {
                continue;
            }
            names.insert(literal_at_end(&source.body[..at])?);
        }
    }
    Some(names)
}

const FILTER: &str = "chapter";

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
}

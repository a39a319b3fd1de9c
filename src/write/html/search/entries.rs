//! What can be found, in the order that hits of equal worth have.
use std::borrow::Cow;
use std::cmp::Ordering;

use rustc_hash::FxHashMap;

use crate::document::{Block, Facet, Inline, Page, Publication, document_page, plain_text, walk};
use crate::text;

use super::super::START;
use super::words::Words;

/// A list of more is searched as a text only.
pub const ROWS_OF_A_LIST: usize = 300;
/// A summary that is taken from the text ends near here.
const LETTERS_OF_A_SUMMARY: usize = 180;

/// What the search knows of one page of the site: all of it, so that the page itself need not be kept.
pub struct Found {
    path: String,
    title: String,
    summary: String,
    facets: Vec<Facet>,
    synonyms: Vec<String>,
    /// Whether others come first.
    secondary: bool,
    /// Whether it is about no one thing.
    overview: bool,
    /// The path of the page above it.
    parent: Option<String>,
    /// Its place in the site's menu, if it stands there.
    order: Option<i64>,
    words: Words,
    rows: Vec<Row>,
}

/// A row of a list that is found by itself.
struct Row {
    id: String,
    title: String,
    summary: String,
}

impl Found {
    /// What is found of a page; [`Publication::targets`] says which rows have no other page.
    pub fn of_page(publication: &Publication, page: &Page) -> Found {
        Found {
            path: page.path.clone(),
            title: page.title.clone(),
            summary: page.summary.clone().unwrap_or_else(|| first_words(&page.blocks)),
            facets: page.facets.clone(),
            synonyms: page.synonyms.clone(),
            secondary: page.secondary,
            overview: page.about.is_none(),
            parent: page.parent.clone(),
            order: page.navigation.as_ref().map(|entry| entry.order),
            words: Words::of(&page.blocks),
            // What stands on a page about one thing belongs to that.
            rows: if page.about.is_none() { rows(publication, page) } else { Vec::new() },
        }
    }

    /// The page's title.
    pub fn title(&self) -> &str {
        &self.title
    }
}

/// What can be found: a page, a document's page, or a row of a list.
pub struct Entry<'a> {
    pub path: Cow<'a, str>,
    pub title: &'a str,
    pub summary: &'a str,
    pub facets: Cow<'a, [Facet]>,
    pub synonyms: &'a [String],
    /// Whether others come first.
    pub secondary: bool,
    /// None of a document: its text stands on the pages too, where it is nearer to what it is about.
    pub words: Option<&'a Words>,
}

impl Entry<'_> {
    /// Its folder and its file there; a row's page with its sign, and a file that is called as the row is.
    pub fn place(&self) -> (String, String) {
        match self.path.split_once('#') {
            Some((page, id)) => (format!("{page}#"), format!("{id}.html")),
            None => {
                let (folder, file) = self.path.rsplit_once('/').unwrap_or(("", &self.path));
                (folder.to_string(), file.to_string())
            }
        }
    }
}

/// In the order of the site's menu, then of the alphabet; what is about no one thing comes last. The page of the path
/// `search` is the one that searches.
pub fn entries<'a>(publication: &'a Publication, search: &str, pages: &'a [Found]) -> Vec<Entry<'a>> {
    let by_path: FxHashMap<&str, &Found> = pages.iter().map(|page| (page.path.as_str(), page)).collect();
    let mut found: Vec<&Found> = pages.iter().filter(|page| page.path != search).collect();
    found.sort_by_cached_key(|page| Place { overview: page.overview, menu: menu(page, &by_path), page });
    let of_page = |page: &&'a Found| Entry {
        path: Cow::Borrowed(&page.path),
        title: &page.title,
        summary: &page.summary,
        facets: Cow::Borrowed(&page.facets),
        synonyms: &page.synonyms,
        secondary: page.secondary,
        words: Some(&page.words),
    };
    // An agreement is found by its service, whose page leads to it: else every service would be there three times.
    let documents = publication.documents.iter().filter(|document| document.about.is_none());
    let documents = documents.map(|document| Entry {
        path: Cow::Owned(document_page(&document.name)),
        title: &document.metadata.title,
        summary: document.metadata.summary.as_deref().unwrap_or_default(),
        facets: Cow::Owned(vec![Facet { name: Facet::KIND, values: vec!["Dokument".to_string()] }]),
        synonyms: &[],
        secondary: false,
        words: None,
    });
    let rows = found.iter().flat_map(|page| page.rows.iter().map(|row| of_row(page, row)));
    found.iter().map(of_page).chain(documents).chain(rows).collect()
}

fn of_row<'a>(page: &'a Found, row: &'a Row) -> Entry<'a> {
    Entry {
        path: Cow::Owned(format!("{}#{}", page.path, row.id)),
        title: &row.title,
        summary: &row.summary,
        facets: Cow::Owned(vec![Facet { name: Facet::KIND, values: vec![page.title.clone()] }]),
        synonyms: &[],
        secondary: true,
        words: None,
    }
}

/// What has a row of its own on a page, such as a term or a capability, and no other page.
fn rows(publication: &Publication, page: &Page) -> Vec<Row> {
    let mut rows = Vec::new();
    let is_home = |id: &str| {
        let home = publication.targets.get(id).and_then(|targets| targets.page.as_ref());
        home.is_some_and(|(path, anchor)| *path == page.path && anchor.as_deref() == Some(id))
    };
    walk(&page.blocks, &mut |block| {
        let Block::Table(table) = block else { return };
        for row in &table.rows {
            if let Some(Inline::Anchor(id)) = row.first().and_then(|cell| cell.first())
                && is_home(id)
            {
                rows.push(Row {
                    id: id.clone(),
                    title: plain_text(&row[0]).trim().to_string(),
                    summary: beginning_of(row.get(1).map(|cell| plain_text(cell)).unwrap_or_default()),
                });
            }
        }
    });
    // A register is no list of words: it would have to be read by everyone who searches for anything.
    if rows.len() > ROWS_OF_A_LIST { Vec::new() } else { rows }
}

/// Where a page stands among hits of equal worth.
struct Place<'a> {
    overview: bool,
    menu: i64,
    page: &'a Found,
}

impl Ord for Place<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.overview, self.menu)
            .cmp(&(other.overview, other.menu))
            .then_with(|| text::compare(&self.page.title, &other.page.title))
            .then_with(|| self.page.path.cmp(&other.page.path))
    }
}

impl PartialOrd for Place<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Place<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Place<'_> {}

/// Where the menu has the page or what it lies under.
fn menu(page: &Found, pages: &FxHashMap<&str, &Found>) -> i64 {
    let mut next = Some(page);
    // Parents may lead round; no way up is longer than there are pages.
    for _ in 0..=pages.len() {
        match next {
            Some(Found { order: Some(order), path, .. }) if path != START => return *order,
            Some(page) => next = page.parent.as_deref().and_then(|path| pages.get(path).copied()),
            None => break,
        }
    }
    i64::MAX
}

/// The beginning of a page's first paragraph.
fn first_words(blocks: &[Block]) -> String {
    let mut text = String::new();
    walk(blocks, &mut |block| {
        if let (Block::Paragraph(inlines), true) = (block, text.is_empty()) {
            text = plain_text(inlines).trim().to_string();
        }
    });
    beginning_of(text)
}

fn beginning_of(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(LETTERS_OF_A_SUMMARY) {
        text.truncate(text[..end].rfind(' ').unwrap_or(end));
        text.push_str(" …");
    }
    text
}

//! What can be found, in the order that hits of equal worth have.
use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::document::{Block, Facet, Inline, Page, Publication, above, document_page, plain_text, walk};
use crate::text;

use super::super::START;

/// A list of more is searched as a text only.
pub const ROWS_OF_A_LIST: usize = 300;
/// A summary that is taken from the text ends near here.
const LETTERS_OF_A_SUMMARY: usize = 180;

/// What can be found: a page, a document's page, or a row of a list.
pub struct Entry<'a> {
    pub path: Cow<'a, str>,
    pub title: Cow<'a, str>,
    pub summary: Cow<'a, str>,
    pub facets: Vec<Facet>,
    pub synonyms: &'a [String],
    /// Whether others come first.
    pub secondary: bool,
    /// Nothing of a document: its text stands on the pages too, where it is nearer to what it is about.
    pub blocks: &'a [Block],
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

/// In the order of the site's menu, then of the alphabet; what is about no one thing comes last.
pub fn entries<'a>(publication: &'a Publication, search: &Page) -> Vec<Entry<'a>> {
    let pages: BTreeMap<&str, &Page> = publication.pages.iter().map(|page| (page.path.as_str(), page)).collect();
    let mut found: Vec<&Page> = publication.pages.iter().filter(|page| page.path != search.path).collect();
    found.sort_by_cached_key(|page| Place { overview: page.about.is_none(), menu: menu(page, &pages), page });
    let of_page = |page: &'a Page| Entry {
        path: Cow::Borrowed(&page.path),
        title: Cow::Borrowed(&page.title),
        summary: page.summary.as_deref().map_or_else(|| first_words(&page.blocks), Cow::Borrowed),
        facets: page.facets.clone(),
        synonyms: &page.synonyms,
        secondary: page.secondary,
        blocks: &page.blocks,
    };
    // An agreement is found by its service, whose page leads to it: else every service would be there three times.
    let documents = publication.documents.iter().filter(|document| document.about.is_none());
    let documents = documents.map(|document| Entry {
        path: Cow::Owned(document_page(&document.name)),
        title: Cow::Borrowed(&document.metadata.title),
        summary: Cow::Borrowed(document.metadata.summary.as_deref().unwrap_or_default()),
        facets: vec![Facet { name: Facet::KIND, values: vec!["Dokument".to_string()] }],
        synonyms: &[],
        secondary: false,
        blocks: &[],
    });
    // What stands on a page about one thing belongs to that.
    let lists = found.iter().filter(|page| page.about.is_none());
    let rows: Vec<Entry> = lists.flat_map(|page| rows(publication, page)).collect();
    found.into_iter().map(of_page).chain(documents).chain(rows).collect()
}

/// What has a row of its own on a page, such as a term or a capability, and no other page.
fn rows<'a>(publication: &Publication, page: &'a Page) -> Vec<Entry<'a>> {
    let mut entries = Vec::new();
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
                entries.push(Entry {
                    path: Cow::Owned(format!("{}#{id}", page.path)),
                    title: Cow::Owned(plain_text(&row[0]).trim().to_string()),
                    summary: Cow::Owned(beginning_of(row.get(1).map(|cell| plain_text(cell)).unwrap_or_default())),
                    facets: vec![Facet { name: Facet::KIND, values: vec![page.title.clone()] }],
                    synonyms: &[],
                    secondary: true,
                    blocks: &[],
                });
            }
        }
    });
    // A register is no list of words: it would have to be read by everyone who searches for anything.
    if entries.len() > ROWS_OF_A_LIST { Vec::new() } else { entries }
}

/// Where a page stands among hits of equal worth.
struct Place<'a> {
    overview: bool,
    menu: i64,
    page: &'a Page,
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
fn menu(page: &Page, pages: &BTreeMap<&str, &Page>) -> i64 {
    let way_up = std::iter::once(page).chain(above(pages, page.parent.as_deref()));
    let mut entries = way_up.filter(|page| page.path != START).filter_map(|page| page.navigation.as_ref());
    entries.next().map_or(i64::MAX, |entry| entry.order)
}

/// The beginning of a page's first paragraph.
fn first_words(blocks: &[Block]) -> Cow<'static, str> {
    let mut text = String::new();
    walk(blocks, &mut |block| {
        if let (Block::Paragraph(inlines), true) = (block, text.is_empty()) {
            text = plain_text(inlines).trim().to_string();
        }
    });
    Cow::Owned(beginning_of(text))
}

fn beginning_of(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(LETTERS_OF_A_SUMMARY) {
        text.truncate(text[..end].rfind(' ').unwrap_or(end));
        text.push_str(" …");
    }
    text
}

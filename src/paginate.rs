//! Page numbers for Word files: LibreOffice sets the pages, and tells on which of them each place stands.
//!
//! A Word file shows page numbers before Word has set a page, so someone else must have. The files are set as they
//! would be written, and set again with the numbers found, until the numbers are those that the pages have. What was
//! found is kept for the next build, which then asks nobody.

mod known;
mod office;
mod workplace;

use std::cell::Cell;
use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use rayon::prelude::*;

use crate::document::{Publication, Texts};
use crate::write::word::{self, Look, Pages};
use known::Known;
use office::Office;

/// Who sets the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pagination {
    /// LibreOffice where it is on the machine and the documents are no longer than [`LONGEST`], else an estimate.
    #[default]
    Automatic,
    /// LibreOffice, or nothing is built.
    LibreOffice,
    /// Nobody: the numbers are an estimate.
    Estimate,
}

/// Where the numbers are from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// LibreOffice has set these pages.
    LibreOffice,
    /// They are the program's own estimate.
    Estimate(Reason),
}

/// Why numbers are an estimate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// It was asked for.
    Asked,
    /// LibreOffice was not found.
    NotFound,
    /// The documents have more than [`LONGEST`] pages.
    TooLong,
    /// LibreOffice did not do it; what happened.
    Failed(String),
}

/// The numbers of each document, in the order of the publication's; empty where they are estimated.
#[derive(Debug)]
pub struct Numbers {
    /// One a document, or none at all.
    pub pages: Vec<Pages>,
    /// Where they are from.
    pub source: Source,
}

/// How many pages the documents may have together for LibreOffice to be asked without having been asked for: some
/// twenty pages take it a second.
pub const LONGEST: u32 = 1000;

/// When LibreOffice has not come to its end, it will not: some tables with hundreds of notes it sets for ever.
const MOST_TIME: Duration = Duration::from_secs(30 * 60);

/// The same where nobody asked for it, for so many pages: at least ten times what they take it.
fn most_time(pages: u32) -> Duration {
    Duration::from_secs(60 + u64::from(pages) / 2)
}

/// How often the pages are set again with the numbers that were found. Two times are enough unless the numbers
/// themselves move what stands on a page.
const MOST_ROUNDS: usize = 5;

/// Finds the page numbers of a publication's Word files. `progress` is told when it takes a while. Fails when
/// LibreOffice must do it and cannot.
pub fn paginate(
    look: &Look,
    publication: &Publication,
    texts: &dyn Texts,
    by: Pagination,
    progress: fn(&str),
) -> Result<Numbers, String> {
    let estimated = |reason| Ok(Numbers { pages: Vec::new(), source: Source::Estimate(reason) });
    if by == Pagination::Estimate {
        return estimated(Reason::Asked);
    }
    let must = by == Pagination::LibreOffice;
    let Some(office) = Office::find() else {
        return if must { Err(Reason::NotFound.to_string()) } else { estimated(Reason::NotFound) };
    };
    let Some((estimates, length)) = estimates(look, publication, texts, must) else {
        return estimated(Reason::TooLong);
    };
    let longest = if must { MOST_TIME } else { most_time(length) };
    match settle(look, publication, texts, &estimates, &office, longest, progress) {
        Ok(pages) => Ok(Numbers { pages, source: Source::LibreOffice }),
        Err(what) if must => Err(Reason::Failed(what).to_string()),
        Err(what) => estimated(Reason::Failed(what)),
    }
}

/// What a document's pages are before they are set, and whether it tells a page of any place: one that does not is right
/// as it is, since Word counts its pages when it opens it.
struct Estimate {
    pages: Pages,
    shown: bool,
}

/// The estimates of all documents and how many pages are to be set, unless those are more than anyone asked for.
fn estimates(look: &Look, publication: &Publication, texts: &dyn Texts, must: bool) -> Option<(Vec<Estimate>, u32)> {
    let length = AtomicU32::new(0);
    let estimate = |place| {
        // A large catalogue is too long long before the last document has been estimated.
        if !must && length.load(Ordering::Relaxed) > LONGEST {
            return None;
        }
        let document = texts.document(place);
        let (pages, shown) = (word::estimate(look, publication, &document), word::shows_pages(&document));
        if shown {
            length.fetch_add(pages.total(), Ordering::Relaxed);
        }
        Some(Estimate { pages, shown })
    };
    let estimates: Option<Vec<Estimate>> = (0..publication.documents.len()).into_par_iter().map(estimate).collect();
    let length = length.into_inner();
    estimates.filter(|_| must || length <= LONGEST).map(|estimates| (estimates, length))
}

/// Sets the pages until their numbers hold: until a file with the numbers found is the file that they were found for.
fn settle(
    look: &Look,
    publication: &Publication,
    texts: &dyn Texts,
    estimates: &[Estimate],
    office: &Office,
    longest: Duration,
    progress: fn(&str),
) -> Result<Vec<Pages>, String> {
    let documents = &publication.documents;
    let known = Known::of(office);
    let write = |place: usize, pages: Option<&Pages>| {
        word::document(look, publication, &texts.document(place), pages).map_err(|too_large| too_large.to_string())
    };
    let written = estimates.par_iter().enumerate().map(|(place, estimate)| write(place, Some(&estimate.pages)));
    let mut files = written.collect::<Result<Vec<Vec<u8>>, String>>()?;
    let keys: Vec<String> = files.iter().map(|file| known::key(file)).collect();
    let find = |(index, key): (usize, &String)| {
        if estimates[index].shown { known.get(key) } else { Some(estimates[index].pages.clone()) }
    };
    let mut found: Vec<Option<Pages>> = keys.iter().enumerate().map(find).collect();
    let mut open: Vec<usize> = (0..documents.len()).filter(|&index| found[index].is_none()).collect();
    if !open.is_empty() {
        progress("Sidnumren i Word räknas fram med LibreOffice …");
    }
    for _ in 0..MOST_ROUNDS {
        if open.is_empty() {
            break;
        }
        let set = office.set(open.iter().map(|&index| files[index].as_slice()), longest)?;
        for (&index, set) in open.iter().zip(set) {
            let asked = Cell::new(false);
            let page = |bookmark: &str| {
                asked.set(true);
                set.page(bookmark)
            };
            found[index] = Some(word::pages(publication, &texts.document(index), page, set.total()));
            if asked.get() && set.is_silent() {
                return Err(String::from("dess PDF-fil säger inte var bokmärkena är (det kräver version 7.4)"));
            }
        }
        let mut moved = Vec::new();
        for index in open {
            let file = write(index, found[index].as_ref())?;
            if std::mem::replace(&mut files[index], file) != files[index] {
                moved.push(index);
            }
        }
        open = moved;
    }
    if !open.is_empty() {
        let names: Vec<&str> = open.iter().map(|&index| documents[index].name.as_str()).collect();
        return Err(format!("sidnumren ändras varje gång de räknas fram i {}", names.join(", ")));
    }
    let settled = found.into_iter().flatten().collect::<Vec<_>>();
    let numbers = keys.iter().zip(&settled).enumerate().filter(|(index, _)| estimates[*index].shown);
    numbers.for_each(|(_, (key, pages))| known.put(key, pages));
    Ok(settled)
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::Asked => f.write_str("enligt --paginate=estimate"),
            Reason::NotFound => f.write_str("LibreOffice finns inte på datorn"),
            Reason::TooLong => write!(
                f,
                "dokumenten har mer än {LONGEST} sidor; --paginate låter LibreOffice räkna fram dem, vilket tar tid"
            ),
            Reason::Failed(what) => write!(f, "LibreOffice kunde inte räkna fram dem: {what}"),
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::LibreOffice => f.write_str("Sidnumren i Word är framräknade med LibreOffice."),
            Source::Estimate(reason) => write!(f, "Sidnumren i Word är uppskattade ({reason})."),
        }
    }
}

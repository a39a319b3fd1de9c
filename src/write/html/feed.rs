//! The feed of changes, as Atom (RFC 4287), for those who want to be told instead of looking.

use crate::document::{Change, Publication};
use crate::model::Date;
use crate::text::path_encoded;

use super::escape::escaped;

/// Where the feed stands under the site's root.
pub const PATH: &str = "andringar.xml";

/// The feed; `None` where the site has no address, since a feed's addresses are whole, or the edition has no day.
pub fn feed(publication: &Publication) -> Option<String> {
    let site = publication.publisher.site.as_deref()?;
    let updated = moment(publication.updated?);
    let title = format!("Ändringar i tjänstekatalogen {}", publication.publisher.year);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    out.push_str("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"sv\">\n");
    out.push_str(&format!("<id>{}</id>\n<title>{}</title>\n", escaped(&format!("{site}{PATH}")), escaped(&title)));
    out.push_str(&format!("<updated>{updated}</updated>\n"));
    out.push_str(&format!("<author><name>{}</name></author>\n", escaped(&publication.publisher.organisation)));
    out.push_str(&format!("<link rel=\"self\" href=\"{}\"/>\n", escaped(&format!("{site}{PATH}"))));
    out.push_str(&format!("<link href=\"{}\"/>\n", escaped(&format!("{site}andringar.html"))));
    for change in &publication.changes {
        out.push_str(&entry(publication, site, change, &updated));
    }
    out.push_str("</feed>\n");
    Some(out)
}

fn entry(publication: &Publication, site: &str, change: &Change, updated: &str) -> String {
    let page = change.about.as_deref().and_then(|id| publication.targets.get(id)?.page.as_ref());
    let path = page.map_or("andringar.html".to_string(), |(path, _)| path_encoded(path));
    // An entry has the same id whatever else the feed tells of (RFC 4287, 4.2.6).
    let id = format!("{site}{PATH}#{}", path_encoded(&change.mark));
    let updated = change.day.map_or(updated.to_string(), moment);
    format!(
        "<entry>\n<id>{}</id>\n<title>{}</title>\n<updated>{updated}</updated>\n<link href=\"{}\"/>\n\
         <summary>{}</summary>\n</entry>\n",
        escaped(&id),
        escaped(&change.title),
        escaped(&format!("{site}{path}")),
        escaped(&change.text),
    )
}

/// The beginning of a day: the catalogue knows days, and no clock.
fn moment(day: Date) -> String {
    format!("{}T00:00:00Z", day.0)
}

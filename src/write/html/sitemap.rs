//! The site's map for search engines: every page's address, where the site has one.
use std::fmt::Write as _;

use crate::write::File;

use super::escape::escaped;

/// The protocol's bound on the addresses of one file.
const MOST_ADDRESSES: usize = 50_000;
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// `sitemap.xml`, and the parts that it lists where one file cannot hold every address. No day of a change is told: a
/// build does not know of any.
pub fn files(site: &str, addresses: &[String]) -> Vec<File> {
    let parts: Vec<&[String]> = addresses.chunks(MOST_ADDRESSES).collect();
    if let [addresses] = parts[..] {
        return vec![file("sitemap.xml", "urlset", "url", addresses)];
    }
    let name = |at: usize| format!("sitemap-{}.xml", at + 1);
    let listed: Vec<String> = (0..parts.len()).map(|at| format!("{site}{}", name(at))).collect();
    let parts = parts.iter().enumerate().map(|(at, addresses)| file(&name(at), "urlset", "url", addresses));
    parts.chain([file("sitemap.xml", "sitemapindex", "sitemap", &listed)]).collect()
}

/// Whether a path is one of these, whatever their number.
pub fn is_path(path: &str) -> bool {
    path.starts_with("sitemap") && path.ends_with(".xml")
}

fn file(name: &str, root: &str, entry: &str, addresses: &[String]) -> File {
    let mut text = format!("{HEAD}<{root} xmlns=\"{NAMESPACE}\">\n");
    for address in addresses {
        let _ = writeln!(text, "<{entry}><loc>{}</loc></{entry}>", escaped(address));
    }
    let _ = writeln!(text, "</{root}>");
    File { path: name.to_string(), bytes: text.into_bytes() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &File) -> (String, Vec<String>) {
        let text = std::str::from_utf8(&file.bytes).unwrap();
        let mut reader = quick_xml::Reader::from_str(text);
        let (mut root, mut addresses, mut is_address) = (String::new(), Vec::new(), false);
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Start(tag) => {
                    let name = tag.name().as_ref().to_string();
                    is_address = name == "loc";
                    if is_address {
                        addresses.push(String::new());
                    }
                    if root.is_empty() {
                        root = name;
                    }
                }
                quick_xml::events::Event::Text(text) if is_address => {
                    addresses.last_mut().unwrap().push_str(&text);
                }
                quick_xml::events::Event::GeneralRef(name) if is_address => {
                    assert_eq!(&*name, "amp");
                    addresses.last_mut().unwrap().push('&');
                }
                quick_xml::events::Event::End(_) => is_address = false,
                quick_xml::events::Event::Eof => return (root, addresses),
                _ => {}
            }
        }
    }

    #[test]
    fn a_small_site_has_one_file() {
        let addresses = ["https://x.example/?a=1&b=2/index.html".to_string()];
        let files = files("https://x.example/?a=1&b=2/", &addresses);
        assert_eq!(files.len(), 1);
        assert_eq!(files[0].path, "sitemap.xml");
        assert_eq!(read(&files[0]), ("urlset".into(), addresses.to_vec()));
    }

    #[test]
    fn a_large_site_has_an_index_of_parts() {
        let addresses: Vec<String> = (0..100_001).map(|at| format!("https://x.example/{at}.html")).collect();
        let files = files("https://x.example/", &addresses);
        let read: Vec<_> = files.iter().map(|file| (file.path.as_str(), read(file))).collect();
        let wanted = ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"];
        let (path, (root, parts)) = read.last().unwrap();
        assert_eq!((*path, root.as_str()), ("sitemap.xml", "sitemapindex"));
        assert_eq!(*parts, wanted.map(|name| format!("https://x.example/{name}")));
        assert_eq!(read.iter().map(|(path, _)| *path).collect::<Vec<_>>()[..3], wanted);
        let all: Vec<&String> = read[..3].iter().flat_map(|(_, (_, part))| part).collect();
        assert!(all.iter().copied().eq(&addresses));
        assert!(read.iter().all(|(_, (_, part))| part.len() <= MOST_ADDRESSES));
    }
}

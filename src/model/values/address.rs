//! Addresses on the web.

use std::fmt;
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{FromText, TextVisitor};
use crate::load::typed::hook;
use crate::text;

/// An address on the web that pages lie under: whole, and without signs that an address cannot hold.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WebAddress(String);

text_value!(WebAddress);

impl FromText for WebAddress {
    fn from_text(text: &str) -> Result<WebAddress, (String, String)> {
        let address = web_address(text, text)?;
        let path = address.splitn(4, '/').nth(3).unwrap_or_default().to_ascii_lowercase();
        // What is put after it would not be part of the path, or below a page.
        if address.contains(['?', '#']) || path.ends_with(".html") || path.ends_with(".htm") {
            let help = "skriv mappens adress, utan sidans namn och utan ? och #, till exempel \
                https://intranat.example/katalog/";
            return Err((format!("”{text}” är ingen adress som sidor kan ligga under"), help.to_string()));
        }
        Ok(WebAddress(address))
    }
}

impl fmt::Display for WebAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An address on the web of any file, with `{fil}` in place of its path.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FileAddress(String);

text_value!(FileAddress);

impl FileAddress {
    /// The address of the file at a path, which is given as an address holds it.
    pub fn of(&self, path: &str) -> String {
        self.0.replace("{fil}", path)
    }
}

impl FromText for FileAddress {
    fn from_text(text: &str) -> Result<FileAddress, (String, String)> {
        let address = web_address(&text.replace("{fil}", ""), text)?;
        if !address.contains("{fil}") {
            let help = "skriv {fil} där filens sökväg ska stå, till exempel https://git.example/katalog/content/{fil}";
            return Err((format!("”{text}” är samma adress för alla filer"), help.to_string()));
        }
        Ok(FileAddress(address))
    }
}

impl fmt::Display for FileAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is written, if `address` is one on the web: any other scheme would be a link that runs, or leads into the
/// reader's own machine.
fn web_address(address: &str, written: &str) -> Result<String, (String, String)> {
    if text::names_user(address) {
        let (message, help) = text::NAMES_USER;
        return Err((message.to_string(), help.to_string()));
    }
    let scheme = ["https://", "http://"]
        .into_iter()
        .find(|scheme| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    let is_sign = |c: char| !c.is_whitespace() && !c.is_control() && !"<>\"\\^`{|}".contains(c);
    let host = scheme.map_or("", |scheme| &address[scheme.len()..]);
    let is_named = host.starts_with(|c: char| c.is_alphanumeric() || c == '[') && text::address(address).is_some();
    if is_named && address.chars().all(is_sign) {
        return Ok(written.to_string());
    }
    let help = "skriv den hel, till exempel https://intranat.example/katalog/, utan blanksteg";
    Err((format!("”{written}” är ingen webbadress"), help.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_address_on_the_web_is_one() {
        for good in [
            "https://x.example",
            "HTTP://10.0.0.1:8080/a%20b/",
            "https://[::1]/",
            "https://å.example/ö",
            "https://x.html",
            "https://x.example/@namn",
        ] {
            assert_eq!(WebAddress::from_text(good).unwrap().to_string(), good);
        }
        for bad in [
            "",
            "x.example",
            "//x.example",
            "https://",
            "https:///x",
            "https://?",
            "javascript:alert(1)",
            "java\tscript:alert(1)",
            "data:text/html,x",
            "file:///c:/x",
            "ftp://x",
            " https://x.example",
            "https://x.example/a b",
            "https://x\"onclick=\"y",
            "https://x.example/<b>",
            "https://x.example/{fil}",
            "https:\\\\x.example",
            "https://x.example/katalog?utgava=2027",
            "https://x.example/katalog/#start",
            "https://x.example/katalog/index.html",
            "https://x.example/Start.HTM",
            "å",
            "https://x.example:99999",
            "https://x.example\\evil",
            "https://user@x.example",
        ] {
            assert!(WebAddress::from_text(bad).is_err(), "{bad}");
        }
        let files = FileAddress::from_text("https://git.example/{fil}?plain=1").unwrap();
        assert_eq!(files.of("a/b.yaml"), "https://git.example/a/b.yaml?plain=1");
        assert_eq!(FileAddress::from_text("https://x/?fil={fil}#1").unwrap().of("a.yaml"), "https://x/?fil=a.yaml#1");
        for bad in ["{fil}", "javascript:{fil}", "https://git.example/katalog/blob/main/content"] {
            assert!(FileAddress::from_text(bad).is_err(), "{bad}");
        }
        let (message, _) = FileAddress::from_text("https://oauth2:glpat-HEMLIG@git.example/{fil}").unwrap_err();
        assert_eq!(message, text::NAMES_USER.0);
    }
}

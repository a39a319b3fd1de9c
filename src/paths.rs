//! What a published file may be called: a name that every disk, file share and web server takes.

/// The longest path under the output folder, in characters: with the folder's own it stays below the 260 of Windows.
pub const LONGEST: usize = 120;

/// Why a path under the output folder, with `/` between folders, cannot be that of a file; `None` when it can.
pub fn fault(path: &str) -> Option<String> {
    if path.chars().count() > LONGEST {
        return Some(format!("sökvägen är längre än {LONGEST} tecken"));
    }
    path.split('/').find_map(part_fault)
}

fn part_fault(part: &str) -> Option<String> {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
    if part.is_empty() || part.starts_with('.') || part.ends_with('.') {
        return Some(format!("”{part}” kan inte vara ett namn på en fil eller mapp"));
    }
    if !part.bytes().all(is_plain) {
        return Some(format!("”{part}” har andra tecken än a–z, siffror, punkt, bindestreck och understreck"));
    }
    is_device(part).then(|| format!("Windows tillåter inga filer som heter ”{part}”"))
}

/// Whether a path that content gives is more than the way to a file below: on this system, on another, or once its
/// percent signs are read. Links are left to who opens the file.
pub fn leads_out(path: &str) -> bool {
    let decoded = percent_decoded(path);
    [path, decoded.as_str()].iter().any(|path| {
        let begins_elsewhere = path.starts_with(['/', '\\', '~']) || path.as_bytes().get(1) == Some(&b':');
        begins_elsewhere || path.contains("://") || path.split(['/', '\\']).any(|part| part == "..")
    })
}

/// What a path says once `%2e` and the like are read.
fn percent_decoded(path: &str) -> String {
    let mut pieces = path.split('%');
    let mut bytes = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        let code = piece.get(..2).and_then(|code| u8::from_str_radix(code, 16).ok());
        match code {
            Some(byte) => bytes.extend([&[byte], &piece.as_bytes()[2..]].concat()),
            None => bytes.extend(["%", piece].concat().as_bytes()),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What Windows keeps for itself, whatever comes after a dot and in whatever case: no file share takes such a file.
pub fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let has_number = |name| stem.strip_prefix(name).is_some_and(|rest| matches!(rest.as_bytes(), [b'1'..=b'9']));
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul") || has_number("com") || has_number("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_below_is_not_one_that_leads_out() {
        for path in ["mallar/region.dotx", "./a.docx", "a..b/c...docx", "100%.docx", "å/ä ö.docx"] {
            assert!(!leads_out(path), "{path}");
        }
        for path in
            ["..", "a/../../b", "a\\..\\b", "/a", "\\\\server\\a", "c:a", "%2e%2E/a", "..%2fa", "%2Fa", "file:///a"]
        {
            assert!(leads_out(path), "{path}");
        }
    }

    #[test]
    fn only_names_that_every_disk_takes() {
        let good = ["html/index.html", "word/sla/a-1.docx", "html/resurser/Egen_Stil.css", "excel/console.xlsx"];
        assert_eq!(good.map(fault), [const { None }; 4]);
        let long = format!("html/{}.html", "a".repeat(111));
        let bad = [
            "",
            "/etc/passwd",
            "../a",
            "html/../../a",
            "html/./a",
            "html//a",
            "html/a.",
            ".katalog",
            "html/.htaccess",
            "C:/a",
            "C:\\a",
            "\\\\server\\a",
            "html/a b",
            "html/å.html",
            "html/%2e%2e/a",
            "html/a\n",
            "html/con.html",
            "html/NUL",
            "html/com1.tar.gz",
            "html/a:b",
            &long,
        ];
        for path in bad {
            assert!(fault(path).is_some(), "{path}");
        }
        assert_eq!(fault(&long[1..]), None);
    }
}

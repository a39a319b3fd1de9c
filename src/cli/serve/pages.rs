//! The pages that stand in for one that cannot be shown.
//!
//! They have the page's script as every page has, and so give way as soon as there is something to show.

use katalog::diagnostic::Diagnostic;
use katalog::text::shown;

/// The page for an address that no file has.
pub fn none(path: &str) -> String {
    let told = format!(
        "<p>Katalogen har ingen fil på adressen <code>/{}</code>. Den kan ha bytt namn eller tagits bort.</p>\n\
         <p>Sidan visas så snart den finns. <a href=\"/html/index.html\">Till startsidan</a></p>",
        escaped(path)
    );
    page("Sidan finns inte", &told)
}

/// The page for the time before there is anything to show: the findings that there is nothing for, if any.
pub fn not_yet(errors: &[&Diagnostic]) -> String {
    if errors.is_empty() {
        return page("Katalogen läggs i ordning …", "<p>Sidan visas så snart den är klar.</p>");
    }
    let told = format!("<p>Katalogen visas så snart felen är rättade.</p>\n{}", list(errors));
    page("Innehållet har fel", &told)
}

/// The page for a file that cannot be made.
pub fn failed(findings: &[&Diagnostic]) -> String {
    let told = format!("<p>Sidan visas så snart felen är rättade.</p>\n{}", list(findings));
    page("Sidan går inte att visa", &told)
}

fn page(title: &str, told: &str) -> String {
    format!(
        r#"<!DOCTYPE html>
<html lang="sv">
<head>
<meta charset="utf-8">
<title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/_visning/visning.css">
</head>
<body>
<main>
<h1>{title}</h1>
{told}
</main>
</body>
</html>
"#
    )
}

fn list(findings: &[&Diagnostic]) -> String {
    let items: String = findings.iter().map(|finding| item(finding)).collect();
    format!("<ol>\n{items}</ol>")
}

fn item(finding: &Diagnostic) -> String {
    let place = &finding.place;
    let source = match place.source.as_str() {
        "" => String::new(),
        source => format!("<pre><code>{}</code></pre>\n", escaped(source)),
    };
    let help = finding.help.as_ref().map(|help| format!("<p>{}</p>\n", escaped(help))).unwrap_or_default();
    format!(
        "<li>\n<p><strong>{}</strong></p>\n<p><code>{}:{}:{}</code> {}</p>\n{source}{help}</li>\n",
        escaped(&finding.message),
        escaped(&place.file),
        place.line,
        place.column,
        finding.code,
    )
}

fn escaped(text: &str) -> String {
    let text = shown(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('"', "&quot;").replace('\'', "&#39;")
}

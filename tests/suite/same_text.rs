//! The three formats of a document say the same, word for word and in the same order.

use serde_json::Value;

use crate::door::{COMPLETE, Files, Workspace, every_publication, text};
use crate::read::{Text, documents, html, markdown, word};

/// A document as each format tells it.
fn told(files: &Files, name: &str) -> [(&'static str, Text); 3] {
    [
        ("html", html::text(text(files, &format!("html/dokument/{name}.html")))),
        ("markdown", markdown::text(text(files, &format!("markdown/{name}-2027.md")))),
        ("word", word::text(&files[&format!("word/{name}-2027.docx")])),
    ]
}

/// What one says and the other does not, with the words around it; `None` where they say the same.
fn difference(a: &Text, b: &Text) -> Option<String> {
    let mut notes = [a.notes.clone(), b.notes.clone()];
    notes.iter_mut().for_each(|notes| notes.sort());
    let same = a.words.iter().zip(&b.words).take_while(|(a, b)| a == b).count();
    if same < a.words.len().max(b.words.len()) {
        let around = |words: &[String]| {
            words[same.saturating_sub(8).min(words.len())..].iter().take(24).cloned().collect::<Vec<_>>().join(" ")
        };
        return Some(format!("word {same}:\n  {}\n  {}", around(&a.words), around(&b.words)));
    }
    let [ours, theirs] = notes;
    (ours != theirs).then(|| format!("footnotes:\n  {ours:?}\n  {theirs:?}"))
}

#[test]
fn every_document_says_the_same_in_word_html_and_markdown() {
    for (publication, files) in every_publication() {
        for name in documents(files) {
            let [(_, first), rest @ ..] = told(files, &name);
            assert!(first.words.len() > 10, "{publication}: {name} is read");
            for (format, other) in rest {
                let difference = difference(&first, &other);
                assert!(
                    difference.is_none(),
                    "{publication}: {name}: html and {format} part at {}",
                    difference.unwrap()
                );
            }
        }
    }
}

/// What stands before the first chapter is laid out in each format as suits it, but the history says the same.
#[test]
fn the_version_history_is_the_same_in_word_html_and_markdown() {
    let file = |path| text(&COMPLETE, path);
    for (format, rows) in [
        ("html", html::rows(file("html/dokument/tjanstekatalog.html"))),
        ("markdown", markdown::rows(file("markdown/tjanstekatalog-2027.md"))),
        ("word", word::rows(&COMPLETE["word/tjanstekatalog-2027.docx"])),
    ] {
        let rows: Vec<String> = rows.iter().map(|row| row.join(" | ").replace('\u{a0}', " ")).collect();
        let head = rows.iter().position(|row| row == "Version | Datum | Utfärdare | Förändringsorsak");
        let first = head.and_then(|head| rows.get(head + 1)).map(String::as_str);
        assert_eq!(first, Some("0.9 | 5 oktober 2026 | Redaktören | Första utkastet"), "{format}: {rows:#?}");
    }
}

#[test]
fn every_document_is_put_together_the_same_in_word_html_and_markdown() {
    for (publication, files) in every_publication() {
        for name in documents(files) {
            let of_html = html::outline(text(files, &format!("html/dokument/{name}.html")));
            let of_markdown = markdown::outline(text(files, &format!("markdown/{name}-2027.md")));
            assert_same_outline(&format!("{publication}: {name}: html and markdown"), &of_html, &of_markdown);
            let of_word = word::outline(&files[&format!("word/{name}-2027.docx")]);
            let comparable = |item: &String| item.starts_with('h') || item.starts_with("tabell") || item == "bild";
            let of_html: Vec<String> = of_html.into_iter().filter(comparable).collect();
            assert_same_outline(&format!("{publication}: {name}: html and word"), &of_html, &of_word);
        }
    }
}

/// An author's heading stands beside those of the page, as it does in a document, and has none of them below it.
#[test]
fn a_heading_of_an_author_has_no_sections_of_the_page_below_it() {
    let note = "  [^1]: En fotnot";
    let own = format!("  ## Så fungerar det\n\n  Så.\n\n{note}");
    let files = Workspace::of("liten").replacing("content/tjanster/orbit-planering.yaml", note, &own).published();
    let page = text(&files, "html/tjanster/orbit-planering.html");
    assert!(page.contains("Så fungerar det"), "{page}");
    let headings: Vec<String> = html::outline(page).into_iter().filter(|item| item.starts_with('h')).collect();
    assert!(headings.len() > 5 && headings.iter().all(|item| item == "h2"), "{headings:?}");
}

fn assert_same_outline(what: &str, a: &[String], b: &[String]) {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let around = |outline: &[String]| {
        outline[same.saturating_sub(6).min(outline.len())..].iter().take(16).cloned().collect::<Vec<_>>().join(" ")
    };
    assert!(same == a.len() && same == b.len(), "{what} part at {same}:\n  {}\n  {}", around(a), around(b));
}

/// The comparison is worth something: a block that is lost, added or moved in any one format is seen.
#[test]
fn a_block_that_one_format_loses_is_noticed() {
    let (_, files) = every_publication()[1];
    let html_text = text(files, "html/dokument/tjanstekatalog.html");
    let markdown_text = text(files, "markdown/tjanstekatalog-2027.md");
    let whole = html::text(html_text);
    assert_eq!(difference(&whole, &markdown::text(markdown_text)), None);

    let losses = [
        "<br>– Uppgradering",
        "> Ett tips.\n",
        "    Andra stycket, med",
        "| c | d |\n",
        "Djupast.\n",
        "```\nindragen kod\n```\n",
        " och en fotnot.[^1]",
    ];
    for loss in losses {
        assert!(markdown_text.contains(loss), "{loss:?} is there to be lost");
        let lost = markdown::text(&markdown_text.replacen(loss, "", 1));
        assert!(difference(&whole, &lost).is_some(), "{loss:?} is missed");
    }
    for loss in ["<li>tre</li>\n", "<p>Text mellan.</p>\n", "<td>Vårdområdet</td>", "<td>Samma dag.</td>"] {
        assert!(html_text.contains(loss), "{loss:?} is there to be lost");
        let lost = html::text(&html_text.replacen(loss, "", 1));
        assert!(difference(&whole, &lost).is_some(), "{loss:?} is missed");
    }
    let parts = word::unzip(&files["word/tjanstekatalog-2027.docx"]);
    assert_eq!(difference(&whole, &word::text_of(&parts)), None);
    for loss in [">Uppgradering<", ">Ett tips.<", ">Djupast.<", ">Servicedesk hjälper.<"] {
        let mut parts = parts.clone();
        let body = text(&parts, "word/document.xml");
        assert!(body.contains(loss), "{loss:?} is there to be lost");
        let lost = body.replacen(loss, "><", 1).into_bytes();
        parts.insert("word/document.xml".into(), lost);
        assert!(difference(&whole, &word::text_of(&parts)).is_some(), "{loss:?} is missed");
    }
    let moved = markdown_text.replacen("| Skärmar. |", "| Statistik. |", 1).replacen(
        "| Tillval | Statistik. |",
        "| Tillval | Skärmar. |",
        1,
    );
    assert!(difference(&whole, &markdown::text(&moved)).is_some(), "an exchange is missed");
}

/// A base fee that is not told is a price that is not told.
#[test]
fn every_row_of_a_price_has_its_terms() {
    let spaced = |text: &str| text.replace('\u{a0}', " ");
    let rows = |page: &str| html::rows(page).into_iter().map(|row| spaced(&row.join(" "))).collect::<Vec<_>>();
    let mut of_pages = 0;
    for (publication, files) in every_publication() {
        let data: Value = serde_json::from_slice(&files["json/katalog-2027.json"]).unwrap();
        let site = format!("{}/", data["catalogue"]["site"].as_str().unwrap_or_default().trim_end_matches('/'));
        let list = rows(text(files, "html/prislista.html"));
        let services = ["services", "supporting_services"].map(|kind| data[kind].as_array().unwrap());
        for service in services.into_iter().flatten() {
            let url = service["url"].as_str().unwrap();
            let page = rows(text(files, &format!("html/{}", url.strip_prefix(&site).unwrap_or(url))));
            let prices = service["offerings"]
                .as_array()
                .unwrap()
                .iter()
                .flat_map(|offering| offering["prices"].as_array().unwrap());
            for price in prices {
                let [article, name, terms] =
                    ["article", "name", "terms_text"].map(|key| spaced(price[key].as_str().unwrap()));
                // Of an article whose price changes in the year there is a row for each.
                let is_its = |row: &&String| {
                    row.starts_with(&format!("{article} ")) && row.contains(&name) && row.contains(&terms)
                };
                assert!(list.iter().any(|row| is_its(&row)), "{publication}: {article}, {terms}, is not listed");
                assert!(page.iter().any(|row| is_its(&row)), "{publication}: {url} has no {article}, {terms}");
                let short =
                    page.iter().find(|row| row.starts_with("Vad kostar den?") && row.contains(&format!("{name}: ")));
                let Some(short) = short else { continue };
                assert!(short.contains(&terms), "{publication}: {url}: {short} without {terms}");
                of_pages += usize::from(!terms.is_empty());
            }
        }
    }
    assert!(of_pages > 3, "some prices have terms, and are told in short");
}

#[test]
fn an_offer_says_its_terms_to_machines_too() {
    let files = Workspace::of("liten")
        .replacing(
            "content/tjanster/orbit-planering.yaml",
            "fotnot: Minst tio.",
            "grundavgift: 500000, ingående_volym: 5",
        )
        .published();
    let page = text(&files, "html/tjanster/orbit-planering.html");
    let told = html::linked_data(page).to_string().replace('\u{a0}', " ");
    assert!(told.contains("\"description\":\"Grundavgift 500 000 kr; ingående volym 5 användare\""), "{told}");
    // It is not paid for each of what is counted.
    let fee = told.split('{').find(|part| part.contains("\"name\":\"Grundavgift\"")).expect("a fee is told");
    assert!(fee.contains("billingDuration") && !fee.contains("unitText"), "{fee}");
    let short = "per användare och månad. Grundavgift 500 000 kr; ingående volym 5 användare";
    assert!(html::visible(page).replace('\u{a0}', " ").contains(short), "{page}");
}

#[test]
fn the_price_list_says_in_every_format_whether_vat_is_included() {
    for (line, said) in [("", "exklusive"), ("moms: exklusive\n", "exklusive"), ("moms: inklusive\n", "inklusive")] {
        let workspace = Workspace::of("fullstandig").replacing("content/katalog.yaml", "moms: inklusive\n", line);
        let files = workspace.published();
        for (format, text) in told(&files, "prislista") {
            let sentence = format!("Beloppen är i SEK, {said} moms.");
            assert_eq!(text.words.join(" ").matches(&sentence).count(), 2, "{format}: {line}");
        }
        let agreement = markdown::visible(text(&files, "markdown/sla/orbit-planering.md"));
        assert!(agreement.contains(&format!(" kr per år, {said} moms.")), "{line}: {agreement}");
        let data: serde_json::Value = serde_json::from_str(text(&files, "json/katalog-2027.json")).unwrap();
        assert_eq!((&data["catalogue"]["vat"], &data["catalogue"]["currency"]), (&said.into(), &"SEK".into()));
        let told = html::linked_data(text(&files, "html/tjanster/orbit-planering.html")).to_string();
        assert!(told.contains(&format!("\"valueAddedTaxIncluded\":{}", said == "inklusive")), "{line}: {told}");
    }
}

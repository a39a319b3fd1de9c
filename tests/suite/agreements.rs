//! A service's SLA and Tjänste-OLA as documents of their own, in every format.

use crate::door::{COMPLETE, SMALL, Workspace, text};
use crate::read::{html, markdown, word};

/// The words of a part of a Word file.
fn word_part(path: &str, part: &str) -> String {
    let parts = word::unzip(&COMPLETE[path]);
    word::visible(part, &parts[part])
}

#[test]
fn each_agreement_has_a_file_of_the_same_name_in_every_edition() {
    for id in ["orbit-planering", "svag"] {
        for kind in ["sla", "ola"] {
            for path in [
                format!("word/{kind}/{id}.docx"),
                format!("html/dokument/{kind}/{id}.html"),
                format!("markdown/{kind}/{id}.md"),
            ] {
                assert!(COMPLETE.contains_key(&path), "{path}");
            }
        }
    }
    let of_none = COMPLETE.keys().find(|path| path.contains("sla/aldrig") || path.contains("ola/aldrig"));
    assert_eq!(of_none, None, "without an agreement there is no document");
}

#[test]
fn an_agreement_is_a_draft_until_everyone_has_signed_whatever_the_edition_is() {
    // The SLA of Orbit lacks a signature, and its Tjänste-OLA an approval; those of the other have all.
    for (path, is_draft) in [
        ("word/sla/orbit-planering.docx", true),
        ("word/ola/orbit-planering.docx", true),
        ("word/sla/svag.docx", false),
        ("word/ola/svag.docx", false),
    ] {
        assert_eq!(word_part(path, "word/header1.xml").contains("UTKAST"), is_draft, "{path}");
        assert_eq!(word_part(path, "word/document.xml").contains("UTKAST"), is_draft, "{path}");
    }
    let page = html::visible(text(&COMPLETE, "html/dokument/sla/svag.html"));
    assert!(page.contains("Status Undertecknat"), "{page}");
    let approved = markdown::visible(text(&COMPLETE, "markdown/ola/svag.md"));
    assert!(approved.contains("Alla avsnitt är godkända.") && !approved.contains("ett utkast"), "{approved}");
    // What is in no section nobody has approved.
    let loose = Workspace::of("fullstandig").replacing(
        "content/tjanster/svag.yaml",
        "servrar.jarn, avsnitt: Drift",
        "servrar.jarn",
    );
    let loose = markdown::visible(text(&loose.published(), "markdown/ola/svag.md"));
    assert!(loose.contains("2027, version 1.2 – Utkast") && loose.contains("ett utkast"), "{loose}");
}

#[test]
fn the_agreements_of_what_is_not_there_say_so_and_nobody_pays() {
    let told = |life: &str| {
        let orbit = "content/tjanster/orbit-operationsplanering.yaml";
        let files = Workspace::of("felfri").replacing(orbit, "livscykel: {status: aktiv}", life).published();
        ["sla", "ola"].map(|kind| {
            let path = format!("markdown/{kind}/orbit-operationsplanering.md");
            let words = markdown::visible(text(&files, &path));
            (words.contains("Tjänsten finns inte under utgåvans tid. Livscykel: "), words.contains("Tjänsten kostar "))
        })
    };
    assert_eq!(told("livscykel: {status: aktiv}"), [(false, true), (false, false)]);
    for life in ["status: avvecklad, till: 2026-05-31", "status: planerad, från: 2028-03-01"] {
        assert_eq!(told(&format!("livscykel: {{{life}}}")), [(true, false), (true, false)], "{life}");
    }
}

#[test]
fn whoever_has_not_signed_has_a_line_to_sign_on() {
    let orbit = "content/tjanster/orbit-planering.yaml";
    let page = |signature: &str| {
        let both = "{roll: verksamhetsrepresentant, person: chefen, datum: 2026-11-01}, \
                    {roll: tjänsteägare, person: redaktoren}";
        let workspace = Workspace::of("fullstandig").replacing(orbit, both, signature);
        text(&workspace.published(), "markdown/sla/orbit-planering.md").to_string()
    };
    let of_business = page("{roll: verksamhetsrepresentant, person: chefen, datum: 2026-11-01}");
    assert!(of_business.contains("| Tjänsteägare | [Chefen]") && of_business.contains("| Undertecknat |"));
    let of_owner = page("{roll: tjänsteägare, person: redaktoren, datum: 2026-11-01}");
    assert!(of_owner.contains("| Verksamheten | Verksamhetsrepresentant | – |"), "{of_owner}");
    let signing = of_owner.split("Underskrifter").last().unwrap();
    assert!(signing.contains("| Verksamhetsrepresentant |"), "{signing}");

    // So has who approves a section, and what is in no section.
    let ola = markdown::visible(text(&COMPLETE, "markdown/ola/orbit-planering.md"));
    let approving = ola.split("Godkännanden").last().unwrap();
    assert!(approving.contains("Driftavsnittet") && approving.contains("Supportavsnittet"), "{approving}");
    assert!(approving.contains("Utan avsnitt"), "{approving}");
}

#[test]
fn an_agreement_is_valid_as_long_as_it_says_itself() {
    let workspace = Workspace::of("fullstandig");
    let workspace = workspace.replacing(
        "content/tjanster/orbit-planering.yaml",
        "giltig_till: 2027-12-31",
        "giltig_till: 2027-06-30",
    );
    let files = workspace.published();
    for path in ["markdown/sla/orbit-planering.md", "markdown/ola/orbit-planering.md"] {
        assert!(text(&files, path).contains("| Giltig till | 30\u{a0}juni 2027 |"), "{path}");
    }
    assert!(
        !text(&files, "markdown/sla/svag.md").contains("Giltig från"),
        "what it does not say is not taken from the edition"
    );
}

#[test]
fn an_agreement_has_no_cover_page_and_no_contents() {
    let parts = word::unzip(&COMPLETE["word/sla/orbit-planering.docx"]);
    let body = std::str::from_utf8(&parts["word/document.xml"]).unwrap();
    assert!(!body.contains("TOC \\o") && !body.contains("w:titlePg"));
    assert!(
        !body.contains("<w:pageBreakBefore/>") && body.contains("<w:pageBreakBefore w:val=\"0\"/>"),
        "chapters go on"
    );
    assert!(!text(&COMPLETE, "markdown/sla/orbit-planering.md").contains("## Innehåll"));
}

#[test]
fn an_agreement_leads_to_the_catalogue_and_the_page_of_the_service_to_it() {
    let sla = text(&SMALL, "markdown/sla/orbit-planering.md");
    assert!(sla.contains("](../tjanstekatalog-2027.md#orbit-planering)"), "{sla}");
    assert!(sla.contains("](../ola/orbit-planering.md)"), "{sla}");
    let page = text(&SMALL, "html/tjanster/orbit-planering.html");
    for href in [
        "../dokument/sla/orbit-planering.html",
        "../../word/sla/orbit-planering.docx",
        "../../word/ola/orbit-planering.docx",
    ] {
        assert!(page.contains(&format!("href=\"{href}\"")), "{href}");
    }
    let word = word::unzip(&SMALL["word/sla/orbit-planering.docx"]);
    let links = String::from_utf8_lossy(&word["word/_rels/document.xml.rels"]).into_owned();
    assert!(
        links.contains("Target=\"../tjanstekatalog-2027.docx\"")
            && links.contains("Target=\"../ola/orbit-planering.docx\""),
        "{links}"
    );
    // One of many is no document of the whole site.
    let start = text(&SMALL, "html/index.html");
    assert!(!start.contains("dokument/sla/"), "{start}");
}

#[test]
fn what_two_parties_sign_says_what_they_agree_on() {
    let sla = markdown::visible(text(&COMPLETE, "markdown/sla/orbit-planering.md"));
    for words in [
        "24/7/365 - 2 timmar, 99,91%",
        "Nätdelar hanteras separat".to_lowercase().as_str(),
        "4 timmar ≤ 8 timmar",
        "De tar inte höjd för till exempel server- och databaskrascher",
        "mäter tillgängligheten i Plexus",
        "Informationsägare är Chefen",
        "Leverantören & Co",
        "Kund är Sjukhuset",
        "Planerade avbrott ingår inte i nivåernas antal avbrott",
    ] {
        assert!(sla.contains(words), "{words}\n{sla}");
    }
    let ola = ["orbit-planering", "svag"].map(|id| text(&COMPLETE, &format!("markdown/ola/{id}.md")));
    let ola = markdown::visible(&ola.join("\n"));
    for words in [
        "Utan avsnitt",
        "Återställsetid: inte garanterad. Pålitlighet: inte garanterad.",
        "Ingen funktionssamordnare har därför godkänt dem",
        "Avropet av Servrar.Järn hör till avsnittet Okänt avsnitt, som inte finns i Tjänste-OLA.",
        "Avropen räcker inte för tjänstenivån i SLA.",
        "Produkt Z omsluter Nät, där inget erbjudande har garanterade tider",
    ] {
        assert!(ola.contains(words), "{words}\n{ola}");
    }
}

#[test]
fn a_service_that_is_called_for_has_the_level_of_its_own_agreement() {
    let called = "namn: Alfa Stöd\nerbjudanden: [{suffix: prod, miljö: produktion}, {suffix: test, miljö: test}]\n\
                  sla: {nivå: dygnet-runt-2h}\n";
    let files = Workspace::of("liten")
        .draft()
        .with("content/tjanster/alfa.yaml", called)
        .replacing(
            "content/tjanster/orbit-planering.yaml",
            "  avrop: [",
            "  avrop: [{erbjudande: alfa.prod, avsnitt: Drift}, {erbjudande: alfa.test, avsnitt: Drift}, ",
        )
        .published();
    let ola = markdown::visible(text(&files, "markdown/ola/orbit-planering.md"));
    let promised = "Alfa Stöd.prod 24/7/365 – 2 timmar 1 – serie 24/7/365. Riktvärde för åtgärdstid: 2 timmar. \
                    Nedtid: högst 8 timmar per år.";
    assert!(ola.contains(promised), "{ola}");
    assert!(ola.contains("Alfa Stöd.test – 1 – serie – "), "{ola}");
    let catalogue = markdown::visible(text(&files, "markdown/tjanstekatalog-2027.md"));
    assert!(catalogue.contains("Alfa Stöd.prod 24/7/365 – 2 timmar 1 "), "{catalogue}");
}

/// Of an offering with one article it goes without saying what is counted, whatever its price is from some day on.
#[test]
fn an_article_whose_price_changes_is_the_only_one_of_its_offering() {
    let price = "{artikel: \"2002\", benämning: Server Guld, pris: 4300, enhet: server, per: månad";
    let two = |next: &str| format!("{price}, giltig_till: 2027-06-30}}, {next}, giltig_från: 2027-07-01}}");
    let tells = |prices: &str| {
        let path = "content/stodjande-tjanster/servrar.yaml";
        let files = Workspace::of("felfri").replacing(path, &format!("{price}}}"), prices).published();
        let ola = markdown::visible(text(&files, "markdown/ola/orbit-operationsplanering.md"));
        assert!(ola.contains("Servrar.Guld"), "{ola}");
        ola.contains("Artikel 2002")
    };
    assert!(!tells(&two(price)));
    assert!(tells(&two(&price.replace("2002", "2003"))));
}

/// A document for each of a list is a template, without any Rust.
#[test]
fn any_list_can_have_a_document_for_each() {
    let template = "---\ntitle: Blad\norder: 20\nfor_each: products\nwhen: cost\ncontents: false\n---\n# Om\n\n{{ entity.name }}.\n";
    let files = Workspace::of("fullstandig").with("templates/documents/blad.md", template.as_bytes()).published();
    assert!(text(&files, "markdown/blad/produkt-x.md").contains("# Blad – Produkt X"));
    assert!(!files.contains_key("markdown/blad/produkt-y.md"), "it has no cost");
}

#[test]
fn one_day_of_a_period_is_told_as_well_as_both() {
    let workspace = Workspace::of("fullstandig")
        .replacing("content/kontrakt/nytt-kontrakt.yaml", "exempel: true", "exempel: true\ngiltig_till: 2028-12-31")
        .replacing("content/tjanster/orbit-planering.yaml", "  giltig_till: 2027-12-31\n", "");
    let files = workspace.published();
    let supporting = markdown::visible(text(&files, "markdown/katalog-stodjande-tjanster-2027.md"));
    assert!(supporting.contains("Giltigt till 31 december 2028"), "{supporting}");
    let catalogue = markdown::visible(text(&files, "markdown/tjanstekatalog-2027.md"));
    assert!(catalogue.contains("Överenskommelsen gäller från och med 1 januari 2027."), "{catalogue}");
}

//! Names and texts with every sign that means something to a format come out as they were written, or are refused.

use std::sync::LazyLock;

use crate::door::{Files, Workspace, text};
use crate::read::{html, markdown, word};

/// Texts that some format could take for markup. All are legal.
const HOSTILE: [&str; 26] = [
    "A & B < C > D &amp; &#38; &nbsp; &copy",
    "<script>alert(1)</script> <b onclick=\"x()\">fet</b> <br> <!-- dold --> <?php ?>",
    "a | b || c \\| d",
    "*stjärna* _streck_ __två__ **fet** ~~struken~~ ~en~ ord_med_streck",
    "[länk](https://x.example) [[orbit-drift]] ![[sla]] ![bild](x.png) [^1] [x]: y",
    "bak\\streck \\* \\\\ \\",
    "\"rakt\" 'enkelt' ”svenskt” ’apostrof",
    "{{ services }} {% raw %} {# dold #} {produkt} ${x} %s",
    "]]> --> ]] }} %}",
    "`kod` ``två`` ```tre",
    "# rubrik",
    "## rubrik {#x .bilaga}",
    "- punkt",
    "+ punkt",
    "1. nummer",
    "1) nummer",
    "> citat",
    "=== under",
    "--- | ---",
    ": rör | rör :",
    ":-- | --:",
    "$x^2$ @någon #12 :smile: http://auto.example/x_y_z www.auto.example a@b.example",
    "C #",
    "Tabell: ingen tabell {#tab}",
    "👩\u{200D}⚕️ 🚑 naïve",
    "مرحبا שלום עולם",
];

/// With the letters composed and decomposed; they come out composed.
const DECOMPOSED: &str = "A\u{30A}ngstro\u{308}m e\u{301} Å";
const COMPOSED: &str = "Ångström é Å";

/// The texts as they are to be seen, between marks that show that nothing came before or after.
pub fn marked() -> impl Iterator<Item = String> {
    HOSTILE.into_iter().chain([DECOMPOSED]).map(|text| format!("{text}»"))
}

pub fn seen(text: &str) -> String {
    text.replace(DECOMPOSED, COMPOSED)
}

/// A text as YAML writes any text.
fn yaml(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// A text as Markdown that shows it as it is.
fn escaped(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_punctuation() { format!("\\{c}") } else { c.to_string() }).collect()
}

/// The small catalogue with every hostile text as a service's name, summary, unit and description, and in a chapter
/// as paragraphs, as lines of one, in items, cells, headings and footnotes.
fn hostile() -> Workspace {
    let mut workspace = Workspace::of("liten").draft();
    let mut chapter = String::from("# Om katalogen\n\n");
    for (at, text) in marked().enumerate() {
        let (written, source) = (yaml(&text), escaped(&text));
        let file = format!(
            "namn: {written}\nsammanfattning: {written}\ntjänsteområde: {written}\nsynonymer: [{written}]\n\
             beskrivning: {markdown}\nmålgrupp: {markdown}\nkundens_ansvar: {markdown}\n\
             erbjudanden: [{{suffix: a, priser: [{{artikel: {written}, benämning: {written}, pris: 1, enhet: {written}, fakturering: {written}, fotnot: {markdown}}}]}}]\n",
            markdown = yaml(&source),
        );
        workspace = workspace.with(&format!("content/tjanster/fientlig-{at}.yaml"), file);
        chapter.push_str(&format!(
            "{source}\n\n## {source}\n\n- {source}\n- x\\\n  {source}\n\n> {source}\n\nFöre\\\n{source}\\\n*{source}* **{source}** [{source}](https://x.example/) [[sla|{source}]][^{at}]\n\n\
             | {source} | b |\n|---|---|\n| x | {source} |\n\n[^{at}]: {source}\n\n"
        ));
    }
    let (name, unit) = (yaml(HOSTILE[0]), yaml(HOSTILE[3]));
    workspace
        .with("content/texter/om-katalogen.md", chapter)
        .replacing("content/katalog.yaml", "organisation: Region Exempel", &format!("organisation: {name}"))
        .replacing("content/katalog.yaml", "enhet: Digital service", &format!("enhet: {unit}"))
        .replacing(
            "content/katalog.yaml",
            "titel: Tjänstekatalog\n    beslut: DS 2026-17, 3 december 2026",
            &format!("titel: {}\n    beslut: {}", yaml(HOSTILE[1]), yaml(HOSTILE[2])),
        )
        .replacing("content/katalog.yaml", "Regionens förvaltningar", &yaml(HOSTILE[4]))
        .replacing("content/personer.yaml", "Redaktören", &yaml(HOSTILE[5]))
        .replacing("content/produkter/orbit-drift.yaml", "Orbit-drift", &yaml(HOSTILE[8]))
        .replacing("content/formagor.yaml", "namn: Hantera serverplattform", &format!("namn: {}", yaml(HOSTILE[9])))
        .replacing("content/ordlista.yaml", "term: SLA", &format!("term: {}", yaml(HOSTILE[7])))
}

/// What the hostile catalogue publishes; the tests of links, of Word and of equal texts read it too.
pub static PUBLISHED: LazyLock<Files> = LazyLock::new(|| hostile().published());

/// The words of a text as a reader gives them back.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn hostile_texts_are_seen_as_they_were_written_in_every_format() {
    let files = &*PUBLISHED;
    let documents = ["tjanstekatalog", "prislista"];
    for name in documents {
        let shown = [
            ("html", html::visible(text(files, &format!("html/dokument/{name}.html")))),
            ("markdown", markdown::visible(text(files, &format!("markdown/{name}-2027.md")))),
            ("word", word::visible(name, &word::unzip(&files[&format!("word/{name}-2027.docx")])["word/document.xml"])),
        ];
        for (format, shown) in shown {
            let least = if name == "tjanstekatalog" { 12 } else { 4 };
            for text in marked() {
                let text = words(&seen(&text));
                let count = shown.matches(&text).count();
                assert!(count >= least, "{name} as {format} shows {text} {count} times");
            }
        }
    }
}

/// Nothing but the text: a cell that holds it holds no backslash or other sign more.
#[test]
fn hostile_names_are_whole_cells_of_tables() {
    let files = &*PUBLISHED;
    let rows = [
        ("html", html::rows(text(files, "html/dokument/prislista.html"))),
        ("markdown", markdown::rows(text(files, "markdown/prislista-2027.md"))),
        ("word", word::rows(&files["word/prislista-2027.docx"])),
    ];
    for (format, rows) in rows {
        for text in marked().map(|text| seen(&text)) {
            let row = rows.iter().find(|row| words(&row[0]) == words(&text));
            let row = row.unwrap_or_else(|| panic!("{format} has no row for {text}"));
            assert_eq!(words(&row[1]), words(&format!("{text}.a")), "{format}");
            let named = format!("{text} {text} Fakturering: {text}");
            assert_eq!(words(&row[2]), words(&named), "{format}");
            assert_eq!(words(&row[4]), words(&format!("per {text}")), "{format}");
        }
    }
}

#[test]
fn hostile_names_are_headings_and_titles_of_pages() {
    for (at, text) in marked().enumerate() {
        let page = crate::door::text(&PUBLISHED, &format!("html/tjanster/fientlig-{at}.html"));
        let (_, rest) = page.split_once("<h1").unwrap();
        let (heading, _) = rest.split_once("</h1>").unwrap();
        assert_eq!(html::visible(&format!("<h1{heading}</h1>")), words(&seen(&text)));
        let (_, title) = page.split_once("<title>").unwrap();
        assert!(
            html::visible(&format!("<p>{}</p>", title.split_once("</title>").unwrap().0))
                .starts_with(&words(&seen(&text)))
        );
    }
}

#[test]
fn the_cover_and_every_mention_hold_hostile_names() {
    let files = &*PUBLISHED;
    let parts = word::unzip(&files["word/tjanstekatalog-2027.docx"]);
    let cover = [
        ("html", html::visible(text(files, "html/dokument/tjanstekatalog.html"))),
        ("markdown", markdown::visible(text(files, "markdown/tjanstekatalog-2027.md"))),
        ("word", word::visible("word/document.xml", &parts["word/document.xml"])),
    ];
    for (format, shown) in cover {
        for text in [HOSTILE[0], HOSTILE[1], HOSTILE[2], HOSTILE[3], HOSTILE[4], HOSTILE[5], HOSTILE[7], HOSTILE[8]] {
            assert!(shown.contains(&words(text)), "{format}: {text}");
        }
    }
    assert!(word::visible("header", &parts["word/header1.xml"]).contains(&words(HOSTILE[1])));
    assert!(word::visible("footer", &parts["word/footer1.xml"]).contains(&words(HOSTILE[0])));
}

/// Two services with one name to whoever reads it.
#[test]
fn a_joiner_between_latin_letters_is_refused() {
    for c in ["\u{200C}", "\u{200D}", "\u{FE0F}", "\u{2065}", "\u{17B4}", "\u{1D173}", "\u{FFF0}", "\u{2800}"] {
        let name = format!("Orbit Plan{c}ering");
        let workspace = Workspace::of("liten")
            .with("content/roller.yaml", format!("- {{id: roll, namn: 👩\u{200D}⚕\u{FE0F} {name}}}\n"))
            .with("content/texter/ny.md", format!("# Ny\n\nKlart ✔\u{FE0F}. Text {c} mer.\n"));
        let run = workspace.run(&["check"]);
        let told = format!("texten innehåller ett osynligt tecken (U+{:04X})", u32::from(c.chars().next().unwrap()));
        for place in ["content/roller.yaml:1:35", "content/texter/ny.md:3:16"] {
            assert!(run.stderr.contains(&format!("{place}: fel[K003]: {told}\n")), "{}", run.stderr);
        }
        assert_eq!(run.stderr.matches("K003").count(), 2, "{}", run.stderr);
    }
}

/// What cannot be seen, or turns the text after it, is refused where it stands.
#[test]
fn invisible_characters_are_refused_at_their_place() {
    let service = |line: &str| format!("namn: Ny\n{line}\nklass: x\n");
    let mut found = String::new();
    for (name, c) in
        [("styrtecken", '\u{7}'), ("vändning", '\u{202E}'), ("nollbredd", '\u{200B}'), ("byteordning", '\u{FEFF}')]
    {
        let places = [
            ("namn", "content/roller.yaml", format!("- {{id: ny, namn: a{c}b}}\n")),
            ("sammanfattning", "content/tjanster/ny.yaml", format!("namn: Ny\nsammanfattning: \"ab{c}\"\n")),
            (
                "enhet",
                "content/tjanster/ny.yaml",
                format!(
                    "namn: Ny\nerbjudanden: [{{suffix: a, priser: [{{artikel: \"1\", benämning: x, enhet: 'é{c}'}}]}}]\n"
                ),
            ),
            (
                "beskrivning",
                "content/tjanster/ny.yaml",
                format!("namn: Ny\nbeskrivning: |\n  Rad ett.\n  Rad {c}två.\n"),
            ),
            ("kapitel", "content/texter/ny.md", format!("# Ny\n\nText åäö{c} mer.\n")),
            ("nyckel", "content/tjanster/ny.yaml", service(&format!("samman{c}fattning: x"))),
            ("YAML-tecken", "content/tjanster/ny.yaml", format!("namn: \"a\\u{:04x}b\"\n", u32::from(c))),
            (
                "Markdown-tecken",
                "content/tjanster/ny.yaml",
                format!("namn: Ny\nbeskrivning: \"Text &#x{:x}; mer.\"\n", u32::from(c)),
            ),
            ("Markdown-tecken i kapitel", "content/texter/ny.md", format!("# Ny\n\nText &#{}; mer.\n", u32::from(c))),
        ];
        for (kind, path, bytes) in places {
            let run = Workspace::of("liten").with(path, bytes).run(&["check"]);
            let place = |line: &&str| line.split(": ").take(2).collect::<Vec<_>>().join(" ");
            let findings = run.findings().iter().map(place).collect::<Vec<_>>().join(", ");
            found.push_str(&format!("{name} i {kind}: {} {findings}\n", run.code));
            assert!(!run.stderr.contains(c), "{name} in {kind} is not obeyed by the terminal either");
        }
    }
    insta::assert_snapshot!(found, @"
    styrtecken i namn: 1 content/roller.yaml:1:19 fel[K003]
    styrtecken i sammanfattning: 1 content/tjanster/ny.yaml:2:20 fel[K003]
    styrtecken i enhet: 1 content/tjanster/ny.yaml:2:74 fel[K003]
    styrtecken i beskrivning: 1 content/tjanster/ny.yaml:4:7 fel[K003]
    styrtecken i kapitel: 1 content/texter/ny.md:3:9 fel[K003]
    styrtecken i nyckel: 1 content/tjanster/ny.yaml:2:1 fel[K004], content/tjanster/ny.yaml:2:7 fel[K003], content/tjanster/ny.yaml:3:1 fel[K004]
    styrtecken i YAML-tecken: 1 content/tjanster/ny.yaml:1:7 fel[K003]
    styrtecken i Markdown-tecken: 1 content/tjanster/ny.yaml:2:20 fel[K011]
    styrtecken i Markdown-tecken i kapitel: 1 content/texter/ny.md:3:6 fel[K011]
    vändning i namn: 1 content/roller.yaml:1:19 fel[K003]
    vändning i sammanfattning: 1 content/tjanster/ny.yaml:2:20 fel[K003]
    vändning i enhet: 1 content/tjanster/ny.yaml:2:74 fel[K003]
    vändning i beskrivning: 1 content/tjanster/ny.yaml:4:7 fel[K003]
    vändning i kapitel: 1 content/texter/ny.md:3:9 fel[K003]
    vändning i nyckel: 1 content/tjanster/ny.yaml:2:1 fel[K004], content/tjanster/ny.yaml:2:7 fel[K003], content/tjanster/ny.yaml:3:1 fel[K004]
    vändning i YAML-tecken: 1 content/tjanster/ny.yaml:1:7 fel[K003]
    vändning i Markdown-tecken: 1 content/tjanster/ny.yaml:2:20 fel[K011]
    vändning i Markdown-tecken i kapitel: 1 content/texter/ny.md:3:6 fel[K011]
    nollbredd i namn: 1 content/roller.yaml:1:19 fel[K003]
    nollbredd i sammanfattning: 1 content/tjanster/ny.yaml:2:20 fel[K003]
    nollbredd i enhet: 1 content/tjanster/ny.yaml:2:74 fel[K003]
    nollbredd i beskrivning: 1 content/tjanster/ny.yaml:4:7 fel[K003]
    nollbredd i kapitel: 1 content/texter/ny.md:3:9 fel[K003]
    nollbredd i nyckel: 1 content/tjanster/ny.yaml:2:1 fel[K004], content/tjanster/ny.yaml:2:7 fel[K003], content/tjanster/ny.yaml:3:1 fel[K004]
    nollbredd i YAML-tecken: 1 content/tjanster/ny.yaml:1:7 fel[K003]
    nollbredd i Markdown-tecken: 1 content/tjanster/ny.yaml:2:20 fel[K011]
    nollbredd i Markdown-tecken i kapitel: 1 content/texter/ny.md:3:6 fel[K011]
    byteordning i namn: 1 content/roller.yaml:1:19 fel[K003]
    byteordning i sammanfattning: 1 content/tjanster/ny.yaml:2:20 fel[K003]
    byteordning i enhet: 1 content/tjanster/ny.yaml:2:74 fel[K003]
    byteordning i beskrivning: 1 content/tjanster/ny.yaml:4:7 fel[K003]
    byteordning i kapitel: 1 content/texter/ny.md:3:9 fel[K003]
    byteordning i nyckel: 1 content/tjanster/ny.yaml:2:1 fel[K004], content/tjanster/ny.yaml:2:7 fel[K003], content/tjanster/ny.yaml:3:1 fel[K004]
    byteordning i YAML-tecken: 1 content/tjanster/ny.yaml:1:7 fel[K003]
    byteordning i Markdown-tecken: 1 content/tjanster/ny.yaml:2:20 fel[K011]
    byteordning i Markdown-tecken i kapitel: 1 content/texter/ny.md:3:6 fel[K011]
    ");
}

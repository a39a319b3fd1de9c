//! What an author is told: every mistake, each at its place, in one run.

use crate::door::{Workspace, suite};

#[test]
fn ten_mistakes_in_ten_files_are_ten_findings_in_one_run() {
    let workspace = Workspace::of("liten");
    let before = workspace.published();
    let workspace = workspace
        .with("content/tjanster/okand-nyckel.yaml", "namn: A\nbeskrivnig: x\n")
        .with("content/avdelningar/dubbel-nyckel.yaml", "namn: B\nförkortning: x\nnamn: C\n")
        .with("content/tjanster/utan-namn.yaml", "# En kommentar först.\nsammanfattning: D\n")
        .with("content/tjanster/fel-varde.yaml", "namn: E\nlivscykel: {status: aktvi}\n")
        .with("content/tjanster/borta.yaml", "namn: F\nprodukter:\n  - orbit-drift\n  - orbit-drfit\n")
        .with("content/produkter/trasig.yaml", "namn: \"G\nteam: x\n")
        .with("content/avdelningar/osynlig.yaml", "namn: Hå\u{200B}rt\n")
        .with("content/produkter/Fel_Id.yaml", "namn: I\n")
        .replacing("content/personer.yaml", "namn: Redaktören}\n", "namn: Redaktören}\n- {id: sla, namn: J}\n")
        .with("content/texter/lank.md", "# L\n\nÅ, se [länken](javascript:1).\n");
    let run = workspace.run(&["build"]);
    assert_eq!(run.code, 1);
    assert_eq!(run.findings().len(), 10, "{}", run.stderr);
    assert!(run.stderr.contains("\n10 fel, 0 varningar, 0 upplysningar\n"), "{}", run.stderr);
    assert_eq!(workspace.output(), before, "the earlier output stands");
    insta::assert_snapshot!(run.stderr, @r#"
    content/avdelningar/dubbel-nyckel.yaml:3:1: fel[K005]: nyckeln ”namn” står redan på rad 1
      |
    3 | namn: C
      | ^^^^
      help: behåll den ena

    content/avdelningar/osynlig.yaml:1:9: fel[K003]: texten innehåller ett osynligt tecken (U+200B)
      |
    1 | namn: Hå�rt
      |         ^
      help: ta bort tecknet; skriv om ordet om det inte syns

    content/ordlista.yaml:1:8: fel[K009]: id ”sla” finns redan: person (content/personer.yaml:2)
      |
    1 | - {id: sla, term: SLA, förklaring: Ett avtal om nivån., kommentar: Definition enligt ITIL 4 – Service Level Agreement}
      |        ^^^
      help: ett id får finnas en gång i hela katalogen; ge den ena ett annat

    content/produkter/Fel_Id.yaml:1:1: fel[K008]: ”Fel_Id” kan inte vara ett id: det skrivs med a–z, siffror och bindestreck, högst 64 tecken
      |
    1 | namn: I
      | ^
      help: byt till ”fel-id”

    content/produkter/trasig.yaml:1:7: fel[K002]: ett citattecken saknar sitt slut
      |
    1 | namn: "G
      |       ^
      help: avsluta texten med samma citattecken, eller skriv texten efter ”|” på egna rader

    content/texter/lank.md:3:7: fel[K011]: länken ”javascript:1” leder inte till en webbadress eller e-postadress
      |
    3 | Å, se [länken](javascript:1).
      |       ^^^^^^^^^^^^^^^^^^^^^^
      help: skriv https://… för webben, eller [[id]] för något i katalogen

    content/tjanster/borta.yaml:4:5: fel[K010]: ”orbit-drfit” finns inte bland produkter
      |
    4 |   - orbit-drfit
      |     ^^^^^^^^^^^
      help: menade du ”orbit-drift”?

    content/tjanster/fel-varde.yaml:2:21: fel[K007]: värdet ”aktvi” finns inte
      |
    2 | livscykel: {status: aktvi}
      |                     ^^^^^
      help: menade du ”aktiv”?

    content/tjanster/okand-nyckel.yaml:2:1: fel[K004]: nyckeln ”beskrivnig” finns inte här
      |
    2 | beskrivnig: x
      | ^^^^^^^^^^
      help: menade du ”beskrivning”?

    content/tjanster/utan-namn.yaml:2:1: fel[K006]: nyckeln ”namn” saknas
      |
    2 | sammanfattning: D
      | ^^^^^^^^^^^^^^
      help: lägg till en rad ”namn: …”

    10 fel, 0 varningar, 0 upplysningar
    Inget är skrivet; output är som den var.
    "#);
}

/// A change to the small catalogue, and the findings that come of it.
struct Case {
    code: &'static str,
    files: &'static [(&'static str, &'static str)],
}

const CASES: [Case; 25] = [
    Case { code: "K001", files: &[("content/katalog.yaml", "")] },
    Case { code: "K002", files: &[("content/ordlista.yaml", "- id: sla\n\tterm: SLA\n")] },
    Case { code: "K003", files: &[("content/roller.yaml", "- {id: ny, namn: \"a\\u202eb\"}\n")] },
    Case { code: "K004", files: &[("content/roller.yaml", "- {id: ny, namn: Ny, besrkivning: x}\n")] },
    Case {
        code: "K004",
        files: &[(
            "content/katalog.yaml",
            "organisation: A\nenhet: B\nutgåva: {år: 2027, version: \"1\", status: utkast}\nkontorstid: {från: \"08:00\", till: \"16:45\", dagar_per_år: 256}\nadress: x\n",
        )],
    },
    Case { code: "K005", files: &[("content/roller.yaml", "- {id: ny, namn: Ny, namn: Ny}\n")] },
    Case { code: "K006", files: &[("content/roller.yaml", "- {id: ny}\n- {namn: Utan id}\n")] },
    Case {
        code: "K007",
        files: &[(
            "content/stodjande-tjanster/ny.yaml",
            "namn: Ny\nklass: tekniks\nerbjudanden:\n  - suffix: a\n    priser: [{artikel: \"1\", benämning: x, pris: 12 34, block: ett, giltig_från: 2027-02-30}]\n",
        )],
    },
    Case {
        code: "K007",
        files: &[(
            "content/tjanstenivaer.yaml",
            "- {id: dygnet-runt-2h, öppettid: alltid, åtgärdstid: 2 tim, nedtid_per_år: [8], tillgänglighet: hög}\n",
        )],
    },
    Case { code: "K008", files: &[("content/produkter/Åäö.yaml", "namn: Ny\n")] },
    Case { code: "K008", files: &[("content/roller.yaml", "- {id: com1, namn: Ny}\n")] },
    Case { code: "K008", files: &[("content/tjanster/ny.yaml", "namn: Ny\nerbjudanden: [{suffix: \"a.b\"}]\n")] },
    Case { code: "K009", files: &[("content/roller.yaml", "- {id: guld, namn: Ny}\n")] },
    Case {
        code: "K009",
        files: &[("content/tjanster/ny.yaml", "namn: Ny\nerbjudanden: [{suffix: VGR}, {suffix: vgr}]\n")],
    },
    Case {
        code: "K010",
        files: &[(
            "content/tjanster/ny.yaml",
            "namn: Ny\nprodukter: [servrar]\nbeskrivning: Se [[orbit-drfit]] och [[servrar.silver]].\nola: {avrop: [{erbjudande: servrar.guldd}]}\n",
        )],
    },
    Case {
        code: "K011",
        files: &[(
            "content/tjanster/ny.yaml",
            "namn: Ny\nbeskrivning: |\n  Ett <b>ord</b>.\n\n  ---\n\n  [^1]: Ensam.\n",
        )],
    },
    Case {
        code: "K011",
        files: &[("content/texter/ny.md", "# Ny\n\n![Bild](saknas.png)\n\n## Rubrik {.fel}\n\n- [ ] ruta\n\n- \n")],
    },
    Case {
        code: "K012",
        files: &[
            ("content/tjänster/ny.yaml", "namn: Ny\n"),
            ("content/anteckning.txt", "x"),
            ("content/produkter/ny.yml~", "x"),
            ("content/produkter/Thumbs.db", "x"),
            ("templates/pages/desktop.ini", "x"),
            ("content/produkter/ny.json", "{}"),
        ],
    },
    Case {
        code: "K013",
        files: &[(
            "templates/documents/prislista.md",
            "---\norder: 2\n---\n{% for entity in products %}\n# {{ entity.name }} {{ entity | id }}\n# {{ entity.name }} {{ entity | id }}\n{% endfor %}\n",
        )],
    },
    Case {
        code: "K013",
        files: &[("templates/pages/lista.md", "---\nfor_each: servicess\npath: x/{id}.html\n---\n# A\n")],
    },
    Case { code: "K013", files: &[("templates/documents/prislista.md", "---\norder: 2\ntittel: Fel\n---\n# A\n")] },
    Case {
        code: "K013",
        files: &[
            ("templates/documents/prislista.md", "# A\n\n{{ finns.inte }}\n"),
            ("templates/pages/ny.md", "# B\n\n{% for x in services %}\n"),
        ],
    },
    Case {
        code: "K013",
        files: &[
            ("templates/documents/prislista.md", "# A\n\n<b>fet</b> och [[finns-inte]]\n"),
            ("templates/pages/ny.md", "---\npath: index.html\n---\n# B\n"),
        ],
    },
    Case { code: "K014", files: &[("content/roller.yaml", "- {id: ny, namn: Ny}\n- id: fler\n  namn: Roll #2\n")] },
    Case {
        code: "K015",
        files: &[
            ("content/texter/om-katalogn.md", "# Om katalogen\n\nText.\n"),
            ("content/texter/om-katalogen.md", ""),
            ("content/texter/eget.md", "# Eget\n\nText.\n"),
        ],
    },
];

/// One key too many, or a value that may be left out, hid what rules find in all that leads to it.
#[test]
fn a_mistake_in_one_entity_hides_nothing_of_the_others() {
    let broken =
        || Workspace::of("felfri").replacing("content/produkter/orbit-drift.yaml", "produktansvarig: anna-alm\n", "");
    let told = |workspace: Workspace| {
        let run = workspace.run(&["check"]);
        let heads =
            run.stderr.lines().filter_map(|line| line.split_once("fel[").or_else(|| line.split_once("varning[")));
        heads.map(|(_, code)| code[..4].to_string()).collect::<Vec<_>>()
    };
    let own = told(broken());
    assert!(own.contains(&"K110".to_string()), "{own:?}");
    for (file, line, mistaken, code) in [
        ("content/katalog.yaml", "organisation: ", "färg: blå\norganisation: ", "K004"),
        ("content/katalog.yaml", "\nkontorstid: ", "\nkontorstd: ", "K004"),
        ("content/personer.yaml", "namn: Anna", "ort: Borås, namn: Anna", "K004"),
        ("content/tjanster/orbit-operationsplanering.yaml", "\nprocesser: ", "\nprocesser_: ", "K004"),
        ("content/kunder.yaml", "SU, typ: förvaltning", "SU, typ: forvaltning", "K007"),
    ] {
        let mut found = told(broken().replacing(file, line, mistaken));
        let at = found.iter().position(|found| found == code);
        found.remove(at.unwrap_or_else(|| panic!("{file}: no {code} in {found:?}")));
        assert_eq!(found, own, "{file}: {mistaken}");
    }
    // What the key was meant to be is where its value is taken from, unless the value shows that it was not.
    let run = broken()
        .replacing("content/katalog.yaml", "\nkontorstid: {", "\nkontorstd: x\nkontorstider: {")
        .run(&["check"]);
    assert_eq!(run.codes(), ["K004", "K004"], "{}", run.stderr);
}

/// What an unknown key leaves out may be what a rule asks for, be it of another entity.
#[test]
fn what_an_unknown_key_leaves_out_is_asked_for_by_no_rule() {
    let told = |path: &str, words: &str, by: &str| {
        let run = Workspace::of("felfri").replacing(path, words, by).run(&["check"]);
        assert!(run.stderr.contains("1 fel, 0 varningar, 0 upplysningar"), "{by}: {}", run.stderr);
        run.codes().concat()
    };
    let catalogue = "content/katalog.yaml";
    assert_eq!(told(catalogue, "giltig_från: 2027-01-01", "gäller_fr_o_m: 2027-01-01"), "K004");
    assert_eq!(told("content/stodjande-tjanster/servrar.yaml", "guld, priser:", "guld, artiklar:"), "K004");
    assert_eq!(told("content/produkter/hosting-server.yaml", "förmågor:", "kompetenser:"), "K004");
    assert_eq!(
        told("content/produkter/hosting-server.yaml", "team: Server\n", "team: Server\nkontakt: [anna-alm]\n"),
        "K004"
    );
    // A day that is emptied is no text that may be left out, and an empty number is not the first article's.
    let orbit = "content/tjanster/orbit-operationsplanering.yaml";
    assert_eq!(told(orbit, "giltig_till: 2027-12-31", "giltig_till: \"\""), "K007");
    let call = Workspace::of("felfri").replacing(
        orbit,
        "erbjudande: servrar.guld,",
        "erbjudande: servrar.guld, artikel: \"\",",
    );
    assert!(call.run(&["check"]).stderr.contains("fel[K175]"));
    // Whoever takes away the undantag of an entity with a mistake has what it is for.
    let waiver =
        "- {id: u, regel: K110, gäller: orbit-drift, skäl: S., beslutat_av: bo-berg, giltig_till: 2027-12-31}\n";
    let waived = Workspace::of("felfri").with("content/undantag.yaml", waiver).replacing(
        "content/produkter/orbit-drift.yaml",
        "produktansvarig: anna-alm",
        "kommentarr: hej",
    );
    let run = waived.run(&["check"]);
    assert!(run.stderr.contains("1 fel, 0 varningar"), "{}", run.stderr);
}

#[test]
fn every_code_fires() {
    let mut shown = String::new();
    let mut fired = std::collections::BTreeSet::new();
    for case in &CASES {
        let mut workspace = Workspace::of("liten");
        for (path, bytes) in case.files {
            // A file without content stands for one that is missing.
            workspace = if bytes.is_empty() { workspace.without(path) } else { workspace.with(path, bytes) };
        }
        let run = workspace.run(&["build"]);
        shown.push_str(&format!("{}: {}\n", case.code, run.code));
        run.findings().iter().for_each(|line| shown.push_str(&format!("  {line}\n")));
        assert!(run.codes().contains(&case.code), "{} does not fire: {}", case.code, run.stderr);
        fired.extend(run.codes().into_iter().map(String::from));
    }
    let all = (1..=15).map(|number| format!("K{number:03}"));
    assert_eq!(fired, all.collect(), "a code without a case, or a case of an unknown code");
    insta::assert_snapshot!(shown, @"
    K001: 1
      content/katalog.yaml:1:1: fel[K001]: filen saknas; den säger vems katalogen är och vilken utgåva
    K002: 1
      content/ordlista.yaml:2:1: fel[K002]: raden är indragen med tabb
    K003: 1
      content/roller.yaml:1:18: fel[K003]: texten innehåller ett tecken som vänder skrivriktningen (U+202E)
    K004: 1
      content/roller.yaml:1:22: fel[K004]: nyckeln ”besrkivning” finns inte här
    K004: 1
      content/katalog.yaml:5:1: fel[K004]: nyckeln ”adress” finns inte här
    K005: 1
      content/roller.yaml:1:22: fel[K005]: nyckeln ”namn” står redan på rad 1
    K006: 1
      content/roller.yaml:1:4: fel[K006]: nyckeln ”namn” saknas
      content/roller.yaml:2:4: fel[K006]: roll i listan saknar id
    K007: 1
      content/stodjande-tjanster/ny.yaml:2:8: fel[K007]: värdet ”tekniks” finns inte
      content/stodjande-tjanster/ny.yaml:5:49: fel[K007]: ”12 34” är inget belopp
      content/stodjande-tjanster/ny.yaml:5:63: fel[K007]: ”ett” är inget antal som får stå här
      content/stodjande-tjanster/ny.yaml:5:81: fel[K007]: ”2027-02-30” är inget datum
    K007: 1
      content/tjanstenivaer.yaml:1:34: fel[K007]: värdet ”alltid” finns inte
      content/tjanstenivaer.yaml:1:54: fel[K007]: ”2 tim” är ingen tid
      content/tjanstenivaer.yaml:1:76: fel[K007]: här står en lista, men det ska vara en text
      content/tjanstenivaer.yaml:1:97: fel[K007]: ”hög” är ingen procentsats
    K008: 1
      content/produkter/Åäö.yaml:1:1: fel[K008]: ”Åäö” kan inte vara ett id: det skrivs med a–z, siffror och bindestreck, högst 64 tecken
    K008: 1
      content/roller.yaml:1:8: fel[K008]: ”com1” kan inte vara ett id: Windows tillåter inga filer med det namnet
    K008: 1
      content/tjanster/ny.yaml:2:24: fel[K008]: ”a.b” kan inte vara ett suffix
    K009: 1
      content/roller.yaml:1:8: fel[K009]: id ”guld” finns redan: servicenivå (content/servicenivaer.yaml:1)
    K009: 1
      content/tjanster/ny.yaml:2:39: fel[K009]: id ”ny.vgr” finns redan: erbjudande (content/tjanster/ny.yaml:2)
    K010: 1
      content/tjanster/ny.yaml:2:13: fel[K010]: ”servrar” hör till stödjande tjänster, inte till produkter
      content/tjanster/ny.yaml:3:17: fel[K010]: det finns inget med id ”orbit-drfit”
      content/tjanster/ny.yaml:3:37: fel[K010]: det finns inget med id ”servrar.silver”
      content/tjanster/ny.yaml:4:28: fel[K010]: ”servrar.guldd” finns inte bland erbjudanden
    K011: 1
      content/tjanster/ny.yaml:3:7: fel[K011]: HTML kan inte visas i dokumenten: <b>
      content/tjanster/ny.yaml:3:13: fel[K011]: HTML kan inte visas i dokumenten: </b>
      content/tjanster/ny.yaml:5:3: fel[K011]: en linje (---) visas inte i dokumenten
      content/tjanster/ny.yaml:7:3: fel[K011]: fotnoten ”1” används inte
    K011: 1
      content/texter/ny.md:3:1: fel[K011]: bilden ”saknas.png” finns inte
      content/texter/ny.md:5:1: fel[K011]: ”.fel” är inget som en rubrik kan vara
      content/texter/ny.md:9:1: fel[K011]: punkten är tom
    K012: 1
      content/anteckning.txt:1:1: fel[K012]: ”anteckning.txt” hör inte till något slag av innehåll
      content/produkter/ny.json:1:1: fel[K012]: här får bara YAML-filer ligga (.yaml)
      content/tjänster:1:1: fel[K012]: ”tjänster” hör inte till något slag av innehåll
    K013: 1
      templates/documents/prislista.md:1:1: fel[K013]: ”prislista” har två ankare för ”orbit-drift”; en hänvisning kan bara leda till ett
    K013: 1
      templates/pages/lista.md:2:11: fel[K013]: det finns ingen lista som heter ”servicess” (for_each)
    K013: 1
      templates/documents/prislista.md:3:1: fel[K013]: nyckeln ”tittel” finns inte här
    K013: 1
      templates/pages/ny.md:4:1: fel[K013]: mallen går inte att läsa: den följer inte mallspråket Tera (Tera: Unexpected end of input)
    K013: 1
      templates/documents/prislista.md:3:1: fel[K013]: HTML kan inte visas i dokumenten: <b> – i det som mallen gör av ”prislista”: <b>fet</b> och [[finns-inte]]
      templates/documents/prislista.md:3:7: fel[K013]: HTML kan inte visas i dokumenten: </b> – i det som mallen gör av ”prislista”: <b>fet</b> och [[finns-inte]]
      templates/documents/prislista.md:3:18: fel[K013]: det finns inget med id ”finns-inte” – i det som mallen gör av ”prislista”: <b>fet</b> och [[finns-inte]]
      templates/pages/ny.md:2:7: fel[K013]: två mallar skriver sidan index.html: också den inbyggda pages/index.md
    K014: 0
      content/roller.yaml:3:14: varning[K014]: ”#2” läses som en kommentar, och kommer inte med i värdet
    K015: 1
      content/texter/eget.md:1:1: varning[K015]: kapitlet ”eget” är inte med i något dokument
      content/texter/om-katalogn.md:1:1: varning[K015]: kapitlet ”om-katalogn” är inte med i något dokument
      templates/documents/tjanstekatalog.md:4:4: fel[K013]: det finns ingen text ”om-katalogen” att lägga in – i det som mallen gör av ”tjanstekatalog”: ![[om-katalogen]]
    ");
}

#[test]
fn a_file_that_is_not_utf_8_is_told_by_its_line() {
    let run = Workspace::of("liten").with("content/roller.yaml", b"- id: ny\n  namn: \xE5\n").run(&["check"]);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(run.stderr, @"
    content/roller.yaml:2:9: fel[K001]: filen är inte sparad som UTF-8: tecknet här går inte att läsa
      |
    2 |   namn: �
      |         ^
      help: spara den om med teckenkodningen UTF-8

    1 fel, 0 varningar, 0 upplysningar
    ");
    let chapter = b"\xEF\xBB\xBFTj\xE4nster\n".as_slice();
    let run = Workspace::of("liten")
        .with("content/texter/ny.md", chapter)
        .with("templates/pages/ny.md", b"# Ny\n\nF\xF6r alla.\n")
        .run(&["check"]);
    let places: Vec<&str> =
        run.findings().iter().filter_map(|line| line.split_once(": fel")).map(|(at, _)| at).collect();
    assert_eq!(places, ["content/texter/ny.md:1:3", "templates/pages/ny.md:3:2"], "{}", run.stderr);
}

/// A mistake in one file hides none in another, and causes none that are not there.
#[test]
fn a_broken_file_spoils_no_reference_to_it() {
    let workspace = Workspace::of("liten").with("content/produkter/orbit-drift.yaml", "namn: [\n").replacing(
        "content/tjanster/orbit-planering.yaml",
        "tjänsteansvarig: redaktoren",
        "tjänsteansvarig: redaktörn",
    );
    let run = workspace.run(&["check"]);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(run.stderr, @"
    content/produkter/orbit-drift.yaml:1:7: fel[K002]: en parentes [ eller { saknar sitt slut
      |
    1 | namn: [
      |       ^
      help: avsluta den med ] eller }

    content/tjanster/orbit-planering.yaml:10:18: fel[K010]: ”redaktörn” finns inte bland personer
       |
    10 | tjänsteansvarig: redaktörn
       |                  ^^^^^^^^^
      help: menade du ”redaktoren”?

    2 fel, 0 varningar, 0 upplysningar
    ");
}

/// What is called by its name, and a picture that is called in other letters, are found.
#[test]
fn a_name_leads_to_the_id_and_a_picture_is_found_in_other_letters() {
    let picture = std::fs::read(suite().join("fixtures/fullstandig/content/bilder/skiss.png")).unwrap();
    let text = "# Om\n\nFråga [[Redaktören]].\n\n![En skiss](Skiss.PNG)\n\n![En skiss](skis.png)\n";
    let workspace = Workspace::of("liten").with("content/bilder/skiss.png", picture);
    let run = workspace.with("content/texter/om-katalogen.md", text).run(&["check"]);
    assert_eq!((run.code, run.codes()), (1, vec!["K010", "K011", "K011"]));
    let helps: Vec<&str> = run.stderr.lines().filter_map(|line| line.trim().strip_prefix("help: ")).collect();
    assert_eq!(helps, ["menade du [[redaktoren]]?", "menade du skiss.png?", "menade du skiss.png?"]);
}

/// An id in other letters is that id, however near another is.
#[test]
fn an_id_in_other_letters_is_what_was_meant() {
    let customers = "- {id: nu, namn: NU-sjukvården, typ: förvaltning}\n- {id: su, namn: Sahlgrenska, typ: förvaltning}\n\
        - {id: sas, namn: Södra Älvsborgs sjukhus, typ: förvaltning}\n";
    for written in ["Su", "SU", "sU"] {
        let run = Workspace::of("felfri")
            .with("content/kunder.yaml", customers)
            .replacing("content/produkter/servicedesk.yaml", "kund: su", &format!("kund: {written}"))
            .run(&["check"]);
        assert!(run.stderr.contains(&format!("fel[K010]: ”{written}” finns inte bland kunder")), "{}", run.stderr);
        assert!(run.stderr.contains("help: menade du ”su”?"), "{written}: {}", run.stderr);
    }
}

/// What stands twice in a list, and what says nothing there, is told where it stands the second time.
#[test]
fn what_a_list_has_twice_is_told() {
    let run = Workspace::of("felfri")
        .with(
            "content/produkter/ny.yaml",
            "namn: Ny\nkontrakt: []\nsynonymer: [ny, \"\", \" \", Ny, ny ]\ninnehåller:\n  - servicedesk\n  - servicedesk\n",
        )
        .run(&["check"]);
    let told: Vec<&str> = run.stderr.lines().filter(|line| line.contains("K007")).collect();
    let at = |place: &str, what: &str| format!("content/produkter/ny.yaml:{place}: varning[K007]: {what}");
    let empty = "värdet i listan är tomt";
    let expected = [
        at("3:17", empty),
        at("3:21", empty),
        at("3:30", "”ny” står redan i listan"),
        at("6:5", "”servicedesk” står redan i listan"),
    ];
    assert_eq!(told, expected, "{}", run.stderr);
}

/// Who names the file, or writes a key in capitals, is told of the id and the key.
#[test]
fn a_file_or_capitals_in_place_of_an_id_or_a_key_are_understood() {
    let run = Workspace::of("liten")
        .with(
            "content/tjanster/ny.yaml",
            "namn: Ny\nINGÅR: Allt.\nprodukter: [orbit-drift.yaml, produkter/orbit-drift, produkter/orbit-drift.yml]\n",
        )
        .run(&["check"]);
    let helps: Vec<&str> = run.stderr.lines().filter(|line| line.starts_with("  help: menade")).collect();
    let id = "  help: menade du ”orbit-drift”?";
    assert_eq!(helps, ["  help: menade du ”ingår”?", id, id, id], "{}", run.stderr);
}

/// A list that cannot be followed hides which ids it has: no reference to its kind is called wrong, any other is.
#[test]
fn a_broken_list_spoils_no_reference_to_what_stands_in_it() {
    for path in ["personer", "avdelningar", "servicenivaer", "tjanstenivaer", "ordlista", "formagor"] {
        let run = Workspace::of("liten").with(&format!("content/{path}.yaml"), "- id: [\n").run(&["check"]);
        assert_eq!((run.code, run.codes()), (1, vec!["K002"]), "{path}: {}", run.stderr);
    }
    let run = Workspace::of("liten")
        .with("content/stodjande-tjanster/servrar.yaml", "namn: A: B\n")
        .replacing("content/tjanster/orbit-planering.yaml", "produkter: [orbit-drift]", "produkter: [orbit-drif]")
        .run(&["check"]);
    insta::assert_snapshot!(run.stderr, @"
    content/stodjande-tjanster/servrar.yaml:1:8: fel[K002]: raden passar inte i sitt sammanhang
      |
    1 | namn: A: B
      |        ^
      help: kontrollera indraget, att nyckeln följs av kolon och blanksteg, och att värden med kolon står inom citattecken

    content/tjanster/orbit-planering.yaml:11:13: fel[K010]: ”orbit-drif” finns inte bland produkter
       |
    11 | produkter: [orbit-drif]
       |             ^^^^^^^^^^
      help: menade du ”orbit-drift”?

    2 fel, 0 varningar, 0 upplysningar
    ");
}

/// Places are counted in characters from the file's first byte, whatever marks its beginning or ends its lines.
#[test]
fn places_hold_with_a_byte_order_mark_and_windows_line_ends() {
    let run = Workspace::of("liten")
        .with("content/roller.yaml", "\u{FEFF}- id: ny\r\n  namn: Ååå\r\n  fel: x\r\n")
        .with("content/avdelningar/ny.yaml", "namn: Ny\r\nbeskrivning: |\r\n  Åäö\r\n  se [[inget]]\r\n")
        .run(&["check"]);
    insta::assert_snapshot!(run.stderr, @"
    content/avdelningar/ny.yaml:4:6: fel[K010]: det finns inget med id ”inget”
      |
    4 |   se [[inget]]
      |      ^^^^^^^^^
      help: rätta id:t, eller lägg till det som saknas

    content/roller.yaml:1:7: fel[K009]: id ”ny” finns redan: avdelning (content/avdelningar/ny.yaml:1)
      |
    1 | - id: ny
      |       ^^
      help: ett id får finnas en gång i hela katalogen; ge den ena ett annat

    content/roller.yaml:3:3: fel[K004]: nyckeln ”fel” finns inte här
      |
    3 |   fel: x
      |   ^^^
      help: nycklar som finns här: namn, beskrivning, exempel, källa

    3 fel, 0 varningar, 0 upplysningar
    ");
}

/// The first line of each finding, and its cure.
fn shown_with_cures(stderr: &str) -> String {
    let lines = stderr.lines().filter(|line| line.contains(": fel[K") || line.starts_with("  help: "));
    lines.collect::<Vec<_>>().join("\n")
}

/// Years, versions and counts that nothing can be made of are told where they stand, and not published.
#[test]
fn figures_that_make_no_sense_are_told() {
    const ORBIT: &str = "content/tjanster/orbit-planering.yaml";
    let run = Workspace::of("liten")
        .replacing("content/katalog.yaml", "år: 2027, version: \"1.0\"", "år: 9998, version: \"\"")
        .replacing("content/katalog.yaml", "giltig_till: 2027-12-31", "giltig_till: 9999-12-31")
        .replacing("content/katalog.yaml", "dagar_per_år: 256", "dagar_per_år: 367")
        .replacing("content/katalog.yaml", "enhet: Digital service", "enhet: Digital service\nvaluta: EUR")
        .replacing("content/katalog.yaml", "[{version: \"1.0\"", "[{version: ny")
        .with("content/styrande-dokument.yaml", "- {id: dok, titel: Dok, historik: [{version: \"\"}]}\n")
        .replacing(ORBIT, "antal: 2", "antal: 0")
        .replacing(ORBIT, "per: månad", "per: månad, ingående_volym: \"-5\"")
        .replacing(ORBIT, "konfidentialitet: 3", "konfidentialitet: +3")
        .with(
            "content/stodjande-tjanster/lagring.yaml",
            "namn: Lagring\nklass: teknisk\nerbjudanden:\n  - suffix: Guld\n    priser:\n      \
             - {artikel: \"1\", benämning: A, block: \" 100 \", trappa: [{till: \" 100 \", pris: 2}, {till: +200, pris: 1}]}\n",
        )
        .with(
            "content/produkter/lagring-drift.yaml",
            "namn: Drift\nkostnad:\n  belopp: 1\n  fördelning:\n    \
             - {kund: a, andel: 150}\n    - {kund: b, andel: -50}\n    - {kund: b, andel: \"66.667\"}\n",
        )
        .with("content/kunder.yaml", "- {id: a, namn: A}\n- {id: b, namn: B}\n")
        .with("content/utgavor/1000.yaml", "år: 1000\nversion: \"1\"\nposter: []\n")
        .with("content/utgavor/2026.yaml", "år: 2026\nversion: \"1.0\"\nposter: []\n")
        .with("content/utgavor/kopia.yaml", "år: 2026\nversion: 1-0\nposter: []\n")
        .run(&["check"]);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(shown_with_cures(&run.stderr), @"
    content/katalog.yaml:3:9: fel[K007]: ”EUR” är inte katalogens valuta, eftersom alla belopp är i kronor
      help: skriv SEK och ange beloppen i svenska kronor, eller ta bort raden
    content/katalog.yaml:4:14: fel[K007]: ”9998” är inget år för en utgåva
      help: skriv ett år från 2000 till 2100, till exempel 2027
    content/katalog.yaml:4:29: fel[K007]: ”” är inget versionsnummer
      help: skriv ett nummer, till exempel ”1.0” (inom citattecken), på högst 32 tecken
    content/katalog.yaml:4:89: fel[K007]: ”9999-12-31” ligger inte mellan 1900 och 2100
      help: skriv ett år från 1900 till 2100; det som gäller tills vidare har ingen sista dag
    content/katalog.yaml:5:58: fel[K007]: ”367” är inget antal dagar på ett år
      help: skriv ett heltal från 1 till 366, till exempel 256
    content/katalog.yaml:16:26: fel[K007]: ”ny” är inget versionsnummer
      help: skriv ett nummer, till exempel ”1.0” (inom citattecken), på högst 32 tecken
    content/katalog.yaml:25:26: fel[K007]: ”ny” är inget versionsnummer
      help: skriv ett nummer, till exempel ”1.0” (inom citattecken), på högst 32 tecken
    content/katalog.yaml:34:26: fel[K007]: ”ny” är inget versionsnummer
      help: skriv ett nummer, till exempel ”1.0” (inom citattecken), på högst 32 tecken
    content/produkter/lagring-drift.yaml:5:24: fel[K007]: ”150” är ingen andel av något
      help: skriv en andel över 0 och högst 100, till exempel 33,33
    content/produkter/lagring-drift.yaml:6:24: fel[K007]: ”-50” är ingen andel av något
      help: skriv en andel över 0 och högst 100, till exempel 33,33
    content/produkter/lagring-drift.yaml:7:24: fel[K007]: ”66.667” kan läsas på två sätt
      help: skriv ”66 667” om det är tusental, annars ”66,667”
    content/stodjande-tjanster/lagring.yaml:6:96: fel[K007]: ”+200” är inget antal som får stå här
      help: skriv ett heltal, till exempel 3; det får vara från 1 till 4 294 967 295
    content/styrande-dokument.yaml:1:46: fel[K007]: ”” är inget versionsnummer
      help: skriv ett nummer, till exempel ”1.0” (inom citattecken), på högst 32 tecken
    content/tjanster/orbit-planering.yaml:20:45: fel[K007]: ”0” är inget antal som får stå här
      help: skriv ett heltal, till exempel 3; det får vara från 1 till 4 294 967 295
    content/tjanster/orbit-planering.yaml:25:119: fel[K007]: ”-5” är ingen volym, eftersom den är under 0
      help: skriv den volym som ingår, till exempel 50, eller ta bort raden om ingen ingår
    content/tjanster/orbit-planering.yaml:31:43: fel[K007]: ”+3” är inget heltal som får stå här
      help: skriv ett heltal, till exempel 3; det får vara från 0 till 255
    content/utgavor/1000.yaml:1:5: fel[K007]: ”1000” är inget år för en utgåva
      help: skriv ett år från 2000 till 2100, till exempel 2027
    content/utgavor/kopia.yaml:2:10: fel[K009]: utgåva 2026, version 1-0, är fryst två gånger: också i utgavor/2026.yaml
      help: ta bort den ena filen, eller rätta år och version i den som är en annan utgåva
    ");
}

/// A file of which keys are required lacks them all when it is empty, also where it has comments.
#[test]
fn an_empty_file_lacks_every_key_that_is_required() {
    for text in ["", "\n", "# Ännu inget.\n", "---\n", "null\n", "{}\n"] {
        let workspace = Workspace::of("liten").with("content/utgavor/2026.yaml", text);
        let run = workspace.with("content/katalog.yaml", text).run(&["check"]);
        assert_eq!(run.code, 1, "{text:?}: {}", run.stderr);
        for told in [
            "katalog.yaml:1:1: fel[K006]: nyckeln ”organisation” saknas",
            "2026.yaml:1:1: fel[K006]: nyckeln ”år” saknas",
        ] {
            assert!(run.stderr.contains(told), "{text:?}: {}", run.stderr);
        }
    }
}

/// What has a name to be shown by has one that can be seen, told where it is written.
#[test]
fn an_empty_name_is_told_where_it_is_written() {
    let run = Workspace::of("liten")
        .with("content/kunder.yaml", "- {id: a, namn: \"\"}\n")
        .with("content/generiska-formagor.yaml", "- {id: b, namn: '  ', förmågor: [{id: c, namn: ''}]}\n")
        .with("content/servicenivaer.yaml", "- {id: guld, namn: \"\"}\n")
        .with("content/ordlista.yaml", "- {id: sla, term: '', förklaring: Ett avtal.}\n")
        .with("content/styrande-dokument.yaml", "- {id: d, titel: \"\\u00a0\"}\n")
        .with("content/tjanster/ny.yaml", "namn: ''\n")
        .run(&["check"]);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(shown_with_cures(&run.stderr), @"
    content/generiska-formagor.yaml:1:17: fel[K007]: ”namn” är tomt
      help: skriv vad det heter: det visas i rubriker, tabeller och hänvisningar
    content/generiska-formagor.yaml:1:48: fel[K007]: ”namn” är tomt
      help: skriv vad det heter: det visas i rubriker, tabeller och hänvisningar
    content/kunder.yaml:1:17: fel[K007]: ”namn” är tomt
      help: skriv vad det heter: det visas i rubriker, tabeller och hänvisningar
    content/ordlista.yaml:1:19: fel[K007]: ”term” är tomt
      help: skriv vad det heter: det visas i rubriker, tabeller och hänvisningar
    content/servicenivaer.yaml:1:4: fel[K006]: nyckeln ”avbrott_per_år” saknas
      help: lägg till ”avbrott_per_år: …” inom klamrarna
    content/servicenivaer.yaml:1:4: fel[K006]: nyckeln ”återställsetid” saknas
      help: lägg till ”återställsetid: …” inom klamrarna
    content/servicenivaer.yaml:1:4: fel[K006]: nyckeln ”öppettid” saknas
      help: lägg till ”öppettid: …” inom klamrarna
    content/servicenivaer.yaml:1:20: fel[K007]: ”namn” är tomt
      help: skriv vad det heter: det visas i rubriker, tabeller och hänvisningar
    content/styrande-dokument.yaml:1:18: fel[K007]: ”titel” är tomt
      help: skriv vad det heter: det visas i rubriker, tabeller och hänvisningar
    content/tjanster/ny.yaml:1:7: fel[K007]: ”namn” är tomt
      help: skriv vad det heter: det visas i rubriker, tabeller och hänvisningar
    ");
}

/// It stands in headings, cells and other systems' fields, which have no lines. One that is folded has a single line.
#[test]
fn a_name_of_more_than_one_line_is_told() {
    let run = Workspace::of("liten")
        .with(
            "content/kunder.yaml",
            "- {id: a, namn: \"Ett\\rtvå\", förkortning: \"E\\nT\"}\n- id: b\n  namn: Ett\n    långt namn\n",
        )
        .with("content/ordlista.yaml", "- id: sla\n  term: |\n    Ett\n    två\n  förklaring: Ett avtal.\n")
        .with("content/tjanster/ny.yaml", "namn: |\n  Ny\ntjänsteområde: |\n  Vård\n  Stöd\n")
        .run(&["check"]);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(shown_with_cures(&run.stderr), @r"
    content/kunder.yaml:1:17: fel[K007]: ”namn” är mer än en rad, men visas där bara en får plats
      help: skriv det på en rad, utan \n och \r; förklaringar hör till beskrivningen
    content/kunder.yaml:1:42: fel[K007]: ”förkortning” är mer än en rad, men visas där bara en får plats
      help: skriv det på en rad, utan \n och \r; förklaringar hör till beskrivningen
    content/ordlista.yaml:3:5: fel[K007]: ”term” är mer än en rad, men visas där bara en får plats
      help: skriv det på en rad, utan \n och \r; förklaringar hör till beskrivningen
    content/tjanster/ny.yaml:4:3: fel[K007]: ”tjänsteområde” är mer än en rad, men visas där bara en får plats
      help: skriv det på en rad, utan \n och \r; förklaringar hör till beskrivningen
    ");
}

/// What something is let pass for is read in an appendix, and whose catalogue it is on every document.
#[test]
fn what_has_to_say_something_is_told_where_it_is_empty() {
    let waiver = "- {id: w, regel: K107, skäl: \" \", beslutat_av: anna-alm, giltig_till: 2027-12-31}\n";
    let run = Workspace::of("felfri")
        .with("content/undantag.yaml", waiver)
        .replacing("content/katalog.yaml", "organisation: Västra Götalandsregionen", "organisation: \"\"")
        .replacing("content/katalog.yaml", "enhet: Koncernstab digitalisering", "enhet: ' '")
        .run(&["check"]);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(shown_with_cures(&run.stderr), @"
    content/katalog.yaml:2:15: fel[K007]: ”organisation” är tomt
      help: skriv vad den heter: varje dokument börjar med det
    content/katalog.yaml:3:8: fel[K007]: ”enhet” är tomt
      help: skriv vad den heter: varje dokument börjar med det
    content/undantag.yaml:1:30: fel[K007]: ”skäl” är tomt
      help: skriv varför undantaget behövs: det visas i bilagan om undantag
    ");
}

/// Its row or heading would have nothing beside it; one that is emptied is none.
#[test]
fn a_text_that_shows_nothing_is_told() {
    let texts = "namn: Ny\nmål: \"&nbsp;\"\nansvar: |\n  &nbsp;<br>\nbeskrivning: \"\"\n";
    let run = Workspace::of("liten").with("content/kontrakt/ny.yaml", texts).run(&["check"]);
    assert_eq!(run.code, 1);
    let told = |place: &str| format!("content/kontrakt/ny.yaml:{place}: fel[K011]: texten visar ingenting");
    assert_eq!(run.findings(), [told("2:7"), told("4:3")]);
}

/// It is published as it stands, all in one line, and nothing looks after what it refers to.
#[test]
fn markdown_in_a_plain_text_is_told() {
    let run = Workspace::of("liten")
        .with(
            "content/tjanster/ny.yaml",
            "namn: Ny\nsammanfattning: |\n  Bygger på [[finns-inte]].\n\n  - punkt a\n  - punkt b\n\
             tjänsteområde: \"Vård [[ orbit-drift | drift ]]\"\nkälla: |\n  Ett\n\n  Två\n",
        )
        .with(
            "content/kontrakt/nytt.yaml",
            "namn: Avtal [[1]] [[A-Ö]] [a]\nleverantör: |\n  - Ett\n  - Två\nkälla: |\n  Ett [[\n  - två ]]\n  tre.\n\
             beskrivning: |\n  Se [[orbit-drift]].\n\n  - a\n  - b\n",
        )
        .run(&["check"]);
    let told = |place: &str, message: &str| format!("content/{place}: varning[K014]: {message}");
    let joined = "stycken och punkter läggs ihop till en enda rad: detta värde är ren text";
    let shown =
        |reference: &str| format!("”{reference}” visas som det står: detta värde är ren text, utan hänvisningar");
    assert_eq!(
        run.findings(),
        [
            told("kontrakt/nytt.yaml:3:3", joined),
            told("tjanster/ny.yaml:3:13", &shown("[[finns-inte]]")),
            told("tjanster/ny.yaml:7:22", &shown("[[ orbit-drift")),
            told("tjanster/ny.yaml:9:3", joined),
        ]
    );
}

/// Stars, signs of less and brackets that mark nothing are honest.
#[test]
fn marks_of_markdown_in_a_plain_text_are_told() {
    let run = Workspace::of("liten")
        .with(
            "content/tjanster/ny.yaml",
            "namn: Ny\n\
             sammanfattning: \"Planering av **operationer**, se [rutinen](https://x.example/rutin) och `SSS`.\"\n\
             tjänsteområde: \"![](figur:begreppsmodell), <https://x.example/?a>\"\nkälla: |\n  Ett **två\n  tre**\n",
        )
        .with(
            "content/kontrakt/nytt.yaml",
            "namn: Avtal ** [1](2) *a* _b_ C# <x> > < https://x.example a * b * c\n\
             leverantör: Pris** och mängd** **** texter/**/a.md, bilder/** Int`l och nat`l, [a] (b.c), 2**3\n\
             källa: \"` [a](https://x y.z) \\\\**a** <https://x y>\"\nbeskrivning: \"**a** `b`\"\n",
        )
        .run(&["check"]);
    let told = |place: &str, found: &str, what: &str| {
        let why = "visas som det står: detta värde är ren text, utan";
        format!("content/tjanster/ny.yaml:{place}: varning[K014]: ”{found}” {why} {what}")
    };
    let found: Vec<&str> = run.findings().into_iter().filter(|finding| finding.contains("K014")).collect();
    assert_eq!(
        found,
        [
            told("2:31", "**operationer**", "fetstil"),
            told("2:51", "[rutinen](https://x.example/rutin)", "länkar"),
            told("2:90", "`SSS`", "kod"),
            told("3:17", "![](figur:begreppsmodell)", "bilder"),
            told("3:44", "<https://x.example/?a>", "länkar"),
            told("5:3", "**två tre**", "fetstil"),
        ]
    );
}

/// Only its words would be shown.
#[test]
fn a_picture_in_a_cell_is_told() {
    let picture = "![Begreppen](figur:begreppsmodell \\\"Modellen\\\")";
    let service = format!(
        "namn: Ny\nbeskrivning: \"{picture}\"\ningår: |\n  Detta:\n\n  - så\n\n    ![Begreppen](figur:begreppsmodell)\n\
         garanti: {{kapacitet: \"{picture}\"}}\nförändring: {{typ: förändrad, motivering: \"{picture}\"}}\n\
         erbjudanden: [{{suffix: a, beskrivning: \"{picture}\"}}]\n"
    );
    let run = Workspace::of("liten")
        .with("content/tjanster/ny.yaml", service)
        .with("content/roller.yaml", format!("- {{id: ny-roll, namn: Ny roll, beskrivning: \"{picture}\"}}\n"))
        .run(&["check"]);
    let told = |place: &str, key: &str| {
        format!(
            "content/tjanster/ny.yaml:{place}: fel[K011]: bilden visas inte: ”{key}” står i en cell i en tabell, där bara \
             text får plats"
        )
    };
    assert_eq!(run.findings(), [told("8:5", "ingår"), told("9:22", "kapacitet"), told("11:40", "beskrivning")]);
}

/// What would end the attribute that an anchor is written in, or be taken for a part of the page itself, is no anchor.
#[test]
fn what_is_no_anchor_is_told_where_it_is_written() {
    let run = Workspace::of("liten")
        .with(
            "content/texter/ett.md",
            "# Ett\n\n## A {#x\"onclick=alert(1)}\n\n![[#a<b]] och ![[#å-1.b_c]]\n\n![[# c]]\n",
        )
        .with("content/texter/tva.md", "# Två\n\nTabell: A {#\"b}\n\n| A |\n|---|\n| b |\n\n## B {#_innehall}\n")
        .run(&["check"]);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(shown_with_cures(&run.stderr), @r#"
    content/texter/ett.md:3:7: fel[K011]: ”x"onclick=alert(1)” kan inte vara ett ankare
      help: skriv det med bokstäver, siffror, bindestreck, punkt och understreck, med en bokstav eller siffra först
    content/texter/ett.md:5:4: fel[K011]: ”a<b” kan inte vara ett ankare
      help: skriv det med bokstäver, siffror, bindestreck, punkt och understreck, med en bokstav eller siffra först
    content/texter/ett.md:7:4: fel[K011]: ” c” kan inte vara ett ankare
      help: skriv det med bokstäver, siffror, bindestreck, punkt och understreck, med en bokstav eller siffra först
    content/texter/tva.md:3:12: fel[K011]: ”"b” kan inte vara ett ankare
      help: skriv det med bokstäver, siffror, bindestreck, punkt och understreck, med en bokstav eller siffra först
    content/texter/tva.md:9:7: fel[K011]: ”_innehall” kan inte vara ett ankare
      help: skriv det med bokstäver, siffror, bindestreck, punkt och understreck, med en bokstav eller siffra först
    "#);
}

/// Of two anchors a reference leads to one: told at the second, where its author has written it.
#[test]
fn an_anchor_that_stands_twice_is_told_where_it_is_written() {
    let run = Workspace::of("liten")
        .with("content/texter/ett.md", "# Ett\n\n## A {#i}\n\n## B {.onumrerad #i}\n\n![[#ii]] och ![[#ii]] och #ii\n")
        .with(
            "content/texter/tva.md",
            "# Två\n\nTabell: A {#b}\n\n| A |\n|---|\n| b |\n\nTabell: B {#b}\n\n| A |\n|---|\n| b |\n",
        )
        .with("content/texter/tre.md", "# Tre\n\nEtt ställe ![[#tre]]till.\n")
        .with(
            "content/roller.yaml",
            "- id: roll\n  namn: Roll\n  beskrivning: |\n    Ett ställe.\n\n    ![[#orbit-planering]]\n",
        )
        .run(&["check"]);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(shown_with_cures(&run.stderr), @"
    content/roller.yaml:6:8: fel[K011]: ankaret ”orbit-planering” är ett id i katalogen, som hänvisningar redan leder till
      help: ge ankaret ett annat namn, eller ta bort det
    content/texter/ett.md:5:18: fel[K011]: ankaret ”i” står två gånger i texten; en hänvisning kan bara leda till ett
      help: ge det ena ett annat namn, eller ta bort det
    content/texter/ett.md:7:17: fel[K011]: ankaret ”ii” står två gånger i texten; en hänvisning kan bara leda till ett
      help: ge det ena ett annat namn, eller ta bort det
    content/texter/tre.md:3:15: fel[K011]: ankaret ”tre” står två gånger i texten; en hänvisning kan bara leda till ett
      help: ge det ena ett annat namn, eller ta bort det
    content/texter/tva.md:9:12: fel[K011]: ankaret ”b” står två gånger i texten; en hänvisning kan bara leda till ett
      help: ge det ena ett annat namn, eller ta bort det
    ");
    let workspace = Workspace::of("liten").with("content/texter/om-katalogen.md", "# Om\n\n![[#orbit-planering]]\n");
    let run = workspace.run(&["build"]);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(shown_with_cures(&run.stderr), @"
    content/texter/om-katalogen.md:3:4: fel[K011]: ”tjanstekatalog” har två ankare för ”orbit-planering”; en hänvisning kan bara leda till ett
      help: ge det här ankaret ett annat namn, eller ta bort det
    ");
}

/// What is written for templates that none asks for is told by check as by build.
#[test]
fn what_no_template_asks_for_is_told() {
    let workspace = Workspace::of("felfri")
        .with("content/texter/moln-tjanster.md", "# Molntjänster\n\nText.\n")
        .with("content/texter/ekonomi.md", "# Ekonomi\n\nText.\n")
        .with("content/texter/eget.md", "# Eget\n\nText.\n");
    let named = workspace.run(&["check"]);
    assert_eq!(named.code, 0);
    insta::assert_snapshot!(named.stderr, @"
    content/texter/eget.md:1:1: varning[K015]: kapitlet ”eget” är inte med i något dokument
      |
    1 | # Eget
      | ^^^^^^
      help: byt filens namn till det som mallen ber om, lägg in kapitlet i en mall eller ta bort filen

    content/texter/moln-tjanster.md:1:1: varning[K015]: kapitlet ”moln-tjanster” är inte med i något dokument
      |
    1 | # Molntjänster
      | ^^^^^^^^^^^^^^
      help: menade du molntjanster.md?

    0 fel, 2 varningar, 0 upplysningar
    ");
    // What a template of one's own asks for is asked for, and any may be where one works out which.
    let own = |body: &str| {
        let template = Workspace::of("felfri")
            .with("content/texter/eget.md", "# Eget\n\nText.\n")
            .with("mallar/documents/x.md", body);
        template.run(&["check", "--templates", "mallar"]).stderr
    };
    assert_eq!(own("{{ 'eget'|chapter }}\n"), "Inga fel.\n");
    assert_eq!(own("{% set name = \"eget\" %}{{ name | chapter }}\n"), "Inga fel.\n");
    let document = |name: &str| {
        let workspace =
            Workspace::of("felfri").replacing("content/katalog.yaml", "  prislista:", &format!("  {name}:"));
        [workspace.run(&["check"]), workspace.run(&["build"])].map(|run| (run.code, shown_with_cures(&run.stderr)))
    };
    let [checked, built] = document("prislistan");
    assert_eq!(checked, built);
    assert_eq!(checked.0, 1);
    insta::assert_snapshot!(checked.1, @"
    content/katalog.yaml:20:3: fel[K004]: det finns inget dokument som heter ”prislistan”, och det som står här skulle inte synas
      help: menade du ”prislista”?
    ");
}

/// Chapters have their names before they are put together, so that a name can show neither another nor a text.
#[test]
fn a_chapters_heading_that_shows_another_chapter_is_told() {
    let run = Workspace::of("liten")
        .with("content/texter/ett.md", "# Ett och [[tva]]\n\nText.\n")
        .with("content/texter/tva.md", "# Två av [[tva|dem]] och [[borta]]\n\nText.\n")
        .with("content/texter/tre.md", "\nTre\nom ![[orbit-planering#beskrivning]]\n===\n")
        .run(&["check"]);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(shown_with_cures(&run.stderr), @"
    content/texter/ett.md:1:1: fel[K011]: kapitlet heter som rubriken, som därför varken kan visa ett kapitels namn eller lägga in en text
      help: skriv orden i rubriken; hänvisa till ett kapitel med egna ord, som [[id|orden]]
    content/texter/tre.md:2:1: fel[K011]: kapitlet heter som rubriken, som därför varken kan visa ett kapitels namn eller lägga in en text
      help: skriv orden i rubriken; hänvisa till ett kapitel med egna ord, som [[id|orden]]
    content/texter/tva.md:1:26: fel[K010]: det finns inget med id ”borta”
      help: rätta id:t, eller lägg till det som saknas
    ");
}

/// What no document can show of notes and links is told, and nothing of it dropped.
#[test]
fn a_note_that_stands_twice_and_a_title_of_a_link_are_told() {
    let chapter = "# Ny\n\nEn not.[^a] Se [sidan](https://a.example \"titel\").\n\n[^a]: Första.\n\n[^a]: Andra.\n";
    let run = Workspace::of("liten").with("content/texter/ny.md", chapter).run(&["check"]);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(shown_with_cures(&run.stderr), @"
    content/texter/ny.md:3:16: fel[K011]: länkens titel ”titel” visas inte i dokumenten
      help: skriv det i texten, och ta bort titeln
    content/texter/ny.md:7:1: fel[K011]: fotnoten ”a” står två gånger
      help: ge den ena ett annat namn, eller ta bort den
    ");
}

/// What is there is not told as missing, and a value of any length makes a short message.
#[test]
fn a_message_says_what_is_wrong_and_no_more() {
    let long = "x".repeat(100_000);
    let run = Workspace::of("liten")
        .with("content/roller.yaml", format!("- {{id: ny, namn: Ny, {long}: {long}}}\n"))
        .with("content/kunder.yaml", format!("- {{id: '{long}', namn: Ny}}\n"))
        .run(&["check", "--format", "json"]);
    assert!(run.code == 1 && run.stdout.contains(&format!("{}…", &long[..200])), "{}", run.stdout.len());
    assert!(run.stdout.len() < 10_000, "{}", run.stdout.len());
    let run = Workspace::of("liten").run(&["explain", &long[..10_000]]);
    assert!(run.code == 2 && run.stderr.len() < 1_000, "{}", run.stderr.len());

    let picture = "# Om\n\n![En bild](bild.png \"Bild\")\n";
    let workspace = Workspace::of("liten").with("content/texter/om-katalogen.md", picture);
    let run = workspace.with("content/bilder/bild.png", "ingen bild").run(&["check"]);
    assert_eq!(run.codes(), ["K001"], "{}", run.stderr);

    let run = Workspace::of("liten").run(&["check", "--content", "content/katalog.yaml"]);
    assert!(run.code == 2 && run.stderr.contains("katalog.yaml är ingen mapp"), "{}", run.stderr);

    let workspace = Workspace::of("liten").without("content/katalog.yaml").with("content/katalog.yaml/x", "");
    let run = workspace.run(&["check"]);
    assert!(run.stderr.contains("katalog.yaml:1:1: fel[K001]: det är ingen fil"), "{}", run.stderr);
}

/// What the file system alone can do wrong is told in Swedish too.
#[cfg(target_os = "linux")]
#[test]
fn names_and_links_that_lead_nowhere_are_told_as_that() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let workspace = Workspace::of("liten");
    let roles = workspace.path().join("content/roller");
    std::fs::create_dir(&roles).unwrap();
    std::fs::write(roles.join(OsStr::from_bytes(b"n\xE5t.yaml")), "namn: A\n").unwrap();
    std::os::unix::fs::symlink("ring", workspace.path().join("ring")).unwrap();
    let run = workspace.run(&["check"]);
    assert!(run.stderr.contains("filen går inte att läsa: namnet är inte skrivet i UTF-8"), "{}", run.stderr);
    let run = workspace.run(&["check", "--word", "ring"]);
    assert!(run.stderr.contains("ring går inte att läsa: länken leder i en ring"), "{}", run.stderr);
}

/// What a build finds when it fills in a template, check does too.
#[test]
fn a_mistake_in_a_template_is_told_by_check() {
    for (folder, text) in [
        ("documents", "{{ services | }}"),
        ("documents", "{{ saknas }}"),
        ("documents", "{{ 'nosuch' | link }}"),
        ("documents", "{{ services | nosuch }}"),
        ("sections", "{{ services | nosuch }}"),
        ("pages", "---\npath: prislista.html\n---\n# A"),
    ] {
        let workspace = Workspace::of("felfri").with(&format!("templates/{folder}/ny.md"), text);
        let [checked, built] = [workspace.run(&["check"]), workspace.run(&["build"])];
        assert_eq!((checked.code, checked.codes()), (1, vec!["K013"]), "{text}: {}", checked.stderr);
        assert_eq!(checked.findings(), built.findings(), "{text}");
    }
    // Whatever is wrong with the content, templates that cannot be read are told of.
    let both = Workspace::of("liten").with("content/tjanster/ny.yaml", "x: y\n");
    let both = both.with("templates/documents/ny.md", "---\ntittel: Ny\n---\n# A\n").run(&["check"]);
    assert!(both.codes().contains(&"K004") && both.codes().contains(&"K013"), "{}", both.stderr);
}

/// A mistake in what a template makes is told where the template, or one that it includes, says that.
#[test]
fn a_mistake_in_what_a_template_makes_has_its_place() {
    let own = "---\ntitle: Ny\n---\n# A\n\n{{ 'nosuchid' | link }}\n\n| A | B |\n|---|---|\n| 1 | 2 | 3 |\n\n\
        {% include \"sections/ny.md\" %}\n\n{{ 'twice' | link }} {{ 'twice' | link }}\n";
    let run = Workspace::of("felfri")
        .with("templates/documents/ny.md", own)
        .with("templates/sections/ny.md", "Rad\n\n<u>text\n")
        .run(&["check"]);
    insta::assert_snapshot!(shown_with_cures(&run.stderr), @r"
    templates/documents/ny.md:1:1: fel[K013]: det finns inget med id ”twice” – i det som mallen gör av ”ny”: [[twice]] [[twice]]
      help: rätta mallen, eller det som den visar
    templates/documents/ny.md:6:5: fel[K013]: det finns inget med id ”nosuchid” – i det som mallen gör av ”ny”: [[nosuchid]]
      help: rätta mallen, eller det som den visar
    templates/documents/ny.md:10:1: fel[K013]: raden har 3 celler, men tabellen 2 kolumner – i det som mallen gör av ”ny”: | 1 | 2 | 3 |
      help: ta bort en cell, eller skriv strecket i en text som \|
    templates/sections/ny.md:3:1: fel[K013]: HTML kan inte visas i dokumenten: <u> – i det som mallen gör av ”ny”: <u>text
      help: skriv det som Markdown; sätt \ före < för att visa tecknet
    ");
}

/// A mistake that would leave out a page, a document or a word of one is told, by check as by build.
#[test]
fn a_mistake_in_a_template_that_would_give_nothing_is_told() {
    let shown = |path: &str, text: &str| {
        let workspace = Workspace::of("felfri").with(&format!("templates/{path}"), text);
        let [checked, built] = [workspace.run(&["check"]), workspace.run(&["build"])];
        assert_eq!((checked.code, built.code), (1, 1), "{path}: {text}: {}", built.stderr);
        assert_eq!(checked.findings(), built.findings(), "{path}: {text}");
        shown_with_cures(&built.stderr)
    };
    insta::assert_snapshot!(shown("documents/ny.md", "---\nfor_each: services\nwhen: agrement\n---\n# A\n"), @"
    templates/documents/ny.md:3:7: fel[K013]: inget i listan ”services” har en del som heter ”agrement” (when)
      help: menade du ”agreement”?
    ");
    insta::assert_snapshot!(shown("documents/ny.md", "---\nwhen: agreement\n---\n# A\n"), @"
    templates/documents/ny.md:2:7: fel[K013]: ”agreement” (when) är en del av något i en lista, men mallen säger inte vilken (for_each)
      help: lägg till for_each, eller ta bort when
    ");
    insta::assert_snapshot!(shown("documents/ny.md", "---\nfor_each: catalogue\n---\n# A\n"), @"
    templates/documents/ny.md:2:11: fel[K013]: det finns ingen lista som heter ”catalogue” (for_each)
      help: listor som finns: applications, availability_levels, capabilities, capability_groups, cloud_characteristics, cloud_types, contracts, customers, departments, deployment_models, generic_capabilities, generic_groups, governing_documents, persons, processes, products, roles, service_index, service_levels, services, supporting_services, terms, waivers
    ");
    insta::assert_snapshot!(shown("documents/mapp/ny.md", "# A\n"), @"
    templates/documents/mapp:1:1: fel[K012]: ”documents/mapp” hör inte till mallarna, och läses inte
      help: flytta det som ligger där till documents/, och ta bort mappen
    ");
    insta::assert_snapshot!(shown("pages/ny.txt", "# A\n"), @"
    templates/pages/ny.txt:1:1: fel[K012]: ”pages/ny.txt” hör inte till mallarna, och läses inte
      help: ge mallen ändelsen .md, eller flytta filen till någon annanstans
    ");
    insta::assert_snapshot!(shown("pages/ny.md", "---\npath: egen\n---\n# A\n"), @"
    templates/pages/ny.md:2:7: fel[K013]: sökvägen ”egen” (path) är ingen sida
      help: låt den sluta på .html
    ");
    insta::assert_snapshot!(shown("documents/ny.md", "---\npath: egen.docx\n---\n# A\n"), @"
    templates/documents/ny.md:2:7: fel[K013]: path gäller sidor, och ett dokument heter som sin mall
      help: ta bort raden, eller byt mallens namn
    ");
    // Once of all that it is filled in for.
    insta::assert_snapshot!(shown("pages/ny.md", "---\nfor_each: departments\npath: 'ny/{id}.html'\n---\n{{ 'x' | link(a=1) }}\n"), @"
    templates/pages/ny.md:5:10: fel[K013]: mallen går inte att använda för ”infrastruktur” och 2 till: ”a” är inget som filtret tar emot
      help: rätta mallen vid det ställe som pekas ut
    ");
    insta::assert_snapshot!(shown("pages/ny.md", "---\nfor_each: departments\npath: 'ny/{id}.html'\n---\n{{ entity.name }}: 24*7*365\n"), @"
    templates/pages/ny.md:5:22: fel[K013]: stjärnan mellan siffror visas inte: den läses som betoning – i det som mallen gör av ”infrastruktur” och 2 till: Infrastruktur och cybersäkerhet: 24*7*365
      help: skriv × för gånger, eller \\* för stjärnan
    ");
    insta::assert_snapshot!(shown("pages/ny.md", "---\nfor_each: departments\npath: 'ny/{id}.html'\n---\n# A {{ entity | id }}\n\n## B {{ entity | id }}\n"), @"
    templates/pages/ny.md:1:1: fel[K013]: ”infrastruktur” och 2 till har två ankare för samma id, det första för ”infrastruktur”; en hänvisning kan bara leda till ett
      help: sätt | id eller | anchor på den ena platsen, och | link på den andra
    ");
    insta::assert_snapshot!(shown("pages/avd.md", "---\nfor_each: departments\npath: 'avdelningar/{id}.html'\n---\n# A\n"), @"
    templates/pages/avd.md:3:7: fel[K013]: två mallar skriver sidan avdelningar/infrastruktur.html: också den inbyggda pages/avdelning.md
      help: ge den ena en annan sökväg (path) eller ett annat namn
    ");
    insta::assert_snapshot!(shown("pages/ny.md", "---\nparent: tjanst.html\n---\n# A\n"), @"
    templates/pages/ny.md:2:9: fel[K013]: sidan ny.html ska stå under tjanst.html (parent), som inte finns
      help: menade du ”tjanster.html”?
    ");
    insta::assert_snapshot!(shown("pages/ny.md", "---\nparent: ny.html\n---\n# A\n"), @"
    templates/pages/ny.md:2:9: fel[K013]: sidan ny.html står under sig själv (parent)
      help: låt parent vara sökvägen till sidan ovanför, eller ta bort raden
    ");
    insta::assert_snapshot!(shown("pages/ny.md", "{{ 'ekonomi' | chapter(titel='A') }}"), @"
    templates/pages/ny.md:1:16: fel[K013]: mallen går inte att använda för ”ny”: ”titel” är inget som filtret tar emot; menade du ”title”?
      help: rätta mallen vid det ställe som pekas ut
    ");
    insta::assert_snapshot!(shown("pages/ny.md", "{{ products | sorted(by='name') | links }}"), @"
    templates/pages/ny.md:1:15: fel[K013]: mallen går inte att använda för ”ny”: ”by” är inget som filtret tar emot
      help: rätta mallen vid det ställe som pekas ut
    ");
    insta::assert_snapshot!(shown("pages/ny.md", "{{ 'orbit-planering' | document(name='slaa') }}"), @"
    templates/pages/ny.md:1:24: fel[K013]: mallen går inte att använda för ”ny”: det finns ingen dokumentmall ”slaa” med for_each; menade du ”sla”?
      help: rätta mallen vid det ställe som pekas ut
    ");
    insta::assert_snapshot!(shown("pages/ny.md", "{{ 'A' | fill(product='nosuch') }}"), @"
    templates/pages/ny.md:1:10: fel[K013]: mallen går inte att använda för ”ny”: det finns ingen produkt med id ”nosuch”
      help: rätta mallen vid det ställe som pekas ut
    ");
    for arguments in [vec!["build"], vec!["check"], vec!["serve", "--port", "0"]] {
        let run = Workspace::of("felfri").run(&[arguments, vec!["--templates", "malar"]].concat());
        assert_eq!(run.code, 2);
        let told = "mallmappen malar finns inte; rätta --templates, eller utelämna det";
        assert!(run.stderr.contains(told), "{}", run.stderr);
    }
}

/// What nothing has now is no mistake when it could: a part that is given for none, and what that would hold.
#[test]
fn a_part_that_nothing_is_given_is_no_mistake() {
    for part in ["agreement", "agreement.level", "operational_agreement"] {
        let template = format!("---\nfor_each: services\nwhen: {part}\ntitle: Ny\n---\n# {{{{ entity.name }}}}\n");
        let run = Workspace::of("liten").with("templates/documents/ny.md", template).run(&["check"]);
        assert_eq!(run.code, 0, "{part}: {}", run.stderr);
    }
}

/// A mistake in a page layout is one of its author, at its line, and not of the program.
#[test]
fn a_mistake_in_a_layout_is_a_finding() {
    let shown = |page: &str, layout: &str| {
        let workspace = Workspace::of("liten")
            .with("templates/pages/ny.md", format!("---\ntitle: Ny\n{page}---\n# Ny\n"))
            .with("templates/html/ny.html", layout);
        let [checked, built] = [workspace.run(&["check"]), workspace.run(&["build"])];
        assert_eq!((checked.code, built.code), (1, 1), "{}", built.stderr);
        assert!(built.stderr.contains("Inget är skrivet"), "{}", built.stderr);
        let shown = shown_with_cures(&built.stderr);
        assert_eq!(shown_with_cures(&checked.stderr), shown, "check writes nothing, and finds the same");
        shown
    };
    insta::assert_snapshot!(shown("", "rad\n{% if x %}"), @"
    templates/html/ny.html:2:11: fel[K013]: layouten går inte att läsa: den följer inte mallspråket Tera (Tera: Unexpected end of input)
      help: kontrollera att taggar, citattecken och parenteser är stängda, att if, for och block har sitt slut, och att filter och mallar som nämns finns
    ");
    let undefined = shown("layout: ny.html\n", "rad\n{{ title }} {{ saknas }}");
    insta::assert_snapshot!(undefined.split(". Available").next().unwrap(), @"templates/html/ny.html:2:16: fel[K013]: ny.html kan inte skrivas med layouten ny.html: något som den frågar efter finns inte (Tera: Variable `saknas` is not defined");
    insta::assert_snapshot!(shown("layout: nyy.html\n", "rad"), @"
    templates/pages/ny.md:3:9: fel[K013]: det finns ingen layout som heter ”nyy.html” (layout)
      help: menade du ”ny.html”?
    ");
    insta::assert_snapshot!(shown("path: index.html\n", "rad"), @"
    templates/pages/ny.md:3:7: fel[K013]: två mallar skriver sidan index.html: också den inbyggda pages/index.md
      help: ge den ena en annan sökväg (path) eller ett annat namn
    ");
    insta::assert_snapshot!(shown("for_each: services\npath: '{id}/{inget}.html'\n", "rad"), @"
    templates/pages/ny.md:4:7: fel[K013]: filen orbit-planering/.html kan inte skrivas: ”.html” kan inte vara ett namn på en fil eller mapp
      help: ge mallen en annan sökväg (path) eller ett annat namn
    ");
}

/// A text that is there, and cannot be put in, is not told as missing.
#[test]
fn what_cannot_be_put_in_is_told_from_what_is_not_there() {
    let run = Workspace::of("liten")
        .with("content/texter/ett.md", "# Ett\n\n![[tva]]\n\n![[orbit-drift]]\n\n![[borta]]\n")
        .with("content/texter/tva.md", "# Två\n\nText.\n")
        .run(&["check"]);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(shown_with_cures(&run.stderr), @r"
    content/texter/ett.md:3:1: fel[K011]: texten ”tva” går inte att lägga in här
      help: ett kapitel kan lägga in texten i en nyckel, som ![[id#beskrivning]], men inget annat kapitel; hänvisa med [[id]] till annat
    content/texter/ett.md:5:1: fel[K011]: texten ”orbit-drift” går inte att lägga in här
      help: ett kapitel kan lägga in texten i en nyckel, som ![[id#beskrivning]], men inget annat kapitel; hänvisa med [[id]] till annat
    content/texter/ett.md:7:1: fel[K011]: det finns ingen text ”borta” att lägga in
      help: ange en text under texter/
    ");
}

/// What YAML takes for a comment, or for an anchor, and would be gone from the value that is published.
#[test]
fn a_text_that_is_taken_for_a_comment_is_told() {
    let run = Workspace::of("liten")
        .with(
            "content/tjanster/ny.yaml",
            "# Ny\nnamn: Orbit #2 (ny)  # bra namn\nmålgrupp: #vården\nsammanfattning: # kommer\n\
             beskrivning: \"C #1\" # ett exempel\nprodukter: # bara en\n  - orbit-drift #1\nola: {avrop: []} #ännu inget\n",
        )
        .with("content/avdelningar/alla.yaml", "namn: &alla kliniker\n")
        .with("content/kunder.yaml", "- id: a\n  namn: A#1 |#2\n")
        .with("content/roller.yaml", "- id: c\n  namn: C\n  beskrivning: |\n    # Rubrik #1\n\n    Text #2\n")
        .with("content/applikationer.yaml", "- id: d\n  namn: >\n    D #3\n    #4\n")
        .run(&["check"]);
    insta::assert_snapshot!(run.findings().join("\n"), @"
    content/avdelningar/alla.yaml:1:7: fel[K002]: ankare (&…) används inte i katalogen
    content/tjanster/ny.yaml:2:13: varning[K014]: ”#2 (ny)  # bra namn” läses som en kommentar, och kommer inte med i värdet
    content/tjanster/ny.yaml:3:11: varning[K014]: nyckeln ”målgrupp” blir tom, eftersom ”#vården” läses som en kommentar
    content/tjanster/ny.yaml:4:17: varning[K014]: nyckeln ”sammanfattning” blir tom, eftersom ”# kommer” läses som en kommentar
    content/tjanster/ny.yaml:7:17: varning[K014]: ”#1” läses som en kommentar, och kommer inte med i värdet
    content/tjanster/ny.yaml:8:18: varning[K014]: ”#ännu inget” läses som en kommentar, och kommer inte med i värdet
    ");
    let comments = Workspace::of("liten").with("content/kunder.yaml", "- id: a #1\n  namn: \"A #1\" #!\n#ja\n  #nej\n");
    let run = comments.run(&["check"]);
    assert!(run.code == 0 && run.stderr.contains("kunder.yaml:1:9: varning[K014]"), "{}", run.stderr);
}

/// What YAML reads in other lines than it is written: a list that becomes running text, and a key that becomes a line of it.
#[test]
fn lines_that_are_read_as_others_are_told() {
    let run = Workspace::of("liten")
        .with(
            "content/produkter/ny-drift.yaml",
            "namn: Ny drift\nbeskrivning:\n  Vi ger dig\n\n  - dator\n  - konto\n  - support\n",
        )
        .with(
            "content/tjanster/ny.yaml",
            "namn: Ny\nbeskrivning: |\n  En text.\n  ingår_ej: Hårdvara.\n  målgrupp: Alla.\nmålgrupp: Alla.\n",
        )
        .run(&["check"]);
    let told: Vec<&str> = run.stderr.split("\n\n").filter(|told| told.contains("K014")).collect();
    insta::assert_snapshot!(told.join("\n\n"), @"
    content/produkter/ny-drift.yaml:6:3: varning[K014]: raden läggs ihop med den ovanför, eftersom det inte står | efter ”beskrivning:”
      |
    6 |   - konto
      |   ^^^^^^^
      help: skriv | där, med texten på raderna under; då behåller listor och tabeller sina rader

    content/tjanster/ny.yaml:4:3: varning[K014]: raden hör till texten i ”beskrivning”, men börjar som nyckeln ”ingår_ej”
      |
    4 |   ingår_ej: Hårdvara.
      |   ^^^^^^^^^^^^^^^^^^^
      help: flytta ut raden till samma indrag som ”beskrivning”; är det text, låt den börja på ett annat sätt
    ");
}

/// A comma in a value within braces makes a key of what follows it: one mistake, and told as that.
#[test]
fn a_decimal_comma_without_quotes_is_told_as_that() {
    let run = Workspace::of("liten")
        .replacing("content/katalog.yaml", "dagar_per_år: 256", "dagar_per_år: 256,5")
        .with(
            "content/stodjande-tjanster/ny.yaml",
            "namn: Ny\nklass: teknisk\nerbjudanden:\n  - suffix: a\n    priser: [{artikel: \"1\", benämning: x, pris: 1 125,50, enhet: st}]\n  \
             - suffix: b\n    priser:\n      - {artikel: \"2\", benämning: x, pris: 1.250,50 kr, grundavgift: 99,50 kr}\n      \
             - {artikel: \"3\", benämning: x, pris: -1,250,50}\n      \
             - {artikel: \"4\", benämning: x, pris: 12,500 kr, grundavgift: 1,234}\n",
        )
        .with("content/kunder.yaml", "- {id: a, namn: A, 50}\n- {id: b, namn: 1,x: 2}\n")
        .run(&["check"]);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(shown_with_cures(&run.stderr), @r#"
    content/katalog.yaml:4:58: fel[K007]: ”256,5” blir två värden, eftersom ett komma inom klamrar skiljer värden åt
      help: sätt ett tal med decimalkomma inom citattecken: dagar_per_år: "256,5"
    content/kunder.yaml:1:17: fel[K007]: ”A, 50” blir flera värden, eftersom ett komma inom klamrar skiljer värden åt
      help: sätt hela värdet inom citattecken: namn: "A, 50"
    content/kunder.yaml:2:19: fel[K004]: nyckeln ”x” finns inte här
      help: nycklar som finns här: namn, förkortning, typ, exempel, källa
    content/stodjande-tjanster/ny.yaml:5:49: fel[K007]: ”1 125,50” blir två värden, eftersom ett komma inom klamrar skiljer värden åt
      help: sätt ett tal med decimalkomma inom citattecken: pris: "1 125,50"
    content/stodjande-tjanster/ny.yaml:8:44: fel[K007]: ”1.250,50 kr” blir två värden, eftersom ett komma inom klamrar skiljer värden åt
      help: sätt ett tal med decimalkomma inom citattecken: pris: "1 250,50"
    content/stodjande-tjanster/ny.yaml:8:70: fel[K007]: ”99,50 kr” blir två värden, eftersom ett komma inom klamrar skiljer värden åt
      help: sätt ett tal med decimalkomma inom citattecken: grundavgift: "99,50"
    content/stodjande-tjanster/ny.yaml:9:44: fel[K007]: ”-1,250,50” blir två värden, eftersom ett komma inom klamrar skiljer värden åt
      help: sätt ett tal med decimalkomma inom citattecken: pris: "-1 250,50"
    content/stodjande-tjanster/ny.yaml:10:44: fel[K007]: ”12,500 kr” blir två värden, eftersom ett komma inom klamrar skiljer värden åt
      help: skriv pris: 12 500 om det är tusental, annars pris: "12,50" (inom citattecken)
    content/stodjande-tjanster/ny.yaml:10:68: fel[K007]: ”1,234” blir två värden, eftersom ett komma inom klamrar skiljer värden åt
      help: skriv grundavgift: 1 234 om det är tusental, annars grundavgift: "1,234" (inom citattecken)
    "#);
}

/// Quotes of a text editor's enclose nothing in YAML. A text may be a quotation, or begin and end with one.
#[test]
fn quotes_that_are_not_yamls_are_told_as_that() {
    let run = Workspace::of("liten")
        .with(
            "content/stodjande-tjanster/ny.yaml",
            "namn: “Ny”\nklass: »teknisk«\nsammanfattning: ”Allt på ett ställe.”\nerbjudanden:\n  - suffix: a\n    \
             priser: [{artikel: “1”, benämning: ”A, B”, pris: ”1,50”, grundavgift: ”2,50”}]\n",
        )
        .with("content/avdelningar/annan.yaml", "namn: ”Nivå” är inte ”steg”\nexempel: ”true”\nkälla: ”Beslut A”\n")
        .with(
            "content/kunder.yaml",
            "- {id: a, namn: '”A”'}\n- {id: b, namn: ”B” och C}\n- {id: c, namn: ”C, typ: övrig}\n",
        )
        .run(&["check"]);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(shown_with_cures(&run.stderr), @r#"
    content/avdelningar/annan.yaml:2:10: fel[K007]: citattecknet ” är inte YAML:s, och blir en del av värdet
      help: skriv raka citattecken: "true"; ska de synas, sätt raka utanför: '”true”'
    content/stodjande-tjanster/ny.yaml:1:7: fel[K007]: citattecknet “ är inte YAML:s, och blir en del av värdet
      help: skriv raka citattecken: "Ny"; ska de synas, sätt raka utanför: '“Ny”'
    content/stodjande-tjanster/ny.yaml:2:8: fel[K007]: citattecknet » är inte YAML:s, och blir en del av värdet
      help: skriv raka citattecken: "teknisk"; ska de synas, sätt raka utanför: '»teknisk«'
    content/stodjande-tjanster/ny.yaml:6:24: fel[K007]: citattecknet “ är inte YAML:s, och blir en del av värdet
      help: skriv raka citattecken: "1"; ska de synas, sätt raka utanför: '“1”'
    content/stodjande-tjanster/ny.yaml:6:40: fel[K007]: citattecknet ” är inte YAML:s, och blir en del av värdet
      help: skriv raka citattecken: "A, B"; ska de synas, sätt raka utanför: '”A, B”'
    content/stodjande-tjanster/ny.yaml:6:54: fel[K007]: citattecknet ” är inte YAML:s, och blir en del av värdet
      help: skriv raka citattecken: "1,50"; ska de synas, sätt raka utanför: '”1,50”'
    content/stodjande-tjanster/ny.yaml:6:75: fel[K007]: citattecknet ” är inte YAML:s, och blir en del av värdet
      help: skriv raka citattecken: "2,50"; ska de synas, sätt raka utanför: '”2,50”'
    "#);
}

/// A quote without an end takes the keys below it, as far as the next quote: told where it begins.
#[test]
fn a_quote_that_takes_lines_below_is_told_where_it_begins() {
    let run = Workspace::of("liten")
        .with(
            "content/tjanster/ny.yaml",
            "namn: 'Ny' # \"\nsla:\n  omfattning: \"Hela tjänsten\n  säkerhet: |\n    Text.\n  giltig_från: \"2027-01-01\"\n",
        )
        .with("content/roller.yaml", "- {id: a, namn: \"A\" b}\n")
        .with("content/kunder.yaml", "- id: a\n  namn: \"A\n    B\" c\n")
        .run(&["check"]);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(shown_with_cures(&run.stderr), @r#"
    content/kunder.yaml:3:8: fel[K002]: det står text efter citattecknets slut
      help: sätt hela värdet inom enkla citattecken ('…'), eller skriv ett citattecken inne i det som \"
    content/roller.yaml:1:21: fel[K002]: det står text efter citattecknets slut
      help: sätt hela värdet inom enkla citattecken ('…'), eller skriv ett citattecken inne i det som \"
    content/tjanster/ny.yaml:3:15: fel[K002]: citattecknet som öppnas här stängs först på rad 6
      help: avsluta texten med samma citattecken där den slutar
    "#);
}

/// Whatever stands where YAML has something else for it is told in Swedish, with what to do about just that.
#[test]
fn whatever_yaml_cannot_read_is_told_in_swedish() {
    let mut shown = String::new();
    for text in [
        "- id: a\n  lista:\n    - {b: 1, c: 2\n    - {b: 3}\n",
        "- id: a\n  lista:\n    - {b: 1, c: 2\n    - d: 1\n      lista:\n        - {e: 3}\n",
        "- id: a\n  namn: [- b]\n",
        "- id: a\n  namn: > 18 år\n",
        "- id: a\n  namn: | alla\n",
        "- id: a\n  namn: |0\n    b\n",
        "- id: a\n  namn: @alla\n",
        "- id: a\n  namn: %-andel\n",
        "- id: a\n  namn: `kod`\n",
        "- id: a\n  namn: !Viktigt alla\n",
        "- id: a\n  namn: !<b alla\n",
        "- id: a\n  namn: & alla\n",
        "- id: a\n  namn: *Viktigt* alla\n",
        "- id: a\n  namn: * alla\n",
        "- id: a\n  namn: {a, ,}\n",
        "- id: a\n  namn: [-, b]\n",
        "- id: a\n  namn: {b:[c]}\n",
        "- id: a\n  namn: \"b\"#c\n",
        "- id: a\n  namn: b\n    # c\n    d\n",
        "- id: a\n  namn: |\n      \n    b\n",
        "- id: a\n  namn: \"\\ud800\"\n",
        "- id: a\n... b\n",
        "[a]\nb\n",
        "%FEL\n- id: a\n",
        "%YAML 2.0\n---\n- id: a\n",
        "%YAML 1.2\n%YAML 1.2\n---\n- id: a\n",
        "- id: a\n  namn: b\u{FEFF}\n  c: \u{FFFE}\n",
        "- ? b\n  ? [\n",
        "- id: a\n  namn: {b: c\n  d: e}\n",
    ] {
        let run = Workspace::of("liten").with("content/roller.yaml", text).run(&["check"]);
        assert_eq!(run.code, 1, "{text}: {}", run.stderr);
        shown.push_str(&format!("{}\n{}\n", text.replace('\n', "⏎"), shown_with_cures(&run.stderr)));
    }
    insta::assert_snapshot!(shown, @r##"
    - id: a⏎  lista:⏎    - {b: 1, c: 2⏎    - {b: 3}⏎
    content/roller.yaml:3:7: fel[K002]: en parentes [ eller { saknar sitt slut
      help: avsluta den med ] eller }
    - id: a⏎  lista:⏎    - {b: 1, c: 2⏎    - d: 1⏎      lista:⏎        - {e: 3}⏎
    content/roller.yaml:3:7: fel[K002]: parentesen { som öppnas här är inte avslutad, men på rad 6 börjar en ny post
      help: avsluta den med } där den slutar
    - id: a⏎  namn: [- b]⏎
    content/roller.yaml:2:10: fel[K002]: ett bindestreck kan inte stå för sig självt inom [ ] eller { }
      help: skilj värdena åt med komma; sätt ett värde som börjar med bindestreck inom citattecken
    - id: a⏎  namn: > 18 år⏎
    content/roller.yaml:2:9: fel[K002]: efter > eller | kan inget mer stå på raden
      help: sätt ett värde som börjar med > eller | inom citattecken, eller skriv texten på raderna under, indragen
    - id: a⏎  namn: | alla⏎
    content/roller.yaml:2:9: fel[K002]: efter > eller | kan inget mer stå på raden
      help: sätt ett värde som börjar med > eller | inom citattecken, eller skriv texten på raderna under, indragen
    - id: a⏎  namn: |0⏎    b⏎
    content/roller.yaml:2:9: fel[K002]: efter > eller | kan inget mer stå på raden
      help: sätt ett värde som börjar med > eller | inom citattecken, eller skriv texten på raderna under, indragen
    - id: a⏎  namn: @alla⏎
    content/roller.yaml:2:9: fel[K002]: ett värde utan citattecken kan inte börja med @
      help: sätt hela värdet inom citattecken
    - id: a⏎  namn: %-andel⏎
    content/roller.yaml:2:9: fel[K002]: ett värde utan citattecken kan inte börja med %
      help: sätt hela värdet inom citattecken
    - id: a⏎  namn: `kod`⏎
    content/roller.yaml:2:9: fel[K002]: ett värde utan citattecken kan inte börja med `
      help: sätt hela värdet inom citattecken
    - id: a⏎  namn: !Viktigt alla⏎
    content/roller.yaml:2:9: fel[K002]: taggar (!…) används inte i katalogen
      help: sätt en text som börjar med ! inom citattecken, eller ta bort taggen
    - id: a⏎  namn: !<b alla⏎
    content/roller.yaml:2:9: fel[K002]: taggar (!…) används inte i katalogen
      help: sätt en text som börjar med ! inom citattecken, eller ta bort taggen
    - id: a⏎  namn: & alla⏎
    content/roller.yaml:2:9: fel[K002]: ett värde utan citattecken kan inte börja med & eller *
      help: sätt hela värdet inom citattecken
    - id: a⏎  namn: *Viktigt* alla⏎
    content/roller.yaml:2:9: fel[K002]: alias (*…) används inte i katalogen
      help: sätt en text som börjar med * inom citattecken
    - id: a⏎  namn: * alla⏎
    content/roller.yaml:2:9: fel[K002]: ett värde utan citattecken kan inte börja med & eller *
      help: sätt hela värdet inom citattecken
    - id: a⏎  namn: {a, ,}⏎
    content/roller.yaml:2:13: fel[K002]: här saknas ett värde
      help: skriv värdet, eller ta bort skiljetecknet; sätt ett värde som börjar med skiljetecken inom citattecken
    - id: a⏎  namn: [-, b]⏎
    content/roller.yaml:2:10: fel[K002]: ett bindestreck kan inte stå för sig självt inom [ ] eller { }
      help: skilj värdena åt med komma; sätt ett värde som börjar med bindestreck inom citattecken
    - id: a⏎  namn: {b:[c]}⏎
    content/roller.yaml:2:11: fel[K002]: kolon följs inte av ett blanksteg
      help: sätt ett blanksteg mellan kolon och parentes
    - id: a⏎  namn: "b"#c⏎
    content/roller.yaml:2:12: fel[K002]: # står direkt efter ett värdes slut
      help: sätt ett blanksteg före en kommentar; är det text, sätt hela värdet inom samma citattecken
    - id: a⏎  namn: b⏎    # c⏎    d⏎
    content/roller.yaml:4:5: fel[K002]: raden passar inte i sitt sammanhang
      help: kontrollera indraget, att nyckeln följs av kolon och blanksteg, och att värden med kolon står inom citattecken
    - id: a⏎  namn: |⏎      ⏎    b⏎
    content/roller.yaml:4:5: fel[K002]: en tom rad före texten är mer indragen än den
      help: ta bort blankstegen på raden, eller hela raden
    - id: a⏎  namn: "\ud800"⏎
    content/roller.yaml:2:9: fel[K002]: ett omvänt snedstreck följs av något som inte är ett tecken
      help: skriv \\ för ett omvänt snedstreck, eller använd enkla citattecken
    - id: a⏎... b⏎
    content/roller.yaml:2:5: fel[K002]: ”...” avslutar filen, och inget kan stå efter det på raden
      help: sätt ett värde som börjar så inom citattecken, eller ta bort raden
    [a]⏎b⏎
    content/roller.yaml:2:1: fel[K002]: här står mer efter det som filen består av
      help: dra in raden lika långt som de andra som den hör till, eller ta bort det som står före den
    %FEL⏎- id: a⏎
    content/roller.yaml:2:1: fel[K002]: raden passar inte i sitt sammanhang
      help: kontrollera indraget, att nyckeln följs av kolon och blanksteg, och att värden med kolon står inom citattecken
    %YAML 2.0⏎---⏎- id: a⏎
    content/roller.yaml:1:1: fel[K002]: en rad som börjar med % är ett direktiv till YAML, och går inte att läsa
      help: ta bort raden
    %YAML 1.2⏎%YAML 1.2⏎---⏎- id: a⏎
    content/roller.yaml:2:1: fel[K002]: en rad som börjar med % är ett direktiv till YAML, och går inte att läsa
      help: ta bort raden
    - id: a⏎  namn: b﻿⏎  c: ￾⏎
    content/roller.yaml:2:10: fel[K003]: texten innehåller ett osynligt tecken (U+FEFF)
      help: ta bort tecknet; skriv om ordet om det inte syns
    content/roller.yaml:3:6: fel[K002]: ett tecken som YAML inte tillåter (U+FFFE)
      help: ta bort tecknet; skriv om ordet om det inte syns
    - ? b⏎  ? [⏎
    content/roller.yaml:2:5: fel[K002]: en parentes [ eller { saknar sitt slut
      help: avsluta den med ] eller }
    - id: a⏎  namn: {b: c⏎  d: e}⏎
    content/roller.yaml:3:4: fel[K002]: ett komma saknas mellan två värden
      help: sätt komma mellan dem; sätt värden med komma inom citattecken
    "##);
}

/// A key that is misspelt or in English is one mistake, though the one that was meant is missing then.
#[test]
fn a_key_that_is_called_something_else_is_not_missing_too() {
    let run = Workspace::of("liten")
        .with("content/avdelningar/ny.yaml", "Namn: Ny\n")
        .with("content/kunder.yaml", "- {id: a, name: A}\n- {id: b, Name: B, namn: B}\n- {id: c, rubrik: C}\n")
        .with("content/styrande-dokument.yaml", "- {id: d, title: D}\n")
        .with("content/ordlista.yaml", "- {id: sla, term: SLA, definition: Ett avtal.}\n")
        .run(&["check"]);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(shown_with_cures(&run.stderr), @"
    content/avdelningar/ny.yaml:1:1: fel[K004]: nyckeln ”Namn” finns inte här
      help: menade du ”namn”?
    content/kunder.yaml:1:11: fel[K004]: nyckeln ”name” finns inte här
      help: menade du ”namn”?
    content/kunder.yaml:2:11: fel[K004]: nyckeln ”Name” finns inte här
      help: menade du ”namn”?
    content/kunder.yaml:3:4: fel[K006]: nyckeln ”namn” saknas
      help: lägg till ”namn: …” inom klamrarna
    content/kunder.yaml:3:11: fel[K004]: nyckeln ”rubrik” finns inte här
      help: nycklar som finns här: namn, förkortning, typ, exempel, källa
    content/ordlista.yaml:1:24: fel[K004]: nyckeln ”definition” finns inte här
      help: menade du ”förklaring”?
    content/styrande-dokument.yaml:1:11: fel[K004]: nyckeln ”title” finns inte här
      help: menade du ”titel”?
    ");
}

/// A file of a name that cannot stand is told by itself, and not by all that refers to what is in it.
#[test]
fn a_file_with_the_wrong_name_spoils_no_reference_to_it() {
    for name in ["servrar.YAML", "servrar.yaml.txt", "servrar.Yml", "mapp/servrar.yaml"] {
        let workspace = Workspace::of("liten");
        let text = std::fs::read(workspace.path().join("content/stodjande-tjanster/servrar.yaml")).unwrap();
        let run = workspace
            .without("content/stodjande-tjanster/servrar.yaml")
            .with(&format!("content/stodjande-tjanster/{name}"), text)
            .run(&["check"]);
        assert_eq!((run.code, run.codes()), (1, vec!["K012"]), "{name}: {}", run.stderr);
    }
    let run = Workspace::of("liten")
        .with("content/stodjande-tjanster/servrar.yaml.txt", "namn: En kopia\n")
        .with("content/stodjande-tjanster/servrar - kopia.YAML", "namn: En till\n")
        .run(&["check"]);
    assert_eq!(run.codes(), ["K012", "K012"], "{}", run.stderr);
}

/// Nor does one whose name is no id, or a folder with the wrong name, or a file in the wrong folder.
#[test]
fn what_a_wrong_name_keeps_away_spoils_no_reference_to_it() {
    let moved = |from: &str, to: &str| {
        let workspace = Workspace::of("felfri");
        let path = workspace.path().join("content");
        std::fs::create_dir_all(path.join(to).parent().unwrap()).unwrap();
        std::fs::rename(path.join(from), path.join(to)).unwrap();
        workspace
    };
    for (from, to, code) in [
        ("stodjande-tjanster/servrar.yaml", "stodjande-tjanster/Servrar.yaml", "K008"),
        ("stodjande-tjanster/servrar.yaml", "stodjande-tjanster/servrär.yaml", "K008"),
        ("stodjande-tjanster/servrar.yaml", "stodjande-tjanster/servrar.txt", "K012"),
        ("stodjande-tjanster/servrar.yaml", "stodjande-tjanster/servrar", "K012"),
        ("stodjande-tjanster/servrar.yaml", "servrar.yaml", "K012"),
        ("stodjande-tjanster/servrar.yaml", "diverse/servrar.yaml", "K012"),
        ("stodjande-tjanster", "stödjande-tjänster", "K012"),
        ("produkter", "produkt", "K012"),
        ("personer.yaml", "person.yaml", "K012"),
    ] {
        let run = moved(from, to).run(&["check"]);
        let told = run.findings().into_iter().filter(|line| line.contains(": fel[")).collect::<Vec<_>>();
        assert!(told.len() == 1 && told[0].contains(code), "{to}: {}", run.stderr);
    }
    // What is written as it should be, or as it is, is not told either; what is meant as another is.
    let run = Workspace::of("liten")
        .with("content/kunder.yaml", "- {id: Södra_VGR, namn: A}\n")
        .with("content/anteckningar.txt", "Ring södra.\n")
        .with("content/texter/ny.md", "# Ny\n\n[[Södra_VGR]], [[sodra-vgr]] och [[norra-vgr]].\n")
        .run(&["check"]);
    assert_eq!(run.codes(), ["K012", "K008", "K010"], "{}", run.stderr);
}

/// A file that is copied to the folder of another kind has an id twice, and is not told for each key of its own kind.
#[test]
fn a_copy_in_the_folder_of_another_kind_is_told_once() {
    let workspace = Workspace::of("felfri");
    let name = "orbit-operationsplanering.yaml";
    let text = std::fs::read(workspace.path().join("content/tjanster").join(name)).unwrap();
    let run = workspace.with(&format!("content/produkter/{name}"), text).run(&["check"]);
    assert_eq!(run.codes(), ["K009"], "{}", run.stderr);
}

/// What stands within braces otherwise than it was meant is one mistake, with what was meant.
#[test]
fn a_slip_within_braces_is_told_once_with_what_was_meant() {
    let told = |price: &str| {
        let text = format!("namn: Ny\nerbjudanden: [{{suffix: a, priser: [{price}]}}]\n");
        let run = Workspace::of("liten").with("content/tjanster/ny.yaml", text).run(&["check"]);
        let shown = shown_with_cures(&run.stderr);
        let own = shown.lines().skip_while(|line| !line.contains("ny.yaml:2:")).take(2).map(str::trim);
        let told = own.collect::<Vec<_>>().join(" ");
        assert_eq!(run.stderr.matches("ny.yaml:2:").count(), 1, "{price}: {}", run.stderr);
        told
    };
    for (price, cure) in [
        ("{artikel: \"1\", benämning: Läkare, sköterskor, pris: 5}", "citattecken: benämning: \"Läkare, sköterskor\""),
        ("{artikel: \"1\", benämning: A, B, C}", "citattecken: benämning: \"A, B, C\""),
        ("{artikel: \"1\", benämning: A, pris:125, per: månad}", "skriv ”pris: 125”"),
        ("{artikel:\"1\", benämning: A, pris: 5}", "skriv ”artikel: \"1\"”"),
        ("{artikel: \"1\",\u{a0}benämning: A, pris: 5}", "byt det, och de som följer, mot vanliga blanksteg"),
        ("{artikel: \"1\", benämning: A, pris: 5, prsi}", "menade du ”pris”?"),
        ("{artikel: \"1\", benämning: A, pris 125, enhet: st}", "kolon saknas efter ”pris” help: skriv ”pris: 125”"),
        ("{artikel: \"1\", benämning: A, pris: 5, enhet: bil, per månad}", "skriv ”per: månad”"),
        ("{artikel: \"1\", benämning: A, pris: 5, enhet=bil}", "skriv ”enhet: bil”"),
        ("{artikel: \"1\", benämning: A, pris: 5, enhet :bil}", "skriv ”enhet: bil”"),
        ("{artikel: \"1\", benämning: Bil, enhet för vård, enhet: st}", "benämning: \"Bil, enhet för vård\""),
        ("{artikel: \"1\", benämning: A, pris: 5, enhet: bil, halva}", "fotnot, exempel, källa"),
        ("{artikel: \"1\", benämning: Bil, pris 12 saknas, enhet: st}", "benämning: \"Bil, pris 12 saknas\""),
        ("{artikel: \"1\", benämning: A, pris:\u{a0}125}", "skriv ”pris: 125”, med ett vanligt blanksteg"),
    ] {
        assert!(told(price).ends_with(cure), "{price}: {}", told(price));
    }
}

/// What Git could not merge is told at its mark, and nothing else of the file; what only shows such marks is as it should be.
#[test]
fn two_versions_that_are_not_merged_are_told_at_their_mark() {
    let versions = |one: &str, two: &str| format!("<<<<<<< HEAD\n{one}\n=======\n{two}\n>>>>>>> gren\n");
    let roles = format!("- {{id: ny, namn: Ny}}\n{}", versions("- {id: a, namn: A}", "- {id: a, namn: B}"));
    let run = Workspace::of("liten")
        .with("content/avdelningar/ny.yaml", versions("namn: Ny", "namn: Nyare"))
        .with("content/roller.yaml", roles)
        .with("content/texter/ny.md", format!("# Ny\n\n{}", versions("| a |\n|---|", "text")))
        .with("content/texter/visar.md", format!("# Så löser du en konflikt\n\n```\n{}```\n", versions("a", "b")))
        .run(&["check"]);
    let told = "fel[K001]: här börjar två versioner av filen som Git inte har kunnat slå ihop";
    let places = ["avdelningar/ny.yaml:1:1", "roller.yaml:2:1", "texter/ny.md:3:1"];
    assert_eq!(run.findings(), places.map(|place| format!("content/{place}: {told}")), "{}", run.stderr);
}

/// What an author most often meant is said of values and references.
#[test]
fn what_was_meant_is_said_of_values_and_references() {
    let run = Workspace::of("felfri")
        .with("content/ordlista.yaml", "- {id: nytt, namn: Ny, förklaring: Det nya.}\n")
        .with(
            "content/undantag.yaml",
            "- {id: u, regel: K130, gäller: katalog, skäl: x, beslutat_av: anna-alm, giltig_till: 2027-12-31}\n",
        )
        .with("content/avdelningar/indragen.yaml", " namn: Ny\n# Mer.\nkälla: x\n")
        .with("content/avdelningar/tabb.yaml", "namn: Ny\n\tkälla: x\n")
        .with("content/produkter/lista.yaml", "namn: Ny\nbeskrivning:\n  - A\n  - B\n")
        .with("content/produkter/utan-indrag.yaml", "namn: Ny\nbeskrivning:\n- A\n- B\n")
        .with("content/tjanster/avrop.yaml", "namn: Ny\nola: {avrop: [{erbjudande: servrar, antal: 1}]}\n")
        .run(&["check"]);
    insta::assert_snapshot!(shown_with_cures(&run.stderr), @"
    content/avdelningar/indragen.yaml:1:1: fel[K002]: filens första rad är indragen, men inte de som hör ihop med den
      help: ta bort blankstegen före ”namn”
    content/avdelningar/tabb.yaml:2:1: fel[K002]: raden är indragen med tabb
      help: dra in med blanksteg
    content/ordlista.yaml:1:14: fel[K004]: nyckeln ”namn” finns inte här
      help: menade du ”term”?
    content/produkter/lista.yaml:3:3: fel[K007]: här står en lista, men det ska vara en text
      help: skriv ”beskrivning: |”, med listan kvar på raderna under: då är den en del av texten
    content/produkter/utan-indrag.yaml:3:1: fel[K007]: här står en lista, men det ska vara en text
      help: skriv ”beskrivning: |”, med listan kvar på raderna under, och dra in listan två blanksteg: då är den en del av texten
    content/tjanster/avrop.yaml:2:28: fel[K010]: ”servrar” hör till stödjande tjänster, inte till erbjudanden
      help: välj ett av dess erbjudanden: servrar.guld, servrar.silver
    content/undantag.yaml:1:32: fel[K010]: ”katalog” är inget id som ett undantag kan gälla
      help: ta bort raden: ett undantag utan den gäller katalog.yaml
    ");
}

/// A colon in a value hides nothing of the lines below it, where it is only that value's.
#[test]
fn the_rest_of_a_file_is_read_after_a_colon_in_a_value() {
    let run = Workspace::of("liten")
        .with(
            "content/avdelningar/ny.yaml",
            "namn: Ny\nbeskrivning: Ny: nyare enhet\nkälla: Se: här: och där: # obs: här\nsort: x\n",
        )
        .with("content/avdelningar/annan.yaml", "namn: Ny\nkälla: Se här: och där\n  sort: x\n")
        .with("content/avdelningar/tredje.yaml", "namn: Ny: nyare enhet\nsort: x\n")
        .with("content/tjanster/a.yaml", "namn: A\ninformationsklassning: konfidentialitet: 3, riktighet: 3\nsort: x\n")
        .with(
            "content/tjanster/b.yaml",
            "namn: B\nsla:\n  underskrifter:\n    - roll: tjänsteägare, person: anna-alm, datum: 2026-11-05\nsort: x\n",
        )
        .run(&["check"]);
    insta::assert_snapshot!(shown_with_cures(&run.stderr), @"
    content/avdelningar/annan.yaml:2:14: fel[K002]: raden passar inte i sitt sammanhang
      help: kontrollera indraget, att nyckeln följs av kolon och blanksteg, och att värden med kolon står inom citattecken
    content/avdelningar/ny.yaml:2:14: fel[K002]: ”Ny: nyare enhet” har ett kolon med blanksteg i sig, och går inte att läsa som ett värde
      help: sätt hela värdet inom citattecken, eller skriv | efter nyckelns kolon och texten på raden under, indragen
    content/avdelningar/ny.yaml:3:8: fel[K002]: ”Se: här: och där:” har ett kolon med blanksteg i sig, och går inte att läsa som ett värde
      help: sätt hela värdet inom citattecken, eller skriv | efter nyckelns kolon och texten på raden under, indragen
    content/avdelningar/ny.yaml:4:1: fel[K004]: nyckeln ”sort” finns inte här
      help: nycklar som finns här: namn, förkortning, samma_som, beskrivning, exempel, källa
    content/avdelningar/tredje.yaml:1:9: fel[K002]: raden passar inte i sitt sammanhang
      help: kontrollera indraget, att nyckeln följs av kolon och blanksteg, och att värden med kolon står inom citattecken
    content/tjanster/a.yaml:2:24: fel[K002]: ”konfidentialitet:” läses som en nyckel till på samma rad, vilket kräver klamrar
      help: sätt nycklarna inom klamrar med komma emellan, {en: …, två: …}, eller skriv dem på egna rader; är det en text, sätt hela värdet inom citattecken
    content/tjanster/b.yaml:4:27: fel[K002]: ”person:” läses som en nyckel till på samma rad, vilket kräver klamrar
      help: sätt nycklarna inom klamrar med komma emellan, {en: …, två: …}, eller skriv dem på egna rader; är det en text, sätt hela värdet inom citattecken
    ");
}

/// What a folder holds that cannot be read is not told to be missing wherever it is referred to.
#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_read_is_told_once() {
    for folder in ["produkter", "tjanster", "stodjande-tjanster", "kontrakt", "texter", "bilder"] {
        let workspace = Workspace::of("fullstandig");
        let (inside, outside) = (workspace.path().join("content").join(folder), workspace.path().join("ute"));
        std::fs::rename(&inside, &outside).unwrap();
        std::os::unix::fs::symlink("../ute", &inside).unwrap();
        let run = workspace.run(&["check"]);
        let told =
            format!("content/{folder}:1:1: fel[K001]: mappen går inte att läsa: sökvägen leder ut ur mappen content");
        let errors: Vec<&str> = run.findings().into_iter().filter(|finding| finding.contains(": fel[")).collect();
        assert_eq!(errors, [told.as_str()], "{}", run.stderr);
    }
}

/// A picture that is named with its folder, or without its ending, is found by its name.
#[test]
fn a_picture_is_meant_by_its_path_or_without_its_ending() {
    for name in ["bilder/{}.png", "../bilder/{}.png", "bilder\\\\{}.png", "{}", "content/bilder/{}.PNG"] {
        let name = name.replace("{}", "sjukhus");
        let workspace = Workspace::of("fullstandig");
        let pictures = workspace.path().join("content/bilder");
        let any = std::fs::read_dir(&pictures).unwrap().map(|entry| entry.unwrap().path());
        let picture = any.into_iter().find(|path| path.extension().is_some_and(|ending| ending == "png")).unwrap();
        let bytes = std::fs::read(picture).unwrap();
        let run = workspace
            .with("content/bilder/sjukhus.png", bytes)
            .with("content/texter/ny.md", format!("# Ny\n\n![Huset]({name} \"Hus\")\n"))
            .run(&["check"]);
        let shown = shown_with_cures(&run.stderr);
        assert!(shown.contains("ny.md:3:1: fel[K011]: bilden ”"), "{name}: {shown}");
        assert!(shown.contains("help: menade du sjukhus.png?"), "{name}: {shown}");
    }
}

/// A list that has been emptied says so, beside what its references lead to.
#[test]
fn an_empty_list_is_told() {
    for text in ["", "\n", "# Ännu inget.\n", "---\n", "null\n"] {
        let workspace = Workspace::of("liten").with("content/kunder.yaml", text).with("content/moln.yaml", text);
        let run = workspace.run(&["check"]);
        assert_eq!(run.code, 0, "{text:?}: {}", run.stderr);
        let told = [
            "content/kunder.yaml:1:1: varning[K007]: filen är tom, men här ska stå en lista med kunder",
            "content/moln.yaml:1:1: varning[K007]: filen är tom, men här ska stå listor under egenskaper, typer, modeller",
        ];
        assert_eq!(run.findings(), told, "{text:?}");
    }
    let run = Workspace::of("liten").with("content/kunder.yaml", "[]\n").run(&["check", "--strict"]);
    assert!(!run.stderr.contains("kunder.yaml"), "{}", run.stderr);
}

/// So does a chapter: its heading would be gone, and what refers to it would show its id.
/// It would be part of the chapter before, and all after it would have other numbers.
#[test]
fn a_chapter_that_begins_without_its_heading_is_told() {
    for (text, is_told) in [
        ("## Om servicenivåerna\n\nText.\n", true),
        ("\nEn mening före.\n\n# Om servicenivåerna\n\nText.\n", true),
        ("Bara text.\n", true),
        ("# Om servicenivåerna\n\nText.\n", false),
        ("\nOm servicenivåerna\n====\n\nText.\n", false),
    ] {
        let run = Workspace::of("felfri").with("content/texter/om-servicenivaer.md", text).run(&["check"]);
        let message = "varning[K011]: kapitlet börjar inte med en rubrik på högsta nivån, och hamnar i kapitlet före";
        assert_eq!(run.stderr.contains(message), is_told, "{text}: {}", run.stderr);
    }
}

#[test]
fn an_empty_chapter_is_told() {
    for text in ["", "\n \n", "\u{FEFF}"] {
        let run = Workspace::of("liten").with("content/texter/om-katalogen.md", text).run(&["check"]);
        let told = "content/texter/om-katalogen.md:1:1: fel[K007]: filen är tom, men här ska stå ett kapitel med rubrik och text";
        assert_eq!(run.findings(), [told], "{text:?}");
    }
}

/// Whatever a reader of YAML or the system says is told in Swedish, and every finding has a cure.
#[test]
fn what_others_say_is_told_in_swedish_with_a_cure() {
    let run = Workspace::of("liten")
        .with("content/roller.yaml", "%FEL 1\n%YAML 1.2\n%YAML 1.2\n---\n- id: a\n")
        .with("content/tjanster/a.yaml", "namn: [A]\nexempel: kanske\nprodukter: [[orbit-drift]]\n")
        .run(&["check"]);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(shown_with_cures(&run.stderr), @"
    content/roller.yaml:3:1: fel[K002]: en rad som börjar med % är ett direktiv till YAML, och går inte att läsa
      help: ta bort raden
    content/tjanster/a.yaml:1:7: fel[K007]: här står en lista, men det ska vara en text
      help: skriv ett enda värde efter kolon, på samma rad som nyckeln
    content/tjanster/a.yaml:2:10: fel[K007]: ”kanske” är varken true eller false
      help: skriv true för ja och false för nej
    content/tjanster/a.yaml:3:13: fel[K007]: här står en lista, men det ska vara en text
      help: skriv ett enda värde här; en lista har ett par hakparenteser: [ett, två]
    ");
}

/// An id that two kinds of things have leads to neither: whoever referred to one was led to the other, or to nothing at all.
#[test]
fn an_id_of_two_kinds_is_told_and_leads_nowhere() {
    const FILES: [&str; 5] = ["avdelningar", "roller", "kunder", "processer", "applikationer"];
    const IDS: [&str; 7] =
        ["guld", "dygnet-runt-2h", "produkt-x", "servrar", "orbit-planering", "stod-for-orbit", "redaktoren"];
    let before: String = (0..9).map(|at| format!("- {{id: ny-{at}, namn: Ny {at}}}\n")).collect();
    for (file, id) in FILES.iter().flat_map(|file| IDS.map(|id| (file, id))) {
        let workspace = Workspace::of("fullstandig");
        let path = format!("content/{file}.yaml");
        let text = std::fs::read_to_string(workspace.path().join(&path)).unwrap();
        let run = workspace.with(&path, format!("{text}{before}- {{id: {id}, namn: Ny}}\n")).run(&["check"]);
        assert!(run.code == 1 && run.stderr.contains("fel[K009]: id ”"), "{file}, {id}: {}", run.stderr);
    }
}

/// What is no id is told where it stands, also of what stands inside something else: a build blamed the template that met it.
#[test]
fn what_is_no_id_is_told_of_capabilities_too() {
    let long = "w".repeat(65);
    for (path, id) in [("content/formagor.yaml", "hantera-nat"), ("content/generiska-formagor.yaml", "utveckla")] {
        for wrong in ["|", "Å", "a b", ".", "CON", "con", "a--b", "__proto__", "a/b", "#x", &long] {
            let workspace = Workspace::of("fullstandig");
            let run = workspace
                .replacing(path, &format!("id: {id},"), &format!("id: \"{wrong}\","))
                .run(&["check", "--format", "json"]);
            let told = format!("”{wrong}” kan inte vara ett id");
            let is_told = |line: &&str| line.contains(&told) && line.contains("K008") && line.contains(path);
            assert_eq!(
                (run.code, run.stdout.lines().filter(is_told).count()),
                (1, 1),
                "{path}, {wrong}: {}",
                run.stdout
            );
        }
    }
}

/// What is said of a template is read however its lines end, and missed when it does not end; and a template holds no
/// characters that no text may hold.
#[test]
fn a_template_is_read_with_windows_line_ends_and_without_hidden_characters() {
    let with =
        |text: &str| Workspace::of("liten").with("templates/pages/ny.md", text).run(&["build", "--format", "html"]);
    for text in ["---\r\ntitle: Ny\r\n---\r\n# Ny\r\n\r\nText.\r\n", "---\n---\n# Ny\n\nText.\n", "---\ntitle: Ny\n---"]
    {
        let run = with(text);
        assert_eq!(run.code, 0, "{text:?}: {}", run.stderr);
    }
    insta::assert_snapshot!(shown_with_cures(&with("---\ntitle: Ny\n# Ny\n").stderr), @r"
    templates/pages/ny.md:1:1: fel[K013]: det som sägs om mallen mellan --- och --- har inget slut
      help: avsluta det med en rad som bara är ---
    ");
    let run = with("---\r\ntitle: Ny\r\n---\r\n# Ny\r\n\r\n{{ saknas }}\r\n");
    assert!(run.stderr.contains("templates/pages/ny.md:6:4: fel[K013]"), "{}", run.stderr);
    for (c, what) in [('\0', "ett styrtecken (U+0000)"), ('\u{202E}', "ett tecken som vänder skrivriktningen (U+202E)")]
    {
        let run = with(&format!("---\ntitle: Ny\n---\n# Ny\n\nText{c}.\n"));
        let told = format!("templates/pages/ny.md:6:5: fel[K013]: texten innehåller {what}");
        assert!(run.code == 1 && run.stderr.contains(&told), "{}", run.stderr);
    }
}

/// A key that the guideline has a word for is not taken for a slip of another.
#[test]
fn what_is_said_elsewhere_is_told_where() {
    const SERVICE: &str = "content/tjanster/orbit-operationsplanering.yaml";
    for (words, by, help) in [
        ("livscykel: {status: aktiv}", "slr: {krav: x}", "ett SLR är krav inför SLA"),
        (
            "    miljö: test\n",
            "    miljö: test\n    sla: {nivå: kontorstid-8h}\n",
            "det finns ett SLA per tjänst (§ 3.2)",
        ),
    ] {
        let run = Workspace::of("felfri").replacing(SERVICE, words, by).run(&["check"]);
        assert_eq!(run.codes(), ["K004"], "{}", run.stderr);
        assert!(run.stderr.contains(help) && !run.stderr.contains("menade du"), "{}", run.stderr);
    }
}

//! Editions that are kept, and what has changed since.

use std::collections::BTreeMap;

use crate::door::{COMPLETE, Workspace, text};

/// The small catalogue of the year after, when 2027 has been frozen.
fn a_year_later() -> Workspace {
    let workspace = Workspace::of("liten");
    let run = workspace.run(&["freeze"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        run.stderr.contains("Utgåva 2027, version 1.0, är fryst i content/utgavor/2027-1-0.yaml"),
        "{}",
        run.stderr
    );
    workspace
        .replacing("content/katalog.yaml", "år: 2027", "år: 2028")
        .replacing("content/tjanster/orbit-planering.yaml", "12 345,50", "12 500")
        .replacing("content/tjanster/orbit-planering.yaml", "antal: 2", "antal: 3")
}

#[test]
fn what_differs_from_the_frozen_edition_is_told() {
    let run = a_year_later().draft().run(&["diff"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    insta::assert_snapshot!(run.stdout.replace('\u{a0}', " "), @"
    Ändringar sedan utgåva 2027, version 1.0

    ~ Orbit Planering (IS/IT-tjänst)
        Avrop i Tjänste-OLA, Servrar.Guld: 2 → 3
        Pris, artikel 1001: Användare: 12 345,50 kr per användare och månad → Användare: 12 500 kr per användare och månad

    5 poster är som de var.
    ");
}

/// An edition of an earlier form keeps less: what it says nothing of is not compared, and not said to be.
#[test]
fn what_is_compared_is_told_as_it_is() {
    let changes = |workspace: &Workspace| {
        let run = workspace.run(&["build", "--format", "html"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        text(&workspace.output(), "html/andringar.html").replace('\u{a0}', " ")
    };
    let workspace = a_year_later().draft();
    let told = changes(&workspace);
    assert!(told.contains("priser med sina villkor, kostnader och vilka som betalar dem,"), "{told}");
    assert!(!told.contains("Annat finns inte sparat"), "{told}");
    let path = "content/utgavor/2027-1-0.yaml";
    let kept = std::fs::read_to_string(workspace.path().join(path)).unwrap();
    let earlier: String =
        kept.lines().filter(|line| !line.starts_with("form:")).map(|line| format!("{line}\n")).collect();
    let told = changes(&workspace.with(path, earlier));
    let less = "ansvariga, priser, kostnader och vad tjänster och produkter bygger på. \
                Annat finns inte sparat från utgåva 2027.";
    assert!(told.contains(less), "{told}");
}

/// What a price may have beside it, and who pays of a cost.
const SERVERS: &str = "content/stodjande-tjanster/servrar.yaml";
const TERMS: &str = "namn: Servrar
klass: teknisk
erbjudanden:
  - suffix: Guld
    priser:
      - {artikel: \"1\", benämning: A, pris: 80, enhet: GB, per: månad, grundavgift: 200, ingående_volym: 10}
      - {artikel: \"2\", benämning: B, pris: 90, enhet: GB, block: 100, per: månad, fakturering: per kvartal}
      - {artikel: \"3\", benämning: C, enhet: GB, per: år, trappa: [{till: 10, pris: 5}, {pris: 4}]}
      - {artikel: \"4\", benämning: D, pris: 1, block: 10, per: år, giltig_från: 2027-03-01, fotnot: En *not*.}
  - suffix: Järn
    priser:
      - {artikel: \"5\", benämning: E, pris: 1, per: år}
      - {artikel: \"6\", benämning: F, pris: 1, enhet: timme, per: timme}
";

fn with_terms() -> Workspace {
    Workspace::of("liten")
        .draft()
        .with(SERVERS, TERMS)
        .with("content/kunder.yaml", "- {id: su, namn: SU}\n- {id: sas, namn: SÄS}\n")
        .with(
            "content/produkter/drift.yaml",
            "namn: Drift\nkostnad: {belopp: 100, fördelning: [{kund: su, andel: 60}, {kund: sas, andel: \"40,0\"}]}\n",
        )
}

#[test]
fn all_that_changes_what_is_paid_or_when_is_told_in_words() {
    let workspace = with_terms();
    assert_eq!(workspace.run(&["freeze"]).code, 0);
    let later = workspace.replacing("content/katalog.yaml", "år: 2027", "år: 2028");
    let run = later.run(&["diff"]);
    assert!(!run.stdout.contains('~'), "{}", run.stdout);
    let later = later
        .replacing("content/katalog.yaml", "enhet: Digital service", "enhet: Digital service\nmoms: inklusive")
        .replacing(SERVERS, "  - suffix: Guld\n", "  - suffix: Guld\n    miljö: test\n")
        .replacing(SERVERS, "grundavgift: 200", "grundavgift: 20000")
        .replacing(SERVERS, "block: 100", "block: 10")
        .replacing(SERVERS, "per kvartal", "per år")
        .replacing(SERVERS, "{till: 10, pris: 5}", "{till: 9, pris: 5}")
        .replacing(SERVERS, "block: 10, per: år, giltig_från: 2027-03-01, fotnot: En *not*.", "block: 20, per: år")
        .replacing(SERVERS, "  - suffix: Järn\n    priser:\n", "")
        .replacing(SERVERS, "enhet: timme, ", "")
        .replacing("content/produkter/drift.yaml", "andel: 60", "andel: 61")
        .replacing("content/produkter/drift.yaml", "\"40,0\"", "39");
    let run = later.run(&["diff"]);
    insta::assert_snapshot!(run.stdout.replace('\u{a0}', " "), @"
    Ändringar sedan utgåva 2027, version 1.0

    ~ Alla tjänster och priser
        Moms: exklusive → inklusive

    ~ Servrar (stödjande tjänst)
        Erbjudandet Servrar.Guld: finns → test
        Villkor, artikel 1: Grundavgift 200 kr; ingående volym 10 GB → Grundavgift 20 000 kr; ingående volym 10 GB
        Pris, artikel 2: B: 90 kr per 100 GB och månad → B: 90 kr per 10 GB och månad
        Villkor, artikel 2: Fakturering: per kvartal → Fakturering: per år
        Pris, artikel 3: C: 1–10: 5 kr; från 11: 4 kr per GB och år → C: 1–9: 5 kr; från 10: 4 kr per GB och år
        Pris, artikel 4: D: 1 kr per block om 10 och år → D: 1 kr per block om 20 och år
        Erbjudande, artikel 5: Servrar.Järn → Servrar.Guld
        Erbjudande, artikel 6: Servrar.Järn → Servrar.Guld
        Erbjudandet Servrar.Järn: finns → inget
        Fotnot, artikel 4: En not. → inget
        Räknas i, artikel 6: timme → inget
        Villkor, artikel 4: Från 1 mars 2027 → inget

    ~ Drift (produkt)
        Andel, SU: 60 % → 61 %
        Andel, SÄS: 40 % → 39 %

    5 poster är som de var.
    ");
    let page = later.published();
    let page = text(&page, "html/andringar.html").replace('\u{a0}', " ");
    assert!(page.contains("Grundavgift 20 000 kr; ingående volym 10 GB</td>"), "{page}");
    assert!(page.contains("Det som gäller alla tjänster och priser") && page.contains("inklusive</td>"), "{page}");
    let run = later.run(&["check"]);
    assert!(
        run.stderr.contains("Erbjudandet Servrar.Guld; Villkor, artikel 1; Pris, artikel 2; 9 till"),
        "{}",
        run.stderr
    );
}

#[test]
fn an_article_whose_price_changes_in_the_year_is_one_article() {
    let last = "  - suffix: Järn\n    priser:\n";
    let price = "      - {artikel: \"7\", benämning: G, pris: 100, enhet: server, per: månad";
    let two = format!(
        "{last}{price}, giltig_till: 2027-06-30, fotnot: Höjs.}}\n{}, giltig_från: 2027-07-01, grundavgift: 5}}\n",
        price.replace("100", "150")
    );
    let workspace = with_terms().replacing(SERVERS, last, &two);
    let run = workspace.run(&["check"]);
    assert!(!run.stderr.contains("K176"), "{}", run.stderr);
    assert_eq!(workspace.run(&["freeze"]).code, 0);
    // The year after, its price is that of the second half.
    let one = format!("{last}{}}}\n", price.replace("100", "150"));
    let later = workspace.replacing(SERVERS, &two, &one).replacing("content/katalog.yaml", "år: 2027", "år: 2028");
    insta::assert_snapshot!(later.run(&["diff"]).stdout.replace('\u{a0}', " "), @"
    Ändringar sedan utgåva 2027, version 1.0

    ~ Servrar (stödjande tjänst)
        Pris, artikel 7: G: 100 kr per server och månad; från 1 juli 2027: 150 kr per server och månad, grundavgift 5 kr → G: 150 kr per server och månad
        Fotnot, artikel 7: Höjs. → inget

    6 poster är som de var.
    ");
}

#[test]
fn another_name_of_an_article_from_some_day_is_a_change() {
    let last = "  - suffix: Järn\n    priser:\n";
    let price = "      - {artikel: \"7\", benämning: G, pris: 100, enhet: server, per: månad";
    let two = |name: &str| {
        let then = price.replace("benämning: G", &format!("benämning: {name}"));
        format!("{last}{price}, giltig_till: 2027-06-30}}\n{then}, giltig_från: 2027-07-01}}\n")
    };
    let workspace = with_terms().replacing(SERVERS, last, &two("G"));
    assert_eq!(workspace.run(&["freeze"]).code, 0);
    let renamed = workspace.replacing(SERVERS, &two("G"), &two("H"));
    let told = renamed.run(&["diff"]).stdout.replace('\u{a0}', " ");
    assert!(told.contains("från 1 juli 2027: H: 100 kr per server och månad"), "{told}");
}

#[test]
fn prices_that_are_set_anew_for_the_edition_are_no_change() {
    const FEE: &str = "grundavgift: 200, ingående_volym: 10";
    let year = |year| format!("giltig_från: {year}-01-01, giltig_till: {year}-12-31");
    let half = |year| format!("{FEE}, giltig_till: {year}-06-30");
    let workspace =
        with_terms().replacing(SERVERS, "fakturering: per kvartal", &year(2027)).replacing(SERVERS, FEE, &half(2027));
    assert_eq!(workspace.run(&["freeze"]).code, 0);
    let later = workspace
        .replacing("content/katalog.yaml", &year(2027), &year(2028))
        .replacing("content/katalog.yaml", "år: 2027", "år: 2028")
        .replacing(SERVERS, &year(2027), &year(2028))
        .replacing(SERVERS, &half(2027), &half(2028))
        .replacing(SERVERS, "klass: teknisk", "klass: teknisk\nförändring: {typ: oförändrad}");
    assert_eq!(later.run(&["diff"]).stdout, "Ändringar sedan utgåva 2027, version 1.0\n\n7 poster är som de var.\n");
    assert!(!later.run(&["check"]).stderr.contains("K188"));
    // A day that has moved by itself is a change, and so are other words.
    let later = later.replacing(SERVERS, &year(2028), "giltig_från: 2028-01-01, giltig_till: 2028-10-31").replacing(
        SERVERS,
        "grundavgift: 200",
        "grundavgift: 250",
    );
    insta::assert_snapshot!(later.run(&["diff"]).stdout.replace('\u{a0}', " "), @"
    Ändringar sedan utgåva 2027, version 1.0

    ~ Servrar (stödjande tjänst)
        Villkor, artikel 1: Grundavgift 200 kr; ingående volym 10 GB; till 30 juni 2027 → Grundavgift 250 kr; ingående volym 10 GB; till 30 juni 2028
        Villkor, artikel 2: Från 1 januari 2027; till 31 december 2027 → Från 1 januari 2028; till 31 oktober 2028

    6 poster är som de var.
    ");
}

#[test]
fn what_is_paid_and_promised_by_another_row_or_level_is_told() {
    let workspace = with_terms();
    assert_eq!(workspace.run(&["freeze"]).code, 0);
    let (one, other) = (
        "      - {artikel: \"1\", benämning: A, pris: 80, enhet: GB, per: månad, grundavgift: 200, ingående_volym: 10}\n",
        "      - {artikel: \"2\", benämning: B, pris: 90, enhet: GB, block: 100, per: månad, fakturering: per kvartal}\n",
    );
    let levels = "content/tjanstenivaer.yaml";
    // A call that names no article pays for the first, which nobody does of Järn, and a level has its name from what it promises.
    let later = workspace
        .replacing(SERVERS, &format!("{one}{other}"), &format!("{other}{one}"))
        .replacing(levels, "öppettid: dygnet-runt", "öppettid: kontorstid")
        .replacing(levels, "åtgärdstid: 2 timmar", "åtgärdstid: 8 timmar")
        .replacing(levels, "nedtid_per_år: 8 timmar", "nedtid_per_år: 480 minuter")
        .replacing(levels, "tillgänglighet: \"99,91 %\"", "tillgänglighet: \"99,64 %\"")
        .replacing("content/katalog.yaml", "version: \"1.0\", status: utkast", "version: \"1.1\", status: utkast")
        .replacing("content/katalog.yaml", "giltig_till: 2027-12-31", "giltig_till: 2027-10-31");
    let run = later.run(&["diff"]);
    insta::assert_snapshot!(run.stdout.replace('\u{a0}', " "), @"
    Ändringar sedan utgåva 2027, version 1.0

    ~ Alla tjänster och priser
        Gäller till: 31 december 2027 → 31 oktober 2027

    ~ Orbit Planering (IS/IT-tjänst)
        Öppettid: 24/7/365 → kontorstid 08:00–16:45, 256 dagar per år
        Åtgärdstid: 2 timmar → 8 timmar

    ~ Servrar (stödjande tjänst)
        Räknas i avrop, Servrar.Guld: artikel 1 → artikel 2

    ~ Kontorstid – 8 timmar (tjänstenivå)
        Namn: 24/7/365 – 2 timmar → Kontorstid – 8 timmar
        Öppettid: 24/7/365 → kontorstid 08:00–16:45, 256 dagar per år
        Åtgärdstid: 2 timmar → 8 timmar
        Tillgänglighet: 99,91 % → 99,64 %

    4 poster är som de var.
    ");
}

#[test]
fn a_cost_is_compared_as_it_is_published() {
    let costs = |amount: &str| format!("namn: Drift\nkostnad: {{belopp: \"{amount}\"}}\n");
    let path = "content/produkter/drift.yaml";
    let workspace = Workspace::of("liten").draft().with(path, costs("100,005"));
    assert_eq!(workspace.run(&["freeze"]).code, 0);
    let later = workspace.replacing("content/katalog.yaml", "år: 2027", "år: 2028").with(path, costs("100,006"));
    let told = later.run(&["diff"]).stdout.replace('\u{a0}', " ");
    assert!(!told.contains("Kostnad per år"), "{told}");
    let told = later.with(path, costs("100,016")).run(&["diff"]).stdout.replace('\u{a0}', " ");
    assert!(told.contains("Kostnad per år: 100,01 kr → 100,02 kr"), "{told}");
}

#[test]
fn what_an_earlier_form_of_editions_does_not_say_is_not_compared() {
    // What a contract says was always kept, by the name that levels have for it too.
    let workspace = with_terms().replacing("content/kontrakt/stod-for-orbit.yaml", "åtgärdstid: 2 timmar\n", "");
    assert_eq!(workspace.run(&["freeze"]).code, 0);
    let path = workspace.path().join("content/utgavor/2027-1-0.yaml");
    let kept = std::fs::read_to_string(&path).unwrap();
    assert!(kept.contains("form: 5\n") && kept.contains("\n  \"Moms\": \"exklusive\"\n"), "{kept}");
    // As an edition was frozen before the terms were kept.
    let is_new = |line: &str| {
        ["form:", "antal:", "uppgifter:"].iter().any(|key| line.starts_with(key))
            || ["Moms", "Räknas i,", "Villkor,", "Fotnot,", "Erbjudande,", "Andel,", "Högsta nedtid", "SLA gäller"]
                .iter()
                .chain(&["Räknas i avrop,", "Öppettid", "Åtgärdstid", "Gäller", "Processer", "Applikation"])
                .chain(&["Informations", "Förmågor", "Team", "Beställs", "Uppdatering"])
                .any(|label| line.contains(&format!("\"{label}")))
    };
    let (kept, _levels) = kept.split_once("  - id: \"guld\"").unwrap();
    let before: String = kept.lines().filter(|line| !is_new(line)).map(|line| format!("{line}\n")).collect();
    let later = workspace
        .with("content/utgavor/2027-1-0.yaml", before)
        .replacing("content/katalog.yaml", "år: 2027", "år: 2028")
        .replacing(SERVERS, "pris: 80", "pris: 81");
    let run = later.run(&["diff"]);
    insta::assert_snapshot!(run.stdout.replace('\u{a0}', " "), @"
    Ändringar sedan utgåva 2027, version 1.0

    ~ Servrar (stödjande tjänst)
        Pris, artikel 1: A: 80 kr per GB och månad → A: 81 kr per GB och månad

    4 poster är som de var.
    ");
}

#[test]
fn what_is_agreed_of_information_orders_and_kinds_is_part_of_an_edition() {
    const ORBIT: &str = "content/tjanster/orbit-planering.yaml";
    const DRIFT: &str = "content/produkter/orbit-drift.yaml";
    const DESK: &str = "servicedesk: {namn: Servicedesk, öppettid: kontorstid}";
    const PROCESSES: &str = "- {id: operera, namn: Operera}\n- {id: planera, namn: \"Planera, i samråd\"}\n";
    let workspace = Workspace::of("liten")
        .draft()
        .replacing(DRIFT, "avdelning: driften", "avdelning: driften\nteam: Orbit")
        .replacing(ORBIT, "processer: [operera]", "processer: [operera, planera]")
        .with("content/processer.yaml", PROCESSES);
    assert_eq!(workspace.run(&["freeze"]).code, 0);
    let kept = std::fs::read_to_string(workspace.path().join("content/utgavor/2027-1-0.yaml")).unwrap();
    let later = workspace
        .replacing("content/katalog.yaml", "år: 2027", "år: 2028")
        .replacing("content/katalog.yaml", DESK, &DESK.replace("kontorstid", "dygnet-runt"))
        .replacing(ORBIT, "{konfidentialitet: 3", "{konfidentialitet: 1")
        .replacing(ORBIT, "informationsägare: verksamheten", "informationsägare: redaktoren")
        .replacing(ORBIT, "processer: [operera, planera]", "processer: [operera]\nförändring: {typ: oförändrad}")
        .replacing(SERVERS, "{portal: true, cmdb: automatisk}", "{portal: false, cmdb: manuell}")
        .replacing(DRIFT, "team: Orbit", "team: Planering")
        .replacing("content/utgavor/2027-1-0.yaml", "slag: \"stödjande kontrakt\"", "slag: \"produkt\"");
    insta::assert_snapshot!(later.run(&["diff"]).stdout.replace('\u{a0}', " "), @"
    Ändringar sedan utgåva 2027, version 1.0

    ~ Alla tjänster och priser
        Öppettid, servicedesk: kontorstid 08:00–16:45 → 24/7/365

    ~ Orbit Planering (IS/IT-tjänst)
        Informationsklassning: konfidentialitet 3, riktighet 3, tillgänglighet 3 → konfidentialitet 1, riktighet 3, tillgänglighet 3
        Informationsägare: Verksamheten → Redaktören
        Processer, Planera, i samråd: ja → inget

    ~ Servrar (stödjande tjänst)
        Beställs i Service Portalen: ja → nej
        Uppdatering av CMDB: automatisk → manuell

    ~ Orbit-drift (produkt)
        Team: Orbit → Planering

    ~ Stöd för Orbit (stödjande kontrakt)
        Slag: produkt → stödjande kontrakt

    2 poster är som de var.
    ");
    let told = later.run(&["check"]).stderr;
    assert!(told.contains("”Orbit Planering” sägs vara oförändrad, men har ändrats"), "{told}");

    // What an edition that was frozen before did not keep is not told.
    let is_new = |line: &&str| {
        [
            "antal:",
            "form:",
            "\"Informations",
            "\"Beställs",
            "\"Uppdatering",
            "\"Team",
            "\"Öppettid, s",
            "\"Processer",
            "\"Förmågor",
        ]
        .iter()
        .any(|key| line.trim_start().starts_with(key))
    };
    let before: String = kept.lines().filter(|line| !is_new(line)).map(|line| format!("{line}\n")).collect();
    let size = before.lines().filter(|line| line.contains("\": \"") || line.contains("- id:")).count();
    let before = before.replacen("år:", &format!("form: 4\nantal: {size}\når:"), 1);
    let run = later.with("content/utgavor/2027-1-0.yaml", before).run(&["diff"]);
    assert_eq!(run.stdout, "Ändringar sedan utgåva 2027, version 1.0\n\n6 poster är som de var.\n", "{}", run.stderr);
}

#[test]
fn an_edition_of_a_form_that_is_not_known_is_a_finding() {
    let workspace =
        Workspace::of("liten").with("content/utgavor/2026.yaml", "form: 99\når: 2026\nversion: \"1\"\nposter: []\n");
    let run = workspace.run(&["check"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("content/utgavor/2026.yaml:1:7: fel[K"), "{}", run.stderr);
    assert!(run.stderr.contains("”99” är ingen form av frysta utgåvor"), "{}", run.stderr);
}

#[test]
fn what_is_new_and_gone_is_told() {
    let workspace = a_year_later()
        .draft()
        .replacing("content/utgavor/2027-1-0.yaml", "id: \"orbit-drift\"", "id: \"det-gamla\"")
        .replacing("content/utgavor/2027-1-0.yaml", "namn: \"Orbit-drift\"", "namn: \"Det gamla\"");
    let run = workspace.run(&["diff"]);
    assert!(run.stdout.contains("\n+ Orbit-drift (produkt): ny\n"), "{}", run.stdout);
    assert!(run.stdout.contains("\n- Det gamla (produkt): borttagen\n"), "{}", run.stdout);
    let files = workspace.published();
    let page = text(&files, "html/andringar.html");
    assert!(page.contains("<li><a href=\"produkter/orbit-drift.html\">Orbit-drift</a> (produkt)</li>"));
    assert!(page.contains("<li>Det gamla (produkt)</li>"));
    assert!(text(&files, "html/produkter/orbit-drift.html").contains("Ny: den fanns inte i utgåva 2027"));
    let page = text(&files, "html/tjanster/orbit-planering.html");
    let of_years = "<td data-label=\"Utgåva 2027\">2</td><td data-label=\"Utgåva 2028\">3</td>";
    assert!(page.contains(&format!("Avrop i Tjänste-OLA, Servrar.Guld</th>{of_years}")), "{page}");
    assert!(
        text(&files, "html/stodjande-tjanster/servrar.html").contains("skiljer sig från utgåva 2027, version 1.0.")
    );
}

#[test]
fn what_is_told_as_new_and_gone_is_so_by_its_days() {
    const PLANNED: &str = "content/stodjande-tjanster/nat.yaml";
    const ENDING: &str = "content/produkter/gammal.yaml";
    let of = |year| {
        let status = "version: \"1.0\", status: utkast";
        format!("år: {year}, {status}, giltig_från: {year}-01-01, giltig_till: {year}-12-31")
    };
    let supporting = "namn: Nät\nklass: teknisk\nerbjudanden: [{suffix: Guld, servicenivå: guld}]\n";
    let to_come = "livscykel: {status: planerad, från: 2029-02-01}\nförändring: {typ: ny, motivering: Den behövs.}\n";
    let ending = "namn: Gammal\nlivscykel: {status: under-avveckling, till: 2027-12-31}\n";
    let workspace = Workspace::of("liten").draft().with(ENDING, ending);
    assert_eq!(workspace.run(&["freeze"]).code, 0);

    // In the next edition one has ended, and one is not there yet.
    let workspace = workspace
        .replacing("content/katalog.yaml", &of(2027), &of(2028))
        .replacing(ENDING, "under-avveckling", "avvecklad")
        .with(PLANNED, format!("{supporting}{to_come}"));
    let run = workspace.run(&["diff"]);
    let told = "Ändringar sedan utgåva 2027, version 1.0\n\n- Gammal (produkt): borttagen\n\n6 poster är som de var.\n";
    assert_eq!(run.stdout, told);
    assert!(!workspace.run(&["check"]).stderr.contains("K188"));
    let page = workspace.published();
    assert!(text(&page, "html/andringar.html").contains("<li>Gammal (produkt)</li>"));
    assert!(!text(&page, "html/stodjande-tjanster/nat.html").contains("Ändringar sedan"));
    assert_eq!(workspace.run(&["freeze"]).code, 0);
    // What is frozen is frozen also of what is to come and what is over.
    let rewritten = workspace.run(&["diff"]).stdout;
    assert_eq!(rewritten, told);

    // In the one after that it has come, and what had ended is not told to be gone once more.
    let workspace = workspace.replacing("content/katalog.yaml", &of(2028), &of(2029));
    let told = "Ändringar sedan utgåva 2028, version 1.0\n\n+ Nät (stödjande tjänst): ny\n\n7 poster är som de var.\n";
    assert_eq!(workspace.run(&["diff"]).stdout, told);
    let workspace = workspace.without(ENDING);
    assert_eq!(workspace.run(&["diff"]).stdout, told.replace('7', "6"));
    assert!(!workspace.run(&["check"]).stderr.contains("K188"));
    let unchanged = workspace.replacing(PLANNED, "typ: ny", "typ: oförändrad");
    assert!(unchanged.run(&["check"]).stderr.contains("”Nät” sägs vara oförändrad, men fanns inte i utgåva 2028"));

    // What is put off is told by its days, and has not become anything else.
    let later =
        unchanged.replacing(PLANNED, "typ: oförändrad", "typ: ny").replacing(PLANNED, "2029-02-01", "2030-02-01");
    insta::assert_snapshot!(later.run(&["diff"]).stdout.replace('\u{a0}', " "), @"
    Ändringar sedan utgåva 2028, version 1.0

    ~ Nät (stödjande tjänst)
        Börjar: 1 februari 2029 → 1 februari 2030

    6 poster är som de var.
    ");
    assert!(!later.run(&["check"]).stderr.contains("K188"));

    // A frozen edition is not rewritten by what is to come either.
    let own = later.replacing("content/katalog.yaml", &of(2029), &of(2028)).without(PLANNED);
    assert!(own.run(&["diff"]).stdout.contains("- Nät (stödjande tjänst): borttagen"));
}

#[test]
fn a_frozen_edition_is_never_written_over() {
    let workspace =
        Workspace::of("liten").with("content/utgavor/2027-1-0.yaml", "år: 2027\nversion: \"1.0\"\nposter: []\n");
    let run = workspace.run(&["freeze"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("finns redan"), "{}", run.stderr);
    let kept = std::fs::read_to_string(workspace.path().join("content/utgavor/2027-1-0.yaml")).unwrap();
    assert_eq!(kept, "år: 2027\nversion: \"1.0\"\nposter: []\n");
}

#[test]
fn an_edition_is_frozen_once_whatever_its_file_is_called() {
    let workspace =
        Workspace::of("liten").with("content/utgavor/arkiv.yaml", "år: 2027\nversion: \"1.0\"\nposter: []\n");
    let run = workspace.run(&["freeze"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("utgåva 2027, version 1.0, är redan fryst i content/utgavor"), "{}", run.stderr);
    // It says something else.
    assert!(workspace.run(&["check"]).stderr.contains("fel[K412]"));
    // A version that is written in another way is no other.
    for version in ["1", "1.0.0"] {
        let other = Workspace::of("liten")
            .with("content/utgavor/2027-1-0.yaml", "år: 2027\nversion: \"1.0\"\nposter: []\n")
            .replacing("content/katalog.yaml", "\"1.0\"", &format!("\"{version}\""));
        let told = other.run(&["check"]).stderr;
        assert!(told.contains("fel[K412]: utgåva 2027, version 1.0, är fryst"), "{version}: {told}");
        let frozen = other.run(&["freeze"]);
        assert!(frozen.code == 2 && frozen.stderr.contains("är redan fryst"), "{version}: {}", frozen.stderr);
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_no_edition_that_is_there() {
    let workspace = Workspace::of("liten");
    std::os::unix::fs::symlink("borta", workspace.path().join("content/utgavor")).unwrap();
    let run = workspace.run(&["freeze"]);
    let said = "kunde inte skriva content/utgavor/2027-1-0.yaml: en del av sökvägen är ingen mapp";
    assert!(run.code == 2 && run.stderr.contains(said), "{}", run.stderr);
}

#[test]
fn an_edition_that_is_not_decided_is_frozen_with_a_warning() {
    let told = "utgåvan är inte beslutad än";
    let decided = Workspace::of("liten").run(&["freeze"]);
    assert!(decided.code == 0 && !decided.stderr.contains(told), "{}", decided.stderr);
    let draft = Workspace::of("liten").draft().run(&["freeze"]);
    assert!(draft.code == 0 && draft.stderr.contains(told), "{}", draft.stderr);
}

#[test]
fn nothing_is_frozen_or_compared_when_the_content_has_errors() {
    let workspace =
        Workspace::of("liten").replacing("content/tjanster/orbit-planering.yaml", "servrar.guld", "servrar.gull");
    for command in ["freeze", "diff"] {
        let run = workspace.run(&[command]);
        assert_eq!(run.code, 1, "{}", run.stderr);
        assert!(run.codes().contains(&"K010"), "{}", run.stderr);
    }
    assert!(!workspace.path().join("content/utgavor").exists());
}

#[test]
fn without_an_earlier_edition_there_is_nothing_to_compare_with() {
    let workspace = Workspace::of("liten");
    let run = workspace.run(&["diff"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("ingen tidigare utgåva är fryst i content/utgavor"), "{}", run.stderr);
    // The edition itself, and those after it, are not earlier.
    let later = workspace.with("content/utgavor/2028.yaml", "år: 2028\nversion: \"1.0\"\nposter: []\n");
    assert_eq!(later.run(&["diff"]).code, 2);
    assert_eq!(later.run(&["freeze"]).code, 0);
    let same = later.run(&["diff"]);
    let said = "Utgåva 2027, version 1.0, säger det som den sade när den frystes.\n";
    assert_eq!((same.code, same.stdout.as_str()), (0, said));
    assert!(text(&later.published(), "html/andringar.html").contains("Ingen tidigare utgåva är sparad"));
}

#[test]
fn the_start_page_has_words_for_many_services_and_for_an_edition_like_the_one_before() {
    let many = (0..41).fold(a_year_later().draft(), |workspace, number| {
        workspace.with(&format!("content/tjanster/ny-{number}.yaml"), format!("namn: Ny {number}\n"))
    });
    let page = many.published();
    let page = text(&page, "html/index.html");
    assert!(
        page.contains("Utgåvan har 42 IS/IT-tjänster. Sök överst på sidan, eller välj i <a href=\"tjanster.html\">")
    );
    assert!(page.contains("Sedan utgåva 2027 är 41 nya, 1 ändrad och 0 borttagna av"));
    let same = Workspace::of("liten");
    assert_eq!(same.run(&["freeze"]).code, 0);
    let same = same.draft().replacing("content/katalog.yaml", "år: 2027", "år: 2028").published();
    let page = text(&same, "html/index.html");
    assert!(page.contains("<li><a href=\"tjanster/orbit-planering.html\">"));
    assert!(page.contains("<p>Inga uppgifter som jämförs skiljer sig från utgåva 2027. "), "{page}");
}

#[test]
fn mistakes_in_a_frozen_edition_are_found_at_their_place() {
    let workspace = Workspace::of("liten")
        .with("content/utgavor/2026.yaml", "år: 2026\nversion: \"1\"\nposter:\n  - {id: a, namn: A}\n");
    let run = workspace.run(&["check"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("content/utgavor/2026.yaml:4:6: fel[K"), "{}", run.stderr);
}

#[test]
fn a_frozen_edition_that_is_cut_off_is_found_wherever_it_ends() {
    let workspace = with_terms();
    assert_eq!(workspace.run(&["freeze"]).code, 0);
    let path = workspace.path().join("content/utgavor/2027-1-0.yaml");
    let kept = std::fs::read_to_string(&path).unwrap();
    let whole = kept.trim_end().len();
    let ends = kept.match_indices('\n').flat_map(|(end, _)| [end, end + 1, end.saturating_sub(3)]);
    let ends = ends.filter(|end| *end < whole && kept.is_char_boundary(*end));
    for end in ends {
        std::fs::write(&path, &kept[..end]).unwrap();
        let run = workspace.run(&["check"]);
        assert_eq!(run.code, 1, "up to {}: {}", &kept[..end], run.stderr);
        assert!(run.stderr.contains("content/utgavor/2027-1-0.yaml:"), "{}", run.stderr);
    }
    std::fs::write(&path, &kept).unwrap();
    assert_eq!(workspace.run(&["check"]).code, 0);
}

#[test]
fn what_a_frozen_edition_has_twice_is_found_at_its_place() {
    let entry = |id: &str, name: &str| format!("  - {{id: {id}, slag: produkt, namn: {name}}}\n");
    let head = "år: 2026\nversion: \"1\"\nposter:\n";
    let edition = [head, &entry("orbit", "A"), &entry("b", "B"), &entry("orbit", "C")].concat();
    let workspace = Workspace::of("liten").with("content/utgavor/2026.yaml", edition);
    for command in ["check", "diff", "freeze"] {
        let run = workspace.run(&[command]);
        assert_eq!(run.code, 1, "{command}: {}", run.stderr);
        let told = "content/utgavor/2026.yaml:6:10: fel[K009]: posten ”orbit” står två gånger i utgåvan";
        assert_eq!(run.findings(), [told], "{command}");
    }
}

#[test]
fn names_and_facts_of_an_earlier_edition_are_no_markup() {
    let page = text(&COMPLETE, "html/andringar.html");
    assert!(page.contains("Borta &amp; glömd (produkt)"));
    assert!(page.contains("Orbit &lt;före&gt;"));
    assert!(page.contains("Ingen *nivå*") && page.contains("[[sla]]") && page.contains("Udda | uppgift"));
}

#[test]
fn a_feed_tells_of_the_changes_where_the_site_has_an_address() {
    let feed = text(&COMPLETE, "html/andringar.xml");
    assert!(feed.starts_with(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"sv\">"
    ));
    assert_well_formed(feed);
    assert!(feed.contains("<link rel=\"self\" href=\"https://katalog.example/2027/andringar.xml\"/>"));
    assert!(feed.contains("<updated>2026-10-05T00:00:00Z</updated>"));
    assert!(feed.contains("href=\"https://katalog.example/2027/tjanster/orbit-planering.html\""));
    let page = text(&COMPLETE, "html/tjanster/orbit-planering.html");
    assert!(page.contains(
        "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"Ändringar\" href=\"../andringar.xml\">"
    ));
    let without = Workspace::of("liten").published();
    assert!(!without.contains_key("html/andringar.xml"));
    assert!(!text(&without, "html/index.html").contains("andringar.xml"));
}

#[test]
fn an_entry_of_the_feed_has_its_id_whatever_else_is_told() {
    let first = "historik: [{version: \"1.0\", datum: 2026-11-16, utfärdare: Redaktören, orsak: Första utgåvan}]";
    let draft = "historik: [{version: \"0.9\", datum: 2026-11-02, utfärdare: Redaktören, orsak: Utkast}, ";
    let workspace = a_year_later()
        .draft()
        .replacing("content/katalog.yaml", "organisation:", "webbadress: https://katalog.example/\norganisation:")
        .replacing("content/utgavor/2027-1-0.yaml", "id: \"orbit-drift\"", "id: \"det-gamla\"");
    let before = entries(&workspace);
    assert_eq!(before["https://katalog.example/andringar.xml#2026-11-16-prislista/1.0"], "Prislista, version 1.0");
    assert_eq!(
        before["https://katalog.example/andringar.xml#2028-det-gamla"],
        "Orbit-drift (produkt): finns inte längre"
    );
    let later = workspace
        .replacing("content/stodjande-tjanster/servrar.yaml", "pris: 4300", "pris: 4400")
        .replacing("content/utgavor/2027-1-0.yaml", "\"Moms\": \"exklusive\"", "\"Moms\": \"inklusive\"")
        .replacing("content/utgavor/2027-1-0.yaml", "id: \"stod-for-orbit\"", "id: \"avtal\"")
        .replacing("content/katalog.yaml", first, &first.replace("historik: [", draft));
    let after = entries(&later);
    for (id, title) in &before {
        assert_eq!(after.get(id), Some(title), "{id}");
    }
    let new: Vec<&str> =
        after.keys().filter(|id| !before.contains_key(*id)).filter_map(|id| Some(id.split_once('#')?.1)).collect();
    assert_eq!(
        new,
        [
            "2026-11-02-katalog-stodjande-tjanster/0.9",
            "2026-11-02-prislista/0.9",
            "2026-11-02-tjanstekatalog/0.9",
            "2028-avtal",
            "2028-priser/alla",
            "2028-servrar",
            "2028-stod-for-orbit"
        ]
    );

    // A correction is told beside what has changed since the year before.
    assert_eq!(later.run(&["freeze"]).code, 0);
    let corrected = later
        .replacing("content/katalog.yaml", "version: \"1.0\", status", "version: \"1.1\", status")
        .replacing("content/stodjande-tjanster/servrar.yaml", "pris: 4400", "pris: 4500");
    let mut corrected = entries(&corrected);
    let title = corrected.remove("https://katalog.example/andringar.xml#2028-rattelse/1.1/servrar");
    assert_eq!(title.as_deref(), Some("Servrar (stödjande tjänst): ändrad i version 1.1"));
    assert_eq!(corrected, after);
}

/// The entries of the feed: their titles by their ids, of which none comes twice.
fn entries(workspace: &Workspace) -> BTreeMap<String, String> {
    let files = workspace.published();
    let feed = text(&files, "html/andringar.xml");
    let mut entries = BTreeMap::new();
    for entry in feed.split("<entry>").skip(1) {
        let value = |name: &str| {
            let (_, rest) = entry.split_once(&format!("<{name}>")).unwrap();
            rest.split_once("</").unwrap().0.to_string()
        };
        assert_eq!(entries.insert(value("id"), value("title")), None, "{feed}");
    }
    entries
}

/// The feed is well-formed.
fn assert_well_formed(feed: &str) {
    let mut reader = quick_xml::Reader::from_str(feed);
    reader.config_mut().check_end_names = true;
    while reader.read_event().expect("the feed is well-formed") != quick_xml::events::Event::Eof {}
}

#[test]
fn what_a_level_promises_is_part_of_an_edition() {
    let workspace = Workspace::of("liten").draft().with(
        "content/kontrakt/nat.yaml",
        "namn: Nät\nleverantör: Nätbolaget\nöppettid: dygnet-runt\nåtgärdstid: 1 timme\n",
    );
    assert_eq!(workspace.run(&["freeze"]).code, 0);
    let later = workspace
        .replacing("content/katalog.yaml", "år: 2027", "år: 2028")
        .replacing("content/katalog.yaml", "dagar_per_år: 256", "dagar_per_år: 250")
        .replacing(
            "content/tjanstenivaer.yaml",
            "nedtid_per_år: 8 timmar, tillgänglighet: \"99,91 %\"",
            "nedtid_per_år: 80 timmar",
        )
        .replacing(
            "content/servicenivaer.yaml",
            "återställsetid: 2 timmar, avbrott_per_år: 2",
            "återställsetid: 4 timmar, avbrott_per_år: inte garanterat",
        )
        .replacing("content/tjanster/orbit-planering.yaml", "samband: serie", "samband: redundant")
        .replacing("content/tjanster/orbit-planering.yaml", "giltig_till: 2027-12-31", "giltig_till: 2027-06-30")
        .replacing("content/kontrakt/nat.yaml", "öppettid: dygnet-runt", "öppettid: kontorstid");
    let run = later.run(&["diff"]);
    insta::assert_snapshot!(run.stdout.replace('\u{a0}', " "), @"
    Ändringar sedan utgåva 2027, version 1.0

    ~ Orbit Planering (IS/IT-tjänst)
        Högsta nedtid per år: 8 timmar → 80 timmar
        SLA gäller till: 31 december 2027 → 30 juni 2027
        Samband, Servrar.Guld × 2: serie → redundant

    ~ Nät (stödjande kontrakt)
        Öppettid: 24/7/365 → kontorstid 08:00–16:45, 250 dagar per år

    ~ Guld (servicenivå)
        Återställsetid: 2 timmar → 4 timmar
        Avbrott per år: 2 → inte garanterat

    ~ 24/7/365 – 2 timmar (tjänstenivå)
        Högsta nedtid per år: 8 timmar → 80 timmar
        Tillgänglighet: 99,91 % → 99,09 %

    3 poster är som de var.
    ");
    // An edition that was frozen before levels were kept has no new ones.
    let path = "content/utgavor/2027-1-0.yaml";
    let kept = std::fs::read_to_string(later.path().join(path)).unwrap();
    let (first, of_levels) = kept.split_once("  - id: \"guld\"").unwrap();
    assert!(of_levels.contains("  - id: \"dygnet-runt-2h\""), "{kept}");
    let is_new =
        |line: &&str| ["antal:", "\"Högsta", "\"SLA", "\"Öppettid", "form:"].iter().any(|key| line.contains(key));
    let before: String = first.lines().filter(|line| !is_new(line)).map(|line| format!("{line}\n")).collect();
    let run = later.with(path, before).run(&["diff"]);
    assert_eq!(run.stdout, "Ändringar sedan utgåva 2027, version 1.0\n\n5 poster är som de var.\n");
}

#[test]
fn what_is_renamed_is_told_once_and_what_is_agreed_anew_not_at_all() {
    const SERVERS: &str = "content/stodjande-tjanster/servrar.yaml";
    const ORBIT: &str = "content/tjanster/orbit-planering.yaml";
    let workspace = Workspace::of("liten").draft().replacing(
        ORBIT,
        "namn: Orbit Planering\n",
        "namn: Orbit Planering\ntjänsteområdesansvarig: redaktoren\n",
    );
    assert_eq!(workspace.run(&["freeze"]).code, 0);
    let later = workspace
        .replacing("content/katalog.yaml", "år: 2027", "år: 2028")
        .replacing(SERVERS, "namn: Servrar", "namn: Serverdrift")
        .replacing(
            ORBIT,
            "giltig_från: 2027-01-01\n  giltig_till: 2027-12-31",
            "giltig_från: 2028-01-01\n  giltig_till: 2028-12-31",
        );
    insta::assert_snapshot!(later.run(&["diff"]).stdout.replace('\u{a0}', " "), @"
    Ändringar sedan utgåva 2027, version 1.0

    ~ Serverdrift (stödjande tjänst)
        Namn: Servrar → Serverdrift

    5 poster är som de var.
    ");
    let later = later
        .replacing(
            SERVERS,
            "klass: teknisk",
            "klass: leverans\nstödjer: [orbit-planering]\nlivscykel: {status: aktiv, från: 2028-02-01}",
        )
        .replacing(ORBIT, "tjänsteområdesansvarig: redaktoren\n", "");
    insta::assert_snapshot!(later.run(&["diff"]).stdout.replace('\u{a0}', " "), @"
    Ändringar sedan utgåva 2027, version 1.0

    ~ Orbit Planering (IS/IT-tjänst)
        Tjänsteområdesansvarig: Redaktören → inget

    ~ Serverdrift (stödjande tjänst)
        Namn: Servrar → Serverdrift
        Klass: teknisk → leverans
        Stödjer: inget → Orbit Planering
        Livscykel: inget → Aktiv
        Börjar: inget → 1 februari 2028

    4 poster är som de var.
    ");
}

#[test]
fn a_name_that_is_a_word_elsewhere_is_changed_where_it_is_the_name() {
    const ORBIT: &str = "content/tjanster/orbit-planering.yaml";
    const PRODUCT: &str = "content/produkter/orbit-drift.yaml";
    let workspace = Workspace::of("liten")
        .draft()
        .replacing("content/personer.yaml", "namn: Redaktören", "namn: Ansvarig Orbit")
        .replacing(ORBIT, "fotnot: Minst tio.", "fotnot: \"Minst tio Orbit, på *[[orbit-drift]]*.\"")
        .replacing(PRODUCT, "namn: Orbit-drift", "namn: Orbit");
    assert_eq!(workspace.run(&["freeze"]).code, 0);
    let later = workspace.replacing("content/katalog.yaml", "år: 2027", "år: 2028").replacing(
        PRODUCT,
        "namn: Orbit",
        "namn: Plandrift",
    );
    insta::assert_snapshot!(later.run(&["diff"]).stdout, @"
    Ändringar sedan utgåva 2027, version 1.0

    ~ Plandrift (produkt)
        Namn: Orbit → Plandrift

    5 poster är som de var.
    ");
    assert!(!later.run(&["check"]).stderr.contains("K188"));

    // What has changed besides is told in the words of each edition, and what is new is not what had its name.
    let later = later
        .replacing(ORBIT, "fotnot: \"Minst tio Orbit", "fotnot: \"Minst två Orbit")
        .replacing("content/stodjande-tjanster/servrar.yaml", "produkter: [orbit-drift]", "produkter: [den-nya]")
        .with("content/produkter/den-nya.yaml", "namn: Orbit\nproduktansvarig: redaktoren\navdelning: driften\n");
    insta::assert_snapshot!(later.run(&["diff"]).stdout, @"
    Ändringar sedan utgåva 2027, version 1.0

    + Orbit (produkt): ny

    ~ Orbit Planering (IS/IT-tjänst)
        Fotnot, artikel 1001: Minst tio Orbit, på Orbit. → Minst två Orbit, på Plandrift.

    ~ Servrar (stödjande tjänst)
        Bygger på, Orbit: ja → inget
        Bygger på, Orbit (den-nya): inget → ja

    ~ Plandrift (produkt)
        Namn: Orbit → Plandrift

    3 poster är som de var.
    ");
}

#[test]
fn a_level_with_a_new_name_changes_no_price_and_no_offering() {
    let workspace = Workspace::of("liten").draft();
    assert_eq!(workspace.run(&["freeze"]).code, 0);
    let later = workspace.replacing("content/katalog.yaml", "år: 2027", "år: 2028").replacing(
        "content/servicenivaer.yaml",
        "namn: Guld",
        "namn: Gold",
    );
    // Its offering is still Servrar.Guld, and the price Server Guld.
    insta::assert_snapshot!(later.run(&["diff"]).stdout, @"
    Ändringar sedan utgåva 2027, version 1.0

    ~ Gold (servicenivå)
        Namn: Guld → Gold

    5 poster är som de var.
    ");
}

#[test]
fn a_name_that_comes_elsewhere_in_a_list_changes_no_list() {
    let workspace = Workspace::of("liten")
        .draft()
        .with(
            "content/stodjande-tjanster/nat.yaml",
            "namn: Nät\nklass: teknisk\nerbjudanden: [{suffix: Guld, servicenivå: guld}]\n",
        )
        .replacing(
            "content/tjanster/orbit-planering.yaml",
            "avrop: [",
            "avrop: [{erbjudande: nat.guld, samband: redundant}, ",
        );
    assert_eq!(workspace.run(&["freeze"]).code, 0);
    let later = workspace.replacing("content/katalog.yaml", "år: 2027", "år: 2028").replacing(
        "content/stodjande-tjanster/servrar.yaml",
        "namn: Servrar",
        "namn: Datorer",
    );
    insta::assert_snapshot!(later.run(&["diff"]).stdout, @"
    Ändringar sedan utgåva 2027, version 1.0

    ~ Datorer (stödjande tjänst)
        Namn: Servrar → Datorer

    6 poster är som de var.
    ");
}

#[test]
fn how_a_service_depends_on_a_call_is_told_apart_from_how_many_it_is_for() {
    const ORBIT: &str = "content/tjanster/orbit-planering.yaml";
    let workspace = Workspace::of("liten").draft().replacing(ORBIT, "samband: serie", "samband: redundant");
    assert_eq!(workspace.run(&["freeze"]).code, 0);
    let workspace = workspace.replacing("content/katalog.yaml", "år: 2027", "år: 2028");
    let more = workspace.replacing(ORBIT, "antal: 2", "antal: 6");
    insta::assert_snapshot!(more.run(&["diff"]).stdout, @"
    Ändringar sedan utgåva 2027, version 1.0

    ~ Orbit Planering (IS/IT-tjänst)
        Avrop i Tjänste-OLA, Servrar.Guld: 2 → 6

    5 poster är som de var.
    ");
    let in_series = more.replacing(ORBIT, "samband: redundant", "samband: serie");
    insta::assert_snapshot!(in_series.run(&["diff"]).stdout, @"
    Ändringar sedan utgåva 2027, version 1.0

    ~ Orbit Planering (IS/IT-tjänst)
        Avrop i Tjänste-OLA, Servrar.Guld: 2 → 6
        Samband, Servrar.Guld × 6: redundant → serie

    5 poster är som de var.
    ");
}

#[test]
fn calls_that_change_places_are_no_change() {
    const ORBIT: &str = "content/tjanster/orbit-planering.yaml";
    const CALL: &str = "{erbjudande: servrar.guld, antal: 2, samband: serie, avsnitt: Drift}";
    let calls = |dependencies: [&str; 3]| dependencies.map(|dependency| CALL.replace("serie", dependency)).join(", ");
    let first = calls(["redundant", "ej-kritisk", "serie"]);
    let workspace = Workspace::of("liten").draft().replacing(ORBIT, CALL, &first);
    assert_eq!(workspace.run(&["freeze"]).code, 0);
    let swapped = calls(["ej-kritisk", "redundant", "serie"]);
    let later = workspace.replacing("content/katalog.yaml", "år: 2027", "år: 2028").replacing(ORBIT, &first, &swapped);
    let told = "Ändringar sedan utgåva 2027, version 1.0\n\n6 poster är som de var.\n";
    assert_eq!(later.run(&["diff"]).stdout, told);
    let later = later.replacing(ORBIT, &swapped, &calls(["serie", "ej-kritisk", "redundant"]));
    assert_eq!(later.run(&["diff"]).stdout, told);
}

#[test]
fn an_edition_that_is_frozen_is_not_rewritten() {
    const PRICE: (&str, &str, &str) = ("content/tjanster/orbit-planering.yaml", "12 345,50", "1,00");
    let workspace = Workspace::of("liten");
    assert_eq!(workspace.run(&["freeze"]).code, 0);
    assert_eq!(workspace.run(&["check"]).code, 0);
    let rewritten = workspace.replacing(PRICE.0, PRICE.1, PRICE.2);
    let run = rewritten.run(&["check"]);
    assert_eq!(run.code, 1);
    let told =
        "fel[K412]: utgåva 2027, version 1.0, är fryst och säger nu något annat: Orbit Planering (Pris, artikel 1001)";
    assert!(run.stderr.contains(told) && run.stderr.contains("content/katalog.yaml:3:29:"), "{}", run.stderr);
    assert_eq!(rewritten.run(&["build"]).code, 1);
    let run = rewritten.run(&["diff"]);
    insta::assert_snapshot!(run.stdout.replace('\u{a0}', " "), @"
    Ändringar i utgåva 2027, version 1.0, sedan den frystes

    ~ Orbit Planering (IS/IT-tjänst)
        Pris, artikel 1001: Användare: 12 345,50 kr per användare och månad → Användare: 1 kr per användare och månad

    5 poster är som de var.
    ");

    // A new version may say something else, and a draft is told of it.
    let draft = rewritten.draft();
    assert!(draft.run(&["check"]).stderr.contains("varning[K412]"));
    let next = draft.replacing("content/katalog.yaml", "år: 2027, version: \"1.0\"", "år: 2027, version: \"1.1\"");
    assert!(!next.run(&["check"]).stderr.contains("K412"));
    assert!(next.run(&["diff"]).stdout.contains("Ändringar sedan utgåva 2027, version 1.0\n"));
}

#[test]
fn an_edition_that_says_less_of_its_size_than_its_form_asks_is_a_finding() {
    let workspace = Workspace::of("liten").draft();
    assert_eq!(workspace.run(&["freeze"]).code, 0);
    let path = "content/utgavor/2027-1-0.yaml";
    let kept = std::fs::read_to_string(workspace.path().join(path)).unwrap();
    let without: String =
        kept.lines().filter(|line| !line.starts_with("antal:")).map(|line| format!("{line}\n")).collect();
    let run = workspace.with(path, without).run(&["check"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("utgåvan säger inte hur många poster och uppgifter den frystes med"), "{}", run.stderr);
}

/// What is lost of the file is told of the file, and not as changes of what stands in the others.
#[test]
fn an_edition_that_is_cut_off_or_cannot_be_read_is_compared_with_nothing() {
    let path = "content/utgavor/2027-1-0.yaml";
    let mut workspace = a_year_later().draft();
    let whole = std::fs::read_to_string(workspace.path().join(path)).unwrap();
    workspace = workspace.with("content/utgavor/2026-1-0.yaml", whole.replace("år: 2027", "år: 2026"));
    assert!(workspace.run(&["check"]).stderr.contains("[K188]"));
    let half: String = whole.lines().take(whole.lines().count() / 2).map(|line| format!("{line}\n")).collect();
    for lost in [half, whole.replace("version: ", "version: [")] {
        workspace = workspace.with(path, lost);
        let run = workspace.run(&["check"]);
        assert!(run.code == 1 && run.stderr.contains(path), "{}", run.stderr);
        assert!(!run.stderr.contains("[K188]"), "{}", run.stderr);
    }
}

#[test]
fn versions_of_one_year_are_told_apart_and_levels_are_counted_as_levels() {
    let levels = "content/servicenivaer.yaml";
    let workspace = Workspace::of("felfri");
    assert_eq!(workspace.run(&["freeze"]).code, 0);
    let agreed = "content/tjanster/orbit-operationsplanering.yaml";
    let workspace = workspace
        .replacing("content/katalog.yaml", "version: \"1.0\", status", "version: \"1.1\", status")
        .replacing(levels, "återställsetid: 2 timmar, avbrott_per_år: 2", "återställsetid: 1 timme, avbrott_per_år: 2")
        .replacing(agreed, "tjänsteansvarig: anna-alm", "tjänsteansvarig: bo-berg");
    let files = workspace.published();
    let head = "Utgåva 2027, version 1.0 | Utgåva 2027, version 1.1 |";
    let heading = "Ändringar sedan utgåva 2027, version 1.0";
    for (path, wanted) in [
        ("markdown/tjanstekatalog-2027.md", vec![head, heading]),
        ("markdown/sla/orbit-operationsplanering.md", vec![head, heading]),
        ("html/andringar.html", vec![">Utgåva 2027, version 1.0<", ">Utgåva 2027, version 1.1<"]),
        ("html/tjanster/orbit-operationsplanering.html", vec![">Utgåva 2027, version 1.0<", heading]),
        (
            "html/index.html",
            vec!["Sedan utgåva 2027, version 1.0, är", "av tjänsterna, nivåerna, produkterna och kontrakten"],
        ),
    ] {
        let shown = text(&files, path);
        for words in wanted {
            assert!(shown.contains(words), "{path}: {words}\n{shown}");
        }
        assert!(!shown.contains("Utgåva 2027 |") && !shown.contains("Utgåva 2027</th>"), "{path}");
    }
}

#[test]
fn versions_may_begin_anew_with_each_years_edition() {
    let row = |version: &str, day: &str| format!("{{version: \"{version}\", datum: {day}, utfärdare: A, orsak: B}}");
    let first = "[{version: \"1.0\", datum: 2026-11-16, utfärdare: Redaktören, orsak: Första utgåvan}]";
    let found = |rows: &[(&str, &str)]| {
        let rows: Vec<String> = rows.iter().map(|(version, day)| row(version, day)).collect();
        let workspace = Workspace::of("liten").replacing(
            "content/katalog.yaml",
            &format!("dokument_id: DS-2027-1\n    historik: {first}"),
            &format!("dokument_id: DS-2027-1\n    historik: [{}]", rows.join(", ")),
        );
        let run = workspace.run(&["check"]);
        let of_rules = run.stderr.lines().filter(|line| line.contains("[K18"));
        let told = of_rules.filter_map(|line| Some(line.split_once(": ")?.1.split_once(" (Versions")?.0));
        told.map(|told| told.replace('\u{a0}', " ")).collect::<Vec<String>>()
    };
    let none: [&str; 0] = [];
    assert_eq!(found(&[("1.0", "2026-11-16"), ("0.9", "2027-10-04"), ("1.0", "2027-11-15")]), none);
    assert_eq!(found(&[("1.0", "2025-11-16"), ("1.0", "2026-11-15")]), none);
    // What is decided in January is followed by the next before the year is over.
    assert_eq!(found(&[("1.0", "2027-01-20"), ("0.9", "2027-10-04"), ("1.0", "2027-11-15")]), none);
    // A correction is of the year before the draft, and of the same calendar year.
    let corrected = [("0.9", "2026-10-04"), ("1.0", "2026-11-16"), ("1.1", "2027-06-01"), ("0.9", "2027-10-04")];
    let differs = "varning[K183]: ”Tjänstekatalog” har version 1.0, men historiken slutar med version 0.9";
    assert_eq!(found(&corrected), [differs]);
    // Within a year they do not, nor without days.
    let told = ["fel[K182]: version 0.9 av ”Tjänstekatalog” kommer efter version 1.0"];
    assert_eq!(found(&[("1.0", "2026-11-16"), ("0.9", "2026-11-17")]), told);
    let twice = ["fel[K182]: version 1.0 av ”Tjänstekatalog” står två gånger"];
    assert_eq!(found(&[("1.0", "2026-11-16"), ("1.0", "2026-11-17")]), twice);
    let back =
        "fel[K182]: version 1.0 av ”Tjänstekatalog” är från 15 november 2026, men version 0.9 från 4 oktober 2027";
    assert_eq!(found(&[("1.0", "2025-11-16"), ("0.9", "2027-10-04"), ("1.0", "2026-11-15")]), [back]);
}

#[test]
fn a_correction_is_told_beside_what_has_changed_since_the_year_before() {
    const EDITION: &str = "content/katalog.yaml";
    const NEW: &str = "content/tjanster/orbit-uppfoljning.yaml";
    let orbit = "content/tjanster/orbit-planering.yaml";
    // The built-in template has an appendix of changes.
    let workspace = a_year_later()
        .draft()
        .without("templates/documents/tjanstekatalog.md")
        .replacing(EDITION, "giltig_från: 2027-01-01, giltig_till: 2027", "giltig_från: 2028-01-01, giltig_till: 2028")
        .replacing(EDITION, "enhet: Digital service", "enhet: Digital service\nwebbadress: https://katalog.example/")
        .with(NEW, "namn: Orbit Uppföljning\nförändring: {typ: ny, motivering: Årets nya tjänst.}\n");
    assert_eq!(workspace.run(&["freeze"]).code, 0);
    let corrected = workspace
        .replacing(EDITION, "år: 2028, version: \"1.0\"", "år: 2028, version: \"1.1\"")
        .replacing(EDITION, "giltig_från: 2028-01-01", "giltig_från: 2028-06-01")
        .replacing(orbit, "12 500", "13 000");
    insta::assert_snapshot!(corrected.run(&["diff"]).stdout.replace('\u{a0}', " "), @"
    Ändringar sedan utgåva 2027, version 1.0

    + Orbit Uppföljning (IS/IT-tjänst): ny

    ~ Orbit Planering (IS/IT-tjänst)
        Avrop i Tjänste-OLA, Servrar.Guld: 2 → 3
        Pris, artikel 1001: Användare: 12 345,50 kr per användare och månad → Användare: 13 000 kr per användare och månad

    5 poster är som de var.

    Ändringar sedan utgåva 2028, version 1.0

    ~ Alla tjänster och priser
        Gäller från: 1 januari 2028 → 1 juni 2028

    ~ Orbit Planering (IS/IT-tjänst)
        Pris, artikel 1001: Användare: 12 500 kr per användare och månad → Användare: 13 000 kr per användare och månad

    6 poster är som de var.
    ");
    // What is new is so in the year.
    let told = corrected.run(&["check"]).stderr;
    assert!(!told.contains("”Orbit Uppföljning” sägs vara ny"), "{told}");
    assert!(told.contains("har ändrats sedan utgåva 2027, version 1.0"), "{told}");
    let files = corrected.published();
    for path in ["html/andringar.html", "markdown/tjanstekatalog-2028.md"] {
        let shown = text(&files, path).replace('\u{a0}', " ");
        let (of_year, since) = shown.rsplit_once("Ändringar sedan version 1.0").unwrap();
        assert!(of_year.contains("Orbit Uppföljning") && of_year.contains("12 345,50 kr"), "{path}: {of_year}");
        assert!(since.contains("skiljer version 1.1 av utgåvan från version 1.0"), "{path}: {since}");
        assert!(since.contains("12 500 kr") && since.contains("1 juni 2028"), "{path}: {since}");
    }
    let page = text(&files, "html/tjanster/orbit-planering.html").replace('\u{a0}', " ");
    assert!(page.contains("12 345,50 kr per användare") && !page.contains("12 500 kr"), "{page}");
    let told = entries(&corrected);
    let titles = ["2028-orbit-planering", "2028-rattelse/1.1/orbit-planering", "2028-orbit-uppfoljning"];
    let titles =
        titles.map(|mark| told.get(&format!("https://katalog.example/andringar.xml#{mark}")).unwrap().as_str());
    let orbit = "Orbit Planering (IS/IT-tjänst): ändrad";
    assert_eq!(titles, [orbit, &format!("{orbit} i version 1.1"), "Orbit Uppföljning (IS/IT-tjänst): ny"]);

    // The next year is compared with the last version, but for the day that the year's prices first held.
    assert_eq!(corrected.run(&["freeze"]).code, 0);
    let next = corrected.replacing(EDITION, "år: 2028, version: \"1.1\"", "år: 2029, version: \"1.0\"").replacing(
        EDITION,
        "giltig_från: 2028-06-01, giltig_till: 2028",
        "giltig_från: 2029-01-01, giltig_till: 2029",
    );
    let told = next.run(&["diff"]).stdout;
    assert_eq!(told, "Ändringar sedan utgåva 2028, version 1.1\n\n7 poster är som de var.\n");
}

/// The codes of what the rules on what is left from an earlier edition find, each with its line.
fn left(workspace: &Workspace) -> Vec<String> {
    let stderr = workspace.run(&["check"]).stderr;
    let codes = ["K415", "K416", "K425", "K426", "K185"];
    let found = stderr.lines().filter_map(|line| {
        let (place, told) = line.strip_prefix("content/")?.split_once(": ")?;
        let code = told.split_once('[')?.1.split_once(']')?.0;
        codes.contains(&code).then(|| format!("{code} {}", place.rsplit_once(':').unwrap().0))
    });
    found.collect()
}

#[test]
fn what_is_signed_decided_and_told_of_an_earlier_edition_is_found() {
    const EDITION: &str = "content/katalog.yaml";
    const ORBIT: &str = "content/tjanster/orbit-planering.yaml";
    let none: [&str; 0] = [];
    let reason = "förändring: {typ: förändrad, motivering: Nytt arbetssätt.}\n";
    let workspace = Workspace::of("liten")
        .replacing(ORBIT, "namn: Orbit Planering\n", &format!("namn: Orbit Planering\n{reason}"))
        .replacing(EDITION, "dokument_id: DS-2027-3", "dokument_id: DS-17");
    assert_eq!(left(&workspace), none);
    assert_eq!(workspace.run(&["freeze"]).code, 0);
    assert_eq!(left(&workspace), none);
    let year =
        "utgåva: {år: 2027, version: \"1.0\", status: beslutad, giltig_från: 2027-01-01, giltig_till: 2027-12-31}";
    let later = workspace.replacing(EDITION, year, &year.replace("2027", "2028"));
    // The same SLA, for the days that it was signed for, and the same calls.
    let of_documents: Vec<String> = ["10", "14", "15", "19", "23", "24", "28", "33"]
        .iter()
        .map(|line| format!("K415 katalog.yaml:{line}"))
        .collect();
    let repeated = "K416 tjanster/orbit-planering.yaml:2".to_string();
    assert_eq!(left(&later), [of_documents.clone(), vec![repeated]].concat());
    let days = "giltig_från: 2027-01-01\n  giltig_till: 2027-12-31";
    let prolonged =
        later.replacing(ORBIT, days, &days.replace("2027", "2028")).replacing(ORBIT, "antal: 2", "antal: 3");
    let run = prolonged.run(&["check"]);
    let told = run.stderr.replace('\u{a0}', " ");
    for message in [
        "varning[K425]: SLA för ”Orbit Planering” har ändrats sedan utgåva 2027, version 1.0 (första dag, sista dag), men är \
         fortfarande undertecknat 2 november 2026 av verksamhetsrepresentanten och 3 november 2026 av tjänsteägaren",
        "varning[K426]: avsnittet ”Drift” i Tjänste-OLA för ”Orbit Planering” avropar något annat än i utgåva 2027, version \
         1.0, men är fortfarande godkänt 5 oktober 2026",
        "varning[K415]: ”Tjänstekatalog” har samma beslut som i utgåva 2027, version 1.0: ”DS 2026-17, 3 december 2026”",
        "varning[K415]: ”Prislista” har samma dokument-id som i utgåva 2027, version 1.0: DS-2027-2",
        "varning[K415]: historiken för ”Tjänstekatalog” slutar som i utgåva 2027, version 1.0: version 1.0, 2026-11-16",
    ] {
        assert!(told.contains(message), "{message}\n{told}");
    }
    let changed = ["K425 tjanster/orbit-planering.yaml:18", "K426 tjanster/orbit-planering.yaml:22"].map(String::from);
    assert_eq!(left(&prolonged), [of_documents, changed.to_vec()].concat());
    // What an earlier form of editions does not keep is not compared.
    let path = "content/utgavor/2027-1-0.yaml";
    let kept = std::fs::read_to_string(prolonged.path().join(path)).unwrap();
    let is_new = |line: &&str| {
        let labels = ["förnyas:", "\"SLA, ", "\"Undertecknat", "\"Godkänt", "\"Avrop, ", "\"Beslut", "\"Dokument-id"];
        let others = ["antal:", "\"Version", "\"Förändring", "\"Motivering"];
        labels.iter().chain(&others).any(|label| line.trim_start().starts_with(label))
    };
    let before: String = kept.lines().filter(|line| !is_new(line)).map(|line| format!("{line}\n")).collect();
    let facts = before.lines().filter(|line| line.trim_start().starts_with('"') || line.contains("- id:")).count();
    let before = before.replace("form: 5\n", &format!("form: 4\nantal: {facts}\n"));
    let old = prolonged.with(path, before);
    assert_eq!((left(&old), old.run(&["check"]).code), (Vec::new(), 0));
    // Nor what a draft has not come to yet.
    let draft = old.with(path, kept).draft();
    assert_eq!(left(&draft), changed);
    // Signed, approved and decided anew; by whoever has not yet, it is signed by nobody.
    let renewed = draft
        .replacing(EDITION, "status: utkast", "status: beslutad")
        .replacing(ORBIT, "datum: 2026-11-02", "datum: 2027-11-02")
        .replacing(ORBIT, ", datum: 2026-11-03", "")
        .replacing(ORBIT, "godkänd: 2026-10-05", "godkänd: 2027-10-05")
        .replacing(EDITION, "DS 2026-17, 3 december 2026", "DS 2027-21, 2 december 2027")
        .replacing(EDITION, "dokument_id: DS-2027", "dokument_id: DS-2028")
        .replacing(EDITION, "datum: 2026-11-16", "datum: 2027-11-15");
    assert_eq!(left(&renewed), none);
}

#[test]
fn what_is_left_from_an_earlier_edition_is_so_however_it_is_typed() {
    const EDITION: &str = "content/katalog.yaml";
    const ORBIT: &str = "content/tjanster/orbit-planering.yaml";
    let reason = "förändring: {typ: förändrad, motivering: Nytt arbetssätt.}\n";
    let kept =
        Workspace::of("liten").replacing(ORBIT, "namn: Orbit Planering\n", &format!("namn: Orbit Planering\n{reason}"));
    assert_eq!(kept.run(&["freeze"]).code, 0);
    let year =
        "utgåva: {år: 2027, version: \"1.0\", status: beslutad, giltig_från: 2027-01-01, giltig_till: 2027-12-31}";
    let later = kept.replacing(EDITION, year, &year.replace("2027", "2028"));
    let told = left(&later);
    assert!(told.contains(&"K416 tjanster/orbit-planering.yaml:2".to_string()), "{told:?}");
    let retyped = later
        .replacing(EDITION, "DS 2026-17, 3 december 2026", "\"DS 2026-17,  3\u{a0}december 2026.\"")
        .replacing(EDITION, "dokument_id: DS-2027-2", "dokument_id: ds-2027-2")
        .replacing(ORBIT, reason, "förändring:\n  typ: förändrad\n  motivering: |\n    Nytt\n    arbetssätt\n");
    let of_reason =
        |found: &String| found.replace("K416 tjanster/orbit-planering.yaml:2", "K416 tjanster/orbit-planering.yaml:5");
    assert_eq!(left(&retyped), told.iter().map(of_reason).collect::<Vec<_>>());
}

#[test]
fn a_draft_does_not_say_that_it_is_decided() {
    let decided = "beslut: Beslutad av regiondirektören 2026-12-01, RS 2026-05522.";
    let workspace =
        Workspace::of("liten").replacing("content/katalog.yaml", "beslut: DS 2026-17, 3 december 2026", decided);
    assert_eq!(left(&workspace), [""; 0]);
    let draft = workspace.draft();
    assert_eq!(left(&draft), ["10", "19", "28"].map(|line| format!("K185 katalog.yaml:{line}")));
    let told = draft.run(&["check"]).stderr;
    assert!(told.contains("varning[K185]: utgåvan är ett utkast, men ”Prislista” säger att den är beslutad"), "{told}");
}

#[test]
fn a_correction_is_signed_anew_where_it_changes_what_was_signed() {
    const ORBIT: &str = "content/tjanster/orbit-planering.yaml";
    let workspace = Workspace::of("liten");
    assert_eq!(workspace.run(&["freeze"]).code, 0);
    let next = workspace.replacing("content/katalog.yaml", "version: \"1.0\", status", "version: \"1.1\", status");
    assert_eq!(left(&next), [""; 0]);
    let longer = next.replacing(ORBIT, "giltig_till: 2027-12-31", "giltig_till: 2028-12-31");
    assert_eq!(left(&longer), ["K425 tjanster/orbit-planering.yaml:17"]);
    let as_signed = longer.replacing(ORBIT, "giltig_till: 2028-12-31", "giltig_till: 2027-12-31");
    let same = as_signed.replacing("content/tjanstenivaer.yaml", "åtgärdstid: 2 timmar", "åtgärdstid: 120 minuter");
    assert_eq!(left(&same), [""; 0]);
    let other = same.replacing("content/tjanstenivaer.yaml", "åtgärdstid: 120 minuter", "åtgärdstid: 4 timmar");
    assert_eq!(left(&other), ["K425 tjanster/orbit-planering.yaml:17"]);
}

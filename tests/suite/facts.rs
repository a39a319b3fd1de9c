//! What pages and documents say of things is what the content says of them.

use crate::door::{COMPLETE, Files, OWN, Workspace, text};
use crate::read::{html, markdown, word};

const SERVICE: &str = "content/tjanster/orbit-planering.yaml";
const SUPPORTING: &str = "content/stodjande-tjanster/servrar.yaml";

/// The items of the list below a heading of a page; nothing where it has no such heading.
fn listed(page: &str, heading: &str) -> Vec<String> {
    let Some((_, below)) = page.split_once(&format!(">{heading}</h2>")) else { return Vec::new() };
    let list = below.split("</ul>").next().unwrap();
    list.split("<li>")
        .skip(1)
        .map(|item| html::visible(item.split("</li>").next().unwrap()).trim().to_string())
        .collect()
}

/// The row of a page that begins with some words.
fn row(page: &str, begins: &str) -> String {
    let rows = html::rows(page).into_iter().map(|row| row.join(" | ").replace('\u{a0}', " "));
    rows.into_iter().find(|row| row.starts_with(begins)).unwrap_or_else(|| panic!("no row begins with {begins}"))
}

#[test]
fn what_supports_a_thing_or_is_replaced_by_it_does_not_use_it() {
    let page = text(&COMPLETE, "html/produkter/produkt-y.html");
    assert_eq!(listed(page, "Används av"), ["Produkt X (innehåller)"]);
    assert_eq!(listed(page, "Stöds av"), ["Servrar"]);
    assert_eq!(listed(page, "Ersätter"), ["Produkt X"]);
    let page = text(&OWN, "html/produkter/databasplattform.html");
    assert_eq!(listed(page, "Används av"), ["Databaser (bygger på)"]);
    assert_eq!(listed(page, "Stöds av"), ["Lagring (block & fil)", "Servrar"]);
    let page = text(&COMPLETE, "html/tjanster/orbit-planering.html");
    assert_eq!((listed(page, "Används av"), listed(page, "Stöds av")), (vec![], vec!["Servrar".to_string()]));
    for words in ["(stödjer)", "(ersätts av)"] {
        for (path, bytes) in COMPLETE.iter().chain(OWN.iter()).filter(|(path, _)| path.ends_with(".html")) {
            assert!(!std::str::from_utf8(bytes).unwrap().contains(words), "{path}: {words}");
        }
    }
}

#[test]
fn a_quantity_is_of_the_article_that_is_counted() {
    let page = text(&OWN, "html/tjanster/bildora-bilddiagnostik-radiologi.html");
    let wanted = "Lagring (block & fil).Guld Artikel 2204: Bildlagring, volympris";
    let called = row(page, "Lagring (block & fil).Guld");
    assert!(called.starts_with(wanted) && called.contains(" | 900 | TB | "), "{called}");
    let agreement = text(&OWN, "html/dokument/ola/bildora-bilddiagnostik-radiologi.html");
    let called = row(agreement, "Lagring (block & fil).Guld");
    assert!(called.starts_with(wanted) && called.contains(" | 900 | TB | "), "{called}");
    let figure = text(&OWN, "markdown/figurer/kedja-bildora-bilddiagnostik-radiologi.svg").replace('\u{a0}', " ");
    assert!(figure.contains("Guld, 900 TB"), "{figure}");
    // The first of several is named where the call names none; an offering with one article needs no more than its unit.
    let page = text(&COMPLETE, "html/tjanster/orbit-planering.html");
    let rows: Vec<String> = html::rows(page).iter().map(|row| row.join(" | ").replace('\u{a0}', " ")).collect();
    for wanted in [
        "Servrar.Guld Artikel 2001: Heltal Två par | Guld | 4 | server | serie",
        "Servrar.Guld Artikel 2012: Flytt | Guld | 2 | server | ej kritisk",
        "Servrar.bas | – | 1 | – | ej kritisk",
    ] {
        assert!(rows.iter().any(|row| row.starts_with(wanted)), "{wanted}: {rows:#?}");
    }
}

#[test]
fn none_is_a_figure_too() {
    let files = Workspace::of("fullstandig")
        .replacing(SERVICE, "konfidentialitet: 3, riktighet: 2, tillgänglighet: 1", "konfidentialitet: 0, riktighet: 0")
        .replacing("content/servicenivaer.yaml", "avbrott_per_år: 2", "avbrott_per_år: 0")
        .published();
    let page = text(&files, "html/tjanster/orbit-planering.html");
    assert_eq!(
        row(page, "Informationsklassning"),
        "Informationsklassning | Konfidentialitet 0, riktighet 0, tillgänglighet –"
    );
    let agreement = markdown::visible(text(&files, "markdown/sla/orbit-planering.md"));
    assert!(agreement.contains("klassad: konfidentialitet 0, riktighet 0, tillgänglighet –."), "{agreement}");
    let level = html::visible(text(&files, "html/nivaer/guld.html"));
    assert!(level.contains("Den har inga oplanerade avbrott på ett år."), "{level}");
    let level = html::visible(text(&files, "html/nivaer/jarn.html"));
    assert!(level.contains("Antalet avbrott är inte garanterat."), "{level}");
}

/// What a document that shows made-up data begins with.
const NOTICE: &str = "Detta är ett exempel.";

/// Where the notice stands, of what shows the prices of the small catalogue.
fn with_notice(files: &Files) -> Vec<&'static str> {
    let word = |name: &str| word::visible("word/document.xml", &word::unzip(&files[name])["word/document.xml"]);
    let sheet = word::unzip(&files["excel/prislista-2027.xlsx"]);
    let sheet = sheet.values().map(|part| String::from_utf8_lossy(part)).collect::<String>();
    let shown = [
        ("word", word("word/prislista-2027.docx")),
        ("markdown", text(files, "markdown/prislista-2027.md").to_string()),
        ("html", text(files, "html/dokument/prislista.html").to_string()),
        ("list", text(files, "html/prislista.html").to_string()),
        ("service", text(files, "html/tjanster/orbit-planering.html").to_string()),
        ("supporting", text(files, "html/stodjande-tjanster/servrar.html").to_string()),
        ("excel", sheet),
    ];
    shown.into_iter().filter(|(_, text)| text.contains(NOTICE)).map(|(name, _)| name).collect()
}

#[test]
fn what_shows_a_price_that_is_an_example_says_so() {
    let with = |path: &str, words: &str, by: &str| {
        let workspace = Workspace::of("liten").without("templates/documents/prislista.md");
        with_notice(&workspace.replacing(path, words, by).published())
    };
    let price = |marked: &str| format!("per: månad{marked}}}");
    assert_eq!(with(SUPPORTING, &price(""), &price("")), [""; 0]);
    let of_lists = ["word", "markdown", "html", "list"];
    // The service's cost is worked out from the price of what it calls for.
    let everywhere = [&of_lists[..], &["service", "supporting", "excel"]].concat();
    assert_eq!(with(SUPPORTING, &price(""), &price(", exempel: true")), everywhere);
    assert_eq!(with(SUPPORTING, "{suffix: Guld, ", "{suffix: Guld, exempel: true, "), everywhere);
    assert_eq!(with(SUPPORTING, "klass: teknisk", "klass: teknisk\nexempel: true"), everywhere);
    let of_service = with(SERVICE, "pris: ingår}", "pris: ingår, exempel: true}");
    assert_eq!(of_service, [&of_lists[..], &["service", "excel"]].concat());
}

#[test]
fn what_shows_anything_else_that_is_an_example_says_so() {
    let documents = ["formagekarta", "katalog-stodjande-tjanster", "ola", "prislista", "sla", "tjanstekatalog"];
    let with = |path: &str, words: &str, by: &str| {
        let files = Workspace::of("felfri").replacing(&format!("content/{path}"), words, by).published();
        let has_notice = |name: &&str| {
            let file = match *name {
                "ola" | "sla" => format!("markdown/{name}/orbit-operationsplanering.md"),
                _ => format!("markdown/{name}-2027.md"),
            };
            text(&files, &file).contains(NOTICE)
        };
        documents.into_iter().filter(has_notice).collect::<Vec<_>>()
    };
    let marked = |path: &str, id: &str| with(path, &format!("id: {id},"), &format!("id: {id}, exempel: true,"));
    assert_eq!(marked("tjanstenivaer.yaml", "dygnet-runt-2h"), ["ola", "sla", "tjanstekatalog"]);
    let level = ["katalog-stodjande-tjanster", "ola", "sla", "tjanstekatalog"];
    assert_eq!(marked("servicenivaer.yaml", "guld"), level);
    // He approves three, and owns the service.
    let approved = ["katalog-stodjande-tjanster", "prislista", "sla", "tjanstekatalog"];
    assert_eq!(marked("personer.yaml", "bo-berg"), approved);
    assert_eq!(
        with("produkter/hosting-server.yaml", "namn:", "exempel: true\nnamn:"),
        ["formagekarta", "katalog-stodjande-tjanster", "tjanstekatalog"]
    );
}

#[test]
fn when_the_service_desk_is_open_is_told_to_those_who_need_it() {
    const OUTSIDE: &str = "stöd_utanför_kontorstid: Stopp anmäls till Servicedesk dygnet runt.\n";
    let told = |hours: &str, outside: &str| {
        let desk = format!("servicedesk: {{namn: Servicedesk{hours}}}");
        let workspace = Workspace::of("felfri");
        let files = workspace
            .replacing("content/katalog.yaml", "servicedesk: {namn: Servicedesk, öppettid: kontorstid}", &desk)
            .replacing("content/tjanster/orbit-operationsplanering.yaml", OUTSIDE, outside)
            .published();
        let agreement = text(&files, "markdown/sla/orbit-operationsplanering.md");
        let staffed = agreement.lines().find(|line| line.contains(" är bemannad ")).unwrap().to_string();
        let page = row(text(&files, "html/tjanster/orbit-operationsplanering.html"), "Vart vänder jag mig?");
        format!("{page}\n{staffed}")
    };
    insta::assert_snapshot!(told(", öppettid: kontorstid", OUTSIDE), @"
    Vart vänder jag mig? | Servicedesk svarar på frågor och tar emot fel, 08:00–16:45 helgfria vardagar. Utanför kontorstid: Stopp anmäls till Servicedesk dygnet runt.
    | Kontorstid | Servicedesk är bemannad minst 08:00–16:45 helgfria vardagar. |
    ");
    insta::assert_snapshot!(told(", öppettid: kontorstid", ""), @"
    Vart vänder jag mig? | Servicedesk svarar på frågor och tar emot fel, 08:00–16:45 helgfria vardagar. Utanför kontorstid: inget är överenskommet.
    | Kontorstid | Servicedesk är bemannad minst 08:00–16:45 helgfria vardagar. |
    ");
    insta::assert_snapshot!(told(", öppettid: dygnet-runt", OUTSIDE), @"
    Vart vänder jag mig? | Servicedesk svarar på frågor och tar emot fel, dygnet runt alla dagar.
    | Alla tider | Servicedesk är bemannad dygnet runt, alla dagar. |
    ");
    insta::assert_snapshot!(told("", OUTSIDE), @"
    Vart vänder jag mig? | Servicedesk svarar på frågor och tar emot fel.
    | Kontorstid | Servicedesk är bemannad minst 08:00–16:45 helgfria vardagar. |
    ");
}

/// Where the service desk is always open, nothing is missing of what holds when the office is closed.
#[test]
fn out_of_hours_is_told_where_something_holds_then() {
    let told = |hours: &str, support: &str| {
        let service = "content/tjanster/orbit-operationsplanering.yaml";
        let words = "stöd_utanför_kontorstid: Stopp anmäls till Servicedesk dygnet runt.\n";
        let workspace = Workspace::of("felfri").replacing("content/katalog.yaml", "öppettid: kontorstid}", hours);
        let workspace = workspace.replacing(service, words, support);
        let is_missing = workspace.run(&["check"]).stderr.contains("[K129]");
        let files = workspace.published();
        let agreement = text(&files, "markdown/sla/orbit-operationsplanering.md");
        (is_missing, agreement.lines().any(|line| line.starts_with("| Utanför kontorstid |")))
    };
    let said = "stöd_utanför_kontorstid: Ring.\n";
    assert_eq!(told("öppettid: dygnet-runt}", ""), (false, false));
    assert_eq!(told("öppettid: dygnet-runt}", said), (false, true));
    assert_eq!(told("öppettid: kontorstid}", ""), (true, true));
}

#[test]
fn what_is_not_there_is_not_led_up_to() {
    let workspace = Workspace::of("felfri");
    let desk = "servicedesk: {namn: Servicedesk, öppettid: kontorstid}\n";
    let files = workspace.replacing("content/katalog.yaml", desk, "").published();
    let agreement = text(&files, "markdown/sla/orbit-operationsplanering.md");
    assert!(agreement.contains("kontaktpunkt och registrerar varje ärende.\n"), "{agreement}");
    let catalogue = text(&files, "markdown/tjanstekatalog-2027.md");
    assert!(catalogue.contains("Det finns inga hål: ") && !catalogue.contains("Här står hålen"), "{catalogue}");
}

#[test]
fn half_a_cloud_has_no_comma() {
    let told = |cloud: &str| {
        let orbit = "content/tjanster/orbit-operationsplanering.yaml";
        let files = Workspace::of("felfri").replacing(orbit, "{typ: saas, modell: privat-moln}", cloud).published();
        row(text(&files, "html/tjanster/orbit-operationsplanering.html"), "Molntjänst")
    };
    assert_eq!(told("{typ: saas}"), "Molntjänst | Software as a Service");
    assert_eq!(told("{modell: privat-moln}"), "Molntjänst | Privat moln");
    assert_eq!(told("{typ: saas, modell: privat-moln}"), "Molntjänst | Software as a Service, Privat moln");
}

#[test]
fn a_waiver_that_has_ended_is_told_to_have() {
    let told = |end: &str| {
        let waiver =
            format!("- {{id: u, regel: K105, skäl: Tills vidare., beslutat_av: bo-berg, giltig_till: {end}}}\n");
        let files = Workspace::of("felfri").with("content/undantag.yaml", waiver).published();
        let document = text(&files, "markdown/tjanstekatalog-2027.md");
        let row = document.lines().find(|line| line.contains("</a>K105 ")).unwrap();
        row.rsplit(" | ").next().unwrap().to_string()
    };
    assert_eq!(told("2026-12-31"), "31\u{a0}december\u{a0}2026 (har gått ut, och gäller inte i utgåvan) |");
    assert_eq!(told("2027-01-01"), "1\u{a0}januari\u{a0}2027 |");
}

#[test]
fn an_example_of_a_term_is_a_text_under_either_key() {
    let page = |keys: &str| {
        let term = format!("- {{id: sla, term: SLA}}\n- {{id: ny, term: Ny, förklaring: Nytt., {keys}}}\n");
        let files = Workspace::of("liten").with("content/ordlista.yaml", term).published();
        let page = html::visible(text(&files, "html/ordlista/ny.html"));
        (page.contains("Exempel En ny dator."), page.contains(NOTICE))
    };
    assert_eq!(page("exempel: En ny dator."), (true, false));
    assert_eq!(page("exempel_text: En ny dator."), (true, false));
    assert_eq!(page("exempel_text: En ny dator., exempel: true"), (true, true));
    // Two texts are one too many.
    let both = "- {id: ny, term: Ny, exempel: En ny dator., exempel_text: En till.}\n";
    let run = Workspace::of("liten").with("content/ordlista.yaml", both).run(&["check"]);
    assert!(
        run.code == 1 && run.stderr.contains("fel[K007]: ”En ny dator.” är varken true eller false"),
        "{}",
        run.stderr
    );
}

#[test]
fn what_a_service_costs_in_short_is_what_it_costs_in_production() {
    let short = |offerings: &str| {
        let workspace = Workspace::of("liten").draft();
        let service = std::fs::read_to_string(workspace.path().join(SERVICE)).unwrap();
        let (before, rest) = service.split_once("erbjudanden:").unwrap();
        let (_, after) = rest.split_once("tjänsteägare:").unwrap();
        let service = format!("{before}erbjudanden: [{offerings}]\ntjänsteägare:{after}");
        row(
            text(&workspace.with(SERVICE, service).published(), "html/tjanster/orbit-planering.html"),
            "Vad kostar den?",
        )
    };
    let test = "{suffix: test, miljö: test, priser: [{artikel: '1', benämning: Testmiljö, pris: ingår}]}";
    let production =
        "{suffix: VGR, miljö: produktion, priser: [{artikel: '2', benämning: Användare, pris: 10, per: år}]}";
    let other = "{suffix: Väst, miljö: produktion, priser: [{artikel: '3', benämning: Klinik, pris: 20, per: år}]}";
    insta::assert_snapshot!(short(test), @"Vad kostar den? | Orbit Planering.test – Testmiljö: ingår");
    insta::assert_snapshot!(short(production), @"Vad kostar den? | Användare: 10 kr per år");
    insta::assert_snapshot!(short(&format!("{test}, {production}")), @"Vad kostar den? | Användare: 10 kr per år Fler priser står under rubriken Priser.");
    insta::assert_snapshot!(short(&format!("{production}, {other}")), @"Vad kostar den? | Orbit Planering.VGR – Användare: 10 kr per år Orbit Planering.Väst – Klinik: 20 kr per år");
    let many = (4..10).map(|at| {
        format!("{{suffix: K{at}, miljö: produktion, priser: [{{artikel: '{at}', benämning: A, pris: {at}}}]}}")
    });
    insta::assert_snapshot!(short(&many.collect::<Vec<_>>().join(", ")), @"Vad kostar den? | Orbit Planering.K4 – A: 4 kr Orbit Planering.K5 – A: 5 kr Orbit Planering.K6 – A: 6 kr Orbit Planering.K7 – A: 7 kr Orbit Planering.K8 – A: 8 kr Fler priser står under rubriken Priser.");
}

#[test]
fn an_index_has_each_letter_once_whatever_names_begin_with() {
    let mut workspace = Workspace::of("liten").draft();
    let names = ["”Citat” Namn", "(Parentes) Namn", "-streck Namn", "Alfa", "Ceta", "Pinne", "Ⅳ", "2FA", "Öst", "…"];
    for (at, name) in names.iter().enumerate() {
        let service = format!("namn: '{name}'\n");
        workspace = workspace.with(&format!("content/tjanster/t{at}.yaml"), service);
    }
    let files = workspace.published();
    let page = text(&files, "html/a-o.html");
    let letters = ["#", "A", "C", "O", "P", "S", "Ö"];
    let headings: Vec<String> = page
        .split("<h2")
        .skip(1)
        .map(|part| part.split_once('>').unwrap().1.split("</h2>").next().unwrap().to_string())
        .collect();
    assert_eq!(headings, letters);
    assert_eq!(listed(page, "C"), ["Ceta (IS/IT-tjänst)", "”Citat” Namn (IS/IT-tjänst)"]);
    assert_eq!(listed(page, "#").len(), 3);
}

#[test]
fn office_hours_are_counted_as_in_the_guideline_where_they_are() {
    let counted = |days: &str, from: &str| {
        let workspace = Workspace::of("felfri").replacing("content/katalog.yaml", "dagar_per_år: 256", days);
        let files = workspace.replacing("content/katalog.yaml", "från: \"08:00\"", from).published();
        let page = html::visible(text(&files, "html/nivaer.html")).replace('\u{a0}', " ");
        let sentence = page.split_once("Kontorstid räknas").unwrap().1.split_once(" År 2027").unwrap().0.to_string();
        (sentence, page.contains("Uträkning enligt riktlinjen"))
    };
    let (days, from) = ("dagar_per_år: 260", "från: \"08:00\"");
    let as_guideline =
        (" på 260 dagar om året med 8,75 timmar per dag, så som riktlinjen har räknat.".to_string(), true);
    assert_eq!(counted(days, from), as_guideline);
    let told = "Riktlinjens tabell är räknad på 260 dagar med 8,75 timmar, utan avdrag för helgdagar.";
    let of_year = format!(" på 256 dagar om året med 8,75 timmar per dag. {told}");
    assert_eq!(counted("dagar_per_år: 256", from), (of_year, false));
    let longer = format!(" på 260 dagar om året med 9,75 timmar per dag. {told}");
    assert_eq!(counted(days, "från: \"07:00\""), (longer, false));
}

#[test]
fn the_hours_of_operation_are_not_cut() {
    let told = |days: &str| {
        let files = Workspace::of("felfri").replacing("content/katalog.yaml", "dagar_per_år: 256", days).published();
        let page = text(&files, "html/nivaer/kontorstid-8h.html");
        let data: serde_json::Value = serde_json::from_str(text(&files, "json/katalog-2027.json")).unwrap();
        let levels = data["availability_levels"].as_array().unwrap();
        let level = levels.iter().find(|level| level["id"] == "kontorstid-8h").unwrap();
        (row(page, "Öppettid per år"), level["operation_hours"].to_string(), row(page, "Så är den uträknad"))
    };
    let (page, data, derivation) = told("dagar_per_år: 253");
    assert_eq!((&*page, &*data), ("Öppettid per år | 2 213,75 timmar", "2213.75"));
    assert!(derivation.ends_with("/ 2 213,75 timmar"), "{derivation}");
    let (page, data, _) = told("dagar_per_år: 256");
    assert_eq!((&*page, &*data), ("Öppettid per år | 2 240 timmar", "2240"));
}

#[test]
fn an_amount_of_nothing_is_not_told_to_be_added() {
    let told = |set: &str, once: &str| {
        let priced = format!(
            "namn: Servrar\nklass: teknisk\nerbjudanden: [{{suffix: Guld, priser: [\
             {{artikel: \"1\", benämning: Server, pris: 100, per: månad}}, \
             {{artikel: \"2\", benämning: Start, pris: {once}, per: engång}}]}}]\n"
        );
        let service = format!(
            "namn: Orbit Plan\nkostnad: {{belopp: {set}}}\n\
             ola: {{avrop: [{{erbjudande: servrar.guld}}, {{erbjudande: servrar.guld, artikel: \"2\"}}]}}\n"
        );
        let workspace = bare().with("content/stodjande-tjanster/servrar.yaml", &priced);
        let page = workspace.with("content/tjanster/orbit.yaml", &service).published();
        let page = html::visible(text(&page, "html/tjanster/orbit.html")).replace('\u{a0}', " ");
        (page.contains("Övrigt"), page.contains("Engångskostnader på"))
    };
    assert_eq!(told("1200", "0"), (false, false));
    assert_eq!(told("1201", "50"), (true, true));
}

#[test]
fn thousands_are_grouped_wherever_a_level_tells_them() {
    let outages = |workspace: Workspace| {
        let workspace = workspace.replacing("content/servicenivaer.yaml", "avbrott_per_år: 2", "avbrott_per_år: 1500");
        workspace.replacing(
            "content/tjanstenivaer.yaml",
            "nedtid_per_år: 8 timmar, tillgänglighet: \"99,91 %\"",
            "nedtid_per_år: 1200 minuter",
        )
    };
    let files = outages(Workspace::of("fullstandig")).published();
    let page = text(&files, "html/nivaer/guld.html");
    assert_eq!(row(page, "Pålitlighet"), "Pålitlighet | Max 1 500 avbrott per år (exkl. planerade avbrott)");
    let all = html::visible(text(&files, "html/nivaer.html")).replace('\u{a0}', " ");
    assert!(all.contains("1 500 avbrott × "), "{all}");
    let proof = html::visible(text(&files, "html/dokument/ola/orbit-planering.html")).replace('\u{a0}', " ");
    assert!(proof.contains("1 500 avbrott × ") && proof.contains("1 500 avbrott per år"), "{proof}");
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let shown = html::visible(std::str::from_utf8(bytes).unwrap());
        let shown = shown.replace('\u{a0}', " ");
        assert!(!shown.contains("1500 avbrott") && !shown.contains("1200 minuter"), "{path}");
    }
}

#[test]
fn what_a_service_is_built_on_is_called_what_it_is() {
    let files = bare()
        .with(
            "content/tjanster/orbit.yaml",
            "namn: Orbit Plan\nola: {avrop: [{erbjudande: beta.prod}, {erbjudande: servrar.guld}]}\n",
        )
        .with("content/tjanster/beta.yaml", "namn: Beta\nerbjudanden: [{suffix: prod, miljö: produktion}]\n")
        .with(
            "content/stodjande-tjanster/servrar.yaml",
            "namn: Servrar\nklass: teknisk\nerbjudanden: [{suffix: Guld}]\n",
        )
        .published();
    let page = text(&files, "html/tjanster/orbit.html");
    assert_eq!(row(page, "Stödjande tjänster"), "Stödjande tjänster | Servrar");
    assert_eq!(row(page, "IS/IT-tjänster"), "IS/IT-tjänster | Beta");
    let data: serde_json::Value = serde_json::from_str(text(&files, "json/katalog-2027.json")).unwrap();
    let service = data["services"].as_array().unwrap().iter().find(|service| service["id"] == "orbit").unwrap();
    let rests_on = &service["rests_on"];
    assert_eq!((&rests_on["services"][0], &rests_on["called_services"][0]), (&"servrar".into(), &"beta".into()));
}

#[test]
fn a_cost_that_is_made_of_nothing_known_announces_no_table() {
    let announces = |service: &str| {
        let product = "namn: Drift\nkostnad: {belopp: 50}\n";
        let workspace = bare().with("content/produkter/drift.yaml", product);
        let files = workspace.with("content/tjanster/orbit.yaml", service).published();
        let page = html::visible(text(&files, "html/tjanster/orbit.html"));
        (page.contains("Tabellen visar"), page.contains("Kostnaden för Orbit Plan"))
    };
    assert_eq!(announces("namn: Orbit Plan\nkostnad: {belopp: 70}\nprodukter: [drift]\n"), (true, true));
    assert_eq!(announces("namn: Orbit Plan\nkostnad: {belopp: 70}\n"), (false, false));
}

const ORBIT: &str = "content/tjanster/orbit-operationsplanering.yaml";
const CONTRACT: &str = "content/kontrakt/leverantorsstod.yaml";
const PRODUCT: &str = "content/produkter/orbit-drift.yaml";

/// The words of a Markdown file, with blanks as they are read.
fn words(files: &Files, path: &str) -> String {
    markdown::visible(text(files, path)).replace('\u{a0}', " ")
}

#[test]
fn contracts_are_coordinated_by_whom_they_say() {
    let told = |workspace: Workspace| {
        let files = workspace.published();
        let of = |kind: &str| text(&files, &format!("markdown/{kind}/orbit-operationsplanering.md"));
        let (operational, agreement) = (of("ola"), of("sla"));
        let said = operational.lines().find(|line| line.contains("med leverantörer utanför organisationen står"));
        let table = operational.contains("Stödjande kontrakt som leveransen vilar på");
        let suppliers = agreement.lines().find(|line| line.contains("everantörerna"));
        format!("{}\n{table}\n{}", said.unwrap_or("–"), suppliers.unwrap_or("–"))
    };
    let by = |line: &str| {
        let workspace = Workspace::of("felfri");
        workspace.replacing(CONTRACT, "samordnare: koncernstab-digitalisering\n", line)
    };
    insta::assert_snapshot!(told(by("samordnare: koncernstab-digitalisering\n")), @"
    Kontrakten med leverantörer utanför organisationen står bakom de produkter som tjänsterna bygger på. De samordnas av [Koncernstab digitalisering](../formagekarta-2027.md#koncernstab-digitalisering).
    true
    Leverantörerna är underleverantörer till Koncernstab digitalisering, som svarar för dem mot verksamheten.
    ");
    insta::assert_snapshot!(told(by("samordnare: applikationsleverans\n")), @"
    Kontrakten med leverantörer utanför organisationen står bakom de produkter som tjänsterna bygger på. De samordnas av [Applikationsleverans](../formagekarta-2027.md#applikationsleverans).
    true
    Koncernstab digitalisering svarar mot verksamheten också för det som leverantörerna gör.
    ");
    insta::assert_snapshot!(told(by("")), @"
    Kontrakten med leverantörer utanför organisationen står bakom de produkter som tjänsterna bygger på. Ingen är utsedd att samordna dem.
    true
    Koncernstab digitalisering svarar mot verksamheten också för det som leverantörerna gör.
    ");
    let other = "namn: Licenser\nleverantör: Annan AB\nsamordnare: infrastruktur\n";
    let two = by("samordnare: koncernstab-digitalisering\n").with("content/kontrakt/licenser.yaml", other);
    insta::assert_snapshot!(told(two.replacing(PRODUCT, "[leverantorsstod]", "[leverantorsstod, licenser]")), @"
    Kontrakten med leverantörer utanför organisationen står bakom de produkter som tjänsterna bygger på. Vem som samordnar vart och ett av dem står i [Katalog – stödjande tjänster](../katalog-stodjande-tjanster-2027.md).
    true
    Koncernstab digitalisering svarar mot verksamheten också för det som leverantörerna gör.
    ");
    let none = Workspace::of("felfri").without(CONTRACT).replacing(PRODUCT, "kontrakt: [leverantorsstod]\n", "");
    insta::assert_snapshot!(told(none), @"
    Inga kontrakt med leverantörer utanför organisationen står bakom de produkter som tjänsterna bygger på.
    false
    –
    ");
}

#[test]
fn an_agreement_is_reached_when_both_have_signed_it() {
    let is_reached = |workspace: Workspace| {
        let files = workspace.published();
        let agreement = words(&files, "markdown/sla/orbit-operationsplanering.md");
        let reached = agreement.contains("Den är träffad mellan verksamheten");
        assert!(reached != agreement.contains("Den ska träffas mellan verksamheten"), "{agreement}");
        reached
    };
    assert!(is_reached(Workspace::of("felfri")));
    assert!(!is_reached(Workspace::of("felfri").replacing(ORBIT, ", datum: 2026-11-02}", "}")));
}

/// The smallest catalogue with one service, and nothing that it could tell of.
fn bare() -> Workspace {
    Workspace::empty().with("content/tjanster/orbit.yaml", "namn: Orbit Plan\n").with(
        "content/katalog.yaml",
        "organisation: VGR\nenhet: Staben\nutgåva: {år: 2027, version: \"1.0\", status: utkast}\n\
         kontorstid: {från: \"08:00\", till: \"16:45\", dagar_per_år: 256}\n",
    )
}

#[test]
fn the_price_list_tells_the_days_that_prices_hold() {
    let told = |days: &str| {
        let workspace = bare().replacing("content/katalog.yaml", "status: utkast", &format!("status: utkast{days}"));
        let page = html::visible(text(&workspace.published(), "html/prislista.html")).replace('\u{a0}', " ");
        let (_, told) = page.split_once(", och gäller ").unwrap();
        told.split_once(" om inget annat står vid priset").unwrap().0.to_string()
    };
    assert_eq!(told(""), "2027");
    assert_eq!(told(", giltig_från: 2027-07-01"), "från 1 juli 2027");
    assert_eq!(told(", giltig_till: 2027-06-30"), "till 30 juni 2027");
    assert_eq!(told(", giltig_från: 2027-01-01, giltig_till: 2027-12-31"), "1 januari–31 december 2027");
}

#[test]
fn nothing_is_announced_that_does_not_follow() {
    let files = bare().published();
    let supporting = words(&files, "markdown/katalog-stodjande-tjanster-2027.md");
    let catalogue = words(&files, "markdown/tjanstekatalog-2027.md");
    let prices = words(&files, "markdown/prislista-2027.md");
    let page = |name: &str| html::visible(text(&files, &format!("html/{name}.html")));
    for (shown, said) in [
        (&catalogue, "Utgåvan har en IS/IT-tjänst. Den beskrivs i nästa kapitel."),
        (&catalogue, "Katalogen anger inga styrande dokument."),
        (&supporting, "Utgåvan har inga stödjande tjänster."),
        (&supporting, "Utgåvan har inga tekniska tjänster."),
        (&supporting, "Utgåvan har inga leveranstjänster."),
        (&supporting, "Utgåvan har inga produkter."),
        (&supporting, "Utgåvan har inga stödjande kontrakt."),
        (&prices, "Utgåvan har inga erbjudanden av IS/IT-tjänster."),
        (&prices, "Utgåvan har inga erbjudanden av stödjande tjänster."),
        (&page("styrande-dokument"), "Katalogen anger inga styrande dokument."),
        (&page("prislista"), "Samma priser, tjänst för tjänst, står i"),
        (&page("index"), "Dokumentens versioner är inte angivna."),
    ] {
        assert!(shown.contains(said), "{said}: {shown}");
    }
    for (shown, said) in [
        (&supporting, "Tjänsterna står i bokstavsordning"),
        (&supporting, "Här står vad kontrakten omfattar"),
        (&prices, "Tjänsterna står i bokstavsordning"),
        (&page("nivaer"), "I klartext"),
        (&page("index"), "visar vad som har ändrats"),
    ] {
        assert!(!shown.contains(said), "{said}: {shown}");
    }
    let files = Workspace::of("felfri").published();
    let supporting = words(&files, "markdown/katalog-stodjande-tjanster-2027.md");
    assert!(supporting.contains("Utgåvan har 2 stödjande tjänster."), "{supporting}");
    assert!(!supporting.contains("Utgåvan har inga"), "{supporting}");
    let page = |name: &str| html::visible(text(&files, &format!("html/{name}.html")));
    assert_eq!(page("nivaer").matches("I klartext betyder de:").count(), 2);
    assert!(page("index").contains("Dokumentens versioner visar vad som har ändrats"));
}

/// It was published as an empty promise, with its label and nothing beside.
#[test]
fn an_emptied_text_is_none() {
    let published = |service: &str, document: &str| {
        let agreement = "sla: {nivå: n}\n";
        let levels = "- {id: n, öppettid: dygnet-runt, åtgärdstid: 2 timmar, nedtid_per_år: 8 timmar}\n";
        let workspace = bare()
            .with("content/tjanstenivaer.yaml", levels)
            .with("content/tjanster/orbit.yaml", format!("namn: Orbit Plan\n{agreement}{service}"))
            .replacing(
                "content/katalog.yaml",
                "kontorstid:",
                &format!("dokument: {{sla: {{titel: SLA{document}}}}}\nkontorstid:"),
            );
        workspace.published()
    };
    let emptied = "användarstöd: \"\"\nanvändarutbildning: |\ningår: '  '\nkälla: \"\"\ngaranti: {kapacitet: \"\"}\n";
    assert!(published(emptied, ", handlingstyp: \"\", beslut: \" \"") == published("garanti: {kapacitet: }\n", ""));
}

#[test]
fn what_uses_a_thing_stands_in_swedish_order() {
    let (level, department) = (text(&OWN, "html/nivaer/guld.html"), text(&OWN, "html/avdelningar/ioc.html"));
    for users in [listed(level, "Tjänster som finns på nivån"), listed(department, "Produkter")] {
        assert!(users.iter().any(|name| name.starts_with('Ö')), "{users:?}");
        assert!(users.is_sorted_by(|one, next| katalog::text::compare(one, next).is_le()), "{users:?}");
    }
}

#[test]
fn pages_of_contracts_and_levels_say_what_has_changed() {
    let contract = text(&OWN, "html/kontrakt/leverantorsstod-for-orbit.html");
    assert_eq!(row(contract, "Giltigt till"), "Giltigt till | 31 december 2026 | 31 december 2027");
    let new = text(&COMPLETE, "html/kontrakt/nytt-kontrakt.html");
    assert!(new.contains("Nytt: det fanns inte i utgåva"), "{new}");
    assert!(!text(&OWN, "html/nivaer/guld.html").contains("Ändringar sedan"), "nothing that is compared has changed");
}

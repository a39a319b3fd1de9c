//! The facts of the two sources that the content is drawn from, value by value, in every format.
//!
//! The tables at the end are typed from the sources. What differs is only how Swedish is set: spaces that are not
//! broken, dashes in ranges, room before `%` and beside `/`, which [`plain`] takes away on both sides; and dates, which
//! are written with the month's name.

use std::sync::LazyLock;

use crate::door::{OWN, text};
use crate::read::{html, markdown, word};

/// Rows of tables, cell by cell.
type Rows = Vec<Vec<String>>;

/// The rows of every table, by format.
static ROWS: LazyLock<[(&str, Rows); 3]> = LazyLock::new(|| {
    let rows = |ending: &str, read: &dyn Fn(&str) -> Rows| {
        let paths = OWN.keys().filter(|path| path.ends_with(ending));
        let plain = |row: Vec<String>| row.iter().map(|cell| plain(cell)).collect::<Vec<_>>();
        paths.flat_map(|path| read(path)).map(plain).collect::<Vec<_>>()
    };
    [
        ("word", rows(".docx", &|path| word::rows(&OWN[path]))),
        ("html", rows(".html", &|path| html::rows(text(&OWN, path)))),
        ("markdown", rows(".md", &|path| markdown::rows(text(&OWN, path)))),
    ]
});

/// A value without what typography does to it.
fn plain(value: &str) -> String {
    let words = value.replace('–', "-").split_whitespace().collect::<Vec<_>>().join(" ");
    words.replace(" %", "%").replace(" / ", "/")
}

/// Whether every format has a row with these cells, in these columns of a table with so many.
fn assert_row(columns: usize, cells: &[(usize, &str)]) {
    for (format, rows) in ROWS.iter() {
        let is_it =
            |row: &&Vec<String>| row.len() == columns && cells.iter().all(|(at, value)| row[*at] == plain(value));
        if !rows.iter().any(|row| is_it(&row)) {
            let first = plain(cells[0].1);
            let near: Vec<_> = rows.iter().filter(|row| row.first() == Some(&first)).collect();
            panic!("{format} has no row with {cells:?}, but {near:#?}");
        }
    }
}

/// The capability map has these words in every format.
fn assert_heading(words: &str) {
    let is_map = |path: &str| {
        path.rsplit('/').next().is_some_and(|name| name.starts_with("formagekarta") && !name.ends_with(".svg"))
    };
    let files: Vec<_> = OWN.iter().filter(|(path, _)| is_map(path)).collect();
    assert_eq!(files.len(), 3);
    for (path, bytes) in files {
        let visible = match path.split('/').next() {
            Some("html") => html::visible(text(&OWN, path)),
            Some("markdown") => markdown::visible(text(&OWN, path)),
            _ => word::visible(path, &word::unzip(bytes)["word/document.xml"]),
        };
        assert!(plain(&visible).contains(&plain(words)), "{path} has no {words}");
    }
}

#[test]
fn eighteen_and_eighty_two_capabilities_with_class_and_department() {
    let mut count = 0;
    for (group, capabilities) in CAPABILITIES {
        assert_heading(group);
        for (name, class, department) in capabilities {
            let or_dash = |value: &'static str| if value.is_empty() { "–" } else { value };
            assert_row(4, &[(0, name), (2, or_dash(class)), (3, or_dash(department))]);
            count += 1;
        }
    }
    assert_eq!(count, 82);
}

#[test]
fn five_groups_of_twenty_six_generic_capabilities_with_what_supports_them() {
    let mut count = 0;
    for (group, capabilities) in GENERIC {
        assert_heading(group);
        for (name, supported_by) in capabilities {
            let supported_by = if supported_by.is_empty() { "–" } else { supported_by };
            // The source hyphenates the placeholder once; a placeholder has one spelling.
            assert_row(3, &[(0, &name.replace("IT-system", "IT system")), (2, supported_by)]);
            count += 1;
        }
    }
    assert_eq!(count, 26);
}

#[test]
fn generic_capabilities_take_the_name_of_each_product() {
    let generic: Vec<&str> =
        GENERIC.iter().flat_map(|(_, capabilities)| capabilities.iter().map(|(name, _)| *name)).collect();
    for product in ["Hosting (server)", "Dataplattformen"] {
        let columns: Vec<String> = GENERIC
            .iter()
            .map(|(_, capabilities)| {
                let named = |name: &str| name.replace("IT-system", "IT system").replace("IT system", product);
                capabilities.iter().map(|(name, _)| named(name)).collect::<Vec<_>>().join(" ")
            })
            .collect();
        let cells: Vec<(usize, &str)> = columns.iter().map(String::as_str).enumerate().collect();
        assert_row(5, &cells);
    }
    // Bare and definite form, in the descriptions that speak of the product.
    assert_heading("Ta Hosting (server) i produktion");
    assert_heading("Utveckla och förbättra hostingen och dess tjänster");
    assert_eq!(generic.len(), 26);
}

#[test]
fn twenty_two_and_four_terms_with_their_references() {
    for (term, example, reference) in TERMS {
        let example = if example.is_empty() { "–" } else { example };
        assert_row(4, &[(0, term), (2, example), (3, reference)]);
    }
    for term in ["Öppettid", "Servicefönster", "Återställsetid", "Pålitlighet"] {
        assert_row(4, &[(0, term), (2, "–"), (3, "–")]);
    }
}

#[test]
fn five_service_levels() {
    let office = "Kontorstid (08:00–16:45)";
    let window = "Fasta servicefönster enligt regionalt regelverk";
    let outages = |count: u32| format!("Max {count} avbrott per år (exkl. planerade avbrott)");
    let levels = [
        (
            "Järn",
            office,
            window,
            "Inte garanterad",
            "Inte garanterad".to_string(),
            "används för osupporterade teknologier/teknik",
        ),
        ("Brons", office, window, "Max 8 timmar", outages(4), "–"),
        ("Silver", office, window, "Max 2 timmar", outages(3), "–"),
        ("Guld", "24/7/365", window, "Max 2 timmar", outages(2), "–"),
        (
            "Platina",
            "24/7/365",
            "Tillgängligheten påverkas inte av underhåll.",
            "Max 10 minuter",
            outages(1),
            "Tex 99,999% motsvarar ett avbrott med en avbrottsid på 5 minuter under ett år.",
        ),
    ];
    for (name, hours, window, restore, outages, comment) in &levels {
        assert_row(6, &[(0, name), (1, hours), (2, window), (3, restore), (4, outages), (5, comment)]);
    }
    assert_order("Återställsetid", &levels.map(|level| level.0));
}

#[test]
fn six_availability_levels() {
    let office = "Kontorstid (08:00–16:45 helgfri vardag)";
    let levels = [
        ("24/7/365", "2", "8", "99,91%"),
        ("24/7/365", "8", "16", "99,82%"),
        ("24/7/365", "16", "32", "99,63%"),
        (office, "2", "8", "99,65%"),
        (office, "8", "16", "99,30%"),
        (office, "16", "32", "98,59%"),
    ];
    for (hours, response, downtime, availability) in levels {
        let hours_unit = |count: &str| format!("{count} timmar");
        assert_row(5, &[(1, hours), (2, &hours_unit(response)), (3, &hours_unit(downtime)), (4, availability)]);
    }
    // With no-break space and comma, as Swedish is written.
    assert!(text(&OWN, "markdown/tjanstekatalog-2027.md").contains("| 99,91\u{A0}% |"));
}

/// The levels stand in the order of their rank in the table that has this column.
fn assert_order(column: &str, names: &[&str]) {
    for (format, rows) in ROWS.iter() {
        let head = rows.iter().position(|row| row.len() == 6 && row.contains(&column.to_string())).unwrap();
        let found: Vec<&str> = rows[head + 1..].iter().take(names.len()).map(|row| row[0].as_str()).collect();
        assert_eq!(found, names, "{format}");
    }
}

#[test]
fn five_characteristics_three_types_and_four_models_of_clouds() {
    let names = [
        "Självbetjäning på begäran",
        "Brett tillgänglig",
        "Resursdelning",
        "Snabb elasticitet",
        "Uppmätt tjänst",
        "Software as a Service",
        "Platform as a Service",
        "Infrastructure as a Service",
        "Privat moln",
        "Hybrid moln",
        "Publikt moln",
        "Partnermoln",
    ];
    for name in names {
        assert_row(3, &[(0, name)]);
    }
}

#[test]
fn the_governing_documents_metadata_and_history() {
    let facts = [
        ("Handlingstyp", "Riktlinje"),
        ("Gäller för", "Koncernstab digitalisering"),
        ("Innehållsansvar", "Fredrik Brocktorp Ceder, (andce3), Verksamhetsutvecklare"),
        ("Godkänd av", "Erica Sandberg, (erisa1), Avdelningschef"),
        ("Dokument-ID", "RS10002-522998924-17"),
        ("Version", "2.0"),
        ("Giltig från", "4 april 2026"),
        ("Giltig till", "30 juni 2026"),
        ("Gäller för", "Användarnära tjänster och Infrastruktur och cybersäkerhet"),
        ("Version", "2025-03-28"),
    ];
    for (label, value) in facts {
        assert_row(2, &[(0, label), (1, value)]);
    }
    let history = [
        (
            "1.00",
            "29 februari 2016",
            "IT-tjänstemodell VGR IT 1.0 Styrande dokument",
            "Godkänd av VGR IT:s ledningsgrupp",
        ),
        (
            "1.1",
            "10 december 2018",
            "IT-tjänstemodell VGR IT 1.1 Styrande dokument",
            "Avrop av tjänstekomponentartiklar i TK-bilaga förtydligas. IT-tjänsteansvarigrollen namngiven. Stödjande \
             kontrakt infört. Riktlinjer för servicenivåer och artiklar införda i bilagor. Koppling till CMDB i Plexus \
             beskriven. Molntjänster som del av IT-tjänster beskrivna.",
        ),
        (
            "1.2",
            "4 november 2019",
            "IT-tjänstemodell VGR IT 1.2 Styrande dokument",
            "Avsnitt om IS/IT-tjänst infört. Princip om tjänstekomponenters öppetid infört. Princip om Service Desks \
             tillgänglighet infört.",
        ),
        (
            "2.0",
            "31 oktober 2023",
            "Produkt och tjänstemodell 2.0 - Styrande dokument",
            "En uppdaterad modell som knyter ihop produkt- och tjänstebegreppen enligt ITIL4.",
        ),
    ];
    for (version, date, name, reason) in history {
        assert_row(5, &[(0, version), (1, date), (2, "Fredrik Ceder"), (3, name), (4, reason)]);
    }
}

/// A capability of level 1: name, class and department.
type Capability = (&'static str, &'static str, &'static str);

/// Level 0, and below it level 1.
#[rustfmt::skip]
const CAPABILITIES: [(&str, &[Capability]); 18] = [
    ("Samordning och styrning", &[
        ("Leda verksamheten", "Intern förmåga", "Per avdelning"),
        ("Styra verksamheten", "Intern förmåga", "Per avdelning"),
        ("Organisera verksamheten", "Intern förmåga", "Per avdelning"),
        ("Säkerställa demokrati och insyn", "Intern förmåga", "Per avdelning"),
        ("Hantera externa relationer (ledningsperspektivet)", "Intern förmåga", "Per avdelning"),
        ("Hantera externa leverantörer (på strategisk nivå)", "Intern förmåga", "Per avdelning"),
    ]),
    ("Stödja arkitektur", &[
        ("Leda processer", "Extern / Intern förmåga", "Användarnära tjänster"),
        ("Styra infrastruktur-arkitektur", "Extern / Intern förmåga", "IOC"),
        ("Designa infrastrukturlösningar", "Intern förmåga", "Per avdelning"),
    ]),
    ("Hantera säkerhet", &[
        ("Hantera informations-säkerhet", "Extern / Intern förmåga", "IOC"),
        ("Hantera IT-säkerhet", "Extern / Intern förmåga", "IOC"),
        ("Hantera cybersäkerhet", "Extern / Intern förmåga", "IOC"),
        ("Utföra säkerhetsövervakning och analys", "Extern / Intern förmåga", "IOC"),
    ]),
    ("Driva förändring", &[
        ("Driva initiativ", "Extern / Intern förmåga", "Per avdelning"),
        ("Stödja projekt", "Extern / Intern förmåga", "Per avdelning"),
    ]),
    ("Konsumera IT-stöd", &[
        ("Konsumera integrationer", "Centraliserad förmåga", "Applikationsleverans"),
        ("Konsumera applikations-specifika behörigheter", "Centraliserad förmåga", "Applikationsleverans"),
    ]),
    ("Hantera arbetsplats", &[
        ("Hantera hårdvara", "Extern förmåga", "Användarnära tjänster"),
        ("Hantera virtuella klienter och applikationer", "Extern förmåga", "Användarnära tjänster"),
        ("Hantera utskriftsplattform", "Extern förmåga", "Användarnära tjänster"),
        ("Hantera desktop", "Extern förmåga", "Användarnära tjänster"),
        ("Hantera mobila enheter", "Extern förmåga", "Användarnära tjänster"),
        ("Hantera kringutrustning", "Extern förmåga", "Användarnära tjänster"),
    ]),
    ("Hantera applikationer", &[
        ("Distribuera applikationer", "Extern förmåga", "Användarnära tjänster"),
        ("Utföra applikationspaketering", "Extern förmåga", "Användarnära tjänster"),
    ]),
    ("Hantera integrerad kommunikation", &[
        ("Leverera Telefoni", "Intern förmåga", "Användarnära tjänster"),
        ("Leverera Samtalshantering", "Extern / Intern förmåga", "Användarnära tjänster"),
        ("Leverera kritisk kommunikation", "Extern / Intern förmåga", "Användarnära tjänster"),
        ("Leverera Medicinska larm", "Intern förmåga", "Användarnära tjänster"),
        ("Leverera Meddelanden och larm", "Extern / Intern förmåga", "Användarnära tjänster"),
        ("Leverera SIM", "Extern / Intern förmåga", "Användarnära tjänster"),
    ]),
    ("Leverera samarbetsplattformar", &[
        ("Leverera Digitalt kontorsstöd", "Extern förmåga", "Användarnära tjänster"),
        ("Leverera Samarbetsytor", "Extern / Intern förmåga", "Användarnära tjänster"),
        ("Leverera e-post", "Extern / Intern förmåga", "Användarnära tjänster"),
        ("Leverera säker dokumentöverföring", "Intern förmåga", "Användarnära tjänster"),
        ("Leverera lösningsplattform", "Extern förmåga", "Användarnära tjänster"),
        ("Leverera digitala möten", "Intern förmåga", "Användarnära tjänster"),
    ]),
    ("Leverera invånartjänster", &[
        ("Hantera patientjournal", "Extern förmåga", "Användarnära tjänster"),
    ]),
    ("Leverera teknisk support och användarstöd", &[
        ("Leverera first line support", "Extern förmåga", "Användarnära tjänster"),
        ("Konsumera / Utföra second och third line support", "Extern förmåga", "Användarnära tjänster"),
        ("Kommunicera / informera till användare", "Extern förmåga", "Användarnära tjänster"),
        ("Leverera användar-utbildning och \"digital adoption\"", "Extern förmåga", "Användarnära tjänster"),
        ("Leverera On-site support", "Extern förmåga", "Per avdelning"),
        ("Koordinera felhantering och -rättning (Incident Mgmt. och Problem Mgmt.)", "Extern / Intern förmåga", "Användarnära tjänster"),
    ]),
    ("Hantera Plattformer för infrastruktur-tjänster", &[
        ("Hantera serverplattform", "Extern förmåga", "IOC"),
        ("Hantera databasplattform", "Extern förmåga", "IOC"),
        ("Hantera plattform för DevOps-verktyg", "Extern förmåga", "IOC"),
        ("Leverera plattform för AI / ML", "Extern förmåga", "IOC"),
        ("Hantera Containerplattform", "Extern / Intern förmåga", "IOC"),
        ("Hantera lagringstjänst", "Extern / Intern förmåga", "IOC"),
        ("Hantera virtualiseringsplattform", "Intern förmåga", "IOC"),
        ("Hantera plattform för Data Mgmt.", "", ""),
        ("Leverera plattform för självservice", "Extern / Intern förmåga", "IOC"),
        ("Leverera plattform för Integrationer", "Extern/Intern förmåga", "IOC"),
    ]),
    ("Leverera infrastruktur-applikationer", &[
        ("Leverera plattform för digitala arbetsflöden", "Extern / Intern förmåga", "IOC"),
        ("Leverera övervakningsverktyg", "Extern / Intern förmåga", "IOC"),
    ]),
    ("Leverera applikationsdrift", &[
        ("Utföra uppdragsbaserad applikations-drift", "Extern förmåga", "IOC"),
    ]),
    ("Hantera kärninfrastruktur", &[
        ("Hantera infrastruktur för virtualisering", "Intern förmåga", "IOC"),
        ("Hantera fysisk infrastruktur i Datahallar", "Intern förmåga", "IOC"),
        ("Hantera VGRs fysisk datahallar och teknikrum", "Intern förmåga", "IOC"),
        ("Hantera logiska datahallar", "Intern förmåga", "IOC"),
        ("Hantera nätverk", "Intern förmåga", "IOC"),
        ("Hantera mobila nätverk", "Intern förmåga", "IOC"),
    ]),
    ("Leverera infra drift", &[
        ("Utföra uppdragsbaserad infra drift", "Extern / Intern förmåga", "IOC"),
    ]),
    ("Leverera Identitet och åtkomst", &[
        ("Hantera identiteter", "Centraliserad förmåga", "Applikationsleverans"),
        ("Hantera identitetsbevis", "Centraliserad förmåga", "Regionservice Infrastruktur och Cybersäkerhet"),
        ("Hantera behörigheter", "Centraliserad förmåga", "Applikationsleverans"),
        ("Administrera behörigheter", "Centraliserad förmåga", "Användarnära tjänster"),
        ("Hantera provisionering", "Centraliserad förmåga", "Applikationsleverans"),
        ("Hantera federation", "Centraliserad förmåga", "Infrastruktur och cybersäkerhet"),
        ("Hantera kryptografisk nyckel", "Centraliserad förmåga", "Infrastruktur och cybersäkerhet"),
        ("Hantera underskrift och stämpel", "Centraliserad förmåga", "Infrastruktur och cybersäkerhet"),
        ("Kontrollera identifiering", "Centraliserad förmåga", "Infrastruktur och cybersäkerhet"),
        ("Kontrollera åtkomst", "Centraliserad förmåga", "Infrastruktur och cybersäkerhet"),
        ("Priviligierad åtkomst", "Centraliserad förmåga", "Infrastruktur och cybersäkerhet"),
    ]),
    ("Konsumera verksamhetsstöd", &[
        ("Informations-förvaltning", "Centraliserad förmåga", "Koncernkontoret"),
        ("Ekonomihantering", "Centraliserad förmåga", "Koncernkontoret"),
        ("Inköp och inventarie-hantering", "Centraliserad förmåga", "Koncernkontoret"),
        ("Lokalförsörjning och fastighets-förvaltning", "Centraliserad förmåga", "Koncernkontoret"),
        ("Juridik-hantering", "Centraliserad förmåga", "Koncernkontoret"),
        ("Personal-hantering", "Centraliserad förmåga", "Koncernkontoret"),
        ("Kris och säkerhet", "Centraliserad förmåga", "Koncernkontoret"),
    ]),
];

/// Groups of generic capabilities, and each with its primary supporting capabilities.
#[rustfmt::skip]
const GENERIC: [(&str, &[(&str, &str)]); 5] = [
    ("Hantera produkt och kunder", &[
        ("Leda produkten", "Samordning och styrning"),
        ("Paketera tjänster", "Samordning och styrning, Leverera självserviceverktyg"),
        ("Hantera externa relationer (användarperspektivet)", "Samordning och styrning"),
        ("Omvärldsbevaka", "Samordning och styrning"),
        ("Kommunicera kommande förändringar", "Leverera teknisk support och användarstöd"),
        ("Hantera leverantörer och avtal", "Samordning och styrning, Inköp och inventarie-hantering"),
        ("Prioritera utveckling / backlogg", "-"),
    ]),
    ("\"Plan and create\"", &[
        ("Kapacitetshanterar IT system", "-"),
        ("Planera utveckling av IT system", "Stödja arkitektur"),
        ("Ta emot beställning av IT system", "Samordning och styrning, Hantera självservice"),
        ("Utveckla IT system", "Stödja arkitektur, Leverera plattform för DevOps-verktyg, Leverera plattform för Integrationer, Konsumera integrationer"),
        ("Ta fram utbildningsmaterial", "Leverera teknisk support och användarstöd"),
    ]),
    ("\"Integrate and verify\"", &[
        ("Implementera IT system", "Leverera kärninfrastruktur"),
        ("Testa IT system", "Leverera plattform för DevOps-verktyg"),
        ("Skapa releaser", "Koordinera ITSM processer"),
        ("Paketera applikation", "Applikationshantering"),
    ]),
    ("\"Deploy and operate\"", &[
        ("Konfigurera IT system", "-"),
        ("Skydda IT system", "Hantera säkerhet"),
        ("Livscykelhantera IT system", ""),
        ("Supportera IT system", "Leverera teknisk support och användarstöd, Övervaka IT"),
        ("Driftsätta IT-system", "-"),
    ]),
    ("\"Monitor and Improve\"", &[
        ("Upptäcka händelse i IT system", "Övervaka IT, Tillhandahålla övervakningsverktyg"),
        ("Agera på händelse i IT system", "Övervaka IT, Tillhandahålla övervakningsverktyg"),
        ("Återställa funktionalitet av IT system", "Leverera kärninfrastruktur"),
        ("Analysera IT system", "Hantera säkerhet, Tillhandahålla övervakningsverktyg"),
        ("Förbättra/optimera IT system", "-"),
    ]),
];

/// The terms of appendix 4 with example and reference.
#[rustfmt::skip]
const TERMS: [(&str, &str, &str); 22] = [
    ("Användare", "", "Definition enligt ITIL 4 – User"),
    ("Garanti", "", "Definition enligt ITIL 4 – Warranty"),
    ("IS/IT-tjänst", "Melior Journalstöd med SLA resp Sharepoint Sofia med SLA", "Referens till ITIL 3 – Customer Facing Service"),
    ("Katalog – stödjande tjänster", "Initialt är katalogen begränsad till produktleveranser inom IoC: Hosting (server), Dataplattformen mfl samt produkter inom Användartjänster", "Referens till ITIL 3 – Service Catalog (Vy: Supporting Services)"),
    ("Kund", "'Part' i Specifik produkt och tjänstemodell, kan även vara intern kund", "Definition enligt ITIL 4 – Customer"),
    ("Modell", "Konceptuell produkt och tjänstemodell resp Specifik produkt och tjänstemodell", "Definition enligt ITIL 4 – Model"),
    ("Modellering", "'Tjänstemodellering' för att fastställa en IS/IT-tjänsts tillgänglighet (garanti) och kostnad", "Definition enligt ITIL 4 – Modelling"),
    ("Process", "", "Definition enligt ITIL 4 – Process"),
    ("Produkt", "Produkten Hosting (server)", "Definition enligt ITIL 4 – Product"),
    ("Resultat", "", "Definition enligt ITIL 4 – Outcome"),
    ("Resurs", "Applikation, Fysisk server, Team, Dokumentation (SOP, OLA etc)", "Definition enligt ITIL 4 – Resource"),
    ("Service Level Agreement (SLA)", "", "Definition enligt ITIL 4 – Service Level Agreement"),
    ("Sponsor", "", "Definition enligt ITIL 4 – Sponsor"),
    ("Stödjande kontrakt", "En produkt kan inkludera stödjande kontrakt", "Definition enligt ITIL 3 – Underpinning Contract"),
    ("Stödjande tjänst", "", "Referens till ITIL 3 - Supporting service"),
    ("Tjänst", "", "Definition enligt ITIL 4 - Service"),
    ("Tjänsteerbjudande", "En eller flera erbjudanden på en IS/IT-tjänst resp stödjande tjänst: Melior Journalstöd.SU, Sharepoint Sofia.VGR, Användartjänst Avancerad.VGR", "Definition enligt ITIL 4 - Service Offering"),
    ("Tjänstekatalog", "", "Referens till ITIL 3 – Service Catalog (Vy: Customer Facing Services)"),
    ("Tjänstekonsument", "Kort: 'Konsument'", "Definition enligt ITIL 4 - Service Consumer"),
    ("Tjänstenivå (servicenivå)", "Brons, Silver, Guld resp Platina (för mer information, se bilaga 1)", "Definition enligt ITIL 4 - Service Level"),
    ("Varor", "", "Definition enligt ITIL 4 - Goods"),
    ("Värde", "", "Definition enligt ITIL 4 - Value"),
];

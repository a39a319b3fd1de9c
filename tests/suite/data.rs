//! The catalogue as data: what other programs are given, and the schema that they may rely on.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde_json::{Value, json};

use crate::door::{COMPLETE, Files, SMALL, Workspace, every_publication, text};
use crate::read::{html, schema};

fn data(files: &Files) -> Value {
    serde_json::from_slice(&files["json/katalog-2027.json"]).unwrap()
}

fn its_schema(files: &Files) -> Value {
    serde_json::from_slice(&files["json/katalog.schema.json"]).unwrap()
}

#[test]
fn the_data_is_what_its_schema_says() {
    for (publication, files) in every_publication() {
        let faults = schema::read(&data(files), &its_schema(files)).faults;
        assert!(faults.is_empty(), "{publication}: {faults:#?}");
    }
}

#[test]
fn the_schema_lies_where_the_data_says_and_is_the_same_for_all() {
    for (publication, files) in every_publication() {
        let path = format!("json/{}", data(files)["$schema"].as_str().unwrap());
        assert!(files[&path] == SMALL["json/katalog.schema.json"], "{publication}");
    }
}

#[test]
fn a_call_counts_where_its_worst_case_does() {
    let life = "{status: under-avveckling, till: 2027-06-30, ersätts_av: nya}";
    let new = "namn: Nya\nklass: teknisk\nlivscykel: {status: planerad, från: 2027-07-01}\n\
        erbjudanden: [{suffix: Guld, servicenivå: guld}]\n";
    let call = "    - {erbjudande: servicedesk-arenden";
    let workspace = Workspace::of("felfri")
        .with("content/stodjande-tjanster/nya.yaml", new)
        .replacing("content/stodjande-tjanster/servrar.yaml", "{status: aktiv}", life)
        .replacing(
            "content/tjanster/orbit-operationsplanering.yaml",
            call,
            &format!("    - {{erbjudande: nya.guld, samband: serie, avsnitt: Drift}}\n{call}"),
        );
    let proof = data(&workspace.published())["services"][0]["proof"].clone();
    let of = |key: &str| (0..3).map(|at| proof["calls"][at][key].clone()).collect::<Vec<_>>();
    assert_eq!(of("counts"), [true, false, false]);
    assert_eq!(of("compared"), [true, true, false]);
}

#[test]
fn a_price_for_all_of_the_edition_is_for_no_part_of_it() {
    let derived = |from: &str, to: &str| {
        let price = format!("per: månad, giltig_från: {from}, giltig_till: {to}}}");
        let workspace = Workspace::of("felfri")
            .replacing(
                "content/katalog.yaml",
                "giltig_från: 2027-01-01, giltig_till: 2027-12-31",
                "giltig_från: 2027-04-01, giltig_till: 2028-03-31",
            )
            .replacing(
                "content/stodjande-tjanster/servrar.yaml",
                "pris: 4300, enhet: server, per: månad}",
                &format!("pris: 4300, enhet: server, {price}"),
            );
        let call = data(&workspace.published())["services"][0]["cost_derivation"]["calls"][0]["derivation"].clone();
        call.as_str().unwrap().replace('\u{a0}', " ")
    };
    let whole = "2 × 4 300 kr × 12 månader";
    assert_eq!(derived("2027-04-01", "2028-03-31"), whole);
    for (from, to, part) in
        [("2027-04-01", "2027-12-31", "till 31 december 2027"), ("2027-05-01", "2028-03-31", "från 1 maj 2027")]
    {
        assert_eq!(derived(from, to), format!("{whole}; priset gäller {part} men är räknat för hela året"));
    }
}

#[test]
fn what_is_not_there_all_year_is_paid_for_its_part_of_it() {
    let derived_from = |life: &str, edition: &str| {
        let servers = "content/stodjande-tjanster/servrar.yaml";
        let workspace = Workspace::of("felfri")
            .replacing(servers, "status: aktiv", &format!("status: {life}"))
            .replacing("content/katalog.yaml", "giltig_från: 2027-01-01", &format!("giltig_från: {edition}"));
        let call = data(&workspace.published())["services"][0]["cost_derivation"]["calls"][0]["derivation"].clone();
        let call = call.as_str().unwrap().replace('\u{a0}', " ");
        call.split_once("; ").map(|(_, note)| note.to_string())
    };
    // A correction that holds from June tells what the year costs.
    let corrected = derived_from("aktiv, till: 2027-08-31", "2027-06-01");
    assert_eq!(corrected.as_deref(), Some("finns till 31 augusti 2027, räknat för 8 av 12 månader"));
    let derived = |life: &str| derived_from(life, "2027-01-01");
    for (life, note) in [
        ("aktiv, från: 2026-01-01", None),
        ("under-avveckling, till: 2027-05-31", Some("finns till 31 maj 2027, räknat för 5 av 12 månader")),
        ("aktiv, från: 2027-09-01", Some("finns från 1 september 2027, räknat för 4 av 12 månader")),
        ("aktiv, från: 2027-09-02", Some("finns från 2 september 2027, räknat för 121 av 365 dagar")),
        ("avvecklad", Some("finns inte under den tiden och räknas inte")),
    ] {
        assert_eq!(derived(life).as_deref(), note);
    }
}

/// A service that was over before the edition.
const ENDED: &str = "namn: Orbit Gammal\nlivscykel: {status: avvecklad}\nkostnad: {belopp: 100}\n";
/// A product that was.
const ENDED_PRODUCT: &str = "namn: Gammal drift\nlivscykel: {status: avvecklad, till: 2026-05-31}\n\
    kostnad: {belopp: 77, fördelning: [{kund: su, andel: 100}]}\n";
/// A waiver that had ended before it.
const EXPIRED: &str = "- {id: u, regel: K105, skäl: Tills vidare., beslutat_av: bo-berg, giltig_till: 2026-12-31}\n";

#[test]
fn what_is_over_has_no_costs_and_no_chain() {
    let files = Workspace::of("felfri").with("content/tjanster/a.yaml", ENDED).published();
    let services = data(&files)["services"].clone();
    let over: Vec<_> = services.as_array().unwrap().iter().map(|service| service["over"].clone()).collect();
    assert_eq!(over, [json!(true), json!(false)]);
    for page in ["html/kostnader.html", "html/sparbarhet.html"] {
        assert!(!html::visible(text(&files, page)).contains("Orbit Gammal"), "{page}");
    }
    let page = html::visible(text(&files, "html/tjanster/a.html"));
    assert!(page.contains("Tjänsten finns inte under utgåvans tid. Livscykel: Avvecklad"), "{page}");
    assert!(!page.contains("Varför kostar tjänsten så här?") && !page.contains("Kostnad per år"), "{page}");
}

/// What is over is not on its way out, and what begins later is not new.
#[test]
fn what_is_over_is_not_told_to_change_in_the_edition() {
    let with = |life: &str, kind: &str| {
        let change = format!("{{typ: {kind}, motivering: Ersätts.}}");
        let written = format!("namn: Orbit Gammal\nlivscykel: {{{life}}}\nförändring: {change}\n");
        let files = Workspace::of("felfri").with("content/tjanster/a.yaml", written).published();
        let pages = ["html/tjanster/a.html", "html/andringar.html"].map(|page| html::visible(text(&files, page)));
        pages.map(|page| page.replace('\u{a0}', " "))
    };
    for (life, kind, told) in [
        ("status: avvecklad, till: 2026-12-31", "avvecklas", "avvecklad"),
        ("status: planerad, från: 2028-02-01", "ny", "börjar efter utgåvan"),
    ] {
        let [page, changes] = with(life, kind);
        assert!(page.contains("Ersätts.") && page.contains("Tjänsten finns inte under utgåvans tid."), "{page}");
        assert!(!page.contains("i utgåvan."), "{page}");
        assert!(changes.contains(told) && !changes.contains("på väg att avvecklas"), "{changes}");
    }
    let [page, changes] = with("status: under-avveckling, till: 2027-06-30", "avvecklas");
    assert!(page.contains("Tjänsten är på väg att avvecklas i utgåvan."), "{page}");
    assert!(changes.contains("på väg att avvecklas"), "{changes}");
}

#[test]
fn a_product_that_is_over_is_paid_by_nobody() {
    let files = Workspace::of("felfri").with("content/produkter/gammal.yaml", ENDED_PRODUCT).published();
    let products = data(&files)["products"].clone();
    let over = products.as_array().unwrap().iter().filter(|product| product["over"] == json!(true));
    assert_eq!(over.map(|product| product["id"].as_str().unwrap()).collect::<Vec<_>>(), ["gammal"]);
    let page = html::visible(text(&files, "html/produkter/gammal.html"));
    assert!(page.contains("Produkten finns inte under utgåvans tid. Livscykel: Avvecklad, till 31 maj 2026"), "{page}");
    let document = text(&files, "markdown/katalog-stodjande-tjanster-2027.md");
    assert!(document.contains("Produkten finns inte under utgåvans tid."), "{document}");
    for shown in [&page, document] {
        assert!(!shown.contains("77\u{a0}kr") && !shown.contains("77&nbsp;kr"), "{shown}");
    }
}

/// What breaks some data.
type Break = fn(&mut Value);

#[test]
fn what_breaks_the_schema_is_seen() {
    let whole = data(&COMPLETE);
    let broken: [(&str, Break); 7] = [
        ("/services/0: \"name\" is missing", |data| {
            data["services"][0].as_object_mut().unwrap().remove("name");
        }),
        ("/services/0/extra: the schema has no such key", |data| data["services"][0]["extra"] = json!("x")),
        ("/format: 2 is not 1", |data| data["format"] = json!(2)),
        ("/services/0/summary: null is no \"string\"", |data| data["services"][0]["summary"] = Value::Null),
        ("/catalogue/currency: 1 is no \"string\"", |data| data["catalogue"]["currency"] = json!(1)),
        ("/catalogue/edition/status: \"klar\" is 0 of what it may be", |data| {
            data["catalogue"]["edition"]["status"] = json!("klar");
        }),
        ("/services: {} is no \"array\"", |data| data["services"] = json!({})),
    ];
    for (fault, break_it) in broken {
        let mut data = whole.clone();
        break_it(&mut data);
        assert_eq!(schema::read(&data, &its_schema(&COMPLETE)).faults, [fault]);
    }
}

/// The complete catalogue is complete: of every key that data can have, some entity has a value, there or where an amount
/// is too large, a service or a waiver is over, or a service calls for another IS/IT service.
#[test]
fn the_complete_catalogue_uses_every_key() {
    let schema = its_schema(&COMPLETE);
    let of = |files: &Files| schema::read(&data(files), &schema).used;
    let ended = "namn: Servrar Gamla\nklass: teknisk\nlivscykel: {status: avvecklad}\n";
    let over = Workspace::of("felfri").with("content/tjanster/a.yaml", ENDED).with("content/undantag.yaml", EXPIRED);
    let over = over.with("content/stodjande-tjanster/b.yaml", ended);
    let calling = "namn: Orbit Rapport\nola: {avrop: [{erbjudande: orbit-operationsplanering.vgr}]}\n";
    let over = over.with("content/tjanster/c.yaml", calling);
    let over = over.with("content/produkter/gammal.yaml", ENDED_PRODUCT).published();
    let used: BTreeSet<String> = [&COMPLETE, &TOO_LARGE, &over].into_iter().flat_map(of).collect();
    let all = schema::properties(&schema);
    // What is worked out alike for everything that has an id is there for some of it.
    let is_common = |property: &&String| {
        let (_, key) = property.rsplit_once('.').unwrap();
        ["url", "documents", "used_by"].contains(&key) && used.iter().any(|used| used.ends_with(&format!(".{key}")))
    };
    // What is left out of a chain that no catalogue has is shown in `growth`.
    let is_of_a_long_chain = |property: &&String| property.contains(".more_");
    let unused = all.difference(&used).filter(|property| !is_common(property) && !is_of_a_long_chain(property));
    let unused: Vec<&String> = unused.collect();
    assert!(unused.is_empty(), "never given: {unused:#?}");
    let unread: Vec<&String> = used.difference(&all).collect();
    assert!(unread.is_empty(), "{unread:#?}");
}

/// Every string of some data under a key.
fn all_of<'d>(data: &'d Value, key: &str, found: &mut Vec<&'d str>) {
    match data {
        Value::Array(items) => items.iter().for_each(|item| all_of(item, key, found)),
        Value::Object(map) => {
            for (name, value) in map {
                match value {
                    Value::String(text) if name == key => found.push(text),
                    _ => all_of(value, key, found),
                }
            }
        }
        _ => {}
    }
}

fn urls(data: &Value) -> Vec<&str> {
    let mut urls = Vec::new();
    all_of(data, "url", &mut urls);
    let entities = data.as_object().unwrap().values().filter_map(Value::as_array).flatten();
    let documents = entities.filter_map(|entity| entity["documents"].as_array()).flatten();
    urls.extend(documents.filter_map(Value::as_str));
    urls
}

#[test]
fn addresses_lead_to_pages_and_places_on_them() {
    for (publication, files) in every_publication() {
        let mut ids: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for path in files.keys().filter(|path| path.ends_with(".html")) {
            for token in html::tokens(text(files, path)) {
                if let html::Token::Start(_, mut attributes) = token {
                    ids.entry(path).or_default().extend(attributes.remove("id"));
                }
            }
        }
        let data = data(files);
        let urls = urls(&data);
        assert!(urls.len() > 20, "{publication}");
        let root =
            data["catalogue"]["site"].as_str().map_or(String::new(), |site| format!("{}/", site.trim_end_matches('/')));
        for url in urls {
            let url = url.strip_prefix(root.as_str()).unwrap_or_else(|| panic!("{publication}: {url}"));
            let (path, anchor) = url.split_once('#').unwrap_or((url, "_innehall"));
            let page = ids.get(format!("html/{path}").as_str());
            assert!(page.is_some_and(|ids| ids.contains(anchor)), "{publication}: {url}");
        }
    }
}

#[test]
fn addresses_are_whole_where_the_site_has_one() {
    let address = "webbadress: https://x.example/katalog";
    let files =
        Workspace::of("liten").replacing("content/katalog.yaml", "kontorstid:", &format!("{address}\nkontorstid:"));
    let data = data(&files.published());
    let urls = urls(&data);
    assert!(urls.contains(&"https://x.example/katalog/tjanster/orbit-planering.html"), "{urls:?}");
    assert!(urls.iter().all(|url| url.starts_with("https://x.example/katalog/")), "{urls:?}");
}

/// A year later everything is found by the same id at the same address.
#[test]
fn ids_and_addresses_outlive_an_edition() {
    let later = Workspace::of("liten").draft().replacing("content/katalog.yaml", "år: 2027", "år: 2031").published();
    let later: Value = serde_json::from_slice(&later["json/katalog-2031.json"]).unwrap();
    let now = data(&SMALL);
    assert_eq!(urls(&now), urls(&later));
    let ids = |data: &Value| {
        let mut ids = Vec::new();
        all_of(data, "id", &mut ids);
        ids.into_iter().map(str::to_string).collect::<Vec<_>>()
    };
    assert_eq!(ids(&now), ids(&later));
}

#[test]
fn texts_are_markdown_that_any_program_can_read() {
    let text = "Se [[servrar]], [[§servrar]] och [[sla|*avtalet*]].\n\n  | a | b |\n  |---|---|\n  | [[servrar\\|här]] | `[[x]]` |";
    let service = format!("namn: Ny_tjänst\nbeskrivning: |\n  {text}\nmålgrupp: \"![[ny#beskrivning]]\\n\"\n");
    let run = Workspace::of("liten").with("content/tjanster/ny.yaml", &service).run(&["build"]);
    // Only a chapter may put in another text.
    assert_eq!(run.codes(), ["K011"]);
    let service =
        service.replace("målgrupp: \"![[ny#beskrivning]]\\n\"", "sammanfattning: \"![[ny#beskrivning]] [[servrar]]\"");
    let data = data(&Workspace::of("liten").draft().with("content/tjanster/ny.yaml", service).published());
    let service = data["services"].as_array().unwrap().iter().find(|service| service["id"] == "ny").unwrap();
    insta::assert_snapshot!(service["description"].as_str().unwrap(), @"
    Se [Servrar](stodjande-tjanster/servrar.html), [Servrar](stodjande-tjanster/servrar.html) och [*avtalet*](ordlista/sla.html).

    | a | b |
    |---|---|
    | [här](stodjande-tjanster/servrar.html) | `[[x]]` |
    ");
    // What is no Markdown is not read as Markdown.
    assert_eq!(service["summary"], "![[ny#beskrivning]] [[servrar]]");
    assert_eq!(service["name"], "Ny_tjänst");
}

#[test]
fn figures_are_exact() {
    let data = data(&COMPLETE);
    let mut figures = Vec::new();
    for key in ["price", "base_fee", "percent", "downtime", "restore_time", "availability", "amount", "response_time"] {
        let mut found = Vec::new();
        all_of(&data, key, &mut found);
        found.truncate(3);
        figures.push(format!("{key}: {}", found.join(" | ")));
    }
    insta::assert_snapshot!(figures.join("\n"), @"
    price: 125.5 | 4300 | 12345.50
    base_fee: 1500
    percent: 33.3 | 100 | 66.7
    downtime: PT8H | PT48H
    restore_time: PT2H
    availability: 99.91 | 97.89 | Dygnet runt.
    amount: 416250.17 | 1000000.00 | 833750.33
    response_time: PT2H | PT1H30M | PT4H
    ");
}

#[test]
fn the_parts_of_a_cost_make_the_whole_that_stands_beside_them() {
    let shares = "fördelning: [{kund: su, andel: 50}, {kund: sas, andel: 50}]";
    let files = Workspace::of("liten")
        .draft()
        .with("content/kunder.yaml", "- {id: su, namn: SU}\n- {id: sas, namn: SÄS}\n")
        .with("content/produkter/liten.yaml", format!("namn: Liten\nkostnad: {{belopp: \"0,015\", {shares}}}\n"))
        .with("content/tjanster/liten-tjanst.yaml", format!("namn: Tjänst\nkostnad: {{belopp: \"1,005\", {shares}}}\n"))
        .published();
    let data = data(&files);
    let of = |kind: &str, id: &str| {
        let all = data[kind].as_array().unwrap();
        all.iter().find(|entity| entity["id"] == id).unwrap()["cost_derivation"].clone()
    };
    let product = of("products", "liten");
    assert_eq!((&product["own"], &product["established"]), (&json!("0.015"), &json!("0.02")));
    assert_eq!(of("customers", "su")["products"][0]["whole"], "0.02");
    for (page, whole, parts) in [
        ("produkter/liten", "Kostnad per år 0,02 kr", "SU 50 % (0,01 kr), SÄS 50 % (0,01 kr)"),
        ("tjanster/liten-tjanst", "Kostnad per år 1,01 kr", "SU 50 % (0,51 kr), SÄS 50 % (0,50 kr)"),
        ("kunder/su", "Liten 0,02 kr 50 % 0,01 kr", "Tjänst 1,01 kr 50 % 0,51 kr"),
    ] {
        let shown = html::visible(text(&files, &format!("html/{page}.html"))).replace('\u{a0}', " ");
        assert!(shown.contains(whole) && shown.contains(parts), "{page}: {shown}");
    }
}

#[test]
fn a_sum_of_some_of_what_a_customer_pays_is_said_to_be_one() {
    let shares = "fördelning: [{kund: su, andel: 100}]";
    let published = |cost: &str| {
        let workspace = Workspace::of("liten").draft().with("content/kunder.yaml", "- {id: su, namn: SU}\n");
        let service = |name: &str, cost: &str| format!("namn: {name}\nkostnad: {{{cost}{shares}}}\n");
        let files = workspace
            .with("content/tjanster/hel-tjanst.yaml", service("Hel", "belopp: 1000, "))
            .with("content/tjanster/halv-tjanst.yaml", service("Halv", cost))
            .published();
        ["kunder/su", "kostnader"]
            .map(|page| html::visible(text(&files, &format!("html/{page}.html"))).replace('\u{a0}', " "))
    };
    let [customer, costs] = published("");
    assert!(customer.contains("Summa av det som är känt 1 000 kr"), "{customer}");
    assert!(costs.contains("SU 2 minst 1 000 kr"), "{costs}");
    let [customer, costs] = published("belopp: 500, ");
    assert!(customer.contains("Summa 1 500 kr"), "{customer}");
    assert!(costs.contains("SU 2 1 500 kr"), "{costs}");
}

#[test]
fn what_is_counted_for_more_than_one_service_is_told_to_be() {
    let told = |of_b: &str, more: &[(&str, &str)]| {
        let service = |name: &str, cost: &str| {
            format!("namn: {name}\nprodukter: [skal]\nkostnad: {{{cost}fördelning: [{{kund: su, andel: 100}}]}}\n")
        };
        let workspace = Workspace::of("liten")
            .draft()
            .with("content/kunder.yaml", "- {id: su, namn: SU}\n")
            .with("content/produkter/skal.yaml", "namn: Skal\ninnehåller: [plattform]\n")
            .with("content/produkter/plattform.yaml", "namn: Plattform\nkostnad: {belopp: 1000}\n")
            .with("content/tjanster/delar-a.yaml", service("Delar A", ""))
            .with("content/tjanster/delar-b.yaml", service("Delar B", of_b));
        let files = more.iter().fold(workspace, |workspace, (path, text)| workspace.with(path, text)).published();
        let page = html::visible(text(&files, "html/kostnader.html")).replace('\u{a0}', " ");
        let told = page.split_once("Minst ").and_then(|(_, rest)| rest.split_once(" är räknat mer än en gång."));
        told.map(|(amount, _)| amount.to_string())
    };
    assert_eq!(told("", &[]).as_deref(), Some("1 000 kr"));
    // What is set is what its author has found it to be.
    assert_eq!(told("belopp: 500, ", &[]), None);
    let offered = "namn: Erbjuden\nkostnad: {belopp: 100}\nerbjudanden: [{suffix: P, miljö: produktion, priser: \
                   [{artikel: e, benämning: E, pris: 30, per: år}]}]\n";
    let calling = "namn: Avropar\nola: {avrop: [{erbjudande: erbjuden.p}]}\n";
    let more = [("content/tjanster/erbjuden.yaml", offered), ("content/tjanster/avropar.yaml", calling)];
    assert_eq!(told("belopp: 500, ", &more).as_deref(), Some("30 kr"));
    assert_eq!(told("", &more).as_deref(), Some("1 030 kr"));
}

/// The service of the small catalogue, and of the complete one.
const ORBIT: &str = "content/tjanster/orbit-planering.yaml";
/// A supporting service of which one article has a price and the other is of an offer.
const PARTLY_PRICED: &str = "namn: Delvis\nklass: teknisk\nerbjudanden:\n  \
    - {suffix: X, priser: [{artikel: x, benämning: A, pris: 10, enhet: st, per: år}]}\n  \
    - {suffix: Y, priser: [{artikel: y, benämning: A, pris: enligt offert, per: år}]}\n";

#[test]
fn what_is_known_in_part_is_said_to_be_that_wherever_it_is_told() {
    let published = |calls: &str, amount: &str| {
        let service = format!(
            "namn: Cirkel\nola: {{avrop: [{calls}]}}\nkostnad: {{{amount}fördelning: [{{kund: su, andel: 100}}]}}\n"
        );
        let files = Workspace::of("liten")
            .draft()
            .with("content/kunder.yaml", "- {id: su, namn: SU}\n")
            .with("content/stodjande-tjanster/delvis.yaml", PARTLY_PRICED)
            .replacing(ORBIT, "namn: Orbit Planering", "livscykel: {status: avvecklad}\nnamn: Orbit Planering")
            .with("content/tjanster/cirkel.yaml", &service)
            .published();
        let data = data(&files);
        let cost = data["services"].as_array().unwrap().iter().find(|service| service["id"] == "cirkel").unwrap();
        let flags = ["partly_known", "underlying_partly_known"].map(|key| cost["cost_derivation"][key].clone());
        let pages = ["kunder/su", "kostnader", "tjanster/cirkel"]
            .map(|page| html::visible(text(&files, &format!("html/{page}.html"))).replace('\u{a0}', " "));
        (flags, pages)
    };
    let both = "{erbjudande: delvis.x, antal: 2}, {erbjudande: delvis.y}";
    let (flags, [customer, costs, service]) = published(both, "");
    assert_eq!(flags, [json!(true), json!(true)]);
    assert!(customer.contains("Cirkel minst 20 kr 100 % minst 20 kr Summa av det som är känt 20 kr"), "{customer}");
    let told = "kostar tillsammans minst 20 kr per år. Allt som är känt är fördelat på kunder.";
    assert!(costs.contains(told), "{costs}");
    assert!(costs.contains("Cirkel minst 20 kr – minst 20 kr Ja Summa minst 20 kr"), "{costs}");
    assert!(costs.contains("SU 1 minst 20 kr Summa minst 20 kr"), "{costs}");
    assert!(service.contains("SU 100 % minst 20 kr Summa 100 % minst 20 kr"), "{service}");
    // What is set is known, though not all that it is made of is.
    let (flags, [customer, costs, service]) = published(both, "belopp: 50, ");
    assert_eq!(flags, [json!(false), json!(true)]);
    assert!(customer.contains("Cirkel 50 kr 100 % 50 kr Summa 50 kr"), "{customer}");
    assert!(costs.contains("kostar tillsammans 50 kr per år. Allt är fördelat på kunder."), "{costs}");
    assert!(costs.contains("Cirkel minst 20 kr högst 30 kr 50 kr Ja Summa 50 kr"), "{costs}");
    assert!(
        service.contains("Det som inte är uppdelat på produkter och avrop, och det som inte är känt ovan"),
        "{service}"
    );
    let (flags, [_, costs, _]) = published("{erbjudande: delvis.x, antal: 2}", "");
    assert_eq!(flags, [json!(false), json!(false)]);
    assert!(costs.contains("Cirkel 20 kr – 20 kr Ja Summa 20 kr"), "{costs}");
}

/// What the complete catalogue publishes with a price and a quantity that are too large together, and a product whose cost
/// nobody has said.
static TOO_LARGE: LazyLock<Files> = LazyLock::new(|| {
    let price = "pris: \"999 999 999 999,999999\", enhet: server, per: timme";
    Workspace::of("fullstandig")
        .replacing("content/stodjande-tjanster/servrar.yaml", "pris: 4300, enhet: server, per: månad", price)
        .replacing(ORBIT, "antal: 4,", "antal: 4294967295,")
        .replacing(ORBIT, "kostnad: {belopp: 1000000,", "kostnad: {")
        .replacing("content/produkter/produkt-x.yaml", "kostnad: {belopp: \"1 250 000,50\",", "kostnad: {")
        .published()
});

#[test]
fn what_has_no_room_to_be_worked_out_is_said_to_and_no_smaller_sum_stands_for_it() {
    let files = &*TOO_LARGE;
    let data = data(files);
    let faults = schema::read(&data, &its_schema(files)).faults;
    assert!(faults.is_empty(), "{faults:#?}");
    let one = |list: &str, id: &str| {
        let all = data[list].as_array().unwrap();
        all.iter().find(|entity| entity["id"] == id).unwrap()["cost_derivation"].clone()
    };
    let orbit = one("services", "orbit-planering");
    for sum in ["calls_total", "underlying", "established", "rest"] {
        assert_eq!(orbit.get(sum), None, "{orbit:#}");
    }
    assert_eq!(orbit["too_large"], true);
    let hospital = one("customers", "sjukhuset");
    assert_eq!((hospital.get("services_total"), &hospital["too_large"]), (None, &json!(true)));

    let told = "för stor för att räknas fram";
    for (path, words) in [
        ("html/tjanster/orbit-planering.html", told),
        (
            "html/tjanster/orbit-planering.html",
            "Ett belopp är för stort för att räknas fram, och därför finns ingen summa",
        ),
        ("html/dokument/sla/orbit-planering.html", told),
        ("html/kostnader.html", "kostar tillsammans går inte att räkna fram, eftersom ett belopp är för stort"),
        ("html/kunder/sjukhuset.html", "Summa inte känd"),
    ] {
        let shown = html::visible(text(files, path));
        assert!(shown.contains(words), "{path}: {shown}");
    }
}

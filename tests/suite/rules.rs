//! What the rules on services, products, offerings and contracts find beside their examples, and what they leave alone.

use crate::door::Workspace;

const ORBIT: &str = "tjanster/orbit-operationsplanering.yaml";
const SERVERS: &str = "stodjande-tjanster/servrar.yaml";
const CONTRACT: &str = "kontrakt/leverantorsstod.yaml";

/// A change to the faultless catalogue: a file, words of it (none for the whole), and what takes their place.
type Change<'a> = (&'a str, &'a str, &'a str);

/// What is found after the changes: `code file:line`.
fn found(changes: &[Change<'_>]) -> Vec<String> {
    let workspace = changes.iter().fold(Workspace::of("felfri"), |workspace, (path, words, by)| {
        let path = format!("content/{path}");
        if words.is_empty() { workspace.with(&path, by) } else { workspace.replacing(&path, words, by) }
    });
    let run = workspace.run(&["check"]);
    assert!(
        !run.stderr.lines().any(|line| line.trim() == "help:"),
        "what is found is told with what to do: {}",
        run.stderr
    );
    let finding = |line: &str| {
        let (place, rest) = line.strip_prefix("content/")?.split_once(": ")?;
        let code = rest.split_once('[')?.1.split_once(']')?.0;
        Some(format!("{code} {}", place.rsplit_once(':')?.0))
    };
    run.stderr.lines().filter_map(finding).collect()
}

fn assert_found(changes: &[Change<'_>], wanted: &[&str]) {
    assert_eq!(found(changes), wanted, "{changes:?}");
}

#[test]
fn what_has_ended_may_lack_anything_and_what_is_planned_its_agreements() {
    assert_found(&[("tjanster/a.yaml", "", "namn: Orbit Gammal\nlivscykel: {status: avvecklad}\n")], &[]);
    assert_found(&[("produkter/a.yaml", "", "namn: A\nlivscykel: {status: avvecklad}\n")], &[]);
    let ended = "namn: A\nklass: teknisk\nlivscykel: {status: avvecklad}\n";
    assert_found(&[("stodjande-tjanster/a.yaml", "", ended)], &[]);
    let without = |status: &str| {
        let text = std::fs::read_to_string(crate::door::suite().join("fixtures/felfri/content").join(ORBIT)).unwrap();
        let (before, rest) = text.split_once("sla:\n").unwrap();
        let after = rest.split_once("kostnad:\n").unwrap().1;
        let text = format!("{before}kostnad:\n{after}").replace("status: aktiv", status);
        found(&[(ORBIT, "", &text)])
    };
    assert_eq!(without("status: planerad"), Vec::<String>::new());
    assert_eq!(without("status: aktiv"), [format!("K117 {ORBIT}:1"), format!("K118 {ORBIT}:1")]);
}

#[test]
fn an_agreement_that_has_ended_is_not_proved() {
    let calls = "- {erbjudande: servrar.silver, antal: 1, avsnitt: Drift}\n    \
        - {erbjudande: servrar.guld, antal: 1, samband: redundant, avsnitt: Drift}\n    ";
    let first = "- {erbjudande: servicedesk-arenden.silver";
    let found = |life: &str| {
        found(&[(ORBIT, first, &format!("{calls}{first}")), (ORBIT, "{status: aktiv}", life)])
            .iter()
            .filter_map(|finding| finding.split_once(' ').map(|(code, _)| code.to_string()))
            .filter(|code| code.starts_with("K16"))
            .collect::<Vec<_>>()
    };
    assert_eq!(found("{status: aktiv}"), ["K162", "K160", "K165"]);
    assert_eq!(found("{status: avvecklad, till: 2026-12-31}"), Vec::<String>::new());
}

/// A price for the edition's time would be one for when the service is not there.
#[test]
fn a_price_of_what_is_not_there_is_to_be_removed() {
    let words = "pris: \"125,50\", enhet: användare, per: månad";
    let help = |life: &str, days: &str| {
        let path = format!("content/{ORBIT}");
        let workspace = Workspace::of("felfri").replacing(&path, "livscykel: {status: aktiv}", life).replacing(
            &path,
            words,
            &format!("{words}, {days}"),
        );
        let told = workspace.run(&["check"]).stderr;
        let told = told.split_once("[K181]").unwrap().1.split_once("help: ").unwrap().1;
        told.lines().next().unwrap().trim().to_string()
    };
    let removed = "ta bort raden; tjänsten finns inte i utgåvan";
    assert_eq!(help("livscykel: {status: avvecklad, till: 2026-12-31}", "giltig_till: 2026-12-31"), removed);
    assert_eq!(help("livscykel: {status: planerad, från: 2028-01-01}", "giltig_från: 2028-01-01"), removed);
    let renewed = "ange priset för utgåvans tid, eller ta bort raden";
    assert_eq!(help("livscykel: {status: aktiv}", "giltig_till: 2026-12-31"), renewed);
}

#[test]
fn a_missing_key_is_told_at_the_name_and_an_empty_one_at_itself() {
    assert_found(&[(ORBIT, "tjänsteägare: bo-berg\n", "")], &["K113 tjanster/orbit-operationsplanering.yaml:1"]);
    assert_found(
        &[(ORBIT, "tjänsteägare: bo-berg\n", "tjänsteägare:\n")],
        &["K113 tjanster/orbit-operationsplanering.yaml:17"],
    );
    assert_found(
        &[(ORBIT, "  kapacitet: 1 400 samtidiga användare.\n", "")],
        &["K120 tjanster/orbit-operationsplanering.yaml:10"],
    );
    let described = "{id: hantera-serverplattform, namn: Hantera serverplattform, beskrivning: Tillhandahålla \
        plattform för hanterade servrar., klass: extern, avdelning: infrastruktur}";
    let told = |entry: &str| found(&[("formagor.yaml", described, entry)]);
    let rest = "klass: extern\n      avdelning: infrastruktur";
    let name = "id: hantera-serverplattform\n      namn: Hantera serverplattform";
    assert_eq!(told(&format!("{name}\n      {rest}")), ["K403 formagor.yaml:5"]);
    assert_eq!(told(&format!("{name}\n      beskrivning:\n      {rest}")), ["K403 formagor.yaml:6"]);
}

/// What is broken, and so left out, may still be what uses something.
#[test]
fn nothing_is_called_unused_that_a_broken_file_may_use() {
    let lone = "namn: Lagring\nklass: leverans\nansvarig: anna-alm\nprodukter: [hosting-server]\n\
        beställning: {portal: true, cmdb: automatisk}\nerbjudanden: [{suffix: Guld, servicenivå: guld}]\n\
        sammanfattning: Lagring.\n";
    let lone = ("stodjande-tjanster/lagring.yaml", "", lone);
    let unused = "K131 stodjande-tjanster/lagring.yaml:1";
    let call = "servicedesk-arenden.silver, antal: 1";
    assert_found(&[lone], &[unused]);
    assert_found(&[lone, (ORBIT, call, "lagring.guld, antal: 1")], &[]);
    // A value of the wrong form, and a misspelt reference.
    let second = "namn: Orbit Två\nkonto: x\nola: {avrop: [{erbjudande: lagring.guld}]}\n";
    assert_found(&[lone, ("tjanster/b.yaml", "", second)], &["K004 tjanster/b.yaml:2"]);
    for other in ["finns-inte", "leverantorsstod"] {
        let product = (ORBIT, "produkter: [orbit-drift]", format!("produkter: [{other}]"));
        assert_found(&[(product.0, product.1, &product.2)], &["K010 tjanster/orbit-operationsplanering.yaml:8"]);
    }
    let contract = ("produkter/orbit-drift.yaml", "kontrakt: [leverantorsstod]", "kontrakt: [finns-inte]");
    assert_found(&[contract], &["K010 produkter/orbit-drift.yaml:8"]);
    let second = "namn: Orbit Två\nola: {avrop: [{erbjudande: lagring.gull}]}\n";
    assert_found(&[lone, ("tjanster/b.yaml", "", second)], &["K010 tjanster/b.yaml:2"]);
    // What cannot be followed at all may use anything; what can, uses what it says.
    assert_found(&[lone, ("tjanster/b.yaml", "", "namn: \"Orbit\n")], &["K002 tjanster/b.yaml:1"]);
    let second = "namn: Orbit Två\nkonto: x\nola: {avrop: [{erbjudande: servrar.guld}]}\n";
    assert_found(&[lone, ("tjanster/b.yaml", "", second)], &[unused, "K004 tjanster/b.yaml:2"]);
}

#[test]
fn what_supports_only_itself_or_what_has_ended_supports_nothing() {
    let lone = |supports: &str| {
        let text = format!(
            "namn: Lagring\nklass: leverans\nansvarig: anna-alm\nprodukter: [hosting-server]\nstödjer: [{supports}]\n\
             beställning: {{portal: true, cmdb: automatisk}}\nerbjudanden: [{{suffix: Guld, servicenivå: guld}}]\n\
             sammanfattning: Lagring.\n"
        );
        let ended =
            ("produkter/gammal.yaml", "", "namn: Gammal\ninnehåller: [lagring]\nlivscykel: {status: avvecklad}\n");
        found(&[("stodjande-tjanster/lagring.yaml", "", &text), ended])
    };
    assert_eq!(lone("orbit-drift"), Vec::<String>::new());
    for nothing in ["lagring", "gammal", "lagring, gammal", "hosting-server"] {
        assert_eq!(lone(nothing), ["K131 stodjande-tjanster/lagring.yaml:5"]);
    }
}

/// A service whose Tjänste-OLA is missing may call for what rests on its products: one finding is enough.
#[test]
fn a_missing_agreement_makes_nothing_near_it_unused() {
    let lone = "namn: Lagring\nklass: leverans\nansvarig: anna-alm\nprodukter: [servicedesk]\n\
        beställning: {portal: true, cmdb: automatisk}\nerbjudanden: [{suffix: Guld, servicenivå: guld}]\n\
        sammanfattning: Lagring.\n";
    let text = std::fs::read_to_string(crate::door::suite().join("fixtures/felfri/content").join(ORBIT)).unwrap();
    let (before, rest) = text.split_once("ola:\n").unwrap();
    let after = rest.split_once("kostnad:\n").unwrap().1;
    let second = |product: &str| {
        let second = format!("{before}kostnad:\n{after}").replace("orbit-drift", product);
        let second = second.replace("namn: Orbit Operationsplanering", "namn: Orbit Två");
        let second = second.replace("artikel: \"10", "artikel: \"11");
        found(&[("stodjande-tjanster/lagring.yaml", "", lone), ("tjanster/b.yaml", "", &second)])
    };
    assert_eq!(second("servicedesk"), ["K118 tjanster/b.yaml:1"]);
    assert_eq!(second("hosting-server"), ["K131 stodjande-tjanster/lagring.yaml:1", "K118 tjanster/b.yaml:1"]);
}

#[test]
fn a_contract_underpins_what_is_down_without_it() {
    let at = |code: &str, line: u32| format!("{code} {CONTRACT}:{line}");
    let office = (CONTRACT, "öppettid: dygnet-runt", "öppettid: kontorstid");
    let slow = (CONTRACT, "åtgärdstid: 2 timmar", "åtgärdstid: 3 timmar");
    let late = (CONTRACT, "giltig_från: 2026-01-01", "giltig_från: 2027-02-01");
    let early = (CONTRACT, "giltig_till: 2028-12-31", "giltig_till: 2027-12-30");
    let all = [at("K142", 7), at("K143", 8), at("K141", 9), at("K141", 10)];
    assert_eq!(found(&[office, slow, late, early]), all);
    // The same behind what the service calls for in series, and behind what it does without.
    let moved = ("produkter/orbit-drift.yaml", "kontrakt: [leverantorsstod]\n", "");
    let product = |path| (path, "namn:", "kontrakt: [leverantorsstod]\nnamn:");
    let behind = |path| found(&[office, slow, late, early, moved, product(path)]);
    assert_eq!(behind("produkter/hosting-server.yaml"), all);
    assert_eq!(behind("produkter/servicedesk.yaml"), Vec::<String>::new());
    // And behind what says that it supports what is called for, unless the Tjänste-OLA says that the service does
    // without.
    let keys = "namn: Nycklar\nklass: teknisk\nsammanfattning: Nycklar.\nbeskrivning: Nycklar.\nansvarig: anna-alm\n\
        produkter: [servicedesk]\nstödjer: [hosting-server]\nbeställning: {portal: true, cmdb: automatisk}\nerbjudanden:\n  \
        - {suffix: Silver, servicenivå: silver}\n  - {suffix: Guld, servicenivå: guld}\n";
    let keys = ("stodjande-tjanster/nycklar.yaml", "", keys);
    let supported = |more: &[Change<'_>]| {
        let changes = [office, slow, late, early, moved, product("produkter/servicedesk.yaml"), keys];
        found(&[&changes[..], more].concat())
    };
    assert_eq!(supported(&[]), all);
    let without = "    - {erbjudande: nycklar.guld, samband: ej-kritisk, avsnitt: Support}\n  avsnitt:\n";
    assert_eq!(supported(&[(ORBIT, "  avsnitt:\n", without)]), Vec::<String>::new());
    // What is there for a part of the year needs its contracts for that.
    let ends =
        ("produkter/orbit-drift.yaml", "namn:", "livscykel: {status: under-avveckling, till: 2027-06-30}\nnamn:");
    let to = |day| (CONTRACT, "giltig_till: 2028-12-31", day);
    let of_contract = |changes: &[Change<'_>]| {
        found(changes).into_iter().filter(|finding| finding.starts_with("K141")).collect::<Vec<_>>()
    };
    assert_eq!(of_contract(&[ends, to("giltig_till: 2027-06-30")]), Vec::<String>::new());
    assert_eq!(of_contract(&[ends, to("giltig_till: 2027-06-29")]), [at("K141", 10)]);
    let ends = (SERVERS, "{status: aktiv}", "{status: under-avveckling, till: 2027-06-30}");
    let behind = [moved, product("produkter/hosting-server.yaml"), ends];
    assert_eq!(of_contract(&[&behind[..], &[to("giltig_till: 2027-06-30")]].concat()), Vec::<String>::new());
    assert_eq!(of_contract(&[&behind[..], &[to("giltig_till: 2027-06-29")]].concat()), [at("K141", 10)]);
    // An SLA that ends before the edition asks for no more; that it does is what another rule tells.
    let sla = (ORBIT, "  giltig_till: 2027-12-31", "  giltig_till: 2027-12-30");
    assert_eq!(found(&[early, sla]), [format!("K159 {ORBIT}:32")]);
}

#[test]
fn what_is_published_as_decided_is_named_with_its_decision() {
    let decided = ("katalog.yaml", "status: utkast", "status: beslutad");
    assert_found(&[decided], &[]);
    let renamed = |from, to| [decided, ("katalog.yaml", from, to)];
    assert_found(&renamed("  prislista:", "  formagekarta:"), &["K185 katalog.yaml:4"]);
    assert_found(&renamed("  katalog-stodjande-tjanster:", "  formagekarta:"), &["K185 katalog.yaml:4"]);
}

#[test]
fn the_unit_of_the_catalogue_coordinates_under_any_of_its_names() {
    let named = |department| {
        found(&[
            ("avdelningar.yaml", "- {id: koncernstab-digitalisering, namn: Koncernstab digitalisering}", department),
            (CONTRACT, "samordnare: koncernstab-digitalisering", "samordnare: stab"),
            ("personer.yaml", "avdelning: koncernstab-digitalisering", "avdelning: stab"),
        ])
    };
    assert_eq!(named("- {id: stab, namn: Koncernstab Digitalisering}"), Vec::<String>::new());
    assert_eq!(named("- {id: stab, namn: Staben}"), [format!("K140 {CONTRACT}:6")]);
    let both = "- {id: stab, namn: KSD, samma_som: hel}\n- {id: hel, namn: Koncernstab digitalisering}";
    assert_eq!(named(both), ["K103 avdelningar.yaml:3"]);
}

/// The unit that has got another name is told at itself, not at each contract.
#[test]
fn the_unit_is_told_where_all_contracts_are_coordinated_by_one_other() {
    let text = std::fs::read_to_string(crate::door::suite().join("fixtures/felfri/content").join(CONTRACT)).unwrap();
    let paths = ["kontrakt/b.yaml", "kontrakt/c.yaml"];
    let texts = ["B", "C"].map(|name| text.replace("Leverantörsstöd för Orbit", name));
    let product = ("produkter/orbit-drift.yaml", "kontrakt: [leverantorsstod]", "kontrakt: [leverantorsstod, b, c]");
    let unit = ("katalog.yaml", "enhet: Koncernstab digitalisering", "enhet: Digitalisering");
    let three = [unit, product, (paths[0], "", &texts[0]), (paths[1], "", &texts[1])];
    assert_eq!(found(&three), ["K140 katalog.yaml:3"]);
    assert_eq!(found(&[unit]), [format!("K140 {CONTRACT}:6")]);
    let one_other =
        [&three[..], &[(CONTRACT, "samordnare: koncernstab-digitalisering", "samordnare: infrastruktur")]].concat();
    assert_eq!(found(&one_other).len(), 3);
}

#[test]
fn what_is_not_said_of_ordering_is_not_told_as_a_fact() {
    let told = |ordering: &str| {
        let (path, words) = (format!("content/{SERVERS}"), "beställning: {portal: true, cmdb: automatisk}\n");
        let run = Workspace::of("felfri").replacing(&path, words, ordering).run(&["check"]);
        let lines = run.stderr.lines().filter(|line| line.contains("K133") || line.contains("help: "));
        lines.map(|line| line.trim().to_string()).collect::<Vec<_>>()
    };
    let [finding, help] = &told("")[..] else { panic!("one finding") };
    assert!(finding.contains("”Servrar” säger inte om den går att beställa"), "{finding}");
    assert!(help.contains("{portal: true, cmdb: automatisk}"), "{help}");
    let [finding, help] = &told("beställning: {portal: true}\n")[..] else { panic!("one finding") };
    assert!(finding.contains("”Servrar” säger inte hur CMDB uppdateras"), "{finding}");
    assert!(help.contains("lägg till cmdb: automatisk"), "{help}");
    let [finding, help] = &told("beställning: {cmdb: automatisk}\n")[..] else { panic!("one finding") };
    assert!(finding.contains("”Servrar” säger inte om den går att beställa i Service Portalen ("), "{finding}");
    assert!(help.contains("lägg till portal: true"), "{help}");
    let [finding, _] = &told("beställning: {text: Ring oss.}\n")[..] else { panic!("one finding") };
    assert!(finding.contains("i Service Portalen, eller hur CMDB uppdateras"), "{finding}");
    let [finding, _] = &told("beställning: {portal: false, cmdb: automatisk}\n")[..] else { panic!("one finding") };
    assert!(finding.contains("går inte att beställa"), "{finding}");
}

#[test]
fn levels_are_asked_for_by_name_and_else_by_hours() {
    let silver = (
        SERVERS,
        "  - {suffix: Silver, servicenivå: silver, priser: [{artikel: \"2001\", benämning: Server Silver, pris: 2900, enhet: server, per: månad}]}\n",
        "",
    );
    let missing = "K132 produkter/hosting-server.yaml:1";
    assert_found(&[silver], &[missing]);
    // Nor is it there by a service that begins when the edition is over.
    let planned = |day: &str| {
        format!(
            "namn: Dagservrar\nklass: teknisk\nsammanfattning: Servrar.\nbeskrivning: Servrar.\nansvarig: anna-alm\n\
             produkter: [hosting-server]\nstödjer: [orbit-drift]\nbeställning: {{portal: true, cmdb: automatisk}}\n\
             livscykel: {{status: planerad, från: {day}}}\nerbjudanden: [{{suffix: Silver, servicenivå: silver}}]\n"
        )
    };
    let other = "stodjande-tjanster/dagservrar.yaml";
    assert_found(&[silver, (other, "", &planned("2028-01-01"))], &[missing]);
    assert_found(&[silver, (other, "", &planned("2027-12-01"))], &[]);
    // Platina is not the level that the guideline names.
    assert_found(
        &[
            (SERVERS, "Guld, servicenivå: guld", "Platina, servicenivå: platina"),
            (ORBIT, "servrar.guld", "servrar.platina"),
        ],
        &[missing],
    );
    // A catalogue with levels of its own.
    let own = "- {id: utan, namn: Utan, öppettid: kontorstid, återställsetid: inte garanterad, avbrott_per_år: 4}\n\
        - {id: dag, namn: Dag, öppettid: kontorstid, återställsetid: 8 timmar, avbrott_per_år: 4}\n\
        - {id: natt, namn: Natt, öppettid: dygnet-runt, återställsetid: 2 timmar, avbrott_per_år: 2}\n";
    let servers = |first| (SERVERS, "Silver, servicenivå: silver", first);
    let renamed = [
        ("servicenivaer.yaml", "", own),
        (SERVERS, "Guld, servicenivå: guld", "Natt, servicenivå: natt"),
        ("stodjande-tjanster/servicedesk-arenden.yaml", "servicenivå: silver", "servicenivå: dag"),
        (ORBIT, "servrar.guld", "servrar.natt"),
    ];
    assert_found(&[&renamed[..], &[servers("Dag, servicenivå: dag")]].concat(), &[]);
    assert_found(&[&renamed[..], &[servers("Utan, servicenivå: utan")]].concat(), &[missing]);
    // Where a level is missing, that is what is told.
    assert_found(&[(SERVERS, "Silver, servicenivå: silver", "Silver")], &["K130 stodjande-tjanster/servrar.yaml:12"]);
}

#[test]
fn suffixes_neither_repeat_nor_contradict() {
    let test = |by| found(&[(ORBIT, "suffix: test\n    miljö: test", by)]);
    let wrong = [format!("K134 {ORBIT}:53")];
    for by in [
        "suffix: utb\n    miljö: test",
        "suffix: prod\n    miljö: test",
        "suffix: OrbitOperationsplanering\n    miljö: test",
        "suffix: orbit-operationsplanering-2\n    miljö: test",
        "suffix: SU-prod\n    miljö: test",
        "suffix: SU-test\n    miljö: produktion",
        "suffix: acceptanstest\n    miljö: produktion",
        "suffix: VGR-test\n    miljö: produktion",
        "suffix: Produktion-VGR\n    miljö: test",
    ] {
        assert_eq!(test(by), wrong, "{by}");
    }
    for by in [
        "suffix: SU\n    miljö: test",
        "suffix: Guld\n    miljö: test",
        "suffix: Orbit\n    miljö: test",
        "suffix: test-utb\n    miljö: test",
        "suffix: Forskning-utbildning\n    miljö: test",
        "suffix: Blodtest\n    miljö: produktion",
        "suffix: Covid-test\n    miljö: produktion",
    ] {
        assert_eq!(test(by), Vec::<String>::new(), "{by}");
    }
    let level = (SERVERS, "suffix: Silver, servicenivå: silver", "suffix: Brons, servicenivå: silver");
    assert_found(&[level], &["K134 stodjande-tjanster/servrar.yaml:12"]);
    let silver = |by| {
        let changes = [(SERVERS, "suffix: Silver, servicenivå: silver", by)];
        found(&changes).into_iter().filter(|finding| finding.starts_with("K134")).count()
    };
    assert_eq!(silver("suffix: Guld-SU, servicenivå: silver"), 1);
    assert_eq!(silver("suffix: Silver-SU, servicenivå: silver"), 0);
    assert_eq!(silver("suffix: Järna, servicenivå: silver"), 0);
    assert_eq!(silver("suffix: Guldheden, servicenivå: silver"), 0);
}

#[test]
fn a_supporting_service_has_some_words_of_what_it_does() {
    let description = "beskrivning: Virtuella servrar med operativsystem, övervakning och säkerhetskopiering.\n";
    let summary = "sammanfattning: Hanterade servrar.\n";
    assert_found(&[(SERVERS, description, "")], &[]);
    assert_found(&[(SERVERS, summary, "")], &[]);
    assert_found(&[(SERVERS, &format!("{summary}{description}"), "")], &[&format!("K121 {SERVERS}:1")]);
}

#[test]
fn an_sla_holds_in_an_offering_that_says_it_is_production() {
    let production = "suffix: VGR\n    miljö: produktion";
    let test = "suffix: test\n    miljö: test";
    assert_found(&[(ORBIT, production, "suffix: VGR")], &[&format!("K137 {ORBIT}:49")]);
    assert_found(&[(ORBIT, test, "suffix: test")], &[&format!("K135 {ORBIT}:53")]);
    let decided = ("katalog.yaml", "status: utkast", "status: beslutad");
    let (path, words, by) = (format!("content/{ORBIT}"), production, "suffix: VGR");
    let workspace = Workspace::of("felfri").replacing("content/katalog.yaml", decided.1, decided.2);
    assert_eq!(workspace.replacing(&path, words, by).run(&["check"]).code, 1);
}

#[test]
fn a_document_says_whom_it_is_for_and_has_an_id_of_its_own() {
    let is_for = "handlingstyp: Prislista\n    gäller_för: Förvaltningar och bolag\n";
    assert_found(&[("katalog.yaml", is_for, "handlingstyp: Prislista\n")], &["K184 katalog.yaml:21"]);
    assert_found(&[("katalog.yaml", "RS-2027-2", "RS-2027-1")], &["K184 katalog.yaml:16"]);
}

#[test]
fn what_is_planned_and_agreed_has_a_first_day() {
    let planned = |life| found(&[(ORBIT, "livscykel: {status: aktiv}", life)]);
    assert_eq!(planned("livscykel: {status: planerad}"), [format!("K189 {ORBIT}:26")]);
    assert_eq!(planned("livscykel: {status: planerad, från: 2027-01-01}"), Vec::<String>::new());
    let unsigned = (ORBIT, ", datum: 2026-11-02", "");
    assert_found(&[(ORBIT, "livscykel: {status: aktiv}", "livscykel: {status: planerad}"), unsigned], &[]);
}

#[test]
fn a_capability_neither_is_nor_names_a_department() {
    let named = |name: &str| {
        let short = "- {id: infrastruktur, namn: Infrastruktur och cybersäkerhet, förkortning: IoC}";
        let department = "- {id: infrastruktur, namn: Infrastruktur och cybersäkerhet}";
        let capability = format!("namn: {name}, beskrivning");
        found(&[
            ("avdelningar.yaml", department, short),
            ("formagor.yaml", "namn: Hantera serverplattform, beskrivning", &capability),
        ])
    };
    for name in [
        "IoC",
        "Leverera Infrastruktur och cybersäkerhet",
        "Infrastruktur och cybersäkerhet – drift",
        "Leda Koncernstab digitaliserings arbete",
        "\"Leda Koncernstab\u{a0}digitalisering\"",
        "Leda Applikationsleverans",
        "Leda (IoC)",
        "\"Hosting  (server)\"",
        "Orbit drift",
        "Orbit–drift",
        "Planera operation",
    ] {
        assert_eq!(named(name), ["K402 formagor.yaml:4"], "{name}");
    }
    for name in [
        "Hantera infrastruktur och cybersäkerhet",
        "Hantera Infrastruktur och cybersäkerhetsfrågor",
        "Hantera Infrastruktur och cybersäkerhet-drift",
        "Leda applikationsleverans",
        "Applikationsleverans av vård",
        "Leda IoCP",
        "Leda drift av Orbit-driften",
    ] {
        assert_eq!(named(name), Vec::<String>::new(), "{name}");
    }
    assert_found(
        &[("generiska-formagor.yaml", "\"Analysera {produkt}\"", "Planera operation")],
        &["K402 generiska-formagor.yaml:4"],
    );
}

/// In another name than its own, *IT* and *Drift* say what is done.
#[test]
fn a_department_of_one_common_word_is_named_by_its_whole_name_only() {
    let named = |department: &str, name: &str| {
        let was = "- {id: infrastruktur, namn: Infrastruktur och cybersäkerhet}";
        let department = format!("{was}\n- {{id: extra, namn: {department}}}");
        let capability = format!("namn: {name}, beskrivning");
        found(&[
            ("avdelningar.yaml", was, &department),
            ("formagor.yaml", "namn: Hantera serverplattform, beskrivning", &capability),
        ])
    };
    for (department, name) in [
        ("IT", "Styra och leda IT"),
        ("IT", "Stödja regionens IT/telefoni"),
        ("Drift", "Utföra Drift av servrar"),
        ("\"C#\"", "\"C++\""),
    ] {
        assert_eq!(named(department, name), Vec::<String>::new(), "{department}: {name}");
    }
    for (department, name) in [
        ("IT", "IT"),
        ("Drift", "Drift"),
        ("IOC", "Leda IOC"),
        ("IT-avdelningen", "Leda IT-avdelningen"),
        ("\"C#\"", "\"C#\""),
    ] {
        assert_eq!(named(department, name), ["K402 formagor.yaml:4"], "{department}: {name}");
    }
}

/// What a rule tells alone is told by others where it is off, or has a waiver.
#[test]
fn what_one_rule_leaves_to_another_is_told_where_that_says_nothing() {
    let codes = |changes: &[Change<'_>]| -> Vec<String> {
        found(changes).iter().map(|finding| finding[..4].to_string()).collect()
    };
    let is_told_instead = |change: Change<'_>, subject: &str, alone: &str, instead: &str| {
        let off = format!("valuta: SEK\nregler: {{{alone}: av}}");
        let waiver = format!(
            "- {{id: ett, regel: {alone}, gäller: {subject}, skäl: Så är det., beslutat_av: anna-alm, \
             giltig_till: 2027-12-31}}\n"
        );
        let plain = codes(&[change]);
        assert!(plain.iter().any(|code| code == alone) && !plain.iter().any(|code| code == instead), "{plain:?}");
        for more in [("katalog.yaml", "valuta: SEK", off.as_str()), ("undantag.yaml", "", waiver.as_str())] {
            let told = codes(&[change, more]);
            assert!(!told.iter().any(|code| code == alone) && told.iter().any(|code| code == instead), "{told:?}");
        }
    };
    let orbit = "orbit-operationsplanering";
    is_told_instead((ORBIT, "belopp: 1250000", "belopp: \"12,500\""), orbit, "K410", "K174");
    is_told_instead((ORBIT, "", &with_life(ORBIT, "status: aktiv, från: 2028-03-01")), orbit, "K414", "K189");
    let disorder = "status: under-avveckling, från: 2027-08-01, till: 2027-06-30";
    is_told_instead((SERVERS, "", &with_life(SERVERS, disorder)), "servrar", "K180", "K155");
    is_told_instead((ORBIT, "", &with_life(ORBIT, disorder)), orbit, "K180", "K414");
    let product = "produkter/orbit-drift.yaml";
    is_told_instead((product, "", &with_life(product, disorder)), "orbit-drift", "K180", "K413");
}

#[test]
fn one_fault_that_is_mended_in_time_breaks_no_level() {
    let level = |downtime: &str| {
        let was = "åtgärdstid: 8 timmar, nedtid_per_år: 16 timmar}\n- {id: kontorstid-2h";
        found(&[("tjanstenivaer.yaml", was, &was.replace("16 timmar", downtime))])
    };
    assert_eq!(level("8 timmar"), Vec::<String>::new());
    assert_eq!(level("7 timmar"), ["K411 tjanstenivaer.yaml:2"]);
}

#[test]
fn a_level_that_contradicts_itself_is_told_once() {
    let level = "{id: dygnet-runt-2h, öppettid: dygnet-runt, åtgärdstid: 2 timmar, nedtid_per_år: 8 timmar";
    let change = |by: &str| ("tjanstenivaer.yaml", level, level.replace("8 timmar", by));
    let found = |(path, level, by): (&str, &str, String), more: &[Change<'_>]| {
        found(&[&[(path, level, by.as_str())], more].concat())
    };
    // Neither its printed figure nor the services on it are asked of.
    for wrong in ["1 timme", "9000 timmar"] {
        let wrong = change(&format!("{wrong}, tillgänglighet: \"99,91 %\""));
        assert_eq!(found(wrong, &[]), ["K411 tjanstenivaer.yaml:1"]);
    }
    // One that is to be so is taken at its word.
    let off = ("katalog.yaml", "valuta: SEK", "valuta: SEK\nregler: {K411: av}");
    let waiver = "- {id: kort, regel: K411, gäller: dygnet-runt-2h, skäl: Så är det avtalat., beslutat_av: anna-alm, \
        giltig_till: 2027-12-31}\n";
    for more in [off, ("undantag.yaml", "", waiver)] {
        let found = found(change("1 timme"), &[more]);
        assert!(found.iter().any(|finding| finding.starts_with("K162")), "{found:?}");
        assert!(!found.iter().any(|finding| finding.starts_with("K411")), "{found:?}");
    }
}

#[test]
fn what_is_approved_of_a_section_is_called_for_in_it() {
    let section = "    - {namn: Support, funktionssamordnare: anna-alm, godkänd: 2026-10-02}\n";
    let more = |day: &str| {
        let more = format!("{section}    - {{namn: Lagring, funktionssamordnare: anna-alm{day}}}\n");
        found(&[(ORBIT, section, &more)])
    };
    assert_eq!(more(", godkänd: 2026-10-02"), [format!("K153 {ORBIT}:43")]);
    assert_eq!(more(""), Vec::<String>::new());
    // A call that belongs nowhere may be the one that is missing here.
    assert_found(&[(ORBIT, "avsnitt: Support", "avsnitt: Suport")], &[&format!("K152 {ORBIT}:39")]);
    assert_found(&[(ORBIT, ", avsnitt: Support", "")], &[&format!("K153 {ORBIT}:39")]);
}

#[test]
fn a_generic_capability_is_told_how_names_are_put_in_and_ids_written() {
    let told = |words: &str, by: &str| {
        let run = Workspace::of("felfri").replacing("content/generiska-formagor.yaml", words, by).run(&["check"]);
        run.stderr.replace("content/generiska-formagor.yaml:", "")
    };
    let blanks = told("Analysera {produkt}", "Analysera { produkt }");
    assert!(blanks.contains("[K192]") && blanks.contains("skriv utan blanksteg innanför klamrarna"), "{blanks}");
    let name = told("[hantera-serverplattform]", "[Hantera serverplattform]");
    assert!(name.contains("”Hantera serverplattform” är en förmågas namn, och här ska dess id stå"), "{name}");
    assert!(name.contains("skriv förmågans id: hantera-serverplattform"), "{name}");
}

#[test]
fn a_waiver_for_a_service_or_an_offering_silences_its_rule() {
    let waiver = |subject: &str| {
        let text = format!(
            "- {{id: u, regel: environment-missing, gäller: {subject}, skäl: Tas bort., beslutat_av: bo-berg, giltig_till: 2027-12-31}}\n"
        );
        found(&[(ORBIT, "suffix: test\n    miljö: test", "suffix: test"), ("undantag.yaml", "", &text)])
    };
    assert_eq!(waiver("orbit-operationsplanering"), Vec::<String>::new());
    assert_eq!(waiver("orbit-operationsplanering.test"), Vec::<String>::new());
    assert_eq!(waiver("orbit-operationsplanering.vgr").len(), 2);
}

/// SLA and Tjänste-OLA are made together, whichever of them there is.
#[test]
fn what_is_planned_has_both_agreements_or_none() {
    let text = std::fs::read_to_string(crate::door::suite().join("fixtures/felfri/content").join(ORBIT)).unwrap();
    let (before, rest) = text.split_once("sla:\n").unwrap();
    let (sla, rest) = rest.split_once("ola:\n").unwrap();
    let (ola, after) = rest.split_once("kostnad:\n").unwrap();
    let planned = before.replace("status: aktiv", "status: planerad, från: 2027-01-01");
    let with_ola = format!("{planned}ola:\n{ola}kostnad:\n{after}");
    assert_found(&[(ORBIT, "", &with_ola)], &[&format!("K117 {ORBIT}:1")]);
    // What begins after the edition may have an OLA in draft: an SLA of its days would be told to be of the wrong ones.
    let later = with_ola.replace("från: 2027-01-01", "från: 2028-02-01");
    assert!(!found(&[(ORBIT, "", &later)]).iter().any(|found| found.starts_with("K117")));
    let with_sla = format!("{planned}sla:\n{sla}kostnad:\n{after}");
    assert_found(&[(ORBIT, "", &with_sla)], &[&format!("K118 {ORBIT}:1")]);
    let empty = format!("{planned}sla:\n{sla}ola: {{}}\nkostnad:\n{after}");
    assert_found(&[(ORBIT, "", &empty)], &[&format!("K119 {ORBIT}:36")]);
}

#[test]
fn who_makes_what_a_service_is_built_on_does_not_own_its_information() {
    let owned = |person: &str| {
        let owner = format!("informationsägare: {person}");
        let product = ("produkter/orbit-drift.yaml", "produktansvarig: anna-alm", "produktansvarig: dan-dahl");
        let dan = ("personer.yaml", "- {id: bo-berg", "- {id: dan-dahl, namn: Dan Dahl}\n- {id: bo-berg");
        found(&[product, dan, (ORBIT, "informationsägare: cecilia-carlsson", &owner)])
    };
    let told = [format!("K421 {ORBIT}:15")];
    for person in ["anna-alm", "bo-berg", "dan-dahl"] {
        assert_eq!(owned(person), told, "{person}");
    }
    assert_eq!(owned("cecilia-carlsson"), Vec::<String>::new());
}

/// Any hours cover those of the office, and nothing is asked of a contract that no SLA rests on.
#[test]
fn a_contract_says_what_the_agreements_on_it_need() {
    let hours = (CONTRACT, "öppettid: dygnet-runt\n", "");
    let time = (CONTRACT, "åtgärdstid: 2 timmar\n", "");
    let told = [format!("K422 {CONTRACT}:1")];
    assert_eq!(found(&[hours]), told);
    assert_eq!(found(&[time]), told);
    assert_eq!(found(&[hours, time]), told);
    let office = (ORBIT, "nivå: dygnet-runt-2h", "nivå: kontorstid-2h");
    assert!(!found(&[hours, office]).iter().any(|found| found.starts_with("K422")));
    let moved = ("produkter/orbit-drift.yaml", "kontrakt: [leverantorsstod]\n", "");
    let behind = ("produkter/servicedesk.yaml", "namn:", "kontrakt: [leverantorsstod]\nnamn:");
    assert_eq!(found(&[hours, time, moved, behind]), Vec::<String>::new());
}

/// Each person is told once for each responsibility, and only of roles that the catalogue has by their names.
#[test]
fn who_is_named_for_a_responsibility_holds_its_role() {
    let roles = (
        "roller.yaml",
        "- {id: tjansteansvarig",
        "- {id: samordnare, namn: Funktionssamordnare}\n- {id: tjansteansvarig",
    );
    let anna = |held: &str| {
        let held = format!("avdelning: applikationsleverans, roller: [{held}]}}");
        found(&[roles, ("personer.yaml", "avdelning: applikationsleverans}", &held)])
    };
    let (product, section) = ("K423 produkter/orbit-drift.yaml:3".to_string(), format!("K423 {ORBIT}:41"));
    let service = format!("K423 {ORBIT}:16");
    assert_eq!(anna(""), Vec::<String>::new());
    assert_eq!(anna("produktansvarig, samordnare"), Vec::<String>::new());
    assert_eq!(anna("produktansvarig"), std::slice::from_ref(&section));
    assert_eq!(anna("tjansteansvarig"), [product.clone(), section]);
    assert_eq!(anna("samordnare"), [product, service]);
    // What is waived does not hide what else the person is named for; a waiver for the person is for all of it.
    let second = |waiver: &str| {
        let product = "namn: Två\nproduktansvarig: anna-alm\navdelning: infrastruktur\nteam: Två\nbeskrivning: Två.\n";
        let waiver = format!(
            "- {{id: ett, regel: role-not-held, gäller: {waiver}, skäl: Ny., beslutat_av: bo-berg, giltig_till: 2027-12-31}}\n"
        );
        let held = "avdelning: applikationsleverans, roller: [samordnare]}";
        let changes = [
            roles,
            ("personer.yaml", "avdelning: applikationsleverans}", held),
            ("produkter/tva.yaml", "", product),
            ("undantag.yaml", "", &waiver),
        ];
        found(&changes)
            .into_iter()
            .filter(|found| found.starts_with("K423") || found.starts_with("K49"))
            .collect::<Vec<_>>()
    };
    assert_eq!(second("orbit-drift"), ["K423 produkter/tva.yaml:2".to_string(), format!("K423 {ORBIT}:16")]);
    assert_eq!(second("anna-alm"), Vec::<String>::new());
}

/// The role that K423 would have them given is one that they are not to have.
#[test]
fn who_is_not_to_be_named_at_all_is_told_that_alone() {
    let roles = (
        "roller.yaml",
        "- {id: tjansteansvarig",
        "- {id: informationsagare, namn: Informationsägare}\n- {id: representant, namn: Verksamhetsrepresentant}\n\
         - {id: tjansteansvarig",
    );
    let held = |person: &str, after: &str| format!("{person}{after}, roller: [produktansvarig]}}");
    let (bo, cecilia) = (", avdelning: koncernstab-digitalisering", "");
    let (bo_held, cecilia_held) = (held("namn: Bo Berg", bo), held("namn: Cecilia Carlsson", cecilia));
    let people = [
        ("personer.yaml", "namn: Bo Berg, avdelning: koncernstab-digitalisering}", bo_held.as_str()),
        ("personer.yaml", "namn: Cecilia Carlsson}", cecilia_held.as_str()),
    ];
    let with = |words: &'static str, by: &'static str| found(&[roles, people[0], people[1], (ORBIT, words, by)]);
    let (owner, signs) = (format!("K423 {ORBIT}:15"), format!("K423 {ORBIT}:34"));
    assert_eq!(with("namn: Orbit", "namn: Orbit"), [owner.clone(), signs.clone()]);
    assert_eq!(
        with("informationsägare: cecilia-carlsson", "informationsägare: bo-berg"),
        [format!("K421 {ORBIT}:15"), signs.clone()]
    );
    let both = with("verksamhetsrepresentant, person: cecilia-carlsson", "verksamhetsrepresentant, person: bo-berg");
    assert_eq!(both, [owner.clone(), format!("K420 {ORBIT}:34")]);
    // Where that is not told, the role is asked for as of anyone.
    let off = ("katalog.yaml", "valuta: SEK", "valuta: SEK\nregler: {K420: av, K421: av}");
    let without =
        |words: &'static str, by: &'static str| found(&[roles, people[0], people[1], off, (ORBIT, words, by)]);
    let wanted = [owner, signs];
    assert_eq!(without("informationsägare: cecilia-carlsson", "informationsägare: bo-berg"), wanted);
    let both = without("verksamhetsrepresentant, person: cecilia-carlsson", "verksamhetsrepresentant, person: bo-berg");
    assert_eq!(both, wanted);
}

#[test]
fn what_a_supporting_service_is_able_to_lies_in_a_product() {
    const HOSTING: &str = "produkter/hosting-server.yaml";
    let able = "förmågor: [hantera-serverplattform]\n";
    let inner = "namn: Virtualisering\nproduktansvarig: bo-berg\navdelning: infrastruktur\nteam: Server\n\
        beskrivning: Flera servrar på en.\nförmågor: [hantera-serverplattform]\n\
        kostnad: {belopp: 100, fördelning: [{kund: su, andel: 100}]}\n";
    assert_found(&[(HOSTING, able, "")], &[&format!("K424 {SERVERS}:8")]);
    let enclosing = [(HOSTING, able, "innehåller: [virtualisering]\n"), ("produkter/virtualisering.yaml", "", inner)];
    assert_found(&enclosing, &[]);
    assert_found(&[(HOSTING, able, ""), (SERVERS, able, "")], &[]);
    // An area has its capabilities, whichever of the two names it; not those of another.
    let area = "förmågor: [hantera-plattformar]\n";
    assert_found(&[(HOSTING, able, area)], &[]);
    assert_found(&[(SERVERS, able, area)], &[]);
    let other = "- {id: leverera-stod, namn: Leverera stöd, förmågor: [{id: leverera-rad, namn: Leverera råd, \
        beskrivning: Ge råd., klass: extern, avdelning: infrastruktur}]}\n- id: hantera-plattformar";
    let other = ("formagor.yaml", "- id: hantera-plattformar", other);
    let told = format!("K424 {SERVERS}:8");
    for elsewhere in ["leverera-stod", "leverera-rad"] {
        let elsewhere = format!("förmågor: [{elsewhere}]\n");
        assert_found(&[other, (HOSTING, able, &elsewhere)], &[&told]);
    }
}

/// It is the life that is wrong, and a new SLA would be no cure.
#[test]
fn what_was_over_before_the_edition_needs_no_new_agreement() {
    let sla = (
        ORBIT,
        "  giltig_från: 2027-01-01\n  giltig_till: 2027-12-31",
        "  giltig_från: 2026-01-01\n  giltig_till: 2026-12-31",
    );
    let codes = |life: &str| {
        let found = found(&[sla, (ORBIT, "livscykel: {status: aktiv}", life)]);
        found.iter().map(|found| found[..4].to_string()).collect::<Vec<_>>()
    };
    assert_eq!(codes("livscykel: {status: under-avveckling, till: 2026-12-31}"), ["K189"]);
    assert_eq!(codes("livscykel: {status: aktiv}"), ["K157"]);
}

/// A file of the faultless catalogue with that life.
fn with_life(path: &str, life: &str) -> String {
    let text = std::fs::read_to_string(crate::door::suite().join("fixtures/felfri/content").join(path)).unwrap();
    format!("{}\nlivscykel: {{{life}}}\n", text.replace("livscykel: {status: aktiv}\n", "").trim_end())
}

#[test]
fn what_something_is_built_on_is_there_as_long_as_it_is() {
    const PRODUCT: &str = "produkter/orbit-drift.yaml";
    const HOSTING: &str = "produkter/hosting-server.yaml";
    for life in [
        "status: avvecklad",
        "status: avvecklad, till: 2026-03-01",
        "status: planerad",
        "status: planerad, från: 2028-01-01",
    ] {
        assert_found(&[(PRODUCT, "", &with_life(PRODUCT, life))], &[&format!("K413 {ORBIT}:8")]);
        let found = found(&[(HOSTING, "", &with_life(HOSTING, life))]);
        assert!(!found.is_empty() && found.iter().all(|found| found.starts_with("K413")), "{found:?}");
    }
    assert_found(&[(PRODUCT, "", &with_life(PRODUCT, "status: aktiv, till: 2027-12-31"))], &[]);
    // What replaces it is there for it, in the same list and without a gap.
    let ends = with_life(PRODUCT, "status: under-avveckling, till: 2027-06-30, ersätts_av: ny-drift");
    let replaced = |from: &str| {
        let new = with_life(PRODUCT, &format!("status: planerad, från: {from}")).replace("Orbit-drift", "Ny drift");
        let both = (ORBIT, "produkter: [orbit-drift]", "produkter: [orbit-drift, ny-drift]");
        let found = found(&[(PRODUCT, "", &ends), ("produkter/ny-drift.yaml", "", &new), both]);
        found.into_iter().filter(|found| found.starts_with("K413")).collect::<Vec<_>>()
    };
    assert_eq!(replaced("2027-07-01"), Vec::<String>::new());
    assert_eq!(replaced("2027-07-02"), [format!("K413 {ORBIT}:8"), format!("K413 {ORBIT}:8")]);
    // What ends as early needs it no longer; who calls for that is told so.
    let ends = "status: under-avveckling, till: 2027-06-30";
    let found = found(&[(SERVERS, "", &with_life(SERVERS, ends)), (HOSTING, "", &with_life(HOSTING, ends))]);
    assert!(!found.iter().any(|found| found.starts_with(&format!("K413 {SERVERS}"))), "{found:?}");
    assert!(found.iter().any(|found| found.starts_with("K155")), "{found:?}");
}

#[test]
fn a_life_does_not_contradict_its_days_and_a_planned_sla_has_what_it_rests_on() {
    let contradicts = |life: &str| {
        let found = found(&[(ORBIT, "", &with_life(ORBIT, life))]);
        found.iter().any(|found| found.starts_with("K189"))
    };
    assert!(contradicts("status: avvecklad, till: 2027-06-30") && contradicts("status: planerad, från: 2026-03-01"));
    assert!(!contradicts("status: avvecklad, till: 2026-12-31") && !contradicts("status: planerad, från: 2027-03-01"));
    let planned = with_life(ORBIT, "status: planerad, från: 2027-01-01");
    let (before, rest) = planned.split_once("ola:\n").unwrap();
    let without = format!("{before}kostnad:\n{}", rest.split_once("\nkostnad:\n").unwrap().1);
    let found = found(&[(ORBIT, "", &without)]);
    assert!(found.iter().any(|found| found.starts_with("K118")), "{found:?}");
}

/// A ring of many products is told by the first of them, however many there are.
#[test]
fn a_ring_of_many_products_is_told_in_few_words() {
    let product = |at: usize| {
        let next = (at + 1) % 300;
        let others = (0..30).map(|by| (at * 7 + by * 13) % 300).filter(|other| *other != next);
        let inner: Vec<String> = std::iter::once(next).chain(others).map(|inner| format!("mp{inner}")).collect();
        format!("namn: Mp {at}\ninnehåller: [{}]\n", inner.join(", "))
    };
    let products = (0..300).map(|at| (format!("content/produkter/mp{at}.yaml"), product(at)));
    let workspace = products.fold(Workspace::of("felfri"), |workspace, (path, text)| workspace.with(&path, text));
    let run = workspace.run(&["check"]);
    let rings: Vec<&str> = run.stderr.lines().filter(|line| line.contains("K107")).collect();
    assert!(
        !rings.is_empty() && rings.iter().all(|line| line.len() < 300),
        "{:?}",
        rings.iter().max_by_key(|l| l.len())
    );
    assert!(rings.iter().any(|line| line.contains(" till → mp")), "{rings:?}");
}

#[test]
fn nothing_is_promised_for_days_on_which_a_service_is_not_there() {
    let of_life = |path: &str, life: &str| {
        let found = found(&[(path, "", &with_life(path, life))]);
        found.into_iter().filter(|found| found.starts_with("K414")).collect::<Vec<_>>()
    };
    let last = with_life(ORBIT, "").lines().count();
    let at_life = [format!("K414 {ORBIT}:{last}")];
    for life in [
        "status: avvecklad",
        "status: avvecklad, till: 2026-12-31",
        "status: planerad, från: 2028-01-01",
        "status: aktiv, från: 2028-03-01",
    ] {
        assert_eq!(of_life(ORBIT, life), at_life, "{life}");
        assert_eq!(of_life(SERVERS, life).len(), 1, "{life}");
    }
    for life in ["status: under-avveckling, till: 2027-06-30", "status: aktiv, från: 2027-02-01"] {
        let found = of_life(ORBIT, life);
        assert!(found.len() == 1 && found != at_life, "the SLA's day: {found:?}");
        assert_eq!(of_life(SERVERS, life), [""; 0], "prices without days hold as long as the service is there");
    }
    // A price that holds before the service begins, or after it has ended, for all of its time.
    let priced = |life: &str, days: &str| {
        let text = with_life(SERVERS, life).replacen("per: månad", &format!("per: månad, {days}"), 1);
        found(&[(SERVERS, "", &text)]).iter().filter(|found| found.starts_with("K414")).count()
    };
    assert_eq!(priced("status: under-avveckling, till: 2027-06-30", "giltig_från: 2027-10-01"), 1);
    assert_eq!(priced("status: aktiv, från: 2027-09-01", "giltig_till: 2027-03-31"), 1);
    assert_eq!(priced("status: aktiv, från: 2027-02-01", "giltig_från: 2027-02-01, giltig_till: 2027-03-31"), 0);
    for life in ["status: aktiv, från: 2019-01-01, till: 2030-12-31", "status: avvecklad, till: 2027-12-31"] {
        assert_eq!(of_life(ORBIT, life), [""; 0], "{life}");
    }
}

#[test]
fn what_is_not_there_has_no_cost_to_judge() {
    let is_judged = |life: &str| {
        let cheap = with_life(ORBIT, life).replacen("belopp: 1250000", "belopp: 1", 1);
        found(&[(ORBIT, "", &cheap)]).iter().any(|found| found.starts_with("K174"))
    };
    assert!(is_judged("status: aktiv") && is_judged("status: avvecklad, till: 2027-03-31"));
    assert!(!is_judged("status: avvecklad, till: 2026-03-31") && !is_judged("status: planerad, från: 2028-03-01"));
}

#[test]
fn a_waiver_for_a_part_is_for_what_is_found_in_it() {
    let waiver = |rule: &str, subject: &str| {
        format!(
            "- {{id: u, regel: {rule}, gäller: {subject}, skäl: Så är det., beslutat_av: bo-berg, giltig_till: 2027-12-31}}\n"
        )
    };
    let free = (
        SERVERS,
        "priser: [{artikel: \"2001\", benämning: Server Silver, pris: 2900, enhet: server, per: månad}]",
        "priser: [{artikel: \"2001\", benämning: Server Silver, enhet: server}]",
    );
    let found = |subject: &str| found(&[free, ("undantag.yaml", "", &waiver("K177", subject))]);
    assert_eq!(found("servrar.silver"), Vec::<String>::new());
    assert_eq!(found("servrar"), Vec::<String>::new());
    assert_eq!(
        found("servrar.guld").len(),
        2,
        "of another there is still the finding, and that the waiver hides nothing"
    );
}

#[test]
fn a_call_for_a_service_that_has_ended_is_told_whichever_its_kind() {
    let ended = "namn: Orbit Gammal\nlivscykel: {status: avvecklad}\nerbjudanden: [{suffix: VGR, miljö: produktion}]\n";
    let call = "    - {erbjudande: a.vgr, antal: 1, samband: ej-kritisk, avsnitt: Support}\n  avsnitt:\n";
    let changes = [(ORBIT, "  avsnitt:\n", call), ("tjanster/a.yaml", "", ended)];
    assert_found(
        &changes,
        &["K155 tjanster/orbit-operationsplanering.yaml:40", "K156 tjanster/orbit-operationsplanering.yaml:40"],
    );
    let changes =
        [changes[0], ("tjanster/a.yaml", "", &ended.replace("avvecklad", "under-avveckling, till: 2027-06-30"))];
    assert!(found(&changes).contains(&"K155 tjanster/orbit-operationsplanering.yaml:40".to_string()));
}

/// A fault that a lower layer or another key tells of is told once, at the place to mend.
#[test]
fn what_takes_over_may_be_another_service_of_the_same_section() {
    let lone = "namn: Reserv\nklass: leverans\nansvarig: anna-alm\nprodukter: [hosting-server]\nstödjer: [orbit-drift]\n\
        beställning: {portal: true, cmdb: automatisk}\nerbjudanden: [{suffix: Guld, servicenivå: guld}]\n\
        sammanfattning: Lagring.\n";
    let first = "- {erbjudande: servrar.guld, antal: 1, samband: redundant, avsnitt: Drift}\n    ";
    let calls = |others: &str| {
        let call = "- {erbjudande: servicedesk-arenden.silver";
        found(&[("stodjande-tjanster/reserv.yaml", "", lone), (ORBIT, call, &format!("{others}{call}"))])
    };
    let second = |section: &str| first.replace("servrar", "reserv").replace("Drift", section);
    let alone = |line: u32| format!("K165 {ORBIT}:{line}");
    assert_eq!(calls(first), [alone(39)]);
    assert_eq!(calls(&format!("{first}{}", second("Drift"))), Vec::<String>::new());
    assert_eq!(calls(&format!("{first}{}", second("Support"))), [alone(39), alone(40)]);
    // What there is more than one of takes over for itself, and needs nothing else.
    let more = first.replace("antal: 1", "antal: 2");
    assert_eq!(calls(&format!("{more}{}", second("Drift"))), [alone(40)]);
}

#[test]
fn what_takes_the_place_of_another_without_a_gap_is_there_for_it() {
    let servers = |life: &str| (SERVERS, "{status: aktiv}", life.to_string());
    let ends = servers("{status: under-avveckling, till: 2027-06-30, ersätts_av: nya}");
    let new = |from: &str| {
        format!(
            "namn: Nya\nklass: teknisk\nsammanfattning: Nya.\nbeskrivning: Nya.\nansvarig: anna-alm\nstödjer: [orbit-drift]\n\
             produkter: [hosting-server]\nbeställning: {{portal: true, cmdb: automatisk}}\n\
             livscykel: {{status: planerad, från: {from}}}\nförändring: {{typ: ny, motivering: Ersätter.}}\n\
             erbjudanden: [{{suffix: Guld, servicenivå: guld}}]\n"
        )
    };
    let call = "    - {erbjudande: servicedesk-arenden";
    let with = |from: &str, dependency: &str| {
        let both = format!("    - {{erbjudande: nya.guld, samband: {dependency}, avsnitt: Drift}}\n{call}");
        let new = new(from);
        let changes =
            [(ends.0, ends.1, ends.2.as_str()), ("stodjande-tjanster/nya.yaml", "", &new), (ORBIT, call, &both)];
        found(&changes).into_iter().filter(|finding| finding.starts_with("K155")).collect::<Vec<_>>()
    };
    assert_eq!(with("2027-07-01", "serie"), Vec::<String>::new());
    assert_eq!(with("2027-05-01", "serie"), Vec::<String>::new());
    let both = [format!("K155 {ORBIT}:38"), format!("K155 {ORBIT}:39")];
    assert_eq!(with("2027-07-02", "serie"), both);
    assert_eq!(with("2027-07-01", "ej-kritisk"), both);
    // Which level would be enough for both together is not told, but what to do is.
    let both = "    - {erbjudande: nya.guld, samband: serie, avsnitt: Drift}\n".to_string() + call;
    let new = new("2027-07-01").replace("suffix: Guld, servicenivå: guld", "suffix: Guld, servicenivå: silver");
    let changes = [(ends.0, ends.1, ends.2.as_str()), ("stodjande-tjanster/nya.yaml", "", &new), (ORBIT, call, &both)];
    assert!(found(&changes).contains(&format!("K160 {ORBIT}:39")));
    // What does not say from when it is there has been there all along.
    for life in ["", "livscykel: {status: aktiv}\n"] {
        let new = new.replace("livscykel: {status: planerad, från: 2027-07-01}\n", life);
        let changes =
            [(ends.0, ends.1, ends.2.as_str()), ("stodjande-tjanster/nya.yaml", "", &new), (ORBIT, call, &both)];
        assert!(!found(&changes).iter().any(|found| found.starts_with("K155")), "{life}");
    }
}

#[test]
fn what_to_do_about_a_call_for_what_is_not_there_is_told_by_why() {
    let help = |life: &str, from: &str, dependency: &str| {
        let call = "    - {erbjudande: servicedesk-arenden";
        let both = format!("    - {{erbjudande: nya.guld, samband: {dependency}, avsnitt: Drift}}\n{call}");
        let new = format!(
            "namn: Nya\nklass: teknisk\nlivscykel: {{status: planerad, från: {from}}}\nerbjudanden: \
             [{{suffix: Guld, servicenivå: guld}}]\n"
        );
        let life = format!("{{{life}, ersätts_av: nya}}");
        let run = Workspace::of("felfri")
            .with("content/stodjande-tjanster/nya.yaml", &new)
            .replacing(&format!("content/{SERVERS}"), "{status: aktiv}", &life)
            .replacing(&format!("content/{ORBIT}"), call, &both)
            .run(&["check"]);
        let told = run.stderr.split("[K155]").nth(1).expect("it is told");
        told.lines().find_map(|line| line.trim().strip_prefix("help: ")).expect("with what to do").to_string()
    };
    let ends = "status: under-avveckling, till: 2027-06-30";
    let wanted = "avropa ”Nya” i stället, som ersätter den";
    assert_eq!(help("status: avvecklad, till: 2026-12-31", "2026-07-01", "serie"), wanted);
    let wanted = "ange samma samband för ”Servrar” som för ”Nya”, som ersätter den";
    assert_eq!(help(ends, "2027-07-01", "redundant"), wanted);
    let wanted = "låt ”Nya” börja senast dagen efter att ”Servrar” upphör: mellan 30 juni 2027 och 1 augusti 2027 finns \
                  ingen av dem";
    assert_eq!(help(ends, "2027-08-01", "serie").replace('\u{a0}', " "), wanted);
}

/// A gap is told only where there is one, and no call is asked to be as one that follows another already.
#[test]
fn what_is_replaced_without_a_gap_is_not_told_of_one() {
    let help = |old: &str, new: &str, dependency: &str| {
        let call = "    - {erbjudande: servicedesk-arenden";
        let both = format!(
            "    - {{erbjudande: nya.guld, samband: serie, avsnitt: Drift}}\n    - {{erbjudande: servrar.guld, samband: \
             {dependency}, avsnitt: Drift}}\n{call}"
        );
        let new = format!(
            "namn: Nya\nklass: teknisk\nlivscykel: {{{new}}}\nerbjudanden: [{{suffix: Guld, servicenivå: guld}}]\n"
        );
        let run = Workspace::of("felfri")
            .with("content/stodjande-tjanster/nya.yaml", &new)
            .replacing(&format!("content/{SERVERS}"), "{status: aktiv}", &format!("{{{old}, ersätts_av: nya}}"))
            .replacing(&format!("content/{ORBIT}"), call, &both)
            .run(&["check"]);
        let told =
            run.stderr.split("[K155]").skip(1).map(|told| told.split("help: ").nth(1).unwrap().lines().next().unwrap());
        told.map(str::to_string).collect::<Vec<_>>()
    };
    let ended = "status: avvecklad, till: 2026-12-31";
    let told = help(ended, "status: aktiv, från: 2027-01-01, till: 2027-06-30", "serie");
    assert!(!told.is_empty() && !told.iter().any(|help| help.contains("finns ingen av dem")), "{told:?}");
    let ends = "status: under-avveckling, till: 2027-06-30";
    let told = help(ends, "status: planerad, från: 2027-07-01", "ej-kritisk");
    assert!(!told.iter().any(|help| help.contains("samma samband")), "{told:?}");
}

#[test]
fn one_cause_is_one_finding() {
    let suffix = (ORBIT, "suffix: test", "suffix: Orbit Operationsplanering.test");
    assert_found(&[suffix], &["K008 tjanster/orbit-operationsplanering.yaml:53"]);
    // What is enclosed carries neither of the levels that are called for.
    let inner = "namn: Lagring\nklass: teknisk\nansvarig: anna-alm\nprodukter: [hosting-server]\n\
        beställning: {portal: true, cmdb: automatisk}\nerbjudanden: [{suffix: Brons, servicenivå: brons}]\n\
        sammanfattning: Lagring.\n";
    let disks = "namn: Disk\nproduktansvarig: anna-alm\navdelning: infrastruktur\nteam: Disk\nbeskrivning: Diskar.\n\
        innehåller: [lagring]\nkostnad: {belopp: 1, fördelning: [{kund: su, andel: 100}]}\n";
    let both = "    - {erbjudande: servrar.silver, antal: 1, samband: serie, avsnitt: Drift}\n\
        \x20   - {erbjudande: servrar.guld, antal: 1, samband: serie, avsnitt: Drift}\n";
    let changes = [
        ("stodjande-tjanster/lagring.yaml", "", inner),
        ("produkter/disk.yaml", "", disks),
        (SERVERS, "produkter: [hosting-server]", "produkter: [hosting-server, disk]"),
        (ORBIT, "    - {erbjudande: servrar.guld, antal: 2, samband: serie, avsnitt: Drift}\n", both),
    ];
    let found = found(&changes);
    assert_eq!(found.iter().filter(|finding| finding.starts_with("K164")).count(), 1, "{found:?}");
}

#[test]
fn a_life_in_disorder_or_that_begins_too_late_is_told_once() {
    const PRODUCT: &str = "produkter/orbit-drift.yaml";
    let found = |path: &str, life: &str| {
        let found = found(&[(path, "", &with_life(path, life))]);
        found.iter().map(|finding| finding[..4].to_string()).collect::<Vec<_>>()
    };
    for path in [ORBIT, PRODUCT, SERVERS] {
        assert_eq!(found(path, "status: under-avveckling, från: 2027-08-01, till: 2027-06-30"), ["K180"], "{path}");
    }
    assert_eq!(found(ORBIT, "status: aktiv, från: 2028-03-01"), ["K414"]);
    // So is what promises nothing, beside what is built on it.
    assert_eq!(found(PRODUCT, "status: aktiv, från: 2028-03-01"), ["K189", "K413"]);
}

/// In a longer text it may be said of something else.
#[test]
fn all_that_is_said_may_be_that_something_is_to_come() {
    let says = |text: &str| found(&[(SERVERS, "klass: teknisk\n", &format!("klass: teknisk\nleveranstid: {text}\n"))]);
    for text in ["Priserna behöver kompletteras.", "Avsnittet om drift ska kompletteras", "Ansvar ska kompletteras."] {
        assert_eq!(says(text), [format!("K193 {SERVERS}:3")], "{text}");
    }
    assert_eq!(says("En dag. Underlaget ska kompletteras."), Vec::<String>::new());
    assert_eq!(says("Felaktiga beställningar ska kompletteras."), Vec::<String>::new(), "that is what to do");
}

#[test]
fn a_decided_document_is_nowhere_called_a_draft() {
    let decided = ("katalog.yaml", "status: utkast", "status: beslutad");
    let told = |words: &str, by: &str| found(&[decided, ("katalog.yaml", words, by)]);
    let beside = |line: &str| told("titel: Prislista\n", &format!("titel: Prislista\n    {line}\n"));
    assert_eq!(told("titel: Prislista\n", "titel: Prislista (utkast)\n"), ["K185 katalog.yaml:21"]);
    for draft in ["sammanfattning: Inte beslutad. Priser för 2027.", "sammanfattning: Utkast."] {
        assert_eq!(beside(draft), ["K185 katalog.yaml:22"], "{draft}");
    }
    for honest in
        ["sammanfattning: Priser för det som inte beslutas av kunden.", "sammanfattning: Priser efter utkastet."]
    {
        assert_eq!(beside(honest), Vec::<String>::new(), "{honest}");
    }
}

#[test]
fn what_is_no_prose_may_be_unfinished_too() {
    for id in ["TBD", "\"-\"", "XXXX", "saknas"] {
        assert_found(&[("katalog.yaml", "RS-2027-2", id)], &["K193 katalog.yaml:26"]);
    }
}

#[test]
fn what_is_empty_is_told_at_itself() {
    let desk = "servicedesk: {namn: Servicedesk, öppettid: kontorstid}";
    assert_found(&[("katalog.yaml", desk, "servicedesk:")], &["K197 katalog.yaml:8"]);
    let words = "  kapacitet: 1 400 samtidiga användare.\n";
    assert_found(&[(ORBIT, words, "  kapacitet:\n")], &[&format!("K120 {ORBIT}:12")]);
    let classified = "informationsklassning: {konfidentialitet: 3, riktighet: 3, tillgänglighet: 3, ";
    let empty = "informationsklassning:\n  {konfidentialitet: 3,\n  riktighet: ,\n  tillgänglighet: 3, ";
    assert_found(&[(ORBIT, classified, empty)], &[&format!("K125 {ORBIT}:17")]);
}

#[test]
fn what_takes_the_place_of_another_outlives_it() {
    let second = "namn: Lagring\nklass: leverans\nansvarig: anna-alm\nprodukter: [hosting-server]\nstödjer: [orbit-drift]\n\
        beställning: {portal: true, cmdb: automatisk}\nerbjudanden: [{suffix: Guld, servicenivå: guld}]\n\
        sammanfattning: Lagring.\n";
    let told = |own: &str, other: &str| {
        let other = format!("{second}livscykel: {other}\n");
        let changes = [(SERVERS, "{status: aktiv}", own), ("stodjande-tjanster/lagring.yaml", "", &other)];
        found(&changes).into_iter().filter(|finding| finding.starts_with("K189")).collect::<Vec<_>>()
    };
    let own = "{status: under-avveckling, till: 2027-12-31, ersätts_av: lagring}";
    let back = "{status: under-avveckling, till: 2027-12-31, ersätts_av: servrar}";
    assert_eq!(told(own, back).len(), 1);
    assert_eq!(told(own, "{status: under-avveckling, till: 2027-06-30}").len(), 1);
    assert_eq!(told(own, "{status: under-avveckling, till: 2027-12-31}"), Vec::<String>::new());
}

#[test]
fn a_department_is_neither_itself_nor_the_abbreviation_of_another() {
    let added = |more: &str| {
        let first = "- {id: infrastruktur, namn: Infrastruktur och cybersäkerhet, förkortning: IoC}\n";
        found(&[(
            "avdelningar.yaml",
            "- {id: infrastruktur, namn: Infrastruktur och cybersäkerhet}\n",
            &format!("{first}{more}"),
        )])
    };
    assert_eq!(added(""), Vec::<String>::new());
    for more in ["- {id: ioc, namn: IOC}\n", "- {id: ioc, namn: Driften, samma_som: ioc}\n"] {
        let told = added(more);
        assert!(told.len() == 1 && told[0].starts_with("K103"), "{told:?}");
    }
}

#[test]
fn documents_and_clouds_have_names_of_their_own() {
    let twice = "- {id: ett, titel: Modellen}\n- {id: tva, titel: modellen}\n";
    assert_found(&[("styrande-dokument.yaml", "", twice)], &["K138 styrande-dokument.yaml:2"]);
}

#[test]
fn rings_of_one_link_are_told_once() {
    let supporting = "namn: Lagring\nklass: leverans\nansvarig: anna-alm\nprodukter: [datahall]\nstödjer: [orbit-drift]\n\
        beställning: {portal: true, cmdb: automatisk}\nerbjudanden: [{suffix: Guld, servicenivå: guld}]\n\
        sammanfattning: Lagring.\n";
    let hall = "namn: Datahall\nproduktansvarig: anna-alm\navdelning: infrastruktur\nteam: Hall\nbeskrivning: Hall.\n\
        innehåller: [hosting-server]\n";
    let told = found(&[
        ("produkter/hosting-server.yaml", "namn:", "innehåller: [datahall, lagring]\nnamn:"),
        ("stodjande-tjanster/lagring.yaml", "", supporting),
        ("produkter/datahall.yaml", "", hall),
    ]);
    assert_eq!(told.iter().filter(|finding| finding.starts_with("K107")).count(), 1, "{told:?}");
    // Nor are two that meet within.
    let told = found(&[
        ("produkter/hosting-server.yaml", "namn:", "innehåller: [orbit-drift, lagring]\nnamn:"),
        ("stodjande-tjanster/lagring.yaml", "", supporting),
        ("produkter/datahall.yaml", "", hall),
        ("produkter/orbit-drift.yaml", "namn:", "innehåller: [datahall]\nnamn:"),
    ]);
    assert_eq!(told.iter().filter(|finding| finding.starts_with("K107")).count(), 1, "{told:?}");
}

/// Whoever refers to one of them is told of nothing: it is the id that is wrong.
#[test]
fn an_id_of_two_kinds_is_one_finding() {
    let application = ("applikationer.yaml", "id: orbit", "id: operationsplanering");
    let told = found(&[application, (ORBIT, "applikation: orbit", "applikation: operationsplanering")]);
    assert!(told.len() == 1 && told[0].starts_with("K009"), "{told:?}");
}

/// What the name would be as an id is what others refer to.
#[test]
fn an_entry_without_its_id_is_one_finding() {
    let text =
        std::fs::read_to_string(crate::door::suite().join("fixtures/felfri/content/applikationer.yaml")).unwrap();
    let path = "content/applikationer.yaml";
    let run = Workspace::of("felfri").with(path, text.replace("id: orbit, ", "")).run(&["check"]);
    assert_eq!(run.codes(), ["K006"], "{}", run.stderr);
    assert!(run.stderr.contains("skriv ”id: …,” först i posten, efter {"), "{}", run.stderr);
}

#[test]
fn a_long_term_is_told_once() {
    let term =
        |word: &str| found(&[("ordlista.yaml", "", &format!("- {{id: lang, term: {}}}\n", word.repeat(31).trim()))]);
    assert_eq!(term("ordet "), ["K148 ordlista.yaml:1"]);
    assert_eq!(term("ord "), ["K148 ordlista.yaml:1"]);
}

#[test]
fn a_name_that_adds_only_signs_and_figures_is_the_applications() {
    for name in ["Orbit.", "(Orbit)", "Orbit 2"] {
        assert_found(
            &[(ORBIT, "namn: Orbit Operationsplanering", &format!("namn: {name}"))],
            &[&format!("K123 {ORBIT}:1")],
        );
    }
}

/// What is wrong with its dates is not the contract's.
#[test]
fn an_agreement_of_another_year_asks_nothing_of_a_contract() {
    let text = std::fs::read_to_string(crate::door::suite().join("fixtures/felfri/content").join(ORBIT)).unwrap();
    let text = text.replace(
        "  giltig_från: 2027-01-01\n  giltig_till: 2027-12-31",
        "  giltig_från: 2025-01-01\n  giltig_till: 2025-12-31",
    );
    let told = found(&[(ORBIT, "", &text)]);
    assert!(told.iter().any(|finding| finding.starts_with("K157")), "{told:?}");
    assert!(!told.iter().any(|finding| finding.starts_with("K141")), "{told:?}");
}

#[test]
fn a_suffix_has_letters_of_one_alphabet() {
    for suffix in ["suffix: tеst", "suffix: proﬁl"] {
        assert_found(&[(ORBIT, "suffix: test", suffix)], &[&format!("K199 {ORBIT}:53")]);
    }
}

/// In Markdown a hyphen begins a point too.
#[test]
fn a_dash_by_itself_says_nothing_whichever_it_is() {
    for dash in ["\"-\"", "–"] {
        let capacity = format!("  kapacitet: {dash}\n");
        assert_found(
            &[(ORBIT, "  kapacitet: 1 400 samtidiga användare.\n", &capacity)],
            &[&format!("K193 {ORBIT}:12")],
        );
    }
}

#[test]
fn what_the_catalogue_follows_holds_for_the_whole_edition() {
    let document = |days: &str| {
        let text = format!("- {{id: riktlinjen, titel: Produkt och tjänstemodell 2.0, {days}}}\n");
        found(&[("styrande-dokument.yaml", "", &text)])
    };
    for days in ["giltig_från: 2027-07-01", "giltig_från: 2028-01-01", "giltig_till: 2027-12-30"] {
        assert_eq!(document(days), ["K106 styrande-dokument.yaml:1"], "{days}");
    }
    assert_eq!(document("giltig_från: 2026-07-01, giltig_till: 2027-12-31"), Vec::<String>::new());
}

#[test]
fn a_chapter_with_only_a_heading_is_not_written() {
    let says = |text: &str| found(&[("texter/ekonomi.md", "", text)]);
    for text in ["# Nytt\n", "# Nytt\n\n## Mer\n", "# Nytt {.liggande}\n"] {
        assert_eq!(says(text), ["K193 texter/ekonomi.md:1"], "{text}");
    }
    assert_eq!(says("# Nytt\n\nDet här är nytt.\n"), Vec::<String>::new());
}

#[test]
fn a_missing_cost_is_told_at_the_name() {
    let product = "produkter/orbit-drift.yaml";
    let text = "namn: Orbit-drift\nbestämd_form: Orbit-driften\nproduktansvarig: anna-alm\navdelning: applikationsleverans\n\
        team: Orbit\nbeskrivning: Drift.\nkontrakt: [leverantorsstod]\n";
    let with_comment = format!("# Kostnaden kommer med bokslutet.\n{text}");
    assert_found(&[(product, "", &with_comment)], &["K171 produkter/orbit-drift.yaml:2"]);
}

#[test]
fn an_article_without_a_number_is_told() {
    assert_found(&[(SERVERS, "artikel: \"2001\"", "artikel: \"\"")], &["K176 stodjande-tjanster/servrar.yaml:12"]);
    let both = &[(SERVERS, "artikel: \"2001\"", "artikel: \"\""), (ORBIT, "artikel: \"1001\"", "artikel: \"\"")];
    assert_eq!(found(both).iter().filter(|found| found.starts_with("K176")).count(), 2);
}

#[test]
fn amounts_below_zero_are_told_where_they_stand() {
    let place = "K179 stodjande-tjanster/servrar.yaml:13";
    let amounts =
        ["pris: -4300", "pris: '-0,01'", "grundavgift: -1, pris: 1", "trappa: [{till: 5, pris: 1}, {pris: -1}]"];
    for amount in amounts {
        assert_found(&[(SERVERS, "pris: 4300", amount)], &[place]);
    }
    assert_found(&[(SERVERS, "pris: 4300", "pris: -4300, grundavgift: -1")], &[place, place]);
    assert_found(&[(SERVERS, "pris: 4300", "pris: -0")], &[]);
    let cost = "tjanster/orbit-operationsplanering.yaml:44";
    assert_found(&[(ORBIT, "belopp: 1250000", "belopp: -1")], &[&format!("K174 {cost}"), &format!("K179 {cost}")]);
}

#[test]
fn amounts_that_may_be_thousands_are_told_where_they_stand() {
    let place = "K410 stodjande-tjanster/servrar.yaml:13";
    let amounts = [
        "pris: '4,300'",
        "pris: '-1,000'",
        "grundavgift: '12,500', pris: 1",
        "grundavgift: 1, ingående_volym: '1,500', pris: 1",
        "trappa: [{till: 5, pris: '1,250'}, {pris: 1}]",
    ];
    for amount in amounts {
        let found = found(&[(SERVERS, "pris: 4300", amount)]);
        assert!(found.iter().any(|found| found == place), "{amount}: {found:?}");
    }
    // Nor is it known then whether a cost is too low.
    assert_found(
        &[(ORBIT, "belopp: 1250000", "belopp: '12,500'")],
        &["K410 tjanster/orbit-operationsplanering.yaml:44"],
    );
    // What nobody writes of thousands: parts of a krona, tenths of an öre, a first group that is too long.
    for amount in ["pris: '0,120'", "pris: '4,305'", "pris: '4300,000'", "pris: '4,30'"] {
        let found = found(&[(SERVERS, "pris: 4300", amount)]);
        assert!(!found.iter().any(|found| found.starts_with("K410")), "{amount}: {found:?}");
    }
}

#[test]
fn a_price_beside_steps_is_told() {
    let beside = "pris: 4300, trappa: [{till: 5, pris: 4300}, {pris: 4000}]";
    assert_found(&[(SERVERS, "pris: 4300", beside)], &["K178 stodjande-tjanster/servrar.yaml:13"]);
    assert_found(&[(SERVERS, "pris: 4300", &beside.replace("pris: 4300, ", ""))], &[]);
}

#[test]
fn what_is_no_rule_of_the_guideline_can_be_neither_waived_nor_turned_off() {
    let told = |rules: &str, waived: &str| {
        let waiver = format!(
            "- {{id: w, regel: {waived}, gäller: servrar, skäl: Ny mall., beslutat_av: anna-alm, giltig_till: 2027-12-31}}\n"
        );
        let workspace = Workspace::of("felfri").with("content/undantag.yaml", waiver);
        let catalogue = std::fs::read_to_string(workspace.path().join("content/katalog.yaml")).unwrap();
        let run =
            workspace.with("content/katalog.yaml", format!("{catalogue}regler: {{{rules}: av}}\n")).run(&["check"]);
        let lines = run.stderr.lines().filter(|line| line.contains("[K492]") || line.starts_with("  help:"));
        lines
            .map(|line| line.split_once("]: ").map_or(line, |(_, told)| told).to_string())
            .collect::<Vec<_>>()
            .join("\n")
    };
    insta::assert_snapshot!(told("K014", "K201"), @"
    K014 är ingen av riktlinjens regler utan gäller hur filerna är skrivna, och kan inte stängas av eller vägas om (undantag)
      help: ta bort raden, och rätta det som K014 hittar; katalog explain K014 säger hur
    K201 är ingen av riktlinjens regler utan gäller Word-filer, och kan inte få undantag (undantag)
      help: ta bort raden, och rätta det som K201 hittar; katalog explain K201 säger hur
    ");
    insta::assert_snapshot!(told("K999", "sla-mising"), @"
    det finns ingen regel som heter ”K999” (undantag)
      help: rätta koden eller namnet; katalog explain visar alla regler
    det finns ingen regel som heter ”sla-mising” (undantag)
      help: menade du sla-missing?
    ");
}

#[test]
fn nothing_is_signed_approved_or_issued_when_it_has_ended() {
    let at = |line: u32| format!("K180 {ORBIT}:{line}");
    let signed = |day| (ORBIT, "datum: 2026-11-02", day);
    let approved = |day| (ORBIT, "godkänd: 2026-10-02", day);
    assert_eq!(found(&[signed("datum: 2027-12-31"), approved("godkänd: 2027-12-31")]), Vec::<String>::new());
    assert_eq!(found(&[signed("datum: 2028-01-01"), approved("godkänd: 2028-01-01")]), [at(35), at(42)]);
    // An SLA that goes on after the edition is signed for as long.
    let longer = (ORBIT, "  giltig_till: 2027-12-31", "  giltig_till: 2028-12-31");
    assert_eq!(found(&[longer, signed("datum: 2028-01-01"), approved("godkänd: 2028-01-01")]), Vec::<String>::new());
    // Of days in disorder it is not said which is wrong.
    let disordered = (ORBIT, "  giltig_till: 2027-12-31", "  giltig_till: 2026-10-01");
    assert_eq!(found(&[disordered]), [at(32)]);
    let issued = "datum: 2026-11-01, utfärdare: Anna Alm, orsak: Första utgåvan}\n  prislista:";
    let issued = ("katalog.yaml", issued, &issued.replace("2026-11-01", "2028-01-01"));
    assert_eq!(found(&[(issued.0, issued.1, issued.2)]), ["K180 katalog.yaml:19"]);
}

#[test]
fn a_rule_has_its_weight_on_one_line() {
    let weighed = |rules: &str| found(&[("katalog.yaml", "valuta: SEK\n", &format!("valuta: SEK\nregler:\n{rules}"))]);
    assert_eq!(weighed("  k105: av\n"), Vec::<String>::new());
    for twice in ["  K105: av\n  holidays-not-deducted: fel\n", "  holidays-not-deducted: av\n  K105: fel\n"] {
        assert_eq!(weighed(twice), ["K492 katalog.yaml:8"]);
    }
    // What is not known is told at its own line, be its weight on the next and a full stop in it.
    for unknown in ["departmentnames", "K1.5"] {
        assert_eq!(weighed(&format!("  K106: av\n  {unknown}:\n    av\n")), ["K492 katalog.yaml:8"]);
    }
    assert_eq!(weighed("  K105: av\n  K106: av\n"), Vec::<String>::new());
}

#[test]
fn days_that_are_not_the_guidelines_are_not_to_be_kept_for_its_sake() {
    let help = |days: &str| {
        let run = Workspace::of("felfri").replacing("content/katalog.yaml", "dagar_per_år: 256", days).run(&["check"]);
        run.stderr.lines().find(|line| line.starts_with("  help:")).map(str::to_string).unwrap_or_default()
    };
    assert!(help("dagar_per_år: 260").starts_with("  help: behåll 260 så länge"), "{}", help("dagar_per_år: 260"));
    assert_eq!(
        help("dagar_per_år: 250"),
        "  help: skriv 256, eller 260 för att räkna så som riktlinjens tabell är räknad"
    );
    assert_eq!(help("dagar_per_år: 256"), "");
}

/// A copied service has its original's names and numbers: who has them is told by id and file.
#[test]
fn a_number_that_is_used_already_is_told_with_who_has_it() {
    let workspace = Workspace::of("felfri");
    let text = std::fs::read(workspace.path().join("content/tjanster/orbit-operationsplanering.yaml")).unwrap();
    let run = workspace.with("content/tjanster/kopia.yaml", text).run(&["check"]);
    let told = "varning[K176]: artikelnumret 1001 används redan av kopia.vgr i tjanster/kopia.yaml (prislistan)";
    let place = "content/tjanster/orbit-operationsplanering.yaml:52:19: ";
    assert!(run.stderr.contains(&format!("{place}{told}")), "{}", run.stderr);
}

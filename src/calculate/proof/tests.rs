use super::*;
use crate::testing::catalog_of;

/// The guideline's levels, as the content has them.
const SERVICE_LEVELS: &str = "\
- {id: jarn, namn: Järn, öppettid: kontorstid, återställsetid: inte garanterad, avbrott_per_år: inte garanterad}
- {id: brons, namn: Brons, öppettid: kontorstid, återställsetid: 8 timmar, avbrott_per_år: 4}
- {id: silver, namn: Silver, öppettid: kontorstid, återställsetid: 2 timmar, avbrott_per_år: 3}
- {id: guld, namn: Guld, öppettid: dygnet-runt, återställsetid: 2 timmar, avbrott_per_år: 2}
- {id: platina, namn: Platina, öppettid: dygnet-runt, återställsetid: 10 minuter, avbrott_per_år: 1}
";
const AVAILABILITY_LEVELS: &str = "\
- {id: dygnet-runt-2h, öppettid: dygnet-runt, åtgärdstid: 2 timmar, nedtid_per_år: 8 timmar}
- {id: dygnet-runt-8h, öppettid: dygnet-runt, åtgärdstid: 8 timmar, nedtid_per_år: 16 timmar}
- {id: dygnet-runt-16h, öppettid: dygnet-runt, åtgärdstid: 16 timmar, nedtid_per_år: 32 timmar}
- {id: kontorstid-2h, öppettid: kontorstid, åtgärdstid: 2 timmar, nedtid_per_år: 8 timmar}
- {id: kontorstid-8h, öppettid: kontorstid, åtgärdstid: 8 timmar, nedtid_per_år: 16 timmar}
- {id: kontorstid-16h, öppettid: kontorstid, åtgärdstid: 16 timmar, nedtid_per_år: 32 timmar}
";

/// A supporting service with an offering at each of the guideline's levels, at these prices a month.
fn supporting(name: &str, prices: [u32; 5]) -> String {
    let level = |(suffix, price): (&str, u32)| {
        let id = suffix.to_lowercase().replace('ä', "a");
        format!(
            "  - {{suffix: {suffix}, servicenivå: {id}, priser: [{{artikel: \"1\", benämning: A, pris: {price}, per: månad}}]}}\n"
        )
    };
    let offerings: String = ["Järn", "Brons", "Silver", "Guld", "Platina"].into_iter().zip(prices).map(level).collect();
    format!("namn: {name}\nklass: teknisk\nerbjudanden:\n{offerings}")
}

/// The verdict, the worst case in minutes and the reasons of a service with this SLA and these calls, and what would cure
/// it, in words.
fn proved(level: &str, calls: &str, more: &[(&str, &str)]) -> (Verdict, u64, Vec<String>, Option<String>) {
    let ett = supporting("Ett", [1, 10, 20, 40, 100]);
    let tva = supporting("Två", [1, 10, 20, 40, 90]);
    let service = format!("namn: A\nprodukter: [p]\nsla: {{nivå: {level}}}\nola: {{avrop: [{calls}]}}\n");
    let mut files = vec![
        ("servicenivaer.yaml", SERVICE_LEVELS),
        ("tjanstenivaer.yaml", AVAILABILITY_LEVELS),
        ("tjanster/a.yaml", service.as_str()),
        ("stodjande-tjanster/ett.yaml", ett.as_str()),
        ("stodjande-tjanster/tva.yaml", tva.as_str()),
    ];
    if !more.iter().any(|(path, _)| *path == "produkter/p.yaml") {
        files.push(("produkter/p.yaml", "namn: P\n"));
    }
    files.retain(|(path, _)| !more.iter().any(|(other, _)| path == other));
    files.extend(more);
    let (_folder, catalog) = catalog_of(&files);
    let prover = Prover::new(&catalog);
    let service = catalog.get("a").unwrap();
    let proof = prover.prove(service);
    let reasons = words::reasons(&catalog, &proof, &proof.shortfalls).into_iter();
    let reasons = reasons.map(|reason| reason.replace('\u{a0}', " ")).collect();
    let cure = prover.cure(service, &proof).map(|cure| words::cure(&catalog, &proof, &cure).replace('\u{a0}', " "));
    (proof.verdict, proof.worst_case, reasons, cure)
}

fn series(offerings: &[&str]) -> String {
    offerings.iter().map(|offering| format!("{{erbjudande: {offering}}}")).collect::<Vec<_>>().join(", ")
}

fn holds(level: &str, offerings: &[&str]) -> bool {
    proved(level, &series(offerings), &[]).0 == Verdict::Holds
}

#[test]
fn so_many_services_of_each_level_may_stand_in_series() {
    // Hours cover, restore time within the response time, and the sum of worst cases within the downtime.
    let table = [
        ("dygnet-runt-2h", [0, 0, 0, 2, 48]),
        ("dygnet-runt-8h", [0, 0, 0, 4, 96]),
        ("dygnet-runt-16h", [0, 0, 0, 8, 192]),
        ("kontorstid-2h", [0, 0, 1, 2, 48]),
        ("kontorstid-8h", [0, 0, 2, 4, 96]),
        ("kontorstid-16h", [0, 1, 5, 8, 192]),
    ];
    for (level, most) in table {
        for (offering, most) in ["ett.jarn", "ett.brons", "ett.silver", "ett.guld", "ett.platina"].into_iter().zip(most)
        {
            assert!(most == 0 || holds(level, &vec![offering; most]), "{level}: {most} {offering}");
            assert!(!holds(level, &vec![offering; most + 1]), "{level}: {} {offering}", most + 1);
        }
    }
}

#[test]
fn mixed_chains_add_up() {
    for (level, offerings, minutes, verdict) in [
        ("dygnet-runt-2h", &["ett.guld", "tva.guld"][..], 480, Verdict::Holds),
        ("dygnet-runt-2h", &["ett.guld", "tva.guld", "ett.platina"], 490, Verdict::Fails),
        ("dygnet-runt-2h", &["ett.guld", "tva.platina", "ett.platina"], 260, Verdict::Holds),
        ("kontorstid-2h", &["ett.silver", "tva.platina"], 370, Verdict::Holds),
        ("kontorstid-2h", &["ett.silver", "tva.guld"], 600, Verdict::Fails),
        ("kontorstid-8h", &["ett.silver", "tva.silver", "ett.guld"], 960, Verdict::Holds),
        ("kontorstid-8h", &["ett.brons"], 1920, Verdict::Fails),
        ("kontorstid-16h", &["ett.brons", "tva.platina"], 1930, Verdict::Fails),
    ] {
        let (found, worst, reasons, _) = proved(level, &series(offerings), &[]);
        assert_eq!((found, worst), (verdict, minutes), "{level} {offerings:?} {reasons:?}");
    }
}

#[test]
fn three_of_guld_cannot_carry_two_hours_and_the_cheapest_change_is_told() {
    let (verdict, worst, reasons, cure) = proved("dygnet-runt-2h", &series(&["ett.guld", "tva.guld", "tva.guld"]), &[]);
    assert_eq!((verdict, worst), (Verdict::Fails, 720));
    assert_eq!(reasons, ["De värsta fallen blir tillsammans 12 timmar på ett år, men SLA tillåter 8 timmar."]);
    // Two must be raised, since one leaves 8 h 10 min; those that cost 50 kr a month more, not the one that costs 60.
    assert_eq!(
        cure.unwrap(),
        "Den billigaste ändring som räcker: byt Två.Guld mot Två.Platina och Två.Guld mot Två.Platina, 1 200 kr mer \
         per år. Då är tjänsten i värsta fall nere 4 timmar och 20 minuter på ett år. Som avropen är bär de \
         tjänstenivån 24/7/365 – 8 timmar."
    );
}

#[test]
fn a_call_is_one_service_however_many_and_what_is_declared_otherwise_is_not_counted() {
    let calls = "{erbjudande: ett.guld, antal: 40}, {erbjudande: tva.guld, samband: redundant}, \
                 {erbjudande: tva.jarn, samband: ej-kritisk}";
    assert_eq!(proved("dygnet-runt-2h", calls, &[]), (Verdict::Holds, 240, vec![], None));
    let only = "{erbjudande: tva.guld, samband: redundant}";
    assert_eq!(proved("dygnet-runt-2h", only, &[]).0, Verdict::NothingInSeries);
    assert_eq!(proved("dygnet-runt-2h", "", &[]).0, Verdict::NothingInSeries);
    let without = [("tjanster/a.yaml", "namn: A\nola: {avrop: [{erbjudande: ett.guld}]}\n")];
    assert_eq!(proved("", "", &without).0, Verdict::NoAgreement);
}

#[test]
fn what_is_redundant_must_be_able_to_take_over() {
    let with = |level: &str, redundant: &str| {
        let calls = format!("{{erbjudande: tva.guld}}, {redundant}");
        let (verdict, _, reasons, cure) = proved(level, &calls, &[]);
        assert_eq!(verdict == Verdict::Holds, reasons.is_empty());
        (reasons, cure)
    };
    let of = |offering: &str, quantity: u32| {
        format!("{{erbjudande: {offering}, antal: {quantity}, samband: redundant, avsnitt: Drift}}")
    };
    let closed = "Ett.Brons är bara öppen på kontorstid och kan inte ta över utanför den, men SLA lovar 24/7/365.";
    let (reasons, cure) = with("dygnet-runt-2h", &of("ett.brons", 4));
    assert_eq!(reasons, [closed]);
    // A reason is told once, of however many calls.
    assert_eq!(with("dygnet-runt-2h", &format!("{0}, {0}", of("ett.brons", 1))).0, [closed]);
    let wanted = "Den billigaste ändring som räcker: byt Ett.Brons mot Ett.Guld, 360 kr mer per år. Då är tjänsten i \
                  värsta fall nere 4 timmar på ett år. Som avropen är bär de tjänstenivån Kontorstid – 2 timmar.";
    assert_eq!(cure.unwrap(), wanted);
    // How long it takes to restore is not asked of what something takes over for.
    assert_eq!(with("kontorstid-2h", &of("ett.brons", 4)).0, [""; 0]);
    let nothing = "Ett.Järn har nivån Järn, som inte garanterar både återställsetid och antal avbrott, så den räknas inte \
                   som något som tar över.";
    assert_eq!(with("kontorstid-2h", &of("ett.jarn", 4)).0, [nothing]);
    // At night only one of these is open; but where two are, more may be there for the day.
    let mixed = |guld: u32| format!("{}, {}", of("ett.guld", guld), of("ett.brons", 1));
    assert_eq!(with("dygnet-runt-2h", &mixed(1)).0, [closed]);
    assert_eq!(with("dygnet-runt-2h", &mixed(2)).0, [""; 0]);
    // One each of two services of a section take over for each other.
    let both = |other: &str| format!("{}, {}", of("ett.guld", 1), of(other, 1));
    assert_eq!(with("dygnet-runt-2h", &both("tva.platina")).0, [""; 0]);
    assert_eq!(with("dygnet-runt-2h", &both("tva.silver")).0, [closed.replace("Ett.Brons", "Två.Silver")]);
    // Where none of a service is good enough, what to do is not to have fewer in series.
    let office = "namn: Tre\nklass: teknisk\nerbjudanden: [{suffix: Brons, servicenivå: brons}]\n";
    let calls = format!("{{erbjudande: tva.guld}}, {}", of("tre.brons", 2));
    let cure = proved("dygnet-runt-2h", &calls, &[("stodjande-tjanster/tre.yaml", office)]).3.unwrap();
    let wanted = "Ingen ändring av nivåer räcker: Tre har ingen nivå som räcker. Låt något annat ta över, kom överens om en \
                  lägre tjänstenivå, eller ange avropet som ej-kritisk om tjänsten klarar sig utan det.";
    assert!(cure.starts_with(wanted), "{cure}");
    // Where nothing is in series, no level is enough: with a better one, nothing would show that the SLA holds.
    let cure = proved("dygnet-runt-2h", &of("ett.brons", 2), &[]).3.unwrap();
    let wanted = "Ingen ändring av nivåer räcker: inget avrop är i serie, så inget visar att nivån håller. Ange sambandet \
                  serie för det som tjänsten inte fungerar utan. Som avropen är bär de ingen av tjänstenivåerna.";
    assert_eq!(cure, wanted);
    assert_eq!(proved("dygnet-runt-2h", &of("ett.guld", 2), &[]).0, Verdict::NothingInSeries);
    // Of one each of several services all must be open, whether or not two others are.
    let three = format!("{}, {}", both("tva.guld"), of("tre.brons", 1));
    let calls = format!("{{erbjudande: tva.guld}}, {three}");
    let reasons = proved("dygnet-runt-2h", &calls, &[("stodjande-tjanster/tre.yaml", office)]).2;
    assert_eq!(reasons, [closed.replace("Ett.Brons", "Tre.Brons")]);
}

#[test]
fn what_is_not_there_proves_nothing_and_takes_over_for_nothing() {
    let tre =
        |life: &str| format!("namn: Tre\nklass: teknisk\n{life}erbjudanden: [{{suffix: Guld, servicenivå: guld}}]\n");
    let of = |life: &str, calls: &str| {
        let tre = tre(life);
        let (verdict, _, reasons, cure) = proved("dygnet-runt-2h", calls, &[("stodjande-tjanster/tre.yaml", &tre)]);
        assert_eq!(cure, None);
        (verdict, reasons)
    };
    let (ended, later) =
        ("livscykel: {status: avvecklad, till: 2026-06-30}\n", "livscykel: {status: planerad, från: 2028-01-01}\n");
    let nothing = "Tre.Guld finns inte under den tid som SLA gäller, så den visar ingenting.".to_string();
    for life in
        [ended, later, "livscykel: {status: avvecklad}\n", "livscykel: {status: under-avveckling, till: 2026-12-31}\n"]
    {
        assert_eq!(of(life, "{erbjudande: tre.guld}"), (Verdict::Fails, vec![nothing.clone()]), "{life}");
    }
    let redundant = |offering: &str, quantity: u32| {
        format!("{{erbjudande: {offering}, antal: {quantity}, samband: redundant, avsnitt: D}}")
    };
    let one_each = format!("{{erbjudande: tva.guld}}, {}, {}", redundant("ett.guld", 1), redundant("tre.guld", 1));
    let two = format!("{{erbjudande: tva.guld}}, {}", redundant("tre.guld", 2));
    let takes_over = nothing.replace("visar ingenting", "räknas inte som något som tar över");
    for (life, calls) in [(ended, &one_each), (later, &one_each), (ended, &two), (later, &two)] {
        assert_eq!(of(life, calls), (Verdict::Fails, vec![takes_over.clone()]), "{life}{calls}");
    }
    assert_eq!(of("", &one_each), (Verdict::Holds, vec![]));
    // What the service works without is not missed.
    let without = "{erbjudande: tva.guld}, {erbjudande: tre.guld, samband: ej-kritisk}";
    assert_eq!(of(ended, without), (Verdict::Holds, vec![]));
}

#[test]
fn what_is_never_there_at_one_time_does_not_take_over() {
    let alone = |until: &str, from: &str| {
        let ett = supporting("Ett", [1, 10, 20, 40, 100])
            + &format!("livscykel: {{status: under-avveckling, till: {until}}}\n");
        let tva = supporting("Två", [1, 10, 20, 40, 100]) + &format!("livscykel: {{status: aktiv, från: {from}}}\n");
        let service = "namn: A\nsla: {nivå: dygnet-runt-2h}\nola: {avrop: [{erbjudande: ett.guld, samband: redundant, avsnitt: \
                       D}, {erbjudande: tva.guld, samband: redundant, avsnitt: D}]}\n";
        let (_folder, catalog) = catalog_of(&[
            ("servicenivaer.yaml", SERVICE_LEVELS),
            ("tjanstenivaer.yaml", AVAILABILITY_LEVELS),
            ("tjanster/a.yaml", service),
            ("stodjande-tjanster/ett.yaml", &ett),
            ("stodjande-tjanster/tva.yaml", &tva),
        ]);
        Prover::new(&catalog).prove(catalog.get("a").unwrap()).alone.len()
    };
    assert_eq!(alone("2027-06-30", "2027-11-01"), 2);
    assert_eq!(alone("2027-06-30", "2027-07-01"), 2);
    assert_eq!(alone("2027-06-30", "2027-06-30"), 0);
}

#[test]
fn what_is_redundant_is_counted_as_what_there_is_of_it_at_a_time() {
    let iaas = "namn: Iaas\nklass: teknisk\nerbjudanden:\n- suffix: Guld\n  servicenivå: guld\n  priser: \
        [{artikel: \"1\", benämning: Server, pris: 1, per: månad}, {artikel: \"2\", benämning: Minne, pris: 1, per: månad}]\n";
    let old = "livscykel: {status: under-avveckling, till: 2027-06-30, ersätts_av: tva}\n";
    let ett = supporting("Ett", [1, 10, 20, 40, 100]) + old;
    let told = |redundant: &[&str]| {
        let redundant = redundant.iter().map(|call| format!("{{{call}, samband: redundant, avsnitt: Drift}}"));
        let calls = redundant.collect::<Vec<_>>().join(", ");
        let service = format!(
            "namn: A\nprodukter: [p]\nsla: {{nivå: dygnet-runt-2h}}\nola: {{avrop: [{{erbjudande: ett.guld}}, {calls}]}}\n"
        );
        let (_folder, catalog) = catalog_of(&[
            ("servicenivaer.yaml", SERVICE_LEVELS),
            ("tjanstenivaer.yaml", AVAILABILITY_LEVELS),
            ("tjanster/a.yaml", &service),
            ("stodjande-tjanster/ett.yaml", &ett),
            ("stodjande-tjanster/tva.yaml", &supporting("Två", [1, 10, 20, 40, 100])),
            ("stodjande-tjanster/iaas.yaml", iaas),
            ("produkter/p.yaml", "namn: P\n"),
        ]);
        let proof = Prover::new(&catalog).prove(catalog.get("a").unwrap());
        let notes = (1..proof.links.len()).map(|at| words::uncounted(&proof, at).unwrap() == ALONE);
        (notes.collect::<Vec<_>>(), words::verdict(&proof).replace('\u{a0}', " "))
    };
    const ALONE: &str = "räknas inte: angivet som redundant, men inget annat är avropat som kan ta över";
    let holds = "Nivån håller: i värsta fall är tjänsten nere 4 timmar på ett år, och SLA tillåter 8 timmar.";
    let server = "erbjudande: iaas.guld, antal: 1";
    let memory = "erbjudande: iaas.guld, artikel: \"2\", antal: 64";
    let (notes, verdict) = told(&[server, memory]);
    assert_eq!(notes, [true, true]);
    let wanted = "Nivån håller bara om något kan ta över för Iaas.Guld, och inget sådant är avropat. Räknas \
                  avbrotten i Iaas.Guld inte med är tjänsten i värsta fall nere 4 timmar på ett år, \
                  och SLA tillåter 8 timmar.";
    assert_eq!(verdict, wanted);
    assert_eq!(told(&["erbjudande: iaas.guld, antal: 2", memory]), (vec![false, false], holds.to_string()));
    assert_eq!(told(&[server, memory, "erbjudande: tva.guld"]), (vec![false, false, false], holds.to_string()));
    // What takes the place of the other is never there beside it.
    assert_eq!(told(&["erbjudande: ett.guld", "erbjudande: tva.guld"]).0, [true, true]);
    assert_eq!(told(&["erbjudande: ett.guld, antal: 2", "erbjudande: tva.guld, antal: 2"]).0, [false, false]);
    assert_eq!(told(&["erbjudande: ett.guld", "erbjudande: tva.guld", server]).0, [false, false, false]);
}

#[test]
fn what_takes_the_place_of_another_in_the_year_is_counted_once() {
    let with = |life: &str, next: &str, calls: &[&str]| {
        let ett = format!("{}livscykel: {life}\n", supporting("Ett", [1, 10, 20, 40, 100]));
        let nya = format!("{}livscykel: {next}\n", supporting("Nya", [1, 10, 20, 40, 100]));
        let more = [("stodjande-tjanster/ett.yaml", ett.as_str()), ("stodjande-tjanster/nya.yaml", nya.as_str())];
        let (verdict, worst, reasons, _) = proved("dygnet-runt-2h", &series(calls), &more);
        assert_eq!(verdict == Verdict::Holds, reasons.is_empty(), "{reasons:?}");
        (worst, reasons)
    };
    let ends = "{status: under-avveckling, till: 2027-06-30, ersätts_av: nya}";
    let begins = |day: &str| format!("{{status: planerad, från: {day}}}");
    let swap = ["tva.guld", "ett.guld", "nya.guld"];
    assert_eq!(with(ends, &begins("2027-07-01"), &swap), (480, vec![]));
    // The longest worst case counts, whichever it is, and the hours of both.
    assert_eq!(with(ends, &begins("2027-07-01"), &["tva.platina", "ett.platina", "nya.guld"]).0, 250);
    assert_eq!(with(ends, &begins("2027-07-01"), &["tva.platina", "ett.guld", "nya.platina"]).0, 250);
    let closed = "Nya.Silver är bara öppen på kontorstid, men SLA lovar 24/7/365.";
    assert_eq!(with(ends, &begins("2027-07-01"), &["ett.guld", "nya.silver"]).1, [closed]);
    // Each is followed by one.
    let two = ["ett.guld", "nya.guld", "ett.guld", "nya.guld", "nya.platina"];
    assert_eq!(with(ends, &begins("2027-06-01"), &two).0, 490);
    // With a day between them, or side by side all the while, they are two; as where nothing is said of one taking
    // over.
    assert_eq!(with(ends, &begins("2027-07-02"), &swap).0, 720);
    assert_eq!(with(ends, &begins("2026-01-01"), &swap).0, 720);
    assert_eq!(with("{status: under-avveckling, till: 2027-06-30}", &begins("2027-07-01"), &swap).0, 720);
}

/// A supporting service whose offerings each have a server and memory, at these prices a month.
fn servers(second: &str) -> String {
    let offering = |(suffix, server, memory): (&str, u32, u32)| {
        format!(
            "  - suffix: {suffix}\n    servicenivå: {}\n    priser:\n      \
             - {{artikel: {suffix}-1, benämning: Server {suffix}, pris: {server}, enhet: server, per: månad}}\n      \
             - {{artikel: {suffix}-2, benämning: Minne, pris: {memory}, enhet: {second}, per: månad}}\n",
            suffix.to_lowercase()
        )
    };
    let offerings: String =
        [("Silver", 20, 2), ("Guld", 40, 5), ("Platina", 100, 9)].into_iter().map(offering).collect();
    format!("namn: Servrar\nklass: teknisk\nerbjudanden:\n{offerings}")
}

#[test]
fn articles_of_one_service_are_one_service() {
    let servers = servers("GB");
    let more = [("stodjande-tjanster/servrar.yaml", servers.as_str())];
    let calls = |articles: &[&str]| {
        let calls = articles.iter().map(|article| format!("{{erbjudande: servrar.guld, antal: 10{article}}}"));
        proved("dygnet-runt-2h", &calls.collect::<Vec<_>>().join(", "), &more)
    };
    let (server, memory) = (", artikel: Guld-1", ", artikel: Guld-2");
    // Without an article it is the first.
    for one in [&[server, memory][..], &[memory, "", server], &[memory]] {
        let (verdict, worst, ..) = calls(one);
        assert!(worst == if one.len() == 3 { 480 } else { 240 } && verdict == Verdict::Holds, "{one:?}: {worst}");
    }
    assert_eq!(calls(&[server, memory, memory, server, "", memory]).1, 720);
    let (_, worst, _, _) = proved(
        "dygnet-runt-2h",
        "{erbjudande: servrar.guld, artikel: Guld-1, samband: redundant}, {erbjudande: servrar.guld, artikel: Guld-2}",
        &more,
    );
    assert_eq!(worst, 240, "what is not counted is not another's service");
}

#[test]
fn a_change_is_of_all_that_is_called_for_of_a_service_and_costs_what_the_calls_count() {
    let cured = |second: &str, calls: &str| {
        let servers = servers(second);
        proved("dygnet-runt-2h", calls, &[("stodjande-tjanster/servrar.yaml", &servers)]).3.unwrap()
    };
    let memory = "{erbjudande: servrar.silver, antal: 64, artikel: Silver-2}";
    let server = "{erbjudande: servrar.silver, antal: 2}";
    // 64 × (5 − 2) × 12, and the servers' 2 × (40 − 20) × 12.
    let told = cured("GB", memory);
    assert!(
        told.starts_with("Den billigaste ändring som räcker: byt Servrar.Silver mot Servrar.Guld, 2 304 kr mer"),
        "{told}"
    );
    let told = cured("GB", &format!("{server}, {memory}"));
    assert!(
        told.starts_with("Den billigaste ändring som räcker: byt Servrar.Silver mot Servrar.Guld, 2 784 kr mer"),
        "{told}"
    );
    assert!(told.contains("nere 4 timmar på ett år"), "{told}");
    // The first article is of another unit than what the call counts, and both that are of it have other names.
    let told = cured("server", &memory.replace("Silver-2", "Silver-1"));
    assert!(told.starts_with("Den minsta ändring som räcker: byt Servrar.Silver mot Servrar.Guld. Då"), "{told}");
    let told = cured("server", memory);
    assert!(
        told.starts_with("Den billigaste ändring som räcker: byt Servrar.Silver mot Servrar.Guld, 2 304 kr mer"),
        "{told}"
    );
}

#[test]
fn a_change_costs_what_it_does_in_the_part_of_the_year_that_it_is_paid_for() {
    let priced = |name: &str, life: &str, prices: [&str; 2]| {
        let level = |(suffix, prices): (&str, &str)| {
            let id = suffix.to_lowercase();
            format!("  - {{suffix: {suffix}, servicenivå: {id}, priser: [{prices}]}}\n")
        };
        let offerings: String = ["Guld", "Platina"].into_iter().zip(prices).map(level).collect();
        format!("namn: {name}\nklass: teknisk\n{life}erbjudanden:\n{offerings}")
    };
    let of = |article: &str, price: u32, days: &str| {
        format!("{{artikel: {article}, benämning: A, pris: {price}, enhet: server, per: månad{days}}}")
    };
    let cured = |ett: &str, tva: &str| {
        let files = [("stodjande-tjanster/ett.yaml", ett), ("stodjande-tjanster/tva.yaml", tva)];
        let level = "- {id: sex, öppettid: dygnet-runt, åtgärdstid: 2 timmar, nedtid_per_år: 6 timmar}\n";
        let levels = ("tjanstenivaer.yaml", level);
        proved("sex", &series(&["ett.guld", "tva.guld"]), &[files[0], files[1], levels]).3.unwrap()
    };
    // Of what is there in December only, twice as much more a month is less a year.
    let all_year = priced("Ett", "", [&of("1", 100, ""), &of("2", 150, "")]);
    let december = "livscykel: {status: aktiv, från: 2027-12-01}\n";
    let in_december = priced("Två", december, [&of("3", 100, ""), &of("4", 200, "")]);
    let told = cured(&all_year, &in_december);
    assert!(told.starts_with("Den billigaste ändring som räcker: byt Två.Guld mot Två.Platina, 100 kr mer"), "{told}");
    // And each price of an article is paid while it holds: six months of 100 more, and six of none.
    let (until, since) = (", giltig_till: 2027-06-30", ", giltig_från: 2027-07-01");
    let cheaper = format!("{}, {}", of("4", 200, until), of("4", 100, since));
    let changing = priced("Två", "", [&of("3", 100, ""), &cheaper]);
    let told = cured(&priced("Ett", "", [&of("1", 100, ""), &of("2", 155, "")]), &changing);
    assert!(told.starts_with("Den billigaste ändring som räcker: byt Två.Guld mot Två.Platina, 600 kr mer"), "{told}");
}

#[test]
fn what_rests_on_the_service_itself_proves_nothing() {
    let of = |id: &str, calls: &str| {
        format!(
            "namn: {id}\nsla: {{nivå: dygnet-runt-2h}}\nerbjudanden: [{{suffix: VGR, miljö: produktion}}]\nola: {{avrop: [{calls}]}}\n"
        )
    };
    let own = of("A", "{erbjudande: a.vgr}");
    let told = proved("", "", &[("tjanster/a.yaml", &own)]);
    assert_eq!(told.2, ["A.VGR vilar i sin tur på tjänsten själv, så dess SLA visar ingenting."]);
    assert_eq!(told.0, Verdict::Fails);
    let (first, second) = (of("A", "{erbjudande: b.vgr}, {erbjudande: ett.guld}"), of("B", "{erbjudande: c.vgr}"));
    let ring = |third: &str| {
        let third = of("C", third);
        let files = [("tjanster/a.yaml", &first), ("tjanster/b.yaml", &second), ("tjanster/c.yaml", &third)];
        proved("", "", &files.map(|(path, text)| (path, text.as_str())))
    };
    assert_eq!(
        ring("{erbjudande: a.vgr}").2,
        ["B.VGR vilar i sin tur på tjänsten själv, så dess SLA visar ingenting."]
    );
    // Nobody waits for what is not in series.
    assert_eq!(ring("{erbjudande: ett.guld}, {erbjudande: a.vgr, samband: ej-kritisk}").2.len(), 1);
    assert!(!ring("{erbjudande: ett.guld}").2[0].contains("vilar i sin tur"));
}

#[test]
fn every_reason_is_told_of_its_call() {
    let (verdict, worst, reasons, cure) = proved("dygnet-runt-2h", &series(&["ett.brons", "tva.jarn"]), &[]);
    assert_eq!((verdict, worst), (Verdict::Fails, 1920));
    assert_eq!(
        reasons,
        [
            "Ett.Brons är bara öppen på kontorstid, men SLA lovar 24/7/365.",
            "Ett.Brons återställs inom 8 timmar, men SLA har riktvärdet 2 timmar.",
            "Två.Järn har nivån Järn, som inte garanterar både återställsetid och antal avbrott.",
            "Två.Järn är bara öppen på kontorstid, men SLA lovar 24/7/365.",
            "De värsta fallen blir tillsammans 32 timmar på ett år, men SLA tillåter 8 timmar.",
        ]
    );
    let wanted =
        "Den billigaste ändring som räcker: byt Ett.Brons mot Ett.Guld och Två.Järn mot Två.Guld, 828 kr mer per år.";
    assert!(cure.as_ref().unwrap().starts_with(wanted), "{cure:?}");
    assert!(cure.unwrap().ends_with("Som avropen är bär de ingen av tjänstenivåerna."));
}

#[test]
fn without_prices_the_fewest_changes_are_chosen() {
    let more = [(
        "stodjande-tjanster/tva.yaml",
        "namn: Två\nklass: teknisk\nerbjudanden:\n  - {suffix: Guld, servicenivå: guld}\n  - {suffix: Platina, servicenivå: platina}\n",
    )];
    let (_, _, _, cure) = proved("dygnet-runt-2h", &series(&["ett.silver", "tva.guld"]), &more);
    assert!(
        cure.as_ref().unwrap().starts_with("Den minsta ändring som räcker: byt Ett.Silver mot Ett.Guld. Då"),
        "{cure:?}"
    );
}

#[test]
fn where_no_change_of_levels_is_enough_another_way_is_told() {
    let only = [(
        "stodjande-tjanster/tva.yaml",
        "namn: Två\nklass: teknisk\nerbjudanden: [{suffix: Silver, servicenivå: silver}]\n",
    )];
    let (_, _, _, cure) = proved("dygnet-runt-2h", &series(&["tva.silver"]), &only);
    assert_eq!(
        cure.unwrap(),
        "Ingen ändring av nivåer räcker: Två har ingen nivå som räcker. Ha färre avrop i serie, låt något annat ta över \
         för dem, eller kom överens om en lägre tjänstenivå. Som avropen är bär de tjänstenivån Kontorstid – 2 timmar."
    );
    let both = [("stodjande-tjanster/ett.yaml", only[0].1.replace("Två", "Ett")), (only[0].0, only[0].1.to_string())];
    let both = [(both[0].0, both[0].1.as_str()), (both[1].0, both[1].1.as_str())];
    let (_, _, _, cure) = proved("dygnet-runt-2h", &series(&["ett.silver", "tva.silver", "tva.silver"]), &both);
    let wanted = "Ingen ändring av nivåer räcker: Ett och Två har ingen nivå som räcker. Ha";
    assert!(cure.as_ref().unwrap().starts_with(wanted), "{cure:?}");
}

#[test]
fn another_service_counts_by_its_own_agreement_for_its_production() {
    let other = "namn: B\nsla: {nivå: kontorstid-2h}\nerbjudanden: [{suffix: VGR, miljö: produktion}, {suffix: test, miljö: test}]\n";
    let more = [("tjanster/b.yaml", other)];
    assert_eq!(proved("kontorstid-2h", &series(&["b.vgr"]), &more), (Verdict::Holds, 480, vec![], None));
    let (verdict, _, reasons, cure) = proved("dygnet-runt-2h", &series(&["b.vgr"]), &more);
    assert_eq!(verdict, Verdict::Fails);
    let wanted = "Ingen ändring av nivåer räcker: B.VGR är en IS/IT-tjänst utan ett SLA som räcker. Ha";
    assert!(cure.as_ref().unwrap().starts_with(wanted), "{cure:?}");
    assert_eq!(reasons, ["B.VGR är bara öppen på kontorstid, men SLA lovar 24/7/365."]);
    let (_, _, reasons, _) = proved("kontorstid-2h", &series(&["b.test"]), &more);
    assert_eq!(reasons, ["B.test omfattas inte av något SLA, så inget är lovat för den."]);
}

/// A catalogue in which what is called for is built on a product that encloses a service of these levels.
fn nested(level: &str, offering: &str, inner: &str) -> (Verdict, u64, Vec<String>) {
    let ett = supporting("Ett", [1; 5]) + "produkter: [yttre]\n";
    let inner = format!("namn: Inre\nklass: teknisk\nerbjudanden: [{inner}]\nprodukter: [yttre]\n");
    let more = [
        ("stodjande-tjanster/ett.yaml", ett.as_str()),
        ("stodjande-tjanster/inre.yaml", inner.as_str()),
        ("produkter/yttre.yaml", "namn: Yttre\ninnehåller: [mellan]\n"),
        ("produkter/mellan.yaml", "namn: Mellan\ninnehåller: [inre, yttre]\n"),
    ];
    let (verdict, worst, reasons, _) = proved(level, &series(&[offering]), &more);
    (verdict, worst, reasons)
}

#[test]
fn what_is_enclosed_carries_the_level_above_or_the_proof_fails_and_is_not_added() {
    const SILVER: &str = "{suffix: Silver, servicenivå: silver}";
    const BOTH: &str = "{suffix: Silver, servicenivå: silver}, {suffix: Guld, servicenivå: guld}";
    assert_eq!(nested("dygnet-runt-2h", "ett.guld", BOTH), (Verdict::Holds, 240, vec![]));
    let (verdict, worst, reasons) = nested("dygnet-runt-2h", "ett.guld", SILVER);
    assert_eq!((verdict, worst), (Verdict::Fails, 240));
    assert_eq!(reasons, ["Mellan omsluter Inre, där inget erbjudande är öppet länge nog för nivån Guld hos Ett.Guld."]);
    let (_, _, reasons) = nested("dygnet-runt-2h", "ett.platina", BOTH);
    assert_eq!(
        reasons,
        ["Mellan omsluter Inre, där inget erbjudande återställs snabbt nog för nivån Platina hos Ett.Platina."]
    );
    assert_eq!(nested("kontorstid-2h", "ett.silver", SILVER).0, Verdict::Holds);
}

#[test]
fn what_is_offered_above_is_asked_of_what_is_enclosed_though_nobody_calls_for_it() {
    let told = |outer: &str, inner: &str, life: &str| {
        let outer = format!("namn: Yttre\nklass: teknisk\nprodukter: [skal]\n{life}erbjudanden: [{outer}]\n");
        let inner = format!("namn: Inre\nklass: teknisk\nprodukter: [karna]\nerbjudanden: [{inner}]\n");
        let (_folder, catalog) = catalog_of(&[
            ("servicenivaer.yaml", SERVICE_LEVELS),
            ("stodjande-tjanster/yttre.yaml", &outer),
            ("stodjande-tjanster/inre.yaml", &inner),
            ("produkter/skal.yaml", "namn: Skal\ninnehåller: [mellan]\n"),
            ("produkter/mellan.yaml", "namn: Mellan\ninnehåller: [inre, yttre, skal]\n"),
            ("produkter/karna.yaml", "namn: Kärna\n"),
        ]);
        overpromises(&catalog).iter().map(words::overpromise).collect::<Vec<_>>()
    };
    let at = |level: &str| format!("{{suffix: {level}, servicenivå: {level}}}");
    let both = format!("{}, {}", at("silver"), at("guld"));
    let wanted = "Mellan omsluter Inre, där inget erbjudande är öppet länge nog för nivån Guld hos Yttre.guld.";
    assert_eq!(told(&both, &at("silver"), ""), [wanted]);
    assert_eq!(told(&both, &both, ""), [""; 0]);
    // What promises nothing asks for nothing, nor does what is not there.
    assert_eq!(told(&at("jarn"), &at("jarn"), ""), [""; 0]);
    assert_eq!(told(&both, &at("silver"), "livscykel: {status: planerad, från: 2028-01-01}\n"), [""; 0]);
}

#[test]
fn what_supports_without_being_enclosed_carries_the_agreement() {
    let inner = |level: &str| {
        format!("namn: Inre\nklass: teknisk\nstödjer: [ett]\nerbjudanden: [{{suffix: X, servicenivå: {level}}}]\n")
    };
    let of = |level: &str, calls: &str, inner: &str| proved(level, calls, &[("stodjande-tjanster/inre.yaml", inner)]);
    assert_eq!(of("dygnet-runt-2h", &series(&["ett.platina"]), &inner("guld")).0, Verdict::Holds);
    let (verdict, _, reasons, _) = of("dygnet-runt-2h", &series(&["ett.platina"]), &inner("brons"));
    assert_eq!(verdict, Verdict::Fails);
    assert_eq!(
        reasons,
        ["Ett stöds av Inre, där inget erbjudande är öppet länge nog för tjänstenivån 24/7/365 – 2 timmar."]
    );
    // The Tjänste-OLA says itself how the service depends on it.
    let declared = format!("{}, {{erbjudande: inre.x, samband: ej-kritisk}}", series(&["ett.platina"]));
    assert_eq!(of("dygnet-runt-2h", &declared, &inner("brons")).0, Verdict::Holds);
    // Whatever leads round ends, and people at work are no link of the chain.
    let round = inner("guld").replace("[ett]", "[ett, inre]") + "produkter: [p]\n";
    assert_eq!(of("dygnet-runt-2h", &series(&["ett.guld"]), &round).0, Verdict::Holds);
    let people = inner("brons").replace("teknisk", "leverans");
    assert_eq!(of("dygnet-runt-2h", &series(&["ett.guld"]), &people).0, Verdict::Holds);
}

#[test]
fn what_is_not_there_in_the_edition_neither_carries_nor_fails() {
    let inner = |life: &str| {
        format!(
            "namn: Inre\nklass: teknisk\nstödjer: [ett]\nlivscykel: {life}\nprodukter: [p]\n\
             erbjudanden: [{{suffix: X, servicenivå: brons}}]\n"
        )
    };
    let with = |life: &str| {
        let inner = inner(life);
        proved("dygnet-runt-2h", &series(&["ett.guld"]), &[("stodjande-tjanster/inre.yaml", inner.as_str())]).0
    };
    assert_eq!(with("{status: aktiv}"), Verdict::Fails);
    assert_eq!(with("{status: avvecklad, till: 2026-06-30}"), Verdict::Holds);
    assert_eq!(with("{status: planerad, från: 2028-01-01}"), Verdict::Holds);
    // For a part of the edition it is there, and has to carry.
    assert_eq!(with("{status: under-avveckling, till: 2027-06-30}"), Verdict::Fails);
    // Nor does a product that is over enclose anything.
    let around = |life: &str| {
        let (ett, outer) = (supporting("Ett", [1; 5]) + "produkter: [yttre]\n", "namn: Yttre\ninnehåller: [mellan]\n");
        let between = format!("namn: Mellan\ninnehåller: [inre]\nlivscykel: {life}\n");
        let inner = inner("{status: aktiv}").replace("stödjer: [ett]\n", "");
        let more = [
            ("stodjande-tjanster/ett.yaml", ett.as_str()),
            ("stodjande-tjanster/inre.yaml", inner.as_str()),
            ("produkter/yttre.yaml", outer),
            ("produkter/mellan.yaml", between.as_str()),
        ];
        proved("dygnet-runt-2h", &series(&["ett.guld"]), &more).0
    };
    assert_eq!(around("{status: aktiv}"), Verdict::Fails);
    assert_eq!(around("{status: avvecklad, till: 2026-06-30}"), Verdict::Holds);
}

#[test]
fn what_the_own_products_enclose_carries_the_agreement() {
    let inner = "namn: Inre\nklass: teknisk\nerbjudanden: [{suffix: Brons, servicenivå: brons}]\n";
    let more = [("produkter/p.yaml", "namn: P\ninnehåller: [inre]\n"), ("stodjande-tjanster/inre.yaml", inner)];
    let (verdict, _, reasons, cure) = proved("kontorstid-8h", &series(&["ett.guld"]), &more);
    assert_eq!(verdict, Verdict::Fails);
    let wanted = "P omsluter Inre, där inget erbjudande har tillräckligt kort nedtid i värsta fall för tjänstenivån \
                  Kontorstid – 8 timmar.";
    assert_eq!(reasons, [wanted]);
    assert!(cure.unwrap().starts_with("Ingen ändring av nivåer räcker."));
    assert_eq!(proved("kontorstid-16h", &series(&["ett.guld"]), &more).0, Verdict::Holds);
}

#[test]
fn the_sum_is_told_against_what_is_allowed() {
    let told = |offerings: &[&str]| {
        let service = format!("namn: A\nsla: {{nivå: dygnet-runt-2h}}\nola: {{avrop: [{}]}}\n", series(offerings));
        let ett = supporting("Ett", [1; 5]);
        let files = [
            ("servicenivaer.yaml", SERVICE_LEVELS),
            ("tjanstenivaer.yaml", AVAILABILITY_LEVELS),
            ("tjanster/a.yaml", service.as_str()),
            ("stodjande-tjanster/ett.yaml", ett.as_str()),
        ];
        let (_folder, catalog) = catalog_of(&files);
        let proof = Prover::new(&catalog).prove(catalog.get("a").unwrap());
        words::sum(&proof).map(|sum| sum.replace('\u{a0}', " "))
    };
    assert_eq!(told(&["ett.guld", "ett.guld"]).unwrap(), "2 × 4 timmar = 8 timmar ≤ 8 timmar");
    assert_eq!(told(&["ett.guld"; 3]).unwrap(), "3 × 4 timmar = 12 timmar > 8 timmar");
    let mixed = ["ett.platina", "ett.guld", "ett.platina"];
    assert_eq!(told(&mixed).unwrap(), "2 × 10 minuter + 4 timmar = 4 timmar och 20 minuter ≤ 8 timmar");
    assert_eq!(told(&["ett.guld"]).unwrap(), "4 timmar ≤ 8 timmar");
    assert_eq!(told(&["ett.guld", "ett.jarn"]), None, "what is not promised cannot be added");
}

#[test]
fn many_calls_at_many_levels_are_soon_settled() {
    // 30 calls, each with five offerings: 5^30 choices.
    let many: Vec<String> =
        (0..30).map(|at| supporting(&format!("T{at}"), [1, 10 + at, 20 + 2 * at, 40, 100 + 7 * at])).collect();
    let paths: Vec<String> = (0..30).map(|at| format!("stodjande-tjanster/t{at}.yaml")).collect();
    let more: Vec<(&str, &str)> = paths.iter().map(String::as_str).zip(many.iter().map(String::as_str)).collect();
    let calls: Vec<String> = (0..30).map(|at| format!("t{at}.guld")).collect();
    let calls: Vec<&str> = calls.iter().map(String::as_str).collect();
    let before = crate::testing::processor_time();
    let (_, _, _, cure) = proved("dygnet-runt-16h", &series(&calls), &more);
    assert!((crate::testing::processor_time() - before).as_secs() < 5);
    // 32 h are 1 920 minutes: 6 of Guld are 1 440 and 24 of Platina 240; 7 of Guld would be 1 680 and 23 of Platina 230.
    assert!(cure.as_ref().unwrap().contains("nere 31 timmar och 50 minuter på ett år"), "{cure:?}");
}

#[test]
fn prices_that_have_no_room_together_do_not_make_a_cure_impossible() {
    let ett = "namn: Ett\nklass: teknisk\nerbjudanden:\n  \
        - {suffix: Silver, servicenivå: silver, priser: [{artikel: \"1\", benämning: A, pris: 1, enhet: a, per: månad}]}\n  \
        - {suffix: Guld, servicenivå: guld, priser: [{artikel: \"2\", benämning: A, pris: \"999999999999,999999\", enhet: a, per: månad}]}\n";
    let more = [("stodjande-tjanster/ett.yaml", ett)];
    let call = "{erbjudande: ett.silver, antal: 4294967291}";
    let (_, _, _, cure) = proved("dygnet-runt-2h", call, &more);
    let cure = cure.unwrap();
    assert!(cure.starts_with("Den billigaste ändring som räcker: byt Ett.Silver mot Ett.Guld"), "{cure}");
    let (_, _, _, cure) = proved("dygnet-runt-2h", &format!("{call}, {call}"), &more);
    let cure = cure.unwrap();
    assert!(cure.starts_with("Den minsta ändring som räcker:"), "{cure}");
}

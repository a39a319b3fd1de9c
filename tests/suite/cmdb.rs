//! The catalogue as tables for a CMDB, and what differs there.

use std::collections::BTreeMap;
use std::fs;

use crate::door::{Files, Run, Workspace, files, text};

const ORBIT: &str = "content/tjanster/orbit-planering.yaml";

/// What stands for a party that has not signed.
const UNSIGNED: &str = "person: redaktoren}";

/// The tables of a workspace, after an export that has to succeed.
fn exported(workspace: &Workspace, arguments: &[&str]) -> Files {
    let run = workspace.run(&[&["export", "cmdb"], arguments].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    files(&workspace.path().join("cmdb"))
}

/// How the catalogue differs from a table in the CMDB.
fn differing(workspace: &Workspace, arguments: &[&str]) -> Run {
    workspace.run(&[&["diff", "--cmdb"], arguments].concat())
}

/// The complete catalogue with an SLA that both parties have signed.
fn complete() -> Workspace {
    Workspace::of("fullstandig").replacing(ORBIT, UNSIGNED, "person: redaktoren, datum: 2026-11-02}")
}

#[test]
fn each_table_is_a_file_with_what_is_in_force() {
    let tables = exported(&complete(), &[]);
    let names: Vec<&str> = tables.keys().map(String::as_str).filter(|name| !name.starts_with('.')).collect();
    assert_eq!(
        names,
        [
            "csv/business-applications.csv",
            "csv/business-services.csv",
            "csv/offering-commitments.csv",
            "csv/relations.csv",
            "csv/service-commitments.csv",
            "csv/service-offerings.csv",
            "csv/sla-definitions.csv",
            "csv/technical-service-offerings.csv",
            "csv/technical-services.csv",
            "json/cmdb.json",
        ]
    );
    insta::assert_snapshot!(text(&tables, "csv/service-commitments.csv").replace('\r', ""), @r#"
    correlation_id,name,type,percentage_available,schedule,sla
    dygnet-runt-2h,"24/7/365 - 2 timmar, 99,91%",SLA,99.91,24x7,24/7/365 - 2 timmar
    "#);
    insta::assert_snapshot!(text(&tables, "csv/sla-definitions.csv").replace('\r', ""), @"
    correlation_id,name,type,duration,u_duration_seconds,schedule
    sla-dygnet-runt-2h,24/7/365 - 2 timmar,SLA,0 02:00:00,7200,24x7
    ");
    insta::assert_snapshot!(text(&tables, "csv/offering-commitments.csv").replace('\r', ""), @r#"
    correlation_id,service_offering,u_service_offering_correlation_id,service_commitment,u_service_commitment_correlation_id,start_date,end_date
    orbit-planering.vgr:dygnet-runt-2h,Orbit Planering.VGR,orbit-planering.vgr,"24/7/365 - 2 timmar, 99,91%",dygnet-runt-2h,2027-01-01,2027-12-31
    "#);
    insta::assert_snapshot!(text(&tables, "csv/service-offerings.csv").replace('\r', ""), @"
    correlation_id,name,parent,u_parent_correlation_id,short_description,environment,u_production,owned_by,service_classification,life_cycle_stage,life_cycle_stage_status
    orbit-planering.vgr,Orbit Planering.VGR,Orbit Planering,orbit-planering,Planering av operationer.,Production,true,Chefen,Business Service,Operational,In Use
    orbit-planering.test,Orbit Planering.test,Orbit Planering,orbit-planering,Planering av operationer.,Test,false,Chefen,Business Service,Operational,In Use
    orbit-planering.utv,Orbit Planering.utv,Orbit Planering,orbit-planering,Planering av operationer.,Development,false,Chefen,Business Service,Operational,In Use
    orbit-planering.utb,Orbit Planering.utb,Orbit Planering,orbit-planering,Planering av operationer.,Training,false,Chefen,Business Service,Operational,In Use
    ");
    insta::assert_snapshot!(text(&tables, "csv/relations.csv").replace('\r', ""), @"
    correlation_id,parent,u_parent_correlation_id,child,u_child_correlation_id,type
    orbit-planering.vgr:servrar.bas,Orbit Planering.VGR,orbit-planering.vgr,Servrar.bas,servrar.bas,Depends on::Used by
    orbit-planering.vgr:servrar.guld,Orbit Planering.VGR,orbit-planering.vgr,Servrar.Guld,servrar.guld,Depends on::Used by
    orbit-planering.vgr:servrar.jarn,Orbit Planering.VGR,orbit-planering.vgr,Servrar.Järn,servrar.jarn,Depends on::Used by
    orbit-planering:orbit,Orbit Planering,orbit-planering,Orbit,orbit,Depends on::Used by
    ");
    let retired = complete().replacing(ORBIT, "status: aktiv", "status: avvecklad");
    let tables = exported(&retired, &[]);
    assert!(!text(&tables, "csv/business-services.csv").contains("Orbit Planering"));
    assert!(!text(&tables, "csv/service-offerings.csv").contains("orbit-planering."));
    assert_eq!(text(&tables, "csv/relations.csv").lines().count(), 1);
}

/// A commitment follows an SLA that is in force (`§ 3.2.3`).
#[test]
fn nothing_is_committed_by_an_agreement_that_is_not_in_force() {
    const TABLE: &str = "csv/offering-commitments.csv";
    let signed = exported(&complete(), &[]);
    assert_eq!(text(&signed, TABLE).lines().count(), 2);
    let days = |year: u32| format!("giltig_från: {year}-01-01\n  giltig_till: {year}-12-31");
    for (words, by) in
        [("person: redaktoren, datum: 2026-11-02}", UNSIGNED), (days(2027).as_str(), days(2026).as_str())]
    {
        let workspace = complete().replacing(ORBIT, words, by).with("export.csv", &signed[TABLE]);
        let run = workspace.run(&["export", "cmdb"]);
        assert!(run.stderr.contains("info: åtaganden för ”Orbit Planering” är inte med"), "{}", run.stderr);
        let why = "eftersom SLA inte gäller under utgåvans tid eller inte är undertecknat av båda parter\n";
        assert!(run.stderr.contains(why), "{}", run.stderr);
        let tables = files(&workspace.path().join("cmdb"));
        assert_eq!(text(&tables, TABLE).lines().count(), 1, "{by}");
        // Another service's SLA promises the same.
        assert_eq!(tables["csv/service-commitments.csv"], signed["csv/service-commitments.csv"], "{by}");
        let run = differing(&workspace, &["export.csv", "--table", "offering-commitments"]);
        assert_eq!(run.stdout.matches(": finns bara i CMDB").count(), 1, "{}", run.stdout);
        assert!(run.stderr.contains("åtaganden för ”Orbit Planering” är inte med"), "{}", run.stderr);
    }
}

#[test]
fn what_levels_share_has_the_same_id_whichever_of_them_are_promised() {
    const LEVELS: &str = "content/tjanstenivaer.yaml";
    let more =
        |id: &str| format!("- {{id: {id}, öppettid: dygnet-runt, åtgärdstid: 2 timmar, nedtid_per_år: 4 timmar}}\n");
    for (id, first) in [("skarp", "- {id: kontorstid-90m"), ("alltid", "- {id: dygnet-runt-2h")] {
        let ids = [complete(), complete().replacing(ORBIT, "nivå: dygnet-runt-2h", &format!("nivå: {id}"))].map(
            |workspace| {
                let workspace = workspace.replacing(LEVELS, first, &(more(id) + first));
                let table = text(&exported(&workspace, &[]), "csv/sla-definitions.csv").to_string();
                let ids = table.lines().skip(1).map(|line| line.split(',').next().unwrap().to_string());
                ids.collect::<Vec<_>>()
            },
        );
        assert_eq!(ids[0], ids[1], "{id}");
    }
}

#[test]
fn the_data_says_what_the_tables_say() {
    let tables = exported(&complete(), &[]);
    let data: serde_json::Value = serde_json::from_slice(&tables["json/cmdb.json"]).unwrap();
    for table in data["tables"].as_array().unwrap() {
        let csv = text(&tables, &format!("csv/{}.csv", table["name"].as_str().unwrap()));
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let columns = reader.headers().unwrap().clone();
        let rows = reader.records().map(|record| {
            let record = record.unwrap();
            columns.iter().map(str::to_string).zip(record.iter().map(str::to_string)).collect::<BTreeMap<_, _>>()
        });
        let told = table["rows"].as_array().unwrap().iter();
        let told = told.map(|row| serde_json::from_value::<BTreeMap<String, String>>(row.clone()).unwrap());
        assert_eq!(rows.collect::<Vec<_>>(), told.collect::<Vec<_>>(), "{}", table["name"]);
    }
}

#[test]
fn what_is_exported_differs_in_nothing() {
    let workspace = complete();
    for (path, _) in exported(&workspace, &[]).iter().filter(|(path, _)| path.ends_with(".csv")) {
        let run = differing(&workspace, &[&format!("cmdb/{path}")]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let marked = run.stdout.lines().filter(|line| line.starts_with(['+', '-', '~'])).count();
        assert_eq!(marked, 0, "{path}: {}", run.stdout);
        assert!(run.stdout.contains(" i CMDB.\n") && !run.stdout.contains("saknar kolumn"), "{}", run.stdout);
    }
}

#[test]
fn rows_that_are_missing_extra_and_different_are_told() {
    let workspace = complete();
    let tables = exported(&workspace, &[]);
    let all = text(&tables, "csv/service-offerings.csv");
    let kept: Vec<&str> = all.lines().filter(|line| !line.starts_with("orbit-planering.utv,")).collect();
    let changed = kept.join("\r\n").replace(",Production,true,", ",Test,TRUE,") + "\r\nfax.vgr,Fax.VGR,,,,,,,,,\r\n";
    // A file as a spreadsheet saves it: another name, a mark of its encoding, semicolons.
    let saved = format!("\u{feff}{}", changed.replace(',', ";"));
    let workspace = workspace.with("export.csv", saved);
    let run = differing(&workspace, &["export.csv"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    insta::assert_snapshot!(run.stdout, @"
    CMDB jämfört med katalogen: erbjudanden av IS/IT-tjänster

    + Orbit Planering.utv: saknas i CMDB

    - Fax.VGR: finns bara i CMDB

    ~ Orbit Planering.VGR
        environment: Production i katalogen, Test i CMDB

    2 rader är desamma i CMDB.
    ");
}

/// A spreadsheet's first line may say what parts the columns.
#[test]
fn a_line_that_names_the_separator_is_no_row() {
    let all = text(&exported(&complete(), &[]), "csv/service-offerings.csv").replace(',', ";");
    for named in ["sep=;\r\n", "\u{feff}sep=;\n"] {
        let workspace = complete().with("export.csv", format!("{named}{all}"));
        let run = differing(&workspace, &["export.csv"]);
        assert!(run.code == 0 && run.stdout.contains(" i CMDB.\n"), "{named:?}: {}{}", run.stdout, run.stderr);
    }
}

/// Of a row that is there twice the one is the catalogue's, and the other is not only there.
#[test]
fn a_row_that_is_there_twice_is_told_to_be() {
    let workspace = complete();
    let all = text(&exported(&workspace, &[]), "csv/service-offerings.csv").to_string();
    let row = all.lines().find(|line| line.starts_with("orbit-planering.vgr,")).unwrap();
    let without_id = row.replacen("orbit-planering.vgr,", ",", 1);
    let other_id = row.replacen("orbit-planering.vgr,", "någon-annans,", 1);
    let twice = |more: &[&str]| {
        let workspace = complete().with("service-offerings.csv", format!("{all}{}\r\n", more.join("\r\n")));
        let told = differing(&workspace, &["service-offerings.csv"]).stdout;
        told.lines().filter(|line| line.starts_with(['+', '-', '~'])).map(str::to_string).collect::<Vec<_>>()
    };
    assert_eq!(twice(&[row]), ["- Orbit Planering.VGR: finns mer än en gång i CMDB"]);
    assert_eq!(twice(&[&without_id]), ["- Orbit Planering.VGR: finns mer än en gång i CMDB"]);
    assert_eq!(
        twice(&["fax.vgr,Fax.VGR,,,,,,,,,", row, &other_id]),
        [
            "- Fax.VGR: finns bara i CMDB",
            "- Orbit Planering.VGR: finns mer än en gång i CMDB",
            "- Orbit Planering.VGR: finns mer än en gång i CMDB"
        ]
    );
}

/// What somebody has written in the CMDB is shown, not obeyed.
#[test]
fn a_value_there_is_one_line_of_harmless_signs() {
    let saved = "correlation_id,name,environment\r\norbit-planering.vgr,\"Orbit\n+ Fax: \u{1b}[31m\",Production\r\n";
    let workspace = complete().with("service-offerings.csv", saved);
    let told = differing(&workspace, &["service-offerings.csv"]).stdout;
    assert!(told.contains("Orbit Planering.VGR i katalogen, Orbit + Fax: \u{FFFD}[31m i CMDB"), "{told}");
}

#[test]
fn rows_without_our_id_are_known_by_their_names() {
    let workspace = complete().with(
        "cmdb_rel_ci.csv",
        "parent,child,type\norbit planering,Orbit,Depends on::Used by\nOrbit Planering,Fax,Depends on::Used by\n",
    );
    let run = differing(&workspace, &["cmdb_rel_ci.csv"]);
    assert!(run.stdout.contains("+ Orbit Planering.VGR – Servrar.Guld: saknas i CMDB"), "{}", run.stdout);
    assert!(run.stdout.contains("- Orbit Planering – Fax: finns bara i CMDB"), "{}", run.stdout);
    assert!(run.stdout.contains("parent: Orbit Planering i katalogen, orbit planering i CMDB"), "{}", run.stdout);
    assert!(run.stdout.contains("Filen saknar kolumnerna correlation_id,"), "{}", run.stdout);
}

#[test]
fn a_table_there_may_hold_two_of_ours() {
    let workspace = complete();
    let tables = exported(&workspace, &[]);
    let both = |table: &str| {
        let mut reader = csv::Reader::from_reader(&tables[&format!("csv/{table}.csv")][..]);
        let rows = reader.records().map(|row| row.unwrap()).map(|row| format!("{},{},{}\n", &row[0], &row[1], &row[2]));
        rows.collect::<String>()
    };
    let csv =
        format!("correlation_id,name,parent\n{}{}", both("service-offerings"), both("technical-service-offerings"));
    let workspace = workspace.with("service_offering.csv", &csv).with("nytt.csv", csv);
    for arguments in [&["service_offering.csv"][..], &["nytt.csv", "--table", "service_offering"]] {
        let run = differing(&workspace, arguments);
        let marked = run.stdout.lines().filter(|line| line.starts_with(['+', '-', '~'])).count();
        assert_eq!((run.code, marked), (0, 0), "{}{}", run.stdout, run.stderr);
    }
}

#[test]
fn a_mapping_gives_the_names_there() {
    let workspace = complete();
    let printed = workspace.run(&["export", "cmdb", "--print-mapping"]).stdout;
    assert!(printed.contains("business-services:\n  tabell: cmdb_ci_service_business\n"), "{printed}");
    // What is printed is what is built in.
    let workspace = workspace.with("plexus.yaml", &printed);
    let plain = exported(&workspace, &[]);
    assert_eq!(exported(&workspace, &["--mapping", "plexus.yaml"]), plain);
    let own = "business-applications:\n  tabell: u_applikation\n  fält: {correlation_id: u_nyckel, name: u_namn}\n";
    let workspace = workspace.with("plexus.yaml", own);
    let tables = exported(&workspace, &["--mapping", "plexus.yaml"]);
    assert_eq!(text(&tables, "csv/business-applications.csv"), "u_nyckel,u_namn\r\norbit,Orbit\r\n");
    // What the mapping leaves out is not there, even if it was before.
    assert_eq!(tables.keys().filter(|path| path.ends_with(".csv")).count(), 1);
    let run = differing(&workspace, &["cmdb/csv/business-applications.csv", "--mapping", "plexus.yaml"]);
    assert!(run.stdout.contains("\n1 rad är densamma i CMDB."), "{}", run.stdout);
}

#[test]
fn a_mapping_of_nothing_is_a_mistake() {
    for mapping in ["", "# inget\n", "{}\n", "---\n"] {
        let run = complete().with("plexus.yaml", mapping).run(&["export", "cmdb", "--mapping", "plexus.yaml"]);
        let told = run.stderr.starts_with("plexus.yaml:") && run.stderr.contains("fel[K007]");
        assert!(run.code == 1 && told && run.stderr.contains("--print-mapping"), "{mapping}: {}", run.stderr);
    }
}

#[test]
fn mistakes_in_a_mapping_are_told_at_their_places() {
    let mapping = "business-service: {}\nrelations:\n  tabel: x\n  tabell: cmdb_rel_ci\n  fält: {parnt: p, parent: a, child: a, type: []}\n";
    let workspace = complete().with("plexus.yaml", mapping);
    let run = workspace.run(&["export", "cmdb", "--mapping", "plexus.yaml"]);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(run.stderr, @"
    plexus.yaml:1:1: fel[K004]: det finns ingen tabell ”business-service”
      |
    1 | business-service: {}
      | ^^^^^^^^^^^^^^^^
      help: menade du business-services?

    plexus.yaml:3:3: fel[K004]: nyckeln ”tabel” finns inte
      |
    3 |   tabel: x
      |   ^^^^^
      help: menade du tabell?

    plexus.yaml:5:10: fel[K004]: relations har inget fält ”parnt”
      |
    5 |   fält: {parnt: p, parent: a, child: a, type: []}
      |          ^^^^^
      help: menade du parent?

    plexus.yaml:5:38: fel[K007]: två fält skulle heta ”a”
      |
    5 |   fält: {parnt: p, parent: a, child: a, type: []}
      |                                      ^
      help: ge fälten olika namn

    plexus.yaml:5:47: fel[K007]: här ska det stå ett namn
      |
    5 |   fält: {parnt: p, parent: a, child: a, type: []}
      |                                               ^^
      help: skriv vad det heter i CMDB, eller ta bort raden

    5 fel, 0 varningar, 0 upplysningar
    ");
    assert!(!workspace.path().join("cmdb").exists());
}

/// Columns of an export are known in whatever case.
#[test]
fn fields_whose_names_differ_in_case_only_are_told() {
    let mapping = "relations:\n  tabell: x\n  fält: {parent: Namn, child: NAMN}\n";
    let run = complete().with("x.yaml", mapping).run(&["export", "cmdb", "--mapping", "x.yaml"]);
    assert!(
        run.code == 1 && run.stderr.contains("x.yaml:3:31: fel[K007]: två fält skulle heta ”NAMN”"),
        "{}",
        run.stderr
    );
}

/// A table without a name is told once, and what it needs is no row less.
#[test]
fn a_table_without_a_name_is_told_once() {
    let told = |mapping: &str| {
        let run = complete().with("plexus.yaml", mapping).run(&["export", "cmdb", "--mapping", "plexus.yaml"]);
        let lines = run.stderr.lines().filter(|line| line.contains(": fel[K") || line.starts_with("  help: "));
        lines.collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(told("relations:\n  tabell:\n  fält: {correlation_id: a}\n"), @"
    plexus.yaml:2:9: fel[K007]: här ska det stå ett namn
      help: skriv vad tabellen heter i CMDB, som cmdb_rel_ci
    ");
    insta::assert_snapshot!(told("relations:\n  fält: {correlation_id: a}\n"), @"
    plexus.yaml:1:1: fel[K006]: relations har inget namn på sin tabell
      help: lägg till tabell: cmdb_rel_ci
    ");
}

#[test]
fn nobody_elses_file_is_written_over() {
    let workspace = complete().with("cmdb/anteckningar.txt", "viktigt");
    let run = workspace.run(&["export", "cmdb"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("något som katalog inte har skrivit"), "{}", run.stderr);
    assert_eq!(fs::read_to_string(workspace.path().join("cmdb/anteckningar.txt")).unwrap(), "viktigt");
}

#[test]
fn an_export_and_a_build_take_nothing_away_from_each_other() {
    let workspace = complete();
    let build = |output| workspace.run(&["build", "--format", "json", "--output", output]);
    let export = |output| workspace.run(&["export", "cmdb", "--output", output]);
    assert_eq!((build("byggt").code, export("export").code), (0, 0));
    for (run, folder) in [(export("byggt"), "byggt"), (build("export"), "export")] {
        assert_eq!(run.code, 2, "{}", run.stderr);
        let told = format!("{folder} innehåller vad ett annat av katalogs kommandon har skrivit");
        assert!(run.stderr.contains(&told), "{}", run.stderr);
    }
    assert!(workspace.path().join("byggt/json/katalog-2027.json").exists());
    assert!(workspace.path().join("export/json/cmdb.json").exists());
    assert_eq!((build("byggt").code, export("export").code), (0, 0));
}

#[test]
fn what_cannot_be_compared_is_said() {
    let workspace = complete()
        .with("latin.csv", b"name\nV\xe5rd\n")
        .with("okand.csv", "a,b\n1,2\n")
        .with("relations.csv", "type\nx\n")
        .with("tom.csv", "")
        .with("lang.csv", format!("correlation_id,name\n{}\n", ",".repeat(1_000_001)));
    for (file, said) in [
        ("lang.csv", "rad 2 är längre än 1 MB; exportera bara de kolumner"),
        ("latin.csv", "inte sparad som UTF-8"),
        ("okand.csv", "ange --table med ett av business-services,"),
        ("relations.csv", "cmdb_rel_ci behöver correlation_id eller parent och child"),
        ("tom.csv", "ange --table"),
        ("borta.csv", "filen går inte att läsa"),
    ] {
        let run = differing(&workspace, &[file]);
        assert_eq!(run.code, 2, "{file}: {}", run.stdout);
        assert!(run.stderr.contains(said), "{file}: {}", run.stderr);
    }
    for (table, said) in [
        ("Tekniska", "det finns ingen tabell ”Tekniska” (--table); tabeller som finns: business-services,"),
        ("relation", "det finns ingen tabell ”relation” (--table); menade du ”relations”?"),
    ] {
        let run = differing(&workspace, &["relations.csv", "--table", table]);
        assert!(run.code == 2 && run.stderr.contains(said), "{table}: {}", run.stderr);
    }
}

/// Of two columns of the same name only one would be compared. One that says what the other does is no matter, nor is any
/// that nothing is compared with.
#[test]
fn columns_of_one_name_that_differ_are_told() {
    let of = |head: &str, row: &str| {
        let export = format!("correlation_id,name,{head}\nx,X,{row}\n");
        differing(&complete().with("business-services.csv", export), &["business-services.csv"])
    };
    let run = of("Name", "Y");
    assert_eq!(run.code, 2, "{}", run.stdout);
    assert!(
        run.stderr.contains("kolumnen name finns två gånger i filen, och säger olika saker på rad 2"),
        "{}",
        run.stderr
    );
    for (head, row) in [("name", "X"), ("annat,annat", "1,2")] {
        assert_eq!(of(head, row).code, 0, "{head}");
    }
}

/// What is cut off, or has a quotation mark too much or too little, is not compared as if it were whole.
#[test]
fn rows_that_are_not_whole_are_told_by_their_number() {
    let head = "correlation_id,name,short_description\n,,\n,\nx,X,\"a, b\"\n";
    for (rows, said) in [
        ("y,Y\n", "rad 5 har 2 kolumner, och rubriken 3: filen är avklippt, eller ett citattecken saknas"),
        ("y,\"Y,\"a, b, c\"\nz,Z,c\n", "rad 5 har 4 kolumner, och rubriken 3"),
        ("y,\"Y,\"a, b\",\n", "rad 5 har 4 kolumner"),
        ("y\n", "rad 5 har 1 kolumn, och rubriken 3"),
        ("y,Y,\"a, b\nz,Z,c\n", "rad 5 har ett citattecken utan slut"),
        ("y,Y,\"a \"\"b\"\"\nz,Z,c\n", "rad 5 har ett citattecken utan slut"),
    ] {
        let workspace = complete().with("cmdb.csv", format!("{head}{rows}"));
        let run = differing(&workspace, &["cmdb.csv", "--table", "technical-services"]);
        assert!(run.code == 2 && run.stderr.contains(said), "{rows}: {}", run.stderr);
    }
    let workspace = complete().with("cmdb.csv", format!("{head}y,Y,\"a \"\"b\"\"\"\nz,Z 5\" lång,c"));
    assert_eq!(differing(&workspace, &["cmdb.csv", "--table", "technical-services"]).code, 0);
}

/// Rows that say nothing are counted as a spreadsheet counts them.
#[test]
fn a_row_without_a_name_is_told_by_its_number() {
    let export = "correlation_id;name;short_description\n;;\n;;\n;;Okänd\n;;\"Två\nrader\"\n";
    let run = differing(&complete().with("cmdb.csv", export), &["cmdb.csv", "--table", "technical-services"]);
    assert!(run.stdout.contains("- rad 4: finns bara i CMDB\n- rad 5: finns bara i CMDB\n"), "{}", run.stdout);
}

#[test]
fn names_are_kept_as_they_are_and_formulas_told() {
    let workspace = complete().replacing(ORBIT, "namn: Orbit Planering", "namn: '=Orbit, \"stor\"'");
    let run = workspace.run(&["export", "cmdb"]);
    assert!(run.stderr.contains("läses som en formel om filen öppnas i ett kalkylprogram"), "{}", run.stderr);
    let tables = files(&workspace.path().join("cmdb"));
    assert!(text(&tables, "csv/business-services.csv").contains("orbit-planering,\"=Orbit, \"\"stor\"\"\","));

    // What a mapping calls a field is a cell too.
    let mapping =
        "business-services:\n  tabell: cmdb_ci\n  fält:\n    correlation_id: correlation_id\n    name: '=1+1'\n";
    let workspace = complete().with("egen.yaml", mapping);
    let run = workspace.run(&["export", "cmdb", "--mapping", "egen.yaml"]);
    assert!(run.stderr.contains("”=1+1” i business-services läses som en formel"), "{}", run.stderr);
}

#[test]
fn a_mapping_with_mistakes_without_number_is_told_of_in_time() {
    let unknown = (0..20_000).map(|at| format!("okand{at}: 1\n")).collect::<String>();
    let workspace = complete().with("egen.yaml", unknown).with("stor.yaml", "# x\n".repeat(200_000));
    let run = workspace.run(&["export", "cmdb", "--mapping", "egen.yaml"]);
    assert_eq!((run.code, run.stderr.matches("fel[").count()), (1, 100));
    let run = workspace.run(&["export", "cmdb", "--mapping", "stor.yaml"]);
    assert!(run.code == 2 && run.stderr.contains("stor.yaml: filen är större än 500 kB"), "{}", run.stderr);
}

#[test]
fn a_file_of_any_size_is_not_read() {
    let workspace = Workspace::of("liten");
    for (name, arguments) in [
        ("stor.csv", &["diff", "--cmdb", "stor.csv"][..]),
        ("stor.yaml", &["export", "cmdb", "--mapping", "stor.yaml"]),
        ("stor.yaml", &["diff", "--cmdb", "x.csv", "--mapping", "stor.yaml"]),
    ] {
        let sparse = std::fs::File::create(workspace.path().join(name)).unwrap();
        sparse.set_len(1 << 40).unwrap();
        let run = workspace.run(arguments);
        let told = run.stderr.contains(&format!("{name}: filen är större än 64 MB; dela upp den"));
        assert!(run.code == 2 && told, "{name}: {}", run.stderr);
    }
    let run = workspace.run(&["diff", "--cmdb", "borta.csv"]);
    assert!(run.stderr.contains("borta.csv: filen går inte att läsa: den finns inte"), "{}", run.stderr);
}

#[test]
fn one_row_is_told_in_the_singular() {
    let catalogue = "organisation: VGR\nenhet: Staben\nutgåva: {år: 2027, version: \"1.0\", status: utkast}\n\
                     kontorstid: {från: \"08:00\", till: \"16:45\", dagar_per_år: 256}\n";
    let workspace = Workspace::empty().with("content/katalog.yaml", catalogue);
    let workspace = workspace.with("content/tjanster/orbit.yaml", "namn: Orbit Plan\n");
    let run = workspace.run(&["export", "cmdb"]);
    assert!(run.stderr.contains("\n1 rad i ") || run.stderr.starts_with("1 rad i "), "{}", run.stderr);
    let rows: String = (0..=10_000).map(|at| format!("x{at},X {at}\n")).collect();
    let workspace = workspace.with("business-services.csv", format!("correlation_id,name\n{rows}"));
    let run = differing(&workspace, &["business-services.csv"]);
    assert!(run.stdout.contains("\n- och 1 rad till finns bara i CMDB\n"), "{}", run.stderr);
}

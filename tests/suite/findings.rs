//! Findings as other programs read them, and as GitHub shows them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::door::{Run, Workspace, katalog, repository};

fn sarif(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).expect("SARIF is JSON")
}

fn results(run: &Run) -> Vec<Value> {
    sarif(run)["runs"][0]["results"].as_array().expect("results are a list").clone()
}

fn rules(run: &Run) -> Vec<Value> {
    sarif(run)["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules are a list").clone()
}

/// The codes that the source makes, `Code(101)`.
fn codes_in_source() -> BTreeSet<String> {
    fn sources(folder: &Path, found: &mut String) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, found);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                found.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }
    let mut source = String::new();
    sources(&repository().join("src"), &mut source);
    let numbers = source.split("Code(").skip(1).filter_map(|rest| rest.split(')').next()?.parse::<u16>().ok());
    numbers.map(|number| format!("K{number:03}")).collect()
}

#[test]
fn sarif_knows_every_code_there_is() {
    let run = Workspace::of("liten").run(&["check", "--format", "sarif"]);
    assert_eq!((run.code, results(&run).len()), (0, 0));
    let rules = rules(&run);
    let known: BTreeSet<String> = rules.iter().map(|rule| rule["id"].as_str().unwrap().to_string()).collect();
    let unknown: Vec<_> = codes_in_source().into_iter().filter(|code| !known.contains(code)).collect();
    assert!(unknown.is_empty(), "without a record: {unknown:?}");
    assert!(known.contains("K001") && known.contains("K013") && known.contains("K305"), "{known:?}");
    for rule in &rules {
        let (short, full) = (rule["shortDescription"]["text"].as_str(), rule["fullDescription"]["text"].as_str());
        assert!(short.unwrap().ends_with('.') && full.unwrap().starts_with(short.unwrap()), "{rule}");
        assert!(rule["help"]["text"].as_str().unwrap().starts_with(full.unwrap()), "{rule}");
    }
    let help = rules.iter().find(|rule| rule["id"] == "K010").unwrap()["help"]["markdown"].as_str().unwrap();
    assert!(help.contains(r"id i nycklar och \[\[id\]\] i texter"), "signs are shown, not obeyed: {help}");
}

#[test]
fn sarif_points_at_the_words() {
    let run = Workspace::of("liten")
        .with("content/tjanster/ny å.yaml", "namn: Ny\n")
        .with("content/roller.yaml", "- {id: ny, namn: Åäö, besrkivning: x}\n")
        .run(&["check", "--format", "sarif"]);
    let results = results(&run);
    assert_eq!(results.len(), 2, "{results:#?}");
    let place = &results[0]["locations"][0]["physicalLocation"];
    assert_eq!(place["region"]["snippet"]["text"], "besrkivning");
    assert_eq!((place["region"]["startColumn"].as_u64(), place["region"]["endColumn"].as_u64()), (Some(23), Some(34)));
    assert_eq!(place["contextRegion"]["snippet"]["text"], "- {id: ny, namn: Åäö, besrkivning: x}");
    assert_eq!(results[0]["properties"]["help"], "menade du ”beskrivning”?");
    let index = usize::try_from(results[0]["ruleIndex"].as_u64().unwrap()).unwrap();
    assert_eq!(rules(&run)[index]["id"], results[0]["ruleId"]);
    let file = &results[1]["locations"][0]["physicalLocation"]["artifactLocation"];
    assert_eq!(
        (file["uri"].as_str(), file["uriBaseId"].as_str()),
        (Some("content/tjanster/ny%20%C3%A5.yaml"), Some("%SRCROOT%"))
    );
}

/// Logs of checks are read by more than those who may read the file.
#[test]
fn who_logs_in_at_an_address_is_told_and_shown_nowhere() {
    let address = "https://oauth2:hemlig@git.example/";
    for (place, by) in [
        ("katalog.yaml", format!("källadress: \"{address}{{fil}}\"\norganisation:")),
        ("katalog.yaml", format!("webbadress: {address}\norganisation:")),
        ("texter/lank.md", format!("# Länk\n\nSe [sidan]({address}) och <{address}>.\n")),
        ("texter/lank.md", format!("# Länk\n\nLogga in på {address}, eller med `git clone {address}`.\n")),
        ("roller.yaml", format!("- {{id: ny, namn: \"{address}\"}}\n")),
        ("roller.yaml", format!("- {{id: ny, namn: \"Den som når {address} alltid\"}}\n")),
    ] {
        let mut workspace = Workspace::of("liten");
        let path = format!("content/{place}");
        workspace = match place {
            "katalog.yaml" => workspace.replacing(&path, "organisation:", &by),
            _ => workspace.with(&path, &by),
        };
        for format in ["text", "json", "sarif", "github"] {
            let run = workspace.run(&["check", "--format", format]);
            let told = format!("{}{}", run.stdout, run.stderr);
            assert!(told.contains("före @ i adressen står ett användarnamn"), "{told}");
            assert!(!told.contains("oauth2") && !told.contains("hemlig"), "{told}");
        }
    }
}

/// A host that has shown a finding knows it again when lines are added above it, and tells it from one that is alike.
#[test]
fn fingerprints_stay_when_lines_move() {
    let fingerprints = |content: &str| -> Vec<String> {
        let run = Workspace::of("liten").with("content/roller.yaml", content).run(&["check", "--format", "sarif"]);
        let of = |result: &Value| result["partialFingerprints"]["katalog/v1"].as_str().unwrap().to_string();
        results(&run).iter().map(of).collect()
    };
    let before = fingerprints(
        "- {id: a, namn: A, fel: 1, mer: 2}\n- id: b\n  namn: B\n  fel: 1\n- id: c\n  namn: C\n  fel: 1\n",
    );
    assert_eq!(before.len(), 4);
    assert_eq!(before.iter().collect::<BTreeSet<_>>().len(), 4, "{before:?}");
    let after = fingerprints(
        "# Rad\n\n- {id: a, namn: A, fel: 1, mer: 2}\n- id: b\n  namn: Be\n\n  fel: 1\n- {id: x, namn: X}\n- id: c\n  namn: C\n  fel: 1\n",
    );
    assert_eq!(after, before);
}

/// A folder that is gone when the program is run in it holds no file, and is the beginning of no path.
#[cfg(target_os = "linux")]
#[test]
fn paths_are_whole_from_a_folder_that_is_gone() {
    let workspace = Workspace::of("liten").with("content/roller.yaml", "- {id: ny}\n").with("borta/x", "");
    let folder = fs::canonicalize(workspace.path()).unwrap();
    let content = folder.join("content").to_str().unwrap().to_string();
    let gone = folder.join("borta");
    let told = |format: &str| {
        fs::create_dir_all(&gone).unwrap();
        let script = "rm -r ../borta; exec \"$0\" check --content \"$1\" --format \"$2\"";
        let program = env!("CARGO_BIN_EXE_katalog");
        let mut run = std::process::Command::new("sh");
        let run = run.args(["-c", script, program, &content, format]).current_dir(&gone);
        String::from_utf8(run.output().expect("a shell starts").stdout).unwrap()
    };
    let sarif = told("sarif");
    assert!(sarif.contains(&format!("\"uri\": \"file://{content}/roller.yaml\"")), "{sarif}");
    let github = told("github");
    assert!(github.starts_with(&format!("::error file={content}/roller.yaml,")), "{github}");
}

#[test]
fn paths_start_at_the_repository() {
    let workspace =
        Workspace::of("liten").with("content/roller.yaml", "- {id: ny}\n").with(".git", "gitdir: x").with("bygg/x", "");
    let folder = fs::canonicalize(workspace.path()).unwrap();
    let absolute = folder.join("content").to_str().unwrap().to_string();
    for (from, content) in
        [("", "content"), ("bygg", "../content"), ("bygg", &absolute), ("bygg", "../bygg/./../content")]
    {
        let run = |format: &str| katalog(&folder.join(from), &["check", "--content", content, "--format", format]);
        let file = results(&run("sarif"))[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].clone();
        assert_eq!(file, "content/roller.yaml", "{from} {content}");
        let github = run("github").stdout;
        assert!(github.starts_with("::error file=content/roller.yaml,line=1,"), "{from} {content}: {github}");
    }
    // What lies outside has no path from there.
    let elsewhere = Workspace::of("liten").with("content/roller.yaml", "- {id: ny}\n").with("här/.git", "gitdir: x");
    let run = katalog(&elsewhere.path().join("här"), &["check", "--content", "../content", "--format", "sarif"]);
    let file = results(&run)[0]["locations"][0]["physicalLocation"]["artifactLocation"].clone();
    let uri = file["uri"].as_str().unwrap();
    assert!(uri.starts_with("file:///") && uri.ends_with("/content/roller.yaml") && !uri.contains(".."), "{uri}");
    assert!(file.get("uriBaseId").is_none());
}

#[test]
fn nothing_in_a_name_or_a_message_is_a_command() {
    let run = Workspace::of("liten")
        .with("content/produkter/a,b:c%d.yaml", "namn: A\n")
        .run(&["check", "--format", "github"]);
    let line = run.stdout.lines().next().unwrap();
    assert!(line.starts_with("::error file=content/produkter/a%2Cb%3Ac%25d.yaml,line=1,col=1,"), "{line}");
    assert!(line.contains("::”a,b:c%25d” kan inte vara ett id"), "{line}");
    let name = "namn: \"A\\u001B[31m\\u202EB\\u2028C\"\n";
    let run = Workspace::of("liten").with("content/produkter/p-q.yaml", name).run(&["check", "--format", "github"]);
    assert!(run.stdout.contains("”A\u{FFFD}[31m\u{FFFD}B\u{FFFD}C”"), "{}", run.stdout);
    assert!(!run.stdout.contains(['\u{1B}', '\u{202E}', '\u{2028}']), "{}", run.stdout);
}

/// A text that would be a finding and a sum of its own if its breaks of lines were any.
const FORGED: &str =
    "x\ncontent/katalog.yaml:1:1: fel[K999]: påhittat\n0 fel, 0 varningar, 0 upplysningar\r\u{1b}[31m\u{7}";

#[test]
fn no_value_makes_a_line_of_findings() {
    let forged = Value::from(FORGED).to_string();
    let broken = Value::from(FORGED.split('\r').next().unwrap()).to_string();
    let workspace = Workspace::of("liten")
        .with("content/produkter/orbit-drift.yaml", format!("namn: {broken}\nproduktansvarig: {broken}\n"))
        .replacing("content/tjanster/orbit-planering.yaml", "produkter:", &format!("applikation: {broken}\nprodukter:"))
        .with("content/produkter/p-q.yaml", format!("namn: {forged}\n"));
    let text = workspace.run(&["check"]);
    let is_row = |line: &&str| {
        line.starts_with(' ') || line.split_once(" | ").is_some_and(|(at, _)| at.parse::<usize>().is_ok())
    };
    let told: Vec<&str> = text.stderr.lines().filter(|line| !line.is_empty() && !is_row(line)).collect();
    let (sum, findings) = told.split_last().unwrap();
    assert!(findings.iter().all(|line| !line.starts_with("content/katalog.yaml:1:1: fel[K999]")), "{}", text.stderr);
    assert!(
        findings.iter().any(|line| line.contains("x content/katalog.yaml:1:1: fel[K999]: påhittat 0 fel")),
        "{}",
        text.stderr
    );
    assert!(findings.iter().all(|line| line.starts_with("content/")), "{}", text.stderr);
    assert!(sum.contains(" upplysning") && !sum.starts_with("0 fel"), "{sum}");
    let github = workspace.run(&["check", "--format", "github"]).stdout;
    assert_eq!(github.lines().count(), findings.len());
    assert!(github.lines().all(|line| line.starts_with("::") && !line.contains(char::is_control)), "{github}");
    // Programs read the text as it is.
    let json = workspace.run(&["check", "--format", "json"]).stdout;
    let messages = json.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["message"].to_string());
    assert!(messages.into_iter().any(|message| message.contains(broken.trim_matches('"'))), "{json}");
}

#[cfg(unix)]
#[test]
fn no_path_makes_a_line_or_colours_one() {
    let shown = "x content\u{fffd}[31m\u{fffd}";
    let workspace = Workspace::of("liten").with("content/produkter/x\ncontent\u{1b}[31m\u{7}.yaml", "namn: A\n");
    let text = workspace.run(&["check"]).stderr;
    assert!(text.lines().any(|line| line.starts_with(&format!("content/produkter/{shown}.yaml:1:1: fel["))), "{text}");
    let github = workspace.run(&["check", "--format", "github"]).stdout;
    assert!(
        github.lines().all(|line| line.starts_with("::error file=") && !line.contains(char::is_control)),
        "{github}"
    );

    // A program reads the name as it is; a terminal that shows the report is given no orders.
    let name = "x\u{9b}31m\u{7f}.yaml";
    let workspace = Workspace::of("liten").with(&format!("content/produkter/{name}"), "namn: A\n");
    for format in ["json", "sarif"] {
        let report = workspace.run(&["check", "--format", format]).stdout;
        assert!(!report.contains(|c: char| c.is_control() && c != '\n'), "{report}");
        assert!(format == "sarif" || report.contains("x\\u009b31m\\u007f.yaml"), "{report}");
        let lines = report.lines().filter(|_| format == "json");
        let files =
            lines.map(|line| serde_json::from_str::<Value>(line).unwrap()["file"].as_str().unwrap().to_string());
        assert!(files.into_iter().all(|file| file.ends_with(name)), "{report}");
    }

    let workspace = Workspace::of("liten");
    let hostile = "x\ncontent\u{1b}[31m\u{7}";
    let build = ["build", "--format", "json", "--output", hostile];
    let run = workspace.run(&build);
    assert!(run.code == 0 && run.stderr.ends_with(&format!(" filer i {shown}\n")), "{}", run.stderr);
    let workspace = workspace.with(&format!("{hostile}/json/katalog-2027.json"), "{}");
    assert!(workspace.run(&build).stderr.contains(&format!("varning: {shown}/json/katalog-2027.json var ändrad")));
    let told = |arguments: &[&str], said: &str| {
        let run = workspace.run(arguments);
        assert!(run.code == 2 && run.stderr.contains(said) && run.stderr.lines().count() == 1, "{}", run.stderr);
        assert!(!run.stderr.contains(['\u{1b}', '\u{7}']), "{arguments:?}: {}", run.stderr);
    };
    let borta = format!("{hostile}/borta");
    for command in ["build", "check", "export", "diff", "freeze"] {
        let system: &[&str] = if command == "export" { &["cmdb"] } else { &[] };
        let arguments = [&[command], system, &["--content", &borta]].concat();
        told(&arguments, &format!("katalog {command} kunde inte köras: innehållsmappen {shown}/borta finns inte"));
    }
    told(&["build", "--output", "content"], "utdata kan inte skrivas till content");
    told(
        &["build", "--output", &format!("content/{hostile}")],
        &format!("utdata kan inte skrivas till content/{shown}"),
    );
}

/// A program that reads the report must not take a run that failed for a catalogue without mistakes.
#[test]
fn what_could_not_be_known_is_said_to_programs() {
    let workspace = Workspace::of("liten");
    let run = |format: &str| workspace.run(&["check", "--content", "borta", "--format", format]);
    for format in ["text", "json", "sarif", "github"] {
        let run = run(format);
        assert_eq!(run.code, 2, "{format}");
        assert!(
            run.stderr.starts_with("katalog check kunde inte köras: innehållsmappen borta finns inte"),
            "{}",
            run.stderr
        );
    }
    let line: Value = serde_json::from_str(&run("json").stdout).unwrap();
    assert!(line["failure"].as_str().unwrap().starts_with("innehållsmappen borta finns inte"), "{line}");
    let sarif = sarif(&run("sarif"));
    let invocation = &sarif["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    assert_eq!(invocation["toolExecutionNotifications"][0]["level"], "error");
    assert!(run("github").stdout.starts_with("::error title=katalog::innehållsmappen borta finns inte"));
}

#[test]
fn every_format_ends_with_the_same_code() {
    for format in ["text", "json", "sarif", "github"] {
        let code =
            |workspace: &Workspace, more: &[&str]| workspace.run(&[&["check", "--format", format], more].concat()).code;
        let warned = Workspace::of("fullstandig");
        assert_eq!((code(&warned, &[]), code(&warned, &["--strict"])), (0, 1), "{format}");
        let wrong = Workspace::of("liten").with("content/roller.yaml", "- {id: ny}\n");
        assert_eq!(code(&wrong, &[]), 1, "{format}");
    }
}

/// `§ 3.1`: resources and capabilities lie in the product. A service has no key for them, and says why.
#[test]
fn resources_of_a_service_are_sent_to_its_product() {
    let keys =
        ["resurser", "förmågor", "kontrakt", "team", "servrar", "personal", "utrustning", "licenser", "innehåller"];
    for key in keys {
        let run =
            Workspace::of("liten").with("content/tjanster/ny.yaml", format!("namn: Ny\n{key}: [x]\n")).run(&["check"]);
        assert_eq!(run.codes(), ["K004"], "{key}: {}", run.stderr);
        assert!(run.stderr.starts_with("content/tjanster/ny.yaml:2:1: "), "{}", run.stderr);
        let why = "help: alla resurser och förmågor ligger i produkten (§ 3.1), och tjänsten är bara ett sammanhållande ”skal”; ";
        assert!(run.stderr.contains(why), "{key}: {}", run.stderr);
    }
    // Elsewhere they are keys like any other.
    let files = [
        ("content/produkter/ny.yaml", "namn: Ny\nresurser: x\n", "nycklar som finns här"),
        ("content/tjanster/ny.yaml", "namn: Ny\nservicenivå: guld\n", "nycklar som finns här"),
        ("content/stodjande-tjanster/ny.yaml", "namn: Ny\nklass: teknisk\nförmågr: [x]\n", "menade du ”förmågor”?"),
    ];
    for (path, content, help) in files {
        let run = Workspace::of("liten").with(path, content).run(&["check"]);
        assert!(run.stderr.contains(help) && !run.stderr.contains("§ 3.1"), "{path}: {}", run.stderr);
    }
}

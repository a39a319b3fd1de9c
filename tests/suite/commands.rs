//! The commands' own promises: exit codes, formats, and output that stays when something is wrong.

use std::fs;
#[cfg(target_os = "linux")]
use std::process::Stdio;

use crate::door::{Files, Workspace, command, katalog};

#[test]
fn a_warning_is_no_error_unless_strict() {
    let workspace = Workspace::of("fullstandig");
    for command in ["build", "check"] {
        assert_eq!(workspace.run(&[command]).code, 0, "{command}");
        let strict = workspace.run(&[command, "--strict"]);
        assert_eq!(strict.code, 1, "{command} --strict");
        assert!(strict.stderr.contains("varning[K101]"), "still called what it is: {}", strict.stderr);
    }
    // Without a finding there is nothing to be strict about.
    assert_eq!(Workspace::of("liten").run(&["check", "--strict"]).code, 0);
}

/// Whoever has made one slip in `katalog.yaml` is not to think that all else is right.
#[test]
fn it_is_told_where_the_guidelines_rules_have_not_been_asked() {
    const PERSON: &str = "content/personer.yaml";
    let told = "Riktlinjens regler är inte prövade än. De prövas när felen i katalog.yaml, eller i det som den hänvisar \
                till, är rättade.\n";
    let slip = ("content/katalog.yaml", "cost-missing: av", "cost-missing: Av");
    for (path, words, by) in [slip, (PERSON, "namn: Redaktören", "namn: [Redaktören]")] {
        let workspace = Workspace::of("liten").replacing(path, words, by);
        for command in ["check", "build", "freeze", "diff"] {
            let run = workspace.run(&[command]);
            assert_eq!((run.code, run.stderr.matches(told).count()), (1, 1), "{command}: {}", run.stderr);
        }
        for format in ["json", "sarif", "github"] {
            let run = workspace.run(&["check", "--format", format]);
            assert!(run.code == 1 && run.stderr.is_empty() && !run.stdout.contains("inte prövade"), "{format}");
        }
    }
    let other = Workspace::of("liten").replacing("content/produkter/orbit-drift.yaml", "namn:", "nman:");
    let run = other.run(&["check"]);
    assert!(run.code == 1 && !run.stderr.contains("inte prövade"), "{}", run.stderr);
}

#[test]
fn check_writes_nothing() {
    let workspace = Workspace::of("liten");
    assert_eq!(workspace.run(&["check"]).code, 0);
    assert_eq!(workspace.output(), Files::new());
}

#[test]
fn a_format_that_is_not_asked_for_stays_as_it_was() {
    let workspace = Workspace::of("liten");
    let before = workspace.published();
    let workspace = workspace.replacing("content/produkter/orbit-drift.yaml", "Orbit-drift", "Orbitdriften");
    let run = workspace.run(&["build", "--format", "html"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let after = workspace.output();
    assert_ne!(of(&before, "html/"), of(&after, "html/"));
    for folder in ["word/", "markdown/", "excel/", "json/"] {
        assert!(!of(&before, folder).is_empty() && of(&before, folder) == of(&after, folder), "{folder}");
    }
    assert_eq!(workspace.run(&["build", "--format", "markdown,word"]).code, 0);
    let later = workspace.output();
    assert_eq!(of(&after, "html/"), of(&later, "html/"));
    assert_ne!(of(&after, "markdown/"), of(&later, "markdown/"));
}

fn of<'f>(files: &'f Files, folder: &str) -> Vec<(&'f String, &'f Vec<u8>)> {
    files.iter().filter(|(path, _)| path.starts_with(folder)).collect()
}

#[test]
fn a_format_that_does_not_exist_is_refused() {
    let run = Workspace::of("liten").run(&["build", "--format", "pdf"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("pdf"), "{}", run.stderr);
}

/// The built-in templates tell of what there is: chapters are what an author may write.
#[test]
fn a_catalogue_without_chapters_is_published() {
    let workspace = Workspace::of("felfri");
    let run = workspace.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let output = workspace.output();
    let catalogue = String::from_utf8_lossy(&output["markdown/tjanstekatalog-2027.md"]);
    for heading in ["Tillgänglighet och tjänstenivåer", "Molntjänster", "Kostnader och fördelning"] {
        assert!(catalogue.contains(heading), "{heading}");
    }
    assert!(output.contains_key("word/sla/orbit-operationsplanering.docx"));
}

#[test]
fn commands_to_come_say_so() {
    let workspace = Workspace::of("liten");
    for name in ["init", "new", "import", "schema"] {
        for arguments in [&[name][..], &[name, "tjanst"], &[name, "--mall", "fil.xlsx", "-x=1"]] {
            let run = workspace.run(arguments);
            assert_eq!((run.code, run.stderr.trim()), (2, &*format!("katalog {name} finns inte än")));
        }
        let help = command(workspace.path(), &[name, "--help"]).output().expect("the program starts");
        let told = String::from_utf8_lossy(&help.stdout);
        assert!(told.contains(&format!("\n\nAnvändning: katalog {name}\n\nVal:\n")), "{told}");
    }
}

#[test]
fn output_that_is_not_ours_is_left_alone() {
    let workspace = Workspace::of("liten").with("output/brev.txt", "viktigt");
    let run = workspace.run(&["build"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert_eq!(workspace.output(), Files::from([("brev.txt".into(), b"viktigt".to_vec())]));
}

#[test]
fn output_cannot_lie_in_what_is_read() {
    let workspace = Workspace::of("liten");
    let before = crate::door::files(workspace.path());
    for output in ["content", "content/output", ".", "templates"] {
        assert_eq!(workspace.run(&["build", "--output", output]).code, 2, "{output}");
    }
    assert_eq!(crate::door::files(workspace.path()), before);
}

#[test]
fn a_folder_that_is_not_there_stops_before_anything_is_touched() {
    let workspace = Workspace::of("liten");
    let before = workspace.published();
    for command in [&["build", "--content", "inehåll"][..], &["check", "--content", "inehåll"]] {
        let run = workspace.run(command);
        let expected = format!(
            "katalog {} kunde inte köras: innehållsmappen inehåll finns inte; ange den med --content, eller gå till \
             mappen som innehåller den\n",
            command[0]
        );
        assert_eq!((run.code, run.stderr), (2, expected));
    }
    assert_eq!(workspace.output(), before);
}

#[test]
fn mistakes_leave_the_output_and_its_folder_as_they_were() {
    let workspace = Workspace::of("liten");
    let before = workspace.published();
    let workspace = workspace.with("content/tjanster/trasig.yaml", "namn: [\n");
    let run = workspace.run(&["build"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.ends_with("Inget är skrivet; output är som den var.\n"), "{}", run.stderr);
    assert_eq!(workspace.output(), before);
    let mut names: Vec<_> = fs::read_dir(workspace.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["content", "output", "templates"]);
}

#[test]
fn help_is_swedish_and_names_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let run = katalog(folder.path(), &[]);
    assert_eq!(run.code, 2);
    for command in ["build", "check", "serve", "init", "new", "freeze", "diff", "export", "import", "schema", "explain"]
    {
        assert!(run.stderr.contains(&format!("\n  {command} ")), "{command}: {}", run.stderr);
    }
}

#[test]
fn rules_are_explained_from_their_records() {
    let workspace = Workspace::of("liten");
    let run = workspace.run(&["explain", "K104", "enclosure-cycle"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        run.stdout.starts_with("## K104 availability-differs\n") && run.stdout.contains("\n## K107 "),
        "{}",
        run.stdout
    );

    let chapter = workspace.run(&["explain", "--all"]).stdout;
    let codes = workspace.run(&["explain"]).stdout;
    for code in codes.lines().map(|line| line.split(' ').next().unwrap()) {
        assert!(chapter.contains(&format!("\n## {code} ")), "{code} is not in the chapter");
    }

    let run = workspace.run(&["explain", "K104", "enclosure-cykle"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("”enclosure-cykle”") && run.stderr.contains("menade du enclosure-cycle?"),
        "{}",
        run.stderr
    );
}

/// What a pipeline keeps of a run must not be empty because a disk was.
#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_printed_ends_with_two() {
    let workspace = Workspace::of("liten").replacing("content/produkter/orbit-drift.yaml", "namn:", "nam,n:");
    let older = Workspace::of("liten");
    assert_eq!(older.run(&["freeze"]).code, 0);
    let older = older.replacing("content/katalog.yaml", "år: 2027", "år: 2028").draft();
    let into = |workspace: &Workspace, arguments: &[&str], stdout: Stdio| {
        let output = command(workspace.path(), arguments).stdout(stdout).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let commands: [(&Workspace, &[&str], i32); 10] = [
        (&workspace, &["check", "--format", "json"], 1),
        (&workspace, &["check", "--format", "sarif"], 1),
        (&workspace, &["check", "--format", "github"], 1),
        (&older, &["check", "--format", "sarif"], 0),
        (&older, &["diff"], 0),
        (&older, &["explain"], 0),
        (&older, &["explain", "K104", "K105"], 0),
        (&older, &["explain", "--all"], 0),
        (&older, &["export", "cmdb", "--print-mapping"], 0),
        (&older, &["--help"], 0),
    ];
    for (workspace, arguments, code) in commands {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let said = "utskriften går inte att skriva: disken är full\n".to_string();
        assert_eq!(into(workspace, arguments, full.into()), (Some(2), said), "{arguments:?}");
        // A reader that has gone away has read what it wanted.
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        assert_eq!(into(workspace, arguments, writer.into()), (Some(code), String::new()), "{arguments:?}");
    }
    // Findings that nobody can see are not as if there were none.
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let check = command(workspace.path(), &["check"]).stderr(full).status().unwrap();
    assert_eq!(check.code(), Some(2));
    let workspace = Workspace::of("liten").with("content/kunder.yaml", "");
    assert_eq!(workspace.run(&["build", "--format", "json"]).code, 0);
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let build = command(workspace.path(), &["build", "--format", "json"]).stderr(full).status().unwrap();
    assert_eq!(build.code(), Some(2));
    // Nor is a file that someone had changed, and that is kept by another name.
    let workspace = Workspace::of("felfri");
    for (arguments, file) in [
        (&["build", "--format", "markdown"][..], "output/markdown/prislista-2027.md"),
        (&["export", "cmdb"], "cmdb/csv/relations.csv"),
    ] {
        assert_eq!(workspace.run(arguments).code, 0, "{arguments:?}");
        fs::write(workspace.path().join(file), "egen").unwrap();
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let run = command(workspace.path(), arguments).stderr(full).status().unwrap();
        assert_eq!(run.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn findings_can_be_read_by_programs() {
    let workspace = Workspace::of("liten").replacing("content/produkter/orbit-drift.yaml", "namn:", "nam,n:");
    let text = workspace.run(&["check"]);
    let count = text.stderr.matches(": fel[").count();
    assert!(count > 0 && text.code == 1);

    let json = workspace.run(&["check", "--format", "json"]);
    let lines: Vec<serde_json::Value> =
        json.stdout.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
    assert_eq!((lines.len(), json.code), (count, 1));
    assert_eq!(lines[0]["code"], "K004");
    assert_eq!((lines[0]["line"].as_u64(), lines[0]["column"].as_u64()), (Some(1), Some(1)));

    let sarif: serde_json::Value =
        serde_json::from_str(&workspace.run(&["check", "--format", "sarif"]).stdout).expect("SARIF is JSON");
    let results = sarif["runs"][0]["results"].as_array().expect("results are a list");
    assert_eq!(results.len(), count);
    let place = &results[0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "content/produkter/orbit-drift.yaml");
    assert_eq!(place["region"]["startLine"], 1);

    let github = workspace.run(&["check", "--format", "github"]).stdout;
    assert!(github.starts_with("::error file=content/produkter/orbit-drift.yaml,line=1,col=1,"), "{github}");
    assert_eq!(github.lines().count(), count);
}

#[test]
fn word_files_are_checked_in_place_of_the_content() {
    // The content is not read: it has an error.
    let workspace = Workspace::of("liten");
    let good = workspace.published().remove("word/prislista-2027.docx").expect("a Word file");
    let workspace = workspace
        .with("content/tjanster/trasig.yaml", "namn: [\n")
        .with("bra.docx", good)
        .with("trasig.docx", "inget arkiv")
        .with("också.docx", [0xD0, 0xCF, 0x11, 0xE0]);
    let run = workspace.run(&["check", "--word", "bra.docx"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, "Inga fel.\n"));

    for arguments in [
        &["check", "--word", "bra.docx", "trasig.docx", "också.docx"][..],
        &["check", "--word", "bra.docx", "--word", "trasig.docx", "--word", "också.docx"],
    ] {
        let run = workspace.run(arguments);
        assert_eq!((run.code, run.codes()), (1, vec!["K201", "K201"]));
        assert!(run.findings()[0].starts_with("trasig.docx:1:1: fel[K201]: filen är inget zip-arkiv"));
    }

    let missing = workspace.run(&["check", "--word", "bra.docx", "borta.docx"]);
    let said = "katalog check kunde inte köras: filen borta.docx finns inte\n";
    assert_eq!((missing.code, missing.stderr.as_str()), (2, said));
}

#[test]
fn findings_in_word_files_can_be_read_by_programs() {
    let workspace = Workspace::of("liten").with("trasig.docx", "inget arkiv");
    let sarif = workspace.run(&["check", "--word", "trasig.docx", "--format", "sarif"]);
    let sarif: serde_json::Value = serde_json::from_str(&sarif.stdout).expect("SARIF is JSON");
    let rules = sarif["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules are a list");
    let known: Vec<&str> = rules.iter().filter_map(|rule| rule["id"].as_str()).collect();
    assert!(known.contains(&"K101") && known.contains(&"K201") && known.contains(&"K295"), "{known:?}");
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "K201");
    assert_eq!(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "trasig.docx");

    let json = workspace.run(&["check", "--word", "trasig.docx", "--format", "json"]);
    let line: serde_json::Value = serde_json::from_str(&json.stdout).expect("a line is JSON");
    assert_eq!((line["code"].as_str(), line["severity"].as_str(), json.code), (Some("K201"), Some("fel"), 1));
    let github = workspace.run(&["check", "--word", "trasig.docx", "--format", "github"]).stdout;
    assert!(github.starts_with("::error file=trasig.docx,line=1,col=1,"), "{github}");
}

#[test]
fn arguments_that_cannot_be_understood_are_answered_in_swedish() {
    let workspace = Workspace::of("liten");
    for (arguments, said) in [
        (&["bild"][..], "kommandot ”bild” finns inte\n  menade du build?"),
        (&["build", "--formatt", "html"], "valet ”--formatt” finns inte\n  menade du --format?"),
        (&["help"], "kommandot ”help” finns inte\n  menade du --help?"),
        (&["check", "--format", "JSON"], "värdet ”JSON” kan inte ges till --format <FORMAT>\n  menade du json?"),
        (&["check", "extra"], "kommandot tar inte emot ”extra”\n  mappen med innehållet anges med --content"),
        (&["check", "--format", "pdf"], "värdet ”pdf” kan inte ges till --format <FORMAT>\n  värden som finns: text,"),
        (&["serve", "--port", "abc"], "värdet ”abc” kan inte ges till --port <PORT>\n  ange ett tal från 0 till 65535"),
        (&["build", "--output"], "valet --output <MAPP> saknar sitt värde"),
        (&["diff", "--table", "relations"], "det saknas --cmdb <FIL>"),
        (&["build", "--output", "a", "--output", "b"], "valet --output <MAPP> är angivet mer än en gång"),
        (&["explain", "--all", "K105"], "--all kan inte anges tillsammans med [REGEL] …"),
        (
            &["check", "--word", "a.docx", "--content", "a"],
            "--word <FIL> … kan inte anges tillsammans med --content <MAPP>",
        ),
        (&["build", "--strict=ja"], "valet --strict tar inget värde, men har fått ”ja”"),
    ] {
        let run = workspace.run(arguments);
        assert_eq!(run.code, 2, "{arguments:?}");
        assert!(run.stderr.starts_with(&format!("katalog: {said}")), "{arguments:?}: {}", run.stderr);
    }
    assert_eq!(workspace.output(), Files::new());
}

#[test]
fn what_someone_puts_in_the_output_is_not_lost() {
    let workspace = Workspace::of("liten");
    workspace.published();
    let letter = workspace.path().join("output/brev.txt");
    fs::write(&letter, "viktigt").unwrap();
    assert_eq!(workspace.run(&["build"]).code, 0);
    assert_eq!(fs::read_to_string(letter).unwrap(), "viktigt");
}

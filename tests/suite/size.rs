//! Catalogues that are made to exhaust a machine: each ends in a finding, or in what it honestly comes to, within bounds of
//! time, memory and stack.
//!
//! The short form puts all chapters into one catalogue, each with a fifth of the signs; `KATALOG_LONG=1` runs each alone.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::process::Command;

use crate::door::{Run, Workspace};

/// Kilobytes that may be written to, threads' stacks among them; processor seconds; and kilobytes of stack.
const BOUNDS: &str = "ulimit -d 300000 && ulimit -t 30 && ulimit -s 2048 && exec \"$0\" \"$@\"";

fn is_long() -> bool {
    std::env::var_os("KATALOG_LONG").is_some()
}

/// Runs the program within the bounds; they are those of the issue, and the time that of an unoptimised build.
fn bounded(workspace: &Workspace, arguments: &[&str]) -> Run {
    let mut command = Command::new("/bin/sh");
    command.args(["-c", BOUNDS, env!("CARGO_BIN_EXE_katalog")]).args(arguments).current_dir(workspace.path());
    // As many threads on any machine, each with as small a stack.
    command.env("RUST_MIN_STACK", "2097152").env("RAYON_NUM_THREADS", "2").env("PATH", "");
    let output = command.output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    let code = output.status.code();
    let last = stderr.lines().rev().take(5).collect::<Vec<_>>();
    Run {
        code: code.unwrap_or_else(|| panic!("{:?}: {last:?}", output.status)),
        stderr,
        stdout: String::from_utf8(output.stdout).unwrap(),
    }
}

/// The signs that a chapter is filled with, and whether one of them is a mistake.
const SIGNS: [&str; 56] = [
    ">",
    "> ",
    "[",
    "](",
    "[a](",
    "[[",
    "![[",
    "![",
    "*",
    "**",
    "*a ",
    "_",
    "~",
    "~~",
    "`",
    "``a ",
    "|",
    "| a ",
    "- ",
    "1. ",
    "1) ",
    "# ",
    "<",
    "<a ",
    "<!--",
    "&",
    "\\",
    "[^",
    "[^a]",
    "{",
    "{#",
    "\n|",
    "[[a|",
    "*a_ ",
    "- \n",
    "a\n|-\n",
    "<a href='",
    "![](",
    "<?",
    "<![CDATA[",
    "[a]: ",
    "\n    ",
    "\t",
    "x^",
    "**a *",
    "$$",
    "[x]:",
    ">- ",
    "<b>",
    "[[x]] ",
    "![[x]]\n\n",
    "## a\n\n",
    "- a\n",
    "a b\n\n",
    "&amp;",
    "https://x.example/",
];

/// Chapters by name.
fn chapters(count: usize) -> Vec<(String, String)> {
    let mut chapters: Vec<String> = SIGNS.iter().map(|sign| sign.repeat(count)).collect();
    chapters.push((1..count.isqrt() * 2).map(|ticks| "`".repeat(ticks) + " ").collect());
    chapters.push("[".repeat(count) + "a" + &"](b)".repeat(count));
    chapters.push("*a **a ".repeat(count) + "b" + &"** a*".repeat(count));
    chapters.push((0..1_000).map(|depth| "  ".repeat(depth) + "- a\n").collect());
    chapters.push(format!(
        "|{}\n|{}\n{}",
        "a|".repeat(2_000),
        "-|".repeat(2_000),
        format!("|{}\n", "b|".repeat(2_000)).repeat(20)
    ));
    chapters.push("| a | b |\n|---|---|\n".to_string() + &"| c | d |\n".repeat(count));
    chapters.push(
        (0..count / 10).map(|at| format!("[^{at}] ")).collect::<String>()
            + "\n\n"
            + &(0..count / 10).map(|at| format!("[^{at}]: x\n\n")).collect::<String>(),
    );
    chapters.push((0..count).map(|at| format!("[l{at}]: https://x.example\n[l{at}]\n")).collect());
    chapters.push("a".repeat(1_000_000));
    let named = |(at, text)| (format!("content/texter/stor-{at}.md"), format!("# Stor\n\n{text}\n"));
    chapters.into_iter().enumerate().map(named).collect()
}

#[test]
fn chapters_of_nothing_but_signs_are_read_in_time() {
    let count = if is_long() { 100_000 } else { 20_000 };
    let mut together = Workspace::of("liten");
    for (path, text) in chapters(count) {
        if is_long() {
            let run = bounded(&Workspace::of("liten").with(&path, text), &["check"]);
            assert!(run.code < 2, "{path}: {}", run.stderr);
        } else {
            together = together.with(&path, text);
        }
    }
    let run = bounded(&together, &["check"]);
    assert!(run.code < 2);
    for message in
        ["nästlad för djupt", "2000 kolumner", "[[ saknar sitt slut", "HTML kan inte visas", "inget med id ”x”"]
    {
        assert!(is_long() || run.stderr.contains(message), "{message}");
    }
}

#[test]
fn chapters_of_many_blocks_are_published_in_time_and_stack() {
    // So many that room for that many pages of text would be beyond the bounds.
    let count = 20_000;
    let text = "## a\n\n".repeat(count) + &"a b\n\n".repeat(count) + &"- a\n".repeat(count);
    let table = "\n| a | b |\n|---|---|\n".to_string() + &"| c | d |\n".repeat(count);
    let workspace =
        Workspace::of("liten").with("content/texter/om-katalogen.md", format!("# Om katalogen\n\n{text}{table}"));
    let run = bounded(&workspace, &["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
}

/// What refers to itself, or is nested without end, is told of in a word.
#[test]
fn yaml_that_grows_or_is_nested_is_refused() {
    let mut bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n".to_string();
    for letter in 'b'..='t' {
        let before = char::from_u32(u32::from(letter) - 1).unwrap();
        writeln!(bomb, "{letter}: &{letter} [{}]", vec![format!("*{before}"); 9].join(", ")).unwrap();
    }
    let deep =
        |open: &str, close: &str| format!("namn: X\nsynonymer: {}{}\n", open.repeat(100_000), close.repeat(100_000));
    let blocks = (0..2_000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect::<String>();
    for (what, text, message) in [
        ("alias", bomb, "används inte i katalogen"),
        ("[", deep("[", ""), "nästlad för djupt"),
        ("[]", deep("[", "]"), "nästlad för djupt"),
        ("{", deep("{a: ", ""), "nästlad för djupt"),
        ("- -", format!("namn:\n  {}x\n", "- ".repeat(100_000)), "nästlad för djupt"),
        ("block", blocks, "nästlad för djupt"),
        ("?", format!("namn:\n  {}x\n", "? ".repeat(100_000)), "fel[K002]"),
    ] {
        let run = bounded(&Workspace::of("liten").with("content/tjanster/x.yaml", text), &["check"]);
        assert!(run.code == 1 && run.stderr.contains(message), "{what}: {}", &run.stderr[..run.stderr.len().min(500)]);
    }
}

/// A file of more than anyone writes is not even read: its size is asked for first.
#[test]
fn a_file_beyond_measure_is_refused_unread() {
    for (path, bytes, cure) in [
        ("content/tjanster/stor.yaml", 64 << 20, "med en fil för varje post"),
        ("content/tjanster.yaml", 1 << 40, "med en fil för varje post"),
        ("content/texter/stor.md", 5_000_000, "flera kapitel"),
    ] {
        let workspace = Workspace::of("liten").with(path, "");
        // A hole takes no room on the disk.
        File::options().write(true).open(workspace.path().join(path)).unwrap().set_len(bytes).unwrap();
        let run = bounded(&workspace, &["check"]);
        let told =
            run.stderr.contains(&format!("{path}:1:1: fel[K001]: filen är större än")) && run.stderr.contains(cure);
        assert!(run.code == 1 && told, "{}", run.stderr);
    }
}

/// A text of a key is no larger than a chapter.
#[test]
fn a_text_beyond_measure_is_refused() {
    let lines = "  a b\n".repeat(260_000);
    let workspace =
        Workspace::of("liten").with("content/produkter/stor.yaml", format!("namn: S\nbeskrivning: |\n{lines}"));
    let run = bounded(&workspace, &["check"]);
    assert!(
        run.code == 1 && run.stderr.contains("stor.yaml:3:3: fel[K007]: texten är större än 1 MB"),
        "{}",
        run.stderr
    );
}

/// Nor has it more parts than can be numbered, listed and set.
#[test]
fn a_chapter_of_very_many_parts_is_refused() {
    let run = bounded(&Workspace::of("liten").with("content/texter/x.md", "# X\n\n".repeat(110_000)), &["check"]);
    assert!(run.code == 1 && run.stderr.contains("x.md:1:1: fel[K011]: texten har 110000 stycken"), "{}", run.stderr);
}

/// A word of very many parts is looked at once, and not once for each ending that it may have.
#[test]
fn a_word_of_a_million_letters_is_read_in_time() {
    let letters = if is_long() { 1_900_000 } else { 1_000_000 };
    let workspace =
        Workspace::of("liten").with("content/texter/x.md", format!("# X\n\n{}\n", "a-".repeat(letters / 2)));
    assert!(bounded(&workspace, &["check"]).code < 2);
}

/// As many mistakes as there are words do not fill the memory with copies of the line that they stand in.
#[test]
fn mistakes_without_number_are_told_in_time() {
    let count = if is_long() { 100_000 } else { 20_000 };
    let names = (0..count).map(|at| format!("p{at}")).collect::<Vec<_>>().join(", ");
    let references = format!("namn: X\nprocesser: [{names}]\n");
    let controls = format!("namn: X\nsammanfattning: \"{}\"\n", "\u{1}".repeat(count));
    let turned = format!("# X\n\n{}\n", "\u{202E}".repeat(count));
    // As a file may be after a crash.
    let empty = "\0".repeat(400 * count);
    let lists = "- a\n".repeat(10 * count);
    for (path, text) in [
        ("content/tjanster/x.yaml", references),
        ("content/tjanster/x.yaml", controls),
        ("content/tjanster/x.yaml", empty.clone()),
        ("content/utgavor/x.yaml", empty),
        ("content/personer.yaml", lists),
        ("content/texter/x.md", turned),
    ] {
        let run = bounded(&Workspace::of("liten").with(path, text), &["check"]);
        assert_eq!(run.code, 1);
    }
}

/// A word is divided where a line ends, however many lines it takes; and a name has an end.
#[test]
fn long_words_are_drawn_in_time_and_long_names_are_refused() {
    let service = "content/tjanster/orbit-planering.yaml";
    let long = |key: &str, letters: usize| {
        let workspace = Workspace::of("fullstandig");
        let text = fs::read_to_string(workspace.path().join(service)).unwrap();
        let old = text.lines().find(|line| line.starts_with(key)).unwrap().to_string();
        workspace.replacing(service, &old, &format!("{key}: {}", "x".repeat(letters)))
    };
    let run = bounded(&long("tjänsteområde", 100_000), &["build", "--format", "json"]);
    assert_eq!(run.code, 0, "{}", &run.stderr[..run.stderr.len().min(500)]);
    let run = bounded(&long("namn", 100_000), &["build", "--format", "json"]);
    assert!(run.code == 1 && run.stderr.contains("namnet är 100000 tecken långt, och får vara högst 500"));
}

/// A file of one line is read as one of many is, and so are lists of many items, whatever is wrong with each.
#[test]
fn long_lists_are_read_in_time() {
    let count = if is_long() { 100_000 } else { 60_000 };
    let many = |one: &dyn Fn(usize) -> String| (0..count).map(one).collect::<String>();
    let path = "content/tjanster/x.yaml";
    for (path, text) in [
        (path, format!("namn: X\nsynonymer: [{}]\n", many(&|_| "a, ".into()))),
        ("content/avdelningar.yaml", format!("- [{}]\n", many(&|_| "{id: a, namn: b}, ".into()))),
        (path, format!("namn: X\nprodukter: [{}]\n", many(&|at| format!("q{at}abcdefghijklmnopqrstuvwxyz, ")))),
        (path, format!("namn: X\nola:\n  avsnitt:\n{}", many(&|at| format!("    - {{namn: A{at}}}\n")))),
        (
            path,
            format!("namn: X\n{}", many(&|at| format!("\"k{at}\\x41\": \"\\x41\"\n")) + &many(&|_| "k: v\n".into())),
        ),
    ] {
        let run = bounded(&Workspace::of("liten").with(path, &text), &["check"]);
        assert!(run.code < 2, "{}", &text[..100]);
    }
}

/// A value takes memory however short it is: of a file of nothing else no more is read than an honest one has.
#[test]
fn values_without_number_are_told_in_room() {
    let count = if is_long() { 20_000_000 } else { 3_100_000 };
    let text = format!("namn: X\nprodukter: [{}]\n", "a,".repeat(count));
    let run = bounded(&Workspace::of("liten").with("content/tjanster/x.yaml", text), &["check"]);
    let message = "fel[K002]: filen har fler än 3\u{a0}000\u{a0}000 värden\n";
    assert!(run.code == 1 && run.stderr.contains(message), "{}", &run.stderr[..run.stderr.len().min(500)]);
    assert!(run.stderr.contains("med en fil för varje post"));
}

/// Of lines that say nothing no more are read either, and what is wrong at the end of very many is told in room.
#[test]
fn lines_without_number_are_told_in_room() {
    for (line, count, code) in [("\n", 3_900_000, "K006"), ("\n", 63_000_000, "K001"), ("# x\n", 15_000_000, "K001")] {
        let text = line.repeat(count);
        let run = bounded(&Workspace::of("liten").with("content/tjanster/x.yaml", text), &["check"]);
        assert!(run.code == 1 && run.stderr.contains(code), "{}", &run.stderr[..run.stderr.len().min(500)]);
        let told = "x.yaml:1:1: fel[K001]: filen har fler än 4\u{a0}000\u{a0}000 rader\n";
        assert_eq!(run.stderr.contains(told) && run.stderr.contains("med en fil för varje post"), code == "K001");
    }
}

/// What is wrong at every word of a text is told a hundred times, and how often it is there.
#[test]
fn what_is_found_without_number_in_a_text_is_told_in_time() {
    let count = 40_000;
    let words = ["{produkt} ", "TODO ", "lorem ipsum ", "\u{430}bc ", "e-post epost ", "öppetid ", "xxx "];
    let mut workspace = Workspace::of("liten");
    for (at, word) in words.into_iter().enumerate() {
        workspace =
            workspace.with(&format!("content/texter/stor-{at}.md"), format!("# Stor\n\n{}\n", word.repeat(count)));
    }
    // What is escaped does not stand in the file as it is.
    let escaped = format!("namn: X\nbeskrivning: \"{}\\x41\"\n", "TODO ".repeat(count));
    let run = bounded(&workspace.with("content/produkter/x.yaml", escaped), &["check"]);
    assert!(run.code < 2);
    let told = run.stderr.matches("här, och längre fram i texten, finns 39900 till").count();
    assert_eq!(told, words.len() + 1, "{told}");
    assert!(run.stderr.matches("TODO").count() < 1_000);
}

#[test]
fn names_that_are_nearly_alike_are_compared_in_time() {
    let name = |at: usize| format!("Hantera förmåga nummer{at}");
    let long = |at: usize| format!("{}{at}", "x".repeat(480));
    // Every two are compared: an unoptimised build on a slow machine needs half of its seconds for these.
    let (many, few) = if is_long() { (8_000, 1_500) } else { (5_000, 1_000) };
    let names: [(usize, &dyn Fn(usize) -> String); 2] = [(many, &name), (few, &long)];
    for (count, name) in names {
        let mut list = "- id: omr\n  namn: Område\n  förmågor:\n".to_string();
        for at in 0..count {
            writeln!(list, "    - {{id: f{at}, namn: {}, klass: intern}}", name(at)).unwrap();
        }
        let run = bounded(&Workspace::of("liten").with("content/formagor.yaml", list), &["check"]);
        assert!(run.code < 2 && run.stderr.contains("heter nästan som"));
    }
}

#[test]
fn forms_that_begin_alike_are_looked_for_in_time() {
    let mut terms = String::new();
    for at in 1..=300 {
        writeln!(terms, "- {{id: t{at}, term: b, förklaring: a, otillåtna: [\"{}q\"]}}", "a ".repeat(at)).unwrap();
    }
    let text = format!("# Stor\n\n{}\n", "a ".repeat(20_000));
    let workspace = Workspace::of("liten").with("content/ordlista.yaml", terms).with("content/texter/stor.md", text);
    let run = bounded(&workspace, &["check"]);
    assert!(run.code < 2 && run.stderr.contains("har 301 ord, och får ha högst 30"));
}

/// At each line the parser goes through all that is open.
#[test]
fn lines_below_what_nests_without_end_are_not_parsed() {
    let count = 60_000;
    for (open, below) in [(">", ">a\n"), (">", "a\n"), ("- ", "a\n"), ("- ", "  a\n")] {
        let text = format!("# Stor\n\n{}a\n{}", open.repeat(count), below.repeat(count));
        let run = bounded(&Workspace::of("liten").with("content/texter/stor.md", text), &["check"]);
        assert!(
            run.code == 1 && run.stderr.contains("stor.md:3:1: fel[K"),
            "{}",
            &run.stderr[..run.stderr.len().min(500)]
        );
        assert!(run.stderr.contains("nästlad för djupt"));
    }
}

#[test]
fn an_export_of_rows_without_number_is_compared_in_room() {
    let count = if is_long() { 2_000_000 } else { 20_000 };
    let rows = (0..count).map(|at| format!("r{at},a{}\n", at % 100)).collect::<String>();
    let workspace = Workspace::of("liten").with("business-services.csv", format!("correlation_id,name\n{rows}"));
    let run = bounded(&workspace, &["diff", "--cmdb", "business-services.csv"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(run.stdout.lines().filter(|line| line.ends_with(": finns bara i CMDB")).count(), 10_000);
    let more = if is_long() { "1\u{a0}990\u{a0}000" } else { "10\u{a0}000" };
    assert!(run.stdout.contains(&format!("\n- och {more} rader till finns bara i CMDB\n")));
}

/// A large catalogue in one file is honest work.
#[test]
fn many_services_in_one_file_are_not_refused() {
    let count = if is_long() { 10_000 } else { 500 };
    let workspace = Workspace::of("liten");
    let one = fs::read_to_string(workspace.path().join("content/tjanster/orbit-planering.yaml")).unwrap();
    let mut list = String::new();
    for at in 0..count {
        writeln!(list, "- id: tjanst-{at}").unwrap();
        for line in one.lines() {
            writeln!(
                list,
                "  {}",
                line.replace("Orbit Planering", &format!("Tjänst {at}")).replace("\"100", &format!("\"{at}-100"))
            )
            .unwrap();
        }
    }
    let run = workspace.with("content/tjanster.yaml", list).run(&["check"]);
    assert_eq!(run.code, 0, "{}", &run.stderr[..run.stderr.len().min(500)]);
}

/// What a service has of one kind, and what is said of each, takes time by how many there are.
#[test]
fn a_service_with_much_of_one_kind_is_published_in_time() {
    let (service, called) = ("content/tjanster/orbit-planering.yaml", "content/stodjande-tjanster/servrar.yaml");
    let count = 2_500;
    let many = |one: &dyn Fn(usize) -> String| (0..count).map(one).collect::<String>();
    let price = |article: &str| format!("{{artikel: \"{article}\", benämning: Sak, pris: 1, enhet: GB, per: år}}");
    let before = |workspace: Workspace, path: &str, mark: &str, text: String| {
        workspace.replacing(path, mark, &format!("{text}{mark}"))
    };
    let prices = |article: &dyn Fn(usize) -> String| {
        let list = many(&|at| format!("      - {}\n", price(&article(at))));
        before(Workspace::of("fullstandig"), called, "      - {artikel: \"2001\"", list)
    };
    let calls = |workspace: Workspace, call: &dyn Fn(usize) -> String| {
        let list = many(&|at| format!("    - {{{}, avsnitt: Driftavsnittet}}\n", call(at)));
        workspace.replacing(service, "  avrop:\n", &format!("  avrop:\n{list}"))
    };
    let by_number =
        |at: usize| format!("erbjudande: servrar.guld, artikel: \"A{}\", samband: ej-kritisk", count - 1 - at);
    let sections = many(&|at| format!("{{namn: A{at}}}, "));
    let of_sections =
        Workspace::of("fullstandig").replacing(service, "  avsnitt: [", &format!("  avsnitt: [{}", sections));
    let in_sections = many(&|at| format!("    - {{erbjudande: servrar.guld, avsnitt: A{}}}\n", count - 1 - at));
    let offerings =
        many(&|at| format!("  - {{suffix: e{at}, servicenivå: guld, priser: [{}]}}\n", price(&format!("A{at}"))));
    let of_offerings = before(Workspace::of("fullstandig"), called, "  - suffix: bas", offerings);
    for (what, workspace, arguments) in [
        ("articles of one number", prices(&|_| "A".into()), &["check"][..]),
        ("articles that are called", calls(prices(&|at| format!("A{at}")), &by_number), &["build", "--format", "json"]),
        (
            "sections",
            of_sections.replacing(service, "  avrop:\n", &format!("  avrop:\n{in_sections}")),
            &["build", "--format", "json"],
        ),
        (
            "offerings that are called",
            calls(of_offerings, &|at| format!("erbjudande: servrar.e{at}, samband: serie")),
            &["check"],
        ),
    ] {
        let run = bounded(&workspace, arguments);
        assert_eq!(run.code, 0, "{what}: {}", &run.stderr[..run.stderr.len().min(500)]);
    }
}

/// What is wrong with each of many calls is told in a line or two, however much there is to choose from.
#[test]
fn calls_for_what_is_not_there_are_told_in_few_words() {
    let count = 2_500;
    let list = (0..count).map(|at| format!("      - {{artikel: \"A{at}\", benämning: Sak, pris: 1}}\n"));
    let calls = (0..count).map(|at| format!("    - {{erbjudande: servrar.guld, artikel: \"B{at}\"}}\n"));
    let run = bounded(
        &Workspace::of("fullstandig")
            .replacing(
                "content/stodjande-tjanster/servrar.yaml",
                "      - {artikel: \"2001\"",
                &format!("{}      - {{artikel: \"2001\"", list.collect::<String>()),
            )
            .replacing(
                "content/tjanster/orbit-planering.yaml",
                "  avrop:\n",
                &format!("  avrop:\n{}", calls.collect::<String>()),
            ),
        &["check"],
    );
    assert!(run.code == 1 && run.stderr.contains("artiklarna är A0, A1, A2"));
    assert!(run.stderr.contains("A19 och 2486 till; utan artikel"), "{}", &run.stderr[..500]);
}

/// What is written once and shown again and again is kept and written as many times.
#[test]
fn what_a_chapter_shows_without_end_is_refused() {
    let (count, path) = (4_000, "content/texter/om-tjanstekatalogen.md");
    let notes = format!("# Om\n\n{}\n\n[^a]: {}\n", "Ord[^a] ".repeat(count), "*x* y ".repeat(count));
    let texts = format!("# Om\n\n{}\n", "a ![[servrar#ingår]] ".repeat(count));
    let workspace = || {
        Workspace::of("fullstandig")
            .with("content/texter/om-prislistan.md", "# Om\n\nText.[^a] Mer.[^a]\n\n[^a]: En not.\n")
    };
    let many = workspace().with(path, texts).replacing(
        "content/stodjande-tjanster/servrar.yaml",
        "ingår: Operativsystem.",
        &format!("ingår: \"{}\"", "*o* ".repeat(count)),
    );
    for (workspace, message) in [
        (workspace().with(path, notes), ": fel[K011]: fotnoten ”a” visas så många gånger att texten blir för lång"),
        (many, ": fel[K011]: ”servrar#ingår” läggs in så många gånger att texterna blir för långa"),
    ] {
        let run = bounded(&workspace, &["check"]);
        let told = run.stderr.lines().filter(|line| line.contains("fel[")).collect::<Vec<_>>();
        assert!(run.code == 1 && told.len() == 1, "{told:?}");
        assert!(told[0].starts_with(&format!("{path}:3:")) && told[0].ends_with(message), "{told:?}");
    }
}

/// Figures and names are a few signs where they are written.
#[test]
fn figures_and_names_without_end_are_refused() {
    let path = "content/texter/om-tjanstekatalogen.md";
    let chapter = |text: &str, count: usize| {
        let term = format!("- id: l\n  term: {}\n  förklaring: Lång.\n", "Långa ".repeat(80).trim_end());
        let glossary = fs::read_to_string(Workspace::of("fullstandig").path().join("content/ordlista.yaml")).unwrap();
        Workspace::of("fullstandig")
            .with("content/ordlista.yaml", format!("{glossary}{term}"))
            .with(path, format!("# Om\n\n{}", text.repeat(count)))
    };
    for (text, count, message) in [
        (
            "![](figur:tjanstekarta \"T\")\n\n",
            16_000,
            Some("texten visar 16000 ritade figurer, och får visa högst 500"),
        ),
        ("[[l]]\n", 150_000, Some("”l” och annat nämns så många gånger att texten blir för lång")),
        ("[[l]] [[§orbit-planering]]\n", 400, None),
    ] {
        let run = bounded(&chapter(text, count), &["check"]);
        let told = run.stderr.lines().filter(|line| line.contains("fel[")).collect::<Vec<_>>();
        match message {
            None => assert_eq!(told, Vec::<&str>::new()),
            Some(message) => {
                assert!(run.code == 1 && told.len() == 1, "{told:?}");
                assert!(told[0].starts_with(path) && told[0].ends_with(&format!("fel[K011]: {message}")), "{told:?}");
            }
        }
    }
}

/// Which section was meant is looked for as long as it may help anyone.
#[test]
fn calls_in_sections_that_are_not_there_are_told_in_time() {
    let count = 8_000;
    let sections = (0..count).map(|at| format!("{{namn: Avsnitt {at}}}, ")).collect::<String>();
    let calls = (0..count).map(|at| format!("    - {{erbjudande: servrar.guld, avsnitt: Avsnit {at}x}}\n"));
    let calls = calls.collect::<String>();
    let service = "content/tjanster/orbit-planering.yaml";
    let workspace = Workspace::of("fullstandig")
        .replacing(service, "  avsnitt: [", &format!("  avsnitt: [{sections}"))
        .replacing(service, "  avrop:\n", &format!("  avrop:\n{calls}"));
    let run = bounded(&workspace, &["check"]);
    assert!(run.code < 2 && run.stderr.contains("menade du ”Avsnitt 0”?"), "{}", &run.stderr[..500]);
}

/// Templates are followed as deep as they are within each other.
#[test]
fn templates_within_each_other_without_end_are_refused() {
    let head = "---\ntitle: T\npath: t.html\n---\n";
    let page = "templates/pages/t.md";
    let including = |count: usize| {
        let workspace = Workspace::of("fullstandig").with(page, format!("{head}{{% include \"sections/a1.md\" %}}\n"));
        (1..count).fold(workspace, |workspace, at| {
            let next = match at + 1 < count {
                true => format!("{{% include \"sections/a{}.md\" %}}\n", at + 1),
                false => "x\n".to_string(),
            };
            workspace.with(&format!("templates/sections/a{at}.md"), next)
        })
    };
    let extending = (1..50).fold(Workspace::of("fullstandig"), |workspace, at| {
        let parent = if at < 49 { format!("{{% extends \"sections/a{}.md\" %}}", at + 1) } else { String::new() };
        let text = format!("{parent}{{% block b %}}{{{{ super() }}}}{{% endblock %}}\n");
        workspace.with(&format!("templates/sections/a{at}.md"), text)
    });
    let branching = |count: usize| {
        let text = format!("{head}{{% if false %}}{}{{% endif %}}\n", "{% elif false %}".repeat(count));
        Workspace::of("fullstandig").with(page, text)
    };
    let component = "{% component c(n) %}{% include \"sections/b.md\" %}{% endcomponent %}\n";
    let round = Workspace::of("fullstandig")
        .with(page, format!("{head}{{% include \"sections/b.md\" %}}\n"))
        .with("templates/sections/b.md", "{{ <c n={1} /> }}\n")
        .with("templates/sections/c.md", component);
    for (workspace, fault) in [
        (including(25), None),
        (including(500), Some("pages/t.md:5:1: fel[K013]: mallen går inte att läsa: mallar, block och komponenter")),
        (extending, Some("sections/a1.md:1:1: fel[K013]: mallen går inte att läsa: mallar, block och komponenter")),
        (branching(100), None),
        (
            branching(4_000),
            Some("pages/t.md:5:1615: fel[K013]: mallen går inte att läsa: villkoret har fler än 100 elif"),
        ),
        (round, Some("mallar, block och komponenter")),
    ] {
        let run = bounded(&workspace, &["check"]);
        let told = run.stderr.lines().filter(|line| line.contains("fel[")).collect::<Vec<_>>();
        match fault {
            None => assert!(told.is_empty(), "{told:?}"),
            Some(fault) => assert!(run.code == 1 && told.len() == 1 && told[0].contains(fault), "{told:?}"),
        }
    }
}

//! What files mean, and that both readers say the same of them.

use super::*;

fn problems(source: &str) -> Vec<String> {
    parse(source).1.into_iter().map(|p| format!("{:?} {}", p.span, p.message)).collect()
}

#[test]
fn nodes_know_their_bytes() {
    let source = "namn: Åsa\nlista: [1.50, ~]\n";
    let (tree, problems) = parse(source);
    assert_eq!(problems, []);
    assert_eq!(
        format!("{:?}", tree.root(source).unwrap()),
        "0..27  Mapping([6..10 namn Scalar(\"Åsa\"), 18..27 lista Sequence([19..23  Scalar(\"1.50\"), 25..26  Null])])"
    );
    let item = tree.root(source).unwrap().follow("lista.0").unwrap();
    assert_eq!((item.text(), item.span()), ("1.50", 19..23));
    assert_eq!(tree.root(source).unwrap().path_to(item.at()), "lista.0");
    assert_eq!(tree.root(source).unwrap().keys_to(item.at()), "lista");
}

#[test]
fn repeated_keys_and_forbidden_characters_do_not_hide_each_other() {
    assert_eq!(
        problems("a: 1\na: 2\nb: \"x\\x07\"\nc: ett\u{202E}två\n"),
        [
            "5..6 nyckeln ”a” står redan på rad 1",
            "13..20 texten innehåller ett styrtecken (U+0007)",
            "27..30 texten innehåller ett tecken som vänder skrivriktningen (U+202E)",
        ]
    );
}

/// What is far down a list is found without a walk to it, by its position, its path and its step.
#[test]
fn what_stands_in_long_lists_is_found() {
    let source = (0..200).map(|at| format!("- id: a{at}\n  b: [{}]\n", "c, ".repeat(at))).collect::<String>();
    let (tree, _) = parse(&source);
    let root = tree.root(&source).unwrap();
    for (position, item) in root.inside().enumerate() {
        assert_eq!(root.follow(&format!("{position}.id")).unwrap().text(), format!("a{position}"));
        let Some((last, inner)) = item.get("b").unwrap().inside().enumerate().last() else { continue };
        let path = format!("{position}.b.{last}");
        assert_eq!(root.path_to(inner.at()), path);
        assert_eq!(root.follow(&path).unwrap().at(), inner.at());
        assert_eq!(root.holding(inner.at()).unwrap().at(), item.at());
    }
    assert_eq!(root.follow("200.id").unwrap_err().at(), root.at());
    assert_eq!(root.follow("199.b.199").unwrap_err().at(), root.follow("199.b").unwrap().at());
}

#[test]
fn decomposed_letters_are_composed() {
    let source = "na\u{308}mn: A\u{30A}\n";
    let (tree, _) = parse(source);
    assert_eq!(tree.root(source).and_then(|root| root.get("nämn")).map(Node::text), Some("Å"));
}

/// The second of a repeated key is left out with all that it holds, and what comes after it has its own texts.
#[test]
fn what_is_left_out_takes_nothing_with_it() {
    let source = "a: \"1\\x41\"\na: {b: \"\\x42\", \"\\x43\": d}\n\"\\x44\": \"\\x45\"\n";
    let (tree, problems) = parse(source);
    assert_eq!(problems.len(), 1);
    let root = tree.root(source).unwrap();
    assert_eq!(root.inside().map(|node| (node.key(), node.text())).collect::<Vec<_>>(), [("a", "1A"), ("D", "E")]);
}

#[test]
fn structure_that_cannot_be_followed_is_said_in_swedish() {
    assert_eq!(problems("a: [1, 2\n"), ["3..4 en parentes [ eller { saknar sitt slut"]);
    assert_eq!(problems("a: *b\n"), ["3..4 alias (*…) används inte i katalogen"]);
    assert_eq!(problems("a: !!str b\n"), ["3..8 taggar (!…) används inte i katalogen"]);
    assert!(problems(&"[".repeat(100_000))[0].contains("nästlad"));
}

/// A line without `: ` is told itself, though the parser takes it for the beginning of the line below.
#[test]
fn a_line_without_a_colon_is_told_at_itself() {
    let told = |source: &str| {
        let (_, problems) = parse(source);
        let [problem] = &problems[..] else { panic!("{source:?}: {problems:?}") };
        format!("{:?}: {}", &source[problem.span.clone()], problem.message)
    };
    for (source, line, what) in [
        ("namn:Z x\na: b\nc: d\n", "namn:Z x", "kolonet efter ”namn” följs inte av ett blanksteg"),
        ("# e\n\nnamn:Z\n# f\na: b\n", "namn:Z", "kolonet efter ”namn” följs inte av ett blanksteg"),
        ("a: b\ng:\n  s:K\n  k: x\n", "s:K", "kolonet efter ”s” följs inte av ett blanksteg"),
        ("g:\n  s:K\n  # c\n  k: x\n", "s:K", "kolonet efter ”s” följs inte av ett blanksteg"),
        ("g:\n  - r:t\n    p: x\n", "r:t", "kolonet efter ”r” följs inte av ett blanksteg"),
        ("- r:t\n  # c\n  p: x\n", "r:t", "kolonet efter ”r” följs inte av ett blanksteg"),
        ("a: b\nc:d\ne: f\n", "c:d", "kolonet efter ”c” följs inte av ett blanksteg"),
        ("namn = Z\na: b\n", "namn = Z", "”namn” följs inte av kolon och blanksteg"),
        ("namn：Z\na: b\n", "namn：Z", "”namn” följs inte av kolon och blanksteg"),
        ("namn :Z\na: b\n", "namn :Z", "”namn” följs inte av kolon och blanksteg"),
        ("namn Z\na: b\n", "namn Z", "raden saknar kolon och blanksteg efter en nyckel"),
        ("Titel\n\nnamn: Z\na: b\n", "Titel", "raden saknar kolon och blanksteg efter en nyckel"),
        ("a: b\nhttp://c\nd: e\n", "http://c", "raden saknar kolon och blanksteg efter en nyckel"),
    ] {
        assert_eq!(told(source), format!("{line:?}: {what}"), "{source:?}");
    }
    let blank = told("namn:\u{a0}Z\na: b\n");
    assert!(blank.contains("följs inte av ett vanligt blanksteg utan av ett annat (U+00A0)"), "{blank}");
    let further = told("klass: sort: x, typ: y\na: b\n");
    assert!(further.starts_with("\"sort\": ”sort:” läses som en nyckel till på samma rad"), "{further}");
    // A value that goes on below, or is indented by mistake, is no key.
    for source in [
        "namn: b\n  c: d\n",
        "namn: b c: d\ne: f\n",
        "- id: a\n  namn: b\n    # c\n    d\n",
        "p:\n  - a\n c: d\n",
        "p:\n  - a\n  c: d\n",
        "p:\n  - a\n  # k\n  c: d\n",
        "p:\n  x\n c: d\n",
    ] {
        assert!(told(source).ends_with("raden passar inte i sitt sammanhang"), "{source:?}");
    }
}

/// A bracket without its end is told where it opens, whatever the parser makes of the key on the line below it.
#[test]
fn a_bracket_without_an_end_is_told_where_it_opens() {
    for (source, bracket, line, key) in [
        ("p: [a-b\nk: [v]\n", 3, 2, "k"),
        ("p: [a-b,\nk: [v]\nz: a\n", 3, 2, "k"),
        ("p: [\n  a\nk: v\n", 3, 3, "k"),
        ("p: [a b\n\n# x\nc: d\n", 3, 4, "c"),
        ("p: [a,\nb: |\n  t\n", 3, 2, "b"),
        ("f: {t: n, m: N.\nl: {s: a}\n", 3, 2, "l"),
        ("f: {t: n, m: N.,\nl: {s: a}\nc: d\n", 3, 2, "l"),
        ("p: {a: [b, c\nd: e\n", 7, 2, "d"),
        ("p:\n  - a: [b\n    c: d\n", 10, 3, "c"),
        ("p:\n  - [a\n  - b: c\n", 7, 3, "b"),
    ] {
        let told = problems(source);
        let [told] = &told[..] else { panic!("{source:?}: {told:?}") };
        let place = format!("{bracket}..{} ", bracket + 1);
        let what = format!("är inte avslutad, men på rad {line} börjar nyckeln ”{key}”");
        assert!(told.starts_with(&place) && told.ends_with(&what), "{source:?}: {told}");
    }
    // One that ends lacks a comma.
    for source in ["p: {a: b\nc: d}\n", "p: {\n  a: b\n  c: d\n}\n", "{\na: b\nc: d\n}\n", "p: {\na: b\nc: d\n}\n"] {
        let told = problems(source);
        assert!(told[0].ends_with("ett komma saknas mellan två värden"), "{source:?}: {told:?}");
    }
}

/// What is said of a mistake is said at it, and leads to what can be read.
#[test]
fn a_mistake_is_told_with_what_mends_it() {
    let told = |source: &str| {
        let (_, problems) = parse(source);
        let [problem] = &problems[..] else { panic!("{source:?}: {problems:?}") };
        let help = problem.help.as_deref().unwrap_or_default();
        format!("{:?}: {} ({help})", &source[problem.span.clone()], problem.message)
    };
    assert_eq!(parse("namn: ”Z: p”\nb: c\n").1[0].kind, ProblemKind::Syntax);
    for (source, part) in [
        ("namn: ”Z: p”\nb: c\n", "\"”Z: p”\": citattecknet ” är inte YAML:s"),
        ("b: |\n\tEn text.\nc: d\n", "\"\\t\": raden är indragen med tabb"),
        ("p:\n  * a\n  * b\n", "(skriv ”- ” i stället för ”* ”;"),
        ("p: 'Kort om zeta's text'\n", "(sätt hela värdet inom dubbla citattecken (\"…\"), eller"),
        ("p: \"a \"b\" c\"\n", "(sätt hela värdet inom enkla citattecken ('…'), eller"),
        ("p: {a: \"1\" b: c}\n", "\"b\": ett komma saknas mellan två värden (sätt ett komma efter citattecknet"),
        ("p: [\"a\" \"b\"]\n", "\"\\\"\": ett komma saknas mellan två värden (sätt ett komma efter citattecknet"),
        ("p: [\"a\"; \"b\"]\n", "\";\": värden inom [ ] och { } skiljs åt med komma, inte med semikolon"),
        ("p: {a: \"1\"; b: c}\n", "\";\": värden inom [ ] och { } skiljs åt med komma, inte med semikolon"),
        ("p: {a: b; c: d}\n", "\";\": värden inom [ ] och { } skiljs åt med komma, inte med semikolon"),
        ("p: {a: Max: 4., b: c}\n", "\"Max: 4.\": ”Max: 4.” har ett kolon med blanksteg i sig"),
        ("p: {a: Max: 4., b: c}\n", "(sätt hela värdet inom citattecken: \"Max: 4.\";"),
        ("p: {a: Nr #1, b: c}\nd: e\n", "\"#1, b: c}\": ”#1, b: c}” läses som en kommentar"),
        ("p: {a: \"#1\", b: Nr # 1}\n", "\"# 1}\": ”# 1}” läses som en kommentar"),
        ("p: [a #1, b]\n", "\"#1, b]\": ”#1, b]” läses som en kommentar"),
        ("p: {\n  a: #1,\n  b: c\n}\nd: e\n", "\"#1,\": ”#1,” läses som en kommentar"),
        ("p:\n  a: b\n\u{a0} c: d\n  e: f\n", "\"\\u{a0}\": här står ett annat blanksteg än det vanliga (U+00A0)"),
        ("a: b\n---\nc: d\n", "\"---\": filen innehåller mer än ett YAML-dokument (ta bort raden"),
        ("a: b\n---\n~\n", "\"---\": filen innehåller mer än ett YAML-dokument (ta bort raden"),
    ] {
        assert!(told(source).contains(part), "{source:?}: {}", told(source));
    }
    // What is a comment, or stands between quotes, is another mistake.
    for (source, what) in [
        ("p: [a, # b [c]\nk: v\n", "saknar sitt slut"),
        ("p: {\n  a: b # ett, två\n  c: d\n}\n", "ett komma saknas mellan två värden"),
        ("p: {\n  # {a}\n  a: \"b # {c}\" d\n}\n", "det står text efter citattecknets slut"),
        ("a: \"se [1]\" b: c\n", "det står text efter citattecknets slut"),
    ] {
        assert!(told(source).contains(what), "{source:?}: {}", told(source));
    }
    // A line that ends a file as many end it says nothing more.
    for source in ["a: b\n---\n", "a: b\n---\n\n# c\n", "---\na: b\n---\n---\n"] {
        let (tree, problems) = parse(source);
        assert_eq!(problems, [], "{source:?}");
        assert_eq!(tree.root(source).and_then(|root| root.get("a")).map(Node::text), Some("b"), "{source:?}");
    }
}

/// A list or a table of which YAML makes one line is told at its second line, and nothing else of several lines is.
#[test]
fn lines_that_become_one_are_told() {
    let told = |source: &str| {
        let (_, problems) = parse_content(source);
        let told = problems.into_iter().map(|p| format!("{}: {}", &source[p.span], p.message));
        told.collect::<Vec<_>>()
    };
    for (source, line) in [
        ("a:\n  Text\n\n  - b\n  - c\n  - d\ne: f\n", "- c"),
        ("a: Text\n  * b\n  * c\n", "* c"),
        ("a: 1. b\n  2. c\n", "2. c"),
        ("- a: Text\n    | b |\n    |---|\n", "|---|"),
        ("a: >\n  Text\n\n  - b\n  - c\n", "- c"),
        ("a: >-\n  | b |\n  |---|\n", "|---|"),
        ("a: \"Text\n  - b\n  - c\"\n", "- c\""),
    ] {
        let told = told(source);
        assert!(told.len() == 1 && told[0].starts_with(&format!("{line}: raden läggs ihop")), "{source:?}: {told:?}");
    }
    for source in [
        "a: |\n  Text\n\n  - b\n  - c\n",
        "a:\n  - b\n  - c\n",
        "a: Text\n  - och mer\n  text\n",
        "a: Text 1\n  - och\n\n  - mer\n",
        "a: >\n  Text\n    - b\n    - c\n",
        "a: \"Text\\n\\\n  - b\\n\\\n  - c\"\n",
    ] {
        assert_eq!(told(source), [""; 0], "{source:?}");
    }
}

/// The parser takes it for a text, and its colon for a mistake.
#[test]
fn a_key_that_is_longer_than_yaml_lets_it_be_is_told_as_that() {
    for (letters, is_told) in [(1_100, true), (1_000, false)] {
        let long = "å".repeat(letters);
        for (before, key, after) in [
            ("", format!("\"{long}\""), ": v\n"),
            ("namn: X\n", format!("'{long}'"), ": v\n"),
            ("namn: X\n", format!("\"\\x41{long}\""), " : v\n"),
            ("a: \"\\x41\"\n", long.clone(), ": v\n"),
            ("a: {b: \"\\x41\", ", format!("\"{long}\""), ": v}\n"),
            ("a: {b: \"\\x41\", ", long.clone(), ": v}\n"),
            ("a: [b, ", format!("\"{long}\""), ": v]\n"),
            ("a:\n  - b\n  - ", format!("\"{long}\""), ": v\n"),
        ] {
            let found = problems(&format!("{before}{key}{after}"));
            let said = found.iter().any(|problem| problem.contains("nyckeln är längre än 1\u{a0}024 tecken"));
            assert_eq!((said, found.len()), (is_told, usize::from(is_told)), "{before}: {found:?}");
        }
    }
}

/// The trees of both readers are the same, if the quick one has any; whether it has.
fn is_quick(source: &str) -> bool {
    let (careful, problems) = careful::read(source, careful::Texts::Plain, Vec::new());
    let Some(quick) = quick::read(source) else { return false };
    assert_eq!(problems, [], "{source}");
    let seen = |tree: &Tree| format!("{:#?}", tree.root(source));
    let (quick_seen, careful_seen) = (seen(&quick), seen(&careful));
    let differs = quick_seen.lines().zip(careful_seen.lines()).find(|(quick, careful)| quick != careful);
    assert_eq!(differs, None, "{source}");
    assert!(quick == careful, "{source}");
    true
}

#[test]
fn what_files_are_made_of_is_read_quickly() {
    for source in [
        "a: b\n",
        "a: b",
        "# först\n\na: b # sist\n\n# slut\n",
        "a:\nb: 1\n",
        "a: null\nb:   # inget\nc:\n  d:\n",
        "a:\n  - b\n  - c: d\n    e: f\n  -\n    g: h\n",
        "a:\n- b\n- c: d\n  e:\n    - f\nh: i\n",
        "- id: a\n  namn: A\n- id: b\n",
        "-\n  id: a\n",
        "a: \"b\"\nc: 'd \\ e'  # f\ng: \"\"\n",
        "a: [b, \"c\", 'd', [e], {f: g}]\nh: {i: j k, l: [], m: {}}\n",
        "a: [\n  b,\n\n  c,\n]\nd: {\n  e: f,\n  g:\n    h\n}\n",
        "a: 08:00-16:45\nb: http://c/#d\ne: f#g\nh: -1\ni: (j)\n",
        "a: |\n  b\n\n    c\n  d\n\n\ne: f\n",
        "a: |-\n  b\n  # c\n\nd:\n  - |\n    e\n",
        "a: b\n  c\n\n\n  - d\ne: f\n",
        "- a\n  b\n- c\n",
        "åäö: ”é”\nb c: d\n",
        "a: b   \nc:    d\n",
        "a:\n    - b:\n        c: d\n    - e: f\ng: h\n",
    ] {
        assert!(is_quick(source), "{source}");
    }
}

#[test]
fn what_is_rare_or_wrong_is_read_with_care() {
    for source in [
        "",
        "a",
        "a: b: c\n",
        "a: [b\n",
        "a: \"b\\n\"\n",
        "a: 'b''c'\n",
        "a: \"b\n  c\"\n",
        "a: >\n  b\n",
        "a: |2\n  b\n",
        "a: |\n    \n  b\n",
        "a: &b c\nd: *b\n",
        "a: !b c\n",
        "a: 1\na: 2\n",
        "a: {b: 1, b: 2}\n",
        "a: b\n c: d\n",
        "  a: b\n c: d\n",
        "a:\n  - b\n c\n",
        "a: b\n\tc\n",
        "---\na: b\n",
        "a: b\n...\n",
        "a: b\n---\nc: d\n",
        "? a\n: b\n",
        "\"a\": b\n",
        "a: b # c\n  d\n",
        "a: b\n  # c\n  d\n",
        "a: [b c: d]\n",
        "a: {b}\n",
        "a: [b #c\n]\n",
        "a: [b]c\n",
        "a: \"b\"c\n",
        "a: \"b\" \"c\"\n",
        "a: [b,\nc]\n",
        "- - a\n",
        "- a\n-\n",
        "a: - b\n",
        "a: @b\n",
        "a: %b\n",
        "a: `b\n",
        "a: ,b\n",
        "a: ]\n",
        "a:b\n",
        "a: b:\n",
        "a:\n  b\n",
        "a: [b:]\n",
        "a : b\n",
    ] {
        assert!(!is_quick(source), "{source}");
    }
    assert!(!is_quick(&"[".repeat(1000)));
    assert!(!is_quick(&format!("a: {}{}", "[".repeat(40), "]".repeat(40))));
}

/// Sources that chance puts together from what YAML is made of mean the same to both readers.
#[test]
fn both_readers_agree_on_whatever_is_put_together() {
    const PARTS: &[&str] = &[
        "a",
        "b: ",
        "c:",
        "- ",
        "-",
        "\n",
        "\n",
        "\n  ",
        "\n    ",
        "\n  - ",
        "\n- ",
        "  ",
        " ",
        ": ",
        ":",
        "#",
        " # ",
        "\"",
        "'",
        "[",
        "]",
        "{",
        "}",
        ", ",
        ",",
        "|",
        "|-",
        ">",
        "|\n  ",
        "\\",
        "&",
        "*",
        "!",
        "?",
        "? ",
        "%",
        "@",
        "å",
        "null",
        "~",
        "1.50",
        "\nd: ",
        "\ne: [",
        "]\n",
        "}\n",
        "\n\n",
        "...",
        "---",
        "\n---\n",
        "x y",
        "\"q\"",
        "'q'",
        "\n  f: ",
        "\n   g: h",
    ];
    let mut next = crate::testing::chance();
    let mut quick = 0;
    for _ in 0..60_000 {
        let parts = 2 + next(14);
        let source: String = (0..parts).map(|_| PARTS[next(PARTS.len())]).collect();
        quick += usize::from(is_quick(&source));
        // What begins as a file does has more of a chance.
        quick += usize::from(is_quick(&format!("k: v\n{source}\n")));
    }
    assert!(quick > 3_000, "{quick}");
}

/// Files that are as they should be, with one line or some letters of them moved, doubled or taken away.
#[test]
fn both_readers_agree_on_files_with_mistakes() {
    let file = include_str!("../../../content/tjanster/orbit-operationsplanering.yaml");
    assert!(is_quick(file));
    let lines: Vec<&str> = file.split_inclusive('\n').collect();
    let mut quick = 0;
    for at in 0..lines.len() {
        let (before, after) = (lines[..at].concat(), lines[at + 1..].concat());
        let line = lines[at];
        let half = line.char_indices().nth(line.chars().count() / 2).map_or(0, |(at, _)| at);
        for changed in [
            String::new(),
            format!(" {line}"),
            format!("  {line}"),
            line.trim_start().to_string(),
            line.replacen("  ", "", 1),
            line.replacen(": ", ":", 1),
            line.replacen(": ", ": [", 1),
            line.replacen('-', "", 1),
            line[..half].to_string(),
            line[half..].to_string(),
            format!("{line}{line}"),
            line.trim_end().to_string(),
            format!("{}  # x\n", line.trim_end()),
            format!("\n{line}\n"),
        ] {
            quick += usize::from(is_quick(&format!("{before}{changed}{after}")));
        }
    }
    assert!(quick > lines.len(), "{quick}");
}

/// What is looked for in values is looked for in any, wherever a mistake or a letter of two bytes may stand.
#[test]
fn slips_are_looked_for_in_whatever_is_put_together() {
    const PARTS: &[&str] = &[
        "a: ", "b", "å", "1", "9,5", "1.5", ",", ", ", "{", "}", "[", "]", " ", ": ", "”", "“", "»", "\"", "'", "#",
        " #", "&", "!", "*", "- ", "\n", "\n  ", "\n- ", "\u{a0}", "\u{85}", "\u{7}", "{a: ", "|", "-",
    ];
    let mut next = crate::testing::chance();
    let mut found = 0;
    for _ in 0..40_000 {
        let source: String = (0..2 + next(14)).map(|_| PARTS[next(PARTS.len())]).collect();
        let (tree, problems) = parse_content(&source);
        found += problems.iter().filter(|problem| problem.kind == ProblemKind::Otherwise).count();
        let problems = problems.into_iter().map(|problem| problem.span);
        let nodes = (0..tree.len()).filter_map(|step| tree.node(&source, step));
        let slips = nodes.flat_map(|node| {
            let value = node.is_plain().then(|| [in_value(&source, node.span()), in_quotes(&source, node.span())]);
            value.into_iter().flatten().chain([in_key(&source, node.key_span())]).flatten()
        });
        for span in problems.chain(slips.map(|slip| slip.span)) {
            assert!(span.start <= source.len() && source.is_char_boundary(span.start), "{span:?} {source:?}");
        }
    }
    assert!(found > 100, "{found}");
}

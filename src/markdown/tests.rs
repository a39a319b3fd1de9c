//! What is read of texts, and what is told of them.

use super::flat::{bold, flatten};
use super::*;
use crate::document::{Figure, Link, Target};

pub(super) struct Names;

impl Lookup for Names {
    fn name(&self, id: &str) -> Result<Cow<'_, str>, Option<String>> {
        match id {
            "orbit" => Ok("Orbit & Co".into()),
            _ => Err(crate::text::did_you_mean(id, ["orbit"]).map(str::to_string)),
        }
    }

    fn text(&self, handle: &str, about: Option<&str>) -> Option<Cow<'_, [Block]>> {
        static TEXT: std::sync::LazyLock<Vec<Block>> =
            std::sync::LazyLock::new(|| parse("Ett.\n\n- två\n- tre\n", &Names).blocks);
        if let Some(about) = about {
            return Some(Cow::Owned(vec![Block::Paragraph(vec![Inline::Text(format!("{handle} om {about}"))])]));
        }
        match handle {
            "orbit#beskrivning" => Some(Cow::Borrowed(TEXT.as_slice())),
            "rubriker" => Some(Cow::Owned(parse("## Två\n\nText\n\n### Tre\n", &Names).blocks)),
            "kapitel" | "orbit#syfte" => Some(Cow::Owned(parse("# Syfte\n\nText\n\n## Mål\n", &Names).blocks)),
            "orbit#tabell" => {
                Some(Cow::Owned(vec![Block::Paragraph(vec![Inline::Text("Tabell: Priser".to_string())])]))
            }
            "tom" => Some(Cow::Borrowed(&[])),
            _ => None,
        }
    }

    fn check_picture(&self, name: &str) -> Result<(), Option<String>> {
        if name == "bild.png" { Ok(()) } else { Err(None) }
    }

    fn check_figure(&self, name: &str) -> Result<(), Option<String>> {
        let kind = |id: &str| (id == "orbit").then_some(crate::model::Kind::Service);
        crate::draw::check(name, kind, |id| crate::text::did_you_mean(id, ["orbit"]))
    }
}

pub(super) fn problems(source: &str) -> Vec<String> {
    let parsed = parse(source, &Names);
    parsed.problems.iter().map(|p| format!("{} | {}", &source[p.span.clone()], p.message)).collect()
}

#[test]
fn a_plain_line_is_what_it_is_as_markup() {
    assert!(is_plain_line("Behörighet: samma dag (kl. 8–16), 10 % per år; ring ”växeln” / 010-1."));
    for sign in (' '..='~').chain("\n\t\u{A0}\u{AD}\u{300}\u{2028}åé–…”’§½€".chars()) {
        for source in [
            format!("{sign}text"),
            format!("Ord {sign} ord {sign}ord{sign} ord"),
            format!("Ord{sign}{sign}ord, 1{sign} 2."),
            format!("Text.{sign}"),
            format!("En: {sign}{sign}{sign}"),
            format!("www.x.se{sign}y http:{sign}z a{sign}b@x.se"),
        ] {
            let (line, markup) = (parse(&source, &Names), parse_markup(&source, &Names));
            assert_eq!((line.blocks, line.problems), (markup.blocks, markup.problems), "{source:?}");
        }
    }
}

#[test]
fn a_text_is_the_same_in_pieces() {
    let lines = [
        "# Rubrik",
        "## Under {#under}",
        "####### Inget",
        "#Inget",
        "",
        "",
        "",
        "Text *med",
        "stark* och [[orbit]]",
        "- punkt",
        "  mer",
        "1. ett",
        "> citat",
        "> # i citat",
        "| A | B |",
        "|---|--:|",
        "| a | b |",
        "Tabell: Namn",
        "    kod",
        "# Brett {.liggande}",
        "[[fel]] &#x202E;",
        "- [[orbit]]: text",
        "[a](b) [c]: d",
        "![[orbit#beskrivning]]",
        "---",
        "# Bilaga {.bilaga}",
        "===",
        "\\",
        "<!-- a",
        "```",
        "[^1]",
        "[^1]: not",
        "[a]: https://x.se",
        "> [a\nb]: https://x.se",
        "[a\\]]: https://x.se",
        "[a]",
        "[a b]",
        "~~~",
        "  <div>",
    ];
    let mut any = crate::testing::chance();
    let mut cut = 0;
    for round in 0..20_000 {
        // What keeps a text whole comes last, and only now and then.
        let known = if round % 4 == 0 { lines.len() } else { 28 };
        let source: Vec<&str> = (0..any(30)).map(|_| lines[any(known)]).collect();
        let source = source.join("\n");
        let Some(pieces) = pieces::of(&source, 10) else { continue };
        cut += usize::from(pieces.len() > 1);
        let (whole, read) = (read_carefully(&source, &Names), read_pieces(&source, &pieces, &Names));
        assert_eq!((whole.blocks, whole.problems), (read.blocks, read.problems), "{source}");
    }
    assert!(cut > 2_000, "{cut}");
}

#[test]
fn all_that_the_tree_has() {
    let source = "# Rubrik {#r .bilaga}\n\nEn *text* med **stark** `kod` [[orbit]][^a] och [[orbit|en **annan**]].\n\n\
            Tabell: Nivåer {#tab-n}\n\n| A | B |\n|---|--:|\n| ![[#rad]]x<br>y | [[orbit\\|två]] |\n\n\
            1. ett\n2. två\n   - inre\n\n> [!WARNING]\n> Se upp.\n\n![En bild](bild.png \"Text\")\n\n```\nkod\n```\n\n\
            ![[orbit#beskrivning]]\n\nI rad: ![[orbit#beskrivning]]\n\n[^a]: Not med [länk](https://x.se).\n";
    let parsed = parse(source, &Names);
    assert_eq!(parsed.problems, []);
    insta::assert_debug_snapshot!(parsed.blocks);
}

#[test]
fn what_cannot_be_shown_is_a_problem() {
    assert_eq!(
        problems(
            "<b>fet</b> [x](javascript:1) ![y](data:z) [[orbitt]]\n\n<script>a</script>\n\n---\n\n[^1] [^b]\n\n[^c]: x\n"
        ),
        [
            "<b> | HTML kan inte visas i dokumenten: <b>",
            "</b> | HTML kan inte visas i dokumenten: </b>",
            "[x](javascript:1) | länken ”javascript:1” leder inte till en webbadress eller e-postadress",
            "![y](data:z) | en bild kan inte stå mitt i en text",
            "[[orbitt]] | det finns inget med id ”orbitt”",
            "<script>a</script>\n | HTML kan inte visas i dokumenten",
            "---\n | en linje (---) visas inte i dokumenten",
            "^1 | fotnoten ”1” finns inte",
            "^b | fotnoten ”b” finns inte",
            "[^c]: x\n | fotnoten ”c” används inte",
        ]
    );
}

#[test]
fn an_address_of_mail_is_a_link_to_it() {
    let parsed = parse("Skriv till <a@b.se>.\n", &Names);
    assert_eq!(parsed.problems, []);
    let Block::Paragraph(inlines) = &parsed.blocks[0] else { panic!("{:?}", parsed.blocks) };
    let link = Link { target: Target::Address("mailto:a@b.se".into()), text: vec![Inline::Text("a@b.se".into())] };
    assert_eq!(inlines[1], Inline::Link(Box::new(link)));
}

#[test]
fn a_figure_may_be_drawn_and_then_describes_itself() {
    let parsed = parse("![](figur:kedja/orbit \"Kedjan\")\n\n![Egna ord](figur:begreppsmodell)\n", &Names);
    assert_eq!(parsed.problems, []);
    let figures = parsed.blocks.iter().map(|block| match block {
        Block::Figure(figure) => (figure.picture.as_str(), figure.description.as_str(), figure.caption.is_some()),
        _ => panic!("{block:?}"),
    });
    let figures: Vec<_> = figures.collect();
    assert_eq!(figures, [("figur:kedja/orbit", "", true), ("figur:begreppsmodell", "Egna ord", false)]);
}

#[test]
fn a_figure_that_cannot_be_drawn_is_a_problem_with_a_cure() {
    let cures = |source: &str| {
        let problems = parse(source, &Names).problems;
        problems.into_iter().map(|p| format!("{}: {}", p.message, p.help.unwrap_or_default())).collect::<Vec<_>>()
    };
    let near = cures("![](figur:kedja/orbitt)\n");
    assert_eq!(near, ["det finns ingen figur ”kedja/orbitt”: menade du figur:kedja/orbit?"]);
    let near = cures("![](figur:begrepsmodell)\n");
    assert_eq!(near, ["det finns ingen figur ”begrepsmodell”: menade du figur:begreppsmodell?"]);
    let far = cures("![](figur:xyz)\n");
    let known = "det som kan ritas är begreppsmodell, specifik-modell, tjanstekarta, formagekarta, formageomraden och \
                     kedja/ följt av en tjänsts id";
    assert_eq!(far, [format!("det finns ingen figur ”xyz”: {known}")]);
}

#[test]
fn spaces_around_a_references_text_are_none_of_it() {
    let parsed = [parse("Se [[ orbit | den  här ]].\n", &Names), parse("Se [[orbit|den  här]].\n", &Names)];
    assert_eq!(parsed[0].blocks, parsed[1].blocks);
    assert_eq!(parsed[0].problems, []);
}

#[test]
fn a_sign_after_a_backslash_is_itself_also_right_after_the_bar() {
    for (written, shown) in [
        ("[[orbit|\\*x\\*]]", "*x*"),
        ("[[orbit|\\\\*x]]", "\\*x"),
        ("[[orbit| \\\\\\*x]]", "\\*x"),
        ("[[orbit|\\x]]", "\\x"),
        ("[[orbit|a \\*x\\*]]", "a *x*"),
    ] {
        let (text, table) = (format!("Se {written}"), format!("| A |\n|---|\n| {} |\n", written.replace('|', "\\|")));
        let shown_in = |source: &str| {
            let parsed = parse(source, &Names);
            assert_eq!(parsed.problems, [], "{source}");
            let mut letters = letters(&parsed.blocks);
            letters.split_off(letters.find([' ']).unwrap() + 1)
        };
        assert_eq!([shown_in(&text), shown_in(&table)], [shown, shown], "{written}");
    }
}

#[test]
fn an_address_is_one_that_can_stand_in_a_link() {
    let address = |source: &str| match &parse(source, &Names).blocks[..] {
        [Block::Paragraph(inlines)] => match &inlines[..] {
            [Inline::Link(link)] => match &link.target {
                Target::Address(address) => address.clone(),
                Target::Id(id) => panic!("{id} is no address"),
            },
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    };
    assert_eq!(
        address("[x](https://x.example/&#10;&#10;&lt;script/src=a&gt;&#10;`)"),
        "https://x.example/%0A%0A%3Cscript/src=a%3E%0A%60"
    );
    assert_eq!(address("<tel:+46101234567>"), "tel:+46101234567");
    for nowhere in ["[x](https://)", "[x](mailto:)", "[x](https://[evil]/)"] {
        assert!(problems(nowhere)[0].ends_with("leder inte till en webbadress eller e-postadress"), "{nowhere}");
    }
    for who in ["[x](https://user:hemlig@x.example)", "<https://user@x.example>", "[x](https://user:p&#64;x.example)"] {
        assert_eq!(problems(who), [format!("{who} | {}", crate::text::NAMES_USER.0)]);
    }
    assert_eq!(address("[x](https://medium.com/@name)"), "https://medium.com/@name");
}

#[test]
fn a_table_has_no_more_columns_than_word_takes() {
    let table = |columns: usize| format!("|{}\n|{}\n", "A|".repeat(columns), "---|".repeat(columns));
    assert_eq!(problems(&table(63)), [""; 0]);
    let wrong = problems(&table(64));
    assert!(wrong[0].ends_with("tabellen har 64 kolumner, men Word klarar högst 63"), "{wrong:?}");
}

#[test]
fn a_landscape_part_ends_at_the_next_heading_as_high() {
    let parsed = parse("# Ett\n\n## Brett {.liggande}\n\na\n\n### Under\n\nb\n\n## Tre\n\nc\n", &Names);
    let kinds = parsed.blocks.iter().map(|block| match block {
        Block::Landscape(inner) => format!("landscape {}", inner.len()),
        Block::Heading(heading) => format!("heading {}", heading.level),
        _ => "other".to_string(),
    });
    let kinds: Vec<_> = kinds.collect();
    assert_eq!(kinds, ["heading 1", "landscape 4", "heading 2", "other"]);
}

#[test]
fn a_text_in_a_cell_keeps_what_its_parts_are_called() {
    let lines = |source: &str| {
        let parsed = parse(source, &Names);
        assert_eq!(parsed.problems, []);
        let mut inlines = Vec::new();
        flatten(&parsed.blocks, &mut inlines);
        let lines = inlines.split(|inline| *inline == Inline::Break);
        lines.map(crate::document::plain_text).collect::<Vec<_>>()
    };
    let table =
        "Tabell: Antal miljöer\n\n| Sjukhus | Produktion | |\n|---|--:|---|\n| SU | 3 | dygnet runt |\n| SÄS | | |\n";
    assert_eq!(lines(table), ["Antal miljöer", "Sjukhus: SU, Produktion: 3, dygnet runt", "Sjukhus: SÄS"]);
    let long = format!("| {} | B |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n", "a".repeat(41));
    assert_eq!(lines(&long), [&format!("{}, B", "a".repeat(41)), "1, 2", "3, 4"]);
    assert_eq!(lines("| A | B |\n|---|---|\n"), ["A, B"]);
    assert_eq!(lines("| | |\n|---|---|\n| a | b |\n"), ["a, b"]);
    assert_eq!(lines("> [!WARNING]\n> Inte på natten.\n>\n> - a\n"), ["Varning: Inte på natten.", "– a"]);
    assert_eq!(lines("![En bild](bild.png \"Text\")\n"), ["Text", "En bild"]);
    let below = "- Skärmvy\n  1. Knapp\n     - Färg\n\n       > Ett citat\n- Rapport\n";
    let shown =
        ["– Skärmvy", "\u{2003}1. Knapp", "\u{2003}\u{2003}– Färg", "\u{2003}\u{2003}\u{2003}Ett citat", "– Rapport"];
    assert_eq!(lines(below), shown);
}

#[test]
fn notes_of_a_tables_heading_stand_once_in_a_cell() {
    let parsed = parse("| A[^a] |\n|---|\n| 1 |\n| 2 |\n\n[^a]: Not.\n", &Names);
    assert_eq!(letters(&parsed.blocks), "A (Not.): 1; A: 2");
}

#[test]
fn a_text_in_one_line_parts_its_items_and_has_notes_in_parentheses() {
    let source = "Gäller inte:\n\n- jour\n- beredskap\n\nFasta ytor[^a] ingår.[^b] Annat\n\n1. inte\n2. alls\n\n\
            [^a]: Av betong.\n\n[^b]: Dock inte\n\n    - i juli\n";
    let parsed = parse(source, &Names);
    let told =
        "Gäller inte: jour; beredskap; Fasta ytor (Av betong.) ingår. (Dock inte; i juli) Annat; 1. inte; 2. alls";
    assert_eq!(letters(&parsed.blocks), told);
    let struck = parse("~~Gäller inte jour.~~ Gäller **alla ~~utom en~~**, ~~inte~~ även nätter ~~då~~.\n", &Names);
    assert_eq!(letters(&struck.blocks), "Gäller alla, även nätter.");
}

#[test]
fn a_figures_caption_is_read_as_a_tables() {
    let caption = |source: &str| {
        let parsed = parse(source, &Names);
        assert_eq!(parsed.problems, [], "{source}");
        let Some(Block::Figure(Figure { caption: Some(caption), .. })) = parsed.blocks.into_iter().next() else {
            panic!("{source}")
        };
        caption.text
    };
    let link = |text: &str| {
        let text = vec![Inline::Text(text.to_string())];
        Inline::Link(Box::new(Link { target: Target::Id("orbit".into()), text }))
    };
    let text = |text: &str| Inline::Text(text.to_string());
    let address = |text: &str, to: &str| {
        let target = Target::Address(to.into());
        Inline::Link(Box::new(Link { target, text: vec![Inline::Text(text.to_string())] }))
    };
    assert_eq!(
        caption("![x](bild.png \"Se [riktlinjen] och [avtal][A]\")\n\n[a]: https://a.se\n[Riktlinjen]: https://b.se\n"),
        [text("Se "), address("riktlinjen", "https://b.se"), text(" och "), address("avtal", "https://a.se")]
    );
    assert_eq!(
        caption("![x](bild.png \"Nivån [[orbit]] och [[orbit|den \\\"här\\\"]]\")\n")[1..],
        [link("Orbit & Co"), text(" och "), link("den \"här\"")]
    );
    for (written, shown) in [
        ("![x](bild.png '1. *Lista* \\[\\[a]] \\' # \"b\"')", "1. Lista [[a]] ' # \"b\""),
        ("![x](bild.png (Figur: ett \\) \\\\))", "Figur: ett ) \\"),
        ("![x][b]\n\n[b]: bild.png \"Hos [[orbit]]\"", "Hos Orbit & Co"),
        ("> ![x](bild.png \"En\n> rad\")", ""),
    ] {
        if !shown.is_empty() {
            assert_eq!(crate::document::plain_text(&caption(written)), shown);
        }
        assert_eq!(parse(written, &Names).problems, []);
    }
    let wrong = problems("Text.\n\n![x](bild.png \"Åt [[orbitt]] [[orbit\")\n\n![x](borta.png \"[[fel]]\")\n");
    assert_eq!(
        wrong,
        [
            "[[orbitt]] | det finns inget med id ”orbitt”",
            "[[ | en referens [[ saknar sitt slut ]]",
            "![x](borta.png \"[[fel]]\") | bilden ”borta.png” finns inte",
            "[[fel]] | det finns inget med id ”fel”",
        ]
    );
}

#[test]
fn what_has_a_number_stands_in_the_text_itself() {
    let source = "a[^1]\n\n- # A\n\n> ## B\n\n> [!NOTE]\n> - b\n>\n>   C\n>   ===\n\n[^1]: Not.\n\n    # D\n\n    \
            Tabell: E\n\n    | F |\n    |---|\n    | 1 |\n\n    ![x](bild.png \"G\")\n\n    | H |\n    |---|\n";
    let message = problems(source).into_iter().map(|problem| problem.replace('\n', "⏎")).collect::<Vec<_>>();
    assert_eq!(
        message,
        [
            "# A⏎ | en rubrik kan inte stå i en lista",
            "## B⏎ | en rubrik kan inte stå i ett citat",
            "C⏎>   ===⏎ | en rubrik kan inte stå i en lista",
            "# D⏎ | en rubrik kan inte stå i en fotnot",
            "| F |⏎    |---|⏎    | 1 |⏎ | en tabell i en fotnot kan inte ha en tabelltext, eftersom den inte numreras",
            "![x](bild.png \"G\") | en bild i en fotnot kan inte ha en bildtext, eftersom den inte numreras",
        ]
    );
}

#[test]
fn what_is_put_in_below_has_its_headings_in_bold() {
    let parsed = parse("> ![[rubriker]]\n\nText\n", &Names);
    assert_eq!(parsed.problems, []);
    let Block::Quote(inner) = &parsed.blocks[0] else { panic!("{:?}", parsed.blocks) };
    let line = |text: &str| Block::Paragraph(bold(vec![Inline::Text(text.to_string())]));
    let text = Block::Paragraph(vec![Inline::Text("Text".to_string())]);
    assert_eq!(*inner, [line("Två"), text, line("Tre")]);
}

/// Whatever it begins with; in a document, what came after it stood in a chapter that it had begun.
#[test]
fn a_text_of_a_key_stands_below_the_heading_that_it_is_put_in_under() {
    let levels = |parsed: Parsed| {
        let levels = parsed.blocks.into_iter().filter_map(|block| match block {
            Block::Heading(heading) => Some(heading.level),
            _ => None,
        });
        levels.collect::<Vec<_>>()
    };
    for (put_in, shown) in
        [("orbit#syfte", [1, 2, 3, 4, 2]), ("kapitel", [1, 2, 1, 2, 2]), ("rubriker", [1, 2, 3, 4, 2])]
    {
        let source = format!("# Avtal\n\n## A\n\n![[{put_in}]]\n\n## B\n");
        assert_eq!(levels(parse(&source, &Names)), shown, "{put_in}");
        assert_eq!(levels(read_carefully(&source, &Names)), shown, "{put_in}");
    }
}

/// The caption of a template's table is the template's.
#[test]
fn a_text_that_is_put_in_before_a_table_is_not_its_caption() {
    for before in ["![[orbit#tabell]]", "Tabell\\: Priser"] {
        let source = format!("# Avtal\n\n{before}\n\n| A |\n|---|\n| b |\n");
        for parsed in [parse(&source, &Names), read_carefully(&source, &Names)] {
            let [_, Block::Paragraph(_), Block::Table(table)] = &parsed.blocks[..] else {
                panic!("{:?}", parsed.blocks)
            };
            assert_eq!(table.caption, None);
        }
    }
}

#[test]
fn a_problem_is_a_part_of_its_text() {
    for letters in 0..4 {
        let source = format!("<!DOCTYPE{}{}>", "x".repeat(letters), "\u{316}🚑".repeat(50));
        let problems = parse(&source, &Names).problems;
        assert!(problems.iter().all(|problem| source.get(problem.span.clone()).is_some()), "{problems:?}");
        assert_eq!(problems.len(), 1);
    }
}

#[test]
fn depth_is_bounded() {
    let parsed = parse(&"> ".repeat(100_000), &Names);
    assert!(parsed.problems[0].message.contains("nästlad"));
    let parsed = parse(&format!("{}x{}", "*a ".repeat(20_000), "*".repeat(20_000)), &Names);
    assert!(parsed.problems.len() < 3);
}

//! Catalogues that nobody has thought of: every one that is valid is published whole, and the order of its files changes
//! nothing.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::Config;

use crate::door::{Files, Workspace};
use crate::hostile::assert_whole;

/// A text of an author: any words and signs but those that no text may hold.
fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        6 => "[a-zåäö]{1,12}",
        1 => "[A-ZÅÄÖ][a-zåäö]{2,9}",
        1 => "[!-~]{1,6}",
        // Without the one that is refused beside a letter, since it only looks like a g.
        1 => "[\u{A0}-\u{AC}\u{AE}-\u{260}\u{262}-\u{2FF}\u{2010}-\u{2027}\u{4E00}-\u{4E20}\u{1F600}-\u{1F640}]{1,4}",
    ];
    // A letter first and last, since what is only signs may be a mistake.
    prop::collection::vec(word, 0..9).prop_map(|words| format!("A {} z", words.join(" ")))
}

/// A text as Markdown that shows it as it is, in blocks of several kinds.
fn markdown() -> impl Strategy<Value = String> {
    let escaped = |text: String| {
        text.chars()
            .map(|c| if c.is_ascii_punctuation() { format!("\\{c}") } else { c.to_string() })
            .collect::<String>()
    };
    let line = text().prop_map(escaped);
    let block = (line, 0..7).prop_map(|(line, kind)| match kind {
        0 => format!("## {line}"),
        1 => format!("- {line}\n- *{line}*\n  1. **{line}**"),
        2 => format!("> {line}"),
        3 => format!("| {line} | b |\n|---|---|\n| c | {line} |"),
        4 => format!("[{line}](https://x.example/?a=1&b=2) [[kund-0]]"),
        5 => format!("```\n{line}\n```"),
        _ => line,
    });
    prop::collection::vec(block, 1..5).prop_map(|blocks| blocks.join("\n\n"))
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

/// Files under `content/`.
type Content = BTreeMap<String, String>;

fn content() -> impl Strategy<Value = Content> {
    let service = (text(), text(), markdown(), prop::option::of(0u32..1_000_000), 0u32..100);
    let offering = (0u64..10_000_000, 0u32..3, prop::option::of(1u32..50), prop_oneof!["månad", "år", "engång"]);
    let services = prop::collection::vec((service, 0usize..4), 1..6);
    (services, prop::collection::vec(offering, 1..5), markdown(), text()).prop_map(|(services, offerings, chapter, name)| {
        let mut content = Content::new();
        let catalogue = format!(
            "organisation: {}\nenhet: Enheten\nutgåva: {{år: 2027, version: \"1\", status: utkast}}\n\
             kontorstid: {{från: \"08:00\", till: \"16:45\", dagar_per_år: 260}}\n",
            quoted(&name)
        );
        content.insert("katalog.yaml".into(), catalogue);
        content.insert("kunder.yaml".into(), "- {id: kund-0, namn: Kund noll}\n- {id: kund-1, namn: Kund ett}\n".into());
        content.insert("texter/ett-kapitel.md".into(), format!("# Ett kapitel\n\n{chapter}\n"));
        let mut supporting = "namn: Stöd\nklass: teknisk\nerbjudanden:\n".to_string();
        for (at, (price, decimals, block, period)) in offerings.iter().enumerate() {
            let price = rust_decimal::Decimal::new(i64::try_from(*price).unwrap(), *decimals);
            let price = price.to_string().replace('.', ",");
            let block = block.map(|block| format!(", block: {block}")).unwrap_or_default();
            supporting.push_str(&format!(
                "  - {{suffix: S{at}, priser: [{{artikel: \"{at}\", benämning: A, pris: \"{price}\", enhet: st, per: {period}{block}}}]}}\n"
            ));
        }
        content.insert("stodjande-tjanster/stod.yaml".into(), supporting);
        for (at, ((name, summary, description, cost, share), call)) in services.into_iter().enumerate() {
            let calls = if call < offerings.len() {
                format!("ola: {{avrop: [{{erbjudande: stod.s{call}, antal: {}}}]}}\n", at + 1)
            } else {
                String::new()
            };
            let cost = cost.map(|cost| {
                let rest = 100 - share;
                format!("kostnad: {{belopp: {cost}, fördelning: [{{kund: kund-0, andel: {share}}}, {{kund: kund-1, andel: {rest}}}]}}\n")
            });
            let file = format!(
                "namn: {}\nsammanfattning: {}\nbeskrivning: {}\n{calls}{}",
                quoted(&format!("{name} {at}")),
                quoted(&summary),
                quoted(&description),
                cost.unwrap_or_default()
            );
            content.insert(format!("tjanster/tjanst-{at}.yaml"), file);
        }
        content
    })
}

/// What is published of files that are written in this order.
fn published<'a>(files: impl Iterator<Item = (&'a String, &'a String)>) -> Files {
    let mut workspace = Workspace::empty();
    for (path, text) in files {
        workspace = workspace.with(&format!("content/{path}"), text);
    }
    let run = workspace.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    workspace.output()
}

#[test]
fn every_valid_catalogue_is_published_whole_whatever_the_order_of_its_files() {
    // As few as are worth their time here; `PROPTEST_CASES` asks for more.
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(6);
    proptest!(Config { cases, failure_persistence: None, ..Config::default() }, |(content in content())| {
        let files = published(content.iter());
        assert_whole(&files);
        assert!(files.keys().any(|path| path.ends_with(".docx")));
        let again = published(content.iter().rev());
        prop_assert!(files == again, "the order of files changes {:?}", files.iter().find(|(path, bytes)| again.get(*path) != Some(bytes)).map(|(path, _)| path));
    });
}

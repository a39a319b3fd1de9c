//! What templates can do with a value, beside Tera's own filters.
//!
//! | filter | of | gives |
//! |---|---|---|
//! | `link` | an id, or something with one | a reference, shown by its name |
//! | `place` | an id, or something with one | a reference by number: `avsnitt 4.2`, in Word with its page |
//! | `document` | an id, or something with one | a reference to its own document from the template of that `name=`; empty without one |
//! | `links` | a list of such | references with commas between |
//! | `anchor` | an id | the place that references to it lead to |
//! | `id` | something with an id | after a heading: the heading describes it |
//! | `md` | a Markdown text | the text; `about=` a product puts its name in |
//! | `chapter` | the name of a file in `texter/` | its text; nothing, or a heading of `title=`, where it is not written |
//! | `entity` | an id | all that is known of it |
//! | `fill` | a plain text | the same with the name of `product=` for `{produkt}` |
//! | `kr`, `number`, `date` | a figure or a day | as written in Swedish |
//! | `below_zero` | a figure | whether it is |
//! | `capitalized` | a text | the same with a capital first |
//! | `sorted` | a list of things with names | the list in Swedish order |

use std::collections::{BTreeSet, HashMap};
use std::io::Write;
use std::sync::{Arc, PoisonError, RwLock};

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::context::{self, ById};
use super::templates::Template;
use crate::document::document_page;
use crate::model::{Date, FromText, ProductNames};
use crate::resolve::Catalog;
use crate::resolve::asked;
use crate::{templating, text, waiting};

/// The documents that `document` can refer to.
pub struct Documents<D> {
    /// The paths of all, as pages.
    pub pages: BTreeSet<String>,
    /// The templates of those that are entities' own.
    pub of_entities: D,
}

/// A Tera that escapes Markdown in what it prints, and knows the filters.
pub fn tera<'t>(catalog: &Catalog, entities: ById, documents: Documents<impl Iterator<Item = &'t Template>>) -> Tera {
    let mut tera = Tera::new();
    tera.autoescape_on(vec![".md"]);
    tera.set_escape_fn(escape_markdown);
    tera.register_filter("link", |value: Value, args: Kwargs, _: &State| {
        takes(&args, &[])?;
        go_on()?;
        Ok::<_, tera::Error>(Value::safe_string(&reference(&value)?))
    });
    tera.register_filter("place", |value: Value, args: Kwargs, _: &State| {
        takes(&args, &[])?;
        let id = id_of(&value)?;
        Ok::<_, tera::Error>(Value::safe_string(&["[[§", id, "]]"].concat()))
    });
    let named = Arc::clone(&entities);
    let Documents { pages, of_entities } = documents;
    let of_entities: Vec<String> = of_entities.map(|template| template.name.clone()).collect();
    tera.register_filter("document", move |value: Value, args: Kwargs, _: &State| {
        takes(&args, &["name"])?;
        let (id, name) = (id_of(&value)?, args.must_get::<&str>("name")?);
        if !of_entities.iter().any(|known| known == name) {
            let near = meant(name, of_entities.iter().map(String::as_str));
            return Err(templating::fault(format!("det finns ingen dokumentmall ”{name}” med for_each{near}")));
        }
        // Its title has the name of what it is about.
        if let Some(number) = number_of(&named, id) {
            asked::head(number);
        }
        let path = document_page(&format!("{name}/{id}"));
        let reference = if pages.contains(&path) { format!("[[{path}]]") } else { String::new() };
        Ok::<_, tera::Error>(Value::safe_string(&reference))
    });
    tera.register_filter("links", |values: &[Value], args: Kwargs, _: &State| {
        takes(&args, &[])?;
        go_on()?;
        let references = values.iter().map(reference).collect::<TeraResult<Vec<_>>>()?;
        Ok::<_, tera::Error>(Value::safe_string(&references.join(", ")))
    });
    tera.register_filter("anchor", |value: Value, args: Kwargs, _: &State| {
        takes(&args, &[])?;
        let id = id_of(&value)?;
        Ok::<_, tera::Error>(Value::safe_string(&["![[#", id, "]]"].concat()))
    });
    tera.register_filter("id", |value: Value, args: Kwargs, _: &State| {
        takes(&args, &[])?;
        let id = id_of(&value)?;
        Ok::<_, tera::Error>(Value::safe_string(&["{#", id, "}"].concat()))
    });
    let names: Arc<HashMap<String, ProductNames>> = Arc::new(context::all_product_names(catalog));
    let products = Arc::clone(&names);
    tera.register_filter("md", move |handle: &str, args: Kwargs, _: &State| {
        takes(&args, &["about"])?;
        let about = args.get::<&str>("about")?;
        about.map_or(Ok(()), |id| product_names(&products, id).map(drop))?;
        embed(handle, about)
    });
    let known = Arc::clone(&entities);
    tera.register_filter("entity", move |value: Value, args: Kwargs, _: &State| {
        takes(&args, &[])?;
        go_on()?;
        let id = id_of(&value)?;
        let entities = entities.read().unwrap_or_else(PoisonError::into_inner);
        let found = entities.get(id).inspect(|(number, _)| asked::value(*number));
        found
            .map(|(_, value)| value.clone())
            .ok_or_else(|| templating::fault(format_args!("det finns inget med id ”{id}”")))
    });
    let chapters: BTreeSet<String> = catalog.entities().chapters.iter().map(|chapter| chapter.id.clone()).collect();
    tera.register_filter("chapter", move |id: &str, args: Kwargs, _: &State| {
        takes(&args, &["title"])?;
        let heading = args.get::<&str>("title")?.map_or(String::new(), |title| format!("# {title}"));
        let written = chapters.contains(id).then(|| format!("![[{id}]]"));
        Ok::<_, tera::Error>(Value::safe_string(&written.unwrap_or(heading)))
    });
    tera.register_filter("fill", move |text: &str, args: Kwargs, _: &State| {
        takes(&args, &["product"])?;
        let Some(product) = args.get::<&str>("product")? else {
            return Ok::<_, tera::Error>(ProductNames::default().put_into(text));
        };
        if let Some(number) = number_of(&known, product) {
            asked::contents(number);
        }
        Ok(product_names(&names, product)?.put_into(text))
    });
    tera.register_filter("kr", |value: &str, args: Kwargs, _: &State| {
        takes(&args, &[])?;
        decimal(value).map(text::kronor)
    });
    tera.register_filter("number", |value: Value, args: Kwargs, _: &State| {
        takes(&args, &[])?;
        decimal(&printed(&value)).map(text::number)
    });
    tera.register_filter("date", |value: &str, args: Kwargs, _: &State| {
        takes(&args, &["to"])?;
        let day = |value: &str| Date::from_text(value).map_err(|(message, _)| templating::fault(message));
        let from = day(value)?;
        Ok::<_, tera::Error>(match args.get::<&str>("to")? {
            Some(to) => text::period(from, day(to)?),
            None => text::date(from),
        })
    });
    tera.register_filter("below_zero", |value: &str, args: Kwargs, _: &State| {
        takes(&args, &[])?;
        decimal(value).map(|value| value < Decimal::ZERO)
    });
    tera.register_filter("capitalized", |value: &str, args: Kwargs, _: &State| {
        takes(&args, &[])?;
        Ok::<_, tera::Error>(text::capitalized(value))
    });
    let keys = SortKeys::default();
    tera.register_filter("sorted", move |values: &[Value], args: Kwargs, _: &State| {
        takes(&args, &[])?;
        Ok::<_, tera::Error>(keys.sorted(values))
    });
    tera
}

/// Fails where an argument is given that the filter does not take: without a word it would count for nothing.
fn takes(args: &Kwargs, known: &[&str]) -> TeraResult<()> {
    let mut given = args.iter().map(|(name, _)| name.as_str().unwrap_or_default());
    given.find(|name| !known.contains(name)).map_or(Ok(()), |name| {
        Err(templating::fault(format!("”{name}” är inget som filtret tar emot{}", meant(name, known.iter().copied()))))
    })
}

/// The names of a product; fails where there is none by that id.
fn product_names<'n>(names: &'n HashMap<String, ProductNames>, id: &str) -> TeraResult<&'n ProductNames> {
    names.get(id).ok_or_else(|| {
        let near = meant(id, names.keys().map(String::as_str));
        templating::fault(format!("det finns ingen produkt med id ”{id}”{near}"))
    })
}

/// What was meant, to end a message with; without a near word, nothing.
fn meant<'k>(word: &str, known: impl Iterator<Item = &'k str>) -> String {
    text::did_you_mean(word, known).map_or(String::new(), |near| format!("; menade du ”{near}”?"))
}

/// By what names are put in order. The same names stand in many lists, and to make a key takes longer than to find it.
#[derive(Default)]
struct SortKeys(RwLock<FxHashMap<String, Vec<u8>>>);

impl SortKeys {
    /// Things in the Swedish order of their names; those that are called alike stay as they stand.
    fn sorted(&self, values: &[Value]) -> Vec<Value> {
        let named: Vec<(&str, &Value)> = values.iter().map(|value| (name_of(value), value)).collect();
        self.make_for(&named);
        let keys = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let mut keyed: Vec<(&[u8], &Value)> = named.iter().map(|(name, value)| (&*keys[*name], *value)).collect();
        keyed.sort_by_key(|(key, _)| *key);
        keyed.into_iter().map(|(_, value)| value.clone()).collect()
    }

    /// Makes the keys that there are none of.
    fn make_for(&self, named: &[(&str, &Value)]) {
        let made: Vec<(String, Vec<u8>)> = {
            let keys = self.0.read().unwrap_or_else(PoisonError::into_inner);
            let new = named.iter().filter(|(name, _)| !keys.contains_key(*name));
            new.map(|(name, _)| (name.to_string(), text::sort_key(name))).collect()
        };
        if !made.is_empty() {
            self.0.write().unwrap_or_else(PoisonError::into_inner).extend(made);
        }
    }
}

/// Every sign that Markdown could read as markup gets a backslash; a text never leaves its line. Where a text stands is
/// not known: a sign goes without only if no place makes markup of it, which spares the parser most of its pieces.
fn escape_markdown(text: &str, out: &mut dyn Write) -> std::io::Result<()> {
    let bytes = text.as_bytes();
    // What begins a line as a list or a rule does has no letter before it, nor any figure but those of a list's number.
    let (mut has_figure, mut has_letter) = (false, false);
    let mut written = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escape: &[u8] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' => {
                has_letter = true;
                continue;
            }
            b'0'..=b'9' => {
                has_figure = true;
                continue;
            }
            b',' | b'-' | b'/' | b'%' | b'?' if has_letter || has_figure => continue,
            b'.' if has_letter => continue,
            // Of an address the scheme ends so, and of a table's caption the first word.
            b':' if has_letter && bytes.get(at + 1) == Some(&b' ') && !text[..at].ends_with("Tabell") => continue,
            b'\n' | b'\r' | b'\t' => b" ",
            _ if byte.is_ascii_punctuation() => b"\\",
            _ => continue,
        };
        out.write_all(&bytes[written..at])?;
        out.write_all(escape)?;
        // A space stands for the sign, a backslash before it.
        written = if escape == b" " { at + 1 } else { at };
    }
    out.write_all(&bytes[written..])
}

/// Fails where the page or document is to be given up. The filters that templates use most ask.
fn go_on() -> TeraResult<()> {
    match waiting::is_to_be_given_up() {
        true => Err(templating::fault("det har avbrutits")),
        false => Ok(()),
    }
}

/// The number of the entity that an id belongs to.
fn number_of(entities: &ById, id: &str) -> Option<u32> {
    let entities = entities.read().unwrap_or_else(PoisonError::into_inner);
    entities.get(id).map(|(number, _)| *number)
}

fn printed(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_string)
}

fn decimal(text: &str) -> TeraResult<Decimal> {
    text.parse().map_err(|_| templating::fault(format!("”{text}” är inget tal")))
}

fn id_of(value: &Value) -> TeraResult<&str> {
    let id = value.as_str().or_else(|| value.get_from_path("id").and_then(|id| id.as_str()));
    let id = id.ok_or_else(|| templating::fault("här behövs ett id, eller något som har ett"))?;
    // Ids come from the catalogue; this keeps any other text from passing as markup.
    if id.is_empty() || !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.')) {
        return Err(templating::fault(format!("”{id}” är inget id")));
    }
    Ok(id)
}

fn reference(value: &Value) -> TeraResult<String> {
    id_of(value).map(|id| ["[[", id, "]]"].concat())
}

/// A handle of a parsed text passes as markup; any other text is refused.
fn embed(handle: &str, about: Option<&str>) -> TeraResult<Value> {
    let inner = handle.strip_prefix("![[").and_then(|rest| rest.strip_suffix("]]"));
    let inner = inner.filter(|inner| !inner.contains(['[', ']', '|', '\n']));
    let inner =
        inner.ok_or_else(|| templating::fault(format!("”{handle}” är ingen Markdown-text; skriv utan | md")))?;
    Ok(Value::safe_string(&match about {
        // The backslash keeps the bar from ending a table's cell, and is read away with it.
        Some(id) => format!("![[{inner}\\|{id}]]"),
        None => format!("![[{inner}]]"),
    }))
}

fn name_of(value: &Value) -> &str {
    value.get_from_path("name").and_then(|name| name.as_str()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use proptest::prelude::*;

    use super::super::object::object;
    use super::*;
    use crate::document::{Block, plain_text};
    use crate::markdown::{Lookup, parse};
    use crate::text::NO_BREAK_SPACE;

    struct Nothing;

    impl Lookup for Nothing {
        fn name(&self, _: &str) -> Result<Cow<'_, str>, Option<String>> {
            Ok("Orbit".into())
        }

        fn text(&self, _: &str, _: Option<&str>) -> Option<Cow<'_, [Block]>> {
            None
        }

        fn check_picture(&self, _: &str) -> Result<(), Option<String>> {
            Ok(())
        }

        fn check_figure(&self, _: &str) -> Result<(), Option<String>> {
            Ok(())
        }
    }

    fn escaped(text: &str) -> String {
        let mut out = Vec::new();
        escape_markdown(text, &mut out).expect("a list takes all bytes");
        String::from_utf8(out).expect("whole characters are written")
    }

    /// With a backslash before every sign that can have one.
    fn escaped_everywhere(text: &str) -> String {
        let sign = |c: char| match c {
            '\n' | '\r' | '\t' => " ".to_string(),
            c if c.is_ascii_punctuation() => format!("\\{c}"),
            c => c.to_string(),
        };
        text.chars().map(sign).collect()
    }

    /// Where templates put what they print.
    const PLACES: [&str; 26] = [
        "{}",
        "Text {} text",
        "Före.\n{}\nefter",
        "Före.\n\n{}\n\nefter",
        "Före. \n{}",
        "# {}\n\nText",
        "## {} {#orbit .liggande}",
        "{}\n===\n",
        "{}\n---\n",
        "**{}**",
        "*{}*: **{}**, ~~{}~~",
        "| A | B |\n|---|---|\n| {} | **{}** |\n| {}{} | x |",
        "A | B\n{}\n{} | b",
        "| {} |\n|---|\n| x |\n{}",
        "- {}\n- x: {}\n  {}\n1. {}\n{}",
        "> {}\n> {}\n\n> [!NOTE]\n> {}",
        "Tabell: {} {#t}\n\n| {} |\n|---|\n| a |",
        "{}\n\n| {} |\n|---|\n| a |",
        "Tabell: Om {}\n\n| [{}](https://x.se) |\n|---|\n| a |",
        "[[orbit|{}]] {} [[orbit]]",
        "[{}](https://x.se/{}) [{}]{} ({}) !{}",
        "![{}](bild.png \"{}\")",
        "![](figur:kedja/orbit \"Kedjan kring {}\")",
        "Not[^1] {}.\n\n[^1]: {}",
        "{}: {}, {} ({}) – {}/{}",
        "  {}\n\n- x\n\n  {}",
    ];

    /// Words, figures and whatever could be markup, at the beginning, at the end and between. No spaces come first: they
    /// could make code, which shows every backslash.
    fn texts() -> impl Strategy<Value = String> {
        let pieces = prop_oneof![
            3 => "[ -~]{1,3}",
            3 => prop::sample::select(vec!["a", "Ö", "orbit", "1", "12", "2027", "²", "٣", "–", "”", "\u{a0}", "日", "e\u{301}"])
                .prop_map(str::to_string),
            3 => prop::sample::select(vec![" ", "  ", "    ", "\n", "\t", "- ", ". ", ") ", ": ", ":", "-", "--", ".", "/", "%", "?", ","])
                .prop_map(str::to_string),
            1 => prop::sample::select(vec![
                "https://x.se", "a@b.se", "&amp;", "&#65;", "<b>", "</b>", "<!--", "-->", "[[orbit]]", "![", "](", "[^1]", "{#a}",
                "|---|", ":-:", "===", "***", "~~", "``", "Tabell:", "1. ", "#", "C#", "$x$", "^2^", "\\",
            ])
            .prop_map(str::to_string),
        ];
        prop::collection::vec(pieces, 0..8).prop_map(|pieces| pieces.concat().trim_start().to_string())
    }

    #[test]
    fn things_are_sorted_by_swedish_names_and_those_alike_stay_as_they_stand() {
        let thing = |(name, id): &(&str, &str)| object! {"name": name, "id": id};
        let things = [("örat", "1"), ("ära", "2"), ("Åre", "3"), ("zon", "4"), ("ära", "0"), ("", "6")];
        let things: Vec<Value> = things.iter().map(thing).collect();
        let ids = |values: Vec<Value>| values.iter().map(|v| id_of(v).unwrap().to_string()).collect::<String>();
        let keys = SortKeys::default();
        assert_eq!(ids(keys.sorted(&things[..2])), "21");
        for _ in 0..2 {
            assert_eq!(ids(keys.sorted(&things)), "643201", "by the keys that are there, too");
        }
    }

    #[test]
    fn figures_are_kept_together_in_a_line_of_nothing_else_too() {
        for (text, read) in [("Text 1 % text", "Text 1\u{a0}% text"), ("Väger 5 000 kg", "Väger 5\u{a0}000 kg")] {
            for source in [text.to_string(), escaped_everywhere(text)] {
                let blocks = parse(&source, &Nothing).blocks;
                assert!(matches!(&blocks[..], [Block::Paragraph(found)] if plain_text(found) == read), "{blocks:?}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_printed_text_is_read_as_if_every_sign_were_escaped(text in texts(), other in texts()) {
            for place in PLACES {
                let (mut spared, mut whole) = (place.to_string(), place.to_string());
                for text in [&text, &other].into_iter().cycle().take(place.matches("{}").count()) {
                    spared = spared.replacen("{}", &escaped(text), 1);
                    whole = whole.replacen("{}", &escaped_everywhere(text), 1);
                }
                let (spared, whole) = (parse(&spared, &Nothing), parse(&whole, &Nothing));
                prop_assert_eq!(spared.blocks, whole.blocks, "{} in {}", text, place);
                let messages = |problems: Vec<crate::markdown::Problem>| problems.into_iter().map(|p| p.message).collect::<Vec<_>>();
                prop_assert_eq!(messages(spared.problems), messages(whole.problems), "{} in {}", text, place);
            }
        }

        #[test]
        fn a_printed_text_comes_back_as_it_was(text in texts()) {
            // Figures are kept together by spaces of another kind.
            let wanted = text.replace(['\n', '\t', NO_BREAK_SPACE], " ");
            let read = |source: String| match parse(&source, &Nothing).blocks.pop() {
                Some(Block::Paragraph(text)) => plain_text(&text),
                Some(Block::Heading(heading)) => plain_text(&heading.text),
                Some(Block::Table(table)) => plain_text(&table.rows[0][0]),
                other => format!("{other:?}"),
            }
            .replace(NO_BREAK_SPACE, " ");
            prop_assert_eq!(read(format!("Ord{}ord", escaped(&text))), format!("Ord{wanted}ord"));
            let wanted = wanted.trim();
            if !wanted.is_empty() {
                let text = escaped(wanted);
                for source in [format!("Före.\n\n{text}"), format!("# {text}"), format!("| A |\n|---|\n| {text} |")] {
                    prop_assert_eq!(read(source), wanted);
                }
                let captioned = parse(&format!("{text}\n\nTabell: {text}\n\n| A |\n|---|\n| a |"), &Nothing).blocks;
                let [Block::Paragraph(before), Block::Table(table)] = &captioned[..] else { panic!("{captioned:?}") };
                let caption = table.caption.as_ref().unwrap();
                for read in [before, &caption.text] {
                    prop_assert_eq!(plain_text(read).replace(NO_BREAK_SPACE, " "), wanted);
                }
                prop_assert_eq!(&caption.id, "");
                if wanted.starts_with(char::is_alphanumeric) && wanted.ends_with(char::is_alphanumeric) {
                    prop_assert_eq!(read(format!("**{text}**")), wanted);
                }
            }
        }
    }

    #[test]
    fn few_signs_need_a_backslash_within_a_text() {
        assert_eq!(escaped("Drift, stöd/råd 24-7: 99.5 % av 1.5?"), "Drift, stöd/råd 24-7: 99.5 % av 1.5?");
        assert_eq!(escaped("1. a\n- b"), "1\\. a - b");
        assert_eq!(escaped("- a:b *c* [[d]]"), "\\- a\\:b \\*c\\* \\[\\[d\\]\\]");
    }
}

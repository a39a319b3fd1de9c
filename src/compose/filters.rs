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

use rust_decimal::Decimal;
use tera::{Kwargs, State, Tera, TeraResult, Value};

use super::context;
use crate::document::document_page;
use crate::model::{Date, FromText, ProductNames};
use crate::resolve::Catalog;
use crate::text;

/// A Tera that escapes Markdown in what it prints, and knows the filters.
pub fn tera(catalog: &Catalog, entities: HashMap<String, Value>, documents: BTreeSet<String>) -> Tera {
    let mut tera = Tera::new();
    tera.autoescape_on(vec![".md"]);
    tera.set_escape_fn(escape_markdown);
    tera.register_filter("link", |value: Value, _: Kwargs, _: &State| {
        Ok::<_, tera::Error>(Value::safe_string(&reference(&value)?))
    });
    tera.register_filter("place", |value: Value, _: Kwargs, _: &State| {
        let id = id_of(&value)?;
        Ok::<_, tera::Error>(Value::safe_string(&format!("[[§{id}]]")))
    });
    tera.register_filter("document", move |value: Value, args: Kwargs, _: &State| {
        let path = document_page(&format!("{}/{}", args.must_get::<&str>("name")?, id_of(&value)?));
        let reference = if documents.contains(&path) { format!("[[{path}]]") } else { String::new() };
        Ok::<_, tera::Error>(Value::safe_string(&reference))
    });
    tera.register_filter("links", |values: &[Value], _: Kwargs, _: &State| {
        let references = values.iter().map(reference).collect::<TeraResult<Vec<_>>>()?;
        Ok::<_, tera::Error>(Value::safe_string(&references.join(", ")))
    });
    tera.register_filter("anchor", |value: Value, _: Kwargs, _: &State| {
        let id = id_of(&value)?;
        Ok::<_, tera::Error>(Value::safe_string(&format!("![[#{id}]]")))
    });
    tera.register_filter("id", |value: Value, _: Kwargs, _: &State| {
        let id = id_of(&value)?;
        Ok::<_, tera::Error>(Value::safe_string(&format!("{{#{id}}}")))
    });
    tera.register_filter("md", |handle: &str, args: Kwargs, _: &State| {
        let about = args.get::<&str>("about")?;
        embed(handle, about)
    });
    tera.register_filter("entity", move |value: Value, _: Kwargs, _: &State| {
        let id = id_of(&value)?;
        entities.get(&id).cloned().ok_or_else(|| tera::Error::message(format!("det finns inget med id ”{id}”")))
    });
    let names: HashMap<String, ProductNames> = context::all_product_names(catalog);
    let chapters: BTreeSet<String> = catalog.entities.chapters.iter().map(|chapter| chapter.id.clone()).collect();
    tera.register_filter("chapter", move |id: &str, args: Kwargs, _: &State| {
        let heading = args.get::<&str>("title")?.map_or(String::new(), |title| format!("# {title}"));
        let written = chapters.contains(id).then(|| format!("![[{id}]]"));
        Ok::<_, tera::Error>(Value::safe_string(&written.unwrap_or(heading)))
    });
    tera.register_filter("fill", move |text: &str, args: Kwargs, _: &State| {
        let names = args.get::<&str>("product")?.and_then(|id| names.get(id)).cloned().unwrap_or_default();
        Ok::<_, tera::Error>(names.put_into(text))
    });
    tera.register_filter("kr", |value: &str, _: Kwargs, _: &State| decimal(value).map(text::kronor));
    tera.register_filter("number", |value: Value, _: Kwargs, _: &State| decimal(&printed(&value)).map(text::number));
    tera.register_filter("date", |value: &str, _: Kwargs, _: &State| {
        Date::from_text(value).map(text::date).map_err(|(message, _)| tera::Error::message(message))
    });
    tera.register_filter("below_zero", |value: &str, _: Kwargs, _: &State| {
        decimal(value).map(|value| value < Decimal::ZERO)
    });
    tera.register_filter("capitalized", |value: &str, _: Kwargs, _: &State| text::capitalized(value));
    tera.register_filter("sorted", |values: &[Value], _: Kwargs, _: &State| {
        let mut values = values.to_vec();
        values.sort_by(|a, b| text::compare(name_of(a), name_of(b)));
        values
    });
    tera
}

/// Every sign that Markdown could read as markup gets a backslash; a text never leaves its line.
fn escape_markdown(text: &str, out: &mut dyn Write) -> std::io::Result<()> {
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' => out.write_all(b" ")?,
            c if c.is_ascii_punctuation() => write!(out, "\\{c}")?,
            c => write!(out, "{c}")?,
        }
    }
    Ok(())
}

fn printed(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_string)
}

fn decimal(text: &str) -> TeraResult<Decimal> {
    text.parse().map_err(|_| tera::Error::message(format!("”{text}” är inget tal")))
}

fn id_of(value: &Value) -> TeraResult<String> {
    let id = value.as_str().or_else(|| value.get_from_path("id").and_then(|id| id.as_str()));
    let id = id.ok_or_else(|| tera::Error::message("här behövs ett id, eller något som har ett"))?;
    // Ids come from the catalogue; this keeps any other text from passing as markup.
    if id.is_empty() || !id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.')) {
        return Err(tera::Error::message(format!("”{id}” är inget id")));
    }
    Ok(id.to_string())
}

fn reference(value: &Value) -> TeraResult<String> {
    id_of(value).map(|id| format!("[[{id}]]"))
}

/// A handle of a parsed text passes as markup; any other text is refused.
fn embed(handle: &str, about: Option<&str>) -> TeraResult<Value> {
    let inner = handle.strip_prefix("![[").and_then(|rest| rest.strip_suffix("]]"));
    let inner = inner.filter(|inner| !inner.contains(['[', ']', '|', '\n']));
    let inner =
        inner.ok_or_else(|| tera::Error::message(format!("”{handle}” är ingen Markdown-text; skriv utan | md")))?;
    Ok(Value::safe_string(&match about {
        // The backslash keeps the bar from ending a table's cell, and is read away with it.
        Some(id) => format!("![[{inner}\\|{id}]]"),
        None => format!("![[{inner}]]"),
    }))
}

fn name_of(value: &Value) -> &str {
    value.get_from_path("name").and_then(|name| name.as_str()).unwrap_or_default()
}

//! What the template engine makes of a template, and what it says is wrong with one, as its author is told.

mod bounds;

use std::io::{self, Write};

use tera::{Context, ErrorKind, Tera};

/// The most that a template may give, in bytes, beside what it is given to put in, and for each entity: a document of
/// 10 000 services is 84 MB. A template that never ends meets it before the memory does.
const LARGEST: usize = 256_000_000;
const LARGEST_OF_AN_ENTITY: usize = 64_000;

/// Stands before what our own filters say, which needs no other words around it.
const OWN: char = '\u{1}';

/// How many bytes a template may give that is given so many to put in, of so many entities.
pub fn room(given: usize, entities: usize) -> usize {
    entities.saturating_mul(LARGEST_OF_AN_ENTITY).saturating_add(given).saturating_add(LARGEST)
}

/// Has the engine read templates, given by name and text.
pub fn read(tera: &mut Tera, sources: &[(&str, &str)]) -> Result<(), Told> {
    match bounds::too_much(sources) {
        Some(told) => Err(told),
        None => tera.add_raw_templates(sources.iter().copied()).map_err(|error| told(&error)),
    }
}

/// What a template gives with these values, and fails where that is more than so many bytes.
pub fn rendered(tera: &Tera, name: &str, context: &Context, most: usize) -> Result<String, tera::Error> {
    let mut out = Limited { bytes: Vec::new(), most };
    tera.render_to(name, context, &mut out)?;
    Ok(String::from_utf8(out.bytes)?)
}

/// Takes no more than so many bytes.
struct Limited {
    bytes: Vec<u8>,
    most: usize,
}

impl Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.len() > self.most - self.bytes.len() {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// An error of a filter of ours, in Swedish.
pub fn fault(message: impl std::fmt::Display) -> tera::Error {
    tera::Error::message(format!("{OWN}{message}"))
}

/// What is wrong with a template.
#[derive(Debug, PartialEq, Eq)]
pub struct Told {
    /// Where, as `name:line:column`: the first of these that there is.
    pub at: Vec<String>,
    /// What, to stand after a colon.
    pub reason: String,
    /// What to do about it.
    pub help: &'static str,
}

/// What an error of the engine says.
pub fn told(error: &tera::Error) -> Told {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        text.push_str(&format!("\n{cause}"));
        source = cause.source();
    }
    let mut at: Vec<String> =
        text.lines().filter_map(|line| line.trim().strip_prefix("--> ")).map(str::to_string).collect();
    let (ErrorKind::CircularExtend { tpl: name, .. }
    | ErrorKind::CircularInclude { tpl: name, .. }
    | ErrorKind::MissingParent { current: name, .. }) = error.kind()
    else {
        return of_words(error.kind(), &text, at);
    };
    at.push(format!("{name}:1:1"));
    of_words(error.kind(), &text, at)
}

fn of_words(kind: &ErrorKind, text: &str, at: Vec<String>) -> Told {
    let mut reasons = text.lines().filter_map(|line| line.strip_prefix("error: "));
    let said = reasons.next().or(text.lines().last()).unwrap_or_default();
    if let Some(own) = said.strip_prefix(OWN) {
        return Told { at, reason: own.to_string(), help: "rätta mallen vid det ställe som pekas ut" };
    }
    let (reason, help) = match kind {
        ErrorKind::Io(io::ErrorKind::FileTooLarge) => {
            let (in_all, of_each) = (LARGEST / 1_000_000, LARGEST_OF_AN_ENTITY / 1_000);
            let reason = format!("den ger mer än {in_all} MB, och {of_each} kB till för varje sak i katalogen");
            return Told { at, reason, help: "kontrollera att det som upprepas i mallen tar slut" };
        }
        ErrorKind::CircularExtend { .. } | ErrorKind::CircularInclude { .. } => {
            ("den tar in sig själv, kanske genom andra mallar", "ta bort den include eller extends som går runt")
        }
        ErrorKind::MissingParent { .. } | ErrorKind::TemplateNotFound(_) => {
            ("mallen som den bygger på finns inte", "rätta namnet, eller lägg till mallen i samma mapp")
        }
        ErrorKind::RenderingError(_) if said.contains("defined") => (
            "något som den frågar efter finns inte",
            "rätta namnet; det som kan saknas behöver ett {% if … %} omkring sig",
        ),
        ErrorKind::RenderingError(_) => {
            ("ett uttryck går inte att räkna ut", "rätta uttrycket vid det ställe som pekas ut")
        }
        _ => (
            "den följer inte mallspråket Tera",
            "kontrollera att taggar, citattecken och parenteser är stängda, att if, for och block har sitt slut, och att \
             filter och mallar som nämns finns",
        ),
    };
    Told { at, reason: format!("{reason} (Tera: {said})"), help }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_gives_no_more_than_there_is_room_for() {
        let mut out = Limited { bytes: Vec::new(), most: 4 };
        out.write_all(b"abcd").unwrap();
        assert_eq!(out.write_all(b"e").unwrap_err().kind(), io::ErrorKind::FileTooLarge);
        let told = told(&tera::Error::from(io::Error::from(io::ErrorKind::FileTooLarge)));
        assert_eq!(told.reason, "den ger mer än 256 MB, och 64 kB till för varje sak i katalogen");
    }

    #[test]
    fn what_the_engine_says_is_told_in_swedish() {
        let of = |text: &str| {
            let mut tera = Tera::default();
            tera.register_filter("eget", |_: &str, _: tera::Kwargs, _: &tera::State| -> tera::TeraResult<String> {
                Err(fault("”x” är inget id"))
            });
            let read = tera.add_raw_template("a.md", text);
            let error = read.and_then(|()| rendered(&tera, "a.md", &Context::new(), LARGEST).map(drop)).unwrap_err();
            let told = told(&error);
            (told.at.first().cloned().unwrap_or_default(), told.reason)
        };
        assert_eq!(of("{{ 'x' | eget }}"), ("a.md:1:10".into(), "”x” är inget id".into()));
        let (at, reason) = of("a\n{{ saknas }}");
        assert_eq!(at, "a.md:2:4");
        assert!(reason.starts_with("något som den frågar efter finns inte (Tera: "), "{reason}");
        let (at, reason) = of("{% if x %}");
        assert!(at.starts_with("a.md:1:"), "{at}");
        assert_eq!(reason, "den följer inte mallspråket Tera (Tera: Unexpected end of input)");
        assert!(of("{{ 1 / 0 }}").1.starts_with("ett uttryck går inte att räkna ut (Tera: "));
        let (at, reason) = of("{% extends \"b.md\" %}");
        assert_eq!(at, "a.md:1:1");
        assert!(reason.starts_with("mallen som den bygger på finns inte (Tera: "), "{reason}");
        let (_, reason) = of("{% include \"a.md\" %}");
        assert!(reason.starts_with("den tar in sig själv"), "{reason}");
    }
}

//! Markdown to the tree: no text breaks it, and every problem has a place in the text.
#![no_main]

use std::borrow::Cow;

use katalog::document::Block;
use katalog::markdown::{Lookup, parse, portable};
use libfuzzer_sys::fuzz_target;

struct Names;

impl Lookup for Names {
    fn name(&self, id: &str) -> Result<Cow<'_, str>, Option<String>> {
        if id.len() == 1 { Ok("Namnet".into()) } else { Err(None) }
    }

    fn text(&self, handle: &str, _: Option<&str>) -> Option<Cow<'_, [Block]>> {
        (handle == "t").then(|| Cow::Owned(parse("Ett.\n\n- två\n\n## Tre\n", self).blocks))
    }

    fn check_picture(&self, name: &str) -> Result<(), Option<String>> {
        if name == "b.png" { Ok(()) } else { Err(None) }
    }

    fn check_figure(&self, _: &str) -> Result<(), Option<String>> {
        Ok(())
    }
}

fuzz_target!(|text: &str| {
    let parsed = parse(text, &Names);
    for problem in parsed.problems {
        assert!(text.get(problem.span.clone()).is_some(), "{:?} is no part of {text:?}", problem.span);
    }
    portable(text, &|_| String::from("x"));
});

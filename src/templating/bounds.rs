//! How far templates may take in each other. The engine follows them on its own stack, where nothing catches it: what would
//! overflow is found in their texts before it reads them.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::Told;

/// The most of templates, blocks and components that may be within each other: what a stack of 2 MB has room for in a build
/// that is not optimised, where each takes 75 kB. Those that are built in have three.
const DEEPEST: usize = 25;
/// As deep as the engine lets components be within each other, whatever they say.
const DEEPEST_COMPONENTS: usize = 20;
/// The most branches that a condition may have after its first, with those of the conditions around it: the engine has each
/// within the one before.
const MOST_BRANCHES: usize = 100;
/// How deep what goes round is.
const ROUND: usize = usize::MAX;

/// What is wrong with templates, given by name and text, that would be too much for the engine's stack.
pub fn too_much(sources: &[(&str, &str)]) -> Option<Told> {
    let sources: Vec<Source<'_>> = sources.iter().map(|(name, text)| Source::of(name, text)).collect();
    sources.iter().find_map(too_many_branches).or_else(|| too_deep(&sources))
}

/// A template, read for what it takes in.
struct Source<'s> {
    name: &'s str,
    text: &'s str,
    /// What stands between `{%` and `%}`, and where.
    statements: Vec<(usize, &'s str)>,
}

impl<'s> Source<'s> {
    fn of(name: &'s str, text: &'s str) -> Source<'s> {
        Source { name, text, statements: statements(text).collect() }
    }

    /// What the statements of that kind say.
    fn says(&self, statement: &'static str) -> impl Iterator<Item = &'s str> {
        self.statements.iter().map(|(_, tag)| *tag).filter(move |tag| word(tag) == statement)
    }
}

fn too_many_branches(Source { name, text, statements }: &Source<'_>) -> Option<Told> {
    let mut open: Vec<usize> = Vec::new();
    let (at, _) = *statements.iter().find(|(_, tag)| {
        match word(tag) {
            "if" => open.push(0),
            "endif" => _ = open.pop(),
            "elif" => open.last_mut().into_iter().for_each(|branches| *branches += 1),
            _ => return false,
        }
        open.iter().sum::<usize>() > MOST_BRANCHES
    })?;
    let (line, column) = (text[..at].matches('\n').count() + 1, text[..at].rsplit('\n').next()?.chars().count() + 1);
    Some(Told {
        at: vec![format!("{name}:{line}:{column}")],
        reason: format!("villkoret har fler än {MOST_BRANCHES} elif"),
        help: "dela upp villkoret, eller jämför på något annat sätt",
    })
}

fn too_deep(sources: &[Source<'_>]) -> Option<Told> {
    let calls = Calls::of(sources);
    let mut known = FxHashMap::default();
    let depths = sources.iter().map(|source| (source.name, calls.depth(source.name, 0, &mut Vec::new(), &mut known)));
    let deep: Vec<_> = depths.filter(|(_, depth)| *depth > DEEPEST).collect();
    let (name, depth) = deep.iter().find(|(_, depth)| *depth == ROUND).or(deep.first())?;
    let at = vec![format!("{name}:1:1")];
    Some(match *depth {
        ROUND => Told {
            at,
            reason: "det som den tar in leder tillbaka till sig självt".to_string(),
            help: "ta bort den include, extends eller block som går runt",
        },
        _ => Told {
            at,
            reason: format!("mallar, block och komponenter tar där in varandra i mer än {DEEPEST} led"),
            help: "låt mallarna ta in varandra i färre led (include, extends, block och komponenter)",
        },
    })
}

/// What each template takes in.
struct Calls<'s> {
    of: FxHashMap<&'s str, Taken<'s>>,
}

struct Taken<'s> {
    /// Templates that it includes.
    templates: BTreeSet<&'s str>,
    /// The template that it extends.
    parent: Option<&'s str>,
    /// Templates that have a component which it uses.
    components: BTreeSet<&'s str>,
    /// How deep it is by itself.
    own: usize,
}

impl<'s> Calls<'s> {
    fn of(sources: &[Source<'s>]) -> Calls<'s> {
        let by_name: FxHashMap<&str, &Source<'s>> = sources.iter().map(|source| (source.name, source)).collect();
        let mut components: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
        let mut within: FxHashMap<&str, BTreeSet<&str>> = FxHashMap::default();
        for source in sources {
            let mut open: Vec<&str> = Vec::new();
            for (_, tag) in &source.statements {
                match word(tag) {
                    "component" => components.entry(name_in(after(tag))).or_default().push(source.name),
                    "block" => {
                        let block = name_in(after(tag));
                        within.entry(block).or_default();
                        if let Some(outer) = open.last() {
                            within.entry(outer).or_default().insert(block);
                        }
                        open.push(block);
                    }
                    "endblock" => _ = open.pop(),
                    _ => {}
                }
            }
        }
        let mut known = FxHashMap::default();
        let blocks = within.keys().map(|block| levels(block, &within, &mut Vec::new(), &mut known));
        let blocks = blocks.max().unwrap_or_default();
        let taken = |source: &Source<'s>| {
            let named = |statement| source.says(statement).filter_map(|tag| named_in(tag, &by_name)).map(|it| it.name);
            let used = source.text.split('<').skip(1).filter_map(|used| components.get(name_in(used)));
            // A block may show what each template that its own is built on has in its place.
            let has_blocks = source.says("block").chain(source.says("extends")).next().is_some();
            let own =
                if has_blocks { blocks.saturating_mul(1 + ancestors(source, &by_name)).saturating_add(1) } else { 1 };
            let (templates, parent) = (named("include").collect(), named("extends").next());
            (source.name, Taken { templates, parent, components: used.flatten().copied().collect(), own })
        };
        Calls { of: sources.iter().map(taken).collect() }
    }

    /// How deep a template goes that is within others, and within so many components. No more is looked at than what tells
    /// that it is too deep.
    fn depth<'c>(
        &'c self,
        name: &'c str,
        components: usize,
        outer: &mut Vec<&'c str>,
        known: &mut FxHashMap<(&'c str, usize), usize>,
    ) -> usize {
        if outer.contains(&name) {
            return ROUND;
        }
        if let Some(depth) = known.get(&(name, components)) {
            return *depth;
        }
        if outer.len() > DEEPEST {
            return outer.len();
        }
        let taken = &self.of[name];
        let mut deepest = 0;
        outer.push(name);
        for inner in &taken.templates {
            deepest = deepest.max(self.depth(inner, components, outer, known));
        }
        if let Some(parent) = taken.parent {
            // What is in its place is part of the template's own.
            let depth = self.depth(parent, components, outer, known);
            deepest = deepest.max(if depth == ROUND { ROUND } else { depth.saturating_sub(self.of[parent].own) });
        }
        outer.pop();
        for inner in taken.components.iter().filter(|_| components < DEEPEST_COMPONENTS) {
            deepest = deepest.max(self.depth(inner, components + 1, &mut Vec::new(), known));
        }
        let depth = deepest.saturating_add(taken.own);
        known.insert((name, components), depth);
        depth
    }
}

/// How many blocks are within each other from one of this name on, in whatever templates.
fn levels<'s>(
    block: &'s str,
    within: &FxHashMap<&'s str, BTreeSet<&'s str>>,
    outer: &mut Vec<&'s str>,
    known: &mut FxHashMap<&'s str, usize>,
) -> usize {
    if outer.contains(&block) {
        return ROUND;
    }
    if let Some(levels) = known.get(block) {
        return *levels;
    }
    if outer.len() > DEEPEST {
        return DEEPEST;
    }
    outer.push(block);
    let inner = within[block].iter().map(|inner| levels(inner, within, outer, known)).max();
    outer.pop();
    let levels = inner.unwrap_or_default().saturating_add(1);
    known.insert(block, levels);
    levels
}

/// The template that a statement names first.
fn named_in<'s, 'r>(tag: &str, by_name: &FxHashMap<&'s str, &'r Source<'s>>) -> Option<&'r Source<'s>> {
    let rest = after(tag);
    let quote = rest.chars().next()?;
    // The engine knows a few escapes, none of which is in the name of a template.
    let name = rest[quote.len_utf8()..].split(quote).next()?.replace('\\', "");
    by_name.get(name.as_str()).copied()
}

/// How many templates one is built on, as far as anyone needs to know.
fn ancestors<'s>(source: &Source<'s>, by_name: &FxHashMap<&'s str, &Source<'s>>) -> usize {
    let parent = |source: &&Source<'s>| named_in(source.says("extends").next()?, by_name);
    std::iter::successors(Some(source), parent).skip(1).take(DEEPEST).count()
}

/// What stands in a template between `{%` and `%}`, and where.
fn statements(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_statement = |at: usize| text[at..].starts_with("{%");
    tags(text).filter(move |(at, _)| is_statement(*at))
}

/// What stands in a template between `{%` and `%}`, or `{{` and `}}`, and where; not what is commented out or raw.
fn tags(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        loop {
            let at = rest + text[rest..].find('{')?;
            let inner = at + 2;
            let close = match text.as_bytes().get(at + 1) {
                Some(b'#') => {
                    rest = inner + text[inner..].find("#}")?;
                    continue;
                }
                Some(b'%') => "%}",
                Some(b'{') => "}}",
                _ => {
                    rest = at + 1;
                    continue;
                }
            };
            let end = inner + end_of_tag(&text[inner..], close);
            let tag = text[inner..end].trim_start_matches('-').trim_start();
            rest = end;
            if close == "%}" && word(tag) == "raw" {
                rest = text[rest..].find("endraw").map_or(text.len(), |at| rest + at);
                continue;
            }
            return Some((at, tag));
        }
    })
}

/// Where a tag ends, outside what is quoted in it.
fn end_of_tag(text: &str, close: &str) -> usize {
    let mut quote = None;
    let mut is_escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match quote {
            _ if is_escaped => is_escaped = false,
            Some(_) if byte == b'\\' => is_escaped = true,
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            None if text.as_bytes()[at..].starts_with(close.as_bytes()) => return at,
            None if matches!(byte, b'"' | b'\'' | b'`') => quote = Some(byte),
            None => {}
        }
    }
    text.len()
}

fn word(tag: &str) -> &str {
    let end = tag.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(tag.len());
    &tag[..end]
}

fn after(tag: &str) -> &str {
    tag[word(tag).len()..].trim_start()
}

/// The name of a block or a component at the beginning of a text.
fn name_in(text: &str) -> &str {
    let text = text.trim_start();
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '.')).unwrap_or(text.len());
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(sources: &[(&str, &str)]) -> Option<(String, String)> {
        too_much(sources).map(|told| (told.at[0].clone(), told.reason))
    }

    /// Templates that each take in the next.
    fn chain(count: usize, link: impl Fn(usize) -> String) -> Option<(String, String)> {
        let text = |at| if at + 1 < count { link(at + 1) } else { String::from("x") };
        let texts: Vec<_> = (0..count).map(|at| (format!("a{at}"), text(at))).collect();
        told(&texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect::<Vec<_>>())
    }

    #[test]
    fn templates_are_within_each_other_to_a_bound() {
        let too_deep = "mallar, block och komponenter tar där in varandra i mer än 25 led";
        let include = |next| format!("{{%- include 'a{next}' %}}");
        assert_eq!(chain(DEEPEST, include), None);
        assert_eq!(chain(1_000, include), Some(("a0:1:1".into(), too_deep.into())));
        let extend = |next| format!("{{% extends \"a{next}\" %}}{{% block b %}}{{{{ super() }}}}{{% endblock %}}");
        assert_eq!(chain(12, extend), None);
        assert!(chain(DEEPEST, extend).is_some_and(|(_, reason)| reason == too_deep));
        // A component that uses itself ends where the engine ends it, unless it goes by way of long chains.
        let using =
            |next: usize| format!("{{% component c{next}(n) %}}{{{{ <c{next} n={{n}} /> }}}}{{% endcomponent %}}");
        assert_eq!(told(&[("a", &using(0)), ("b", "{% include \"a\" %}{{ <c0 n={1} /> }}")]), None);
        let by_way = "{% component c(n) %}{% include \"b\" %}{% endcomponent %}";
        let chained = [("a", by_way), ("b", "{% include \"d\" %}"), ("d", "{{ <c n={1} /> }}")];
        assert_eq!(told(&chained).unwrap().1, too_deep);
    }

    #[test]
    fn what_goes_round_is_told() {
        let round = |sources: &[(&str, &str)]| told(sources).is_some_and(|(_, reason)| reason.contains("tillbaka"));
        assert!(round(&[("a", "{% include \"b\" %}"), ("b", "{% extends `a` %}")]));
        let base = "{% block b %}{% block a %}{% endblock a %}{% endblock b %}";
        let own = "{% extends \"base\" %}{% block a %}{% block b %}{{ super() }}{% endblock b %}{% endblock a %}";
        assert!(round(&[("base", base), ("own", own)]));
        assert!(!round(&[("a", "{# {% include \"a\" %} #}{% raw %}{% include \"a\" %}{% endraw %}")]));
        assert!(round(&[("a", "{{ '}} {#' }}{% include \"a\" %}{# #}")]));
    }

    #[test]
    fn a_template_has_branches_to_a_bound() {
        let text = |count| format!("å{{% if a %}}\n{}{{% endif %}}", "å{% elif b %}".repeat(count));
        assert_eq!(told(&[("a", &text(MOST_BRANCHES).repeat(2))]), None);
        let (at, reason) = told(&[("a", &text(4_000))]).unwrap();
        assert_eq!((at.as_str(), reason.as_str()), ("a:2:1302", "villkoret har fler än 100 elif"));
        let within = format!("{{% if a %}}{}{}{{% endif %}}", "{% elif b %}".repeat(60), text(60));
        assert!(told(&[("a", &within)]).is_some());
    }
}

//! What a service calls for and other things rest on, and how a service depends on its calls, in two editions.
//!
//! An edition keeps a list of calls, and how the service depends on each that is not in series, by the call's label.
//! Which call is which has to be found out: one may be for more than before, and several may be for the same.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::iter::repeat_n;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::text;

use super::Difference;
use super::facts::Fact;

/// Label of the list of calls.
pub const LIST: &str = "Avrop i Tjänste-OLA";

/// How a service depends on a call where nothing else is said, which editions do not keep.
pub const SERIES: &str = "serie";

/// What something that a list has is told as beside its name, where nothing is counted.
const LISTED: &str = "ja";

/// A call as it stands in the list, or what another list has, which is one of each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    /// The offering, and its article where one is named.
    pub name: String,
    /// How many, as ` × 4`; empty for one.
    pub count: String,
}

impl Called {
    /// What is one of its name.
    pub fn one(name: String) -> Called {
        Called { name, count: String::new() }
    }

    /// What its dependency is kept by.
    pub fn label(&self) -> String {
        label(&self.name, &self.count)
    }
}

fn label(name: &str, count: &str) -> String {
    format!("Samband, {name}{count}")
}

/// What an edition says, with each dependency at the label of the same call in `now`.
pub fn aligned<'a>(now: &[Fact], before: &'a BTreeMap<String, String>) -> Cow<'a, BTreeMap<String, String>> {
    let mut of_names: BTreeMap<&str, Vec<&Fact>> = BTreeMap::new();
    for (fact, called) in now.iter().filter_map(|fact| Some((fact, fact.call()?))) {
        of_names.entry(&called.name).or_default().push(fact);
    }
    if of_names.is_empty() {
        return Cow::Borrowed(before);
    }
    let mut out = before.clone();
    let labels: BTreeSet<&str> = now.iter().map(|fact| fact.label.as_str()).collect();
    let list = before.get(LIST).map_or("", String::as_str);
    let mut counts = counts(list, &of_names.keys().copied().collect());
    for (name, mut now) in of_names {
        let mut then = take(name, counts.remove(name).unwrap_or_default(), &mut out);
        for sameness in SAMENESS {
            pair(sameness, &mut now, &mut then, |fact, dependency| out.insert(fact.label.clone(), dependency));
        }
        let mut left: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (count, dependency) in then.into_iter().filter(|(_, dependency)| dependency != SERIES) {
            left.entry(count).or_default().push(dependency);
        }
        for (count, dependencies) in left {
            let free =
                numbered(label(name, count)).filter(|own| !labels.contains(own.as_str()) && !out.contains_key(own));
            let free: Vec<String> = free.take(dependencies.len()).collect();
            out.extend(free.into_iter().zip(dependencies));
        }
    }
    Cow::Owned(out)
}

/// By what a call of an edition is the same as one of now, the closest first: its count, and its dependency.
const SAMENESS: [(bool, bool); 4] = [(true, true), (true, false), (false, true), (false, false)];

/// Takes out the calls that are the same in both, and tells of each what the dependency was.
fn pair<'n, T>(
    (by_count, by_dependency): (bool, bool),
    now: &mut Vec<&'n Fact>,
    then: &mut Vec<(&str, String)>,
    mut tell: impl FnMut(&'n Fact, String) -> T,
) {
    let key = |count: &str, dependency: &str| {
        let of = |is_asked: bool, text: &str| is_asked.then(|| text.to_string());
        (of(by_count, count), of(by_dependency, dependency))
    };
    let mut waiting: BTreeMap<(Option<String>, Option<String>), VecDeque<&'n Fact>> = BTreeMap::new();
    for fact in now.drain(..) {
        let count = fact.call().map_or("", |called| &called.count);
        waiting.entry(key(count, &fact.text)).or_default().push_back(fact);
    }
    then.retain_mut(|(count, dependency)| {
        let found = waiting.get_mut(&key(count, dependency)).and_then(VecDeque::pop_front);
        found.map(|fact| tell(fact, std::mem::take(dependency))).is_none()
    });
    now.extend(waiting.into_values().flatten());
}

/// The calls of that name in what an edition says, each with its count and its dependency, which is taken out.
fn take<'l>(
    name: &str,
    counts: BTreeMap<&'l str, usize>,
    facts: &mut BTreeMap<String, String>,
) -> Vec<(&'l str, String)> {
    let mut calls = Vec::new();
    for (count, times) in counts {
        let kept = numbered(label(name, count)).map_while(|label| facts.remove(&label)).take(times);
        let kept: Vec<String> = kept.collect();
        let in_series = repeat_n(SERIES.to_string(), times - kept.len());
        calls.extend(kept.into_iter().chain(in_series).map(|dependency| (count, dependency)));
    }
    calls
}

/// More parts than this no name is looked for in, whatever stands in an edition's file.
const MOST_PARTS: usize = 50;

/// The names that an edition had for what its lists may have.
pub struct Known<'a> {
    names: FxHashSet<&'a str>,
    /// So many parts between commas a list's item has at most: those of its name, and the article of an offering.
    most: usize,
}

impl<'a> Known<'a> {
    pub fn of(names: FxHashSet<&'a str>) -> Known<'a> {
        let most = names.iter().map(|name| commas(name)).max().unwrap_or_default() + 2;
        Known { names, most: most.min(MOST_PARTS) }
    }

    fn has(&self, name: &str) -> bool {
        let parts = || name.rsplit_once(ARTICLE).filter(|(_, article)| !article.contains(COMMA));
        self.names.contains(name) || parts().is_some_and(|(bare, _)| self.names.contains(bare))
    }
}

/// What has come to a list that an edition has, gone from it, or got another number, in Swedish order. `named` is what the
/// list has now by the names that the edition had, and `known` is the names of that. `None` where the edition's list has
/// what is none of these, so that nobody knows where it ends.
pub fn differences(
    label: &str,
    (now, named): (&[Called], &[Called]),
    before: &str,
    known: &Known<'_>,
) -> Option<Vec<Difference>> {
    let mut then: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for item in items(before, known.most, |name| known.has(name)) {
        then.entry(item.name?).or_default().push(item.count);
    }
    let had: BTreeSet<&str> = then.keys().copied().collect();
    let mut others = Vec::new();
    for (now, named) in now.iter().zip(named) {
        let same = then.get_mut(named.name.as_str());
        let same =
            same.and_then(|counts| Some(counts.swap_remove(counts.iter().position(|count| *count == named.count)?)));
        if same.is_none() {
            others.push((now, named));
        }
    }
    let said = |count: &str| match label {
        LIST => count.strip_prefix(TIMES).unwrap_or("1").to_string(),
        _ => LISTED.to_string(),
    };
    let told = |name: &str, before: Option<&str>, after: Option<&str>| Difference {
        label: format!("{label}, {name}"),
        before: before.map(said),
        after: after.map(said),
    };
    let mut out = Vec::new();
    for (now, named) in others {
        let before = then.get_mut(named.name.as_str()).and_then(Vec::pop);
        // Something else had its name.
        let name = if had.contains(now.name.as_str()) { &named.name } else { &now.name };
        out.push(told(name, before, Some(&now.count)));
    }
    let gone = then.iter().flat_map(|(name, counts)| counts.iter().map(|count| told(name, Some(count), None)));
    out.extend(gone);
    out.sort_by(|a, b| text::compare(&a.label, &b.label).then_with(|| came(a).cmp(&came(b))));
    Some(out)
}

/// What has gone stands before what has come in its place.
fn came(difference: &Difference) -> bool {
    difference.before.is_none()
}

/// The calls of these names in a list: how many each is for, and how often that comes. A name may have commas itself.
fn counts<'l, 'n>(list: &'l str, names: &BTreeSet<&'n str>) -> FxHashMap<&'n str, BTreeMap<&'l str, usize>> {
    let most = names.iter().map(|name| commas(name) + 1).max().unwrap_or_default();
    let mut found: FxHashMap<&str, BTreeMap<&str, usize>> = FxHashMap::default();
    for item in items(list, most, |name| names.contains(name)) {
        if let Some(name) = item.name.and_then(|name| names.get(name)) {
            *found.entry(name).or_default().entry(item.count).or_default() += 1;
        }
    }
    found
}

/// What stands between the items of a list.
const COMMA: &str = ", ";

/// What stands between a name and how many it is for.
pub const TIMES: &str = " × ";

/// What stands between an offering and the article of it that is called for.
pub const ARTICLE: &str = ", artikel ";

fn commas(name: &str) -> usize {
    name.matches(COMMA).count()
}

/// Something that a list has: its name, where that is known, and what stands after it.
struct Item<'l> {
    name: Option<&'l str>,
    count: &'l str,
}

/// What a list has, of which each may be so many parts between commas. The longest name that is known is the name.
fn items<'l>(list: &'l str, most: usize, is_name: impl Fn(&str) -> bool) -> impl Iterator<Item = Item<'l>> {
    let mut rest = list;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let ends = rest.match_indices(COMMA).map(|(end, _)| end).chain([rest.len()]).take(most);
        let called = |end: usize| {
            let at = rest[..end].rfind(TIMES).filter(|at| !rest[*at..end].contains(char::is_alphabetic));
            let (name, count) = rest[..end].split_at(at.unwrap_or(end));
            let is_cut = count.is_empty() && rest[end..].starts_with(ARTICLE);
            (is_name(name) && !is_cut).then_some((end, name, count))
        };
        let ends: Vec<usize> = ends.collect();
        let longest = ends.iter().rev().find_map(|end| called(*end));
        let item = match longest {
            Some((_, name, count)) => Item { name: Some(name), count },
            None => Item { name: None, count: "" },
        };
        let end = longest.map(|(end, ..)| end).or(ends.first().copied()).unwrap_or(rest.len());
        rest = rest[end..].strip_prefix(COMMA).unwrap_or_default();
        Some(item)
    })
}

/// A label, and the same told apart by numbers.
fn numbered(label: String) -> impl Iterator<Item = String> {
    let others = label.clone();
    std::iter::once(label).chain((2..).map(move |number| format!("{others}, {number}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editions::facts::Sense;
    use crate::model::FrozenForm;

    /// What an edition keeps of some calls, each a name, a count and a dependency, and what one that is written says.
    fn said(calls: &[(&str, &str, &str)]) -> (BTreeMap<String, String>, Vec<Fact>) {
        let mut names: Vec<String> = calls.iter().map(|(name, count, _)| format!("{name}{count}")).collect();
        names.sort();
        let mut kept = BTreeMap::from([(LIST.to_string(), names.join(", "))]);
        let mut facts = Vec::new();
        for (name, count, dependency) in calls {
            let called = Called { name: name.to_string(), count: count.to_string() };
            let own = numbered(called.label()).find(|own| !kept.contains_key(own)).unwrap();
            if *dependency != SERIES {
                kept.insert(own.clone(), dependency.to_string());
            }
            let (text, form) = (dependency.to_string(), FrozenForm::PROMISES);
            facts.push(Fact { label: own, text, form, sense: Sense::Dependency(called) });
        }
        (kept, facts)
    }

    #[test]
    fn a_dependency_is_compared_with_that_of_the_same_call() {
        let (red, non) = ("redundant", "ej kritisk");
        let told = |before: &[(&str, &str, &str)], now: &[(&str, &str, &str)]| {
            let (before, now) = (said(before).0, said(now).1);
            let before = aligned(&now, &before);
            let told = |fact: &&Fact| match before.get(&fact.label) {
                Some(before) => *before != fact.text,
                None => !fact.is_usual(),
            };
            let label = |label: &str| label.strip_prefix("Samband, ").map(str::to_string);
            let said: Vec<String> = now.iter().filter(told).filter_map(|fact| label(&fact.label)).collect();
            let gone = before.keys().filter(|own| !now.iter().any(|fact| fact.label == **own));
            (said.join("; "), gone.filter_map(|own| label(own)).collect::<Vec<_>>().join("; "))
        };
        let is = |said: &str, gone: &str| (said.to_string(), gone.to_string());
        // The count is another matter.
        assert_eq!(told(&[("A", " × 4", red)], &[("A", " × 6", red)]), is("", ""));
        assert_eq!(told(&[("A", "", red)], &[("A", " × 1\u{a0}200", red)]), is("", ""));
        assert_eq!(told(&[("A", "", SERIES)], &[("A", " × 2", SERIES)]), is("", ""));
        assert_eq!(told(&[("A", " × 4", red)], &[("A", " × 6", non)]), is("A × 6", ""));
        // From series and to it.
        assert_eq!(told(&[("A", " × 4", red)], &[("A", " × 4", SERIES)]), is("A × 4", ""));
        assert_eq!(told(&[("A", " × 4", SERIES)], &[("A", " × 6", red)]), is("A × 6", ""));
        // Several for the same.
        let before = [("A", " × 2", red), ("A", " × 2", non)];
        assert_eq!(told(&before, &[("A", " × 2", non), ("A", " × 2", red)]), is("", ""));
        assert_eq!(told(&before, &[("A", " × 2", non), ("A", " × 3", red)]), is("", ""));
        assert_eq!(told(&before, &[("A", " × 2", non), ("A", " × 2", SERIES)]), is("A × 2, 2", ""));
        assert_eq!(told(&before, &[("A", " × 2", non)]), is("", "A × 2, 2"));
        let crossed = [("A", " × 4", red), ("A", " × 2", SERIES)];
        assert_eq!(told(&[("A", " × 2", red), ("A", " × 4", SERIES)], &crossed), is("A × 4; A × 2", ""));
        // Others for others, by articles too.
        let before = [("A", " × 2", red), ("A, artikel 22", "", non), ("A, artikel 2204", " × 3", red)];
        assert_eq!(told(&before, &before), is("", ""));
        let with_commas = [("Lagring, block, fil.Guld", " × 2", red), ("fil.Guld", " × 2", SERIES)];
        assert_eq!(told(&with_commas, &with_commas), is("", ""));
        let now = [("A, artikel 22", "", red), ("AA", "", red)];
        assert_eq!(told(&before, &now), is("A, artikel 22; AA", "A × 2; A, artikel 2204 × 3"));
    }

    #[test]
    fn what_has_come_gone_or_got_another_number_is_told_of_a_list() {
        let names = ["A", "B", "A.Guld", "Lagring, block, fil.Guld", "fil.Guld", "Gamla"];
        let known = Known::of(names.into_iter().collect());
        let items = |text: &str| -> Vec<Called> {
            let item = |item: &str| {
                let at = item.find(TIMES).unwrap_or(item.len());
                Called { name: item[..at].into(), count: item[at..].into() }
            };
            text.split(';').filter(|item| !item.is_empty()).map(item).collect()
        };
        let told = |label: &str, before: &str, now: &str, named: &str| {
            let told = differences(label, (&items(now), &items(named)), before, &known)?;
            let told = told.iter().map(|difference| difference.to_string().replace(&format!("{label}, "), ""));
            Some(told.collect::<Vec<_>>().join("; "))
        };
        let of = |before: &str, now: &str| told(LIST, before, now, now).unwrap();
        assert_eq!(of("A × 2, B", "B;A × 3"), "A: 2 → 3");
        assert_eq!(of("A × 2, B", "A × 2"), "B: 1 → inget");
        assert_eq!(of("B", "B;A × 1\u{a0}200"), "A: inget → 1\u{a0}200");
        // Several for the same, and articles.
        assert_eq!(of("A × 2, A × 2, B", "A × 3;A × 2;B"), "A: 2 → 3");
        assert_eq!(of("A × 2, A × 4", "A × 4"), "A: 2 → inget");
        assert_eq!(
            of("A.Guld, artikel 22, A.Guld × 2", "A.Guld × 2;A.Guld, artikel 22 × 5"),
            "A.Guld, artikel 22: 1 → 5"
        );
        // Commas in names, of what is no longer there too.
        assert_eq!(of("Lagring, block, fil.Guld × 2, fil.Guld", "fil.Guld"), "Lagring, block, fil.Guld: 2 → inget");
        // By names of now and then.
        assert_eq!(told("Innehåller", "A, B", "Nya;B", "A;B").unwrap(), "");
        assert_eq!(told("Innehåller", "A, B", "A;B", "A (x);B").unwrap(), "A: ja → inget; A (x): inget → ja");
        assert_eq!(told(LIST, "A × 2, B", "Nya × 3;B", "A × 3;B").unwrap(), "Nya: 2 → 3");
        // What nobody knows.
        assert_eq!(told("Innehåller", "A, Okända", "A", "A"), None);
    }
}

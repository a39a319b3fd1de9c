//! How a service depends on its calls, in two editions.
//!
//! An edition keeps a list of calls, and how the service depends on each that is not in series, by the call's label.
//! Which call is which has to be found out: one may be for more than before, and several may be for the same.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::iter::repeat_n;

use rustc_hash::FxHashMap;

use super::facts::Fact;

/// Label of the list of calls.
pub const LIST: &str = "Avrop i Tjänste-OLA";

/// How a service depends on a call where nothing else is said, which editions do not keep.
pub const SERIES: &str = "serie";

/// A call as it stands in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    /// The offering, and its article where one is named.
    pub name: String,
    /// How many, as ` × 4`; empty for one.
    pub count: String,
}

impl Called {
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

/// The calls of these names in a list: how many each is for, and how often that comes. A name may have commas itself.
fn counts<'l, 'n>(list: &'l str, names: &BTreeSet<&'n str>) -> FxHashMap<&'n str, BTreeMap<&'l str, usize>> {
    const COMMA: &str = ", ";
    let most = names.iter().map(|name| name.matches(COMMA).count() + 1).max().unwrap_or_default();
    let mut found: FxHashMap<&str, BTreeMap<&str, usize>> = FxHashMap::default();
    let mut rest = list;
    while !rest.is_empty() {
        let ends = rest.match_indices(COMMA).map(|(end, _)| end).chain([rest.len()]).take(most);
        let called = |end: usize| {
            let at = rest[..end].rfind(" × ").filter(|at| !rest[*at..end].contains(char::is_alphabetic));
            let (name, count) = rest[..end].split_at(at.unwrap_or(end));
            let is_cut = count.is_empty() && rest[end..].starts_with(", artikel ");
            names.get(name).filter(|_| !is_cut).map(|name| (end, *name, count))
        };
        let ends: Vec<usize> = ends.collect();
        let longest = ends.iter().rev().find_map(|end| called(*end));
        if let Some((_, name, count)) = longest {
            *found.entry(name).or_default().entry(count).or_default() += 1;
        }
        let end = longest.map(|(end, ..)| end).or(ends.first().copied()).unwrap_or(rest.len());
        rest = rest[end..].strip_prefix(COMMA).unwrap_or_default();
    }
    found
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
}

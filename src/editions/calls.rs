//! How a service depends on its calls, in two editions.
//!
//! An edition keeps a list of calls, and how the service depends on each that is not in series, by the call's label. Which
//! call is which has to be found out: one may be for more than before, and several may be for the same.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

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
    let mut of_names: BTreeMap<&str, Vec<(&Fact, &Called)>> = BTreeMap::new();
    for (fact, called) in now.iter().filter_map(|fact| Some((fact, fact.call.as_ref()?))) {
        of_names.entry(&called.name).or_default().push((fact, called));
    }
    if of_names.is_empty() {
        return Cow::Borrowed(before);
    }
    let mut out = before.clone();
    let labels: BTreeSet<&str> = now.iter().map(|fact| fact.label.as_str()).collect();
    for (name, mut now) in of_names {
        let mut then = take(name, &mut out);
        for is_same in SAMENESS {
            now.retain(|(fact, called)| {
                let found = then.iter().position(|then| is_same(then, (&called.count, &fact.text)));
                if let Some(at) = found {
                    out.insert(fact.label.clone(), then.remove(at).1);
                }
                found.is_none()
            });
        }
        for (count, dependency) in then.into_iter().filter(|(_, dependency)| dependency != SERIES) {
            let free =
                numbered(label(name, &count)).find(|own| !labels.contains(own.as_str()) && !out.contains_key(own));
            out.extend(free.map(|own| (own, dependency)));
        }
    }
    Cow::Owned(out)
}

/// By what a call of an edition, its count and dependency, is the same as one of now: the first that can be.
const SAMENESS: [fn(&(String, String), (&str, &str)) -> bool; 4] = [
    |then, now| then.0 == now.0 && then.1 == now.1,
    |then, now| then.0 == now.0,
    |then, now| then.1 == now.1,
    |_, _| true,
];

/// The calls of that name in what an edition says, each with its dependency, which is taken out.
fn take(name: &str, facts: &mut BTreeMap<String, String>) -> Vec<(String, String)> {
    let list = facts.get(LIST).cloned().unwrap_or_default();
    let mut many: BTreeMap<&str, usize> = BTreeMap::new();
    for count in counts(&list, name) {
        *many.entry(count).or_default() += 1;
    }
    let mut calls = Vec::new();
    for (count, times) in many {
        let kept = numbered(label(name, count)).map_while(|label| facts.remove(&label)).take(times);
        let kept: Vec<String> = kept.collect();
        let in_series = times - kept.len();
        let dependencies = kept.into_iter().chain(std::iter::repeat_n(SERIES.to_string(), in_series));
        calls.extend(dependencies.map(|dependency| (count.to_string(), dependency)));
    }
    calls
}

/// How many each call of that name is for, as it stands in a list.
fn counts<'a>(list: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    list.match_indices(name).filter_map(move |(at, _)| {
        let (ahead, rest) = (&list[..at], &list[at + name.len()..]);
        let count = rest.split(", ").next().unwrap_or_default();
        let digits = count.strip_prefix(" × ");
        let is_count = count.is_empty() || digits.is_some_and(|count| !count.contains(char::is_alphabetic));
        let is_whole = (ahead.is_empty() || ahead.ends_with(", ")) && !rest.starts_with(", artikel ");
        (is_count && is_whole).then_some(count)
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
    use crate::model::FrozenForm;

    /// What an edition keeps of some calls, each a name, a count and a dependency, and the facts of one that is written.
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
            facts.push(Fact { label: own, text, form, renewed: None, call: Some(called) });
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
        let now = [("A, artikel 22", "", red), ("AA", "", red)];
        assert_eq!(told(&before, &now), is("A, artikel 22; AA", "A × 2; A, artikel 2204 × 3"));
    }
}

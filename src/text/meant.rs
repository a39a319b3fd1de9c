//! What a word that nothing is called was meant to be.

/// The cure of a word that is none of the candidates: the one that it was meant to be, or all of them after `otherwise`.
pub fn did_you_mean_among(word: &str, candidates: &[&str], otherwise: &str) -> String {
    match did_you_mean(word, candidates.iter().copied()) {
        Some(near) => format!("menade du ”{near}”?"),
        None => format!("{otherwise}: {}", candidates.join(", ")),
    }
}

/// The candidate that a mistyped word was meant to be, if one is near enough: the one in other letters, or else the nearest.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let candidates: Vec<&str> = candidates.into_iter().collect();
    let lower = word.to_lowercase();
    let same = candidates.iter().find(|candidate| candidate.to_lowercase() == lower).copied();
    let near = |word: &str| nearest_of(word, &candidates);
    same.or_else(|| near(word)).or_else(|| near(&lower).filter(|_| lower != word))
}

/// The same as [`did_you_mean`] but for other letters, where many words are looked for among the same ones.
pub fn nearest<'a>(word: &str, known: &[&Words<'a>]) -> Option<&'a str> {
    let word: Vec<char> = word.chars().collect();
    // The nearest is found in little time, which what is farther off takes more of.
    (0..=most_slips(word.len()))
        .find_map(|limit| known.iter().filter_map(|words| words.first_within(&word, limit)).min())
}

/// So many slips a word of that many letters may have.
fn most_slips(letters: usize) -> usize {
    match letters {
        0..=4 => 1,
        5..=8 => 2,
        _ => 3,
    }
}

/// Words among which others are looked for, in order: what many begin with is compared once.
#[derive(Debug)]
pub struct Words<'a> {
    known: Vec<&'a str>,
    letters: Vec<char>,
    /// Where each word's letters end.
    ends: Vec<usize>,
    /// How many letters each begins with that the one before it does too.
    shared: Vec<usize>,
}

impl<'a> Words<'a> {
    /// These words.
    pub fn of(known: impl IntoIterator<Item = &'a str>) -> Words<'a> {
        let mut known: Vec<&str> = known.into_iter().collect();
        known.sort_unstable();
        let mut words = Words { letters: Vec::new(), ends: Vec::new(), shared: Vec::new(), known };
        let mut before = 0..0;
        for word in &words.known {
            let begins = words.letters.len();
            words.letters.extend(word.chars());
            let own = begins..words.letters.len();
            let pairs = words.letters[before].iter().zip(&words.letters[own.clone()]);
            words.shared.push(pairs.take_while(|(a, b)| a == b).count());
            words.ends.push(own.end);
            before = own;
        }
        words
    }

    /// The first that so many slips at most part from a word.
    fn first_within(&self, word: &[char], limit: usize) -> Option<&'a str> {
        let width = word.len() + 1;
        // For each letter of a candidate, how many slips part what it begins with from what the word begins with.
        let mut rows: Vec<usize> = (0..width).map(|at| at.min(limit + 1)).collect();
        // So many letters of the last candidate have rows; all that begins with them is too far off if it is ruled out.
        let (mut done, mut is_ruled_out) = (0, false);
        let mut begins = 0;
        for (at, ends) in self.ends.iter().copied().enumerate() {
            let letters = &self.letters[begins..ends];
            begins = ends;
            if is_ruled_out && self.shared[at] >= done {
                continue;
            }
            done = done.min(self.shared[at]);
            is_ruled_out = false;
            while done < letters.len() && !is_ruled_out {
                rows.truncate((done + 1) * width);
                is_ruled_out = !push_row(&mut rows, word, &letters[..=done], limit);
                done += 1;
            }
            if !is_ruled_out && rows[(done + 1) * width - 1] <= limit {
                return Some(self.known[at]);
            }
        }
        None
    }
}

/// Adds the row of a candidate's last letter to those of the letters before it. Whether any figure in it, or in the row
/// before, which two letters that have changed places go back to, is within the limit.
fn push_row(rows: &mut Vec<usize>, word: &[char], letters: &[char], limit: usize) -> bool {
    let (width, far, a) = (word.len() + 1, limit + 1, letters.len());
    let begins = rows.len();
    rows.resize(begins + width, far);
    let (known, row) = rows.split_at_mut(begins);
    let above = &known[begins - width..];
    row[0] = a.min(far);
    for b in a.saturating_sub(limit).max(1)..=(a + limit).min(word.len()) {
        let changed = above[b - 1] + usize::from(letters[a - 1] != word[b - 1]);
        let mut least = changed.min(above[b] + 1).min(row[b - 1] + 1);
        if a > 1 && b > 1 && letters[a - 1] == word[b - 2] && letters[a - 2] == word[b - 1] {
            least = least.min(known[begins - 2 * width + b - 2] + 1);
        }
        row[b] = least.min(far);
    }
    above.iter().chain(&*row).any(|slips| *slips <= limit)
}

/// The nearest of a few.
fn nearest_of<'a>(word: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let word: Vec<char> = word.chars().collect();
    let limit = most_slips(word.len());
    let mut written = Vec::new();
    let near = candidates.iter().filter_map(|candidate| {
        written.clear();
        written.extend(candidate.chars());
        Some((slips(&word, &written, limit)?, *candidate))
    });
    near.min().map(|(_, candidate)| candidate)
}

/// How many slips of the keyboard part two words, if no more than `limit`: a letter too many, too few, another, or two
/// that have changed places. Rows are counted within the limit only, so that far words cost little.
pub fn slips(one: &[char], other: &[char], limit: usize) -> Option<usize> {
    let same = |(a, b): &(&char, &char)| a == b;
    let ahead = one.iter().zip(other).take_while(same).count();
    let (one, other) = (&one[ahead..], &other[ahead..]);
    let behind = one.iter().rev().zip(other.iter().rev()).take_while(same).count();
    let (one, other) = (&one[..one.len() - behind], &other[..other.len() - behind]);
    if one.len().abs_diff(other.len()) > limit {
        return None;
    }
    let far = limit + 1;
    let first: Vec<usize> = (0..=other.len()).map(|at| at.min(far)).collect();
    let (mut before, mut above, mut row) = (first.clone(), first.clone(), first);
    for a in 1..=one.len() {
        row.fill(far);
        row[0] = a.min(far);
        for b in a.saturating_sub(limit).max(1)..=(a + limit).min(other.len()) {
            let changed = above[b - 1] + usize::from(one[a - 1] != other[b - 1]);
            let mut least = changed.min(above[b] + 1).min(row[b - 1] + 1);
            if a > 1 && b > 1 && one[a - 1] == other[b - 2] && one[a - 2] == other[b - 1] {
                least = least.min(before[b - 2] + 1);
            }
            row[b] = least.min(far);
        }
        if row.iter().all(|slips| *slips == far) {
            return None;
        }
        std::mem::swap(&mut before, &mut above);
        std::mem::swap(&mut above, &mut row);
    }
    Some(above[other.len()]).filter(|slips| *slips <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_counted_up_to_a_limit() {
        let slips = |one: &str, other: &str, limit| {
            slips(&one.chars().collect::<Vec<_>>(), &other.chars().collect::<Vec<_>>(), limit)
        };
        for (one, other) in [
            ("", ""),
            ("pris", "priser"),
            ("orbti", "orbit"),
            ("kostnad", "kosntad"),
            ("servrar", "sevrar"),
            ("åäö", "aao"),
            ("tjänst", "tjänster-x"),
            ("drift", "stöd"),
            ("abcdef", "badcfe"),
            ("x", "beskrivning"),
        ] {
            let exact = strsim::osa_distance(one, other);
            for limit in 0..5 {
                assert_eq!(
                    slips(one, other, limit),
                    Some(exact).filter(|slips| *slips <= limit),
                    "{one} {other} {limit}"
                );
                assert_eq!(slips(other, one, limit), slips(one, other, limit), "{one} {other} {limit}");
            }
        }
    }

    #[test]
    fn the_nearest_of_many_is_the_nearest_of_them_one_by_one() {
        let known: Vec<String> =
            (0..400).map(|n| format!("{}-{}", ["drift", "dritf", "å", "produkten"][n % 4], n * 7)).collect();
        let known: Vec<&str> =
            known.iter().map(String::as_str).chain(["", "a", "ab", "ba", "servrar", "sevrar"]).collect();
        let (some, others) = known.split_at(200);
        let indexed = [&Words::of(some.iter().copied()), &Words::of(others.iter().copied())];
        let asked = (0..60).map(|n| format!("{}{}", ["drfit-", "prodkuten-", "dri", "", "x"][n % 5], n * 13));
        let words = ["", "b", "bax", "serrvar", "srevar", "produkten", "0123456789"].map(str::to_string);
        let mut found = 0;
        for word in asked.chain(words) {
            let near = nearest_of(&word, &known);
            assert_eq!(nearest(&word, &indexed), near, "{word}");
            found += usize::from(near.is_some());
        }
        assert!((20..60).contains(&found), "{found}");
        assert_eq!(nearest("a", &[&Words::of([])]), None);
    }

    #[test]
    fn a_near_word_is_suggested() {
        // Of two that are as near, the first in the alphabet, whatever their order.
        assert_eq!(did_you_mean("person-1", ["person-3", "person-2"]), Some("person-2"));
        assert_eq!(did_you_mean("beskrivnig", ["namn", "beskrivning"]), Some("beskrivning"));
        assert_eq!(did_you_mean("pris", ["beskrivning"]), None);
        // Capitals are no slips.
        assert_eq!(did_you_mean("INGÅR", ["ingår_ej", "ingår"]), Some("ingår"));
        assert_eq!(did_you_mean("BESKRIVNIG", ["namn", "beskrivning"]), Some("beskrivning"));
        assert_eq!(did_you_mean("Su", ["nu", "SU"]), Some("SU"));
    }
}

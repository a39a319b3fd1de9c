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
    let near = |word: &str| nearest(word, candidates.iter().copied().map(Candidate::new));
    same.or_else(|| near(word)).or_else(|| near(&lower).filter(|_| lower != word))
}

/// What a mistyped word may have been meant to be, with what is asked of it for every such word.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    text: &'a str,
    letters: u64,
}

impl<'a> Candidate<'a> {
    pub fn new(text: &'a str) -> Candidate<'a> {
        Candidate { text, letters: letters(text.chars()) }
    }

    /// The candidate as it is written.
    pub fn text(self) -> &'a str {
        self.text
    }
}

/// The same as [`did_you_mean`] where many words are looked for among the same candidates.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = Candidate<'a>>) -> Option<&'a str> {
    let word: Vec<char> = word.chars().collect();
    let limit = match word.len() {
        0..=4 => 1,
        5..=8 => 2,
        _ => 3,
    };
    let letters = letters(word.iter().copied());
    let mut written = Vec::new();
    candidates
        .into_iter()
        .filter_map(|candidate| {
            // Every slip changes at most two letters of those that a word has: most candidates are turned away here.
            if (letters ^ candidate.letters).count_ones() > 2 * limit {
                return None;
            }
            written.clear();
            written.extend(candidate.text.chars());
            Some((slips(&word, &written, limit as usize)?, candidate.text))
        })
        .min()
        .map(|(_, candidate)| candidate)
}

/// Which letters there are, as bits; letters that share one are taken for the same.
fn letters(of: impl Iterator<Item = char>) -> u64 {
    of.fold(0, |letters, c| letters | 1 << (u32::from(c) % 64))
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

//! How wide text is: good enough to see how wide a column or a box must be, and how many lines a paragraph will have.

/// Widths of the characters from space to `~` in Calibri and Carlito, in thousandths of the size of the type.
#[rustfmt::skip]
const WIDTHS: [u16; 95] = [
    226, 326, 401, 498, 507, 715, 682, 221, 303, 303, 498, 498, 250, 306, 252, 386, 507, 507, 507, 507, 507, 507, 507,
    507, 507, 507, 268, 268, 498, 498, 498, 463, 894, 579, 544, 533, 615, 488, 459, 631, 623, 252, 319, 520, 420, 855,
    646, 662, 517, 673, 543, 459, 487, 642, 567, 890, 519, 487, 468, 307, 386, 307, 498, 498, 291, 479, 525, 423, 525,
    498, 305, 471, 525, 229, 239, 455, 229, 799, 525, 527, 525, 525, 349, 391, 335, 525, 452, 715, 433, 453, 395, 314,
    460, 314, 498,
];
/// Of a space, which needs no room at the end of a line.
const SPACE: f32 = 0.226;
/// Of any other character: the Swedish letters are this wide.
const OTHER: u16 = 525;

/// Widths of the characters of Latin-1, which nearly all are, in sizes of the type.
static LATIN: [f32; 256] = {
    let mut widths = [OTHER as f32 / 1000.0; 256];
    let mut index = 0;
    while index < WIDTHS.len() {
        widths[index + 32] = WIDTHS[index] as f32 / 1000.0;
        index += 1;
    }
    widths[0xA0] = widths[0x20];
    widths
};

/// The width of a text, in sizes of its type.
pub fn width(text: &str) -> f32 {
    text.chars().map(char_width).sum()
}

/// The widths of the first of some letters, the first two, and so on; each with a sign after it, where one is given.
pub fn widths(letters: impl Iterator<Item = char>, sign: Option<char>) -> impl Iterator<Item = f32> {
    let sign = sign.map_or(0.0, char_width);
    letters.scan(0.0, move |width, letter| {
        *width += char_width(letter);
        Some(*width + sign)
    })
}

/// Text that comes in pieces and is cut into words, where a word is what stands on one line: no-break spaces hold it
/// together.
#[derive(Debug, Default)]
pub struct Cutter {
    /// Of the word that has begun.
    word: Word,
    /// Whether a digit stands last in it.
    after_digit: bool,
    /// Whether a dash after a digit stands last in it, which ends it unless another digit follows.
    after_dash: bool,
}

/// How wide a word is, in sizes of its type.
#[derive(Debug, Default, Clone, Copy)]
pub struct Word {
    /// With the space after it.
    pub width: f32,
    /// Without.
    pub bare: f32,
}

impl Cutter {
    /// Goes on with a piece of the text, and gives each word that ends in it.
    pub fn text(&mut self, text: &str, word: &mut impl FnMut(Word)) {
        for char in text.chars() {
            // No line ends within a period: *2026–31 december*.
            if self.after_dash && !char.is_ascii_digit() {
                self.end(word);
            }
            self.word.width += char_width(char);
            if !char.is_whitespace() {
                self.word.bare = self.word.width;
            }
            self.after_dash = char == '\u{2013}' && self.after_digit;
            self.after_digit = char.is_ascii_digit();
            if matches!(char, ' ' | '-' | '\u{2013}') && !self.after_dash {
                self.end(word);
            }
        }
    }

    /// Gives the word that has begun, if any.
    pub fn end(&mut self, word: &mut impl FnMut(Word)) {
        let ended = std::mem::take(&mut self.word);
        if ended.width > 0.0 {
            word(ended);
        }
    }
}

/// The widths of the words of a text. The space after a word is counted in.
pub fn words(text: &str) -> Vec<f32> {
    let (mut words, mut cutter) = (Vec::new(), Cutter::default());
    let mut push = |word: Word| words.push(word.width);
    cutter.text(text, &mut push);
    cutter.end(&mut push);
    words
}

/// How much room is taken to be there for type of this size, in sizes of it.
pub fn room(size: f32, room: f32) -> f32 {
    room.max(size) / size
}

/// How many lines some words fill in type of this size; one that is wider than the room is broken.
pub fn lines(words: &[f32], size: f32, room: f32) -> f32 {
    let mut filling = Filling::new(self::room(size, room));
    words.iter().for_each(|word| filling.word(*word));
    filling.lines()
}

/// Lines that are being filled with words.
#[derive(Debug)]
pub struct Filling {
    /// In sizes of the type, as all widths here.
    room: f32,
    lines: f32,
    /// How much of the last line is.
    filled: f32,
    limit: f32,
}

impl Filling {
    /// Lines with this much room, in sizes of the type.
    pub fn new(room: f32) -> Filling {
        Filling { room, lines: 1.0, filled: 0.0, limit: f32::INFINITY }
    }

    /// The next word.
    pub fn word(&mut self, word: f32) {
        let room = self.room + SPACE;
        let filled = self.filled + word;
        if filled <= room {
            self.filled = filled;
            return;
        }
        if self.filled > 0.0 {
            self.limit = self.limit.min(filled);
            self.lines += 1.0;
            self.filled = word;
        } else {
            self.filled = filled;
        }
        if self.filled > room {
            self.limit = 0.0;
            self.lines += (self.filled / self.room).floor();
            self.filled %= self.room;
        }
    }

    /// How many lines there are.
    pub fn lines(&self) -> f32 {
        self.lines
    }

    /// Whether the same words fill as many lines where there is this much room, which is no less: each word that begins
    /// a line here is still too wide for the line before.
    pub fn holds_in(&self, room: f32) -> bool {
        self.limit > room + SPACE
    }
}

fn char_width(char: char) -> f32 {
    LATIN.get(char as usize).copied().unwrap_or(OTHER as f32 / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_as_lines_are_broken() {
        let widths = |text: &str| words(text).into_iter().map(|word| (word * 1000.0).round()).collect::<Vec<f32>>();
        assert_eq!(widths("a b"), [479.0 + 226.0, 525.0]);
        assert_eq!(widths("a-b\u{2013}c\u{a0}d "), [479.0 + 306.0, 525.0 + 525.0, 423.0 + 226.0 + 525.0 + 226.0]);
        assert!(words("").is_empty());
        // A dash between digits is that of a period, in which no line ends, also where the text comes in pieces.
        assert_eq!(words("1\u{2013}2 a").len(), 2);
        assert_eq!(words("1\u{2013}a b\u{2013}2").len(), 4);
        let (mut count, mut cutter) = (0, Cutter::default());
        ["1", "\u{2013}", "2"].iter().for_each(|piece| cutter.text(piece, &mut |_| count += 1));
        cutter.end(&mut |_| count += 1);
        assert_eq!(count, 1);
        let (mut bare, mut cutter) = (Vec::new(), Cutter::default());
        let mut push = |word: Word| bare.push((word.bare * 1000.0).round());
        cutter.text("a", &mut push);
        cutter.text("a \u{a0} b\u{a0}", &mut push);
        cutter.end(&mut push);
        assert_eq!(bare, [958.0, 0.0, 525.0]);
    }

    #[test]
    fn more_room_that_moves_no_word_leaves_the_lines_as_they_are() {
        let words: Vec<f32> = (0..40_u16).map(|index| 0.5 + f32::from(index * 7 % 13) / 3.0).collect();
        let filled = |room: f32| {
            let mut filling = Filling::new(room);
            words.iter().for_each(|word| filling.word(*word));
            filling
        };
        let rooms: Vec<f32> = (10..200_u8).map(|tenths| f32::from(tenths) / 10.0).collect();
        for (index, &room) in rooms.iter().enumerate() {
            let here = filled(room);
            for &more in &rooms[index..] {
                if here.holds_in(more) {
                    assert_eq!(here.lines(), filled(more).lines(), "{room} and {more}");
                }
            }
        }
        assert!(filled(5.0).holds_in(5.01) || filled(6.0).holds_in(6.01), "some room moves no word");
    }
}

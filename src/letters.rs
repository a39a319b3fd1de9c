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

/// The width of a text, in sizes of its type.
pub fn width(text: &str) -> f32 {
    text.chars().map(|char| f32::from(char_width(char)) / 1000.0).sum()
}

/// The widths of the words, where a word is what stands on one line: no-break spaces hold it together. The space after
/// a word is counted in.
pub fn words(text: &str) -> Vec<f32> {
    text.split_inclusive([' ', '-', '\u{2013}']).map(width).collect()
}

/// The width of the widest word.
pub fn widest_word(text: &str) -> f32 {
    text.split_inclusive([' ', '-', '\u{2013}']).map(|word| width(word.trim_end())).fold(0.0, f32::max)
}

/// How much room is taken to be there for type of this size, in sizes of it.
pub fn room(size: f32, room: f32) -> f32 {
    room.max(size) / size
}

/// How many lines some words fill in type of this size; one that is wider than the room is broken.
pub fn lines(words: &[f32], size: f32, room: f32) -> f32 {
    let room = self::room(size, room);
    if words.iter().sum::<f32>() <= room {
        return 1.0;
    }
    let (mut lines, mut filled) = (1.0, 0.0);
    for word in words {
        if filled > 0.0 && filled + word > room + SPACE {
            lines += 1.0;
            filled = 0.0;
        }
        filled += word;
        if filled > room + SPACE {
            lines += (filled / room).floor();
            filled %= room;
        }
    }
    lines
}

fn char_width(char: char) -> u16 {
    let char = if char == '\u{a0}' { ' ' } else { char };
    let index = u32::from(char).checked_sub(32).and_then(|index| usize::try_from(index).ok());
    index.and_then(|index| WIDTHS.get(index)).copied().unwrap_or(OTHER)
}

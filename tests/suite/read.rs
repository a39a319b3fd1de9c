//! Readers of the formats, written for the tests: what a person sees, and how it is put together.

pub mod html;
pub mod markdown;
pub mod schema;
pub mod word;

/// What a document says after its cover and contents, in words, and its footnotes apart.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Text {
    pub words: Vec<String>,
    /// Each footnote's words, in the order of their marks.
    pub notes: Vec<Vec<String>>,
}

/// Words that are being read: anything between them, a space that is never broken too, is one space.
#[derive(Debug, Default)]
struct Collector {
    text: Text,
    letters: String,
    in_note: bool,
}

impl Collector {
    fn push(&mut self, letters: &str) {
        self.letters.push_str(letters);
    }

    /// The end of a block, a cell or a line.
    fn part(&mut self) {
        self.letters.push(' ');
    }

    fn flush(&mut self) {
        let letters = std::mem::take(&mut self.letters);
        let words = letters.split_whitespace().map(String::from);
        match self.text.notes.last_mut() {
            Some(note) if self.in_note => note.extend(words),
            _ => self.text.words.extend(words),
        }
    }

    fn start_note(&mut self) {
        self.flush();
        self.text.notes.push(Vec::new());
        self.in_note = true;
    }

    fn end_note(&mut self) {
        self.flush();
        self.in_note = false;
    }

    fn finish(mut self) -> Text {
        self.flush();
        self.text
    }
}

/// The name of a published document's files without year and ending: `tjanstekatalog`.
pub fn documents(files: &super::door::Files) -> Vec<String> {
    let names = files.keys().filter_map(|path| path.strip_prefix("markdown/")?.strip_suffix("-2027.md"));
    names.map(String::from).collect()
}

//! Blocks as bytes, until they are wanted again.
//!
//! A tree takes some 100 bytes for each of its inlines, in many places; packed it takes 20, and 8 where it is compressed. It
//! is packed and read back in less than half of the time that composing it again would take.

use lz4_flex::block::{compress_prepend_size, decompress_size_prepended};

use crate::document::Block;

/// Bytes are put away as soon as they are so many, or with a large block more: a compressor looks no further back, and
/// what it works on stays in near memory.
const PIECE: usize = 1 << 16;

/// Some blocks as bytes.
pub struct Packed(Vec<Piece>);

/// The bytes of one block or more.
enum Piece {
    Plain(Box<[u8]>),
    Compressed(Box<[u8]>),
}

impl Packed {
    /// Of these blocks. What `stays_plain` says of a number of bytes tells whether those are not compressed.
    pub fn of(blocks: &[Block], stays_plain: &dyn Fn(usize) -> bool) -> Packed {
        let mut pieces = Vec::new();
        let mut bytes = Vec::with_capacity(PIECE);
        for (at, block) in blocks.iter().enumerate() {
            postcard::to_io(block, &mut bytes).expect("memory takes what is written to it");
            if bytes.len() >= PIECE || at + 1 == blocks.len() {
                pieces.push(Piece::of(&bytes, stays_plain(bytes.len())));
                bytes.clear();
            }
        }
        Packed(pieces)
    }

    /// The blocks.
    pub fn blocks(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        for piece in &self.0 {
            match piece {
                Piece::Plain(bytes) => push_blocks(bytes, &mut blocks),
                Piece::Compressed(bytes) => {
                    let bytes = decompress_size_prepended(bytes).expect("it is as it was compressed");
                    push_blocks(&bytes, &mut blocks);
                }
            }
        }
        blocks
    }
}

impl Piece {
    /// Of these bytes.
    fn of(bytes: &[u8], is_plain: bool) -> Piece {
        if is_plain {
            Piece::Plain(bytes.into())
        } else {
            Piece::Compressed(compress_prepend_size(bytes).into_boxed_slice())
        }
    }
}

/// Reads blocks until there are no more.
fn push_blocks(mut bytes: &[u8], blocks: &mut Vec<Block>) {
    while !bytes.is_empty() {
        let (block, rest) = postcard::take_from_bytes(bytes).expect("it is as it was written");
        blocks.push(block);
        bytes = rest;
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::compose::{Templates, compose};
    use crate::document::{Inline, Number, Reference};
    use crate::write::word::tests::sample;

    /// Shows that blocks come back as they were: plain, compressed, and some of them compressed.
    fn assert_come_back(blocks: &[Block], what: &str) {
        let ways: [&dyn Fn(usize) -> bool; 3] = [&|_| true, &|_| false, &|size| size % 2 == 1];
        for stays_plain in ways {
            assert!(Packed::of(blocks, stays_plain).blocks() == blocks, "{what}");
        }
    }

    #[test]
    fn every_kind_of_block_comes_back() {
        let publication = sample::publication();
        publication.documents.iter().for_each(|document| assert_come_back(&document.blocks, &document.name));
        publication.pages.iter().for_each(|page| assert_come_back(&page.blocks, &page.path));
        let section = Number::Section { heading: "h".to_string(), number: "4.2".to_string() };
        let numbers =
            [section, Number::Caption("Tabell 3".to_string()), Number::Elsewhere("Annan, kapitel 4".to_string())];
        let reference =
            |number| Inline::Reference(Box::new(Reference { id: "id".to_string(), name: "Namn".to_string(), number }));
        let references = numbers.map(Some).into_iter().chain([None]).map(reference).collect();
        assert_come_back(&[Block::Paragraph(references)], "references");
        assert_come_back(&[], "nothing");
    }

    #[test]
    fn every_document_and_page_comes_back() {
        for content in ["content", "tests/suite/fixtures/fullstandig/content"] {
            let (catalog, _) = crate::examine(Path::new(content)).unwrap();
            let catalog = catalog.unwrap();
            let templates = Templates::load(Path::new("")).unwrap();
            let composition = compose(&catalog, &templates).unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
            let (documents, pages) = (&composition.documents, &composition.pages);
            for (rendering, kept) in documents.renderings.iter().zip(&documents.kept) {
                let (document, _) = composition.composer.document(*rendering).unwrap();
                assert_come_back(&document.blocks, &document.name);
                assert!(kept.as_ref().unwrap().blocks() == Some(document.blocks), "{}", document.name);
            }
            for (rendering, kept) in pages.renderings.iter().zip(&pages.kept) {
                let (page, _) = composition.composer.page(*rendering).unwrap();
                assert_come_back(&page.blocks, &page.path);
                assert!(kept.as_ref().unwrap().blocks() == Some(page.blocks), "{}", page.path);
            }
        }
    }

    #[test]
    fn many_blocks_stand_in_many_pieces() {
        let blocks = vec![sample::paragraph(&"ord ".repeat(1_000)); 100];
        let packed = Packed::of(&blocks, &|_| false);
        assert!(packed.0.len() > 4);
        let size = packed.0.iter().map(|piece| match piece {
            Piece::Plain(bytes) | Piece::Compressed(bytes) => bytes.len(),
        });
        assert!(size.sum::<usize>() < 10_000);
        assert_come_back(&blocks, "many");
    }
}

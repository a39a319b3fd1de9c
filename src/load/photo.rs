//! How a photo is to be turned to be seen, as the camera has written in it.

/// The mark of a segment with what a camera tells, and what that begins with.
const TOLD: u8 = 0xE1;
const EXIF: &[u8] = b"Exif\0\0";
/// The mark after which there is the picture itself.
const PICTURE: u8 = 0xDA;
/// The entry that tells how the photo is turned.
const ORIENTATION: u16 = 0x0112;

/// Whether a JPEG is to be turned or mirrored by who shows it: browsers do so, and Word does not.
pub fn is_turned(jpeg: &[u8]) -> bool {
    orientation(jpeg).is_some_and(|orientation| (2..=8).contains(&orientation))
}

fn orientation(jpeg: &[u8]) -> Option<u16> {
    let mut rest = jpeg.get(2..)?;
    // Each segment is 0xFF, its mark, how long the rest of it is with these two bytes, and so much.
    while let Some((&[0xFF, mark, high, low], after)) = rest.split_first_chunk::<4>() {
        if mark == PICTURE {
            return None;
        }
        let length = usize::from(u16::from_be_bytes([high, low])).checked_sub(2)?;
        let segment = after.get(..length)?;
        if let Some(told) = segment.strip_prefix(EXIF).filter(|_| mark == TOLD) {
            return in_exif(told);
        }
        rest = &after[length..];
    }
    None
}

/// The same in what the camera tells: the order of bytes, where the entries begin, how many they are, and twelve bytes of each.
fn in_exif(told: &[u8]) -> Option<u16> {
    let is_little = told.starts_with(b"II");
    let short = |bytes: [u8; 2]| if is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) };
    let start = told.get(4..)?.first_chunk::<4>().copied()?;
    let start = if is_little { u32::from_le_bytes(start) } else { u32::from_be_bytes(start) };
    let (count, entries) = told.get(usize::try_from(start).ok()?..)?.split_first_chunk::<2>()?;
    let mut entries = entries.chunks_exact(12).take(usize::from(short(*count)));
    let entry = entries.find(|entry| short([entry[0], entry[1]]) == ORIENTATION)?;
    Some(short([entry[8], entry[9]]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A photo without a picture, after another segment, as a camera of either order of bytes writes it.
    fn photo(is_little: bool, orientation: u16) -> Vec<u8> {
        let short = |number: u16| if is_little { number.to_le_bytes() } else { number.to_be_bytes() };
        let long = |number: u32| if is_little { number.to_le_bytes() } else { number.to_be_bytes() };
        let order: &[u8] = if is_little { b"II" } else { b"MM" };
        let other = [&short(0x010F)[..], &short(2), &long(4), b"abc\0"].concat();
        let ours = [&short(ORIENTATION)[..], &short(3), &long(1), &short(orientation), &[0, 0]].concat();
        let told = [EXIF, order, &short(42), &long(8), &short(2), &other, &ours, &long(0)].concat();
        let length = u16::try_from(told.len() + 2).unwrap().to_be_bytes();
        [b"\xff\xd8\xff\xe0\0\x04ab\xff\xe1", &length[..], &told, b"\xff\xda"].concat()
    }

    #[test]
    fn a_camera_tells_how_a_photo_is_turned() {
        for is_little in [true, false] {
            for (told, turned) in [(0, false), (1, false), (2, true), (6, true), (8, true), (9, false)] {
                assert_eq!(is_turned(&photo(is_little, told)), turned, "{told}");
            }
        }
        let photo = photo(true, 6);
        let whole = photo.len() - 2;
        for length in 0..whole {
            // What is cut off tells nothing, and is no reason to fail.
            assert!(!is_turned(&photo[..length]), "{length}");
        }
        assert!(!is_turned(b"\xff\xd8\xff\xe1\0\0Exif\0\0"));
    }
}

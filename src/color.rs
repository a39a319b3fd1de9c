//! Colours by their share of red, green and blue, and how well two of them can be told apart.

/// Red, green and blue.
pub type Rgb = [u8; 3];

/// The colour of paper.
pub const WHITE: Rgb = [255; 3];

/// The colour of a number such as `1F3864`.
pub fn parse(hex: &str) -> Option<Rgb> {
    let hex = hex.trim_start_matches('#');
    let is_number = hex.len() == 6 && hex.bytes().all(|digit| digit.is_ascii_hexdigit());
    let number = u32::from_str_radix(hex, 16).ok().filter(|_| is_number)?;
    let [_, red, green, blue] = number.to_be_bytes();
    Some([red, green, blue])
}

/// The number of a colour.
pub fn hex([red, green, blue]: Rgb) -> String {
    format!("{red:02X}{green:02X}{blue:02X}")
}

/// How well two colours can be told apart, from 1 to 21, as WCAG 2.1 measures it.
pub fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(rgb: Rgb) -> f64 {
    let [red, green, blue] = rgb.map(|channel| {
        let channel = f64::from(channel) / 255.0;
        if channel <= 0.03928 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_what_wcag_says() {
        let of = |one, other| (contrast(parse(one).unwrap(), parse(other).unwrap()) * 100.0).round() / 100.0;
        assert_eq!(of("000000", "FFFFFF"), 21.0);
        assert_eq!(of("FFFFFF", "FFFFFF"), 1.0);
        assert_eq!(of("767676", "FFFFFF"), 4.54);
        assert_eq!(of("FFFFFF", "777777"), 4.48);
    }

    #[test]
    fn a_number_is_its_colour_and_back() {
        assert_eq!(parse("#1f3864").map(hex).as_deref(), Some("1F3864"));
        assert_eq!(["1F386", "+1F386", "1F38640", "auto", ""].map(parse), [None; 5]);
    }
}

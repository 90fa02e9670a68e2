//! Colours of a screen, and how well one can be read on another.

/// A colour in sRGB without transparency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colour([u8; 3]);

impl Colour {
    /// Reads `#rrggbb` or `#rgb`.
    pub(super) fn read(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        let values: Vec<u8> = digits.chars().map(|c| c.to_digit(16)?.try_into().ok()).collect::<Option<_>>()?;
        match *values.as_slice() {
            [r, g, b] => Some(Self([r * 17, g * 17, b * 17])),
            [r, r2, g, g2, b, b2] => Some(Self([r * 16 + r2, g * 16 + g2, b * 16 + b2])),
            _ => None,
        }
    }

    /// The relative luminance after WCAG 2.2, from 0 for black to 1 for white.
    fn luminance(self) -> f64 {
        let linear = self.0.map(|value| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        });
        let [r, g, b] = linear;
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    /// The contrast ratio after WCAG 2.2, from 1 to 21; the same in both directions.
    pub(super) fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn contrast(a: &str, b: &str) -> f64 {
        let ratio = Colour::read(a).unwrap().contrast(Colour::read(b).unwrap());
        (ratio * 100.0).floor() / 100.0
    }

    #[test]
    fn contrast_is_as_the_known_examples_of_wcag_have_it() {
        // The pairs that every guide to WCAG 1.4.3 and 1.4.6 shows, rounded down.
        for (a, b, ratio) in [
            ("#000", "#fff", 21.0),
            ("#ffffff", "#ffffff", 1.0),
            ("#767676", "#ffffff", 4.54),
            ("#777777", "#ffffff", 4.47),
            ("#595959", "#fff", 7.0),
            ("#ff0000", "#ffffff", 3.99),
            ("#0000ff", "#fff", 8.59),
        ] {
            assert_eq!((contrast(a, b), contrast(b, a)), (ratio, ratio), "{a} on {b}");
        }
    }

    #[test]
    fn only_hexadecimal_colours_without_transparency_are_read() {
        for text in ["", "#", "#12", "#1234", "#12345678", "red", "#ggg", "#一二三", "fff", "#+1+1+1"] {
            assert_eq!(Colour::read(text), None, "{text}");
        }
        assert_eq!(Colour::read("#ABC"), Colour::read("#aabbcc"));
    }
}

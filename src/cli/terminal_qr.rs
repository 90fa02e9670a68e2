//! A QR code (ISO/IEC 18004) drawn with characters, for a phone that is held up to the screen.

use fast_qr::qr::QRBuilder;

/// How many light modules stand around the code, so that it is found.
const MARGIN: usize = 2;

/// The code of a text, two modules to a character; nothing if the text is too long for one. With `colour` it is black on
/// white whatever the terminal's colours are; without, light on dark as most terminals are.
pub(super) fn draw(text: &str, colour: bool) -> Option<String> {
    let code = QRBuilder::new(text).build().ok()?;
    let size = code.size;
    let is_dark = |row: usize, column: usize| {
        let inside = |at: usize| at.checked_sub(MARGIN).filter(|at| *at < size);
        match (inside(row), inside(column)) {
            (Some(row), Some(column)) => code.data.get(row * size + column).is_some_and(|module| module.value()),
            _ => false,
        }
    };
    let side = size + 2 * MARGIN;
    let mut drawn = String::new();
    for row in (0..side).step_by(2) {
        if colour {
            drawn += "\x1b[30;107m";
        }
        for column in 0..side {
            let (upper, lower) = (is_dark(row, column), is_dark(row + 1, column));
            // With colour a block is ink; without, a block is the paper.
            drawn.push(match (upper == colour, lower == colour) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            });
        }
        if colour {
            drawn += "\x1b[0m";
        }
        drawn.push('\n');
    }
    drawn.pop();
    Some(drawn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_square_with_light_around_it_in_either_way() {
        let plain = draw("http://192.0.2.7:8000/", false).unwrap();
        let coloured = draw("http://192.0.2.7:8000/", true).unwrap();
        let lines: Vec<&str> = plain.lines().collect();
        let width = lines[0].chars().count();
        assert!(lines.iter().all(|line| line.chars().count() == width));
        assert_eq!(lines.len(), width.div_ceil(2));
        assert!(lines[0].chars().all(|c| c == '█'), "light is a block without colour");
        let inverse = |c: char| match c {
            '█' => ' ',
            ' ' => '█',
            '▀' => '▄',
            '▄' => '▀',
            other => other,
        };
        let bare = coloured.replace("\x1b[30;107m", "").replace("\x1b[0m", "");
        assert_eq!(bare, plain.chars().map(inverse).collect::<String>());
        assert!(draw(&"x".repeat(5000), false).is_none());
    }
}

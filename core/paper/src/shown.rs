//! What of a text can be shown, and what stands for the rest.

use std::fmt::Write;

use rustybuzz::Face;

/// The text's own lines, each as it can be set: nothing is left out, and nothing turns the order of what follows around.
pub(crate) fn shown_lines(text: &str, face: &Face<'_>) -> Vec<String> {
    // One line break may be two signs.
    let text = text.replace("\r\n", "\n");
    text.split(is_line_break).map(|line| shown(line, face)).collect()
}

fn is_line_break(sign: char) -> bool {
    matches!(sign, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn shown(line: &str, face: &Face<'_>) -> String {
    let mut shown = String::with_capacity(line.len());
    for sign in line.chars() {
        match sign {
            '\t' => shown.push_str("    "),
            sign if is_hidden_order(sign) || !has_picture(sign, face) => {
                let _ = write!(shown, "[U+{:04X}]", u32::from(sign));
            }
            sign => shown.push(sign),
        }
    }
    shown
}

/// The font's table of letters ends with one that leads to the picture of nothing.
fn has_picture(sign: char, face: &Face<'_>) -> bool {
    face.glyph_index(sign).is_some_and(|glyph| glyph.0 != 0)
}

/// Signs that make a line read otherwise than it was written, and the mark that no reader of a PDF may meet.
fn is_hidden_order(sign: char) -> bool {
    matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffe}')
}

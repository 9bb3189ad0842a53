//! A text as lines of glyphs, each stretch in its own direction.

use std::ops::Range;

use krilla::text::KrillaGlyph;
use unicode_bidi::{Level, ParagraphBidiInfo};

use crate::broken::broken;
use crate::face::{Face, Faces};
use crate::shown::shown_lines;
use crate::style::Style;

/// A line, ready to be drawn from left to right.
pub(crate) struct Line {
    pub(crate) runs: Vec<Run>,
    /// How far it reaches, without the white it ends with.
    pub(crate) width: f32,
    /// The white it ends with.
    pub(crate) white: f32,
    /// Whether it is read from the right.
    pub(crate) rtl: bool,
}

impl Line {
    /// Where to begin drawing it, so that it begins (or ends) where its column does. White it ends with hangs over.
    pub(crate) fn left(&self, column: f32, width: f32, at_end: bool) -> f32 {
        let over = if self.rtl { self.white } else { 0.0 };
        if at_end == self.rtl { column - over } else { column + width - self.width - over }
    }
}

/// A stretch of one direction.
pub(crate) struct Run {
    pub(crate) glyphs: Vec<KrillaGlyph>,
    pub(crate) text: String,
    pub(crate) width: f32,
}

/// The text in lines no wider than that; an empty text is one empty line.
pub(crate) fn set(text: &str, style: Style, width: f32, faces: &Faces) -> Vec<Line> {
    let face = faces.of(style.weight);
    let shown = shown_lines(text, &face.shaper.face);
    shown.iter().flat_map(|line| set_line(line, style, width, face)).collect()
}

fn set_line(text: &str, style: Style, width: f32, face: &Face) -> Vec<Line> {
    let bidi = ParagraphBidiInfo::new(text, None);
    let ranges = broken(text, &bidi.levels, &face.shaper, width / style.size);
    ranges.into_iter().map(|range| one_line(&bidi, range, style, face)).collect()
}

fn one_line(bidi: &ParagraphBidiInfo<'_>, range: Range<usize>, style: Style, face: &Face) -> Line {
    let rtl = bidi.paragraph_level.is_rtl();
    let text = bidi.text.get(range.clone()).unwrap_or_default();
    let stretches: Vec<(Range<usize>, bool)> = if bidi.has_rtl() && !range.is_empty() {
        let (levels, runs) = bidi.visual_runs(range);
        let is_rtl = |run: &Range<usize>| levels.get(run.start).is_some_and(Level::is_rtl);
        runs.into_iter().map(|run| (run.clone(), is_rtl(&run))).collect()
    } else {
        vec![(range, false)]
    };
    let stretches = stretches.into_iter().filter(|(range, _)| !range.is_empty());
    let runs: Vec<Run> =
        stretches.map(|(range, rtl)| run(bidi.text.get(range).unwrap_or_default(), rtl, style, face)).collect();
    let white = white_at_end(text, rtl, style, face);
    Line { width: runs.iter().map(|run| run.width).sum::<f32>() - white, white, runs, rtl }
}

fn run(text: &str, rtl: bool, style: Style, face: &Face) -> Run {
    let glyphs = face.shaper.glyphs(text, rtl);
    let width = face.shaper.pieces(text, rtl).iter().map(|piece| piece.width).sum::<f32>() * style.size;
    Run { glyphs, text: text.to_owned(), width }
}

fn white_at_end(line: &str, rtl: bool, style: Style, face: &Face) -> f32 {
    let white = line.get(line.trim_end().len()..).unwrap_or_default();
    face.shaper.pieces(white, rtl).iter().map(|piece| piece.width).sum::<f32>() * style.size
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::style::TEXT;

    const WIDE: f32 = 200.0;

    #[test]
    fn no_line_is_wider_than_there_is_room_and_no_letter_is_lost() {
        let faces = Faces::built_in().unwrap();
        let texts = [
            "Talte med køkkenchefen om prøvevagter i uge 12, og om hvad der skal til for at det går. ".repeat(20),
            "x".repeat(900),
            "sagsbehandler-koordinering-".repeat(30),
            "مرحبا بالعالم هذا نص عربي IPS طويل جدا ".repeat(20),
        ];
        for text in texts {
            let lines = set(&text, TEXT, WIDE, &faces);
            assert!(lines.len() > 5 && lines.iter().all(|line| line.width <= WIDE + 0.5), "{text}");
            let set: usize = lines.iter().flat_map(|line| &line.runs).map(|run| run.text.chars().count()).sum();
            assert_eq!(set, text.chars().count(), "{text}");
        }
    }

    #[test]
    fn lines_break_after_white_and_hyphens_and_not_inside_words_that_fit() {
        let faces = Faces::built_in().unwrap();
        let text = "virksomhedsbesøg ".repeat(30) + &"job-søgning ".repeat(30);
        for line in set(&text, TEXT, WIDE, &faces) {
            let text: String = line.runs.iter().map(|run| run.text.as_str()).collect();
            assert!(["besøg ", "job-", "søgning "].iter().any(|end| text.ends_with(end)), "{text}");
        }
    }

    #[test]
    fn a_text_is_read_from_the_side_its_first_letter_is_read_from() {
        let faces = Faces::built_in().unwrap();
        let rtl = |text| set(text, TEXT, WIDE, &faces)[0].rtl;
        assert_eq!((rtl("שלום Ole"), rtl("Ole שלום"), rtl("12 مرحبا"), rtl("")), (true, false, true, false));
    }
}

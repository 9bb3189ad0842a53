//! From letters to glyphs, one direction at a time.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use krilla::text::{GlyphId, KrillaGlyph};
use rustybuzz::{Direction, Face, GlyphBuffer, Script, ShapePlan, UnicodeBuffer, shape_with_plan};

/// A font as text is measured with it. Plans are kept: making one costs more than a line of text.
pub(crate) struct Shaper {
    pub(crate) face: Face<'static>,
    plans: RefCell<HashMap<(bool, Script), Rc<ShapePlan>>>,
}

/// What the smallest unbreakable piece of a text takes up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Piece {
    /// The byte it begins at.
    pub(crate) at: usize,
    /// Its width where the font is one point high.
    pub(crate) width: f32,
}

impl Shaper {
    pub(crate) fn new(face: Face<'static>) -> Self {
        Self { face, plans: RefCell::default() }
    }

    /// The glyphs of a text of one direction, from left to right, each with the bytes it stands for.
    pub(crate) fn glyphs(&self, text: &str, rtl: bool) -> Vec<KrillaGlyph> {
        let set = self.set(text, rtl);
        let mut starts: Vec<usize> = set.glyph_infos().iter().map(|info| at(info.cluster)).collect();
        starts.sort_unstable();
        starts.dedup();
        let em = self.em();
        set.glyph_infos()
            .iter()
            .zip(set.glyph_positions())
            .map(|(info, place)| {
                let start = at(info.cluster);
                let next = starts.partition_point(|other| *other <= start);
                let end = starts.get(next).copied().unwrap_or(text.len());
                KrillaGlyph::new(
                    GlyphId::new(info.glyph_id),
                    share(place.x_advance, em),
                    share(place.x_offset, em),
                    share(place.y_offset, em),
                    share(place.y_advance, em),
                    start..end,
                    None,
                )
            })
            .collect()
    }

    /// The pieces of a text of one direction, in the order they are read.
    pub(crate) fn pieces(&self, text: &str, rtl: bool) -> Vec<Piece> {
        let (set, em) = (self.set(text, rtl), self.em());
        let infos = set.glyph_infos().iter().zip(set.glyph_positions());
        let mut pieces: Vec<Piece> =
            infos.map(|(info, place)| Piece { at: at(info.cluster), width: share(place.x_advance, em) }).collect();
        pieces.sort_by_key(|piece| piece.at);
        pieces.dedup_by(|later, first| {
            let same = later.at == first.at;
            if same {
                first.width += later.width;
            }
            same
        });
        pieces
    }

    fn set(&self, text: &str, rtl: bool) -> GlyphBuffer {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let direction = if rtl { Direction::RightToLeft } else { Direction::LeftToRight };
        buffer.set_direction(direction);
        let script = buffer.script();
        let plan = Rc::clone(
            self.plans
                .borrow_mut()
                .entry((rtl, script))
                .or_insert_with(|| Rc::new(ShapePlan::new(&self.face, direction, Some(script), None, &[]))),
        );
        shape_with_plan(&self.face, &plan, buffer)
    }

    fn em(&self) -> f32 {
        f32::from(u16::try_from(self.face.units_per_em()).unwrap_or(1000))
    }
}

fn at(cluster: u32) -> usize {
    usize::try_from(cluster).unwrap_or(usize::MAX)
}

#[allow(clippy::cast_precision_loss, reason = "font units are far below what a float counts exactly")]
fn share(units: i32, em: f32) -> f32 {
    units as f32 / em
}

//! The two fonts everything is set in.

use krilla::text::Font;
use rustybuzz::Face as ShapingFace;

use crate::shaper::Shaper;
use crate::style::Weight;

const REGULAR: &[u8] = include_bytes!("../fonts/DejaVuSans.ttf");
const BOLD: &[u8] = include_bytes!("../fonts/DejaVuSans-Bold.ttf");

/// One font: as it is drawn, and as text is measured with it.
pub(crate) struct Face {
    pub(crate) font: Font,
    pub(crate) shaper: Shaper,
}

/// Both weights.
pub(crate) struct Faces {
    regular: Face,
    bold: Face,
}

impl Faces {
    pub(crate) fn built_in() -> Option<Self> {
        Some(Self { regular: face(REGULAR)?, bold: face(BOLD)? })
    }

    pub(crate) fn of(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }
}

fn face(bytes: &'static [u8]) -> Option<Face> {
    Some(Face { font: Font::new(bytes.into(), 0)?, shaper: Shaper::new(ShapingFace::from_slice(bytes, 0)?) })
}

//! How things look. Sizes and places are in points, a seventy-second of an inch.

use crate::Level;

/// The page: A4, with room at the left for holes.
pub(crate) const PAGE: (f32, f32) = (595.28, 841.89);
pub(crate) const LEFT: f32 = 62.0;
pub(crate) const RIGHT: f32 = 54.0;
pub(crate) const TOP: f32 = 56.0;
pub(crate) const BOTTOM: f32 = 66.0;
/// Where the foot's letters stand.
pub(crate) const FOOT: f32 = 806.0;

pub(crate) const WIDTH: f32 = PAGE.0 - LEFT - RIGHT;
pub(crate) const END: f32 = PAGE.1 - BOTTOM;

/// How heavy letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
    Bold,
}

/// How dark something is drawn. The paler of the two for letters still has a contrast of 7 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ink {
    Black,
    Grey,
    Hairline,
}

impl Ink {
    pub(crate) fn shade(self) -> u8 {
        match self {
            Self::Black => 0,
            Self::Grey => 0x54,
            Self::Hairline => 0xC4,
        }
    }
}

/// Letters of a kind of text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Style {
    pub(crate) weight: Weight,
    pub(crate) size: f32,
    /// From one line's foot to the next.
    pub(crate) leading: f32,
    pub(crate) ink: Ink,
}

impl Style {
    const fn new(weight: Weight, size: f32, leading: f32, ink: Ink) -> Self {
        Self { weight, size, leading, ink }
    }

    pub(crate) const fn heading(level: Level) -> Self {
        match level {
            Level::One => Self::new(Weight::Bold, 17.0, 22.0, Ink::Black),
            Level::Two => Self::new(Weight::Bold, 13.0, 17.5, Ink::Black),
            Level::Three => Self::new(Weight::Bold, 10.5, 14.5, Ink::Grey),
            Level::Four => Self::new(Weight::Bold, 10.0, 14.0, Ink::Black),
        }
    }
}

pub(crate) const TEXT: Style = Style::new(Weight::Regular, 9.5, 13.5, Ink::Black);
pub(crate) const STRONG: Style = Style::new(Weight::Bold, 9.5, 13.5, Ink::Black);
pub(crate) const QUIET: Style = Style::new(Weight::Regular, 8.5, 12.0, Ink::Grey);
pub(crate) const CELL: Style = Style::new(Weight::Regular, 8.5, 12.0, Ink::Black);
pub(crate) const CELL_HEADING: Style = Style::new(Weight::Bold, 8.5, 12.0, Ink::Black);

/// White above a heading.
pub(crate) const fn above(level: Level) -> f32 {
    match level {
        Level::One => 0.0,
        Level::Two => 16.0,
        Level::Three => 13.0,
        Level::Four => 10.0,
    }
}

/// What a heading wants below it on its own page: itself and a few lines.
pub(crate) const KEPT_BELOW: f32 = 44.0;
/// White below a paragraph, a list or a table.
pub(crate) const BELOW: f32 = 5.0;

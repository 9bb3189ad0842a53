//! Pages, read again.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod any_text;
mod pages;
mod read_again;
mod structure;

use feltbog_paper::{Block, Made, Paper};

/// A document of these blocks.
fn paper(blocks: Vec<Block>) -> Paper {
    Paper {
        title: "Et papir".into(),
        language: "da".into(),
        author: "Åse Møller".into(),
        made: Made { year: 2026, month: 3, day: 2, hour: 10, minute: 5, ahead_of_utc: 60 },
        foot: "Et papir, 02-03-2026".into(),
        counting: ("Side".into(), "af".into()),
        blocks,
    }
}

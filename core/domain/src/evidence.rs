//! What people say of one item of the scale of fidelity, and the days a review looks at. No citizen is named in it.

use jiff::civil::Date;

use crate::code_list::code_list;

code_list! {
    /// Where evidence comes from.
    EvidenceSource {
        Meeting = "meeting", "møde";
        Document = "document", "dokument";
        Observation = "observation", "observation";
        Interview = "interview", "samtale";
    }
}

/// One thing that somebody said of an item. Who said it is whoever signed it: no field may claim it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The item's number, 1 to 25.
    pub item: u32,
    /// The day it was seen, or scored.
    pub on: Date,
    /// What was said.
    pub said: EvidenceSaid,
    /// Struck out: it is still shown, and counts no more.
    pub struck: bool,
}

/// What was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EvidenceSaid {
    /// What was seen, and where.
    Seen {
        /// Where it comes from.
        source: EvidenceSource,
        /// What it is.
        text: String,
    },
    /// The points one person gives.
    Points {
        /// One to five; a number beyond that counts as none.
        points: u32,
        /// Last day of the review they were given in: they count in no other.
        review: Date,
        /// Why.
        note: Option<String>,
    },
    /// What the leader's device counted of the item from entries: no citizen, and no small group.
    Counted {
        /// Last day of the review it was counted for: it counts in no other.
        review: Date,
        /// One to five; nothing where the count gave none.
        points: Option<u32>,
        /// What was counted, above the line and below it, as decimal numbers; nothing where a small group could be read out of it.
        basis: Option<(String, String)>,
    },
    /// How the item is read here.
    Reading {
        /// The local reading.
        text: String,
    },
    /// What a newer version wrote: it is kept, and counts for nothing here.
    Newer,
}

/// The days a review looks at, and what no entry tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FidelityReview {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Full-time consultants on the last day, as a decimal number.
    pub full_time: Option<String>,
    /// How often the leader goes through the meetings with employers: `weekly`, `monthly` or `seldom`.
    pub meetings_reviewed: Option<String>,
}

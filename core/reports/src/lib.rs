//! What is counted, and how: facts, in which no free text can stand, and pure functions over them.
//!
//! A device counts what it may see, the server what devices told it, both with these functions, so that a number is the same
//! wherever it is asked for. Nothing here reads a clock, a database or a document: the day a question is asked for is part of the question.

mod aggregate;
mod charts;
mod coarse;
mod compare;
mod contradiction_text;
mod contradictions;
mod course;
mod fact;
mod fact_book;
mod fidelity;
mod figure;
mod job_start;
mod measure;
mod measures;
mod municipalities;
mod programme;
mod question;
mod region;
mod scope;
mod spell;
mod status_note;
mod status_text;
mod survey;
mod survey_map;
mod target;
mod tile_map;
mod unreadable;

pub use aggregate::{Aggregate, AggregateFigure, DEFINITIONS, NoAggregate};
pub use charts::{Charts, MOST_WEEKS, MeetingWeek, Stage, Wait};
pub use coarse::{coarse, is_told};
pub use compare::{Comparison, Incomparable};
pub use contradiction_text::Sentence;
pub use contradictions::{Contradiction, contradictions};
pub use fact::{Fact, JobTerms, ReferralState, Terms, What};
pub use fact_book::FactBook;
pub use fidelity::{
    Band, Basis, Fidelity, ITEMS, Item, KeptCount, MOST_POINTS, NoReview, Review, Reviewed, Score, Scored, Scorer,
    Section, Sum, WhyNot,
};
pub use figure::{Detail, Evidence, Figure, Row, ratio};
pub use measure::{Asks, Measure, Text, Unit};
pub use municipalities::{Fingerprint, ListedMunicipality, Municipalities, NoFingerprint, NoMunicipalities};
pub use programme::{
    Baseline, Costs, CostsSaid, Form, Funder, Granted, Headline, ImprovementUnit, NoProgramme, OtherKnowledge, Partner,
    PartnerSide, Programme, Published, Site, Survey, Target, Track,
};
pub use question::{Period, Question, QuestionError};
pub use region::{RegionRow, RegionSum, RegionTable, Told};
pub use scope::Scope;
pub use status_note::{Saving, StatusNote, YearsCost};
pub use survey::{
    Answers, Coverage, Demand, HelpWith, KnownFrom, Reason, SurveyCount, SurveyUnit, Training, UnitFault, WithOther,
};
pub use survey_map::{SurveyMap, Tile, TileSays};
pub use target::{HeldAgainst, Standing};
pub use tile_map::{PLACES, Place, places_of};
pub use unreadable::Unreadable;

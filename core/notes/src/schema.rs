//! What each kind of document holds, schema 1.
//!
//! ```text
//! root ─ schema, min_writer            from the genesis
//!      ─ <field>          = scalar     one register per field; absent means unknown
//!      ─ <list>/<member>  = position   one register per member of a list
//!      ─ <detail>/<member> = text      what is said of one member of a list
//!      ─ people/<id>/<field> = text    profiles only; one register per field of a person
//!      ─ note             = Text       entries only, from the genesis
//! ```
//!
//! Additive only: a field's meaning and type never change, a new meaning is a new key. So what a known field may hold
//! can be checked on a change alone, whatever order changes come in, and no change can make a document unreadable.
//! Keys this version does not know are left alone.
//!
//! Lists are spread over registers because two devices may create the same row at the same time: of two list objects
//! only one would show, and of two joined strings only one wins. Here the members are united.

use automerge::ScalarValue;
use feltbog_domain::{CaseId, CvrNumber, DocumentId, DocumentKind, MemberId, Moment, PNumber, ProgrammeId};
use jiff::civil::{Date, Time};

/// The version of the document's shape.
pub(crate) const SCHEMA: &str = "schema";
/// The lowest writer version that may edit the document.
pub(crate) const MIN_WRITER: &str = "min_writer";
/// An entry's text.
pub(crate) const NOTE: &str = "note";
/// What this code writes. A document that asks for more is read-only here.
pub(crate) const WRITER_VERSION: u64 = 1;
/// The newest version a document may ask for. What a release activates, the one before it was prepared for; a document
/// that asks for more would stay locked through the next release as well, and nobody honest writes one.
pub(crate) const NEXT_WRITER_VERSION: u64 = WRITER_VERSION + 1;

/// What a register holds.
#[derive(Clone, Copy)]
pub(crate) enum Shape {
    Text,
    Number,
    Flag,
    Day,
    Moment,
    Cvr,
    Unit,
    Case,
    Programme,
    Member,
    Document,
    TimeOfDay,
}

impl Shape {
    /// Whether a value is one this version can read.
    pub(crate) fn fits(self, value: &ScalarValue) -> bool {
        match (self, value) {
            (Shape::Number, ScalarValue::Uint(number)) => u32::try_from(*number).is_ok(),
            (Shape::Flag, ScalarValue::Boolean(_)) | (Shape::Text, ScalarValue::Str(_)) => true,
            (Shape::Day, ScalarValue::Str(text)) => text.parse::<Date>().is_ok(),
            (Shape::Moment, ScalarValue::Str(text)) => text.parse::<Moment>().is_ok(),
            (Shape::Cvr, ScalarValue::Str(text)) => text.parse::<CvrNumber>().is_ok(),
            (Shape::Unit, ScalarValue::Str(text)) => text.parse::<PNumber>().is_ok(),
            (Shape::Case, ScalarValue::Str(text)) => text.parse::<CaseId>().is_ok(),
            (Shape::Programme, ScalarValue::Str(text)) => text.parse::<ProgrammeId>().is_ok(),
            (Shape::Member, ScalarValue::Str(text)) => text.parse::<MemberId>().is_ok(),
            (Shape::Document, ScalarValue::Str(text)) => text.parse::<DocumentId>().is_ok(),
            (Shape::TimeOfDay, ScalarValue::Str(text)) => text.parse::<Time>().is_ok(),
            _ => false,
        }
    }
}

/// One register of a kind.
pub(crate) struct Field {
    /// The key in the root.
    pub(crate) key: &'static str,
    /// What it holds.
    pub(crate) shape: Shape,
    /// Whether the document cannot be read without it. Such a register is never deleted.
    pub(crate) required: bool,
}

/// The registers of a kind.
pub(crate) const fn fields(kind: DocumentKind) -> &'static [Field] {
    match kind {
        DocumentKind::Head => HEAD,
        DocumentKind::Profile => PROFILE,
        DocumentKind::Entry => ENTRY,
        DocumentKind::Employer => EMPLOYER,
        DocumentKind::Staff => STAFF,
        DocumentKind::Programme => PROGRAMME,
        DocumentKind::RegisterRow => REGISTER_ROW,
        DocumentKind::Consent => CONSENT,
        DocumentKind::ShareHolders => &[],
        DocumentKind::EmployerContact => EMPLOYER_CONTACT,
        DocumentKind::Agreement => AGREEMENT,
        DocumentKind::ContactPerson => CONTACT_PERSON,
        DocumentKind::Opening => OPENING,
        DocumentKind::Evidence => EVIDENCE,
        DocumentKind::FidelityReview => FIDELITY_REVIEW,
    }
}

/// The lists of a kind, by the name before the stroke.
pub(crate) const fn lists(kind: DocumentKind) -> &'static [&'static str] {
    match kind {
        DocumentKind::Profile => &["wishes", "benefit", "target_group"],
        DocumentKind::Staff => &["roles"],
        DocumentKind::RegisterRow => &["folders", "consultants", "therapists"],
        DocumentKind::Consent => &["types"],
        DocumentKind::ShareHolders => &["holders"],
        DocumentKind::Employer => &["units"],
        DocumentKind::Head
        | DocumentKind::Entry
        | DocumentKind::EmployerContact
        | DocumentKind::Agreement
        | DocumentKind::ContactPerson
        | DocumentKind::Opening
        | DocumentKind::Evidence
        | DocumentKind::FidelityReview
        | DocumentKind::Programme => &[],
    }
}

/// What is said of members of a kind's lists, by the name before the stroke.
pub(crate) const fn details(kind: DocumentKind) -> &'static [&'static str] {
    match kind {
        DocumentKind::Employer => &["unit_name", "unit_address", "unit_postcode", "unit_town"],
        _ => &[],
    }
}

const fn needed(key: &'static str, shape: Shape) -> Field {
    Field { key, shape, required: true }
}

const fn optional(key: &'static str, shape: Shape) -> Field {
    Field { key, shape, required: false }
}

const HEAD: &[Field] = &[
    needed("case", Shape::Case),
    needed("number", Shape::Text),
    needed("name", Shape::Text),
    needed("programme", Shape::Programme),
];

const PROFILE: &[Field] = &[
    optional("enrolled_on", Shape::Day),
    optional("exited_on", Shape::Day),
    optional("exit_reason", Shape::Text),
    optional("born_on", Shape::Day),
    optional("municipality", Shape::Text),
    optional("district", Shape::Text),
    optional("benefit", Shape::Text),
    optional("target_group", Shape::Text),
    optional("track", Shape::Text),
    optional("consultant", Shape::Text),
    optional("therapist", Shape::Text),
    optional("treatment_site", Shape::Text),
    optional("job_wish", Shape::Text),
    optional("plan", Shape::Text),
    optional("strengths", Shape::Text),
    optional("support", Shape::Text),
    optional("phone", Shape::Text),
    optional("contact_by", Shape::Text),
    optional("aftercare_from", Shape::Day),
    optional("disclosure", Shape::Text),
];

const ENTRY: &[Field] = &[
    needed("kind", Shape::Text),
    needed("at", Shape::Moment),
    optional("minutes", Shape::Number),
    optional("place", Shape::Text),
    optional("employer", Shape::Cvr),
    optional("unit", Shape::Unit),
    optional("contact_person", Shape::Text),
    optional("face_to_face", Shape::Flag),
    optional("outcome", Shape::Text),
    optional("hours_per_week", Shape::Number),
    optional("job_title", Shape::Text),
    optional("permanent", Shape::Flag),
    optional("recorded_by", Shape::Text),
    optional("client_specific", Shape::Flag),
    optional("purpose", Shape::Text),
    optional("job_type", Shape::Text),
    optional("fits_wish", Shape::Flag),
    optional("next_step", Shape::Text),
    optional("next_step_on", Shape::Day),
    optional("next_step_time", Shape::TimeOfDay),
    optional("next_step_settled", Shape::Text),
    optional("visit", Shape::Document),
    optional("addendum_to", Shape::Document),
    optional("mistaken", Shape::Text),
    optional("journal_number", Shape::Text),
    optional("journalised_at", Shape::Moment),
    optional("journal_not_needed", Shape::Flag),
    optional("read_together_at", Shape::Moment),
];

const EMPLOYER: &[Field] = &[
    needed("cvr", Shape::Cvr),
    needed("name", Shape::Text),
    optional("trade", Shape::Text),
    optional("address", Shape::Text),
    optional("postcode", Shape::Text),
    optional("town", Shape::Text),
    optional("contact_person", Shape::Text),
    optional("unverified", Shape::Flag),
    optional("merged_into", Shape::Cvr),
];

const CONTACT_PERSON: &[Field] = &[
    needed("employer", Shape::Cvr),
    needed("name", Shape::Text),
    optional("function", Shape::Text),
    optional("phone", Shape::Text),
    optional("mail", Shape::Text),
    optional("prefers", Shape::Text),
    optional("in_charge", Shape::Flag),
    optional("left", Shape::Flag),
];

const OPENING: &[Field] = &[
    needed("employer", Shape::Cvr),
    needed("text", Shape::Text),
    optional("hours_per_week", Shape::Number),
    optional("job_type", Shape::Text),
    optional("from", Shape::Day),
    optional("until", Shape::Day),
    needed("state", Shape::Text),
    needed("noted_on", Shape::Day),
];

const EVIDENCE: &[Field] = &[
    needed("item", Shape::Number),
    needed("on", Shape::Day),
    needed("said", Shape::Text),
    optional("source", Shape::Text),
    optional("text", Shape::Text),
    optional("points", Shape::Number),
    optional("review", Shape::Day),
    optional("struck", Shape::Flag),
];

const FIDELITY_REVIEW: &[Field] = &[
    needed("from", Shape::Day),
    needed("to", Shape::Day),
    optional("full_time", Shape::Text),
    optional("meetings_reviewed", Shape::Text),
];

const EMPLOYER_CONTACT: &[Field] = &[
    needed("employer", Shape::Cvr),
    needed("at", Shape::Moment),
    needed("kind", Shape::Text),
    optional("face_to_face", Shape::Flag),
    optional("contact_person", Shape::Text),
    optional("purpose", Shape::Text),
    optional("outcome", Shape::Text),
    optional("about", Shape::Text),
    optional("mistaken", Shape::Flag),
];

const AGREEMENT: &[Field] = &[
    needed("employer", Shape::Cvr),
    needed("disclosure", Shape::Text),
    optional("may_say", Shape::Text),
    optional("may_not_say", Shape::Text),
    needed("decided_at", Shape::Moment),
];

const STAFF: &[Field] = &[needed("member", Shape::Member), needed("name", Shape::Text)];

const PROGRAMME: &[Field] = &[
    needed("programme", Shape::Programme),
    needed("name", Shape::Text),
    optional("authority", Shape::Flag),
    optional("talk_interval", Shape::Text),
    optional("file", Shape::Text),
];

const REGISTER_ROW: &[Field] =
    &[needed("case", Shape::Case), needed("number", Shape::Text), needed("name", Shape::Text)];

const CONSENT: &[Field] = &[
    needed("from", Shape::Day),
    needed("until", Shape::Day),
    optional("giver", Shape::Text),
    optional("receiver", Shape::Text),
];

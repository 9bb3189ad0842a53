//! What is said of an item of the scale of fidelity.

use feltbog_domain::{DocumentKind, Evidence, EvidenceSaid, EvidenceSource};

use crate::change::{ActorBytes, Change};
use crate::document::Document;
use crate::error::NotesError;
use crate::heads::Heads;
use crate::registers::Registers;

const SEEN: &str = "seen";
const POINTS: &str = "points";
const COUNTED: &str = "counted";
const READING: &str = "reading";

impl Document {
    /// Writes what differs. What a newer version said stays; it can only be struck out.
    ///
    /// # Errors
    /// [`NotesError`]; the document is then as it was.
    pub fn write_evidence(&mut self, actor: ActorBytes, evidence: &Evidence) -> Result<Option<Change>, NotesError> {
        self.require(DocumentKind::Evidence)?;
        let registers = Registers::default()
            .number("item", Some(evidence.item))
            .text("on", evidence.on.to_string())
            .flag("struck", evidence.struck.then_some(true));
        let registers = match &evidence.said {
            EvidenceSaid::Seen { source, text } => {
                registers.text("said", SEEN).text("source", source.code()).text("text", text)
            }
            EvidenceSaid::Points { points, review, note } => registers
                .text("said", POINTS)
                .number("points", Some(*points))
                .text("review", review.to_string())
                .optional_text("text", note.as_ref()),
            EvidenceSaid::Counted { review, points, basis } => registers
                .text("said", COUNTED)
                .text("review", review.to_string())
                .number("points", *points)
                .optional_text("above", basis.as_ref().map(|(above, _)| above))
                .optional_text("below", basis.as_ref().map(|(_, below)| below)),
            EvidenceSaid::Reading { text } => registers.text("said", READING).text("text", text),
            EvidenceSaid::Newer => registers,
        };
        self.commit(actor, &Heads::newest(), |tx| registers.write(tx))
    }

    /// Reads it.
    ///
    /// # Errors
    /// [`NotesError::Unreadable`] while item, day or what was said is not here.
    pub fn evidence(&self) -> Result<Evidence, NotesError> {
        self.require(DocumentKind::Evidence)?;
        let read = self.reader();
        let text = read.text("text");
        let said = match read.required_text("said")?.as_str() {
            SEEN => EvidenceSaid::Seen {
                source: EvidenceSource::from_code(&read.text("source").unwrap_or_default()),
                text: text.unwrap_or_default(),
            },
            POINTS => read.parsed("review").map_or(EvidenceSaid::Newer, |review| EvidenceSaid::Points {
                points: read.number("points").unwrap_or(0),
                review,
                note: text,
            }),
            COUNTED => read.parsed("review").map_or(EvidenceSaid::Newer, |review| EvidenceSaid::Counted {
                review,
                points: read.number("points"),
                basis: read.text("above").zip(read.text("below")),
            }),
            READING => EvidenceSaid::Reading { text: text.unwrap_or_default() },
            _ => EvidenceSaid::Newer,
        };
        Ok(Evidence {
            item: read.number("item").ok_or(NotesError::Unreadable)?,
            on: read.required("on")?,
            said,
            struck: read.flag("struck").unwrap_or(false),
        })
    }
}

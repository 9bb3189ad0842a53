//! The programme's own file.

use feltbog_app::{KeptProgrammeFile, shipped_programmes};

use crate::reply::{ProgrammeFilePage, ShippedProgramme};

pub(crate) fn programme_file(kept: KeptProgrammeFile) -> ProgrammeFilePage {
    let KeptProgrammeFile { programme, text, read, may_set } = kept;
    let shipped = shipped_programmes().into_iter().map(|(file, known)| ShippedProgramme {
        file: file.to_owned(),
        chosen: matches!(&read, Some(Ok(read)) if *read == known),
        name: known.name,
    });
    let shipped = shipped.collect();
    let (read, wrong) = match read {
        Some(Ok(read)) => (Some(read), None),
        Some(Err(wrong)) => (None, Some(super::status_note::sentence(wrong))),
        None => (None, None),
    };
    let (name, source) = read.map(|read| (read.name, read.source)).unzip();
    ProgrammeFilePage { programme, text, name, source, wrong, may_set, shipped }
}

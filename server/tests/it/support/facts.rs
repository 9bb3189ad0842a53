use feltbog_domain::{FactRef, FolderId, ProgrammeId, SubjectRef};
use feltbog_protocol::{EnvelopeKind, FactBatch, PseudonymsTag, ReportReply, ReportRequest};
use feltbog_reports::{Fact, What};
use jiff::civil::date;

use super::device::answer_of;
use super::{Refused, TestDevice, TestServer, now_ms};

/// Somebody's first day in the programme, in January 2026.
pub fn enrolled(subject: u8, day: i8) -> Fact {
    let what = What::Enrolled { out_of_work: None };
    let (id, subject) = (FactRef::new([subject; 16]), Some(SubjectRef::new([subject; 16])));
    Fact { id, subject, staff: None, day: date(2026, 1, day), received: None, what }
}

/// A batch that tells these facts.
pub fn told(facts: &[Fact]) -> FactBatch {
    FactBatch { reading: 1, pseudonyms: PseudonymsTag([7; 8]), told: facts.to_vec(), ..FactBatch::default() }
}

/// The envelope of a batch.
pub fn facts(device: &mut TestDevice, folder: FolderId, batch: &FactBatch) -> Vec<u8> {
    device.seal(EnvelopeKind::FactBatch, folder, 0, &feltbog_protocol::encode(batch))
}

/// Asks for one measure as of the end of a day.
pub fn report(
    device: &TestDevice,
    server: &TestServer,
    programme: ProgrammeId,
    measure: &str,
    as_of: &str,
) -> Result<ReportReply, Refused> {
    let measures = vec![measure.to_owned()];
    let request = ReportRequest { programme, measures, as_of: as_of.to_owned(), from: None, to: None };
    report_of(device, server, &request)
}

/// The server's answer to a whole request.
pub fn report_of(device: &TestDevice, server: &TestServer, request: &ReportRequest) -> Result<ReportReply, Refused> {
    let body = feltbog_protocol::encode(request);
    answer_of(&device.post_signed(server.address(), "/v1/report", &body, now_ms()))
}

//! The programme's figures as the server counts them, beside those of this device.

use feltbog_domain::ProgrammeId;
use feltbog_protocol::{ErrorCode, FactCount, ReportReply, ReportRequest, ToldFigure};
use feltbog_reports::{Figure, Measure, Period, Question, QuestionError};
use feltbog_sync::Failure;
use jiff::civil::Date;

use crate::app::on_device;
use crate::device::Device;
use crate::error::AppError;
use crate::exchange::failure_of;
use crate::in_turn::InTurn;
use crate::owed_facts::Teller;
use crate::programme_pseudonyms::pseudonyms_of;
use crate::staff_names::StaffNames;
use crate::transport::Transport;
use crate::use_cases::report::{ReportWish, measure, question, unclear};

const PATH: &str = "/v1/report";

/// What the server counts of a programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerReport {
    /// The programme's name.
    pub programme: String,
    /// How many entries the server counts, and how many it counts no longer because they were written by mistake. Nothing for
    /// whoever sees groups only.
    pub entries: Option<FactCount>,
    /// How many entries of this device the server does not have as they are here.
    pub pending: u64,
    /// The figures.
    pub figures: Vec<BothFigures>,
}

/// One figure, counted twice by the same function: from what the server was told, and from what lies here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BothFigures {
    /// What was asked.
    pub question: Question,
    /// The server's.
    pub server: ToldFigure,
    /// This device's; nothing where it does not see the whole programme, or has no way of knowing.
    pub here: Option<ToldFigure>,
}

impl BothFigures {
    /// Whether both are the same to the digit; nothing where there is one only.
    #[must_use]
    pub fn agree(&self) -> Option<bool> {
        self.here.as_ref().map(|here| *here == self.server)
    }
}

/// Asks the server, and this device.
pub(crate) async fn server_report(
    device: &InTurn<Device>,
    transport: &dyn Transport,
    wish: &ReportWish,
) -> Result<ServerReport, AppError> {
    let asked = on_device(device, |d| d.asked_of_server(wish))?;
    let body = feltbog_protocol::encode(&asked.request);
    let (url, headers) = on_device(device, |d| d.signed_headers(PATH, &body))?;
    let reply = transport.post(&url, PATH, headers, body).await;
    let reply = reply.map_err(|_| AppError::Exchange(Failure::Unreachable))?;
    if reply.status != 200 {
        let problem = failure_of(&reply).map_err(AppError::Exchange)?;
        return Err(match problem.code {
            ErrorCode::NotEntitled => AppError::NotAllowed("se programmets tal på serveren"),
            code => AppError::Exchange(Failure::Refused(code)),
        });
    }
    let reply = feltbog_protocol::decode(&reply.body).map_err(|_| AppError::Exchange(Failure::Untrusted))?;
    on_device(device, |d| d.beside_own(&asked, reply))
}

/// What is asked.
struct Asked {
    programme: ProgrammeId,
    as_of: Date,
    period: Option<Period>,
    request: ReportRequest,
}

impl Device {
    fn asked_of_server(&self, wish: &ReportWish) -> Result<Asked, AppError> {
        let programme = self.programme(wish.programme.as_deref())?;
        let (as_of, period) = self.days_on_server(programme, wish)?;
        let measures = match wish.measure.as_deref() {
            Some(name) => {
                let measure = measure(name, Measure::all())?;
                self.question_to_server(programme, measure, (as_of, period))?;
                vec![measure.code().to_owned()]
            }
            None => Vec::new(),
        };
        let (from, to) = period.map(|period| (period.from.to_string(), period.to.to_string())).unzip();
        let request = ReportRequest { programme, measures, as_of: as_of.to_string(), from, to };
        Ok(Asked { programme, as_of, period, request })
    }

    /// Whoever sees groups only is asked for the last quarter that is over, unless another day is named.
    fn days_on_server(&self, programme: ProgrammeId, wish: &ReportWish) -> Result<(Date, Option<Period>), AppError> {
        let (as_of, period) = self.days(wish)?;
        if wish.at.is_some() || self.sees_all_of(programme) {
            return Ok((as_of, period));
        }
        if period.is_some() {
            return Err(unclear(QuestionError::NoCut));
        }
        Ok((Period::quarter_of(as_of).from.yesterday().unwrap_or(as_of), None))
    }

    fn question_to_server(
        &self,
        programme: ProgrammeId,
        measure: Measure,
        (as_of, period): (Date, Option<Period>),
    ) -> Result<Question, AppError> {
        if self.sees_all_of(programme) {
            return question(measure, (as_of, period));
        }
        Question::at_a_cut(measure, as_of, period, self.now().date()).map_err(unclear)
    }

    fn beside_own(&self, asked: &Asked, reply: ReportReply) -> Result<ServerReport, AppError> {
        let sees_all = self.sees_all_of(asked.programme);
        let counted = self.counted_of(asked.programme)?;
        let here = |question: Question| -> Option<Figure> {
            (sees_all && question.measure() != Measure::DaysOccurredToReceived)
                .then(|| question.answer(&counted.facts.book))
        };
        let mut figures = Vec::with_capacity(reply.figures.len());
        for server in reply.figures {
            // A measure of a newer server.
            let Some(measure) = Measure::from_code(&server.measure) else { continue };
            let Ok(question) = self.question_to_server(asked.programme, measure, (asked.as_of, asked.period)) else {
                continue;
            };
            figures.push(BothFigures { question, here: here(question).as_ref().map(ToldFigure::from), server });
        }
        let pending = self.facts_pending(asked.programme)?;
        let entries = Some(reply.facts).filter(|_| sees_all);
        Ok(ServerReport { programme: counted.name, entries, pending, figures })
    }

    fn facts_pending(&self, programme: ProgrammeId) -> Result<u64, AppError> {
        let r = self.store.reader();
        let Some(pseudonyms) = pseudonyms_of(&r, self.identity.tenant, programme)? else { return Ok(0) };
        let names = StaffNames::load(&r, &self.roster)?;
        let teller = Teller::new(&r, &self.identity, &names);
        let mut pending = 0_u64;
        for folder in r.folders()?.into_iter().filter(|row| row.programme == programme && row.kind.is_counted()) {
            pending += teller.pending(&folder, &pseudonyms)? as u64;
        }
        Ok(pending)
    }
}

//! `POST /v1/report`: figures, counted from what devices told.
//!
//! Who is behind a figure the server does not know. Leaders, deputies and records officers of the employment side see every
//! number; an evaluator sees those that let nobody infer a small group.

use std::collections::BTreeMap;

use feltbog_domain::{FolderId, Moment, Role, Side};
use feltbog_protocol::{
    Envelope, ErrorCode, FactBatch, FactCount, FactLedger, Problem, ReportReply, ReportRequest, ToldFigure,
};
use feltbog_reports::{Fact, FactBook, Measure, Period, Question, coarse};
use jiff::civil::Date;

use super::authenticate::Caller;
use super::login::must_be_free;
use super::{Access, Claim, Refusal};
use crate::log::{FactRow, ReadLog};

/// What somebody is shown of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sight {
    /// Numbers that let nobody infer a small group.
    Coarse,
    /// Every number.
    Whole,
}

impl Access {
    /// Answers with figures; never waits for a write.
    pub(crate) async fn report(self: &std::sync::Arc<Self>, claim: Claim) -> Result<ReportReply, Refusal> {
        self.blocking(move |this| this.figures(&claim)).await
    }

    fn figures(&self, claim: &Claim) -> Result<ReportReply, Refusal> {
        let now_ms = self.around.now_ms();
        let (request, sight, head, told) = self.log.read(|transaction| {
            let caller = self.authenticate(transaction, claim, now_ms)?;
            let in_pace = self.pace.take(caller.tenant, caller.device, &self.limits, now_ms);
            in_pace.map_err(|after_s| Refusal::TooOften { after_s })?;
            self.may_ask(&caller, now_ms)?;
            let request: ReportRequest = feltbog_protocol::decode(&claim.body).map_err(|_| ErrorCode::BadRequest)?;
            let sight = self.sight(transaction, &caller, &request)?;
            let head = transaction.tenant(caller.tenant)?.map_or(0, |tenant| tenant.head);
            let told = transaction.facts_told(caller.tenant, request.programme)?;
            Ok::<_, Refusal>((request, sight, head, told))
        })?;
        let questions = questions(&request, sight, day_of(now_ms))?;
        let (book, facts) = counted(told);
        let figures = questions.into_iter().map(|question| {
            let figure = if sight == Sight::Whole { question.answer(&book) } else { coarse(question, &book) };
            ToldFigure::from(&figure)
        });
        let facts = if sight == Sight::Whole { facts } else { FactCount::default() };
        Ok(ReportReply { head, facts, figures: figures.collect() })
    }

    fn may_ask(&self, caller: &Caller, now_ms: i64) -> Result<(), Refusal> {
        must_be_free(caller.state)?;
        if self.login_due(caller).is_some_and(|due_ms| due_ms <= now_ms) {
            return Err(Problem::new(ErrorCode::LoginRequired).into());
        }
        // The copy may not know yet who was shut out, and lacks facts that are on their way.
        if caller.healing { Err(ErrorCode::Busy.into()) } else { Ok(()) }
    }

    /// By the roles of now: whoever has none that sees the programme is told nothing of it.
    fn sight(&self, transaction: &dyn ReadLog, caller: &Caller, request: &ReportRequest) -> Result<Sight, Refusal> {
        let root = transaction.tenant(caller.tenant)?.and_then(|tenant| tenant.root);
        let roster = self.rosters.seen_by(transaction, caller.tenant, root.ok_or(ErrorCode::UnknownDevice)?)?;
        let here = roster.roster.roles(caller.member).iter().filter(|grant| grant.programme == request.programme);
        let sees = here.filter_map(|grant| match grant.role {
            Role::Leader | Role::Deputy | Role::Records if grant.side == Side::Employment => Some(Sight::Whole),
            Role::Evaluator => Some(Sight::Coarse),
            _ => None,
        });
        sees.max().ok_or_else(|| ErrorCode::NotEntitled.into())
    }
}

/// What can be asked for these days. One measure that was named has to fit them.
fn questions(request: &ReportRequest, sight: Sight, today: Date) -> Result<Vec<Question>, Refusal> {
    let day = |text: &String| text.parse::<Date>().map_err(|_| ErrorCode::BadRequest);
    let as_of = day(&request.as_of)?;
    if !FactBook::DAYS.contains(&as_of) {
        return Err(ErrorCode::BadRequest.into());
    }
    let (from, to) = (request.from.as_ref().map(day).transpose()?, request.to.as_ref().map(day).transpose()?);
    let period = match (from, to) {
        (None, None) => None,
        (from, to) => {
            Some(Period::new(from.unwrap_or(Date::ZERO), to.unwrap_or(as_of)).map_err(|_| ErrorCode::BadRequest)?)
        }
    };
    let named: Vec<Measure> = request
        .measures
        .iter()
        .map(|name| Measure::from_code(name).ok_or(ErrorCode::BadRequest))
        .collect::<Result<_, _>>()?;
    let asked = |measure| match sight {
        Sight::Whole => Question::new(measure, as_of, period).ok(),
        Sight::Coarse => Question::at_a_cut(measure, as_of, period, today).ok(),
    };
    if named.is_empty() {
        return Ok(Measure::all().filter_map(asked).collect());
    }
    let questions: Option<Vec<Question>> = named.into_iter().map(asked).collect();
    Ok(questions.ok_or(ErrorCode::BadRequest)?)
}

/// Adds up what was told, folder by folder: facts of two folders never meet.
fn counted(told: Vec<FactRow>) -> (FactBook, FactCount) {
    let mut ledgers: BTreeMap<FolderId, FactLedger> = BTreeMap::new();
    for row in told {
        let read = Envelope::decode(row.envelope).ok();
        // From before a batch was looked at when it came.
        let Some(batch) = read.and_then(|envelope| feltbog_protocol::decode::<FactBatch>(envelope.body()).ok()) else {
            continue;
        };
        ledgers.entry(row.folder).or_default().add(batch, Some(day_of(row.received_ms)));
    }
    let facts: Vec<Fact> = ledgers.values().flat_map(FactLedger::facts).copied().collect();
    let back: usize = ledgers.values().map(FactLedger::taken_back).sum();
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    let counted = FactCount { accepted: count(facts.len()), taken_back: count(back) };
    (FactBook::new(facts), counted)
}

fn day_of(ms: i64) -> Date {
    Moment::from_unix_ms(ms).date()
}

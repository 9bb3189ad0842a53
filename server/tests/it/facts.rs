//! What devices tell is counted once, goes with its folder for ever, and shows an evaluator no small group.

use feltbog_domain::{FolderId, FolderKind, ProgrammeId, Rights, Role, RoleGrant, Side};
use feltbog_protocol::{
    EnvelopeKind, ErrorCode, FactBatch, FactCount, RefusalCode, ReportReply, ReportRequest, SyncRequest, ToldFigure,
    limits,
};
use feltbog_reports::{Fact, FactBook, Measure, Question, coarse, is_told};
use jiff::civil::{Date, date};

use crate::support::{
    TestDevice, TestInvitation, TestServer, TestTenant, close, confirm_erasure, enrolled, facts, fresh_id, grant,
    hash_of, key_record, new_folder, propose_erasure, report, report_of, told,
};

use RefusalCode::{BadFrame, FolderClosed, NoGrant, Ok as Taken};

const LATE: &str = "2026-03-31";
/// Any day after the quarters that are asked for.
const TODAY: Date = date(2026, 4, 1);

/// A leader, who is administrator too; a deputy, and a consultant who writes in two folders.
struct Office {
    founder: TestDevice,
    deputy: TestDevice,
    consultant: TestDevice,
    programme: ProgrammeId,
    folders: [FolderId; 2],
}

impl Office {
    fn on(server: &TestServer) -> Self {
        let tenant = TestTenant::found(server);
        let (mut founder, programme) = (tenant.founder.clone(), tenant.programme);
        let (deputy, consultant) = (tenant.enrol_deputy(), tenant.enrol_consultant());
        let folders = [fresh_id(), fresh_id()];
        for folder in folders {
            let made = [
                new_folder(&mut founder, folder, programme),
                grant(&mut founder, folder, deputy.member, Rights::MANAGE),
                grant(&mut founder, folder, consultant.member, Rights::WRITE),
            ];
            assert_eq!(founder.push(server, &made), [Taken; 3]);
        }
        Self { founder, deputy, consultant, programme, folders }
    }

    fn tell(&mut self, server: &TestServer, folder: FolderId, batch: &FactBatch) -> RefusalCode {
        let envelope = facts(&mut self.consultant, folder, batch);
        self.consultant.push(server, &[envelope])[0]
    }

    fn counted(&self, server: &TestServer) -> (u64, FactCount) {
        let reply = report(&self.deputy, server, self.programme, "point_prevalence", LATE).unwrap();
        (only(&reply).denominator.unwrap(), reply.facts)
    }

    fn evaluator(&self, server: &TestServer) -> TestDevice {
        let role = RoleGrant { role: Role::Evaluator, programme: self.programme, side: Side::Employment };
        TestInvitation::by(&self.founder, vec![role.into()]).enrol(server).unwrap()
    }
}

fn only(reply: &ReportReply) -> &ToldFigure {
    assert_eq!(reply.figures.len(), 1);
    &reply.figures[0]
}

fn count(accepted: u64, taken_back: u64) -> FactCount {
    FactCount { accepted, taken_back }
}

#[test]
fn what_two_devices_tell_of_one_entry_counts_once_and_what_is_taken_back_is_counted_apart() {
    let server = TestServer::start();
    let mut office = Office::on(&server);
    let [folder, other] = office.folders;
    assert_eq!(office.tell(&server, folder, &told(&[enrolled(1, 5)])), Taken);
    assert_eq!(office.tell(&server, other, &told(&[enrolled(2, 6)])), Taken);
    let again = facts(&mut office.deputy, folder, &told(&[enrolled(1, 5)]));
    assert_eq!(office.deputy.push(&server, &[again]), [Taken]);
    assert_eq!(office.counted(&server), (2, count(2, 0)));
    let back = FactBatch { taken_back: vec![enrolled(2, 6).id], ..told(&[]) };
    assert_eq!(office.tell(&server, other, &back), Taken);
    assert_eq!(office.counted(&server), (1, count(1, 1)));
}

#[test]
fn only_who_may_write_in_a_folder_tells_what_of_it_is_counted_and_only_by_the_lists() {
    let server = TestServer::start();
    let mut office = Office::on(&server);
    let [folder, closed] = office.folders;
    let batch = told(&[enrolled(1, 5)]);
    let mut stranger = office.evaluator(&server);
    let strange = facts(&mut stranger, folder, &batch);
    assert_eq!(stranger.push(&server, &[strange]), [NoGrant]);
    let unbound = facts(&mut office.consultant, FolderId::NONE, &batch);
    assert_eq!(office.consultant.push(&server, &[unbound]), [NoGrant]);
    let shut = close(&mut office.founder, closed);
    assert_eq!(office.founder.push(&server, &[shut]), [Taken]);
    assert_eq!(office.tell(&server, closed, &batch), FolderClosed);
    // In nobody's words: what is no batch, and a fact of a code that is on no list, are not taken.
    let mut body = feltbog_protocol::encode(&batch);
    let words = office.consultant.seal(EnvelopeKind::FactBatch, folder, 0, b"Marianne var i job");
    let code = body.windows(2).position(|pair| pair == [1, 1]).unwrap();
    body[code + 1] = 23;
    let unknown = office.consultant.seal(EnvelopeKind::FactBatch, folder, 0, &body);
    assert_eq!(office.consultant.push(&server, &[words, unknown]), [BadFrame; 2]);
    let register = fresh_id();
    let record = key_record(&office.founder, FolderKind::Employers, office.programme);
    let made = office.founder.seal(EnvelopeKind::KeyRecord, register, 1, &feltbog_protocol::encode(&record));
    let counted = facts(&mut office.founder, register, &batch);
    assert_eq!(office.founder.push(&server, &[made, counted]), [Taken, BadFrame]);
    assert_eq!(office.counted(&server), (0, count(0, 0)));
}

#[test]
fn who_reads_a_folder_is_sent_what_was_told_of_it_and_nobody_else_is() {
    let server = TestServer::start();
    let mut office = Office::on(&server);
    let [folder, _] = office.folders;
    assert_eq!(office.tell(&server, folder, &told(&[enrolled(1, 5)])), Taken);
    let fetched = |device: &TestDevice| {
        let rows = device.pull(&server, 0);
        rows.iter().filter(|row| row.header().known_kind() == Some(EnvelopeKind::FactBatch)).count()
    };
    assert_eq!((fetched(&office.deputy), fetched(&office.evaluator(&server))), (1, 0));
    let backfill = vec![feltbog_protocol::BackfillAsk::whole(folder, 0, 1_000)];
    let ask = SyncRequest { cursor: 1_000, backfill, max_bytes: limits::PAGE_MAX, ..SyncRequest::default() };
    let rows = office.founder.sync(&server, &SyncRequest { cursor: 0, ..ask }).unwrap().backfill_rows;
    assert_eq!(rows.iter().filter(|row| row.envelope[5] == EnvelopeKind::FactBatch.code()).count(), 1);
}

#[test]
fn the_facts_of_an_erased_case_are_counted_no_more_nor_after_an_older_copy_is_put_back() {
    let mut server = TestServer::start();
    let mut office = Office::on(&server);
    let [folder, other] = office.folders;
    assert_eq!(office.tell(&server, folder, &told(&[enrolled(1, 5)])), Taken);
    assert_eq!(office.tell(&server, other, &told(&[enrolled(2, 6)])), Taken);
    assert_eq!(office.counted(&server), (2, count(2, 0)));
    let copy = server.copy();
    let proposal = propose_erasure(&mut office.deputy, &[folder], office.programme);
    let confirmation = confirm_erasure(&mut office.founder, hash_of(&proposal));
    let (codes, proposed) = office.deputy.push_proven(&server, std::slice::from_ref(&proposal));
    assert_eq!(codes, [Taken]);
    let (codes, confirmed) = office.founder.push_proven(&server, std::slice::from_ref(&confirmation));
    assert_eq!((codes, office.counted(&server)), (vec![Taken], (1, count(1, 0))));
    assert_eq!(office.tell(&server, folder, &told(&[enrolled(1, 5)])), RefusalCode::Erased);

    server.put_back(&copy, true);
    let ask = SyncRequest { epoch: office.deputy.epoch, ..SyncRequest::default() };
    let epoch = office.deputy.sync(&server, &ask).unwrap_err().problem.epoch.unwrap();
    let early = report(&office.deputy, &server, office.programme, "caseload", LATE).unwrap_err();
    assert_eq!(early.problem.code, ErrorCode::Busy, "while the log heals it may lack what is on its way");
    assert_eq!(office.founder.push_with(&server, &[confirmation], vec![confirmed]), [Taken]);
    assert_eq!(office.deputy.push_with(&server, &[proposal], vec![proposed]), [Taken]);
    office.founder.exchange_in(&server, epoch, 0);
    assert_eq!(office.counted(&server), (1, count(1, 0)));
}

/// Twenty-three people; each asks what the evaluator may, and then once more with one citizen more: what is seen differs by
/// nothing, or by five.
#[test]
fn an_evaluator_sees_whole_fives_at_the_ends_of_quarters_and_no_difference_of_one() {
    let server = TestServer::start();
    let mut office = Office::on(&server);
    let [folder, _] = office.folders;
    let evaluator = office.evaluator(&server);
    let mut seen = Vec::new();
    for number in 1..=23 {
        let fact: Fact = enrolled(number, 5);
        assert_eq!(office.tell(&server, folder, &told(&[fact])), Taken);
        let reply = report(&evaluator, &server, office.programme, "ever_started", LATE).unwrap();
        assert_eq!((reply.facts, only(&reply).rows.len(), only(&reply).details.len()), (count(0, 0), 0, 0));
        seen.extend(only(&reply).denominator);
    }
    let expected: Vec<u64> = (1..=23).map(|number| number - number % 5).collect();
    assert_eq!(seen, expected);
    let whole = report(&office.deputy, &server, office.programme, "ever_started", LATE).unwrap();
    assert_eq!(only(&whole).denominator, Some(23), "the deputy sees all of them");
    for between in ["2026-03-30", "2026-02-28", "2999-12-31"] {
        let refused = report(&evaluator, &server, office.programme, "ever_started", between).unwrap_err();
        assert_eq!(refused.problem.code, ErrorCode::BadRequest, "{between}");
    }
}

/// Everything an evaluator's account can ask for: every measure and all at once, on any day, with and without a period. What comes
/// back is what `coarse` gives, which is tried on every small programme (reports); nothing else does.
#[test]
fn whatever_an_evaluator_asks_the_answer_is_of_groups_or_none() {
    let server = TestServer::start();
    let mut office = Office::on(&server);
    let [folder, _] = office.folders;
    let entered: Vec<Fact> = (1..=13).map(|number| enrolled(number, 5)).collect();
    assert_eq!(office.tell(&server, folder, &told(&entered)), Taken);
    let evaluator = office.evaluator(&server);
    let book = FactBook::new(entered);
    let mut answered = Vec::new();
    for as_of in ["2025-12-31", "2026-01-31", "2026-03-30", LATE, "2999-12-31", "2026-02-30"] {
        for (from, to) in
            [(None, None), (Some("2026-01-01"), None), (None, Some(LATE)), (Some("2026-01-01"), Some(LATE))]
        {
            let named = Measure::all().map(|measure| vec![measure.code().to_owned()]);
            for measures in named.chain([Vec::new()]) {
                let all = measures.is_empty();
                let days = (from.map(str::to_owned), to.map(str::to_owned));
                let request = ReportRequest {
                    programme: office.programme,
                    measures,
                    as_of: as_of.to_owned(),
                    from: days.0,
                    to: days.1,
                };
                let Ok(reply) = report_of(&evaluator, &server, &request) else { continue };
                assert_eq!(reply.facts, count(0, 0));
                assert!(all || reply.figures.len() == 1);
                for figure in &reply.figures {
                    let measure = Measure::from_code(&figure.measure).unwrap();
                    let question = Question::at_a_cut(measure, as_of.parse().unwrap(), None, TODAY).unwrap();
                    if measure == Measure::DaysOccurredToReceived {
                        // The server alone knows when it had them: thirteen entries, and the days of ten.
                        let below = if as_of == LATE { 10 } else { 0 };
                        assert_eq!((figure.denominator, figure.numerator % 10), (Some(below), 0), "{request:?}");
                    } else {
                        assert_eq!(*figure, ToldFigure::from(&coarse(question, &book)), "{request:?}");
                    }
                    answered.push((as_of, from, to, measure));
                }
            }
        }
    }
    // Two ends of quarters, each measure by its name and among all; the period and the other days bring nothing.
    let expected = Measure::all().filter(|measure| is_told(*measure)).count() * 2 * 2;
    assert_eq!(answered.len(), expected);
    assert!(answered.iter().all(|(_, from, to, _)| from.is_none() && to.is_none()));
}

#[test]
fn nobody_is_told_figures_of_a_programme_that_is_not_theirs() {
    let server = TestServer::start();
    let office = Office::on(&server);
    for (device, programme) in [(&office.consultant, office.programme), (&office.deputy, fresh_id())] {
        let refused = report(device, &server, programme, "caseload", LATE).unwrap_err();
        assert_eq!((refused.status, refused.problem.code), (403, ErrorCode::NotEntitled));
    }
    let refused = report(&office.deputy, &server, office.programme, "happiness", LATE).unwrap_err();
    assert_eq!(refused.problem.code, ErrorCode::BadRequest);
}

//! The server counts what devices tell it, and comes to the phone's own numbers: after each handover, mistake and erasure.

use feltbog_domain::{DocumentId, ErasureReason, Role};
use feltbog_reports::Measure;

use super::town::{Town, new_case};
use crate::{App, AppError, EntryChanges, HandOverWish, LogWish, NewCaseWish, ReportWish, ServerReport};

const AASE: &str = "Åse Holm";
const BO: &str = "Bo Lind";

/// The leader is administrator too; Astrid stands in for her; Åse and Bo are consultants.
struct Office {
    town: Town,
    deputy: App,
    aase: App,
    bo: App,
}

impl Office {
    async fn new() -> Self {
        let town = Town::founded().await;
        let deputy = town.colleague("Astrid Bak", Role::Deputy).await;
        let (aase, bo) = (town.colleague(AASE, Role::Consultant).await, town.colleague(BO, Role::Consultant).await);
        let office = Self { town, deputy, aase, bo };
        office.exchange().await;
        office
    }

    fn leader(&self) -> &App {
        &self.town.leader
    }

    async fn exchange(&self) {
        for _ in 0..2 {
            for app in [&self.aase, &self.bo, &self.deputy, self.leader()] {
                app.exchange().await.unwrap();
            }
        }
    }

    /// What the server counts; fails where the leader's own device or the deputy's comes to anything else.
    async fn agreed(&self, when: &str) -> ServerReport {
        let report = self.leader().server_report(&ReportWish::default()).await.unwrap();
        assert!(report.figures.len() > 10, "{when}");
        for both in &report.figures {
            if both.question.measure() != Measure::DaysOccurredToReceived {
                assert_eq!(both.here.as_ref(), Some(&both.server), "{when}");
                assert_eq!(both.agree(), Some(true));
            }
        }
        assert_eq!(report.pending, 0, "{when}");
        let beside = self.deputy.server_report(&ReportWish::default()).await.unwrap();
        assert_eq!(beside, report, "{when}");
        report
    }
}

fn case(number: &str) -> NewCaseWish {
    NewCaseWish { enrolled_on: Some("01-02-2026".into()), ..new_case(number, false) }
}

fn log(app: &App, case: &str, kind: &str, at: &str) -> DocumentId {
    let wish = LogWish { case: Some(case.into()), kind: kind.into(), at: Some(at.into()), ..LogWish::default() };
    app.with(|d| d.log_entry(&wish)).unwrap().entry
}

fn counted(report: &ServerReport, measure: Measure) -> (u64, Option<u64>) {
    let both = report.figures.iter().find(|both| both.question.measure() == measure).unwrap();
    (both.server.numerator, both.server.denominator)
}

fn entries(report: &ServerReport) -> (u64, u64) {
    report.entries.map(|entries| (entries.accepted, entries.taken_back)).unwrap()
}

#[tokio::test]
async fn server_and_phone_count_alike_after_a_handover_a_mistake_and_an_erasure() {
    let office = Office::new().await;
    for number in ["V-1", "V-2"] {
        office.aase.with(|d| d.new_case(&case(number))).unwrap();
    }
    log(&office.aase, "V-1", "employer_visit", "05-02-2026 10:00");
    log(&office.aase, "V-1", "job_start", "02-03-2026 08:00");
    let by_mistake = log(&office.aase, "V-2", "job_start", "03-03-2026 08:00");
    office.exchange().await;
    let report = office.agreed("after the first day").await;
    assert_eq!(counted(&report, Measure::PointPrevalence), (2, Some(2)));
    assert_eq!(counted(&report, Measure::DaysToFirstEmployerContact), (4, Some(1)));
    assert_eq!(entries(&report), (5, 0));

    office.aase.with(|d| d.mark_mistaken(by_mistake, "forkert borger")).unwrap();
    office.exchange().await;
    let report = office.agreed("after a mistake").await;
    assert_eq!(counted(&report, Measure::PointPrevalence), (1, Some(2)));
    assert_eq!(entries(&report), (4, 1), "what was rejected is counted apart");

    let to = HandOverWish { from: AASE.into(), to: BO.into(), case: Some("V-1".into()) };
    office.leader().with(|d| d.hand_over(&to)).unwrap();
    office.exchange().await;
    log(&office.bo, "V-1", "job_end", "20-03-2026 08:00");
    office.exchange().await;
    let report = office.agreed("after a handover").await;
    assert_eq!(counted(&report, Measure::PointPrevalence), (0, Some(2)));
    assert_eq!(entries(&report), (5, 1), "nobody's facts are there twice");

    let case = Some("V-1");
    let entry = log(&office.bo, "V-1", "employer_visit", "06-02-2026 10:00");
    office.exchange().await;
    assert_eq!(entries(&office.agreed("before an entry is erased").await), (6, 1));
    let proposed = office.deputy.with(|d| d.propose_entry_erasure(case, entry, ErasureReason::WrongPerson)).unwrap();
    office.exchange().await;
    office.leader().with(|d| d.confirm_erasure(&proposed.proposal)).unwrap();
    office.exchange().await;
    office.exchange().await;
    let report = office.agreed("after an entry was erased").await;
    assert_eq!(entries(&report), (5, 1), "the entry's fact is gone, and no other");

    let proposed = office.deputy.with(|d| d.propose_erasure("V-1", ErasureReason::RetentionOver)).unwrap();
    office.exchange().await;
    office.leader().with(|d| d.confirm_erasure(&proposed.proposal)).unwrap();
    office.exchange().await;
    let report = office.agreed("after a case was erased").await;
    assert_eq!((counted(&report, Measure::PointPrevalence), entries(&report)), ((0, Some(1)), (1, 1)));
}

#[tokio::test]
async fn what_two_wrote_in_one_entry_while_apart_is_counted_once_and_as_both_read_it() {
    let office = Office::new().await;
    office.aase.with(|d| d.new_case(&case("V-1"))).unwrap();
    let entry = log(&office.aase, "V-1", "job_start", "02-03-2026 08:00");
    office.exchange().await;
    let hours = |hours| EntryChanges { hours_per_week: Some(hours), ..EntryChanges::default() };
    office.aase.with(|d| d.change_entry(entry, &[], &hours(12))).unwrap();
    office.deputy.with(|d| d.change_entry(entry, &[], &hours(20))).unwrap();
    office.exchange().await;
    let report = office.agreed("after two wrote").await;
    assert_eq!(entries(&report), (2, 0));
}

#[tokio::test]
async fn what_waits_on_the_phone_is_counted_apart_and_who_has_no_such_role_is_told_nothing() {
    let office = Office::new().await;
    office.aase.with(|d| d.new_case(&case("V-1"))).unwrap();
    office.exchange().await;
    log(office.leader(), "V-1", "job_start", "02-03-2026 08:00");
    let report = office.leader().server_report(&ReportWish::default()).await.unwrap();
    assert_eq!((report.pending, entries(&report)), (1, (1, 0)));
    let both = report.figures.iter().find(|both| both.question.measure() == Measure::PointPrevalence).unwrap();
    assert_eq!((both.server.numerator, both.here.as_ref().unwrap().numerator, both.agree()), (0, 1, Some(false)));
    office.exchange().await;
    office.agreed("once it was sent").await;
    let refused = office.aase.server_report(&ReportWish::default()).await;
    assert!(matches!(refused, Err(AppError::NotAllowed(_))), "{refused:?}");
}

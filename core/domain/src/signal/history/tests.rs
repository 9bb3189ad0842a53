use proptest::prelude::*;

use super::*;
use crate::signal::SignalKind::{
    BenefitGuidance, ConsentExpired, ConsentExpiring, ContactAfterJobLoss, ContactAfterStart, ContactBeforeStart,
    FirstEmployerContact, MonthlyContact, Placement, StatutoryTalk, UnsentNote, WeeklyContact,
};
use crate::signal::{SignalKind, statutory_talk};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// A citizen in words: `enrolled 2026-01-31`, `met 2026-02-02` and so on.
#[derive(Default)]
struct Citizen {
    talks: Option<Limit>,
    enrolled: Option<Date>,
    closed: bool,
    consent: Option<Consent>,
    unsent: Option<Date>,
    entries: Vec<(EntryKind, Option<bool>, Date)>,
}

impl Citizen {
    fn enrolled(on: &str) -> Self {
        Self { enrolled: Some(day(on)), ..Self::default() }
    }

    fn with(mut self, kind: EntryKind, face_to_face: Option<bool>, on: &str) -> Self {
        self.entries.push((kind, face_to_face, day(on)));
        self
    }

    fn did(self, kind: EntryKind, on: &str) -> Self {
        self.with(kind, None, on)
    }

    /// As the store delivers it: entries up to today, milestones also beyond.
    fn signals(&self, today: &str) -> Vec<Signal> {
        let today = day(today);
        let past = self.entries.iter().filter(|entry| entry.2 <= today);
        let mut milestones: Vec<Milestone> = self
            .entries
            .iter()
            .filter(|entry| entry.0.is_milestone())
            .map(|(kind, _, on)| Milestone { kind: kind.clone(), on: *on, employer: None })
            .collect();
        milestones.sort_by_key(|milestone| milestone.on);
        CaseHistory {
            enrolled_on: self.enrolled,
            closed: self.closed,
            latest: past.map(|(kind, met, on)| LatestEntry { kind, face_to_face: *met, on: *on }).collect(),
            milestones,
            consent: self.consent.as_ref(),
            unsent_since: self.unsent,
        }
        .signals_by(&RULES.into_iter().chain(self.talks.map(statutory_talk)).collect::<Vec<_>>(), today)
    }

    fn days_left(&self, kind: SignalKind, today: &str) -> Option<i32> {
        self.signals(today).into_iter().find(|signal| signal.kind == kind).map(|signal| signal.days_left)
    }

    fn kinds(&self, today: &str) -> Vec<SignalKind> {
        self.signals(today).into_iter().map(|signal| signal.kind).collect()
    }
}

fn in_job_since(start: &str) -> Citizen {
    Citizen::default().did(EntryKind::BenefitGuidance, "2020-01-01").did(EntryKind::JobStart, start)
}

#[test]
fn the_last_day_is_in_time_and_the_next_is_late() {
    let enrolled = |on: &str| Citizen::enrolled(on);
    let consent = |until: &str| Citizen {
        consent: Some(Consent {
            types: vec!["jobmål".into()],
            from: day("2019-01-01"),
            until: day(until),
            giver: None,
            receiver: None,
        }),
        ..Citizen::default()
    };
    let unsent = |since: &str| Citizen { unsent: Some(day(since)), ..Citizen::default() };
    let start = in_job_since;
    let met = |start: &str, met: &str| in_job_since(start).did(EntryKind::FollowAlong, met);
    let lost =
        |on: &str| in_job_since("2025-01-01").did(EntryKind::FollowAlong, "2025-02-02").did(EntryKind::JobEnd, on);
    let talks = |limit: Limit, on: &str| Citizen { talks: Some(limit), ..Citizen::enrolled(on) };
    let held = |limit: Limit, on: &str| talks(limit, "2020-01-01").did(EntryKind::StatutoryTalk, on);
    // What, whose, today, days left.
    for (kind, citizen, today, days_left) in [
        // Thirty days: quiet until fourteen are left, day 30 in time, day 31 late.
        (FirstEmployerContact, enrolled("2026-03-01"), "2026-03-16", None),
        (FirstEmployerContact, enrolled("2026-03-01"), "2026-03-17", Some(14)),
        (FirstEmployerContact, enrolled("2026-03-01"), "2026-03-31", Some(0)),
        (FirstEmployerContact, enrolled("2026-03-01"), "2026-04-01", Some(-1)),
        // Through February of a common year, of a leap year, over New Year, and when the clocks change.
        (FirstEmployerContact, enrolled("2026-01-31"), "2026-03-02", Some(0)),
        (FirstEmployerContact, enrolled("2028-01-31"), "2028-03-01", Some(0)),
        (FirstEmployerContact, enrolled("2028-01-31"), "2028-03-02", Some(-1)),
        (FirstEmployerContact, enrolled("2025-12-15"), "2026-01-14", Some(0)),
        (FirstEmployerContact, enrolled("2026-03-15"), "2026-04-14", Some(0)),
        (FirstEmployerContact, enrolled("2026-10-10"), "2026-11-09", Some(0)),
        (FirstEmployerContact, enrolled("2026-05-01"), "2026-04-01", None),
        // A calendar month: to the same day, or to the last of a shorter month.
        (Placement, enrolled("2026-03-05"), "2026-03-21", None),
        (Placement, enrolled("2026-03-05"), "2026-03-22", Some(14)),
        (Placement, enrolled("2026-03-05"), "2026-04-05", Some(0)),
        (Placement, enrolled("2026-03-05"), "2026-04-06", Some(-1)),
        (Placement, enrolled("2026-01-31"), "2026-02-28", Some(0)),
        (Placement, enrolled("2026-01-31"), "2026-03-01", Some(-1)),
        (Placement, enrolled("2028-01-31"), "2028-02-29", Some(0)),
        (Placement, enrolled("2028-01-31"), "2028-03-01", Some(-1)),
        (Placement, enrolled("2026-03-31"), "2026-04-30", Some(0)),
        (Placement, enrolled("2026-12-31"), "2027-01-31", Some(0)),
        (Placement, enrolled("2028-02-29"), "2028-03-29", Some(0)),
        // The three days after a start and after a job was lost.
        (ContactAfterStart, start("2026-03-02"), "2026-03-02", Some(3)),
        (ContactAfterStart, start("2026-03-02"), "2026-03-05", Some(0)),
        (ContactAfterStart, start("2026-03-02"), "2026-03-06", Some(-1)),
        (ContactAfterJobLoss, lost("2026-02-27"), "2026-02-27", Some(3)),
        (ContactAfterJobLoss, lost("2026-02-27"), "2026-03-02", Some(0)),
        (ContactAfterJobLoss, lost("2026-02-27"), "2026-03-03", Some(-1)),
        // Every week in the month after the start, every month later.
        (WeeklyContact, met("2026-01-31", "2026-02-02"), "2026-02-06", None),
        (WeeklyContact, met("2026-01-31", "2026-02-02"), "2026-02-07", Some(2)),
        (WeeklyContact, met("2026-01-31", "2026-02-02"), "2026-02-09", Some(0)),
        (WeeklyContact, met("2026-01-31", "2026-02-02"), "2026-02-10", Some(-1)),
        (WeeklyContact, met("2026-01-31", "2026-02-21"), "2026-02-28", Some(0)),
        (WeeklyContact, met("2026-01-31", "2026-02-02"), "2026-06-09", Some(-120)),
        (WeeklyContact, met("2026-01-31", "2026-02-22"), "2026-03-01", None),
        (MonthlyContact, met("2026-01-31", "2026-02-22"), "2026-03-14", None),
        (MonthlyContact, met("2026-01-31", "2026-02-22"), "2026-03-15", Some(7)),
        (MonthlyContact, met("2026-01-31", "2026-02-22"), "2026-03-22", Some(0)),
        (MonthlyContact, met("2026-01-31", "2026-02-22"), "2026-03-23", Some(-1)),
        (MonthlyContact, met("2025-01-02", "2026-01-31"), "2026-02-28", Some(0)),
        // The next statutory talk, from enrolment and from the last one held; where nothing is set there is none.
        (StatutoryTalk, enrolled("2026-03-01"), "2027-03-01", None),
        (StatutoryTalk, talks(Limit::Months(3), "2026-11-30"), "2027-02-13", None),
        (StatutoryTalk, talks(Limit::Months(3), "2026-11-30"), "2027-02-14", Some(14)),
        (StatutoryTalk, talks(Limit::Months(3), "2026-11-30"), "2027-02-28", Some(0)),
        (StatutoryTalk, talks(Limit::Months(3), "2026-11-30"), "2027-03-01", Some(-1)),
        (StatutoryTalk, talks(Limit::Days(28), "2026-03-15"), "2026-04-12", Some(0)),
        (StatutoryTalk, talks(Limit::Days(28), "2026-03-15"), "2026-04-13", Some(-1)),
        (StatutoryTalk, held(Limit::Months(1), "2028-01-31"), "2028-02-29", Some(0)),
        (StatutoryTalk, held(Limit::Months(1), "2028-01-31"), "2028-03-01", Some(-1)),
        (StatutoryTalk, held(Limit::Months(3), "2026-03-01"), "2026-05-17", None),
        (StatutoryTalk, held(Limit::Months(3), "2026-03-01"), "2026-06-01", Some(0)),
        (
            StatutoryTalk,
            held(Limit::Months(3), "2026-03-01").with(EntryKind::StatutoryTalk, Some(false), "2026-05-20"),
            "2026-06-02",
            Some(-1),
        ),
        (
            StatutoryTalk,
            held(Limit::Months(3), "2026-03-01").did(EntryKind::Contact, "2026-05-20"),
            "2026-06-02",
            Some(-1),
        ),
        // Consent, and what is only here.
        (ConsentExpiring, consent("2026-03-20"), "2026-02-17", None),
        (ConsentExpiring, consent("2026-03-20"), "2026-02-18", Some(30)),
        (ConsentExpiring, consent("2026-03-20"), "2026-03-20", Some(0)),
        (ConsentExpired, consent("2026-03-20"), "2026-03-20", None),
        (ConsentExpired, consent("2026-03-20"), "2026-03-21", Some(-1)),
        (UnsentNote, unsent("2026-03-06"), "2026-03-08", None),
        (UnsentNote, unsent("2026-03-06"), "2026-03-09", Some(0)),
        (UnsentNote, unsent("2026-03-06"), "2026-03-10", Some(-1)),
    ] {
        assert_eq!(citizen.days_left(kind, today), days_left, "{kind:?} on {today}");
    }
}

#[test]
fn before_a_start_they_meet_within_the_week_and_not_earlier() {
    let planned = |met: &str| in_job_since("2026-03-16").did(EntryKind::Contact, met);
    for (met, today, days_left) in [
        ("2026-03-08", "2026-03-08", None),
        ("2026-03-08", "2026-03-09", Some(6)),
        ("2026-03-08", "2026-03-15", Some(0)),
        ("2026-03-09", "2026-03-15", None),
        ("2026-03-15", "2026-03-15", None),
        // From the day itself it is the rule about the days after that speaks.
        ("2026-03-08", "2026-03-16", None),
    ] {
        assert_eq!(planned(met).days_left(ContactBeforeStart, today), days_left, "met {met}, on {today}");
    }
    assert_eq!(planned("2026-03-15").days_left(ContactAfterStart, "2026-03-16"), Some(3));
    assert_eq!(planned("2026-03-16").days_left(ContactAfterStart, "2026-03-16"), None);
}

#[test]
fn attempts_and_calls_stop_no_clock_that_asks_for_a_meeting() {
    let idle = [
        (EntryKind::NotReached, Some(true)),
        (EntryKind::OutreachAttempt, Some(true)),
        (EntryKind::EmployerContact, Some(false)),
        (EntryKind::EmployerContact, None),
        (EntryKind::EmployerVisit, Some(false)),
        (EntryKind::JobInterview, Some(false)),
        (EntryKind::Contact, Some(false)),
        (EntryKind::FollowAlong, Some(false)),
        (EntryKind::Note, Some(true)),
        (EntryKind::Canvassing, Some(true)),
        (EntryKind::Unknown("hologram_visit".into()), Some(true)),
    ];
    for (kind, met) in idle {
        let seeker = Citizen::enrolled("2026-02-14").with(kind.clone(), met, "2026-03-01");
        assert_eq!(seeker.days_left(FirstEmployerContact, "2026-03-12"), Some(4), "{kind:?} {met:?}");
        let worker = in_job_since("2026-03-01").with(kind.clone(), met, "2026-03-03");
        assert_eq!(worker.days_left(ContactAfterStart, "2026-03-04"), Some(0), "{kind:?} {met:?}");
    }
}

#[test]
fn meetings_stop_the_clocks_that_ask_for_them() {
    for (kind, met) in [
        (EntryKind::EmployerVisit, Some(true)),
        (EntryKind::EmployerVisit, None),
        (EntryKind::JobInterview, None),
        (EntryKind::EmployerContact, Some(true)),
    ] {
        let seeker = Citizen::enrolled("2026-02-14").with(kind.clone(), met, "2026-02-14");
        assert_eq!(seeker.days_left(FirstEmployerContact, "2026-03-20"), None, "{kind:?} {met:?}");
    }
    for kind in [EntryKind::WorkplaceSupport, EntryKind::Contact, EntryKind::StatutoryTalk, EntryKind::Mentoring] {
        let worker = in_job_since("2026-03-01").did(kind.clone(), "2026-03-01");
        assert_eq!(worker.kinds("2026-03-04"), [], "{kind:?}");
    }
}

#[test]
fn what_was_before_enrolment_or_is_planned_stops_nothing() {
    let citizen = Citizen::enrolled("2026-02-14")
        .did(EntryKind::EmployerVisit, "2026-02-13")
        .did(EntryKind::EmployerVisit, "2026-03-30")
        .did(EntryKind::Placement, "2026-03-30");
    assert_eq!(citizen.kinds("2026-03-12"), [Placement, FirstEmployerContact]);
    assert_eq!(citizen.kinds("2026-03-30"), []);
}

#[test]
fn nobody_in_a_job_or_about_to_start_is_asked_for_an_employer_or_a_placement() {
    for (kind, on) in [
        (EntryKind::JobStart, "2026-02-20"),
        (EntryKind::JobStart, "2026-05-01"),
        (EntryKind::EducationStart, "2026-02-20"),
        (EntryKind::EducationStart, "2026-05-01"),
    ] {
        let kinds = Citizen::enrolled("2026-02-14").did(kind, on).kinds("2026-04-01");
        assert!(!kinds.contains(&FirstEmployerContact) && !kinds.contains(&Placement), "{on} {kinds:?}");
    }
    // Out of the job again the search is on; a placement would be less than what has been.
    let out =
        Citizen::enrolled("2026-02-14").did(EntryKind::JobStart, "2026-02-20").did(EntryKind::JobEnd, "2026-03-20");
    let kinds = out.kinds("2026-04-01");
    assert!(kinds.contains(&FirstEmployerContact) && !kinds.contains(&Placement), "{kinds:?}");
}

#[test]
fn guidance_about_benefits_is_asked_for_as_soon_as_a_job_is_known_and_until_it_is_given() {
    let planned = Citizen::default().did(EntryKind::JobStart, "2026-05-01");
    assert_eq!(planned.days_left(BenefitGuidance, "2026-03-01"), Some(60));
    assert_eq!(planned.days_left(BenefitGuidance, "2026-04-30"), Some(0));
    assert_eq!(planned.days_left(BenefitGuidance, "2026-05-01"), Some(-1));
    assert_eq!(planned.days_left(BenefitGuidance, "2026-05-08"), Some(-8));
    let by_telephone = Citizen::default().did(EntryKind::JobStart, "2026-05-01");
    let by_telephone = by_telephone.with(EntryKind::BenefitGuidance, Some(false), "2026-04-01");
    assert_eq!(by_telephone.days_left(BenefitGuidance, "2026-04-20"), None);
    assert_eq!(by_telephone.days_left(BenefitGuidance, "2026-03-20"), Some(41), "planned guidance is not given yet");
    let ended = planned.did(EntryKind::JobEnd, "2026-06-01");
    assert_eq!(ended.days_left(BenefitGuidance, "2026-06-01"), None);
    assert_eq!(
        Citizen::default().did(EntryKind::EducationStart, "2026-05-01").days_left(BenefitGuidance, "2026-05-02"),
        None
    );
}

#[test]
fn a_job_that_is_changed_is_not_lost() {
    let changed =
        in_job_since("2026-01-05").did(EntryKind::JobStart, "2026-03-02").did(EntryKind::JobEnd, "2026-03-02");
    assert_eq!(changed.kinds("2026-03-03"), [ContactAfterStart]);
    let overlapping =
        in_job_since("2026-01-05").did(EntryKind::JobStart, "2026-03-02").did(EntryKind::JobEnd, "2026-03-06");
    let overlapping = overlapping.did(EntryKind::WorkplaceSupport, "2026-03-07");
    assert_eq!(overlapping.days_left(WeeklyContact, "2026-03-14"), Some(0), "the newer job is the one that counts");
}

#[test]
fn the_end_of_a_job_ends_the_one_at_the_same_employer() {
    let (bakery, garden) = ("93236106".parse().ok(), "96787022".parse().ok());
    let milestone = |kind: EntryKind, on: &str, employer| Milestone { kind, on: day(on), employer };
    let milestones = [
        milestone(EntryKind::JobStart, "2026-01-05", bakery),
        milestone(EntryKind::JobStart, "2026-03-02", garden),
        milestone(EntryKind::JobEnd, "2026-03-09", garden),
    ];
    assert_eq!(Work::on(&milestones, day("2026-03-10")).newest_start(), Some(day("2026-01-05")));
}

#[test]
fn one_meeting_answers_all_so_only_the_most_pressing_is_asked_for() {
    let citizen =
        in_job_since("2026-01-05").did(EntryKind::FollowAlong, "2026-02-06").did(EntryKind::JobStart, "2026-03-12");
    assert_eq!(citizen.kinds("2026-03-10"), [MonthlyContact], "late by the month, and a new job in two days");
}

#[test]
fn nothing_is_due_in_a_closed_case_or_where_nothing_is_known() {
    let mut citizen = Citizen::enrolled("2020-01-01").did(EntryKind::JobStart, "2020-05-01");
    citizen.unsent = Some(day("2020-05-01"));
    assert!(!citizen.kinds("2026-03-12").is_empty());
    citizen.closed = true;
    assert_eq!(citizen.kinds("2026-03-12"), []);
    assert_eq!(Citizen::default().kinds("2026-03-12"), []);
}

#[test]
fn a_programme_can_have_rules_of_its_own() {
    let history = CaseHistory { enrolled_on: Some(day("2026-02-14")), ..CaseHistory::default() };
    let own = RULES.map(|rule| Rule { limit: Limit::Days(10), ..rule });
    let due: Vec<Date> = history.signals_by(&own, day("2026-02-20")).iter().map(|signal| signal.due).collect();
    assert_eq!(due, [day("2026-02-24"), day("2026-02-24")]);
    assert_eq!(history.signals_by(&[], day("2026-02-20")), []);
}

#[test]
fn every_rule_says_where_it_comes_from_and_no_two_are_about_the_same() {
    for (n, rule) in RULES.iter().enumerate() {
        assert!(!rule.danish.is_empty() && !rule.english.is_empty(), "{:?}", rule.kind);
        assert!(!rule.source.danish.is_empty() && !rule.source.english.is_empty(), "{:?}", rule.kind);
        assert!(RULES.iter().skip(n + 1).all(|other| other.kind != rule.kind), "{:?}", rule.kind);
    }
}

fn any_day() -> impl Strategy<Value = Date> {
    (0_i32..4_000).prop_map(|days| day("2020-01-01").saturating_add(days.days()))
}

fn any_entry() -> impl Strategy<Value = (EntryKind, Option<bool>, Date)> {
    let kinds: Vec<EntryKind> = EntryKind::all().cloned().collect();
    (prop::sample::select(kinds), any::<Option<bool>>(), any_day())
}

proptest! {
    #[test]
    fn a_signal_is_due_as_many_days_from_today_as_it_says(
        enrolled in prop::option::of(any_day()), entries in prop::collection::vec(any_entry(), 0..12), today in any_day(),
    ) {
        let citizen = Citizen { enrolled, entries, ..Citizen::default() };
        let signals = citizen.signals(&today.to_string());
        for signal in &signals {
            prop_assert_eq!(signal.due, today.saturating_add(signal.days_left.days()));
            prop_assert!(signal.days_left <= signal.rule.warns);
        }
        prop_assert!(signals.is_sorted_by_key(|signal| signal.days_left), "most pressing first");
        prop_assert!(signals.iter().filter(|signal| signal.rule.stops == Stops::CitizenMeeting).count() <= 1);
    }

    #[test]
    fn a_month_ends_on_the_same_day_or_on_the_last_of_a_shorter_month(from in any_day()) {
        let due = Limit::Month.due(from);
        prop_assert_eq!((due.year(), due.month()), if from.month() == 12 { (from.year() + 1, 1) } else { (from.year(), from.month() + 1) });
        prop_assert_eq!(due.day(), from.day().min(due.days_in_month()));
    }

    /// What was late must not become early by waiting, nor by hearing of one more meeting in the past.
    #[test]
    fn to_have_met_later_never_makes_the_next_meeting_earlier(start in any_day(), first in 0_i32..400, more in 0_i32..60) {
        let next = |met: i32| {
            let met = start.saturating_add(met.days());
            let citizen = in_job_since(&start.to_string()).did(EntryKind::FollowAlong, &met.to_string());
            let today = met.saturating_add(1.year());
            let signal = citizen.signals(&today.to_string()).into_iter().next();
            signal.filter(|s| matches!(s.kind, WeeklyContact | MonthlyContact)).map(|s| s.due)
        };
        let (earlier, later) = (next(first), next(first + more));
        prop_assert!(earlier.is_some() && earlier <= later, "{:?} {:?}", earlier, later);
    }

    /// A late clock is only stopped by what stops it, never by the calendar.
    #[test]
    fn what_is_late_today_is_late_tomorrow(entries in prop::collection::vec(any_entry(), 0..8), today in any_day(), enrolled in any_day()) {
        let tomorrow = today.saturating_add(1.day());
        let entries: Vec<_> = entries.into_iter().filter(|entry| entry.2 <= today).collect();
        let citizen = Citizen { enrolled: Some(enrolled), entries, ..Citizen::default() };
        for late in citizen.signals(&today.to_string()).into_iter().filter(|signal| signal.days_left < 0) {
            prop_assert_eq!(citizen.days_left(late.kind, &tomorrow.to_string()), Some(late.days_left - 1));
        }
    }

    #[test]
    fn a_meeting_today_answers_every_clock_that_asks_for_one(entries in prop::collection::vec(any_entry(), 0..12), today in any_day()) {
        let mut citizen = Citizen { entries, ..Citizen::default() };
        citizen.entries.push((EntryKind::Contact, Some(true), today));
        let asks: Vec<_> = citizen.signals(&today.to_string()).into_iter().filter(|s| s.rule.stops == Stops::CitizenMeeting).collect();
        prop_assert!(asks.is_empty(), "{asks:?}");
    }

    #[test]
    fn entries_that_are_no_meeting_change_no_signal_that_asks_for_one(
        met in prop::collection::vec(any_day(), 0..3), on in any_day(), start in any_day(), today in any_day(),
    ) {
        let mut citizen = in_job_since(&start.to_string());
        citizen.entries.extend(met.into_iter().map(|day| (EntryKind::Contact, None, day)));
        let before = citizen.signals(&today.to_string());
        citizen.entries.push((EntryKind::NotReached, Some(true), on));
        citizen.entries.push((EntryKind::Contact, Some(false), on));
        prop_assert_eq!(citizen.signals(&today.to_string()), before);
    }
}

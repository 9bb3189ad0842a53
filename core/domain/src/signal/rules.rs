//! The rules about time, as data.

use super::SignalKind;
use super::rule::{Limit, Rule, Source, SourceKind, Starts, Stops};

const ITEM_12: Source = Source { kind: SourceKind::Paper, danish: "IPS-25, punkt 12", english: "IPS-25, item 12" };
const ITEM_15: Source = Source { kind: SourceKind::Paper, danish: "IPS-25, punkt 15", english: "IPS-25, item 15" };
const ITEM_23: Source = Source { kind: SourceKind::Paper, danish: "IPS-25, punkt 23", english: "IPS-25, item 23" };
const SYDHAVNEN: Source = Source {
    kind: SourceKind::Programme,
    danish: "Programmets egen regel (IPS Sydhavnen)",
    english: "The programme's own rule (IPS Sydhavnen)",
};
const CONSENT: Source = Source {
    kind: SourceKind::Law,
    danish: "Retssikkerhedsloven § 11 a og sundhedsloven § 44",
    english: "Danish Act on Legal Protection § 11 a and Health Act § 44",
};
const CONTACT_COURSE: Source = Source {
    kind: SourceKind::Law,
    danish: "Lov om en aktiv beskæftigelsesindsats, kapitel 7; tidsrummet har programmets leder sat",
    english: "Danish Act on an Active Employment Effort, chapter 7; the programme's leader has set the interval",
};
const NOTE_DUTY: Source = Source {
    kind: SourceKind::Law,
    danish: "Offentlighedsloven § 13 (notatpligt)",
    english: "Danish Access to Public Administration Files Act § 13 (duty to take notes)",
};

/// Every rule that holds everywhere. Where two signals are due on the same day, the one that stands first here speaks first.
pub const RULES: [Rule; 10] = [
    Rule {
        kind: SignalKind::FirstEmployerContact,
        late: None,
        starts: Starts::Enrolment,
        stops: Stops::EmployerMeeting,
        limit: Limit::Days(30),
        // To arrange a visit takes a week or two.
        warns: 14,
        rests_in_work: true,
        source: ITEM_15,
        danish: "Den første virksomhed skal være mødt ansigt til ansigt inden 30 dage efter indskrivning. \
                 Borgerens egen samtale med en arbejdsgiver tæller med.",
        english: "The first employer is met face to face within 30 days of enrolment. \
                  The citizen's own interview with an employer counts.",
    },
    Rule {
        kind: SignalKind::Placement,
        late: None,
        starts: Starts::Enrolment,
        stops: Stops::Placement,
        limit: Limit::Month,
        warns: 14,
        rests_in_work: true,
        source: SYDHAVNEN,
        danish: "Borgeren kommer i virksomhedsplacering inden en måned efter indskrivning.",
        english: "The citizen is placed at a company within a month of enrolment.",
    },
    Rule {
        kind: SignalKind::BenefitGuidance,
        late: None,
        starts: Starts::Job,
        stops: Stops::BenefitGuidance,
        limit: Limit::DayBefore,
        warns: i32::MAX,
        rests_in_work: false,
        source: ITEM_12,
        danish: "Borgeren skal have vejledning om ydelser, inden jobbet begynder.",
        english: "The citizen gets guidance about benefits before the job begins.",
    },
    Rule {
        kind: SignalKind::ContactBeforeStart,
        late: None,
        starts: Starts::WeekBeforeStart,
        stops: Stops::CitizenMeeting,
        limit: Limit::Days(6),
        warns: 6,
        rests_in_work: false,
        source: ITEM_23,
        danish: "I ugen inden start i job eller uddannelse mødes I.",
        english: "You meet in the week before a job or an education begins.",
    },
    Rule {
        kind: SignalKind::ContactAfterStart,
        late: None,
        starts: Starts::Start,
        stops: Stops::CitizenMeeting,
        limit: Limit::Days(3),
        warns: 3,
        rests_in_work: false,
        source: ITEM_23,
        danish: "Inden tre dage efter start i job eller uddannelse mødes I.",
        english: "You meet within three days after a job or an education has begun.",
    },
    Rule {
        kind: SignalKind::WeeklyContact,
        late: None,
        starts: Starts::MeetingInFirstMonth,
        stops: Stops::CitizenMeeting,
        limit: Limit::Days(7),
        warns: 2,
        rests_in_work: false,
        source: ITEM_23,
        danish: "Den første måned i job eller uddannelse mødes I hver uge.",
        english: "You meet every week in the first month of a job or an education.",
    },
    Rule {
        kind: SignalKind::MonthlyContact,
        late: None,
        starts: Starts::LaterMeeting,
        stops: Stops::CitizenMeeting,
        limit: Limit::Month,
        warns: 7,
        rests_in_work: false,
        source: ITEM_23,
        danish: "Efter den første måned i job eller uddannelse mødes I mindst en gang om måneden.",
        english: "After the first month of a job or an education you meet at least once a month.",
    },
    Rule {
        kind: SignalKind::ContactAfterJobLoss,
        late: None,
        starts: Starts::JobEnd,
        stops: Stops::CitizenMeeting,
        limit: Limit::Days(3),
        warns: 3,
        rests_in_work: false,
        source: ITEM_23,
        danish: "Inden tre dage efter, at et job er ophørt, mødes I.",
        english: "You meet within three days after a job has ended.",
    },
    Rule {
        kind: SignalKind::ConsentExpiring,
        late: Some(SignalKind::ConsentExpired),
        starts: Starts::ConsentEnd,
        stops: Stops::NewConsent,
        limit: Limit::Days(0),
        warns: 30,
        rests_in_work: false,
        source: CONSENT,
        danish: "Et samtykke har en slutdato. For helbredsoplysninger gælder det højst et år.",
        english: "A consent has a last day. For health information it lasts a year at most.",
    },
    Rule {
        kind: SignalKind::UnsentNote,
        late: None,
        starts: Starts::Saved,
        stops: Stops::Receipt,
        // The law says "as soon as possible", which is read as very few days: what was written on a Friday is in time on
        // the Monday.
        limit: Limit::Days(3),
        warns: 0,
        rests_in_work: false,
        source: NOTE_DUTY,
        danish: "Et notat skal være til at finde for andre snarest muligt. Her regnes med højst tre dage.",
        english: "A note is to be found by others as soon as possible. Here that is three days at most.",
    },
];

/// The rule of a programme whose consultants are the authority, with the interval its leader has set. An attempt or a telephone
/// call is no talk that was held. It runs in work too: whether a citizen still owes talks there, the authority decides and
/// nothing here knows.
#[must_use]
pub const fn statutory_talk(limit: Limit) -> Rule {
    Rule {
        kind: SignalKind::StatutoryTalk,
        late: None,
        starts: Starts::StatutoryTalk,
        stops: Stops::StatutoryTalk,
        limit,
        // The citizen has to be called to it in good time.
        warns: 14,
        rests_in_work: false,
        source: CONTACT_COURSE,
        danish: "Hvor konsulenten er myndighed, holdes den næste jobsamtale (kommunen) ansigt til ansigt inden for det \
                 tidsrum, programmet har sat. Det regnes fra den sidste samtale, og fra indskrivningen, når der ingen er.",
        english: "Where the consultant is the authority, the next statutory talk is held face to face within the interval the \
                  programme has set. It counts from the last talk, and from enrolment where there is none.",
    }
}

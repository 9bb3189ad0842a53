//! What is written is what is read.

use feltbog_domain::{
    CaseId, CaseProfile, Consent, ContactBy, ContactPerson, CvrNumber, Disclosure, DocumentKind, EmployerFields,
    EmployerUnit, EntryFields, EntryKind, Evidence, EvidenceSaid, EvidenceSource, FidelityReview, FolderId, FormerCode,
    FormerWish, JobType, MemberId, Moment, Opening, OpeningState, Outcome, Person, PersonId, ProgrammeId,
    ProgrammeSettings, Role, RoleGrant, Side,
};
use feltbog_notes::{Document, HeadFields, Heads, NotesError, ProgrammeFields, RegisterFields, StaffFields};
use jiff::civil::date;
use proptest::prelude::*;

use crate::samples::{AMINA, BO, entry, entry_with_change, later_fields, take, visit};

/// The document as another device has it: from its genesis and the changes, saved and loaded.
fn elsewhere(kind: DocumentKind, changes: &[Vec<u8>]) -> Document {
    let mut document = Document::new(kind);
    take(&mut document, changes).unwrap();
    Document::load(kind, &document.save()).unwrap()
}

fn words() -> impl Strategy<Value = Option<String>> {
    proptest::option::of("[ -~æøåÆØÅ\n\u{1F600}]{0,30}")
}

prop_compose! {
    fn entry_fields()(
        kind in "[a-z_]{1,12}", at in 0_i64..4_000_000_000_000, minutes in proptest::option::of(0_u32..=1440),
        place in words(), has_employer: bool, contact_person in words(), face_to_face: Option<bool>,
        outcome in proptest::option::of("[a-z_]{1,12}"), hours_per_week in proptest::option::of(0_u32..=60),
        job_title in words(), permanent: Option<bool>, recorded_by in words(), later in later_fields(),
    ) -> EntryFields {
        EntryFields {
            kind: EntryKind::from_code(&kind),
            at: Moment::from_unix_ms(at / 1000 * 1000),
            minutes, place, contact_person, face_to_face, hours_per_week, job_title, permanent, recorded_by,
            employer: has_employer.then(|| "24256790".parse::<CvrNumber>().unwrap()),
            outcome: outcome.map(|code| Outcome::from_code(&code)),
            ..later
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_entry_reads_as_it_was_written_also_after_an_update(
        first in entry_fields(), second in entry_fields(), note in "[ -~æøå\n]{0,80}", later in "[ -~æøå\n]{0,80}",
    ) {
        let mut document = Document::new(DocumentKind::Entry);
        let mut changes = vec![];
        for (fields, note) in [(&first, &note), (&second, &later)] {
            changes.extend(document.write_entry(AMINA, fields, note).unwrap().map(|change| change.bytes));
            let reading = document.entry().unwrap();
            prop_assert_eq!(&reading.fields, fields);
            prop_assert_eq!(&reading.note, note);
            prop_assert!(reading.conflicts.is_empty());
        }
        prop_assert!(elsewhere(DocumentKind::Entry, &changes).entry() == document.entry());
    }
}

#[test]
fn a_head_reads_as_it_was_written() {
    let fields = HeadFields {
        case: CaseId::new([1; 16]),
        number: "2026-017".into(),
        name: "Citizen Seventeen".into(),
        programme: ProgrammeId::new([2; 16]),
    };
    let mut document = Document::new(DocumentKind::Head);
    let change = document.write_head(AMINA, &fields).unwrap().unwrap();
    assert_eq!(elsewhere(DocumentKind::Head, &[change.bytes]).head(), Ok(fields));
}

#[test]
fn a_profile_reads_as_it_was_written_and_an_empty_one_is_empty() {
    let profile = CaseProfile {
        enrolled_on: Some("2026-02-14".parse().unwrap()),
        exited_on: None,
        exit_reason: Some("flyttet".into()),
        born_on: Some("1994-12-31".parse().unwrap()),
        municipality: Some("København".into()),
        district: Some("Sydhavnen".into()),
        benefit: Some("cash_benefit".into()),
        target_group: Some("aktivitetsparat".into()),
        track: Some("psykiatri".into()),
        consultant: Some("Amina Holm".into()),
        therapist: Some("Bo Krag".into()),
        treatment_site: Some("Distriktet".into()),
        job_wish: Some("køkken".into()),
        plan: Some("Besøg tre køkkener".into()),
        strengths: Some("Hurtig".into()),
        support: Some("En fast makker".into()),
        phone: Some("12 34 56 78".into()),
        contact_by: Some(ContactBy::Sms),
        aftercare_from: Some("2026-09-01".parse().unwrap()),
        former_wishes: vec![
            FormerWish { until: "2026-03-01".parse().unwrap(), wish: "lager / butik".into() },
            FormerWish { until: "2026-04-01".parse().unwrap(), wish: "gartneri".into() },
        ],
        former_benefits: vec![FormerCode { until: "2025-07-01".parse().unwrap(), code: "education_benefit".into() }],
        former_target_groups: vec![FormerCode {
            until: "2025-07-01".parse().unwrap(),
            code: "uddannelsesparat".into(),
        }],
        people: vec![Person {
            relation: Some("søster".into()),
            organisation: Some("Distriktet".into()),
            phone: Some("12 34 56 78".into()),
            email: Some("a@example.dk".into()),
            contact_by: Some(ContactBy::Mail),
            note: Some("Efter kl. 16".into()),
            until: Some("2026-05-01".parse().unwrap()),
            ..Person::new(PersonId::new([7; 16]), "Else Holm".into())
        }],
        disclosure: Disclosure::Agreed,
    };
    let mut document = Document::new(DocumentKind::Profile);
    assert_eq!(document.profile(), Ok(CaseProfile::default()));
    let change = document.write_profile(AMINA, &profile).unwrap().unwrap();
    assert_eq!(elsewhere(DocumentKind::Profile, &[change.bytes]).profile(), Ok(profile.clone()));
    document.write_profile(AMINA, &CaseProfile::default()).unwrap().unwrap();
    let left = CaseProfile { people: profile.people, ..CaseProfile::default() };
    assert_eq!(document.profile(), Ok(left), "nobody is taken off the list by not being named");
}

#[test]
fn an_employer_reads_as_it_was_written() {
    let fields = EmployerFields {
        trade: Some("Medicin".into()),
        postcode: Some("2880".into()),
        town: Some("Bagsværd".into()),
        contact_person: Some("Receptionen".into()),
        unverified: true,
        merged_into: Some("13585628".parse().unwrap()),
        apart_from: vec!["64942212".parse().unwrap(), "10000009".parse().unwrap()],
        units: vec![EmployerUnit {
            number: "1003456789".parse().unwrap(),
            name: Some("Kantinen".into()),
            address: Some("Novo Allé 1".into()),
            postcode: Some("2880".into()),
            town: None,
        }],
        ..EmployerFields::new("24256790".parse().unwrap(), "Novo Nordisk A/S")
    };
    let mut document = Document::new(DocumentKind::Employer);
    let change = document.write_employer(AMINA, &fields).unwrap().unwrap();
    assert_eq!(elsewhere(DocumentKind::Employer, &[change.bytes]).employer(), Ok(fields.clone()));
    let alone =
        EmployerFields { unverified: false, merged_into: None, apart_from: Vec::new(), units: Vec::new(), ..fields };
    document.write_employer(AMINA, &alone).unwrap().unwrap();
    assert_eq!(document.employer(), Ok(alone));
}

#[test]
fn a_person_and_an_opening_read_as_they_were_written() {
    let person = ContactPerson {
        function: Some("Køkkenchef".into()),
        phone: Some("12 34 56 78".into()),
        mail: Some("bo@example.dk".into()),
        prefers: Some(ContactBy::Mail),
        in_charge: true,
        left: true,
        ..ContactPerson::new("24256790".parse().unwrap(), "Bo Krag")
    };
    let mut document = Document::new(DocumentKind::ContactPerson);
    let change = document.write_contact_person(AMINA, &person).unwrap().unwrap();
    assert_eq!(elsewhere(DocumentKind::ContactPerson, &[change.bytes]).contact_person(), Ok(person.clone()));
    let back = ContactPerson { left: false, in_charge: false, mail: None, ..person };
    document.write_contact_person(AMINA, &back).unwrap().unwrap();
    assert_eq!(document.contact_person(), Ok(back));
    let opening = Opening {
        employer: "24256790".parse().unwrap(),
        text: "Opvasker i weekender".into(),
        hours_per_week: Some(12),
        job_type: Some(JobType::Small),
        from: Some("2026-03-01".parse().unwrap()),
        until: Some("2026-04-01".parse().unwrap()),
        state: OpeningState::Open,
        noted_on: "2026-02-20".parse().unwrap(),
    };
    let mut document = Document::new(DocumentKind::Opening);
    let change = document.write_opening(AMINA, &opening).unwrap().unwrap();
    assert_eq!(elsewhere(DocumentKind::Opening, &[change.bytes]).opening(), Ok(opening.clone()));
    let taken = Opening { state: OpeningState::Filled, until: None, ..opening };
    document.write_opening(AMINA, &taken).unwrap().unwrap();
    assert_eq!(document.opening(), Ok(taken));
    assert_eq!(Document::new(DocumentKind::Opening).opening(), Err(NotesError::Unreadable));
    assert_eq!(Document::new(DocumentKind::ContactPerson).contact_person(), Err(NotesError::Unreadable));
}

#[test]
fn a_member_of_the_staff_reads_as_written_with_roles_in_their_order() {
    let grant = |role, byte, side| RoleGrant { role, programme: ProgrammeId::new([byte; 16]), side };
    let fields = StaffFields {
        member: MemberId::new([3; 16]),
        name: "Amina Holm".into(),
        organisation: Some("Region Sjælland".into()),
        roles: vec![
            grant(Role::Leader, 9, Side::Treatment),
            grant(Role::Consultant, 1, Side::Employment),
            grant(Role::Administrator, 0, Side::Employment),
        ],
    };
    let mut document = Document::new(DocumentKind::Staff);
    let change = document.write_staff(AMINA, &fields).unwrap().unwrap();
    assert_eq!(elsewhere(DocumentKind::Staff, &[change.bytes]).staff(), Ok(fields.clone()));
    let reversed = StaffFields { roles: fields.roles.iter().rev().copied().collect(), ..fields };
    document.write_staff(AMINA, &reversed).unwrap().unwrap();
    assert_eq!(document.staff(), Ok(reversed));
}

#[test]
fn a_programme_reads_as_it_was_written() {
    let settings = ProgrammeSettings { authority: Some(true), talk_interval: Some("P3M".into()) };
    let (programme, file) = (ProgrammeId::new([4; 16]), Some("name = \"IPS Sydhavnen\"\n".to_owned()));
    let fields = ProgrammeFields { programme, name: "IPS Sydhavnen".into(), settings, file };
    let mut document = Document::new(DocumentKind::Programme);
    let change = document.write_programme(AMINA, &fields).unwrap().unwrap();
    assert_eq!(elsewhere(DocumentKind::Programme, &[change.bytes]).programme(), Ok(fields));
}

#[test]
fn a_row_of_the_register_reads_as_it_was_written() {
    let fields = RegisterFields {
        case: CaseId::new([1; 16]),
        number: "17".into(),
        name: "Citizen Seventeen".into(),
        folders: vec![FolderId::new([9; 16]), FolderId::new([2; 16])],
        consultants: vec!["Åse / vikar".into(), "Amina Holm".into()],
        therapists: vec![],
    };
    let mut document = Document::new(DocumentKind::RegisterRow);
    let change = document.write_register_row(AMINA, &fields).unwrap().unwrap();
    assert_eq!(elsewhere(DocumentKind::RegisterRow, &[change.bytes]).register_row(), Ok(fields));
}

#[test]
fn a_consent_reads_as_it_was_written_with_its_types_in_order() {
    let consent = Consent {
        types: vec!["jobmål".into(), "fremmøde".into(), "aftaler".into()],
        from: "2026-01-01".parse().unwrap(),
        until: "2026-12-31".parse().unwrap(),
        giver: Some("Jobcentret".into()),
        receiver: None,
    };
    let mut document = Document::new(DocumentKind::Consent);
    let change = document.write_consent(AMINA, &consent).unwrap().unwrap();
    assert_eq!(elsewhere(DocumentKind::Consent, &[change.bytes]).consent(), Ok(consent));
}

#[test]
fn those_who_keep_a_share_read_as_they_were_named_and_a_new_list_takes_the_old_ones_place() {
    let names = |of: &[&str]| of.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let mut document = Document::new(DocumentKind::ShareHolders);
    let first = document.write_share_holders(AMINA, &names(&["Ole", "Pia", "Kim"])).unwrap().unwrap();
    let second = document.write_share_holders(BO, &names(&["Ole", "Åge", "Kim"])).unwrap().unwrap();
    let read = elsewhere(DocumentKind::ShareHolders, &[first.bytes, second.bytes]).share_holders();
    assert_eq!(read, Ok(document.share_holders().unwrap()));
    let mut holders = read.unwrap();
    holders.sort();
    assert_eq!(holders, ["Kim", "Ole", "Åge"]);
    assert!(Document::new(DocumentKind::Staff).share_holders().is_err());
}

#[test]
fn a_document_without_its_required_fields_is_unreadable_and_one_of_another_kind_too() {
    assert_eq!(Document::new(DocumentKind::Entry).entry(), Err(NotesError::Unreadable));
    assert_eq!(Document::new(DocumentKind::Employer).employer(), Err(NotesError::Unreadable));
    assert_eq!(Document::new(DocumentKind::Consent).consent(), Err(NotesError::Unreadable));
    assert_eq!(entry().head(), Err(NotesError::WrongKind));
    let mut staff = Document::new(DocumentKind::Staff);
    assert_eq!(staff.write_entry(AMINA, &visit(), ""), Err(NotesError::WrongKind));
}

#[test]
fn writing_what_is_there_makes_no_change() {
    let mut document = entry();
    let heads = document.heads();
    assert_eq!(document.write_entry(BO, &visit(), crate::samples::NOTE), Ok(None));
    assert_eq!(document.edit_note(BO, &Heads::newest(), crate::samples::NOTE), Ok(None));
    assert_eq!(document.heads(), heads);
}

#[test]
fn damaged_saves_are_an_error_and_never_another_document() {
    let saved = entry().save();
    for length in 0..saved.len() {
        assert_eq!(Document::load(DocumentKind::Entry, &saved[..length]).err(), Some(NotesError::Damaged), "{length}");
    }
    for index in 0..saved.len() {
        let mut damaged = saved.clone();
        damaged[index] ^= 1;
        assert_eq!(Document::load(DocumentKind::Entry, &damaged).err(), Some(NotesError::Damaged), "{index}");
    }
    assert_eq!(Document::load(DocumentKind::Staff, &saved).err(), Some(NotesError::Damaged));
}

#[test]
fn debug_shows_nothing_that_people_wrote() {
    let (document, change) = entry_with_change();
    let shown = format!("{:?} {:?}", document, document.entry().unwrap());
    assert!(!shown.contains("kkenchefen") && !shown.contains("Sydhavnen"), "{shown}");
    let change = feltbog_notes::Change { bytes: change };
    assert!(format!("{change:?}").len() < 30);
}

#[test]
fn what_is_said_of_an_item_arrives_as_it_was_written_and_is_struck_out_not_deleted() {
    let sayings = [
        EvidenceSaid::Seen { source: EvidenceSource::Meeting, text: "Teammøde hver tirsdag".into() },
        EvidenceSaid::Points { points: 4, review: date(2026, 6, 30), note: Some("Mangler referater".into()) },
        EvidenceSaid::Points { points: 3, review: date(2026, 6, 30), note: None },
        EvidenceSaid::Counted { review: date(2026, 6, 30), points: Some(4), basis: Some(("61".into(), "2.5".into())) },
        EvidenceSaid::Counted { review: date(2026, 6, 30), points: None, basis: None },
        EvidenceSaid::Reading { text: "Jobcenteret er myndighed".into() },
    ];
    for said in sayings {
        let evidence = Evidence { item: 5, on: date(2026, 3, 2), said, struck: false };
        let mut document = Document::new(DocumentKind::Evidence);
        let change = document.write_evidence(AMINA, &evidence).unwrap().unwrap();
        let mut there = elsewhere(DocumentKind::Evidence, &[change.bytes]);
        assert_eq!(there.evidence(), Ok(evidence.clone()));
        let struck = Evidence { struck: true, ..evidence };
        there.write_evidence(BO, &struck).unwrap().unwrap();
        assert_eq!(there.evidence(), Ok(struck));
    }
    assert_eq!(Document::new(DocumentKind::Evidence).evidence(), Err(NotesError::Unreadable));
}

#[test]
fn the_days_of_a_review_arrive_as_they_were_written() {
    let review = FidelityReview {
        from: date(2026, 1, 1),
        to: date(2026, 6, 30),
        full_time: Some("2.5".into()),
        meetings_reviewed: Some("weekly".into()),
    };
    let mut document = Document::new(DocumentKind::FidelityReview);
    let change = document.write_fidelity_review(AMINA, &review).unwrap().unwrap();
    assert_eq!(elsewhere(DocumentKind::FidelityReview, &[change.bytes]).fidelity_review(), Ok(review));
    assert_eq!(Document::new(DocumentKind::FidelityReview).fidelity_review(), Err(NotesError::Unreadable));
}

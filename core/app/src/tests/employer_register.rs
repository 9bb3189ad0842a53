//! The register of employers: who works there, what they look for, their units, and companies that are one.

use feltbog_domain::{Disclosure, LooksLike, Role};

use super::town::{Town, new_case};
use crate::{
    App, AppError, DiscloseWish, EmployerChanges, EmployerSummary, LogWish, OpeningWish, PersonWish, UnitWish,
};

const NETTO: &str = "24256790";
const NETTO_AGAIN: &str = "13585628";
const BAKERY: &str = "64942212";

async fn team() -> (Town, App) {
    let town = Town::founded().await;
    for (number, name) in [("A-1", "Amina Holm"), ("B-1", "Bo Lind")] {
        let wish = crate::NewCaseWish { name: name.into(), ..new_case(number, true) };
        town.leader.with(|d| d.new_case(&wish)).unwrap();
    }
    for (cvr, name) in [(NETTO, "Netto"), (NETTO_AGAIN, "NETTO A/S"), (BAKERY, "Bageren")] {
        let changes = EmployerChanges {
            name: Some(name.into()),
            postcode: Some("2450".into()),
            verified: Some(true),
            ..EmployerChanges::default()
        };
        town.leader.with(|d| d.change_employer(cvr, &changes)).unwrap();
    }
    let vera = town.colleague("Vera", Role::Consultant).await;
    exchange(&[&town.leader, &vera]).await;
    (town, vera)
}

async fn exchange(apps: &[&App]) {
    for app in apps.iter().chain(apps) {
        app.exchange().await.unwrap();
    }
}

fn of(app: &App, cvr: &str) -> EmployerSummary {
    let all = app.with(|d| d.employers("")).unwrap();
    all.into_iter()
        .find(|one| one.fields.cvr.to_string() == cvr || one.also.iter().any(|(other, _)| other.to_string() == cvr))
        .unwrap()
}

fn person(name: &str) -> PersonWish {
    PersonWish { name: Some(name.into()), ..PersonWish::default() }
}

fn opening(text: &str) -> OpeningWish {
    OpeningWish { text: Some(text.into()), ..OpeningWish::default() }
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[tokio::test]
async fn whoever_is_in_charge_is_asked_for_and_who_left_stays_marked() {
    let (town, vera) = team().await;
    let app = &town.leader;
    let chef = PersonWish {
        function: some("Køkkenchef"),
        phone: some("12 34 56 78"),
        prefers: some("sms"),
        in_charge: Some(true),
        ..person("Kirsten Skov")
    };
    let chef = app.with(|d| d.put_contact_person(NETTO, &chef)).unwrap();
    app.with(|d| d.put_contact_person(NETTO, &person("Anton Friis"))).unwrap();
    exchange(&[app, &vera]).await;
    let card = vera.with(|d| d.at_the_door(NETTO, None)).unwrap();
    assert_eq!(card.contact_person.as_deref(), Some("Kirsten Skov"));
    // Two put right different fields of one person, without having heard of each other.
    let left = PersonWish { person: Some(chef), left: Some(true), ..PersonWish::default() };
    vera.with(|d| d.put_contact_person(NETTO, &left)).unwrap();
    let mail = PersonWish { person: Some(chef), mail: some("kirsten@example.dk"), ..PersonWish::default() };
    app.with(|d| d.put_contact_person(NETTO, &mail)).unwrap();
    exchange(&[app, &vera]).await;
    for app in [app, &vera] {
        let card = app.with(|d| d.at_the_door(NETTO, None)).unwrap();
        assert_eq!(card.contact_person.as_deref(), Some("Anton Friis"));
        let gone = &card.known.unwrap().people[1].person;
        assert!(gone.left && gone.mail.as_deref() == Some("kirsten@example.dk"), "{gone:?}");
        assert_eq!(gone.phone.as_deref(), Some("12 34 56 78"));
    }
}

#[tokio::test]
async fn no_text_of_the_register_names_a_citizen_or_gives_one_away() {
    let (town, _) = team().await;
    let app = &town.leader;
    let refused = |result: Result<(), AppError>, part: &str| {
        let sentence = result.unwrap_err().to_string();
        assert!(sentence.contains(part) && !sentence.contains("Amina"), "{sentence}");
    };
    let put_person = |wish: PersonWish| app.with(|d| d.put_contact_person(NETTO, &wish)).map(drop);
    refused(put_person(person("Amina Holm")), "borger");
    refused(put_person(PersonWish { mail: some("amina.holm@example.dk"), ..person("Kirsten") }), "borger");
    refused(put_person(PersonWish { function: some("Aminas chef"), ..person("Kirsten") }), "borger");
    refused(put_person(PersonWish { function: some("Leder i psykiatrien"), ..person("Kirsten") }), "psykiatrien");
    let put_opening = |text: &str| app.with(|d| d.put_opening(NETTO, &opening(text))).map(drop);
    refused(put_opening("Noget for Lind"), "borger");
    refused(put_opening("Vil gerne have en fra IPS"), "IPS");
    let unit = UnitWish { number: "1003456789".into(), name: some("Bo Lind"), ..UnitWish::default() };
    refused(app.with(|d| d.put_unit(NETTO, &unit)), "borger");
    let named = EmployerChanges { name: some("A-1"), ..EmployerChanges::default() };
    refused(app.with(|d| d.change_employer(NETTO, &named)), "borger");
    let found = of(app, NETTO);
    assert!(found.people.is_empty() && found.openings.is_empty() && found.fields.units.is_empty());
    assert_eq!(found.fields.name, "Netto");
    // Half of a citizen's name is half of the town's.
    put_person(person("Amina Krag")).unwrap();
    put_opening("Opvasker til køkkenet").unwrap();
}

#[tokio::test]
async fn openings_are_counted_while_they_stand_open_and_say_who_noted_them() {
    let (town, vera) = team().await;
    let wish = OpeningWish {
        hours_per_week: Some(12),
        job_type: some("småjob"),
        from: some("01-03-2020"),
        until: some("om en uge"),
        ..opening("Opvasker")
    };
    let id = vera.with(|d| d.put_opening(NETTO, &wish)).unwrap();
    let over = OpeningWish { until: some("31-12-2019"), ..opening("Juleassistent") };
    vera.with(|d| d.put_opening(NETTO, &over)).unwrap();
    exchange(&[&vera, &town.leader]).await;
    let found = of(&town.leader, NETTO);
    let open: Vec<_> = found.open_openings().map(|o| (o.opening.text.as_str(), o.by.as_str())).collect();
    assert_eq!(open, [("Opvasker", "Vera")]);
    assert_eq!(found.openings.len(), 2, "what is over is still to be read");
    assert_eq!(town.leader.with(|d| d.employers("opvask")).unwrap().len(), 1);
    let taken = OpeningWish { opening: Some(id), state: some("besat"), ..OpeningWish::default() };
    town.leader.with(|d| d.put_opening(NETTO, &taken)).unwrap();
    exchange(&[&town.leader, &vera]).await;
    let found = of(&vera, NETTO);
    assert_eq!(found.open_openings().count(), 0);
    let kept = found.openings.iter().find(|o| o.id == id).unwrap();
    assert_eq!((kept.by.as_str(), kept.opening.hours_per_week), ("Vera", Some(12)));
    let backwards = OpeningWish { until: some("01-01-2020"), ..wish };
    assert!(vera.with(|d| d.put_opening(NETTO, &backwards)).is_err());
    assert!(vera.with(|d| d.put_opening(NETTO, &opening("  "))).is_err());
}

#[tokio::test]
async fn a_company_typed_on_the_road_is_unverified_until_somebody_looked_it_up() {
    let (town, vera) = team().await;
    let cvr = "13748136";
    let wish = LogWish {
        case: some("A-1"),
        kind: "employer_visit".into(),
        employer: some(cvr),
        employer_name: some("Cykelsmeden"),
        unit: some("P 1003456789"),
        ..LogWish::default()
    };
    assert!(town.leader.with(|d| d.log_entry(&LogWish { employer: some("24256791"), ..wish.clone() })).is_err());
    assert!(town.leader.with(|d| d.log_entry(&LogWish { unit: some("100345678"), ..wish.clone() })).is_err());
    let of_nobody = LogWish { employer: None, employer_name: None, ..wish.clone() };
    assert!(town.leader.with(|d| d.log_entry(&of_nobody)).is_err(), "a unit of no company");
    let entry = town.leader.with(|d| d.log_entry(&wish)).unwrap().entry;
    let shown = town.leader.with(|d| d.open_entry(entry)).unwrap();
    assert_eq!(shown.entry.fields.unit.unwrap().to_string(), "1003456789");
    exchange(&[&town.leader, &vera]).await;
    assert!(of(&vera, cvr).fields.unverified);
    let card = vera.with(|d| d.at_the_door(cvr, None)).unwrap();
    assert_eq!(card.contacts[0].contact.unit.map(|unit| unit.to_string()).as_deref(), Some("1003456789"));
    let verified = EmployerChanges { verified: Some(true), town: some("Valby"), ..EmployerChanges::default() };
    vera.with(|d| d.change_employer(cvr, &verified)).unwrap();
    exchange(&[&vera, &town.leader]).await;
    let found = of(&town.leader, cvr);
    assert_eq!((found.fields.unverified, found.fields.town.as_deref()), (false, Some("Valby")));
    let nameless = EmployerChanges::default();
    assert!(vera.with(|d| d.change_employer("10000009", &nameless)).is_err());
}

#[tokio::test]
async fn two_that_look_alike_are_suggested_until_they_are_one_and_again_when_they_are_not() {
    let (town, vera) = team().await;
    let app = &town.leader;
    let likely = |app: &App, cvr: &str| {
        of(app, cvr).likely.into_iter().map(|(cvr, _, why)| (cvr.to_string(), why)).collect::<Vec<_>>()
    };
    assert_eq!(likely(app, NETTO), [(NETTO_AGAIN.to_owned(), LooksLike::SameNameAndPostcode)]);
    assert!(likely(app, BAKERY).is_empty());
    app.with(|d| d.put_contact_person(NETTO, &person("Kirsten"))).unwrap();
    app.with(|d| d.put_opening(NETTO_AGAIN, &opening("Opvasker"))).unwrap();
    app.with(|d| d.merge_employers(NETTO, NETTO_AGAIN)).unwrap();
    exchange(&[app, &vera]).await;
    for cvr in [NETTO, NETTO_AGAIN] {
        let found = of(&vera, cvr);
        assert_eq!((found.fields.cvr.to_string().as_str(), found.fields.name.as_str()), (NETTO_AGAIN, "NETTO A/S"));
        assert_eq!((found.people.len(), found.openings.len(), found.likely.len()), (1, 1, 0));
        assert_eq!(found.also, [(NETTO.parse().unwrap(), "Netto".to_owned())]);
    }
    assert_eq!(vera.with(|d| d.employers("")).unwrap().len(), 2);
    assert!(vera.with(|d| d.merge_employers(NETTO_AGAIN, NETTO)).is_err(), "they are one");
    assert!(vera.with(|d| d.merge_employers(NETTO, "13748136")).is_err(), "nobody knows that one");
    vera.with(|d| d.unmerge_employer(NETTO)).unwrap();
    exchange(&[&vera, app]).await;
    assert_eq!(app.with(|d| d.employers("")).unwrap().len(), 3);
    assert_eq!(likely(app, NETTO).len(), 1);
    assert!(app.with(|d| d.unmerge_employer(NETTO)).is_err());
}

#[tokio::test]
async fn two_that_are_not_one_are_asked_about_no_more_on_any_device_until_somebody_wants_to_be_asked() {
    let (town, vera) = team().await;
    let app = &town.leader;
    let said_of = |app: &App, cvr: &str| {
        let found = of(app, cvr);
        (found.likely.len(), found.apart.into_iter().map(|(cvr, _)| cvr.to_string()).collect::<Vec<_>>())
    };
    app.with(|d| d.part_employers(NETTO, NETTO_AGAIN)).unwrap();
    exchange(&[app, &vera]).await;
    assert_eq!(said_of(&vera, NETTO), (0, vec![NETTO_AGAIN.to_owned()]));
    assert_eq!(said_of(&vera, NETTO_AGAIN), (0, vec![NETTO.to_owned()]), "it holds both ways");
    // What one is merged with is another company as well.
    vera.with(|d| d.merge_employers(BAKERY, NETTO_AGAIN)).unwrap();
    assert_eq!(said_of(&vera, BAKERY), (0, vec![NETTO.to_owned()]));
    assert!(vera.with(|d| d.part_employers(BAKERY, NETTO_AGAIN)).is_err(), "they are one");
    assert!(vera.with(|d| d.part_employers(NETTO, "13748136")).is_err(), "nobody knows that one");
    vera.with(|d| d.compare_employers_again(NETTO_AGAIN, NETTO)).unwrap();
    exchange(&[&vera, app]).await;
    assert_eq!(said_of(app, NETTO), (1, vec![]));
    assert!(app.with(|d| d.compare_employers_again(NETTO, NETTO_AGAIN)).is_err(), "nobody says so any more");
}

#[tokio::test]
async fn what_was_parted_can_still_be_merged_and_is_then_one() {
    let (town, _) = team().await;
    let app = &town.leader;
    app.with(|d| d.part_employers(NETTO_AGAIN, NETTO)).unwrap();
    app.with(|d| d.merge_employers(NETTO, NETTO_AGAIN)).unwrap();
    let found = of(app, NETTO);
    assert_eq!((found.also.len(), found.likely.len(), found.apart.len()), (1, 0, 0));
}

#[tokio::test]
async fn each_merged_into_the_other_by_two_devices_at_once_is_one_company_everywhere_and_one_undo_parts_it() {
    let (town, vera) = team().await;
    town.leader.with(|d| d.merge_employers(NETTO, NETTO_AGAIN)).unwrap();
    vera.with(|d| d.merge_employers(NETTO_AGAIN, NETTO)).unwrap();
    vera.with(|d| d.merge_employers(BAKERY, NETTO)).unwrap();
    exchange(&[&town.leader, &vera]).await;
    let (hers, his) = (town.leader.with(|d| d.employers("")).unwrap(), vera.with(|d| d.employers("")).unwrap());
    assert_eq!(hers, his);
    assert_eq!((hers.len(), hers[0].also.len(), hers[0].fields.cvr.to_string().as_str()), (1, 2, NETTO_AGAIN));
    vera.with(|d| d.unmerge_employer(NETTO)).unwrap();
    exchange(&[&vera, &town.leader]).await;
    let left = town.leader.with(|d| d.employers("")).unwrap();
    let apart: Vec<usize> = left.iter().map(|employer| employer.also.len()).collect();
    assert_eq!(apart.iter().sum::<usize>(), 1, "what was merged into the head stays: {left:?}");
    assert_eq!(left, vera.with(|d| d.employers("")).unwrap());
}

#[tokio::test]
async fn merging_shows_every_visit_and_never_lets_more_be_said() {
    let (town, vera) = team().await;
    let app = &town.leader;
    let disclose = |cvr: &str, decision: &str| {
        let wish = DiscloseWish {
            case: "A-1".into(),
            employer: cvr.into(),
            decision: decision.into(),
            may_say: some("træthed").filter(|_| decision == "agreed"),
            may_not_say: None,
        };
        app.with(|d| d.disclose(&wish)).unwrap();
    };
    let decided = |cvr: &str| app.with(|d| d.at_the_door(cvr, Some("A-1"))).unwrap().agreement.map(|a| a.disclosure);
    let visit = |app: &App, cvr: &str, case: &str| {
        let wish =
            LogWish { case: some(case), kind: "employer_visit".into(), employer: some(cvr), ..LogWish::default() };
        app.with(|d| d.log_entry(&wish)).unwrap()
    };
    disclose(NETTO, "all");
    visit(app, NETTO, "A-1");
    app.with(|d| d.merge_employers(NETTO, NETTO_AGAIN)).unwrap();
    // Nothing was agreed for the other, so nothing may be said until it is agreed for the company as it is now.
    assert_eq!((decided(NETTO), decided(NETTO_AGAIN)), (Some(Disclosure::Nothing), Some(Disclosure::Nothing)));
    disclose(NETTO_AGAIN, "agreed");
    assert_eq!((decided(NETTO), decided(NETTO_AGAIN)), (Some(Disclosure::Agreed), Some(Disclosure::Agreed)));
    exchange(&[app, &vera]).await;
    let card = vera.with(|d| d.at_the_door(NETTO_AGAIN, None)).unwrap();
    assert_eq!((card.contacts.len(), card.contacts[0].by.as_str()), (1, "Lone Vest"));
    assert_eq!(card.known.unwrap().recent.map(|(by, _)| by).as_deref(), Some("Lone Vest"), "told before going in");
    let canvassing = LogWish { kind: "canvassing".into(), employer: some(NETTO_AGAIN), ..LogWish::default() };
    assert!(vera.with(|d| d.log_entry(&canvassing)).unwrap().warning.unwrap().contains("Lone Vest"));
    // No entry was rewritten: it still says where it was.
    let entries = app.with(|d| d.show_case("A-1")).unwrap().entries;
    assert_eq!(entries[0].fields.employer.unwrap().to_string(), NETTO);
    app.with(|d| d.unmerge_employer(NETTO)).unwrap();
    assert_eq!(decided(BAKERY), None);
    assert_eq!((decided(NETTO), decided(NETTO_AGAIN)), (Some(Disclosure::Agreed), Some(Disclosure::Agreed)));
}

#[tokio::test]
async fn the_treatment_side_has_no_register_to_write_in() {
    let (town, _) = team().await;
    let bente = town.colleague("Bente", Role::Treatment).await;
    assert!(bente.with(|d| d.employers("")).unwrap().is_empty());
    let named = EmployerChanges { name: some("Netto"), ..EmployerChanges::default() };
    assert!(matches!(bente.with(|d| d.change_employer(NETTO, &named)), Err(AppError::NotAllowed(_))));
    assert!(matches!(bente.with(|d| d.put_contact_person(NETTO, &person("Kim"))), Err(AppError::NotAllowed(_))));
    assert!(bente.with(|d| d.merge_employers(NETTO, NETTO_AGAIN)).is_err());
}

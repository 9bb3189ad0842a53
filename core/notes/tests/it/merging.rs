//! Two devices, no network, one thing.

use automerge::Change as Stored;
use feltbog_domain::{
    CaseId, CaseProfile, ContactPerson, Disclosure, DocumentKind, EmployerFields, EmployerUnit, FolderId, Person,
    PersonId,
};
use feltbog_notes::{Applied, Document, Heads, RegisterFields};

use crate::samples::{AMINA, BO, CARL, NOTE, entry, entry_with_change, note, take, visit};

fn employer(contact_person: &str) -> EmployerFields {
    EmployerFields {
        contact_person: Some(contact_person.into()),
        ..EmployerFields::new("24256790".parse().unwrap(), "Novo Nordisk A/S")
    }
}

/// Two documents of a kind, each with its own change, and then with the other's.
fn meet<C>(
    kind: DocumentKind,
    amina: impl Fn(&mut Document) -> C,
    bo: impl Fn(&mut Document) -> C,
    bytes: impl Fn(C) -> Vec<u8>,
) -> Document {
    let (mut hers, mut his) = (Document::new(kind), Document::new(kind));
    let (her_change, his_change) = (bytes(amina(&mut hers)), bytes(bo(&mut his)));
    take(&mut hers, &[his_change]).unwrap();
    take(&mut his, &[her_change]).unwrap();
    assert_eq!(hers.heads(), his.heads());
    hers
}

#[test]
fn two_devices_that_create_the_same_employer_lose_nothing() {
    let merged = meet(
        DocumentKind::Employer,
        |document| document.write_employer(AMINA, &employer("Køkkenet")).unwrap().unwrap(),
        |document| document.write_employer(BO, &employer("Receptionen")).unwrap().unwrap(),
        |change| change.bytes,
    );
    assert_eq!(merged.employer().unwrap().name, "Novo Nordisk A/S");
    let conflicts = merged.conflicts();
    assert_eq!(conflicts.len(), 1, "only what differs");
    let mut contacts = conflicts["contact_person"].clone();
    assert_eq!(Some(&contacts[0]), merged.employer().unwrap().contact_person.as_ref(), "the shown one first");
    contacts.sort();
    assert_eq!(contacts, ["Køkkenet", "Receptionen"]);
}

fn unit(number: &str, name: Option<&str>, town: Option<&str>) -> EmployerUnit {
    EmployerUnit {
        number: number.parse().unwrap(),
        name: name.map(str::to_owned),
        address: None,
        postcode: None,
        town: town.map(str::to_owned),
    }
}

#[test]
fn units_that_two_devices_note_are_united_and_each_part_of_one_is_put_right_alone() {
    let with = |units: Vec<EmployerUnit>| EmployerFields { units, ..employer("Køkkenet") };
    let mut merged = meet(
        DocumentKind::Employer,
        |document| {
            let units = vec![unit("1003456789", Some("Havnen"), None), unit("1003456788", None, None)];
            document.write_employer(AMINA, &with(units)).unwrap().unwrap()
        },
        |document| {
            let units = vec![unit("1003456789", None, Some("København"))];
            document.write_employer(BO, &with(units)).unwrap().unwrap()
        },
        |change| change.bytes,
    );
    let both = vec![unit("1003456789", Some("Havnen"), Some("København")), unit("1003456788", None, None)];
    assert_eq!(merged.employer().unwrap().units, both);
    let renamed = vec![unit("1003456789", Some("Sydhavnen"), None), unit("1003456788", None, None)];
    merged.write_employer(CARL, &with(renamed.clone())).unwrap().unwrap();
    assert_eq!(merged.employer().unwrap().units, renamed);
}

#[test]
fn each_field_of_a_person_that_two_devices_put_right_stays() {
    let person =
        ContactPerson { phone: Some("1".into()), ..ContactPerson::new("24256790".parse().unwrap(), "Bo Krag") };
    let mut hers = Document::new(DocumentKind::ContactPerson);
    let first = hers.write_contact_person(AMINA, &person).unwrap().unwrap();
    let mut his = Document::new(DocumentKind::ContactPerson);
    take(&mut his, &[first.bytes]).unwrap();
    let left = ContactPerson { left: true, ..person.clone() };
    let her_change = hers.write_contact_person(AMINA, &left).unwrap().unwrap();
    let called = ContactPerson { phone: Some("2".into()), in_charge: true, ..person };
    let his_change = his.write_contact_person(BO, &called).unwrap().unwrap();
    take(&mut hers, &[his_change.bytes]).unwrap();
    take(&mut his, &[her_change.bytes]).unwrap();
    assert_eq!(hers.contact_person(), Ok(ContactPerson { left: true, ..called }));
    assert_eq!(hers.heads(), his.heads());
    assert!(hers.conflicts().is_empty(), "a no that was never asked stands against nobody's yes");
}

#[test]
fn two_devices_that_import_the_same_entry_keep_both_notes() {
    let merged = meet(
        DocumentKind::Entry,
        |document| document.write_entry(AMINA, &visit(), "Aminas linje.").unwrap().unwrap(),
        |document| document.write_entry(BO, &visit(), "Bos linje.").unwrap().unwrap(),
        |change| change.bytes,
    );
    let reading = merged.entry().unwrap();
    assert_eq!(reading.fields, visit());
    assert!(reading.note.contains("Aminas linje.") && reading.note.contains("Bos linje."));
    assert!(reading.conflicts.is_empty(), "equal values are no conflict");
}

#[test]
fn both_texts_of_concurrent_note_edits_survive() {
    let (mut hers, change) = entry_with_change();
    let mut his = Document::new(DocumentKind::Entry);
    take(&mut his, &[change]).unwrap();
    let hers_new = hers.edit_note(AMINA, &Heads::newest(), &format!("Først: {NOTE}")).unwrap().unwrap();
    let his_new = his.edit_note(BO, &Heads::newest(), &NOTE.replace("torsdag", "fredag kl. 9")).unwrap().unwrap();
    take(&mut hers, &[his_new.bytes]).unwrap();
    take(&mut his, &[hers_new.bytes]).unwrap();
    assert_eq!(note(&hers), "Først: Talte med køkkenchefen om en prøvevagt på fredag kl. 9.");
    assert_eq!(note(&his), note(&hers));
}

#[test]
fn a_field_set_differently_on_two_devices_keeps_both_values_until_it_is_settled() {
    let (mut hers, change) = entry_with_change();
    let mut his = Document::new(DocumentKind::Entry);
    take(&mut his, &[change]).unwrap();
    let mut fields = visit();
    fields.minutes = Some(60);
    let her_change = hers.write_entry(AMINA, &fields, NOTE).unwrap().unwrap();
    fields.minutes = Some(90);
    let his_change = his.write_entry(BO, &fields, NOTE).unwrap().unwrap();
    take(&mut hers, &[his_change.bytes]).unwrap();
    take(&mut his, &[her_change.bytes]).unwrap();

    let reading = hers.entry().unwrap();
    let mut values = reading.conflicts["minutes"].clone();
    assert_eq!(values[0], reading.fields.minutes.unwrap().to_string(), "the shown one first");
    values.sort();
    assert_eq!((values, reading.conflicts.len()), (vec!["60".to_owned(), "90".to_owned()], 1));
    assert!(his.entry() == hers.entry());

    assert_eq!(hers.write_entry(AMINA, &reading.fields, NOTE), Ok(None), "saving the form settles nothing");
    assert_eq!(hers.settle(AMINA, "minutes", "61"), Ok(None), "what nobody wrote is no choice");
    assert_eq!(hers.settle(AMINA, "place", "Sydhavnen"), Ok(None), "there is no conflict");
    let settled = hers.settle(AMINA, "minutes", "60").unwrap().unwrap();
    take(&mut his, &[settled.bytes]).unwrap();
    assert_eq!(his.entry().unwrap().fields.minutes, Some(60));
    assert!(his.conflicts().is_empty() && hers.conflicts().is_empty());
}

#[test]
fn members_that_two_devices_add_to_a_list_are_united() {
    let row = |folder: u8, consultant: &str| RegisterFields {
        case: CaseId::new([1; 16]),
        number: "17".into(),
        name: "Citizen Seventeen".into(),
        folders: vec![FolderId::new([folder; 16])],
        consultants: vec![consultant.into(), "Carl".into()],
        therapists: vec![],
    };
    let merged = meet(
        DocumentKind::RegisterRow,
        |document| document.write_register_row(AMINA, &row(2, "Amina")).unwrap().unwrap(),
        |document| document.write_register_row(BO, &row(1, "Bo")).unwrap().unwrap(),
        |change| change.bytes,
    );
    let merged = merged.register_row().unwrap();
    assert_eq!(merged.folders, [FolderId::new([1; 16]), FolderId::new([2; 16])]);
    assert_eq!(merged.consultants, ["Amina", "Bo", "Carl"]);
}

#[test]
fn of_two_decisions_on_disclosure_the_stricter_holds_until_somebody_decides() {
    let profile = |disclosure| CaseProfile { disclosure, ..CaseProfile::default() };
    let mut merged = meet(
        DocumentKind::Profile,
        |document| document.write_profile(BO, &profile(Disclosure::Everything)).unwrap().unwrap(),
        |document| document.write_profile(AMINA, &profile(Disclosure::Agreed)).unwrap().unwrap(),
        |change| change.bytes,
    );
    assert_eq!(merged.profile().unwrap().disclosure, Disclosure::Agreed);
    merged.write_profile(CARL, &profile(Disclosure::Everything)).unwrap().unwrap();
    assert_eq!(merged.profile().unwrap().disclosure, Disclosure::Everything);
    assert!(merged.conflicts().is_empty());
}

#[test]
fn of_one_person_two_write_different_fields_and_both_stand_and_two_who_add_somebody_add_two() {
    let sister = |change: fn(&mut Person)| {
        let mut person = Person::new(PersonId::new([1; 16]), "Else".into());
        change(&mut person);
        person
    };
    let profile = |people: Vec<Person>| CaseProfile { people, ..CaseProfile::default() };
    let hers =
        [sister(|person| person.phone = Some("12345678".into())), Person::new(PersonId::new([2; 16]), "Bent".into())];
    let his = [
        sister(|person| person.note = Some("efter kl. 16".into())),
        Person::new(PersonId::new([3; 16]), "Bent".into()),
    ];
    let merged = meet(
        DocumentKind::Profile,
        |document| document.write_profile(AMINA, &profile(hers.to_vec())).unwrap().unwrap(),
        |document| document.write_profile(BO, &profile(his.to_vec())).unwrap().unwrap(),
        |change| change.bytes,
    );
    let people = merged.profile().unwrap().people;
    let names: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
    assert_eq!(names, ["Bent", "Bent", "Else"]);
    assert_eq!((people[2].phone.as_deref(), people[2].note.as_deref()), (Some("12345678"), Some("efter kl. 16")));
}

#[test]
fn one_save_is_one_uncompressed_change_without_a_clock() {
    let mut document = Document::new(DocumentKind::Entry);
    let long = format!("{NOTE} ").repeat(20);
    let mut fields = visit();
    for round in 0..4_u64 {
        fields.minutes = Some(round as u32);
        let change = document.write_entry(AMINA, &fields, &format!("{long}{round}")).unwrap().unwrap();
        assert_eq!(change.bytes[8], 1, "a plain change chunk");
        let stored = Stored::try_from(change.bytes.as_slice()).unwrap();
        assert_eq!((stored.seq(), stored.timestamp(), stored.message()), (round + 1, 0, None));
        assert_eq!(stored.actor_id().to_bytes(), AMINA.0);
        assert_eq!(document.heads().hashes(), [stored.hash().0]);
    }
}

#[test]
fn a_change_that_comes_before_what_it_follows_waits_also_through_a_restart() {
    let (mut author, first) = entry_with_change();
    let second = author.edit_note(AMINA, &Heads::newest(), "Ny tekst.").unwrap().unwrap().bytes;
    let mut document = Document::new(DocumentKind::Entry);
    let waits = Applied { changed: false, waiting: true, dropped: 0 };
    assert_eq!(take(&mut document, std::slice::from_ref(&second)), Ok(waits));
    assert_eq!(take(&mut document, std::slice::from_ref(&second)), Ok(waits), "again");
    let mut document = Document::load(DocumentKind::Entry, &document.save()).unwrap();
    assert_eq!(document.waiting_count(), 1);
    assert_eq!(
        take(&mut document, std::slice::from_ref(&first)),
        Ok(Applied { changed: true, waiting: false, dropped: 0 })
    );
    assert_eq!(take(&mut document, &[first, second]), Ok(Applied::default()), "what is known changes nothing");
    assert_eq!(document.heads(), author.heads());
    assert_eq!((note(&document).as_str(), document.waiting_count()), ("Ny tekst.", 0));
}

#[test]
fn an_edit_while_own_changes_still_wait_never_uses_their_numbers_again() {
    // A device that lost its document and gets its own changes back newest first.
    let (mut author, first) = entry_with_change();
    let second = author.edit_note(AMINA, &Heads::newest(), "Ny tekst.").unwrap().unwrap().bytes;
    let mut document = Document::new(DocumentKind::Entry);
    take(&mut document, std::slice::from_ref(&second)).unwrap();
    let edit = document.edit_note(AMINA, &Heads::newest(), "Skrevet imens.").unwrap().unwrap().bytes;
    take(&mut document, &[first]).unwrap();
    take(&mut author, &[edit]).unwrap();
    assert_eq!(document.heads(), author.heads());
    assert!(note(&document).contains("Skrevet imens."));
}

#[test]
fn a_change_of_another_kind_of_document_never_fits() {
    let (_, change) = entry_with_change();
    let mut staff = Document::new(DocumentKind::Staff);
    assert_eq!(take(&mut staff, &[change]), Ok(Applied { changed: false, waiting: true, dropped: 0 }));
    assert_eq!(staff.heads(), Document::new(DocumentKind::Staff).heads());
    assert!(entry().entry().is_ok());
}

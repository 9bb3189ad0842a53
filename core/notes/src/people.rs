//! People around a citizen: one register for each field of each person, so that two who write of the same person both count.

use automerge::ReadDoc;
use feltbog_domain::{ContactBy, Person, PersonId};

use crate::reader::Reader;
use crate::registers::Registers;

const PEOPLE: &str = "people";
const NAME: &str = "name";

/// What the registers of these people shall hold. Who is not among them stays as they are.
pub(crate) fn with(registers: Registers, people: &[Person]) -> Registers {
    people.iter().fold(registers, |registers, person| {
        let until = person.until.map(|day| day.to_string());
        [
            (NAME, Some(person.name.as_str())),
            ("relation", person.relation.as_deref()),
            ("organisation", person.organisation.as_deref()),
            ("phone", person.phone.as_deref()),
            ("email", person.email.as_deref()),
            ("channel", person.contact_by.as_ref().map(ContactBy::code)),
            ("note", person.note.as_deref()),
            ("until", until.as_deref()),
        ]
        .into_iter()
        .fold(registers, |registers, (field, value)| registers.detail(PEOPLE, &format!("{}/{field}", person.id), value))
    })
}

/// Everybody who has a name, those who are around first, by name.
pub(crate) fn read<D: ReadDoc>(read: &Reader<'_, D>) -> Vec<Person> {
    let mut people: Vec<Person> = read.grouped(PEOPLE, NAME).filter_map(|id| person(read, id.parse().ok()?)).collect();
    people.sort_by(|one, two| {
        let order = |person: &Person| (person.until.is_some(), person.name.clone(), person.id);
        order(one).cmp(&order(two))
    });
    people
}

fn person<D: ReadDoc>(read: &Reader<'_, D>, id: PersonId) -> Option<Person> {
    let text = |field: &str| read.detail(PEOPLE, &format!("{id}/{field}"));
    Some(Person {
        id,
        name: text(NAME)?,
        relation: text("relation"),
        organisation: text("organisation"),
        phone: text("phone"),
        email: text("email"),
        contact_by: text("channel").map(|code| ContactBy::from_code(&code)),
        note: text("note"),
        until: read.parsed(&format!("{PEOPLE}/{id}/until")),
    })
}

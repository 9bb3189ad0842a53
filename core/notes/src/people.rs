//! People around a citizen: one register for each field of each person, so that two who write of the same person both count.

use automerge::transaction::{Transactable, Transaction};
use automerge::{AutomergeError, ROOT, ReadDoc};
use feltbog_domain::{ContactBy, Person, PersonId};

use crate::reader::Reader;

const PEOPLE: &str = "people";
const NAME: &str = "name";

fn key(id: PersonId, field: &str) -> String {
    format!("{PEOPLE}/{id}/{field}")
}

/// Writes what differs. Who is not among them stays as they are.
pub(crate) fn write(tx: &mut Transaction<'_>, people: &[Person]) -> Result<(), AutomergeError> {
    for person in people {
        let until = person.until.map(|day| day.to_string());
        let fields = [
            (NAME, Some(person.name.as_str())),
            ("relation", person.relation.as_deref()),
            ("organisation", person.organisation.as_deref()),
            ("phone", person.phone.as_deref()),
            ("email", person.email.as_deref()),
            ("channel", person.contact_by.as_ref().map(ContactBy::code)),
            ("note", person.note.as_deref()),
            ("until", until.as_deref()),
        ];
        for (field, value) in fields {
            write_field(tx, &key(person.id, field), value)?;
        }
    }
    Ok(())
}

/// What cannot be read as a text was written by a newer version and is not taken away.
fn write_field(tx: &mut Transaction<'_>, key: &str, value: Option<&str>) -> Result<(), AutomergeError> {
    let present = Reader(tx).text(key);
    match value {
        Some(value) if present.as_deref() != Some(value) => tx.put(ROOT, key, value),
        None if present.is_some() => tx.delete(ROOT, key),
        Some(_) | None => Ok(()),
    }
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
    let text = |field: &str| read.text(&key(id, field));
    Some(Person {
        id,
        name: text(NAME)?,
        relation: text("relation"),
        organisation: text("organisation"),
        phone: text("phone"),
        email: text("email"),
        contact_by: text("channel").map(|code| ContactBy::from_code(&code)),
        note: text("note"),
        until: read.parsed(&key(id, "until")),
    })
}

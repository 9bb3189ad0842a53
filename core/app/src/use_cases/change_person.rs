//! Who is around a citizen: family, a mentor, a therapist who does not use Feltbog.

use feltbog_domain::{Person, PersonId};
use feltbog_sealing::random_id;

use crate::device::Device;
use crate::error::AppError;
use crate::use_cases::entry_wish::line;
use crate::use_cases::reach::{contact_by, mail, phone};
use crate::use_cases::typed::{long, set};

/// Most around one citizen. More would be a mistake of a program.
const MOST: usize = 100;

/// What was changed, as it was typed: what is absent stays as it was, an empty text takes the value away.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs, reason = "each field is named after the fact it changes")]
pub struct PersonChanges {
    pub name: Option<String>,
    pub relation: Option<String>,
    pub organisation: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub contact_by: Option<String>,
    pub note: Option<String>,
    /// Whether they are around; who is not stays on the list with the day.
    pub around: Option<bool>,
}

impl Device {
    /// Adds somebody around a citizen, or changes what is known of them. Returns the person.
    ///
    /// # Errors
    /// An unknown case or person, something that cannot be understood, or a side that does not keep the facts.
    pub fn change_person(
        &mut self,
        case: &str,
        person: Option<&str>,
        changes: &PersonChanges,
    ) -> Result<PersonId, AppError> {
        let today = self.now().date();
        let mut changed = PersonId::NONE;
        self.change_facts(case, "ændre, hvem der er omkring borgeren", |facts| {
            let known = person.map(|wanted| the_one(&facts.people, wanted)).transpose()?;
            let mut person = known.unwrap_or_else(|| Person::new(random_id(), String::new()));
            changed = person.id;
            let name = changes.name.as_deref().unwrap_or(&person.name);
            let missing = || AppError::Unclear("skriv et navn".into());
            person.name = line(Some(name), "navnet")?.ok_or_else(missing)?;
            set(&mut person.relation, &changes.relation, |text| line(text, "relationen"))?;
            set(&mut person.organisation, &changes.organisation, |text| line(text, "arbejdsstedet"))?;
            set(&mut person.phone, &changes.phone, phone)?;
            set(&mut person.email, &changes.email, mail)?;
            set(&mut person.contact_by, &changes.contact_by, contact_by)?;
            set(&mut person.note, &changes.note, |text| long(text, "bemærkningen"))?;
            match changes.around {
                Some(true) => person.until = None,
                Some(false) => person.until = person.until.or(Some(today)),
                None => {}
            }
            facts.people.retain(|other| other.id != changed);
            facts.people.push(person);
            if facts.people.len() > MOST {
                return Err(AppError::Unclear(format!("der er flere end {MOST} personer omkring borgeren")));
            }
            Ok(())
        })?;
        Ok(changed)
    }
}

/// By id, or by a name that only one bears.
fn the_one(people: &[Person], wanted: &str) -> Result<Person, AppError> {
    let wanted = wanted.trim();
    let is_it =
        |person: &&Person| person.id.to_string() == wanted || person.name.to_lowercase() == wanted.to_lowercase();
    let mut found = people.iter().filter(is_it);
    match (found.next(), found.next()) {
        (Some(person), None) => Ok(person.clone()),
        (Some(_), Some(_)) => Err(AppError::Unclear("flere hedder det; brug id'et".into())),
        (None, _) => Err(AppError::Unclear("personen findes ikke på sagen".into())),
    }
}

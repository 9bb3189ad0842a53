//! A case's own facts.

use feltbog_domain::{CaseProfile, ContactBy, Disclosure, DocumentKind, FormerCode, FormerWish};

use jiff::civil::Date;

use crate::change::{ActorBytes, Change};
use crate::document::Document;
use crate::error::NotesError;
use crate::heads::Heads;
use crate::people;
use crate::registers::Registers;

impl Document {
    /// Writes what differs.
    ///
    /// # Errors
    /// [`NotesError`]; the document is then as it was.
    pub fn write_profile(&mut self, actor: ActorBytes, profile: &CaseProfile) -> Result<Option<Change>, NotesError> {
        self.require(DocumentKind::Profile)?;
        let registers = registers(profile);
        // Compared as it is understood, so that a newer version's decision is not overwritten by its safe reading.
        let registers = if self.disclosure() == profile.disclosure {
            registers
        } else {
            registers.decision("disclosure", profile.disclosure.code())
        };
        let registers = people::with(registers, &profile.people);
        self.commit(actor, &Heads::newest(), |tx| registers.write(tx))
    }

    /// Reads a profile; every field may be unknown.
    ///
    /// # Errors
    /// [`NotesError::WrongKind`] for another kind of document.
    pub fn profile(&self) -> Result<CaseProfile, NotesError> {
        self.require(DocumentKind::Profile)?;
        let read = self.reader();
        Ok(CaseProfile {
            enrolled_on: read.parsed("enrolled_on"),
            exited_on: read.parsed("exited_on"),
            exit_reason: read.text("exit_reason"),
            born_on: read.parsed("born_on"),
            municipality: read.text("municipality"),
            district: read.text("district"),
            benefit: read.text("benefit"),
            target_group: read.text("target_group"),
            track: read.text("track"),
            consultant: read.text("consultant"),
            therapist: read.text("therapist"),
            treatment_site: read.text("treatment_site"),
            job_wish: read.text("job_wish"),
            plan: read.text("plan"),
            strengths: read.text("strengths"),
            support: read.text("support"),
            phone: read.text("phone"),
            contact_by: read.text("contact_by").map(|code| ContactBy::from_code(&code)),
            aftercare_from: read.parsed("aftercare_from"),
            former_wishes: former(&read.list("wishes"), |until, wish| FormerWish { until, wish }),
            former_benefits: former(&read.list("benefit"), |until, code| FormerCode { until, code }),
            former_target_groups: former(&read.list("target_group"), |until, code| FormerCode { until, code }),
            people: people::read(&read),
            disclosure: self.disclosure(),
        })
    }

    /// The strictest of concurrent decisions: what one of two workers forbade is not said until they agree.
    fn disclosure(&self) -> Disclosure {
        let decisions = self.reader().concurrent("disclosure");
        let decisions: Vec<Disclosure> =
            decisions.iter().map(|value| Disclosure::from_code(value.as_str().unwrap_or_default())).collect();
        [Disclosure::Nothing, Disclosure::Agreed, Disclosure::Everything]
            .into_iter()
            .find(|decision| decisions.contains(decision))
            .unwrap_or_default()
    }
}

fn registers(profile: &CaseProfile) -> Registers {
    Registers::default()
        .optional_text("enrolled_on", profile.enrolled_on)
        .optional_text("exited_on", profile.exited_on)
        .optional_text("exit_reason", profile.exit_reason.as_ref())
        .optional_text("born_on", profile.born_on)
        .optional_text("municipality", profile.municipality.as_ref())
        .optional_text("district", profile.district.as_ref())
        .optional_text("benefit", profile.benefit.as_ref())
        .optional_text("target_group", profile.target_group.as_ref())
        .optional_text("track", profile.track.as_ref())
        .optional_text("consultant", profile.consultant.as_ref())
        .optional_text("therapist", profile.therapist.as_ref())
        .optional_text("treatment_site", profile.treatment_site.as_ref())
        .optional_text("job_wish", profile.job_wish.as_ref())
        .optional_text("plan", profile.plan.as_ref())
        .optional_text("strengths", profile.strengths.as_ref())
        .optional_text("support", profile.support.as_ref())
        .optional_text("phone", profile.phone.as_ref())
        .optional_text("contact_by", profile.contact_by.as_ref().map(ContactBy::code))
        .optional_text("aftercare_from", profile.aftercare_from)
        .list("wishes", profile.former_wishes.iter().map(|was| member(was.until, &was.wish)), is_former)
        .list("benefit", profile.former_benefits.iter().map(|was| member(was.until, &was.code)), is_former)
        .list("target_group", profile.former_target_groups.iter().map(|was| member(was.until, &was.code)), is_former)
}

/// What was replaced as a member of its list: the day, then the words.
fn member(until: Date, was: &str) -> String {
    format!("{until} {was}")
}

fn read_member(member: &str) -> Option<(Date, String)> {
    let (until, was) = member.split_once(' ')?;
    Some((until.parse().ok()?, was.to_owned()))
}

fn is_former(member: &str) -> bool {
    read_member(member).is_some()
}

/// By day, as two devices that each added one give them the same place.
fn former<T>(members: &[String], make: impl Fn(Date, String) -> T) -> Vec<T> {
    let mut former: Vec<(Date, String)> = members.iter().filter_map(|member| read_member(member)).collect();
    former.sort_by_key(|(until, _)| *until);
    former.into_iter().map(|(until, was)| make(until, was)).collect()
}

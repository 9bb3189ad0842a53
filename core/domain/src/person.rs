//! Somebody around a citizen: family, a mentor, a therapist who does not use Feltbog.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::contact_by::ContactBy;
use crate::ids::PersonId;

/// Somebody around a citizen. Nobody is ever taken off the list, as entries name them: who is around no more has a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The person, in this case.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// What they are to the citizen.
    pub relation: Option<String>,
    /// Where they work, if that is why they are around.
    pub organisation: Option<String>,
    /// Their telephone.
    pub phone: Option<String>,
    /// Their e-mail.
    pub email: Option<String>,
    /// How they are best reached.
    pub contact_by: Option<ContactBy>,
    /// What else is good to know.
    pub note: Option<String>,
    /// Since when they are around no more.
    pub until: Option<Date>,
}

impl Person {
    /// Somebody of whom only the name is known.
    #[must_use]
    pub const fn new(id: PersonId, name: String) -> Self {
        Self {
            id,
            name,
            relation: None,
            organisation: None,
            phone: None,
            email: None,
            contact_by: None,
            note: None,
            until: None,
        }
    }
}

//! How a citizen wants to be reached.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::code_list::code_list;

code_list! {
    /// The preferred way.
    ContactBy {
        Sms = "sms", "sms";
        Phone = "phone", "telefon";
        Mail = "mail", "e-mail";
        Letter = "letter", "brev";
    }
}

impl Serialize for ContactBy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for ContactBy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|code| Self::from_code(&code))
    }
}

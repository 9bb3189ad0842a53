//! How a citizen wants to be reached.

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

//! Why an employer was visited or called.

use crate::code_list::code_list;

code_list! {
    /// What a contact with an employer was for (IPS-25, item 18: several planned visits, learning what the employer needs).
    Purpose {
        LearnNeeds = "learn_needs", "lære virksomheden at kende";
        PresentCandidate = "present_candidate", "fortælle om en borger";
        AboutOpening = "about_opening", "en ledig stilling";
        FollowUp = "follow_up", "følge op";
        SupportAtWork = "support_at_work", "støtte på jobbet";
        ThankYou = "thank_you", "sige tak";
    }
}

//! What came of a contact.

use crate::code_list::code_list;

code_list! {
    /// The result of an entry.
    Outcome {
        Interested = "interested", "interesseret";
        FollowUp = "follow_up", "følg op";
        Rejected = "rejected", "afslag";
        TrialShiftOffered = "trial_shift_offered", "tilbudt prøvevagt";
        JobOffered = "job_offered", "tilbudt job";
        Agreed = "agreed", "aftalt";
        Started = "started", "startet";
        Ended = "ended", "ophørt";
    }
}

//! Why a case ends.

use crate::code_list::code_list;
use crate::fold::fold;

code_list! {
    /// The reason a case is closed for. A missed talk is none (IPS-25, item 25), and is not in the list.
    ExitReason {
        GoalReached = "goal_reached", "i mål";
        WishesToStop = "wishes_to_stop", "borgeren ønsker at stoppe";
        MovedAway = "moved", "flyttet";
        Transferred = "transferred", "overgået til anden indsats";
        Died = "died", "død";
        Other = "other", "andet";
    }
}

/// Words by which people write that a citizen did not come.
const DID_NOT_COME: [&str; 7] =
    ["udeblev", "udebliv", "kom ikke", "ikke modt", "modte ikke", "modt ikke", "ikke truffet"];

impl ExitReason {
    /// The reason of a text as typed, imported or stored, and what stands beside it. A text that begins with no reason of
    /// the list is another reason in its writer's own words.
    #[must_use]
    pub fn read(text: &str) -> (Self, Option<&str>) {
        let text = text.trim();
        let (head, beside) = text.split_once(':').map_or((text, ""), |(head, beside)| (head, beside.trim()));
        match Self::from_word(head) {
            Some(reason) => (reason, Some(beside).filter(|beside| !beside.is_empty())),
            None => (ExitReason::Other, Some(text).filter(|text| !text.is_empty())),
        }
    }

    /// What is stored: the code, and the words beside it.
    #[must_use]
    pub fn stored(&self, beside: Option<&str>) -> String {
        match beside {
            // As in imported files; with the code in front only where the words could be read as another reason.
            Some(beside) if *self == ExitReason::Other && Self::read(beside) == (ExitReason::Other, Some(beside)) => {
                beside.to_owned()
            }
            Some(beside) => format!("{}: {beside}", self.code()),
            None => self.code().to_owned(),
        }
    }

    /// A stored or imported reason in Danish.
    #[must_use]
    pub fn in_danish(stored: &str) -> String {
        match Self::read(stored) {
            (ExitReason::Other, Some(beside)) => beside.to_owned(),
            (reason, Some(beside)) => format!("{}: {beside}", reason.danish()),
            (reason, None) => reason.danish().to_owned(),
        }
    }
}

/// Whether a text says that a citizen did not come to a talk.
#[must_use]
pub fn tells_of_a_missed_talk(text: &str) -> bool {
    let folded = fold(text).replace('ø', "o");
    DID_NOT_COME.iter().any(|words| folded.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_a_word_of_the_list_with_or_without_more_words() {
        assert_eq!(ExitReason::read(" I mål "), (ExitReason::GoalReached, None));
        assert_eq!(ExitReason::read("moved: til Aalborg"), (ExitReason::MovedAway, Some("til Aalborg")));
        assert_eq!(ExitReason::read("i job"), (ExitReason::Other, Some("i job")));
        assert_eq!(ExitReason::read("other"), (ExitReason::Other, None));
    }

    #[test]
    fn what_is_stored_reads_as_what_was_meant() {
        for typed in ["goal_reached", "flyttet: til Aalborg", "i job", "andet: moved", "andet", "kl. 9: aftalt"] {
            let (reason, beside) = ExitReason::read(typed);
            assert_eq!(ExitReason::read(&reason.stored(beside)), (reason.clone(), beside), "{typed}");
        }
        assert_eq!(ExitReason::Other.stored(Some("i job")), "i job");
        assert_eq!(ExitReason::in_danish("moved: til Aalborg"), "flyttet: til Aalborg");
        assert_eq!(ExitReason::in_danish("i job"), "i job");
    }

    #[test]
    fn a_missed_talk_is_known_by_its_words() {
        for text in ["Udeblevet", "mødte ikke op", "er ikke mødt", "kom ikke til samtalen"] {
            assert!(tells_of_a_missed_talk(text), "{text}");
        }
        assert!(!tells_of_a_missed_talk("flyttet til Aalborg"));
    }
}

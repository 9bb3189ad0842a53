//! The text of a reminder on a locked screen. It is made of a number alone, so that it can name nobody.

/// *2 ting venter i Feltbog*; nothing where nothing waits.
#[must_use]
pub fn reminder_danish(waiting: u32) -> Option<String> {
    // "ting" is the same word for one and for many.
    (waiting > 0).then(|| format!("{waiting} ting venter i Feltbog"))
}

/// *2 things wait in Feltbog*; nothing where nothing waits.
#[must_use]
pub fn reminder_english(waiting: u32) -> Option<String> {
    let things = if waiting == 1 { "thing waits" } else { "things wait" };
    (waiting > 0).then(|| format!("{waiting} {things} in Feltbog"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The type already says that a reminder knows a number only; this holds the words.
    #[test]
    fn a_reminder_is_a_number_and_words_that_are_the_same_for_everybody() {
        for waiting in [1, 2, 27, u32::MAX] {
            for text in [reminder_danish(waiting), reminder_english(waiting)] {
                let words: Vec<String> =
                    text.unwrap().split(' ').filter(|word| word.parse::<u32>().is_err()).map(str::to_owned).collect();
                let plain = ["ting", "venter", "i", "thing", "things", "wait", "waits", "in", "Feltbog"];
                assert!(words.iter().all(|word| plain.contains(&word.as_str())), "{words:?}");
            }
        }
        assert_eq!(reminder_danish(2).as_deref(), Some("2 ting venter i Feltbog"));
        assert_eq!(reminder_english(1).as_deref(), Some("1 thing waits in Feltbog"));
    }

    #[test]
    fn nothing_is_no_reason_to_remind() {
        assert_eq!((reminder_danish(0), reminder_english(0)), (None, None));
    }
}

//! Unsent work beside a locked database.

use feltbog_bridge::UnsentHandedIn;

/// What became of it, in one or two sentences.
pub(super) fn sentence(done: &UnsentHandedIn) -> String {
    let folders = |count: u32| if count == 1 { "én mappe".to_owned() } else { format!("{count} mapper") };
    let mut said = match (done.folders, done.before, done.refused) {
        (0, 0, 0) => "Der ligger ikke noget usendt på denne enhed.".to_owned(),
        (0, _, 0) => "Alt det usendte er afleveret til lederen.".to_owned(),
        (0, ..) => String::new(),
        (now, ..) => format!("Det usendte fra {} er afleveret til lederen.", folders(now)),
    };
    if done.refused > 0 {
        let more = format!(
            "Noget fra {} kunne ikke afleveres endnu. Det ligger her stadig; prøv igen senere.",
            folders(done.refused)
        );
        said = format!("{said} {more}").trim().to_owned();
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_what_was_handed_in_and_what_was_not() {
        let say = |folders, before, refused| sentence(&UnsentHandedIn { folders, before, refused });
        assert_eq!(say(0, 0, 0), "Der ligger ikke noget usendt på denne enhed.");
        assert_eq!(say(1, 0, 0), "Det usendte fra én mappe er afleveret til lederen.");
        assert_eq!(say(0, 3, 0), "Alt det usendte er afleveret til lederen.");
        let some = say(2, 0, 1);
        assert!(some.starts_with("Det usendte fra 2 mapper") && some.ends_with("prøv igen senere."), "{some}");
    }
}

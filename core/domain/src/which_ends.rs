//! Which of several jobs is the one that ended.

/// The place of the one that ended among those that last, oldest first: the one at the same employer, or else the oldest, since who changes
/// jobs starts in the new one before the old is over. Clocks and figures both ask this, so that they never disagree on who is at work.
pub fn which_ends<E: PartialEq + Copy>(
    open: impl IntoIterator<Item = Option<E>>,
    ended_at: Option<E>,
) -> Option<usize> {
    let open: Vec<Option<E>> = open.into_iter().collect();
    let same = ended_at.is_some().then(|| open.iter().position(|employer| *employer == ended_at)).flatten();
    same.or_else(|| (!open.is_empty()).then_some(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_job_at_the_same_employer_ends_and_else_the_oldest() {
        assert_eq!(which_ends([Some(1), Some(2)], Some(2)), Some(1));
        assert_eq!(which_ends([Some(1), Some(2)], Some(3)), Some(0));
        assert_eq!(which_ends([None, Some(2)], None), Some(0));
        assert_eq!(which_ends::<u8>([], Some(1)), None);
    }
}

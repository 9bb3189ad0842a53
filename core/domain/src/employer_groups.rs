//! Companies that are one: merging that ends the same on every device and can be undone.

use std::collections::{BTreeMap, BTreeSet};

use crate::cvr::CvrNumber;

/// Who belongs together, from what each employer says of itself. Each says at most one thing, *I am that one*; whatever
/// several devices said at once, every device arrives at the same groups and the same head of each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EmployerGroups {
    said: BTreeMap<CvrNumber, CvrNumber>,
    members: BTreeMap<CvrNumber, BTreeSet<CvrNumber>>,
}

impl EmployerGroups {
    /// The groups of these statements.
    #[must_use]
    pub fn of(said: impl IntoIterator<Item = (CvrNumber, CvrNumber)>) -> Self {
        // Of two documents of one number that say different things, as in two programmes, the lower counts.
        let mut by_number: BTreeMap<CvrNumber, CvrNumber> = BTreeMap::new();
        for (one, other) in said.into_iter().filter(|(one, other)| one != other) {
            by_number.entry(one).and_modify(|known| *known = other.min(*known)).or_insert(other);
        }
        let mut groups = Self { said: by_number, members: BTreeMap::new() };
        let everybody: BTreeSet<CvrNumber> = groups.said.iter().flat_map(|(one, other)| [*one, *other]).collect();
        for employer in everybody {
            groups.members.entry(groups.head(employer)).or_default().insert(employer);
        }
        groups
    }

    /// The one that stands for the group: where the statements lead, or the lowest number where they lead in a circle.
    #[must_use]
    pub fn head(&self, employer: CvrNumber) -> CvrNumber {
        let mut walked = vec![employer];
        let mut at = employer;
        while let Some(next) = self.said.get(&at).copied() {
            if let Some(start) = walked.iter().position(|known| *known == next) {
                return walked.iter().skip(start).copied().min().unwrap_or(next);
            }
            walked.push(next);
            at = next;
        }
        at
    }

    /// Everybody in the group of an employer, itself among them, by number.
    #[must_use]
    pub fn members(&self, employer: CvrNumber) -> Vec<CvrNumber> {
        let together = self.members.get(&self.head(employer));
        together.map_or_else(|| vec![employer], |members| members.iter().copied().collect())
    }

    /// Whether both are one company.
    #[must_use]
    pub fn together(&self, one: CvrNumber, other: CvrNumber) -> bool {
        self.head(one) == self.head(other)
    }

    /// Whose statements are taken back so that an employer stands apart from what it was merged into: its own, and the one
    /// that leads back to it where two devices merged each into the other. What was merged into it stays with it.
    #[must_use]
    pub fn undoing(&self, employer: CvrNumber) -> Vec<CvrNumber> {
        let Some(next) = self.said.get(&employer).copied() else { return Vec::new() };
        let mut taken_back = vec![employer];
        let (mut at, mut walked) = (next, BTreeSet::from([employer]));
        while walked.insert(at) {
            let Some(next) = self.said.get(&at).copied() else { break };
            if next == employer {
                taken_back.push(at);
            }
            at = next;
        }
        taken_back
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Numbers that pass the check, in rising order.
    fn numbers() -> Vec<CvrNumber> {
        (10_000_000_u32..).filter_map(|number| number.to_string().parse().ok()).take(8).collect()
    }

    fn said(pairs: &[(usize, usize)]) -> Vec<(CvrNumber, CvrNumber)> {
        pairs.iter().map(|(one, other)| (numbers()[*one], numbers()[*other])).collect()
    }

    #[test]
    fn everything_that_leads_to_one_is_one() {
        let (n, groups) = (numbers(), EmployerGroups::of(said(&[(3, 1), (1, 5), (2, 5)])));
        assert_eq!(groups.head(n[3]), n[5]);
        assert_eq!(groups.members(n[2]), [n[1], n[2], n[3], n[5]]);
        assert_eq!(groups.members(n[0]), [n[0]]);
        assert!(groups.together(n[3], n[2]) && !groups.together(n[3], n[0]));
    }

    #[test]
    fn each_merged_into_the_other_has_the_lower_number_at_its_head_and_one_undo_parts_them() {
        let n = numbers();
        let groups = EmployerGroups::of(said(&[(4, 2), (2, 4), (6, 4)]));
        assert_eq!((groups.head(n[4]), groups.head(n[2]), groups.head(n[6])), (n[2], n[2], n[2]));
        assert_eq!(groups.undoing(n[4]), [n[4], n[2]]);
        assert_eq!(groups.undoing(n[6]), [n[6]]);
        assert!(groups.undoing(n[0]).is_empty());
    }

    proptest! {
        #[test]
        fn whatever_was_said_in_any_order_the_groups_are_the_same_and_have_one_head(
            pairs in proptest::collection::vec((0..8_usize, 0..8_usize), 0..12),
            shuffle in proptest::collection::vec(any::<proptest::sample::Index>(), 24),
        ) {
            let statements = said(&pairs);
            let groups = EmployerGroups::of(statements.clone());
            let mut other_order = Vec::new();
            if !statements.is_empty() {
                other_order.extend(shuffle.iter().map(|index| *index.get(&statements)));
            }
            other_order.extend(statements.iter().rev().copied());
            prop_assert_eq!(&EmployerGroups::of(other_order), &groups);
            for employer in numbers() {
                let (head, members) = (groups.head(employer), groups.members(employer));
                prop_assert!(members.contains(&employer) && members.contains(&head));
                prop_assert!(members.iter().all(|member| groups.head(*member) == head && groups.members(*member) == members));
            }
        }

        #[test]
        fn what_is_undone_stands_apart_and_nobody_else_moves_in_or_out(
            pairs in proptest::collection::vec((0..8_usize, 0..8_usize), 0..12), undone in 0..8_usize,
        ) {
            let undone = numbers()[undone];
            let groups = EmployerGroups::of(said(&pairs));
            let (before, taken_back) = (groups.members(undone), groups.undoing(undone));
            let left: Vec<_> =
                groups.said.iter().filter(|(one, _)| !taken_back.contains(one)).map(|(one, other)| (*one, *other)).collect();
            let after = EmployerGroups::of(left);
            prop_assert_eq!(after.head(undone), if taken_back.is_empty() { groups.head(undone) } else { undone });
            prop_assert!(after.members(undone).iter().all(|member| before.contains(member)));
            for employer in numbers().into_iter().filter(|other| !before.contains(other)) {
                prop_assert_eq!(after.members(employer), groups.members(employer));
            }
        }
    }
}

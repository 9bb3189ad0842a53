//! What a phone calls about, of all its municipalities together.

use feltbog_domain::MOST_REMINDERS;

use crate::reply::NextReminderRow;

/// What a phone gives its own system to show. It takes the place of everything it was given before, but for those
/// municipalities whose door is closed: what they gave before stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PhoneReminders {
    /// With the municipality's number, the soonest first. Of two that say the same at the same time there is one.
    pub coming: Vec<(u32, NextReminderRow)>,
    /// Municipalities of which nothing is known just now.
    pub unknown: Vec<u32>,
}

impl PhoneReminders {
    pub(crate) fn of(municipalities: impl IntoIterator<Item = (u32, Option<Vec<NextReminderRow>>)>) -> Self {
        let mut all = Self::default();
        for (municipality, reminders) in municipalities {
            match reminders {
                Some(reminders) => all.coming.extend(reminders.into_iter().map(|row| (municipality, row))),
                None => all.unknown.push(municipality),
            }
        }
        all.coming.sort_by_key(|(municipality, row)| (row.at_ms, row.id, *municipality));
        all.coming.dedup_by_key(|(_, row)| row.id);
        all.coming.truncate(MOST_REMINDERS);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: u32) -> NextReminderRow {
        let at_ms = i64::from(id) * 30_000;
        NextReminderRow { id, at_ms, until_ms: at_ms + 1, about: "today".into(), clock: None }
    }

    #[test]
    fn two_municipalities_that_say_the_same_at_the_same_time_say_it_once() {
        let both = PhoneReminders::of([(1, Some(vec![row(4), row(8)])), (2, Some(vec![row(4), row(6)]))]);
        let coming: Vec<(u32, u32)> = both.coming.iter().map(|(municipality, row)| (*municipality, row.id)).collect();
        assert_eq!((coming, both.unknown), (vec![(1, 4), (2, 6), (1, 8)], vec![]));
    }

    #[test]
    fn one_that_is_closed_is_unknown_and_one_with_nothing_to_say_is_not() {
        let both = PhoneReminders::of([(1, None), (2, Some(vec![]))]);
        assert_eq!(both, PhoneReminders { coming: vec![], unknown: vec![1] });
    }

    #[test]
    fn a_phone_is_given_no_more_than_it_keeps() {
        let many = |from: u32| Some((from..from + 30).map(row).collect());
        let coming = PhoneReminders::of([(1, many(100)), (2, many(200))]).coming;
        assert_eq!(coming.len(), MOST_REMINDERS);
        assert_eq!(coming.iter().filter(|(municipality, _)| *municipality == 1).count(), 30, "the soonest");
    }
}

//! The moment a paper was made, as the paper bears it.

use feltbog_domain::Moment;
use feltbog_paper::Made;

/// By the clock of where it was made.
pub(crate) fn made_at(at: Moment) -> Made {
    let (wall, ahead) = (at.wall(), at.minutes_ahead_of_utc());
    let small = |number: i8| u8::try_from(number).unwrap_or(0);
    Made {
        year: u16::try_from(wall.year()).unwrap_or(0),
        month: small(wall.month()),
        day: small(wall.day()),
        hour: small(wall.hour()),
        minute: small(wall.minute()),
        ahead_of_utc: ahead,
    }
}

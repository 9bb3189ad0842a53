//! Places that tell nothing of whoever is met there.

use crate::fold::fold;

/// Where anybody may be met.
const PLACES: [&str; 12] = [
    "telefon",
    "telefonen",
    "telefonisk",
    "sms",
    "online",
    "video",
    "hjemme",
    "hjemmet",
    "udenfor",
    "gåtur",
    "biblioteket",
    "jobcenteret",
];

/// Whether a place is nobody's own, as *telefon* and *biblioteket*, however it is written: what is met there says nothing of
/// the programme.
#[must_use]
pub fn is_nobodys_place(place: &str) -> bool {
    let place = fold(place.trim());
    PLACES.iter().any(|known| fold(known) == place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_anybody_may_say_is_nobodys_however_it_is_written_and_a_house_is_somebodys() {
        for place in ["telefon", " Telefonisk ", "GÅTUR", "gaatur", "Biblioteket"] {
            assert!(is_nobodys_place(place), "{place}");
        }
        for place in ["Kvartershuset", "telefonboksen", ""] {
            assert!(!is_nobodys_place(place), "{place}");
        }
    }
}

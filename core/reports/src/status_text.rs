//! How a programme stands, as sentences.

use feltbog_domain::danish_date;

use crate::contradiction_text::Sentence;
use crate::scope::Scope;
use crate::status_note::{Saving, YearsCost};
use crate::target::{HeldAgainst, Standing};

impl HeldAgainst {
    /// How it stands, and then what is not known for certain.
    #[must_use]
    pub fn sentences(&self) -> Vec<Sentence> {
        let mut sentences = vec![self.standing_said()];
        let (undecided, assumed) =
            self.figure.as_ref().map_or((0, 0), |figure| (figure.undecided, figure.assumed_ordinary));
        if undecided > 0 {
            sentences.push(Sentence {
                da: format!("{} kan ikke afgøres endnu og er ikke med.", counted(undecided, ["person", "personer"])),
                en: format!("{} cannot be decided yet and are left out.", counted(undecided, ["person", "persons"])),
            });
        }
        if assumed > 0 {
            let (da, en) = (counted(assumed, ["start", "starter"]), counted(assumed, ["start", "starts"]));
            sentences.push(Sentence {
                da: format!("{da} uden oplyst ansættelsesform regnes for ordinære."),
                en: format!("{en} without terms counted as ordinary."),
            });
        }
        sentences
    }

    fn standing_said(&self) -> Sentence {
        let figure = self.figure.as_ref();
        let parts = figure.and_then(|figure| Some((figure.numerator, figure.denominator.filter(|all| *all > 0)?)));
        let (da, en) = match parts {
            Some((some, all)) => (format!("{some} af {all}"), format!("{some} of {all}")),
            None => ("ingen".to_owned(), "nobody".to_owned()),
        };
        let day = figure.map(|figure| danish_date(figure.question.as_of())).unwrap_or_default();
        let (da, en) = match self.standing {
            Standing::NotBegun => ("Perioden er ikke begyndt.".to_owned(), "The period has not begun.".to_owned()),
            Standing::OwnOnly => (format!("{da} til og med {day}."), format!("{en} until {day}.")),
            Standing::SoFar => (
                format!("{da} til og med {day}. Perioden er ikke slut, så det kan ikke afgøres endnu."),
                format!("{en} until {day}. The period is not over, so it cannot be decided yet."),
            ),
            Standing::Undecided => (
                format!("{da} indtil nu. Det kan ikke afgøres, før det vides om dem, der mangler."),
                format!("{en} so far. It cannot be decided before it is known of those who are missing."),
            ),
            Standing::Nobody => ("Ingen at tælle i perioden.".to_owned(), "Nobody to count in the period.".to_owned()),
            Standing::Reached => (format!("Nået: {da}."), format!("Reached: {en}.")),
            Standing::NotReached => (format!("Ikke nået: {da}."), format!("Not reached: {en}.")),
        };
        Sentence { da, en }
    }
}

impl YearsCost {
    /// What the year cost and what came of it.
    #[must_use]
    pub fn sentence(&self, scope: Scope) -> Sentence {
        let Self { year, kroner, per_place, into_work, per_person_into_work } = *self;
        let all = grouped(kroner);
        let place = per_place.map(grouped);
        let place_da = place.as_ref().map(|one| format!(", {one} kr. pr. plads")).unwrap_or_default();
        let place_en = place.as_ref().map(|one| format!(", kr. {one} for each place")).unwrap_or_default();
        let (da, en) = match (per_person_into_work.map(grouped), scope) {
            (Some(all_of_it), _) if into_work == 1 => (
                format!("{all_of_it} kr. for den ene, der begyndte i job"),
                format!("kr. {all_of_it} for the one who began a job"),
            ),
            (Some(one), _) => (
                format!("{one} kr. for hver af de {into_work}, der begyndte i job"),
                format!("kr. {one} for each of the {into_work} who began a job"),
            ),
            (None, Scope::Own) => (
                format!("{into_work} af dine borgere begyndte i job"),
                format!("{into_work} of your citizens began a job"),
            ),
            (None, Scope::Programme) => ("ingen begyndte i job".to_owned(), "nobody began a job".to_owned()),
        };
        Sentence { da: format!("{year}: {all} kr.{place_da}; {da}"), en: format!("{year}: kr. {all}{place_en}; {en}") }
    }
}

impl Saving {
    /// What is saved, and that it is the source's number.
    #[must_use]
    pub fn sentence(&self) -> Sentence {
        let (each, all, courses) = (grouped(self.per_course), grouped(self.kroner), self.courses);
        Sentence {
            da: format!(
                "Efter kilden koster et forløb {each} kr. mindre end normalindsatsen; for {courses} afsluttede forløb er det {all} kr. Det er kildens tal, ikke målt her."
            ),
            en: format!(
                "By the source a course costs kr. {each} less than the normal effort; for {courses} courses that are over that is kr. {all}. It is the source's number, not measured here."
            ),
        }
    }
}

fn counted(number: u32, [one, many]: [&str; 2]) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// `2.504.000`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut said = String::with_capacity(digits.len() * 4 / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            said.push('.');
        }
        said.push(digit);
    }
    said
}

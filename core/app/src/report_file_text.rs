//! What is wrong with a programme's or a review's file, in words for whoever wrote it.

use feltbog_reports::{NoProgramme, NoReview, Programme, Unreadable};

pub(crate) fn no_programme(error: &NoProgramme) -> String {
    match error {
        NoProgramme::Unreadable(error) => unreadable("programfilen", error),
        NoProgramme::NoMeasure { line, code } => {
            format!("programfilens linje {line} nævner målet \"{code}\", som ikke findes")
        }
        NoProgramme::NoYear { line, year } => {
            format!("i programfilens linje {line} er \"{year}\" ikke et år; skriv fire cifre")
        }
        NoProgramme::TargetIsNoShare(measure) => {
            format!(
                "programfilens mål \"{}\" kan ikke holdes op mod en procent, for det er ingen andel",
                measure.title().da
            )
        }
        NoProgramme::TargetEndsBeforeItBegins(measure) => {
            format!("perioden for programfilens mål \"{}\" slutter, før den begynder", measure.title().da)
        }
        NoProgramme::NotShipped(name) => {
            let names: Vec<&str> = Programme::shipped_names().collect();
            format!("der er intet program ved navn \"{name}\"; vælg et af: {}", names.join(", "))
        }
    }
}

pub(crate) fn no_review(error: &NoReview) -> String {
    match error {
        NoReview::Unreadable(error) => unreadable("gennemgangens fil", error),
        NoReview::NoItem(item) => format!("der er intet punkt {item}; de har numrene 1 til 25"),
        NoReview::Points(item) => format!("punkt {item} får 1 til 5 point"),
        NoReview::Twice(item) => format!("punkt {item} er vurderet to gange"),
        NoReview::EndsBeforeItBegins => "perioden slutter, før den begynder".to_owned(),
        NoReview::FullTime => "full_time er antallet af fuldtidskonsulenter, et tal over 0".to_owned(),
    }
}

/// The reader's own remark is English and stands last.
fn unreadable(file: &str, Unreadable { line, says }: &Unreadable) -> String {
    format!("{file} kan ikke læses fra linje {line} ({says})")
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "name = \"P\"\nsource = \"s\"\ntrack = \"drugs\"\nform = \"ips\"\ntarget_group = \"voksne\"\n";

    #[test]
    fn what_is_wrong_with_a_programmes_file_is_said_in_danish_with_its_line() {
        let target = |measure: &str, to: &str| {
            let days = format!("from = \"2022-01-01\"\nto = \"{to}\"\nsays = \"\"\n");
            format!("{HEAD}[[targets]]\nmeasure = \"{measure}\"\nat_least_percent = 25\n{days}")
        };
        for (file, said) in [
            (target("noget", "2022-12-31"), "programfilens linje 7 nævner målet \"noget\", som ikke findes"),
            (target("persons_into_work", "2022-12-31"), "\"Kommet i job\" kan ikke holdes op mod en procent"),
            (target("ever_started", "2021-12-31"), "\"Har begyndt i job eller uddannelse\" slutter, før den begynder"),
            (format!("{HEAD}[granted]\nthousands = {{ \"2022/23\" = 1 }}\n"), "linje 7 er \"2022/23\" ikke et år"),
            (format!("{HEAD}consultants = 0\n"), "programfilen kan ikke læses fra linje 6 ("),
        ] {
            let found = no_programme(&Programme::read(&file).unwrap_err());
            assert!(found.contains(said), "{found}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_reviews_file_is_said_in_danish_with_its_line() {
        let found = no_review(&feltbog_reports::Review::read("from = \"2024-01-01\"\nto = 5\n").unwrap_err());
        assert!(found.starts_with("gennemgangens fil kan ikke læses fra linje 2 ("), "{found}");
    }
}

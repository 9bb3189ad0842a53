//! What is wrong with a programme's or a review's file, in words for whoever wrote it.

use feltbog_reports::{NoProgramme, NoReview, Programme, Sentence, Unreadable};

pub(crate) fn no_programme(error: &NoProgramme) -> Sentence {
    match error {
        NoProgramme::Unreadable(error) => unreadable("programfilen", "the programme's file", error),
        NoProgramme::NoMeasure { line, code } => say(
            format!("programfilens linje {line} nævner målet \"{code}\", som ikke findes"),
            format!("line {line} of the programme's file names the measure \"{code}\", which there is not"),
        ),
        NoProgramme::NoYear { line, year } => say(
            format!("i programfilens linje {line} er \"{year}\" ikke et år; skriv fire cifre"),
            format!("in line {line} of the programme's file \"{year}\" is no year; write four digits"),
        ),
        NoProgramme::TargetIsNoShare(measure) => {
            let title = measure.title();
            say(
                format!("programfilens mål \"{}\" kan ikke holdes op mod en procent, for det er ingen andel", title.da),
                format!("the file's target \"{}\" cannot be held against a percentage: it is no share", title.en),
            )
        }
        NoProgramme::TargetEndsBeforeItBegins(measure) => {
            let title = measure.title();
            say(
                format!("perioden for programfilens mål \"{}\" slutter, før den begynder", title.da),
                format!("the period of the file's target \"{}\" ends before it begins", title.en),
            )
        }
        NoProgramme::TargetIsNoQuarter(measure) => {
            let title = measure.title();
            say(
                format!("programfilens mål \"{}\" gælder ét kvartal; skriv kvartalets første og sidste dag", title.da),
                format!(
                    "the file's target \"{}\" is of one quarter; write the first and the last day of a quarter",
                    title.en
                ),
            )
        }
        NoProgramme::NotShipped(name) => {
            let names = Programme::shipped_names().collect::<Vec<_>>().join(", ");
            say(
                format!("der er intet program ved navn \"{name}\"; vælg et af: {names}"),
                format!("there is no programme named \"{name}\"; choose one of: {names}"),
            )
        }
    }
}

pub(crate) fn no_review(error: &NoReview) -> Sentence {
    match error {
        NoReview::Unreadable(error) => unreadable("gennemgangens fil", "the review's file", error),
        NoReview::NoItem(item) => say(
            format!("der er intet punkt {item}; de har numrene 1 til 25"),
            format!("there is no item {item}; their numbers are 1 to 25"),
        ),
        NoReview::Points(item) => {
            say(format!("punkt {item} får 1 til 5 point"), format!("item {item} is given 1 to 5 points"))
        }
        NoReview::Twice(item) => {
            say(format!("punkt {item} er vurderet to gange"), format!("item {item} is scored twice"))
        }
        NoReview::EndsBeforeItBegins => {
            say("perioden slutter, før den begynder".to_owned(), "the period ends before it begins".to_owned())
        }
        NoReview::FullTime => say(
            "full_time er antallet af fuldtidskonsulenter, et tal over 0".to_owned(),
            "full_time is the number of full-time consultants, a number above 0".to_owned(),
        ),
    }
}

/// The reader's own remark is English and stands last.
fn unreadable(da: &str, en: &str, Unreadable { line, says }: &Unreadable) -> Sentence {
    say(
        format!("{da} kan ikke læses fra linje {line} ({says})"),
        format!("{en} cannot be read from line {line} ({says})"),
    )
}

const fn say(da: String, en: String) -> Sentence {
    Sentence { da, en }
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
            (target("working_in_quarter", "2022-06-30"), "\"I job i kvartalet\" gælder ét kvartal"),
            (format!("{HEAD}[granted]\nthousands = {{ \"2022/23\" = 1 }}\n"), "linje 7 er \"2022/23\" ikke et år"),
            (format!("{HEAD}consultants = 0\n"), "programfilen kan ikke læses fra linje 6 ("),
        ] {
            let found = no_programme(&Programme::read(&file).unwrap_err()).da;
            assert!(found.contains(said), "{found}");
        }
    }

    #[test]
    fn what_is_wrong_with_a_reviews_file_is_said_in_danish_with_its_line() {
        let found = no_review(&feltbog_reports::Review::read("from = \"2024-01-01\"\nto = 5\n").unwrap_err()).da;
        assert!(found.starts_with("gennemgangens fil kan ikke læses fra linje 2 ("), "{found}");
    }
}

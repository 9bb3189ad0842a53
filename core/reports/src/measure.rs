//! The measures by name, each with what it means.

/// What a measure is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Asks {
    /// How things are at the end of one day: a status.
    Day,
    /// What happened in a period: a flow.
    Period,
    /// What happened in one quarter of a year.
    Quarter,
}

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Part of a whole, from 0 to 1.
    Share,
    /// A number of persons.
    Persons,
    /// Days on average.
    Days,
    /// For each consultant and week.
    PerWeek,
    /// For each consultant.
    PerConsultant,
}

/// Words in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    /// Danish.
    pub da: &'static str,
    /// English.
    pub en: &'static str,
}

/// A measure. Its code never changes its meaning: a new definition is a new measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the table below says what each means")]
pub enum Measure {
    EverStarted,
    AtExit,
    PointPrevalence,
    PersonsIntoWork,
    EmploymentRateOutOfWork,
    WorkingInQuarter,
    DaysToFirstEmployerContact,
    FirstEmployerContactWithin30Days,
    PlacementWithinAMonth,
    DaysToPlacement,
    EmployerContactsPerWeek,
    Retention13Weeks,
    Retention26Weeks,
    Caseload,
    DiversityOfJobs,
    DiversityOfEmployers,
    DaysOccurredToReceived,
    TreatmentStarts,
}

struct About {
    measure: Measure,
    code: &'static str,
    asks: Asks,
    unit: Unit,
    title: Text,
    definition: Text,
    source: &'static str,
}

#[rustfmt::skip]
const TABLE: [About; 18] = [
    About {
        measure: Measure::EverStarted, code: "ever_started", asks: Asks::Period, unit: Unit::Share,
        title: Text { da: "Har begyndt i job eller uddannelse", en: "Have begun a job or an education" },
        definition: Text {
            da: "Af dem, der blev indskrevet i perioden, de, der siden er begyndt i et ordinært job (talt, når fire \
              timer er betalt) eller en ordinær uddannelse, mens de var med eller den dag, de sluttede.",
            en: "Of those enrolled in the period, those who have since begun a competitive job (counted once four \
              hours are paid) or an education on ordinary terms, while in the programme or on the day they left.",
        },
        source: "Københavns Kommune, IPS psykiatri: 216 af 347",
    },
    About {
        measure: Measure::AtExit, code: "at_exit", asks: Asks::Period, unit: Unit::Share,
        title: Text { da: "I job eller uddannelse ved afslutning", en: "In a job or education at exit" },
        definition: Text {
            da: "Af dem, der sluttede i perioden, de, der den dag var i et ordinært job eller en ordinær uddannelse.",
            en: "Of those who left in the period, those in a competitive job or an education on ordinary terms on \
              that day.",
        },
        source: "IPS Vestsjælland: 51 % ved afslutning af deres forløb",
    },
    About {
        measure: Measure::PointPrevalence, code: "point_prevalence", asks: Asks::Day, unit: Unit::Share,
        title: Text { da: "I job eller uddannelse på en dag", en: "In a job or education on a day" },
        definition: Text {
            da: "Af dem, der er indskrevet ved dagens slutning, de, der er i et ordinært job eller en ordinær \
              uddannelse.",
            en: "Of those enrolled at the end of the day, those in a competitive job or an education on ordinary \
              terms.",
        },
        source: "IPS Sydhavnen, marts 2021: 16 af 73",
    },
    About {
        measure: Measure::PersonsIntoWork, code: "persons_into_work", asks: Asks::Period, unit: Unit::Persons,
        title: Text { da: "Kommet i job", en: "Came into work" },
        definition: Text {
            da: "Personer, hvis første ordinære job begyndte i perioden; talt, når fire timer er betalt.",
            en: "Persons whose first competitive job began in the period; counted once four hours are paid.",
        },
        source: "IPS Grow, job start",
    },
    About {
        measure: Measure::EmploymentRateOutOfWork, code: "employment_rate_oow", asks: Asks::Period, unit: Unit::Share,
        title: Text { da: "I job blandt dem, der var uden job ved start", en: "Into work among those out of work at entry" },
        definition: Text {
            da: "Af dem, der blev indskrevet i perioden uden at have et job, de, der siden er begyndt i et ordinært \
              job. Hvor intet er sagt, regnes borgeren for at være uden job.",
            en: "Of those enrolled in the period without a job, those who have since begun a competitive one. Where \
              nobody said, the citizen counts as out of work.",
        },
        source: "IPS Grow 2024; pejlemærke 40 %",
    },
    About {
        measure: Measure::WorkingInQuarter, code: "working_in_quarter", asks: Asks::Quarter, unit: Unit::Share,
        title: Text { da: "I job i kvartalet", en: "Working in the quarter" },
        definition: Text {
            da: "Af dem, der var med mindst én dag i kvartalet, de, der havde mindst én dag i et ordinært job.",
            en: "Of those served on any day of the quarter, those with at least one day in a competitive job.",
        },
        source: "IPS Employment Center; pejlemærker 31, 41 og 50 %",
    },
    About {
        measure: Measure::DaysToFirstEmployerContact, code: "days_to_first_employer_contact", asks: Asks::Period, unit: Unit::Days,
        title: Text { da: "Dage til første møde med en arbejdsgiver", en: "Days to the first meeting with an employer" },
        definition: Text {
            da: "Dage fra indskrivning til første møde ansigt til ansigt med en arbejdsgiver, for dem, der blev \
              indskrevet i perioden og har haft et. Opkald og forgæves forsøg tæller ikke; borgerens egen \
              ansættelsessamtale gør.",
            en: "Days from enrolment to the first meeting face to face with an employer, of those enrolled in the \
              period who have had one. Calls and attempts do not count; the citizen's own interview does.",
        },
        source: "IPS-25, punkt 15",
    },
    About {
        measure: Measure::FirstEmployerContactWithin30Days, code: "first_employer_contact_within_30_days", asks: Asks::Period, unit: Unit::Share,
        title: Text { da: "Første møde med en arbejdsgiver inden 30 dage", en: "First meeting with an employer within 30 days" },
        definition: Text {
            da: "Af dem, der blev indskrevet i perioden og har haft mødet eller de 30 dage, de, der mødte en \
              arbejdsgiver senest på dag 30.",
            en: "Of those enrolled in the period who have had the meeting or the 30 days, those who met an employer \
              by day 30.",
        },
        source: "IPS-25, punkt 15",
    },
    About {
        measure: Measure::PlacementWithinAMonth, code: "placement_within_month", asks: Asks::Period, unit: Unit::Share,
        title: Text { da: "Virksomhedsplacering inden for en måned", en: "Placement within a month" },
        definition: Text {
            da: "Af dem, der blev indskrevet i perioden og har haft placeringen eller måneden, de, der blev placeret \
              i en virksomhed senest samme dato i næste måned (månedens sidste dag, hvis datoen ikke findes). Et \
              job er ingen placering og vises for sig.",
            en: "Of those enrolled in the period who have had the placement or the month, those placed at a company \
              by the same date of the next month (its last day where there is no such date). A job is no placement \
              and is shown apart.",
        },
        source: "IPS Sydhavnen: placering inden for én måned",
    },
    About {
        measure: Measure::DaysToPlacement, code: "days_to_placement", asks: Asks::Period, unit: Unit::Days,
        title: Text { da: "Dage til virksomhedsplacering", en: "Days to placement" },
        definition: Text {
            da: "Dage fra indskrivning til første virksomhedsplacering, for dem, der blev indskrevet i perioden og \
              har haft en.",
            en: "Days from enrolment to the first placement at a company, of those enrolled in the period who have \
              had one.",
        },
        source: "IPS Sydhavnen",
    },
    About {
        measure: Measure::EmployerContactsPerWeek, code: "employer_contacts_per_week", asks: Asks::Period, unit: Unit::PerWeek,
        title: Text { da: "Møder med arbejdsgivere pr. konsulent og uge", en: "Meetings with employers per consultant and week" },
        definition: Text {
            da: "Møder ansigt til ansigt med arbejdsgivere om en bestemt borger, pr. konsulent og ISO-uge. Et besøg \
              om flere borgere er ét møde. Opkald og forgæves forsøg tæller ikke.",
            en: "Meetings face to face with employers about a citizen, per consultant and ISO week. One visit about \
              several citizens is one meeting. Calls and attempts do not count.",
        },
        source: "IPS-25, punkt 17",
    },
    About {
        measure: Measure::Retention13Weeks, code: "retention_13w", asks: Asks::Period, unit: Unit::Share,
        title: Text { da: "Stadig i job efter 13 uger", en: "Still in work after 13 weeks" },
        definition: Text {
            da: "Af dem, hvis første ordinære job begyndte i perioden for mindst 91 dage siden, de, der på dag 91 var \
              i det eller et andet ordinært job.",
            en: "Of those whose first competitive job began in the period at least 91 days ago, those in it or \
              another competitive job on day 91.",
        },
        source: "IPS Grow",
    },
    About {
        measure: Measure::Retention26Weeks, code: "retention_26w", asks: Asks::Period, unit: Unit::Share,
        title: Text { da: "Stadig i job efter 26 uger", en: "Still in work after 26 weeks" },
        definition: Text {
            da: "Af dem, hvis første ordinære job begyndte i perioden for mindst 182 dage siden, de, der på dag 182 \
              var i det eller et andet ordinært job.",
            en: "Of those whose first competitive job began in the period at least 182 days ago, those in it or \
              another competitive job on day 182.",
        },
        source: "IPS Grow",
    },
    About {
        measure: Measure::Caseload, code: "caseload", asks: Asks::Day, unit: Unit::PerConsultant,
        title: Text { da: "Borgere pr. konsulent", en: "Citizens per consultant" },
        definition: Text {
            da: "Indskrevne borgere ved dagens slutning pr. konsulent, der har ansvar for nogen. Grænserne er 20 \
              (IPS-25) og 25 (Sydhavnen).",
            en: "Enrolled citizens at the end of the day per consultant who is responsible for any. The limits are 20 \
              (IPS-25) and 25 (Sydhavnen).",
        },
        source: "IPS-25, punkt 1; IPS Sydhavnen",
    },
    About {
        measure: Measure::DiversityOfJobs, code: "diversity_of_jobs", asks: Asks::Period, unit: Unit::Share,
        title: Text { da: "Forskellige slags job", en: "Different kinds of jobs" },
        definition: Text {
            da: "Forskellige stillinger blandt de ordinære job, der begyndte i perioden, og hvis stilling er kendt.",
            en: "Different kinds of work among the competitive jobs that began in the period and whose kind is known.",
        },
        source: "IPS-25, punkt 19",
    },
    About {
        measure: Measure::DiversityOfEmployers, code: "diversity_of_employers", asks: Asks::Period, unit: Unit::Share,
        title: Text { da: "Forskellige arbejdsgivere", en: "Different employers" },
        definition: Text {
            da: "Forskellige arbejdsgivere (CVR-nummer) blandt de ordinære job, der begyndte i perioden, og hvis \
              arbejdsgiver er kendt.",
            en: "Different employers (CVR number) among the competitive jobs that began in the period and whose \
              employer is known.",
        },
        source: "IPS-25, punkt 20",
    },
    About {
        measure: Measure::DaysOccurredToReceived, code: "days_occurred_to_received", asks: Asks::Period, unit: Unit::Days,
        title: Text { da: "Dage, før arbejdet var sendt", en: "Days until work was sent" },
        definition: Text {
            da: "Dage fra det, der blev gjort i perioden, til serveren havde det.",
            en: "Days from what was done in the period until the server had it.",
        },
        source: "Offentlighedsloven § 13: snarest muligt",
    },
    About {
        measure: Measure::TreatmentStarts, code: "treatment_starts", asks: Asks::Period, unit: Unit::Share,
        title: Text { da: "Begyndt i behandling efter henvisning", en: "Began treatment after a referral" },
        definition: Text {
            da: "Af dem, der blev henvist til behandling i perioden, de, der siden er begyndt.",
            en: "Of those referred to treatment in the period, those who have begun it since.",
        },
        source: "Københavns Kommune, IPS rusmiddel",
    },
];

impl Measure {
    /// Every measure, in the order they are shown in.
    pub fn all() -> impl Iterator<Item = Measure> {
        TABLE.iter().map(|about| about.measure)
    }

    /// The measure of a name as it stands in programmes and on the command line.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        TABLE.iter().find(|about| about.code == code).map(|about| about.measure)
    }

    fn about(self) -> &'static About {
        // The enum and the table have one order; a test holds them to it.
        TABLE.get(self as usize).unwrap_or(&TABLE[0])
    }

    /// Its name.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.about().code
    }

    /// Whether it is asked for a day, a period or a quarter.
    #[must_use]
    pub fn asks(self) -> Asks {
        self.about().asks
    }

    /// What it counts.
    #[must_use]
    pub fn unit(self) -> Unit {
        self.about().unit
    }

    /// What it is called.
    #[must_use]
    pub fn title(self) -> Text {
        self.about().title
    }

    /// What stands above and below the line.
    #[must_use]
    pub fn definition(self) -> Text {
        self.about().definition
    }

    /// Where it comes from.
    #[must_use]
    pub fn source(self) -> &'static str {
        self.about().source
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_measure_has_its_own_line_of_the_table() {
        for measure in Measure::all() {
            assert_eq!(measure.about().measure, measure);
            assert_eq!(Measure::from_code(measure.code()), Some(measure));
        }
        assert_eq!(Measure::from_code("happiness"), None);
    }
}

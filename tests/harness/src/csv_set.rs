//! Small sets of the files an import reads.

use std::fs;
use std::path::{Path, PathBuf};

const CASES: &str = "sagsnr;fornavn;efternavn;foedselsdato;kommune;bydel;ydelse;visitation;spor;indskrevet;udskrevet;udskrivningsgrund;konsulent;behandler;behandlingssted;samtykke_fra;samtykke_til;samtykke_omfang;jobønske;aabenhed";
const ENTRIES: &str = "haendelse;sagsnr;type;tidspunkt;minutter;sted;konsulent;cvr;kontaktperson;ansigt_til_ansigt;resultat;timer_pr_uge;stilling;varig;notat";
const EMPLOYERS: &str = "cvr;navn;branche;adresse;postnr;by;kontaktperson";

/// The three files, line by line. Nothing is checked: wrong lines are what many tests are about.
#[derive(Debug, Clone, Default)]
pub struct CsvSet {
    cases: Vec<String>,
    entries: Vec<String>,
    employers: Vec<String>,
}

/// One line of `forloeb.csv`.
#[derive(Debug, Clone)]
pub struct CaseLine {
    /// The case number.
    pub number: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// First day.
    pub enrolled: String,
    /// The consultant's name.
    pub consultant: String,
    /// The treatment worker's name.
    pub therapist: String,
    /// First day, last day and types of the consent; three empty texts for none.
    pub consent: [String; 3],
}

impl CaseLine {
    /// A case with consent.
    #[must_use]
    pub fn new(number: &str, first_name: &str, consultant: &str, therapist: &str) -> Self {
        let consent = ["11-02-2026", "10-02-2027", "jobmål, fremmøde"].map(str::to_owned);
        Self {
            number: number.to_owned(),
            first_name: first_name.to_owned(),
            last_name: "Prøvesen".to_owned(),
            enrolled: "11-02-2026".to_owned(),
            consultant: consultant.to_owned(),
            therapist: therapist.to_owned(),
            consent,
        }
    }

    /// The same without consent.
    #[must_use]
    pub fn without_consent(self) -> Self {
        Self { consent: [const { String::new() }; 3], ..self }
    }

    fn text(&self) -> String {
        let Self { number, first_name, last_name, enrolled, consultant, therapist, consent: [from, until, types] } =
            self;
        format!(
            "{number};{first_name};{last_name};23-06-1984;Testkommunen;Sydhavnen;kontanthjælp;aktivitetsparat;rusmiddel;\
             {enrolled};;;{consultant};{therapist};Rusmiddelbehandling Syd;{from};{until};{types};cykelmekaniker;det aftalte"
        )
    }
}

/// One line of `haendelser.csv`.
#[derive(Debug, Clone)]
pub struct EntryLine {
    /// The key.
    pub key: String,
    /// The case number.
    pub case: String,
    /// The word of its kind.
    pub kind: String,
    /// `dd-mm-yyyy hh:mm`.
    pub at: String,
    /// Who recorded it.
    pub recorded_by: String,
    /// Company number, or nothing.
    pub cvr: String,
    /// The note.
    pub note: String,
}

impl EntryLine {
    /// An entry on a fixed day.
    #[must_use]
    pub fn new(key: &str, case: &str, kind: &str, note: &str) -> Self {
        Self {
            key: key.to_owned(),
            case: case.to_owned(),
            kind: kind.to_owned(),
            at: "02-03-2026 10:00".to_owned(),
            recorded_by: "Åse Møller".to_owned(),
            cvr: String::new(),
            note: note.to_owned(),
        }
    }

    fn text(&self) -> String {
        let Self { key, case, kind, at, recorded_by, cvr, note } = self;
        let note =
            if note.contains(['"', ';', '\n']) { format!("\"{}\"", note.replace('"', "\"\"")) } else { note.clone() };
        format!("{key};{case};{kind};{at};45;Kantinen;{recorded_by};{cvr};;;;;;;{note}")
    }
}

impl CsvSet {
    /// Headings and nothing else.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a case.
    #[must_use]
    pub fn case(self, line: &CaseLine) -> Self {
        self.case_text(&line.text())
    }

    /// Adds a line to `forloeb.csv` as it stands.
    #[must_use]
    pub fn case_text(mut self, line: &str) -> Self {
        self.cases.push(line.to_owned());
        self
    }

    /// Adds an entry.
    #[must_use]
    pub fn entry(self, line: &EntryLine) -> Self {
        self.entry_text(&line.text())
    }

    /// Adds a line to `haendelser.csv` as it stands.
    #[must_use]
    pub fn entry_text(mut self, line: &str) -> Self {
        self.entries.push(line.to_owned());
        self
    }

    /// Adds an employer.
    #[must_use]
    pub fn employer(self, cvr: &str, name: &str) -> Self {
        self.employer_text(&format!("{cvr};{name};Butik;Havnegade 2;2450;København SV;Rune Madsen"))
    }

    /// Adds a line to `virksomheder.csv` as it stands.
    #[must_use]
    pub fn employer_text(mut self, line: &str) -> Self {
        self.employers.push(line.to_owned());
        self
    }

    /// Writes the files into a folder, in the place of what lay there.
    pub fn write(&self, folder: &Path) -> PathBuf {
        fs::create_dir_all(folder).unwrap();
        for (name, heading, lines) in [
            ("forloeb.csv", CASES, &self.cases),
            ("haendelser.csv", ENTRIES, &self.entries),
            ("virksomheder.csv", EMPLOYERS, &self.employers),
        ] {
            let text: String = std::iter::once(heading)
                .chain(lines.iter().map(String::as_str))
                .map(|line| format!("{line}\r\n"))
                .collect();
            fs::write(folder.join(name), text).unwrap();
        }
        folder.to_owned()
    }

    /// Every word a scan must look for.
    #[must_use]
    pub fn text(&self) -> String {
        [&self.cases, &self.entries, &self.employers].into_iter().flatten().map(|line| format!("{line}\n")).collect()
    }
}

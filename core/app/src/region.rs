//! The region's end: files of many municipalities, each checked against the list the region keeps. Needs no home, no membership and no
//! network.

use std::collections::BTreeMap;

use feltbog_protocol::AggregateProofError;
use feltbog_reports::{
    Aggregate, DEFINITIONS, Fingerprint, Municipalities, NoAggregate, NoMunicipalities, RegionTable, Sentence,
    Unreadable,
};
use jiff::civil::Date;

use crate::error::AppError;
use crate::region_file::{NoRegionFile, RegionFile};
use crate::use_cases::typed_day;

/// A file as it was given.
#[derive(Debug, Clone)]
pub struct GivenFile {
    /// What it is called.
    pub name: String,
    /// What stands in it; nothing where it is no text.
    pub text: Option<String>,
}

/// The figures of a region at the end of one quarter.
#[derive(Debug, Clone)]
pub struct Region {
    /// What the list calls it.
    pub name: String,
    /// Who is in the table, in its order, and what each calls its programme.
    pub municipalities: Vec<(String, String)>,
    /// The numbers; nothing where no file was taken.
    pub table: Option<RegionTable>,
    /// Municipalities of the list that have none, by name.
    pub missing: Vec<String>,
    /// Files that were not taken, each with why.
    pub refused: Vec<(String, Sentence)>,
}

/// A file whose municipality is known.
struct Taken {
    file: String,
    municipality: String,
    aggregate: Aggregate,
}

/// Adds up the files of a region's municipalities at the end of a quarter: the newest of them unless a day is named.
///
/// # Errors
/// [`AppError::ReportFile`] when the list cannot be read; [`AppError::Unclear`] when the day is none.
pub fn region(files: &[GivenFile], list: &str, at: Option<&str>) -> Result<Region, AppError> {
    let at = typed_day(at)?;
    let list = Municipalities::read(list).map_err(|error| no_list(&error))?;
    let mut refused = Vec::new();
    let mut taken: Vec<Taken> =
        files.iter().filter_map(|file| refused_or(take(file, &list), file, &mut refused)).collect();
    let as_of = at.or_else(|| taken.iter().map(|it| it.aggregate.as_of).max());
    taken.retain(|it| {
        let fits = Some(it.aggregate.as_of) == as_of;
        if let (false, Some(as_of)) = (fits, as_of) {
            refused.push((it.file.clone(), other_quarter(it.aggregate.as_of, as_of)));
        }
        fits
    });
    without_doubles(&mut taken, &mut refused);
    let place = |name: &str| list.municipalities.iter().position(|one| one.name == name);
    taken.sort_by_key(|it| place(&it.municipality));
    let is_here = |name: &str| taken.iter().any(|it| it.municipality == name);
    let missing = list.municipalities.iter().map(|one| &one.name).filter(|name| !is_here(name)).cloned().collect();
    let aggregates: Vec<&Aggregate> = taken.iter().map(|it| &it.aggregate).collect();
    Ok(Region {
        table: RegionTable::of(&aggregates),
        municipalities: taken.iter().map(|it| (it.municipality.clone(), it.aggregate.name.clone())).collect(),
        name: list.name,
        missing,
        refused,
    })
}

fn refused_or(
    taken: Result<Taken, Sentence>,
    file: &GivenFile,
    refused: &mut Vec<(String, Sentence)>,
) -> Option<Taken> {
    taken.map_err(|why| refused.push((file.name.clone(), why))).ok()
}

fn take(file: &GivenFile, list: &Municipalities) -> Result<Taken, Sentence> {
    let text = file.text.as_deref().ok_or(NoRegionFile::NotOne);
    let read = text.and_then(RegionFile::read).map_err(no_file)?;
    let root = read.fingerprint();
    let municipality = list.of_root(root).ok_or_else(|| unknown_root(root))?.name.clone();
    Ok(Taken { file: file.name.clone(), municipality, aggregate: read.aggregate })
}

/// Which of two is right nobody here can tell, so neither is added.
fn without_doubles(taken: &mut Vec<Taken>, refused: &mut Vec<(String, Sentence)>) {
    let mut files: BTreeMap<String, u32> = BTreeMap::new();
    taken.iter().for_each(|it| *files.entry(it.municipality.clone()).or_default() += 1);
    taken.retain(|it| {
        let alone = files.get(&it.municipality) == Some(&1);
        if !alone {
            refused.push((it.file.clone(), twice(&it.municipality)));
        }
        alone
    });
}

fn no_file(error: NoRegionFile) -> Sentence {
    match error {
        NoRegionFile::TooLarge => say(
            "Filen er for stor til at være en kommunes tal.",
            "The file is too large to be a municipality's figures.",
        ),
        NoRegionFile::NotOne => say(
            "Filen er ikke en kommunes tal til regionen (feltbog report --for-region FIL).",
            "The file is none of a municipality's figures for the region (feltbog report --for-region FILE).",
        ),
        NoRegionFile::Newer(form) => Sentence {
            da: format!("Filen har form {form}, som denne Feltbog ikke kender. Hent en nyere."),
            en: format!("The file has form {form}, which this Feltbog does not know. Get a newer one."),
        },
        NoRegionFile::Changed => say(
            "Filen er ændret, efter at den blev skrevet. Bed kommunen om den igen.",
            "The file was changed after it was written. Ask the municipality for it again.",
        ),
        NoRegionFile::Proof(AggregateProofError::Signature) => say(
            "Tallene er ændret, efter at lederen skrev under på dem. Bed kommunen om filen igen.",
            "The figures were changed after the leader signed them. Ask the municipality for the file again.",
        ),
        NoRegionFile::Proof(AggregateProofError::Chain) => say(
            "Filen viser ikke, at enheden, der skrev under, hører til kommunen.",
            "The file does not show that the device that signed belongs to the municipality.",
        ),
        NoRegionFile::Proof(AggregateProofError::NotTheLeader) => say(
            "Filen er ikke skrevet af programmets leder på beskæftigelsessiden.",
            "The file was not written by the leader of the programme's employment side.",
        ),
        NoRegionFile::Figures(NoAggregate::OtherDefinitions(other)) => Sentence {
            da: format!(
                "Tallene er talt efter definitioner nr. {other}; her tælles efter nr. {DEFINITIONS}. De kan ikke lægges sammen."
            ),
            en: format!(
                "The figures were counted by definitions no. {other}; here they are no. {DEFINITIONS}. They cannot be added up."
            ),
        },
        NoRegionFile::Figures(_) => say(
            "Tallene er ikke rundet, som tal om grupper skal være. De bruges ikke.",
            "The figures are not rounded as figures of groups must be. They are not used.",
        ),
    }
}

fn unknown_root(root: Fingerprint) -> Sentence {
    Sentence {
        da: format!(
            "Ingen kommune på listen har dette fingeraftryk: {root}. Spørg kommunen om dens, ikke pr. den vej, filen kom."
        ),
        en: format!(
            "No municipality of the list has this fingerprint: {root}. Ask the municipality for its own, not by the way the file came."
        ),
    }
}

fn twice(municipality: &str) -> Sentence {
    Sentence {
        da: format!(
            "{municipality} har flere filer for samme kvartal. Ingen af dem er talt med; giv den rigtige alene."
        ),
        en: format!(
            "{municipality} has several files for one quarter. None of them is counted; give the right one alone."
        ),
    }
}

fn other_quarter(is: Date, wanted: Date) -> Sentence {
    let dotted = |day: Date| day.strftime("%d-%m-%Y").to_string();
    Sentence {
        da: format!("Filen gælder kvartalet til {}, ikke til {}.", dotted(is), dotted(wanted)),
        en: format!("The file is of the quarter until {}, not until {}.", dotted(is), dotted(wanted)),
    }
}

fn no_list(error: &NoMunicipalities) -> AppError {
    AppError::ReportFile(match error {
        NoMunicipalities::Unreadable(Unreadable { line, says }) => Sentence {
            da: format!("listen over kommuner kan ikke læses fra linje {line} ({says})"),
            en: format!("the list of municipalities cannot be read from line {line} ({says})"),
        },
        NoMunicipalities::NameTwice(name) => Sentence {
            da: format!("\"{name}\" står to gange på listen over kommuner"),
            en: format!("\"{name}\" stands in the list of municipalities twice"),
        },
        NoMunicipalities::RootTwice(name) => Sentence {
            da: format!("\"{name}\" har samme fingeraftryk som en anden kommune på listen"),
            en: format!("\"{name}\" has the same fingerprint as another municipality of the list"),
        },
    })
}

fn say(da: &str, en: &str) -> Sentence {
    Sentence { da: da.to_owned(), en: en.to_owned() }
}

//! `feltbog fidelity`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use feltbog_bridge::{Request, ReviewAct, ReviewAsked};

use crate::failure::Failure;

/// Modeltrofasthed: mappen med belæg og de point, der er givet
///
/// English: the programme's evidence of fidelity and what reviewers gave; no citizen is named in it. A band is named when all 25
/// items have points.
#[derive(Debug, Args)]
#[command(subcommand_help_heading = "Kommandoer", subcommand_value_name = "KOMMANDO", disable_help_subcommand = true)]
pub(super) struct Fidelity {
    #[command(subcommand)]
    act: Option<Act>,
    /// Programmet; kan udelades, mens der kun er ét
    #[arg(long, global = true, help_heading = "Hvad", value_name = "NAVN")]
    programme: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Act {
    Begin(Begin),
    Count(Count),
    Seen(Seen),
    Score(Score),
    File(File),
    Reading(Reading),
    Strike(Strike),
}

/// Begynd en gennemgang, eller ret dens dage; for programmets leder
///
/// English: begin a review or set its days anew; for the programme's leader.
#[derive(Debug, Args)]
struct Begin {
    /// Periodens første dag
    #[arg(long, help_heading = "Hvad", value_name = "DATO")]
    from: String,
    /// Periodens sidste dag
    #[arg(long, help_heading = "Hvad", value_name = "DATO")]
    to: String,
    /// Fuldtidskonsulenter på den sidste dag; uden det tæller hver konsulent som én
    #[arg(long, help_heading = "Hvad", value_name = "ANTAL")]
    full_time: Option<f64>,
    /// Hvor tit en leder gennemgår møderne med arbejdsgivere
    #[arg(long, help_heading = "Hvad", value_name = "TIT")]
    meetings_reviewed: Option<Often>,
}

/// Læg det, der tælles ud fra registreringer, i gennemgangen; for programmets leder
///
/// English: put what is counted from entries into the review, for reviewers to read; a group of fewer than five is left out.
#[derive(Debug, Args)]
struct Count;

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Often {
    #[value(alias = "ugentligt")]
    Weekly,
    #[value(alias = "månedligt")]
    Monthly,
    #[value(alias = "sjældnere")]
    Seldom,
}

/// Skriv, hvad der er set om et punkt, uden navne på borgere
///
/// English: write down what was seen of an item, without names of citizens.
#[derive(Debug, Args)]
struct Seen {
    /// Punktets nummer, 1 til 25
    #[arg(help_heading = "Hvad", value_name = "PUNKT")]
    item: u8,
    /// Hvad der er set
    #[arg(help_heading = "Hvad", value_name = "TEKST")]
    text: String,
    /// Hvor det er set
    #[arg(long, help_heading = "Hvad", value_name = "KILDE")]
    source: Source,
    /// Dagen; i dag, hvis intet er skrevet
    #[arg(long, help_heading = "Hvad", value_name = "DATO")]
    on: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Source {
    #[value(alias = "møde")]
    Meeting,
    #[value(alias = "dokument")]
    Document,
    Observation,
    #[value(alias = "samtale")]
    Interview,
}

/// Giv et punkt dine point; giver en anden noget andet, står begge der, til I er enige
///
/// English: give an item your points; where another gives others, both stand until you agree.
#[derive(Debug, Args)]
struct Score {
    /// Punktets nummer, 1 til 25
    #[arg(help_heading = "Hvad", value_name = "PUNKT")]
    item: u8,
    /// 1 til 5
    #[arg(help_heading = "Hvad", value_name = "POINT")]
    points: u8,
    /// Hvorfor
    #[arg(long, help_heading = "Hvad", value_name = "TEKST")]
    note: Option<String>,
}

/// Giv pointene i en gennemgangs fil som dine egne, alle eller ingen
///
/// English: give the points of a review's file as your own, all of them or none.
#[derive(Debug, Args)]
struct File {
    /// Filen, som `core/reports/examples/gennemgang.toml`
    #[arg(help_heading = "Hvad", value_name = "FIL")]
    file: PathBuf,
}

/// Skriv, hvordan et punkt læses her
///
/// English: write down how an item is read here.
#[derive(Debug, Args)]
struct Reading {
    /// Punktets nummer, 1 til 25
    #[arg(help_heading = "Hvad", value_name = "PUNKT")]
    item: u8,
    /// Læsningen
    #[arg(help_heading = "Hvad", value_name = "TEKST")]
    text: String,
}

/// Stryg noget, der er skrevet; det kan stadig læses
///
/// English: strike out something that was written; it can still be read.
#[derive(Debug, Args)]
struct Strike {
    /// Dets id
    #[arg(help_heading = "Hvad", value_name = "ID")]
    id: String,
}

impl Fidelity {
    /// # Errors
    /// When a file cannot be read.
    pub(super) fn into_request(self) -> Result<Request, Failure> {
        let Self { act, programme } = self;
        Ok(Request::Review(ReviewAsked { programme, act: act.map(Act::into_act).transpose()? }))
    }
}

impl Act {
    fn into_act(self) -> Result<ReviewAct, Failure> {
        Ok(match self {
            Act::Begin(Begin { from, to, full_time, meetings_reviewed }) => {
                let meetings_reviewed = meetings_reviewed.map(|often| often.word().to_owned());
                ReviewAct::Begin { from, to, full_time, meetings_reviewed }
            }
            Act::Count(Count) => ReviewAct::Count,
            Act::Seen(Seen { item, text, source, on }) => {
                ReviewAct::Seen { item, on, source: source.word().to_owned(), text }
            }
            Act::Score(Score { item, points, note }) => ReviewAct::Points { item, points, note },
            Act::Reading(Reading { item, text }) => ReviewAct::Reading { item, text },
            Act::File(File { file }) => {
                ReviewAct::PointsOfFile { file: std::fs::read_to_string(file).map_err(Failure::Unread)? }
            }
            Act::Strike(Strike { id }) => ReviewAct::Strike { id },
        })
    }
}

impl Often {
    const fn word(self) -> &'static str {
        match self {
            Self::Weekly => "weekly",
            Self::Monthly => "monthly",
            Self::Seldom => "seldom",
        }
    }
}

impl Source {
    const fn word(self) -> &'static str {
        match self {
            Self::Meeting => "meeting",
            Self::Document => "document",
            Self::Observation => "observation",
            Self::Interview => "interview",
        }
    }
}

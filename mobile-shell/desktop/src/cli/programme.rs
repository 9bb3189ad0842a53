//! `feltbog programme`.

use clap::{Args, Subcommand, ValueEnum};
use feltbog_bridge::{ProgrammeTyped, Request};

use super::report::programme_file;
use crate::failure::Failure;

/// Opret et program; du bliver dets leder
///
/// English: make a programme; you become its leader.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(super) struct Programme {
    #[command(subcommand)]
    act: Option<Act>,
    /// Programmets navn
    #[arg(required = true, help_heading = "Hvad", value_name = "NAVN")]
    name: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Act {
    Set(Set),
    File(File),
}

/// Sæt det, der er forskelligt fra program til program
///
/// English: what differs from programme to programme; for its leader.
#[derive(Debug, Args)]
struct Set {
    /// Programmet; kan udelades, mens der kun er ét
    #[arg(long, help_heading = "Hvad", value_name = "NAVN")]
    programme: Option<String>,
    /// Om konsulenterne er myndighed og holder jobsamtalerne (kommunen)
    #[arg(long, help_heading = "Hvad", value_name = "YES|NO")]
    authority: Option<Answer>,
    /// Tid mellem to jobsamtaler, fx "3 måneder" eller "4 uger"; tom for ingen
    #[arg(long, help_heading = "Hvad", value_name = "TID")]
    talk_interval: Option<String>,
}

/// Programmets egen fil: hvad det koster og sigter mod. Uden navn skrives den, der er
///
/// English: the programme's own file, which its leader takes in; without a name it is written out.
#[derive(Debug, Args)]
struct File {
    /// En fil (med .toml eller en mappe i navnet), eller navnet på en, der følger med, fx ips-sydhavnen
    #[arg(help_heading = "Hvad", value_name = "FIL")]
    file: Option<String>,
    /// Fjern filen
    #[arg(long, help_heading = "Hvad", conflicts_with = "file")]
    remove: bool,
    /// Programmet; kan udelades, mens der kun er ét
    #[arg(long, help_heading = "Hvad", value_name = "NAVN")]
    programme: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Answer {
    #[value(alias = "ja")]
    Yes,
    #[value(alias = "nej")]
    No,
}

impl Programme {
    pub(super) fn into_request(self) -> Result<Request, Failure> {
        Ok(match self.act {
            Some(Act::Set(Set { programme, authority, talk_interval })) => {
                let authority = authority.map(|answer| matches!(answer, Answer::Yes));
                Request::SetProgramme(ProgrammeTyped { programme, authority, talk_interval })
            }
            Some(Act::File(File { file: None, remove: false, programme })) => Request::ProgrammeFile { programme },
            Some(Act::File(File { file, programme, .. })) => {
                Request::KeepProgrammeFile { programme, file: file.map(programme_file).transpose()? }
            }
            None => Request::NewProgramme { name: self.name.unwrap_or_default() },
        })
    }
}

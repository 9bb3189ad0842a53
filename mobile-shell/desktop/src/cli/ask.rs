//! The commands that are one request to the core and its answer.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use feltbog_bridge::{ErrorFile, Reply, Request};

use super::agenda::{Agenda, Step};
use super::case::{Assign, CaseCommand};
use super::change::{Change, Settle};
use super::consent::Consent;
use super::cover::Cover;
use super::deposits::Deposits;
use super::employer::{Disclose, Door, EmployerCommand, Employers};
use super::erase::{EraseCommand, Erasures};
use super::export::{Cases, Export};
use super::fidelity::Fidelity;
use super::hand_over::HandOver;
use super::import::Import;
use super::invite::Invite;
use super::journal::{Addendum, Journal, Mistaken, ReadTogether};
use super::keep::Keep;
use super::log::{Log, Note};
use super::organisation::Organisation;
use super::person::Person;
use super::place::Place;
use super::profile::Profile;
use super::programme::Programme;
use super::read_log::ReadLog;
use super::remind::Remind;
use super::report::Report;
use super::role::ChangeRole;
use super::seen::Seen;
use super::shut_out::{Block, Revoke, Unblock};
use super::team::Team;
use crate::device::Device;
use crate::failure::Failure;
use crate::output::{
    Output, answer, errors as output_errors, kept as output_kept, register_kept as output_register_kept,
};
use crate::private_file;

#[derive(Debug, Subcommand)]
pub(super) enum Ask {
    Invite(Invite),
    Programme(Programme),
    #[command(subcommand)]
    Case(CaseCommand),
    Profile(Profile),
    Person(Person),
    Remind(Remind),
    Import(Import),
    Assign(Assign),
    Cases(Cases),
    Export(Export),
    Show(Show),
    Log(Log),
    Note(Note),
    Change(Change),
    Settle(Settle),
    Mistaken(Mistaken),
    Addendum(Addendum),
    ReadTogether(ReadTogether),
    Journal(Journal),
    Agenda(Agenda),
    Employers(Employers),
    #[command(subcommand)]
    Employer(EmployerCommand),
    Door(Door),
    Disclose(Disclose),
    Step(Step),
    Search(Search),
    /// Send og hent nu
    ///
    /// English: one exchange with the server; says what was sent, received and refused.
    Sync,
    /// Hvad der kun er på denne computer, og hvornår der sidst blev sendt og hentet
    ///
    /// English: what is unsent, what was refused, and how far this device has read.
    Status,
    Seen(Seen),
    Consent(Consent),
    #[command(name = "handover")]
    HandOver(HandOver),
    Cover(Cover),
    Deposits(Deposits),
    Fidelity(Fidelity),
    Keep(Keep),
    Erase(EraseCommand),
    Erasures(Erasures),
    #[command(name = "readlog")]
    ReadLog(ReadLog),
    /// Det, serveren ikke har fået igen, siden den blev gendannet
    ///
    /// English: entries the server had before it was restored and has not got back, by date and author.
    Missing,
    Report(Report),
    Block(Block),
    Unblock(Unblock),
    Revoke(Revoke),
    Role(ChangeRole),
    Organisation(Organisation),
    Team(Team),
    /// Hvem der er med
    ///
    /// English: the members and their roles.
    Members,
    /// Hvilke enheder der er med
    ///
    /// English: the devices and when each was last seen.
    Devices,
}

/// Vis en sag med hele forløbet, nyeste først
///
/// English: one case with its timeline, newest entry first; `-` shows work without a case.
#[derive(Debug, Args)]
pub(super) struct Show {
    /// Sagens id eller nummer, eller `-` for arbejde uden sag
    #[arg(help_heading = "Hvad", value_name = "SAG")]
    case: String,
}

/// Søg i navne og notater
///
/// English: full-text search over what this device may see.
#[derive(Debug, Args)]
pub(super) struct Search {
    /// Det, der søges efter
    #[arg(required = true, help_heading = "Hvad", value_name = "ORD")]
    words: Vec<String>,
}

impl Ask {
    /// Asks, shows the answer, and says with the exit code whether everything was done.
    pub(super) async fn run(self, place: &Place, output: &mut Output) -> Result<ExitCode, Failure> {
        let (drawn, file) = (self.wants_drawing(), self.file());
        if let Some(file) = file.as_deref() {
            must_be_new(file)?;
        }
        let request = self.request()?;
        let device = Device::open(&place.home()?, &place.known_passphrase()?).await?;
        let reply = device.call(request.clone()).await?;
        let mut reply = reply;
        match (&mut reply, file) {
            (Reply::File(exported), Some(path)) => {
                let bytes = exported.bytes().ok_or_else(|| Failure::File(io::ErrorKind::InvalidData.into()))?;
                write(&bytes, &path)?;
                output_kept(exported, &path, output);
            }
            (Reply::StatusNotePdf(paper), Some(path)) => {
                let bytes = paper.bytes().ok_or_else(|| Failure::File(io::ErrorKind::InvalidData.into()))?;
                write(&bytes, &path)?;
                answer(&request, &reply, drawn, output);
            }
            (Reply::RegionFile(page), Some(path)) => {
                write(page.text.as_bytes(), &path)?;
                answer(&request, &reply, drawn, output);
            }
            (Reply::EmployersFile(exported), Some(path)) => {
                write(exported.text.as_bytes(), &path)?;
                output_register_kept(exported, &path, output);
            }
            (Reply::Imported(imported), Some(path)) => {
                let files = std::mem::take(&mut imported.error_files);
                answer(&request, &reply, drawn, output);
                keep_errors(&files, &path, output)?;
            }
            _ => answer(&request, &reply, drawn, output),
        }
        Ok(if all_done(&reply) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    pub(super) fn request(self) -> Result<Request, Failure> {
        Ok(match self {
            Ask::Invite(invite) => invite.into_request(),
            Ask::Block(block) => block.into_request(),
            Ask::Unblock(unblock) => unblock.into_request(),
            Ask::Revoke(revoke) => revoke.into_request(),
            Ask::Role(role) => role.into_request(),
            Ask::Organisation(organisation) => organisation.into_request(),
            Ask::Team(team) => team.into_request(),
            Ask::Programme(programme) => programme.into_request()?,
            Ask::Case(CaseCommand::New(new)) => new.into_request(),
            Ask::Case(CaseCommand::Close(close)) => close.into_request(),
            Ask::Case(CaseCommand::Reopen(reopen)) => reopen.into_request(),
            Ask::Case(CaseCommand::Aftercare(aftercare)) => aftercare.into_request(),
            Ask::Profile(profile) => profile.into_request(),
            Ask::Person(person) => person.into_request(),
            Ask::Remind(remind) => remind.into_request(),
            Ask::Import(import) => import.into_request()?,
            Ask::Assign(assign) => assign.into_request(),
            Ask::Cases(cases) => cases.into_request(),
            Ask::Export(export) => export.into_request(),
            Ask::Show(show) => Request::ShowCase { case: show.case },
            Ask::Log(log) => log.into_request()?,
            Ask::Note(note) => note.into_request()?,
            Ask::Change(change) => change.into_request(),
            Ask::Settle(settle) => settle.into_request(),
            Ask::Mistaken(mistaken) => mistaken.into_request(),
            Ask::Addendum(addendum) => addendum.into_request()?,
            Ask::ReadTogether(read) => read.into_request(),
            Ask::Journal(journal) => journal.into_request(),
            Ask::Agenda(agenda) => agenda.into_request(),
            Ask::Step(step) => step.into_request(),
            Ask::Employers(employers) => employers.into_request()?,
            Ask::Employer(employer) => employer.into_request(),
            Ask::Door(door) => door.into_request(),
            Ask::Disclose(disclose) => disclose.into_request(),
            Ask::Search(search) => Request::Search { words: search.words.join(" ") },
            Ask::Sync => Request::Sync,
            Ask::Status => Request::Status,
            Ask::Seen(seen) => seen.into_request(),
            Ask::Consent(consent) => consent.into_request(),
            Ask::HandOver(hand_over) => hand_over.into_request(),
            Ask::Cover(cover) => cover.into_request(),
            Ask::Deposits(deposits) => deposits.into_request(),
            Ask::Fidelity(fidelity) => fidelity.into_request()?,
            Ask::Keep(keep) => keep.into_request(),
            Ask::Erase(erase) => erase.into_request(),
            Ask::Erasures(erasures) => erasures.into_request(),
            Ask::ReadLog(log) => log.into_request(),
            Ask::Missing => Request::Missing,
            Ask::Report(report) => report.into_request()?,
            Ask::Members => Request::Members,
            Ask::Devices => Request::Devices,
        })
    }

    /// The file the answer goes to, where it does not go to standard output.
    fn file(&self) -> Option<PathBuf> {
        match self {
            Ask::Export(export) => Some(export.to.clone()),
            Ask::Cases(cases) => cases.csv.clone(),
            Ask::Import(import) => import.errors.clone(),
            Ask::Report(report) => report.file().map(Path::to_path_buf),
            Ask::Employers(employers) => employers.to().map(Path::to_path_buf),
            _ => None,
        }
    }

    fn wants_drawing(&self) -> bool {
        matches!(self, Ask::Invite(invite) if invite.qr)
    }
}

/// Said before anything is taken out or read in, as that is written down.
fn must_be_new(file: &Path) -> Result<(), Failure> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    if file.exists() {
        Err(Failure::FileExists(file.display().to_string()))
    } else if let Some(missing) = folder.filter(|folder| !folder.is_dir()) {
        Err(Failure::NoFolder(missing.display().to_string()))
    } else {
        Ok(())
    }
}

/// Puts what was taken out where only its owner reads it.
fn write(content: &[u8], file: &Path) -> Result<(), Failure> {
    private_file::write_new(file, content).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::FileExists(file.display().to_string()),
        _ => Failure::File(error),
    })
}

/// Puts the lines that were not taken where only their owner reads them, and makes no folder for none.
fn keep_errors(files: &[ErrorFile], folder: &Path, output: &mut Output) -> Result<(), Failure> {
    if files.is_empty() {
        return Ok(());
    }
    private_file::new_folder(folder).map_err(Failure::File)?;
    for file in files {
        private_file::write_new(&folder.join(&file.name), &file.text).map_err(Failure::File)?;
    }
    output_errors(files, folder, output);
    Ok(())
}

/// Whether nothing was refused, neither the whole nor a part.
fn all_done(reply: &Reply) -> bool {
    match reply {
        Reply::Refused(_) => false,
        Reply::Synced(synced) => synced.refused.is_empty(),
        Reply::Imported(imported) => imported.refused.is_empty(),
        Reply::EmployersImported(imported) => imported.refused.is_empty(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use feltbog_bridge::{ImportCounts, Imported, RefusedLine};

    use super::*;

    #[test]
    fn one_refused_line_is_not_all_done() {
        let mut imported = Imported {
            added: ImportCounts::default(),
            unchanged: 7,
            refused: Vec::new(),
            error_files: Vec::new(),
            without_consent: Vec::new(),
            unmatched_staff: Vec::new(),
        };
        assert!(all_done(&Reply::Imported(imported.clone())));
        imported.refused.push(RefusedLine {
            file: "noter.csv".to_owned(),
            line: 12,
            field: String::new(),
            reason: "for mange felter".to_owned(),
        });
        assert!(!all_done(&Reply::Imported(imported)));
    }
}

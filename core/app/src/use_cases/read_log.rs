//! Who has read about a citizen: for the records officer who answers the citizen, and for routine samples.

use feltbog_domain::{DocumentId, MemberId, Moment, ProgrammeId, ReadAction, RoleGrant, Side};
use feltbog_protocol::Place;
use feltbog_store::ReadLogEntry;

use crate::device::Device;
use crate::error::AppError;
use crate::folders::find_case;
use crate::reading::{Read, told_under};
use crate::recovery::STATION;
use crate::staff_names::StaffNames;

/// One reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadLogLine {
    /// When, by the reader's device.
    pub at: Moment,
    /// What was done; nothing for what a newer version does.
    pub action: Option<ReadAction>,
    /// The entry, where it was one.
    pub entry: Option<DocumentId>,
    /// What was searched for.
    pub words: Option<String>,
    /// Name of the reader; nothing where it was not asked for.
    pub staff: Option<String>,
    /// In which capacity: the reader's roles in the programme, and where they are employed, where that is said.
    pub purpose: String,
}

impl Device {
    /// Who has read about a citizen, oldest first, as far as their devices have told. That it was looked at is in the log as
    /// well.
    ///
    /// # Errors
    /// [`AppError::NotAllowed`] for anybody but a records officer of the programme, and a recovery station.
    pub fn read_log(&mut self, case: &str, without_staff: bool) -> Result<Vec<ReadLogLine>, AppError> {
        let case = find_case(&self.store.reader(), case)?;
        let programme = case.head.programme;
        let is_station = self.roster.device(self.identity.device).is_some_and(|d| d.station_until_ms.is_some());
        let keeps = |side| self.roster.keeps_records(self.me(), programme, side);
        if !is_station && !keeps(Side::Employment) && !keeps(Side::Treatment) {
            return Err(AppError::NotAllowed("se, hvem der har læst om borgeren"));
        }
        let mut entries: Vec<ReadLogEntry> = Vec::new();
        for folder in &case.folders {
            entries.extend(self.store.reader().read_log(folder.id)?);
        }
        entries.sort_by_key(|entry| (entry.reading.at_ms, entry.device));
        let names = StaffNames::load(&self.store.reader(), &self.roster)?;
        let lines: Result<Vec<ReadLogLine>, AppError> =
            entries.into_iter().map(|entry| self.read_log_line(entry, programme, &names, without_staff)).collect();
        let lines = lines?;
        let told = told_under(case.folders.iter().map(|folder| (folder.id, folder.kind)));
        self.note_reads(told.map(|folder| Read::of(folder, ReadAction::SawLog)).into_iter().collect())?;
        Ok(lines)
    }

    fn read_log_line(
        &self,
        entry: ReadLogEntry,
        programme: ProgrammeId,
        names: &StaffNames,
        without_staff: bool,
    ) -> Result<ReadLogLine, AppError> {
        let device = self.roster.device(entry.device);
        let is_station = device.is_some_and(|device| device.station_until_ms.is_some());
        let member = device.map(|device| device.member).filter(|_| !is_station);
        let name = member.map_or_else(|| STATION.to_owned(), |member| self.reader_name(member, names));
        Ok(ReadLogLine {
            at: Moment::from_unix_ms(entry.reading.at_ms),
            action: ReadAction::from_code(entry.reading.action),
            entry: entry.reading.document,
            words: entry.reading.words,
            staff: (!without_staff).then_some(name),
            purpose: member.map_or_else(|| Ok(STATION.to_owned()), |member| self.purpose(member, programme, names))?,
        })
    }

    fn reader_name(&self, member: MemberId, names: &StaffNames) -> String {
        names.of(member).unwrap_or_else(|| "en kollega".into())
    }

    /// Roles somebody ever held in the programme: whoever left has none now.
    fn purpose(&self, member: MemberId, programme: ProgrammeId, names: &StaffNames) -> Result<String, AppError> {
        let roles = self.roster.roles_at(member, Place::OutOfOrder);
        let in_programme: Vec<&str> = roles
            .iter()
            .filter(|grant: &&RoleGrant| grant.programme == programme)
            .map(|grant| grant.role.danish())
            .collect();
        let name = self.store.reader().programmes()?.into_iter().find(|row| row.id == programme).map(|row| row.name);
        let roles = if in_programme.is_empty() { "Medarbejder".to_owned() } else { in_programme.join(", ") };
        let said = [Some(roles), name, names.organisation(member).map(str::to_owned)];
        Ok(said.into_iter().flatten().collect::<Vec<_>>().join(", "))
    }
}

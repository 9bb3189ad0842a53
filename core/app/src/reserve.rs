//! What is unsent, sealed for the leaders and kept beside the database, so that a forgotten passphrase loses nothing
//! (decision 0023).
//!
//! After every save and every step of an exchange the folder is brought to what the database says: a file for the changes
//! of each folder that are not sealed, one for each own envelope without a receipt. A file never changes: other content is
//! another number. It is made after the commit and its failure fails no save; whatever is missing is made at the next start.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use data_encoding::HEXLOWER;
use feltbog_domain::{FolderId, MemberId};
use feltbog_protocol::{Draft, Envelope, EnvelopeKind, Recipient, RefusalCode, limits};
use feltbog_sealing::{FolderKey, Secret, random_bytes};
use feltbog_store::{FolderRow, Mark, UnsentFile, UnsentFolder};

use crate::device::Device;
use crate::error::AppError;
use crate::hand_in::NEVER_SENT;
use crate::room::Room;
use crate::seal_pending::{Sealer, batches};

/// Files that are made, or removed, before others get a turn: a disk that is busy takes some milliseconds for each.
const FILES_IN_ONE_TURN: usize = 32;
/// Bits of a reserve number below its time.
const CHANCE_BITS: u32 = 20;

/// The folder of unsent work, and what is known of it.
pub(crate) struct Reserve {
    folder: UnsentFolder,
    files: Vec<UnsentFile>,
    place: Option<String>,
    wraps: Wraps,
}

/// The wraps of a folder's key by its commitment, with whom they are for in which key: a wrap costs more than everything
/// else of a save.
pub(crate) type Wraps = BTreeMap<[u8; 32], (Vec<(MemberId, u32)>, Vec<Recipient>)>;

impl Reserve {
    /// Looks at what lies in the folder. What was cut short by the end of a process is removed, and made anew.
    pub(crate) fn open(folder: UnsentFolder) -> io::Result<Self> {
        let (place, mut files) = (folder.place()?, Vec::new());
        for file in folder.files()? {
            if Envelope::decode(folder.read(&file)?).is_ok() {
                files.push(file);
            } else {
                folder.remove(&file)?;
            }
        }
        Ok(Self { folder, files, place, wraps: Wraps::new() })
    }

    /// Looks again: whoever hands in does so beside this process. Gives the folders of which something was handed in since.
    fn look_again(&mut self) -> io::Result<BTreeSet<FolderId>> {
        let files = self.folder.files()?;
        let known: BTreeSet<u64> = self.files.iter().filter(|file| file.handed).map(|file| file.number).collect();
        self.files = files;
        Ok(self.files.iter().filter(|f| f.handed && !known.contains(&f.number)).map(|file| file.folder).collect())
    }

    /// Marks of which every part is there.
    fn whole(&self) -> BTreeSet<(FolderId, Mark)> {
        let mut missing: BTreeMap<(FolderId, Mark), BTreeSet<u32>> = BTreeMap::new();
        for UnsentFile { folder, mark, part: (part, of), .. } in &self.files {
            missing.entry((*folder, mark.clone())).or_insert_with(|| (1..=*of).collect()).remove(part);
        }
        missing.into_iter().filter(|(_, parts)| parts.is_empty()).map(|(key, _)| key).collect()
    }

    /// Whether the server has signed for everything a mark stands for.
    pub(crate) fn was_handed_in(&self, folder: FolderId, mark: &Mark) -> bool {
        let mut files = self.files.iter().filter(|file| file.folder == folder && file.mark == *mark);
        self.whole().contains(&(folder, mark.clone())) && files.all(|file| file.handed)
    }

    /// Adds what stands for a mark. Where it replaces, what waited in the folder before goes once all of it is there; as long
    /// as nothing could be made of it, the old is better than nothing.
    fn add(&mut self, folder: FolderId, mark: &Mark, envelopes: &[Envelope], replaces: bool) -> io::Result<()> {
        let of = u32::try_from(envelopes.len()).unwrap_or(u32::MAX);
        for (part, envelope) in (1..).zip(envelopes) {
            let number = envelope.header().dseq;
            let file = UnsentFile { number, folder, mark: mark.clone(), part: (part, of), handed: false };
            self.folder.put(&file, envelope.bytes())?;
            self.files.push(file);
        }
        if replaces && !envelopes.is_empty() { self.remove_what_was_before(folder, mark) } else { Ok(()) }
    }

    /// Removes no more than so many; returns whether there are more.
    fn remove_all_but(&mut self, wanted: &BTreeSet<(FolderId, Mark)>, most: usize) -> io::Result<bool> {
        let is_wanted = |file: &UnsentFile| wanted.contains(&(file.folder, file.mark.clone()));
        let unwanted: Vec<u64> = self.files.iter().filter(|file| !is_wanted(file)).map(|file| file.number).collect();
        let now: BTreeSet<u64> = unwanted.iter().copied().take(most).collect();
        self.retain(|file| !now.contains(&file.number))?;
        Ok(unwanted.len() > now.len())
    }

    /// What waited in a folder is in the newer file as well.
    fn remove_what_was_before(&mut self, folder: FolderId, mark: &Mark) -> io::Result<()> {
        let is_before =
            |file: &UnsentFile| file.folder == folder && file.mark != *mark && matches!(file.mark, Mark::Pending(..));
        self.retain(|file| !is_before(file))
    }

    fn retain(&mut self, is_wanted: impl Fn(&UnsentFile) -> bool) -> io::Result<()> {
        for file in self.files.iter().filter(|file| !is_wanted(file)) {
            self.folder.remove(file)?;
        }
        self.files.retain(is_wanted);
        Ok(())
    }

    /// A number that was never used: by the time, by chance, and above all that are there.
    fn next_number(&self, now_ms: i64) -> u64 {
        let chance = u64::from(u32::from_be_bytes(random_bytes()) >> (32 - CHANCE_BITS));
        let by_time = limits::RESERVE_NUMBERS + ((u64::try_from(now_ms).unwrap_or(0) << CHANCE_BITS) | chance);
        let highest = self.files.iter().map(|file| file.number).max().unwrap_or(0);
        by_time.max(highest.saturating_add(1))
    }
}

/// How much is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kept {
    /// After a save: what waits to be sealed is added. While an exchange is under way nothing is removed, since it may have
    /// sealed what lies there and not come through.
    Saved,
    /// Between exchanges: own envelopes as well, and what is not needed any more goes.
    Everything,
}

impl Device {
    /// Brings the unsent work beside the database up to date. Never fails: what was saved is saved.
    pub(crate) fn keep_reserve(&mut self, kept: Kept) {
        while self.keep_some_in_reserve(kept) {}
    }

    /// The same, as much as others wait for. Returns whether there is more; call again until there is not.
    pub(crate) fn keep_some_in_reserve(&mut self, kept: Kept) -> bool {
        let Some(mut reserve) = self.reserve.take() else { return false };
        let more = self.try_keep(&mut reserve, kept).unwrap_or_else(|error| {
            tracing::warn!(code = error.code(), "unsent work was not written beside the database");
            false
        });
        self.reserve = Some(reserve);
        more
    }

    fn try_keep(&mut self, reserve: &mut Reserve, kept: Kept) -> Result<bool, AppError> {
        let file_error = |error: io::Error| AppError::File(error.kind());
        let whole = reserve.whole();
        let r = self.store.reader();
        let mut wanted: BTreeSet<_> = r.pending_marks()?.into_iter().collect();
        if kept == Kept::Everything {
            wanted.extend(r.untaken_marks()?);
        }
        if !wanted.is_empty() {
            self.keep_place(reserve)?;
        }
        let mut made = 0;
        for (folder, mark) in wanted.difference(&whole) {
            if made >= FILES_IN_ONE_TURN {
                return Ok(true);
            }
            let envelopes = self.sealed_in_reserve(reserve, *folder, mark)?;
            // What nothing can be made of is tried again every time; only what was made brings the end nearer.
            made += envelopes.len();
            let replaces = !self.exchanging && matches!(mark, Mark::Pending(..));
            reserve.add(*folder, mark, &envelopes, replaces).map_err(file_error)?;
        }
        match kept {
            Kept::Saved => Ok(false),
            // The new is there before the old goes.
            Kept::Everything => reserve.remove_all_but(&wanted, FILES_IN_ONE_TURN).map_err(file_error),
        }
    }

    /// Where to hand in, for somebody who cannot open the database.
    fn keep_place(&self, reserve: &mut Reserve) -> Result<(), AppError> {
        let Some(server_key) = self.roster.server_key() else { return Ok(()) };
        let Self { identity, .. } = self;
        let place = format!("{}\n{}\n{}\n", identity.url, identity.tenant, HEXLOWER.encode(server_key));
        if reserve.place.as_ref() != Some(&place) {
            reserve.folder.set_place(&place).map_err(|error| AppError::File(error.kind()))?;
            reserve.place = Some(place);
        }
        Ok(())
    }

    /// Deposits for what a mark stands for.
    fn sealed_in_reserve(
        &mut self,
        reserve: &mut Reserve,
        folder: FolderId,
        mark: &Mark,
    ) -> Result<Vec<Envelope>, AppError> {
        let (identity, signing, roster, now_ms) = (&self.identity, &self.signing, &self.roster, self.clock.now_ms());
        self.store.write(|w| -> Result<_, AppError> {
            let mut sealer =
                Sealer { w, identity, signing, roster, progress: w.progress()?, now_ms, room: Room::ENDLESS };
            let mut numbers = reserve.next_number(now_ms)..;
            let mut next = || numbers.next().unwrap_or(u64::MAX);
            if let Mark::Sealed(dseq) = mark {
                let Some(bytes) = w.own_envelope(identity.device, *dseq)? else { return Ok(Vec::new()) };
                let Ok(own) = Envelope::decode(bytes) else { return Ok(Vec::new()) };
                let made = if own.header().known_kind() == Some(EnvelopeKind::Deposit) {
                    Some(sealer.under_number(&own, own.body(), next())?)
                } else {
                    let row = w.folder(folder)?;
                    row.map(|row| sealer.deposit_in_reserve(&row, &own, next(), &mut reserve.wraps))
                        .transpose()?
                        .flatten()
                };
                return Ok(made.into_iter().collect());
            }
            let Some(row) = w.folder(folder)? else { return Ok(Vec::new()) };
            // The newest may be on its way still. The leaders open it with the wrap beside it, whichever it is.
            let Some(key_epoch) = w.newest_held_epoch(folder)? else { return Ok(Vec::new()) };
            let Some(key) = w.folder_key(folder, key_epoch)? else { return Ok(Vec::new()) };
            let row = FolderRow { key_epoch, ..row };
            let key = FolderKey::from_secret(Secret::new(*key));
            let mut made = Vec::new();
            for batch in batches(w.pending(folder)?) {
                let (inside, _) = sealer.sealed_batch(&row, &key, &batch, NEVER_SENT)?;
                made.extend(sealer.deposit_in_reserve(&row, &inside, next(), &mut reserve.wraps)?);
            }
            Ok(made)
        })
    }

    /// Somebody may have brought in, under the own name's actors, what was handed in meanwhile: whoever brings it in counts
    /// as its writer for those who never saw it before, and later changes of the same actor would be put aside there. So
    /// the folder goes on under a new one.
    pub(crate) fn write_anew_where_handed_in(&mut self) -> Result<(), AppError> {
        let Some(reserve) = &self.reserve else { return Ok(()) };
        let handed = reserve.files.iter().filter(|file| file.handed).map(|file| file.folder).collect();
        self.write_anew_in(&handed)
    }

    /// The same before a save, for what was handed in beside this process while the device stood open.
    pub(crate) fn mind_what_was_handed_in(&mut self) -> Result<(), AppError> {
        let Some(reserve) = &mut self.reserve else { return Ok(()) };
        match reserve.look_again() {
            Ok(handed) => self.write_anew_in(&handed),
            // Nobody is kept from saving by it: the next start looks again.
            Err(error) => {
                tracing::warn!(%error, "the folder of unsent work cannot be read");
                Ok(())
            }
        }
    }

    fn write_anew_in(&mut self, folders: &BTreeSet<FolderId>) -> Result<(), AppError> {
        if folders.is_empty() {
            return Ok(());
        }
        let member = self.identity.member;
        self.store
            .write(|w| folders.iter().try_for_each(|folder| Ok(w.take_new_actor(*folder, member, &random_bytes())?)))
    }
}

impl Sealer<'_> {
    /// A deposit of one envelope, under a number made in reserve; nothing of it is stored.
    fn deposit_in_reserve(
        &mut self,
        folder: &FolderRow,
        inside: &Envelope,
        number: u64,
        wraps: &mut Wraps,
    ) -> Result<Option<Envelope>, AppError> {
        let Some(body) = self.deposit_of(folder, inside, RefusalCode::Ok, wraps)? else { return Ok(None) };
        self.under_number(inside, &feltbog_protocol::encode(&body), number).map(Some)
    }

    fn under_number(&self, of: &Envelope, body: &[u8], number: u64) -> Result<Envelope, AppError> {
        let header = self.header(EnvelopeKind::Deposit, of.header().folder, of.header().key_epoch, number)?;
        let draft = Draft::new(header, body).map_err(feltbog_sealing::SealError::Frame)?;
        Ok(self.signing.sign_envelope(draft))
    }
}

#[cfg(test)]
mod tests {
    use feltbog_domain::{DeviceId, TenantId};
    use feltbog_protocol::{EnvelopeHash, Header};
    use feltbog_store::Home;

    use super::*;

    const FOLDER: FolderId = FolderId::new([1; 16]);

    fn deposit(number: u64) -> Envelope {
        let header = Header {
            kind: EnvelopeKind::Deposit.code(),
            suite: 0,
            codec: 0,
            tenant: TenantId::NONE,
            folder: FOLDER,
            lineage: 0,
            key_epoch: 1,
            device: DeviceId::new([8; 16]),
            dseq: number,
            base_seq: 0,
            prev: EnvelopeHash::default(),
            salt: [0; 16],
            commitment: [0; 32],
        };
        Draft::new(header, b"deposit").unwrap().signed([0; 64])
    }

    #[test]
    fn what_lies_beside_the_database_goes_when_something_newer_was_made_and_not_before() {
        let home = tempfile::tempdir().unwrap();
        let mut reserve = Reserve::open(Home::at(home.path()).unsent()).unwrap();
        let (first, next) = (Mark::Pending(1, 1, 1), Mark::Pending(2, 2, 2));
        reserve.add(FOLDER, &first, &[deposit(1)], true).unwrap();
        let numbers = |reserve: &Reserve| -> Vec<u64> {
            reserve.folder.files().unwrap().into_iter().map(|file| file.number).collect()
        };
        reserve.add(FOLDER, &next, &[], true).unwrap();
        assert_eq!(numbers(&reserve), [1], "nothing could be made");
        reserve.add(FOLDER, &next, &[deposit(2)], false).unwrap();
        assert_eq!(numbers(&reserve), [1, 2], "an exchange is under way");
        reserve.add(FOLDER, &next, &[deposit(3)], true).unwrap();
        assert_eq!(numbers(&reserve), [2, 3]);
    }
}

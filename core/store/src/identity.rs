//! Who this device is, and how far it has come.

use feltbog_domain::{DeviceId, MemberId, TenantId};
use rusqlite::OptionalExtension;
use zeroize::Zeroizing;

use crate::open::{Reader, StoreError, Writer};
use crate::rows::{bytes_of, int, uint};

/// What never changes after joining.
#[derive(Clone)]
pub struct Identity {
    /// The municipality.
    pub tenant: TenantId,
    /// The pinned root.
    pub root: [u8; 32],
    /// Address of the server.
    pub url: String,
    /// This device.
    pub device: DeviceId,
    /// Whose it is.
    pub member: MemberId,
    /// The member's name as the invitation had it.
    pub name: String,
    /// Seed of the signing key.
    pub sign_seed: Zeroizing<[u8; 32]>,
    /// Seed of the wrapping key.
    pub wrap_seed: Zeroizing<[u8; 32]>,
}

/// What changes with every exchange.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Progress {
    /// The log's epoch last seen.
    pub epoch: [u8; 16],
    /// Every row up to here is stored, or was not for this device.
    pub cursor: u64,
    /// The newest row the server told of.
    pub head: u64,
    /// The highest own envelope number used.
    pub last_dseq: u64,
    /// Server's clock minus ours, milliseconds.
    pub clock_offset_ms: i64,
    /// How long this device may work offline, milliseconds since 1970; 0 when unknown.
    pub lease_until_ms: i64,
    /// End of the last good exchange, milliseconds since 1970; 0 for none.
    pub last_exchange_ms: i64,
}

impl Reader<'_> {
    /// A stored value.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn meta(&self, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT value FROM meta WHERE key = ?1")?;
        Ok(statement.query_row([key], |row| row.get(0)).optional()?)
    }

    /// Who this device is; `None` before it has joined.
    ///
    /// # Errors
    /// When a stored value cannot be read.
    pub fn identity(&self) -> Result<Option<Identity>, StoreError> {
        let Some(device) = self.meta("device")? else { return Ok(None) };
        Ok(Some(Identity {
            tenant: self.fixed::<16>("tenant")?.into(),
            root: self.fixed("root")?,
            url: self.text("url")?,
            device: bytes_of::<16>(&device, "device")?.into(),
            member: self.fixed::<16>("member")?.into(),
            name: self.text("name")?,
            sign_seed: Zeroizing::new(self.fixed("sign_seed")?),
            wrap_seed: Zeroizing::new(self.fixed("wrap_seed")?),
        }))
    }

    /// How far this device has come.
    ///
    /// # Errors
    /// When a stored value cannot be read.
    pub fn progress(&self) -> Result<Progress, StoreError> {
        Ok(Progress {
            epoch: self.meta("epoch")?.map_or(Ok([0; 16]), |bytes| bytes_of(&bytes, "epoch"))?,
            cursor: uint(self.number("cursor")?),
            head: uint(self.number("head")?),
            last_dseq: uint(self.number("last_dseq")?),
            clock_offset_ms: self.number("clock_offset_ms")?,
            lease_until_ms: self.number("lease_until_ms")?,
            last_exchange_ms: self.number("last_exchange_ms")?,
        })
    }

    fn fixed<const N: usize>(&self, key: &'static str) -> Result<[u8; N], StoreError> {
        bytes_of(&self.meta(key)?.ok_or(StoreError::Unreadable(key))?, key)
    }

    fn text(&self, key: &'static str) -> Result<String, StoreError> {
        String::from_utf8(self.meta(key)?.unwrap_or_default()).map_err(|_| StoreError::Unreadable(key))
    }

    pub(crate) fn number(&self, key: &'static str) -> Result<i64, StoreError> {
        self.meta(key)?.map_or(Ok(0), |bytes| bytes_of(&bytes, key).map(i64::from_be_bytes))
    }
}

impl Writer<'_> {
    /// Stores a value.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn set_meta(&self, key: &str, value: &[u8]) -> Result<(), StoreError> {
        self.sql
            .prepare_cached("INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2")?
            .execute((key, value))?;
        Ok(())
    }

    /// Forgets a value.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn remove_meta(&self, key: &str) -> Result<(), StoreError> {
        self.sql.prepare_cached("DELETE FROM meta WHERE key = ?1")?.execute([key])?;
        Ok(())
    }

    /// Stores who this device is.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn set_identity(&self, identity: &Identity) -> Result<(), StoreError> {
        self.set_meta("tenant", identity.tenant.as_bytes())?;
        self.set_meta("root", &identity.root)?;
        self.set_meta("url", identity.url.as_bytes())?;
        self.set_meta("device", identity.device.as_bytes())?;
        self.set_meta("member", identity.member.as_bytes())?;
        self.set_meta("name", identity.name.as_bytes())?;
        self.set_meta("sign_seed", identity.sign_seed.as_slice())?;
        self.set_meta("wrap_seed", identity.wrap_seed.as_slice())
    }

    /// Stores how far this device has come.
    ///
    /// # Errors
    /// When SQLite refuses.
    pub fn set_progress(&self, progress: &Progress) -> Result<(), StoreError> {
        self.set_meta("epoch", &progress.epoch)?;
        self.set_number("cursor", int(progress.cursor))?;
        self.set_number("head", int(progress.head))?;
        self.set_number("last_dseq", int(progress.last_dseq))?;
        self.set_number("clock_offset_ms", progress.clock_offset_ms)?;
        self.set_number("lease_until_ms", progress.lease_until_ms)?;
        self.set_number("last_exchange_ms", progress.last_exchange_ms)
    }

    pub(crate) fn set_number(&self, key: &str, value: i64) -> Result<(), StoreError> {
        self.set_meta(key, &value.to_be_bytes())
    }
}

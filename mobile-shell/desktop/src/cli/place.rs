//! Where the devices lie, which of them is meant, and what unlocks it.

use std::path::PathBuf;

use feltbog_bridge::{Municipality, MunicipalityName, Place as OnShelf, Refused, Shelf};

use crate::failure::Failure;
use crate::passphrase::Passphrase;

/// The folder of one person's homes, and the municipality that was named.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) folder: PathBuf,
    pub(super) municipality: Option<String>,
    pub(super) passphrase_file: Option<PathBuf>,
}

impl Place {
    /// The home a command is about. Where several municipalities are here, one has to be named.
    pub(super) fn home(&self) -> Result<PathBuf, Failure> {
        Ok(self.chosen()?.map_or_else(|| self.folder.clone(), |chosen| chosen.home.folder().to_owned()))
    }

    /// The municipality a command is about; nothing where there is none yet.
    pub(super) fn chosen(&self) -> Result<Option<Municipality>, Failure> {
        let mut here = self.municipalities()?;
        match &self.municipality {
            Some(typed) => {
                let named = |one: &Municipality| one.name == MunicipalityName::typed(typed);
                let found = here.iter().position(named).ok_or_else(|| Failure::NoSuchMunicipality(listed(&here)))?;
                Ok(Some(here.swap_remove(found)))
            }
            None if here.len() > 1 => Err(Failure::WhichMunicipality(listed(&here))),
            None => Ok(here.pop()),
        }
    }

    /// The home a new device moves into: the folder itself, or beside what is there under the name that was given.
    pub(super) fn room(&self) -> Result<PathBuf, Failure> {
        let Some(typed) = &self.municipality else { return self.home() };
        let name = MunicipalityName::typed(typed).ok_or_else(Refused::no_name)?;
        let shelf = Shelf::at(&self.folder);
        let place = shelf.make_room(&name).map_err(Refused::from)?;
        Ok(shelf.home(place).folder().to_owned())
    }

    /// Every home that is here, the one that was named first. Where there is none yet, the one that would be.
    pub(super) fn all_homes(&self) -> Result<Vec<(OnShelf, PathBuf)>, Failure> {
        let mut here = self.municipalities()?;
        if let Some(Municipality { place, .. }) = self.municipality.as_ref().map_or(Ok(None), |_| self.chosen())? {
            here.sort_by_key(|one| one.place != place);
        }
        if here.is_empty() {
            return Ok(vec![(OnShelf::FIRST, self.folder.clone())]);
        }
        Ok(here.into_iter().map(|one| (one.place, one.home.folder().to_owned())).collect())
    }

    /// Every municipality with a device here.
    pub(super) fn municipalities(&self) -> Result<Vec<Municipality>, Failure> {
        Ok(Shelf::at(&self.folder).municipalities().map_err(Refused::from)?)
    }

    pub(super) fn known_passphrase(&self) -> Result<Passphrase, Failure> {
        Passphrase::known(self.passphrase_file.as_deref())
    }

    pub(super) fn chosen_passphrase(&self) -> Result<Passphrase, Failure> {
        Passphrase::chosen(self.passphrase_file.as_deref())
    }
}

/// One from before there were several.
const NAMELESS: &str = "en uden navn";

fn listed(here: &[Municipality]) -> String {
    let called = |one: &Municipality| one.name.as_ref().map_or(NAMELESS, MunicipalityName::as_str).to_owned();
    let names: Vec<_> = here.iter().map(called).collect();
    if names.is_empty() { "ingen".to_owned() } else { names.join(", ") }
}

//! The municipalities of one person on one device: a folder with a home for each.
//!
//! Each is a data controller of its own, with its own database, keys, lease and lock; nothing is shared but the folder. What
//! the shelf knows lies in clear beside locked databases: a name for each municipality, in the person's own words.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::home::{Home, HomeError};

/// The folder of every home but the first.
const BESIDE: &str = "municipalities";
/// More letters than the longest name of a municipality.
const LONGEST: usize = 60;

/// Where a municipality stands. The folder itself is the first place, as it was when a device knew one municipality alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place(u32);

impl Place {
    /// The folder itself.
    pub const FIRST: Self = Self(1);

    /// The place of this number, from 1 on.
    #[must_use]
    pub const fn of(number: u32) -> Self {
        Self(number)
    }

    /// Its number.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }

    const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// What a person calls a municipality: one line of at most 60 letters.
#[derive(Debug, Clone)]
pub struct MunicipalityName(String);

impl MunicipalityName {
    /// A name as typed; `None` when it is empty or too long, or no text for people.
    #[must_use]
    pub fn typed(text: &str) -> Option<Self> {
        let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let fits = (1..=LONGEST).contains(&name.chars().count()) && !name.chars().any(char::is_control);
        fits.then_some(Self(name))
    }

    /// As it is shown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whatever the case: nobody has two that differ in it alone.
impl PartialEq for MunicipalityName {
    fn eq(&self, other: &Self) -> bool {
        self.0.to_lowercase() == other.0.to_lowercase()
    }
}

impl Eq for MunicipalityName {}

/// A municipality with a device here.
#[derive(Debug, Clone)]
pub struct Municipality {
    /// Where it stands.
    pub place: Place,
    /// What the person calls it; one that is alone needs no name.
    pub name: Option<MunicipalityName>,
    /// Its own home.
    pub home: Home,
}

/// Why a municipality got no place or no name.
#[derive(Debug, thiserror::Error)]
pub enum ShelfError {
    /// Another one here is called so.
    #[error("another municipality here has this name")]
    NameTaken,
    /// There is one here without a name, and two could not be told apart.
    #[error("the municipality that is here has no name")]
    Nameless,
    /// No municipality stands there.
    #[error("no such municipality is here")]
    Unknown,
    /// The file system refused.
    #[error(transparent)]
    Home(#[from] HomeError),
}

impl From<io::Error> for ShelfError {
    fn from(error: io::Error) -> Self {
        Self::Home(error.into())
    }
}

/// The folder of one person's homes.
#[derive(Debug, Clone)]
pub struct Shelf {
    folder: PathBuf,
}

impl Shelf {
    /// The shelf in a folder, which need not exist.
    #[must_use]
    pub fn at(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// The home at a place, in which nobody need live.
    #[must_use]
    pub fn home(&self, place: Place) -> Home {
        match place {
            Place::FIRST => Home::at(&self.folder),
            Place(number) => Home::at(&self.folder.join(BESIDE).join(number.to_string())),
        }
    }

    /// Every municipality with a device here, by place.
    ///
    /// # Errors
    /// When the file system refuses.
    pub fn municipalities(&self) -> Result<Vec<Municipality>, ShelfError> {
        let mut places = vec![Place::FIRST];
        match fs::read_dir(self.folder.join(BESIDE)) {
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {}
            entries => {
                for entry in entries? {
                    let number = entry?.file_name().to_str().and_then(|name| name.parse().ok());
                    places.extend(number.map(Place).filter(|place| *place > Place::FIRST));
                }
            }
        }
        places.sort_unstable();
        let lived_in = places.into_iter().filter(|place| self.home(*place).is_set_up());
        Ok(lived_in.map(|place| Municipality { place, name: self.name(place), home: self.home(place) }).collect())
    }

    /// The place of this name: where it stands, or else the first that is free, which bears the name from now on.
    ///
    /// # Errors
    /// [`ShelfError::Nameless`] while there is one that cannot be told from it by name.
    pub fn make_room(&self, name: &MunicipalityName) -> Result<Place, ShelfError> {
        let here = self.municipalities()?;
        if let Some(found) = here.iter().find(|one| one.name.as_ref() == Some(name)) {
            return Ok(found.place);
        }
        if here.iter().any(|one| one.name.is_none()) {
            return Err(ShelfError::Nameless);
        }
        let mut free = Place::FIRST;
        while here.iter().any(|one| one.place == free) {
            free = free.next();
        }
        let home = self.home(free);
        home.create_folder()?;
        home.write_file(&home.name_file(), name.as_str().as_bytes())?;
        Ok(free)
    }

    /// Calls a municipality something, or something else.
    ///
    /// # Errors
    /// [`ShelfError::NameTaken`], or [`ShelfError::Unknown`].
    pub fn call(&self, place: Place, name: &MunicipalityName) -> Result<(), ShelfError> {
        let here = self.municipalities()?;
        if here.iter().any(|one| one.place != place && one.name.as_ref() == Some(name)) {
            return Err(ShelfError::NameTaken);
        }
        let called = here.iter().find(|one| one.place == place).ok_or(ShelfError::Unknown)?;
        Ok(called.home.write_file(&called.home.name_file(), name.as_str().as_bytes())?)
    }

    /// A name that cannot be read is none: the place still says which one it is.
    fn name(&self, place: Place) -> Option<MunicipalityName> {
        MunicipalityName::typed(&fs::read_to_string(self.home(place).name_file()).ok()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> MunicipalityName {
        MunicipalityName::typed(text).unwrap()
    }

    fn move_in(home: &Home) {
        home.create_folder().unwrap();
        fs::write(home.key_file(), "key").unwrap();
    }

    fn shown(shelf: &Shelf) -> Vec<(u32, String)> {
        let called = |one: Municipality| (one.place.number(), one.name.map_or(String::new(), |name| name.0));
        shelf.municipalities().unwrap().into_iter().map(called).collect()
    }

    #[test]
    fn a_home_from_before_there_were_several_is_the_first_and_gets_its_name_before_there_is_a_second() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::at(folder.path());
        assert!(shown(&shelf).is_empty());
        move_in(&Home::at(folder.path()));
        assert_eq!(shown(&shelf), [(1, String::new())]);
        assert!(matches!(shelf.make_room(&name("Ringsted")), Err(ShelfError::Nameless)));
        shelf.call(Place::FIRST, &name("Slagelse Kommune")).unwrap();
        let second = shelf.make_room(&name("Ringsted")).unwrap();
        assert_eq!(shown(&shelf), [(1, "Slagelse Kommune".to_owned())], "nobody lives there yet");
        move_in(&shelf.home(second));
        assert_eq!(shown(&shelf), [(1, "Slagelse Kommune".to_owned()), (2, "Ringsted".to_owned())]);
    }

    #[test]
    fn joining_again_under_a_name_goes_on_in_its_own_place_and_a_free_place_is_taken_first() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::at(folder.path());
        for called in ["Slagelse", "Ringsted", "Sorø"] {
            move_in(&shelf.home(shelf.make_room(&name(called)).unwrap()));
        }
        assert_eq!(shelf.make_room(&name("  ringsted ")).unwrap(), Place::of(2));
        shelf.home(Place::FIRST).remove().unwrap();
        assert_eq!(shown(&shelf), [(2, "Ringsted".to_owned()), (3, "Sorø".to_owned())], "the others stay");
        assert_eq!(shelf.make_room(&name("Næstved")).unwrap(), Place::FIRST);
    }

    #[test]
    fn no_two_have_one_name_and_no_name_is_more_than_a_line() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::at(folder.path());
        for called in ["Slagelse", "Ringsted"] {
            move_in(&shelf.home(shelf.make_room(&name(called)).unwrap()));
        }
        assert!(matches!(shelf.call(Place::of(2), &name("SLAGELSE")), Err(ShelfError::NameTaken)));
        assert!(matches!(shelf.call(Place::of(9), &name("Sorø")), Err(ShelfError::Unknown)));
        shelf.call(Place::of(2), &name("ringsted")).unwrap();
        assert_eq!(shown(&shelf)[1].1, "ringsted");
        assert_eq!(name(" Ringsted \n Kommune ").as_str(), "Ringsted Kommune");
        for bad in ["", " \n", "\u{7}", &"å".repeat(61)] {
            assert!(MunicipalityName::typed(bad).is_none(), "{bad:?}");
        }
    }

    #[test]
    fn what_else_lies_in_the_folder_is_no_municipality() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = Shelf::at(folder.path());
        for odd in ["0", "1", "x", "..2"] {
            move_in(&Home::at(&folder.path().join(BESIDE).join(odd)));
        }
        assert!(shown(&shelf).is_empty());
    }
}

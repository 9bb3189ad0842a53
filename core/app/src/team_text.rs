//! The guard of what the whole team reads about an employer: it names no citizen and gives none away.

use feltbog_domain::{Audience, MaySay, giveaways};

use crate::citizen_names::CitizenNames;
use crate::device::Device;
use crate::error::AppError;

/// Shortest part of a name that is looked for in a text about an employer: shorter ones are ordinary words.
const SHORTEST_NAME: usize = 3;

/// What this device knows that must not stand in the register of employers, nor leave the house with it.
pub(crate) struct TeamTexts {
    names: CitizenNames,
    units: Vec<String>,
}

impl TeamTexts {
    pub(crate) fn of(device: &Device) -> Result<Self, AppError> {
        let r = device.store.reader();
        let programmes = r.programmes()?.into_iter().map(|programme| programme.name);
        let sites = r.profiles()?.into_iter().filter_map(|row| row.profile.treatment_site);
        Ok(Self { names: CitizenNames::known(&r, SHORTEST_NAME)?, units: programmes.chain(sites).collect() })
    }

    /// Why a text for the team alone may not stand there, in Danish: it names a citizen.
    fn refuses_names(&self, text: &str) -> Option<String> {
        let why = "teksten om virksomheden læses af hele holdet og nævner en borger; skriv det i borgerens notat";
        self.names.any_in(text).then(|| why.to_owned())
    }

    /// Why a free text may not stand there, in Danish: it names a citizen, or tells an employer what it may not know.
    pub(crate) fn refuses_text(&self, text: &str) -> Option<String> {
        if let Some(why) = self.refuses_names(text) {
            return Some(why);
        }
        let units: Vec<&str> = self.units.iter().map(String::as_str).collect();
        let found = giveaways(text, Audience::Employer(MaySay::default()), &units);
        found.iter().find(|giveaway| giveaway.sure).map(feltbog_domain::Giveaway::danish)
    }

    /// The same for a name, an address or how to reach somebody: half of a citizen's name may be another's there, the whole
    /// of it may not.
    pub(crate) fn refuses_name(&self, name: &str) -> Option<String> {
        self.names.whole_in(name).then(|| "hele holdet læser det, og det er en borgers navn eller nummer".into())
    }

    pub(crate) fn check_team_text(&self, text: Option<&str>) -> Result<(), AppError> {
        text.and_then(|text| self.refuses_names(text)).map_or(Ok(()), |why| Err(AppError::Unclear(why)))
    }

    pub(crate) fn check_text(&self, text: Option<&str>) -> Result<(), AppError> {
        text.and_then(|text| self.refuses_text(text)).map_or(Ok(()), |why| Err(AppError::Unclear(why)))
    }

    pub(crate) fn check_name(&self, name: Option<&str>) -> Result<(), AppError> {
        name.and_then(|name| self.refuses_name(name)).map_or(Ok(()), |why| Err(AppError::Unclear(why)))
    }
}

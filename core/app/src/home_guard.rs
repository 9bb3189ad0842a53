//! What this device knows that must not be read at home: in a calendar, a message, a notification.

use std::collections::{BTreeMap, BTreeSet};

use feltbog_domain::{Audience, CaseId, Giveaway, fold, giveaways, is_nobodys_place};

use crate::citizen_names::CitizenNames;
use crate::device::Device;
use crate::error::AppError;

/// Shortest name looked for. A calendar loses little by a word too few, so that *Bo* is found as well.
const SHORTEST_NAME: usize = 2;

/// The guard of texts that a partner at home might read.
pub(crate) struct HomeGuard {
    names: CitizenNames,
    /// Programmes, the places of treatment, and where the programme meets its citizens.
    units: Vec<String>,
}

impl HomeGuard {
    pub(crate) fn of(device: &Device) -> Result<Self, AppError> {
        let r = device.store.reader();
        let programmes = r.programmes()?.into_iter().map(|programme| programme.name);
        let sites = r.profiles()?.into_iter().filter_map(|row| row.profile.treatment_site);
        let places = shared(r.places_of_cases()?).filter(|place| !is_nobodys_place(place));
        Ok(Self {
            names: CitizenNames::known(&r, SHORTEST_NAME)?,
            units: programmes.chain(sites).chain(places).collect(),
        })
    }

    /// Why a text must not stand there, in Danish.
    pub(crate) fn gives_away(&self, words: &str) -> Option<String> {
        let units: Vec<&str> = self.units.iter().map(String::as_str).collect();
        if self.names.any_in(words) {
            return Some("Teksten nævner en borger.".to_owned());
        }
        giveaways(words, Audience::Home, &units).first().map(Giveaway::danish)
    }
}

/// Places where more than one citizen was met, in every spelling: the programme's own, and those of treatment.
fn shared(places: Vec<(String, CaseId)>) -> impl Iterator<Item = String> {
    let mut met: BTreeMap<String, (BTreeSet<CaseId>, BTreeSet<String>)> = BTreeMap::new();
    for (place, case) in places {
        let (cases, spellings) = met.entry(fold(place.trim())).or_default();
        cases.insert(case);
        spellings.insert(place);
    }
    met.into_values().filter(|(cases, _)| cases.len() > 1).flat_map(|(_, spellings)| spellings)
}

//! What this device knows that must not be read at home: in a calendar, a message, a notification.

use std::collections::{BTreeMap, BTreeSet};

use feltbog_domain::{Audience, CaseId, CaseProfile, Giveaway, fold, giveaways, is_nobodys_place};

use crate::bystander_names::BystanderNames;
use crate::citizen_names::CitizenNames;
use crate::device::Device;
use crate::error::AppError;

/// Shortest name looked for. A calendar loses little by a word too few, so that *Bo* is found as well.
const SHORTEST_NAME: usize = 2;

/// The guard of texts that a partner at home might read.
pub(crate) struct HomeGuard {
    citizens: CitizenNames,
    bystanders: BystanderNames,
    /// Programmes, the places of treatment, where those around a citizen work, and where the programme meets its citizens.
    units: Vec<String>,
}

impl HomeGuard {
    pub(crate) fn of(device: &Device) -> Result<Self, AppError> {
        let r = device.store.reader();
        let profiles: Vec<CaseProfile> = r.profiles()?.into_iter().map(|row| row.profile).collect();
        let (citizens, bystanders) =
            (CitizenNames::known(&r, SHORTEST_NAME)?, BystanderNames::known(&r, &profiles, SHORTEST_NAME)?);
        let programmes = r.programmes()?.into_iter().map(|programme| programme.name);
        let sites = profiles.into_iter().flat_map(|profile| {
            let organisations = profile.people.into_iter().filter_map(|person| person.organisation);
            organisations.chain(profile.treatment_site)
        });
        let places = sites.chain(shared(r.places_of_cases()?)).filter(|place| !is_nobodys_place(place));
        Ok(Self { citizens, bystanders, units: programmes.chain(places).collect() })
    }

    /// Why a text must not stand there, in Danish.
    pub(crate) fn gives_away(&self, words: &str) -> Option<String> {
        if self.citizens.any_in(words) {
            return Some("Teksten nævner en borger.".to_owned());
        }
        if self.bystanders.any_in(words) {
            return Some("Teksten nævner en medarbejder eller en, der er omkring en borger.".to_owned());
        }
        let units: Vec<&str> = self.units.iter().map(String::as_str).collect();
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

//! Who read what: told by every device, opened by the records officers of the own side, missed where it is missing.

use feltbog_domain::{ReadAction, Role};

use super::timed_town::{HOUR, Person, TimedTown};
use super::town::new_case;
use crate::{App, AppError, LogWish, ReadLogLine};

pub(super) const CASE: &str = "V-1";

/// The founder leads; Rita keeps the employment side's records; Vera is a consultant with a case.
pub(super) struct Office {
    pub(super) town: TimedTown,
    pub(super) rita: Person,
    pub(super) vera: Person,
}

impl Office {
    pub(super) async fn opened() -> Self {
        let town = TimedTown::founded().await;
        let rita = town.colleague("Rita Arkiv", Role::Records).await;
        let vera = town.colleague("Vera Sten", Role::Consultant).await;
        let office = Self { town, rita, vera };
        office.exchange().await;
        office.vera.app.with(|d| d.new_case(&new_case(CASE, true))).unwrap();
        office.exchange().await;
        office
    }

    pub(super) async fn exchange(&self) {
        self.town.exchange(&[&self.rita, &self.vera]).await;
    }

    pub(super) fn log(&self) -> Vec<ReadLogLine> {
        self.rita.app.with(|d| d.read_log(CASE, false)).unwrap()
    }

    /// Without her own glances at the log.
    pub(super) fn told(&self) -> Vec<ReadLogLine> {
        self.log().into_iter().filter(|line| line.action != Some(ReadAction::SawLog)).collect()
    }
}

pub(super) fn wish(note: &str) -> LogWish {
    LogWish { case: Some(CASE.into()), kind: "contact".into(), note: note.into(), ..LogWish::default() }
}

pub(super) fn findings(app: &App) -> Vec<String> {
    app.with(crate::Device::status).unwrap().findings.into_iter().map(|finding| finding.code).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_way_of_reading_is_told_with_when_who_and_what() {
    let office = Office::opened().await;
    let vera = &office.vera.app;
    let entry = vera.with(|d| d.log_entry(&wish("Om havnen"))).unwrap().entry;
    office.exchange().await;
    office.town.time_passes(HOUR);
    vera.with(super::super::device::Device::cases).unwrap();
    vera.with(|d| d.show_case(CASE)).unwrap();
    vera.with(|d| d.open_entry(entry)).unwrap();
    assert_eq!(vera.with(|d| d.search("havnen")).unwrap().len(), 1);
    assert!(vera.with(|d| d.search("ingenting")).unwrap().is_empty());
    assert!(office.told().is_empty(), "nothing is told before it is sent");
    office.exchange().await;
    let told = office.told();
    let actions: Vec<_> = told.iter().map(|line| line.action.unwrap()).collect();
    assert_eq!(actions, [ReadAction::Listed, ReadAction::Opened, ReadAction::Opened, ReadAction::Searched]);
    assert_eq!((told[2].entry, told[3].words.as_deref()), (Some(entry), Some("havnen")));
    assert!(told.iter().all(|line| line.staff.as_deref() == Some("Vera Sten")));
    assert!(told.iter().all(|line| line.purpose == "IPS-konsulent, Program"), "{told:?}");
    assert!(findings(&office.rita.app).is_empty());
    let nameless = office.rita.app.with(|d| d.read_log(CASE, true)).unwrap();
    assert!(nameless.iter().all(|line| line.staff.is_none() && !line.purpose.is_empty()));
    office.exchange().await;
    let glances = office.log().into_iter().filter(|line| line.staff.as_deref() == Some("Rita Arkiv")).count();
    assert_eq!(glances, 1, "who looks at the log is in it; looking again at once is the same reading");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_read_offline_arrives_and_what_a_screen_shows_again_is_one_reading() {
    let office = Office::opened().await;
    office.vera.goes_offline();
    let vera = &office.vera.app;
    for _ in 0..3 {
        vera.with(|d| d.show_case(CASE)).unwrap();
        vera.with(super::super::device::Device::cases).unwrap();
    }
    office.town.time_passes(HOUR);
    vera.with(|d| d.show_case(CASE)).unwrap();
    vera.with(super::super::device::Device::cases).unwrap();
    let Office { town, rita, vera } = office;
    // A program that starts anew remembers nothing of what it showed, and everything of what it wrote down.
    let office = Office { vera: vera.reopened(), town, rita };
    office.vera.app.with(super::super::device::Device::cases).unwrap();
    office.vera.comes_online();
    office.exchange().await;
    let actions: Vec<_> = office.told().iter().map(|line| line.action.unwrap()).collect();
    assert_eq!(actions, [ReadAction::Opened, ReadAction::Listed, ReadAction::Opened]);
    assert!(findings(&office.rita.app).is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_opens_the_log_but_the_records_officers_of_the_own_side() {
    let office = Office::opened().await;
    let other = office.town.colleague("Rikke Behandling", Role::Treatment).await;
    office.exchange().await;
    office.vera.app.with(|d| d.assign(CASE, "Rikke Behandling", Role::Treatment)).unwrap();
    office.town.exchange(&[&office.rita, &office.vera, &other]).await;
    office.vera.app.with(|d| d.show_case(CASE)).unwrap();
    other.app.with(|d| d.show_case(CASE)).unwrap();
    office.town.exchange(&[&office.rita, &office.vera, &other]).await;
    for person in [&office.town.leader, &office.vera, &other] {
        assert!(matches!(person.app.with(|d| d.read_log(CASE, false)), Err(AppError::NotAllowed(_))));
        let folders = person.app.with(|d| Ok(d.store.reader().folders()?)).unwrap();
        for folder in folders {
            assert!(!folder.kind.is_read_log());
            let told = person.app.with(|d| Ok(d.store.reader().read_log(folder.id)?)).unwrap();
            assert!(told.is_empty(), "nothing of it is on the device");
        }
    }
    let readers: Vec<_> = office.told().into_iter().filter_map(|line| line.staff).collect();
    assert_eq!(readers, ["Vera Sten"], "the treatment side answers for its own people");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_officer_reads_what_was_told_before_and_after_somebody_left() {
    let office = Office::opened().await;
    office.vera.app.with(|d| d.show_case(CASE)).unwrap();
    office.exchange().await;
    let rune = office.town.colleague("Rune Arkiv", Role::Records).await;
    office.town.exchange(&[&office.rita, &rune, &office.vera]).await;
    office.town.exchange(&[&office.rita, &rune, &office.vera]).await;
    assert_eq!(rune.app.with(|d| d.read_log(CASE, false)).unwrap().len(), 1);
    office.town.leader.app.with(|d| d.remove_member("Rita Arkiv")).unwrap();
    office.town.exchange(&[&rune, &office.vera]).await;
    office.town.exchange(&[&rune, &office.vera]).await;
    office.town.time_passes(HOUR);
    office.vera.app.with(|d| d.show_case(CASE)).unwrap();
    office.town.exchange(&[&office.vera, &rune]).await;
    let told = rune.app.with(|d| d.read_log(CASE, false)).unwrap();
    assert_eq!(told.iter().filter(|line| line.staff.as_deref() == Some("Vera Sten")).count(), 2);
    assert!(findings(&rune.app).is_empty());
    let epochs = rune.app.with(|d| Ok(d.store.reader().folders()?)).unwrap();
    let key = epochs.iter().find(|folder| folder.kind.is_read_log()).unwrap();
    assert!(key.key_epoch > 1, "who left opens nothing that is told from now on");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn before_a_side_has_an_officer_readings_are_sealed_for_the_recovery_key_and_nobody_counts_them_missing() {
    let town = TimedTown::founded().await;
    let vera = town.colleague("Vera Sten", Role::Consultant).await;
    vera.app.with(|d| d.new_case(&new_case(CASE, false))).unwrap();
    vera.app.with(|d| d.show_case(CASE)).unwrap();
    town.exchange(&[&vera]).await;
    let rita = town.colleague("Rita Arkiv", Role::Records).await;
    town.exchange(&[&rita, &vera]).await;
    town.exchange(&[&rita, &vera]).await;
    town.time_passes(HOUR);
    vera.app.with(|d| d.show_case(CASE)).unwrap();
    town.exchange(&[&vera, &rita]).await;
    let told = rita.app.with(|d| d.read_log(CASE, false)).unwrap();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(findings(&rita.app).is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn readings_of_a_folder_that_is_taken_away_are_told_and_leave_no_word_behind() {
    let office = Office::opened().await;
    office.vera.app.with(|d| d.log_entry(&wish("Om havnen"))).unwrap();
    office.exchange().await;
    office.vera.goes_offline();
    office.vera.app.with(|d| d.search("havnen")).unwrap();
    office.town.colleague("Olga Hansen", Role::Consultant).await;
    let wish = crate::HandOverWish { from: "Vera Sten".into(), to: "Olga Hansen".into(), case: None };
    office.town.leader.app.with(|d| d.hand_over(&wish)).unwrap();
    office.town.leader.exchanges().await;
    office.vera.comes_online();
    office.exchange().await;
    office.exchange().await;
    assert!(matches!(office.vera.app.with(|d| d.show_case(CASE)), Err(AppError::UnknownCase)));
    assert!(office.vera.app.with(|d| Ok(d.store.reader().folders_read()?)).unwrap().is_empty());
    let told: Vec<_> = office.told().into_iter().filter_map(|line| line.words).collect();
    assert_eq!(told, ["havnen"]);
    assert!(findings(&office.rita.app).is_empty());
}

//! For whom readings are sealed when offices and sides change, how many there are, and how long they are kept.

use feltbog_domain::{FolderId, FolderKind, ReadAction, Role};
use feltbog_protocol::limits::MONTH_MS;
use feltbog_store::Rewind;

use super::read_log::{CASE, Office, findings, wish};
use super::timed_town::{DAY, HOUR, Person};
use crate::device::Device;
use crate::reading::Read;
use crate::{AppError, LogWish, RoleWish};

/// The case's folder of a kind.
fn folder(person: &Person, kind: FolderKind) -> FolderId {
    let folders = person.app.with(|d| Ok(d.store.reader().folders()?)).unwrap();
    folders.iter().find(|folder| folder.kind == kind).unwrap().id
}

/// What the device has written down and not told yet.
fn written(person: &Person) -> Vec<ReadAction> {
    let rows = person.app.with(|d| {
        let r = d.store.reader();
        let mut rows = Vec::new();
        for folder in r.folders_read()? {
            rows.extend(r.readings_of(folder)?);
        }
        Ok(rows)
    });
    rows.unwrap().iter().map(|row| ReadAction::from_code(row.reading.action).unwrap()).collect()
}

impl Office {
    fn change(&self, name: &str, role: Role, remove: bool) {
        let wish = RoleWish { name: name.into(), role, programme: None, side: None, remove };
        self.town.leader.app.with(|d| d.change_role(&wish)).unwrap();
    }

    /// Vera opens the case, an hour after whatever was before.
    async fn vera_reads(&self) {
        self.town.time_passes(HOUR);
        self.vera.app.with(|d| d.show_case(CASE)).unwrap();
        self.exchange().await;
    }

    /// How many readings of the case stand in the officer's database.
    fn kept(&self, officer: &Person) -> usize {
        let case = folder(&self.vera, FolderKind::Employment);
        officer.app.with(|d| Ok(d.store.reader().read_log(case)?.len())).unwrap()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_told_to_an_officer_who_lost_the_office_and_having_it_again_misses_nothing() {
    let office = Office::opened().await;
    office.vera_reads().await;
    assert_eq!(office.kept(&office.rita), 1);
    office.change("Rita Arkiv", Role::Consultant, false);
    office.change("Rita Arkiv", Role::Records, true);
    office.exchange().await;
    office.vera_reads().await;
    assert_eq!(office.kept(&office.rita), 1, "who has the key still is sent nothing more");
    assert!(matches!(office.rita.app.with(|d| d.read_log(CASE, false)), Err(AppError::UnknownCase)));
    let case = folder(&office.vera, FolderKind::Employment);
    let told_to_recovery = office.vera.app.with(|d| Ok(d.store.reader().last_told(case, None)?)).unwrap();
    assert_eq!(told_to_recovery, Some(2));
    office.change("Rita Arkiv", Role::Records, false);
    office.exchange().await;
    office.vera_reads().await;
    assert_eq!(office.told().len(), 2, "the first and the last");
    assert!(findings(&office.rita.app).is_empty(), "what others were told is not missing");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_is_taken_off_the_device_of_an_officer_who_lost_the_office_to_another() {
    let office = Office::opened().await;
    let rune = office.town.colleague("Rune Arkiv", Role::Records).await;
    office.town.exchange(&[&office.rita, &rune]).await;
    office.vera_reads().await;
    rune.exchanges().await;
    assert_eq!((office.kept(&office.rita), office.kept(&rune)), (1, 1));
    office.change("Rune Arkiv", Role::Consultant, false);
    office.change("Rune Arkiv", Role::Records, true);
    office.town.exchange(&[&office.rita, &rune]).await;
    assert_eq!((office.kept(&office.rita), office.kept(&rune)), (1, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_officer_opens_what_was_read_on_the_own_device_before() {
    let office = Office::opened().await;
    office.vera_reads().await;
    office.change("Vera Sten", Role::Records, false);
    office.exchange().await;
    office.exchange().await;
    assert_eq!(office.kept(&office.vera), 1);
    assert!(findings(&office.vera.app).is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_changes_sides_and_comes_back_leaves_no_gap_behind() {
    let office = Office::opened().await;
    let shared = LogWish { shared: Some(true), ..wish("Om havnen") };
    let entry = office.vera.app.with(|d| d.log_entry(&shared)).unwrap().entry;
    office.exchange().await;
    let read = async || {
        office.town.time_passes(HOUR);
        office.vera.app.with(|d| d.open_entry(entry)).unwrap();
        office.exchange().await;
    };
    read().await;
    office.change("Vera Sten", Role::Treatment, false);
    office.change("Vera Sten", Role::Consultant, true);
    office.exchange().await;
    read().await;
    assert_eq!(office.told().len(), 1, "the other side answers for its own people");
    office.change("Vera Sten", Role::Consultant, false);
    office.exchange().await;
    read().await;
    assert_eq!(office.told().len(), 2);
    assert!(findings(&office.rita.app).is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_that_is_set_back_makes_no_reading_older_than_the_last_exchange() {
    let office = Office::opened().await;
    let before = office.vera.app.with(|d| Ok(d.now_ms())).unwrap();
    office.vera.goes_offline();
    office.vera.sets_clock(-10 * DAY);
    office.vera.app.with(|d| d.show_case(CASE)).unwrap();
    office.vera.sets_clock(0);
    office.vera.comes_online();
    office.exchange().await;
    let told = office.told();
    assert_eq!(told.len(), 1);
    assert!(told[0].at.unix_ms() >= before, "{told:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_is_kept_for_the_months_that_are_said_if_a_municipality_can_say_so() {
    let office = Office::opened().await;
    office.vera_reads().await;
    let says = |months| office.rita.app.with(|d| d.keep_readings_for(months).and_then(|()| d.settle_read_log()));
    let later = async |months| {
        office.town.time_passes(months * MONTH_MS);
        office.rita.exchanges().await;
    };
    later(5).await;
    says(Some(1)).unwrap();
    assert_eq!(office.kept(&office.rita), 1, "no municipality keeps it for less than half a year");
    office.rita.sets_clock(-5 * MONTH_MS);
    later(9).await;
    says(None).unwrap();
    assert_eq!(office.kept(&office.rita), 1, "one clock alone deletes nothing");
    office.rita.sets_clock(0);
    // Nobody has said anything: as long as by default.
    office.rita.app.with(|d| Ok(d.store.write(|w| w.remove_meta("read_log_months"))?)).unwrap();
    says(None).unwrap();
    assert_eq!(office.kept(&office.rita), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn own_sealed_readings_go_when_their_time_is_over_and_the_device_goes_on() {
    let office = Office::opened().await;
    office.vera_reads().await;
    let sealed = || office.vera.app.with(|d| Ok(d.store.reader().readings_taken_before(i64::MAX)?.len())).unwrap();
    assert_eq!(sealed(), 1);
    office.town.time_passes(14 * MONTH_MS);
    office.exchange().await;
    assert_eq!(sealed(), 0);
    // A server that knows none of it any more is told everything there is, without a number left out.
    let numbers = office.vera.app.with(|d| {
        let progress = d.store.reader().progress()?;
        d.store.rewind(&Rewind { epoch: progress.epoch, base_seq: u64::MAX, last_dseq: 1 })?;
        Ok(d.store.reader().outbox()?.into_iter().map(|row| row.dseq).collect::<Vec<_>>())
    });
    let numbers = numbers.unwrap();
    assert!(numbers.iter().copied().eq(2..=*numbers.last().unwrap()), "{numbers:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_named_in_the_status_is_told_like_whoever_stands_in_a_list_once_a_day() {
    let office = Office::opened().await;
    office.vera.app.with(|d| d.log_entry(&wish("Om havnen"))).unwrap();
    for _ in 0..3 {
        let status = office.vera.app.with(crate::Device::status).unwrap();
        assert!(status.waiting.iter().all(|entry| entry.case_name.is_some()) && !status.waiting.is_empty());
        office.vera.app.with(Device::cases).unwrap();
    }
    assert_eq!(written(&office.vera), [ReadAction::Listed]);
    office.town.time_passes(DAY);
    office.vera.app.with(crate::Device::status).unwrap();
    assert_eq!(written(&office.vera), [ReadAction::Listed; 2]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_missed_after_a_restore_is_told_like_whoever_stands_in_a_list() {
    let office = Office::opened().await;
    office.vera.app.with(|d| d.log_entry(&wish("Om havnen"))).unwrap();
    office.exchange().await;
    let leader = &office.town.leader;
    leader.app.with(|d| Ok(d.store.rewind(&Rewind { epoch: [9; 16], base_seq: 1, last_dseq: 1 })?)).unwrap();
    assert!(written(leader).is_empty());
    assert!(!leader.app.with(crate::Device::missed).unwrap().is_empty());
    assert_eq!(written(leader), [ReadAction::Listed]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_search_that_is_typed_letter_by_letter_is_one_reading_with_all_its_letters() {
    let office = Office::opened().await;
    let search = |words: &str| assert_eq!(office.vera.app.with(|d| d.search(words)).unwrap().len(), 1);
    office.vera.app.with(|d| d.log_entry(&wish("Om havnen og kajen"))).unwrap();
    for words in ["hav", "havne", "havnen", "havn", "kaj"] {
        search(words);
    }
    office.exchange().await;
    // What was told is told: more letters are another reading.
    search("kajen");
    office.exchange().await;
    let words: Vec<_> = office.told().into_iter().filter_map(|line| line.words).collect();
    assert_eq!(words, ["havnen", "kaj", "kajen"]);
    assert!(findings(&office.rita.app).is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn more_than_one_envelope_holds_is_told_in_several_and_stops_no_exchange() {
    let office = Office::opened().await;
    let case = folder(&office.vera, FolderKind::Employment);
    // Letters that nothing can be made smaller of.
    let mut state = 7_u32;
    let mut letter = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from_u32(0x4e00 + (state >> 12) % 0x5000).unwrap()
    };
    let words: Vec<String> = (0..400).map(|_| (0..200).map(|_| letter()).collect()).collect();
    let reads = words.iter().map(|words| Read::search(case, words)).collect();
    office.vera.app.with(|d| d.note_reads(reads)).unwrap();
    office.exchange().await;
    let told: Vec<_> = office.told().into_iter().filter_map(|line| line.words).collect();
    assert_eq!(told, words);
    assert!(findings(&office.rita.app).is_empty());
}

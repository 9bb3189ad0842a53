//! One entry is erased from a case that stays: everywhere, also where somebody was away, and with nothing else.

use feltbog_domain::{DocumentId, ErasureReason, Role};

use super::town::{Town, new_case};
use crate::{App, AppError, LogWish};

const CASE: &str = "V-1";
const AASE: &str = "Åse Holm";
const ASTRID: &str = "Astrid Bak";

/// The leader is administrator too; Astrid stands in for her; Åse writes.
struct Office {
    town: Town,
    deputy: App,
    aase: App,
}

impl Office {
    async fn new() -> Self {
        let town = Town::founded().await;
        let (deputy, aase) = (town.colleague(ASTRID, Role::Deputy).await, town.colleague(AASE, Role::Consultant).await);
        let office = Self { town, deputy, aase };
        office.exchange_twice().await;
        office.aase.with(|d| d.new_case(&new_case(CASE, false))).unwrap();
        office.exchange_twice().await;
        office
    }

    fn leader(&self) -> &App {
        &self.town.leader
    }

    async fn exchange_twice(&self) {
        for _ in 0..2 {
            for app in [&self.aase, &self.deputy, self.leader()] {
                app.exchange().await.unwrap();
            }
        }
    }

    /// The deputy proposes, the leader confirms, and the two of them exchange.
    async fn erase(&self, entry: DocumentId) {
        let reason = ErasureReason::WrongPerson;
        let proposed = self.deputy.with(|d| d.propose_entry_erasure(Some(CASE), entry, reason)).unwrap();
        self.deputy.exchange().await.unwrap();
        self.leader().exchange().await.unwrap();
        let alone = self.deputy.with(|d| d.confirm_erasure(&proposed.proposal));
        assert!(matches!(alone, Err(AppError::Unclear(_))));
        assert!(notes(self.leader()).contains(&"Om en anden".to_owned()), "nothing is gone before two have said so");
        self.leader().with(|d| d.confirm_erasure(&proposed.proposal)).unwrap();
        for app in [self.leader(), &self.deputy, self.leader()] {
            app.exchange().await.unwrap();
        }
    }
}

fn log(app: &App, note: &str) -> DocumentId {
    let wish = LogWish { case: Some(CASE.into()), kind: "contact".into(), note: note.into(), ..LogWish::default() };
    app.with(|d| d.log_entry(&wish)).unwrap().entry
}

fn notes(app: &App) -> Vec<String> {
    let shown = app.with(|d| d.show_case(CASE)).unwrap();
    let mut notes: Vec<String> = shown.entries.into_iter().map(|entry| entry.note).collect();
    notes.sort_unstable();
    notes
}

fn authors(app: &App, entry: DocumentId) -> Vec<String> {
    app.with(|d| {
        let members = d.store.reader().authors(entry)?;
        members.into_iter().map(|member| Ok(d.staff_name(member)?.unwrap_or_default())).collect::<Result<_, AppError>>()
    })
    .unwrap()
}

fn is_quiet(app: &App) {
    app.with(|d| {
        let r = d.store.reader();
        assert_eq!(r.findings().unwrap(), []);
        assert_eq!(r.quarantined().unwrap(), 0);
        assert_eq!(r.unsent_count(&[]).unwrap().documents, 0);
        Ok::<_, AppError>(())
    })
    .unwrap();
}

#[tokio::test]
async fn what_was_sent_together_with_it_stays_with_its_author_on_every_device_old_and_new() {
    let office = Office::new().await;
    let goes = log(&office.aase, "Om en anden");
    let stays = log(&office.aase, "Om ham selv");
    office.aase.with(|d| d.add_addendum(goes, "Og mere om en anden")).unwrap();
    office.exchange_twice().await;
    office.erase(goes).await;
    office.exchange_twice().await;
    for app in [office.leader(), &office.deputy, &office.aase] {
        assert_eq!(notes(app), ["Om ham selv"]);
        assert_eq!(authors(app, stays), [AASE]);
        is_quiet(app);
    }
    let erasures = office.leader().with(|d| d.erasures()).unwrap();
    assert_eq!((erasures[0].state.word(), erasures[0].confirmed.len()), ("complete", 3));
    assert_eq!((erasures[0].folders.len(), &erasures[0].entries[..]), (0, &["employment"][..]));
    // Whoever comes later sees what was said anew, by whom it was said.
    let newcomer = office.town.colleague("Niels Skov", Role::Deputy).await;
    office.exchange_twice().await;
    newcomer.exchange().await.unwrap();
    assert_eq!(notes(&newcomer), ["Om ham selv"]);
    assert_eq!(authors(&newcomer, stays), [AASE]);
    is_quiet(&newcomer);
    // And the case goes on: nobody's next word is put aside.
    office.aase.with(|d| d.edit_note(stays, "Om ham selv, rettet", &[])).unwrap();
    log(&office.aase, "Dagen efter");
    office.exchange_twice().await;
    newcomer.exchange().await.unwrap();
    for app in [office.leader(), &office.deputy, &office.aase, &newcomer] {
        assert_eq!(notes(app), ["Dagen efter", "Om ham selv, rettet"]);
        is_quiet(app);
    }
}

#[tokio::test]
async fn a_device_that_was_away_drops_what_it_wrote_in_it_and_delivers_the_rest() {
    let office = Office::new().await;
    let goes = log(&office.aase, "Om en anden");
    office.exchange_twice().await;
    // Without a network she writes on in it, and something else.
    office.aase.with(|d| d.edit_note(goes, "Om en anden, med hemmeligheder", &[])).unwrap();
    log(&office.aase, "Skrevet undervejs");
    office.erase(goes).await;
    let erasures = office.leader().with(|d| d.erasures()).unwrap();
    assert_eq!((erasures[0].state.word(), erasures[0].missing.len()), ("confirmed", 1), "hers has not answered");
    office.exchange_twice().await;
    office.exchange_twice().await;
    for app in [office.leader(), &office.deputy, &office.aase] {
        assert_eq!(notes(app), ["Skrevet undervejs"]);
        is_quiet(app);
    }
    let asked = office.aase.with(|d| d.erased_work()).unwrap();
    assert_eq!(asked, [], "nobody is asked about an entry that two people erased");
    assert_eq!(office.leader().with(|d| d.erasures()).unwrap()[0].state.word(), "complete");
}

#[tokio::test]
async fn only_what_is_known_sent_and_answered_for_is_proposed() {
    let office = Office::new().await;
    let goes = log(&office.aase, "Om en anden");
    let by = |app: &App, case: Option<&str>, entry| {
        app.with(|d| d.propose_entry_erasure(case, entry, ErasureReason::Other).map(|_| ()))
    };
    assert!(matches!(by(&office.aase, Some(CASE), goes), Err(AppError::NotAllowed(_))));
    let own = log(office.leader(), "Lederens egen");
    assert!(matches!(by(office.leader(), Some(CASE), own), Err(AppError::Unclear(_))), "it was not sent yet");
    office.exchange_twice().await;
    office.leader().with(|d| d.new_case(&new_case("V-2", false))).unwrap();
    assert!(matches!(by(office.leader(), Some("V-2"), goes), Err(AppError::UnknownEntry)));
    assert!(matches!(by(office.leader(), None, DocumentId::new([1; 16])), Err(AppError::UnknownEntry)));
    by(office.leader(), None, goes).unwrap();
}

#[tokio::test]
async fn the_register_forgets_an_erased_case_and_keeps_the_others() {
    let office = Office::new().await;
    office.aase.with(|d| d.new_case(&new_case("V-2", false))).unwrap();
    office.exchange_twice().await;
    let rows = |app: &App| {
        let rows = app.with(|d| Ok::<_, AppError>(d.store.reader().register_rows().unwrap())).unwrap();
        rows.into_iter().map(|row| row.number).collect::<Vec<_>>()
    };
    assert_eq!(rows(office.leader()), [CASE, "V-2"]);
    let proposed = office.deputy.with(|d| d.propose_erasure(CASE, ErasureReason::RetentionOver)).unwrap();
    office.exchange_twice().await;
    office.leader().with(|d| d.confirm_erasure(&proposed.proposal)).unwrap();
    office.exchange_twice().await;
    office.exchange_twice().await;
    for app in [office.leader(), &office.deputy] {
        assert_eq!(rows(app), ["V-2"]);
        is_quiet(app);
    }
    let erasures = office.leader().with(|d| d.erasures()).unwrap();
    assert_eq!((erasures[0].state.word(), &erasures[0].entries[..]), ("complete", &["register"][..]));
    let newcomer = office.town.colleague("Niels Skov", Role::Deputy).await;
    office.exchange_twice().await;
    newcomer.exchange().await.unwrap();
    assert_eq!(rows(&newcomer), ["V-2"]);
    is_quiet(&newcomer);
}

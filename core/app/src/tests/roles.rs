//! What roles open, and what becomes of it when they change.

use feltbog_domain::{EntryKind, FolderKind, Role, Side};

use super::town::{Town, new_case};
use crate::folders::find_case;
use crate::{App, AppError, HandOverWish, LogWish, RoleWish, TeamGap};

async fn everybody(apps: &[&App]) {
    for _ in 0..2 {
        for app in apps {
            app.exchange().await.unwrap();
        }
    }
}

fn cases(app: &App) -> Vec<String> {
    let mut numbers: Vec<String> =
        app.with(super::super::device::Device::cases).unwrap().into_iter().map(|case| case.number).collect();
    numbers.sort();
    numbers
}

fn log(app: &App, case: &str, note: &str, shared: bool) {
    let wish = LogWish {
        case: Some(case.into()),
        kind: "contact".into(),
        note: note.into(),
        shared: Some(shared),
        ..LogWish::default()
    };
    app.with(|d| d.log_entry(&wish)).unwrap();
}

/// What was written about a case and this device can read, but for the lines that tell of a handover.
fn notes(app: &App, case: &str) -> Vec<String> {
    let entries = app.with(|d| d.show_case(case)).unwrap().entries.into_iter();
    let mut notes: Vec<String> =
        entries.filter(|entry| entry.fields.kind != EntryKind::Handover).map(|entry| entry.note).collect();
    notes.sort();
    notes
}

fn kinds(app: &App, case: &str) -> Vec<FolderKind> {
    let mut kinds: Vec<FolderKind> = app
        .with(|d| Ok(find_case(&d.store.reader(), case)?.folders.iter().map(|folder| folder.kind).collect()))
        .unwrap();
    kinds.sort_unstable();
    kinds
}

fn change(by: &App, name: &str, role: Role, remove: bool) -> Result<(), AppError> {
    by.with(|d| d.change_role(&RoleWish { name: name.into(), role, programme: None, side: None, remove }))
}

fn hand_over(by: &App, from: &str, to: &str) -> Result<u32, AppError> {
    by.with(|d| d.hand_over(&HandOverWish { from: from.into(), to: to.into(), case: None }))
}

/// A leader of each side, Vera with a case shared with Theo, who has written on his own side, and Tine.
struct BothSides {
    town: Town,
    treatment_leader: App,
    vera: App,
    theo: App,
    tine: App,
}

impl BothSides {
    async fn working() -> Self {
        let town = Town::founded().await;
        let treatment_leader = town.colleague_of_treatment("Tove", Role::Leader).await;
        let vera = town.colleague("Vera", Role::Consultant).await;
        let theo = town.colleague("Theo", Role::Treatment).await;
        let tine = town.colleague("Tine", Role::Treatment).await;
        vera.with(|d| d.new_case(&new_case("V-1", true))).unwrap();
        vera.with(|d| d.new_case(&new_case("V-2", false))).unwrap();
        let sides = Self { town, treatment_leader, vera, theo, tine };
        sides.everybody_exchanges().await;
        sides.town.leader.with(|d| d.assign("V-1", "Theo", Role::Treatment)).unwrap();
        sides.everybody_exchanges().await;
        log(&sides.vera, "V-1", "jobsiden", false);
        log(&sides.vera, "V-1", "delt", true);
        log(&sides.theo, "V-1", "behandlingssiden", false);
        sides.everybody_exchanges().await;
        sides
    }

    async fn everybody_exchanges(&self) {
        everybody(&[&self.town.leader, &self.treatment_leader, &self.vera, &self.theo, &self.tine]).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_sides_leader_has_that_sides_cases_and_reads_nothing_of_the_others() {
    let sides = BothSides::working().await;
    assert_eq!(cases(&sides.treatment_leader), ["V-1"], "a case that is not shared is none of that side's business");
    assert_eq!(kinds(&sides.treatment_leader, "V-1"), [FolderKind::Treatment, FolderKind::Shared]);
    assert_eq!(notes(&sides.treatment_leader, "V-1"), ["behandlingssiden", "delt"]);
    assert_eq!(cases(&sides.town.leader), ["V-1", "V-2"]);
    assert_eq!(kinds(&sides.town.leader, "V-1"), [FolderKind::Employment, FolderKind::Shared]);
    assert_eq!(notes(&sides.town.leader, "V-1"), ["delt", "jobsiden"]);
    let registers = |app: &App| {
        app.with(|d| Ok(d.store.reader().folders()?.into_iter().filter_map(|f| f.kind.registers()).collect::<Vec<_>>()))
            .unwrap()
    };
    assert_eq!(registers(&sides.treatment_leader), [Side::Treatment]);
    assert_eq!(registers(&sides.town.leader), [Side::Employment]);
    for worker in [&sides.vera, &sides.theo, &sides.tine] {
        assert_eq!(registers(worker), []);
    }
    let rows = sides.treatment_leader.with(|d| Ok(d.store.reader().register_rows()?)).unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].consultants.as_slice(), rows[0].therapists.as_slice()), (&[][..], &["Theo".to_owned()][..]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_treatment_worker_is_put_on_a_case_by_their_own_leader_and_reads_that_sides_folder() {
    let sides = BothSides::working().await;
    sides.treatment_leader.with(|d| d.assign("V-1", "Tine", Role::Treatment)).unwrap();
    sides.everybody_exchanges().await;
    assert_eq!(notes(&sides.tine, "V-1"), ["behandlingssiden", "delt"]);
    log(&sides.tine, "V-1", "fra Tine", false);
    sides.everybody_exchanges().await;
    assert_eq!(notes(&sides.theo, "V-1"), ["behandlingssiden", "delt", "fra Tine"]);
    assert_eq!(kinds(&sides.theo, "V-1").len(), 2, "both write in one folder");
    assert_eq!(notes(&sides.vera, "V-1"), ["delt", "jobsiden"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_employment_side_lets_a_treatment_worker_into_what_is_shared_only() {
    let sides = BothSides::working().await;
    sides.vera.with(|d| d.assign("V-1", "Tine", Role::Treatment)).unwrap();
    sides.everybody_exchanges().await;
    assert_eq!(notes(&sides.tine, "V-1"), ["delt"]);
    assert!(matches!(sides.vera.with(|d| d.assign("V-2", "Tine", Role::Treatment)), Err(AppError::NoConsent)));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_treatment_side_hands_its_cases_over_by_itself() {
    let sides = BothSides::working().await;
    assert!(matches!(hand_over(&sides.treatment_leader, "Theo", "Vera"), Err(AppError::Unclear(_))));
    assert_eq!(hand_over(&sides.treatment_leader, "Theo", "Tine").unwrap(), 1);
    sides.everybody_exchanges().await;
    assert_eq!(cases(&sides.theo), [""; 0]);
    assert_eq!(notes(&sides.tine, "V-1"), ["behandlingssiden", "delt"]);
    let told = sides.tine.with(|d| d.show_case("V-1")).unwrap().entries;
    assert!(told.iter().any(|entry| entry.note == "Overdraget fra Theo til Tine."));
    assert_eq!(notes(&sides.vera, "V-1"), ["delt", "jobsiden"], "the other side goes on as before");
    let rows = sides.treatment_leader.with(|d| Ok(d.store.reader().register_rows()?)).unwrap();
    assert_eq!(rows[0].therapists, ["Tine"]);
    sides.everybody_exchanges().await;
    assert_eq!(cases(&sides.theo), [""; 0], "and nobody lets him in again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consultant_who_hands_her_case_over_herself_is_not_let_in_again_by_the_leaders_device() {
    let town = Town::founded().await;
    let vera = town.colleague("Vera", Role::Consultant).await;
    let olga = town.colleague("Olga", Role::Consultant).await;
    vera.with(|d| d.new_case(&new_case("V-1", false))).unwrap();
    everybody(&[&vera, &town.leader, &olga]).await;
    assert_eq!(hand_over(&vera, "Vera", "Olga").unwrap(), 1);
    everybody(&[&vera, &town.leader, &olga]).await;
    everybody(&[&town.leader, &vera, &olga]).await;
    assert_eq!(cases(&vera), [""; 0]);
    assert_eq!(cases(&olga), ["V-1"]);
    let rows = town.leader.with(|d| Ok(d.store.reader().register_rows()?)).unwrap();
    assert_eq!(rows[0].consultants, ["Olga"]);
    // What is shared later follows who has the case now.
    town.leader.with(|d| d.assign("V-1", "Vera", Role::Consultant)).unwrap();
    everybody(&[&town.leader, &vera, &olga]).await;
    assert_eq!(cases(&vera), ["V-1"], "who is put to work again is let in again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_role_closes_what_only_it_opened() {
    let town = Town::founded().await;
    let vera = town.colleague("Vera", Role::Consultant).await;
    let deputy = town.colleague("Rikke", Role::Deputy).await;
    vera.with(|d| d.new_case(&new_case("V-1", false))).unwrap();
    vera.with(|d| d.new_case(&new_case("V-2", false))).unwrap();
    change(&town.leader, "Rikke", Role::Consultant, false).unwrap();
    everybody(&[&vera, &town.leader, &deputy]).await;
    town.leader.with(|d| d.assign("V-2", "Rikke", Role::Consultant)).unwrap();
    everybody(&[&vera, &town.leader, &deputy]).await;
    assert_eq!(cases(&deputy), ["V-1", "V-2"]);

    change(&town.leader, "Rikke", Role::Deputy, true).unwrap();
    everybody(&[&town.leader, &vera, &deputy]).await;
    everybody(&[&town.leader, &vera, &deputy]).await;
    assert_eq!(cases(&deputy), ["V-2"], "she is named on that one");
    assert!(deputy.with(|d| Ok(d.store.reader().register_rows()?)).unwrap().is_empty());
    let rows = town.leader.with(|d| Ok(d.store.reader().register_rows()?)).unwrap();
    let of = |number: &str| rows.iter().find(|row| row.number == number).unwrap().consultants.clone();
    assert_eq!((of("V-1"), of("V-2")), (vec!["Vera".to_owned()], vec!["Vera".to_owned(), "Rikke".to_owned()]));
    log(&deputy, "V-2", "stadig med", false);
    everybody(&[&deputy, &vera]).await;
    assert_eq!(notes(&vera, "V-2"), ["stadig med"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_office_opens_what_belongs_to_it() {
    let town = Town::founded().await;
    let vera = town.colleague("Vera", Role::Consultant).await;
    let olga = town.colleague("Olga", Role::Consultant).await;
    vera.with(|d| d.new_case(&new_case("V-1", false))).unwrap();
    everybody(&[&vera, &town.leader, &olga]).await;
    assert_eq!(cases(&olga), [""; 0]);
    change(&town.leader, "Olga", Role::Deputy, false).unwrap();
    everybody(&[&town.leader, &olga]).await;
    assert_eq!(cases(&olga), ["V-1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_are_given_by_whoever_may_and_the_last_of_an_office_stays() {
    let town = Town::founded().await;
    let vera = town.colleague("Vera", Role::Consultant).await;
    let refused = |result: Result<(), AppError>| match result {
        Err(AppError::Unclear(sentence)) => sentence,
        other => panic!("{other:?}"),
    };
    assert!(matches!(change(&vera, "Vera", Role::Leader, false), Err(AppError::NotAllowed(_))));
    assert!(
        refused(change(&town.leader, "Lone Vest", Role::Administrator, true)).contains("skal have en administrator")
    );
    assert!(refused(change(&town.leader, "Lone Vest", Role::Leader, true)).contains("skal lede"));
    assert!(refused(change(&town.leader, "Vera", Role::Consultant, true)).contains("kun den rolle"));
    assert!(refused(change(&town.leader, "Vera", Role::Consultant, false)).contains("har allerede"));
    assert!(refused(change(&town.leader, "Vera", Role::Outreach, true)).contains("har ikke"));
    assert!(matches!(change(&town.leader, "Nobody", Role::Outreach, false), Err(AppError::UnknownMember)));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_team_is_whole_when_a_deputy_a_second_administrator_and_three_holders_of_shares_are_named() {
    let town = Town::founded().await;
    let gaps = |app: &App| app.with(|d| Ok(d.team()?.gaps)).unwrap();
    let programme = "Program".to_owned();
    let deputy = TeamGap::NoDeputy { programme, side: Side::Employment };
    assert_eq!(gaps(&town.leader), [deputy, TeamGap::SecondAdministrator, TeamGap::ShareHolders]);
    let rikke = town.colleague("Rikke", Role::Deputy).await;
    change(&town.leader, "Rikke", Role::Administrator, false).unwrap();
    assert_eq!(gaps(&town.leader), [TeamGap::ShareHolders]);

    let names = |of: &[&str]| of.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    for too_few in [names(&["Ole", "Pia"]), names(&["Ole", "Pia", "Ole"]), names(&["Ole", "Pia", " "])] {
        assert!(matches!(town.leader.with(|d| d.name_share_holders(&too_few)), Err(AppError::Unclear(_))));
    }
    town.leader.with(|d| d.name_share_holders(&names(&["Ole", "Pia", "Kim"]))).unwrap();
    everybody(&[&town.leader, &rikke]).await;
    assert_eq!(gaps(&rikke), []);
    assert_eq!(rikke.with(|d| Ok(d.team()?.share_holders)).unwrap(), ["Kim", "Ole", "Pia"]);

    let theo = town.colleague("Theo", Role::Treatment).await;
    assert!(matches!(theo.with(|d| d.name_share_holders(&names(&["A", "B", "C"]))), Err(AppError::NotAllowed(_))));
    assert!(!theo.with(|d| Ok(d.team()?.may_act)).unwrap());
    let unled = TeamGap::NoLeader { programme: "Program".to_owned(), side: Side::Treatment };
    town.leader.exchange().await.unwrap();
    assert_eq!(gaps(&town.leader), [unled], "the treatment side needs a leader of its own");
}

//! A case ends, begins again, goes on as aftercare; and what is known of the citizen changes.

use feltbog_domain::{CaseProfile, ContactBy, Phase};

use super::shared_case::SharedCase;
use super::town::{Town, new_case};
use crate::{App, AppError, LogWish, NextStepWish, ProfileChanges};

const CASE: &str = "V-1";

async fn town() -> Town {
    let town = Town::founded().await;
    town.leader.with(|d| d.new_case(&new_case(CASE, false))).unwrap();
    town
}

fn log(app: &App, kind: &str, next_step: NextStepWish) {
    let wish = LogWish { case: Some(CASE.into()), kind: kind.into(), next_step, ..LogWish::default() };
    app.with(|d| d.log_entry(&wish)).unwrap();
}

fn facts(app: &App) -> (Phase, CaseProfile) {
    let case = app.with(|d| d.show_case(CASE)).unwrap().case.unwrap();
    (case.phase, case.profile)
}

fn wish(text: &str) -> ProfileChanges {
    ProfileChanges { job_wish: Some(text.into()), ..ProfileChanges::default() }
}

#[tokio::test]
async fn the_goal_is_reached_in_a_job_or_an_education_and_nowhere_else() {
    let town = town().await;
    for typed in ["goal_reached", "I mål", "i mål: vist nok"] {
        let refused = town.leader.with(|d| d.close_case(CASE, typed)).unwrap_err().to_string();
        assert!(refused.contains("job eller uddannelse"), "{refused}");
        assert_eq!(facts(&town.leader).0, Phase::Start, "nothing was saved");
    }
    log(&town.leader, "education_start", NextStepWish::default());
    let closed = town.leader.with(|d| d.close_case(CASE, "i mål")).unwrap();
    assert_eq!(closed.warning, None);
    let (phase, profile) = facts(&town.leader);
    assert_eq!((phase, profile.exit_reason.as_deref()), (Phase::Closed, Some("goal_reached")));
}

#[tokio::test]
async fn an_open_appointment_is_a_sign_of_support_that_is_still_needed() {
    let town = town().await;
    let step = NextStepWish { text: Some("støtte på jobbet".into()), on: Some("om en uge".into()), time: None };
    log(&town.leader, "job_start", step);
    let closed = town.leader.with(|d| d.close_case(CASE, "goal_reached")).unwrap();
    assert!(closed.warning.unwrap().contains("åben aftale"));
}

#[tokio::test]
async fn any_other_reason_is_named_and_words_of_ones_own_are_never_the_goal() {
    for (typed, stored) in [
        ("moved: til Aalborg", "moved: til Aalborg"),
        ("borgeren ønsker at stoppe", "wishes_to_stop"),
        ("i job", "i job"),
        ("other: rejst", "rejst"),
    ] {
        let town = town().await;
        assert_eq!(town.leader.with(|d| d.close_case(CASE, typed)).unwrap().warning, None);
        assert_eq!(facts(&town.leader).1.exit_reason.as_deref(), Some(stored));
        assert!(town.leader.with(|d| d.close_case(CASE, "flyttet")).is_err(), "it is closed");
    }
    let town = town().await;
    for typed in ["", "  ", "other", "andet:"] {
        assert!(town.leader.with(|d| d.close_case(CASE, typed)).is_err(), "{typed}");
    }
}

#[tokio::test]
async fn a_missed_talk_is_no_reason_and_the_answer_says_so() {
    let town = town().await;
    let warning = town.leader.with(|d| d.close_case(CASE, "Udeblevet fra samtale")).unwrap().warning.unwrap();
    assert!(warning.contains("ingen grund") && warning.contains("reopen"), "{warning}");
}

#[tokio::test]
async fn a_case_opens_again_and_every_device_sees_it() {
    let case = SharedCase::begun().await;
    assert!(case.vera.with(|d| d.reopen_case(CASE)).is_err(), "it is open");
    case.vera.with(|d| d.close_case(CASE, "flyttet")).unwrap();
    case.everybody_exchanges().await;
    assert_eq!(facts(&case.ivan).0, Phase::Closed);
    case.ivan.with(|d| d.reopen_case(CASE)).unwrap();
    case.everybody_exchanges().await;
    case.everybody_exchanges().await;
    let (phase, profile) = facts(&case.vera);
    assert_eq!((phase, profile.exited_on, profile.exit_reason), (Phase::Start, None, None));
}

#[tokio::test]
async fn aftercare_has_a_first_day_and_an_end() {
    let town = town().await;
    assert!(town.leader.with(|d| d.aftercare(CASE, true)).is_err());
    town.leader.with(|d| d.aftercare(CASE, false)).unwrap();
    assert!(facts(&town.leader).1.aftercare_from.is_some());
    assert!(town.leader.with(|d| d.aftercare(CASE, false)).is_err(), "it has begun");
    town.leader.with(|d| d.aftercare(CASE, true)).unwrap();
    assert_eq!(facts(&town.leader).1.aftercare_from, None);
}

#[tokio::test]
async fn a_wish_that_is_replaced_stays_in_the_history_on_every_device() {
    let case = SharedCase::begun().await;
    for text in ["lager", "køkken / bager", "køkken / bager", "gartner"] {
        case.vera.with(|d| d.change_profile(CASE, &wish(text))).unwrap();
    }
    case.everybody_exchanges().await;
    case.everybody_exchanges().await;
    for app in [&case.vera, &case.ivan] {
        let profile = facts(app).1;
        let former: Vec<&str> = profile.former_wishes.iter().map(|former| former.wish.as_str()).collect();
        assert_eq!((profile.job_wish.as_deref(), former), (Some("gartner"), vec!["lager", "køkken / bager"]));
    }
    case.town.leader.with(|d| d.close_case(CASE, "flyttet")).unwrap();
    assert_eq!(facts(&case.town.leader).1.former_wishes.len(), 2, "closing takes nothing away");
}

#[tokio::test]
async fn what_is_absent_stays_an_empty_text_takes_away_and_what_nobody_understands_changes_nothing() {
    let town = town().await;
    let changes = ProfileChanges {
        plan: Some("Besøg tre steder".into()),
        phone: Some("+45 12 34 56 78".into()),
        contact_by: Some("SMS".into()),
        ..wish("lager")
    };
    town.leader.with(|d| d.change_profile(CASE, &changes)).unwrap();
    let refused = [
        ProfileChanges { phone: Some("ring bare".into()), plan: Some(String::new()), ..ProfileChanges::default() },
        ProfileChanges { contact_by: Some("due".into()), plan: Some(String::new()), ..ProfileChanges::default() },
        wish(&"x".repeat(301)),
    ];
    for changes in &refused {
        assert!(town.leader.with(|d| d.change_profile(CASE, changes)).is_err());
    }
    let nothing = ProfileChanges { phone: Some(String::new()), ..ProfileChanges::default() };
    town.leader.with(|d| d.change_profile(CASE, &nothing)).unwrap();
    let profile = facts(&town.leader).1;
    assert_eq!((profile.plan.as_deref(), profile.phone), (Some("Besøg tre steder"), None));
    assert_eq!((profile.contact_by, profile.job_wish.as_deref()), (Some(ContactBy::Sms), Some("lager")));
}

#[tokio::test]
async fn benefits_and_target_groups_are_chosen_among_those_of_the_day_and_old_ones_keep_their_name() {
    let town = town().await;
    let app = &town.leader;
    let change = |benefit: &str, group: Option<&str>| {
        let changes = ProfileChanges {
            benefit: Some(benefit.into()),
            target_group: group.map(str::to_owned),
            ..ProfileChanges::default()
        };
        app.with(|d| d.change_profile(CASE, &changes))
    };
    change("kontanthjælp", Some("Aktivitetsparat")).unwrap();
    let profile = facts(app).1;
    let codes = (profile.benefit.as_deref(), profile.target_group.as_deref());
    assert_eq!(codes, (Some("cash_benefit"), Some("activity_ready")));
    for wrong in ["uddannelseshjælp", "education_benefit", "borgerløn"] {
        assert!(matches!(change(wrong, None), Err(AppError::Unclear(_))), "{wrong}");
    }
    change("cash_benefit_basic", None).unwrap();
    change("cash_benefit_basic", None).unwrap();
    change("", None).unwrap();
    let profile = facts(app).1;
    let former: Vec<&str> = profile.former_benefits.iter().map(|was| was.code.as_str()).collect();
    assert_eq!((profile.benefit, former), (None, vec!["cash_benefit", "cash_benefit_basic"]));
    assert_eq!((profile.target_group.as_deref(), profile.former_target_groups), (Some("activity_ready"), vec![]));
}

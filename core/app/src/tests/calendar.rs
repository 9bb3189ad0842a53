//! The agenda in somebody's own calendar, where a partner at home may read it.

use super::timed_town::{HOUR, TimedTown};
use super::town::{Town, new_case};
use crate::{AgendaOf, Calendar, LogWish, NewCaseWish, NextStepWish, PersonChanges, ProfileChanges};

async fn town() -> Town {
    let town = Town::founded().await;
    for (number, name) in [("SYD-77", "Amina Holm-Berg"), ("B-1", "Bo Lind")] {
        let wish = NewCaseWish { name: name.into(), ..new_case(number, false) };
        town.leader.with(|d| d.new_case(&wish)).unwrap();
    }
    town
}

fn agreed(town: &Town, words: &str, on: &str) {
    let next_step = NextStepWish { text: Some(words.into()), on: Some(on.into()), time: Some(String::new()) };
    let wish = LogWish {
        case: Some("SYD-77".into()),
        kind: "employer_visit".into(),
        employer: Some("24256790".into()),
        employer_name: Some("Netto Amager".into()),
        place: Some("Kantinen".into()),
        note: "Amina er klar".into(),
        next_step,
        ..LogWish::default()
    };
    town.leader.with(|d| d.log_entry(&wish)).unwrap();
}

fn calendar(town: &Town) -> Calendar {
    town.leader.with(|d| d.calendar(None)).unwrap()
}

fn summaries(calendar: &Calendar) -> Vec<String> {
    let file = calendar.file.replace("\r\n ", "");
    file.lines().filter_map(|line| line.strip_prefix("SUMMARY:")).map(str::to_owned).collect()
}

#[tokio::test]
async fn harmless_words_stand_as_they_were_written_and_nothing_else_about_the_entry_does() {
    let town = town().await;
    agreed(&town, "Tag cv med, og ring til butikken", "om en uge");
    let calendar = calendar(&town);
    assert_eq!(summaries(&calendar), ["Tag cv med\\, og ring til butikken"]);
    assert!(calendar.neutral.is_empty() && calendar.events == 1);
    for hidden in ["Amina", "SYD", "Netto", "Kantinen", "Feltbog", "LOCATION", "DESCRIPTION"] {
        assert!(!calendar.file.contains(hidden), "{hidden}: {}", calendar.file);
    }
}

#[tokio::test]
async fn words_that_would_give_somebody_away_are_one_neutral_word_and_the_reason_is_told() {
    let town = town().await;
    let site = ProfileChanges { treatment_site: Some("Elmehuset".into()), ..ProfileChanges::default() };
    town.leader.with(|d| d.change_profile("SYD-77", &site)).unwrap();
    let telling = [
        "IPS-samtale",
        "Besøg i misbrugscenteret",
        "Tale om metadon",
        "Følg med til psykiater",
        "Efter afrusning",
        "Møde om skizofreni",
        "Antabus kl. 9",
        "Samtale om hash",
        "Hent medicin: Ritalin",
        "Distriktspsykiatrien",
        "Møde i Elmehuset",
        "Hent Amina",
        "AMINAS kørekort",
        "ring til Bo",
        "Holm-Berg, lageret",
        "om SYD-77",
        "Program: opfølgning",
    ];
    for words in telling {
        agreed(&town, words, "om en uge");
    }
    let calendar = calendar(&town);
    let told: Vec<String> = summaries(&calendar).into_iter().filter(|words| words != "Aftale").collect();
    assert!(told.is_empty(), "{told:?}");
    assert_eq!(calendar.neutral.len(), telling.len());
    assert!(calendar.neutral.iter().all(|step| !step.why.is_empty()));
    assert!(calendar.neutral.iter().any(|step| step.why.contains("nævner en borger")));
}

#[tokio::test]
async fn a_step_keeps_its_id_when_it_moves_and_one_without_a_day_is_left_out() {
    let town = town().await;
    agreed(&town, "mødes", "om en uge");
    let uid = |calendar: &Calendar| calendar.file.lines().find(|line| line.starts_with("UID:")).unwrap().to_owned();
    let before = calendar(&town);
    let entry = town.leader.with(|d| d.agenda(None, AgendaOf::Own)).unwrap()[0].entry;
    let to = NextStepWish { on: Some("om 2 uger".into()), ..NextStepWish::default() };
    town.leader.with(|d| d.settle_step(entry, "moved", &to)).unwrap();
    let after = calendar(&town);
    assert_eq!(uid(&before), uid(&after));
    assert_ne!(before.file, after.file);
    let next_step = NextStepWish { text: Some("en gang".into()), ..NextStepWish::default() };
    let wish = LogWish { case: Some("B-1".into()), kind: "contact".into(), next_step, ..LogWish::default() };
    town.leader.with(|d| d.log_entry(&wish)).unwrap();
    let whole = calendar(&town);
    assert_eq!((whole.events, whole.without_day), (1, 1));
}

#[tokio::test]
async fn where_several_citizens_are_met_without_an_employer_is_no_word_for_a_calendar() {
    let town = town().await;
    for (case, place) in [
        ("SYD-77", "Kvartershuset"),
        ("B-1", "Kvartershuset"),
        ("SYD-77", "Parken"),
        ("SYD-77", "Telefon"),
        ("B-1", "Telefon"),
    ] {
        let wish = LogWish {
            case: Some(case.into()),
            kind: "contact".into(),
            place: Some(place.into()),
            note: "talt med".into(),
            ..LogWish::default()
        };
        town.leader.with(|d| d.log_entry(&wish)).unwrap();
    }
    agreed(&town, "Mødes i Kvartershuset", "om en uge");
    agreed(&town, "Mødes i Parken", "om 2 uger");
    agreed(&town, "Ring på telefon", "om 3 uger");
    assert_eq!(summaries(&calendar(&town)), ["Aftale", "Mødes i Parken", "Ring på telefon"]);
}

#[tokio::test]
async fn a_place_is_shared_by_citizens_not_by_folders_and_however_it_is_written() {
    let town = Town::founded().await;
    for number in ["SYD-77", "B-1"] {
        town.leader.with(|d| d.new_case(&new_case(number, true))).unwrap();
    }
    for (case, place, shared) in [
        ("SYD-77", "Parken", false),
        ("SYD-77", "Parken", true),
        ("SYD-77", "Kvartershuset", false),
        ("B-1", "kvartershuset ", false),
    ] {
        let wish = LogWish {
            case: Some(case.into()),
            kind: "contact".into(),
            place: Some(place.into()),
            note: "talt med".into(),
            shared: Some(shared),
            ..LogWish::default()
        };
        town.leader.with(|d| d.log_entry(&wish)).unwrap();
    }
    agreed(&town, "Mødes i Parken", "om en uge");
    agreed(&town, "Mødes i Kvartershuset", "om 2 uger");
    assert_eq!(summaries(&calendar(&town)), ["Mødes i Parken", "Aftale"]);
}

#[tokio::test]
async fn who_is_around_a_citizen_where_they_work_and_who_helps_are_no_words_for_a_calendar() {
    let town = town().await;
    let around = |name: &str, organisation: &str| PersonChanges {
        name: Some(name.into()),
        organisation: Some(organisation.into()),
        ..PersonChanges::default()
    };
    // Somebody around another citizen gives away as much.
    for (case, person) in
        [("SYD-77", around("Dr. Kim Krag", "Privat praksis")), ("B-1", around("Else, mor til Bo", "Jobcenteret"))]
    {
        town.leader.with(|d| d.change_person(case, None, &person)).unwrap();
    }
    for words in ["Mødes hos Privat praksis", "Kims kontor", "ring til krag", "Else kommer med", "Lone Vest kommer"] {
        agreed(&town, words, "om en uge");
    }
    agreed(&town, "Mor til en ven, i jobcenteret", "om 2 uger");
    let calendar = calendar(&town);
    let told: Vec<String> = summaries(&calendar).into_iter().filter(|words| words != "Aftale").collect();
    assert_eq!(told, ["Mor til en ven\\, i jobcenteret"]);
    assert!(calendar.neutral.iter().any(|step| step.why.contains("Privat praksis")), "{:?}", calendar.neutral);
    assert!(calendar.neutral.iter().any(|step| step.why.contains("omkring en borger")), "{:?}", calendar.neutral);
}

#[tokio::test]
async fn a_reminder_says_when_and_only_harmless_words_and_there_is_none_without_an_appointment() {
    let town = town().await;
    let text = || town.leader.with(|d| d.reminder_text("SYD-77"));
    assert!(text().is_err());
    let step = |words: &str, on: &str, time: &str| LogWish {
        case: Some("SYD-77".into()),
        kind: "contact".into(),
        note: "talt med".into(),
        next_step: NextStepWish { text: Some(words.into()), on: Some(on.into()), time: Some(time.into()) },
        ..LogWish::default()
    };
    town.leader.with(|d| d.log_entry(&step("Husk cv.", "om 2 uger", "10:30"))).unwrap();
    let harmless = text().unwrap();
    assert!(
        harmless.text.starts_with("Hej. Husk vores aftale den ") && harmless.text.ends_with(" kl. 10.30: Husk cv."),
        "{harmless:?}"
    );
    assert_eq!(harmless.withheld, None);
    for telling in ["Tal om metadon", "Mødes hos IPS", "Bo kommer med", "Mødes i Program"] {
        let town = self::town().await;
        town.leader.with(|d| d.log_entry(&step(telling, "om en uge", "09:00"))).unwrap();
        let neutral = town.leader.with(|d| d.reminder_text("SYD-77")).unwrap();
        assert!(neutral.text.ends_with(" kl. 09.00.") && !neutral.text.contains(telling), "{neutral:?}");
        assert!(neutral.withheld.is_some());
    }
}

#[tokio::test]
async fn an_appointment_of_this_morning_is_not_what_is_reminded_of_in_the_afternoon() {
    // It is 10 o'clock on 12 March.
    let town = TimedTown::founded().await;
    let leader = &town.leader.app;
    leader.with(|d| d.new_case(&new_case("A-1", false))).unwrap();
    for (on, time) in [("12-03-2026", "11:00"), ("12-03-2026", ""), ("13-03-2026", "09:00")] {
        let wish = LogWish {
            case: Some("A-1".into()),
            kind: "contact".into(),
            note: "talt med".into(),
            next_step: NextStepWish { text: Some("Mødes".into()), on: Some(on.into()), time: Some(time.into()) },
            ..LogWish::default()
        };
        leader.with(|d| d.log_entry(&wish)).unwrap();
    }
    let reminded = || leader.with(|d| d.reminder_text("A-1")).unwrap().text;
    assert!(reminded().contains(" kl. 11.00"), "{}", reminded());
    town.leader.sets_clock(5 * HOUR);
    assert!(reminded().ends_with(" 12-03-2026: Mødes."), "{}", reminded());
    town.leader.sets_clock(14 * HOUR);
    assert!(reminded().ends_with(" kl. 09.00: Mødes."), "{}", reminded());
}

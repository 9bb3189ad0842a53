//! Who is around a citizen, and the message that reminds the citizen.

use feltbog_harness::Device;
use serde_json::{Value, json};

use crate::support::{Pair, SHARED_CASE, is_quiet};

fn people(device: &Device) -> Value {
    device.show(SHARED_CASE)["facts"]["people"].clone()
}

/// Name and whether they are around, as the device lists them.
fn listed(device: &Device) -> Vec<(String, bool)> {
    let people = people(device);
    let one = |person: &Value| (person["name"].as_str().unwrap().to_owned(), person["until"].is_null());
    people.as_array().unwrap().iter().map(one).collect()
}

fn person(device: &Device, more: &[&str]) {
    device.json(&[&["person", SHARED_CASE], more].concat());
}

#[test]
fn who_is_around_a_citizen_comes_to_the_colleague_and_is_nowhere_on_the_side_of_treatment() {
    let pair = Pair::new();
    person(&pair.aase, &["--name", "Dr. Bo Krag", "--relation", "psykolog", "--organisation", "Privat praksis"]);
    let sister = ["--name", "Else Holm", "--relation", "søster", "--phone", "12 34 56 78", "--contact-by", "sms"];
    person(&pair.aase, &sister);
    pair.exchange_twice();
    let around = |name: &str| (name.to_owned(), true);
    for device in [&pair.aase, pair.leader()] {
        assert_eq!(listed(device), [around("Dr. Bo Krag"), around("Else Holm")], "{}", device.name());
        let sister = &people(device)[1];
        assert_eq!((&sister["phone"], &sister["contact_by"]), (&json!("12 34 56 78"), &json!("sms")));
    }

    // Each changes another field while neither has a connection, and both stand.
    person(&pair.aase, &["--person", "else holm", "--note", "Efter kl. 16"]);
    person(pair.leader(), &["--person", "Else Holm", "--phone", "87 65 43 21"]);
    person(pair.leader(), &["--person", "Dr. Bo Krag", "--gone"]);
    pair.exchange_twice();
    for device in [&pair.aase, pair.leader()] {
        let gone = ("Dr. Bo Krag".to_owned(), false);
        assert_eq!(listed(device), [around("Else Holm"), gone], "{}: last, and not taken away", device.name());
        let sister = &people(device)[0];
        assert_eq!((&sister["phone"], &sister["note"]), (&json!("87 65 43 21"), &json!("Efter kl. 16")));
    }
    let text = pair.aase.run(&["show", SHARED_CASE]).done().stdout;
    assert!(text.contains("Omkring borgeren: Else Holm, søster, 87 65 43 21, helst via sms, Efter kl. 16"), "{text}");
    assert!(
        text.contains("Omkring borgeren: Dr. Bo Krag, psykolog, Privat praksis, ikke omkring borgeren siden "),
        "{text}"
    );
    person(&pair.aase, &["--person", "Dr. Bo Krag", "--back"]);
    assert_eq!(listed(&pair.aase), [around("Dr. Bo Krag"), around("Else Holm")]);

    // The consent says nothing of them, so treatment has no word of them, and cannot add any.
    pair.exchange_twice();
    let theirs = pair.erik.show(SHARED_CASE);
    assert_eq!(theirs["facts"], Value::Null, "{theirs}");
    for word in ["Else", "Krag", "87 65", "Efter kl."] {
        assert!(!theirs.to_string().contains(word), "{word}: {theirs}");
        assert!(pair.erik.search(&[word]).is_empty(), "{word}");
    }
    let sentence = pair.erik.refused(&["person", SHARED_CASE, "--name", "Hans Juhl"]);
    assert!(sentence.contains("omkring borgeren"), "{sentence}");
    is_quiet(&pair.aase);
    is_quiet(&pair.erik);
}

#[test]
fn what_is_not_understood_of_a_person_is_said_and_changes_nothing() {
    let pair = Pair::new();
    person(&pair.aase, &["--name", "Else Holm"]);
    for _ in 0..2 {
        person(&pair.aase, &["--name", "Hans Juhl"]);
    }
    let before = people(&pair.aase);
    let refused = |more: &[&str], says: &str| {
        let sentence = pair.aase.refused(&[&["person"], more].concat());
        assert!(sentence.to_lowercase().contains(says), "{says}: {sentence}");
    };
    refused(&[SHARED_CASE, "--name", "  "], "navn");
    refused(&[SHARED_CASE, "--name", "Ib", "--phone", "ring bare"], "telefonnummer");
    refused(&[SHARED_CASE, "--name", "Ib", "--email", "ib@"], "e-mail");
    refused(&[SHARED_CASE, "--name", "Ib", "--contact-by", "brevdue"], "kontaktmåden");
    refused(&[SHARED_CASE, "--person", "Ingen", "--phone", "12345678"], "findes ikke");
    refused(&[SHARED_CASE, "--person", "hans juhl", "--phone", "12345678"], "flere");
    refused(&["SYD-99", "--name", "Ib"], "ingen borger");
    for wrong in
        [&[SHARED_CASE][..], &[SHARED_CASE, "--phone", "12345678"], &[SHARED_CASE, "--name", "Ib", "--gone", "--back"]]
    {
        let ran = pair.aase.run(&[&["person"], wrong].concat());
        assert_eq!(ran.code, Some(2), "{ran:#?}");
    }
    assert_eq!(people(&pair.aase), before);
}

#[test]
fn a_reminder_tells_of_the_next_appointment_and_of_nothing_that_gives_the_citizen_away() {
    let pair = Pair::new();
    let none = pair.aase.refused(&["remind", SHARED_CASE]);
    assert!(none.contains("ingen aftale"), "{none}");
    pair.aase.refused(&["remind", "SYD-99"]);
    let agreed = |text: &str, day: &str| {
        let step = ["--next", text, "--next-on", day, "--next-at", "10:30"];
        pair.aase.log(SHARED_CASE, "contact", "Aftalte noget", &step)
    };
    agreed("Husk dit cv", "om 3 uger");
    let harmless = pair.aase.json(&["remind", SHARED_CASE]);
    let text = harmless["text"].as_str().unwrap();
    assert!(text.starts_with("Hej. Husk vores aftale den ") && text.ends_with(" kl. 10.30: Husk dit cv."), "{text}");
    assert_eq!(harmless["withheld"], Value::Null);

    for (telling, day) in [
        ("Tal om metadon", "om 2 uger"),
        ("Mødes med Marianne", "om 13 dage"),
        ("Husk din diagnose", "om 12 dage"),
        ("Møde i rusmiddelcentret", "om 11 dage"),
    ] {
        agreed(telling, day);
        let ran = pair.aase.run(&["remind", SHARED_CASE]).done();
        assert!(ran.stdout.trim().ends_with(" kl. 10.30."), "{telling}: {ran:#?}");
        assert!(!ran.stdout.contains(telling) && !ran.stderr.trim().is_empty(), "{telling}: {ran:#?}");
        let said = pair.aase.json(&["remind", SHARED_CASE]);
        assert!(said["withheld"].is_string(), "{telling}: {said}");
    }
    // Treatment knows neither the appointment nor that there is one.
    pair.exchange_twice();
    assert_eq!(pair.erik.refused(&["remind", SHARED_CASE]), none);
}

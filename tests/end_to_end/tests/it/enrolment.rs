//! Invitations, passphrases and servers that are not what they should be: a sentence, and a way on.

use feltbog_harness::{Device, World, numbers};
use serde_json::json;

use crate::support::{AASE, at_another_time, has_faketime, is_quiet};

/// Works as a new member of the world.
fn works(world: &World, device: &Device) {
    world.exchange_twice(&[device]);
    device.json(&["case", "new", "--number", device.name(), "--name", "Bo Bak"]);
    world.exchange_twice(&[device]);
    assert!(numbers(&world.leader().cases()).contains(&device.name()));
    is_quiet(device);
}

#[test]
fn a_wrong_passphrase_opens_nothing_and_changes_nothing() {
    let world = World::new();
    let aase = world.consultant(AASE);
    works(&world, &aase);
    let (before, stranger) = (aase.cases(), aase.with_passphrase("noget helt andet\n"));
    for command in
        [&["cases"][..], &["log", AASE, "note", "--note", "x"], &["sync"], &["status"], &["open"], &["search", "bo"]]
    {
        let ran = stranger.run(command);
        assert!(ran.stdout.is_empty(), "{ran:#?}");
        assert!(ran.refused().contains("passer ikke"));
    }
    assert_eq!(aase.cases(), before);
    for empty in ["", "\n"] {
        aase.with_passphrase(empty).refused(&["cases"]);
    }
    let ran = aase.command().args(["cases", "--passphrase-file", "/nowhere/at/all"]).output().unwrap();
    assert_eq!(ran.status.code(), Some(1));
    assert!(String::from_utf8(ran.stderr).unwrap().contains("Adgangssætning") || ran.stdout.is_empty());
}

#[test]
fn an_invitation_works_once_and_leaves_nothing_behind_that_blocks_the_next() {
    let world = World::new();
    let invitation = world.leader().invite(AASE, "consultant");
    let (first, second) = (world.device("first"), world.device("second"));
    first.join(&invitation);
    let sentence = second.refused(&["join", &invitation]);
    assert!(sentence.contains("brugt"), "{sentence}");
    second.refused(&["cases"]);
    second.join(&world.leader().invite("Bodil Bak", "consultant"));
    works(&world, &first);
    works(&world, &second);
    first.refused(&["join", &world.leader().invite("Carl Bak", "consultant")]);
    is_quiet(&first);
}

#[test]
fn an_invitation_with_any_letter_altered_is_refused_before_anybody_is_asked() {
    let world = World::new();
    let invitation = world.leader().invite(AASE, "consultant");
    let device = world.device("aase");
    let bytes_before = world.wire().heard().len();
    let letters: Vec<char> = invitation.chars().collect();
    for at in (0..letters.len()).step_by(letters.len() / 12) {
        let mut altered = letters.clone();
        altered[at] = if altered[at] == 'B' { 'C' } else { 'B' };
        device.refused(&["join", &altered.iter().collect::<String>()]);
    }
    for altered in
        [&invitation[..invitation.len() - 1], &invitation[..20], "feltbog:", "hej", "", &format!("{invitation}AAAA")]
    {
        device.refused(&["join", altered]);
    }
    assert_eq!(world.wire().heard().len(), bytes_before);
    device.join(&format!("  {invitation}\n"));
    works(&world, &device);
}

#[test]
fn a_time_to_be_valid_that_is_none_is_wrong_use() {
    let world = World::new();
    for time in ["0m", "-1h", "altid", "", "1h30m"] {
        let ran = world.leader().run(&["invite", "--name", AASE, "--role", "consultant", "--valid-for", time]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{ran:#?}");
    }
    assert_eq!(world.leader().json(&["members"]).as_array().unwrap().len(), 1);
}

#[test]
fn an_invitation_whose_time_is_over_is_refused() {
    if !has_faketime() {
        return;
    }
    let world = World::new();
    let made = at_another_time(world.leader(), "-3d", &["invite", "--name", AASE, "--role", "consultant", "--json"]);
    let made: serde_json::Value = serde_json::from_slice(&made.stdout).unwrap();
    let device = world.device("aase");
    let old = made["invitation"].as_str().unwrap();
    let sentence = device.refused(&["join", old]);
    assert!(sentence.contains("udløbet"), "{sentence}");
    // A device whose own clock is slow does not see it; the server does.
    let slow = at_another_time(&device, "-3d", &["join", old]);
    assert_eq!(slow.status.code(), Some(1));
    assert!(String::from_utf8(slow.stderr).unwrap().contains("udløbet"));
    device.join(&world.leader().invite(AASE, "consultant"));
    works(&world, &device);
}

#[test]
fn a_device_whose_clock_is_wrong_works_all_the_same() {
    if !has_faketime() {
        return;
    }
    for shift in ["-40d", "+2d", "-25h"] {
        let world = World::new();
        let aase = world.consultant(AASE);
        world.exchange_twice(&[&aase]);
        aase.json(&["case", "new", "--number", "NY-1", "--name", "Bo Bak"]);
        let run = |arguments: &[&str]| {
            let output = at_another_time(&aase, shift, arguments);
            assert_eq!(output.status.code(), Some(0), "{shift} {arguments:?} {output:?}");
        };
        run(&["log", "NY-1", "note", "--note", "Skrevet på et andet tidspunkt"]);
        run(&["sync"]);
        run(&["log", "NY-1", "note", "--note", "Og en gang til"]);
        run(&["sync"]);
        aase.log("NY-1", "note", "Nu går uret rigtigt", &[]);
        world.exchange_twice(&[&aase]);
        assert_eq!(world.leader().show("NY-1")["entries"].as_array().unwrap().len(), 3, "{shift}");
        is_quiet(&aase);
    }
}

#[test]
fn the_server_of_another_municipality_is_told_apart() {
    let (ours, theirs) = (World::new(), World::of("Nabokommunen", "IPS Nord"));
    let device = ours.device("aase");
    let invitation = ours.leader().invite(AASE, "consultant");
    let sentence = device.refused(&["join", &invitation, "--server", &theirs.wire().url()]);
    assert!(sentence.contains("kommune"), "{sentence}");
    // Later the address leads somewhere else, with work waiting.
    device.join(&invitation);
    works(&ours, &device);
    device.log("aase", "note", "Skrevet før flytningen", &[]);
    ours.wire().lead_to(theirs.server().address());
    let sentence = device.refused(&["sync"]);
    assert!(sentence.contains("kommune"), "{sentence}");
    assert_eq!(device.status()["unsent"], 1);
    ours.wire().lead_to(ours.server().address());
    ours.exchange_twice(&[&device]);
    assert_eq!(ours.leader().show("aase")["entries"].as_array().unwrap().len(), 1);
    is_quiet(&device);
}

#[test]
fn a_second_municipality_on_the_same_server_sees_nothing_of_the_first() {
    let ours = World::new();
    let code = ours.server().add_tenant("Nabokommunen");
    let neighbour = ours.device("nabo");
    let shares = ours.folder().join("nabo-andele");
    let url = ours.wire().url();
    neighbour.json(&[
        "setup",
        "--server",
        &url,
        "--code",
        &code,
        "--name",
        "Nora Nabo",
        "--programme",
        "IPS Nord",
        "--shares-to",
        shares.to_str().unwrap(),
    ]);
    let aase = ours.consultant(AASE);
    works(&ours, &aase);
    neighbour.sync();
    assert_eq!(neighbour.sync()["received"], 0);
    assert!(neighbour.cases().is_empty());
    assert_eq!(neighbour.json(&["members"]).as_array().unwrap().len(), 1);
    neighbour.refused(&["show", aase.name()]);
}

#[test]
fn a_server_that_is_away_stops_a_new_device_but_not_for_ever() {
    let mut world = World::new();
    let (invitation, other) =
        (world.leader().invite(AASE, "consultant"), world.leader().invite("Bodil Bak", "consultant"));
    let (same, switched) = (world.device("same"), world.device("switched"));
    world.server_down();
    for device in [&same, &switched] {
        let sentence = device.refused(&["join", &invitation]);
        assert!(sentence.contains("svarer ikke"), "{sentence}");
        device.refused(&["cases"]);
        device.refused(&["sync"]);
    }
    world.server_up();
    same.join(&invitation);
    // The second was meant for somebody else after all.
    switched.join(&other);
    works(&world, &same);
    works(&world, &switched);
}

#[test]
fn a_setup_that_failed_can_be_done_again_in_the_same_place() {
    let world = World::new();
    let code = world.server().add_tenant("Nabokommunen");
    let device = world.device("nabo");
    let shares = world.folder().join("nabo-andele");
    let url = world.wire().url();
    let setup = |code: &str| {
        device.run(&[
            "setup",
            "--server",
            &url,
            "--code",
            code,
            "--name",
            "Nora",
            "--shares-to",
            shares.to_str().unwrap(),
            "--json",
        ])
    };
    world.wire().lead_to(None);
    assert!(setup(&code).refused().contains("svarer ikke"));
    world.wire().lead_to(world.server().address());
    setup(world.bootstrap()).refused();
    setup("hej").refused();
    setup(&code).done();
    device.refused(&[
        "setup",
        "--server",
        &url,
        "--code",
        &code,
        "--name",
        "Nora",
        "--shares-to",
        world.folder().join("x").to_str().unwrap(),
    ]);
    device.sync();
    is_quiet(&device);
}

#[test]
fn a_code_is_used_once_and_an_address_must_be_safe() {
    let world = World::new();
    let device = world.device("anden");
    let shares = world.folder().join("anden-andele");
    let setup = |url: &str| {
        device.refused(&[
            "setup",
            "--server",
            url,
            "--code",
            world.bootstrap(),
            "--name",
            "X Y",
            "--shares-to",
            shares.to_str().unwrap(),
        ])
    };
    assert!(setup(&world.wire().url()).contains("brugt"));
    for url in
        ["http://example.org", "ftp://127.0.0.1", "127.0.0.1:80", "", "https://", "http://127.0.0.1.example.org/"]
    {
        setup(url);
    }
    assert!(!shares.exists() || std::fs::read_dir(&shares).unwrap().next().is_none());
}

#[test]
fn joining_that_was_killed_at_any_moment_can_be_done_again() {
    let world = World::new();
    let mut chance = feltbog_harness::Chance::of(6);
    for round in 0..6 {
        let name = format!("round-{round}");
        let device = world.device(&name);
        let invitation = world.leader().invite(&name, "consultant");
        let joining = device.spawn(&["join", &invitation]);
        crate::support::kill_at(joining, chance.moment(std::time::Duration::from_millis(120)));
        let again = device.run(&["join", &invitation]);
        // Either it had been done already, or it is done now.
        if again.code != Some(0) {
            assert!(again.refused().contains("allerede en Feltbog"));
        }
        works(&world, &device);
    }
    assert_eq!(world.leader().json(&["members"]).as_array().unwrap().len(), 7);
}

#[test]
fn a_database_left_by_a_join_that_died_before_its_key_does_not_block_the_next() {
    let world = World::new();
    let device = world.device("aase");
    let invitation = world.leader().invite(AASE, "consultant");
    world.wire().lead_to(None);
    device.refused(&["join", &invitation]);
    world.wire().lead_to(world.server().address());
    // As if the power had gone after the database was made and before the key file was there.
    let keys: Vec<_> = feltbog_harness::scan::files(device.home())
        .into_iter()
        .filter(|path| {
            path.extension().is_some_and(|kind| kind == "key" || kind == "cbor" || kind == "json")
                || path.file_name().is_some_and(|name| name.to_string_lossy().contains("key"))
        })
        .collect();
    assert_eq!(keys.len(), 1, "{keys:?}");
    std::fs::remove_file(&keys[0]).unwrap();
    device.refused(&["cases"]);
    device.join(&invitation);
    works(&world, &device);
}

#[test]
fn a_lost_answer_to_a_join_is_made_good_by_joining_again() {
    let world = World::new();
    let device = world.device("aase");
    let invitation = world.leader().invite(AASE, "consultant");
    world.wire().cut(&[feltbog_harness::Cut::Reply(0)]);
    device.refused(&["join", &invitation]);
    device.join(&invitation);
    works(&world, &device);
    let devices = world.leader().json(&["devices"]);
    assert_eq!(devices.as_array().unwrap().len(), 2, "{devices}");
    assert_eq!(json!(world.leader().json(&["members"]).as_array().unwrap().len()), json!(2));
}

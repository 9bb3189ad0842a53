//! IT stops a device on the server, without a key: it locks, keeps everything, and goes on where it was.

use std::process::{Command, Output};

use feltbog_harness::{Device, World, feltbog_server, notes};

use crate::support::AASE;

const CASE: &str = "SYD-1";

fn server(world: &World, arguments: &[&str]) -> Output {
    Command::new(feltbog_server()).args(arguments).arg("--data").arg(world.server().data()).output().unwrap()
}

/// The line of Åse's device among those the server lists.
fn line_of(world: &World, device: &str) -> String {
    let listed = String::from_utf8(server(world, &["devices"]).stdout).unwrap();
    assert!(!listed.contains(AASE), "no name stands there");
    listed.lines().find(|line| line.contains(device)).unwrap().to_owned()
}

fn is_stopped(aase: &Device) {
    let said = aase.run(&["sync"]).refused();
    assert!(said.contains("IT har spærret denne enhed. Dit arbejde er her endnu."), "{said}");
    aase.run(&["show", CASE]).refused();
    aase.run(&["log", CASE, "contact", "--note", "imens"]).refused();
    assert_eq!(aase.status()["lease"]["state"], "stopped");
}

#[test]
fn a_stopped_device_keeps_everything_hands_in_and_goes_on_where_it_was() {
    let mut world = World::new();
    let aase = world.consultant(AASE);
    world.exchange_twice(&[&aase]);
    aase.json(&["case", "new", "--number", CASE, "--name", "Marianne"]);
    aase.log(CASE, "contact", "Sendt i går", &[]);
    world.exchange_twice(&[&aase]);
    aase.log(CASE, "contact", "Usendt", &[]);
    let device = aase.status()["device"].as_str().unwrap().to_owned();
    assert!(line_of(&world, &device).ends_with("  free"), "{}", line_of(&world, &device));
    let copy = world.copy_server();
    assert!(!server(&world, &["block", "--device", "00000000000000000000000000000001"]).status.success());
    // The server runs all the time.
    assert!(server(&world, &["block", "--device", &device]).status.success());
    assert!(line_of(&world, &device).ends_with("  free,stopped-here"));
    is_stopped(&aase);
    assert_eq!(aase.status()["unsent"], 1);
    assert_eq!(aase.json(&["hand-in"])["folders"], 1, "the work is the municipality's");
    world.leader().sync();
    let tray = world.leader().json(&["deposits"]);
    assert_eq!(tray[0]["note"], "Usendt");
    world.kill_server();
    world.server_up();
    is_stopped(&aase);
    world.restore_server(&copy);
    is_stopped(&aase);
    let member = line_of(&world, &device);
    let member = member.split_whitespace().skip_while(|word| *word != "member").nth(1).unwrap();
    assert!(server(&world, &["block", "--member", member]).status.success());
    assert!(server(&world, &["unblock", "--device", &device]).status.success());
    is_stopped(&aase);
    assert!(server(&world, &["unblock", "--member", member]).status.success());
    assert!(!server(&world, &["unblock", "--member", member]).status.success(), "there is nothing left to take back");
    for one in [&aase, world.leader(), &aase, world.leader()] {
        one.sync();
    }
    for one in [&aase, world.leader()] {
        let page = one.show(CASE);
        let mut shown = notes(&page);
        shown.sort_unstable();
        assert_eq!(shown, ["Sendt i går", "Usendt"]);
    }
    assert_eq!(aase.status()["unsent"], 0);
    let record = std::fs::read_to_string(world.server().data().join("stopped")).unwrap();
    assert_eq!(record.lines().count(), 4, "every act stays on the record");
}

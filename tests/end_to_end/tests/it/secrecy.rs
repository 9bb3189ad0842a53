//! Where no word of a citizen may stand.

use std::process::Command;

use feltbog_harness::scan::{Needles, files};

use crate::support::{AASE, ASTRID, CVR, ERIK, NIELS, SHARED_CASE, Team, small_programme};

#[test]
fn no_word_name_or_number_stands_readable_anywhere_but_on_the_screen() {
    let team = Team::new();
    let (diary, common) = ("Overvejer cykelværkstedet efter afrusningen", "Behandlingsmødet flyttes til torsdagene");
    team.aase.log(
        "SYD-1",
        "employer_visit",
        diary,
        &[
            "--employer",
            CVR[2],
            "--employer-name",
            "Havnebageriet Bølgen",
            "--contact-person",
            "Ragnhild Hvidtfeldt",
            "--place",
            "Skibbroplads 7",
            "--shared",
        ],
    );
    team.erik.log("SYD-1", "contact", "Substitutionsbehandlingen fortsætter uændret", &[]);
    team.astrid.log("-", "canvassing", "Opsøgningsrunden i Teglholmen", &[]);
    let entry = team.aase.log("SYD-1", "note", common, &["--shared"]);
    team.exchange_twice();
    team.erik.note(&entry, &format!("{common}, siger sagsbehandleren"));
    team.aase.search(&["behandlingsmodet"]);
    // One has unsent work, one a running host, one was killed with its log open.
    team.aase.log("SYD-1", "note", "Endnu usendte fortroligheder", &[]);
    let host = team.erik.open();
    host.log("SYD-1", "note", "Værelseskammeraten genoptog misbruget").unwrap();
    let other = team.niels.open();
    other.log("SYD-4", "note", "Medicinudleveringen ændres").unwrap();
    other.kill();
    team.leader().run(&["show", "SYD-1"]).done();

    let mut needles = Needles::default();
    for text in [
        &small_programme().text(),
        diary,
        common,
        "Havnebageriet Ragnhild Hvidtfeldt Skibbroplads",
        "Substitutionsbehandlingen fortsætter uændret",
        "Opsøgningsrunden Teglholmen",
        "sagsbehandleren",
        "Endnu usendte fortroligheder",
        "Værelseskammeraten genoptog misbruget",
        "Medicinudleveringen",
        "Sydhavnen",
    ] {
        needles.add_words(text, 8);
    }
    for name in
        [AASE, ASTRID, ERIK, NIELS, "Ingrid Dahl", "Marianne", "Gudrun", "Prøvesen", "Overgaard", "SYD-1;", "SYD-0001"]
    {
        needles.add(name);
    }
    for cvr in CVR {
        needles.add(cvr);
    }
    needles.allow("Testkommunen");
    assert!(needles.len() > 45, "{needles:?}");
    // The words are where they should be found, or the search is worth nothing.
    assert!(needles.in_folder(&team.world.folder().join("csv")).len() > 20);

    // What lies beside the database of somebody who has not sent everything is looked through with the rest.
    assert_eq!(files(&team.aase.home().join("unsent")).len(), 2, "where, and one sealed file");
    assert_eq!(needles.in_folder(team.world.server().folder()), Default::default());
    assert_eq!(needles.in_bytes(&team.world.wire().heard(), "the wire"), Default::default());
    for device in [team.leader(), &team.aase, &team.astrid, &team.erik, &team.niels] {
        assert_eq!(needles.in_folder(device.home()), Default::default());
    }
    assert!(team.world.server().log().len() > 1_000, "the server was asked to tell everything");
    let memory = team.world.server().memory();
    assert!(memory.iter().map(Vec::len).sum::<usize>() > 1_000_000);
    for stretch in &memory {
        assert_eq!(needles.in_bytes(stretch, "the server's memory"), Default::default());
    }
}

#[test]
fn a_device_that_is_asked_to_tell_everything_tells_no_content() {
    let team = Team::new();
    let mut heard = Vec::new();
    for words in [
        &[
            "log",
            "SYD-1",
            "employer_visit",
            "--note",
            "Fortroligheden om Havnebageriet",
            "--employer",
            CVR[0],
            "--shared",
        ][..],
        &["sync"],
        &["status"],
        &["search", "fortroligheden"],
        &["show", "SYD-1"],
        &["import", "/nowhere/Havnebageriet"],
        &["show", "Havnebageriet"],
    ] {
        let output = team.aase.command().env("FELTBOG_LOG", "trace").args(words).output().unwrap();
        heard.extend(output.stderr);
    }
    let mut needles = Needles::default();
    needles.add_words("Fortroligheden Havnebageriet Marianne Prøvesen Vesterbro 93236106 Kontaktpersonen", 7);
    assert_eq!(needles.in_bytes(&heard, "standard error"), Default::default());
}

#[test]
fn the_server_is_built_of_nothing_that_could_open_or_read_a_document() {
    let output = Command::new(option_env!("CARGO").unwrap_or("cargo"))
        .args(["tree", "-p", "feltbog-server", "-e", "normal", "--prefix", "none", "--locked", "--offline"])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let tree = String::from_utf8(output.stdout).unwrap();
    let crates: Vec<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    assert!(crates.contains(&"feltbog-protocol"), "{tree}");
    for reader in [
        "automerge",
        "chacha20poly1305",
        "cipher",
        "aead",
        "aes-gcm",
        "hpke",
        "x25519-dalek",
        "hkdf",
        "flate2",
        "argon2",
        "feltbog-notes",
        "feltbog-sealing",
        "feltbog-app",
        "feltbog-store",
        "feltbog-sync",
        "feltbog-bridge",
    ] {
        assert!(!crates.contains(&reader), "{reader}");
    }
    // The source of random numbers behind PostgreSQL's login is made of this one, without what enciphers.
    assert!(features_of("chacha20").iter().all(|features| features == "rng"));
}

/// With what a crate is built into the server.
fn features_of(name: &str) -> Vec<String> {
    let output = Command::new(option_env!("CARGO").unwrap_or("cargo"))
        .args(["tree", "-p", "feltbog-server", "-e", "normal", "--prefix", "none", "--locked", "--offline"])
        .args(["--format", "{lib} {f}"])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let tree = String::from_utf8(output.stdout).unwrap();
    let built = tree.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    built.map(|features| features.trim_end_matches(" (*)").to_owned()).collect()
}

#[test]
fn what_it_sees_names_folders_devices_and_sizes_and_nothing_else() {
    let team = Team::new();
    team.aase.log(SHARED_CASE, "note", "Kort", &["--shared"]);
    team.aase.sync();
    for row in team.world.server().rows() {
        let mut keys: Vec<&str> = row.as_object().unwrap().keys().map(String::as_str).collect();
        keys.sort_unstable();
        assert_eq!(keys, ["device", "dseq", "folder", "kind", "kind_word", "received", "seq", "size"], "{row}");
    }
}

/// The length before it is rounded up depends on the clock and on random ids as well, by a byte or two: where that lies at the
/// end of a class, notes of one length fall into that class and the next.
#[test]
fn notes_of_nearly_the_same_length_are_of_one_class_of_size_or_its_neighbour_to_the_server() {
    const CLASS: u64 = 8;
    let team = Team::new();
    let mut sizes = Vec::new();
    for note in ["Nej tak", "Ja, tak", "Måske", "Nej da", "Okay så", "Jo, fint", "Ja, hun", "Det gik"] {
        team.aase.log("SYD-1", "note", note, &[]);
        team.aase.sync();
        sizes.push(team.world.server().rows().last().unwrap()["size"].as_u64().unwrap());
    }
    let smallest = *sizes.iter().min().unwrap();
    assert!(sizes.iter().all(|size| [smallest, smallest + CLASS].contains(size)), "{sizes:?}");
}

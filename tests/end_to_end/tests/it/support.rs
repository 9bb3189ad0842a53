//! What several themes need.

use std::process::Command;

use feltbog_harness::{CaseLine, CsvSet, Device, EntryLine, World, entries, essence};
use serde_json::Value;

pub const AASE: &str = "Åse Møller";
pub const ASTRID: &str = "Astrid Overgaard";
pub const ERIK: &str = "Erik Åkjær";
pub const NIELS: &str = "Niels Skov";
/// Company numbers that pass the check and are not handed out.
pub const CVR: [&str; 3] = ["93236106", "96787022", "97750572"];

/// Two consultants, two treatment workers, five cases.
///
/// | case | consultant | therapist | consent |
/// |---|---|---|---|
/// | SYD-1, SYD-2 | Åse | Erik | yes |
/// | SYD-3 | Åse | Erik | no |
/// | SYD-4 | Astrid | Niels | yes |
/// | SYD-5 | Astrid | Niels | no |
pub fn small_programme() -> CsvSet {
    let mut set = CsvSet::new()
        .employer(CVR[0], "Vesterbro Kirke ApS")
        .employer(CVR[1], "Sluseholmens Cykelværksted")
        .case(&CaseLine::new("SYD-1", "Marianne", AASE, ERIK))
        .case(&CaseLine::new("SYD-2", "Heidi", AASE, ERIK))
        .case(&CaseLine::new("SYD-3", "Simon", AASE, ERIK).without_consent())
        .case(&CaseLine::new("SYD-4", "Bente", ASTRID, NIELS))
        .case(&CaseLine::new("SYD-5", "Gudrun", ASTRID, NIELS).without_consent());
    for case in 1..=5 {
        let number = format!("SYD-{case}");
        let key = |what: &str| format!("{what}-{case}");
        set = set
            .entry(&EntryLine {
                cvr: CVR[0].to_owned(),
                ..EntryLine::new(
                    &key("besog"),
                    &number,
                    "virksomhedsbesøg",
                    &format!("Kontaktpersonen hørte om sag {case}"),
                )
            })
            .entry(&EntryLine::new(
                &key("mode"),
                &number,
                "behandlingsmøde",
                &format!("Behandlingsplanen for sag {case}"),
            ))
            .entry(&EntryLine::new(&key("samtale"), &number, "jobsamtale", &format!("Jobønsket i sag {case}")));
    }
    set
}

/// A world with the small programme imported, and everybody in it.
pub struct Team {
    pub world: World,
    pub aase: Device,
    pub astrid: Device,
    pub erik: Device,
    pub niels: Device,
}

impl Team {
    /// Imports first, then everybody joins, then everybody exchanges twice.
    pub fn new() -> Self {
        let world = World::new();
        let folder = small_programme().write(&world.folder().join("csv"));
        world.leader().json(&["import", folder.to_str().unwrap()]);
        world.leader().sync();
        let (aase, astrid) = (world.consultant(AASE), world.consultant(ASTRID));
        let (erik, niels) = (world.treatment(ERIK), world.treatment(NIELS));
        let team = Self { world, aase, astrid, erik, niels };
        team.exchange_twice();
        team
    }

    pub fn leader(&self) -> &Device {
        self.world.leader()
    }

    pub fn exchange_twice(&self) {
        self.world.exchange_twice(&[&self.aase, &self.astrid, &self.erik, &self.niels]);
    }
}

/// One case that a consultant and a treatment worker share, and the leader.
pub struct Pair {
    pub world: World,
    pub aase: Device,
    pub erik: Device,
}

pub const SHARED_CASE: &str = "SYD-1";

impl Pair {
    pub fn new() -> Self {
        let world = World::new();
        let (aase, erik) = (world.consultant(AASE), world.treatment(ERIK));
        world.exchange_twice(&[&aase, &erik]);
        aase.json(&[
            "case",
            "new",
            "--number",
            SHARED_CASE,
            "--name",
            "Marianne Prøvesen",
            "--consent-types",
            "jobmål",
        ]);
        aase.json(&["assign", SHARED_CASE, "--member", ERIK, "--as", "treatment"]);
        let pair = Self { world, aase, erik };
        pair.exchange_twice();
        pair
    }

    pub fn leader(&self) -> &Device {
        self.world.leader()
    }

    pub fn exchange_twice(&self) {
        self.world.exchange_twice(&[&self.aase, &self.erik]);
    }
}

/// Nothing waits, nothing was refused or put aside.
pub fn is_quiet(device: &Device) {
    let status = device.status();
    assert_eq!(status["unsent"], 0, "{}: {status}", device.name());
    assert_eq!(status["quarantined"], 0, "{}: {status}", device.name());
    assert_eq!(status["refused"], Value::Array(Vec::new()), "{}: {status}", device.name());
    assert_eq!(status["last_failure"], Value::Null, "{}: {status}", device.name());
}

/// The devices show the same entries of these folders of a case, word for word.
pub fn agree(case: &str, folders: &[&str], devices: &[&Device]) {
    let pages: Vec<Value> = devices.iter().map(|device| device.show(case)).collect();
    for (device, page) in devices.iter().zip(&pages).skip(1) {
        let (one, other) = (essence(&pages[0], folders), essence(page, folders));
        assert_eq!(one, other, "{case}: {} and {}", devices[0].name(), device.name());
    }
}

/// How many rows of people's own work the server has: without those that only tell what was read.
pub fn rows_of_work(world: &World) -> usize {
    world.server().rows().iter().filter(|row| row["kind"] != 8).count()
}

/// How many entries lie in a folder.
pub fn count_in(page: &Value, folder: &str) -> usize {
    entries(page).iter().filter(|entry| entry["folder"] == folder).count()
}

/// The field of the caseload for each case, by number.
pub fn imported(device: &Device, folder: &std::path::Path, more: &[&str]) -> Value {
    let ran = device.run(&[&["import", folder.to_str().unwrap(), "--json"], more].concat());
    let report = ran.json();
    let refused = report["refused"].as_array().unwrap().len();
    assert_eq!(ran.code, Some(i32::from(refused > 0)), "{ran:#?}");
    report
}

/// `kill -9` at a moment of chance, or not at all when the process was quicker. Returns what it had said by then.
pub fn kill_at(mut child: std::process::Child, moment: std::time::Duration) -> (Option<i32>, String) {
    let (tell, told) = std::sync::mpsc::channel();
    let mut stdout = child.stdout.take().unwrap();
    let listening = std::thread::spawn(move || {
        let mut said = String::new();
        std::io::Read::read_to_string(&mut stdout, &mut said).unwrap();
        drop(tell);
        said
    });
    // Ends when the process has ended, or when the moment has come.
    let _: Result<(), _> = told.recv_timeout(moment);
    child.kill().unwrap();
    let code = child.wait().unwrap().code();
    (code, listening.join().unwrap())
}

/// Whether the tool that lies about the time is on this computer.
pub fn has_faketime() -> bool {
    Command::new("faketime").arg("--version").output().is_ok()
}

/// A command on a computer whose clock is wrong by so much.
pub fn at_another_time(device: &Device, shift: &str, arguments: &[&str]) -> std::process::Output {
    let plain = device.command();
    let mut command = Command::new("faketime");
    command.arg("-f").arg(shift).arg(plain.get_program()).args(arguments);
    for (name, value) in plain.get_envs() {
        if let Some(value) = value {
            command.env(name, value)
        } else {
            command.env_remove(name)
        };
    }
    command.output().unwrap()
}

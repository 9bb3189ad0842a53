//! Makes the recording of a build, through its shipped binaries.

use feltbog_harness::{Device, TestServer, Wire};
use tempfile::TempDir;

use super::recording::{RecordedExchange, Recording, Shown};

pub const LEADER: &str = "leder";
pub const CONSULTANT: &str = "konsulent";
pub const TREATMENT: &str = "behandler";
/// Devices that have a home in the recording.
pub const DEVICES: [&str; 3] = [LEADER, CONSULTANT, TREATMENT];
/// What the server's data folder is called in the recording.
pub const SERVER: &str = "server";
/// The cases both sides know; the third comes to the consultant by an exchange that is recorded.
pub const CASES: [&str; 3] = ["S-1", "S-2", "S-3"];

/// One small municipality at work, and what goes over its wire.
struct Recorder {
    folder: TempDir,
    server: TestServer,
    wire: Wire,
    heard: usize,
    recording: Recording,
}

/// Records the build whose binaries the harness uses.
pub fn record(build: u32) {
    let (server, code) = TestServer::start("Prøvekommunen");
    let wire = Wire::new();
    wire.lead_to(server.address());
    let folder = tempfile::tempdir().unwrap();
    let mut recorder = Recorder { folder, server, wire, heard: 0, recording: Recording::default() };
    recorder.found(&code);
    recorder.work();
    recorder.leave_something_unsent();
    let (second_code, invitation) = recorder.stop_and_copy();
    recorder.exchange_on(&second_code, &invitation);
    recorder.show(true);
    recorder.recording.keep(build);
}

impl Recorder {
    fn device(&self, name: &str) -> Device {
        Device::at(self.folder.path(), name)
    }

    fn set_up(&self, name: &str, code: &str) {
        let shares = self.folder.path().join(format!("andele-{name}"));
        self.device(name).json(&[
            "setup",
            "--server",
            &self.wire.url(),
            "--code",
            code,
            "--name",
            "Leder 1",
            "--programme",
            "Program 1",
            "--shares-to",
            shares.to_str().unwrap(),
        ]);
    }

    fn found(&self, code: &str) {
        self.set_up(LEADER, code);
        let leader = self.device(LEADER);
        self.device(CONSULTANT).join(&leader.invite("Konsulent 1", "consultant"));
        self.device(TREATMENT).join(&leader.invite("Behandler 1", "treatment"));
        self.all_exchange_twice();
    }

    fn all_exchange_twice(&self) {
        for _ in 0..2 {
            for name in DEVICES {
                self.device(name).sync();
            }
        }
    }

    fn work(&self) {
        let (consultant, treatment) = (self.device(CONSULTANT), self.device(TREATMENT));
        consultant.json(&["case", "new", "--number", "S-1", "--name", "Borger 1", "--consent-types", "jobmål"]);
        consultant.json(&["case", "new", "--number", "S-2", "--name", "Borger 2"]);
        consultant.json(&["assign", "S-1", "--member", "Behandler 1", "--as", "treatment"]);
        let employer = ["--employer", "93236106", "--employer-name", "Virksomhed 1", "--minutes", "45"];
        consultant.log("S-1", "employer_visit", "Notat 1", &employer);
        let shared = consultant.log("S-1", "contact", "Notat 2, delt", &["--shared"]);
        consultant.log("S-2", "contact", "Notat 3", &[]);
        consultant.log("-", "contact", "Notat 0, uden sag", &[]);
        self.all_exchange_twice();
        treatment.log("S-1", "contact", "Notat 4, behandling", &[]);
        treatment.note(&shared, "Notat 2, delt og rettet af behandleren");
        self.all_exchange_twice();
    }

    /// The consultant's is sealed, under its number, and never arrived; the others' was saved only.
    fn leave_something_unsent(&self) {
        let consultant = self.device(CONSULTANT);
        self.wire.lead_to(None);
        consultant.log("S-1", "contact", "Notat 5, delt og usendt", &["--shared"]);
        consultant.log("S-2", "contact", "Notat 6, usendt", &[]);
        consultant.refused(&["sync"]);
        self.device(LEADER).log("S-1", "contact", "Notat 7, usendt", &["--shared"]);
        self.device(TREATMENT).log("S-1", "contact", "Notat 8, usendt", &[]);
    }

    /// Everything at rest is copied; the work goes on afterwards. The second municipality has a code and nobody in it.
    fn stop_and_copy(&mut self) -> (String, String) {
        let code = self.server.add_tenant("Anden kommune");
        let leader = self.device(LEADER);
        let invited = leader.json(&[
            "invite",
            "--name",
            "Konsulent 2",
            "--role",
            "consultant",
            "--valid-for",
            // Longer than anybody will keep this recording.
            "36500d",
        ]);
        self.server.stop();
        self.recording.take_in(&self.server.data(), SERVER);
        for name in DEVICES {
            self.recording.take_in(self.device(name).home(), name);
            let passphrase = format!("{name}.passphrase");
            self.recording.take_in(&self.folder.path().join(&passphrase), &passphrase);
        }
        self.show(false);
        self.server.serve();
        self.wire.lead_to(self.server.address());
        (code, invited["invitation"].as_str().unwrap().to_owned())
    }

    fn show(&mut self, after: bool) {
        for name in DEVICES {
            let shows = CASES.iter().chain(&["-"]).map(|case| vec!["show", case]);
            for asked in shows.chain([vec!["status"]]) {
                let ran = self.device(name).run(&[asked.as_slice(), &["--json"]].concat());
                if ran.code == Some(0) {
                    let (device, asked) = (name.to_owned(), asked.join(" "));
                    self.recording.shown.push(Shown { device, after, asked, answer: ran.stdout });
                }
            }
        }
    }

    fn exchange_on(&mut self, second_code: &str, invitation: &str) {
        self.heard = self.wire.heard().len();
        self.set_up("anden-leder", second_code);
        self.note_down("anden-leder");
        self.device("konsulent-2").join(invitation);
        self.note_down("konsulent-2");
        // Before the consultant, who would pay the newcomer the keys otherwise and have more to send than what was left.
        self.sync(LEADER);
        self.sync(LEADER);
        let leader = self.device(LEADER);
        leader.json(&["case", "new", "--number", "S-3", "--name", "Borger 3"]);
        leader.log("S-3", "contact", "Notat 9", &[]);
        leader.json(&["assign", "S-3", "--member", "Konsulent 1", "--as", "consultant"]);
        self.sync(LEADER);
        self.device(TREATMENT).log("S-1", "contact", "Notat 10, delt", &["--shared"]);
        self.sync(TREATMENT);
        self.sync(CONSULTANT);
        self.sync(CONSULTANT);
        self.sync(TREATMENT);
        self.sync(LEADER);
    }

    fn sync(&mut self, name: &str) {
        self.device(name).sync();
        self.note_down(name);
    }

    /// Commands run one after the other and speak over one connection at a time, so what was heard is in order.
    fn note_down(&mut self, device: &str) {
        let heard = self.wire.heard();
        let mut rest = &heard[self.heard..];
        while !rest.is_empty() {
            let (request_head, request, after) = message(rest);
            let (reply_head, reply, after) = message(after);
            let path = request_head.split(' ').nth(1).unwrap().to_owned();
            let status = reply_head.split(' ').nth(1).unwrap().parse().unwrap();
            let device = device.to_owned();
            self.recording.exchanges.push(RecordedExchange { device, path, request, status, reply });
            rest = after;
        }
        self.heard = heard.len();
    }
}

/// Head, body and what follows.
fn message(bytes: &[u8]) -> (String, Vec<u8>, &[u8]) {
    let head_end = bytes.windows(4).position(|four| four == b"\r\n\r\n").unwrap() + 4;
    let head = String::from_utf8(bytes[..head_end].to_vec()).unwrap();
    let length = head
        .to_lowercase()
        .lines()
        .find_map(|line| line.strip_prefix("content-length:").map(|value| value.trim().parse::<usize>().unwrap()))
        .unwrap();
    let body_end = head_end + length;
    (head, bytes[head_end..body_end].to_vec(), &bytes[body_end..])
}

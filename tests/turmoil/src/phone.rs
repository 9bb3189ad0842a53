//! One device and the person who uses it.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use feltbog_app::{App, AppError, Device, LogWish, SystemClock};
use feltbog_domain::{FolderKind, Role};
use feltbog_harness::Chance;

use crate::founded::{PASSPHRASE, new_case, role_of};
use crate::ledger::{Ledger, Written};
use crate::link::Link;

/// The longest a person waits before doing something again.
const LONGEST_PAUSE_S: u64 = 30;

/// A device that may crash and be opened again, and what is left to do on it.
pub(crate) struct Phone {
    number: usize,
    devices: usize,
    home: PathBuf,
    ledger: Arc<Mutex<Ledger>>,
    state: Mutex<State>,
}

struct State {
    app: Option<App>,
    chance: Chance,
    left: u32,
}

impl Phone {
    pub(crate) fn new(
        number: usize,
        devices: usize,
        home: PathBuf,
        acts: u32,
        seed: u64,
        ledger: &Arc<Mutex<Ledger>>,
    ) -> Self {
        let chance = Chance::of(seed.wrapping_mul(1_000).wrapping_add(number as u64));
        let state = Mutex::new(State { app: None, chance, left: acts });
        Self { number, devices, home, ledger: Arc::clone(ledger), state }
    }

    /// Opens the device, keeps it in touch and works on it; never returns.
    pub(crate) async fn run(self: Arc<Self>) {
        let device = Device::open(&self.home, PASSPHRASE, Arc::new(SystemClock)).unwrap();
        let app = App::new(device, Arc::new(Link::default()));
        self.state.lock().unwrap().app = Some(app.clone());
        tokio::join!(app.keep_in_touch(), self.work(&app));
    }

    /// Lets go of a device whose process is to end: its home can be opened again.
    pub(crate) fn let_go(&self) {
        self.state.lock().unwrap().app = None;
    }

    pub(crate) fn number(&self) -> usize {
        self.number
    }

    /// The open device; `None` while it is down.
    pub(crate) fn app(&self) -> Option<App> {
        self.state.lock().unwrap().app.clone()
    }

    /// Whether the person has done everything.
    pub(crate) fn is_done(&self) -> bool {
        self.state.lock().unwrap().left == 0
    }

    async fn work(&self, app: &App) {
        while let Some(pause) = self.next_pause() {
            tokio::time::sleep(pause).await;
            // Nothing is awaited in between, so a crash finds an act done and noted, or not begun.
            self.act(app);
        }
    }

    fn next_pause(&self) -> Option<Duration> {
        let mut state = self.state.lock().unwrap();
        (state.left > 0).then(|| Duration::from_millis(state.chance.below(LONGEST_PAUSE_S * 1_000)))
    }

    fn act(&self, app: &App) {
        let mut state = self.state.lock().unwrap();
        let mut ledger = self.ledger.lock().unwrap();
        state.left -= 1;
        let chance = &mut state.chance;
        match chance.below(10) {
            0 if role_of(self.number) != Role::Treatment => self.begin_case(app, chance, &mut ledger),
            1..=3 => self.edit(app, chance, &mut ledger),
            _ => self.log(app, chance, &mut ledger),
        }
    }

    /// A new case with somebody else on it.
    fn begin_case(&self, app: &App, chance: &mut Chance, ledger: &mut Ledger) {
        let number = ledger.new_number();
        let colleague = usize::try_from(chance.below(self.devices as u64)).unwrap();
        let others: Vec<usize> = [colleague].into_iter().filter(|other| *other != self.number && *other != 0).collect();
        app.save(|device| new_case(device, &number, &others)).unwrap();
        // The leader is on every case of the programme.
        ledger.cases.insert(number, others.into_iter().chain([self.number, 0]).collect());
    }

    fn log(&self, app: &App, chance: &mut Chance, ledger: &mut Ledger) {
        let Some(case) = self.any_case(app, chance, ledger) else { return };
        let shared = chance.below(3) > 0;
        let word = ledger.new_word(self.number);
        let wish = LogWish {
            case: Some(case.clone()),
            kind: "contact".into(),
            note: word.clone(),
            shared: Some(shared),
            ..LogWish::default()
        };
        let logged = app.save(|device| device.log_entry(&wish)).unwrap();
        let folder = match (shared, role_of(self.number)) {
            (true, _) => FolderKind::Shared,
            (false, Role::Treatment) => FolderKind::Treatment,
            (false, _) => FolderKind::Employment,
        };
        ledger.entries.insert(logged.entry, Written { case, folder, by: self.number, words: vec![word] });
    }

    /// Adds a word at the end of a note that is here, whoever began it.
    fn edit(&self, app: &App, chance: &mut Chance, ledger: &mut Ledger) {
        let Some(case) = self.any_case(app, chance, ledger) else { return };
        let entries = app.with(|device| device.show_case(&case)).unwrap().entries;
        if entries.is_empty() {
            return;
        }
        let entry = chance.one(&entries).entry;
        let word = ledger.new_word(self.number);
        app.save(|device| {
            let opened = device.open_entry(entry)?;
            device.edit_note(entry, &format!("{} {word}", opened.entry.note), &opened.heads)
        })
        .unwrap();
        ledger.entries.get_mut(&entry).unwrap().words.push(word);
    }

    /// A case that is this person's and has arrived with both its folders.
    fn any_case(&self, app: &App, chance: &mut Chance, ledger: &Ledger) -> Option<String> {
        let mine = ledger.cases.iter().filter(|(_, members)| members.contains(&self.number)).map(|(number, _)| number);
        let here: Vec<&String> = mine.filter(|number| has_arrived(app, number)).collect();
        if here.is_empty() { None } else { Some((*chance.one(&here)).clone()) }
    }
}

fn has_arrived(app: &App, case: &str) -> bool {
    match app.with(|device| device.show_case(case)) {
        Ok(view) => view.case.is_some_and(|case| case.folders.iter().any(|(_, kind)| *kind == FolderKind::Shared)),
        Err(AppError::UnknownCase) => false,
        Err(error) => panic!("{error}"),
    }
}

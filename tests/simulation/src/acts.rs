//! What people do, at random.

mod reshuffle;
mod upheaval;

use feltbog_app::{AppError, ConsentWish, Device, HandOverWish, LogWish, NewCaseWish};
use feltbog_domain::{DocumentId, Role};
use feltbog_harness::Chance;
use feltbog_store::simulation::{Plan, Trouble};

use crate::course::Course;
use crate::finding::{Checker, Finding};
use crate::phone::Phone;
use crate::words::{Told, Typed, Word, Words};

/// What is known to exist somewhere; who can see it, each device says for itself.
#[derive(Debug, Default)]
pub(crate) struct Things {
    cases: Vec<String>,
    entries: Vec<DocumentId>,
    /// Entries somebody has opened, with the state that was opened: the editor may stay open for days.
    opened: Vec<(usize, DocumentId, Vec<String>, String)>,
}

/// One act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    Log,
    Edit,
    OpenEditor,
    SaveEditor,
    NewCase,
    Assign,
    Consent,
    HandOver,
    Withdraw,
    CloseCase,
    TidyUp,
    Read,
    Cover,
    Block,
    Free,
    ShutOut,
    ProposeErasure,
    ConfirmErasure,
    ChangeRole,
}

impl Act {
    /// Whether it types a word.
    pub(crate) const fn is_edit(self) -> bool {
        matches!(self, Act::Log | Act::Edit | Act::SaveEditor)
    }

    /// A random one of a course, mostly the daily ones.
    pub(crate) fn any(course: Course, chance: &mut Chance) -> Self {
        if course == Course::Reshuffle && chance.below(100) < 6 {
            return Act::ChangeRole;
        }
        if course != Course::Everyday && chance.below(100) < 15 {
            return Self::of_upheaval(chance);
        }
        match chance.below(100) {
            0..40 => Act::Log,
            40..65 => Act::Edit,
            65..74 => Act::OpenEditor,
            74..83 => Act::SaveEditor,
            83..87 => Act::NewCase,
            87..93 => Act::Assign,
            93..95 => Act::Consent,
            95..97 => Act::HandOver,
            97 => Act::Withdraw,
            98 => Act::CloseCase,
            _ => Act::TidyUp,
        }
    }
}

/// What came of an act.
pub(crate) struct Done {
    /// One line for the trace.
    pub(crate) line: String,
    /// What the disk did meanwhile.
    pub(crate) trouble: Option<Trouble>,
    /// What should not have been.
    pub(crate) finding: Option<Finding>,
}

/// Everything an act needs.
pub(crate) struct Scene<'a> {
    pub(crate) place: usize,
    pub(crate) phone: &'a mut Phone,
    pub(crate) staff: &'a [(String, Role)],
    pub(crate) course: Course,
    /// Whose phones may still be shut out: a town in which nobody is left proves nothing.
    pub(crate) may_go: Vec<String>,
    pub(crate) things: &'a mut Things,
    pub(crate) words: &'a mut Words,
    pub(crate) chance: &'a mut Chance,
    pub(crate) plan: Option<Plan>,
}

impl Scene<'_> {
    /// Does it.
    pub(crate) fn play(mut self, act: Act) -> Done {
        if let Some(locked) = self.is_locked() {
            return locked;
        }
        match act {
            Act::Log => self.log(),
            Act::Edit => self.edit(),
            Act::OpenEditor => self.open_editor(),
            Act::SaveEditor => self.save_editor(),
            Act::NewCase => self.new_case(),
            Act::Assign => self.assign(),
            Act::Consent => self.consent(),
            Act::HandOver => self.hand_over(),
            Act::Withdraw => self.withdraw(),
            Act::CloseCase => self.close_case(),
            Act::TidyUp => {
                let (result, trouble) = self.phone.act(self.plan, tidy_up);
                self.told("tidy up", result, trouble)
            }
            Act::Read => self.read(),
            Act::Cover => self.cover(),
            Act::Block => self.block(),
            Act::Free => self.free(),
            Act::ShutOut => self.shut_out(),
            Act::ProposeErasure => self.propose_erasure(),
            Act::ConfirmErasure => self.confirm_erasure(),
            Act::ChangeRole => self.change_role(),
        }
    }

    fn log(&mut self) -> Done {
        let word = self.words.new_word();
        let case = self.one_case();
        let shared = match self.chance.below(3) {
            0 => Some(true),
            1 => Some(false),
            _ => None,
        };
        let wish = LogWish {
            case: case.clone(),
            kind: if case.is_some() { *self.chance.one(&["contact", "referral", "note"]) } else { "team_meeting" }
                .into(),
            minutes: Some(30),
            note: format!("Talt om arbejde {}", word.character()),
            shared: case.is_some().then_some(shared).flatten(),
            ..LogWish::default()
        };
        let (result, trouble) = self.phone.act(self.plan, |device| device.log_entry(&wish));
        match result {
            Ok(logged) => {
                self.things.entries.push(logged.entry);
                self.typed(word, logged.entry, Told::Saved);
                self.done(&format!("log {} {case:?}", logged.entry), trouble)
            }
            Err(AppError::UnknownCase) => {
                self.words.note_nowhere(word);
                self.log_own_work()
            }
            Err(error) => self.not_logged(word, &error, trouble),
        }
    }

    /// What one does on a day without citizens.
    fn log_own_work(&mut self) -> Done {
        let word = self.words.new_word();
        let note = format!("Talt om arbejde {}", word.character());
        let wish = LogWish { kind: "team_meeting".into(), note, ..LogWish::default() };
        let (result, trouble) = self.phone.act(self.plan, |device| device.log_entry(&wish));
        match result {
            Ok(logged) => {
                self.typed(word, logged.entry, Told::Saved);
                self.done(&format!("log own work {}", logged.entry), trouble)
            }
            Err(error) => self.not_logged(word, &error, trouble),
        }
    }

    fn not_logged(&mut self, word: Word, error: &AppError, trouble: Option<Trouble>) -> Done {
        // Where the process ended after its commit the entry is there, under an id that nobody was told.
        if trouble != Some(Trouble::EndsAfter) {
            self.words.note_nowhere(word);
        }
        self.refused("log", error, trouble)
    }

    fn edit(&mut self) -> Done {
        let Some(entry) = self.one_entry() else { return self.log() };
        let (opened, _) = self.phone.act(None, |device| device.open_entry(entry));
        let opened = match opened {
            Ok(opened) => opened,
            Err(AppError::UnknownEntry) => return self.log(),
            Err(error) => return self.refused("open", &error, None),
        };
        self.save("edit", entry, &opened.heads, &opened.entry.note)
    }

    fn open_editor(&mut self) -> Done {
        let Some(entry) = self.one_entry() else { return self.done("nothing to open", None) };
        let (opened, _) = self.phone.act(None, |device| device.open_entry(entry));
        match opened {
            Ok(opened) => {
                self.things.opened.push((self.place, entry, opened.heads, opened.entry.note));
                self.done(&format!("open {entry}"), None)
            }
            Err(error) => self.refused("open", &error, None),
        }
    }

    fn save_editor(&mut self) -> Done {
        let Some(at) = self.things.opened.iter().position(|(place, ..)| *place == self.place) else {
            return self.edit();
        };
        let (_, entry, heads, note) = self.things.opened.remove(at);
        self.save("save", entry, &heads, &note)
    }

    fn save(&mut self, verb: &str, entry: DocumentId, heads: &[String], note: &str) -> Done {
        let word = self.words.new_word();
        let at = usize::try_from(self.chance.below(note.chars().count() as u64 + 1)).unwrap_or(0);
        let (before, after): (String, String) = (note.chars().take(at).collect(), note.chars().skip(at).collect());
        let text = format!("{before}{}{after}", word.character());
        let (result, trouble) = self.phone.act(self.plan, |device| device.edit_note(entry, &text, heads));
        match result {
            Ok(_) => {
                self.typed(word, entry, Told::Saved);
                self.done(&format!("{verb} {entry}"), trouble)
            }
            Err(error) => {
                let told = if trouble == Some(Trouble::EndsAfter) { Told::Nothing } else { Told::NotSaved };
                self.typed(word, entry, told);
                self.refused(verb, &error, trouble)
            }
        }
    }

    fn new_case(&mut self) -> Done {
        let number = format!("S-{}-{}", self.place, self.things.cases.len());
        let shared = self.chance.below(3) > 0;
        let wish = NewCaseWish {
            number: number.clone(),
            name: "Borger".into(),
            consent_types: if shared { vec!["jobmål".into()] } else { Vec::new() },
            ..NewCaseWish::default()
        };
        let (result, trouble) = self.phone.act(self.plan, |device| device.new_case(&wish));
        if result.is_ok() || trouble == Some(Trouble::EndsAfter) {
            self.things.cases.push(number.clone());
        }
        match result {
            Ok(_) => self.done(&format!("case {number}"), trouble),
            Err(error) => self.refused("case", &error, trouble),
        }
    }

    fn assign(&mut self) -> Done {
        let Some(case) = self.one_case() else { return self.new_case() };
        let (name, role) = self.chance.one(self.staff).clone();
        let role = if matches!(role, Role::Leader | Role::Deputy) { Role::Consultant } else { role };
        let (result, trouble) = self.phone.act(self.plan, |device| device.assign(&case, &name, role));
        self.told(&format!("assign {case} {name}"), result, trouble)
    }

    fn consent(&mut self) -> Done {
        let Some(case) = self.one_case() else { return self.new_case() };
        let wish = ConsentWish { case: case.clone(), types: vec!["fremmøde".into()], ..ConsentWish::default() };
        let (result, trouble) = self.phone.act(self.plan, |device| device.give_consent(&wish));
        self.told(&format!("consent {case}"), result, trouble)
    }

    fn hand_over(&mut self) -> Done {
        let (from, to) = (self.chance.one(self.staff).0.clone(), self.chance.one(self.staff).0.clone());
        let case = if self.chance.below(3) == 0 { None } else { self.one_case() };
        let line = format!("hand over {case:?} from {from} to {to}");
        let wish = HandOverWish { from, to, case };
        let (result, trouble) = self.phone.act(self.plan, |device| device.hand_over(&wish));
        self.told(&line, result.map(|_| ()), trouble)
    }

    fn withdraw(&mut self) -> Done {
        let Some(case) = self.one_case() else { return self.new_case() };
        let (result, trouble) = self.phone.act(self.plan, |device| device.withdraw_consent(&case));
        self.told(&format!("withdraw {case}"), result, trouble)
    }

    fn close_case(&mut self) -> Done {
        let Some(case) = self.one_case() else { return self.new_case() };
        let (result, trouble) = self.phone.act(self.plan, |device| device.close_case(&case, "i job"));
        self.told(&format!("close {case}"), result.map(|_| ()), trouble)
    }

    fn told(&self, line: &str, result: Result<(), AppError>, trouble: Option<Trouble>) -> Done {
        match result {
            Ok(()) => self.done(line, trouble),
            Err(error) => self.refused(line, &error, trouble),
        }
    }

    fn typed(&mut self, word: Word, document: DocumentId, told: Told) {
        let folder = self.phone.inspector().folder_of(document).ok().flatten();
        match folder {
            Some(folder) => self.words.note(word, Typed { phone: self.place, document, folder, told }),
            None => self.words.note_nowhere(word),
        }
    }

    fn one_case(&mut self) -> Option<String> {
        // Mostly of the newest: the others have had their share.
        if self.things.cases.is_empty() || self.chance.below(8) == 0 {
            return None;
        }
        Some(self.chance.one(&self.things.cases).clone())
    }

    fn one_entry(&mut self) -> Option<DocumentId> {
        if self.things.entries.is_empty() {
            return None;
        }
        let newest = self.things.entries.len().min(12);
        let from = if self.chance.below(2) == 0 { self.things.entries.len() - newest } else { 0 };
        self.things.entries.get(from..).map(|some| *self.chance.one(some))
    }

    fn done(&self, line: &str, trouble: Option<Trouble>) -> Done {
        Done { line: format!("{} {line}", self.place), trouble, finding: None }
    }

    /// A refusal is the device's right where the person asked for what is not theirs, and where the disk did it.
    fn refused(&self, verb: &str, error: &AppError, trouble: Option<Trouble>) -> Done {
        let right = match error {
            AppError::UnknownCase
            | AppError::UnknownEntry
            | AppError::UnknownMember
            | AppError::NotAllowed(_)
            | AppError::NoConsent
            | AppError::FolderClosed
            | AppError::Unclear(_) => true,
            AppError::Store(_) => trouble.is_some(),
            _ => false,
        };
        let line = format!("{} {verb} refused {} {trouble:?}", self.place, error.code());
        let finding = (!right).then(|| Finding::new(Checker::LocalWork, line.clone()));
        Done { line, trouble, finding }
    }
}

/// What could not be shared goes to its writer's own side, what was handed in is taken over.
pub(crate) fn tidy_up(device: &mut Device) -> Result<(), AppError> {
    for entry in device.asks()? {
        match device.keep_entry(entry) {
            // One act may bring several entries home.
            Ok(_) | Err(AppError::UnknownEntry | AppError::NotAllowed(_)) => {}
            Err(error) => return Err(error),
        }
    }
    match device.take_over(None) {
        Ok(_) | Err(AppError::NotAllowed(_)) => {}
        Err(error) => return Err(error),
    }
    for left in device.erased_work()? {
        device.discard_erased_work(left.document)?;
    }
    Ok(())
}

/// Somebody opens the first cases, so that there is something to share.
pub(crate) fn first_case(device: &mut Device, number: &str) -> Result<(), AppError> {
    let wish = NewCaseWish {
        number: number.to_owned(),
        name: "Borger".into(),
        consent_types: vec!["jobmål".into()],
        ..NewCaseWish::default()
    };
    device.new_case(&wish).map(|_| ())
}

impl Things {
    pub(crate) fn add_case(&mut self, number: String) {
        self.cases.push(number);
    }
}

//! What may stand on the command line.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{ArgAction, CommandFactory, Parser, Subcommand};

use super::ask::Ask;
use super::hand_in::HandIn;
use super::join::Join;
use super::login::Login;
use super::municipalities::Municipalities;
use super::open::Open;
use super::place::Place;
use super::recover::Recover;
use super::region::Region;
use super::setup::Setup;
use super::survey::Survey;

/// Feltbog: feltbogen for IPS-konsulenter, som kommandolinje og som vært for brugerfladen
///
/// English: Feltbog, the field book for IPS consultants, as a command line and as host of its user interface.
/// Every command has a line in English under `feltbog COMMAND --help`.
#[derive(Debug, Parser)]
#[command(
    name = "feltbog",
    version,
    subcommand_help_heading = "Kommandoer",
    subcommand_value_name = "KOMMANDO",
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    after_help = "Slutkode: 0 gjort, 1 afvist eller ikke gjort, 2 forkert brug.\n\
        Exit code: 0 done, 1 refused or failed, 2 wrong use."
)]
pub(super) struct Arguments {
    /// Enhedens mappe
    ///
    /// English: the device's folder; created when it does not exist.
    #[arg(
        long,
        global = true,
        help_heading = "Altid",
        value_name = "MAPPE",
        env = "FELTBOG_HOME",
        hide_env_values = true
    )]
    home: Option<PathBuf>,
    /// Kommunen, når der er flere i mappen; ved `join`, hvad en ny skal hedde
    ///
    /// English: the municipality, where several are in the folder; with `join`, what to call a new one.
    #[arg(
        long,
        global = true,
        help_heading = "Altid",
        value_name = "NAVN",
        env = "FELTBOG_MUNICIPALITY",
        hide_env_values = true
    )]
    municipality: Option<String>,
    /// Fil med adgangssætningen på første linje; uden den bliver du spurgt
    ///
    /// English: file with the passphrase on its first line; without it you are asked.
    #[arg(
        long,
        global = true,
        help_heading = "Altid",
        value_name = "FIL",
        env = "FELTBOG_PASSPHRASE_FILE",
        hide_env_values = true
    )]
    passphrase_file: Option<PathBuf>,
    /// Svar som ét JSON-dokument
    ///
    /// English: answer with one JSON document.
    #[arg(long, global = true, help_heading = "Altid")]
    pub(super) json: bool,
    /// Vis hjælp
    ///
    /// English: show help.
    #[arg(short, long, global = true, help_heading = "Altid", action = ArgAction::Help)]
    help: Option<bool>,
    /// Vis version
    ///
    /// English: show the version.
    #[arg(short = 'V', long, help_heading = "Altid", action = ArgAction::Version)]
    version: Option<bool>,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Setup(Setup),
    Join(Join),
    Login(Login),
    Recover(Recover),
    HandIn(HandIn),
    Open(Open),
    Municipalities(Municipalities),
    Region(Region),
    Survey(Survey),
    #[command(flatten)]
    Ask(Box<Ask>),
}

impl Command {
    /// Whether it reads files and nothing else.
    const fn needs_no_home(&self) -> bool {
        matches!(self, Command::Region(_) | Command::Survey(_))
    }
}

/// Reads them; what is missing or wrong comes back as clap's own error, whose exit code is 2.
pub(super) fn read(words: impl IntoIterator<Item = OsString>) -> Result<(Arguments, Place), clap::Error> {
    let arguments = Arguments::try_parse_from(words)?;
    // Clap cannot ask for an option that may stand on either side of the command.
    let named = arguments.home.clone().filter(|home| !home.as_os_str().is_empty());
    let Some(home) = named.or_else(|| arguments.command.needs_no_home().then(PathBuf::new)) else {
        return Err(Arguments::command().error(ErrorKind::MissingRequiredArgument, NO_HOME));
    };
    let Arguments { municipality, passphrase_file, .. } = &arguments;
    let place = Place { folder: home, municipality: municipality.clone(), passphrase_file: passphrase_file.clone() };
    Ok((arguments, place))
}

const NO_HOME: &str = "skriv, hvor Feltbogens mappe er, med --home MAPPE eller FELTBOG_HOME\n\
    (name the device's folder with --home DIR or FELTBOG_HOME)";

#[cfg(test)]
mod tests {
    use feltbog_bridge::{ConsentTyped, CoverTyped, Request};

    use super::*;

    fn parse(line: &str) -> Result<(Arguments, Place), clap::Error> {
        read(line.split_whitespace().map(OsString::from))
    }

    fn request(line: &str) -> Request {
        match parse(line).unwrap().0.command {
            Command::Ask(ask) => ask.request().unwrap(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_definition_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn global_options_stand_before_or_after_the_command() {
        for line in [
            "feltbog --home /h --passphrase-file /p --json cases",
            "feltbog cases --json --passphrase-file /p --home /h",
            "feltbog --home /h cases --json --passphrase-file /p",
        ] {
            let (arguments, place) = parse(line).unwrap();
            assert!(arguments.json, "{line}");
            assert_eq!(place.folder, PathBuf::from("/h"), "{line}");
            assert_eq!(place.passphrase_file, Some(PathBuf::from("/p")), "{line}");
            assert_eq!(place.municipality, None, "{line}");
        }
        let (_, place) = parse("feltbog --home /h cases --municipality Slagelse").unwrap();
        assert_eq!(place.municipality.as_deref(), Some("Slagelse"));
        let (arguments, _) = parse("feltbog --home /h case new --number 1 --name Bo --json").unwrap();
        assert!(arguments.json);
    }

    #[test]
    fn wrong_use_is_2_and_help_is_0() {
        for line in [
            "feltbog --home /h unknown",
            "feltbog --home /h log SYD-1",
            "feltbog --home /h invite --name Bo --role king",
            "feltbog --home /h assign SYD-1 --member Bo --as king",
            "feltbog --home /h consent SYD-1",
            "feltbog --home /h consent SYD-1 --types jobmål --withdraw",
            "feltbog --home /h handover --from Bo",
            "feltbog --home /h cover --for Bo --by Ib",
            "feltbog --home /h cover --for Bo --by Ib --until fredag --end",
            "feltbog --home /h case close SYD-1",
            "feltbog --home /h deposits take",
            "feltbog --home /h deposits take e1 --all",
            "feltbog --home /h keep",
            "feltbog --home /h municipalities name",
            "feltbog --home /h invite --name Bo --role leader --valid-for soon",
            "feltbog",
        ] {
            assert_eq!(parse(line).unwrap_err().exit_code(), 2, "{line}");
        }
        assert_eq!(parse("feltbog --help").unwrap_err().exit_code(), 0);
        assert_eq!(parse("feltbog log --help").unwrap_err().exit_code(), 0);
    }

    #[test]
    fn every_command_explains_itself_in_both_languages() {
        fn walk(command: &clap::Command) {
            for sub in command.get_subcommands() {
                assert!(sub.get_about().is_some(), "{}", sub.get_name());
                let long = sub.get_long_about().map(ToString::to_string).unwrap_or_default();
                assert!(long.contains("English: "), "{}", sub.get_name());
                walk(sub);
            }
        }
        walk(&Arguments::command());
    }

    #[test]
    fn log_says_everything_it_is_told() {
        let Request::LogEntry(entry) = request(
            "feltbog --home /h log SYD-0001 employer_visit --at 2026-03-02T10:00 --minutes 45 --employer 93236106 \
             --employer-name Netto --contact-person Bo --place Butikken --outcome opening --face-to-face yes \
             --note -kort --shared",
        ) else {
            panic!("another request")
        };
        assert_eq!(entry.case.as_deref(), Some("SYD-0001"));
        assert_eq!((entry.kind.as_str(), entry.minutes), ("employer_visit", Some(45)));
        assert_eq!((entry.employer.as_deref(), entry.employer_name.as_deref()), (Some("93236106"), Some("Netto")));
        assert_eq!((entry.contact_person.as_deref(), entry.place.as_deref()), (Some("Bo"), Some("Butikken")));
        assert_eq!((entry.outcome.as_deref(), entry.face_to_face), (Some("opening"), Some(true)));
        assert_eq!((entry.note.as_str(), entry.shared), ("-kort", Some(true)));
    }

    #[test]
    fn a_dash_logs_work_without_a_case_and_silence_leaves_the_kinds_own_habit() {
        let Request::LogEntry(entry) = request("feltbog --home /h log - team_meeting") else { panic!("another") };
        assert_eq!((entry.case, entry.shared, entry.face_to_face), (None, None, None));
    }

    #[test]
    fn words_to_search_for_need_no_quotes() {
        let Request::Search { words } = request("feltbog --home /h search rødgrød med fløde --json") else {
            panic!("another")
        };
        assert_eq!(words, "rødgrød med fløde");
    }

    #[test]
    fn consent_types_come_apart_at_commas() {
        let Request::GiveConsent(ConsentTyped { types, from_organisation, from, .. }) =
            request("feltbog --home /h consent SYD-1 --types jobmål,fremmøde, --from Kommunen --since 2026-01-01")
        else {
            panic!("another")
        };
        assert_eq!(types, ["jobmål", "fremmøde"]);
        assert_eq!((from_organisation.as_deref(), from.as_deref()), (Some("Kommunen"), Some("2026-01-01")));
    }

    #[test]
    fn a_consent_is_withdrawn_without_naming_its_types() {
        let Request::WithdrawConsent { case } = request("feltbog --home /h consent SYD-1 --withdraw") else {
            panic!("another")
        };
        assert_eq!(case, "SYD-1");
    }

    #[test]
    fn handed_in_work_is_listed_or_taken_one_by_one_or_whole() {
        assert!(matches!(request("feltbog --home /h deposits --json"), Request::Deposits));
        let take = |line| match request(line) {
            Request::TakeOver { entry } => entry,
            other => panic!("{other:?}"),
        };
        assert_eq!(take("feltbog --home /h deposits take e1").as_deref(), Some("e1"));
        assert_eq!(take("feltbog --home /h deposits take --all"), None);
    }

    #[test]
    fn a_handover_is_of_one_case_or_of_all() {
        let handed = |line| match request(line) {
            Request::HandOver { from, to, case } => (from, to, case),
            other => panic!("{other:?}"),
        };
        assert_eq!(handed("feltbog --home /h handover --from Bo --to Ib"), ("Bo".into(), "Ib".into(), None));
        let (_, _, case) = handed("feltbog --home /h handover --from Bo --to Ib --case SYD-1");
        assert_eq!(case.as_deref(), Some("SYD-1"));
    }

    #[test]
    fn an_erasure_is_proposed_with_a_reason_or_confirmed_by_its_number() {
        let erase = request("feltbog --home /h erase SYD-1 --reason retention_over");
        assert!(
            matches!(erase, Request::Erase { case: Some(case), entry: None, reason } if case == "SYD-1" && reason == "retention_over")
        );
        let one = request("feltbog --home /h erase --entry e1 --reason wrong_person");
        assert!(matches!(one, Request::Erase { case: None, entry: Some(entry), .. } if entry == "e1"));
        let confirm = request("feltbog --home /h erase --confirm 0123456789ab");
        assert!(matches!(confirm, Request::ConfirmErasure { proposal } if proposal == "0123456789ab"));
        assert!(matches!(request("feltbog --home /h erasures"), Request::Erasures));
        assert!(matches!(request("feltbog --home /h erasures left"), Request::ErasedWork));
        let discard = request("feltbog --home /h erasures discard e1");
        assert!(matches!(discard, Request::DiscardErasedWork { entry } if entry == "e1"));
    }

    #[test]
    fn the_read_log_is_of_one_case_with_names_or_without() {
        let asked = |line| match request(line) {
            Request::ReadLog { case, without_staff } => (case, without_staff),
            other => panic!("{other:?}"),
        };
        assert_eq!(asked("feltbog --home /h readlog SYD-1"), ("SYD-1".into(), false));
        assert_eq!(asked("feltbog --home /h readlog SYD-1 --without-staff"), ("SYD-1".into(), true));
    }

    #[test]
    fn a_cover_has_a_last_day_or_is_ended_now() {
        let covered = |line| match request(line) {
            Request::Cover(CoverTyped { absent, by, until, case, end }) => ((absent, by), until, case, end),
            other => panic!("{other:?}"),
        };
        let names = || ("Bo".to_owned(), "Ib".to_owned());
        let begun = covered("feltbog --home /h cover --for Bo --by Ib --until søndag --case SYD-1");
        assert_eq!(begun, (names(), Some("søndag".into()), Some("SYD-1".into()), false));
        assert_eq!(covered("feltbog --home /h cover --for Bo --by Ib --end"), (names(), None, None, true));
    }

    #[test]
    fn an_import_names_its_folder_whole() {
        let Request::Import { folder, dry_run, .. } = request("feltbog --home /h import data --dry-run") else {
            panic!("another")
        };
        assert!(PathBuf::from(&folder).is_absolute() && folder.ends_with("data"), "{folder}");
        assert!(dry_run);
    }

    #[test]
    fn an_invitation_counts_its_time_in_minutes() {
        let Request::Invite { valid_minutes, role, .. } =
            request("feltbog --home /h invite --name Bo --role consultant --valid-for 7d")
        else {
            panic!("another")
        };
        assert_eq!((valid_minutes, role.as_str()), (Some(7 * 24 * 60), "consultant"));
    }
}

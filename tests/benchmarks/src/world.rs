//! A municipality with a leader, a consultant and a treatment worker, made with the product's own acts.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use feltbog_app::{App, HttpTransport, InviteWish, SetupWish, SystemClock};
use feltbog_domain::Role;
use jiff::ToSpan as _;
use tempfile::TempDir;

use crate::scale::Scale;
use crate::server_process::ServerProcess;

pub(crate) const PASSPHRASE: &[u8] = b"benchmark";
pub(crate) const CONSULTANT: &str = "Karen Holm";
const THERAPIST: &str = "Jens Bruun";
const DAYS_PER_YEAR: i64 = 365;

/// Everything a measurement needs. The server is a process of its own with its own database on disk.
pub(crate) struct World {
    pub(crate) scale: Scale,
    pub(crate) server: ServerProcess,
    pub(crate) folder: TempDir,
    pub(crate) leader: App,
    pub(crate) consultant: App,
    pub(crate) therapist: App,
}

impl World {
    /// Everybody has everything.
    pub(crate) async fn build(scale: Scale) -> Result<Self> {
        let world = Self::unsent(scale).await?;
        for app in [&world.leader, &world.consultant, &world.therapist] {
            app.exchange().await?;
        }
        Ok(world)
    }

    /// The leader has taken everything in and sent nothing.
    pub(crate) async fn unsent(scale: Scale) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let data = folder.path().join("server");
        let bootstrap = feltbog_server::init(&data, "Kommune")?.bootstrap.to_text();
        let server = ServerProcess::start(&data)?;
        let wish = SetupWish {
            server: server.url.clone(),
            code: bootstrap,
            name: "Lone Vest".into(),
            programme: Some("Program".into()),
        };
        let transport = Arc::new(HttpTransport::new()?);
        let home = folder.path().join("leader");
        let (device, _) =
            feltbog_app::setup(&home, PASSPHRASE, &wish, transport.as_ref(), Arc::new(SystemClock)).await?;
        let leader = App::new(device, transport);
        let consultant = join(&leader, folder.path(), CONSULTANT, Role::Consultant).await?;
        let therapist = join(&leader, folder.path(), THERAPIST, Role::Treatment).await?;
        leader.exchange().await?;
        let files = folder.path().join("files");
        write_files(&files, scale)?;
        leader.save(|d| d.import(&files, None, false))?;
        Ok(Self { scale, server, folder, leader, consultant, therapist })
    }
}

pub(crate) async fn join(leader: &App, folder: &Path, name: &str, role: Role) -> Result<App> {
    let wish = InviteWish { name: name.into(), role, programme: None, side: None, valid_minutes: None };
    let invitation = leader.save(|d| d.invite(&wish))?.to_text();
    let transport = Arc::new(HttpTransport::new()?);
    let home = folder.join(name.replace(' ', "-"));
    let clock = Arc::new(SystemClock);
    let (device, _) = feltbog_app::join(&home, PASSPHRASE, &invitation, None, transport.as_ref(), clock).await?;
    Ok(App::new(device, transport))
}

/// Notes of 200 to 400 characters out of a fixed word list; the same in every run.
pub(crate) fn note(seed: u32) -> String {
    const WORDS: [&str; 32] = [
        "mødte",
        "borgeren",
        "talte",
        "om",
        "vagter",
        "køkken",
        "lager",
        "tirsdag",
        "morgen",
        "aftalte",
        "ringe",
        "igen",
        "chefen",
        "gerne",
        "prøve",
        "to",
        "timer",
        "bus",
        "plan",
        "økonomi",
        "behandling",
        "svarer",
        "senere",
        "godt",
        "humør",
        "træt",
        "ferie",
        "praktisk",
        "hjælp",
        "ansøgning",
        "skrevet",
        "sendt",
    ];
    let mut state = u64::from(seed).wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    let mut text = String::new();
    let wanted = 200 + (seed as usize * 37) % 200;
    while text.len() < wanted {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let word = WORDS.get((state >> 33) as usize % WORDS.len()).copied().unwrap_or_default();
        text.push_str(word);
        text.push(' ');
    }
    text
}

/// The number of a case, the first being 1.
pub(crate) fn number(case: u32) -> String {
    format!("B-{case:03}")
}

/// The entries end yesterday and go back evenly, so that a new device has some of the last days to show.
fn write_files(folder: &PathBuf, scale: Scale) -> Result<()> {
    fs::create_dir_all(folder)?;
    let mut cases = String::from(
        "sagsnr;fornavn;efternavn;foedselsdato;kommune;bydel;ydelse;visitation;spor;indskrevet;udskrevet;udskrivningsgrund;konsulent;behandler;behandlingssted;samtykke_fra;samtykke_til;samtykke_omfang;jobønske;aabenhed\n",
    );
    let mut entries = String::from(
        "haendelse;sagsnr;type;tidspunkt;minutter;sted;konsulent;cvr;kontaktperson;ansigt_til_ansigt;resultat;timer_pr_uge;stilling;varig;notat\n",
    );
    let yesterday = jiff::Zoned::now().date().yesterday()?;
    let (count, days) = (scale.entries_per_citizen(), DAYS_PER_YEAR * i64::from(scale.years));
    for case in 1..=scale.citizens {
        let number = number(case);
        writeln!(
            cases,
            "{number};Borger;Nr {case};01-02-1980;By;;kontanthjælp;;rusmiddel;01-01-2005;;;{CONSULTANT};{THERAPIST};;01-01-2005;31-12-2030;jobmål;lager;ingen"
        )?;
        for n in 0..count {
            let kind = if n % 5 == 0 { "behandlingsmøde" } else { "kontakt" };
            let day = yesterday.checked_sub((days * i64::from(count - 1 - n) / i64::from(count)).days())?;
            let day = day.strftime("%d-%m-%Y");
            let text = note(case * 100_000 + n);
            writeln!(entries, "h{case}-{n};{number};{kind};{day} 10:00;45;kontoret;{CONSULTANT};;;;;;;;{text}")?;
        }
    }
    fs::write(folder.join("forloeb.csv"), cases)?;
    fs::write(folder.join("haendelser.csv"), entries)?;
    Ok(())
}

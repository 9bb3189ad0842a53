//! A municipality with a leader, a consultant and a treatment worker, made with the product's own acts.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;
use feltbog_app::{App, HttpTransport, InviteWish, SetupWish, SystemClock};
use feltbog_domain::Role;
use tempfile::TempDir;

const PASSPHRASE: &[u8] = b"benchmark";
pub(crate) const CONSULTANT: &str = "Karen Holm";
const THERAPIST: &str = "Jens Bruun";
const ENTRIES_PER_CASE_AND_YEAR: u32 = 150;
pub(crate) const CASES: u32 = 25;

/// Everything a measurement needs. The server runs in this process, with its own database on disk.
pub(crate) struct World {
    pub(crate) folder: TempDir,
    pub(crate) leader: App,
    pub(crate) consultant: App,
    pub(crate) therapist: App,
}

impl World {
    pub(crate) async fn build(years: u32) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let data = folder.path().join("server");
        let bootstrap = feltbog_server::init(&data, "Kommune")?.bootstrap.to_text();
        let server = feltbog_server::Server::bind(&data, "127.0.0.1:0".parse()?).await?;
        let url = format!("http://{}", server.address());
        tokio::spawn(server.run(std::future::pending()));
        let wish =
            SetupWish { server: url, code: bootstrap, name: "Lone Vest".into(), programme: Some("Program".into()) };
        let transport = Arc::new(HttpTransport::new()?);
        let home = folder.path().join("leader");
        let (device, _) =
            feltbog_app::setup(&home, PASSPHRASE, &wish, transport.as_ref(), Arc::new(SystemClock)).await?;
        let leader = App::new(device, transport);
        let consultant = join(&leader, folder.path(), CONSULTANT, Role::Consultant).await?;
        let therapist = join(&leader, folder.path(), THERAPIST, Role::Treatment).await?;
        leader.exchange().await?;
        let files = folder.path().join("files");
        write_files(&files, years)?;
        leader.save(|d| d.import(&files, None, false))?;
        for app in [&leader, &consultant, &therapist] {
            app.exchange().await?;
        }
        Ok(Self { folder, leader, consultant, therapist })
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

fn write_files(folder: &PathBuf, years: u32) -> Result<()> {
    fs::create_dir_all(folder)?;
    let mut cases = String::from(
        "sagsnr;fornavn;efternavn;foedselsdato;kommune;bydel;ydelse;visitation;spor;indskrevet;udskrevet;udskrivningsgrund;konsulent;behandler;behandlingssted;samtykke_fra;samtykke_til;samtykke_omfang;jobønske;aabenhed\n",
    );
    let mut entries = String::from(
        "haendelse;sagsnr;type;tidspunkt;minutter;sted;konsulent;cvr;kontaktperson;ansigt_til_ansigt;resultat;timer_pr_uge;stilling;varig;notat\n",
    );
    for case in 1..=CASES {
        writeln!(
            cases,
            "B-{case:03};Borger;Nr {case};01-02-1980;By;;kontanthjælp;;rusmiddel;01-01-2020;;;{CONSULTANT};{THERAPIST};;01-01-2020;31-12-2030;jobmål;lager;ingen"
        )?;
        for n in 0..ENTRIES_PER_CASE_AND_YEAR * years {
            let kind = if n % 5 == 0 { "behandlingsmøde" } else { "kontakt" };
            let (day, month, year) = (n % 28 + 1, n / 28 % 12 + 1, 2020 + n / 336);
            let text = note(case * 100_000 + n);
            writeln!(
                entries,
                "h{case}-{n};B-{case:03};{kind};{day:02}-{month:02}-{year} 10:00;45;kontoret;{CONSULTANT};;;;;;;;{text}"
            )?;
        }
    }
    fs::write(folder.join("forloeb.csv"), cases)?;
    fs::write(folder.join("haendelser.csv"), entries)?;
    Ok(())
}

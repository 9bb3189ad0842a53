//! A municipality that was founded once, in fair weather, to be copied for every life.

use std::path::Path;
use std::sync::Arc;

use feltbog_app::{App, HttpTransport, InviteWish, NewCaseWish, SetupWish, SystemClock, join, setup};
use feltbog_domain::Role;
use feltbog_harness::copy_folder;
use feltbog_server::{Server, init};
use tempfile::TempDir;

/// What opens every home.
pub(crate) const PASSPHRASE: &[u8] = b"test";
/// The server's data folder.
pub(crate) const SERVER: &str = "server";
/// The case everybody is on from the beginning.
pub(crate) const FIRST_CASE: &str = "S-0";

/// A server's folder and the homes of some devices.
#[derive(Debug)]
pub struct Founded {
    folder: TempDir,
    devices: usize,
}

/// What the member of a device is called; the first leads.
pub(crate) fn name_of(device: usize) -> String {
    format!("medarbejder-{device}")
}

/// The first leads, then consultants and treatment workers in turn.
pub(crate) fn role_of(device: usize) -> Role {
    match device {
        0 => Role::Leader,
        other if other % 2 == 1 => Role::Consultant,
        _ => Role::Treatment,
    }
}

impl Founded {
    /// Founds it: one leader, and the rest in turn consultants and treatment workers, all of them on one case.
    #[must_use]
    pub fn with(devices: usize) -> Self {
        let folder = memory_folder();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(found(folder.path(), devices));
        Self { folder, devices }
    }

    /// How many devices it has.
    #[must_use]
    pub fn devices(&self) -> usize {
        self.devices
    }

    /// A copy to live a life in.
    pub(crate) fn copy(&self) -> TempDir {
        let copy = memory_folder();
        copy_folder(self.folder.path(), copy.path());
        copy
    }
}

/// A life writes much and needs no disk to survive.
fn memory_folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap()
}

async fn found(folder: &Path, devices: usize) {
    let data = folder.join(SERVER);
    let code = init(&data, "Kommune").unwrap().bootstrap.to_text();
    let server = Server::bind(&data, "127.0.0.1:0".parse().unwrap()).await.unwrap();
    let url = format!("http://{}", server.address());
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = tokio::spawn(server.run(async move { drop(stopped.await) }));

    let transport = Arc::new(HttpTransport::new().unwrap());
    let wish = SetupWish { server: url, code, name: name_of(0), programme: Some("Program".into()) };
    let (leader, _) =
        setup(&folder.join(name_of(0)), PASSPHRASE, &wish, transport.as_ref(), Arc::new(SystemClock)).await.unwrap();
    let mut apps = vec![App::new(leader, Arc::<HttpTransport>::clone(&transport))];
    for device in 1..devices {
        let wish = InviteWish {
            name: name_of(device),
            role: role_of(device),
            programme: None,
            side: None,
            valid_minutes: None,
        };
        let invitation = apps[0].with(|leader| leader.invite(&wish)).unwrap().to_text();
        let home = folder.join(name_of(device));
        let (joined, _) =
            join(&home, PASSPHRASE, &invitation, None, transport.as_ref(), Arc::new(SystemClock)).await.unwrap();
        apps.push(App::new(joined, Arc::<HttpTransport>::clone(&transport)));
    }
    exchange_all(&apps).await;
    let everybody: Vec<usize> = (1..devices).collect();
    apps[0].with(|leader| new_case(leader, FIRST_CASE, &everybody)).unwrap();
    exchange_all(&apps).await;

    // Homes and store are whole only when nobody has them open.
    drop(apps);
    drop(stop);
    serving.await.unwrap().unwrap();
}

/// Twice: what the first round uncovers is paid in the second.
async fn exchange_all(apps: &[App]) {
    for app in apps.iter().chain(apps) {
        app.exchange().await.unwrap();
    }
}

/// A case with consent, and these devices' members on it.
pub(crate) fn new_case(
    device: &mut feltbog_app::Device,
    number: &str,
    members: &[usize],
) -> Result<(), feltbog_app::AppError> {
    device.new_case(&NewCaseWish {
        number: number.into(),
        name: "Borger".into(),
        consent_types: vec!["jobmål".into()],
        ..NewCaseWish::default()
    })?;
    members.iter().try_for_each(|member| device.assign(number, &name_of(*member), role_of(*member)))
}

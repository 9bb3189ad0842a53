//! A municipality in one process: made once, copied as often as a test wants to spoil it.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use feltbog_app::{
    Answer, App, AppError, Device, Headers, HttpTransport, InviteWish, LogWish, NewCaseWish, SetupWish, SystemClock,
    Transport, join, setup,
};
use feltbog_domain::{DocumentId, Role};
use feltbog_harness::copy_folder;
use feltbog_power::make_cheap;
use feltbog_protocol::{PushResult, SyncReply};
use feltbog_server::{ServeError, Server};
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

pub(crate) const PASSPHRASE: &[u8] = b"rugbrod med makrel";
pub(crate) const CASE: &str = "SYD-1";
pub(crate) const SERVER: &str = "server";
pub(crate) const INGRID: &str = "ingrid";
pub(crate) const AASE: &str = "aase";

/// Folders of a server and two devices, nothing of it open: Ingrid leads, Åse has a case.
pub(crate) struct Town {
    folder: TempDir,
    pub(crate) http: HttpTransport,
    /// Key of each database, by the device's folder.
    keys: Vec<(&'static str, [u8; 32])>,
}

impl Town {
    /// Founds it; everybody has exchanged everything.
    pub(crate) async fn founded() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join(SERVER);
        let code = feltbog_server::init(&data, "Testkommunen").unwrap().bootstrap.to_text();
        let mut town = Self { folder, http: HttpTransport::new().unwrap(), keys: Vec::new() };
        let served = Served::begin(&data).await;
        let transport = served.reached_by(&town.http);
        let wish = SetupWish {
            server: format!("http://{}", served.address),
            code,
            name: "Ingrid Dahl".into(),
            programme: Some("IPS Sydhavnen".into()),
        };
        let clock = || Arc::new(SystemClock);
        let (device, _) = setup(&town.home(INGRID), PASSPHRASE, &wish, transport.as_ref(), clock()).await.unwrap();
        let ingrid = App::new(device, transport.clone());
        let wish = InviteWish {
            name: "Åse Møller".into(),
            role: Role::Consultant,
            programme: None,
            side: None,
            valid_minutes: None,
        };
        let invitation = ingrid.with(|d| d.invite(&wish)).unwrap().to_text();
        let (device, _) =
            join(&town.home(AASE), PASSPHRASE, &invitation, None, transport.as_ref(), clock()).await.unwrap();
        let aase = App::new(device, transport.clone());
        for app in [&ingrid, &aase, &ingrid, &aase] {
            app.exchange().await.unwrap();
        }
        aase.with(|d| d.new_case(&new_case())).unwrap();
        for number in 0..4 {
            aase.with(|d| d.log_entry(&contact(&format!("Fra før, nummer {number}")))).unwrap();
        }
        for app in [&aase, &ingrid, &aase, &ingrid] {
            app.exchange().await.unwrap();
        }
        drop((ingrid, aase, transport));
        served.end().await.unwrap();
        for name in [INGRID, AASE] {
            let key = make_cheap(&town.home(name).join("feltbog.key"), PASSPHRASE);
            town.keys.push((name, key));
        }
        town
    }

    /// The same town, with something done in it first.
    pub(crate) async fn with<W: Future<Output = ()>>(self, work: impl FnOnce(Stage) -> W) -> Self {
        let stage = Stage { path: self.folder.path().to_owned(), http: self.http.clone(), _folder: None };
        work(stage).await;
        self
    }

    /// A copy of some of its folders, to be spoilt.
    pub(crate) fn copy(&self, names: &[&str]) -> Stage {
        let folder = tempfile::tempdir().unwrap();
        for name in names {
            copy_folder(&self.home(name), &folder.path().join(name));
        }
        Stage { path: folder.path().to_owned(), http: self.http.clone(), _folder: Some(folder) }
    }

    /// A device's home, or the server's data folder.
    pub(crate) fn home(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The key of a device's database.
    pub(crate) fn key(&self, name: &str) -> [u8; 32] {
        self.keys.iter().find(|(of, _)| *of == name).unwrap().1
    }
}

/// A town's folders, or a copy of them that is gone when this is dropped.
pub(crate) struct Stage {
    path: PathBuf,
    http: HttpTransport,
    _folder: Option<TempDir>,
}

impl Stage {
    pub(crate) fn home(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    pub(crate) async fn serve(&self) -> Served {
        Served::begin(&self.home(SERVER)).await
    }

    /// A way to this server.
    pub(crate) fn way_to(&self, served: &Served) -> Arc<Way> {
        served.reached_by(&self.http)
    }

    /// Opens a device that reaches this server.
    pub(crate) fn open(&self, name: &str, served: &Served) -> Result<App, AppError> {
        Ok(App::new(open(&self.home(name))?, served.reached_by(&self.http)))
    }

    /// Opens a device that reaches nobody.
    pub(crate) fn open_alone(&self, name: &str) -> Result<App, AppError> {
        let nowhere = Way::to("127.0.0.1:1".parse().unwrap(), &self.http);
        Ok(App::new(open(&self.home(name))?, nowhere))
    }
}

/// Opens a home.
pub(crate) fn open(home: &Path) -> Result<Device, AppError> {
    Device::open(home, PASSPHRASE, Arc::new(SystemClock))
}

/// A server in this process.
pub(crate) struct Served {
    pub(crate) address: SocketAddr,
    stop: oneshot::Sender<()>,
    running: JoinHandle<Result<(), ServeError>>,
}

impl Served {
    pub(crate) async fn begin(data: &Path) -> Self {
        Self::try_begin(data).await.unwrap()
    }

    pub(crate) async fn try_begin(data: &Path) -> Result<Self, ServeError> {
        let server = Server::bind(data, "127.0.0.1:0".parse().unwrap()).await?;
        let (stop, stopped) = oneshot::channel::<()>();
        let address = server.address();
        let running = tokio::spawn(server.run(async move { drop(stopped.await) }));
        Ok(Self { address, stop, running })
    }

    pub(crate) fn reached_by(&self, http: &HttpTransport) -> Arc<Way> {
        Way::to(self.address, http)
    }

    /// Stops it, waits until its files are closed, and tells how it ended.
    pub(crate) async fn end(self) -> Result<(), ServeError> {
        // Nobody listens any more when it has ended by itself.
        let _ = self.stop.send(());
        self.running.await.unwrap()
    }
}

type OnAnswer = Box<dyn Fn(usize) + Send>;

/// Leads to one server, whatever address a device was given when it joined, and remembers what the server answered for.
pub(crate) struct Way {
    http: HttpTransport,
    address: SocketAddr,
    heard: Mutex<Vec<PushResult>>,
    on_answer: Mutex<Option<OnAnswer>>,
}

impl Way {
    fn to(address: SocketAddr, http: &HttpTransport) -> Arc<Self> {
        Arc::new(Self { http: http.clone(), address, heard: Mutex::default(), on_answer: Mutex::default() })
    }

    /// Every result that came back.
    pub(crate) fn heard(&self) -> Vec<PushResult> {
        self.heard.lock().unwrap().clone()
    }

    /// Told how many results each reply carries, before the device has them.
    pub(crate) fn on_answer(&self, tell: impl Fn(usize) + Send + 'static) {
        *self.on_answer.lock().unwrap() = Some(Box::new(tell));
    }
}

impl Transport for Way {
    fn post<'a>(&'a self, _server: &'a str, path: &'a str, headers: Headers, body: Vec<u8>) -> Answer<'a> {
        Box::pin(async move {
            let reply = self.http.post(&format!("http://{}", self.address), path, headers, body).await?;
            if reply.status == 200
                && let Ok(sync) = feltbog_protocol::decode::<SyncReply>(&reply.body)
                && !sync.results.is_empty()
            {
                assert!(sync.receipt.is_some(), "results without a receipt");
                if let Some(tell) = self.on_answer.lock().unwrap().as_ref() {
                    tell(sync.results.len());
                }
                self.heard.lock().unwrap().extend(sync.results);
            }
            Ok(reply)
        })
    }
}

pub(crate) fn new_case() -> NewCaseWish {
    NewCaseWish { number: CASE.into(), name: "Bo Bak".into(), ..NewCaseWish::default() }
}

pub(crate) fn contact(note: &str) -> LogWish {
    LogWish { case: Some(CASE.into()), kind: "contact".into(), note: note.into(), ..LogWish::default() }
}

/// The notes of the case, by entry.
pub(crate) fn notes(device: &mut Device) -> Result<Vec<(DocumentId, String)>, AppError> {
    Ok(device.show_case(CASE)?.entries.into_iter().map(|entry| (entry.entry, entry.note)).collect())
}

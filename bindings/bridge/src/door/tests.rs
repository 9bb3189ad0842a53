//! A door that is locked while somebody is still inside.

use std::future::Future;
use std::net::{SocketAddr, TcpListener};
use std::pin::Pin;
use std::sync::mpsc as blocking;
use std::task::{Context, Poll, Waker};

use tempfile::TempDir;
use tokio::sync::oneshot;

use super::*;
use crate::session::SetupWish;

mod phone;

pub(crate) use self::phone::Pocket;

pub(crate) const PASSPHRASE: &[u8] = b"blomme";

/// A device whose server takes connections and never says a word.
struct Room {
    folder: TempDir,
    door: Door,
    session: Session,
    _silent: TcpListener,
}

impl Room {
    async fn new() -> Self {
        let Town { folder, session, server } = Town::founded().await;
        let _silent = server.silenced().await;
        let door = closed(&folder.path().join("home"), None);
        door.stand_open(session.clone());
        Self { folder, door, session, _silent }
    }
}

/// A municipality whose first device is open.
pub(crate) struct Town {
    pub(crate) folder: TempDir,
    pub(crate) session: Session,
    pub(crate) server: Running,
}

pub(crate) struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
}

impl Town {
    pub(crate) async fn founded() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("server");
        let code = feltbog_server::init(&data, "By").unwrap().bootstrap.to_text();
        let server = feltbog_server::Server::bind(&data, "127.0.0.1:0".parse().unwrap()).await.unwrap();
        let address = server.address();
        let (stop, stopped) = oneshot::channel::<()>();
        let running = tokio::spawn(async move {
            let stopped = async move {
                let _ = stopped.await;
            };
            server.run(stopped).await.unwrap();
        });
        let wish = SetupWish {
            server: format!("http://{address}"),
            code,
            name: "Lone Vest".into(),
            programme: Some("Program".into()),
        };
        let (session, _) = Session::setup(&folder.path().join("home"), PASSPHRASE, wish).await.unwrap();
        Self { folder, session, server: Running { address, stop, running } }
    }
}

impl Town {
    /// An invitation for a consultant.
    pub(crate) async fn invitation(&self) -> String {
        let invite = Request::Invite {
            name: "Vera".into(),
            role: "consultant".into(),
            programme: None,
            side: None,
            valid_minutes: None,
        };
        let Reply::Invited { invitation, .. } = self.session.call(invite).await else { panic!("not invited") };
        invitation
    }
}

impl Running {
    /// The same address, at which connections are taken from now on and nothing is ever said.
    pub(crate) async fn silenced(self) -> TcpListener {
        self.stop.send(()).unwrap();
        self.running.await.unwrap();
        TcpListener::bind(self.address).unwrap()
    }
}

fn closed(home: &Path, vault: Option<Arc<dyn KeyVault>>) -> Door {
    Door::closed(Place::FIRST, home, vault, broadcast::Sender::new(8))
}

fn is_waiting<T>(future: &mut Pin<Box<dyn Future<Output = T> + Send + '_>>) -> bool {
    matches!(future.as_mut().poll(&mut Context::from_waker(Waker::noop())), Poll::Pending)
}

pub(crate) fn code(reply: &Reply) -> &str {
    match reply {
        Reply::Refused(refused) => &refused.code,
        _ => "",
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn locking_waits_for_what_works_with_the_database_and_then_the_device_is_gone() {
    let Room { folder, door, session, _silent } = Room::new().await;
    let (working, works) = blocking::channel();
    let (finish, finished) = blocking::channel::<()>();
    let busy = std::thread::spawn(move || {
        session.app.with(|_| {
            working.send(()).unwrap();
            let _ = finished.recv();
            Ok(())
        })
    });
    works.recv().unwrap();
    let mut asked: Pin<Box<dyn Future<Output = Reply> + Send>> = Box::pin(door.call(Request::Choices));
    assert!(is_waiting(&mut asked));
    let mut locking: Pin<Box<dyn Future<Output = ()> + Send>> = Box::pin(door.lock());
    assert!(is_waiting(&mut locking));
    assert_eq!(code(&door.call(Request::Choices).await), NEEDS_PASSPHRASE, "whoever comes after the lock");
    finish.send(()).unwrap();
    busy.join().unwrap().unwrap();
    locking.await;
    assert!(Session::open(&folder.path().join("home"), PASSPHRASE).is_ok(), "gone before its answer is fetched");
    assert!(matches!(asked.await, Reply::Choices(_)), "what was asked before is answered");
}

#[tokio::test(flavor = "multi_thread")]
async fn locking_waits_for_no_network() {
    let Room { folder, door, session, _silent } = Room::new().await;
    drop(session);
    let room = folder.path().join("home");
    let mut syncing: Pin<Box<dyn Future<Output = Reply> + Send>> = Box::pin(door.call(Request::Sync));
    assert!(is_waiting(&mut syncing));
    let (reply, ()) = tokio::join!(syncing, door.lock());
    assert_eq!(code(&reply), NEEDS_PASSPHRASE);
    assert!(Session::open(&room, PASSPHRASE).is_ok());
}

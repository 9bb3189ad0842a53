//! A municipality in one process, over the real server.

use std::path::PathBuf;
use std::sync::Arc;

use feltbog_domain::{Role, Side};
use tempfile::TempDir;

use crate::transport::Transport;
use crate::{App, HttpTransport, InviteWish, NewCaseWish, SetupWish, SystemClock, join, setup};

pub(super) const PASSPHRASE: &[u8] = b"test";

pub(super) struct Town {
    folder: TempDir,
    pub(super) leader: App,
}

impl Town {
    pub(super) async fn founded() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("server");
        let code = feltbog_server::init(&data, "By").unwrap().bootstrap.to_text();
        let server = feltbog_server::Server::bind(&data, "127.0.0.1:0".parse().unwrap()).await.unwrap();
        let wish = SetupWish {
            server: format!("http://{}", server.address()),
            code,
            name: "Lone Vest".into(),
            programme: Some("Program".into()),
        };
        tokio::spawn(server.run(std::future::pending()));
        let transport = Arc::new(HttpTransport::new().unwrap());
        let home = folder.path().join("leader");
        let (device, _) = setup(&home, PASSPHRASE, &wish, transport.as_ref(), Arc::new(SystemClock)).await.unwrap();
        Self { folder, leader: App::new(device, transport) }
    }

    /// Where the device of this name lives.
    pub(super) fn home(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// One more device, by somebody's invitation.
    pub(super) async fn joined(&self, home: &str, invitation: &str) -> App {
        let transport = Arc::new(HttpTransport::new().unwrap());
        let clock = Arc::new(SystemClock);
        let (device, _) =
            join(&self.home(home), PASSPHRASE, invitation, None, transport.as_ref(), clock).await.unwrap();
        App::new(device, transport)
    }

    /// Somebody who has joined and has the keys that go with the role.
    pub(super) async fn colleague(&self, name: &str, role: Role) -> App {
        self.colleague_over(name, role, Arc::new(HttpTransport::new().unwrap())).await
    }

    /// The same over another way to the server.
    pub(super) async fn colleague_over(&self, name: &str, role: Role, transport: Arc<dyn Transport>) -> App {
        self.colleague_on(None, name, role, transport).await
    }

    /// The same, of the treatment side.
    pub(super) async fn colleague_of_treatment(&self, name: &str, role: Role) -> App {
        self.colleague_on(Some(Side::Treatment), name, role, Arc::new(HttpTransport::new().unwrap())).await
    }

    async fn colleague_on(&self, side: Option<Side>, name: &str, role: Role, transport: Arc<dyn Transport>) -> App {
        let wish = InviteWish { name: name.into(), role, programme: None, side, valid_minutes: None };
        let invitation = self.leader.with(|d| d.invite(&wish)).unwrap().to_text();
        let home = self.folder.path().join(name);
        let (device, _) =
            join(&home, PASSPHRASE, &invitation, None, transport.as_ref(), Arc::new(SystemClock)).await.unwrap();
        let app = App::new(device, transport);
        app.exchange().await.unwrap();
        self.leader.exchange().await.unwrap();
        app.exchange().await.unwrap();
        app
    }
}

pub(super) fn new_case(number: &str, shared: bool) -> NewCaseWish {
    NewCaseWish {
        number: number.into(),
        name: "Borger".into(),
        consent_types: if shared { vec!["jobmål".into()] } else { Vec::new() },
        ..NewCaseWish::default()
    }
}

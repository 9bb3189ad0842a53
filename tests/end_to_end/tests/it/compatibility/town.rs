//! The recorded municipality, opened by this build.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use feltbog_app::{App, AppError, Device, HttpTransport, SystemClock, Transport};
use feltbog_protocol::{Envelope, RequestSignature};
use feltbog_sealing::{KeyFile, Secret, SigningPair};
use feltbog_server::Server;
use feltbog_store::{Home, Identity, Store};
use rusqlite::Connection;
use serde_json::Value;
use tempfile::TempDir;

use super::old_wire::OldRow;
use super::recorder::SERVER;
use super::recording::Recording;

/// A copy of what the build left, to be worked on.
pub struct Town {
    pub recording: Recording,
    folder: TempDir,
}

/// One entry as everybody must see it: its id, where it lies, its text.
pub type Seen = (String, String, String);

impl Town {
    pub fn of_build(build: u32) -> Self {
        let (recording, folder) = (Recording::of_build(build), tempfile::tempdir().unwrap());
        recording.lay_out(folder.path());
        Self { recording, folder }
    }

    /// The server's data folder.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join(SERVER)
    }

    pub fn home(&self, device: &str) -> PathBuf {
        self.folder.path().join(device)
    }

    pub fn passphrase(&self, device: &str) -> String {
        let file = fs::read_to_string(self.folder.path().join(format!("{device}.passphrase"))).unwrap();
        file.lines().next().unwrap().to_owned()
    }

    /// Serves the folder from now on; returns the address.
    pub async fn serve(&self) -> String {
        let server = Server::bind(&self.data(), "127.0.0.1:0".parse().unwrap()).await.unwrap();
        let url = format!("http://{}", server.address());
        tokio::spawn(server.run(std::future::pending()));
        url
    }

    pub fn open(&self, device: &str) -> Result<Device, AppError> {
        Device::open(&self.home(device), self.passphrase(device).as_bytes(), Arc::new(SystemClock))
    }

    pub fn app(&self, device: &str, transport: Arc<dyn Transport>) -> App {
        App::new(self.open(device).unwrap(), transport)
    }

    /// The key of a device's database.
    pub fn database_key(&self, device: &str) -> [u8; 32] {
        let file = fs::read(Home::at(&self.home(device)).key_file()).unwrap();
        let key = KeyFile::from_bytes(&file).unwrap().unlock(self.passphrase(device).as_bytes()).unwrap();
        *key.database().expose()
    }

    /// A device's database as it lies there.
    pub fn database(&self, device: &str) -> Connection {
        let connection = Connection::open(Home::at(&self.home(device)).database()).unwrap();
        let key: String = self.database_key(device).iter().map(|byte| format!("{byte:02x}")).collect();
        connection.execute_batch(&format!("PRAGMA key = \"x'{key}'\"")).unwrap();
        connection
    }

    /// What became, on a device, of what another one signed after it was recorded.
    pub fn row_statuses(&self, device: &str, of: &Signer) -> Vec<String> {
        let database = self.database(device);
        let sql = "SELECT status FROM env WHERE device = ?1 AND dseq > ?2 ORDER BY dseq";
        let mut statement = database.prepare(sql).unwrap();
        let after = i64::try_from(of.last_dseq).unwrap();
        let statuses = statement.query_map((of.identity.device.as_bytes(), after), |row| row.get(0)).unwrap();
        statuses.map(Result::unwrap).collect()
    }

    /// Stores rows as build 1 stored what it could not open.
    pub fn pass_over(&self, device: &str, rows: &[OldRow]) {
        let database = self.database(device);
        for row in rows {
            let envelope = Envelope::decode(row.envelope.clone()).unwrap();
            let header = envelope.header();
            database
                .execute(
                    "INSERT INTO env (device, dseq, tenant_seq, folder, kind, lineage, key_epoch, env_hash, bytes,
                                      status, reason)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'ignored', 'suite')",
                    (
                        header.device.as_bytes(),
                        i64::try_from(header.dseq).unwrap(),
                        i64::try_from(row.seq).unwrap(),
                        header.folder.as_bytes(),
                        header.kind,
                        header.lineage,
                        header.key_epoch,
                        envelope.hash().0,
                        envelope.bytes(),
                    ),
                )
                .unwrap();
        }
    }

    /// Who a device is, its keys included.
    pub fn signer(&self, device: &str) -> Signer {
        let store = Store::open(&Home::at(&self.home(device)).database(), &self.database_key(device)).unwrap();
        let identity = store.reader().identity().unwrap().unwrap();
        let signing = SigningPair::from_seed(&Secret::new(*identity.sign_seed));
        Signer { identity, signing, last_dseq: store.reader().progress().unwrap().last_dseq }
    }

    /// What a device showed of a case when it was recorded.
    pub fn shown(&self, device: &str, case: &str, after: bool) -> Option<BTreeSet<Seen>> {
        let page = self.answer(device, &format!("show {case}"), after)?;
        let text = |entry: &Value, field: &str| entry[field].as_str().unwrap().to_owned();
        let seen = |entry| (text(entry, "entry"), text(entry, "folder"), text(entry, "note"));
        Some(feltbog_harness::entries(&page).iter().map(seen).collect())
    }

    /// How much a device had not sent when it was recorded.
    pub fn unsent(&self, device: &str) -> u64 {
        self.answer(device, "status", false).unwrap()["unsent"].as_u64().unwrap()
    }

    fn answer(&self, device: &str, asked: &str, after: bool) -> Option<Value> {
        let mut shown = self.recording.shown.iter();
        let found =
            shown.find(|shown| (shown.device.as_str(), shown.asked.as_str(), shown.after) == (device, asked, after));
        found.map(|shown| serde_json::from_str(&shown.answer).unwrap())
    }
}

/// What this build shows of a case; `None` when it is not there.
pub fn sees(app: &App, case: &str) -> Option<BTreeSet<Seen>> {
    let view = match app.with(|device| device.show_case(case)) {
        Ok(view) => view,
        Err(AppError::UnknownCase) => return None,
        Err(error) => panic!("{error}"),
    };
    let entries = view.entries.into_iter();
    Some(entries.map(|entry| (entry.entry.to_string(), entry.folder.word().to_owned(), entry.note)).collect())
}

/// A device's identity, for speaking in its name without its program.
pub struct Signer {
    pub identity: Identity,
    pub signing: SigningPair,
    /// The last number it has used.
    pub last_dseq: u64,
}

impl Signer {
    /// Posts a body, signed now, and returns status and body.
    pub async fn post(&self, server: &str, path: &'static str, body: &[u8]) -> (u16, Vec<u8>) {
        let now_ms = feltbog_app::Clock::now_ms(&SystemClock);
        let Identity { tenant, device, .. } = self.identity;
        let signature = self.signing.sign_request(tenant, device, "POST", path, body, now_ms);
        let headers =
            vec![("authorization", signature.to_string()), (RequestSignature::TENANT_HEADER, tenant.to_string())];
        let reply = HttpTransport::new().unwrap().post(server, path, headers, body.to_vec()).await.unwrap();
        (reply.status, reply.body)
    }
}

/// Every file below a folder that outlives a process, with its bytes.
pub fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let lasting = feltbog_harness::scan::files(folder).into_iter().filter(|path| !path.ends_with("lock"));
    lasting.map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

//! A server that is ready to serve, and serves until it is told to stop.

use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use tokio::net::TcpListener;

use crate::access::Access;
use crate::data_dir::DataDir;
use crate::http;
use crate::log::{Log, StoreError};
use crate::receipt_key::{ReceiptKey, ReceiptKeyError};
use crate::surroundings::Surroundings;

/// An open store and a bound address.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    access: Arc<Access>,
}

/// Why a server did not start.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Nothing to serve.
    #[error("there is no store in this folder: make one with `feltbog-server init`")]
    NoStore,
    /// The key.
    #[error("{0}")]
    Key(String),
    /// The database.
    #[error("{0}")]
    Store(String),
    /// The address.
    #[error("the address could not be listened on: {0}")]
    Listen(#[source] io::Error),
}

impl From<StoreError> for ServeError {
    fn from(error: StoreError) -> Self {
        ServeError::Store(error.to_string())
    }
}

impl From<ReceiptKeyError> for ServeError {
    fn from(error: ReceiptKeyError) -> Self {
        ServeError::Key(error.to_string())
    }
}

impl Server {
    /// Opens the store in `data` and binds `listen`; from here on connections queue up.
    ///
    /// # Errors
    /// [`ServeError`].
    pub async fn bind(data: &Path, listen: SocketAddr) -> Result<Self, ServeError> {
        let dir = DataDir::at(data);
        if !dir.has_store() {
            return Err(ServeError::NoStore);
        }
        let key = ReceiptKey::load(&dir.receipt_key())?;
        let log = Log::open(&dir.database())?;
        let listener = TcpListener::bind(listen).await.map_err(ServeError::Listen)?;
        let address = listener.local_addr().map_err(ServeError::Listen)?;
        Ok(Self { listener, address, access: Arc::new(Access::new(log, key, Surroundings::of_the_machine())) })
    }

    /// The address in use; tells the port where any was asked for.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until `stop` is done, then finishes the requests under way.
    pub async fn run(self, stop: impl Future<Output = ()>) {
        http::run(self.listener, self.access, stop).await;
    }
}

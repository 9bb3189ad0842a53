//! One connection, with the statements it has prepared. Calls block, on whatever thread.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::Arc;

use rustls::ClientConfig;
use rustls_platform_verifier::BuilderVerifierExt;
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::tls::MakeTlsConnect;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, NoTls, Row, Socket, Statement};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::{DatabaseAddress, StoreError};
use crate::wait::wait;

/// What is written is on disk before it counts; whoever holds the writers' lock and is not heard of any more loses it.
const SETTINGS: &str = "
    SET jit = off;
    SET lock_timeout = '20s';
    SET idle_in_transaction_session_timeout = '60s';
    SELECT set_config('synchronous_commit', 'on', FALSE) WHERE current_setting('synchronous_commit') = 'off'";

/// A thread on which the bytes of all connections come and go.
pub(super) struct Carrier(Option<Runtime>);

impl Carrier {
    pub(super) fn start() -> Result<Arc<Self>, StoreError> {
        let runtime = Builder::new_multi_thread().worker_threads(1).thread_name("postgres").enable_all().build();
        Ok(Arc::new(Self(Some(runtime.map_err(StoreError::Thread)?))))
    }
}

impl Drop for Carrier {
    /// The thread that drops it may be one on which nobody may wait.
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

/// An open connection.
pub(super) struct Session {
    client: Client,
    statements: RefCell<HashMap<&'static str, Statement>>,
    is_gone: Cell<bool>,
    _carrier: Arc<Carrier>,
}

impl Session {
    pub(super) fn open(address: &DatabaseAddress, carrier: &Arc<Carrier>) -> Result<Self, StoreError> {
        let client = if address.is_encrypted() {
            connect(address, carrier, MakeRustlsConnect::new(trusting_what_the_system_trusts()?))
        } else {
            connect(address, carrier, NoTls)
        }?;
        let session =
            Self { client, statements: RefCell::default(), is_gone: Cell::new(false), _carrier: Arc::clone(carrier) };
        session.batch(SETTINGS)?;
        Ok(session)
    }

    /// All rows of an answer.
    pub(super) fn rows(&self, sql: &'static str, values: &[&(dyn ToSql + Sync)]) -> Result<Vec<Row>, StoreError> {
        let statement = self.prepared(sql)?;
        self.heard(wait(self.client.query(&statement, values)))
    }

    /// The first row of an answer, if there is any.
    pub(super) fn row(&self, sql: &'static str, values: &[&(dyn ToSql + Sync)]) -> Result<Option<Row>, StoreError> {
        Ok(self.rows(sql, values)?.into_iter().next())
    }

    /// Changes something; gives the number of rows.
    pub(super) fn run(&self, sql: &'static str, values: &[&(dyn ToSql + Sync)]) -> Result<u64, StoreError> {
        let statement = self.prepared(sql)?;
        self.heard(wait(self.client.execute(&statement, values)))
    }

    /// Several statements without values, in one message.
    pub(super) fn batch(&self, sql: &str) -> Result<(), StoreError> {
        self.heard(wait(self.client.batch_execute(sql)))
    }

    /// Whether nothing can be asked any more.
    pub(super) fn is_gone(&self) -> bool {
        self.client.is_closed() || self.is_gone.get()
    }

    fn heard<T>(&self, answer: Result<T, tokio_postgres::Error>) -> Result<T, StoreError> {
        let answer = answer.map_err(StoreError::from);
        if let Err(StoreError::Postgres(failure)) = &answer
            && failure.is_gone
        {
            self.is_gone.set(true);
        }
        answer
    }

    fn prepared(&self, sql: &'static str) -> Result<Statement, StoreError> {
        if let Some(statement) = self.statements.borrow().get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.heard(wait(self.client.prepare(sql)))?;
        self.statements.borrow_mut().insert(sql, statement.clone());
        Ok(statement)
    }
}

fn connect<T>(address: &DatabaseAddress, carrier: &Carrier, tls: T) -> Result<Client, StoreError>
where
    T: MakeTlsConnect<Socket> + Send + 'static,
    T::Stream: Send,
    T::TlsConnect: Send,
    <T::TlsConnect as tokio_postgres::tls::TlsConnect<Socket>>::Future: Send,
{
    let runtime = carrier.0.as_ref().ok_or(StoreError::Stopped)?;
    let config = address.config().clone();
    let connecting = runtime.spawn(async move {
        let (client, connection) = config.connect(tls).await?;
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::warn!(error = %StoreError::from(error), "a connection to the database ended");
            }
        });
        Ok::<_, tokio_postgres::Error>(client)
    });
    Ok(wait(connecting).map_err(|_| StoreError::Stopped)??)
}

fn trusting_what_the_system_trusts() -> Result<ClientConfig, StoreError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(BuilderVerifierExt::with_platform_verifier)
        .map_err(StoreError::Tls)?;
    Ok(config.with_no_client_auth())
}

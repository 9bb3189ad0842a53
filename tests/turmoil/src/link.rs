//! A device's way to the server: hyper over a simulated socket, one connection that is kept.

use std::sync::Mutex;
use std::time::Duration;

use bytes::Bytes;
use feltbog_app::{Answer, Headers, HttpReply, Transport, Unreachable};
use http_body_util::{BodyExt, Full};
use hyper::Request;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use turmoil::net::TcpStream;

/// The server's name and port in the simulated network.
pub(crate) const SERVER: &str = "server";
pub(crate) const PORT: u16 = 8484;
/// As the shipped client has them.
const CONNECT: Duration = Duration::from_secs(10);
const ROUND_TRIP: Duration = Duration::from_secs(90);

type Connection = SendRequest<Full<Bytes>>;

/// The link of one device.
#[derive(Default)]
pub(crate) struct Link {
    idle: Mutex<Option<Connection>>,
}

impl Link {
    async fn round_trip(&self, path: &str, headers: Headers, body: Vec<u8>) -> Result<HttpReply, Unreachable> {
        let kept = self.idle.lock().unwrap().take().filter(|kept| !kept.is_closed());
        let mut connection = match kept {
            Some(kept) => kept,
            None => connect().await?,
        };
        connection.ready().await.map_err(|_| Unreachable)?;
        let bytes_up = body.len() as u64;
        let mut request = Request::post(path).header("host", SERVER).header("content-type", "application/cbor");
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let request = request.body(Full::new(Bytes::from(body))).map_err(|_| Unreachable)?;
        let response = connection.send_request(request).await.map_err(|_| Unreachable)?;
        let status = response.status().as_u16();
        let body = response.into_body().collect().await.map_err(|_| Unreachable)?.to_bytes().to_vec();
        *self.idle.lock().unwrap() = Some(connection);
        Ok(HttpReply { status, bytes_up, bytes_down: body.len() as u64, body })
    }
}

async fn connect() -> Result<Connection, Unreachable> {
    let connecting = tokio::time::timeout(CONNECT, TcpStream::connect((SERVER, PORT))).await;
    let stream = connecting.map_err(|_| Unreachable)?.map_err(|_| Unreachable)?;
    let (connection, driver) = handshake(TokioIo::new(stream)).await.map_err(|_| Unreachable)?;
    // Ends with the connection; how is told to whoever waits for a reply.
    tokio::spawn(async move { drop(driver.await) });
    Ok(connection)
}

impl Transport for Link {
    fn post<'a>(&'a self, _: &'a str, path: &'a str, headers: Headers, body: Vec<u8>) -> Answer<'a> {
        Box::pin(async move {
            // Given up on, the connection is dropped with the request: nobody may find a late reply on it.
            tokio::time::timeout(ROUND_TRIP, self.round_trip(path, headers, body)).await.unwrap_or(Err(Unreachable))
        })
    }
}

//! How many connections one device may have, seen from another computer than the server's own.

use std::io::{self, Read, Write};
use std::net::{IpAddr, SocketAddr, TcpStream};
use std::sync::mpsc;
use std::thread;

use feltbog_protocol::{ErrorCode, Problem, RequestSignature, SyncRequest};
use feltbog_server::{Listener, Server, Store};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::support::{TestDevice, TestServer, TestTenant, now_ms};

/// As if every connection came over a network.
struct Afar(TcpListener);

impl Listener for Afar {
    type Connection = tokio::net::TcpStream;

    async fn accept(&self) -> io::Result<(tokio::net::TcpStream, IpAddr)> {
        let (stream, _) = self.0.accept().await?;
        Ok((stream, IpAddr::from([192, 0, 2, 7])))
    }

    fn address(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

/// Serves a store to computers afar while `act` runs.
fn served_afar(store: Store, act: impl FnOnce(SocketAddr)) {
    let (tell, told) = mpsc::channel();
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        runtime.block_on(async move {
            let listener = async { Ok(Afar(TcpListener::bind("127.0.0.1:0").await.unwrap())) };
            let server = Server::over(store, listener).await.unwrap();
            tell.send(server.address()).unwrap();
            server.run(async { drop(stopped.await) }).await.unwrap();
        });
    });
    act(told.recv().unwrap());
    drop(stop);
    serving.join().unwrap();
}

/// One exchange on a connection that stays open; status, whole head and body of the answer.
fn ask(stream: &mut TcpStream, device: &TestDevice) -> (u16, String, Vec<u8>) {
    let body = feltbog_protocol::encode(&SyncRequest::default());
    let head = format!(
        "POST /v1/sync HTTP/1.1\r\nhost: test\r\ncontent-type: application/cbor\r\ncontent-length: {}\r\nauthorization: {}\r\n{}: {}\r\n\r\n",
        body.len(),
        device.authorization("/v1/sync", &body, now_ms()),
        RequestSignature::TENANT_HEADER,
        device.tenant,
    );
    stream.write_all(&[head.as_bytes(), &body].concat()).unwrap();
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).unwrap();
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap().to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap().parse().unwrap();
    let mut answer = vec![0; length];
    stream.read_exact(&mut answer).unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), head, answer)
}

#[test]
fn a_device_has_so_many_connections_and_others_are_served() {
    let mut server = TestServer::start();
    let (device, other) = {
        let tenant = TestTenant::found(&server);
        (tenant.founder.clone(), tenant.enrol_consultant())
    };
    server.stop();
    served_afar(server.store(), |address| {
        let connect = || TcpStream::connect(address).unwrap();
        let mut open: Vec<TcpStream> = (0..32).map(|_| connect()).collect();
        for stream in &mut open {
            assert_eq!(ask(stream, &device).0, 200);
        }
        let mut one_more = connect();
        let (status, head, body) = ask(&mut one_more, &device);
        let problem: Problem = feltbog_protocol::decode(&body).unwrap();
        assert_eq!((status, problem.code), (429, ErrorCode::Busy));
        assert!(head.contains("retry-after: 10\r\n"), "{head}");
        assert_eq!(ask(&mut open[0], &device).0, 200, "on those that are open it is served");
        assert_eq!(ask(&mut connect(), &other).0, 200, "and so is everybody else");
        let forged = TestDevice { id: device.id, ..TestDevice::new(device.tenant) };
        assert_eq!(ask(&mut connect(), &forged).0, 401, "a place is nobody's who cannot sign");
        drop(open.pop());
        while ask(&mut one_more, &device).0 == 429 {}
    });
}

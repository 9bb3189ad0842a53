//! A municipality: a server, a leader, and whoever joins.

use std::path::Path;

use tempfile::TempDir;

use crate::{Device, ServerCopy, TestServer, Wire};

/// Who leads the programme.
const LEADER: &str = "Ingrid Dahl";

/// A server with one tenant, and its first device.
#[derive(Debug)]
pub struct World {
    server: TestServer,
    wire: Wire,
    leader: Device,
    bootstrap: String,
    folder: TempDir,
}

impl World {
    /// The municipality and programme every test may have.
    #[must_use]
    pub fn new() -> Self {
        Self::of("Testkommunen", "IPS Sydhavnen")
    }

    /// Another municipality.
    #[must_use]
    pub fn of(tenant: &str, programme: &str) -> Self {
        let (server, bootstrap) = TestServer::start(tenant);
        let (wire, folder) = (Wire::new(), tempfile::tempdir().unwrap());
        wire.lead_to(server.address());
        let leader = Device::at(folder.path(), "leder");
        let shares = folder.path().join("andele");
        leader.json(&[
            "setup",
            "--server",
            &wire.url(),
            "--code",
            &bootstrap,
            "--name",
            LEADER,
            "--programme",
            programme,
            "--shares-to",
            shares.to_str().unwrap(),
        ]);
        Self { server, wire, leader, bootstrap, folder }
    }

    /// The leader, who is also administrator.
    #[must_use]
    pub fn leader(&self) -> &Device {
        &self.leader
    }

    /// The leader's name.
    #[must_use]
    pub fn leader_name(&self) -> &'static str {
        LEADER
    }

    /// The code the first device was set up with, used up by now.
    #[must_use]
    pub fn bootstrap(&self) -> &str {
        &self.bootstrap
    }

    /// A device that has no home yet.
    #[must_use]
    pub fn device(&self, name: &str) -> Device {
        Device::at(self.folder.path(), name)
    }

    /// Somebody with this role, invited by the leader and joined; nothing is exchanged yet.
    #[must_use]
    pub fn member(&self, name: &str, role: &str) -> Device {
        let device = self.device(name);
        device.join(&self.leader.invite(name, role));
        device
    }

    /// An IPS consultant.
    #[must_use]
    pub fn consultant(&self, name: &str) -> Device {
        self.member(name, "consultant")
    }

    /// A treatment worker.
    #[must_use]
    pub fn treatment(&self, name: &str) -> Device {
        self.member(name, "treatment")
    }

    /// Everybody exchanges, one after the other, twice: after that nothing may be left to say.
    pub fn exchange_twice(&self, devices: &[&Device]) {
        for _ in 0..2 {
            self.leader.sync();
            for device in devices {
                device.sync();
            }
        }
    }

    /// The server.
    #[must_use]
    pub fn server(&self) -> &TestServer {
        &self.server
    }

    /// The way to the server.
    #[must_use]
    pub fn wire(&self) -> &Wire {
        &self.wire
    }

    /// Takes the server down in good order.
    pub fn server_down(&mut self) {
        self.wire.lead_to(None);
        self.server.stop();
    }

    /// `kill -9` on the server.
    pub fn kill_server(&mut self) {
        self.server.kill();
    }

    /// Brings the server up again on the same folder.
    pub fn server_up(&mut self) {
        self.server.serve();
        self.wire.lead_to(self.server.address());
    }

    /// Starts the server again with a configuration.
    pub fn configure_server(&mut self, text: &str) {
        self.server_down();
        self.server.configure(text);
        self.server_up();
    }

    /// Sets a copy of the server's database aside, with the server down for that long.
    pub fn copy_server(&mut self) -> ServerCopy {
        self.server_down();
        let copy = self.server.copy();
        self.server_up();
        copy
    }

    /// Puts the server back to a copy, with nobody told.
    pub fn restore_server(&mut self, copy: &ServerCopy) {
        self.server_down();
        self.server.put_back(copy);
        self.server_up();
    }

    /// A folder for a test's own files.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

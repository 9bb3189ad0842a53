//! How much of everything there is at a time: connections, bodies in memory, requests of one client behind a proxy.

use std::net::IpAddr;
use std::sync::Arc;

use axum::http::HeaderMap;
use tokio::sync::Semaphore;

use super::origin::Origin;
use super::receiving::Receiving;
use crate::crowd::{Crowd, Inside};
use crate::limits::Limits;
use crate::settings::ClientHeader;

/// The bounds of one server.
pub(crate) struct Bounds {
    /// Connections at a time, wherever they come from.
    pub(super) places: Arc<Semaphore>,
    /// Room for bodies.
    pub(super) receiving: Arc<Receiving>,
    peers: Arc<Crowd<Origin>>,
    clients: Arc<Crowd<Option<Origin>>>,
    header: Option<ClientHeader>,
}

/// Whoever was let in, until this is dropped.
#[derive(Debug)]
pub(super) struct Admission<K: Eq + std::hash::Hash + Copy> {
    _inside: Option<Inside<K>>,
}

impl Bounds {
    pub(crate) fn of(limits: &Limits, header: Option<ClientHeader>) -> Arc<Self> {
        let places = usize::try_from(limits.connections).unwrap_or(Semaphore::MAX_PERMITS);
        Arc::new(Self {
            places: Arc::new(Semaphore::new(places.min(Semaphore::MAX_PERMITS))),
            receiving: Receiving::of(limits.request_bytes_at_once),
            peers: Crowd::of(limits.connections_per_address),
            clients: Crowd::of(limits.connections_per_address),
            header,
        })
    }

    /// Whether a connection may begin. A proxy has everybody's, so nobody's are counted where one says who they are.
    pub(super) fn connection(&self, peer: IpAddr) -> Option<Admission<Origin>> {
        match Origin::of_peer(peer) {
            Some(origin) if self.header.is_none() => {
                self.peers.enter(origin).map(|inside| Admission { _inside: Some(inside) })
            }
            _ => Some(Admission { _inside: None }),
        }
    }

    /// Whether the other end of a connection is whoever it is about, and not a proxy with everybody's.
    pub(super) fn is_direct(&self, peer: IpAddr) -> bool {
        self.header.is_none() && Origin::of_peer(peer).is_some()
    }

    /// Whom a request is from, as far as that is known.
    pub(super) fn client(&self, peer: IpAddr, headers: &HeaderMap) -> Option<IpAddr> {
        let origin = match &self.header {
            Some(header) => Origin::named(headers, header),
            None => Origin::of_peer(peer),
        };
        origin.map(Origin::address)
    }

    /// Whether a request may begin. Behind a proxy a client's requests under way are what its connections are otherwise;
    /// those that name nobody count as one client's.
    pub(super) fn request(&self, headers: &HeaderMap) -> Option<Admission<Option<Origin>>> {
        let Some(header) = &self.header else { return Some(Admission { _inside: None }) };
        let client = Origin::named(headers, header);
        self.clients.enter(client).map(|inside| Admission { _inside: Some(inside) })
    }
}

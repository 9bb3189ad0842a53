//! Where a request comes from, as far as limits go.

use std::net::{IpAddr, Ipv6Addr};

use axum::http::HeaderMap;

use crate::access::Seat;
use crate::settings::ClientHeader;

/// The other end of a connection: a device, a browser, or the proxy before this server.
#[derive(Debug, Clone)]
pub(super) struct Peer {
    pub(super) address: IpAddr,
    /// Of a connection that is one device's; none where a proxy has everybody's.
    pub(super) own: Option<Seat>,
}

impl Peer {
    /// The place of a request's device.
    pub(super) fn seat(self) -> Seat {
        self.own.unwrap_or_default()
    }
}

/// One subscriber of a network: an address, or in IPv6 the network of 64 bits that one subscriber has to himself. Kept only
/// while something from there is under way, and never written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Origin(IpAddr);

impl Origin {
    /// Of a connection; none for this computer itself, where a proxy has the connections of everybody.
    pub(super) fn of_peer(peer: IpAddr) -> Option<Self> {
        let peer = peer.to_canonical();
        (!peer.is_loopback()).then(|| Self::of(peer))
    }

    /// As the proxy in front says. Of a list the last counts: what stands before it the client may have written itself.
    pub(super) fn named(headers: &HeaderMap, header: &ClientHeader) -> Option<Self> {
        let text = headers.get_all(&header.0).into_iter().next_back()?.to_str().ok()?;
        text.rsplit(',').next()?.trim().parse().ok().map(Self::of)
    }

    /// The address, or the network's own.
    pub(super) fn address(self) -> IpAddr {
        self.0
    }

    fn of(address: IpAddr) -> Self {
        const NETWORK: u128 = !0 << 64;
        Self(match address.to_canonical() {
            IpAddr::V4(address) => address.into(),
            IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & NETWORK).into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<Origin> {
        Origin::of_peer(text.parse().unwrap())
    }

    #[test]
    fn an_address_is_one_origin_and_so_is_a_network_of_64_bits() {
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff:1"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
        assert_eq!([of("127.0.0.1"), of("127.9.9.9"), of("::1"), of("::ffff:127.0.0.1")], [None; 4]);
    }

    #[test]
    fn of_what_the_header_lists_the_proxys_own_word_counts() {
        let header: ClientHeader = "X-Forwarded-For".to_owned().try_into().unwrap();
        let named = |lines: &[&'static str]| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(&header.0, axum::http::HeaderValue::from_static(line));
            }
            Origin::named(&headers, &header)
        };
        assert_eq!(named(&["198.51.100.9, 192.0.2.1"]), of("192.0.2.1"));
        assert_eq!(named(&["198.51.100.9", "192.0.2.1"]), of("192.0.2.1"));
        assert_eq!([named(&["somebody"]), named(&[]), named(&["192.0.2.1,"])], [None; 3]);
    }
}

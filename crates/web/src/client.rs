//! Whoever a request comes from, as far as the connection tells, and the proxies that are
//! believed about whom they speak for. How often somebody may do something is in
//! [`crate::tries`].

use crate::App;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::str::FromStr;
use std::sync::{Arc, Once};

/// Addresses that begin alike: `10.0.0.0/8`, `2001:db8::/32`, or one alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u32,
}

/// The proxies that were named in the settings. Nobody else is believed about whom they speak
/// for: anyone can write that down.
#[derive(Clone, Debug, Default)]
pub struct Proxies(pub Vec<Network>);

/// Whoever a request comes from; nothing where it came over no connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Client(Option<IpAddr>);

impl FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text} is no address such as 192.0.2.7, nor a network such as 10.0.0.0/8");
        let (address, bits) =
            text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
        let address = IpAddr::from_str(address.trim()).map_err(|_| wrong())?.to_canonical();
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(most), |bits| bits.trim().parse().map_err(|_| wrong()))?;
        if bits > most { Err(wrong()) } else { Ok(Self { address, bits }) }
    }
}

impl Network {
    fn has(&self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                (own.to_bits() ^ other.to_bits()).checked_shr(32 - self.bits).unwrap_or(0) == 0
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                (own.to_bits() ^ other.to_bits()).checked_shr(128 - self.bits).unwrap_or(0) == 0
            }
            _ => false,
        }
    }
}

impl Proxies {
    /// Whether an address is one of them.
    #[must_use]
    pub fn have(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.has(address))
    }
}

impl Client {
    /// Whoever sent a request: who is connected, or whom a proxy speaks for. Proxies write each
    /// whom they heard it from at the end of a list, so the last that is none of them counts.
    #[must_use]
    pub fn of(parts: &Parts, proxies: &Proxies) -> Self {
        static TOLD: Once = Once::new();
        let Some(ConnectInfo(peer)) = parts.extensions.get::<ConnectInfo<SocketAddr>>() else {
            return Self(None);
        };
        let peer = peer.ip().to_canonical();
        if !proxies.have(peer) {
            if parts.headers.contains_key(FORWARDED) {
                TOLD.call_once(|| {
                    tracing::warn!(%peer, "a proxy says for whom it asks and is not believed; name it by --trusted-proxy");
                });
            }
            return Self(Some(peer));
        }
        let client = forwarded(&parts.headers).take_while(Option::is_some).flatten();
        Self(Some(client.into_iter().find(|address| !proxies.have(*address)).unwrap_or(peer)))
    }

    /// The network it comes from, as a bucket is named by it: one subscriber has a whole /64 of
    /// IPv6 addresses.
    #[must_use]
    pub fn network(self) -> String {
        match self.0 {
            None => "-".to_owned(),
            Some(IpAddr::V4(address)) => address.to_string(),
            Some(IpAddr::V6(address)) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).to_string(),
        }
    }

    /// Whether it is this machine itself: what runs here may do as much as it likes.
    #[must_use]
    pub fn is_here(self) -> bool {
        self.0.is_none_or(|address| address.is_loopback())
    }
}

const FORWARDED: &str = "x-forwarded-for";

/// The addresses of the list, the last first; nothing where one does not read.
fn forwarded(headers: &HeaderMap) -> impl Iterator<Item = Option<IpAddr>> {
    let lists = headers.get_all(FORWARDED).iter().rev();
    let texts = lists.map(|list| list.to_str().unwrap_or("?"));
    texts
        .flat_map(|list| list.rsplit(','))
        .map(|text| text.trim().parse::<IpAddr>().ok().map(|a| a.to_canonical()))
}

impl FromRequestParts<Arc<App>> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Infallible> {
        Ok(Self::of(parts, &app.proxies))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use axum::http::Request;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_network_is_written_as_an_address_or_by_how_its_addresses_begin() {
        for (network, inside, outside) in [
            ("10.0.0.0/8", "10.255.1.2", "11.0.0.0"),
            ("192.0.2.7", "::ffff:192.0.2.7", "192.0.2.8"),
            ("::ffff:192.0.2.7", "192.0.2.7", "192.0.2.8"),
            ("2001:db8::/32", "2001:db8:ffff::1", "2001:db9::1"),
            ("::1", "::1", "::2"),
            ("0.0.0.0/0", "203.0.113.9", "2001:db8::1"),
            ("::/0", "2001:db8::1", "203.0.113.9"),
        ] {
            let network: Network = network.parse().unwrap();
            assert!(network.has(address(inside)) && !network.has(address(outside)), "{network:?}");
        }
        for text in ["", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0/8", "localhost", "10.0.0.0/8/8"] {
            let wrong = text.parse::<Network>().unwrap_err();
            assert!(wrong.contains("such as 10.0.0.0/8"), "{wrong}");
        }
    }

    #[test]
    fn only_a_proxy_that_was_named_is_believed() {
        let proxies = Proxies(vec!["127.0.0.1".parse().unwrap(), "10.0.0.0/8".parse().unwrap()]);
        for (peer, lists, wanted) in [
            ("127.0.0.1:1", &["203.0.113.9, 198.51.100.4"][..], "198.51.100.4"),
            // What is written before the first address that a proxy of ours did not write is anyone's.
            ("127.0.0.1:1", &["203.0.113.9, 198.51.100.4, 10.1.1.1"], "198.51.100.4"),
            ("10.9.9.9:1", &["203.0.113.9", "198.51.100.4"], "198.51.100.4"),
            ("10.9.9.9:1", &["198.51.100.4, unknown"], "10.9.9.9"),
            ("10.9.9.9:1", &["2001:db8::7"], "2001:db8::7"),
            ("127.0.0.1:1", &[], "127.0.0.1"),
            ("[::1]:1", &["198.51.100.4"], "::1"),
            ("192.0.2.7:1", &["198.51.100.4"], "192.0.2.7"),
        ] {
            let mut request =
                Request::post("/signin").extension(ConnectInfo(peer.parse::<SocketAddr>().unwrap()));
            for list in lists {
                request = request.header(FORWARDED, *list);
            }
            let (parts, ()) = request.body(()).unwrap().into_parts();
            assert_eq!(Client::of(&parts, &proxies), Client(Some(address(wanted))), "{peer} {lists:?}");
        }
        let (parts, ()) = Request::post("/signin").body(()).unwrap().into_parts();
        assert!(Client::of(&parts, &proxies).is_here(), "over no connection");
    }

    #[test]
    fn a_network_is_an_address_or_a_subscribers_whole_range() {
        let network = |text| Client(Some(address(text).to_canonical())).network();
        assert_eq!(network("192.0.2.7"), network("::ffff:192.0.2.7"));
        assert_eq!(network("2001:db8::1"), network("2001:db8::2"));
        assert_ne!(network("192.0.2.7"), network("192.0.2.8"));
        assert_ne!(network("2001:db8::1"), network("2001:db8:0:1::1"));
    }
}

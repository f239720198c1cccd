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

/// Whoever a request comes from, as far as that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Client {
    /// This machine itself: over no connection, or from here and for nobody else.
    Here,
    /// Whoever has this address.
    At(IpAddr),
    /// Anyone behind a proxy of ours that does not say for whom it asks, or not readably.
    Behind(IpAddr),
}

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
    /// Whoever says that it asks for another is a proxy, named or not, and so never this machine.
    #[must_use]
    pub fn of(parts: &Parts, proxies: &Proxies) -> Self {
        static UNNAMED: Once = Once::new();
        static SILENT: Once = Once::new();
        let Some(ConnectInfo(peer)) = parts.extensions.get::<ConnectInfo<SocketAddr>>() else {
            return Self::Here;
        };
        let peer = peer.ip().to_canonical();
        let for_another = FOR_ANOTHER.iter().any(|header| parts.headers.contains_key(*header));
        match (proxies.have(peer), for_another) {
            (false, false) if peer.is_loopback() => Self::Here,
            (false, false) => Self::At(peer),
            (false, true) => {
                UNNAMED.call_once(|| {
                    tracing::warn!(%peer, "a proxy asks for others and is not believed, so they share one limit; name it by --trusted-proxy");
                });
                Self::At(peer)
            }
            (true, _) => last_heard(&parts.headers, proxies).map_or_else(
                || {
                    SILENT.call_once(|| {
                        tracing::warn!(%peer, "a proxy does not say in X-Forwarded-For for whom it asks, so they share one limit");
                    });
                    Self::Behind(peer)
                },
                Self::At,
            ),
        }
    }

    /// The network it comes from, as a bucket is named by it: one subscriber has a whole /64 of
    /// IPv6 addresses.
    #[must_use]
    pub fn network(self) -> String {
        match self {
            Self::Here => "-".to_owned(),
            Self::At(IpAddr::V4(address)) => address.to_string(),
            Self::At(IpAddr::V6(address)) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).to_string(),
            Self::Behind(proxy) => format!("behind {proxy}"),
        }
    }

    /// Whether it is this machine itself: what runs here may do as much as it likes.
    #[must_use]
    pub fn is_here(self) -> bool {
        self == Self::Here
    }
}

/// What proxies say in for whom they ask. Only the first is believed, and only of those that were
/// named: each of them adds to it, while it may pass on the others as a client wrote them.
const FOR_ANOTHER: [&str; 3] = [FORWARDED, "forwarded", "x-real-ip"];
const FORWARDED: &str = "x-forwarded-for";

/// The last in the list that is no proxy of ours: the last that one of ours wrote. Nothing where
/// that does not read, since what stands before it is anyone's.
fn last_heard(headers: &HeaderMap, proxies: &Proxies) -> Option<IpAddr> {
    let lists = headers.get_all(FORWARDED).iter().rev();
    let hops = lists.flat_map(|list| list.to_str().unwrap_or("?").rsplit(','));
    hops.map(hop).find(|hop| hop.is_none_or(|address| !proxies.have(address))).flatten()
}

/// An address as proxies write it: alone, in brackets, or with a port.
fn hop(text: &str) -> Option<IpAddr> {
    let text = text.trim().trim_matches('"');
    let alone = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    let address = IpAddr::from_str(alone).or_else(|_| SocketAddr::from_str(text).map(|with| with.ip()));
    address.ok().map(|address| address.to_canonical())
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

    /// Whoever a request comes from, with these proxies named.
    fn client(peer: &str, headers: &[(&str, &str)]) -> Client {
        let proxies = Proxies(vec!["127.0.0.1".parse().unwrap(), "10.0.0.0/8".parse().unwrap()]);
        let mut request =
            Request::post("/signin").extension(ConnectInfo(peer.parse::<SocketAddr>().unwrap()));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (parts, ()) = request.body(()).unwrap().into_parts();
        Client::of(&parts, &proxies)
    }

    #[test]
    fn only_a_proxy_that_was_named_is_believed() {
        let at = |text| Client::At(address(text));
        let behind = |text| Client::Behind(address(text));
        for (peer, lists, wanted) in [
            ("127.0.0.1:1", &["203.0.113.9, 198.51.100.4"][..], at("198.51.100.4")),
            // What is written before the first address that a proxy of ours did not write is anyone's.
            ("127.0.0.1:1", &["203.0.113.9, 198.51.100.4, 10.1.1.1"], at("198.51.100.4")),
            ("10.9.9.9:1", &["203.0.113.9", "198.51.100.4"], at("198.51.100.4")),
            ("10.9.9.9:1", &["2001:db8::7"], at("2001:db8::7")),
            // However a proxy writes it.
            ("127.0.0.1:1", &["203.0.113.10:4711"], at("203.0.113.10")),
            ("127.0.0.1:1", &["[2001:db8::1]:4711"], at("2001:db8::1")),
            ("127.0.0.1:1", &["\"[2001:db8::1]\""], at("2001:db8::1")),
            ("127.0.0.1:1", &["203.0.113.9, 198.51.100.4:99, 10.1.1.1:80"], at("198.51.100.4")),
            ("127.0.0.1:1", &["127.0.0.2"], at("127.0.0.2")),
            // Whom it does not tell is nobody it told before, and not this machine.
            ("10.9.9.9:1", &["198.51.100.4, unknown"], behind("10.9.9.9")),
            ("127.0.0.1:1", &["unknown"], behind("127.0.0.1")),
            ("127.0.0.1:1", &["203.0.113.9, "], behind("127.0.0.1")),
            ("127.0.0.1:1", &["10.0.0.1"], behind("127.0.0.1")),
            ("127.0.0.1:1", &[], behind("127.0.0.1")),
            // Nobody named it: what it says for others counts as its own.
            ("[::1]:1", &["198.51.100.4"], at("::1")),
            ("192.0.2.7:1", &["198.51.100.4"], at("192.0.2.7")),
        ] {
            let headers: Vec<_> = lists.iter().map(|list| (FORWARDED, *list)).collect();
            assert_eq!(client(peer, &headers), wanted, "{peer} {lists:?}");
        }
    }

    #[test]
    fn whoever_asks_for_another_is_not_this_machine() {
        assert!(client("[::1]:1", &[]).is_here());
        assert!(!client("192.0.2.7:1", &[]).is_here());
        // A proxy that was named asks for others even where it does not say so.
        assert!(!client("127.0.0.1:1", &[]).is_here());
        for header in ["X-Forwarded-For", "Forwarded", "X-Real-IP"] {
            for peer in ["[::1]:1", "127.0.0.2:1", "127.0.0.1:1", "192.0.2.7:1"] {
                assert!(!client(peer, &[(header, "for=unknown")]).is_here(), "{peer} {header}");
            }
        }
        // Only the list is believed that each proxy adds to.
        let passed_on = [("Forwarded", "for=203.0.113.9"), ("X-Real-IP", "203.0.113.9")];
        assert_eq!(client("10.9.9.9:1", &passed_on), Client::Behind(address("10.9.9.9")));
        let (parts, ()) = Request::post("/signin").body(()).unwrap().into_parts();
        assert!(Client::of(&parts, &Proxies::default()).is_here(), "over no connection");
    }

    #[test]
    fn a_network_is_an_address_or_a_subscribers_whole_range() {
        let network = |text| Client::At(address(text).to_canonical()).network();
        assert_eq!(network("192.0.2.7"), network("::ffff:192.0.2.7"));
        assert_eq!(network("2001:db8::1"), network("2001:db8::2"));
        assert_ne!(network("192.0.2.7"), network("192.0.2.8"));
        assert_ne!(network("2001:db8::1"), network("2001:db8:0:1::1"));
        // Whom a proxy does not tell is counted apart from the proxy itself.
        assert_ne!(Client::Behind(address("192.0.2.7")).network(), network("192.0.2.7"));
    }
}

//! Where the program may call: everywhere in public, and of its own house only the machines that
//! whoever runs it has named. A name is looked up once, and what was checked is what is
//! connected to, so that no second answer leads elsewhere.

use crate::{CONNECT, Trouble};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use tokio::net::{TcpStream, lookup_host};

/// Addresses of a name that are tried.
const TRIED: usize = 3;

/// The hosts of the house that may be reached, as they stand in the settings.
#[derive(Clone, Debug, Default)]
pub(crate) struct Guard(pub(crate) Vec<String>);

impl Guard {
    /// Whether a host was named.
    pub(crate) fn names(&self, host: &str) -> bool {
        self.0.iter().any(|named| named.eq_ignore_ascii_case(host))
    }

    /// The addresses of a host that may be connected to.
    pub(crate) async fn addresses(&self, host: &str, port: u16) -> Result<Vec<SocketAddr>, Trouble> {
        // A number in brackets is a number.
        let bare = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
        let looked = tokio::time::timeout(CONNECT, lookup_host((bare, port)));
        let found: Vec<SocketAddr> =
            looked.await.map_err(|_| Trouble::TimedOut)?.map_err(|_| Trouble::Unreachable)?.collect();
        if found.is_empty() {
            return Err(Trouble::Unreachable);
        }
        let named = self.names(host);
        let may: Vec<_> = found.into_iter().filter(|one| named || is_public(one.ip())).take(TRIED).collect();
        if may.is_empty() { Err(Trouble::Forbidden) } else { Ok(may) }
    }

    /// Connects to a host.
    pub(crate) async fn connect(&self, host: &str, port: u16) -> Result<TcpStream, Trouble> {
        let mut trouble = Trouble::Unreachable;
        for address in self.addresses(host, port).await? {
            match tokio::time::timeout(CONNECT, TcpStream::connect(address)).await {
                Ok(Ok(stream)) => return Ok(stream),
                Ok(Err(_)) => trouble = Trouble::Unreachable,
                Err(_) => trouble = Trouble::TimedOut,
            }
        }
        Err(trouble)
    }
}

/// Whether an address is a machine's in public, by the registries of special addresses (RFC 6890
/// and what was added to it since). What is not known to be public is not.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    /// First address and length of each special range.
    const SPECIAL: [([u8; 4], u32); 16] = [
        ([0, 0, 0, 0], 8),       // this network
        ([10, 0, 0, 0], 8),      // private
        ([100, 64, 0, 0], 10),   // behind a provider's translation
        ([127, 0, 0, 0], 8),     // this machine
        ([169, 254, 0, 0], 16),  // this link; clouds tell secrets there
        ([172, 16, 0, 0], 12),   // private
        ([192, 0, 0, 0], 24),    // protocols
        ([192, 0, 2, 0], 24),    // examples
        ([192, 31, 196, 0], 24), // AS112
        ([192, 52, 193, 0], 24), // AMT
        ([192, 88, 99, 0], 24),  // 6to4
        ([192, 168, 0, 0], 16),  // private
        ([198, 18, 0, 0], 15),   // measuring
        ([198, 51, 100, 0], 24), // examples
        ([203, 0, 113, 0], 24),  // examples
        ([224, 0, 0, 0], 3),     // many at once, reserved, everybody
    ];
    let within = |(first, length): &([u8; 4], u32)| {
        let apart = ip.to_bits() ^ Ipv4Addr::from(*first).to_bits();
        apart.leading_zeros() >= *length
    };
    !SPECIAL.iter().any(within)
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [first, second, ..] = ip.segments();
    // All that is in public begins with the bits 001: so an address of the older kind within one
    // of the newer, a private one, this machine and this link are not.
    let global = first & 0xe000 == 0x2000;
    let protocols = first == 0x2001 && second < 0x0200;
    let examples = first == 0x2001 && second == 0x0db8 || first == 0x3fff && second < 0x1000;
    let translated = first == 0x2002;
    global && !protocols && !examples && !translated
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn only_machines_in_public_are_reached() {
        for ip in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "203.0.113.7",
            "224.0.0.1",
            "239.1.1.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:8.8.8.8",
            "::127.0.0.1",
            "64:ff9b::a00:1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:1ff::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "3fff:fff::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(ip.parse().unwrap()), "{ip}");
        }
        for ip in [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.1",
            "100.63.255.255",
            "100.128.0.1",
            "126.1.1.1",
            "172.15.1.1",
            "172.32.0.1",
            "198.17.1.1",
            "198.20.0.1",
            "223.5.5.5",
            "2400:3200::1",
            "2001:200::1",
            "2001:4860:4860::8888",
        ] {
            assert!(is_public(ip.parse().unwrap()), "{ip}");
        }
    }

    #[tokio::test]
    async fn a_machine_of_the_house_is_reached_where_it_was_named() {
        let nobody = Guard::default();
        for host in ["127.0.0.1", "localhost", "[::1]", "0x7f.1", "2130706433"] {
            let trouble = nobody.addresses(host, 25).await.unwrap_err();
            assert!(matches!(trouble, Trouble::Forbidden | Trouble::Unreachable), "{host}: {trouble:?}");
        }
        let named = Guard(vec!["127.0.0.1".to_owned()]);
        assert_eq!(named.addresses("127.0.0.1", 25).await.unwrap()[0].port(), 25);
        assert_eq!(
            named.addresses("localhost", 25).await,
            Err(Trouble::Forbidden),
            "by the name that was said"
        );
    }
}

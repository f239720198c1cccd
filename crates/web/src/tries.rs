//! How often passwords may be tried: for each account name and each client's address so many
//! at once, then one in a while. Only wrong tries count. In memory, for this process alone;
//! what a right password leads to is the sign-in's business.

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use std::collections::HashMap;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use yishi_store::blobs::sha256;

/// Wrong tries at once.
const AT_ONCE: u32 = 10;
/// After those, the time in which one more comes back.
const EACH: Duration = Duration::from_secs(30);
/// Names and addresses remembered.
const KEPT: usize = 10_000;

/// What tries are counted by. Names only as digests: anything can be typed there, and of any
/// length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Key {
    Name([u8; 32]),
    Address(IpAddr),
}

/// Whoever a request comes from, as far as the connection tells.
#[derive(Clone, Copy, Debug)]
pub struct Client(Option<IpAddr>);

impl<S: Sync> FromRequestParts<S> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let peer = peer.map(|ConnectInfo(address)| address.ip().to_canonical());
        // Only a proxy on this machine is believed about whom it speaks for.
        let client = match peer {
            Some(own) if own.is_loopback() => forwarded(&parts.headers).or(peer),
            _ => peer,
        };
        Ok(Self(client))
    }
}

/// The address the nearest proxy saw: the last of the list, since anyone can write the others.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let list = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    list.rsplit(',').next()?.trim().parse().ok()
}

impl Client {
    /// One subscriber has a whole /64 of IPv6 addresses.
    fn key(self) -> Option<Key> {
        let address = match self.0?.to_canonical() {
            IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
            address => address,
        };
        Some(Key::Address(address))
    }
}

/// A try that was taken, to give back when it turns out right.
#[derive(Debug)]
#[must_use = "a right try is given back"]
pub struct Try([Option<Key>; 2]);

/// No try is left: how long until one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// Whole seconds, at least one.
    pub seconds: u64,
}

/// The tries used up: for each name and address, when all of them will be back.
#[derive(Debug, Default)]
pub struct Tries {
    used: Mutex<HashMap<Key, Instant>>,
}

impl Tries {
    /// Takes a try before the password is looked at, so that many at once do not slip through.
    ///
    /// # Errors
    /// When none is left for this name or from this address.
    pub fn take(&self, name: &str, client: Client, now: Instant) -> Result<Try, Wait> {
        let keys = [Some(Key::Name(sha256(name.as_bytes()))), client.key()];
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let back = keys.iter().flatten().filter_map(|key| used.get(key)).max();
        let wait = back.map(|back| (*back + EACH).saturating_duration_since(now + EACH * AT_ONCE));
        if let Some(wait) = wait.filter(|wait| !wait.is_zero()) {
            return Err(Wait { seconds: wait.as_millis().div_ceil(1_000).try_into().unwrap_or(u64::MAX) });
        }
        if used.len() >= KEPT {
            used.retain(|_, back| *back > now);
        }
        if used.len() >= KEPT {
            used.clear();
        }
        for key in keys.iter().flatten() {
            let back = used.entry(*key).or_insert(now);
            *back = (*back).max(now) + EACH;
        }
        Ok(Try(keys))
    }

    /// Gives a try back: the password was right.
    pub fn give_back(&self, taken: Try) {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        for key in taken.0.iter().flatten() {
            if let Some(back) = used.get_mut(key) {
                *back = back.checked_sub(EACH).unwrap_or(*back);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use axum::http::Request;

    const NOWHERE: Client = Client(None);

    fn client(address: &str) -> Client {
        Client(Some(address.parse().unwrap()))
    }

    fn wrong(tries: &Tries, name: &str, client: Client, now: Instant) -> Option<Wait> {
        tries.take(name, client, now).err()
    }

    #[test]
    fn ten_at_once_then_one_in_thirty_seconds() {
        let (tries, start) = (Tries::default(), Instant::now());
        let at = |millis| start + Duration::from_millis(millis);
        for _ in 0..AT_ONCE {
            assert_eq!(wrong(&tries, "shen", NOWHERE, start), None);
        }
        assert_eq!(wrong(&tries, "shen", NOWHERE, start), Some(Wait { seconds: 30 }));
        assert_eq!(wrong(&tries, "shen", NOWHERE, at(29_001)), Some(Wait { seconds: 1 }));
        assert_eq!(wrong(&tries, "shen", NOWHERE, at(30_000)), None);
        assert_eq!(wrong(&tries, "shen", NOWHERE, at(30_000)), Some(Wait { seconds: 30 }));
        assert_eq!(wrong(&tries, "lin", NOWHERE, start), None, "another name has its own");
        let later = at(3_600_000);
        let again = (0..20).filter(|_| wrong(&tries, "shen", NOWHERE, later).is_none()).count();
        assert_eq!(again, 10, "rest gathers no more than there were");
    }

    #[test]
    fn right_tries_do_not_count() {
        let (tries, now) = (Tries::default(), Instant::now());
        for _ in 0..100 {
            let taken = tries.take("shen", client("192.0.2.7"), now).unwrap();
            tries.give_back(taken);
        }
        let left = (0..20).filter(|_| wrong(&tries, "shen", client("192.0.2.7"), now).is_none()).count();
        assert_eq!(left, 10);
    }

    #[test]
    fn an_address_is_held_back_whatever_names_it_tries() {
        let (tries, now) = (Tries::default(), Instant::now());
        let networks = [["192.0.2.7", "::ffff:192.0.2.7"], ["2001:db8::1", "2001:db8::2"]];
        for [one, same] in networks {
            for n in 0..AT_ONCE {
                assert_eq!(wrong(&tries, &format!("{one} {n}"), client(one), now), None);
            }
            assert!(wrong(&tries, &format!("{one} more"), client(same), now).is_some());
        }
        for other in ["192.0.2.8", "2001:db8:0:1::1"] {
            assert_eq!(wrong(&tries, other, client(other), now), None);
        }
    }

    #[test]
    fn the_memory_of_tries_is_bounded() {
        let (tries, now) = (Tries::default(), Instant::now());
        for n in 0..2 * KEPT {
            assert_eq!(wrong(&tries, &n.to_string(), NOWHERE, now), None);
        }
        assert!(tries.used.lock().unwrap().len() <= KEPT);
    }

    #[tokio::test]
    async fn a_proxy_is_believed_on_this_machine_only() {
        for (peer, forwarded, wanted) in [
            ("127.0.0.1:1", Some("203.0.113.9, 198.51.100.4"), "198.51.100.4"),
            ("[::1]:1", Some("2001:db8::7"), "2001:db8::7"),
            ("127.0.0.1:1", Some("unknown"), "127.0.0.1"),
            ("127.0.0.1:1", None, "127.0.0.1"),
            ("192.0.2.7:1", Some("198.51.100.4"), "192.0.2.7"),
        ] {
            let mut request = Request::post("/signin");
            if let Some(list) = forwarded {
                request = request.header("x-forwarded-for", list);
            }
            let peer: SocketAddr = peer.parse().unwrap();
            let (mut parts, ()) = request.extension(ConnectInfo(peer)).body(()).unwrap().into_parts();
            let Client(found) = Client::from_request_parts(&mut parts, &()).await.unwrap();
            assert_eq!(found, Some(wanted.parse().unwrap()), "{peer} {forwarded:?}");
        }
    }
}

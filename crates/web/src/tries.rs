//! How often something may be tried: buckets, each with so many tries at once and then one in a
//! while. What a try is and by what it is counted (a name, a network, a device) is said by
//! whoever asks. In memory, for this process alone.

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use std::collections::HashMap;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use yishi_store::blobs::sha256;

/// Buckets remembered.
const KEPT: usize = 10_000;
/// Buckets forgotten at once where all are in use: those that will be full soonest.
const FORGOTTEN: usize = KEPT / 4;

/// How often: so many at once, and after those the time in which one more comes back.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Tries at once.
    pub at_once: u32,
    /// The time in which one comes back.
    pub each: Duration,
}

/// What becomes of whoever tries more often.
#[derive(Clone, Copy, Debug)]
enum Beyond {
    /// The try is refused.
    Wait,
    /// It is taken, and answered so much later at most: what anybody can use up for somebody
    /// else must lock nobody out.
    Slow(Duration),
}

/// What a try is counted by. Only a digest is kept: anything can be typed, and of any length.
#[derive(Clone, Copy, Debug)]
pub struct Bucket {
    key: [u8; 32],
    pace: Pace,
    beyond: Beyond,
}

impl Bucket {
    /// A bucket that is known by these words: what it is for, and whose it is.
    #[must_use]
    pub fn of(words: &[&str], pace: Pace) -> Self {
        Self { key: sha256(words.join("\n").as_bytes()), pace, beyond: Beyond::Wait }
    }

    /// The same, which refuses nothing and only slows, by so much at most.
    #[must_use]
    pub fn slowing(self, most: Duration) -> Self {
        Self { beyond: Beyond::Slow(most), ..self }
    }
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
    /// The network it comes from, as a bucket is named by it: one subscriber has a whole /64 of
    /// IPv6 addresses.
    #[must_use]
    pub fn network(self) -> String {
        match self.0.map(|address| address.to_canonical()) {
            None => "-".to_owned(),
            Some(IpAddr::V4(address)) => address.to_string(),
            Some(IpAddr::V6(address)) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).to_string(),
        }
    }
}

/// A try that was taken, to give back when it turns out not to count.
#[derive(Debug)]
#[must_use = "a right try is given back, and a slowed one waits"]
pub struct Try {
    buckets: Vec<Bucket>,
    /// How long to wait before it is answered.
    pub pause: Duration,
}

/// No try is left: how long until one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// Whole seconds, at least one.
    pub seconds: u64,
}

/// The tries used up: for each bucket, when it will be full again.
#[derive(Debug, Default)]
pub struct Tries {
    used: Mutex<HashMap<[u8; 32], Instant>>,
}

impl Tries {
    /// Takes a try from each bucket before anything is looked at, so that many at once do not
    /// slip through.
    ///
    /// # Errors
    /// When a bucket that refuses has none left; then none is taken from the others.
    pub fn take(&self, buckets: &[Bucket], now: Instant) -> Result<Try, Wait> {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let mut pause = Duration::ZERO;
        for bucket in buckets {
            let Some(full) = used.get(&bucket.key) else { continue };
            let wait = (*full + bucket.pace.each)
                .saturating_duration_since(now + bucket.pace.each * bucket.pace.at_once);
            match bucket.beyond {
                Beyond::Wait if wait.is_zero() => {}
                Beyond::Wait => {
                    let seconds = wait.as_millis().div_ceil(1_000).try_into().unwrap_or(u64::MAX);
                    return Err(Wait { seconds });
                }
                Beyond::Slow(most) => pause = pause.max(wait.min(most)),
            }
        }
        if used.len() + buckets.len() > KEPT {
            forget(&mut used, now);
        }
        for bucket in buckets {
            let Pace { at_once, each } = bucket.pace;
            let full = used.entry(bucket.key).or_insert(now);
            // A bucket that only slows never owes more than one try.
            *full = ((*full).max(now) + each).min(now + each * (at_once + 1));
        }
        Ok(Try { buckets: buckets.to_vec(), pause })
    }

    /// Gives a try back: it does not count.
    pub fn give_back(&self, taken: &Try) {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        for bucket in &taken.buckets {
            if let Some(full) = used.get_mut(&bucket.key) {
                *full = full.checked_sub(bucket.pace.each).unwrap_or(*full);
            }
        }
    }
}

/// Makes room. What is full again says nothing; of the rest those go first that will be soonest:
/// whoever tries often is remembered, however many others try once.
fn forget(used: &mut HashMap<[u8; 32], Instant>, now: Instant) {
    used.retain(|_, full| *full > now);
    if used.len() + FORGOTTEN <= KEPT {
        return;
    }
    let mut all: Vec<Instant> = used.values().copied().collect();
    let (_, last, _) = all.select_nth_unstable(FORGOTTEN.min(used.len()) - 1);
    let (last, mut room) = (*last, FORGOTTEN);
    used.retain(|_, full| {
        let goes = *full <= last && room > 0;
        room -= usize::from(goes);
        !goes
    });
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use axum::http::Request;

    const TEN: Pace = Pace { at_once: 10, each: Duration::from_secs(30) };

    fn client(address: &str) -> Client {
        Client(Some(address.parse().unwrap()))
    }

    fn wrong(tries: &Tries, name: &str, now: Instant) -> Option<Wait> {
        tries.take(&[Bucket::of(&["name", name], TEN)], now).err()
    }

    #[test]
    fn ten_at_once_then_one_in_thirty_seconds() {
        let (tries, start) = (Tries::default(), Instant::now());
        let at = |millis| start + Duration::from_millis(millis);
        for _ in 0..TEN.at_once {
            assert_eq!(wrong(&tries, "shen", start), None);
        }
        assert_eq!(wrong(&tries, "shen", start), Some(Wait { seconds: 30 }));
        assert_eq!(wrong(&tries, "shen", at(29_001)), Some(Wait { seconds: 1 }));
        assert_eq!(wrong(&tries, "shen", at(30_000)), None);
        assert_eq!(wrong(&tries, "shen", at(30_000)), Some(Wait { seconds: 30 }));
        assert_eq!(wrong(&tries, "lin", start), None, "another name has its own");
        let later = at(3_600_000);
        let again = (0..20).filter(|_| wrong(&tries, "shen", later).is_none()).count();
        assert_eq!(again, 10, "rest gathers no more than there were");
    }

    #[test]
    fn what_is_given_back_does_not_count() {
        let (tries, now) = (Tries::default(), Instant::now());
        for _ in 0..100 {
            let taken = tries.take(&[Bucket::of(&["name", "shen"], TEN)], now).unwrap();
            tries.give_back(&taken);
        }
        let left = (0..20).filter(|_| wrong(&tries, "shen", now).is_none()).count();
        assert_eq!(left, 10);
    }

    #[test]
    fn where_one_bucket_refuses_the_others_lose_nothing() {
        let (tries, now) = (Tries::default(), Instant::now());
        let both = [Bucket::of(&["name", "shen"], TEN), Bucket::of(&["network", "192.0.2.7"], TEN)];
        while tries.take(&both[1..], now).is_ok() {}
        for _ in 0..20 {
            assert!(tries.take(&both, now).is_err());
        }
        assert_eq!(wrong(&tries, "shen", now), None);
    }

    #[test]
    fn a_bucket_that_slows_refuses_nothing_and_is_soon_forgiven() {
        let (tries, now) = (Tries::default(), Instant::now());
        let slow = [Bucket::of(&["name", "shen"], TEN).slowing(Duration::from_secs(3))];
        let pauses: Vec<Duration> = (0..200).map(|_| tries.take(&slow, now).unwrap().pause).collect();
        assert!(pauses[..10].iter().all(Duration::is_zero), "{pauses:?}");
        assert!(pauses[10..].iter().all(|pause| *pause == Duration::from_secs(3)), "{pauses:?}");
        let later = now + Duration::from_secs(60);
        assert!(tries.take(&slow, later).unwrap().pause.is_zero(), "whoever comes a minute later");
    }

    #[test]
    fn a_network_is_an_address_or_a_subscribers_whole_range() {
        for [one, same] in [["192.0.2.7", "::ffff:192.0.2.7"], ["2001:db8::1", "2001:db8::2"]] {
            assert_eq!(client(one).network(), client(same).network());
        }
        for [one, other] in [["192.0.2.7", "192.0.2.8"], ["2001:db8::1", "2001:db8:0:1::1"]] {
            assert_ne!(client(one).network(), client(other).network());
        }
    }

    #[test]
    fn whoever_tries_often_is_remembered_however_many_others_try_once() {
        let (tries, now) = (Tries::default(), Instant::now());
        while wrong(&tries, "shen", now).is_none() {}
        for n in 0..5 * KEPT {
            assert_eq!(wrong(&tries, &n.to_string(), now), None);
            assert!(tries.used.lock().unwrap().len() <= KEPT);
        }
        assert!(wrong(&tries, "shen", now).is_some());
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

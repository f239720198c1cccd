//! How much may be sent without signing in: so much from one network and from one device, by
//! the buckets of [`crate::tries`]. Whoever is signed in is known by name, and what runs on this
//! machine (an import, a load) is its own. What is sent is each feature's business.

use crate::client::Client;
use crate::tries::{Bucket, Pace};
use crate::{Cx, Error};
use std::time::{Duration, Instant};

/// How much from where.
struct Share {
    word: &'static str,
    network: Pace,
    device: Pace,
}

/// What anybody finds the form of. Many households may share one address, and one person has
/// little to say in a minute.
const PUBLIC: Share = Share {
    word: "sent",
    network: Pace { at_once: 60, each: Duration::from_secs(2) },
    device: Pace { at_once: 20, each: Duration::from_secs(15) },
};

/// What only a link leads to, as to the door of a meeting or a ballot: there hundreds of phones in
/// one hall do the same at once.
const BY_LINK: Share = Share {
    word: "sent-by-link",
    network: Pace { at_once: 600, each: Duration::from_millis(100) },
    device: Pace { at_once: 60, each: Duration::from_secs(1) },
};

/// Lets a form through, or says how long to wait.
///
/// # Errors
/// When too much came from there.
pub(crate) fn take(cx: &Cx, client: Client, route: &str) -> Result<(), Error> {
    if cx.staff.is_some() || client.is_here() {
        return Ok(());
    }
    let share = if cx.app.links.contains(route) { &BY_LINK } else { &PUBLIC };
    let network = Bucket::of(&[share.word, "network", &client.network()], share.network);
    let device = cx.device.as_ref().map(|word| Bucket::of(&[share.word, "device", word], share.device));
    let buckets: Vec<Bucket> = [network].into_iter().chain(device).collect();
    cx.app.tries.take(&buckets, Instant::now()).map(drop).map_err(Error::TooMany)
}

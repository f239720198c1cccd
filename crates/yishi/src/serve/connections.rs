//! Connections: how many there may be, in all and from one address, and how long one may keep
//! the program waiting. Where there is no room, whoever holds the most gives up the one that has
//! waited longest: clients that do nothing lock nobody out. What is asked over a connection is
//! not known here.

use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::rt::{Read, ReadBufCursor, Write};
use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, Ipv6Addr};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::task::AbortHandle;

/// How often the time goes on that connections go by: reading a clock for each byte that comes
/// or goes would cost more than it is worth.
const TICK: Duration = Duration::from_millis(250);
/// How long the program waits for a client, thirty seconds: for the head of a request, also
/// where there is none to send, for the next part of a form, for the next part of an answer to
/// be taken.
const PATIENCE: u32 = 120;
/// Most connections from one address. In a hall hundreds of phones have the same.
const FROM_ONE: usize = 512;

/// The connections that are open.
#[derive(Debug)]
pub struct Connections {
    most: usize,
    now: AtomicU32,
    open: Mutex<Open>,
    left: Notify,
}

/// By address: one subscriber has a whole /64 of IPv6 addresses.
#[derive(Debug, Default)]
struct Open {
    by_address: HashMap<IpAddr, HashMap<u64, Arc<Line>>>,
    count: usize,
    next: u64,
}

/// One connection.
#[derive(Debug)]
struct Line {
    /// Whether the program is at work for it; else it is the client that is waited for.
    busy: AtomicBool,
    /// Since when the client is waited for.
    since: AtomicU32,
    /// Ends it.
    task: OnceLock<AbortHandle>,
}

/// A connection that was let in; it is counted until this is dropped.
#[derive(Debug)]
pub struct Admitted {
    connections: Arc<Connections>,
    line: Arc<Line>,
    address: IpAddr,
    id: u64,
}

fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        address => address,
    }
}

impl Line {
    /// How long the client has been waited for; nothing while the program is at work, or has
    /// only begun.
    fn waited(&self, now: u32) -> Option<u32> {
        let at_work = self.busy.load(Ordering::Relaxed) || self.task.get().is_none();
        (!at_work).then(|| now.saturating_sub(self.since.load(Ordering::Relaxed)))
    }

    fn end(&self) {
        if let Some(task) = self.task.get() {
            task.abort();
        }
    }
}

impl Connections {
    /// None yet, and at most so many.
    #[must_use]
    pub fn new(most: usize) -> Arc<Self> {
        Arc::new(Self { most, now: AtomicU32::new(0), open: Mutex::default(), left: Notify::new() })
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> u32 {
        self.now.load(Ordering::Relaxed)
    }

    /// Lets a connection in. Who is this machine, or speaks for others, is only counted in all.
    #[must_use]
    pub fn admit(self: &Arc<Self>, peer: IpAddr, counts: Counts) -> Option<Admitted> {
        let (address, now) = (network(peer), self.now());
        let mut open = self.open();
        let own = open.by_address.get(&address);
        if counts == Counts::ByAddress
            && let Some(own) = own.filter(|own| own.len() >= FROM_ONE)
        {
            let id = longest(own, now)?;
            open.end(address, id);
        } else if open.count >= self.most {
            let most = open.by_address.iter().max_by_key(|(_, lines)| lines.len());
            let (address, id) = most.and_then(|(address, lines)| Some((*address, longest(lines, now)?)))?;
            open.end(address, id);
        }
        let line = Line { busy: false.into(), since: now.into(), task: OnceLock::new() };
        let line = Arc::new(line);
        let id = open.next;
        open.next += 1;
        open.count += 1;
        open.by_address.entry(address).or_default().insert(id, Arc::clone(&line));
        Some(Admitted { connections: Arc::clone(self), line, address, id })
    }

    /// Lets the time go on and ends what keeps the program waiting, until dropped.
    pub async fn watch(self: Arc<Self>) {
        let mut ticks = tokio::time::interval(TICK);
        loop {
            ticks.tick().await;
            self.go_on(1);
        }
    }

    fn go_on(&self, ticks: u32) {
        let now = self.now.fetch_add(ticks, Ordering::Relaxed) + ticks;
        if now.is_multiple_of(4) {
            self.each(|line| {
                if line.waited(now).is_some_and(|waited| waited > PATIENCE) {
                    line.end();
                }
            });
        }
    }

    fn each(&self, mut what: impl FnMut(&Line)) {
        self.open().by_address.values().flat_map(HashMap::values).for_each(|line| what(line));
    }

    /// Waits until all are gone: where the client is waited for `polite` at most, where the
    /// program is at work `most`. What is left then is ended.
    pub async fn leave(&self, polite: Duration, most: Duration) {
        let all = async |time| tokio::time::timeout(time, self.gone()).await.is_ok();
        if all(polite).await {
            return;
        }
        self.each(|line| {
            if line.waited(self.now()).is_some() {
                line.end();
            }
        });
        if all(most.saturating_sub(polite)).await {
            return;
        }
        self.each(|line| {
            line.end();
        });
        // They are ended where they next wait for something.
        all(polite).await;
    }

    async fn gone(&self) {
        loop {
            let left = self.left.notified();
            if self.open().count == 0 {
                return;
            }
            left.await;
        }
    }
}

/// What a connection is counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    /// By its address as well.
    ByAddress,
    /// In all only.
    InAll,
}

/// The one whose client has been waited for longest: it gives way to a newcomer.
fn longest(lines: &HashMap<u64, Arc<Line>>, now: u32) -> Option<u64> {
    let waited = lines.iter().filter_map(|(id, line)| Some((line.waited(now)?, u64::MAX - id)));
    waited.max().map(|(_, id)| u64::MAX - id)
}

impl Open {
    /// Ends a connection and counts it no more, though its task may still be on its way out.
    fn end(&mut self, address: IpAddr, id: u64) {
        if let Some(line) = self.remove(address, id) {
            line.end();
        }
    }

    fn remove(&mut self, address: IpAddr, id: u64) -> Option<Arc<Line>> {
        let lines = self.by_address.get_mut(&address)?;
        let line = lines.remove(&id)?;
        if lines.is_empty() {
            self.by_address.remove(&address);
        }
        self.count -= 1;
        Some(line)
    }
}

impl Admitted {
    /// Says which task serves it.
    pub fn served_by(&self, task: AbortHandle) {
        // It is said once.
        let _ = self.line.task.set(task);
    }

    /// The program is at work.
    pub fn works(&self) {
        self.line.busy.store(true, Ordering::Relaxed);
    }

    /// The client is waited for, from now on.
    pub fn waits(&self) {
        self.line.since.store(self.connections.now(), Ordering::Relaxed);
        self.line.busy.store(false, Ordering::Relaxed);
    }
}

impl Drop for Admitted {
    fn drop(&mut self) {
        self.connections.open().remove(self.address, self.id);
        self.connections.left.notify_one();
    }
}

/// The bytes of a connection: an answer that is taken, however slowly, is no waiting.
#[derive(Debug)]
pub struct Watched<I> {
    /// What they come from and go to.
    pub bytes: I,
    /// Whose they are.
    pub admitted: Arc<Admitted>,
}

impl<I> Watched<I> {
    fn went(&self, went: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if went.is_ready() && !self.admitted.line.busy.load(Ordering::Relaxed) {
            self.admitted.waits();
        }
        went
    }
}

impl<I: Read + Unpin> Read for Watched<I> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.bytes).poll_read(cx, buf)
    }
}

impl<I: Write + Unpin> Write for Watched<I> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let went = Pin::new(&mut self.bytes).poll_write(cx, buf);
        self.went(went)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.bytes).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.bytes).poll_shutdown(cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.bytes.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let went = Pin::new(&mut self.bytes).poll_write_vectored(cx, bufs);
        self.went(went)
    }
}

/// What a client sends with a request: while the next part is awaited, it is the client that is
/// waited for.
#[derive(Debug)]
pub struct Sending {
    /// What is sent.
    pub body: Incoming,
    /// By whom.
    pub admitted: Arc<Admitted>,
}

impl Body for Sending {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let frame = Pin::new(&mut self.body).poll_frame(cx);
        match &frame {
            // Asked again, it is still the same waiting.
            Poll::Pending if self.admitted.line.busy.load(Ordering::Relaxed) => self.admitted.waits(),
            Poll::Pending => {}
            Poll::Ready(_) => self.admitted.works(),
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// A client that is connected and does nothing.
    fn idle(connections: &Arc<Connections>, address: &str) -> (Arc<Admitted>, tokio::task::JoinHandle<()>) {
        let admitted = connections.admit(address.parse().unwrap(), Counts::ByAddress).map(Arc::new).unwrap();
        let held = Arc::clone(&admitted);
        let task = tokio::spawn(async move {
            let _held = held;
            std::future::pending().await
        });
        admitted.served_by(task.abort_handle());
        (admitted, task)
    }

    async fn ended(task: &mut tokio::task::JoinHandle<()>) -> bool {
        tokio::task::yield_now().await;
        tokio::time::timeout(Duration::from_millis(50), task).await.is_ok()
    }

    #[tokio::test]
    async fn whoever_holds_the_most_gives_up_the_one_that_waited_longest() {
        let connections = Connections::new(4);
        let (_one, mut one) = idle(&connections, "192.0.2.1");
        let (_two, mut oldest) = idle(&connections, "192.0.2.7");
        connections.go_on(1);
        let (_three, mut third) = idle(&connections, "192.0.2.7");
        let (_four, mut fourth) = idle(&connections, "192.0.2.7");
        connections.go_on(1);
        let (_new, mut new) = idle(&connections, "192.0.2.9");
        assert!(ended(&mut oldest).await);
        for kept in [&mut one, &mut third, &mut fourth, &mut new] {
            assert!(!ended(kept).await);
        }
        assert_eq!(connections.open().count, 4);
    }

    #[tokio::test]
    async fn what_the_program_works_on_is_not_given_up() {
        let connections = Connections::new(2);
        let (one, mut first) = idle(&connections, "192.0.2.1");
        let (two, mut second) = idle(&connections, "192.0.2.1");
        one.works();
        two.works();
        connections.go_on(10 * PATIENCE);
        let anyone = || connections.admit("192.0.2.9".parse().unwrap(), Counts::InAll);
        assert!(anyone().is_none());
        one.waits();
        assert!(anyone().is_some());
        assert!(ended(&mut first).await);
        assert!(!ended(&mut second).await);
    }

    #[tokio::test]
    async fn one_address_has_a_share_and_its_network_is_one() {
        let connections = Connections::new(FROM_ONE * 2);
        let mut held: Vec<_> =
            (0..FROM_ONE).map(|n| idle(&connections, &format!("2001:db8::{n:x}"))).collect();
        let (_other, mut other) = idle(&connections, "2001:db8:0:1::1");
        let (_more, mut more) = idle(&connections, "2001:db8::ffff");
        assert!(ended(&mut held[0].1).await);
        assert!(!ended(&mut held[1].1).await && !ended(&mut other).await && !ended(&mut more).await);
        assert_eq!(connections.open().count, FROM_ONE + 1);
    }

    #[tokio::test]
    async fn who_keeps_it_waiting_is_let_go() {
        let connections = Connections::new(10);
        let (_silent, mut silent) = idle(&connections, "192.0.2.1");
        let (stops, mut stopping) = idle(&connections, "192.0.2.2");
        let (sends, mut sending) = idle(&connections, "192.0.2.3");
        let (asks, mut asking) = idle(&connections, "192.0.2.4");
        asks.works();
        stops.works();
        stops.waits();
        for _ in 0..PATIENCE + 4 {
            connections.go_on(1);
            sends.works();
            sends.waits();
        }
        for gone in [&mut silent, &mut stopping] {
            assert!(ended(gone).await);
        }
        for kept in [&mut sending, &mut asking] {
            assert!(!ended(kept).await);
        }
    }

    #[tokio::test]
    async fn leaving_takes_no_longer_than_it_may() {
        let connections = Connections::new(10);
        let (silent, mut idling) = idle(&connections, "192.0.2.1");
        let (busy, mut working) = idle(&connections, "192.0.2.2");
        busy.works();
        drop((silent, busy));
        let began = std::time::Instant::now();
        let leaving = connections.leave(Duration::from_millis(20), Duration::from_millis(400));
        let (idled, ()) = tokio::join!(async { (&mut idling).await.map(|()| began.elapsed()) }, leaving);
        assert!(idled.is_err_and(|error| error.is_cancelled()));
        assert!((&mut working).await.is_err_and(|error| error.is_cancelled()));
        let took = began.elapsed();
        assert!(took >= Duration::from_millis(400) && took < Duration::from_secs(5), "{took:?}");
        assert_eq!(connections.open().count, 0);
    }
}

//! The way to PostgreSQL, which can be cut: whatever is under way on it is then lost, in either
//! direction.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};

/// A proxy on this machine, there as long as the process.
pub struct Proxy {
    /// Where it listens.
    pub port: u16,
    links: Arc<Mutex<Vec<TcpStream>>>,
}

impl Proxy {
    /// Passes on what comes to a port of this machine.
    pub fn to(port: u16) -> Result<Self, String> {
        let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
        let own = listener.local_addr().map_err(|error| error.to_string())?.port();
        let links = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&links);
        std::thread::spawn(move || {
            for near in listener.incoming().filter_map(Result::ok) {
                // Where nothing listens, the connection is closed at once.
                let Ok(far) = TcpStream::connect(("127.0.0.1", port)) else { continue };
                let ends = [near.try_clone(), far.try_clone()].into_iter().filter_map(Result::ok);
                kept.lock().unwrap_or_else(PoisonError::into_inner).extend(ends);
                if let (Ok(near_too), Ok(far_too)) = (near.try_clone(), far.try_clone()) {
                    std::thread::spawn(move || pass(near_too, far_too));
                    std::thread::spawn(move || pass(far, near));
                }
            }
        });
        Ok(Self { port: own, links })
    }

    /// Cuts every connection there is; new ones are passed on.
    pub fn cut(&self) {
        for link in self.links.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            // One that is closed already is cut all the same.
            drop(link.shutdown(Shutdown::Both));
        }
    }
}

fn pass(mut from: TcpStream, mut to: TcpStream) {
    drop(from.set_nodelay(true));
    let mut bytes = [0; 16 * 1024];
    while let Ok(count @ 1..) = from.read(&mut bytes) {
        if to.write_all(&bytes[..count]).is_err() {
            break;
        }
    }
    for link in [from, to] {
        drop(link.shutdown(Shutdown::Both));
    }
}

//! The bytes of a form as they come over the line. Where they break off they end, and where there
//! are more than we take the rest is dropped: whoever reads them gets all that came, and hears
//! afterwards why it is not all. What the bytes say is not known here.

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::Frame;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, ready};

/// Most of a form that is taken, in bytes: photos larger than we keep among it.
const MOST: usize = 48 * 1024 * 1024;
/// Most that is read and dropped after that, in bytes: a browser that is still sending hears no
/// answer.
const MOST_DROPPED: usize = 256 * 1024 * 1024;

/// Why not all of a form could be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Broke {
    /// It is more than we take.
    Large,
    /// The rest did not come.
    Off,
}

/// What comes of a form.
#[derive(Debug)]
pub(super) struct Line {
    body: Body,
    came: usize,
    broke: Arc<OnceLock<Broke>>,
}

impl Line {
    /// What comes of this body; why it is not all is noted there.
    pub fn new(body: Body, broke: Arc<OnceLock<Broke>>) -> Self {
        Self { body, came: 0, broke }
    }

    fn ends(&self, why: Broke) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        // The first reason counts.
        let _ = self.broke.set(why);
        Poll::Ready(None)
    }
}

impl HttpBody for Line {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        loop {
            let data = match ready!(Pin::new(&mut self.body).poll_frame(cx)) {
                Some(Ok(frame)) => frame.into_data().unwrap_or_default(),
                Some(Err(_)) => return self.ends(Broke::Off),
                None if self.came > MOST => return self.ends(Broke::Large),
                None => return Poll::Ready(None),
            };
            let left = MOST.saturating_sub(self.came);
            self.came += data.len();
            if self.came > MOST + MOST_DROPPED {
                return self.ends(Broke::Large);
            }
            let data = data.slice(..data.len().min(left));
            if !data.is_empty() {
                return Poll::Ready(Some(Ok(Frame::data(data))));
            }
        }
    }
}

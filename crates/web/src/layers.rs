//! What every request passes through, whatever it asks for: a number to be told on the
//! telephone, a time limit, a net under panics, headers that forbid what is foreign, smaller
//! answers for slow lines, counters. What is answered is the features' business.

use crate::routes::{Route, Takes};
use crate::{App, Error, error, sent};
use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use std::any::Any;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate as _, SizeAbove};
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tracing::Instrument as _;

/// Answers smaller than this, in bytes, gain nothing by being compressed.
const SMALL_ANSWER: u64 = 1_024;
/// The header that carries a request's number.
const REQUEST_ID: &str = "x-request-id";
/// How long a request may take.
const USUAL: Duration = Duration::from_secs(30);
/// How long one with photos may take: they come over slow lines, and are waited for.
const WITH_PHOTOS: Duration = Duration::from_secs(600);

/// The number of a request: short enough to be told on the telephone.
#[derive(Clone, Debug)]
pub struct RequestId(Arc<str>);

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is known before any request comes.
struct Passing {
    app: Arc<App>,
    /// The paths to which photos are sent.
    photos: BTreeSet<&'static str>,
}

impl Passing {
    fn limit(&self, path: &str) -> Duration {
        if self.photos.contains(path) { WITH_PHOTOS } else { USUAL }
    }
}

/// Puts the layers around the pages of these routes. All that is ours is one function: each
/// layer more is one more copy of all below it for every request.
pub(crate) fn around(
    pages: Router<Arc<App>>,
    app: &Arc<App>,
    routes: impl Iterator<Item = &'static Route>,
) -> Router<Arc<App>> {
    let photos = routes.filter(|route| route.takes == Takes::Parts).map(|route| route.path).collect();
    let passing = Arc::new(Passing { app: Arc::clone(app), photos });
    let worth_it = SizeAbove::new(SMALL_ANSWER).and(NotForContentType::IMAGES);
    // The first is the outermost.
    pages.layer((
        from_fn_with_state(passing, pass),
        CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(worth_it),
        CatchPanicLayer::custom(panicked),
    ))
}

/// Numbers a request, traces it, ends it in time, dresses what went wrong, guards the answer
/// and counts it.
async fn pass(State(passing): State<Arc<Passing>>, mut request: Request, next: Next) -> Response {
    let start = Instant::now();
    let id = number(&mut request);
    // Paths carry secrets: the log names the route instead.
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or("", MatchedPath::as_str);
    let named = id.as_ref().map_or("", |RequestId(id)| id);
    let span = tracing::info_span!("request", id = named, method = %request.method(), route);
    let limit = passing.limit(route);
    let frame = error::Frame::of(&request);
    let (request, coming) = sent::hold(request, &passing.app).await;
    let mut response = async {
        let answer = match has_zero(&request) {
            true => Error::NotFound.into_response(),
            false => {
                let reads = request.method().is_safe();
                let run = async {
                    match sent::known(request, &passing.app).await {
                        Ok(request) => next.run(request).await,
                        Err(error) => error.into_response(),
                    }
                };
                let run = tokio::time::timeout(limit, run);
                let answer = if reads { passing.app.office.db.view(run).await } else { run.await };
                answer.unwrap_or_else(|_| Error::Late.into_response())
            }
        };
        let Some(error) = error::of(&answer) else { return answer };
        let typed = match coming {
            Some(coming) => {
                // What comes too slowly was waited for; what was not read yet is.
                let left = limit.saturating_sub(start.elapsed());
                let _ = tokio::time::timeout(left, coming.rest()).await;
                Some(coming.typed().await)
            }
            None => None,
        };
        error::dress(&passing.app, frame.located(&passing.app).await, &error, typed)
    }
    .instrument(span)
    .await;
    guard(&mut response);
    if let Some((name, value)) = passing.app.cookies.header() {
        response.headers_mut().insert(name, value);
    }
    if let Some(header) = id.and_then(|RequestId(id)| HeaderValue::from_str(&id).ok()) {
        response.headers_mut().insert(REQUEST_ID, header);
    }
    let micros = u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX);
    passing.app.metrics.count(response.status().as_u16(), micros);
    response
}

/// Whether what is asked for names the character of number zero. No link of ours does, and
/// PostgreSQL fails on every text that has it.
fn has_zero(request: &Request) -> bool {
    request.uri().path_and_query().is_some_and(|asked| asked.as_str().contains("%00"))
}

/// Numbers a request; the same number is in the trace, in the answer and on error pages.
/// Without randomness there is none: the request itself may do without.
fn number(request: &mut Request) -> Option<RequestId> {
    let id = RequestId(yishi_store::random_word(8).ok()?.into());
    request.extensions_mut().insert(id.clone());
    Some(id)
}

#[expect(clippy::needless_pass_by_value, reason = "the layer asks for this form")]
fn panicked(what: Box<dyn Any + Send>) -> Response {
    let text = what.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| what.downcast_ref::<&str>().copied()).unwrap_or_default();
    tracing::error!(text, "a request panicked");
    Error::Panicked.into_response()
}

/// What every answer carries: no scripts or styles but our own, no frames, no guessing.
fn guard(response: &mut Response) {
    const POLICY: &str = "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; \
                          form-action 'self'; frame-ancestors 'none'";
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}

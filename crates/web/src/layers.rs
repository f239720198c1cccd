//! What every request passes through, whatever it asks for: a number to be told on the
//! telephone, a time limit, a net under panics, headers that forbid what is foreign, smaller
//! answers for slow lines, counters. What is answered is the features' business.

use crate::routes::{Route, Takes};
use crate::{App, Error, error};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use std::any::Any;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate as _, SizeAbove};
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::trace::TraceLayer;

/// Largest form, in bytes: three photos and the text.
const LARGEST_FORM: usize = 3 * crate::photos::LARGEST + 1024 * 1024;
/// Answers smaller than this, in bytes, gain nothing by being compressed.
const SMALL_ANSWER: u64 = 1_024;
/// The header that carries a request's number.
const REQUEST_ID: &str = "x-request-id";

/// The number of a request: short enough to be told on the telephone.
#[derive(Clone, Debug)]
pub struct RequestId(Arc<str>);

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A route's own layer: it is named in the trace, and ends in time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit {
    route: &'static str,
    time: Duration,
}

impl Limit {
    /// How long this route may take. Photos come over slow lines, and are waited for.
    pub fn of(route: &Route) -> Self {
        let seconds = match route.takes {
            Takes::Nothing | Takes::Form => 30,
            Takes::Parts => 600,
        };
        Self { route: route.path, time: Duration::from_secs(seconds) }
    }
}

/// Ends a request that takes too long with a page that says so.
pub(crate) async fn in_time(State(limit): State<Limit>, request: Request, next: Next) -> Response {
    tracing::Span::current().record("route", limit.route);
    let answer = tokio::time::timeout(limit.time, next.run(request)).await;
    answer.unwrap_or_else(|_| Error::Late.into_response())
}

/// Puts the layers around the pages, the last one outermost.
pub(crate) fn around(pages: Router<Arc<App>>, app: &Arc<App>) -> Router<Arc<App>> {
    let worth_it = SizeAbove::new(SMALL_ANSWER).and(NotForContentType::IMAGES);
    let span = |request: &Request| {
        let id = request.extensions().get::<RequestId>();
        let id = id.map_or("", |RequestId(id)| id);
        // Paths carry secrets: the log names the route instead, once it is known.
        tracing::info_span!("request", id, method = %request.method(), route = tracing::field::Empty)
    };
    pages
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(Arc::clone(app), error::dress))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(worth_it))
        .layer(from_fn(guard))
        .layer(TraceLayer::new_for_http().make_span_with(span).on_failure(()))
        .layer(from_fn(number))
        .layer(from_fn_with_state(Arc::clone(app), count))
}

#[expect(clippy::needless_pass_by_value, reason = "the layer asks for this form")]
fn panicked(what: Box<dyn Any + Send>) -> Response {
    let text = what.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| what.downcast_ref::<&str>().copied()).unwrap_or_default();
    tracing::error!(text, "a request panicked");
    Error::Panicked.into_response()
}

/// Numbers requests; the same number is in the trace, in the answer and on error pages.
async fn number(mut request: Request, next: Next) -> Response {
    // Without randomness there is no number: the request itself may do without.
    let Ok(id) = yishi_store::random_word(8) else { return next.run(request).await };
    let header = HeaderValue::from_str(&id);
    request.extensions_mut().insert(RequestId(id.into()));
    let mut response = next.run(request).await;
    if let Ok(header) = header {
        response.headers_mut().insert(REQUEST_ID, header);
    }
    response
}

/// What every answer carries: no scripts or styles but our own, no frames, no guessing.
async fn guard(request: Request, next: Next) -> Response {
    const POLICY: &str = "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; \
                          form-action 'self'; frame-ancestors 'none'";
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

async fn count(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let start = Instant::now();
    let response = next.run(request).await;
    let micros = u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX);
    app.metrics.count(response.status().as_u16(), micros);
    response
}

//! How the program is, for those who run it, and the description of its API, put together from
//! what the features give. Nothing is written here.

use crate::{App, Cx};
use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use utoipa::OpenApi;
use yishi_kernel::Moment;
use yishi_store::sealer::{Lag, lag};

/// The frame that the features' parts of the API are put into.
#[derive(OpenApi)]
#[openapi(info(
    title = "Yishi 议事",
    description = "What the public board shows, as JSON; with a partner's token also what that partner raised, and a way to raise more.",
    license(name = "AGPL-3.0-or-later")
))]
struct Description;

/// `GET /api/openapi.json`
pub async fn openapi(cx: Cx) -> Json<utoipa::openapi::OpenApi> {
    let mut description = Description::openapi();
    for part in cx.app.features.iter().filter_map(|feature| feature.api) {
        description.merge(part());
    }
    Json(description)
}

/// How the program is.
#[derive(Debug, Serialize)]
pub struct Health {
    status: &'static str,
    store: &'static str,
    version: &'static str,
    /// How long the first entry under no checkpoint has waited for one: more than a minute, and
    /// somebody should look. Left out while that cannot be seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    unsealed_seconds: Option<u64>,
}

/// How long what was recorded may be under no checkpoint, in seconds.
const LATE: u64 = 60;
/// How long what was seen of sealing is taken for true: anybody may ask.
const FRESH: Duration = Duration::from_secs(2);
/// How long it may take to see it, while others hold up the store.
const LOOK: Duration = Duration::from_millis(500);

/// How far sealing lags behind, as it was seen last.
#[derive(Debug)]
pub struct Sealing {
    /// Since when this process could have sealed.
    began: Moment,
    seen: Mutex<Option<(Instant, Lag)>>,
}

impl Sealing {
    /// Nothing was seen yet.
    pub(crate) fn since(began: Moment) -> Self {
        Self { began, seen: Mutex::default() }
    }

    fn seen(&self) -> Option<(Instant, Lag)> {
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How far; nothing where that cannot be seen now.
    async fn look(&self, app: &App) -> Option<Lag> {
        if let Some((at, lag)) = self.seen()
            && at.elapsed() < FRESH
        {
            return Some(lag);
        }
        let now = app.office.now();
        let mut lag = tokio::time::timeout(LOOK, lag(&app.office.db, now)).await.ok()?.ok()?;
        // What an earlier process left is sealed as soon as this one comes to it.
        let here = u64::try_from((now.0 - self.began.0) / 1_000_000).unwrap_or(0);
        lag.seconds = lag.seconds.min(here);
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), lag));
        Some(lag)
    }
}

/// `GET /healthz`: 200 while the store answers, takes what is to be written, and is sealed.
pub async fn health(State(app): State<Arc<App>>) -> Response {
    let well = app.office.db.health().await;
    if let Err(fault) = &well {
        tracing::warn!(%fault, "the store is not well");
    }
    let unsealed_seconds = app.sealing.look(&app).await.map(|lag| lag.seconds);
    let late = unsealed_seconds.is_some_and(|seconds| seconds > LATE);
    let (code, status) = match (well, late) {
        (Err(_), _) => (StatusCode::SERVICE_UNAVAILABLE, "the store fails; see the log"),
        (Ok(()), true) => (StatusCode::SERVICE_UNAVAILABLE, "sealing is late; see the log"),
        (Ok(()), false) => (StatusCode::OK, "ok"),
    };
    let (store, version) = (app.office.db.engine(), env!("CARGO_PKG_VERSION"));
    (code, Json(Health { status, store, version, unsealed_seconds })).into_response()
}

/// `GET /metrics`
pub async fn metrics(State(app): State<Arc<App>>) -> Response {
    let mut text = app.metrics.text(app.office.db.engine());
    if let Some(lag) = app.sealing.look(&app).await {
        text.push_str(&crate::metrics::unsealed(&lag));
    }
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response()
}

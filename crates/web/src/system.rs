//! How the program is, for those who run it, and the description of its API, put together from
//! what the features give. Nothing is written here.

use crate::{Cx, Error};
use axum::Json;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::OpenApi;
use yishi_store::sealer;

/// The frame that the features' parts of the API are put into.
#[derive(OpenApi)]
#[openapi(info(
    title = "Yishi 议事",
    description = "What the public board shows, as JSON.",
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
    /// somebody should look.
    unsealed_seconds: u64,
}

/// `GET /healthz`
pub async fn health(cx: Cx) -> Result<Json<Health>, Error> {
    cx.app.office.db.health().await?;
    let (store, version) = (cx.app.office.db.engine(), env!("CARGO_PKG_VERSION"));
    let unsealed_seconds = sealer::lag(&cx.app.office.db, cx.now).await?.seconds;
    Ok(Json(Health { status: "ok", store, version, unsealed_seconds }))
}

/// `GET /metrics`
pub async fn metrics(cx: Cx) -> Result<Response, Error> {
    let db = &cx.app.office.db;
    let text = cx.app.metrics.text(db.engine(), sealer::lag(db, cx.now).await?);
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response())
}

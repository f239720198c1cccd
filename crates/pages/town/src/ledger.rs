//! The log of a ledger, for whoever verifies it: the latest checkpoint.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use yishi_store::ledgers;
use yishi_web::feature::Feature;
use yishi_web::routes::Route;
use yishi_web::{Cx, Error};

/// What it gives to the program.
pub static FEATURE: Feature = Feature { routes: ROUTES, ..Feature::named("ledger") };

static ROUTES: &[Route] = yishi_web::routes! {
    get "/log/{slug}/checkpoint" public checkpoint;
};

/// `GET /log/{slug}/checkpoint`: the latest signed checkpoint.
pub async fn checkpoint(cx: Cx, Path(slug): Path<String>) -> Result<Response, Error> {
    let ledger = cx.ledger(&slug).await?;
    let checkpoint = ledgers::checkpoint(&cx.app.office.db, ledger.ledger).await?.ok_or(Error::NotFound)?;
    let headers = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, checkpoint).into_response())
}

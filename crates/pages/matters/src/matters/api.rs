//! Matters as JSON, with their part of the API's description. Only what the public board
//! shows; nothing is written here.

use crate::matters::face::row_of;
use axum::Json;
use axum::extract::{Path, Query};
use serde::{Deserialize, Serialize};
use utoipa::{OpenApi, ToSchema};
use yishi_domain::matters::MatterId;
use yishi_kernel::Moment;
use yishi_office::matters::reads::{BoardFilter, MatterRow, Support, board, support};
use yishi_office::paging::{Key, Paged};
use yishi_web::{Cx, Error};

/// A matter as the public board shows it. Times are RFC 3339 in UTC.
#[derive(Debug, Serialize, ToSchema)]
pub struct MatterJson {
    /// Its number in the community's ledger.
    number: i64,
    /// `raised`, `in_hand`, `answered`, `closed` or `merged`.
    stage: &'static str,
    /// Two digits; empty before it was sorted.
    category: String,
    /// The place, a building at the finest.
    place: String,
    /// The confirmed public summary.
    summary: Option<String>,
    /// When it was raised.
    raised: String,
    /// By when the next step is due.
    due: Option<String>,
    /// When it was last answered.
    answered: Option<String>,
    /// Confirmed households behind it.
    households: i64,
    /// Devices and neighbours spoken for.
    others: i64,
    /// Its public page.
    url: String,
}

/// A page of matters, the latest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct MattersJson {
    /// The matters.
    matters: Vec<MatterJson>,
    /// The `before` of the next page, while there is one.
    next: Option<String>,
}

fn time(at: Moment) -> String {
    let civil = Moment(at.0 - 8 * 3_600 * 1_000_000).civil();
    format!("{}Z", civil.strftime("%Y-%m-%dT%H:%M:%S"))
}

fn json(cx: &Cx, slug: &str, row: &MatterRow, support: Support) -> MatterJson {
    MatterJson {
        number: row.number,
        stage: row.stage.word(),
        category: row.category.clone(),
        place: row.place_name.clone(),
        summary: row.summary.clone(),
        raised: time(row.raised),
        due: row.next.map(|(_, due)| time(due)),
        answered: row.answered.map(time),
        households: support.households,
        others: support.others,
        url: format!("{}/c/{slug}/m/{}", cx.app.public_url, row.number),
    }
}

/// Where the next page starts.
#[derive(Debug, Deserialize)]
pub struct From {
    before: Option<String>,
}

/// `GET /api/v1/{slug}/matters`
#[utoipa::path(get, path = "/api/v1/{slug}/matters",
    params(("slug" = String, Path, description = "the community's word in links"),
           ("before" = Option<String>, Query, description = "the `next` of the page before")),
    responses((status = 200, body = MattersJson), (status = 404, description = "no such community")))]
pub async fn matters(
    cx: Cx,
    Path(slug): Path<String>,
    Query(from): Query<From>,
) -> Result<Json<MattersJson>, Error> {
    let ledger = cx.ledger(&slug).await?;
    let before = from.before.as_deref().and_then(Key::read);
    let filter = BoardFilter { before, ..BoardFilter::default() };
    let db = &cx.app.office.db;
    let Paged { rows, next } = board(db, ledger.ledger, &filter).await?;
    let ids: Vec<MatterId> = rows.iter().map(|row| row.id).collect();
    let supports = support(db, ledger.ledger, &ids).await?;
    let of = |row: &MatterRow| supports.get(&row.id).copied().unwrap_or_default();
    let matters = rows.iter().map(|row| json(&cx, &slug, row, of(row))).collect();
    Ok(Json(MattersJson { matters, next }))
}

/// `GET /api/v1/{slug}/matters/{number}`
#[utoipa::path(get, path = "/api/v1/{slug}/matters/{number}",
    params(("slug" = String, Path, description = "the community's word in links"),
           ("number" = i64, Path, description = "the matter's number")),
    responses((status = 200, body = MatterJson), (status = 404, description = "no such matter")))]
pub async fn matter(cx: Cx, Path((slug, number)): Path<(String, i64)>) -> Result<Json<MatterJson>, Error> {
    let (ledger, row) = row_of(&cx, &slug, number).await?;
    let support =
        support(&cx.app.office.db, ledger.ledger, &[row.id]).await?.remove(&row.id).unwrap_or_default();
    Ok(Json(json(&cx, &slug, &row, support)))
}

/// Its part of the API's description, made from its code.
#[derive(OpenApi)]
#[openapi(paths(matters, matter))]
struct Description;

/// The part of the API's description.
#[must_use]
pub fn description() -> utoipa::openapi::OpenApi {
    Description::openapi()
}

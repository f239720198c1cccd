//! Matters as JSON, with their part of the API's description: what the public board shows, for
//! everyone; with a partner's token also what became of that partner's own, and a way to raise more.
//! Whose a token is and what may be handed in is the kit's and the office's.

use crate::matters::face::chain::{Chain, Reads};
use crate::matters::face::row_of;
use axum::Json;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi, ToSchema};
use yishi_domain::matters::{Matter, MatterId, Receipt};
use yishi_kernel::Moment;
use yishi_office::Made;
use yishi_office::matters::partner::{self, number_of};
use yishi_office::matters::reads::{BoardFilter, MatterRow, Support, board, matter as find, support};
use yishi_office::paging::{Key, Paged};
use yishi_office::partners::Known;
use yishi_web::bearer::{Bearer, HandedIn};
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
    /// Where it came by the token's own partner: what that partner may see of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    own: Option<OwnJson>,
}

/// What a partner may see of a matter that it raised.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnJson {
    /// The partner's own number.
    id: String,
    /// The last answer.
    answer: Option<String>,
}

/// What a partner's program hands in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RaiseJson {
    /// The partner's own number for it, at most 64 characters. The same number with the same content
    /// raises nothing more; with other content it is refused.
    id: String,
    /// What is said.
    text: String,
    /// A headline.
    #[serde(default)]
    title: Option<String>,
    /// Where: a place's id, its official code, or what it is called, as 杏林南苑 3号楼 2单元; without
    /// it the community.
    #[serde(default)]
    place: Option<String>,
    /// Two digits; without it the community sorts it.
    #[serde(default)]
    category: Option<String>,
    /// The name of whoever said it: never shown to the public.
    #[serde(default)]
    name: Option<String>,
    /// How they are reached: never shown to the public.
    #[serde(default)]
    contact: Option<String>,
}

/// A matter that a partner raised.
#[derive(Debug, Serialize, ToSchema)]
pub struct RaisedJson {
    /// The partner's own number.
    id: String,
    /// The matter's number in the community's ledger.
    number: i64,
    /// Its public page.
    url: String,
    /// The link of the receipt, for whoever said it: whoever has it reads the answer and says whether
    /// it helped. None once it was issued anew.
    receipt: Option<String>,
    /// The code of the receipt beside the matter's number. None once it was issued anew.
    code: Option<String>,
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
        own: None,
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
    responses((status = 200, body = MattersJson), (status = 401, description = "the token holds no more"),
              (status = 403, description = "the token does not hold here"),
              (status = 404, description = "no such community"),
              (status = 429, description = "too often: wait as Retry-After says")),
    security((), ("token" = [])))]
pub async fn matters(
    cx: Cx,
    Path(slug): Path<String>,
    bearer: Bearer,
    Query(from): Query<From>,
) -> Result<Json<MattersJson>, Error> {
    let ledger = cx.ledger(&slug).await?;
    bearer.at(&cx, ledger.ledger).await?;
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
    responses((status = 200, body = MatterJson), (status = 401, description = "the token holds no more"),
              (status = 403, description = "the token does not hold here"),
              (status = 404, description = "no such matter"),
              (status = 429, description = "too often: wait as Retry-After says")),
    security((), ("token" = [])))]
pub async fn matter(
    cx: Cx,
    Path((slug, number)): Path<(String, i64)>,
    bearer: Bearer,
) -> Result<Json<MatterJson>, Error> {
    let (ledger, row) = row_of(&cx, &slug, number).await?;
    let partner = bearer.at(&cx, ledger.ledger).await?;
    let support =
        support(&cx.app.office.db, ledger.ledger, &[row.id]).await?.remove(&row.id).unwrap_or_default();
    let own = match partner {
        Some(partner) => own(&cx, &row, &partner).await?,
        None => None,
    };
    Ok(Json(MatterJson { own, ..json(&cx, &slug, &row, support) }))
}

/// What a partner may see of a matter besides, where it is its own.
async fn own(cx: &Cx, row: &MatterRow, partner: &Known) -> Result<Option<OwnJson>, Error> {
    let office = &cx.app.office;
    let loaded = office.load::<Matter>(row.ledger, &row.id.into()).await?;
    let Some(id) = number_of(loaded.must()?, partner.organisation) else { return Ok(None) };
    let chain = Chain::load(&office.db, row.ledger, row.id, Reads::Nothing).await?;
    Ok(Some(OwnJson { id, answer: chain.answer().map(|answer| answer.text.to_owned()) }))
}

/// `POST /api/v1/{slug}/matters`
#[utoipa::path(post, path = "/api/v1/{slug}/matters",
    params(("slug" = String, Path, description = "the community's word in links")),
    request_body = RaiseJson,
    responses((status = 201, body = RaisedJson),
              (status = 200, body = RaisedJson, description = "the same was raised before"),
              (status = 400, description = "what was sent does not read"),
              (status = 401, description = "no token, or it holds no more"),
              (status = 403, description = "the token does not hold here, or only reads"),
              (status = 404, description = "no such community"),
              (status = 409, description = "the same number was sent before with something else"),
              (status = 413, description = "more than 64 KB"),
              (status = 422, description = "a field is not right: which one, and why"),
              (status = 429, description = "too often: wait as Retry-After says")),
    security(("token" = [])))]
pub async fn raise(
    cx: Cx,
    Path(slug): Path<String>,
    HandedIn { partner, said }: HandedIn<RaiseJson>,
) -> Result<(StatusCode, Json<RaisedJson>), Error> {
    let ledger = cx.ledger(&slug).await?;
    let partner = Bearer(Some(partner)).at(&cx, ledger.ledger).await?.ok_or(Error::NotFound)?;
    let RaiseJson { id, text, title, place, category, name, contact } = said;
    let contact = contact.unwrap_or_default();
    let said = partner::HandedIn {
        id: id.clone(),
        text,
        title,
        place,
        category,
        name: name.unwrap_or_default(),
        contact,
    };
    let office = &cx.app.office;
    let (raised, made) = office.raise_for_partner(&partner, &ledger, said).await?;
    let row = find(&office.db, raised.ledger, raised.matter).await?.ok_or(Error::NotFound)?;
    let receipt = office.load::<Receipt>(raised.ledger, &raised.receipt.into()).await?;
    // Issued anew, it has another link and code, for whoever asked for that.
    let first = receipt.must()?.reissued == 0;
    let (link, code) = match first {
        true => {
            let link = format!("{}/r/{slug}/{}", cx.app.public_url, raised.secret);
            (Some(link), Some(office.code_of(&ledger, raised.receipt, 0)?.to_string()))
        }
        false => (None, None),
    };
    let status = if made == Made::Now { StatusCode::CREATED } else { StatusCode::OK };
    let url = format!("{}/c/{slug}/m/{}", cx.app.public_url, row.number);
    Ok((status, Json(RaisedJson { id, number: row.number, url, receipt: link, code })))
}

/// Its part of the API's description, made from its code.
#[derive(OpenApi)]
#[openapi(paths(matters, matter, raise), modifiers(&ByToken))]
struct Description;

/// How a partner's program says who it is.
struct ByToken;

impl Modify for ByToken {
    fn modify(&self, description: &mut utoipa::openapi::OpenApi) {
        let token = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
        description.components.get_or_insert_default().add_security_scheme("token", token);
    }
}

/// The part of the API's description.
#[must_use]
pub fn description() -> utoipa::openapi::OpenApi {
    Description::openapi()
}

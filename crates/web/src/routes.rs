//! Every route in one list, with who may take it: the router and the test that walks each
//! route as each role are made from the same list. Handlers are in the features.

use crate::features::{
    admin, api, board, desk, front, join, posters, raise, receipt, signin, stairwell, work,
};
use crate::{App, assets, error};
use axum::Router;
use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderValue, header};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::{MethodRouter, get, post};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

/// Largest form, in bytes: three photos and the text.
const LARGEST_FORM: usize = 3 * crate::photos::LARGEST + 1024 * 1024;

/// Who may take a route at all; the place and the matter say the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Anyone.
    Public,
    /// Whoever holds a receipt's link.
    Receipt,
    /// Whoever is signed in.
    SignedIn,
    /// Those who steer, neighbours' stewards and organisations: each what is theirs.
    Desk,
    /// Those who hold a matter, and those who steer its place.
    Holders,
    /// Those who sort, publish, merge and close.
    Steering,
    /// Whoever has stairwells of their own or of their community.
    OwnStairwells,
    /// Stewards, building heads and those above.
    Neighbours,
    /// Administrators.
    Administrators,
    /// Community secretaries and the street.
    Erasers,
}

/// A route.
pub struct Route {
    /// The method.
    pub method: &'static str,
    /// The path, as the router takes it.
    pub path: &'static str,
    /// Who may take it.
    pub audience: Audience,
    handler: fn() -> MethodRouter<Arc<App>>,
}

macro_rules! routes {
    ($($method:ident $path:literal $audience:ident $handler:path;)*) => {
        &[$(Route {
            method: stringify!($method),
            path: $path,
            audience: Audience::$audience,
            handler: || $method($handler),
        }),*]
    };
}

/// All routes.
pub static ROUTES: &[Route] = routes! {
    get "/" Public front::show;
    get "/preferences" Public front::preferences;
    get "/help" Public front::help;
    get "/assets/{name}" Public assets::serve;
    get "/healthz" Public api::health;
    get "/metrics" Public api::metrics;
    get "/api/openapi.json" Public api::openapi;
    get "/api/v1/{slug}/matters" Public api::matters;
    get "/api/v1/{slug}/matters/{number}" Public api::matter;
    get "/log/{slug}/checkpoint" Public api::checkpoint;
    get "/c/{slug}" Public board::show;
    get "/c/{slug}/m/{number}" Public board::matter;
    get "/c/{slug}/m/{number}/photo/{digest}" Public board::photo;
    get "/c/{slug}/m/{number}/join" Public join::form;
    post "/c/{slug}/m/{number}/join" Public join::send;
    get "/c/{slug}/raise" Public raise::choose;
    get "/q/{word}" Public raise::poster;
    get "/q/{word}/raise" Public raise::form;
    post "/q/{word}/raise" Public raise::send;
    get "/at/{place}/raise" Public raise::form_at;
    post "/at/{place}/raise" Public raise::send_at;
    get "/receipt" Public receipt::find;
    get "/r/{slug}/{secret}" Receipt receipt::show;
    get "/r/{slug}/{secret}/photo/{digest}" Receipt receipt::photo;
    post "/r/{slug}/{secret}/evaluate" Receipt receipt::evaluate;
    get "/signin" Public signin::form;
    post "/signin" Public signin::send;
    get "/signout" Public signin::ask_out;
    post "/signout" Public signin::out;
    get "/invite/{word}" Public signin::invited;
    post "/invite/{word}" Public signin::accept;
    get "/desk" SignedIn desk::show;
    get "/w/{slug}/{number}" Desk work::show;
    get "/w/{slug}/{number}/photo/{digest}" Desk work::photo;
    post "/w/{slug}/{number}/triage" Steering work::triage;
    post "/w/{slug}/{number}/summarise" Steering work::summarise;
    post "/w/{slug}/{number}/publish-photo" Steering work::publish_photo;
    post "/w/{slug}/{number}/hand-over" Holders work::hand_over;
    post "/w/{slug}/{number}/progress" Holders work::progress;
    post "/w/{slug}/{number}/answer" Holders work::answer;
    post "/w/{slug}/{number}/close" Steering work::close;
    post "/w/{slug}/{number}/merge" Steering work::merge;
    post "/w/{slug}/{number}/unmerge" Steering work::unmerge;
    post "/w/{slug}/{number}/contact" Desk work::contact;
    post "/w/{slug}/{number}/erase" Erasers work::erase;
    get "/stairwells" OwnStairwells stairwell::list;
    get "/stairwell/{place}" Neighbours stairwell::show;
    get "/stairwell/{place}/raise" Neighbours stairwell::form;
    post "/stairwell/{place}/raise" Neighbours stairwell::send;
    get "/stairwell/{place}/receipt/{secret}" Neighbours stairwell::receipt;
    get "/admin" Administrators admin::places::top;
    get "/admin/places/{place}" Administrators admin::places::show;
    post "/admin/places/{place}/open" Administrators admin::places::open;
    post "/admin/places/{place}/rename" Administrators admin::places::rename;
    post "/admin/places/{place}/code" Administrators admin::places::code;
    post "/admin/places/{place}/grid" Administrators admin::places::grid;
    post "/admin/places/{place}/close" Administrators admin::places::close;
    post "/admin/places/{place}/poster" Administrators posters::issue;
    post "/admin/places/{place}/poster/{poster}/revoke" Administrators posters::revoke;
    get "/admin/places/{place}/poster/{word}" Administrators posters::show;
    get "/admin/places/{place}/people" Administrators admin::people::show;
    post "/admin/places/{place}/people/open" Administrators admin::people::open;
    post "/admin/places/{place}/people/grant" Administrators admin::people::grant;
    post "/admin/places/{place}/people/revoke" Administrators admin::people::revoke;
    post "/admin/places/{place}/people/invite" Administrators admin::people::invite;
    post "/admin/places/{place}/people/organisation" Administrators admin::people::organisation;
};

/// The program's web side, as a server takes it: each request knows who is connected.
pub fn router(app: Arc<App>) -> IntoMakeServiceWithConnectInfo<Router, SocketAddr> {
    pages(app).into_make_service_with_connect_info()
}

/// All pages, for requests that come over no connection.
pub fn pages(app: Arc<App>) -> Router {
    let mut router = Router::new();
    for route in ROUTES {
        router = router.route(route.path, (route.handler)());
    }
    router
        .fallback(not_found)
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .layer(from_fn(error::dress))
        .layer(from_fn(guard))
        .layer(from_fn_with_state(Arc::clone(&app), count))
        .with_state(app)
}

async fn not_found() -> error::Error {
    error::Error::NotFound
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

//! Every route in one list, with who may take it: the router and the test that walks each
//! route as each role are made from the same list. Handlers are in the features.

use crate::features::{
    admin, api, board, desk, dispatch, evaluation, front, join, meetings, posters, raise, receipt, signin,
    stairwell, work,
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
    /// Those who steer, and whoever comes for a body invited to the meeting.
    Attending,
    /// Officers of the street, who alone whistle and rule.
    Street,
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
    get "/c/{slug}/t/{number}" Public dispatch::chain::show;
    get "/c/{slug}/orders" Public dispatch::list::show;
    get "/c/{slug}/o/{number}" Public dispatch::show::show;
    get "/c/{slug}/o/{number}/photo/{digest}" Public dispatch::show::photo;
    get "/w/{slug}/owed" Steering evaluation::owed::show;
    get "/w/{slug}/{number}/callback/{receipt}" Desk evaluation::callback::form;
    post "/w/{slug}/{number}/callback/{receipt}" Desk evaluation::callback::send;
    get "/w/{slug}/{number}/order" Steering dispatch::new::show;
    post "/w/{slug}/{number}/order" Steering dispatch::new::send;
    get "/w/{slug}/o/{number}" Steering dispatch::handle::show;
    get "/w/{slug}/o/{number}/photo/{digest}" Steering dispatch::handle::photo;
    post "/w/{slug}/o/{number}/report-in" Steering dispatch::handle::report_in;
    post "/w/{slug}/o/{number}/progress" Steering dispatch::handle::progress;
    post "/w/{slug}/o/{number}/done" Steering dispatch::handle::done;
    post "/w/{slug}/o/{number}/dispute" Steering dispatch::handle::dispute;
    post "/w/{slug}/o/{number}/follow-up" Steering dispatch::handle::follow_up;
    post "/w/{slug}/o/{number}/blow" Street dispatch::handle::blow;
    post "/w/{slug}/o/{number}/decline" Street dispatch::handle::decline;
    post "/w/{slug}/o/{number}/rule" Street dispatch::handle::rule;
    post "/w/{slug}/o/{number}/accept" Steering dispatch::handle::accept;
    post "/w/{slug}/o/{number}/return" Steering dispatch::handle::send_back;
    post "/w/{slug}/o/{number}/resume" Steering dispatch::handle::resume;
    post "/w/{slug}/o/{number}/withdraw" Steering dispatch::handle::withdraw;
    post "/w/{slug}/o/{number}/publish-photo" Steering dispatch::handle::publish_photo;
    get "/c/{slug}/meetings" Public meetings::list::show;
    get "/c/{slug}/standards" Public meetings::list::agreed;
    get "/c/{slug}/g/{number}" Public meetings::show::show;
    get "/c/{slug}/g/{number}/photo/{digest}" Public meetings::show::photo;
    get "/c/{slug}/g/{number}/minutes" Public meetings::files::minutes;
    get "/c/{slug}/g/{number}/calendar.ics" Public meetings::files::calendar;
    post "/c/{slug}/g/{number}/object" Public meetings::show::object;
    get "/g/{door}" Public meetings::door::form;
    post "/g/{door}" Public meetings::door::send;
    get "/v/{slug}/{secret}" Receipt meetings::seat::show;
    post "/v/{slug}/{secret}/vote" Receipt meetings::seat::vote;
    get "/w/{slug}/topics/new" Steering meetings::topic::form;
    post "/w/{slug}/topics/new" Steering meetings::topic::send;
    get "/w/{slug}/t/{number}" Steering meetings::topic::show;
    post "/w/{slug}/t/{number}/gather" Steering meetings::topic::gather;
    post "/w/{slug}/t/{number}/drop" Steering meetings::topic::drop;
    post "/w/{slug}/t/{number}/answer" Steering meetings::topic::reply;
    post "/w/{slug}/t/{number}/conclude" Steering meetings::topic::conclude;
    get "/w/{slug}/meetings/new" Steering meetings::call::form;
    post "/w/{slug}/meetings/new" Steering meetings::call::send;
    get "/w/{slug}/g/{number}" Attending meetings::conduct::show;
    get "/w/{slug}/g/{number}/room" Steering meetings::room::show;
    post "/w/{slug}/g/{number}/post" Steering meetings::conduct::post;
    post "/w/{slug}/g/{number}/reply" Attending meetings::conduct::reply;
    post "/w/{slug}/g/{number}/open" Steering meetings::conduct::open;
    post "/w/{slug}/g/{number}/cancel" Steering meetings::conduct::cancel;
    post "/w/{slug}/g/{number}/register" Steering meetings::conduct::enter;
    post "/w/{slug}/g/{number}/strike" Steering meetings::conduct::strike;
    post "/w/{slug}/g/{number}/state" Attending meetings::conduct::state;
    post "/w/{slug}/g/{number}/put" Steering meetings::conduct::put;
    post "/w/{slug}/g/{number}/hands" Steering meetings::conduct::hands;
    post "/w/{slug}/g/{number}/ballot" Steering meetings::conduct::ballot;
    post "/w/{slug}/g/{number}/end" Steering meetings::conduct::end;
    get "/w/{slug}/g/{number}/resolve" Steering meetings::resolve::form;
    post "/w/{slug}/g/{number}/resolve" Steering meetings::resolve::send;
    post "/w/{slug}/g/{number}/adjourn" Steering meetings::conduct::adjourn;
    post "/w/{slug}/g/{number}/dissent" Steering meetings::conduct::dissent;
    post "/w/{slug}/g/{number}/confirm" Steering meetings::conduct::confirm;
    post "/w/{slug}/g/{number}/publish" Steering meetings::conduct::publish;
    post "/w/{slug}/g/{number}/rule" Erasers meetings::conduct::rule;
    post "/w/{slug}/g/{number}/dispatch" Steering meetings::conduct::dispatch;
    post "/w/{slug}/g/{number}/conclude" Steering meetings::conduct::conclude;
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

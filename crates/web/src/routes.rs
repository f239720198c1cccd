//! Routes as data: method, path, what is sent, who may take it. Each feature declares its own;
//! the router and the test that walks each route as each role are made from the same lists.
//! Handlers are in the features.

use crate::feature::Feature;
use crate::{App, assets, error, exports, layers, system};
use axum::Router;
use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use axum::routing::MethodRouter;
use std::net::SocketAddr;
use std::sync::Arc;
use yishi_kernel::Right;

/// What one must have to take a route at all; the place and the thing say the rest.
#[derive(Clone, Copy, Debug)]
pub enum Needs {
    /// Nothing.
    Nothing,
    /// A link with a secret: a receipt's, or a sign-in's.
    Link,
    /// To be signed in.
    SignIn,
    /// A partner's token.
    Token,
    /// A right, somewhere.
    Right(&'static Right),
}

/// What a route takes along with its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Nothing: it is asked for.
    Nothing,
    /// A form.
    Form,
    /// A form with photos.
    Parts,
    /// JSON, of a partner's program.
    Json,
}

/// A route.
pub struct Route {
    /// What it takes.
    pub takes: Takes,
    /// The path, as the router takes it.
    pub path: &'static str,
    /// What one must have to take it.
    pub needs: Needs,
    /// What answers it.
    pub handler: fn() -> MethodRouter<Arc<App>>,
}

impl Route {
    /// The method.
    #[must_use]
    pub fn method(&self) -> &'static str {
        match self.takes {
            Takes::Nothing => "get",
            Takes::Form | Takes::Parts | Takes::Json => "post",
        }
    }
}

/// The routes of a feature, one a line: `get`, `form`, `parts` or `json`; the path; what one needs
/// (`public`, `link`, `signed_in`, `token`, or `[a right]`); and what answers.
#[macro_export]
macro_rules! routes {
    ($($takes:ident $path:literal $needs:tt $handler:expr;)*) => {
        &[$($crate::routes::Route {
            takes: $crate::routes!(@takes $takes),
            path: $path,
            needs: $crate::routes!(@needs $needs),
            handler: || $crate::routes!(@method $takes $handler),
        }),*]
    };
    (@needs public) => { $crate::routes::Needs::Nothing };
    (@needs link) => { $crate::routes::Needs::Link };
    (@needs token) => { $crate::routes::Needs::Token };
    (@needs signed_in) => { $crate::routes::Needs::SignIn };
    (@needs [$right:path]) => { $crate::routes::Needs::Right(&$right) };
    (@takes get) => { $crate::routes::Takes::Nothing };
    (@takes form) => { $crate::routes::Takes::Form };
    (@takes parts) => { $crate::routes::Takes::Parts };
    (@takes json) => { $crate::routes::Takes::Json };
    (@method get $handler:expr) => { ::axum::routing::get($handler) };
    (@method $takes:ident $handler:expr) => { ::axum::routing::post($handler) };
}

/// What the program answers whatever its features are.
pub static OWN: &[Route] = crate::routes! {
    get "/assets/{name}" public assets::serve;
    get "/c/{slug}/lists/{name}" public exports::serve;
    get "/healthz" public system::health;
    get "/metrics" public system::metrics;
    get "/api/openapi.json" public system::openapi;
};

/// All routes of a program with these features.
pub fn all(features: &'static [&'static Feature]) -> impl Iterator<Item = &'static Route> {
    OWN.iter().chain(features.iter().flat_map(|feature| feature.routes))
}

/// The program's web side, as a server takes it: each request knows who is connected.
pub fn router(app: Arc<App>) -> IntoMakeServiceWithConnectInfo<Router, SocketAddr> {
    pages(app).into_make_service_with_connect_info()
}

/// All pages, for requests that come over no connection.
pub fn pages(app: Arc<App>) -> Router {
    let mut router = Router::new();
    for route in all(app.features) {
        router = router.route(route.path, (route.handler)());
    }
    layers::around(router.fallback(not_found), &app, all(app.features)).with_state(app)
}

async fn not_found() -> error::Error {
    error::Error::NotFound
}

//! What a request brings: language and view, who is signed in, and the checks against forged
//! forms. What the request means is each feature's business.

use crate::Error;
use crate::metrics::Metrics;
use crate::photos::Thumbnails;
use crate::texts::Locale;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use std::sync::Arc;
use yishi_domain::access::{Action, Resource, may};
use yishi_domain::{Actor, Denied, Moment, PlaceId, Role};
use yishi_store::reads::{people, places};
use yishi_store::{Office, blobs};

/// What all requests share.
#[derive(Debug)]
pub struct App {
    /// Where commands are carried out.
    pub office: Office,
    /// The address under which people reach this program, without a final slash.
    pub public_url: String,
    /// Public boards as last shown.
    pub boards: crate::boards::Boards,
    /// Small copies of photos.
    pub thumbnails: Thumbnails,
    /// Wrong passwords lately.
    pub tries: crate::tries::Tries,
    /// Counters.
    pub metrics: Metrics,
    /// Whether cookies are sent over TLS only: the public address says so.
    pub cookies: &'static str,
    /// Sign-ins that a demo shows on its front page; empty otherwise.
    pub demo: Vec<(String, String)>,
}

impl App {
    /// The state of a program that is reached under `public_url`.
    #[must_use]
    pub fn new(office: Office, public_url: &str) -> Self {
        let public_url = public_url.trim_end_matches('/').to_owned();
        let cookies = if public_url.starts_with("https://") { "; Secure" } else { "" };
        Self {
            office,
            public_url,
            boards: crate::boards::Boards::default(),
            thumbnails: Thumbnails::default(),
            tries: crate::tries::Tries::default(),
            metrics: Metrics::default(),
            cookies,
            demo: Vec::new(),
        }
    }
}

/// How large things are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum View {
    /// As usual.
    #[default]
    Standard,
    /// Elder mode (长辈版): the same pages with larger tokens.
    Elder,
}

/// Somebody signed in.
#[derive(Clone, Debug)]
pub struct Staff {
    /// The account as an actor.
    pub actor: Actor,
    /// The person's name.
    pub name: String,
    /// The ledger that keeps the account.
    pub ledger: PlaceId,
    /// The session's word.
    session: String,
}

/// A request.
#[derive(Clone, Debug)]
pub struct Cx {
    /// What all requests share.
    pub app: Arc<App>,
    /// The language of the page.
    pub locale: Locale,
    /// How large things are.
    pub view: View,
    /// Who is signed in.
    pub staff: Option<Staff>,
    /// The random word of this device, if it has one.
    pub device: Option<String>,
    /// When the request came.
    pub now: Moment,
    /// The page asked for, to come back to.
    pub here: String,
    origin: Option<String>,
    host: Option<String>,
}

/// The value of a cookie.
fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// Language of a request: the cookie's, else the browser's.
pub(crate) fn locale_of(headers: &HeaderMap) -> Locale {
    let accepted = || {
        let header = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
        Some(Locale::accepted(header))
    };
    cookie(headers, "lang").and_then(Locale::parse).or_else(accepted).unwrap_or_default()
}

/// View of a request: the cookie's.
pub(crate) fn view_of(headers: &HeaderMap) -> View {
    match cookie(headers, "view") {
        Some("elder") => View::Elder,
        _ => View::Standard,
    }
}

impl FromRequestParts<Arc<App>> for Cx {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Error> {
        let headers = &parts.headers;
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let staff = match cookie(headers, "session") {
            Some(word) => signed_in(app, word).await?,
            None => None,
        };
        Ok(Self {
            locale: locale_of(headers),
            view: view_of(headers),
            staff,
            device: cookie(headers, "device").filter(|word| word.len() == 26).map(str::to_owned),
            now: app.office.now(),
            here: parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned(),
            origin: text(header::ORIGIN),
            host: text(header::HOST),
            app: Arc::clone(app),
        })
    }
}

async fn signed_in(app: &App, word: &str) -> Result<Option<Staff>, Error> {
    let Some(who) = app.office.session(word).await? else { return Ok(None) };
    let Some(actor) = people::actor(&app.office.db, who.account).await? else { return Ok(None) };
    let name = people::account(&app.office.db, who.account).await?.map_or_else(String::new, |row| row.name);
    Ok(Some(Staff { actor, name, ledger: who.ledger, session: word.to_owned() }))
}

impl Cx {
    /// Who acts: whoever is signed in, else a visitor.
    #[must_use]
    pub fn actor(&self) -> Actor {
        self.staff.as_ref().map_or_else(Actor::visitor, |staff| staff.actor.clone())
    }

    /// Who is signed in, or the way to sign in.
    ///
    /// # Errors
    /// When nobody is.
    pub fn staff(&self) -> Result<&Staff, Error> {
        self.staff.as_ref().ok_or(Error::Denied(Denied::SignIn))
    }

    /// The role in which this may be done there, or why not.
    ///
    /// # Errors
    /// The reason.
    pub fn may(&self, action: Action, resource: &Resource) -> Result<Role, Error> {
        Ok(may(&self.actor(), action, resource, self.now)?)
    }

    /// The token that a form of this session carries.
    #[must_use]
    pub fn token(&self) -> String {
        match &self.staff {
            Some(staff) => blobs::digest_of(format!("form/{}", staff.session).as_bytes())[..32].to_owned(),
            None => String::new(),
        }
    }

    /// Lets a form through that came from our own page: the browser names our host as its
    /// origin, and a session's form carries the session's token.
    ///
    /// # Errors
    /// When either is not so.
    pub fn check(&self, token: &str) -> Result<(), Error> {
        self.check_origin()?;
        if self.staff.is_some() && token != self.token() {
            return Err(Error::Forged);
        }
        Ok(())
    }

    /// The first half of [`Cx::check`], for forms that need no session.
    ///
    /// # Errors
    /// When the browser names another site as the form's origin.
    pub fn check_origin(&self) -> Result<(), Error> {
        // Old web views send no origin at all; for these the token and the cookie's
        // SameSite must do.
        if let (Some(origin), Some(host)) = (&self.origin, &self.host) {
            let bare = origin.split_once("://").map_or(origin.as_str(), |(_, host)| host);
            if bare != host && *origin != self.app.public_url {
                return Err(Error::Forged);
            }
        }
        Ok(())
    }

    /// The word of this device, made if it has none, and the cookie to set then.
    ///
    /// # Errors
    /// When there is no randomness.
    pub fn device(&self) -> Result<(String, Option<String>), Error> {
        if let Some(word) = &self.device {
            return Ok((word.clone(), None));
        }
        let word = yishi_store::random_word(26)?;
        let cookie =
            format!("device={word}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax{}", self.app.cookies);
        Ok((word, Some(cookie)))
    }

    /// The word of the session, to end it.
    #[must_use]
    pub fn session(&self) -> Option<&str> {
        self.staff.as_ref().map(|staff| staff.session.as_str())
    }

    /// A community or other keeper by the word in links.
    ///
    /// # Errors
    /// When there is none.
    pub async fn ledger(&self, slug: &str) -> Result<places::LedgerRow, Error> {
        places::ledger_by_slug(&self.app.office.db, slug).await?.ok_or(Error::NotFound)
    }

    /// A place.
    ///
    /// # Errors
    /// When there is none.
    pub async fn place(&self, id: PlaceId) -> Result<places::PlaceRow, Error> {
        places::place(&self.app.office.db, id).await?.ok_or(Error::NotFound)
    }

    /// A place as the predicate of access sees it.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn resource(&self, place: &places::PlaceRow) -> Result<Resource, Error> {
        let path = places::path_of(&self.app.office.db, place).await?;
        Ok(Resource { path, ..Resource::default() })
    }
}

//! Programs of partners at the interface (合作方系统): by whose token a request comes, and what it hands
//! in as JSON. No cookie is read for them, so that no page elsewhere can send in somebody's name;
//! what is handed in is bounded before it is read. What it means is the features' business.

use crate::client::Client;
use crate::tries::{Bucket, Pace};
use crate::{App, Cx, Error};
use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use serde::de::DeserializeOwned;
use std::sync::Arc;
use std::time::{Duration, Instant};
use yishi_kernel::PlaceId;
use yishi_office::partners::{Known, Token};

/// Where the interface begins: there no cookie says who somebody is, and errors are JSON.
const FRONT: &str = "/api/";
/// Most that is handed in at once, in bytes.
const MOST: usize = 64 * 1024;
/// How often one token may be used.
const USES: Pace = Pace { at_once: 120, each: Duration::from_millis(500) };
/// How often a network may come with a token that is none.
const WRONG: Pace = Pace { at_once: 20, each: Duration::from_secs(15) };

/// Why a partner's program is turned away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TurnedDown {
    /// It has no token where one is needed.
    NoToken,
    /// Its token is none of ours.
    WrongToken,
    /// Its token was revoked, or its time is over.
    Ended,
    /// Its token does not hold for this community.
    Elsewhere,
    /// Its token only reads.
    ReadsOnly,
    /// What it handed in does not read, for this reason.
    NotJson(String),
}

impl TurnedDown {
    /// The status that goes with it.
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            TurnedDown::NoToken | TurnedDown::WrongToken | TurnedDown::Ended => StatusCode::UNAUTHORIZED,
            TurnedDown::Elsewhere | TurnedDown::ReadsOnly => StatusCode::FORBIDDEN,
            TurnedDown::NotJson(_) => StatusCode::BAD_REQUEST,
        }
    }

    /// The key of its text.
    pub(crate) fn key(&self) -> &'static str {
        match self {
            TurnedDown::NoToken => "token-none",
            TurnedDown::WrongToken => "token-wrong",
            TurnedDown::Ended => "token-ended",
            TurnedDown::Elsewhere => "token-elsewhere",
            TurnedDown::ReadsOnly => "token-reads-only",
            TurnedDown::NotJson(_) => "token-not-json",
        }
    }

    /// How a program is told to come with a token (RFC 6750).
    pub(crate) fn challenge(&self) -> Option<&'static str> {
        match self {
            TurnedDown::NoToken => Some("Bearer realm=\"yishi\""),
            TurnedDown::WrongToken | TurnedDown::Ended => {
                Some("Bearer realm=\"yishi\", error=\"invalid_token\"")
            }
            TurnedDown::Elsewhere | TurnedDown::ReadsOnly | TurnedDown::NotJson(_) => None,
        }
    }
}

impl From<TurnedDown> for Error {
    fn from(why: TurnedDown) -> Self {
        Error::TurnedDown(why)
    }
}

/// Whether a path is one of the interface.
pub(crate) fn is_interface(path: &str) -> bool {
    path.starts_with(FRONT)
}

/// By whose token a request comes, where it has one: whoever has none reads what everyone may.
#[derive(Clone, Debug)]
pub struct Bearer(pub Option<Known>);

impl Bearer {
    /// The partner, where the token holds for a ledger.
    ///
    /// # Errors
    /// When it does not.
    pub async fn at(self, cx: &Cx, ledger: PlaceId) -> Result<Option<Known>, Error> {
        match self.0 {
            Some(partner) if !cx.app.office.reaches(&partner, ledger).await? => {
                Err(TurnedDown::Elsewhere.into())
            }
            partner => Ok(partner),
        }
    }
}

impl FromRequestParts<Arc<App>> for Bearer {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Error> {
        let Some(asked) = parts.headers.get(header::AUTHORIZATION) else { return Ok(Self(None)) };
        let asked = asked.to_str().unwrap_or_default();
        let (scheme, token) = asked.split_once(' ').unwrap_or_default();
        let why = match scheme.eq_ignore_ascii_case("bearer") {
            false => TurnedDown::WrongToken,
            true => match app.office.partner(token.trim()).await? {
                Token::Of(partner) => {
                    let bucket = Bucket::of(&["token", &partner.id.to_string()], USES);
                    app.tries.take(&[bucket], Instant::now()).map(drop).map_err(Error::TooMany)?;
                    return Ok(Self(Some(partner)));
                }
                Token::Ended => TurnedDown::Ended,
                Token::Unknown => TurnedDown::WrongToken,
            },
        };
        let network = Client::of(parts, &app.proxies).network();
        let bucket = Bucket::of(&["wrong-token", &network], WRONG);
        app.tries.take(&[bucket], Instant::now()).map(drop).map_err(Error::TooMany)?;
        Err(why.into())
    }
}

/// What a partner's program handed in, and by whose token: nothing is read of it before that is
/// known.
#[derive(Debug)]
pub struct HandedIn<T> {
    /// Whose program it is.
    pub partner: Known,
    /// What it handed in.
    pub said: T,
}

impl<T: DeserializeOwned> FromRequest<Arc<App>> for HandedIn<T> {
    type Rejection = Error;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Error> {
        let (mut parts, body) = request.into_parts();
        let Bearer(partner) = Bearer::from_request_parts(&mut parts, app).await?;
        let partner = partner.ok_or(TurnedDown::NoToken)?;
        if !partner.raises() {
            return Err(TurnedDown::ReadsOnly.into());
        }
        let bytes = to_bytes(body, MOST).await;
        let bytes = bytes.map_err(|_| Error::TurnedAway(StatusCode::PAYLOAD_TOO_LARGE))?;
        let said = serde_json::from_slice(&bytes).map_err(|why| TurnedDown::NotJson(why.to_string()))?;
        Ok(Self { partner, said })
    }
}

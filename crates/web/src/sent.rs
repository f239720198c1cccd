//! A form that was sent, as handlers get it: its origin and its session's token have been
//! checked, and that nobody sends too much without signing in. It cannot be forgotten, since there
//! is no other way to a form's values (a test reads the sources). What was typed into one that was
//! refused is handed to the error pages, which keep it. What the values mean is each feature's
//! business.

use crate::client::Client;
use crate::drafts::Photos;
use crate::own_path::OwnPath;
use crate::photos::{self, LARGEST, Mark, PhotoError};
use crate::ui::Fields;
use crate::{App, Cx, Error, held};
use axum::body::Bytes;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, FromRequest, FromRequestParts as _, MatchedPath, Multipart, Request};
use axum::http::{Method, StatusCode, header};
use std::sync::{Arc, Mutex, PoisonError};
use yishi_kernel::PhotoDigest;
use yishi_office::FormKey;

/// A photo that came with a form before and stays with it: marked by [`Mark`].
pub(crate) const PHOTO: &str = "photo";

/// The session's token in a form, whose form it is, and the page that shows it: written by
/// [`Cx::marks`], and no value of the form's own.
pub(crate) const MARKS: [&str; 3] = ["token", "who", "page"];

/// The values of a form that came from our own page, in the session it was made in.
#[derive(Debug)]
pub struct Sent(pub Fields);

/// The values of a form that needs no session and may be sent in any: signing in, and setting
/// a password. Only its origin has been checked.
#[derive(Debug)]
pub struct SentByAnyone(pub Fields);

/// A form with photos that came from our own page, in the session it was made in. Nothing of
/// its photos has been decoded or stored before [`SentParts::read`].
#[derive(Debug)]
pub struct SentParts {
    values: Fields,
    /// Files that came before it was clear that they may: raw.
    files: Vec<Bytes>,
    rest: Option<Multipart>,
    fits: Result<(), PhotoError>,
}

/// What came of a form with photos.
#[derive(Debug)]
pub struct Came {
    /// Its values, with the photos that it has, marked: so it can be shown again.
    pub values: Fields,
    /// The photos that it has: those it brought, now or before, and no others.
    pub photos: Vec<PhotoDigest>,
    /// Why a photo was not taken.
    pub refused: Option<Error>,
}

/// The photos of a form while it is read.
#[derive(Debug, Default)]
struct Photographs {
    /// Each with its mark.
    kept: Vec<(PhotoDigest, String)>,
    /// How many the rules take.
    most: usize,
}

/// Whose form was sent, as far as it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whose {
    /// It says nothing: nobody was signed in when it was made.
    Nobodys,
    /// The account's that is signed in.
    Own,
    /// Another account's than the one signed in.
    Anothers,
    /// An account's, and nobody is signed in now.
    Ended,
}

/// What was typed into a form, until the answer is on its way.
#[derive(Clone, Debug)]
pub(crate) struct Typed {
    pub whose: Whose,
    pub who: String,
    pub page: OwnPath,
    pub values: Fields,
    pub photos: Photos,
    /// How the form is sent, where that is not as usual.
    pub encoding: Option<&'static str>,
}

/// Where a request's answer finds what was typed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Slot(Arc<Mutex<Option<Typed>>>);

impl Slot {
    pub fn take(&self) -> Option<Typed> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn put(&self, typed: Typed) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(typed);
    }
}

/// Where a form came from, and to which route.
struct Sender {
    slot: Option<Slot>,
    client: Client,
    route: Option<MatchedPath>,
}

impl Sender {
    /// Lets it through where not too much came from there.
    fn take(&self, cx: &Cx) -> Result<(), Error> {
        held::take(cx, self.client, self.route.as_ref().map_or("", MatchedPath::as_str))
    }
}

impl Typed {
    /// What a person wrote in words.
    pub fn texts(&self) -> Vec<&str> {
        self.values.texts()
    }

    /// Whether there is anything to keep but what the form brought along: ids, digests, and
    /// its own random word.
    pub fn is_worth_keeping(&self) -> bool {
        let brought = |value: &str| {
            let plain = value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            value.is_empty() || FormKey::of(value).is_some() || (plain && matches!(value.len(), 26 | 36 | 64))
        };
        self.values.0.iter().any(|(name, value)| name != PHOTO && !brought(value))
    }
}

/// Whether the form may be taken, and whose it is.
fn judge(cx: &Cx, values: &Fields) -> (Whose, Result<(), Error>) {
    let who = values.get("who");
    let Some(own) = cx.who() else {
        let whose = if who.is_empty() { Whose::Nobodys } else { Whose::Ended };
        return (whose, Ok(()));
    };
    if cx.fits(values.get("token")) {
        return (Whose::Own, Ok(()));
    }
    let whose = match who {
        "" => Whose::Nobodys,
        who if who == own => Whose::Own,
        _ => Whose::Anothers,
    };
    (whose, Err(Error::Forged))
}

/// Lets a form through or not, and leaves what was typed for the answer. Takes out of the
/// values what is no value.
fn let_in(
    cx: &Cx,
    from: Sender,
    values: &mut Fields,
    photos: Photos,
    encoding: Option<&'static str>,
) -> Result<(), Error> {
    let (whose, done) = judge(cx, values);
    let own = cx.who().filter(|_| whose == Whose::Own);
    let who = own.unwrap_or_else(|| values.get("who").to_owned());
    let page = OwnPath::or(values.get("page"), "/desk");
    values.0.retain(|(name, _)| !MARKS.contains(&name.as_str()));
    cx.comes_from(page.as_str());
    if let (Ok(()), Some(own)) = (&done, cx.who()) {
        cx.app.drafts.drop(&own, page.as_str());
    }
    if let Some(slot) = &from.slot {
        let mut typed = values.clone();
        typed.0.retain(|(name, _)| !is_secret(name));
        slot.put(Typed { whose, who, page, values: typed, photos, encoding });
    }
    done?;
    from.take(cx)
}

impl FromRequest<Arc<App>> for Sent {
    type Rejection = Error;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Error> {
        let (cx, from, request) = from_here(request, app).await?;
        let mut values = pairs(request, app).await?;
        let_in(&cx, from, &mut values, Photos::None, None)?;
        Ok(Self(values))
    }
}

impl FromRequest<Arc<App>> for SentByAnyone {
    type Rejection = Error;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Error> {
        let (cx, from, request) = from_here(request, app).await?;
        let values = pairs(request, app).await?;
        from.take(&cx)?;
        Ok(Self(values))
    }
}

/// The request, if its form came from a page of ours: the browser names us as its origin.
async fn from_here(request: Request, app: &Arc<App>) -> Result<(Cx, Sender, Request), Error> {
    let (mut parts, body) = request.into_parts();
    let cx = Cx::from_request_parts(&mut parts, app).await?;
    cx.check_origin()?;
    let slot = parts.extensions.get::<Slot>().cloned();
    let (client, route) = (Client::of(&parts, &app.proxies), parts.extensions.get().cloned());
    Ok((cx, Sender { slot, client, route }, Request::from_parts(parts, body)))
}

/// Asks who sends a form before it is read, as its page will. Where not even that can be said,
/// what was typed is left for the answer with its marks, to be sent again as it was; a password
/// is not.
///
/// # Errors
/// When it cannot be said.
pub(crate) async fn known(request: Request, app: &Arc<App>) -> Result<Request, Error> {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if request.method() != Method::POST || !kind.is_some_and(|kind| kind.starts_with(PAIRS)) {
        return Ok(request);
    }
    let (mut parts, body) = request.into_parts();
    let Err(error) = Cx::from_request_parts(&mut parts, app).await else {
        return Ok(Request::from_parts(parts, body));
    };
    let slot = parts.extensions.get::<Slot>().cloned();
    let read = pairs(Request::from_parts(parts, body), app).await;
    if let (Some(slot), Ok(values)) = (slot, read)
        && !values.0.iter().any(|(name, _)| is_secret(name))
    {
        let page = OwnPath::or(values.get("page"), "/desk");
        let (whose, who) = (Whose::Nobodys, String::new());
        slot.put(Typed { whose, who, page, values, photos: Photos::None, encoding: None });
    }
    Err(error)
}

/// Whether a field is never shown again.
fn is_secret(name: &str) -> bool {
    name.contains("password") || name == "secret"
}

/// How browsers send a form without files.
const PAIRS: &str = "application/x-www-form-urlencoded";

async fn pairs(request: Request, app: &Arc<App>) -> Result<Fields, Error> {
    let unread = |error: FormRejection| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Error::TurnedAway(StatusCode::PAYLOAD_TOO_LARGE),
        _ => Error::Malformed,
    };
    let Form(pairs) = Form::<Vec<(String, String)>>::from_request(request, app).await.map_err(unread)?;
    Ok(Fields(pairs.into_iter().map(|(name, value)| (name, plain(value))).collect()))
}

/// A value without the character of number zero: nobody types it, and PostgreSQL keeps no text
/// that has it.
fn plain(value: String) -> String {
    if value.contains('\0') { value.replace('\0', "") } else { value }
}

/// Whether a part is a file rather than a value.
fn is_file(field: &Field) -> bool {
    field.file_name().is_some() || field.name() == Some("photos")
}

/// What a part or the form breaks off with: too large is told to the user as such.
fn broken(error: &MultipartError) -> Result<PhotoError, Error> {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Ok(PhotoError::TooLarge),
        _ => Err(Error::Malformed),
    }
}

/// A file. What is larger than we take is read to its end, but not kept.
async fn file(mut field: Field<'_>) -> Result<Result<Bytes, PhotoError>, Error> {
    let mut bytes = Vec::new();
    let mut large = false;
    loop {
        match field.chunk().await {
            Ok(Some(chunk)) => {
                large |= bytes.len() + chunk.len() > LARGEST;
                if large {
                    bytes = Vec::new();
                } else {
                    bytes.extend_from_slice(&chunk);
                }
            }
            Ok(None) if large => return Ok(Err(PhotoError::TooLarge)),
            Ok(None) => return Ok(Ok(bytes.into())),
            Err(error) => return broken(&error).map(Err),
        }
    }
}

/// Takes a value in.
async fn value(values: &mut Fields, field: Field<'_>) -> Result<Result<(), PhotoError>, Error> {
    let name = field.name().unwrap_or_default().to_owned();
    match field.bytes().await {
        Ok(bytes) => values.0.push((name, plain(String::from_utf8_lossy(&bytes).into_owned()))),
        Err(error) => return broken(&error).map(Err),
    }
    Ok(Ok(()))
}

impl FromRequest<Arc<App>> for SentParts {
    type Rejection = Error;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Error> {
        let (cx, from, request) = from_here(request, app).await?;
        let mut form = Multipart::from_request(request, app).await.map_err(|_| Error::Malformed)?;
        let mut sent = Self { values: Fields::default(), files: Vec::new(), rest: None, fits: Ok(()) };
        // Before the first file it must be clear whether it may come: our forms' token does.
        let (mut whole, mut early) = (Photos::None, Ok(()));
        while let Some(field) = sent.next(&mut form).await? {
            if !is_file(&field) {
                sent.fits = value(&mut sent.values, field).await?;
            } else {
                let (whose, done) = judge(&cx, &sent.values);
                // An empty file is what browsers send when none was chosen.
                let bytes = match file(field).await? {
                    Ok(bytes) => bytes,
                    Err(error) => {
                        sent.fits = Err(error);
                        Bytes::new()
                    }
                };
                if !bytes.is_empty() {
                    whole = Photos::Lost;
                }
                match (whose, &done) {
                    (Whose::Nobodys | Whose::Own, Ok(())) => {
                        sent.files.push(bytes);
                        sent.rest = Some(form);
                        break;
                    }
                    // Whether it is taken all the same is up to the page; what was typed must
                    // be known before.
                    (_, Ok(())) => sent.files.push(bytes),
                    (_, Err(_)) => early = done,
                }
            }
            if sent.fits.is_err() {
                break;
            }
        }
        // Our forms name the token first: one that names it behind a file is not ours.
        if judge(&cx, &sent.values).1.is_ok() {
            early?;
        }
        let_in(&cx, from, &mut sent.values, whole, Some("multipart/form-data"))?;
        Ok(sent)
    }
}

impl SentParts {
    async fn next<'a>(&mut self, form: &'a mut Multipart) -> Result<Option<Field<'a>>, Error> {
        match form.next_field().await {
            Ok(field) => Ok(field),
            Err(error) => {
                self.fits = Err(broken(&error)?);
                Ok(None)
            }
        }
    }

    /// Reads the form to its end. Photos are kept as they come, as many as the rules take; one
    /// that is refused does not lose the text. Whether this actor may send one at all is asked
    /// before.
    ///
    /// # Errors
    /// When the form does not read, or a photo cannot be kept.
    pub async fn read(mut self, cx: &Cx, most: usize) -> Result<Came, Error> {
        let mut photos = Photographs { kept: Vec::new(), most };
        self.named(cx, &mut photos).await?;
        for file in std::mem::take(&mut self.files) {
            self.take(cx, &mut photos, file).await?;
        }
        if let Some(mut form) = self.rest.take() {
            while let Some(field) = self.next(&mut form).await? {
                if !is_file(&field) {
                    self.fits = value(&mut self.values, field).await?.and(self.fits);
                    continue;
                }
                match file(field).await? {
                    Ok(bytes) => self.take(cx, &mut photos, bytes).await?,
                    Err(error) => self.fits = self.fits.and(Err(error)),
                }
            }
            self.named(cx, &mut photos).await?;
        }
        let mut values = self.values;
        values.0.retain(|(name, _)| !MARKS.contains(&name.as_str()));
        let (photos, marked): (Vec<_>, Vec<_>) = photos.kept.into_iter().unzip();
        values.0.extend(marked.into_iter().map(|marked| (PHOTO.to_owned(), marked)));
        Ok(Came { values, photos, refused: self.fits.err().map(Error::from) })
    }

    /// Whose photos a form may name: the account's that is signed in, else the form's own, by
    /// its random word.
    fn whose(&self, cx: &Cx) -> String {
        cx.who().unwrap_or_else(|| self.values.get("form").to_owned())
    }

    /// Takes the photos out of the values that the form names, and keeps those that it brought.
    async fn named(&mut self, cx: &Cx, photos: &mut Photographs) -> Result<(), Error> {
        let named: Vec<String> = self.values.all(PHOTO).map(str::to_owned).collect();
        self.values.0.retain(|(name, _)| name != PHOTO);
        let whose = self.whose(cx);
        let mark = Mark { whose: &whose, now: cx.now };
        for marked in named {
            let kept = match mark.read(&marked)? {
                Some(photo) if cx.app.office.db.blob(&photo.0).await?.is_some() => photos.keep(photo, marked),
                _ => Err(PhotoError::NotKept),
            };
            self.fits = self.fits.and(kept);
        }
        Ok(())
    }

    /// Keeps a photo, unless one before it was refused.
    async fn take(&mut self, cx: &Cx, photos: &mut Photographs, bytes: Bytes) -> Result<(), Error> {
        if bytes.is_empty() || self.fits.is_err() {
            return Ok(());
        }
        if photos.are_all() {
            self.fits = Err(PhotoError::TooMany(photos.most));
            return Ok(());
        }
        match photos::take(&cx.app.office.db, bytes.to_vec()).await {
            Ok(photo) => {
                let whose = self.whose(cx);
                let marked = Mark { whose: &whose, now: cx.now }.put(&photo)?;
                self.fits = photos.keep(photo, marked);
            }
            Err(Error::Photo(error)) => self.fits = Err(error),
            Err(error) => return Err(error),
        }
        Ok(())
    }
}

impl Photographs {
    fn are_all(&self) -> bool {
        self.kept.len() >= self.most
    }

    /// Keeps one, once.
    fn keep(&mut self, photo: PhotoDigest, marked: String) -> Result<(), PhotoError> {
        if self.kept.iter().any(|(kept, _)| *kept == photo) {
            return Ok(());
        }
        if self.are_all() {
            return Err(PhotoError::TooMany(self.most));
        }
        self.kept.push((photo, marked));
        Ok(())
    }
}

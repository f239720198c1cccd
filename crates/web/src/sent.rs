//! A form that was sent, as handlers get it: its origin and its session's token have been
//! checked, and that nobody sends too much without signing in. It cannot be forgotten, since there
//! is no other way to a form's values (a test reads the sources). However a form is sent and
//! whatever fails, what came of it is kept for the answer. What the values mean is each feature's
//! business.

mod line;
mod typed;

pub use typed::LOOKED;
pub(crate) use typed::{Extent, ONCE, PHOTO, Typed, Whose};

use crate::client::Client;
use crate::drafts::Photos;
use crate::handed;
use crate::own_path::OwnPath;
use crate::photos::{self, LARGEST, Mark, PhotoError};
use crate::ui::Fields;
use crate::visitor::{said_in, sent_with};
use crate::{App, Cx, Error, held};
use axum::body::{Body, Bytes, HttpBody as _};
use axum::extract::{
    DefaultBodyLimit, Form, FromRequest, FromRequestParts as _, MatchedPath, Multipart, Request,
};
use axum::http::{Method, StatusCode, header};
use line::{Broke, Line};
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use tokio::sync::{Mutex, MutexGuard};
use typed::{is_mark, judge, looked_at, unmarked};
use yishi_kernel::PhotoDigest;

/// Most of a form that is words, in bytes as they are sent.
const MOST_WORDS: usize = 1024 * 1024;
/// What a field costs besides its words.
const FIELD: usize = 32;
/// How browsers send a form without files, and one with them.
const PAIRS: &str = "application/x-www-form-urlencoded";
const PARTS: &str = "multipart/form-data";

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
    coming: Coming,
    /// The file that showed that all values before it had come: raw.
    first: Option<Bytes>,
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

/// What came of a form with a file that is no photo.
#[derive(Debug)]
pub struct CameFile {
    /// Its values.
    pub values: Fields,
    /// The file, where one was chosen and is not too large.
    pub file: Result<Option<handed::File>, TooLarge>,
}

/// A file is larger than is taken on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge;

/// A form on its way in. Handlers read it, and where the request ends in an error, the answer
/// finds here what came, however far it was read.
#[derive(Clone, Debug)]
pub(crate) struct Coming(Arc<Mutex<Reading>>);

#[derive(Debug)]
struct Reading {
    source: Source,
    /// Why no more of it comes than came, if that is so.
    broke: Arc<OnceLock<Broke>>,
    /// Who sends it, once that could be said.
    cx: Option<Cx>,
    encoding: Option<&'static str>,
    /// Whose it was when it was let in or not.
    whose: Option<Whose>,
    /// What came so far, marks and all.
    values: Fields,
    /// The value that is just coming.
    open: Option<(String, Vec<u8>)>,
    /// How much of it is words.
    words: usize,
    /// Photos that were taken in, marked.
    taken: Vec<String>,
    /// How many files came that were not.
    lost: usize,
    /// What the last file was called.
    called: String,
}

/// What of a form is still to be read.
#[derive(Debug)]
enum Source {
    Pairs {
        body: Line,
        raw: Vec<u8>,
    },
    Parts(Multipart),
    /// Nothing: it is whole.
    End,
    /// Nothing: it could not be read.
    Broken(Broke),
}

/// What becomes of a file on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Files {
    /// It is kept, if the form may be taken.
    Kept,
    /// It is passed by.
    Passed,
}

/// A file that came; none was chosen where it is empty.
type File = Result<Bytes, PhotoError>;

/// The photos of a form while it is read.
#[derive(Debug)]
struct Photographs<'a> {
    cx: &'a Cx,
    /// Each with its mark.
    kept: Vec<(PhotoDigest, String)>,
    /// How many the rules take.
    most: usize,
    fits: Result<(), PhotoError>,
}

impl From<Broke> for Error {
    fn from(broke: Broke) -> Self {
        match broke {
            Broke::Large => Error::TurnedAway(StatusCode::PAYLOAD_TOO_LARGE),
            Broke::Off => Error::Cut,
        }
    }
}

/// Takes the form out of a request, if one was sent with it, before anything can fail.
pub(crate) async fn hold(request: Request, app: &Arc<App>) -> (Request, Option<Coming>) {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.unwrap_or_default().trim_start().to_ascii_lowercase();
    let encoding = if kind.starts_with(PARTS) { Some(PARTS) } else { None };
    if request.method() != Method::POST || (encoding.is_none() && !kind.starts_with(PAIRS)) {
        return (request, None);
    }
    let (parts, body) = request.into_parts();
    let broke = Arc::default();
    let body = Line::new(body, Arc::clone(&broke));
    let source = match encoding {
        None => Source::Pairs { body, raw: Vec::new() },
        Some(_) => {
            let mut form = Request::new(Body::new(body));
            form.headers_mut().clone_from(&parts.headers);
            DefaultBodyLimit::disable().apply(&mut form);
            Multipart::from_request(form, app).await.map_or(Source::Broken(Broke::Off), Source::Parts)
        }
    };
    let reading = Reading {
        source,
        broke,
        cx: None,
        whose: None,
        encoding,
        values: Fields::default(),
        open: None,
        words: 0,
        taken: Vec::new(),
        lost: 0,
        called: String::new(),
    };
    let coming = Coming(Arc::new(Mutex::new(reading)));
    let mut request = Request::from_parts(parts, Body::empty());
    request.extensions_mut().insert(coming.clone());
    (request, Some(coming))
}

/// Asks who sends a form, as its page will, and whether it comes from a page of ours: the browser
/// names us as its origin. Nothing of it has been read.
///
/// # Errors
/// When it cannot be said who sends it, or it comes from elsewhere.
pub(crate) async fn known(request: Request, app: &Arc<App>) -> Result<Request, Error> {
    if request.method() != Method::POST {
        return Ok(request);
    }
    let (mut parts, body) = request.into_parts();
    let ours = app.takes_forms_from(&parts.headers);
    let cx = Cx::from_request_parts(&mut parts, app).await;
    if let (Some(Coming(reading)), Ok(cx)) = (parts.extensions.get::<Coming>(), &cx) {
        reading.lock().await.cx = Some(cx.clone());
    }
    ours?;
    cx?;
    Ok(Request::from_parts(parts, body))
}

impl Coming {
    /// Reads what nobody has read yet, for what was typed there: files are passed by.
    pub async fn rest(&self) {
        let mut reading = self.0.lock().await;
        while let Ok(Some(_)) = reading.on(Files::Passed).await {}
    }

    /// What was typed, as far as it came.
    pub async fn typed(&self) -> Typed {
        let reading = self.0.lock().await;
        let mut values = reading.values.clone();
        if let Source::Pairs { raw, .. } = &reading.source {
            values.0.extend(pairs(begun(raw)).await.0);
        }
        values.0.extend(reading.open.as_ref().map(|(name, bytes)| (name.clone(), words(bytes))));
        let extent = if matches!(reading.source, Source::End) { Extent::Whole } else { Extent::Part };
        if let (Extent::Part, Some((_, last))) = (extent, values.0.last_mut()) {
            // Half a letter came.
            last.truncate(last.trim_end_matches(char::REPLACEMENT_CHARACTER).len());
        }
        values.0.extend(reading.taken.iter().map(|marked| (PHOTO.to_owned(), marked.clone())));
        let photos = if reading.lost > 0 { Photos::Lost } else { Photos::None };
        Typed {
            encoding: reading.encoding,
            ..Typed::of(reading.cx.as_ref(), reading.whose, values, photos, extent)
        }
    }
}

impl Reading {
    /// Reads on to the end of the next file, or to the end. What comes is noted as it comes:
    /// reading may be given up at any moment.
    async fn on(&mut self, files: Files) -> Result<Option<File>, Broke> {
        let read = match self.source {
            Source::Pairs { .. } => self.pairs().await.map(|()| None),
            Source::Parts(_) => self.part(files).await,
            Source::End => return Ok(None),
            Source::Broken(broke) => return Err(broke),
        };
        match read {
            Ok(Some(_)) => {}
            Ok(None) => self.source = Source::End,
            Err(broke) => self.source = Source::Broken(broke),
        }
        read
    }

    /// Whether it is for its photos that it is too large.
    fn has_few_words(&self) -> bool {
        self.words <= MOST_WORDS
    }

    /// Reads a form without files. What is too much is read to its end all the same, so that the
    /// browser hears why it was not taken.
    async fn pairs(&mut self) -> Result<(), Broke> {
        let Source::Pairs { body, raw } = &mut self.source else { return Ok(()) };
        let mut came = 0;
        while let Some(Ok(frame)) = poll_fn(|cx| Pin::new(&mut *body).poll_frame(cx)).await {
            let data = frame.into_data().unwrap_or_default();
            came += data.len();
            raw.extend_from_slice(&data[..data.len().min(MOST_WORDS - raw.len())]);
        }
        let read = match self.broke.get() {
            Some(broke) => Err(*broke),
            None if came > MOST_WORDS => Err(Broke::Large),
            None => Ok(()),
        };
        self.values = pairs(if read.is_ok() { raw } else { begun(raw) }).await;
        read
    }

    /// Reads a form with files to the end of the next one.
    async fn part(&mut self, files: Files) -> Result<Option<File>, Broke> {
        let Self { source, broke, cx, values, open, words: came, lost, called, .. } = self;
        let broke = |_| broke.get().copied().unwrap_or(Broke::Off);
        let Source::Parts(form) = source else { return Ok(None) };
        while let Some(mut field) = form.next_field().await.map_err(broke)? {
            if field.file_name().is_some() || field.name() == Some("photos") {
                let may = cx.as_ref().is_some_and(|cx| judge(cx, values).1.is_ok());
                // A file without a name is what browsers send where none was chosen.
                *called = field.file_name().map(plain_name).unwrap_or_default();
                let named = !called.is_empty();
                let (mut bytes, mut size) = (Vec::new(), 0);
                while let Some(chunk) = field.chunk().await.map_err(broke)? {
                    *lost += usize::from(size == 0 && !chunk.is_empty());
                    size += chunk.len();
                    if size > LARGEST {
                        bytes = Vec::new();
                    } else if may && files == Files::Kept {
                        bytes.extend_from_slice(&chunk);
                    }
                }
                return Ok(Some(match size {
                    0 if named => Err(PhotoError::Empty),
                    size if size > LARGEST => Err(PhotoError::TooLarge),
                    _ => Ok(bytes.into()),
                }));
            }
            let name = field.name().unwrap_or_default().to_owned();
            *came += name.len() + FIELD;
            let (_, value) = open.insert((name, Vec::new()));
            while let Some(chunk) = field.chunk().await.map_err(broke)? {
                *came += chunk.len();
                if *came > MOST_WORDS {
                    return Err(Broke::Large);
                }
                value.extend_from_slice(&chunk);
            }
            values.0.extend(open.take().map(|(name, value)| (name, words(&value))));
        }
        Ok(None)
    }
}

/// The pairs that a form without files is sent as.
async fn pairs(raw: &[u8]) -> Fields {
    let request = Request::post("/").header(header::CONTENT_TYPE, PAIRS).body(Body::from(raw.to_vec()));
    let Ok(request) = request else { return Fields::default() };
    let read = Form::<Vec<(String, String)>>::from_request(request, &()).await;
    let pairs = read.map(|Form(pairs)| pairs).unwrap_or_default();
    Fields(pairs.into_iter().map(|(name, value)| (name, plain(value))).collect())
}

/// The beginning of a form without files, without half of what stands for a byte.
fn begun(raw: &[u8]) -> &[u8] {
    let last = raw.len().saturating_sub(2);
    let half = raw[last..].iter().position(|byte| *byte == b'%');
    half.map_or(raw, |half| &raw[..last + half])
}

/// What somebody wrote, as text.
fn words(bytes: &[u8]) -> String {
    plain(String::from_utf8_lossy(bytes).into_owned())
}

/// A file's name as somebody may read it, without folders in front.
fn plain_name(name: &str) -> String {
    let own = name.rsplit(['/', '\\']).next().unwrap_or_default();
    plain(own.chars().filter(|c| !c.is_control()).take(100).collect())
}

/// A value without the character of number zero: nobody types it, and PostgreSQL keeps no text
/// that has it.
fn plain(value: String) -> String {
    if value.contains('\0') { value.replace('\0', "") } else { value }
}

/// A form that is read by a handler.
struct Arrived {
    cx: Cx,
    coming: Coming,
    client: Client,
    route: Option<MatchedPath>,
}

impl Arrived {
    /// The form of a request that went through [`known`].
    async fn of(request: Request, app: &Arc<App>) -> Result<Self, Error> {
        let (mut parts, _) = request.into_parts();
        let cx = Cx::from_request_parts(&mut parts, app).await?;
        let coming = parts.extensions.remove::<Coming>().ok_or(Error::Malformed)?;
        let (client, route) = (Client::of(&parts, &app.proxies), parts.extensions.get().cloned());
        Ok(Self { cx, coming, client, route })
    }

    /// All of it, read.
    async fn read(&self) -> Result<MutexGuard<'_, Reading>, Error> {
        let mut reading = self.coming.0.lock().await;
        while reading.on(Files::Passed).await?.is_some() {}
        Ok(reading)
    }

    /// Lets it through where not too much came from there.
    fn take(&self) -> Result<(), Error> {
        held::take(&self.cx, self.client, self.route.as_ref().map_or("", MatchedPath::as_str))
    }

    /// Lets it through or not, by its marks.
    fn let_in(&self, reading: &mut Reading) -> Result<(), Error> {
        let (cx, (whose, fits)) = (&self.cx, judge(&self.cx, &reading.values));
        reading.whose = Some(whose);
        let page = OwnPath::or(reading.values.get("page"), "/desk");
        cx.comes_from(page.as_str());
        if let (Ok(()), Some(own)) = (&fits, cx.who()) {
            cx.app.drafts.drop(&own, page.as_str());
        }
        fits?;
        self.take()
    }
}

/// Has what this form asks for be done once. A form without a word of ours was not made by our
/// pages: what it asks for is done each time.
fn once(cx: &Cx, values: &Fields, photos: &[PhotoDigest]) {
    let said = said_in(values, photos, |name| !is_mark(name));
    if let Ok(form) = sent_with(cx, values.get(ONCE), &said) {
        cx.sends(form);
    }
}

impl FromRequest<Arc<App>> for Sent {
    type Rejection = Error;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Error> {
        let arrived = Arrived::of(request, app).await?;
        let mut reading = arrived.read().await?;
        arrived.let_in(&mut reading)?;
        once(&arrived.cx, &reading.values, &[]);
        let values = unmarked(reading.values.clone());
        looked_at(&arrived.cx, &values);
        Ok(Self(values))
    }
}

impl FromRequest<Arc<App>> for SentByAnyone {
    type Rejection = Error;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Error> {
        let arrived = Arrived::of(request, app).await?;
        let reading = arrived.read().await?;
        arrived.take()?;
        Ok(Self(reading.values.clone()))
    }
}

impl FromRequest<Arc<App>> for SentParts {
    type Rejection = Error;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Error> {
        let arrived = Arrived::of(request, app).await?;
        let mut reading = arrived.coming.0.lock().await;
        // Before the first file it must be clear whether it may come: our forms' token does.
        let (first, fits) = match reading.on(Files::Kept).await {
            Ok(Some(Ok(bytes))) => (Some(bytes), Ok(())),
            Ok(Some(Err(error))) => (None, Err(error)),
            Ok(None) => (None, Ok(())),
            Err(Broke::Large) if reading.has_few_words() => (None, Err(PhotoError::TooLarge)),
            Err(broke) => return Err(broke.into()),
        };
        arrived.let_in(&mut reading)?;
        drop(reading);
        Ok(Self { coming: arrived.coming, first, fits })
    }
}

impl SentParts {
    /// Reads the form to its end. Photos are kept as they come, as many as the rules take; one
    /// that is refused does not lose the text. Whether this actor may send one at all is asked
    /// before.
    ///
    /// # Errors
    /// When the form does not read, or a photo cannot be kept.
    pub async fn read(self, cx: &Cx, most: usize) -> Result<Came, Error> {
        let mut reading = self.coming.0.lock().await;
        let mut photos = Photographs { cx, kept: Vec::new(), most, fits: self.fits };
        photos.named(&reading.values, 0).await?;
        let known = reading.values.0.len();
        let mut next = self.first.map(Ok);
        loop {
            match next {
                Some(Ok(bytes)) => photos.take(&mut reading, bytes).await?,
                Some(Err(error)) => photos.wrong(error),
                None => {}
            }
            next = match reading.on(Files::Kept).await {
                Ok(None) => break,
                Ok(file) => file,
                Err(Broke::Large) if reading.has_few_words() => {
                    photos.wrong(PhotoError::TooLarge);
                    break;
                }
                Err(broke) => return Err(broke.into()),
            };
        }
        photos.named(&reading.values, known).await?;
        let mut values = unmarked(reading.values.clone());
        looked_at(cx, &values);
        values.0.retain(|(name, _)| name != PHOTO);
        let (kept, marked): (Vec<_>, Vec<_>) = photos.kept.into_iter().unzip();
        once(cx, &reading.values, &kept);
        values.0.extend(marked.into_iter().map(|marked| (PHOTO.to_owned(), marked)));
        Ok(Came { values, photos: kept, refused: photos.fits.err().map(Error::from) })
    }
}

impl SentParts {
    /// Reads the form to its end, with the first file that it brings as it is. Whether this actor may
    /// send one at all is asked before.
    ///
    /// # Errors
    /// When the form does not read.
    pub async fn read_file(self, cx: &Cx) -> Result<CameFile, Error> {
        let mut reading = self.coming.0.lock().await;
        let name = reading.called.clone();
        let mut file = match (self.first, self.fits) {
            (Some(bytes), _) if !bytes.is_empty() => {
                Ok(Some(handed::File { name, bytes: bytes.to_vec().into() }))
            }
            (_, Err(PhotoError::TooLarge)) => Err(TooLarge),
            _ => Ok(None),
        };
        loop {
            match reading.on(Files::Passed).await {
                Ok(Some(_)) => {}
                Ok(None) => break,
                Err(Broke::Large) if reading.has_few_words() => {
                    file = Err(TooLarge);
                    break;
                }
                Err(broke) => return Err(broke.into()),
            }
        }
        once(cx, &reading.values, &[]);
        Ok(CameFile { values: unmarked(reading.values.clone()), file })
    }
}

impl Photographs<'_> {
    /// Notes what is wrong, unless something was before.
    fn wrong(&mut self, error: PhotoError) {
        self.fits = self.fits.and(Err(error));
    }

    /// Whose photos a form may name: the account's that is signed in, else the form's own, by
    /// its random word.
    fn whose(&self, values: &Fields) -> String {
        self.cx.who().unwrap_or_else(|| values.get("form").to_owned())
    }

    /// Keeps the photos that the form names, from this one of its values on.
    async fn named(&mut self, values: &Fields, from: usize) -> Result<(), Error> {
        let whose = self.whose(values);
        let mark = Mark { whose: &whose, now: self.cx.now };
        for (_, marked) in values.0.iter().skip(from).filter(|(name, _)| name == PHOTO) {
            let kept = match mark.read(marked)? {
                Some(photo) if self.cx.app.office.db.blob(&photo.0).await?.is_some() => {
                    self.keep(photo, marked.clone())
                }
                _ => Err(PhotoError::NotKept),
            };
            self.fits = self.fits.and(kept);
        }
        Ok(())
    }

    /// Keeps a photo, unless one before it was refused.
    async fn take(&mut self, reading: &mut Reading, bytes: Bytes) -> Result<(), Error> {
        if bytes.is_empty() || self.fits.is_err() {
            return Ok(());
        }
        if self.are_all() {
            self.wrong(PhotoError::TooMany(self.most));
            return Ok(());
        }
        match photos::take(&self.cx.app.office.db, bytes.to_vec()).await {
            Ok(photo) => {
                let whose = self.whose(&reading.values);
                let marked = Mark { whose: &whose, now: self.cx.now }.put(&photo)?;
                reading.taken.push(marked.clone());
                reading.lost = reading.lost.saturating_sub(1);
                self.fits = self.keep(photo, marked);
            }
            Err(Error::Photo(error)) => self.wrong(error),
            Err(error) => return Err(error),
        }
        Ok(())
    }

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

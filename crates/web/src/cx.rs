//! What a request brings: language and view, who is signed in, what they typed before their
//! session ended, and the marks by which a form is known as ours. What the request means is
//! each feature's business.

use crate::Error;
use crate::bearer::is_interface;
use crate::client::Proxies;
use crate::cookies::{Cookies, Life, Origins, value as cookie};
use crate::drafts::{Draft, Drafts};
use crate::duty::{asking, shelf};
use crate::feature::Feature;
use crate::handed::{File, Handed};
use crate::local;
use crate::metrics::Metrics;
use crate::photos::Thumbnails;
use crate::routes::Needs;
use crate::sent::ONCE;
use crate::sheet::PASSED;
use crate::system::Sealing;
use crate::texts::{self, Language, Locale};
use crate::ui::{self, Fields};
use crate::visitor::{BESIDE, DEVICE, PASS, SHARED, Used};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use maud::{Markup, html};
use std::collections::{BTreeSet, HashMap};
use std::str::FromStr;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use yishi_courier::Courier;
use yishi_kernel::personal::Looked;
use yishi_kernel::{Actor, Denied, Moment, Pack, PlaceId, Resource, Right, Role, StreamName, may};
use yishi_office::ledgers::stream_by_number;

use yishi_office::people::reads as people;
use yishi_office::places::local::Local;
use yishi_office::places::reads as places;
use yishi_office::{FormKey, Office};
use yishi_store::{Fault, blobs};

/// What all requests share.
#[derive(Debug)]
pub struct App {
    /// Where commands are carried out.
    pub office: Office,
    /// What the program can do: routes, texts and navigation of each feature.
    pub features: &'static [&'static Feature],
    /// The address under which people reach this program, without a final slash.
    pub public_url: String,
    /// Public boards as last shown.
    pub boards: crate::boards::Boards,
    /// Ledgers by the word in their links: neither ever changes.
    ledgers: Mutex<HashMap<String, places::LedgerRow>>,
    /// Small copies of photos.
    pub thumbnails: Thumbnails,
    /// What brings messages to people outside; without settings it brings none.
    pub courier: Courier,
    /// Wrong passwords lately.
    pub tries: crate::tries::Tries,
    /// What was typed into forms whose session had ended.
    pub drafts: Drafts,
    /// Files that wait for a yes.
    pub handed: Handed,
    /// The proxies that are believed about whom they speak for.
    pub proxies: Proxies,
    /// The routes that only a link leads to.
    pub(crate) links: BTreeSet<&'static str>,
    /// How far sealing lags behind.
    pub(crate) sealing: Sealing,
    /// Counters.
    pub metrics: Metrics,
    /// How cookies are set and read.
    pub cookies: Cookies,
    /// Where forms of ours come from.
    origins: Origins,
    /// Sign-ins that a demo shows on its front page; empty otherwise.
    pub demo: Vec<(String, String)>,
}

impl App {
    /// The state of a program that has these features and is reached under `public_url`.
    #[must_use]
    pub fn new(office: Office, public_url: &str, features: &'static [&'static Feature]) -> Self {
        texts::collect(features);
        let routes = features.iter().flat_map(|feature| feature.routes);
        let by_link = routes.filter(|route| matches!(route.needs, Needs::Link));
        let links = by_link.map(|route| route.path).collect();
        let public_url = public_url.trim_end_matches('/').to_owned();
        let (cookies, origins) = (Cookies::of(&public_url), Origins::of(&public_url));
        let sealing = Sealing::since(office.now());
        Self {
            office,
            features,
            public_url,
            boards: crate::boards::Boards::default(),
            ledgers: Mutex::default(),
            thumbnails: Thumbnails::default(),
            courier: Courier::default(),
            tries: crate::tries::Tries::default(),
            drafts: Drafts::default(),
            handed: Handed::default(),
            proxies: Proxies::default(),
            links,
            sealing,
            metrics: Metrics::default(),
            cookies,
            origins,
            demo: Vec::new(),
        }
    }

    /// The ledger under a word of links, looked up once in the life of the program.
    pub(crate) async fn ledger(&self, slug: &str) -> Result<Option<places::LedgerRow>, Fault> {
        let known = || self.ledgers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(ledger) = known().get(slug) {
            return Ok(Some(ledger.clone()));
        }
        let ledger = places::ledger_by_slug(&self.office.db, slug).await?;
        if let Some(ledger) = &ledger {
            known().insert(slug.to_owned(), ledger.clone());
        }
        Ok(ledger)
    }

    /// Lets a form through that came from our own page: the browser names our scheme and host
    /// as its origin.
    ///
    /// # Errors
    /// When the browser names another site as the form's origin.
    pub(crate) fn takes_forms_from(&self, headers: &HeaderMap) -> Result<(), Error> {
        let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or_default());
        // Old web views send no origin at all; for these the token and the cookie's
        // SameSite must do.
        match text(header::ORIGIN) {
            Some(origin) if !self.origins.have(origin, text(header::HOST)) => Err(Error::Elsewhere),
            _ => Ok(()),
        }
    }

    /// Where our forms come from, if it is known which name of ours is public.
    pub(crate) fn public_origin(&self) -> Option<&str> {
        matches!(self.origins, Origins::Own(_)).then_some(self.public_url.as_str())
    }

    /// The same, reached by whatever name this machine has: nobody said which one is public.
    #[must_use]
    pub fn by_any_name(self) -> Self {
        Self { origins: Origins::Asked, ..self }
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
    /// The language of the page, and what it calls its place.
    pub locale: Locale,
    /// What is said of the place that the page belongs to: whom one rings there.
    pub local: Arc<Local>,
    /// How large things are.
    pub view: View,
    /// Who is signed in.
    pub staff: Option<Staff>,
    /// How much came to whoever is signed in since they looked at their inbox last, as far as it is
    /// counted; asked for pages alone.
    pub unseen: usize,
    /// The random word of this device, if it has one.
    pub device: Option<String>,
    /// The word of a browser in which somebody signed in before.
    pub browser: Option<String>,
    /// What the browser calls itself.
    pub(crate) agent: String,
    /// What this device has said last, as far as it keeps that.
    pub said: Option<String>,
    /// The pass of the receipt whose code was typed here last.
    pub pass: Option<String>,
    /// Whether somebody has said that several people use this device.
    pub used: Used,
    /// The word of a sign-in that waits for its second step.
    pub half: Option<String>,
    /// When the request came.
    pub now: Moment,
    /// The page asked for, to come back to.
    pub here: String,
    /// What this person typed on this page and could not send, since the session had ended.
    pub draft: Option<Arc<Draft>>,
    /// The page on which the form that was sent here stands; shared by all copies.
    page: Arc<OnceLock<String>>,
    /// The office as it works for the form that was sent here; shared by all copies.
    once: Arc<OnceLock<Office>>,
    /// Places that this page has read; shared by all copies.
    places: Arc<Mutex<HashMap<PlaceId, places::PlaceRow>>>,
    /// What whoever sends the form that came has looked at twice; the actor's.
    pub(crate) looked: Looked,
}

/// Language of a request: the cookie's, else the browser's.
pub(crate) fn language_of(headers: &HeaderMap) -> Language {
    let accepted = || {
        let header = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
        Some(Language::accepted(header))
    };
    cookie(headers, "lang").and_then(Language::parse).or_else(accepted).unwrap_or_default()
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
        // A handler and the form it takes ask for the same.
        if let Some(cx) = parts.extensions.get::<Self>() {
            return Ok(cx.clone());
        }
        let headers = &parts.headers;
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let own = |name| app.cookies.get(headers, name);
        // At the interface only a token says who comes.
        let session = own("session").filter(|_| !is_interface(parts.uri.path()));
        let staff = match session {
            Some(word) => signed_in(app, &word).await?,
            None => None,
        };
        let looked = staff.as_ref().map(|staff| staff.actor.looked.clone()).unwrap_or_default();
        let now = app.office.now();
        let here = parts.uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
        let local = match local::of_request(app, parts.extensions.get(), &here).await? {
            Some(ledger) => app.office.local(Some(ledger)).await?,
            None => app.office.local(staff.as_ref().map(|staff| staff.ledger)).await?,
        };
        let mut cx = Self {
            locale: Locale { language: language_of(headers), kinds: local.kinds, year: now.date().year() },
            local,
            view: view_of(headers),
            staff,
            unseen: 0,
            device: own(DEVICE).filter(|word| word.len() == 26),
            browser: own("browser").filter(|word| word.len() == 26),
            agent: text(header::USER_AGENT).unwrap_or_default(),
            said: own("said"),
            pass: own(PASS),
            used: own(SHARED).map_or(Used::ByOne, |_| Used::ByMany),
            half: own("half").filter(|word| word.len() == 26),
            now,
            here,
            draft: None,
            page: Arc::default(),
            once: Arc::default(),
            places: Arc::default(),
            looked,
            app: Arc::clone(app),
        };
        if parts.method == Method::GET {
            cx.unseen = unseen(&cx).await?;
            cx.comes_from(&cx.here);
            cx.draft = cx.who().and_then(|who| app.drafts.find(&who, &cx.here, now));
        }
        parts.extensions.insert(cx.clone());
        Ok(cx)
    }
}

/// How much came to whoever is signed in. Residents have no inbox: theirs are their receipts.
async fn unseen(cx: &Cx) -> Result<usize, Error> {
    match &cx.staff {
        Some(staff) if staff.actor.current(cx.now).any(|grant| grant.role != Role::Resident) => {
            Ok(cx.app.office.unseen(&staff.actor).await?)
        }
        Some(_) | None => Ok(0),
    }
}

async fn signed_in(app: &App, word: &str) -> Result<Option<Staff>, Error> {
    let Some(who) = app.office.session(word).await? else { return Ok(None) };
    let Some(actor) = people::actor(&app.office.db, who.account).await? else { return Ok(None) };
    let name = people::account(&app.office.db, who.account).await?.map_or_else(String::new, |row| row.name);
    Ok(Some(Staff { actor, name, ledger: who.ledger, session: word.to_owned() }))
}

/// By what the link of a page says what was done there.
const DONE: &str = "done";

impl Cx {
    /// Who acts: whoever is signed in, else a visitor.
    #[must_use]
    pub fn actor(&self) -> Actor {
        let visitor = || Actor { looked: self.looked.clone(), ..Actor::visitor() };
        self.staff.as_ref().map_or_else(visitor, |staff| staff.actor.clone())
    }

    /// Who is signed in, or the way to sign in.
    pub fn staff(&self) -> Result<&Staff, Error> {
        self.staff.as_ref().ok_or(Error::Denied(Denied::SignIn))
    }

    /// The role in which this may be done there, or why not.
    ///
    /// # Errors
    /// The reason.
    pub fn may(&self, right: &Right, resource: &Resource) -> Result<Role, Error> {
        Ok(may(&self.actor(), right, resource, self.now)?)
    }

    /// The token that forms of this session carry, in 32 hexadecimal digits.
    fn secret(&self) -> Option<String> {
        let staff = self.staff.as_ref()?;
        Some(blobs::digest_of(format!("form/{}", staff.session).as_bytes())[..32].to_owned())
    }

    /// The token of this session's forms. It is masked anew on each page, so that nobody
    /// learns it from how well pages compress that also say what others typed.
    #[must_use]
    pub fn token(&self) -> String {
        let Some(secret) = self.secret() else { return String::new() };
        let (Ok(mask), Ok(bits)) = (yishi_store::random::<16>(), u128::from_str_radix(&secret, 16)) else {
            return secret;
        };
        let mask = u128::from_be_bytes(mask);
        format!("{mask:032x}{:032x}", mask ^ bits)
    }

    /// Whether a token, masked or bare, is this session's.
    pub(crate) fn fits(&self, token: &str) -> bool {
        let part =
            |from: usize| token.get(from..from + 32).and_then(|part| u128::from_str_radix(part, 16).ok());
        let bare = match (token.len(), part(0), part(32)) {
            (64, Some(mask), Some(masked)) => format!("{:032x}", mask ^ masked),
            _ => token.to_owned(),
        };
        self.secret() == Some(bare)
    }

    /// Whose a form is that is made now: a digest of the account, of no use to anyone else.
    pub(crate) fn who(&self) -> Option<String> {
        let account = self.staff.as_ref()?.actor.account?;
        Some(blobs::digest_of(format!("who/{account}").as_bytes())[..32].to_owned())
    }

    /// The office that carries out what the form asks for that was sent here: once, however
    /// often it comes.
    #[must_use]
    pub fn office(&self) -> &Office {
        self.once.get().unwrap_or(&self.app.office)
    }

    /// Has what is carried out from here on follow from this form.
    pub(crate) fn sends(&self, form: FormKey) {
        // Only the first counts: a request has one form.
        let _ = self.once.set(self.app.office.of_form(form));
    }

    /// What every form carries first: the session's token, whose form it is, the page it stands
    /// on, and its own word. By these [`crate::sent`] knows it again. Without chance for a word
    /// it has none, and is taken as often as it comes.
    #[must_use]
    pub fn marks(&self) -> Markup {
        let page = self.page.get().map_or("/desk", String::as_str);
        html! {
            (ui::hidden("token", &self.token()))
            @if let Ok(word) = FormKey::fresh(self.now) { (ui::hidden(ONCE, &word)) }
            @if let Some(who) = self.who() { (ui::hidden("who", &who)) (ui::hidden("page", page)) }
        }
    }

    /// Remembers the page on which the form stands that came with this request.
    pub(crate) fn comes_from(&self, page: &str) {
        // Only the first counts: a request has one form.
        let _ = self.page.set(page.to_owned());
    }

    /// The page that is asked for, or on which the form stands that was sent.
    #[must_use]
    pub fn page(&self) -> &str {
        self.page.get().map_or(&self.here, String::as_str)
    }

    /// The link of a thing's page for whoever sent a form from there: it keeps what it knows of the
    /// desk, and is told what was done.
    pub(crate) fn back_to(&self, link: &str, done: Option<&str>) -> String {
        let page = self.page.get().filter(|page| page.split('?').next() == Some(link));
        let Some(page) = page else { return link.to_owned() };
        ui::link(&asking(link, &shelf(page)), &[(DONE, done.unwrap_or_default())])
    }

    /// The word of what was done just now, which led back to this page.
    #[must_use]
    pub fn done(&self) -> Option<&str> {
        self.said_in_link(DONE)
    }

    /// What the link of the page says under a name.
    #[must_use]
    pub fn said_in_link(&self, name: &str) -> Option<&str> {
        let query = self.here.split_once('?').map_or("", |(_, query)| query);
        query.split('&').find_map(|asked| asked.strip_prefix(name)?.strip_prefix('='))
    }

    /// What a page's forms are filled in with when it is opened: what was typed there before
    /// the session ended, else nothing.
    #[must_use]
    pub fn typed(&self) -> Fields {
        self.draft.as_ref().map(|draft| draft.values.clone()).unwrap_or_default()
    }

    /// Whether the page was asked for with this word.
    fn asks(&self, word: &str) -> bool {
        let query = self.here.split_once('?').map_or("", |(_, query)| query);
        query.split('&').any(|asked| asked == word)
    }

    /// Keeps a file that was handed in until this page's next form says what becomes of it.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub fn hand_in(&self, page: &str, file: File) -> Result<(), Error> {
        let who = self.who().ok_or(Error::Denied(Denied::SignIn))?;
        self.app.handed.keep(&who, page, file, self.now);
        Ok(())
    }

    /// The file that was handed in on a page and is still there.
    #[must_use]
    pub fn handed_in(&self, page: &str) -> Option<File> {
        self.app.handed.find(&self.who()?, page, self.now)
    }

    /// The file is done with.
    pub fn hand_back(&self, page: &str) {
        if let Some(who) = self.who() {
            self.app.handed.drop(&who, page);
        }
    }

    /// What to tell whoever is signed in: of what is filled in already, else of what became of
    /// the form that led here.
    #[must_use]
    pub fn told(&self) -> Option<String> {
        use crate::drafts::Photos;
        let Some(draft) = self.draft.as_ref() else {
            let told = [(BESIDE, "form-beside"), (PASSED, "form-passed")];
            let (_, key) = told.into_iter().find(|(word, _)| self.asks(word))?;
            return Some(self.locale.say(key));
        };
        let time = self.locale.time(draft.at);
        Some(match draft.photos {
            Photos::None => self.locale.with("typed-kept", &[("time", &time)]),
            Photos::Lost => self.locale.with("typed-kept-no-photos", &[("time", &time)]),
        })
    }

    /// The word of this device, made if it has none, and the cookie to set then.
    pub fn device(&self) -> Result<(String, Option<String>), Error> {
        if let Some(word) = &self.device {
            return Ok((word.clone(), None));
        }
        let word = yishi_store::random_word(26)?;
        let life = if self.used == Used::ByMany { Life::Visit } else { Life::Year };
        let cookie = self.app.cookies.set(DEVICE, &word, life);
        Ok((word, Some(cookie)))
    }

    /// The word of the session, to end it.
    #[must_use]
    pub fn session(&self) -> Option<&str> {
        self.staff.as_ref().map(|staff| staff.session.as_str())
    }

    /// The rules in force in a ledger now.
    pub async fn rules(&self, ledger: PlaceId) -> Result<Arc<Pack>, Error> {
        Ok(self.app.office.rules(ledger, self.now).await?)
    }

    /// A community or other keeper by the word in links.
    pub async fn ledger(&self, slug: &str) -> Result<places::LedgerRow, Error> {
        self.app.ledger(slug).await?.ok_or(Error::NotFound)
    }

    /// The id of the thing of a ledger that has this number.
    ///
    /// # Errors
    /// When nothing of that kind has it.
    pub async fn numbered<I>(&self, ledger: PlaceId, number: i64) -> Result<I, Error>
    where
        I: FromStr + Copy + Into<StreamName>,
    {
        let stream = stream_by_number(&self.app.office.db, ledger, number).await?;
        let stream = stream.ok_or(Error::NotFound)?;
        let id: I = stream.id().parse().map_err(|_| Error::NotFound)?;
        // A thing of another kind may be called by such an id too.
        if id.into() == stream { Ok(id) } else { Err(Error::NotFound) }
    }

    /// A place, read once a page.
    pub async fn place(&self, id: PlaceId) -> Result<places::PlaceRow, Error> {
        let read = || self.places.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(place) = read().get(&id) {
            return Ok(place.clone());
        }
        let place = places::place(&self.app.office.db, id).await?.ok_or(Error::NotFound)?;
        read().insert(id, place.clone());
        Ok(place)
    }

    /// A place as the predicate of access sees it.
    pub async fn resource(&self, place: &places::PlaceRow) -> Result<Resource, Error> {
        let path = places::path_of(&self.app.office.db, place).await?;
        Ok(Resource::at(&path))
    }
}

//! The page of one thing, for those who may act on it, and what they can do there. [`Sheet`] is
//! what such a page knows; an [`Act`] has its form, its reading and its carrying out in one
//! place; one handler serves all acts, so that all end alike: back on the page, or there again
//! with everything typed and everything that is wrong. What an act means is the domain's.

pub use crate::form::Form;
pub use crate::read::Reader;
use crate::routes::Takes;
use crate::sent::{Came, Sent, SentParts};
pub use crate::slip::Slip;
use crate::ui::Fields;
use crate::{Cx, Error, Staff};
use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use serde::de::DeserializeOwned;
use std::future::Future;
use std::ops::Deref;
use std::sync::Arc;
use yishi_kernel::command::Command;
use yishi_kernel::rules::Limits;
use yishi_kernel::{
    Denied, Loaded, OrganisationId, Pack, PlaceId, Resource, Right, Role, Stream as _, StreamName, may,
};
use yishi_office::places::reads::LedgerRow;
use yishi_office::{Load, Viewed};

/// A kind of thing that has a page to act on: an order, a meeting, a place.
pub trait Thing: Sized + Send + Sync + 'static {
    /// What its link says which one it is: mostly the community's word and its number.
    type At: DeserializeOwned + Send;
    /// Its state.
    type State: Viewed;
    /// What else its page knows of it: as listed, and what comes with that.
    type Row: Send + Sync;
    /// The family of its forms' texts.
    const FAMILY: &'static str;
    /// The right to see its page.
    const SEEN_BY: &'static Right;

    /// Finds it.
    fn find(cx: &Cx, at: Self::At) -> impl Future<Output = Result<Found<Self>, Error>> + Send;

    /// The stream that it is.
    fn stream(found: &Found<Self>) -> StreamName;

    /// The link of its page.
    fn link(found: &Found<Self>) -> String;
}

/// A thing whose page is known here.
pub trait Shown: Thing {
    /// The page, with what was typed where a form was not taken.
    fn show(
        sheet: &Sheet<Self>,
        values: &Fields,
        slip: Option<&Slip>,
    ) -> impl Future<Output = Result<Markup, Error>> + Send;
}

/// A thing, whoever looks at it.
pub struct Found<T: Thing> {
    /// The ledger it is in.
    pub ledger: LedgerRow,
    /// As listed.
    pub row: T::Row,
    /// Its state.
    pub state: T::State,
    /// The same as loaded, with what is private.
    pub loaded: Loaded<T::State>,
    /// Its place and all above it.
    pub path: Vec<PlaceId>,
}

impl<T: Thing> Found<T> {
    /// A thing as found.
    ///
    /// # Errors
    /// When it does not exist.
    pub fn new(
        ledger: LedgerRow,
        row: T::Row,
        loaded: Loaded<T::State>,
        path: Vec<PlaceId>,
    ) -> Result<Self, Error> {
        let state = loaded.get().cloned().ok_or(Error::NotFound)?;
        Ok(Self { ledger, row, state, loaded, path })
    }
}

/// A thing with who looks at it, and what they may do.
pub struct Sheet<T: Thing> {
    /// The request.
    pub cx: Cx,
    /// Who looks at it.
    pub staff: Staff,
    /// The role in which they see it.
    pub role: Role,
    /// The rules in force in its ledger.
    pub rules: Arc<Pack>,
    found: Found<T>,
    resource: Resource,
}

impl<T: Thing> Deref for Sheet<T> {
    type Target = Found<T>;

    fn deref(&self) -> &Found<T> {
        &self.found
    }
}

impl<T: Thing> Sheet<T> {
    /// The sheet of a thing, for whoever is signed in.
    ///
    /// # Errors
    /// When nobody is signed in, there is no such thing, or this person may not see it.
    pub async fn open(cx: Cx, at: T::At) -> Result<Self, Error> {
        cx.staff()?;
        let found = T::find(&cx, at).await?;
        Self::of(cx, found).await
    }

    /// The same of a thing as found.
    async fn of(cx: Cx, found: Found<T>) -> Result<Self, Error> {
        let staff = cx.staff()?.clone();
        let resource = found.state.resource(&found.path, &staff.actor);
        let role = may(&staff.actor, T::SEEN_BY, &resource, cx.now)?;
        let rules = cx.rules(found.ledger.ledger).await?;
        Ok(Self { cx, staff, role, rules, found, resource })
    }

    /// Whether this person may do this now.
    #[must_use]
    pub fn can(&self, right: &Right) -> bool {
        may(&self.staff.actor, right, &self.resource, self.cx.now).is_ok()
    }

    /// Who may not at all learns that before anything else about the form.
    ///
    /// # Errors
    /// When this person may not, at whatever stage.
    pub fn must(&self, right: &Right) -> Result<(), Error> {
        match may(&self.staff.actor, right, &self.resource, self.cx.now) {
            // The command says this itself, on a page that keeps what was typed.
            Ok(_) | Err(Denied::Stage(_)) => Ok(()),
            Err(denied) => Err(denied.into()),
        }
    }

    /// It as the predicate of access sees it.
    #[must_use]
    pub fn resource(&self) -> &Resource {
        &self.resource
    }

    /// Whether this person may do this at its place.
    #[must_use]
    pub fn can_here(&self, right: &Right) -> bool {
        self.cx.may(right, &Resource::at(&self.path)).is_ok()
    }

    /// How much may be written, and how many photos may come along.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        self.rules.section()
    }

    /// The organisations this person acts for.
    #[must_use]
    pub fn bodies(&self) -> Vec<OrganisationId> {
        self.staff.actor.current(self.cx.now).filter_map(|grant| grant.organisation).collect()
    }

    /// The link of its page.
    #[must_use]
    pub fn link(&self) -> String {
        T::link(&self.found)
    }

    /// Where one comes out who came back: on its page or, where that is no longer theirs to see,
    /// at the desk. `done` is the word of what was done, for the page to say so.
    async fn back(&self, done: Option<&'static str>) -> Result<String, Error> {
        let now = self.cx.app.office.load::<T::State>(self.ledger.ledger, &T::stream(&self.found)).await?;
        let resource = now.must()?.resource(&self.path, &self.staff.actor);
        match may(&self.staff.actor, T::SEEN_BY, &resource, self.cx.now) {
            Ok(_) => Ok(self.cx.back_to(&self.link(), done)),
            Err(_) => Ok(format!("/desk?{PASSED}")),
        }
    }

    /// Whether the form that was sent has done to it what it asks for.
    async fn has_done(&self) -> Result<bool, Error> {
        let office = self.cx.office();
        let now = office.load::<T::State>(self.ledger.ledger, &T::stream(&self.found)).await?;
        Ok(office.has_done(&now))
    }

    /// Carries out a command on it, and comes back to its page.
    ///
    /// # Errors
    /// Why it was refused.
    pub async fn act<C>(&self, command: C) -> Result<Next, Error>
    where
        C: Command<On = T::State, Facts: Load<C>>,
    {
        let stream = T::stream(&self.found);
        self.cx.office().act(&self.staff.actor, self.ledger.ledger, stream, command).await?;
        Ok(Next::Back)
    }
}

impl<T: Shown> Sheet<T> {
    /// The form of an act, where this person may do it now.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn form<A: Act<On = T>>(&self, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
        if !self.can(A::RIGHT) {
            return Ok(html! {});
        }
        A::form(self, &self.blank::<A>().filled(values, slip)).await
    }

    /// The form of an act, not filled in: for a page that shows it several times.
    #[must_use]
    pub fn blank<A: Act<On = T>>(&self) -> Form<'_> {
        let form = Form::new(&self.cx, A::NAMES, T::FAMILY, format!("{}/{}", self.link(), A::WORD));
        match A::TAKES {
            Takes::Parts => form.in_parts(),
            Takes::Form | Takes::Nothing | Takes::Json => form,
        }
    }
}

/// Something that can be done with a thing, by a form on its page.
pub trait Act: Sized + Send + Sync + 'static {
    /// With what.
    type On: Shown;
    /// What is asked of the domain.
    type Command: Send;
    /// The last part of its route.
    const WORD: &'static str;
    /// What the names of its fields begin with, so that no two on the page are alike.
    const NAMES: &'static str = Self::WORD;
    /// The right it needs.
    const RIGHT: &'static Right;
    /// The word by which its page says that it was done (`?done=`), where it says so.
    const DONE: Option<&'static str> = None;
    /// How its form is sent.
    const TAKES: Takes = Takes::Form;

    /// The form; nothing where it makes no sense now.
    fn form(sheet: &Sheet<Self::On>, f: &Form<'_>) -> impl Future<Output = Result<Markup, Error>> + Send;

    /// What the form asks for, or all that is wrong with it.
    fn read(
        sheet: &Sheet<Self::On>,
        r: Reader<'_>,
    ) -> impl Future<Output = Result<Self::Command, Slip>> + Send;

    /// Carries it out.
    fn carry_out(
        sheet: &Sheet<Self::On>,
        command: Self::Command,
    ) -> impl Future<Output = Result<Next, Error>> + Send;

    /// Which field an error is about.
    #[must_use]
    fn field(error: &Error) -> Option<&'static str> {
        error.field()
    }
}

/// What the link to the desk asks for where the thing is no longer for whoever was at it.
pub(crate) const PASSED: &str = "passed";

/// Where one comes out when something was done.
#[derive(Debug)]
pub enum Next {
    /// Back on the page of the thing.
    Back,
    /// Elsewhere.
    To(String),
    /// At once on a page that is shown only now.
    Page(Markup),
}

/// The page of a thing, filled in with what was typed before the session ended.
///
/// # Errors
/// When nobody is signed in, there is no such thing, or this person may not see it.
pub async fn show<T: Shown>(cx: Cx, Path(at): Path<T::At>) -> Result<Markup, Error> {
    let sheet = Sheet::<T>::open(cx, at).await?;
    T::show(&sheet, &sheet.cx.typed(), None).await
}

/// An act, from a form.
///
/// # Errors
/// When this person may not at all, or something of ours is broken.
pub async fn post<A: Act>(
    cx: Cx,
    Path(at): Path<<A::On as Thing>::At>,
    Sent(values): Sent,
) -> Result<Response, Error> {
    cx.staff()?;
    let found = A::On::find(&cx, at).await?;
    let done = cx.office().has_done(&found.loaded);
    let sheet = match open_for::<A>(cx, found).await {
        // By what the same form did a moment ago.
        Err(Error::Denied(_)) if done => return Ok(Redirect::to(&format!("/desk?{PASSED}")).into_response()),
        sheet => sheet?,
    };
    let reader = Reader::new(A::NAMES, &values, sheet.cx.locale);
    act::<A>(&sheet, &values, reader).await
}

/// An act, from a form with photos.
///
/// # Errors
/// When this person may not at all, or something of ours is broken.
pub async fn post_parts<A: Act>(
    cx: Cx,
    Path(at): Path<<A::On as Thing>::At>,
    sent: SentParts,
) -> Result<Response, Error> {
    let sheet = Sheet::<A::On>::open(cx, at).await?;
    sheet.must(A::RIGHT)?;
    let Came { values, photos, refused } = sent.read(&sheet.cx, sheet.limits().photos).await?;
    let mut reader = Reader::new(A::NAMES, &values, sheet.cx.locale).with_photos(photos);
    if let Some(error) = refused {
        reader.without_photo(&error);
    }
    act::<A>(&sheet, &values, reader).await
}

/// The sheet of a thing, for whoever may act on it.
async fn open_for<A: Act>(cx: Cx, found: Found<A::On>) -> Result<Sheet<A::On>, Error> {
    let sheet = Sheet::of(cx, found).await?;
    sheet.must(A::RIGHT)?;
    Ok(sheet)
}

async fn act<A: Act>(sheet: &Sheet<A::On>, values: &Fields, r: Reader<'_>) -> Result<Response, Error> {
    let front = crate::form::front(A::NAMES, r.nth());
    let slip = match A::read(sheet, r).await {
        Ok(command) => match A::carry_out(sheet, command).await {
            Ok(Next::Back) => return Ok(Redirect::to(&sheet.back(A::DONE).await?).into_response()),
            Ok(Next::To(link)) => return Ok(Redirect::to(&link).into_response()),
            Ok(Next::Page(page)) => return Ok(page.into_response()),
            Err(error) => {
                let field = A::field(&error).map(|field| crate::form::name(&front, field));
                Slip::of(error, field, values, sheet.cx.locale)?
            }
        },
        Err(slip) => slip,
    };
    // What does not fit any more may be what the same form did a moment ago.
    if sheet.has_done().await? {
        return Ok(Redirect::to(&sheet.back(A::DONE).await?).into_response());
    }
    let page = A::On::show(sheet, values, Some(&slip)).await?;
    Ok(slip.answer(page))
}

//! What a feature gives to the program: its routes, texts, navigation, its part of the API,
//! and what it shows on pages of others: its things on a desk, and beside a thing that they
//! belong to. Plain data, collected in one list that a reader can find (`yishi_pages::FEATURES`);
//! nothing registers itself.

use crate::duty::{Desk, Need};
use crate::exports::List;
use crate::finding::{Found, Quest};
use crate::routes::Route;
use crate::{Cx, Error};
use maud::Markup;
use std::future::Future;
use std::pin::Pin;
use yishi_domain::matters::MatterId;
use yishi_kernel::StreamName;
use yishi_kernel::{Actor, Moment, Role};
use yishi_office::places::reads::LedgerRow;
use yishi_office::relations::{Relation, Relations, relations};

/// A feature, as the program takes it.
pub struct Feature {
    /// Its folder or file.
    pub name: &'static str,
    /// Its pages and forms.
    pub routes: &'static [Route],
    /// Its words in both languages.
    pub texts: &'static [Texts],
    /// Its families of texts whose last part is a word of the domain.
    pub families: &'static [Family],
    /// Ways to it for those who are signed in.
    pub nav: &'static [Way],
    /// Ways to it for everyone, from the public board of a community.
    pub board: &'static [Way],
    /// Its lists that everyone reads, as files as well.
    pub lists: &'static [List],
    /// Its part of the API's description.
    pub api: Option<fn() -> utoipa::openapi::OpenApi>,
    /// Its things on somebody's desk: `Some(|cx, desk| Box::pin(desk::needs(cx, desk)))`.
    pub desk: Option<OnDesk>,
    /// A form around the list of a desk, by which several of its things are seen to at once.
    pub many: Option<Around>,
    /// Its things that are looked for from a desk.
    pub finds: Option<Finds>,
    /// What it has to say on the page of another feature's thing; nothing where it has none.
    pub beside: Option<SayBeside>,
    /// The same for what stands there above all else: that people are in danger.
    pub above: Option<SayBeside>,
}

/// Looks up a feature's things on a desk.
pub type OnDesk = for<'a> fn(&'a Cx, &'a Desk) -> Soon<'a, Vec<Need>>;

/// Puts a form around the list of a desk.
pub type Around = for<'a> fn(&'a Cx, &'a Desk, Markup) -> Soon<'a, Markup>;

/// Looks up a feature's things that somebody looks for.
pub type Finds = for<'a> fn(&'a Cx, &'a Desk, &'a Quest) -> Soon<'a, Found>;

/// Looks up what a feature has to say beside a thing.
pub type SayBeside = for<'a> fn(&'a Cx, &'a Beside<'a>) -> Soon<'a, Markup>;

/// What a feature has to look up before it can tell.
pub type Soon<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send + 'a>>;

/// A thing on whose page other features may say something.
#[derive(Debug)]
pub struct Beside<'a> {
    /// The ledger it is in.
    pub ledger: &'a LedgerRow,
    /// Which it is.
    pub thing: StreamName,
    /// Whose page it is.
    pub page: Whose<'a>,
    /// What relates to it, where it is a matter.
    related: Option<Relations>,
}

impl<'a> Beside<'a> {
    /// A thing that is no matter.
    #[must_use]
    pub fn of_thing(ledger: &'a LedgerRow, thing: StreamName, page: Whose<'a>) -> Self {
        Self { ledger, thing, page, related: None }
    }

    /// A matter: what relates to it is asked once, for all features.
    pub async fn of_matter(
        cx: &Cx,
        ledger: &'a LedgerRow,
        id: MatterId,
        page: Whose<'a>,
    ) -> Result<Self, Error> {
        let related = Some(relations(&cx.app.office.db, ledger.ledger, id).await?);
        Ok(Self { ledger, thing: id.into(), page, related })
    }

    /// The matter, where it is one.
    #[must_use]
    pub fn matter(&self) -> Option<MatterId> {
        self.related.and_then(|_| self.thing.id().parse().ok())
    }

    /// The matter, where it is one to which such rows may relate: else there is nothing to look up.
    #[must_use]
    pub fn matter_with(&self, relation: &'static Relation) -> Option<MatterId> {
        self.matter().filter(|_| self.related.is_some_and(|related| related.any(relation)))
    }
}

/// Whose page it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose<'a> {
    /// Everyone's.
    Public,
    /// Of those who work on it.
    AtWork,
    /// Of whoever holds a receipt on it: the receipt's link.
    Holder(&'a str),
}

/// What all features have to say on the page of a thing, in the order of their list.
pub async fn beside(cx: &Cx, thing: &Beside<'_>) -> Result<Markup, Error> {
    said(cx, thing, |feature| feature.beside).await
}

/// What they have to say there above all else.
pub async fn above(cx: &Cx, thing: &Beside<'_>) -> Result<Markup, Error> {
    said(cx, thing, |feature| feature.above).await
}

async fn said(
    cx: &Cx,
    thing: &Beside<'_>,
    part: impl Fn(&Feature) -> Option<SayBeside>,
) -> Result<Markup, Error> {
    let mut said = Vec::new();
    for say in cx.app.features.iter().filter_map(|feature| part(feature)) {
        said.push(say(cx, thing).await?);
    }
    Ok(maud::html! { @for part in said { (part) } })
}

impl Feature {
    /// A feature that gives nothing yet: `Feature { routes: ROUTES, ..Feature::named("venues") }`.
    #[must_use]
    pub const fn named(name: &'static str) -> Self {
        Self {
            name,
            routes: &[],
            texts: &[],
            families: &[],
            nav: &[],
            board: &[],
            lists: &[],
            api: None,
            desk: None,
            many: None,
            finds: None,
            beside: None,
            above: None,
        }
    }
}

impl std::fmt::Debug for Feature {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Feature").field(&self.name).finish()
    }
}

/// The texts of some pages, in Fluent files beside them.
#[derive(Clone, Copy, Debug)]
pub struct Texts {
    /// In Chinese.
    pub zh: &'static str,
    /// In English.
    pub en: &'static str,
}

/// Texts whose keys end in a word that no page writes out, as `order-stage-sent`.
#[derive(Clone, Copy, Debug)]
pub struct Family {
    /// What their keys begin with.
    pub front: &'static str,
    /// The words that must have a text; none where they do not stand in one list.
    pub words: fn() -> Vec<&'static str>,
}

impl Family {
    /// A family with a text for each of these words.
    #[must_use]
    pub const fn of(front: &'static str, words: fn() -> Vec<&'static str>) -> Self {
        Self { front, words }
    }

    /// A family whose words do not stand in one list.
    #[must_use]
    pub const fn open(front: &'static str) -> Self {
        Self { front, words: Vec::new }
    }
}

/// The words of an enum of the domain.
pub fn words<W: Copy>(all: &[W], word: impl Fn(W) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|one| word(*one)).collect()
}

/// A way through the site, for those signed in whom it concerns.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    /// Its link; one with `{slug}` is there on the pages of a community only.
    pub href: &'static str,
    /// The key of its text.
    pub text: &'static str,
    /// Whose way it is; everybody's where there is no role.
    pub roles: &'static [Role],
}

impl Way {
    /// Whether it concerns somebody.
    #[must_use]
    pub fn is_for(&self, actor: &Actor, now: Moment) -> bool {
        self.roles.is_empty() || actor.current(now).any(|grant| self.roles.contains(&grant.role))
    }
}

//! What this device has said here before: by the same form with something else in it, in the
//! same words within a day, or otherwise, and it is not answered yet. Nothing is made of it then: whoever sent it is told, and chooses
//! whether it adds to the first one or is another matter. Who was here before on the same
//! device is nobody's business: a number is said, and what the first one said is not.

use super::spot::Spot;
use axum::http::header;
use axum::response::Response;
use maud::{Markup, html};
use yishi_domain::matters::{Add, Matter, MatterId, Proof, ReceiptId, Shown, StageKind};
use yishi_kernel::text::clean;
use yishi_kernel::{Claim, Moment, PhotoDigest};
use yishi_office::matters::reads::{MatterRow, matter};
use yishi_office::matters::repeats::own_open;
use yishi_office::matters::{RaisedMatter, Raising, SaidBefore};
use yishi_store::blobs::digest_of;
use yishi_web::cookies::Life;
use yishi_web::texts::Locale;
use yishi_web::ui::Fields;
use yishi_web::visitor::AGAIN;
use yishi_web::{Cx, Error};

/// How long the same words are known again, in seconds: a day.
const SAME: i64 = 24 * 60 * 60;
/// The cookie by which they are: a digest, when, and which matter. It opens nothing.
const COOKIE: &str = "said";

/// What is to become of what was said before and comes again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// It adds to the first one.
    Add,
    /// It is another matter.
    New,
}

impl Again {
    /// As the form says, if it does.
    pub fn of(values: &Fields) -> Option<Self> {
        match values.get(AGAIN) {
            "add" => Some(Again::Add),
            "new" => Some(Again::New),
            _ => None,
        }
    }
}

/// What was said before.
pub struct Before {
    row: MatterRow,
    by: By,
}

/// By what it is known again.
enum By {
    /// The same form, with something else in it: whoever sends it has its receipt.
    Form { first: Box<SaidBefore>, more: More },
    /// The same words, by another form.
    Words,
    /// Other words at the same place, which may say the same; of a receipt that is not shown.
    Here { first: Box<Matter>, receipt: ReceiptId, more: More },
}

/// Whether what is said now can be added to the first one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum More {
    /// It can.
    Fits,
    /// The first one is answered, or is about another body or shown otherwise.
    IsAnother,
}

impl Before {
    /// What this device has said before, where it comes again. Whom it is about is filled in:
    /// [`Office::whole`](yishi_office::Office::whole).
    pub async fn find(cx: &Cx, spot: &Spot, raising: &Raising) -> Result<Option<Self>, Error> {
        let office = &cx.app.office;
        let row = async |id: MatterId| Ok::<_, Error>(matter(&office.db, spot.ledger.ledger, id).await?);
        if let Some(first) = office.said_before(spot.place.id, &raising.form).await? {
            let row = row(first.raised.matter).await?.ok_or(Error::NotFound)?;
            let more = More::of(&first.matter, raising);
            return Ok(Some(Self { row, by: By::Form { first: Box::new(first), more } }));
        }
        match remembered(cx, raising) {
            Some(id) if id != MatterId(raising.form.id("matter")) => {
                Ok(row(id).await?.map(|row| Self { row, by: By::Words }))
            }
            _ => Self::here(cx, spot, raising).await,
        }
    }

    /// What this device or household said at the same place, and is not answered yet.
    async fn here(cx: &Cx, spot: &Spot, raising: &Raising) -> Result<Option<Self>, Error> {
        let (office, ledger) = (&cx.app.office, spot.ledger.ledger);
        // Whoever goes on from an answer says that it is something new; a device at work is many
        // people's; and where people are in danger, nothing is asked before the clock runs.
        let own = raising.speaker.proof == Proof::Household || cx.staff.is_none();
        if raising.after.is_some() || raising.danger.is_some() || !own {
            return Ok(None);
        }
        let found = own_open(&office.db, ledger, spot.place.id, &raising.speaker.supporter).await?;
        let Some((id, receipt)) = found else { return Ok(None) };
        // The form itself may have made it: then it is the same again.
        let made = MatterId(raising.form.id("matter"));
        if office.load::<Matter>(ledger, &made.into()).await?.version > 0 {
            return Ok(None);
        }
        let first = office.load::<Matter>(ledger, &id.into()).await?.state;
        let Some((row, first)) = matter(&office.db, ledger, id).await?.zip(first) else { return Ok(None) };
        let more = More::of(&first, raising);
        Ok(Some(Self { row, by: By::Here { first: Box::new(first), receipt, more } }))
    }

    /// Whether what is said now can be added to it.
    pub fn takes_more(&self) -> bool {
        matches!(self.by, By::Form { more: More::Fits, .. } | By::Here { more: More::Fits, .. })
    }

    /// The receipt to which this was added already.
    pub fn added(&self, slug: &str, raising: &Raising) -> Option<String> {
        let By::Form { first, .. } = &self.by else { return None };
        let said = raising.form.said()?;
        first.receipt.added.contains(&said).then(|| link(slug, first))
    }

    /// Adds it, and says where that is to be read.
    pub async fn add(&self, cx: &Cx, slug: &str, raising: &Raising) -> Result<String, Error> {
        let (ledger, matter, receipt, link) = match &self.by {
            By::Form { first, .. } => {
                (first.raised.ledger, &first.matter, first.raised.receipt, link(slug, first))
            }
            // Who was here before on the same device has the link, and nobody else.
            By::Here { first, receipt, .. } => {
                (self.row.ledger, &**first, *receipt, format!("/c/{slug}/m/{}?added", self.row.number))
            }
            By::Words => return Err(Error::NotFound),
        };
        let fresh = |photo: &&PhotoDigest| !matter.photos.contains(photo);
        let more = Add {
            text: raising.text.clone(),
            photos: raising.photos.iter().filter(fresh).cloned().collect(),
            name: raising.speaker.name.clone(),
            contact: raising.speaker.contact.clone(),
            said: raising.form.said().unwrap_or_default(),
        };
        cx.app.office.add(&cx.actor(), ledger, receipt, more).await?;
        if let Some(risk) = raising.danger {
            let holder = cx.actor().showing(Claim::Receipt);
            cx.office().report_danger(&holder, ledger, self.row.id, risk).await?;
        }
        Ok(link)
    }

    /// What happened, above the form.
    pub fn told(&self, slug: &str, t: Locale) -> Markup {
        let (number, time) = (self.row.number, t.time(self.row.raised));
        let (title, lead) = match &self.by {
            By::Form { more: More::Fits, .. } => ("before-form", "before-form-lead"),
            By::Form { more: More::IsAnother, .. } => ("before-form", "before-form-another"),
            By::Words => ("before-words", "before-words-lead"),
            By::Here { more: More::Fits, .. } => ("before-here", "before-here-lead"),
            By::Here { more: More::IsAnother, .. } => ("before-here", "before-here-another"),
        };
        html! {
            div.notice.warn role="alert" tabindex="-1" autofocus {
                h2 { (t.with(title, &[("time", &time), ("number", &number)])) }
                p { (t.say(lead)) }
                @match &self.by {
                    By::Form { first, .. } => p { a href={ "/r/" (slug) "/" (first.raised.secret) } { (t.say("before-receipt")) } },
                    By::Words | By::Here { .. } => p { a href={ "/c/" (slug) "/m/" (number) } { (t.with("see-matter", &[("number", &number)])) } },
                }
            }
        }
    }

    /// What can become of it, as the form's buttons.
    pub fn choices(&self, t: Locale) -> Markup {
        html! {
            @if self.takes_more() {
                button.button.wide type="submit" name=(AGAIN) value="add" {
                    (t.with("before-add", &[("number", &self.row.number)]))
                }
            }
            button.button.wide.second type="submit" name=(AGAIN) value="new" { (t.say("before-new")) }
        }
    }
}

/// The receipt that says that something was added.
fn link(slug: &str, first: &SaidBefore) -> String {
    format!("/r/{slug}/{}?added", first.raised.secret)
}

impl More {
    fn of(matter: &Matter, raising: &Raising) -> Self {
        let open = matches!(matter.stage(), StageKind::Raised | StageKind::InHand);
        match open && raising.is_alike(matter) {
            true => More::Fits,
            false => More::IsAnother,
        }
    }
}

/// What is said, about whom, by whom and where, as a digest: whoever sees the cookie does not read it.
fn words(cx: &Cx, raising: &Raising) -> String {
    let folded: String = clean(&raising.text, usize::MAX).unwrap_or_default().split_whitespace().collect();
    let shown = match raising.shown {
        Shown::Building => "building",
        Shown::Around => "around",
    };
    let device = cx.device.as_deref().unwrap_or_default();
    let about = raising.about.map(|id| id.to_string()).unwrap_or_default();
    let person = raising.about_person.map(|id| id.to_string()).unwrap_or_default();
    // Whoever says that it is dangerous says something else than before.
    let danger = raising.danger.map(|risk| risk.word()).unwrap_or_default();
    let all = [
        device,
        &raising.place.to_string(),
        shown,
        &about,
        &person,
        &raising.speaker.name,
        &raising.speaker.contact,
        danger,
        &folded,
    ];
    digest_of(all.join("\0").as_bytes())[..32].to_owned()
}

/// The matter that was raised with the same words within a day. Whoever sends a photo, or goes on
/// from an answer, says something else.
fn remembered(cx: &Cx, raising: &Raising) -> Option<MatterId> {
    let alone = raising.photos.is_empty() && raising.after.is_none();
    let mut parts = cx.said.as_deref().filter(|_| alone)?.split('.');
    let (digest, at, id) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let fresh = (0..SAME).contains(&((cx.now.0 - Moment(at).0) / 1_000_000));
    (fresh && digest == words(cx, raising)).then_some(id)
}

/// Lets the device know again what it has said.
pub fn remember(
    cx: &Cx,
    raising: &Raising,
    raised: &RaisedMatter,
    mut response: Response,
) -> Result<Response, Error> {
    // Nothing ties a device together that has no word of its own.
    if cx.device.is_some() {
        let value = format!("{}.{}.{}", words(cx, raising), cx.now.0, raised.matter);
        if let Ok(cookie) = cx.app.cookies.set(COOKIE, &value, Life::Day).parse() {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    Ok(response)
}

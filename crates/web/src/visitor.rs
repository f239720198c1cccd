//! Whoever sends a form: the device's word, the household of a resident who is signed in, and
//! by what a form is known that comes again. What they say is the features' business, and what
//! becomes of a form that comes again is the office's.

use crate::sent::{LOOKED, PHOTO};
use crate::ui::Fields;
use crate::{Cx, Error, Staff};
use axum::http::header;
use axum::response::Response;
use yishi_kernel::text::clean;
use yishi_kernel::{PhotoDigest, PlaceId, Role};
use yishi_office::FormKey;
use yishi_office::places::reads::PlaceRow;
use yishi_store::blobs::digest_of;

/// The field of a form's word.
const WORD: &str = "form";
/// The field that says what is to become of a form that comes again.
pub const AGAIN: &str = "again";
/// What the link of a thing asks for where the same form had made another one before.
pub(crate) const BESIDE: &str = "beside";

/// The cookie of a device's word.
pub const DEVICE: &str = "device";
/// The cookie that says that several people use a device.
pub const SHARED: &str = "shared";
/// The cookie that opens the receipt whose code was typed.
pub const PASS: &str = "receipt";

/// Who uses a device, as far as somebody has said so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Used {
    /// One person, or nobody has said otherwise.
    ByOne,
    /// Several: it keeps nothing of what they said.
    ByMany,
}

/// Whether a device shows what was said from it (本机记录).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeps {
    /// It does.
    Own,
    /// Several people use it.
    Shared,
    /// Somebody has signed in here: it may be the desk's, where many speak.
    Desk,
}

impl Keeps {
    /// Whether this device does.
    #[must_use]
    pub fn of(cx: &Cx) -> Self {
        let works = |staff: &Staff| staff.actor.current(cx.now).any(|grant| grant.role != Role::Resident);
        match (&cx.staff, &cx.browser, cx.used) {
            (_, _, Used::ByMany) => Keeps::Shared,
            (Some(staff), _, Used::ByOne) if works(staff) => Keeps::Desk,
            (None, Some(_), Used::ByOne) => Keeps::Desk,
            (Some(_) | None, _, Used::ByOne) => Keeps::Own,
        }
    }
}

/// The values of a form not filled in yet: only its own random word, and what was typed here
/// before the session ended.
pub fn fresh_form(cx: &Cx) -> Result<Fields, Error> {
    let typed = cx.typed();
    if typed.some(WORD).is_some() {
        return Ok(typed);
    }
    Ok(Fields(vec![(WORD.to_owned(), FormKey::fresh(cx.now)?)]))
}

/// The household of a signed-in resident, where it lies in the same community.
pub async fn household_of(cx: &Cx, at: &PlaceRow) -> Result<Option<PlaceId>, Error> {
    let Some(staff) = &cx.staff else { return Ok(None) };
    for grant in staff.actor.current(cx.now).filter(|grant| grant.role == Role::Resident) {
        if cx.place(grant.place).await.is_ok_and(|home| home.ledger == at.ledger) {
            return Ok(Some(grant.place));
        }
    }
    Ok(None)
}

/// Gives the device its word along with the form, so that it is counted once.
pub fn with_device(cx: &Cx, response: Response) -> Result<Response, Error> {
    let (_, cookie) = cx.device()?;
    Ok(match cookie {
        Some(cookie) => with_cookie(response, &cookie),
        None => response,
    })
}

/// An answer that sets a cookie as well.
#[must_use]
pub fn with_cookie(mut response: Response, cookie: &str) -> Response {
    if let Ok(cookie) = cookie.parse() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// Who sends a form, as its things know it: the account, else the device. A browser that keeps
/// no cookie is nobody: only the very same, sent twice, is known again from there.
enum Sender {
    Known(String),
    Nobody(String),
}

impl Sender {
    fn of(cx: &Cx) -> Self {
        match (cx.who(), &cx.device) {
            (Some(who), _) => Sender::Known(format!("account/{who}")),
            (None, Some(device)) => Sender::Known(format!("device/{device}")),
            (None, None) => Sender::Nobody(format!("nobody/{}", cx.agent)),
        }
    }
}

/// A form as it was sent, by its word: from whom, and with this in it.
///
/// # Errors
/// When it carries no word of ours.
pub fn sent_with(cx: &Cx, word: &str, said: &str) -> Result<FormKey, Error> {
    let form = FormKey::of(word).ok_or(Error::Malformed)?;
    Ok(match Sender::of(cx) {
        Sender::Known(sender) => form.sent(&sender, said.as_bytes()),
        Sender::Nobody(sender) => form.sent(&sender, said.as_bytes()).beside(),
    })
}

/// A form as it was sent: from whom, and with all that was typed, chosen and attached in it.
///
/// # Errors
/// When it carries no word of ours.
pub fn sent_form(cx: &Cx, values: &Fields, photos: &[PhotoDigest]) -> Result<FormKey, Error> {
    let own = |name: &str| ![WORD, AGAIN].contains(&name);
    sent_with(cx, values.get(WORD), &said_in(values, photos, own))
}

/// All that was typed, chosen and attached in a form, as far as its fields count.
pub(crate) fn said_in(values: &Fields, photos: &[PhotoDigest], counts: impl Fn(&str) -> bool) -> String {
    let value = |text: &str| clean(text, usize::MAX).unwrap_or_default();
    // A photo's mark tells when it came; its digest tells which it is.
    let typed = values.0.iter().filter(|(name, _)| ![PHOTO, LOOKED].contains(&name.as_str()) && counts(name));
    let typed = typed.map(|(name, text)| format!("{name}={}", value(text)));
    let said: Vec<String> = typed.chain(photos.iter().map(|photo| photo.0.clone())).collect();
    said.join("\0")
}

/// What somebody says about a thing, told from what others and they themselves say about it:
/// digests of the sender and of what was sent.
#[must_use]
pub fn voice(cx: &Cx, about: &str, said: &str) -> (String, String) {
    let who = match Sender::of(cx) {
        Sender::Known(sender) => format!("{about}/{sender}"),
        Sender::Nobody(sender) => format!("{about}/{sender}/{said}"),
    };
    let who = digest_of(who.as_bytes());
    let said = digest_of(format!("{who}/{said}").as_bytes());
    (who, said)
}

/// The link of what a form made. Where the same form had made something else before, the page
/// says so.
#[must_use]
pub fn made(link: String, form: &FormKey, stands: &FormKey) -> String {
    if form == stands { link } else { format!("{link}?{BESIDE}") }
}

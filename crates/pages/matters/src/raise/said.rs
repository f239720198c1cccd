//! What every form of raising has, whoever speaks and for whom: what is said and the photos, how
//! they read, and what becomes of them. Who speaks, and by what right, is each story's.

use super::spot::Spot;
use maud::{Markup, html};
use std::sync::Arc;
use yishi_domain::dangers::Risk;
use yishi_domain::matters::{Behalf, Refusal, Shown};
use yishi_kernel::rules::Limits;
use yishi_kernel::{Pack, PhotoDigest};
use yishi_office::FormKey;
use yishi_office::matters::{RaisedMatter, Raising, Speaker};
use yishi_web::form::Form;
use yishi_web::read::Reader;
use yishi_web::sent::{Came, SentParts};
use yishi_web::slip::Slip;
use yishi_web::texts::Locale;
use yishi_web::ui::Fields;
use yishi_web::visitor::sent_form;
use yishi_web::{Cx, Error};

/// The photos, and a word about those that came already.
pub fn photos(f: &Form<'_>, values: &Fields) -> Markup {
    let kept = values.all("photo").count();
    html! {
        @if kept > 0 { div.notice { p { (f.t().with("raise-photos-kept", &[("count", &kept)])) } } }
        (f.photos().label("raise-photos"))
    }
}

/// The box by which somebody says that it is dangerous, and how. One tap is enough; of both the
/// graver counts.
pub fn danger(f: &Form<'_>) -> Markup {
    let risks = f.t().choices::<Risk>();
    html! { (f.checks("danger", &risks, &[]).label("raise-danger")) }
}

/// A form of raising as it was sent.
pub struct Sending {
    /// What was typed, for the form to come back with; photos that were taken need not be
    /// chosen again.
    pub values: Fields,
    pub form: FormKey,
    photos: Vec<PhotoDigest>,
    /// Why a photo was not taken.
    refused: Option<Error>,
    rules: Arc<Pack>,
}

impl Sending {
    pub async fn of(cx: &Cx, spot: &Spot, sent: SentParts) -> Result<Self, Error> {
        let rules = cx.rules(spot.ledger.ledger).await?;
        let most = rules.section::<Limits>().photos;
        let Came { values, photos, refused } = sent.read(cx, most).await?;
        let form = sent_form(cx, &values, &photos)?;
        Ok(Self { values, form, photos, refused, rules })
    }

    fn limits(&self) -> &Limits {
        self.rules.section()
    }

    /// What is said, and a reader that has noted what is wrong with it so far.
    pub fn read(&self, t: Locale) -> (Option<String>, Reader<'_>) {
        let limits = self.limits();
        let mut r = Reader::new("", &self.values, t).with_photos(self.photos.clone());
        let text = r.private("text", limits.text);
        match &self.refused {
            Some(error) => r.without_photo(error),
            None if self.photos.is_empty() && text.as_deref() == Some("") => {
                r.refuse("text", Refusal::NothingSaid);
            }
            None => {}
        }
        (text, r)
    }

    /// What is raised by it: shown with its building, about nobody, unless its story says so.
    pub fn raising(&self, spot: &Spot, behalf: Behalf, text: String, speaker: Speaker) -> Raising {
        Raising {
            form: self.form,
            channel: spot.channel,
            behalf,
            place: spot.place.id,
            shown: Shown::Building,
            about: None,
            about_person: None,
            category: None,
            title: None,
            text,
            photos: self.photos.clone(),
            occurred_at: None,
            source: None,
            after: None,
            floor: None,
            danger: self.values.all("danger").filter_map(Risk::parse).min(),
            speaker,
        }
    }

    /// Raises it, unless something is wrong: that comes back, to be shown with the form.
    pub async fn raise(
        &self,
        cx: &Cx,
        read: Result<Raising, Slip>,
    ) -> Result<Result<RaisedMatter, Slip>, Error> {
        let raising = match read {
            Ok(raising) => raising,
            Err(slip) => return Ok(Err(slip)),
        };
        match cx.app.office.raise(&cx.actor(), raising).await {
            Ok(raised) => Ok(Ok(raised)),
            Err(failure) => Slip::bare(failure, &self.values, cx.locale).map(Err),
        }
    }
}

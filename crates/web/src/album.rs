//! The photos that came with a thing, for those who work on it: they see all, and publish each
//! by an act of its own. Which are there and who may publish them is the thing's to say.

use crate::photos::{Small, send_photo};
use crate::sheet::{Act, Form, Next, Reader, Sheet, Shown, Slip};
use crate::{Cx, Error};
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use std::collections::BTreeSet;
use std::marker::PhantomData;
use yishi_kernel::command::Command;
use yishi_kernel::{PhotoDigest, Right};
use yishi_office::Load;

/// A thing with photos.
pub trait Album: Shown<At = (String, i64)> {
    /// What publishes one.
    type Publish: Command<On = Self::State, Facts: Load<Self::Publish>> + Send;
    /// Who may.
    const PUBLISH: &'static Right;

    /// All that came with it, and those of them that everyone sees.
    fn photos(state: &Self::State) -> (&BTreeSet<PhotoDigest>, &BTreeSet<PhotoDigest>);

    /// Publishes one.
    fn publish(photo: PhotoDigest) -> Self::Publish;
}

/// Publishing a photo (公开照片).
#[derive(Debug)]
pub struct PublishPhoto<T>(PhantomData<fn() -> T>);

impl<T: Album> Act for PublishPhoto<T> {
    type On = T;
    type Command = T::Publish;
    const WORD: &'static str = "publish-photo";
    // Hidden, and the same in each of the page's forms.
    const NAMES: &'static str = "";
    const RIGHT: &'static Right = T::PUBLISH;

    async fn form(sheet: &Sheet<T>, f: &Form<'_>) -> Result<Markup, Error> {
        let (all, published) = T::photos(&sheet.state);
        let t = f.t();
        Ok(html! {
            @if all != published {
                details { summary { (t.say("photos-title")) }
                    p { (t.say("photos-lead")) }
                    @for photo in all.difference(published) {
                        (f.tile(&html! {
                            (f.hidden("publish", &photo.0))
                            img src={ (sheet.link()) "/photo/" (photo.0) "?small" } alt=(t.say("photo-alt")) width="320" height="240";
                            (f.submit("photos-publish", "second"))
                        }))
                    }
                }
            }
        })
    }

    async fn read(_: &Sheet<T>, r: Reader<'_>) -> Result<T::Publish, Slip> {
        let photo = PhotoDigest(r.text("publish"));
        r.done(|| Some(T::publish(photo)))
    }

    async fn carry_out(sheet: &Sheet<T>, command: T::Publish) -> Result<Next, Error> {
        sheet.act(command).await
    }
}

/// A photo of a thing, at its link and `/photo/{digest}`.
pub async fn photo<T: Album>(
    cx: Cx,
    Path((slug, number, digest)): Path<(String, i64, String)>,
    small: Small,
) -> Result<Response, Error> {
    let sheet = Sheet::<T>::open(cx, (slug, number)).await?;
    if !T::photos(&sheet.state).0.iter().any(|photo| photo.0 == digest) {
        return Err(Error::NotFound);
    }
    send_photo(&sheet.cx, &digest, &small).await
}

//! Publishing photos that came with a report, each by an act of its own.

use super::job::{Job, OrderAtWork};
use maud::{Markup, html};
use yishi_domain::dispatch::{self, PUBLISH};
use yishi_kernel::{PhotoDigest, Right};
use yishi_web::Error;
use yishi_web::form::Form;
use yishi_web::read::Reader;
use yishi_web::sheet::{Act, Next};
use yishi_web::slip::Slip;

/// Publishing photos that came with a report, each by an act of its own.
#[derive(Debug)]
pub struct PublishPhoto;

impl Act for PublishPhoto {
    type On = OrderAtWork;
    type Command = dispatch::PublishPhoto;
    const WORD: &'static str = "publish-photo";
    // Hidden, and the same in each of the page's forms.
    const NAMES: &'static str = "";
    const RIGHT: &'static Right = &PUBLISH;

    async fn form(job: &Job, f: &Form<'_>) -> Result<Markup, Error> {
        let private: Vec<&PhotoDigest> = job.state.photos.difference(&job.state.published).collect();
        let t = f.t();
        Ok(html! {
            @if !private.is_empty() {
                details { summary { (t.say("photos-title")) }
                    p { (t.say("photos-lead")) }
                    @for photo in private {
                        (f.tile(&html! {
                            (f.hidden("publish", &photo.0))
                            img src={ (job.link()) "/photo/" (photo.0) "?small" } alt=(t.say("photo-alt")) width="320" height="240";
                            (f.submit("photos-publish", "second"))
                        }))
                    }
                }
            }
        })
    }

    async fn read(_: &Job, r: Reader<'_>) -> Result<dispatch::PublishPhoto, Slip> {
        let photo = PhotoDigest(r.text("publish"));
        r.done(|| Some(dispatch::PublishPhoto { photo }))
    }

    async fn carry_out(job: &Job, command: dispatch::PublishPhoto) -> Result<Next, Error> {
        job.act(command).await
    }
}

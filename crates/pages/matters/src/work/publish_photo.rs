//! Publishing photos that came with a matter or its answer, each by an act of its own.

use super::job::{Job, MatterAtWork};
use maud::{Markup, html};
use yishi_domain::matters::{self, PUBLISH};
use yishi_kernel::{PhotoDigest, Right};
use yishi_web::Error;
use yishi_web::sheet::{Act, Form, Next, Reader, Slip};

/// Publishing photos, each by an act of its own.
#[derive(Debug)]
pub struct PublishPhoto;

impl Act for PublishPhoto {
    type On = MatterAtWork;
    type Command = matters::PublishPhoto;
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
                            (f.hidden("photo", &photo.0))
                            img src={ (job.link()) "/photo/" (photo.0) "?small" } alt=(t.say("photo-alt")) width="320" height="240";
                            (f.submit("photos-publish", "second"))
                        }))
                    }
                }
            }
        })
    }

    async fn read(_: &Job, r: Reader<'_>) -> Result<matters::PublishPhoto, Slip> {
        let photo = PhotoDigest(r.text("photo"));
        r.done(|| Some(matters::PublishPhoto { photo }))
    }

    async fn carry_out(job: &Job, command: matters::PublishPhoto) -> Result<Next, Error> {
        job.act(command).await
    }
}

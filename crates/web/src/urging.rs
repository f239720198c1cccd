//! Urging 催办、督办 on pages: one act for the pages of all things, one button for their lines on a
//! desk, and how often a thing was urged. Who may and when is the domain's; nothing is shown here of
//! anybody who works.

use crate::duty::{Lane, asking, shelf};
use crate::sheet::{Act, Form, Next, Reader, Sheet, Shown, Slip};
use crate::texts::Locale;
use crate::{Cx, Error, ui};
use maud::{Markup, html};
use std::marker::PhantomData;
use yishi_kernel::urging::NotUrged;
use yishi_kernel::{Actor, Command as _, Moment, Resource, Right, Urgeable, Urged, Urging, may};

/// The word of the act, in addresses and in what a page says was done.
const WORD: &str = "urge";

/// The id of the form of a desk that the buttons of its lines send.
const FORM: &str = "urging";

/// Urging whoever holds a thing (催办、督办).
#[derive(Debug)]
pub struct Urge<T>(PhantomData<fn() -> T>);

impl<T: Shown> Act for Urge<T>
where
    T::State: Urgeable,
{
    type On = T;
    type Command = yishi_kernel::Urge<T::State>;
    const WORD: &'static str = WORD;
    const RIGHT: &'static Right = <T::State as Urgeable>::URGE;
    const DONE: Option<&'static str> = Some(WORD);

    async fn form(sheet: &Sheet<T>, f: &Form<'_>) -> Result<Markup, Error> {
        let t = f.t();
        let standing = Standing::of(&sheet.state, &sheet.staff.actor, sheet.resource(), sheet.cx.now);
        Ok(match standing {
            Standing::Can(how) => {
                let inner = html! { p { (t.say("urge-lead")) } (f.submit(word(how), "second wide")) };
                f.card(&t.say(word(how)), &inner)
            }
            Standing::Lately(again) => {
                let said = t.with("urge-lately", &[("again", &t.brief_time(again))]);
                f.card(&t.say("urge-title"), &html! { p { (said) } })
            }
            Standing::Not => html! {},
        })
    }

    async fn read(_: &Sheet<T>, r: Reader<'_>) -> Result<Self::Command, Slip> {
        r.done(|| Some(yishi_kernel::Urge::default()))
    }

    async fn carry_out(sheet: &Sheet<T>, command: Self::Command) -> Result<Next, Error> {
        sheet.act(command).await?;
        // Whoever tapped on the desk stays there.
        let page = sheet.cx.page();
        Ok(match page.split('?').next() {
            Some("/desk") => Next::To(ui::link(&asking("/desk", &shelf(page)), &[("done", WORD)])),
            _ => Next::Back,
        })
    }
}

/// Whether somebody would urge a thing now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// They can, in this way.
    Can(Urging),
    /// It was urged; from then on again.
    Lately(Moment),
    /// There is nothing to urge for them.
    Not,
}

impl Standing {
    /// How somebody stands to a thing.
    #[must_use]
    pub fn of<S: Urgeable>(state: &S, actor: &Actor, resource: &Resource, now: Moment) -> Self {
        let right = yishi_kernel::Urge::<S>::default().right();
        let Ok(role) = may(actor, right, resource, now) else { return Standing::Not };
        match state.urging(actor, role, now) {
            Ok(how) => Standing::Can(how),
            Err(NotUrged::Lately(again)) => Standing::Lately(again),
            Err(NotUrged::Own | NotUrged::NotDue(_)) => Standing::Not,
        }
    }

    /// The tab of a desk on which a thing stands that others hold: what was urged a short while ago
    /// is not to be urged.
    #[must_use]
    pub fn lane(self) -> Lane {
        match self {
            Standing::Can(_) | Standing::Not => Lane::Urge,
            Standing::Lately(_) => Lane::Urged,
        }
    }

    /// The button in a thing's line on a desk, or from when on it is there again. `page` is the thing's
    /// page, `name` what it is called.
    #[must_use]
    pub fn button(self, page: &str, name: &str, t: Locale) -> Markup {
        match self {
            Standing::Can(how) => {
                let said = t.say(word(how));
                html! {
                    p.no-print {
                        button.button.second type="submit" form=(FORM) formaction={ (page) "/" (WORD) } aria-label={ (said) " " (name) } { (said) }
                    }
                }
            }
            Standing::Lately(again) => {
                html! { p.meta { (t.with("urge-lately", &[("again", &t.brief_time(again))])) } }
            }
            Standing::Not => html! {},
        }
    }
}

/// The form of a desk that the buttons of its lines send: a list may stand in a form of its own.
#[must_use]
pub fn form(cx: &Cx) -> Markup {
    html! { form #(FORM) method="post" action="/desk" { (cx.marks()) } }
}

/// How often a thing was urged, and when last.
#[must_use]
pub fn badges(urged: &Urged, t: Locale) -> Markup {
    let said = |how| {
        let key = match how {
            Urging::Remind => "urged-remind",
            Urging::Press => "urged-press",
        };
        let (count, last) = urged.by(how)?;
        Some(t.with(key, &[("count", &count), ("date", &t.brief(last.date()))]))
    };
    let said: Vec<String> = [Urging::Press, Urging::Remind].into_iter().filter_map(said).collect();
    html! { @if !said.is_empty() { p.meta { @for one in &said { span.badge.late { (one) } " " } } } }
}

/// That something was urged just now, on the page of it or on a desk; `link` is the way on, where
/// there is one.
#[must_use]
pub fn told(cx: &Cx, link: Option<&str>) -> Markup {
    let t = cx.locale;
    html! {
        @if cx.done() == Some(WORD) {
            div.notice role="status" {
                p { (t.say("urge-done")) @if let Some(link) = link { " " a.button href=(link) { (t.say("work-next")) } } }
            }
        }
    }
}

/// The way to what comes next on the desk that led to a thing's page.
#[must_use]
pub fn next(cx: &Cx, page: &str) -> String {
    ui::link(&asking("/desk/next", &shelf(cx.page())), &[("after", page)])
}

fn word(how: Urging) -> &'static str {
    match how {
        Urging::Remind => "urge-remind",
        Urging::Press => "urge-press",
    }
}

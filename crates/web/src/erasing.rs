//! Erasing what belongs to somebody out of a thing, on their wish (删除权): one act for all
//! things, with the reason and a second thought. Whose it can be, what goes and who may is the
//! thing's to say.

use crate::Error;
use crate::read::Ticked;
use crate::sheet::{Act, Form, Next, Reader, Sheet, Shown, Slip};
use maud::{Markup, html};
use std::marker::PhantomData;
use yishi_kernel::{EraseReason, Right};

/// Whose values can be erased of a thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Nobody's: nothing private stands in it.
    Nobodys,
    /// All that is private in it.
    All,
    /// Those of one to be chosen: value and text.
    OneOf(Vec<(String, String)>),
}

/// A thing with private values.
pub trait Erased: Shown {
    /// Who may.
    const ERASE: &'static Right;
    /// The text that says what goes and what stays.
    const LEAD: &'static str;

    /// Whose values can be erased now.
    fn whose(sheet: &Sheet<Self>) -> impl Future<Output = Result<Whose, Error>> + Send;

    /// Erases them; `whom` is one of those to choose from, where there are any.
    fn erase(
        sheet: &Sheet<Self>,
        whom: &str,
        reason: EraseReason,
    ) -> impl Future<Output = Result<(), Error>> + Send;
}

/// Erasing (删除个人信息).
#[derive(Debug)]
pub struct Erase<T>(PhantomData<fn() -> T>);

impl<T: Erased> Act for Erase<T> {
    type On = T;
    // Whose, and why.
    type Command = (String, EraseReason);
    const WORD: &'static str = "erase";
    const RIGHT: &'static Right = T::ERASE;

    async fn form(sheet: &Sheet<T>, f: &Form<'_>) -> Result<Markup, Error> {
        let t = f.t();
        let whom = match T::whose(sheet).await? {
            Whose::Nobodys => return Ok(html! {}),
            Whose::OneOf(some) if some.is_empty() => return Ok(html! {}),
            Whose::All => html! {},
            Whose::OneOf(some) => {
                // Nobody is chosen beforehand: what is sent by mistake would be gone for good.
                let nobody = (String::new(), t.say("form-choose"));
                let some: Vec<_> = std::iter::once(nobody).chain(some).collect();
                html! { (f.select("whom", &some)) }
            }
        };
        let inner = html! {
            p { (t.say(T::LEAD)) }
            (whom)
            (f.select("reason", &t.choices::<EraseReason>()))
            (f.check("sure"))
            (f.submit("erase-send", "danger"))
        };
        Ok(f.folded(&t.say("erase-title"), &inner))
    }

    async fn read(sheet: &Sheet<T>, mut r: Reader<'_>) -> Result<(String, EraseReason), Slip> {
        let (whose, given) = (T::whose(sheet).await, r.text("whom"));
        let there = match &whose {
            Ok(Whose::All) => true,
            Ok(Whose::OneOf(some)) => some.iter().any(|(value, _)| *value == given),
            Ok(Whose::Nobodys) | Err(_) => false,
        };
        if !there {
            r.wrong("whom", "form-choose");
        }
        let reason = r.word("reason", EraseReason::parse, "form-choose");
        if r.ticked("sure") == Ticked::No {
            r.wrong("sure", "erase-wrong-sure");
        }
        r.done(|| Some((given, reason?)))
    }

    async fn carry_out(sheet: &Sheet<T>, (whom, reason): (String, EraseReason)) -> Result<Next, Error> {
        T::erase(sheet, &whom, reason).await?;
        Ok(Next::Back)
    }
}

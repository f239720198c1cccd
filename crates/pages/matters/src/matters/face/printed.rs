//! A receipt as it is printed and kept 回执单: number, code, link, and whom one rings. With them
//! whoever lost it comes back to it; what was said stands nowhere on it.

use crate::matters::face::receipt::Held;
use maud::{Markup, html};
use yishi_web::{Cx, local, ui};

/// Where its picture code is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// On paper alone: on the screen one is there already.
    OnPaper,
    /// On the screen too, for somebody else's phone.
    Always,
}

/// The paper of a receipt whose link has this secret: its heading, and what this paper says besides.
#[must_use]
pub fn printed(cx: &Cx, held: &Held, secret: &str, seen: Seen, (above, more): (&Markup, &Markup)) -> Markup {
    let t = cx.locale;
    let link = format!("{}/r/{}/{secret}", cx.app.public_url, held.ledger.slug);
    // Where the ledger's key is missing, a receipt has its link all the same.
    let code = cx.app.office.code_of(&held.ledger, held.receipt.id, held.receipt.reissued).ok();
    let picture = ui::qr(&link, &t.say("receipt-qr"));
    html! {
        section.receipt {
            div.split {
                div {
                    (above)
                    p.number { (t.with("matter-number", &[("number", &held.own.number)])) }
                    @if let Some(code) = code { p { (t.say("receipt-code")) " " span.slip-code { (code) } } }
                    (ui::bits("", &format!("{} · {}", held.own.place_name, t.time(held.receipt.opened))))
                }
                @match seen {
                    Seen::OnPaper => div.print-only { (picture) },
                    Seen::Always => (picture),
                }
            }
            (more)
            (local::line(&cx.local, t))
            p.link-text { (link) }
        }
    }
}

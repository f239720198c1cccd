//! Dangers on the page of their matter and on its receipts: what everyone must know stands above
//! all else; so does the question whether there is one, where words or category suggest it. They
//! only suggest: somebody has to tap.

use super::face::alert;
use super::report::button;
use maud::{Markup, html};
use yishi_domain::dangers::{Risk, Rules};
use yishi_domain::matters::{Matter, StageKind};
use yishi_domain::places::Place;
use yishi_kernel::Stream as _;
use yishi_office::dangers::reads::{DangerRow, ENDANGERED, of_matter, open};
use yishi_office::matters::reads::{MatterRow, matter, root_of};
use yishi_web::feature::{Beside, Whose};
use yishi_web::names::Names;
use yishi_web::{Cx, Error};

/// A matter with its dangers.
struct About {
    /// The matter that carries it.
    row: MatterRow,
    /// What is dangerous about it, and about all that it carries.
    dangers: Vec<DangerRow>,
    /// What words and category suggest.
    suggests: Option<Risk>,
}

impl About {
    /// Of the page of a matter; nothing where there is nothing to say about it.
    async fn of(cx: &Cx, thing: &Beside<'_>) -> Result<Option<Self>, Error> {
        let (office, ledger) = (&cx.app.office, thing.ledger.ledger);
        let (own, dangers) = match (thing.matter_with(&ENDANGERED), thing.page) {
            (Some(own), _) => (own, of_matter(&office.db, ledger, own).await?),
            (None, Whose::Public) => return Ok(None),
            // On the others it is asked whether there is one.
            (None, Whose::AtWork | Whose::Holder(_)) => match thing.matter() {
                Some(own) => (own, Vec::new()),
                None => return Ok(None),
            },
        };
        if dangers.is_empty() && thing.page == Whose::Public {
            return Ok(None);
        }
        let root = root_of(&office.db, ledger, own).await?.unwrap_or(own);
        let row = matter(&office.db, ledger, root).await?.ok_or(Error::NotFound)?;
        let suggests = match thing.page {
            Whose::Public => None,
            Whose::AtWork | Whose::Holder(_) => {
                let said = office.load::<Matter>(ledger, &own.into()).await?;
                let text = said.private::<String>(1, "text").unwrap_or_default();
                cx.rules(ledger).await?.section::<Rules>().suggests(&text, &row.category)
            }
        };
        Ok(Some(Self { row, dangers, suggests }))
    }

    /// Where a danger is reported from this page; nowhere where one is open or the matter is over.
    fn action(&self, thing: &Beside<'_>) -> Option<String> {
        let is_open = self.dangers.iter().any(|danger| danger.ended.is_none());
        let over = matches!(self.row.stage, StageKind::Closed | StageKind::Merged);
        match thing.page {
            _ if is_open || over => None,
            Whose::Public => None,
            Whose::Holder(receipt) => Some(format!("{receipt}/danger")),
            Whose::AtWork => Some(format!("/w/{}/{}/danger", thing.ledger.slug, self.row.number)),
        }
    }

    /// Whether somebody has looked at what the words suggest: then it is not asked again.
    fn was_asked(&self) -> bool {
        !self.dangers.is_empty()
    }
}

/// What stands above all else.
pub async fn above(cx: &Cx, thing: &Beside<'_>) -> Result<Markup, Error> {
    let (t, slug) = (cx.locale, &thing.ledger.slug);
    if thing.thing.kind() == Place::KIND {
        return board(cx, thing).await;
    }
    let Some(about) = About::of(cx, thing).await? else { return Ok(html! {}) };
    let front = match thing.page {
        Whose::Public | Whose::Holder(_) => "/c/",
        Whose::AtWork => "/w/",
    };
    let mut names = Names::default();
    let mut alerts = Vec::new();
    for danger in &about.dangers {
        alerts.push((danger, alert(cx, danger, &mut names).await?));
    }
    let suggested = about.suggests.filter(|_| !about.was_asked()).zip(about.action(thing));
    Ok(html! {
        @for (danger, alert) in &alerts {
            (alert)
            p.no-print { a href={ (front) (slug) "/d/" (danger.number) } { (t.say("danger-see")) } }
        }
        @if let Some((risk, action)) = suggested {
            section.notice.warn.no-print {
                h2 { (t.say("danger-suggested")) }
                p { (t.with("danger-suggested-lead", &[("risk", &t.word(risk))])) }
                (button(cx, &action, &[risk]))
            }
        }
    })
}

/// On the board of a community: how many are open, and the way to them.
async fn board(cx: &Cx, thing: &Beside<'_>) -> Result<Markup, Error> {
    let count = open(&cx.app.office.db, thing.ledger.ledger).await?.len();
    Ok(html! {
        @if count > 0 {
            div.notice.warn { p {
                (cx.locale.with("danger-on-board", &[("count", &count)])) " "
                a.no-print href={ "/c/" (thing.ledger.slug) "/dangers" } { (cx.locale.say("danger-on-board-see")) }
            } }
        }
    })
}

/// The way to report one, where nothing suggests it.
pub async fn ask(cx: &Cx, thing: &Beside<'_>) -> Result<Markup, Error> {
    let t = cx.locale;
    // On everyone's page nobody is asked.
    if thing.page == Whose::Public {
        return Ok(html! {});
    }
    let Some(about) = About::of(cx, thing).await? else { return Ok(html! {}) };
    let asked_above = about.suggests.is_some() && !about.was_asked();
    let Some(action) = about.action(thing).filter(|_| !asked_above) else { return Ok(html! {}) };
    Ok(html! {
        details.no-print {
            summary { (t.say("danger-ask")) }
            div.card {
                p { (t.say("danger-ask-lead")) }
                (button(cx, &action, Risk::ALL))
            }
        }
    })
}

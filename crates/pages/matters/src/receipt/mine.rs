//! What this device has raised or joined 我的事: a list that leads to each receipt without its link.
//! Off where somebody has said that several people use the device, and where somebody has signed
//! in: there many speak.

use crate::matters::face::{headline, stage_badge};
use axum::extract::Query;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use yishi_domain::matters::{How, MatterId};
use yishi_kernel::PlaceId;
use yishi_kernel::text::excerpt;
use yishi_office::matters::own::{OwnReceipt, of_account, of_device};
use yishi_office::matters::readable::own_words;
use yishi_office::matters::reads::{MatterRow, matters};
use yishi_office::paging::{Key, Paged};
use yishi_office::places::reads::{LedgerRow, ledgers};
use yishi_web::cookies::Life;
use yishi_web::form::Form;
use yishi_web::sent::Sent;
use yishi_web::ui::{self, Nav, Page, Width};
use yishi_web::visitor::{DEVICE, Keeps, PASS, SHARED, with_cookie, with_device};
use yishi_web::{Cx, Error};

/// How much of what was said stands in the list.
const SHOWN: usize = 24;

/// A line of the list.
struct Line {
    slug: String,
    receipt: String,
    how: How,
    title: String,
    root: MatterRow,
    own: MatterRow,
    withdrawn: bool,
}

/// `GET /mine`
pub async fn show(cx: Cx, Query(query): Query<HashMap<String, String>>) -> Result<Response, Error> {
    let t = cx.locale;
    let before = query.get("before").and_then(|key| Key::read(key));
    let keepers = ledgers(&cx.app.office.db).await?;
    let own = own(&cx, &keepers, before).await?;
    let next = own.next.clone().map(|next| ui::link("/mine", &[("before", &next)]));
    let lines = lines(&cx, &keepers, own.rows).await?;
    let title = t.say("find-receipt");
    let main = html! {
        h1 { (title) }
        @if query.contains_key("forgotten") { div.notice role="status" { p { (t.say("mine-forgotten")) } } }
        @match Keeps::of(&cx) {
            Keeps::Shared => p.soft { (t.say("mine-shared")) },
            Keeps::Desk => p.soft { (t.say("mine-desk")) },
            Keeps::Own if lines.is_empty() => p.soft { (t.say("mine-nothing")) },
            Keeps::Own => {
                p.soft { (t.say("mine-lead")) }
                ul.list { @for line in &lines { (item(&cx, line)) } }
                (ui::more(next, &t.say("list-older")))
            },
        }
        p { a.button.wide[lines.is_empty()].second[!lines.is_empty()] href="/receipt" { (t.say("mine-by-code")) } }
        (device(&cx))
    };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    let page = Page { locale, view, here, title: &title, nav: Nav::None, width: Width::Narrow, main };
    with_device(&cx, page.render().into_response())
}

/// What this device or the resident signed in at it has.
async fn own(
    cx: &Cx,
    keepers: &[LedgerRow],
    before: Option<Key<yishi_domain::matters::ReceiptId>>,
) -> Result<Paged<OwnReceipt>, Error> {
    let db = &cx.app.office.db;
    let account = cx.staff.as_ref().and_then(|staff| staff.actor.account);
    Ok(match (Keeps::of(cx), account, &cx.device) {
        (Keeps::Own, Some(account), _) => of_account(db, account, before).await?,
        (Keeps::Own, None, Some(device)) => {
            let all: Vec<PlaceId> = keepers.iter().map(|row| row.ledger).collect();
            of_device(db, &all, device, before).await?
        }
        (Keeps::Own | Keeps::Shared | Keeps::Desk, _, _) => Paged { rows: Vec::new(), next: None },
    })
}

/// As many questions to the store for many of them as for one.
async fn lines(cx: &Cx, keepers: &[LedgerRow], own: Vec<OwnReceipt>) -> Result<Vec<Line>, Error> {
    let (db, t) = (&cx.app.office.db, cx.locale);
    let keys: BTreeSet<_> =
        own.iter().flat_map(|one| [one.matter, one.root].map(|id| (one.ledger, id))).collect();
    let rows = matters(db, &Vec::from_iter(keys)).await?;
    let words = own_words(db, &own).await?;
    let mut rules = BTreeMap::new();
    for ledger in own.iter().map(|one| one.ledger).collect::<BTreeSet<_>>() {
        rules.insert(ledger, cx.rules(ledger).await?);
    }
    let line = |one: OwnReceipt| {
        let keeper = keepers.iter().find(|row| row.ledger == one.ledger)?;
        let find = |id: MatterId| rows.iter().find(|row| row.id == id).cloned();
        let (own, root) = find(one.matter).zip(find(one.root))?;
        let said = words.get(&one.matter).filter(|text| !text.trim().is_empty());
        let title = match said {
            Some(said) => excerpt(said, SHOWN),
            None => headline(rules.get(&one.ledger)?, &own, t),
        };
        let (slug, receipt, withdrawn) = (keeper.slug.clone(), one.id.to_string(), one.withdrawn.is_some());
        Some(Line { slug, receipt, how: one.how, title, root, own, withdrawn })
    };
    Ok(own.into_iter().filter_map(line).collect())
}

fn item(cx: &Cx, line: &Line) -> Markup {
    let t = cx.locale;
    let meta = [
        t.with("matter-number", &[("number", &line.own.number)]),
        line.own.place_name.clone(),
        t.brief(line.own.raised.date()),
    ];
    let class = line.root.next.map_or("", |(_, due)| ui::urgency(due, cx.now));
    html! {
        li class={ "item " (class) } {
            h2 { a href={ "/r/" (line.slug) "/" (line.receipt) } { (line.title) } }
            (ui::bits("meta", &meta.join(" · ")))
            p.meta {
                @if line.withdrawn { span.badge.done { (t.say("receipt-withdrawn")) } }
                @else { (stage_badge(line.root.stage, t)) }
                @if line.how == How::Joined { " " (t.word(line.how)) }
            }
        }
    }
}

/// The one tap by which a device that several people use forgets, and the way back.
fn device(cx: &Cx) -> Markup {
    let t = cx.locale;
    let f = Form::new(cx, "", "mine", "/mine".to_owned());
    let (value, send, lead) = match Keeps::of(cx) {
        Keeps::Own => ("shared", "mine-share", "mine-share-lead"),
        Keeps::Shared => ("own", "mine-own", "mine-own-lead"),
        Keeps::Desk => return html! {},
    };
    let inner = html! { (f.hidden("device", value)) (f.submit(send, "second")) };
    html! { section.card.no-print { p { (t.say(lead)) } (f.bare(&inner)) } }
}

/// `POST /mine`
pub async fn send(cx: Cx, Sent(values): Sent) -> Result<Response, Error> {
    let set = |name, value, life| cx.app.cookies.set(name, value, life);
    if values.get("device") == "own" {
        return Ok(with_cookie(Redirect::to("/mine").into_response(), &set(SHARED, "", Life::Over)));
    }
    let forgotten = Redirect::to("/mine?forgotten").into_response();
    let cookies = [
        set(SHARED, "yes", Life::Year),
        set(DEVICE, "", Life::Over),
        set(PASS, "", Life::Over),
        set("said", "", Life::Over),
    ];
    Ok(cookies.iter().fold(forgotten, |response, cookie| with_cookie(response, cookie)))
}

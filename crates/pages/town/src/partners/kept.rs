//! The page of the partners of a place, for whoever keeps it.

use super::open::Open;
use super::revoke::Revoke;
use maud::{Markup, html};
use yishi_domain::partners::KEEP;
use yishi_domain::places::Place;
use yishi_kernel::{Moment, Right, StreamName};
use yishi_office::paging::{Key, Paged};
use yishi_office::partners::reads::{PartnerRow, partners};
use yishi_office::people::reads::{OrganisationRow, organisations};
use yishi_office::places::reads::{PlaceRow, ledger, path_of};
use yishi_web::nav::staff_nav;
use yishi_web::sheet::{Found, Sheet, Shown, Thing};
use yishi_web::slip::{Slip, summary};
use yishi_web::texts::Locale;
use yishi_web::ui::{self, Fields, Page, Width};
use yishi_web::{Cx, Error};

/// The partners of a place.
#[derive(Debug)]
pub struct KeptPartners;

/// The page of the partners of a place.
pub type Keeping = Sheet<KeptPartners>;

/// The place, and who could be a partner there.
#[derive(Debug)]
pub struct Row {
    /// The place.
    pub place: PlaceRow,
    /// The organisations known there.
    pub organisations: Vec<OrganisationRow>,
}

impl Thing for KeptPartners {
    type At = String;
    type State = Place;
    type Row = Row;
    const FAMILY: &'static str = "partner";
    const SEEN_BY: &'static Right = &KEEP;

    async fn find(cx: &Cx, id: String) -> Result<Found<Self>, Error> {
        let place = cx.place(id.parse().map_err(|_| Error::NotFound)?).await?;
        let db = &cx.app.office.db;
        let ledger = ledger(db, place.ledger).await?.ok_or(Error::NotFound)?;
        let loaded = cx.app.office.load(place.ledger, &place.id.into()).await?;
        let path = path_of(db, &place).await?;
        let organisations = organisations(db, &place.path).await?;
        Found::new(ledger, Row { place, organisations }, loaded, path)
    }

    fn stream(found: &Found<Self>) -> StreamName {
        found.row.place.id.into()
    }

    fn link(found: &Found<Self>) -> String {
        format!("/admin/places/{}/partners", found.row.place.id)
    }
}

impl Shown for KeptPartners {
    async fn show(sheet: &Keeping, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
        page(sheet, values, slip, None).await
    }
}

/// The page with a token that was opened just now: it is shown this once.
pub(super) async fn opened(sheet: &Keeping, token: &str) -> Result<Markup, Error> {
    page(sheet, &Fields::default(), None, Some(token)).await
}

async fn page(
    sheet: &Keeping,
    values: &Fields,
    slip: Option<&Slip>,
    token: Option<&str>,
) -> Result<Markup, Error> {
    let (cx, t, own) = (&sheet.cx, sheet.cx.locale, &sheet.row.place);
    let before = cx.here.split_once("before=").and_then(|(_, key)| Key::read(key));
    let Paged { rows, next } = partners(&cx.app.office.db, own.ledger, before).await?;
    let rows: Vec<PartnerRow> = rows.into_iter().filter(|row| row.place == own.id).collect();
    let title = t.with("partners-of", &[("name", &own.name)]);
    let main = html! {
        p.crumbs { a href={ "/admin/places/" (own.id) } { (own.name) } }
        h1 { (title) }
        (summary(slip, t))
        @if let Some(token) = token {
            div.notice role="status" {
                p { strong { (t.say("partner-opened")) } }
                p.link-text data-token { (token) }
                p { (t.say("partner-once")) }
            }
        }
        p { (t.say("partners-lead")) }
        p { a href="/api/openapi.json" { (t.say("partners-described")) } }
        @if rows.is_empty() { (ui::empty(&t.say("partners-none"))) }
        ul.list { @for row in &rows { (line(sheet, row, cx.now, t)) } }
        (ui::more(next.map(|next| ui::link(&sheet.link(), &[("before", &next)])), &t.say("partners-more")))
        (sheet.form::<Open>(values, slip).await?)
    };
    let nav = staff_nav(cx, &sheet.staff);
    let (locale, view) = (t, cx.view);
    Ok(Page { locale, view, here: &sheet.link(), title: &title, nav, width: Width::Narrow, main }.render())
}

/// A partner's token, with the way to revoke it.
fn line(sheet: &Keeping, row: &PartnerRow, now: Moment, t: Locale) -> Markup {
    let name = row.name.clone().unwrap_or_else(|| "—".to_owned());
    let until = t.brief(row.expires.deadline_date());
    let used = match row.used {
        Some(day) => t.with("partner-used", &[("day", &t.brief(day.date()))]),
        None => t.say("partner-unused"),
    };
    let revoke = sheet.blank::<Revoke>();
    let holds = row.revoked.is_none() && row.expires > now;
    html! {
        li.item {
            h2 { (row.body) " · " (name) }
            p {
                span.badge { (t.word(row.may)) } " "
                @match row.revoked {
                    Some(at) => span.badge.done { (t.with("partner-revoked", &[("day", &t.brief(at.date()))])) },
                    None if holds => span.whole { (t.with("partner-until", &[("day", &until)])) },
                    None => span.badge.late { (t.with("partner-over", &[("day", &until)])) },
                }
            }
            p.meta { (used) }
            @if holds {
                (revoke.bare(&html! {
                    (revoke.hidden("partner", &row.id.to_string()))
                    (revoke.submit("partner-revoke", "danger"))
                }))
            }
        }
    }
}

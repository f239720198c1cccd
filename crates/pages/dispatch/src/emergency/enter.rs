//! Entering an emergency about a matter: what is dangerous, the one thing that makes safe, and who
//! applied where money of the owners is asked for.

use super::face::list;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use std::sync::Arc;
use yishi_domain::ballots;
use yishi_domain::emergency::{Applicant, BasisId, ENTER, EnterBasis, Rules};
use yishi_domain::matters::Matter;
use yishi_kernel::Pack;
use yishi_kernel::rules::Limits;
use yishi_office::FormKey;
use yishi_office::emergency::reads::{BasisRow, basis, of_matter};
use yishi_office::matters::reads::MatterRow;
use yishi_office::places::reads::LedgerRow;
use yishi_pages_matters::matters::face::{headline, row_of};
use yishi_web::form::Form;
use yishi_web::nav::staff_nav_at;
use yishi_web::read::Reader;
use yishi_web::sent::{Came, SentParts};
use yishi_web::slip::{Slip, summary};
use yishi_web::texts::Locale;
use yishi_web::ui::{Fields, Page, Width};
use yishi_web::visitor::{fresh_form, made, sent_form};
use yishi_web::{Cx, Error, Staff};

/// The matter that is dangerous.
struct Dangerous {
    staff: Staff,
    ledger: LedgerRow,
    row: MatterRow,
    rules: Arc<Pack>,
    /// What was entered about it before.
    before: Vec<BasisRow>,
}

impl Dangerous {
    async fn load(cx: &Cx, slug: &str, number: i64) -> Result<Self, Error> {
        let staff = cx.staff()?.clone();
        let (ledger, row) = row_of(cx, slug, number).await?;
        let office = &cx.app.office;
        let loaded = office.load::<Matter>(ledger.ledger, &row.id.into()).await?;
        let path = office.path_of_matter(loaded.must()?).await?;
        cx.may(&ENTER, &loaded.must()?.passing_on(&path))?;
        let rules = cx.rules(ledger.ledger).await?;
        let before = of_matter(&office.db, ledger.ledger, row.id).await?;
        Ok(Self { staff, ledger, row, rules, before })
    }

    fn link(&self) -> String {
        format!("/w/{}/{}", self.ledger.slug, self.row.number)
    }
}

/// Kinds of things that are the owners' and of which the least is freed; none is picked.
fn items(pack: &Pack, t: Locale) -> Vec<(String, String)> {
    let rules = pack.section::<Rules>();
    let items = pack.section::<ballots::Rules>().items.iter();
    let freed = items.filter(|item| item.decides().joint().is_some() && rules.frees(&item.code).is_some());
    let none = (String::new(), t.say("decides-choose"));
    std::iter::once(none).chain(freed.map(|item| (item.code.clone(), t.said(&item.zh, &item.en)))).collect()
}

/// What counts as an emergency here; none is picked.
fn situations(pack: &Pack, t: Locale) -> Vec<(String, String)> {
    let offered = pack.section::<Rules>().offered();
    let none = (String::new(), t.say("basis-choose-situation"));
    std::iter::once(none).chain(offered.map(|one| (one.code.clone(), t.said(&one.zh, &one.en)))).collect()
}

/// `GET /w/{slug}/{number}/emergency`
pub async fn show(cx: Cx, Path((slug, number)): Path<(String, i64)>) -> Result<Markup, Error> {
    let matter = Dangerous::load(&cx, &slug, number).await?;
    Ok(view(&cx, &matter, &fresh_form(&cx)?, None))
}

fn view(cx: &Cx, matter: &Dangerous, values: &Fields, slip: Option<&Slip>) -> Markup {
    let t = cx.locale;
    let link = format!("{}/emergency", matter.link());
    let f = Form::new(cx, "", "basis", link.clone()).filled(values, slip).in_parts();
    let applicants: Vec<_> =
        std::iter::once((String::new(), t.say("basis-no-money"))).chain(t.choices::<Applicant>()).collect();
    let (situations, items) = (situations(&matter.rules, t), items(&matter.rules, t));
    let form = html! {
        (f.hidden("form", values.get("form")))
        (f.select("situation", &situations).hint("basis-situation-hint"))
        (f.text("line").hint("basis-line-hint"))
        (f.text("acceptance").label("dispatch-acceptance").hint("basis-acceptance-hint"))
        (f.select("item", &items).hint("basis-item-hint"))
        (f.select("applicant", &applicants).hint("basis-applicant-hint"))
        (f.photos().label("basis-paper").hint("basis-paper-hint"))
        (f.submit("basis-enter-send", "wide"))
    };
    let title = t.say("basis-enter");
    let open = matter.before.iter().any(|row| row.next.is_some());
    let main = html! {
        p.crumbs { a href=(matter.link()) { (t.with("work-title", &[("number", &matter.row.number)])) } }
        h1 { (title) }
        p.soft { (headline(&matter.rules, &matter.row, t)) }
        (summary(slip, t))
        div.notice { p { (t.say("basis-enter-lead")) } p { (t.say("basis-enter-two")) } }
        @if !matter.before.is_empty() {
            h2 { (t.say("basis-of-matter")) }
            (list(&matter.before, "/w/", &matter.ledger.slug, t))
        }
        // What came back with something wrong is never lost, whatever was entered meanwhile.
        @if open && slip.is_none() {
            div.notice.warn { p { (t.say("refusal-basis-is-open")) } }
        } @else { (f.bare(&form)) }
    };
    let nav = staff_nav_at(cx, &matter.staff, &matter.ledger.slug);
    let (locale, view) = (t, cx.view);
    Page { locale, view, here: &link, title: &title, nav, width: Width::Narrow, main }.render()
}

/// `POST /w/{slug}/{number}/emergency`
pub async fn send(
    cx: Cx,
    Path((slug, number)): Path<(String, i64)>,
    sent: SentParts,
) -> Result<Response, Error> {
    let matter = Dangerous::load(&cx, &slug, number).await?;
    let limits: &Limits = matter.rules.section();
    let Came { values, photos, refused } = sent.read(&cx, limits.photos).await?;
    let form = sent_form(&cx, &values, &photos)?;
    let mut r = Reader::new("", &values, cx.locale).with_photos(photos);
    if let Some(error) = &refused {
        r.without_photo(error);
    }
    let enter = read(&matter, limits, r);
    let slip = match enter {
        Err(slip) => slip,
        Ok(enter) => {
            let office = &cx.app.office;
            let thing = |key: &FormKey| (BasisId(key.id("emergency_basis")), enter.clone());
            match office.make(&matter.staff.actor, matter.ledger.ledger, form, thing).await {
                Ok(key) => {
                    let id = BasisId(key.id("emergency_basis"));
                    let row = basis(&office.db, matter.ledger.ledger, id).await?.ok_or(Error::NotFound)?;
                    let link = made(format!("/w/{slug}/e/{}", row.number), &form, &key);
                    return Ok(Redirect::to(&link).into_response());
                }
                Err(failure) => Slip::bare(failure, &values, cx.locale)?,
            }
        }
    };
    Ok(slip.answer(view(&cx, &matter, &values, Some(&slip))))
}

fn read(matter: &Dangerous, limits: &Limits, mut r: Reader<'_>) -> Result<EnterBasis, Slip> {
    let (rules, kinds) = (matter.rules.section::<Rules>(), matter.rules.section::<ballots::Rules>());
    let (situation, item) = (r.text("situation"), r.text("item"));
    r.taken("situation", rules.situation(&situation));
    if kinds.item(&item).is_none() {
        r.refuse("item", ballots::Refusal::Item);
    }
    let (line, acceptance) = (r.line("line", limits), r.line("acceptance", limits));
    let applicant = Applicant::parse(&r.text("applicant"));
    let paper = r.photos();
    r.done(|| {
        let (matter, line, acceptance) = (matter.row.id, line?, acceptance?);
        Some(EnterBasis { matter, item, situation, line, acceptance, applicant, paper })
    })
}

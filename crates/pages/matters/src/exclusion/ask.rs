//! Asking that a matter be left out of the rates: of which class it is, and one sentence for everyone.

use crate::matters::face::row_of;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use yishi_domain::exclusion::{ASK, Ask, ExclusionClass, ExclusionId, Refusal, Rules};
use yishi_domain::matters::{Matter, StageKind};
use yishi_kernel::{Denied, Holder, PlaceId, Resource, Stream as _};
use yishi_office::matters::reads::MatterRow;
use yishi_office::places::reads::LedgerRow;
use yishi_web::form::Form;
use yishi_web::nav::staff_nav_at;
use yishi_web::read::Reader;
use yishi_web::sent::Sent;
use yishi_web::slip::{Slip, summary};
use yishi_web::told::by;
use yishi_web::ui::{Fields, Page, Width};
use yishi_web::{Cx, Error};

/// Whether whoever looks may ask for it now; the command says the same.
pub(super) fn may_ask(cx: &Cx, matter: &Matter, path: &[PlaceId]) -> Result<(), Error> {
    cx.may(&ASK, &Resource { stage: None, ..matter.resource(path, &cx.actor()) })?;
    match (matter.stage(), matter.holder) {
        (StageKind::InHand | StageKind::Answered, Holder::Desk(desk)) if desk != matter.desk => {
            Err(yishi_kernel::Refusal::from(Refusal::StreetsOwn).into())
        }
        (StageKind::InHand | StageKind::Answered, _) => Ok(()),
        (stage, _) => Err(Denied::stage(stage).into()),
    }
}

/// The matter, for whoever may ask.
struct Asking {
    ledger: LedgerRow,
    row: MatterRow,
}

impl Asking {
    async fn load(cx: &Cx, slug: &str, number: i64) -> Result<Self, Error> {
        cx.staff()?;
        let (ledger, row) = row_of(cx, slug, number).await?;
        let office = &cx.app.office;
        let loaded = office.load::<Matter>(ledger.ledger, &row.id.into()).await?;
        let matter = loaded.must()?;
        may_ask(cx, matter, &office.path_of_matter(matter).await?)?;
        Ok(Self { ledger, row })
    }

    fn page(&self) -> String {
        format!("/w/{}/{}", self.ledger.slug, self.row.number)
    }
}

/// `GET /w/{slug}/{number}/exclusion`
pub async fn show(cx: Cx, Path((slug, number)): Path<(String, i64)>) -> Result<Markup, Error> {
    let asking = Asking::load(&cx, &slug, number).await?;
    view(&cx, &asking, &cx.typed(), None).await
}

/// The classes, each by its word with what it is called.
pub(super) fn classes(t: yishi_web::texts::Locale) -> Vec<(String, String)> {
    ExclusionClass::ALL.iter().map(|class| (class.word().to_owned(), t.word(*class))).collect()
}

async fn view(cx: &Cx, asking: &Asking, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
    let t = cx.locale;
    let rules = cx.rules(asking.ledger.ledger).await?;
    let due = rules.due(&rules.section::<Rules>().rule, cx.now).at;
    let page = asking.page();
    let here = format!("{page}/exclusion");
    let f = Form::new(cx, "", "exclusion", here.clone()).filled(values, slip);
    let classes = classes(t);
    let inner = html! {
        (f.radios("class", &classes))
        (f.text("reason").hint("public-hint"))
        (f.submit("exclusion-ask-send", "wide"))
    };
    let title = t.say("exclusion-ask-title");
    let main = html! {
        p.crumbs { a href=(page) { (t.with("work-title", &[("number", &asking.row.number)])) } }
        h1 { (title) }
        p { (t.with("exclusion-ask-lead", &[("by", &by(due, t))])) }
        p { (t.say("exclusion-goes-on")) }
        (summary(slip, t))
        (f.bare(&inner))
    };
    let nav = staff_nav_at(cx, cx.staff()?, &asking.ledger.slug);
    let (locale, view) = (t, cx.view);
    Ok(Page { locale, view, here: &here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// `POST /w/{slug}/{number}/exclusion`
pub async fn send(
    cx: Cx,
    Path((slug, number)): Path<(String, i64)>,
    Sent(values): Sent,
) -> Result<Response, Error> {
    let asking = Asking::load(&cx, &slug, number).await?;
    let ledger = asking.ledger.ledger;
    let rules = cx.rules(ledger).await?;
    let mut r = Reader::new("", &values, cx.locale);
    let class = r.word("class", ExclusionClass::parse, "form-choose");
    let reason = r.line("reason", rules.section());
    let asked = r.done(|| Some(Ask { matter: asking.row.id, class: class?, reason: reason? }));
    let slip = match asked {
        Err(slip) => slip,
        Ok(ask) => {
            let id = ExclusionId::of(asking.row.id);
            match cx.office().start(&cx.staff()?.actor, ledger, id, ask).await {
                Ok(_) => return Ok(Redirect::to(&format!("{}#exclusion", asking.page())).into_response()),
                Err(failure) => Slip::bare(failure, &values, cx.locale)?,
            }
        }
    };
    Ok(slip.answer(view(&cx, &asking, &values, Some(&slip)).await?))
}

//! Reporting a danger about a matter that stands: by whoever holds a receipt, or at work. One tap
//! on a button that says what is at risk.

use super::face::numbers;
use axum::extract::Path;
use axum::response::Redirect;
use maud::{Markup, html};
use yishi_domain::dangers::{REPORT, Risk};
use yishi_domain::matters::Matter;
use yishi_kernel::{Claim, Resource};
use yishi_pages_matters::matters::face::receipt::held;
use yishi_pages_matters::matters::face::row_of;
use yishi_web::form::Form;
use yishi_web::local;
use yishi_web::sent::Sent;
use yishi_web::ui::Fields;
use yishi_web::{Cx, Error};

/// The field that says what is at risk.
const RISK: &str = "danger";

/// A form of one button for each risk.
pub(super) fn button(cx: &Cx, action: &str, risks: &[Risk]) -> Markup {
    let t = cx.locale;
    let f = Form::new(cx, "", "danger", action.to_owned());
    let most = risks.iter().min().copied().unwrap_or(Risk::Life);
    html! {
        (numbers(most, t))
        (local::line(&cx.local, t))
        (f.bare(&html! {
            @for risk in risks {
                button.button.wide.danger type="submit" name=(RISK) value=(risk.word()) {
                    (t.with("danger-report", &[("risk", &t.word(*risk))]))
                }
            }
        }))
    }
}

/// What was tapped; who changed the form by hand reports the graver one.
fn risk(values: &Fields) -> Risk {
    Risk::parse(values.get(RISK)).unwrap_or(Risk::Life)
}

/// `POST /r/{slug}/{secret}/danger`
pub async fn by_receipt(
    cx: Cx,
    Path((slug, secret)): Path<(String, String)>,
    Sent(values): Sent,
) -> Result<Redirect, Error> {
    let held = held(&cx, &slug, &secret).await?;
    // Whoever has the link has the receipt.
    let actor = cx.actor().showing(Claim::Receipt);
    cx.office().report_danger(&actor, held.ledger.ledger, held.own.id, risk(&values)).await?;
    Ok(Redirect::to(&format!("/r/{slug}/{secret}")))
}

/// `POST /w/{slug}/{number}/danger`
pub async fn at_work(
    cx: Cx,
    Path((slug, number)): Path<(String, i64)>,
    Sent(values): Sent,
) -> Result<Redirect, Error> {
    let staff = cx.staff()?.clone();
    let (ledger, row) = row_of(&cx, &slug, number).await?;
    let office = cx.office();
    let loaded = office.load::<Matter>(ledger.ledger, &row.id.into()).await?;
    let matter = loaded.must()?;
    let path = office.path_of_matter(matter).await?;
    let holding = matter.holder.organisation();
    cx.may(&REPORT, &Resource { holding, ..Resource::at(&path) })?;
    office.report_danger(&staff.actor, ledger.ledger, row.id, risk(&values)).await?;
    Ok(Redirect::to(&format!("/w/{slug}/{number}")))
}

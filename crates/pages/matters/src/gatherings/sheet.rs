//! The blank sheet 板凳会记录单, to be written on by hand: three fields, ten lines with what each
//! becomes, a code that opens the page for typing it in, and one by which neighbours raise something
//! by themselves. It is Chinese, since it is filed.

use super::face::{name, place};
use super::gathering::GatheringAtWork;
use axum::extract::Path;
use maud::{Markup, html};
use yishi_domain::gatherings::{Form, LineKind};
use yishi_office::places::reads::posters_of;
use yishi_web::address::{Posting, posting};
use yishi_web::nav::staff_nav_at;
use yishi_web::sheet::Sheet;
use yishi_web::ui::{self, Page, Width};
use yishi_web::{Cx, Error};

/// How many lines it has.
const LINES: usize = 10;

/// `GET /w/{slug}/h/{number}/sheet`
///
/// # Errors
/// When there is no such gathering, or this person may not see it.
pub async fn show(cx: Cx, Path(at): Path<(String, i64)>) -> Result<Markup, Error> {
    let held = Sheet::<GatheringAtWork>::open(cx, at).await?;
    let (cx, t, row) = (&held.cx, held.cx.locale, &held.row);
    let slug = &held.ledger.slug;
    let places = [held.state.at.get().copied().unwrap_or(row.place), row.place];
    let posters = posters_of(&cx.app.office.db, held.ledger.ledger, &places).await?;
    let word = places.iter().find_map(|id| posters.get(id)).map(|poster| poster.word.clone());
    let zh = t.chinese();
    let link = format!("{}{}", cx.app.public_url, held.link());
    let raise = word.map(|word| format!("{}/q/{word}", cx.app.public_url));
    let posting = posting(cx).await?;
    let title = t.say("gathering-sheet");
    let form = |one: Form| if one == row.form { "☑" } else { "□" };
    let people = row.people.map_or_else(|| "　　　".to_owned(), |count| count.to_string());
    let mostly = row.mostly.map_or_else(|| "　　　　　　　　　　".to_owned(), |mostly| zh.word(mostly));
    let sheet = html! {
        article.record-sheet lang="zh-Hans" {
            div.split {
                div {
                    h2 { (zh.say("gathering-sheet-title")) }
                    p { "一、形式和地点：" @for one in Form::ALL { (form(*one)) (zh.word(*one)) "　" } (place(cx, row).await?) }
                    p { "二、来的人：约 " (people) " 人，" (mostly) }
                    p { "三、时间：" (zh.time(row.starts)) }
                }
                div.record-code { (ui::qr(&link, &zh.say("gathering-sheet-code"))) p.small { (zh.say("gathering-sheet-code")) } }
            }
            table {
                thead { tr {
                    th scope="col" { "行" }
                    th scope="col" { "说了什么（一行一件，不写姓名、门牌、电话）" }
                    th scope="col" { "记成什么（打钩）" }
                } }
                tbody { @for n in 1..=LINES { tr {
                    td { (n) }
                    td {}
                    td { @for kind in LineKind::ALL { span.whole { "□" (zh.word(*kind)) @if *kind == LineKind::Known { " #____" } } " " } }
                } } }
            }
            p.small { (zh.say("gathering-sheet-private")) }
            @if let Some(raise) = &raise {
                div.split { p { (zh.say("gathering-sheet-raise")) } div.record-code { (ui::qr(raise, &zh.say("gathering-sheet-raise"))) } }
            }
        }
    };
    let main = html! {
        p.crumbs.no-print { a href=(held.link()) { (name(cx, row).await?) } }
        h1.no-print { (title) }
        p.no-print { (t.say("gathering-sheet-lead")) }
        @match &posting {
            Posting::Fit(demo) => { div.actions.no-print { (ui::print_button(t)) } div.no-print { (demo) } (sheet) },
            Posting::Refused(told) => (told),
        }
    };
    let nav = staff_nav_at(cx, &held.staff, slug);
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Wide, main }.render())
}

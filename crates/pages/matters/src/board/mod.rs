//! The public board 公示栏, one matter's public page with its whole chain, and photos that
//! were published. Nothing private is read here.

use crate::insight::face::this_month;
use crate::matters::face::chain::{Chain, Reads};
use crate::matters::face::{Item, category, item, stage_badge, steps};
use crate::matters::face::{categories, headline, meta, row_of, spot, topics};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::HashMap;
use yishi_domain::matters::{Matter, MatterId, StageKind, Step};
use yishi_domain::places::PlaceKind;
use yishi_kernel::search::{Asked, Tag, tag};
use yishi_kernel::{Pack, PhotoDigest, PlaceId, Stream as _};
use yishi_office::matters::reads::{self, BoardFilter, MatterRow, Support, board, root_of, support};
use yishi_office::matters::search::{Looking, SearchIn};
use yishi_office::matters::tables::BoardState;
use yishi_office::paging::{Key, PAGE, Paged};
use yishi_office::places::reads::{LedgerRow, children};
use yishi_web::feature::{Beside, Feature, Texts, Whose, above, beside};
use yishi_web::local;
use yishi_web::numbers::search;
use yishi_web::photos::{Small, send_photo};
use yishi_web::routes::Route;
use yishi_web::texts::Locale;
use yishi_web::ui::{self, Field, Nav, Page, Width};
use yishi_web::{Cx, Error};

/// What it gives to the program.
pub static FEATURE: Feature = Feature { routes: ROUTES, texts: TEXTS, ..Feature::named("board") };

static ROUTES: &[Route] = yishi_web::routes! {
    get "/c/{slug}" public show;
    get "/c/{slug}/m/{number}" public matter;
    get "/c/{slug}/m/{number}/photo/{digest}" public photo;
};

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];

/// What the board is asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Wish {
    category: Option<String>,
    state: Option<String>,
    around: Option<String>,
    before: Option<String>,
    q: Option<String>,
}

impl Wish {
    fn filter(&self) -> BoardFilter {
        let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        BoardFilter {
            category: given(&self.category),
            state: self.state.as_deref().and_then(BoardState::parse),
            around: self.around.as_deref().and_then(|id| id.parse::<PlaceId>().ok()),
            before: self.before.as_deref().and_then(Key::read),
        }
    }

    /// What is found must have, besides the words.
    fn tags(&self) -> Vec<String> {
        let BoardFilter { category, state, around, .. } = self.filter();
        let tags = [
            category.map(|code| tag(Tag::Category, &code)),
            state.map(|state| tag(Tag::State, state.word())),
            around.map(|place| tag(Tag::Place, &place.to_string())),
        ];
        tags.into_iter().flatten().collect()
    }

    /// The link of the page that starts at `before`.
    fn link(&self, slug: &str, before: &str, words: &str) -> String {
        let given = |text: &Option<String>| text.clone().unwrap_or_default();
        let [category, state, around] = [&self.category, &self.state, &self.around].map(given);
        let asked = [
            ("before", before),
            ("category", &category),
            ("state", &state),
            ("around", &around),
            ("q", words),
        ];
        ui::link(&format!("/c/{slug}"), &asked)
    }

    /// The link of this page, without what it does not ask for.
    fn here(&self, slug: &str) -> String {
        let given = |text: &Option<String>| text.clone().unwrap_or_default();
        self.link(slug, &given(&self.before), &given(&self.q))
    }
}

/// `GET /c/{slug}`
pub async fn show(cx: Cx, Path(slug): Path<String>, Query(wish): Query<Wish>) -> Result<Response, Error> {
    let t = cx.locale;
    let ledger = cx.ledger(&slug).await?;
    let here = wish.here(&slug);
    let words = wish.q.as_deref().unwrap_or_default().trim();
    if let Some(link) = search(&cx, "/c", ledger.ledger, &slug, words).await? {
        return Ok(Redirect::to(&link).into_response());
    }
    let stamp = match cx.app.boards.look(&cx, ledger.ledger, &here).await? {
        Ok(board) => return Ok(board.into_response()),
        Err(stamp) => stamp,
    };
    let db = &cx.app.office.db;
    let keeper = cx.place(ledger.ledger).await?;
    let rules = cx.rules(ledger.ledger).await?;
    let asked = Asked::read(words);
    let (rows, older) = if words.is_empty() {
        let Paged { rows, next } = board(db, ledger.ledger, &wish.filter()).await?;
        (rows, next)
    } else {
        let (ledgers, within) = ([ledger.ledger], SearchIn::Public);
        let tags = if asked.is_empty() { Vec::new() } else { wish.tags() };
        let looking = Looking { tags, ..Looking::of(&ledgers, &asked.words, within) };
        let behind = wish.before.as_deref().and_then(|hit| hit.parse().ok());
        let hits = cx.app.office.find(&looking, behind, PAGE).await?;
        (hits.rows, hits.next.map(|hit| hit.to_string()))
    };
    let named = match asked.number.filter(|_| wish.before.is_none()) {
        Some(number) => numbered(&cx, &ledger, &slug, &rules, number).await?,
        None => None,
    };
    let ids: Vec<MatterId> = rows.iter().map(|row| row.id).collect();
    let supports = support(db, ledger.ledger, &ids).await?;
    let around: Vec<(String, String)> = children(db, ledger.ledger, ledger.ledger)
        .await?
        .into_iter()
        .filter(|place| {
            matches!(
                place.kind,
                PlaceKind::Compound | PlaceKind::Market | PlaceKind::RoadSection | PlaceKind::NaturalVillage
            )
        })
        .map(|place| (place.id.to_string(), place.name))
        .collect();
    let title = t.with("board-of", &[("name", &keeper.name)]);
    let thing = Beside::of_thing(&ledger, ledger.ledger.into(), Whose::Public);
    let alert = above(&cx, &thing).await?;
    let this_month = this_month(&cx, ledger.ledger, &slug).await?;
    let main = html! {
        h1 { (title) }
        (alert)
        p { (t.say("board-lead")) }
        (this_month)
        (local::line(&cx.local, t))
        div.actions.no-print { a.button href={ "/c/" (slug) "/raise" } { (t.say("raise-action")) } (ui::print_button(t)) }
        ul.links.no-print {
            @for way in cx.app.features.iter().flat_map(|feature| feature.board) {
                li { a href=(way.href.replace("{slug}", &slug)) { (t.say(way.text)) } }
            }
        }
        (filters(&cx, &slug, &wish, &around, &rules))
        div #list aria-live="polite" {
            @if let Some(named) = &named {
                h2 { (t.say("board-found-number")) } ul.list { (named) }
                @if !rows.is_empty() { h2 { (t.say("board-found-words")) } }
            }
            @if rows.is_empty() && named.is_none() { (nothing(&wish, words, t)) }
            (hung(&cx, &slug, &rows, &rules))
            ul.list.no-print {
                @for row in &rows { (line(&cx, &slug, &rules, row, supports.get(&row.id).copied().unwrap_or_default())) }
            }
            (ui::more(older.map(|older| wish.link(&slug, &older, words)), &t.say("board-older")))
            @if wish.before.is_some() { p { a href=(wish.link(&slug, "", words)) { (t.say("board-newest")) } } }
        }
    };
    let nav = Nav::Community { slug, name: keeper.name };
    let (locale, view) = (t, cx.view);
    let page = Page { locale, view, here: &here, title: &title, nav, width: Width::Wide, main }.render();
    cx.app.boards.keep(stamp, &page);
    Ok(page.into_response())
}

/// A matter on the board.
fn line(cx: &Cx, slug: &str, rules: &Pack, row: &MatterRow, support: Support) -> Markup {
    let t = cx.locale;
    let photo = row.photo.as_ref().map(|photo| format!("/c/{slug}/m/{}/photo/{}?small", row.number, photo.0));
    let shown = Item {
        href: &format!("/c/{slug}/m/{}", row.number),
        title: &headline(rules, row, t),
        meta: &meta(row, support, t),
        stage: row.stage,
        next: row.next.filter(|(step, _)| *step != Step::Close),
        photo: photo.as_deref(),
    };
    item(&shown, cx.now, t)
}

/// What has the number that was typed; nothing where it is the number of nothing that has a page.
async fn numbered(
    cx: &Cx,
    ledger: &LedgerRow,
    slug: &str,
    rules: &Pack,
    number: i64,
) -> Result<Option<Markup>, Error> {
    let db = &cx.app.office.db;
    let Some(thing) = reads::stream_by_number(db, ledger.ledger, number).await? else { return Ok(None) };
    if thing.kind() != Matter::KIND {
        return Ok(yishi_web::numbers::line("/c", slug, &thing, number, cx.locale));
    }
    let Ok(id) = thing.id().parse::<MatterId>() else { return Ok(None) };
    let row = reads::matter(db, ledger.ledger, id).await?;
    let support = support(db, ledger.ledger, &[id]).await?.remove(&id).unwrap_or_default();
    Ok(row.map(|row| line(cx, slug, rules, &row, support)))
}

/// What is said where nothing is listed: what was looked in and what else could be tried.
fn nothing(wish: &Wish, words: &str, t: Locale) -> Markup {
    if words.is_empty() {
        return ui::empty(&t.say("board-empty"));
    }
    let filtered = !wish.tags().is_empty();
    html! {
        div.empty {
            p { (t.with("board-nothing", &[("words", &words)])) }
            p { (t.say(if filtered { "board-nothing-filtered" } else { "board-nothing-hint" })) }
        }
    }
}

/// The board as it hangs: a table of what is shown, with the day and the way to what it says now.
fn hung(cx: &Cx, slug: &str, rows: &[MatterRow], rules: &Pack) -> Markup {
    let t = cx.locale;
    let link = format!("{}/c/{slug}", cx.app.public_url);
    let until = |row: &MatterRow| match row.next.filter(|(step, _)| *step != Step::Close) {
        Some((_, at)) => t.brief(at.deadline_date()),
        None => String::new(),
    };
    html! {
        div.print-only {
            div.split {
                p { (t.with("board-hung", &[("date", &t.day(cx.now.date()))])) br; (t.say("board-scan")) " " span.link-text { (link) } }
                (ui::qr(&link, &t.say("board-scan")))
            }
            table.hung {
                thead { tr { @for head in ["board-number", "board-what", "board-where", "board-raised", "fact-stage", "board-by"] { th scope="col" { (t.say(head)) } } } }
                tbody { @for row in rows { tr {
                    td { (row.number) } td { (headline(rules, row, t)) } td { (spot(row)) } td { (t.brief(row.raised.date())) }
                    td { (stage_badge(row.stage, t)) } td { (until(row)) }
                } } }
            }
        }
    }
}

fn filters(cx: &Cx, slug: &str, wish: &Wish, around: &[(String, String)], rules: &Pack) -> Markup {
    let t = cx.locale;
    let all = |text: String| vec![(String::new(), text)];
    let mut about = all(t.say("filter-all-categories"));
    about.extend(categories(rules, t));
    let mut states = all(t.say("filter-all-states"));
    states.extend(t.choices::<BoardState>());
    let mut places = all(t.say("filter-all-places"));
    places.extend(around.iter().cloned());
    let chosen = |value: &Option<String>| value.clone().unwrap_or_default();
    let in_use = [&wish.category, &wish.state, &wish.around]
        .iter()
        .any(|value| value.as_deref().is_some_and(|value| !value.is_empty()));
    html! {
        form.filters.no-print method="get" action={ "/c/" (slug) } role="search" hx-get={ "/c/" (slug) } hx-trigger="change, submit"
            hx-target="#list" hx-select="#list" hx-swap="outerHTML" hx-push-url="true" {
            div.row {
                (ui::text_field(Field::new("q", &t.say("filter-words")), wish.q.as_deref().unwrap_or_default(), "off"))
                div.field { (ui::submit(&t.say("filter-action"), "second")) }
            }
            details open[in_use] { summary { (t.say("filter-title")) }
                div.row {
                    (ui::select(Field::new("state", &t.say("filter-state")), &states, &chosen(&wish.state)))
                    (ui::select(Field::new("category", &t.say("filter-category")), &about, &chosen(&wish.category)))
                    (ui::select(Field::new("around", &t.say("filter-place")), &places, &chosen(&wish.around)))
                }
            }
        }
    }
}

/// `GET /c/{slug}/m/{number}`
pub async fn matter(
    cx: Cx,
    Path((slug, number)): Path<(String, i64)>,
    Query(asked): Query<HashMap<String, String>>,
) -> Result<Markup, Error> {
    let t = cx.locale;
    let (ledger, row) = row_of(&cx, &slug, number).await?;
    let db = &cx.app.office.db;
    let keeper = cx.place(ledger.ledger).await?;
    let rules = cx.rules(ledger.ledger).await?;
    let chain = Chain::load(db, ledger.ledger, row.id, Reads::Nothing).await?;
    let supports = support(db, ledger.ledger, &[row.id]).await?.remove(&row.id).unwrap_or_default();
    let carrier = match row.stage {
        StageKind::Merged => match root_of(db, ledger.ledger, row.id).await? {
            Some(root) => reads::matter(db, ledger.ledger, root).await?,
            None => None,
        },
        _ => None,
    };
    let desk = cx.place(carrier.as_ref().unwrap_or(&row).desk).await?;
    let thing = Beside::of_matter(&cx, &ledger, row.id, Whose::Public).await?;
    let besides = beside(&cx, &thing).await?;
    let alert = above(&cx, &thing).await?;
    let title = headline(&rules, &row, t);
    let joinable = matches!(row.stage, StageKind::Raised | StageKind::InHand | StageKind::Answered);
    let share = format!("{}/c/{slug}/m/{number}", cx.app.public_url);
    let line = meta(&row, supports, t);
    let pasted = format!("{title}\n{line}\n{share}");
    // How many stand behind it has a fact of its own below.
    let front = line.rsplit_once(" · ").map_or(line.as_str(), |(front, _)| front);
    let photo = |digest: &PhotoDigest| Some(format!("/c/{slug}/m/{number}/photo/{}", digest.0));
    let main = html! {
        p.crumbs { a href={ "/c/" (slug) } { (t.with("board-of", &[("name", &keeper.name)])) } }
        h1 { (title) }
        @if asked.contains_key("added") { div.notice role="status" { p { (t.say("matter-added")) } } }
        (ui::bits("soft", front))
        (alert)
        (steps(carrier.as_ref().map_or(row.stage, |root| root.stage), t))
        (topics(&cx, &thing, &format!("/c/{slug}/t/")).await?)
        @if let Some(MatterRow { number, .. }) = &carrier {
            div.notice.warn { p { a href={ "/c/" (slug) "/m/" (number) } { (t.with("matter-carried", &[("number", number)])) } } }
        }
        div.card {
            (ui::facts(&[
                (t.say("fact-stage"), html! { (stage_badge(row.stage, t)) " " @if let Some((_, at)) = row.next.filter(|(step, _)| *step != Step::Close) { (ui::due(at, cx.now, t)) } }),
                (t.say("fact-category"), html! { (category(&rules, &row.category, t)) }),
                (t.say("fact-holder"), html! { (chain.holds(t).unwrap_or_else(|| t.with("holder-desk", &[("place", &desk.name)]))) }),
                (t.say("fact-support"), html! { (t.with("support-apart", &[("households", &supports.households), ("others", &supports.others)])) }),
            ]))
        }
        @if let Some((answer, _)) = chain.answers().first() {
            section.notice { h2 { (t.say("answer-title")) } p.pre { (answer) } }
        }
        div.actions.no-print {
            @if joinable { a.button href={ "/c/" (slug) "/m/" (number) "/join" } { (t.say("join-action")) } }
            button.button.second.js-only type="button" data-copy=(pasted) data-done=(t.say("copied")) { (t.say("copy-action")) }
            (ui::print_button(t))
        }
        (besides)
        h2 { (t.say("chain-title")) }
        (chain.view(t, &rules, &format!("/c/{slug}/m/"), &photo))
    };
    let nav = Nav::Community { slug: slug.clone(), name: keeper.name };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}

/// `GET /c/{slug}/m/{number}/photo/{digest}`: a published photo.
pub async fn photo(
    cx: Cx,
    Path((slug, number, digest)): Path<(String, i64, String)>,
    small: Small,
) -> Result<Response, Error> {
    let (ledger, row) = row_of(&cx, &slug, number).await?;
    let loaded = cx.app.office.load::<Matter>(ledger.ledger, &row.id.into()).await?;
    if !loaded.must()?.published.contains(&PhotoDigest(digest.clone())) {
        return Err(Error::NotFound);
    }
    send_photo(&cx, &digest, &small).await
}

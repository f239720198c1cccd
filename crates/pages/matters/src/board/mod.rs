//! The public board 公示栏, one matter's public page with its whole chain, and photos that
//! were published. Nothing private is read here.

mod calendar;
mod hung;

use crate::insight::face::{Listed, four};
use crate::matters::face::chain::{Chain, Reads};
use crate::matters::face::{Item, category, item, stage_badge, steps};
use crate::matters::face::{categories, headline, meta, row_of, topics};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;
use std::collections::{BTreeSet, HashMap};
use yishi_domain::matters::{Matter, MatterId, StageKind, Step};
use yishi_domain::places::PlaceKind;
use yishi_kernel::due::Calendar;
use yishi_kernel::search::{Asked, Tag, tag};
use yishi_kernel::text::excerpt;
use yishi_kernel::{Moment, Pack, PhotoDigest, PlaceId, Stream as _};
use yishi_office::matters::reads::{
    self, BoardFilter, COUNTED, MatterRow, Support, board, board_count, matters, root_of, support,
};
use yishi_office::matters::search::{Looking, SearchIn};
use yishi_office::matters::tables::BoardState;
use yishi_office::paging::{Key, PAGE, Paged};
use yishi_office::places::reads::{LedgerRow, PlaceRow, children};
use yishi_store::duty::{Duty, at_steps};
use yishi_web::feature::{Beside, Family, Feature, Texts, Whose, above, beside};
use yishi_web::local;
use yishi_web::numbers::search;
use yishi_web::photos::{Small, send_photo};
use yishi_web::routes::Route;
use yishi_web::texts::Locale;
use yishi_web::ui::{self, Field, Nav, Page, Width};
use yishi_web::{Cx, Error};

/// How much of an answer is passed on to a chat group, in characters: the rest stands on the page.
const PASTED: usize = 300;

/// What it gives to the program.
pub static FEATURE: Feature =
    Feature { routes: ROUTES, texts: TEXTS, families: FAMILIES, ..Feature::named("board") };

static FAMILIES: &[Family] = &[Family::of("calendar-unit-", calendar::units)];

static ROUTES: &[Route] = yishi_web::routes! {
    get "/c/{slug}" public show;
    get "/c/{slug}/hung" public hung::show;
    get "/c/{slug}/calendar" public calendar::show;
    get "/c/{slug}/m/{number}" public matter;
    get "/c/{slug}/m/{number}/photo/{digest}" public photo;
};

static TEXTS: &[Texts] = &[Texts { zh: include_str!("zh-Hans.ftl"), en: include_str!("en.ftl") }];

/// What the board is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Wish {
    category: Option<String>,
    state: Option<String>,
    around: Option<String>,
    building: Option<String>,
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
            building: self.building.as_deref().and_then(|id| id.parse::<PlaceId>().ok()),
            before: self.before.as_deref().and_then(Key::read),
        }
    }

    /// What is found must have, besides the words.
    fn tags(&self) -> Vec<String> {
        let BoardFilter { category, state, around, building, .. } = self.filter();
        // What is late is open; which of that it is, its rows say.
        let state = state.or(self.is_late().then_some(BoardState::Open));
        let tags = [
            category.map(|code| tag(Tag::Category, &code)),
            state.map(|state| tag(Tag::State, state.word())),
            building.or(around).map(|place| tag(Tag::Place, &place.to_string())),
        ];
        tags.into_iter().flatten().collect()
    }

    /// The link of the page that starts at `before`.
    fn link(&self, slug: &str, before: &str, words: &str) -> String {
        self.asking(&format!("/c/{slug}"), before, words)
    }

    /// A path with all that is asked for.
    fn asking(&self, path: &str, before: &str, words: &str) -> String {
        let given = |text: &Option<String>| text.clone().unwrap_or_default();
        let [category, state, around, building] =
            [&self.category, &self.state, &self.around, &self.building].map(given);
        let asked = [
            ("before", before),
            ("category", &category),
            ("state", &state),
            ("around", &around),
            ("building", &building),
            ("q", words),
        ];
        ui::link(path, &asked)
    }

    /// The link of what is shown as it hangs.
    fn hung(&self, slug: &str) -> String {
        self.asking(&format!("/c/{slug}/hung"), self.before.as_deref().unwrap_or_default(), "")
    }

    /// The same link with another choice of one kind, from the first page on.
    fn with(&self, slug: &str, choice: Choice, value: &str) -> String {
        let mut wish = Self { before: None, ..self.clone() };
        let value = Some(value.to_owned()).filter(|value| !value.is_empty());
        match choice {
            Choice::State => wish.state = value,
            Choice::Category => wish.category = value,
            Choice::Around => (wish.around, wish.building) = (value, None),
            Choice::Building => wish.building = value,
        }
        wish.link(slug, "", self.q.as_deref().unwrap_or_default().trim())
    }

    /// The link of this page, without what it does not ask for.
    fn here(&self, slug: &str) -> String {
        let given = |text: &Option<String>| text.clone().unwrap_or_default();
        self.link(slug, &given(&self.before), &given(&self.q))
    }

    /// Whether only what is late is asked for.
    fn is_late(&self) -> bool {
        self.state.as_deref() == Some(LATE)
    }

    /// Whether all is asked for, from its beginning.
    fn is_plain(&self) -> bool {
        let wanted = [&self.category, &self.state, &self.around, &self.building, &self.before, &self.q];
        wanted.into_iter().all(|one| one.as_deref().is_none_or(|text| text.trim().is_empty()))
    }
}

/// The state, beside those of the board, in which something waits longer than was promised.
const LATE: &str = "late";
/// How much of what is late stands above everything else.
const LATE_ABOVE: usize = 3;
/// How much of it is read to say how many there are besides.
const LATE_COUNTED: usize = 100;
/// How much of it is read for a list of its own: a longer one is no list any more.
const LATE_LISTED: usize = 1_000;

/// What the board can be narrowed by.
#[derive(Clone, Copy, Debug)]
enum Choice {
    State,
    Category,
    Around,
    Building,
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
        Ok(board) => return Ok(board),
        Err(stamp) => stamp,
    };
    let db = &cx.app.office.db;
    let keeper = cx.place(ledger.ledger).await?;
    let rules = cx.rules(ledger.ledger).await?;
    let asked = Asked::read(words);
    let late = if wish.is_plain() {
        late(&cx, ledger.ledger, &wish.filter(), LATE_COUNTED + 1).await?
    } else if wish.is_late() && words.is_empty() {
        late(&cx, ledger.ledger, &wish.filter(), LATE_LISTED).await?
    } else {
        Vec::new()
    };
    let count = match (words.is_empty(), wish.is_late()) {
        (true, true) => Some(late.len() as u64),
        (true, false) => Some(board_count(db, ledger.ledger, &wish.filter()).await?),
        (false, _) => None,
    };
    let (rows, older) = if words.is_empty() && wish.is_late() {
        (late.clone(), None)
    } else if words.is_empty() {
        let Paged { rows, next } = board(db, ledger.ledger, &wish.filter()).await?;
        (rows, next)
    } else {
        let (ledgers, within) = ([ledger.ledger], SearchIn::Public);
        let tags = if asked.is_empty() { Vec::new() } else { wish.tags() };
        let looking = Looking { tags, ..Looking::of(&ledgers, &asked.words, within) };
        let behind = wish.before.as_deref().and_then(|hit| hit.parse().ok());
        let mut hits = cx.app.office.find(&looking, behind, PAGE).await?;
        hits.rows.retain(|row| !wish.is_late() || is_late(row, cx.now));
        (hits.rows, hits.next.map(|hit| hit.to_string()))
    };
    let named = match asked.number.filter(|_| wish.before.is_none()) {
        Some(number) => numbered(&cx, &ledger, &slug, &rules, number).await?,
        None => None,
    };
    // Each once: what is late may be among the latest as well.
    let ids: BTreeSet<MatterId> = rows.iter().chain(&late).map(|row| row.id).collect();
    let supports = support(db, ledger.ledger, &Vec::from_iter(ids)).await?;
    let listed =
        |row: &MatterRow| line(&cx, &slug, &rules, row, supports.get(&row.id).copied().unwrap_or_default());
    let chips = chips(&cx, &slug, &wish, ledger.ledger, &rules).await?;
    let title = t.with("board-of", &[("name", &keeper.name)]);
    let thing = Beside::of_thing(&ledger, ledger.ledger.into(), Whose::Public);
    let alert = above(&cx, &thing).await?;
    let figures = match wish.is_plain() {
        true => {
            let link = |state: &str| wish.with(&slug, Choice::State, state);
            let (count, most) = (late.len() as u64, LATE_COUNTED as u64);
            let late = Listed { count, most, link: &link(LATE) };
            four(&cx, ledger.ledger, &slug, &link(BoardState::Open.word()), late).await?
        }
        false => html! {},
    };
    let main = html! {
        h1 { (title) }
        (alert)
        p { (t.say("board-lead")) }
        (figures)
        (local::line(&cx.local, t))
        div.actions.no-print { a.button href={ "/c/" (slug) "/raise" } { (t.say("raise-action")) } a.button.second href=(wish.hung(&slug)) { (t.say("board-hang")) } }
        ul.links.no-print {
            @for way in cx.app.features.iter().flat_map(|feature| feature.board) {
                li { a href=(way.href.replace("{slug}", &slug)) { (t.say(way.text)) } }
            }
        }
        (search_box(&cx, &slug, &wish))
        (chips)
        div #list aria-live="polite" {
            @if wish.is_plain() && !late.is_empty() {
                h2 { (t.say("board-late")) }
                ul.list { @for row in late.iter().take(LATE_ABOVE) { (listed(row)) } }
                @if late.len() > LATE_ABOVE { p.no-print { a href=(wish.with(&slug, Choice::State, LATE)) { (late_all(late.len(), t)) } } }
                h2 { (t.say("board-latest")) }
            }
            @if let Some(named) = &named {
                h2 { (t.say("board-found-number")) } ul.list { (named) }
                @if !rows.is_empty() { h2 { (t.say("board-found-words")) } }
            }
            @if rows.is_empty() && named.is_none() { (nothing(&wish, words, t)) }
            @else if let Some(count) = count { p.soft { (counted(count, t)) } }
            ul.list { @for row in &rows { (listed(row)) } }
            (ui::more(older.map(|older| wish.link(&slug, &older, words)), &t.say("board-older")))
            @if wish.before.is_some() { p { a href=(wish.link(&slug, "", words)) { (t.say("board-newest")) } } }
        }
    };
    let nav = Nav::Community { slug, name: keeper.name };
    let (locale, view) = (t, cx.view);
    let page = Page { locale, view, here: &here, title: &title, nav, width: Width::Wide, main }.render();
    Ok(cx.app.boards.keep(stamp, page))
}

/// What is not answered though its time is over, the longest first, as far as it is asked for.
async fn late(cx: &Cx, ledger: PlaceId, wish: &BoardFilter, most: usize) -> Result<Vec<MatterRow>, Error> {
    let db = &cx.app.office.db;
    let steps = [Step::Triage.word(), Step::Answer.word()];
    let waiting = at_steps(db, ledger, Matter::KIND, &steps, i64::try_from(most).unwrap_or(i64::MAX)).await?;
    let late = waiting.iter().take_while(|duty| duty.due <= cx.now);
    let keys: Vec<(PlaceId, MatterId)> = late.filter_map(Duty::key).collect();
    let mut rows = matters(db, &keys).await?;
    rows.retain(|row| wish.takes(row));
    rows.sort_by_key(|row| (row.next.map(|(_, due)| due), row.number));
    Ok(rows)
}

/// Whether a matter is not answered though its time is over.
fn is_late(row: &MatterRow, now: Moment) -> bool {
    row.next.is_some_and(|(step, due)| step != Step::Close && due <= now)
}

/// The way to all that is late, with how much that is.
fn late_all(count: usize, t: Locale) -> String {
    match count > LATE_COUNTED {
        true => t.with("board-late-more", &[("count", &LATE_COUNTED)]),
        false => t.with("board-late-all", &[("count", &count)]),
    }
}

/// How many there are.
fn counted(count: u64, t: Locale) -> String {
    match count > COUNTED {
        true => t.with("board-count-more", &[("count", &COUNTED)]),
        false => t.with("board-count", &[("count", &count)]),
    }
}

/// A matter on the board.
fn line(cx: &Cx, slug: &str, rules: &Pack, row: &MatterRow, support: Support) -> Markup {
    let t = cx.locale;
    let photo = row.photo.as_ref().map(|photo| format!("/c/{slug}/m/{}/photo/{}?small", row.number, photo.0));
    let shown = Item {
        href: &format!("/c/{slug}/m/{}", row.number),
        title: &title(cx, rules, row),
        meta: &meta(row, support, t),
        stage: row.stage,
        next: row.next.filter(|(step, _)| *step != Step::Close),
        photo: photo.as_deref(),
    };
    item(&shown, cx.now, t)
}

/// What a matter is called on the board: what it is about or, until somebody has put that into words
/// for everyone, where it is and since when.
fn title(cx: &Cx, rules: &Pack, row: &MatterRow) -> String {
    let t = cx.locale;
    if row.summary.is_some() {
        return headline(rules, row, t);
    }
    let what = match row.category.as_str() {
        "" => t.say("board-pending"),
        code => category(rules, code, t),
    };
    let day = t.recent(row.raised.date(), cx.now.date());
    t.with("board-pending-title", &[("place", &row.place_name), ("day", &day), ("what", &what)])
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

fn search_box(cx: &Cx, slug: &str, wish: &Wish) -> Markup {
    let t = cx.locale;
    let kept = [
        ("state", &wish.state),
        ("category", &wish.category),
        ("around", &wish.around),
        ("building", &wish.building),
    ];
    html! {
        form.filters.no-print method="get" action={ "/c/" (slug) } role="search" {
            div.row {
                (ui::text_field(Field::new("q", &t.say("filter-words")), wish.q.as_deref().unwrap_or_default(), "off"))
                div.field { (ui::submit(&t.say("filter-action"), "second")) }
            }
            @for (name, value) in kept { @if let Some(value) = value.as_deref().filter(|value| !value.is_empty()) { (ui::hidden(name, value)) } }
        }
    }
}

/// What it can be narrowed by, each in one tap: state, compound and then its buildings, category.
async fn chips(cx: &Cx, slug: &str, wish: &Wish, ledger: PlaceId, rules: &Pack) -> Result<Markup, Error> {
    let (t, db) = (cx.locale, &cx.app.office.db);
    let filter = wish.filter();
    let mut states = t.choices::<BoardState>();
    states.insert(1, (LATE.to_owned(), t.say("board-late-chip")));
    let inside = |kind: PlaceKind| {
        matches!(
            kind,
            PlaceKind::Compound | PlaceKind::Market | PlaceKind::RoadSection | PlaceKind::NaturalVillage
        )
    };
    let named = |rows: Vec<PlaceRow>| -> Vec<(String, String)> {
        rows.into_iter().map(|row| (row.id.to_string(), row.name)).collect()
    };
    let mut around = children(db, ledger, ledger).await?;
    around.retain(|place| inside(place.kind));
    let mut buildings = match filter.around {
        Some(around) => children(db, ledger, around).await?,
        None => Vec::new(),
    };
    buildings.retain(|place| place.kind == PlaceKind::Building);
    let chosen = |value: &Option<String>| value.clone().unwrap_or_default();
    let row = |choice, all: &str, options: &[(String, String)], chosen: &str| {
        html! {
            ul.tabs.chips {
                li { a href=(wish.with(slug, choice, "")) aria-current=[chosen.is_empty().then_some("true")] { (t.say(all)) } }
                @for (value, text) in options {
                    li { a href=(wish.with(slug, choice, value)) aria-current=[(value == chosen).then_some("true")] { (text) } }
                }
            }
        }
    };
    let (around, buildings) = (named(around), named(buildings));
    let within =
        [&wish.category, &wish.around].iter().any(|one| one.as_deref().is_some_and(|one| !one.is_empty()));
    Ok(html! {
        nav.no-print aria-label=(t.say("filter-title")) {
            (row(Choice::State, "filter-all-states", &states, &chosen(&wish.state)))
            details open[within] { summary { (t.say("filter-title")) }
                @if !around.is_empty() { h3 { (t.say("filter-place")) } (row(Choice::Around, "filter-all-places", &around, &chosen(&wish.around))) }
                @if !buildings.is_empty() { h3 { (t.say("filter-building")) } (row(Choice::Building, "filter-all-buildings", &buildings, &chosen(&wish.building))) }
                h3 { (t.say("filter-category")) }
                (row(Choice::Category, "filter-all-categories", &categories(rules, t), &chosen(&wish.category)))
            }
        }
    })
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
    let keeper = cx.local.name.clone();
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
    let desk = match carrier.as_ref().unwrap_or(&row).desk {
        desk if desk == ledger.ledger => keeper.clone(),
        desk => cx.place(desk).await?.name,
    };
    let clock = chain.clock(&rules);
    let thing = Beside::of_matter(&cx, &ledger, row.id, Whose::Public).await?;
    let besides = beside(&cx, &thing).await?;
    let alert = above(&cx, &thing).await?;
    let title = headline(&rules, &row, t);
    let joinable = matches!(row.stage, StageKind::Raised | StageKind::InHand | StageKind::Answered);
    let share = format!("{}/c/{slug}/m/{number}", cx.app.public_url);
    let line = meta(&row, supports, t);
    let answer = chain.answer().map(|answer| {
        let text = excerpt(answer.text, PASTED);
        format!("\n{}{}{text}", t.say("answer-title"), t.pick("：", ": "))
    });
    let pasted = format!("{title}\n{line}{}\n{share}", answer.unwrap_or_default());
    // How many stand behind it has a fact of its own below.
    let front = line.rsplit_once(" · ").map_or(line.as_str(), |(front, _)| front);
    let photo = |digest: &PhotoDigest| Some(format!("/c/{slug}/m/{number}/photo/{}", digest.0));
    let main = html! {
        p.crumbs { a href={ "/c/" (slug) } { (t.with("board-of", &[("name", &keeper)])) } }
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
                (t.say("fact-stage"), html! { (stage_badge(row.stage, t)) " " @if let Some((_, at)) = row.next.filter(|(step, _)| *step != Step::Close) { (ui::due(at, cx.now, t)) (calendar::reckoning(&slug, clock.as_ref(), rules.section::<Calendar>(), t)) } }),
                (t.say("fact-category"), html! { (category(&rules, &row.category, t)) }),
                (t.say("fact-holder"), html! { (chain.holds(t).unwrap_or_else(|| t.with("holder-desk", &[("place", &desk)]))) }),
                (t.say("fact-support"), html! { (t.with("support-apart", &[("households", &supports.households), ("others", &supports.others)])) }),
            ]))
        }
        @if let Some(answer) = chain.answer() {
            section.notice { h2 { (t.say("answer-title")) } p.pre { (answer.text) } (answer.when_corrected(t)) }
        }
        div.actions.no-print {
            @if joinable { a.button href={ "/c/" (slug) "/m/" (number) "/join" } { (t.say("join-action")) } }
            (ui::print_button(t))
        }
        (besides)
        h2 { (t.say("chain-title")) }
        (chain.view(t, &rules, &format!("/c/{slug}/m/"), &photo))
        (ui::for_group(&pasted, t))
    };
    let nav = Nav::Community { slug: slug.clone(), name: keeper };
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

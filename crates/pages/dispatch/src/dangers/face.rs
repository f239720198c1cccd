//! A danger (隐患) as pages show it: its row by number, what everyone must know of it at once, how
//! much time is left, and each of its entries as a sentence. What may be done about it is the
//! stories' business.

use maud::{Markup, html};
use yishi_domain::dangers::{Danger, DangerId, DangerStage, Event, Risk};
use yishi_kernel::record::{Sealed, Staff};
use yishi_kernel::{Entry, Loaded, Moment, OrganisationId, PhotoDigest, PlaceId, Stamped};
use yishi_office::dangers::reads::{DangerRow, danger};
use yishi_office::matters::reads::{MatterRow, matter};
use yishi_office::people::capacities::Capacities;
use yishi_office::places::reads::LedgerRow;
use yishi_store::ledgers::{EntryRow, entries_of};
use yishi_store::{Db, Fault};
use yishi_web::local;
use yishi_web::names::Names;
use yishi_web::texts::Locale;
use yishi_web::told::{Line, amended, by, entry_of};
use yishi_web::{Cx, Error};

/// A danger with its state, its matter and the ledger it is in.
#[derive(Debug)]
pub struct Held {
    /// The ledger.
    pub ledger: LedgerRow,
    /// As listed.
    pub row: DangerRow,
    /// Its state, with what is private.
    pub loaded: Loaded<Danger>,
    /// The matter that it is about.
    pub matter: MatterRow,
    /// Its exact place and all above it.
    pub path: Vec<PlaceId>,
}

/// The danger of a number.
pub async fn danger_of(cx: &Cx, slug: &str, number: i64) -> Result<Held, Error> {
    let ledger = cx.ledger(slug).await?;
    let office = &cx.app.office;
    let id: DangerId = cx.numbered(ledger.ledger, number).await?;
    let row = danger(&office.db, ledger.ledger, id).await?.ok_or(Error::NotFound)?;
    let loaded = office.load::<Danger>(ledger.ledger, &id.into()).await?;
    let matter = matter(&office.db, ledger.ledger, row.matter).await?.ok_or(Error::NotFound)?;
    let state = loaded.must()?;
    let path = office.path_at(state.exact.get().copied().unwrap_or(state.place)).await?;
    Ok(Held { ledger, row, loaded, matter, path })
}

/// Where it is, as everyone may know: compound and building.
#[must_use]
pub fn place(row: &MatterRow) -> String {
    match row.around_name == row.place_name {
        true => row.place_name.clone(),
        false => format!("{} {}", row.around_name, row.place_name).trim().to_owned(),
    }
}

/// What it is called: what is at risk, and where.
#[must_use]
pub fn title(row: &DangerRow, of: &MatterRow, t: Locale) -> String {
    t.with("danger-name", &[("risk", &t.word(row.risk)), ("place", &place(of))])
}

/// A day and minute as people here write them.
#[must_use]
pub fn at(moment: Moment, t: Locale) -> String {
    let civil = moment.civil();
    let time = civil.strftime("%H:%M").to_string();
    let (year, month, day) = (civil.year().to_string(), civil.month(), civil.day());
    t.with("danger-at", &[("year", &year), ("month", &month), ("day", &day), ("time", &time)])
}

/// How much time is left until then, or how long it is over: in minutes as long as they are few.
#[must_use]
pub fn left(due: Moment, now: Moment, t: Locale) -> String {
    let minutes = (due.0 - now.0).abs() / 60_000_000;
    let (keys, count) = match minutes {
        0..=180 => (["danger-left-minutes", "danger-over-minutes"], minutes),
        181..=2_880 => (["danger-left-hours", "danger-over-hours"], minutes / 60),
        _ => (["danger-left-days", "danger-over-days"], minutes / 1_440),
    };
    t.with(if due > now { keys[0] } else { keys[1] }, &[("count", &count)])
}

/// The same as a badge.
#[must_use]
pub fn time_left(due: Moment, now: Moment, t: Locale) -> Markup {
    let class = if due <= now { "badge late" } else { "badge wait" };
    html! { span class=(class) { (left(due, now, t)) } }
}

/// Where it stands, in words and colour.
#[must_use]
pub fn stage_badge(stage: DangerStage, t: Locale) -> Markup {
    let class = match stage {
        DangerStage::Reported => "badge late",
        DangerStage::Protected => "badge wait",
        DangerStage::Safe => "badge",
        DangerStage::Cleared | DangerStage::Lifted => "badge done",
    };
    html! { span class=(class) { (t.word(stage)) } }
}

/// What protects and since when: 已设围挡，2026年11月25日 21:30.
#[must_use]
pub fn protection(row: &DangerRow, t: Locale) -> Option<Markup> {
    let (step, since) = row.protected?;
    let said = t.say(&format!("protected-{}", step.word()));
    Some(html! { (said) (t.pick("，", ", ")) span.whole { (at(since, t)) } })
}

/// Whom to ring, as links that a phone dials.
#[must_use]
pub fn numbers(risk: Risk, t: Locale) -> Markup {
    let numbers: &[(&str, &str)] = match risk {
        Risk::Life => &[("120", "danger-ring-120"), ("119", "danger-ring-119"), ("110", "danger-ring-110")],
        Risk::Supply => &[("119", "danger-ring-119"), ("110", "danger-ring-110")],
    };
    html! {
        ul.links.ring {
            @for (number, what) in numbers {
                li { a href={ "tel:" (number) } { strong { (number) } " " (t.say(what)) } }
            }
        }
    }
}

/// What everyone must know of it at once, whoever looks: whether anybody has seen it and whom to
/// ring, what protects, or how it ended.
pub async fn alert(cx: &Cx, row: &DangerRow, names: &mut Names) -> Result<Markup, Error> {
    let (t, office) = (cx.locale, &cx.app.office);
    let loaded = office.load::<Danger>(row.ledger, &row.id.into()).await?;
    let danger = loaded.must()?;
    let told = told(&office.db, danger, names, t).await?;
    let (tapped, due) = (at(row.tapped, t), at(row.due, t));
    let protection = protection(row, t);
    Ok(match row.stage {
        DangerStage::Reported => html! {
            section.notice.bad.danger {
                h2 { (t.with("danger-alert", &[("risk", &t.word(row.risk))])) }
                p { strong { (t.say(match row.risk {
                    Risk::Life => "danger-keep-away",
                    Risk::Supply => "danger-keep-calm",
                })) } }
                p { (t.say("danger-ring")) }
                (numbers(row.risk, t))
                (local::line(&cx.local, t))
                @match row.seen {
                    None => p { (t.with("danger-unseen", &[("time", &tapped), ("told", &told)])) },
                    Some(seen) => p { (t.with("danger-seen", &[("time", &at(seen, t)), ("told", &told)])) },
                }
                p { (t.with("danger-due", &[("time", &due)])) " " (time_left(row.due, cx.now, t)) }
            }
        },
        DangerStage::Protected | DangerStage::Safe => html! {
            section.notice.warn.danger {
                h2 { (protection.unwrap_or_default()) }
                p { (t.say("danger-behind-fence")) }
                @match (row.stage, row.look_by) {
                    (DangerStage::Safe, Some(look)) => p { (t.with("danger-safe", &[("by", &by(look, t))])) },
                    _ => p { (t.say("danger-not-confirmed")) },
                }
            }
        },
        DangerStage::Cleared => html! {
            section.notice.danger {
                h2 { (t.with("danger-cleared", &[("time", &at(row.ended.unwrap_or(row.tapped), t))])) }
                p { (t.say("danger-cleared-why")) }
                @if let Some(reason) = reason(&office.db, row).await? { p.quote { (reason) } }
                p { (t.say("danger-cleared-else")) }
            }
        },
        DangerStage::Lifted => html! {
            section.notice.danger { h2 { (t.with("danger-lifted", &[("time", &at(row.ended.unwrap_or(row.tapped), t))])) } }
        },
    })
}

/// Who was told of it: the desk, the bodies, and the desk above where it went up.
async fn told(db: &Db, danger: &Danger, names: &mut Names, t: Locale) -> Result<String, Error> {
    let mut desks = vec![danger.desk];
    desks.extend(Some(danger.came_to).filter(|desk| *desk != danger.desk));
    let mut all = Vec::new();
    for desk in desks {
        all.push(names.holder(db, yishi_kernel::Holder::Desk(desk), t).await?);
    }
    for body in &danger.called {
        all.push(names.organisation(db, *body).await?);
    }
    Ok(all.join(t.pick("、", ", ")))
}

/// Why there is no danger, as was last said.
async fn reason(db: &Db, row: &DangerRow) -> Result<Option<String>, Error> {
    let entries = entries_of(db, row.ledger, &row.id.into()).await?;
    let doubted = entries.iter().rev().find(|entry| entry.kind.starts_with("danger.doubted."));
    Ok(doubted.and_then(|entry| entry.text("reason")))
}

/// What an entry of a danger says. Of its private values only those are there that the danger as
/// loaded keeps, where it is given.
fn event_of(entry: &EntryRow, private: Option<&Loaded<Danger>>) -> Result<Stamped<Entry<Event>>, Fault> {
    entry_of::<Danger>(entry, |field| private?.private.get(&(entry.version, field.to_owned())).cloned())
}

/// The lines of a danger's entries. Private photos are shown when `private` is the danger as loaded
/// and `photo` makes a link of them.
pub async fn lines(
    db: &Db,
    row: &DangerRow,
    private: Option<&Loaded<Danger>>,
    names: &mut Names,
    t: Locale,
    photo: &(dyn Fn(&PhotoDigest) -> Option<String> + Sync),
) -> Result<Vec<Line>, Error> {
    let mut lines = Vec::new();
    let entries = entries_of(db, row.ledger, &row.id.into()).await?;
    let capacities = Capacities::of_entries(db, row.ledger, &entries).await?;
    for entry in entries {
        let said = event_of(&entry, private)?;
        let line = |what| Line::told(entry.number, entry.at, capacities.of(&entry), what);
        let event = match said.what {
            Entry::Own(event) => event,
            Entry::Amended(what) => {
                lines.push(line(amended(&what, t)));
                continue;
            }
        };
        let what = sentence(db, &event, names, t).await?;
        let (quote, photos) = said_with(&event);
        let photos = photos.iter().filter_map(photo).collect();
        let (quote, reworded) = (quote.map(str::to_owned), entry.reworded);
        lines.push(Line { quote, reworded, photos, ..line(what) });
    }
    Ok(lines)
}

/// What was written with an entry, and the photos that came with it or were published by it.
fn said_with(event: &Event) -> (Option<&str>, Vec<PhotoDigest>) {
    let kept = |photos: &Sealed<Vec<PhotoDigest>, Staff>| photos.get().cloned().unwrap_or_default();
    match event {
        Event::Protected { note, photos, .. } => (note.as_deref(), kept(photos)),
        Event::LookedAgain { note, photos, .. } => {
            (note.as_deref(), photos.as_ref().map(kept).unwrap_or_default())
        }
        Event::Lifted { note, photos } => (Some(note), photos.as_ref().map(kept).unwrap_or_default()),
        Event::MadeSafe { note, .. } | Event::Cleared { note } => (note.as_deref(), Vec::new()),
        Event::Failed { reason } | Event::Doubted { reason, .. } | Event::Upheld { reason } => {
            (Some(reason), Vec::new())
        }
        Event::PhotoPublished { photo } => (None, vec![photo.clone()]),
        Event::Reported { .. }
        | Event::ReportedAgain { .. }
        | Event::Relocated { .. }
        | Event::Seen { .. }
        | Event::WentUp { .. }
        | Event::Called { .. }
        | Event::PassedOn { .. } => (None, Vec::new()),
    }
}

/// What happened, in plain words.
async fn sentence(db: &Db, event: &Event, names: &mut Names, t: Locale) -> Result<String, Error> {
    let body = async |names: &mut Names, id: Option<OrganisationId>| match id {
        Some(id) => names.organisation(db, id).await,
        None => Ok(t.say("danger-own-people")),
    };
    Ok(match event {
        Event::Reported { risk, called, due, .. } => {
            let (risk, due) = (t.word(*risk), at(*due, t));
            match called.is_empty() {
                true => t.with("told-danger-reported", &[("risk", &risk), ("due", &due)]),
                false => {
                    let told = names.all(db, called, t).await?;
                    t.with("told-danger-reported-to", &[("risk", &risk), ("due", &due), ("told", &told)])
                }
            }
        }
        Event::ReportedAgain { risk, due } => {
            t.with("told-danger-again", &[("risk", &t.word(*risk)), ("due", &at(*due, t))])
        }
        Event::Relocated { .. } => t.say("told-danger-relocated"),
        Event::Seen { organisation } => {
            let name = body(names, *organisation).await?;
            t.with("told-danger-seen", &[("name", &name)])
        }
        Event::WentUp { desk, due } => {
            let desk = names.holder(db, yishi_kernel::Holder::Desk(*desk), t).await?;
            t.with("told-danger-up", &[("desk", &desk), ("by", &at(*due, t))])
        }
        Event::Called { organisation } => {
            let name = names.organisation(db, *organisation).await?;
            t.with("told-danger-called", &[("name", &name)])
        }
        Event::Protected { step, organisation, .. } => {
            let name = body(names, *organisation).await?;
            t.with("told-danger-protected", &[("name", &name), ("step", &t.word(*step))])
        }
        Event::MadeSafe { due, .. } => t.with("told-danger-safe", &[("by", &by(*due, t))]),
        Event::LookedAgain { organisation, due, .. } => {
            let name = body(names, *organisation).await?;
            t.with("told-danger-looked", &[("name", &name), ("by", &by(*due, t))])
        }
        Event::Failed { .. } => t.say("told-danger-failed"),
        Event::Doubted { due, .. } => t.with("told-danger-doubted", &[("by", &by(*due, t))]),
        Event::Upheld { .. } => t.say("told-danger-upheld"),
        Event::Cleared { .. } => t.say("told-danger-cleared"),
        Event::Lifted { .. } => t.say("told-danger-lifted"),
        Event::PhotoPublished { .. } => t.say("entry-photo"),
        Event::PassedOn { organisation, why } => {
            let name = names.organisation(db, *organisation).await?;
            t.with("told-danger-not-awaited", &[("name", &name), ("why", &t.word(*why))])
        }
    })
}

/// One danger in a list.
#[must_use]
pub fn item(
    row: &DangerRow,
    of: &MatterRow,
    href: &str,
    why: Option<&str>,
    now: Moment,
    t: Locale,
) -> Markup {
    let open = row.ended.is_none();
    let unsafe_yet = matches!(row.stage, DangerStage::Reported | DangerStage::Protected);
    let class = match (open, unsafe_yet) {
        (false, _) => "item",
        (true, true) => "item late",
        (true, false) => "item soon",
    };
    let title = title(row, of, t);
    html! {
        li class=(class) {
            h2 { a href=(href) { @if let Some(why) = why { (why) " — " } (title) } }
            p.meta { (t.with("danger-since", &[("time", &at(row.tapped, t))]))
                @if unsafe_yet && row.seen.is_none() { " · " strong { (t.say("danger-nobody")) } }
            }
            p.meta {
                @match protection(row, t) {
                    Some(said) => { (said) " " (stage_badge(row.stage, t)) },
                    None => (stage_badge(row.stage, t)),
                }
                @if unsafe_yet { " " (time_left(row.due, now, t)) }
            }
        }
    }
}

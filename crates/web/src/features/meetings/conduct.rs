//! What is done at a meeting: each form of its page is read here and carried out, and one comes
//! out on the page again.

use super::hall::Hall;
use super::handle::view;
use super::parts::{Slip, answer};
use crate::sent::{Sent, SentParts};
use crate::shared::minutes::Minutes;
use crate::shared::photos::stored;
use crate::shared::visitor::form_bytes;
use crate::texts::Locale;
use crate::ui::Fields;
use crate::{Cx, Error};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use yishi_domain::dispatch::WhistleKind;
use yishi_domain::meetings::{
    Adjourn, CONFIRM, CONVENE, Cancel, Cast, Choice, Coming, Conclude, Confirm, DISPATCH, DispatchAction,
    Dissent, EnterHands, HOLD, Meeting, Open, Post, Publish, Put, REGISTER, REPLY, RULE, Reply, Rule, Ruling,
    SPEAK, SeatId, SeatKind, SignedIn, Speak, StatementKind, Strike, VoteMode, Voter,
};
use yishi_kernel::{Command, OrganisationId, Right};
use yishi_office::Load;
use yishi_office::meetings::Signing;

type At = Path<(String, i64)>;

/// A form that was sent to a meeting: where it came from, and what it holds.
struct Asked {
    /// The community's word in links.
    slug: String,
    /// The meeting's number.
    number: i64,
    /// What was typed.
    values: Fields,
}

impl Asked {
    fn of((slug, number): (String, i64), values: Fields) -> Self {
        Self { slug, number, values }
    }
}

/// Carries out the command that a form asks for. `right` is what one must be able to do at
/// all, `prefix` how the names of the form's fields begin.
async fn act<C: Command<On = Meeting, Facts: Load<C>>>(
    cx: &Cx,
    asked: Asked,
    right: &Right,
    prefix: &str,
    make: impl FnOnce(&Fields) -> Result<C, Slip>,
) -> Result<Response, Error> {
    let hall = Hall::load(cx, &asked.slug, asked.number).await?;
    hall.must(cx, right)?;
    let done = match make(&asked.values) {
        Ok(command) => cx
            .app
            .office
            .act(&hall.staff.actor, hall.story.ledger.ledger, hall.story.row.id, command)
            .await
            .map_err(|failure| Slip::of(failure.into(), prefix, cx.locale)),
        Err(slip) => Err(slip),
    };
    back(cx, &hall, &asked.values, done).await
}

/// Back to the meeting's page, or the page again with what was typed and what is wrong.
async fn back(cx: &Cx, hall: &Hall, values: &Fields, done: Result<(), Slip>) -> Result<Response, Error> {
    match done {
        Ok(()) => Ok(Redirect::to(&hall.link()).into_response()),
        Err(slip) => {
            let slip = slip.mendable()?;
            let page = view(cx, hall, values, Some(&slip)).await?;
            Ok(answer(&slip, page))
        }
    }
}

/// A whole number that a form holds.
fn count(values: &Fields, field: &str, t: Locale) -> Result<u64, Slip> {
    values.get(field).trim().parse().map_err(|_| Slip::open(field, t.say("form-count")))
}

/// A choice that must be made.
fn chosen<W>(choice: Option<W>, field: &str, t: Locale) -> Result<W, Slip> {
    choice.ok_or_else(|| Slip::open(field, t.say("form-choose")))
}

/// `POST /w/{slug}/g/{number}/post`: the notice hangs.
pub async fn post(cx: Cx, Path(at): At, sent: SentParts) -> Result<Response, Error> {
    Hall::load(&cx, &at.0, at.1).await?.must(&cx, &CONVENE)?;
    let (values, photo) = sent.read(&cx).await?;
    let photos = stored(&cx, &values).await?;
    let t = cx.locale;
    act(&cx, Asked::of(at, values), &CONVENE, "post", move |values| {
        photo.map_err(|error| Slip::of(error, "post", t))?;
        Ok(Post { at: values.get("post-at").to_owned(), photo: photos.first().cloned() })
    })
    .await
}

/// `POST /w/{slug}/g/{number}/reply`: whether an invited body comes.
pub async fn reply(cx: Cx, Path(at): At, Sent(values): Sent) -> Result<Response, Error> {
    let t = cx.locale;
    act(&cx, Asked::of(at, values), &REPLY, "reply", |values| {
        let organisation = values.get("reply-organisation").parse::<OrganisationId>().ok();
        Ok(Reply {
            organisation: chosen(organisation, "reply-organisation", t)?,
            coming: chosen(Coming::parse(values.get("reply-coming")), "reply-coming", t)?,
            note: values.get("reply-note").to_owned(),
        })
    })
    .await
}

/// `POST /w/{slug}/g/{number}/open`
pub async fn open(cx: Cx, Path(at): At, Sent(values): Sent) -> Result<Response, Error> {
    act(&cx, Asked::of(at, values), &HOLD, "open", |_| Ok(Open)).await
}

/// `POST /w/{slug}/g/{number}/cancel`
pub async fn cancel(cx: Cx, Path(at): At, Sent(values): Sent) -> Result<Response, Error> {
    act(&cx, Asked::of(at, values), &CONVENE, "cancel", |values| {
        Ok(Cancel { reason: values.get("cancel-reason").to_owned() })
    })
    .await
}

/// `POST /w/{slug}/g/{number}/register`: signs somebody in at the door.
pub async fn enter(cx: Cx, Path(at): At, Sent(values): Sent) -> Result<Response, Error> {
    let t = cx.locale;
    let Asked { slug, number, values } = Asked::of(at, values);
    let hall = Hall::load(&cx, &slug, number).await?;
    hall.must(&cx, &REGISTER)?;
    let done = async {
        let kind = chosen(SeatKind::parse(values.get("register-kind")), "register-kind", t)?;
        let organisation = values.some("register-organisation").and_then(|id| id.parse().ok());
        if kind == SeatKind::Invited && organisation.is_none() {
            return Err(Slip::open("register-organisation", t.say("register-which")));
        }
        form_bytes(values.get("form")).map_err(|error| Slip::of(error, "register", t))?;
        let signing = Signing {
            kind,
            how: SignedIn::Register,
            organisation: organisation.filter(|_| kind == SeatKind::Invited),
            person: format!("register/{}", values.get("form")),
            name: values.get("register-name").to_owned(),
        };
        let (ledger, id) = (hall.story.ledger.ledger, hall.story.row.id);
        let signed = cx.app.office.sign_in(&hall.staff.actor, ledger, id, signing).await;
        signed.map_err(|failure| Slip::of(failure.into(), "register", t))
    };
    match done.await {
        // Whoever keeps the register enters one after the other.
        Ok(_) => Ok(Redirect::to(&format!("{}#register", hall.link())).into_response()),
        Err(slip) => back(&cx, &hall, &values, Err(slip)).await,
    }
}

/// `POST /w/{slug}/g/{number}/strike`: a sign-in does not count.
pub async fn strike(cx: Cx, Path(at): At, Sent(values): Sent) -> Result<Response, Error> {
    let Asked { slug, number, values } = Asked::of(at, values);
    let hall = Hall::load(&cx, &slug, number).await?;
    hall.must(&cx, &REGISTER)?;
    let done = match values.get("strike-seat").parse::<SeatId>() {
        Ok(seat) => {
            let reason = values.get("strike-reason").to_owned();
            let (office, ledger) = (&cx.app.office, hall.story.ledger.ledger);
            let struck = office.act(&hall.staff.actor, ledger, seat, Strike { reason }).await;
            struck.map_err(|failure| Slip::of(failure.into(), "strike", cx.locale))
        }
        Err(_) => Err(Slip::open("strike-seat", cx.locale.say("form-choose"))),
    };
    back(&cx, &hall, &values, done).await
}

/// `POST /w/{slug}/g/{number}/state`: a statement, proposal or plan.
pub async fn state(cx: Cx, Path(at): At, Sent(values): Sent) -> Result<Response, Error> {
    let t = cx.locale;
    act(&cx, Asked::of(at, values), &SPEAK, "state", |values| {
        Ok(Speak {
            form: chosen(StatementKind::parse(values.get("state-form")), "state-form", t)?,
            organisation: values.some("state-organisation").and_then(|id| id.parse().ok()),
            text: values.get("state-text").to_owned(),
        })
    })
    .await
}

/// `POST /w/{slug}/g/{number}/put`: a motion is put to the vote.
pub async fn put(cx: Cx, Path(at): At, Sent(values): Sent) -> Result<Response, Error> {
    let t = cx.locale;
    act(&cx, Asked::of(at, values), &HOLD, "put", |values| {
        Ok(Put {
            topic: chosen(values.get("put-topic").parse().ok(), "put-topic", t)?,
            text: values.get("put-text").to_owned(),
            mode: chosen(VoteMode::parse(values.get("put-mode")), "put-mode", t)?,
        })
    })
    .await
}

/// `POST /w/{slug}/g/{number}/hands`: one of two persons enters a show of hands.
pub async fn hands(cx: Cx, Path(at): At, Sent(values): Sent) -> Result<Response, Error> {
    let t = cx.locale;
    act(&cx, Asked::of(at, values), &REGISTER, "hands", |values| {
        let hands = [
            count(values, "hands-for", t)?,
            count(values, "hands-against", t)?,
            count(values, "hands-abstain", t)?,
        ];
        let motion = chosen(values.get("motion").parse().ok(), "hands-for", t)?;
        Ok(EnterHands { motion, hands })
    })
    .await
}

/// `POST /w/{slug}/g/{number}/ballot`: the vote of somebody without a phone.
pub async fn ballot(cx: Cx, Path(at): At, Sent(values): Sent) -> Result<Response, Error> {
    let t = cx.locale;
    let Asked { slug, number, values } = Asked::of(at, values);
    let hall = Hall::load(&cx, &slug, number).await?;
    hall.must(&cx, &REGISTER)?;
    let done = async {
        let seat = chosen(values.get("ballot-seat").parse::<SeatId>().ok(), "ballot-seat", t)?;
        let choice = chosen(Choice::parse(values.get("ballot-choice")), "ballot-choice", t)?;
        let motion = chosen(values.get("motion").parse().ok(), "ballot-seat", t)?;
        let (ledger, meeting) = (hall.story.ledger.ledger, hall.story.row.id);
        let cast = Cast { meeting, motion, seat, choice, voter: Voter::Worker };
        let voted = cx.app.office.vote(&hall.staff.actor, ledger, cast).await;
        voted.map_err(|failure| Slip::of(failure.into(), "ballot", t))
    };
    let done = done.await;
    back(&cx, &hall, &values, done).await
}

/// `POST /w/{slug}/g/{number}/end`: the vote ends and is counted.
pub async fn end(cx: Cx, Path(at): At, Sent(values): Sent) -> Result<Response, Error> {
    let Asked { slug, number, values } = Asked::of(at, values);
    let hall = Hall::load(&cx, &slug, number).await?;
    hall.must(&cx, &HOLD)?;
    let (ledger, id) = (hall.story.ledger.ledger, hall.story.row.id);
    let motion = values.get("motion").parse().unwrap_or_default();
    let ended = cx.app.office.end_vote(&hall.staff.actor, ledger, id, motion).await;
    back(&cx, &hall, &values, ended.map_err(|failure| Slip::of(failure.into(), "end", cx.locale))).await
}

/// `POST /w/{slug}/g/{number}/adjourn`
pub async fn adjourn(cx: Cx, Path(at): At, Sent(values): Sent) -> Result<Response, Error> {
    act(&cx, Asked::of(at, values), &HOLD, "adjourn", |values| {
        Ok(Adjourn { reason: values.get("adjourn-reason").to_owned() })
    })
    .await
}

/// `POST /w/{slug}/g/{number}/dissent`: a disagreement to be kept.
pub async fn dissent(cx: Cx, Path(at): At, Sent(values): Sent) -> Result<Response, Error> {
    act(&cx, Asked::of(at, values), &REGISTER, "dissent", |values| {
        Ok(Dissent {
            motion: values.some("dissent-motion").and_then(|number| number.parse().ok()),
            text: values.get("dissent-text").to_owned(),
        })
    })
    .await
}

/// `POST /w/{slug}/g/{number}/confirm`: chair or recorder confirms the minutes as they stand.
pub async fn confirm(cx: Cx, Path(at): At, Sent(values): Sent) -> Result<Response, Error> {
    let (slug, number) = at.clone();
    let hall = Hall::load(&cx, &slug, number).await?;
    hall.must(&cx, &CONFIRM)?;
    let minutes = Minutes::load(&cx, &hall.story).await?;
    let seen = values.get("confirm-digest") == minutes.digest;
    if seen {
        // The text is kept before anybody's name stands under it.
        cx.app.office.db.put_blob(minutes.text.clone().into_bytes()).await?;
    }
    let t = cx.locale;
    act(&cx, Asked::of(at, values), &CONFIRM, "confirm", move |_| match seen {
        true => Ok(Confirm { minutes: minutes.digest }),
        false => Err(Slip::open("confirm", t.say("confirm-changed"))),
    })
    .await
}

/// `POST /w/{slug}/g/{number}/publish`: the result is published.
pub async fn publish(cx: Cx, Path(at): At, Sent(values): Sent) -> Result<Response, Error> {
    act(&cx, Asked::of(at, values), &CONVENE, "publish", |values| {
        Ok(Publish { at: values.get("publish-at").to_owned() })
    })
    .await
}

/// `POST /w/{slug}/g/{number}/rule`: rules on an objection.
pub async fn rule(cx: Cx, Path(at): At, Sent(values): Sent) -> Result<Response, Error> {
    let t = cx.locale;
    let number: u32 = values.get("objection").parse().unwrap_or_default();
    let prefix = format!("rule-{number}");
    act(&cx, Asked::of(at, values), &RULE, &prefix, |values| {
        let field = format!("{prefix}-ruling");
        Ok(Rule {
            number,
            ruling: chosen(Ruling::parse(values.get(&field)), &field, t)?,
            reason: values.get(&format!("{prefix}-reason")).to_owned(),
        })
    })
    .await
}

/// `POST /w/{slug}/g/{number}/dispatch`: sends an action on its way.
pub async fn dispatch(cx: Cx, Path(at): At, Sent(values): Sent) -> Result<Response, Error> {
    let t = cx.locale;
    let Asked { slug, number, values } = Asked::of(at, values);
    let hall = Hall::load(&cx, &slug, number).await?;
    hall.must(&cx, &DISPATCH)?;
    let nth: usize = values.get("nth").parse().unwrap_or_default();
    let prefix = format!("dispatch-{nth}");
    let named = |field: &str| format!("{prefix}-{field}");
    let action = hall.story.meeting.outcome.actions.get(nth.wrapping_sub(1)).map(|one| one.agreed.id);
    let done = async {
        let whistle = values.some(&named("whistle")).map_or(Some(WhistleKind::Hard), WhistleKind::parse);
        let dispatching = DispatchAction {
            action: chosen(action, "dispatch", t)?,
            hurry: values.some(&named("hurry")).map(str::to_owned),
            whistle: chosen(whistle, &named("whistle"), t)?,
            departments: values.all(&named("departments")).filter_map(|id| id.parse().ok()).collect(),
            reason: values.get(&named("reason")).to_owned(),
        };
        let (ledger, id) = (hall.story.ledger.ledger, hall.story.row.id);
        let sent = cx.app.office.dispatch_action(&hall.staff.actor, ledger, id, dispatching).await;
        sent.map(|_| ()).map_err(|failure| Slip::of(failure.into(), &prefix, t))
    };
    let done = done.await;
    back(&cx, &hall, &values, done).await
}

/// `POST /w/{slug}/g/{number}/conclude`
pub async fn conclude(cx: Cx, Path(at): At, Sent(values): Sent) -> Result<Response, Error> {
    act(&cx, Asked::of(at, values), &CONVENE, "conclude", |_| Ok(Conclude)).await
}

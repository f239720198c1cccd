//! Who signed in, with names, for whoever keeps the register. Signing somebody in and striking
//! a sign-in are acts of their own.

use super::acts::admit::waits;
use super::acts::presence::gone;
use super::acts::strike::Strike;
use super::hall::Hall;
use super::minutes::Presence;
use crate::meetings::hall::at;
use maud::{Markup, html};
use std::collections::BTreeMap;
use yishi_domain::meetings::{SeatId, SeatKind};
use yishi_kernel::cell::Flag;
use yishi_office::meetings::reads::{SeatRow, names, seats};
use yishi_web::Error;
use yishi_web::slip::Slip;
use yishi_web::ui::{self, Fields};

/// Everybody who signed in, and their names.
pub struct Register {
    /// Everybody.
    pub seats: Vec<SeatRow>,
    names: BTreeMap<SeatId, String>,
}

impl Register {
    /// The register of a meeting. Only whoever keeps it may see it: that is asked before.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn load(hall: &Hall) -> Result<Self, Error> {
        let (db, (ledger, meeting)) = (&hall.cx.app.office.db, at(hall));
        let seats = seats(db, ledger, meeting).await?;
        let ids: Vec<SeatId> = seats.iter().map(|seat| seat.id).collect();
        let names = names(db, ledger, &ids).await?;
        Ok(Self { seats, names })
    }

    fn name(&self, seat: &SeatRow) -> &str {
        self.names.get(&seat.id).map_or("—", String::as_str)
    }

    /// Sign-ins of one name that may be one person twice, the first of them first (疑似重复签到).
    #[must_use]
    pub fn doubles(&self) -> Vec<Vec<&SeatRow>> {
        let mut by_name: BTreeMap<String, Vec<&SeatRow>> = BTreeMap::new();
        for seat in self.seats.iter().filter(|seat| seat.struck.is_none()) {
            if let Some(name) = self.names.get(&seat.id) {
                let plain: String = name.chars().filter(|one| !one.is_whitespace()).collect();
                by_name.entry(plain.to_lowercase()).or_default().push(seat);
            }
        }
        by_name.into_values().filter(|seats| seats.len() > 1).collect()
    }

    /// Those who fit, as choices: name, capacity, time.
    #[must_use]
    pub fn choices(&self, hall: &Hall, fits: impl Fn(&SeatRow) -> bool) -> Vec<(String, String)> {
        let text = |seat: &SeatRow| {
            let t = hall.cx.locale;
            format!(
                "{} · {} · {} · {}",
                self.name(seat),
                t.word(seat.kind),
                t.word(seat.how),
                t.brief_time(seat.taken)
            )
        };
        self.seats.iter().filter(|seat| fits(seat)).map(|seat| (seat.id.to_string(), text(seat))).collect()
    }
}

/// Who is present, in numbers and by name.
///
/// # Errors
/// When the store fails.
pub async fn present(hall: &Hall, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
    let (t, story) = (hall.cx.locale, &hall.row.story);
    let register = Register::load(hall).await?;
    let presence = Presence::of(&register.seats);
    let struck = hall.blank::<Strike>().filled(values, slip).came_back();
    Ok(html! {
        h2 { (t.say("present-title")) }
        p { (t.with("present-count", &[
            ("votes", &presence.votes), ("residents", &presence.kind(SeatKind::Resident)), ("members", &presence.kind(SeatKind::Member)),
            ("invited", &presence.kind(SeatKind::Invited)), ("observers", &presence.kind(SeatKind::Observer)),
        ])) }
        @if presence.voice > 0 { p { (t.with("present-voice", &[("count", &presence.voice)])) } }
        (doubles(hall, &register))
        @if !register.seats.is_empty() {
            details open[struck] {
                summary { (t.say("present-register")) }
                ol { @for seat in &register.seats {
                    li {
                        (register.name(seat)) " · " (t.word(seat.kind))
                        @if let Some(body) = seat.organisation { " · " (story.body(body)) }
                        " · " (t.word(seat.how)) " "
                        @if let Some(slip) = seat.slip { (t.with("slip-number", &[("number", &slip)])) " " }
                        @if seat.struck.is_some() { span.badge.done { (t.say("present-struck")) } }
                        @else if waits(hall, seat) { span.badge.wait { (t.say("present-unconfirmed")) } }
                        @else if gone(seat) { span.badge.done { (t.say("present-gone")) } }
                        @else if seat.votes == Flag::Yes { span.badge { (t.say("present-votes")) } }
                        @if seat.challenged == Flag::Yes { " " span.badge.late { (t.say("present-challenged")) } }
                    }
                } }
                (hall.form::<Strike>(values, slip).await?)
            }
        }
    })
}

/// Sign-ins that may be one person twice, each but the first with a button to strike it.
fn doubles(hall: &Hall, register: &Register) -> Markup {
    let t = hall.cx.locale;
    let doubles = register.doubles();
    // What the button gives as the reason.
    let reason = t.say("double-reason");
    html! {
        @if !doubles.is_empty() {
            div.notice.warn #doubles {
                h3 { (t.say("double-title")) }
                p { (t.say("double-lead")) }
                @for seats in &doubles {
                    ul { @for seat in seats { li {
                        @let (kind, how) = (t.word(seat.kind), t.word(seat.how));
                        @let line = format!("{} · {kind} · {how} · {}", register.name(seat), t.brief_time(seat.taken));
                        (ui::bits("meta", &line))
                        @if seat.votes == Flag::Yes { span.badge { (t.say("present-votes")) } }
                        @let f = hall.blank::<Strike>();
                        (f.bare(&html! {
                            (f.hidden("seat", &seat.id.to_string()))
                            (f.hidden("reason", &reason))
                            (f.submit("double-strike", "second"))
                        }))
                    } } }
                }
            }
        }
    }
}

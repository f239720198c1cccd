//! Who signed in, with names, for whoever keeps the register. Signing somebody in and striking
//! a sign-in are acts of their own.

use super::acts::strike::Strike;
use super::hall::Hall;
use super::minutes::Presence;
use crate::meetings::hall::at;
use maud::{Markup, html};
use std::collections::BTreeMap;
use yishi_domain::meetings::{SeatId, SeatKind};
use yishi_office::meetings::reads::{SeatRow, names, seats};
use yishi_web::Error;
use yishi_web::slip::Slip;
use yishi_web::ui::Fields;

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

    /// Those who fit, as choices: name, capacity, time.
    #[must_use]
    pub fn choices(&self, hall: &Hall, fits: impl Fn(&SeatRow) -> bool) -> Vec<(String, String)> {
        let text = |seat: &SeatRow| {
            format!("{} · {} · {}", self.name(seat), hall.cx.locale.word(seat.kind), seat.taken.minute())
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
        @if !register.seats.is_empty() {
            details open[struck] {
                summary { (t.say("present-register")) }
                ol { @for seat in &register.seats {
                    li {
                        (register.name(seat)) " · " (t.word(seat.kind))
                        @if let Some(body) = seat.organisation { " · " (story.body(body)) }
                        " · " (t.word(seat.how)) " "
                        @if seat.struck.is_some() { span.badge.done { (t.say("present-struck")) } }
                    }
                } }
                (hall.form::<Strike>(values, slip).await?)
            }
        }
    })
}

//! What is asked of whoever puts a venue in or right, and the reading of it: all that is wrong
//! is noted at once, each at its field.

use maud::{Markup, html};
use yishi_domain::venues::{
    Access, Capacity, Details, Guests, Hours, HoursError, Need, Per, Price, Span, TimeOfDay, Toilet, Weekday,
    Welcome,
};
use yishi_kernel::Word;
use yishi_web::form::Form;
use yishi_web::read::Reader;
use yishi_web::ui::yuan;

/// Spans of hours that the form has room for.
const SPANS: usize = 4;

fn written<W: Word>(words: impl IntoIterator<Item = W>) -> Vec<String> {
    words.into_iter().map(|word| word.as_word().to_owned()).collect()
}

/// The fields, filled in from the start with what is said already.
#[must_use]
pub fn fields(f: &Form<'_>, said: Option<&Details>) -> Markup {
    let t = f.t();
    let ticked = written(said.iter().flat_map(|said| said.needs.iter().copied()));
    let spans = said.map(|said| said.hours.spans()).unwrap_or_default();
    let price = said.and_then(|said| said.price.sum());
    let (welcome, members) = match said.map(|said| &said.guests) {
        None | Some(Guests::Everyone) => (Welcome::Everyone, ""),
        Some(Guests::Residents) => (Welcome::Residents, ""),
        Some(Guests::Members(of)) => (Welcome::Members, of.get().unwrap_or_default()),
    };
    let (needs, accesses, toilets) = (t.choices::<Need>(), t.choices::<Access>(), t.choices::<Toilet>());
    let (pers, welcomes) = (t.choices::<Per>(), t.choices::<Welcome>());
    html! {
        (f.text("name").start(said.and_then(|said| said.name.get()).unwrap_or_default()))
        (f.text("way").start(said.and_then(|said| said.way.as_ref()?.get()).unwrap_or_default()))
        (f.checks("needs", &needs, &ticked))
        h2 { (t.say("venue-part-hours")) }
        (spans_from(f, 0, spans))
        h2 { (t.say("venue-part-price")) }
        div.row {
            (f.amount("price").start(price.map(|(fen, _)| yuan(fen)).unwrap_or_default()))
            (f.select("per", &pers).start(price.map_or(Per::Visit, |(_, per)| per).word()))
        }
        (f.completed("phone", "off").start(said.and_then(|said| said.phone.as_ref()).map_or("", |phone| phone.as_str())))
        h2 { (t.say("venue-part-entry")) }
        (f.radios("access", &accesses).start(said.map_or("", |said| said.access.word())))
        (f.radios("toilet", &toilets).start(said.map_or("", |said| said.toilet.word())))
        (f.radios("welcome", &welcomes).start(welcome.word()))
        (f.text("members").start(members))
        (f.number("capacity").start(said.and_then(|said| said.capacity).map(|capacity| capacity.people().to_string()).unwrap_or_default()))
    }
}

/// The end of a span as a field for times takes it, which has no 24:00.
fn until(said: &Span) -> String {
    if said.to == TimeOfDay::END { "00:00".to_owned() } else { said.to.to_string() }
}

/// The spans from this one on, each folded into the one before: few have more than two.
fn spans_from(f: &Form<'_>, n: usize, said: &[Span]) -> Markup {
    if n >= SPANS.max(said.len()) {
        return html! {};
    }
    let of = |n: usize| ["days", "from", "to"].map(|field| format!("{field}-{n}"));
    let open = (n + 1..SPANS)
        .any(|n| said.get(n).is_some() || of(n).iter().any(|field| !f.value(field, "").is_empty()));
    let next = spans_from(f, n + 1, said);
    html! {
        (span(f, n, said.get(n)))
        @if n + 1 < SPANS.max(said.len()) {
            details open[open] { summary { (f.t().with("venue-more-hours", &[("number", &(n + 2))])) } (next) }
        }
    }
}

fn span(f: &Form<'_>, n: usize, said: Option<&Span>) -> Markup {
    let t = f.t();
    let days = t.choices::<Weekday>();
    let ticked = written(said.iter().flat_map(|said| said.days.iter().copied()));
    let [on, from, to] = ["days", "from", "to"].map(|field| format!("{field}-{n}"));
    html! {
        (f.checks(&on, &days, &ticked).label("venue-days"))
        div.row {
            (f.time(&from).label("venue-from").start(said.map(|said| said.from.to_string()).unwrap_or_default()))
            (f.time(&to).label("venue-to").start(said.map(until).unwrap_or_default()))
        }
    }
}

/// What was filled in; nothing where something is wrong, which the reader has noted.
#[must_use]
pub fn read(r: &mut Reader<'_>) -> Option<Details> {
    let name = r.some("name");
    if name.is_none() {
        r.wrong("name", "venue-wrong-name");
    }
    let needs = r.words("needs", Need::parse);
    if needs.is_empty() {
        r.wrong("needs", "refusal-venue-no-need");
    }
    let hours = hours(r);
    let fen = r.fen_or_none("price", "venue-wrong-price");
    let per = r.word("per", Per::parse, "form-choose");
    let phone = match r.some("phone") {
        None => Some(None),
        Some(_) => r.id("phone", "venue-wrong-phone").map(Some),
    };
    let access = r.word("access", Access::parse, "form-choose");
    let toilet = r.word("toilet", Toilet::parse, "form-choose");
    let guests = guests(r);
    let capacity = match r.number_or_none("capacity") {
        Some(Some(people)) => {
            let capacity = Capacity::of(people);
            if capacity.is_none() {
                r.wrong("capacity", "venue-wrong-capacity");
            }
            capacity.map(Some)
        }
        nothing => nothing.map(|_| None),
    };
    Some(Details {
        name: name?.into(),
        way: r.some("way").map(Into::into),
        needs: needs.into_iter().collect(),
        hours: hours?,
        price: Price::of(fen?.unwrap_or_default(), per?),
        phone: phone?,
        access: access?,
        toilet: toilet?,
        guests: guests?,
        capacity: capacity?,
    })
}

fn guests(r: &mut Reader<'_>) -> Option<Guests> {
    Some(match r.word("welcome", Welcome::parse, "form-choose")? {
        Welcome::Everyone => Guests::Everyone,
        Welcome::Residents => Guests::Residents,
        Welcome::Members => match r.some("members") {
            Some(of) => Guests::Members(of.into()),
            None => {
                r.wrong("members", "venue-wrong-members");
                return None;
            }
        },
    })
}

/// The spans of which anything was filled in.
fn hours(r: &mut Reader<'_>) -> Option<Hours> {
    let (mut spans, mut rows) = (Vec::new(), Vec::new());
    for n in 0..SPANS {
        let [on, from, to] = ["days", "from", "to"].map(|field| format!("{field}-{n}"));
        let days: Vec<Weekday> = r.words(&on, Weekday::parse);
        if days.is_empty() && r.some(&from).is_none() && r.some(&to).is_none() {
            continue;
        }
        let read: [Option<TimeOfDay>; 2] = [&from, &to].map(|field| r.time(field, "venue-wrong-time"));
        if days.is_empty() {
            r.wrong(&on, "venue-wrong-days");
        }
        rows.push(n);
        spans.push(read[0].zip(read[1]).map(|(from, to)| Span {
            days: days.into_iter().collect(),
            from,
            // A field for times has no 24:00.
            to: to.closing(),
        }));
    }
    let spans: Vec<Span> = spans.into_iter().collect::<Option<_>>()?;
    let row = |n: usize| rows.get(n).copied().unwrap_or_default();
    match Hours::of(spans) {
        Ok(hours) => return Some(hours),
        Err(HoursError::None) => r.wrong("days-0", "venue-wrong-days"),
        // It is noted above.
        Err(HoursError::NoDay(_)) => {}
        Err(HoursError::Backwards(n)) => r.wrong(&format!("to-{}", row(n)), "venue-wrong-end"),
        Err(HoursError::Overlap(n)) => r.wrong(&format!("from-{}", row(n)), "venue-wrong-overlap"),
    }
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use yishi_web::slip::Slip;
    use yishi_web::texts::Language;
    use yishi_web::ui::Fields;

    fn sent(pairs: &[(&str, &str)]) -> Result<Details, Slip> {
        let pairs = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let values = Fields(pairs.collect());
        let mut r = Reader::new("", &values, Language::En.into());
        let details = read(&mut r);
        r.done(|| details)
    }

    #[test]
    fn everything_wrong_is_told_at_its_field_at_once() {
        let slip = sent(&[
            ("days-0", "monday"),
            ("from-0", "17:00"),
            ("to-0", "09:00"),
            ("price", "cheap"),
            ("phone", "13800001111"),
            ("welcome", "members"),
            ("capacity", "5001"),
        ])
        .unwrap_err();
        for field in ["name", "needs", "to-0", "price", "phone", "access", "toilet", "members", "capacity"] {
            assert!(slip.at(field).is_some(), "{field}");
        }
    }

    #[test]
    fn a_venue_may_be_open_all_day() {
        for until in ["24:00", "0:00", "00:00", "２４：００", "24点"] {
            let details = sent(&[
                ("name", "自助取水点"),
                ("needs", "rest"),
                ("days-0", "monday"),
                ("from-0", "0:00"),
                ("to-0", until),
                ("access", "level"),
                ("toilet", "none"),
                ("welcome", "everyone"),
            ]);
            let slip = details.err();
            assert!(slip.as_ref().is_none_or(|slip| slip.at("to-0").is_none()), "{until}: {slip:?}");
        }
    }

    #[test]
    fn what_reads_becomes_a_venue() {
        let details = sent(&[
            ("name", "活动室"),
            ("needs", "ping_pong"),
            ("needs", "read"),
            ("days-2", "sunday"),
            ("from-2", "9：00"),
            ("to-2", "１２:００"),
            ("price", "２．５元"),
            ("per", "hour"),
            ("access", "ramp"),
            ("toilet", "none"),
            ("welcome", "everyone"),
        ])
        .unwrap();
        assert_eq!(details.needs, [Need::Read, Need::PingPong].into());
        assert_eq!(details.price, Price::of(250, Per::Hour));
        assert_eq!((details.phone, details.capacity), (None, None));
    }
}

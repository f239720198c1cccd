//! "有进展时告诉我" 告知方式: whoever holds a receipt says whether and how they are told when it goes
//! on. Only ways that are set here are offered; whoever is told can always say that they wish it no more.

use super::show::ended;
use crate::matters::face::receipt::{Held, held};
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use std::time::{Duration, Instant};
use yishi_domain::matters::{BeTold, Often, Receipt, Telling, TellingRules, Tongue};
use yishi_kernel::Claim;
use yishi_web::client::Client;
use yishi_web::form::Form;
use yishi_web::read::Reader;
use yishi_web::sent::Sent;
use yishi_web::slip::Slip;
use yishi_web::texts::Language;
use yishi_web::tries::{Bucket, Pace};
use yishi_web::ui::Fields;
use yishi_web::{Cx, Error};

const DAY: Duration = Duration::from_hours(24);
/// How often one receipt's way is set: each time a message leaves, to whoever was named.
const RECEIPT: Pace = Pace { at_once: 4, each: Duration::from_hours(6) };
/// How often from one network: nobody has strangers written to through us.
const NETWORK: Pace = Pace { at_once: 30, each: DAY };

/// The ways there are here.
fn ways(cx: &Cx) -> Vec<Telling> {
    let courier = &cx.app.courier;
    let text = courier.sms().is_some().then_some(Telling::Text);
    let mail = courier.mail().is_some().then_some(Telling::Mail);
    text.into_iter().chain(mail).collect()
}

/// The form, on the page of the receipt under this link; nothing where there is no way here.
pub fn form(
    cx: &Cx,
    opened: &Receipt,
    rules: &TellingRules,
    link: &str,
    values: &Fields,
    slip: Option<&Slip>,
) -> Markup {
    let t = cx.locale;
    let ways = ways(cx);
    let told = opened.told.map(|wish| wish.way);
    let often = opened.told.map_or(Often::AtOnce, |wish| wish.often);
    if opened.withdrawn.is_some() || ways.is_empty() && told.is_none() {
        return html! {};
    }
    let to = match ways[..] {
        [Telling::Text] => "receipt-told-to-text",
        [Telling::Mail] => "receipt-told-to-mail",
        _ => "receipt-told-to",
    };
    let hint = if told.is_some() { "receipt-told-hint-anew" } else { "receipt-told-hint" };
    let all: Vec<Telling> = ways.into_iter().chain([Telling::Nothing]).collect();
    let options: Vec<_> = all.iter().map(|way| (way.word().to_owned(), t.word(*way))).collect();
    let now = told.unwrap_or(Telling::Nothing);
    let f = Form::new(cx, "told", "receipt-told", format!("{link}/told")).filled(values, slip);
    let inner = html! {
        p { @match told {
            Some(Telling::Text) => (t.say("receipt-told-now-text")),
            Some(Telling::Mail) => (t.say("receipt-told-now-mail")),
            Some(Telling::Nothing) | None => (t.say("receipt-told-lead")),
        } }
        @if rules.quiet.from != rules.quiet.until {
            p.hint { (t.with("receipt-told-quiet", &[("from", &rules.quiet.from.number()), ("until", &rules.quiet.until.number())])) }
        }
        (f.radios("way", &options).start(now.word()))
        (f.text("to").label(to).hint(hint))
        (f.radios("often", &t.choices::<Often>()).start(often.word()))
        (f.submit("receipt-told-send", "wide"))
    };
    html! { div.no-print { (f.folded(&t.say("receipt-told-title"), &inner)) } }
}

/// `POST /r/{slug}/{secret}/told`
pub async fn send(
    cx: Cx,
    client: Client,
    Path((slug, secret)): Path<(String, String)>,
    Sent(values): Sent,
) -> Result<Response, Error> {
    let held = held(&cx, &slug, &secret).await?;
    let mut r = Reader::new("told", &values, cx.locale);
    let offered = ways(&cx);
    let may = |way: &Telling| *way == Telling::Nothing || offered.contains(way);
    let way = r.word("way", |word| Telling::parse(word).filter(may), "form-choose");
    let tongue = match cx.locale.language {
        Language::ZhHans => Tongue::Chinese,
        Language::En => Tongue::English,
    };
    // A form of before this was asked says nothing of it.
    let often = Often::parse(&r.text("often")).unwrap_or(Often::AtOnce);
    let wish = way.map(|way| BeTold { way, to: r.text("to"), tongue, often });
    if let Some(Err(why)) = wish.as_ref().map(BeTold::reached) {
        r.refuse("to", why);
    }
    let wish = match r.done(|| wish) {
        Ok(wish) => wish,
        Err(slip) => return ended(&cx, &secret, &held, &values, Err(slip)).await,
    };
    let note = match wish.way {
        Telling::Text | Telling::Mail => "told",
        Telling::Nothing => "untold",
    };
    // To be told nothing more is never too often.
    if wish.way != Telling::Nothing && cx.app.tries.take(&buckets(client, &held), Instant::now()).is_err() {
        let mut slip = Slip::default();
        slip.add(Some("told-to".to_owned()), cx.locale.say("receipt-told-too-often"));
        return ended(&cx, &secret, &held, &values, Err(slip)).await;
    }
    let actor = cx.actor().showing(Claim::Receipt);
    let done = match cx.office().act(&actor, held.ledger.ledger, held.receipt.id, wish).await {
        Ok(()) => Ok(note),
        Err(failure) => Err(Slip::bare(failure, &values, cx.locale)?),
    };
    ended(&cx, &secret, &held, &values, done).await
}

/// What setting a way is counted by.
fn buckets(client: Client, held: &Held) -> Vec<Bucket> {
    let each = Bucket::of(&["told", "receipt", &held.receipt.id.to_string()], RECEIPT);
    // What runs on this machine is one address for whoever it asks for.
    let network = (!client.is_here()).then(|| Bucket::of(&["told", "network", &client.network()], NETWORK));
    [each].into_iter().chain(network).collect()
}

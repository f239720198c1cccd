//! The second step of signing in: a code of an app beside the password. Setting it up, giving the
//! code, ending it. Whether a code is right is the office's to say.

use super::{fits, later_in, signed_in, start};
use axum::extract::Query;
use axum::http::{StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use maud::{Markup, html};
use std::collections::HashMap;
use std::time::{Duration, Instant};
use yishi_domain::people::Demanded;
use yishi_office::Failure;
use yishi_office::people::{Secret, SignedIn};
use yishi_store::Fault;
use yishi_web::cookies::Life;
use yishi_web::form::Form;
use yishi_web::nav::staff_nav;
use yishi_web::own_path::OwnPath;
use yishi_web::sent::{Sent, SentByAnyone};
use yishi_web::slip::{Slip, summary};
use yishi_web::tries::{Bucket, Pace};
use yishi_web::ui::{self, Field, Fields, Nav, Page, Width};
use yishi_web::{Cx, Error};

/// Wrong codes that may be tried for an account by whoever has its password.
const CODES: Pace = Pace { at_once: 5, each: Duration::from_secs(60) };

/// Whoever gave the right password goes on: to the code, to setting one up where the place asks
/// everyone for it, or in.
pub(super) async fn enter(cx: &Cx, who: &SignedIn, to: &OwnPath) -> Result<Response, Error> {
    let office = &cx.app.office;
    let next = if office.has_second_step(who).await? {
        "/signin/code"
    } else if office.demands_second_step(who.ledger).await? == Demanded::Yes {
        "/signin/set-up"
    } else {
        return start(cx, who, to).await;
    };
    let word = office.wait_for_code(who).await?;
    let cookie = cx.app.cookies.set("half", &word, Life::Visit);
    let link = format!("{next}?back={}", yishi_web::encoded(to.as_str()));
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to(&link)).into_response())
}

/// Who gave the right password in this browser just now.
async fn waited_for(cx: &Cx) -> Result<Option<SignedIn>, Error> {
    match &cx.half {
        Some(word) => Ok(cx.app.office.waited_for(word).await?),
        None => Ok(None),
    }
}

/// The way back to the password, for whoever took too long.
fn anew() -> Response {
    Redirect::to("/signin").into_response()
}

fn back(query: &HashMap<String, String>) -> Fields {
    Fields(vec![("back".to_owned(), query.get("back").cloned().unwrap_or_default())])
}

/// A page of somebody who is not in yet.
fn outside(cx: &Cx, title: &str, main: Markup) -> Markup {
    let (locale, view, here) = (cx.locale, cx.view, cx.here.as_str());
    Page { locale, view, here, title, nav: Nav::None, width: Width::Narrow, main }.render()
}

fn code_page(cx: &Cx, values: &Fields, error: Option<&str>) -> Markup {
    let t = cx.locale;
    let title = t.say("step-code-title");
    let main = html! {
        h1 { (title) }
        p { (t.say("step-code-lead")) }
        (summary(error.map(|text| Slip::one("code", text)).as_ref(), t))
        form method="post" action="/signin/code" {
            (ui::hidden("back", values.get("back")))
            (ui::text_field(Field::new("code", &t.say("step-code")).hint(&t.say("step-code-hint")).error(error), "", "one-time-code"))
            (ui::submit(&t.say("signin-action"), "wide"))
        }
    };
    outside(cx, &title, main)
}

/// `GET /signin/code`
pub async fn code_form(cx: Cx, Query(query): Query<HashMap<String, String>>) -> Result<Response, Error> {
    match waited_for(&cx).await? {
        Some(_) => Ok(code_page(&cx, &back(&query), None).into_response()),
        None => Ok(anew()),
    }
}

/// `POST /signin/code`
pub async fn code(cx: Cx, SentByAnyone(values): SentByAnyone) -> Result<Response, Error> {
    let Some(who) = waited_for(&cx).await? else { return Ok(anew()) };
    let bucket = [Bucket::of(&["signin-code", &who.account.to_string()], CODES)];
    let taken = match cx.app.tries.take(&bucket, Instant::now()) {
        Ok(taken) => taken,
        Err(wait) => {
            let text = later_in(&cx, wait);
            return Ok((StatusCode::TOO_MANY_REQUESTS, code_page(&cx, &values, Some(&text))).into_response());
        }
    };
    let told = match cx.app.office.takes_code(&who, values.get("code")).await {
        Ok(true) => None,
        Ok(false) => Some((StatusCode::UNPROCESSABLE_ENTITY, "step-code-wrong")),
        // After a backup was put back without its keys: nobody must be locked out by that.
        Err(Failure::Fault(Fault::Sealing(_))) => {
            Some((StatusCode::SERVICE_UNAVAILABLE, "step-code-unreadable"))
        }
        Err(failure) => return Err(failure.into()),
    };
    if let Some((status, key)) = told {
        return Ok((status, code_page(&cx, &values, Some(&cx.locale.say(key)))).into_response());
    }
    cx.app.tries.give_back(&taken);
    cx.app.office.waits_no_more(who.account).await?;
    start(&cx, &who, &OwnPath::or(values.get("back"), "/desk")).await
}

/// Letters that somebody types by hand, four at a time.
fn in_fours(letters: &str) -> String {
    let letters: Vec<char> = letters.chars().collect();
    letters.chunks(4).map(String::from_iter).collect::<Vec<String>>().join(" ")
}

/// What is needed to set it up: the secret as a picture and in letters, and a field for the code
/// that shows that it arrived.
fn set_up(cx: &Cx, username: &str, values: &Fields, error: Option<&str>) -> Result<Markup, Error> {
    let t = cx.locale;
    let secret = match Secret::parse(values.get("secret")) {
        Some(typed) => typed,
        None => Secret::of(yishi_store::random()?),
    };
    let name = yishi_web::encoded(username);
    let link = format!("otpauth://totp/Yishi:{name}?secret={}&issuer=Yishi", secret.text());
    Ok(html! {
        p { (t.say("step-set-up-lead")) }
        (ui::qr(&link, &t.say("step-qr")))
        p { (t.say("step-secret")) }
        p.link-text { (in_fours(&secret.text())) }
        (ui::hidden("secret", &secret.text()))
        (ui::hidden("back", values.get("back")))
        (ui::text_field(Field::new("code", &t.say("step-code")).hint(&t.say("step-first-hint")).error(error), "", "one-time-code"))
        (ui::submit(&t.say("step-set"), "wide"))
    })
}

/// Sets it, if the code shows that the app has the secret; the codes for whoever loses the
/// telephone.
async fn set(
    cx: &Cx,
    who: &SignedIn,
    values: &Fields,
    instead_of: Option<String>,
) -> Result<Option<Vec<String>>, Error> {
    let (office, code) = (&cx.app.office, values.get("code"));
    let Some(secret) = Secret::parse(values.get("secret")) else { return Ok(None) };
    if secret.step(code, office.now()).is_none() {
        return Ok(None);
    }
    let codes = office.set_second_step(who, &secret, instead_of).await?;
    // The code that set it up lets nobody in.
    office.takes_code(who, code).await?;
    Ok(Some(codes))
}

/// The codes, shown once.
fn codes_page(cx: &Cx, nav: Nav, codes: &[String], to: &OwnPath) -> Markup {
    let t = cx.locale;
    let title = t.say("step-spare-title");
    let main = html! {
        h1 { (title) }
        div.notice.warn role="status" { p { (t.say("step-spare-lead")) } }
        ul.codes { @for code in codes { li { code { (code.get(..5).unwrap_or_default()) "-" (code.get(5..).unwrap_or_default()) } } } }
        (ui::print_button(t))
        p { a.button href=(to) { (t.say("account-go-on")) } }
    };
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render()
}

async fn set_up_page(cx: &Cx, who: &SignedIn, values: &Fields, error: Option<&str>) -> Result<Markup, Error> {
    let t = cx.locale;
    let username = cx.app.office.username(who.account).await?.unwrap_or_default();
    let title = t.say("step-title");
    let main = html! {
        h1 { (title) }
        div.notice { p { (t.say("step-demanded")) } }
        (summary(error.map(|text| Slip::one("code", text)).as_ref(), t))
        form method="post" action="/signin/set-up" { (set_up(cx, &username, values, error)?) }
    };
    Ok(outside(cx, &title, main))
}

/// `GET /signin/set-up`
pub async fn set_up_form(cx: Cx, Query(query): Query<HashMap<String, String>>) -> Result<Response, Error> {
    match waited_for(&cx).await? {
        Some(who) if cx.app.office.has_second_step(&who).await? => Ok(to_code(&back(&query))),
        Some(who) => Ok(set_up_page(&cx, &who, &back(&query), None).await?.into_response()),
        None => Ok(anew()),
    }
}

/// Whoever has a second step goes in by it.
fn to_code(values: &Fields) -> Response {
    Redirect::to(&format!("/signin/code?back={}", yishi_web::encoded(values.get("back")))).into_response()
}

/// `POST /signin/set-up`
pub async fn set_up_send(cx: Cx, SentByAnyone(values): SentByAnyone) -> Result<Response, Error> {
    let Some(who) = waited_for(&cx).await? else { return Ok(anew()) };
    if cx.app.office.has_second_step(&who).await? {
        return Ok(to_code(&values));
    }
    let Some(codes) = set(&cx, &who, &values, None).await? else {
        let wrong = cx.locale.say("step-code-wrong");
        let page = set_up_page(&cx, &who, &values, Some(&wrong)).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    cx.app.office.waits_no_more(who.account).await?;
    let cookies = signed_in(&cx, &who).await?;
    let page = codes_page(&cx, Nav::None, &codes, &OwnPath::or(values.get("back"), "/desk"));
    Ok((AppendHeaders(cookies), page).into_response())
}

/// Whoever is signed in, as the office knows people who sign in.
fn own(cx: &Cx) -> Result<SignedIn, Error> {
    let staff = cx.staff()?;
    Ok(SignedIn { account: staff.actor.account.ok_or(Error::NotFound)?, ledger: staff.ledger })
}

/// A form of the own page.
fn own_action<'a>(cx: &'a Cx, to: &str) -> Form<'a> {
    Form::new(cx, "", "step", format!("/account/second-step{to}"))
}

/// The field that shows that it is the person, and not somebody at a screen left open.
fn password_field(cx: &Cx, slip: Option<&Slip>) -> Markup {
    let t = cx.locale;
    let error = slip.and_then(|slip| slip.at("password"));
    let (label, hint) = (t.say("signin-password"), t.say("step-end-hint"));
    ui::text_field(Field::new("password", &label).hint(&hint).error(error), "", "current-password")
}

fn inside(cx: &Cx, slip: Option<&Slip>, inner: &Markup, (href, text): (&str, &str)) -> Result<Markup, Error> {
    let t = cx.locale;
    let title = t.say("step-title");
    let main = html! {
        h1 { (title) }
        (summary(slip, t))
        (inner)
        p { a href=(href) { (t.say(text)) } }
    };
    let nav = staff_nav(cx, cx.staff()?);
    let (locale, view, here) = (t, cx.view, cx.here.as_str());
    Ok(Page { locale, view, here, title: &title, nav, width: Width::Narrow, main }.render())
}

async fn own_page(cx: &Cx, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
    let (t, who, office) = (cx.locale, own(cx)?, &cx.app.office);
    let back = ("/account", "account-title");
    if !office.has_second_step(&who).await? {
        let username = office.username(who.account).await?.unwrap_or_default();
        let error = slip.and_then(|slip| slip.at("code"));
        let form = own_action(cx, "").bare(&set_up(cx, &username, values, error)?);
        return inside(cx, slip, &form, back);
    }
    let left = office.spare_codes_left(&who).await?;
    let inner = html! {
        p { (t.say("step-is-set")) " " (t.with("step-spare-left", &[("count", &left)])) }
        p { a.button.second href="/account/second-step/anew" { (t.say("step-anew")) } }
        @if office.demands_second_step(who.ledger).await? == Demanded::Yes {
            div.notice { p { (t.say("step-demanded")) } }
        } @else {
            (own_action(cx, "/end").card(&t.say("step-end"), &html! {
                (password_field(cx, slip))
                (ui::submit(&t.say("step-end"), "danger"))
            }))
        }
    };
    inside(cx, slip, &inner, back)
}

/// `GET /account/second-step`
pub async fn own_form(cx: Cx) -> Result<Markup, Error> {
    own_page(&cx, &Fields::default(), None).await
}

/// `POST /account/second-step`
pub async fn own_set(cx: Cx, Sent(values): Sent) -> Result<Response, Error> {
    let who = own(&cx)?;
    match set(&cx, &who, &values, None).await? {
        Some(codes) => own_codes(&cx, &codes),
        None => {
            let slip = Slip::one("code", &cx.locale.say("step-code-wrong"));
            Ok(slip.answer(own_page(&cx, &values, Some(&slip)).await?))
        }
    }
}

fn own_codes(cx: &Cx, codes: &[String]) -> Result<Response, Error> {
    let nav = staff_nav(cx, cx.staff()?);
    Ok(codes_page(cx, nav, codes, &OwnPath::or("/account", "/")).into_response())
}

async fn anew_page(cx: &Cx, values: &Fields, slip: Option<&Slip>) -> Result<Markup, Error> {
    let (t, who) = (cx.locale, own(cx)?);
    let username = cx.app.office.username(who.account).await?.unwrap_or_default();
    let error = slip.and_then(|slip| slip.at("code"));
    let inner = html! {
        p { (t.say("step-anew-lead")) }
        (own_action(cx, "/anew").bare(&html! {
            (password_field(cx, slip))
            (set_up(cx, &username, values, error)?)
        }))
    };
    inside(cx, slip, &inner, ("/account/second-step", "step-title"))
}

/// `GET /account/second-step/anew`: another telephone, or new spare codes.
pub async fn anew_form(cx: Cx) -> Result<Markup, Error> {
    match cx.app.office.has_second_step(&own(&cx)?).await? {
        true => anew_page(&cx, &Fields::default(), None).await,
        false => own_page(&cx, &Fields::default(), None).await,
    }
}

/// `POST /account/second-step/anew`: only with the password.
pub async fn anew_set(cx: Cx, Sent(values): Sent) -> Result<Response, Error> {
    let who = own(&cx)?;
    let slip = match password_is_right(&cx, &who, &values).await? {
        Err(slip) => slip,
        Ok(()) => {
            let before = cx.app.office.second_step_of(&who).await?;
            match set(&cx, &who, &values, before).await? {
                Some(codes) => return own_codes(&cx, &codes),
                None => Slip::one("code", &cx.locale.say("step-code-wrong")),
            }
        }
    };
    Ok(slip.answer(anew_page(&cx, &values, Some(&slip)).await?))
}

/// Whether the password is the person's own; few tries are taken.
async fn password_is_right(cx: &Cx, who: &SignedIn, values: &Fields) -> Result<Result<(), Slip>, Error> {
    let office = &cx.app.office;
    let bucket = [Bucket::of(&["step-password", &who.account.to_string()], CODES)];
    let taken = match cx.app.tries.take(&bucket, Instant::now()) {
        Ok(taken) => taken,
        Err(wait) => return Ok(Err(Slip::one("password", &later_in(cx, wait)))),
    };
    let username = office.username(who.account).await?.unwrap_or_default();
    let hash = office.credential(&username).await?.map(|(_, hash)| hash);
    let password = values.get("password").to_owned();
    let hash = hash.filter(|_| password.len() <= super::LONGEST);
    match fits(password, hash).await {
        Ok(()) => {
            cx.app.tries.give_back(&taken);
            Ok(Ok(()))
        }
        Err(_) => Ok(Err(Slip::one("password", &cx.locale.say("step-end-wrong")))),
    }
}

/// `POST /account/second-step/end`: only with the password.
pub async fn own_end(cx: Cx, Sent(values): Sent) -> Result<Response, Error> {
    let who = own(&cx)?;
    let slip = match password_is_right(&cx, &who, &values).await? {
        Err(slip) => slip,
        Ok(()) => match cx.app.office.end_second_step(&who).await {
            Ok(()) => return Ok(Redirect::to("/account").into_response()),
            Err(failure) => Slip::bare(failure, &values, cx.locale)?,
        },
    };
    Ok(slip.answer(own_page(&cx, &Fields::default(), Some(&slip)).await?))
}

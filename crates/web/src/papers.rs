//! Papers as pages show, print and send them: one model (`yishi_papers`), laid out here as a page
//! and there as DOCX, so that the two say the same. Papers are Chinese, since that is what is
//! filed; the page around them speaks the reader's language. What they say is the features'.

use crate::nav::staff_nav;
use crate::ui::{self, Nav, Page, Width};
use crate::{Cx, Staff};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use maud::{Markup, html};
use yishi_kernel::{Moment, StreamName};
use yishi_papers::calendar::When;
use yishi_papers::{Internal, Kept, Part, Posted, Rows, Sheet, docx};

/// What somebody wants of a paper: the last part of its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted<'a> {
    /// To read and print it: its word.
    Page(&'a str),
    /// To have it as DOCX.
    Docx(&'a str),
}

impl<'a> Wanted<'a> {
    /// Reads the last part of an address.
    #[must_use]
    pub fn read(last: &'a str) -> Self {
        last.strip_suffix(".docx").map_or(Self::Page(last), Self::Docx)
    }

    /// The word of the paper.
    #[must_use]
    pub fn word(self) -> &'a str {
        match self {
            Self::Page(word) | Self::Docx(word) => word,
        }
    }
}

/// Where a page of a paper stands.
#[derive(Clone, Debug)]
pub struct Place {
    /// The page of what it is of, with its name.
    pub back: (String, String),
    /// Its own address.
    pub link: String,
}

/// The copy that hangs where everyone reads it, as a page of the community or as a file. No
/// other copy fits here.
#[must_use]
pub fn posted(cx: &Cx, sheet: &Sheet<Posted>, at: &Place, nav: Nav, wanted: Wanted<'_>) -> Response {
    match wanted {
        Wanted::Page(_) => page(cx, sheet, at, nav),
        Wanted::Docx(_) => file(sheet),
    }
}

/// The copy with names, for whoever is signed in and may see them: that is asked before.
#[must_use]
pub fn internal(cx: &Cx, staff: &Staff, sheet: &Sheet<Internal>, at: &Place, wanted: Wanted<'_>) -> Response {
    match wanted {
        Wanted::Page(_) => page(cx, sheet, at, staff_nav(cx, staff)),
        Wanted::Docx(_) => file(sheet),
    }
}

/// How far the clocks here are ahead of UTC, in seconds.
const AHEAD: i64 = 8 * 3_600;

/// A moment as calendar files have it: in UTC, so that no table of time zones is needed.
#[must_use]
pub fn utc(moment: Moment) -> When {
    let utc = moment.plus_seconds(-AHEAD).civil();
    When::Second(utc.year(), utc.month(), utc.day(), utc.hour(), utc.minute(), utc.second())
}

/// How long a calendar keeps free for a meeting, in seconds: nobody knows beforehand how long it takes.
const KEPT_FREE: i64 = 2 * 3_600;

/// When a meeting that begins then is over for a calendar.
#[must_use]
pub fn kept_free(starts: Moment) -> When {
    utc(starts.plus_seconds(KEPT_FREE))
}

/// By what a meeting, or whatever else, is known in calendars: the same in each that has it.
#[must_use]
pub fn calendar_id(cx: &Cx, thing: &StreamName, part: &str) -> String {
    let host = cx.app.public_url.split_once("://").map_or("yishi", |(_, host)| host);
    let host = host.split(':').next().unwrap_or(host);
    let thing = thing.as_str().replace('/', "-");
    format!("{thing}{part}@{host}")
}

/// A day as papers write it: 2026年5月9日.
#[must_use]
pub fn day(moment: Moment) -> String {
    written(moment.date())
}

/// The last day of a deadline, written alike.
#[must_use]
pub fn due(moment: Moment) -> String {
    written(moment.deadline_date())
}

/// By when something is due, to the minute: 2026年5月9日19:30前; the end of a day is that day:
/// 2026年5月9日前.
#[must_use]
pub fn before(moment: Moment) -> String {
    let ends_a_day = moment.plus_seconds(-1).end_of_day_after(0) == moment;
    let said = if ends_a_day { due(moment) } else { minute(moment) };
    format!("{said}前")
}

/// A day with the time of day: 2026年5月9日19:30.
#[must_use]
pub fn minute(moment: Moment) -> String {
    let time = moment.civil().time();
    format!("{}{:02}:{:02}", day(moment), time.hour(), time.minute())
}

fn written(date: impl std::fmt::Display) -> String {
    // A date is written year-month-day, each with leading zeros that papers leave out.
    let text = date.to_string();
    let parts: Vec<&str> = text.splitn(3, '-').map(|part| part.trim_start_matches('0')).collect();
    match parts.as_slice() {
        [year, month, day] => format!("{year}年{month}月{day}日"),
        _ => text,
    }
}

/// What a file of a paper is called: its title and number.
#[must_use]
pub fn file_name<K: Kept>(sheet: &Sheet<K>) -> String {
    let paper = sheet.paper();
    let name = format!("{}{}", paper.title, paper.number);
    // What no system takes in the name of a file.
    name.chars().filter(|c| !r#"/\:*?"<>|"#.contains(*c) && !c.is_control()).collect::<String>() + ".docx"
}

/// A file to take away; its name for browsers that know only ASCII stands beside it.
#[must_use]
pub fn attached(kind: &str, name: &str, plain: &str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", ui::encoded(name));
    let headers = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    (headers, bytes).into_response()
}

fn file<K: Kept>(sheet: &Sheet<K>) -> Response {
    const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    attached(DOCX, &file_name(sheet), "yishi.docx", docx(sheet.paper()))
}

fn page<K: Kept>(cx: &Cx, sheet: &Sheet<K>, at: &Place, nav: Nav) -> Response {
    let t = cx.locale;
    let (back, name) = &at.back;
    let main = html! {
        p.crumbs { a href=(back) { (name) } }
        div.actions.no-print {
            (ui::print_button(t))
            a.button.second href={ (at.link) ".docx" } download { (t.say("paper-docx")) }
        }
        (body(sheet))
    };
    let (locale, view, here) = (t, cx.view, at.link.as_str());
    let title = &sheet.paper().title;
    Page { locale, view, here, title, nav, width: Width::Narrow, main }.render().into_response()
}

/// The paper itself.
fn body<K: Kept>(sheet: &Sheet<K>) -> Markup {
    let paper = sheet.paper();
    html! {
        article.paper lang="zh-Hans" {
            @if !paper.issuer.is_empty() { p.paper-issuer { (paper.issuer) } }
            h1 { (paper.title) }
            @if !paper.number.is_empty() { p.paper-number { (paper.number) } }
            @if !paper.entry.is_empty() { p.paper-entry { (paper.entry) } }
            @for part in paper.parts() { (laid_out(&part)) }
        }
    }
}

fn laid_out(part: &Part<'_>) -> Markup {
    match part {
        Part::Field(name, value) => html! { p.paper-text { (name) "：" (value) } },
        Part::Heading(text) => html! { h2 { (text) } },
        Part::Item(text) => html! { p.paper-item { (text) } },
        Part::Point(text) => html! { p.paper-text { (text) } },
        Part::Text(text) => html! { p.paper-text { (text) } },
        Part::Table(table) => {
            let all: u32 = table.columns.iter().map(|column| column.width).sum::<u32>().max(1);
            html! {
                div.scroll tabindex="0" role="group" { table.writing[table.height == Rows::Writing] {
                    colgroup { @for column in &table.columns { col width={ (column.width * 100 / all) "%" }; } }
                    thead { tr { @for column in &table.columns { th scope="col" { (column.name) } } } }
                    tbody { @for row in &table.rows { tr { @for cell in row { td { (cell) } } } } }
                } }
            }
        }
        Part::Signatures(lines) => {
            html! { div.paper-signs { @for line in *lines { p { (line) "：" span.paper-sign {} } } } }
        }
        Part::Closing(lines) => html! { div.paper-closing { @for line in *lines { p { (line) } } } },
        Part::Small(text) => html! { p.paper-small { (text) } },
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_end_of_a_day_is_that_day_and_no_midnight() {
        let at = |text: &str| Moment::at(text.parse().unwrap()).unwrap();
        let evening = at("2026-11-20T18:30");
        assert_eq!(before(evening), "2026年11月20日18:30前");
        assert_eq!(before(evening.end_of_day_after(0)), "2026年11月20日前");
        assert_eq!(before(at("2026-12-01T00:00")), "2026年11月30日前");
    }
}

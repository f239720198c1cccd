//! Lists as files that people take away: written row by row, sent with the name and the day. What
//! the columns mean, and which rows there are, is the features'.

use crate::feature::Soon;
use crate::papers::attached;
use crate::{Cx, Error};
use axum::extract::Path;
use axum::response::Response;
use maud::{Markup, html};
use yishi_kernel::refusal::Common;
use yishi_kernel::{Moment, Refusal};
use yishi_office::places::reads::LedgerRow;
use yishi_spreadsheet::write::{Cell, Column, Form, Head, MOST_ROWS, WriteError, Writing};
use yishi_store::Fault;

impl From<WriteError> for Error {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::TooLong => Refusal::from(Common::ListTooLong { most: MOST_ROWS }).into(),
            WriteError::Failed(_) => Fault::unreadable(error.to_string()).into(),
        }
    }
}

/// The form that the last part of an address asks for: `ledger.xlsx`.
///
/// # Errors
/// When nothing is written that way.
pub fn wanted(name: &str) -> Result<(&str, Form), Error> {
    let (word, ending) = name.rsplit_once('.').ok_or(Error::NotFound)?;
    Ok((word, Form::of_ending(ending).ok_or(Error::NotFound)?))
}

/// Ends a list and sends it, called by its title and the day.
///
/// # Errors
/// When the machine has no room for it.
pub async fn send(cx: &Cx, form: Form, head: &Head, writing: Writing) -> Result<Response, Error> {
    // A long one takes a second to pack, which nobody else should wait for.
    let written = tokio::task::spawn_blocking(move || writing.end()).await;
    let bytes = written.map_err(|_| Error::Panicked)??;
    let day = cx.now.date();
    let name = format!("{}{day}.{}", head.title, form.ending());
    let name: String = name.chars().filter(|c| !r#"/\:*?"<>|"#.contains(*c)).collect();
    let plain = format!("yishi-{day}.{}", form.ending());
    Ok(attached(form.media_type(), &name, &plain, bytes))
}

/// The day of a moment.
#[must_use]
pub fn day(moment: Moment) -> Cell {
    Cell::Day(moment.date())
}

/// The last day of a deadline.
#[must_use]
pub fn deadline(due: Moment) -> Cell {
    Cell::Day(due.deadline_date())
}

/// A moment to the minute.
#[must_use]
pub fn minute(moment: Moment) -> Cell {
    Cell::Minute(moment.civil())
}

/// Money, by its fen.
#[must_use]
pub fn yuan(fen: u64) -> Cell {
    i64::try_from(fen).map_or(Cell::Empty, Cell::Fen)
}

/// A count.
#[must_use]
pub fn count(count: impl TryInto<i64>) -> Cell {
    count.try_into().map_or(Cell::Empty, Cell::Number)
}

/// The ways to a list as files. `link` gives the address of each form.
#[must_use]
pub fn links(link: impl Fn(Form) -> String, cx: &Cx) -> Markup {
    let t = cx.locale;
    html! {
        @for form in Form::ALL {
            a.button.second href=(link(form)) download { (t.say(&format!("export-{}", form.ending()))) }
        }
    }
}

/// A list of a community that everyone reads, as a file as well (清单). A feature names its columns
/// and writes its rows; address, form, day and links are the same for all.
pub struct List {
    /// Its word in addresses.
    pub word: &'static str,
    /// The key of its title.
    pub title: &'static str,
    /// Its columns: the key of each name, and its width in characters.
    pub columns: &'static [(&'static str, u16)],
    /// Writes its rows, page by page.
    pub rows: RowsOf,
}

/// Writes the rows of a list.
pub type RowsOf = for<'a> fn(&'a Cx, &'a LedgerRow, &'a mut Writing) -> Soon<'a, ()>;

/// `GET /c/{slug}/lists/{name}`: a list of some feature as a file.
pub async fn serve(cx: Cx, Path((slug, name)): Path<(String, String)>) -> Result<Response, Error> {
    let t = cx.locale;
    let (word, form) = wanted(&name)?;
    let mut lists = cx.app.features.iter().flat_map(|feature| feature.lists);
    let list = lists.find(|list| list.word == word).ok_or(Error::NotFound)?;
    let ledger = cx.ledger(&slug).await?;
    let keeper = cx.place(ledger.ledger).await?;
    let head = Head {
        title: format!("{}{}{}", keeper.name, t.pick("", ": "), t.say(list.title)),
        lines: vec![t.with("export-made", &[("time", &t.time(cx.now))])],
        columns: list.columns.iter().map(|(key, width)| Column::new(t.say(key), *width)).collect(),
    };
    let mut writing = Writing::begin(form, &head)?;
    (list.rows)(&cx, &ledger, &mut writing).await?;
    send(&cx, form, &head, writing).await
}

/// The ways to a list of a community as files: no buttons, since residents come to read it here.
#[must_use]
pub fn of_list(slug: &str, word: &str, cx: &Cx) -> Markup {
    let t = cx.locale;
    html! {
        @for form in Form::ALL {
            a.file href={ "/c/" (slug) "/lists/" (word) "." (form.ending()) } download { (t.say(&format!("export-{}", form.ending()))) }
        }
    }
}

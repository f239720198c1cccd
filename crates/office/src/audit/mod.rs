//! The laws of the books 账目核查: what must hold of all that is recorded, whoever did what. Each
//! feature names its own in the list of features; `yishi audit` asks all of them. A law reads page
//! by page and changes nothing; it is asked of a store that nobody is writing to.

mod texts;

pub(crate) use texts::{Found as FoundBy, Gone, Jobs, Served, Shown, Withdrawn};

use crate::DERIVED;
use crate::endings::{Roll, waiting};
use crate::features::LAWS;
use crate::{Failure, Office, Viewed};
use serde::Serialize;
use std::pin::Pin;
use yishi_kernel::{PlaceId, StreamName};
use yishi_store::args;
use yishi_store::compare;
use yishi_store::duty::{self, Key};
use yishi_store::ledgers::ledgers;
use yishi_store::query::{Query, Shape};

/// Rows read at once.
pub(crate) const PAGE: i64 = 1_000;

/// Whether a law holds, as a line of JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Found {
    /// What it says, in a few words.
    pub law: &'static str,
    /// Whether it holds.
    pub holds: bool,
    /// How many things were looked at.
    pub checked: u64,
    /// The first for which it does not hold.
    pub example: Option<String>,
    /// What to do where it does not.
    pub remedy: Option<&'static str>,
}

/// What a law looked at.
#[derive(Clone, Debug, Default)]
pub(crate) struct Looked {
    /// How many things.
    pub checked: u64,
    /// The first that is not as it should be.
    pub wrong: Option<String>,
}

/// A law of the books.
pub(crate) trait Law: Sync {
    /// What it says, in a few words.
    fn says(&self) -> &'static str;

    /// What to do where it does not hold.
    fn remedy(&self) -> &'static str;

    /// Looks whether it holds.
    fn look<'a>(&'a self, office: &'a Office) -> Looking<'a>;
}

/// A look at the books.
pub(crate) type Looking<'a> = Pin<Box<dyn Future<Output = Result<Looked, Failure>> + Send + 'a>>;

impl Looked {
    /// One more, and what is wrong with it where anything is.
    pub(crate) fn at(&mut self, wrong: Option<String>) {
        self.checked += 1;
        if self.wrong.is_none() {
            self.wrong = wrong;
        }
    }
}

/// Rows of a table, page by page: for laws that look at all of it.
pub(crate) struct Pages<R: 'static> {
    query: &'static Query<R>,
    key: fn(&R) -> (String, String),
    after: (String, String),
}

impl<R: Shape> Pages<R> {
    /// Those of a query that goes on after the two parts of a key, so many at a time.
    pub(crate) fn of(query: &'static Query<R>, key: fn(&R) -> (String, String)) -> Self {
        Self { query, key, after: (String::new(), String::new()) }
    }

    /// The next of them; nothing at the end.
    pub(crate) async fn next(&mut self, office: &Office) -> Result<Option<Vec<R>>, Failure> {
        let page = self.query.all(&office.db, &args![&self.after.0, &self.after.1, PAGE]).await?;
        let Some(last) = page.last() else { return Ok(None) };
        self.after = (self.key)(last);
        Ok(Some(page))
    }
}

/// A line of a list of things, by which each of them is found.
pub(crate) trait Thing {
    /// The thing's state.
    type Of: Viewed;

    /// Its ledger and name.
    fn thing(&self) -> (PlaceId, StreamName);
}

/// Declares which thing a line of a ledger and an id is: `thing!(Line => Meeting)`.
macro_rules! thing {
    ($line:ty => $of:ty) => {
        impl $crate::audit::Thing for $line {
            type Of = $of;

            fn thing(&self) -> (yishi_kernel::PlaceId, yishi_kernel::StreamName) {
                (self.ledger, self.id.into())
            }
        }
    };
}

pub(crate) use thing;

/// All things of one kind, one after the other: for laws that look at each.
pub(crate) struct Things<R: 'static> {
    pages: Pages<R>,
    read: std::vec::IntoIter<R>,
}

impl<R: Shape + Thing> Things<R> {
    /// Those of a query that goes on after ledger and id, so many at a time.
    pub(crate) fn of(query: &'static Query<R>) -> Self {
        let key = |line: &R| {
            let (ledger, stream) = line.thing();
            (ledger.to_string(), stream.id().to_owned())
        };
        Self { pages: Pages::of(query, key), read: Vec::new().into_iter() }
    }

    /// The line of the next of them; nothing at the end.
    pub(crate) async fn line(&mut self, office: &Office) -> Result<Option<R>, Failure> {
        loop {
            if let Some(line) = self.read.next() {
                return Ok(Some(line));
            }
            let Some(page) = self.pages.next(office).await? else { return Ok(None) };
            self.read = page.into_iter();
        }
    }

    /// The next of them that is there, with its line.
    pub(crate) async fn next(&mut self, office: &Office) -> Result<Option<(R, R::Of)>, Failure> {
        while let Some(line) = self.line(office).await? {
            let (ledger, stream) = line.thing();
            if let Some(state) = office.load::<R::Of>(ledger, &stream).await?.state {
                return Ok(Some((line, state)));
            }
        }
        Ok(None)
    }
}

impl Looked {
    /// One more thing, and why it is wrong where it is.
    pub(crate) fn thing(&mut self, line: &impl Thing, why: Option<impl std::fmt::Display>) {
        let (ledger, stream) = line.thing();
        self.at(why.map(|why| format!("{ledger}/{stream}: {why}")));
    }
}

impl Office {
    /// Asks every law of the books.
    pub async fn audit(&self) -> Result<Vec<Found>, Failure> {
        let mut all = Vec::new();
        for law in LAWS {
            let Looked { checked, wrong } = law.look(self).await?;
            let remedy = wrong.as_ref().map(|_| law.remedy());
            all.push(Found { law: law.says(), holds: wrong.is_none(), checked, example: wrong, remedy });
        }
        Ok(all)
    }
}

/// What to do where a table is another than the entries make it.
const REBUILD: &str =
    "find out who changed the database; then stop the program and run `yishi ledger rebuild`";

/// What to do where an entry or a value is another than it was recorded.
pub(crate) const RESTORE: &str = "find out who changed the database; `yishi ledger verify` says what else they changed; put the newest backup back";

/// What is open has somebody who is there for it, a next step and a due time.
#[derive(Debug)]
pub(crate) struct Held;

impl Law for Held {
    fn says(&self) -> &'static str {
        "what is open has a holder who is there, a next step and a due time"
    }

    fn remedy(&self) -> &'static str {
        "start `yishi serve`: it passes on what hangs on somebody who left; what is still told then, give to somebody on its page"
    }

    fn look<'a>(&'a self, office: &'a Office) -> Looking<'a> {
        Box::pin(async move {
            let (mut looked, mut after) = (Looked::default(), Key::FIRST);
            loop {
                let page = duty::all_after(&office.db, &after, PAGE).await?;
                let Some(last) = page.last() else { return Ok(looked) };
                after = last.into();
                let all: Vec<_> = page.iter().map(waiting).collect();
                let who = all.iter().map(|(_, _, holder, at)| (holder, *at));
                let roll = Roll::of(&office.db, office.now(), who).await?;
                for (duty, (_, _, holder, at)) in page.iter().zip(&all) {
                    let there = roll.is_there(holder, *at) && !duty.step.is_empty() && duty.due.0 > 0;
                    let wrong =
                        || format!("{}/{}: {} by {}", duty.ledger, duty.stream, duty.step, holder.as_str());
                    looked.at((!there).then(wrong));
                }
            }
        })
    }
}

/// The table of what waits holds what the streams say.
#[derive(Debug)]
pub(crate) struct Waits;

impl Law for Waits {
    fn says(&self) -> &'static str {
        "what waits is what the streams say waits"
    }

    fn remedy(&self) -> &'static str {
        REBUILD
    }

    fn look<'a>(&'a self, office: &'a Office) -> Looking<'a> {
        Box::pin(async move {
            let mut looked = Looked::default();
            for row in ledgers(&office.db).await? {
                let compared = compare::duties(&office.db, &DERIVED, row.ledger).await?;
                looked.checked += compared.streams;
                let differs = compared.differs.map(|stream| format!("{}/{stream}", row.ledger));
                looked.wrong = looked.wrong.or(differs);
            }
            Ok(looked)
        })
    }
}

//! What must hold of texts that were corrected or taken back, and of values that were erased: the
//! newest reading is the one that is served, and what is gone stands nowhere. What quotes or
//! copies a text is its feature's to say.

use super::{Law, Looked, Looking, Pages, REBUILD, RESTORE};
use crate::endings::Ending;
use crate::features::registered;
use crate::{DERIVED, Failure, Office};
use std::collections::{BTreeMap, BTreeSet};
use yishi_kernel::{HolderKey, PlaceId, StreamName, ValueAt, Whom};
use yishi_store::amended::{self, Amended};
use yishi_store::ledgers::ledgers;
use yishi_store::{SearchIndex, compare, outbox};

/// Looks at each stream of which values are gone, and notes what is wrong with it.
async fn each_amended(
    office: &Office,
    wrong: impl Fn(&Amended, &mut Looked, &dyn Fn(&ValueAt, &str) -> String),
) -> Result<Looked, Failure> {
    let mut looked = Looked::default();
    let mut streams = Streams::of(office).await?;
    while let Some((ledger, stream)) = streams.next(office).await? {
        let amended = Amended::load(&office.db, ledger, &stream).await?;
        let name = |value: &ValueAt, why: &str| {
            format!("{ledger}/{stream} version {} field {}: {why}", value.version, value.field)
        };
        wrong(&amended, &mut looked, &name);
    }
    Ok(looked)
}

/// All streams of which values are gone, one after another.
struct Streams {
    ledgers: Vec<PlaceId>,
    read: std::vec::IntoIter<StreamName>,
    after: String,
}

impl Streams {
    async fn of(office: &Office) -> Result<Self, Failure> {
        let ledgers = ledgers(&office.db).await?.into_iter().map(|row| row.ledger).collect();
        Ok(Self { ledgers, read: Vec::new().into_iter(), after: String::new() })
    }

    async fn next(&mut self, office: &Office) -> Result<Option<(PlaceId, StreamName)>, Failure> {
        loop {
            let Some(ledger) = self.ledgers.last().copied() else { return Ok(None) };
            if let Some(stream) = self.read.next() {
                stream.as_str().clone_into(&mut self.after);
                return Ok(Some((ledger, stream)));
            }
            let more = amended::streams(&office.db, ledger, &self.after).await?;
            if more.is_empty() {
                self.ledgers.pop();
                self.after.clear();
            }
            self.read = more.into_iter();
        }
    }
}

/// What is served of a text is its newest reading.
#[derive(Debug)]
pub(crate) struct Served;

impl Law for Served {
    fn says(&self) -> &'static str {
        "what is served of a text is what its newest commitment is about"
    }

    fn remedy(&self) -> &'static str {
        RESTORE
    }

    fn look<'a>(&'a self, office: &'a Office) -> Looking<'a> {
        Box::pin(each_amended(office, |amended, looked, name| {
            let served = amended.served();
            for (text, value) in &served {
                let newest = amended.is_newest(text, value);
                looked.at((!newest).then(|| name(text, "another text than the newest is served")));
            }
            // A newest reading that is kept, and is served to nobody.
            for gone in amended.gone() {
                let text = amended.text_of(&gone.value);
                let hidden = amended.keeps(&amended.newest(&text)) && !served.contains_key(&text);
                looked.at(hidden.then(|| name(&text, "the newest text is not served")));
            }
        }))
    }
}

/// What entries say is gone is kept nowhere.
#[derive(Debug)]
pub(crate) struct Gone;

impl Law for Gone {
    fn says(&self) -> &'static str {
        "what was corrected, taken back or erased is not kept"
    }

    fn remedy(&self) -> &'static str {
        "find out how it came back; stop the program, delete the row of table `private` that is named, then run `yishi ledger rebuild` and make a new backup"
    }

    fn look<'a>(&'a self, office: &'a Office) -> Looking<'a> {
        Box::pin(each_amended(office, |amended, looked, name| {
            for gone in amended.gone() {
                let why = match (amended.keeps(&gone.value), amended.committed(&gone.value, gone.by)) {
                    (true, _) => Some("it is kept"),
                    (false, false) => Some("an entry says that it is gone, and it never was there"),
                    (false, true) => None,
                };
                looked.at(why.map(|why| name(&gone.value, why)));
            }
        }))
    }
}

/// Nothing is served for a text that was taken back.
#[derive(Debug)]
pub(crate) struct Withdrawn;

impl Law for Withdrawn {
    fn says(&self) -> &'static str {
        "nothing is served for a text that was taken back"
    }

    fn remedy(&self) -> &'static str {
        Gone.remedy()
    }

    fn look<'a>(&'a self, office: &'a Office) -> Looking<'a> {
        Box::pin(each_amended(office, |amended, looked, name| {
            let served = amended.served();
            for gone in amended.gone() {
                let text = amended.text_of(&gone.value);
                // Where its newest reading is gone, none stands for it.
                if amended.newest(&text) == gone.value {
                    let wrong = served.contains_key(&text);
                    looked.at(wrong.then(|| name(&text, "something is served for it")));
                }
            }
        }))
    }
}

/// Tables hold what the streams say now, and no older text.
#[derive(Debug)]
pub(crate) struct Shown;

impl Law for Shown {
    fn says(&self) -> &'static str {
        "tables show what the entries and the texts that are kept say, and nothing else"
    }

    fn remedy(&self) -> &'static str {
        REBUILD
    }

    fn look<'a>(&'a self, office: &'a Office) -> Looking<'a> {
        Box::pin(async move {
            let mut looked = Looked { checked: DERIVED.tables().count() as u64, wrong: None };
            let wrong = compare::compare(&office.db, &DERIVED).await?;
            looked.wrong = wrong.first().map(ToString::to_string);
            Ok(looked)
        })
    }
}

/// Things are found by what their texts say now, and by no older text.
#[derive(Debug)]
pub(crate) struct Found;

/// What things of a ledger are to be found by in an index: each by its number there.
type Sought = BTreeMap<i64, (StreamName, Vec<Vec<String>>)>;

impl Law for Found {
    fn says(&self) -> &'static str {
        "things whose texts were corrected, taken back or erased are found by what is kept of them, and by nothing else"
    }

    fn remedy(&self) -> &'static str {
        REBUILD
    }

    fn look<'a>(&'a self, office: &'a Office) -> Looking<'a> {
        Box::pin(async move {
            let mut looked = Looked::default();
            let mut sought: BTreeMap<(PlaceId, &str), (&'static SearchIndex, Sought)> = BTreeMap::new();
            let mut streams = Streams::of(office).await?;
            while let Some((ledger, stream)) = streams.next(office).await? {
                let stored = Amended::load(&office.db, ledger, &stream).await?.stored();
                if let Some(terms) = registered(&stream)?.show(ledger, &stream, stored)?.terms {
                    let of_index = sought.entry((ledger, terms.index.name));
                    let (_, sought) = of_index.or_insert_with(|| (terms.index, Sought::new()));
                    sought.insert(terms.doc, (stream, terms.columns));
                }
            }
            for ((ledger, _), (index, sought)) in sought {
                let docs: BTreeSet<i64> = sought.keys().copied().collect();
                let mut there = office.db.indexed(index, ledger, &docs).await?;
                for (doc, (stream, columns)) in sought {
                    let said = office.db.as_indexed(index, &columns)?;
                    let wrong = there.remove(&doc).unwrap_or_default() != said;
                    looked.at(wrong.then(|| format!("{ledger}/{stream} in {}", index.name)));
                }
            }
            Ok(looked)
        })
    }
}

/// What is still to be done names things and people by their ids.
#[derive(Debug)]
pub(crate) struct Jobs;

impl Law for Jobs {
    fn says(&self) -> &'static str {
        "jobs that wait to be done hold ids and no texts"
    }

    fn remedy(&self) -> &'static str {
        "find out who wrote the job that is named; stop the program and delete its row of table `outbox`"
    }

    fn look<'a>(&'a self, office: &'a Office) -> Looking<'a> {
        Box::pin(async move {
            let mut looked = Looked::default();
            let mut pages =
                Pages::of(&outbox::ALL, |job: &outbox::Job| (job.ledger.to_string(), job.id.to_string()));
            while let Some(page) = pages.next(office).await? {
                for job in page {
                    let wrong = !holds_ids(&job);
                    looked.at(wrong.then(|| format!("{}/{} ({})", job.ledger, job.id, job.kind)));
                }
            }
            Ok(looked)
        })
    }
}

/// Whether a job holds nothing but ids: what it says is all that is read of it, and its holder is
/// one by id.
fn holds_ids(job: &outbox::Job) -> bool {
    let Ok(ending) = serde_json::from_str::<Ending>(&job.body) else { return false };
    let alone = serde_json::to_string(&ending).is_ok_and(|said| said == job.body);
    alone
        && match &ending {
            Ending::Holder { key, .. } => HolderKey::stored(key).whom() != Whom::Nobody,
            Ending::Place(_) => true,
        }
}

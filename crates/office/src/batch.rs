//! What one command brings about in streams of one ledger, with the rows that follow: entries,
//! what must not have changed, and the difference of read models. It decides nothing.

use crate::Failure;
use crate::correct::Correcting;
use crate::erase::{Erasing, Hand};
use crate::viewed::{Viewed, rows_of};
use serde_json::json;
use yishi_kernel::amend::{Amendment, amended};
use yishi_kernel::record::{self, Record, SENT, Subject};
use yishi_kernel::refusal::Common;
use yishi_kernel::{Context, Loaded, Moment, PlaceId, Role, Stamped, StreamName, ValueAt};
use yishi_store::duty::FileUse;
use yishi_store::outbox::Job;
use yishi_store::replay::Fate;
use yishi_store::table::TableRow as _;
use yishi_store::{Append, Db, Fault, Guard, NewEntry, RowOf, TermsOf, Value, Write, ledgers, replay};

/// A batch of one ledger, recorded together or not at all.
#[derive(Debug)]
pub struct Batch {
    ledger: PlaceId,
    now: Moment,
    entries: Vec<NewEntry>,
    guards: Vec<Guard>,
    deletes: Vec<Write>,
    puts: Vec<Write>,
    erasures: Vec<(String, u64, String)>,
    jobs: Vec<Job>,
}

impl Batch {
    /// An empty one.
    #[must_use]
    pub fn new(ledger: PlaceId, now: Moment) -> Self {
        Self {
            ledger,
            now,
            entries: Vec::new(),
            guards: Vec::new(),
            deletes: Vec::new(),
            puts: Vec::new(),
            erasures: Vec::new(),
            jobs: Vec::new(),
        }
    }

    /// This must still stand so when the batch is recorded.
    pub(crate) fn guard(&mut self, guard: Guard) {
        self.guards.push(guard);
    }

    /// Whether it changes nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.erasures.is_empty()
    }

    /// What the form said that it follows from, kept with its first entry.
    pub(crate) fn sent(&mut self, said: Option<&str>) {
        if let (Some(entry), Some(said)) = (self.entries.first_mut(), said) {
            entry.private.insert(SENT.to_owned(), format!("\"{said}\""));
        }
    }

    /// Another batch of the same ledger, to be recorded after this one and with it.
    #[must_use]
    pub(crate) fn then(mut self, other: Batch) -> Batch {
        self.now = self.now.max(other.now);
        self.entries.extend(other.entries);
        self.guards.extend(other.guards);
        self.deletes.extend(other.deletes);
        self.puts.extend(other.puts);
        self.erasures.extend(other.erasures);
        self.jobs.extend(other.jobs);
        self
    }

    /// Records what happened in a stream, in the role it was done in.
    pub fn record<S: Viewed>(
        &mut self,
        stream: &StreamName,
        loaded: &mut Loaded<S>,
        role: Role,
        events: Vec<Stamped<S::Event>>,
    ) -> Result<(), Fault> {
        let before = Snapshot::of(self.ledger, stream, loaded);
        for event in events {
            let record = record::encode(&event).map_err(Fault::unreadable)?;
            loaded.push(&event, record.private.clone());
            if let Some(ending) = loaded.get().and_then(|state| S::ending(stream.id(), state, &event.what)) {
                self.jobs.push(ending.job(self.ledger, stream, loaded.version, self.now)?);
            }
            self.entry(stream, loaded, role, record);
        }
        self.difference(stream, before, Snapshot::of(self.ledger, stream, loaded));
        Ok(())
    }

    /// Erases values of a stream, which is an entry of it; its rows are written anew without
    /// them. The stream must still stand where it was read. Nothing to erase is no entry.
    pub(crate) async fn erase<S: Viewed>(
        &mut self,
        db: &Db,
        stream: &StreamName,
        what: &Erasing,
        hand: &Hand,
    ) -> Result<(), Fault> {
        let kept = replay::load::<S>(db, self.ledger, stream).await?;
        let fate = |value: &ValueAt, whose| match what.takes(value, whose) {
            true => Fate::Goes,
            false => Fate::Stays,
        };
        let (left, values) = replay::changed::<S>(db, self.ledger, stream, &kept, fate).await?;
        if values.is_empty() {
            return Ok(());
        }
        self.go(stream, &values);
        let before = Snapshot::of(self.ledger, stream, &kept);
        let erased = Amendment::Erased { values, reason: what.reason };
        // Where it was read first: if it has grown since, this is decided anew.
        let mut left = Loaded { version: kept.version, ..left };
        self.amend(stream, &mut left, hand, erased)?;
        self.difference(stream, before, Snapshot::of(self.ledger, stream, &left));
        Ok(())
    }

    /// Corrects a text for everyone or takes it back, which is an entry of its stream; what quotes
    /// it goes along. Gives the old text, as JSON; nothing where nothing changes.
    ///
    /// # Errors
    /// When no such text stands there.
    pub(crate) async fn correct<S: Viewed>(
        &mut self,
        db: &Db,
        stream: &StreamName,
        what: &Correcting,
        hand: &Hand,
        ctx: &Context<'_>,
    ) -> Result<Option<String>, Failure> {
        let kept = replay::load::<S>(db, self.ledger, stream).await?;
        let ValueAt { version, field } = what.value.clone();
        let Some(old) = kept.private.get(&(version, field.clone())).cloned() else {
            // A form that was sent twice takes back what is not there any more.
            let entries = ledgers::entries_of(db, self.ledger, stream).await?;
            let before = entries.iter().any(|entry| entry.takes_back(stream, &what.value));
            return if before && what.text.is_none() { Ok(None) } else { Err(Common::Unknown.into()) };
        };
        let said: Option<String> = serde_json::from_str(&old).ok();
        if !self.reword(db, stream, kept, std::slice::from_ref(&what.value), what, hand, ctx).await? {
            return Err(Common::Unknown.into());
        }
        if said.is_some() && said == what.text {
            *self = Self::new(self.ledger, self.now);
            return Ok(None);
        }
        Ok(Some(old))
    }

    /// Does to a stream what follows from a text of another one that was corrected or taken back:
    /// a copy of it goes the same way, and what quotes it is taken back.
    pub(crate) async fn requote<S: Viewed>(
        &mut self,
        db: &Db,
        stream: &StreamName,
        old: &str,
        what: &Correcting,
        hand: &Hand,
        ctx: &Context<'_>,
    ) -> Result<(), Failure> {
        let kept = replay::load::<S>(db, self.ledger, stream).await?;
        let copies = kept
            .private
            .iter()
            .filter(|((_, field), value)| S::COPIES.contains(&field.as_str()) && value.as_str() == old);
        let copies: Vec<ValueAt> =
            copies.map(|((version, field), _)| ValueAt { version: *version, field: field.clone() }).collect();
        self.reword(db, stream, kept, &copies, what, hand, ctx).await?;
        Ok(())
    }

    /// Has these texts of a stream read otherwise or go, and what quotes them go with them.
    /// Whether anything was there.
    #[expect(clippy::too_many_arguments, reason = "a stream, what is done to it, and by whom")]
    async fn reword<S: Viewed>(
        &mut self,
        db: &Db,
        stream: &StreamName,
        kept: Loaded<S>,
        which: &[ValueAt],
        what: &Correcting,
        hand: &Hand,
        ctx: &Context<'_>,
    ) -> Result<bool, Failure> {
        let quotes = |value: &ValueAt| S::QUOTES.contains(&value.field.as_str());
        let text = what.text.as_ref().map(|text| json!(text).to_string());
        let fate = |value: &ValueAt, whose| match (&text, which.contains(value)) {
            _ if whose != Subject::Public => Fate::Stays,
            _ if quotes(value) => Fate::Goes,
            (Some(text), true) => Fate::Becomes(text.clone()),
            (None, true) => Fate::Goes,
            (_, false) => Fate::Stays,
        };
        let (left, values) = replay::changed::<S>(db, self.ledger, stream, &kept, fate).await?;
        let missing = which.iter().any(|value| quotes(value) || !values.contains(value));
        if values.is_empty() || missing {
            return Ok(false);
        }
        self.go(stream, &values);
        let before = Snapshot::of(self.ledger, stream, &kept);
        let mut left = Loaded { version: kept.version, ..left };
        let reason = what.reason;
        match (&what.text, which.split_first()) {
            (Some(text), Some((first, others))) => {
                // What goes with them is told once.
                let own = values.into_iter().filter(|value| !others.contains(value)).collect();
                let each = others.iter().map(|value| (value, vec![value.clone()]));
                for (ValueAt { version, field }, values) in std::iter::once((first, own)).chain(each) {
                    let (version, field, text) = (*version, field.clone(), text.as_str().into());
                    let corrected = Amendment::Corrected { version, field, values, text, reason };
                    self.amend(stream, &mut left, hand, corrected)?;
                }
            }
            _ => self.amend(stream, &mut left, hand, Amendment::TakenBack { values, reason })?,
        }
        self.follow(stream, &mut left, hand, ctx)?;
        self.difference(stream, before, Snapshot::of(self.ledger, stream, &left));
        Ok(true)
    }

    /// What happens to a thing because a text was corrected or taken back that it says or quotes.
    fn follow<S: Viewed>(
        &mut self,
        stream: &StreamName,
        loaded: &mut Loaded<S>,
        hand: &Hand,
        ctx: &Context<'_>,
    ) -> Result<(), Fault> {
        let events = loaded.get().map(|state| state.requoted(ctx)).unwrap_or_default();
        for what in events {
            let event = Stamped { time: hand.now, by: hand.account.map(Into::into), what };
            let record = record::encode(&event).map_err(Fault::unreadable)?;
            loaded.push(&event, record.private.clone());
            self.entry(stream, loaded, hand.role, record);
        }
        Ok(())
    }

    /// These values go.
    fn go(&mut self, stream: &StreamName, values: &[ValueAt]) {
        self.erasures.extend(
            values.iter().map(|value| (stream.as_str().to_owned(), value.version, value.field.clone())),
        );
    }

    /// Records what happened to values of a stream.
    fn amend<S: Viewed>(
        &mut self,
        stream: &StreamName,
        loaded: &mut Loaded<S>,
        hand: &Hand,
        what: Amendment,
    ) -> Result<(), Fault> {
        let by = hand.account.map(Into::into);
        let record = amended::<S>(&Stamped { time: hand.now, by, what }).map_err(Fault::unreadable)?;
        loaded.amended(record.private.clone());
        self.entry(stream, loaded, hand.role, record);
        Ok(())
    }

    /// The entry of what a stream was just taken to.
    fn entry<S: Viewed>(&mut self, stream: &StreamName, loaded: &Loaded<S>, role: Role, record: Record) {
        let published = record.published();
        self.entries.push(NewEntry {
            stream: stream.as_str().to_owned(),
            version: loaded.version,
            kind: record.kind,
            role: role.word().to_owned(),
            place: loaded.get().and_then(S::place).map(|place| place.to_string()),
            published,
            public: record.public,
            private: record.private,
        });
    }

    /// Files whose use by a stream ends with it.
    pub(crate) fn freed(&self) -> Vec<String> {
        let file = |write: &Write| match write {
            Write::Delete { table, key } if *table == FileUse::TABLE => match key.last() {
                Some(Value::Text(digest)) => Some(digest.clone()),
                _ => None,
            },
            _ => None,
        };
        self.deletes.iter().filter_map(file).collect()
    }

    fn difference(&mut self, stream: &StreamName, before: Snapshot, after: Snapshot) {
        for row in &before.rows {
            let gone = !after.rows.iter().any(|new| same_key(row, new));
            if gone {
                self.deletes.push(Write::Delete { table: row.table, key: row.key().to_vec() });
            }
        }
        for row in after.rows {
            if !before.rows.contains(&row) {
                self.puts.push(Write::Put { row, stream: stream.as_str().to_owned() });
            }
        }
        if let Some(terms) = after.terms.filter(|terms| Some(terms) != before.terms.as_ref()) {
            self.puts.push(Write::Terms {
                index: terms.index,
                ledger: self.ledger.0,
                doc: terms.doc,
                columns: terms.columns,
            });
        }
    }

    /// Ready to be recorded.
    #[must_use]
    pub fn into_append(self) -> Append {
        // A row may pass from one stream to another, as a merged matter's place in its
        // family does: first all that goes, then all that comes.
        let writes = self.deletes.into_iter().chain(self.puts).collect();
        Append {
            ledger: self.ledger.0,
            now: self.now.0,
            entries: self.entries,
            guards: self.guards,
            writes,
            erasures: self.erasures,
            jobs: self.jobs,
        }
    }
}

/// What a stream shows in read models.
struct Snapshot {
    rows: Vec<RowOf>,
    terms: Option<TermsOf>,
}

impl Snapshot {
    fn of<S: Viewed>(ledger: PlaceId, stream: &StreamName, loaded: &Loaded<S>) -> Self {
        let terms = loaded.get().and_then(|state| S::terms(stream.id(), state, loaded));
        Self { rows: rows_of(ledger, stream, loaded).0, terms }
    }
}

fn same_key(one: &RowOf, other: &RowOf) -> bool {
    one.table == other.table && one.key() == other.key()
}

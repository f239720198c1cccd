//! Changing values of one stream, whatever feature it is of: they are erased, or a text for
//! everyone is corrected or taken back. The old values go, the stream's rows are written anew,
//! and an entry says what was done. Who may was asked before; which streams, too.

use crate::correct::Correcting;
use crate::erase::{Erasing, Hand};
use crate::viewed::Viewed;
use crate::{Batch, Failure, batch::Snapshot};
use serde_json::json;
use yishi_kernel::amend::{Amendment, amended};
use yishi_kernel::record::{self, Subject};
use yishi_kernel::refusal::Common;
use yishi_kernel::text::excerpt;
use yishi_kernel::{Context, Loaded, Stamped, StreamName, ValueAt};
use yishi_store::replay::Fate;
use yishi_store::{Db, Fault, ledgers, replay};

/// A stream whose values are changed, by whom, and the batch that it is recorded with.
#[derive(Debug)]
pub struct Amending<'a> {
    /// Where its values lie.
    pub db: &'a Db,
    /// What is recorded.
    pub batch: &'a mut Batch,
    /// Which.
    pub stream: &'a StreamName,
    /// Who does it.
    pub hand: &'a Hand,
}

/// A text of a stream and what it reads from now on; nothing where it is taken back.
type Rewording = (ValueAt, Option<String>);

impl Amending<'_> {
    /// Erases values, which is an entry of the stream; its rows are written anew without them.
    /// The stream must still stand where it was read. Nothing to erase is no entry.
    pub(crate) async fn erase<S: Viewed>(mut self, what: &Erasing) -> Result<(), Fault> {
        let kept = self.load::<S>().await?;
        let fate = |value: &ValueAt, whose| match what.takes(value, whose) {
            true => Fate::Goes,
            false => Fate::Stays,
        };
        let (left, values) = self.changed(&kept, fate).await?;
        if values.is_empty() {
            return Ok(());
        }
        self.batch.go(self.stream, &values);
        // Where it was read first: if it has grown since, this is decided anew.
        let mut left = Loaded { version: kept.version, ..left };
        self.amend(&mut left, Amendment::Erased { values, reason: what.reason })?;
        self.shown(&kept, &left);
        Ok(())
    }

    /// Corrects a text for everyone or takes it back, which is an entry of its stream; what quotes
    /// it goes along. Gives the old text, as JSON; nothing where nothing changes.
    ///
    /// # Errors
    /// When no such text stands there.
    pub(crate) async fn correct<S: Viewed>(
        mut self,
        what: &Correcting,
        ctx: &Context<'_>,
    ) -> Result<Option<String>, Failure> {
        let kept = self.load::<S>().await?;
        let ValueAt { version, field } = what.value.clone();
        let Some(old) = kept.private.get(&(version, field)).cloned() else {
            // A form that was sent twice takes back what is not there any more.
            let entries = ledgers::entries_of(self.db, self.batch.ledger, self.stream).await?;
            let before = entries.iter().any(|entry| entry.takes_back(self.stream, &what.value));
            return if before && what.text.is_none() { Ok(None) } else { Err(Common::Unknown.into()) };
        };
        let said: Option<String> = serde_json::from_str(&old).ok();
        let text = [(what.value.clone(), what.text.clone())];
        let gone = self.reword(kept, &text, what, ctx).await?;
        // A private value is no text for everyone, and a digest of minutes none that anybody wrote.
        if !gone.contains(&what.value) || S::QUOTES.contains(&what.value.field.as_str()) {
            return Err(Common::Unknown.into());
        }
        if said.is_some() && said == what.text {
            self.batch.clear();
            return Ok(None);
        }
        Ok(Some(old))
    }

    /// Does to a stream what follows from a text of another one that was corrected or taken back:
    /// a copy of it, whole or shortened, goes the same way, and what quotes it is taken back.
    pub(crate) async fn requote<S: Viewed>(
        mut self,
        old: &str,
        what: &Correcting,
        ctx: &Context<'_>,
    ) -> Result<(), Failure> {
        let kept = self.load::<S>().await?;
        let Ok(old) = serde_json::from_str::<String>(old) else { return Ok(()) };
        let fields = kept.private.iter().filter(|((_, field), _)| S::COPIES.contains(&field.as_str()));
        let copies = fields.filter_map(|((version, field), value)| {
            let value: String = serde_json::from_str(value).ok()?;
            let text = match value == old {
                true => what.text.clone(),
                false => shortened(&value, &old, what.text.as_deref())?,
            };
            Some((ValueAt { version: *version, field: field.clone() }, text))
        });
        let copies: Vec<Rewording> = copies.collect();
        self.reword(kept, &copies, what, ctx).await?;
        Ok(())
    }

    /// Has those of some values of a stream that are texts for everyone read otherwise or go, and
    /// what quotes them go with them. Gives all that is gone.
    async fn reword<S: Viewed>(
        &mut self,
        kept: Loaded<S>,
        which: &[Rewording],
        what: &Correcting,
        ctx: &Context<'_>,
    ) -> Result<Vec<ValueAt>, Failure> {
        let quotes = |value: &ValueAt| S::QUOTES.contains(&value.field.as_str());
        let fate = |value: &ValueAt, whose| match which.iter().find(|(one, _)| one == value) {
            _ if whose != Subject::Public => Fate::Stays,
            _ if quotes(value) => Fate::Goes,
            Some((_, Some(text))) => Fate::Becomes(json!(text).to_string()),
            Some((_, None)) => Fate::Goes,
            None => Fate::Stays,
        };
        let (left, values) = self.changed(&kept, fate).await?;
        if values.is_empty() {
            return Ok(values);
        }
        let gone = values.clone();
        self.batch.go(self.stream, &values);
        let mut left = Loaded { version: kept.version, ..left };
        let reason = what.reason;
        let which: Vec<&Rewording> =
            which.iter().filter(|(value, _)| values.contains(value) && !quotes(value)).collect();
        match (&what.text, which.split_first()) {
            (Some(_), Some((first, others))) => {
                // What goes with them is told once.
                let of_others = |value: &ValueAt| others.iter().any(|(one, _)| one == value);
                let own = values.into_iter().filter(|value| !of_others(value)).collect();
                let each = others.iter().map(|one| (*one, vec![one.0.clone()]));
                for ((value, text), values) in std::iter::once((*first, own)).chain(each) {
                    let ValueAt { version, field } = value.clone();
                    let text = text.clone().unwrap_or_default().into();
                    self.amend(&mut left, Amendment::Corrected { version, field, values, text, reason })?;
                }
            }
            _ => self.amend(&mut left, Amendment::TakenBack { values, reason })?,
        }
        self.follow(&mut left, ctx)?;
        self.shown(&kept, &left);
        Ok(gone)
    }

    /// What happens to a thing because a text was corrected or taken back that it says or quotes.
    fn follow<S: Viewed>(&mut self, loaded: &mut Loaded<S>, ctx: &Context<'_>) -> Result<(), Fault> {
        let events = loaded.get().map(|state| state.requoted(ctx)).unwrap_or_default();
        for what in events {
            let event = Stamped { time: self.hand.now, by: self.hand.account.map(Into::into), what };
            let record = record::encode(&event).map_err(Fault::unreadable)?;
            loaded.push(&event, record.private.clone());
            self.batch.entry(self.stream, loaded, self.hand.role, record);
        }
        Ok(())
    }

    /// Records what happened to values of the stream.
    fn amend<S: Viewed>(&mut self, loaded: &mut Loaded<S>, what: Amendment) -> Result<(), Fault> {
        let by = self.hand.account.map(Into::into);
        let record = amended::<S>(&Stamped { time: self.hand.now, by, what }).map_err(Fault::unreadable)?;
        loaded.amended(record.private.clone());
        self.batch.entry(self.stream, loaded, self.hand.role, record);
        Ok(())
    }

    async fn load<S: Viewed>(&self) -> Result<Loaded<S>, Fault> {
        replay::load::<S>(self.db, self.batch.ledger, self.stream).await
    }

    async fn changed<S: Viewed>(
        &self,
        kept: &Loaded<S>,
        fate: impl Fn(&ValueAt, Subject) -> Fate,
    ) -> Result<(Loaded<S>, Vec<ValueAt>), Fault> {
        replay::changed::<S>(self.db, self.batch.ledger, self.stream, kept, fate).await
    }

    /// The rows that are other ones from now on.
    fn shown<S: Viewed>(&mut self, before: &Loaded<S>, after: &Loaded<S>) {
        let ledger = self.batch.ledger;
        let [before, after] = [before, after].map(|loaded| Snapshot::of(ledger, self.stream, loaded));
        self.batch.difference(self.stream, before, after);
    }
}

/// What becomes of a text that is another one in one line, or its beginning: the same of what that
/// one reads now, as long as it was. Nothing where it is not.
fn shortened(copy: &str, old: &str, new: Option<&str>) -> Option<Option<String>> {
    let whole = excerpt(old, usize::MAX) == copy;
    let long = if whole { usize::MAX } else { copy.chars().count() };
    (excerpt(old, long) == copy).then(|| new.map(|new| excerpt(new, long)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_of_a_text_follows_it_and_no_other_text_does() {
        let old = "赵家门口的灯坏了，先不装。";
        let copy = excerpt(old, 8);
        assert_eq!(copy, "赵家门口的灯坏…");
        let new = Some("楼前的灯坏了，先不装，再议一次。");
        assert_eq!(shortened(&copy, old, new), Some(Some("楼前的灯坏了，…".to_owned())));
        assert_eq!(shortened(&copy, old, Some("改了")), Some(Some("改了".to_owned())));
        assert_eq!(shortened(&copy, old, None), Some(None));
        let lines = Some("楼前，\n再议一次".to_owned());
        assert_eq!(
            shortened("赵家 不装", "赵家\n不装", lines.as_deref()),
            Some(Some("楼前， 再议一次".to_owned()))
        );
        for other in ["赵家门口", "钱家门口的灯坏…", ""] {
            assert_eq!(shortened(other, old, new), None, "{other}");
        }
    }
}

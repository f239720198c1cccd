//! Links of calendars 日程订阅: by each a calendar program reads the days of one desk, as long as the
//! account works there. Only digests are kept, and a link that was made anew ends the one before. The
//! days themselves are said here; how a calendar is written is the pages' business.

use super::holders;
use crate::people::reads::actor;
use crate::{Failure, Office};
use std::collections::BTreeSet;
use yishi_domain::gatherings::{Form, GatheringId};
use yishi_domain::meetings::MeetingId;
use yishi_kernel::{AccountId, Actor, HolderKey, Moment, PlaceId};
use yishi_store::query::{args_and, args_and_pairs};
use yishi_store::{Fault, args, blobs, query, random_word, row};

/// Letters of a link: 130 bits that nobody can guess.
const LETTERS: usize = 26;
/// Most days of one kind in a calendar.
const MOST: i64 = 500;
/// How far a calendar goes back and ahead, in seconds.
const BACK: i64 = 30 * 86_400;
const AHEAD: i64 = 366 * 86_400;

row! {
    Link, from "calendar_link" {
        account: AccountId = "account",
        holder: String = "holder",
    }
}

row! {
    /// How often a thing was changed, and when it was last.
    pub Changed {
        /// The ledger.
        ledger: PlaceId = "e.ledger",
        /// The thing.
        stream: String = "e.stream",
        /// How often.
        version: u64 = "e.version",
        /// When.
        at: Moment = "e.at",
    }
}

row! {
    /// A meeting that is on a day.
    pub MeetingDay, from "meeting" {
        /// The ledger.
        ledger: PlaceId,
        /// The meeting.
        id: MeetingId,
        /// Its number.
        number: i64,
        /// What it is called.
        title: String,
        /// Where it lies.
        place: PlaceId,
        /// When it begins.
        starts: Moment,
    }
}

row! {
    /// A gathering that is on a day.
    pub GatheringDay, from "gathering" {
        /// The ledger.
        ledger: PlaceId,
        /// The gathering.
        id: GatheringId,
        /// Its number.
        number: i64,
        /// Its form.
        form: Form,
        /// Where it lies, as everyone may know it.
        place: PlaceId,
        /// When it begins.
        starts: Moment,
    }
}

query! {
    LINK: Link => "where token = ?1";
    KEEP: () = "insert into calendar_link (account, holder, token) values (?1, ?2, ?3)
         on conflict (account, holder) do update set token = excluded.token";
    END: () = "delete from calendar_link where account = ?1 and holder = ?2";
    pub(super) END_ALL: () = "delete from calendar_link where account = ?1";
    OF: String = "select holder from calendar_link where account = ?1";
    // The last entry of each.
    CHANGED: Changed => "from (values (?1, ?2), …) v cross join event e where e.ledger = v.column1
         and e.stream = v.column2 and e.version = (select max(x.version) from event x
           where x.ledger = v.column1 and x.stream = v.column2)";
    MEETINGS: MeetingDay => "where ledger in (?4, …) and starts >= ?1 and starts < ?2
         and stage <> 'cancelled' order by starts, ledger, id limit ?3";
    GATHERINGS: GatheringDay => "where ledger in (?4, …) and starts >= ?1 and starts < ?2
         and stage <> 'called_off' order by starts, ledger, id limit ?3";
}

/// Links are kept as their digests only.
fn token(word: &str) -> String {
    blobs::digest_of(format!("calendar/{word}").as_bytes())
}

/// Whose days a link leads to.
#[derive(Clone, Debug)]
pub struct Reader {
    /// As the account stands now.
    pub actor: Actor,
    /// The desk, body or person.
    pub holder: HolderKey,
}

impl Office {
    /// A new link to the days of a desk that is somebody's; the one before ends. Nothing where the desk
    /// is not theirs.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn link_calendar(&self, actor: &Actor, holder: &HolderKey) -> Result<Option<String>, Failure> {
        let Some(account) = actor.account.filter(|_| holders(actor, self.now()).contains(holder)) else {
            return Ok(None);
        };
        let word = random_word(LETTERS)?;
        self.db.execute(vec![KEEP.with(args![account, holder, token(&word)])]).await?;
        Ok(Some(word))
    }

    /// Ends somebody's link to the days of a desk.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn end_calendar(&self, account: AccountId, holder: &HolderKey) -> Result<(), Fault> {
        self.db.execute(vec![END.with(args![account, holder])]).await
    }

    /// The desks to whose days somebody has links.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn calendars(&self, account: AccountId) -> Result<BTreeSet<HolderKey>, Fault> {
        Ok(OF.all(&self.db, &args![account]).await?.iter().map(|key| HolderKey::stored(key)).collect())
    }

    /// Whose days a link leads to; nothing where it was ended, or the account works there no more.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn calendar_of(&self, word: &str) -> Result<Option<Reader>, Fault> {
        let Some(link) = LINK.first(&self.db, &args![token(word)]).await? else { return Ok(None) };
        let Some(actor) = actor(&self.db, link.account).await? else { return Ok(None) };
        let holder = HolderKey::stored(&link.holder);
        Ok(holders(&actor, self.now()).contains(&holder).then_some(Reader { actor, holder }))
    }

    /// The meetings and gatherings of some ledgers between two moments.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn sittings(
        &self,
        ledgers: &[PlaceId],
        from: Moment,
        until: Moment,
    ) -> Result<(Vec<MeetingDay>, Vec<GatheringDay>), Fault> {
        if ledgers.is_empty() {
            return Ok((Vec::new(), Vec::new()));
        }
        let asked = || args_and(args![from, until, MOST], ledgers.iter().copied());
        let meetings = MEETINGS.all(&self.db, &asked()).await?;
        Ok((meetings, GATHERINGS.all(&self.db, &asked()).await?))
    }

    /// How often some things were changed, and when they were last.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn changed(
        &self,
        things: impl IntoIterator<Item = (PlaceId, String)>,
    ) -> Result<Vec<Changed>, Fault> {
        let asked = args_and_pairs([], things);
        if asked.is_empty() { Ok(Vec::new()) } else { CHANGED.all(&self.db, &asked).await }
    }

    /// The same as far as a calendar goes.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn calendar_days(
        &self,
        ledgers: &[PlaceId],
    ) -> Result<(Vec<MeetingDay>, Vec<GatheringDay>), Fault> {
        let now = self.now();
        self.sittings(ledgers, now.plus_seconds(-BACK), now.plus_seconds(AHEAD)).await
    }
}

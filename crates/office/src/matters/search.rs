//! Finding matters by what somebody typed (查找事项): each word is a text, a place, a category or a
//! holder, and all of them hold. What is found by the name or number of a raiser is recorded as a
//! look at it. Numbers of things are looked up elsewhere, and who may read what is found is asked
//! by whoever lists it.

use super::reads::{BY_DOC, MatterRow, matters, root_of};
use super::tables::{MATTER_SEARCH, reach, reaches};
use crate::people::reads::{named, organisations};
use crate::places::meant::{Finest, Meant, meant};
use crate::places::reads::places;
use crate::{Failure, Office};
use std::collections::{BTreeMap, BTreeSet};
use yishi_domain::matters::{MatterId, ReceiptId, Rules, SeekContact};
use yishi_domain::places::joined;
use yishi_kernel::search::{self, Tag, tag};
use yishi_kernel::{Actor, HolderKey, Pack, PlaceId};
use yishi_store::query::{args_and, args_and_pairs};
use yishi_store::{Db, Fault, Hit, Sought, args, query, row};

row! {
    Reached, from "receipt_reach" {
        ledger: PlaceId,
        receipt: ReceiptId,
        matter: MatterId,
    }
}

query! {
    REACHED: Reached => "where (ledger, reach) in (values (?1, ?2), …)";
}

/// Which texts a search looks in, and how much of what else it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchIn {
    /// What the public may read and know.
    Public,
    /// Everything said, the place itself and who holds it: for those who may read it.
    Entire,
}

/// What is looked for.
#[derive(Clone, Debug)]
pub struct Looking<'a> {
    /// In which ledgers.
    pub ledgers: &'a [PlaceId],
    /// The words, all of which hold.
    pub words: &'a [String],
    /// In which texts.
    pub within: SearchIn,
    /// What it must have besides, or alone where there are no words.
    pub tags: Vec<String>,
}

impl<'a> Looking<'a> {
    /// Words in the texts of some ledgers, and nothing else.
    #[must_use]
    pub fn of(ledgers: &'a [PlaceId], words: &'a [String], within: SearchIn) -> Self {
        Self { ledgers, words, within, tags: Vec::new() }
    }
}

/// What a search found.
#[derive(Debug)]
pub struct Hits {
    /// The matters, the latest first.
    pub rows: Vec<MatterRow>,
    /// Behind which the next page begins, when there is one.
    pub next: Option<Hit>,
}

/// Most that the index is asked for at once: some of it may be listed no more.
const AT_ONCE: usize = 200;
/// Most matters that are found by one contact: each of them is a look that is recorded.
const MOST_REACHED: usize = 20;

impl Office {
    /// What the words mean in the ledgers, as the index is asked for it.
    pub async fn sought(&self, looking: &Looking<'_>) -> Result<Sought, Fault> {
        let Looking { ledgers, words, within, tags } = looking;
        let words = joined(words);
        let (finest, staff) = match within {
            SearchIn::Public => (Finest::Building, false),
            SearchIn::Entire => (Finest::Exact, true),
        };
        let said = meant(&self.db, ledgers, &words, finest).await?;
        let packs = self.packs(ledgers).await?;
        let holders =
            if staff { self.held_by(ledgers, &words).await? } else { vec![Vec::new(); words.len()] };
        let mut sought = Vec::new();
        for ((word, said), holders) in words.iter().zip(said).zip(holders) {
            let codes: BTreeSet<String> = packs.iter().flat_map(|pack| categories(pack, word)).collect();
            let tags = codes.iter().map(|code| vec![tag(Tag::Category, code)]).chain(holders);
            let mut ways = vec![search::needed(word)];
            ways.extend(tags.chain(said.iter().flat_map(ways_of)));
            sought.push(ways);
        }
        if sought.is_empty() && tags.is_empty() {
            return Ok(Sought::default());
        }
        sought.extend(tags.iter().map(|tag| vec![vec![tag.clone()]]));
        // The index of one file holds all ledgers: of a small one it reads no more than that has.
        if let [ledger] = ledgers {
            sought.push(vec![vec![tag(Tag::Place, &ledger.to_string())]]);
        }
        Ok(Sought(sought))
    }

    /// Matters that have what is looked for, the latest first: so many of those behind where
    /// another page ended.
    pub async fn find(&self, looking: &Looking<'_>, behind: Option<Hit>, most: usize) -> Result<Hits, Fault> {
        let sought = self.sought(looking).await?;
        hits(&self.db, looking.ledgers, looking.within, &sought, behind, most).await
    }

    /// Matters whose raiser gave this name or number, whole, where somebody may find them by it:
    /// each is recorded as a look at it. The latest first, and so many at most.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn reached(
        &self,
        actor: &Actor,
        ledgers: &[PlaceId],
        given: &str,
    ) -> Result<Vec<MatterRow>, Failure> {
        let given = reaches(given);
        let [one] = given.as_slice() else { return Ok(Vec::new()) };
        let keys = args_and_pairs([], ledgers.iter().map(|ledger| (*ledger, reach(*ledger, one))));
        let mut receipts = REACHED.all(&self.db, &keys).await?;
        receipts.sort_by_key(|receipt| std::cmp::Reverse(receipt.receipt));
        let mut roots = BTreeMap::new();
        for Reached { ledger, receipt, matter } in receipts {
            if roots.len() == MOST_REACHED {
                break;
            }
            match self.act(actor, ledger, receipt, SeekContact).await {
                Ok(()) => drop(roots.insert((ledger, matter), root_of(&self.db, ledger, matter).await?)),
                Err(Failure::Refused(_)) => {}
                Err(failure) => return Err(failure),
            }
        }
        let keys: BTreeSet<(PlaceId, MatterId)> =
            roots.into_iter().map(|((ledger, own), root)| (ledger, root.unwrap_or(own))).collect();
        let mut rows = matters(&self.db, &Vec::from_iter(keys)).await?;
        rows.sort_by_key(|row| std::cmp::Reverse((row.raised, row.id)));
        Ok(rows)
    }

    /// The packs in force in some ledgers, each once.
    async fn packs(&self, ledgers: &[PlaceId]) -> Result<Vec<std::sync::Arc<Pack>>, Fault> {
        let books = self.books(ledgers.iter().copied()).await?;
        let digests: BTreeSet<&str> = books.values().filter_map(|book| book.in_force(self.now())).collect();
        let mut packs = Vec::new();
        for digest in &digests {
            packs.push(self.pack(digest).await?);
        }
        if packs.is_empty() {
            packs.push(self.shipped_rules());
        }
        Ok(packs)
    }

    /// Word by word, the holders in some ledgers that have it for a name: people by their whole
    /// name, bodies by how it begins or a good part of it.
    async fn held_by(&self, ledgers: &[PlaceId], words: &[String]) -> Result<Vec<Vec<Vec<String>>>, Fault> {
        // Departments and people of the street hold matters of its communities.
        let paths = places(&self.db, ledgers).await?.into_iter().flat_map(|row| row.path);
        let all: BTreeSet<PlaceId> = paths.chain(ledgers.iter().copied()).collect();
        let all = Vec::from_iter(all);
        let bodies = organisations(&self.db, &all).await?;
        let bodies: Vec<(String, HolderKey)> = bodies
            .into_iter()
            .map(|body| (search::plain(&body.name), HolderKey::organisation(body.id)))
            .collect();
        let mut held = Vec::new();
        for word in words {
            let plain = search::plain(word);
            let long = plain.chars().count();
            let is_meant =
                |name: &str| (long >= 2 && name.starts_with(&plain)) || (long >= 3 && name.contains(&plain));
            let mut keys: Vec<HolderKey> =
                bodies.iter().filter(|(name, _)| is_meant(name)).map(|(_, key)| key.clone()).collect();
            if long >= 2 {
                let people = named(&self.db, &all, std::slice::from_ref(word)).await?;
                keys.extend(people.into_iter().map(HolderKey::person));
            }
            held.push(keys.into_iter().map(|key| vec![tag(Tag::Holder, key.as_str())]).collect());
        }
        Ok(held)
    }
}

/// Matters of some ledgers that are found, as [`Office::find`].
pub async fn hits(
    db: &Db,
    ledgers: &[PlaceId],
    within: SearchIn,
    sought: &Sought,
    behind: Option<Hit>,
    most: usize,
) -> Result<Hits, Fault> {
    let column = match within {
        SearchIn::Public => "public",
        SearchIn::Entire => "entire",
    };
    let limit = (most + 1).min(AT_ONCE);
    let (mut rows, mut last, mut behind) = (Vec::new(), None, behind.unwrap_or(Hit::FIRST));
    loop {
        let asked = u32::try_from(limit).unwrap_or(u32::MAX);
        let found = db.find(&MATTER_SEARCH, ledgers, column, sought, behind, asked).await?;
        if found.is_empty() {
            return Ok(Hits { rows, next: None });
        }
        let mut listed = BTreeMap::new();
        for ledger in found.iter().map(|hit| hit.ledger).collect::<BTreeSet<_>>() {
            let docs = found.iter().filter(|hit| hit.ledger == ledger).map(|hit| hit.doc);
            let rows = BY_DOC.all(db, &args_and(args![ledger], docs)).await?;
            listed.extend(rows.into_iter().map(|row| ((row.ledger, row.doc), row)));
        }
        for hit in &found {
            if let Some(row) = listed.remove(&(hit.ledger, hit.doc)) {
                if rows.len() == most {
                    return Ok(Hits { rows, next: last });
                }
                rows.push(row);
                last = Some(*hit);
            }
        }
        match found.last() {
            Some(hit) if found.len() == limit => behind = *hit,
            _ => return Ok(Hits { rows, next: None }),
        }
    }
}

/// The ways in which a matter lies at any of the places that are meant, with what else must hold.
fn ways_of(meant: &Meant) -> Vec<Vec<String>> {
    let rest: Vec<String> = meant.rest.iter().flat_map(|rest| search::needed(rest)).collect();
    let way = |place: &PlaceId| {
        std::iter::once(tag(Tag::Place, &place.to_string())).chain(rest.iter().cloned()).collect()
    };
    meant.places.iter().map(way).collect()
}

/// The codes of a pack's categories that a word is the name of, or one of those that make it up:
/// 停车 of 停车、车棚与充电.
fn categories(pack: &Pack, word: &str) -> Vec<String> {
    const BETWEEN: [char; 9] = ['、', '与', '和', '及', '等', '（', '）', '，', ','];
    let parts = |name: &str| {
        let parts = name.split(BETWEEN).map(search::plain);
        parts.filter(|part| !part.is_empty()).collect::<BTreeSet<_>>()
    };
    let asked = parts(word);
    let is_name = |name: &str| !asked.is_empty() && asked.is_subset(&parts(name));
    let all = &pack.section::<Rules>().categories;
    all.iter().filter(|one| is_name(&one.zh) || is_name(&one.en)).map(|one| one.code.0.clone()).collect()
}

//! The numbers of papers: of many things by one statement, and the thing that a number is of. The words are those in force when the paper was issued.

use crate::Office;
use std::collections::{BTreeMap, BTreeSet};
use yishi_domain::papers::{PaperKind, PaperNumber, Rules};
use yishi_kernel::search::plain;
use yishi_kernel::{Moment, PlaceId, StreamName};
use yishi_store::query::args_and_pairs;
use yishi_store::{Fault, args, query, row};

row! {
    Line, from "paper p" {
        ledger: PlaceId = "p.ledger",
        stream: String = "p.stream",
        kind: PaperKind = "p.kind",
        year: u32 = "p.year",
        thing: i64 = "p.thing",
        at: Moment = "p.at",
        short: Option<String> = "coalesce(
             (select s.short from place_short s where s.place = p.issuer and s.since <= p.at order by s.n desc limit 1),
             (select s.short from place_short s where s.place = p.issuer order by s.n limit 1))",
        beside: Option<String> = "case when p.issuer <> p.ledger then coalesce(
             (select s.short from place_short s where s.place = p.ledger and s.since <= p.at order by s.n desc limit 1),
             (select s.short from place_short s where s.place = p.ledger order by s.n limit 1)) end",
        rank: u64 = "(select count(*) from paper o where o.ledger = p.ledger and o.kind = p.kind
             and o.year = p.year and o.number <= p.number)",
    }
}

query! {
    SOME: Line => "where (p.ledger, p.stream) in (values (?1, ?2), …)";
    NTH: Line => "where p.ledger = ?1 and p.kind = ?2 and p.year = ?3 order by p.number limit 1 offset ?4";
}

/// A thing in a list that has a number of its own kind.
pub trait Numbered {
    /// The ledger and the stream.
    fn key(&self) -> (PlaceId, StreamName);
    /// The kind of paper that it is called by.
    fn kind(&self) -> PaperKind;
    /// The number of its first entry.
    fn entry(&self) -> i64;
}

/// The numbers of some papers.
#[derive(Clone, Debug, Default)]
pub struct Numbers(BTreeMap<(StreamName, PaperKind), PaperNumber>);

impl Numbers {
    /// The number of a thing's paper of a kind; nothing where it has none, as a whistle that was
    /// not blown.
    #[must_use]
    pub fn of(&self, thing: &StreamName, kind: PaperKind) -> Option<&PaperNumber> {
        self.0.get(&(thing.clone(), kind))
    }

    /// The number that a thing is called by.
    #[must_use]
    pub fn own(&self, thing: &impl Numbered) -> Option<&PaperNumber> {
        self.of(&thing.key().1, thing.kind())
    }
}

/// A thing that was found by the number of its paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The thing.
    pub thing: StreamName,
    /// The number of its first entry.
    pub entry: i64,
}

/// Whether two numbers are one, however their words were typed.
fn same(one: &PaperNumber, other: &PaperNumber) -> bool {
    (one.year, one.rank) == (other.year, other.rank) && plain(&one.front) == plain(&other.front)
}

impl Office {
    /// The numbers of all papers of some things.
    pub async fn numbers(
        &self,
        things: impl IntoIterator<Item = (PlaceId, StreamName)>,
    ) -> Result<Numbers, Fault> {
        let keys: BTreeSet<(PlaceId, StreamName)> = things.into_iter().collect();
        if keys.is_empty() {
            return Ok(Numbers::default());
        }
        let args = args_and_pairs([], keys.iter().map(|(ledger, stream)| (*ledger, stream.as_str())));
        let lines = SOME.all(&self.db, &args).await?;
        let written = self.written(&lines).await?;
        let key = |line: &Line| (StreamName::stored(&line.stream), line.kind);
        Ok(Numbers(lines.iter().map(key).zip(written).collect()))
    }

    /// The thing of a ledger that has a paper of this number.
    pub async fn paper(&self, ledger: PlaceId, number: &PaperNumber) -> Result<Option<Found>, Fault> {
        let before = i64::try_from(number.rank - 1).unwrap_or(i64::MAX);
        for kind in PaperKind::ALL {
            let lines = NTH.all(&self.db, &args![ledger, *kind, number.year, before]).await?;
            if let Some(found) = lines.first()
                && self.written(&lines).await?.first().is_some_and(|written| same(written, number))
            {
                let thing = StreamName::stored(&found.stream);
                return Ok(Some(Found { thing, entry: found.thing }));
            }
        }
        Ok(None)
    }

    /// The numbers of papers, in words that were in force when each was issued.
    async fn written(&self, lines: &[Line]) -> Result<Vec<PaperNumber>, Fault> {
        let books = self.books(lines.iter().map(|line| line.ledger)).await?;
        let mut written = Vec::with_capacity(lines.len());
        for line in lines {
            let pack = match books.get(&line.ledger).and_then(|book| book.in_force(line.at)) {
                Some(digest) => self.pack(digest).await?,
                None => self.shipped_rules(),
            };
            let word = &pack.section::<Rules>().word(line.kind).word;
            let short = line.short.as_deref().unwrap_or_default();
            // Counted where it was issued for: its name tells the numbers of two communities apart.
            let beside = line.beside.as_deref().unwrap_or_default();
            let front = format!("{short}{beside}{word}");
            written.push(PaperNumber { front, year: line.year, rank: line.rank });
        }
        Ok(written)
    }
}

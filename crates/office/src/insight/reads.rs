//! Looking up what figures count: of each ledger the matters raised between two moments, so many at
//! once, with what was said to their answers. Nothing is kept that grows with their number.

use crate::paging::above;
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use yishi_domain::evaluation::{Contacted, Reached, Satisfaction, Solved};
use yishi_domain::exclusion::ExclusionClass;
use yishi_domain::insight::{Fact, Place, Tier, Verdict, Voice};
use yishi_domain::matters::{
    CategoryCode, Channel, MatterId, Outcome, Proof, ReceiptId, StageKind, Step, Timed,
};
use yishi_domain::people::OrganisationKind;
use yishi_kernel::cell::Flag;
use yishi_kernel::{AccountId, Moment, OrganisationId, PlaceId};
use yishi_store::query::args_and;
use yishi_store::{Db, Fault, args, query, row};

pub use crate::paging::Key;

/// How many matters are read at once.
const AT_ONCE: i64 = 2_000;

row! {
    FactRow, from "matter m" {
        id: MatterId = "m.id",
        number: i64 = "m.number",
        raised: Moment = "m.raised",
        stage: StageKind = "m.stage",
        channel: Channel = "m.channel",
        spot: PlaceId = "m.place",
        category: String = "m.category",
        outcome: Option<Outcome> = "m.outcome",
        body: Option<OrganisationId> = "m.body",
        kind: Option<OrganisationKind> = "(select o.kind from organisation o where o.id = m.body)",
        tier: Tier = "m.tier",
        sorted: Option<(Moment, Moment)> = "m.sorted, m.sort_by",
        answered: Option<(Moment, Moment)> = "m.first_answer, m.answer_by",
        reopened: u64 = "m.reopened",
        next: Option<(Step, Moment)> = "m.step, m.due",
        closed: Option<Moment> = "m.closed",
        excluded: Option<ExclusionClass> = "(select x.excludes from exclusion x where x.ledger = m.ledger and x.matter = m.id)",
    }
}

row! {
    /// A receipt with what its holder said, and how they were called.
    HeardRow, from "matter m cross join family f cross join receipt r" {
        root: MatterId = "m.id",
        answered: Option<Moment> = "m.answered",
        receipt: ReceiptId = "r.id",
        opened: Moment = "r.opened",
        proof: Proof = "r.proof",
        linked: Flag = "case when r.secret is null then 0 else 1 end",
        withdrawn: Option<Moment> = "r.withdrawn",
        evaluation: Option<(Moment, Solved, Satisfaction)> = "r.evaluated, r.solved, r.satisfaction",
        contacted: Option<Contacted> = "r.contacted",
        called: Option<(Moment, Reached)> = "r.called, r.reached",
        given_up: Flag = "r.given_up",
    }
}

row! {
    StaffRow, from "(values (?2), …) v cross join account_role r" {
        organisation: OrganisationId = "r.organisation",
        id: Option<AccountId> = "r.id",
    }
}

row! {
    /// The figures that everyone reads in one line.
    #[derive(Copy, Default)]
    pub Short, from "matter m" {
        /// Raised, and not merged or taken back.
        raised: u64 = "count(*)",
        /// Of these, answered for the first time before that was due.
        answered: u64 = "count(case when m.first_answer <= m.answer_by then 1 end)",
    }
}

query! {
    FACTS: FactRow => "where m.ledger = ?1 and (m.raised, m.id) > (?2, ?3) and m.raised < ?4
         order by m.raised, m.id limit ?5";
    HEARD: HeardRow => "where m.ledger = ?1 and (m.raised, m.id) > (?2, ?3) and (m.raised, m.id) <= (?4, ?5)
         and f.ledger = m.ledger and f.root = m.id and r.ledger = f.ledger and r.matter = f.member";
    SHORT: Short => "where m.ledger = ?1 and m.listed = 1 and m.raised >= ?2 and m.raised < ?3";
    STAFF: StaffRow => "where r.organisation = v.column1 and (r.until is null or r.until > ?1)";
}

/// A matter as figures count it, and by what lists and files call it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The matter.
    pub id: MatterId,
    /// Its number.
    pub number: i64,
    /// What sorting came to.
    pub outcome: Option<Outcome>,
    /// When it was closed.
    pub closed: Option<Moment>,
    /// What counts of it.
    pub fact: Fact,
    /// All who stand behind it, and what they said.
    pub voices: Vec<Voice>,
}

impl Known {
    /// By what it is told apart from those of its ledger, in the order in which they are read.
    #[must_use]
    pub fn key(&self) -> Key<MatterId> {
        Key { at: self.fact.raised, id: self.id }
    }
}

/// The matters raised in some ledgers between two moments, so many at once.
#[derive(Debug)]
pub struct Facts<'a> {
    db: &'a Db,
    ledgers: VecDeque<PlaceId>,
    after: Option<Key<MatterId>>,
    from: Moment,
    until: Moment,
}

impl<'a> Facts<'a> {
    /// Those of these ledgers from one moment on and before another, ledger by ledger, the oldest
    /// first.
    #[must_use]
    pub fn between(db: &'a Db, ledgers: &[PlaceId], (from, until): (Moment, Moment)) -> Self {
        Self { db, ledgers: ledgers.iter().copied().collect(), after: None, from, until }
    }

    /// The next of them; none where there are no more.
    pub async fn next(&mut self) -> Result<Option<Vec<Known>>, Fault> {
        while let Some(ledger) = self.ledgers.front().copied() {
            // Before each id there is at that moment.
            let (raised, id) = self.after.map_or((self.from.0, String::new()), |key| above(Some(key)));
            let args = args![ledger, raised, id.as_str(), self.until, AT_ONCE];
            let rows = FACTS.all(self.db, &args).await?;
            let Some(last) = rows.last().map(|row| Key { at: row.raised, id: row.id }) else {
                self.ledgers.pop_front();
                self.after = None;
                continue;
            };
            let heard = HEARD.all(self.db, &args![ledger, raised, id, last.at, last.id]).await?;
            self.after = Some(last);
            let mut voices: HashMap<MatterId, Vec<Voice>> = HashMap::new();
            for row in heard {
                voices.entry(row.root).or_default().push(voice(row));
            }
            let known = |row: FactRow| known(ledger, voices.remove(&row.id).unwrap_or_default(), row);
            return Ok(Some(rows.into_iter().map(known).collect()));
        }
        Ok(None)
    }
}

fn voice(row: HeardRow) -> Voice {
    Voice {
        receipt: row.receipt,
        opened: row.opened,
        proof: row.proof,
        linked: row.linked,
        withdrawn: row.withdrawn,
        answered: row.answered,
        evaluation: row.evaluation,
        contacted: row.contacted,
        called: row.called,
        given_up: row.given_up,
    }
}

/// How the answer that stands was evaluated by those who did not take their receipt back.
fn verdict(voices: &[Voice]) -> Verdict {
    let mut verdict = Verdict::default();
    for voice in voices.iter().filter(|voice| voice.withdrawn.is_none()) {
        let standing = |at: Moment| voice.answered.is_some_and(|answer| at >= answer);
        let said = voice.evaluation.filter(|(at, ..)| standing(*at));
        verdict.hear(said.map(|(_, solved, satisfaction)| (solved, satisfaction)));
    }
    verdict
}

fn known(ledger: PlaceId, voices: Vec<Voice>, row: FactRow) -> Known {
    let verdict = verdict(&voices);
    let timed = |(at, due)| Timed { at, due };
    let category = Some(row.category).filter(|code| !code.is_empty()).map(CategoryCode);
    let place = Place { ledger, spot: row.spot, category, body: row.body, kind: row.kind, tier: row.tier };
    let fact = Fact {
        raised: row.raised,
        stage: row.stage,
        channel: row.channel,
        place,
        sorted: row.sorted.map(timed),
        answered: row.answered.map(timed),
        reopened: row.reopened,
        next: row.next,
        verdict,
        excluded: row.excluded,
    };
    Known { id: row.id, number: row.number, outcome: row.outcome, closed: row.closed, fact, voices }
}

/// Those of some bodies for which only one person acts, or nobody: a figure of theirs would be one of
/// that person.
pub async fn alone(
    db: &Db,
    bodies: &BTreeSet<OrganisationId>,
    now: Moment,
) -> Result<BTreeSet<OrganisationId>, Fault> {
    if bodies.is_empty() {
        return Ok(BTreeSet::new());
    }
    let mut staff: BTreeMap<OrganisationId, BTreeSet<AccountId>> = BTreeMap::new();
    for row in STAFF.all(db, &args_and(args![now], bodies.iter().copied())).await? {
        staff.entry(row.organisation).or_default().extend(row.id);
    }
    let several = |body: &OrganisationId| staff.get(body).is_some_and(|people| people.len() > 1);
    Ok(bodies.iter().copied().filter(|body| !several(body)).collect())
}

/// The figures that everyone reads in one line, of what was raised between two moments.
pub async fn short(db: &Db, ledger: PlaceId, (from, until): (Moment, Moment)) -> Result<Short, Fault> {
    Ok(SHORT.first(db, &args![ledger, from, until]).await?.unwrap_or_default())
}

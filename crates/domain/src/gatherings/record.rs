//! Writing the record of a gathering (记录): how many came, and a line for each thing that somebody
//! said. A line becomes a matter with a receipt, thanks for everyone to read, another voice for a
//! matter that there is already, or nothing but one more of those that are not kept.

use super::events::{Known, Raised, Thanks};
use super::{Event, Gathering, Mostly, RECORD, Refusal};
use crate::matters::{
    Behalf, Carrier, Channel, How, JOIN, MatterId, OpenReceipt, Opening, Proof, Raise, RaisedElsewhere,
    ReceiptId, Shown, Spot,
};
use std::collections::BTreeMap;
use yishi_kernel::access::roles::STEERS;
use yishi_kernel::record::Raiser;
use yishi_kernel::refusal::Common;
use yishi_kernel::{Command, Context, Decided, Moment, PlaceId, Right, Sealed, Start as _};

/// How many lines a record has at most: so many stand on one screen.
pub const MOST: usize = FIELDS.len();

/// The fields of the lines.
const FIELDS: [&str; 20] = [
    "line-1", "line-2", "line-3", "line-4", "line-5", "line-6", "line-7", "line-8", "line-9", "line-10",
    "line-11", "line-12", "line-13", "line-14", "line-15", "line-16", "line-17", "line-18", "line-19",
    "line-20",
];

/// More people than that do not sit together on benches.
const CROWD: u64 = 2_000;

/// Write the record of a gathering.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// How many came.
    pub people: u64,
    /// Who for the most part.
    pub mostly: Option<Mostly>,
    /// What was said.
    pub lines: Vec<Line>,
}

/// A line of the record (一行).
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Which one of the sheet, from 0: lines between may be empty.
    pub row: usize,
    /// What it becomes.
    pub what: Said,
}

/// What somebody said, as what it becomes.
#[derive(Clone, Debug, PartialEq)]
pub enum Said {
    /// A matter.
    Matter {
        /// The id that it gets.
        id: MatterId,
        /// What was said.
        text: String,
        /// Who says it.
        voice: Voice,
    },
    /// Thanks.
    Thanks {
        /// For everyone to read.
        text: String,
    },
    /// A matter already.
    Known {
        /// Which.
        matter: MatterId,
        /// Who says it again.
        voice: Voice,
    },
    /// Private talk. There is no place for its words.
    Private,
}

/// Somebody at the gathering, as a receipt knows them.
#[derive(Clone, Debug, PartialEq)]
pub struct Voice {
    /// The receipt that they get.
    pub receipt: ReceiptId,
    /// What it is opened with.
    pub opening: Opening,
}

/// What entering and recording a gathering must know.
#[derive(Clone, Debug, PartialEq)]
pub struct Ground {
    /// Where it is held, as raising there must know it.
    pub spot: Spot,
    /// The matters that its lines repeat, each with the one that carries it.
    pub known: BTreeMap<MatterId, Carrier>,
}

impl Command for Record {
    type On = Gathering;
    type Facts = Ground;

    fn right(&self) -> &'static Right {
        &RECORD
    }

    fn decide(
        self,
        on: &Gathering,
        ground: &Ground,
        ctx: &Context,
    ) -> Result<Decided<Gathering>, yishi_kernel::Refusal> {
        // Of an erased place, what is public.
        let place = on.at.get().copied().unwrap_or(on.place);
        self.written(place, on.starts, ground, ctx)
    }
}

impl Record {
    pub(super) fn written(
        self,
        place: PlaceId,
        starts: Moment,
        ground: &Ground,
        ctx: &Context,
    ) -> Result<Decided<Gathering>, yishi_kernel::Refusal> {
        if starts > ctx.now {
            return Err(Refusal::NotYet(starts).into());
        }
        if self.lines.is_empty() {
            return Err(Refusal::NoLines.into());
        }
        let people = people(self.people)?;
        let (mut raised, mut known, mut thanks, mut private) = (Vec::new(), Vec::new(), Vec::new(), 0);
        let mut also = Vec::new();
        for Line { row, what } in self.lines {
            let field = *FIELDS.get(row).ok_or(Refusal::TooManyLines)?;
            match what {
                Said::Matter { id, text, voice } => {
                    let said: Option<Sealed<String, Raiser>> = ctx.private(field, &text)?;
                    said.ok_or(Refusal::EmptyLine { field })?;
                    let receipt = voice.receipt;
                    let raise = raise(place, starts, text, voice);
                    let spot = Spot { own: id, ..ground.spot.clone() };
                    let begun = raise.start(&spot, ctx)?;
                    let matter =
                        Decided::<Gathering>::all(Vec::new()).begins(id, RaisedElsewhere(begun.events));
                    also.extend(matter.also.into_iter().chain(begun.also));
                    raised.push(Raised { matter: id, receipt });
                }
                Said::Thanks { text } => thanks.push(Thanks { text: ctx.line(field, &text)? }),
                Said::Known { matter, voice } => {
                    let carrier = ground.known.get(&matter).ok_or(Common::Unknown)?;
                    let joins = ctx.may(&JOIN, &carrier.resource(ctx.actor)).is_ok();
                    let receipt = joins.then_some(voice.receipt);
                    if joins {
                        let opening = Opening { proof: proof(ctx), ..voice.opening };
                        let opened = opening.on(carrier.root, How::Joined, Channel::Gathering, None)?;
                        let begins = Decided::<Gathering>::all(Vec::new());
                        also.extend(begins.begins(voice.receipt, OpenReceipt(opened)).also);
                    }
                    known.push(Known { matter, receipt });
                }
                Said::Private => private += 1,
            }
        }
        let mostly = self.mostly;
        let recorded = Event::Recorded { people, mostly, raised, known, thanks, private };
        Ok(Decided { events: vec![recorded], also })
    }
}

/// How many came, as a number that can be.
pub(super) fn people(people: u64) -> Result<u64, Refusal> {
    if (1..=CROWD).contains(&people) { Ok(people) } else { Err(Refusal::People) }
}

/// What stands behind a voice that somebody else writes down.
fn proof(ctx: &Context) -> Proof {
    if STEERS.has(ctx.role) { Proof::Staff } else { Proof::Neighbour }
}

/// A line as it is raised: whoever spoke said it before everyone.
fn raise(place: PlaceId, starts: Moment, text: String, voice: Voice) -> Raise {
    Raise {
        behalf: Behalf::Neighbour,
        channel: Channel::Gathering,
        place,
        shown: Shown::Building,
        about: None,
        about_person: None,
        category: None,
        title: None,
        text,
        photos: Vec::new(),
        occurred_at: Some(starts),
        source: None,
        after: None,
        floor: None,
        danger: None,
        receipt: voice.receipt,
        opening: voice.opening,
    }
}

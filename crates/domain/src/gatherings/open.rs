//! Entering a gathering (登记谈话会): in which form and where, about who, when. Whoever has its lines
//! at hand sends them along, and its record is written with it.

use super::record::{Ground, Record, people};
use super::{Event, Form, Gathering, Mostly, OPEN, Refusal, Rules};
use yishi_kernel::named::Named;
use yishi_kernel::refusal::Common;
use yishi_kernel::{Context, Decided, Moment, PlaceId, Right, Start};

const DAY: i64 = 24 * 60 * 60;
/// How far ahead one is entered: what lies further is a slip of the finger.
const AHEAD: i64 = 60 * DAY;
/// How long ago one that is entered was held.
const AGO: i64 = 31 * DAY;

/// Enter a gathering.
#[derive(Clone, Debug, PartialEq)]
pub struct Open {
    /// In which form.
    pub form: Form,
    /// The place whose people it is for.
    pub place: PlaceId,
    /// Where exactly, in a few words; may be left empty.
    pub spot: String,
    /// When it begins, or began.
    pub starts: Moment,
    /// About how many come.
    pub people: Option<u64>,
    /// Who for the most part.
    pub mostly: Option<Mostly>,
    /// Its record, where that is there already.
    pub record: Option<Record>,
}

impl Start for Open {
    type Of = Gathering;
    type Facts = Ground;

    fn right(&self) -> &'static Right {
        &OPEN
    }

    fn names(&self) -> Vec<Named> {
        Named::places("place", [self.place])
    }

    fn start(self, ground: &Ground, ctx: &Context) -> Result<Decided<Gathering>, yishi_kernel::Refusal> {
        ground.spot.must_take_matters()?;
        if self.starts > ctx.now.plus_seconds(AHEAD) || self.starts < ctx.now.plus_seconds(-AGO) {
            return Err(Refusal::FarAway.into());
        }
        let spot = if self.spot.trim().is_empty() { None } else { Some(ctx.line("spot", &self.spot)?) };
        let opened = Event::Opened {
            form: self.form,
            place: ground.spot.building().ok_or(Common::Unknown)?,
            at: self.place.into(),
            spot,
            starts: self.starts,
            people: self.people.map(people).transpose()?,
            mostly: self.mostly,
            desk: ground.spot.desk(),
            due: ctx.rules.due(&ctx.section::<Rules>().record, self.starts.max(ctx.now)).at,
            rules: ctx.rules.digest().to_owned(),
        };
        let opened = Decided::one(opened);
        Ok(match self.record {
            None => opened,
            Some(record) => {
                let Decided { mut events, also } = record.written(self.place, self.starts, ground, ctx)?;
                events.splice(0..0, opened.events);
                Decided { events, also }
            }
        })
    }
}

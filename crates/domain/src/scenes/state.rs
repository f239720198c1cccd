//! The record of a scene as its events made it: who came, what was found, who does what by when,
//! and who has signed that.

use super::{Agreed, Event, SceneStage, SceneStep, SignedHow};
use crate::dispatch::{OrderId, Source};
use std::collections::BTreeMap;
use yishi_kernel::access::{About, Stage};
use yishi_kernel::record::{Speaker, Staff};
use yishi_kernel::{
    AccountId, Actor, Holder, HolderKey, Moment, OrganisationId, Passing, PlaceId, Published, Resource,
    Sealed, Stamped, Stream, Wait, Whom,
};

/// What was found and agreed at the scene of a whistled order (现场会商记录).
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// Where it stands.
    pub stage: SceneStage,
    /// The whistled order.
    pub order: OrderId,
    /// What that comes from.
    pub source: Source,
    /// Whom that is about.
    pub about: About,
    /// The place, a building at the finest.
    pub place: PlaceId,
    /// The desk that accepts the order.
    pub desk: PlaceId,
    /// Who keeps the record and sees that all sign.
    pub keeper: Holder,
    /// Who wrote it down.
    pub by: Option<Sealed<AccountId, Staff>>,
    /// When that was.
    pub opened: Moment,
    /// When they met.
    pub met: Moment,
    /// The bodies that came, and what each said to the record.
    pub came: BTreeMap<OrganisationId, Option<Answer>>,
    /// Who came in person, as far as names were taken down.
    pub people: Option<Sealed<String, Speaker>>,
    /// What was found.
    pub findings: Published,
    /// Who does what by when.
    pub lines: Vec<Line>,
    /// By when all have signed.
    pub due: Moment,
    /// When it came to its end.
    pub ended: Option<Moment>,
}

/// What a body that came said to the record (签字情况).
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// It signed.
    Signed {
        /// How.
        how: SignedHow,
        /// When.
        at: Moment,
    },
    /// It does not sign.
    Refused {
        /// Why.
        reason: Published,
        /// When.
        at: Moment,
    },
    /// It took part no more before it signed.
    Gone,
}

/// A line of the record (分工).
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Who does what by when.
    pub agreed: Agreed,
    /// What was done, and when that was said.
    pub done: Option<(Published, Moment)>,
    /// The body that took it on and takes part no more: the desk has it now.
    pub left_by: Option<OrganisationId>,
}

impl Scene {
    /// The body that keeps the record, where no desk does.
    #[must_use]
    pub fn keeping(&self) -> Option<OrganisationId> {
        self.keeper.organisation()
    }

    /// The bodies that have neither signed nor said why not.
    pub fn unsigned(&self) -> impl Iterator<Item = OrganisationId> {
        self.came.iter().filter(|(_, answer)| answer.is_none()).map(|(body, _)| *body)
    }

    /// Who owes a line: nobody once it is done, nor where its body does not stand by it.
    #[must_use]
    pub fn owes(&self, line: &Line) -> Option<HolderKey> {
        if line.done.is_some() {
            return None;
        }
        match line.agreed.body {
            Some(body) if line.left_by.is_none() => {
                let refused = matches!(self.came.get(&body), Some(Some(Answer::Refused { .. })));
                (!refused).then(|| HolderKey::organisation(body))
            }
            _ => Some(HolderKey::desk(self.desk)),
        }
    }

    /// Lines that are to be done, each with its number from 0.
    pub fn open_lines(&self) -> impl Iterator<Item = (usize, &Line, HolderKey)> {
        let open = |(n, line)| Some((n, line, self.owes(line)?));
        self.lines.iter().enumerate().filter_map(open)
    }

    fn settle(&mut self, time: Moment) {
        if self.stage == SceneStage::Closed {
            return;
        }
        self.stage = if self.unsigned().next().is_some() {
            SceneStage::Signing
        } else if self.open_lines().next().is_some() {
            SceneStage::Agreed
        } else {
            self.ended = Some(time);
            SceneStage::Closed
        };
    }

    fn answer(&mut self, body: OrganisationId, answer: Answer) {
        if let Some(unsigned @ None) = self.came.get_mut(&body) {
            *unsigned = Some(answer);
        }
    }

    fn leaves(&mut self, body: OrganisationId) {
        if self.keeping() == Some(body) {
            self.keeper = Holder::Desk(self.desk);
        }
        let owed: Vec<usize> = self.open_lines().map(|(n, ..)| n).collect();
        for n in owed {
            if let Some(line) = self.lines.get_mut(n).filter(|line| line.agreed.body == Some(body)) {
                line.left_by = Some(body);
            }
        }
        self.answer(body, Answer::Gone);
    }
}

impl Stream for Scene {
    const KIND: &'static str = "scene";
    type Event = Event;

    fn begin(first: &Stamped<Event>) -> Option<Self> {
        let Event::Opened {
            order, source, place, desk, keeper, met, came, people, findings, lines, due, ..
        } = &first.what
        else {
            return None;
        };
        let line = |agreed: &Agreed| Line { agreed: agreed.clone(), done: None, left_by: None };
        Some(Self {
            stage: SceneStage::Signing,
            order: *order,
            source: *source,
            about: About::default(),
            place: *place,
            desk: *desk,
            keeper: *keeper,
            by: first.by.clone(),
            opened: first.time,
            met: *met,
            came: came.iter().map(|body| (*body, None)).collect(),
            people: people.clone(),
            findings: findings.clone(),
            lines: lines.iter().map(line).collect(),
            due: *due,
            ended: None,
        })
    }

    fn evolve(&mut self, next: &Stamped<Event>) {
        let at = next.time;
        match &next.what {
            Event::Opened { .. } => {}
            Event::Signed { body, how } => self.answer(*body, Answer::Signed { how: *how, at }),
            Event::Refused { body, reason } => {
                self.answer(*body, Answer::Refused { reason: reason.clone(), at });
            }
            Event::LineDone { line, note } => {
                if let Some(line) = self.lines.get_mut(*line as usize) {
                    line.done = Some((note.clone(), at));
                }
            }
            Event::PassedOn { body, .. } => self.leaves(*body),
            Event::Ended {} => {
                self.stage = SceneStage::Closed;
                self.ended.get_or_insert(at);
            }
        }
        self.settle(at);
    }

    fn place(&self) -> Option<PlaceId> {
        Some(self.place)
    }

    fn resource(&self, path: &[PlaceId], _actor: &Actor) -> Resource {
        Resource {
            stage: Some(Stage::of(self.stage)),
            holding: self.keeping(),
            parties: self.came.keys().copied().collect(),
            desk: Some(self.desk),
            ..Resource::at(path)
        }
        .concerning(&self.about)
    }

    fn concerns(&mut self, about: About) {
        self.about = about;
    }

    /// What a body would sign or do falls to the desk, whoever else takes over.
    fn pass_on(&self, passing: &Passing) -> Vec<Event> {
        let Whom::Organisation(body) = passing.from.whom() else { return Vec::new() };
        // Also what it has signed for and others have not: that waits for it later.
        let owes = self.open_lines().any(|(.., holder)| holder == passing.from);
        let signs = self.keeping() == Some(body) || self.unsigned().any(|unsigned| unsigned == body);
        let theirs = self.stage != SceneStage::Closed && (owes || signs);
        theirs.then(|| Event::PassedOn { body, why: passing.why() }).into_iter().collect()
    }

    fn waits(&self) -> Vec<Wait> {
        let place = Some(self.place);
        let wait = |step, holder, due| Wait::new(step, holder, due, place);
        match self.stage {
            SceneStage::Signing => {
                let keeper = wait(SceneStep::Collect, HolderKey::of(self.keeper, None), self.due);
                let sign = |body| wait(SceneStep::Sign, HolderKey::organisation(body), self.due);
                std::iter::once(keeper).chain(self.unsigned().map(sign)).collect()
            }
            SceneStage::Agreed => {
                let act = |(_, line, holder): (usize, &Line, HolderKey)| {
                    wait(SceneStep::Act, holder, line.agreed.due)
                };
                self.open_lines().map(act).collect()
            }
            SceneStage::Closed => Vec::new(),
        }
    }
}

//! A meeting about the one topic, brought to where an example begins.

use super::*;
use crate::meetings::*;
use yishi_kernel::Refusal;
use yishi_kernel::refusal::Common;
use yishi_kernel::text::TextError;

/// A text that is missing.
pub fn empty(field: &'static str) -> Refusal {
    Common::Text { field, error: TextError::Empty }.into()
}

/// Somebody at a device objects.
#[must_use]
pub fn objecting(action: Option<ActionId>, device: &str, text: &str) -> Object {
    let (device, said) = (device.to_owned(), format!("{device}/{text}"));
    Object { action, text: text.to_owned(), contact: String::new(), device, said }
}

impl World {
    /// A meeting of the market in four days, its notice posted.
    pub fn called() -> Self {
        let mut world = Self::with_topic();
        world.call(WORKER, world.calling("market", &[0])).unwrap();
        world.post().unwrap();
        world
    }

    pub fn post(&mut self) -> Done {
        self.meet(WORKER, 0, Post { at: "公告栏".to_owned(), photo: None })
    }

    /// The same, begun, with so many residents present.
    pub fn begun(present: usize) -> Self {
        let mut world = Self::called();
        world.begin(present);
        world
    }

    /// It begins at its time, and so many residents sign in.
    pub fn begin(&mut self, present: usize) {
        self.now = self.meeting(0).agenda.starts;
        self.meet(WORKER, 0, Open).unwrap();
        for person in 0..present {
            self.with_slip(0, person);
        }
    }

    pub fn put(&mut self, mode: VoteMode) {
        self.put_as("order", mode);
    }

    /// The same, as a kind of thing.
    pub fn put_as(&mut self, item: &str, mode: VoteMode) {
        let (text, item) = ("设停车引导员".to_owned(), item.to_owned());
        self.meet(WORKER, 0, Put { topic: topic_id(0), text, mode, item }).unwrap();
    }

    pub fn hands(&mut self, who: usize, hands: [u64; 3]) -> Done {
        let motion = self.meeting(0).sitting.motions.len() as u32;
        self.meet(who, 0, EnterHands { motion, hands })
    }

    /// Two persons enter the same show of hands, and it is counted.
    pub fn counted(&mut self, hands: [u64; 3]) -> Passed {
        self.hands(WORKER, hands).unwrap();
        self.hands(COLLEAGUE, hands).unwrap();
        self.count()
    }

    pub fn count(&mut self) -> Passed {
        let motion = self.meeting(0).sitting.motions.len() as u32;
        self.meet(WORKER, 0, EndVote { motion }).unwrap();
        self.meet(WORKER, 0, Count { motion }).unwrap();
        let Some(Motion { vote: Vote::Counted(_, passed), .. }) = self.meeting(0).sitting.motions.pop()
        else {
            panic!("not counted")
        };
        passed
    }

    /// Passed, with one action of the given flavour.
    pub fn resolved(flavour: usize) -> Self {
        let mut world = Self::begun(3);
        world.put(VoteMode::Hands);
        assert_eq!(world.counted([3, 0, 0]), Passed::Yes);
        let action = world.action(1, flavour);
        world.meet(WORKER, 0, Resolve { actions: vec![action], standard: String::new() }).unwrap();
        world
    }

    pub fn confirm(&mut self, who: usize, text: &str) -> Done {
        self.meet(who, 0, Confirm { minutes: text.repeat(32) })
    }

    /// The same, published.
    pub fn published(flavour: usize) -> Self {
        let mut world = Self::resolved(flavour);
        world.publish();
        world
    }

    /// Confirmed by both, and published.
    pub fn publish(&mut self) {
        self.confirm(SECRETARY, "ab").unwrap();
        self.confirm(WORKER, "ab").unwrap();
        self.meet(WORKER, 0, Publish { at: "公告栏".to_owned() }).unwrap();
    }

    pub fn object(&mut self, action: Option<ActionId>) -> Done {
        let text = "灯杆挡了门".to_owned();
        self.meet(VISITOR, 0, objecting(action, "a", &text))
    }

    pub fn rule(&mut self, who: usize, number: u32, ruling: Ruling) -> Done {
        self.meet(who, 0, Rule { number, ruling, reason: "须重选位置".to_owned() })
    }

    pub fn first_action(&self) -> ActionId {
        self.meeting(0).outcome.actions[0].agreed.id
    }
}

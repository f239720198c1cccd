//! What is agreed on, and the orders that carry it out.

use super::*;
use crate::dispatch::laws::any::Any;
use crate::dispatch::{Ask, Desks, OrderKind, Origin, Send, Source, WhistleKind};
use crate::matters::{StageKind, ToHold};
use crate::meetings::{ActionId, DispatchAction, NewAction, Way};
use yishi_kernel::Holder;

impl World {
    pub fn action(&mut self, motion: u32, flavour: usize) -> NewAction {
        self.actions += 1;
        let way = Way::ALL[flavour % Way::ALL.len()];
        let bodies = [LAMPS, SQUAD, MARKET, COMMITTEE];
        let owner = match (way, flavour % 2) {
            (Way::Work, 0) => Holder::Desk(place(2)),
            _ => Holder::Organisation(organisation(bodies[flavour / 3 % 4])),
        };
        NewAction {
            id: ActionId(Uuid::from_u128(self.actions)),
            motion,
            item: String::new(),
            task: "划线停放".to_owned(),
            owner,
            way,
            due: self.now.plus_seconds((flavour as i64 % 20 + 1) * DAY),
            fen: (flavour.is_multiple_of(4)).then_some(120_000),
            source: "街道经费".to_owned(),
            acceptance: "现场查看".to_owned(),
        }
    }

    pub fn dispatch(&mut self, who: usize, n: usize, action: ActionId, hurry: Option<&str>) -> Done {
        let command = DispatchAction {
            action,
            hurry: hurry.map(str::to_owned),
            whistle: WhistleKind::Hard,
            departments: vec![organisation(SQUAD)],
            reason: "社区无权处置".to_owned(),
        };
        self.meet(who, n, command)?;
        self.orders += 1;
        Ok(())
    }

    /// Sends or asks for an order about a matter.
    pub fn send_for_matter(&mut self, who: usize, n: usize, flavour: usize) -> Done {
        let NewAction { way, owner, due: finish_by, .. } = self.action(1, flavour);
        let matter = self.matter(n);
        let desks = Desks { place: place(4), desk: place(2), street: place(1) };
        let to = ToHold::default();
        let origin = Origin { stage: matter.stage(), about: matter.whom(), desks, to, declined: None };
        let (matter, id, ctx) = (matter_id(n), order_id(self.orders), self.ctx(who));
        let (task, acceptance) = ("划线停放".to_owned(), "现场查看".to_owned());
        let item = self.item(flavour);
        match (way, owner) {
            (Way::Whistle, Holder::Organisation(lead)) => {
                let (whistle, departments) = (WhistleKind::Hard, vec![organisation(SQUAD)]);
                let reason = "社区无权处置".to_owned();
                let ask =
                    Ask { matter, whistle, item, task, acceptance, reason, departments, lead, finish_by };
                self.book.start(id, ask, &origin, &ctx)?;
            }
            (way, holder) => {
                let kind = if way == Way::Letter { OrderKind::Letter } else { OrderKind::Work };
                let send = Send { matter, kind, item, task, acceptance, holder, person: None, finish_by };
                self.book.start(id, send, &origin, &ctx)?;
            }
        }
        assert_eq!(origin.stage, StageKind::InHand);
        self.orders += 1;
        Ok(())
    }

    /// Any command on an order.
    pub fn ordered(&mut self, who: usize, n: usize, command: Any) -> Done {
        command.act(&mut self.book, order_id(n), &context(self.now, &ACTORS[who], &RULES, &PATH))
    }

    /// The orders that carry out what was agreed on a topic.
    pub(super) fn orders_of(&self, topic: usize) -> Vec<usize> {
        let of_topic = |n: &usize| match self.order(*n).source {
            Source::Action { topic: of, .. } => of == topic_id(topic),
            Source::Matter(_) => false,
        };
        (0..self.orders).filter(of_topic).collect()
    }
}

//! Any command on an order, so that laws can choose one: at random, or the one that helps it
//! to its end.

use super::world::{COMMITTEE, DAY, LAMPS, SQUAD, text};
use crate::dispatch::*;
use crate::testing::{Book, body};
use yishi_kernel::{Context, Holder, Moment, Role, Stream as _, Urge, Urging};

/// Any command on an order.
#[derive(Clone, Debug)]
pub enum Any {
    Blow(Blow),
    BlowBy(Limited<Blow>),
    Decline(Decline),
    ReportIn(ReportIn),
    Progress(Progress),
    FollowUp(FollowUp),
    Extend(Extend),
    Urge(Urge<Order>),
    Dispute(Dispute),
    Rule(Rule),
    Done(Done),
    Accept(Accept),
    Return(Return),
    Resume(Resume),
    Withdraw(Withdraw),
    FinishPart(FinishPart),
    SetPart(SetPart),
    RulePart(RulePart),
    UrgePart(UrgePart),
    AssistOnly(AssistOnly),
}

impl Any {
    /// Whichever `a` and `b` say.
    pub fn choose(order: &Order, now: Moment, a: usize, b: usize) -> Self {
        let lead = body([LAMPS, SQUAD, COMMITTEE][b % 3]);
        let (reason, note) = (text(), text());
        let (photos, finish_by) = (Vec::new(), now.plus_seconds(DAY));
        let beside = order.parts.keys().next().copied().unwrap_or(body(SQUAD));
        match a % 21 {
            0 => {
                let (whistle, departments) = (WhistleKind::Emergency, vec![body(SQUAD)]);
                let order = Blow { whistle, departments, lead, arrive_by: None, finish_by };
                match b % 2 {
                    0 => Any::Blow(order),
                    _ => Any::BlowBy(Limited { order, class: LimitClass::Sudden, other: None }),
                }
            }
            1 => Any::Decline(Decline { reason, ways: vec![OtherWay::Letter] }),
            2 => Any::ReportIn(ReportIn { organisation: None, note: String::new() }),
            3 => Any::ReportIn(ReportIn { organisation: Some(lead), note }),
            4 => Any::Progress(Progress { note, photos }),
            5 => Any::FollowUp(FollowUp { note }),
            6 | 7 => Any::Dispute(Dispute { reason }),
            8 => {
                let holder = if b.is_multiple_of(2) { order.holder } else { Holder::Organisation(lead) };
                Any::Rule(Rule { holder, reason, finish_by })
            }
            9 => Any::Done(Done { note, photos }),
            10 => Any::Accept(Accept { note: String::new() }),
            11 => Any::Return(Return { reason, finish_by }),
            12 => Any::Resume(Resume { reason, finish_by }),
            14 => Any::Extend(Extend { reason, finish_by: order.finish_by.plus_seconds(DAY) }),
            13 => Any::Urge(Urge::default()),
            15 => Any::FinishPart(FinishPart { organisation: (b > 2).then_some(beside), note, photos }),
            16 => Any::SetPart(SetPart { organisation: beside, reason, finish_by }),
            17 => Any::RulePart(RulePart { organisation: beside, to: (b > 0).then_some(lead), reason }),
            19 => Any::AssistOnly(AssistOnly { item: text() }),
            18 => Any::UrgePart(UrgePart { organisation: beside }),
            _ => Any::Withdraw(Withdraw { reason }),
        }
    }

    /// What helps an order to its end; `flavour` chooses where there is a choice, and 1
    /// chooses what ends it soonest.
    pub fn helpful(order: &Order, now: Moment, flavour: usize) -> Option<Self> {
        let (step, ..) = order.next()?;
        let (reason, finish_by) = (text(), now.plus_seconds(5 * DAY));
        let disputed = order.parts.iter().find(|(_, part)| matches!(part.stage, PartStage::Disputed(_)));
        match (order.parts.keys().next(), disputed) {
            (_, Some((body, _))) if flavour == 3 && order.part_wait(*body).is_some() => {
                return Some(Any::RulePart(RulePart { organisation: *body, to: Some(*body), reason }));
            }
            (Some(body), None) if flavour == 6 && order.part_wait(*body).is_some() => {
                let (organisation, note) = (Some(*body), reason);
                return Some(match order.arrived.contains_key(body) {
                    true => Any::FinishPart(FinishPart { organisation, note, photos: Vec::new() }),
                    false => Any::ReportIn(ReportIn { organisation, note }),
                });
            }
            (Some(body), None)
                if flavour == 4
                    && order.parts[body].urged.by(Urging::Remind).is_none()
                    && order.part_wait(*body).is_some_and(|wait| wait.due <= now) =>
            {
                return Some(Any::UrgePart(UrgePart { organisation: *body }));
            }
            _ => {}
        }
        Some(match step {
            OrderStep::Blow if flavour.is_multiple_of(5) => {
                Any::Decline(Decline { reason, ways: vec![OtherWay::Letter] })
            }
            OrderStep::Blow => {
                let (lead, departments) = (order.lead().expect("somebody leads"), vec![body(SQUAD)]);
                let whistle = WhistleKind::ALL[flavour % 3];
                Any::Blow(Blow { whistle, departments, lead, arrive_by: None, finish_by })
            }
            OrderStep::ReportIn if flavour % 7 == 2 && order.ruled.is_none() => {
                Any::Dispute(Dispute { reason })
            }
            OrderStep::ReportIn => Any::ReportIn(ReportIn { organisation: None, note: String::new() }),
            // Of the parts nothing waits at first.
            OrderStep::FinishPart | OrderStep::RulePart => return None,
            OrderStep::Finish if order.stage == OrderStage::Sent => Any::FollowUp(FollowUp { note: reason }),
            OrderStep::Finish => Any::Done(Done { note: "已划线".to_owned(), photos: Vec::new() }),
            OrderStep::Rule => {
                // A whistle that fell to the desk is given to a body again.
                let lamps = Holder::Organisation(body(LAMPS));
                let needs_a_body = order.kind != OrderKind::Work && order.lead().is_none();
                let holder = if needs_a_body { lamps } else { order.holder };
                Any::Rule(Rule { holder, reason, finish_by })
            }
            OrderStep::Accept if flavour.is_multiple_of(4) => Any::Return(Return { reason, finish_by }),
            OrderStep::Accept => Any::Accept(Accept { note: String::new() }),
            OrderStep::Settle if flavour.is_multiple_of(2) => Any::Withdraw(Withdraw { reason }),
            OrderStep::Settle => Any::Resume(Resume { reason, finish_by }),
        })
    }

    /// Carries it out, and sees that what must hold of whoever did it does.
    pub fn act(self, book: &mut Book, id: OrderId, ctx: &Context) -> Result<(), crate::Refusal> {
        let before: Order = book.state(id);
        match self.clone() {
            Any::Blow(command) => book.act(id, command, &(), ctx),
            Any::BlowBy(command) => book.act(id, command, &(), ctx),
            Any::Decline(command) => book.act(id, command, &(), ctx),
            Any::ReportIn(command) => book.act(id, command, &(), ctx),
            Any::Progress(command) => book.act(id, command, &(), ctx),
            Any::Extend(command) => book.act(id, command, &(), ctx),
            Any::FollowUp(command) => book.act(id, command, &(), ctx),
            Any::Urge(command) => book.act(id, command, &(), ctx),
            Any::Dispute(command) => book.act(id, command, &(), ctx),
            Any::Rule(command) => book.act(id, command, &(), ctx),
            Any::Done(command) => book.act(id, command, &(), ctx),
            Any::Accept(command) => book.act(id, command, &(), ctx),
            Any::Return(command) => book.act(id, command, &(), ctx),
            Any::Resume(command) => book.act(id, command, &(), ctx),
            Any::Withdraw(command) => book.act(id, command, &(), ctx),
            Any::FinishPart(command) => book.act(id, command, &(), ctx),
            Any::SetPart(command) => book.act(id, command, &(), ctx),
            Any::RulePart(command) => book.act(id, command, &(), ctx),
            Any::UrgePart(command) => book.act(id, command, &(), ctx),
            Any::AssistOnly(command) => book.act(id, command, &(), ctx),
        }?;
        self.was_right(&before, book, id, ctx);
        Ok(())
    }

    fn was_right(&self, before: &Order, book: &Book, id: OrderId, ctx: &Context) {
        let actor = ctx.actor;
        let after: Order = book.state(id);
        let of = |body| actor.grants.iter().any(|grant| grant.organisation == body);
        if actor.grants.iter().any(|grant| grant.organisation.is_some()) && !of(before.lead()) {
            let time = |order: &Order| (order.next(), order.stage, order.finish_by, order.report_by);
            assert_eq!(time(before), time(&after), "who does not lead changes nothing of the lead's");
        }
        if let Some(body) = actor.grants.iter().find_map(|grant| grant.organisation) {
            assert!(before.parties.contains(&body), "a department reaches what it was called to");
        }
        match self {
            Any::Blow(_)
            | Any::BlowBy(_)
            | Any::Decline(_)
            | Any::Rule(_)
            | Any::SetPart(_)
            | Any::RulePart(_) => {
                let street = actor.grants.iter().any(|grant| grant.role == Role::StreetOfficer);
                assert!(street, "only the street whistles and rules");
            }
            Any::Accept(_) => {
                assert!(actor.employer.is_none_or(|employer| !before.parties.contains(&employer)));
                let name = id.into();
                let mut entries = book.records.iter().rev().filter(|(stream, _)| *stream == name);
                let done = entries.find(|(_, record)| record.kind == "order.done.1");
                let (_, done) = done.expect("it was done");
                let doer = match done.public.get("organisation") {
                    Some(_) => None,
                    None => done.private.get("by").and_then(|by| serde_json::from_str(by).ok()),
                };
                assert!(doer.is_none() || doer != actor.account, "nobody accepts their own work");
            }
            Any::Urge(_) | Any::UrgePart(_) => {
                let unchanged = (before.waits(), before.stage) == (after.waits(), after.stage);
                assert!(unchanged, "urging changes nobody's duty");
            }
            _ => {}
        }
    }
}

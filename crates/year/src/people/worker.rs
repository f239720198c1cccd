//! Community workers, and whoever else steers: they sort, work, send, merge, answer, call back and
//! close; they hand over what they cannot do and accept what others did.

use super::resident::opinion;
use super::role;
use crate::deed::Deed;
use crate::town::Town;
use crate::year::{DAY, Year};
use yishi_domain::dangers::{Danger, DangerId, Fail, MakeSafe};
use yishi_domain::dispatch::{
    self, Accept, Ask, Done, FollowUp, Order, OrderId, OrderKind, ReportIn, Return, Send, WhistleKind,
};
use yishi_domain::evaluation::{CallBack, CallWay, Contacted};
use yishi_domain::matters::{
    Answer, Close, Extend, HandOver, Matter, MatterId, MergeInto, Outcome, Progress, StageKind, Triage,
    Unmerge,
};
use yishi_domain::topics::{AnswerAll, Drop, Gather, OpenTopic, TopicId};
use yishi_kernel::access::About;
use yishi_kernel::{Actor, Holder, Sealed, StreamName, Urge};

/// Sorts a matter and gives it a holder.
pub(super) fn sorts<T: Town>(year: &mut Year<T>, id: MatterId, matter: &Matter, who: &Actor) {
    let outcome = match year.chance.below(100) {
        0..=59 => Outcome::Public,
        60..=77 => Outcome::Government,
        78..=87 => Outcome::Private,
        88..=94 => Outcome::NotAccepted,
        _ => Outcome::Owners,
    };
    let (holder, person) = match year.chance.below(100) {
        0..=49 => holding(year.chance.one_of(&year.cast.workers)),
        50..=64 => (Holder::Desk(year.cast.community), None),
        65..=79 => (Holder::Organisation(year.cast.property), None),
        80..=84 => (Holder::Organisation(year.cast.lamps), None),
        _ => near(year, matter),
    };
    let category = match &matter.category {
        Some(category) => category.0.clone(),
        None => (*year.chance.one_of(&["01", "02", "03", "04", "05", "07", "09"])).to_owned(),
    };
    let reason = "不属于本社区职责，请向房屋出租方提出".to_owned();
    let person = person.and_then(|who| who.account);
    year.does(who, Deed::Triage(id, Triage { outcome, category, holder, person, reason }));
}

/// The steward of the stairwell, or the desk where there is none.
fn near<T: Town>(year: &Year<T>, matter: &Matter) -> (Holder, Option<Actor>) {
    match matter.exact.get().and_then(|at| year.cast.steward(*at)) {
        Some(steward) => holding(steward),
        None => (Holder::Desk(year.cast.community), None),
    }
}

/// Somebody as the holder of something.
fn holding(who: &Actor) -> (Holder, Option<Actor>) {
    (Holder::Person(role(who), who.grants[0].place), Some(who.clone()))
}

/// Works on what is in hand.
pub(super) fn works<T: Town>(year: &mut Year<T>, id: MatterId, matter: &Matter, who: &Actor) {
    if orders_run(year, id, matter) {
        return waits_for_orders(year, id, matter, who);
    }
    match year.chance.below(100) {
        0..=7 => hands_over(year, id, matter, who),
        8..=15 => reports(year, id, who),
        16..=20 => extends(year, id, matter, who),
        21..=44 => sends(year, id, who),
        45..=52 => merges(year, id, matter, who),
        53..=56 => unmerges(year, matter, who),
        57..=62 => opens_topic(year, id, who),
        _ => answers(year, id, who),
    }
}

fn orders_run<T: Town>(year: &Year<T>, id: MatterId, matter: &Matter) -> bool {
    let family = matter.family(id);
    let orders = family.iter().flat_map(|id| year.books.orders.get(id).into_iter().flatten());
    let runs = |id: &OrderId| year.books.promises.contains_key(&StreamName::from(*id));
    orders.into_iter().any(runs)
}

fn waits_for_orders<T: Town>(year: &mut Year<T>, id: MatterId, matter: &Matter, who: &Actor) {
    match year.chance.below(100) {
        0..=24 => reports(year, id, who),
        25..=44 => extends(year, id, matter, who),
        45..=64 => urges_orders(year, id, who),
        65..=69 => answers(year, id, who),
        _ => {}
    }
}

fn reports<T: Town>(year: &mut Year<T>, id: MatterId, who: &Actor) {
    let progress = Progress { note: "已联系施工队".to_owned(), photos: Vec::new() };
    year.does(who, Deed::Progress(id, progress));
}

pub(super) fn answers<T: Town>(year: &mut Year<T>, id: MatterId, who: &Actor) {
    let text = "已经处理好，请您再看看".to_owned();
    year.does(who, Deed::Answer(id, Answer { text, word: String::new(), photos: Vec::new() }));
}

fn extends<T: Town>(year: &mut Year<T>, id: MatterId, matter: &Matter, who: &Actor) {
    let due = matter.due.max(year.now).plus_seconds(5 * DAY);
    year.does(who, Deed::Extend(id, Extend { reason: "配件还没有到".to_owned(), due }));
}

fn hands_over<T: Town>(year: &mut Year<T>, id: MatterId, matter: &Matter, who: &Actor) {
    let (holder, person) = match year.chance.below(3) {
        0 => (Holder::Organisation(year.cast.property), None),
        1 => near(year, matter),
        _ => holding(year.chance.one_of(&year.cast.workers)),
    };
    let person = person.and_then(|who| who.account);
    let reason = "由更近的人处理".to_owned();
    year.does(who, Deed::HandOver(id, HandOver { holder, person, reason }));
}

/// Sends work or a letter, or asks the street to whistle.
fn sends<T: Town>(year: &mut Year<T>, matter: MatterId, who: &Actor) {
    let id = OrderId(year.id());
    let finish_by = year.now.plus_seconds(year.chance.between(2 * DAY, 12 * DAY));
    let (task, acceptance) = ("换三盏灯".to_owned(), "夜间全亮".to_owned());
    let item = "repair".to_owned();
    let (property, lamps, squad) = (year.cast.property, year.cast.lamps, year.cast.squad);
    let deed = match year.chance.below(100) {
        0..=24 => Deed::Ask(
            id,
            Ask {
                matter,
                whistle: *year.chance.one_of(WhistleKind::ALL),
                item,
                task,
                acceptance,
                reason: "社区无权处置".to_owned(),
                departments: vec![squad],
                lead: lamps,
                finish_by,
            },
        ),
        way => {
            let (kind, holder) = match way {
                25..=36 => (OrderKind::Letter, Holder::Organisation(lamps)),
                37..=49 => (OrderKind::Work, Holder::Desk(year.cast.community)),
                _ => (OrderKind::Work, Holder::Organisation(property)),
            };
            Deed::Send(id, Send { matter, kind, item, task, acceptance, holder, person: None, finish_by })
        }
    };
    if year.does(who, deed) {
        year.books.orders.entry(matter).or_default().push(id);
    }
}

/// Merges it into another one of the same building that is open.
fn merges<T: Town>(year: &mut Year<T>, id: MatterId, matter: &Matter, who: &Actor) {
    let latest: Vec<MatterId> = year.books.matters.iter().rev().take(40).copied().collect();
    let fits = |other: &MatterId| {
        let other_stands = year.town.matter(*other);
        *other != id
            && other_stands.is_some_and(|one| {
                one.place == matter.place && matches!(one.stage(), StageKind::Raised | StageKind::InHand)
            })
    };
    let Some(into) = latest.into_iter().find(fits) else { return answers(year, id, who) };
    year.does(who, Deed::MergeInto(id, MergeInto { into }));
}

/// Matters of the same desk that a topic can gather: about nobody, and in none yet.
fn can_gather<T: Town>(year: &Year<T>) -> Vec<MatterId> {
    let free = |id: &MatterId| {
        let matter = year.town.matter(*id);
        matter.is_some_and(|one| {
            let open = matches!(one.stage(), StageKind::Raised | StageKind::InHand);
            open && one.topic.is_none() && one.whom() == About::default() && one.sent_up.is_none()
        })
    };
    year.books.matters.iter().rev().take(40).copied().filter(free).collect()
}

/// Puts it before a meeting, with others of its kind.
fn opens_topic<T: Town>(year: &mut Year<T>, id: MatterId, who: &Actor) {
    let others = can_gather(year).into_iter().filter(|other| *other != id).take(2);
    let open = OpenTopic {
        title: "楼道的灯怎么办".to_owned(),
        question: String::new(),
        category: "02".to_owned(),
        matters: [id].into_iter().chain(others).collect(),
    };
    let topic = TopicId(year.id());
    year.does(who, Deed::OpenTopic(topic, open));
}

/// A topic waits for a meeting: more is gathered into it, everyone is answered, or it is given up.
pub(super) fn deliberates<T: Town>(year: &mut Year<T>, id: TopicId, who: &Actor) {
    match year.chance.below(100) {
        0..=39 => {
            let matters: Vec<MatterId> = can_gather(year).into_iter().take(1).collect();
            year.does(who, Deed::Gather(id, Gather { matters }));
        }
        40..=69 => {
            year.does(who, Deed::AnswerAll(id, AnswerAll { text: "商量好了，下周装".to_owned() }));
        }
        _ => {
            year.does(who, Deed::Drop(id, Drop { reason: "邻居自己解决了".to_owned() }));
        }
    }
}

fn unmerges<T: Town>(year: &mut Year<T>, matter: &Matter, who: &Actor) {
    if let Some(member) = matter.members.keys().next().copied() {
        year.does(who, Deed::Unmerge(member, Unmerge));
    }
}

fn urges_orders<T: Town>(year: &mut Year<T>, id: MatterId, who: &Actor) {
    for order in year.books.orders.get(&id).cloned().unwrap_or_default() {
        year.does(who, Deed::UrgeOrder(order, Urge::default()));
    }
}

/// Has those called back who were answered and said nothing, by somebody who did not work on it, and
/// closes it once their time is over.
pub(super) fn closes<T: Town>(year: &mut Year<T>, id: MatterId, matter: &Matter, who: &Actor) {
    let worked = |one: &Actor| one.account.is_some_and(|own| matter.handlers.iter().any(|by| by.is(&own)));
    let caller = year.cast.steering(&matter.whom()).find(|one| !worked(one)).cloned();
    if let Some(caller) = caller {
        for receipt in year.receipts_of(id) {
            let stands = year.town.receipt(receipt);
            let silent = stands.is_some_and(|one| one.evaluation.is_none() && one.withdrawn.is_none());
            if silent && year.chance.in_100(25) {
                let call = match year.chance.in_100(40) {
                    true => CallBack::missed(CallWay::Telephone, "无人接听"),
                    false => CallBack::said(CallWay::Telephone, Contacted::Yes, opinion(year, 90)),
                };
                year.does(&caller, Deed::CallBack(receipt, call));
            }
        }
    }
    if year.town.matter(id).is_some_and(|matter| matter.stage() == StageKind::Answered) {
        year.does(who, Deed::Close(id, Close));
    }
}

/// Goes on with a letter, or with what the community's own people do.
pub(super) fn follows_up<T: Town>(year: &mut Year<T>, id: OrderId, order: &Order, who: &Actor) {
    let again = year.chance.in_100(50);
    match order.kind {
        OrderKind::Letter if again || order.stage == dispatch::OrderStage::Sent => {
            year.does(who, Deed::FollowUp(id, FollowUp { note: "去电询问".to_owned() }));
        }
        _ if again => {
            let (reason, finish_by) = ("等天晴".to_owned(), order.finish_by.max(year.now).plus_seconds(DAY));
            year.does(who, Deed::ExtendOrder(id, dispatch::Extend { reason, finish_by }));
        }
        _ => {
            year.does(who, Deed::Finish(id, Done { note: "三盏全亮".to_owned(), photos: Vec::new() }));
        }
    }
}

/// Enters that a body came which does not say so itself, or takes the order back.
pub(super) fn enters_for<T: Town>(year: &mut Year<T>, id: OrderId, order: &Order) {
    let who = year.cast.steering(&year.about(&id.into())).next().cloned();
    let Some(who) = who else { return };
    let awaited = order.parties.iter().find(|body| !order.arrived.contains_key(body)).copied();
    match year.chance.in_100(30) {
        true => {
            let withdraw = dispatch::Withdraw { reason: "另行安排".to_owned() };
            year.does(&who, Deed::WithdrawOrder(id, withdraw));
        }
        false => {
            let note = "电话确认已到场".to_owned();
            year.does(&who, Deed::ReportIn(id, ReportIn { organisation: awaited, note }));
        }
    }
}

/// Accepts what somebody else did, or sends it back.
pub(super) fn accepts<T: Town>(year: &mut Year<T>, id: OrderId, order: &Order) {
    let did = |one: &Actor| one.account.is_some_and(|own| order.doer.as_ref().is_some_and(|by| by.is(&own)));
    let own = |one: &Actor| order.parties.iter().any(|body| one.is_of(*body));
    let about = year.about(&id.into());
    let who = year.cast.steering(&about).find(|one| !did(one) && !own(one)).cloned();
    let Some(who) = who else { return };
    match year.chance.in_100(15) {
        true => {
            let (reason, finish_by) = ("有一盏不亮".to_owned(), year.now.plus_seconds(3 * DAY));
            year.does(&who, Deed::Return(id, Return { reason, finish_by }));
        }
        false => {
            year.does(&who, Deed::Accept(id, Accept { note: String::new() }));
        }
    }
}

/// Takes back what was suspended.
pub(super) fn settles<T: Town>(year: &mut Year<T>, id: OrderId, who: &Actor) {
    let withdraw = dispatch::Withdraw { reason: "另行安排".to_owned() };
    year.does(who, Deed::WithdrawOrder(id, withdraw));
}

/// Confirms what somebody else did for protection, or finds that it does not hold.
pub(super) fn confirms<T: Town>(year: &mut Year<T>, id: DangerId, danger: &Danger) {
    let by = danger.protected.as_ref().and_then(|protected| protected.by.as_ref()).and_then(Sealed::get);
    let about = year.about(&id.into());
    let who = year.cast.steering(&about).find(|one| one.account.as_ref() != by).cloned();
    let Some(who) = who else { return };
    match year.chance.in_100(12) {
        true => year.does(&who, Deed::Fail(id, Fail { reason: "围挡倒了".to_owned() })),
        false => year.does(&who, Deed::MakeSafe(id, MakeSafe { note: String::new() })),
    };
}

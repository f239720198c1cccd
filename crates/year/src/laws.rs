//! What must hold in a year, whatever anybody does. After each entry: nothing is put off unsaid, and
//! whoever is to act is there. When a matter closes: everyone was answered, and who said nothing is
//! not taken to have agreed. When something falls due: it is seen to be late. At each day's end: what
//! waits is what was promised, and all matters are open or closed. At the end of all: nothing is left.

use crate::cast::Cast;
use crate::town::{Held, Town};
use crate::year::Year;
use std::collections::BTreeSet;
use yishi_domain::matters::{MatterId, StageKind};
use yishi_kernel::StreamName;
use yishi_kernel::access::About;

/// Entries by which a step may come to be due later: each tells a new day to whoever waits for it.
const SAYS_LATER: &[&str] = &[
    // It went to the desk above as a repeat, and is sorted there.
    "matter.sent_up.1",
    "matter.extended.1",
    "matter.taken_up.1",
    "matter.let_go.1",
    "matter.resorted.1",
    // What was let go again has its own day, which was told before.
    "matter.released.1",
    "order.extended.1",
    "order.returned.1",
    "order.resumed.1",
    "order.ruled.1",
    "order.part_ruled.1",
    "order.followed_up.1",
    // By when the next desk is to see it, not by when it is to be safe.
    "danger.went_up.1",
    "danger.failed.1",
    "danger.looked_again.1",
];

/// Steps that no entry puts off: people are in danger.
const NEVER_LATER: &[&str] = &["danger-step/protect", "danger-step/confirm"];

/// Nothing comes to be due later without an entry that says so.
pub(crate) fn nothing_is_put_off_unsaid(
    stream: &StreamName,
    kinds: &[String],
    before: &[Held],
    after: &[Held],
) {
    for now in after {
        let same = before.iter().filter(|one| one.step == now.step);
        let Some(promised) = same.map(|one| one.due).max() else { continue };
        let says = kinds.iter().any(|kind| SAYS_LATER.contains(&kind.as_str()));
        let may = says && !NEVER_LATER.contains(&now.step.as_str());
        assert!(now.due <= promised || may, "{stream}: {} was put off by {kinds:?}", now.step);
    }
}

/// What waits has a holder who is there, with somebody who may take the step, and a clock.
pub(crate) fn whoever_is_to_act_is_there(cast: &Cast, stream: &StreamName, about: &About, waits: &[Held]) {
    for held in waits {
        let able = !cast.whose(&held.holder, about).is_empty();
        assert!(able, "{stream} waits for {}, where nobody may {}", held.holder.as_str(), held.step);
        assert!(held.due.0 > 0, "{stream} has no clock");
    }
}

/// What fell due is late for all who look: it waits with the day that was promised.
pub(crate) fn what_is_late_is_seen<T: Town>(year: &Year<T>, stream: &StreamName, held: &Held) {
    let seen = year.town.waits(stream);
    assert!(seen.contains(held) && held.due <= year.now, "{stream}: {held:?} is late, and seen as {seen:?}");
    whoever_is_to_act_is_there(&year.cast, stream, &year.about(stream), &seen);
}

/// A matter closes only with an answer on each receipt that was not taken back. Who was there when
/// it was answered and said nothing had the time to; nobody is taken to have agreed, and a "no"
/// never stands beside a closed matter.
pub(crate) fn everyone_was_answered<T: Town>(year: &Year<T>, id: MatterId) {
    let matter = year.town.matter(id).expect("a matter that was closed");
    let answered = matter.answered.expect("closed, so it was answered");
    for name in year.receipts_of(id) {
        let receipt = year.town.receipt(name).expect("a receipt that was opened");
        assert_eq!(receipt.evaluation.is_some(), year.books.heard.contains(&name), "{id}: silence counts");
        if receipt.withdrawn.is_some() || receipt.opened > answered {
            continue;
        }
        match receipt.evaluation {
            Some((of, solved, _)) if of == answered => {
                let content = solved == yishi_domain::evaluation::Solved::Yes;
                assert!(content, "{id} was closed over a no");
            }
            // They had all the time that was told.
            _ => assert!(year.now >= matter.due, "{id} was closed before {name} was heard"),
        }
    }
}

/// A matter that ended unanswered was taken back by all who had raised or joined it.
pub(crate) fn nobody_waits_any_more<T: Town>(year: &Year<T>, id: MatterId) {
    for name in year.receipts_of(id) {
        let receipt = year.town.receipt(name).expect("a receipt that was opened");
        assert!(receipt.withdrawn.is_some(), "{id} was taken back over {name}");
    }
}

/// What desks read is what was promised by entries, and what is late among it is what fell due.
pub(crate) fn what_waits_is_what_was_promised<T: Town>(year: &Year<T>) {
    let waiting: BTreeSet<(StreamName, Held)> = year.town.waiting().into_iter().collect();
    let promised = year.books.promises.iter();
    let promised = promised.flat_map(|(stream, all)| all.iter().map(|held| (stream.clone(), held.clone())));
    assert_eq!(promised.collect::<BTreeSet<_>>(), waiting, "what waits is not what was promised");
    let late: BTreeSet<_> = waiting.into_iter().filter(|(_, held)| held.due <= year.now).collect();
    assert_eq!(year.books.late, late, "what is late is not what fell due");
}

/// The counts add up: each matter is open, closed, or carried by one that is.
pub(crate) fn all_matters_are_open_or_closed<T: Town>(year: &Year<T>) {
    let (mut open, mut carried) = (0, 0);
    for id in &year.books.open {
        let matter = year.town.matter(*id).expect("a matter that was raised");
        match matter.stage() {
            StageKind::Raised | StageKind::InHand | StageKind::Answered => {
                open += 1;
                let waits = year.books.promises.contains_key(&StreamName::from(*id));
                assert!(waits, "{id} is open and waits for nobody");
            }
            StageKind::Merged => {
                carried += 1;
                let (root, carrier) = year.carrier(*id);
                assert!(carrier.family(root).contains(id), "{id} is carried by nobody");
            }
            StageKind::Closed => panic!("{id} is closed, and no entry says so"),
        }
    }
    assert_eq!(year.books.matters.len(), open + carried + year.books.closed.len());
}

/// Nothing is without an exit: when people have gone on with what there was, nothing is left.
pub(crate) fn nothing_is_left<T: Town>(year: &Year<T>) {
    assert_eq!(year.books.promises.first_key_value(), None, "it still waits when all is over");
    for id in &year.books.matters {
        let (root, carrier) = year.carrier(*id);
        assert_eq!(carrier.stage(), StageKind::Closed, "{id}, carried by {root}");
    }
}

//! The gate by example: the shed of a compound, told with its numbers. The law over random histories
//! stands with those of meetings.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::dispatch::{OrderKind, Send};
use crate::meetings::laws::world::*;
use crate::meetings::{Fate, MeetingStep, Passed, Resolve, VoteMode};
use crate::topics::{TopicStage, TopicStep};
use proptest::prelude::*;
use yishi_kernel::Denied;

/// Recommended by nine of eleven, published, and the notice is over.
fn recommended() -> World {
    let mut world = World::begun(11);
    world.put_as("new_common", VoteMode::Hands);
    assert_eq!(world.counted([9, 2, 0]), Passed::Recommended);
    let action = world.action(1, 0);
    world.meet(WORKER, 0, Resolve { actions: vec![action], standard: String::new() }).unwrap();
    assert_eq!(world.topic(0).next().unwrap().0, TopicStep::Owners);
    world.publish();
    world.now = world.meeting(0).outcome.until.unwrap();
    world
}

fn first(refusal: &yishi_kernel::Refusal) -> &Refusal {
    refusal.of::<Refusal>().unwrap()
}

#[test]
fn a_shed_is_recommended_and_built_once_the_owners_agreed() {
    let mut world = recommended();
    let action = world.first_action();
    assert_eq!(world.meeting(0).next().unwrap().0, MeetingStep::Owners);
    let refused = world.dispatch(WORKER, 0, action, None).unwrap_err();
    assert_eq!(first(&refused).article(), Some("《民法典》第278条第一款第（七）（八）项、第282条"));

    // 79 of 120 took part: they decided nothing.
    let refused = world.enter(WORKER, 0, 1, SUMS[0]).unwrap_err();
    assert_eq!(refused, Refusal::Quorum { side: Side::Heads, total: 120, part: 79, needed: 80 });
    let refused = world.enter(WORKER, 0, 1, SUMS[1]).unwrap_err();
    assert_eq!(
        refused,
        Refusal::Quorum { side: Side::Area, total: 1_200_000, part: 790_000, needed: 800_000 }
    );

    // 84 heads and 70 % of the area took part; 66 heads and 78 % of that area agreed.
    world.enter(WORKER, 0, 1, SUMS[3]).unwrap();
    assert!(world.enter(COLLEAGUE, 0, 1, SUMS[3]).is_err(), "one at a time");
    assert_eq!(world.confirm_result(WORKER, 0).unwrap_err(), Denied::Handler);
    let refused = world.dispatch(WORKER, 0, action, None).unwrap_err();
    assert!(matches!(first(&refused), Refusal::OwnersFirst { .. }), "entered is not confirmed");
    world.confirm_result(SECRETARY, 0).unwrap();
    assert_eq!(world.topic(0).stage, TopicStage::Decided);
    world.dispatch(WORKER, 0, action, None).unwrap();
    assert_eq!(world.order(0).leave, Some(Leave::Owners(result_id(0))));
    assert!(world.dispatch(WORKER, 0, action, None).is_err(), "exactly one order");
    world.check();
}

#[test]
fn what_the_owners_do_not_agree_to_is_not_done() {
    // 62 of 84 heads are no three quarters.
    let mut world = recommended();
    world.enter(WORKER, 0, 1, SUMS[2]).unwrap();
    world.confirm_result(COLLEAGUE, 0).unwrap();
    assert_eq!(world.result(0).agreed, Agreed::No);
    assert_eq!(world.meeting(0).outcome.actions[0].fate, Fate::Refused);
    assert_eq!(world.topic(0).stage, TopicStage::Open);
    assert!(world.dispatch(WORKER, 0, world.first_action(), None).is_err());
    assert_eq!(world.enter(WORKER, 0, 1, SUMS[3]).unwrap_err(), Refusal::NotAwaited);
}

#[test]
fn a_result_that_was_rejected_makes_room_for_another() {
    let mut world = recommended();
    world.enter(WORKER, 0, 1, SUMS[3]).unwrap();
    world.reject_result(WORKER, 0).unwrap();
    assert!(matches!(world.confirm_result(SECRETARY, 0).unwrap_err().denied(), Some(Denied::Stage(_))));
    world.enter(COLLEAGUE, 0, 1, SUMS[3]).unwrap();
    world.confirm_result(WORKER, 1).unwrap();
}

#[test]
fn no_matter_brings_an_order_on_what_is_the_owners() {
    use crate::dispatch::laws::world::{World, ask, origin, own_people, send};
    use yishi_kernel::Start as _;
    let world = World::new();
    let (ctx, day) = (world.ctx(1), world.now.plus_seconds(86_400));
    for kind in [OrderKind::Work, OrderKind::Letter] {
        for item in ["common_income", "new_common", "use_fund", "hire_manager"] {
            let send = Send { item: item.to_owned(), ..send(kind, own_people(), day) };
            let refused = send.start(&origin(), &ctx).unwrap_err();
            assert!(first(&refused).article().is_some_and(|article| article.contains("278")), "{item}");
        }
        let mut disguised = send(kind, own_people(), day);
        disguised.task = "动用公共收益，在8号楼后新建车棚".to_owned();
        let refused = disguised.start(&origin(), &ctx).unwrap_err();
        assert!(matches!(first(&refused), Refusal::ReadsAs { .. }));
    }
    let whistle = crate::dispatch::Ask { item: "new_common".to_owned(), ..ask(day) };
    assert!(matches!(first(&whistle.start(&origin(), &ctx).unwrap_err()), Refusal::OwnersFirst { .. }));
}

proptest! {
    /// Two thirds of heads and area take part, then more than half or three quarters agree: by
    /// whole numbers, against the fractions of the law said in another way.
    #[test]
    fn owners_agree_exactly_where_the_law_says_so(
        total in (1_u64..400, 1_u64..400_000),
        part in (0_u64..400, 0_u64..400_000),
        yes in (0_u64..400, 0_u64..400_000),
        which in 0_usize..9,
    ) {
        let part = (part.0 % (total.0 + 1), part.1 % (total.1 + 1));
        let yes = (yes.0 % (part.0 + 1), yes.1 % (part.1 + 1));
        let joint = Joint::ALL[which];
        let of = |(heads, area): (u64, u64)| Part { heads, area };
        let came = super::enter::came_to(joint, of(total), of(part), of(yes));
        // At most a third stayed away.
        let quorum = |total: u64, part: u64| 3 * (total - part) <= total;
        let special = (5..8).contains(&which);
        let agrees = |part: u64, yes: u64| if special { 4 * (part - yes) <= part } else { yes > part - yes };
        match came {
            Err(Refusal::Quorum { .. }) => {
                prop_assert!(!(quorum(total.0, part.0) && quorum(total.1, part.1)));
            },
            Err(other) => prop_assert!(false, "{other:?}"),
            Ok(agreed) => {
                prop_assert!(quorum(total.0, part.0) && quorum(total.1, part.1));
                prop_assert_eq!(agreed == Agreed::Yes, agrees(part.0, yes.0) && agrees(part.1, yes.1));
            }
        }
    }
}

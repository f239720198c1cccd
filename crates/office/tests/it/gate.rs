//! The owners' gate on both stores: what left by their result and what left by an emergency, whom
//! an emergency keeps out, and the law of the books, which is told when somebody changes either.

use super::endings::sound;
use super::office::{rebuilt_is_the_same, refused, seal_and_verify};
use yishi_domain::ballots::{ConfirmResult, Leave};
use yishi_domain::dispatch::{Order, OrderId, OrderKind, Send, Withdraw};
use yishi_domain::emergency::{
    Basis, BasisStage, ConfirmBasis, EnterBasis, PostAccount, Refusal, RejectBasis, SendLeast,
};
use yishi_kernel::{Actor, CorrectReason, Denied, Holder, PhotoDigest, StreamName, ValueAt};
use yishi_office::{Correcting, Office};
use yishi_store::{Value, args};
use yishi_testkit::emergency::{basis_id, confirmed, fence, sorted, to_property};
use yishi_testkit::meetings::{dispatching, owners, recommended, result_id};
use yishi_testkit::neighbourhood::{form, raising};
use yishi_testkit::{Neighbourhood, TestStore, neighbourhood, stores};

async fn basis(office: &Office, there: &Neighbourhood, word: &str) -> Basis {
    let loaded = office.load::<Basis>(there.community, &basis_id(word).into()).await.unwrap();
    loaded.must().unwrap().clone()
}

/// The order that a basis freed.
async fn freed(office: &Office, there: &Neighbourhood, word: &str) -> (OrderId, Order) {
    let id = basis(office, there, word).await.order.unwrap();
    let loaded = office.load::<Order>(there.community, &id.into()).await.unwrap();
    (id, loaded.must().unwrap().clone())
}

#[tokio::test]
async fn the_least_leaves_once_by_two_roles_and_all_else_waits_for_the_owners() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (ledger, worker) = (there.community, &there.worker);
        let raised = sorted(office, &there, "tile").await;
        let send = Send {
            matter: raised.matter,
            kind: OrderKind::Work,
            item: "change_use".to_owned(),
            task: fence(raised.matter).line,
            acceptance: "没有人能走到墙下".to_owned(),
            holder: Holder::Organisation(there.property),
            person: None,
            finish_by: office.now().end_of_day_after(0),
        };
        let straight = async || {
            let id = OrderId(form("straight").id("order"));
            refused(office.start(worker, ledger, id, send.clone()).await)
        };
        straight().await;
        let id = basis_id("tile");
        office.start(worker, ledger, id, fence(raised.matter)).await.unwrap();
        for alone in [worker, &there.colleague] {
            assert_eq!(refused(office.act(alone, ledger, id, ConfirmBasis).await), Refusal::SecondRole);
        }
        for nobody in [&there.keeper, &there.steward, &there.lamp_officer, &Actor::visitor()] {
            assert!(refused(office.act(nobody, ledger, id, ConfirmBasis).await).denied().is_some());
        }
        let least = || to_property(office, &there);
        assert!(matches!(
            refused(office.act(worker, ledger, id, least()).await).denied(),
            Some(Denied::Stage(_))
        ));
        office.act(&there.secretary, ledger, id, ConfirmBasis).await.unwrap();
        // It frees its own order and no other one, also with the same words.
        straight().await;
        office.act(worker, ledger, id, least()).await.unwrap();
        assert_eq!(refused(office.act(worker, ledger, id, least()).await), Refusal::IsSent);
        straight().await;
        let (order, state) = freed(office, &there, "tile").await;
        assert_eq!(state.leave, Some(Leave::Emergency(id)), "{}", store.engine());
        assert_eq!(state.task.task, fence(raised.matter).line.as_str());

        // One at a time, and accounts once its order is at its end.
        let another = || EnterBasis { line: "封闭墙下小路".to_owned(), ..fence(raised.matter) };
        let start = async |word: &str| office.start(worker, ledger, basis_id(word), another()).await;
        assert_eq!(refused(start("second").await), Refusal::IsOpen);
        let post = || PostAccount { note: "改为自办".to_owned(), fen: None, source: String::new() };
        assert_eq!(refused(office.act(worker, ledger, id, post()).await), Refusal::OrderRuns);
        office.act(worker, ledger, order, Withdraw { reason: "改为自办".to_owned() }).await.unwrap();
        office.act(worker, ledger, id, post()).await.unwrap();
        start("second").await.unwrap();
        let reject = RejectBasis { reason: "墙下没有路".to_owned() };
        office.act(&there.secretary, ledger, basis_id("second"), reject).await.unwrap();
        sound(office).await;
        rebuilt_is_the_same(&store).await;
        seal_and_verify(&store).await;
    }
}

#[tokio::test]
async fn what_was_confirmed_is_what_leaves_and_a_copy_follows_its_text() {
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let ledger = there.community;
        let reads = async |actor: &Actor, word: &str, text: &str| {
            let value = ValueAt { version: 1, field: "line".to_owned() };
            let (text, reason) = (Some(text.to_owned()), CorrectReason::Mistake);
            let what = Correcting { value, text, reason };
            office.correct(actor, ledger, &basis_id(word).into(), &what).await.unwrap();
        };
        // Before anything left it is confirmed anew, and not by whoever put it so.
        let id = confirmed(office, &there, "before").await;
        reads(&there.secretary, "before", "外墙整体翻修").await;
        assert_eq!(basis(office, &there, "before").await.stage, BasisStage::Entered);
        let send = office.act(&there.worker, ledger, id, to_property(office, &there)).await;
        assert!(matches!(refused(send).denied(), Some(Denied::Stage(_))), "{}", store.engine());
        let alone = office.act(&there.secretary, ledger, id, ConfirmBasis).await;
        assert_eq!(refused(alone), Refusal::SecondRole);
        let reject = RejectBasis { reason: "不是最少措施".to_owned() };
        office.act(&there.officer, ledger, id, reject).await.unwrap();

        // Afterwards its order reads as it does.
        let id = confirmed(office, &there, "after").await;
        office.act(&there.worker, ledger, id, to_property(office, &there)).await.unwrap();
        reads(&there.worker, "after", "三号楼墙下围挡").await;
        let (_, order) = freed(office, &there, "after").await;
        assert_eq!(order.task.task, "三号楼墙下围挡");
        assert_eq!(basis(office, &there, "after").await.stage, BasisStage::Confirmed);
        sound(office).await;
        seal_and_verify(&store).await;
    }
}

/// Changes the store by hand, sees what the law of the gate tells, and puts it back.
async fn told(
    store: &TestStore,
    why: &str,
    spoil: (&'static str, Vec<Value>),
    mend: (&'static str, Vec<Value>),
) {
    let office = &store.office;
    office.db.execute(vec![spoil]).await.unwrap();
    let all = office.audit().await.unwrap();
    let gate = all.iter().find(|found| found.law.contains("owners' left")).unwrap();
    let example = gate.example.as_deref().unwrap_or_default();
    assert!(!gate.holds && example.contains(why), "{} {why}: {gate:?}", store.engine());
    assert!(gate.remedy.is_some_and(|remedy| !remedy.is_empty()), "{gate:?}");
    office.db.execute(vec![mend]).await.unwrap();
    sound(office).await;
}

#[tokio::test]
async fn the_law_of_the_gate_is_told_when_somebody_changes_how_an_order_left() {
    const OTHERWISE: &str =
        "update event set envelope = replace(envelope, ?3, ?4) where ledger = ?1 and kind = ?2";
    const SAYS: &str = "update private set value = ?4 where ledger = ?1 and stream = ?2 and field = ?3";
    for store in stores().await {
        let office = &store.office;
        let there = neighbourhood(office).await;
        let (ledger, worker) = (there.community, &there.worker);
        let shed =
            office.raise(&Actor::visitor(), raising("shed", there.building, "没有车棚")).await.unwrap();
        let (_, meeting) = recommended(office, &there, "车棚", &[shed.matter]).await;
        let paper = PhotoDigest(office.db.put_blob(vec![8; 11]).await.unwrap());
        office.start(worker, ledger, result_id("shed"), owners(office, meeting, paper)).await.unwrap();
        office.act(&there.colleague, ledger, result_id("shed"), ConfirmResult).await.unwrap();
        let mut hurried = dispatching(&there, "车棚");
        hurried.hurry = Some("雨季将到".to_owned());
        office.dispatch_action(worker, ledger, meeting, hurried).await.unwrap();
        let id = confirmed(office, &there, "tile").await;
        let least: SendLeast = to_property(office, &there);
        office.act(worker, ledger, id, least).await.unwrap();
        sound(office).await;

        let both = |kind: &str, from: &str, to: &str| {
            let one = |from: &str, to: &str| (OTHERWISE, args![ledger, kind, from, to].to_vec());
            (one(from, to), one(to, from))
        };
        let result = result_id("shed").to_string();
        let nothing = uuid::Uuid::from_u128(4).to_string();
        let (confirms, enters) = ("emergency_basis.confirmed.1", "emergency_basis.entered.1");
        let [as_worker, as_secretary] = ["\"role\":\"community_worker\"", "\"role\":\"community_secretary\""];
        for (why, (spoil, mend)) in [
            (
                "the owners did not agree",
                both("owners_result.entered.1", "\"agreed\":\"yes\"", "\"agreed\":\"no\""),
            ),
            ("its result is not there", both("order.decides.1", &result, &nothing)),
            ("its emergency is not there", both("order.decides.1", &id.to_string(), &nothing)),
            ("one role or person alone", both(confirms, as_secretary, as_worker)),
            ("freed something else", both(enters, "\"item\":\"change_use\"", "\"item\":\"rebuild\"")),
        ] {
            told(&store, why, spoil, mend).await;
        }
        let (order, state) = freed(office, &there, "tile").await;
        let says = |text: &str| {
            let stream = StreamName::from(order);
            (SAYS, args![ledger, stream.as_str(), "task/task", format!("{text:?}").as_str()].to_vec())
        };
        told(&store, "it says another thing", says("外墙整体翻修"), says(&state.task.task)).await;
    }
}

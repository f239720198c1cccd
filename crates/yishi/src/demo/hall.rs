//! What the stories of topics and meetings share: matters by what was said of them, a
//! meeting and who comes to it, orders. Only commands, like the rest of the demonstration.

use super::lines::LINES;
use super::story::{Cast, by_link, form, picture};
use super::turns::Turn;
use crate::Stop;
use std::cell::RefCell;
use std::collections::BTreeMap;
use yishi_domain::dispatch::{Accept, Done, Order, OrderId, PublishPhoto, ReportIn, WhistleKind};
use yishi_domain::evaluation::{CallBack, Contacted, Evaluate, Evaluation, Satisfaction, Solved};
use yishi_domain::matters::{self, MatterId};
use yishi_domain::meetings::{
    ActionId, Admit, Admitting, Call, Cast as Vote, Choice, Coming, Confirm, DispatchAction, IssueSlips,
    Meeting, MeetingId, NewAction, Post, ReleaseSlips, Reply, Resolve, SeatId, SeatKind, SignedIn, Voter,
    Way,
};
use yishi_domain::topics::{OpenTopic, TopicId};
use yishi_kernel::{Actor, Claim, Command, Holder, Moment, OrganisationId, PhotoDigest, PlaceId};
use yishi_office::matters::RaisedMatter;
use yishi_office::meetings::Signing;
use yishi_office::meetings::slips::{self, Slip};
use yishi_office::{FormKey, Load, Office};

/// What has been raised so far: each line's first receipt, then those who joined.
pub(super) type Said = RefCell<BTreeMap<usize, Vec<RaisedMatter>>>;

/// Where a story about a topic is told.
pub(super) struct Hall<'a> {
    pub(super) office: &'a Office,
    pub(super) cast: &'a Cast,
    pub(super) now: Moment,
    pub(super) turn: Turn<'a>,
    pub(super) said: &'a Said,
    /// A word of its own in ids.
    pub(super) name: &'static str,
}

/// A meeting to be called, as far as they differ.
pub(super) struct Called<'a> {
    pub(super) forum: &'a str,
    pub(super) scheme: &'a str,
    pub(super) title: &'a str,
    pub(super) venue: &'a str,
    pub(super) starts: Moment,
    pub(super) invited: &'a [OrganisationId],
    pub(super) entitled: Option<u64>,
}

/// What somebody has to show at the door: the code of a slip, or the number on the council's roll.
struct Own {
    slip: Option<String>,
    member: Option<u32>,
}

/// An action to be agreed.
pub(super) struct Agreed<'a> {
    pub(super) motion: u32,
    pub(super) task: &'a str,
    pub(super) owner: OrganisationId,
    pub(super) way: Way,
    pub(super) due: Moment,
    pub(super) yuan: Option<(u64, &'a str)>,
    pub(super) acceptance: &'a str,
}

impl Hall<'_> {
    /// Waits until an hour and minute so many days ago, by the clocks of China.
    pub(super) async fn until(&self, days: i64, hour: i64, minute: i64) {
        self.turn.until(self.day(days, hour, minute)).await;
    }

    /// An hour and minute so many days before today, by the clocks of China.
    pub(super) fn day(&self, days: i64, hour: i64, minute: i64) -> Moment {
        self.now.end_of_day_after(0).plus_seconds(-(days + 1) * 86_400 + hour * 3_600 + minute * 60)
    }

    pub(super) fn ledger(&self) -> PlaceId {
        self.cast.xinglin
    }

    /// A line's matter and all receipts on it.
    pub(super) fn line(&self, summary: &str) -> Result<Vec<RaisedMatter>, Stop> {
        let found = LINES.iter().position(|line| line.summary == summary);
        let found = found.and_then(|line| self.said.borrow().get(&line).cloned());
        found.ok_or_else(|| Stop::Usage(format!("nobody has said {summary} yet")))
    }

    /// The matters of lines.
    pub(super) fn matters(&self, summaries: &[&str]) -> Result<Vec<MatterId>, Stop> {
        let first = |summary: &&str| Ok(self.line(summary)?.first().map(|raised| raised.matter));
        let found: Result<Vec<_>, Stop> = summaries.iter().map(first).collect();
        Ok(found?.into_iter().flatten().collect())
    }

    /// Publishes the photo that came with a line, as it was before anything was done.
    pub(super) async fn publish_photo(&self, summary: &str) -> Result<(), Stop> {
        let line = LINES.iter().position(|line| line.summary == summary).unwrap_or_default();
        let photo = PhotoDigest(yishi_store::blobs::digest_of(&picture(line)?));
        for matter in self.matters(&[summary])? {
            let command = matters::PublishPhoto { photo: photo.clone() };
            self.office.act(&self.cast.worker, self.ledger(), matter, command).await?;
        }
        Ok(())
    }

    fn form(&self, purpose: &str) -> FormKey {
        form(&format!("demo/{}/{purpose}/{}", self.name, self.now.0))
    }

    pub(super) async fn topic(
        &self,
        title: &str,
        question: &str,
        category: &str,
        matters: Vec<MatterId>,
    ) -> Result<TopicId, Stop> {
        let id = TopicId(self.form("topic").id("topic"));
        let open = OpenTopic {
            title: title.to_owned(),
            question: question.to_owned(),
            category: category.to_owned(),
            matters,
        };
        self.office.start(&self.cast.worker, self.ledger(), id, open).await?;
        Ok(id)
    }

    /// Calls a meeting: the secretary chairs, a colleague records.
    pub(super) async fn call(&self, topic: TopicId, called: Called<'_>) -> Result<MeetingId, Stop> {
        let (Some(chair), Some(recorder)) = (self.cast.secretary.account, self.cast.colleague.account) else {
            return Err(Stop::Usage("chair and recorder have accounts".to_owned()));
        };
        let form = self.form("meeting");
        let id = MeetingId(form.id("meeting"));
        let call = Call {
            forum: called.forum.to_owned(),
            scheme: Some(called.scheme.to_owned()),
            title: called.title.to_owned(),
            venue: called.venue.to_owned(),
            starts: called.starts,
            hurry: None,
            topics: vec![topic],
            entitled: called.entitled,
            invited: called.invited.to_vec(),
            chair,
            recorder,
            door: form.secret("door"),
        };
        self.office.start(&self.cast.worker, self.ledger(), id, call).await?;
        Ok(id)
    }

    pub(super) async fn meet<C>(&self, actor: &Actor, meeting: MeetingId, command: C) -> Result<(), Stop>
    where
        C: Command<On = Meeting, Facts: Load<C>>,
    {
        Ok(self.office.act(actor, self.ledger(), meeting, command).await?)
    }

    /// The notice hangs, with a photo of it.
    pub(super) async fn post(&self, meeting: MeetingId, at: &str, drawing: usize) -> Result<(), Stop> {
        let photo = Some(self.photo(drawing).await?);
        self.meet(&self.cast.worker, meeting, Post { at: at.to_owned(), photo }).await
    }

    pub(super) async fn reply(
        &self,
        actor: &Actor,
        meeting: MeetingId,
        organisation: OrganisationId,
        coming: Coming,
        note: &str,
    ) -> Result<(), Stop> {
        let note = note.to_owned();
        self.meet(actor, meeting, Reply { organisation, coming, note }).await
    }

    /// Signs somebody in, by phone, or at the door where a body sent them or they have none.
    pub(super) async fn sign_in(
        &self,
        meeting: MeetingId,
        kind: SeatKind,
        how: SignedIn,
        organisation: Option<OrganisationId>,
        name: &str,
    ) -> Result<SeatId, Stop> {
        let own = Own { slip: None, member: None };
        self.sign_in_with(meeting, kind, how, organisation, name, own).await
    }

    async fn sign_in_with(
        &self,
        meeting: MeetingId,
        kind: SeatKind,
        how: SignedIn,
        organisation: Option<OrganisationId>,
        name: &str,
        Own { slip, member }: Own,
    ) -> Result<SeatId, Stop> {
        let visitor = Actor::visitor();
        let actor = if how == SignedIn::Phone { &visitor } else { &self.cast.worker };
        let person = format!("demo-{}-{name}", self.name);
        let signing = Signing { kind, how, organisation, person, name: name.to_owned(), slip, member };
        Ok(self.office.sign_in(actor, self.ledger(), meeting, signing).await?.seat)
    }

    /// The worker makes slips and hands them out; a colleague has watched.
    pub(super) async fn hand_out_slips(&self, meeting: MeetingId, count: u32) -> Result<Vec<Slip>, Stop> {
        let word = self.form("slips").secret("slips");
        self.meet(&self.cast.worker, meeting, IssueSlips { count, word }).await?;
        let loaded = self.office.load::<Meeting>(self.ledger(), &meeting.into()).await?;
        let all = loaded.get().map(|state| slips::slips(meeting, state)).unwrap_or_default();
        let upto = all.last().map_or(0, |slip| slip.number);
        self.meet(&self.cast.colleague, meeting, ReleaseSlips { upto }).await?;
        Ok(all)
    }

    /// Those who have a vote: by the slip that they got at the door; every fourth has no phone at
    /// hand, is entered by the worker, and confirmed by a colleague who knows them.
    pub(super) async fn voters(
        &self,
        meeting: MeetingId,
        names: &[&str],
    ) -> Result<Vec<(SeatId, SignedIn)>, Stop> {
        let slips = self.hand_out_slips(meeting, u32::try_from(names.len()).unwrap_or_default()).await?;
        let mut seats = Vec::new();
        for (n, name) in names.iter().enumerate() {
            let how = if n % 4 == 3 { SignedIn::Register } else { SignedIn::Phone };
            // Where the council votes, its members have slips of their own.
            let member = slips.get(n).and_then(|slip| slip.member);
            let slip = slips.get(n).map(|slip| slip.code.clone()).filter(|_| how == SignedIn::Phone);
            let kind = match (how, member) {
                (SignedIn::Register, Some(_)) => SeatKind::Member,
                _ => SeatKind::Resident,
            };
            let seat = self.sign_in_with(meeting, kind, how, None, name, Own { slip, member }).await?;
            if how == SignedIn::Register {
                let admit = Admit { by: Admitting::Second };
                self.office.act(&self.cast.colleague, self.ledger(), seat, admit).await?;
            }
            seats.push((seat, how));
        }
        Ok(seats)
    }

    /// A vote by phone, from put to counted: the first so many are for, the next against,
    /// the next abstain; the rest are silent.
    pub(super) async fn by_phone(
        &self,
        meeting: MeetingId,
        motion: u32,
        seats: &[(SeatId, SignedIn)],
        [in_favour, against, abstain]: [usize; 3],
    ) -> Result<(), Stop> {
        let choices = std::iter::repeat_n(Choice::For, in_favour)
            .chain(std::iter::repeat_n(Choice::Against, against))
            .chain(std::iter::repeat_n(Choice::Abstain, abstain));
        let by_link = Actor::visitor().showing(Claim::Seat);
        for ((seat, how), choice) in seats.iter().zip(choices) {
            let (actor, voter) = match how {
                SignedIn::Phone => (&by_link, Voter::Own),
                // Whoever entered them does not vote for them.
                SignedIn::Register => (&self.cast.colleague, Voter::Worker),
            };
            let vote = Vote { meeting, motion, seat: *seat, choice, voter };
            self.office.vote(actor, self.ledger(), vote).await?;
        }
        Ok(self.office.end_vote(&self.cast.worker, self.ledger(), meeting, motion).await?)
    }

    pub(super) fn action(&self, n: usize) -> ActionId {
        ActionId(self.form("resolution").id(&format!("action/{n}")))
    }

    pub(super) async fn resolve(
        &self,
        meeting: MeetingId,
        agreed: &[Agreed<'_>],
        standard: &str,
    ) -> Result<(), Stop> {
        let mut actions = Vec::new();
        for (n, one) in agreed.iter().enumerate() {
            actions.push(NewAction {
                id: self.action(n),
                motion: one.motion,
                item: String::new(),
                task: one.task.to_owned(),
                owner: Holder::Organisation(one.owner),
                way: one.way,
                due: one.due,
                fen: one.yuan.map(|(yuan, _)| yuan * 100),
                source: one.yuan.map(|(_, source)| source.to_owned()).unwrap_or_default(),
                acceptance: one.acceptance.to_owned(),
            });
        }
        let standard = standard.to_owned();
        self.meet(&self.cast.worker, meeting, Resolve { actions, standard }).await
    }

    /// Chair and recorder confirm the same minutes.
    pub(super) async fn confirm(&self, meeting: MeetingId, minutes: &str) -> Result<(), Stop> {
        let minutes = self.office.db.put_blob(minutes.as_bytes().to_vec()).await?;
        for actor in [&self.cast.secretary, &self.cast.colleague] {
            self.meet(actor, meeting, Confirm { minutes: minutes.clone() }).await?;
        }
        Ok(())
    }

    /// Sends an action on its way.
    pub(super) async fn send(
        &self,
        meeting: MeetingId,
        n: usize,
        departments: &[OrganisationId],
        reason: &str,
    ) -> Result<OrderId, Stop> {
        let dispatching = DispatchAction {
            action: self.action(n),
            hurry: None,
            whistle: WhistleKind::Hard,
            departments: departments.to_vec(),
            reason: reason.to_owned(),
        };
        Ok(self.office.dispatch_action(&self.cast.worker, self.ledger(), meeting, dispatching).await?)
    }

    pub(super) async fn order<C>(&self, actor: &Actor, id: OrderId, command: C) -> Result<(), Stop>
    where
        C: Command<On = Order, Facts: Load<C>>,
    {
        Ok(self.office.act(actor, self.ledger(), id, command).await?)
    }

    pub(super) async fn report_in(&self, actor: &Actor, id: OrderId, note: &str) -> Result<(), Stop> {
        let note = note.to_owned();
        self.order(actor, id, ReportIn { organisation: None, note }).await
    }

    /// Done, with a photo that is published when the work is accepted.
    pub(super) async fn done(
        &self,
        actor: &Actor,
        id: OrderId,
        note: &str,
        drawing: usize,
    ) -> Result<PhotoDigest, Stop> {
        let photo = self.photo(drawing).await?;
        let command = Done { note: note.to_owned(), photos: vec![photo.clone()] };
        self.order(actor, id, command).await?;
        Ok(photo)
    }

    pub(super) async fn accept(&self, id: OrderId, photo: PhotoDigest, note: &str) -> Result<(), Stop> {
        self.order(&self.cast.worker, id, PublishPhoto { photo }).await?;
        self.order(&self.cast.worker, id, Accept { note: note.to_owned() }).await
    }

    pub(super) async fn photo(&self, drawing: usize) -> Result<PhotoDigest, Stop> {
        Ok(PhotoDigest(self.office.db.put_blob(picture(drawing)?).await?))
    }

    /// Somebody who was answered says that it is solved.
    pub(super) async fn evaluate(&self, receipt: &RaisedMatter, how: Satisfaction) -> Result<(), Stop> {
        let said = Evaluation { solved: Solved::Yes, satisfaction: how, comment: String::new() };
        Ok(self
            .office
            .act(
                &by_link(),
                receipt.ledger,
                receipt.receipt,
                Evaluate { said, contacted: Some(Contacted::Yes) },
            )
            .await?)
    }

    /// A colleague of the handler calls somebody who was answered.
    pub(super) async fn call_back(&self, receipt: &RaisedMatter, call: CallBack) -> Result<(), Stop> {
        Ok(self.office.act(&self.cast.colleague, receipt.ledger, receipt.receipt, call).await?)
    }
}

/// The word of the code shown in a meeting's room.
pub(super) async fn door(office: &Office, ledger: PlaceId, meeting: MeetingId) -> Result<String, Stop> {
    let loaded = office.load::<Meeting>(ledger, &meeting.into()).await?;
    let door = loaded.get().and_then(|meeting| meeting.agenda.door.get().cloned());
    door.ok_or_else(|| Stop::Usage("a meeting has a door".to_owned()))
}

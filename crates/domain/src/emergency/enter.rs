//! Entering an emergency: what is dangerous, the one thing that makes safe, and where money of the
//! owners is asked for, who applied. Alone it frees nothing.

use super::events::{Applied, Event, Recommended};
use super::refusals::Refusal as Why;
use super::rights::ENTER;
use super::rules::{Frees, Rules, Spends};
use super::state::Basis;
use super::words::Applicant;
use crate::ballots::{self, Said};
use crate::dangers::DangerId;
use crate::matters::{MatterId, StageKind};
use yishi_kernel::access::About;
use yishi_kernel::{
    Context, Decided, Denied, PhotoDigest, PlaceId, Published, Refusal, Resource, Right, Start,
};

/// Enter an emergency (登记紧急情形).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnterBasis {
    /// The matter.
    pub matter: MatterId,
    /// What kind of thing it is otherwise, by its word in the rules.
    pub item: String,
    /// What is dangerous, by its word in the rules.
    pub situation: String,
    /// The least that makes safe, in one line.
    pub line: String,
    /// How one sees that it is done.
    pub acceptance: String,
    /// Who applied for money of the owners, where any is asked for.
    pub applicant: Option<Applicant>,
    /// Photos of that paper.
    pub paper: Vec<PhotoDigest>,
}

/// The matter, as it stands, with what is open about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Ground {
    /// Where the matter stands.
    pub stage: StageKind,
    /// Whom it is about: they free nothing.
    pub about: About,
    /// The place, a building at the finest.
    pub place: PlaceId,
    /// The desk that sees to it.
    pub desk: PlaceId,
    /// The danger that is open there.
    pub danger: Option<DangerId>,
    /// What waits for the owners about it.
    pub recommended: Option<Recommended>,
    /// How many others of the matter are not settled.
    pub open: u64,
}

impl Start for EnterBasis {
    type Of = Basis;
    type Facts = Ground;

    fn right(&self) -> &'static Right {
        &ENTER
    }

    fn resource(&self, facts: &Ground, ctx: &Context) -> Resource {
        Resource { desk: Some(facts.desk), ..Resource::at(ctx.path) }.concerning(&facts.about)
    }

    fn start(self, facts: &Ground, ctx: &Context) -> Result<Decided<Basis>, Refusal> {
        match facts.stage {
            StageKind::Raised | StageKind::InHand | StageKind::Answered => {}
            StageKind::Closed | StageKind::Merged => return Err(Denied::stage(facts.stage).into()),
        }
        if facts.open > 0 {
            return Err(Why::IsOpen.into());
        }
        let (rules, kinds) = (ctx.section::<Rules>(), ctx.section::<ballots::Rules>());
        let item = kinds.item(&self.item).ok_or(ballots::Refusal::Item)?;
        let decides = item.decides();
        if decides.joint().is_none() {
            return Err(Why::NotTheirs.into());
        }
        let never = || Why::NeverFreed { article: decides.source.clone() };
        let frees = rules.frees(&item.code).ok_or_else(never)?;
        let situation = rules.situation(&self.situation)?;
        let line: Published = ctx.line("line", &self.line)?;
        rules.must_be_the_least("line", &line)?;
        kinds.must_read_as(item, Said { task: &line, money: &line })?;
        let acceptance = ctx.line("acceptance", &self.acceptance)?;
        rules.must_be_the_least("acceptance", &acceptance)?;
        let applied = applied(self.applicant, self.paper, frees, ctx)?;
        Ok(Decided::one(Event::Entered {
            matter: self.matter,
            danger: facts.danger,
            recommended: facts.recommended,
            situation,
            source: frees.source.clone(),
            line,
            acceptance,
            applied,
            place: facts.place,
            desk: facts.desk,
            role: ctx.role,
            due: ctx.due(&rules.confirm).at,
            rules: ctx.rules.digest().to_owned(),
            decides,
        }))
    }
}

/// The application for money: of the owners' assembly or committee, with its paper, exactly where
/// money of theirs is spent.
fn applied(
    applicant: Option<Applicant>,
    paper: Vec<PhotoDigest>,
    frees: &Frees,
    ctx: &Context,
) -> Result<Option<Applied>, Refusal> {
    let article = || frees.source.clone();
    match (frees.money, applicant) {
        (Spends::NoneOfTheirs, None) => Ok(None),
        (Spends::NoneOfTheirs, Some(_)) => Err(Why::SpendsNone.into()),
        (Spends::Owners, None) => Err(Why::WhoApplied { article: article() }.into()),
        (Spends::Owners, Some(by)) if !by.speaks_for_the_owners() => {
            Err(Why::CannotApply { article: article() }.into())
        }
        (Spends::Owners, Some(by)) => {
            let paper = ctx.photos(paper)?.ok_or(Why::NoPaper)?;
            Ok(Some(Applied { by, paper }))
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use super::*;
    use crate::emergency::laws::world::*;
    use yishi_kernel::refusal::Common;

    fn refused(command: EnterBasis) -> Refusal {
        World::new().enter(WORKER, command).unwrap_err()
    }

    #[test]
    fn an_emergency_is_what_the_rules_say_and_of_what_is_the_owners() {
        assert_eq!(refused(EnterBasis { situation: "noise".to_owned(), ..fence() }), Why::Situation);
        assert_eq!(refused(EnterBasis { situation: "pump".to_owned(), ..fence() }), Why::Situation);
        assert_eq!(refused(EnterBasis { item: "repair".to_owned(), ..fence() }), Why::NotTheirs);
        assert_eq!(refused(EnterBasis { item: String::new(), ..fence() }), ballots::Refusal::Item);
        let dismissed = refused(EnterBasis { item: "hire_manager".to_owned(), ..fence() });
        assert!(
            matches!(dismissed.of::<Why>(), Some(Why::NeverFreed { article }) if article.contains("946"))
        );
        let mut world = World::new();
        world.enter(WORKER, fence()).unwrap();
        assert_eq!(world.enter(SECRETARY, fence()).unwrap_err(), Why::IsOpen);
    }

    #[test]
    fn a_street_that_turned_the_citys_list_on_may_go_by_it() {
        let shipped = yishi_kernel::rules::shipped(crate::features::RULES);
        let mut world = World::by(&shipped.replace("on = false", "on = true"));
        world.enter(WORKER, EnterBasis { situation: "pump".to_owned(), ..fence() }).unwrap();
    }

    #[test]
    fn what_is_freed_is_one_line_that_makes_safe_and_says_what_it_is() {
        for line in ["外墙整体翻修", "全部瓷砖敲掉", "墙下围挡。再做外墙保温"] {
            let why = refused(EnterBasis { line: line.to_owned(), ..fence() });
            assert!(matches!(why.of(), Some(Why::Lasting { .. } | Why::OneThing { .. })), "{line}: {why:?}");
            let why = refused(EnterBasis { acceptance: line.to_owned(), ..fence() });
            assert!(matches!(why.of(), Some(Why::Lasting { .. } | Why::OneThing { .. })), "{line}: {why:?}");
        }
        let why = refused(EnterBasis { line: "用维修资金在墙下围挡".to_owned(), ..fence() });
        assert!(matches!(why.of(), Some(ballots::Refusal::ReadsAs { .. })), "{why:?}");
        let why = refused(EnterBasis { line: "解聘物业公司".to_owned(), ..fence() });
        assert!(matches!(why.of(), Some(ballots::Refusal::ReadsAs { .. })), "{why:?}");
        assert!(matches!(
            refused(EnterBasis { line: String::new(), ..fence() }).of(),
            Some(Common::Text { field: "line", .. })
        ));
    }

    #[test]
    fn fund_money_is_asked_for_by_the_owners_assembly_or_committee_with_their_paper() {
        let fund = |applicant, paper: &[&str]| EnterBasis {
            item: "use_fund_building".to_owned(),
            applicant,
            paper: paper.iter().map(|one| PhotoDigest(one.repeat(32))).collect(),
            ..fence()
        };
        for applicant in [Applicant::ResidentsCommittee, Applicant::Company] {
            let why = refused(fund(Some(applicant), &["ab"]));
            let Some(Why::CannotApply { article }) = why.of() else { panic!("{why:?}") };
            assert!(article.contains("第281条"), "{article}");
        }
        assert!(matches!(refused(fund(None, &["ab"])).of(), Some(Why::WhoApplied { .. })));
        assert_eq!(refused(fund(Some(Applicant::Assembly), &[])), Why::NoPaper);
        let unasked = EnterBasis { applicant: Some(Applicant::OwnersCommittee), ..fence() };
        assert_eq!(refused(unasked), Why::SpendsNone);
        for applicant in [Applicant::Assembly, Applicant::OwnersCommittee] {
            let mut world = World::new();
            world.enter(WORKER, fund(Some(applicant), &["ab"])).unwrap();
            assert_eq!(world.basis(0).applied.unwrap().by, applicant);
        }
    }

    #[test]
    fn what_is_over_or_merged_has_no_emergency() {
        for stage in StageKind::ALL {
            let mut world = World::new();
            world.stage = *stage;
            let ends = matches!(stage, StageKind::Closed | StageKind::Merged);
            assert_eq!(world.enter(WORKER, fence()).is_err(), ends, "{stage:?}");
        }
    }
}

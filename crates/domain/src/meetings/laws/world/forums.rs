//! What the street confirms of statutory forums, and what must hold of each meeting of theirs.

use super::*;
use crate::meetings::{Agenda, Rules};
use crate::places::PlaceKind;
use crate::rulebook::{Compared, Confirm, Confirmation, Figures, Withdraw};

impl World {
    /// What stands confirmed for a forum, with the numbers that it is of.
    pub fn standing(&self, forum: &str) -> Vec<(ConfirmationId, Figures)> {
        let all = (0..self.confirmations).map(|n| (confirmation_id(n), self.confirmation(n)));
        let of = all.filter(|(_, one)| one.forum == forum && one.withdrawn.is_none());
        of.map(|(id, one)| (id, one.figures)).collect()
    }

    fn confirmation(&self, n: usize) -> Confirmation {
        self.book.state(confirmation_id(n))
    }

    fn at_street(&self, who: usize) -> Context<'static> {
        context(self.now, &ACTORS[who], &RULES, &PATH[..1])
    }

    /// Somebody confirms the numbers of a forum as they stand.
    pub fn confirm_forum(&mut self, who: usize, forum: &str) -> Done {
        let rules = RULES.section::<Rules>();
        let figures = rules.forum(forum).and_then(|forum| rules.figures(forum, self.now));
        let compared = Compared { keeper: PlaceKind::Street, figures, standing: self.standing(forum) };
        let confirm = Confirm {
            forum: forum.to_owned(),
            read: "国家法律法规数据库公布的现行文本".to_owned(),
            on: self.now.end_of_day_after(0),
        };
        self.book.start(confirmation_id(self.confirmations), confirm, &compared, &self.at_street(who))?;
        self.confirmations += 1;
        Ok(())
    }

    /// Somebody takes a confirmation back.
    pub fn withdraw(&mut self, who: usize, n: usize) -> Done {
        let withdraw = Withdraw { reason: "对照的不是现行文本".to_owned() };
        self.book.act(confirmation_id(n), withdraw, &(), &self.at_street(who))
    }

    /// A statutory meeting was called while the street's confirmation of its very numbers stood, and
    /// a consultation by nobody's.
    pub(super) fn check_ground(&self, agenda: &Agenda) {
        let rules = RULES.section::<Rules>();
        let forum = rules.forum(&agenda.forum).unwrap();
        assert_eq!(agenda.ground.is_some(), forum.rule.quorum.is_some(), "{}", forum.code);
        let Some(ground) = &agenda.ground else { return };
        let confirmation: Confirmation = self.book.state(ground.confirmation);
        assert_eq!(confirmation.forum, agenda.forum);
        let numbers = rules.figures(forum, agenda.called).unwrap();
        assert_eq!((&confirmation.figures, &ground.figures), (&numbers, &numbers));
        assert!(confirmation.at <= agenda.called);
        assert!(confirmation.withdrawn.is_none_or(|(at, _)| at > agenda.called));
    }
}

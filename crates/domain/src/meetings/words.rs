//! The small words of meetings: stages, steps, statements, votes. No rules here.

use crate::words::words;

words! {
    /// Where a topic stands.
    TopicStage {
        /// Gathered, waiting for a meeting (待议).
        Open = "open",
        /// On the agenda of a meeting (已列议程).
        Scheduled = "scheduled",
        /// Decided, being carried out (已决在办).
        Decided = "decided",
        /// Carried out, and everyone answered (已办结).
        Concluded = "concluded",
        /// Given up with a reason; its matters go on by themselves (不再协商).
        Dropped = "dropped",
    }
}
words! {
    /// What comes next for a topic.
    TopicStep {
        /// Call a meeting.
        Call = "call",
        /// Hold the meeting.
        Meet = "meet",
        /// See its actions through and answer everyone.
        Conclude = "conclude",
    }
}
words! {
    /// Where a meeting stands.
    MeetingStage {
        /// Called, not yet held (已通知).
        Called = "called",
        /// Being held (会议中).
        Open = "open",
        /// Held; the minutes wait for chair and recorder (待确认纪要).
        Held = "held",
        /// Minutes confirmed; to be published (待公示).
        Confirmed = "confirmed",
        /// Published; objections may come (公示中).
        Published = "published",
        /// All it decided is on its way and the notice is over (已落实).
        Concluded = "concluded",
        /// Called off with a reason (已取消).
        Cancelled = "cancelled",
    }
}
words! {
    /// What comes next for a meeting.
    MeetingStep {
        /// Post the notice and keep proof of it.
        Post = "post",
        /// Open it.
        Open = "open",
        /// Close it with a resolution, or adjourn.
        Resolve = "resolve",
        /// Chair and recorder confirm the minutes.
        Confirm = "confirm",
        /// Publish the result.
        Publish = "publish",
        /// Rule on an objection.
        Rule = "rule",
        /// Send every action on its way.
        Dispatch = "dispatch",
        /// Wait for the end of the notice, then conclude.
        Conclude = "conclude",
    }
}
words! {
    /// What somebody at a meeting puts forward.
    StatementKind {
        /// A statement (发言).
        Statement = "statement",
        /// A proposal (建议).
        Proposal = "proposal",
        /// A plan of the property company, market or another body (方案).
        Plan = "plan",
    }
}
words! {
    /// In what capacity somebody is present.
    SeatKind {
        /// A resident or stall holder (居民、商户代表).
        Resident = "resident",
        /// A standing member of the forum (固定成员).
        Member = "member",
        /// Sent by an invited body; has no vote (受邀单位).
        Invited = "invited",
        /// Listens; has no vote (旁听).
        Observer = "observer",
    }
}
words! {
    /// How somebody signed in.
    SignedIn {
        /// With the code shown in the room.
        Phone = "phone",
        /// By the worker at the door.
        Register = "register",
    }
}
words! {
    /// How a motion is voted on.
    VoteMode {
        /// A show of hands, counted and entered by two persons.
        Hands = "hands",
        /// Each by phone, or through the worker for people without one.
        Phones = "phones",
    }
}
words! {
    /// A vote (表决意见).
    Choice {
        /// 赞成
        For = "for",
        /// 反对
        Against = "against",
        /// 弃权
        Abstain = "abstain",
    }
}
words! {
    /// Whether an invited body comes.
    Coming {
        /// It comes.
        Yes = "yes",
        /// It does not, and says why.
        No = "no",
    }
}
words! {
    /// Who confirms minutes.
    Confirming {
        /// 主持人
        Chair = "chair",
        /// 记录人
        Recorder = "recorder",
    }
}
words! {
    /// What a motion came to.
    Passed {
        /// 通过
        Yes = "yes",
        /// 未通过
        No = "no",
    }
}
words! {
    /// What an objection came to.
    Ruling {
        /// Upheld: the action is suspended and the topic returns (成立).
        Upheld = "upheld",
        /// Rejected with the reason (不成立).
        Rejected = "rejected",
    }
}
words! {
    /// By which way an action is carried out.
    Way {
        /// A work order to an organisation here, or to the community's own people (工单).
        Work = "work",
        /// The community asks, the street whistles (吹哨).
        Whistle = "whistle",
        /// A letter to a body nobody here can summon, followed up (函).
        Letter = "letter",
    }
}

//! The small words of meetings: stages, steps, statements, votes. No rules here.

yishi_kernel::words! {
    /// Where a meeting stands (会议阶段).
    MeetingStage as "meeting-stage" {
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

    /// What comes next for a meeting (会议下一步).
    MeetingStep as "meeting-step" {
        /// Post the notice and keep proof of it.
        Post = "post",
        /// Say whether the invited body comes.
        Reply = "reply",
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
        /// Wait for the owners, to whom something was recommended.
        Owners = "owners",
        /// Wait for the end of the notice, then conclude.
        Conclude = "conclude",
    }

    /// What somebody at a meeting puts forward.
    StatementKind as "statement" {
        /// A statement (发言).
        Statement = "statement",
        /// A proposal (建议).
        Proposal = "proposal",
        /// A plan of the property company, market or another body (方案).
        Plan = "plan",
    }

    /// In what capacity somebody is present (到会身份).
    SeatKind as "seat" {
        /// A resident or stall holder (居民、商户代表).
        Resident = "resident",
        /// A standing member of the forum (固定成员).
        Member = "member",
        /// Sent by an invited body; has no vote (受邀单位).
        Invited = "invited",
        /// Listens; has no vote (旁听).
        Observer = "observer",
    }

    /// How somebody signed in (签到方式).
    SignedIn as "signed" {
        /// With the code shown in the room.
        Phone = "phone",
        /// By the worker at the door.
        Register = "register",
    }

    /// How a motion is voted on (表决方式).
    VoteMode as "mode" {
        /// A show of hands, counted and entered by two persons.
        Hands = "hands",
        /// Each by phone, or through the worker for people without one.
        Phones = "phones",
    }

    /// A vote (表决意见).
    Choice as "choice" {
        /// 赞成
        For = "for",
        /// 反对
        Against = "against",
        /// 弃权
        Abstain = "abstain",
    }

    /// Whether an invited body comes (是否到会).
    Coming as "coming" {
        /// It comes.
        Yes = "yes",
        /// It does not, and says why.
        No = "no",
    }

    /// Who confirms minutes (纪要确认人).
    Confirming as "confirming" {
        /// 主持人
        Chair = "chair",
        /// 记录人
        Recorder = "recorder",
    }

    /// What a motion came to (表决结果). What is not the meeting's to decide never passes: it is
    /// recommended or not, which is a word of its own wherever it is shown.
    Passed as "passed" {
        /// 通过
        Yes = "yes",
        /// 未通过
        No = "no",
        /// 建议
        Recommended = "recommended",
        /// 未形成建议
        NotRecommended = "not_recommended",
    }

    /// What an objection came to (异议处理结果).
    Ruling as "ruling" {
        /// Upheld: the action is suspended and the topic returns (成立).
        Upheld = "upheld",
        /// Rejected with the reason (不成立).
        Rejected = "rejected",
    }

    /// By which way an action is carried out (办理途径).
    Way as "way" {
        /// A work order to an organisation here, or to the community's own people (工单).
        Work = "work",
        /// The community asks, the street whistles (吹哨).
        Whistle = "whistle",
        /// A letter to a body nobody here can summon, followed up (函).
        Letter = "letter",
    }

    /// A law that statutory meetings rest on (法律).
    Law as "law" {
        /// 城市居民委员会组织法
        ResidentsCommittees = "residents_committees",
        /// 村民委员会组织法
        VillagersCommittees = "villagers_committees",
    }
}

impl Passed {
    /// Whether enough were for it.
    #[must_use]
    pub fn carried(self) -> bool {
        match self {
            Passed::Yes | Passed::Recommended => true,
            Passed::No | Passed::NotRecommended => false,
        }
    }
}

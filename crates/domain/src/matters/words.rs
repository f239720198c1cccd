//! The small words of matters: stages, steps, outcomes, channels. No rules here.

yishi_kernel::words! {
    /// Where a matter stands (环节).
    StageKind as "stage" {
        /// Raised, not yet sorted (已说).
        Raised = "raised",
        /// Sorted and held (在办).
        InHand = "in_hand",
        /// Answered, being evaluated (已答复).
        Answered = "answered",
        /// Closed (已销号).
        Closed = "closed",
        /// Merged; another one goes on (已归并).
        Merged = "merged",
    }

    /// What comes next (下一步).
    Step as "step" {
        /// Sort it.
        Triage = "triage",
        /// Answer it.
        Answer = "answer",
        /// Hear those who asked, then close.
        Close = "close",
    }

    /// What sorting came to (分流结果): three kinds of matters after 三事分流, the owners'
    /// legal decisions apart, and what is not accepted.
    Outcome as "outcome" {
        /// Big: government's (大事, 政府事项).
        Government = "government",
        /// Small: for consultation and the community (小事, 公共事项).
        Public = "public",
        /// Private: self-help, neighbours, market (私事).
        Private = "private",
        /// The owners decide (业主共同决定事项).
        Owners = "owners",
        /// Not accepted, with the reason (不予受理).
        NotAccepted = "not_accepted",
    }

    /// What a matter came to when the households of its stairwell met about it (楼门会结果).
    CameTo as "came-to" {
        /// They agreed (议定).
        Agreed = "agreed",
        /// They did not (未议定).
        NotAgreed = "not_agreed",
        /// They cannot settle it: it goes up (上交).
        SentUp = "sent_up",
    }

    /// How a matter came in (渠道).
    Channel as "channel" {
        /// The QR code of a stairwell or place.
        Poster = "poster",
        /// The public site.
        Web = "web",
        /// Through a steward or worker.
        Neighbour = "neighbour",
        /// From a file.
        Import = "import",
        /// At a meeting (会上提出).
        Floor = "floor",
        /// At a gathering on benches, in a yard or in the hall (谈话会上说的).
        Gathering = "gathering",
        /// From a partner's program (合作方系统).
        Partner = "partner",
    }

    /// How exactly the public sees the place (公开到).
    Shown as "shown" {
        /// The building.
        Building = "building",
        /// Only the compound or market around it.
        Around = "around",
    }

    /// How somebody came to be owed an answer.
    How as "how" {
        /// Raised it.
        Raised = "raised",
        /// Joined: 我也遇到.
        Joined = "joined",
    }

    /// What stands behind a receipt (核验).
    Proof as "proof" {
        /// A device, counted once.
        Device = "device",
        /// A confirmed household.
        Household = "household",
        /// A steward's word, for a neighbour (红管家代说).
        Neighbour = "neighbour",
        /// The word of one of those who steer, for a neighbour (工作人员代说).
        Staff = "staff",
        /// A row of an imported file.
        Import = "import",
        /// A number of a partner's program, which knows whose it is (合作方系统).
        Partner = "partner",
    }

    /// By what the holder of a receipt was known when it was issued anew (凭什么补发).
    KnownBy as "known-by" {
        /// The device that it was opened from, or the account that it is bound to.
        Device = "device",
        /// Its number and code.
        Code = "code",
        /// Its link, which others had seen.
        Link = "link",
        /// Somebody who works here met them and compared the name or number given with it.
        InPerson = "in_person",
        /// Somebody who works here rang the number given with it.
        ByPhone = "by_phone",
        /// Whoever opened it for them hands it over again.
        Opener = "opener",
    }
}

//! The small words of an emergency basis: where it stands, what comes next, and who applied for
//! money that is the owners'. No rules here.

yishi_kernel::words! {
    /// Where an emergency basis stands (紧急情形状态).
    BasisStage as "basis-stage" {
        /// Entered by one, to be confirmed by another role and person (待确认).
        Entered = "entered",
        /// Confirmed: it frees its one line (已放行).
        Confirmed = "confirmed",
        /// It is none (不属紧急).
        Rejected = "rejected",
        /// Its accounts stand posted (已公布账目).
        Accounted = "accounted",
    }

    /// What comes next for an emergency basis (下一步).
    BasisStep as "basis-step" {
        /// Confirm it, or say why not.
        Confirm = "confirm",
        /// Send what it frees.
        Send = "send",
        /// Post its accounts.
        Account = "account",
    }

    /// Who applied for money that is the owners' (申请人).
    Applicant as "basis-applicant" {
        /// 业主大会
        Assembly = "assembly",
        /// 业主委员会
        OwnersCommittee = "owners_committee",
        /// 居民委员会、村民委员会; it cannot alone.
        ResidentsCommittee = "residents_committee",
        /// 物业; it cannot alone.
        Company = "company",
    }
}

impl Applicant {
    /// Whether the law lets these apply for it (《民法典》第281条第二款).
    #[must_use]
    pub fn speaks_for_the_owners(self) -> bool {
        match self {
            Applicant::Assembly | Applicant::OwnersCommittee => true,
            Applicant::ResidentsCommittee | Applicant::Company => false,
        }
    }
}

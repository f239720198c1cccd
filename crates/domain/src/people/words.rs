//! What organisations are, and what happens to accounts.

yishi_kernel::words! {
    /// What an organisation is (单位类别).
    OrganisationKind as "organisation" {
        /// 居民委员会: matters about it go to the street.
        ResidentsCommittee = "residents_committee",
        /// 物业公司
        PropertyCompany = "property_company",
        /// 职能部门
        Department = "department",
        /// 警务室
        PolicePost = "police_post",
        /// 市场管理方
        Market = "market",
        /// 共建（联盟）单位
        AllianceUnit = "alliance_unit",
        /// 业主委员会
        OwnersCommittee = "owners_committee",
    }
}

yishi_kernel::words! {
    /// What nobody does alone where there are two who keep accounts (须复核的变动).
    AskedChange as "asked-change" {
        /// Giving a role that keeps accounts or steers.
        Grant = "grant",
        /// Making a new sign-in link for somebody who holds such a role.
        Invite = "invite",
    }
}

yishi_kernel::words! {
    /// What happened to an account (账号变动), as its person and those above read it.
    AccountChange as "account-change" {
        /// It was opened.
        Opened = "opened",
        /// A sign-in link was made.
        Invited = "invited",
        /// A password was set by the link.
        CredentialSet = "credential_set",
        /// A second step of signing in was set.
        SecondStepSet = "second_step_set",
        /// It was ended.
        SecondStepEnded = "second_step_ended",
        /// A code for whoever lost the telephone was used.
        SpareCodeUsed = "spare_code_used",
        /// A role was given.
        Granted = "granted",
        /// A role ended.
        Revoked = "revoked",
        /// Something was asked for that a second keeper confirms.
        Asked = "asked",
        /// It was declined.
        Declined = "declined",
        /// It was closed.
        Closed = "closed",
    }
}

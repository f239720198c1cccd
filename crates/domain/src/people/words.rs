//! What organisations are.

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

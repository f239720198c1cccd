//! The small words of councils: whom a member speaks for. No rules here.

yishi_kernel::words! {
    /// Where a council stands (议事会状态): it stands as long as its place does.
    CouncilStage as "council-stage" {
        /// It stands.
        Standing = "standing",
    }

    /// Whom a member speaks for (成员类别).
    MemberKind as "member-kind" {
        /// 党员代表
        PartyDelegate = "party_delegate",
        /// 居民代表
        Delegate = "delegate",
        /// 楼栋长
        BuildingHead = "building_head",
        /// 业委会
        Owners = "owners",
        /// 物业
        Property = "property",
        /// 网格长
        GridHead = "grid_head",
        /// 网格员
        GridWorker = "grid_worker",
        /// 商户代表
        StallHolder = "stall_holder",
    }

    /// Why somebody is a member no more (退出原因).
    LeftFor as "left-for" {
        /// 辞任
        Resigned = "resigned",
        /// 搬离
        Moved = "moved",
        /// 换届调整
        Replaced = "replaced",
        /// 不能履职
        Unable = "unable",
        /// Entered by mistake (登记有误).
        Mistake = "mistake",
    }
}

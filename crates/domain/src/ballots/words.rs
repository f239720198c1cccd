//! The small words of who decides, and of what owners decide together. They know no other
//! feature, so that motions and orders can carry them.

use yishi_tally::owners::Matter;

yishi_kernel::words! {
    /// Whose decision something is (由谁决定).
    Who as "who" {
        /// The meeting (会议).
        Meeting = "meeting",
        /// The owners together (业主共同决定).
        Owners = "owners",
        /// The department whose duty it is (主管部门).
        Department = "department",
        /// The property company, by its contract (物业合同内).
        Company = "company",
        /// Whoever runs the market, by promising and posting (经营者).
        Operator = "operator",
    }

    /// Which owners decide (业主范围).
    Scope as "owners-scope" {
        /// All of the compound (全体业主).
        Compound = "compound",
        /// Those of the building (本楼业主).
        Building = "building",
        /// Those whom it concerns (相关业主).
        Concerned = "concerned",
    }

    /// What owners decide together, in the order of Civil Code art. 278 (共同决定事项).
    Joint as "joint" {
        /// 业主大会议事规则
        AssemblyRules = "assembly_rules",
        /// 管理规约
        Covenant = "covenant",
        /// 选举业主委员会
        ElectCommittee = "elect_committee",
        /// 选聘、解聘物业
        HireManager = "hire_manager",
        /// 使用维修资金
        UseFund = "use_fund",
        /// 筹集维修资金
        RaiseFund = "raise_fund",
        /// 改建、重建
        Rebuild = "rebuild",
        /// 改变共有部分用途、利用其经营
        ChangeUse = "change_use",
        /// 其他重大事项
        Other = "other",
    }

    /// Where a result of owners stands (结果状态).
    ResultStage as "owners-result-stage" {
        /// Entered by one, to be confirmed by another (待核对).
        Entered = "entered",
        /// Confirmed: it counts (已确认).
        Confirmed = "confirmed",
        /// Not what the paper says (已退回).
        Rejected = "rejected",
    }

    /// What comes next for a result of owners (结果下一步).
    ResultStep as "owners-result-step" {
        /// Compare it with its paper, and confirm or reject it.
        Confirm = "confirm",
    }

    /// What owners decided (业主表决结论).
    Agreed as "owners-agreed" {
        /// 同意
        Yes = "yes",
        /// 不同意
        No = "no",
    }

    /// One of the two counts (人数、面积).
    Side as "owners-side" {
        /// 人数
        Heads = "heads",
        /// 专有部分面积
        Area = "area",
    }
}

impl Joint {
    /// The same as the law counts it.
    #[must_use]
    pub fn matter(self) -> Matter {
        match self {
            Joint::AssemblyRules => Matter::AssemblyRules,
            Joint::Covenant => Matter::Covenant,
            Joint::ElectCommittee => Matter::ElectCommittee,
            Joint::HireManager => Matter::HireManager,
            Joint::UseFund => Matter::UseFund,
            Joint::RaiseFund => Matter::RaiseFund,
            Joint::Rebuild => Matter::Rebuild,
            Joint::ChangeUse => Matter::ChangeUse,
            Joint::Other => Matter::Other,
        }
    }
}

impl Agreed {
    /// Whether they did.
    #[must_use]
    pub fn is_yes(self) -> bool {
        match self {
            Agreed::Yes => true,
            Agreed::No => false,
        }
    }
}

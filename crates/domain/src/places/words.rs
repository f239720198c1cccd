//! What places are, what lies in what, and what they ask of those who sign in.

yishi_kernel::words! {
    /// What a place is (地点类别), from the largest to the smallest.
    PlaceKind as "kind" {
        /// 县（市、区）
        District = "district",
        /// 街道
        Street = "street",
        /// 镇
        Town = "town",
        /// 乡
        Township = "township",
        /// 社区: the area of one residents' committee.
        Community = "community",
        /// 行政村
        Village = "village",
        /// 小区
        Compound = "compound",
        /// 小区的期、区: a part of a compound that people know by a name of its own.
        Phase = "phase",
        /// 市场
        Market = "market",
        /// 摊位: of a market.
        Stall = "stall",
        /// 路段
        RoadSection = "road_section",
        /// 公共设施
        Facility = "facility",
        /// 自然村
        NaturalVillage = "natural_village",
        /// 网格: laid over buildings, with a branch of its own.
        Grid = "grid",
        /// 楼栋
        Building = "building",
        /// 单元（楼道）
        Stairwell = "stairwell",
        /// 户
        Household = "household",
    }
}

yishi_kernel::words! {
    /// Whether those whose accounts a place keeps sign in with a second step (两步登录要求).
    SecondStep as "second-step" {
        /// Whoever wants to.
        Wished = "wished",
        /// Everyone, at the place and below it.
        Required = "required",
    }
}

yishi_kernel::words! {
    /// Of what level the Party body of a community or village is (党组织设置).
    PartyBody as "party" {
        /// 党组织: nobody has said.
        Unsaid = "unsaid",
        /// 党委
        Committee = "committee",
        /// 党总支
        GeneralBranch = "general_branch",
        /// 党支部
        Branch = "branch",
    }
}

impl PlaceKind {
    /// Whether such a place keeps a ledger of its own.
    #[must_use]
    pub fn keeps_ledger(self) -> bool {
        matches!(
            self,
            PlaceKind::District
                | PlaceKind::Street
                | PlaceKind::Town
                | PlaceKind::Township
                | PlaceKind::Community
                | PlaceKind::Village
        )
    }

    /// Whether it is what a street office, a town's or a township's government keeps (街道、镇、乡).
    #[must_use]
    pub fn is_street(self) -> bool {
        matches!(self, PlaceKind::Street | PlaceKind::Town | PlaceKind::Township)
    }

    /// Whether it is the area of a residents' or villagers' committee (社区、村).
    #[must_use]
    pub fn is_community(self) -> bool {
        matches!(self, PlaceKind::Community | PlaceKind::Village)
    }

    /// Whether the place is finer than a building, so that it stands only in private fields: it
    /// says who lives there or, of a stall, who trades there.
    #[must_use]
    pub fn below_building(self) -> bool {
        matches!(self, PlaceKind::Stairwell | PlaceKind::Household | PlaceKind::Stall)
    }

    /// Whether it may have a plate (门牌): what has walls, a gate or a counter. A household's is
    /// its door, which is private.
    #[must_use]
    pub fn has_plate(self) -> bool {
        use PlaceKind::{Building, Compound, Facility, Market, Phase, Stall};
        matches!(self, Building | Compound | Facility | Market | Phase | Stall)
    }

    /// Whether matters can be raised at it directly.
    #[must_use]
    pub fn takes_matters(self) -> bool {
        !matches!(self, PlaceKind::District | PlaceKind::Grid) && !self.is_street()
    }

    /// Whether it is small enough for what happens there again to be the same again (同一处).
    #[must_use]
    pub fn is_spot(self) -> bool {
        use PlaceKind::{Community, Compound, NaturalVillage, Phase, Village};
        self.takes_matters() && !matches!(self, Community | Village | Compound | Phase | NaturalVillage)
    }

    /// Whether such a place can lie directly in one of that kind; `None` is the top.
    #[must_use]
    pub fn lies_in(self, parent: Option<PlaceKind>) -> bool {
        use PlaceKind::{
            Building, Community, Compound, District, Facility, Grid, Household, Market, NaturalVillage,
            Phase, RoadSection, Stairwell, Stall, Street, Town, Township, Village,
        };
        match self {
            District => parent.is_none(),
            // A street office may well run the program without its district.
            Street | Town | Township => matches!(parent, None | Some(District)),
            Community | Village => parent.is_some_and(PlaceKind::is_street),
            Compound | Market | RoadSection | Grid => matches!(parent, Some(Community | Village)),
            NaturalVillage => parent == Some(Village),
            Phase => parent == Some(Compound),
            Facility => {
                matches!(parent, Some(Community | Village | Compound | Phase | Market | NaturalVillage))
            }
            Building => {
                matches!(parent, Some(Community | Village | Compound | Phase | NaturalVillage | Market))
            }
            // In the hall or under its own roof.
            Stall => matches!(parent, Some(Market | Building)),
            Stairwell => parent == Some(Building),
            Household => matches!(parent, Some(Stairwell | Building | NaturalVillage)),
        }
    }
}

//! What places are, what lies in what, and what they ask of those who sign in.

yishi_kernel::words! {
    /// What a place is (地点类别), from the largest to the smallest.
    PlaceKind as "kind" {
        /// 区县
        District = "district",
        /// 街道
        Street = "street",
        /// 镇
        Town = "town",
        /// 社区: the area of one residents' committee.
        Community = "community",
        /// 行政村
        Village = "village",
        /// 小区
        Compound = "compound",
        /// 市场
        Market = "market",
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

impl PlaceKind {
    /// Whether such a place keeps a ledger of its own.
    #[must_use]
    pub fn keeps_ledger(self) -> bool {
        matches!(
            self,
            PlaceKind::District
                | PlaceKind::Street
                | PlaceKind::Town
                | PlaceKind::Community
                | PlaceKind::Village
        )
    }

    /// Whether the place is finer than a building, so that it stands only in private fields.
    #[must_use]
    pub fn below_building(self) -> bool {
        matches!(self, PlaceKind::Stairwell | PlaceKind::Household)
    }

    /// Whether matters can be raised at it directly.
    #[must_use]
    pub fn takes_matters(self) -> bool {
        !matches!(self, PlaceKind::District | PlaceKind::Street | PlaceKind::Town | PlaceKind::Grid)
    }

    /// Whether it is small enough for what happens there again to be the same again (同一处).
    #[must_use]
    pub fn is_spot(self) -> bool {
        use PlaceKind::{Community, Compound, NaturalVillage, Village};
        self.takes_matters() && !matches!(self, Community | Village | Compound | NaturalVillage)
    }

    /// Whether such a place can lie directly in one of that kind; `None` is the top.
    #[must_use]
    pub fn lies_in(self, parent: Option<PlaceKind>) -> bool {
        use PlaceKind::{
            Building, Community, Compound, District, Facility, Grid, Household, Market, NaturalVillage,
            RoadSection, Stairwell, Street, Town, Village,
        };
        match self {
            District => parent.is_none(),
            // A street office may well run the program without its district.
            Street | Town => matches!(parent, None | Some(District)),
            Community | Village => matches!(parent, Some(Street | Town)),
            Compound | Market | RoadSection | Grid => matches!(parent, Some(Community | Village)),
            NaturalVillage => parent == Some(Village),
            Facility => matches!(parent, Some(Community | Village | Compound | Market | NaturalVillage)),
            Building => matches!(parent, Some(Community | Village | Compound | NaturalVillage | Market)),
            Stairwell => parent == Some(Building),
            Household => matches!(parent, Some(Stairwell | Building | NaturalVillage)),
        }
    }
}

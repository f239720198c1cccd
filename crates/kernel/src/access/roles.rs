//! The roles people act in, and the sets of roles that rights are given to. A set stands here
//! once; which set may do what stands with each feature.

crate::words! {
    /// The roles people act in (角色).
    Role as "role" {
        /// Whoever comes without an account (来访者).
        Visitor = "visitor",
        /// Somebody whose household is confirmed (居民).
        Resident = "resident",
        /// Stairwell steward, 楼道红管家.
        Steward = "steward",
        /// Building head, 楼栋长.
        BuildingHead = "building_head",
        /// Secretary of the grid branch, 网格党支部书记.
        GridSecretary = "grid_secretary",
        /// Head of a grid, 网格长: sorts and steers what lies there, as its branch's secretary does.
        GridHead = "grid_head",
        /// Community worker, 社区工作者.
        CommunityWorker = "community_worker",
        /// Secretary of the community Party committee, 社区党委书记.
        CommunitySecretary = "community_secretary",
        /// Officer of the street office or town, 街道干部.
        StreetOfficer = "street_officer",
        /// Officer of a department, 部门专管员.
        DepartmentOfficer = "department_officer",
        /// Staff of the property company, 物业人员.
        PropertyStaff = "property_staff",
        /// Keeps the directory of venues, 场地管理员.
        VenueKeeper = "venue_keeper",
        /// Keeps places and accounts, 管理员; sees no matter's content.
        Administrator = "administrator",
        /// The program itself, where something follows from an entry or a clock (系统).
        System = "system",
    }
}

impl Role {
    /// Whether the role belongs to an organisation and reaches only what that holds.
    #[must_use]
    pub fn of_organisation(self) -> bool {
        PARTIES.has(self)
    }
}

/// A set of roles with the name that the grid of rights prints.
#[derive(Clone, Copy, Debug)]
pub struct RoleSet {
    /// Its name.
    pub name: &'static str,
    /// Its roles.
    pub roles: &'static [Role],
}

impl RoleSet {
    /// Whether a role is in it.
    #[must_use]
    pub fn has(self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}

macro_rules! sets {
    ($($(#[$doc:meta])* $name:ident = [$($role:ident),+];)+) => {
        $(
            $(#[$doc])*
            pub const $name: RoleSet = RoleSet { name: stringify!($name), roles: &[$(Role::$role),+] };
        )+
    };
}

sets! {
    /// Those who sort and steer a place's matters.
    STEERS = [GridSecretary, GridHead, CommunityWorker, CommunitySecretary, StreetOfficer];
    /// Those whose desk is the place's own, or a part of it.
    DESKS = [GridSecretary, GridHead, CommunityWorker, CommunitySecretary, StreetOfficer];
    /// Those who steer a part of a community: a grid, or a compound.
    GRIDS = [GridSecretary, GridHead];
    /// Those who steer a whole community or street.
    OFFICE = [CommunityWorker, CommunitySecretary, StreetOfficer];
    /// Those who steer a community or a part of it, without the street.
    COMMUNITY = [GridSecretary, GridHead, CommunityWorker, CommunitySecretary];
    /// Those who answer for a community, and the street.
    CHIEFS = [CommunitySecretary, StreetOfficer];
    /// Those who look after neighbours' doors.
    NEIGHBOURS = [Steward, BuildingHead];
    /// Those whose roles are of the residents' committee of their place, whoever employs them.
    LOCAL = [Steward, BuildingHead, GridSecretary, GridHead, CommunityWorker, CommunitySecretary];
    /// Those who act for an organisation: they reach what it holds or was called to.
    PARTIES = [DepartmentOfficer, PropertyStaff];
    /// Officers of the street, who alone whistle and rule.
    STREET = [StreetOfficer];
    /// Those who keep places and accounts.
    KEEPERS = [Administrator];
    /// Those who keep a community's venues.
    HOSTS = [VenueKeeper, CommunitySecretary];
    /// The program itself.
    SYSTEM = [System];
}

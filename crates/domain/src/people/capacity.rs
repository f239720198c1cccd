//! In what somebody acts (身份): the role and, where people are called by it, what the body is for
//! which the role is held. A market's manager and a property company's have the same role and the
//! same rights, and are not called the same. Who may do what does not ask this.

use super::OrganisationKind;
use yishi_kernel::Role;

/// In what somebody acts, or acted (身份).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Capacity {
    /// The role.
    pub role: Role,
    /// What its body is, as far as that is known.
    pub body: Option<OrganisationKind>,
}

/// Roles that are called by what their body is, each with its word.
const CALLED: [(Role, OrganisationKind, &str); 2] = [
    (Role::PropertyStaff, OrganisationKind::PropertyCompany, "property_staff-property_company"),
    (Role::PropertyStaff, OrganisationKind::Market, "property_staff-market"),
];

impl Capacity {
    /// The role alone: it has no body, or which one is not known.
    #[must_use]
    pub fn of(role: Role) -> Self {
        Self { role, body: None }
    }

    /// Whether people of a role are called by what their body is.
    #[must_use]
    pub fn asks_body(role: Role) -> bool {
        CALLED.iter().any(|(called, ..)| *called == role)
    }

    /// The words of all that are called otherwise than their role.
    pub fn words() -> impl Iterator<Item = &'static str> {
        CALLED.iter().map(|(.., word)| *word)
    }

    /// What it is called by: the role's word where nothing closer is known.
    #[must_use]
    pub fn word(self) -> &'static str {
        let closer = CALLED.iter().find(|(role, body, _)| (*role, Some(*body)) == (self.role, self.body));
        closer.map_or(self.role.word(), |(.., word)| word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn staff_are_called_by_what_their_body_is_and_by_the_role_where_nobody_knows() {
        let staff = |body| Capacity { role: Role::PropertyStaff, body }.word();
        assert_eq!(staff(Some(OrganisationKind::Market)), "property_staff-market");
        assert_eq!(staff(Some(OrganisationKind::PropertyCompany)), "property_staff-property_company");
        assert_eq!(staff(Some(OrganisationKind::AllianceUnit)), "property_staff");
        assert_eq!(staff(None), "property_staff");
        let officer = Capacity { role: Role::DepartmentOfficer, body: Some(OrganisationKind::Market) };
        assert_eq!((officer.word(), Capacity::asks_body(officer.role)), ("department_officer", false));
    }
}

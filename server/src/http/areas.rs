//! Which paths need which role. Checked before any page runs; what a page shows is checked again by its desk.

use app::routes::path;
use store::accounts::Role;

/// Server functions that anyone may call live below this prefix; all others need a session.
pub const PUBLIC_FUNCTIONS: &str = "/fn/public/";
const FUNCTIONS: &str = "/fn/";
/// A declaration begun with the answers of the simulator.
pub(crate) const DECLARE: &str = "/declarer";
/// Declarations, seen by the companies that make them.
const DECLARATIONS: &str = "/declarations";
/// Qualifications, seen from both sides.
const QUALIFICATIONS: &str = "/qualifications";
/// Evidence documents, seen from both sides.
const DOCUMENTS: &str = "/documents";
const ADMINISTRATION: &str = "/administration";

/// Who may enter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    Public,
    /// Any signed-in person; the server function asks for its desk.
    SignedIn,
    Supplier,
    /// Reviewers, and administrators who look.
    Review,
    Administration,
}

impl Area {
    /// The area of a path.
    pub fn of(at: &str) -> Self {
        // The page itself only shows what a link proposes.
        let declaring = within(at, DECLARE) && at != path::FOLLOW_LINK;
        if within(at, path::SUPPLIER)
            || within(at, DECLARATIONS)
            || within(at, path::PREPARED_DRAFT)
            || within(at, path::INVITATIONS)
            || declaring
        {
            Self::Supplier
        } else if within(at, QUALIFICATIONS) || within(at, DOCUMENTS) {
            Self::SignedIn
        } else if within(at, path::REVIEW) {
            Self::Review
        } else if within(at, ADMINISTRATION) {
            Self::Administration
        } else if at.starts_with(FUNCTIONS) && !at.starts_with(PUBLIC_FUNCTIONS) {
            Self::SignedIn
        } else {
            Self::Public
        }
    }

    /// True when a person of this role, or nobody, may enter.
    pub const fn admits(self, role: Option<Role>) -> bool {
        match (self, role) {
            (Self::Public, _)
            | (Self::SignedIn, Some(_))
            | (Self::Supplier, Some(Role::Supplier)) => true,
            (Self::Review, Some(role)) => matches!(role, Role::Reviewer | Role::Administrator),
            (Self::Administration, Some(role)) => matches!(role, Role::Administrator),
            _ => false,
        }
    }
}

/// Where a person lands after signing in.
pub const fn home(role: Role) -> &'static str {
    match role {
        Role::Supplier => path::SUPPLIER,
        Role::Reviewer => path::REVIEW,
        Role::Administrator => path::ADMINISTRATION,
    }
}

/// True for the path itself and everything below it, but not for a path that only begins with the same letters.
pub fn within(at: &str, area: &str) -> bool {
    at.strip_prefix(area)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_area_admits_its_roles_only() {
        let roles = [
            None,
            Some(Role::Supplier),
            Some(Role::Reviewer),
            Some(Role::Administrator),
        ];
        for (path, admitted) in [
            ("/", [true, true, true, true]),
            ("/aide", [true, true, true, true]),
            ("/espacement", [true, true, true, true]),
            ("/fn/public/simulate", [true, true, true, true]),
            ("/fn/publicx", [false, true, true, true]),
            ("/fn/save", [false, true, true, true]),
            ("/espace", [false, true, false, false]),
            ("/espace/x/y", [false, true, false, false]),
            ("/declarations/1/taille", [false, true, false, false]),
            ("/declarer", [true, true, true, true]),
            ("/declarer/depuis-simulateur", [false, true, false, false]),
            ("/qualifications/1", [false, true, true, true]),
            ("/documents/1", [false, true, true, true]),
            ("/instruction", [false, false, true, true]),
            ("/instruction/1", [false, false, true, true]),
            ("/administration", [false, false, false, true]),
            ("/administration/x", [false, false, false, true]),
        ] {
            for (role, expected) in roles.into_iter().zip(admitted) {
                assert_eq!(Area::of(path).admits(role), expected, "{path} {role:?}");
            }
        }
    }
}

//! Who is looking at the page, as the session proved it.

use domain::text::Lang;
use uuid::Uuid;

/// The author of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Visitor {
    #[default]
    Anonymous,
    SignedIn(Identity),
}

/// An account whose session is valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    pub account: Uuid,
    pub role: AccountRole,
    pub email: String,
    /// First and last name, when known: a buyer's account always has one.
    pub name: Option<String>,
    /// Quality of a buyer's agent, for signatures.
    pub quality: Option<String>,
    pub lang: Lang,
}

/// What an account may do at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AccountRole {
    Supplier,
    Reviewer,
    Administrator,
}

impl AccountRole {
    pub const ALL: [Self; 3] = [Self::Supplier, Self::Reviewer, Self::Administrator];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Supplier => "supplier",
            Self::Reviewer => "reviewer",
            Self::Administrator => "administrator",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// An agent of the buyer.
    pub const fn is_agent(self) -> bool {
        matches!(self, Self::Reviewer | Self::Administrator)
    }
}

impl Visitor {
    pub fn identity(&self) -> Option<&Identity> {
        match self {
            Self::Anonymous => None,
            Self::SignedIn(identity) => Some(identity),
        }
    }

    pub fn role(&self) -> Option<AccountRole> {
        self.identity().map(|identity| identity.role)
    }
}

//! Who acts on a declaration.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::identifiers::Siren;

/// The author of a command, as the session proved it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// `None` only for the system itself.
    pub account: Option<Uuid>,
    pub role: ActorRole,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ActorRole {
    /// A person attached to the company.
    Supplier {
        siren: Siren,
        member: MemberRole,
    },
    Reviewer,
    Administrator,
    /// The portal itself: dates that pass.
    System,
}

/// The role of a person in the workspace of a company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberRole {
    /// Manages the workspace, edits and signs.
    Manager,
    Signatory,
    Editor,
    Reader,
}

impl MemberRole {
    pub const ALL: [Self; 4] = [Self::Manager, Self::Signatory, Self::Editor, Self::Reader];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Manager => "manager",
            Self::Signatory => "signatory",
            Self::Editor => "editor",
            Self::Reader => "reader",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    pub const fn can_edit(self) -> bool {
        !matches!(self, Self::Reader)
    }

    pub const fn can_sign(self) -> bool {
        matches!(self, Self::Manager | Self::Signatory)
    }
}

impl Actor {
    pub const SYSTEM: Self = Self {
        account: None,
        role: ActorRole::System,
    };

    pub const fn supplier(account: Uuid, siren: Siren, member: MemberRole) -> Self {
        Self {
            account: Some(account),
            role: ActorRole::Supplier { siren, member },
        }
    }

    pub const fn reviewer(account: Uuid) -> Self {
        Self {
            account: Some(account),
            role: ActorRole::Reviewer,
        }
    }

    pub const fn administrator(account: Uuid) -> Self {
        Self {
            account: Some(account),
            role: ActorRole::Administrator,
        }
    }

    /// A person of a company who may change its declarations.
    pub const fn can_edit(&self) -> bool {
        matches!(self.role, ActorRole::Supplier { member, .. } if member.can_edit())
    }

    /// The kind of actor, as the audit trail records it.
    pub const fn kind(&self) -> &'static str {
        match self.role {
            ActorRole::Supplier { .. } => "supplier",
            ActorRole::Reviewer => "reviewer",
            ActorRole::Administrator => "administrator",
            ActorRole::System => "system",
        }
    }
}

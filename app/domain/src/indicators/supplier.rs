//! The size of a supplier as the figures tell it (R17), and who said so.

use crate::text::{Text, text};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SupplierSize {
    /// An SME by a validated declaration.
    Declared,
    /// An SME by the register alone.
    Registered,
    /// Neither, or unknown.
    #[default]
    Other,
}

impl SupplierSize {
    pub const ALL: [Self; 3] = [Self::Declared, Self::Registered, Self::Other];

    /// A declaration says more than the register.
    pub const fn of(declared: bool, registered: bool) -> Self {
        match (declared, registered) {
            (true, _) => Self::Declared,
            (false, true) => Self::Registered,
            (false, false) => Self::Other,
        }
    }

    pub const fn is_sme(self) -> bool {
        matches!(self, Self::Declared | Self::Registered)
    }

    /// As addresses write it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Declared => "pme-declaree",
            Self::Registered => "pme-repertoire",
            Self::Other => "autre",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|size| size.code() == code)
    }

    pub const fn label(self) -> Text {
        match self {
            Self::Declared => text(
                "PME par déclaration validée",
                "SME by validated declaration",
            ),
            Self::Registered => text("PME selon le répertoire", "SME by the register"),
            Self::Other => text("Autre ou inconnue", "Other or unknown"),
        }
    }
}

//! The addresses of the lists and entries of the catalogue.

use crate::i18n::{Text, text};
use crate::routes::path;

/// A list of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    Kinds,
    Themes,
    Plans,
    Pledges,
}

impl List {
    pub const ALL: [Self; 4] = [Self::Kinds, Self::Themes, Self::Plans, Self::Pledges];

    pub const fn slug(self) -> &'static str {
        match self {
            Self::Kinds => "statuts",
            Self::Themes => "themes",
            Self::Plans => "plans",
            Self::Pledges => "engagements",
        }
    }

    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.slug() == slug)
    }

    pub const fn title(self) -> Text {
        match self {
            Self::Kinds => text("Statuts et agréments", "Statuses and approvals"),
            Self::Themes => text("Thèmes du schéma", "Themes of the scheme"),
            Self::Plans => text("Plans servis par les achats", "Plans that purchases serve"),
            Self::Pledges => text("Engagements", "Commitments"),
        }
    }
}

/// The last part of the address of an entry that does not exist yet.
pub const NEW: &str = "nouveau";

/// The address of the form of an entry.
pub fn entry_path(list: List, code: &str) -> String {
    format!("{}/{}/{code}", path::CATALOGUE, list.slug())
}

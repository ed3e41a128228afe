//! Which entries the navigation shows, by the role of the visitor.

use leptos::prelude::*;

use crate::i18n::{Text, text};
use crate::routes::path;

/// The visitor, as far as the navigation is concerned. A link is never a right: each page checks for itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NavRole {
    #[default]
    Anonymous,
    Supplier,
    Reviewer,
    Administrator,
}

impl NavRole {
    pub(super) const fn signed_in(self) -> bool {
        !matches!(self, Self::Anonymous)
    }

    /// The entries of the main navigation, in order.
    pub(super) const fn entries(self) -> &'static [Entry] {
        match self {
            Self::Anonymous => &[HOME, SIMULATOR],
            Self::Supplier => &[SUPPLIER, SIMULATOR],
            Self::Reviewer => &[REVIEW, SIMULATOR],
            Self::Administrator => &[REVIEW, ADMINISTRATION, SIMULATOR],
        }
    }
}

type Entry = (&'static str, Text);

const HOME: Entry = (path::HOME, text("Accueil", "Home"));
const SIMULATOR: Entry = (
    path::SIMULATOR,
    text("Simuler ma taille", "Check my company size"),
);
const SUPPLIER: Entry = (path::SUPPLIER, text("Mon espace", "My account"));
const REVIEW: Entry = (path::REVIEW, text("Déclarations", "Declarations"));
const ADMINISTRATION: Entry = (
    path::ADMINISTRATION,
    text("Administration", "Administration"),
);

/// The role of this visitor; anonymous when the server provided none.
pub(super) fn use_nav_role() -> NavRole {
    use_context::<NavRole>().unwrap_or_default()
}

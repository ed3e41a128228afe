//! The parts into which a year is broken down, and the part that a question is narrowed to.
//!
//! By establishment, place and family a contract is in one part, whole. By size and by kind it is split as its amount is: each
//! holder brings its share to the part of its size, and divides it equally among its kinds. So the parts of any breakdown add
//! up to the figure, exactly, at every level.

use std::collections::BTreeMap;

use num_rational::BigRational;

use super::facts::SharedHolder;
use super::number::whole;
use super::supplier::SupplierSize;
use crate::catalogue::Catalogue;
use crate::claims::{Kind, KindSet};
use crate::contracts::{CPV_DIVISIONS, DEPARTMENTS};
use crate::identifiers::Siret;
use crate::text::{Lang, Text, text};

/// What the parts of a breakdown are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// Buying establishment.
    #[default]
    Establishment,
    /// Department of the place of execution.
    Place,
    /// First two digits of the CPV code.
    Family,
    Size,
    /// Kind of status that makes a solidarity enterprise.
    Kind,
}

impl Dimension {
    pub const ALL: [Self; 5] = [
        Self::Establishment,
        Self::Place,
        Self::Family,
        Self::Size,
        Self::Kind,
    ];

    /// As addresses write it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Establishment => "etablissement",
            Self::Place => "lieu",
            Self::Family => "cpv",
            Self::Size => "taille",
            Self::Kind => "genre",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    pub const fn label(self) -> Text {
        match self {
            Self::Establishment => text("Établissement acheteur", "Buying establishment"),
            Self::Place => text("Lieu d’exécution", "Place of execution"),
            Self::Family => text("Famille d’achats (CPV)", "Family of purchases (CPV)"),
            Self::Size => text("Taille du fournisseur", "Size of the supplier"),
            Self::Kind => text("Statut solidaire", "Solidarity status"),
        }
    }

    /// Splits a contract among its holders.
    pub const fn is_of_holders(self) -> bool {
        matches!(self, Self::Size | Self::Kind)
    }

    /// The name of a part, with the words of the catalogue; what is no part of a closed list is shown as it is.
    pub fn name(self, key: &str, lang: Lang, names: &Catalogue) -> String {
        let listed = |list: &[(&str, Text)]| {
            list.iter()
                .find(|(code, _)| *code == key)
                .map(|(code, name)| format!("{code} {}", name.get(lang)))
        };
        let named = match self {
            Self::Establishment => Siret::parse(key).ok().map(|siret| siret.formatted()),
            Self::Place => listed(&DEPARTMENTS).or_else(|| special(key, PLACES, lang)),
            Self::Family => listed(&CPV_DIVISIONS).or_else(|| special(key, FAMILIES, lang)),
            Self::Size => {
                SupplierSize::from_code(key).map(|size| size.label().get(lang).to_owned())
            }
            Self::Kind => key
                .parse::<Kind>()
                .ok()
                .map(|kind| names.kind_label(kind, lang).to_owned())
                .or_else(|| (key == NO_KIND).then(|| NO_KIND_LABEL.get(lang).to_owned())),
        };
        named.unwrap_or_else(|| key.to_owned())
    }

    /// Whether an address may name this part.
    fn has(self, key: &str) -> bool {
        let listed = |list: &[(&str, Text)]| list.iter().any(|(code, _)| *code == key);
        let special = [UNKNOWN, OTHER].contains(&key);
        match self {
            Self::Establishment => !key.is_empty() && key.len() <= 100,
            Self::Place => special || listed(&DEPARTMENTS),
            Self::Family => special || listed(&CPV_DIVISIONS),
            Self::Size => SupplierSize::from_code(key).is_some(),
            Self::Kind => key == NO_KIND || key.parse::<Kind>().is_ok(),
        }
    }
}

/// The part of contracts that do not say.
pub const UNKNOWN: &str = "inconnu";
/// The part of contracts that say something outside the list.
pub const OTHER: &str = "autre";
/// The part of holders without any of the kinds, and of contracts without holder.
pub const NO_KIND: &str = "aucun";

const PLACES: [Text; 2] = [
    text("Non publié", "Not published"),
    text(
        "Région, pays ou code inconnu",
        "Region, country or unknown code",
    ),
];
const FAMILIES: [Text; 2] = [
    text("Non publié", "Not published"),
    text("Code inconnu", "Unknown code"),
];
const NO_KIND_LABEL: Text = text("Aucun statut solidaire", "No solidarity status");

fn special(key: &str, [unknown, other]: [Text; 2], lang: Lang) -> Option<String> {
    match key {
        UNKNOWN => Some(unknown.get(lang).to_owned()),
        OTHER => Some(other.get(lang).to_owned()),
        _ => None,
    }
}

/// One part of some breakdowns at once; empty: everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Narrowing(BTreeMap<Dimension, String>);

impl Narrowing {
    /// Reads it from the values that an address gives; what is no part is left out.
    pub fn read(value: impl Fn(&str) -> Option<String>) -> Self {
        let parts = Dimension::ALL.into_iter().filter_map(|dimension| {
            let key = value(dimension.code())?;
            dimension.has(&key).then_some((dimension, key))
        });
        Self(parts.collect())
    }

    #[must_use]
    pub fn with(&self, dimension: Dimension, key: impl Into<String>) -> Self {
        let mut parts = self.0.clone();
        parts.insert(dimension, key.into());
        Self(parts)
    }

    #[must_use]
    pub fn without(&self, dimension: Dimension) -> Self {
        let mut parts = self.0.clone();
        parts.remove(&dimension);
        Self(parts)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn get(&self, dimension: Dimension) -> Option<&str> {
        self.0.get(&dimension).map(String::as_str)
    }

    pub fn parts(&self) -> impl Iterator<Item = (Dimension, &str)> {
        self.0
            .iter()
            .map(|(dimension, key)| (*dimension, key.as_str()))
    }

    /// Counts some holders of a contract and not the others.
    pub fn is_of_holders(&self) -> bool {
        self.0.keys().any(|dimension| dimension.is_of_holders())
    }

    /// How much of a holder's share is in this part.
    pub(super) fn part_of(&self, holder: &SharedHolder) -> BigRational {
        if self
            .get(Dimension::Size)
            .is_some_and(|size| size != holder.size.code())
        {
            return whole(0);
        }
        let kinds = holder.kinds.0.len();
        match self.get(Dimension::Kind) {
            None => whole(1),
            Some(NO_KIND) => whole(u8::from(kinds == 0)),
            Some(code) if has_kind(&holder.kinds, code) => BigRational::new(1.into(), kinds.into()),
            Some(_) => whole(0),
        }
    }
}

fn has_kind(kinds: &KindSet, code: &str) -> bool {
    code.parse().is_ok_and(|kind| kinds.contains(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_known_parts_only() {
        let read = |pairs: &[(&str, &str)]| {
            Narrowing::read(|name| {
                let found = pairs.iter().find(|(key, _)| *key == name);
                found.map(|(_, value)| (*value).to_owned())
            })
        };
        let all = [
            ("etablissement", "20005480700017"),
            ("lieu", "13"),
            ("cpv", "45"),
            ("taille", "pme-declaree"),
            ("genre", "aucun"),
        ];
        let narrowing = read(&all);
        assert_eq!(narrowing.parts().count(), 5);
        assert_eq!(narrowing.get(Dimension::Place), Some("13"));
        assert!(narrowing.is_of_holders());
        assert_eq!(
            narrowing.without(Dimension::Place).get(Dimension::Place),
            None
        );
        let odd = [
            ("etablissement", ""),
            ("lieu", "99"),
            ("cpv", "4"),
            ("taille", "x"),
            ("genre", "x"),
        ];
        assert_eq!(read(&odd), Narrowing::default());
    }

    #[test]
    fn every_part_of_a_closed_list_has_a_name() {
        for (dimension, key, name) in [
            (Dimension::Place, "13", "13 Bouches-du-Rhône"),
            (Dimension::Place, UNKNOWN, "Non publié"),
            (Dimension::Family, "45", "45 Travaux de construction"),
            (Dimension::Family, OTHER, "Code inconnu"),
            (Dimension::Size, "autre", "Autre ou inconnue"),
            (Dimension::Kind, "EI", "Entreprise d’insertion (EI)"),
            (Dimension::Kind, NO_KIND, "Aucun statut solidaire"),
            (Dimension::Establishment, "x", "x"),
        ] {
            assert_eq!(dimension.name(key, Lang::Fr, &Catalogue::default()), name);
        }
    }
}

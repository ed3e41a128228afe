//! One fact of a register: what it is about, what is said, by whom, and since when.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::catalogue::{Catalogue, Label};
use crate::civil::paris_day;
use crate::claims::Kind;
use crate::identifiers::{Siren, StaffBand};
use crate::lists::{ListKind, Listed, Proof};
use crate::registry::{RegistryFacts, RegistryState};
use crate::text::{Lang, Text, text};

/// What a register may say of a company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Fact {
    Name,
    Address,
    LegalForm,
    Activity,
    Staff,
    /// French size category.
    Size,
    /// Mention of the social economy.
    Ess,
    Status(Kind),
}

impl Fact {
    const PLAIN: [Self; 7] = [
        Self::Name,
        Self::Address,
        Self::LegalForm,
        Self::Activity,
        Self::Staff,
        Self::Size,
        Self::Ess,
    ];

    pub const fn label(self) -> Text {
        match self {
            Self::Name => text("Nom", "Name"),
            Self::Address => text("Adresse", "Address"),
            Self::LegalForm => text("Forme juridique", "Legal form"),
            Self::Activity => text("Activité (NAF)", "Activity (NAF)"),
            Self::Staff => text("Tranche d’effectif", "Staff band"),
            Self::Size => text("Catégorie de taille", "Size category"),
            Self::Ess => text("Économie sociale et solidaire", "Social economy"),
            Self::Status(_) => text("Statut ou agrément", "Status or approval"),
        }
    }

    /// The label; a status has its name, as the catalogue has it.
    pub fn name(self, names: &Catalogue, lang: Lang) -> String {
        match self {
            Self::Status(kind) => names.kind_label(kind, lang).to_owned(),
            plain => plain.label().get(lang).to_owned(),
        }
    }
}

/// As addresses and stored answers write it, such as `adresse` or `statut-EI`.
impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Name => "nom",
            Self::Address => "adresse",
            Self::LegalForm => "forme",
            Self::Activity => "activite",
            Self::Staff => "effectif",
            Self::Size => "categorie",
            Self::Ess => "ess",
            Self::Status(kind) => return write!(f, "statut-{}", kind.code()),
        })
    }
}

/// No fact has this code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown fact")]
pub struct UnknownFact;

impl FromStr for Fact {
    type Err = UnknownFact;

    fn from_str(code: &str) -> Result<Self, UnknownFact> {
        if let Some(kind) = code.strip_prefix("statut-") {
            return kind.parse().map(Self::Status).map_err(|_| UnknownFact);
        }
        let mut plain = Self::PLAIN.into_iter();
        plain
            .find(|fact| fact.to_string() == code)
            .ok_or(UnknownFact)
    }
}

impl TryFrom<String> for Fact {
    type Error = UnknownFact;

    fn try_from(code: String) -> Result<Self, UnknownFact> {
        code.parse()
    }
}

impl From<Fact> for String {
    fn from(fact: Fact) -> Self {
        fact.to_string()
    }
}

/// Of when a fact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// The period that it describes.
    Year(i32),
    /// The day from which it holds.
    Day(NaiveDate),
}

/// A fact as a register gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownFact {
    pub fact: Fact,
    pub said: Label,
    pub source: Label,
    /// The day on which it was read.
    pub read_on: NaiveDate,
    pub since: Option<Since>,
}

/// Everything that the register and the lists say of the company; nothing where nobody answered.
pub fn known(
    (siren, state): (&Siren, &RegistryState),
    listed: &Listed,
    names: &Catalogue,
) -> Vec<KnownFact> {
    let by_lists: Vec<KnownFact> = listed
        .of(siren)
        .filter(|proof| proof.list != ListKind::EssFrance)
        .flat_map(|proof| {
            let kinds = proof.kinds().into_iter();
            kinds.map(|kind| listed_as(proof, kind, names))
        })
        .collect();
    let Some(facts) = state.facts() else {
        return by_lists;
    };
    let read_on = paris_day(facts.fetched_at);
    let source = label(|lang| facts.source.label(lang).to_owned());
    // Of the same status a list says more: its reference, its dates.
    let better = |fact: Fact| by_lists.iter().any(|known| known.fact == fact);
    let mut found: Vec<KnownFact> = said(facts, names)
        .into_iter()
        .filter(|(fact, _, _)| !better(*fact))
        .map(|(fact, said, since)| KnownFact {
            fact,
            said,
            source: source.clone(),
            read_on,
            since,
        })
        .collect();
    found.extend(by_lists);
    found
}

/// The status with its reference and its end, as the list gives them.
fn listed_as(proof: &Proof, kind: Kind, names: &Catalogue) -> KnownFact {
    let said = label(|lang| {
        let mut words = names.kind_label(kind, lang).to_owned();
        if let Some(reference) = &proof.facts.reference {
            words = format!("{words}, {reference}");
        }
        if let Some(state) = proof.facts.state {
            words = format!("{words}, {}", state.code());
        }
        if let Some(end) = proof.facts.valid_to {
            let end = match lang {
                Lang::Fr => end.format(", jusqu’au %d/%m/%Y"),
                Lang::En => end.format(", until %d/%m/%Y"),
            };
            words = format!("{words}{end}");
        }
        words
    });
    KnownFact {
        fact: Fact::Status(kind),
        said,
        source: proof.list.label().into(),
        read_on: proof.published_on,
        since: proof.facts.valid_from.map(Since::Day),
    }
}

fn said(facts: &RegistryFacts, names: &Catalogue) -> Vec<(Fact, Label, Option<Since>)> {
    let mut found = vec![];
    let mut add = |fact, said: Option<Label>, since| {
        if let Some(said) = said {
            found.push((fact, said, since));
        }
    };
    add(
        Fact::Name,
        facts.name.as_deref().map(same),
        facts.created_on.map(Since::Day),
    );
    add(Fact::Address, facts.address.as_deref().map(same), None);
    let form = facts.legal_category.as_ref().map(|category| {
        let code = category.as_str();
        same(
            &category
                .label()
                .map_or_else(|| code.to_owned(), |label| format!("{label} ({code})")),
        )
    });
    add(Fact::LegalForm, form, None);
    add(Fact::Activity, facts.naf.as_deref().map(same), None);
    let band = facts
        .staff_band
        .as_deref()
        .and_then(|code| StaffBand::parse(code).ok());
    add(
        Fact::Staff,
        band.map(|band| band.label().into()),
        facts.staff_band_year.map(Since::Year),
    );
    add(
        Fact::Size,
        facts.category.as_deref().map(same),
        facts.category_year.map(Since::Year),
    );
    let mention = facts.ess.map(|mention| {
        if mention {
            text("Mention au répertoire", "Mentioned in the register").into()
        } else {
            text("Aucune mention au répertoire", "No mention in the register").into()
        }
    });
    add(Fact::Ess, mention, None);
    for kind in &facts.siae_kinds {
        let name = label(|lang| names.kind_label(*kind, lang).to_owned());
        add(Fact::Status(*kind), Some(name), None);
    }
    found
}

fn same(words: &str) -> Label {
    label(|_| words.to_owned())
}

pub(super) fn label(words: impl Fn(Lang) -> String) -> Label {
    Label {
        fr: words(Lang::Fr),
        en: words(Lang::En),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn a_fact_is_read_back_from_its_code() {
        let statuses = Kind::SOLIDARITY.into_iter().map(Fact::Status);
        for fact in Fact::PLAIN.into_iter().chain(statuses) {
            assert_eq!(fact.to_string().parse(), Ok(fact));
            let json = serde_json::to_string(&fact).unwrap();
            assert_eq!(serde_json::from_str::<Fact>(&json).unwrap(), fact);
        }
        for odd in ["", "statut-", "statut-XYZ", "Nom", "siren"] {
            assert_eq!(odd.parse::<Fact>(), Err(UnknownFact), "{odd}");
        }
    }
}

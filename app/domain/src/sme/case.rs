//! A case: the enterprise asked about, those around it, and who holds what.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::kind::Kind;
use crate::decimal::{Hundredths, Percent};
use crate::text::{Text, text};

/// One entity; its figures are needed only if it is consolidated.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enterprise {
    pub kind: Kind,
    /// Annual work units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub awu: Option<Hundredths>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turnover_eur: Option<Hundredths>,
    /// Balance sheet total.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balance_eur: Option<Hundredths>,
}

impl Enterprise {
    /// An ordinary enterprise with its three figures.
    pub const fn with_figures(
        awu: Hundredths,
        turnover_eur: Hundredths,
        balance_eur: Hundredths,
    ) -> Self {
        Self {
            kind: Kind::Enterprise,
            awu: Some(awu),
            turnover_eur: Some(turnover_eur),
            balance_eur: Some(balance_eur),
        }
    }

    /// True for what can be consolidated and lets links run through it. Natural persons link on their own terms, an
    /// administration is not an enterprise, and a business angel without accounts is a natural person.
    pub(crate) const fn counts_as_enterprise(&self) -> bool {
        match self.kind {
            Kind::Person | Kind::PublicBody | Kind::SmallLocalAuthority => false,
            Kind::BusinessAngel => self.has_figures(),
            _ => true,
        }
    }

    /// True when at least one figure is given.
    pub(crate) const fn has_figures(&self) -> bool {
        self.awu.is_some() || self.turnover_eur.is_some() || self.balance_eur.is_some()
    }

    pub(crate) const fn figure(&self, figure: Figure) -> Option<Hundredths> {
        match figure {
            Figure::Awu => self.awu,
            Figure::TurnoverEur => self.turnover_eur,
            Figure::BalanceEur => self.balance_eur,
        }
    }

    /// An entity without figures.
    pub const fn without_figures(kind: Kind) -> Self {
        Self {
            kind,
            awu: None,
            turnover_eur: None,
            balance_eur: None,
        }
    }
}

/// The three figures of the definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    Awu,
    TurnoverEur,
    BalanceEur,
}

impl Figure {
    pub const ALL: [Self; 3] = [Self::Awu, Self::TurnoverEur, Self::BalanceEur];

    /// The name in the files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Awu => "awu",
            Self::TurnoverEur => "turnover_eur",
            Self::BalanceEur => "balance_eur",
        }
    }

    pub const fn label(self) -> Text {
        match self {
            Self::Awu => text("effectif", "staff"),
            Self::TurnoverEur => text("chiffre d’affaires", "turnover"),
            Self::BalanceEur => text("total du bilan", "balance sheet total"),
        }
    }
}

/// Staff, turnover and balance sheet total.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Figures {
    pub awu: Hundredths,
    pub turnover_eur: Hundredths,
    pub balance_eur: Hundredths,
}

/// Control without counting votes: the two are linked whatever the percentage (article 3(3)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Control {
    /// Right to appoint or remove a majority of the management or supervisory body.
    AppointsMajority,
    /// Dominant influence by contract or statutes.
    DominantInfluence,
    /// Sole control of a majority of the votes, by agreement with other holders.
    Agreement,
}

impl Control {
    pub const ALL: [Self; 3] = [
        Self::AppointsMajority,
        Self::DominantInfluence,
        Self::Agreement,
    ];

    /// The name in the files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AppointsMajority => "appoints_majority",
            Self::DominantInfluence => "dominant_influence",
            Self::Agreement => "agreement",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|control| control.name() == name)
    }

    pub const fn label(self) -> Text {
        match self {
            Self::AppointsMajority => text(
                "nomme ou révoque la majorité des dirigeants",
                "appoints or removes a majority of the management",
            ),
            Self::DominantInfluence => text(
                "exerce une influence dominante par contrat ou statuts",
                "has a dominant influence by contract or statutes",
            ),
            Self::Agreement => text(
                "contrôle seul la majorité des votes par un accord avec d’autres associés",
                "alone controls a majority of votes by agreement with other holders",
            ),
        }
    }
}

/// `holder` holds a share of `held`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holding {
    pub holder: String,
    pub held: String,
    pub capital_pct: Percent,
    pub voting_pct: Percent,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub control: Option<Control>,
    /// For a business angel: the total invested in this enterprise. Not given: under the ceiling.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invested_eur: Option<Hundredths>,
}

/// The whole question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// The enterprise asked about.
    pub target: String,
    pub enterprises: BTreeMap<String, Enterprise>,
    #[serde(default)]
    pub holdings: Vec<Holding>,
    /// Persons whose enterprises act on the same market or on adjacent ones.
    #[serde(default)]
    pub persons_active_in_same_or_adjacent_market: Vec<String>,
    /// Groups of persons who act together: their votes are added.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub persons_acting_jointly: Vec<Vec<String>>,
}

impl Case {
    /// An enterprise alone.
    pub fn alone(figures: Figures) -> Self {
        let target = "A".to_owned();
        let own = Enterprise::with_figures(figures.awu, figures.turnover_eur, figures.balance_eur);
        Self {
            enterprises: BTreeMap::from([(target.clone(), own)]),
            target,
            ..Self::default()
        }
    }
}

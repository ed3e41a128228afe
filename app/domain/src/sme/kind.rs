//! What an entity of a case is, and what the definition makes of it.

use serde::{Deserialize, Serialize};

use crate::text::{Text, text};

/// What an entity of a case is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    #[default]
    Enterprise,
    Person,
    PublicBody,
    SmallLocalAuthority,
    VentureCapital,
    BusinessAngel,
    University,
    PublicInvestmentCorp,
    InstitutionalInvestor,
}

impl Kind {
    pub const ALL: [Self; 9] = [
        Self::Enterprise,
        Self::Person,
        Self::PublicBody,
        Self::SmallLocalAuthority,
        Self::VentureCapital,
        Self::BusinessAngel,
        Self::University,
        Self::PublicInvestmentCorp,
        Self::InstitutionalInvestor,
    ];

    /// The name in the files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Enterprise => "enterprise",
            Self::Person => "person",
            Self::PublicBody => "public_body",
            Self::SmallLocalAuthority => "small_local_authority",
            Self::VentureCapital => "venture_capital",
            Self::BusinessAngel => "business_angel",
            Self::University => "university",
            Self::PublicInvestmentCorp => "public_investment_corp",
            Self::InstitutionalInvestor => "institutional_investor",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    pub const fn label(self) -> Text {
        match self {
            Self::Enterprise => text("Entreprise", "Enterprise"),
            Self::Person => text("Personne physique", "Natural person"),
            Self::PublicBody => text("Organisme public", "Public body"),
            Self::SmallLocalAuthority => text(
                "Petite collectivité (budget inférieur à 10 M€ et moins de 5\u{202f}000 habitants)",
                "Small local authority (budget below €10m and fewer than 5,000 inhabitants)",
            ),
            Self::VentureCapital => text("Société de capital-risque", "Venture capital company"),
            Self::BusinessAngel => text(
                "Investisseur providentiel (business angel)",
                "Business angel",
            ),
            Self::University => text(
                "Université ou centre de recherche à but non lucratif",
                "University or non-profit research centre",
            ),
            Self::PublicInvestmentCorp => text(
                "Société publique de participation",
                "Public investment corporation",
            ),
            Self::InstitutionalInvestor => text(
                "Investisseur institutionnel ou fonds de développement régional",
                "Institutional investor or regional development fund",
            ),
        }
    }

    /// Investors that may hold from 25 to 50 % without making a partner (article 3(2), second paragraph).
    pub(crate) const fn is_exempt_investor(self) -> bool {
        matches!(
            self,
            Self::VentureCapital
                | Self::BusinessAngel
                | Self::University
                | Self::PublicInvestmentCorp
                | Self::InstitutionalInvestor
                | Self::SmallLocalAuthority
        )
    }

    /// Natural persons, alone or in a group.
    pub(crate) const fn is_person(self) -> bool {
        matches!(self, Self::Person | Self::BusinessAngel)
    }
}

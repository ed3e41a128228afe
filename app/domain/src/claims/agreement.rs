//! The state of an agreement of the State with an inclusion structure (annexe financière), and what it allows (`domain.md` 2.4).

use serde::{Deserialize, Serialize};

use crate::text::{Text, text};

/// As the national service of inclusion writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AgreementState {
    Valide,
    Provisoire,
    Historise,
    Cloture,
    Annule,
    Rejete,
    Saisi,
    Brouillon,
}

impl AgreementState {
    /// Those that are active first.
    pub const ALL: [Self; 8] = [
        Self::Valide,
        Self::Provisoire,
        Self::Historise,
        Self::Cloture,
        Self::Annule,
        Self::Rejete,
        Self::Saisi,
        Self::Brouillon,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Valide => "VALIDE",
            Self::Provisoire => "PROVISOIRE",
            Self::Historise => "HISTORISE",
            Self::Cloture => "CLOTURE",
            Self::Annule => "ANNULE",
            Self::Rejete => "REJETE",
            Self::Saisi => "SAISI",
            Self::Brouillon => "BROUILLON",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    pub const fn label(self) -> Text {
        match self {
            Self::Valide => text("Valide", "Valid (VALIDE)"),
            Self::Provisoire => text("Provisoire", "Provisional (PROVISOIRE)"),
            Self::Historise => text("Historisé", "Superseded (HISTORISE)"),
            Self::Cloture => text("Clôturé", "Closed (CLOTURE)"),
            Self::Annule => text("Annulé", "Cancelled (ANNULE)"),
            Self::Rejete => text("Rejeté", "Rejected (REJETE)"),
            Self::Saisi => text(
                "Saisi, pas encore validé",
                "Entered, not validated yet (SAISI)",
            ),
            Self::Brouillon => text("Brouillon", "Draft (BROUILLON)"),
        }
    }

    /// An agreement is active in these two states, while its end has not come.
    pub const fn is_active(self) -> bool {
        matches!(self, Self::Valide | Self::Provisoire)
    }

    /// It may still become active.
    pub const fn is_not_yet(self) -> bool {
        matches!(self, Self::Saisi | Self::Brouillon)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn a_state_is_read_back_from_its_code_and_two_are_active() {
        for state in AgreementState::ALL {
            assert_eq!(AgreementState::from_code(state.code()), Some(state));
            let json = serde_json::to_string(&state).unwrap();
            assert_eq!(json, format!("\"{}\"", state.code()));
        }
        let active: Vec<_> = AgreementState::ALL
            .into_iter()
            .filter(|state| state.is_active())
            .collect();
        assert_eq!(active, [AgreementState::Valide, AgreementState::Provisoire]);
        assert_eq!(AgreementState::from_code("valide"), None);
    }
}

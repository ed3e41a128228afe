//! What the law asks of a commercial company of the social economy, condition by condition (law 2014-856 of 31 July 2014,
//! articles 1 and 2; `domain.md` 2.1). Its statutes must say all of it.

use serde::{Deserialize, Serialize};

use crate::text::{Text, text};

/// One condition, confirmed by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EssCondition {
    /// An aim other than sharing profits.
    Aim,
    Governance,
    /// Profits serve the activity.
    Profits,
    /// Compulsory reserves are not shared out.
    Reserves,
    /// Social utility.
    Utility,
    DevelopmentFund,
    CarryForward,
    /// Capital is neither amortised nor reduced.
    Capital,
}

impl EssCondition {
    /// In the order of the law.
    pub const ALL: [Self; 8] = [
        Self::Aim,
        Self::Governance,
        Self::Profits,
        Self::Reserves,
        Self::Utility,
        Self::DevelopmentFund,
        Self::CarryForward,
        Self::Capital,
    ];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Aim => "aim",
            Self::Governance => "governance",
            Self::Profits => "profits",
            Self::Reserves => "reserves",
            Self::Utility => "utility",
            Self::DevelopmentFund => "development_fund",
            Self::CarryForward => "carry_forward",
            Self::Capital => "capital",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|condition| condition.code() == code)
    }

    /// The condition with its place in the law.
    pub const fn label(self) -> Text {
        match self {
            Self::Aim => text(
                "Un but autre que le seul partage des bénéfices (article 1er, I, 1°)",
                "An aim other than sharing profits alone (article 1, I, 1°)",
            ),
            Self::Governance => text(
                "Une gouvernance démocratique, définie par les statuts, où la participation ne dépend pas du seul apport en capital (article 1er, I, 2°)",
                "Democratic governance laid down in the statutes, where participation is not tied to capital alone (article 1, I, 2°)",
            ),
            Self::Profits => text(
                "Des bénéfices majoritairement consacrés au maintien ou au développement de l’activité (article 1er, I, 3°, a)",
                "Profits that mainly serve to maintain or develop the activity (article 1, I, 3°, a)",
            ),
            Self::Reserves => text(
                "Des réserves obligatoires impartageables, qui ne peuvent pas être distribuées (article 1er, I, 3°, b)",
                "Compulsory reserves that may not be shared out (article 1, I, 3°, b)",
            ),
            Self::Utility => text(
                "La recherche d’une utilité sociale au sens de l’article 2\u{a0}: soutien à des personnes fragiles, lien social et territorial, éducation populaire, égalité, développement durable ou solidarité internationale (article 1er, II, 2°, b)",
                "The pursuit of social utility within article 2: support to vulnerable persons, social and territorial links, popular education, equality, sustainable development or international solidarity (article 1, II, 2°, b)",
            ),
            Self::DevelopmentFund => text(
                "Une clause des statuts affecte une part des bénéfices à un fonds de développement (article 1er, II, 2°, c)",
                "A clause of the statutes puts part of the profits into a development fund (article 1, II, 2°, c)",
            ),
            Self::CarryForward => text(
                "Une clause des statuts affecte une part des bénéfices au report bénéficiaire et aux réserves obligatoires (article 1er, II, 2°, c)",
                "A clause of the statutes puts part of the profits into carry-forward and compulsory reserves (article 1, II, 2°, c)",
            ),
            Self::Capital => text(
                "Une clause des statuts interdit d’amortir le capital et de le réduire, hors les cas que la loi permet (article 1er, II, 2°, c)",
                "A clause of the statutes forbids amortising or reducing the capital, but where the law allows it (article 1, II, 2°, c)",
            ),
        }
    }

    /// What the conditions of a list leave out, in the order of the law.
    pub fn missing(confirmed: &[Self]) -> Vec<Self> {
        let mut all = Self::ALL.to_vec();
        all.retain(|condition| !confirmed.contains(condition));
        all
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn a_condition_is_read_back_from_its_code_and_names_its_article() {
        for condition in EssCondition::ALL {
            assert_eq!(EssCondition::from_code(condition.code()), Some(condition));
            let json = serde_json::to_string(&condition).unwrap();
            assert_eq!(json, format!("\"{}\"", condition.code()));
            assert!(condition.label().fr.contains("article 1er, I"), "{json}");
            assert!(condition.label().en.contains("article 1, I"), "{json}");
        }
        assert_eq!(EssCondition::missing(&EssCondition::ALL), []);
        assert_eq!(
            EssCondition::missing(&[EssCondition::Aim]).len(),
            EssCondition::ALL.len() - 1
        );
    }
}

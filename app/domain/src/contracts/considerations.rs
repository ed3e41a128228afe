//! Social and environmental considerations of a contract (R7 to R9).

use serde_json::Value;

use super::flag::{Flag, Flags};
use super::value::words;

/// What the record says, in the exact words of the regulation; anything else is unknown and counts in no numerator (R9).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one value of the regulation"
)]
pub struct Considerations {
    pub environmental_clause: bool,
    pub environmental_criterion: bool,
    pub social_clause: bool,
    pub social_criterion: bool,
    pub reserved: bool,
}

impl Considerations {
    pub(super) fn read(
        social: Option<&Value>,
        environmental: Option<&Value>,
        flags: &mut Flags,
    ) -> Self {
        let social = words(social);
        let environmental = words(environmental);
        let says = |words: &[String], wanted: &str| words.iter().any(|word| word == wanted);
        let found = Self {
            environmental_clause: says(&environmental, "Clause environnementale"),
            environmental_criterion: says(&environmental, "Critère environnemental"),
            social_clause: says(&social, "Clause sociale"),
            social_criterion: says(&social, "Critère social"),
            reserved: says(&social, "Marché réservé"),
        };
        let none = |words: &[String]| {
            words
                .iter()
                .any(|word| word.starts_with("Pas de considération"))
        };
        if (none(&social) && found.social_any())
            || (none(&environmental) && found.environmental_any())
        {
            flags.insert(Flag::Contradiction);
        }
        found
    }

    /// Clause or criterion (I1w).
    pub const fn environmental_any(self) -> bool {
        self.environmental_clause || self.environmental_criterion
    }

    /// Clause, criterion or reserved contract (I2w).
    pub const fn social_any(self) -> bool {
        self.social_clause || self.social_criterion || self.reserved
    }
}

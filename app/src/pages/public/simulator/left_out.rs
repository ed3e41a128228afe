//! What a declaration could not take over from a simulation: told before anything is signed.

use domain::form::SizeStep;

use crate::i18n::Lang;
use crate::islands::simulator::{Answers, Checked, check};

/// What is missing in the declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    /// What was carried over does not give the category of the simulation.
    Category,
    /// The answers were kept too long ago, or for somebody else.
    Everything,
}

impl LeftOut {
    pub const ALL: [Self; 2] = [Self::Category, Self::Everything];

    /// In an address: a word, never an answer.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Category => "categorie",
            Self::Everything => "tout",
        }
    }

    /// As written by [`LeftOut::write`]; unknown words are ignored.
    pub fn read(codes: &str) -> Vec<Self> {
        let named = |code| Self::ALL.into_iter().find(|left| left.code() == code);
        codes.split(',').filter_map(named).collect()
    }

    pub fn write(all: &[Self]) -> String {
        let codes: Vec<_> = all.iter().map(|left| left.code()).collect();
        codes.join(",")
    }
}

/// What `step`, made from these answers, does not say.
pub fn left_out(answers: &Answers, step: &SizeStep) -> Vec<LeftOut> {
    // Which language does not matter: only the category is read.
    let simulated = match check(Lang::Fr, answers, true) {
        Checked::Done { status, .. } => Some(status),
        Checked::Blank | Checked::Incomplete(_) => None,
    };
    let declared = step.computed("").map(|computed| computed.status);
    if simulated.is_some() && declared != simulated {
        vec![LeftOut::Category]
    } else {
        vec![]
    }
}

#[cfg(test)]
mod tests {
    use super::super::size_step;
    use super::*;

    #[test]
    fn only_another_category_is_worth_a_word() {
        let answers = Answers::from_pairs([
            ("e0-awu", "40"),
            ("e0-turnover", "6000000"),
            ("e0-balance", "4000000"),
        ]);
        let mut step = size_step(&answers);
        assert_eq!(left_out(&answers, &step), []);
        step.awu = "60".to_owned();
        let left = left_out(&answers, &step);
        assert_eq!(left, [LeftOut::Category]);
        assert_eq!(LeftOut::read(&LeftOut::write(&left)), left);
        // Links of an earlier version name more.
        assert_eq!(LeftOut::read("x,,liens,tout"), [LeftOut::Everything]);
    }
}

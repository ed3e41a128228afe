//! What a simulation says that the size step of a declaration does not ask: told before anything is signed.

use domain::form::SizeStep;
use domain::sme::Kind;

use super::declare::is_indirect;
use crate::i18n::{Lang, Text, text};
use crate::islands::simulator::{Answers, Checked, check, kind};

/// One sort of answer that was not carried over, or what follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOut {
    Persons,
    Jointly,
    Indirect,
    Control,
    Invested,
    /// What was carried over does not give the category of the simulation.
    Category,
    /// The answers were kept too long ago, or for somebody else.
    Everything,
}

impl LeftOut {
    pub const ALL: [Self; 7] = [
        Self::Persons,
        Self::Jointly,
        Self::Indirect,
        Self::Control,
        Self::Invested,
        Self::Category,
        Self::Everything,
    ];

    /// In an address: a word, never an answer.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Persons => "personnes",
            Self::Jointly => "concert",
            Self::Indirect => "liens",
            Self::Control => "controle",
            Self::Invested => "montants",
            Self::Category => "categorie",
            Self::Everything => "tout",
        }
    }

    /// In a list of what is missing; `None` for what is said in another way.
    pub const fn label(self) -> Option<Text> {
        Some(match self {
            Self::Persons => text("les personnes physiques", "natural persons"),
            Self::Jointly => text(
                "les personnes qui agissent ensemble",
                "persons acting together",
            ),
            Self::Indirect => text(
                "les participations entre deux autres que vous",
                "holdings between two others than you",
            ),
            Self::Control => text(
                "le contrôle qui ne tient pas aux pourcentages",
                "control that does not come from percentages",
            ),
            Self::Invested => text("les montants investis", "amounts invested"),
            Self::Category | Self::Everything => return None,
        })
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
    let entities = &answers.entities;
    let holdings = &answers.holdings;
    let mut left = Vec::new();
    let mut add = |missing: bool, what| {
        if missing {
            left.push(what);
        }
    };
    let persons = || entities.iter().filter(|one| kind(one) == Kind::Person);
    add(persons().next().is_some(), LeftOut::Persons);
    add(persons().any(|one| !one.group.is_empty()), LeftOut::Jointly);
    add(holdings.iter().any(is_indirect), LeftOut::Indirect);
    add(
        holdings.iter().any(|share| !share.control.is_empty()),
        LeftOut::Control,
    );
    add(
        holdings.iter().any(|share| !share.invested.is_empty()),
        LeftOut::Invested,
    );
    // Which language does not matter: only the category is read.
    let simulated = match check(Lang::Fr, answers, true) {
        Checked::Done { status, .. } => Some(status),
        Checked::Blank | Checked::Incomplete(_) => None,
    };
    let declared = step.outcome().map(|(category, _)| category);
    add(
        simulated.is_some() && declared != simulated,
        LeftOut::Category,
    );
    left
}

#[cfg(test)]
mod tests {
    use super::super::size_step;
    use super::*;

    const OWN: [(&str, &str); 3] = [
        ("e0-awu", "40"),
        ("e0-turnover", "6000000"),
        ("e0-balance", "4000000"),
    ];

    fn of(more: &[(&str, &str)]) -> Vec<LeftOut> {
        let answers = Answers::from_pairs(OWN.iter().chain(more).copied());
        left_out(&answers, &size_step(&answers))
    }

    #[test]
    fn everything_that_the_step_does_not_ask_is_named() {
        assert_eq!(of(&[]), []);
        let direct = [
            ("e1-name", "Filiale"),
            ("e1-kind", "enterprise"),
            ("e1-awu", "30"),
            ("e1-turnover", "1000000"),
            ("e1-balance", "1000000"),
            ("h0-holder", "0"),
            ("h0-held", "1"),
            ("h0-capital", "60"),
            ("h0-votes", "60"),
        ];
        assert_eq!(of(&direct), []);
        // Linked by the power to appoint, whatever the percentage: the step counts it as a partner, or not at all.
        let control = [
            direct.as_slice(),
            &[
                ("h0-capital", "10"),
                ("h0-votes", "10"),
                ("h0-control", "agreement"),
                ("e1-awu", "300"),
            ],
        ]
        .concat();
        assert_eq!(of(&control), [LeftOut::Control, LeftOut::Category]);
        let person = [
            ("e1-name", "Anne"),
            ("e1-kind", "person"),
            ("e1-group", "1"),
            ("h0-holder", "1"),
            ("h0-held", "0"),
            ("h0-capital", "100"),
            ("h0-votes", "100"),
        ];
        let alone: Vec<_> = person
            .into_iter()
            .filter(|(name, _)| *name != "e1-group")
            .collect();
        assert_eq!(
            of(&alone),
            [LeftOut::Persons],
            "the category is the same without her"
        );
        let all = of(&[
            person.as_slice(),
            &[
                ("h0-invested", "1000"),
                ("e2-name", "Autre"),
                ("e2-kind", "enterprise"),
                ("h1-holder", "1"),
                ("h1-held", "2"),
            ],
        ]
        .concat());
        assert_eq!(
            all,
            [
                LeftOut::Persons,
                LeftOut::Jointly,
                LeftOut::Indirect,
                LeftOut::Invested
            ]
        );
        assert_eq!(LeftOut::read(&LeftOut::write(&all)), all);
        assert_eq!(LeftOut::read("x,,liens "), []);
    }
}

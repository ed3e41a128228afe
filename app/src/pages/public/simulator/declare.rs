//! From a simulation to the size step of a declaration: the enterprise's own figures, and what it holds or is held by.

use domain::form::{GroupRow, SizeStep};
use domain::sme::Kind;

use crate::islands::simulator::{Answers, Share, kind};

/// The number of the enterprise asked about, in the form.
const OWN: &str = "0";

/// The answers of the size step, which asks for direct holdings in or of enterprises and bodies. [`left_out`] says what it
/// cannot hold.
///
/// [`left_out`]: super::left_out::left_out
pub fn size_step(answers: &Answers) -> SizeStep {
    let Some(own) = answers.own() else {
        return SizeStep::default();
    };
    let rows: Vec<GroupRow> = answers
        .holdings
        .iter()
        .filter_map(|share| row(answers, share))
        .collect();
    let group = if !rows.is_empty() {
        "yes"
    } else if answers.holdings.iter().any(is_indirect) {
        // Linked through somebody whom the step does not ask about: only the supplier can answer.
        ""
    } else {
        "no"
    };
    SizeStep {
        declare: "yes".to_owned(),
        awu: own.awu.clone(),
        turnover_eur: own.turnover.clone(),
        balance_eur: own.balance.clone(),
        previous_category: answers.previous.clone(),
        group: group.to_owned(),
        rows,
        ..SizeStep::default()
    }
}

fn row(answers: &Answers, share: &Share) -> Option<GroupRow> {
    let (other, direction) = match (share.holder.as_str(), share.held.as_str()) {
        (OWN, other) => (other, "held"),
        (other, OWN) => (other, "holder"),
        _ => return None,
    };
    let entity = answers.entity(other.parse().ok()?)?;
    (kind(entity) != Kind::Person).then(|| GroupRow {
        name: entity.name.clone(),
        kind: entity.kind.clone(),
        direction: direction.to_owned(),
        capital_pct: share.capital.clone(),
        voting_pct: share.votes.clone(),
        awu: entity.awu.clone(),
        turnover_eur: entity.turnover.clone(),
        balance_eur: entity.balance.clone(),
    })
}

/// A holding between two others. A row where nobody was chosen says nothing.
pub(super) fn is_indirect(share: &Share) -> bool {
    let chosen = !share.holder.is_empty() && !share.held.is_empty();
    chosen && share.holder != OWN && share.held != OWN
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(step: &SizeStep) -> Vec<(&str, &str)> {
        step.rows
            .iter()
            .map(|row| (row.name.as_str(), row.direction.as_str()))
            .collect()
    }

    #[test]
    fn a_simulation_becomes_the_size_step() {
        let step = size_step(&Answers::from_pairs([
            ("e0-awu", "40"),
            ("e0-turnover", "6000000"),
            ("e0-balance", "4000000"),
            ("e1-name", "Filiale"),
            ("e1-kind", "enterprise"),
            ("e1-awu", "30"),
            ("e2-name", "Autre"),
            ("h0-holder", "0"),
            ("h0-held", "1"),
            ("h0-capital", "60"),
            ("h0-votes", "55"),
            ("h1-holder", "1"),
            ("h1-held", "2"),
            ("previous", "small"),
        ]));
        assert_eq!(
            (
                step.declare.as_str(),
                step.awu.as_str(),
                step.group.as_str()
            ),
            ("yes", "40", "yes")
        );
        assert_eq!(step.previous_category, "small");
        assert_eq!(names(&step), [("Filiale", "held")]);
    }

    #[test]
    fn a_person_is_no_row_of_the_group_and_alone_makes_none() {
        let owner = [
            ("e1-name", "Anne"),
            ("e1-kind", "person"),
            ("h0-holder", "1"),
            ("h0-held", "0"),
            ("h0-capital", "100"),
        ];
        let step = size_step(&Answers::from_pairs(owner));
        assert_eq!((names(&step), step.group.as_str()), (vec![], "no"));
        // Through her, another enterprise may be linked: nobody says "no" in the place of the supplier.
        let through = owner.into_iter().chain([
            ("e2-name", "Autre"),
            ("h1-holder", "1"),
            ("h1-held", "2"),
            ("h1-capital", "80"),
        ]);
        let step = size_step(&Answers::from_pairs(through));
        assert_eq!((names(&step), step.group.as_str()), (vec![], ""));
    }
}

//! From a simulation to the size step of a declaration: the enterprise's own figures, and what it holds or is held by.

use domain::form::{GroupRow, SizeStep};

use crate::islands::simulator::Answers;

/// The number of the enterprise asked about, in the form.
const OWN: &str = "0";

/// The answers of the size step. Holdings between two others stay out: the form asks for direct ones.
pub fn size_step(answers: &Answers) -> SizeStep {
    let Some(own) = answers.own() else {
        return SizeStep::default();
    };
    let rows: Vec<GroupRow> = answers
        .holdings
        .iter()
        .filter_map(|share| {
            let (other, direction) = match (share.holder.as_str(), share.held.as_str()) {
                (OWN, other) => (other, "held"),
                (other, OWN) => (other, "holder"),
                _ => return None,
            };
            let entity = answers.entity(other.parse().ok()?)?;
            Some(GroupRow {
                name: entity.name.clone(),
                kind: entity.kind.clone(),
                direction: direction.to_owned(),
                capital_pct: share.capital.clone(),
                voting_pct: share.votes.clone(),
                awu: entity.awu.clone(),
                turnover_eur: entity.turnover.clone(),
                balance_eur: entity.balance.clone(),
            })
        })
        .collect();
    SizeStep {
        declare: "yes".to_owned(),
        awu: own.awu.clone(),
        turnover_eur: own.turnover.clone(),
        balance_eur: own.balance.clone(),
        previous_category: answers.previous.clone(),
        group: if rows.is_empty() { "no" } else { "yes" }.to_owned(),
        rows,
        ..SizeStep::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let names: Vec<_> = step
            .rows
            .iter()
            .map(|row| (row.name.as_str(), row.direction.as_str()))
            .collect();
        assert_eq!(names, [("Filiale", "held")]);
    }
}

//! From a simulation to the size step of a declaration, whole: each entity becomes a line that hangs on another, and the other
//! holdings lines of their own.

use std::collections::BTreeSet;

use domain::form::{GroupRow, LINK, SizeStep};

use crate::islands::simulator::{Answers, Entity, Share};

/// The number of the enterprise asked about, in the form.
const OWN: u32 = 0;

/// The answers of the size step.
pub fn size_step(answers: &Answers) -> SizeStep {
    let Some(own) = answers.own() else {
        return SizeStep::default();
    };
    let rows = rows(answers);
    let group = if rows.is_empty() { "no" } else { "yes" };
    let mut step = SizeStep {
        declare: "yes".to_owned(),
        awu: own.awu.clone(),
        turnover_eur: own.turnover.clone(),
        balance_eur: own.balance.clone(),
        previous_category: answers.previous.clone(),
        group: group.to_owned(),
        rows,
        ..SizeStep::default()
    };
    step.arrange();
    step
}

/// Who is at each end; a row where nobody was chosen says nothing.
fn ends(answers: &Answers, share: &Share) -> Option<(u32, u32)> {
    let known = |typed: &str| {
        let id = typed.parse().ok()?;
        answers.entity(id).map(|entity| entity.id)
    };
    Some((known(&share.holder)?, known(&share.held)?))
}

fn rows(answers: &Answers) -> Vec<GroupRow> {
    let mut there = BTreeSet::from([OWN]);
    let mut rows = Vec::new();
    let mut left: Vec<&Share> = answers.holdings.iter().collect();
    loop {
        let tied = left.iter().position(|share| {
            ends(answers, share)
                .is_some_and(|(holder, held)| there.contains(&holder) || there.contains(&held))
        });
        if let Some(share) = tied.map(|at| left.remove(at)) {
            if let Some((holder, held)) = ends(answers, share) {
                rows.push(row(answers, share, holder, held, &mut there));
            }
            continue;
        }
        // Whoever nothing ties to ours keeps its line, and the supplier says how it is tied.
        let alone = answers
            .entities
            .iter()
            .find(|entity| !there.contains(&entity.id) && said(entity));
        let Some(entity) = alone else {
            return rows;
        };
        there.insert(entity.id);
        rows.push(line(entity));
    }
}

/// Whether anything was typed about an entity.
fn said(entity: &Entity) -> bool {
    [&entity.name, &entity.awu, &entity.turnover, &entity.balance]
        .into_iter()
        .any(|typed| !typed.is_empty())
}

fn code(id: u32) -> String {
    if id == OWN {
        String::new()
    } else {
        format!("e{id}")
    }
}

/// An entity without what ties it.
fn line(entity: &Entity) -> GroupRow {
    let kind = if entity.kind.is_empty() {
        "enterprise"
    } else {
        &entity.kind
    };
    GroupRow {
        code: code(entity.id),
        kind: kind.to_owned(),
        name: entity.name.clone(),
        awu: entity.awu.clone(),
        turnover_eur: entity.turnover.clone(),
        balance_eur: entity.balance.clone(),
        market: match (kind, entity.market) {
            ("person", true) => "yes".to_owned(),
            ("person", false) => "no".to_owned(),
            _ => String::new(),
        },
        jointly: entity.group.clone(),
        ..GroupRow::default()
    }
}

/// The holding as the tie of the one that is not there yet, or as a line of its own.
fn row(
    answers: &Answers,
    share: &Share,
    holder: u32,
    held: u32,
    there: &mut BTreeSet<u32>,
) -> GroupRow {
    let entity = |id: u32| answers.entity(id).map_or_else(GroupRow::default, line);
    let link = |of: u32| GroupRow {
        code: format!("h{}", share.id),
        kind: LINK.to_owned(),
        of: code(of),
        ..GroupRow::default()
    };
    let (row, other, direction) = if there.insert(holder) {
        (entity(holder), held, "holder")
    } else if there.insert(held) {
        (entity(held), holder, "held")
    } else if holder == OWN {
        (link(held), holder, "held")
    } else {
        (link(holder), held, "holder")
    };
    GroupRow {
        direction: direction.to_owned(),
        with: code(other),
        capital_pct: share.capital.clone(),
        voting_pct: share.votes.clone(),
        control: share.control.clone(),
        invested_eur: share.invested.clone(),
        ..row
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use domain::sme::Category;

    use super::*;
    use crate::i18n::Lang;
    use crate::islands::simulator::{Checked, check};

    const OWN_FIGURES: [(&str, &str); 3] = [
        ("e0-awu", "40"),
        ("e0-turnover", "6000000"),
        ("e0-balance", "4000000"),
    ];

    fn carried(more: &[(&str, &str)]) -> (Answers, SizeStep) {
        let answers = Answers::from_pairs(OWN_FIGURES.iter().chain(more).copied());
        let step = size_step(&answers);
        (answers, step)
    }

    fn lines(step: &SizeStep) -> Vec<[&str; 5]> {
        step.rows
            .iter()
            .map(|row| {
                [
                    &*row.code,
                    &*row.kind,
                    &*row.of,
                    &*row.direction,
                    &*row.with,
                ]
            })
            .collect()
    }

    /// The category of the simulation and that of the declaration.
    fn categories(more: &[(&str, &str)]) -> (Option<Category>, Option<Category>) {
        let (answers, step) = carried(more);
        let simulated = match check(Lang::Fr, &answers, true) {
            Checked::Done { status, .. } => Some(status),
            Checked::Blank | Checked::Incomplete(_) => None,
        };
        (simulated, step.computed("").map(|computed| computed.status))
    }

    const GROUP: [(&str, &str); 23] = [
        ("e1-name", "Anne"),
        ("e1-kind", "person"),
        ("e1-market", "yes"),
        ("e1-group", "1"),
        ("e2-name", "Bruno"),
        ("e2-kind", "person"),
        ("e2-group", "1"),
        ("e3-name", "Autre"),
        ("e3-kind", "enterprise"),
        ("e3-awu", "300"),
        ("e3-turnover", "90000000"),
        ("e3-balance", "90000000"),
        ("h1-holder", "1"),
        ("h1-held", "0"),
        ("h1-capital", "30"),
        ("h2-holder", "2"),
        ("h2-held", "0"),
        ("h2-capital", "30"),
        ("h3-holder", "1"),
        ("h3-held", "3"),
        ("h3-capital", "60"),
        ("h4-holder", "0"),
        ("h4-held", "3"),
    ];

    #[test]
    fn a_simulation_is_taken_over_whole() {
        let (_, step) = carried(&[
            ("e1-name", "Filiale"),
            ("e1-kind", "enterprise"),
            ("e1-awu", "30"),
            ("e2-name", "Petite-fille"),
            ("h0-holder", "0"),
            ("h0-held", "1"),
            ("h0-capital", "60"),
            ("h0-votes", "55"),
            ("h0-control", "agreement"),
            ("h1-holder", "1"),
            ("h1-held", "2"),
            ("previous", "small"),
        ]);
        assert_eq!(
            (&*step.declare, &*step.awu, &*step.group),
            ("yes", "40", "yes")
        );
        assert_eq!(step.previous_category, "small");
        assert_eq!(
            lines(&step),
            [
                ["e1", "enterprise", "", "held", ""],
                ["e2", "enterprise", "", "held", "e1"]
            ]
        );
        let first = step.rows.first().unwrap();
        assert_eq!(
            [&*first.capital_pct, &*first.voting_pct, &*first.control],
            ["60", "55", "agreement"]
        );
    }

    #[test]
    fn persons_links_and_whoever_nothing_ties_are_taken_over_too() {
        let mut group = GROUP.to_vec();
        group.push(("h4-capital", "5"));
        let (_, step) = carried(&group);
        assert_eq!(
            lines(&step),
            [
                ["e1", "person", "", "holder", ""],
                ["e3", "enterprise", "", "held", "e1"],
                ["h4", "link", "e3", "held", ""],
                ["e2", "person", "", "holder", ""]
            ]
        );
        let (simulated, declared) = categories(&group);
        assert_eq!(simulated, Some(Category::NotSme), "linked through persons");
        assert_eq!(declared, simulated);
        let (_, step) = carried(&[("e7-name", "Isolée"), ("e8-name", "")]);
        assert_eq!(lines(&step), [["e7", "enterprise", "", "", ""]]);
        let (_, alone) = carried(&[]);
        assert_eq!((lines(&alone), &*alone.group), (vec![], "no"));
    }
}

//! Any group as lines of the form: each enterprise counted once, whatever the order of the lines; and the worked vectors, declared.

use std::collections::BTreeSet;

use domain::form::{GroupRow, LINK, SizeStep, Step as _};
use domain::sme::{Case, Category, Question, read, simulate, tree};
use proptest::prelude::*;
use serde_json::Value;

use crate::form::{text, today};
use crate::group::held;

/// The same case as lines: each entity hangs on one that is there already, the other holdings are lines of their own.
fn declared(case: &Case) -> SizeStep {
    let own = &case.enterprises[&case.target];
    let figure = |figure: Option<domain::decimal::Hundredths>| {
        figure.map_or_else(String::new, |figure| figure.to_string())
    };
    let names: Vec<&String> = case.enterprises.keys().collect();
    let code = |name: &String| {
        if *name == case.target {
            String::new()
        } else {
            format!("e{}", names.binary_search(&name).unwrap() + 1)
        }
    };
    let mut step = SizeStep {
        declare: text("yes"),
        closing_date: text("31/12/2025"),
        awu: figure(own.awu),
        turnover_eur: figure(own.turnover_eur),
        balance_eur: figure(own.balance_eur),
        group: text(if names.len() > 1 { "yes" } else { "no" }),
        ..SizeStep::default()
    };
    let mut there: BTreeSet<&String> = BTreeSet::from([&case.target]);
    let mut left: Vec<_> = case.holdings.iter().collect();
    loop {
        let next = left
            .iter()
            .position(|holding| there.contains(&holding.holder) || there.contains(&holding.held));
        let Some(next) = next else { break };
        let holding = left.remove(next);
        let shares = GroupRow {
            capital_pct: holding.capital_pct.to_string(),
            voting_pct: holding.voting_pct.to_string(),
            control: holding
                .control
                .map_or_else(String::new, |control| text(control.name())),
            invested_eur: figure(holding.invested_eur),
            ..GroupRow::default()
        };
        let (holder_there, held_there) = (
            there.contains(&holding.holder),
            there.contains(&holding.held),
        );
        if holder_there && held_there {
            step.rows.push(GroupRow {
                code: format!("l{}", step.rows.len()),
                kind: text(LINK),
                of: code(&holding.holder),
                direction: text("holder"),
                with: code(&holding.held),
                ..shares
            });
            if holding.holder == case.target {
                let row = step.rows.last_mut().unwrap();
                row.of = code(&holding.held);
                row.with = String::new();
                row.direction = text("held");
            }
            continue;
        }
        let (new, old, direction) = if held_there {
            (&holding.holder, &holding.held, "holder")
        } else {
            (&holding.held, &holding.holder, "held")
        };
        let entity = &case.enterprises[new];
        let yes = |answer: bool| text(if answer { "yes" } else { "no" });
        step.rows.push(GroupRow {
            code: code(new),
            kind: text(entity.kind.name()),
            name: new.clone(),
            direction: text(direction),
            with: code(old),
            market: yes(case.persons_active_in_same_or_adjacent_market.contains(new)),
            awu: figure(entity.awu),
            turnover_eur: figure(entity.turnover_eur),
            balance_eur: figure(entity.balance_eur),
            ..shares
        });
        there.insert(new);
    }
    step
}

#[test]
fn every_worked_vector_can_be_declared_and_gives_its_category() {
    let examples: Value = serde_json::from_str(include_str!("../data/sme_examples.json")).unwrap();
    for vector in examples["vectors"].as_array().unwrap() {
        let id = vector["id"].as_str().unwrap();
        let Question::Case(case) = read(vector.to_string().as_bytes()).unwrap() else {
            unreachable!("a vector is a case")
        };
        let step = declared(&case);
        assert_eq!(step.errors(today()), [], "{id}");
        let computed = step.computed("Nous").unwrap();
        let expected = &vector["expected"];
        assert_eq!(computed.status.name(), expected["eu_category"], "{id}");
        assert_eq!(
            computed.outcome.consolidated,
            simulate(&case).unwrap().consolidated,
            "{id}"
        );
    }
}

#[test]
fn every_sequence_of_three_periods_gives_its_status() {
    let figures = |category: &str| match category {
        "micro" => "5",
        "small" => "40",
        "medium" => "200",
        _ => "300",
    };
    let examples: Value = serde_json::from_str(include_str!("../data/sme_examples.json")).unwrap();
    let mut seen = 0;
    for sequence in examples["sequences"].as_array().unwrap() {
        let raw: Vec<&str> = sequence["raw_category_by_period_oldest_first"]
            .as_array()
            .unwrap()
            .iter()
            .map(|category| category.as_str().unwrap())
            .collect();
        let status = |period: usize| {
            let statuses = sequence["expected_status_by_period"].as_array().unwrap();
            statuses[period].as_str().unwrap().to_owned()
        };
        if raw.len() > 3 {
            continue;
        }
        let mut step = declared(&Case::alone(domain::sme::Figures::default()));
        step.periods = raw.len().to_string();
        let amount = || text("1 000 000");
        let at = |back: usize| text(figures(raw[raw.len() - 1 - back]));
        (step.awu, step.turnover_eur, step.balance_eur) = (at(0), amount(), amount());
        step.previous_awu = at(1);
        (step.previous_turnover_eur, step.previous_balance_eur) = (amount(), amount());
        if raw.len() > 2 {
            step.earlier_awu = at(2);
            (step.earlier_turnover_eur, step.earlier_balance_eur) = (amount(), amount());
        }
        assert_eq!(step.errors(today()), [], "{raw:?}");
        let computed = step.computed("Nous").unwrap();
        let by_period: Vec<&str> = computed.by_period.iter().map(|raw| raw.name()).collect();
        assert_eq!(by_period, raw);
        assert_eq!(computed.status.name(), status(raw.len() - 1), "{raw:?}");
        seen += 1;
    }
    assert_eq!(seen, 6, "all but the one of five periods");
}

const CODES: [&str; 7] = ["", "e1", "e2", "e3", "e4", "e5", "e6"];

fn row() -> impl Strategy<Value = (usize, bool, &'static str, &'static str, &'static str)> {
    (
        0..CODES.len(),
        any::<bool>(),
        prop::sample::select(vec!["5", "10", "25", "49,99", "50", "50,01", "60", "100"]),
        prop::sample::select(vec![
            "enterprise",
            "enterprise",
            "enterprise",
            "person",
            "venture_capital",
            "public_body",
            "business_angel",
        ]),
        prop::sample::select(vec!["", "", "", "", "agreement"]),
    )
}

/// Six lines tied at random, circles included, and some holdings more.
fn group() -> impl Strategy<Value = SizeStep> {
    let links = prop::collection::vec((1..CODES.len(), 0..CODES.len(), any::<bool>()), 0..4);
    (prop::collection::vec(row(), 0..7), links).prop_map(|(rows, links)| {
        let mut step = declared(&Case::alone(domain::sme::Figures::default()));
        step.group = text("yes");
        step.rows = (1..)
            .zip(rows)
            .map(|(rank, (with, holds, percent, kind, control))| GroupRow {
                kind: text(kind),
                direction: text(if holds { "holder" } else { "held" }),
                control: text(control),
                market: text("yes"),
                ..held(&format!("e{rank}"), CODES[with], percent)
            })
            .collect();
        for (rank, (of, with, holds)) in links.into_iter().enumerate() {
            step.rows.push(GroupRow {
                code: format!("l{rank}"),
                kind: text(LINK),
                of: text(CODES[of]),
                direction: text(if holds { "holder" } else { "held" }),
                with: text(CODES[with]),
                capital_pct: text("7"),
                ..GroupRow::default()
            });
        }
        step
    })
}

/// The same without the lines that the form refuses.
fn sound() -> impl Strategy<Value = SizeStep> {
    group().prop_map(|mut step| {
        let rank = |path: &str| path.strip_prefix("rows[")?.split_once(']')?.0.parse().ok();
        while let Some(rank) = step
            .errors(today())
            .iter()
            .find_map(|error| rank(&error.path))
        {
            let _: GroupRow = step.rows.remove(rank);
        }
        if step.rows.is_empty() {
            step.group = text("no");
        }
        step
    })
}

/// What does not depend on names and ranks.
fn result(step: &SizeStep) -> Option<(Category, String, BTreeSet<String>)> {
    let computed = step.computed("Nous")?;
    let lines = computed.outcome.explanation.iter();
    let counted = lines
        .map(|line| {
            format!(
                "{} {:?} {:?}",
                line.enterprise, line.relation, line.percentage
            )
        })
        .collect();
    let total = format!("{:?}", computed.outcome.consolidated);
    Some((computed.status, total, counted))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn each_enterprise_is_counted_once_and_the_parts_make_the_total(step in sound()) {
        prop_assert_eq!(step.errors(today()), []);
        let computed = step.computed("Nous").unwrap();
        let lines = &computed.outcome.explanation;
        let names: BTreeSet<&String> = lines.iter().map(|line| &line.enterprise).collect();
        let members = step.rows.iter().filter(|row| row.kind != LINK).count();
        prop_assert_eq!((names.len(), lines.len()), (members + 1, members + 1));
        // Rounded once for each line: off by a hundredth of a cent at most each.
        let sum: i128 = lines.iter().filter_map(|line| line.contribution).map(|part| part.awu.hundredths()).sum();
        let total = computed.outcome.consolidated.awu.hundredths();
        prop_assert!((sum - total).unsigned_abs() <= lines.len() as u128);
    }

    #[test]
    fn the_order_of_the_lines_changes_nothing(step in sound(), turn in 0_usize..7) {
        let mut other = step.clone();
        let length = other.rows.len().max(1);
        other.rows.rotate_left(turn % length);
        other.rows.reverse();
        prop_assert_eq!(step.errors(today()).is_empty(), other.errors(today()).is_empty());
        prop_assert_eq!(result(&step), result(&other));
        let mut arranged = other.clone();
        arranged.arrange();
        prop_assert_eq!(result(&step), result(&arranged));
        let codes = |step: &SizeStep| step.rows.iter().map(|row| row.code.clone()).collect::<BTreeSet<_>>();
        prop_assert_eq!((arranged.rows.len(), codes(&arranged)), (step.rows.len(), codes(&step)));
        // A line never stands before the one on which it hangs, circles apart.
        let depths = arranged.depths();
        for (rank, row) in arranged.rows.iter().enumerate() {
            let parent = arranged.line(if row.kind == LINK { &row.of } else { &row.with });
            if let Some(parent) = parent.filter(|_| depths[rank] > 0) {
                prop_assert!(parent < rank);
            }
        }
    }

    #[test]
    fn the_drawing_shows_every_entity_once_and_every_holding_once(step in group()) {
        let sketch = step.sketch("Nous");
        let drawn = tree(&sketch);
        let names: BTreeSet<&String> = drawn.nodes.iter().map(|node| &node.name).collect();
        prop_assert_eq!(names.len(), drawn.nodes.len());
        prop_assert_eq!(names, sketch.enterprises.keys().collect::<BTreeSet<_>>());
        let ties = drawn.nodes.iter().filter(|node| node.tie.is_some()).count();
        prop_assert_eq!(ties + drawn.others.len(), sketch.holdings.len());
        prop_assert_eq!(drawn.nodes.iter().filter(|node| node.is_target).count(), 1);
        for (rank, node) in drawn.nodes.iter().enumerate() {
            prop_assert_eq!(node.tie.is_none(), node.depth == 0);
            if let Some(tie) = &node.tie {
                prop_assert_eq!(tie.held, rank);
                prop_assert!(tie.holder < rank);
                prop_assert_eq!(drawn.nodes[tie.holder].depth + 1, node.depth);
            }
        }
    }
}

//! Properties of the consolidation that hold for any case.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};

use domain::decimal::{Hundredths, Percent};
use domain::sme::{Case, Control, Enterprise, Holding, Kind, Outcome, Relation, simulate};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

const NAMES: [&str; 7] = ["A", "B", "C", "D", "p", "q", "Été"];

fn figure() -> impl Strategy<Value = Hundredths> {
    (0_i64..=30_000_000_000).prop_map(|value| Hundredths::from_hundredths(value.into()))
}

fn entity() -> impl Strategy<Value = Enterprise> {
    let kinds = prop_oneof![3 => Just(Kind::Enterprise), 2 => select(Kind::ALL.to_vec())];
    (kinds, 0_i64..60_000, figure(), figure()).prop_map(|(kind, awu, turnover_eur, balance_eur)| {
        Enterprise {
            kind,
            awu: Some(Hundredths::from_hundredths(awu.into())),
            turnover_eur: Some(turnover_eur),
            balance_eur: Some(balance_eur),
        }
    })
}

/// Valid cases: nothing held above 100 %, no person held, the target an enterprise.
fn case() -> impl Strategy<Value = Case> {
    let holding = (
        (0..NAMES.len(), 0..NAMES.len()),
        (
            select(vec![0, 1000, 2499, 2500, 3333, 4000, 5000, 5001, 6000]),
            0_u32..=6000,
            any::<bool>(),
        ),
        proptest::option::weighted(0.1, select(Control::ALL.to_vec())),
        proptest::option::of(figure()),
    );
    (
        proptest::collection::vec(entity(), NAMES.len()),
        proptest::collection::vec(holding, 0..14),
        subsequence(NAMES.to_vec(), 0..NAMES.len()),
        subsequence(NAMES.to_vec(), 0..NAMES.len()),
    )
        .prop_map(|(mut entities, raw, active, jointly)| {
            entities.first_mut().unwrap().kind = Kind::Enterprise;
            let enterprises: BTreeMap<String, Enterprise> = NAMES
                .iter()
                .map(|name| (*name).to_owned())
                .zip(entities)
                .collect();
            let persons = |names: Vec<&str>| -> Vec<String> {
                let is_person = |name: &&str| {
                    matches!(
                        enterprises.get(*name).unwrap().kind,
                        Kind::Person | Kind::BusinessAngel
                    )
                };
                names
                    .into_iter()
                    .filter(is_person)
                    .map(str::to_owned)
                    .collect()
            };
            let (active, jointly) = (persons(active), persons(jointly));
            let mut pairs = BTreeSet::new();
            let mut sums: BTreeMap<usize, (u32, u32)> = BTreeMap::new();
            let mut holdings = Vec::new();
            for ((holder, held), (capital, votes, same), control, invested_eur) in raw {
                let votes = if same { capital } else { votes };
                let (sum_capital, sum_votes) = sums.entry(held).or_default();
                let name = |index: usize| NAMES.get(index).map(|name| (*name).to_owned()).unwrap();
                let person = enterprises.get(&name(held)).unwrap().kind == Kind::Person;
                let full = *sum_capital + capital > 10_000 || *sum_votes + votes > 10_000;
                if holder == held || person || full || !pairs.insert((holder, held)) {
                    continue;
                }
                *sum_capital += capital;
                *sum_votes += votes;
                holdings.push(Holding {
                    holder: name(holder),
                    held: name(held),
                    capital_pct: Percent::from_hundredths(capital),
                    voting_pct: Percent::from_hundredths(votes),
                    control,
                    invested_eur,
                });
            }
            Case {
                target: "A".into(),
                enterprises,
                holdings,
                persons_active_in_same_or_adjacent_market: active,
                persons_acting_jointly: vec![jointly],
            }
        })
}

fn outcome(case: &Case) -> Outcome {
    simulate(case).unwrap()
}

/// The case under other names, in another order of names and of holdings.
fn renamed(case: &Case) -> Case {
    // Reversed alphabet: what came first comes last.
    let new = |name: &String| {
        let rank = NAMES.iter().position(|known| known == name).unwrap();
        format!("{}{name}", 9 - rank)
    };
    Case {
        target: new(&case.target),
        enterprises: case
            .enterprises
            .iter()
            .map(|(name, entity)| (new(name), entity.clone()))
            .collect(),
        holdings: case
            .holdings
            .iter()
            .rev()
            .map(|holding| Holding {
                holder: new(&holding.holder),
                held: new(&holding.held),
                ..holding.clone()
            })
            .collect(),
        persons_active_in_same_or_adjacent_market: case
            .persons_active_in_same_or_adjacent_market
            .iter()
            .rev()
            .map(new)
            .collect(),
        persons_acting_jointly: case
            .persons_acting_jointly
            .iter()
            .map(|group| group.iter().rev().map(new).collect())
            .collect(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_order_of_holdings_and_of_persons_changes_nothing(case in case(), seed in any::<u64>()) {
        let mut shuffled = case.clone();
        let length = shuffled.holdings.len().max(1);
        shuffled.holdings.rotate_left(usize::try_from(seed % 97).unwrap() % length);
        shuffled.holdings.reverse();
        shuffled.persons_active_in_same_or_adjacent_market.reverse();
        shuffled.persons_acting_jointly.iter_mut().for_each(|group| group.reverse());
        prop_assert_eq!(outcome(&case), outcome(&shuffled));
    }

    #[test]
    fn names_and_their_order_change_no_figure_and_no_relation(case in case()) {
        let (one, other) = (outcome(&case), outcome(&renamed(&case)));
        prop_assert_eq!(one.eu_category, other.eu_category);
        prop_assert_eq!(one.fr_category_linked_only, other.fr_category_linked_only);
        prop_assert_eq!(one.consolidated, other.consolidated);
        let relations = |outcome: &Outcome, cut: usize| -> BTreeSet<(String, Relation, Option<Percent>, bool)> {
            let lines = outcome.explanation.iter();
            lines
                .map(|l| (l.enterprise.chars().skip(cut).collect(), l.relation, l.percentage, l.manual_check))
                .collect()
        };
        prop_assert_eq!(relations(&one, 0), relations(&other, 1));
    }

    #[test]
    fn an_outside_holder_below_a_quarter_changes_nothing(case in case(), entity in entity()) {
        prop_assume!(!matches!(entity.kind, Kind::PublicBody));
        let held: u32 = 2499;
        let room = |value: fn(&Holding) -> Percent| {
            let sum: f64 = case.holdings.iter().filter(|h| h.held == "A").map(|h| value(h).to_string().parse::<f64>().unwrap()).sum();
            sum <= 75.0
        };
        prop_assume!(room(|h| h.capital_pct) && room(|h| h.voting_pct));
        let mut more = case.clone();
        more.enterprises.insert("outsider".into(), entity);
        more.holdings.push(Holding {
            holder: "outsider".into(),
            held: "A".into(),
            capital_pct: Percent::from_hundredths(held),
            voting_pct: Percent::from_hundredths(held),
            ..Holding::default()
        });
        let (one, other) = (outcome(&case), outcome(&more));
        prop_assert_eq!((one.eu_category, one.fr_category_linked_only, one.consolidated),
            (other.eu_category, other.fr_category_linked_only, other.consolidated));
    }

    #[test]
    fn every_entity_has_one_line_and_the_shares_add_up(case in case()) {
        let outcome = outcome(&case);
        let names: BTreeSet<&str> = outcome.explanation.iter().map(|line| line.enterprise.as_str()).collect();
        prop_assert_eq!(names.len(), outcome.explanation.len());
        prop_assert_eq!(names.len(), case.enterprises.len());
        let mut sum = 0;
        for line in &outcome.explanation {
            prop_assert!(!line.reasons.is_empty());
            for reason in &line.reasons {
                prop_assert!(!reason.fr.is_empty() && !reason.en.is_empty());
            }
            prop_assert_eq!(line.percentage.is_some(), line.contribution.is_some());
            let counted = matches!(line.relation, Relation::Own | Relation::Linked | Relation::Partner);
            prop_assert!(line.percentage.is_none() || counted);
            sum += line.contribution.map_or(0, |figures| figures.turnover_eur.hundredths());
        }
        let total = outcome.consolidated.turnover_eur.hundredths();
        prop_assert!((sum - total).abs() <= 7, "{} against {}", sum, total);
    }

    #[test]
    fn a_ring_of_majorities_counts_each_enterprise_once(size in 2_usize..30, extra in 0_usize..30) {
        let name = |index: usize| format!("{:02}", index % size);
        let one = Enterprise::with_figures(Hundredths::from_units(1), Hundredths::from_units(100), Hundredths::ZERO);
        let holding = |from: usize, to: usize, share: u32| Holding {
            holder: name(from),
            held: name(to),
            capital_pct: Percent::from_hundredths(share),
            voting_pct: Percent::from_hundredths(share),
            ..Holding::default()
        };
        let mut case = Case { target: name(extra), ..Case::default() };
        for index in 0..size {
            case.enterprises.insert(name(index), one.clone());
            case.holdings.push(holding(index, index + 1, 5001));
            if size > 3 {
                case.holdings.push(holding(index, index + 2, 3000));
            }
        }
        let outcome = outcome(&case);
        prop_assert_eq!(outcome.consolidated.awu, Hundredths::from_units(i64::try_from(size).unwrap()));
        prop_assert!(outcome.explanation.iter().all(|line| line.in_french_perimeter));
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = domain::sme::answer(&bytes);
    }

    #[test]
    fn no_json_makes_it_panic(json in json_like()) {
        let _ = domain::sme::answer(json.as_bytes());
    }

    #[test]
    fn numbers_read_back_from_what_they_print(value in 0_i64..100_000_000_000_000) {
        let number = Hundredths::from_hundredths(value.into());
        prop_assert_eq!(Hundredths::parse_json(&number.to_string()), Ok(number));
        prop_assert_eq!(Hundredths::parse_input(&number.display(domain::text::Lang::Fr)), Ok(number));
        let json = serde_json::to_string(&number).unwrap();
        prop_assert_eq!(Hundredths::parse_json(&json), Ok(number));
        prop_assert_eq!(serde_json::from_str::<Hundredths>(&json).unwrap(), number);
    }
}

/// JSON with the right words in wrong places.
fn json_like() -> impl Strategy<Value = String> {
    let words = select(vec![
        "target",
        "enterprises",
        "holdings",
        "holder",
        "held",
        "capital_pct",
        "voting_pct",
        "kind",
        "enterprise",
        "awu",
        "A",
        "B",
        "turnover_eur",
        "raw_category_by_period_oldest_first",
        "micro",
        "persons_acting_jointly",
        "control",
        "\\ud800",
    ]);
    let leaf = prop_oneof![
        words.clone().prop_map(|word| format!("\"{word}\"")),
        "-?[0-9]{1,20}(\\.[0-9]{1,25})?([eE][+-]?[0-9]{1,12})?",
        Just("null".to_owned()),
    ];
    leaf.prop_recursive(4, 40, 6, move |inner| {
        let pair =
            (words.clone(), inner.clone()).prop_map(|(key, value)| format!("\"{key}\":{value}"));
        prop_oneof![
            proptest::collection::vec(inner, 0..5)
                .prop_map(|items| format!("[{}]", items.join(","))),
            proptest::collection::vec(pair, 0..7)
                .prop_map(|items| format!("{{{}}}", items.join(","))),
        ]
    })
}

/// Nesting deeper than any stack must be refused, not followed.
#[test]
fn deep_nesting_is_no_danger() {
    for (open, close) in [("[", "]"), ("{\"target\":", "}")] {
        let json = format!("{}1{}", open.repeat(200_000), close.repeat(200_000));
        assert!(domain::sme::answer(json.as_bytes()).is_err());
    }
}

/// A chain as long as a big group is solved at once.
#[test]
fn a_long_chain_is_fast() {
    let mut case = Case {
        target: "0".into(),
        ..Case::default()
    };
    for index in 0..3000 {
        case.enterprises.insert(
            index.to_string(),
            Enterprise::with_figures(
                Hundredths::from_units(1),
                Hundredths::ZERO,
                Hundredths::ZERO,
            ),
        );
        case.holdings.push(Holding {
            holder: (index + 1).to_string(),
            held: index.to_string(),
            capital_pct: Percent::HUNDRED,
            voting_pct: Percent::HUNDRED,
            ..Holding::default()
        });
    }
    case.enterprises
        .insert("3000".into(), Enterprise::without_figures(Kind::PublicBody));
    assert_eq!(
        outcome(&case).consolidated.awu,
        Hundredths::from_units(3000)
    );
}

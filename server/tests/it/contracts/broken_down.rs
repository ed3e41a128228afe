//! The parts of a breakdown add up to the figure at every level, exactly, and each is what its filter gives.

use std::collections::BTreeMap;

use domain::contracts::Mode;
use domain::indicators::{
    Asked, BreakdownPart, Dimension, Facts, Figures, Measure, Narrowing, SupplierSize, breakdown,
    compute,
};
use serde_json::{Value, json};
use store::buyer::contracts::Share;

use super::{Bench, CASES, asked, file_of, record, today};

/// The figures of which the parts make the whole.
const SUMMED: [&str; 13] = [
    "I1", "I1w", "I1v", "I2", "I2w", "I2v", "I3", "I3low", "I3high", "I4", "I4v", "I5", "I6",
];

async fn facts(bench: &Bench, asked: &Asked) -> Facts {
    bench.buyer.year_facts(asked, today()).await.unwrap()
}

async fn parts(bench: &Bench, asked: &Asked, facts: &Facts, by: Dimension) -> Vec<BreakdownPart> {
    let before = bench.buyer.statements();
    let groups = bench.buyer.broken_down(asked, today(), by).await.unwrap();
    let asked = bench.buyer.statements() - before;
    assert!(
        asked <= 2,
        "the last change, and one query a breakdown: {asked}"
    );
    breakdown(by, groups, facts)
}

/// The numbers of figures that have none of the distinct counts, which do not add up.
fn numbers(figures: &Figures) -> BTreeMap<String, String> {
    SUMMED
        .into_iter()
        .filter_map(|id| figures.get(id))
        .map(|figure| (figure.id.to_owned(), figure.numerator.to_string()))
        .chain([
            ("contracts".to_owned(), figures.contracts.to_string()),
            ("amounts".to_owned(), figures.amount_contracts.to_string()),
            (
                "total".to_owned(),
                figures
                    .get("I3")
                    .unwrap()
                    .denominator
                    .clone()
                    .unwrap()
                    .to_string(),
            ),
        ])
        .collect()
}

fn sum(parts: &[BreakdownPart]) -> BTreeMap<String, String> {
    let mut whole = compute(&Facts::default());
    for part in parts {
        whole.contracts += &part.figures.contracts;
        whole.amount_contracts += &part.figures.amount_contracts;
        for (figure, of) in whole.list.iter_mut().zip(&part.figures.list) {
            figure.numerator += &of.numerator;
            if let (Some(denominator), Some(of)) = (&mut figure.denominator, &of.denominator) {
                *denominator += of;
            }
        }
    }
    numbers(&whole)
}

/// Every breakdown of the year, then every breakdown of each of its parts.
async fn add_up(bench: &Bench, mode: Mode, levels: u32) -> u32 {
    let mut waiting = vec![(Narrowing::default(), 0_u32)];
    let mut checked = 0;
    while let Some((narrowing, level)) = waiting.pop() {
        let asked = Asked {
            narrowing: narrowing.clone(),
            ..asked(2025, mode)
        };
        let facts = facts(bench, &asked).await;
        let whole = numbers(&compute(&facts));
        for by in Dimension::ALL {
            let parts = parts(bench, &asked, &facts, by).await;
            assert_eq!(sum(&parts), whole, "{narrowing:?} by {by:?}, {mode:?}");
            checked += 1;
            for part in parts {
                let inside = narrowing.with(by, part.key.clone());
                // Read back from an address, it is the same part.
                assert_eq!(
                    Narrowing::read(|name| {
                        let mut parts = inside.parts();
                        let found = parts.find(|(dimension, _)| dimension.code() == name);
                        found.map(|(_, key)| key.to_owned())
                    }),
                    inside
                );
                let alone = Asked {
                    narrowing: inside.clone(),
                    ..asked.clone()
                };
                let alone = self::facts(bench, &alone).await;
                assert_eq!(
                    numbers(&compute(&alone)),
                    numbers(&part.figures),
                    "the filter {inside:?} and its part differ, {mode:?}"
                );
                if level < levels && narrowing.get(by).is_none() {
                    waiting.push((inside, level + 1));
                }
            }
        }
    }
    checked
}

/// Contracts of every sort, always the same for a seed.
fn random(mut seed: u64) -> (Vec<Value>, Vec<Share>) {
    // SplitMix64.
    let mut pick = |of: usize| {
        seed = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = seed;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % of as u64).unwrap()
    };
    let holders = [
        "91000001700012",
        "91000002500015",
        "91000003300019",
        "91000004100012",
        "91000005800016",
        "123",
    ];
    let (mut records, mut shares) = (Vec::new(), Vec::new());
    for number in 0..24 {
        let mut contract = record(&format!("R{number}"), 1000 * (1 + pick(90)) + pick(7));
        if pick(8) == 0 {
            contract["montant"] = json!("NaN");
        }
        contract["acheteur"]["id"] = json!(["20005480700017", "20005480700025"][pick(2)]);
        contract["dateNotification"] =
            json!(format!("2025-{:02}-{:02}", 1 + pick(12), 1 + pick(28)));
        contract["codeCPV"] = json!(["45000000", "90911200-8", "NC", "", "03"][pick(5)]);
        contract["lieuExecution"] = [
            json!({"code": "13", "typeCode": "Code département"}),
            json!({"code": "97411", "typeCode": "Code postal"}),
            json!({"code": "93", "typeCode": "Code région"}),
            json!({"code": "2a004"}),
            Value::Null,
        ][pick(5)]
        .clone();
        let count = pick(4);
        let chosen: Vec<&str> = (0..count).map(|_| holders[pick(holders.len())]).collect();
        contract["titulaires"] = chosen
            .iter()
            .map(|id| json!({"titulaire": {"typeIdentifiant": "SIRET", "id": id}}))
            .collect();
        let clause = |yes: bool| {
            if yes {
                "Clause sociale"
            } else {
                "Critère social"
            }
        };
        contract["considerationsSociales"] =
            json!({"considerationSociale": [clause(pick(2) == 0)]});
        if pick(2) == 0 {
            contract["considerationsEnvironnementales"] = Value::Null;
        }
        if pick(5) == 0 {
            contract["modifications"] = json!([{"modification": {
                "id": 1, "dateNotificationModification": "2025-12-31", "montant": 500 + pick(500),
                "titulaires": [{"titulaire": {"typeIdentifiant": "SIRET", "id": holders[pick(5)]}}],
            }}]);
        }
        if pick(3) == 0 {
            let reference = format!("{}/R{number}", contract["acheteur"]["id"].as_str().unwrap());
            shares.extend(chosen.iter().map(|holder| Share {
                contract: reference.clone(),
                holder: (*holder).into(),
                share: pick(9).to_string(),
                source: "test".into(),
            }));
        }
        records.push(contract);
    }
    (records, shares)
}

store::on_both_engines! {
    async fn the_parts_of_the_synthetic_case_add_up(db) {
        let bench = Bench::on(&db).await;
        bench.declare().await;
        bench.add("cases.json", CASES).await;
        for mode in Mode::ALL {
            assert!(add_up(&bench, mode, 1).await > 25);
        }
        // How the kinds share the solidarity purchases: S1 is ESUS, and the others have their own.
        let asked = asked(2025, Mode::Initial);
        let facts = facts(&bench, &asked).await;
        let kinds = parts(&bench, &asked, &facts, Dimension::Kind).await;
        let none = kinds.iter().find(|part| part.key == "aucun").unwrap();
        assert_eq!(none.figures.get("I3").unwrap().numerator.to_string(), "0");
        assert!(kinds.len() > 2, "{kinds:?}");
    }

    async fn the_parts_of_random_contracts_add_up(db) {
        let bench = Bench::on(&db).await;
        bench.declare().await;
        // Companies that hold several statuses, one an SME by declaration, one by the register.
        let status = |siren: &str, kind: &str| json!({"siren": siren, "kind": kind, "valid_from": "2025-02-01",
            "valid_to": "2025-11-30", "status": "validated"});
        let more = json!([
            status("910000017", "EI"), status("910000017", "EA"), status("910000017", "SME"),
            status("910000033", "ESUS"), status("910000041", "SME"),
        ]);
        let lines = server::contracts::taken_over::json(&more).unwrap();
        let statuses: Vec<_> = lines.iter().map(|line| server::contracts::taken_over::check(line).unwrap()).collect();
        bench.buyer.take_over("more", &statuses, bench.clock.now()).await.unwrap();
        db.execute("INSERT INTO suppliers (siren, name, register_category, register_read_at, revision)
            VALUES ('910000058', 'x', 'PME', '2026-01-01T00:00:00.000000Z', 0)").await;
        let (records, shares) = random(7);
        bench.add("random.json", file_of(&records)).await;
        bench.buyer.enter_shares(&shares, "test", bench.clock.now()).await.unwrap();
        let taken = compute(&facts(&bench, &asked(2025, Mode::Initial)).await);
        assert!(taken.shares_ignored.len() < shares.len(), "some shares are taken");
        for mode in Mode::ALL {
            add_up(&bench, mode, 1).await;
        }
    }

    async fn a_list_holds_the_contracts_of_the_part(db) {
        let bench = Bench::on(&db).await;
        bench.declare().await;
        let (records, _) = random(3);
        bench.add("random.json", file_of(&records)).await;
        let whole = asked(2025, Mode::Initial);
        let facts = facts(&bench, &whole).await;
        for by in Dimension::ALL {
            let mut listed = 0;
            for part in parts(&bench, &whole, &facts, by).await {
                let of_part = Asked { narrowing: Narrowing::default().with(by, part.key.clone()), ..whole.clone() };
                let found = bench.buyer.contract_lines(&of_part, today(), Measure::All, None, 1).await.unwrap();
                assert_eq!(found.total, found.rows.len() as u64);
                assert!(found.total > 0, "{by:?} {}", part.key);
                if by.is_of_holders() {
                    assert!(part.figures.contracts.to_integer() <= found.total.into(), "{by:?} {}", part.key);
                } else {
                    assert_eq!(part.figures.contracts.to_string(), found.total.to_string(), "{by:?} {}", part.key);
                }
                listed += found.total;
            }
            assert!(listed >= 24, "{by:?}");
        }
        let nobody = Asked { narrowing: Narrowing::default().with(Dimension::Size, SupplierSize::Registered.code()), ..whole };
        assert_eq!(bench.buyer.contract_lines(&nobody, today(), Measure::All, None, 1).await.unwrap().total, 0);
    }
}

//! The published cases give the published figures, by the import and by `--case`, on both engines.

use std::collections::BTreeMap;

use domain::contracts::{Amount, Mode};
use domain::indicators::{Measure, compute};
use serde_json::{Value, json};
use server::contracts::case::{self, CaseError};
use store::buyer::contracts::Share;

use super::{Bench, CASES, asked, bare, cases, expected, file_of, record, today};

/// Every key of the expected figures has its expected value.
fn agrees(figures: &Value, mode: Mode) {
    for (key, value) in expected()["expected"][mode.code()].as_object().unwrap() {
        assert_eq!(
            figures[key].as_f64(),
            value.as_f64(),
            "{key}, {}",
            mode.code()
        );
    }
    assert_eq!(
        figures["flags"],
        expected()["flags_expected"],
        "{}",
        mode.code()
    );
}

fn case(mode: &str) -> Value {
    let expected = expected();
    json!({
        "buyer_siren": expected["buyer_siren"], "year": expected["year"], "today": expected["today"],
        "mode": mode, "declarations": expected["declarations"], "decp": cases(),
    })
}

async fn computed(case: &Value) -> Value {
    let report = case::run(case.to_string().as_bytes()).await.unwrap();
    serde_json::to_value(report).unwrap()
}

store::on_both_engines! {
    async fn the_synthetic_cases_give_the_expected_figures_through_the_import(db) {
        let bench = Bench::on(&db).await;
        bench.declare().await;
        let imported = bench.add("cases.json", CASES).await;
        assert_eq!((imported.read, imported.kept, imported.other_buyers, imported.concessions), (23, 21, 1, 1));
        for mode in Mode::ALL {
            agrees(&bench.figures(mode).await, mode);
        }
        // The same again, under another name and with other spaces: nothing changes, no flag appears.
        let again = bench.add("again.json", serde_json::to_string_pretty(&cases()).unwrap()).await;
        assert_eq!((again.kept, again.known), (21, 21));
        for mode in Mode::ALL {
            agrees(&bench.figures(mode).await, mode);
        }
    }

    async fn the_lists_hold_what_the_figures_count(db) {
        let bench = Bench::on(&db).await;
        bench.declare().await;
        bench.add("cases.json", CASES).await;
        let asked = asked(2025, Mode::Initial);
        for (measure, count, euros) in [
            (Measure::All, 17, None),
            (Measure::Environmental, 9, None),
            (Measure::EnvironmentalWide, 10, None),
            (Measure::NotEnvironmental, 8, None),
            (Measure::Social, 6, None),
            (Measure::SocialWide, 8, None),
            (Measure::NotSocial, 11, None),
            (Measure::Amounts, 15, Some(1_811_000)),
            (Measure::Solidarity, 6, Some(560_000)),
            (Measure::SolidarityAlone, 4, Some(170_000)),
            (Measure::Reserved, 1, None),
            (Measure::Innovative, 0, None),
            (Measure::Sme, 0, None),
            (Measure::Flagged, 10, None),
        ] {
            let found = bench.buyer.contract_lines(&asked, today(), measure, None, 1).await.unwrap();
            assert_eq!((found.total, found.rows.len()), (count, usize::try_from(count).unwrap()), "{measure:?}");
            if let Some(euros) = euros {
                let sum: i128 = found.rows.iter().filter_map(|line| line.amount).map(Amount::millionths).sum();
                assert_eq!(sum, euros * 1_000_000, "{measure:?}");
            }
        }
        let beyond = bench.buyer.contract_lines(&asked, today(), Measure::All, None, 2).await.unwrap();
        assert_eq!((beyond.total, beyond.rows.len()), (17, 0));
        let years = bench.buyer.years_facts(&asked, 2021, today()).await.unwrap();
        let contracts: Vec<_> = years.iter().map(|(year, facts)| (*year, compute(facts).contracts.to_string())).collect();
        assert_eq!(contracts, [(2024, "1".to_owned()), (2025, "17".to_owned())]);
    }

    async fn the_order_and_the_split_of_the_records_change_nothing(db) {
        let mut records = cases()["marches"]["marche"].as_array().unwrap().clone();
        let bench = Bench::on(&db).await;
        bench.declare().await;
        records.reverse();
        for (number, part) in records.chunks(4).enumerate() {
            bench.add(&format!("{number}.json"), file_of(part)).await;
        }
        for mode in Mode::ALL {
            agrees(&bench.figures(mode).await, mode);
        }
    }

    async fn a_day_in_the_past_knows_only_what_was_recorded_by_then(db) {
        let bench = Bench::on(&db).await;
        bench.add("first.json", file_of(&[record("A", 100)])).await;
        bench.clock.advance(chrono::TimeDelta::days(3));
        bench.declare().await;
        bench.add("second.json", file_of(&[record("B", 50)])).await;
        let then = |day: &str| {
            let day = day.parse().unwrap();
            let buyer = bench.buyer.clone();
            async move {
                let asked = asked(2025, Mode::Initial);
                let facts = server::contracts::as_of::read(&buyer, &asked, day).await.unwrap().contracts;
                serde_json::to_value(domain::indicators::report(&asked, &facts)).unwrap()
            }
        };
        let before = then("2026-11-03").await;
        assert_eq!((&before["n_contracts"], &before["solidarity_amount"]), (&json!(1), &json!(0)));
        let after = then("2026-11-04").await;
        assert_eq!(bare(after.clone()), bare(bench.figures(Mode::Initial).await));
        assert_eq!((&after["n_contracts"], &after["solidarity_amount"]), (&json!(2), &json!(150)));
        assert_eq!(then("2026-10-01").await["env_clause_pct"], Value::Null);
    }

    async fn entered_shares_split_the_amount_or_are_said_to_be_ignored(db) {
        let bench = Bench::on(&db).await;
        bench.declare().await;
        let mut shared = record("S.1", 1000);
        shared["titulaires"] = json!([
            {"titulaire": {"typeIdentifiant": "SIRET", "id": "91000001700012"}},
            {"titulaire": {"typeIdentifiant": "SIRET", "id": "91000002500015"}},
        ]);
        bench.add("shared.json", file_of(&[shared])).await;
        let enter = |holders: &'static [(&'static str, &'static str)]| {
            let shares: Vec<Share> = holders.iter().map(|(holder, share)| Share {
                contract: "S_1".into(), holder: (*holder).into(), share: (*share).into(), source: "test".into(),
            }).collect();
            let buyer = bench.buyer.clone();
            let now = bench.clock.now();
            async move { buyer.enter_shares(&shares, "test", now).await.unwrap(); }
        };
        assert_eq!(bench.figures(Mode::Initial).await["solidarity_amount"], json!(500));
        enter(&[("910000017", "3"), ("91000002500015", "1")]).await;
        let figures = bench.figures(Mode::Initial).await;
        assert_eq!((&figures["solidarity_amount"], &figures["flags"]), (&json!(750), &json!({})));
        assert_eq!((&figures["solidarity_low"], &figures["solidarity_high"]), (&json!(0), &json!(1000)));
        enter(&[("910000017", "1")]).await;
        let figures = bench.figures(Mode::Initial).await;
        assert_eq!(figures["solidarity_amount"], json!(500));
        assert_eq!(figures["flags"], json!({"S_1": ["SHARES_IGNORED"]}));
    }

    async fn a_record_to_come_counts_from_its_day(db) {
        let bench = Bench::on(&db).await;
        let mut late = record("L", 10);
        late["dateNotification"] = json!("2026-11-05");
        bench.add("late.json", file_of(&[late])).await;
        let figures = bench.figures_of(2026, Mode::Initial).await;
        assert_eq!((&figures["n_contracts"], &figures["flags"]), (&json!(0), &json!({"L": ["DATE_QUARANTINED"]})));
        bench.clock.advance(chrono::TimeDelta::days(4));
        assert_eq!(bench.buyer.release(bench.clock.today()).await.unwrap(), 1);
        assert_eq!(bench.buyer.release(bench.clock.today()).await.unwrap(), 0);
        let figures = bench.figures_of(2026, Mode::Initial).await;
        assert_eq!((&figures["n_contracts"], &figures["flags"]), (&json!(1), &json!({})));
    }
}

store::on_both_engines! {
    async fn a_modification_to_come_counts_from_its_day(db) {
        let bench = Bench::on(&db).await;
        let mut late = record("M", 100);
        late["modifications"] = json!([{"modification":
            {"id": 1, "dateNotificationModification": "2026-11-05", "montant": 150}}]);
        bench.add("late.json", file_of(&[late])).await;
        assert_eq!(bench.figures(Mode::Current).await["amount_total"], json!(100));
        bench.clock.advance(chrono::TimeDelta::days(4));
        assert_eq!(bench.buyer.release(bench.clock.today()).await.unwrap(), 1);
        assert_eq!(bench.buyer.release(bench.clock.today()).await.unwrap(), 0);
        assert_eq!(bench.figures(Mode::Current).await["amount_total"], json!(150));
        assert_eq!(bench.figures(Mode::Initial).await["amount_total"], json!(100));
    }
}

#[tokio::test]
async fn a_case_gives_the_same_figures() {
    for mode in Mode::ALL {
        agrees(&computed(&case(mode.code())).await, mode);
    }
    // The mode is that of the headline unless it is said.
    let mut headline = case("initial");
    headline.as_object_mut().unwrap().remove("mode");
    agrees(&computed(&headline).await, Mode::Initial);
}

#[tokio::test]
async fn no_contract_at_all_is_no_rate() {
    let figures =
        computed(&json!({"buyer_siren": "200054807", "year": 2025, "today": today(), "decp": {}}))
            .await;
    assert_eq!(figures["n_contracts"], json!(0));
    assert_eq!(
        (
            &figures["env_clause_pct"],
            &figures["indicators"]["I3"]["value"]
        ),
        (&Value::Null, &Value::Null)
    );
}

#[tokio::test]
async fn amounts_are_split_exactly() {
    let mut one = record("C", json!("50 000,02"));
    one["titulaires"] = ["91000001700012", "91000002500015", "91000005800016"]
        .map(|id| json!({"titulaire": {"typeIdentifiant": "SIRET", "id": id}}))
        .into();
    let mut case = case("initial");
    case["decp"] = serde_json::from_str(&file_of(&[one])).unwrap();
    let figures = computed(&case).await;
    assert_eq!(figures["solidarity_amount"], json!(16_666.67));
    assert_eq!(figures["solidarity_pct"], json!(33.33));
    // Shares named by contract and holder.
    case["cotraitance_shares"] =
        json!({"C": {"910000017": 0.5, "910000025": 0.25, "91000005800016": 0.25}});
    assert_eq!(computed(&case).await["solidarity_amount"], json!(25_000.01));
}

#[tokio::test]
async fn what_is_no_case_is_refused_with_its_reason() {
    let changed = |path: &str, value: Value| {
        let mut case = case("initial");
        *case.pointer_mut(path).unwrap() = value;
        case
    };
    let wrong: BTreeMap<&str, Value> = [
        ("buyer_siren", changed("/buyer_siren", json!("200054808"))),
        ("year", changed("/year", json!("soon"))),
        ("invalid", changed("/today", json!("2026-02-30"))),
        (
            "declarations[1].kind",
            changed("/declarations/1/kind", json!("ESUSS")),
        ),
        (
            "declarations[0].valid_to",
            changed("/declarations/0/valid_to", json!("2020-01-01")),
        ),
        ("decp", changed("/decp", json!("text"))),
    ]
    .into();
    for (named, case) in wrong {
        match case::run(case.to_string().as_bytes()).await {
            Err(CaseError::Malformed(text)) => assert!(
                text.contains(named) || named == "year" || named == "invalid",
                "{named}: {text}"
            ),
            other => panic!("{named}: {other:?}"),
        }
    }
    assert!(matches!(
        case::run(b"{").await,
        Err(CaseError::Malformed(_))
    ));
}

//! The published cases of contracts, read and chosen as the rules say, and properties that hold for any order.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::contracts::{self, Contract, Flags, Key, Mode, Record, choose};
use proptest::prelude::*;
use serde_json::{Value, json};

const CASES: &str = include_str!("data/decp_synthetic_cases.json");
const EXPECTED: &str = include_str!("data/decp_synthetic_expected.json");

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn marches(file: &str) -> Vec<Value> {
    let file: Value = serde_json::from_str(file).unwrap();
    file["marches"]["marche"].as_array().unwrap().clone()
}

/// The contracts that these values make, and what was found in each.
fn chosen(values: &[Value], today: NaiveDate) -> BTreeMap<Key, (Option<Contract>, Flags)> {
    let mut by_key: BTreeMap<Key, Vec<Record>> = BTreeMap::new();
    for value in values {
        let record = contracts::read(value).unwrap();
        by_key.entry(record.key.clone()).or_default().push(record);
    }
    by_key
        .into_iter()
        .map(|(key, records)| (key, choose(&records, today)))
        .collect()
}

#[test]
fn the_synthetic_cases_carry_the_expected_flags_and_no_other() {
    let expected: Value = serde_json::from_str(EXPECTED).unwrap();
    let mut flags: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for (key, (_, found)) in chosen(&marches(CASES), day("2026-11-01")) {
        if key.buyer_siret.starts_with("200054807") && !found.is_empty() {
            flags.insert(key.id, found.iter().map(|flag| flag.code()).collect());
        }
    }
    let mut wanted: BTreeMap<String, BTreeSet<String>> =
        serde_json::from_value(expected["flags_expected"].clone()).unwrap();
    // Seen by the figures, which know the other contracts.
    wanted.remove("MS2025-16");
    assert_eq!(json!(flags), json!(wanted));
}

#[test]
fn the_synthetic_amounts_are_those_of_the_worked_example() {
    let all = chosen(&marches(CASES), day("2026-11-01"));
    let total = |mode: Mode| -> i128 {
        all.iter()
            .filter(|(key, _)| key.buyer_siret.starts_with("200054807") && key.id != "MS2025-16")
            .filter_map(|(_, (contract, _))| contract.as_ref())
            .filter(|contract| contract.notified_on >= day("2025-01-01"))
            .filter_map(|contract| contract.state(mode).amount)
            .map(|amount| amount.millionths() / 1_000_000)
            .sum()
    };
    assert_eq!(total(Mode::Initial), 1_811_000);
    assert_eq!(total(Mode::Current), 1_861_000);
}

#[test]
fn the_official_examples_are_read_and_their_bad_numbers_flagged() {
    for file in [
        include_str!("data/example_marches_concessions.json"),
        include_str!("data/example_marches_avec_modifications.json"),
    ] {
        for value in marches(file) {
            let record = contracts::read(&value).unwrap();
            assert!(
                record.notified_on.is_some() && !record.holders.is_empty(),
                "{}",
                record.key.id
            );
            assert!(
                record.amount.is_some_and(contracts::Amount::is_usable),
                "{}",
                record.key.id
            );
            for holder in &record.holders {
                let doubtful = record
                    .flags
                    .iter()
                    .any(|flag| ["INVALID_SIRET", "NOT_MATCHABLE"].contains(&flag.code()));
                assert!(holder.siren.is_some() || doubtful, "{}", record.key.id);
            }
        }
    }
}

#[test]
fn a_record_of_2019_has_flat_holders_and_its_frameworks_by_nature() {
    let record = contracts::read(&json!({
        "id": "2019/0 1", "uid": "x", "_type": "Marché", "nature": "Accord-cadre",
        "acheteur": {"id": "20005480700017", "nom": "Métropole"},
        "titulaires": [{"id": "91000001700012", "typeIdentifiant": "SIRET", "denominationSociale": "S1"}],
        "dateNotification": "2019-05-02", "datePublicationDonnees": "2019-06-01", "montant": 12.5,
        "modifications": [{"objetModification": "x", "dateSignatureModification": "2019-07-01", "montant": "15,00",
            "titulaires": []}],
    }))
    .unwrap();
    assert_eq!(record.key.id, "2019_0_1");
    assert!(record.is_framework && record.flags.is_empty());
    assert_eq!(record.holders.len(), 1);
    let (contract, flags) = choose(&[record], day("2020-01-01"));
    let contract = contract.unwrap();
    assert_eq!(
        contract.state(Mode::Current).amount.unwrap().millionths(),
        15_000_000
    );
    assert_eq!(contract.state(Mode::Current).holders.len(), 1);
    assert!(flags.is_empty());
}

#[test]
fn holders_are_read_in_all_their_forms() {
    let holder = json!({"typeIdentifiant": "SIRET", "id": "91000001700012"});
    let read = |titulaires: Value| {
        let record = json!({"id": "1", "acheteur": {"id": "20005480700017"}, "techniques": [], "titulaires": titulaires});
        let record = contracts::read(&record).unwrap();
        let names: Vec<String> = record.holders.iter().map(|one| one.id.clone()).collect();
        let flags: Vec<&str> = record.flags.iter().map(|flag| flag.code()).collect();
        (names.join(" "), flags.join(" "))
    };
    let wrapped = json!({"titulaire": holder});
    for (titulaires, names, flags) in [
        (json!([wrapped]), "91000001700012", ""),
        (json!([holder]), "91000001700012", "HOLDER_UNWRAPPED"),
        (
            json!([[wrapped], [[wrapped]]]),
            "91000001700012",
            "HOLDER_UNWRAPPED",
        ),
        (wrapped.clone(), "91000001700012", "HOLDER_UNWRAPPED"),
        (
            json!([{"titulaire": [holder]}]),
            "91000001700012",
            "HOLDER_UNWRAPPED",
        ),
        (
            json!([{"titulaire": "typeIdentifiant"}, {"titulaire": "id"}]),
            "",
            "MALFORMED_HOLDER",
        ),
        (
            json!([{"titulaire": {"id": "", "typeIdentifiant": "SIRET"}}]),
            "",
            "MALFORMED_HOLDER",
        ),
        (
            json!([{"titulaire": {"id": "91000001700012"}}]),
            "91000001700012",
            "",
        ),
        (
            json!([{"titulaire": {"id": "9100 0001 7000 12", "typeIdentifiant": "SIRET"}}]),
            "91000001700012",
            "ID_TRIMMED",
        ),
        (
            json!([{"titulaire": {"id": 5_720_178_200_034_i64, "typeIdentifiant": "SIRET"}}]),
            "05720178200034",
            "REPAIRED",
        ),
        (
            json!([{"titulaire": {"id": "123", "typeIdentifiant": "SIRET"}}]),
            "123",
            "INVALID_SIRET",
        ),
        (
            json!([{"titulaire": {"id": "BE0123456789", "typeIdentifiant": "TVA"}}]),
            "BE0123456789",
            "NOT_MATCHABLE",
        ),
        (
            json!([{"titulaire": {"id": "FR53910000017", "typeIdentifiant": "TVA"}}]),
            "FR53910000017",
            "VAT_RESOLVED",
        ),
        (json!(null), "", ""),
        (json!([]), "", ""),
        (json!("néant"), "", "MALFORMED_HOLDER"),
    ] {
        let shown = titulaires.to_string();
        assert_eq!(
            read(titulaires),
            (names.to_owned(), flags.to_owned()),
            "{shown}"
        );
    }
}

#[test]
fn lines_of_a_table_make_one_contract_with_its_states() {
    let line = |holder: &str, rank: &str, date: &str, amount: &str| {
        json!({"id": "T1", "acheteur": {"id": "20005480700017"}, "dateNotification": date,
            "datePublicationDonnees": "2025-02-01", "montant": amount, "modification_id": rank,
            "considerationsSociales": "Clause sociale, Critère social",
            "titulaires": [{"titulaire": {"typeIdentifiant": "SIRET", "id": holder}}]})
    };
    let lines = [
        line("91000001700012", "0", "2025-01-02", "300000.0"),
        line("91000002500015", "0", "2025-01-02", "300000.0"),
        line("91000003300019", "0", "2025-01-02", "300000.0"),
        line("91000001700012", "1", "2026-03-01", "350000.0"),
    ];
    let all = chosen(&lines, day("2026-06-01"));
    assert_eq!(all.len(), 1);
    let (contract, flags) = all.into_values().next().unwrap();
    let contract = contract.unwrap();
    assert!(flags.is_empty(), "{flags:?}");
    assert_eq!(contract.state(Mode::Initial).holders.len(), 3);
    assert_eq!(contract.state(Mode::Current).holders.len(), 1);
    assert_eq!(
        contract.state(Mode::Current).amount.unwrap().millionths(),
        350_000_000_000
    );
    assert_eq!(contract.notified_on, day("2025-01-02"));
    assert!(contract.record.considerations.social_clause);
    // A modification that is still to come changes nothing yet.
    let early = chosen(&lines, day("2026-02-28"))
        .into_values()
        .next()
        .unwrap()
        .0
        .unwrap();
    assert_eq!(early.state(Mode::Current), early.state(Mode::Initial));
}

#[test]
fn a_record_without_buyer_or_number_cannot_be_used() {
    for (record, code) in [
        (json!("text"), "not_an_object"),
        (json!({"id": "1"}), "no_buyer"),
        (json!({"acheteur": {"id": "20005480700017"}}), "no_id"),
        (
            json!({"id": "  ", "acheteur": {"id": "20005480700017"}}),
            "no_id",
        ),
    ] {
        assert_eq!(
            contracts::read(&record).unwrap_err().code(),
            code,
            "{record}"
        );
    }
}

/// One record of the few contracts of a property.
fn record() -> impl Strategy<Value = Value> {
    (
        0_u8..3,
        prop_oneof![Just("2025-01-10"), Just("2025-02-10"), Just("2030-01-01"), Just("0002-11-30")],
        prop_oneof![Just(json!(100)), Just(json!("100,0")), Just(json!(200)), Just(json!(1e17)), Just(json!(null))],
        prop_oneof![Just("2025-03-01"), Just("2025-04-01"), Just("")],
        prop_oneof![Just("91000001700012"), Just("91000002500015"), Just("bad")],
        any::<bool>(),
    )
        .prop_map(|(id, date, amount, published, holder, line)| {
            let mut record = json!({"id": format!("c{id}"), "acheteur": {"id": "20005480700017"},
                "dateNotification": date, "montant": amount, "datePublicationDonnees": published,
                "techniques": [], "titulaires": [{"titulaire": {"id": holder, "typeIdentifiant": "SIRET"}}]});
            if line {
                record["modification_id"] = json!("0");
            }
            record
        })
}

proptest! {
    #[test]
    fn the_order_of_records_changes_nothing(
        records in proptest::collection::vec(record(), 0..12).prop_flat_map(|records| {
            (Just(records.clone()), Just(records).prop_shuffle())
        })
    ) {
        let today = day("2026-11-01");
        prop_assert_eq!(chosen(&records.0, today), chosen(&records.1, today));
    }

    #[test]
    fn no_json_makes_reading_panic(text in "[\\[\\]{}\":,a-z0-9. -]{0,60}") {
        if let Ok(value) = serde_json::from_str::<Value>(&text) {
            let _ = contracts::read(&value);
            let _ = contracts::read(&json!({"id": "1", "acheteur": value, "titulaires": value,
                "modifications": value, "montant": value, "dateNotification": value,
                "considerationsSociales": value, "lieuExecution": value, "techniques": value}));
        }
    }
}

//! The worked vectors V01 to V28 and the sequences Q1 to Q7, through the same entry as the command line.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use serde_json::Value;

fn examples() -> Value {
    serde_json::from_str(include_str!("data/sme_examples.json")).unwrap()
}

/// The answer to one element, as a program would read it.
fn answer(element: &Value) -> Value {
    let json = serde_json::to_vec(element).unwrap();
    serde_json::to_value(domain::sme::answer(&json).unwrap()).unwrap()
}

#[test]
fn every_vector_gives_its_figures_and_categories() {
    let examples = examples();
    let vectors = examples["vectors"].as_array().unwrap();
    assert_eq!(vectors.len(), 28);
    for vector in vectors {
        let id = &vector["id"];
        let expected = &vector["expected"];
        let got = answer(vector);
        for figure in ["awu", "turnover_eur", "balance_eur"] {
            assert_eq!(
                got["consolidated"][figure].as_f64(),
                expected[figure].as_f64(),
                "{id} {figure}"
            );
        }
        assert_eq!(got["eu_category"], expected["eu_category"], "{id}");
        // V25 and V26 have no French category in the file: links through persons do not exist there, so PME.
        let french = expected
            .get("fr_category_linked_only")
            .cloned()
            .unwrap_or_else(|| "PME".into());
        assert_eq!(got["fr_category_linked_only"], french, "{id}");
    }
}

#[test]
fn an_answer_has_the_four_promised_keys_and_one_line_per_entity() {
    for vector in examples()["vectors"].as_array().unwrap() {
        let got = answer(vector);
        let keys: Vec<&String> = got.as_object().unwrap().keys().collect();
        assert_eq!(
            keys,
            [
                "consolidated",
                "eu_category",
                "explanation",
                "fr_category_linked_only"
            ]
        );
        let lines = got["explanation"].as_array().unwrap();
        assert_eq!(
            lines.len(),
            vector["enterprises"].as_object().unwrap().len()
        );
        assert_eq!(lines[0]["relation"], "own");
        for line in lines {
            assert!(
                !line["reasons"].as_array().unwrap().is_empty(),
                "{} {line}",
                vector["id"]
            );
        }
    }
}

#[test]
fn contributions_add_up_to_the_consolidated_figures() {
    for vector in examples()["vectors"].as_array().unwrap() {
        let got = answer(vector);
        for figure in ["awu", "turnover_eur", "balance_eur"] {
            let lines = got["explanation"].as_array().unwrap();
            let sum: f64 = lines
                .iter()
                .filter_map(|line| line["contribution"][figure].as_f64())
                .sum();
            let total = got["consolidated"][figure].as_f64().unwrap();
            assert!(
                (sum - total).abs() < 0.05,
                "{} {figure}: {sum} against {total}",
                vector["id"]
            );
        }
    }
}

#[test]
fn every_sequence_follows_the_two_period_rule() {
    let examples = examples();
    let sequences = examples["sequences"].as_array().unwrap();
    assert_eq!(sequences.len(), 7);
    for sequence in sequences {
        let got = answer(sequence);
        assert_eq!(
            got["status_by_period"], sequence["expected_status_by_period"],
            "{}",
            sequence["id"]
        );
        assert_eq!(got.as_object().unwrap().len(), 1);
    }
}

//! The form under any answers: nothing panics, nothing is lost, and what may be sent has one claim for each key.

use std::collections::BTreeSet;

use crate::form::{complete, context, text, today};
use crate::pledges::answered;
use domain::form::{CommitmentRow, Draft, GroupRow, PledgeRow, Rule, StatusRow};
use domain::text::Lang;
use proptest::prelude::*;

fn anything() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[0-9 ,./-]{0,20}",
        Just("yes".to_owned()),
        Just("EI".to_owned()),
        Just("SOC-EGA-01".to_owned()),
        Just("SOC-DIS-01".to_owned()),
        Just("labour_share".to_owned()),
        Just("sous_traitance".to_owned()),
        Just("31/12/2025".to_owned()),
    ]
}

/// Replaces each text of a draft by anything.
fn scramble(value: &mut serde_json::Value, texts: &mut impl Iterator<Item = String>) {
    match value {
        serde_json::Value::String(text) => *text = texts.next().unwrap_or_default(),
        serde_json::Value::Array(items) => {
            for item in items {
                scramble(item, texts);
            }
        }
        serde_json::Value::Object(fields) => {
            for field in fields.values_mut() {
                scramble(field, texts);
            }
        }
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {}
    }
}

proptest! {
    #[test]
    fn any_answers_can_be_saved_and_never_break_a_rule(texts in prop::collection::vec(anything(), 160)) {
        let mut draft = complete();
        draft.size.rows.push(GroupRow::default());
        draft.pledges.declare = text("yes");
        draft.pledges.rows = vec![answered("ENV-LAB-01"), answered("ENV-CLI-02"), PledgeRow::default()];
        let mut value = serde_json::to_value(&draft).unwrap();
        scramble(&mut value, &mut texts.into_iter());
        let scrambled: Draft = serde_json::from_value(value).unwrap();
        let errors = scrambled.errors(&context(), today());
        prop_assert_eq!(errors.is_empty(), scrambled.parse(&context(), today()).is_ok());
        for (_, error) in errors {
            prop_assert!(!error.rule.message(Lang::Fr).is_empty());
        }
        let stored: Draft = serde_json::from_str(&serde_json::to_string(&scrambled).unwrap()).unwrap();
        prop_assert_eq!(stored, scrambled);
    }
}

/// A commitment whose answers may hold what was typed before the modality changed.
fn commitment() -> impl Strategy<Value = CommitmentRow> {
    let modality = prop::sample::select(vec![
        "embauche_directe",
        "sous_traitance",
        "formation_tutorat",
    ]);
    let structure = prop::sample::select(vec!["", "73282932000074", "35600000000048"]);
    let contract = prop::sample::select(vec!["", "2026-1", " 2026-1 "]);
    (modality, structure, contract).prop_map(|(modality, structure, contract)| CommitmentRow {
        modality: text(modality),
        structure_siret: text(structure),
        structure_kind: text("EI"),
        contract_ref: text(contract),
        ..complete().insertion.rows[0].clone()
    })
}

/// A status with a SIRET that its kind may not ask for.
fn status() -> impl Strategy<Value = StatusRow> {
    let kind = prop::sample::select(vec!["ESUS", "EI", "ESAT"]);
    let siret = prop::sample::select(vec!["", "73282932000074"]);
    (kind, siret).prop_map(|(kind, siret)| StatusRow {
        kind: text(kind),
        reference: text(if kind == "EI" {
            "EI013240013A0M0"
        } else {
            "A1"
        }),
        authority: text("DREETS"),
        siret: text(siret),
        valid_from: text("01/01/2026"),
        valid_to: text("31/12/2027"),
        state: text("VALIDE"),
        ..StatusRow::default()
    })
}

proptest! {
    #[test]
    fn what_may_be_sent_has_one_claim_for_each_key(
        commitments in prop::collection::vec(commitment(), 1..4),
        statuses in prop::collection::vec(status(), 1..4),
    ) {
        let mut draft = complete();
        draft.insertion.rows = commitments;
        draft.solidarity.rows = statuses;
        match draft.parse(&context(), today()) {
            Ok(snapshot) => {
                let keys: BTreeSet<_> = snapshot.claims.iter().map(|claim| claim.key.to_string()).collect();
                prop_assert_eq!(keys.len(), snapshot.claims.len());
            }
            Err(errors) => prop_assert!(!errors.is_empty()),
        }
    }
}

#[test]
fn an_answer_that_is_not_asked_any_more_makes_no_difference() {
    let row = CommitmentRow {
        contract_ref: String::new(),
        ..complete().insertion.rows[0].clone()
    };
    let left_over = CommitmentRow {
        structure_siret: text("73282932000074"),
        ..row.clone()
    };
    let mut draft = complete();
    draft.insertion.rows = vec![left_over, row];
    let errors = draft.errors(&context(), today());
    let found: Vec<_> = errors
        .iter()
        .map(|(_, error)| (error.path.as_str(), error.rule.clone()))
        .collect();
    assert_eq!(found, [("rows[1][modality]", Rule::Duplicate)]);
}

//! What each modality of insertion asks, and what it becomes: hours or none, on which base; what was stored before stays readable.

use crate::form::{complete, context, text, today};
use crate::support::{day, qualification};
use domain::claims::{Claim, ClaimBody};
use domain::form::{Answers as _, CommitmentRow, Draft, Rule, Warning};
use domain::insertion::{Basis, Commitment, ETP_BASES, HoursAccount, Modality};
use domain::lifecycle::hours_quarters;
use domain::registry::RegistryState;

fn row(modality: &str) -> CommitmentRow {
    CommitmentRow {
        modality: text(modality),
        ..complete().insertion.rows[0].clone()
    }
}

fn training() -> CommitmentRow {
    CommitmentRow {
        clause_hours: text("no"),
        training: text("Un tuteur forme deux apprentis."),
        unit: String::new(),
        hours: String::new(),
        persons: String::new(),
        ..row("formation_tutorat")
    }
}

fn draft(row: CommitmentRow) -> Draft {
    let mut draft = complete();
    draft.insertion.rows = vec![row];
    draft
}

fn claim(row: CommitmentRow) -> Claim {
    let snapshot = draft(row).parse(&context(), today()).unwrap();
    snapshot.claims.into_iter().last().unwrap()
}

fn commitment(row: CommitmentRow) -> Commitment {
    match claim(row).body {
        ClaimBody::Commitment(body) => *body,
        other => unreachable!("{other:?}"),
    }
}

fn wrong(row: CommitmentRow) -> Vec<(String, Rule)> {
    let errors = draft(row).errors(&context(), today());
    errors
        .into_iter()
        .map(|(_, error)| (error.path, error.rule))
        .collect()
}

fn doubts(row: CommitmentRow) -> Vec<(String, Warning)> {
    let all = draft(row).warnings(&RegistryState::Unresolved);
    all.into_iter()
        .map(|(_, path, warning)| (path, warning))
        .collect()
}

fn at(name: &str) -> String {
    format!("rows[0][{name}]")
}

#[test]
fn training_promises_no_hours_unless_its_clause_asks_for_some() {
    let said = commitment(training());
    assert_eq!((said.hours, &said.basis), (None, &Basis::NoHours));
    assert_eq!(
        said.training.as_deref(),
        Some("Un tuteur forme deux apprentis.")
    );
    let stored = serde_json::to_string(&said).unwrap();
    assert!(!stored.contains("\"hours\":"), "{stored}");
    assert_eq!(serde_json::from_str::<Commitment>(&stored).unwrap(), said);

    let asked = CommitmentRow {
        clause_hours: text("yes"),
        unit: text("hours"),
        hours: text("120"),
        ..training()
    };
    assert_eq!(commitment(asked.clone()).hours.unwrap().to_string(), "120");
    // Back to no: what was typed stays in the draft, and says nothing.
    let back = CommitmentRow {
        clause_hours: text("no"),
        ..asked
    };
    assert_eq!(claim(back).hash(), claim(training()).hash());
}

#[test]
fn training_says_what_is_done_and_whether_hours_are_asked() {
    let silent = CommitmentRow {
        clause_hours: String::new(),
        training: text("  "),
        ..training()
    };
    assert_eq!(
        wrong(silent),
        [
            (at("clause_hours"), Rule::ChooseOne),
            (at("training"), Rule::Required)
        ]
    );
    let no_volume = CommitmentRow {
        clause_hours: text("yes"),
        ..training()
    };
    assert_eq!(wrong(no_volume), [(at("unit"), Rule::Required)]);
    assert!(!training().shown("unit") && !training().shown("contract_amount"));
}

#[test]
fn no_hours_are_stated_where_none_were_promised() {
    let asked = |row: CommitmentRow| {
        let row = CommitmentRow {
            start: text("01/01/2026"),
            ..row
        };
        let q = qualification(40, claim(row), "2026-01-01", Some("2027-12-31"));
        let ClaimBody::Commitment(body) = &q.claim.body else {
            unreachable!("a commitment")
        };
        let account = HoursAccount {
            statements: vec![],
            promises: vec![(day("2026-01-01"), None)],
        };
        hours_quarters(&q, body, &account, today()).len()
    };
    assert_eq!(asked(row("embauche_directe")), 3);
    assert_eq!(asked(training()), 0);
}

#[test]
fn a_former_training_is_read_as_it_was_and_must_be_said_anew() {
    // Of version 3: a volume was asked of every modality, and its details had no question of their own.
    let stored = serde_json::json!({
        "modality": "formation_tutorat", "contract_ref": "", "unit": "hours", "hours": "35", "rate": "",
        "reference_hours": "", "etp": "", "persons": "", "structure_siret": "", "structure_kind": "",
        "start": "01/01/2027", "end": "31/12/2027", "contract_end": "", "contract_amount": "", "labour_pct": "",
        "description": "Deux tuteurs", "publics": ["qpv"],
    });
    let row: CommitmentRow = serde_json::from_value(stored).unwrap();
    assert_eq!(row.hours_total().unwrap().to_string(), "35");
    assert!(
        row.shown("hours") && row.shown("description"),
        "nothing that was typed is hidden"
    );
    assert_eq!(
        wrong(row),
        [
            (at("clause_hours"), Rule::ChooseOne),
            (at("training"), Rule::Required)
        ]
    );
}

#[test]
fn a_claim_signed_before_keeps_its_words_and_its_hash() {
    // As version 3 stored it, to the letter.
    let stored = "{\"key\":{\"kind\":\"COMMITMENT\",\"scope\":{\"level\":\"siren\",\"id\":\"732829320\"},\
        \"commitment\":\"SOC-INS-01:embauche_directe\"},\"body\":{\"type\":\"commitment\",\"code\":\"SOC-INS-01\",\
        \"modality\":\"embauche_directe\",\"hours\":1607.5,\"basis\":{\"unit\":\"hours\"},\"etp_base\":1607,\
        \"persons\":2,\"publics\":[\"deld\",\"qpv\"],\"start\":\"2027-01-01\",\"end\":\"2027-12-31\"}}";
    let mut said = claim(CommitmentRow {
        contract_ref: String::new(),
        ..row("embauche_directe")
    });
    assert_eq!(serde_json::to_string(&said).unwrap(), stored);
    let read: Claim = serde_json::from_str(stored).unwrap();
    assert_eq!((read.hash(), &read), (said.hash(), &said));
    // What is asked now makes another claim once it is answered.
    let ClaimBody::Commitment(body) = &mut said.body else {
        unreachable!("a commitment")
    };
    body.contract_types = commitment(CommitmentRow {
        contract_types: vec![text("apprentissage"), text("cdi"), text("apprentissage")],
        ..row("embauche_directe")
    })
    .contract_types;
    let codes: Vec<&str> = body
        .contract_types
        .iter()
        .map(domain::insertion::ContractType::code)
        .collect();
    assert_eq!(
        codes,
        ["cdi", "apprentissage"],
        "each once, in the order of the list"
    );
    assert_ne!(said.hash(), read.hash());
}

#[test]
fn full_time_equivalents_are_counted_on_the_base_that_is_chosen() {
    let etp = |base: &str| CommitmentRow {
        unit: text("etp"),
        etp: text("0,5"),
        etp_base: text(base),
        ..row("embauche_directe")
    };
    for (base, hours) in [
        ("", "803.5"),
        ("1607", "803.5"),
        ("1505", "752.5"),
        ("1600", "800"),
        ("1 820", "910"),
    ] {
        let said = commitment(etp(base));
        assert_eq!(said.hours.unwrap().to_string(), hours, "{base}");
        assert!(ETP_BASES.contains(&said.etp_base));
    }
    assert_eq!(commitment(etp("1505")).etp_base, 1505);
    assert_eq!(wrong(etp("1700")), [(at("etp_base"), Rule::Choice)]);
    // Of hours, the base is the legal year whatever was chosen before.
    let hours = CommitmentRow {
        unit: text("hours"),
        ..etp("1505")
    };
    assert_eq!(commitment(hours).etp_base, 1607);
}

#[test]
fn each_modality_asks_its_own_questions_and_no_other_answer_is_said() {
    const OWN: [(&str, &str); 4] = [
        ("contract_types", "embauche_directe"),
        ("structure_amount", "sous_traitance"),
        ("structure_share", "co_traitance"),
        ("training", "formation_tutorat"),
    ];
    for modality in Modality::ALL {
        let answered = CommitmentRow {
            contract_types: vec![text("cdi")],
            structure_amount: text("90 000"),
            structure_share: text("33,333"),
            training: text("Tutorat"),
            clause_hours: text("yes"),
            structure_siret: text("35600000000048"),
            structure_kind: text("ETTI"),
            ..row(modality.code())
        };
        for (name, of) in OWN {
            assert_eq!(
                answered.shown(name),
                of == modality.code(),
                "{name} of {modality:?}"
            );
        }
        let said = commitment(answered);
        let told = [
            !said.contract_types.is_empty(),
            said.structure_amount.is_some(),
            said.structure_share.is_some(),
            said.training.is_some(),
        ];
        assert_eq!(
            told,
            OWN.map(|(_, of)| of == modality.code()),
            "{modality:?}"
        );
    }
    let unknown = CommitmentRow {
        contract_types: vec![text("stage")],
        ..row("embauche_directe")
    };
    assert_eq!(wrong(unknown), [(at("contract_types"), Rule::Choice)]);
    let nothing = CommitmentRow {
        structure_share: text("0"),
        structure_siret: text("35600000000048"),
        structure_kind: text("EI"),
        ..row("co_traitance")
    };
    assert_eq!(wrong(nothing), [(at("structure_share"), Rule::RateBounds)]);
}

#[test]
fn hours_beyond_what_the_structure_gets_are_a_doubt() {
    let given = |modality: &str, amount: &str, share: &str| CommitmentRow {
        contract_amount: text("200 000"),
        structure_amount: text(amount),
        structure_share: text(share),
        structure_siret: text("35600000000048"),
        structure_kind: text("EI"),
        hours: text("1000"),
        ..row(modality)
    };
    assert_eq!(
        doubts(given("sous_traitance", "30 000", "1")),
        [],
        "1,000 h at €30"
    );
    let over = [(at("structure_amount"), Warning::HoursAboveStructure)];
    assert_eq!(doubts(given("sous_traitance", "29 999", "")), over);
    let more = [(at("structure_amount"), Warning::AmountAboveContract)];
    assert_eq!(doubts(given("sous_traitance", "200 000,01", "")), more);
    assert_eq!(doubts(given("co_traitance", "1", "15")), []);
    let over = [(at("structure_share"), Warning::HoursAboveStructure)];
    assert_eq!(doubts(given("co_traitance", "", "14,99")), over);
}

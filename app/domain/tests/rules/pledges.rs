//! The step of pledges: what each code asks, what is wrong, and what becomes of it once signed.
//! Longer than 400 lines: every commitment of the scheme is gone through.

use std::sync::Arc;

use crate::form::{complete, context, text, today};
use crate::support::{day, siren};
use domain::catalogue::{Catalogue, Change, INCLUSIVE, Label};
use domain::claims::{Claim, ClaimBody, ClaimKey, Kind, Scope};
use domain::decimal::Hundredths;
use domain::documents::{Document, FileKind, KnownDocument, Scan};
use domain::form::{
    Answers, CompanyContext, Draft, Place, PledgeRow, PledgeStep, Rule, SolidarityStep, StatusRow,
    Step, StepCode,
};
use domain::pledges::{Pledge, TAXONOMY, Unit};
use uuid::Uuid;

/// A row that answers whatever its code asks, rightly.
pub(crate) fn answered(code: &str) -> PledgeRow {
    let mut row = PledgeRow {
        code: text(code),
        item: text("ISO 14001"),
        done: text("yes"),
        score: text("88"),
        baseline: text("12"),
        target: text("40"),
        year: text("2025"),
        due: text("31/12/2027"),
        reference: text("AFNOR-2026-17"),
        valid_from: text("01/06/2026"),
        valid_to: text("31/05/2028"),
        details: text("Éclairage réduit la nuit."),
        ..PledgeRow::default()
    };
    if code == "ENV-CLI-02" {
        row.year = text("2030");
    }
    row
}

fn step(rows: Vec<PledgeRow>) -> PledgeStep {
    PledgeStep {
        declare: text("yes"),
        rows,
        ..PledgeStep::default()
    }
}

fn wrong(row: PledgeRow) -> Vec<(String, Rule)> {
    step(vec![row])
        .errors(today())
        .into_iter()
        .map(|error| (error.path, error.rule))
        .collect()
}

fn with(code: &str, name: &str, answer: &str) -> PledgeRow {
    let mut row = answered(code);
    match name {
        "done" => row.done = text(answer),
        "year" => row.year = text(answer),
        "baseline" => row.baseline = text(answer),
        "target" => row.target = text(answer),
        "due" => row.due = text(answer),
        "score" => row.score = text(answer),
        "reference" => row.reference = text(answer),
        "valid_to" => row.valid_to = text(answer),
        "item" => row.item = text(answer),
        _ => row.details = text(answer),
    }
    row
}

fn signed(draft: &Draft, context: &CompanyContext) -> Vec<Pledge> {
    let snapshot = draft.parse(context, today()).unwrap();
    snapshot
        .claims
        .into_iter()
        .filter_map(|claim| match claim.body {
            ClaimBody::Pledge(pledge) => Some(*pledge),
            _ => None,
        })
        .collect()
}

#[test]
fn every_code_can_be_declared_and_says_only_what_it_asks() {
    for definition in &TAXONOMY {
        let code = definition.code;
        assert_eq!(wrong(answered(code)), [], "{code}");
        let draft = Draft {
            pledges: step(vec![answered(code)]),
            ..complete()
        };
        let pledges = signed(&draft, &context());
        assert_eq!(pledges.len(), 1, "{code}: {pledges:?}");
        let pledge = &pledges[0];
        let row = answered(code);
        assert_eq!(pledge.item.is_some(), row.shown("item"), "{code}");
        assert_eq!(pledge.year.is_some(), row.shown("year"), "{code}");
        assert_eq!(pledge.target.is_some(), row.shown("target"), "{code}");
        assert_eq!(pledge.reference.is_some(), row.shown("reference"), "{code}");
        assert_eq!(pledge.done.is_some(), row.shown("done"), "{code}");
        assert_eq!(pledge.due.is_some(), row.shown("due"), "{code}");
        assert_eq!(pledge.unit, definition.unit, "{code}");
        assert_eq!(pledge.theme, definition.theme, "{code}");
    }
}

#[test]
fn nobody_has_to_make_any() {
    assert_eq!(PledgeStep::default().errors(today()), []);
    let declared = PledgeStep {
        declare: text("yes"),
        ..PledgeStep::default()
    };
    let errors = declared.errors(today());
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0].rule, Rule::NeedRow);
}

#[test]
fn each_bound_is_told_at_its_field() {
    for (code, name, answer, rule) in [
        ("SOC-EGA-03", "baseline", "101", Rule::Percent),
        ("SOC-EGA-03", "target", "beaucoup", Rule::Percent),
        ("SOC-APP-01", "target", "2,5", Rule::Whole),
        ("SOC-EGA-01", "score", "101", Rule::Score),
        ("SOC-EGA-01", "score", "", Rule::Required),
        ("SOC-EGA-01", "target", "101", Rule::Score),
        ("SOC-EGA-01", "due", "", Rule::DueMissing),
        ("SOC-EGA-01", "year", "2027", Rule::PastYear),
        ("ENV-CLI-02", "year", "2026", Rule::FutureYear),
        ("ENV-CLI-02", "year", "", Rule::Required),
        ("ENV-CLI-02", "due", "22/11/2026", Rule::DuePast),
        ("ENV-CLI-03", "due", "", Rule::DueMissing),
        ("ENV-LAB-01", "item", " – ", Rule::Required),
        ("ENV-LAB-01", "done", "maybe", Rule::ChooseOne),
        ("ENV-LAB-01", "reference", "", Rule::Required),
        ("ENV-LAB-01", "valid_to", "22/11/2026", Rule::AlreadyEnded),
        ("ENV-LAB-01", "valid_to", "31/05/2026", Rule::EndBeforeStart),
        ("ENV-BIO-01", "details", " ", Rule::Required),
        ("SOC-HAND-01", "done", "", Rule::ChooseOne),
        ("SOC-HAND-01", "done", "maybe", Rule::ChooseOne),
    ] {
        let found = wrong(with(code, name, answer));
        assert_eq!(
            found,
            [(format!("rows[0][{name}]"), rule)],
            "{code} {name} {answer}"
        );
    }
    let nothing = PledgeRow {
        code: text("ENV-ALI-01"),
        ..PledgeRow::default()
    };
    assert_eq!(
        wrong(nothing),
        [(text("rows[0][baseline]"), Rule::BaselineOrTarget)]
    );
    let unknown = PledgeRow {
        code: text("ENV-XXX-99"),
        ..PledgeRow::default()
    };
    assert_eq!(wrong(unknown), [(text("rows[0][code]"), Rule::Choice)]);
    assert_eq!(
        wrong(PledgeRow::default()),
        [(text("rows[0][code]"), Rule::Required)]
    );
}

#[test]
fn what_is_not_in_place_needs_a_day_and_no_document() {
    let mut row = with("SOC-EGA-02", "done", "no");
    row.reference.clear();
    row.due.clear();
    assert_eq!(
        wrong(row.clone()),
        [(text("rows[0][due]"), Rule::DueMissing)]
    );
    row.due = text("30/06/2027");
    assert_eq!(wrong(row.clone()), []);
    let draft = Draft {
        pledges: step(vec![row]),
        ..complete()
    };
    let snapshot = draft.parse(&context(), today()).unwrap();
    let claim = snapshot.claims.last().unwrap();
    assert_eq!(claim.kind(), Kind::Pledge);
    let validity = claim.validity(today());
    assert_eq!(
        (validity.from, validity.to),
        (today(), Some(day("2027-06-30")))
    );
}

/// `domain.md` 5.2: each has a baseline, a target, a unit, a due date and evidence.
#[test]
fn every_commitment_can_be_promised_for_a_day_and_proved() {
    for definition in &TAXONOMY {
        let code = definition.code;
        let mut row = answered(code);
        let counted = definition.unit != Unit::None;
        assert_eq!(row.shown("target"), counted, "{code}");
        // A value of today, or whether it is in place.
        let today_is = ["baseline", "score", "done"];
        assert!(today_is.iter().any(|name| row.shown(name)), "{code}");
        assert_eq!(
            row.shown("due"),
            counted,
            "{code}: what is held needs no day"
        );
        row.done = text("no");
        assert!(row.shown("due"), "{code}");
        assert!(!(row.shown("done") && row.shown("documents")), "{code}");
        row.due = text("30/06/2027");
        assert_eq!(wrong(row.clone()), [], "{code}");
        let draft = Draft {
            pledges: step(vec![row]),
            ..complete()
        };
        let pledge = signed(&draft, &context()).remove(0);
        assert_eq!(pledge.due, Some(day("2027-06-30")), "{code}");
        // The papers of the duty to employ disabled workers name persons.
        let proved = answered(code).shown("documents");
        assert_eq!(proved, code != "SOC-HAND-01", "{code}");
    }
}

#[test]
fn a_certification_can_be_promised() {
    let row = PledgeRow {
        code: text("ENV-LAB-01"),
        item: text("ISO 14001"),
        done: text("no"),
        due: text("31/12/2027"),
        ..PledgeRow::default()
    };
    let draft = Draft {
        pledges: step(vec![row]),
        ..complete()
    };
    let snapshot = draft.parse(&context(), today()).unwrap();
    let promised = snapshot.claims.last().unwrap();
    let to = promised.validity(today()).to;
    assert_eq!(to, Some(day("2027-12-31")));
    // Held, it is the same commitment, which says something else.
    let draft = Draft {
        pledges: step(vec![answered("ENV-LAB-01")]),
        ..complete()
    };
    let snapshot = draft.parse(&context(), today()).unwrap();
    let held = snapshot.claims.last().unwrap();
    assert_eq!(held.key, promised.key);
    assert_ne!(held.hash(), promised.hash());
}

#[test]
fn a_reference_says_by_itself_that_a_label_is_held() {
    for code in ["SOC-DIS-02", "ENV-LAB-01", "GOV-RSE-01"] {
        let hash = |done: &str| {
            let row = with(code, "done", done);
            assert_eq!(wrong(row.clone()), [], "{code} {done}");
            let draft = Draft {
                pledges: step(vec![row]),
                ..complete()
            };
            let snapshot = draft.parse(&context(), today()).unwrap();
            snapshot.claims.last().unwrap().hash()
        };
        assert_eq!(hash("yes"), hash(""), "{code}");
        let mut nothing = with(code, "done", "");
        nothing.reference.clear();
        let told: Vec<_> = wrong(nothing).into_iter().map(|(path, _)| path).collect();
        assert_eq!(told, ["rows[0][done]", "rows[0][reference]"], "{code}");
    }
}

#[test]
fn a_measure_or_a_certificate_is_enough_for_energy() {
    let mut row = answered("ENV-NRJ-01");
    row.reference.clear();
    assert_eq!(wrong(row.clone()), []);
    row.baseline.clear();
    row.target.clear();
    assert_eq!(wrong(row), [(text("rows[0][reference]"), Rule::Required)]);
}

#[test]
fn a_promise_does_not_end_before_its_evidence_begins() {
    let mut row = answered("ENV-NRJ-01");
    row.valid_from = text("01/06/2027");
    row.valid_to.clear();
    row.due = text("31/12/2026");
    assert_eq!(
        wrong(row.clone()),
        [(text("rows[0][due]"), Rule::EndBeforeStart)]
    );
    row.due = text("01/06/2027");
    assert_eq!(wrong(row), []);
}

#[test]
fn two_labels_are_two_pledges_and_the_same_one_twice_is_told() {
    let mut emas = answered("ENV-LAB-01");
    emas.item = text("EMAS");
    let mut again = answered("ENV-LAB-01");
    again.item = text("iso-14001");
    let two = step(vec![answered("ENV-LAB-01"), emas]);
    assert_eq!(two.errors(today()), []);
    let draft = Draft {
        pledges: two,
        ..complete()
    };
    let keys: Vec<String> = draft
        .parse(&context(), today())
        .unwrap()
        .claims
        .iter()
        .filter(|claim| claim.kind() == Kind::Pledge)
        .map(|claim| claim.key.to_string())
        .collect();
    assert_eq!(
        keys,
        [
            "PLEDGE@siren:732829320/ENV-LAB-01:iso-14001",
            "PLEDGE@siren:732829320/ENV-LAB-01:emas"
        ]
    );
    let twice = step(vec![answered("ENV-LAB-01"), again]).errors(today());
    assert_eq!(twice[0].rule, Rule::Duplicate);
    assert_eq!(twice[0].path, "rows[1][code]");
}

#[test]
fn an_index_that_cannot_be_computed_has_no_value() {
    let draft = Draft {
        pledges: step(vec![with("SOC-EGA-01", "score", "nc")]),
        ..complete()
    };
    let pledges = signed(&draft, &context());
    assert_eq!((pledges[0].unit, pledges[0].baseline), (Unit::Score, None));
    let draft = Draft {
        pledges: step(vec![answered("SOC-EGA-01")]),
        ..complete()
    };
    assert_eq!(
        signed(&draft, &context())[0].baseline,
        Some(Hundredths::from_units(88))
    );
}

#[test]
fn what_the_buyer_takes_off_the_form_cannot_be_sent_and_stays_typed() {
    let standard = Catalogue::default();
    let label = |kind| standard.kind(kind).unwrap().label.clone();
    let without_ei = standard
        .changed(Change::Kind {
            kind: Kind::Ei,
            label: label(Kind::Ei),
            offered: false,
        })
        .unwrap();
    let without = without_ei
        .changed(Change::Pledge {
            code: text("SOC-APP-01"),
            label: Label {
                fr: text("Apprentis"),
                en: text("Apprentices"),
            },
            offered: false,
            theme: text(INCLUSIVE),
            plans: vec![],
            staff_from: None,
            families: vec![],
        })
        .unwrap();
    let context = CompanyContext {
        catalogue: Arc::new(without),
        ..context()
    };
    let draft = Draft {
        pledges: step(vec![answered("SOC-APP-01")]),
        ..complete()
    };
    let errors = draft.parse(&context, today()).unwrap_err();
    let told: Vec<_> = errors
        .iter()
        .map(|(step, error)| (*step, error.path.as_str(), error.rule.clone()))
        .collect();
    assert_eq!(
        told,
        [
            (StepCode::Solidarity, "rows[0][kind]", Rule::NotOffered),
            (StepCode::Pledges, "rows[0][code]", Rule::NotOffered),
        ]
    );
}

#[test]
fn the_status_of_a_disabled_worker_waits_for_the_buyer_to_offer_it() {
    let draft = Draft {
        solidarity: SolidarityStep {
            declare: text("yes"),
            rows: vec![StatusRow {
                kind: text("TIH"),
                ..StatusRow::default()
            }],
        },
        ..complete()
    };
    assert_eq!(
        draft.parse(&context(), today()).unwrap_err()[0].1.rule,
        Rule::NotOffered
    );
    let standard = Catalogue::default();
    let offered = standard
        .changed(Change::Kind {
            kind: Kind::Tih,
            label: standard.kind(Kind::Tih).unwrap().label.clone(),
            offered: true,
        })
        .unwrap();
    let context = CompanyContext {
        catalogue: Arc::new(offered),
        ..context()
    };
    let snapshot = draft.parse(&context, today()).unwrap();
    assert_eq!(snapshot.catalogue, 1);
    let kinds: Vec<Kind> = snapshot
        .claims
        .iter()
        .map(domain::claims::Claim::kind)
        .collect();
    assert!(kinds.contains(&Kind::Tih));
}

#[test]
fn what_was_signed_keeps_the_words_of_its_day() {
    let standard = Catalogue::default();
    let renamed = standard
        .changed(Change::Pledge {
            code: text("SOC-APP-01"),
            label: Label {
                fr: text("Alternants"),
                en: text("Work-study students"),
            },
            offered: true,
            theme: text("economy"),
            plans: vec![],
            staff_from: None,
            families: vec![],
        })
        .unwrap();
    let draft = Draft {
        pledges: step(vec![answered("SOC-APP-01")]),
        ..complete()
    };
    let before = signed(&draft, &context());
    let after = signed(
        &draft,
        &CompanyContext {
            catalogue: Arc::new(renamed),
            ..context()
        },
    );
    assert_eq!(before[0].theme, INCLUSIVE);
    assert_eq!(before[0].plans, ["insertion"]);
    assert_eq!(after[0].label.fr, "Alternants");
    assert_eq!(after[0].theme, "economy");
    assert_eq!(before[0].key_code(), after[0].key_code());
    // The supplier said the same: a verdict already given still holds.
    let claim = |pledge: &Pledge| Claim {
        key: ClaimKey {
            kind: Kind::Pledge,
            scope: Scope::Siren(siren()),
            commitment: Some(pledge.key_code()),
            contract: None,
        },
        body: ClaimBody::Pledge(Box::new(pledge.clone())),
    };
    assert_eq!(claim(&before[0]).hash(), claim(&after[0]).hash());
    let more = Pledge {
        target: Some(Hundredths::from_hundredths(9_900)),
        ..before[0].clone()
    };
    assert_ne!(claim(&before[0]).hash(), claim(&more).hash());
}

fn document(id: u128, name: &str) -> KnownDocument {
    KnownDocument {
        id: Uuid::from_u128(id),
        document: Document {
            sha256: format!("{id:064x}"),
            name: text(name),
            kind: FileKind::Pdf,
            size: 10,
            valid_from: None,
            valid_to: None,
        },
        preview: false,
        scan: Scan::Clean,
    }
}

#[test]
fn documents_are_signed_with_the_size_and_with_a_commitment() {
    let (certificate, accounts) = (document(7, "iso.pdf"), document(8, "liasse.pdf"));
    let mut draft = Draft {
        pledges: step(vec![answered("ENV-LAB-01")]),
        ..complete()
    };
    let hashes = |draft: &Draft, context: &CompanyContext| -> Vec<String> {
        let snapshot = draft.parse(context, today()).unwrap();
        snapshot.claims.iter().map(Claim::hash).collect()
    };
    let bare = hashes(&draft, &context());
    // Twice the same is one.
    draft.pledges.rows[0].documents = vec![certificate.id.to_string(); 2];
    draft.size.documents = vec![accounts.id.to_string()];
    assert_eq!(
        draft.documents(),
        [accounts.id, certificate.id, certificate.id]
    );
    let there = CompanyContext {
        documents: vec![certificate.clone(), accounts.clone()],
        ..context()
    };
    let snapshot = draft.parse(&there, today()).unwrap();
    let named: Vec<(Kind, &str)> = snapshot
        .claims
        .iter()
        .flat_map(|claim| {
            let documents = claim.documents().iter();
            documents.map(|document| (claim.kind(), document.name.as_str()))
        })
        .collect();
    assert_eq!(
        named,
        [(Kind::Sme, "liasse.pdf"), (Kind::Pledge, "iso.pdf")]
    );
    // The hash covers them, and those of the other claims stay.
    let proved = hashes(&draft, &there);
    let differ: Vec<bool> = bare.iter().zip(&proved).map(|(a, b)| a != b).collect();
    let covered: Vec<bool> = snapshot
        .claims
        .iter()
        .map(|claim| !claim.documents().is_empty())
        .collect();
    assert_eq!(differ, covered);
    for claim in &snapshot.claims {
        assert!(claim.without_documents().documents().is_empty());
    }
    // What is nobody's is told at its place.
    let missing: Vec<_> = draft
        .parse(&context(), today())
        .unwrap_err()
        .into_iter()
        .map(|(step, error)| (step, error.path, error.rule))
        .collect();
    assert_eq!(
        missing,
        [
            (StepCode::Size, text("documents"), Rule::DocumentUnknown),
            (
                StepCode::Pledges,
                text("rows[0][documents]"),
                Rule::DocumentUnknown
            ),
        ]
    );
}

#[test]
fn a_form_about_one_commitment_knows_it_again() {
    let mut draft = Draft {
        pledges: step(vec![answered("ENV-LAB-01"), answered("SOC-APP-01")]),
        ..complete()
    };
    let place = Place::of_line(StepCode::Pledges, 0).unwrap();
    assert_eq!(draft.at(place).unwrap().0, "ENV-LAB-01@iso-14001@");
    draft.pledges.rows.remove(0);
    assert_ne!(draft.at(place).unwrap().0, "ENV-LAB-01@iso-14001@");
    assert_eq!(draft.at(Place::Pledge(1)), None);
    draft.at_mut(Place::Size).unwrap().push(text("d"));
    assert_eq!(draft.size.documents, ["d"]);
}

/// As version 3 of the form stored them: no documents but those of statuses.
#[test]
fn answers_and_claims_of_the_former_version_are_read() {
    let stored = r#"{
        "company": {"siret": "73282932000074", "name": "Exemple"},
        "size": {"declare": "yes", "awu": "62,5", "rows": []},
        "pledges": {"declare": "yes", "families": ["works"], "rows": [
            {"code": "ENV-LAB-01", "item": "ISO 14001", "contract_ref": "", "done": "", "score": "", "baseline": "", "target": "",
             "year": "", "due": "", "reference": "AFNOR-2025-4", "valid_from": "01/01/2025", "valid_to": "31/12/2027", "details": ""}
        ]}
    }"#;
    let draft: Draft = serde_json::from_str(stored).unwrap();
    assert_eq!(draft.documents(), Vec::<Uuid>::new());
    assert_eq!(draft.pledges.errors(today()), []);
    let signed_then = r#"{
        "key": {"kind": "PLEDGE", "scope": {"level": "siren", "id": "732829320"}, "commitment": "ENV-LAB-01:iso-14001"},
        "body": {"type": "pledge", "code": "ENV-LAB-01", "label": {"fr": "Labels", "en": "Labels"}, "theme": "ecological",
                 "item": "ISO 14001", "unit": "none", "reference": "AFNOR-2025-4", "valid_from": "2025-01-01", "valid_to": "2027-12-31"}
    }"#;
    let then: Claim = serde_json::from_str(signed_then).unwrap();
    let context = context();
    let draft = Draft {
        pledges: draft.pledges,
        ..complete()
    };
    let now = draft.parse(&context, today()).unwrap();
    let now = now.claims.last().unwrap();
    assert_eq!(now.key, then.key);
    assert_eq!(now.hash(), then.hash(), "what is in force is kept");
}

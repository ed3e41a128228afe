//! The form: what may be saved, what may be sent, and what each wrong answer is told.
//! Longer than 400 lines: one case after the other of what a form may hold.

use std::sync::Arc;

use crate::support::{day, siren};
use domain::claims::{ClaimBody, Kind};
use domain::form::{
    CommitmentRow, CompanyContext, CompanyStep, Draft, FieldError, GroupRow, InsertionStep,
    PledgeStep, Rule, SizeStep, SolidarityStep, StatementStep, StatusRow, StepCode,
};
use domain::identifiers::{Siren, Siret};
use domain::sme::Category;
use domain::text::Lang;

pub(crate) fn context() -> CompanyContext {
    CompanyContext {
        siren: siren(),
        created_on: Some(day("2010-05-01")),
        catalogue: Arc::default(),
        documents: vec![],
        proved: vec![],
    }
}

pub(crate) fn today() -> chrono::NaiveDate {
    day("2026-11-23")
}

pub(crate) fn text(value: &str) -> String {
    value.to_owned()
}

/// A medium-sized integration enterprise with two commitments: the main journey.
pub(crate) fn complete() -> Draft {
    let commitment = CommitmentRow {
        modality: text("embauche_directe"),
        contract_ref: text("2026 M.12/3"),
        unit: text("hours"),
        hours: text("1 607,5"),
        persons: text("2"),
        start: text("01/01/2027"),
        end: text("31/12/2027"),
        publics: vec![text("qpv"), text("deld")],
        ..CommitmentRow::default()
    };
    Draft {
        company: CompanyStep {
            siret: text("732 829 320 00074"),
            name: text("Exemple"),
            contact_name: text("Camille Martin"),
            contact_role: text("Gérante"),
            contact_email: text("camille@exemple.fr"),
            contact_phone: text("04 91 00 00 00"),
        },
        size: SizeStep {
            declare: text("yes"),
            closing_date: text("31/12/2025"),
            awu: text("62,5"),
            turnover_eur: text("8 000 000"),
            balance_eur: text("4 000 000,10"),
            group: text("no"),
            ..SizeStep::default()
        },
        solidarity: SolidarityStep {
            declare: text("yes"),
            rows: vec![StatusRow {
                kind: text("EI"),
                reference: text("ei 013 17 0013 A0 M1"),
                authority: text("DDETS 13"),
                valid_from: text("01/01/2026"),
                valid_to: text("31/12/2027"),
                state: text("VALIDE"),
                ..StatusRow::default()
            }],
        },
        insertion: InsertionStep {
            declare: text("yes"),
            rows: vec![
                commitment.clone(),
                CommitmentRow {
                    modality: text("sous_traitance"),
                    unit: text("labour_share"),
                    rate: text("5 %"),
                    reference_hours: text("16 666,67"),
                    structure_siret: text("35600000000048"),
                    structure_kind: text("EI"),
                    ..commitment
                },
            ],
        },
        pledges: PledgeStep::default(),
        statement: StatementStep::default(),
        contests: vec![],
        prefilled: vec![],
    }
}

fn paths(errors: &[(StepCode, FieldError)]) -> Vec<(StepCode, &str)> {
    errors
        .iter()
        .map(|(step, error)| (*step, error.path.as_str()))
        .collect()
}

#[test]
fn complete_answers_become_typed_claims() {
    let snapshot = complete().parse(&context(), today()).unwrap();
    let keys: Vec<String> = snapshot
        .claims
        .iter()
        .map(|claim| claim.key.to_string())
        .collect();
    assert_eq!(
        keys,
        [
            "SME@siren:732829320",
            "EI@siren:732829320",
            "COMMITMENT@siren:732829320/SOC-INS-01:embauche_directe#2026_M_12_3",
            "COMMITMENT@siren:732829320/SOC-INS-01:sous_traitance:35600000000048#2026_M_12_3",
        ]
    );
    let ClaimBody::Sme(size) = &snapshot.claims[0].body else {
        unreachable!("first claim is the size")
    };
    assert_eq!(
        (size.category, size.french_category.as_str()),
        (Category::Medium, "PME")
    );
    let ClaimBody::Status(evidence) = &snapshot.claims[1].body else {
        unreachable!("then the status")
    };
    assert_eq!(evidence.reference.as_deref(), Some("EI013170013A0M1"));
    let ClaimBody::Commitment(share) = &snapshot.claims[3].body else {
        unreachable!("then the commitments")
    };
    assert_eq!(share.hours.unwrap().to_string(), "833.33");
    assert_eq!(snapshot.hash().len(), 64);
    assert_eq!(
        snapshot.hash(),
        complete().parse(&context(), today()).unwrap().hash()
    );
}

#[test]
fn a_snapshot_survives_its_storage_with_the_same_hash() {
    let snapshot = complete().parse(&context(), today()).unwrap();
    let stored = serde_json::to_string(&snapshot).unwrap();
    let read: domain::form::Snapshot = serde_json::from_str(&stored).unwrap();
    assert_eq!(read, snapshot);
    assert_eq!(read.hash(), snapshot.hash());
    assert!(
        read.claims
            .iter()
            .zip(&snapshot.claims)
            .all(|(one, other)| one.hash() == other.hash())
    );
}

#[test]
fn an_empty_draft_is_stored_and_says_what_is_missing() {
    let draft = Draft::default();
    let errors = draft.errors(&context(), today());
    let paths = paths(&errors);
    for expected in [
        (StepCode::Company, "siret"),
        (StepCode::Company, "contact_email"),
        (StepCode::Size, "declare"),
        (StepCode::Solidarity, "declare"),
        (StepCode::Insertion, "declare"),
    ] {
        assert!(paths.contains(&expected), "{expected:?} in {paths:?}");
    }
    assert!(
        !paths.contains(&(StepCode::Size, "awu")),
        "a hidden question is not asked"
    );
    assert_eq!(
        draft.next_incomplete(&context(), today()),
        StepCode::Company
    );
    let read: Draft = serde_json::from_str("{}").unwrap();
    assert_eq!(read, draft);
}

#[test]
fn a_wrong_answer_is_told_exactly() {
    let told = |change: &dyn Fn(&mut Draft)| {
        let mut draft = complete();
        change(&mut draft);
        let errors = draft.errors(&context(), today());
        assert!(draft.parse(&context(), today()).is_err());
        errors
            .into_iter()
            .map(|(_, error)| (error.path, error.rule))
            .collect::<Vec<_>>()
    };
    let one = |path: &str, rule: Rule| vec![(path.to_owned(), rule)];

    let short = told(&|d| d.company.siret = text("7328293200007"));
    assert!(matches!(&short[0].1, Rule::Identifier(_)), "{short:?}");
    assert!(
        short[0].1.message(Lang::Fr).contains("13"),
        "{}",
        short[0].1.message(Lang::Fr)
    );
    assert_eq!(
        told(&|d| d.company.siret = text("35600000000048")),
        one("siret", Rule::OtherCompany)
    );
    assert_eq!(
        told(&|d| d.company.contact_email = text("camille@")),
        one("contact_email", Rule::Email)
    );
    assert_eq!(
        told(&|d| d.company.name = "é".repeat(201)),
        one("name", Rule::TooLong(200))
    );
    assert_eq!(
        told(&|d| d.size.awu = text("-3")),
        one("awu", Rule::Decimal)
    );
    assert_eq!(
        told(&|d| d.size.closing_date = text("24/11/2026")),
        one("closing_date", Rule::NotInTheFuture)
    );
    assert_eq!(
        told(&|d| d.size.closing_date = text("22/11/2024")),
        one("closing_date", Rule::ClosingTooOld)
    );
    assert_eq!(
        told(&|d| d.size.group = text("yes")),
        one("rows", Rule::NeedRow)
    );
    assert_eq!(
        told(&|d| d.solidarity.rows[0].reference = text("ACI013170013A0M1")),
        one("rows[0][reference]", Rule::SiaeMeasure)
    );
    assert_eq!(
        told(&|d| d.solidarity.rows[0].valid_to = text("22/11/2026")),
        one("rows[0][valid_to]", Rule::AlreadyEnded)
    );
    assert_eq!(
        told(&|d| d.solidarity.rows[0].kind = text("TIH")),
        one("rows[0][kind]", Rule::NotOffered)
    );
    assert_eq!(
        told(&|d| {
            let row = d.solidarity.rows[0].clone();
            d.solidarity.rows.push(row);
        }),
        one("rows[1][kind]", Rule::Duplicate)
    );
    assert_eq!(
        told(&|d| d.insertion.rows[0].hours = text("0")),
        one("rows[0][hours]", Rule::HoursBounds)
    );
    assert_eq!(
        told(&|d| d.insertion.rows[0].hours = text("200000,01")).len(),
        2,
        "bounds, and hours a person"
    );
    assert_eq!(
        told(&|d| d.insertion.rows[0].persons = text("0")),
        one("rows[0][persons]", Rule::PersonsMissing)
    );
    assert_eq!(
        told(&|d| d.insertion.rows[0].publics.clear()),
        one("rows[0][publics]", Rule::AtLeastOnePublic)
    );
    assert_eq!(
        told(&|d| d.insertion.rows[1].structure_kind = text("GEIQ")),
        one("rows[1][structure_kind]", Rule::Choice)
    );
    assert_eq!(told(&|d| d.insertion.rows[1].rate = text("0")).len(), 1);
    assert_eq!(
        told(&|d| d.insertion.rows[0].end = text("31/12/2026")),
        one("rows[0][end]", Rule::EndBeforeStart)
    );
}

#[test]
fn an_esat_belongs_to_an_establishment() {
    let mut draft = complete();
    draft.solidarity.rows[0] = StatusRow {
        kind: text("ESAT"),
        reference: text("130000001"),
        valid_from: text("01/01/2020"),
        valid_to: text("31/12/2034"),
        ..StatusRow::default()
    };
    assert_eq!(
        paths(&draft.errors(&context(), today())),
        [(StepCode::Solidarity, "rows[0][siret]")]
    );
    draft.solidarity.rows[0].siret = text("73282932000074");
    let snapshot = draft.parse(&context(), today()).unwrap();
    assert_eq!(
        snapshot.claims[1].key.to_string(),
        "ESAT@siret:73282932000074"
    );
}

#[test]
fn an_esus_approval_gets_its_end_from_the_law() {
    let mut draft = complete();
    draft.solidarity.rows[0] = StatusRow {
        kind: text("ESUS"),
        reference: text("2024-13-007"),
        applied_on: text("01/02/2024"),
        valid_from: text("29/02/2024"),
        ..StatusRow::default()
    };
    let end = |draft: &Draft, context: &CompanyContext| {
        let claim = draft.parse(context, today()).unwrap().claims.remove(1);
        claim.validity(today()).to
    };
    assert_eq!(end(&draft, &context()), Some(day("2029-02-28")));
    let young = CompanyContext {
        created_on: Some(day("2021-02-02")),
        ..context()
    };
    // Two years: it has ended, and what has ended is not sent.
    let over = |end: &str| {
        [(
            StepCode::Solidarity,
            FieldError {
                path: text("rows[0][valid_to]"),
                rule: Rule::ApprovalEnded(day(end)),
            },
        )]
    };
    assert_eq!(draft.errors(&young, today()), over("2026-02-28"));
    assert!(draft.parse(&young, today()).is_err());
    let message = Rule::ApprovalEnded(day("2026-02-28")).message(Lang::Fr);
    assert!(
        message.contains("28/02/2026") && message.contains("deux mois"),
        "{message}"
    );
    // The certificate prevails, in both directions.
    draft.solidarity.rows[0].valid_to = text("28/02/2029");
    assert_eq!(end(&draft, &young), Some(day("2029-02-28")));
    draft.solidarity.rows[0].valid_to = text("22/11/2026");
    assert_eq!(draft.errors(&context(), today()), over("2026-11-22"));
    // The last day is one of the approval.
    draft.solidarity.rows[0].valid_to = text("23/11/2026");
    assert_eq!(end(&draft, &context()), Some(day("2026-11-23")));
    draft.solidarity.rows[0].valid_to = text("28/02/2024");
    assert_eq!(
        draft.errors(&context(), today()),
        [(
            StepCode::Solidarity,
            FieldError {
                path: text("rows[0][valid_to]"),
                rule: Rule::EndBeforeStart,
            },
        )],
        "one error a field"
    );
}

#[test]
fn a_group_is_consolidated_and_a_large_one_claims_no_size() {
    let mut draft = complete();
    draft.size.group = text("yes");
    draft.size.rows = vec![GroupRow {
        name: text("Filiale"),
        kind: text("enterprise"),
        direction: text("held"),
        capital_pct: text("60"),
        voting_pct: text("60"),
        awu: text("30"),
        turnover_eur: text("5 000 000"),
        balance_eur: text("3 000 000"),
        ..GroupRow::default()
    }];
    let computed = draft.size.computed("").unwrap();
    assert_eq!(computed.status, Category::Medium);
    assert_eq!(computed.outcome.consolidated.awu.to_string(), "92.5");
    draft.size.rows[0].awu = text("3000");
    let snapshot = draft.parse(&context(), today()).unwrap();
    assert!(
        snapshot
            .claims
            .iter()
            .all(|claim| claim.kind() != Kind::Sme),
        "not an SME: nothing is claimed"
    );
    draft.size.rows[0].turnover_eur.clear();
    let errors = draft.errors(&context(), today());
    assert_eq!(
        (errors[0].1.path.as_str(), &errors[0].1.rule),
        ("rows[0][turnover_eur]", &Rule::FigureNeeded),
        "a figure that the consolidation needs"
    );
}

#[test]
fn the_previous_period_holds_the_category_for_a_year() {
    let mut draft = complete();
    draft.size.awu = text("260");
    assert_eq!(draft.size.computed("").unwrap().status, Category::NotSme);
    draft.size.previous_category = text("medium");
    assert_eq!(draft.size.computed("").unwrap().status, Category::Medium);
}

#[test]
fn an_establishment_is_checked_against_its_company() {
    assert_eq!(
        Siret::parse("73282932000074").unwrap().siren(),
        Siren::parse("732829320").unwrap()
    );
}

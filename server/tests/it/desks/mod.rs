//! The business acts, from the desk of each role down to the database, on both engines.

mod catalogue;
mod closing;
mod hours;
mod journey;
mod levers;
mod mails;
mod people;
mod people_kept_out;
mod prepared_waiting;
mod races;
mod readers;
mod register;
mod renewal_failed;
mod tenancy;

use std::sync::Arc;

use app::desk::{BuyerDesk, Opening, PeopleDesk, Saved, StepAnswers, SupplierDesk};
use app::visitor::{AccountRole, Identity, Visitor};
use domain::form::{
    CommitmentRow, CompanyStep, InsertionStep, SizeStep, SolidarityStep, StatementStep, StatusRow,
};
use domain::lifecycle::ReviewSignature;
use domain::text::Lang;
use store::accounts::{self, Role};
use uuid::Uuid;

use crate::support::TestApp;

/// A fictional integration enterprise of the demonstration register.
pub(crate) const EI: &str = "91000005800016";

fn text(value: &str) -> String {
    value.to_owned()
}

/// An account with a session.
async fn visitor(app: &TestApp, email: &str, role: AccountRole) -> Visitor {
    let stored = match role {
        AccountRole::Supplier => Role::Supplier,
        AccountRole::Reviewer => Role::Reviewer,
        AccountRole::Administrator => Role::Administrator,
    };
    // A person may sit at several desks.
    let known = accounts::by_email(app.state.store.read(), email).await;
    let account = match known.expect("an answer") {
        Some(account) => account,
        None => app.account(email, stored).await,
    };
    Visitor::SignedIn(Identity {
        account: account.id,
        role,
        email: account.email,
        name: Some(account.name),
        quality: Some(account.quality),
        lang: Lang::Fr,
    })
}

pub(crate) async fn supplier(app: &TestApp, email: &str) -> Arc<dyn SupplierDesk> {
    let visitor = visitor(app, email, AccountRole::Supplier).await;
    let reception = server::desks::reception(&app.state, None);
    assert!(reception.buyer(&visitor).is_none() && reception.admin(&visitor).is_none());
    reception.supplier(&visitor).expect("a supplier’s desk")
}

pub(crate) async fn people(app: &TestApp, email: &str) -> Arc<dyn PeopleDesk> {
    let visitor = visitor(app, email, AccountRole::Supplier).await;
    let reception = server::desks::reception(&app.state, None);
    reception.people(&visitor).expect("a desk of people")
}

pub(crate) async fn buyer(app: &TestApp, email: &str) -> Arc<dyn BuyerDesk> {
    let visitor = visitor(app, email, AccountRole::Reviewer).await;
    let reception = server::desks::reception(&app.state, None);
    assert!(reception.supplier(&visitor).is_none() && reception.admin(&visitor).is_none());
    reception.buyer(&visitor).expect("a buyer’s desk")
}

pub(crate) async fn open(desk: &dyn SupplierDesk, number: &str) -> Uuid {
    match desk.open_company(number).await.expect("an opening") {
        Opening::Declaration(id) => id,
        other => panic!("{other:?}"),
    }
}

/// The answers of an SME that is an integration enterprise, with one commitment.
pub(crate) fn answers() -> Vec<StepAnswers> {
    vec![
        StepAnswers::Company(CompanyStep {
            siret: text(EI),
            name: text("DÉMO INSERTION PROPRETÉ"),
            contact_name: text("Camille Martin"),
            contact_role: text("Gérante"),
            contact_email: text("camille@demo-insertion.example.fr"),
            contact_phone: String::new(),
        }),
        StepAnswers::Size(SizeStep {
            declare: text("yes"),
            closing_date: text("31/12/2025"),
            awu: text("62,5"),
            turnover_eur: text("8 000 000"),
            balance_eur: text("4 000 000"),
            group: text("no"),
            ..SizeStep::default()
        }),
        StepAnswers::Solidarity(SolidarityStep {
            declare: text("yes"),
            rows: vec![StatusRow {
                kind: text("EI"),
                reference: text("EI013240013A0M0"),
                valid_from: text("01/01/2026"),
                valid_to: text("31/12/2027"),
                state: text("VALIDE"),
                ..StatusRow::default()
            }],
        }),
        StepAnswers::Insertion(InsertionStep {
            declare: text("yes"),
            rows: vec![CommitmentRow {
                modality: text("embauche_directe"),
                contract_ref: text("2026-123"),
                unit: text("hours"),
                hours: text("1 500"),
                persons: text("2"),
                start: text("01/06/2026"),
                end: text("31/05/2027"),
                publics: vec![text("qpv")],
                ..CommitmentRow::default()
            }],
        }),
    ]
}

pub(crate) fn statement() -> StatementStep {
    StatementStep {
        signer_name: text("Camille Martin"),
        signer_quality: text("Gérante"),
        capacity: text("legal_representative"),
        accepted: text("yes"),
    }
}

pub(crate) fn signature() -> ReviewSignature {
    ReviewSignature {
        name: text("Dominique Roux"),
        quality: text("Acheteur"),
    }
}

/// Saves every step; says the version to send with.
pub(crate) async fn fill(desk: &dyn SupplierDesk, id: Uuid) -> i64 {
    let mut version = desk.declaration(id).await.unwrap().version;
    for step in answers() {
        version = match desk.save_step(id, version, step).await.unwrap() {
            Saved::Done { version } => version,
            Saved::Conflict { .. } => panic!("nobody else writes"),
        };
    }
    version
}

/// A declaration that waits for a reviewer.
pub(crate) async fn sent(desk: &dyn SupplierDesk) -> Uuid {
    let id = open(desk, EI).await;
    let version = fill(desk, id).await;
    let submitted = desk.submit(id, version, statement()).await.unwrap();
    assert_eq!(submitted, app::desk::Submitted::Done);
    id
}

/// Accepts every claim that has no verdict.
pub(crate) async fn accept_all(desk: &dyn BuyerDesk, id: Uuid) {
    use domain::lifecycle::Verdict;
    let keys: Vec<String> = desk
        .review(id)
        .await
        .unwrap()
        .claims
        .iter()
        .filter(|claim| claim.verdict == Verdict::Pending)
        .map(|claim| claim.claim.key.to_string())
        .collect();
    let verdicts = keys.into_iter().map(|key| (key, Verdict::Accepted));
    let version = desk.review(id).await.unwrap().version;
    desk.give_verdicts(id, version, verdicts.collect())
        .await
        .unwrap();
}

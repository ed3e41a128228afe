//! Doors of the supplier desk: what the forms of a supplier post, and where the browser goes next.
//!
//! Invariants: a step is stored as typed before anything is said about it, and no answer travels in an address.

#![expect(
    clippy::too_many_arguments,
    reason = "the form of the size has one more name than others"
)]

use domain::form::{
    CompanyStep, GroupAct, InsertionStep, PledgeStep, SizeStep, SolidarityStep, StatementStep,
    StepCode,
};
use domain::lifecycle::{LONGEST_REASON, Refusal};
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use uuid::Uuid;

use super::opening::{closed_path, digits, opening_path};
use super::steps::{Posted, store, store_rows, store_size};
use super::supplier_desk;
use crate::desk::{Opening, StepAnswers, Submitted, SupplierDesk};
use crate::error::AppError;
use crate::pages::supplier::{is_enough, known_path};
use crate::reply::use_reply;
use crate::routes::path;
use crate::ui::parse_date;
use crate::views::Typed;

/// The address of a declaration.
pub fn declaration_path(id: Uuid) -> String {
    format!("/declarations/{id}")
}

/// The address of one of its steps.
pub fn step_path(id: Uuid, step: StepCode) -> String {
    format!("/declarations/{id}/{}", step.slug())
}

/// Step 1.
#[server(prefix = "/fn", endpoint = "save-company", input = PostUrl)]
pub async fn save_company(
    id: Uuid,
    version: i64,
    #[server(default)] intent: String,
    #[server(default)] back: String,
    #[server(default)] page: String,
    #[server(default)] answers: CompanyStep,
) -> Result<(), AppError> {
    let posted = Posted::new(id, version, &intent, &back, String::new()).of_page(page);
    store(posted, StepAnswers::Company(answers), &[]).await
}

/// Step 2.
#[server(prefix = "/fn", endpoint = "save-size", input = PostUrl)]
pub async fn save_size(
    id: Uuid,
    version: i64,
    #[server(default)] intent: String,
    #[server(default)] back: String,
    #[server(default)] page: String,
    #[server(default)] seen: String,
    #[server(default)] many: String,
    #[server(default)] answers: SizeStep,
) -> Result<(), AppError> {
    let act = GroupAct::read(&intent);
    let (posted, mut answers) = (
        Posted::new(id, version, &intent, &back, seen).of_page(page),
        answers,
    );
    posted.move_document(|_| Some(&mut answers.documents));
    store_size(posted, act, &many, answers).await
}

/// Step 3.
#[server(prefix = "/fn", endpoint = "save-solidarity", input = PostUrl)]
pub async fn save_solidarity(
    id: Uuid,
    version: i64,
    #[server(default)] intent: String,
    #[server(default)] back: String,
    #[server(default)] page: String,
    #[server(default)] seen: String,
    #[server(default)] answers: SolidarityStep,
) -> Result<(), AppError> {
    let (posted, mut answers) = (
        Posted::new(id, version, &intent, &back, seen).of_page(page),
        answers,
    );
    posted.move_document(|line| Some(&mut answers.rows.get_mut(line)?.documents));
    store_rows(posted, answers, StepAnswers::Solidarity).await
}

/// Step 4.
#[server(prefix = "/fn", endpoint = "save-insertion", input = PostUrl)]
pub async fn save_insertion(
    id: Uuid,
    version: i64,
    #[server(default)] intent: String,
    #[server(default)] back: String,
    #[server(default)] page: String,
    #[server(default)] seen: String,
    #[server(default)] answers: InsertionStep,
) -> Result<(), AppError> {
    let posted = Posted::new(id, version, &intent, &back, seen).of_page(page);
    store_rows(posted, answers, StepAnswers::Insertion).await
}

/// Step 5.
#[server(prefix = "/fn", endpoint = "save-pledges", input = PostUrl)]
pub async fn save_pledges(
    id: Uuid,
    version: i64,
    #[server(default)] intent: String,
    #[server(default)] back: String,
    #[server(default)] page: String,
    #[server(default)] seen: String,
    #[server(default)] answers: PledgeStep,
) -> Result<(), AppError> {
    let (posted, mut answers) = (
        Posted::new(id, version, &intent, &back, seen).of_page(page),
        answers,
    );
    posted.move_document(|line| Some(&mut answers.rows.get_mut(line)?.documents));
    store_rows(posted, answers, StepAnswers::Pledges).await
}

/// Step 6: the sworn statement. Saving never keeps the tick: it is given once, with the submission.
#[server(prefix = "/fn", endpoint = "submit-declaration", input = PostUrl)]
pub async fn submit_declaration(
    id: Uuid,
    version: i64,
    #[server(default)] intent: String,
    #[server(default)] answers: StatementStep,
) -> Result<(), AppError> {
    let unticked = StatementStep {
        accepted: String::new(),
        ..answers.clone()
    };
    if intent != "submit" {
        let posted = Posted::new(id, version, "save", "", String::new());
        return store(posted, StepAnswers::Statement(unticked), &[]).await;
    }
    let desk = supplier_desk()?;
    let check = step_path(id, StepCode::Statement);
    let next = match desk.submit(id, version, answers).await {
        Ok(Submitted::Done) => format!("{}/accuse", declaration_path(id)),
        Ok(Submitted::Conflict { copy }) => format!("{check}?conflit={copy}"),
        Ok(Submitted::Closed(company)) => {
            keep_signer(desk.as_ref(), id, unticked).await?;
            closed_path(company.siren.as_str(), &company)
        }
        Ok(Submitted::Incomplete(_)) => {
            keep_signer(desk.as_ref(), id, unticked).await?;
            format!("{check}?verifier#errors")
        }
        Err(AppError::Refused { refusal }) if !matches!(refusal, Refusal::WrongStatus { .. }) => {
            keep_signer(desk.as_ref(), id, unticked).await?;
            format!("{check}?verifier&refus={}#errors", refusal.code())
        }
        Err(error) => moved_on(id, error)?,
    };
    use_reply().redirect(next);
    Ok(())
}

/// What was typed in a statement that was not accepted is kept for the next try.
async fn keep_signer(
    desk: &dyn SupplierDesk,
    id: Uuid,
    typed: StatementStep,
) -> Result<(), AppError> {
    let view = desk.declaration(id).await?;
    let stored = StatementStep {
        accepted: String::new(),
        ..view.draft.statement
    };
    if stored != typed {
        desk.save_step(id, view.version, StepAnswers::Statement(typed))
            .await?;
    }
    Ok(())
}

/// An act that came too late, or twice: the page of the declaration shows where it stands now.
pub(super) fn moved_on(id: Uuid, error: AppError) -> Result<String, AppError> {
    match error {
        AppError::Conflict
        | AppError::Refused {
            refusal: Refusal::WrongStatus { .. },
        } => Ok(format!("{}?change", declaration_path(id))),
        AppError::Refused { refusal } => {
            Ok(format!("{}?refus={}", declaration_path(id), refusal.code()))
        }
        error => Err(error),
    }
}

fn acted(id: Uuid, outcome: Result<(), AppError>, next: String) -> Result<(), AppError> {
    let next = outcome.map_or_else(|error| moved_on(id, error), |()| Ok(next))?;
    use_reply().redirect(next);
    Ok(())
}

#[server(prefix = "/fn", endpoint = "discard-declaration", input = PostUrl)]
pub async fn discard_declaration(id: Uuid, version: i64) -> Result<(), AppError> {
    let desk = supplier_desk()?;
    // What was sent, then taken back, must not be told as never sent.
    let sent_before = desk.declaration(id).await?.revision.is_some();
    let done = if sent_before {
        "abandon-repris"
    } else {
        "abandon"
    };
    let outcome = desk.discard(id, version).await;
    acted(id, outcome, format!("{}?fait={done}", path::SUPPLIER))
}

#[server(prefix = "/fn", endpoint = "take-back-declaration", input = PostUrl)]
pub async fn take_back_declaration(id: Uuid, version: i64) -> Result<(), AppError> {
    let outcome = supplier_desk()?.take_back(id, version).await;
    acted(
        id,
        outcome,
        format!("{}?fait=reprise", declaration_path(id)),
    )
}

#[server(prefix = "/fn", endpoint = "withdraw-declaration", input = PostUrl)]
pub async fn withdraw_declaration(id: Uuid, version: i64) -> Result<(), AppError> {
    let outcome = supplier_desk()?.withdraw(id, version).await;
    acted(
        id,
        outcome,
        format!("{}?fait=retrait", declaration_path(id)),
    )
}

/// Opens a new declaration from a decided one.
#[server(prefix = "/fn", endpoint = "amend-declaration", input = PostUrl)]
pub async fn amend_declaration(id: Uuid) -> Result<(), AppError> {
    let next = match supplier_desk()?.amend(id).await {
        Ok(opening) => opening_path("", &opening),
        Err(error) => moved_on(id, error)?,
    };
    use_reply().redirect(next);
    Ok(())
}

/// Opens the workspace of a company, and its declaration.
#[server(prefix = "/fn", endpoint = "open-company", input = PostUrl)]
pub async fn open_company(#[server(default)] number: String) -> Result<(), AppError> {
    let number = digits(&number);
    let desk = supplier_desk()?;
    let opening = desk.open_company(&number).await?;
    let next = match &opening {
        // Who has nothing to add reads one page and signs.
        Opening::Declaration(id) if is_enough(&desk.declaration(*id).await?) => known_path(*id),
        opening => opening_path(&number, opening),
    };
    use_reply().redirect(next);
    Ok(())
}

/// Ends a qualification at the request of its company.
#[server(prefix = "/fn", endpoint = "withdraw-qualification", input = PostUrl)]
pub async fn withdraw_qualification(
    id: Uuid,
    #[server(default)] from: String,
    #[server(default)] reason: String,
    #[server(default)] confirmed: String,
) -> Result<(), AppError> {
    let desk = supplier_desk()?;
    let page = format!("/qualifications/{id}");
    // Browsers send a line end as two characters, and count it as one.
    let reason = reason.replace("\r\n", "\n").trim().to_owned();
    let problem = match parse_date(&from) {
        None => "date",
        Some(_) if reason.is_empty() => "motif",
        Some(_) if reason.chars().count() > LONGEST_REASON => "longueur",
        Some(_) if confirmed != "yes" => "confirmation",
        Some(day) => match desk.withdraw_qualification(id, day, reason.clone()).await {
            Ok(()) => {
                use_reply().redirect(format!("{page}?fait=retrait"));
                return Ok(());
            }
            Err(AppError::Refused { refusal }) => refusal.code(),
            Err(error) => return Err(error),
        },
    };
    let typed = Typed {
        problem: problem.to_owned(),
        fields: [("from".to_owned(), from), ("reason".to_owned(), reason)].into(),
    };
    let declaration = desk.qualification(id).await?.declaration;
    let kept = match desk.keep_typed(declaration, typed).await {
        Ok(copy) => format!("&saisie={copy}"),
        Err(_) => String::new(),
    };
    use_reply().redirect(format!("{page}?verifier={problem}{kept}#errors"));
    Ok(())
}

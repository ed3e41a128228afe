//! The doors of prepared drafts: an agent prepares, sends again or cancels; the person of the address claims or declines.

#![expect(clippy::too_many_arguments, reason = "one form of the agents")]

use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use uuid::Uuid;

use super::links::FILLED;
use super::opening::opening_path;
use super::supplier::{declaration_path, step_path};
use super::{buyer_desk, supplier_desk};
use crate::desk::Opening;
use crate::error::AppError;
use crate::pages::buyer::prepared::{FORM, issues, proposals};
use crate::pages::supplier::claim_draft_path;
use crate::reply::use_reply;
use crate::routes::path;
use crate::views::{NewDraft, Obstacle, Prepared, Typed};

/// Prepares a draft and writes to its contact; what was typed comes back when something is wrong.
#[server(prefix = "/fn", endpoint = "prepare-draft", input = PostUrl)]
pub async fn prepare_draft(
    #[server(default)] number: String,
    #[server(default)] contact: String,
    #[server(default)] email: String,
    #[server(default)] message: String,
    #[server(default)] statuses: Vec<String>,
    #[server(default)] siae: String,
    #[server(default)] valid_from: String,
    #[server(default)] valid_to: String,
    #[server(default)] staff: String,
    #[server(default)] insertion: String,
) -> Result<(), AppError> {
    let desk = buyer_desk()?;
    let number = super::opening::digits(&number);
    let mut typed = Typed::default();
    for (field, answer) in [
        ("number", number.clone()),
        ("contact", contact.trim().to_owned()),
        ("email", email.trim().to_owned()),
        ("message", message.replace("\r\n", "\n").trim().to_owned()),
        ("statuses", statuses.join(",")),
        ("siae", siae),
        ("valid_from", valid_from),
        ("valid_to", valid_to),
        ("staff", staff),
        ("insertion", insertion),
    ] {
        typed.fields.insert(field.to_owned(), answer);
    }
    if issues(crate::i18n::Lang::Fr, &typed).0.is_empty() {
        let new = NewDraft {
            number: number.clone(),
            contact_name: typed.get("contact").to_owned(),
            email: typed.get("email").to_owned(),
            message: typed.get("message").to_owned(),
            proposals: proposals(&typed),
        };
        let problem = match desk.prepare_draft(new).await? {
            Prepared::Done => {
                use_reply().redirect(format!("{}?fait=envoi", path::PREPARED));
                return Ok(());
            }
            Prepared::Email => "email",
            // The page of this number says it by itself.
            Prepared::Stopped(Obstacle::Closed | Obstacle::Waiting | Obstacle::Number) => "",
        };
        problem.clone_into(&mut typed.problem);
    }
    let kept = desk.keep_form(FORM, typed).await?;
    let page = path::PREPARED;
    use_reply().redirect(format!("{page}?siret={number}&saisie={kept}#errors"));
    Ok(())
}

/// Sends the mail again, or takes the draft back.
#[server(prefix = "/fn", endpoint = "change-prepared", input = PostUrl)]
pub async fn change_prepared(id: Uuid, #[server(default)] intent: String) -> Result<(), AppError> {
    let desk = buyer_desk()?;
    let (done, outcome) = if intent == "cancel" {
        ("annulation", desk.cancel_prepared(id).await)
    } else {
        ("renvoi", desk.send_prepared(id).await)
    };
    let told = match outcome {
        Ok(()) => done,
        Err(AppError::Conflict) => "trop-tard",
        Err(error) => return Err(error),
    };
    use_reply().redirect(format!("{}?fait={told}", path::PREPARED));
    Ok(())
}

/// The person takes the draft, or says that it is not for them.
#[server(prefix = "/fn", endpoint = "answer-prepared", input = PostUrl)]
pub async fn answer_prepared(id: Uuid, #[server(default)] intent: String) -> Result<(), AppError> {
    let desk = supplier_desk()?;
    let page = claim_draft_path(id);
    let next = if intent == "claim" {
        match desk.claim_prepared(id).await {
            Ok((Opening::Declaration(id), Some(step))) => {
                format!("{}?{FILLED}", step_path(id, step))
            }
            Ok((Opening::Declaration(id), None)) => declaration_path(id),
            Ok((opening, _)) => opening_path("", &opening),
            // It ended meanwhile: its page says how.
            Err(AppError::Conflict) => page,
            Err(error) => return Err(error),
        }
    } else {
        match desk.decline_prepared(id).await {
            Ok(()) | Err(AppError::Conflict) => page,
            Err(error) => return Err(error),
        }
    };
    use_reply().redirect(next);
    Ok(())
}

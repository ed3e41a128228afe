//! Doors of a renewal: what was chosen is kept, gone on with at a step, or sent; and cancelling what was sent to begin it again.

use domain::form::{Answers as _, StatementStep, StepCode};
use domain::lifecycle::Refusal;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use uuid::Uuid;

use super::opening::{closed_path, opening_path};
use super::steps::Back;
use super::supplier::{declaration_path, moved_on, step_path};
use super::supplier_desk;
use crate::desk::Opening;
use crate::error::AppError;
use crate::pages::supplier::known_path;
use crate::reply::use_reply;
use crate::views::{RenewalNext, RenewalOrder, Renewed, Typed};

/// The address of the screen of a renewal.
pub fn renewal_path(id: Uuid) -> String {
    format!("{}/renouveler", declaration_path(id))
}

/// The box of the oath.
const TICK: &str = "accepted";
/// The button that goes on at what the registers know.
pub const REGISTERS: &str = "registers";

/// What a button asks for; an unknown one keeps, which never harms.
fn next(intent: &str) -> RenewalNext {
    if intent == "submit" {
        return RenewalNext::Send;
    }
    if let Some(mark) = intent.strip_prefix("edit-") {
        return RenewalNext::Line(mark.to_owned());
    }
    intent
        .strip_prefix("step-")
        .and_then(StepCode::from_slug)
        .map_or(RenewalNext::Save, RenewalNext::Step)
}

/// The signature as typed, kept aside where nothing could be written. What is sworn is ticked each time.
fn kept_signature(signer: &StatementStep) -> Typed {
    let fields = StatementStep::fields().iter().map(|field| field.name);
    Typed {
        problem: "change".to_owned(),
        fields: fields
            .filter(|name| *name != TICK)
            .map(|name| (name.to_owned(), signer.answer(name)))
            .collect(),
    }
}

/// The same, read back.
pub fn typed_signature(typed: &Typed) -> StatementStep {
    StatementStep {
        signer_name: typed.get("signer_name").to_owned(),
        signer_quality: typed.get("signer_quality").to_owned(),
        capacity: typed.get("capacity").to_owned(),
        accepted: String::new(),
    }
}

/// Keeps what was chosen in the one open draft of the company; signs it when asked.
#[server(prefix = "/fn", endpoint = "renew-declaration", input = PostUrl)]
pub async fn renew_declaration(
    id: Uuid,
    #[server(default)] seen: String,
    #[server(default)] intent: String,
    #[server(default)] keep: Vec<String>,
    #[server(default)] answers: StatementStep,
) -> Result<(), AppError> {
    let then = next(&intent);
    let typed = kept_signature(&answers);
    let order = RenewalOrder {
        seen,
        kept: keep,
        statement: answers,
        then: then.clone(),
    };
    let (desk, back) = (supplier_desk()?, Back::Renewal.word());
    let next = match desk.renew(id, order).await {
        Ok(Renewed::Sent(sent)) => format!("{}/accuse", declaration_path(sent)),
        Ok(Renewed::Kept { draft, line }) => match (then, line) {
            (_, Some((step, rank))) => {
                let page = step_path(draft, step);
                let line = if step == StepCode::Size {
                    String::new()
                } else {
                    format!("#rows-{rank}")
                };
                format!("{page}?verifier&retour={back}{line}")
            }
            (RenewalNext::Step(step), None) => {
                format!("{}?retour={back}", step_path(draft, step))
            }
            _ if intent == REGISTERS => known_path(draft),
            _ => format!("{}?fait=enregistre", renewal_path(draft)),
        },
        Ok(Renewed::Incomplete(draft)) => format!("{}?verifier#errors", renewal_path(draft)),
        Ok(Renewed::Changed(now)) => {
            let copy = desk.keep_typed(now, typed).await?;
            format!("{}?fait=change&saisie={copy}", renewal_path(now))
        }
        Ok(Renewed::Elsewhere(other)) => format!("{}?change", declaration_path(other)),
        Ok(Renewed::Closed(company)) => closed_path(company.siren.as_str(), &company),
        Err(AppError::Refused { refusal }) if !matches!(refusal, Refusal::WrongStatus { .. }) => {
            format!(
                "{}?verifier&refus={}#errors",
                renewal_path(id),
                refusal.code()
            )
        }
        Err(error) => moved_on(id, error)?,
    };
    use_reply().redirect(next);
    Ok(())
}

/// Cancels what was sent, and begins it again with the same answers.
#[server(prefix = "/fn", endpoint = "redo-declaration", input = PostUrl)]
pub async fn redo_declaration(id: Uuid, version: i64) -> Result<(), AppError> {
    let next = match supplier_desk()?.redo(id, version).await {
        Ok(Opening::Declaration(draft)) => {
            format!("{}?fait=recommencee", declaration_path(draft))
        }
        Ok(opening) => opening_path("", &opening),
        Err(error) => moved_on(id, error)?,
    };
    use_reply().redirect(next);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_button_says_where_to_go_on() {
        assert_eq!(next("submit"), RenewalNext::Send);
        assert_eq!(
            next("edit-solidarite-0"),
            RenewalNext::Line("solidarite-0".into())
        );
        assert_eq!(
            next("step-entreprise"),
            RenewalNext::Step(StepCode::Company)
        );
        for odd in ["", "save", "step-", "step-x", "registers"] {
            assert_eq!(next(odd), RenewalNext::Save, "{odd}");
        }
    }
}

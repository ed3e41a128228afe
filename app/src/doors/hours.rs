//! Doors of the hours of commitments: stated by the company, checked by the buyer.

use domain::form::rules::parse_decimal;
use domain::insertion::Quarter;
use domain::lifecycle::Refusal;
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use uuid::Uuid;

use super::typed::{Form, Stop, lines};
use super::{buyer_desk, supplier_desk};
use crate::error::AppError;
use crate::pages::buyer::address;
use crate::reply::use_reply;
use crate::views::Typed;

/// What the button sends when the statement is accepted; anything else sends it back.
pub const ACCEPT: &str = "accept";
/// The field by which a page knows that a form was about hours: the number of the statement.
pub const NUMBER: &str = "statement";

/// States the hours of a quarter.
#[server(prefix = "/fn", endpoint = "tell-hours", input = PostUrl)]
pub async fn tell_hours(
    id: Uuid,
    #[server(default)] quarter: String,
    #[server(default)] hours: String,
    #[server(default)] note: String,
) -> Result<(), AppError> {
    let desk = supplier_desk()?;
    let page = format!("/qualifications/{id}");
    let note = lines(note.trim());
    let refusal = match (Quarter::parse(&quarter), parse_decimal(&hours)) {
        (None, _) => Refusal::QuarterNotOver,
        (_, None) => Refusal::HoursOutOfBounds,
        (Some(at), Some(worked)) => match desk.tell_hours(id, at, worked, note.clone()).await {
            Ok(()) => {
                use_reply().redirect(format!("{page}?fait=heures#heures"));
                return Ok(());
            }
            Err(AppError::Refused { refusal }) => refusal,
            Err(error) => return Err(error),
        },
    };
    let problem = refusal.code();
    let fields = [("quarter", quarter), ("hours", hours), ("note", note)];
    let typed = Typed {
        problem: problem.to_owned(),
        fields: fields.map(|(name, value)| (name.to_owned(), value)).into(),
    };
    let declaration = desk.qualification(id).await?.declaration;
    let kept = match desk.keep_typed(declaration, typed).await {
        Ok(copy) => format!("&saisie={copy}"),
        Err(_) => String::new(),
    };
    use_reply().redirect(format!("{page}?verifier={problem}{kept}#errors"));
    Ok(())
}

/// Accepts a statement of hours, or sends it back; `declaration` is the one that established the commitment.
#[server(prefix = "/fn", endpoint = "check-hours", input = PostUrl)]
pub async fn check_hours(
    id: Uuid,
    declaration: Uuid,
    #[server(default)] statement: u32,
    #[server(default)] verdict: String,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    let desk = buyer_desk()?;
    let reason = lines(&reason);
    let (outcome, done) = if verdict == ACCEPT {
        (desk.accept_hours(id, statement).await, "heures")
    } else {
        let returned = desk.return_hours(id, statement, reason.clone()).await;
        (returned, "heures-renvoyees")
    };
    let next = format!("{}?fait={done}#heures", address::qualification(id));
    Form::of_qualification(id, declaration)
        .with(NUMBER, statement.to_string())
        .with("reason", reason)
        .settle(desk.as_ref(), outcome.map_err(Stop::from), next)
        .await
}

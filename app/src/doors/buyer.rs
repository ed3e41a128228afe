//! Doors of the buyer desk: what the forms of the agents post, and where the browser goes next.

use domain::lifecycle::{LONGEST_REASON, Refusal, ReviewSignature};
use leptos::prelude::*;
use leptos::server_fn::codec::PostUrl;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::buyer_desk;
use super::typed::{Form, Stop, lines};
use crate::desk::ClosureAsked;
use crate::error::AppError;
use crate::pages::buyer::address;
use crate::pages::buyer::problem::Problem;
use crate::reply::use_reply;
use crate::routes::path;
use crate::ui::parse_date;

/// Takes a declaration in hand.
#[server(prefix = "/fn", endpoint = "start-review", input = PostUrl)]
pub async fn start_review(id: Uuid, version: i64) -> Result<(), AppError> {
    let desk = buyer_desk()?;
    let outcome = desk.start_review(id, version).await.map_err(Stop::from);
    let page = address::review(id);
    let next = format!("{page}?fait=examen");
    Form::of_declaration(id, page)
        .settle(desk.as_ref(), outcome, next)
        .await
}

/// Puts a declaration back in the queue.
#[server(prefix = "/fn", endpoint = "release-review", input = PostUrl)]
pub async fn release_review(id: Uuid, version: i64) -> Result<(), AppError> {
    let desk = buyer_desk()?;
    let outcome = desk.release(id, version).await.map_err(Stop::from);
    let page = address::review(id);
    let next = format!("{page}?fait=liberation");
    Form::of_declaration(id, page)
        .settle(desk.as_ref(), outcome, next)
        .await
}

/// An end of a qualification, as the signature's form posts it: `closures[0][qualification]` and so on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ClosureForm {
    pub qualification: Uuid,
    /// `yes` when the box is ticked.
    pub end: String,
    pub from: String,
    pub reason: String,
}

/// Signs the decision, with the ends that go with it.
#[server(prefix = "/fn", endpoint = "sign-review", input = PostUrl)]
pub async fn sign_review(
    id: Uuid,
    version: i64,
    #[server(default)] name: String,
    #[server(default)] quality: String,
    #[server(default)] closures: Vec<ClosureForm>,
) -> Result<(), AppError> {
    let desk = buyer_desk()?;
    let asked: Vec<&ClosureForm> = closures
        .iter()
        .filter(|closure| closure.end == "yes")
        .collect();
    let mut form = Form::of_declaration(id, address::signature(id));
    for closure in &closures {
        let of = closure.qualification;
        form = form
            .with(format!("end-{of}"), closure.end.as_str())
            .with(format!("from-{of}"), closure.from.as_str())
            .with(format!("reason-{of}"), lines(&closure.reason));
    }
    let signature = ReviewSignature {
        name: name.clone(),
        quality: quality.clone(),
    };
    let ends: Result<Vec<_>, _> = asked.iter().map(|closure| read_closure(closure)).collect();
    let (wrong, outcome) = match ends {
        Ok(ends) => (
            only(&asked),
            desk.sign(id, version, signature, ends)
                .await
                .map_err(Stop::from),
        ),
        Err((of, problem)) => (Some(of), Err(Stop::Form(problem))),
    };
    if let Some(wrong) = wrong {
        form = form.with("wrong", wrong.to_string());
    }
    let next = format!("{}?fait=signature", address::review(id));
    form.with("name", name)
        .with("quality", quality)
        .settle(desk.as_ref(), outcome, next)
        .await
}

fn read_closure(closure: &ClosureForm) -> Result<ClosureAsked, (Uuid, Problem)> {
    let of = closure.qualification;
    let from = parse_date(&closure.from).ok_or((of, Problem::DateWrong))?;
    let reason = lines(closure.reason.trim());
    let refused = if reason.is_empty() {
        Some(Refusal::ReasonMissing)
    } else if reason.chars().count() > LONGEST_REASON {
        Some(Refusal::ReasonTooLong)
    } else {
        None
    };
    match refused {
        Some(refusal) => Err((of, Problem::Refused(refusal))),
        None => Ok(ClosureAsked {
            qualification: of,
            from,
            reason,
        }),
    }
}

/// The end that a refusal is about, when there is only one.
fn only(asked: &[&ClosureForm]) -> Option<Uuid> {
    match asked {
        [closure] => Some(closure.qualification),
        _ => None,
    }
}

/// A first agent proposes to revoke a qualification; `declaration` is the one that established it.
#[server(prefix = "/fn", endpoint = "propose-revocation", input = PostUrl)]
pub async fn propose_revocation(
    id: Uuid,
    declaration: Uuid,
    #[server(default)] from: String,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    let desk = buyer_desk()?;
    let reason = lines(&reason);
    let outcome = match parse_date(&from) {
        Some(day) => desk
            .propose_revocation(id, day, reason.clone())
            .await
            .map_err(Stop::from),
        None => Err(Stop::Form(Problem::DateWrong)),
    };
    Form::of_qualification(id, declaration)
        .with("from", from)
        .with("reason", reason)
        .settle(
            desk.as_ref(),
            outcome,
            format!("{}?fait=proposition", address::qualification(id)),
        )
        .await
}

/// A second agent confirms and signs.
#[server(prefix = "/fn", endpoint = "confirm-revocation", input = PostUrl)]
pub async fn confirm_revocation(
    id: Uuid,
    declaration: Uuid,
    #[server(default)] name: String,
    #[server(default)] quality: String,
) -> Result<(), AppError> {
    let desk = buyer_desk()?;
    let signature = ReviewSignature {
        name: name.clone(),
        quality: quality.clone(),
    };
    let outcome = desk
        .confirm_revocation(id, signature)
        .await
        .map_err(Stop::from);
    Form::of_qualification(id, declaration)
        .with("name", name)
        .with("quality", quality)
        .settle(
            desk.as_ref(),
            outcome,
            format!("{}?fait=revocation", address::qualification(id)),
        )
        .await
}

/// Gives a proposal up.
#[server(prefix = "/fn", endpoint = "drop-revocation", input = PostUrl)]
pub async fn drop_revocation(id: Uuid) -> Result<(), AppError> {
    let desk = buyer_desk()?;
    let outcome = desk.drop_revocation(id).await.map_err(Stop::from);
    let next = format!("{}?fait=abandon", address::qualification(id));
    // Nothing was typed, so nothing is kept and the declaration is not needed.
    Form::of_qualification(id, Uuid::nil())
        .settle(desk.as_ref(), outcome, next)
        .await
}

/// Opens a company to the person who asked.
#[server(prefix = "/fn", endpoint = "attach-person", input = PostUrl)]
pub async fn attach_person(request: Uuid) -> Result<(), AppError> {
    let outcome = buyer_desk()?.attach(request).await;
    listed(path::ATTACHMENTS, outcome, "rattachement")
}

#[server(prefix = "/fn", endpoint = "decline-attachment", input = PostUrl)]
pub async fn decline_attachment(request: Uuid) -> Result<(), AppError> {
    let outcome = buyer_desk()?.decline_attachment(request).await;
    listed(path::ATTACHMENTS, outcome, "refus")
}

/// Makes the letter of a request, and opens it to be printed.
#[server(prefix = "/fn", endpoint = "make-letter", input = PostUrl)]
pub async fn make_letter(
    request: Uuid,
    #[server(default)] address: String,
) -> Result<(), AppError> {
    let desk = buyer_desk()?;
    let address = lines(address.trim());
    if address.is_empty() || address.chars().count() > LONGEST_ADDRESS {
        use_reply().redirect(format!(
            "{}?adresse={request}#address-{request}",
            path::ATTACHMENTS
        ));
        return Ok(());
    }
    match desk.make_letter(request, &address).await {
        Ok(copy) => {
            use_reply().redirect(format!(
                "{}/{request}/courrier?copie={copy}",
                path::ATTACHMENTS
            ));
            Ok(())
        }
        Err(error) => listed(path::ATTACHMENTS, Err(error), ""),
    }
}

/// The lines of an envelope.
pub const LONGEST_ADDRESS: usize = 400;

/// Back to a list whose line is gone, whoever settled it first.
pub(super) fn listed(
    list: &str,
    outcome: Result<(), AppError>,
    done: &str,
) -> Result<(), AppError> {
    let query = match &outcome {
        Ok(()) => format!("fait={done}"),
        Err(AppError::NotFound | AppError::Conflict) => {
            format!("refus={}", Problem::Settled.code())
        }
        Err(_) => return outcome,
    };
    use_reply().redirect(format!("{list}?{query}"));
    outcome
}

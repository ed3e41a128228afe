//! What a page shows when its desk answers an error: the error page, under the status that the error deserves.

use leptos::prelude::*;

use crate::error::AppError;
use crate::pages::public::{ErrorKind, ErrorPage};
use crate::reply::{RequestId, use_reply};
use crate::routes::path;

/// Sets the status and draws the page. Without a session the visitor is sent to the sign-in page.
pub fn failure(error: AppError) -> AnyView {
    let reply = use_reply();
    if error == AppError::SignIn {
        reply.redirect(path::SIGN_IN);
    } else {
        reply.status(error.status());
    }
    view! { <ErrorPage kind=kind(error)/> }.into_any()
}

fn kind(error: AppError) -> ErrorKind {
    match error {
        AppError::SignIn | AppError::Forbidden => ErrorKind::Forbidden,
        AppError::NotFound => ErrorKind::NotFound,
        AppError::Conflict | AppError::Refused { .. } | AppError::Unreadable => {
            ErrorKind::BadRequest
        }
        AppError::Busy {
            retry_after_seconds,
        } => ErrorKind::TooMany {
            wait_seconds: u32::try_from(retry_after_seconds).unwrap_or(u32::MAX),
        },
        AppError::Unavailable { reference } => ErrorKind::Unavailable {
            reference: Some(reference)
                .filter(|reference| !reference.is_empty())
                .or_else(|| use_context::<RequestId>().map(|id| id.0)),
        },
    }
}

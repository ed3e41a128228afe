//! Refusals and failures: any handler answers one, and the frame turns it into a page, or into JSON for a program.

use std::time::Duration;

use app::error::AppError;
use app::pages::public::ErrorKind;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::text::Lang;
use store::StoreError;

use crate::keys::KeyError;

/// Why there is no normal answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Also the answer for an object of somebody else.
    NotFound,
    /// The visitor may not do this.
    Forbidden,
    /// No session, asked by a script: a browser is sent to the sign-in page instead.
    SignedOut,
    /// A server function said no to a form, without a page to go back to.
    App(AppError),
    /// The request does not come from one of our pages.
    Foreign,
    BadRequest,
    MethodNotAllowed,
    TooLarge {
        limit: usize,
    },
    TooMany {
        retry_after: Duration,
    },
    /// The database does not answer, or the server is stopping.
    Unavailable,
    Timeout,
    /// A fault of ours; the code goes to the journal, never to the page.
    Internal {
        code: String,
    },
}

impl Fault {
    pub fn status(&self) -> StatusCode {
        match self {
            Self::SignedOut => StatusCode::UNAUTHORIZED,
            Self::App(error) => {
                StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            }
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden | Self::Foreign => StatusCode::FORBIDDEN,
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable | Self::Timeout => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// A stable word for the journal and for programs.
    pub fn code(&self) -> &str {
        match self {
            Self::NotFound => "not_found",
            Self::Forbidden => "forbidden",
            Self::SignedOut => "signed_out",
            Self::App(error) => app_code(error),
            Self::Foreign => "foreign_request",
            Self::BadRequest => "bad_request",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::TooLarge { .. } => "too_large",
            Self::TooMany { .. } => "too_many",
            Self::Unavailable => "unavailable",
            Self::Timeout => "timeout",
            Self::Internal { code } => code,
        }
    }

    /// What the page says.
    pub fn kind(&self, lang: Lang, request_id: &str) -> ErrorKind {
        match self {
            Self::NotFound => ErrorKind::NotFound,
            Self::Forbidden | Self::SignedOut => ErrorKind::Forbidden,
            Self::App(error) => app_kind(error, lang, request_id),
            // "Go back, reload, try again" is what helps after both.
            Self::Foreign | Self::BadRequest | Self::MethodNotAllowed => ErrorKind::BadRequest,
            Self::TooLarge { limit } => ErrorKind::TooLarge {
                limit_mb: u32::try_from(limit / 1_000_000).unwrap_or(1).max(1),
            },
            Self::TooMany { retry_after } => ErrorKind::TooMany {
                wait_seconds: whole_seconds(*retry_after),
            },
            Self::Unavailable | Self::Timeout => ErrorKind::Busy,
            Self::Internal { .. } => ErrorKind::Unavailable {
                reference: Some(request_id.to_owned()),
            },
        }
    }

    /// Headers that belong to the refusal itself.
    pub fn add_headers(&self, headers: &mut HeaderMap) {
        let wait = match self {
            Self::Foreign => {
                headers.insert(
                    header::VARY,
                    HeaderValue::from_static("Sec-Fetch-Site, Origin"),
                );
                return;
            }
            Self::TooMany { retry_after } => whole_seconds(*retry_after),
            Self::Unavailable | Self::Timeout => 5,
            Self::App(AppError::Busy {
                retry_after_seconds,
            }) => u32::try_from(*retry_after_seconds).unwrap_or(u32::MAX),
            _ => return,
        };
        headers.insert(header::RETRY_AFTER, HeaderValue::from(wait));
    }
}

const fn app_code(error: &AppError) -> &'static str {
    match error {
        AppError::SignIn => "signed_out",
        AppError::Forbidden => "forbidden",
        AppError::NotFound => "not_found",
        AppError::Conflict => "conflict",
        AppError::Refused { .. } => "refused",
        AppError::Unreadable => "unreadable",
        AppError::Busy { .. } => "too_many",
        AppError::Unavailable { .. } => "unavailable",
    }
}

fn app_kind(error: &AppError, lang: Lang, request_id: &str) -> ErrorKind {
    match error {
        AppError::SignIn | AppError::Forbidden => ErrorKind::Forbidden,
        AppError::NotFound => ErrorKind::NotFound,
        AppError::Conflict | AppError::Refused { .. } => ErrorKind::Refused {
            message: error.message(lang),
        },
        AppError::Unreadable => ErrorKind::BadRequest,
        AppError::Busy {
            retry_after_seconds,
        } => ErrorKind::TooMany {
            wait_seconds: u32::try_from(*retry_after_seconds).unwrap_or(u32::MAX),
        },
        AppError::Unavailable { .. } => ErrorKind::Unavailable {
            reference: Some(request_id.to_owned()),
        },
    }
}

/// Rounded up: trying again after the announced time must work.
fn whole_seconds(wait: Duration) -> u32 {
    let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    u32::try_from(seconds).unwrap_or(u32::MAX).max(1)
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::NotFound,
            StoreError::Unavailable(_) => Self::Unavailable,
            StoreError::Conflict(_)
            | StoreError::Constraint(_)
            | StoreError::Schema(_)
            | StoreError::Other(_) => Self::Internal { code: error.code() },
        }
    }
}

impl From<KeyError> for Fault {
    fn from(error: KeyError) -> Self {
        let code = match error {
            KeyError::Random => "no_random",
            KeyError::Sealed => "sealed",
            KeyError::File { .. } | KeyError::Malformed(_) => "key",
        };
        Self::Internal { code: code.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_times_are_rounded_up() {
        for (millis, seconds) in [(0, 1), (1, 1), (1_000, 1), (1_001, 2), (59_500, 60)] {
            assert_eq!(whole_seconds(Duration::from_millis(millis)), seconds);
        }
    }
}

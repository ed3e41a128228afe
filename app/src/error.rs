//! What a page or a server function answers when it cannot do what was asked. It never carries the source of a fault.

use domain::lifecycle::Refusal;
use domain::text::{Lang, Text, text};
use serde::{Deserialize, Serialize};

/// Serialisable, without any internal text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "error", rename_all = "snake_case")]
pub enum AppError {
    /// No session, or it has ended.
    SignIn,
    /// The role does not open this.
    Forbidden,
    /// It does not exist, or is somebody else's: the same answer.
    NotFound,
    /// Somebody wrote in the meantime.
    Conflict,
    /// The rules refuse it.
    Refused { refusal: Refusal },
    /// The request could not be read.
    Unreadable,
    /// Too many requests.
    Busy { retry_after_seconds: u64 },
    /// A part of the portal does not answer; the reference finds the fault in the logs.
    Unavailable { reference: String },
}

impl AppError {
    pub const fn status(&self) -> u16 {
        match self {
            Self::SignIn => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::Conflict | Self::Refused { .. } => 409,
            Self::Unreadable => 400,
            Self::Busy { .. } => 429,
            Self::Unavailable { .. } => 503,
        }
    }

    pub fn message(&self, lang: Lang) -> String {
        match self {
            Self::Refused { refusal } => refusal.message(lang),
            Self::Unavailable { reference } => lang.pick(
                format!("Le service ne répond pas pour l’instant. Réessayez dans quelques minutes. Référence\u{a0}: {reference}"),
                format!("The service does not answer for now. Try again in a few minutes. Reference: {reference}"),
            ),
            Self::SignIn => SIGN_IN.get(lang).to_owned(),
            Self::Forbidden => FORBIDDEN.get(lang).to_owned(),
            Self::NotFound => NOT_FOUND.get(lang).to_owned(),
            Self::Conflict => CONFLICT.get(lang).to_owned(),
            Self::Unreadable => UNREADABLE.get(lang).to_owned(),
            Self::Busy { .. } => BUSY.get(lang).to_owned(),
        }
    }
}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused { refusal }
    }
}

const SIGN_IN: Text = text(
    "Votre session est terminée. Connectez-vous à nouveau\u{a0}: ce que vous avez saisi est conservé.",
    "Your session has ended. Sign in again: what you typed is kept.",
);
const FORBIDDEN: Text = text(
    "Votre compte ne donne pas accès à cette page.",
    "Your account does not open this page.",
);
const NOT_FOUND: Text = text(
    "Cette page n’existe pas, ou vous n’y avez pas accès.",
    "This page does not exist, or you have no access to it.",
);
const CONFLICT: Text = text(
    "Quelqu’un a modifié cette déclaration entre-temps. Rechargez la page pour voir son état.",
    "Somebody changed this declaration in the meantime. Reload the page to see where it stands.",
);
const UNREADABLE: Text = text(
    "Le formulaire reçu est illisible. Revenez en arrière et recommencez.",
    "The form received cannot be read. Go back and try again.",
);
const BUSY: Text = text(
    "Trop de demandes à la suite. Patientez un instant, puis réessayez.",
    "Too many requests in a row. Wait a moment, then try again.",
);

/// Server functions answer this error as JSON; what the framework says about a request that it cannot read is not passed on.
#[cfg(feature = "ssr")]
impl leptos::server_fn::error::FromServerFnError for AppError {
    type Encoder = leptos::server_fn::codec::JsonEncoding;

    fn from_server_fn_error(_: leptos::server_fn::error::ServerFnErrorErr) -> Self {
        Self::Unreadable
    }
}

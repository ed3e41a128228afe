//! What the outbox holds of a sign-in mail: who, in which language, until when, and the secrets sealed with the portal's key.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use domain::text::Lang;
use serde::{Deserialize, Serialize};

use super::link::Secrets;
use crate::config::Config;
use crate::keys::{KeyError, Keys, Purpose};

/// The route of these messages.
pub const ROUTE: &str = "mail.sign_in";

/// The payload of a message of [`ROUTE`]; the address is the message's recipient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignInMail {
    pub lang: Lang,
    /// After this instant the mail is useless: it is not sent.
    pub expires_at: DateTime<Utc>,
    /// Base64 of the sealed secrets; bound to the message by its `dedup_key`.
    sealed: String,
}

/// What the mail shows.
#[derive(Clone, PartialEq, Eq)]
pub struct SignInContent {
    /// The absolute address of the page with the button.
    pub link: String,
    /// Eight digits.
    pub code: String,
}

#[derive(Serialize, Deserialize)]
struct Sealed {
    token: String,
    code: String,
}

impl SignInMail {
    pub(super) fn new(
        keys: &Keys,
        dedup_key: &str,
        secrets: &Secrets,
        lang: Lang,
        expires_at: DateTime<Utc>,
    ) -> Result<Self, KeyError> {
        let plain = serde_json::to_vec(&Sealed {
            token: secrets.token.clone(),
            code: secrets.code.clone(),
        })
        .map_err(|_| KeyError::Sealed)?;
        let sealed = keys.seal(Purpose::SignInMail, dedup_key.as_bytes(), &plain)?;
        Ok(Self {
            lang,
            expires_at,
            sealed: STANDARD.encode(sealed),
        })
    }

    /// Opens the secrets, for the worker that writes the mail.
    pub fn open(
        &self,
        keys: &Keys,
        dedup_key: &str,
        config: &Config,
    ) -> Result<SignInContent, KeyError> {
        let sealed = STANDARD
            .decode(&self.sealed)
            .map_err(|_| KeyError::Sealed)?;
        let plain = keys.open(Purpose::SignInMail, dedup_key.as_bytes(), &sealed)?;
        let secrets: Sealed = serde_json::from_slice(&plain).map_err(|_| KeyError::Sealed)?;
        Ok(SignInContent {
            link: config.url(&format!("/connexion/lien/{}", secrets.token)),
            code: secrets.code,
        })
    }
}

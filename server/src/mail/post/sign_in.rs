//! The letter with a sign-in link and its code.

use app::pages::shared::moment::hour;
use chrono::{DateTime, Utc};
use serde_json::json;

use super::{Made, Post, Reader, Why, payload};
use crate::outbox::{Batch, Failure};
use crate::sign_in::mail::SignInMail;

impl Post {
    pub(crate) fn sign_in(&self, batch: &Batch, now: DateTime<Utc>) -> Result<Made, Failure> {
        let message = &batch.first;
        let mail: SignInMail = payload(message)?;
        if mail.expires_at <= now {
            return Ok(Err("link_expired"));
        }
        let content = mail
            .open(&self.keys, &message.dedup_key, &self.config)
            .map_err(|_| Failure::never("sealed"))?;
        let reader = Reader {
            email: &message.recipient,
            name: "",
            lang: mail.lang,
        };
        let values = json!({
            "why": Why::SigningIn.code(),
            "link": content.link,
            "code": content.code,
            "until": hour(mail.lang, mail.expires_at),
        });
        self.letter(batch, &reader, "sign_in", values, now).map(Ok)
    }
}

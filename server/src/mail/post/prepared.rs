//! The letter to the person for whom an agent prepared a draft, and who may have no account yet.

use app::i18n::long_date;
use chrono::{DateTime, Utc};
use domain::civil::paris_day;
use domain::links::read;
use domain::text::Lang;
use serde_json::json;
use store::{PreparedMail, Store, accounts, prepared};

use super::{Made, Post, Reader, Why, payload};
use crate::outbox::{Batch, Failure};

impl Post {
    pub(crate) async fn prepared(
        &self,
        store: &Store,
        batch: &Batch,
        now: DateTime<Utc>,
    ) -> Result<Made, Failure> {
        let mail: PreparedMail = payload(&batch.first)?;
        let db = store.read();
        let Some(found) = prepared::find(db, mail.prepared).await? else {
            return Err(Failure::never("prepared_missing"));
        };
        if !found.is_open(now) {
            return Ok(Err("answered_meanwhile"));
        }
        // Whoever has an account is written to in their own language.
        let account = accounts::by_email(db, &found.email).await?;
        let lang = match &account {
            Some(account) if account.disabled_at.is_some() => return Ok(Err("account_closed")),
            Some(account) => Reader::of(account).lang,
            None => Lang::from_tag(&found.language).unwrap_or_default(),
        };
        let reader = Reader {
            email: &found.email,
            name: found.contact_name.trim(),
            lang,
        };
        let values = json!({
            "why": Why::unless_known(account.as_ref(), Why::Prepared).code(),
            "agent": found.by.name,
            "quality": found.by.quality,
            "company": found.company.name,
            "siren": found.company.siren.formatted(),
            "message": found.message,
            "count": read(&found.proposals).map_or(0, |link| link.given.len()),
            "email": found.email,
            "until": long_date(lang, paris_day(found.expires_at)),
            "link": self.config.url(&format!("/brouillons/{}", found.id)),
        });
        self.letter(batch, &reader, "prepared_draft", values, now)
            .map(Ok)
    }
}

//! The letter to somebody who is invited to a company, and may have no account yet.

use app::i18n::long_date;
use chrono::{DateTime, Utc};
use domain::civil::paris_day;
use domain::people::Proof;
use domain::text::Lang;
use serde_json::{Value, json};
use store::{InvitationMail, Store, accounts, memberships};

use super::people::{full_name, in_role};
use super::{Made, Post, Reader, Why, payload};
use crate::outbox::{Batch, Failure};

impl Post {
    pub(crate) async fn invitation(
        &self,
        store: &Store,
        batch: &Batch,
        now: DateTime<Utc>,
    ) -> Result<Made, Failure> {
        let mail: InvitationMail = payload(&batch.first)?;
        let db = store.read();
        let found = memberships::invitation(db, mail.invitation).await?;
        let Some(found) = found else {
            return Err(Failure::never("invitation_missing"));
        };
        if !found.is_open(now) {
            return Ok(Err("answered_meanwhile"));
        }
        // Whoever has an account is written to in their own language.
        let account = accounts::by_email(db, &found.email).await?;
        let reader = match &account {
            Some(account) if account.disabled_at.is_some() => return Ok(Err("account_closed")),
            Some(account) => Reader::of(account),
            None => Reader {
                email: &found.email,
                name: "",
                lang: Lang::from_tag(&found.language).unwrap_or_default(),
            },
        };
        let mut values = in_role(found.role, reader.lang);
        if let (Value::Object(values), Value::Object(own)) = (
            &mut values,
            json!({
                "why": Why::unless_known(account.as_ref(), Why::Invited).code(),
                "inviter": full_name(&found.by),
                "company": found.company.name,
                "siren": found.company.siren.formatted(),
                "firm": (found.proof == Proof::None).then_some(&found.organisation),
                "organisation": found.organisation,
                "message": found.message,
                "email": found.email,
                "until": long_date(reader.lang, paris_day(found.expires_at)),
                "link": self.config.url(&format!("/invitations/{}", found.id)),
            }),
        ) {
            values.extend(own);
        }
        self.letter(batch, &reader, "invitation", values, now)
            .map(Ok)
    }
}

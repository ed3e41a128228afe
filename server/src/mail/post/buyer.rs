//! The letter to an agent: one notice with its own words, or several in one list.

use chrono::{DateTime, Utc};
use domain::lifecycle::BuyerNotice;
use domain::text::{Text, text};
use serde_json::{Value, json};
use store::accounts::{self, Role};
use store::{BuyerMail, Store, declarations};

use super::{Made, Post, Reader, payload};
use crate::outbox::{Batch, Failure};

impl Post {
    /// The agent must still be one.
    pub(crate) async fn buyer(
        &self,
        store: &Store,
        batch: &Batch,
        now: DateTime<Utc>,
    ) -> Result<Made, Failure> {
        let first: BuyerMail = payload(&batch.first)?;
        let account = accounts::by_id(store.read(), first.account).await?;
        let Some(account) = account.filter(|account| account.disabled_at.is_none()) else {
            return Ok(Err("account_closed"));
        };
        if account.role == Role::Supplier {
            return Ok(Err("no_longer_an_agent"));
        }
        let reader = Reader::of(&account);
        let mut notices = Vec::with_capacity(batch.others.len() + 1);
        for message in batch.messages() {
            let mail: BuyerMail = payload(message)?;
            notices.push((mail.notice, self.notice(store, &mail, &reader).await?));
        }
        if let [(notice, values)] = notices.as_slice() {
            return self
                .letter(batch, &reader, template(*notice), values.clone(), now)
                .map(Ok);
        }
        let notices: Vec<Value> = notices.into_iter().map(|(_, values)| values).collect();
        let values = json!({ "notices": notices });
        self.letter(batch, &reader, "buyer_several", values, now)
            .map(Ok)
    }

    async fn notice(
        &self,
        store: &Store,
        mail: &BuyerMail,
        reader: &Reader<'_>,
    ) -> Result<Value, Failure> {
        let record = declarations::find(store.read(), mail.declaration)
            .await?
            .ok_or_else(|| Failure::never("declaration_missing"))?;
        Ok(json!({
            "company": record.company.name,
            "siren": mail.siren.formatted(),
            "reference": record.reference,
            "revision": mail.revision,
            "what": in_short(mail.notice).get(reader.lang),
            "link": self.review_link(mail.declaration),
        }))
    }
}

const fn template(notice: BuyerNotice) -> &'static str {
    match notice {
        BuyerNotice::NewSubmission { .. } => "buyer_new_submission",
        BuyerNotice::CorrectionReceived { .. } => "buyer_correction_received",
        BuyerNotice::TakenBack => "buyer_taken_back",
        BuyerNotice::Withdrawn => "buyer_withdrawn",
    }
}

/// In a list.
const fn in_short(notice: BuyerNotice) -> Text {
    match notice {
        BuyerNotice::NewSubmission { .. } => text("à examiner", "to be examined"),
        BuyerNotice::CorrectionReceived { .. } => text("correction reçue", "correction received"),
        BuyerNotice::TakenBack => text("reprise par le fournisseur", "taken back by the supplier"),
        BuyerNotice::Withdrawn => text("retirée par le fournisseur", "withdrawn by the supplier"),
    }
}
